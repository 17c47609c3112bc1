"""The admin site of the LPR staff."""

from django.contrib.admin import AdminSite


class Verwaltung(AdminSite):
    site_title = "ASSKomm-Verwaltung"
    site_header = "ASSKomm-Verwaltung"
    index_title = "Übersicht"
    site_url = "/"
