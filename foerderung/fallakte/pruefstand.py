"""How far the check of cases is, computed in the database: the same for one case and for a list."""

from __future__ import annotations

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce

from asskomm.konten.models import Konto

from ..models import (
    MIT_BEWILLIGUNG,
    Abschluss,
    Aenderung,
    Aenderungsentscheidung,
    Auszahlung,
    Bekanntgabe,
    Bescheid,
    Checklistenpunkt,
    Entscheidung,
    Fassung,
    Foerderantrag,
    FoerderantragQuerySet,
    Formalpruefung,
    Gutachten,
    Nachforderung,
    Regel,
    Status,
    Stichprobenfall,
)
from ..regelwerk.werte import wert_zeile


def mit_pruefstand(menge: FoerderantragQuerySet, konto: Konto) -> FoerderantragQuerySet:
    """The cases with what decides on the next step.

    seit                   since when the case is in its state
    stand_vom              arrival of the newest version; what was checked before counts no more
    punkte, beantwortet    points of the formal check, and answers to the newest version
    nicht_erfuellt         points answered so
    gutachten_da           reviews handed in on the newest version by people without a conflict
    gutachten_noetig       how many the rule set asks for; genug_gutachten: there are as many
    eigenes_gutachten      whether `konto` has handed in one of them
    nachgefordert_bis      last day of the open Nachforderung
    vorschlag_von          who has made the proposal that waits for its decision
    zu_versenden           the oldest notice that staff have to post
    mit_offener_klage      the oldest notice with a suit whose end is not noted
    auszahlung_offen       the payout that waits for its next step, and its state:
    auszahlung_stand       whose turn it is
    offene_aenderung       the oldest report of a change that waits for a proposal or a note
    vorgeschlagene_aenderung   the oldest with an answer that waits for the second person, and
    aenderung_vorschlag_von    who has proposed that
    stichprobe_grund       why its receipts are looked at or not; None before a sample is drawn
    abschluss_von          who has proposed to end the case, while nobody has decided
    nach_urteil            whether a court has quashed the last notice about the grant, so that
                           staff decide anew
    """
    eigene = {"antrag": OuterRef("pk")}
    offen = Nachforderung.objects.offen().filter(**eigene)
    neueste = Fassung.objects.filter(**eigene).order_by("-nummer")
    antworten = Formalpruefung.objects.filter(**eigene, geprueft_um__gte=OuterRef("stand_vom"))
    gueltige = Gutachten.objects.zaehlt().filter(**eigene)
    bescheide = Bescheid.objects.filter(**eigene).order_by("nummer")
    unentschieden = Auszahlung.objects.unentschieden().filter(**eigene)
    antworten_auf_aenderungen = (
        Aenderungsentscheidung.objects.offen()
        .filter(aenderung__antrag=OuterRef("pk"))
        .order_by("vorgeschlagen_um")
    )
    vorgeschlagen = Aenderungsentscheidung.objects.offen().filter(aenderung=OuterRef("pk"))
    unbeantwortet = (
        Aenderung.objects.offen().filter(~Exists(vorgeschlagen), **eigene).order_by("gemeldet_um")
    )
    return menge.annotate(
        stand_vom=Coalesce(Subquery(neueste.values("eingegangen_um")[:1]), F("eingereicht_um")),
        seit=Case(
            When(status=Status.NACHFORDERUNG, then=Subquery(offen.values("gestellt_um")[:1])),
            default=F("geaendert_um"),
        ),
        punkte=_anzahl(Checklistenpunkt.objects.filter(regelwerk=OuterRef("regelwerk"))),
        beantwortet=_anzahl(antworten),
        nicht_erfuellt=_anzahl(antworten.filter(ergebnis=Formalpruefung.Ergebnis.NICHT_ERFUELLT)),
        gutachten_da=_anzahl(gueltige),
        gutachten_noetig=Cast(wert_zeile(Regel.Schluessel.GUTACHTEN_MINDESTENS), IntegerField()),
        genug_gutachten=Q(gutachten_da__gte=F("gutachten_noetig")),
        eigenes_gutachten=Exists(gueltige.filter(von=konto)),
        nachgefordert_bis=Subquery(offen.values("frist")[:1]),
        vorschlag_von=Subquery(
            Entscheidung.objects.offen().filter(**eigene).values("vorgeschlagen_von")[:1]
        ),
        zu_versenden=Subquery(bescheide.zu_versenden().values("pk")[:1]),
        mit_offener_klage=Subquery(bescheide.mit_offener_klage().values("pk")[:1]),
        auszahlung_offen=Subquery(unentschieden.values("pk")[:1]),
        auszahlung_stand=Subquery(unentschieden.values("stand")[:1]),
        offene_aenderung=Subquery(unbeantwortet.values("pk")[:1]),
        vorgeschlagene_aenderung=Subquery(antworten_auf_aenderungen.values("aenderung")[:1]),
        aenderung_vorschlag_von=Subquery(antworten_auf_aenderungen.values("vorgeschlagen_von")[:1]),
        stichprobe_grund=Subquery(Stichprobenfall.objects.filter(**eigene).values("grund")[:1]),
        abschluss_von=Subquery(
            Abschluss.objects.offen().filter(**eigene).values("vorgeschlagen_von")[:1]
        ),
        letzter_ausgang=Subquery(
            bescheide.exclude(art=Entscheidung.Art.RUECKFORDERUNG)
            .reverse()
            .values("bekanntgabe__rechtsbehelf_ausgang")[:1]
        ),
        nach_urteil=Q(
            letzter_ausgang=Bekanntgabe.Ausgang.STATTGEGEBEN,
            status__in=(*MIT_BEWILLIGUNG, Status.ABGELEHNT, Status.WIDERRUFEN),
        ),
    )


def pruefstand(antrag: Foerderantrag, konto: Konto) -> Foerderantrag:
    """One case as it is now with its stand of the check, without its relations."""
    return mit_pruefstand(Foerderantrag.objects.filter(pk=antrag.pk), konto).get()


def _anzahl(menge):
    """How many rows, without grouping the outer query."""
    zahl = menge.order_by().annotate(eins=Value(1)).values("eins").annotate(n=Count("pk"))
    return Coalesce(Subquery(zahl.values("n")), 0)
