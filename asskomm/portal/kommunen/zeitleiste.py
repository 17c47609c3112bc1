"""The course of events of a Kommune or a council, newest first, and where each is written down."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from asskomm.quellen import lies_quelle
from kommunen.models import Praeventionsrat, Ratszustand
from kommunen.zeitangabe import Zeitangabe

from .steckbrief import Steckbrief, nur_jahr


@dataclass(frozen=True)
class Ereignis:
    """What happened, dated as precisely as its source."""

    datum: Zeitangabe
    text: str
    url: str = ""


def zeitleiste_der_kommune(steckbrief: Steckbrief) -> list[Ereignis]:
    return _neueste_zuerst(_ereignisse(steckbrief))


def zeitleiste_des_rates(rat: Praeventionsrat) -> list[Ereignis]:
    return _neueste_zuerst(_aus_rat(rat, "Präventionsrat"))


def _neueste_zuerst(ereignisse):
    return sorted(ereignisse, key=lambda ereignis: ereignis.datum, reverse=True)


def _ereignisse(steckbrief) -> Iterator[Ereignis]:
    """What has begun by the day of the Steckbrief; an end only once it has come."""

    def ist_vorbei(ende):
        return ende and ende.letzter_tag <= steckbrief.am

    if modell := steckbrief.modellkommune:
        yield _ereignis(modell.seit, "Als Modellkommune gestartet", modell)
    for vereinbarung in steckbrief.vereinbarungen:
        art = vereinbarung.get_art_display()
        yield _ereignis(vereinbarung.unterzeichnet_am, f"{art} unterzeichnet", vereinbarung)
        if ist_vorbei(vereinbarung.ende_am):
            yield _ereignis(vereinbarung.ende_am, f"{art} beendet", vereinbarung)
    for ansicht in steckbrief.raete:
        rat = ansicht.rat
        name = rat.name if len(steckbrief.raete) > 1 else "Präventionsrat"
        yield from _aus_rat(rat, name, rat.get_absolute_url())
    for beratung in steckbrief.beratungen:
        yield _ereignis(beratung.am, "Beratung durch den Landespräventionsrat", beratung)
    for coaching in steckbrief.coachings:
        yield _ereignis(nur_jahr(coaching.beginn), "Coaching begonnen", coaching)
        if ist_vorbei(coaching.ende):
            yield _ereignis(nur_jahr(coaching.ende), "Coaching abgeschlossen", coaching)
    for analyse in steckbrief.begonnene_analysen:
        yield _ereignis(analyse.beginn, "Sicherheitsanalyse begonnen", analyse)
        if ist_vorbei(analyse.abschluss_am):
            yield _ereignis(analyse.abschluss_am, "Bericht der Sicherheitsanalyse", analyse)
    for zuwendung in steckbrief.zuwendungen:
        yield _ereignis(
            zuwendung.bewilligt_am, f"Zuwendung bewilligt: {zuwendung.titel}", zuwendung
        )
    for frueher in steckbrief.vorgaenger:
        erster_tag = Zeitangabe.vom_tag(frueher.gueltig_bis + timedelta(days=1))
        yield Ereignis(erster_tag, f"{frueher.name} gehört jetzt zu {steckbrief.kommune.name}")


def _aus_rat(rat, name, url="") -> Iterator[Ereignis]:
    """The states of a council in words; the first active one is its founding."""
    gegruendet = False
    for zustand in rat.bisherige_zustaende:
        if not zustand.von:
            continue
        if zustand.zustand != Ratszustand.Zustand.AKTIV:
            text = f"{name} {zustand.get_zustand_display()}"
        elif gegruendet:
            text = f"{name} wieder aktiv"
        else:
            text, gegruendet = f"{name} {rat.get_entstehung_display()}", True
        yield _ereignis(zustand.von, text, rat, url)
    for sitzung in rat.oeffentliche_sitzungen:
        yield _ereignis(
            Zeitangabe.vom_tag(sitzung.am),
            f"Sitzung des Präventionsrats: {sitzung.thema}",
            rat,
            url,
        )


def _ereignis(datum, text, tatsache, url=""):
    return Ereignis(datum, f"{text} (Beispieldaten)" if tatsache.ist_beispiel else text, url)


def quellen_der_kommune(steckbrief: Steckbrief) -> list[dict]:
    """Each source once, with what it is a source for: {titel, url}."""
    belege = [("Stammdaten", steckbrief.kommune.quelle)]
    if steckbrief.modellkommune:
        belege.append(("Modellkommune", steckbrief.modellkommune.quelle))
    for titel, tatsachen in (
        ("Präventionsrat", [ansicht.rat for ansicht in steckbrief.raete]),
        ("Vereinbarung", steckbrief.vereinbarungen),
        ("Coaching", steckbrief.coachings),
        ("Sicherheitsanalyse", steckbrief.analysen),
        ("Zuwendung", steckbrief.zuwendungen),
        ("Beratung", steckbrief.beratungen),
    ):
        belege += [(titel, tatsache.quelle) for tatsache in tatsachen]
    return _gesammelt(belege)


def quellen_des_rates(rat: Praeventionsrat) -> list[dict]:
    return _gesammelt([("Präventionsrat", rat.quelle)])


def _gesammelt(belege):
    wofuer = {}
    for titel, text in belege:
        wofuer.setdefault(lies_quelle(text), {})[titel] = None
    return [
        {"titel": f"{', '.join(titel)}: {quelle.titel}", "url": quelle.url}
        for quelle, titel in wofuer.items()
    ]
