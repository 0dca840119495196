"""What every peer's measurement needs of the machine: processes, their time and memory, the loopback, certificates."""

import os
import shutil
import subprocess
import threading
import time

TICKS = os.sysconf("SC_CLK_TCK")
SAMPLE_SECONDS = 0.2


class Missing(Exception):
    """A peer that is not installed; the text says what to install."""


def program(name, package, folders=()):
    """The path of a program; raises Missing with the package's name."""
    for folder in folders:
        path = os.path.join(folder, name)
        if os.access(path, os.X_OK):
            return path
    found = shutil.which(name)
    if found is None:
        raise Missing(f"{name} is not installed (Debian: {package})")
    return found


def run(*words, **options):
    """Runs a program to its end and gives its output; an error holds what it said."""
    done = subprocess.run(words, capture_output=True, text=True, timeout=options.pop("timeout", 300), **options)
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(words)}: {done.returncode}\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return done.stdout


def loopback_bytes():
    """Bytes that the loopback of this network namespace has carried, headers included; each byte counts once."""
    with open("/proc/net/dev", encoding="ascii") as table:
        for line in table:
            name, _, counts = line.partition(":")
            if name.strip() == "lo":
                return int(counts.split()[0])
    raise RuntimeError("/proc/net/dev has no loopback device")


def stat(process):
    """The fields of /proc/PID/stat after the name, or none where the process has ended."""
    try:
        with open(f"/proc/{process}/stat", encoding="utf-8", errors="replace") as file:
            return file.read().rpartition(")")[2].split()
    except OSError:
        return None


def tree(root):
    """A process and everything below it."""
    children = {}
    for name in os.listdir("/proc"):
        if name.isdigit():
            fields = stat(name)
            if fields:
                children.setdefault(int(fields[1]), []).append(int(name))
    found, waiting = [], [root]
    while waiting:
        process = waiting.pop()
        found.append(process)
        waiting += children.get(process, [])
    return found


def cpu_seconds(root):
    """Processor time of a process tree, ended children included."""
    total = 0
    for process in tree(root):
        fields = stat(process)
        if fields:
            total += sum(int(field) for field in fields[11:15])
    return total / TICKS


def first_status_bytes(process, name):
    """A line of /proc/PID/status that is in kB, in bytes."""
    with open(f"/proc/{process}/status", encoding="ascii") as file:
        return next(int(line.split()[1]) for line in file if line.startswith(name + ":")) * 1024


def resident_bytes(root):
    """Memory of a process tree, with what processes share counted once (proportional set size)."""
    total = 0
    for process in tree(root):
        try:
            with open(f"/proc/{process}/smaps_rollup", encoding="ascii") as file:
                total += sum(int(line.split()[1]) for line in file if line.startswith("Pss:"))
        except OSError:
            continue
    return total * 1024


class Watch:
    """Samples the memory of process trees until it is closed."""

    def __init__(self, roots):
        self.roots = roots
        self.peaks = {name: 0 for name in roots}
        self.before = {name: cpu_seconds(root) for name, root in roots.items()}
        self.ended = threading.Event()
        self.thread = threading.Thread(target=self._sample, daemon=True)
        self.thread.start()

    def _sample(self):
        while not self.ended.is_set():
            for name, root in self.roots.items():
                self.peaks[name] = max(self.peaks[name], resident_bytes(root))
            self.ended.wait(SAMPLE_SECONDS)

    def close(self):
        """Ends the watch; gives processor seconds and peak bytes by name."""
        cpu = {name: cpu_seconds(root) - self.before[name] for name, root in self.roots.items()}
        self.ended.set()
        self.thread.join()
        return cpu, self.peaks


def certificates(folder, names):
    """An authority and a certificate for each name, signed by it, for 127.0.0.1 and localhost."""
    os.makedirs(folder, exist_ok=True)
    authority = ("-CA", f"{folder}/ca.crt", "-CAkey", f"{folder}/ca.key")
    run("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
        "-subj", "/CN=authority", "-keyout", f"{folder}/ca.key", "-out", f"{folder}/ca.crt")
    for name in names:
        run("openssl", "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
            "-subj", f"/CN={name}", "-keyout", f"{folder}/{name}.key", "-out", f"{folder}/{name}.csr")
        extension = f"{folder}/{name}.ext"
        with open(extension, "w", encoding="ascii") as file:
            file.write("subjectAltName=IP:127.0.0.1,DNS:localhost\n")
        run("openssl", "x509", "-req", "-in", f"{folder}/{name}.csr", *authority, "-CAcreateserial", "-days", "2",
            "-extfile", extension, "-out", f"{folder}/{name}.crt")
        os.chmod(f"{folder}/{name}.key", 0o600)


def wait_until(what, condition, seconds=60):
    """Looks again and again until something holds."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise RuntimeError(f"waited {seconds} s in vain for {what}")
        time.sleep(0.05)


def results(name, reports, seconds, publishing, cpu, peaks, wire, note):
    """One run in the words of `yilian-results --json`."""
    return {
        "peer": name, "reports": reports, "seconds": round(seconds, 3), "reportsPerSecond": reports / seconds,
        "publishPerSecond": reports / publishing, "townshipCPUSecondsPerMillion": cpu["township"] / reports * 1e6,
        "countyCPUSecondsPerMillion": cpu["county"] / reports * 1e6, "wireBytes": wire,
        "wireBytesPerReport": wire / reports, "townshipPeakMiB": peaks["township"] / 2**20,
        "countyPeakMiB": peaks["county"] / 2**20, "note": note,
    }
