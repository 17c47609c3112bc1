from django.urls import path

from . import views

urlpatterns = [
    path("", views.termine, name="termine"),
    path("termine.ics", views.alle_ics, name="termine-ics"),
    path("<int:pk>/", views.termin, name="termin"),
    path("<int:pk>/termin.ics", views.termin_ics, name="termin-ics"),
]
