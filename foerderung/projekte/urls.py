"""The public list of granted projects; below /projekte/."""

from django.urls import path

from . import views

urlpatterns = [path("", views.projekte, name="projekte")]
