"""Who works on a case, and what they keep with it (F58).

Each function is one act: guard, rows, log entry and mails in one transaction. `gesehen` is what
stood on the page; if that is past, Ueberholt.
"""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from asskomm.formate import tag
from asskomm.konten.models import Konto
from asskomm.post.verfahren import stelle_ein
from asskomm.protokoll.handlungen import Handlung
from asskomm.protokoll.verfahren import protokolliere
from asskomm.schritt import SchrittNichtMoeglich, Ueberholt

from ..befugnisse import RECHTE, Handelnde
from ..fallakte import vorlagen
from ..models import BEENDET, Befangenheit, Foerderantrag, Vermerk
from .pruefung import angaben_zu, handelnd
from .schritte import neue_marke, sperre

LPR = tuple(RECHTE)
BEFANGEN = Handlung("antrag.befangenheit", "Befangenheit erklärt")
ZUGEWIESEN = Handlung("antrag.zugewiesen", "Zuständigkeit geändert")
WIEDERVORLAGE = Handlung("antrag.wiedervorlage", "Wiedervorlage geändert")
VERMERKT = Handlung("antrag.vermerk", "Vermerk geschrieben")


@transaction.atomic
def erklaere_befangenheit(antrag: Foerderantrag, *, durch: Konto, um: datetime, grund: str) -> None:
    """From now on the case does not exist for `durch`; the Leitung is asked to reassign it.

    What the person did before stays in the log, their review counts no more. Declaring it twice
    changes nothing.
    """
    if Befangenheit.objects.filter(antrag=antrag, konto=durch).exists():
        return
    fuer = handelnd(antrag, durch, *LPR)
    if not grund.strip():
        raise SchrittNichtMoeglich("Geben Sie an, warum Sie befangen sind.")
    sperre(antrag)
    _, neu = Befangenheit.objects.get_or_create(
        antrag=antrag, konto=durch, defaults={"erklaert_um": um}
    )
    if not neu:
        return
    Foerderantrag.objects.filter(pk=antrag.pk, zustaendig=durch).update(zustaendig=None)
    antrag.refresh_from_db()
    protokolliere(BEFANGEN, antrag, durch=durch, fuer=fuer, grund=grund)
    for konto in personal(Handelnde.LEITUNG, antrag):
        stelle_ein(
            vorlagen.BEFANGENHEIT_ERKLAERT, an=konto, gegenstand=antrag, angaben=angaben_zu(antrag)
        )


def personal(art: Handelnde, antrag: Foerderantrag) -> QuerySet[Konto]:
    """The staff who act as `art` by a right of their own and are not biased in the case."""
    app, recht = RECHTE[art].split(".")
    return (
        Konto.objects.personal()
        .filter(
            groups__permissions__codename=recht,
            groups__permissions__content_type__app_label=app,
        )
        .exclude(pk__in=Befangenheit.objects.filter(antrag=antrag).values("konto"))
        .distinct()
        .order_by("name", "pk")
    )


@transaction.atomic
def weise_zu(
    antrag: Foerderantrag, konto: Konto | None, *, durch: Konto, um: datetime, gesehen: int | None
) -> None:
    """Make somebody of the Sachbearbeitung responsible, or nobody; they are told by mail.

    `gesehen` is the key of who was responsible on the page. It is no step of the procedure, so
    the version of the case stays: the Kommune need not know.
    """
    fuer = handelnd(antrag, durch, Handelnde.SACHBEARBEITUNG, Handelnde.LEITUNG)
    jetzt = sperre(antrag)
    if jetzt.zustaendig_id == (konto.pk if konto else None):
        return  # e.g. because the form was sent twice
    if jetzt.zustaendig_id != gesehen:
        wer = jetzt.zustaendig or "niemand"
        raise Ueberholt(f"Die Zuständigkeit hat sich inzwischen geändert. Zuständig ist: {wer}.")
    if jetzt.status in BEENDET:
        raise Ueberholt(f"Der Vorgang ist beendet: {jetzt.get_status_display()}.")
    if konto and not personal(Handelnde.SACHBEARBEITUNG, antrag).filter(pk=konto.pk).exists():
        raise SchrittNichtMoeglich(
            "Zuständig werden kann nur eine Person der Sachbearbeitung, die nicht befangen ist."
        )
    Foerderantrag.objects.filter(pk=antrag.pk).update(zustaendig=konto)
    antrag.refresh_from_db()
    angaben = {"um": um.isoformat(timespec="seconds")}
    if konto:
        angaben["konto"] = konto.pk
    protokolliere(ZUGEWIESEN, antrag, durch=durch, fuer=fuer, angaben=angaben)
    if konto and konto != durch:
        stelle_ein(
            vorlagen.VORGANG_ZUGEWIESEN, an=konto, gegenstand=antrag, angaben=angaben_zu(antrag)
        )


@transaction.atomic
def lege_wieder_vor(
    antrag: Foerderantrag,
    am: date | None,
    grund: str,
    *,
    durch: Konto,
    um: datetime,
    gesehen: date | None,
) -> None:
    """Put the case on the list again on the day `am`, which lies in the future; None ends it.

    `gesehen` is the day that stood on the page. The version of the case stays, see `weise_zu`.
    """
    fuer = handelnd(antrag, durch, *LPR)
    jetzt = sperre(antrag)
    if am and am <= timezone.localdate(um):
        raise SchrittNichtMoeglich("Die Wiedervorlage muss in der Zukunft liegen.")
    grund = grund.strip() if am else ""
    if (jetzt.wiedervorlage_am, jetzt.wiedervorlage_grund) == (am, grund):
        return
    if jetzt.wiedervorlage_am != gesehen:
        stand = tag(jetzt.wiedervorlage_am) if jetzt.wiedervorlage_am else "keine"
        raise Ueberholt(f"Die Wiedervorlage hat sich inzwischen geändert. Jetzt gilt: {stand}.")
    Foerderantrag.objects.filter(pk=antrag.pk).update(
        wiedervorlage_am=am, wiedervorlage_grund=grund
    )
    antrag.refresh_from_db()
    protokolliere(
        WIEDERVORLAGE,
        antrag,
        durch=durch,
        fuer=fuer,
        grund=grund,
        angaben={"am": am.isoformat()} if am else {},
    )


@transaction.atomic
def schreibe_vermerk(
    antrag: Foerderantrag, text: str, *, durch: Konto, um: datetime, marke: UUID
) -> Vermerk:
    """An internal note. The same form sent twice (`marke`) gives the first note again."""
    fuer = handelnd(antrag, durch, *LPR)
    sperre(antrag)
    vorhanden = Vermerk.objects.filter(marke=marke, von=durch, antrag=antrag).first()
    if vorhanden:
        return vorhanden
    if not text.strip():
        raise SchrittNichtMoeglich("Schreiben Sie den Vermerk.")
    with neue_marke():
        vermerk = Vermerk.objects.create(antrag=antrag, marke=marke, text=text, von=durch, um=um)
    protokolliere(VERMERKT, antrag, durch=durch, fuer=fuer, angaben={"vermerk": vermerk.pk})
    return vermerk
