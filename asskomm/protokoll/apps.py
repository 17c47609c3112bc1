from django.apps import AppConfig


class ProtokollConfig(AppConfig):
    name = "asskomm.protokoll"
    verbose_name = "Protokoll"

    def ready(self):
        from . import handlungen  # noqa: F401  registers what this app itself does
