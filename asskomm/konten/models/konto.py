"""The user model. Sign-in grows in asskomm.konten; who a person acts for lives in kommunen."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.core.management.base import CommandError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import salted_hmac

from asskomm.mailadresse import MailadressFeld, mailadress_constraint, normalform

from ..rollen import ADMINISTRATION


class KontoManager(BaseUserManager):
    def get_by_natural_key(self, email):
        """The e-mail address is the login name, without regard to case."""
        return self.get(email=self.normalize_email(email))

    def create_user(self, email, password=None, **felder):
        """Without a password the account cannot sign in until one is set."""
        konto = self.model(email=self.normalize_email(email), **felder)
        konto.set_password(password)
        konto.save(using=self._db)
        return konto

    def create_superuser(self, *args, **kwargs):
        """What `manage.py createsuperuser` calls at the end: there is no such account here."""
        raise CommandError(
            "Ein Konto mit allen Rechten gibt es nicht. Laden Sie eine Administration ein: "
            "manage.py richte_administration_ein EMAIL"
        )

    @classmethod
    def normalize_email(cls, email):
        """No mail server in practice tells Anna@ from anna@."""
        return normalform(email or "")


class KontoQuerySet(models.QuerySet):
    def personal(self):
        """LPR staff who may sign in."""
        return self.filter(is_staff=True, is_active=True)

    def administration(self):
        """Those who can sign in and decide over accounts; demo accounts do not count."""
        return self.filter(groups__name=ADMINISTRATION, is_active=True, ist_beispiel=False)

    def nie_angenommen(self):
        """Accounts that exist only because somebody was invited."""
        return self.filter(is_active=False, deaktiviert_um__isnull=True)

    def kenntlich(self):
        """Those that have not been anonymised (`anonymisierung.anonymisiere`)."""
        return self.exclude(email__endswith=Konto.UNKENNTLICH)


class Konto(AbstractBaseUser, PermissionsMixin):
    """A person with access to the portal, or invited to it.

    Invited: neither active nor deactivated, without a usable password. Nobody is a superuser:
    all rights come from roles, and the far-reaching ones take two people to give.
    """

    # No mail can ever go there (RFC 2606): the address of an anonymised account.
    UNKENNTLICH = "@konto.invalid"

    email = MailadressFeld(
        "E-Mail-Adresse",
        error_messages={"unique": "Zu dieser E-Mail-Adresse gibt es schon ein Konto."},
    )
    name = models.CharField("Name", max_length=150, blank=True)
    is_active = models.BooleanField("aktiv", default=True)
    is_staff = models.BooleanField(
        "LPR-Personal", default=False, help_text="Darf sich in der Verwaltung anmelden."
    )
    ist_beispiel = models.BooleanField(
        "Beispielkonto",
        default=False,
        editable=False,
        help_text="Gehört zu den Beispieldaten und kann sich nur mit ihnen anmelden.",
    )
    deaktiviert_um = models.DateTimeField("deaktiviert", null=True, blank=True, editable=False)
    sitzungsfolge = models.PositiveIntegerField(
        default=0, editable=False, help_text="Zählt, wie oft überall abgemeldet wurde."
    )
    angelegt_um = models.DateTimeField("angelegt", default=timezone.now, editable=False)

    objects = KontoManager.from_queryset(KontoQuerySet)()

    EMAIL_FIELD = USERNAME_FIELD = "email"
    REQUIRED_FIELDS = []

    class Meta:
        verbose_name = "Konto"
        verbose_name_plural = "Konten"
        ordering = ["email"]
        constraints = [
            models.UniqueConstraint(fields=["email"], name="konto_email_eindeutig"),
            mailadress_constraint("konto", "email"),
            models.CheckConstraint(
                name="konto_kein_superuser",
                condition=Q(is_superuser=False),
                violation_error_message="Rechte kommen nur aus Rollen.",
            ),
            models.CheckConstraint(
                name="konto_aktiv_oder_deaktiviert",
                condition=Q(is_active=False) | Q(deaktiviert_um__isnull=True),
                violation_error_message="Ein aktives Konto ist nicht zugleich deaktiviert.",
            ),
        ]

    def __str__(self):
        return self.name or (f"gelöschtes Konto {self.pk}" if self.unkenntlich else self.email)

    @property
    def unkenntlich(self) -> bool:
        return self.email.endswith(self.UNKENNTLICH)

    def _get_session_auth_hash(self, secret=None):
        """A session ends when the password changes and when the person signs out everywhere."""
        teil = super()._get_session_auth_hash(secret)
        return salted_hmac("konten.sitzung", f"{teil}{self.sitzungsfolge}").hexdigest()

    @property
    def eingeladen(self) -> bool:
        return not self.is_active and self.deaktiviert_um is None

    def get_full_name(self):
        return str(self)

    def get_short_name(self):
        return str(self)
