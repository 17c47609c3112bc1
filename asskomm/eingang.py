"""What citizens send without an account: forms without a cookie, entries stored exactly once."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Layout, Submit
from django import forms
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpResponseRedirect
from django.shortcuts import redirect, render

from asskomm.texteingabe import TextFeld

from . import begrenzung, formularmarke
from .formularmarke import MarkeUngueltig


class SchonAbgesendet(Exception):
    """The mark belongs to an entry that is stored already and says something else."""


class OeffentlichesFormular(forms.Form):
    """A form for everybody: signed mark, trap for robots, no cookie, nothing lost on an error.

    Subclasses set `zweck` or hand it over, `knopf` and their fields. `um` is the present moment.
    After `is_valid()` the mark is in `self.kennung`, and `ist_falle` says whether the field
    that people do not see was filled in.
    """

    knopf = "Absenden"
    # Named so that no browser fills it in by itself.
    falle = TextFeld(
        label="Dieses Feld bleibt leer", required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )  # fmt: skip
    marke = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, zweck, um, **kwargs):
        super().__init__(*args, **kwargs)
        self.zweck, self.um, self.kennung = zweck, um, None
        felder = [name for name in self.fields if name not in ("falle", "marke")]
        self.order_fields(felder)
        if not self.is_bound:
            self.initial["marke"] = formularmarke.neu(zweck, um)
        self.helper = FormHelper()
        self.helper.form_action = "#fehler"
        self.helper.form_class = "assk-formular"
        self.helper.attrs = {"novalidate": True}
        self.helper.disable_csrf = True
        self.helper.layout = Layout(
            *felder,
            Div("falle", css_class="assk-honig", aria_hidden="true"),
            "marke",
            Submit("absenden", self.knopf),
        )

    @property
    def ist_falle(self):
        return bool(self.cleaned_data["falle"])

    def clean(self):
        daten = super().clean()
        try:
            marke = formularmarke.lies(self.zweck, daten.get("marke", ""))
        except MarkeUngueltig:
            self.erneuere_marke()
            raise ValidationError(
                "Das Formular ist abgelaufen. Ihre Eingaben sind noch da. "
                "Senden Sie es noch einmal ab."
            ) from None
        self.kennung = marke.kennung
        if marke.abgelaufen(self.um):
            self.erneuere_marke()
            raise ValidationError(
                "Das Formular war länger als 24 Stunden offen. Ihre Eingaben sind noch da. "
                "Senden Sie es noch einmal ab."
            )
        if marke.zu_frueh(self.um):
            raise ValidationError(
                "Das ging sehr schnell. Prüfen Sie Ihre Eingaben und senden Sie das Formular "
                "nach einigen Sekunden noch einmal ab."
            )
        return daten

    def erneuere_marke(self):
        """Show the form again with a fresh mark and everything that was typed."""
        self.data = self.data.copy()
        self.data["marke"] = formularmarke.neu(self.zweck, self.um)


def nimm_an(request, formular, modell, felder, *, heute, anfangs=None):
    """Store an entry once and return it; a repeat returns what is there.

    `felder` is what was typed, `anfangs` what else a new entry starts with. Raises ZuVieleAnfragen,
    and SchonAbgesendet when the mark was used for other words before.
    Only what is stored counts: of several clicks at once the database lets one through, and it
    goes back if there is no place left for it.
    The history names nobody, even when staff with a login use the public form.
    """
    eintrag = modell.objects.filter(formular=formular.kennung).first()
    if eintrag is None:
        eintrag = modell(formular=formular.kennung, **felder, **(anfangs or {}))
        eintrag._history_user = None
        try:
            with transaction.atomic():
                eintrag.save(force_insert=True)
                begrenzung.zaehle(request, modell._meta.model_name, heute=heute)
        except IntegrityError:
            eintrag = modell.objects.get(formular=formular.kennung)
    if any(getattr(eintrag, name) != wert for name, wert in felder.items()):
        raise SchonAbgesendet
    return eintrag


def zu_viele_anfragen(request, form):
    """429 after too many sent forms. The form with everything typed stays on the page."""
    antwort = render(request, "429.html", {"form": form}, status=429)
    antwort["Retry-After"] = str(int(begrenzung.ZEITRAUM.total_seconds()))
    return antwort


def weiter(adresse: str) -> HttpResponseRedirect:
    """On to the page that says it arrived, at its beginning.

    Forms are sent to "#fehler", and a browser keeps that part unless the redirect has its own.
    """
    return redirect(f"{adresse}#inhalt")
