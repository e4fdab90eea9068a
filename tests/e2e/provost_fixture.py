"""Provost as its users meet it: a server of one's own, its command line, its REST interface and phones.

Every server runs in a temporary folder on a free port and ends by its process id.
"""

import atexit
import collections
import csv
import functools
import hashlib
import http.client
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import ssl
import subprocess
import tempfile
import time
import unittest

SOURCE = pathlib.Path(os.environ.get("PROVOST_SOURCE", pathlib.Path(__file__).resolve().parents[2]))
PROGRAM = os.environ.get("PROVOST", str(SOURCE / "build/dev/provost"))
PATIENCE = 60  # seconds until a start, an answer or an end counts as never

# What some simulated phones ask for, and how they name themselves (sim/phones/*.yaml).
OWN_FILE = {
    "yealink": ("/{mac}.cfg", "Yealink SIP-T54W 96.86.0.100 {colons}"),
    "snom": ("/snomD785-{MAC}.htm",
             "Mozilla/4.0 (compatible; snomD785-SIP 10.1.169.16 2010.12-00001-gd311851f1 "
             "(Feb 25 2019 - 14:19:43) {MAC} SXM:0 UXM:0 UXMC:0)"),
    "cisco-mpp": ("/{mac}.xml", "Cisco-CP-8841-3PCC/11.3.7 ({mac})"),
    "poly": ("/{mac}.cfg", "FileTransport PolyEdge-Edge_E450-UA/8.0.0.15602 (SN:{mac}) Type/Application"),
}
SIP_PASSWORD = {
    "yealink": r"(?m)^account\.\d+\.password = (\S+)$",
    "snom": r"<user_pass [^>]*>([^<]+)</user_pass>",
    "cisco-mpp": r"<Password_\d+_[^>]*>([^<]+)</Password_\d+_>",
    "poly": r'reg\.\d+\.auth\.password="([^"]+)"',
}
ADMIN_PASSWORD = {
    "yealink": r"(?m)^security\.user_password = admin:(\S+)$",
    "snom": r"<(?:http_pass|admin_mode_password)(?: [^>]*)?>([^<]+)<",
    "cisco-mpp": r"<(?:Admin_Password|Admin_Passwd)[^>]*>([^<]+)<",
    "poly": r'device\.auth\.localAdminPassword="([^"]+)"',
}


def sanitized():
    """Whether the program is a sanitizer's build, which is several times slower."""
    libraries = subprocess.run(["ldd", PROGRAM], capture_output=True, text=True, check=False).stdout
    return "libasan" in libraries or "libtsan" in libraries


def temporary_folder(name):
    folder = pathlib.Path(tempfile.mkdtemp(prefix=f"provost-{name}-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def wait_until(condition, what, seconds=PATIENCE):
    """The first of its values that is true. `what` it is waited for, or a function that says so with how it is in the end."""
    end = time.monotonic() + seconds
    while not (value := condition()):
        if time.monotonic() > end:
            raise AssertionError(f"never came: {what() if callable(what) else what}")
        time.sleep(0.05)
    return value


def environment(**more):
    env = dict(os.environ, NO_COLOR="1", ASAN_OPTIONS="detect_leaks=0:abort_on_error=0", **more)
    env.pop("PROVOST_SOCKET", None)
    return env


def run(*arguments, check=None, **options):
    """The program, once. `check` is the exit code to insist on."""
    done = subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True, timeout=300, check=False,
                          env=environment(), **options)
    if check is not None and done.returncode != check:
        raise AssertionError(f"exit {done.returncode}, not {check}: {arguments}\n{done.stdout}{done.stderr}")
    return done


def openssl(*arguments, stdin="", check=True):
    return subprocess.run(["openssl", *map(str, arguments)], input=stdin, capture_output=True, text=True,
                          timeout=PATIENCE, check=check)


Answer = collections.namedtuple("Answer", "raw status headers body")


def parse_answer(raw):
    head, _, body = raw.partition(b"\r\n\r\n")
    lines = head.decode("latin-1").split("\r\n")
    status = int(lines[0].split()[1]) if lines[0].startswith("HTTP/") else 0
    headers = {k.strip().lower(): v.strip() for k, _, v in (line.partition(":") for line in lines[1:])}
    return Answer(raw, status, headers, body)


class Phone:
    """A phone with its factory certificate, as raw as TLS lets it be."""

    def __init__(self, vendor, mac, pem, authority):
        self.vendor, self.mac, self.pem, self.authority = vendor, mac, pem, authority
        self.model = {}
        names = {"mac": mac, "MAC": mac.upper(), "colons": ":".join(mac[i:i + 2] for i in range(0, 12, 2))}
        self.path, self.agent = (text.format(**names) for text in OWN_FILE.get(vendor, ("", "")))

    def connect(self, port, source="127.0.0.1", context=None, pem="own"):
        if context is None:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
            context.load_verify_locations(self.authority)
        certificate = self.pem if pem == "own" else pem
        if certificate:
            context.load_cert_chain(certificate)
        plain = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE, source_address=(source, 0))
        try:
            return context.wrap_socket(plain, server_hostname="localhost")
        except BaseException:
            plain.close()
            raise

    def request(self, method="GET", path=None, agent=None, version="1.1", body=b"", headers=()):
        lines = [f"{method} {self.path if path is None else path} HTTP/{version}", "Host: localhost",
                 f"User-Agent: {self.agent if agent is None else agent}", "Connection: close", *headers]
        if body:
            lines.append(f"Content-Length: {len(body)}")
        return "\r\n".join(lines).encode() + b"\r\n\r\n" + body

    def fetch(self, port, source="127.0.0.1", pem="own", context=None, **request):
        """One request on a connection of its own, read to its end and closed in order."""
        with self.connect(port, source, context, pem) as connection:
            connection.sendall(self.request(**request))
            raw = b""
            while chunk := connection.recv(65536):
                raw += chunk
            try:
                connection.unwrap()
            except (OSError, ssl.SSLError):
                pass  # the server was quicker to close
        return parse_answer(raw)

    def password(self, answer):
        """The SIP password in an answer, or None."""
        found = re.search(SIP_PASSWORD[self.vendor], answer.body.decode())
        return found and found.group(1)

    def admin_password(self, answer):
        found = re.search(ADMIN_PASSWORD[self.vendor], answer.body.decode())
        return found and found.group(1)


def make_pki(folder, phones, vendors):
    choice = ["--vendors", ",".join(vendors)] if vendors else []
    run("simulate", "pki", "--vendor-folder", SOURCE / "vendors", "--out", folder, "--phones", phones, "--tenant", "acme",
        *choice, check=0)


def made_before(phones, vendors):
    """A folder beside the program, made by the first test that wants one like it: keys are what takes the time."""
    program = pathlib.Path(PROGRAM)
    made = program.parent / "test-pki" / "-".join([str(program.stat().st_mtime_ns), str(phones), *(vendors or ["all"])])
    if not made.exists():
        made.parent.mkdir(exist_ok=True)
        for old in made.parent.glob("[0-9]*-*"):
            if not old.name.startswith(f"{program.stat().st_mtime_ns}-"):
                shutil.rmtree(old, ignore_errors=True)  # of an earlier build
        fresh = pathlib.Path(tempfile.mkdtemp(dir=made.parent))
        make_pki(fresh, phones, vendors)
        try:
            fresh.rename(made)
        except OSError:  # another test was quicker
            shutil.rmtree(fresh)
    return made


class Pki:
    """A folder of look-alike CAs, phones and server certificates; see `provost simulate pki`."""

    def __init__(self, phones=8, vendors=None):
        self.folder = temporary_folder("pki")
        shutil.copytree(made_before(phones, vendors), self.folder, dirs_exist_ok=True)
        trust = self.folder / "trust.tsv"
        trust.write_text(re.sub(r"(?m)\t/.*(/[^/]+/[^/]+)$", rf"\t{self.folder}\1", trust.read_text()))
        with open(self.folder / "devices.csv", newline="") as rows:
            self.rows = list(csv.DictReader(rows))
        self.phones = [Phone(row["vendor"], row["mac"], self.folder / row["vendor"] / "devices" / f"{row['mac']}.pem",
                             self.folder / "server-ca.pem") for row in self.rows]
        for phone, row in zip(self.phones, self.rows):
            phone.user, phone.model = row["line.1.user"], row["model"]

    @classmethod
    @functools.cache
    def shared(cls):
        """One folder for every server of a test file: four phones of each of four vendors."""
        return cls(16, ("cisco-mpp", "poly", "snom", "yealink"))

    def of(self, vendor):
        return [phone for phone in self.phones if phone.vendor == vendor]

    def trust(self):
        with open(self.folder / "trust.tsv") as rows:
            for row in csv.reader((line for line in rows if not line.startswith("#")), delimiter="\t"):
                yield dict(zip(("vendor", "anchor", "fingerprint", "file"), row))


class Program:
    """One that runs until it is told to end, as `process`; `leaks` 0: a sanitizer does not look for them."""

    process, leaks = None, 1

    def surroundings(self):
        return dict(environment(), ASAN_OPTIONS=f"detect_leaks={self.leaks}:exitcode=99")

    def kill(self):
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None


class KeyHolder(Program):
    """A key holder with a key folder of its own."""

    def __init__(self, *options):
        self.folder = temporary_folder("holder")
        self.keys, self.socket, self.log = self.folder / "keys", self.folder / "run/socket", self.folder / "log"
        self.socket.parent.mkdir(mode=0o700)
        self.options = options
        run("keyholder", "init", self.keys, check=0)

    def start(self):
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                [PROGRAM, "keyholder", "run", "--keys", str(self.keys), "--socket", str(self.socket), *map(str, self.options)],
                stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT,
                env=self.surroundings())
        wait_until(lambda: self.process.poll() is not None or self.answers(), "the key holder's socket")
        if self.process.poll() is not None:
            raise AssertionError(f"the key holder ended with {self.process.returncode}:\n{self.log.read_text()}")
        return self

    def answers(self):
        with socket.socket(socket.AF_UNIX) as connection:
            return self.socket.exists() and connection.connect_ex(str(self.socket)) == 0

    def stop(self):
        end_in_order(self)


def end_in_order(program):
    """SIGTERM; a sanitizer's complaint is a failure."""
    if program.process is None:
        return
    program.process.send_signal(signal.SIGTERM)
    try:
        code = program.process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        program.kill()
        raise AssertionError("it did not end") from None
    program.process = None
    if code != 0:
        raise AssertionError(f"it ended with {code}:\n{program.log.read_text()[-8000:]}")


class Server(Program):
    """A server in a folder of its own, its keys too or with a key holder."""

    def __init__(self, pki, share=SOURCE, key_holder=None):
        self.pki = pki
        self.folder = temporary_folder("server")
        self.home = self.folder / "srv"
        self.log = self.folder / "log"
        self.socket = self.home / "control.sock"
        self.config = self.home / "provost.yaml"
        self.port = None
        self.doors = {}  # ports of further doors
        self.environment = {}  # of its own, beside the tests'
        self.wrapper = []  # a program that becomes the server, such as prlimit
        self.output = None  # a file for what it prints; none: what it prints goes to its log
        self.tls = self.folder / "tls"  # certificates of its own, so that a test may spoil them
        self.tls.mkdir()
        for file in pki.folder.glob("server-*"):
            shutil.copy(file, self.tls)
        run("server", "init", self.home, "--share", share, "--port", "0",
            "--rsa-certificate", self.tls / "server-rsa.pem", "--rsa-key", self.tls / "server-rsa.key",
            "--ecdsa-certificate", self.tls / "server-ecdsa.pem", "--ecdsa-key", self.tls / "server-ecdsa.key",
            *(["--key-holder", key_holder.socket] if key_holder else []), check=0)
        # Where tests put backups.
        self.config.write_text(f'sandbox: {{mode: auto, write: ["{self.folder}"]}}\n' + self.config.read_text())

    def launch(self):
        """Starts it without waiting."""
        port_file = self.home / "port"
        port_file.unlink(missing_ok=True)
        with open(self.log, "ab") as log, open(self.output or os.devnull, "wb") as output:
            self.process = subprocess.Popen(
                [*self.wrapper, PROGRAM, "serve", "--config", str(self.config), "--port-file", str(port_file)],
                stdin=subprocess.DEVNULL, stdout=output if self.output else log, stderr=log,
                env=dict(self.surroundings(), **self.environment))
        return port_file

    def start(self):
        port_file = self.launch()

        def ready():
            if self.process.poll() is not None:
                raise AssertionError(f"the server ended with {self.process.returncode}:\n{self.log.read_text()}")
            text = port_file.read_text() if port_file.exists() else ""
            return text.endswith("\n") and text.splitlines()

        main, *further = wait_until(ready, "the server's port")
        self.port = int(main)
        self.doors = {name: int(port) for name, port in (line.split() for line in further)}
        return self

    def refuse_to_start(self):
        """Starts it where it must not start; gives exit code and what it said."""
        before = self.log.stat().st_size if self.log.exists() else 0
        self.launch()
        try:
            code = self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.kill()
            raise AssertionError("it started") from None
        self.process = None
        return code, self.log.read_bytes()[before:].decode()

    def stop(self):
        end_in_order(self)

    def cli(self, *arguments, check=None, **options):
        return run("--socket", self.socket, *arguments, check=check, **options)

    def json(self, *arguments, check=0):
        return json.loads(self.cli("-o", "json", *arguments, check=check).stdout)

    def lines(self, *arguments, check=0):
        return [json.loads(line) for line in self.cli("-o", "ndjson", *arguments, check=check).stdout.splitlines()]

    def rest(self, method, path, body=None, headers=None):
        """Status and parsed body of one REST call."""
        connection = http.client.HTTPConnection("localhost", timeout=PATIENCE)
        connection.sock = socket.socket(socket.AF_UNIX)
        connection.sock.settimeout(PATIENCE)
        try:
            connection.sock.connect(str(self.socket))
            payload = body if body is None or isinstance(body, (bytes, str)) else json.dumps(body)
            connection.request(method, path, payload, headers or {})
            answer = connection.getresponse()
            text = answer.read()
            is_json = "json" in (answer.getheader("Content-Type") or "")
            return answer.status, json.loads(text) if is_json else text.decode()
        finally:
            connection.close()

    def device(self, phone):
        return self.rest("GET", f"/v1/devices/{phone.mac}")[1]

    def state(self, phone):
        return self.device(phone)["state"]

    def arm(self, phone, forget_key=False):
        status, body = self.rest("POST", f"/v1/devices/{phone.mac}/arm", {"forget_key": forget_key})
        if status != 200:
            raise AssertionError(f"arming {phone.mac}: {status} {body}")
        return body

    def import_rows(self, text, query=""):
        """Imports a device list through the interface; the job's last answer, done or failed, or why it was refused."""
        status, job = self.rest("POST", f"/v1/imports?{query}", text)
        if status != 202:
            return job

        def at_rest():
            answer = self.rest("GET", f"/v1/imports/{job['id']}")[1]
            return answer if answer["state"] in ("checked", "done", "failed") else None
        checked = wait_until(at_rest, "a checked import")
        if checked["state"] == "failed":
            return checked
        self.rest("POST", f"/v1/imports/{job['id']}/apply")
        return wait_until(lambda: (at_rest() or {}).get("state") in ("done", "failed") and at_rest(), "an import")

    def await_state(self, phone, *states):
        return wait_until(lambda: self.state(phone) in states, lambda: f"{phone.mac} in {states}, it is {self.state(phone)}")

    def visits(self, **query):
        """Recorded visits, oldest first; of those before `after` none, waiting for the first of the others."""
        text = "&".join(f"{k}={v}" for k, v in {"kind": "visit", "limit": "1000", **query}.items())
        return self.rest("GET", f"/v1/events?{text}")[1]["items"]

    def visit(self, phone, **request):
        """One request of a phone: the answer, and the event that the server recorded of it."""
        return self.visit_by(lambda: phone.fetch(self.port, **request))

    def visit_by(self, fetch):
        """As visit(), of what this function fetches. The end of a delivery is written a moment after the phone has all of
        it; what depends on it is so when this returns."""
        self.write_down()  # what came before is not this one's
        newest = self.visits(last="true", limit="1")
        answer = fetch()
        self.write_down()
        events = self.visits(after=newest[-1]["id"] if newest else 0)
        if len(events) != 1:
            raise AssertionError(f"{len(events)} events of one request: {events}")
        (event,) = events
        if answer.status == 200 and "device" in event:
            self.await_deliveries(event["device"], event["at"])
        return answer, event

    def await_deliveries(self, mac, at=None):
        """Until none to this device is under way; `at`: none that began at this moment."""
        def ended():
            status, page = self.rest("GET", f"/v1/devices/{mac}/deliveries")
            if status != 200:
                raise AssertionError(f"the deliveries to {mac}: {status} {page}")
            return not any(one["transfer"] == "begun" and at in (None, one["at"]) for one in page["items"])
        wait_until(ended, f"the end of a delivery to {mac}")

    def outbox(self):
        items, after = [], ""
        while True:
            page = self.rest("GET", f"/v1/outbox?all=true&limit=1000&after={after}")[1]
            items += page["items"]
            after = page.get("next")
            if not after:
                return items

    def fill(self, *policy, arm=True, trust=True):
        """Tenant, trust and devices of the folder of certificates."""
        url = f"https://localhost:{self.port}/"
        settings = ["line.registrar_host=sip.acme.example", f"provisioning.url={url}", "time.zone=Europe/London",
                    "time.ntp_server=ntp.acme.example"]
        made, told = self.rest("POST", "/v1/tenants", {"slug": "acme", "name": "Acme Ltd",
                                                       "settings": dict(one.split("=", 1) for one in settings),
                                                       "policy": dict(one.split("=", 1) for one in policy)})
        if made != 201:
            raise AssertionError(f"the tenant: {made} {told}")
        if trust:
            self.trust_all()
        job = self.import_rows((self.pki.folder / "devices.csv").read_bytes(), *(["arm=true"] if arm else []))
        if job.get("state") != "done":
            raise AssertionError(f"the devices: {job}")
        return self

    def trust_all(self):
        for row in self.pki.trust():
            where = "&".join(f"{name}={row[name]}" for name in ("vendor", "anchor", "fingerprint"))
            status, told = self.rest("POST", f"/v1/trust?{where}", pathlib.Path(row["file"]).read_bytes())
            if status != 200 or any(one["outcome"] not in ("imported", "already there") for one in told["items"]):
                raise AssertionError(f"trust in {row}: {status} {told}")

    def write_down(self):
        """What is done later and together, as events of visits are, is written when this returns: a change waits for what came
        before it, also one that finds nothing to change."""
        self.rest("DELETE", "/v1/bans/0")

    def settle(self):
        """Waits until every request so far has its event, and every delivery its end: a door queues them before it forgets the
        connection."""
        def at_rest():
            return not any(door["counters"]["open"] for door in self.rest("GET", "/v1/server")[1]["doors"])
        wait_until(at_rest, "the end of the phones' connections")
        self.write_down()

    def simulate(self, *arguments, door=None, pki=None):
        """Boots the simulated phones; gives exit code, report and what it printed. `door` is another port than the main
        one's, `pki` another folder of phones."""
        report = self.folder / "report.json"
        report.unlink(missing_ok=True)
        done = run("simulate", "run", "--url", f"https://localhost:{door or self.port}/", "--pki", pki or self.pki.folder,
                   "--json", report, *arguments)
        found = json.loads(report.read_text()) if report.exists() else None
        self.settle()
        return done.returncode, found, done.stdout + done.stderr


def ha1(algorithm, user, realm, password):
    return hashlib.new(algorithm, f"{user}:{realm}:{password}".encode()).hexdigest()


def fingerprint(digest):
    """What the outbox keeps of a digest that it has forgotten."""
    return hashlib.sha256(digest.encode()).hexdigest()


def fingerprints(outbox):
    """Device -> what the outbox ever knew of its digests, told, held or void."""
    known = {}
    for entry in outbox:
        known.setdefault(entry["device"], set()).add(entry.get("fingerprint") or fingerprint(entry["ha1_md5"]))
    return known


class Story(unittest.TestCase):
    """Tests around one server for the whole class; set `policy` and `armed`."""

    policy, armed, with_key_holder = (), True, False

    @classmethod
    def setUpClass(cls):
        cls.pki = Pki.shared()
        cls.holder = KeyHolder() if cls.with_key_holder else None
        if cls.holder:
            cls.addClassCleanup(cls.holder.stop)
            cls.holder.start()
        cls.server = Server(cls.pki, key_holder=cls.holder)
        cls.addClassCleanup(cls.server.stop)
        cls.server.start().fill(*cls.policy, arm=cls.armed)

    def fetch(self, phone, **request):
        answer, self.event = self.server.visit(phone, **request)
        return answer

    def take_configuration(self, phone):
        """Arms the phone, fetches its file, gives answer and SIP password."""
        self.server.arm(phone)
        answer = self.fetch(phone)
        self.assertEqual(answer.status, 200, self.event)
        password = phone.password(answer)
        self.assertTrue(password, "no SIP password in the file")
        return answer, password
