"""The capability index by scipy.optimize.least_squares, an independent model of the fit. Run in this folder:
python3 index.py > index.csv (numpy 1.24, scipy 1.10). On the frame of the fit, before any anchor."""
import csv
import numpy as np
from scipy.optimize import least_squares

ridge = 1e-3
rows = list(csv.DictReader(open("benchmarks.csv")))
models = sorted({row["model"] for row in rows})
benchmarks = sorted({row["benchmark"] for row in rows})
m = np.array([models.index(row["model"]) for row in rows])
b = np.array([benchmarks.index(row["benchmark"]) for row in rows])
y = np.array([float(row["score"]) for row in rows])
M, B = len(models), len(benchmarks)


def residuals(x):
    c, d, s = x[:M], x[M:M + B], np.exp(x[M + B:])
    return np.concatenate([1 / (1 + np.exp(-s[b] * (c[m] - d[b]))) - y, np.sqrt(ridge) * x])


fit = least_squares(residuals, np.zeros(M + 2 * B), xtol=1e-15, ftol=1e-15, gtol=1e-15, max_nfev=20000)
print("kind,name,value,slope")
print(f"objective,,{float(fit.cost)!r},")
for i, name in enumerate(models):
    print(f"model,{name},{float(fit.x[i])!r},")
for i, name in enumerate(benchmarks):
    print(f"benchmark,{name},{float(fit.x[M + i])!r},{float(np.exp(fit.x[M + B + i]))!r}")
