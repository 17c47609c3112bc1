"""Four eyes: a step that needs two different people.

The record that is decided holds who proposed and who decided; a database constraint says
that they differ. Deputies count as the person they are, because it is always the account
that acted which is stored. Where somebody acted only by a deputyship, the represented person
is stored as well and counts as taking part: nobody decides in the name of somebody who
proposed, and nobody decides what was proposed in their name.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection
from datetime import datetime
from typing import NoReturn

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q

from asskomm.protokoll.verfahren import protokolliere
from asskomm.schritt import SchrittNichtMoeglich

from .handlungen import (
    EIGENE_FREIGABE_VERSUCHT,
    VORSCHLAG_ABGELEHNT,
    VORSCHLAG_GEMACHT,
    VORSCHLAG_GENEHMIGT,
    VORSCHLAG_ZURUECKGEZOGEN,
)

ZWEITE_PERSON = (
    "Das muss eine zweite Person entscheiden: Sie oder Ihre Vertretung haben es vorgeschlagen, "
    "oder es betrifft Sie selbst."
)
VERTRETENE_PERSON = (
    "Das muss eine zweite Person entscheiden: Das Recht dazu haben Sie nur in Vertretung für "
    "eine Person, die an dem Vorschlag schon beteiligt ist."
)
SCHON_ENTSCHIEDEN = "Über diesen Vorschlag ist schon entschieden."


class EigeneFreigabe(SchrittNichtMoeglich):
    """Somebody tried to approve what they proposed, or what is about themselves."""

    status = 403


class VierAugenQuerySet(models.QuerySet):
    def offen(self):
        """Proposals that nobody has decided yet."""
        return self.filter(ergebnis=VierAugen.Ergebnis.OFFEN)

    def genehmigt(self):
        return self.filter(ergebnis=VierAugen.Ergebnis.GENEHMIGT)

    def entscheidbar_durch(self, konto, vertretene: Collection[int] = ()):
        """Open proposals in which neither `konto` nor the `vertretene` take part.

        `vertretene` are those from whom `konto` has the right (`vertretung.vertretene`).
        """
        menge = self.offen()
        for feld in ("vorgeschlagen_von", "vorgeschlagen_fuer", *self.model.BETROFFENE):
            menge = menge.exclude(**{f"{feld}__in": [konto.pk, *vertretene]})
        return menge


def _person(bezeichnung, **weiteres):
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        editable=False,
        verbose_name=bezeichnung,
        **weiteres,
    )


class VierAugen(models.Model):
    """A proposal and its decision by somebody else.

    `BETROFFENE` names foreign keys to accounts the decision is about: those people can
    propose it but not approve it. A subclass states the same as constraints with
    `nicht_durch_betroffene`.

    A proposal begins open and says the same from then on: only its decision is added, and
    nothing is deleted. Triggers in the database (`vieraugen_bleibt`) hold everybody to it.
    """

    class Ergebnis(models.TextChoices):
        OFFEN = "offen", "offen"
        GENEHMIGT = "genehmigt", "genehmigt"
        ABGELEHNT = "abgelehnt", "abgelehnt"
        ZURUECKGEZOGEN = "zurueckgezogen", "zurückgezogen"

    BETROFFENE: tuple[str, ...] = ()

    marke = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    vorgeschlagen_von = _person("vorgeschlagen von")
    vorgeschlagen_fuer = _person("in Vertretung vorgeschlagen für", null=True, blank=True)
    vorgeschlagen_um = models.DateTimeField("vorgeschlagen", editable=False)
    begruendung = models.TextField("Begründung")
    ergebnis = models.CharField(
        "Ergebnis", max_length=20, choices=Ergebnis, default=Ergebnis.OFFEN, editable=False
    )
    entschieden_von = _person("entschieden von", null=True, blank=True)
    entschieden_fuer = _person("in Vertretung entschieden für", null=True, blank=True)
    entschieden_um = models.DateTimeField("entschieden", null=True, blank=True, editable=False)

    objects = VierAugenQuerySet.as_manager()

    class Meta:
        abstract = True
        # To propose is to add, to approve and to refuse is to decide. Nobody changes or deletes.
        default_permissions = ["view", "add", "entscheiden"]
        constraints = [
            models.CheckConstraint(
                name="%(class)s_zwei_personen",
                condition=Q(ergebnis="zurueckgezogen", entschieden_von=F("vorgeschlagen_von"))
                | Q(entschieden_von__isnull=True)
                | ~Q(entschieden_von=F("vorgeschlagen_von")),
                violation_error_message="Vorschlagen und entscheiden müssen zwei Personen.",
            ),
            models.CheckConstraint(
                name="%(class)s_auch_in_vertretung",
                condition=~Q(vorgeschlagen_fuer=F("vorgeschlagen_von"))
                & ~Q(entschieden_fuer=F("entschieden_von"))
                & ~Q(entschieden_von=F("vorgeschlagen_fuer"))
                & ~Q(entschieden_fuer=F("vorgeschlagen_von"))
                & ~Q(entschieden_fuer=F("vorgeschlagen_fuer"))
                & (Q(entschieden_fuer__isnull=True) | Q(ergebnis__in=["genehmigt", "abgelehnt"])),
                violation_error_message=(
                    "Wer vertreten wird, zählt als beteiligt: "
                    "Vorschlagen und entscheiden müssen zwei Personen."
                ),
            ),
            models.CheckConstraint(
                name="%(class)s_entscheidung_vollstaendig",
                condition=Q(
                    ergebnis="offen", entschieden_von__isnull=True, entschieden_um__isnull=True
                )
                | (
                    Q(entschieden_von__isnull=False, entschieden_um__isnull=False)
                    & ~Q(ergebnis="offen")
                ),
                violation_error_message="Zu einer Entscheidung gehören Person und Zeitpunkt.",
            ),
            models.CheckConstraint(
                name="%(class)s_begruendet",
                condition=~Q(begruendung=""),
                violation_error_message="Begründen Sie den Vorschlag.",
            ),
        ]

    def betroffene(self) -> set[int]:
        """The accounts it is about, as far as they are known."""
        return {getattr(self, f"{feld}_id") for feld in self.BETROFFENE} - {None}


def nicht_durch_betroffene(modell: str, feld: str) -> models.CheckConstraint:
    """The person `feld` points to does not approve a decision about themselves, nor a deputy."""
    return models.CheckConstraint(
        name=f"{modell}_nicht_durch_{feld}",
        condition=~Q(ergebnis="genehmigt")
        | (~Q(entschieden_von=F(feld)) & ~Q(entschieden_fuer=F(feld))),
        violation_error_message="Über sich selbst kann niemand entscheiden.",
    )


def nicht_fuer_sich(modell: str, feld: str, satz: str) -> models.CheckConstraint:
    """The person `feld` points to does not even propose it, nor does a deputy."""
    return models.CheckConstraint(
        name=f"{modell}_nicht_selbst",
        condition=~Q(vorgeschlagen_von=F(feld)) & ~Q(vorgeschlagen_fuer=F(feld)),
        violation_error_message=satz,
    )


@transaction.atomic
def schlage_vor(vorschlag: VierAugen, *, durch, um: datetime, fuer=None) -> VierAugen:
    """Store the proposal. The same form sent twice (`marke`) gives the first proposal again.

    `fuer` is the person in whose deputyship `durch` acts. Raises ValidationError where the
    proposal breaks a rule of its table.
    """
    modell = type(vorschlag)
    vorhanden = modell.objects.filter(marke=vorschlag.marke, vorgeschlagen_von=durch).first()
    if vorhanden:
        return vorhanden
    vorschlag.vorgeschlagen_von, vorschlag.vorgeschlagen_um = durch, um
    vorschlag.vorgeschlagen_fuer = fuer
    vorschlag.full_clean()
    vorschlag.save(force_insert=True)
    protokolliere(VORSCHLAG_GEMACHT, vorschlag, durch=durch, fuer=fuer, grund=vorschlag.begruendung)
    return vorschlag


def vorschlagende(vorschlag: VierAugen) -> set[int]:
    """The accounts that may not decide at all: who proposed it, and in whose name."""
    return {vorschlag.vorgeschlagen_von_id, vorschlag.vorgeschlagen_fuer_id} - {None}


def beteiligte(vorschlag: VierAugen) -> set[int]:
    """The accounts that may not approve: those who proposed it, and whom it is about."""
    return vorschlagende(vorschlag) | vorschlag.betroffene()


def einwand(beteiligt: Collection[int], *, durch, fuer) -> str:
    """Why `durch`, acting for `fuer`, is no second person beside these accounts; else empty."""
    if durch.pk in beteiligt:
        return ZWEITE_PERSON
    if fuer and fuer.pk in beteiligt:
        return VERTRETENE_PERSON
    return ""


def pruefe_zweite_person(vorschlag: VierAugen, *, durch, fuer) -> None:
    """Raise EigeneFreigabe, and log the attempt, when `durch` may not approve this proposal.

    The log entry must outlive the refusal, so this is called outside of a transaction.
    """
    if satz := einwand(beteiligte(vorschlag), durch=durch, fuer=fuer):
        weise_ab(vorschlag, satz, durch=durch, fuer=fuer)


def weise_ab(gegenstand: models.Model, satz: str, *, durch, fuer) -> NoReturn:
    """Raise EigeneFreigabe with the sentence and log the attempt, outside of a transaction."""
    with transaction.atomic(durable=True):
        protokolliere(EIGENE_FREIGABE_VERSUCHT, gegenstand, durch=durch, fuer=fuer)
    raise EigeneFreigabe(f"{satz} Ihr Versuch steht im Protokoll.")


def sperre_offenen(vorschlag: VierAugen) -> None:
    """Let nobody else decide until the end of the transaction; raises when somebody has."""
    if not type(vorschlag).objects.offen().select_for_update().filter(pk=vorschlag.pk).exists():
        raise SchrittNichtMoeglich(SCHON_ENTSCHIEDEN)


@transaction.atomic
def genehmige(vorschlag: VierAugen, *, durch, um: datetime, fuer=None) -> None:
    """Approve; the guard is part of the UPDATE. Call `pruefe_zweite_person` before.

    `fuer` is the person in whose deputyship `durch` acts. What the approval brings about
    is written by the caller in the same transaction.
    """
    _entscheide(vorschlag, VierAugen.Ergebnis.GENEHMIGT, durch=durch, um=um, fuer=fuer)
    protokolliere(VORSCHLAG_GENEHMIGT, vorschlag, durch=durch, fuer=fuer)


@transaction.atomic
def lehne_ab(vorschlag: VierAugen, *, durch, um: datetime, grund: str, fuer=None) -> None:
    """Refuse, with the reason in the log. Anybody but those who proposed; they can withdraw."""
    if not grund.strip():
        raise SchrittNichtMoeglich("Begründen Sie die Ablehnung.")
    _entscheide(vorschlag, VierAugen.Ergebnis.ABGELEHNT, durch=durch, um=um, fuer=fuer)
    protokolliere(VORSCHLAG_ABGELEHNT, vorschlag, durch=durch, fuer=fuer, grund=grund)


@transaction.atomic
def ziehe_zurueck(vorschlag: VierAugen, *, durch, um: datetime) -> None:
    """The proposer takes the proposal back."""
    if durch.pk != vorschlag.vorgeschlagen_von_id:
        raise SchrittNichtMoeglich("Zurückziehen kann nur, wer vorgeschlagen hat.")
    _schreibe(vorschlag, VierAugen.Ergebnis.ZURUECKGEZOGEN, durch=durch, um=um, fuer=None)
    protokolliere(VORSCHLAG_ZURUECKGEZOGEN, vorschlag, durch=durch)


def _entscheide(vorschlag, ergebnis, *, durch, um, fuer):
    if satz := einwand(vorschlagende(vorschlag), durch=durch, fuer=fuer):
        raise EigeneFreigabe(satz)
    _schreibe(vorschlag, ergebnis, durch=durch, um=um, fuer=fuer)


def _schreibe(vorschlag, ergebnis, *, durch, um, fuer):
    passend = type(vorschlag).objects.offen().filter(pk=vorschlag.pk)
    if not passend.update(
        ergebnis=ergebnis, entschieden_von=durch, entschieden_fuer=fuer, entschieden_um=um
    ):
        raise SchrittNichtMoeglich(SCHON_ENTSCHIEDEN)
    vorschlag.refresh_from_db()
