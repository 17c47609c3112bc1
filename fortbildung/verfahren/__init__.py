"""Every change of a registration, of attendance and of certificates."""
