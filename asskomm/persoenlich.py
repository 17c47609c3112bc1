"""Pages behind a personal link of a mail: whoever has the address sees them."""

from functools import wraps


def mit_persoenlichem_link(view):
    """No search engine keeps the page, and no request from it names its address.

    Not even one to the portal itself, whose logs others may read. With `no-referrer` browsers
    send forms with "Origin: null", which the check against forgery refuses.
    """

    @wraps(view)
    def geschuetzt(request, *args, **kwargs):
        antwort = view(request, *args, **kwargs)
        antwort["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        antwort["Referrer-Policy"] = "strict-origin"
        return antwort

    return geschuetzt
