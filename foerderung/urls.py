from django.urls import path

from . import views

app_name = "foerderung"
urlpatterns = [path("", views.projekte, name="projekte")]
