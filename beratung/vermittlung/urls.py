from django.urls import path

from . import anfragen, koordination, vorschlag

urlpatterns = [
    path(
        "mein-bereich/<str:kennung>/coaching/anfragen/",
        anfragen.anfragen,
        name="coaching-anfragen",
    ),
    path("coaching/anfragen/<uuid:pk>/", anfragen.anfrage, name="coachinganfrage"),
    path("coaching/vorschlaege/<uuid:pk>/", vorschlag.vorschlag, name="coachvorschlag"),
    path("coaching/koordination/", koordination.tafel, name="tafel"),
    path("coaching/koordination/coaches/", koordination.coaches, name="coaches"),
    path("coaching/koordination/anfragen/<uuid:pk>/", koordination.vermitteln, name="vermitteln"),
    path(
        "coaching/koordination/anfragen/<uuid:pk>/coaches/<int:nummer>/",
        koordination.vorschlagen,
        name="vorschlagen",
    ),
]
