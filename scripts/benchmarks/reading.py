"""Compares the whole of extraction with the bare encoder, two processes with one, and times the start of a process."""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

CORPUS = Path(__file__).parent.parent.parent / "tests" / "corpus" / "articles"


def reading(options: argparse.Namespace) -> None:
    """Time the encoder, extraction, the pool and the start, and print the ratios."""
    from regiograph.articles.reading import read
    from regiograph.articles.segmenting import sentences
    from regiograph.claims import batches
    from regiograph.claims.extractors import extractor
    from regiograph.claims.literals import literals
    from regiograph.claims.neural.network import shared
    from regiograph.claims.neural.words import tokenizer, words
    from regiograph.model import Article

    given = [a for a in read([str(p) for p in options.articles]) if isinstance(a, Article)]
    total = sum(len(a.text.split()) for a in given)
    reader, network = extractor(), shared(None)
    cut_up = [(a, sentences(a)) for a in given]
    prepared = [words(a, cut, literals(a, cut)) for a, cut in cut_up]
    said = [a.text[slice(*s.span)] for a, cut in cut_up for s in cut if not s.furniture]
    works = (
        lambda: [tokenizer().encode(text) for text in said],
        lambda: [network.read(w) for w in prepared],
        lambda: [reader.extract(a) for a in given],
    )
    times: tuple[list[float], ...] = ([], [], [])
    for _ in range(options.rounds + 1):  # the first of each only warms up
        for spent, work in zip(times, works, strict=True):
            began = time.perf_counter()
            work()
            spent.append(time.perf_counter() - began)
    pieces, bare, full = (statistics.median(spent[1:]) for spent in times)
    print(f"{len(given)} articles, {total} words, one thread, median of {options.rounds} rounds in turns")
    print(f"bare encoder, from text   {total / (pieces + bare):7.0f} words/s")
    print(f"bare encoder, from pieces {total / bare:7.0f} words/s")
    print(f"extraction                {total / full:7.0f} words/s: ", end="")
    print(f"{(pieces + bare) / full:.0%} of the encoder's from text, {bare / full:.0%} from pieces")

    many = given * max(1, options.pool // max(len(given), 1))
    spent = {}
    for workers in (1, 2):
        began = time.perf_counter()
        for _ in batches.extract(iter(many), reader, workers=workers):
            pass
        spent[workers] = time.perf_counter() - began
    print(f"{len(many)} articles: two processes are {spent[1] / spent[2]:.2f} times as fast as one")

    with tempfile.TemporaryDirectory() as folder:
        note = Path(folder) / "note.txt"
        note.write_text("The Governor of Texas met the ambassador of Japan.", encoding="utf-8")
        starts = []
        for _ in range(options.rounds):
            began = time.perf_counter()
            subprocess.run([sys.executable, "-m", "regiograph", "extract", note], check=True, stdout=subprocess.DEVNULL)
            starts.append(time.perf_counter() - began)
    print(f"from the start of a process to the claims of a sentence: {statistics.median(starts):.2f} s")
