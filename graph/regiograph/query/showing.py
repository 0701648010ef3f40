"""Answers as HTML tables, for notebooks."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

ROWS = 30
# A notebook would set what stands between two dollar signs as a formula, were it not for these classes.
_CLASSES = "dataframe tex2jax_ignore mathjax_ignore"


def html(columns: Sequence[str], rows: Sequence[Sequence[str]], note: str) -> str:
    """Return the first `ROWS` rows as a table, and below it the note, and how many rows are not shown."""
    head = "".join(f"<th>{escape(name)}</th>" for name in columns)
    body = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in rows[:ROWS])
    if len(rows) > ROWS:
        note = f"The first {ROWS} of {note}"
    return f'<table class="{_CLASSES}"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table><p>{escape(note)}</p>'


def _cell(words: str) -> str:
    return f'<td dir="auto" style="text-align: start">{escape(words)}</td>'
