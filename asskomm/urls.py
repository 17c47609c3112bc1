from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("kommunen/", include("asskomm.portal.kommunen.urls")),
    path("projekte/", include("foerderung.urls")),
    path("", include("asskomm.portal.urls")),
]
