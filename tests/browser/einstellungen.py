"""Settings of the portal under the browser: the real ones, plus addresses that fail on purpose."""

from asskomm.settings import *  # noqa: F403

from . import uhr

ROOT_URLCONF = "tests.browser.adressen"
uhr.gehe_vor()
