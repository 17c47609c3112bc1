from django.urls import path

from . import views

app_name = "datenschutz"
urlpatterns = [path("", views.auskunft, name="auskunft")]
