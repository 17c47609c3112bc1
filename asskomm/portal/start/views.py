"""The home page puts the others together: figures, news, dates, map. Its words are in its template."""

from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from asskomm.oeffentlich import oeffentlich

from ..kommunen.karte import zierkarte
from ..models import Meldung, Veranstaltung
from ..zahlen.kennzahlen import AUF_DER_STARTSEITE, KENNZAHLEN, werte
from ..zahlen.views import als_text, mittel_als_reihe

HOECHSTENS_JAHRE = 6
MELDUNGEN, TERMINE = 3, 2


@oeffentlich
def start(request):
    heute = timezone.localdate()
    kennzahlen = [KENNZAHLEN[schluessel] for schluessel in AUF_DER_STARTSEITE]
    zahlen = werte((kennzahl, heute) for kennzahl in kennzahlen)
    return render(
        request,
        "portal/start/start.html",
        {
            "heute": heute,
            "karte": zierkarte(heute),
            "kennzahlen": [
                {
                    "bedeutung": kennzahl.titel_am(heute),
                    "wert": als_text(kennzahl, wert, kennzahl.ist_mindestwert(heute)),
                    "url": reverse("portal:kennzahl", args=[kennzahl.schluessel]),
                }
                for kennzahl, wert in zip(kennzahlen, zahlen, strict=True)
            ],
            "mittel": mittel_als_reihe(heute)[-HOECHSTENS_JAHRE:],
            "meldungen": [
                {
                    "datum": meldung.datum,
                    "titel": meldung.titel,
                    "url": meldung.get_absolute_url(),
                    "ist_beispiel": meldung.ist_beispiel,
                }
                for meldung in Meldung.objects.oeffentlich()[:MELDUNGEN]
            ],
            "termine": [
                {
                    "datum": termin.beginn,
                    "titel": termin.titel,
                    "url": termin.get_absolute_url(),
                    "ist_beispiel": termin.ist_beispiel,
                }
                for termin in Veranstaltung.objects.oeffentlich().kommend(timezone.now())[:TERMINE]
            ],
        },
    )
