"""The yearly pulse: each council is confirmed or corrected once a year (F47)."""
