"""Connections that want nothing: most say not a word, some send a byte a second of what could become TLS.

  strangers.py PORT SILENT DRIPPING SECONDS

Whoever is closed comes again after a second. They come from 25 addresses of the loopback network. At the end one line
of JSON says how many connections were made, and how many were open at most.
"""

import asyncio
import json
import resource
import sys
import time

ADDRESSES = 25
AGAIN_SECONDS = 1.0
# How a TLS record with a ClientHello of 512 bytes begins; then zeros.
BEGINNING = bytes([0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, 0xFC, 0x03, 0x03])


class Count:
    made = open = most = 0


async def stranger(number, port, drips, end):
    """Keeps one connection open as long as it can, again and again."""
    source = (f"127.1.0.{1 + number % ADDRESSES}", 0)
    # They do not all come in the same moment.
    await asyncio.sleep(number % 100 / 100)
    while time.monotonic() < end:
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", port, local_addr=source)
        except OSError:
            await asyncio.sleep(AGAIN_SECONDS)
            continue
        Count.made += 1
        Count.open += 1
        Count.most = max(Count.most, Count.open)
        closed = asyncio.ensure_future(reader.read())
        sent = 0
        while time.monotonic() < end and not closed.done():
            if drips:
                writer.write(BEGINNING[sent:sent + 1] or b"\0")
                sent += 1
            await asyncio.wait([closed], timeout=min(1.0, max(0.01, end - time.monotonic())))
        closed.cancel()
        writer.transport.abort()
        Count.open -= 1
        await asyncio.wait([closed])
        await asyncio.sleep(min(AGAIN_SECONDS, max(0.0, end - time.monotonic())))


async def main():
    port, silent, dripping, seconds = (int(word) for word in sys.argv[1:5])
    if silent + dripping > 5_000 or seconds > 600:
        sys.exit("too many or too long")
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(most, 8_192), most))
    end = time.monotonic() + seconds
    print(json.dumps({"begun": True}), flush=True)
    await asyncio.gather(*(stranger(number, port, number >= silent, end) for number in range(silent + dripping)),
                         return_exceptions=True)
    print(json.dumps({"connections": Count.made, "openAtMost": Count.most}), flush=True)


asyncio.run(main())
