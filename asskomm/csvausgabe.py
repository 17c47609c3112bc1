"""CSV as offices open it: BOM, semicolon, and no cell that a spreadsheet would execute."""

import csv
import io

from django.http import HttpResponse

# The full-width signs are the same to a spreadsheet that reads Japanese or Chinese.
FORMELANFANG = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")


def zelle(wert) -> str:
    """The value as text; an apostrophe goes before anything that looks like a formula."""
    text = "" if wert is None else str(wert)
    return f"'{text}" if text.startswith(FORMELANFANG) else text


def csv_antwort(dateiname, kopf, zeilen) -> HttpResponse:
    """A download with one head row; `zeilen` are sequences of values."""
    puffer = io.StringIO()
    schreiber = csv.writer(puffer, delimiter=";", lineterminator="\r\n")
    schreiber.writerow(kopf)
    schreiber.writerows([zelle(wert) for wert in zeile] for zeile in zeilen)
    return HttpResponse(
        puffer.getvalue().encode("utf-8-sig"),
        content_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="{dateiname}"',
            "X-Content-Type-Options": "nosniff",
        },
    )
