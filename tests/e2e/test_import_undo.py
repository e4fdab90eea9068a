"""A list that was wrong, taken back (journey A, step 6): what nobody built on goes back, what somebody built on stays
and is told, and an end in the middle leaves a legal state that the next server goes on from."""

import csv
import io
import json
import random
import re
import sqlite3
import time
import unittest

from provost_fixture import Story, wait_until

GOOD = "mac,tenant,vendor,line.1.user\n"
WHY = {"reason": "the wrong customer's list"}


class Undone(Story):
    """Helpers; the rows are of phones that nobody has."""

    armed = False

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.counter = 0x200000

    def setUp(self):
        type(self).counter += 0x1000

    def mac(self, number):
        return f"001565{self.counter + number:06x}"

    def rows(self, count, user=5000):
        return "".join(f"{self.mac(i)},acme,yealink,{user + i}\n" for i in range(count))

    def load(self, text, arm=False):
        """Checked and written: its last answer."""
        job = self.server.rest("POST", "/v1/imports" + ("?arm=true" if arm else ""), text)[1]
        shown = wait_until(lambda: self.at_rest(job["id"], "checked"), "a checked import")
        self.assertEqual(shown["report"]["refused"], 0, shown)
        self.assertEqual(self.server.rest("POST", f"/v1/imports/{job['id']}/apply")[0], 202)
        return wait_until(lambda: self.at_rest(job["id"], "done"), "a written import")

    def at_rest(self, job, state):
        answer = self.server.rest("GET", f"/v1/imports/{job}")[1]
        return answer if answer["state"] == state else None

    def undo(self, job):
        status, answer = self.server.rest("POST", f"/v1/imports/{job}/undo", WHY)
        self.assertEqual(status, 202, answer)
        return self.await_undo(job)

    def await_undo(self, job):
        def over():
            undo = self.server.rest("GET", f"/v1/imports/{job}")[1]["undo"]
            return undo if undo["state"] != "running" else None
        return wait_until(over, "the end of an undo")

    def refused(self, status, code, method, path, body=None):
        answered, answer = self.server.rest(method, path, body)
        self.assertEqual((answered, answer.get("code")), (status, code), answer)
        return answer

    def device(self, number):
        return self.server.rest("GET", f"/v1/devices/{self.mac(number)}")


class Undo(Undone):
    def test_A6_a_list_is_taken_back_and_who_and_why_is_in_the_audit_trail(self):
        for i in (0, 1):
            self.server.rest("POST", "/v1/devices", {"mac": self.mac(i), "tenant": "acme", "site": "berlin",
                                                     "settings": {"line.1.user": f"u{i}"}})
        before = [self.device(i)[1] for i in (0, 1)]
        job = self.load("mac,tenant,site,line.1.user\n" + "".join(f"{self.mac(i)},acme,wien,{i}\n" for i in range(10)), arm=True)
        offer = job["undo"]
        self.assertEqual((offer["state"], offer["added"], offer["changed"]), ("open", 8, 2))
        self.assertTrue(570 < offer["seconds_left"] <= 600, offer)
        preview = self.server.rest("GET", f"/v1/imports/{job['id']}/undo")[1]
        self.assertEqual((preview["removed"], preview["restored"], preview["left"], preview["rows"]), (8, 2, 0, []))
        self.assertEqual(self.device(0)[1]["site"], "wien", "a preview changes nothing")
        undone = self.undo(job["id"])
        self.assertEqual((undone["state"], undone["removed"], undone["restored"], undone["left"]), ("done", 8, 2, 0))
        self.assertEqual(undone["reason"], WHY["reason"])
        for i, old in enumerate(before):
            now = self.device(i)[1]
            self.assertEqual((now["site"], now["settings"]), (old["site"], old["settings"]))
            self.assertEqual(now["version"], old["version"] + 2)
        self.assertTrue(all(self.device(i)[0] == 404 for i in range(2, 10)))
        told = [(entry["state"], entry["withdraw"]) for entry in self.server.outbox() if entry["device"] == self.mac(5)]
        self.assertEqual(told, [("void", False), ("waiting", True)], "as by a removal: the registrar forgets the account")
        trail = self.server.rest("GET", "/v1/audit?kind=import.&limit=10")[1]["items"]
        ended, started = trail[0], trail[1]
        self.assertEqual((started["kind"], ended["kind"]), ("import.undo-started", "import.undo-ended"))
        self.assertIn(WHY["reason"], started["detail"])
        self.assertIn("8 removed, 2 put back, 0 left", ended["detail"])
        self.assertTrue(started["actor"])
        self.assertEqual(started["actor"], ended["actor"])
        removed = self.server.rest("GET", "/v1/audit?kind=device.removed&limit=10")[1]["items"]
        self.assertIn(f"import {job['id']} undone", removed[0]["detail"])
        work = self.server.rest("GET", "/v1/jobs/u" + job["id"][1:])[1]
        self.assertEqual((work["kind"], work["state"], work["done"], work["total"]), ("undo", "done", 10, 10))
        self.assertIn(work["id"], [one["id"] for one in self.server.rest("GET", "/v1/jobs")[1]["items"]])

    def test_A6_what_was_delivered_or_changed_since_stays_and_is_told(self):
        phone = self.pki.of("yealink")[0]
        self.server.rest("DELETE", f"/v1/devices/{phone.mac}")
        job = self.load(GOOD + f"{phone.mac},acme,yealink,u1\n" + self.rows(3), arm=True)
        answer = self.fetch(phone)
        self.assertTrue(phone.password(answer), answer.status)
        self.server.await_state(phone, "grace")
        self.server.rest("PATCH", f"/v1/devices/{self.mac(0)}", {"site": "wien"})
        self.server.rest("DELETE", f"/v1/devices/{self.mac(1)}")
        undone = self.undo(job["id"])
        self.assertEqual((undone["removed"], undone["left"]), (1, 3))
        self.assertEqual(self.server.state(phone), "grace")
        self.assertEqual(self.device(0)[1]["site"], "wien")
        self.assertEqual(self.device(2)[0], 404)
        rows = self.server.rest("GET", f"/v1/imports/{job['id']}/undo")[1]["rows"]
        self.assertEqual([(row["row"], row["mac"], row["outcome"], row["reason"]) for row in rows],
                         [(2, phone.mac, "left", "delivered"), (3, self.mac(0), "left", "changed"),
                          (4, self.mac(1), "left", "removed")])
        text = self.server.rest("GET", f"/v1/imports/{job['id']}/undo/rows")[1]
        told = list(csv.DictReader(io.StringIO(text)))
        self.assertEqual([(row["mac"], row["reason"]) for row in told], [(row["mac"], row["reason"]) for row in rows])
        self.assertTrue(all(row["text"] for row in told))

    def test_A6_refusals_have_their_codes(self):
        self.refused(404, "P-8005", "POST", "/v1/imports/i99999999/undo", WHY)
        self.refused(404, "P-8005", "GET", "/v1/imports/nonsense/undo")
        checked = self.server.rest("POST", "/v1/imports", GOOD + self.rows(1))[1]["id"]
        wait_until(lambda: self.at_rest(checked, "checked"), "a checked import")
        self.refused(409, "P-8007", "POST", f"/v1/imports/{checked}/undo", WHY)
        self.refused(409, "P-2515", "GET", f"/v1/imports/{checked}/undo")
        job = self.load(GOOD + self.rows(2))["id"]
        self.refused(422, "P-2516", "POST", f"/v1/imports/{job}/undo", {"reason": " "})
        self.refused(422, "P-2516", "POST", f"/v1/imports/{job}/undo")
        self.undo(job)
        self.refused(409, "P-2514", "POST", f"/v1/imports/{job}/undo", WHY)
        self.refused(409, "P-8007", "DELETE", "/v1/jobs/u" + job[1:])

    def test_A6_the_command_line_offers_it_shows_it_and_does_it(self):
        file = self.server.folder / "list.csv"
        file.write_text(GOOD + self.rows(3))
        said = self.server.cli("import", "devices", file, check=0).stderr
        job = re.search(r"provost import undo (i\d+) --reason", said)[1]
        self.server.rest("PATCH", f"/v1/devices/{self.mac(1)}", {"site": "wien"})
        dry = self.server.cli("import", "undo", job, "--dry-run", check=3)
        self.assertIn("would be: 2 removed, 0 put back, 1 left", dry.stderr)
        self.assertIn("changed since", dry.stdout)
        self.assertEqual(self.device(0)[0], 200)
        self.assertIn("P-2516", self.server.cli("import", "undo", job).stderr)
        done = self.server.cli("import", "undo", job, "--reason", "wrong list", check=3)
        self.assertIn("2 removed, 0 put back, 1 left", done.stderr)
        self.assertEqual(self.device(0)[0], 404)
        self.assertIn("P-2514", self.server.cli("import", "undo", job, "--reason", "again", check=1).stderr)
        shown = json.loads(self.server.cli("-o", "json", "import", "undone", job, check=3).stdout)
        self.assertEqual([row["mac"] for row in shown], [self.mac(1)])

    def test_A6_after_a_restart_it_can_still_be_asked_for(self):
        job = self.load(GOOD + self.rows(2))["id"]
        self.server.stop()
        self.server.start()
        shown = self.at_rest(job, "done")
        self.assertNotIn("report", shown)
        self.assertEqual(shown["undo"]["state"], "open")
        self.assertEqual(self.undo(job)["removed"], 2)

    def test_A6_too_late_is_told_and_nothing_is_kept(self):
        job = self.load(GOOD + self.rows(2))["id"]
        self.server.stop()
        with sqlite3.connect(self.server.home / "data/provost.db") as database:
            database.execute("UPDATE imports SET until = until - 600000, due = due - 600000 WHERE number = ?", (int(job[1:]),))
        self.server.start()
        self.refused(409, "P-2513", "POST", f"/v1/imports/{job}/undo", WHY)
        self.assertEqual(self.at_rest(job, "done")["undo"]["state"], "late")

        def images():
            with sqlite3.connect(f"file:{self.server.home}/data/provost.db?mode=ro", uri=True) as database:
                return database.execute("SELECT count(*) FROM import_images WHERE import = ?", (int(job[1:]),)).fetchone()[0]
        wait_until(lambda: images() == 0, "the end of the images")
        self.assertEqual(self.device(0)[0], 200)


class Broken(Undone):
    """Killed anywhere in the middle."""

    rows_of_one = 1000

    def test_A6_killed_in_the_middle_of_an_undo_the_next_server_goes_on(self):
        chance, in_the_middle = random.Random(7), 0
        for turn in range(3):
            with self.subTest(turn=turn):
                self.setUp()
                changed = 200
                self.load(GOOD + self.rows(changed, user=100))
                job = self.load(GOOD + self.rows(self.rows_of_one), arm=turn % 2 == 1)["id"]
                self.assertEqual(self.server.rest("POST", f"/v1/imports/{job}/undo", WHY)[0], 202)
                time.sleep(chance.uniform(0, 0.2))
                self.server.kill()
                in_the_middle += self.assert_legal()
                self.server.start()
                undone = self.await_undo(job)
                self.assertEqual((undone["state"], undone["removed"], undone["restored"], undone["left"]),
                                 ("done", self.rows_of_one - changed, changed, 0))
                self.assert_counted_once(job)
                self.assertEqual(self.device(0)[1]["settings"]["line.1.user"], "100")
                self.assertEqual(self.device(changed)[0], 404)
        self.assertGreater(in_the_middle, 0)

    def assert_legal(self):
        """Each device whole, none half undone: its secrets and images are of devices that are there. Whether an undo
        was running."""
        with sqlite3.connect(self.server.home / "data/provost.db") as database:
            ask = lambda sql: database.execute(sql).fetchone()[0]
            self.assertEqual(ask("SELECT count(*) FROM secrets WHERE mac NOT IN (SELECT mac FROM devices)"), 0)
            self.assertEqual(ask("SELECT count(*) FROM import_images WHERE mac NOT IN (SELECT mac FROM devices)"), 0)
            self.assertEqual(ask("SELECT count(*) FROM devices WHERE state = 'armed' AND mac NOT IN (SELECT mac FROM secrets)"), 0)
            rest = database.execute("SELECT total - removed - restored - left_over - (SELECT count(*) FROM import_images"
                                    " WHERE import = number) FROM imports WHERE undo = 'running'").fetchall()
            self.assertIn(rest, ([], [(0,)]))
            return len(rest)

    def assert_counted_once(self, job):
        events = self.server.rest("GET", "/v1/audit?kind=import.undo-ended&limit=10")[1]["items"]
        self.assertEqual(len([one for one in events if one["detail"].startswith(f"import {job}:")]), 1)

    def cut_short(self, end):
        """Imports of new devices, longer and longer, until `end` comes to one that is under way, however quick the machine is: as
        it is told then, its list and how many rows that has."""
        for count in (4000, 16000, 48000):
            type(self).counter += 0x10000
            text = GOOD + self.rows(count)
            job = self.server.rest("POST", "/v1/imports", text)[1]["id"]
            wait_until(lambda: self.at_rest(job, "checked"), "a checked import")
            self.server.rest("POST", f"/v1/imports/{job}/apply")
            wait_until(lambda: self.server.rest("GET", f"/v1/imports/{job}")[1]["rows_done"] >= 300, "some rows")
            end()
            self.server.start()
            if shown := self.at_rest(job, "interrupted"):
                return shown, text, count
        raise AssertionError("every import was done before")

    def test_A6_an_import_that_the_end_cut_short_can_be_undone(self):
        shown, _, rows = self.cut_short(self.server.kill)
        job, written = shown["id"], shown["undo"]["added"]
        self.assertEqual(shown["error"]["code"], "P-2512")
        self.assertTrue(300 <= written <= rows, shown)
        self.assertEqual(self.undo(job)["removed"], written)
        self.assertEqual(self.device(0)[0], 404)

    def test_A5_an_orderly_stop_leaves_it_interrupted_with_its_whole_window_and_the_same_list_goes_on(self):
        shown, text, rows = self.cut_short(self.server.stop)
        job, written = shown["id"], shown["undo"]["added"]
        self.assertTrue(300 <= written < rows, shown)
        self.assertEqual((shown["undo"]["state"], shown["error"]["code"], shown["rows_done"]), ("open", "P-2512", written))
        self.assertTrue(560 < shown["undo"]["seconds_left"] <= 600, shown)
        ended = self.server.rest("GET", "/v1/audit?kind=import.ended&limit=1")[1]["items"][0]
        self.assertIn(f"import {job}: interrupted, {written} added, 0 changed of {rows}", ended["detail"])
        again = self.load(text)
        self.assertEqual((again["report"]["unchanged"], again["report"]["applied"]), (written, rows - written))

    def test_A6_a_cancelled_undo_is_gone_on_with(self):
        job = self.load(GOOD + self.rows(self.rows_of_one), arm=True)["id"]
        self.server.rest("POST", f"/v1/imports/{job}/undo", WHY)
        status, _ = self.server.rest("DELETE", "/v1/jobs/u" + job[1:])
        stopped = self.await_undo(job)
        if status == 202 and stopped["state"] == "cancelled":
            self.assertLess(stopped["removed"], self.rows_of_one)
            preview = self.server.rest("GET", f"/v1/imports/{job}/undo")[1]
            self.assertEqual(preview["removed"], self.rows_of_one, "what it did and what it would do")
            stopped = self.undo(job)
        self.assertEqual((stopped["state"], stopped["removed"]), ("done", self.rows_of_one))


if __name__ == "__main__":
    unittest.main()
