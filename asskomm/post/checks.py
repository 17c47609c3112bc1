from django.core.checks import Tags, Warning, register

from . import briefkasten


@register(Tags.security, deploy=True)
def mailserver_ist_eingerichtet(app_configs, **_):
    """Without a mail server staff read the one-time links of others in the local mailbox."""
    if not briefkasten.in_gebrauch():
        return []
    return [
        Warning(
            "Kein Mailserver: E-Mails verlassen diesen Rechner nicht. Setzen Sie EMAIL_HOST.",
            id="post.W001",
        )
    ]
