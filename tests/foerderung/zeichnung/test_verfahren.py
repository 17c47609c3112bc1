"""Handing over, declining, signing, handing in: what must hold, and what stays after a refusal."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from asskomm.post.models import Nachricht
from asskomm.protokoll.models import Eintrag
from asskomm.schritt import SchrittNichtMoeglich, Ueberholt
from beratung.beratungen.lage import beratungen
from beratung.models import Beratung
from foerderung.kanonisch import pruefsumme
from foerderung.models import Abschnitt, Fassung, Foerderrunde, Fristverlaengerung, Status
from foerderung.regelwerk.verfahren import verlaengere_frist
from foerderung.verfahren import zeichnung
from foerderung.verfahren.antragstellung import speichere
from foerderung.verfahren.schritte import KeinRecht
from kommunen.models import Rolle
from tests.factories import make_antrag, make_konto, make_mitglied, make_rat
from tests.foerderung.antrag.eingaben import ANTRAGSTELLER, ERKLAERUNGEN, VORHABEN, mit

from .hilfen import (
    UM,
    beende,
    gib,
    inhalt_am_tag,
    make_eingereicht,
    make_in_zeichnung,
    make_rathaus,
    reiche_ein,
    wie_gesehen,
)

pytestmark = pytest.mark.django_db


def mails(vorlage):
    return set(Nachricht.objects.filter(vorlage=vorlage).values_list("konto__name", flat=True))


def eintraege(antrag):
    return list(
        Eintrag.objects.filter(gegenstand_nummer=str(antrag.pk))
        .order_by("pk")
        .values_list("handlung", flat=True)
    )


class TestHandingOver:
    def test_the_draft_is_frozen_and_the_signer_is_asked(self):
        rathaus = make_rathaus()
        gib(rathaus)
        antrag = rathaus.antrag
        assert antrag.status == Status.IN_ZEICHNUNG
        assert (antrag.zur_zeichnung_von, antrag.zeichnende) == (
            rathaus.bearbeitung,
            rathaus.zeichnung,
        )
        assert mails("antrag_zur_zeichnung") == {"Alex Beispiel"}
        with pytest.raises(SchrittNichtMoeglich):
            speichere(antrag, "vorhaben", VORHABEN, durch=rathaus.bearbeitung, um=UM, gesehen=1)

    def test_sent_twice_it_is_done_once(self):
        rathaus = make_rathaus()
        gesehen = rathaus.antrag.version
        gib(rathaus)
        gib(rathaus, gesehen=gesehen)
        assert Nachricht.objects.filter(vorlage="antrag_zur_zeichnung").count() == 1
        assert eintraege(rathaus.antrag) == ["antrag.zur_zeichnung_geben"]

    def test_open_points_are_named(self):
        rathaus = make_rathaus(antragsteller=mit(ANTRAGSTELLER, ansprech_name=""))
        with pytest.raises(zeichnung.NichtVollstaendig) as fehler:
            gib(rathaus)
        assert [(m.abschnitt, m.feld) for m in fehler.value.maengel] == [
            ("antragsteller", "ansprech_name")
        ]
        rathaus.antrag.refresh_from_db()
        assert rathaus.antrag.status == Status.ENTWURF

    def test_without_a_consultation_nothing_is_handed_over(self):
        rathaus = make_rathaus()
        Beratung.objects.all().delete()
        assert not beratungen(rathaus.kommune, date(2026, 9, 30))
        with pytest.raises(zeichnung.NichtVollstaendig):
            gib(rathaus)

    def test_nobody_signs_what_they_prepared(self):
        rathaus = make_rathaus()
        beides = make_mitglied(rathaus.kommune, Rolle.BEARBEITUNG, Rolle.ZEICHNUNG)
        with pytest.raises(zeichnung.EigeneZeichnung):
            gib(rathaus, durch=beides, an=beides)

    @pytest.mark.parametrize("wer", ["fremd", "bearbeitung", "beendet", "andere_kommune"])
    def test_the_signer_has_the_role_in_this_kommune_now(self, wer):
        rathaus = make_rathaus()
        match wer:
            case "fremd":
                konto = make_konto()
            case "bearbeitung":
                konto = make_mitglied(rathaus.kommune, Rolle.BEARBEITUNG)
            case "beendet":
                konto = make_mitglied(rathaus.kommune, Rolle.ZEICHNUNG)
                beende(konto, rathaus.kommune)
            case "andere_kommune":
                konto = make_mitglied(make_antrag().kommune, Rolle.ZEICHNUNG)
        with pytest.raises(SchrittNichtMoeglich, match="andere Person"):
            gib(rathaus, an=konto)

    def test_only_bearbeitung_hands_over(self):
        rathaus = make_rathaus()
        with pytest.raises(KeinRecht):
            gib(rathaus, durch=rathaus.zeichnung, an=rathaus.zeichnung)

    def test_a_draft_that_was_saved_meanwhile_is_not_handed_over(self):
        rathaus = make_rathaus()
        gesehen = rathaus.antrag.version
        speichere(
            rathaus.antrag, "vorhaben", mit(VORHABEN, ort="Nord"),
            durch=rathaus.bearbeitung, um=UM, gesehen=1,
        )  # fmt: skip
        with pytest.raises(Ueberholt, match="Entwurf"):
            gib(rathaus, gesehen=gesehen)


class TestBackToTheDraft:
    def test_declined_with_reasons_that_stand_at_the_sections(self):
        rathaus = make_in_zeichnung()
        zeichnung.lehne_zeichnung_ab(
            rathaus.antrag,
            {"vorhaben": " Der Titel ist zu lang. ", "plan": "", "gibtsnicht": "x"},
            durch=rathaus.zeichnung, um=UM, gesehen=rathaus.antrag.version,
        )  # fmt: skip
        antrag = rathaus.antrag
        assert antrag.status == Status.ENTWURF
        assert zeichnung.gruende(antrag) == {"vorhaben": "Der Titel ist zu lang."}
        assert (antrag.zur_zeichnung_von, antrag.zeichnende) == (None, None)
        assert mails("antrag_nicht_gezeichnet") == {"Kim Muster"}
        gib(rathaus)
        assert zeichnung.gruende(antrag) == {}

    @pytest.mark.parametrize("gruende", [{}, {"vorhaben": "  "}, {"gibtsnicht": "Grund"}])
    def test_declining_needs_a_reason_at_a_section(self, gruende):
        rathaus = make_in_zeichnung()
        with pytest.raises(SchrittNichtMoeglich, match="Grund"):
            zeichnung.lehne_zeichnung_ab(
                rathaus.antrag, gruende,
                durch=rathaus.zeichnung, um=UM, gesehen=rathaus.antrag.version,
            )  # fmt: skip

    def test_taken_back_by_bearbeitung(self):
        rathaus = make_in_zeichnung()
        zeichnung.hole_zurueck(
            rathaus.antrag, durch=rathaus.bearbeitung, um=UM, gesehen=rathaus.antrag.version,
            grund="Ein Betrag fehlt.",
        )  # fmt: skip
        assert rathaus.antrag.status == Status.ENTWURF
        assert mails("antrag_zurueckgeholt") == {"Alex Beispiel"}

    def test_a_signature_after_it_was_taken_back_is_refused(self):
        rathaus = make_in_zeichnung()
        gesehen = wie_gesehen(rathaus.antrag)
        zeichnung.hole_zurueck(
            rathaus.antrag, durch=rathaus.bearbeitung, um=UM, gesehen=gesehen["gesehen"],
            grund="Ein Betrag fehlt.",
        )  # fmt: skip
        with pytest.raises(Ueberholt, match="Entwurf"):
            reiche_ein(rathaus, **gesehen)
        assert not Fassung.objects.exists()


class TestSubmission:
    def test_everything_of_it_is_there_at_once(self, settings):
        settings.LPR_POSTFACH = "lpr@example.org"
        rathaus = make_in_zeichnung(erklaerungen=mit(ERKLAERUNGEN, elektronische_bekanntgabe="on"))
        inhalt = inhalt_am_tag(rathaus.antrag)
        eine = reiche_ein(rathaus)
        antrag = rathaus.antrag
        assert antrag.status == Status.EINGEREICHT
        assert (antrag.nummer, antrag.eingereicht_um) == ("KP-2027-0001", UM)
        assert antrag.regelwerk == antrag.runde.regelwerk
        assert (antrag.titel, antrag.durchfuehrung_von, antrag.durchfuehrung_bis) == (
            "Nachtwanderer in der Innenstadt", date(2027, 2, 1), date(2027, 12, 31),
        )  # fmt: skip
        assert (antrag.ausgaben_euro, antrag.zuwendung_beantragt_euro) == (
            Decimal("20000.00"), Decimal("18000.00"),
        )  # fmt: skip
        assert antrag.elektronische_bekanntgabe
        eine.refresh_from_db()
        assert eine.inhalt == inhalt
        assert pruefsumme(eine.inhalt) == eine.pruefsumme
        assert (eine.nummer, eine.art, eine.eingegangen_um) == (1, Fassung.Art.ANTRAG, UM)
        assert (eine.vorbereitet_von, eine.gezeichnet_von) == (
            rathaus.bearbeitung, rathaus.zeichnung,
        )  # fmt: skip
        assert eintraege(antrag)[-1] == "antrag.einreichen"
        assert mails("antrag_eingegangen") == {"Kim Muster", "Alex Beispiel"}
        assert Nachricht.objects.get(vorlage="antrag_eingegangen_lpr").adresse == "lpr@example.org"

    def test_the_council_of_the_application_becomes_a_link(self):
        rathaus = make_rathaus()
        rat = make_rat(kommunen=[rathaus.kommune])
        Abschnitt.objects.filter(antrag=rathaus.antrag, schluessel="vorhaben").update(
            eingaben=mit(VORHABEN, praeventionsrat=str(rat.pk))
        )
        gib(rathaus)
        reiche_ein(rathaus)
        assert rathaus.antrag.praeventionsrat == rat

    def test_the_same_request_again_gives_the_same_version(self):
        rathaus = make_in_zeichnung()
        gesehen = wie_gesehen(rathaus.antrag)
        erste = reiche_ein(rathaus, **gesehen)
        zweite = reiche_ein(rathaus, **gesehen, eingang=UM + timedelta(seconds=5))
        assert zweite == erste
        assert rathaus.antrag.eingereicht_um == UM
        assert Fassung.objects.count() == 1
        assert Nachricht.objects.filter(vorlage="antrag_eingegangen").count() == 2

    def test_the_repeat_of_another_person_is_no_repeat(self):
        rathaus = make_in_zeichnung()
        gesehen = wie_gesehen(rathaus.antrag)
        reiche_ein(rathaus, **gesehen)
        with pytest.raises(Ueberholt, match="eingereicht"):
            reiche_ein(rathaus, **gesehen, durch=make_mitglied(rathaus.kommune, Rolle.ZEICHNUNG))

    def test_another_member_with_the_role_can_sign(self):
        rathaus = make_in_zeichnung()
        dritte = make_mitglied(rathaus.kommune, Rolle.ZEICHNUNG)
        assert reiche_ein(rathaus, durch=dritte).gezeichnet_von == dritte

    @pytest.mark.parametrize("wer", ["bearbeitung", "beendet", "fremd"])
    def test_the_signer_must_have_the_role_at_that_moment(self, wer):
        rathaus = make_in_zeichnung()
        match wer:
            case "bearbeitung":
                konto = rathaus.bearbeitung
            case "beendet":
                konto = rathaus.zeichnung
                beende(konto, rathaus.kommune)
            case "fremd":
                konto = make_konto()
        with pytest.raises(KeinRecht):
            reiche_ein(rathaus, durch=konto)

    def test_the_sender_does_not_sign_by_the_service(self):
        rathaus = make_rathaus()
        beides = make_mitglied(rathaus.kommune, Rolle.BEARBEITUNG, Rolle.ZEICHNUNG)
        gib(rathaus, durch=beides)
        with pytest.raises(zeichnung.EigeneZeichnung):
            reiche_ein(rathaus, durch=beides)

    def test_nor_by_the_database(self):
        rathaus = make_eingereicht()
        eine = rathaus.antrag.fassungen.get()
        eine.pk, eine.nummer, eine.gezeichnet_von = None, 2, eine.vorbereitet_von
        with pytest.raises(IntegrityError, match="fassung_zwei_personen"), transaction.atomic():
            eine.save(force_insert=True)
        with pytest.raises(IntegrityError, match="zeichnung_durch_andere"), transaction.atomic():
            type(rathaus.antrag).objects.filter(pk=rathaus.antrag.pk).update(
                zeichnende=rathaus.bearbeitung
            )

    def test_the_signature_stands_when_the_sender_has_left(self):
        rathaus = make_in_zeichnung()
        beende(rathaus.bearbeitung, rathaus.kommune)
        eine = reiche_ein(rathaus)
        assert eine.vorbereitet_von == rathaus.bearbeitung
        assert mails("antrag_eingegangen") == {"Alex Beispiel"}

    def test_other_content_than_was_shown_is_not_signed(self):
        rathaus = make_in_zeichnung()
        gesehen = wie_gesehen(rathaus.antrag)
        Abschnitt.objects.filter(antrag=rathaus.antrag, schluessel="vorhaben").update(
            eingaben=mit(VORHABEN, ort="Woanders")
        )
        with pytest.raises(Ueberholt, match="nicht mehr der"):
            reiche_ein(rathaus, **gesehen)
        assert not Fassung.objects.exists()

    def test_what_has_become_incomplete_is_not_signed(self):
        rathaus = make_in_zeichnung()
        Beratung.objects.all().delete()
        with pytest.raises(zeichnung.NichtVollstaendig):
            reiche_ein(rathaus)
        assert not Fassung.objects.exists()

    def test_numbers_have_no_gaps_and_start_anew_each_year(self):
        make_antrag(status=Status.EINGEREICHT, nummer="KP-2026-0009")
        assert [make_eingereicht().antrag.nummer for _ in range(2)] == [
            "KP-2027-0001",
            "KP-2027-0002",
        ]
        make_antrag(status=Status.EINGEREICHT, nummer="KP-2027-9999")
        assert zeichnung.naechste_nummer(2027) == "KP-2027-10000"
        make_antrag(status=Status.EINGEREICHT, nummer="KP-2027-10000")
        assert zeichnung.naechste_nummer(2027) == "KP-2027-10001"

    def test_a_refused_submission_uses_no_number(self):
        rathaus = make_in_zeichnung()
        with pytest.raises(zeichnung.ZuSpaet):
            reiche_ein(rathaus, eingang=datetime(2026, 10, 16, 9, tzinfo=UTC))
        assert make_eingereicht().antrag.nummer == "KP-2027-0001"

    def test_the_version_stays_as_it_is(self):
        eine = make_eingereicht().antrag.fassungen.get()
        with pytest.raises(IntegrityError, match="bleibt"), transaction.atomic():
            Fassung.objects.filter(pk=eine.pk).update(inhalt={})
        with pytest.raises(IntegrityError, match="bleibt"), transaction.atomic():
            eine.delete()


# 15 October 2026 is in summer time: 24:00 in Berlin is 22:00 UTC.
SCHLUSS = datetime(2026, 10, 15, 22, tzinfo=UTC)
MIKRO = timedelta(microseconds=1)


class TestDeadline:
    @pytest.mark.parametrize("vorher", [MIKRO, timedelta(seconds=1), timedelta(hours=23)])
    def test_up_to_the_last_microsecond(self, vorher):
        rathaus = make_in_zeichnung()
        reiche_ein(rathaus, eingang=SCHLUSS - vorher)
        assert rathaus.antrag.eingereicht_um == SCHLUSS - vorher

    @pytest.mark.parametrize("nachher", [timedelta(0), MIKRO, timedelta(days=1)])
    def test_not_from_midnight_on(self, nachher):
        rathaus = make_in_zeichnung()
        with pytest.raises(zeichnung.ZuSpaet):
            reiche_ein(rathaus, eingang=SCHLUSS + nachher)
        rathaus.antrag.refresh_from_db()
        assert rathaus.antrag.status == Status.IN_ZEICHNUNG
        assert not Fassung.objects.exists()
        assert not mails("antrag_eingegangen")

    def test_the_refusal_names_the_second_and_leaves_a_trace(self):
        rathaus = make_in_zeichnung()
        with pytest.raises(zeichnung.ZuSpaet) as fehler:
            reiche_ein(rathaus, eingang=SCHLUSS + timedelta(seconds=3))
        assert "15.10.2026 um 24:00 Uhr" in str(fehler.value)
        assert "16.10.2026 um 00:00:03 Uhr" in str(fehler.value)
        assert eintraege(rathaus.antrag)[-1] == "antrag.verspaetet"
        assert Eintrag.objects.latest("pk").angaben["eingang"].startswith("2026-10-15T22:00:03")

    def test_the_first_day_counts_whole_too(self):
        beginn = datetime(2026, 8, 30, 22, tzinfo=UTC)
        with pytest.raises(zeichnung.ZuSpaet, match="beginnt am 31.08.2026"):
            reiche_ein(make_in_zeichnung(), eingang=beginn - MIKRO)
        reiche_ein(make_in_zeichnung(), eingang=beginn)

    @pytest.mark.parametrize(
        ("schluss", "ende_utc"),
        [
            # Clocks go back on 25 October 2026: that day has 25 hours.
            (date(2026, 10, 25), datetime(2026, 10, 25, 23, tzinfo=UTC)),
            (date(2026, 10, 24), datetime(2026, 10, 24, 22, tzinfo=UTC)),
            # They went forward on 29 March 2026: that day has 23 hours.
            (date(2026, 3, 29), datetime(2026, 3, 29, 22, tzinfo=UTC)),
            (date(2026, 3, 28), datetime(2026, 3, 28, 23, tzinfo=UTC)),
            (date(2026, 12, 31), datetime(2026, 12, 31, 23, tzinfo=UTC)),
        ],
    )
    def test_across_the_change_of_the_clocks(self, schluss, ende_utc):
        rathaus = make_in_zeichnung()
        Beratung.objects.update(am="2020-06-10")
        Foerderrunde.objects.filter(pk=rathaus.antrag.runde_id).update(
            beginn=schluss - timedelta(days=30), schluss=schluss
        )
        with pytest.raises(zeichnung.ZuSpaet):
            reiche_ein(rathaus, eingang=ende_utc)
        rathaus.antrag.refresh_from_db()
        reiche_ein(rathaus, eingang=ende_utc - MIKRO)
        assert rathaus.antrag.status == Status.EINGEREICHT

    def test_a_round_that_was_closed_while_the_page_was_open(self):
        rathaus = make_in_zeichnung()
        gesehen = wie_gesehen(rathaus.antrag)
        Foerderrunde.objects.filter(pk=rathaus.antrag.runde_id).update(schluss=date(2026, 9, 29))
        with pytest.raises(zeichnung.ZuSpaet, match="29.09.2026"):
            reiche_ein(rathaus, **gesehen)

    def test_an_extension_holds_to_the_end_of_its_day_and_for_this_case_only(self):
        rathaus, andere = make_in_zeichnung(), make_in_zeichnung()
        verlaengere_frist(
            rathaus.antrag, bis=date(2026, 10, 26), begruendung="Störung",
            durch=make_konto(["Sachbearbeitung"]), um=SCHLUSS + timedelta(days=1),
        )  # fmt: skip
        ende = datetime(2026, 10, 26, 23, tzinfo=UTC)
        for zu_spaet in (rathaus, andere):
            with pytest.raises(zeichnung.ZuSpaet):
                reiche_ein(zu_spaet, eingang=ende)
        with pytest.raises(zeichnung.ZuSpaet):
            reiche_ein(andere, eingang=ende - MIKRO)
        rathaus.antrag.refresh_from_db()
        reiche_ein(rathaus, eingang=ende - MIKRO)
        assert mails("frist_verlaengert") == {"Kim Muster", "Alex Beispiel"}

    def test_an_extension_opens_nothing_before_the_first_day(self):
        rathaus = make_in_zeichnung()
        Fristverlaengerung.objects.create(
            antrag=rathaus.antrag, bis=date(2026, 12, 1), begruendung="Test", gegeben_um=UM
        )
        with pytest.raises(zeichnung.ZuSpaet):
            reiche_ein(rathaus, eingang=datetime(2026, 8, 1, tzinfo=UTC))


@pytest.mark.parametrize(
    ("wer", "tu"),
    [
        ("bearbeitung", lambda *a, **k: zeichnung.hole_zurueck(*a, grund="Plan", **k)),
        ("zeichnung", lambda *a, **k: zeichnung.lehne_zeichnung_ab(*a, {"plan": "Zu hoch"}, **k)),
        ("zeichnung", lambda *a, **k: zeichnung.ziehe_zurueck(*a, grund="Anders", **k)),
    ],
    ids=["zurueckholen", "ablehnen", "zurueckziehen"],
)
def test_a_double_click_takes_a_step_back_once(wer, tu):
    rathaus = make_in_zeichnung()
    gesehen, vorher = rathaus.antrag.version, len(eintraege(rathaus.antrag))
    for _ in range(2):
        tu(rathaus.antrag, durch=getattr(rathaus, wer), um=UM, gesehen=gesehen)
    assert len(eintraege(rathaus.antrag)) == vorher + 1
    anderer = make_mitglied(rathaus.antrag.kommune, Rolle.ZEICHNUNG, Rolle.BEARBEITUNG)
    with pytest.raises(Ueberholt):
        tu(rathaus.antrag, durch=anderer, um=UM, gesehen=gesehen)
