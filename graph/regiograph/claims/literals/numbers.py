"""Numbers as English news writes them: numerals of any grouping, number words, magnitudes, fractions.

`QUANTITY` and `NUMERAL` are patterns to build others from; `parse` reads what they match. Decimals throughout, so that
nothing is lost to binary fractions. All repetition is bounded and quantities are atomic
groups, which keeps every search linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from regiograph.model import Span

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
_PARTS = {"half": Decimal("0.5"), "quarter": Decimal("0.25"), "quarters": Decimal("0.25")}
_SHORT = ("k", "m", "b", "cr", "tn")  # mean a magnitude only beside a currency, or glued to the numeral

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
_LONG = "|".join(sorted((m for m in MAGNITUDES if m not in _SHORT), key=len, reverse=True))
_ANY = "|".join(sorted(MAGNITUDES, key=len, reverse=True))
_UNIT, _TEEN, _TEN = "|".join(_SMALL[1:10]), "|".join([*_SMALL[10:], "zero"]), "|".join(_TENS)
_BELOW_100 = rf"(?:(?:{_TEN})(?:[ -](?:{_UNIT})\b)?|(?:{_TEEN})\b|(?:{_UNIT})\b)"
_BELOW_1000 = rf"(?:{_BELOW_100}(?:[ -]hundred(?:(?: and)? {_BELOW_100})?)?)"
WORDS = rf"(?<!\w)(?:{_BELOW_1000}(?:[ -]thousand(?:(?: and|,)? {_BELOW_1000})?)?(?: and a (?:half|quarter))?)\b"
_ARTICLED = (
    r"\b(?:half a|half|a quarter of a|three quarters of a|one and a half|two and a half|an?)[ -]"
    rf"(?:hundred|dozen|{_LONG})"
    rf"(?: and a (?:half|quarter))?\b"
    r"|\b(?:two|three|four|five|six) dozen\b"
)
_MAGNITUDE = rf"(?:{_GAP}(?:{_LONG})\b(?: (?:{_LONG})\b)?)"
_MONEYED = rf"(?:{_GAP}(?:{_ANY})\b(?:\.(?=\s[a-z(]))?(?: (?:{_LONG})\b)?)"

ODD = r"-odd\b"  # "forty-odd thousand"
QUANTITY = rf"(?>{_ARTICLED}|(?:{NUMERAL}|{WORDS})(?:{ODD})?{_MAGNITUDE}?(?: and a (?:half|quarter)\b)?)"
MONEYED = rf"(?>{_ARTICLED}|(?:{NUMERAL}|{WORDS})(?:{ODD})?{_MONEYED}?)"  # "5m" is five million only beside a currency

_DECIMAL_BILLIONS = re.compile(
    r"(?<!\d)(\d{1,3}\.\d\d)0(?=[ -]?(?:b|bn|bln|billion|tn|trn|trillion)\b)"
)  # "$1.250 billion"
_APART = re.compile(r"[\s'’½¼¾⅓⅔]")
_GROUPED = re.compile(r"[1-9]\d{0,2}(,\d{3}|\.\d\d0)")
_PLAIN = re.compile(r"\d+([.,]\d+)?")
_WORD = re.compile(r"[^\W\d_]+")
_TOKEN = re.compile(rf"{NUMERAL}|[½¼¾⅓⅔]|[^\W\d_]+")
# After a boundary, the letters that a number word begins with: few words are then compared with all of them.
_START = re.compile(rf"[\d½¼¾⅓⅔](?<!\d.)|\b(?=[aefhnostz])(?={_TEN}|{_TEEN}|{_UNIT}|{_ARTICLED})", re.IGNORECASE)


@lru_cache(maxsize=2)  # one reader after the other asks for the same sentence
def starts(text: str, span: Span) -> tuple[int, ...]:
    """Return where numbers may begin within `span`, with the place of a minus sign before each."""
    found: list[int] = []
    for match in _START.finditer(text, *span):
        at = match.start()
        found += (at - 1, at) if at > span.start and text[at - 1] in "-−" else (at,)
    return tuple(found)


def matches(
    pattern: Callable[[], re.Pattern[str]], text: str, span: Span, *, group: int | str = 0
) -> Iterator[re.Match[str]]:
    """Yield what `finditer` of a pattern would where every match begins with a number: only numbers are looked at.

    The pattern is not asked for where there are none. The next match begins no earlier than that `group` of the last
    one ends.
    """
    end = span.start
    for at in starts(text, span):
        if at >= end and (match := pattern().match(text, at, span.end)):
            yield match
            end = match.end(group)


def numeral(text: str) -> Decimal:
    """Return the value of a numeral, telling the decimal mark from the grouping marks.

    The last of two different marks is the decimal one; a single mark groups when it repeats, when three digits follow
    a comma, or when three follow a point and end in 0 ("20.000 people"); else it is the decimal mark ("4,5 million").

    Raises:
        ValueError: `text` is no numeral.
    """
    fraction = Decimal(_GLYPHS.get(text[-1:], "0"))
    digits = _APART.sub("", text)
    if not digits:
        return fraction
    marks = [c for c in digits if c in ".,"]
    if len(set(marks)) == 2:
        digits = digits.replace(marks[0], "").replace(",", ".")
    elif len(marks) > 1 or _GROUPED.fullmatch(digits):
        digits = digits.replace(".", "").replace(",", "")
    if not _PLAIN.fullmatch(digits):
        raise ValueError(f"not a numeral: {text!r}")
    return Decimal(digits.replace(",", ".")) + fraction


@dataclass(slots=True)
class _Sum:
    """A number as its words add up: whole magnitudes in `total`, the words since the last of them in `current`."""

    total: Decimal = Decimal(0)
    current: Decimal | None = None
    last: Decimal = Decimal(1)

    @property
    def multiplied(self) -> bool:
        """Whether a magnitude was taken in: "0 million" is a number, though nothing adds up."""
        return self.last > 1

    def add(self, word: str) -> None:
        """Take in the next word of the number, in lower case; words that say no number are passed over."""
        if word in MAGNITUDES:
            self._multiply(MAGNITUDES[word])
        elif word in _GROUPS:
            self.current = (self.current or Decimal(1)) * _GROUPS[word]
        elif word in _PARTS:
            self._part(word)
        elif word in CARDINALS:
            self.current = (self.current or 0) + CARDINALS[word]
        elif word[0].isdigit() or word in _GLYPHS:
            self.current = (self.current or 0) + numeral(word)

    def _multiply(self, factor: Decimal) -> None:
        if self.current is None and self.multiplied:
            self.total *= factor  # "lakh crore"
        else:
            self.total += (1 if self.current is None else self.current) * factor
        self.current, self.last = None, factor

    def _part(self, word: str) -> None:
        if self.current is None and self.multiplied:
            self.total += _PARTS[word] * self.last  # "a million and a half"
        elif word == "quarters" and self.current:
            self.current *= _PARTS[word]  # "three quarters of a million"
        else:
            self.current = (self.current or 0) + _PARTS[word]


def parse(text: str) -> Decimal:
    """Return the value of a quantity such as "4,5 million", "two and a half thousand" or "half a billion".

    Raises:
        ValueError: `text` holds no number.
    """
    amount = _Sum()
    for word in _TOKEN.findall(_DECIMAL_BILLIONS.sub(r"\1", text.casefold())):
        amount.add(word)
    if amount.current is None and not amount.multiplied:
        raise ValueError(f"no number in {text!r}")
    return amount.total + (amount.current or 0)


def magnitude(text: str) -> Decimal:
    """Return what the magnitude words of `text` multiply by, 1 when it has none."""
    factor = Decimal(1)
    for word in _WORD.findall(text.casefold()):
        factor *= MAGNITUDES.get(word, 1)
    return factor


def plain(value: Decimal) -> str:
    """Return the canonical plain decimal: no exponent, no trailing zeros, no negative zero."""
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text
