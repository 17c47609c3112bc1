from django.urls import path

from . import views

urlpatterns = [
    path("", views.uebersicht, name="koordination"),
    path("<int:pk>/", views.durchgang, name="koordination-durchgang"),
    path("<int:pk>/teilnehmende.xlsx", views.teilnehmende_xlsx, name="koordination-xlsx"),
    path("anmeldungen/<uuid:pk>/", views.anmeldung, name="koordination-anmeldung"),
    path("kurstage/<int:pk>/", views.kurstag, name="koordination-kurstag"),
    path("kurstage/<int:pk>/liste/", views.tagesliste, name="koordination-liste"),
]
