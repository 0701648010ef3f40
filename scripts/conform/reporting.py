"""Says how the tests went: a table for people, JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby

from conform.evaluation import Judged
from conform.manifests import Kind
from conform.protocol import Heard

_WIDE = 34


@dataclass(frozen=True, slots=True)
class Report:
    """How all tests went; `protocol` is None where no server was asked."""

    queries: tuple[Judged, ...]
    protocol: tuple[Heard, ...] | None

    @property
    def is_good(self) -> bool:
        """Whether regiograph passes what the engine passes, answers as the engine does, and the server passes all."""
        return not any(j.lost or j.apart for j in self.queries) and not any(h.fault for h in self.protocol or ())

    def parts(self) -> Mapping[str, tuple[Judged, ...]]:
        """Return the query tests by what they test."""
        answers = tuple(j for j in self.queries if j.case.kind is Kind.ANSWER)
        return {"answers": answers, "syntax": tuple(j for j in self.queries if j.case.kind is not Kind.ANSWER)}


def lines(report: Report) -> Iterator[str]:
    """Yield the report as a table, with all that failed below."""
    for title, judged in report.parts().items():
        if judged:
            yield from _table(title, judged)
    yield from _listed("lost: the engine passes it, regiograph does not", report.queries, lambda j: j.lost, "ours")
    yield from _listed("answered otherwise than by the engine", report.queries, lambda j: bool(j.apart), "apart")
    yield from _listed("failed by the engine itself", report.queries, lambda j: bool(j.bare), "bare")
    if report.protocol is not None:
        yield from _protocol(report.protocol)


def dumped(report: Report) -> str:
    """Return the report as JSON."""
    parts: dict[str, object] = {title: _part(judged) for title, judged in report.parts().items()}
    if report.protocol is not None:
        passed = sum(not heard.fault for heard in report.protocol)
        tests = [asdict(heard) for heard in report.protocol]
        parts["protocol"] = {"tests": len(tests), "passed": passed, "results": tests}
    return json.dumps(parts, indent=2, ensure_ascii=False)


def _figures(judged: Sequence[Judged]) -> dict[str, int]:
    return {
        "tests": len(judged),
        "bare": sum(not j.bare for j in judged),
        "ours": sum(not j.ours for j in judged),
        "lost": sum(j.lost for j in judged),
        "apart": sum(bool(j.apart) for j in judged),
    }


def _by_folder(judged: Sequence[Judged]) -> dict[str, dict[str, int]]:
    return {folder: _figures(tuple(some)) for folder, some in groupby(judged, key=lambda j: j.case.folder)}


def _part(judged: Sequence[Judged]) -> dict[str, object]:
    faults = [
        {"folder": j.case.folder, "name": j.case.name, "bare": j.bare, "ours": j.ours, "apart": j.apart}
        for j in judged
        if j.bare or j.ours or j.apart
    ]
    return {**_figures(judged), "folders": _by_folder(judged), "faults": faults}


def _table(title: str, judged: Sequence[Judged]) -> Iterator[str]:
    folders = {**_by_folder(judged), "all": _figures(judged)}
    yield f"{title:{_WIDE}}" + "".join(f"{column:>7}" for column in folders["all"])
    for folder, figures in folders.items():
        yield f"{folder:{_WIDE}}" + "".join(f"{figure:7}" for figure in figures.values())
    yield ""


def _listed(title: str, judged: Sequence[Judged], chosen: Callable[[Judged], bool], reason: str) -> Iterator[str]:
    if some := [j for j in judged if chosen(j)]:
        yield f"{title}: {len(some)}"
        for j in some:
            yield f"  {j.case.folder}/{j.case.name}: {getattr(j, reason)}"
        yield ""


def _protocol(tests: Sequence[Heard]) -> Iterator[str]:
    yield f"{'protocol':{_WIDE}}{'tests':>7}{'passed':>7}"
    yield f"{'all':{_WIDE}}{len(tests):7}{sum(not heard.fault for heard in tests):7}"
    for heard in tests:
        if heard.fault:
            yield f"  {heard.name}: {heard.fault}"
