"""Every change of a grant case. No other module writes `status`; the table is in `schritte`."""
