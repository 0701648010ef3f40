"""Shares of ownership that a sentence leaves to its reader: the whole, equal parts, the rest, a bare complement."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache

from regiograph.claims.literals import numbers, signs
from regiograph.model import Literal, Span
from regiograph.terms import Bound

_OWNING = re.compile(
    r"\b(?:own\w*|hold(?:s|ing)?|held|stakes?|shares?|shareholders?|belong\w*|partners?\w*|venture|jv|keeps?|has|control\w*)\b",
    re.IGNORECASE,
)
# What any of these has in it.
_PIECES = ("own", "hold", "held", "stake", "share", "belong", "partner", "venture", "jv", "keep", "has", "control")
_WHOLE = (
    r"(?:wholly|fully|entirely|solely)(?=[\s-](?:owned|belong|controlled|held))|(?<=belongs\s)(?:entirely|wholly|fully|in\sfull)"
    r"|(?<=owned\s)(?:entirely|wholly|in\sfull)|(?<=owns\s)in\sfull|all\s(?:the|of\sits|its)\s(?:shares|stock)"
)
_EQUAL = (
    r"(?:(?P<three>three)\s)?(?:in|on|of|with|by)\sequal\s(?P<parts>shares?|parts?|thirds|stakes?)"
    r"|fifty[\s-]fifty|on\s(?:a\s)?parity(?:\sbas[ei]s)?"
)
_REST = r"the\s(?:rest|remainder|balance|other\shalf|remaining\s(?:shares?|stakes?|part|holding))"


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(rf"\b(?:(?P<whole>{_WHOLE})|(?P<equal>{_EQUAL})|(?P<rest>{_REST}))\b", re.IGNORECASE)


@cache
def _bare() -> re.Pattern[str]:
    return re.compile(
        rf"(?<![\w$€£.,:-])(?P<n>{numbers.NUMERAL})(?![\w%:-])(?!\s(?:percent|per\scent|million|billion))"
    )


def find(text: str, sentence: Span, told: Sequence[Literal]) -> Iterator[Literal]:
    """Yield the shares within `sentence` that its percentages, `told`, do not say outright.

    Only where it speaks of owning: "wholly owned" is 100, "in equal shares" 50, "the rest" what is missing to 100, and
    a bare number is a share when it makes up 100 with one that is told ("51 per cent and Binjiang 49").
    """
    if not (signs.holds(text, sentence, _PIECES) and _OWNING.search(text, *sentence)):
        return
    values = [Decimal(p.value) for p in told if "/" not in p.value]
    for m in _pattern().finditer(text, *sentence):
        if value := _share(m, values):
            yield _literal(Span(*m.span()), value)
    for m in _bare().finditer(text, *sentence) if values else ():
        if (number := numbers.numeral(m["n"])) and 100 - number in values:
            yield _literal(Span(*m.span()), number)


def _share(match: re.Match[str], told: Sequence[Decimal]) -> Decimal | None:
    if match["whole"]:
        return Decimal(100)
    if match["equal"]:
        return Decimal("33.3") if match["three"] or (match["parts"] or "").casefold() == "thirds" else Decimal(50)
    rest = 100 - sum(told, Decimal(0))
    return rest if told and 0 < rest < 100 else None


def _literal(span: Span, value: Decimal) -> Literal:
    return Literal(span, "percent", numbers.plain(value), "%", Bound.EXACTLY)
