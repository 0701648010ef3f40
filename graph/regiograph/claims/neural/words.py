"""What the encoder is given: word pieces, and for every word what form and lexicon tell of it.

The encoder's vocabulary is in lower case and knows no gazetteer. A row of flags a word makes up for both: how the word
is written, what place the gazetteer knows by it, which class of general vocabulary it is of, whether it states a date
or an amount, where in its line it stands.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files
from itertools import accumulate, chain, pairwise

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from regiograph.claims.recognition.features import places, quoted
from regiograph.claims.recognition.tokens import Token, tokenise
from regiograph.entities.vocabulary import FUNCTION_WORDS, classes
from regiograph.model import Article, Literal, Sentence
from regiograph.terms import LITERAL_KINDS

FIRST, LAST = 101, 102  # the pieces that open and close a window
LONGEST_WINDOW = 256  # pieces, those two included
_LONGEST_WORD = 8  # pieces of one word that are read
_WRITTEN = ("lower", "title", "upper", "mixed", "figure", "mark", "initial")
_PLACES = ("country", "demonym", "region", "city", "town")
_CLASSES = tuple(
    "post title saying government organization network site event project company legal region city month day pronoun"
    " determiner invest fiscal portfolio".split()
)
_LINE = ("opens", "head", "item", "quoted", "glued", "function")
FLAGS = (
    *_WRITTEN,
    *(f"{part}-{kind}" for kind in _PLACES for part in "BI"),
    *_CLASSES,
    *(f"{part}-{kind}" for kind in sorted(LITERAL_KINDS) for part in "BI"),
    *_LINE,
)
_AT = {name: i for i, name in enumerate(FLAGS)}
_ITEMS = frozenset("-–—•*·▪")

Floats = npt.NDArray[np.float32]
Integers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Words:
    """The words of an article as arrays.

    Of W words in T pieces: `tokens` has W, `flags` is (W, len(FLAGS)), `pieces` (T,) holds vocabulary ids, `word`
    (T,) the word of each piece, `first` (W,) the first piece of each word. `rows` are the [start, end) of sentences in
    words, `windows` the [start, end) in words of what is read in one pass of the encoder.
    """

    tokens: tuple[Token, ...]
    flags: Floats
    pieces: Integers
    word: Integers
    first: Integers
    rows: tuple[tuple[int, int], ...]
    windows: tuple[tuple[int, int], ...]
    _starts: Sequence[int] = field(init=False, repr=False, compare=False)
    _ends: Sequence[int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Note where each word starts and ends."""
        object.__setattr__(self, "_starts", [token.span.start for token in self.tokens])
        object.__setattr__(self, "_ends", [token.span.end for token in self.tokens])

    def pieces_of(self, start: int, end: int) -> tuple[int, int]:
        """Return the [low, high) of the pieces of the words [start, end), which are not none."""
        return int(self.first[start]), int(self.first[end]) if end < len(self.first) else len(self.pieces)

    def within(self, start: int, end: int) -> tuple[int, int] | None:
        """Return the first and the last word that the characters [start, end) touch, or None."""
        low = bisect_right(self._ends, start)
        high = bisect_left(self._starts, end) - 1
        return (low, high) if low <= high else None


def words(article: Article, sentences: Sequence[Sentence], literals: Sequence[Literal]) -> Words:
    """Return the words of the sentences that are not furniture."""
    read = [tokenise(article.text, sentence.span) for sentence in sentences if not sentence.furniture]
    rows = tuple(pairwise(accumulate(map(len, read), initial=0)))
    tokens = tuple(chain.from_iterable(read))
    cut = [_pieces(token.text) for token in tokens]
    pieces = np.array(list(chain.from_iterable(cut)), dtype=np.int64)
    lengths = np.array(list(map(len, cut)), dtype=np.int64)
    first = np.minimum(np.cumsum(lengths) - lengths, max(len(pieces) - 1, 0))
    word = np.repeat(np.arange(len(tokens)), lengths)
    flags = np.zeros((len(tokens), len(FLAGS)), dtype=np.float32)
    for number, ((begin, end), row) in enumerate(zip(rows, read, strict=True)):
        _flag(flags[begin:end], row, number)
    found_words = Words(tokens, flags, pieces, word, first, rows, _windows(rows, first))
    for literal in literals:
        if touched := found_words.within(*literal.span):
            low, high = touched
            flags[low, _AT[f"B-{literal.kind}"]] = 1
            flags[low + 1 : high + 1, _AT[f"I-{literal.kind}"]] = 1
    return found_words


def _flag(flags: Floats, row: Sequence[Token], number: int) -> None:
    starts = range(0, flags.size, len(FLAGS))
    cells = [at + flag for at, token in zip(starts, row, strict=True) for flag in _by_itself(token.text)]
    cells += [at + _AT[name] for at, names in zip(starts, places(row), strict=True) for name in names if name in _AT]
    cells += [at + _AT["quoted"] for at, quotes in zip(starts, quoted(row), strict=True) if quotes]
    cells += [at + _AT["glued"] for at, token in zip(starts, row, strict=True) if token.glued]
    flags.put(cells, 1)
    flags[:1, _AT["opens"]] = 1
    flags[:, _AT["head"]] = number == 0
    flags[:, _AT["item"]] = bool(row) and row[0].text in _ITEMS


@lru_cache(maxsize=65536)
def _pieces(text: str) -> tuple[int, ...]:
    """Return the pieces of a word that are read."""
    return tuple(tokenizer().encode(text, add_special_tokens=False).ids[:_LONGEST_WORD])


@lru_cache(maxsize=65536)
def _by_itself(text: str) -> tuple[int, ...]:
    """Return the flags that a word has wherever it stands."""
    low = text.lower()
    names = (_written(text), *classes(low[:40]), *(("function",) if low in FUNCTION_WORDS else ()))
    return tuple(_AT[name] for name in names if name in _AT)


def _written(text: str) -> str:
    if text[0].isdigit():
        return "figure"
    if not text[0].isalpha():
        return "mark"
    if text.islower():
        return "lower"
    if text.isupper():
        return "initial" if len(text) < 3 else "upper"
    return "title" if text[0].isupper() and text[1:].islower() else "mixed"


def _windows(rows: Sequence[tuple[int, int]], first: Integers) -> tuple[tuple[int, int], ...]:
    """Cut the words into runs of whole sentences that fit into a window; a longer sentence is cut."""
    room = LONGEST_WINDOW - 2
    found: list[tuple[int, int]] = []
    ends = np.append(first, 10**9)  # of the pieces before each word
    begin = 0
    last = 0
    for start, end in rows:
        if start > begin and (first[end - 1] + _LONGEST_WORD - first[begin] if end > start else 0) > room:
            found.append((begin, start))
            begin = start
        while end > begin and first[end - 1] + _LONGEST_WORD - first[begin] > room:
            cut = int(np.searchsorted(ends, first[begin] + room - _LONGEST_WORD, side="right")) - 1
            cut = max(cut, begin + 1)
            found.append((begin, cut))
            begin = cut
        last = end
    if last > begin:
        found.append((begin, last))
    return tuple(found)


@cache
def tokenizer() -> Tokenizer:
    """Return the tokenizer of the encoder."""
    found = Tokenizer.from_str(files(__package__).joinpath("data", "tokenizer.json").read_text(encoding="utf-8"))
    found.no_truncation()
    found.no_padding()
    return found
