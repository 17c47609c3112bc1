from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.module_loading import autodiscover_modules


class DatenschutzConfig(AppConfig):
    name = "asskomm.datenschutz"
    verbose_name = "Datenschutz"

    def ready(self):
        """Let every app declare its personal data."""
        from . import handlungen  # noqa: F401  registers what this app itself does
        from .fristen import lege_fehlende_an

        autodiscover_modules("personendaten")
        post_migrate.connect(lege_fehlende_an, sender=self, dispatch_uid="datenschutz.fristen")
