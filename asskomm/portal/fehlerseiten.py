"""Error pages that need more than a template."""

from django.shortcuts import render


def csrf_fehler(request, reason=""):
    """403 of Django's CSRF check, in words that help: the form was open for too long."""
    return render(request, "403.html", {"abgelaufen": True}, status=403)
