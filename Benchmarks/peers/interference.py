"""What bulk does to clinical traffic on a link of 20 Mb/s: two network namespaces, a token bucket at both ends, no proxy.

Two times are taken: a call on the clinical lane, and an entry from `append` at the township until the acknowledgement
from the county's disk. Each is taken idle and while bulk saturates the same link, with queues of 50 and 500 ms in front
of the wire and each congestion control that the kernel has. `delay.py` delays what arrives at either end.
"""

import os
import shutil
import statistics
import subprocess
import sys
import threading
import time

from calls import Server, answer
from machine import Missing, program, run

HERE = os.path.dirname(os.path.abspath(__file__))
RATE_MEGABITS = 20
QUEUES = (50, 500)
CONTROLS = ("cubic", "bbr")
BULK_KILOBYTES = 4_000
ADDRESSES = {"township": "10.211.0.1", "county": "10.211.0.2"}
# Largest ratio of loaded to idle p99 that is aimed at, by queue; one frame's time comes on top with the short queue.
CALL_BOUNDS = {50: 1.5, 500: 3}
ACKNOWLEDGED_BOUND = 3


class Wire:
    """Two namespaces with a link between them, and what delays it in each direction."""

    def __init__(self, delay):
        self.delayers = []
        if os.getuid() != 0:
            raise Missing("network namespaces need root")
        for name, package in (("ip", "iproute2"), ("tc", "iproute2")):
            program(name, package, ("/usr/sbin", "/sbin"))
        self.spaces = {name: f"yilian-bench-{os.getpid()}-{name}" for name in ADDRESSES}
        try:
            for space in self.spaces.values():
                run("ip", "netns", "add", space)
            run("ip", "-n", self.spaces["township"], "link", "add", "wire", "type", "veth", "peer", "name", "wire",
                "netns", self.spaces["county"])
            for name, space in self.spaces.items():
                run("ip", "-n", space, "link", "set", "lo", "up")
                run("ip", "-n", space, "addr", "add", ADDRESSES[name] + "/24", "dev", "wire")
                run("ip", "-n", space, "link", "set", "wire", "up")
            for name in self.spaces if delay > 0 else ():
                self.delay(name, delay)
        except Exception:
            self.close()
            raise

    def delay(self, name, milliseconds):
        run(*self.within(name, "iptables", "-A", "INPUT", "-i", "wire", "-j", "NFQUEUE", "--queue-num", "0"))
        self.delayers.append(subprocess.Popen(
            self.within(name, sys.executable, HERE + "/delay.py", str(milliseconds)), stdout=subprocess.PIPE, text=True))
        if not self.delayers[-1].stdout.readline().startswith("{"):
            raise RuntimeError("delay.py did not start")

    def within(self, name, *words):
        return ["ip", "netns", "exec", self.spaces[name], *words]

    def shape(self, queue, control):
        for name, space in self.spaces.items():
            run("tc", "-n", space, "qdisc", "replace", "dev", "wire", "root", "tbf", "rate", f"{RATE_MEGABITS}mbit",
                "burst", "16kb", "latency", f"{queue}ms")
            # By the route: not every control may be a namespace's default.
            run("ip", "-n", space, "route", "replace", "10.211.0.0/24", "dev", "wire", "src", ADDRESSES[name], "congctl",
                control)

    def sent_bytes(self):
        path = "/sys/class/net/wire/statistics/tx_bytes"
        return int(run(*self.within("township", "cat", path)))

    def close(self):
        for delayer in self.delayers:
            delayer.kill()
            delayer.wait()
        for space in self.spaces.values():
            subprocess.run(["ip", "netns", "del", space], capture_output=True, check=False)


class Meter:
    """The township's rate on the wire while a measurement runs: the median of what half seconds carried."""

    def __init__(self, wire):
        self.wire, self.rates, self.ended = wire, [], threading.Event()
        self.thread = threading.Thread(target=self._sample, daemon=True)
        self.thread.start()

    def _sample(self):
        then, before = time.monotonic(), self.wire.sent_bytes()
        while not self.ended.wait(0.5):
            now, after = time.monotonic(), self.wire.sent_bytes()
            self.rates.append((after - before) * 8e-6 / (now - then))
            then, before = now, after

    def close(self):
        self.ended.set()
        self.thread.join()
        # The beginning, without bulk, is no part of it.
        return statistics.median(self.rates[2:-1] or [0])


def controls():
    """The congestion controls that the kernel has, and a note of those that it lacks."""
    with open("/proc/sys/net/ipv4/tcp_available_congestion_control", encoding="ascii") as file:
        there = file.read().split()
    return [name for name in CONTROLS if name in there], [
        f"the kernel has no {name}" for name in CONTROLS if name not in there]


def call(wire, programs, place, seconds, loaded):
    """A clinical call of 100 B at a time, with or without bulk beside it."""
    server = Server(wire.within("county", programs + "yilian-load", "serve", "--host",
                                ADDRESSES["county"], "--certs", place + "/certs"), place + "/log")
    try:
        bulk = ["--bulk-inflight", "8"] if loaded else []
        return answer(wire.within("township", programs + "yilian-load", "call", "--host", ADDRESSES["county"], "--port",
                                  str(server.address["port"]), "--certs", place + "/certs", "--size", "100",
                                  "--inflight", "1", "--seconds", str(seconds), *bulk), seconds)
    finally:
        server.stop()


def acknowledge(wire, programs, place, seconds, loaded):
    """A durable clinical acknowledgement at a time, with or without results in bulk beside it."""
    driver, region = programs + "yilian-results", place + "/region"
    run(driver, "region", "--folder", region)
    server = Server(wire.within("county", driver, "serve", "--folder", region, "--host", ADDRESSES["county"]),
                    place + "/log")
    try:
        bulk = ["--bulk", str(BULK_KILOBYTES)] if loaded else []
        return answer(wire.within("township", driver, "acknowledge", "--folder", region, "--host", ADDRESSES["county"],
                                  "--port", str(server.address["port"]), "--seconds", str(seconds), *bulk), seconds + 60)
    finally:
        server.stop()


KINDS = {"clinical call": call, "durable clinical acknowledgement": acknowledge}


def cases(quick):
    """Kind, queue and congestion control of each case."""
    names, _ = controls()
    if quick:
        return [("clinical call", 50, names[0])] if names else []
    return [(kind, queue, control) for queue in QUEUES for control in names for kind in KINDS]


def bound(kind, queue, idle, frame_bytes):
    """The p99 that is aimed at under load, in microseconds."""
    if kind != "clinical call":
        return ACKNOWLEDGED_BOUND * idle
    frame = frame_bytes * 8 / RATE_MEGABITS if queue == 50 else 0
    return CALL_BOUNDS[queue] * idle + frame


def measure(options, programs, folder, deadline, say):
    """Every case idle and loaded, round by round."""
    _, notes = controls()
    delay = options.delay if shutil.which("iptables") else 0
    if delay != options.delay:
        notes.append("no iptables, and so no delay but the queue's (Debian: iptables)")
    else:
        notes.append(f"{delay} ms of delay in each direction" if delay else "no delay but the queue's")
    found = {"rows": [], "aims": [], "missing": {}, "failed": {}, "skipped": [], "notes": notes}
    try:
        wire = Wire(delay)
    except (Missing, RuntimeError) as reason:
        found["missing"]["network namespaces"] = str(reason)
        return found
    runs, seconds = {}, 3 if options.quick else 8
    try:
        for number in range(1 if options.quick else options.rounds):
            for case in cases(options.quick):
                if time.monotonic() > deadline - 2 * seconds - 6:
                    found["skipped"].append(f"{case}, round {number + 1}")
                    continue
                say(f"interference, round {number + 1}: {case[0]}, queue {case[1]} ms, {case[2]}")
                try:
                    runs.setdefault(case, []).append(pair(wire, programs, folder, seconds, case))
                except (RuntimeError, subprocess.TimeoutExpired) as error:
                    found["failed"][f"{case}"] = str(error)
    finally:
        wire.close()
    for case, pairs in runs.items():
        if pairs:
            add(found, case, pairs)
    return found


def pair(wire, programs, folder, seconds, case):
    """The p99 idle and loaded in microseconds, the rate meanwhile, and how long a frame of bulk is at most."""
    kind, queue, control = case
    wire.shape(queue, control)
    times = []
    for loaded in (False, True):
        place = f"{folder}/interference"
        os.makedirs(place)
        try:
            meter = Meter(wire)
            said = KINDS[kind](wire, programs, place, seconds, loaded)
            times.append(said["p99Microseconds"])
            rate = meter.close()
        finally:
            shutil.rmtree(place)
    return times[0], times[1], rate, said.get("frameBytes", 0)


def add(found, case, pairs):
    """The medians of a case, and its aim."""
    idle, loaded, rate, frame_bytes = (statistics.median(one[place] for one in pairs) for place in range(4))
    kind, queue, control = case
    name = f"{kind}, queue {queue} ms, {control}"
    found["rows"].append({"case": name, "idleMilliseconds": idle / 1000, "loadedMilliseconds": loaded / 1000,
                          "ratio": loaded / idle, "bulkMegabits": rate, "rounds": len(pairs)})
    most = bound(kind, queue, idle, frame_bytes)
    found["aims"].append({"aim": f"{name}: loaded p99 in ms, at most", "measured": loaded / 1000,
                          "bound": most / 1000, "met": loaded <= most})
