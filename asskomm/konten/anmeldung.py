"""Who may sign in with a password."""

from django.conf import settings
from django.contrib.auth.backends import ModelBackend


class PasswortAnmeldung(ModelBackend):
    """Django's own check, closed to the demo accounts outside the demo mode.

    Their password is printed in the README. Where the Beispieldaten were left behind in a
    database that goes into service, they open nothing, and their open sessions end.
    """

    def user_can_authenticate(self, user):
        erlaubt = settings.BEISPIELDATEN or not getattr(user, "ist_beispiel", False)
        return erlaubt and super().user_can_authenticate(user)
