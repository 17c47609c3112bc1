"""The tables of accounts, one module for each subject."""

from .einladung import Einladung
from .freigaben import Rollenvergabe, Vertretung, Zweitfaktorverlust
from .geraet import BekanntesGeraet
from .konto import Konto, KontoManager

__all__ = [
    "BekanntesGeraet",
    "Einladung",
    "Konto",
    "KontoManager",
    "Rollenvergabe",
    "Vertretung",
    "Zweitfaktorverlust",
]
