"""A Kommune with a council and somebody who can confirm it, and the days the tests happen on."""

from datetime import UTC, date, datetime, timedelta

from django.db import transaction

from asskomm.post.models import Nachricht
from kommunen.models import Ratsbestaetigung, Rolle
from kommunen.puls import angaben, verfahren
from tests.factories import make_kommune, make_mitglied, make_rat

NEUJAHR = date(2027, 1, 1)
UM = datetime(2027, 1, 12, 9, tzinfo=UTC)
HEUTE = UM.date()


def in_tagen(anzahl, ab=NEUJAHR):
    return ab + timedelta(days=anzahl)


def make_fall(name="Musterstadt", **felder):
    """(council, Kommune, somebody with the role Bearbeitung)"""
    kommune = make_kommune(name=name)
    felder.setdefault("kontakt_email", f"rat-{kommune.kennung}@example.org")
    with transaction.atomic():  # a council is never without its Kommune
        rat = make_rat(name=f"Präventionsrat {name}", kommunen=[kommune], **felder)
    return rat, kommune, make_mitglied(kommune, Rolle.BEARBEITUNG)


def gesehen(rat):
    return angaben.lies(rat).gesehen


def werte(rat, **anders):
    """What the form sends when only `anders` is typed."""
    return {**angaben.lies(rat).gewuenscht, **anders}


def bestaetige(rat, kommune, durch, um=UM):
    return verfahren.bestaetige(rat, kommune, durch=durch, um=um, gesehen=gesehen(rat))


def korrigiere(rat, kommune, durch, um=UM, **anders):
    verfahren.korrigiere(
        rat, kommune, werte(rat, **anders), durch=durch, um=um, gesehen=gesehen(rat)
    )


def frage_taeglich(bis, ab=NEUJAHR):
    """The daily job on every day up to and on `bis`."""
    for tag in range((bis - ab).days + 1):
        verfahren.frage(in_tagen(tag, ab))


def zeile(rat, jahr=2027):
    return Ratsbestaetigung.objects.get(rat=rat, jahr=jahr)


def mails(vorlage=None):
    """[(kind of mail, address)] in the order of the addresses."""
    alle = Nachricht.objects.filter(vorlage=vorlage) if vorlage else Nachricht.objects.all()
    return sorted(alle.values_list("vorlage", "adresse"))
