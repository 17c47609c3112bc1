"""What the tests of the pages of an engagement share."""

from uuid import uuid4

from django.urls import reverse
from django.utils import timezone

from beratung.models import Stufe
from kommunen.models import Rolle
from tests.factories import make_coach, make_kommune, make_konto, make_mitglied

from ..begleitungen import TAG, coach_von, erfasse, laufendes_mandat, schritt


def heute():
    return timezone.localdate()


def inhalt(antwort):
    return antwort.content.decode()


def adresse(name, objekt):
    return reverse(f"beratung:{name}", args=[objekt.pk])


def stand(objekt):
    return type(objekt).objects.get(pk=objekt.pk)


def sitzungsdaten(**felder):
    return {
        "am": f"{heute() - TAG:%d.%m.%Y}", "form": "video", "viertel": "2",
        "teilnehmende": "Bürgermeisterin", "geteilt": "Für alle", "lpr": "", "eigen": "",
        "marke": str(uuid4()), "schritte": "1",
    } | felder  # fmt: skip


def make_begleitung():
    return laufendes_mandat(heute(), ziele="Ein Präventionsrat")


def make_sitzung(mandat):
    """Yesterday, with all three texts and a step of each side."""
    return erfasse(
        mandat,
        *(schritt(was=f"Aufgabe {wer}", wer=wer) for wer in ("kommune", "coach", "lpr")),
        texte={
            Stufe.GETEILT: "Text für alle",
            Stufe.LPR: "Text intern",
            Stufe.EIGEN: "Meine Notiz",
        },
        am=heute() - TAG,
        um=timezone.now(),
    )


def make_personen(mandat):
    """One of each kind in front of the engagement."""
    kommune = mandat.coaching.kommunen.get()
    vertretung = make_coach()
    mandat.einsaetze.create(coach=vertretung, rolle="vertretung", von=mandat.beginn)
    fremd = make_coach()
    laufendes_mandat(heute(), coach=fremd)
    return {
        "coach": coach_von(mandat),
        "vertretung": vertretung.konto,
        "fremder_coach": fremd.konto,
        "koordination": make_konto(["Sachbearbeitung"]),
        "leitung": make_konto(["Leitung"]),
        "liest": make_mitglied(kommune, Rolle.LESEN),
        "bearbeitet": make_mitglied(kommune, Rolle.BEARBEITUNG),
        "fremde_kommune": make_mitglied(make_kommune(), *Rolle),
        "niemand": make_konto(),
    }
