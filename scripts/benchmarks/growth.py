"""Builds N generated articles and N/4, and compares time and memory.

They are short, each about other people and sums, in a world of regions, zones and companies that grows more slowly than
their number.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks import stages

REGIONS = ("Tomsk region", "Lower Saxony", "Lombardy", "Catalonia", "Kaluga region", "Brandenburg", "Texas", "Hokkaido")
CITIES = ("Leipzig", "Osaka", "Turin", "Gdansk", "Porto", "Lyon", "Tampere", "Brno", "Graz", "Vilnius")
GIVEN = ("Anna", "Marco", "Yuki", "Olga", "Peter", "Ines", "Tomas", "Laura", "Ivan", "Mei")
SYLLABLES = ("bar", "dol", "ven", "kar", "lin", "mos", "tor", "sel", "nov", "rit", "gan", "pel")
WORKS = ("battery factory", "tyre plant", "paper mill", "data centre", "wind farm", "dairy plant")


def name(chance: random.Random, parts: int) -> str:
    """Invent a surname or the name of a company."""
    return "".join(chance.choices(SYLLABLES, k=parts)).capitalize()


def articles(number: int) -> Iterator[dict[str, str]]:
    """Yield generated articles; the same number gives the same articles."""
    chance = random.Random(number)
    companies = [f"{name(chance, 3)} {chance.choice(('AG', 'LLC', 'Group'))}" for _ in range(int(number**0.5) * 4)]
    for i in range(number):
        person, company = f"{chance.choice(GIVEN)} {name(chance, 4)}", chance.choice(companies)
        region, city, works = chance.choice(REGIONS), chance.choice(CITIES), chance.choice(WORKS)
        day = f"{chance.randint(1, 28)} May {chance.randint(2005, 2024)}"
        yield {
            "id": f"generated-{i}",
            "title": f"{company} builds in {city}",
            "text": f"{company} builds in {city}\n\n{person}, director of {company}, met the Governor of {region} in "
            f"{city} on {day}. {company} will invest {chance.randint(2, 900)} million euros in a {works} in {city}. "
            f"The {works} will create {chance.randint(20, 3000)} jobs.",
        }


def measure(number: int, workers: int, folder: Path) -> tuple[float, float, int]:
    """Build that many articles in its own process; return seconds, peak megabytes and the bytes of the store."""
    source, out = folder / f"{number}.jsonl", folder / f"out-{number}"
    with source.open("w", encoding="utf-8") as lines:
        lines.writelines(json.dumps(article) + "\n" for article in articles(number))
    command = [sys.executable, "-m", "regiograph", "build", source, "--out", out, "--workers", str(workers)]
    began = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"the build of {number} articles ended with {os.waitstatus_to_exitcode(status)}")
    size = sum(path.stat().st_size for path in (out / "store").rglob("*") if path.is_file())
    return time.monotonic() - began, usage.ru_maxrss / 1024, size


def growth(options: argparse.Namespace) -> None:
    """Build two numbers of articles and print what they took."""
    if options.as_read:
        stages.growth(*options.as_read, options.keep)
        return
    print(f"{'articles':>10} {'seconds':>9} {'articles/s':>11} {'peak MB':>8} {'store MB':>9}")
    peaks = []
    with tempfile.TemporaryDirectory() as folder:
        for number in (options.articles // 4, options.articles):
            seconds, peak, size = measure(number, options.workers, Path(folder))
            peaks.append(peak)
            print(f"{number:>10} {seconds:>9.1f} {number / seconds:>11.1f} {peak:>8.0f} {size / 1e6:>9.1f}", flush=True)
    print(f"4 times the articles take {peaks[1] / peaks[0]:.2f} times the memory")
