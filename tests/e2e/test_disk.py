"""A disk that stays full, read-only or broken: no secret is delivered, the server says so, and goes on by itself once
the disk does (R-G1, R-C7, goal G5)."""

import errno
import http.client
import os
import pathlib
import re
import subprocess
import time
import unittest

from faults import PLAIN, SHORT, Faults
from provost_fixture import PATIENCE, Pki, Server, ha1, temporary_folder, wait_until

REALM = "sip.acme.example"


class Disk(unittest.TestCase):
    def start(self, server):
        self.server = server
        self.addCleanup(server.kill)
        server.config.write_text(server.config.read_text() + "metrics: {port: 0}\nlog: json\n")
        server.start().fill("grace=0s")
        self.phone, self.other = server.pki.of("snom")[:2]
        self.stranger = self.phone.fetch(server.port, path="/nothing.htm")
        self.assertEqual(self.stranger.status, 403)

    def plain(self, path):
        connection = http.client.HTTPConnection("127.0.0.1", self.server.doors["metrics"], timeout=PATIENCE)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        finally:
            connection.close()

    def writable(self):
        return int(re.search(r"(?m)^provost_store_writable (\d)$", self.plain("/metrics")[1]).group(1))

    def assert_stopped(self, why):
        """No secret, the answer of every refusal, and word of it in all places."""
        server = self.server
        wait_until(lambda: server.rest("POST", f"/v1/devices/{self.phone.mac}/arm", {})[0] != 200, "a refused change")
        for phone in (self.phone, self.other):
            answer = phone.fetch(server.port)
            self.assertEqual(answer.raw, self.stranger.raw, "a refusal like every other")
        status, body = server.rest("POST", f"/v1/devices/{self.phone.mac}/arm", {})
        self.assertEqual((status, body["code"]), (503, "P-6010"), body)
        self.assertRegex(body["detail"], why)
        status, said = self.plain("/readyz")
        self.assertEqual(status, 503)
        self.assertRegex(said, rf"(?s)^store: .*({why}).*P-6010")
        self.assertEqual(self.plain("/healthz")[0], 200, "it runs, and can say what is wrong")
        self.assertEqual(self.writable(), 0)
        self.assertIn('"event":"storage.failed"', server.log.read_text())

    def assert_healed(self):
        server = self.server
        wait_until(lambda: self.plain("/readyz")[0] == 200, "ready again")
        self.assertEqual(self.writable(), 1)
        for phone in (self.phone, self.other):
            server.arm(phone)
            password = phone.password(phone.fetch(server.port))
            self.assertTrue(password)
            self.assertIn(ha1("md5", phone.user, REALM, password), [entry["ha1_md5"] for entry in server.outbox()])
        wait_until(lambda: '"event":"storage.healed"' in server.log.read_text(), "word of it in the log")
        for kind in ("store.failed", "store.healed"):
            for place in ("audit", "events"):
                wait_until(lambda: server.rest("GET", f"/v1/{place}?kind={kind}")[1]["items"], f"{kind} among the {place}")
        verdict = server.cli("audit", "verify", "--from", server.home / "data/provost.db", "--key",
                             server.home / "keys/audit.start")
        self.assertEqual(verdict.returncode, 0, verdict.stdout + verdict.stderr)


class Broken(Disk):
    """By the shim."""

    def fails_and_heals(self, error, why, kinds, mode=PLAIN, seconds=3):
        server = Server(Pki.shared())
        faults = Faults(server)
        self.start(server)
        self.assert_delivers_until(faults, error, kinds, mode)
        self.assert_stopped(why)
        attempts = faults.failed
        time.sleep(seconds)
        self.assertLess(faults.failed - attempts, 40 * seconds, "it looks now and then, it does not spin")
        faults.heal()
        self.assert_healed()
        server.stop()

    def assert_delivers_until(self, faults, error, kinds, mode):
        self.assertTrue(self.phone.password(self.phone.fetch(self.server.port)), "before the fault")
        faults.fail_for_ever(error, kinds, mode)

    def test_R_B1_R_C7_full_in_the_middle_of_a_write(self):
        self.fails_and_heals(errno.ENOSPC, "full|space", ("write", "resize"), SHORT)

    def test_R_B1_R_C7_read_only(self):
        self.fails_and_heals(errno.EROFS, "I/O|read-?only|write", ("open", "write", "rename", "resize", "unlink"))

    def test_R_B1_R_C7_syncs_that_fail(self):
        self.fails_and_heals(errno.EIO, "I/O", ("sync",))

    def test_R_B8_an_epoch_that_could_not_end_ends_by_itself(self):
        server = Server(Pki.shared())
        faults = Faults(server)
        self.start(server)
        epoch = server.rest("GET", "/v1/server")[1]["epoch"]
        keys = server.home / "keys/epochs.keys"
        before = keys.read_bytes()
        faults.choose(("sync",))

        def is_cut_short():
            faults.fail(3)  # of its own, unless events are written just then
            return server.rest("POST", "/v1/server/epoch")[0] != 200
        wait_until(is_cut_short, "an epoch that could not end")
        self.assertEqual(faults.failed, 1)
        server.rest("POST", "/v1/server/epoch")
        self.assertGreater(server.rest("GET", "/v1/server")[1]["epoch"], epoch)
        wait_until(lambda: sum(any(keys.read_bytes()[at:at + 4096]) for at in range(8192, 5 * 4096, 4096)) == 1,
                   "one epoch alone in the file")
        self.assertNotEqual(keys.read_bytes(), before)
        self.assertTrue(self.phone.password(self.phone.fetch(server.port)))
        server.stop()


class Full(Disk):
    """A real file system of a few megabytes."""

    def setUp(self):
        self.mount = temporary_folder("disk")
        done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", self.mount], capture_output=True,
                              check=False)
        if done.returncode != 0:
            self.skipTest("only root can mount a file system")
        self.addCleanup(subprocess.run, ["umount", "-l", str(self.mount)], check=False)

    def test_R_B1_R_C7_a_full_file_system(self):
        server = Server(Pki.shared())
        text = server.config.read_text()
        data = server.home / "data"
        (self.mount / "data").mkdir(mode=0o700)
        server.config.write_text(re.sub(r"(?m)^data_folder:.*$", f"data_folder: {self.mount}/data", text))
        self.assertIn(str(self.mount), server.config.read_text())
        self.start(server)
        data.rmdir() if data.exists() else None
        data.symlink_to(self.mount / "data")
        ballast = pathlib.Path(self.mount / "ballast")
        file = os.open(ballast, os.O_WRONLY | os.O_CREAT)
        self.addCleanup(os.close, file)

        def fill_up():
            with self.assertRaises(OSError) as full:
                while True:
                    os.write(file, bytes(4096))
            self.assertEqual(full.exception.errno, errno.ENOSPC)

        def is_refused():
            fill_up()
            return server.rest("POST", f"/v1/devices/{self.phone.mac}/arm", {})[0] != 200
        # What is allocated already still takes a little, and a change that fails gives some back.
        for _ in range(3):
            wait_until(is_refused, "a full disk")
        self.assert_stopped("full|space")
        os.truncate(ballast, 0)
        self.assert_healed()
        server.stop()


if __name__ == "__main__":
    unittest.main()
