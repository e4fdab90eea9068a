"""Each call that writes fails once, in turn: nothing is corrupted, nothing delivered without its record, no secret
lies on the disk in clear, and the server goes on by itself (R-B1, R-C7, goal G5).

PROVOST_FAULTS_STRIDE=1 takes every call; the usual run takes every n-th.
"""

import errno
import os
import sqlite3
import sys
import time
import unittest

from faults import PLAIN, SHORT, TORN, Faults
from provost_fixture import PATIENCE, Pki, Server, fingerprint, fingerprints, ha1, run, wait_until

REALM = "sip.acme.example"
LEGAL = {"registered", "armed", "delivering", "grace", "provisioned", "expired", "retired"}
STRIDE = int(os.environ.get("PROVOST_FAULTS_STRIDE", "0"))
LONGEST = 7200 if STRIDE else 780
# What a disk that is full, broken or read-only says, and writes cut in their middle.
WAYS = ((errno.ENOSPC, SHORT), (errno.EIO, PLAIN), (errno.EROFS, PLAIN), (errno.EIO, TORN))


class Faulty(unittest.TestCase):
    """A server whose disk is under control; what phones got is remembered."""

    def setUp(self):
        self.pki = Pki.shared()
        self.server = Server(self.pki)
        self.faults = Faults(self.server)
        self.addCleanup(self.server.kill)
        self.passwords = {phone.mac: [] for phone in self.pki.phones}
        self.rounds = 0

    def fetch(self, phone):
        answer = phone.fetch(self.server.port)
        self.assertIn(answer.status, (200, 403))
        password = answer.status == 200 and phone.password(answer)
        if password:
            self.passwords[phone.mac].append(password)
        return password

    def heals(self, phone):
        """Without a restart: it arms and delivers again."""
        self.faults.heal()
        end = time.monotonic() + PATIENCE
        while (answer := self.server.rest("POST", f"/v1/devices/{phone.mac}/arm", {}))[0] != 200:
            self.assertLess(time.monotonic(), end, answer)
            time.sleep(0.05)
        self.assertTrue(wait_until(lambda: self.fetch(phone), "a delivery"))

    def check_records(self, phones):
        digests = fingerprints(self.server.outbox())
        for phone in phones:
            self.assertIn(self.server.state(phone), LEGAL)
            for password in self.passwords[phone.mac]:
                self.assertIn(fingerprint(ha1("md5", phone.user, REALM, password)), digests[phone.mac], "a password nobody knows of")
            items = self.server.rest("GET", f"/v1/devices/{phone.mac}/deliveries?limit=1000")[1]["items"]
            got, recorded = len(self.passwords[phone.mac]), len(items)
            self.assertGreaterEqual(recorded, min(got, 1000), "a delivery without its record")
            trail = self.server.rest("GET", f"/v1/audit?device={phone.mac}&kind=delivery.begun&limit=1000")[1]["items"]
            self.assertEqual(len(trail), recorded, "each delivery is in the audit trail, and no other is")

    def check_files(self):
        """The server is down."""
        database = self.server.home / "data/provost.db"
        connection = sqlite3.connect(database)
        try:
            self.assertEqual(connection.execute("PRAGMA integrity_check").fetchall(), [("ok",)])
            self.assertEqual(connection.execute("PRAGMA foreign_key_check").fetchall(), [])
        finally:
            connection.close()
        done = run("audit", "verify", "--from", database, "--key", self.server.home / "keys/audit.start")
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        stored = b"".join(file.read_bytes() for file in self.server.home.rglob("*") if file.is_file())
        stored += self.server.log.read_bytes()
        for passwords in self.passwords.values():
            for password in passwords:
                self.assertNotIn(password.encode(), stored)


class Running(Faulty):
    def visit_all_that_writes(self, phone, other):
        """What the goal names: arm, fetch, purge, rotation, ban, import. Each may be refused, none may do half."""
        rest = self.server.rest
        self.rounds += 1
        rest("POST", f"/v1/devices/{phone.mac}/arm", {})
        self.fetch(phone)
        rest("POST", "/v1/server/epoch")
        status, ban = rest("POST", "/v1/bans", {"network": f"192.0.2.{self.rounds % 250}", "reason": "a test"})
        if status < 300:
            rest("DELETE", f"/v1/bans/{ban['id']}")
        rows = f"mac,tenant,vendor,line.1.user\n001565ff{self.rounds:04x},acme,yealink,1{self.rounds}\n"
        self.server.import_rows(rows)
        self.fetch(other)

    def test_R_B1_R_C7_every_call_that_writes_fails_in_turn(self):
        self.server.start().fill("grace=0s")
        one, other = self.pki.of("yealink")[:2]
        self.visit_all_that_writes(one, other)
        self.faults.fail(0)
        self.visit_all_that_writes(one, other)
        calls, by_kind = self.faults.calls, self.faults.by_kind()
        self.assertGreater(calls, 30)
        stride = STRIDE or max(1, calls // 6)
        began, tried, hit = time.monotonic(), 0, 0
        for way, (error, mode) in enumerate(WAYS):
            for number in range(1 + way % stride, calls + 1, stride):
                with self.subTest(errno.errorcode[error], mode=mode, call=number):
                    self.faults.fail(number, error, mode)
                    self.visit_all_that_writes(one, other)
                    tried, hit = tried + 1, hit + self.faults.failed
                    if tried % 5 == 0:  # killed before it healed
                        self.server.kill()
                        self.faults.heal()
                        self.server.start()
                    self.heals(one)
                    self.check_records((one, other))
                self.assertLess(time.monotonic() - began, LONGEST)
        print(f"\n{hit} faults in {tried} rounds of {calls} calls ({by_kind} in two rounds and a start), every {stride}th: "
              f"{time.monotonic() - began:.0f} s", file=sys.stderr)
        self.assertGreater(hit, tried * 0.8)
        self.server.stop()
        self.check_files()
        self.server.start()
        self.heals(one)
        self.server.stop()


class Starting(Faulty):
    def test_R_A11_R_B1_a_fault_at_any_call_of_start_or_stop_refuses_it_or_does_no_harm(self):
        server, phone = self.server, self.pki.of("yealink")[0]
        server.start().fill("grace=0s")
        self.heals(phone)
        server.stop()
        self.faults.fail(0)
        server.start().stop()
        calls = self.faults.calls
        self.assertGreater(calls, 10)
        stride = STRIDE or max(1, calls // 5)
        refused = served = 0
        for number in range(1, calls + 1, stride):
            error, mode = WAYS[number % len(WAYS)]
            with self.subTest(errno.errorcode[error], mode=mode, call=number):
                server.kill()  # where the number before failed
                self.faults.fail(number, error, mode)
                try:
                    server.start()
                except AssertionError as ended:
                    self.assertRegex(str(ended), r"\[P-\d{4}\]", "it says why")
                    server.process = None
                    refused += 1
                    self.faults.heal()
                    server.start()
                served += 1
                self.heals(phone)
                server.stop()
                self.check_files()
        print(f"\n{served} starts with a fault, every {stride}th of {calls} calls: {refused} refused, and the next served",
              file=sys.stderr)


if __name__ == "__main__":
    unittest.main()
