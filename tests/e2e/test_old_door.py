"""Doors for old phones: TLS 1.0 and weak chains get in there, once policy lets them, and nowhere else."""

import hashlib
import re
import shutil
import socket
import ssl
import unittest
import warnings

from provost_fixture import PATIENCE, Phone, Pki, Server, openssl, temporary_folder
from signer import Signer

MODERN = {"ECDHE-ECDSA-AES128-GCM-SHA256", "ECDHE-ECDSA-AES256-GCM-SHA384", "ECDHE-ECDSA-CHACHA20-POLY1305",
          "ECDHE-RSA-AES128-GCM-SHA256", "ECDHE-RSA-AES256-GCM-SHA384", "ECDHE-RSA-CHACHA20-POLY1305"}


class OldVendor(Signer):
    """A CA as old phones have it: RSA 1024, everything signed with SHA-1."""

    CONFIG = Signer.CONFIG.replace("default_md = sha256", "default_md = sha1")

    def __init__(self):
        folder = temporary_folder("old-vendor")
        openssl("req", "-x509", "-newkey", "rsa:1024", "-sha1", "-nodes", "-subj", "/CN=Look-alike old root", "-days",
                "3650", "-keyout", folder / "ca.key", "-out", folder / "ca.pem")
        super().__init__(folder / "ca.pem", folder / "ca.key")

    def fingerprint(self):
        return hashlib.sha256(ssl.PEM_cert_to_DER_cert(self.certificate.read_text())).hexdigest()

    def phone(self, like):
        key = self.folder / f"{like.mac}.key"
        openssl("genrsa", "-out", key, "1024")
        return Phone("snom", like.mac, self.issue(f"/CN={like.mac.upper()}", key=key), like.authority)


def old_context(phone, version=ssl.TLSVersion.TLSv1, suites="ALL"):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.set_ciphers(f"{suites}:@SECLEVEL=0")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # TLS 1.0 is the point here
        context.minimum_version = context.maximum_version = version
    context.load_verify_locations(phone.authority)
    return context


def door(server, name="old-snom", port=0, more="tls: old\n    vendors: [snom]"):
    return f"""doors:
  - name: {name}
    port: {port}
    {more}
    identities:
      - {{certificate: "{server.tls}/old.pem", key: "{server.tls}/old.key"}}
"""


class OldDoor(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.pki = Pki.shared()
        cls.server = Server(cls.pki)
        cls.made_by_init = cls.server.config.read_text()
        for end in ("pem", "key"):
            shutil.copy(cls.server.tls / f"server-rsa.{end}", cls.server.tls / f"old.{end}")
        cls.server.config.write_text(cls.made_by_init + door(cls.server))
        cls.addClassCleanup(cls.server.stop)
        cls.server.start().fill()
        vendor = OldVendor()
        cls.server.cli("vendor", "trust", "import", vendor.certificate, "--vendor", "snom", "--anchor", "root-sha1",
                       "--fingerprint", vendor.fingerprint(), check=0)
        cls.phone = vendor.phone(cls.pki.of("snom")[0])
        cls.main, cls.old = cls.server.port, cls.server.doors["old-snom"]

    def setUp(self):
        self.minimum_rating(5)
        self.server.arm(self.phone, forget_key=True)

    def minimum_rating(self, stars):
        status, body = self.server.rest("PATCH", "/v1/tenants/acme", {"policy": {"minimum_rating": str(stars)}})
        self.assertEqual(status, 200, body)

    def visit(self, phone, port, **request):
        return self.server.visit_by(lambda: phone.fetch(port, **request))

    def test_R_A6_an_old_phone_is_served_once_policy_lets_it(self):
        refused, event = self.visit(self.phone, self.old, context=old_context(self.phone))
        self.assertEqual((refused.status, event["rule"]), (403, "rating-too-low"))
        self.assertRegex(event["tls"], r"^TLSv1 .*; old door old-snom; weak chain$")
        _, stranger = self.visit(self.phone, self.old, context=old_context(self.phone), pem=None)
        self.assertEqual(stranger["rule"], "no-certificate")
        self.minimum_rating(3)
        answer, event = self.visit(self.phone, self.old, context=old_context(self.phone))
        self.assertEqual((answer.status, event["rule"]), (200, "first-delivery"))
        self.assertTrue(self.phone.password(answer))
        explained = self.server.json("device", "explain", self.phone.mac)
        self.assertEqual(explained["rating"], 3, explained)
        self.assertIn("old door", explained["rating_reason"])
        self.assertIn("TLS 1.2", explained["rating_raise"])

    def test_R_A1_the_same_phone_gets_nothing_at_the_main_door(self):
        self.minimum_rating(1)
        for version in (ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1):
            with self.subTest(version), self.assertRaises((ssl.SSLError, OSError)):
                self.phone.fetch(self.main, context=old_context(self.phone, version))
        for _ in range(2):  # before and after the old door has served it
            answer, event = self.visit(self.phone, self.main,
                                       context=old_context(self.phone, ssl.TLSVersion.TLSv1_2))
            self.assertEqual((answer.status, event["rule"]), (403, "certificate-untrusted"))
            self.assertEqual(self.phone.fetch(self.old, context=old_context(self.phone)).status, 200)

    def test_R_A4_other_vendors_phones_are_refused_as_strangers_are(self):
        other = self.pki.of("yealink")[0]
        self.server.arm(other)
        refused, event = self.visit(other, self.old, context=old_context(other, ssl.TLSVersion.TLSv1_2))
        self.assertEqual((refused.status, event["rule"]), (403, "certificate-untrusted"))
        stranger, _ = self.visit(other, self.old, context=old_context(other), pem=None)
        dateless = [re.sub(rb"Date: [^\r]*", b"", answer.raw) for answer in (refused, stranger)]
        self.assertEqual(*dateless)
        self.assertEqual(self.visit(other, self.main)[0].status, 200)

    def test_R_C1_the_main_doors_profile_is_as_ever(self):
        def accepted(port):
            names = openssl("ciphers", "-tls1_2", "-s", "ALL:COMPLEMENTOFALL:@SECLEVEL=0").stdout.strip().split(":")
            return {name for name in names if self.shakes_hands(port, name)}

        self.assertEqual(accepted(self.main), MODERN)
        old = accepted(self.old)
        self.assertLess({name for name in MODERN if "RSA" in name.split("-")}, old)  # its identity is RSA alone
        for name in old:
            self.assertRegex(name, r"^(ECDHE|DHE)-(RSA|ECDSA)-(AES|CHACHA)")
        self.assertIn("DHE-RSA-AES128-SHA", old)

    def shakes_hands(self, port, suite, version=ssl.TLSVersion.TLSv1_2):
        try:
            with self.phone.connect(port, context=old_context(self.phone, version, suite)):
                return True
        except (ssl.SSLError, OSError):
            return False

    def test_R_A1_no_session_goes_from_door_to_door(self):
        context = old_context(self.phone, ssl.TLSVersion.TLSv1_2)
        context.load_cert_chain(self.phone.pem)
        first = socket.create_connection(("127.0.0.1", self.old), timeout=PATIENCE)
        with context.wrap_socket(first, server_hostname="localhost") as connection:
            session = connection.session
            self.assertFalse(session.has_ticket)
        for port in (self.main, self.old):
            plain = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
            with context.wrap_socket(plain, server_hostname="localhost", session=session) as connection:
                self.assertFalse(connection.session_reused)

    def test_R_A11_one_bad_certificate_and_no_door_changes(self):
        def shown(port):
            context = old_context(self.phone, ssl.TLSVersion.TLSv1_2, "aRSA")
            with self.phone.connect(port, context=context) as connection:
                return connection.getpeercert(binary_form=True)

        before = shown(self.main), shown(self.old)
        tls = self.server.tls
        kept = {name: (tls / name).read_bytes() for name in ("server-rsa.pem", "server-rsa.key", "old.pem")}
        openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost", "-days", "30",
                "-keyout", tls / "server-rsa.key", "-out", tls / "server-rsa.pem")
        (tls / "old.pem").write_text("nonsense")
        done = self.server.cli("server", "reload")
        self.assertNotEqual(done.returncode, 0)
        self.assertRegex(done.stderr, r"door 'old-snom'.*P-7001")
        self.assertEqual((shown(self.main), shown(self.old)), before)
        for name, content in kept.items():
            (tls / name).write_bytes(content)
        self.server.cli("server", "reload", check=0)
        self.assertEqual((shown(self.main), shown(self.old)), before)

    def test_the_server_tells_of_its_doors(self):
        doors = self.server.rest("GET", "/v1/server")[1]["doors"]
        self.assertEqual([(one["name"], one["tls"], one["vendors"], one["port"]) for one in doors],
                         [("main", "modern", [], self.main), ("old-snom", "old", ["snom"], self.old)])
        self.assertIn("old-snom", self.server.cli("server", "status", check=0).stdout)
        self.assertNotIn("doors:", self.made_by_init, "off by default")


class Mistakes(unittest.TestCase):
    """Nothing starts with a mistake in a door."""

    PLANTED = {
        "name: main": r"provost\.yaml:\d+:11: .*'main' already.*P-2110",
        "name: Old_Snom": r"provost\.yaml:\d+:11: .*P-2107",
        "name: x\n    tls: ancient": r"(?s)provost\.yaml:\d+:10: 'ancient'.*modern, old",
        "name: x\n    access: [magic]": r"provost\.yaml:\d+:14: 'magic'.*P-2107",
        "name: x\n    vendors: [nobody]": r"door 'x': there is no vendor 'nobody' .*P-1108",
        "name: x\n    port: 70000": r"provost\.yaml:\d+:\d+: .*P-21",
        "name: x\n    prot: 1": r"provost\.yaml:\d+:5: .*P-2103",
    }

    def test_R_A11_mistakes_are_told_with_line_and_column(self):
        server = Server(Pki.shared())
        made = server.config.read_text()
        for end in ("pem", "key"):
            shutil.copy(server.tls / f"server-rsa.{end}", server.tls / f"old.{end}")
        for planted, told in self.PLANTED.items():
            with self.subTest(planted):
                port = "" if "port:" in planted else "    port: 0\n"
                server.config.write_text(f"{made}doors:\n  - {planted}\n{port}    identities:\n      - "
                                         f"{{certificate: tls/old.pem, key: tls/old.key}}\n")
                code, said = server.refuse_to_start()
                self.assertEqual(code, 1, said)
                self.assertRegex(said, told)


if __name__ == "__main__":
    unittest.main()
