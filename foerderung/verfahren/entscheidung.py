"""Recommendation, and the decision by two people against the free budget (F16, F26).

    empfiehl -> schlage_vor (Sachbearbeitung) -> genehmige or lehne_vorschlag_ab (Leitung)

An approval is one transaction: the decision of the second person, the state of the case, the
budget, the notice, the grant of an award, its delivery. Rows are locked in one order everywhere: the case,
the proposal, the budgets by their number. Until a notice is issued, steps go back; after it there
is only a change or a revocation, each a decision and a notice of its own (§§ 48, 49 VwVfG).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from asskomm.formate import FEST, euro, tag
from asskomm.konten import vertretung, vieraugen
from asskomm.konten.models import Konto
from asskomm.post.verfahren import stelle_ein
from asskomm.protokoll.handlungen import Handlung
from asskomm.protokoll.verfahren import protokolliere
from asskomm.schritt import SchrittNichtMoeglich

from .. import kasse
from ..befugnisse import RECHTE, Handelnde, handelt_als
from ..bemessung import NULL, Bemessung, Grenzen
from ..bescheid.inhalt import BescheidUnvollstaendig, erlasse, luecken
from ..models import (
    BEWILLIGUNG_LAEUFT,
    RUECKFORDERBAR,
    Bescheid,
    Empfehlung,
    Entscheidung,
    Foerderantrag,
    Haushaltsansatz,
    Mittelbindung,
    Rueckforderung,
    Status,
)
from . import rueckforderung as rueckforderungen
from . import schritte, vorlagen, zuwendung
from .aktenfuehrung import personal
from .auszahlungsende import beende_nach_entscheidung
from .bekanntgabe import stelle_bereit
from .schritte import SCHRITTE, KeinRecht, gehe, neue_marke, pruefe_recht, sperre

Art = Entscheidung.Art
GEAENDERT = Handlung("antrag.bewilligung_geaendert", "Bewilligung geändert")
GEFORDERT = Handlung("antrag.rueckforderung_festgesetzt", "Rückforderung festgesetzt")
# The step that an approval takes; a change takes none, the case goes on as it is.
SCHRITT = {
    Art.BEWILLIGUNG: "bewilligen",
    Art.TEILBEWILLIGUNG: "bewilligen",
    Art.ABLEHNUNG: "ablehnen",
    Art.WIDERRUF: "widerrufen",
}
ANDERER_VORSCHLAG = (
    "Zu diesem Antrag liegt ein Vorschlag für die Entscheidung vor. Erst muss ihn die Person "
    "zurückziehen, die ihn gemacht hat, oder die Leitung muss ihn ablehnen."
)


class Unzulaessig(SchrittNichtMoeglich):
    """What was entered breaks a rule; `felder` has a sentence for each field."""

    def __init__(self, felder: Mapping[str, str]):
        super().__init__(" ".join(dict.fromkeys(felder.values())))
        self.felder = dict(felder)


class MittelReichenNicht(SchrittNichtMoeglich):
    """The free budget of a year does not cover the amount (any more), or less is bound than freed."""


class VorschlagUeberholt(SchrittNichtMoeglich):
    """The case has changed since the proposal was made, so it is closed."""


# --- Recommendation ----------------------------------------------------------------


@transaction.atomic
def empfiehl(
    antrag: Foerderantrag,
    *,
    bemessung: Bemessung | None,
    haushaltsstelle: str = "",
    begruendung: str,
    durch: Konto,
    um: datetime,
    gesehen: int,
    marke: UUID,
) -> Empfehlung:
    """Recommend the grant that `bemessung` says, or with None a refusal; the case is ready then.

    The same form sent twice (`marke`) gives the first recommendation again. Raises KeinRecht,
    Unzulaessig, and Ueberholt where the case is not as it was `gesehen`.
    """
    jetzt = sperre(antrag)
    vorhanden = Empfehlung.objects.filter(marke=marke, gegeben_von=durch, antrag=antrag).first()
    if vorhanden:
        return vorhanden
    pruefe_recht(jetzt, SCHRITTE["entscheidungsreif_machen"], durch)
    _pruefe_stand(jetzt, gesehen, SCHRITTE["entscheidungsreif_machen"].aus)
    if felder := dict(_maengel_der_empfehlung(jetzt, bemessung, haushaltsstelle, begruendung)):
        raise Unzulaessig(felder)
    empfehlung = Empfehlung(
        marke=marke,
        antrag=antrag,
        bewilligen=bemessung is not None,
        haushaltsstelle=haushaltsstelle if bemessung else "",
        begruendung=begruendung,
        gegeben_um=um,
        gegeben_von=durch,
    )
    if bemessung:
        empfehlung.zuwendungsfaehig_euro = bemessung.zuwendungsfaehig_euro
        empfehlung.foerdersatz = bemessung.foerdersatz
        empfehlung.betrag_euro = bemessung.betrag_euro
    with neue_marke():
        empfehlung.save(force_insert=True)
    gehe(
        antrag,
        "entscheidungsreif_machen",
        durch=durch,
        um=um,
        gesehen=gesehen,
        angaben={"bewilligen": empfehlung.bewilligen, "betrag": str(empfehlung.betrag_euro or "")},
    )
    return empfehlung


def _maengel_der_empfehlung(antrag, bemessung, haushaltsstelle, begruendung):
    if bemessung:
        yield from Grenzen.von(antrag).verstoesse(bemessung).items()
        if not ansaetze(antrag).filter(haushaltsstelle=haushaltsstelle).exists():
            yield (
                "haushaltsstelle",
                "Für diese Haushaltsstelle ist in den Förderjahren kein Ansatz erfasst.",
            )
    if not begruendung.strip():
        yield "begruendung", "Begründen Sie die Empfehlung."


@transaction.atomic
def nimm_empfehlung_zurueck(
    antrag: Foerderantrag, *, durch: Konto, um: datetime, gesehen: int, grund: str
) -> None:
    """Step back before the notice (F26); the person's own proposal goes with it. Twice is once."""
    jetzt = sperre(antrag)
    if schritte.schon_gegangen(jetzt, "empfehlung_zuruecknehmen", durch, gesehen):
        return
    pruefe_recht(jetzt, SCHRITTE["empfehlung_zuruecknehmen"], durch)
    if vorschlag := offener_vorschlag(jetzt):
        if vorschlag.vorgeschlagen_von_id != durch.pk:
            raise SchrittNichtMoeglich(ANDERER_VORSCHLAG)
        vieraugen.ziehe_zurueck(vorschlag, durch=durch, um=um)
    gehe(
        antrag, "empfehlung_zuruecknehmen", durch=durch, um=um, gesehen=gesehen, grund=grund
    )  # fmt: skip


def empfehlung(antrag: Foerderantrag) -> Empfehlung | None:
    """The one that counts: the newest of the case."""
    return antrag.empfehlungen.select_related("gegeben_von").order_by("-pk").first()


# --- Proposal ----------------------------------------------------------------------


def offener_vorschlag(antrag: Foerderantrag) -> Entscheidung | None:
    return Entscheidung.objects.offen().filter(antrag=antrag).first()


def ansaetze(antrag: Foerderantrag):
    """The budgets a grant of this case can bind: from its first funding year on.

    A real case binds no invented budget.
    """
    alle = Haushaltsansatz.objects.filter(haushaltsjahr__gte=antrag.runde.jahr_von)
    return alle if antrag.ist_beispiel else alle.filter(ist_beispiel=False)


def gebunden_durch(antrag: Foerderantrag) -> Counter:
    """What the case binds now: {number of the budget: amount}."""
    zeilen = Mittelbindung.objects.wirksam().filter(entscheidung__antrag=antrag)
    return Counter(dict(zeilen.values_list("ansatz", "betrag_euro")))


@transaction.atomic
def schlage_vor(
    vorschlag: Entscheidung,
    mittel: Mapping[int, Decimal],
    *,
    durch: Konto,
    um: datetime,
    gesehen: int,
    rueckforderung: Rueckforderung | None = None,
) -> Entscheidung:
    """Propose a decision; `mittel` is what it binds, by the numbers of the budgets.

    A claim comes with its `rueckforderung` (from `rueckforderung.entwirf`). The same form sent
    twice (`vorschlag.marke`) gives the first proposal again. Raises KeinRecht, Ueberholt,
    Unzulaessig, BescheidUnvollstaendig with the gaps of its notice.
    """
    antrag = vorschlag.antrag
    jetzt = sperre(antrag)
    vorhanden = Entscheidung.objects.filter(
        marke=vorschlag.marke, vorgeschlagen_von=durch, antrag=antrag
    ).first()
    if vorhanden:
        return vorhanden
    if Handelnde.SACHBEARBEITUNG not in handelt_als(durch, jetzt):
        raise KeinRecht(f"Eine Entscheidung schlägt {Handelnde.SACHBEARBEITUNG.value} vor.")
    _pruefe_stand(jetzt, gesehen, _ausgangsstaende(vorschlag.art))
    if offener_vorschlag(jetzt):
        raise SchrittNichtMoeglich("Zu diesem Antrag liegt schon ein Vorschlag vor.")
    zeilen = _zeilen(jetzt, mittel)
    felder = {
        **dict(_fehlende_mittel(jetzt, zeilen)),
        **dict(_maengel(jetzt, vorschlag, zeilen, um, rueckforderung)),
    }
    if felder:
        raise Unzulaessig(felder)
    fuer = vertretung.fuer(durch, RECHTE[Handelnde.SACHBEARBEITUNG])
    try:
        vorschlag = vieraugen.schlage_vor(vorschlag, durch=durch, um=um, fuer=fuer)
    except ValidationError as fehler:
        raise Unzulaessig(_saetze(fehler)) from fehler
    Mittelbindung.objects.bulk_create(
        Mittelbindung(entscheidung=vorschlag, ansatz=ansatz, betrag_euro=betrag)
        for ansatz, betrag in zeilen
    )
    if rueckforderung:
        rueckforderung.entscheidung = vorschlag
        rueckforderung.save(force_insert=True)
    if fehlt := luecken(vorschlag, um=um):
        raise BescheidUnvollstaendig(fehlt)
    leitung = personal(Handelnde.LEITUNG, jetzt)
    for konto in leitung.exclude(pk__in=vieraugen.beteiligte(vorschlag)):
        stelle_ein(
            vorlagen.VORSCHLAG_WARTET,
            an=konto,
            gegenstand=antrag,
            angaben={"nummer": antrag.nummer, "antrag": str(antrag.pk)},
        )
    return vorschlag


def _ausgangsstaende(art):
    if art == Art.RUECKFORDERUNG:
        return RUECKFORDERBAR
    return (Status.ENTSCHEIDUNGSREIF,) if art in Entscheidung.UEBER_ANTRAG else BEWILLIGUNG_LAEUFT


def _pruefe_stand(antrag, gesehen, aus):
    """Of a locked case: nobody has changed it since it was seen, and the step begins there."""
    if antrag.version != gesehen or antrag.status not in aus:
        raise schritte.ueberholt(antrag)


def _zeilen(antrag, mittel) -> list[tuple[Haushaltsansatz, Decimal]]:
    """The budgets with their amounts; a budget the case cannot bind is refused."""
    gemeint = {nummer: betrag for nummer, betrag in mittel.items() if betrag}
    gefunden = ansaetze(antrag).in_bulk(gemeint)
    if len(gefunden) != len(gemeint):
        raise Unzulaessig({"mittel": "Wählen Sie Ansätze aus den Förderjahren des Antrags."})
    return sorted(
        ((gefunden[nummer], betrag) for nummer, betrag in gemeint.items()),
        key=lambda zeile: (zeile[0].haushaltsjahr, zeile[0].pk),
    )


def _maengel(antrag, vorschlag, zeilen, um, rueckforderung) -> Iterator[tuple[str, str]]:
    """Everything about a proposal that breaks a rule: field and sentence.

    Asked when it is made and again when it is approved, against the case as it is then; whether
    the money is there says `_fehlende_mittel`, and in the end `_binde`.
    """
    if vorschlag.art in Entscheidung.MIT_BETRAG:
        yield from _maengel_der_hoehe(antrag, vorschlag)
        yield from _maengel_der_mittel(vorschlag, zeilen)
    elif zeilen:
        yield "mittel", "Diese Entscheidung bindet keine Mittel."
    if vorschlag.art != Art.BEWILLIGUNG and not vorschlag.gruende.strip():
        yield "gruende", "Nennen Sie die Gründe, die im Bescheid stehen."
    yield from _maengel_der_anhoerung(antrag, vorschlag, timezone.localdate(um))
    if rueckforderung:
        yield from rueckforderungen.maengel(antrag, rueckforderung, timezone.localdate(um))


def _maengel_der_hoehe(antrag, vorschlag):
    bemessung = Bemessung(
        vorschlag.zuwendungsfaehig_euro or NULL,
        vorschlag.foerdersatz or NULL,
        vorschlag.betrag_euro or NULL,
    )
    grenzen = Grenzen.von(antrag)
    yield from grenzen.verstoesse(bemessung).items()
    voll = bemessung.betrag_euro == grenzen.beantragt_euro
    if vorschlag.art != Art.AENDERUNG and voll != (vorschlag.art == Art.BEWILLIGUNG):
        yield "betrag_euro", "Nur die volle beantragte Zuwendung ist keine Teilbewilligung."
    if vorschlag.bewilligung_von is None:
        yield "bewilligung_von", "Geben Sie den ersten Tag des Bewilligungszeitraums an."
    elif vorschlag.bewilligung_bis is None:
        yield "bewilligung_bis", "Geben Sie den letzten Tag des Bewilligungszeitraums an."
    elif vorschlag.bewilligung_bis < vorschlag.bewilligung_von:
        yield "bewilligung_bis", "Das Ende liegt vor dem Beginn."


def _maengel_der_mittel(vorschlag, zeilen):
    for ansatz, betrag in zeilen:
        if betrag < 0:
            yield mittelfeld(ansatz.pk), "Geben Sie einen Betrag über 0 Euro an."
    summe = sum((betrag for _, betrag in zeilen), NULL)
    if summe != (vorschlag.betrag_euro or NULL):
        yield (
            "mittel",
            f"Verteilt sind {euro(summe)}, die Zuwendung beträgt "
            f"{euro(vorschlag.betrag_euro or NULL)}. Beides muss gleich sein.",
        )


def _fehlende_mittel(antrag, zeilen):
    """As far as can be told before the approval, which asks again in its UPDATE."""
    bisher = gebunden_durch(antrag)
    for ansatz, betrag in zeilen:
        frei = ansatz.frei_euro + bisher.get(ansatz.pk, NULL)
        if betrag > frei:
            yield mittelfeld(ansatz.pk), _zu_wenig(ansatz, frei)


def mittelfeld(nummer: int) -> str:
    """The name of the field in which the amount for this budget is entered."""
    return f"mittel_{nummer}"


def _zu_wenig(ansatz, frei):
    return (
        f"Im Haushaltsjahr {ansatz.haushaltsjahr} sind bei {ansatz.haushaltsstelle} nur "
        f"{euro(frei)} frei."
    )


def _maengel_der_anhoerung(antrag, vorschlag, heute: date):
    angehoert, entbehrlich = vorschlag.angehoert_am, vorschlag.anhoerung_entbehrlich.strip()
    if _braucht_anhoerung(antrag, vorschlag) and not angehoert and not entbehrlich:
        yield (
            "angehoert_am",
            "Geben Sie an, wann Sie die Kommune angehört haben, oder warum das entbehrlich ist "
            f"(§{FEST}28 VwVfG).",
        )
    if angehoert and entbehrlich:
        yield "anhoerung_entbehrlich", "Füllen Sie nur eines von beiden aus."
    if angehoert and angehoert > heute:
        yield "angehoert_am", "Dieser Tag liegt in der Zukunft."
    elif angehoert and angehoert < (eingang := timezone.localdate(antrag.eingereicht_um)):
        yield "angehoert_am", f"Der Antrag ist erst am {tag(eingang)} eingegangen."


def _braucht_anhoerung(antrag, vorschlag):
    """Refusal, revocation, claim, and a change that takes money away."""
    if vorschlag.art == Art.AENDERUNG:
        return (vorschlag.betrag_euro or NULL) < sum(gebunden_durch(antrag).values(), NULL)
    return vorschlag.art in (Art.ABLEHNUNG, Art.WIDERRUF, Art.RUECKFORDERUNG)


def _saetze(fehler):
    """The sentences of a ValidationError, one for each field."""
    return {
        "" if name == NON_FIELD_ERRORS else name: " ".join(texte)
        for name, texte in fehler.message_dict.items()
    }


def ziehe_vorschlag_zurueck(vorschlag: Entscheidung, *, durch: Konto, um: datetime) -> None:
    """Whoever proposed it takes it back."""
    vieraugen.ziehe_zurueck(vorschlag, durch=durch, um=um)


# --- Decision ----------------------------------------------------------------------


def entscheidet_fuer(vorschlag: Entscheidung, durch: Konto) -> Konto | None:
    """In whose deputyship `durch` decides; None where the right is their own."""
    recht = RECHTE[Handelnde.LEITUNG]
    return vertretung.fuer(durch, recht, vieraugen.beteiligte(vorschlag))


def lehne_vorschlag_ab(vorschlag: Entscheidung, *, durch: Konto, um: datetime, grund: str) -> None:
    """The Leitung does not follow the proposal; the case stays where it is, for another one."""
    antrag = vorschlag.antrag
    fuer = entscheidet_fuer(vorschlag, durch)
    with transaction.atomic():
        _pruefe_leitung(sperre(antrag), durch)
        vieraugen.lehne_ab(vorschlag, durch=durch, um=um, grund=grund, fuer=fuer)
        stelle_ein(
            vorlagen.VORSCHLAG_ABGELEHNT,
            an=vorschlag.vorgeschlagen_von,
            gegenstand=antrag,
            angaben={"nummer": antrag.nummer, "antrag": str(antrag.pk)},
        )


def genehmige(vorschlag: Entscheidung, *, durch: Konto, um: datetime, gesehen: int) -> Bescheid:
    """The second person approves: decision, state, budget, notice and grant in one transaction.

    Amount, rate and notice are checked again against the case as it is now. Raises
    EigeneFreigabe, and logs the attempt, for who takes part; KeinRecht; Ueberholt where the case
    is not as it was `gesehen`; MittelReichenNicht and leaves the proposal open;
    VorschlagUeberholt, and closes the proposal.
    """
    fuer = entscheidet_fuer(vorschlag, durch)
    vieraugen.pruefe_zweite_person(vorschlag, durch=durch, fuer=fuer)
    try:
        return _genehmige(vorschlag, durch=durch, um=um, gesehen=gesehen, fuer=fuer)
    except VorschlagUeberholt as ueberholt:
        lehne_vorschlag_ab(vorschlag, durch=durch, um=um, grund=str(ueberholt))
        raise


@transaction.atomic
def _genehmige(vorschlag, *, durch, um, gesehen, fuer):
    antrag = sperre(vorschlag.antrag)
    _pruefe_leitung(antrag, durch)
    vieraugen.sperre_offenen(vorschlag)
    if satz := warum_ueberholt(vorschlag, antrag):
        raise VorschlagUeberholt(satz)
    _pruefe_stand(antrag, gesehen, _ausgangsstaende(vorschlag.art))
    zeilen = [
        (zeile.ansatz, zeile.betrag_euro)
        for zeile in vorschlag.mittelbindungen.select_related("ansatz")
    ]
    rueckforderung = getattr(vorschlag, "rueckforderung", None)
    if felder := dict(_maengel(antrag, vorschlag, zeilen, um, rueckforderung)):
        raise Unzulaessig(felder)
    if fehlt := luecken(vorschlag, um=um):
        raise BescheidUnvollstaendig(fehlt)
    if rueckforderung is None:
        _binde(antrag, zeilen)
    vieraugen.genehmige(vorschlag, durch=durch, um=um, fuer=fuer)
    _vollziehe(antrag, vorschlag, durch=durch, um=um, gesehen=gesehen, fuer=fuer)
    vorschlag.antrag = antrag
    bescheid = erlasse(vorschlag, um=um)
    if rueckforderung:
        rueckforderungen.buche_forderung(rueckforderung, antrag, durch=durch, um=um)
        stelle_bereit(bescheid, um=um)
        return bescheid
    bewilligt = sum((betrag for _, betrag in zeilen), NULL)
    kasse.buche_bewilligung(antrag, bewilligt, um=um, durch=durch, bescheid=bescheid)
    beende_nach_entscheidung(antrag, alle=vorschlag.art == Art.WIDERRUF, um=um)
    if SCHRITT.get(vorschlag.art) == "bewilligen":
        zuwendung.beginne(bescheid)
    stelle_bereit(bescheid, um=um)
    return bescheid


def _pruefe_leitung(antrag, durch):
    if Handelnde.LEITUNG not in handelt_als(durch, antrag):
        raise KeinRecht(f"Darüber entscheidet {Handelnde.LEITUNG.value}.")


def warum_ueberholt(vorschlag: Entscheidung, antrag: Foerderantrag) -> str:
    """Why the case no longer fits the proposal: a sentence, or nothing."""
    if antrag.status not in _ausgangsstaende(vorschlag.art):
        return f"Der Antrag ist inzwischen: {antrag.get_status_display()}."
    if (
        vorschlag.art in Entscheidung.UEBER_ANTRAG
        and antrag.empfehlungen.filter(gegeben_um__gt=vorschlag.vorgeschlagen_um).exists()
    ):
        return "Nach dem Vorschlag ist eine neue Empfehlung abgegeben worden."
    if hasattr(vorschlag, "rueckforderung") and rueckforderungen.ist_ueberholt(
        antrag, vorschlag.rueckforderung
    ):
        return rueckforderungen.ZINSEN_GEAENDERT
    beteiligt = vieraugen.vorschlagende(vorschlag)
    if antrag.befangenheiten.filter(konto__in=beteiligt).exists():
        return "Wer den Vorschlag gemacht hat, hat inzwischen Befangenheit erklärt."
    return ""


def _binde(antrag, zeilen):
    """Bind and release the difference to what the case binds so far.

    The guard is part of each UPDATE, and they run in the order of the numbers: parallel awards
    neither overspend a budget nor wait for each other in a circle.
    """
    bisher, neu = gebunden_durch(antrag), {ansatz.pk: betrag for ansatz, betrag in zeilen}
    for nummer in sorted(bisher.keys() | neu.keys()):
        differenz = neu.get(nummer, NULL) - bisher.get(nummer, NULL)
        passend = Haushaltsansatz.objects.filter(
            pk=nummer,
            gebunden_euro__lte=F("betrag_euro") - differenz,
            gebunden_euro__gte=-differenz,
        )
        if differenz and not passend.update(gebunden_euro=F("gebunden_euro") + differenz):
            ansatz = Haushaltsansatz.objects.get(pk=nummer)
            if differenz < 0:
                raise MittelReichenNicht(_zu_wenig_gebunden(ansatz))
            raise MittelReichenNicht(_zu_wenig(ansatz, ansatz.frei_euro + bisher.get(nummer, NULL)))


def _zu_wenig_gebunden(ansatz):
    return (
        f"Im Haushaltsjahr {ansatz.haushaltsjahr} ist bei {ansatz.haushaltsstelle} weniger "
        "gebunden, als frei werden soll. Klären Sie zuerst die Abweichung im Haushalt."
    )


def _vollziehe(antrag, vorschlag, *, durch, um, gesehen, fuer):
    """The step of the case; a change or a further claim leaves its state and counts it up all the same."""
    angaben = {"entscheidung": vorschlag.pk, "betrag": str(vorschlag.betrag_euro or "")}
    schritt = _schritt(antrag, vorschlag)
    if schritt:
        moment = {"entschieden_um": um} if vorschlag.art in Entscheidung.UEBER_ANTRAG else {}
        if vorschlag.art in (Art.ABLEHNUNG, Art.WIDERRUF):
            moment["beendet_um"] = um
        gehe(
            antrag,
            schritt,
            durch=durch,
            um=um,
            gesehen=gesehen,
            angaben=angaben,
            beteiligt=vieraugen.beteiligte(vorschlag),
            **moment,
        )
        return
    Foerderantrag.objects.filter(pk=antrag.pk).update(
        version=F("version") + 1, geaendert_um=um, geaendert_von=durch
    )
    antrag.refresh_from_db()
    protokolliere(
        GEAENDERT if vorschlag.art == Art.AENDERUNG else GEFORDERT,
        antrag,
        durch=durch,
        fuer=fuer,
        angaben={"um": um.isoformat(timespec="seconds"), **angaben},
    )


def _schritt(antrag, vorschlag):
    """The step of this approval; a claim takes one only where it is the first after the proof."""
    if vorschlag.art == Art.RUECKFORDERUNG and antrag.status == Status.NACHWEIS_GEPRUEFT:
        return "zurueckfordern"
    return SCHRITT.get(vorschlag.art)
