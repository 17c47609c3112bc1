"""Personal data in the log: who acted, and the reasons that people typed."""

from django.conf import settings
from django.db.models import Q
from django.db.models.functions import TruncDate

from asskomm.personendaten import (
    NACHWEIS,
    Durchfuehrung,
    Ende,
    Loeschregel,
    Personendaten,
    Unbedenklich,
    Vorschlag,
    beim_anonymisieren,
)

from .models import Grund
from .verfahren import Anlass, loesche_grund

KONTO = settings.AUTH_USER_MODEL.lower()


def _gegenstaende(nummern):
    return Grund.objects.filter(pk__in=nummern).values_list(
        "pk", "eintrag__gegenstand_art", "eintrag__gegenstand_nummer"
    )


def _loesche(nummern, durchfuehrung: Durchfuehrung):
    for grund in Grund.objects.filter(pk__in=nummern).select_related("eintrag").order_by("pk"):
        loesche_grund(grund.eintrag, durch=durchfuehrung.durch, anlass=Anlass.FRIST)


def loesche_gruende_zu(art: str, nummern, durchfuehrung: Durchfuehrung) -> None:
    """Delete the reasons of all acts on these objects, e.g. because they tell about a person."""
    gegenstaende = Q(
        eintrag__gegenstand_art=art,
        eintrag__gegenstand_nummer__in=[str(nummer) for nummer in nummern],
    )
    _loesche(Grund.objects.filter(gegenstaende).values("pk"), durchfuehrung)


@beim_anonymisieren
def loesche_gruende_zum_konto(konten, durchfuehrung: Durchfuehrung) -> None:
    loesche_gruende_zu(KONTO, konten, durchfuehrung)


GRUND = Loeschregel(
    "protokoll.grund",
    "Begründungen im Protokoll",
    "protokoll.Grund",
    "ab dem Tag des Eintrags",
    Ende.LOESCHEN,
    lambda: Grund.objects.annotate(frist_tag=TruncDate("eintrag__zeit")),
    Vorschlag(5, "jahre"),
    ausfuehren=_loesche,
    handelt_von=_gegenstaende,
)

EINTRAG_BLEIBT = (
    "keine Löschung: Die Einträge sind miteinander verkettet und nennen nur Nummern. "
    "Ist ein Konto unkenntlich gemacht, führen sie zu keiner Person mehr."
)
for _feld in ("durch", "fuer"):
    Personendaten(
        "protokoll.Eintrag",
        (_feld,),
        _feld,
        zweck="Nachweis, wer was wann getan hat",
        rechtsgrundlage=NACHWEIS,
        ende=EINTRAG_BLEIBT,
        begleitend=("zeit", "handlung", "gegenstand_art", "gegenstand_nummer"),
    )
Personendaten(
    "protokoll.Eintrag",
    ("gegenstand_nummer",),
    lambda konto: Q(gegenstand_art=KONTO, gegenstand_nummer=str(konto.pk)),
    zweck="Nachweis, was mit einem Konto geschehen ist",
    rechtsgrundlage=NACHWEIS,
    ende=EINTRAG_BLEIBT,
    begleitend=("zeit", "handlung"),
)
Personendaten(
    "protokoll.Grund",
    ("text",),
    lambda konto: (
        Q(eintrag__durch=konto)
        | Q(eintrag__gegenstand_art=KONTO, eintrag__gegenstand_nummer=str(konto.pk))
    ),
    zweck="Begründung einer Handlung, von der handelnden Person geschrieben",
    rechtsgrundlage=NACHWEIS,
    ende=GRUND,
)
Unbedenklich(
    "protokoll.Eintrag",
    (
        "handlung",
        "gegenstand_art",
        "angaben",
        "grund_pruefwert",
        "hash_vorher",
        "hash",
    ),
    "Schlüsselwörter, Nummern, Anzahlen und Prüfwerte; Text lässt die Schnittstelle nicht zu",
)
Unbedenklich("protokoll.Grund", ("salz",), "Zufallswert")
