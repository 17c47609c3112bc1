"""What the Haushalt fills in about money that came back."""

from asskomm.formularfelder import DatumFeld, GeldFeld
from asskomm.knopfformular import EinmalFormular
from asskomm.texteingabe import TextFeld

from ..models import Rueckzahlung

REFERENZ_HOECHSTENS = Rueckzahlung._meta.get_field("referenz").max_length


class Rueckzahlungsformular(EinmalFormular):
    knopf = "Rückzahlung erfassen"

    am = DatumFeld(
        label="Eingegangen am",
        help_text="Tag der Wertstellung, TT.MM.JJJJ",
        error_messages={"required": "Geben Sie an, wann das Geld eingegangen ist."},
    )
    betrag_euro = GeldFeld(label="Betrag in Euro")
    referenz = TextFeld(
        label="Verwendungszweck oder Kassenzeichen",
        max_length=REFERENZ_HOECHSTENS,
        help_text="Nennen Sie keine Personen.",
        error_messages={
            "required": "Geben Sie an, woran die Zahlung zu erkennen ist.",
            "max_length": f"Kürzen Sie die Angabe auf höchstens {REFERENZ_HOECHSTENS} Zeichen.",
        },
    )
