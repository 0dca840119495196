"""Delays every packet of a netfilter queue by the same time, for kernels without netem.

  delay.py MILLISECONDS

Speaks netlink to the kernel (linux/netfilter/nfnetlink_queue.h) and needs nothing but Python. Packets stay in the kernel:
only their numbers come here, and one verdict lets all go that are due. Runs until it is ended; says a line when it is
ready.
"""

import collections
import os
import select
import socket
import struct
import sys
import time

NETLINK_NETFILTER = 12
QUEUE_SUBSYSTEM = 3
PACKET, CONFIG, VERDICT_BATCH = 0, 2, 3
ATTRIBUTE_COMMAND, ATTRIBUTE_PARAMETERS, ATTRIBUTE_LENGTH = 1, 2, 3
ATTRIBUTE_PACKET, ATTRIBUTE_VERDICT = 1, 2
BIND, COPY_META, ACCEPT = 1, 1, 1
QUEUED_PACKETS = 65_536
RECEIVE_BYTES = 8 << 20


def attribute(kind, value):
    whole = struct.pack("=HH", 4 + len(value), kind) + value
    return whole + bytes(-len(whole) % 4)


def send(link, message, *attributes):
    """A message to the queue 0; asks for no answer."""
    body = struct.pack("=BBH", socket.AF_UNSPEC, 0, 0) + b"".join(attributes)
    link.send(struct.pack("=IHHII", 16 + len(body), QUEUE_SUBSYSTEM << 8 | message, 1, 0, 0) + body)


def numbers(data):
    """The numbers of the packets that a piece of netlink messages tells of."""
    place = 0
    while place + 16 <= len(data):
        length, kind = struct.unpack_from("=IH", data, place)
        if kind == QUEUE_SUBSYSTEM << 8 | PACKET:
            inside, end = place + 20, place + length
            while inside + 4 <= end:
                size, name = struct.unpack_from("=HH", data, inside)
                if name & 0x7FFF == ATTRIBUTE_PACKET:
                    yield struct.unpack_from("!I", data, inside + 4)[0]
                inside += size + -size % 4
        place += max(16, length + -length % 4)


def main():
    delay = float(sys.argv[1]) / 1000
    # Before what is measured: a delay that waits for a processor would be measured with it.
    os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(10))
    link = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, NETLINK_NETFILTER)
    link.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, RECEIVE_BYTES)
    link.bind((0, 0))
    send(link, CONFIG, attribute(ATTRIBUTE_COMMAND, struct.pack("!BBH", BIND, 0, socket.AF_INET)))
    send(link, CONFIG, attribute(ATTRIBUTE_PARAMETERS, struct.pack("!IB", 0, COPY_META)))
    send(link, CONFIG, attribute(ATTRIBUTE_LENGTH, struct.pack("!I", QUEUED_PACKETS)))
    print('{"ready":true}', flush=True)
    waiting = collections.deque()
    while True:
        patience = max(0, waiting[0][0] - time.monotonic()) if waiting else None
        if select.select([link], [], [], patience)[0]:
            due = time.monotonic() + delay
            waiting.extend((due, number) for number in numbers(link.recv(1 << 18)))
        now, last = time.monotonic(), None
        while waiting and waiting[0][0] <= now:
            last = waiting.popleft()[1]
        if last is not None:
            send(link, VERDICT_BATCH, attribute(ATTRIBUTE_VERDICT, struct.pack("!II", ACCEPT, last)))


if __name__ == "__main__":
    main()
