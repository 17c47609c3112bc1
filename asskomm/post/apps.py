from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class PostConfig(AppConfig):
    name = "asskomm.post"
    verbose_name = "Post"

    def ready(self):
        """Let every app declare its mails and daily jobs, whatever imports it later."""
        from . import handlungen  # noqa: F401  registers what this app itself does

        autodiscover_modules("vorlagen", "tagesaufgaben")
