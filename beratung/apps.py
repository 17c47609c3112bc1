from django.apps import AppConfig


class BeratungConfig(AppConfig):
    name = "beratung"
    verbose_name = "Beratung, Coaching, Sicherheitsanalyse"

    def ready(self):
        """Declare who needs a second factor, and what accounts say about coaches."""
        from . import befugnisse  # noqa: F401
        from .vermittlung import auskunft  # noqa: F401
