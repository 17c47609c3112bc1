from django.apps import AppConfig


class FoerderungConfig(AppConfig):
    name = "foerderung"
    verbose_name = "Förderung"

    def ready(self):
        """Declare what the log keeps from people with a conflict of interest."""
        from . import befangenheit  # noqa: F401
