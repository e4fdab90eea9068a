"""The audit trail: what is given away and changed is in it first, and nobody rewrites it unseen (R-C7)."""

import json
import shutil
import sqlite3
import unittest

from provost_fixture import PATIENCE, Pki, Server, run, wait_until


class Trail(unittest.TestCase):
    def setUp(self):
        self.server = Server(Pki.shared())
        self.heads = self.server.folder / "heads"
        text = self.server.config.read_text()
        self.server.config.write_text(f'audit: {{head_file: "{self.heads}"}}\n{text}')
        self.start_file = self.server.folder / "audit.start"
        shutil.move(self.server.home / "keys/audit.start", self.start_file)  # as an operator takes it away
        self.server.start().fill("grace=1h")
        self.addCleanup(self.server.kill)
        self.database = self.server.home / "data/provost.db"

    def entries(self, **query):
        text = "&".join(f"{k}={v}" for k, v in {"limit": "1000", **query}.items())
        return self.server.rest("GET", f"/v1/audit?{text}")[1]["items"]

    def verify(self, *arguments, database=None):
        done = run("-o", "json", "audit", "verify", "--from", database or self.database, "--key", self.start_file,
                   *arguments)
        return done.returncode, json.loads(done.stdout) if done.stdout else done.stderr

    def change(self, sql, database=None):
        with sqlite3.connect(database or self.database, timeout=PATIENCE) as connection:
            connection.execute(sql)
        connection.close()

    def deliver(self, phone):
        answer = phone.fetch(self.server.port)
        password = phone.password(answer)
        self.assertTrue(password)
        self.server.await_state(phone, "grace", "provisioned")
        return password

    def test_R_C7_an_export_that_fails_leaves_no_half_of_one(self):
        whole, half = self.server.folder / "whole.jsonl", self.server.folder / "half.jsonl"
        self.server.cli("audit", "export", whole, "--from", self.database, check=0)
        before = whole.read_bytes()
        self.assertIn("P-1115", self.server.cli("audit", "export", whole, "--from", self.database, check=1).stderr)
        self.assertEqual(whole.read_bytes(), before, "one that is there stays as it is")
        foreign = self.server.folder / "foreign.db"
        with sqlite3.connect(foreign) as connection:
            connection.execute("CREATE TABLE other (a)")
        connection.close()
        self.assertIn("P-6031", self.server.cli("audit", "export", half, "--from", foreign, check=1).stderr)
        self.assertFalse(half.exists())

    def test_R_C7_deliveries_and_acts_are_in_it_without_any_secret(self):
        phones = self.server.pki.phones[:4]
        passwords = [self.deliver(phone) for phone in phones]
        self.server.arm(phones[0])
        for phone in phones:
            begun, ended = (self.entries(device=phone.mac, kind=kind)[0] for kind in ("delivery.begun", "delivery.ended"))
            self.assertEqual((begun["outcome"], ended["outcome"]), ("first-delivery", "complete"))
            self.assertEqual((begun["source"], begun["proof"], begun["tenant"]), ("127.0.0.1", "certificate", "acme"))
            self.assertEqual(begun["fingerprint"], self.server.device(phone)["pinned_key"])
            self.assertLess(begun["seq"], ended["seq"])
        armed = self.entries(device=phones[0].mac, kind="device.armed")
        self.assertTrue(armed and armed[0]["actor"])
        self.assertTrue(self.entries(kind="tenant."), "tenants too")
        self.assertTrue(self.entries(kind="trust."), "and trust")
        whole = json.dumps(self.entries())
        self.server.stop()
        stored = self.database.read_bytes()
        for password in passwords:
            self.assertNotIn(password, whole)
            self.assertNotIn(password.encode(), stored)

    def test_R_C7_a_backup_is_in_it_before_it_is_written(self):
        copy = self.server.folder / "traced.db"
        self.server.cli("backup", "create", copy, check=0)
        entry = self.entries(kind="backup.begun")[-1]
        self.assertEqual((entry["detail"], entry["outcome"]), (str(copy), "done"))
        self.assertTrue(entry["actor"])
        self.assertIn(b"backup.begun", copy.read_bytes())
        nowhere = self.server.folder / "no/such/folder.db"
        self.server.cli("backup", "create", nowhere)
        self.assertIn(str(nowhere), [one["detail"] for one in self.entries(kind="backup.begun")], "tried, too")

    def test_R_C7_verified_offline_while_it_runs_and_when_it_stopped(self):
        for phone in self.server.pki.phones[:3]:
            self.deliver(phone)
        code, verdict = self.verify()
        self.assertEqual((code, verdict["faults"]), (0, 0))
        self.assertEqual(verdict["macs_checked"], verdict["entries"])
        self.server.stop()
        self.assertIn("provost-audit-head 1 ", self.heads.read_text(), "a head at the stop")
        code, verdict = self.verify("--head", self.heads)
        self.assertEqual((code, verdict["faults"], verdict["notes"]), (0, 0, []))
        self.assertGreaterEqual(verdict["heads_checked"], 1)
        self.server.start()
        self.assertEqual(self.verify("--head", self.heads)[0], 0)

    def test_R_C7_a_head_by_hand_finds_what_was_cut_off(self):
        self.deliver(self.server.pki.phones[0])
        line = self.server.folder / "line"
        line.write_text(self.server.cli("audit", "head", check=0).stdout)
        self.server.stop()
        self.assertEqual(self.verify("--head", line)[0], 0)
        last = self.verify()[1]["last"]
        self.change(f"DELETE FROM audit WHERE seq > {last - 2}")
        self.assertEqual(self.verify()[0], 0, "nothing within says it")
        code, verdict = self.verify("--head", line)
        self.assertEqual(code, 1)
        self.assertEqual(verdict["found"][0]["seq"], last - 1)
        self.assertIn("missing at the end", verdict["found"][0]["what"])

    def test_R_C7_each_change_is_found_and_named(self):
        for phone in self.server.pki.phones[:3]:
            self.deliver(phone)
        self.server.stop()
        spoiled = self.server.folder / "spoiled.db"
        for sql, words in (("UPDATE audit SET source = '10.0.0.1' WHERE seq = 5", "changed"),
                           ("UPDATE audit SET at = at + 1 WHERE seq = 5", "changed"),
                           ("UPDATE audit SET mac = zeroblob(16) WHERE seq = 5", "forged"),
                           ("UPDATE audit SET link = zeroblob(32) WHERE seq = 5", "changed"),
                           ("DELETE FROM audit WHERE seq = 5", "missing")):
            with self.subTest(sql):
                shutil.copy(self.database, spoiled)
                self.change(sql, spoiled)
                code, verdict = self.verify(database=spoiled)
                self.assertEqual(code, 1)
                self.assertEqual(verdict["found"][0]["seq"], 5)
                self.assertIn(words, verdict["found"][0]["what"])

    def test_R_C7_R_A11_a_trail_that_does_not_fit_its_keys_stops_the_start(self):
        self.deliver(self.server.pki.phones[0])
        self.server.stop()
        copy = self.server.folder / "copy.db"
        shutil.copy(self.database, copy)
        self.server.start()
        self.server.arm(self.server.pki.phones[1])
        self.server.stop()
        shutil.copy(copy, self.database)  # an old backup, or somebody who wants the last act forgotten
        code, said = self.server.refuse_to_start()
        self.assertEqual(code, 1)
        self.assertIn("[P-6040]", said)
        run("audit", "rekey", "--config", self.server.config, "--reason", "restored copy.db", check=0)
        fresh = self.server.home / "keys/audit.start"
        self.server.start()
        self.assertEqual(self.entries(kind="audit.")[0]["detail"], "restored copy.db")
        self.assertEqual(self.verify()[0], 1, "new keys without their start file")
        code, verdict = self.verify("--key", fresh)
        self.assertEqual((code, verdict["faults"]), (0, 0))
        self.assertEqual(self.verify("--key", fresh, "--head", self.heads)[0], 1, "the heads know what was forgotten")

    def test_R_C7_R_A11_lost_keys_are_not_made_anew_in_silence(self):
        self.server.stop()
        keys = self.server.home / "keys"
        for name in ("audit.keys", "audit.sign"):
            shutil.move(keys / name, self.server.folder / name)
        code, said = self.server.refuse_to_start()
        self.assertEqual(code, 1)
        self.assertIn("[P-5022]", said)
        self.assertFalse((keys / "audit.keys").exists())

    def test_R_C7_no_audit_no_secret(self):
        phone = self.server.pki.phones[0]
        self.change("CREATE TRIGGER broken BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'no space'); END")
        answer = phone.fetch(self.server.port)
        self.assertEqual(answer.status, 403)
        self.assertIsNone(phone.password(answer))
        self.assertEqual(self.server.state(phone), "armed")
        self.assertEqual(self.server.rest("POST", f"/v1/devices/{phone.mac}/arm", {})[0] // 100, 5, "no audit, no act")
        self.change("DROP TRIGGER broken")
        self.deliver(phone)  # without a restart
        self.assertEqual(self.verify()[0], 0)

    def test_R_C7_listed_by_filter(self):
        phone = self.server.pki.phones[0]
        self.deliver(phone)
        rows = self.server.json("audit", "list", "--device", phone.mac, "--kind", "delivery.")
        self.assertEqual([row["kind"] for row in rows], ["delivery.begun", "delivery.ended"])
        self.assertEqual(self.server.json("audit", "list", "--last", "1000", "--until", "2020-01-01T00:00:00Z"), [])
        self.assertGreater(len(self.server.json("audit", "list", "--last", "1000", "--tenant", "acme")), 3)
        self.assertEqual(self.server.cli("audit", "list", "--since", "yesterday").returncode, 1)
        table = self.server.cli("audit", "list", "--device", phone.mac, check=0).stdout
        self.assertIn("delivery.begun", table)

    def test_R_C7_the_server_warns_while_the_start_file_lies_there(self):
        self.assertNotIn("audit.start lies", self.server.log.read_text())
        self.server.stop()
        shutil.copy(self.start_file, self.server.home / "keys/audit.start")
        self.server.start()
        wait_until(lambda: "audit.start lies" in self.server.log.read_text(), "the warning")


if __name__ == "__main__":
    unittest.main()
