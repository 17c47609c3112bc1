"""Invite the first two administrators, or a new one when fewer than two are left."""

import uuid

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from asskomm import mailadresse
from asskomm.formate import zeitpunkt
from asskomm.konten import einladungslink
from asskomm.konten.models import Konto
from asskomm.konten.verfahren import richte_administration_ein
from asskomm.schritt import SchrittNichtMoeglich


class Command(BaseCommand):
    help = (
        "Lädt eine Person als Administration ein, solange es weniger als zwei gibt: "
        "bei der Einrichtung und wenn eine verloren ging."
    )

    def add_arguments(self, parser):
        parser.add_argument("email", metavar="EMAIL", help="dienstliche E-Mail-Adresse der Person")
        parser.add_argument(
            "--zeige-link",
            action="store_true",
            help="den persönlichen Link ausgeben, wenn noch keine E-Mails gesendet werden",
        )

    def handle(self, email, zeige_link, **optionen):
        try:
            mailadresse.pruefe(mailadresse.normalform(email))
            einladung = richte_administration_ein(email, um=timezone.now(), marke=uuid.uuid4())
        except ValidationError as fehler:
            raise CommandError(f"{email}: {' '.join(fehler.messages)}") from fehler
        except SchrittNichtMoeglich as fehler:
            raise CommandError(str(fehler)) from fehler
        konto = einladung.konto
        if konto.is_active:
            self.stdout.write(f"{konto.email} hat jetzt die Rolle Administration.")
        self.stdout.write(
            f"Die Einladung an {konto.email} liegt im Postausgang; manage.py arbeiter sendet sie.\n"
            f"Bis {zeitpunkt(einladung.gueltig_bis)} nimmt die Person sie an und richtet Passwort "
            "und zweiten Faktor ein."
        )
        if zeige_link:
            self.stdout.write(
                "Wer diesen Link hat, kann das Konto übernehmen: "
                f"{settings.BASE_URL}{einladungslink.adresse(einladung)}"
            )
        vorhanden = Konto.objects.administration().count()
        if vorhanden < 2:
            self.stdout.write(
                f"Anmelden als Administration kann sich zurzeit: {vorhanden}. Nötig sind zwei, denn "
                "weitreichende Rollen geben zwei Personen gemeinsam. Laden Sie mit diesem Befehl "
                "auch die zweite ein."
            )
