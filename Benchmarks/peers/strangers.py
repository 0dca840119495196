"""Connections that want nothing: most say not a word, some send a byte a second of what could become TLS,
a message or a request, as the door has it (links, mllp, https, health).

  strangers.py PORT SILENT DRIPPING SECONDS [DOOR]

Whoever is closed comes again after a second. They come from 25 addresses of the loopback network. At the end one line
of JSON says how many connections were made, and how many were open at most. On a machine that the strangers share with
whom they bother, what they cost themselves must be little: one thread asks the kernel for what has happened.
"""

import heapq
import json
import resource
import select
import socket
import sys
import time

ADDRESSES = 25
AGAIN_SECONDS = 1.0
# How a TLS record with a ClientHello of 512 bytes begins; then zeros.
CLIENT_HELLO = bytes([0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, 0xFC, 0x03, 0x03])
BEGINNINGS = {"links": CLIENT_HELLO, "https": CLIENT_HELLO, "mllp": b"\x0bMSH|^~\\&|", "health": b"GET /healthz HTTP/1.1\r\nX: "}


class Strangers:
    def __init__(self, port, silent, dripping, seconds, beginning):
        self.port = port
        self.beginning = beginning
        self.silent = silent
        self.end = time.monotonic() + seconds
        self.poll = select.epoll()
        self.connections = {}
        self.numbers = {}
        self.made = self.most = 0
        # When who comes, or sends its next byte on the connection that it has; they do not all come in the same moment.
        now = time.monotonic()
        self.due = [(now + number % 100 / 100, number, 0) for number in range(silent + dripping)]
        heapq.heapify(self.due)

    def run(self):
        while (now := time.monotonic()) < self.end:
            while self.due and self.due[0][0] <= now:
                _, number, sent = heapq.heappop(self.due)
                if number in self.connections:
                    self.drip(number, sent)
                else:
                    self.come(number)
            wait = min(self.end, self.due[0][0] if self.due else self.end) - time.monotonic()
            for descriptor, _ in self.poll.poll(max(0.0, wait)):
                self.heard(self.numbers[descriptor])
        for connection in self.connections.values():
            connection.close()

    def later(self, number, sent=0):
        heapq.heappush(self.due, (time.monotonic() + AGAIN_SECONDS, number, sent))

    def come(self, number):
        connection = socket.socket()
        try:
            connection.bind((f"127.1.0.{1 + number % ADDRESSES}", 0))
            # Over loopback a connection stands or is refused at once.
            connection.connect(("127.0.0.1", self.port))
        except OSError:
            connection.close()
            return self.later(number)
        connection.setblocking(False)
        self.connections[number] = connection
        self.numbers[connection.fileno()] = number
        self.made += 1
        self.most = max(self.most, len(self.connections))
        self.poll.register(connection, select.EPOLLIN | select.EPOLLRDHUP)
        if number >= self.silent:
            self.drip(number, 0)

    def drip(self, number, sent):
        """The next byte; whoever cannot send it hears of the end of the connection as the silent do."""
        try:
            self.connections[number].send(self.beginning[sent:sent + 1] or b"\0")
        except OSError:
            pass
        self.later(number, sent + 1)

    def heard(self, number):
        connection = self.connections[number]
        try:
            while connection.recv(4096):
                pass
        except BlockingIOError:
            return
        except OSError:
            pass
        del self.connections[number], self.numbers[connection.fileno()]
        self.poll.unregister(connection)
        connection.close()
        # Whoever was to send a byte comes again when that would have been due, which is within a second.
        if number < self.silent:
            self.later(number)


def main():
    port, silent, dripping, seconds = (int(word) for word in sys.argv[1:5])
    if silent + dripping > 5_000 or seconds > 600:
        sys.exit("too many or too long")
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(most, 8_192), most))
    strangers = Strangers(port, silent, dripping, seconds, BEGINNINGS[sys.argv[5] if len(sys.argv) > 5 else "links"])
    print(json.dumps({"begun": True}), flush=True)
    strangers.run()
    print(json.dumps({"connections": strangers.made, "openAtMost": strangers.most}), flush=True)


main()
