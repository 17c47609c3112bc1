from django.urls import path

from . import views

urlpatterns = [
    path("mein-bereich/<slug:kennung>/analysen/", views.analysen, name="analysen"),
    path("mein-bereich/<slug:kennung>/analysen/<int:pk>/", views.analyse, name="analyse"),
    path(
        "mein-bereich/<slug:kennung>/analysen/empfehlungen/<int:pk>/",
        views.empfehlung,
        name="empfehlung",
    ),
]
