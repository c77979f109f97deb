"""The chance that the best model's 50 % horizon is above 4 h, release by release, in closed form.

Each published horizon is a split normal on the natural logarithm, its median the figure and its halves such that the 95 % limits lie
1.959963985 standard deviations out; models are independent; the best is above a length unless every one is below it. The normal
distribution is that of Python's statistics module. Run: python3 exceedance.py > exceedance.csv
"""
import csv
import math
import os
from statistics import NormalDist

HERE = os.path.dirname(os.path.abspath(__file__))
NORMAL = NormalDist()
Z = NORMAL.inv_cdf(0.975)
THRESHOLD = 240.0

rows = [row for row in csv.DictReader(open(os.path.join(HERE, "horizons_th1_1_published.csv"))) if row["p50_ci95_low"]]
print("release_date,probability")
for date in sorted({row["release_date"] for row in rows}):
    below = 1.0
    for row in rows:
        if row["release_date"] <= date:
            value, low, high = (float(row[c]) for c in ("p50_minutes", "p50_ci95_low", "p50_ci95_high"))
            distance = math.log(THRESHOLD / value)
            below *= NORMAL.cdf(distance * Z / (math.log(value / low) if distance < 0 else math.log(high / value)))
    print(f"{date},{1 - below:.6f}")
