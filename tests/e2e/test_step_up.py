"""What asks for a fresh proof, in a session whose last proof is too old: refused without one, done with one (R-F2)."""

import contextlib
import pathlib
import sqlite3
import unittest

from admin_fixture import with_admin
from api_contract import Interface
from people_fixture import Desk
from provost_fixture import Pki

FRESH = 5 * 60 * 1000  # milliseconds that a proof is good for


class StepUp(unittest.TestCase):
    csv = {"Content-Type": "text/csv"}

    @classmethod
    def setUpClass(cls):
        cls.pki = Pki.shared()
        cls.server = with_admin(cls.pki)
        cls.addClassCleanup(cls.server.stop)
        cls.server.start().fill("grace=0s")
        cls.api = Interface(cls.server)
        cls.person = Desk(cls.server).add("owner", "platform")
        cls.passkey = cls.person.add_passkey()
        cls.phone = cls.pki.of("snom")[0]
        trunk = {"tenant": "acme", "pbx": "freeswitch", "user": "t1", "settings": {"line.1.registrar_host": "sip.acme.example"}}
        cls.trunk = cls.server.rest("POST", "/v1/trunks", trunk)[1]["mac"]

    def setUp(self):
        self.age()

    def age(self):
        """The clock of all proofs, moved in the database of a server that stands; sessions outlive it."""
        self.server.stop()
        with contextlib.closing(sqlite3.connect(self.server.home / "data/provost.db")) as database, database:
            self.assertGreater(database.execute("UPDATE sessions SET proved = proved - ?", (FRESH,)).rowcount, 0)
        self.server.start()
        self.browser = self.person.browser
        self.browser.origin = Desk(self.server).browser().origin  # its port is another one now
        self.assertIsNone(self.browser.ok("GET", "/v1/session")["stepped_up_until"])

    def sensitive(self):
        """Calls that arm, reveal, export or change trust: address, body, and where it shows that nothing was done."""
        row = next(row for row in self.pki.trust() if row["vendor"] == "snom")
        ca = pathlib.Path(row["file"]).read_bytes()
        listed = self.server.rest("GET", "/v1/trust")[1]["items"][0]["id"]
        mac, backup = self.phone.mac, self.server.folder / "exported.db"
        return (("POST", f"/v1/devices/{mac}/arm", {}, f"/v1/devices/{mac}"),
                ("POST", f"/v1/trunks/{self.trunk}/file", None, f"/v1/devices/{self.trunk}"),
                ("GET", "/v1/outbox?all=true", None, "/v1/server"),
                ("POST", "/v1/backups", {"path": str(backup)}, "/v1/server"),
                ("POST", f"/v1/trust?vendor=snom&anchor={row['anchor']}&fingerprint={row['fingerprint']}", ca, "/v1/trust"),
                ("POST", "/v1/trust/refuse", {"kind": "key", "fingerprint": "cd" * 32, "reason": "tests"}, "/v1/trust"),
                ("DELETE", f"/v1/trust/{listed}", None, "/v1/trust"),
                ("POST", "/v1/exceptions", {"rule": "web-ui-off", "tenant": "acme", "owner": "Jo", "reason": "tests"}, "/v1/exceptions"),
                ("POST", "/v1/people", {"login": "newcomer", "role": "platform", "tenant": None}, "/v1/people"),
                ("POST", "/v1/tokens", {"name": "robot", "role": "platform", "tenant": None}, "/v1/tokens"))

    def look(self, path):
        found = self.server.rest("GET", path)[1]
        return {name: value for name, value in found.items() if name not in ("now", "admin", "counters", "uptime_seconds")}

    def test_R_F2_sensitive_calls_wait_for_a_fresh_proof(self):
        calls = self.sensitive()
        for method, path, body, where in calls:
            with self.subTest(f"{method} {path}"):
                before = self.look(where) if where != "/v1/server" else None
                status, problem = self.browser.ask(method, path, body)
                self.assertEqual((status, problem.get("code"), problem.get("step_up_required")), (403, "P-8402", True))
                if before:
                    self.assertEqual(self.look(where), before)
        self.assertFalse((self.server.folder / "exported.db").exists())
        self.assertEqual(self.browser.code("POST", "/v1/session/step-up", {"code": self.person.app.wrong()}), "P-8602")
        self.assertEqual(self.browser.code("POST", calls[0][1], {}), "P-8402", "a wrong code is no proof")
        self.assertIsNotNone(self.browser.ok("POST", "/v1/session/step-up", {"code": self.person.app.fresh()})["stepped_up_until"])
        for method, path, body, where in calls:
            with self.subTest(f"{method} {path}, proved"):
                status, found = self.browser.ask(method, path, body)
                self.assertIn(status, (200, 201), found)
        self.assertTrue((self.server.folder / "exported.db").exists())

    def test_R_F2_each_call_that_the_document_marks_waits(self):
        marked = {one for one, operation in self.api.operations.items() if operation.get("x-provost-step-up")}
        self.assertGreater(len(marked), 25)
        values = {"{tenant}": "acme", "{mac}": self.phone.mac, "{id}": "1"}
        for method, shape in sorted(marked - {("POST", "/v1/approvals/{id}/approve"), ("DELETE", "/v1/approvals/{id}")}):  # none waits
            path = shape
            for name, value in values.items():
                path = path.replace(name, value)
            self.assertEqual(self.browser.code(method, path, {} if method == "POST" else None), "P-8402", shape)

    def test_R_F2_a_looser_policy_waits_and_a_stricter_one_does_not(self):
        looser = ({"minimum_rating": "1"}, {"fallback": "token"}, {"fallback_networks": "any"}, {"window": "90d"})
        for policy in looser:
            status, problem = self.browser.ask("PATCH", "/v1/tenants/acme", {"name": "Acme", "policy": policy})
            self.assertEqual((status, problem.get("code"), problem.get("step_up_required")), (403, "P-8402", True), policy)
            self.assertIn(next(iter(policy)), problem["why"])
            self.assertEqual(self.browser.code("POST", "/v1/tenants", {"slug": "loose", "policy": policy}), "P-8402", "nor a new one")
        for stricter in ({"policy": {"window": "1d", "grace": "0s"}}, {"settings": {"time.zone": "Europe/Rome"}}, {"name": "Acme"}):
            self.assertEqual(self.browser.ask("PATCH", "/v1/tenants/acme", stricter)[0], 200, stricter)
        self.browser.ok("POST", "/v1/session/step-up", {"code": self.person.app.fresh()})
        self.assertEqual(self.browser.ask("PATCH", "/v1/tenants/acme", {"policy": {"minimum_rating": "1"}})[0], 200)

    def test_R_F2_a_device_list_is_no_way_around_arming(self):
        rows, plain, arming = b"mac,line.1.user\n001565aabb01,101\n", "/v1/imports?tenant=acme", "/v1/imports?tenant=acme&arm=true"
        self.assertEqual(self.browser.code("POST", arming, rows, **self.csv), "P-8402")
        self.assertIn("id", self.browser.ok("POST", plain, rows, **self.csv))
        self.browser.ok("POST", "/v1/session/step-up", {"code": self.person.app.fresh()})
        self.assertIn("id", self.browser.ok("POST", arming, rows, **self.csv))

    def test_R_F2_ones_own_factors_wait_too_and_a_passkey_is_a_proof(self):
        me = (("PUT", "/v1/me/password", {"password": "another seven horses"}), ("POST", "/v1/me/totp", None), ("DELETE", "/v1/me/totp", None),
              ("POST", "/v1/me/passkeys/begin", None), ("POST", "/v1/me/recovery-codes", None))
        factors = self.browser.ok("GET", "/v1/session")["factors"]
        for method, path, body in me:
            self.assertEqual(self.browser.code(method, path, body), "P-8402", path)
        self.assertEqual(self.browser.ok("GET", "/v1/session")["factors"], factors)
        self.browser.ok("POST", "/v1/session/step-up", {"passkey": self.passkey.answer(self.browser)})
        self.assertEqual(len(self.browser.ok("POST", "/v1/me/recovery-codes")["codes"]), 10)


if __name__ == "__main__":
    unittest.main()
