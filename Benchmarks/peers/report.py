"""The machine in words, the aims, and the table."""

import os
import platform
import statistics
import subprocess
import time

from calls import FLOOR
from results import BACKLOG, POSTGRES, YILIAN

DESK, ERLANG = "Yilian", "Erlang/OTP over TLS"
GRPC = ("grpc-swift-2, defaults", "grpc-swift-2, tuned")


def first(path, start):
    """What stands after the colon in the first line of a file that begins so."""
    with open(path, encoding="utf-8") as file:
        return next((line.split(":", 1)[1].strip() for line in file if line.startswith(start)), "unknown")


def sync_milliseconds(folder):
    """The median time of writing and syncing 4 KiB in a folder."""
    path, times = folder + "/yilian-bench-sync", []
    descriptor = os.open(path, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600)
    try:
        for _ in range(50):
            began = time.monotonic()
            os.write(descriptor, bytes(4096))
            os.fsync(descriptor)
            times.append(time.monotonic() - began)
    finally:
        os.close(descriptor)
        os.remove(path)
    return statistics.median(times) * 1000


def commit():
    """The commit that is measured, with a plus where files differ from it."""
    said = subprocess.run(["git", "describe", "--always", "--dirty=+", "--abbrev=12"], capture_output=True, text=True,
                          check=False, cwd=os.path.dirname(os.path.abspath(__file__)))
    return said.stdout.strip() or "unknown"


def machine(folder, isolated):
    return {
        "commit": commit(),
        "processor": first("/proc/cpuinfo", "model name"), "cores": os.cpu_count(),
        "memory": first("/proc/meminfo", "MemTotal"), "kernel": platform.release(), "isolated": isolated,
        "syncMilliseconds": round(sync_milliseconds(folder), 3), "loadBefore": os.getloadavg()[0],
    }


def call(found, size, inflight, *names):
    """The best row of some peers in a case."""
    rows = [row for row in found.get("calls", {}).get("rows", [])
            if (row["size"], row["inflight"]) == (size, inflight) and row["peer"] in names]
    return max(rows, key=lambda row: row["callsPerSecond"], default=None)


def result(found, name):
    return next((row for row in found.get("results", {}).get("rows", []) if row["peer"] == name), None)


def aims(found):
    """What was aimed at, what was measured, and whether it is met; an aim without both figures is left out."""
    rows = []

    def aim(text, measured, bound, at_least):
        met = measured >= bound if at_least else measured <= bound
        rows.append({"aim": text, "measured": measured, "bound": bound, "met": met})

    def ratio(text, one, other, key, bound, at_least=True):
        if one and other:
            aim(text, one[key] / other[key], bound, at_least)

    floor, alone = call(found, 100, 64, FLOOR), call(found, 100, 1, FLOOR)
    ratio("calls, 64 of 100 B: of the floor, at least", call(found, 100, 64, DESK), floor,
          "callsPerSecond", 0.75)
    ratio("calls, 64 of 100 B: times grpc-swift-2, at least", call(found, 100, 64, DESK),
          call(found, 100, 64, *GRPC), "callsPerSecond", 20)
    ratio("calls, 64 of 100 B: times Erlang, at least", call(found, 100, 64, DESK),
          call(found, 100, 64, ERLANG), "callsPerSecond", 3)
    ratio("calls, one of 100 B at a time: p50 in floors, at most", call(found, 100, 1, DESK), alone, "p50Microseconds",
          1.2, False)
    ours, theirs = result(found, YILIAN), result(found, POSTGRES)
    if ours:
        aim("results: reports/s, at least", ours["reportsPerSecond"], 20_000, True)
        peaks = [row[key] for row in (ours, result(found, BACKLOG)) if row for key in ("townshipPeakMiB", "countyPeakMiB")]
        aim("results: peak MiB of either node, with and without a backlog, at most", max(peaks), 150, False)
    ratio("results: times PostgreSQL's reports/s, above", ours, theirs, "reportsPerSecond", 1)
    ratio("results: of PostgreSQL's bytes on the wire, at most", ours, theirs, "wireBytesPerReport", 0.25, False)
    for part in ("interference", "hostile", "doors", "match", "region", "console"):
        rows += found.get(part, {}).get("aims", [])
    return rows


def grid(header, lines):
    """Columns: the first to the left, the others to the right."""
    cells = [header, *lines]
    widths = [max(len(line[column]) for line in cells) for column in range(len(header))]
    made = []
    for line in cells:
        words = [line[0].ljust(widths[0])] + [word.rjust(width) for word, width in zip(line[1:], widths[1:])]
        made.append("  ".join(words).rstrip())
    return "\n".join(made)


def number(value):
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def table(found):
    about = found["machine"]
    parts = [
        f"commit {about['commit']}; {about['processor']}, {about['cores']} cores, {about['memory']}, Linux {about['kernel']}; "
        f"write and sync of 4 KiB {about['syncMilliseconds']} ms; load {about['loadBefore']:.1f} before, "
        f"{about['loadAfter']:.1f} after"
        + ("" if about["isolated"] else "; NOT in a network namespace of its own: wire bytes hold other traffic")]
    if found["aims"]:
        parts.append(grid(["aim", "measured", "bound", ""], [
            [row["aim"], number(row["measured"]), number(row["bound"]), "met" if row["met"] else "MISSED"]
            for row in found["aims"]]))
    if "calls" in found:
        parts.append(calls_table(found))
    if "results" in found:
        parts.append(results_table(found))
    if "interference" in found:
        parts.append(grid(["interference: p99 at 20 Mb/s", "loaded/idle", "idle ms", "loaded ms", "bulk Mb/s", "rounds"], [
            [row["case"], number(row["ratio"]), number(row["idleMilliseconds"]), number(row["loadedMilliseconds"]),
             number(row["bulkMegabits"]), str(row["rounds"])] for row in found["interference"]["rows"]]))
    if "hostile" in found:
        parts.append(grid(["strangers take places", "clinical p99 µs", "descriptors", "resident MiB", "rounds"], [
            [row["when"], number(row["p99Microseconds"]), number(row["descriptors"]), number(row["residentMiB"]),
             str(row["rounds"])] for row in found["hostile"]["rows"]]))
    if "doors" in found:
        parts.append(grid(["strangers at a node's listeners", "honest p99 µs", "descriptors", "resident MiB", "rounds"], [
            [f"{row['door']}: {row['when']}", number(row["p99Microseconds"]), number(row["descriptors"]),
             number(row["residentMiB"]), str(row["rounds"])] for row in found["doors"]["rows"]]))
    if "match" in found:
        parts.append(grid(["match of an order of 8 items", "p99/3 trips", "p50/3 trips", "match p50 µs", "p99 µs",
                           "trip p50 µs", "p99 µs", "index MiB/M"], [
            [row["case"], number(row["ratioP99"]), number(row["ratioP50"]), number(row["matchP50"]),
             number(row["matchP99"]), number(row["roundTripP50"]), number(row["roundTripP99"]),
             number(row["indexBytesPerMillion"] / 2**20)] for row in found["match"]["rows"]]))
    if "region" in found:
        parts.append(grid(["the whole region", "all up s", "idle %", "resident MiB", "page's first byte ms", "page KiB",
                           "five away known s"], [
            [f"{row['nodes']} nodes", number(row["upSeconds"]), number(row["idlePercent"]), number(row["residentMiB"]),
             number(row["firstByteMilliseconds"]), number(row["pageKiB"]), number(row["knownSeconds"])]
            for row in found["region"]["rows"]]))
    if "console" in found:
        parts += console_tables(found["console"])
    for name in ("calls", "results", "interference", "hostile", "doors", "match", "region", "console"):
        part = found.get(name, {})
        for peer, reason in part.get("missing", {}).items():
            parts.append(f"MISSING {name}: {peer}: {reason}")
        for peer, reason in part.get("failed", {}).items():
            parts.append(f"FAILED {name}: {peer}: {reason}")
        if part.get("skipped"):
            parts.append(f"NO TIME {name}: " + "; ".join(part["skipped"]))
        parts += [f"{name}: {note}" for note in part.get("notes", [])]
    return "\n\n".join(parts)


def console_tables(part):
    """Every page, the slowest first; then calls with and without pages that stream."""
    if not part["rows"]:
        return []
    pages = sorted(part["rows"], key=lambda row: -row["firstByteMilliseconds"])
    title = f"console, {part.get('items', 0):,} results and as many messages that wait"
    tables = [grid([title, "first byte ms", "worst ms", "KiB"], [
        [f"{row['role']} {row['page']}", number(row["firstByteMilliseconds"]), number(row["worstMilliseconds"]),
         number(row["pageKiB"])] for row in pages])]
    if part["calls"]:
        tables.append(grid(["clinical calls, one at a time", "p99 streaming/alone", "alone p50 µs", "p99 µs",
                            "50 pages stream p50 µs", "p99 µs"], [
            [f"round {index + 1}", number(row["ratio"]), number(row["alone"]["p50Microseconds"]),
             number(row["alone"]["p99Microseconds"]), number(row["streaming"]["p50Microseconds"]),
             number(row["streaming"]["p99Microseconds"])] for index, row in enumerate(part["calls"])]))
    return tables


def calls_table(found):
    lines = []
    for size, inflight in sorted({(row["size"], row["inflight"]) for row in found["calls"]["rows"]}):
        floor = call(found, size, inflight, FLOOR)
        for row in found["calls"]["rows"]:
            if (row["size"], row["inflight"]) == (size, inflight):
                lines.append([
                    f"{size} B, {inflight} in flight: {row['peer']}",
                    number(row["callsPerSecond"] / floor["callsPerSecond"]) if floor else "-",
                    number(row["p50Microseconds"] / floor["p50Microseconds"]) if floor else "-",
                    number(row["callsPerSecond"]), number(row["p50Microseconds"]), number(row["p99Microseconds"]),
                    str(row["rounds"])])
    return grid(["calls, mutual TLS 1.3", "rate/floor", "p50/floor", "calls/s", "p50 µs", "p99 µs", "rounds"], lines)


def results_table(found):
    base = result(found, POSTGRES)
    lines = []
    for row in found["results"]["rows"]:
        lines.append([
            row["peer"], number(row["reportsPerSecond"] / base["reportsPerSecond"]) if base else "-",
            number(row["wireBytesPerReport"] / base["wireBytesPerReport"]) if base else "-",
            number(row["reportsPerSecond"]), number(row["townshipCPUSecondsPerMillion"]),
            number(row["countyCPUSecondsPerMillion"]), number(row["wireBytesPerReport"]),
            number(row["townshipPeakMiB"]), number(row["countyPeakMiB"]), str(row["rounds"])])
    title = f"results, {found['results']['reports']:,} reports of 10 items"
    return grid([title, "rate/PG", "bytes/PG", "reports/s", "author CPU s/M", "reader CPU s/M", "wire B", "author MiB",
                 "reader MiB", "rounds"], lines)
