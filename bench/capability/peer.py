#!/usr/bin/env python3
"""The same estimator with scikit-learn, pandas and numpy, in the steps of METR's public analysis (github.com/METR/eval-analysis-public,
src/horizon/wrangle/bootstrap.py and utils/logistic.py), written anew for this comparison.

    bench/capability/peer.py published|lean RUNS.jsonl DRAWS

One draw resamples rows by family, then by task within each drawn family, then by run within each task and agent; each agent's rows are
then fitted with LogisticRegression(C=1/1e-5), its solver and tolerance as they come, and give the 50 % and 80 % horizons. Draws run in
processes, one for each core, through joblib, ten at a time, as there.

`published` goes as the public analysis goes: names stay text, each draw looks whether every task has one family, the rows of each task and agent are found by a mask of their own, and the
draw becomes a data frame. `lean` is what a careful author could make of it without leaving Python: names are numbers from the start, runs
are drawn in one operation, and there is no data frame within a draw. Both spend most of what is left in scikit-learn.
"""
import json
import sys
import warnings

import numpy as np
import pandas as pd
from joblib import Parallel, cpu_count, delayed
from sklearn.linear_model import LogisticRegression

PENALTY = 1e-5
LEVELS = (0.5, 0.8)
BATCH = 10


def resample_level(names, rows, group, rng):
    """For each group of rows, as many names as it has, with replacement; each drawn name makes a group of its own."""
    taken, groups, number = [], [], 0
    for one in np.unique(group):
        members = rows[group == one]
        values, where = np.unique(names[members], return_inverse=True)
        for pick in rng.choice(len(values), size=len(values)):
            chosen = members[where == pick]
            taken.append(chosen)
            groups.append(np.full(len(chosen), number))
            number += 1
    return np.concatenate(taken), np.concatenate(groups)


def fit(x, y, weight):
    model = LogisticRegression(C=1 / PENALTY).fit(x.reshape(-1, 1), y, sample_weight=weight)
    return [2 ** ((np.log(p / (1 - p)) - model.intercept_[0]) / model.coef_[0][0]) for p in LEVELS]


class Published:
    def __init__(self, runs):
        self.runs = runs

    def draw(self, rng):
        assert self.runs.groupby("task_id")["task_family"].nunique().max() == 1
        rows, group = np.arange(len(self.runs)), np.zeros(len(self.runs), dtype=np.int64)
        for level in ("task_family", "task_id"):
            rows, group = resample_level(self.runs[level].to_numpy(), rows, group, rng)
        task, agent = self.runs["task_id"].to_numpy().astype(str), self.runs["alias"].to_numpy().astype(str)
        cell = np.char.add(np.char.add(task, "|"), agent)[rows]
        cells, where, count = np.unique(cell, return_inverse=True, return_counts=True)
        rows = np.concatenate([rows[where == i][rng.integers(n, size=n)] for i, n in enumerate(count)])
        drawn = self.runs.iloc[rows].copy()
        horizons = {}
        for alias in drawn["alias"].unique():
            own = drawn[drawn["alias"] == alias]
            y = own["score_binarized"].to_numpy()
            if len(np.unique(y)) == 2:
                horizons[alias] = fit(np.log2(own["human_minutes"].to_numpy()), y, own["invsqrt_task_weight"].to_numpy())
        return horizons


class Lean:
    def __init__(self, runs):
        self.family, self.task = pd.factorize(runs["task_family"])[0], pd.factorize(runs["task_id"])[0]
        self.agent, self.aliases = pd.factorize(runs["alias"])
        self.cell = self.task * len(self.aliases) + self.agent
        self.x, self.y = np.log2(runs["human_minutes"].to_numpy()), runs["score_binarized"].to_numpy()
        self.weight = runs["invsqrt_task_weight"].to_numpy()

    def draw(self, rng):
        rows, group = resample_level(self.family, np.arange(len(self.x)), np.zeros(len(self.x), dtype=np.int64), rng)
        rows, _ = resample_level(self.task, rows, group, rng)
        rows = rows[np.argsort(self.cell[rows], kind="stable")]
        _, first, count = np.unique(self.cell[rows], return_index=True, return_counts=True)
        rows = rows[np.repeat(first, count) + (rng.random(len(rows)) * np.repeat(count, count)).astype(np.int64)]
        horizons = {}
        for number, alias in enumerate(self.aliases):
            own = rows[self.agent[rows] == number]
            if len(np.unique(self.y[own])) == 2:
                horizons[alias] = fit(self.x[own], self.y[own], self.weight[own])
        return horizons


def batch(analysis, first, last):
    warnings.simplefilter("ignore")
    return [analysis.draw(np.random.default_rng(42 + i)) for i in range(first, last)]


def main():
    kind, path, draws = sys.argv[1], sys.argv[2], int(sys.argv[3])
    runs = pd.read_json(path, lines=True, orient="records", convert_dates=False)
    analysis = {"published": Published, "lean": Lean}[kind](runs)
    batches = Parallel(n_jobs=cpu_count())(delayed(batch)(analysis, i, min(i + BATCH, draws)) for i in range(0, draws, BATCH))
    drawn = [one for some in batches for one in some]
    report = {}
    for alias, own in runs.groupby("alias"):
        column = np.array([one[alias] for one in drawn if alias in one])
        low, high = np.nanquantile(column, [0.025, 0.975], axis=0)
        estimate = fit(np.log2(own["human_minutes"].to_numpy()), own["score_binarized"].to_numpy(), own["invsqrt_task_weight"].to_numpy())
        report[alias] = [[e, l, h] for e, l, h in zip(estimate, low, high)]
    print(json.dumps(report))


if __name__ == "__main__":
    main()
