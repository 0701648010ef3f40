"""Parameters are read as `urllib.parse` reads them, whatever they hold."""

from __future__ import annotations

from urllib.parse import parse_qsl, quote_plus

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from regiograph.serve.protocol import RefusedError, Request, form, job

pieces = st.sampled_from(
    ["%", "%4", "%41", "%zz", "%25", "%2541", "\\", "\\x41", "\\u0041", "+", "=", "&", "%c3%a9", "é", "q"]
)


def _form(body: str) -> tuple[tuple[str, str], ...]:
    return form(Request("", "application/x-www-form-urlencoded", None, None, body.encode()))


@given(st.lists(pieces | st.text(max_size=3)).map("".join))
@example("a=%C3&b")
def test_a_form_is_read_as_by_the_standard_library(body: str) -> None:
    """Names, values, blanks and what is no code are the same, and so is what is not UTF-8."""
    try:
        expected = tuple(parse_qsl(body, keep_blank_values=True, errors="strict"))
    except UnicodeDecodeError:
        with pytest.raises(RefusedError, match="not UTF-8"):
            _form(body)
    else:
        assert _form(body) == expected


@given(st.text(min_size=1))
def test_a_question_comes_as_it_was_sent(text: str) -> None:
    """Whatever is encoded is what the worker gets."""
    found = job(Request(f"query={quote_plus(text)}", None, None, None, None))
    assert found is not None
    assert found.text == text


def test_parameters_have_a_most() -> None:
    """1,000 are read, one more is refused."""
    assert len(_form("&".join(["a=1"] * 1_000))) == 1_000
    with pytest.raises(RefusedError, match="parameters"):
        _form("&".join(["a=1"] * 1_001))
