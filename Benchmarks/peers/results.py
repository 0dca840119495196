"""Laboratory reports from their author to whoever looks for them: Yilian, PostgreSQL, RabbitMQ."""

import json
import os
import shutil
import statistics
import subprocess
import time

import postgres
import rabbit
from machine import Missing

KEYS = ("reportsPerSecond", "publishPerSecond", "townshipCPUSecondsPerMillion", "countyCPUSecondsPerMillion",
        "wireBytesPerReport", "townshipPeakMiB", "countyPeakMiB")
YILIAN = "Yilian, publish to find"
BACKLOG = "Yilian, draining a backlog"
POSTGRES = "PostgreSQL logical replication"
RABBIT = "RabbitMQ, confirmed and persistent"
SECONDS_LEFT = {YILIAN: 12, BACKLOG: 12, POSTGRES: 15, RABBIT: 15}


def yilian(driver, reports, folder, *more):
    """One run of our own driver."""
    done = subprocess.run([driver, "--json", "--reports", str(reports), "--folder", folder, *more], capture_output=True,
                          text=True, timeout=1_200, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"yilian-results: {done.returncode} {done.stderr[-2000:]}")
    return json.loads(done.stdout.splitlines()[-1])


def measure(options, programs, folder, deadline, say):
    """Every peer in turn, round by round."""
    driver = programs + "yilian-results"
    makers = {
        YILIAN: lambda place: yilian(driver, options.reports, place),
        BACKLOG: lambda place: yilian(driver, options.reports, place, "--backlog"),
        POSTGRES: lambda place: postgres.measure(driver, options.reports, place),
        RABBIT: lambda place: rabbit.measure(driver, options.reports, place),
    }
    runs, missing, failed, skipped, notes = {}, {}, {}, set(), {}
    for round_number in range(1 if options.quick else options.rounds):
        for name, make in makers.items():
            if name in missing:
                continue
            if time.monotonic() > deadline - SECONDS_LEFT[name]:
                skipped.add(f"{name}, round {round_number + 1}")
                continue
            say(f"results, round {round_number + 1}: {name}")
            place = f"{folder}/results"
            os.makedirs(place, exist_ok=True)
            os.chmod(place, 0o755)
            try:
                answer = make(place)
                notes[name] = " ".join(answer[key] for key in ("peer", "note") if key in answer)
                runs.setdefault(name, []).append(answer)
            except Missing as reason:
                missing[name] = str(reason)
            except (RuntimeError, subprocess.SubprocessError) as error:
                failed[name] = str(error)
            finally:
                shutil.rmtree(place)
    rows = [{"peer": name, "rounds": len(answers), "note": notes[name],
             **{key: statistics.median(one[key] for one in answers) for key in KEYS}} for name, answers in runs.items()]
    return {"reports": options.reports, "rows": rows, "missing": missing, "failed": failed,
            "skipped": sorted(skipped)}
