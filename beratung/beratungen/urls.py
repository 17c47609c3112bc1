from django.urls import path

from . import koordination, views

urlpatterns = [
    path("mein-bereich/<slug:kennung>/beratung/", views.beratungen, name="beratungen"),
    path("mein-bereich/<slug:kennung>/beratung/<int:pk>/", views.anfrage, name="beratungsanfrage"),
    path(
        "mein-bereich/<slug:kennung>/beratung/<int:pk>/termin.ics",
        views.termin_ics,
        name="beratungstermin-ics",
    ),
    path(
        "mein-bereich/<slug:kennung>/beratung/schritte/<int:pk>/",
        views.schritt,
        name="beratungsschritt",
    ),
    path("beratung/koordination/", koordination.arbeitsvorrat, name="beratung-arbeitsvorrat"),
    path("beratung/koordination/anfrage/", koordination.aufnehmen, name="beratung-aufnehmen"),
    path("beratung/koordination/beratung/", koordination.festhalten, name="beratung-festhalten"),
    path("beratung/koordination/<int:pk>/", koordination.anfrage, name="beratung-anfrage"),
]
