"""How a notice becomes known and final (F18, § 41 VwVfG).

    stelle_bereit -> rufe_ab (the Kommune) -> bestaetige_empfang, verzichte
                  -> without consent, or not fetched in time: gib_zur_post (the LPR)

and once it is known, the period over or a waiver given and no objection open, it is final; what
staff note about objections and waivers on paper stands in `rechtsbehelf`, about a letter that came
late or never in `zugang`. The moments of a notice live in its Bekanntgabe; the case follows by the
steps of the system. Every act locks the case first, then the Bekanntgabe.
"""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from asskomm.formate import tag
from asskomm.konten import vertretung
from asskomm.konten.models import Konto
from asskomm.post.verfahren import stelle_ein
from asskomm.post.vorlagen import Vorlage
from asskomm.protokoll.handlungen import Handlung
from asskomm.protokoll.verfahren import protokolliere
from asskomm.schritt import SchrittNichtMoeglich, Ueberholt

from .. import fristen
from ..befugnisse import RECHTE, Handelnde, handelt_als
from ..bescheid import vorlagen
from ..kenntnis import ist_lesbar
from ..models import (
    BEENDET,
    MIT_BEWILLIGUNG,
    Bekanntgabe,
    Bescheid,
    Entscheidung,
    Foerderantrag,
    Regel,
    Status,
)
from ..regelwerk.werte import ganzer_wert
from . import aufgriff, zuwendung
from .schritte import SCHRITTE, KeinRecht, gehe, sperre
from .zeichnung import beteiligte

Art = Entscheidung.Art
Weg = Bekanntgabe.Weg
Schluessel = Regel.Schluessel
# Who acts for the Kommune; the Verwaltung of its members and those who only read do not.
ABRUF_DURCH = frozenset([Handelnde.BEARBEITUNG, Handelnde.ZEICHNUNG])

BEREITGESTELLT = Handlung("bescheid.bereitgestellt", "Bescheid zum Abruf bereitgestellt")
AUF_DEM_POSTWEG = Handlung("bescheid.auf_dem_postweg", "Bescheid ist mit der Post bekannt zu geben")
BEREITSTELLUNG_BEENDET = Handlung(
    "bescheid.bereitstellung_beendet", "Bereitstellung eines Bescheids ohne Abruf beendet"
)
ABGERUFEN = Handlung("bescheid.abgerufen", "Bescheid abgerufen")
ZUR_POST_GEGEBEN = Handlung("bescheid.zur_post_gegeben", "Bescheid zur Post gegeben")
EMPFANG_BESTAETIGT = Handlung("bescheid.empfang_bestaetigt", "Empfang eines Bescheids bestätigt")
VERZICHTET = Handlung("bescheid.verzichtet", "Auf Rechtsbehelf gegen einen Bescheid verzichtet")
BESTANDSKRAEFTIG = Handlung("bescheid.bestandskraeftig", "Bescheid bestandskräftig")
NICHT_BESTANDSKRAEFTIG = Handlung(
    "bescheid.bestandskraft_zurueckgenommen", "Bestandskraft eines Bescheids zurückgenommen"
)


# --- Provision ---------------------------------------------------------------------


@transaction.atomic
def stelle_bereit(bescheid: Bescheid, *, um: datetime) -> Bekanntgabe:
    """Begin the delivery of a notice just issued, in the transaction of its decision.

    With the consent of the Kommune it can be fetched in the portal for the days of the rule set,
    and everybody who can fetch it is told that there is news; without it staff have to post it.
    """
    vorhanden = Bekanntgabe.objects.filter(bescheid=bescheid).first()
    if vorhanden:
        return vorhanden
    antrag = bescheid.antrag
    if not antrag.elektronische_bekanntgabe:
        bekanntgabe = Bekanntgabe.objects.create(bescheid=bescheid, weg=Weg.POST)
        protokolliere_zum_bescheid(AUF_DEM_POSTWEG, bescheid, durch=None, um=_moment(um))
        _bitte_um_versand(bescheid)
        return bekanntgabe
    bis = fristen.abruf_bis(
        timezone.localdate(um), ganzer_wert(bescheid.regelwerk, Schluessel.ABRUF_TAGE)
    )
    bekanntgabe = Bekanntgabe.objects.create(
        bescheid=bescheid, weg=Weg.ABRUF, bereitgestellt_um=um, abrufbar_bis=bis
    )
    protokolliere_zum_bescheid(
        BEREITGESTELLT, bescheid, durch=None, um=_moment(um), bis=bis.isoformat()
    )
    _schreibe_der_kommune(vorlagen.BESCHEID_LIEGT_BEREIT, antrag, bis=tag(bis), **_ort(bescheid))
    return bekanntgabe


@transaction.atomic
def beende_bereitstellung(bekanntgabe: Bekanntgabe, *, heute: date) -> bool:
    """Not fetched in time: provision ends and staff post it (§ 41 Abs. 2a Satz 4 VwVfG).

    Returns whether it did end; somebody may have fetched it at the last moment.
    """
    bescheid = bekanntgabe.bescheid
    sperre_bekanntgabe(bescheid)
    offen = Bekanntgabe.objects.filter(
        pk=bekanntgabe.pk, weg=Weg.ABRUF, abgerufen_um__isnull=True, abrufbar_bis__lt=heute
    )
    if not offen.update(weg=Weg.POST):
        return False
    protokolliere_zum_bescheid(BEREITSTELLUNG_BEENDET, bescheid, durch=None)
    _bitte_um_versand(bescheid)
    return True


def _bitte_um_versand(bescheid):
    """Tell the Kommune what comes, and whoever is in charge what there is to do."""
    antrag = bescheid.antrag
    _schreibe_der_kommune(vorlagen.BESCHEID_PER_POST, antrag, **_ort(bescheid))
    if antrag.zustaendig and antrag.zustaendig.is_active:
        _schreibe(vorlagen.BESCHEID_ZUR_POST, antrag, antrag.zustaendig, **_ort(bescheid))


def zu_versenden(konto: Konto) -> QuerySet[Bescheid]:
    """What staff have to post, of the cases that `konto` works on; the oldest first."""
    return (
        Bescheid.objects.zu_versenden()
        .filter(antrag__in=Foerderantrag.objects.fuer_lpr(konto))
        .select_related("antrag__kommune")
        .order_by("erlassen_um")
    )


# --- The Kommune -------------------------------------------------------------------


@transaction.atomic
def rufe_ab(bescheid: Bescheid, *, durch: Konto, um: datetime) -> Bekanntgabe:
    """Fetch the notice for the Kommune; it counts as known the day after.

    By a person who acts for the Kommune (Bearbeitung, Zeichnung) and has signed in, as the law
    asks. The first time counts; later ones change nothing. Raises KeinRecht, and
    SchrittNichtMoeglich where it comes by post.
    """
    bekanntgabe = sperre_bekanntgabe(bescheid)
    verlange(ABRUF_DURCH, bescheid, durch)
    heute = timezone.localdate(um)
    if ist_lesbar(bekanntgabe, heute):
        return bekanntgabe
    if bekanntgabe.weg != Weg.ABRUF:
        raise SchrittNichtMoeglich("Diesen Bescheid erhalten Sie mit der Post.")
    if heute > bekanntgabe.abrufbar_bis:
        raise SchrittNichtMoeglich(
            f"Der Bescheid war bis zum {tag(bekanntgabe.abrufbar_bis)} abrufbar. "
            "Sie erhalten ihn mit der Post."
        )
    bekannt = fristen.bekannt_am(heute)
    bekanntgabe.abgerufen_um, bekanntgabe.abgerufen_von = um, durch
    _mache_bekannt(bekanntgabe, bescheid, bekannt)
    protokolliere_zum_bescheid(
        ABGERUFEN, bescheid, durch=durch, um=_moment(um), **_tage(bekanntgabe)
    )
    return bekanntgabe


@transaction.atomic
def bestaetige_empfang(bescheid: Bescheid, *, durch: Konto, um: datetime) -> Bekanntgabe:
    """The Kommune confirms that it has the notice; the first confirmation counts.

    Raises KeinRecht, and SchrittNichtMoeglich before it is fetched or the letter counts as known.
    """
    bekanntgabe = sperre_bekanntgabe(bescheid)
    verlange(ABRUF_DURCH, bescheid, durch)
    _verlange_lesbar(bekanntgabe, um)
    if bekanntgabe.empfang_bestaetigt_um is None:
        bekanntgabe.empfang_bestaetigt_um = um
        bekanntgabe.save(update_fields=["empfang_bestaetigt_um"])
        protokolliere_zum_bescheid(EMPFANG_BESTAETIGT, bescheid, durch=durch, um=_moment(um))
    return bekanntgabe


@transaction.atomic
def verzichte(bescheid: Bescheid, *, durch: Konto, um: datetime) -> Bekanntgabe:
    """A person of the role Zeichnung waives remedies; whoever waives has received, too.

    Cannot be taken back; sent twice it is the same waiver. The notice is final at once, or on
    the day on which it counts as known. Raises KeinRecht, and SchrittNichtMoeglich before it is fetched
    or the letter counts as known, after an objection, or once the period is over.
    """
    bekanntgabe = sperre_bekanntgabe(bescheid)
    verlange({Handelnde.ZEICHNUNG}, bescheid, durch)
    if bekanntgabe.verzichtet_um:
        return bekanntgabe
    _verlange_lesbar(bekanntgabe, um)
    heute = timezone.localdate(um)
    if bekanntgabe.rechtsbehelf_am:
        raise SchrittNichtMoeglich("Gegen diesen Bescheid ist ein Rechtsbehelf vermerkt.")
    if heute > bekanntgabe.rechtsbehelf_bis:
        raise SchrittNichtMoeglich(
            f"Die Frist für den Rechtsbehelf ist am {tag(bekanntgabe.rechtsbehelf_bis)} abgelaufen. "
            "Ein Verzicht ist nicht mehr nötig."
        )
    bekanntgabe.verzichtet_um, bekanntgabe.verzichtet_von = um, durch
    bekanntgabe.empfang_bestaetigt_um = bekanntgabe.empfang_bestaetigt_um or um
    bekanntgabe.version += 1
    bekanntgabe.save(
        update_fields=["verzichtet_um", "verzichtet_von", "empfang_bestaetigt_um", "version"]
    )
    protokolliere_zum_bescheid(VERZICHTET, bescheid, durch=durch, um=_moment(um))
    _werde_bestandskraeftig(bekanntgabe, bescheid, um)
    return bekanntgabe


# --- The LPR -----------------------------------------------------------------------


@transaction.atomic
def gib_zur_post(bescheid: Bescheid, am: date, *, durch: Konto, um: datetime) -> Bekanntgabe:
    """Note the day on which the letter was posted; it is known some days later (rule set).

    The same day again changes nothing. Raises Ueberholt where another day stands there already.
    """
    bekanntgabe = sperre_bekanntgabe(bescheid)
    verlange({Handelnde.SACHBEARBEITUNG}, bescheid, durch)
    if bekanntgabe.post_aufgegeben_am == am:
        return bekanntgabe
    if bekanntgabe.post_aufgegeben_am:
        raise Ueberholt(
            f"Der Bescheid ging schon am {tag(bekanntgabe.post_aufgegeben_am)} zur Post."
        )
    if bekanntgabe.weg != Weg.POST:
        raise SchrittNichtMoeglich("Dieser Bescheid liegt im Portal zum Abruf bereit.")
    if am > timezone.localdate(um):
        raise SchrittNichtMoeglich("Dieser Tag liegt in der Zukunft.")
    if am < (erlassen := timezone.localdate(bescheid.erlassen_um)):
        raise SchrittNichtMoeglich(f"Der Bescheid ist erst am {tag(erlassen)} erlassen.")
    if bekanntgabe.abrufbar_bis and am <= bekanntgabe.abrufbar_bis:
        raise SchrittNichtMoeglich(
            f"Bis zum {tag(bekanntgabe.abrufbar_bis)} lag der Bescheid im Portal zum Abruf bereit. "
            "Zur Post ging er erst danach."
        )
    if bekanntgabe.vergeblich_am and am <= bekanntgabe.vergeblich_am:
        raise SchrittNichtMoeglich(
            f"Der Brief vom {tag(bekanntgabe.vergeblich_am)} kam nicht an. Der neue Brief ging "
            "erst danach zur Post."
        )
    bekanntgabe.post_aufgegeben_am = am
    _mache_bekannt(bekanntgabe, bescheid, gilt_als_bekannt_am(bescheid, am))
    protokolliere_zum_bescheid(
        ZUR_POST_GEGEBEN, bescheid, durch=durch, aufgegeben=am.isoformat(), **_tage(bekanntgabe)
    )
    return bekanntgabe


# --- What follows by itself --------------------------------------------------------


def faellige_bestandskraft(heute: date) -> QuerySet[Bekanntgabe]:
    """Known, without an objection that is open or has succeeded, and waived or past the period."""
    return Bekanntgabe.objects.filter(
        Q(verzichtet_um__isnull=False) | Q(rechtsbehelf_bis__lt=heute),
        Q(rechtsbehelf_am__isnull=True) | Q(rechtsbehelf_ausgang__in=Bekanntgabe.OHNE_ERFOLG),
        bestandskraft_am__isnull=True,
        bekannt_am__lte=heute,
    )


@transaction.atomic
def werde_bestandskraeftig(bekanntgabe: Bekanntgabe, *, um: datetime) -> None:
    """The notice is final, if it still may be; the case goes on and the grant is published."""
    bescheid = bekanntgabe.bescheid
    _werde_bestandskraeftig(sperre_bekanntgabe(bescheid), bescheid, um)


@transaction.atomic
def beginne_durchfuehrung(antrag: Foerderantrag, *, um: datetime) -> None:
    """The approved period has begun; nothing happens before its first day."""
    jetzt = sperre(antrag)
    if jetzt.status == Status.BESTANDSKRAEFTIG:
        _beginne_durchfuehrung(jetzt, um)


def vor_durchfuehrung() -> QuerySet[Foerderantrag]:
    """Cases that wait for the first day of their approved period."""
    return Foerderantrag.objects.filter(status=Status.BESTANDSKRAEFTIG)


def _werde_bestandskraeftig(bekanntgabe, bescheid, um):
    heute = timezone.localdate(um)
    if not faellige_bestandskraft(heute).filter(pk=bekanntgabe.pk).exists():
        return
    bekanntgabe.bestandskraft_am = fristen.bestandskraft_am(
        bekanntgabe.bekannt_am,
        bekanntgabe.rechtsbehelf_bis,
        verzicht=bekanntgabe.verzichtet_am,
        klage_ende=bekanntgabe.rechtsbehelf_ende_am,
    )
    bekanntgabe.save(update_fields=["bestandskraft_am"])
    protokolliere_zum_bescheid(
        BESTANDSKRAEFTIG, bescheid, durch=None, am=bekanntgabe.bestandskraft_am.isoformat()
    )
    antrag = sperre(bescheid.antrag)
    if bescheid.art in Entscheidung.MIT_BETRAG and antrag.status in MIT_BEWILLIGUNG:
        setze_fort(antrag, um=um)
        zuwendung.veroeffentliche(bescheid)
        _schreibe_der_kommune(vorlagen.BESCHEID_BESTANDSKRAEFTIG, antrag, **_ort(bescheid))
    elif _hat_den_fall_beendet(bescheid, antrag):
        aufgriff.beende(antrag, durch=None, um=um)


def setze_fort(antrag: Foerderantrag, *, um: datetime) -> None:
    """A locked case goes on once its grant is final."""
    if antrag.status == Status.BEWILLIGT and _ist_bestandskraeftig(antrag):
        gehe(antrag, "bestandskraft_feststellen", durch=None, um=um, gesehen=antrag.version)
        _beginne_durchfuehrung(antrag, um)


def _ist_bestandskraeftig(antrag):
    """Whether the grant is final: its award, or the first change after one that a court quashed."""
    mit_betrag = Bekanntgabe.objects.filter(
        bescheid__antrag=antrag, bescheid__art__in=Entscheidung.MIT_BETRAG
    )
    massgeblich = None
    for bekanntgabe in mit_betrag.select_related("bescheid").order_by("-bescheid__nummer"):
        if bekanntgabe.rechtsbehelf_ausgang != Bekanntgabe.Ausgang.STATTGEGEBEN:
            massgeblich = bekanntgabe
        if bekanntgabe.bescheid.art != Art.AENDERUNG:
            break
    return massgeblich is not None and massgeblich.bestandskraft_am is not None


def _beginne_durchfuehrung(antrag, um):
    geltend = (
        antrag.bescheide.filter(art__in=Entscheidung.MIT_BETRAG)
        .exclude(bekanntgabe__rechtsbehelf_ausgang=Bekanntgabe.Ausgang.STATTGEGEBEN)
        .order_by("-nummer")
        .first()
    )
    if geltend.inhalt["zuwendung"]["bewilligung_von"] <= timezone.localdate(um).isoformat():
        gehe(antrag, "durchfuehrung_beginnen", durch=None, um=um, gesehen=antrag.version)


# --- It turns out not to be final --------------------------------------------------


@transaction.atomic
def nimm_bestandskraft_zurueck(
    bekanntgabe: Bekanntgabe, bescheid: Bescheid, *, grund: str, durch: Konto, um: datetime
) -> None:
    """What made a locked notice final was wrong: what followed from that goes back with it.

    The case, the public figures, and the recommendations that a refusal had set free.
    """
    if not grund.strip():
        raise SchrittNichtMoeglich("Geben Sie einen Grund an.")
    bekanntgabe.bestandskraft_am = None
    bekanntgabe.save(update_fields=["bestandskraft_am"])
    protokolliere_zum_bescheid(
        NICHT_BESTANDSKRAEFTIG, bescheid, durch=durch, grund=grund, um=_moment(um)
    )
    antrag = sperre(bescheid.antrag)
    if _hat_den_fall_beendet(bescheid, antrag):
        aufgriff.nimm_wieder_auf(antrag, durch=durch, um=um)
    if bescheid.art != Art.RUECKFORDERUNG:
        setze_zurueck(antrag, grund=grund, durch=durch, um=um)


def _hat_den_fall_beendet(bescheid, antrag):
    """By a refusal or a revocation after which nothing was decided anew."""
    return bescheid.art in (Art.ABLEHNUNG, Art.WIDERRUF) and antrag.status in BEENDET


def setze_zurueck(antrag: Foerderantrag, *, grund: str, durch: Konto, um: datetime) -> None:
    """A locked case whose grant is not final any more waits for that again, unpublished."""
    weiter = antrag.status in SCHRITTE["bestandskraft_zuruecknehmen"].aus
    if weiter and not _ist_bestandskraeftig(antrag):
        gehe(
            antrag,
            "bestandskraft_zuruecknehmen",
            durch=durch,
            um=um,
            gesehen=antrag.version,
            grund=grund,
        )
    zuwendung.nimm_aus_der_oeffentlichkeit(antrag)


# --- What the steps are made of ----------------------------------------------------


def sperre_bekanntgabe(bescheid: Bescheid) -> Bekanntgabe:
    """The delivery as it is now; nobody else changes it or its case until the end."""
    sperre(bescheid.antrag)
    return Bekanntgabe.objects.select_for_update(of=("self",)).get(bescheid=bescheid)


def verlange(handelnde: Set[Handelnde], bescheid: Bescheid, durch: Konto) -> None:
    """Raises KeinRecht for who is none of these in the case of the notice."""
    if not handelnde & handelt_als(durch, bescheid.antrag):
        wer = " oder ".join(sorted(art.value for art in handelnde))
        raise KeinRecht(f"Diesen Schritt macht {wer}.")


def _verlange_lesbar(bekanntgabe, um):
    """The Kommune has the notice: it was fetched, or the letter counts as known."""
    if ist_lesbar(bekanntgabe, timezone.localdate(um)):
        return
    if bekanntgabe.weg == Weg.ABRUF:
        raise SchrittNichtMoeglich("Rufen Sie den Bescheid zuerst ab.")
    raise SchrittNichtMoeglich(
        "Dieser Bescheid kommt mit der Post und gilt noch nicht als bekannt gegeben."
    )


def _mache_bekannt(bekanntgabe, bescheid, am):
    """Store when it counts as known, and until when it can be taken to court.

    From that day on the public grant is as the notice says.
    """
    for name, wert in bekannt_und_frist(bescheid, am).items():
        setattr(bekanntgabe, name, wert)
    bekanntgabe.save()
    zuwendung.schreibe_fort(bescheid.antrag)


def bekannt_und_frist(bescheid: Bescheid, am: date) -> dict[str, date]:
    """The columns of a delivery that is known on the day `am`."""
    monate = ganzer_wert(bescheid.regelwerk, Schluessel.RECHTSBEHELF_MONATE)
    return {"bekannt_am": am, "rechtsbehelf_bis": fristen.rechtsbehelf_bis(am, monate)}


def gilt_als_bekannt_am(bescheid: Bescheid, aufgabe: date) -> date:
    """When a letter posted on the day `aufgabe` counts as known, unless it came later or never."""
    tage = ganzer_wert(bescheid.regelwerk, Schluessel.POSTZUSTELLUNG_TAGE)
    return fristen.zugegangen_am(aufgabe, tage)


def _moment(um):
    """As the history reads it: when it happened, which is not always when the log wrote it down."""
    return um.isoformat(timespec="seconds")


def _tage(bekanntgabe):
    return {
        "bekannt": bekanntgabe.bekannt_am.isoformat(),
        "rechtsbehelf_bis": bekanntgabe.rechtsbehelf_bis.isoformat(),
    }


def protokolliere_zum_bescheid(
    handlung: Handlung, bescheid: Bescheid, *, durch: Konto | None, grund: str = "", **angaben
) -> None:
    """About the notice; the case is named, so that its history finds the entry."""
    recht = RECHTE[Handelnde.SACHBEARBEITUNG]
    fuer = vertretung.fuer(durch, recht) if durch and durch.is_staff else None
    protokolliere(
        handlung,
        bescheid.antrag,
        durch=durch,
        fuer=fuer,
        grund=grund,
        angaben={"bescheid": str(bescheid.pk), **angaben},
    )


def _ort(bescheid):
    return {"bescheid": str(bescheid.pk)}


def _schreibe_der_kommune(vorlage: Vorlage, antrag, **weiteres):
    """To everybody who can fetch a notice of the case; no word about what it says."""
    for konto in beteiligte(antrag.kommune):
        _schreibe(vorlage, antrag, konto, **weiteres)


def _schreibe(vorlage, antrag, konto, **weiteres):
    angaben = {"nummer": antrag.nummer, "antrag": str(antrag.pk), **weiteres}
    stelle_ein(vorlage, an=konto, gegenstand=antrag, angaben=angaben)


# --- What pages say ----------------------------------------------------------------


@dataclass(frozen=True)
class Ereignis:
    """One point of the delivery: what, and when (a day or a moment)."""

    wort: str
    wann: date | datetime

    @property
    def ist_zeitpunkt(self) -> bool:
        return isinstance(self.wann, datetime)


_ENDE = {
    Bekanntgabe.Ausgang.ZURUECKGENOMMEN: "Klage zurückgenommen",
    Bekanntgabe.Ausgang.ABGEWIESEN: "Klage rechtskräftig abgewiesen",
    Bekanntgabe.Ausgang.STATTGEGEBEN: "Vom Gericht aufgehoben",
}


def ereignisse(bekanntgabe: Bekanntgabe) -> Iterator[Ereignis]:
    """What has happened and which days follow from it, in their order."""
    punkte = [
        ("Erlassen", bekanntgabe.bescheid.erlassen_um),
        ("Zum Abruf bereitgestellt", bekanntgabe.bereitgestellt_um),
        ("Abgerufen", bekanntgabe.abgerufen_um),
        ("Zur Post gegeben, nicht angekommen", bekanntgabe.vergeblich_am),
        ("Zur Post gegeben", bekanntgabe.post_aufgegeben_am),
        (
            "Später angekommen und damit bekannt gegeben"
            if bekanntgabe.zugang_am
            else "Bekannt gegeben",
            bekanntgabe.bekannt_am,
        ),
        ("Empfang bestätigt", bekanntgabe.empfang_bestaetigt_um),
        (
            "Auf Rechtsbehelf verzichtet",
            bekanntgabe.verzichtet_von_id and bekanntgabe.verzichtet_um,
        ),
        ("Verzicht auf Rechtsbehelf mit Brief eingegangen", bekanntgabe.verzicht_eingang_am),
        ("Rechtsbehelf eingelegt", bekanntgabe.rechtsbehelf_am),
        # After a waiver nobody can use the rest of the period.
        (
            "Letzter Tag für einen Rechtsbehelf",
            None if bekanntgabe.verzichtet_um else bekanntgabe.rechtsbehelf_bis,
        ),
        (_ENDE.get(bekanntgabe.rechtsbehelf_ausgang), bekanntgabe.rechtsbehelf_ende_am),
        ("Bestandskräftig", bekanntgabe.bestandskraft_am),
    ]
    for wort, wann in sorted((p for p in punkte if p[1]), key=lambda punkt: _ab(punkt[1])):
        yield Ereignis(wort, wann)


def _ab(wann):
    """Moments in their order; a day stands after the moments within it."""
    if isinstance(wann, datetime):
        return wann
    return timezone.make_aware(datetime.combine(wann, time.max))
