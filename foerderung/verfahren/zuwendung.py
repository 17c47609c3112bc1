"""The grants that the public figures count, as the notices of a case leave them.

An award begins one when it is decided, unpublished until it is final. What a later notice does to
it, a change or a revocation, happens on the day on which that notice is known: before, nobody
reads of it. Whoever calls holds the lock of the case.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Q
from django.utils import timezone

from asskomm.formate import tag
from kommunen.zeitangabe import Zeitangabe

from ..models import Bekanntgabe, Bescheid, Entscheidung, Foerderantrag, Zuwendung

Art = Entscheidung.Art


def beginne(bescheid: Bescheid) -> Zuwendung:
    """The grant of an award just issued."""
    return _lege_an(
        bescheid,
        kurzbeschreibung=_kurzbeschreibung(bescheid.antrag),
        bewilligt_am=Zeitangabe.vom_tag(timezone.localdate(bescheid.erlassen_um)),
        veroeffentlicht=False,
    )


def schreibe_fort(antrag: Foerderantrag) -> None:
    """Bring the grants of a case in line with what is known of its later notices.

    A change that replaces a published grant is published at once, so that there is no day without
    either. The same again changes nothing.
    """
    geltend = None
    for bescheid, ab, bis in _zeiten(antrag):
        zuwendung = getattr(bescheid, "zuwendung", None)
        if zuwendung is None and geltend:
            zuwendung = _lege_an(
                bescheid,
                kurzbeschreibung=geltend.kurzbeschreibung,
                bewilligt_am=geltend.bewilligt_am,
                gilt_ab=ab,
                beendet_am=bis,
                veroeffentlicht=geltend.veroeffentlicht and bescheid.entscheidung.veroeffentlichen,
            )
        elif zuwendung and (zuwendung.gilt_ab, zuwendung.beendet_am) != (ab, bis):
            zuwendung.gilt_ab, zuwendung.beendet_am = ab, bis
            zuwendung.save()
        if zuwendung and (ab is None or ab != bis):
            geltend = zuwendung


def _zeiten(antrag) -> Iterator[tuple[Bescheid, date | None, date | None]]:
    """Each award and each known change, the first day of its amount and the first day without it.

    They are the same day for a change that a court has quashed, for one that became known only
    after a later notice, and for one whose letter turns out not to have arrived: it never counted.
    A revocation ends the grant even if it is quashed, for then the case is decided anew.
    """
    massgeblich = antrag.bescheide.filter(
        Q(zuwendung__isnull=False)
        | Q(art__in=Entscheidung.ZU_BEWILLIGUNG, bekanntgabe__bekannt_am__isnull=False)
    )
    bis, zeiten = None, []
    for bescheid in massgeblich.select_related("bekanntgabe", "entscheidung", "zuwendung").order_by(
        "-nummer"
    ):
        if bescheid.art in Entscheidung.UEBER_ANTRAG:
            zeiten.append((bescheid, None, bis))
            continue
        ab = bescheid.bekanntgabe.bekannt_am
        if ab is None:
            ab = bescheid.zuwendung.gilt_ab
            zeiten.append((bescheid, ab, ab))
            continue
        gilt = bescheid.art == Art.WIDERRUF or not _ist_aufgehoben(bescheid)
        if bescheid.art == Art.AENDERUNG:
            ueberholt = bis is not None and bis <= ab
            zeiten.append((bescheid, ab, bis if gilt and not ueberholt else ab))
        if gilt:
            bis = min(bis or ab, ab)
    return reversed(zeiten)


def _ist_aufgehoben(bescheid):
    return bescheid.bekanntgabe.rechtsbehelf_ausgang == Bekanntgabe.Ausgang.STATTGEGEBEN


def _lege_an(bescheid, **felder):
    antrag, entscheidung = bescheid.antrag, bescheid.entscheidung
    erlassen = tag(timezone.localdate(bescheid.erlassen_um))
    return Zuwendung.objects.create(
        kommune=antrag.kommune,
        bescheid=bescheid,
        titel=antrag.titel,
        foerderjahr=antrag.runde.jahr_von,
        betrag_euro=entscheidung.betrag_euro,
        durchfuehrung_von=Zeitangabe.vom_tag(entscheidung.bewilligung_von),
        durchfuehrung_bis=Zeitangabe.vom_tag(entscheidung.bewilligung_bis),
        quelle=f"Bescheid {bescheid.inhalt['aktenzeichen']} vom {erlassen}",
        herkunft=antrag.herkunft,
        **felder,
    )


def _kurzbeschreibung(antrag):
    """What the application says in short; the section is closed since the submission."""
    abschnitt = antrag.abschnitte.get(schluessel="vorhaben")
    return str(abschnitt.eingaben.get("felder", {}).get("kurzbeschreibung", ""))[:5_000].strip()


# --- Who sees it -------------------------------------------------------------------


def veroeffentliche(bescheid: Bescheid) -> None:
    """The grant of a final notice appears in the public figures, if the decision said so."""
    if not bescheid.entscheidung.veroeffentlichen:
        return
    for zuwendung in Zuwendung.objects.filter(bescheid=bescheid, veroeffentlicht=False):
        zuwendung.veroeffentlicht = True
        zuwendung.save()


def nimm_aus_der_oeffentlichkeit(antrag: Foerderantrag) -> None:
    """What is public without a final notice of its own, and replaces nothing that is public."""
    vorige_oeffentlich = False
    zuwendungen = Zuwendung.objects.filter(bescheid__antrag=antrag)
    for zuwendung in zuwendungen.select_related("bescheid__bekanntgabe").order_by(
        "bescheid__nummer"
    ):
        bescheid = zuwendung.bescheid
        darf = bescheid.bekanntgabe.bestandskraft_am or (
            vorige_oeffentlich and bescheid.art == Art.AENDERUNG
        )
        if zuwendung.veroeffentlicht and not darf:
            zuwendung.veroeffentlicht = False
            zuwendung.save()
        vorige_oeffentlich = zuwendung.veroeffentlicht
