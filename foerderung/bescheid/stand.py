"""What the Kommune sees and does next about one notice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from asskomm.formate import tag
from kommunen.befugnisse import Befugnis, Zugang

from ..kenntnis import ist_lesbar
from ..models import Bekanntgabe

Weg, Ausgang = Bekanntgabe.Weg, Bekanntgabe.Ausgang


@dataclass(frozen=True)
class Stand:
    """`satz` is what is going on; the rest is what the person can do now, one by one."""

    titel: str
    satz: str
    bis: date | None = None
    lesbar: bool = False
    abrufen: bool = False
    bestaetigen: bool = False
    verzichten: bool = False


def empfaengt(zugang: Zugang) -> bool:
    """Whether the person may fetch notices of the Kommune and confirm their receipt."""
    return zugang.darf(Befugnis.BEARBEITEN) or zugang.darf(Befugnis.ZEICHNEN)


def stand(bekanntgabe: Bekanntgabe, zugang: Zugang, heute: date) -> Stand:
    """How things are for a member of the Kommune on the day `heute`."""
    darf_empfangen = empfaengt(zugang)
    if not ist_lesbar(bekanntgabe, heute):
        return _noch_nicht_bekannt(bekanntgabe, darf_empfangen, heute)
    offen = not (bekanntgabe.verzichtet_um or bekanntgabe.rechtsbehelf_am)
    return Stand(
        *_nach_dem_abruf(bekanntgabe, heute),
        lesbar=True,
        bestaetigen=darf_empfangen and bekanntgabe.empfang_bestaetigt_um is None,
        verzichten=(
            zugang.darf(Befugnis.ZEICHNEN)
            and offen
            and bekanntgabe.bestandskraft_am is None
            and heute <= bekanntgabe.rechtsbehelf_bis
        ),
    )


def _noch_nicht_bekannt(bekanntgabe, darf_empfangen, heute):
    if bekanntgabe.weg == Weg.ABRUF and heute <= bekanntgabe.abrufbar_bis:
        bis = bekanntgabe.abrufbar_bis
        satz = (
            "Mit dem Abruf erhalten Sie den Bescheid. Er gilt am Tag danach als bekannt gegeben, "
            "und die Frist für eine Klage beginnt. Rufen Sie ihn nicht rechtzeitig ab, kommt er "
            "mit der Post."
        )
        if not darf_empfangen:
            satz += " Abrufen kann eine Person mit der Rolle Bearbeitung oder Zeichnung."
        return Stand("Der Bescheid liegt zum Abruf bereit", satz, bis, abrufen=darf_empfangen)
    if bekanntgabe.post_aufgegeben_am:
        satz = (
            f"Der Brief ging am {tag(bekanntgabe.post_aufgegeben_am)} zur Post. Ab dem "
            f"{tag(bekanntgabe.bekannt_am)} finden Sie den Bescheid auch hier."
        )
    elif bekanntgabe.vergeblich_am:
        satz = (
            f"Der Brief vom {tag(bekanntgabe.vergeblich_am)} kam nicht an. Der Bescheid ist damit "
            "nicht bekannt gegeben. Die Geschäftsstelle gibt ihn noch einmal zur Post. Sie müssen "
            "nichts tun."
        )
    else:
        satz = "Die Geschäftsstelle gibt den Bescheid zur Post. Sie müssen nichts tun."
    return Stand("Der Bescheid kommt mit der Post", satz)


def _nach_dem_abruf(bekanntgabe, heute):
    if bekanntgabe.bestandskraft_am:
        return (
            "Der Bescheid ist bestandskräftig",
            f"Seit dem {tag(bekanntgabe.bestandskraft_am)} kann niemand mehr gegen ihn klagen.",
        )
    if bekanntgabe.rechtsbehelf_ausgang == Ausgang.STATTGEGEBEN:
        return (
            "Das Gericht hat den Bescheid aufgehoben",
            f"Er gilt seit dem {tag(bekanntgabe.rechtsbehelf_ende_am)} nicht mehr. Die "
            "Geschäftsstelle entscheidet, wie es weitergeht. Sie erhalten dann einen neuen Bescheid.",
        )
    if bekanntgabe.rechtsbehelf_ausgang:
        return (
            f"Die Klage gegen den Bescheid ist {bekanntgabe.get_rechtsbehelf_ausgang_display()}",
            f"Der Bescheid wird nach dem {tag(bekanntgabe.rechtsbehelf_bis)} bestandskräftig, wenn "
            "die Frist für eine Klage abgelaufen ist.",
        )
    if bekanntgabe.rechtsbehelf_am:
        return (
            "Gegen den Bescheid ist ein Rechtsbehelf eingelegt",
            f"Vermerkt ist der {tag(bekanntgabe.rechtsbehelf_am)}. Solange darüber nicht "
            "entschieden ist, wird der Bescheid nicht bestandskräftig.",
        )
    if bekanntgabe.verzichtet_um:
        return (
            "Sie haben auf Rechtsbehelfe verzichtet",
            f"Der Bescheid wird am {tag(max(bekanntgabe.bekannt_am, heute))} bestandskräftig.",
        )
    if heute > bekanntgabe.rechtsbehelf_bis:
        return (
            "Die Frist für eine Klage ist abgelaufen",
            f"Sie endete am {tag(bekanntgabe.rechtsbehelf_bis)} um 24:00 Uhr. Ging bis dahin keine "
            "Klage beim Gericht ein, ist der Bescheid bestandskräftig.",
        )
    if bekanntgabe.bekannt_am > heute:
        titel, seit = "Sie haben den Bescheid abgerufen", "am"
    else:
        titel, seit = "Der Bescheid ist bekannt gegeben", "seit dem"
    if bekanntgabe.zugang_am:
        bekannt = f"Der Brief kam am {tag(bekanntgabe.zugang_am)} an."
    else:
        bekannt = f"Er gilt {seit} {tag(bekanntgabe.bekannt_am)} als bekannt gegeben."
    return (
        titel,
        f"{bekannt} Bis zum "
        f"{tag(bekanntgabe.rechtsbehelf_bis)} um 24:00 Uhr können Sie dagegen klagen. Danach ist "
        "er bestandskräftig.",
    )
