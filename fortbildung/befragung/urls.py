from django.urls import path

from . import views

urlpatterns = [path("befragung/<str:zeichen>/", views.befragung, name="befragung")]
