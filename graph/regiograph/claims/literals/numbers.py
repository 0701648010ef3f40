"""Numbers as English news writes them: numerals of any grouping, number words, magnitudes, fractions.

`QUANTITY` and `NUMERAL` are patterns to build others from; `parse` reads what they match. Decimals throughout, so that
nothing is lost to binary fractions. All repetition is bounded, which keeps every search linear in the text.
"""

from __future__ import annotations

import re
from decimal import Decimal

_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
CARDINALS = {w: Decimal(n) for n, w in enumerate(_SMALL)} | {w: Decimal(10 * n) for n, w in enumerate(_TENS, 2)}
_GROUPS = {"hundred": 100, "hundreds": 100, "dozen": 12, "score": 20}
MAGNITUDES = {
    name: Decimal(10) ** power
    for power, names in {
        3: "thousand thousands thsd k",
        5: "lakh lakhs lac lacs",
        6: "million millions mln mn mio m mill",
        7: "crore crores cr",
        9: "billion billions bln bn b milliard milliards mlrd mrd",
        12: "trillion trillions trn trln tn",
    }.items()
    for name in names.split()
}
_GLYPHS = {"½": "0.5", "¼": "0.25", "¾": "0.75", "⅓": "0.333", "⅔": "0.667"}
_PARTS = {"half": Decimal("0.5"), "quarter": Decimal("0.25")}
_SHORT = ("k", "m", "b", "cr", "tn", "mn", "bn")  # mean a magnitude only beside a currency, or glued to the numeral

_SPACE = "[ \u00a0\u2009\u202f]"
_GAP = r"[ \u00a0\u2009\u202f\n-]?"
NUMERAL = (
    rf"(?<!\d)(?<!\d[.,])(?:\d{{1,3}}(?:{_SPACE}\d{{3}}(?!\d)){{1,5}}(?:[.,]\d{{1,4}})?"  # 15 000,5
    r"|\d{1,3}(?:['’]\d{3}){1,5}(?:\.\d{1,4})?"  # 15'000
    r"|\d{1,2}(?:,\d{2}){1,6},\d{3}(?:\.\d{1,4})?"  # 1,25,00,000
    r"|\d{1,3}(?:,\d{3}){1,5}(?:\.\d{1,6})?"  # 15,000.5
    r"|\d{1,3}(?:\.\d{3}){1,5},\d{1,4}|\d{1,3}(?:\.\d{3}){2,5}"  # 1.000,50 and 1.000.000
    r"|\d{1,15}(?:[.,]\d{1,6})?(?: ?[½¼¾⅓⅔])?|[½¼¾⅓⅔])"
    r"(?!\d)(?![.,]\d)"
)
_CARDINAL = "|".join(sorted([*CARDINALS, "hundred", "thousand"], key=len, reverse=True))
_LONG = "|".join(sorted((m for m in MAGNITUDES if m not in _SHORT), key=len, reverse=True))
_ANY = "|".join(sorted(MAGNITUDES, key=len, reverse=True))
WORDS = rf"\b(?:{_CARDINAL})(?:(?:[ -]| and )(?:{_CARDINAL})){{0,7}}(?: and (?:a half|a quarter))?\b"
_ARTICLED = (
    rf"\b(?:half a|a quarter of a|three quarters of a|one and a half|two and a half|an?)[ -](?:hundred|dozen|{_LONG})"
    rf"(?: and a (?:half|quarter))?\b"
    r"|\b(?:two|three|four|five|six) dozen\b"
)
_MAGNITUDE = rf"(?:{_GAP}(?:{_LONG})\b(?: (?:{_LONG})\b)?)"
_MONEYED = rf"(?:{_GAP}(?:{_ANY})\b\.?(?: (?:{_LONG})\b)?)"

QUANTITY = rf"(?:{_ARTICLED}|(?:{NUMERAL}|{WORDS}){_MAGNITUDE}?(?: and a (?:half|quarter)\b)?)"
MONEYED = rf"(?:{_ARTICLED}|(?:{NUMERAL}|{WORDS}){_MONEYED}?)"  # "5m" is five million only beside a currency

_TOKEN = re.compile(rf"{NUMERAL}|[½¼¾⅓⅔]|[^\W\d_]+")


def numeral(text: str) -> Decimal:
    """Return the value of a numeral, telling the decimal mark from the grouping marks.

    The last of two different marks is the decimal one; a single mark groups when it repeats, when three digits follow
    a comma, or when they are "000" ("20.000 people"); otherwise it is the decimal mark ("4,5 million").

    Raises:
        ValueError: `text` is no numeral.
    """
    fraction = Decimal(_GLYPHS.get(text[-1:], "0"))
    digits = re.sub(r"[\s'’½¼¾⅓⅔]", "", text)
    if not digits:
        return fraction
    marks = re.findall(r"[.,]", digits)
    if len(set(marks)) == 2:
        digits = digits.replace(marks[0], "").replace(",", ".")
    elif len(marks) > 1 or re.fullmatch(r"[1-9]\d{0,2}(,\d{3}|\.000)", digits):
        digits = re.sub("[.,]", "", digits)
    if not re.fullmatch(r"\d+([.,]\d+)?", digits):
        raise ValueError(f"not a numeral: {text!r}")
    return Decimal(digits.replace(",", ".")) + fraction


def parse(text: str) -> Decimal:
    """Return the value of a quantity such as "4,5 million", "two and a half thousand" or "half a billion".

    Raises:
        ValueError: `text` holds no number.
    """
    total, current = Decimal(0), None
    for token in _TOKEN.findall(text.casefold()):
        if token in MAGNITUDES and (current is not None or not total):
            total, current = total + (1 if current is None else current) * MAGNITUDES[token], None
            last = MAGNITUDES[token]
        elif token in MAGNITUDES:
            total *= MAGNITUDES[token]  # "lakh crore"
        elif token in _GROUPS:
            current = (1 if current is None else current) * _GROUPS[token]
        elif token in _PARTS or token == "quarters":
            part = _PARTS.get(token, _PARTS["quarter"])
            if token == "quarters":
                current = (current or 1) * part
            elif current is None and total:
                total += part * last  # "a million and a half"
            else:
                current = (current or 0) + part
        elif token in CARDINALS:
            current = (current or 0) + CARDINALS[token]
        elif token[0].isdigit() or token in _GLYPHS:
            current = (current or 0) + numeral(token)
    if current is None and not total:
        raise ValueError(f"no number in {text!r}")
    return total + (current or 0)


def magnitude(text: str) -> Decimal:
    """Return what the magnitude words of `text` multiply by, 1 when it has none."""
    factor = Decimal(1)
    for token in re.findall(r"[^\W\d_]+", text.casefold()):
        factor *= MAGNITUDES.get(token, 1)
    return factor


def plain(value: Decimal) -> str:
    """Return the canonical plain decimal: no exponent, no trailing zeros, no negative zero."""
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text
