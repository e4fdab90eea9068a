"""fail2ban reads the server's log and nftables takes its bans: with the real programs (R-C7)."""

import json
import pathlib
import re
import shutil
import subprocess
import unittest

from provost_fixture import PATIENCE, SOURCE, Pki, Server, temporary_folder, wait_until
from test_guard import GUARD, tries

PLACES = "/usr/sbin:/usr/bin:/sbin:/bin"
NFT, FAIL2BAN, FAIL2BAN_CLIENT, UNSHARE = (shutil.which(name, path=PLACES) for name in
                                           ("nft", "fail2ban-regex", "fail2ban-client", "unshare"))
RULES = SOURCE / "packaging/nftables/provost.nft"


def in_own_network(script):
    """A shell in a network namespace of its own, where anybody may set rules."""
    return subprocess.run([UNSHARE, "-rn", "sh", "-ec", script], capture_output=True, text=True, timeout=PATIENCE, check=False)


def nft_works():
    return bool(NFT and UNSHARE) and in_own_network(f"{NFT} add table inet probe").returncode == 0


class Firewall(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.pki = Pki.shared()
        cls.server = Server(cls.pki)
        cls.addClassCleanup(cls.server.stop)
        cls.file = cls.server.home / "bans.nft"
        cls.server.config.write_text(cls.server.config.read_text() + GUARD + "log: json\nfirewall: {nft_file: bans.nft}\n")
        cls.server.start().fill()
        phone = cls.pki.of("yealink")[0]
        for i in range(60):
            if not tries(phone, cls.server.port, "127.0.60.1", f"/001565{i:06x}.cfg"):
                break
        cls.server.cli("ban", "add", "2001:db8:7::/48", "--reason", "a scan \" } ; flush ruleset", check=0)
        cls.server.cli("ban", "add", "198.51.100.0/24", "--for", "1h", "--reason", "scanners", check=0)
        cls.server.cli("ban", "add", "198.51.100.9", "--reason", "within another", check=0)
        wait_until(lambda: cls.file.exists() and "127.0.60.1" in cls.file.read_text() and
                   "198.51.100.0/24" in cls.file.read_text(), "the bans in the file")

    @unittest.skipUnless(FAIL2BAN, "fail2ban is not installed: apt install fail2ban")
    def test_R_C7_fail2ban_finds_the_bans_in_the_servers_log_and_nothing_else(self):
        flt = SOURCE / "packaging/fail2ban/filter.d/provost.conf"
        options = {"capture_output": True, "text": True, "timeout": PATIENCE, "check": False}
        found = subprocess.run([FAIL2BAN, "-o", "<ip>", "--usedns", "no", self.server.log, flt], **options).stdout.split()
        self.assertEqual(sorted(found), sorted(["127.0.60.1", "2001:db8:7::/48", "198.51.100.0/24", "198.51.100.9"]))
        lines = self.server.log.read_text().splitlines()
        self.assertTrue(all(json.loads(line) for line in lines))
        told = subprocess.run([FAIL2BAN, "--usedns", "no", self.server.log, flt], **options).stdout
        self.assertIn(f"Lines: {len(lines)} lines, 0 ignored, 4 matched, {len(lines) - 4} missed", told)
        self.assertRegex(told, rf"(?m)^\|  \[{len(lines)}\] .*Year-Month-Day", "each line's time is read")

    @unittest.skipUnless(FAIL2BAN_CLIENT and pathlib.Path("/etc/fail2ban").is_dir(), "fail2ban is not installed")
    def test_R_C7_fail2ban_takes_the_jail(self):
        folder = temporary_folder("fail2ban") / "etc"
        shutil.copytree("/etc/fail2ban", folder)
        (folder / "jail.d/defaults-debian.conf").unlink(missing_ok=True)
        shutil.copy(SOURCE / "packaging/fail2ban/filter.d/provost.conf", folder / "filter.d")
        jail = (SOURCE / "packaging/fail2ban/jail.d/provost.conf").read_text()
        (folder / "jail.d/provost.conf").write_text(jail.replace("/var/log/provost/provost.log", str(self.server.log)))
        done = subprocess.run([FAIL2BAN_CLIENT, "-c", folder, "-t"], capture_output=True, text=True, timeout=PATIENCE, check=False)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        told = subprocess.run([FAIL2BAN_CLIENT, "-c", folder, "--dp"], capture_output=True, text=True, timeout=PATIENCE,
                              check=True).stdout
        self.assertIn(f"['set', 'provost', 'addlogpath', '{self.server.log}'", told)

    @unittest.skipUnless(nft_works(), "nftables can't be tried here: needs nft, unshare and user namespaces")
    def test_R_C7_nftables_takes_the_file_again_and_again_beside_the_rules(self):
        listed = self.server.cli("ban", "list", "--nft", check=0).stdout
        printed = self.server.folder / "printed.nft"
        printed.write_text(listed)
        done = in_own_network(f"{NFT} -c -f {RULES}; {NFT} -f {RULES}; {NFT} -c -f {self.file}; {NFT} -f {self.file}; "
                              f"{NFT} -f {self.file}; {NFT} -f {printed}; {NFT} -j list table inet provost")
        self.assertEqual(done.returncode, 0, done.stderr)
        sets = {one["set"]["name"]: one["set"].get("elem", []) for one in json.loads(done.stdout)["nftables"] if "set" in one}

        def value(element):
            inner = element.get("elem", element) if isinstance(element, dict) else {"val": element}
            inner = inner if "val" in inner else {"val": inner}
            place = inner["val"]
            text = place if isinstance(place, str) else "{addr}/{len}".format(**place["prefix"])
            return text, inner.get("timeout")

        v4, v6 = ({text: timeout for text, timeout in map(value, sets[name])} for name in ("banned4", "banned6"))
        self.assertEqual(set(v4), {"127.0.60.1", "198.51.100.0/24"}, "who is within another is not named again")
        self.assertEqual(set(v6), {"2001:db8:7::/48"})
        self.assertIsNone(v6["2001:db8:7::/48"], "until it is removed")
        self.assertTrue(500 <= v4["127.0.60.1"] <= 600, v4)
        self.assertTrue(3000 <= v4["198.51.100.0/24"] <= 3600, v4)

    @unittest.skipUnless(nft_works(), "nftables can't be tried here: needs nft, unshare and user namespaces")
    def test_R_C7_the_rules_drop_who_is_banned_and_nobody_else(self):
        script = (f"ip link set lo up 2>/dev/null || true; {NFT} -f {RULES}; "
                  f"{NFT} add element inet provost banned4 '{{ 127.0.0.9 }}'; "
                  "python3 -c \"import socket\nlistener = socket.create_server(('127.0.0.1', 443))\n"
                  "for source in ('127.0.0.9', '127.0.0.8'):\n"
                  "    try: socket.create_connection(('127.0.0.1', 443), 1, (source, 0)); print(source, 'passes')\n"
                  "    except TimeoutError: print(source, 'is dropped')\"")
        done = in_own_network(script)
        if "Cannot assign" in done.stderr or "unreachable" in done.stderr:
            self.skipTest("this network namespace has no loopback: needs ip (iproute2)")
        self.assertEqual(done.stdout.splitlines(), ["127.0.0.9 is dropped", "127.0.0.8 passes"], done.stderr)

    def test_R_C7_the_file_follows_when_a_ban_is_lifted_and_is_always_whole(self):
        self.server.cli("ban", "add", "203.0.113.5", "--reason", "x", check=0)
        wait_until(lambda: "203.0.113.5" in self.file.read_text(), "the ban")
        self.server.cli("ban", "remove", "203.0.113.5", check=0)

        def gone():
            text = self.file.read_text()
            self.assertTrue(text.startswith("# ") and text.endswith("}\n"), text)
            return "203.0.113.5" not in text

        wait_until(gone, "its end")
        self.assertNotIn("flush ruleset", self.file.read_text())
        self.assertEqual(re.findall(r"(?m)^(?!#|add |flush set |  \S+( timeout \d+s)?,$|\}$).+", self.file.read_text()), [])


if __name__ == "__main__":
    unittest.main()
