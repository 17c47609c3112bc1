"""From the request of a Kommune to a coach whom both sides want (F31)."""
