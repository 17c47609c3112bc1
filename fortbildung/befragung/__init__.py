"""The questions about a module, answered without a name (F45)."""
