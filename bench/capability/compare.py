#!/usr/bin/env python3
"""Runs `standstill capability fit` and peer.py one after the other on the same file, each as a whole process, and prints what they took.

    bench/capability/compare.py STANDSTILL.dll [DRAWS]

Seconds are from start to end; processor seconds and the largest resident memory of one process are the kernel's (wait4), workers included.
"""
import json
import os
import subprocess
import sys
import tempfile
import time

here = os.path.dirname(os.path.abspath(__file__))


def measured(name, command):
    with tempfile.TemporaryFile() as out:
        start = time.monotonic()
        child = subprocess.Popen(command, stdout=out, env={**os.environ, "DOTNET_TieredPGO": "0"})  # as the `standstill` script runs it
        _, status, usage = os.wait4(child.pid, 0)
        seconds = time.monotonic() - start
        if status != 0:
            sys.exit(f"{name} ended with {status}")
        out.seek(0)
        result = json.load(out)
    print(f"{name:44} {seconds:8.2f} s {usage.ru_utime + usage.ru_stime:8.2f} s of processors {usage.ru_maxrss * 1024 / 1e6:6.0f} MB", flush=True)
    return seconds, usage.ru_utime + usage.ru_stime, result


def main():
    standstill, draws = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else "1000"
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}; 18 agents, 20,000 runs", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "runs.jsonl")
        with open(path, "w") as f:
            subprocess.run([sys.executable, os.path.join(here, "make-runs")], stdout=f, check=True)
        ours = [measured(f"standstill capability fit --draws {n}", ["dotnet", standstill, "capability", "fit", path, "--draws", n, "--json"]) for n in (draws, draws, draws, "10000")]
        wall, processors, result = sorted(ours[:3], key=lambda one: one[0])[1]
        one_core = measured(f"standstill capability fit --draws {draws}, one core", ["taskset", "-c", "0", "dotnet", standstill, "capability", "fit", path, "--draws", draws, "--json"])
        print("one core and all cores give", "the same" if one_core[2] == result else "DIFFERENT FIGURES")
        for kind in ("lean", "published"):
            their_wall, their_processors, theirs = measured(f"scikit-learn, {kind}, {draws} draws", [sys.executable, os.path.join(here, "peer.py"), kind, path, draws])
            print(f"  {their_wall / wall:.0f} x as long, {their_processors / processors:.0f} x the processor time")
        apart = max(abs(level["minutes"] / theirs[agent["agent"]][i][0] - 1) for agent in result["agents"] for i, level in enumerate(agent["horizons"]))
        ends = sorted(abs(level[end] / theirs[agent["agent"]][i][j] - 1) for agent in result["agents"] for i, level in enumerate(agent["horizons"]) for j, end in ((1, "low95Minutes"), (2, "high95Minutes")))
        print(f"estimates at most {100 * apart:.2f} % apart (scikit-learn at its own tolerance); ends of intervals {100 * ends[len(ends) // 2]:.1f} % in the median (other random numbers)")


if __name__ == "__main__":
    main()
