"""What two persons decide, at the admin listener: a change that reaches many devices or whom the server trusts waits for the
second one (R-F2)."""

import contextlib
import json
import pathlib
import sqlite3
import unittest

from admin_fixture import Admin, with_admin
from people_fixture import Desk
from provost_fixture import Pki

DAY = 24 * 3600 * 1000  # milliseconds
SETTINGS = {"settings": {"time.zone": "Europe/Rome"}}


class TwoPersons(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.pki = Pki.shared()
        cls.server = with_admin(cls.pki)
        cls.addClassCleanup(cls.server.stop)
        cls.server.config.write_text(cls.server.config.read_text() + "approvals: {trust: yes, devices: 3}\n")
        cls.server.start().fill()
        cls.server.cli("tenant", "add", "small", "--name", "Small", check=0)
        for n in range(3):
            cls.server.cli("device", "add", f"00156500fe0{n}", "--tenant", "small", "--vendor", "yealink", check=0)
        cls.desk = Desk(cls.server)
        cls.anna, cls.bob = (cls.desk.add(login, "platform").browser for login in ("anna", "bob"))
        cls.sue = cls.desk.add("sue", "support", "acme").browser

    def setUp(self):
        self.before = self.desk.newest_event()

    def held(self, who, method, path, body=None):
        """The number under which a call waits."""
        status, found = who.ask(method, path, body)
        self.assertEqual(status, 202, found)
        waiting = found["approval"]
        self.assertEqual((waiting["method"], waiting["by"]), (method, who.ok("GET", "/v1/session")["person"]["login"]))
        self.assertEqual(self.desk.events("approval.asked", self.before)[-1]["actor"], waiting["by"])
        return waiting["id"]

    def waiting(self):
        return [one["id"] for one in self.bob.ok("GET", "/v1/approvals")["items"]]

    def zone(self, tenant="acme"):
        return self.server.rest("GET", f"/v1/tenants/{tenant}")[1]["settings"].get("time.zone")

    def test_R_F2_a_change_of_many_devices_waits_for_another_person(self):
        before = self.server.rest("GET", "/v1/tenants/acme")[1]
        number = self.held(self.anna, "PATCH", "/v1/tenants/acme", SETTINGS)
        self.assertEqual(self.server.rest("GET", "/v1/tenants/acme")[1], before, "nothing is done yet")
        self.assertEqual(self.anna.code("POST", f"/v1/approvals/{number}/approve"), "P-8412", "nobody is two")
        made = self.anna.ok("POST", "/v1/tokens", {"name": "hand", "role": "platform", "tenant": None, "write": True, "sensitive": True})
        hand = Admin(self.server).ask("POST", f"/v1/approvals/{number}/approve", headers=[f"Authorization: Bearer {made['token']}"])
        self.assertEqual((hand.status, json.loads(hand.body)["code"]), (403, "P-8620"), "nor through a program")
        self.assertEqual(self.sue.code("POST", f"/v1/approvals/{number}/approve"), "P-8401", "who could not do it, no more approves it")
        self.assertEqual(self.server.rest("GET", "/v1/tenants/acme")[1], before)
        done = self.bob.ok("POST", f"/v1/approvals/{number}/approve")
        self.assertEqual((done["settings"]["time.zone"], self.zone()), ("Europe/Rome", "Europe/Rome"))
        self.assertEqual(self.bob.code("POST", f"/v1/approvals/{number}/approve"), "P-8411", "once")
        self.assertEqual(self.desk.events("tenant.changed", self.before)[-1]["actor"], "anna, approved by bob")
        self.assertEqual(self.desk.events("approval.given", self.before)[-1]["actor"], "bob")

    def test_R_F2_rotations_and_sites_wait_and_a_few_devices_do_not(self):
        for method, path, body in (("POST", "/v1/tenants/acme/rotate", None), ("PUT", "/v1/tenants/acme/sites/Hall", SETTINGS),
                                   ("PUT", "/v1/tenants/acme/models/snom/D785", SETTINGS)):
            with self.subTest(path):
                number = self.held(self.anna, method, path, body)
                self.assertEqual(self.anna.ok("DELETE", f"/v1/approvals/{number}"), {"removed": number}, "its own is withdrawn")
                self.assertEqual(self.bob.code("POST", f"/v1/approvals/{number}/approve"), "P-8411")
        self.assertEqual(self.anna.ask("PATCH", "/v1/tenants/small", SETTINGS)[0], 200, "three are no more than three")
        self.assertEqual(self.zone("small"), "Europe/Rome")
        status, found = self.server.rest("PATCH", "/v1/tenants/acme", {"name": "Acme Limited"})
        self.assertEqual((status, found["name"]), (200, "Acme Limited"), "whoever has the host's socket does not wait")

    def test_R_F2_trust_waits_and_refusing_does_not(self):
        listed = self.server.rest("GET", "/v1/trust")[1]["items"]
        row = next(row for row in self.pki.trust() if row["vendor"] == "snom")
        path = f"/v1/trust?vendor=snom&anchor={row['anchor']}&fingerprint={row['fingerprint']}"
        adding = self.held(self.anna, "POST", path, pathlib.Path(row["file"]).read_bytes())
        taking = self.held(self.anna, "DELETE", f"/v1/trust/{listed[0]['id']}")
        self.assertEqual(self.server.rest("GET", "/v1/trust")[1]["items"], listed)
        self.bob.ok("DELETE", f"/v1/approvals/{adding}")
        self.assertEqual(self.desk.events("approval.dropped", self.before)[-1]["actor"], "bob", "rejected")
        self.bob.ok("POST", f"/v1/approvals/{taking}/approve")
        self.assertNotIn(listed[0]["id"], [one["id"] for one in self.server.rest("GET", "/v1/trust")[1]["items"]])
        self.assertEqual(self.anna.ask("POST", "/v1/trust/refuse", {"kind": "key", "fingerprint": "ef" * 32, "reason": "stolen"})[0], 200)

    def test_R_F2_what_nobody_decides_for_a_day_is_forgotten(self):
        """The clock of what waits, moved in the database of a server that stands; it outlives a restart."""
        number = self.held(self.anna, "PATCH", "/v1/tenants/acme", {"settings": {"time.zone": "Asia/Tokyo"}})
        self.restart()
        self.assertIn(number, self.waiting())
        self.restart(older=DAY)
        self.assertNotIn(number, self.waiting())
        self.assertEqual(self.bob.code("POST", f"/v1/approvals/{number}/approve"), "P-8411")
        self.assertNotEqual(self.zone(), "Asia/Tokyo")

    def restart(self, older=0):
        self.server.stop()
        with contextlib.closing(sqlite3.connect(self.server.home / "data/provost.db")) as database, database:
            (text,), = database.execute("SELECT value FROM notes WHERE name = 'approvals'")
            kept = json.loads(text)
            for call in kept["calls"]:
                call["asked"] -= older
            database.execute("UPDATE notes SET value = ? WHERE name = 'approvals'", (json.dumps(kept),))
        self.server.start()
        origin = self.desk.browser().origin  # its port is another one now
        for browser in (self.anna, self.bob, self.sue):
            browser.origin = origin


if __name__ == "__main__":
    unittest.main()
