from datetime import date
from decimal import Decimal

import pytest
from django.apps import apps
from django.contrib.auth import authenticate
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image

from asskomm.konten.models import Konto
from asskomm.konten.rollen import ROLLEN
from asskomm.konten.zweitfaktor import ist_eingerichtet
from asskomm.portal.beispiele import coaching
from asskomm.portal.beispiele.gemeinsam import QUELLE
from asskomm.portal.beispiele.konten import KONTEN, PASSWORT
from asskomm.portal.bilder import pruefe_bild
from asskomm.portal.models import Kommentar, Meldung, Rueckmeldung, Veranstaltung
from asskomm.portal.zahlen.kennzahlen import KENNZAHLEN
from beratung.models import Beratung, Coaching
from foerderung.models import Zuwendung
from fortbildung.models import Teilnahme
from kommunen.abgleich import Bericht
from kommunen.befugnisse import kommunen_von
from kommunen.models import Kommune, Mitgliedschaft, Praeventionsrat, Ratszustand, Rolle
from kommunen.tatsachen import Herkunft, Tatsache
from tests.factories import make_beratung

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.thorough,
    pytest.mark.usefixtures("gespielt", "demo"),
]
BEFEHL = "lade_beispieldaten"
STICHTAG = date(2021, 2, 6)
# They have done something that the log keeps.
IM_PROTOKOLL = {
    "bearbeitung@example.org",
    "coach@example.org",
    "coach2@example.org",
    "coach6@example.org",
    "coach7@example.org",
    "landkreis@example.org",
    "fortbildung@example.org",
    "rathaus-bearbeitung@example.org",
    "sachbearbeitung@example.org",
}
COACHES_OHNE_ANMELDUNG = [f"coach{nummer}@example.org" for nummer in range(3, 9)]
TATSACHEN = [modell for modell in apps.get_models() if issubclass(modell, Tatsache)]


@pytest.fixture
def abgelegt(rufe, django_capture_on_commit_callbacks):
    """The pictures are laid in their place when the transaction has ended."""
    with django_capture_on_commit_callbacks(execute=True):
        rufe(BEFEHL)


def wert(kennzahl, am=STICHTAG):
    return KENNZAHLEN[kennzahl].wert(am)


# --- The figures of the balance -------------------------------------------------


@pytest.mark.parametrize(
    ("kennzahl", "soll"),
    [
        ("kommunen-beraten", 102),
        ("praeventionsraete", 19),
        ("mittel-bewilligt", Decimal("423860.00")),
        ("kommunen-im-coaching", 24),
        ("fachkraefte", 102),
        ("fortbildung-begonnen", 18),
        ("modellkommunen", 8),
    ],
)
def test_the_figures_of_06_02_2021_come_out_exactly(kennzahl, soll):
    assert wert(kennzahl) == soll


@pytest.mark.parametrize(
    ("kennzahl", "modell", "auswahl"),
    [
        ("kommunen-beraten", Beratung, {"kommune__name__endswith": "Jägerswald"}),
        ("praeventionsraete", Praeventionsrat, {"name": "Präventionsrat Döbeln"}),
        ("mittel-bewilligt", Zuwendung, {"titel": "Jugendparlament"}),
        ("kommunen-im-coaching", Coaching, {"kommunen__name": "Zwönitz"}),
    ],
)
def test_a_figure_falls_when_a_record_is_deleted(kennzahl, modell, auswahl):
    vorher = wert(kennzahl)
    # Without the engagements: what stands behind a Coaching holds it.
    coaching.entferne(Bericht())
    modell.objects.get(**auswahl).delete()
    assert wert(kennzahl) < vorher


@pytest.mark.parametrize(
    ("kennzahl", "am", "soll"),
    [
        ("kommunen-beraten", date(2020, 2, 12), 64),
        ("kommunen-beraten", date(2020, 9, 16), 87),
        ("kommunen-beraten", date(2021, 9, 1), 121),
        ("kommunen-beraten", date(2023, 1, 30), 134),
        ("praeventionsraete", date(2020, 2, 12), 16),
        ("praeventionsraete", date(2021, 6, 25), 21),
        ("praeventionsraete", date(2021, 9, 1), 25),
        ("praeventionsraete", date(2021, 11, 30), 26),
        ("praeventionsraete", date(2022, 12, 21), 28),
    ],
)
def test_the_other_published_figures_come_out_as_well(kennzahl, am, soll):
    assert wert(kennzahl, am) == soll


def test_without_demo_mode_nothing_invented_counts(settings):
    settings.BEISPIELDATEN = False
    assert (wert("kommunen-beraten"), wert("modellkommunen")) == (5, 8)
    assert not Meldung.objects.oeffentlich().filter(quelle=QUELLE).exists()


# --- What is loaded -------------------------------------------------------------


def test_every_invented_record_says_so():
    for modell in TATSACHEN:
        beispiele = modell.objects.filter(herkunft=Herkunft.BEISPIEL)
        assert not beispiele.exclude(quelle=QUELLE).exists()
        assert modell.objects.filter(quelle=QUELLE).count() == beispiele.count()
    for modell in (Meldung, Veranstaltung):
        titel = modell.objects.beispiele().values_list("titel", flat=True)
        assert all(name.startswith("Beispiel: ") for name in titel)
    assert Rueckmeldung.objects.get().bemerkung == QUELLE


def test_nothing_is_invented_about_a_kommune_with_published_facts():
    wirklich, erfunden = set(), set()
    for modell in TATSACHEN:
        namen = {feld.name for feld in modell._meta.get_fields()}
        feld = next((name for name in ("kommune", "kommunen") if name in namen), None)
        if feld:
            kommunen = modell.objects.exclude(**{feld: None})
            wirklich |= set(
                kommunen.filter(herkunft=Herkunft.PROGRAMMDATEN).values_list(feld, flat=True)
            )
            erfunden |= set(
                kommunen.filter(herkunft=Herkunft.BEISPIEL).values_list(feld, flat=True)
            )
    erfunden |= set(Teilnahme.objects.exclude(kommune=None).values_list("kommune", flat=True))
    assert (len(wirklich), len(erfunden)) == (72, 142)
    assert not Kommune.objects.filter(pk__in=wirklich & erfunden).exists()


def test_advice_comes_before_what_follows_from_it():
    erste = {}
    for kommune, am in Beratung.objects.beispiele().values_list("kommune", "am"):
        erste[kommune] = min(erste.get(kommune, am), am)
    zuwendungen = Zuwendung.objects.beispiele().values_list("kommune", "bewilligt_am")
    coachings = Coaching.objects.beispiele().values_list("kommunen", "beginn")
    raete = Praeventionsrat.objects.beispiele().filter(zustaende__von__gte="2019")
    gruendungen = raete.values_list("kommunen", "zustaende__von")
    for kommune, datum in [*zuwendungen, *coachings, *gruendungen]:
        assert erste[kommune].letzter_tag < datum.letzter_tag


def test_councils_show_every_state_and_joint_ones():
    heute = date(2026, 11, 22)
    raete = Praeventionsrat.objects.beispiele()
    for zustand in Ratszustand.Zustand:
        assert raete.im_zustand(zustand, heute).exists()
    assert raete.filter(entstehung=Praeventionsrat.Entstehung.REAKTIVIERT).exists()
    meerane = raete.get(name="Präventionsrat Meerane")
    assert [z.zustand for z in meerane.zustaende.all()] == ["aktiv", "ruhend", "aktiv"]
    assert raete.get(name__startswith="Gemeinsamer").kommunen.count() == 3
    assert raete.filter(kommunen__art=Kommune.Art.LANDKREIS).exists()
    for rat in raete.exclude(kontakt_email=""):
        assert rat.kontakt_email.endswith("@example.org")
        assert rat.gremien.exists()
        assert rat.mitglieder.filter(vorsitz=True).count() == 1


def test_some_kommunen_have_three_trained_people_and_some_fewer():
    fertige = Teilnahme.objects.exclude(abgeschlossen_am=None)
    assert fertige.filter(kommune__name="Döbeln").count() == 4
    assert fertige.filter(kommune__name="Kamenz").count() == 2


def test_news_have_a_picture_and_comments_to_moderate(abgelegt):
    meldung = Meldung.objects.beispiele().exclude(bild="").get()
    assert meldung.bild_beschreibung
    assert meldung.bild_nachweis
    pruefe_bild(meldung.bild.file)
    with Image.open(meldung.bild) as bild:
        assert (bild.format, bild.size) == ("WEBP", (1280, 720))
    kommentare = meldung.kommentare.all()
    assert kommentare.freigegeben().count() == 2
    assert kommentare.wartend().count() == 1
    assert kommentare.first().eingegangen_um.year == 2026


def test_there_are_past_and_coming_dates_and_a_waiting_feedback():
    termine = Veranstaltung.objects.beispiele()
    assert termine.filter(ende__date__lt=date(2026, 11, 22)).count() == 2
    assert termine.filter(beginn__date__gt=date(2026, 11, 22)).count() == 3
    assert Rueckmeldung.objects.get().zustand == Rueckmeldung.Zustand.NEU


# --- Loading again --------------------------------------------------------------


def test_a_second_run_changes_nothing(rufe):
    vorher = Beratung.history.count(), Konto.objects.get(email="redaktion@example.org").password
    assert "nichts geändert" in rufe(BEFEHL)
    assert vorher == (
        Beratung.history.count(),
        Konto.objects.get(email="redaktion@example.org").password,
    )


def test_what_somebody_tried_out_stays(rufe):
    doebeln = Praeventionsrat.objects.get(name="Präventionsrat Döbeln")
    doebeln.schwerpunkte = "Ausprobiert"
    doebeln.save()
    Beratung.objects.beispiele().first().delete()
    ausgabe = rufe(BEFEHL)
    assert "von Hand geändert, bleibt: Präventionsrat Döbeln" in ausgabe
    assert "Beratungen – von Hand gelöscht, bleibt weg" in ausgabe
    doebeln.refresh_from_db()
    assert doebeln.schwerpunkte == "Ausprobiert"


def test_the_newer_file_wins_where_nobody_touched_the_record(rufe, beispielordner):
    beispielordner.aendere("zuwendungen.csv", "Jugendparlament,", "Jugendrat,")
    beispielordner.loesche_zeile("beratungen.csv", "14522080,")
    ausgabe = rufe(BEFEHL, ordner=beispielordner.pfad)
    assert "Zuwendungen: 1 geändert, 57 unverändert" in ausgabe
    assert "entfernt" in ausgabe
    assert not Beratung.objects.filter(kommune__ags="14522080").exists()


# --- Accounts -------------------------------------------------------------------


def test_every_role_has_an_account_to_try():
    personal = Konto.objects.filter(is_staff=True)
    assert {konto.groups.get().name for konto in personal} == set(ROLLEN)
    for beispiel in KONTEN:
        konto = authenticate(username=beispiel.email, password=PASSWORT)
        assert konto.is_staff == bool(beispiel.gruppe)
        assert ist_eingerichtet(konto)
        assert konto.email.endswith("@example.org")


def test_one_kommune_has_a_person_for_each_role_and_one_person_has_two_kommunen():
    doebeln = Kommune.objects.get(ags="14522080")
    rollen = Mitgliedschaft.objects.aktiv().filter(kommune=doebeln).values_list("rolle", flat=True)
    assert sorted(rollen) == sorted(Rolle)
    zwei = Konto.objects.get(email="bearbeitung@example.org")
    assert [str(kommune) for kommune in kommunen_von(zwei)] == ["Bautzen", "Döbeln"]
    landkreis = Konto.objects.get(email="landkreis@example.org")
    assert kommunen_von(landkreis).get().art == Kommune.Art.LANDKREIS
    assert not kommunen_von(Konto.objects.get(email="ohne-kommune@example.org"))


# --- Removing -------------------------------------------------------------------


def test_removing_works_when_demo_mode_is_over_and_leaves_other_uploads(rufe, settings):
    settings.BEISPIELDATEN = False
    fremd = default_storage.save("bilder/eigenes.webp", ContentFile(b"x"))
    rufe("entferne_beispieldaten")
    assert default_storage.exists(fremd)
    assert not any(modell.objects.filter(quelle=QUELLE).exists() for modell in TATSACHEN)
    assert not Konto.objects.filter(is_active=True).exists()


def test_a_dry_run_of_the_removal_keeps_everything(rufe):
    ausgabe = rufe("entferne_beispieldaten", trockenlauf=True)
    gesperrt, alle = len(IM_PROTOKOLL), len(KONTEN) + len(COACHES_OHNE_ANMELDUNG)
    assert f"Konten: {gesperrt} geändert, {alle - gesperrt} entfernt" in ausgabe
    assert (Konto.objects.count(), Beratung.objects.beispiele().count()) == (alle, 219)


def test_records_made_in_the_demo_stay_and_keep_their_author_locked(rufe):
    konto = Konto.objects.get(email="sachbearbeitung@example.org")
    eigene = make_beratung(kommune=Kommune.objects.get(ags="14522080"))
    eigene.history.update(history_user=konto)
    ausgabe = rufe("entferne_beispieldaten")
    assert "sachbearbeitung@example.org (gesperrt, weil es in der Historie steht)" in ausgabe
    konto.refresh_from_db()
    assert not konto.is_active
    assert not konto.is_staff
    assert not konto.has_usable_password()
    assert not konto.groups.exists()
    assert set(Konto.objects.values_list("email", flat=True)) == IM_PROTOKOLL
    assert "1 geändert, " not in rufe("entferne_beispieldaten")
    rufe(BEFEHL)
    assert authenticate(username=konto.email, password=PASSWORT)


def test_loading_after_removing_starts_afresh(rufe):
    Beratung.objects.beispiele().first().delete()
    rufe("entferne_beispieldaten")
    rufe(BEFEHL)
    assert wert("kommunen-beraten") == 102


def test_a_lost_picture_comes_back(abgelegt, rufe, django_capture_on_commit_callbacks):
    name = Meldung.objects.beispiele().exclude(bild="").get().bild.name
    default_storage.delete(name)
    with django_capture_on_commit_callbacks(execute=True):
        rufe(BEFEHL)
    assert default_storage.exists(name)


def test_comments_of_visitors_stay_as_long_as_the_invented_news(rufe):
    meldung = Meldung.objects.beispiele().first()
    Kommentar.objects.create(meldung=meldung, text="Vom Besuch")
    assert "nichts geändert" in rufe(BEFEHL)
    assert meldung.kommentare.filter(text="Vom Besuch").exists()
    rufe("entferne_beispieldaten")
    assert not Kommentar.objects.exists()
