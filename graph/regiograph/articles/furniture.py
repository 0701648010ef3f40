"""Tells page furniture (menus, bylines, captions, "Read also") from the sentences of an article.

A line is judged by itself where its words are those of furniture, by the company it keeps where only its shape is: rows
of short items between bars or arrows count before the first sentence of prose and after the last one.
Wherever it is in doubt, a line stays in the article: what is flagged is lost.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from regiograph.articles import chrome

_LONGEST = 320  # characters; no furniture that matters is longer
_SEPARATOR = re.compile(r"\s*(?:\||»|›|>>?|->|::|[►◄•·‹«]|\]\s*\[|[\[\]]|\s(?:/{1,2}|--?|[–—])\s|\s{2,})\s*")
_STRONG = re.compile(r"\s(?:\||»|›|>>?|->|::|►)(?:\s|$)")
_PROSE = re.compile(r"(?:\w+\W+){7}.*[.!?…][\"'”’»)\]]*$", re.DOTALL)
_FIGURE = re.compile(r"[$€£¥₹%]|\b(?:million|billion|mln|bln|jobs|percent|hectares|tons|MW)\b")
_ITEM_WORDS = 6
_NOTICE_WORDS = 12  # a longer sentence that ends in a full stop is furniture only where it speaks of the page
_SHAPES_OUTSIDE = (chrome.OUTSIDE_LABEL, chrome.BYLINE, chrome.HASHTAGS, chrome.BETWEEN_DASHES)


def flags(sentences: Sequence[str]) -> tuple[bool, ...]:
    """Return for each sentence of a page whether it is furniture."""
    prose = [_is_prose(sentence) for sentence in sentences]
    first = prose.index(True) if True in prose else len(prose)
    last = len(prose) - 1 - prose[::-1].index(True) if True in prose else -1
    found: list[bool] = []
    in_list = False  # below "Most read", until the page ends
    for number, sentence in enumerate(sentences):
        outside = number < first or number > last
        in_list = in_list or (number > last and chrome.LIST_HEADING.fullmatch(sentence) is not None)
        found.append(in_list or (not prose[number] and _is_furniture(sentence, outside=outside)))
    return tuple(found)


def _is_prose(sentence: str) -> bool:
    return _PROSE.match(sentence[-_LONGEST:]) is not None and not _is_furniture(sentence, outside=False)


def _is_furniture(sentence: str, *, outside: bool) -> bool:
    """Whether a line is furniture; `outside`: it stands before the first sentence of prose or after the last."""
    if len(sentence) > _LONGEST or _is_news(sentence):
        return False
    bare = sentence.lstrip(" -–—•◄►")
    if chrome.LABEL.match(bare) or chrome.PHRASE.match(bare) or chrome.ANYWHERE.search(sentence):
        return True
    if _FIGURE.search(sentence):
        return False
    if outside and any(shape.fullmatch(sentence) for shape in _SHAPES_OUTSIDE):
        return True
    return len(chrome.INNER_LABEL.findall(sentence)) > 1 or _is_menu(sentence, outside=outside)


def _is_news(sentence: str) -> bool:
    """Whether a whole sentence says what happened, be it a caption or the end of a menu, and is no notice."""
    return sentence.endswith(".") and len(sentence.split()) > _NOTICE_WORDS and not chrome.NOTICE.match(sentence)


def _is_menu(sentence: str, *, outside: bool) -> bool:
    """Whether a line is a row of items as menus, paths and tool bars have them; bare numbers count for nothing."""
    items = [item for item in _SEPARATOR.split(sentence.strip(" -–—•")) if re.search(r"[^\W\d]|\d\W+\d", item)]
    if not items or (len(items) == 1 and sentence.endswith(".")):
        return not items and _STRONG.search(sentence) is not None
    if len(items) > 1 and chrome.is_home(items[0]):
        return True
    unknown = [item for item in items if not chrome.is_item(item)]
    known = len(items) - len(unknown)
    if known >= len(unknown) and all(len(item.split()) <= _ITEM_WORDS for item in unknown):
        return True
    short = all(len(item.split()) <= _ITEM_WORDS for item in items) and not sentence.endswith((".", "!", "?"))
    return outside and short and len(items) > 1 and (known > 0 or _STRONG.search(sentence) is not None)
