"""The console of a node with a million results and a million messages in its queue, and clinical calls while it streams.

A county as an operator would start it (`yilian node start`), whose store `yilian-results fill` has filled: a million results
that wait for its city, as many messages that wait for a hospital's system, as many accesses in the audit ledger and messages
that were taken. People of each role ask for every page of their menu, and for the lists and single things behind them.
Then a township makes clinical calls at it, by turns with nobody at the console and with 50 pages that stream.
"""

import json
import os
import re
import select
import shutil
import statistics
import subprocess
import threading
import time
import urllib.parse

from machine import first_status_bytes, run
from visitor import Visitor

REGION = """
region: bench
name: bench
version: 1
validFrom: 2026-01-01
units:
  - {id: dispatch, name: dispatch, division: 140300, tier: dispatcher, kind: dispatch-centre, node: dispatch}
  - {id: city-hospital, name: city-hospital, division: 140300, tier: city, kind: hospital, grade: 3A, node: city}
  - {id: hospital, name: hospital, division: 140321, tier: county, kind: hospital, grade: 2A, node: county}
  - {id: centre, name: centre, division: 140321107, tier: township, kind: township-centre, grade: 1, node: township}
nodes:
  - {id: dispatch, name: dispatch, tier: dispatcher, unit: dispatch, division: 140300, addresses: ["127.0.0.1:7441"]}
  - {id: city, name: city, tier: city, unit: city-hospital, division: 140300, addresses: ["127.0.0.1:7442"]}
  - {id: county, name: county, tier: county, unit: hospital, division: 140321, addresses: ["127.0.0.1:7443"]}
  - {id: township, name: township, tier: township, unit: centre, division: 140321107, addresses: []}
management:
  - {child: city, parent: dispatch, from: 2026-01-01}
  - {child: county, parent: city, from: 2026-01-01}
  - {child: township, parent: county, from: 2026-01-01}
"""
NODE = """
node: county
dataFolder: county
link: {listen: "127.0.0.1:0"}
console: {listen: "127.0.0.1:0", oneTimeLinks: true}
health: {listen: "127.0.0.1:0"}
destinations:
  - {name: his, unit: hospital, wants: [reports], messages: 1000000, megabytes: 4096, mllp: {address: "127.0.0.1:9"}}
log: {level: error}
"""
START_SECONDS = 60
FILL_SECONDS = 1_800
TIMES = 20
STREAMS = 50
STREAMS_OF_A_SESSION = 6
# Several of the five seconds after which a page is made again.
CALL_SECONDS = 20
ROLES = {
    "operator": [], "doctor": ["--practitioner", "doctor-7", "--unit", "hospital"],
    "expert": ["--practitioner", "nobody", "--unit", "hospital"],
    "qualityControl": ["--practitioner", "quality", "--unit", "hospital"], "reporter": ["--unit", "hospital"],
    "auditor": [], "systemAdministrator": [], "securityAdministrator": [], "auditAdministrator": [],
}
# Behind the menu; with %(middle)s as the number of a message in the middle of the queue.
FURTHER = {
    "operator": [
        "/queue?to=his", "/queue?older=1h", "/queue/messages", "/queue/messages?to=his&state=waiting",
        "/queue/messages?state=held", "/queue/messages?older=7d", "/queue/message?item=his%%2F1",
        "/queue/message?item=his%%2F%(middle)s", "/links/one?node=city", "/region/node?id=township",
    ],
    "doctor": ["/accesses?before=2026-01-02T00:00:00Z"],
    "auditor": [
        "/audit?who=doctor-7", "/audit?who=nobody", "/audit?alerts=1", "/audit?purpose=emergency", "/audit?node=county",
        "/audit?from=2020-01-01&to=2020-01-02",
    ],
}


class County:
    """The node, its region and its store."""

    def __init__(self, programs, place):
        self.program, self.results, self.place = programs + "yilian", programs + "yilian-results", place
        self.process = None

        def write(name, text):
            with open(f"{place}/{name}", "w", encoding="utf-8") as file:
                file.write(text)

        write("region.yaml", REGION)
        write("county.yaml", NODE)
        run(self.program, "cert", "init", "authority", "--region", "bench", cwd=place)
        for node in ("dispatch", "city", "county", "township"):
            run(self.program, "cert", "issue", "authority", node, cwd=place)
        run(self.program, "region", "publish", "region.yaml", "--authority", "authority", cwd=place)
        for node in ("county", "township"):
            os.makedirs(f"{place}/{node}", 0o700)
            for name in os.listdir(f"{place}/authority/{node}"):
                shutil.copy2(f"{place}/authority/{node}/{name}", f"{place}/{node}")
            shutil.copy2(f"{place}/authority/region.configuration", f"{place}/{node}")

    def fill(self, items):
        return json.loads(run(
            self.results, "fill", "--data", "county", "--node", "county", "--unit", "hospital", "--destination", "his",
            "--results", str(items), "--messages", str(items), cwd=self.place, timeout=FILL_SECONDS, umask=0o077))

    def start(self):
        with open(self.place + "/node.log", "w", encoding="utf-8") as log:
            self.process = subprocess.Popen(
                [self.program, "node", "start", "--config", "county.yaml", "--addresses-file", "addresses.json"],
                cwd=self.place, stderr=log, stdout=subprocess.DEVNULL)
        deadline = time.monotonic() + START_SECONDS
        while not os.path.exists(self.place + "/addresses.json"):
            if time.monotonic() > deadline or self.process.poll() is not None:
                with open(self.place + "/node.log", encoding="utf-8") as log:
                    raise RuntimeError("the node did not start: " + log.read()[-2000:])
            time.sleep(0.1)
        with open(self.place + "/addresses.json", encoding="utf-8") as file:
            self.addresses = json.load(file)

    def stop(self):
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def ask(self, *words):
        return json.loads(run(self.program, *words, "--data", "county", "--json", cwd=self.place))

    def account(self, name, role):
        self.ask("account", "create", name, "--person", name, "--role", role, *ROLES[role])

    def visitor(self, name):
        return Visitor(self.addresses["console"], self.ask("account", "link", name)["path"])

    def calls(self):
        port = self.addresses["link"].rsplit(":", 1)[1]
        return json.loads(run(
            self.results, "calls", "--data", "township", "--node", "township", "--parent", "county", "--port", port,
            "--seconds", str(CALL_SECONDS), cwd=self.place))


class Streams:
    """Pages that stream: connections that are read, and what has come over each."""

    def __init__(self, visitors):
        self.wires, self.heard, self.lost, self.ended = {}, {}, 0, threading.Event()
        for index in range(STREAMS):
            visitor = visitors[index // STREAMS_OF_A_SESSION]
            page = ("/", "/region", "/queue", "/alerts", "/links")[index % 5]
            wire = visitor.follow(visitor.get(page).text)
            self.wires[wire.fileno()], self.heard[wire.fileno()] = wire, 0
        self.thread = threading.Thread(target=self.read, daemon=True)
        self.thread.start()

    def read(self):
        poll = select.poll()
        for number in self.wires:
            poll.register(number, select.POLLIN)
        while not self.ended.is_set():
            for number, _ in poll.poll(200):
                data = self.wires[number].recv(1 << 18)
                self.heard[number] += data.count(b"event: at")
                if not data:
                    poll.unregister(number)
                    self.lost += 1

    def close(self):
        """How many looks at their page the streams brought, of the one that brought least."""
        self.ended.set()
        self.thread.join()
        for wire in self.wires.values():
            wire.close()
        if self.lost > 0:
            raise RuntimeError(f"{self.lost} streams ended")
        return min(self.heard.values())


def pages(county, items, say):
    """Each page as somebody who may see it is shown it: milliseconds to the first byte, the median of some, and KiB."""
    rows = []

    def measure(role, path, ask):
        answers = [ask() for _ in range(TIMES)]
        if any(one.status != 200 or b"<h1" not in one.body for one in answers):
            raise RuntimeError(f"{role} {path}: {answers[0].status}")
        times = sorted(one.seconds * 1000 for one in answers)
        rows.append({"role": role, "page": path, "firstByteMilliseconds": statistics.median(times),
                     "worstMilliseconds": times[-1], "pageKiB": max(len(one.body) for one in answers) / 1024})

    for role in ROLES:
        county.account(role.lower(), role)
        visitor = county.visitor(role.lower())
        for path in visitor.menu() + [path % {"middle": items // 2} for path in FURTHER.get(role, [])]:
            measure(role, path, lambda path=path: visitor.get(path))
        if role == "operator":
            listed = visitor.get("/queue/messages?to=his").text
            further = re.search(r'href="(/queue/messages\?[^"]*after=[^"]*)"', listed)
            path = further.group(1).replace("&amp;", "&")
            measure(role, "/queue/messages, its next page", lambda: visitor.get(path))
        if role == "doctor":
            person = {"number": identity(items // 2), "purpose": "treatment", "order": "BENCH"}
            visitor.fill("/results", "/results", person)
            found = visitor.get("/results/found")
            measure(role, "/results/found", lambda: visitor.get("/results/found"))
            opened = re.search(r'href="(/results/one\?[^"]*)"', found.text).group(1).replace("&amp;", "&")
            measure(role, "/results/one", lambda: visitor.get(opened))
        if role == "auditor":
            visitor.fill("/audit", "/audit/person", {"number": identity(items // 2)})
            measure(role, "/audit/person", lambda: visitor.get("/audit/person"))
        say(f"console: the pages of {role}")
    return rows


def identity(position):
    """The identity number of a report's patient, as `yilian-results` makes it."""
    person = position // 3
    body = (f"999999{1930 + person % 90:04}{1 + person // 90 % 12:02}{1 + person // 1080 % 28:02}"
            f"{person // 30240 % 1000:03}")
    total = sum(weight * int(digit) for weight, digit in zip((7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2), body))
    return body + "10X98765432"[total % 11]


def calls(county, rounds, say):
    """Clinical calls with nobody at the console and while pages stream, by turns."""
    names = [f"watcher-{index}" for index in range(-(-STREAMS // STREAMS_OF_A_SESSION))]
    for name in names:
        county.account(name, "operator")
    visitors = [county.visitor(name) for name in names]
    rows = []
    for number in range(rounds):
        found = {}
        # Who goes first changes, so that a machine that gets slower is no finding.
        for streams in (False, True) if number % 2 == 0 else (True, False):
            watch = Streams(visitors) if streams else None
            try:
                found[streams] = county.calls()
            finally:
                looks = watch.close() if watch else 0
            if streams and looks < CALL_SECONDS // 10:
                raise RuntimeError(f"a page that streams was made {looks} times only")
        rows.append({"alone": found[False], "streaming": found[True],
                     "ratio": found[True]["p99Microseconds"] / found[False]["p99Microseconds"]})
        say(f"console: clinical p99 {found[False]['p99Microseconds']} µs alone, {found[True]['p99Microseconds']} µs "
            "while pages stream")
    return rows


def measure(options, programs, folder, deadline, say):
    """Fills once, asks for every page, and calls in rounds."""
    found = {"rows": [], "calls": [], "aims": [], "missing": {}, "failed": {}, "skipped": [], "notes": []}
    if options.quick:
        found["skipped"].append("a full store takes longer than two minutes")
        return found
    place = folder + "/console"
    os.makedirs(place)
    county = None
    try:
        county = County(programs, place)
        filled = county.fill(options.items)
        say(f"console: {options.items:,} results in {filled['publishMilliseconds'] / 1000:.0f} s, messages, accesses and "
            f"what was taken in {filled['messagesMilliseconds'] / 1000:.0f} s")
        county.start()
        found["rows"] = pages(county, options.items, say)
        found["calls"] = calls(county, options.rounds, say)
        found["residentMiB"] = first_status_bytes(county.process.pid, "VmHWM") / 2**20
        found["items"] = options.items
        add_aims(found)
    except (RuntimeError, subprocess.TimeoutExpired, OSError, ValueError, KeyError, AttributeError) as error:
        found["failed"]["the console"] = str(error)
    finally:
        if county is not None:
            county.stop()
    return found


def add_aims(found):
    rows = found["rows"]

    def aim(text, measured, bound):
        found["aims"].append({"aim": f"console: {text}", "measured": measured, "bound": bound, "met": measured <= bound})

    def worst(key):
        row = max(rows, key=lambda row: row[key])
        return f"{row['role']} {urllib.parse.unquote(row['page'])}", row[key]

    page, value = worst("firstByteMilliseconds")
    aim(f"ms to the first byte of the slowest page ({page}), at most", value, 200)
    page, value = worst("pageKiB")
    aim(f"KiB of the heaviest page ({page}), at most", value, 100)
    aim(f"clinical p99 while {STREAMS} pages stream, of that without, at most",
        statistics.median(row["ratio"] for row in found["calls"]), 1.2)
