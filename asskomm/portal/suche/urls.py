from django.urls import path

from . import views

urlpatterns = [path("", views.suche, name="suche")]
