"""Public pages: the same for everybody, without cookies, compressed, with an ETag.

A view opts in with `@oeffentlich`. Everything else is private and is never kept anywhere.
"""

import gzip
import hashlib
import re

from django.http import HttpResponseNotAllowed
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers

LESEND = ("GET", "HEAD")
MINDESTENS_BYTES = 500
GZIP_STUFE = 5
GEWICHT = re.compile(r"0(\.[0-9]{0,3})?|1(\.0{0,3})?")


def oeffentlich(view):
    """Mark a view whose answer depends on nothing but the address and the data."""
    view.oeffentlich = True
    return view


def nimmt_gzip(angebot: str) -> bool:
    """Whether an Accept-Encoding allows gzip (RFC 9110 section 12.5.3).

    Named with its weight it decides, else `*` does. What is no weight counts as refusal.
    """
    gewichte = {}
    for teil in angebot.lower().split(","):
        name, *angaben = (stueck.strip() for stueck in teil.split(";"))
        q = next(
            (wert for name_, _, wert in (a.partition("=") for a in angaben) if name_ == "q"), "1"
        )
        gewichte[name] = bool(GEWICHT.fullmatch(q)) and float(q) > 0
    return gewichte.get("gzip", gewichte.get("*", False))


def _mit_seite(response):
    """An answer 405 with a page as its body; static, for it may come from any place."""
    response.content = render_to_string("405.html")
    response["Content-Length"] = str(len(response.content))
    return response


def _ist_oeffentlich(adresse):
    try:
        return getattr(resolve(adresse).func, "oeffentlich", False)
    except Resolver404:
        return False


class OeffentlicheSeitenMiddleware:
    """Answers of public views get an ETag, 304 and gzip; all other answers are not stored.

    A public view never sees a cookie, so neither a login nor a broken cookie can change its
    answer, and it is only read. Public answers hold no secret, so compressing them tells an
    attacker nothing. A public view that asks for a session is a mistake and fails loudly.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not _ist_oeffentlich(request.path_info):
            response = self.get_response(request)
            if response.status_code == 405 and not response.content:
                response = _mit_seite(response)
            if "Cache-Control" not in response:
                patch_cache_control(response, private=True, no_store=True)
            return response
        if request.method not in LESEND:
            return _mit_seite(HttpResponseNotAllowed(LESEND))
        request.COOKIES = {}
        response = self.get_response(request)
        if response.status_code >= 500:
            return response  # Django's page for developers looks at the session
        if response.cookies or "Cookie" in response.get("Vary", ""):
            raise RuntimeError(f"{request.path} is public but touches the session or a cookie")
        if response.streaming or response.status_code != 200:
            return response
        return self._fertig(request, response)

    def _fertig(self, request, response):
        patch_cache_control(response, no_cache=True)
        patch_vary_headers(response, ["Accept-Encoding"])
        etag = hashlib.blake2b(response.content, digest_size=12).hexdigest()
        if (
            len(response.content) >= MINDESTENS_BYTES
            and "Content-Encoding" not in response
            and nimmt_gzip(request.headers.get("Accept-Encoding", ""))
        ):
            response.content = gzip.compress(response.content, GZIP_STUFE, mtime=0)
            response["Content-Encoding"] = "gzip"
            etag += "-gz"
        response["ETag"] = f'"{etag}"'
        response["Content-Length"] = str(len(response.content))
        return get_conditional_response(request, etag=response["ETag"], response=response)
