"""What is filled in about a notice: the waiver of the Kommune, and what the LPR notes about it."""

from django import forms

from asskomm.formularfelder import DatumFeld
from asskomm.knopfformular import Knopfformular
from asskomm.texteingabe import LangtextFeld, TextFeld

from ..fallakte.forms import Aktenformular, langtext
from ..models import Bekanntgabe

VERMERK_HOECHSTENS = Bekanntgabe._meta.get_field("rechtsbehelf_vermerk").max_length
NUR_IN_DER_AKTE = "Steht in der Akte. Die Kommune sieht ihn nicht. Höchstens 2.000 Zeichen."
ABLAGE_HOECHSTENS = Bekanntgabe._meta.get_field("verzicht_ablage").max_length


class Verzichtformular(Knopfformular):
    knopf = "Verzicht erklären"

    verzicht = forms.BooleanField(
        label="Für die Kommune verzichte ich auf Rechtsbehelfe gegen diesen Bescheid.",
        error_messages={"required": "Kreuzen Sie an, dass Sie verzichten."},
    )


class Postformular(Knopfformular):
    knopf = "Tag eintragen"

    am = DatumFeld(
        label="Zur Post gegeben am",
        error_messages={"required": "Geben Sie den Tag an, an dem der Brief zur Post ging."},
    )


class Zugangsformular(Aktenformular):
    """`gesehen` is the version of the delivery on the page."""

    knopf = "Zugang vermerken"

    am = DatumFeld(
        label="Angekommen am",
        help_text="Der Tag, an dem der Brief bei der Kommune einging. TT.MM.JJJJ",
        error_messages={"required": "Geben Sie den Tag an, an dem der Brief ankam."},
    )
    grund = langtext(
        "Grund",
        2_000,
        leer="Geben Sie einen Grund an.",
        help_text=f"Zum Beispiel ein Umschlag mit Eingangsstempel. {NUR_IN_DER_AKTE}",
    )


class Klageformular(Knopfformular):
    knopf = "Rechtsbehelf vermerken"

    am = DatumFeld(
        label="Eingelegt am",
        help_text="Der Tag, an dem die Klage beim Gericht eingegangen ist. TT.MM.JJJJ",
        error_messages={"required": "Geben Sie den Tag an, an dem die Klage einging."},
    )
    vermerk = LangtextFeld(
        label="Vermerk",
        required=False,
        max_length=VERMERK_HOECHSTENS,
        help_text="Zum Beispiel Gericht und Aktenzeichen. Höchstens 2.000 Zeichen.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class SpaeteKlage(Klageformular):
    """The notice counts as final already; that is taken back."""

    grund = langtext(
        "Warum vermerken Sie die Klage erst jetzt?",
        2_000,
        leer="Geben Sie an, warum Sie die Klage erst jetzt vermerken.",
        help_text="Steht im Verlauf der Akte. Die Kommune sieht es nicht. Höchstens 2.000 Zeichen.",
    )


class Ausgangsformular(Aktenformular):
    """`gesehen` is the version of the delivery on the page."""

    knopf = "Ausgang vermerken"

    ausgang = forms.ChoiceField(
        label="Wie ist die Klage ausgegangen?",
        choices=[
            (Bekanntgabe.Ausgang.ZURUECKGENOMMEN, "Die Kommune hat sie zurückgenommen"),
            (Bekanntgabe.Ausgang.ABGEWIESEN, "Das Gericht hat sie abgewiesen"),
            (Bekanntgabe.Ausgang.STATTGEGEBEN, "Das Gericht hat den Bescheid aufgehoben"),
        ],
        widget=forms.RadioSelect,
        error_messages={
            "required": "Wählen Sie, wie die Klage ausgegangen ist.",
            "invalid_choice": "Wählen Sie einen Ausgang aus der Liste.",
        },
    )
    am = DatumFeld(
        label="Zurückgenommen oder rechtskräftig am",
        help_text=(
            "Der Tag, an dem die Rücknahme beim Gericht einging oder das Urteil rechtskräftig "
            "wurde. TT.MM.JJJJ"
        ),
        error_messages={
            "required": "Geben Sie den Tag der Rücknahme oder der Rechtskraft an.",
        },
    )


class Briefverzichtformular(Knopfformular):
    knopf = "Verzicht vermerken"

    am = DatumFeld(
        label="Brief eingegangen am",
        help_text="Der Tag, an dem der Verzicht in der Geschäftsstelle einging. TT.MM.JJJJ",
        error_messages={"required": "Geben Sie den Tag an, an dem der Brief einging."},
    )
    ablage = TextFeld(
        label="Ablage",
        max_length=ABLAGE_HOECHSTENS,
        help_text="Wo der Brief liegt, zum Beispiel das Aktenzeichen der Papierakte.",
        error_messages={
            "required": "Geben Sie an, wo der Brief abgelegt ist.",
            "max_length": f"Kürzen Sie die Angabe auf höchstens {ABLAGE_HOECHSTENS} Zeichen.",
        },
    )
