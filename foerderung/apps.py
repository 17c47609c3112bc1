from django.apps import AppConfig


class FoerderungConfig(AppConfig):
    name = "foerderung"
    verbose_name = "Förderung"

    def ready(self):
        """Declare what the log keeps from people with a conflict of interest, and which cases
        take up a recommendation."""
        from . import aufgriffe, befangenheit  # noqa: F401
