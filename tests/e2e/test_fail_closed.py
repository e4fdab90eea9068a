"""What is missing or broken stops the start, or leaves the old in force; nothing is made anew in silence (R-A11)."""

import os
import shutil
import signal
import sqlite3
import unittest

from provost_fixture import SOURCE, Pki, Server, temporary_folder, wait_until
from signer import Signer


class Start(unittest.TestCase):
    """A server that once ran, and then something happened to its files."""

    def setUp(self):
        share = temporary_folder("share")
        shutil.copytree(SOURCE / "vendors", share / "vendors")
        shutil.copytree(SOURCE / "policy", share / "policy")
        self.share = share
        self.server = Server(Pki.shared(), share)
        self.keys = self.server.home / "keys"
        self.server.start()
        self.server.stop()

    def assert_refused(self, code, *words):
        before = {path.name: path.read_bytes() for path in self.keys.iterdir()}
        exit_code, said = self.server.refuse_to_start()
        self.assertEqual(exit_code, 1, said)
        self.assertRegex(said, rf"\[{code}\]")
        for word in words:
            self.assertRegex(said, word)
        self.assertEqual({path.name: path.read_bytes() for path in self.keys.iterdir()}, before, "keys were made or changed")

    def assert_advised(self, code, *words):
        self.assert_refused(code, r"\n +fix: \S", *words)

    def assert_starts(self):
        self.server.start()
        self.server.stop()

    def replace(self, path, content):
        kept, mode = path.read_bytes(), path.stat().st_mode
        path.chmod(0o600)
        path.write_bytes(content)
        path.chmod(mode)
        return kept

    def test_R_A11_R_B8_root_key_missing(self):
        kept = self.keys / "root.key"
        aside = self.server.folder / "root.key"
        shutil.move(kept, aside)
        self.assert_advised("P-5004", "root.key")
        self.assertFalse(kept.exists())
        shutil.move(aside, kept)
        self.assert_starts()

    def test_R_A11_R_B8_root_key_open_to_others(self):
        (self.keys / "root.key").chmod(0o644)
        self.assert_advised("P-5004", "root.key")
        (self.keys / "root.key").chmod(0o400)
        self.assert_starts()

    def test_R_A11_R_B8_root_key_of_another_installation(self):
        kept = self.replace(self.keys / "root.key", os.urandom(32))
        self.assert_advised("P-5007")
        self.replace(self.keys / "root.key", kept)
        self.assert_starts()

    def test_R_A11_R_B8_root_key_cut_off_or_empty(self):
        for size in (31, 16, 0):
            with self.subTest(size):
                kept = self.replace(self.keys / "root.key", bytes(size))
                self.assert_advised("P-5004")
                self.replace(self.keys / "root.key", kept)
        self.assert_starts()

    def test_R_A11_R_B8_epoch_keys_missing_or_cut_off(self):
        file = self.keys / "epochs.keys"
        whole = file.read_bytes()
        for size in (len(whole) - 1, len(whole) // 2, 0):
            with self.subTest(size):
                self.replace(file, whole[:size])
                self.assert_advised("P-5005", "epochs.keys")
        file.unlink()
        self.assert_advised("P-5005", "epochs.keys")
        file.write_bytes(whole)
        file.chmod(0o600)
        self.assert_starts()

    def test_R_A11_R_B8_epoch_keys_damaged(self):
        file = self.keys / "epochs.keys"
        whole = file.read_bytes()
        self.replace(file, bytes(255 - byte for byte in whole))
        self.assert_advised("P-5008")
        self.replace(file, whole)
        self.assert_starts()

    def test_R_A11_R_B8_keys_open_to_others(self):
        (self.keys / "epochs.keys").chmod(0o644)
        self.assert_advised("P-5006")
        (self.keys / "epochs.keys").chmod(0o600)
        self.keys.chmod(0o755)
        self.assert_advised("P-5006")
        self.keys.chmod(0o700)
        self.assert_starts()

    def test_R_A11_broken_vendor_file_is_named_by_line_and_column(self):
        file = self.share / "vendors/snom.yaml"
        text = file.read_text()
        for spoiled, code in ((text.replace("status: checked", "status: checked\nstatsu: x"), "P-2103"),
                              (text.replace("syntax: xml-elements", "syntax: [xml"), "P-2102"),
                              (text.replace('(?P<mac>[0-9A-F]{12})\\\\.xml', '(?P<mac>[0-9A-F]{12}\\\\.xml'), "P-2109"),
                              ("", "P-2102")):
            with self.subTest(code, bytes=len(spoiled)):
                self.assertNotEqual(spoiled, text)
                file.write_text(spoiled)
                self.assert_refused(code, r"vendors/snom\.yaml:\d+:\d+")
        file.write_text(text)
        self.assert_starts()

    def test_R_A11_no_vendor_file_at_all(self):
        shutil.move(self.share / "vendors", self.share / "aside")
        self.assert_advised("P-1103")
        (self.share / "vendors").mkdir()
        self.assert_advised("P-1103")

    def test_R_A11_hardening_missing_or_broken(self):
        file = self.share / "policy/hardening.yaml"
        text = file.read_text()
        file.write_text(text.replace("setting: security.web_ui", "setting: security.web_iu"))
        line = next(i for i, words in enumerate(text.splitlines(), 1) if "security.web_ui" in words)
        self.assert_refused("P-2108", rf"hardening\.yaml:{line}:", "security.web_ui")
        file.unlink()
        self.assert_refused("P-1102", r"hardening\.yaml")

    def test_R_A11_hardening_that_sets_nothing(self):
        (self.share / "policy/hardening.yaml").write_text("format: 1\nrules: []\npasswords: []\n")
        code, said = self.server.refuse_to_start()
        self.assertEqual(code, 1, said)
        self.assertIn("hardening.yaml", said)

    def test_R_A11_broken_server_certificate_or_key(self):
        certificate, key = self.server.tls / "server-ecdsa.pem", self.server.tls / "server-ecdsa.key"
        kept = self.replace(certificate, b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")
        self.assert_refused("P-7001", r"server-ecdsa\.pem")
        self.replace(certificate, b"")
        self.assert_refused("P-7001", r"server-ecdsa\.pem")
        certificate.unlink()
        self.assert_refused("P-7001", r"server-ecdsa\.pem")
        certificate.write_bytes(kept)
        kept = self.replace(key, (self.server.tls / "server-rsa.key").read_bytes())
        self.assert_refused("P-7002", r"server-ecdsa\.key")
        self.replace(key, kept)
        key.chmod(0o644)
        self.assert_refused("P-7002", r"server-ecdsa\.key", "0600|0644|mode")
        key.chmod(0o600)
        self.assert_starts()

    def test_R_A11_mistakes_in_the_configuration_are_named_by_place(self):
        text = self.server.config.read_text()
        self.server.config.write_text(text.replace("key_folder:", "key_foldr:"))
        self.assert_refused("P-2103", r"provost\.yaml:\d+:\d+", "key_folder")
        self.server.config.write_text(text.replace("port: 0", "port: 99999"))
        self.assert_refused("P-2107", r"provost\.yaml:\d+:\d+")
        self.server.config.write_text(text[:text.index("door:")])
        self.assert_refused("P-2104", "door")
        self.server.config.unlink()
        self.assert_advised("P-1101")

    def test_R_A11_damaged_or_foreign_database(self):
        database = self.server.home / "data/provost.db"
        kept = database.read_bytes()
        database.write_bytes(b"not a database" * 1000)
        self.assert_refused("P-6014")
        database.write_bytes(kept[:4096] + os.urandom(len(kept) - 4096))
        self.assert_refused("P-6014")
        database.write_bytes(kept)
        with sqlite3.connect(database) as connection:
            pages = dict(connection.execute("SELECT name, rootpage FROM sqlite_schema WHERE rootpage > 1"))
        connection.close()
        for table in ("devices", "devices_due", "secrets", "audit"):  # of the trail its end at least
            with self.subTest(table):
                start = (pages[table] - 1) * 4096
                database.write_bytes(kept[:start] + os.urandom(4096) + kept[start + 4096:])
                self.assert_refused("P-60(14|12|40)", "." if table == "audit" else "devices|secrets")
        database.write_bytes(kept)
        with sqlite3.connect(database) as connection:
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            connection.execute(f"PRAGMA user_version = {version + 1}")
        connection.close()
        self.assert_advised("P-6030")

    def test_a_second_server_on_the_same_data_is_refused(self):
        self.server.start()
        self.addCleanup(self.server.stop)
        first, self.server.process = self.server.process, None
        try:
            self.assert_advised("P-5012")
        finally:
            self.server.process = first
        self.assertEqual(self.server.rest("GET", "/v1/server")[0], 200)


class Running(unittest.TestCase):
    """What is broken at a reload leaves the old in force."""

    def setUp(self):
        self.server = Server(Pki.shared()).start().fill("grace=1h")
        self.addCleanup(self.server.stop)
        self.phone = self.server.pki.of("snom")[0]

    def serves(self):
        self.server.arm(self.phone)
        return self.phone.password(self.phone.fetch(self.server.port))

    def test_R_A11_R_A8_reload_with_a_broken_certificate_keeps_the_old(self):
        for name, code in (("server-ecdsa.pem", "P-7001"), ("server-ecdsa.key", "P-7002"), ("server-rsa.pem", "P-7001")):
            with self.subTest(name):
                file = self.server.tls / name
                kept = file.read_bytes()
                file.write_bytes(b"broken\n")
                done = self.server.cli("server", "reload")
                self.assertEqual(done.returncode, 1)
                self.assertIn(code, done.stderr)
                self.assertTrue(self.serves())
                told = self.server.log.read_text().count("reload refused")
                self.server.process.send_signal(signal.SIGHUP)
                wait_until(lambda: self.server.log.read_text().count("reload refused") > told, "word of the refused reload")
                self.assertTrue(self.serves())
                file.write_bytes(kept)
                self.server.cli("server", "reload", check=0)

    def test_R_A11_a_broken_revocation_list_is_refused_and_the_old_view_stays(self):
        garbage = self.server.folder / "crl.pem"
        garbage.write_text("-----BEGIN X509 CRL-----\nAAAA\n-----END X509 CRL-----\n")
        empty = self.server.folder / "empty.pem"
        empty.write_text("")
        strangers = Signer.stranger().revoke()
        before = self.server.json("vendor", "trust", "list")
        for file in (garbage, empty, strangers):
            with self.subTest(file.name):
                done = self.server.cli("vendor", "trust", "import-crl", file, "--vendor", "snom")
                self.assertEqual(done.returncode, 1)
                self.assertIn("P-4202", done.stderr)
                self.assertEqual(self.server.json("vendor", "trust", "list"), before)
                self.assertTrue(self.serves())
        self.server.stop()
        self.server.start()
        self.assertTrue(self.serves(), "and it starts again")

    def test_R_A11_files_that_are_no_ca_are_not_trusted(self):
        before = self.server.json("vendor", "trust", "list")
        for file in (self.server.config, self.server.pki.folder / "server-rsa.key"):
            done = self.server.cli("vendor", "trust", "import", file)
            self.assertEqual(done.returncode, 1)
            self.assertIn("P-4203", done.stderr)
        self.assertEqual(self.server.json("vendor", "trust", "list"), before)

    def test_R_A11_what_the_trust_list_took_never_stops_the_next_start(self):
        root = Signer(self.server.pki.folder / "snom/root.pem", self.server.pki.folder / "snom/root.key")
        self.server.cli("vendor", "trust", "import-crl", root.revoke(), "--vendor", "snom", check=0)
        anchor = next(row for row in self.server.json("vendor", "trust", "list")
                      if row["vendor"] == "snom" and row["kind"] == "anchor")
        done = self.server.cli("vendor", "trust", "remove", anchor["id"])
        self.assertEqual(done.returncode, 1)
        self.assertIn("Remove the revocation list", done.stderr)
        self.assertIn(anchor, self.server.json("vendor", "trust", "list"), "refused is refused, not half done")
        self.server.stop()
        self.server.start()
        self.assertEqual(self.server.rest("GET", "/v1/server")[0], 200)


if __name__ == "__main__":
    unittest.main()
