"""Rule sets, rounds, budgets and extensions in the admin (F1)."""

from . import ansaetze, regelwerke, runden, verlaengerungen  # noqa: F401  each registers its pages
