"""FreeSWITCH asks Provost for its users' digests over mutual TLS (R-F4), as mod_xml_curl does, and is read by an XML parser."""

import hashlib
import http.client
import secrets
import ssl
import unittest
import urllib.parse
import uuid
import xml.etree.ElementTree as xml

from provost_fixture import PATIENCE, Pki, Server, ha1, wait_until
from signer import Signer
from test_secrets import forms_of

REALM = "sip.acme.example"
BLOCK = """registrars:
  - name: fs
    kind: freeswitch
    port: 0
    authorities: {authorities}
    identities:
      - {{certificate: "{tls}/server-rsa.pem", key: "{tls}/server-rsa.key"}}
"""


class Directory(unittest.TestCase):
    """A server whose directory FreeSWITCH asks; set `policy`."""

    policy = ()

    @classmethod
    def setUpClass(cls):
        cls.pki = Pki.shared()
        cls.operator = Signer.stranger()
        cls.own = cls.operator.issue("/CN=fs1.acme.example")
        cls.strange = Signer.stranger().issue("/CN=fs1.acme.example")
        cls.server = Server(cls.pki)
        cls.addClassCleanup(cls.server.stop)
        cls.server.config.write_text(cls.server.config.read_text() +
                                     BLOCK.format(authorities=cls.operator.certificate, tls=cls.server.tls))
        cls.server.start().fill(*cls.policy)
        cls.port = cls.server.doors["registrar-fs"]

    def ask(self, user, domain=REALM, pem="own", method="POST", **more):
        """Status and body of one question of mod_xml_curl."""
        context = ssl.create_default_context(cafile=self.pki.folder / "server-ca.pem")
        if pem:
            context.load_cert_chain(self.own if pem == "own" else pem)
        form = urllib.parse.urlencode({"hostname": "fs1", "section": "directory", "tag_name": "domain", "key_name": "name",
                                       "key_value": domain, "action": "sip_auth", "user": user, "domain": domain, **more})
        connection = http.client.HTTPSConnection("localhost", self.port, context=context, timeout=PATIENCE)
        try:
            if method == "POST":
                connection.request("POST", "/directory", form, {"Content-Type": "application/x-www-form-urlencoded"})
            else:
                connection.request("GET", "/directory?" + form)
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def digest(self, user, **question):
        """The user's a1-hash as the document has it; None: it has no such user."""
        status, body = self.ask(user, **question)
        self.assertEqual(status, 200)
        document = xml.fromstring(body)
        self.assertEqual((document.tag, document.get("type")), ("document", "freeswitch/xml"))
        found = document.find("section[@name='directory']/domain/user")
        if found is None:
            self.assertEqual(document.find("section[@name='result']/result").get("status"), "not found")
            return None
        params = {param.get("name"): param.get("value") for param in found.iter("param")}
        self.assertEqual(found.get("id"), user)
        self.assertEqual(params["allow-empty-password"], "false", "it would be open without")
        self.assertNotIn("password", params)
        return params["a1-hash"]

    def user(self, phone):
        return self.server.device(phone)["settings"]["line.1.user"]


class Freeswitch(Directory):
    policy = "grace=0s", "rotate_every=90d"

    def test_R_F4_R_B5_a_phone_registers_with_what_freeswitch_is_told(self):
        phone = self.pki.of("yealink")[0]
        user = self.user(phone)
        wait_until(lambda: self.digest(user), "the user in the directory")
        answer = self.server.visit(phone)[0]
        password = phone.password(answer)
        wait_until(lambda: self.digest(user) == ha1("md5", user, REALM, password), "the digest of what it got")
        self.assertEqual(self.digest(user, method="GET"), ha1("md5", user, REALM, password))
        self.server.settle()
        for secret in (password, ha1("md5", user, REALM, password)):
            for form in forms_of(secret):
                for file in self.server.folder.rglob("*"):
                    if file.is_file():
                        self.assertNotIn(form, file.read_bytes(), f"{file}: sealed, or not there at all")

    def test_R_B2_the_old_digest_is_good_until_the_phone_has_the_new(self):
        phone = self.pki.of("snom")[0]
        user = self.user(phone)
        first = phone.password(self.server.visit(phone)[0])
        before = wait_until(lambda: self.digest(user), "the first digest")
        self.assertEqual(before, ha1("md5", user, REALM, first))
        self.server.await_state(phone, "provisioned")
        self.server.cli("device", "rotate", phone.mac, check=0)
        self.assertEqual(self.digest(user), before, "the phone still has the old one")
        second = phone.password(self.server.visit(phone)[0])
        self.assertNotEqual(first, second)
        wait_until(lambda: self.digest(user) == ha1("md5", user, REALM, second), "the new digest")

    def test_R_F4_a_line_that_gets_another_account_is_a_user_by_that_name_alone(self):
        phone = self.pki.of("snom")[1]
        before = self.user(phone)
        self.server.visit(phone)
        self.server.await_state(phone, "provisioned")
        wait_until(lambda: self.digest(before), "the first account")
        self.server.cli("device", "set", phone.mac, "--set", "line.1.user=renamed", check=0)
        self.server.cli("device", "rotate", phone.mac, check=0)
        password = phone.password(self.server.visit(phone)[0])
        self.server.await_state(phone, "provisioned")
        wait_until(lambda: self.digest(before) is None, "the old account withdrawn")
        wait_until(lambda: self.digest("renamed") == ha1("md5", "renamed", REALM, password), "the new one")

    def test_R_F4_a_retired_phone_is_no_user_any_more(self):
        phone = self.pki.of("poly")[0]
        user = self.user(phone)
        wait_until(lambda: self.digest(user), "the user in the directory")
        self.server.cli("device", "retire", phone.mac, check=0)
        wait_until(lambda: self.digest(user) is None, "nobody")

    def test_R_F4_a_removed_phone_is_no_user_any_more(self):
        phone = self.pki.of("poly")[1]
        user = self.user(phone)
        wait_until(lambda: self.digest(user), "the user in the directory")
        self.server.cli("device", "remove", phone.mac, check=0)
        wait_until(lambda: self.digest(user) is None, "nobody")
        withdrawn = [one for one in self.server.outbox() if one["device"] == phone.mac]
        self.assertEqual([one["withdraw"] for one in withdrawn], [True])

    def test_R_A7_who_shows_no_certificate_of_the_operators_learns_nothing(self):
        user = self.user(self.pki.of("yealink")[1])
        wait_until(lambda: self.digest(user), "the user in the directory")
        for pem in (None, self.strange, self.pki.of("yealink")[1].pem):
            status, body = self.ask(user, pem=pem)
            self.assertEqual((status, body), (403, b"Forbidden\n"))

    def test_R_F4_what_is_not_there_is_not_found(self):
        user = self.user(self.pki.of("yealink")[1])
        for question in ({"user": "nobody"}, {"user": user, "domain": "other.example"}, {"user": user + "\0"},
                         {"user": user, "section": "dialplan"}):
            self.assertIsNone(self.digest(**question), question)
        self.assertEqual(self.ask("x" * 70_000)[0], 403, "a body that is too long")


def login(user, password, method="REGISTER", qop="auth"):
    """What mod_sofia passes on of a phone that answered its challenge (RFC 2617)."""
    uri, nonce, count, own = f"sip:{REALM}", str(uuid.uuid4()), "00000001", secrets.token_hex(4)
    md5 = lambda *parts: hashlib.md5(":".join(parts).encode()).hexdigest()
    middle = (nonce, count, own, qop) if qop else (nonce,)
    parts = {"method": method, "username": user, "realm": REALM, "nonce": nonce, "uri": uri,
             "response": md5(ha1("md5", user, REALM, password), *middle, md5(method, uri))}
    if qop:
        parts |= {"qop": qop, "cnonce": own, "nc": count}
    return {"sip_auth_" + name: value for name, value in parts.items()}


class Registered(Directory):
    """Who registered FreeSWITCH tells nobody, but what it asks with shows it."""

    policy = "grace=1h", "rotate_every=90d"

    def take(self, phone):
        """User and password of a phone that took its file."""
        password = phone.password(self.server.visit(phone)[0])
        self.server.await_state(phone, "grace")
        return self.user(phone), password

    def has(self, user, password):
        return self.digest(user) == ha1("md5", user, REALM, password)

    def confirmations(self, phone):
        self.server.settle()
        return self.server.rest("GET", f"/v1/events?kind=device.registered&device={phone.mac}")[1]["items"]

    def test_R_B1_who_registers_with_the_new_password_needs_no_grace_any_more(self):
        for phone, qop, method in zip(self.pki.of("yealink"), ("auth", ""), ("POST", "GET")):
            user, password = self.take(phone)
            wait_until(lambda: self.has(user, password), "the digest in the directory")
            for _ in range(3):
                self.assertTrue(self.digest(user, method=method, **login(user, password, qop=qop)))
            self.server.await_state(phone, "provisioned")
            self.assertTrue(self.digest(user, method=method, **login(user, password, qop=qop)), "it logs in all the same")
            told = self.confirmations(phone)
            self.assertEqual([(one["actor"], one["detail"]) for one in told], [("registrar", "line.1")])

    def test_R_B1_what_shows_nothing_ends_nothing(self):
        phone = self.pki.of("snom")[0]
        user, password = self.take(phone)
        wait_until(lambda: self.has(user, password), "the digest in the directory")
        right = login(user, password)
        wrong = [{}, login(user, "wrong"), login(user, password, method="INVITE"), login(user, password, qop="auth-int"),
                 {**right, "sip_auth_nonce": "another"}, {**right, "sip_auth_uri": "sip:elsewhere.example"},
                 {**right, "sip_auth_response": right["sip_auth_response"][:-1]}, {**right, "action": "message-count"},
                 {**right, "sip_auth_cnonce": "\0"}, {**right, "sip_auth_cnonce": "c" * 10_000}]
        for question in wrong:
            self.assertTrue(self.digest(user, **question), "it is an answer to FreeSWITCH all the same")
        status, _ = self.ask(user, pem=self.strange, **right)
        self.assertEqual(status, 403, "who is no FreeSWITCH of ours says nothing")
        self.assertIsNone(self.digest("nobody", **right))
        self.assertEqual(self.confirmations(phone), [])
        self.assertEqual(self.server.state(phone), "grace")

    def test_R_B2_after_a_rotation_the_old_password_confirms_nothing(self):
        phone = self.pki.of("snom")[1]
        user, first = self.take(phone)
        wait_until(lambda: self.has(user, first), "the first digest")
        self.digest(user, **login(user, first))
        self.server.await_state(phone, "provisioned")
        self.server.cli("device", "rotate", phone.mac, check=0)
        self.digest(user, **login(user, first))
        self.assertEqual(self.server.state(phone), "armed", "it has not come for the new one")
        _, second = self.take(phone)
        wait_until(lambda: self.has(user, second), "the second digest")
        self.digest(user, **login(user, first))
        self.assertEqual(len(self.confirmations(phone)), 1)
        self.assertEqual(self.server.state(phone), "grace")
        self.digest(user, **login(user, second))
        self.server.await_state(phone, "provisioned")
        self.assertEqual(len(self.confirmations(phone)), 2)


if __name__ == "__main__":
    unittest.main()
