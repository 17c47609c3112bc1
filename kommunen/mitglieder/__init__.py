"""Members of a Kommune: who may act for it, and how that begins and ends."""
