"""The two halves of `make start`, so that the first can be done once for several portals.

`takt` does what the worker does about once a minute.
"""

import os
import sys

import django

from asskomm import starten
from asskomm.post import taktaufgaben

if __name__ == "__main__":
    django.setup()
    if sys.argv[1] == "vorbereiten":
        starten.bereite_vor()
    elif sys.argv[1] == "takt":
        taktaufgaben.fuehre_aus()
    else:
        starten.bediene(int(os.environ["PORT"]))
