"""The cage: what an intruder can't do in it, and that the program can do its work."""

import base64
import json
import pathlib
import re
import shutil
import subprocess
import unittest

from alert_hooks import KEY, Hooks, identity
from provost_fixture import SOURCE, KeyHolder, Pki, Server, Story, run, sanitized, wait_until

UNITS = SOURCE / "packaging/systemd"
EXPOSURE = {"provost.service": 1.1, "provost-keyholder.service": 0.5}


class InTheSandbox(Story):
    """A server and a key holder with `sandbox: on`, at all that a server does."""

    @classmethod
    def setUpClass(cls):
        cls.pki = Pki.shared()
        cls.holder = KeyHolder("--sandbox", "on")
        cls.holder.leaks = 0  # who looks for them attaches to the process as a debugger does
        cls.addClassCleanup(cls.holder.stop)
        cls.holder.start()
        cls.server = Server(cls.pki, key_holder=cls.holder)
        cls.server.leaks = 0
        config = cls.server.config.read_text()
        cls.heads = cls.server.home / "heads"
        cls.hooks = Hooks(identity(cls.pki))
        cls.addClassCleanup(cls.hooks.stop)
        key = cls.server.home / "webhook.key"
        key.write_text("whsec_" + base64.b64encode(KEY).decode() + "\n")
        key.chmod(0o600)
        cls.server.config.write_text(config.replace("mode: auto", "mode: on") +
                                     f'audit: {{head_file: "{cls.heads}"}}\nmetrics: {{port: 0}}\ntripwire: {{port: 0}}\n'
                                     f'firewall: {{nft_file: bans.nft}}\nalerts: {{least: info, targets: [{{webhook: '
                                     f'"https://localhost:{cls.hooks.server_port}/", key: webhook.key, ca: '
                                     f'"{cls.pki.folder}/server-ca.pem"}}]}}\nwebhooks: [{{name: crm, events: [ban.added], url: '
                                     f'"https://localhost:{cls.hooks.server_port}/", key: webhook.key, ca: '
                                     f'"{cls.pki.folder}/server-ca.pem"}}]\n')
        cls.addClassCleanup(cls.server.stop)
        cls.server.start().fill("grace=0s", arm=True)

    def test_R_B8_serves_reloads_backs_up_and_ends_in_order(self):
        status = self.server.rest("GET", "/v1/server")[1]
        self.assertIn("system calls", status["sandbox"])
        code, report, said = self.server.simulate()
        self.assertEqual(code, 0, said)
        self.assertEqual(len(report["phones"]), len(self.pki.phones))
        for command in (["server", "reload"], ["server", "close-epoch"], ["backup", "create", self.server.folder / "backup.db"],
                        ["device", "import", self.pki.folder / "devices.csv"], ["audit", "head"], ["device", "list"],
                        ["device", "explain", self.pki.phones[0].mac], ["event", "list"]):
            self.server.cli(*command, check=0)
        self.assertTrue(self.heads.exists())
        port = self.server.doors["metrics"]
        page = subprocess.run(["curl", "-s", f"http://127.0.0.1:{port}/metrics"], capture_output=True, text=True, check=True)
        self.assertRegex(page.stdout, r"(?m)^provost_sandbox_on 1$")
        self.assertRegex(page.stdout, r"(?m)^process_open_fds [1-9]")
        ready = subprocess.run(["curl", "-s", f"http://127.0.0.1:{port}/readyz"], capture_output=True, text=True, check=True)
        self.assertEqual(ready.stdout, "ready\n")

    def test_R_B8_R_C7_it_alerts_and_tells_the_firewall_from_within(self):
        self.server.cli("alert", "test", check=0)
        wait_until(lambda: self.hooks.alerts("alert.test"), "a webhook, over TLS that is verified")
        self.server.cli("ban", "add", "198.51.100.7", "--reason", "a test", check=0)
        wait_until(lambda: [one for _, one in self.hooks.messages if "items" in one], "events, in the same way")
        file = self.server.home / "bans.nft"
        wait_until(lambda: file.exists() and "198.51.100.7" in file.read_text(), "the firewall's file")
        self.assertIsNone(self.server.process.poll())

    def test_R_B8_a_backup_outside_of_its_folders_is_refused_with_advice(self):
        done = self.server.cli("backup", "create", "/var/tmp/provost-backup.db")
        self.assertEqual(done.returncode, 1)
        self.assertIn("sandbox", done.stderr)
        self.assertFalse(pathlib.Path("/var/tmp/provost-backup.db").exists())

    def test_R_B8_processes_have_no_capabilities_and_a_filter(self):
        for process in (self.server.process, self.holder.process):
            status = dict(line.split(":\t", 1) for line in
                          pathlib.Path(f"/proc/{process.pid}/status").read_text().splitlines() if ":\t" in line)
            low_ports = 1 << 10
            self.assertEqual(int(status["CapEff"], 16) & ~low_ports, 0)
            self.assertEqual((status["NoNewPrivs"], status["Seccomp"]), ("1", "2"))
            limits = pathlib.Path(f"/proc/{process.pid}/limits").read_text()
            self.assertRegex(limits, r"(?m)^Max core file size +0 +0 ")


class Checks(unittest.TestCase):
    def outcomes(self, *arguments):
        done = run("-o", "json", "sandbox", "check", *arguments)
        acts = {one["act"]: one for one in json.loads(done.stdout)}
        self.assertEqual([one for one in acts.values() if one["verdict"] != "good"], [])
        self.assertEqual(done.returncode, 0, done.stderr)
        return {act: one["outcome"] for act, one in acts.items()}

    def test_R_B8_what_an_intruder_would_do_is_killed_or_refused(self):
        holder = KeyHolder().start()
        self.addCleanup(holder.stop)
        server = Server(Pki.shared(), key_holder=holder)
        found = self.outcomes("--config", server.config, "--keys", holder.keys)
        for act in ("run a program", "open a raw socket", "open a socket of TCP", "open a netlink socket", "mount",
                    "make a namespace", "become another user", "load a BPF program"):
            self.assertEqual(found[act], "killed")
        self.assertEqual(found[f"read {holder.keys / 'root.key'}"], "refused: Permission denied")
        self.assertEqual(found["read /etc/shadow"], "refused: Permission denied")
        self.assertEqual(found["reach the key holder"], "done")
        if not sanitized():
            for act in ("start a process", "write code into memory", "make data executable", "allow core dumps"):
                self.assertEqual(found[act], "killed")

    def test_R_B8_a_key_holder_can_do_less_still(self):
        found = self.outcomes("--keys", KeyHolder().keys)
        for act in ("run a program", "open a socket of TCP", "signal its parent"):
            self.assertEqual(found[act], "killed")

    def test_an_unsandboxed_server_says_so(self):
        server = Server(Pki.shared())
        server.config.write_text(server.config.read_text().replace("mode: auto", "mode: off"))
        server.start()
        self.addCleanup(server.stop)
        self.assertIn("sandbox.off", server.log.read_text())
        self.assertIn("off: the configuration says so", str(server.rest("GET", "/v1/server")[1]))


@unittest.skipUnless(shutil.which("systemd-analyze"), "needs systemd")
class Units(unittest.TestCase):
    def test_R_B8_their_exposure_is_what_it_may_be(self):
        for unit, most in EXPOSURE.items():
            done = subprocess.run(["systemd-analyze", "security", "--offline=true", "--no-pager", UNITS / unit],
                                  capture_output=True, text=True, check=True)
            found = re.search(r"Overall exposure level for \S+: ([0-9.]+)", done.stdout)
            self.assertLessEqual(float(found.group(1)), most, done.stdout[-200:])

    def test_systemd_understands_them(self):
        done = subprocess.run(["systemd-analyze", "verify", *(UNITS / unit for unit in EXPOSURE)], capture_output=True,
                              text=True, check=False)
        said = [line for line in done.stderr.splitlines()
                if UNITS.name in line or "provost" in line and "is not executable" not in line]
        self.assertEqual(said, [])

    def test_the_sample_configuration_is_read(self):
        done = run("sandbox", "check", "--config", SOURCE / "packaging/provost.yaml")
        self.assertNotIn("P-21", done.stderr)
        self.assertNotIn("P-11", done.stderr)


if __name__ == "__main__":
    unittest.main()
