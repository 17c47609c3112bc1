"""Certificates with a code that anybody can check (F43)."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from asskomm.texteingabe import Langtext, laenge_constraint

from .durchgang import Teilnahme


class Zertifikat(models.Model):
    """Issued for a Teilnahme; never changed but for its revocation and the deletion of the name.

    One of a Teilnahme is valid at a time: another is issued only after the revocation of the one
    before, under a code of its own. `namenspruefwert` is a slow hash of the folded name, so that
    a visitor who types it can be told whether it is this one, also after the name was deleted.
    It goes when the period of the name is over; the code answers without it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    teilnahme = models.ForeignKey(
        Teilnahme, models.PROTECT, related_name="zertifikate", verbose_name="Teilnahme"
    )
    code = models.CharField("Prüfcode", max_length=14, unique=True, editable=False)
    name = models.CharField("Name", max_length=150, blank=True, editable=False)
    namenspruefwert = models.CharField(max_length=128, blank=True, editable=False)
    inhalt = models.JSONField("Inhalt", editable=False)
    ausgestellt_um = models.DateTimeField("ausgestellt", editable=False)
    ausgestellt_von = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        editable=False,
        related_name="+",
        verbose_name="ausgestellt von",
    )
    widerrufen_um = models.DateTimeField("widerrufen", null=True, editable=False)
    widerrufen_von = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name="widerrufen von",
    )
    widerruf_grund = Langtext("Grund des Widerrufs", max_length=1_000, blank=True, editable=False)

    class Meta:
        verbose_name = "Zertifikat"
        verbose_name_plural = "Zertifikate"
        ordering = ["-ausgestellt_um"]
        default_permissions = ["view"]
        constraints = [
            laenge_constraint("zertifikat", "widerruf_grund", 1_000),
            models.UniqueConstraint(
                fields=["teilnahme"],
                condition=Q(widerrufen_um__isnull=True),
                name="zertifikat_einmal_gueltig",
                violation_error_message="Zu dieser Teilnahme gibt es ein gültiges Zertifikat.",
            ),
            models.CheckConstraint(
                name="zertifikat_name_pruefbar",
                condition=Q(name="") | ~Q(namenspruefwert=""),
            ),
            models.CheckConstraint(
                name="zertifikat_code_form",
                condition=Q(code__regex="^[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}$"),
            ),
            models.CheckConstraint(
                name="zertifikat_widerruf_vollstaendig",
                condition=Q(widerrufen_um__isnull=True, widerrufen_von__isnull=True)
                | (
                    Q(widerrufen_um__isnull=False, widerrufen_von__isnull=False)
                    & ~Q(widerruf_grund="")
                ),
            ),
        ]

    @property
    def gilt(self) -> bool:
        """Whether it was not revoked."""
        return self.widerrufen_um is None

    def __str__(self):
        return f"Zertifikat {self.code}"
