from django.apps import AppConfig


class KommunenConfig(AppConfig):
    name = "kommunen"
    verbose_name = "Kommunen und Präventionsräte"

    def ready(self):
        """Declare who needs a second factor, and what the log and accounts say about members."""
        from . import befugnisse  # noqa: F401
        from .mitglieder import auskunft, handlungen  # noqa: F401
        from .puls import handlungen as puls_handlungen  # noqa: F401
