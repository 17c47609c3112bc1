"""Invented records and demo accounts for trying the portal: `bestand` loads and removes all of it."""
