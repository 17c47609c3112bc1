"""Certificates: the paper, its code, and the public page that checks it (F43)."""
