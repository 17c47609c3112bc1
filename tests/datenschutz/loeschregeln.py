"""For every rule of deletion something that is due by it."""

from datetime import date

from django.contrib.admin.models import LogEntry

from asskomm.datenschutz import verfahren
from asskomm.datenschutz.models import Loeschlauf
from asskomm.konten.models import BekanntesGeraet, Einladung, Konto
from asskomm.personendaten import GELOESCHT
from asskomm.portal.models import Kommentar, Rueckmeldung
from asskomm.post.models import Nachricht
from asskomm.protokoll.models import Grund
from fortbildung.models import Anmeldung, Antwort, Zertifikat
from kommunen.models import Bestellung, Praeventionsrat
from tests.factories import (
    make_bestellung,
    make_konto,
    make_kurs,
    make_rat,
    make_rollenvergabe,
    make_vertretung,
    make_zweitfaktorverlust,
)

from . import begleitung
from .loeschen import (
    ABGELEHNT,
    begruendung_von,
    gruppe_leitung,
    make_alte_anmeldung,
    make_alten_grund,
    make_aufgeloesten_rat,
    make_deaktiviertes,
    make_kommentar,
    make_nachricht,
    make_rueckmeldung,
    make_verfallene_einladung,
    make_zertifikat,
    verjaehrt,
    vor,
)
from .person import HEUTE, JETZT, NAME


def make_verlauf(zeile):
    """The newest row in the history of what somebody deleted two years ago."""
    verlauf, nummer = zeile.history.model, zeile.pk
    zeile.delete()
    verlauf.objects.filter(id=nummer).update(history_date=vor(jahre=2))
    return verlauf.objects.filter(id=nummer).latest("history_id")


def make_verwaltungseintrag():
    eintrag = LogEntry.objects.create(user=make_konto(), object_repr="x", action_flag=2)
    LogEntry.objects.filter(pk=eintrag.pk).update(action_time=vor(jahre=4))
    return eintrag


def make_aufgehobene_sperre():
    wer = make_konto()
    sperre = verfahren.sperre(
        "portal.kommentar", str(make_kommentar(JETZT).pk), grund="Alt", durch=wer, um=vor(jahre=5)
    )
    verfahren.hebe_sperre_auf(sperre, grund="Vorbei", durch=wer, um=vor(jahre=4))
    return sperre


def make_alten_lauf():
    lauf = Loeschlauf.objects.create(
        am=HEUTE,
        begruendung="Alt",
        vorgeschlagen_von=make_konto(),
        vorgeschlagen_um=vor(jahre=8),
    )
    lauf.ergebnis, lauf.entschieden_von = "abgelehnt", make_konto()
    lauf.entschieden_um = vor(jahre=7)
    lauf.save()
    return lauf


def make_antwort():
    durchgang = make_kurs(tage=("2020-03-06",))
    return Antwort.objects.create(
        durchgang=durchgang, modul=durchgang.kurstage.get().modul,
        inhalt=1, vermittlung=2, organisation=3, freitext=f"{NAME} war laut",
    )  # fmt: skip


# For each rule: a row that is due, and what must be true of it when the run has been carried out.
FAELLIG = {
    "konten.konto": (make_deaktiviertes, lambda z: Konto.objects.get(pk=z.pk).unkenntlich),
    "konten.einladung": (
        make_verfallene_einladung,
        lambda z: (
            not Einladung.objects.filter(pk=z.pk).exists()
            and not Konto.objects.kenntlich().filter(pk=z.konto_id).exists()
        ),
    ),
    "konten.geraet": (
        lambda: BekanntesGeraet.objects.create(
            konto=make_konto(), pruefwert="a" * 64, zuletzt_am=vor(jahre=2).date()
        ),
        lambda z: not BekanntesGeraet.objects.exists(),
    ),
    "konten.rollenvergabe": (
        lambda: verjaehrt(
            make_rollenvergabe(konto=make_konto(), gruppe_id=gruppe_leitung(), **ABGELEHNT)
        ),
        lambda z: begruendung_von(z) == GELOESCHT,
    ),
    "konten.zweitfaktorverlust": (
        lambda: verjaehrt(make_zweitfaktorverlust(konto=make_konto(), **ABGELEHNT)),
        lambda z: begruendung_von(z) == GELOESCHT,
    ),
    "konten.vertretung": (
        lambda: verjaehrt(
            make_vertretung(
                vertretener=make_konto(),
                vertreter=make_konto(),
                ende=date(2026, 2, 1),
                **ABGELEHNT,
            )
        ),
        lambda z: begruendung_von(z) == GELOESCHT,
    ),
    "kommunen.bestellung": (
        lambda: verjaehrt(make_bestellung(**ABGELEHNT)),
        lambda z: Bestellung.objects.filter(
            pk=z.pk, email=GELOESCHT, nachweis=GELOESCHT, begruendung=GELOESCHT
        ).exists(),
    ),
    "kommunen.kontakt": (
        make_aufgeloesten_rat,
        lambda z: Praeventionsrat.objects.get(pk=z.pk).kontakt_email == "",
    ),
    "fortbildung.anmeldung": (
        make_alte_anmeldung,
        lambda z: Anmeldung.objects.filter(
            pk=z.pk, name=GELOESCHT, email=GELOESCHT, stelle=GELOESCHT, konto=None
        ).exists(),
    ),
    "fortbildung.zertifikat": (
        make_zertifikat,
        lambda z: Zertifikat.objects.filter(pk=z.pk, name="", namenspruefwert="").exists(),
    ),
    "fortbildung.antwort": (
        make_antwort,
        lambda z: Antwort.objects.filter(pk=z.pk, freitext="", inhalt=1).exists(),
    ),
    "post.nachricht": (make_nachricht, lambda z: not Nachricht.objects.exists()),
    "protokoll.grund": (
        make_alten_grund,
        lambda z: not Grund.objects.filter(pk=z.pk).exists(),
    ),
    "portal.kommentar": (make_kommentar, lambda z: not Kommentar.objects.exists()),
    "portal.kommentar_abgelehnt": (
        lambda: make_kommentar(vor(jahre=1), zustand="abgelehnt"),
        lambda z: not Kommentar.objects.exists(),
    ),
    "kommunen.kontakt_im_verlauf": (
        lambda: make_verlauf(make_rat(kontakt_email="vera@example.org")),
        lambda z: type(z).objects.get(pk=z.pk).kontakt_email == "",
    ),
    "portal.rueckmeldung_im_verlauf": (
        lambda: make_verlauf(make_rueckmeldung(bemerkung="Anruf")),
        lambda z: not type(z).objects.filter(pk=z.pk).exists(),
    ),
    "portal.rueckmeldung": (make_rueckmeldung, lambda z: not Rueckmeldung.objects.exists()),
    "datenschutz.verwaltung": (
        make_verwaltungseintrag,
        lambda z: not LogEntry.objects.filter(pk=z.pk).exists(),
    ),
    "datenschutz.sperre": (
        make_aufgehobene_sperre,
        lambda z: type(z).objects.get(pk=z.pk).grund == GELOESCHT,
    ),
    "datenschutz.loeschlauf": (make_alten_lauf, lambda z: begruendung_von(z) == GELOESCHT),
    **begleitung.FAELLIG,
}
