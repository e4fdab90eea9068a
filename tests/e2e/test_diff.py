"""What would change is shown before anything is applied."""

import json
import unittest

from provost_fixture import SOURCE, Story


class Differences(Story):
    policy = ("grace=2s",)

    def diff(self, phone):
        return self.server.json("device", "diff", phone.mac)

    def test_R_F3_device_diff_against_what_the_phone_last_fetched(self):
        phone = self.pki.of("yealink")[0]
        said = self.server.cli("device", "diff", phone.mac, check=0).stdout
        self.assertIn("never fetched", said)
        _, password = self.take_configuration(phone)
        self.server.settle()
        diff = self.diff(phone)
        self.assertTrue(diff["fetched"])
        self.assertEqual((diff["changed"], diff["added"], diff["removed"]), ([], [], []))
        self.server.cli("device", "set", phone.mac, "--set", "line.1.label=Hall",
                        "--set", "raw.yealink.account.1.display_name=Guest", check=0)
        changed = {line["parameter"]: line for line in self.diff(phone)["changed"]}
        self.assertEqual(changed["account.1.label"]["after"], "Hall")
        self.assertEqual(changed["account.1.label"]["layer"], "device")
        self.assertEqual(changed["account.1.display_name"]["setting"], "raw.yealink.account.1.display_name")
        self.server.arm(phone)
        said = self.server.cli("device", "diff", phone.mac, check=0).stdout
        self.assertRegex(said, r"~ account\.1\.label = .* -> Hall   \(device device, line\.1\.label\)")
        self.assertIn("will be delivered again: line.1.password", said)
        self.assertNotIn(password, said + json.dumps(self.diff(phone)))

    def test_R_G3_what_is_overridden_by_name_reaches_the_phone_and_is_explained(self):
        phone = self.pki.of("yealink")[1]
        self.server.cli("tenant", "set", "acme", "--set", "raw.yealink.account.1.display_name=Acme", check=0)
        self.addCleanup(self.server.cli, "tenant", "set", "acme", "--set", "raw.yealink.account.1.display_name=")
        self.server.cli("device", "set", phone.mac, "--set", "raw.yealink.voice.tone.country=Germany", check=0)
        answer, _ = self.take_configuration(phone)
        self.assertIn(b"account.1.display_name = Acme", answer.body)
        self.assertIn(b"voice.tone.country = Germany", answer.body)
        lines = {line["parameter"]: line for line in self.server.json("device", "explain", phone.mac)["parameters"]}
        line = lines["account.1.display_name"]
        self.assertEqual((line["value"], line["layer"], line["layer_name"]), ("Acme", "tenant", "acme"))
        self.assertEqual(line["setting"], "raw.yealink.account.1.display_name")
        self.assertTrue(lines["account.1.label"]["sources"])
        said = self.server.cli("device", "explain", phone.mac, check=0).stdout
        self.assertIn("Set, but not sent", said)

    def test_R_G3_overrides_are_checked_where_they_are_typed(self):
        phone = self.pki.of("yealink")[0]
        for name, value, code in (("account.1.labl", "x", "P-2061"), ("account.1.password", "hunter2", "P-2062"),
                                  ("dialplan.digitmap.enable", "2", "P-2063"), ("static.wui.http_enable", "1", "P-2064")):
            with self.subTest(name):
                done = self.server.cli("device", "set", phone.mac, "--set", f"raw.yealink.{name}={value}", check=1)
                self.assertIn(code, done.stderr)
                self.assertRegex(done.stderr, r"fix: \S")
                self.assertNotIn("hunter2", done.stderr)

    def test_R_G3_profile_diff_counts_over_the_fleet_and_applies_nothing(self):
        before = self.server.json("tenant", "show", "acme")
        diff = self.server.json("profile", "diff", "--tenant", "acme", "--set", "line.srtp=required")
        self.assertEqual(diff["looked_at"], len(self.pki.phones))
        self.assertEqual(diff["changed"], sum(1 for _ in self.pki.phones))
        vendors = {line["vendor"] for line in diff["changes"]}
        self.assertEqual(vendors, {phone.vendor for phone in self.pki.phones})
        for line in diff["changes"]:
            self.assertTrue(line["examples"])
        self.assertEqual(self.server.json("tenant", "show", "acme"), before)
        dry = self.server.json("tenant", "set", "acme", "--set", "line.srtp=required", "--dry-run")
        self.assertEqual(dry, diff)
        said = self.server.cli("tenant", "set", "acme", "--set", "line.srtp=required", "--dry-run", check=0)
        self.assertIn("nothing was applied", said.stderr)
        self.assertIn("SUCH AS", said.stdout)

    def test_R_G3_profile_diff_of_other_vendor_files_and_another_profile(self):
        same = self.server.json("profile", "diff", "--vendors", SOURCE / "vendors", "--hardening",
                                SOURCE / "policy/hardening.yaml")
        self.assertEqual((same["changed"], same["changes"], same["refusals"]), (0, [], []))
        self.server.cli("profile", "diff", "--tenant", "acme", "--set", "security.web_ui=on", check=1)
        self.server.cli("profile", "diff", "--tenant", "nobody", "--set", "line.srtp=required", check=1)


if __name__ == "__main__":
    unittest.main()
