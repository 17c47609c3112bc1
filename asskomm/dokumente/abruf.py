"""Documents as downloads."""

from django.http import HttpResponse

PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def pdf_datei(inhalt: bytes, name: str) -> HttpResponse:
    """A PDF to save."""
    return _datei(inhalt, name, PDF)


def xlsx_datei(inhalt: bytes, name: str) -> HttpResponse:
    """A spreadsheet to save."""
    return _datei(inhalt, name, XLSX)


def _datei(inhalt, name, inhaltstyp):
    """Even opened by itself it runs nothing and loads nothing."""
    return HttpResponse(
        inhalt,
        content_type=inhaltstyp,
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "X-Content-Type-Options": "nosniff",
        },
    )
