"""Contact data: who reads them, and that it is logged."""

import pytest

from asskomm.post.models import Nachricht
from asskomm.protokoll.models import Eintrag

from ..begleitungen import coach_von
from .seiten import adresse, inhalt

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]


@pytest.mark.parametrize(
    ("person", "als"),
    [("coach", "coach"), ("vertretung", "coach"), ("koordination", "koordination"),
     ("liest", None), ("bearbeitet", None)],
)  # fmt: skip
def test_looking_at_contact_data_is_logged_without_them(hole, mandat, personen, person, als):
    url = adresse("kontakt", mandat)
    seite = inhalt(hole(person, url))
    eintraege = Eintrag.objects.filter(handlung="coaching.kontakt_angesehen")
    assert coach_von(mandat).email in seite
    if als is None:
        assert not eintraege.exists()
        return
    assert "Ihr Aufruf ist vermerkt" in seite
    for wer in (mandat.ansprechperson, personen["bearbeitet"]):
        assert wer.email in seite
    assert personen["liest"].email not in seite
    eintrag = eintraege.get()
    assert (eintrag.durch, eintrag.gegenstand_nummer) == (personen[person], str(mandat.pk))
    assert eintrag.angaben == {"als": als}
    hole(person, url, methode="head")
    assert eintraege.count() == 1


def test_the_page_of_the_engagement_shows_no_address_and_logs_nothing(hole, mandat):
    seite = inhalt(hole("coach", adresse("begleitung", mandat)))
    assert mandat.ansprechperson.email not in seite
    assert not Eintrag.objects.filter(handlung="coaching.kontakt_angesehen").exists()


def test_choosing_a_contact_person_shows_names_and_is_logged(hole, mandat):
    hole("coach", adresse("vereinbarung", mandat))
    assert Eintrag.objects.filter(handlung="coaching.kontakt_angesehen").count() == 1


def test_no_mail_names_anybody_or_anything(hole, mandat, sitzung):
    for mail in Nachricht.objects.all():
        for wort in (
            "Text",
            "Aufgabe",
            str(coach_von(mandat)),
            str(mandat.coaching.kommunen.get()),
        ):
            assert wort not in mail.text
