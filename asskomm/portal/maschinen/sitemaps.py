"""Every public page for search engines. Addresses start with BASE_URL, not with the asked host."""

from datetime import date
from functools import cached_property
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db.models import Max, OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone

from kommunen.models import Kommune, Praeventionsrat

from ..kommunen.bausteine import beteiligt
from ..models import Meldung, Seite, Veranstaltung
from ..offene_daten.datensaetze import DATENSAETZE

FESTE_SEITEN = (
    "portal:start",
    "kommunen:liste",
    "kommunen:raete",
    "foerderung:eignung",
    "foerderung:regeln",
    "foerderung:projekte",
    "fortbildung:kurse",
    "fortbildung:zertifikat-pruefen",
    "portal:zahlen",
    "portal:daten",
    "portal:meldungen",
    "portal:termine",
    "portal:glossar",
    "portal:barriere-melden",
)


class Teilliste(Sitemap):
    """Part of the sitemap; `eintraege` is read once, although Django asks more than once."""

    def get_protocol(self, protocol=None):
        return urlsplit(settings.BASE_URL).scheme

    def get_domain(self, site=None):
        return urlsplit(settings.BASE_URL).netloc

    def items(self):
        return self._gelesen

    @cached_property
    def _gelesen(self):
        return list(self.eintraege())


class FesteSeiten(Teilliste):
    def eintraege(self):
        return FESTE_SEITEN

    def location(self, item):
        return reverse(item)


class Datensaetze(Teilliste):
    def eintraege(self):
        return DATENSAETZE.values()


class Kommunen(Teilliste):
    """Those that take part. Their pages change with many records, so no date is claimed."""

    def eintraege(self):
        heute = timezone.localdate()
        return Kommune.objects.gueltig(heute).filter(beteiligt(heute)).only("kennung")


class Raete(Teilliste):
    def eintraege(self):
        verlauf = Praeventionsrat.history.filter(id=OuterRef("pk")).order_by()
        zuletzt = verlauf.values("id").annotate(um=Max("history_date")).values("um")
        return Praeventionsrat.objects.oeffentlich().annotate(geaendert_um=Subquery(zuletzt))

    def lastmod(self, item):
        return item.geaendert_um


class Meldungen(Teilliste):
    def eintraege(self):
        return Meldung.objects.oeffentlich().only("geaendert_um")

    def lastmod(self, item):
        return item.geaendert_um


class Termine(Teilliste):
    def eintraege(self):
        return Veranstaltung.objects.oeffentlich().only("geaendert_um")

    def lastmod(self, item):
        return item.geaendert_um


class Seiten(Teilliste):
    def eintraege(self):
        return Seite.objects.oeffentlich().only("pfad", "stand")

    def lastmod(self, item) -> date:
        return item.stand


TEILE = {
    "fest": FesteSeiten,
    "daten": Datensaetze,
    "kommunen": Kommunen,
    "raete": Raete,
    "meldungen": Meldungen,
    "termine": Termine,
    "seiten": Seiten,
}
