"""Writes reference.csv beside this file: values of elementary and normal functions, computed with Python's
decimal module (libmpdec, arbitrary precision) and series, independently of the code under test.

Columns: function, argument (bits of the double, hex), nearest double of the value (bits, hex), and the part of
the value that the nearest double leaves out, in units of its last place. Run: python3 make_reference.py
"""
import math
import random
import struct
from decimal import Decimal, getcontext
from pathlib import Path

getcontext().prec = 420
getcontext().Emin, getcontext().Emax = -999999, 999999
draw = random.Random(20260407)


def bits(x):
    return struct.pack(">d", x).hex()


def pi():
    """Machin: pi = 16 arctan(1/5) - 4 arctan(1/239)."""
    def arctan_inverse(n):
        term = total = Decimal(1) / n
        k = 1
        while abs(term) > Decimal(10) ** -430:
            term /= -n * n
            k += 2
            total += term / k
        return total
    return 16 * arctan_inverse(5) - 4 * arctan_inverse(239)


ROOT_TWO_PI = (2 * pi()).sqrt()
LN2 = Decimal(2).ln()


def cdf(x):
    """Phi(x) = 1/2 + phi(x) (x + x^3/3 + x^5/(3*5) + ...), Abramowitz and Stegun 26.2.11."""
    term = total = x
    n = 1
    while abs(term) > Decimal(10) ** -410:
        n += 2
        term *= x * x / n
        total += term
    return Decimal("0.5") + (-x * x / 2).exp() / ROOT_TWO_PI * total


def quantile(p):
    """Newton on cdf, from bisection in doubles."""
    low, high = -40.0, 40.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if 0.5 * math.erfc(-middle / math.sqrt(2)) < p else (low, middle)
    x = Decimal(low)
    for _ in range(4):
        x -= (cdf(x) - Decimal(p)) * ROOT_TWO_PI * (x * x / 2).exp()
    return x


def around(x, steps=2):
    values = [x]
    up = down = x
    for _ in range(steps):
        up, down = math.nextafter(up, math.inf), math.nextafter(down, -math.inf)
        values += [up, down]
    return values


def uniform(low, high, count):
    return [draw.uniform(low, high) for _ in range(count)]


positive = (
    [math.ldexp(draw.uniform(1, 2), draw.randint(-1074, 1023)) for _ in range(150)]
    + uniform(0.5, 2, 200) + around(1.0, 6) + [1 + s * 2.0 ** -k for k in range(2, 53, 3) for s in (1, -0.5)]
    + around(math.sqrt(2), 3) + around(math.sqrt(0.5), 3)
    + [5e-324, 1e-323, 2.2250738585072014e-308, 1.7976931348623157e308, 2.0, 10.0, 960.0])
shares = uniform(0, 1, 150) + uniform(0.4, 0.6, 100) + around(0.42) + around(0.58) + [1e-300, 1e-17, 1 - 2.0 ** -53, 0.5 + 2.0 ** -53, 0.95]
tables = {
    "exp": (lambda x: x.exp(),
            uniform(-745.1, 709.7, 250) + uniform(-1, 1, 150) + uniform(-745.1, -708.3, 80) + around(709.782712893384, 0)
            + around(-745.1332191019411, 0) + around(math.log(2) / 2, 3) + around(-math.log(2) / 2, 3)
            + [s * 2.0 ** -k for k in range(1, 60, 4) for s in (1, -1)] + around(-708.3964185322641, 3)),
    "log": (lambda x: x.ln(), positive),
    "log2": (lambda x: x.ln() / LN2, positive),
    "logit": (lambda x: (x / (1 - x)).ln(), shares),
    "logistic": (lambda x: 1 / (1 + (-x).exp()), uniform(-40, 40, 150) + uniform(-1, 1, 50) + [-700.0, -300.0, 36.0, 800.0]),
    "cdf": (cdf, uniform(-37.5, -5, 60) + uniform(-6, 6, 120) + uniform(-0.7, 0.7, 40) + around(0.67448975) + around(-5.656854249492381)
            + [-37.5, -1e-9, 1e-300, 8.2, 1.0, 2.0, 3.0]),
    "quantile": (quantile, uniform(0.075, 0.925, 40) + uniform(0.9, 1, 20) + [math.ldexp(draw.uniform(1, 2), draw.randint(-1000, -3)) for _ in range(40)]
                 + around(0.075) + around(0.925) + [0.025, 0.975, 0.5 + 2.0 ** -53, 1e-308]),
}

with open(Path(__file__).with_name("reference.csv"), "w", newline="\n") as out:
    out.write("function,argument,value,rest_ulp\n")
    for name, (function, arguments) in tables.items():
        for x in arguments:
            value = function(Decimal(x))
            nearest = float(value)
            rest = (value - Decimal(nearest)) / Decimal(math.ulp(nearest))
            out.write(f"{name},{bits(x)},{bits(nearest)},{float(rest):.6f}\n")
