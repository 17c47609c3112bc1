"""From the draft to the signed version that has arrived, and what the town hall does with it later.

The signature (F9) stands on a frozen content: nobody can edit a case that is in Zeichnung, and
whoever signs hands back the hash of what the page showed. If any of it is another at the moment
of signing, the signature is refused and the new content is shown. So a signature is good even if
the person who prepared the application has left the Kommune meanwhile; the page says that they
have. Who signs must be a member with the role Zeichnung at that moment, and another person than
who prepared, which the database holds everybody to (`fassung_zwei_personen`).

For a deadline the arrival of the request counts (asskomm.eingangszeit), here `eingang`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F, IntegerField, Max
from django.db.models.functions import Cast, Substr
from django.utils import timezone

from asskomm.formate import tag
from asskomm.konten.models import Konto
from asskomm.post.verfahren import stelle_ein
from asskomm.post.vorlagen import Vorlage
from asskomm.protokoll.handlungen import Handlung
from asskomm.protokoll.verfahren import protokolliere
from asskomm.schritt import SchrittNichtMoeglich, Ueberholt
from kommunen.befugnisse import Befugnis, darf
from kommunen.models import Kommune, Mitgliedschaft, Rolle

from ..abschnitte import OEFFENBAR
from ..antrag import fassung, frist
from ..antrag.maengel import maengel
from ..antrag.mangel import Mangel
from ..antrag.umfeld import Umfeld
from ..befugnisse import KOMMUNAL, handelt_als
from ..kanonisch import pruefsumme as pruefsumme_von
from ..models import (
    Anlage,
    Fassung,
    Foerderantrag,
    Foerderrunde,
    Fristverlaengerung,
    Nachforderung,
    Rueckgabe,
    Status,
)
from ..zeichnung import vorlagen
from ..zeichnung.inhalt import (
    EINWILLIGUNG,
    UNTERSCHRIFT,
    empfehlungen,
    geaendert,
    spalten,
    willigt_ein,
)
from . import aufgriff
from .schritte import SCHRITTE, KeinRecht, gehe, pruefe_recht, schon_gegangen, sperre, ueberholt

VERSPAETET = Handlung("antrag.verspaetet", "Einreichung nach dem Ende der Frist abgewiesen")
BEREIT = Handlung("antrag.nachreichung_bereit", "Nachreichung zur Zeichnung bereit gemeldet")
EINWILLIGUNG_WIDERRUFEN = Handlung(
    "antrag.einwilligung_widerrufen", "Einwilligung in Bescheide im Portal widerrufen"
)


class NichtVollstaendig(SchrittNichtMoeglich):
    """There are open points."""

    def __init__(self, maengel: Sequence[Mangel]):
        super().__init__("Im Antrag fehlt noch etwas. Prüfen Sie die offenen Punkte.")
        self.maengel = maengel


class EigeneZeichnung(SchrittNichtMoeglich):
    """Who prepared the application would sign it."""

    def __init__(self):
        super().__init__(
            "Sie haben diesen Antrag zur Zeichnung gegeben. Zeichnen muss eine andere Person."
        )


class OhneAenderung(SchrittNichtMoeglich):
    """The answer to a Nachforderung would change nothing, and nobody has said that this is meant."""

    def __init__(self):
        super().__init__(
            "Bisher ist nichts geändert. Ergänzen Sie die geöffneten Teile, oder kreuzen Sie an, "
            "dass Sie ohne Änderung antworten."
        )


class ZuSpaet(SchrittNichtMoeglich):
    """The request arrived outside the window; `eingang` is when."""

    def __init__(self, antrag: Foerderantrag, eingang: datetime):
        self.eingang = eingang
        angekommen = timezone.localtime(eingang)
        um = f"am {angekommen:%d.%m.%Y} um {angekommen:%H:%M:%S} Uhr"
        if timezone.localdate(eingang) < antrag.runde.beginn:
            satz = f"Die Antragsfrist beginnt am {tag(antrag.runde.beginn)}."
            rat = "Reichen Sie ihn dann ein."
        else:
            satz = f"Die Frist endete am {tag(frist.letzter_tag(antrag))} um 24:00 Uhr."
            rat = "Einreichen lässt er sich nur, wenn die Geschäftsstelle die Frist verlängert."
        super().__init__(
            f"{satz} Ihre Zeichnung ging {um} ein. Der Antrag ist nicht eingereicht, "
            f"er bleibt vollständig erhalten. {rat}"
        )


# --- Who is concerned ----------------------------------------------------------------


def zeichnende(kommune: Kommune, *, ausser: Konto | None = None) -> list[Konto]:
    """Who can sign for the Kommune now, by name."""
    aktiv = Mitgliedschaft.objects.aktiv().filter(kommune=kommune, rolle=Rolle.ZEICHNUNG)
    konten = Konto.objects.filter(pk__in=aktiv.values("konto"))
    if ausser:
        konten = konten.exclude(pk=ausser.pk)
    return sorted(konten, key=lambda konto: str(konto).casefold())


def beteiligte(kommune: Kommune) -> list[Konto]:
    """Everybody who prepares or signs applications of the Kommune."""
    aktiv = Mitgliedschaft.objects.aktiv().filter(
        kommune=kommune, rolle__in=[Rolle.BEARBEITUNG, Rolle.ZEICHNUNG]
    )
    return list(Konto.objects.filter(pk__in=aktiv.values("konto")).order_by("pk"))


def mit_dokument_moeglich(antrag: Foerderantrag, durch: Konto) -> bool:
    """Whether the call allows a signed paper, and nobody but `durch` could sign here (F9)."""
    return antrag.runde.ersatzzeichnung == Foerderrunde.Ersatzzeichnung.DOKUMENT and not zeichnende(
        antrag.kommune, ausser=durch
    )


# --- The signature in the town hall --------------------------------------------------


@transaction.atomic
def gib_zur_zeichnung(
    antrag: Foerderantrag, *, an: Konto, durch: Konto, um: datetime, gesehen: int
) -> None:
    """Freeze the draft and ask `an` to sign it.

    Sent twice it is done once. Raises NichtVollstaendig, and SchrittNichtMoeglich where `an` is not
    another active person with the role Zeichnung.
    """
    jetzt = sperre(antrag)
    if (jetzt.status, jetzt.zur_zeichnung_von_id, jetzt.zeichnende_id, jetzt.version) == (
        Status.IN_ZEICHNUNG, durch.pk, an.pk, gesehen + 1,
    ):  # fmt: skip
        return
    _verlange(jetzt, "zur_zeichnung_geben", durch, gesehen)
    if an == durch:
        raise EigeneZeichnung
    if an not in zeichnende(jetzt.kommune, ausser=durch):
        raise SchrittNichtMoeglich(
            "Wählen Sie eine andere Person, die für Ihre Kommune zeichnen darf."
        )
    if offen := maengel(_umfeld(jetzt, um)):
        raise NichtVollstaendig(offen)
    gehe(
        antrag,
        "zur_zeichnung_geben",
        durch=durch,
        um=um,
        gesehen=gesehen,
        zur_zeichnung_um=um,
        zur_zeichnung_von=durch,
        zeichnende=an,
    )
    antrag.rueckgaben.all().delete()
    schreibe(vorlagen.ANTRAG_ZUR_ZEICHNUNG, [an], antrag, bis=tag(frist.letzter_tag(antrag)))


@transaction.atomic
def hole_zurueck(
    antrag: Foerderantrag, *, durch: Konto, um: datetime, gesehen: int, grund: str
) -> None:
    """Back into the draft, to change something; whoever was asked to sign is told. Twice is once."""
    if schon_gegangen(sperre(antrag), "zurueckholen", durch, gesehen):
        return
    gefragt = antrag.zeichnende
    gehe(antrag, "zurueckholen", durch=durch, um=um, gesehen=gesehen, grund=grund, **_UNGEZEICHNET)
    schreibe(vorlagen.ANTRAG_ZURUECKGEHOLT, _ohne(durch, gefragt), antrag)


@transaction.atomic
def lehne_zeichnung_ab(
    antrag: Foerderantrag,
    gruende: Mapping[str, str],
    *,
    durch: Konto,
    um: datetime,
    gesehen: int,
) -> Rueckgabe:
    """Back into the draft with reasons, {key of a section: reason}; they are shown there."""
    gruende = {
        schluessel: gruende[schluessel].strip()
        for schluessel in OEFFENBAR
        if gruende.get(schluessel, "").strip()
    }
    if not gruende:
        raise SchrittNichtMoeglich("Nennen Sie bei mindestens einem Abschnitt den Grund.")
    jetzt = sperre(antrag)
    if schon_gegangen(jetzt, "zeichnung_ablehnen", durch, gesehen) and antrag.rueckgaben.exists():
        return antrag.rueckgaben.first()
    vorbereitet_von = jetzt.zur_zeichnung_von
    gehe(
        antrag,
        "zeichnung_ablehnen",
        durch=durch,
        um=um,
        gesehen=gesehen,
        grund="\n".join(f"{OEFFENBAR[name]}: {grund}" for name, grund in gruende.items()),
        angaben={"abschnitte": list(gruende)},
        **_UNGEZEICHNET,
    )
    rueckgabe = Rueckgabe.objects.create(
        antrag=antrag, gruende=gruende, zurueckgegeben_um=um, zurueckgegeben_von=durch
    )
    empfaenger = [konto for konto in beteiligte(antrag.kommune) if konto == vorbereitet_von]
    schreibe(vorlagen.ANTRAG_NICHT_GEZEICHNET, empfaenger, antrag)
    return rueckgabe


def gruende(antrag: Foerderantrag) -> Mapping[str, str]:
    """Why the signature was declined last, by section, until the draft is handed over again."""
    letzte = antrag.rueckgaben.first()
    genannt = letzte.gruende if letzte else {}
    # In the order of the application, which the database does not keep.
    return {name: genannt[name] for name in OEFFENBAR if name in genannt}


_UNGEZEICHNET = {"zur_zeichnung_um": None, "zur_zeichnung_von": None, "zeichnende": None}


# --- Submission ----------------------------------------------------------------------


def reiche_ein(
    antrag: Foerderantrag, *, durch: Konto, eingang: datetime, gesehen: int, pruefsumme: str
) -> Fassung:
    """Sign the frozen content and hand it in: number, version with hash, log and mails in one step.

    `pruefsumme` is the hash of what the page showed. The same request again gives the same
    Fassung. Raises EigeneZeichnung, ZuSpaet (and logs it), NichtVollstaendig, Ueberholt.
    """
    return _protokolliere_verspaetung(
        antrag,
        durch,
        _reiche_ein,
        schritt="einreichen",
        eingang=eingang,
        gesehen=gesehen,
        pruefsumme=pruefsumme,
    )


def reiche_mit_dokument_ein(
    antrag: Foerderantrag, *, durch: Konto, eingang: datetime, gesehen: int, pruefsumme: str
) -> Fassung:
    """Hand a draft in with the signed declaration, where nobody else could sign (F9)."""
    return _protokolliere_verspaetung(
        antrag,
        durch,
        _reiche_ein,
        schritt="mit_dokument_einreichen",
        eingang=eingang,
        gesehen=gesehen,
        pruefsumme=pruefsumme,
    )


def _protokolliere_verspaetung(antrag, durch, einreichen, **argumente):
    """A late attempt leaves a trace of its own; what it tried is undone."""
    try:
        return einreichen(antrag, durch=durch, **argumente)
    except ZuSpaet as fehler:
        protokolliere(
            VERSPAETET,
            antrag,
            durch=durch,
            angaben={"eingang": fehler.eingang.isoformat(timespec="microseconds")},
        )
        raise


@transaction.atomic
def _reiche_ein(antrag, *, schritt, durch, eingang, gesehen, pruefsumme):
    jetzt = sperre(antrag)
    if schon := _schon_gezeichnet(jetzt, Fassung.Art.ANTRAG, durch, pruefsumme):
        antrag.refresh_from_db()
        return schon
    _verlange(jetzt, schritt, durch, gesehen)
    mit_dokument = schritt == "mit_dokument_einreichen"
    if mit_dokument:
        _verlange_unterschrift(jetzt, durch)
    elif jetzt.zur_zeichnung_von_id == durch.pk:
        raise EigeneZeichnung
    if not frist.ist_offen(jetzt, eingang):
        raise ZuSpaet(jetzt, eingang)
    umfeld = _umfeld(jetzt, eingang)
    neu = _friere_ein(
        umfeld,
        Fassung.Art.ANTRAG,
        pruefsumme,
        eingegangen_um=eingang,
        vorbereitet_von=durch if mit_dokument else jetzt.zur_zeichnung_von,
        gezeichnet_von=durch,
        zeichnung=Fassung.Zeichnung.DOKUMENT if mit_dokument else Fassung.Zeichnung.PERSON,
    )
    nummer = naechste_nummer(jetzt.runde.jahr_von)
    aufgriff.setze(jetzt, empfehlungen(umfeld), durch=durch, um=eingang)
    gehe(
        antrag,
        schritt,
        durch=durch,
        um=eingang,
        gesehen=gesehen,
        angaben={"nummer": nummer, "fassung": neu.nummer, "pruefsumme": neu.pruefsumme},
        eingereicht_um=eingang,
        nummer=nummer,
        regelwerk=jetzt.runde.regelwerk,
        **spalten(jetzt, umfeld),
    )
    _melde_eingang(antrag, vorlagen.ANTRAG_EINGEGANGEN, vorlagen.ANTRAG_EINGEGANGEN_LPR)
    return neu


def naechste_nummer(jahr: int) -> str:
    """KP-2027-0042: the next one of the first funding year, without gaps.

    Until the end of the transaction nobody else gets one; if it is undone, so is the number.
    """
    anfang = f"KP-{jahr}-"
    with connection.cursor() as zeiger:
        zeiger.execute("SELECT pg_advisory_xact_lock(hashtext('foerderung.nummer'))")
    letzte = (
        Foerderantrag.objects.filter(nummer__regex=rf"^{anfang}[0-9]+$")
        .annotate(laufende=Cast(Substr("nummer", len(anfang) + 1), IntegerField()))
        .aggregate(letzte=Max("laufende"))["letzte"]
    )
    return f"{anfang}{(letzte or 0) + 1:04}"


def _verlange_unterschrift(antrag, durch):
    if not mit_dokument_moeglich(antrag, durch):
        raise SchrittNichtMoeglich(
            "Mit einer unterschriebenen Erklärung reichen nur Kommunen ein, in denen sonst "
            "niemand im Portal zeichnen kann."
        )
    if not antrag.anlagen.aktuell().filter(art=UNTERSCHRIFT).exists():
        raise SchrittNichtMoeglich("Laden Sie zuerst die unterschriebene Erklärung hoch.")


def melde_verlaengerung(verlaengerung: Fristverlaengerung) -> None:
    """Tell the town hall that its case may arrive later."""
    antrag = verlaengerung.antrag
    schreibe(
        vorlagen.FRIST_VERLAENGERT, beteiligte(antrag.kommune), antrag, bis=tag(verlaengerung.bis)
    )


# --- Nachreichung (F12) ----------------------------------------------------------------


@transaction.atomic
def melde_bereit(
    antrag: Foerderantrag,
    *,
    durch: Konto,
    um: datetime,
    gesehen: int,
    unveraendert: bool = False,
) -> None:
    """Say that the answer to a Nachforderung is ready for the signature; any later change undoes it.

    Possible after its date, too. Sent twice it is done once. Raises OhneAenderung where nothing
    differs from the valid version and the person has not said that it shall be so.
    """
    if not darf(durch, Befugnis.BEARBEITEN, antrag.kommune):
        raise KeinRecht("Die Nachreichung bereitet eine Person mit der Rolle Bearbeitung vor.")
    jetzt = sperre(antrag)
    offen = jetzt.nachforderungen.offen().first()
    if jetzt.status != Status.NACHFORDERUNG or offen is None:
        raise ueberholt(jetzt, fuer_kommune=True)
    if (
        offen.bereit_von_id == durch.pk
        and ist_bereit(jetzt, offen)
        and jetzt.version == gesehen + 1
    ):
        return
    if jetzt.version != gesehen:
        raise ueberholt(jetzt, fuer_kommune=True)
    umfeld = _umfeld(jetzt, um)
    if liste := maengel(umfeld):
        raise NichtVollstaendig(liste)
    if not unveraendert and ist_unveraendert(jetzt, fassung.inhalt(umfeld)):
        raise OhneAenderung
    Foerderantrag.objects.filter(pk=jetzt.pk).update(
        version=F("version") + 1, geaendert_um=um, geaendert_von=durch
    )
    Nachforderung.objects.filter(pk=offen.pk).update(
        bereit_um=um, bereit_von=durch, bereit_version=jetzt.version + 1
    )
    antrag.refresh_from_db()
    protokolliere(BEREIT, antrag, durch=durch, angaben={"um": um.isoformat(timespec="seconds")})
    schreibe(
        vorlagen.NACHREICHUNG_BEREIT,
        zeichnende(antrag.kommune, ausser=durch),
        antrag,
        frist=tag(offen.frist),
    )


def ist_unveraendert(antrag: Foerderantrag, inhalt: Mapping) -> bool:
    """Whether nothing in the content differs from the valid version."""
    gilt = antrag.fassungen.last()
    return gilt is not None and not geaendert(gilt.inhalt, inhalt)


def ist_bereit(antrag: Foerderantrag, nachforderung: Nachforderung) -> bool:
    """Whether nothing was changed since the answer was declared ready."""
    return nachforderung.bereit_version == antrag.version


@transaction.atomic
def reiche_nach(
    antrag: Foerderantrag, *, durch: Konto, eingang: datetime, gesehen: int, pruefsumme: str
) -> Fassung:
    """Sign the answer to a Nachforderung and hand it in, after its date as well.

    Only the opened sections may differ from the valid version. The same request again gives the
    same Fassung. Raises EigeneZeichnung, NichtVollstaendig, Ueberholt.
    """
    jetzt = sperre(antrag)
    if schon := _schon_gezeichnet(jetzt, Fassung.Art.NACHREICHUNG, durch, pruefsumme):
        antrag.refresh_from_db()
        return schon
    _verlange(jetzt, "nachreichen", durch, gesehen)
    offen = jetzt.nachforderungen.offen().get()
    if not ist_bereit(jetzt, offen):
        raise SchrittNichtMoeglich(
            "Die Nachreichung ist noch nicht zur Zeichnung bereit, oder sie wurde danach geändert."
        )
    if offen.bereit_von_id == durch.pk:
        raise EigeneZeichnung
    umfeld = _umfeld(jetzt, eingang)
    _verlange_nur_geoeffnetes(offen, umfeld)
    felder = spalten(jetzt, umfeld)
    if _hat_einwilligung_widerrufen(jetzt):
        felder[EINWILLIGUNG] = False
    neu = _friere_ein(
        umfeld,
        Fassung.Art.NACHREICHUNG,
        pruefsumme,
        eingegangen_um=eingang,
        vorbereitet_von=offen.bereit_von,
        gezeichnet_von=durch,
        zeichnung=Fassung.Zeichnung.PERSON,
    )
    Nachforderung.objects.filter(pk=offen.pk).update(erledigt_um=eingang)
    aufgriff.setze(jetzt, empfehlungen(umfeld), durch=durch, um=eingang)
    gehe(
        antrag,
        "nachreichen",
        durch=durch,
        um=eingang,
        gesehen=gesehen,
        angaben={"fassung": neu.nummer, "pruefsumme": neu.pruefsumme},
        **felder,
    )
    _melde_eingang(antrag, vorlagen.NACHREICHUNG_EINGEGANGEN, vorlagen.NACHREICHUNG_EINGEGANGEN_LPR)
    return neu


def _verlange_nur_geoeffnetes(nachforderung, umfeld):
    gilt = umfeld.antrag.fassungen.last().inhalt
    jetzt = fassung.inhalt(umfeld)
    fremd = geaendert(gilt, jetzt) - set(nachforderung.abschnitte)
    if fremd:
        titel = ", ".join(OEFFENBAR[name] for name in OEFFENBAR if name in fremd)
        raise SchrittNichtMoeglich(
            f"Geändert ist auch, was nicht nachgefordert ist: {titel}. "
            "Stellen Sie dort den eingereichten Stand wieder her."
        )


def stelle_fassung_wieder_her(antrag: Foerderantrag, *, um: datetime) -> None:
    """Sections and attachments as in the valid version, where a Nachforderung is taken back.

    Else what was typed for it would stay in sections that are closed now, and no later
    Nachreichung could be handed in.
    """
    gilt = antrag.fassungen.last()
    if gilt is None:
        return
    for abschnitt in antrag.abschnitte.select_for_update():
        eingereicht = gilt.inhalt["abschnitte"].get(abschnitt.schluessel, {})
        if abschnitt.eingaben != eingereicht:
            abschnitt.eingaben = eingereicht
            abschnitt.version += 1
            abschnitt.geaendert_um, abschnitt.geaendert_von = um, None
            abschnitt.save()
    enthalten = [anlage["id"] for anlage in gilt.inhalt["anlagen"]]
    antrag.anlagen.aktuell().exclude(pk__in=enthalten).update(entfernt_um=um)
    antrag.anlagen.filter(pk__in=enthalten).exclude(pruefstand=Anlage.Pruefstand.BEFALLEN).update(
        entfernt_um=None
    )


# --- Withdrawal (F26) ------------------------------------------------------------------


@transaction.atomic
def ziehe_zurueck(
    antrag: Foerderantrag, *, durch: Konto, um: datetime, gesehen: int, grund: str
) -> None:
    """Withdraw the application, at any time before the decision. What was submitted stays on file.

    Sent twice it is done once.
    """
    if schon_gegangen(sperre(antrag), "zurueckziehen", durch, gesehen):
        return
    war_eingereicht = antrag.eingereicht_um is not None
    gehe(
        antrag,
        "zurueckziehen",
        durch=durch,
        um=um,
        gesehen=gesehen,
        grund=grund,
        beendet_um=um,
    )
    antrag.nachforderungen.offen().update(erledigt_um=um)
    aufgriff.beende(antrag, durch=durch, um=um)
    schreibe(
        vorlagen.ANTRAG_ZURUECKGEZOGEN,
        _ohne(durch, *beteiligte(antrag.kommune)),
        antrag,
        eingereicht=war_eingereicht,
    )
    if war_eingereicht:
        _schreibe_der_geschaeftsstelle(vorlagen.ANTRAG_ZURUECKGEZOGEN_LPR, antrag)


# --- Consent to electronic notices (F18) -------------------------------------------------


@transaction.atomic
def widerrufe_einwilligung(antrag: Foerderantrag, *, durch: Konto, um: datetime) -> None:
    """Take back the consent to notices in the portal (§ 41 Abs. 2a VwVfG): later ones are posted.

    By whoever could fetch them. A notice that is provided already stays so. Twice is once.
    """
    jetzt = sperre(antrag)
    if not handelt_als(durch, jetzt) & set(KOMMUNAL):
        raise KeinRecht(
            "Die Einwilligung widerruft eine Person mit der Rolle Bearbeitung oder Zeichnung."
        )
    erteilt = Foerderantrag.objects.filter(pk=antrag.pk, elektronische_bekanntgabe=True)
    if not erteilt.update(elektronische_bekanntgabe=False):
        return
    antrag.refresh_from_db()
    protokolliere(
        EINWILLIGUNG_WIDERRUFEN,
        antrag,
        durch=durch,
        angaben={"um": um.isoformat(timespec="seconds")},
    )


def _hat_einwilligung_widerrufen(antrag):
    """The valid version still says what was declared then; the column says what counts now."""
    return not antrag.elektronische_bekanntgabe and willigt_ein(antrag.fassungen.last().inhalt)


# --- What the steps are made of --------------------------------------------------------


def _verlange(jetzt, schritt, durch, gesehen):
    """Right, state and version as `gehe` asks for them, before anything is worked out."""
    pruefe_recht(jetzt, SCHRITTE[schritt], durch)
    if jetzt.status not in SCHRITTE[schritt].aus or jetzt.version != gesehen:
        raise ueberholt(jetzt, fuer_kommune=True)


def _schon_gezeichnet(antrag, art, durch, pruefsumme):
    """The version that the same request has made before, if it was the same person's."""
    letzte = antrag.fassungen.last()
    if antrag.status != Status.EINGEREICHT or letzte is None:
        return None
    gleich = (letzte.art, letzte.gezeichnet_von_id, letzte.pruefsumme) == (
        art, durch.pk, pruefsumme,
    )  # fmt: skip
    return letzte if gleich else None


def _umfeld(antrag, um):
    return Umfeld(antrag, timezone.localdate(um))


def _friere_ein(umfeld, art, pruefsumme, **felder):
    """The next version with the content as it is now, which must be what the person saw."""
    antrag = umfeld.antrag
    inhalt = fassung.inhalt(umfeld)
    if pruefsumme_von(inhalt) != pruefsumme:
        raise Ueberholt(
            "Der Inhalt ist nicht mehr der, den Sie vor sich hatten. "
            "Lesen Sie die neue Fassung, bevor Sie zeichnen."
        )
    if offen := maengel(umfeld):
        raise NichtVollstaendig(offen)
    return Fassung.objects.create(
        antrag=antrag,
        nummer=antrag.fassungen.count() + 1,
        art=art,
        inhalt=inhalt,
        pruefsumme=pruefsumme,
        **felder,
    )


def _ohne(durch, *konten):
    return [konto for konto in konten if konto and konto != durch]


def _angaben(antrag, weitere):
    return {
        "kommune": str(antrag.kommune),
        "runde": str(antrag.runde),
        "nummer": antrag.nummer or "",
        "kennung": str(antrag.pk),
        **weitere,
    }


def schreibe(vorlage: Vorlage, konten: Iterable[Konto], antrag: Foerderantrag, **weitere) -> None:
    """Write a mail about the case to each of them; `weitere` are named at the Vorlage."""
    for konto in konten:
        stelle_ein(vorlage, an=konto, gegenstand=antrag, angaben=_angaben(antrag, weitere))


def _schreibe_der_geschaeftsstelle(vorlage, antrag, **weitere):
    if settings.LPR_POSTFACH:
        angaben = _angaben(antrag, weitere)
        stelle_ein(vorlage, an=settings.LPR_POSTFACH, gegenstand=antrag, angaben=angaben)


def _melde_eingang(antrag, an_kommune, an_geschaeftsstelle):
    ortszeit = timezone.localtime(antrag.fassungen.last().eingegangen_um)
    eingang = f"{ortszeit:%d.%m.%Y} um {ortszeit:%H:%M:%S} Uhr"
    schreibe(an_kommune, beteiligte(antrag.kommune), antrag, eingang=eingang)
    _schreibe_der_geschaeftsstelle(an_geschaeftsstelle, antrag, eingang=eingang)
