"""What coordinators can do about one registration now: each step with its form and its act."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from asskomm import formate
from asskomm.konten.models import Konto
from asskomm.schritt import SchrittNichtMoeglich

from ..models import Anmeldung, Stand
from ..verfahren import abschluss, anwesenheit, zulassung
from . import forms, raum


@dataclass(frozen=True)
class Moegliches:
    """A form on the page; `hinweise` say why the step does not work yet."""

    titel: str
    form: forms.Schrittformular
    hinweise: tuple[str, ...] = ()


def moegliche(anmeldung: Anmeldung) -> list[Moegliches]:
    """In the order of the procedure."""
    teilnahme = getattr(anmeldung, "teilnahme", None)
    if teilnahme is None:
        if anmeldung.stand not in zulassung.ABLEHNBAR:
            return []
        entscheidung = forms.Entscheidung(anmeldung=anmeldung)
        nachholen = [_nachholen(anmeldung)] if anmeldung.stand == Stand.ZUGELASSEN else []
        return [Moegliches("Entscheidung", entscheidung), *nachholen]
    if anmeldung.gueltiges_zertifikat:
        return [Moegliches("Zertifikat widerrufen", forms.Widerruf(anmeldung=anmeldung))]
    if teilnahme.abgebrochen_am:
        return []
    return [
        _nachholen(anmeldung),
        _projektarbeit(anmeldung),
        _ausstellung(anmeldung),
        Moegliches("Abbruch", forms.Abbruch(anmeldung=anmeldung)),
    ]


def _nachholen(anmeldung):
    return Moegliches("Modul nachholen", forms.Nachholen(anmeldung=anmeldung))


def _projektarbeit(anmeldung):
    arbeit = getattr(anmeldung, "projektarbeit", None)
    anfangs = {"version": anmeldung.version}
    if arbeit:
        anfangs |= {"thema": arbeit.thema, "am": arbeit.angenommen_am}
    form = forms.Projektarbeitsformular(anmeldung=anmeldung, initial=anfangs)
    return Moegliches("Projektarbeit", form)


def _ausstellung(anmeldung):
    """Under another button after a revocation: a page from before it issues nothing."""
    fehlt = tuple(abschluss.fehlendes(anmeldung))
    if anmeldung.zertifikat:
        form = forms.Neuausstellung(anmeldung=anmeldung)
        return Moegliches("Zertifikat neu ausstellen", form, fehlt)
    return Moegliches("Zertifikat ausstellen", forms.Ausstellung(anmeldung=anmeldung), fehlt)


def tue(
    anmeldung: Anmeldung, form: forms.Schrittformular, gedrueckt, *, durch: Konto, um: datetime
) -> str:
    """Take the step of the valid form; returns what the page says then. Raises as the step does."""
    daten, wer = form.cleaned_data, {"durch": durch, "um": um}
    if isinstance(form, forms.Entscheidung):
        return _entscheide(anmeldung, form, gedrueckt, wer)
    if isinstance(form, forms.Nachholen):
        anwesenheit.vereinbare_nachholung(anmeldung, daten["modul"], daten["durchgang"], **wer)
        return f"Das Nachholen ist vereinbart.{_wo_es_eng_wird(daten['durchgang'], daten['modul'])}"
    if isinstance(form, forms.Projektarbeitsformular):
        abschluss.nimm_projektarbeit_an(anmeldung, daten["thema"], daten["am"], **wer)
        return "Die Projektarbeit ist gespeichert."
    if isinstance(form, forms.Ausstellung):
        abschluss.stelle_aus(anmeldung, **wer)
        return "Das Zertifikat ist ausgestellt."
    if isinstance(form, forms.Widerruf):
        abschluss.widerrufe(anmeldung.zertifikat, daten["grund"], **wer)
        return "Das Zertifikat ist widerrufen."
    abschluss.brich_ab(anmeldung, daten["am"], **wer)
    return "Der Abbruch ist festgehalten."


def _wo_es_eng_wird(durchgang, modul):
    """A further sentence when a day of the module has more guests than places are left."""
    tage = [tag for tag in raum.zu_volle(durchgang) if tag.kurstag.modul_id == modul.pk]
    if not tage:
        return ""
    voll = max(tage, key=lambda tag: tag.erwartet)
    return (
        f" Am {formate.tag(voll.kurstag.tag)} sind damit {voll.erwartet} Personen zu erwarten, "
        f"bei {voll.plaetze} Plätzen. Prüfen Sie, ob der Raum reicht."
    )


def _entscheide(anmeldung, form, gedrueckt, wer):
    grund, gesehen = form.cleaned_data["grund"], form.gesehen
    if "zulassen" in gedrueckt:
        zulassung.lasse_zu(anmeldung, grund, gesehen=gesehen, **wer)
        return "Die Person ist zugelassen."
    if "ablehnen" in gedrueckt:
        zulassung.lehne_ab(anmeldung, grund, gesehen=gesehen, **wer)
        return "Die Person ist nicht zugelassen. Der Platz ist wieder frei."
    raise SchrittNichtMoeglich("Wählen Sie einen der Knöpfe.")
