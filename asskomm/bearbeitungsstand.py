"""Which changes of a record a form has seen, so that nobody overwrites others' work unseen.

The form carries the numbers of the newest entries in the history of its record and of the
rows edited with it. A save is refused once when the history has gone on since; the refused
form carries the new numbers, so a second save overwrites knowingly. A form without numbers has
seen nothing: it comes from no page of ours, or from one of before this check.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q
from django.utils.html import format_html, format_html_join

from asskomm.formate import zeitpunkt
from asskomm.verlauf import Auswahl, Eintrag, neueste_nummern, verlauf

FELD = "_stand"
TRENNER = "-"
HOECHSTENS_GENANNT = 5


class Bearbeitungsstand:
    """The state of a record as one request finds it.

    `gesehen` is what the sent form carries, None while it is only shown. The rows to be edited
    are handed in as `formsets` when the admin has made them.
    """

    formsets = ()

    def __init__(self, auswahlen: Sequence[Auswahl], *, gesehen: str | None, adresse: str):
        self.auswahlen = auswahlen
        self.nummern = neueste_nummern(auswahlen)
        self.adresse = adresse
        self.neues = self._neues(_gelesen(gesehen, len(auswahlen))) if gesehen is not None else []

    def __str__(self):
        return TRENNER.join(map(str, self.nummern))

    def _neues(self, gesehen: list[int]) -> list[Eintrag]:
        """What was changed since the form was shown; saving without a change is none."""
        if gesehen == self.nummern:
            return []
        seither = [
            Auswahl(auswahl.modell, auswahl.bedingung & Q(history_id__gt=nummer))
            for auswahl, nummer in zip(self.auswahlen, gesehen, strict=True)
        ]
        return verlauf(seither, anzahl=HOECHSTENS_GENANNT)[0]

    def satz_zum_ueberschreiben(self, form) -> str:
        """Why this form must not be saved yet; empty when it would overwrite nothing.

        A form that asks for what is stored already (sent twice) overwrites nothing.
        """
        aendert = form.has_changed() or any(formset.has_changed() for formset in self.formsets)
        if not self.neues or not aendert:
            return ""
        return format_html(
            "Während Sie an diesem Formular gearbeitet haben, wurde der Datensatz geändert: {} "
            "Ihre Eingaben stehen noch hier, sind aber nicht gespeichert. Vergleichen Sie sie mit "
            'dem <a href="{}" target="_blank">Verlauf (neues Fenster)</a>. Wenn Sie noch einmal '
            "speichern, gelten Ihre Eingaben.",
            format_html_join(" ", "{}.", ((_wer_was_wann(e),) for e in self.neues)),
            self.adresse,
        )


def _gelesen(text: str, anzahl: int) -> list[int]:
    teile = text.split(TRENNER)
    if len(teile) != anzahl or not all(t.isascii() and t.isdigit() for t in teile):
        return [0] * anzahl
    return [int(teil) if len(teil) < 19 else 0 for teil in teile]


def _wer_was_wann(eintrag: Eintrag) -> str:
    was = f"{eintrag.modell_name} „{eintrag.gegenstand}“ {eintrag.vorgang_wort}"
    felder = ", ".join(aenderung.feld for aenderung in eintrag.aenderungen)
    wo = f" ({felder})" if eintrag.vergleicht else ""
    return f"{eintrag.person} am {zeitpunkt(eintrag.zeitpunkt)}: {was}{wo}"
