"""PostgreSQL's logical replication of the rows that the same reports make: two clusters, mutual TLS 1.3, fsync on.

Every report is one transaction of its own, committed with full synchronisation by 64 sessions at the same time, so that
commits are grouped as PostgreSQL groups them. The rows lie ready in an unlogged table beside: what comes to the server
from outside is a number.
"""

import json
import os
import subprocess
import time

from machine import Missing, Watch, certificates, loopback_bytes, program, results, run, wait_until

SESSIONS = 64
PORTS = {"township": 25432, "county": 25433}

TABLES = """
CREATE TABLE report_version (
    entry TEXT NOT NULL PRIMARY KEY, report BIGINT NOT NULL, report_rest BYTEA NOT NULL, version BIGINT NOT NULL,
    status BIGINT NOT NULL, author TEXT NOT NULL, author_time BIGINT NOT NULL, received_at BIGINT NOT NULL,
    fields BYTEA NOT NULL, content_digest BYTEA, has_payload BIGINT NOT NULL, payload BYTEA);
CREATE INDEX report_version_by_report ON report_version (report);
CREATE TABLE report_patient (patient BIGINT NOT NULL, report BIGINT NOT NULL, PRIMARY KEY (patient, report));
"""

STAGE = """
CREATE UNLOGGED TABLE stage (
    n BIGINT PRIMARY KEY, entry TEXT, report BIGINT, report_rest BYTEA, version BIGINT, status BIGINT, author TEXT,
    author_time BIGINT, received_at BIGINT, fields BYTEA, content_digest BYTEA, has_payload BIGINT, payload BYTEA,
    patient1 BIGINT, patient2 BIGINT);
CREATE SEQUENCE position MINVALUE 0 START 0 CACHE 1;
CREATE FUNCTION publish(number BIGINT) RETURNS VOID LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO report_version SELECT entry, report, report_rest, version, status, author, author_time,
        received_at, fields, content_digest, has_payload, payload FROM stage WHERE n = number;
    INSERT INTO report_patient SELECT patient1, report FROM stage WHERE n = number;
    INSERT INTO report_patient SELECT patient2, report FROM stage WHERE n = number;
END $$;
"""

FIND = """
DO $$
BEGIN
    FOR attempt IN 1..100000 LOOP
        EXIT WHEN EXISTS (
            SELECT FROM report_patient JOIN report_version USING (report)
            WHERE patient = {patient} AND report = {report} AND payload IS NOT NULL);
        PERFORM pg_sleep(0.005);
    END LOOP;
END $$;
"""


class Clusters:
    """A township's and a county's cluster, as the user `postgres` where this is root."""

    def __init__(self, folder):
        self.folder = folder
        self.become = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"] if os.getuid() == 0 else []
        newest = sorted(os.listdir("/usr/lib/postgresql"), key=int) if os.path.isdir("/usr/lib/postgresql") else []
        if not newest:
            raise Missing("PostgreSQL is not installed (Debian: postgresql)")
        self.programs = f"/usr/lib/postgresql/{newest[-1]}/bin/"
        for name in ("initdb", "postgres", "psql", "pgbench"):
            program(name, "postgresql", (self.programs,))
        self.version = run(self.programs + "postgres", "--version").split()[2]
        self.servers = {}
        os.makedirs(folder, exist_ok=True)
        certificates(folder, ("township", "county"))
        if self.become:
            run("chown", "-R", "postgres:", folder)

    def start(self, name):
        data = f"{self.folder}/{name}-data"
        run(*self.become, self.programs + "initdb", "-D", data, "-A", "trust", "-E", "UTF8", "--locale=C", "-U",
            "postgres", cwd=self.folder)
        settings = {
            "port": PORTS[name], "listen_addresses": "'127.0.0.1'", "unix_socket_directories": f"'{self.folder}'",
            "fsync": "on", "synchronous_commit": "on", "full_page_writes": "on", "wal_level": "logical",
            "max_connections": SESSIONS + 20, "ssl": "on", "ssl_min_protocol_version": "'TLSv1.3'",
            "ssl_ca_file": f"'{self.folder}/ca.crt'", "ssl_cert_file": f"'{self.folder}/{name}.crt'",
            "ssl_key_file": f"'{self.folder}/{name}.key'",
        }
        with open(f"{data}/postgresql.conf", "a", encoding="ascii") as file:
            file.writelines(f"{key} = {value}\n" for key, value in settings.items())
        with open(f"{data}/pg_hba.conf", "w", encoding="ascii") as file:
            file.write("local all all trust\nhostssl all all 127.0.0.1/32 trust clientcert=verify-ca\n")
        log = open(f"{self.folder}/{name}.log", "w", encoding="utf-8")
        self.servers[name] = subprocess.Popen(
            [*self.become, self.programs + "postgres", "-D", data], stdout=log, stderr=log, cwd=self.folder)
        wait_until(f"the {name}'s cluster", lambda: self.answers(name))

    def answers(self, name):
        return subprocess.run(
            [self.programs + "pg_isready", "-q", "-h", self.folder, "-p", str(PORTS[name])], check=False).returncode == 0

    def sql(self, name, text, *more):
        return run(*self.become, self.programs + "psql", "-XqAt", "-v", "ON_ERROR_STOP=1", "-h", self.folder, "-p",
                   str(PORTS[name]), "-U", "postgres", "-c", text, *more, cwd=self.folder, timeout=900).strip()

    def bench(self, transactions, sessions):
        script = f"{self.folder}/publish.sql"
        with open(script, "w", encoding="ascii") as file:
            file.write("SELECT publish(nextval('position'));\n")
        return run(*self.become, self.programs + "pgbench", "-n", "-M", "prepared", "-c", str(sessions), "-j", "1", "-t",
                   str(transactions // sessions), "-f", script, "-h", self.folder, "-p", str(PORTS["township"]), "-U",
                   "postgres", "postgres", cwd=self.folder, timeout=900)

    def stop(self):
        for server in self.servers.values():
            server.terminate()
        for server in self.servers.values():
            try:
                server.wait(30)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


def measure(driver, reports, folder):
    """Replicates so many reports; the figures of `results`."""
    clusters = Clusters(folder + "/postgres")
    reports -= reports % SESSIONS
    rows = f"{folder}/postgres/rows.copy"
    with open(rows, "w", encoding="utf-8") as file:
        subprocess.run([driver, "rows", "--reports", str(reports)], stdout=file, check=True, timeout=600)
    os.chmod(rows, 0o644)
    with open(rows, encoding="utf-8") as file:
        for last in file:
            pass
    last = last.rstrip("\n").split("\t")
    try:
        for name in ("township", "county"):
            clusters.start(name)
            clusters.sql(name, TABLES)
        clusters.sql("township", STAGE)
        clusters.sql("township", f"COPY stage FROM '{rows}'")
        os.remove(rows)
        clusters.sql("township", "VACUUM ANALYZE stage")
        clusters.sql("township", "CREATE PUBLICATION results FOR TABLE report_version, report_patient")
        tls = (f"host=127.0.0.1 port={PORTS['township']} user=postgres dbname=postgres sslmode=verify-full "
               f"sslrootcert={folder}/postgres/ca.crt sslcert={folder}/postgres/county.crt "
               f"sslkey={folder}/postgres/county.key")
        clusters.sql("county", f"CREATE SUBSCRIPTION results CONNECTION '{tls}' PUBLICATION results WITH (binary = true)")
        ready = "SELECT bool_and(srsubstate = 'r') FROM pg_subscription_rel"
        wait_until("the subscription", lambda: clusters.sql("county", ready) == "t")
        clusters.sql("township", "CHECKPOINT")
        watch = Watch({name: server.pid for name, server in clusters.servers.items()})
        carried, began = loopback_bytes(), time.monotonic()
        clusters.bench(reports - SESSIONS, SESSIONS)
        clusters.bench(SESSIONS, 1)
        publishing = time.monotonic() - began
        clusters.sql("county", FIND.format(patient=last[13], report=last[2]))
        seconds = time.monotonic() - began
        wire = loopback_bytes() - carried
        cpu, peaks = watch.close()
        counts = clusters.sql("county", "SELECT count(*) FROM report_version")
        if int(counts) != reports:
            raise RuntimeError(f"the county's cluster has {counts} of {reports} reports")
        encrypted = clusters.sql("township", "SELECT version FROM pg_stat_ssl JOIN pg_stat_replication USING (pid)")
        if encrypted != "TLSv1.3":
            raise RuntimeError(f"the replication runs over {encrypted or 'no TLS'}")
        return results(f"PostgreSQL {clusters.version} logical replication", reports, seconds, publishing, cpu, peaks,
                       wire, f"{SESSIONS} sessions, one transaction a report, fsync=on, binary=true")
    finally:
        clusters.stop()


if __name__ == "__main__":
    import sys
    import tempfile

    with tempfile.TemporaryDirectory(prefix="yilian-bench-", dir=os.environ.get("YILIAN_BENCH_FOLDER")) as place:
        os.chmod(place, 0o755)
        try:
            print(json.dumps(measure(sys.argv[1], int(sys.argv[2]), place)))
        except Missing as missing:
            print(json.dumps({"peer": "PostgreSQL logical replication", "missing": str(missing)}))
