from django.apps import AppConfig
from django.db.models.signals import post_migrate


class KontenConfig(AppConfig):
    name = "asskomm.konten"
    verbose_name = "Konten und Rollen"

    def ready(self):
        from asskomm import fehlertexte

        fehlertexte.einsetzen()
        from .rollen import gleiche_rechte_ab

        post_migrate.connect(gleiche_rechte_ab, dispatch_uid="konten.rollen")
