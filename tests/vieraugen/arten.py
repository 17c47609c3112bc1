"""The kinds of proposals, and what each brings about when it is approved."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from django.contrib.auth.models import Group
from django.utils import timezone

from asskomm.konten import verfahren, zweitfaktor
from asskomm.konten.models import Konto, Rollenvergabe, Vertretung, Zweitfaktorverlust
from asskomm.konten.vieraugen import VierAugen
from foerderung.models import Bescheid, Entscheidung
from foerderung.verfahren import entscheidung
from kommunen.mitglieder.verfahren import genehmige_bestellung
from kommunen.models import Bestellung, Mitgliedschaft
from tests.factories import (
    make_bestellung,
    make_entscheidung,
    make_kommune,
    make_konto,
    make_rollenvergabe,
    make_vertretung,
    make_zweitfaktorverlust,
)


@dataclass(frozen=True)
class Art:
    """`person` names the field of the person it is about; `vorschlag` makes an open proposal.

    What is decided about an application is about no person, and has pages of its own: there is
    no `formular` then.
    """

    modell: type[VierAugen]
    person: str
    vorschlag: Callable[..., VierAugen]
    genehmige: Callable[..., None]
    wirkungen: Callable[[VierAugen], int]
    formular: Callable[[], dict] | None = field(repr=False)

    def betrifft(self, konto):
        """The fields by which a proposal is about this person."""
        return {self.person: konto} if self.person else {}

    def __str__(self):
        return self.modell._meta.model_name


def _rollenvergabe(**felder):
    felder.setdefault("gruppe", Group.objects.get(name="Leitung"))
    if "konto" not in felder:
        felder["konto"] = make_konto(is_staff=True)
    return make_rollenvergabe(ergebnis="offen", **felder)


def _zweitfaktorverlust(**felder):
    if "konto" not in felder:
        felder["konto"] = make_konto(is_staff=True)
    return make_zweitfaktorverlust(**felder)


def _vertretung(**felder):
    if "vertreter" not in felder:
        felder["vertreter"] = make_konto(is_staff=True)
    if "vertretener" not in felder:
        felder["vertretener"] = make_konto(["Redaktion"])
    return make_vertretung(ergebnis="offen", **ZEITRAUM, **felder)


def _bestellung(**felder):
    """As `genehmige_bestellung` leaves it before the decision, where `konto` is given."""
    konto = felder.pop("konto", None)
    if konto:
        felder.setdefault("email", konto.email)
    vorschlag = make_bestellung(**felder)
    if konto:
        Bestellung.objects.filter(pk=vorschlag.pk).update(konto=konto)
        vorschlag.refresh_from_db()
    return vorschlag


ZEITRAUM = {
    "beginn": timezone.localdate(),
    "ende": timezone.localdate() + timedelta(days=30),
}
TEXTE = {"begruendung": "Frau Muster übernimmt die Aufgabe."}

IM_ADMIN = (
    Art(
        Rollenvergabe,
        "konto",
        _rollenvergabe,
        verfahren.genehmige_rolle,
        lambda v: v.konto.groups.filter(pk=v.gruppe_id).count(),
        lambda: (
            TEXTE
            | {
                "konto": make_konto(is_staff=True).pk,
                "gruppe": Group.objects.get(name="Leitung").pk,
            }
        ),
    ),
    Art(
        Zweitfaktorverlust,
        "konto",
        _zweitfaktorverlust,
        verfahren.genehmige_zuruecksetzen,
        lambda v: int(not zweitfaktor.ist_eingerichtet(v.konto)),
        lambda: TEXTE | {"konto": make_konto(is_staff=True).pk},
    ),
    Art(
        Vertretung,
        "vertreter",
        _vertretung,
        verfahren.genehmige_vertretung,
        lambda v: int(Konto.objects.get(pk=v.vertreter_id).has_perm("portal.add_meldung")),
        lambda: (
            TEXTE
            | {name: f"{wert:%d.%m.%Y}" for name, wert in ZEITRAUM.items()}
            | {
                "vertretener": make_konto(["Redaktion"]).pk,
                "vertreter": make_konto(is_staff=True).pk,
            }
        ),
    ),
    Art(
        Bestellung,
        "konto",
        _bestellung,
        genehmige_bestellung,
        lambda v: Mitgliedschaft.objects.filter(kommune=v.kommune, rolle="verwaltung").count(),
        lambda: (
            TEXTE
            | {
                "kommune": make_kommune().pk,
                "email": "kim.muster@example.org",
                "nachweis": "Schreiben der Bürgermeisterin vom 03.09.2026",
            }
        ),
    ),
)
ARTEN = (
    *IM_ADMIN,
    Art(
        Entscheidung,
        "",
        make_entscheidung,
        entscheidung.genehmige,
        lambda v: Bescheid.objects.filter(entscheidung=v).count(),
        None,
    ),
)
