"""What is filled in about advice: by a Kommune, and by those who plan, hold and record it."""

from datetime import datetime, timedelta

from crispy_forms.layout import Fieldset, Layout, Submit
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from asskomm.formularfelder import DatumFeld, GanzzahlFeld, UhrzeitFeld
from asskomm.knopfformular import EinmalFormular, MitVersion
from asskomm.texteingabe import LangtextFeld, TextFeld, hoechstlaenge
from asskomm.zeiteingabe import ortszeit
from kommunen.models import Kommune

from ..models import (
    KUERZESTER_TERMIN,
    LAENGSTER_TERMIN,
    MIT_ORT,
    Anfrageweg,
    Beratung,
    Beratungsanfrage,
    Beratungsform,
    Beratungsschritt,
    Wegschritt,
)
from ..verfahren.beratung import Termin
from ..verfahren.festhalten import Gehalten, Vereinbart, einwand_gegen_tag

# Further steps are added to the record in the admin.
SCHRITTE_IM_FORMULAR = 3
# An appointment further ahead is a slip of the pen.
LAENGSTENS_VORAUS = timedelta(days=366)
VOREINSTELLUNG_MINUTEN = 60
GRUND = "Geben Sie einen Grund an. Die Kommune kann ihn lesen."


class Anfrageformular(EinmalFormular):
    """On the Kommune's own page, and on the page of an application."""

    knopf = "Beratung anfragen"

    anliegen = LangtextFeld(
        label="Worum geht es?", max_length=hoechstlaenge(Beratungsanfrage, "anliegen"),
        help_text="Was Sie vorhaben und wann Sie erreichbar sind. Höchstens 2.000 Zeichen.",
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": "Schreiben Sie in zwei Sätzen, worum es geht."},
    )  # fmt: skip


class Rueckzug(MitVersion):
    knopf = "Anfrage zurückziehen"

    grund = LangtextFeld(
        label="Warum brauchen Sie die Beratung nicht mehr?", required=False,
        max_length=hoechstlaenge(Beratungsanfrage, "grund"), widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Die Geschäftsstelle kann es lesen. Höchstens 1.000 Zeichen.",
    )  # fmt: skip


# --- Steps of staff -------------------------------------------------------------------


class Schrittformular(MitVersion):
    """One step about one request. `um` is the present moment."""

    schluessel = ""

    def __init__(self, *args, anfrage, um, **kwargs):
        kwargs.setdefault("initial", {"version": anfrage.version, **self.vorbelegung(anfrage)})
        self.anfrage, self.um = anfrage, um
        super().__init__(*args, prefix=self.schluessel, **kwargs)

    @staticmethod
    def vorbelegung(anfrage) -> dict:
        return {}

    @property
    def helper(self):
        """The button is named after the step: so the view knows which form was sent."""
        helfer = super().helper
        helfer.layout = Layout(*self.anordnung(), Submit(self.schluessel, self.knopf))
        return helfer


class Terminformular(Schrittformular):
    """An appointment; with one there, another in its place."""

    schluessel = "termin"
    knopf = "Termin festlegen"

    tag = DatumFeld(label="Tag", error_messages={"required": "Geben Sie den Tag an."})
    zeit = UhrzeitFeld(label="Beginn", error_messages={"required": "Geben Sie die Uhrzeit an."})
    minuten = GanzzahlFeld(
        label="Dauer in Minuten", min_value=KUERZESTER_TERMIN, max_value=LAENGSTER_TERMIN
    )
    form = forms.ChoiceField(
        label="Form", choices=Beratungsform.choices, widget=forms.RadioSelect,
        error_messages={
            "required": "Wählen Sie die Form.", "invalid_choice": "Wählen Sie die Form.",
        },
    )  # fmt: skip
    ort = TextFeld(
        label="Ort oder Zugang", required=False, max_length=hoechstlaenge(Beratungsanfrage, "termin_ort"),
        help_text=(
            "Anschrift und Raum oder Telefonnummer der Stelle, keine Namen. Vor Ort und bei einer "
            "Veranstaltung nötig. Sonst steht dort, wenn das Feld leer bleibt: Zugang folgt per E-Mail."
        ),
    )  # fmt: skip
    hinweis = LangtextFeld(
        label="Hinweis an die Kommune", required=False, max_length=hoechstlaenge(Beratungsanfrage, "termin_hinweis"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Was sie vorbereiten soll, wer dabei sein soll. Höchstens 2.000 Zeichen.",
    )  # fmt: skip

    @staticmethod
    def vorbelegung(anfrage):
        if anfrage.termin_um is None:
            return {"minuten": VOREINSTELLUNG_MINUTEN}
        beginn = timezone.localtime(anfrage.termin_um)
        return {
            "tag": beginn.date(),
            "zeit": beginn.time(),
            "minuten": anfrage.termin_minuten,
            "form": anfrage.termin_form,
            "ort": anfrage.termin_ort,
            "hinweis": anfrage.termin_hinweis,
        }

    def clean(self):
        daten = super().clean()
        if daten.get("form") in MIT_ORT and daten.get("ort") == "":
            self.add_error("ort", "Geben Sie an, wo die Beratung stattfindet.")
        if daten.get("tag") and daten.get("zeit"):
            self._pruefe_moment(daten)
        return daten

    def _pruefe_moment(self, daten):
        try:
            daten["moment"] = ortszeit(datetime.combine(daten["tag"], daten["zeit"]))
        except ValidationError as fehler:
            self.add_error("zeit", fehler)
            return
        if daten["moment"] <= self.um:
            self.add_error("tag", "Der Termin liegt in der Vergangenheit.")
        elif daten["moment"] > self.um + LAENGSTENS_VORAUS:
            self.add_error("tag", "Der Termin liegt über ein Jahr voraus. Prüfen Sie das Datum.")

    @property
    def termin(self) -> Termin:
        """What a valid form says."""
        daten = self.cleaned_data
        return Termin(
            um=daten["moment"],
            minuten=daten["minuten"],
            form=daten["form"],
            ort=daten["ort"],
            hinweis=daten["hinweis"],
        )


class Verlegung(Terminformular):
    knopf = "Termin ändern"


class Grundformular(Schrittformular):
    grund = LangtextFeld(
        label="Grund", max_length=hoechstlaenge(Beratungsanfrage, "grund"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Die Kommune kann ihn lesen. Höchstens 1.000 Zeichen.",
        error_messages={"required": GRUND},
    )  # fmt: skip


class Absage(Grundformular):
    schluessel = "absage"
    knopf = "Termin absagen"


class Schluss(Grundformular):
    schluessel = "schluss"
    knopf = "Ohne Beratung schließen"


class Oeffnung(Grundformular):
    schluessel = "oeffnung"
    knopf = "Anfrage wieder öffnen"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        feld = self.fields["grund"]
        feld.help_text = "Er steht nur im Protokoll. Höchstens 1.000 Zeichen."
        feld.error_messages["required"] = "Geben Sie einen Grund an."


# --- What was held --------------------------------------------------------------------


class Beratungsfelder(forms.Form):
    """An advice as it was held, with the steps agreed in it. `um` is the present moment."""

    am = DatumFeld(label="Tag der Beratung", error_messages={"required": "Geben Sie den Tag an."})
    vor_der_anfrage = forms.BooleanField(
        label="Die Beratung war schon vor der Anfrage", required=False
    )
    form = forms.ChoiceField(
        label="Form", choices=Beratungsform.choices, widget=forms.RadioSelect,
        error_messages={
            "required": "Wählen Sie die Form.", "invalid_choice": "Wählen Sie die Form.",
        },
    )  # fmt: skip
    teilnehmende = LangtextFeld(
        label="Teilnehmende nach Funktion", max_length=hoechstlaenge(Beratung, "teilnehmende"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Funktionen, keine Namen. Zum Beispiel: Bürgermeisterin, Leiter Ordnungsamt. "
        "Höchstens 5.000 Zeichen.",
        error_messages={"required": "Geben Sie an, welche Funktionen teilgenommen haben."},
    )  # fmt: skip
    thema = LangtextFeld(
        label="Themen", max_length=hoechstlaenge(Beratung, "thema"),
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Die Kommune kann es lesen. Höchstens 5.000 Zeichen.",
        error_messages={"required": "Geben Sie an, worüber Sie gesprochen haben."},
    )  # fmt: skip
    bemerkung = LangtextFeld(
        label="Interne Bemerkung", required=False, max_length=hoechstlaenge(Beratung, "bemerkung"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Nur der Landespräventionsrat liest sie, die Kommune nie. Höchstens 5.000 Zeichen.",
    )  # fmt: skip
    oeffentlich = forms.BooleanField(
        label="Auf der Website veröffentlichen", required=False,
        help_text=(
            "Dort steht nur, dass und wann die Kommune beraten wurde. Die Beratung zählt dann in "
            "den Zahlen des Portals."
        ),
    )  # fmt: skip

    def fuege_schritte_an(self) -> None:
        for nummer in self.nummern:
            self.fields[f"schritt_{nummer}"] = forms.ChoiceField(
                label="Schritt", required=False,
                choices=[("", "nicht gewählt"), *Wegschritt.choices],
                error_messages={"invalid_choice": "Wählen Sie einen der Schritte."},
            )  # fmt: skip
            self.fields[f"bis_{nummer}"] = DatumFeld(label="Bis wann", required=False)
            self.fields[f"worte_{nummer}"] = TextFeld(
                label="Was genau", required=False,
                max_length=hoechstlaenge(Beratungsschritt, "worte"),
                help_text="Die Kommune kann es lesen. Höchstens 1.000 Zeichen.",
            )  # fmt: skip

    @property
    def nummern(self) -> range:
        return range(1, SCHRITTE_IM_FORMULAR + 1)

    def pruefe(self, um, anfrage=None) -> None:
        """What no single field can know."""
        daten = self.cleaned_data
        am = daten.get("am")
        if am and (satz := einwand_gegen_tag(am, um, anfrage, daten.get("vor_der_anfrage", False))):
            self.add_error("am", satz)
        for nummer in self.nummern:
            bis = daten.get(f"bis_{nummer}")
            # Not where the choice itself is wrong: then it is not in the data.
            if (bis or daten.get(f"worte_{nummer}")) and daten.get(f"schritt_{nummer}") == "":
                self.add_error(f"schritt_{nummer}", "Wählen Sie den Schritt.")
            if am and bis and bis < am:
                self.add_error(f"bis_{nummer}", "Der Tag liegt vor der Beratung.")

    def felder(self) -> list:
        """For crispy-forms: the steps in groups, one below the other."""
        einzelne = [
            name for name in self.fields if not name.startswith(("schritt_", "bis_", "worte_"))
        ]
        gruppen = [
            Fieldset(
                f"Vereinbarter Schritt {nummer}",
                f"schritt_{nummer}", f"bis_{nummer}", f"worte_{nummer}",
            )
            for nummer in self.nummern
        ]  # fmt: skip
        return [*einzelne, *gruppen]

    @property
    def gehalten(self) -> Gehalten:
        """What a valid form says."""
        daten = self.cleaned_data
        return Gehalten(
            am=daten["am"],
            form=daten["form"],
            teilnehmende=daten["teilnehmende"],
            thema=daten["thema"],
            bemerkung=daten["bemerkung"],
            oeffentlich=daten["oeffentlich"],
            vor_der_anfrage=daten.get("vor_der_anfrage", False),
            schritte=[
                Vereinbart(
                    daten[f"schritt_{nummer}"], daten[f"bis_{nummer}"], daten[f"worte_{nummer}"]
                )
                for nummer in self.nummern
                if daten[f"schritt_{nummer}"]
            ],
        )


class Festhalten(Beratungsfelder, Schrittformular):
    """The answer to a request; what was planned is filled in."""

    schluessel = "festhalten"
    knopf = "Beratung festhalten"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fuege_schritte_an()

    @staticmethod
    def vorbelegung(anfrage):
        if anfrage.termin_um is None:
            return {}
        return {"am": timezone.localdate(anfrage.termin_um), "form": anfrage.termin_form}

    def anordnung(self):
        return self.felder()

    def clean(self):
        daten = super().clean()
        self.pruefe(self.um, self.anfrage)
        return daten


# --- Without a request ----------------------------------------------------------------


def _kommunenfeld():
    return forms.ModelChoiceField(
        label="Kommune", queryset=Kommune.objects.none(), empty_label="nicht gewählt",
        error_messages={
            "required": "Wählen Sie die Kommune.", "invalid_choice": "Wählen Sie die Kommune.",
        },
    )  # fmt: skip


class MitKommune(EinmalFormular):
    """For any Kommune there is on the day of the moment `um`."""

    kommune = _kommunenfeld()

    def __init__(self, *args, um, **kwargs):
        super().__init__(*args, **kwargs)
        self.um = um
        self.fields["kommune"].queryset = Kommune.objects.gueltig(timezone.localdate(um)).order_by(
            "sortiername"
        )


class Aufnahme(MitKommune):
    """Somebody called, wrote or asked: a request on behalf of the Kommune."""

    knopf = "Anfrage aufnehmen"

    weg = forms.ChoiceField(
        label="Wie hat die Kommune angefragt?", widget=forms.RadioSelect,
        choices=[paar for paar in Anfrageweg.choices if paar[0] != Anfrageweg.PORTAL],
        error_messages={
            "required": "Wählen Sie den Weg.", "invalid_choice": "Wählen Sie den Weg.",
        },
    )  # fmt: skip
    anliegen = LangtextFeld(
        label="Worum geht es?", max_length=hoechstlaenge(Beratungsanfrage, "anliegen"),
        help_text="Die Kommune kann es lesen. Funktionen, keine Namen. Höchstens 2.000 Zeichen.",
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": "Schreiben Sie in zwei Sätzen, worum es geht."},
    )  # fmt: skip


class FesthaltenOhneAnfrage(Beratungsfelder, MitKommune):
    knopf = "Beratung festhalten"
    vor_der_anfrage = None
    field_order = ("kommune",)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fuege_schritte_an()

    def anordnung(self):
        return self.felder()

    def clean(self):
        daten = super().clean()
        self.pruefe(self.um)
        return daten
