"""The portal's addresses and a page with a form, to see that typed text survives."""

from django import forms
from django.http import HttpResponse
from django.template import engines
from django.urls import path

from asskomm.konten.eingaben import bewahrt_eingaben, daten
from asskomm.konten.forms import KernForm
from asskomm.urls import handler403, handler404, handler429, handler500, urlpatterns

__all__ = ["handler403", "handler404", "handler429", "handler500", "urlpatterns"]

SEITE = "{% load crispy_forms_tags %}{% crispy form %}"


class Entwurf(KernForm, forms.Form):
    text = forms.CharField(widget=forms.Textarea)
    punkte = forms.MultipleChoiceField(
        choices=[("a", "A"), ("b", "B"), ("c", "C")], widget=forms.CheckboxSelectMultiple
    )
    passwort = forms.CharField(required=False)


@bewahrt_eingaben
def entwurf(request, nummer):
    form = Entwurf(daten(request))
    if request.method == "POST" and form.is_valid():
        return HttpResponse("gespeichert", status=201)
    vorlage = engines["django"].from_string(SEITE)
    return HttpResponse(vorlage.render({"form": form}, request))


urlpatterns = [path("entwurf/<int:nummer>/", entwurf), *urlpatterns]
