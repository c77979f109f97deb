# Reference for pools: scipy's normal distribution and root finding, no code of this repository.
from math import exp, log
from scipy.optimize import brentq
from scipy.stats import norm

Z = norm.ppf(0.975)


class Split:
    def __init__(self, value, low, high):
        self.m, self.below, self.above = log(value), log(value / low) / Z, log(high / value) / Z

    def cdf(self, x):
        d = log(x) - self.m
        return norm.cdf(d / (self.below if d < 0 else self.above))

    def ppf(self, p):
        z = norm.ppf(p)
        return exp(self.m + z * (self.below if z < 0 else self.above))


a, b = Split(100, 50, 400), Split(30, 10, 60)
with open("pool.csv", "w") as out:
    out.write("rule,p,quantile\n")
    for p in (0.01, 0.025, 0.1, 0.25, 0.5, 0.6, 0.75, 0.9, 0.975, 0.99):
        out.write(f"QuantileMean,{p},{0.25 * a.ppf(p) + 0.75 * b.ppf(p):.15g}\n")
        q = brentq(lambda x: 0.25 * a.cdf(x) + 0.75 * b.cdf(x) - p, 1e-3, 1e6, xtol=1e-13, rtol=1e-14)
        out.write(f"LinearPool,{p},{q:.15g}\n")

models = [Split(40, 20, 90), Split(55, 30, 80), Split(60, 15, 240)]
with open("eighty.csv", "w") as out:
    out.write("minutes,above\n")
    for t in (20, 40, 60, 80, 100, 150, 240):
        none = 1.0
        for m in models:
            none *= m.cdf(t)
        out.write(f"{t},{1 - none:.15g}\n")
