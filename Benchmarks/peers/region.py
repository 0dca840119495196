"""The whole of Yangquan on one machine: every node of Nodes/yangquan as a process of its own.

How long it takes until the city sees all of them up, what an idle node costs in memory and processor time, how soon the
city knows of five that were killed and why they are away, and what its page of the region weighs meanwhile.
"""

import json
import os
import re
import shutil
import socket
import statistics
import subprocess
import time

from machine import TICKS, run, stat
from visitor import Visitor

HERE = os.path.dirname(os.path.abspath(__file__))
REGION = HERE + "/../../Nodes/yangquan"
CITY = "yangquan-shi"
# How long the nodes may take to come up and to be known of.
UP_SECONDS = 600
KNOWN_SECONDS = 120
ASKED_EACH_SECONDS = 1
IDLE_SECONDS = 60
PAGES = 20
NODE = """
node: {node}
dataFolder: data
{link}{console}
health: {{listen: "127.0.0.1:0"}}
log: {{level: warning}}
"""


class Region:
    """The region's nodes, each in a folder of its own."""

    def __init__(self, program, place):
        self.program, self.place, self.processes = program, place, {}
        with open(REGION + "/region.yaml", encoding="utf-8") as file:
            text = file.read()
        listed = text.split("\nnodes:\n", 1)[1].split("\nmanagement:\n", 1)[0]
        self.nodes = re.findall(r"^  - id: (\S+)", listed, re.M)
        parents = {one["parent"] for one in self.lines(text)}
        self.townships = [node for node in self.nodes if node not in parents]
        self.ports = dict(zip(sorted(parents), free_ports(len(parents))))
        for node, port in self.ports.items():
            text = re.sub(rf"(  - id: {node}\n(?:    .*\n)*?    addresses: ).*", rf'\1["127.0.0.1:{port}"]', text)
        for name in ("recognition.yaml", "scopes.yaml", "codes.yaml"):
            shutil.copy(f"{REGION}/{name}", place)
        with open(place + "/region.yaml", "w", encoding="utf-8") as file:
            file.write(text)
        run(program, "cert", "init", "authority", "--region", "yangquan", "--suite", "sm2", cwd=place)
        for node in self.nodes:
            run(program, "cert", "issue", "authority", node, cwd=place)
        run(program, "region", "publish", "region.yaml", "--authority", "authority", cwd=place)
        for node in self.nodes:
            self.furnish(node)

    @staticmethod
    def lines(text):
        """Who is below whom, as the file has it."""
        found = re.findall(r"\{child: (\S+), parent: (\S+),", text.split("\nmanagement:\n", 1)[1])
        return [{"child": child, "parent": parent} for child, parent in found]

    def furnish(self, node):
        data = f"{self.place}/{node}/data"
        os.makedirs(data, 0o700)
        for name in os.listdir(f"{self.place}/authority/{node}"):
            shutil.copy2(f"{self.place}/authority/{node}/{name}", data)
        shutil.copy2(f"{self.place}/authority/region.configuration", data)
        link = f'link: {{listen: "127.0.0.1:{self.ports[node]}"}}\n' if node in self.ports else ""
        console = 'console: {listen: "127.0.0.1:0", oneTimeLinks: true}' if node == CITY else ""
        with open(f"{self.place}/{node}/node.yaml", "w", encoding="utf-8") as file:
            file.write(NODE.format(node=node, link=link, console=console))

    def start(self):
        for node in self.nodes:
            folder = f"{self.place}/{node}"
            with open(folder + "/node.log", "w", encoding="utf-8") as log:
                self.processes[node] = subprocess.Popen(
                    [self.program, "node", "start", "--config", "node.yaml", "--addresses-file", "addresses.json"],
                    cwd=folder, stderr=log, stdout=subprocess.DEVNULL)

    def ask(self, *words):
        done = subprocess.run([self.program, *words, "--data", f"{self.place}/{CITY}/data", "--json"], capture_output=True,
                              text=True, timeout=60, check=False)
        return json.loads(done.stdout) if done.returncode in (0, 3) else None

    def states(self):
        """How the city sees each node below it; nothing while it is not up itself."""
        seen = self.ask("region", "nodes")
        return {} if seen is None else {node["node"]: node for node in seen["nodes"]}

    def until(self, what, seconds, holds):
        """Waits for something that the city sees; gives how long it took."""
        began = time.monotonic()
        while True:
            states = self.states()
            if holds(states):
                return time.monotonic() - began
            if time.monotonic() - began > seconds:
                away = sorted(node for node, state in states.items() if state["state"] != "up")
                raise RuntimeError(f"within {seconds} s: {what}; not up: {' '.join(away)}")
            time.sleep(ASKED_EACH_SECONDS)

    def stop(self):
        for process in self.processes.values():
            process.terminate()
        for process in self.processes.values():
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def free_ports(count):
    """Ports that nobody listens at now."""
    taken = [socket.socket() for _ in range(count)]
    for one in taken:
        one.bind(("127.0.0.1", 0))
    ports = [one.getsockname()[1] for one in taken]
    for one in taken:
        one.close()
    return ports


def city_page(region):
    """The city's page of the region: milliseconds to the first byte, the median, and bytes of the page."""
    region.ask("account", "create", "bench", "--person", "bench", "--role", "operator")
    link = region.ask("account", "link", "bench")
    with open(f"{region.place}/{CITY}/addresses.json", encoding="utf-8") as file:
        visitor = Visitor(json.load(file)["console"], link["path"])
    answers = [visitor.get("/region") for _ in range(PAGES)]
    if b"<h1" not in answers[0].body:
        raise RuntimeError("the page of the region did not come")
    return statistics.median(one.seconds for one in answers) * 1000, len(answers[0].body)


def cost(processes):
    """Seconds of processor time and MiB in memory of some processes."""
    fields = [stat(process.pid) for process in processes]
    seconds = [(int(one[11]) + int(one[12])) / TICKS for one in fields if one]
    return seconds, [int(one[21]) * os.sysconf("SC_PAGE_SIZE") / 2**20 for one in fields if one]


def measure(options, programs, folder, deadline, say):
    """Once: the region takes its minutes to be made."""
    found = {"rows": [], "aims": [], "missing": {}, "failed": {}, "skipped": [], "notes": []}
    if options.quick:
        found["skipped"].append("fifty nodes take longer than two minutes")
        return found
    place = folder + "/region"
    os.makedirs(place)
    region = None
    try:
        region = Region(programs + "yilian", place)
        say(f"{len(region.nodes)} nodes")
        region.start()
        below = set(region.nodes) - {"diaodu"}
        up = region.until("all are up", UP_SECONDS,
                          lambda seen: set(seen) == below and all(one["state"] == "up" for one in seen.values()))
        say(f"all up after {up:.0f} s")
        idle = [region.processes[node] for node in region.townships]
        before, _ = cost(idle)
        time.sleep(IDLE_SECONDS)
        after, memory = cost(idle)
        percent = statistics.median(100 * (b - a) / IDLE_SECONDS for a, b in zip(before, after))
        first, size = city_page(region)
        victims = region.townships[:: max(1, len(region.townships) // 5)][:5]
        for node in victims:
            region.processes[node].kill()
        known = region.until("five are away", KNOWN_SECONDS,
                             lambda seen: all(seen.get(node, {}).get("state") == "broken" for node in victims))
        states = region.states()
        reasons = {node: states[node]["reason"] for node in victims}
        say("; ".join(f"{node}: {reason}" for node, reason in reasons.items()))
        others = [node for node, one in states.items() if one["state"] != "up" and node not in victims]
        found["rows"].append({
            "nodes": len(region.nodes), "upSeconds": up, "idlePercent": percent, "residentMiB": statistics.median(memory),
            "firstByteMilliseconds": first, "pageKiB": size / 1024, "knownSeconds": known})
        add_aims(found, known, first, size, reasons, others)
    except (RuntimeError, subprocess.TimeoutExpired, OSError, ValueError, KeyError) as error:
        found["failed"]["the whole region"] = str(error)
    finally:
        if region is not None:
            region.stop()
    return found


def add_aims(found, known, first, size, reasons, others):
    def aim(text, measured, bound):
        found["aims"].append({"aim": f"the whole region: {text}", "measured": measured, "bound": bound,
                              "met": measured <= bound})

    aim("seconds until the city knows five that were killed, at most", known, 30)
    aim("ms to the first byte of its page, at most", first, 200)
    aim("KiB of its page, at most", size / 1024, 100)
    aim("killed nodes without a reason, at most", sum(1 for reason in reasons.values() if not reason), 0)
    aim("others that are not up, at most", len(others), 0)
