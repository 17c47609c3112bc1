"""What Kommunen, coordinators and coaches fill in until an engagement begins."""

from __future__ import annotations

from django import forms

from asskomm.formularfelder import DatumFeld, GanzzahlFeld
from asskomm.knopfformular import UNVOLLSTAENDIG, Knopfformular, MitVersion
from asskomm.texteingabe import LangtextFeld, hoechstlaenge
from kommunen.models import Kommune

from ..models import (
    HOECHSTES_KONTINGENT,
    Antwort,
    Coachinganfrage,
    Coachvorschlag,
    Faehigkeit,
)

WEITERE_KOMMUNEN = 3


class Anfrageformular(Knopfformular):
    """The request of a Kommune; `marke` is one form in one browser."""

    knopf = "Coaching anfragen"

    anliegen = LangtextFeld(
        label="Ihr Anliegen",
        max_length=hoechstlaenge(Coachinganfrage, "anliegen"),
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=(
            "Was Sie vorhaben, wo Sie stehen und wobei ein Coach helfen soll. Nennen Sie "
            "Funktionen, keine Namen. Höchstens 5.000 Zeichen."
        ),
        error_messages={
            "required": "Beschreiben Sie in Ihren Worten, wobei ein Coach helfen soll."
        },
    )
    faehigkeiten = forms.ModelMultipleChoiceField(
        label="Womit der Coach helfen soll",
        queryset=Faehigkeit.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "invalid_choice": "Wählen Sie aus den Einträgen der Liste.",
            "invalid_pk_value": "Wählen Sie aus den Einträgen der Liste.",
            "invalid_list": "Wählen Sie aus den Einträgen der Liste.",
        },
    )
    marke = forms.UUIDField(
        widget=forms.HiddenInput,
        error_messages={"required": UNVOLLSTAENDIG, "invalid": UNVOLLSTAENDIG},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not Faehigkeit.objects.exists():
            del self.fields["faehigkeiten"]


class Ruecknahme(MitVersion):
    """The Kommune withdraws its request."""

    knopf = "Anfrage zurückziehen"


class Ablehnung(MitVersion):
    """The coordinator refuses a request."""

    knopf = "Anfrage ablehnen"

    grund = LangtextFeld(
        label="Grund",
        max_length=hoechstlaenge(Coachinganfrage, "grund"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Die Kommune liest ihn. Höchstens 1.000 Zeichen.",
        error_messages={"required": "Geben Sie den Grund an. Die Kommune liest ihn."},
    )


class Vorschlagsruecknahme(Knopfformular):
    """The coordinator takes a proposal back; `vorschlag` is the one the page showed."""

    knopf = "Vorschlag zurücknehmen"

    vorschlag = forms.UUIDField(
        widget=forms.HiddenInput,
        error_messages={"required": UNVOLLSTAENDIG, "invalid": UNVOLLSTAENDIG},
    )


def _weitere(nummer):
    return forms.ModelChoiceField(
        label=f"{nummer}. weitere Kommune",
        queryset=Kommune.objects.none(),
        required=False,
        empty_label="keine",
        help_text="Nur wenn der Coach mehrere Kommunen gemeinsam begleitet." if nummer == 1 else "",
        error_messages={"invalid_choice": "Wählen Sie eine Kommune aus der Liste."},
    )


class Vorschlagsformular(MitVersion):
    """When, how long and for whom the coach shall come."""

    knopf = "Coach vorschlagen"

    beginn = DatumFeld(label="Beginn", error_messages={"required": "Geben Sie den ersten Tag an."})
    ende = DatumFeld(
        label="Voraussichtliches Ende", error_messages={"required": "Geben Sie den letzten Tag an."}
    )
    kontingent = GanzzahlFeld(
        label="Kontingent in Vierteltagen",
        min_value=1,
        max_value=HOECHSTES_KONTINGENT,
        help_text="Vier Vierteltage sind ein Tag.",
        error_messages={"required": "Geben Sie die Zahl der Vierteltage an, zum Beispiel 40."},
    )
    hinweis = LangtextFeld(
        label="Hinweis an beide Seiten",
        required=False,
        max_length=hoechstlaenge(Coachvorschlag, "hinweis"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Die Kommune und der Coach lesen ihn. Höchstens 2.000 Zeichen.",
    )
    weitere_1, weitere_2, weitere_3 = (_weitere(nummer) for nummer in (1, 2, 3))

    def __init__(self, *args, kommune, heute, **kwargs):
        super().__init__(*args, **kwargs)
        self.heute = heute
        andere = list(Kommune.objects.gueltig(heute).exclude(pk=kommune.pk))
        for name in self._felder_der_weiteren:
            feld = self.fields[name]
            feld.queryset = Kommune.objects.filter(pk__in=[eine.pk for eine in andere])
            feld.choices = [("", feld.empty_label), *((eine.pk, str(eine)) for eine in andere)]

    @property
    def _felder_der_weiteren(self):
        return [f"weitere_{nummer}" for nummer in range(1, WEITERE_KOMMUNEN + 1)]

    @property
    def weitere(self) -> list[Kommune]:
        """The chosen Kommunen, each once."""
        gewaehlt = [self.cleaned_data.get(name) for name in self._felder_der_weiteren]
        return list(dict.fromkeys(filter(None, gewaehlt)))

    def clean_beginn(self):
        beginn = self.cleaned_data["beginn"]
        if beginn < self.heute:
            raise forms.ValidationError("Der Beginn liegt in der Vergangenheit.")
        return beginn

    def clean(self):
        daten = super().clean()
        beginn, ende = daten.get("beginn"), daten.get("ende")
        if beginn and ende and ende < beginn:
            self.add_error("ende", "Das Ende liegt vor dem Beginn.")
        return daten


class Antwortformular(Knopfformular):
    """Yes, or no with a reason that only coordinators read."""

    knopf = "Antwort senden"

    antwort = forms.ChoiceField(
        label="Ihre Antwort",
        choices=[
            (Antwort.JA.value, "Ja, ich bin einverstanden"),
            (Antwort.NEIN.value, "Nein, ich bin nicht einverstanden"),
        ],
        widget=forms.RadioSelect,
        error_messages={
            "required": "Wählen Sie Ja oder Nein.",
            "invalid_choice": "Wählen Sie Ja oder Nein.",
        },
    )
    grund = LangtextFeld(
        label="Grund, wenn Sie nicht einverstanden sind",
        max_length=hoechstlaenge(Coachvorschlag, "kommune_grund"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Ihn liest nur die Koordination beim Landespräventionsrat. "
        "Höchstens 1.000 Zeichen.",
        error_messages={"required": "Geben Sie den Grund an. Ihn liest nur die Koordination."},
    )

    def clean(self):
        """Whoever agrees needs no reason."""
        daten = super().clean()
        if daten.get("antwort") != Antwort.NEIN and not self.data.get("grund", "").strip():
            self.errors.pop("grund", None)
        return daten


class Poolfilter(forms.Form):
    """The form above the table of coaches; the table reads the address itself (auswahl.py)."""

    faehigkeit = forms.ChoiceField(label="Fähigkeit", required=False)
    kreis = forms.ChoiceField(label="Einsatzgebiet", required=False)
    frei = forms.ChoiceField(
        label="Plätze", required=False, choices=[("", "Alle"), ("ja", "nur wer möglich ist")]
    )
    ab = DatumFeld(label="Plätze und Vertrag am", required=False)

    def __init__(self, auswahl, faehigkeiten, kreise):
        super().__init__(
            initial={
                "faehigkeit": auswahl.faehigkeit.pk if auswahl.faehigkeit else "",
                "kreis": auswahl.kreis.ags if auswahl.kreis else "",
                "frei": "ja" if auswahl.frei else "",
                "ab": auswahl.ab,
            }
        )
        alle = [("", "Alle")]
        self.fields["faehigkeit"].choices = [*alle, *((f.pk, f.name) for f in faehigkeiten)]
        self.fields["kreis"].choices = [*alle, *((k.ags, k.name) for k in kreise)]
