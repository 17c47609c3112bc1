"""Kommunen below /kommunen/ and councils below /praeventionsraete/."""

from django.urls import path

from . import views

app_name = "kommunen"
urlpatterns = [
    path("kommunen/", views.liste, name="liste"),
    path("kommunen/kommunen.csv", views.liste_csv, name="csv"),
    path("kommunen/<str:kennung>/", views.kommune, name="kommune"),
    path("praeventionsraete/", views.raete, name="raete"),
    path("praeventionsraete/<int:pk>/", views.rat, name="rat"),
]
