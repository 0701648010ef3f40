"""Literals: dates, periods, money, percentages and counts in English news, with exact spans and normal values."""

from regiograph.claims.literals.reading import literals

__all__ = ["literals"]
