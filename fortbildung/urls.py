"""The addresses of the qualification; every room keeps its own."""

from django.urls import include, path

app_name = "fortbildung"
urlpatterns = [
    path("kurse/", include("fortbildung.kurse.urls")),
    path("", include("fortbildung.zertifikat.urls")),
    path("", include("fortbildung.befragung.urls")),
    path("koordination/", include("fortbildung.koordination.urls")),
    path("", include("fortbildung.anmeldung.urls")),
]
