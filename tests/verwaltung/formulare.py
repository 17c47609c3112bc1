"""Filling in forms of the admin as a browser does: what is there is sent along."""

import re

from django.db.models.fields.files import FieldFile
from django.urls import reverse

NEU = "add"


def adresse(modell, seite="changelist", *argumente):
    opts = modell._meta
    return reverse(f"admin:{opts.app_label}_{opts.model_name}_{seite}", args=argumente)


def formulardaten(antwort):
    """Everything that the form on the page would send if nobody typed anything."""
    context = antwort.context
    formulare = [context["adminform"].form]
    for inline in context["inline_admin_formsets"]:
        formulare += [inline.formset.management_form, *inline.formset.forms]
    daten = {}
    for formular in formulare:
        for feld in formular:
            wert = feld.value()
            if wert is None or wert is False or isinstance(wert, FieldFile):
                continue
            if isinstance(wert, (list, tuple)):
                wert = [getattr(teil, "pk", teil) for teil in wert]
            daten[feld.html_name] = "on" if wert is True else wert
    seite = antwort.content.decode()
    daten |= dict(re.findall(r'name="(_stand|_marke)" value="([^"]*)"', seite))
    return daten


def sende(client, modell, nummer=None, **felder):
    """Open the form, change `felder`, save. None takes a value away."""
    ziel = adresse(modell, "change", nummer) if nummer else adresse(modell, NEU)
    daten = formulardaten(client.get(ziel)) | felder
    return client.post(ziel, {name: wert for name, wert in daten.items() if wert is not None})


def fehler(antwort):
    """All error texts of a form that was not saved, by field; "" for those of no field."""
    assert antwort.status_code == 200
    gefunden = {}
    formulare = [antwort.context["adminform"].form]
    for inline in antwort.context["inline_admin_formsets"]:
        formulare += inline.formset.forms
        if texte := list(inline.formset.non_form_errors()):
            gefunden.setdefault("", []).extend(texte)
    for formular in formulare:
        for name, texte in formular.errors.items():
            schluessel = "" if name == "__all__" else formular.add_prefix(name)
            gefunden.setdefault(schluessel, []).extend(texte)
    return gefunden


def meldungen(antwort):
    """What the page says in its message bar after the redirect."""
    return [str(meldung) for meldung in antwort.context["messages"]]
