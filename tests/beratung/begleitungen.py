"""Engagements with sessions, in few words."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

from beratung.models import Sitzungsform, Stufe
from beratung.verfahren import sitzung as verfahren
from beratung.verfahren.sitzung import Schrittangabe, Sitzungsangaben
from tests.factories import make_mandat

UM = datetime(2026, 4, 1, 9, tzinfo=UTC)
TAG = timedelta(days=1)


def coach_von(mandat):
    return mandat.einsaetze.get(rolle="coach", bis__isnull=True).coach.konto


def angaben(**felder):
    """A session of half a day with a shared text; `texte` by level replaces it."""
    texte = felder.pop("texte", {Stufe.GETEILT: "Wir haben gesprochen."})
    felder = {
        "am": date(2026, 3, 31), "form": Sitzungsform.VOR_ORT, "viertel": 2,
        "teilnehmende": "Bürgermeisterin",
    } | felder  # fmt: skip
    return Sitzungsangaben(texte=texte, **felder)


def schritt(was="Liste erstellen", wer="kommune", **felder):
    return Schrittangabe(was, wer, **felder)


def erfasse(mandat, *schritte, durch=None, um=UM, marke=None, **felder):
    """Recorded by the coach."""
    return verfahren.erfasse(
        mandat, angaben(**felder), schritte, durch=durch or coach_von(mandat), um=um,
        marke=marke or uuid4(),
    )  # fmt: skip


def laufendes_mandat(heute, **felder):
    """An engagement around the day of the clock, for pages."""
    return make_mandat(**{"beginn": heute - 60 * TAG, "ende_geplant": heute + 60 * TAG} | felder)
