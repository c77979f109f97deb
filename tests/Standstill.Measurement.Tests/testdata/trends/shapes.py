"""Independent reference for the shapes: numpy least squares on full design matrices, the break by trying every day.

    python3 shapes.py ../horizons/horizons_th1_1_published.csv > shapes.csv
"""
import csv, datetime, math, sys
import numpy as np

rows = [r for r in csv.DictReader(open(sys.argv[1])) if not r["note"].startswith("published only")]
rows = sorted((datetime.date.fromisoformat(r["release_date"]).toordinal() - 1, math.log(float(r["p50_minutes"]))) for r in rows)
CHI2 = 3.841458820694124


def frontier(since, until, filter_first):
    kept = [(d, y) for d, y in rows if d <= until and (d >= since or not filter_first)]
    best, points = -math.inf, {}
    for d, y in kept:
        if y > best:
            best = y
            points[d] = y
    pts = [(d, y) for d, y in sorted(points.items()) if d >= since]
    return np.array([p[0] for p in pts], float), np.array([p[1] for p in pts])


def lsq(X, y):
    b = np.linalg.lstsq(X, y, rcond=None)[0]
    return b, float(((y - X @ b) ** 2).sum())


def aicc(rss, n, k):
    return n * math.log(rss / n) + 2 * k + 2 * k * (k + 1) / (n - k - 1)


def number(text):
    return datetime.date.fromisoformat(text).toordinal() - 1


print("since,until,shape,points,rss,aicc,current_doubling_days,break,break_low,break_high,metr_points,metr_doubling_days")
for since, until in [("2019-01-01", "2026-03-31"), ("2023-01-01", "2026-03-31"), ("2023-01-01", "2026-01-29"), ("2024-01-01", "2026-01-29"), ("2024-01-01", "2026-03-31")]:
    x, y = frontier(number(since), number(until), False)
    mx, my = frontier(number(since), number(until), True)
    n, c = len(x), (x - x.mean()) / 1000
    one = np.ones(n)
    mb, _ = lsq(np.column_stack([np.ones(len(mx)), mx - mx.mean()]), my)
    metr = f"{len(mx)},{math.log(2) / mb[1]:.9f}"
    b, rss = lsq(np.column_stack([one, c]), y)
    print(f"{since},{until},OneSlope,{n},{rss:.12g},{aicc(rss, n, 3):.12g},{math.log(2) / b[1] * 1000:.9f},,,,{metr}")
    profile = {}
    for t in range(int(x[2]), int(x[-3]) + 1):
        profile[t] = lsq(np.column_stack([one, c, np.maximum(0, x - t) / 1000]), y)
    t = min(profile, key=lambda d: profile[d][1])
    b, rss = profile[t]
    inside = [d for d in profile if n * math.log(profile[d][1] / rss) <= CHI2]
    day = lambda d: datetime.date.fromordinal(d + 1)
    print(f"{since},{until},TwoSlopes,{n},{rss:.12g},{aicc(rss, n, 5):.12g},{math.log(2) / (b[1] + b[2]) * 1000:.9f},{day(t)},{day(min(inside))},{day(max(inside))},{metr}")
    b, rss = lsq(np.column_stack([one, c, c * c]), y)
    print(f"{since},{until},Curved,{n},{rss:.12g},{aicc(rss, n, 4):.12g},{math.log(2) / (b[1] + 2 * b[2] * c[-1]) * 1000:.9f},,,,{metr}")
