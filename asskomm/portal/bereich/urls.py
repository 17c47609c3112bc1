from django.urls import path

from . import views

app_name = "bereich"
urlpatterns = [
    path("", views.start, name="start"),
    path("<slug:kennung>/", views.kommune, name="kommune"),
]
