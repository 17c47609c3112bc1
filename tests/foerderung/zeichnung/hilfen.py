"""A town hall with a draft, and the steps up to a state."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import uuid4

from django.utils import timezone

from asskomm.konten.models import Konto
from foerderung.antrag import fassung
from foerderung.antrag.umfeld import Umfeld
from foerderung.kanonisch import pruefsumme
from foerderung.models import Fassung, Foerderantrag
from foerderung.verfahren import nachforderungen, zeichnung
from kommunen.models import Mitgliedschaft, Rolle
from tests.factories import make_konto, make_mitglied
from tests.foerderung.antrag.eingaben import make_vollstaendig

UM = datetime(2026, 9, 30, 9, 15, 27, tzinfo=UTC)
FRIST = date(2026, 12, 1)


@dataclass
class Rathaus:
    """Two people and their complete draft."""

    antrag: Foerderantrag
    bearbeitung: Konto
    zeichnung: Konto

    @property
    def kommune(self):
        return self.antrag.kommune


def make_rathaus(**abschnitte):
    antrag = make_vollstaendig(**abschnitte)
    return Rathaus(
        antrag,
        make_mitglied(antrag.kommune, Rolle.BEARBEITUNG, name="Kim Muster"),
        make_mitglied(antrag.kommune, Rolle.ZEICHNUNG, name="Alex Beispiel"),
    )


def gib(rathaus, **argumente):
    antrag = rathaus.antrag
    zeichnung.gib_zur_zeichnung(
        antrag,
        **{
            "an": rathaus.zeichnung,
            "durch": rathaus.bearbeitung,
            "um": UM,
            "gesehen": antrag.version,
            **argumente,
        },
    )


def make_in_zeichnung(**abschnitte):
    rathaus = make_rathaus(**abschnitte)
    gib(rathaus)
    return rathaus


def inhalt_am_tag(antrag, um=UM):
    """What the application says on that day."""
    return fassung.inhalt(Umfeld(antrag, timezone.localdate(um)))


def wie_gesehen(antrag):
    """What a page hands back about the case it showed."""
    return {"gesehen": antrag.version, "pruefsumme": pruefsumme(inhalt_am_tag(antrag))}


def reiche_ein(rathaus, **argumente):
    antrag = rathaus.antrag
    return zeichnung.reiche_ein(
        antrag,
        **{"durch": rathaus.zeichnung, "eingang": UM, **wie_gesehen(antrag), **argumente},
    )


def make_eingereicht(**abschnitte):
    rathaus = make_in_zeichnung(**abschnitte)
    reiche_ein(rathaus)
    return rathaus


def make_nachgefordert(*abschnitte, frist=FRIST):
    rathaus = make_eingereicht()
    fordere_nach(rathaus, *abschnitte, frist=frist)
    return rathaus


def fordere_nach(rathaus, *abschnitte, frist=FRIST):
    nachforderungen.fordere_nach(
        rathaus.antrag,
        abschnitte or ("beccaria-1",),
        "Beschreiben Sie das Problem genauer.",
        frist,
        durch=make_konto(["Sachbearbeitung"]),
        um=UM,
        gesehen=rathaus.antrag.version,
        marke=uuid4(),
    )


def beende(konto, kommune):
    """The person leaves the Kommune."""
    Mitgliedschaft.objects.filter(konto=konto, kommune=kommune).update(beendet_um=UM)


def make_gezeichnet(antrag, nummer, *, durch, vorbereitet_von):
    """A version of whatever the application says now, put there without the steps."""
    inhalt = inhalt_am_tag(antrag)
    return Fassung.objects.create(
        antrag=antrag,
        nummer=nummer,
        art=Fassung.Art.ANTRAG if nummer == 1 else Fassung.Art.NACHREICHUNG,
        inhalt=inhalt,
        pruefsumme=pruefsumme(inhalt),
        eingegangen_um=UM,
        vorbereitet_von=vorbereitet_von,
        gezeichnet_von=durch,
    )
