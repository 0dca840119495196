"""RabbitMQ: one broker at the county, persistent messages with publisher confirms over mutual TLS 1.3, one consumer.

The payloads are those that Yilian seals. A broker holds no index and answers no question; it is measured because it is
what one would carry reports with. Wire bytes are those of the author's connection, without IP headers.
"""

import glob
import json
import os
import subprocess
import time

from machine import Missing, Watch, certificates, program, results, run, wait_until

PORT = 25671
WINDOW = 512
HERE = os.path.dirname(os.path.abspath(__file__))

SETTINGS = """
listeners.tcp = none
listeners.ssl.default = 127.0.0.1:{port}
ssl_options.cacertfile = {folder}/ca.crt
ssl_options.certfile = {folder}/server.crt
ssl_options.keyfile = {folder}/server.key
ssl_options.verify = verify_peer
ssl_options.fail_if_no_peer_cert = true
ssl_options.versions.1 = tlsv1.3
"""


class Broker:
    """A broker of its own, with its own Erlang distribution names and folders."""

    def __init__(self, folder):
        self.folder = folder
        homes = sorted(glob.glob("/usr/lib/rabbitmq/lib/rabbitmq_server-*"))
        if not homes:
            raise Missing("RabbitMQ is not installed (Debian: rabbitmq-server)")
        self.home = homes[-1]
        self.version = self.home.rpartition("-")[2]
        self.escript = program("escript", "erlang-base erlang-ssl")
        os.makedirs(folder)
        certificates(folder, ("server", "client"))
        with open(f"{folder}/rabbitmq.conf", "w", encoding="ascii") as file:
            file.write(SETTINGS.format(port=PORT, folder=folder))
        with open(f"{folder}/plugins", "w", encoding="ascii") as file:
            file.write("[].\n")
        self.environment = {
            **os.environ, "HOME": folder, "RABBITMQ_NODENAME": "bench@localhost", "RABBITMQ_DIST_PORT": "25672", "ERL_EPMD_PORT": "25673",
            "RABBITMQ_MNESIA_BASE": f"{folder}/data", "RABBITMQ_LOG_BASE": f"{folder}/log",
            "RABBITMQ_CONFIG_FILE": f"{folder}/rabbitmq.conf", "RABBITMQ_ENABLED_PLUGINS_FILE": f"{folder}/plugins",
            "RABBITMQ_PID_FILE": f"{folder}/pid", "ERL_LIBS": f"{self.home}/plugins",
        }
        with open(f"{folder}/out", "w", encoding="utf-8") as log:
            self.process = subprocess.Popen([f"{self.home}/sbin/rabbitmq-server"], stdout=log, stderr=log,
                                            stdin=subprocess.DEVNULL, env=self.environment)

    def control(self, *words):
        return run(f"{self.home}/sbin/rabbitmqctl", "-q", *words, env=self.environment, timeout=60)

    def is_up(self):
        if self.process.poll() is not None:
            with open(f"{self.folder}/out", encoding="utf-8") as file:
                raise RuntimeError(f"the broker ended: {file.read()[-2000:]}")
        done = subprocess.run([f"{self.home}/sbin/rabbitmqctl", "-q", "await_startup", "--timeout", "1"],
                              env=self.environment, capture_output=True, check=False)
        return done.returncode == 0

    def client(self, *words):
        process = subprocess.Popen([self.escript, HERE + "/rabbit_reports.escript", *words], stdin=subprocess.PIPE,
                                   stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=self.environment)
        return Client(process)

    def author_bytes(self):
        """What the busiest connection has carried towards the broker and back, TLS included."""
        lines = self.control("list_connections", "recv_oct", "send_oct").splitlines()
        pairs = [tuple(int(word) for word in line.split()) for line in lines if line[:1].isdigit()]
        return sum(max(pairs))

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        subprocess.run(["epmd", "-kill"], capture_output=True, check=False, env=self.environment)


class Client:
    """A client's process, which says a line of JSON at each step."""

    def __init__(self, process):
        self.process = process

    def line(self):
        words = self.process.stdout.readline()
        if not words.startswith("{"):
            raise RuntimeError(f"a client said: {words}{self.process.stdout.read(2000)}")
        return json.loads(words)

    def say(self, word):
        self.process.stdin.write(word + "\n")
        self.process.stdin.flush()

    def stop(self):
        self.process.kill()
        self.process.wait()


def measure(driver, reports, folder):
    """Sends so many reports through a broker; the figures of `results`."""
    broker = Broker(folder + "/rabbit")
    clients = []
    try:
        rows = f"{folder}/rabbit/payloads"
        with open(rows, "w", encoding="ascii") as file:
            subprocess.run([driver, "rows", "--payloads", "--reports", str(reports)], stdout=file, check=True, timeout=600)
        wait_until("the broker", broker.is_up)
        author = broker.client("publish", str(PORT), broker.folder, rows, str(WINDOW))
        clients.append(author)
        author.line()
        reader = broker.client("consume", str(PORT), broker.folder, str(reports))
        clients.append(reader)
        reader.line()
        watch = Watch({"township": author.process.pid, "broker": broker.process.pid, "reader": reader.process.pid})
        began = time.monotonic()
        author.say("go")
        publishing = author.line()["publishSeconds"]
        reader.line()
        seconds = time.monotonic() - began
        cpu, peaks = watch.close()
        wire = broker.author_bytes()
        for figures in (cpu, peaks):
            figures["county"] = figures["broker"] + figures["reader"]
        return results(f"RabbitMQ {broker.version}", reports, seconds, publishing, cpu, peaks, wire,
                       f"one classic durable queue, {WINDOW} unconfirmed at most")
    finally:
        for client in clients:
            client.stop()
        broker.stop()
