"""An engagement that ended years ago with a coach who is no longer one, and what must go of it."""

from datetime import UTC, date, datetime

from asskomm.personendaten import GELOESCHT
from beratung.models import (
    Ausschluss,
    Coach,
    Coachinganfrage,
    Coachvertrag,
    Coachvorschlag,
    Kontingenterweiterung,
    Mandat,
    Niederschrift,
    Sitzung,
    Stufe,
)
from tests.factories import make_coach, make_kommune, make_kontingenterweiterung, make_mandat

DAMALS = datetime(2015, 3, 4, 9, tzinfo=UTC)
BEGINN, ENDE = date(2015, 3, 1), date(2015, 6, 30)
TEXT = "Annegret Zwirnhaupt war dabei"


def make_alte_begleitung(**felder):
    """Everything that can hold a text says one."""
    kommune = make_kommune()
    coach = make_coach(vertrag=(BEGINN, ENDE), bemerkung=TEXT)
    coach.vertraege.update(aktenzeichen="4711")
    Ausschluss.objects.create(coach=coach, kommune=kommune, grund=TEXT)
    anfrage = Coachinganfrage.objects.create(
        kommune=kommune, anliegen=TEXT, stand="vermittelt", gestellt_um=DAMALS,
        gestellt_von=coach.konto, beendet_um=DAMALS,
    )  # fmt: skip
    Coachvorschlag.objects.create(
        anfrage=anfrage, coach=coach, beginn=BEGINN, ende=ENDE, kontingent=4, hinweis=TEXT,
        vorgeschlagen_um=DAMALS, vorgeschlagen_von=coach.konto, coach_antwort="nein",
        coach_um=DAMALS, coach_von=coach.konto, coach_grund=TEXT, beendet_um=DAMALS,
    )  # fmt: skip
    felder = {"stand": "abgeschlossen", "beendet_am": ENDE, "bericht": TEXT} | felder
    mandat = make_mandat(
        coach=coach, kommunen=[kommune], anfrage=anfrage, beginn=BEGINN, ende_geplant=ENDE,
        ziele=TEXT, gebucht=2, **felder,
    )  # fmt: skip
    if mandat.beendet_am:
        mandat.einsaetze.update(bis=mandat.beendet_am)
    sitzung = Sitzung.objects.create(
        mandat=mandat, am=BEGINN, form="vor_ort", viertel=2, teilnehmende=TEXT,
        erfasst_um=DAMALS, erfasst_von=coach.konto,
    )  # fmt: skip
    for stufe in Stufe:
        sitzung.niederschriften.create(
            stufe=stufe, text=TEXT, verfasst_von=coach.konto, verfasst_um=DAMALS
        )
    sitzung.schritte.create(was=TEXT, wer="coach", angelegt_um=DAMALS)
    make_kontingenterweiterung(mandat=mandat, ergebnis="abgelehnt", begruendung=TEXT)
    return mandat


def _zeile(modell, **welche):
    def mache():
        mandat = make_alte_begleitung()
        return mandat if modell is Mandat else modell.objects.get(**welche)

    return mache


def _steht(modell, **felder):
    return lambda zeile: modell.objects.filter(pk=zeile.pk, **felder).exists()


# For each rule: a row that is due, and what must be true of it when the run has been carried out.
FAELLIG = {
    "beratung.mandat": (
        _zeile(Mandat),
        _steht(Mandat, ziele=GELOESCHT, bericht=GELOESCHT, ansprechperson=None),
    ),
    "beratung.sitzung": (_zeile(Sitzung), _steht(Sitzung, teilnehmende=GELOESCHT, storno_grund="")),
    "beratung.niederschrift": (
        _zeile(Niederschrift, stufe="lpr"),
        _steht(Niederschrift, text=GELOESCHT),
    ),
    "beratung.eigene_notiz": (
        _zeile(Niederschrift, stufe="eigen"),
        lambda zeile: not Niederschrift.objects.filter(pk=zeile.pk).exists(),
    ),
    "beratung.coachingschritt": (
        lambda: make_alte_begleitung().sitzungen.get().schritte.get(),
        lambda zeile: type(zeile).objects.filter(pk=zeile.pk, was=GELOESCHT, funktion="").exists(),
    ),
    "beratung.kontingenterweiterung": (
        _zeile(Kontingenterweiterung),
        _steht(Kontingenterweiterung, begruendung=GELOESCHT),
    ),
    "beratung.coachinganfrage": (
        _zeile(Coachinganfrage),
        _steht(Coachinganfrage, anliegen=GELOESCHT, grund=""),
    ),
    "beratung.coachvorschlag": (
        _zeile(Coachvorschlag),
        _steht(Coachvorschlag, hinweis=GELOESCHT, coach_grund=GELOESCHT, kommune_grund=""),
    ),
    "beratung.coach": (
        lambda: make_alte_begleitung().einsaetze.get().coach,
        lambda zeile: (
            Coach.objects.get(pk=zeile.pk).bemerkung == ""
            and not zeile.history.exclude(bemerkung="").exists()
        ),
    ),
    "beratung.ausschluss": (_zeile(Ausschluss), _steht(Ausschluss, grund=GELOESCHT)),
    "beratung.coachvertrag": (_zeile(Coachvertrag), _steht(Coachvertrag, aktenzeichen="")),
}
