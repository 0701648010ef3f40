"""Curves from scores to probabilities, and the worth of a fact's company, from articles that were not learned from."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import annotated
import numpy as np
import scipy.sparse as sp
from scipy.optimize import minimize

from regiograph.claims.neural.extractor import reading
from regiograph.claims.neural.network import Network
from regiograph.claims.neural.weighing import NetworkWeigher
from regiograph.claims.relations.calibration import Calibrated
from regiograph.claims.relations.company import FLOOR, Company, Fact
from regiograph.claims.relations.modality import MANNERS
from regiograph.claims.relations.pairs import Pair, pairs
from regiograph.claims.relations.scene import scenes
from regiograph.terms import SIGNATURES, Predicate

FOLDS = 2
LEAST_TIES = 20  # a tie seen less often is left out
LEAST_WEIGHT = 0.05

Key = tuple[str, str, str]  # the two ends and the article
Scored = dict[Key, tuple[float, bool]]  # the best score of a possible fact, and whether it is one
Arrays = tuple[np.ndarray, np.ndarray]
TARGETS = (*(p.value for p in Predicate), *MANNERS)


def gather(documents: Sequence[Any], network: Network, first: int = 0) -> tuple[dict[str, Scored], Counter[str]]:
    """Return what a network scores in articles, by target, and how many facts they have; `first` numbers them."""
    found: dict[str, Scored] = {target: {} for target in TARGETS}
    gold = Counter(f.predicate for d in documents for f in d.facts)
    for number, document in enumerate(documents, start=first):
        seen = reading(annotated.article(document), network)
        truth = annotated.truth(document, annotated.alignment(document, seen.entities))
        things = (*seen.entities, *seen.literals)
        weigher = NetworkWeigher.over(seen.words, seen.states, things, network, Calibrated({}, {}))
        said = scenes(seen.article, seen.sentences, seen.entities, seen.literals)
        for pair, scores in weigher.weigh(pairs(said, weigher.leaning)):
            for predicate in pair.predicates():
                facts = _facts(truth, predicate, pair)
                ends = sorted(pair.ends) if SIGNATURES[predicate].symmetric else pair.ends
                key = (*ends, str(number))
                score = scores[TARGETS.index(predicate.value)]
                rows = found[predicate.value]
                if key not in rows or score > rows[key][0]:
                    rows[key] = (score, bool(facts))
                if facts and _here(truth, facts[0], pair):
                    said_of_it = (facts[0].qualifiers.get("modality"), facts[0].qualifiers.get("polarity"))
                    for name, value in zip(MANNERS, scores[-len(MANNERS) :], strict=True):
                        found[name][predicate.value + key[0], key[1], key[2]] = (value, name in said_of_it)
    return found, gold


def _facts(truth: annotated.Truth, predicate: Predicate, pair: Pair) -> list[Any]:
    ends = (truth.aligned.get(end) for end in pair.key)
    return truth.facts(predicate, *ends, pair.value(predicate))


def _here(truth: annotated.Truth, fact: Any, pair: Pair) -> bool:
    return any(truth.sentences[n - 1].overlaps(pair.run) for n in fact.sentences)


def calibrate(found: Mapping[str, Scored], gold: Mapping[str, int], folder: Path) -> None:
    """Fit curves, company and the threshold for F1; print and write them."""
    curves = {target: platt(list(rows.values())) for target, rows in found.items()}
    chances = {
        target: {k: (_logistic(curves[target][0] * s + curves[target][1]), f) for k, (s, f) in rows.items()}
        for target, rows in found.items()
    }
    for target, rows in chances.items():
        total = gold[target] if target not in MANNERS else sum(f for _, f in rows.values())
        print(f"{target:22} {figures(list(rows.values()), total)}")
    learned, cut = keep_company({t: r for t, r in chances.items() if t not in MANNERS}, gold)
    lines = ["# target, least probability that is claimed, slope, intercept"]
    for target, (slope, intercept) in curves.items():
        rows = list(chances[target].values())
        least = round(best_f1(rows, sum(f for _, f in rows))[1], 3) if target in MANNERS else cut
        lines.append(f"{target}\t{least}\t{slope}\t{intercept}")
    company = ["# predicate, then tie=weight in log-odds"]
    company += ["\t".join([t, *(f"{n}={w:.2f}" for n, w in ties.items())]) for t, ties in learned.items()]
    folder.mkdir(parents=True, exist_ok=True)
    for name, table in (("calibration", lines), ("company", company)):
        (folder / f"{name}.tsv").write_text("\n".join(table) + "\n", encoding="utf-8")


def _logistic(z: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, z))))


def figures(chances: Sequence[tuple[float, bool]], gold: int) -> str:
    """Return P, R and F1 of claiming from the best probability on, and P from 0.8 on, as words."""
    _, cut = best_f1(chances, gold)
    right, found = sum(f for c, f in chances if c >= cut), sum(c >= cut for c, _ in chances)
    sure = [f for c, f in chances if c >= 0.8]
    p, r, f1 = right / max(found, 1), right / max(gold, 1), 2 * right / max(found + gold, 1)
    at80 = sum(sure) / max(len(sure), 1)
    return f"from {cut:.2f}: P {p:.2f} R {r:.2f} F1 {f1:.3f} gold {gold}; P at 0.8: {at80:.2f} of {len(sure)}"


def platt(ranked: Sequence[tuple[float, bool]]) -> tuple[float, float]:
    """Return slope and intercept of the logistic curve from score to the share that is right (Platt 1999)."""
    x = np.array([s for s, _ in ranked])
    y = np.array([f for _, f in ranked], dtype=float)

    def loss(ab: np.ndarray) -> Arrays:
        z = ab[0] * x + ab[1]
        p = 1 / (1 + np.exp(-np.clip(z, -35, 35)))
        value = np.logaddexp(0, z).sum() - z[y == 1].sum() + 0.5 * ((ab[0] - 1) ** 2 + ab[1] ** 2)
        return value, np.array([(p - y) @ x + ab[0] - 1, (p - y).sum() + ab[1]])

    slope, intercept = minimize(loss, np.array([1.0, 0.0]), jac=True, method="L-BFGS-B").x
    return round(float(slope), 3), round(float(intercept), 3)


def best_f1(chances: Sequence[tuple[float, bool]], gold: int) -> tuple[float, float]:
    """Return the best F1 and the probability from which on claiming gives it."""
    right, found = 0, (0.0, 1.0)
    for n, (chance, fact) in enumerate(sorted(chances, reverse=True), start=1):
        right += fact
        if 2 * right / (n + gold) > found[0]:
            found = (2 * right / (n + gold), chance)
    return found


def keep_company(chances: Mapping[str, Scored], gold: Mapping[str, int]) -> tuple[dict[str, dict[str, float]], float]:
    """Fit for every predicate what other likely facts say of one; return the weights and the threshold for all.

    The threshold is half of the best F1, which is where F1 is best if probabilities are true (Lipton et al. 2014,
    Optimal Thresholding of Classifiers to Maximize F1 Measure); the best threshold found is too much of a chance.
    """
    likely: dict[str, dict[Fact, float]] = defaultdict(dict)
    for target, rows in chances.items():
        for (subject, obj, article), (chance, _) in rows.items():
            if chance >= FLOOR:
                likely[article][target, subject, obj] = chance
    companies = {article: Company(facts) for article, facts in likely.items()}
    learned: dict[str, dict[str, float]] = {}
    judged: dict[str, list[tuple[float, bool]]] = {}
    for target, all_rows in chances.items():
        kept = sorted((k, c, f) for k, (c, f) in all_rows.items() if c >= FLOOR)
        rows = [dict(companies[k[2]].ties((target, *k[:2]), c)) for k, c, _ in kept]
        labels = np.array([f for *_, f in kept], dtype=float)
        folds = np.array([int(k[2]) % FOLDS for k, *_ in kept])
        out = np.zeros(len(rows))
        for fold in range(FOLDS):
            ties = fit_ties([r for r, f in zip(rows, folds, strict=True) if f != fold], labels[folds != fold])
            for i in np.flatnonzero(folds == fold):
                out[i] = _logistic(sum(ties.get(n, 0.0) * x for n, x in rows[i].items()))
        learned[target] = fit_ties(rows, labels)
        judged[target] = list(zip(out.tolist(), (labels == 1).tolist(), strict=True))
        print(f"{target:22} in company {figures(judged[target], gold[target])}")
    pooled = [each for rows in judged.values() for each in rows]
    total = sum(gold.values())
    print(f"{'all':22} in company {figures(pooled, total)}")
    return learned, round(best_f1(pooled, total)[0] / 2, 3)


def fit_ties(rows: Sequence[dict[str, float]], labels: np.ndarray) -> dict[str, float]:
    """Return the weights of a logistic regression in which a fact's own log-odds count fully to begin with."""
    counts = Counter(name for row in rows for name in row)
    names = sorted(name for name, n in counts.items() if n >= LEAST_TIES)
    places = {name: i for i, name in enumerate(names)}
    matrix = sp.lil_matrix((len(rows), len(names)))
    for i, row in enumerate(rows):
        for name, strength in row.items():
            if name in places:
                matrix[i, places[name]] = strength
    matrix = matrix.tocsr()
    prior = np.array([1.0 if name == "own" else 0.0 for name in names])

    def loss(weights: np.ndarray) -> Arrays:
        z = matrix @ weights
        p = 1 / (1 + np.exp(-np.clip(z, -35, 35)))
        off = weights - prior
        return np.logaddexp(0, z).sum() - z[labels == 1].sum() + off @ off, matrix.T @ (p - labels) + 2 * off

    found = minimize(loss, prior, jac=True, method="L-BFGS-B", options={"maxiter": 200}).x
    return {name: round(float(w), 2) for name, w in zip(names, found, strict=True) if abs(w) >= LEAST_WEIGHT}
