"""What the frame of private pages shows of the account."""

from django import template
from django.conf import settings
from django.middleware.csrf import get_token
from django.urls import reverse

from .. import auskunft
from ..sitzung import GENAU_S

register = template.Library()

# level_tag of a message: colour of the KERN alert and sign.
MELDUNGSARTEN = {
    "success": {"farbe": "success", "zeichen": "haken-kreis"},
    "warning": {"farbe": "warning", "zeichen": "warnung"},
    "error": {"farbe": "danger", "zeichen": "fehler"},
}
SONST = {"farbe": "info", "zeichen": "info"}


@register.filter
def meldungsart(stufe):
    return MELDUNGSARTEN.get(stufe, SONST)


@register.inclusion_tag("components/kontoleiste.html", takes_context=True)
def kontoleiste(context):
    """Name and links of the person who is signed in."""
    request = context["request"]
    links = [
        {"titel": "Mein Bereich", "url": reverse("bereich:start")},
        {"titel": "Mein Konto", "url": reverse("konten:konto")},
    ]
    if request.user.is_staff:
        links.insert(0, {"titel": "Verwaltung", "url": reverse("admin:index")})
        if request.user.has_perm("foerderung.view_foerderantrag"):
            links.insert(0, {"titel": "Vorgänge", "url": reverse("foerderung:arbeitsvorrat")})
        if request.user.has_perm("fortbildung.koordinieren"):
            links.insert(0, {"titel": "Lehrgänge", "url": reverse("fortbildung:koordination")})
    for titel, url in auskunft.wege(request.user):
        links.insert(0, {"titel": titel, "url": url})
    return {"name": str(request.user), "links": links, "csrf_token": get_token(request)}


@register.inclusion_tag("components/sitzungsende.html", takes_context=True)
def sitzungsende(context):
    """The dialog before the end. Counted from the last time stored, so rather a minute early."""
    return {
        "sekunden": settings.SESSION_COOKIE_AGE - GENAU_S,
        "adresse": reverse("konten:sitzung"),
        "csrf_token": get_token(context["request"]),
    }
