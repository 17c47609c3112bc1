"""The pages of the LPR: the worklist and the Fallakte of each case; below /vorgaenge/."""

from django.urls import include, path

from .views import akte, fachlich, formal, liste, steuerung

fallakte = [
    path("", akte.uebersicht, name="fallakte"),
    path("antrag/", akte.antrag, name="fallakte-antrag"),
    path("antrag/<int:nummer>/", akte.antrag, name="fallakte-fassung"),
    path("plan/", akte.plan, name="fallakte-plan"),
    path("unterlagen/", akte.unterlagen, name="fallakte-unterlagen"),
    path("verlauf/", akte.verlauf, name="fallakte-verlauf"),
    path("formal/", formal.formal, name="fallakte-formal"),
    path("formal/oeffnen/", formal.formal_oeffnen, name="fallakte-formal-oeffnen"),
    path("fachlich/", fachlich.fachlich, name="fallakte-fachlich"),
    path("fachlich/neu/", fachlich.gutachten_neu, name="fallakte-gutachten-neu"),
    path(
        "fachlich/abschliessen/",
        fachlich.fachlich_abschliessen,
        name="fallakte-fachlich-abschliessen",
    ),
    path("fachlich/oeffnen/", fachlich.fachlich_oeffnen, name="fallakte-fachlich-oeffnen"),
    path("nachforderung/", steuerung.nachforderung, name="fallakte-nachforderung"),
    path(
        "nachforderung/zuruecknehmen/",
        steuerung.nachforderung_zuruecknehmen,
        name="fallakte-nachforderung-zuruecknehmen",
    ),
    path("vermerke/", steuerung.vermerke, name="fallakte-vermerke"),
    path("zustaendigkeit/", steuerung.zustaendigkeit, name="fallakte-zustaendigkeit"),
    path("uebernehmen/", steuerung.uebernehmen, name="fallakte-uebernehmen"),
    path("wiedervorlage/", steuerung.wiedervorlage, name="fallakte-wiedervorlage"),
    path("befangenheit/", steuerung.befangenheit, name="fallakte-befangenheit"),
]
urlpatterns = [
    path("", liste.arbeitsvorrat, name="arbeitsvorrat"),
    path("vorgaenge.csv", liste.arbeitsvorrat_csv, name="arbeitsvorrat-csv"),
    path("<uuid:pk>/", include(fallakte)),
]
