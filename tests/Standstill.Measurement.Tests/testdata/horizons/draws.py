"""Writes draws.csv beside this file: the sampled frontier of horizons_th1_1_published.csv, with Python's own logarithm, normal
quantile and hash and a plain xoshiro256**. Shares nothing with the code under test. The seed is the bytes 0, 1, ... 31; stream d starts
from SHA-256(seed || d as 8 little-endian bytes); one normal number for each model in order of date and name. Run: python3 draws.py"""
import csv
import datetime
import hashlib
import math
import struct
from pathlib import Path
from statistics import NormalDist

here = Path(__file__).parent
rows = sorted(csv.DictReader(open(here / "horizons_th1_1_published.csv")), key=lambda row: (row["release_date"], row["model"].encode()))
normal = NormalDist()
z975 = normal.inv_cdf(0.975)
MASK = 2 ** 64 - 1


def stream(index):
    s = list(struct.unpack("<4Q", hashlib.sha256(bytes(range(32)) + struct.pack("<Q", index)).digest()))
    while True:
        x = s[1] * 5 & MASK
        yield ((x << 7 | x >> 57) & MASK) * 9 & MASK
        t = s[1] << 17 & MASK
        s[2] ^= s[0]
        s[3] ^= s[1]
        s[1] ^= s[2]
        s[0] ^= s[3]
        s[2] ^= t
        s[3] = (s[3] << 45 | s[3] >> 19) & MASK


def doubling(points, since):
    """Frontier of (date, log) pairs in order of date, then the normal equations on dates less 2024."""
    best = {}
    for day, log in points:
        best[day] = max(best.get(day, -1e9), log)
    top, kept = -1e9, []
    for day, log in best.items():
        if log > top:
            top = log
            if day >= since:
                kept.append((datetime.date.fromisoformat(day).toordinal() - 738886, log))
    n, sx, sy = len(kept), sum(x for x, _ in kept), sum(y for _, y in kept)
    sxx, sxy = sum(x * x for x, _ in kept), sum(x * y for x, y in kept)
    return math.log(2) * (n * sxx - sx * sx) / (n * sxy - sx * sy)


horizons, exact, bounded = [], [], []
for draw in range(2000):
    numbers, measured, bound = stream(draw), [], None
    for row in rows:
        z = normal.inv_cdf(((next(numbers) >> 12) + 0.5) * 2.0 ** -52)
        log = math.log(float(row["p50_minutes"]))
        if row["p50_ci95_low"]:
            limit = math.log(float(row["p50_ci95_low" if z < 0 else "p50_ci95_high"]))
            measured.append((row["release_date"], log + z * abs(limit - log) / z975))
        else:
            bound = (row["release_date"], log)
    top = max(log for _, log in measured)
    horizons.append(math.exp(top))
    exact.append(doubling(measured, "2023-01-01"))
    # The bounded model is the last. It stands on the frontier at its bound, or (where the bound is below) is absent or just joins.
    if bound[1] > top:
        bounded.append(doubling(measured + [bound], "2023-01-01"))
    else:
        joined = doubling(measured + [(bound[0], math.nextafter(top, math.inf))], "2023-01-01")
        bounded.append(max(doubling(measured, "2023-01-01"), joined))

with open(here / "draws.csv", "w", newline="\n") as out:
    out.write("rank_of_2000,horizon_measured,doubling_measured,doubling_slowest_with_bound\n")
    for values in (horizons, exact, bounded):
        values.sort()
    for rank in (1, 50, 200, 500, 1000, 1500, 1800, 1950, 2000):
        out.write(f"{rank},{horizons[rank - 1]!r},{exact[rank - 1]!r},{bounded[rank - 1]!r}\n")
