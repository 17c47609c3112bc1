"""Analyses of a Kommune: phases, tasks, return, report, and what becomes of the recommendations (F37)."""
