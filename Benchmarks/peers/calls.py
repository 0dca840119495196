"""Calls between two processes on this machine: Yilian, the floor, grpc-swift-2, Erlang's distribution."""

import json
import os
import statistics
import subprocess
import time

from machine import Missing, certificates, program

FLOOR = "bare NIO and TLS (the floor)"

PATIENCE_SECONDS = 30
ERLANG_PORT = 25434
HERE = os.path.dirname(os.path.abspath(__file__))


class Server:
    """A serving process; `address` is what its line says."""

    def __init__(self, words, log, environment=None):
        self.log = log
        with open(log, "w", encoding="utf-8") as file:
            self.process = subprocess.Popen(
                words, stdout=subprocess.PIPE, stderr=file, text=True, env=environment)
        line = self.process.stdout.readline()
        if not line.startswith("{"):
            self.stop()
            with open(log, encoding="utf-8") as file:
                raise RuntimeError(f"{words[0]} did not start: {line}{file.read()[-2000:]}")
        self.address = json.loads(line)

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def answer(words, seconds, environment=None):
    """The line of JSON of a calling process."""
    done = subprocess.run(words, capture_output=True, text=True, timeout=seconds + PATIENCE_SECONDS, env=environment)
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(words)}: {done.returncode} {done.stdout[-1000:]}{done.stderr[-1000:]}")
    return json.loads(done.stdout.splitlines()[-1])


class Peer:
    """One peer: its name, and how its two processes are started."""

    def __init__(self, name, programs, folder):
        self.name = name
        self.programs = programs
        self.folder = f"{folder}/{''.join(letter for letter in name if letter.isalnum())}"
        os.makedirs(self.folder, exist_ok=True)

    def measure(self, size, inflight, seconds):
        server = self.serve()
        try:
            return self.call(server.address, size, inflight, seconds)
        finally:
            server.stop()


class Yilian(Peer):
    """`yilian-load`: a distributed actor that answers what it is given."""

    def __init__(self, name, programs, folder):
        super().__init__(name, programs, folder)

    def serve(self):
        certs = f"{self.folder}/certs"
        return Server([self.programs + "yilian-load", "serve", "--certs", certs],
                      self.folder + "/log")

    def call(self, address, size, inflight, seconds):
        return answer([self.programs + "yilian-load", "call", "--port", str(address["port"]), "--certs",
                       address["certs"], "--size", str(size), "--inflight", str(inflight), "--seconds", str(seconds)],
                      seconds)


class Echo(Peer):
    """`floor-echo` and `grpc-echo`, which have the same words."""

    def __init__(self, name, executable, more, programs, folder):
        super().__init__(name, programs, folder)
        self.executable = programs + executable
        self.more = more
        certificates(self.folder, ("server", "client"))

    def serve(self):
        return Server([self.executable, "serve", "--certs", self.folder, *self.more], self.folder + "/log")

    def call(self, address, size, inflight, seconds):
        return answer([self.executable, "call", "--certs", self.folder, "--port", str(address["port"]), "--size",
                       str(size), "--inflight", str(inflight), "--seconds", str(seconds), *self.more], seconds)


class Erlang(Peer):
    """Erlang/OTP's distribution over TLS, with certificates on both sides and without epmd."""

    def __init__(self, name, programs, folder):
        self.escript = program("escript", "erlang-base erlang-ssl")
        super().__init__(name, programs, folder)
        certificates(self.folder, ("server", "client"))
        for name in ("server", "client"):
            common = (f'{{certfile,"{self.folder}/{name}.crt"}},{{keyfile,"{self.folder}/{name}.key"}},'
                      f'{{cacertfile,"{self.folder}/ca.crt"}},{{verify,verify_peer}},{{versions,[\'tlsv1.3\']}}')
            with open(f"{self.folder}/{name}.options", "w", encoding="ascii") as file:
                file.write(f"[{{server,[{common},{{fail_if_no_peer_cert,true}}]}},{{client,[{common}]}}].\n")

    def environment(self, name, more):
        flags = (f"-sname {name}@localhost -setcookie load -proto_dist inet_tls -ssl_dist_optfile "
                 f"{self.folder}/{name}.options -start_epmd false -erl_epmd_port {ERLANG_PORT} {more}")
        return {**os.environ, "ERL_FLAGS": flags, "HOME": self.folder}

    def serve(self):
        return Server([self.escript, HERE + "/echo_calls.escript", "serve"], self.folder + "/log",
                      self.environment("server", ""))

    def call(self, address, size, inflight, seconds):
        time.sleep(0.2)
        return answer([self.escript, HERE + "/echo_calls.escript", "call", address["node"], str(size), str(inflight),
                       str(seconds)], seconds, self.environment("client", "-dist_listen false"))


CASES = [(size, inflight) for size in (100, 4096) for inflight in (1, 64, 1024)]
QUICK_CASES = [(100, 64), (100, 1)]
ALONE = ("Yilian", FLOOR)


def peers(programs, folder):
    """What can be measured here, and why the rest cannot: a peer or a reason by name."""
    makers = {
        "Yilian": lambda name: Yilian(name, programs, folder),
        FLOOR: lambda name: Echo(name, "floor-echo", [], programs, folder),
        "grpc-swift-2, defaults": lambda name: Echo(name, "grpc-echo", [], programs, folder),
        "grpc-swift-2, tuned": lambda name: Echo(name, "grpc-echo", ["--settings", "tuned"], programs, folder),
        "Erlang/OTP over TLS": lambda name: Erlang(name, programs, folder),
    }
    found = {}
    for name, make in makers.items():
        try:
            found[name] = make(name)
        except Missing as missing:
            found[name] = str(missing)
    return found


def measure(options, programs, folder, deadline, say):
    """Every peer in every case, round by round; rows with the medians, what is missing, and what there was no time for."""
    everyone = peers(programs, folder)
    missing = {name: reason for name, reason in everyone.items() if isinstance(reason, str)}
    runs, failed, skipped = {}, {}, set()
    for round_number in range(options.rounds):
        for size, inflight in QUICK_CASES if options.quick else CASES:
            say(f"calls, round {round_number + 1}: {size} B, {inflight} in flight")
            for name, peer in everyone.items():
                if name in missing or options.quick and (
                        inflight == 1 and name not in ALONE or name == "grpc-swift-2, defaults"):
                    continue
                if time.monotonic() > deadline - 60:
                    skipped.add(f"{name}, {size} B, {inflight} in flight, round {round_number + 1}")
                    continue
                try:
                    said = peer.measure(size, inflight, options.seconds)
                    runs.setdefault((size, inflight, name), []).append(said)
                except (RuntimeError, subprocess.TimeoutExpired) as error:
                    failed[f"{name}, {size} B, {inflight} in flight"] = str(error)
    rows = []
    for (size, inflight, name), answers in runs.items():
        middle = {key: statistics.median(one[key] for one in answers)
                  for key in ("callsPerSecond", "p50Microseconds", "p99Microseconds")}
        rows.append({"size": size, "inflight": inflight, "peer": name, "rounds": len(answers), **middle})
    return {"rows": rows, "missing": missing, "failed": failed, "skipped": sorted(skipped)}
