"""What the database refuses, and by which rule."""

import pytest
from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction


def verboten(regel, tat):
    """The database refuses, and names the rule."""
    with pytest.raises(IntegrityError) as gefangen, transaction.atomic():
        tat()
    assert gefangen.value.__cause__.diag.constraint_name == regel


def gruppe(name):
    return Group.objects.get(name=name)
