"""JSON Lines and CSV: every record is an article or a refusal that names its line."""

from __future__ import annotations

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regiograph.articles.drafts import Draft, Metadata, Refusal
from regiograph.articles.records import json_lines, table
from regiograph.errors import ArticleError

LIMIT = 1_000_000


def jsonl(data: bytes, limit: int = LIMIT) -> list[Draft | Refusal]:
    """Read JSON Lines."""
    return list(json_lines("f", "f", io.BytesIO(data), limit))


def rows(data: bytes, limit: int = LIMIT) -> list[Draft | Refusal]:
    """Read CSV."""
    return list(table("f", "f", io.BytesIO(data), limit))


def test_an_object_with_text_is_a_draft() -> None:
    """Metadata are taken over, what is unknown is ignored, a number may be an id."""
    record = {"id": 7, "text": "Words.", "title": "T", "published": "2015", "source": None, "url": "u", "more": [1]}
    assert jsonl(json.dumps(record).encode()) == [
        Draft("f:1", "f-1", "Words.", Metadata(title="T", published="2015", url="u"), "7")
    ]


def test_one_bad_line_of_a_hundred_thousand_is_refused_by_its_number() -> None:
    """HOSTILE 27: all the others are read."""
    lines = [b'{"text": "Words %d."}' % n for n in range(1, 100_001)]
    lines[49_999] = b'{"text": "Words'
    found = jsonl(b"\n".join(lines))
    assert len(found) == 100_000
    assert [item.place for item in found if isinstance(item, Refusal)] == ["f:50000"]
    assert [item for item in found if isinstance(item, Draft)][-1].name == "f-100000"


@pytest.mark.parametrize(
    "line",
    [
        b"[1]",
        b'"text"',
        b'{"text": ""}',
        b'{"text": " "}',
        b'{"text": 5}',
        b'{"no": "text"}',
        b'{"text": "x", "id": true}',
        b'{"text": "x", "id": ["a"]}',
        b'{"text": "x", "title": 5}',
        b"[" * 100_000,
        b'{"text": "x", "id": ' + b"9" * 5000 + b"}",
        b"\x89PNG\r",
        b"nothing",
    ],
    ids=lambda line: repr(line[:20]),
)
def test_a_line_that_holds_no_article_is_refused_and_the_next_one_read(line: bytes) -> None:
    """HOSTILE 27: wrong types, deep nesting, huge numbers, binary data."""
    first, second = jsonl(line + b'\n{"text": "Words."}')
    assert isinstance(first, Refusal)
    assert first.place == "f:1"
    assert isinstance(second, Draft)


def test_a_lone_surrogate_passes_reading_and_is_replaced_in_cleaning() -> None:
    """HOSTILE 9: JSON can spell one."""
    (draft,) = jsonl(b'{"text": "a\\ud800b"}')
    assert isinstance(draft, Draft)
    assert draft.text == "a\ud800b"


def test_a_line_beyond_the_limit_is_refused_without_being_held() -> None:
    """HOSTILE 1: the line after it is read."""
    first, second = jsonl(b'{"text": "' + b"a" * 3_000_000 + b'"}\n{"text": "Words."}', limit=100_000)
    assert isinstance(first, Refusal)
    assert isinstance(second, Draft)
    assert second.place == "f:2"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_records_are_read_in_every_encoding(encoding: str) -> None:
    """HOSTILE 5, 6."""
    data = '{"text": "Köln und Düsseldorf"}\n{"text": "Málaga"}\n'.encode(encoding)
    assert [item.text for item in jsonl(data) if isinstance(item, Draft)] == ["Köln und Düsseldorf", "Málaga"]
    data = 'id,text\n1,"Köln\nund Düsseldorf"\n2,Málaga\n'.encode(encoding)
    assert [item.text for item in rows(data) if isinstance(item, Draft)] == ["Köln\nund Düsseldorf", "Málaga"]


def test_quotes_line_ends_and_formulas_in_fields_are_text() -> None:
    """HOSTILE 27: CSV with quotes, newlines, =cmd()."""
    found = rows(b'id,Text,title\n1,"two\nlines, ""quoted""",=cmd()\n\n2,b,\n')
    assert found == [
        Draft("f:2", "f-2", 'two\nlines, "quoted"', Metadata(title="=cmd()"), "1"),
        Draft("f:5", "f-5", "b", Metadata(), "2"),
    ]


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_fields_may_be_separated_three_ways(mark: str) -> None:
    """As spreadsheets of three countries do."""
    assert rows(f"id{mark}text\n1{mark}Words.\n".encode()) == [Draft("f:2", "f-2", "Words.", Metadata(), "1")]


@pytest.mark.parametrize("row", [b"1,2,3", b'1,"a"b', b"1,", b"1"])
def test_a_row_that_holds_no_article_is_refused_and_the_next_one_read(row: bytes) -> None:
    """HOSTILE 27: too many fields, bad quoting, no text."""
    first, second = rows(b"id,text\n" + row + b"\n2,Words.\n")
    assert isinstance(first, Refusal)
    assert first.place == "f:2"
    assert isinstance(second, Draft)


def test_a_quotation_that_never_ends_is_refused() -> None:
    """HOSTILE 27: what it swallowed is not lost in silence."""
    first, second = rows(b'id,text\n1,Words.\n2,"open\n3,swallowed\n')
    assert isinstance(first, Draft)
    assert isinstance(second, Refusal)
    assert second.place == "f:3"


@pytest.mark.parametrize("data", [b"", b"id,title\n1,a\n", b"Words of a text\n"])
def test_a_table_without_a_text_column_is_refused(data: bytes) -> None:
    """The columns must be named."""
    with pytest.raises(ArticleError, match='no column "text"'):
        rows(data)


@given(st.lists(st.text(min_size=1).filter(lambda t: t.strip() != "" and not set(t) & {"\r", "\x00", "\ud800"})))
def test_what_csv_and_json_write_is_read_back(texts: list[str]) -> None:
    """Round trip."""
    texts = [t for t in texts if t.isprintable()]
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerows([("text",), *((t,) for t in texts)])
    assert [item.text for item in rows(stream.getvalue().encode()) if isinstance(item, Draft)] == texts
    lines = "".join(json.dumps({"text": t}) + "\n" for t in texts).encode()
    assert [item.text for item in jsonl(lines) if isinstance(item, Draft)] == texts


@given(st.binary(max_size=300))
def test_any_bytes_give_drafts_and_refusals(data: bytes) -> None:
    """Nothing is raised but what is documented."""
    jsonl(data, 100)
    try:
        rows(b"text\n" + data, 100)
    except ArticleError as e:
        assert "longer than" in str(e) or "no text" in str(e) or "limit" in str(e)
