"""The Meldungen as Atom feed. Every address starts with BASE_URL, whoever asks under what name."""

from datetime import datetime, time

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.timezone import make_aware

from asskomm.beispielmarke import BEISPIELMARKE, mit_beispielmarke
from asskomm.texteingabe import druckbar

from ..models import Meldung

HOECHSTENS = 30
# RFC 4151: whose name, and since when; never changes, even if the portal moves.
TAG_URI = "tag:asskomm.sachsen.de,2026:aktuelles"


class MeldungenFeed(Feed):
    feed_type = Atom1Feed
    title = "ASSKomm – Aktuelles"
    subtitle = "Meldungen der Allianz Sichere Sächsische Kommunen"
    author_name = "Landespräventionsrat Sachsen"
    language = "de"
    feed_guid = TAG_URI

    def link(self):
        return settings.BASE_URL + reverse("portal:meldungen")

    def feed_url(self):
        return settings.BASE_URL + reverse("portal:feed")

    def items(self):
        return Meldung.objects.oeffentlich()[:HOECHSTENS]

    def item_title(self, item):
        return mit_beispielmarke(druckbar(item.titel), item)

    def item_categories(self, item):
        return [BEISPIELMARKE] if item.ist_beispiel else []

    def item_description(self, item):
        return escape(druckbar(item.zusammenfassung))

    def item_link(self, item):
        return settings.BASE_URL + item.get_absolute_url()

    def item_guid(self, item):
        return f"{TAG_URI}/{item.pk}"

    def item_pubdate(self, item):
        """The day, where it is known: a month or a year is no moment and stays out."""
        if item.datum.tag is None:
            return None
        return make_aware(datetime.combine(item.datum.erster_tag, time()))

    def item_updateddate(self, item):
        return item.geaendert_um
