from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("", include("asskomm.konten.urls")),
    path("konto/auskunft/", include("asskomm.datenschutz.urls")),
    path("mein-bereich/", include("asskomm.portal.bereich.urls")),
    path("mein-bereich/<slug:kennung>/mitglieder/", include("kommunen.mitglieder.urls")),
    path("mein-bereich/<slug:kennung>/praeventionsraete/", include("kommunen.puls.urls")),
    path("", include("asskomm.portal.kommunen.urls")),
    path("", include("foerderung.urls")),
    path("", include("beratung.urls")),
    path("fortbildung/", include("fortbildung.urls")),
    path("", include("asskomm.portal.urls")),
]

handler400 = "asskomm.portal.fehlerseiten.nicht_lesbar"
handler403 = "asskomm.portal.fehlerseiten.kein_zugriff"
handler404 = "asskomm.portal.fehlerseiten.nicht_gefunden"
handler429 = "asskomm.portal.fehlerseiten.zu_viele_versuche"
handler500 = "asskomm.portal.fehlerseiten.stoerung"
