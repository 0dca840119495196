"""What strangers do to an honest peer: clinical calls before, while and after a thousand of them take places.

1,000 connections that say nothing and 100 that send a byte a second, from 25 addresses, each of which comes again
when it was closed. The honest peer dials anew for each measurement, so that the one among strangers also shows that
newcomers are let in. Strangers that plague another process of the same machine show what of the delay is the
machine's. Descriptors and resident memory are the serving process's.
"""

import json
import os
import statistics
import subprocess
import sys
import threading
import time

from calls import Server, answer
from machine import first_status_bytes

HERE = os.path.dirname(os.path.abspath(__file__))
SILENT, DRIPPING = 1_000, 100
# Everything that a handshake may hold on to is let go after this.
SETTLE_SECONDS = 15
WHEN = ("before", "strangers elsewhere", "during", "after", "after others came")


def look(process):
    """Open descriptors and resident bytes of a process."""
    return len(os.listdir(f"/proc/{process}/fd")), first_status_bytes(process, "VmRSS")


class Watch:
    """The most descriptors and memory that a process has until the watch is closed."""

    def __init__(self, process):
        self.process, self.most, self.ended = process, look(process), threading.Event()
        self.thread = threading.Thread(target=self._sample, daemon=True)
        self.thread.start()

    def _sample(self):
        while not self.ended.wait(0.2):
            self.most = tuple(max(pair) for pair in zip(self.most, look(self.process)))

    def close(self):
        self.ended.set()
        self.thread.join()
        return self.most


def one(programs, place, seconds, say):
    """One round: p99 in microseconds, descriptors and bytes, each before, during and after."""
    server = Server([programs + "yilian-load", "serve", "--certs", place + "/certs"], place + "/log")
    port, process = server.address["port"], server.process.pid

    def calls(length):
        return answer([programs + "yilian-load", "call", "--port", str(port), "--certs", place + "/certs", "--size", "100",
                       "--inflight", "1", "--seconds", str(length)], length)["p99Microseconds"]

    try:
        calls(1)
        times, seen = [calls(min(10, seconds))], [look(process)]
        other = Server([programs + "yilian-load", "serve", "--certs", place + "/other"],
                       place + "/other.log")
        try:
            amid(other.address["port"], seconds, say, lambda: times.append(calls(seconds)))
        finally:
            other.stop()
        seen.append(look(process))

        def during():
            watch = Watch(process)
            times.append(calls(seconds))
            seen.append(watch.close())

        said = amid(port, seconds, say, during)
        deadline = time.monotonic() + SETTLE_SECONDS
        while look(process)[0] > seen[0][0] and time.monotonic() < deadline:
            time.sleep(0.2)
        times.append(calls(min(10, seconds)))
        seen.append(look(process))
        # Whether what is left of them is left once, or each time.
        amid(port, max(1, min(20, seconds) - 4), say, lambda: None)
        time.sleep(SETTLE_SECONDS / 2)
        times.append(calls(min(10, seconds)))
        seen.append(look(process))
        return times, seen, said
    finally:
        server.stop()


def amid(port, seconds, say, body, door="links"):
    """Does something while strangers plague a port; what they say of themselves."""
    say(f"hostile: at {door}, {SILENT} silent and {DRIPPING} dripping strangers for {seconds + 4} s")
    strangers = subprocess.Popen(
        [sys.executable, HERE + "/strangers.py", str(port), str(SILENT), str(DRIPPING), str(seconds + 4), door],
        stdout=subprocess.PIPE, text=True)
    try:
        strangers.stdout.readline()
        time.sleep(2)
        body()
        return json.loads(strangers.communicate(timeout=30)[0].splitlines()[-1])
    finally:
        strangers.kill()
        strangers.wait()


def measure(options, programs, folder, deadline, say):
    """Round by round; the figures are medians."""
    seconds = 8 if options.quick else 60
    found = {"rows": [], "aims": [], "missing": {}, "failed": {}, "skipped": [], "notes": []}
    rounds = []
    for number in range(1 if options.quick else min(options.rounds, 3)):
        if time.monotonic() > deadline - 5 * seconds - 2 * SETTLE_SECONDS:
            found["skipped"].append(f"round {number + 1}")
            continue
        place = f"{folder}/hostile-{number}"
        os.makedirs(place)
        try:
            rounds.append(one(programs, place, seconds, say))
        except (RuntimeError, subprocess.TimeoutExpired, OSError, ValueError) as error:
            found["failed"][f"round {number + 1}"] = str(error)
    if rounds:
        add(found, rounds)
    return found


def add(found, rounds):
    def middle(of):
        return statistics.median(of(one) for one in rounds)

    for place, when in enumerate(WHEN):
        found["rows"].append({
            "when": when, "p99Microseconds": middle(lambda one: one[0][place]),
            "descriptors": middle(lambda one: one[1][place][0]),
            "residentMiB": middle(lambda one: one[1][place][1] / 2**20), "rounds": len(rounds)})
    before, elsewhere, during, after, again = found["rows"]
    connections = middle(lambda one: one[2]["connections"])
    found["notes"].append(f"{connections:,.0f} connections of strangers were made in a round")
    found["notes"].append("clinical p99 among strangers, of that with strangers elsewhere: "
                          f"{during['p99Microseconds'] / elsewhere['p99Microseconds']:.2f}")

    def aim(text, measured, bound):
        found["aims"].append({"aim": text, "measured": measured, "bound": bound, "met": measured <= bound})

    aim("strangers: clinical p99 while they are there, of that before, at most",
        during["p99Microseconds"] / before["p99Microseconds"], 2)
    aim("strangers: descriptors afterwards, at most those before", after["descriptors"], before["descriptors"])
    aim("strangers: MiB of memory afterwards, at most 4 more", after["residentMiB"], before["residentMiB"] + 4)
    aim("strangers: MiB of memory after others came, at most 1 more than after the first", again["residentMiB"],
        after["residentMiB"] + 1)
