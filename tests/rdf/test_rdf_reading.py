"""RDF from elsewhere is read within limits, offline, or refused by file and line."""

from __future__ import annotations

import socket
import time
from itertools import pairwise

import pyoxigraph as ox
import pytest
from rdflib import URIRef

from regiograph.errors import InputError
from regiograph.rdf import reading

TRIPLE = "<http://example.org/s> <http://example.org/p> {} ."


@pytest.fixture
def write(tmp_path):
    """Write a file into the test's folder and return its path."""

    def written(name, data):
        path = tmp_path / name
        path.write_bytes(data if isinstance(data, bytes) else data.encode("utf-8"))
        return path

    return written


def test_turtle_with_a_byte_order_mark_is_read(write):
    """HOSTILE 37: a BOM before UTF-8 is no part of the text."""
    assert len(reading.load(write("a.ttl", b"\xef\xbb\xbf" + TRIPLE.format('"é"').encode()))) == 1


@pytest.mark.parametrize("encoding", ["latin-1", "utf-16"])
def test_turtle_in_another_encoding_is_refused_with_its_line(write, encoding):
    """HOSTILE 37: RDF is UTF-8; the message says where it is not."""
    path = write("a.ttl", ("# one\n" * 3 + TRIPLE.format('"é"')).encode(encoding))
    with pytest.raises(InputError, match=r"a\.ttl: not UTF-8: byte 0x.. in line [14]"):
        reading.load(path)


@pytest.mark.parametrize("brackets", [("(", ")"), ("[<http://example.org/p> ", "]")])
def test_deeply_nested_lists_are_read(write, brackets):
    """HOSTILE 38: a list nested 20,000 deep costs no stack."""
    opened, closed = brackets
    inner = "1" if "[" in opened else ""
    quads = reading.load(write("a.ttl", TRIPLE.format(opened * 20_000 + inner + closed * 20_000)))
    assert len(quads) > 20_000


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.jsonld", '{"@id":"http://example.org/s","http://example.org/p":' * 20_000 + "1" + "}" * 20_000),
        ("a.jsonld", '{"http://example.org/p":' + "[" * 20_000 + "]" * 20_000 + "}"),
        ("a.rdf", "<a>" * 20_000 + "</a>" * 20_000),
    ],
)
def test_deeply_nested_trees_are_refused(write, name, text):
    """HOSTILE 38: what would overflow the parser's stack never reaches it."""
    with pytest.raises(InputError, match="nested more than 500 deep"):
        reading.load(write(name, text))


def test_brackets_within_strings_do_not_count_as_nesting(write):
    """The depth of JSON is that of its structure."""
    text = '{"@id":"http://example.org/s","http://example.org/p":"' + "[{" * 1000 + '\\"[[[["}'
    assert len(reading.load(write("a.jsonld", text))) == 1


def test_the_depth_of_broken_json_is_found_in_linear_time(write):
    """HOSTILE 25: an unclosed string full of escapes does not make the scan slow."""
    start = time.process_time()
    with pytest.raises(InputError):
        reading.load(write("a.jsonld", '{"' + '\\"' * 300_000))
    assert time.process_time() - start < 5


def test_triple_terms_nested_deep_are_refused(write):
    """HOSTILE 38: what RDF 1.1 lacks is refused, and not let near the parser in depth."""
    term = "<<( <http://example.org/s> <http://example.org/p> "
    for depth in (1, 20_000):
        with pytest.raises(InputError, match="triple terms"):
            reading.load(write("a.nt", TRIPLE.format(term * depth + "<http://example.org/o>" + " )>>" * depth)))


def test_an_entity_bomb_is_refused_before_it_is_expanded(write):
    """HOSTILE 39: RDF/XML that declares entities is not read."""
    names = "abcdefghij"
    declared = "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">\n' for a, b in pairwise(names))
    text = f'<?xml version="1.0"?>\n<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">\n{declared}]><x>&j;</x>'
    with pytest.raises(InputError, match=r"a\.rdf: declares entities, in line 2"):
        reading.load(write("a.rdf", text))


def test_an_external_entity_is_refused(write):
    """HOSTILE 39: no file is read for an RDF/XML document."""
    text = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'
    with pytest.raises(InputError, match="declares entities"):
        reading.load(write("a.xml", text))


@pytest.mark.parametrize("context", ['"http://127.0.0.1:{0}/c"', '{{"@import":"http://127.0.0.1:{0}/c"}}'])
def test_a_remote_context_is_never_fetched(write, context):
    """HOSTILE 40: JSON-LD that needs another document is refused, and nobody is called."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        text = f'{{"@context":{context.format(server.getsockname()[1])},"@id":"http://example.org/s","p":1}}'
        with pytest.raises(InputError, match=r"a\.jsonld"):
            reading.load(write("a.jsonld", text))
        with pytest.raises(TimeoutError):
            server.accept()


def test_blank_nodes_of_two_files_stay_apart(write):
    """HOSTILE 36: the same label in two files is two nodes."""
    first, second = (reading.load(write(name, "_:a <http://example.org/p> 1 .")) for name in ("a.ttl", "b.ttl"))
    assert first[0].subject != second[0].subject
    assert len(set(first + second)) == 2


def test_prefixes_with_dots_and_digits_are_read(write):
    """HOSTILE 42: prefix names may hold dots and digits."""
    quads = reading.load(write("a.ttl", "@prefix a.b-1.2: <http://example.org/> . a.b-1.2:1s a.b-1.2:p.q a.b-1.2:0 ."))
    assert [q.subject.value for q in quads] == ["http://example.org/1s"]


@pytest.mark.parametrize("iri", ["http://example.org/a b", "relative", "http://example.org/%zz", "http://[::1"])
def test_an_invalid_iri_is_refused_with_its_line(write, iri):
    """HOSTILE 28, 30, 32: IRIs of others are held to the same rules."""
    with pytest.raises(InputError, match=r"a\.ttl:2: "):
        reading.load(write("a.ttl", f"# one\n<http://example.org/s> <http://example.org/p> <{iri}> ."))


def test_a_file_past_the_limit_is_refused(write):
    """A file is read up to its limit in bytes."""
    with pytest.raises(InputError, match="larger than 100 bytes"):
        reading.load(write("a.nt", "#" * 101), limit=100)


def test_a_literal_without_end_is_refused(write):
    """A string of more than 16 MiB is no literal that anybody means."""
    with pytest.raises(InputError, match=r"a\.nt"):
        reading.load(write("a.nt", TRIPLE.format('"' + "a" * 2**25 + '"')))


def test_an_unknown_ending_a_missing_file_and_a_folder_are_refused(write, tmp_path):
    """The message names what was asked for."""
    for path in (write("a.csv", ""), tmp_path / "none.ttl", tmp_path):
        with pytest.raises(InputError, match=path.name):
            reading.load(path)


def test_graphs_are_kept_and_shown_by_rdflib(write):
    """What TriG says of graphs reaches rdflib."""
    quads = reading.load(
        write("a.trig", "GRAPH <http://example.org/g> { <http://example.org/s> a <http://example.org/T> }")
    )
    graph = reading.dataset(quads).graph(URIRef("http://example.org/g"))
    assert len(graph) == 1
    assert quads[0].graph_name == ox.NamedNode("http://example.org/g")
