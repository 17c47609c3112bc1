"""Engagements: what is agreed, the sessions with their three levels, steps, contact data (F32-F34)."""
