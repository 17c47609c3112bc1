"""The members of a Kommune; below /mein-bereich/<kennung>/mitglieder/."""

from django.urls import path

from . import views

app_name = "mitglieder"
urlpatterns = [
    path("", views.liste, name="liste"),
    path("einladen/", views.einladen, name="einladen"),
    path("pruefen/", views.pruefen, name="pruefen"),
    path("verlassen/", views.verlassen, name="verlassen"),
    path("<int:nummer>/", views.rollen, name="rollen"),
    path("<int:nummer>/beenden/", views.beenden, name="beenden"),
]
