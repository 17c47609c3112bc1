"""The addresses of the funding; every room keeps its own."""

from django.urls import include, path

app_name = "foerderung"
urlpatterns = [
    path("vorgaenge/", include("foerderung.fallakte.urls")),
    path("vorgaenge/", include("foerderung.fallakte.urls_entscheidung")),
    path("vorgaenge/stichproben/", include("foerderung.stichprobe.urls")),
    path("antraege/<uuid:pk>/anlagen/", include("foerderung.anlagen.urls")),
    path("antraege/<uuid:pk>/plan/", include("foerderung.plan.urls")),
    path("foerderung/", include("foerderung.regelwerk.urls")),
    path("", include("foerderung.rueckforderung.urls")),
    path("", include("foerderung.antrag.urls")),
    path("", include("foerderung.bescheid.urls")),
    path("", include("foerderung.zeichnung.urls")),
    path("", include("foerderung.nachweispruefung.urls")),
    path("", include("foerderung.nachweis.urls")),
    path("", include("foerderung.auszahlung.urls")),
    path("", include("foerderung.aenderungen.urls")),
    path("projekte/", include("foerderung.projekte.urls")),
]
