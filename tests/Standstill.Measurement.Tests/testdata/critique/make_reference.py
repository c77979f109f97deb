"""Reference values for the critics' answers, with numpy, scipy and scikit-learn: nothing here shares code with the project.

Writes runs.csv (simulated runs) and reference.csv (name, agent, value). Made with Python 3.11, numpy 1.24, scipy 1.10, scikit-learn 1.2:
    /usr/bin/python3 make_reference.py
"""
import csv
import datetime
import numpy as np
from scipy.optimize import brentq, minimize, minimize_scalar
from scipy.special import expit, logit
from scipy.stats import chi2
from sklearn.isotonic import IsotonicRegression

rng = np.random.default_rng(20260325)
FAMILIES, AGENTS, RUNS = 22, 5, 6
tasks = []
for f in range(FAMILIES):
    centre = rng.uniform(-2, 10)
    for k in range(1 + int(rng.integers(0, 5))):
        basis = "measured" if rng.random() < 0.6 else "estimated"
        tasks.append((f"t{f:02d}_{k}", f"f{f:02d}", ["alpha", "beta", "gamma"][f % 3],
                      round(float(2 ** (centre + rng.normal(0, 1))), 4), basis, rng.normal(0, 1.2)))
released = ["2023-03-14", "2023-11-06", "2024-06-20", "2024-12-05", "2025-04-16"]
rows = []
for a in range(AGENTS):
    for name, family, source, minutes, basis, effect in tasks:
        if a == 0 and family == "f03":
            continue
        p = 0.96 * expit(-0.7 * (np.log2(minutes) - (1.5 + 1.4 * a) + effect))
        rows.append((f"agent{a}", name, family, source, minutes, basis, released[a], RUNS, int(rng.binomial(RUNS, p))))
with open("runs.csv", "w", newline="") as out:
    w = csv.writer(out, lineterminator="\n")
    w.writerow("alias,task,family,source,minutes,basis,released,runs,successes".split(","))
    w.writerows(rows)

out = []
def put(name, agent, value):
    out.append((name, agent, repr(float(value))))

def design(agent):
    mine = sorted((r for r in rows if r[0] == f"agent{agent}"), key=lambda r: (r[2], r[1]))
    size = {}
    for r in mine:
        size[r[2]] = size.get(r[2], 0) + 1
    w = np.array([1 / np.sqrt(size[r[2]]) for r in mine])
    return np.log2([r[4] for r in mine]), w / w.sum(), np.array([r[8] / r[7] for r in mine]), mine

LAM = 1e-5
def nll(z, y):
    return np.logaddexp(0, z) - y * z

def fit(x, w, y, lam=LAM):
    m = (w * x).sum()
    f = lambda t: (w * nll(t[0] + t[1] * (x - m), y)).sum() + lam / 2 * t[1] ** 2
    def g(t):
        r = w * (expit(t[0] + t[1] * (x - m)) - y)
        return np.array([r.sum(), (r * (x - m)).sum() + lam * t[1]])
    def h(t):
        p = expit(t[0] + t[1] * (x - m)); v = w * p * (1 - p)
        return np.array([[v.sum(), (v * (x - m)).sum()], [(v * (x - m)).sum(), (v * (x - m) ** 2).sum() + lam]])
    t = minimize(f, [0, -0.3], jac=g, hess=h, method="trust-exact", options={"gtol": 1e-13}).x
    return t[0] - t[1] * m, t[1], f(t)

fits = []
for a in range(AGENTS):
    x, w, y, mine = design(a)
    i, s, least = fit(x, w, y)
    fits.append((i, s))
    put("intercept", a, i); put("slope", a, s)

    # Profile interval: brentq over the horizon, bounded scalar minimisation over the slope.
    for unit in ("task", "run"):
        n = w.sum() ** 2 / (w ** 2).sum() * (RUNS if unit == "run" else 1)
        put(f"kish_{unit}", a, n)
        for level in (0.5, 0.8):
            c = logit(level); h0 = (c - i) / s
            def deviance(h):
                g = lambda b: (w * nll(c + b * (x - h), y)).sum() + LAM / 2 * b * b
                return 2 * n * (minimize_scalar(g, bounds=(-20, 0), method="bounded", options={"xatol": 1e-12}).fun - least) - chi2.ppf(0.95, 1)
            rate = (w * y).sum()
            for side in (-1, 1):
                q = max(rate, level) if side > 0 else min(rate, level)
                limit = 2 * n * (-(rate * np.log(q) + (1 - rate) * np.log(1 - q)) - least) - chi2.ppf(0.95, 1)
                edge = side * np.inf
                if limit > 0:
                    step = 1.0
                    while deviance(h0 + side * step) < 0:
                        step *= 2
                    edge = brentq(deviance, min(h0, h0 + side * step), max(h0, h0 + side * step), xtol=1e-12, rtol=1e-14) * np.log(2)
                put(f"profile_{unit}_{int(level * 100)}_{'high' if side > 0 else 'low'}", a, edge)

    # Ceiling: L-BFGS-B from many starts, polished.
    def ceiling(t):
        p = np.clip((1 - t[2]) * expit(t[0] + t[1] * x), 1e-300, 1 - 1e-16)
        return -(w * (y * np.log(p) + (1 - y) * np.log1p(-p))).sum() + LAM / 2 * t[1] ** 2
    best = None
    for l0 in (0.0, 0.03, 0.1, 0.2):
        for factor in (1, 1.5, 2.5):
            r = minimize(ceiling, [i * factor, s * factor, l0], method="L-BFGS-B", bounds=[(None, None), (None, None), (0, 0.2)],
                         options={"ftol": 1e-16, "gtol": 1e-12, "maxiter": 5000})
            r = minimize(ceiling, r.x, method="Nelder-Mead", bounds=[(None, None), (None, None), (0, 0.2)],
                         options={"xatol": 1e-11, "fatol": 1e-16, "maxiter": 20000, "maxfev": 20000})
            if best is None or r.fun < best.fun:
                best = r
    put("ceiling_intercept", a, best.x[0]); put("ceiling_slope", a, best.x[1]); put("ceiling_lapse", a, best.x[2])
    put("ceiling_objective", a, best.fun)

    # Isotonic fit, read at every task.
    iso = IsotonicRegression(increasing=False).fit(x, y, sample_weight=w)
    fitted = iso.predict(x)
    put("isotonic_first", a, fitted[np.argmin(x)]); put("isotonic_last", a, fitted[np.argmax(x)])
    put("isotonic_steps", a, len(np.unique(np.round(fitted, 12))))
    for level in (0.5, 0.8):
        above, below = x[fitted >= level - 1e-12], x[fitted < level - 1e-12]
        put(f"isotonic_{int(level * 100)}_low", a, above.max() * np.log(2) if len(above) else -np.inf)
        put(f"isotonic_{int(level * 100)}_high", a, below.min() * np.log(2) if len(below) else np.inf)
    put("shape_distance", a, np.sqrt((w * (expit(i + s * x) - fitted) ** 2).sum()))
    p = expit(i + s * x)
    k = y * RUNS
    pair = ((k - RUNS * p) ** 2 - (k * (1 - p) ** 2 + (RUNS - k) * p ** 2)) / (RUNS * (RUNS - 1))
    rho = min(1, max(0, (w * pair).sum() / (w * p * (1 - p)).sum()))
    put("shape_correlation", a, rho)
    again, D = np.random.default_rng(7), np.sqrt((w * (expit(i + s * x) - fitted) ** 2).sum())
    far = 0
    for _ in range(1000):
        one = again.random(len(x)) < rho
        k = np.where(one, RUNS * (again.random(len(x)) < p), again.binomial(RUNS, p))
        yy = k / RUNS
        ii, ss, _l = fit(x, w, yy)
        ff = IsotonicRegression(increasing=False).fit(x, yy, sample_weight=w).predict(x)
        far += np.sqrt((w * (expit(ii + ss * x) - ff) ** 2).sum()) >= D
    put("shape_p_value", a, (1 + far) / 1001)

    # Simulation and extrapolation with numpy's own noise and polyfit.
    sd = np.array([0.5605 if r[5] == "measured" else 0.7073 for r in mine]) / np.log(2)
    noise, curves, h0 = np.random.default_rng(11), [(0.0, s)], -i / s
    for zeta in (0.5, 1.0, 1.5, 2.0):
        cs = [fit(x + np.sqrt(zeta) * sd * noise.normal(size=len(x)), w, y)[:2] for _ in range(1500)]
        curves.append(np.median([(ci + cs_ * h0, cs_) for ci, cs_ in cs], axis=0))
    curves = np.array(curves)
    height = np.polyval(np.polyfit([0, 0.5, 1, 1.5, 2], curves[:, 0], 2), -1)
    slope_ = np.polyval(np.polyfit([0, 0.5, 1, 1.5, 2], curves[:, 1], 2), -1)
    put("simex_intercept", a, height - slope_ * h0)
    put("simex_slope", a, slope_)

# Trend: numpy's polyfit over the running maximum.
days = [datetime.date.fromisoformat(d).toordinal() - 1 for d in released]
logs = [np.log(2) * -i / s for i, s in fits]
front = [(d, l) for k, (d, l) in enumerate(zip(days, logs)) if k == 0 or l > max(logs[:k])]
b, c = np.polyfit([d - front[0][0] for d, _ in front], [l for _, l in front], 1)
put("doubling_days", -1, np.log(2) / b)
put("crossing_day", -1, np.floor(front[0][0] + (np.log(2400) - c) / b))

# Item response: one joint L-BFGS-B on the penalised objective, then weighted regression of difficulty on length.
names = sorted({(r[2], r[1]) for r in rows})
T = len(names); index = {n: k for k, n in enumerate(names)}
A = np.array([int(r[0][-1]) for r in rows]); K = np.array([index[(r[2], r[1])] for r in rows])
Y = np.array([r[8] / r[7] for r in rows])
def irt(t):
    th, u, d = t[:AGENTS], t[AGENTS:AGENTS + T], t[AGENTS + T:]
    al = np.exp(u[K]); z = al * (th[A] - d[K]); r = RUNS * (expit(z) - Y)
    f = (RUNS * nll(z, Y)).sum() + (th ** 2).sum() / 2 + (d ** 2).sum() / 8 + (u ** 2).sum() / 0.5
    return f, np.concatenate([np.bincount(A, r * al, AGENTS) + th, np.bincount(K, r * z, T) + u / 0.25, np.bincount(K, -r * al, T) + d / 4])
best = None
for seed in range(8):
    t0 = np.random.default_rng(seed).normal(0, 0.3, AGENTS + 2 * T)
    r = minimize(irt, t0, jac=True, method="L-BFGS-B", options={"maxiter": 100000, "maxfun": 200000, "ftol": 1e-16, "gtol": 1e-10, "maxcor": 50})
    if best is None or r.fun < best.fun:
        best = r
th, u, d = best.x[:AGENTS], best.x[AGENTS:AGENTS + T], best.x[AGENTS + T:]
minutes = {(r[2], r[1]): r[4] for r in rows}
size = {}
for n in names:
    size[n[0]] = size.get(n[0], 0) + 1
w = np.array([1 / np.sqrt(size[n[0]]) for n in names]); w /= w.sum()
x = np.log2([minutes[n] for n in names])
slope, inter = np.polyfit(x, d, 1, w=np.sqrt(w))
al = np.exp((w * u).sum())
put("irt_objective", -1, best.fun)
for a in range(AGENTS):
    put("irt_ability", a, th[a])
    for level in (0.5, 0.8):
        put(f"irt_{int(level * 100)}", a, np.log(2) * (th[a] - logit(level) / al - inter) / slope)

with open("reference.csv", "w", newline="") as o:
    w = csv.writer(o, lineterminator="\n")
    w.writerow(("name", "agent", "value"))
    w.writerows(out)
