"""Settings of the portal under the browser: the real ones, plus addresses that fail on purpose."""

from asskomm.settings import *  # noqa: F403

ROOT_URLCONF = "tests.browser.adressen"
