from django.urls import path

from . import views, wirkungsseiten

urlpatterns = [
    path("<uuid:pk>/erweiterung/", views.erweiterung, name="erweiterung"),
    path("<uuid:pk>/wechsel/", views.wechsel, name="wechsel"),
    path("<uuid:pk>/abschluss/", views.abschluss, name="abschluss"),
    path("nachfragen/<uuid:pk>/", wirkungsseiten.nachfrage, name="nachfrage"),
    path("wirkungen/", wirkungsseiten.wirkungen, name="wirkungen"),
    path("wirkungen/<int:pk>/", wirkungsseiten.wirkung, name="wirkung"),
]
