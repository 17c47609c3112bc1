"""Registering for a cohort: the public form, the personal page, the mails."""
