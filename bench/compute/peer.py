#!/usr/bin/env python3
"""The base case of the simulator as one would first write it with numpy: all facility-years of a batch side by side, day by day.

    bench/compute/peer.py OURS LIMITS

OURS and LIMITS are the JSON that `Standstill.Bench facility-years` prints. Prints both figures and their ratio. One process on one core, since
numpy's arithmetic has no other; the ratio is given by wall clock (ours on two cores) and by processor time.
"""
import json
import os
import sys
import time

import numpy as np

HISTORY, WINDOW, COUNT_EVERY = 180, 185, 90
RANDOM, SYSTEMATIC, COUNTING = 0.005, 0.002, 0.001
ENERGY_RANDOM, ENERGY_SYSTEMATIC, IDLE_KW, ACTIVE_KW, ACTIVITY = 0.02, 0.01, 0.25, 1.1, 0.5
SEPARATION, PERSISTENT = 2.0, 0.5
CHALLENGES, CHUNKS_EACH, CHUNKS = 12, 8, 144
VISITS, LOOKED_AT, CHIPS, IDENTIFIED, TELL = 12, 64, 5000, 0.9, 0.5


class Biases:
    """Kalman filter of a lasting bias and one for each count; its gains are the same for all years of a batch."""

    def __init__(self, n, random, systematic, counting):
        self.random, self.counting = random, counting
        self.mean = np.zeros((2, n))
        self.covariance = np.diag([systematic**2, counting**2])

    def count(self):
        self.mean[1] = 0
        self.covariance[1, :] = self.covariance[:, 1] = 0
        self.covariance[1, 1] = self.counting**2

    def innovation(self, relative):
        both = self.covariance.sum(axis=0)
        variance = both.sum() + self.random**2
        innovation = relative - self.mean.sum(axis=0)
        gain = both / variance
        self.mean += gain[:, None] * innovation
        self.covariance -= np.outer(gain, both)
        return innovation / np.sqrt(variance)


def page(sums, z, k, h):
    np.maximum(0, sums + z - k, out=sums)
    alarm = sums >= h
    sums[alarm] = 0
    return alarm


def batch(rng, n, limits, hidden, days):
    """Returns for each facility-year whether it alarmed in the window, with and without the diversion."""
    power = (ACTIVE_KW - IDLE_KW) / (IDLE_KW + (ACTIVE_KW - IDLE_KW) * ACTIVITY)
    idle = IDLE_KW / (IDLE_KW + (ACTIVE_KW - IDLE_KW) * ACTIVITY)
    (k, h), (slow_k, slow_h) = limits["abrupt"], limits["slow"]
    feature_k, feature_h, feature_slow_k, feature_slow_h = limits["features"]
    lasting = SYSTEMATIC * rng.standard_normal(n)
    energy_lasting = ENERGY_SYSTEMATIC * rng.standard_normal(n)
    mix = PERSISTENT / SEPARATION * rng.standard_normal(n)
    alarmed = [np.zeros(n, bool), np.zeros(n, bool)]
    chips, features = Biases(n, RANDOM, SYSTEMATIC, COUNTING), Biases(n, 1 / SEPARATION, PERSISTENT / SEPARATION, 0)
    energies = [Biases(n, ENERGY_RANDOM, ENERGY_SYSTEMATIC, 0) for _ in range(2)]
    sums = [np.zeros(n) for _ in range(4)]
    energy_sums = [[np.zeros(n) for _ in range(2)] for _ in range(2)]
    feature_sums = [np.zeros(n) for _ in range(2)]
    year = np.zeros(n)
    count = None
    for day in range(HISTORY + WINDOW):
        if day % COUNT_EVERY == 0:
            count = COUNTING * rng.standard_normal(n)
            chips.count()
        inside = day >= HISTORY
        work = rng.standard_normal(n)
        relative = lasting + count + RANDOM * rng.standard_normal(n)
        year += relative
        z = chips.innovation(relative)
        any_alarm = page(sums[0], z, k, h) | page(sums[1], -z, k, h) | page(sums[2], z, slow_k, slow_h) | page(sums[3], -z, slow_k, slow_h)
        shape = mix + 1 / SEPARATION * (0.5 * work + np.sqrt(0.75) * rng.standard_normal(n))
        z = features.innovation(shape)
        any_alarm |= page(feature_sums[0], z, feature_k, feature_h) | page(feature_sums[1], z, feature_slow_k, feature_slow_h)
        energy = energy_lasting - idle * count + ENERGY_RANDOM * (0.5 * work + np.sqrt(0.75) * rng.standard_normal(n))
        for diverted in range(2):
            z = energies[diverted].innovation(energy + (hidden * power if diverted and HISTORY <= day < HISTORY + days else 0))
            alarm = page(energy_sums[diverted][0], z, k, h) | page(energy_sums[diverted][1], -z, k, h)
            if inside:
                alarmed[diverted] |= alarm | any_alarm
    whole = HISTORY + WINDOW
    counted = [min(COUNT_EVERY, whole - start) for start in range(0, whole, COUNT_EVERY)]
    deviation = np.sqrt(RANDOM**2 * whole + SYSTEMATIC**2 * whole**2 + COUNTING**2 * sum(c * c for c in counted))
    for one in alarmed:
        one |= np.abs(year / deviation) >= limits["cumulative"]

    altered = int(np.ceil(CHUNKS * hidden - 1e-9))
    day = rng.integers(0, 365, (n, CHALLENGES))
    challenged = day - rng.integers(0, 30, (n, CHALLENGES))
    drawn = rng.hypergeometric(altered, CHUNKS - altered, CHUNKS_EACH, (n, CHALLENGES))
    found = (rng.random((n, CHALLENGES)) < 1 - (1 - TELL) ** drawn) & (day < WINDOW) & (challenged >= 0) & (challenged < days)
    alarmed[1] |= found.any(axis=1)
    wrong = int(np.ceil(CHIPS * hidden - 1e-9))
    day = rng.integers(0, 365, (n, VISITS))
    met = rng.hypergeometric(wrong, CHIPS - wrong, LOOKED_AT, (n, VISITS))
    found = (rng.random((n, VISITS)) < 1 - (1 - IDENTIFIED) ** met) & (day < days)
    alarmed[1] |= found.any(axis=1)
    return alarmed


def main():
    ours, limits = json.loads(sys.argv[1]), json.loads(sys.argv[2])
    rng = np.random.default_rng(1)
    years, size = ours["years"], 1000
    batch(rng, size, limits, ours["hidden"], ours["days"])
    start, used = time.monotonic(), time.process_time()
    detected = sum(batch(rng, size, limits, ours["hidden"], ours["days"])[1].sum() for _ in range(years // size))
    seconds, processor = time.monotonic() - start, time.process_time() - used
    years_peer = years // size * size
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}; {years} facility-years of 365 daily periods, with and without a diversion")
    print(f"standstill        {ours['years'] / ours['seconds']:9,.0f} facility-years a second on two cores; {1e6 * ours['processor'] / ours['years']:6.1f} µs of processor each; detected {ours['detected']:.3f} ({ours['low']:.3f}–{ours['high']:.3f})")
    print(f"numpy {np.__version__:11} {years_peer / seconds:9,.0f} facility-years a second on one core;  {1e6 * processor / years_peer:6.1f} µs of processor each; detected {detected / years_peer:.3f}")
    print(f"numpy takes {seconds / years_peer / (ours['seconds'] / ours['years']):.1f} x as long, {processor / years_peer / (ours['processor'] / ours['years']):.1f} x the processor time")


if __name__ == "__main__":
    main()
