#!/usr/bin/env python3
"""Writes the sample run files beside it: one invented agent's 24 runs at an invented suite, in every form that is read.

    python3 make_samples.py        (needs the command `zstd`)

Every file says the same. The weights are those of METR's compute_task_weights.py (METR/eval-analysis-public), computed here anew: a run
weighs 1/runs of its task, or that over the square root of the tasks in its family, and an agent's weights sum to 1. The logs have the
fields that Inspect writes (UKGovernmentBEIS/inspect_ai, inspect_ai/log/_log.py), with NaN where Python writes it.
"""
import collections
import csv
import io
import json
import math
import random
import struct
import subprocess
import zipfile
import zlib

rng = random.Random("standstill run files")
MODEL, TASK = "sample-lab/sample-a", "sample_suite"
families = {"sort": [("sort-1", 0.5), ("sort-2", 2.25), ("sort-3", 9.0)], "mend": [("mend-1", 30.0), ("mend-2", 61.5)], "prove": [(7, 480.0)]}

runs = []
for family, tasks in families.items():
    for name, minutes in tasks:
        for epoch in range(1, 5):
            kind = rng.choice(["C", "I", "I", 0.25, True, "P"]) if minutes > 1 else "C"
            value = {"C": 1, "I": 0, "P": 0.5}.get(kind, kind) if isinstance(kind, str) else float(kind)
            runs.append({"name": name, "family": family, "minutes": minutes, "epoch": epoch, "kind": kind, "value": value,
                         "error": False, "limit": False, "cheated": False})
runs[9].update(kind=None, value=None, error=True)
runs[14].update(kind=None, value=None, limit=True)
runs[17].update(kind="C", value=1, cheated=True)

in_task = collections.Counter(r["name"] for r in runs)
in_family = {f: len(t) for f, t in families.items()}
root = sum(1 / (in_task[r["name"]] * math.sqrt(in_family[r["family"]])) for r in runs)
rows = [{
    "task_id": f"{TASK}/{r['name']}", "task_family": r["family"], "run_id": f"run-{i:03}", "alias": MODEL, "model": MODEL,
    "score_cont": r["value"], "score_binarized": 1 if r["value"] == 1 else 0, "fatal_error_from": "error" if r["error"] else None,
    "human_minutes": r["minutes"], "human_score": 1.0, "human_source": "baseline" if r["minutes"] < 60 else "estimate",
    "task_source": "Sample Suite", "generation_cost": 0.25, "human_cost": math.nan, "time_limit": None, "started_at": 0.0,
    "completed_at": 1000.0, "task_version": "1.0.0", "equal_task_weight": 1 / (in_task[r["name"]] * sum(in_family.values())),
    "invsqrt_task_weight": 1 / (in_task[r["name"]] * math.sqrt(in_family[r["family"]])) / root, "alleged_cheating": r["cheated"],
} for i, r in enumerate(runs)]
with open("runs.jsonl", "w") as f:
    f.writelines(json.dumps(row) + "\n" for row in rows)
with open("runs.csv", "w", newline="") as f:
    out = csv.DictWriter(f, rows[0].keys(), lineterminator="\r\n")
    out.writeheader()
    out.writerows(rows)

counts = collections.defaultdict(lambda: [0, 0])
for row in rows:
    cell = counts[(row["alias"], row["task_id"], row["task_family"], row["human_minutes"])]
    cell[0] += 1
    cell[1] += row["score_binarized"]
with open("counts.csv", "w", newline="") as f:
    out = csv.writer(f, lineterminator="\n")
    out.writerow(["alias", "task", "family", "minutes", "runs", "successes"])
    out.writerows([*key, *cell] for key, cell in counts.items())

header = {
    "version": 2, "status": "success",
    "eval": {"eval_id": "e1", "run_id": "r1", "created": "2026-01-02T03:04:05+00:00", "task": TASK, "task_id": "t1", "task_version": 0,
             "task_attribs": {}, "task_args": {}, "dataset": {"name": "sample", "samples": 6, "shuffled": False}, "model": MODEL,
             "model_args": {}, "config": {"epochs": 4}, "packages": {"inspect_ai": "0.3.285"}},
    "plan": {"name": "plan", "steps": [], "config": {}},
    "results": {"total_samples": 24, "completed_samples": 23,
                "scores": [{"name": "match", "scorer": "match", "params": {}, "metrics": {"stderr": {"name": "stderr", "value": math.nan}}}]},
    "stats": {"started_at": "2026-01-02T03:04:05+00:00", "completed_at": "2026-01-02T04:04:05+00:00", "model_usage": {}},
}
samples = []
for r, row in zip(runs, rows):
    sample = {"id": r["name"], "epoch": r["epoch"], "input": "Say \"NaN\", -Infinity and Ω.", "target": "?", "uuid": "u" + row["run_id"],
              "messages": [{"role": "user", "content": "\\\" NaN"}, {"role": "assistant", "content": "Infinity"}],
              "output": {"model": MODEL, "choices": [], "time": math.inf}, "store": {}, "events": [], "model_usage": {},
              "metadata": {"human_minutes": r["minutes"], "human_source": row["human_source"], "task_family": r["family"],
                           "task_source": "Sample Suite", "alleged_cheating": r["cheated"], "notes": {"loss": -math.inf}}}
    if r["kind"] is not None:
        sample["scores"] = {"match": {"value": r["kind"], "answer": "x", "explanation": None}}
    if r["error"]:
        sample["error"] = {"message": "boom", "traceback": "", "traceback_ansi": ""}
    if r["limit"]:
        sample["limit"] = {"type": "message", "limit": 30.0}
    samples.append(sample)
with open("inspect.json", "w") as f:
    json.dump({**header, "samples": samples}, f, indent=2)


def text(value):
    return json.dumps(value, indent=2).encode()


summaries = text([{"id": s["id"], "epoch": s["epoch"]} for s in samples])
whole = [(f"samples/{s['id']}_epoch_{s['epoch']}.json", text(s)) for s in samples]
journal = [("_journal/start.json", text({k: header[k] for k in ("version", "eval", "plan")})), ("_journal/summaries/1.json", summaries)]
end = [("summaries.json", summaries), ("header.json", text(header))]
with zipfile.ZipFile("inspect.eval", "w", zipfile.ZIP_DEFLATED, compresslevel=5) as z:
    for name, data in [*journal, *whole, *end]:
        z.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)


def write_zip(path, members, wide=False):
    """Zip files that Python 3.11 cannot write: method 93, and 64-bit fields although nothing is that long."""
    body, directory = io.BytesIO(), b""
    for name, data in members:
        packed = subprocess.run(["zstd", "-q", "-c"], input=data, stdout=subprocess.PIPE, check=True).stdout
        name, at, crc, full = name.encode(), body.tell(), zlib.crc32(data), 0xFFFFFFFF
        sizes = (full, full) if wide else (len(packed), len(data))
        extra = struct.pack("<HHQQQ", 1, 24, len(data), len(packed), at) if wide else b""
        body.write(struct.pack("<4s5H3L2H", b"PK\3\4", 63, 0x800, 93, 0, 33, crc, *sizes, len(name), len(extra)) + name + extra + packed)
        directory += struct.pack("<4s6H3L5H2L", b"PK\1\2", 63, 63, 0x800, 93, 0, 33, crc, *sizes, len(name), len(extra), 0, 0, 0, 0,
                                 full if wide else at) + name + extra
    at, n = body.tell(), len(members)
    body.write(directory)
    if wide:
        body.write(struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 63, 63, 0, 0, n, n, len(directory), at))
        body.write(struct.pack("<4sLQL", b"PK\6\7", 0, at + len(directory), 1))
        n, size, at = 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF
    else:
        size = len(directory)
    body.write(struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, n, n, size, at, 0))
    with open(path, "wb") as f:
        f.write(body.getvalue())


write_zip("inspect-zstd.eval", [*journal, *whole, *end])
write_zip("inspect-zip64.eval", [*journal, *whole, *end], wide=True)
pieces = []
for s in samples:
    prefix = f"samples/{s['id']}_epoch_{s['epoch']}"
    shell = {k: v for k, v in s.items() if k not in ("messages", "events", "metadata")}
    pieces += [(f"{prefix}/sample.json", text({**shell, "message_refs": [[0, 2]]})), (f"{prefix}/metadata.json", text(s["metadata"])),
               (f"{prefix}/skeleton.json", text({})), (f"{prefix}/messages/0.json", text(s["messages"])),
               (f"{prefix}/events/stats.json", text({})), (f"{prefix}/attachments/0.json", text(["x"]))]
write_zip("inspect-pieces.eval", [*journal, *pieces, end[0], ("header.json", text({**header, "version": 3}))])

# Small ones for cutting and fuzzing: a sample whole and a sample in pieces, without the transcripts.
few = [("header.json", json.dumps({k: header[k] for k in ("status", "eval")}).encode()),
       ("samples/a_epoch_1.json", b'{"id":"a","scores":{"s":{"value":"C"}},"metadata":{"human_minutes":4}}'),
       ("samples/b_epoch_1/sample.json", b'{"id":"b","scores":{"s":{"value":NaN}},"error":{}}'), ("samples/b_epoch_1/metadata.json", b'{"human_minutes":5}')]
write_zip("small-zstd.eval", few)
write_zip("small-zip64.eval", few, wide=True)
