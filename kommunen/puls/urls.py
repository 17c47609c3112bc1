"""The councils of a Kommune; below /mein-bereich/<kennung>/praeventionsraete/."""

from django.urls import path

from . import views

app_name = "puls"
urlpatterns = [
    path("", views.liste, name="liste"),
    path("<int:nummer>/", views.rat, name="rat"),
    path("<int:nummer>/korrigieren/", views.korrigieren, name="korrigieren"),
]
