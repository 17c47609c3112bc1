"""People who register, in few words."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

from asskomm.konten.models import Konto
from fortbildung.models import Anmeldung, Stand
from fortbildung.verfahren import anmeldung as verfahren
from tests.factories import anmeldeangaben, make_konto

UM = datetime(2026, 1, 10, 9, tzinfo=UTC)
STUNDE = timedelta(hours=1)


def melde_an(durchgang, *, konto: Konto | None = None, um=UM, formular=None, **angaben):
    """Send the form; without an account the mail is still to be confirmed."""
    return verfahren.melde_an(
        durchgang, anmeldeangaben(**angaben), formular=formular or uuid4(), konto=konto, um=um
    ).anmeldung


def angemeldet(durchgang, *, um=UM, **angaben) -> Anmeldung:
    """Somebody without an account who has pressed the button in the mail."""
    return verfahren.bestaetige(melde_an(durchgang, um=um, **angaben), um=um)


def koordination():
    return make_konto(["Fortbildung"])


def staende(durchgang) -> list[Stand]:
    """The states in the order of arrival."""
    return [
        Stand(stand)
        for stand in durchgang.anmeldungen.order_by("rang").values_list("stand", flat=True)
    ]
