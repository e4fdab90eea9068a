"""A password that has served its purpose is nowhere any more (R-B1, R-B5, R-B8)."""

import contextlib
import mmap
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

from provost_fixture import PATIENCE, Pki, Server, Story, ha1, run, sanitized

REALM = "sip.acme.example"


def forms_of(secret):
    """How a secret might lie about: as text, in UTF-16, in hexadecimal."""
    plain = secret.encode()
    return [plain, secret.encode("utf-16-le"), plain.hex().encode(), plain.hex().upper().encode()]


def memory_of(pid):
    """What the process has in memory, piece by piece, also what a core would leave out."""
    with open(f"/proc/{pid}/maps") as maps, open(f"/proc/{pid}/mem", "rb", 0) as memory:
        for line in maps:
            found = re.match(r"([0-9a-f]+)-([0-9a-f]+) r", line)
            start, end = (int(x, 16) for x in found.groups()) if found else (0, 0)
            if end - start > 1 << 31 or "[v" in line:
                continue  # a sanitizer's shadow, the kernel's pages
            try:
                for at in range(start, end, 1 << 24):
                    memory.seek(max(start, at - 256))
                    yield memory.read(min(end, at + (1 << 24)) - max(start, at - 256))
            except OSError:
                continue


def content_of(file):
    """Its bytes. A core's only as far as they are looked at; what the server may cut short just then is read at once."""
    size = os.fstat(file.fileno()).st_size
    if size > 1 << 26:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    return contextlib.nullcontext(file.read())


class Canaries(Story):
    policy = ("grace=0s",)

    def gather(self):
        """Every phone's SIP and administrator's passwords, as it got them."""
        secrets, phones = {}, self.pki.phones[:4]  # one of each vendor
        for phone in phones:
            answer, password = self.take_configuration(phone)
            secrets[phone.mac] = [password, phone.admin_password(answer)]
        for phone in phones:
            self.server.await_state(phone, "provisioned")
        return secrets

    def found_in(self, secrets, content):
        return [mac for mac, both in secrets.items() for secret in both
                if any(content.find(form) != -1 for form in forms_of(secret))]

    def search_files(self, secrets, *folders):
        places = []
        for folder in folders:
            for path in pathlib.Path(folder).rglob("*"):
                if not path.is_file() or path.is_symlink() or path.stat().st_size == 0:
                    continue
                with open(path, "rb") as file, content_of(file) as content:
                    places += [(str(path), mac) for mac in self.found_in(secrets, content)]
        return places

    def test_R_B1_R_B8_no_trace_in_files_logs_backup_or_memory(self):
        secrets = self.gather()
        self.server.cli("server", "close-epoch", check=0)
        for mac in secrets:
            self.assertEqual(self.server.json("device", "show", mac)["state"], "provisioned")
        backup = self.server.folder / "backup.db"
        self.server.cli("backup", "create", backup, check=0)
        for folder in (self.server.home / "data", self.holder.keys if self.holder else self.server.home / "keys"):
            self.assertTrue(any(folder.iterdir()))
        self.assertEqual(self.search_files(secrets, self.server.folder), [])
        for command in (["event", "list", "--last", "1000"], ["outbox", "list", "--all"], ["device", "list"],
                        ["device", "preview", self.pki.phones[0].mac], ["device", "explain", self.pki.phones[0].mac]):
            self.assertEqual(self.found_in(secrets, self.server.cli("-o", "json", *command, check=0).stdout.encode()), [])
        self.search_memory(secrets, self.server.process.pid, (self.pki.phones[0].mac.encode(), REALM.encode()))
        self.search_core(secrets, self.server.process.pid)
        if self.holder:
            self.assertEqual(self.search_files(secrets, self.holder.folder), [])
            self.search_memory(secrets, self.holder.process.pid, (str(self.holder.socket).encode(),))
            self.search_core(secrets, self.holder.process.pid)

    def search_memory(self, secrets, pid, there):
        try:
            known = sum(any(text in piece for text in there) for piece in memory_of(pid))
        except PermissionError:
            print("SKIPPED: the memory can't be read here", file=sys.stderr)
            return
        self.assertTrue(known, "the search finds what is there")
        left = [mac for piece in memory_of(pid) for mac in self.found_in(secrets, piece)]
        self.assertEqual(left, [], "in memory")

    def search_core(self, secrets, pid):
        """What a debugger's core holds. A sanitizer's shadow makes one of many gigabytes, with nothing in it that the
        search of the memory did not see."""
        if sanitized():
            print("the core is searched with a release build only: PROVOST=build/release/provost", file=sys.stderr)
            return
        with tempfile.TemporaryDirectory(prefix="provost-core-") as folder:
            core = os.path.join(folder, "core")
            if shutil.which("gdb"):
                subprocess.run(["gdb", "-nx", "-p", str(pid), "-batch", "-ex", f"generate-core-file {core}"],
                               capture_output=True, timeout=5 * PATIENCE, check=False)
            if not os.path.exists(core):
                print("SKIPPED: no core of the process could be made here", file=sys.stderr)
                return
            self.assertEqual(self.search_files(secrets, folder), [])

    def test_R_B1_before_the_epoch_closes_the_database_has_no_clear_password(self):
        phone = self.pki.of("snom")[0]
        secrets = {phone.mac: [self.take_configuration(phone)[1]]}
        self.assertEqual(self.search_files(secrets, self.server.folder), [])

    def test_R_B1_R_B5_the_registrar_gets_digests_of_what_the_phone_got(self):
        for vendor in ("snom", "yealink", "cisco-mpp", "poly"):
            with self.subTest(vendor):
                phone = self.pki.of(vendor)[1]
                password = self.take_configuration(phone)[1]
                entry = [e for e in self.server.outbox() if e["device"] == phone.mac and not e["withdraw"]][-1]
                self.assertEqual((entry["user"], entry["realm"], entry["line"]), (phone.user, REALM, "line.1"))
                self.assertEqual(entry["ha1_md5"], ha1("md5", phone.user, REALM, password))
                self.assertEqual(entry["ha1_sha256"], ha1("sha256", phone.user, REALM, password))
                self.assertNotIn(password, str(self.server.outbox()))

    def test_R_B5_previews_mask_every_secret(self):
        for phone in self.pki.phones[:4]:
            answer, password = self.take_configuration(phone)
            self.server.arm(phone)
            preview = self.server.cli("device", "preview", phone.mac, check=0).stdout
            self.assertNotIn(password, preview)
            self.assertIn("********", preview)

    def test_R_B8_a_simulated_fleets_digests_match(self):
        for phone in self.pki.phones:
            self.server.arm(phone)
        code, report, said = self.server.simulate("--realm", REALM)
        self.assertEqual(code, 0, said)
        latest = {entry["device"]: entry for entry in self.server.outbox() if entry["state"] != "void"}
        for phone in report["phones"]:
            (account,) = phone["accounts"]
            entry = latest[phone["mac"]]
            self.assertEqual((account["ha1_md5"], account["ha1_sha256"]), (entry["ha1_md5"], entry["ha1_sha256"]))


class CanariesWithAKeyHolder(Canaries):
    """The same of both processes, where the keys are in one of their own."""

    with_key_holder = True


class Restore(unittest.TestCase):
    def test_R_B1_R_B8_an_old_backup_opens_no_purged_secret(self):
        pki = Pki.shared()
        server = Server(pki).start().fill("grace=0s")
        self.addCleanup(server.stop)
        phone, fresh = pki.of("yealink")[:2]
        stranger = server.visit(phone, pem=None)[0]
        backup = server.folder / "backup.db"
        server.cli("backup", "create", backup, check=0)
        self.assertEqual(server.cli("backup", "create", backup).returncode, 1, "nothing is written over")
        password = phone.password(phone.fetch(server.port))
        self.assertTrue(password)
        server.await_state(phone, "provisioned")
        server.cli("server", "close-epoch", check=0)
        server.stop()
        data = server.home / "data"
        for path in data.glob("provost.db*"):
            path.unlink()
        shutil.copy(backup, data / "provost.db")
        os.chmod(data / "provost.db", 0o600)
        run("audit", "rekey", "--config", server.config, "--reason", "restored", check=0)
        server.start()
        self.assertEqual(server.state(phone), "armed", "the backup knew it so")
        for one in (phone, fresh):
            answer, event = server.visit(one)
            self.assertEqual(answer.raw, stranger.raw, event)
            self.assertIn("P-5001", event["detail"])
        self.assertEqual(server.rest("GET", "/v1/server")[0], 200)
        for one in (phone, fresh):
            server.arm(one)
            again = one.password(one.fetch(server.port))
            self.assertTrue(again)
            self.assertNotEqual(again, password)


if __name__ == "__main__":
    unittest.main()
