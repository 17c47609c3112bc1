"""The public pages of the portal; every room keeps its own addresses."""

from django.urls import include, path

app_name = "portal"
urlpatterns = [
    path("", include("asskomm.portal.start.urls")),
    path("zahlen/", include("asskomm.portal.zahlen.urls")),
    path("daten/", include("asskomm.portal.offene_daten.urls")),
    path("aktuelles/", include("asskomm.portal.aktuelles.urls")),
    path("termine/", include("asskomm.portal.termine.urls")),
    path("glossar/", include("asskomm.portal.glossar.urls")),
    path("suche/", include("asskomm.portal.suche.urls")),
    path("", include("asskomm.portal.maschinen.urls")),
    path("barrierefreiheit/melden/", include("asskomm.portal.rueckmeldung.urls")),
    path("", include("asskomm.portal.seiten.urls")),
]
