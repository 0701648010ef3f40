"""Bytes to text: the encodings that occur, declared rightly, wrongly and not at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regiograph.articles.decoding import decode
from regiograph.errors import ArticleError

GERMAN = "Der Ministerpräsident besuchte München.\nDie Straße führt über Köln nach Düsseldorf.\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_western_text_is_read_in_every_encoding(encoding: str) -> None:
    """HOSTILE 5, 6: with and without a mark, UTF-16 without one, latin-1 that claims to be UTF-8."""
    assert decode(GERMAN.encode(encoding), declared="utf-8") == GERMAN


@pytest.mark.parametrize(
    "encoding, text",
    [
        ("cp1251", "Губернатор Томской области встретился с японскими предпринимателями.\n" * 3),
        ("cp1250", "Marszałek województwa śląskiego odwiedził Łódź i Kraków, żeby mówić o współpracy.\n" * 3),
        ("cp1252", "El gobernador de Coahuila, José Peña, anunció en Saltillo una inversión de España.\n" * 3),
    ],
)
def test_eight_bit_text_is_guessed(encoding: str, text: str) -> None:
    """HOSTILE 5: no declaration helps."""
    assert decode(text.encode(encoding)) == text


def test_single_latin_1_lines_in_utf_8_are_read() -> None:
    """HOSTILE 5: mixed encodings, line by line."""
    lines = ["Köln und Düsseldorf", "Łódź i Kraków", "Málaga y Córdoba"]
    data = "\n".join(lines).encode() + "\nMünchen".encode("latin-1")
    assert decode(data) == "\n".join([*lines, "München"])


def test_a_declared_encoding_is_used_where_it_can_be() -> None:
    """A page may know better than a guess."""
    assert decode("Томск".encode("koi8-r"), declared="koi8-r") == "Томск"
    assert decode("Köln".encode("cp1252"), declared="no-such-thing") == "Köln"


@pytest.mark.parametrize("data", [b"%PDF-1.7 ...", b"\x89PNG\r\n\x1a\n....", bytes(range(32)) * 40])
def test_binary_data_are_refused(data: bytes) -> None:
    """HOSTILE 11: binary as .txt."""
    with pytest.raises(ArticleError, match="binary"):
        decode(data)


@given(st.binary(max_size=400))
def test_any_bytes_give_text_or_a_clear_error(data: bytes) -> None:
    """Nothing else is raised, and what is returned is Unicode."""
    try:
        assert isinstance(decode(data), str)
    except ArticleError as e:
        assert "no text" in str(e)
