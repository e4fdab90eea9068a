"""Devices without a certificate: one-time addresses, HTTP Digest and Basic over TLS, at doors of their own (R-A7)."""

import base64
import hashlib
import re
import shutil
import socket
import struct
import subprocess
import time
import unittest

from ports import free_ports
from provost_fixture import PATIENCE, Phone, Pki, Server, parse_answer, wait_until
from test_secrets import forms_of

POLICY = ("fallback=digest,basic,token", "fallback_networks=127.0.0.0/24", "minimum_rating=3", "grace=0s")
DOORS = """doors:
  - name: fallback
    address: 127.0.0.1
    port: {fallback}
    url: https://localhost:{fallback}/p/
    path_prefix: /p/
    access: [certificate, digest, basic, token]
    identities: &identity
  - name: digest-only
    address: 127.0.0.1
    port: {digest_only}
    access: [digest]
"""
USER = r"(?m)^static\.auto_provision\.server\.username = (\S+)$"
PASSWORD = r"(?m)^static\.auto_provision\.server\.password = (\S+)$"
URL = r"(?m)^static\.auto_provision\.server\.url = (\S+)$"


def parameter(answer, pattern):
    found = re.search(pattern, answer.body.decode())
    return found and found.group(1)


def challenges(answer):
    """The WWW-Authenticate lines, in order."""
    head = answer.raw.split(b"\r\n\r\n")[0].decode()
    return re.findall(r"(?m)^WWW-Authenticate: (.*?)\r?$", head)


def without_nonces(answer):
    return re.sub(rb'nonce="[0-9a-f]{64}"', b'nonce=""', answer.raw)


def digest_header(user, password, challenge, path, method="GET", count=1):
    algorithm = re.search(r"algorithm=([\w-]+)", challenge).group(1)
    nonce = re.search(r'nonce="(\w+)"', challenge).group(1)

    def h(text):
        return hashlib.new("md5" if algorithm == "MD5" else "sha256", text.encode()).hexdigest()
    ha1, ha2 = h(f"{user}:provisioning:{password}"), h(f"{method}:{path}")
    response = h(f"{ha1}:{nonce}:{count:08x}:abc:auth:{ha2}")
    return (f'Authorization: Digest username="{user}", realm="provisioning", nonce="{nonce}", uri="{path}", '
            f'algorithm={algorithm}, qop=auth, nc={count:08x}, cnonce="abc", response="{response}"')


def basic_header(user, password):
    return "Authorization: Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()


class Access(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.pki = Pki.shared()
        cls.server = Server(cls.pki)
        cls.fallback, cls.digest_only = free_ports(2)
        identity = f'\n      - {{certificate: "{cls.server.tls}/server-rsa.pem", key: "{cls.server.tls}/server-rsa.key"}}'
        doors = DOORS.format(fallback=cls.fallback, digest_only=cls.digest_only)
        doors = doors.replace("identities: &identity", "identities:" + identity) + "    identities:" + identity + "\n"
        cls.server.config.write_text(cls.server.config.read_text() + doors)
        cls.addClassCleanup(cls.server.stop)
        cls.server.start().fill(*POLICY)
        cls.main = cls.server.port
        cls.count = 0

    def setUp(self):
        self.policy(*POLICY)

    def policy(self, *values):
        self.server.cli("tenant", "set", "acme", *(x for value in values for x in ("--policy", value)), check=0)

    def add(self, access, *options):
        """A new phone without a certificate, set to this access and armed."""
        type(self).count += 1
        phone = Phone("yealink", f"0015650a{self.count:04x}", None, self.pki.folder / "server-ca.pem")
        phone.path = "/p" + phone.path
        self.server.cli("device", "add", phone.mac, "--tenant", "acme", "--access", access, "--arm", "--set",
                        f"line.1.user=n{self.count}", *options, check=0)
        return phone

    def token(self, phone, *options):
        """The path of a fresh one-time address, to the folder."""
        done = self.server.cli("device", "token", phone.mac, *options, check=0)
        address = done.stdout.strip()
        self.assertTrue(address.startswith(f"https://localhost:{self.fallback}/p/t/"), address)
        self.assertIn("not shown again", done.stderr)
        return address.split(str(self.fallback), 1)[1]

    def ask(self, phone, path=None, port=None, source="127.0.0.1", **request):
        answer, self.event = self.server.visit_by(
            lambda: phone.fetch(port or self.fallback, source=source, pem=None, path=path or phone.path, **request))
        return answer

    def by_digest(self, phone, user, password, path=None, algorithm=0, **more):
        path = path or phone.path
        challenge = challenges(self.ask(phone, path, **more))[algorithm]
        return self.ask(phone, path, headers=[digest_header(user, password, challenge, path)], **more)

    def by_basic(self, phone, user, password, **more):
        return self.ask(phone, headers=[basic_header(user, password)], **more)

    def first_contact(self, phone):
        """Spends a token; gives what the phone comes again with, and its SIP password."""
        answer = self.ask(phone, self.token(phone) + phone.path.rsplit("/", 1)[1])
        self.assertEqual(answer.status, 200, self.event)
        self.server.await_state(phone, "provisioned")
        return parameter(answer, USER), parameter(answer, PASSWORD), phone.password(answer)

    def break_off(self, phone, path):
        """Takes a piece of the answer, then resets the connection."""
        connection = phone.connect(self.fallback, pem=None)
        connection.sendall(phone.request(path=path))
        self.assertTrue(connection.recv(100).startswith(b"HTTP/1.1 200"))
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        connection.close()

        def broken():
            items = self.server.rest("GET", f"/v1/devices/{phone.mac}/deliveries")[1]["items"]
            return items and items[0]["transfer"] == "broken"
        wait_until(broken, "a broken transfer")

    # --- the lasting password

    def test_R_A7_a_token_brings_a_digest_password_that_later_call_homes_use(self):
        phone = self.add("digest")
        user, password, sip = self.first_contact(phone)
        self.assertTrue(sip and user and password)
        self.assertGreaterEqual(len(password), 22)
        self.assertNotIn(phone.mac, user)
        for algorithm in (0, 1):
            later = self.by_digest(phone, user, password, algorithm=algorithm)
            self.assertEqual(later.status, 200, self.event)
            self.assertEqual((self.event["rule"], self.event["proof"]), ("resync", "digest"))
            self.assertIsNone(phone.password(later))
            self.assertIsNone(parameter(later, PASSWORD))
            self.assertEqual(parameter(later, USER), user)
            self.assertEqual(parameter(later, URL), f"https://localhost:{self.fallback}/p/")
        self.assertEqual(self.by_digest(phone, user, password + "x").status, 401)
        self.assertEqual(self.event["rule"], "credential-refused")
        self.assertEqual(self.by_basic(phone, user, password).status, 401)

    @unittest.skipUnless(shutil.which("curl"), "no curl here")
    def test_R_A7_curl_gets_in_by_digest_and_basic(self):
        for access in ("digest", "basic"):
            phone = self.add(access)
            user, password, _ = self.first_contact(phone)
            config = f'user = "{user}:{password}"\ncacert = "{phone.authority}"\nsilent\nfail\n{access}\n'
            done = subprocess.run(["curl", "--config", "-", f"https://localhost:{self.fallback}{phone.path}"],
                                  input=config, capture_output=True, text=True, timeout=PATIENCE, check=False)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertIn("account.1.user_name", done.stdout)

    def test_R_A7_basic_is_rated_below_digest(self):
        phone = self.add("basic")
        user, password, _ = self.first_contact(phone)
        self.assertEqual(self.by_basic(phone, user, password).status, 200)
        self.assertEqual(self.server.device(phone)["rating"]["stars"], 3)
        self.assertEqual(self.server.json("device", "explain", phone.mac)["rating"], 3)
        self.policy("minimum_rating=4")
        self.assertEqual(self.by_basic(phone, user, password).status, 401)
        self.assertEqual(self.event["rule"], "rating-too-low")

    def test_R_A7_a_used_nonce_is_asked_for_again(self):
        phone = self.add("digest")
        user, password, _ = self.first_contact(phone)
        challenge = challenges(self.ask(phone))[0]
        header = digest_header(user, password, challenge, phone.path)
        self.assertEqual(self.ask(phone, headers=[header]).status, 200)
        replayed = self.ask(phone, headers=[header])
        self.assertEqual(replayed.status, 401)
        self.assertIn("stale=true", challenges(replayed)[0])
        again = digest_header(user, password, challenge, phone.path, count=2)
        self.assertEqual(self.ask(phone, headers=[again]).status, 200)
        self.assertEqual(self.ask(phone, headers=[again, again]).status, 401, "two of them are none")

    def test_R_A7_arming_and_retiring_end_the_password(self):
        phone = self.add("digest")
        user, password, _ = self.first_contact(phone)
        self.server.arm(phone)
        self.assertEqual(self.by_digest(phone, user, password).status, 401)
        user, again, _ = self.first_contact(phone)
        self.assertNotEqual(again, password)
        self.assertEqual(self.by_digest(phone, user, again).status, 200)
        self.server.cli("device", "retire", phone.mac, check=0)
        self.assertEqual(self.by_digest(phone, user, again).status, 401)

    def test_R_A7_the_password_outlives_a_restart_and_the_epochs(self):
        phone = self.add("digest")
        user, password, _ = self.first_contact(phone)
        self.server.stop()
        self.server.start()
        for _ in range(2):
            self.server.cli("server", "close-epoch", check=0)
        self.assertEqual(self.by_digest(phone, user, password).status, 200)

    # --- the life of a token

    def test_R_A7_a_token_dies_at_its_first_complete_use_not_at_a_broken_one(self):
        phone = self.add("token")
        folder = self.token(phone)
        path = folder + f"{phone.mac}.cfg"
        self.break_off(phone, path)
        self.assertEqual(self.server.state(phone), "delivering")
        for other in ("y000000000000.boot", "", "nothing.cfg"):
            self.assertEqual(self.ask(phone, folder + other).status, 404)
        again = self.ask(phone, path)
        self.assertEqual((again.status, self.event["rule"]), (200, "repeat-delivery"))
        self.assertTrue(phone.password(again))
        self.server.await_state(phone, "provisioned")
        self.assertIn("token_spent", self.server.device(phone))
        self.assertEqual(self.ask(phone, path).status, 404)
        self.assertEqual((self.event["rule"], self.event["device"], self.event["proved"]), ("token-spent", phone.mac, False))
        proofs = [one["proof"] for one in self.server.rest("GET", f"/v1/devices/{phone.mac}/deliveries")[1]["items"]]
        self.assertEqual(proofs, ["token", "token"])

    def test_R_A7_a_token_is_good_within_its_networks_only(self):
        phone = self.add("token")
        path = self.token(phone, "--networks", "127.0.0.128/25") + f"{phone.mac}.cfg"
        for source in ("127.0.0.2", "127.0.1.200"):
            self.assertEqual(self.ask(phone, path, source=source).status, 404)
            self.assertEqual(self.event["rule"], "source-not-allowed")
        self.assertEqual(self.ask(phone, path, source="127.0.0.200").status, 200)

    def test_R_A7_a_token_dies_with_its_window_arming_and_revoking(self):
        phone = self.add("token")
        file = f"{phone.mac}.cfg"
        self.assertEqual(self.server.cli("device", "token", phone.mac, "--window", "1s").returncode, 1)
        armed, = [self.token(phone)]
        self.server.arm(phone)
        self.assertEqual(self.ask(phone, armed + file).status, 404)
        revoked = self.token(phone)
        self.server.cli("device", "revoke-token", phone.mac, check=0)
        self.assertEqual(self.ask(phone, revoked + file).status, 404)
        self.assertEqual(self.event["rule"], "credential-refused")
        short = self.token(phone, "--window", "1m")
        time.sleep(61)
        self.assertEqual(self.ask(phone, short + file).status, 404)
        self.assertEqual(self.event["rule"], "token-expired")
        self.assertEqual(self.server.state(phone), "armed", "the device still has its own window")

    def test_R_A7_a_softphones_link_needs_the_header_and_is_404_when_used(self):
        mac = "020000000001"
        self.server.cli("device", "add", mac, "--tenant", "acme", "--vendor", "linphone", "--access", "token", "--arm",
                        "--set", "line.1.user=soft1", check=0)
        app = Phone("yealink", mac, None, self.pki.folder / "server-ca.pem")
        app.agent = "LinphoneAndroid/5.2.5 (Pixel 7) LinphoneSDK/5.3.47"
        path = self.token(app)
        self.assertTrue(path.endswith("/linphone.xml"))
        preview = self.ask(app, path, agent="Mozilla/5.0 preview")
        self.assertEqual((preview.status, self.event["rule"]), (404, "token-header-missing"))
        header = ["X-Linphone-Provisioning: 1"]
        given = self.ask(app, path, headers=header)
        self.assertEqual(given.status, 200, self.event)
        self.assertIn(b"ha1", given.body)
        self.server.await_state(app, "provisioned")
        used = self.ask(app, path, headers=header)
        self.assertEqual(used.raw, preview.raw)

    # --- what stays shut

    def test_R_A7_the_main_door_takes_certificates_only(self):
        phone = self.add("digest")
        folder = self.token(phone)
        plain = self.ask(self.pki.of("snom")[3], port=self.main)
        self.assertEqual(plain.status, 403)
        own = f"/{phone.mac}.cfg"
        for request in ({"path": folder.replace("/p/", "/") + f"{phone.mac}.cfg"}, {"path": folder + f"{phone.mac}.cfg"},
                        {"path": own, "headers": [basic_header("a", "b")]},
                        {"path": own, "headers": ["Authorization: Digest nonsense"]}):
            answer = self.ask(phone, port=self.main, **request)
            self.assertEqual(answer.raw, plain.raw)
            self.assertEqual(self.event["rule"], "no-certificate")
        user, password, _ = self.first_contact(phone)
        self.assertEqual(self.ask(phone, own, port=self.main, headers=[basic_header(user, password)]).raw, plain.raw)

    def test_R_A7_a_phone_with_a_certificate_is_served_as_ever_and_by_nothing_less(self):
        phone = self.pki.of("yealink")[2]
        self.assertEqual(self.server.cli("device", "token", phone.mac).returncode, 1)
        answer, _ = self.server.visit_by(lambda: phone.fetch(self.fallback, path="/p" + phone.path))
        self.assertTrue(phone.password(answer))
        self.server.await_state(phone, "provisioned")
        answer = phone.fetch(self.digest_only)
        self.assertEqual(answer.status, 401, "certificates are not taken at that door")
        self.server.cli("device", "set", phone.mac, "--access", "digest", check=0)
        self.assertEqual(self.server.state(phone), "registered")
        self.assertEqual(phone.fetch(self.main).status, 403)

    def test_R_A7_nothing_without_the_tenants_word(self):
        phone = self.add("digest")
        path = self.token(phone) + f"{phone.mac}.cfg"
        # Another network refuses this visit only: an address made then would be good there, and replace this one.
        for policy, rule, is_useless in (("fallback=none", "fallback-not-allowed", True),
                                         ("fallback=digest", "fallback-not-allowed", True),
                                         ("fallback_networks=none", "source-not-allowed", True),
                                         ("fallback_networks=127.0.1.0/24", "source-not-allowed", False),
                                         ("minimum_rating=5", "rating-too-low", True)):
            self.policy(*POLICY)
            self.policy(policy)
            self.assertEqual(self.ask(phone, path).status, 404)
            self.assertEqual(self.event["rule"], rule)
            if is_useless:
                self.assertEqual(self.server.cli("device", "token", phone.mac).returncode, 1)
        self.policy(*POLICY)
        self.assertEqual(self.ask(phone, path).status, 200)

    def test_R_A7_what_a_phone_cannot_do_is_refused_when_it_is_set(self):
        refused = self.server.cli("device", "add", "020000000009", "--tenant", "acme", "--vendor", "linphone", "--access",
                                  "digest")
        self.assertEqual(refused.returncode, 1)
        self.assertIn("P-2031", refused.stderr)
        self.assertIn("vendor show linphone", refused.stderr)
        status, body = self.server.rest("PATCH", "/v1/tenants/acme", {"policy": {"fallback_networks": "192.0.2.1/24"}})
        self.assertEqual((status, body["code"]), (422, "P-2012"))
        self.assertIn("192.0.2.0/24", body["fix"])

    # --- what strangers see

    def test_R_A7_R_C5_one_challenge_for_all(self):
        known, other = self.add("digest"), self.add("basic")
        user, password, _ = self.first_contact(known)
        first = self.ask(known)
        self.assertEqual(first.status, 401)
        self.assertEqual([line.split()[0] for line in challenges(first)], ["Digest", "Digest", "Basic"])
        self.assertEqual(len({re.search(r'nonce="(\w+)"', line).group(1) for line in challenges(first)[:2]}), 2)
        self.assertEqual(first.headers["connection"], "close")
        form = without_nonces(first)

        def same(answer, rule):
            self.assertEqual(without_nonces(answer), form, self.event)
            self.assertEqual(self.event["rule"], rule)
        same(self.ask(known, "/p/0015650affff.cfg"), "challenged")
        same(self.ask(known, "/nowhere"), "challenged")
        same(self.ask(known, method="PUT"), "challenged")
        same(self.ask(known, method="DELETE"), "challenged")
        same(self.by_digest(known, "nobody", password), "credential-refused")
        same(self.by_digest(known, user, "wrong"), "credential-refused")
        same(self.by_digest(known, user, "wrong", algorithm=1), "credential-refused")
        same(self.by_basic(known, "nobody", "wrong"), "credential-refused")
        same(self.by_basic(known, user, password), "credential-refused")
        same(self.by_digest(known, user, password, path=other.path), "claim-mismatch")
        same(self.by_digest(known, user, password, path="/p/nothing"), "path-unknown")
        same(self.by_digest(known, user, password, source="127.0.3.1"), "source-not-allowed")
        for header in ("Authorization: Digest", "Authorization: Bearer x", "Authorization: Basic %%%", "Authorization:",
                       "Authorization: Digest " + "x" * 5000):
            same(self.ask(known, headers=[header]), "credential-refused")
        head = self.ask(known, method="HEAD")
        self.assertEqual(without_nonces(head), form[:form.index(b"\r\n\r\n") + 4])

    def test_R_A7_R_C5_one_404_for_all_tokens(self):
        phone = self.add("token")
        folder = self.token(phone)
        spent = folder + f"{phone.mac}.cfg"
        self.assertEqual(self.ask(phone, spent).status, 200)
        self.server.await_state(phone, "provisioned")
        answers = {self.ask(phone, path).raw for path in
                   (spent, folder, "/p/t/" + "a" * 52 + "/x.cfg", "/p/t/", "/p/t/short/x.cfg", folder + "../x.cfg",
                    folder + "0015650affff.cfg")}
        self.assertEqual(len(answers), 1)
        self.assertEqual(parse_answer(answers.pop()).status, 404)

    # --- what is kept

    def test_R_A7_no_credential_lies_anywhere_in_clear(self):
        phone, other = self.add("digest"), self.add("basic")
        user, password, sip = self.first_contact(phone)
        _, second, _ = self.first_contact(other)
        token = self.token(self.add("token")).split("/")[3]
        self.assertEqual(len(token), 52)
        self.by_digest(phone, user, password)
        self.by_basic(other, user, second)
        self.ask(phone, f"/p/t/{token}/nothing")
        self.ask(phone, f"/elsewhere/{token}", port=self.main)
        self.server.settle()
        backup = self.server.folder / "access-backup.db"
        self.server.cli("backup", "create", backup, check=0)
        kept = [path.read_bytes() for path in self.server.folder.rglob("*") if path.is_file()]
        said = [self.server.cli("-o", "json", *command, check=0).stdout.encode()
                for command in (["event", "list", "--last", "1000"], ["device", "show", phone.mac],
                                ["device", "explain", phone.mac], ["device", "preview", phone.mac], ["device", "list"],
                                ["device", "deliveries", phone.mac], ["outbox", "list", "--all"])]
        ha1 = hashlib.md5(f"{user}:provisioning:{password}".encode()).hexdigest()
        for secret in (password, second, sip, token, token.upper(), ha1):
            for content in kept + said:
                for form in forms_of(secret) + [base64.b64encode(f"{user}:{secret}".encode())]:
                    self.assertEqual(content.find(form), -1, secret)
        made = self.server.rest("GET", "/v1/events?kind=device.token-made&last=true&limit=1")[1]["items"][0]
        self.assertTrue(made["actor"])


if __name__ == "__main__":
    unittest.main()
