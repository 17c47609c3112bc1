"""Answers to a Nachforderung, withdrawal, and the signed paper of a town hall with one person."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from asskomm.post.models import Nachricht
from asskomm.protokoll.models import Eintrag
from asskomm.schritt import SchrittNichtMoeglich, Ueberholt
from foerderung.kanonisch import pruefsumme
from foerderung.models import Abschnitt, Anlage, Fassung, Foerderrunde, Status
from foerderung.verfahren import nachforderungen, zeichnung
from foerderung.verfahren.antragstellung import speichere
from foerderung.verfahren.schritte import KeinRecht
from foerderung.zeichnung import vergleich
from foerderung.zeichnung.inhalt import ohne_unterschrift
from kommunen.models import Mitgliedschaft, Rolle
from tests.factories import make_konto, make_mitglied
from tests.foerderung.antrag.eingaben import BECCARIA, ERKLAERUNGEN, VORHABEN, mit

from .hilfen import (
    UM,
    beende,
    fordere_nach,
    inhalt_am_tag,
    make_eingereicht,
    make_in_zeichnung,
    make_nachgefordert,
    make_rathaus,
    wie_gesehen,
)

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]
NEU = mit(BECCARIA["beccaria-1"], **{next(iter(BECCARIA["beccaria-1"]["felder"])): "Genauer."})


def mails(vorlage):
    return set(Nachricht.objects.filter(vorlage=vorlage).values_list("konto__name", flat=True))


def aendere(rathaus, schluessel="beccaria-1", eingaben=NEU, **argumente):
    return speichere(
        rathaus.antrag, schluessel, eingaben,
        **{"durch": rathaus.bearbeitung, "um": UM, "gesehen": 1, **argumente},
    )  # fmt: skip


def melde_bereit(rathaus, **argumente):
    zeichnung.melde_bereit(
        rathaus.antrag,
        **{
            "durch": rathaus.bearbeitung,
            "um": UM,
            "gesehen": rathaus.antrag.version,
            "unveraendert": True,
            **argumente,
        },
    )


def reiche_nach(rathaus, **argumente):
    return zeichnung.reiche_nach(
        rathaus.antrag,
        **{
            "durch": rathaus.zeichnung,
            "eingang": UM,
            **wie_gesehen(rathaus.antrag),
            **argumente,
        },
    )


def make_einverstanden():
    return make_eingereicht(erklaerungen=mit(ERKLAERUNGEN, elektronische_bekanntgabe="on"))


def widerrufe(rathaus, durch=None):
    zeichnung.widerrufe_einwilligung(rathaus.antrag, durch=durch or rathaus.zeichnung, um=UM)


def antworte(rathaus, *abschnitte):
    """Ask for something and get an answer."""
    fordere_nach(rathaus, *abschnitte)
    melde_bereit(rathaus)
    reiche_nach(rathaus)


class TestConsent:
    @pytest.mark.parametrize("wer", ["bearbeitung", "zeichnung"])
    def test_it_is_taken_back_once(self, wer):
        rathaus = make_einverstanden()
        vorher = rathaus.antrag.version
        for _ in range(2):
            widerrufe(rathaus, getattr(rathaus, wer))
        rathaus.antrag.refresh_from_db()
        assert not rathaus.antrag.elektronische_bekanntgabe
        assert rathaus.antrag.version == vorher, "what the LPR has open stays valid"
        eintrag = Eintrag.objects.get(handlung="antrag.einwilligung_widerrufen")
        assert eintrag.durch == getattr(rathaus, wer)

    def test_only_who_acts_for_the_kommune_takes_it_back(self):
        rathaus = make_einverstanden()
        for konto in (
            make_mitglied(rathaus.kommune, Rolle.LESEN, Rolle.VERWALTUNG),
            make_konto(["Sachbearbeitung"]),
            make_konto(),
        ):
            with pytest.raises(KeinRecht):
                widerrufe(rathaus, konto)
        rathaus.antrag.refresh_from_db()
        assert rathaus.antrag.elektronische_bekanntgabe

    @pytest.mark.parametrize("abschnitt", ["beccaria-1", "erklaerungen"])
    def test_a_nachreichung_does_not_bring_it_back(self, abschnitt):
        rathaus = make_einverstanden()
        widerrufe(rathaus)
        for _ in range(2):
            antworte(rathaus, abschnitt)
            assert not rathaus.antrag.elektronische_bekanntgabe

    def test_a_nachreichung_keeps_it(self):
        rathaus = make_einverstanden()
        antworte(rathaus)
        assert rathaus.antrag.elektronische_bekanntgabe

    def test_a_nachreichung_can_declare_it(self):
        rathaus = make_eingereicht()
        fordere_nach(rathaus, "erklaerungen")
        aendere(rathaus, "erklaerungen", mit(ERKLAERUNGEN, elektronische_bekanntgabe="on"))
        melde_bereit(rathaus)
        reiche_nach(rathaus)
        assert rathaus.antrag.elektronische_bekanntgabe


class TestAnswer:
    def test_it_becomes_the_next_version(self):
        rathaus = make_nachgefordert()
        aendere(rathaus)
        melde_bereit(rathaus)
        assert mails("nachreichung_bereit") == {"Alex Beispiel"}
        bereit = Eintrag.objects.get(handlung="antrag.nachreichung_bereit")
        assert bereit.angaben["um"] == UM.isoformat(timespec="seconds")
        zweite = reiche_nach(rathaus)
        antrag = rathaus.antrag
        assert antrag.status == Status.EINGEREICHT
        assert (zweite.nummer, zweite.art) == (2, Fassung.Art.NACHREICHUNG)
        assert (zweite.vorbereitet_von, zweite.gezeichnet_von) == (
            rathaus.bearbeitung, rathaus.zeichnung,
        )  # fmt: skip
        assert antrag.nachforderungen.get().erledigt_um == UM
        assert (antrag.nummer, antrag.eingereicht_um) == ("KP-2027-0001", UM)
        assert mails("nachreichung_eingegangen") == {"Kim Muster", "Alex Beispiel"}
        erste = antrag.fassungen.first()
        unterschied = vergleich.vergleiche(erste.inhalt, zweite.inhalt)
        assert unterschied.anzahl == 1
        assert unterschied.unterschiede[0].zeilen[0].neu == "Genauer."

    def test_it_is_possible_after_its_date_and_after_the_window(self):
        rathaus = make_nachgefordert()
        aendere(rathaus)
        melde_bereit(rathaus)
        spaet = datetime(2027, 3, 1, 9, tzinfo=UTC)
        assert reiche_nach(rathaus, eingang=spaet).eingegangen_um == spaet

    def test_the_same_request_again_gives_the_same_version(self):
        rathaus = make_nachgefordert()
        aendere(rathaus)
        melde_bereit(rathaus)
        gesehen = wie_gesehen(rathaus.antrag)
        assert reiche_nach(rathaus, **gesehen) == reiche_nach(rathaus, **gesehen)
        assert rathaus.antrag.fassungen.count() == 2

    def test_nobody_signs_what_they_declared_ready(self):
        rathaus = make_nachgefordert()
        beides = make_mitglied(rathaus.kommune, Rolle.BEARBEITUNG, Rolle.ZEICHNUNG)
        melde_bereit(rathaus, durch=beides)
        with pytest.raises(zeichnung.EigeneZeichnung):
            reiche_nach(rathaus, durch=beides)

    def test_an_answer_without_any_change_is_declared_as_such(self):
        rathaus = make_nachgefordert()
        with pytest.raises(zeichnung.OhneAenderung, match="nichts geändert"):
            melde_bereit(rathaus, unveraendert=False)
        rathaus.antrag.refresh_from_db()
        aendere(rathaus)
        melde_bereit(rathaus, unveraendert=False)
        assert reiche_nach(rathaus).nummer == 2

    def test_a_later_change_undoes_the_declaration(self):
        rathaus = make_nachgefordert()
        melde_bereit(rathaus)
        aendere(rathaus)
        with pytest.raises(SchrittNichtMoeglich, match="danach geändert"):
            reiche_nach(rathaus)

    def test_not_declared_ready_it_is_not_signed(self):
        rathaus = make_nachgefordert()
        with pytest.raises(SchrittNichtMoeglich, match="noch nicht zur Zeichnung bereit"):
            reiche_nach(rathaus)

    def test_declared_ready_twice_is_once(self):
        rathaus = make_nachgefordert()
        gesehen = rathaus.antrag.version
        melde_bereit(rathaus, gesehen=gesehen)
        melde_bereit(rathaus, gesehen=gesehen)
        assert Nachricht.objects.filter(vorlage="nachreichung_bereit").count() == 1

    def test_only_bearbeitung_declares_it_ready(self):
        rathaus = make_nachgefordert()
        with pytest.raises(KeinRecht):
            melde_bereit(rathaus, durch=rathaus.zeichnung)

    def test_open_points_keep_it_back(self):
        rathaus = make_nachgefordert()
        leer = dict.fromkeys(NEU["felder"], "")
        aendere(rathaus, eingaben=mit(NEU, **leer))
        with pytest.raises(zeichnung.NichtVollstaendig):
            melde_bereit(rathaus)

    def test_sections_that_were_not_opened_cannot_be_saved(self):
        rathaus = make_nachgefordert()
        with pytest.raises(SchrittNichtMoeglich):
            aendere(rathaus, "vorhaben", mit(VORHABEN, ort="Nord"))

    def test_other_differences_are_refused_by_name(self):
        rathaus = make_nachgefordert()
        Abschnitt.objects.filter(antrag=rathaus.antrag, schluessel="vorhaben").update(
            eingaben=mit(VORHABEN, ort="Nord")
        )
        make_anlage(rathaus)
        melde_bereit(rathaus)
        with pytest.raises(SchrittNichtMoeglich, match="Vorhaben im Überblick, Anlagen"):
            reiche_nach(rathaus)
        assert rathaus.antrag.fassungen.count() == 1

    def test_opened_attachments_may_differ(self):
        rathaus = make_nachgefordert("anlagen")
        make_anlage(rathaus)
        melde_bereit(rathaus)
        assert len(reiche_nach(rathaus).inhalt["anlagen"]) == 1

    def test_a_request_that_is_taken_back_leaves_what_was_submitted(self):
        rathaus = make_nachgefordert("beccaria-1", "anlagen")
        eingereicht = rathaus.antrag.fassungen.get().inhalt
        aendere(rathaus)
        anlage = make_anlage(rathaus)
        nachforderungen.nimm_nachforderung_zurueck(
            rathaus.antrag, durch=make_konto(["Sachbearbeitung"]), um=UM,
            gesehen=rathaus.antrag.version, grund="Hat sich erledigt.",
        )  # fmt: skip
        assert inhalt_am_tag(rathaus.antrag) == eingereicht
        anlage.refresh_from_db()
        assert anlage.entfernt_um == UM
        fordere_nach(rathaus, "vorhaben")
        aendere(rathaus, "vorhaben", mit(VORHABEN, ort="Nord"))
        melde_bereit(rathaus)
        assert reiche_nach(rathaus).inhalt["abschnitte"]["vorhaben"]["felder"]["ort"] == "Nord"


def make_anlage(rathaus, art="sonstiges"):
    return Anlage.objects.create(
        antrag=rathaus.antrag, art=art, dateiname="Zusage.pdf", groesse=1000,
        inhaltstyp="application/pdf", sha256="a" * 64, pfad=uuid4().hex, hochgeladen_um=UM,
        hochgeladen_von=rathaus.bearbeitung,
    )  # fmt: skip


class TestWithdrawal:
    def ziehe_zurueck(self, rathaus, **argumente):
        zeichnung.ziehe_zurueck(
            rathaus.antrag,
            **{
                "durch": rathaus.zeichnung,
                "um": UM,
                "gesehen": rathaus.antrag.version,
                "grund": "Das Vorhaben entfällt.",
                **argumente,
            },
        )

    def test_a_submitted_one_keeps_its_version_and_the_office_hears_of_it(self, settings):
        settings.LPR_POSTFACH = "lpr@example.org"
        rathaus = make_eingereicht()
        self.ziehe_zurueck(rathaus)
        assert rathaus.antrag.status == Status.ZURUECKGEZOGEN
        assert rathaus.antrag.beendet_um == UM
        assert rathaus.antrag.fassungen.count() == 1
        assert mails("antrag_zurueckgezogen") == {"Kim Muster"}
        assert Nachricht.objects.get(vorlage="antrag_zurueckgezogen_lpr").adresse

    def test_a_draft_never_reaches_the_office(self, settings):
        settings.LPR_POSTFACH = "lpr@example.org"
        rathaus = make_in_zeichnung()
        self.ziehe_zurueck(rathaus)
        assert not Nachricht.objects.filter(vorlage="antrag_zurueckgezogen_lpr").exists()

    def test_an_open_request_ends(self):
        rathaus = make_nachgefordert()
        self.ziehe_zurueck(rathaus)
        assert not rathaus.antrag.nachforderungen.offen().exists()

    def test_it_needs_a_reason_and_the_role(self):
        rathaus = make_eingereicht()
        with pytest.raises(SchrittNichtMoeglich, match="Grund"):
            self.ziehe_zurueck(rathaus, grund=" ")
        with pytest.raises(KeinRecht):
            self.ziehe_zurueck(rathaus, durch=rathaus.bearbeitung)

    def test_not_after_somebody_else_acted(self):
        rathaus = make_eingereicht()
        gesehen = rathaus.antrag.version
        fordere_nach(rathaus)
        with pytest.raises(Ueberholt, match="Nachforderung"):
            self.ziehe_zurueck(rathaus, gesehen=gesehen)


class TestSignedPaper:
    @pytest.fixture
    def rathaus(self):
        """Only one person acts for the Kommune."""
        rathaus = make_rathaus()
        beende(rathaus.zeichnung, rathaus.kommune)
        return rathaus

    def reiche_ein(self, rathaus, **argumente):
        return zeichnung.reiche_mit_dokument_ein(
            rathaus.antrag,
            **{
                "durch": rathaus.bearbeitung,
                "eingang": UM,
                **wie_gesehen(rathaus.antrag),
                **argumente,
            },
        )

    def test_with_the_paper_one_person_hands_in(self, rathaus):
        make_anlage(rathaus, "unterschrift")
        eine = self.reiche_ein(rathaus)
        assert rathaus.antrag.status == Status.EINGEREICHT
        assert eine.zeichnung == Fassung.Zeichnung.DOKUMENT
        assert [a["art"] for a in eine.inhalt["anlagen"]] == ["unterschrift"]

    def test_the_mark_on_the_paper_is_the_same_after_its_upload(self, rathaus):
        def marke():
            return pruefsumme(ohne_unterschrift(inhalt_am_tag(rathaus.antrag)))

        vorher = marke()
        make_anlage(rathaus, "unterschrift")
        assert marke() == vorher
        make_anlage(rathaus, "sonstiges")
        assert marke() != vorher

    def test_not_without_the_paper(self, rathaus):
        with pytest.raises(SchrittNichtMoeglich, match="hoch"):
            self.reiche_ein(rathaus)

    def test_not_where_somebody_else_could_sign(self, rathaus):
        make_anlage(rathaus, "unterschrift")
        make_mitglied(rathaus.kommune, Rolle.ZEICHNUNG)
        with pytest.raises(SchrittNichtMoeglich, match="niemand"):
            self.reiche_ein(rathaus)

    def test_not_where_the_call_does_not_allow_it(self, rathaus):
        make_anlage(rathaus, "unterschrift")
        Foerderrunde.objects.update(ersatzzeichnung=Foerderrunde.Ersatzzeichnung.KEINE)
        rathaus.antrag.refresh_from_db()
        rathaus.antrag.runde.refresh_from_db()
        with pytest.raises(SchrittNichtMoeglich, match="niemand"):
            self.reiche_ein(rathaus)

    def test_the_own_role_zeichnung_does_not_stand_in_the_way(self, rathaus):
        make_anlage(rathaus, "unterschrift")
        Mitgliedschaft.objects.create(
            konto=rathaus.bearbeitung, kommune=rathaus.kommune, rolle=Rolle.ZEICHNUNG,
            gegeben_um=UM, bestaetigt_am=UM.date(),
        )  # fmt: skip
        assert self.reiche_ein(rathaus)

    def test_late_is_late(self, rathaus):
        make_anlage(rathaus, "unterschrift")
        with pytest.raises(zeichnung.ZuSpaet):
            self.reiche_ein(rathaus, eingang=datetime(2026, 10, 15, 22, tzinfo=UTC))
