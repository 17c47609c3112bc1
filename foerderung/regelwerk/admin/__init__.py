"""Rule sets, rounds, budgets, base rates and extensions in the admin (F1)."""

from . import ansaetze, basiszinsen, regelwerke, runden, verlaengerungen  # noqa: F401  each registers its pages
