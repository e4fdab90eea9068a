"""A fault at each call that writes of a backup and of new audit keys: what is said to be made is whole, and what is not
said to be is refused or made good by doing it again (R-A11, R-C7, goal G5)."""

import errno
import os
import pathlib
import sqlite3
import subprocess
import sys
import unittest

from faults import preloaded
from provost_fixture import PATIENCE, PROGRAM, environment, run
from test_faults import STRIDE, WAYS, Faulty


class Backup(Faulty):
    def test_R_B1_a_backup_that_is_said_to_be_there_is_whole(self):
        server = self.server
        server.start().fill("grace=0s")
        self.faults.fail(0)
        self.assertEqual(server.rest("POST", "/v1/backups", {"path": f"{server.home}/b0"})[0], 201)
        calls = self.faults.calls
        self.assertGreater(calls, 5)
        made = 0
        for number in range(1, calls + 1, STRIDE or max(1, calls // 8)):
            error, mode = WAYS[number % len(WAYS)]
            with self.subTest(errno.errorcode[error], mode=mode, call=number):
                copy = pathlib.Path(f"{server.home}/b{number}")
                self.faults.fail(number, error, mode)
                status, body = server.rest("POST", "/v1/backups", {"path": str(copy)})
                self.faults.heal()
                if status == 201:
                    made += 1
                    with sqlite3.connect(f"file:{copy}?mode=ro", uri=True) as connection:
                        self.assertEqual(connection.execute("PRAGMA integrity_check").fetchall(), [("ok",)])
                        self.assertGreater(connection.execute("SELECT count(*) FROM devices").fetchone()[0], 10)
                    connection.close()
                else:
                    self.assertIn(body["code"], ("P-6015", "P-6012", "P-6013", "P-6010"))
        self.heals(self.pki.phones[0])
        print(f"\n{calls} calls of a backup, {made} backups made in spite of a fault", file=sys.stderr)
        server.stop()


class Rekey(Faulty):
    def rekey(self):
        return subprocess.run([PROGRAM, "audit", "rekey", "--config", str(self.server.config), "--reason", "a test"],
                              capture_output=True, text=True, timeout=PATIENCE, check=False,
                              env=dict(environment(), **self.server.environment))

    def test_R_A11_R_C7_new_audit_keys_are_all_there_or_made_again(self):
        server, phone = self.server, self.pki.phones[0]
        server.start().fill("grace=0s").stop()
        self.faults.fail(0)
        self.assertEqual(self.rekey().returncode, 0)
        calls = self.faults.calls
        self.assertGreater(calls, 5)
        self.faults.heal()
        refused = 0
        for number in range(1, calls + 1, STRIDE or max(1, calls // 8)):
            error, mode = WAYS[number % len(WAYS)]
            with self.subTest(errno.errorcode[error], mode=mode, call=number):
                self.faults.fail(number, error, mode)
                done = self.rekey()
                self.faults.heal()
                self.assertRegex(done.stderr if done.returncode else "[P-0000]", r"\[P-\d{4}\]", "it says why")
                if done.returncode != 0:
                    refused += 1
                    self.make_good()
                server.start()
                self.heals(phone)
                server.stop()
                starts = sorted(os.fspath(file) for file in (server.home / "keys").glob("audit.start*"))
                verdict = run("audit", "verify", "--from", server.home / "data/provost.db",
                              *(word for file in starts for word in ("--key", file)))
                self.assertEqual(verdict.returncode, 0, verdict.stdout + verdict.stderr)
        print(f"\n{calls} calls of new keys, {refused} refused and made good", file=sys.stderr)

    def make_good(self):
        """What a person does: starts it, and where it refuses, makes the keys again."""
        server = self.server
        try:
            server.start().stop()
        except AssertionError as ended:
            self.assertRegex(str(ended), r"\[P-\d{4}\]")
            server.process = None
            again = self.rekey()
            self.assertEqual(again.returncode, 0, again.stdout + again.stderr)


if __name__ == "__main__":
    unittest.main()
