"""What the tests of the Fallakte share."""

import re
from datetime import UTC, date, datetime
from html import unescape
from uuid import uuid4

from django.test import Client

from foerderung.models import Checklistenpunkt, Fassung, Regel, Status
from foerderung.verfahren import fachpruefung, formalpruefung, nachforderungen
from foerderung.verfahren.fachpruefung import Wertung
from foerderung.verfahren.formalpruefung import Antwort
from tests.factories import (
    REGELN,
    gib_frei,
    make_antrag,
    make_konto,
    make_mitglied,
    make_regelwerk,
    make_runde,
)

UM = datetime(2026, 11, 2, 9, tzinfo=UTC)
SPAETER = datetime(2026, 11, 9, 9, tzinfo=UTC)
FRIST = date(2026, 11, 16)
ERFUELLT = Antwort("erfuellt")
NICHT = Antwort("nicht_erfuellt", "Der Nachweis fehlt.")
WERTUNGEN = {nummer: Wertung(4, f"Text {nummer}") for nummer in range(1, 7)}


def angemeldet(konto):
    client = Client()
    client.force_login(konto, backend="asskomm.konten.anmeldung.PasswortAnmeldung")
    return client


def text(antwort, status=200):
    assert antwort.status_code == status, antwort
    return unescape(re.sub(r"\s+", " ", antwort.content.decode()))


def feld(html, name):
    return re.search(rf'name="{name}" value="([^"]*)"', html)[1]


def sachbearbeitung(**felder):
    return make_konto(["Sachbearbeitung"], **felder)


def pruefende(**felder):
    return make_konto(["Prüfung"], **felder)


def leitung(**felder):
    return make_konto(["Leitung"], **felder)


def make_vorgang(status=Status.EINGEREICHT, *, punkte=2, gutachten=1, **felder):
    """A case under a rule set with a checklist of `punkte` questions and as many reviews as said."""
    regeln = REGELN | {
        Regel.Schluessel.GUTACHTEN_MINDESTENS: (str(gutachten), "anzahl"),
        Regel.Schluessel.NACHFORDERUNG_TAGE: ("14", "tage"),
    }
    regelwerk = make_regelwerk(freigegeben=False, regeln=regeln)
    for nummer in range(1, punkte + 1):
        Checklistenpunkt.objects.create(
            regelwerk=regelwerk, nummer=nummer, frage=f"Frage {nummer}?", quelle="Test"
        )
    gib_frei(regelwerk)
    felder.setdefault("runde", make_runde())
    return make_antrag(status=status, regelwerk=regelwerk, **felder)


def make_fassung(antrag, um, nummer=1, inhalt=None):
    """A version that arrived at `um`; as a rule its content does not matter."""
    return Fassung.objects.create(
        antrag=antrag, nummer=nummer, art="nachreichung" if nummer > 1 else "antrag",
        inhalt=inhalt or {"gruppen": [], "abschnitte": {}, "anlagen": []}, pruefsumme="0" * 64, eingegangen_um=um,
        vorbereitet_von=make_mitglied(antrag.kommune, "bearbeitung"),
        gezeichnet_von=make_mitglied(antrag.kommune, "zeichnung"),
    )  # fmt: skip


def fordere_nach(antrag, durch, **anders):
    werte = {
        "abschnitte": ["plan"], "text": "Die Summe fehlt.", "frist": FRIST, "um": UM,
        "gesehen": antrag.version, "marke": uuid4(),
    } | anders  # fmt: skip
    return nachforderungen.fordere_nach(antrag, durch=durch, **werte)


def beantworte(antrag, durch, antworten, um=UM):
    return formalpruefung.speichere_formale_pruefung(
        antrag, antworten, durch=durch, um=um, gesehen=antrag.version
    )


def gib_ab(antrag, durch, wertungen=WERTUNGEN, um=UM, gesehen=0):
    return fachpruefung.gib_gutachten_ab(
        antrag, wertungen, "foerdern", "Schlüssig.", durch=durch, um=um, gesehen=gesehen
    )


def eintraege(antrag):
    """The acts in the log of the case, oldest first."""
    from asskomm.protokoll.models import Eintrag

    alle = Eintrag.objects.filter(gegenstand_nummer=str(antrag.pk)).order_by("id")
    return list(alle.values_list("handlung", flat=True))
