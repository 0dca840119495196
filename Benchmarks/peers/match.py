"""Matches of orders: asked at a township, answered by its county and its city, beside bare round trips of the links.

Once with mutual TLS over loopback, once with a delay on every link. The city's index is filled anew each time.
"""

import json
import subprocess
import time

RESULTS, PATIENTS, ORDERS = 1_000_000, 200_000, 1_000
QUICK = (20_000, 4_000, 200)


def one(programs, folder, size, delay, seconds):
    """One run's figures."""
    results, patients, orders = size
    done = subprocess.run(
        [programs + "yilian-results", "match", "--json", "--results", str(results), "--patients", str(patients),
         "--orders", str(orders), "--delay", str(delay), "--folder", folder],
        capture_output=True, text=True, check=True, timeout=seconds)
    return json.loads(done.stdout.splitlines()[-1])


def measure(given, programs, folder, deadline, say):
    """A row for each case; one round, since an order is measured a thousand times and the index is slow to fill."""
    size = QUICK if given.quick else (RESULTS, PATIENTS, ORDERS)
    found = {"rows": [], "aims": [], "missing": {}, "failed": {}, "skipped": [], "notes": []}
    for name, delay in (("TLS over loopback", 0), (f"in memory, {given.delay} ms each way", given.delay)):
        if time.monotonic() > deadline:
            found["skipped"].append(name)
            continue
        say(f"match: {size[2]:,} orders against {size[0]:,} results, {name}")
        try:
            row = one(programs, folder, size, delay, 60 if given.quick else 1_800)
        except (subprocess.SubprocessError, ValueError, IndexError) as error:
            found["failed"][name] = getattr(error, "stderr", None) or str(error)
            continue
        found["rows"].append({"case": name, **row})
        mebibytes = row["indexBytesPerMillion"] / 2**20
        for text, measured, bound in ((f"match of 8 items, {name}: p99 in three round trips, at most", row["ratioP99"], 3),
                                      (f"match, {name}: MiB of index per million headers, at most", mebibytes, 381)):
            found["aims"].append({"aim": text, "measured": measured, "bound": bound, "met": measured <= bound})
    return found
