"""HL7 v2 over MLLP, both ways. Python's standard library only."""

import socket

START, END = b"\x0b", b"\x1c\r"


def frames(stream):
    """The messages of a connection, as text, one after the other."""
    buffer = b""
    while True:
        while END in buffer:
            frame, buffer = buffer.split(END, 1)
            yield frame.split(START, 1)[-1].decode("utf-8")
        piece = stream.recv(65536)
        if not piece:
            return
        buffer += piece


def send(address, message):
    """Sends one message and gives back the acknowledgement; sent again under the same MSH-10, it is taken once."""
    with socket.create_connection(address, timeout=30) as stream:
        stream.sendall(START + message.encode("utf-8") + END)
        return next(frames(stream))


def fields(message, name):
    """The fields of every segment of a name: fields(m, "OBX")[0][5] is OBX-5 of the first one."""
    found = [segment.split("|") for segment in message.split("\r") if segment.startswith(name + "|")]
    # The separator itself is MSH-1.
    return [["MSH", "|"] + segment[1:] for segment in found] if name == "MSH" else found


def acknowledgement(message, code):
    header = fields(message, "MSH")[0]
    return (
        f"MSH|^~\\&|{header[5]}|{header[6]}|{header[3]}|{header[4]}|{header[7]}||ACK|A{header[10]}|P|2.5.1"
        f"||||||UNICODE UTF-8\rMSA|{code}|{header[10]}\r"
    )
