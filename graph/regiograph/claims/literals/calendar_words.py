"""Names of months, weekdays, seasons and ordinals, and the patterns made of them."""

from __future__ import annotations

_MONTHS = (
    "January February March April May June July August September October November December".split(),
    "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(),
)
MONTHS = {name: n for names in _MONTHS for n, name in enumerate(names, 1)} | {"Sept": 9}
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
WEEKDAYS = {form: n for n, day in enumerate(_DAYS) for form in (day, day[:3])} | {"Tues": 1, "Thur": 3, "Thurs": 3}
SEASONS = {"spring": 4, "summer": 7, "autumn": 10, "fall": 10, "winter": 1}  # a month in the middle of each
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4, "last": 4,
            "final": 4, "i": 1, "ii": 2, "iii": 3, "iv": 4}  # fmt: skip

LONG_MONTH = "(?:" + "|".join(_MONTHS[0]) + ")"
MONTH = "(?:" + "|".join(_MONTHS[0]) + "|(?:" + "|".join([*_MONTHS[1], "Sept"]) + r")\b\.?)(?![^\W_])"
WEEKDAY = "(?:" + "|".join(_DAYS) + ")"
ANY_WEEKDAY = "(?:" + "|".join(sorted(WEEKDAYS, key=len, reverse=True)) + r")\b\.?"
SEASON = "(?:spring|summer|autumn|fall|winter)"
DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?![\d:%])"
YEAR = r"(?:1[5-9]|20|21)\d\d(?![\d%])(?![.,]\d)"
_WHICH_YEAR = r"(?:this|(?:the\s)?(?:current|present|last|past|next|coming)|previous)\syear"
THIS_YEAR = rf"(?:{_WHICH_YEAR}|the\syear|(?<=\bof\s)year(?!\s?\d))"
YEAR_OF = rf"(?:,?\s(?:of\s)?(?:the\syear\s)?(?P<year>{YEAR}|{THIS_YEAR}))"
TO = r"(?:\s?[-–—/]\s?|\s(?:to|till|until|through|thru|and|or)\s(?:the\s)?)"
PART = (
    r"(?:(?:early|late|mid)(?:[\s-]|\sin\s(?:the\s)?)"
    r"|(?:the\s)?(?:very\s)?(?:beginning|start|middle|end|close|outset|turn|course)\sof\s(?:the\s)?)"
)


def month(name: str) -> int:
    """Return the number of a month written in full or short ("Sept."): 9."""
    return MONTHS[name.rstrip(".")]


def weekday(name: str) -> int:
    """Return the number of a weekday, Monday being 0."""
    return WEEKDAYS[name.rstrip(".")]


def day(words: str) -> int:
    """Return the number of a day of the month ("1st": 1)."""
    return int(words.rstrip("sthndr"))


def ordinal(words: str) -> int:
    """Return the number that an ordinal or a Roman numeral says ("third", "III": 3)."""
    return ORDINALS[words.casefold()]


def year_shift(words: str) -> int:
    """Return how many years "last year", "this year" or "next year" are away."""
    if any(word in words for word in ("last", "past", "previous")):
        return -1
    return 1 if "next" in words or "coming" in words else 0
