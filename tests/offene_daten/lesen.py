"""Files of the datasets as a spreadsheet or a program reads them."""

import csv
import io
import json


def lies_csv(antwort):
    """The rows by column names, read with what the answer itself declares and no more."""
    medientyp, _, zeichensatz = antwort["Content-Type"].partition("; charset=")
    assert (medientyp, zeichensatz) == ("text/csv", "utf-8")
    assert antwort.content.startswith(b"\xef\xbb\xbf"), "a spreadsheet would guess the encoding"
    text = antwort.content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";", strict=True))


def lies_json(antwort):
    assert antwort["Content-Type"] == "application/json"
    return json.loads(antwort.content)


def wie_csv(wert):
    """A value of the JSON file in the spelling of the CSV file."""
    if wert is None:
        return ""
    if isinstance(wert, bool):
        return "ja" if wert else "nein"
    if isinstance(wert, list):
        return " | ".join(wert)
    return str(wert)


def datei(client, kennung, endung="csv", tag="aktuell", version=1):
    return client.get(f"/daten/{kennung}/v{version}/{tag}.{endung}")


def zeilen(client, kennung, tag="aktuell"):
    antwort = datei(client, kennung, tag=tag)
    assert antwort.status_code == 200, antwort.status_code
    return lies_csv(antwort)
