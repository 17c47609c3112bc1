"""Documents as downloads."""

from django.http import HttpResponse


def pdf_datei(inhalt: bytes, name: str) -> HttpResponse:
    """A PDF to save. Even opened by itself it runs nothing and loads nothing."""
    return HttpResponse(
        inhalt,
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "X-Content-Type-Options": "nosniff",
        },
    )
