"""Step 4 of an application; below /antraege/<pk>/plan/."""

from django.urls import path

from . import tabellenseiten, views

urlpatterns = [
    path("", views.plan, name="antrag-plan"),
    path("tabelle/", tabellenseiten.tabelle, name="plan-tabelle"),
    path("tabelle/herunterladen/", tabellenseiten.herunterladen, name="plan-xlsx"),
    path("tabelle/uebernehmen/", tabellenseiten.uebernehmen, name="plan-uebernehmen"),
]
