"""What is counted and forgotten every day, without a run."""

from datetime import UTC, date, datetime

import pytest

from asskomm.datenschutz import verfahren
from asskomm.datenschutz.models import Faelligkeit
from asskomm.datenschutz.tagesaufgaben import (
    leere_briefkasten,
    loesche_abgelaufene_sitzungen,
    melde_faellige,
    vergiss_unbenutzte_geraete,
)
from asskomm.konten.models import BekanntesGeraet
from asskomm.post import briefkasten
from tests.factories import make_konto

from .loeschen import fuehre_aus, make_kommentar, make_nachricht, vor
from .person import HEUTE, JETZT

pytestmark = pytest.mark.thorough


def test_the_daily_job_counts_what_could_be_proposed(leitung, zweite):
    make_kommentar()
    gesperrt = make_kommentar()
    verfahren.sperre("portal.kommentar", str(gesperrt.pk), grund="Beweis", durch=leitung, um=JETZT)
    melde_faellige(HEUTE)
    melde_faellige(HEUTE)
    assert list(Faelligkeit.objects.values_list("regel", "anzahl")) == [("portal.kommentar", 1)]
    fuehre_aus(leitung, zweite)
    assert not Faelligkeit.objects.exists()


@pytest.mark.parametrize("art", ["konten.konto", "konten.bekanntesgeraet"])
def test_an_unused_device_stays_while_it_is_held(art, leitung):
    konto, anderes = make_konto(), make_konto()
    geraete = [
        BekanntesGeraet.objects.create(konto=k, pruefwert="a" * 64, zuletzt_am=date(2020, 1, 1))
        for k in (konto, anderes)
    ]
    nummer = konto.pk if art == "konten.konto" else geraete[0].pk
    verfahren.sperre(art, str(nummer), grund="Beweis", durch=leitung, um=JETZT)
    vergiss_unbenutzte_geraete(HEUTE)
    assert list(BekanntesGeraet.objects.all()) == geraete[:1]


def test_ended_sessions_go_by_themselves(db):
    from django.contrib.sessions.models import Session

    Session.objects.create(session_key="alt", session_data="x", expire_date=vor(tage=1))
    Session.objects.create(
        session_key="neu", session_data="x", expire_date=datetime(2099, 1, 1, tzinfo=UTC)
    )
    loesche_abgelaufene_sitzungen(HEUTE)
    assert list(Session.objects.values_list("pk", flat=True)) == ["neu"]


def test_a_deleted_mail_goes_from_the_local_mailbox(db, settings, tmp_path):
    settings.VAR_DIR = tmp_path
    leere_briefkasten(HEUTE)  # nothing was ever sent
    bleibt, geht = make_nachricht(), make_nachricht()
    briefkasten.ordner().mkdir()
    for name in (f"{bleibt.pk}.eml", f"{geht.pk}.eml", "notiz.eml"):
        (briefkasten.ordner() / name).write_text("An: a@example.org")
    geht.delete()
    leere_briefkasten(HEUTE)
    assert {datei.name for datei in briefkasten.ordner().iterdir()} == {
        f"{bleibt.pk}.eml",
        "notiz.eml",
    }
