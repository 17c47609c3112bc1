from django.urls import path

from asskomm.oeffentlich import oeffentlich

from . import views
from .feed import MeldungenFeed

urlpatterns = [
    path("", views.meldungen, name="meldungen"),
    path("feed.atom", oeffentlich(MeldungenFeed()), name="feed"),
    path("<int:pk>/", views.meldung, name="meldung"),
    path("<int:pk>/bild/<slug:kennung>.webp", views.bild, name="meldung-bild"),
    path("<int:pk>/kommentieren/", views.kommentieren, name="kommentieren"),
    path("<int:pk>/kommentieren/eingegangen/", views.eingegangen, name="kommentar-eingegangen"),
]
