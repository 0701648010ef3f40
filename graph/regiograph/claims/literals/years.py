"""Years and runs of years: "2012", "mid-2024", "the end of 2016", "2012-2015", "2019/20", "FY2023", "the 1990s"."""

from __future__ import annotations

import re
from functools import cache

from regiograph.claims.literals import edtf
from regiograph.claims.literals.anchor import month_value, year_value
from regiograph.claims.literals.calendar_words import PART, THIS_YEAR, YEAR
from regiograph.claims.literals.rules import Rule, Scene, rule
from regiograph.claims.literals.signs import Sign

_FISCAL = r"(?:\b(?:FY|fiscal(?:\syear)?|financial\syear|FY\s|the\sfiscal\syear)\s?)"
_COUNTED = (
    r"(?!\s?(?:%|percent|per\scent|million|billion|thousand|hundred|dozen|(?:tons?|tonnes?|hectares?|ha|MW|km)\b))"
)
# What goes on after a year of the Middle Ages, but not after a number of things.
_TELLING = (
    r"was|were|is|had|has|did|when|while|and|by|under|as|the|an?|it|he|she|they|its|his|her|their|with|after|before|at"
    r"|on"
)


@cache
def rules() -> tuple[Rule, ...]:
    """Return the rules for years, longer patterns first."""
    lone = rf"(?<![\w.,/№#-])(?<!\d\s)(?<!No\.\s)(?<!№\s)(?P<y>{YEAR})(?![\w-]|/\d)(?!’\d){_COUNTED}"
    return (
        rule(
            Sign.YEAR,
            rf"(?<![\w-])(?:{_FISCAL})?(?P<a>(?:1[5-9]|20|21)\d\d)\s?[-–—/]\s?(?P<b>\d{{4}}|\d{{2}})(?![\d-])",
            _run,
            run=True,
        ),
        rule(
            Sign.YEAR,
            rf"\b(?:from|between)\s(?P<a>{YEAR})\s(?:to|and|till|until|through)\s(?P<b>{YEAR})",
            _run,
            re.IGNORECASE,
            run=True,
        ),
        rule(Sign.DECADE, rf"\b(?:{PART})?(?:the\s)?(?P<decade>(?:1[5-9]|20)\d0)['’]?s\b", _decade, re.IGNORECASE),
        rule((Sign.FISCAL, Sign.FIGURE), rf"{_FISCAL}(?P<y>{YEAR}|['’]?\d\d(?!\d))", _fiscal),
        rule((Sign.YEAR, Sign.PART), rf"\bmid[\s-](?P<y>{YEAR})", _middle, re.IGNORECASE),
        rule((Sign.ANY_YEAR, Sign.PART), rf"\b(?:the\s)?middle\sof\s(?P<y>{YEAR}|{THIS_YEAR})", _middle, re.IGNORECASE),
        rule((Sign.ANY_YEAR, Sign.PART), rf"\b(?:{PART})(?P<y>{YEAR}|{THIS_YEAR})", _year, re.IGNORECASE),
        rule((Sign.YEAR, Sign.YEAR_WORD), rf"\b(?:in|by|of|for|the)\syear\s(?P<y>{YEAR})", _year, re.IGNORECASE),
        rule(Sign.YEAR, lone, _year),
        rule(
            Sign.FIGURE,
            rf"(?P<y>1[0-4]\d\d)(?<=\b[Ii]n\s\d{{4}})(?=\s?[.,;:)]|\s*\Z|\s(?:{_TELLING})\b)(?![.,]\d)",
            _year,
        ),
    )


def _run(match: re.Match[str], scene: Scene) -> str | None:
    """Read a run of years, the second perhaps short ("2022-23"); None when it does not come later."""
    del scene
    first = int(match["a"])
    last = int(match["b"]) if len(match["b"]) == 4 else first // 100 * 100 + int(match["b"])
    if len(match["b"]) == 2 and last < first:
        last += 100
    return edtf.interval(str(first), str(last)) if first < last <= first + 60 else None


def _decade(match: re.Match[str], scene: Scene) -> str | None:
    del scene
    return f"{match['decade']}/{int(match['decade']) + 9}"


def _fiscal(match: re.Match[str], scene: Scene) -> str | None:
    del scene
    digits = match["y"].lstrip("'’")
    return digits if len(digits) == 4 else f"20{digits}"


def _middle(match: re.Match[str], scene: Scene) -> str | None:
    year = scene.year(match["y"])
    return month_value(year, 6) if year else None


def _year(match: re.Match[str], scene: Scene) -> str | None:
    year = scene.year(match["y"])
    return year_value(year)
