#!/usr/bin/env python3
"""A hospital's system that takes reports over MLLP: it keeps each and acknowledges it. Python's standard library only.

  reports.py PORT FOLDER [COUNT]   ends after so many reports; a port of 0 lets the system choose, and stands in FOLDER/port
"""

import os
import socket
import sys

import mllp


def main(port, folder, count):
    os.makedirs(folder, exist_ok=True)
    server = socket.create_server(("127.0.0.1", port))
    with open(folder + "/port.new", "w", encoding="utf-8") as file:
        file.write(str(server.getsockname()[1]))
    os.replace(folder + "/port.new", folder + "/port")
    seen = set(os.listdir(folder))
    taken = 0
    while True:
        stream, _ = server.accept()
        with stream:
            for message in mllp.frames(stream):
                header = mllp.fields(message, "MSH")[0]
                # The same message again is the same report: the acknowledgement was lost.
                name = header[10] + ".hl7"
                if name not in seen:
                    seen.add(name)
                    taken += 1
                    # It is on the disk before it is acknowledged.
                    with open(folder + "/" + name, "w", encoding="utf-8", newline="") as file:
                        file.write(message)
                        file.flush()
                        os.fsync(file.fileno())
                    order = mllp.fields(message, "ORC")[0][2]
                    print("order", order, "status", mllp.fields(message, "OBR")[0][25], flush=True)
                    for line in mllp.fields(message, "OBX"):
                        print("  ", line[3].split("^")[1] + ":", line[5], flush=True)
                stream.sendall(mllp.START + mllp.acknowledgement(message, "AA").encode("utf-8") + mllp.END)
                if count and taken >= count:
                    return


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], int(sys.argv[3]) if len(sys.argv) > 3 else 0)
