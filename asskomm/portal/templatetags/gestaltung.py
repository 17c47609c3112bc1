"""What the components need beyond plain template language."""

from django import template
from django.templatetags.static import static
from django.utils.html import format_html

register = template.Library()

# Colour and sign of a chip by meaning (GESTALTUNG section 7). Keys are the values of the
# TextChoices in the models; a state that is not listed is shown as neutral.
NEUTRAL = ("neutral", "kreis")
INFO = ("info", "uhr")
WARNUNG = ("warnung", "warnung")
ERFOLG = ("erfolg", "haken-kreis")
FEHLER = ("fehler", "fehler")
BEDEUTUNG = {
    "in_gruendung": INFO,
    "laufend": INFO,
    "geplant": INFO,
    "eingeladen": INFO,
    "abgelaufen": WARNUNG,
    "aktiv": ERFOLG,
    "bewilligt": ERFOLG,
    "bestandskraeftig": ERFOLG,
    "geprueft": ERFOLG,
    "in_durchfuehrung": INFO,
    "angefordert": INFO,
    "genehmigt": INFO,
    "freigegeben": INFO,
    "angeordnet": INFO,
    "gezahlt": ERFOLG,
    "eingegangen": INFO,
    "zur_kenntnis": ERFOLG,
    "zugestimmt": ERFOLG,
    "eingereicht": INFO,
    "in_pruefung": INFO,
    "in_zeichnung": INFO,
    "formell_geprueft": INFO,
    "fachlich_geprueft": INFO,
    "entscheidungsreif": INFO,
    "entschieden": INFO,
    "nachforderung": WARNUNG,
    "rueckforderung": WARNUNG,
    "abgesagt": WARNUNG,
    "passt": ERFOLG,
    "zu_klaeren": WARNUNG,
    "nicht_bestaetigt": WARNUNG,
    "passt_nicht": FEHLER,
    "abgelehnt": FEHLER,
    "widerrufen": FEHLER,
    "befallen": FEHLER,
    "plaetze_frei": ERFOLG,
    "warteliste": WARNUNG,
    "unbestaetigt": WARNUNG,
    "zu_bestaetigen": INFO,
    "bestaetigt": ERFOLG,
    "uebernommen": ERFOLG,
    "offen": INFO,
    "vorgeschlagen": INFO,
    "vermittelt": ERFOLG,
    "foerderung": INFO,
    "erledigt": ERFOLG,
    "ueberfaellig": WARNUNG,
    "angemeldet": INFO,
    "angeboten": WARNUNG,
    "zugelassen": ERFOLG,
    "mit_zertifikat": ERFOLG,
    "neu": INFO,
    "beraten": ERFOLG,
}


@register.simple_tag
def zeichen(name, klasse=""):
    """One sign of static/img/icons.svg. Always decorative: the word stands beside it."""
    return format_html(
        '<svg class="assk-ic{}" aria-hidden="true"><use href="{}#{}"/></svg>',
        f" {klasse}" if klasse else "",
        static("img/icons.svg"),
        name,
    )


@register.filter
def bedeutung(status):
    """Meaning of a state: the modifier of the chip and the name of its sign."""
    farbe, bild = BEDEUTUNG.get(status, NEUTRAL)
    return {"farbe": farbe, "zeichen": bild}


@register.filter
def balken(punkte):
    """The points of a series with the size of their bars.

    Each point brings `name`, `wert` (a number from zero up), `text` (the value as written)
    and, if it may still change, `vorlaeufig`. Sizes are strings, because a localised number
    would break the SVG.
    """
    punkte = list(punkte)
    groesster = max((_wert(punkt, "wert") for punkt in punkte), default=0)
    for punkt in punkte:
        anteil = float(_wert(punkt, "wert") / groesster) if groesster else 0.0
        yield {
            "name": str(_wert(punkt, "name")),
            "text": _wert(punkt, "text"),
            "vorlaeufig": _wert(punkt, "vorlaeufig", False),
            "breite": f"{100 * anteil:.1f}",
            # The column is drawn in a box 100 wide; 300 high fits beside a list of news.
            "hoehe": f"{300 * anteil:.0f}",
        }


def _wert(punkt, name, *vorgabe):
    """Read `name` from a dict or an object: views hand over either."""
    if isinstance(punkt, dict):
        return punkt.get(name, *vorgabe)
    return getattr(punkt, name, *vorgabe)


@register.filter
def seitenfolge(page):
    """Page numbers around the present one; None stands for a gap."""
    for nummer in page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1):
        yield None if nummer == page.paginator.ELLIPSIS else nummer


@register.inclusion_tag("components/fehleruebersicht.html")
def fehleruebersicht(*formulare):
    """All errors of the page in page order: {% fehleruebersicht form formset %}.

    Takes forms, formsets and lists of forms. Every entry links to its field; a group of options links to its
    first option, an error of several fields to the first field of its form.
    """
    return {"eintraege": [eintrag for teil in formulare if teil for eintrag in _eintraege(teil)]}


def _eintraege(teil):
    if isinstance(teil, list):
        for form in teil:
            yield from _eintraege(form)
    elif hasattr(teil, "management_form"):
        yield from _aus_formset(teil)
    else:
        yield from _aus_formular(teil)


def _aus_formset(formset):
    if not formset.is_bound:
        return
    ersatz = next((_ziel(feld) for form in formset for feld in form.visible_fields()), "")
    for fehler in formset.non_form_errors():
        yield {"text": fehler, "ziel": ersatz}
    for nummer, form in enumerate(formset, start=1):
        yield from _aus_formular(form, vorsatz=f"Zeile {nummer}, ")


def _aus_formular(form, vorsatz=""):
    felder = form.visible_fields()
    for fehler in form.non_field_errors():
        yield {"text": fehler, "ziel": _ziel(felder[0]) if felder else ""}
    for feld in felder:
        for fehler in feld.errors:
            # A label that is a question or a sentence needs no colon after it.
            trenner = " " if str(feld.label).endswith(("?", ".")) else ": "
            yield {"text": f"{vorsatz}{feld.label}{trenner}{fehler}", "ziel": _ziel(feld)}


def _ziel(feld):
    """Id of the control that receives the focus."""
    if feld.use_fieldset:
        optionen = feld.subwidgets
        return optionen[0].id_for_label if optionen else feld.auto_id
    return feld.id_for_label
