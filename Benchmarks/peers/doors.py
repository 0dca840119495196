"""What strangers do to a node's listeners for hospitals and probes: MLLP, HTTPS and health, one after the other.

One real node (`yilian node start`) and honest clients of each listener: a laboratory system that sends a message and waits
for its acknowledgement, a hospital system that asks with its token, a probe that connects anew each time. The first two
keep their connection and take a new one for every twentieth request, so that the figures also say that newcomers are let in.
Latencies before, with the same strangers at another process of the machine, among strangers, and afterwards; descriptors
and resident memory are the node's.
"""

import json
import os
import secrets
import socket
import ssl
import statistics
import subprocess
import time

from calls import Server
from hostile import HERE, SETTLE_SECONDS, WHEN, Watch, amid, look
from machine import run

REGION = """
region: bench
name: bench
version: 1
validFrom: 2026-01-01
units:
  - {id: dispatch, name: dispatch, division: 140300, tier: dispatcher, kind: dispatch-centre, node: dispatch}
  - {id: hospital, name: hospital, division: 140300, tier: city, kind: hospital, grade: 3A, node: city}
nodes:
  - {id: dispatch, name: dispatch, tier: dispatcher, unit: dispatch, division: 140300, addresses: ["127.0.0.1:7441"]}
  - {id: city, name: city, tier: city, unit: hospital, division: 140300, addresses: ["127.0.0.1:7442"]}
management:
  - {child: city, parent: dispatch, from: 2026-01-01}
"""
NODE = """
node: city
dataFolder: data
link: {{listen: "127.0.0.1:0"}}
mllp:
  - {{listen: "127.0.0.1:0", unit: hospital, clients: [127.0.0.0/8], encoding: UTF-8}}
https:
  listen: "127.0.0.1:0"
  systems:
    - {{name: his, unit: hospital, tokenFile: his.token, practitioner: doctor}}
log: {{level: {level}}}
"""
MESSAGE = "\r".join([
    "MSH|^~\\&|LIS|HOSPITAL|YILIAN|CITY|20261119085212+0800||ORU^R01^ORU_R01|%(id)s|P|2.5.1||||||UNICODE UTF-8",
    "PID|1||%(id)s^^^HOSPITAL^PI||LI||19680412|M",
    "OBR|1|O%(id)s^HIS|F%(id)s^LIS|GLU^GLU^L|||20261119081500+0800|||||||20261119082000+0800||||||||20261119085200+0800||LAB|F",
    "OBX|1|NM|GLU^GLU^L||6.4|mmol/L|3.9-6.1|H|||F|||20261119081500+0800", ""])
PATIENCE_SECONDS = 20
EACH_CONNECTION = 20


class Node:
    """A node of a region of its own, as an operator would start it."""

    def __init__(self, program, place):
        self.place = place
        self.token = secrets.token_hex(24)
        data = place + "/data"

        def write(name, text):
            with open(f"{place}/{name}", "w", encoding="utf-8", opener=lambda path, flags: os.open(path, flags, 0o600)) as file:
                file.write(text)

        write("region.yaml", REGION)
        write("city.yaml", NODE.format(level="error"))
        run(program, "cert", "init", "authority", "--region", "bench", cwd=place)
        for node in ("dispatch", "city"):
            run(program, "cert", "issue", "authority", node, cwd=place)
        run(program, "region", "publish", "region.yaml", "--authority", "authority", cwd=place)
        os.makedirs(data, 0o700)
        for folder in ("authority/city", "authority"):
            for name in os.listdir(f"{place}/{folder}"):
                if folder == "authority/city" or name == "region.configuration":
                    run("cp", "-p", f"{place}/{folder}/{name}", data)
        write("data/his.token", self.token)
        with open(place + "/node.log", "w", encoding="utf-8") as log:
            self.process = subprocess.Popen(
                [program, "node", "start", "--config", "city.yaml", "--addresses-file", "addresses.json"], cwd=place, stderr=log,
                stdout=subprocess.DEVNULL)
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not os.path.exists(place + "/addresses.json"):
            if time.monotonic() > deadline or self.process.poll() is not None:
                self.stop()
                with open(place + "/node.log", encoding="utf-8") as log:
                    raise RuntimeError("the node did not start: " + log.read()[-2000:])
            time.sleep(0.1)
        with open(place + "/addresses.json", encoding="utf-8") as file:
            self.addresses = json.load(file)
        self.tls = ssl.create_default_context(cafile=data + "/ca.crt")
        self.tls.check_hostname = False

    def port(self, door):
        found = {"mllp": lambda: self.addresses["mllp"][0]["address"], "https": lambda: self.addresses["https"],
                 "health": lambda: self.addresses["health"]}[door]()
        return int(found.rsplit(":", 1)[1].split("/")[0])

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


class Client:
    """An honest client of one listener; `ask` is one request and its answer."""

    def __init__(self, node, door):
        self.node, self.door, self.wire, self.asked = node, door, None, 0

    def ask(self):
        if self.wire is None or self.door == "health" or self.asked % EACH_CONNECTION == 0:
            self.close()
            self.wire = socket.create_connection(("127.0.0.1", self.node.port(self.door)), timeout=PATIENCE_SECONDS)
            self.wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if self.door == "https":
                self.wire = self.node.tls.wrap_socket(self.wire)
        self.asked += 1
        if self.door == "mllp":
            message = MESSAGE % {"id": secrets.token_hex(6)}
            answer = self.exchange(b"\x0b" + message.encode() + b"\x1c\r", b"\x1c\r")
            if b"MSA|AA" not in answer:
                raise RuntimeError(f"a message was not taken: {answer[:200]!r}")
            return
        path = "/healthz" if self.door == "health" else "/fhir/messages/none"
        request = f"GET {path} HTTP/1.1\r\nHost: node\r\nAuthorization: Bearer {self.node.token}\r\n\r\n"
        head = self.exchange(request.encode(), b"\r\n\r\n")
        status = int(head.split(b" ", 2)[1])
        if status in (401, 429) or status >= 500:
            raise RuntimeError(f"{self.door} answered {status}")

    def exchange(self, request, end):
        """Sends and reads to the end of the answer, and of its body where its head says how long that is."""
        self.wire.sendall(request)
        answer = b""
        while end not in answer:
            answer += self.more()
        head, _, body = answer.partition(end)
        for line in head.lower().split(b"\r\n"):
            if line.startswith(b"content-length:"):
                missing = int(line.split(b":")[1]) - len(body)
                while missing > 0:
                    missing -= len(self.more())
        return answer

    def more(self):
        piece = self.wire.recv(65_536)
        if not piece:
            raise RuntimeError(f"{self.door} closed the connection of an honest client")
        return piece

    def close(self):
        if self.wire is not None:
            self.wire.close()
            self.wire = None


def p99(client, seconds):
    """In microseconds, one request after the other."""
    times, end = [], time.monotonic() + seconds
    while time.monotonic() < end:
        begun = time.perf_counter()
        client.ask()
        times.append((time.perf_counter() - begun) * 1e6)
    client.close()
    return statistics.quantiles(times, n=100, method="inclusive")[98]


def at_rest(process):
    """Open descriptors and resident bytes once the honest client's last connection has been closed at this end, too."""
    looks = []
    for _ in range(10):
        looks.append(look(process))
        time.sleep(0.1)
    return min(looks)


def one(node, other, door, seconds, say):
    """One round at one door: p99, descriptors and bytes of each time."""
    process, port = node.process.pid, node.port(door)
    client = Client(node, door)
    short = min(10, seconds)
    p99(client, 3)
    times, seen = [p99(client, short)], [at_rest(process)]
    amid(other, seconds, say, lambda: times.append(p99(client, seconds)))
    seen.append(at_rest(process))

    def during():
        watch = Watch(process)
        times.append(p99(client, seconds))
        seen.append(watch.close())

    said = amid(port, seconds, say, during, door)
    deadline = time.monotonic() + SETTLE_SECONDS
    while look(process)[0] > seen[0][0] and time.monotonic() < deadline:
        time.sleep(0.2)
    times.append(p99(client, short))
    seen.append(at_rest(process))
    amid(port, max(1, min(20, seconds) - 4), say, lambda: None, door)
    time.sleep(SETTLE_SECONDS / 2)
    times.append(p99(client, short))
    seen.append(at_rest(process))
    return times, seen, said


def measure(options, programs, folder, deadline, say):
    """Round by round, door by door; the figures are medians."""
    seconds = 6 if options.quick else 30
    found = {"rows": [], "aims": [], "missing": {}, "failed": {}, "skipped": [], "notes": []}
    rounds = {"mllp": [], "https": [], "health": []}
    for number in range(1 if options.quick else min(options.rounds, 3)):
        place = f"{folder}/doors-{number}"
        os.makedirs(place)
        node = server = None
        try:
            node = Node(programs + "yilian", place)
            server = Server([programs + "yilian-load", "serve", "--certs", place + "/other"],
                            place + "/other.log")
            for door, measured in rounds.items():
                if time.monotonic() > deadline - 4 * seconds - 2 * SETTLE_SECONDS:
                    found["skipped"].append(f"round {number + 1}, {door}")
                    continue
                measured.append(one(node, server.address["port"], door, seconds, say))
        except (RuntimeError, subprocess.TimeoutExpired, OSError, ValueError) as error:
            found["failed"][f"round {number + 1}"] = str(error)
        finally:
            for process in (node, server):
                if process is not None:
                    process.stop()
    for door, measured in rounds.items():
        if measured:
            add(found, door, measured)
    return found


def add(found, door, rounds):
    def middle(of):
        return statistics.median(of(one) for one in rounds)

    rows = [{
        "door": door, "when": when, "p99Microseconds": middle(lambda one: one[0][place]),
        "descriptors": middle(lambda one: one[1][place][0]),
        "residentMiB": middle(lambda one: one[1][place][1] / 2**20), "rounds": len(rounds),
    } for place, when in enumerate(WHEN)]
    found["rows"] += rows
    before, elsewhere, during, after, again = rows
    found["notes"].append(
        f"{door}: {middle(lambda one: one[2]['connections']):,.0f} connections of strangers in a round; p99 among them, of that "
        f"with strangers elsewhere: {during['p99Microseconds'] / elsewhere['p99Microseconds']:.2f}")

    def aim(text, measured, bound):
        found["aims"].append({"aim": f"strangers at {door}: {text}", "measured": measured, "bound": bound,
                              "met": measured <= bound})

    aim("honest p99 while they are there, of that before, at most",
        during["p99Microseconds"] / before["p99Microseconds"], 2)
    aim("descriptors afterwards, at most those before", again["descriptors"], before["descriptors"])
    aim("MiB of memory afterwards, at most 8 more", after["residentMiB"], before["residentMiB"] + 8)
    aim("MiB of memory after others came, at most 4 more than after the first", again["residentMiB"],
        after["residentMiB"] + 4)
