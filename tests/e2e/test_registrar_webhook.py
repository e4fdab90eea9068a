"""From the outbox to a registrar that is a program of the operator's own: signed batches, in order, each once, whoever
goes away or is killed (R-B2, R-B5, R-F4)."""

import base64
import hashlib
import hmac
import http.server
import json
import ssl
import threading
import time
import unittest

from provost_fixture import Pki, Server, fingerprint, ha1, wait_until

KEY = b"r" * 32
REALM = "sip.acme.example"


class Receiver(http.server.BaseHTTPRequestHandler):
    """Verifies, and takes each entry once by its key."""

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        signed = f"{self.headers['webhook-id']}.{self.headers['webhook-timestamp']}.".encode() + body
        right = base64.b64encode(hmac.digest(KEY, signed, hashlib.sha256)).decode()
        fresh = abs(time.time() - int(self.headers["webhook-timestamp"])) < 300
        if not fresh or not hmac.compare_digest(self.headers["webhook-signature"], f"v1,{right}"):
            self.server.forged += 1
            return self.answer(401)
        refused = self.server.take(json.loads(body), body)
        if self.server.silent.is_set():  # it took them, and nobody learns of it
            self.close_connection = True
            return None
        return self.answer(200, json.dumps({"refused": refused}).encode())

    def answer(self, status, body=b""):
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


class Registrar(http.server.ThreadingHTTPServer):
    """What it holds outlives a stop; `start` opens the same port again."""

    allow_reuse_address = True

    def __init__(self, identity=None, port=0, of=None):
        super().__init__(("127.0.0.1", port), Receiver)
        self.lock, self.silent = threading.Lock(), threading.Event()
        self.forged = 0
        self.accounts = of.accounts if of else {}     # user -> digests
        self.taken = of.taken if of else []           # entries, each once, in the order they came
        self.tries = of.tries if of else []           # keys, every time
        self.bodies = of.bodies if of else []
        self.refuses, self.why, self.pause, self.identity = set(), "no such domain", 0, identity
        if identity:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(*identity)
            self.socket = context.wrap_socket(self.socket, server_side=True)
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def take(self, message, body):
        time.sleep(self.pause)
        with self.lock:
            self.bodies.append(body)
            known, refused = {entry["key"] for entry in self.taken}, []
            for entry in message["entries"]:
                self.tries.append(entry["key"])
                if entry["user"] in self.refuses:
                    refused.append({"key": entry["key"], "why": self.why})
                    continue
                if entry["key"] in known:
                    continue
                known.add(entry["key"])
                self.taken.append(entry)
                if entry["op"] == "withdraw":
                    self.accounts.pop(entry["user"], None)
                else:
                    self.accounts[entry["user"]] = (entry["ha1_md5"], entry["ha1_sha256"])
            return refused

    def stop(self):
        self.shutdown()
        self.server_close()

    def back(self):
        return Registrar(self.identity, self.server_port, self)

    def handle_error(self, *_):
        pass


class Case(unittest.TestCase):
    policy = ("grace=0s",)

    def setUp(self):
        self.pki = Pki.shared()
        self.server = Server(self.pki)
        self.addCleanup(self.server.kill)
        key = self.server.home / "keys/registrar.key"
        key.write_text("whsec_" + base64.b64encode(KEY).decode() + "\n")
        key.chmod(0o600)
        self.registrar = self.open()

    def open(self, **options):
        registrar = Registrar(**options)
        self.addCleanup(lambda: self.registrar.stop())
        return registrar

    def configure(self, scheme="http", more=""):
        self.server.config.write_text(
            self.server.config.read_text() +
            f'registrars:\n  - {{name: hook, kind: webhook, url: "{scheme}://localhost:{self.registrar.server_port}/hook", '
            f'key: keys/registrar.key{more}}}\n')
        return self.server

    def begin(self, arm=False, **options):
        self.configure(**options).start().fill(*self.policy, arm=arm)
        return self.server

    def told(self, phone, password):
        wanted = (ha1("md5", phone.user, REALM, password), ha1("sha256", phone.user, REALM, password))
        return wait_until(lambda: self.registrar.accounts.get(phone.user) == wanted, f"{phone.user}'s digest")

    def fetch(self, phone):
        password = phone.password(phone.fetch(self.server.port))
        self.assertTrue(password)
        return password

    def state(self):
        return self.server.json("registrar", "status", "hook")

    def in_order(self):
        """Each account's generations rise."""
        last = {}
        for entry in self.registrar.taken:
            self.assertGreaterEqual(entry["generation"], last.get(entry["user"], 0), entry["user"])
            last[entry["user"]] = entry["generation"]
        keys = [entry["key"] for entry in self.registrar.taken]
        self.assertEqual(len(keys), len(set(keys)))


class Told(Case):
    def test_R_B5_R_F4_signed_over_tls_without_a_password_and_then_forgotten(self):
        self.registrar.stop()
        identity = (self.pki.folder / "server-ecdsa.pem", self.pki.folder / "server-ecdsa.key")
        self.registrar = Registrar(identity)
        server = self.begin(scheme="https", more=f', authorities: "{self.pki.folder / "server-ca.pem"}"')
        phone = self.pki.of("yealink")[0]
        server.arm(phone)
        wait_until(lambda: phone.user in self.registrar.accounts, "the first credentials, at once")
        password = self.fetch(phone)
        self.told(phone, password)
        digest = ha1("md5", phone.user, REALM, password)
        wait_until(lambda: self.state()["waiting"] == 0, "an empty queue")
        entry = [one for one in server.outbox() if one["device"] == phone.mac][-1]
        self.assertEqual((entry["state"], entry["ha1_md5"], entry["ha1_sha256"]), ("sent", "", ""))
        self.assertEqual(entry["fingerprint"], fingerprint(digest))
        self.assertEqual(self.registrar.forged, 0)
        for body in self.registrar.bodies:
            self.assertNotIn(password.encode(), body)
        server.cli("server", "close-epoch", check=0)  # truncates the journal
        server.stop()
        for path in server.folder.rglob("*"):
            if path.is_file():
                self.assertNotIn(digest.encode(), path.read_bytes(), path)
        self.assertNotIn(base64.b64encode(KEY).decode(), server.log.read_text())

    def test_R_B2_a_phone_that_has_credentials_keeps_them_until_it_has_the_new(self):
        server = self.begin()
        phone = self.pki.of("yealink")[1]
        server.arm(phone)
        first = self.fetch(phone)
        self.told(phone, first)
        server.await_state(phone, "provisioned")
        server.cli("device", "rotate", phone.mac, check=0)
        self.assertEqual(server.state(phone), "armed")
        listed = server.lines("device", "list", "--not-rotated")
        self.assertEqual([one["mac"] for one in listed], [phone.mac])
        self.assertEqual(server.lines("outbox", "list")[-1]["state"], "held")
        time.sleep(1)
        self.told(phone, first)
        second = self.fetch(phone)
        self.assertNotEqual(first, second)
        self.told(phone, second)
        self.assertEqual(server.lines("device", "list", "--not-rotated"), [])
        server.await_state(phone, "provisioned")
        self.assertEqual(server.json("device", "rotate", phone.mac, "--suspected")["rotation_cause"], "suspicion")
        wait_until(lambda: self.registrar.accounts[phone.user][0] != ha1("md5", phone.user, REALM, second),
                   "the old password's end, before any visit")
        self.told(phone, self.fetch(phone))
        self.in_order()

    def test_R_B2_a_tenant_rotates_and_no_phone_is_left_behind(self):
        server = self.begin(arm=True)
        phones = self.pki.phones
        old = {phone.mac: self.fetch(phone) for phone in phones}
        for phone in phones:
            self.told(phone, old[phone.mac])
            server.await_state(phone, "provisioned")
        self.assertEqual(server.json("tenant", "rotate", "acme"), {"asked": len(phones), "failed": 0})
        self.assertEqual(len(server.lines("device", "list", "--not-rotated")), len(phones))
        for i, phone in enumerate(phones):
            self.told(phone, old[phone.mac])
            self.told(phone, self.fetch(phone))
            self.assertEqual(len(server.lines("device", "list", "--not-rotated")), len(phones) - i - 1)
            server.await_state(phone, "provisioned")
        server.cli("device", "set", phones[0].mac, "--set", "line.1.user=", check=0)
        partly = server.cli("tenant", "rotate", "acme", check=3)
        self.assertIn("P-2029", partly.stdout)

    def test_R_B2_by_schedule_a_phone_changes_its_password(self):
        server = self.begin()
        phone = self.pki.of("yealink")[1]
        server.arm(phone)
        first = self.fetch(phone)
        self.told(phone, first)
        server.await_state(phone, "provisioned")
        server.cli("tenant", "set", "acme", "--policy", "rotate_every=1m", check=0)
        time.sleep(61)  # as short as the policy may be
        server.stop()
        server.start()  # it looks at once, and then every ten minutes
        server.await_state(phone, "armed")
        self.assertEqual(server.json("device", "show", phone.mac)["rotation_cause"], "schedule")
        self.told(phone, first)
        second = self.fetch(phone)
        self.assertNotEqual(first, second)
        self.told(phone, second)
        self.in_order()

    def test_R_B1_a_registration_ends_the_grace(self):
        self.policy = ("grace=1h",)
        server = self.begin()
        phone = self.pki.of("snom")[0]
        server.arm(phone)
        tell = lambda: server.json("registrar", "registered", phone.user, REALM)["grace_ended"]
        self.told(phone, self.fetch(phone))
        server.await_state(phone, "grace")
        wait_until(lambda: self.state()["waiting"] == 0, "the note that it was told")
        self.assertFalse(server.json("registrar", "registered", "nobody", REALM)["grace_ended"])
        self.assertTrue(tell())
        self.assertEqual(server.state(phone), "provisioned")
        self.assertEqual([one["actor"][:5] for one in server.rest("GET", "/v1/events?kind=device.registered")[1]["items"]],
                         ["unix:"])
        self.assertFalse(tell())
        server.cli("device", "rotate", phone.mac, check=0)
        self.registrar.stop()
        self.fetch(phone)
        server.await_state(phone, "grace")
        self.assertFalse(tell(), "the registrar has the old password still")
        self.registrar = self.registrar.back()
        wait_until(lambda: self.state()["waiting"] == 0, "the registrar's return")
        self.assertTrue(tell())

    def test_R_F4_only_those_whom_it_serves(self):
        server = self.begin(more=", tenants: [other], realms: [sip.other.example]")
        phone = self.pki.of("poly")[0]
        server.arm(phone)
        password = self.fetch(phone)
        self.assertEqual([one["ha1_md5"] for one in server.outbox()], [ha1("md5", phone.user, REALM, password)],
                         "nobody is told, so it stays")
        server.stop()
        server.config.write_text(server.config.read_text().replace("tenants: [other], realms: [sip.other.example]",
                                                                   f"tenants: [acme], realms: [{REALM}]"))
        server.start()
        self.told(phone, password)


class Broken(Case):
    def test_R_F4_away_and_back_nothing_is_lost_doubled_or_out_of_order(self):
        server = self.begin()
        self.registrar.stop()
        phones = self.pki.phones[:6]
        passwords = {}
        for phone in phones:
            server.arm(phone)
            passwords[phone.mac] = self.fetch(phone)
        wait_until(lambda: self.state()["state"] == "away", "that it is away")
        wait_until(lambda: self.state()["waiting"] == len(phones), "all that waits")
        self.assertIn("P-7021", self.state()["trouble"])
        for phone in phones[:3]:  # a second generation behind the first
            server.await_state(phone, "provisioned")
            server.cli("device", "rotate", phone.mac, check=0)
            passwords[phone.mac] = self.fetch(phone)
        server.cli("device", "retire", phones[5].mac, check=0)
        self.registrar = self.registrar.back()
        server.cli("registrar", "replay", "hook", check=0)
        for phone in phones[:5]:
            self.told(phone, passwords[phone.mac])
        wait_until(lambda: self.state()["waiting"] == 0, "an empty queue")
        self.assertNotIn(phones[5].user, self.registrar.accounts)
        self.assertEqual(self.state()["state"], "well")
        self.in_order()
        self.assertEqual([one["key"] for one in self.registrar.taken], self.registrar.tries)

    def test_R_F4_one_that_is_refused_keeps_nobody_back(self):
        server = self.begin()
        phones = self.pki.phones[:3]
        self.registrar.refuses = {phones[1].user}
        for phone in phones:
            server.arm(phone)
        wait_until(lambda: len(self.registrar.accounts) == 2, "the others")
        (refused,) = wait_until(lambda: self.state()["refused_accounts"], "the refusal")
        self.assertEqual((refused["user"], refused["device"]), (phones[1].user, phones[1].mac))
        self.assertIn("no such domain", refused["trouble"])
        wait_until(lambda: server.rest("GET", "/v1/events?kind=registrar.refused")[1]["items"], "word of it")
        replay = ("registrar", "replay", "hook", "--account", phones[1].user)
        self.assertEqual(server.json(*replay), {"entries": 1})
        self.registrar.refuses = set()
        server.json(*replay)  # or the queue's own next try
        wait_until(lambda: phones[1].user in self.registrar.accounts, "the one that was refused")

    def test_R_F4_long_reasons_keep_nobody_back(self):
        phones = self.pki.phones
        self.registrar.refuses = {phone.user for phone in phones[1:]}
        self.registrar.why = "no such domain: " + "x" * 20_000
        self.begin(arm=True)
        wait_until(lambda: len(self.state()["refused_accounts"]) == len(phones) - 1, "the refusals")
        self.assertEqual(set(self.registrar.accounts), {phones[0].user})

    def test_R_G1_killed_in_the_middle_it_goes_on_where_it_was(self):
        server = self.begin()
        phones = self.pki.phones
        self.registrar.pause = 0.2
        for cut in (0.05, 0.3, 0.6):
            for phone in phones:
                server.arm(phone)
            self.registrar.silent.set()
            time.sleep(cut)
            server.kill()
            self.registrar.silent.clear()
            server.start()
        self.registrar.pause = 0
        passwords = {phone.mac: self.fetch(phone) for phone in phones}
        for phone in phones:
            self.told(phone, passwords[phone.mac])
        wait_until(lambda: self.state()["waiting"] == 0, "an empty queue")
        self.in_order()
        for entry in server.outbox():
            self.assertEqual(entry["ha1_md5"], "")

    def test_R_F4_who_cant_be_verified_gets_nothing(self):
        self.registrar.stop()
        identity = (self.pki.folder / "server-ecdsa.pem", self.pki.folder / "server-ecdsa.key")
        self.registrar = Registrar(identity)
        server = self.begin(scheme="https")  # the system's authorities don't know it
        server.arm(self.pki.phones[0])
        wait_until(lambda: self.state()["state"] == "away", "that it is away")
        self.assertEqual(self.registrar.bodies, [])


class Mistakes(Case):
    def test_R_F4_mistakes_in_the_configuration_are_told_with_their_place(self):
        for more, code in (("registrars:\n  - {name: a, kind: webhook, url: \"http://203.0.113.1/x\", key: k}\n", "P-2107"),
                           ("registrars:\n  - {name: A, kind: webhook, url: \"https://r.example/\", key: k}\n", "P-2107"),
                           ("registrars:\n  - {name: a, kind: carrier-pigeon}\n", "P-2107"),
                           ("registrars:\n  - {name: a, kind: webhook, url: \"https://r.example/\", key: missing}\n", "P-1112")):
            before = self.server.config.read_text()
            self.server.config.write_text(before + more)
            code_of_exit, said = self.server.refuse_to_start()
            self.assertNotEqual(code_of_exit, 0)
            self.assertIn(code, said)
            self.server.config.write_text(before)

    def test_without_registrars_the_list_is_empty(self):
        self.server.start()
        self.assertEqual(self.server.lines("registrar", "list"), [])
        self.assertIn("P-8101", self.server.cli("registrar", "status", "none").stderr)


if __name__ == "__main__":
    unittest.main()
