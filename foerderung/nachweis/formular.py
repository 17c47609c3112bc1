"""The proof as a form: report for each goal, Beccaria 6 and 7, what remains, income, declarations (F22, F30).

Everything typed is kept, right or wrong, as in a section of an application (`antrag.formular`).
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from django import forms

from asskomm.formularfelder import GeldFeld, geld_text

from ..antrag.angaben import JA_NEIN, Absatz, Text
from ..antrag.formular import (
    ANFANG,
    JA,
    NEIN,
    ZEILEN_HOECHSTENS,
    Abschnittsformular,
    Zeile,
    Zeilengruppe,
)
from ..beccaria import IM_NACHWEIS

ZIELE, LEISTUNGEN, DRITTMITTEL = "ziele", "eigenleistung", "drittmittel"
CENT = Decimal("0.01")


class Ziel(Zeile):
    ziel = Absatz(
        "Was war geplant?",
        1_000,
        error_messages={"required": "Geben Sie das Ziel an, wie es im Antrag steht."},
    )
    umgesetzt = Absatz(
        "Was wurde getan und erreicht?",
        2_000,
        error_messages={"required": "Geben Sie an, was getan und erreicht wurde."},
    )
    merkmal = Absatz(
        "Woran zeigt sich das?",
        1_000,
        "Das Merkmal aus dem Antrag und sein Wert, zum Beispiel 14 Gruppen statt 12.",
        error_messages={"required": "Geben Sie das Merkmal und seinen Wert an."},
    )
    erkenntnis = Absatz(
        "Was haben Sie daraus gelernt?",
        1_000,
        error_messages={"required": "Geben Sie an, was Sie gelernt haben."},
    )


class Leistung(Zeile):
    wofuer = Text(
        "Was wurde beigetragen?",
        200,
        error_messages={"required": "Geben Sie an, was beigetragen wurde."},
    )
    betrag = GeldFeld(label="Wert in Euro", min_value=CENT)
    bewertung = Text(
        "So ist der Wert ermittelt", 200, help_text="Zum Beispiel 40 Stunden zu 14,60 €",
        error_messages={"required": "Geben Sie an, wie der Wert ermittelt ist."},
    )  # fmt: skip


class Mittel(Zeile):
    von_wem = Text("Von wem?", 200, error_messages={"required": "Geben Sie an, von wem das Geld kam."})  # fmt: skip
    betrag = GeldFeld(label="Betrag in Euro", min_value=CENT)


def _bestaetigung(satz, fehlt):
    return forms.BooleanField(label=satz, error_messages={"required": fehlt})


# The questions of the standards, as in the sections of the application.
_Fragen = type(
    "_Fragen",
    (Abschnittsformular,),
    {
        f"frage_{frage.schluessel}": Absatz(
            frage.frage,
            frage.hoechstens,
            frage.hilfe,
            error_messages={"required": "Beantworten Sie diese Frage."},
        )
        for standard in IM_NACHWEIS
        for frage in standard.teilfragen
    },
)


class Nachweisformular(_Fragen):
    """`umfeld` is a `nachweis.umfeld.Nachweisumfeld`."""

    weiterfuehrung = Absatz(
        "Wie gehen die aufgebauten Strukturen nach der Förderung weiter?",
        3_000,
        "Nötig, wenn aus der Zuwendung Personal bezahlt wurde: Wer führt die Arbeit fort, mit "
        "welchem Geld und wie lange?",
        required=False,
    )
    drittmittel_erhalten = forms.ChoiceField(
        label="Haben Sie für das Vorhaben Geld von Dritten erhalten?",
        choices=JA_NEIN,
        widget=forms.RadioSelect,
        help_text="Zum Beispiel Spenden, Beiträge der Teilnehmenden oder eine andere Förderung",
        error_messages={"required": "Wählen Sie Ja oder Nein."},
    )
    abweichungen = Absatz(
        "Wie erklären sich Abweichungen vom Plan?",
        2_000,
        "Nötig, wenn eine Ausgabenart den Plan deutlich überschreitet.",
        required=False,
    )
    notwendig = _bestaetigung(
        "Die Ausgaben waren notwendig.", "Bestätigen Sie, dass die Ausgaben notwendig waren."
    )
    wirtschaftlich = _bestaetigung(
        "Wir haben wirtschaftlich und sparsam gehandelt.",
        "Bestätigen Sie, dass Sie wirtschaftlich und sparsam gehandelt haben.",
    )
    buecher = _bestaetigung(
        "Die Angaben stimmen mit den Büchern und Belegen überein.",
        "Bestätigen Sie, dass die Angaben mit Büchern und Belegen übereinstimmen.",
    )

    gruppen = (
        Zeilengruppe(
            ZIELE, "Ziele", "Ziel", "Ziel hinzufügen", Ziel,
            hilfe="Eine Zeile je Ziel aus dem Antrag.",
            fehlt="Berichten Sie über mindestens ein Ziel.",
        ),
        Zeilengruppe(
            LEISTUNGEN, "Eigenleistung", "Eigenleistung", "Eigenleistung hinzufügen", Leistung,
            hilfe="Was Sie ohne Geld beigetragen haben. Anerkannt wird höchstens der Wert im Plan.",
        ),
        Zeilengruppe(
            DRITTMITTEL, "Mittel von Dritten", "Mittel", "Mittel hinzufügen", Mittel,
            fehlt="Geben Sie an, von wem Sie wie viel Geld erhalten haben.",
        ),
    )  # fmt: skip
    nach = {ZIELE: ANFANG, LEISTUNGEN: "weiterfuehrung", DRITTMITTEL: "drittmittel_erhalten"}
    ueberschriften = {
        ANFANG: "Was aus den Zielen geworden ist",
        **{
            f"frage_{standard.teilfragen[0].schluessel}": f"Beccaria-Standard {standard.nummer}: {standard.titel}"
            for standard in IM_NACHWEIS
        },
        "weiterfuehrung": "Was bleibt",
        "drittmittel_erhalten": "Andere Mittel",
        "notwendig": "Erklärungen",
    }

    def pruefe(self, werte):
        if self.umfeld.hat_personal:
            self.verlange(
                "weiterfuehrung",
                "Aus der Zuwendung wurde Personal bezahlt. Schreiben Sie, wie es weitergeht.",
            )

    def gruppe_verlangt(self, gruppe, werte):
        if gruppe.schluessel == DRITTMITTEL:
            return werte.get("drittmittel_erhalten") == JA
        return bool(gruppe.fehlt)

    def gruppenfehler(self, werte):
        if werte.get("drittmittel_erhalten") == NEIN and werte[DRITTMITTEL]:
            yield DRITTMITTEL, "Löschen Sie die Zeilen, oder wählen Sie oben Ja."


def vorgabe(umfeld) -> Mapping[str, Mapping]:
    """What a proof begins with: goals of the application, in-kind work and money of others as planned.

    A goal is a line of what Beccaria 3 says about the goals of the project.
    """
    ziele = umfeld.im_antrag("beccaria-3").get("frage_3b", "")
    zeilen = {
        ZIELE: [
            dict.fromkeys(Ziel.base_fields, "") | {"ziel": zeile.strip()[:1_000]}
            for zeile in ziele.splitlines()
            if zeile.strip()
        ][:ZEILEN_HOECHSTENS],
        LEISTUNGEN: [],
        DRITTMITTEL: [],
    }
    if umfeld.plan:
        plan, rechnung = umfeld.plan.plan, umfeld.plan.rechnung
        for leistung in plan.eigenleistung[:ZEILEN_HOECHSTENS]:
            betrag = rechnung.betraege.get((LEISTUNGEN, leistung.nummer))
            zeilen[LEISTUNGEN].append(
                {
                    "wofuer": leistung.wofuer or "",
                    "betrag": geld_text(betrag) if betrag else "",
                    "bewertung": leistung.bewertung or "",
                }
            )
        for mittel in plan.drittmittel[:ZEILEN_HOECHSTENS]:
            betrag = mittel.betrag
            zeilen[DRITTMITTEL].append(
                {"von_wem": mittel.von_wem or "", "betrag": geld_text(betrag) if betrag else ""}
            )
    felder = dict.fromkeys(Nachweisformular.base_fields, "")
    if zeilen[DRITTMITTEL]:
        felder["drittmittel_erhalten"] = JA
    return {"felder": felder, "zeilen": zeilen}
