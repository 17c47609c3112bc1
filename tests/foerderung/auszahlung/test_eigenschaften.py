"""Whatever people do in whatever order, the ledger balances to the cent and nobody gets too much."""

from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from asskomm.schritt import SchrittNichtMoeglich
from foerderung import kasse
from foerderung.models import Auszahlung, Auszahlungsstand, Buchung, Buchungsart

from .faelle import BEWILLIGT, HEUTE, JETZT, frisch

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]
CENT = Decimal("0.01")
EURO = st.decimals(min_value=CENT, max_value=Decimal("40000"), places=2)
TUN = st.one_of(
    st.tuples(st.just("fordern"), EURO),
    st.tuples(st.just("pruefen"), st.decimals(min_value=0, max_value=1, places=3)),
    st.tuples(
        st.sampled_from(
            [
                "genehmigen",
                "freigeben",
                "ablehnen",
                "zurueckgeben",
                "zurueckziehen",
                "anordnen",
                "zahlen",
            ]
        ),
        st.just(None),
    ),
)
# Mostly forward, so that money gets as far as the treasury.
VORWAERTS = st.sampled_from(["genehmigen", "freigeben", "anordnen", "zahlen"]).map(
    lambda was: (was, None)
)


def tue(fall, was, wert):
    eine = Auszahlung.objects.filter(antrag=fall.antrag).order_by("nummer").last()
    if was == "fordern":
        fall.fordere_an(str(wert))
        return
    if eine is None:
        return
    match was:
        case "pruefen":
            anerkannt = (eine.ausgaben_euro * wert).quantize(CENT)
            fall.pruefe(eine, str(anerkannt) if anerkannt else "0", kuerzung="Grund")
        case "genehmigen":
            fall.genehmige_auszahlung(eine)
        case "freigeben":
            fall.gib_frei(eine)
        case "ablehnen":
            je_stand = {
                "geprueft": fall.leitung,
                "genehmigt": fall.haushalt,
                "freigegeben": fall.haushalt,
            }
            fall.lehne_ab(eine, durch=je_stand.get(frisch(eine).stand, fall.sachbearbeitung))
        case "zurueckgeben":
            fall.gib_zurueck(eine)
        case "zurueckziehen":
            fall.ziehe_zurueck(eine)
        case "anordnen":
            fall.ordne_an(eine)
        case "zahlen":
            fall.lies_ein(
                (eine.referenz, str(frisch(eine).gilt_euro), HEUTE), um=JETZT + timedelta(days=1)
            )


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(schritte=st.lists(st.one_of(TUN, VORWAERTS), max_size=25))
def test_the_ledger_balances_whatever_happens(fall, schritte):
    with transaction.atomic():
        for was, wert in schritte:
            try:
                with transaction.atomic():
                    tue(fall, was, wert)
            except SchrittNichtMoeglich:
                continue
            konto = fall.konto
            assert 0 <= konto.gezahlt <= konto.angeordnet <= konto.freigegeben <= konto.angefordert
            assert konto.angefordert <= BEWILLIGT
        assert not kasse.abweichende().exists()
        alle = list(Auszahlung.objects.all())
        for eine in alle:
            basis = eine.ausgaben_euro if eine.anerkannt_euro is None else eine.anerkannt_euro
            anteil = (basis * eine.foerdersatz / 100).quantize(CENT, ROUND_HALF_UP)
            assert eine.gilt_euro == anteil
        gezahlt = sum(a.gilt_euro for a in alle if a.stand == Auszahlungsstand.GEZAHLT)
        gebucht = sum(b.betrag_euro for b in Buchung.objects.filter(art=Buchungsart.GEZAHLT))
        assert gezahlt == gebucht == fall.konto.gezahlt <= BEWILLIGT
        assert sum(a.stand in ("angefordert", "geprueft", "genehmigt") for a in alle) <= 1
        transaction.set_rollback(True)
