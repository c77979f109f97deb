"""Break, jump and shapes of the published horizons with numpy's least squares, an independent model of the test.
Run in this folder: python3 acceleration.py > acceleration.csv (numpy 1.24)."""
import csv
import datetime
import numpy as np

LEAST = 3


def frontier(since):
    best, out = -1e9, []
    rows = [r for r in csv.DictReader(open("../horizons/horizons_th1_1_published.csv")) if "at least" not in r["note"]]
    rows.sort(key=lambda r: (r["release_date"], -float(r["p50_minutes"])))
    for r in rows:
        value = np.log(float(r["p50_minutes"]))
        if value > best:
            best = value
            if r["release_date"] >= since:
                out.append((datetime.date.fromisoformat(r["release_date"]).toordinal() - 1, value, r["model"]))
    return out


def rss(columns, y):
    x = np.column_stack(columns)
    beta = np.linalg.lstsq(x, y, rcond=None)[0]
    return float(np.sum((y - x @ beta) ** 2)), beta


def run(since):
    points = frontier(since)
    days = np.array([p[0] for p in points], float)
    y = np.array([p[1] for p in points])
    t = (days - days.mean()) / 365.25
    n, one = len(t), np.ones(len(t))
    line, _ = rss([one, t], y)
    hinge = lambda at: rss([one, t, np.maximum(t - at, 0)], y)
    grid = np.arange(t[LEAST - 1], t[n - LEAST] + 1e-12, 0.1 / 365.25)
    grid = np.sort(np.concatenate([grid, t[LEAST - 1:n - LEAST + 1]]))
    at = min(grid, key=lambda g: hinge(g)[0])
    step = 0.1 / 365.25
    while step > 1e-12:
        at = min([max(t[LEAST - 1], at - step), at, min(t[n - LEAST], at + step)], key=lambda g: hinge(g)[0])
        step /= 1.7
    bend, beta = hinge(at)
    jumps = [(rss([one, t, (np.arange(n) >= f).astype(float)], y), f) for f in range(LEAST, n - LEAST + 1)]
    (jump, jbeta), first = min(jumps, key=lambda j: j[0][0])
    bic = lambda s, p: n * np.log(s / n) + p * np.log(n)
    gaps = np.diff(t)[LEAST - 1:n - LEAST]
    e_line = 2 * np.exp(-bic(line, 3) / 2)
    e_jump = sum(g * np.exp(-bic(j[0][0], 4) / 2) for g, j in zip(gaps, jumps)) / gaps.sum()
    fine = np.concatenate([t[LEAST - 1 + i] + g * (np.arange(8) + 0.5) / 8 for i, g in enumerate(gaps)])
    e_bend = sum(g / 8 * np.exp(-bic(hinge(a)[0], 4) / 2) for a, g in zip(fine, np.repeat(gaps, 8))) / gaps.sum()
    total = e_line + e_jump + e_bend
    aicc = lambda s, p: n * np.log(s / n) + 2 * p + 2 * p * (p + 1) / (n - p - 1)
    a = np.array([aicc(line, 3), aicc(jump, 7), aicc(bend, 5)])
    w = np.exp(-(a - a.min()) / 2)
    latest = [i for i in range(n) if t[i] >= at - 1e-9]
    earlier = [i for i in range(n) if t[i] <= at + 1e-9]
    slope = lambda i, j: np.polyfit(t[i:j], y[i:j], 1)[0]
    fastest = max(slope(i, j) for i in range(len(earlier)) for j in range(i + LEAST, len(earlier) + 1))
    figures = dict(
        models=n, bend_day=at * 365.25 + days.mean(), before=beta[1], after=beta[1] + beta[2], jump_slope=jbeta[1], jump_height=jbeta[2],
        line=e_line / total, jump=e_jump / total, bend=e_bend / total, aicc_line=w[0] / w.sum(), aicc_jump=w[1] / w.sum(),
        aicc_bend=w[2] / w.sum(), latest=slope(latest[0], n), fastest=fastest)
    for name, value in figures.items():
        print(f"{since},{name},{float(value)!r}")
    print(f"{since},jump_first,{points[first][2]}")


print("since,figure,value")
run("2019-01-01")
run("2023-01-01")
