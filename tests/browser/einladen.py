"""Invitations in the database of the running portal, as if they had come by mail."""

import os
import subprocess
import sys

from .portal import BASE_DIR, datenbankadresse

PROGRAMM = """
from datetime import timedelta
from uuid import uuid4
from django.utils import timezone
from asskomm.konten import einladungslink
from kommunen.mitglieder import verfahren
from kommunen.models import Kommune, Rolle
einladung = verfahren.lade_ein(
    Kommune.objects.get(kennung={kennung!r}), {email!r}, [Rolle({rolle!r})],
    durch=None, um=timezone.now() - timedelta(days={vor_tagen}), marke=uuid4(),
)
print("Link:", einladungslink.adresse(einladung))
"""


def lade_ein(email, *, rolle="zeichnung", kennung="14524330", vor_tagen=0):
    """Path of the page behind the link of a new invitation."""
    programm = PROGRAMM.format(email=email, rolle=rolle, kennung=kennung, vor_tagen=vor_tagen)
    ausgabe = subprocess.run(
        [sys.executable, "manage.py", "shell", "-v", "0", "-c", programm],
        cwd=BASE_DIR,
        env=os.environ | {"DATABASE_URL": datenbankadresse()},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return ausgabe.rpartition("Link: ")[2].strip()
