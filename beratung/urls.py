"""The addresses of advice, coaching and analyses; every room keeps its own."""

from django.urls import include, path

app_name = "beratung"
urlpatterns = [
    path("", include("beratung.analysen.urls")),
    path("", include("beratung.beratungen.urls")),
    path("", include("beratung.vermittlung.urls")),
    path("coaching/", include("beratung.begleitung.urls")),
    path("coaching/", include("beratung.abschluss.urls")),
]
