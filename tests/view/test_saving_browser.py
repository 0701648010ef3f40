"""What is taken along: PNG, SVG, CSV and paper, each opened and looked into."""

from __future__ import annotations

import csv
import io
import struct
import zlib

import pytest
from lxml import etree

from accessibility import violations

pytestmark = pytest.mark.browser

SVG = "{http://www.w3.org/2000/svg}"


def saved(opened, what: str) -> tuple[str, bytes]:
    """Choose what to save, and return the file's name and bytes."""
    opened.tab.click(".menu summary")
    with opened.tab.expect_download() as download:
        opened.tab.click(f"[data-do={what}]")
    return download.value.suggested_filename, download.value.path().read_bytes()


def test_the_csv_holds_what_the_table_shows(coast, show):
    """RFC 4180 with a header: the facts that the filters leave, a formula told to be text, the link to the sentence."""
    opened = show(coast)
    opened.tab.goto(f"{opened.address}#status=planned")
    name, data = saved(opened, "csv")
    assert name == "Halden.csv"
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert {row["Subject"] for row in rows} == {"Kystlinje", "Os"}
    (investment,) = (row for row in rows if row["Subject"] == "Kystlinje")
    assert investment["Details"] == "more than USD\u00a04 billion"
    assert investment["Sentence"].startswith("'=Kystlinje will put more than $4 bn, it says, into “Vik Harbour”")
    assert investment["Source address"].startswith("https://post.example/3#:~:text=%3DKystlinje%20will%20put")
    assert opened.problems == []


def test_the_svg_draws_every_entity_with_its_name(coast, show):
    """A well-formed file with a title for each entity, the labels of the picture and the key to the types."""
    opened = show(coast)
    name, data = saved(opened, "svg")
    assert name == "Halden.svg"
    root = etree.fromstring(data)
    assert sorted(e.text for e in root.iter(f"{SVG}title")) == sorted(n["label"] for _, n in coast.nodes(data=True))
    words = {e.text for e in root.iter(f"{SVG}text")}
    assert {"Halden", "Kystlinje", "Cities", "People"} <= words
    assert len([e for e in root.iter(f"{SVG}path") if e.get("fill") == "none"]) == coast.number_of_edges()
    assert opened.problems == []


def test_the_png_is_a_picture_of_the_same(coast, show):
    """Twice as many pixels as the window shows, and more than ground on them."""
    opened = show(coast)
    name, data = saved(opened, "png")
    width, height = struct.unpack(">II", data[16:24])
    assert name == "Halden.png"
    assert width == 2 * opened.tab.evaluate("document.getElementById('canvas').clientWidth")
    start, parts = 8, []
    while start < len(data):
        (size,) = struct.unpack(">I", data[start : start + 4])
        if data[start + 4 : start + 8] == b"IDAT":
            parts.append(data[start + 8 : start + 8 + size])
        start += size + 12
    assert height > 600
    assert len(set(zlib.decompress(b"".join(parts)))) > 50
    assert opened.problems == []


def test_hostile_names_still_make_files(sketch, show):
    """HOSTILE 73, 74: control characters and markup in names give a well-formed SVG and a sound CSV."""
    nasty = ["<b>&amp;</b>]]>", "\x00\x07bell", '"quoted", and\nbroken', "\u2028line"]
    for i, text in enumerate(nasty):
        sketch.entity(f"https://x.example/{i}", text, "Company")
        sketch.fact(f"https://x.example/{i}", "metWith", "https://x.example/0")
    opened = show(sketch.graph)
    titles = [e.text for e in etree.fromstring(saved(opened, "svg")[1]).iter(f"{SVG}title")]
    assert sorted(titles) == sorted(["<b>&amp;</b>]]>", "bell", '"quoted", and\nbroken', "\u2028line"])
    rows = list(csv.reader(io.StringIO(saved(opened, "csv")[1].decode("utf-8-sig"), newline="")))
    assert {row[0] for row in rows[1:]} == set(nasty)
    assert opened.problems == []


def test_paper_gets_the_picture_and_every_fact_with_its_source(coast, show):
    """Print shows what a report needs, and no control; all rows are there, those beyond the first portion too."""
    opened = show(coast)
    opened.tab.evaluate("dispatchEvent(new Event('beforeprint'))")
    opened.tab.emulate_media(media="print")
    assert opened.tab.locator("#table tbody tr").count() == coast.number_of_edges()
    assert opened.tab.locator("#printed").bounding_box()["height"] > 200
    for control in ("#menu", ".search", "#tools", "#years", "#canvas"):
        assert not opened.tab.locator(control).is_visible()
    assert opened.tab.pdf()[:5] == b"%PDF-"
    assert opened.problems == []


@pytest.mark.parametrize("window", [{}, {"viewport": {"width": 390, "height": 844}}], ids=["wide", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_part_of_the_page_is_accessible(coast, show, scheme, window):
    """axe finds nothing wrong with overview, entity, path, story, filters and table, in both themes, on a phone too."""
    opened = show(coast, color_scheme=scheme, bypass_csp=True, **window)
    tab = opened.tab
    tab.click("[data-do=filters]")
    tab.click("#table > summary")
    halden, vik = (f"https://w3id.org/regiograph/id/city/{name}" for name in ("halden", "vik"))
    for address in ("", f"#e={halden}&to={vik}", f"#e={halden}", "#step=1", "#group=1&colour=groups", "#year=2021"):
        tab.goto(opened.address + address)
        tab.wait_for_timeout(50)
        assert violations(tab) == [], address


def test_the_theme_can_be_switched(coast, show):
    """Who wants the other theme than the system's gets it with one button."""
    opened = show(coast, color_scheme="dark")
    ground = "getComputedStyle(document.body).backgroundColor"
    dark = opened.tab.evaluate(ground)
    opened.tab.click("[data-do=theme]")
    light = opened.tab.evaluate(ground)
    assert light != dark
    opened.tab.click("[data-do=theme]")
    assert opened.tab.evaluate(ground) == dark
