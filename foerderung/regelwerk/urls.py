"""The public pages about the rules; below /foerderung/, beside the text pages."""

from django.urls import path

from . import views

urlpatterns = [
    path("eignung/", views.eignung_pruefen, name="eignung"),
    path("regeln/", views.regeln, name="regeln"),
]
