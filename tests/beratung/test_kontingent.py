"""More quarter days: asked for by the coach, proposed by one, decided by another (F32)."""

import uuid
from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError

from asskomm.konten.vieraugen import EigeneFreigabe
from asskomm.post.models import Nachricht
from asskomm.protokoll.models import Eintrag
from asskomm.schritt import SchrittNichtMoeglich
from beratung.models import Kontingenterweiterung, Mandat
from beratung.verfahren import kontingent
from beratung.verfahren.begleitung import KeinRecht
from tests.factories import make_coach, make_kontingenterweiterung, make_konto, make_mandat

pytestmark = pytest.mark.django_db
UM = datetime(2026, 9, 15, 9, tzinfo=UTC)


def coach_von(mandat):
    return mandat.einsaetze.get(rolle="coach", bis=None).coach.konto


def schlage_vor(mandat, viertel=8, durch=None, **weiteres):
    weiteres.setdefault("marke", uuid.uuid4())
    durch = durch or make_konto(rollen=["Sachbearbeitung"])
    return kontingent.schlage_vor(
        mandat, viertel, "Der Rat entsteht.", durch=durch, um=UM, **weiteres
    )


def test_the_contingent_grows_with_the_decision_of_a_second_person():
    mandat = make_mandat(kontingent=40)
    vorschlag = schlage_vor(mandat)
    assert Mandat.objects.get().kontingent == 40
    kontingent.genehmige(vorschlag, durch=make_konto(rollen=["Leitung"]), um=UM)
    assert Mandat.objects.get().kontingent == 48
    assert Eintrag.objects.get(handlung="coaching.erweitert").angaben == {
        "viertel": 8,
        "kontingent": 48,
    }
    (mail,) = Nachricht.objects.all()
    assert (mail.vorlage, mail.konto) == ("coaching_erweitert", coach_von(mandat))


def test_nobody_decides_what_they_proposed():
    leitung = make_konto(rollen=["Leitung", "Sachbearbeitung"])
    vorschlag = schlage_vor(make_mandat(), durch=leitung)
    with pytest.raises(EigeneFreigabe):
        kontingent.genehmige(vorschlag, durch=leitung, um=UM)
    assert Mandat.objects.get().kontingent == 40
    assert Eintrag.objects.filter(handlung="vorschlag.eigene_freigabe").exists()


def test_decided_once():
    vorschlag = schlage_vor(make_mandat())
    kontingent.genehmige(vorschlag, durch=make_konto(rollen=["Leitung"]), um=UM)
    with pytest.raises(SchrittNichtMoeglich):
        kontingent.genehmige(vorschlag, durch=make_konto(rollen=["Leitung"]), um=UM)
    assert Mandat.objects.get().kontingent == 48


def test_not_over_the_highest_contingent_neither_then_nor_now():
    mandat = make_mandat(kontingent=390)
    with pytest.raises(ValidationError) as gefangen:
        schlage_vor(mandat, 11)
    assert "Möglich sind noch 10" in gefangen.value.message_dict["viertel"][0]
    vorschlag = schlage_vor(mandat, 10)
    Mandat.objects.update(kontingent=391)
    with pytest.raises(SchrittNichtMoeglich):
        kontingent.genehmige(vorschlag, durch=make_konto(rollen=["Leitung"]), um=UM)
    assert Kontingenterweiterung.objects.offen().exists()


def test_only_a_running_engagement_is_extended():
    vorschlag = make_kontingenterweiterung()
    Mandat.objects.update(
        stand="abgeschlossen", beendet_am="2026-09-01", bericht="Fertig", ende_geplant="2026-09-01"
    )
    with pytest.raises(SchrittNichtMoeglich):
        kontingent.genehmige(vorschlag, durch=make_konto(rollen=["Leitung"]), um=UM)
    with pytest.raises(ValidationError):
        schlage_vor(Mandat.objects.get())


def test_one_proposal_at_a_time_and_the_same_form_is_one():
    mandat, durch, marke = make_mandat(), make_konto(rollen=["Sachbearbeitung"]), uuid.uuid4()
    erster = schlage_vor(mandat, durch=durch, marke=marke)
    assert schlage_vor(mandat, durch=durch, marke=marke) == erster
    with pytest.raises(ValidationError):
        schlage_vor(mandat, durch=durch)


@pytest.mark.parametrize("rolle", ["Leitung", "Redaktion", None])
def test_who_does_not_coordinate_proposes_nothing(rolle):
    mandat = make_mandat()
    durch = make_konto(rollen=[rolle]) if rolle else coach_von(mandat)
    with pytest.raises(KeinRecht):
        schlage_vor(mandat, durch=durch)


def test_the_coach_asks_and_the_proposal_answers(settings):
    settings.LPR_POSTFACH = "lpr@example.org"
    mandat = make_mandat()
    for _ in range(2):
        kontingent.erbitte(mandat, durch=coach_von(mandat), um=UM)
    assert Mandat.objects.get().erweiterung_erbeten_um == UM
    (mail,) = Nachricht.objects.all()
    assert mail.adresse == "lpr@example.org"
    schlage_vor(mandat)
    assert Mandat.objects.get().erweiterung_erbeten_um is None
    with pytest.raises(SchrittNichtMoeglich):
        kontingent.erbitte(mandat, durch=coach_von(mandat), um=UM)


def test_a_no_reaches_the_coach():
    mandat = make_mandat()
    kontingent.erbitte(mandat, durch=coach_von(mandat), um=UM)
    koordination = make_konto(rollen=["Sachbearbeitung"])
    for _ in range(2):
        kontingent.lehne_bitte_ab(mandat, durch=koordination, um=UM)
    assert Mandat.objects.get().erweiterung_erbeten_um is None
    (mail,) = Nachricht.objects.filter(vorlage="coaching_nicht_erweitert")
    assert mail.konto == coach_von(mandat)


@pytest.mark.parametrize("wer", ["vertretung", "kommune", "frueher"])
def test_only_the_leading_coach_asks(wer):
    vertretung = make_coach()
    mandat = make_mandat(vertretung=vertretung)
    frueher = coach_von(make_mandat())
    konto = {
        "vertretung": vertretung.konto, "kommune": mandat.ansprechperson, "frueher": frueher,
    }[wer]  # fmt: skip
    with pytest.raises(KeinRecht):
        kontingent.erbitte(mandat, durch=konto, um=UM)
