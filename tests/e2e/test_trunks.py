"""SIP trunks to PBXs: a file that is fetched or shown once (R-F5), and a site's firewall (R-D5)."""

import re
import shutil
import subprocess
import unittest

from ports import free_port
from provost_fixture import PATIENCE, Pki, Server, ha1
from test_firewall import NFT, PLACES, in_own_network, nft_works
from test_secrets import forms_of

CURL = shutil.which("curl", path=PLACES)
DOOR = """doors:
  - name: trunks
    address: 127.0.0.1
    port: {port}
    url: https://localhost:{port}/
    access: [token]
    identities:
      - {{certificate: "{pki}/server-rsa.pem", key: "{pki}/server-rsa.key"}}
"""
POLICY = ("fallback=token", "fallback_networks=127.0.0.0/8", "minimum_rating=1", "grace=0s")


class Trunks(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.pki = Pki.shared()
        cls.port = free_port()
        cls.server = Server(cls.pki)
        cls.addClassCleanup(cls.server.stop)
        cls.server.config.write_text(cls.server.config.read_text() + DOOR.format(port=cls.port, pki=cls.pki.folder))
        cls.server.start().fill(*POLICY)

    def add(self, pbx, user, *more):
        return self.server.json("trunk", "add", "--tenant", "acme", "--pbx", pbx, "--user", user,
                                "--registrar", "sip.acme.example", *more)

    def fetch(self, address):
        """As a person at the PBX does: status and body."""
        done = subprocess.run([CURL, "--silent", "--cacert", self.pki.folder / "server-ca.pem", "--write-out", "\n%{http_code}",
                               address], capture_output=True, text=True, timeout=PATIENCE, check=True)
        body, _, status = done.stdout.rpartition("\n")
        return int(status), body

    def told(self, mac):
        """What the registrar is told of the trunk's account."""
        entry, = [one for one in self.server.outbox() if one["device"] == mac]
        return entry

    @unittest.skipUnless(CURL, "curl is not installed")
    def test_R_F5_a_pbx_fetches_its_file_once(self):
        trunk = self.add("asterisk", "t100")
        token = self.server.json("trunk", "token", trunk["mac"], "--networks", "127.0.0.0/8")
        status, body = self.fetch(token["address"])
        self.assertEqual(status, 200, body)
        self.assertIn(f"password_digest=MD5:{self.told(trunk['mac'])['ha1_md5']}\n", body)
        self.assertNotIn("match=", body, "nothing goes by the address alone")
        self.server.settle()
        self.assertEqual(self.server.json("device", "show", trunk["mac"])["state"], "provisioned")
        self.assertEqual(self.fetch(token["address"])[0], 404)

    def test_R_F5_a_file_is_shown_once_and_its_password_is_nowhere_else(self):
        trunk = self.add("freeswitch", "t200")
        shown = self.server.cli("trunk", "show", trunk["mac"], check=0)
        password = re.search(r'<param name="password" value="([^"]+)"/>', shown.stdout).group(1)
        told = self.told(trunk["mac"])
        self.assertEqual(ha1("md5", told["user"], told["realm"], password), told["ha1_md5"])
        again = self.server.cli("trunk", "show", trunk["mac"])
        self.assertNotEqual(again.returncode, 0)
        self.assertIn("P-3403", again.stderr)
        kinds = [entry["kind"] for entry in self.server.json("audit", "list", "--device", trunk["mac"])]
        self.assertIn("trunk.shown", kinds)
        self.server.settle()
        for form in forms_of(password):
            for file in self.server.folder.rglob("*"):
                if file.is_file():
                    self.assertNotIn(form, file.read_bytes(), file)

    def test_R_B2_a_trunk_changes_its_password(self):
        mac = self.add("freeswitch", "t500")["mac"]
        passwords = []
        for _ in range(2):
            shown = self.server.cli("trunk", "show", mac, check=0)
            passwords += re.findall(r'<param name="password" value="([^"]+)"/>', shown.stdout)
            if len(passwords) == 1:
                self.server.cli("device", "rotate", mac, check=0)
        self.assertEqual(len(set(passwords)), 2)
        told = [one for one in self.server.outbox() if one["device"] == mac][-1]
        self.assertEqual(ha1("md5", told["user"], told["realm"], passwords[1]), told["ha1_md5"])
        self.assertEqual(self.server.json("device", "show", mac)["state"], "provisioned")

    def test_R_F5_a_trunk_that_goes_by_its_address_is_refused(self):
        done = self.server.cli("trunk", "add", "--tenant", "acme", "--pbx", "asterisk", "--user", "t300",
                               "--authentication", "address")
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("P-3401", done.stderr)
        self.assertIn("firewall", done.stderr, "it says what to do instead")
        self.assertNotIn("t300", str(self.server.json("trunk", "list")))

    def test_R_F5_trunks_are_listed_apart_from_phones(self):
        trunk = self.add("asterisk", "t400", "--name", "Head office")
        listed = {row["mac"]: row for row in self.server.json("trunk", "list", "--tenant", "acme")}
        self.assertEqual(listed[trunk["mac"]]["settings"]["line.1.label"], "Head office")
        self.assertFalse(set(listed) & {phone.mac for phone in self.pki.phones})
        shown, = [line for line in self.server.cli("trunk", "list", check=0).stdout.splitlines() if trunk["mac"] in line]
        self.assertRegex(shown, r"t400 +Head office +acme +asterisk +armed", "by which people know it")

    def test_R_F5_R_B2_a_trunk_gets_a_new_password_when_its_new_file_is_handed_over(self):
        trunk = self.add("freeswitch", "t500")
        read = lambda: re.search(r'<param name="password" value="([^"]+)"/>', self.server.cli("trunk", "show", trunk["mac"],
                                                                                              check=0).stdout).group(1)
        first = read()
        self.server.cli("device", "rotate", trunk["mac"], check=0)
        second = read()
        self.assertNotEqual(first, second)
        entries = [one for one in self.server.outbox() if one["device"] == trunk["mac"]]
        self.assertEqual(entries[-1]["ha1_md5"], ha1("md5", "t500", "sip.acme.example", second))

    @unittest.skipUnless(NFT and nft_works(), "nftables does not work here")
    def test_R_D5_a_sites_firewall_is_what_nftables_takes(self):
        self.server.cli("tenant", "set", "acme", "--site", "north", "--set", "time.ntp_server=192.0.2.123",
                        "--set", "line.registrar_host=192.0.2.10", "--set", "line.transport=tls", check=0)
        self.server.cli("device", "add", "001565999901", "--tenant", "acme", "--site", "north",
                        "--set", "line.1.user=n1", check=0)
        rows = {(row["purpose"], row["host"], row["port_from"]) for row in self.server.json("site", "firewall", "acme", "north")}
        self.assertLessEqual({("sip", "192.0.2.10", 5061), ("time", "192.0.2.123", 123)}, rows)
        script = self.server.folder / "site.nft"
        made = self.server.cli("site", "firewall", "acme", "north", "--format", "nft", "--phones", "198.51.100.0/24",
                               "--media", "10000-20000", check=0)
        script.write_text(made.stdout)
        loaded = in_own_network(f"{NFT} -f {script}; {NFT} -f {script}; {NFT} list ruleset")
        self.assertEqual(loaded.returncode, 0, loaded.stderr)
        for rule in ("ip daddr 192.0.2.10 tcp dport 5061", "ip daddr 192.0.2.10 udp dport 10000-20000",
                     "ip daddr 192.0.2.123 udp dport 123", "ip saddr @phones4 counter"):
            self.assertIn(rule, loaded.stdout)
        refused = self.server.cli("site", "firewall", "acme", "north", "--format", "nft")
        self.assertNotEqual(refused.returncode, 0)
        self.assertIn("--phones", refused.stderr)


if __name__ == "__main__":
    unittest.main()
