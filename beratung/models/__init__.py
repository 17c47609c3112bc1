"""What the LPR does for a Kommune: advice, coaching, security analysis."""

from .analyse import Sicherheitsanalyse
from .beratung import Beratung, Beratungsanfrage
from .coaching import Coaching

__all__ = ["Beratung", "Beratungsanfrage", "Coaching", "Sicherheitsanalyse"]
