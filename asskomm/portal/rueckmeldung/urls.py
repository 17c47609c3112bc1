from django.urls import path

from . import views

urlpatterns = [
    path("", views.melden, name="barriere-melden"),
    path("<uuid:formular>/", views.eingegangen, name="barriere-eingegangen"),
]
