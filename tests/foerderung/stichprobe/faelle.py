"""Cases whose proof of use is in, put there by hand, and the draw of a sample from them."""

import uuid
from datetime import UTC, datetime
from decimal import Decimal

from foerderung.kanonisch import pruefsumme as summe
from foerderung.models import Nachweisfassung, Regelwerk, Status
from foerderung.stichprobe.grundgesamtheit import grundgesamtheit
from foerderung.stichprobe.ziehung import pruefsumme
from foerderung.verfahren.stichprobe import ziehe_stichprobe
from tests.factories import make_antrag, make_konto, make_zuwendung

UM = datetime(2028, 7, 3, 9, tzinfo=UTC)


def make_nachweis(*, mit_vorjahr=True, um=UM, **felder):
    """A case with a submitted proof; with a grant of an earlier year nothing about it is a risk."""
    antrag = make_antrag(
        status=Status.NACHWEIS_EINGEREICHT,
        entschieden_um=um,
        **{"regelwerk": Regelwerk.objects.freigegeben().get(), **felder},
    )
    if mit_vorjahr:
        make_zuwendung(kommune=antrag.kommune, foerderjahr=2020)
    Nachweisfassung.objects.create(
        antrag=antrag, nummer=1, inhalt={}, pruefsumme=summe({}), eingegangen_um=um,
        vorbereitet_von=make_konto(), gezeichnet_von=make_konto(),
    )  # fmt: skip
    return antrag


def ziehe(durch, *, bezeichnung="Nachweise 2027", anteil="50", beispiele=False, **felder):
    argumente = {
        "gesehen": pruefsumme(grundgesamtheit(beispiele=beispiele)),
        "um": UM,
        "marke": uuid.uuid4(),
    } | felder
    return ziehe_stichprobe(
        bezeichnung, Decimal(anteil), beispiele=beispiele, durch=durch, **argumente
    )
