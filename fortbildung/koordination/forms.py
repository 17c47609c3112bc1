"""What coordinators fill in."""

from crispy_forms.layout import Layout, Submit
from django import forms

from asskomm.formularfelder import DatumFeld
from asskomm.knopfformular import Knopfformular, MitVersion
from asskomm.texteingabe import LangtextFeld, TextFeld

from ..models import Anmeldung, Anwesenheit, Projektarbeit, Stand, Zertifikat


def _knopf(name, wort, *, erster=True):
    """Beside the first button the others are outlined."""
    knopf = Submit(name, wort)
    if not erster:
        knopf.field_classes = "btn"
    return knopf


class Schrittformular(MitVersion):
    """One step about one registration; `version` is what the page showed."""

    schluessel = ""
    knoepfe = ()

    def __init__(self, *args, anmeldung, **kwargs):
        kwargs.setdefault("initial", {"version": anmeldung.version})
        super().__init__(*args, prefix=self.schluessel, **kwargs)

    @property
    def helper(self):
        helfer = super().helper
        knoepfe = [
            _knopf(*angaben, erster=not nummer) for nummer, angaben in enumerate(self.knoepfe)
        ]
        helfer.layout = Layout(*self.anordnung(), *knoepfe)
        return helfer


class Entscheidung(Schrittformular):
    """A reason and one or two buttons."""

    schluessel = "entscheidung"

    grund = LangtextFeld(
        label="Begründung",
        max_length=Anmeldung._meta.get_field("grund").max_length,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Die Person kann sie lesen. Zum Beispiel: Platz im Kontingent der Polizei",
        error_messages={"required": "Geben Sie einen Grund an. Die Person kann ihn lesen."},
    )

    def __init__(self, *args, anmeldung, **kwargs):
        zulassen = [("zulassen", "Zulassen")] if anmeldung.stand == Stand.ANGEMELDET else []
        self.knoepfe = [*zulassen, ("ablehnen", "Nicht zulassen")]
        super().__init__(*args, anmeldung=anmeldung, **kwargs)


class Nachholen(Schrittformular):
    schluessel = "nachholen"
    knoepfe = (("nachholen", "Nachholen vereinbaren"),)

    modul = forms.ModelChoiceField(
        label="Modul", queryset=None, empty_label="nicht gewählt",
        error_messages={
            "required": "Wählen Sie das Modul.", "invalid_choice": "Wählen Sie das Modul.",
        },
    )  # fmt: skip
    durchgang = forms.ModelChoiceField(
        label="Mit welchem Durchgang", queryset=None, empty_label="nicht gewählt",
        error_messages={
            "required": "Wählen Sie den Durchgang.", "invalid_choice": "Wählen Sie den Durchgang.",
        },
    )  # fmt: skip

    def __init__(self, *args, anmeldung, **kwargs):
        super().__init__(*args, anmeldung=anmeldung, **kwargs)
        lehrgang = anmeldung.durchgang.lehrgang
        self.fields["modul"].queryset = lehrgang.module.all()
        self.fields["durchgang"].queryset = lehrgang.durchgaenge.mit_anmeldung().exclude(
            pk=anmeldung.durchgang_id
        )


class Projektarbeitsformular(Schrittformular):
    schluessel = "projektarbeit"
    knoepfe = (("projektarbeit", "Projektarbeit speichern"),)

    thema = LangtextFeld(
        label="Thema", max_length=Projektarbeit._meta.get_field("thema").max_length,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Geben Sie das Thema an."},
    )  # fmt: skip
    am = DatumFeld(label="Angenommen am", error_messages={"required": "Geben Sie den Tag an."})


class Ausstellung(Schrittformular):
    schluessel = "ausstellung"
    knoepfe = (("ausstellen", "Zertifikat ausstellen"),)


class Neuausstellung(Ausstellung):
    """With the name as it stands in the registration now."""

    schluessel = "neuausstellung"
    knoepfe = (("neu_ausstellen", "Zertifikat neu ausstellen"),)


class Widerruf(Schrittformular):
    schluessel = "widerruf"
    knoepfe = (("widerrufen", "Zertifikat widerrufen"),)

    grund = LangtextFeld(
        label="Grund des Widerrufs",
        max_length=Zertifikat._meta.get_field("widerruf_grund").max_length,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=(
            "Die Person kann ihn lesen. Ist der Name falsch geschrieben, bitten Sie sie, ihn auf "
            "ihrer Seite zu berichtigen. Danach stellen Sie das Zertifikat neu aus."
        ),
        error_messages={"required": "Geben Sie einen Grund an."},
    )


class Abbruch(Schrittformular):
    schluessel = "abbruch"
    knoepfe = (("abbrechen", "Abbruch festhalten"),)

    am = DatumFeld(label="Abgebrochen am", error_messages={"required": "Geben Sie den Tag an."})


class Tagesformular(Knopfformular):
    """One choice for each person of the day; nothing chosen is no entry."""

    grund = TextFeld(
        label="Grund der Änderung", required=False, max_length=300,
        help_text="Nur nötig, wenn der Kurstag schon abgeschlossen ist.",
    )  # fmt: skip

    def __init__(self, *args, personen, erfasst, geschlossen, **kwargs):
        super().__init__(*args, **kwargs)
        self.personen = {f"person_{a.pk.hex}": a for a in personen}
        for name, anmeldung in self.personen.items():
            self.fields[name] = forms.ChoiceField(
                label=anmeldung.name,
                choices=[("", "nicht erfasst"), *Anwesenheit.Stand.choices],
                required=False,
                initial=erfasst.get(anmeldung.pk, ""),
                error_messages={"invalid_choice": "Wählen Sie einen der Einträge."},
            )
        if not geschlossen:
            del self.fields["grund"]
        self.order_fields([*self.personen, "grund"])
        self.geschlossen = geschlossen

    @property
    def helper(self):
        helfer = super().helper
        knoepfe = [_knopf("speichern", "Anwesenheit speichern")]
        if not self.geschlossen:
            knoepfe.append(_knopf("schliessen", "Speichern und Kurstag abschließen", erster=False))
        helfer.layout = Layout(*self.anordnung(), *knoepfe)
        return helfer

    @property
    def staende(self) -> dict:
        """What was chosen, by registration."""
        return {
            anmeldung.pk: self.cleaned_data[name]
            for name, anmeldung in self.personen.items()
            if self.cleaned_data.get(name)
        }
