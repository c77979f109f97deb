#!/usr/bin/env python3
"""Makes runs.csv, weights.csv and bootstrap.csv in this folder: an invented set of runs, METR's two weights of each run, and quantiles of
METR's hierarchical bootstrap of its horizons, all by code that shares nothing with the project's.

    /usr/bin/python3 make_reference.py     (numpy 1.24, scikit-learn 1.2; about two minutes)

Weights: METR/eval-analysis-public, src/horizon/compute_task_weights.py, in words: equal_task_weight of a run is 1 / (runs of the agent at
the task); invsqrt_task_weight is that divided by the root of the number of tasks of the family that the agent tried; both then divided by
their sum over the agent's runs.

Bootstrap: src/horizon/wrangle/bootstrap.py, in words: as many families as there are with replacement; for each drawn one as many of its
tasks; then, for each task and agent, as many of its rows as there are by now, copies included; weights stay; logistic regression with
C = 1/1e-5. Here with scikit-learn's newton-cholesky at tolerance 1e-10.
"""
import collections
import csv
import math
import multiprocessing

import numpy as np
from sklearn.linear_model import LogisticRegression

DRAWS = 10_000
QUANTILES = (0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975)


def invent():
    rng = np.random.default_rng(20260101)
    tasks = []
    for family in range(14):
        ease = rng.normal(0, 0.7)
        for _ in range(int(rng.choice([1, 2, 3, 4, 6]))):
            tasks.append((f"f{family:02}", f"f{family:02}/t{len(tasks):02}", round(float(2 ** rng.uniform(-3, 10)), 4), ease))
    rows = []
    for agent, (horizon, most) in {"amber": (1.0, 3), "birch": (4.0, 5), "cedar": (6.5, 4)}.items():
        for family, task, minutes, ease in tasks:
            if agent == "cedar" and family == "f03":
                continue  # an agent that did not try a family
            p = 1 / (1 + math.exp(0.7 * (math.log2(minutes) - horizon) - ease))
            for _ in range(int(rng.integers(1, most + 1))):
                rows.append((agent, task, family, minutes, int(rng.random() < p)))
    return rows


def weights(rows):
    runs = collections.Counter((a, t) for a, t, _, _, _ in rows)
    tried = collections.defaultdict(set)
    for a, t, f, _, _ in rows:
        tried[a, f].add(t)
    equal = [1 / runs[a, t] for a, t, _, _, _ in rows]
    root = [1 / (runs[a, t] * math.sqrt(len(tried[a, f]))) for a, t, f, _, _ in rows]
    sums = [collections.Counter(), collections.Counter()]
    for (a, *_), e, r in zip(rows, equal, root):
        sums[0][a] += e
        sums[1][a] += r
    return [(e / sums[0][row[0]], r / sums[1][row[0]]) for row, e, r in zip(rows, equal, root)]


ROWS = invent()
WEIGHTS = weights(ROWS)


def one(draw):
    rng = np.random.default_rng([7, draw])
    by_family = collections.defaultdict(lambda: collections.defaultdict(list))
    for i, (_, t, f, _, _) in enumerate(ROWS):
        by_family[f][t].append(i)
    families = sorted(by_family)
    taken = []
    for f in rng.choice(families, len(families)):
        tasks = sorted(by_family[f])
        for t in rng.choice(tasks, len(tasks)):
            taken += by_family[f][t]
    cells = collections.defaultdict(list)
    for i in taken:
        cells[ROWS[i][0], ROWS[i][1]].append(i)
    again = [int(i) for rows in cells.values() for i in rng.choice(rows, len(rows))]
    out = []
    for agent in ("amber", "birch", "cedar"):
        own = [i for i in again if ROWS[i][0] == agent]
        x, y, w = np.log2([[ROWS[i][3]] for i in own]), [ROWS[i][4] for i in own], [WEIGHTS[i][1] for i in own]
        assert 0 < sum(y) < len(y)
        model = LogisticRegression(C=1e5, tol=1e-10, solver="newton-cholesky", max_iter=1000).fit(x, y, sample_weight=w)
        a, b = model.intercept_[0], model.coef_[0][0]
        assert b < 0
        out += [math.log(2) * (math.log(p / (1 - p)) - a) / b for p in (0.5, 0.8)]
    return out


if __name__ == "__main__":
    with open("runs.csv", "w", newline="") as f:
        csv.writer(f, lineterminator="\n").writerows([("alias", "task_id", "task_family", "human_minutes", "score_binarized"), *ROWS])
    with open("weights.csv", "w", newline="") as f:
        seen = dict(((row[0], row[1]), w) for row, w in zip(ROWS, WEIGHTS))
        csv.writer(f, lineterminator="\n").writerows(
            [("alias", "task_id", "equal_task_weight", "invsqrt_task_weight"), *((a, t, repr(e), repr(r)) for (a, t), (e, r) in seen.items())])
    with multiprocessing.Pool() as pool:
        drawn = np.array(pool.map(one, range(DRAWS), chunksize=50))
    with open("bootstrap.csv", "w", newline="") as f:
        out = csv.writer(f, lineterminator="\n")
        out.writerow(("alias", "level", "probability", "ln_minutes"))
        for column, (agent, level) in enumerate((a, l) for a in ("amber", "birch", "cedar") for l in (0.5, 0.8)):
            for q in QUANTILES:
                out.writerow((agent, level, q, f"{np.quantile(drawn[:, column], q):.6f}"))
