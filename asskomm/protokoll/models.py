"""The log: what was done, by whom, when. Rows are only ever added.

The database itself holds the rows together (migration 0002): at commit each entry gets the
next number without a gap and the hash of the entry before it. Nothing here can be changed
or deleted afterwards but the text of a reason, and that leaves an entry of its own.
"""

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from django.db.models import F, Func, Q

from .handlungen import wort


class Uhrzeit(Func):
    """The moment itself; now() would be the beginning of the transaction."""

    function = "clock_timestamp"
    output_field = models.DateTimeField()


class EintragQuerySet(models.QuerySet):
    def mit_personen(self):
        """With the accounts and the reason, as every page and file shows them."""
        return self.select_related("durch", "fuer", "grund")

    def ohne(self, ausnahmen):
        """Without what a person must not read (`ausnahmen.ausnahmen`)."""
        menge = self
        for eine in ausnahmen:
            menge = menge.exclude(eine.bedingung)
        return menge


class Eintrag(models.Model):
    """One act. Holds references, codes and counts, never a name, an address or free text.

    `nummer`, `hash_vorher` and `hash` are empty until the transaction commits. The accounts
    are references without a foreign key in the database: entries outlive accounts.
    """

    nummer = models.PositiveBigIntegerField("Nummer", null=True, editable=False, unique=True)
    zeit = models.DateTimeField("Zeit", db_default=Uhrzeit(), editable=False)
    handlung = models.CharField("Handlung", max_length=100)
    gegenstand_art = models.CharField("Art des Gegenstands", max_length=100, blank=True)
    gegenstand_nummer = models.CharField("Nummer des Gegenstands", max_length=100, blank=True)
    durch = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.DO_NOTHING,
        verbose_name="durch",
        null=True,
        blank=True,
        db_constraint=False,
        db_index=False,
        related_name="+",
    )
    fuer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.DO_NOTHING,
        verbose_name="in Vertretung für",
        null=True,
        blank=True,
        db_constraint=False,
        db_index=False,
        related_name="+",
    )
    angaben = models.JSONField("Angaben", default=dict, blank=True)
    grund_pruefwert = models.CharField("Prüfwert der Begründung", max_length=64, blank=True)
    hash_vorher = models.CharField("Hash des Eintrags davor", max_length=64, blank=True)
    hash = models.CharField("Hash", max_length=64, blank=True)

    objects = EintragQuerySet.as_manager()

    class Meta:
        verbose_name = "Eintrag im Protokoll"
        verbose_name_plural = "Protokoll"
        # In PostgreSQL the entries of the running transaction, still without a number, come first.
        ordering = ["-nummer", "-id"]
        default_permissions = ["view"]
        permissions = [("exportieren", "Darf das Protokoll exportieren")]
        indexes = [
            models.Index(F("zeit").desc(), name="protokoll_zeit"),
            models.Index("handlung", F("nummer").desc(), name="protokoll_handlung"),
            models.Index(
                "gegenstand_art",
                "gegenstand_nummer",
                F("nummer").desc(),
                name="protokoll_gegenstand",
            ),
            models.Index(
                "gegenstand_nummer", F("nummer").desc(), name="protokoll_gegenstand_nummer"
            ),
            models.Index("durch", F("nummer").desc(), name="protokoll_durch"),
            models.Index(
                "fuer",
                F("nummer").desc(),
                name="protokoll_fuer",
                condition=Q(fuer__isnull=False),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="protokoll_eintrag_ganz_verkettet",
                condition=Q(nummer__isnull=True, hash_vorher="", hash="")
                | Q(
                    nummer__gte=1, hash_vorher__regex="^[0-9a-f]{64}$", hash__regex="^[0-9a-f]{64}$"
                ),
            ),
            models.CheckConstraint(
                name="protokoll_eintrag_vertretung_mit_person",
                condition=Q(fuer__isnull=True) | (Q(durch__isnull=False) & ~Q(durch=F("fuer"))),
            ),
        ]

    def __str__(self):
        return f"Eintrag {self.nummer or 'ohne Nummer'}: {self.handlung_wort}"

    @property
    def handlung_wort(self) -> str:
        return wort(self.handlung)

    @property
    def gegenstand_wort(self) -> str:
        """Kind and number of the object, e.g. "Konto 12"; "" for an act without one."""
        if not self.gegenstand_art:
            return ""
        return f"{art_wort(self.gegenstand_art)} {self.gegenstand_nummer}"

    @property
    def durch_wort(self) -> str:
        """Who acted, by today's name; without an account it was the system."""
        return self._person("durch") or "System"

    @property
    def fuer_wort(self) -> str:
        return self._person("fuer")

    @property
    def angaben_wort(self) -> str:
        """The details in one line: "anzahl: 3; rollen: Leitung, Prüfung"."""
        return "; ".join(f"{name}: {_wert_wort(wert)}" for name, wert in self.angaben.items())

    @property
    def grund_wort(self) -> str:
        """The reason, or that its text was deleted; "" for an act without one."""
        if not self.grund_pruefwert:
            return ""
        try:
            return self.grund.text
        except ObjectDoesNotExist:
            return "Der Text der Begründung wurde gelöscht."

    def _person(self, feld: str) -> str:
        """A person by today's name, or as a deleted account; "" for nobody."""
        nummer = getattr(self, f"{feld}_id")
        if nummer is None:
            return ""
        try:
            konto = getattr(self, feld)
        except ObjectDoesNotExist:
            konto = None
        return str(konto) if konto else f"gelöschtes Konto {nummer}"


class Grund(models.Model):
    """The free text that gives the reason for an act.

    It stands apart from its entry, which holds only sha256(salz + text): so the text can be
    deleted (`verfahren.loesche_grund`) and the chain still verifies.
    """

    eintrag = models.OneToOneField(
        Eintrag, models.DO_NOTHING, primary_key=True, related_name="grund", verbose_name="Eintrag"
    )
    salz = models.CharField("Salz", max_length=64)
    text = models.TextField("Begründung")

    class Meta:
        verbose_name = "Begründung"
        verbose_name_plural = "Begründungen"
        default_permissions = []

    def __str__(self):
        return f"Begründung zu Eintrag {self.eintrag_id}"


def art_wort(art: str) -> str:
    """What staff call a kind of object: "konten.konto" is a Konto; an unknown kind stays as it is."""
    try:
        return str(apps.get_model(art)._meta.verbose_name)
    except (LookupError, ValueError):
        return art


def _wert_wort(wert) -> str:
    if isinstance(wert, bool):
        return "ja" if wert else "nein"
    if isinstance(wert, list):
        return ", ".join(map(_wert_wort, wert))
    return str(wert)
