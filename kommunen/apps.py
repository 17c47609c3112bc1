from django.apps import AppConfig


class KommunenConfig(AppConfig):
    name = "kommunen"
    verbose_name = "Kommunen und Präventionsräte"

    def ready(self):
        """Declare who needs a second factor, and the mails and acts of memberships."""
        from . import befugnisse  # noqa: F401
        from .mitglieder import handlungen, vorlagen  # noqa: F401
