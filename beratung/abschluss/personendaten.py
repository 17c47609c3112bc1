"""Personal data of the coaching: who accompanies whom, what was written, and when it goes."""

from functools import reduce
from operator import and_, or_

from django.apps import apps
from django.db.models import Exists, F, Max, OuterRef, Q
from django.db.models.functions import Coalesce, TruncDate

from asskomm.personendaten import (
    ANDERE,
    GELOESCHT,
    NACHWEIS,
    OEFFENTLICHE_AUFGABE,
    Durchfuehrung,
    Ende,
    Loeschregel,
    OffenerVorgang,
    Personendaten,
    Unbedenklich,
    Vorschlag,
    beim_anonymisieren,
)
from asskomm.protokoll.personendaten import loesche_gruende_zu
from kommunen.personendaten import KEINE_NAMEN, MIT_DEM_KONTO, SOLANGE_DER_DATENSATZ

from ..models import (
    ZUGANG_DANACH,
    Ausschluss,
    Coach,
    Coachinganfrage,
    Coachingschritt,
    Coachvertrag,
    Coachvorschlag,
    Einsatz,
    Kontingenterweiterung,
    Mandat,
    Niederschrift,
    Sitzung,
    Stufe,
    Wirkung,
)
from ..verfahren import notizen

_FREITEXT = "Freitext, der Personen nennen kann"
_DREI_JAHRE = Vorschlag(3, "jahre")
_AB_DEM_ENDE = "ab dem letzten Tag der Begleitung"

# --- Rules ---------------------------------------------------------------------------


def _mit_text(menge, felder):
    """Rows in which one of these texts still says something."""
    return menge.exclude(reduce(and_, (Q(**{f"{feld}__in": ["", GELOESCHT]}) for feld in felder)))


def _ersetze(modell, felder, **weitere):
    """Where something was written stands that it was deleted; what was empty stays empty."""

    def ausfuehren(nummern, durchfuehrung: Durchfuehrung):
        zeilen = modell.objects.filter(pk__in=nummern)
        for feld in felder:
            zeilen.exclude(**{feld: ""}).update(**{feld: GELOESCHT})
        if weitere:
            zeilen.update(**weitere)

    return ausfuehren


def _regel(modell, titel, felder, beginn, tag, *, gehoert_zu, menge=None, **weitere):
    """Texts of the model go some years after the day `tag`, an expression over its rows."""

    def bestand():
        zeilen = menge() if menge else modell.objects.all()
        return _mit_text(zeilen, felder).annotate(frist_tag=tag).filter(frist_tag__isnull=False)

    return Loeschregel(
        f"beratung.{modell._meta.model_name}",
        titel,
        modell._meta.label,
        beginn,
        Ende.LEEREN,
        bestand,
        _DREI_JAHRE,
        ausfuehren=_ersetze(modell, felder, **weitere),
        gehoert_zu=gehoert_zu,
    )


_MANDAT = _regel(
    Mandat,
    "Ziele und Berichte von Begleitungen",
    ("ziele", "bericht"),
    _AB_DEM_ENDE,
    F("beendet_am"),
    gehoert_zu={"beratung.coaching": "coaching", "beratung.coachinganfrage": "anfrage"},
    ansprechperson=None,
)
_BEI_DER_SITZUNG = {"beratung.mandat": "mandat", "beratung.coaching": "mandat__coaching"}
_SITZUNG = _regel(
    Sitzung,
    "Teilnehmende an Sitzungen von Begleitungen",
    ("teilnehmende", "storno_grund"),
    _AB_DEM_ENDE,
    F("mandat__beendet_am"),
    gehoert_zu=_BEI_DER_SITZUNG,
)
_UNTER_DER_SITZUNG = {
    "beratung.sitzung": "sitzung",
    "beratung.mandat": "sitzung__mandat",
    "beratung.coaching": "sitzung__mandat__coaching",
}
_NIEDERSCHRIFT = _regel(
    Niederschrift,
    "Texte zu Sitzungen von Begleitungen",
    ("text",),
    _AB_DEM_ENDE,
    F("sitzung__mandat__beendet_am"),
    menge=lambda: Niederschrift.objects.exclude(stufe=Stufe.EIGEN),
    gehoert_zu=_UNTER_DER_SITZUNG,
)
_SCHRITT = _regel(
    Coachingschritt,
    "Nächste Schritte aus Begleitungen",
    ("was", "funktion"),
    _AB_DEM_ENDE,
    F("sitzung__mandat__beendet_am"),
    gehoert_zu=_UNTER_DER_SITZUNG,
)
_ERWEITERUNG = _regel(
    Kontingenterweiterung,
    "Begründungen von Erweiterungen der Kontingente",
    ("begruendung",),
    _AB_DEM_ENDE,
    F("mandat__beendet_am"),
    gehoert_zu=_BEI_DER_SITZUNG,
)
_ANFRAGE = _regel(
    Coachinganfrage,
    "Anliegen in Anfragen nach Coaching",
    ("anliegen", "grund"),
    "ab dem letzten Tag der Begleitung, sonst ab dem Ende der Anfrage",
    Coalesce("mandat__beendet_am", TruncDate("beendet_um")),
    menge=lambda: Coachinganfrage.objects.exclude(mandat__stand="laufend"),
    gehoert_zu={"beratung.mandat": "mandat", "kommunen.kommune": "kommune"},
)
_VORSCHLAG = _regel(
    Coachvorschlag,
    "Gründe in Vorschlägen von Coaches",
    ("hinweis", "kommune_grund", "coach_grund"),
    "ab dem letzten Tag der Begleitung, sonst ab dem Ende des Vorschlags",
    Coalesce("anfrage__mandat__beendet_am", TruncDate("beendet_um")),
    menge=lambda: Coachvorschlag.objects.exclude(anfrage__mandat__stand="laufend"),
    gehoert_zu={"beratung.coachinganfrage": "anfrage", "beratung.mandat": "anfrage__mandat"},
)
NOTIZ = Loeschregel(
    "beratung.eigene_notiz",
    "Eigene Notizen von Coaches",
    "beratung.Niederschrift",
    "ab dem letzten Tag des Einsatzes",
    Ende.LOESCHEN,
    notizen.mit_ende,
    Vorschlag(
        ZUGANG_DANACH.days,
        "tage",
        "Solange kann die Person die Notiz noch lesen, danach niemand. Die Tagesaufgabe "
        "„beratung.eigene_notizen“ löscht sie.",
    ),
    gehoert_zu=_UNTER_DER_SITZUNG,
)


def _ehemalige():
    """Coaches without an assignment and without a contract that still runs or is to come."""
    laufend = Einsatz.objects.laufend().filter(coach=OuterRef("pk"))
    return Coach.objects.exclude(Exists(laufend)).annotate(frist_tag=Max("vertraege__bis"))


_COACH = Loeschregel(
    "beratung.coach",
    "Angaben zu ehemaligen Coaches",
    "beratung.Coach",
    "ab dem letzten Tag des letzten Vertrags",
    Ende.LEEREN,
    lambda: _ehemalige().exclude(bemerkung="").filter(frist_tag__isnull=False),
    _DREI_JAHRE,
    felder={"bemerkung": ""},
)


def _von_ehemaligen(modell, frei):
    """What hangs on former coaches, unless it says nothing any more."""
    tag = Max("coach__vertraege__bis")
    menge = modell.objects.filter(coach__in=_ehemalige().values("pk")).exclude(frei)
    return menge.annotate(frist_tag=tag).filter(frist_tag__isnull=False)


_AUSSCHLUSS = Loeschregel(
    "beratung.ausschluss",
    "Gründe, warum Coaches für Kommunen ausgeschlossen sind",
    "beratung.Ausschluss",
    "ab dem letzten Tag des letzten Vertrags des Coaches",
    Ende.LEEREN,
    lambda: _von_ehemaligen(Ausschluss, Q(grund=GELOESCHT)),
    _DREI_JAHRE,
    felder={"grund": GELOESCHT},
    gehoert_zu={"beratung.coach": "coach", "kommunen.kommune": "kommune"},
)
_VERTRAG = Loeschregel(
    "beratung.coachvertrag",
    "Aktenzeichen von Verträgen ehemaliger Coaches",
    "beratung.Coachvertrag",
    "ab dem letzten Tag des letzten Vertrags des Coaches",
    Ende.LEEREN,
    lambda: _von_ehemaligen(Coachvertrag, Q(aktenzeichen="")),
    Vorschlag(10, "jahre"),
    felder={"aktenzeichen": ""},
    gehoert_zu={"beratung.coach": "coach"},
)

# --- Coaches -------------------------------------------------------------------------

Personendaten(
    "beratung.Coach",
    ("konto", "bemerkung"),
    "konto",
    zweck="Pool der Coaches: wer Kommunen begleiten kann",
    rechtsgrundlage=OEFFENTLICHE_AUFGABE,
    ende=_COACH,
    begleitend=("kapazitaet",),
)
for _tabelle, _spalte, _zweck in (
    ("Coach_faehigkeiten", "faehigkeit", "Womit ein Coach helfen kann"),
    ("Coach_kreise", "kreis", "Wo ein Coach eingesetzt wird"),
):
    Personendaten(
        f"beratung.{_tabelle}",
        (_spalte,),
        "coach__konto",
        zweck=_zweck,
        rechtsgrundlage=OEFFENTLICHE_AUFGABE,
        ende="Geht, wenn das Konto unkenntlich wird.",
        bereich="Beratung und Coaching",
        bezeichnung=_zweck,
    )
Personendaten(
    "beratung.Coachvertrag",
    ("aktenzeichen",),
    "coach__konto",
    zweck="Für welche Tage es einen Vertrag mit dem Coach gibt",
    rechtsgrundlage=OEFFENTLICHE_AUFGABE,
    ende=_VERTRAG,
    begleitend=("von", "bis"),
)
Personendaten(
    "beratung.Ausschluss",
    ("grund",),
    "coach__konto",
    zweck=f"Warum ein Coach für eine Kommune nicht vorgeschlagen wird; {_FREITEXT}",
    rechtsgrundlage=OEFFENTLICHE_AUFGABE,
    ende=_AUSSCHLUSS,
    begleitend=("kommune",),
)
Personendaten(
    "beratung.Einsatz",
    ("coach",),
    "coach__konto",
    zweck="Wer wann welche Begleitung geleitet oder vertreten hat",
    rechtsgrundlage=NACHWEIS,
    ende=MIT_DEM_KONTO,
    begleitend=("mandat", "rolle", "von", "bis"),
)
Unbedenklich("beratung.Faehigkeit", ("name",), "Bezeichnung einer Fähigkeit")

# --- Requests and proposals ----------------------------------------------------------

Personendaten(
    "beratung.Coachinganfrage",
    ("anliegen", "grund", "gestellt_von"),
    "gestellt_von",
    zweck=f"Anfrage einer Kommune nach Coaching; {_FREITEXT}",
    rechtsgrundlage=OEFFENTLICHE_AUFGABE,
    ende=_ANFRAGE,
    begleitend=("kommune", "stand", "gestellt_um", "beendet_um"),
)
for _felder, _wessen, _wann, _zweck in (
    (("hinweis", "vorgeschlagen_von"), "vorgeschlagen_von", "vorgeschlagen_um", "Vorschlag"),
    (("kommune_grund", "kommune_von"), "kommune_von", "kommune_um", "Antwort der Kommune"),
):
    Personendaten(
        "beratung.Coachvorschlag",
        _felder,
        _wessen,
        zweck=f"{_zweck} zur Vermittlung eines Coaches; {_FREITEXT}",
        rechtsgrundlage=OEFFENTLICHE_AUFGABE,
        ende=_VORSCHLAG,
        begleitend=("anfrage", _wann),
    )
Personendaten(
    "beratung.Coachvorschlag",
    ("coach", "coach_grund", "coach_von"),
    lambda konto: Q(coach__konto=konto) | Q(coach_von=konto),
    zweck=f"Welcher Coach vorgeschlagen ist und was er geantwortet hat; {_FREITEXT}",
    rechtsgrundlage=OEFFENTLICHE_AUFGABE,
    ende=_VORSCHLAG,
    begleitend=("anfrage", "beginn", "ende", "coach_antwort", "coach_um"),
)

# --- Engagements ---------------------------------------------------------------------

Personendaten(
    "beratung.Mandat",
    ("ansprechperson",),
    "ansprechperson",
    zweck="An wen sich Coach und Landespräventionsrat in der Kommune wenden",
    rechtsgrundlage=OEFFENTLICHE_AUFGABE,
    ende=_MANDAT,
    begleitend=("beginn", "beendet_am"),
)
for _modell, _felder, _regel_, _zweck in (
    ("Mandat", ("ziele", "bericht"), _MANDAT, "Ziele und Abschlussbericht einer Begleitung"),
    ("Sitzung", ("teilnehmende", "storno_grund"), _SITZUNG, f"Sitzung. {KEINE_NAMEN}"),
    ("Coachingschritt", ("was", "funktion"), _SCHRITT, f"Nächster Schritt. {KEINE_NAMEN}"),
):
    Personendaten(
        f"beratung.{_modell}",
        _felder,
        ANDERE,
        zweck=f"{_zweck}; {_FREITEXT}",
        rechtsgrundlage=OEFFENTLICHE_AUFGABE,
        ende=_regel_,
    )
for _bedingung, _ende, _zweck, _vertraulich in (
    (~Q(stufe=Stufe.EIGEN), _NIEDERSCHRIFT, "Text zu einer Sitzung", ()),
    (Q(stufe=Stufe.EIGEN), NOTIZ, "Eigene Notiz, die nur die Person selbst liest", ("text",)),
):
    Personendaten(
        "beratung.Niederschrift",
        ("text", "verfasst_von"),
        lambda konto, bedingung=_bedingung: bedingung & Q(verfasst_von=konto),
        zweck=f"{_zweck}; {_FREITEXT}",
        rechtsgrundlage=OEFFENTLICHE_AUFGABE,
        ende=_ende,
        begleitend=("sitzung", "stufe", "verfasst_um", "geaendert_um"),
        vertraulich=_vertraulich,
    )
Personendaten(
    "beratung.Kontingenterweiterung",
    ("begruendung", "vorgeschlagen_von"),
    "vorgeschlagen_von",
    zweck=f"Vorschlag, das Kontingent einer Begleitung zu erweitern; {_FREITEXT}",
    rechtsgrundlage=NACHWEIS,
    ende=_ERWEITERUNG,
    begleitend=("mandat", "viertel", "ergebnis", "vorgeschlagen_um"),
)
Personendaten(
    "beratung.Wirkung",
    ("beleg", "verworfen_grund", "gemeldet_von"),
    "gemeldet_von",
    zweck=f"Wirkung einer Begleitung mit Beleg. {KEINE_NAMEN}",
    rechtsgrundlage=OEFFENTLICHE_AUFGABE,
    ende=f"Beleg einer öffentlichen Zahl. {SOLANGE_DER_DATENSATZ}",
    begleitend=("mandat", "art", "gemeldet_um"),
)
for _modell, _spalte, _wann, _zweck in (
    ("Sitzung", "erfasst_von", "erfasst_um", "Wer die Sitzung erfasst hat"),
    ("Sitzung", "geoeffnet_von", "geoeffnet_um", "Wer sie in der Kommune zuerst geöffnet hat"),
    ("Coachingschritt", "erledigt_von", "erledigt_um", "Wer den Schritt abgehakt hat"),
    ("Nachfrage", "beantwortet_von", "beantwortet_um", "Wer nach der Wirkung gefragt wurde"),
    ("Wirkung", "gemeldet_fuer", "gemeldet_um", "In wessen Vertretung gemeldet wurde"),
    ("Wirkung", "bestaetigt_von", "bestaetigt_um", "Wer die Wirkung bestätigt hat"),
    ("Wirkung", "bestaetigt_fuer", "bestaetigt_um", "In wessen Vertretung bestätigt wurde"),
    ("Wirkung", "verworfen_von", "verworfen_um", "Wer die Wirkung nicht bestätigt hat"),
    ("Kontingenterweiterung", "vorgeschlagen_fuer", "vorgeschlagen_um", "In wessen Vertretung"),
    ("Kontingenterweiterung", "entschieden_von", "entschieden_um", "Wer entschieden hat"),
    ("Kontingenterweiterung", "entschieden_fuer", "entschieden_um", "In wessen Vertretung"),
):
    Personendaten(
        f"beratung.{_modell}",
        (_spalte,),
        _spalte,
        zweck=f"Nachweis im Coaching: {_zweck}",
        rechtsgrundlage=NACHWEIS,
        ende=MIT_DEM_KONTO,
        begleitend=(_wann,),
    )

# --- What must wait, and what goes with the account ------------------------------------


def _im_coaching(konten):
    """Accounts that lead, stand in, are asked, or proposed something that is not decided."""
    return reduce(
        or_,
        (
            set(menge.filter(**{f"{pfad}__in": konten}).values_list(pfad, flat=True))
            for menge, pfad in (
                (Einsatz.objects.laufend(), "coach__konto"),
                (Mandat.objects.laufend(), "ansprechperson"),
                (Coachvorschlag.objects.offen(), "coach__konto"),
                (Coachinganfrage.objects.wartend(), "gestellt_von"),
                (Kontingenterweiterung.objects.offen(), "vorgeschlagen_von"),
                (Wirkung.objects.zu_bestaetigen(), "gemeldet_von"),
            )
        ),
    )


OffenerVorgang(
    "beratung.coaching",
    "konten.konto",
    "Diese Person ist an einem Coaching beteiligt, das nicht abgeschlossen ist.",
    _im_coaching,
)


@beim_anonymisieren
def leere_coaches(konten, durchfuehrung: Durchfuehrung) -> None:
    """Own notes go; what the pool says about somebody goes, in the history too."""
    Niederschrift.objects.filter(stufe=Stufe.EIGEN, verfasst_von__in=konten).delete()
    coaches = list(Coach.objects.filter(konto__in=konten).values_list("pk", flat=True))
    for modell, pfad, felder in (
        (Coach, "pk", {"bemerkung": ""}),
        (Coachvertrag, "coach", {"aktenzeichen": ""}),
        (Ausschluss, "coach", {"grund": GELOESCHT}),
    ):
        modell.objects.filter(**{f"{pfad}__in": coaches}).update(**felder)
        im_verlauf = "id" if pfad == "pk" else pfad
        modell.history.filter(**{f"{im_verlauf}__in": coaches}).update(**felder)
    for spalte in ("faehigkeiten", "kreise"):
        zwischen = Coach._meta.get_field(spalte).remote_field.through
        zwischen.objects.filter(coach__in=coaches).delete()
        verlauf = apps.get_model("beratung", f"HistoricalCoach_{spalte}")
        verlauf.objects.filter(coach__in=coaches).delete()
    loesche_gruende_zu("beratung.coach", coaches, durchfuehrung)
