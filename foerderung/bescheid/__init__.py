"""The notice: what it says, how it becomes known, and the pages of both sides about it."""
