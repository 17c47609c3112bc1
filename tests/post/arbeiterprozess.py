"""The worker as a process of its own that knows the mails of the tests."""

import sys

import django
from django.core.management import call_command

if __name__ == "__main__":
    django.setup()
    from tests.post import nachrichten  # noqa: F401  registers them

    call_command("arbeiter", *sys.argv[1:])
