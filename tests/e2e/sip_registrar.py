"""Real registrars on loopback: PostgreSQL or SQLite beneath, Kamailio above, and phones that register there.

Each lives in a temporary folder and ends by its process id. PostgreSQL refuses to run as root, so root runs it as
the user that its package made.
"""

import contextlib
import hashlib
import os
import pathlib
import pwd
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import threading
import time

from ports import free_port
from provost_fixture import PATIENCE, SOURCE, temporary_folder, wait_until

SCRIPTS = pathlib.Path("/usr/share/kamailio")
OWN_TABLE = SOURCE / "packaging/registrars"
REGISTER_TRIES = 20


def missing(program):
    return AssertionError(f"{program} is missing: see packaging/packages-test.txt")


def newest(program):
    found = sorted(pathlib.Path("/usr/lib/postgresql").glob(f"*/bin/{program}"))
    if not found:
        raise missing(program)
    return str(found[-1])


class Process:
    """A program that runs until stop()."""

    process = None

    def spawn(self, command, log, **options):
        with open(log, "ab") as out:
            self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT,
                                            **options)

    def stop(self, sign=signal.SIGTERM):
        if self.process is None:
            return
        self.process.send_signal(sign)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process = None


class SqliteFile:
    """A registrar's database that is a file."""

    scripts = SCRIPTS / "db_sqlite"

    def __init__(self):
        self.folder = temporary_folder("registrar")
        self.file = self.folder / "kamailio.db"
        self.kamailio_url = f"sqlite:///{self.file}"
        self.provost_url = f"sqlite:{self.file}"
        self.module = "db_sqlite.so"
        with contextlib.closing(sqlite3.connect(self.file)) as database:
            # Kamailio's module does not wait for a lock: so no reader, as this test is one, holds one against it.
            database.execute("PRAGMA journal_mode = WAL")
            for script in (*(self.scripts / f"{name}-create.sql" for name in ("standard", "auth_db", "usrloc")),
                           OWN_TABLE / "provost_accounts.sqlite.sql"):
                database.executescript(script.read_text())

    def rows(self, sql):
        with contextlib.closing(sqlite3.connect(self.file, timeout=20)) as database:
            rows = database.execute(sql).fetchall()
            database.commit()
            return [tuple("" if value is None else str(value) for value in row) for row in rows]

    def bytes_at_rest(self):
        return b"".join(path.read_bytes() for path in self.folder.iterdir())

    def start(self):
        return self

    def stop(self):
        pass


class Postgresql(Process):
    """A server of one's own with Kamailio's tables; Provost comes as a user with few rights and a password."""

    password = "canary-of-the-database"

    def __init__(self):
        self.folder = temporary_folder("postgresql")
        self.port = free_port()
        self.user = {}
        if os.getuid() == 0:
            try:
                owner = pwd.getpwnam("postgres")
            except KeyError:
                raise missing("postgresql") from None
            shutil.chown(self.folder, owner.pw_uid, owner.pw_gid)
            self.folder.chmod(0o755)
            self.user = {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}
        subprocess.run([newest("initdb"), "-D", self.folder / "data", "-U", "root", "-A", "trust", "-N",
                        "--locale=C.UTF-8"], check=True, capture_output=True, timeout=PATIENCE, cwd="/", **self.user)
        (self.folder / "data/pg_hba.conf").write_text(
            "local all all trust\nhost all provost 127.0.0.1/32 scram-sha-256\nhost all all 127.0.0.1/32 trust\n")
        self.kamailio_url = f"postgres://root@127.0.0.1:{self.port}/kamailio"
        self.provost_url = f"postgresql://provost@127.0.0.1:{self.port}/kamailio"
        self.module = "db_postgres.so"
        self.start()
        self.psql("-d", "postgres", "-c", "CREATE DATABASE kamailio")
        for name in ("standard", "auth_db", "usrloc"):
            self.psql("-f", SCRIPTS / f"postgres/{name}-create.sql")
        self.psql("-f", OWN_TABLE / "provost_accounts.postgresql.sql")
        self.psql("-c", f"CREATE ROLE provost LOGIN PASSWORD '{self.password}'",
                  "-c", "GRANT SELECT, INSERT, UPDATE, DELETE ON subscriber, provost_accounts TO provost",
                  "-c", "GRANT USAGE ON SEQUENCE subscriber_id_seq TO provost",
                  "-c", "GRANT SELECT ON location TO provost")

    def psql(self, *arguments):
        done = subprocess.run(["psql", "-X", "-q", "-h", self.folder, "-p", str(self.port), "-U", "root", "-d", "kamailio",
                               "-v", "ON_ERROR_STOP=1", "-At", *arguments],
                              capture_output=True, text=True, timeout=PATIENCE, check=False)
        if done.returncode != 0:
            raise AssertionError(done.stderr)
        return done.stdout

    def start(self):
        self.spawn([newest("postgres"), "-D", self.folder / "data", "-k", self.folder, "-p", str(self.port), "-h",
                    "127.0.0.1", "-c", "fsync=off", "-c", "shared_buffers=16MB", "-c", "log_statement=all"],
                   self.folder / "log", cwd="/", **self.user)
        wait_until(lambda: subprocess.run([newest("pg_isready"), "-q", "-h", self.folder, "-p", str(self.port)],
                                          check=False).returncode == 0, "PostgreSQL")
        return self

    def stop(self):
        super().stop(signal.SIGINT)

    def rows(self, sql):
        return [tuple(line.split("|")) for line in self.psql("-c", sql).splitlines()]

    def bytes_at_rest(self):
        self.psql("-c", "CHECKPOINT")
        return b"".join(path.read_bytes() for path in self.folder.rglob("*")
                        if path.is_file() and path.name != "log")


CONFIG = """#!KAMAILIO
debug=1
log_stderror=yes
fork=yes
children=2
auto_aliases=no
mhomed=0
alias="{realm}"
listen=udp:127.0.0.1:{port}
listen=tcp:127.0.0.1:{port}
mpath="/usr/lib/x86_64-linux-gnu/kamailio/modules/:/usr/lib/aarch64-linux-gnu/kamailio/modules/"
{tls}
loadmodule "{module}"
loadmodule "tm.so"
loadmodule "sl.so"
loadmodule "pv.so"
loadmodule "maxfwd.so"
loadmodule "usrloc.so"
loadmodule "registrar.so"
loadmodule "auth.so"
loadmodule "auth_db.so"
loadmodule "textops.so"
modparam("usrloc|auth_db", "db_url", "{url}")
modparam("usrloc", "db_mode", {db_mode})
modparam("usrloc", "use_domain", {use_domain})
modparam("usrloc", "timer_interval", 1)
modparam("auth_db", "use_domain", {use_domain})
modparam("auth_db", "calculate_ha1", 0)
modparam("auth_db", "password_column", "ha1")
modparam("auth_db", "password_column_2", "ha1b")
modparam("auth_db", "load_credentials", "")
modparam("auth", "algorithm", "{algorithm}")
request_route {{
    if (!mf_process_maxfwd_header("10")) {{ sl_send_reply("483", "Too Many Hops"); exit; }}
    if (!is_method("REGISTER")) {{ sl_send_reply("405", "Method Not Allowed"); exit; }}
    if (!www_authorize("{realm}", "subscriber")) {{ www_challenge("{realm}", "1"); exit; }}
    if ($au != $tU) {{ sl_send_reply("403", "Not yours"); exit; }}
    if (!save("location")) sl_reply_error();
    exit;
}}
"""

OVER_TLS = """enable_tls=yes
listen=tls:127.0.0.1:{port}
loadmodule "tls.so"
modparam("tls", "tls_method", "TLSv1.2+")
modparam("tls", "certificate", "{folder}/server-ecdsa.pem")
modparam("tls", "private_key", "{folder}/server-ecdsa.key")
"""


class Kamailio(Process):
    """Kamailio on 127.0.0.1, UDP and TCP, over a database of one's own. `sha256`: it asks for that digest; `tls`: a folder
    with the certificate that it shows on `tls_port`."""

    def __init__(self, database, realm="sip.example.test", sha256=False, db_mode=1, use_domain=1, tls=None):
        if shutil.which("kamailio") is None:
            raise missing("kamailio")
        self.database, self.realm, self.algorithm = database, realm, "SHA-256" if sha256 else "MD5"
        self.folder = temporary_folder("kamailio")
        self.port = free_port()
        self.tls_port = tls and free_port()
        self.config = self.folder / "kamailio.cfg"
        self.config.write_text(CONFIG.format(port=self.port, module=database.module, url=database.kamailio_url,
                                             realm=realm, algorithm=self.algorithm if sha256 else "",
                                             db_mode=db_mode, use_domain=use_domain,
                                             tls=OVER_TLS.format(port=self.tls_port, folder=tls) if tls else ""))

    def start(self):
        self.spawn(["kamailio", "-DD", "-E", "-f", self.config, "-Y", self.folder, "-P", self.folder / "pid", "-w",
                    self.folder, "-m", "32", "-M", "8"], self.folder / "log")

        def answers():
            if self.process.poll() is not None:
                raise AssertionError((self.folder / "log").read_text())
            with contextlib.suppress(OSError):
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return True
            return False

        wait_until(answers, "Kamailio")
        return self

    def subscribers(self):
        return {user: (domain, password, ha1, ha1b) for user, domain, password, ha1, ha1b in
                self.database.rows("SELECT username, domain, password, ha1, ha1b FROM subscriber")}

    def contacts(self):
        return dict(self.database.rows("SELECT username, contact FROM location"))

    def register(self, user, password, **options):
        """As register(), at this registrar."""
        return register(self.port, user, self.realm, password, **options)


def challenge_of(answer):
    line = re.search(rb"(?im)^WWW-Authenticate: Digest (.*)\r$", answer)
    if line is None:
        raise AssertionError(answer.decode())
    return dict(re.findall(r'(\w+)="?([^",]+)"?', line.group(1).decode()))


def credentials(challenge, user, password, uri, ha1_text=None):
    name = challenge.get("algorithm", "MD5")
    digest = {"MD5": hashlib.md5, "SHA-256": hashlib.sha256}[name]

    def hexed(text):
        return digest(text.encode()).hexdigest()

    first = ha1_text or hexed(f"{user}:{challenge['realm']}:{password}")
    second = hexed(f"REGISTER:{uri}")
    fields = {"username": user, "realm": challenge["realm"], "nonce": challenge["nonce"], "uri": uri}
    text = ", ".join(f'{key}="{value}"' for key, value in fields.items()) + f", algorithm={name}"
    if "qop" in challenge:
        return f'{text}, qop=auth, nc=00000001, cnonce="c0ffee", response="' + \
            hexed(f"{first}:{challenge['nonce']}:00000001:c0ffee:auth:{second}") + '"'
    return f'{text}, response="' + hexed(f"{first}:{challenge['nonce']}:{second}") + '"'


def register(*arguments, **options):
    """A phone's REGISTER with the digest of RFC 7616; the last status. Kamailio's db_sqlite does not wait for a file that
    another writes just now, and answers 500; a phone tries again then (RFC 3261, 21.5), with a call of its own."""
    for _ in range(REGISTER_TRIES - 1):
        status = register_once(*arguments, **options)
        if status != 500:
            return status
        time.sleep(0.3)
    return register_once(*arguments, **options)


def register_once(port, user, realm, password, expires=600, digest_user=None, ha1_text=None, tcp=False, own_port=0):
    kind = socket.SOCK_STREAM if tcp else socket.SOCK_DGRAM
    with socket.socket(socket.AF_INET, kind) as phone:
        phone.settimeout(PATIENCE)
        phone.bind(("127.0.0.1", own_port))
        phone.connect(("127.0.0.1", port))
        host, own = phone.getsockname()
        uri, call, status, authorization = f"sip:{realm}", os.urandom(8).hex(), 0, ""
        for number in (1, 2):
            transport = "TCP" if tcp else "UDP"
            phone.sendall((f"REGISTER {uri} SIP/2.0\r\nVia: SIP/2.0/{transport} {host}:{own};branch=z9hG4bK{call}{number}\r\n"
                           f"Max-Forwards: 70\r\nFrom: <sip:{user}@{realm}>;tag={call}\r\nTo: <sip:{user}@{realm}>\r\n"
                           f"Call-ID: {call}\r\nCSeq: {number} REGISTER\r\nContact: <sip:{user}@{host}:{own}>\r\n"
                           f"Expires: {expires}\r\nUser-Agent: Phone of a test\r\n{authorization}Content-Length: 0\r\n\r\n"
                           ).encode())
            answer = phone.recv(65536)
            status = int(answer.split()[1])
            if status != 401 or number == 2:
                return status
            authorization = "Authorization: Digest " + credentials(
                challenge_of(answer), digest_user or user, password, uri, ha1_text) + "\r\n"
    return status


class RecordingProxy:
    """Stands before a TCP server and keeps what goes both ways."""

    def __init__(self, port):
        self.target, self.seen = port, bytearray()
        self.shut = False  # as if the server were away
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            try:
                if self.shut:
                    raise ConnectionRefusedError
                server = socket.create_connection(("127.0.0.1", self.target), 10)
            except OSError:
                client.close()  # the server is away
                continue
            server.settimeout(None)
            for source, sink in ((client, server), (server, client)):
                threading.Thread(target=self.copy, args=(source, sink), daemon=True).start()

    def copy(self, source, sink):
        with contextlib.suppress(OSError):
            while chunk := source.recv(65536):
                self.seen += chunk
                sink.sendall(chunk)
        for one in (source, sink):
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
        source.close()

    def stop(self):
        self.listener.close()
