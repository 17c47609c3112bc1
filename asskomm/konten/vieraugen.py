"""Four eyes: a step that needs two different people.

The record that is decided holds who proposed and who decided; a database constraint says
that they differ. Deputies count as the person they are, because it is always the account
that acted which is stored.
"""

from __future__ import annotations

import uuid
from datetime import datetime

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
    "Das muss eine zweite Person entscheiden: Sie haben es vorgeschlagen "
    "oder es betrifft Sie selbst."
)
SCHON_ENTSCHIEDEN = "Über diesen Vorschlag ist schon entschieden."


class EigeneFreigabe(SchrittNichtMoeglich):
    """Somebody tried to approve what they proposed, or what is about themselves."""


class VierAugenQuerySet(models.QuerySet):
    def offen(self):
        """Proposals that nobody has decided yet."""
        return self.filter(ergebnis=VierAugen.Ergebnis.OFFEN)

    def genehmigt(self):
        return self.filter(ergebnis=VierAugen.Ergebnis.GENEHMIGT)

    def entscheidbar_durch(self, konto):
        """Open proposals that `konto` neither made nor is affected by."""
        menge = self.offen().exclude(vorgeschlagen_von=konto)
        for feld in self.model.BETROFFENE:
            menge = menge.exclude(**{feld: konto})
        return menge


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
    vorgeschlagen_von = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        editable=False,
        verbose_name="vorgeschlagen von",
    )
    vorgeschlagen_um = models.DateTimeField("vorgeschlagen", editable=False)
    begruendung = models.TextField("Begründung")
    ergebnis = models.CharField(
        "Ergebnis", max_length=20, choices=Ergebnis, default=Ergebnis.OFFEN, editable=False
    )
    entschieden_von = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        editable=False,
        verbose_name="entschieden von",
    )
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


def nicht_durch_betroffene(modell: str, feld: str) -> models.CheckConstraint:
    """The person `feld` points to does not approve a decision about themselves."""
    return models.CheckConstraint(
        name=f"{modell}_nicht_durch_{feld}",
        condition=~Q(ergebnis="genehmigt") | ~Q(entschieden_von=F(feld)),
        violation_error_message="Über sich selbst kann niemand entscheiden.",
    )


@transaction.atomic
def schlage_vor(vorschlag: VierAugen, *, durch, um: datetime, fuer=None) -> VierAugen:
    """Store the proposal. The same form sent twice (`marke`) gives the first proposal again.

    Raises ValidationError where the proposal breaks a rule of its table.
    """
    modell = type(vorschlag)
    vorhanden = modell.objects.filter(marke=vorschlag.marke, vorgeschlagen_von=durch).first()
    if vorhanden:
        return vorhanden
    vorschlag.vorgeschlagen_von, vorschlag.vorgeschlagen_um = durch, um
    vorschlag.full_clean()
    vorschlag.save(force_insert=True)
    protokolliere(VORSCHLAG_GEMACHT, vorschlag, durch=durch, fuer=fuer, grund=vorschlag.begruendung)
    return vorschlag


def beteiligte(vorschlag: VierAugen) -> set[int]:
    """The accounts that may not approve: who proposed it, and whom it is about."""
    betroffene = {getattr(vorschlag, f"{feld}_id") for feld in vorschlag.BETROFFENE}
    return betroffene | {vorschlag.vorgeschlagen_von_id}


def pruefe_zweite_person(vorschlag: VierAugen, *, durch) -> None:
    """Raise EigeneFreigabe, and log the attempt, when `durch` may not approve this proposal.

    The log entry must outlive the refusal, so this is called outside of a transaction.
    """
    if durch.pk in beteiligte(vorschlag):
        with transaction.atomic(durable=True):
            protokolliere(EIGENE_FREIGABE_VERSUCHT, vorschlag, durch=durch)
        raise EigeneFreigabe(f"{ZWEITE_PERSON} Ihr Versuch steht im Protokoll.")


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
    _entscheide(vorschlag, VierAugen.Ergebnis.GENEHMIGT, durch=durch, um=um)
    protokolliere(VORSCHLAG_GENEHMIGT, vorschlag, durch=durch, fuer=fuer)


@transaction.atomic
def lehne_ab(vorschlag: VierAugen, *, durch, um: datetime, grund: str, fuer=None) -> None:
    """Refuse, with the reason in the log. Anybody but the proposer, who can only withdraw."""
    if not grund.strip():
        raise SchrittNichtMoeglich("Begründen Sie die Ablehnung.")
    _entscheide(vorschlag, VierAugen.Ergebnis.ABGELEHNT, durch=durch, um=um)
    protokolliere(VORSCHLAG_ABGELEHNT, vorschlag, durch=durch, fuer=fuer, grund=grund)


@transaction.atomic
def ziehe_zurueck(vorschlag: VierAugen, *, durch, um: datetime) -> None:
    """The proposer takes the proposal back."""
    if durch.pk != vorschlag.vorgeschlagen_von_id:
        raise SchrittNichtMoeglich("Zurückziehen kann nur, wer vorgeschlagen hat.")
    _schreibe(vorschlag, VierAugen.Ergebnis.ZURUECKGEZOGEN, durch=durch, um=um)
    protokolliere(VORSCHLAG_ZURUECKGEZOGEN, vorschlag, durch=durch)


def _entscheide(vorschlag, ergebnis, *, durch, um):
    if durch.pk == vorschlag.vorgeschlagen_von_id:
        raise EigeneFreigabe(
            "Über den eigenen Vorschlag entscheidet eine zweite Person. Ziehen Sie ihn zurück."
        )
    _schreibe(vorschlag, ergebnis, durch=durch, um=um)


def _schreibe(vorschlag, ergebnis, *, durch, um):
    passend = type(vorschlag).objects.offen().filter(pk=vorschlag.pk)
    if not passend.update(ergebnis=ergebnis, entschieden_von=durch, entschieden_um=um):
        raise SchrittNichtMoeglich(SCHON_ENTSCHIEDEN)
    vorschlag.refresh_from_db()
