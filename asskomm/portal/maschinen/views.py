"""What programs ask for: robots.txt, the sitemap, security.txt, the old name of the icon."""

from datetime import UTC, date, datetime, time, timedelta

from django.conf import settings
from django.contrib.sitemaps.views import sitemap as django_sitemap
from django.http import HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_safe

from asskomm.oeffentlich import oeffentlich

from ..kontext import KONTAKT
from .sitemaps import TEILE

# The day on which the contact below was last checked. RFC 9116 wants the file to expire within
# a year, so that nobody relies on an address that is no longer read.
KONTAKT_GEPRUEFT_AM = date(2026, 11, 22)
KONTAKT_GILT = timedelta(days=364)


def _text(*zeilen):
    return HttpResponse("\n".join(zeilen) + "\n", content_type="text/plain; charset=utf-8")


@oeffentlich
@require_safe
def robots(request):
    return _text(
        "User-agent: *",
        f"Disallow: {reverse('admin:index')}",
        f"Disallow: {reverse('portal:suche')}",
        "",
        f"Sitemap: {settings.BASE_URL}{reverse('portal:sitemap')}",
    )


@oeffentlich
@require_safe
def security(request):
    """Where to report a weak point of the portal (RFC 9116)."""
    ablauf = datetime.combine(KONTAKT_GEPRUEFT_AM + KONTAKT_GILT, time(), UTC)
    return _text(
        f"Contact: mailto:{KONTAKT}",
        f"Expires: {ablauf:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: de",
        f"Canonical: {settings.BASE_URL}{reverse('portal:security')}",
    )


@oeffentlich
@require_safe
def sitemap(request):
    return django_sitemap(request, TEILE)


@oeffentlich
@require_safe
def favicon(request):
    """Browsers that ask for the old name get the mark."""
    return redirect(static("img/marke.svg"))
