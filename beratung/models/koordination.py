"""Who coordinates advice and coaching: what querysets and pages ask alike."""

KOORDINIEREN = "beratung.koordinieren"


def koordiniert(konto) -> bool:
    return konto.is_staff and konto.has_perm(KOORDINIEREN)
