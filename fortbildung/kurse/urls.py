from django.urls import path

from . import views

urlpatterns = [
    path("", views.kurse, name="kurse"),
    path("<int:pk>/", views.durchgang, name="durchgang"),
    path("<int:pk>/kurstage.ics", views.kurstage_ics, name="durchgang-ics"),
]
