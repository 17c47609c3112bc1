"""The two halves of `make start`, so that the first can be done once for several portals.

`takt` does what the worker does about once a minute, `tag` what it does once a day for one app.
"""

import os
import sys

import django
from django.utils import timezone

from asskomm import starten
from asskomm.post import taktaufgaben
from asskomm.post.tagesaufgaben import tagesaufgaben

if __name__ == "__main__":
    django.setup()
    match sys.argv[1:]:
        case ["vorbereiten"]:
            starten.bereite_vor()
        case ["takt"]:
            taktaufgaben.fuehre_aus()
        case ["tag", app]:
            for schluessel, aufgabe in tagesaufgaben().items():
                if schluessel.startswith(f"{app}."):
                    aufgabe(timezone.localdate())
        case ["bedienen"]:
            starten.bediene(int(os.environ["PORT"]))
