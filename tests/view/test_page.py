"""The page as a file: self-contained, reproducible, written whole."""

from __future__ import annotations

import base64
import copy
import hashlib
import io
import json
import re
import subprocess
import sys

import networkx as nx
import pytest

from regiograph.network.ranking import LeftOut
from regiograph.view import page
from regiograph.view.island import dumps
from seeded import printed


def rendered(graph: nx.MultiDiGraph, title: str = "Halden") -> str:
    """Return the page of a graph."""
    stream = io.StringIO()
    page.write(graph, stream, title=title)
    return stream.getvalue()


def island(html: str) -> dict:
    """Return the data of a page."""
    return json.loads(re.search(r'<script id="data" type="application/json">(.*?)</script>', html, re.S)[1])


def test_the_same_graph_gives_the_same_bytes(harbour):
    """No clock, no random number, no order of insertion shows in the page."""
    other = nx.MultiDiGraph()
    other.add_nodes_from(reversed(list(harbour.nodes(data=True))))
    other.add_edges_from(reversed(list(harbour.edges(keys=True, data=True))))
    assert rendered(harbour) == rendered(harbour) == rendered(other)


def test_another_hash_seed_gives_the_same_bytes(tmp_path):
    """The page does not depend on PYTHONHASHSEED."""
    code = (
        "import sys, networkx as nx; from regiograph.view import page\n"
        "g = nx.MultiDiGraph()\n"
        "for i in range(20): g.add_node(str(i), label=f'E{i}', type='City', articles=1, names=(), facts=())\n"
        "for i in range(40): g.add_edge(str(i % 20), str(i * 7 % 20), str(i), predicate='metWith', modality='planned',"
        " confidence=.5, qualifiers=(), date=None, evidence=())\n"
        "page.write(g, sys.stdout, title='T')"
    )
    assert len(printed(code)) == 1


def test_a_part_says_how_much_it_leaves_out_and_how_to_see_it(harbour):
    """The numbers of the whole stand beside those of the part, and the commands for the rest; a whole says nothing."""
    assert 'id="part"' not in rendered(harbour)
    cut = copy.deepcopy(harbour)
    cut.graph["left_out"] = LeftOut(entities=1_000_000, facts=2_000_000, sentences=3)
    html = rendered(cut)
    assert f"{len(harbour):,} of {1_000_000 + len(harbour):,} entities" in html
    assert "2,000,000 facts and 1,000,000 entities are left out" in html
    assert "no more than 3 sentences" in html
    assert "--focus" in html
    assert "--query" in html
    assert "regiograph serve" in html


def test_writing_does_not_change_the_graph(harbour):
    """The caller's graph stays as it was."""
    before = copy.deepcopy(harbour)
    rendered(harbour)
    assert nx.utils.graphs_equal(before, harbour)


def test_nothing_but_the_file_asked_for_is_written(harbour, tmp_path, monkeypatch):
    """Neither the current directory nor the target's gets a `lib/` or a temporary file."""
    monkeypatch.chdir(tmp_path)
    page.write(harbour, tmp_path / "graph.html", title="Halden")
    assert [path.name for path in tmp_path.iterdir()] == ["graph.html"]


def test_a_page_that_cannot_be_made_leaves_the_old_one(harbour, tmp_path):
    """A file is replaced whole or not at all."""
    target = tmp_path / "graph.html"
    target.write_text("old")
    harbour.add_node("broken", label="no more than a label")
    with pytest.raises(KeyError):
        page.write(harbour, target, title="Halden")
    assert target.read_text() == "old"


def test_the_policy_names_every_script_and_style_by_its_hash(harbour):
    """The content security policy allows the page's own scripts and style, and nothing else."""
    html = rendered(harbour)
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', html)[1].replace("&#39;", "'")
    parts = [*re.findall(r"<script>(.*?)</script>", html, re.S), *re.findall(r"<style>(.*?)</style>", html, re.S)]
    assert len(parts) == 3
    for part in parts:
        digest = base64.b64encode(hashlib.sha256(part.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy
    assert "http" not in policy


def test_no_attribute_refers_to_another_file(harbour):
    """No src, link, import or source map: the page is one file."""
    markup = re.sub(r"<script.*?</script>", "", rendered(harbour), flags=re.S)
    assert not re.search(r"\bsrc=|<link|@import|url\(|<img|<iframe", markup)
    assert "sourceMappingURL" not in rendered(harbour)


def test_data_cannot_end_its_element():
    """HOSTILE 73, 74: JSON between script tags holds no `<`, `>`, `&`, line separator or lone surrogate."""
    nasty = {"</script><!--<script>": "\u2028\u2029&amp;\ud800"}
    text = dumps(nasty)
    assert not set(text) & set("<>&\u2028\u2029\ud800")
    assert json.loads(text) == nasty


def test_the_title_is_escaped(harbour):
    """HOSTILE 73: a title is text, in the head and on the page."""
    html = rendered(harbour, title="</title><script>alert(1)</script>{{7*7}}")
    assert "<script>alert" not in html
    assert "{{7*7}}" in html


def test_no_two_drawn_entities_share_a_place(harbour):
    """Positions come with the page, and physics is off."""
    nodes = island(rendered(harbour))["nodes"]
    assert len({(node["x"], node["y"]) for node in nodes}) == len(nodes) == 5


def test_more_than_three_hundred_entities_are_hidden_the_best_connected_drawn(sketch):
    """What is not drawn is still there to be found."""
    for i in range(400):
        sketch.entity(f"https://x.example/{i:03}", f"Entity {i}", "Company")
    for i in range(1, 400):
        sketch.fact("https://x.example/000", "metWith", f"https://x.example/{i:03}")
        if i > 250:
            sketch.fact(f"https://x.example/{i:03}", "visited", "https://x.example/001")
    data = island(rendered(sketch.graph))
    drawn = [data["entities"][node["id"]]["label"] for node in data["nodes"] if not node["hidden"]]
    assert len(data["entities"]) == 400
    assert len(drawn) == 300
    assert {"Entity 0", "Entity 1", "Entity 399"} <= set(drawn)


def test_parallel_facts_of_one_relation_are_one_line_and_no_fact_is_lost(sketch):
    """HOSTILE 78: 100 parallel edges make one line with 100 facts; another relation makes a second, bent apart."""
    one, two = sketch.entity("a", "A", "Company"), sketch.entity("b", "B", "Company")
    for i in range(100):
        sketch.fact(one, "supports", two, date=f"{1900 + i}")
    sketch.fact(two, "ownedBy", one)
    edges = island(rendered(sketch.graph))["edges"]
    assert sorted(len(edge["facts"]) for edge in edges) == [1, 100]
    assert len({edge["bend"] * (1 if edge["from"] < edge["to"] else -1) for edge in edges}) == 2


def test_a_symmetric_relation_makes_one_line_whichever_side_tells_it(sketch):
    """A met B and B met A are the same line."""
    one, two = sketch.entity("a", "A", "Person"), sketch.entity("b", "B", "Person")
    sketch.fact(one, "metWith", two)
    sketch.fact(two, "metWith", one)
    (edge,) = island(rendered(sketch.graph))["edges"]
    assert len(edge["facts"]) == 2


def test_a_line_is_planned_only_if_all_its_facts_are(sketch):
    """A relation that is told as fact once is drawn as one."""
    one, two = sketch.entity("a", "A", "Company"), sketch.entity("b", "B", "Project")
    sketch.fact(one, "investsIn", two, modality="planned", date="2030")
    assert [edge["planned"] for edge in island(rendered(sketch.graph))["edges"]] == [True]
    sketch.fact(one, "investsIn", two, date="2020")
    assert [edge["planned"] for edge in island(rendered(sketch.graph))["edges"]] == [False]


def test_importing_the_page_does_not_import_pyvis():
    """A command that draws nothing does not wait for IPython."""
    code = "import regiograph.view.page, sys; sys.exit('pyvis' in sys.modules or 'IPython' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
