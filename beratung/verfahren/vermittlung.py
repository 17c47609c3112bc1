"""From a request for a coach to an engagement (F31): every step of it stands here.

Steps about one request happen one after the other: each locks it, asks for its state and counts
its version. Room and contract of a coach are asked for with the coach locked, so of two people who
accept the last free place at once only one gets it.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from asskomm.formate import tag
from asskomm.konten.models import Konto
from asskomm.post.verfahren import stelle_ein
from asskomm.post.vorlagen import Vorlage
from asskomm.protokoll.verfahren import protokolliere
from asskomm.schritt import SchrittNichtMoeglich, Ueberholt
from kommunen.befugnisse import Befugnis, darf, konten_mit
from kommunen.models import Kommune, Mitgliedschaft
from kommunen.zeitangabe import Zeitangabe

from .. import handlungen, vorlagen
from ..models import (
    WARTEND,
    Anfragestand,
    Antwort,
    Coach,
    Coaching,
    Coachinganfrage,
    Coachvorschlag,
    Einsatz,
    Einsatzrolle,
    Faehigkeit,
    Mandat,
)
from ..vermittlung.pool import Hindernis, hindernisse, pool
from .coach import verlange_koordination

# Public, like every source: without the day (F32).
QUELLE = "Vermittlung durch den LPR"
VORSCHLAG_VORBEI = "Dieser Vorschlag gilt nicht mehr."
# For both sides, when the reason is internal.
GEAENDERT = "Die Voraussetzungen haben sich inzwischen geändert."
EIN_TAG = timedelta(days=1)


class NichtMehrFrei(SchrittNichtMoeglich):
    """Both sides would agree, but the coach cannot any more. The request is open again by then."""


class CoachNichtMoeglich(SchrittNichtMoeglich):
    """What speaks against the coach; `feld` is where the coordinator can change it, if so."""

    def __init__(self, satz: str, feld: str | None = None):
        super().__init__(satz)
        self.feld = feld


# --- Requests -------------------------------------------------------------------


def frage_an(
    kommune: Kommune,
    anliegen: str,
    faehigkeiten: Collection[Faehigkeit] = (),
    *,
    durch: Konto,
    um: datetime,
    marke: UUID,
) -> Coachinganfrage:
    """Ask the LPR for a coach. The same form sent twice (`marke`) is one request.

    Raises SchrittNichtMoeglich without the role Bearbeitung, while another request waits, and for
    a Kommune that exists no more.
    """
    if not darf(durch, Befugnis.BEARBEITEN, kommune):
        raise SchrittNichtMoeglich("Ein Coaching fragt eine Person mit der Rolle Bearbeitung an.")
    vorhanden = Coachinganfrage.objects.filter(marke=marke, kommune=kommune).first()
    if vorhanden:
        return vorhanden
    if kommune.ist_erloschen(timezone.localdate(um)):
        raise SchrittNichtMoeglich(
            "Diese Kommune besteht nicht mehr. Ein Coaching fragt die Rechtsnachfolge an."
        )
    try:
        with transaction.atomic():
            anfrage = Coachinganfrage.objects.create(
                kommune=kommune,
                marke=marke,
                anliegen=anliegen,
                gestellt_um=um,
                gestellt_von=durch,
            )
            anfrage.faehigkeiten.set(faehigkeiten)
            protokolliere(handlungen.COACHING_ANGEFRAGT, anfrage, durch=durch)
            _schreibe_der_geschaeftsstelle(vorlagen.COACHING_ANGEFRAGT, anfrage)
    except IntegrityError as fehler:
        vorhanden = Coachinganfrage.objects.filter(marke=marke, kommune=kommune).first()
        if vorhanden:
            return vorhanden
        raise SchrittNichtMoeglich(
            "Ihre Kommune hat schon ein Coaching angefragt. Die Anfrage ist noch offen."
        ) from fehler
    return anfrage


@transaction.atomic
def ziehe_anfrage_zurueck(
    anfrage: Coachinganfrage, *, durch: Konto, um: datetime, gesehen: int
) -> None:
    """The Kommune does not want a coach any more; a proposal that waits ends with it.

    Raises Ueberholt when something happened to the request after the page was shown.
    """
    anfrage = _sperre(anfrage)
    if not darf(durch, Befugnis.BEARBEITEN, anfrage.kommune):
        raise SchrittNichtMoeglich("Das macht eine Person mit der Rolle Bearbeitung.")
    _verlange(anfrage, WARTEND, gesehen)
    _beende_offenen(anfrage, um=um, an_kommune=False)
    _gehe(
        anfrage, Anfragestand.ZURUECKGEZOGEN, handlungen.COACHING_ZURUECKGEZOGEN, durch=durch,
        beendet_um=um,
    )  # fmt: skip
    _schreibe_der_geschaeftsstelle(vorlagen.COACHING_ZURUECKGEZOGEN, anfrage)


@transaction.atomic
def lehne_anfrage_ab(
    anfrage: Coachinganfrage, grund: str, *, durch: Konto, um: datetime, gesehen: int
) -> None:
    """The coordinator refuses; the Kommune reads the reason. Not while a proposal waits."""
    verlange_koordination(durch)
    anfrage = _sperre(anfrage)
    _verlange(anfrage, (Anfragestand.OFFEN,), gesehen)
    if not grund.strip():
        raise SchrittNichtMoeglich("Geben Sie einen Grund an. Die Kommune kann ihn lesen.")
    _gehe(
        anfrage, Anfragestand.ABGELEHNT, handlungen.COACHING_ABGELEHNT, durch=durch,
        beendet_um=um, grund=grund.strip(),
    )  # fmt: skip
    for konto in konten_mit(Befugnis.BEARBEITEN, anfrage.kommune):
        _schreibe(vorlagen.COACHING_ABGELEHNT, konto, anfrage, anfrage=anfrage)


# --- Proposals ------------------------------------------------------------------


@transaction.atomic
def schlage_vor(
    anfrage: Coachinganfrage,
    coach: Coach,
    *,
    beginn: date,
    ende: date,
    kontingent: int,
    durch: Konto,
    um: datetime,
    gesehen: int,
    weitere: Collection[Kommune] = (),
    hinweis: str = "",
) -> Coachvorschlag:
    """Propose the coach to both sides; `kontingent` in quarter days.

    Raises CoachNichtMoeglich with what speaks against the coach, SchrittNichtMoeglich for a Kommune
    that no longer exists on the first day, Ueberholt when the request has moved on.
    """
    verlange_koordination(durch)
    anfrage = _sperre(anfrage)
    _verlange(anfrage, (Anfragestand.OFFEN,), gesehen)
    weitere = [kommune for kommune in weitere if kommune != anfrage.kommune]
    if beginn < timezone.localdate(um):
        raise CoachNichtMoeglich("Der Beginn liegt in der Vergangenheit.", "beginn")
    if ende < beginn:
        raise CoachNichtMoeglich("Das Ende liegt vor dem Beginn.", "ende")
    if saetze := _erloschene([anfrage.kommune, *weitere], beginn):
        raise SchrittNichtMoeglich(" ".join(saetze))
    if gefunden := _was_dagegen_spricht(coach, [anfrage.kommune, *weitere], beginn):
        feld = "beginn" if [h.name for h in gefunden] == ["ohne_vertrag"] else None
        raise CoachNichtMoeglich(" ".join(h.satz for h in gefunden), feld)
    vorschlag = Coachvorschlag.objects.create(
        anfrage=anfrage,
        coach=coach,
        beginn=beginn,
        ende=ende,
        kontingent=kontingent,
        hinweis=hinweis,
        vorgeschlagen_um=um,
        vorgeschlagen_von=durch,
    )
    vorschlag.weitere_kommunen.set(weitere)
    angaben = {"vorschlag": str(vorschlag.pk), "coach": coach.pk}
    _gehe(
        anfrage, Anfragestand.VORGESCHLAGEN, handlungen.COACH_VORGESCHLAGEN, durch=durch,
        angaben=angaben,
    )  # fmt: skip
    _schreibe_der_kommune(vorlagen.COACHING_VORSCHLAG_KOMMUNE, vorschlag)
    _schreibe_dem_coach(vorlagen.COACHING_VORSCHLAG_COACH, vorschlag)
    return vorschlag


@transaction.atomic
def nimm_vorschlag_zurueck(vorschlag: Coachvorschlag, *, durch: Konto, um: datetime) -> None:
    """The coordinator takes the proposal back; the request waits for another one."""
    verlange_koordination(durch)
    vorschlag, anfrage = _sperre_vorschlag(vorschlag)
    _verlange_laufend(vorschlag)
    _beende_offenen(anfrage, um=um)
    _gehe(
        anfrage, Anfragestand.OFFEN, handlungen.VORSCHLAG_ZURUECKGENOMMEN, durch=durch,
        angaben={"vorschlag": str(vorschlag.pk)},
    )  # fmt: skip


def stimme_zu(vorschlag: Coachvorschlag, *, durch: Konto, um: datetime) -> Coachvorschlag:
    """Yes of one side; the second one makes the engagement. Twice said is once said.

    Raises NichtMehrFrei when the coach has no room or contract left by now, or a Kommune exists no
    more; the request is open again then. Raises SchrittNichtMoeglich once the proposal is over.
    """
    with transaction.atomic():
        seite = seite_von(vorschlag, durch)
        vorschlag, anfrage = _sperre_vorschlag(vorschlag)
        if vorschlag.angenommen:
            return vorschlag
        _verlange_laufend(vorschlag)
        if getattr(vorschlag, f"{seite}_antwort") == Antwort.JA:
            return vorschlag
        andere = "coach" if seite == "kommune" else "kommune"
        beide = getattr(vorschlag, f"{andere}_antwort") == Antwort.JA
        gruende = _erloschene(
            _kommunen(vorschlag), max(vorschlag.beginn, timezone.localdate(um))
        ) or (_gruende(vorschlag) if beide else [])
        if not gruende and beide:
            _antworte(vorschlag, seite, Antwort.JA, durch=durch, um=um, beendet_um=um)
            _vermittle(vorschlag, anfrage, seite, durch=durch, um=um)
            return vorschlag
        if not gruende:
            _antworte(vorschlag, seite, Antwort.JA, durch=durch, um=um)
            _gehe(
                anfrage, anfrage.stand, handlungen.VORSCHLAG_ZUGESTIMMT, durch=durch,
                angaben=_angaben_der_antwort(vorschlag, seite),
            )  # fmt: skip
            return vorschlag
        _beende_offenen(anfrage, um=um)
        _gehe(
            anfrage, Anfragestand.OFFEN, handlungen.VORSCHLAG_GESCHEITERT, durch=durch,
            angaben={"vorschlag": str(vorschlag.pk)},
        )  # fmt: skip
        _schreibe_der_geschaeftsstelle(vorlagen.COACHING_WIEDER_OFFEN, anfrage)
    raise NichtMehrFrei(
        f"Die Begleitung kommt so nicht zustande. {' '.join(dict.fromkeys(gruende))} "
        "Die Anfrage ist wieder offen, die Koordination schlägt einen anderen Weg vor."
    )


@transaction.atomic
def sage_ab(vorschlag: Coachvorschlag, grund: str, *, durch: Konto, um: datetime) -> Coachvorschlag:
    """No of one side, with a reason that only coordinators read; the request is open again."""
    seite = seite_von(vorschlag, durch)
    vorschlag, anfrage = _sperre_vorschlag(vorschlag)
    if getattr(vorschlag, f"{seite}_antwort") == Antwort.NEIN:
        return vorschlag
    _verlange_laufend(vorschlag)
    if not grund.strip():
        raise SchrittNichtMoeglich("Geben Sie einen Grund an. Ihn liest nur die Koordination.")
    _antworte(
        vorschlag, seite, Antwort.NEIN, durch=durch, um=um, beendet_um=um,
        **{f"{seite}_grund": grund.strip()},
    )  # fmt: skip
    _gehe(
        anfrage, Anfragestand.OFFEN, handlungen.VORSCHLAG_ABGESAGT, durch=durch,
        angaben=_angaben_der_antwort(vorschlag, seite),
    )  # fmt: skip
    if seite == "kommune":
        _schreibe_dem_coach(vorlagen.COACHING_VORSCHLAG_BEENDET, vorschlag)
    else:
        _schreibe_der_kommune(vorlagen.COACHING_VORSCHLAG_BEENDET, vorschlag)
    _schreibe_der_geschaeftsstelle(vorlagen.COACHING_WIEDER_OFFEN, anfrage)
    return vorschlag


def seite_von(vorschlag: Coachvorschlag, konto: Konto) -> str:
    """For whom `konto` answers: "coach" or "kommune". Raises where it may not answer at all."""
    if vorschlag.coach.konto_id == konto.pk and konto.is_active:
        return "coach"
    if darf(konto, Befugnis.BEARBEITEN, vorschlag.anfrage.kommune):
        return "kommune"
    raise SchrittNichtMoeglich(
        "Auf den Vorschlag antworten der Coach und Personen mit der Rolle Bearbeitung."
    )


# --- What the steps are made of ---------------------------------------------------


def _sperre(anfrage):
    return (
        Coachinganfrage.objects.select_for_update(of=("self",))
        .select_related("kommune")
        .get(pk=anfrage.pk)
    )


def _sperre_vorschlag(vorschlag):
    """The proposal as it is now and its request, which is locked: answers come one after another."""
    anfrage = _sperre(vorschlag.anfrage)
    frisch = Coachvorschlag.objects.select_related("coach__konto").get(pk=vorschlag.pk)
    frisch.anfrage = anfrage
    return frisch, anfrage


def _verlange_laufend(vorschlag):
    if vorschlag.beendet_um:
        raise Ueberholt(VORSCHLAG_VORBEI)


def _verlange(anfrage, staende, gesehen):
    if anfrage.stand not in staende or anfrage.version != gesehen:
        raise Ueberholt(
            "An dieser Anfrage hat sich inzwischen etwas geändert. Sehen Sie sich den neuen Stand an."
        )


def _gehe(anfrage, stand, handlung, *, durch, angaben=None, **felder):
    """Write the state and its log entry; the caller has locked the request."""
    felder |= {"stand": stand, "version": anfrage.version + 1}
    Coachinganfrage.objects.filter(pk=anfrage.pk).update(**felder)
    anfrage.refresh_from_db()
    protokolliere(handlung, anfrage, durch=durch, angaben=angaben)


def _was_dagegen_spricht(coach, kommunen, beginn, *, ausser=None) -> list[Hindernis]:
    """Asked with the coach locked: until the end of the transaction nobody takes the place."""
    Coach.objects.select_for_update(of=("self",)).get(pk=coach.pk)
    return hindernisse(pool(kommunen, beginn, ausser=ausser).get(pk=coach.pk))


def _gruende(vorschlag) -> list[str]:
    """What speaks against it by now, as both sides may read it."""
    gefunden = _was_dagegen_spricht(
        vorschlag.coach, _kommunen(vorschlag), vorschlag.beginn, ausser=vorschlag
    )
    return [h.an_beide or GEAENDERT for h in gefunden]


def _erloschene(kommunen, am) -> list[str]:
    """A sentence for each that exists no more on the day `am`."""
    return [
        f"{kommune} besteht ab dem {tag(kommune.gueltig_bis + EIN_TAG)} nicht mehr."
        for kommune in kommunen
        if kommune.ist_erloschen(am)
    ]


def _kommunen(vorschlag):
    return [vorschlag.anfrage.kommune, *vorschlag.weitere_kommunen.all()]


def _antworte(vorschlag, seite, antwort, *, durch, um, **felder):
    felder |= {f"{seite}_antwort": antwort, f"{seite}_um": um, f"{seite}_von": durch}
    for name, wert in felder.items():
        setattr(vorschlag, name, wert)
    vorschlag.save(update_fields=list(felder))


def _angaben_der_antwort(vorschlag, seite):
    return {"vorschlag": str(vorschlag.pk), "seite": seite}


def _beende_offenen(anfrage, *, um, an_kommune=True):
    """End the proposal that waits, if there is one, and tell who was to answer it."""
    offen = anfrage.vorschlaege.offen().select_related("coach__konto").first()
    if offen is None:
        return
    offen.beendet_um = um
    offen.save(update_fields=["beendet_um"])
    offen.anfrage = anfrage
    _schreibe_dem_coach(vorlagen.COACHING_VORSCHLAG_BEENDET, offen)
    if an_kommune:
        _schreibe_der_kommune(vorlagen.COACHING_VORSCHLAG_BEENDET, offen)


def _vermittle(vorschlag, anfrage, seite, *, durch, um):
    """The engagement: the public fact, the working record behind it, and the coach in it."""
    heute = timezone.localdate(um)
    coaching = Coaching.objects.create(
        beginn=Zeitangabe.vom_tag(vorschlag.beginn),
        quelle=QUELLE,
        veroeffentlicht=True,
        herkunft=anfrage.herkunft,
    )
    coaching.kommunen.set(_kommunen(vorschlag))
    mandat = Mandat.objects.create(
        coaching=coaching,
        anfrage=anfrage,
        ansprechperson=_ansprechperson(anfrage),
        beginn=vorschlag.beginn,
        ende_geplant=vorschlag.ende,
        kontingent=vorschlag.kontingent,
        herkunft=anfrage.herkunft,
    )
    Einsatz.objects.create(
        mandat=mandat,
        coach=vorschlag.coach,
        rolle=Einsatzrolle.COACH,
        von=_einsatz_ab(vorschlag, heute),
    )
    _gehe(
        anfrage, Anfragestand.VERMITTELT, handlungen.COACHING_VERMITTELT, durch=durch,
        angaben={**_angaben_der_antwort(vorschlag, seite), "mandat": str(mandat.pk)},
        beendet_um=um,
    )  # fmt: skip
    _schreibe_der_kommune(vorlagen.COACHING_VERMITTELT, vorschlag)
    _schreibe_dem_coach(vorlagen.COACHING_VERMITTELT, vorschlag)
    for kommune in vorschlag.weitere_kommunen.all():
        for konto in konten_mit(Befugnis.BEARBEITEN, kommune):
            _schreibe(vorlagen.COACHING_GEMEINSAM, konto, anfrage, mandat=mandat)


def _ansprechperson(anfrage):
    """Who asked, as long as the person is a member of the Kommune."""
    aktiv = Mitgliedschaft.objects.aktiv().filter(
        kommune=anfrage.kommune, konto=anfrage.gestellt_von_id
    )
    return anfrage.gestellt_von if aktiv.exists() else None


def _einsatz_ab(vorschlag, heute):
    """From the agreement on, as far as the contract of the first day reaches back."""
    vertrag = vorschlag.coach.vertraege.get(von__lte=vorschlag.beginn, bis__gte=vorschlag.beginn)
    return min(vorschlag.beginn, max(heute, vertrag.von))


def _schreibe(vorlage: Vorlage, an: Konto | str, von: Coachinganfrage, /, **verweise) -> None:
    """`verweise` are the records whose page the mail links to."""
    angaben = {name: str(satz.pk) for name, satz in verweise.items()}
    gegenstand = next(iter(verweise.values()))
    stelle_ein(
        vorlage, an=an, gegenstand=gegenstand, angaben={"kommune": str(von.kommune), **angaben}
    )


def _schreibe_der_geschaeftsstelle(vorlage, anfrage):
    if settings.LPR_POSTFACH:
        _schreibe(vorlage, settings.LPR_POSTFACH, anfrage, anfrage=anfrage)


def _schreibe_der_kommune(vorlage, vorschlag):
    for konto in konten_mit(Befugnis.BEARBEITEN, vorschlag.anfrage.kommune):
        _schreibe(vorlage, konto, vorschlag.anfrage, vorschlag=vorschlag)


def _schreibe_dem_coach(vorlage, vorschlag):
    if vorschlag.coach.konto.is_active:
        _schreibe(vorlage, vorschlag.coach.konto, vorschlag.anfrage, vorschlag=vorschlag)
