"""Writes trend.csv beside this file: least-squares doubling times of the frontier of horizons_th1_1_published.csv,
by the normal equations in 50-digit decimals. Shares nothing with the code under test. Run: python3 trend.py"""
import csv
import datetime
from decimal import Decimal, getcontext
from pathlib import Path

getcontext().prec = 50
here = Path(__file__).parent
rows = list(csv.DictReader(open(here / "horizons_th1_1_published.csv")))


def doubling(with_bound, since):
    best, points = {}, []
    for row in rows:
        if with_bound or "at least" not in row["note"]:
            day, minutes = row["release_date"], Decimal(row["p50_minutes"])
            best[day] = max(best.get(day, Decimal(0)), minutes)
    top = Decimal(0)
    for day in sorted(best):
        if best[day] > top:
            top = best[day]
            if day >= since:
                points.append((Decimal(datetime.date.fromisoformat(day).toordinal()), top.ln()))
    n = len(points)
    sx, sy = sum(x for x, _ in points), sum(y for _, y in points)
    sxx, sxy = sum(x * x for x, _ in points), sum(x * y for x, y in points)
    return n, Decimal(2).ln() * (n * sxx - sx * sx) / (n * sxy - sx * sy)


with open(here / "trend.csv", "w", newline="\n") as out:
    out.write("with_bound,since,points,doubling_days\n")
    for with_bound in (False, True):
        for since in ("2019-01-01", "2023-01-01", "2024-01-01", "2025-03-01"):
            n, days = doubling(with_bound, since)
            out.write(f"{str(with_bound).lower()},{since},{n},{days:.20f}\n")
