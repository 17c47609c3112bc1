"""How somebody finishes (F43).

    nimm_projektarbeit_an -> stelle_aus -> widerrufe -> stelle_aus, under another code | brich_ab

A misspelt name is corrected by the person in the own record, once the certificate is revoked.
"""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from asskomm.konten.models import Konto
from asskomm.protokoll.verfahren import protokolliere
from asskomm.schritt import SchrittNichtMoeglich
from kommunen.zeitangabe import Zeitangabe

from .. import handlungen
from ..anmeldung import vorlagen
from ..models import Anmeldung, Bedarf, Projektarbeit, Stand, Teilnahme, Zertifikat
from ..zertifikat import code
from .anmeldung import schreibe, sperre_beide
from .anwesenheit import abgeschlossene_module
from .zulassung import verlange_recht


class FalscherTag(SchrittNichtMoeglich):
    """The day does not fit the course; the form shows the sentence at its day."""


@transaction.atomic
def nimm_projektarbeit_an(
    anmeldung: Anmeldung, thema: str, am: date, *, durch: Konto, um: datetime
) -> Projektarbeit:
    """Record the accepted project work; sent again it is corrected, until there is a certificate.

    Raises KeinRecht, and SchrittNichtMoeglich for a day in the future or before the course.
    """
    verlange_recht(durch)
    anmeldung, teilnahme = _laufende(anmeldung)
    _verlange_im_lehrgang(am, teilnahme, um)
    arbeit, _ = Projektarbeit.objects.update_or_create(
        anmeldung=anmeldung, defaults={"thema": thema, "angenommen_am": am, "erfasst_von": durch}
    )
    protokolliere(handlungen.PROJEKTARBEIT, anmeldung, durch=durch, angaben={"am": am.isoformat()})
    return arbeit


def fehlendes(anmeldung: Anmeldung) -> list[str]:
    """What stands between the person and the certificate, in words; empty when nothing does."""
    if anmeldung.ist_geloescht:
        return ["Die Angaben der Person sind gelöscht. Ohne Namen gibt es kein Zertifikat."]
    fertig = abgeschlossene_module(anmeldung)
    fehlt = [
        f"{modul} ist nicht vollständig besucht."
        for modul in anmeldung.durchgang.lehrgang.module.all()
        if modul not in fertig
    ]
    if not hasattr(anmeldung, "projektarbeit"):
        fehlt.append("Die Projektarbeit ist noch nicht angenommen.")
    return fehlt


@transaction.atomic
def stelle_aus(anmeldung: Anmeldung, *, durch: Konto, um: datetime) -> Zertifikat:
    """Issue the certificate; the Teilnahme is finished with it and counts in the figures.

    Asked for twice it is the same one; after a revocation it is a new one, with what stands in
    the registration now. Raises KeinRecht, and SchrittNichtMoeglich while anything is missing,
    and for whoever broke off or was never there.
    """
    verlange_recht(durch)
    _, anmeldung = sperre_beide(anmeldung)
    if vorhanden := anmeldung.gueltiges_zertifikat:
        return vorhanden
    anmeldung, teilnahme = _laufende(anmeldung)
    if fehlt := fehlendes(anmeldung):
        raise SchrittNichtMoeglich(" ".join(fehlt))
    durchgang = anmeldung.durchgang
    zertifikat = Zertifikat.objects.create(
        teilnahme=teilnahme,
        code=code.neu(),
        name=anmeldung.name,
        namenspruefwert=code.pruefwert(anmeldung.name),
        inhalt={
            "lehrgang": durchgang.lehrgang.name,
            "abschluss": durchgang.lehrgang.abschluss,
            "traeger": durchgang.lehrgang.traeger,
            "durchgang": durchgang.bezeichnung,
            "module": [str(modul) for modul in durchgang.lehrgang.module.all()],
            "projektarbeit": anmeldung.projektarbeit.thema,
            "begonnen_am": str(teilnahme.begonnen_am),
            "beispiel": durchgang.ist_beispiel,
        },
        ausgestellt_um=um,
        ausgestellt_von=durch,
    )
    teilnahme.abgeschlossen_am = Zeitangabe.vom_tag(timezone.localdate(um))
    teilnahme.save()
    protokolliere(handlungen.AUSGESTELLT, anmeldung, durch=durch)
    schreibe(vorlagen.ZERTIFIKAT, anmeldung)
    return zertifikat


@transaction.atomic
def widerrufe(zertifikat: Zertifikat, grund: str, *, durch: Konto, um: datetime) -> Zertifikat:
    """The check says "revoked" from now on, the figures no longer count it, and the person is told.

    Revoked twice is once. Raises KeinRecht, and SchrittNichtMoeglich without a reason.
    """
    verlange_recht(durch)
    _, anmeldung = sperre_beide(zertifikat.teilnahme.anmeldung)
    zertifikat = Zertifikat.objects.select_for_update(of=("self",)).get(pk=zertifikat.pk)
    if not zertifikat.gilt:
        return zertifikat
    if not grund.strip():
        raise SchrittNichtMoeglich("Geben Sie einen Grund an.")
    zertifikat.widerrufen_um, zertifikat.widerrufen_von = um, durch
    zertifikat.widerruf_grund = grund.strip()
    zertifikat.save(update_fields=["widerrufen_um", "widerrufen_von", "widerruf_grund"])
    teilnahme = zertifikat.teilnahme
    teilnahme.abgeschlossen_am = None
    teilnahme.save()
    protokolliere(handlungen.ZERTIFIKAT_WIDERRUFEN, anmeldung, durch=durch, grund=grund)
    if not anmeldung.ist_geloescht:
        schreibe(vorlagen.ZERTIFIKAT_WIDERRUFEN, anmeldung)
    return zertifikat


@transaction.atomic
def brich_ab(anmeldung: Anmeldung, am: date, *, durch: Konto, um: datetime) -> Teilnahme:
    """The person does not go on; what was visited stays on record.

    Raises SchrittNichtMoeglich for a day in the future or before the beginning, and with a
    certificate.
    """
    verlange_recht(durch)
    anmeldung, teilnahme = _laufende(anmeldung)
    _verlange_im_lehrgang(am, teilnahme, um)
    teilnahme.abgebrochen_am = Zeitangabe.vom_tag(am)
    teilnahme.save()
    Bedarf.objects.filter(anmeldung=anmeldung).delete()
    protokolliere(handlungen.ABGEBROCHEN, anmeldung, durch=durch, angaben={"am": am.isoformat()})
    return teilnahme


def _verlange_im_lehrgang(am, teilnahme, um):
    """Not before the course began for the person, and not ahead of today."""
    if am > timezone.localdate(um):
        raise FalscherTag("Dieser Tag liegt in der Zukunft.")
    if am < teilnahme.begonnen_am.erster_tag:
        raise FalscherTag(f"Der Lehrgang begann für diese Person erst am {teilnahme.begonnen_am}.")


def _laufende(anmeldung) -> tuple[Anmeldung, Teilnahme]:
    """Locked; raises SchrittNichtMoeglich for whoever is not in the middle of the course."""
    _, anmeldung = sperre_beide(anmeldung)
    teilnahme = getattr(anmeldung, "teilnahme", None)
    if anmeldung.stand != Stand.ZUGELASSEN or teilnahme is None:
        raise SchrittNichtMoeglich("Für diese Person hat der Lehrgang noch nicht begonnen.")
    if teilnahme.abgebrochen_am:
        raise SchrittNichtMoeglich(f"Die Person hat am {teilnahme.abgebrochen_am} abgebrochen.")
    if anmeldung.gueltiges_zertifikat:
        raise SchrittNichtMoeglich("Die Person hat ihr Zertifikat schon.")
    return anmeldung, teilnahme
