from django.urls import path

from . import views

urlpatterns = [
    path("kurse/<int:pk>/anmeldung/", views.anmelden, name="anmelden"),
    path("kurse/<int:pk>/anmeldung/unterwegs/", views.unterwegs, name="anmeldung-unterwegs"),
    path("geloescht/", views.geloescht, name="anmeldung-geloescht"),
    path("meine/", views.meine, name="meine"),
    path("meine/<uuid:pk>/", views.eigene, name="anmeldung"),
    path("anmeldung/<str:zeichen>/", views.mit_link, name="anmeldung-link"),
    path("zustimmung/<str:zeichen>/", views.zustimmung, name="zustimmung"),
]
