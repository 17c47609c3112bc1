"""The two halves of `make start`, so that the first can be done once for several portals."""

import os
import sys

import django

from asskomm import starten

if __name__ == "__main__":
    django.setup()
    if sys.argv[1] == "vorbereiten":
        starten.bereite_vor()
    else:
        starten.bediene(int(os.environ["PORT"]))
