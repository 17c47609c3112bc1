"""Advice by the LPR: pages of the Kommunen and of those who plan, hold and record it."""
