"""The project's benchmark: `make bench` fills a database of its own and measures every public page.

    python -m tests.leistung [FAKTOR]

Official data, programme data and Beispieldaten are loaded and then copied until there is FAKTOR
times as much (10 unless told). Each page is asked through the whole WSGI application in this
process, so the time is what one request costs one core; compressed bytes and SQL statements
stand beside it. Nothing here is a test: machines differ, so nothing fails.
"""

import os
import statistics
import sys
import time

FAKTOR = int(sys.argv[1]) if len(sys.argv) > 1 else 10
ANFRAGEN, AUFWAERMEN = 30, 3
NAME = "asskomm_leistung"


def stelle_datenbank_bereit():
    """A new database beside the usual one, so that no one's data are touched."""
    import psycopg

    from asskomm import datenbank

    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "asskomm.settings",
        "DEBUG": "0",
        "SECRET_KEY": "nur-fuer-die-messung",
        "ALLOWED_HOSTS": "testserver",
        "HTTPS": "0",
        "BEISPIELDATEN": "1",
    }
    datenbank.bereitstellen()
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as verbindung:
        verbindung.execute(f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")
        verbindung.execute(f"CREATE DATABASE {NAME}")
        info = verbindung.info
        os.environ["DATABASE_URL"] = (
            f"postgresql://{info.user}:{info.password}@/{NAME}?host={info.host}&port={info.port}"
        )


def lade_daten():
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    for befehl in (
        "importiere_stammdaten",
        "importiere_seiten",
        "importiere_glossar",
        "importiere_programmdaten",
        "lade_beispieldaten",
    ):
        with open(os.devnull, "w") as stille:
            call_command(befehl, stdout=stille)


def vervielfache():
    """Copy every Kommune with its map and all its facts, FAKTOR - 1 times."""
    from django.db import connection, transaction

    from asskomm.portal.models import Meldung
    from beratung.models import Beratung, Coaching, Sicherheitsanalyse
    from foerderung.models import Zuwendung
    from fortbildung.models import Durchgang, Teilnahme
    from kommunen.models import (
        Kartenflaeche,
        Kommune,
        Kooperationsvereinbarung,
        Praeventionsrat,
        Ratszustand,
    )

    def kopiere(modell, auswahl=None, **aendere):
        """Copies of the records as they are now; returns the new keys by the old ones."""
        alte = list(auswahl if auswahl is not None else modell.objects.all())
        schluessel = [satz.pk for satz in alte]
        for satz in alte:
            satz.pk, satz._state.adding = None, True
            if hasattr(satz, "import_schluessel"):
                satz.import_schluessel = None
            for feld, neu in aendere.items():
                setattr(satz, feld, neu(satz))
        neue = modell.objects.bulk_create(alte, batch_size=500)
        return dict(zip(schluessel, (satz.pk for satz in neue), strict=True))

    def kopiere_mit_kommunen(modell, kommunen):
        neue = kopiere(modell, ursprung[modell])
        zwischen = modell.kommunen.through
        feld = f"{modell._meta.model_name}_id"
        zwischen.objects.bulk_create(
            zwischen(**{feld: neue[getattr(paar, feld)], "kommune_id": kommunen[paar.kommune_id]})
            for paar in zwischen.objects.filter(**{f"{feld}__in": list(neue)})
        )
        return neue

    modelle = (
        Kommune, Kartenflaeche, Beratung, Zuwendung, Kooperationsvereinbarung, Praeventionsrat,
        Ratszustand, Coaching, Sicherheitsanalyse, Durchgang, Teilnahme, Meldung,
    )  # fmt: skip
    anfang = {modell: list(modell.objects.values_list("pk", flat=True)) for modell in modelle}
    nummer = 0
    for runde in range(1, FAKTOR):
        ursprung = {modell: modell.objects.filter(pk__in=anfang[modell]) for modell in modelle}
        with transaction.atomic():
            gemeinden = ursprung[Kommune].gemeinden().filter(gueltig_bis__isnull=True)
            neue_ags = {}
            for pk in gemeinden.values_list("pk", flat=True):
                nummer += 1
                neue_ags[pk] = f"148{nummer:05}"
            alte = list(gemeinden)
            reihenfolge = iter([neue_ags[kommune.pk] for kommune in alte])
            kommunen = {pk: pk for pk in anfang[Kommune]} | kopiere(
                Kommune,
                alte,
                ags=lambda satz, folge=reihenfolge: next(folge),
                name_eindeutig=lambda satz, runde=runde: f"{satz.name_eindeutig} {runde}",
            )
            kopiere(
                Kartenflaeche,
                ursprung[Kartenflaeche].filter(kommune__in=neue_ags),
                kommune_id=lambda satz, k=kommunen: k[satz.kommune_id],
            )
            for modell in (Beratung, Zuwendung):
                kopiere(
                    modell,
                    ursprung[modell],
                    kommune_id=lambda satz, k=kommunen: k[satz.kommune_id],
                )
            Kooperationsvereinbarung.objects.filter(pk__in=anfang[Kooperationsvereinbarung]).update(
                laufende_nummer=None
            )
            for modell in (Kooperationsvereinbarung, Coaching, Sicherheitsanalyse):
                kopiere_mit_kommunen(modell, kommunen)
            raete = kopiere_mit_kommunen(Praeventionsrat, kommunen)
            kopiere(Ratszustand, ursprung[Ratszustand], rat_id=lambda satz, r=raete: r[satz.rat_id])
            durchgaenge = kopiere(
                Durchgang,
                ursprung[Durchgang],
                bezeichnung=lambda satz, runde=runde: f"{satz.bezeichnung} {runde}",
            )
            kopiere(
                Teilnahme,
                ursprung[Teilnahme],
                durchgang_id=lambda satz, d=durchgaenge: d[satz.durchgang_id],
            )
            kopiere(Meldung, ursprung[Meldung])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def miss():
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from asskomm.portal.models import Meldung
    from kommunen.models import Praeventionsrat

    client = Client(headers={"accept-encoding": "gzip"})
    seiten = {
        "Startseite": "/",
        "Kommunen": "/kommunen/",
        "Kommunen, letzte Seiten": "/kommunen/?seite=5",
        "Kommunen, Kreis und Karte": "/kommunen/?kreis=14524",
        "Kommunen, Name": "/kommunen/?q=Doebeln",
        "Kommunen, alle Filter": "/kommunen/?m=rat&m=vereinbarung&kreis=14524",
        "Kommunen als CSV": "/kommunen/kommunen.csv",
        "Kommune": "/kommunen/14524330/",
        "Präventionsräte": "/praeventionsraete/",
        "Präventionsrat": Praeventionsrat.objects.oeffentlich().first().get_absolute_url(),
        "Projekte": "/projekte/",
        "Zahlen": "/zahlen/",
        "Zahlen am 06.02.2021": "/zahlen/?stichtag=2021-02-06",
        "Liste hinter einer Zahl": "/zahlen/kommunen-beraten/?stichtag=2021-02-06",
        "Aktuelles": "/aktuelles/",
        "Meldung": Meldung.objects.oeffentlich().first().get_absolute_url(),
        "Termine": "/termine/",
        "Suche mit Treffern": "/suche/?q=Zwickau",
        "Suche ohne Treffer": "/suche/?q=Zwickauuu",
        "Textseite": "/foerderung/",
        "Seite fehlt": "/kommunen/zwikau/",
    }
    print(f"\n{FAKTOR}-fache Daten, {ANFRAGEN} Anfragen je Seite, ein Prozess\n")
    print(f"{'Seite':32}{'Median':>9}{'95 %':>9}{'SQL':>6}{'kB gzip':>9}")
    for name, adresse in seiten.items():
        zeiten = []
        for _ in range(ANFRAGEN + AUFWAERMEN):
            beginn = time.perf_counter()
            antwort = client.get(adresse)
            zeiten.append((time.perf_counter() - beginn) * 1000)
        zeiten = sorted(zeiten[AUFWAERMEN:])
        with CaptureQueriesContext(connection) as abfragen:
            client.get(adresse)
        groesse = len(antwort.content) / 1000
        print(
            f"{name:32}{statistics.median(zeiten):6.1f} ms{zeiten[int(len(zeiten) * 0.95)]:6.1f} ms"
            f"{len(abfragen):6}{groesse:9.1f}{'' if antwort.status_code == 200 else f'  {antwort.status_code}'}"
        )


def main():
    stelle_datenbank_bereit()
    import django

    django.setup()
    lade_daten()
    vervielfache()
    miss()


if __name__ == "__main__":
    main()
