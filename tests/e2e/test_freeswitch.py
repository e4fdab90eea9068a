"""FreeSWITCH asks Provost for its users' digests over mutual TLS (R-F4), as mod_xml_curl does, and is read by an XML parser."""

import http.client
import ssl
import unittest
import urllib.parse
import xml.etree.ElementTree as xml

from provost_fixture import PATIENCE, Signer, Pki, Server, ha1, wait_until
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


class Freeswitch(unittest.TestCase):
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
        cls.server.start().fill("grace=0s", "rotate_every=90d")
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

    def test_R_F4_R_B5_a_phone_registers_with_what_freeswitch_is_told(self):
        phone = self.pki.of("yealink")[0]
        user = self.user(phone)
        wait_until(lambda: self.digest(user), "the user in the directory")
        answer = self.server.visit(phone)[0]
        password = phone.password(answer)
        self.assertEqual(self.digest(user), ha1("md5", user, REALM, password))
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
        self.assertEqual(self.digest("renamed"), ha1("md5", "renamed", REALM, password))

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


if __name__ == "__main__":
    unittest.main()
