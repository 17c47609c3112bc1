"""The user model. Sign-in grows in asskomm.konten; who a person acts for lives in kommunen."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone


class KontoManager(BaseUserManager):
    def get_by_natural_key(self, email):
        """The e-mail address is the login name, without regard to case."""
        return self.get(email__iexact=email)

    def create_user(self, email, password=None, **felder):
        """Without a password the account cannot sign in until one is set."""
        konto = self.model(email=self.normalize_email(email), **felder)
        konto.set_password(password)
        konto.save(using=self._db)
        return konto

    def create_superuser(self, email, password=None, **felder):
        return self.create_user(email, password, is_staff=True, is_superuser=True, **felder)

    @classmethod
    def normalize_email(cls, email):
        """Lower case throughout: no mail server in practice tells Anna@ from anna@."""
        return (email or "").strip().lower()


class Konto(AbstractBaseUser, PermissionsMixin):
    """A person with access to the portal."""

    email = models.EmailField("E-Mail-Adresse")
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
    angelegt_um = models.DateTimeField("angelegt", default=timezone.now, editable=False)

    objects = KontoManager()

    EMAIL_FIELD = USERNAME_FIELD = "email"
    REQUIRED_FIELDS = []

    class Meta:
        verbose_name = "Konto"
        verbose_name_plural = "Konten"
        ordering = ["email"]
        constraints = [
            # Two names for the same: Django asks for uniqueness of USERNAME_FIELD, people
            # expect it without regard to case.
            models.UniqueConstraint(fields=["email"], name="konto_email_eindeutig"),
            models.UniqueConstraint(
                Lower("email"),
                name="konto_email_eindeutig_ohne_gross_klein",
                violation_error_message="Zu dieser E-Mail-Adresse gibt es schon ein Konto.",
            ),
        ]

    def __str__(self):
        return self.name or self.email

    def clean(self):
        super().clean()
        self.email = type(self).objects.normalize_email(self.email)

    def get_full_name(self):
        return str(self)

    def get_short_name(self):
        return str(self)
