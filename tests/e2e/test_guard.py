"""The server under attack: sweeps are cut off, bans are listed and lifted, genuine phones behind the same address pass
(R-C4, R-C5)."""

import socket
import ssl
import unittest

from provost_fixture import PATIENCE, Pki, Server, Story, wait_until
from signer import Signer

# Without it nothing that comes from loopback would be counted; 127.0.0.1 is the simulator's.
GUARD = """guard:
  allow: ["127.0.0.1"]
  rules:
    all-handshakes: {per_minute: 600000, burst: 10000}
    tenant-requests: {per_minute: 1, burst: 1, dry_run: yes}
    device-bytes: {per_minute: 1, burst: 1, dry_run: yes}
"""


def tries(phone, port, source, path, pem=None):
    """True if the server answered, False if it cut the connection."""
    try:
        return phone.fetch(port, source=source, pem=pem, path=path, agent="scanner").status == 403
    except (OSError, ssl.SSLError):
        return False


def cut_before_tls(port, source):
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE, source_address=(source, 0)) as connection:
        try:
            return connection.recv(1) == b""
        except ConnectionResetError:
            return True


class Guard(Story):
    @classmethod
    def setUpClass(cls):
        cls.pki = Pki.shared()
        cls.server = Server(cls.pki)
        cls.addClassCleanup(cls.server.stop)
        cls.server.config.write_text(cls.server.config.read_text() + GUARD)
        cls.server.start().fill()

    def sweep(self, source, most, first=0):
        """How many tries of one MAC prefix were answered before the source was cut off."""
        phone = self.pki.of("yealink")[0]
        for i in range(most):
            if not tries(phone, self.server.port, source, f"/001565{first + 7 * i:06x}.cfg"):
                return i
        return most

    def bans(self, *words):
        return self.server.json("ban", "list", *words)

    def ban_of(self, source):
        return next((one for one in self.bans() if one["network"].split("/")[0] == source), None)

    def test_R_C5_a_sweep_of_one_prefix_is_cut_off_within_50_tries_and_the_ban_is_listed_and_lifted(self):
        answered = self.sweep("127.0.10.1", 60)
        self.assertLess(answered, 50)
        self.assertGreater(answered, 5, "a phone or two may fail")
        self.assertTrue(cut_before_tls(self.server.port, "127.0.10.1"))

        ban = wait_until(lambda: self.ban_of("127.0.10.1"), "the ban")
        self.assertEqual((ban["rule"], ban["level"], ban["actor"], ban["holds"]), ("mac-sequence", 1, "guard", True))
        self.assertIn("MACs within", ban["evidence"])

        def findings():
            found = self.server.rest("GET", "/v1/events?kind=guard.finding&limit=1000")[1]["items"]
            return [one for one in found if one["source"] == "127.0.10.1/32"]
        finding = wait_until(findings, "the finding")[0]
        self.assertIn("proved none", finding["verdict"])
        self.assertTrue(finding["next_step"])

        # A phone that comes from elsewhere is served meanwhile.
        self.assertEqual(self.pki.of("snom")[0].fetch(self.server.port, source="127.0.20.1").status, 200)
        self.server.cli("ban", "remove", "127.0.10.1", check=0)
        self.assertIsNone(self.ban_of("127.0.10.1"))
        self.assertTrue(tries(self.pki.of("snom")[0], self.server.port, "127.0.10.1", "/001565aaaaaa.cfg"))

    def test_R_C5_forged_certificates_are_found(self):
        signer = Signer.of_vendor(self.pki, "yealink")
        phone = self.pki.of("yealink")[0]
        for i in range(4):
            pem = signer.issue(f"/CN=yealink.com/serialNumber=ffffffff-ffff-ffff-fff0-0004f200000{i}")
            try:
                phone.fetch(self.server.port, source="127.0.10.2", pem=pem)
            except (OSError, ssl.SSLError):
                break
        ban = wait_until(lambda: self.ban_of("127.0.10.2"), "the ban")
        self.assertEqual(ban["rule"], "forged-certificates")

    def test_R_C5_genuine_phones_behind_a_sweepers_address_are_served(self):
        source = "127.0.10.3"
        good, other = self.pki.of("poly")[:2]
        self.assertEqual(good.fetch(self.server.port, source=source).status, 200)
        self.assertLess(self.sweep(source, 60, first=0x100000), 50)
        self.server.settle()
        self.assertIsNone(self.ban_of(source), "proof outweighs refusals")
        self.assertFalse(tries(good, self.server.port, source, "/001565aaaaaa.cfg"), "who proves nothing waits")
        self.assertEqual(other.fetch(self.server.port, source=source).status, 200)

    def test_R_C5_a_person_bans_and_the_allow_list_is_never_banned(self):
        server = self.server
        made = server.json("ban", "add", "127.0.30.0/24", "--for", "1h", "--reason", "scanners")
        self.assertEqual((made["rule"], made["network"]), ("by-hand", "127.0.30.0/24"))
        self.assertTrue(cut_before_tls(server.port, "127.0.30.9"))
        self.assertFalse(server.cli("ban", "add", "127.0.0.1", "--reason", "oops").returncode == 0)
        for words, code in ((["127.0.0.0/16", "--reason", "x"], "P-2071"), (["nonsense", "--reason", "x"], "P-2012"),
                            (["0.0.0.0/0", "--reason", "x"], "P-2070"), (["127.0.9.9", "--reason", ""], "P-2072"),
                            (["127.0.9.9", "--reason", "x", "--for", "soon"], "P-2042")):
            done = server.cli("ban", "add", *words)
            self.assertNotEqual(done.returncode, 0, words)
            self.assertIn(code, done.stdout + done.stderr)
        server.cli("ban", "remove", str(made["id"]), check=0)
        self.assertTrue(tries(self.pki.of("snom")[0], server.port, "127.0.30.9", "/001565aaaaaa.cfg"))
        self.assertNotEqual(server.cli("ban", "remove", "127.9.9.9").returncode, 0)
        kinds = [one["kind"] for one in server.rest("GET", "/v1/events?limit=1000")[1]["items"]]
        self.assertIn("ban.added", kinds)
        self.assertIn("ban.removed", kinds)

    def test_R_C4_counters_are_told(self):
        counters = self.server.json("server", "status")["counters"]
        for name in ("guard.banned", "guard.address-handshakes", "guard.found.mac-sweep", "guard.bans",
                     "guard.address-bytes", "guard.network-bytes", "guard.known-bytes", "guard.all-bytes", "guard.tenant-requests", "guard.tenant-bytes"):
            self.assertIn(name, counters)

    def test_R_C4_in_dry_run_a_tenants_and_a_devices_budget_count_and_stop_nobody(self):
        phone = self.pki.of("cisco-mpp")[0]
        for _ in range(3):
            self.assertEqual(phone.fetch(self.server.port, source="127.0.50.1").status, 200)
        self.server.settle()
        counters = self.server.json("server", "status")["counters"]
        for name in ("tenant-requests", "device-bytes"):
            self.assertGreater(counters[f"guard.{name}.dry-run"], 0)
            self.assertEqual(counters[f"guard.{name}"], 0)


class Restart(unittest.TestCase):
    def test_R_C5_bans_outlive_a_restart_and_known_addresses_are_known_again(self):
        pki = Pki.shared()
        server = Server(pki)
        self.addCleanup(server.stop)
        server.config.write_text(server.config.read_text() + GUARD)
        server.start().fill("grace=0s")
        phone = pki.of("snom")[0]
        self.assertEqual(phone.fetch(server.port, source="127.0.40.1").status, 200)
        server.settle()
        server.cli("ban", "add", "127.0.40.0/24", "--reason", "scanners", check=0)
        server.stop()
        server.start()
        self.assertTrue(cut_before_tls(server.port, "127.0.40.2"))
        self.assertEqual(phone.fetch(server.port, source="127.0.40.1").status, 200)


class Configuration(unittest.TestCase):
    def refusal(self, block):
        server = Server(Pki.shared())
        self.addCleanup(server.stop)
        server.config.write_text(server.config.read_text() + block)
        code, said = server.refuse_to_start()
        self.assertNotEqual(code, 0)
        return said

    def test_R_A11_mistakes_are_told_with_their_place(self):
        lines = len(Server(Pki.shared()).config.read_text().splitlines())
        said = self.refusal("guard:\n  allow: [300.0.0.1]\n  bans: [1h, 10m]\n  rules:\n    mac-swep: {limit: 3}\n"
                            "    mac-sweep: {limit: 1000}\n    banned: {burst: 3}\n")
        for line, code in ((2, "P-2012"), (3, "P-2107"), (5, "P-2107"), (7, "P-2103")):
            self.assertRegex(said, rf"provost.yaml:{lines + line}:\d+: .*", said)
            self.assertIn(code, said)
        self.assertIn("mac-sweep", said)


if __name__ == "__main__":
    unittest.main()
