"""The procedures of advice and coaching: every change of a record stands here."""
