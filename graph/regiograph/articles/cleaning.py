"""Makes text clean, once, at reading; every offset afterwards refers to the cleaned text.

What changes: line ends become "\\n", other white space a plain space, one for one; control characters, zero-width and
bidirectional controls, soft hyphens and tag characters go; lone surrogates become U+FFFD; the rest is normalised to
NFC; the lines of a hard-wrapped paragraph are joined, one space for one line end; white space at both ends goes.
Look-alike letters of other alphabets stay as they are: they are what the article says.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_SPACES = re.compile("[\t\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"  # C0 and C1 without tab and line ends
    "\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"  # soft hyphen, zero width, bidirectional
    "\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]"  # annotations, noncharacters, tags
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_BLANK_LINE = re.compile(r"\n[ \t]*+\n\s*+")
_NARROW, _WIDE = 40, 130  # characters; lines wrapped by hand or by a mail program end between these
_TERMINATORS = (".", "!", "?", ":", ";", '"', "”", "»")


def clean(text: str) -> str:
    """Return the text as the module says; it may be empty."""
    spaced = _SPACES.sub(" ", _LINE_ENDS.sub("\n", text))
    visible = _SURROGATE.sub("\ufffd", _INVISIBLE.sub("", spaced))
    return unwrapped(unicodedata.normalize("NFC", visible).strip())


def unwrapped(text: str) -> str:
    """Join the lines of paragraphs that were wrapped by hand, keeping the length of the text.

    A paragraph is what blank lines enclose. A line goes on in the next if that begins with a small letter and this one
    is long and does not end like a sentence; all of them do if each is as full as its neighbour's first word allows.
    """
    if "\n" not in text:
        return text
    joined, at = [], 0
    for gap in _BLANK_LINE.finditer(text):
        joined += [_joined(text[at : gap.start()]), gap.group()]
        at = gap.end()
    return "".join((*joined, _joined(text[at:])))


def _joined(block: str) -> str:
    lines = block.split("\n")
    wrapped = _is_wrapped(lines)
    ends = (" " if wrapped or _goes_on(line, following) else "\n" for line, following in pairwise(lines))
    return lines[0] + "".join(end + line for end, line in zip(ends, lines[1:], strict=True))


def _goes_on(line: str, following: str) -> bool:
    return len(line) >= _NARROW and following[:1].islower() and not line.rstrip().endswith(_TERMINATORS)


def _is_wrapped(lines: list[str]) -> bool:
    """Whether a greedy line breaker could have set these lines, and small letters begin at least half of them."""
    width = max(map(len, lines))
    if len(lines) < 3 or not _NARROW <= width <= _WIDE:
        return False
    small = sum(line[:1].islower() for line in lines[1:])
    full = all(len(line) + 1 + len(following.split(" ", 1)[0]) > width for line, following in pairwise(lines))
    return full and 2 * small >= len(lines) - 1
