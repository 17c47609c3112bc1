"""What coaches and coordinators fill in about an engagement."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import uuid4

from django import forms

from asskomm.formate import tag
from asskomm.formularfelder import DatumFeld, GanzzahlFeld
from asskomm.knopfformular import UNVOLLSTAENDIG, MitVersion
from asskomm.texteingabe import LangtextFeld, TextFeld, hoechstlaenge

from ..models import (
    HOECHSTENS_VIERTEL,
    Coachingschritt,
    Mandat,
    Mandatsstand,
    Niederschrift,
    Phase,
    Sitzung,
    Sitzungsform,
    Stufe,
    Zustaendig,
)
from ..verfahren.begleitung import (
    Vereinbarung,
    moegliche_ansprechpersonen,
    moegliche_vertretungen,
)
from ..verfahren.sitzung import OHNE_TEXT, Schrittangabe, Sitzungsangaben, tag_passt_nicht
from .auswahl import LAGEN

HOECHSTENS_SCHRITTE = 20


class Begleitungsfilter(forms.Form):
    """The form above the list; the list reads the address itself (auswahl.py)."""

    stand = forms.ChoiceField(label="Stand", required=False)
    coach = forms.ChoiceField(label="Coach", required=False)
    kreis = forms.ChoiceField(label="Landkreis oder kreisfreie Stadt", required=False)
    lage = forms.ChoiceField(label="Auffällig", required=False)

    def __init__(self, auswahl, coaches, kreise):
        super().__init__(
            initial={
                "stand": auswahl.stand,
                "coach": auswahl.coach.pk if auswahl.coach else "",
                "kreis": auswahl.kreis.ags if auswahl.kreis else "",
                "lage": auswahl.lage.schluessel if auswahl.lage else "",
            }
        )
        alle = [("", "Alle")]
        self.fields["stand"].choices = [*alle, *Mandatsstand.choices]
        self.fields["coach"].choices = [*alle, *((c.pk, str(c)) for c in coaches)]
        self.fields["kreis"].choices = [*alle, *((k.ags, k.name) for k in kreise)]
        self.fields["lage"].choices = [*alle, *((n, lage.titel) for n, lage in LAGEN.items())]


class Vereinbarungsformular(MitVersion):
    knopf = "Vereinbarung speichern"

    ziele = LangtextFeld(
        label="Ziele", required=False, max_length=hoechstlaenge(Mandat, "ziele"),
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Was am Ende erreicht sein soll. Die Kommune liest mit.",
    )  # fmt: skip
    phase = forms.ChoiceField(
        label="Phase", choices=Phase.choices, widget=forms.RadioSelect,
        error_messages={"required": "Wählen Sie die Phase.", "invalid_choice": "Wählen Sie die Phase."},
    )  # fmt: skip
    ende_geplant = DatumFeld(label="Voraussichtliches Ende")
    ansprechperson = forms.ModelChoiceField(
        label="Ansprechperson der Kommune", queryset=None, required=False,
        empty_label="noch niemand",
        help_text="Sie bekommt die E-Mails zu dieser Begleitung. Wählen können Sie unter den "
        "Mitgliedern der Kommune.",
        error_messages={
            "invalid_choice": "Diese Person ist kein Mitglied der Kommune mehr. "
            "Wählen Sie eine andere.",
        },
    )  # fmt: skip

    def __init__(self, *args, mandat, **kwargs):
        kwargs["initial"] = {
            "ziele": mandat.ziele,
            "phase": mandat.phase,
            "ende_geplant": mandat.ende_geplant,
            "ansprechperson": mandat.ansprechperson_id,
            "version": mandat.version,
        }
        super().__init__(*args, **kwargs)
        self.fields["ansprechperson"].queryset = moegliche_ansprechpersonen(mandat)

    @property
    def vereinbarung(self) -> Vereinbarung:
        return Vereinbarung(
            **{
                n: self.cleaned_data[n]
                for n in ("ziele", "phase", "ende_geplant", "ansprechperson")
            }
        )


class Vertretungsformular(MitVersion):
    knopf = "Vertretung speichern"

    coach = forms.ModelChoiceField(
        label="Vertretung", queryset=None, required=False, empty_label="niemand",
        help_text="Zur Wahl stehen Coaches mit einem Vertrag, die für die Kommune nicht "
        "ausgeschlossen sind.",
        error_messages={
            "invalid_choice": "Dieser Coach kann die Vertretung nicht übernehmen. "
            "Wählen Sie einen anderen.",
        },
    )  # fmt: skip

    def __init__(self, *args, mandat, am, bisher, **kwargs):
        vorgabe = {"coach": bisher and bisher.coach_id, "version": mandat.version}
        super().__init__(*args, initial=vorgabe, **kwargs)
        self.fields["coach"].queryset = moegliche_vertretungen(mandat, am)


def _text(titel, wer_liest):
    return LangtextFeld(
        label=titel, required=False, max_length=hoechstlaenge(Niederschrift, "text"),
        widget=forms.Textarea(attrs={"rows": 6}), help_text=wer_liest,
    )  # fmt: skip


class Sitzungsformular(MitVersion):
    """A session with its three texts; `marke` is for a new one, `version` for one that is there."""

    am = DatumFeld(label="Datum der Sitzung")
    form = forms.ChoiceField(
        label="Form", choices=Sitzungsform.choices, widget=forms.RadioSelect,
        error_messages={"required": "Wählen Sie die Form.", "invalid_choice": "Wählen Sie die Form."},
    )  # fmt: skip
    viertel = GanzzahlFeld(
        label="Dauer in Vierteltagen", min_value=1, max_value=HOECHSTENS_VIERTEL,
        help_text="Zwei Stunden sind ein Vierteltag, ein ganzer Tag sind vier.",
        error_messages={"required": "Geben Sie die Dauer in Vierteltagen an, zum Beispiel 2."},
    )  # fmt: skip
    teilnehmende = LangtextFeld(
        label="Teilnehmende nach Funktion", max_length=hoechstlaenge(Sitzung, "teilnehmende"),
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=Sitzung._meta.get_field("teilnehmende").help_text,
        error_messages={"required": "Geben Sie an, wer dabei war, nach Funktion."},
    )  # fmt: skip
    geteilt = _text(
        "Geteilter Text",
        "Das lesen alle: die Kommune, Coach und Vertretung, der Landespräventionsrat.",
    )
    zuruecknehmen = forms.BooleanField(
        label="Ich nehme den geteilten Text zurück. Die Kommune kann ihn dann nicht mehr lesen.",
        required=False,
        help_text="Leeren Sie dazu auch das Feld. Das geht, solange ihn dort niemand geöffnet hat.",
    )
    lpr = _text(
        "Text für den Landespräventionsrat",
        "Das lesen nur Coach, Vertretung und Landespräventionsrat. Die Kommune liest es nicht.",
    )
    eigen = _text(
        "Eigene Notiz",
        "Das lesen nur Sie. Endet Ihr Zugang zu dieser Begleitung, wird sie gelöscht.",
    )
    marke = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(
        self, *args, mandat, spaetestens, durch, sitzung=None, ruecknehmbar=False, **kwargs
    ):
        super().__init__(*args, **kwargs)
        self.mandat, self.spaetestens = mandat, spaetestens
        self.durch, self.sitzung = durch, sitzung
        del self.fields["version" if sitzung is None else "marke"]
        if not ruecknehmbar:
            del self.fields["zuruecknehmen"]

    @property
    def angaben(self) -> Sitzungsangaben:
        felder = {n: self.cleaned_data[n] for n in ("am", "form", "viertel", "teilnehmende")}
        texte = {stufe.value: self.cleaned_data[stufe.value] for stufe in Stufe}
        return Sitzungsangaben(**felder, texte=texte)

    def clean_am(self):
        am = self.cleaned_data["am"]
        satz = tag_passt_nicht(
            self.mandat, am, self.spaetestens, durch=self.durch, sitzung=self.sitzung
        )
        if satz:
            raise forms.ValidationError(satz)
        return am

    def clean(self):
        daten = super().clean()
        if self.errors.pop("marke", None):
            self.setze("marke", uuid4())
            self.add_error(None, UNVOLLSTAENDIG)
        texte = [daten.get(stufe.value) for stufe in Stufe]
        if not any(texte) and not any(stufe.value in self.errors for stufe in Stufe):
            self.add_error("geteilt", OHNE_TEXT)
        if daten.get("zuruecknehmen") and daten.get("geteilt"):
            self.add_error(
                "zuruecknehmen",
                "Der geteilte Text steht noch da. Leeren Sie das Feld, oder nehmen Sie den Haken weg.",
            )
        return daten


class Schrittformular(forms.Form):
    """One next step; a row left empty is none."""

    was = TextFeld(
        label="Was zu tun ist", max_length=hoechstlaenge(Coachingschritt, "was"),
        error_messages={"required": "Geben Sie an, was zu tun ist."},
    )  # fmt: skip
    wer = forms.ChoiceField(
        label="Zuständig", choices=Zustaendig.choices, widget=forms.RadioSelect,
        error_messages={
            "required": "Wählen Sie, wer zuständig ist.",
            "invalid_choice": "Wählen Sie, wer zuständig ist.",
        },
    )  # fmt: skip
    funktion = TextFeld(
        label="Funktion", required=False, max_length=hoechstlaenge(Coachingschritt, "funktion"),
        help_text="Wer es dort macht, als Funktion, kein Name.",
    )  # fmt: skip
    bis = DatumFeld(label="Bis wann", required=False)

    def __init__(self, *args, nummer, **kwargs):
        super().__init__(
            *args, prefix=f"schritt-{nummer}", empty_permitted=True, use_required_attribute=False,
            **kwargs,
        )  # fmt: skip
        for feld in self.fields.values():
            feld.label = f"Schritt {nummer}: {feld.label}"

    @property
    def angabe(self) -> Schrittangabe:
        return Schrittangabe(**self.cleaned_data)


class Schrittzeilen(list):
    """The rows for next steps; how many there are stands in the form as `schritte`."""

    FELD = "schritte"

    def __init__(self, daten=None, *, eine_mehr=False):
        """From what was sent; with `eine_mehr` only shown again, unchecked, with one row more."""
        anzahl = _anzahl(daten.get(self.FELD, "")) if daten is not None else 1
        zeigen = min(anzahl + 1, HOECHSTENS_SCHRITTE) if eine_mehr else anzahl
        nummern = range(1, zeigen + 1)
        if eine_mehr:
            super().__init__(
                Schrittformular(nummer=n, initial=getippt(Schrittformular, daten, f"schritt-{n}-"))
                for n in nummern
            )
        else:
            super().__init__(Schrittformular(daten, nummer=n) for n in nummern)

    @property
    def ist_voll(self) -> bool:
        return len(self) >= HOECHSTENS_SCHRITTE

    def sind_gueltig(self, am) -> bool:
        """Checks all rows; a step is not due before the day `am` of the session, if that is known."""
        for zeile in self:
            if zeile.is_valid() and am and (bis := zeile.cleaned_data.get("bis")) and bis < am:
                zeile.add_error("bis", f"Dieser Tag liegt vor der Sitzung am {tag(am)}.")
        return all(zeile.is_valid() for zeile in self)

    @property
    def angaben(self) -> list[Schrittangabe]:
        return [zeile.angabe for zeile in self if zeile.has_changed()]


def getippt(formular: type[forms.Form], daten: Mapping, vorsatz: str = "") -> dict[str, str]:
    """What was typed, to show it again without checking it."""
    return {name: daten.get(f"{vorsatz}{name}", "") for name in formular.base_fields}


def _anzahl(text):
    zahl = int(text) if text.isascii() and text.isdecimal() and len(text) < 4 else 1
    return min(max(zahl, 1), HOECHSTENS_SCHRITTE)


class Stornoformular(MitVersion):
    knopf = "Sitzung stornieren"

    grund = LangtextFeld(
        label="Grund", max_length=hoechstlaenge(Sitzung, "storno_grund"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Den Grund lesen Coach, Vertretung und Landespräventionsrat. "
        "Die Kommune sieht nur, dass die Sitzung storniert ist.",
        error_messages={"required": "Geben Sie den Grund an."},
    )  # fmt: skip
