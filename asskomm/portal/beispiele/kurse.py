"""Invented cohorts one can register for: around the day of loading, played through the real steps.

The cohorts lie in daten/beispiele/kurse.csv, who registered for them and how far they got in
kursanmeldungen.csv. While one can register for a cohort it is left alone, whatever people did with
it. A load after that plays it anew around its own day, as long as no attendance is kept for it;
a cohort with attendance is played anew after its last day.
"""

from __future__ import annotations

import uuid
from datetime import datetime, time, timedelta
from pathlib import Path

from django.utils import timezone

from asskomm.konten.models import Konto
from asskomm.post.models import Nachricht
from fortbildung.models import (
    Anmeldung,
    Antwort,
    Anwesenheit,
    Durchgang,
    Kurstag,
    Lehrgang,
    Nachholung,
    Stand,
    Teilnahme,
    Zertifikat,
)
from fortbildung.verfahren import anmeldung as verfahren
from fortbildung.verfahren import zulassung
from kommunen.abgleich import Bericht
from kommunen.tatsachen import Herkunft

from .gemeinsam import FORTBILDUNG, QUELLE, konto_mit, ohne_mails, zeilen

NAMENSRAUM = uuid.UUID("3f4c1f0e-64d2-4d5b-8d0e-0b6a1f5c4e27")
SCHLUESSEL = "beispiele/kurse/"
# Each module has two days, a Friday and a Saturday as a rule, and the next comes four weeks later.
TAGE_JE_MODUL, ZWISCHEN_MODULEN = 2, timedelta(days=28)
BEGINN, ENDE = time(9), time(16, 30)
ZUGELASSEN = "Der Platz gehört zum Kontingent Ihres Arbeitsfelds."
ABGELEHNT = "Aus Ihrem Amt nimmt schon jemand teil. Beim nächsten Durchgang sind Sie willkommen."


def lade(bericht: Bericht, ordner: Path, um: datetime) -> None:
    """Play every cohort that is not there yet or over; the demo accounts exist. Nothing is mailed."""
    lehrgang = Lehrgang.objects.filter(kuerzel="beccaria").first()
    if lehrgang is None or not lehrgang.module.exists():
        return
    posten, personen = bericht.zu(Durchgang), zeilen(ordner, "kursanmeldungen.csv")
    for zeile in zeilen(ordner, "kurse.csv"):
        schluessel = f"{SCHLUESSEL}{zeile['schluessel']}"
        vorhanden = Durchgang.objects.filter(import_schluessel=schluessel).first()
        if vorhanden and not _ist_vorbei(vorhanden, timezone.localdate(um)):
            posten.unveraendert += 1
            continue
        if vorhanden:
            _leere(Durchgang.objects.filter(pk=vorhanden.pk))
            posten.geaendert.append(str(vorhanden))
        else:
            posten.hinzugefuegt += 1
        with ohne_mails():
            durchgang = _lege_an(zeile, schluessel, lehrgang, um)
            _melde_an(durchgang, [p for p in personen if p["kurs"] == zeile["schluessel"]], um)


def _ist_vorbei(durchgang, heute):
    """Whether nobody can register any more, and nobody is in the middle of the course."""
    if durchgang.anmeldung_bis is None or durchgang.anmeldung_bis >= heute:
        return False
    laeuft = durchgang.kurstage.filter(tag__gte=heute).exists()
    return not (laeuft and Anwesenheit.objects.filter(kurstag__durchgang=durchgang).exists())


def _lege_an(zeile, schluessel, lehrgang, um):
    heute = timezone.localdate(um)

    def in_tagen(anzahl):
        return heute + timedelta(days=int(anzahl))

    erster = in_tagen(zeile["erster_tag"])
    erster += timedelta(days=(4 - erster.weekday()) % 7)
    tage = [
        (modul, erster + nummer * ZWISCHEN_MODULEN + timedelta(days=tag))
        for nummer, modul in enumerate(lehrgang.module.all())
        for tag in range(TAGE_JE_MODUL)
    ]
    durchgang, _ = Durchgang.objects.update_or_create(
        import_schluessel=schluessel,
        defaults={
            "lehrgang": lehrgang,
            "bezeichnung": zeile["bezeichnung"],
            "beginn": tage[0][1].isoformat(),
            "ende": tage[-1][1].isoformat(),
            "ankuendigung": zeile["ankuendigung"],
            "plaetze": int(zeile["plaetze"]),
            "kontingent_kommune": int(zeile["kontingent_kommune"]),
            "kontingent_polizei": int(zeile["kontingent_polizei"]),
            "kontingent_soziales": int(zeile["kontingent_soziales"]),
            "anmeldung_ab": in_tagen(f"-{zeile['anmeldung_vor']}"),
            "anmeldung_bis": in_tagen(zeile["anmeldung_noch"]),
            "kontakt_email": FORTBILDUNG,
            "quelle": QUELLE,
            "veroeffentlicht": True,
            "herkunft": Herkunft.BEISPIEL,
        },
    )
    for modul, tag in tage:
        Kurstag.objects.create(
            durchgang=durchgang, modul=modul, tag=tag, von=BEGINN, bis=ENDE, ort=zeile["ort"]
        )
    durchgang.refresh_from_db()
    return durchgang


def _melde_an(durchgang, personen, um):
    """One after the other on the first days; who leaves does so yesterday, so that one moves up."""
    koordination = konto_mit(FORTBILDUNG)
    anmeldungen = []
    for nummer, zeile in enumerate(personen):
        eingang = um - timedelta(days=15) + timedelta(hours=3 * nummer)
        anmeldungen.append((zeile, _gehe_ein(durchgang, zeile, nummer, eingang)))
    for zeile, anmeldung in anmeldungen:
        wer = {"durch": koordination, "um": um - timedelta(days=5), "gesehen": anmeldung.version}
        if zeile["ziel"] == Stand.ZUGELASSEN:
            zulassung.lasse_zu(anmeldung, ZUGELASSEN, **wer)
        elif zeile["ziel"] == Stand.ABGELEHNT:
            zulassung.lehne_ab(anmeldung, ABGELEHNT, **wer)
    for zeile, anmeldung in anmeldungen:
        if zeile["ziel"] == Stand.ABGEMELDET:
            verfahren.melde_ab(
                anmeldung, durch=None, um=um - timedelta(days=1), gesehen=anmeldung.version
            )


def _gehe_ein(durchgang, zeile, nummer, um):
    konto = Konto.objects.filter(email=zeile["konto"], ist_beispiel=True).first()
    angaben = {name: zeile[name] for name in ("name", "gruppe", "stelle", "funktion", "anliegen")}
    angaben["email"] = f"kurs-{zeile['kurs']}-{nummer + 1}@example.org"
    anmeldung = verfahren.melde_an(
        durchgang,
        angaben,
        formular=uuid.uuid5(NAMENSRAUM, f"{durchgang.pk}/{nummer}"),
        konto=konto,
        um=um,
    ).anmeldung
    return verfahren.bestaetige(anmeldung, um=um + timedelta(hours=1))


# --- Removing ------------------------------------------------------------------


def entferne(bericht: Bericht) -> None:
    """Remove all registrations for invented cohorts and what hangs on them, not the cohorts."""
    kurse = Durchgang.objects.beispiele()
    bericht.zu(Anmeldung).entfernt += Anmeldung.objects.filter(durchgang__in=kurse).count()
    _entferne_anmeldungen(kurse)


def _leere(kurse):
    """Before they are played anew; the days go, too, and come with other dates."""
    _entferne_anmeldungen(kurse)
    Kurstag.objects.filter(durchgang__in=kurse).delete()


def _entferne_anmeldungen(kurse):
    anmeldungen = list(Anmeldung.objects.filter(durchgang__in=kurse).values_list("pk", flat=True))
    tage = list(Kurstag.objects.filter(durchgang__in=kurse).values_list("pk", flat=True))
    Nachricht.objects.filter(
        gegenstand_art=Anmeldung._meta.label_lower, gegenstand_nummer__in=map(str, anmeldungen)
    ).delete()
    for menge in (
        Zertifikat.objects.filter(teilnahme__durchgang__in=kurse),
        Teilnahme.objects.filter(durchgang__in=kurse),
        Antwort.objects.filter(durchgang__in=kurse),
        Nachholung.objects.filter(durchgang__in=kurse),
        Anwesenheit.objects.filter(kurstag__in=tage),
        Anmeldung.objects.filter(pk__in=anmeldungen),
        Anwesenheit.history.filter(kurstag__in=tage),
        Anwesenheit.history.filter(anmeldung__in=anmeldungen),
    ):
        menge.delete()
