"""Issued notices and how they became known."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from asskomm.texteingabe import Langtext, laenge_constraint
from kommunen.zeitangabe import FREISTAAT_SEIT, spanne_constraint

from .antrag import Foerderantrag
from .entscheidung import Entscheidung
from .regelwerk import Regelwerk


class BescheidQuerySet(models.QuerySet):
    def zu_versenden(self):
        """What staff have to post."""
        return self.filter(
            bekanntgabe__weg=Bekanntgabe.Weg.POST, bekanntgabe__post_aufgegeben_am__isnull=True
        )

    def mit_offener_klage(self):
        """Taken to court, and how that ended is not noted."""
        return self.filter(
            bekanntgabe__rechtsbehelf_am__isnull=False, bekanntgabe__rechtsbehelf_ausgang=""
        )


class Bescheid(models.Model):
    """An issued notice: its data and their hash. Never changed; a later one points to it.

    The PDF is set from `inhalt` and always comes out the same; `pruefsumme` is the SHA-256 of
    the canonical JSON. A trigger (`unveraenderlich`) refuses every change.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    antrag = models.ForeignKey(Foerderantrag, models.PROTECT, related_name="bescheide")
    entscheidung = models.OneToOneField(
        Entscheidung, models.PROTECT, related_name="bescheid", verbose_name="Entscheidung"
    )
    nummer = models.PositiveSmallIntegerField("Nummer")
    art = models.CharField("Art", max_length=20, choices=Entscheidung.Art)
    inhalt = models.JSONField("Inhalt")
    pruefsumme = models.CharField("Prüfsumme", max_length=64)
    regelwerk = models.ForeignKey(Regelwerk, models.PROTECT, related_name="bescheide")
    ersetzt = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="nachfolgende",
        verbose_name="ändert oder hebt auf",
    )
    erlassen_um = models.DateTimeField("erlassen", editable=False)

    objects = BescheidQuerySet.as_manager()

    class Meta:
        verbose_name = "Bescheid"
        verbose_name_plural = "Bescheide"
        ordering = ["nummer"]
        default_permissions = ["view"]
        constraints = [
            models.UniqueConstraint(fields=["antrag", "nummer"], name="bescheid_einmal"),
            models.CheckConstraint(
                name="bescheid_pruefsumme", condition=Q(pruefsumme__regex="^[0-9a-f]{64}$")
            ),
        ]

    def __str__(self):
        return f"{self.get_art_display()} vom {self.erlassen_um:%d.%m.%Y}"


class Bekanntgabe(models.Model):
    """How a notice became known, and when it becomes final (F18).

    A letter counts as known some days after its posting, but not before it has arrived (§ 41 Abs. 2
    Satz 3 VwVfG): `zugang_am` is a later day on which it did, `vergeblich_am` the last posting that
    never did. A waiver is declared in the portal (`verzichtet_von`) or comes as a letter that staff
    note (`verzicht_erfasst_von`). `version` counts what staff note about arrival, waiver and
    objection.
    """

    class Weg(models.TextChoices):
        ABRUF = "abruf", "Abruf im Portal"
        POST = "post", "Post"

    class Ausgang(models.TextChoices):
        ZURUECKGENOMMEN = "zurueckgenommen", "zurückgenommen"
        ABGEWIESEN = "abgewiesen", "abgewiesen"
        STATTGEGEBEN = "stattgegeben", "stattgegeben, der Bescheid ist aufgehoben"

    # The notice becomes final after all.
    OHNE_ERFOLG = (Ausgang.ZURUECKGENOMMEN, Ausgang.ABGEWIESEN)

    bescheid = models.OneToOneField(Bescheid, models.PROTECT, related_name="bekanntgabe")
    weg = models.CharField("Weg", max_length=10, choices=Weg)
    bereitgestellt_um = models.DateTimeField("zum Abruf bereitgestellt", null=True, editable=False)
    abrufbar_bis = models.DateField("abrufbar bis", null=True, editable=False)
    abgerufen_um = models.DateTimeField("abgerufen", null=True, editable=False)
    abgerufen_von = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="abgerufen von",
    )
    post_aufgegeben_am = models.DateField("zur Post gegeben am", null=True)
    zugang_am = models.DateField("später angekommen am", null=True)
    zugang_grund = Langtext("Grund für den späteren Zugang", max_length=2_000, blank=True)
    vergeblich_am = models.DateField("vergeblich zur Post gegeben am", null=True)
    vergeblich_grund = Langtext("Grund für den fehlenden Zugang", max_length=2_000, blank=True)
    bekannt_am = models.DateField("bekannt gegeben am", null=True, editable=False)
    empfang_bestaetigt_um = models.DateTimeField("Empfang bestätigt", null=True, editable=False)
    verzichtet_um = models.DateTimeField("auf Rechtsbehelf verzichtet", null=True, editable=False)
    verzichtet_von = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="verzichtet hat",
    )
    verzicht_eingang_am = models.DateField("Verzicht mit Brief eingegangen am", null=True)
    verzicht_ablage = models.CharField("Ablage des Verzichts", max_length=200, blank=True)
    verzicht_erfasst_von = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="Verzicht vermerkt von",
    )
    rechtsbehelf_bis = models.DateField("Rechtsbehelf möglich bis", null=True, editable=False)
    rechtsbehelf_am = models.DateField("Rechtsbehelf eingelegt am", null=True)
    rechtsbehelf_vermerk = Langtext("Vermerk zum Rechtsbehelf", max_length=2_000, blank=True)
    rechtsbehelf_ausgang = models.CharField(
        "Ausgang der Klage", max_length=20, choices=Ausgang, blank=True
    )
    rechtsbehelf_ende_am = models.DateField("Klage beendet am", null=True)
    bestandskraft_am = models.DateField("bestandskräftig seit", null=True, editable=False)
    version = models.PositiveIntegerField("Stand", default=1, editable=False)

    class Meta:
        verbose_name = "Bekanntgabe"
        verbose_name_plural = "Bekanntgaben"
        default_permissions = []
        indexes = [
            models.Index(fields=["bestandskraft_am", "rechtsbehelf_bis"], name="bekanntgabe_frist")
        ]
        constraints = [
            spanne_constraint("bekanntgabe", "post_aufgegeben_am", ab=FREISTAAT_SEIT),
            spanne_constraint("bekanntgabe", "verzicht_eingang_am", ab=FREISTAAT_SEIT),
            spanne_constraint("bekanntgabe", "rechtsbehelf_am", ab=FREISTAAT_SEIT),
            spanne_constraint("bekanntgabe", "rechtsbehelf_ende_am", ab=FREISTAAT_SEIT),
            spanne_constraint("bekanntgabe", "zugang_am", ab=FREISTAAT_SEIT),
            spanne_constraint("bekanntgabe", "vergeblich_am", ab=FREISTAAT_SEIT),
            laenge_constraint("bekanntgabe", "rechtsbehelf_vermerk", 2_000),
            laenge_constraint("bekanntgabe", "zugang_grund", 2_000),
            laenge_constraint("bekanntgabe", "vergeblich_grund", 2_000),
            models.CheckConstraint(
                name="bekanntgabe_abruf_mit_person",
                condition=Q(abgerufen_um__isnull=True, abgerufen_von__isnull=True)
                | Q(abgerufen_um__isnull=False, abgerufen_von__isnull=False),
            ),
            models.CheckConstraint(
                name="bekanntgabe_spaeter_angekommen",
                condition=Q(zugang_am__isnull=True, zugang_grund="")
                | Q(
                    zugang_am__isnull=False,
                    post_aufgegeben_am__isnull=False,
                    post_aufgegeben_am__lt=F("zugang_am"),
                    bekannt_am__isnull=False,
                    bekannt_am=F("zugang_am"),
                )
                & ~Q(zugang_grund=""),
            ),
            models.CheckConstraint(
                name="bekanntgabe_vergeblich_zur_post",
                condition=Q(vergeblich_am__isnull=True, vergeblich_grund="")
                | Q(weg="post", vergeblich_am__isnull=False)
                & (
                    Q(post_aufgegeben_am__isnull=True, bekannt_am__isnull=True)
                    | Q(
                        post_aufgegeben_am__isnull=False,
                        post_aufgegeben_am__gt=F("vergeblich_am"),
                    )
                )
                & ~Q(vergeblich_grund=""),
            ),
            models.CheckConstraint(
                name="bekanntgabe_frist_erst_wenn_bekannt",
                condition=Q(bekannt_am__isnull=True, rechtsbehelf_bis__isnull=True)
                | Q(rechtsbehelf_bis__gte=F("bekannt_am")),
            ),
            models.CheckConstraint(
                name="bekanntgabe_rechtsbehelf_ausgang",
                condition=Q(rechtsbehelf_ausgang="", rechtsbehelf_ende_am__isnull=True)
                | Q(
                    rechtsbehelf_ausgang__in=["zurueckgenommen", "abgewiesen", "stattgegeben"],
                    rechtsbehelf_am__isnull=False,
                    rechtsbehelf_ende_am__isnull=False,
                    rechtsbehelf_ende_am__gte=F("rechtsbehelf_am"),
                ),
            ),
            models.CheckConstraint(
                name="bekanntgabe_bestandskraft_nur_bekannt",
                condition=Q(bestandskraft_am__isnull=True)
                | Q(bekannt_am__isnull=False, rechtsbehelf_am__isnull=True)
                | Q(
                    bekannt_am__isnull=False,
                    rechtsbehelf_ausgang__in=["zurueckgenommen", "abgewiesen"],
                    bestandskraft_am__gte=F("rechtsbehelf_ende_am"),
                ),
            ),
            models.CheckConstraint(
                name="bekanntgabe_verzicht_mit_person",
                condition=Q(
                    verzichtet_um__isnull=True,
                    verzichtet_von__isnull=True,
                    verzicht_eingang_am__isnull=True,
                    verzicht_erfasst_von__isnull=True,
                    verzicht_ablage="",
                )
                | Q(
                    verzichtet_um__isnull=False,
                    verzichtet_von__isnull=False,
                    verzicht_eingang_am__isnull=True,
                    verzicht_erfasst_von__isnull=True,
                    verzicht_ablage="",
                )
                | Q(
                    verzichtet_um__isnull=False,
                    verzichtet_von__isnull=True,
                    verzicht_eingang_am__isnull=False,
                    verzicht_erfasst_von__isnull=False,
                )
                & ~Q(verzicht_ablage=""),
            ),
            models.CheckConstraint(
                name="bekanntgabe_verzicht_ohne_rechtsbehelf",
                condition=Q(verzichtet_um__isnull=True) | Q(rechtsbehelf_am__isnull=True),
            ),
        ]

    def __str__(self):
        return f"Bekanntgabe zu {self.bescheid_id}"

    @property
    def verzichtet_am(self):
        """The day of the waiver, for a letter that of its arrival; None without one."""
        if self.verzichtet_um is None:
            return None
        return self.verzicht_eingang_am or timezone.localdate(self.verzichtet_um)
