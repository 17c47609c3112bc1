from django.apps import AppConfig
from django.db.models.signals import post_migrate


class KontenConfig(AppConfig):
    name = "asskomm.konten"
    verbose_name = "Konten und Rollen"

    def import_models(self):
        """Early enough: the tasks of the worker, imported once models are there, import forms."""
        from asskomm import fehlertexte

        fehlertexte.einsetzen()
        super().import_models()

    def ready(self):
        from .rollen import gleiche_rechte_ab

        post_migrate.connect(gleiche_rechte_ab, dispatch_uid="konten.rollen")
