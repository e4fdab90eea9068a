"""What two persons decide, at the admin listener: a change that reaches many devices or whom the server trusts waits for the
second one (R-F2)."""

import contextlib
import hashlib
import json
import pathlib
import sqlite3
import unittest

from admin_fixture import Admin, with_admin
from people_fixture import Desk, Person
from provost_fixture import Pki, wait_until

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

    def test_R_F2_whoever_approves_reads_what_would_be_trusted_or_is_no_more(self):
        row = next(row for row in self.pki.trust() if row["vendor"] == "snom")
        path = f"/v1/trust?vendor=snom&anchor={row['anchor']}&fingerprint={row['fingerprint']}"
        number = self.held(self.anna, "POST", path + "&reason=New+phones", pathlib.Path(row["file"]).read_bytes())
        told = next(one for one in self.bob.ok("GET", "/v1/approvals")["items"] if one["id"] == number)
        self.assertEqual((told["says"], told["reason"], told["query"]["vendor"]), ("Import vendor CAs", "New phones", "snom"))
        (certificate,) = told["certificates"]
        self.assertEqual((certificate["vendor"], certificate["anchor"], certificate["fingerprint"]), ("snom", row["anchor"], row["fingerprint"]))
        self.assertTrue(certificate["subject"] and certificate["issuer"] and certificate["from"] < certificate["until"], certificate)
        self.assertIn(certificate["outcome"], ("imported", "already there"))
        self.bob.ok("DELETE", f"/v1/approvals/{number}")
        listed = next(one for one in self.server.rest("GET", "/v1/trust")[1]["items"] if one["kind"] == "anchor")
        taking = self.held(self.anna, "DELETE", f"/v1/trust/{listed['id']}?reason=stolen")
        told = self.bob.ok("GET", f"/v1/approvals/{taking}")
        self.assertEqual((told["row"], told["reason"]), (listed, "stolen"))
        self.assertEqual([(one["fingerprint"], one["outcome"]) for one in told["certificates"]], [(listed["fingerprint"], "removed")])
        self.bob.ok("DELETE", f"/v1/approvals/{taking}")

    def test_R_F2_a_long_call_is_shown_whole_and_by_its_digest(self):
        body = json.dumps({"name": "Ä" * 64, "settings": {f"raw.yealink.account.{n}.label": "x" * 40 for n in range(1, 120)}}, ensure_ascii=False)
        number = self.held(self.anna, "PATCH", "/v1/tenants/acme", json.loads(body))
        told = next(one for one in self.bob.ok("GET", "/v1/approvals")["items"] if one["id"] == number)
        whole = self.bob.ok("GET", f"/v1/approvals/{number}")["body"]
        self.assertEqual(json.loads(whole), json.loads(body))
        self.assertTrue(told["body"].endswith("...") and whole.startswith(told["body"][:-3]) and len(told["body"]) <= 4099, told["body"][-20:])
        self.assertEqual((told["body_bytes"], told["body_sha256"]), (len(whole.encode()), hashlib.sha256(whole.encode()).hexdigest()))
        self.bob.ok("DELETE", f"/v1/approvals/{number}")

    def test_R_F2_many_devices_are_armed_by_two(self):
        carl = self.desk.add("carl", "tenant-admin", "acme").browser
        macs = [phone.mac for phone in self.pki.phones[:5]]
        self.server.cli("device", "retire", macs[4], check=0)
        number = self.held(carl, "POST", "/v1/arms", {"devices": macs, "reason": "A new registrar"})
        told = self.bob.ok("GET", f"/v1/approvals/{number}")
        self.assertEqual((told["devices"], told["tenant"], told["reason"]), (5, "acme", "A new registrar"))
        job = self.bob.ok("POST", f"/v1/approvals/{number}/approve")
        ended = wait_until(lambda: (found := carl.ok("GET", f"/v1/arms/{job['id']}"))["state"] == "done" and found, "arming")
        self.assertEqual((ended["total"], ended["done"], ended["failed"], ended["actor"]), (5, 4, 1, "carl, approved by bob"))
        self.assertEqual([(one["mac"], one["code"]) for one in ended["failures"]], [(macs[4], "P-3001")])
        self.assertEqual(carl.ok("GET", f"/v1/jobs/{job['id']}")["kind"], "arm")
        self.assertIn(job["id"], [one["id"] for one in carl.ok("GET", "/v1/jobs")["items"]])
        other = self.desk.add("otto", "tenant-admin", "small").browser
        self.assertEqual(other.code("GET", f"/v1/arms/{job['id']}"), "P-8005", "not another tenant's")
        self.assertEqual(other.code("DELETE", f"/v1/jobs/{job['id']}"), "P-8005")
        self.assertEqual(self.sue.code("POST", "/v1/arms", {"devices": macs}), "P-8401")

    def test_R_F2_what_waits_is_the_devices_that_were_meant(self):
        """A filter is no blank cheque: what it takes is fixed when it is asked for, in the sight of whoever asked."""
        dora = self.desk.add("dora", "tenant-admin", "acme").browser
        number = self.held(dora, "POST", "/v1/arms", {"all": True})
        told = self.bob.ok("GET", f"/v1/approvals/{number}")
        self.assertEqual((told["tenant"], told["query"]), ("acme", {}))
        named = json.loads(told["body"])["devices"]
        self.assertEqual(len(named), told["devices"])
        self.assertNotIn("00156500fe00", named, "of another tenant")
        dora.ok("DELETE", f"/v1/approvals/{number}")
        self.assertEqual(dora.code("POST", "/v1/arms", {}), "P-8415", "nothing is not everything")
        for nothing in ("?q=", "?q=%20", "?vendor=", "?held_key=false"):
            self.assertEqual(dora.code("POST", "/v1/arms" + nothing, {}), "P-8415", nothing)
        self.assertEqual(dora.code("POST", "/v1/arms?tenant=small", {}), "P-2010")
        mine = [phone.mac for phone in self.pki.phones[:4]]
        number = self.held(dora, "POST", "/v1/arms", {"devices": [*mine, "00156500fe00"]})
        told = self.bob.ok("GET", f"/v1/approvals/{number}")
        self.assertEqual(json.loads(told["body"])["devices"], sorted(mine), "bob sees the other one, dora does not")
        self.assertEqual(told["devices"], 4)
        dora.ok("DELETE", f"/v1/approvals/{number}")

    def test_R_F2_many_small_calls_are_no_way_around(self):
        emil = self.desk.add("emil", "tenant-admin", "acme").browser
        macs = [phone.mac for phone in self.pki.phones[:4]]
        job = emil.ok("POST", "/v1/arms", {"devices": macs[:2]})["id"]
        wait_until(lambda: emil.ok("GET", f"/v1/arms/{job}")["state"] == "done", "arming two")
        emil.ok("POST", f"/v1/devices/{macs[2]}/arm", {})
        for path in ("arm", "rotate", "token"):
            self.assertEqual(emil.code("POST", f"/v1/devices/{macs[3]}/{path}", {}), "P-8413", path)
        made = emil.ok("POST", "/v1/tokens", {"name": "robot", "role": "tenant-admin", "tenant": "acme", "write": True, "sensitive": True})
        hand = Admin(self.server).ask("POST", f"/v1/devices/{macs[3]}/arm", headers=[f"Authorization: Bearer {made['token']}"])
        self.assertEqual(json.loads(hand.body)["code"], "P-8413", "a program of the same person is the same person")
        number = self.held(emil, "POST", "/v1/arms", {"devices": macs[3:]})
        emil.ok("DELETE", f"/v1/approvals/{number}")
        self.server.cli("device", "arm", macs[3], check=0)

    def test_R_F2_rules_lifted_and_resyncs_of_many_wait(self):
        lifted = {"rule": "web-ui-off", "tenant": "acme", "owner": "Jo", "reason": "a trial"}
        for path, body in (("/v1/exceptions", lifted), ("/v1/tenants/acme/resync", {"window": "01:00-02:00"})):
            with self.subTest(path):
                number = self.held(self.anna, "POST", path, body)
                self.bob.ok("DELETE", f"/v1/approvals/{number}")
        made = self.anna.ok("POST", "/v1/exceptions", lifted | {"device": self.pki.phones[0].mac, "tenant": ""})
        self.assertEqual(self.anna.ask("DELETE", f"/v1/exceptions/{made['id']}")[0], 200, "what takes it back never waits")

    def test_R_F2_whom_one_made_or_reset_is_no_second_person(self):
        made = self.anna.ok("POST", "/v1/people", {"login": "straw", "role": "platform", "tenant": None})
        straw = Person(self.desk, made).browser
        number = self.held(self.anna, "PATCH", "/v1/tenants/acme", SETTINGS)
        self.assertEqual(straw.code("POST", f"/v1/approvals/{number}/approve"), "P-8414")
        self.assertEqual(straw.ok("DELETE", f"/v1/approvals/{number}"), {"removed": number}, "rejecting is safe")
        number = self.held(straw, "PATCH", "/v1/tenants/acme", SETTINGS)
        self.assertEqual(self.anna.code("POST", f"/v1/approvals/{number}/approve"), "P-8414", "nor the other way round")
        self.bob.ok("POST", f"/v1/approvals/{number}/approve")
        second = self.desk.add("gil", "platform")
        back = Person(self.desk, self.anna.ok("POST", f"/v1/people/{second.id}/reset")).browser
        number = self.held(self.anna, "PATCH", "/v1/tenants/acme", SETTINGS)
        self.assertEqual(back.code("POST", f"/v1/approvals/{number}/approve"), "P-8414", "its login was in anna's hands")
        self.bob.ok("DELETE", f"/v1/approvals/{number}")

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
