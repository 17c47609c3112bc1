"""Open data below /daten/."""

from django.urls import path, register_converter

from . import views


class IsoTag:
    """A day as it stands in an address; whether it exists, the view finds out."""

    regex = "[0-9]{4}-[0-9]{2}-[0-9]{2}"

    def to_python(self, value):
        return value

    def to_url(self, value):
        return value


register_converter(IsoTag, "isotag")

urlpatterns = [
    path("", views.daten, name="daten"),
    path("katalog.<slug:endung>", views.katalog, name="katalog"),
    path("<slug:kennung>/", views.datensatz, name="datensatz"),
    path(
        "<slug:kennung>/v<int:version>/spalten.<slug:endung>",
        views.datensatz_spalten,
        name="datensatz-spalten",
    ),
    path(
        "<slug:kennung>/v<int:version>/aktuell.<slug:endung>",
        views.datensatz_aktuell,
        name="datensatz-aktuell",
    ),
    path(
        "<slug:kennung>/v<int:version>/<isotag:stichtag>.<slug:endung>",
        views.datensatz_datei,
        name="datensatz-datei",
    ),
]
