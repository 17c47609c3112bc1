"""Which entries a person wants to read: the filter of the list and of what is exported."""

from datetime import date, datetime, timedelta

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import connection
from django.db.models import Q
from django.utils import timezone

from asskomm.formate import tag
from asskomm.texteingabe import TextFeld

from .handlungen import wort
from .models import Eintrag, EintragQuerySet, art_wort

ANDERES_JAHR = "Geben Sie ein Jahr zwischen 2000 und 2099 an."
JAHRE = [
    MinValueValidator(date(2000, 1, 1), ANDERES_JAHR),
    MaxValueValidator(date(2099, 12, 31), ANDERES_JAHR),
]
# Numbers and UUIDs; no names, because what was filtered becomes part of an entry.
NUMMER = RegexValidator(
    r"\A[0-9a-fA-F-]{1,36}\Z", "Geben Sie die Nummer des Gegenstands an, zum Beispiel 12."
)


KONTONUMMER = (
    "Geben Sie die Nummer des Kontos an, zum Beispiel 12. Ein Klick auf den Namen in der Liste "
    "setzt sie ein."
)


class Protokollfilter(forms.Form):
    """A GET form; what is not readable filters nothing and says so."""

    handlung = forms.ChoiceField(label="Handlung", required=False)
    # By number: an address would stand in the address of the page, and so in logs.
    person = TextFeld(
        label="Wer",
        required=False,
        help_text="Nummer des Kontos",
        validators=[RegexValidator(r"\A[0-9]{1,18}\Z", KONTONUMMER)],
    )
    art = forms.ChoiceField(label="Gegenstand", required=False)
    nummer = TextFeld(label="Nummer des Gegenstands", required=False, validators=[NUMMER])
    von = forms.DateField(label="Von", required=False, help_text="TT.MM.JJJJ", validators=JAHRE)
    bis = forms.DateField(label="Bis", required=False, help_text="TT.MM.JJJJ", validators=JAHRE)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, spalte, in_worten in (
            ("handlung", "handlung", wort),
            ("art", "gegenstand_art", art_wort),
        ):
            arten = sorted(
                ((wert, in_worten(wert)) for wert in vorhandene_werte(spalte)),
                key=lambda paar: paar[1].casefold(),
            )
            self.fields[name].choices = [("", "alle"), *arten]

    def clean_person(self):
        """The number of the account, which may no longer exist; None for anybody."""
        return int(self.cleaned_data["person"]) if self.cleaned_data["person"] else None

    def clean(self):
        daten = super().clean()
        if daten.get("von") and daten.get("bis") and daten["von"] > daten["bis"]:
            self.add_error("bis", "Das Ende des Zeitraums liegt vor seinem Anfang.")
        return daten

    def auswahl(self) -> EintragQuerySet:
        """The entries in question, newest first; fields with an error are left out."""
        self.is_valid()
        werte = self.cleaned_data
        bedingung = Q()
        if werte.get("handlung"):
            bedingung &= Q(handlung=werte["handlung"])
        if werte.get("person") is not None:
            bedingung &= Q(durch=werte["person"]) | Q(fuer=werte["person"])
        if werte.get("art"):
            bedingung &= Q(gegenstand_art=werte["art"])
        if werte.get("nummer"):
            bedingung &= Q(gegenstand_nummer=werte["nummer"].lower())
        if werte.get("von"):
            bedingung &= Q(zeit__gte=_mitternacht(werte["von"]))
        if werte.get("bis"):
            bedingung &= Q(zeit__lt=_mitternacht(werte["bis"] + timedelta(days=1)))
        return Eintrag.objects.mit_personen().filter(bedingung)

    def angaben(self) -> dict[str, str | int]:
        """What was filtered, as codes for the log."""
        werte = {name: wert for name, wert in self.cleaned_data.items() if wert not in (None, "")}
        return {
            f"filter_{name}": wert.isoformat() if isinstance(wert, date) else wert
            for name, wert in werte.items()
        }

    def in_worten(self) -> str:
        """What was filtered, for people: "Handlung: Angemeldet; Von: 01.11.2026"."""
        teile = []
        for name, wert in self.cleaned_data.items():
            if wert in (None, ""):
                continue
            if isinstance(wert, date):
                wert = tag(wert)
            elif name == "person":
                wert = f"Konto {wert}"
            elif hasattr(self.fields[name], "choices"):
                wert = dict(self.fields[name].choices)[wert]
            teile.append(f"{self.fields[name].label}: {wert}")
        return "; ".join(teile) or "alle Einträge"


def vorhandene_werte(spalte: str) -> list[str]:
    """The different values of a column, from one step through its index for each of them."""
    tabelle, spalte = (connection.ops.quote_name(n) for n in (Eintrag._meta.db_table, spalte))
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            WITH RECURSIVE werte AS (
              SELECT min({spalte}) AS wert FROM {tabelle}
              UNION ALL
              SELECT (SELECT min({spalte}) FROM {tabelle} WHERE {spalte} > wert)
                FROM werte WHERE wert IS NOT NULL
            )
            SELECT wert FROM werte WHERE wert <> ''
            """
        )
        return [wert for (wert,) in cursor.fetchall()]


def _mitternacht(am: date) -> datetime:
    return timezone.make_aware(datetime(am.year, am.month, am.day))
