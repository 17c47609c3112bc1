"""A person with something in every table the register leads to them, and a search for traces."""

import uuid
from datetime import UTC, date, datetime

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import connection

from asskomm.datenschutz.models import Aufbewahrungssperre, Loeschlauf
from asskomm.konten.models import BekanntesGeraet, Einladung, Konto
from asskomm.portal.models import Stand
from asskomm.post.models import Nachricht
from asskomm.protokoll.handlungen import Handlung
from asskomm.protokoll.verfahren import protokolliere
from beratung.models import (
    Ausschluss,
    Beratungsanfrage,
    Coach,
    Coachinganfrage,
    Coachvorschlag,
    Faehigkeit,
    Sitzung,
)
from foerderung.models import (
    Anlage,
    Befangenheit,
    Bekanntgabe,
    Bescheid,
    Checklistenpunkt,
    Empfehlung,
    Fassung,
    Formalpruefung,
    Fristverlaengerung,
    Gutachten,
    Nachforderung,
    Rueckgabe,
    Status,
    Vermerk,
)
from fortbildung.models import Anwesenheit, Bedarf, Nachholung, Projektarbeit, Zertifikat
from fortbildung.models import Stand as Zulassungsstand
from kommunen.models import Mitgliedschaft, Rolle
from tests.factories import (
    make_anmeldung,
    make_antrag,
    make_beratung,
    make_bestellung,
    make_coach,
    make_empfehlung,
    make_entscheidung,
    make_kommune,
    make_kontingenterweiterung,
    make_konto,
    make_kurs,
    make_mandat,
    make_meldung,
    make_rat,
    make_ratsbestaetigung,
    make_ratskorrektur,
    make_regelwerk,
    make_rollenvergabe,
    make_teilnahme,
    make_vertretung,
    make_zweitfaktorverlust,
)

from .zuwendung import nach_dem_bescheid

NAME, EMAIL = "Annegret Zwirnhaupt", "annegret.zwirnhaupt@rathaus.example"
KOLLEGE, KOLLEGE_EMAIL = "Burkhard Quendel", "burkhard.quendel@lpr.example"
FRUEHER = datetime(2020, 3, 4, 10, tzinfo=UTC)
LANGE_HER = datetime(1995, 3, 4, 10, tzinfo=UTC)
HEUTE = date(2026, 11, 22)
JETZT = datetime(2026, 11, 22, 9, tzinfo=UTC)
GETAN = Handlung("datenschutzprobe.getan", "Probe getan")


def make_kollege():
    return Konto.objects.filter(email=KOLLEGE_EMAIL).first() or make_konto(
        name=KOLLEGE, email=KOLLEGE_EMAIL, is_staff=True
    )


def make_person(**felder):
    felder.setdefault("name", NAME)
    felder.setdefault("email", EMAIL)
    return make_konto(**felder)


def fuelle(konto):
    """Put at least one row into every table with a path to the account."""
    kollege = make_kollege()
    # accounts
    konto.groups.add(Group.objects.get(name="Redaktion"))
    einladung = Einladung.objects.create(
        konto=konto,
        eingeladen_von=kollege,
        eingeladen_um=FRUEHER,
        gueltig_bis=datetime(2020, 3, 18, tzinfo=UTC),
        angenommen_um=datetime(2020, 3, 5, tzinfo=UTC),
    )
    Einladung.objects.create(
        konto=kollege, eingeladen_von=konto, eingeladen_um=FRUEHER, gueltig_bis=JETZT
    )
    BekanntesGeraet.objects.create(konto=konto, pruefwert="f" * 64, zuletzt_am=HEUTE)
    adresse = EmailAddress.objects.create(user=konto, email=konto.email, verified=True)
    EmailConfirmation.objects.create(email_address=adresse, key=f"geheimer-schluessel-{konto.pk}")
    Authenticator.objects.create(
        user=konto, type=Authenticator.Type.RECOVERY_CODES, data={"seed": "geheime-saat"}
    )
    sitzung = SessionStore()
    sitzung["_auth_user_id"] = str(konto.pk)
    sitzung.save()
    # decisions about and by the person
    ueber = f"{NAME} ({konto.email}) braucht das, sagt {KOLLEGE}"
    gruppe = Group.objects.get(name="Leitung")
    abgelehnt = {"begruendung": ueber, "ergebnis": "abgelehnt"}
    make_rollenvergabe(konto=konto, gruppe=gruppe, vorgeschlagen_von=kollege, **abgelehnt)
    make_zweitfaktorverlust(konto=konto, vorgeschlagen_von=kollege, **abgelehnt)
    make_vertretung(vertretener=konto, vertreter=kollege, **abgelehnt)
    make_vertretung(vertretener=kollege, vertreter=konto, **abgelehnt)
    durch = {"ergebnis": "abgelehnt", "entschieden_von": konto}
    vierte = make_konto()
    for vorschlag in (
        lambda **wer: make_rollenvergabe(konto=vierte, gruppe=gruppe, **wer),
        lambda **wer: make_zweitfaktorverlust(konto=vierte, **wer),
        lambda **wer: make_vertretung(vertretener=kollege, vertreter=vierte, **wer),
        make_bestellung,
    ):
        vorschlag(vorgeschlagen_von=kollege, **durch)
        vorschlag(vorgeschlagen_von=konto, ergebnis="abgelehnt")
        vorschlag(vorgeschlagen_fuer=konto, ergebnis="abgelehnt")
        vorschlag(entschieden_fuer=konto, ergebnis="abgelehnt")
    # Kommunen
    kommune = make_kommune()
    Mitgliedschaft.objects.create(
        konto=konto,
        kommune=kommune,
        rolle=Rolle.BEARBEITUNG,
        einladung=einladung,
        gegeben_um=FRUEHER,
        gegeben_von=kollege,
        bestaetigt_am=FRUEHER.date(),
    )
    Mitgliedschaft.objects.create(
        konto=kollege,
        kommune=kommune,
        rolle=Rolle.LESEN,
        gegeben_um=FRUEHER,
        gegeben_von=konto,
        bestaetigt_am=FRUEHER.date(),
        beendet_um=JETZT,
        beendet_von=konto,
    )
    make_bestellung(email=konto.email, konto=konto, nachweis=f"Rückruf bei {NAME}", **abgelehnt)
    _beratung(konto, kommune)
    _coaching(konto, kollege)
    _foerderung(konto, kollege, kommune)
    _fortbildung(konto, kollege)
    # mails
    _nachricht(konto=konto, adresse=konto.email, text=f"An {konto.email}")
    _nachricht(konto=None, adresse=konto.email, text="Ohne Konto")
    _nachricht(
        konto=None,
        adresse="amt@example.org",
        zustand="fehlgeschlagen",
        gesendet_um=None,
        erledigt_um=FRUEHER,
        erledigt_durch=konto,
    )
    # the log, here and in the admin
    protokolliere(GETAN, konto, durch=kollege, grund=f"Wegen {NAME}")
    protokolliere(GETAN, durch=konto, grund="Eigene Begründung")
    protokolliere(GETAN, durch=kollege, fuer=konto)
    _verwaltung(konto, konto, NAME)
    _verwaltung(kollege, konto, f"{NAME} {konto.email}")
    _verwaltung(kollege, konto.rollenvergaben.first(), f"Rolle Leitung für {NAME}")
    # data protection
    Aufbewahrungssperre.objects.create(
        gegenstand_art="konten.konto",
        gegenstand_nummer=str(konto.pk),
        grund=f"Widerspruch von {NAME}",
        gesetzt_von=konto,
        gesetzt_um=FRUEHER,
        aufgehoben_von=konto,
        aufgehoben_um=JETZT,
    )
    for von, von_fuer, wer, wer_fuer in (
        (konto, None, kollege, None),
        (kollege, None, konto, None),
        (vierte, konto, kollege, None),
        (kollege, None, vierte, konto),
    ):
        lauf = Loeschlauf.objects.create(
            am=HEUTE,
            begruendung="Lauf",
            vorgeschlagen_von=von,
            vorgeschlagen_fuer=von_fuer,
            vorgeschlagen_um=FRUEHER,
        )
        lauf.ergebnis, lauf.entschieden_um = "abgelehnt", JETZT
        lauf.entschieden_von, lauf.entschieden_fuer = wer, wer_fuer
        lauf.save()
    # the yearly confirmation of a council
    rat = make_rat()
    make_ratsbestaetigung(rat=rat, erfasst_von=konto)
    make_ratskorrektur(
        rat=rat,
        gestellt_von=konto,
        ergebnis="abgelehnt",
        entschieden_um=JETZT,
        entschieden_von=konto,
        grund="Der Beschluss fehlt",
    )
    # the website
    Stand.objects.create(
        kennzahl="raete",
        titel="Räte",
        stichtag=HEUTE,
        wert=1,
        einheit="Räte",
        definition="Test",
        mit_beispieldaten=False,
        eingefroren_durch=konto,
    )
    make_meldung()
    _setze_verlaufsperson(konto)
    return konto


def _beratung(konto, kommune):
    Beratungsanfrage.objects.create(
        kommune=kommune,
        anliegen="Bitte um Rückruf",
        gestellt_um=FRUEHER,
        gestellt_von=konto,
        stand="geschlossen",
        grund="Kein Bedarf",
        termin_um=JETZT,
        termin_minuten=60,
        termin_form="telefon",
        geplant_um=FRUEHER,
        geplant_von=konto,
        erledigt_um=JETZT,
        erledigt_von=konto,
    )
    make_beratung(kommune=kommune, beraten_von=konto).schritte.create(
        schritt="rat", erledigt_um=JETZT, erledigt_von=konto
    )
    make_empfehlung(kommune=kommune, geaendert_um=JETZT, geaendert_von=konto)


def _coaching(konto, kollege):
    """Two engagements of 2020: one that the person led, one in which it did everything else."""
    ueber = f"Das sagt {konto.name}"
    letzter = date(2020, 6, 30)
    beendet = {
        "beginn": date(2020, 3, 1), "ende_geplant": letzter, "beendet_am": letzter,
        "stand": "abgeschlossen", "bericht": ueber, "ziele": ueber, "gebucht": 2,
    }  # fmt: skip
    for leitet, sonst in [(konto, kollege), (kollege, konto)]:
        kommune = make_kommune()
        coach = Coach.objects.filter(konto=leitet).first() or make_coach(
            konto=leitet, vertrag=None, bemerkung=ueber, kreise=[kommune.kreis],
            faehigkeiten=[Faehigkeit.objects.get_or_create(name="Moderation")[0]],
        )  # fmt: skip
        coach.vertraege.get_or_create(von="2020-01-01", bis="2020-12-31", aktenzeichen=leitet.name)
        Ausschluss.objects.create(coach=coach, kommune=kommune, grund=ueber)
        anfrage = Coachinganfrage.objects.create(
            kommune=kommune, anliegen=ueber, stand="vermittelt", gestellt_um=FRUEHER,
            gestellt_von=sonst, beendet_um=FRUEHER,
        )  # fmt: skip
        for kommune_von in (sonst, leitet):
            Coachvorschlag.objects.create(
                anfrage=anfrage, coach=coach, beginn=beendet["beginn"], ende=letzter,
                kontingent=4, hinweis=ueber, vorgeschlagen_um=FRUEHER, vorgeschlagen_von=sonst,
                kommune_antwort="nein", kommune_um=FRUEHER, kommune_von=kommune_von,
                kommune_grund=ueber, coach_antwort="nein", coach_um=FRUEHER, coach_von=leitet,
                coach_grund=ueber, beendet_um=FRUEHER,
            )  # fmt: skip
        mandat = make_mandat(
            coach=coach, kommunen=[kommune], anfrage=anfrage, ansprechperson=sonst, **beendet
        )
        mandat.einsaetze.update(bis=letzter)
        sitzung = Sitzung.objects.create(
            mandat=mandat, am=mandat.beginn, form="vor_ort", viertel=2, teilnehmende=ueber,
            erfasst_um=FRUEHER, erfasst_von=leitet, geoeffnet_um=FRUEHER, geoeffnet_von=sonst,
        )  # fmt: skip
        for stufe in ("geteilt", "lpr", "eigen"):
            sitzung.niederschriften.create(
                stufe=stufe, text=ueber, verfasst_von=leitet, verfasst_um=FRUEHER
            )
        sitzung.schritte.create(
            was=ueber, wer="kommune", funktion=ueber, angelegt_um=FRUEHER, erledigt_um=FRUEHER,
            erledigt_von=sonst,
        )  # fmt: skip
        nachfrage = mandat.nachfragen.create(
            monate=6, faellig_am="2020-12-30", beantwortet_um=FRUEHER, beantwortet_von=sonst
        )
        mandat.wirkungen.create(
            nachfrage=nachfrage, art="rat", beleg="Beschluss", gemeldet_um=FRUEHER,
            gemeldet_von=leitet, bestaetigt_um=FRUEHER, bestaetigt_von=sonst,
        )  # fmt: skip
        mandat.wirkungen.create(
            art="strategie", beleg="Beschluss", gemeldet_um=FRUEHER, gemeldet_von=make_konto(),
            gemeldet_fuer=leitet, bestaetigt_um=FRUEHER, bestaetigt_von=sonst,
        )  # fmt: skip
        mandat.wirkungen.create(
            art="antrag", beleg="Beschluss", gemeldet_um=FRUEHER, gemeldet_von=make_konto(),
            bestaetigt_um=FRUEHER, bestaetigt_von=make_konto(), bestaetigt_fuer=leitet,
        )  # fmt: skip
        mandat.wirkungen.create(
            nachfrage=nachfrage, art="antrag", beleg="Beschluss", gemeldet_um=FRUEHER,
            gemeldet_von=sonst,
            verworfen_um=FRUEHER, verworfen_von=leitet, verworfen_grund="Test",
        )  # fmt: skip
        for wer in (
            {"vorgeschlagen_von": leitet, "entschieden_von": sonst},
            {"vorgeschlagen_fuer": leitet},
            {"entschieden_fuer": leitet},
        ):
            make_kontingenterweiterung(mandat=mandat, ergebnis="abgelehnt", **wer)


def _foerderung(konto, kollege, kommune):
    """A case that has ended, with the person at every place where somebody can have acted."""
    antrag = make_antrag(
        status=Status.ZURUECKGEZOGEN,
        kommune=kommune,
        angelegt_von=konto,
        geaendert_von=konto,
        zur_zeichnung_von=konto,
        zustaendig=konto,
    )
    make_antrag(status=Status.ZURUECKGEZOGEN, kommune=kommune, zeichnende=konto)
    antrag.abschnitte.update(geaendert_von=konto)
    gehoert = {"antrag": antrag}
    for nummer, (vorbereitet, gezeichnet) in enumerate([(konto, kollege), (kollege, konto)]):
        Fassung.objects.create(
            **gehoert, nummer=nummer, art=Fassung.Art.ANTRAG, inhalt={}, pruefsumme="f" * 64,
            eingegangen_um=FRUEHER, vorbereitet_von=vorbereitet, gezeichnet_von=gezeichnet,
        )  # fmt: skip
    Fristverlaengerung.objects.create(
        **gehoert, bis=HEUTE, begruendung="Test", gegeben_um=FRUEHER, gegeben_von=konto
    )
    Rueckgabe.objects.create(
        **gehoert, gruende={"plan": "Test"}, zurueckgegeben_um=FRUEHER, zurueckgegeben_von=konto
    )
    Nachforderung.objects.create(
        **gehoert, abschnitte=["plan"], text="Test", frist=HEUTE, gestellt_um=FRUEHER,
        gestellt_von=konto, bereit_um=FRUEHER, bereit_von=konto, erledigt_um=JETZT,
    )  # fmt: skip
    Befangenheit.objects.create(**gehoert, konto=konto, erklaert_um=FRUEHER)
    Anlage.objects.create(
        **gehoert, art="test", dateiname="test.pdf", groesse=1, inhaltstyp="application/pdf",
        sha256="f" * 64, pfad=uuid.uuid4().hex, hochgeladen_um=FRUEHER, hochgeladen_von=konto,
    )  # fmt: skip
    regelwerk = make_regelwerk(freigegeben=False)
    punkt = Checklistenpunkt.objects.create(
        regelwerk=regelwerk, nummer=1, frage="Test?", quelle="Test"
    )
    regelwerk.freigegeben_um, regelwerk.freigegeben_von = FRUEHER, konto
    regelwerk.save()
    Formalpruefung.objects.create(
        **gehoert, punkt=punkt, ergebnis="erfuellt", geprueft_um=FRUEHER, geprueft_von=konto
    )
    Gutachten.objects.create(
        **gehoert, von=konto, votum="foerdern", begruendung="Test", begonnen_um=FRUEHER,
        abgegeben_um=FRUEHER,
    )  # fmt: skip
    Vermerk.objects.create(**gehoert, marke=uuid.uuid4(), text="Test", von=konto, um=FRUEHER)
    Empfehlung.objects.create(
        **gehoert, bewilligen=False, begruendung="Test", gegeben_um=FRUEHER, gegeben_von=konto
    )
    abgelehnt = {**gehoert, "ergebnis": "abgelehnt"}
    make_entscheidung(**abgelehnt, vorgeschlagen_von=konto, entschieden_von=kollege)
    make_entscheidung(**abgelehnt, vorgeschlagen_fuer=konto)
    entschieden = make_entscheidung(**abgelehnt, entschieden_von=konto)
    in_vertretung = make_entscheidung(**abgelehnt, entschieden_fuer=konto)
    bescheid = Bescheid.objects.create(
        **gehoert, entscheidung=entschieden, nummer=1, art="ablehnung", inhalt={},
        pruefsumme="f" * 64, regelwerk=regelwerk, erlassen_um=FRUEHER,
    )  # fmt: skip
    Bekanntgabe.objects.create(
        bescheid=bescheid, weg=Bekanntgabe.Weg.ABRUF, abgerufen_um=FRUEHER, abgerufen_von=konto,
        verzichtet_um=FRUEHER, verzichtet_von=konto,
    )  # fmt: skip
    mit_brief = Bescheid.objects.create(
        **gehoert, entscheidung=in_vertretung, nummer=2, art="ablehnung", inhalt={},
        pruefsumme="e" * 64, regelwerk=regelwerk, erlassen_um=FRUEHER,
    )  # fmt: skip
    Bekanntgabe.objects.create(
        bescheid=mit_brief, weg=Bekanntgabe.Weg.POST, verzichtet_um=FRUEHER,
        verzicht_eingang_am=FRUEHER.date(), verzicht_ablage="Test", verzicht_erfasst_von=konto,
    )  # fmt: skip
    nach_dem_bescheid(konto, kollege, antrag, FRUEHER)


def _fortbildung(konto, kollege):
    """Courses of 2020: one taken up to the certificate, one of a colleague coordinated."""
    for person, koordination in [(konto, kollege), (kollege, konto)]:
        durchgang = make_kurs(tage=("2020-03-06",))
        durchgang.kurstage.update(geschlossen_um=FRUEHER, geschlossen_von=koordination)
        anmeldung = make_anmeldung(
            durchgang=durchgang, konto=person, name=person.name, email=person.email,
            stelle=f"Büro {person.name}", funktion="Leitung", anliegen=f"Ich bin {person.name}",
            arbeitgeber_email=koordination.email, stand=Zulassungsstand.ZUGELASSEN,
            entschieden_um=FRUEHER, entschieden_von=koordination, grund=f"{person.name} passt",
        )  # fmt: skip
        Bedarf.objects.create(anmeldung=anmeldung, verpflegung="vegan", angegeben_um=FRUEHER)
        Anwesenheit.objects.create(
            anmeldung=anmeldung, kurstag=durchgang.kurstage.get(), stand="anwesend"
        )
        Nachholung.objects.create(
            anmeldung=anmeldung, durchgang=make_kurs(tage=("2020-06-05",)),
            modul=durchgang.kurstage.get().modul, vereinbart_um=FRUEHER,
            vereinbart_von=koordination,
        )  # fmt: skip
        Projektarbeit.objects.create(
            anmeldung=anmeldung, thema="Sichere Wege", angenommen_am=HEUTE,
            erfasst_von=koordination,
        )  # fmt: skip
        teilnahme = make_teilnahme(
            durchgang=durchgang, anmeldung=anmeldung, abgeschlossen_am="2020-11"
        )
        Zertifikat.objects.create(
            teilnahme=teilnahme, code=f"PRBE-2345-678{Zertifikat.objects.count() + 2}", name=person.name,
            namenspruefwert="f" * 64, inhalt={}, ausgestellt_um=LANGE_HER,
            ausgestellt_von=koordination, widerrufen_um=FRUEHER, widerrufen_von=koordination,
            widerruf_grund="Test",
        )  # fmt: skip


def _nachricht(**felder):
    felder.setdefault("zustand", "gesendet")
    felder.setdefault("gesendet_um", FRUEHER)
    felder.setdefault("text", "Guten Tag")
    return Nachricht.objects.create(vorlage="einladung", betreff="Einladung", **felder)


def _verwaltung(wer, objekt, text):
    LogEntry.objects.create(
        user=wer,
        content_type=ContentType.objects.get_for_model(objekt),
        object_id=str(objekt.pk),
        object_repr=text,
        action_flag=CHANGE,
        change_message=f"E-Mail-Adresse: {text}.",
    )


def _setze_verlaufsperson(konto):
    """A row in the history of every model that has one, by this person."""
    from asskomm.verlauf import modelle_mit_verlauf

    for modell in modelle_mit_verlauf():
        verlauf = getattr(modell, modell._meta.simple_history_manager_attribute).model
        werte = {
            feld.attname: _irgendwas(feld)
            for feld in verlauf._meta.concrete_fields
            if not feld.null and not feld.primary_key and not feld.generated
        }
        werte |= {"history_user_id": konto.pk, "history_type": "~", "history_date": FRUEHER}
        verlauf.objects.create(**werte)


def _irgendwas(feld):
    art = feld.get_internal_type()
    if art in ("DateTimeField",):
        return FRUEHER
    if art in ("DateField",):
        return HEUTE
    if art == "TimeField":
        return FRUEHER.time()
    if feld.is_relation or "Integer" in art or art in ("BigAutoField", "DecimalField"):
        return 1
    if art == "BooleanField":
        return False
    if art == "BinaryField":
        return b"x"
    if art == "UUIDField":
        return "00000000-0000-0000-0000-000000000001"
    return "2020" if type(feld).__name__ == "ZeitangabeField" else "x"


def fundstellen(*woerter):
    """Every column of every table of the database that holds one of the words, in any case."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns"
            " WHERE table_schema = current_schema()"
            " AND data_type NOT IN ('integer', 'bigint', 'smallint', 'boolean', 'uuid', 'date',"
            " 'timestamp with time zone', 'numeric', 'double precision', 'interval')"
        )
        funde = []
        for tabelle, spalte in cursor.fetchall():
            for wort in woerter:
                cursor.execute(
                    f'SELECT count(*) FROM "{tabelle}" WHERE "{spalte}"::text ILIKE %s',
                    [f"%{wort}%"],
                )
                if cursor.fetchone()[0]:
                    funde.append(f"{tabelle}.{spalte}: {wort}")
        return funde


def sitzungen(konto):
    return [
        sitzung
        for sitzung in Session.objects.all()
        if sitzung.get_decoded().get("_auth_user_id") == str(konto.pk)
    ]


def modell(label):
    return apps.get_model(label)
