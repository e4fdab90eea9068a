"""The hardening profile: rules that hold, exceptions with an owner and an end, files that show they are hardened."""

import unittest

from provost_fixture import SOURCE, Story, wait_until

WEB = "static.wui.https_enable"
UNDOING = "    - {parameter: webserver_type, attributes: {perm: R}, value: https, source: [dump-pa1], confidence: low}"


class Exceptions(Story):
    """Each test takes phones of its own."""

    policy = ("grace=1h",)

    def setUp(self):
        self.phone = self.pki.of("yealink")[0]
        self.addCleanup(self.leave_nothing)

    def leave_nothing(self):
        for one in self.server.json("exception", "list"):
            self.server.cli("exception", "remove", one["id"], check=0)
        self.server.cli("device", "set", self.phone.mac, "--set", "security.web_ui=", check=0)
        self.server.cli("tenant", "set", "acme", "--set", "security.web_ui=", check=0)

    def lift(self, *where, rule="web-ui-off", until=None):
        more = ["--until", until] if until else []
        return self.server.json("exception", "add", rule, *where, "--owner", "Jo Smith", "--reason", "commissioning", *more)

    def web_ui(self, phone=None):
        """What the phone's file says now."""
        text = self.fetch(phone or self.phone).body.decode()
        return next(line.split(" = ")[1] for line in text.splitlines() if line.startswith(WEB + " "))

    def relax(self, *where, check=0):
        return self.server.cli(*where, "--set", "security.web_ui=on", check=check)

    def test_R_D1_a_relaxation_without_an_exception_is_refused_and_says_how(self):
        mac = self.phone.mac
        for where, place in ((["device", "set", mac], f"--device {mac}"),
                             (["tenant", "set", "acme"], "--tenant acme"),
                             (["tenant", "set", "acme", "--site", "Leeds"], "--tenant acme --site 'Leeds'"),
                             (["tenant", "set", "acme", "--vendor", "yealink", "--model", "T54W"],
                              "--tenant acme --vendor yealink --model T54W")):
            with self.subTest(place):
                said = self.relax(*where, check=1).stderr
                self.assertIn("P-2043", said)
                self.assertIn("web-ui-off (R-D2)", said)
                self.assertIn(f"provost exception add web-ui-off {place} --owner", said)
        self.assertEqual(self.web_ui(), "0")

    def test_R_D1_a_list_is_refused_row_by_row(self):
        file = self.server.folder / "relaxed.csv"
        file.write_text("mac,line.1.user,security.web_ui\n001565d00001,u1,on\n001565d00002,u2,off\n")
        done = self.server.cli("device", "import", file, "--tenant", "acme", check=3)
        self.assertIn("P-2043", done.stdout + done.stderr)
        self.assertEqual([row["mac"] for row in self.server.json("device", "list", "--mac", "001565d0")], ["001565d00002"])
        self.server.cli("device", "remove", "001565d00002", check=0)

    def test_R_D1_an_exception_has_an_owner_a_reason_and_may_have_an_end(self):
        mac = self.phone.mac
        one = self.lift("--device", mac, until="1h")
        self.assertEqual((one["rule"], one["device"], one["tenant"], one["owner"], one["holds"]),
                         ("web-ui-off", mac, "acme", "Jo Smith", True))
        self.relax("device", "set", mac)
        self.assertEqual(self.web_ui(), "1")
        self.assertEqual(self.web_ui(self.pki.of("yealink")[1]), "0", "nobody else's")
        listed = self.server.json("exception", "list", "--tenant", "acme")
        self.assertEqual([row["id"] for row in listed], [one["id"]])
        events = self.server.lines("event", "list", "--kind", "exception.added")
        self.assertTrue(events[-1]["actor"])
        self.assertIn("owner Jo Smith: commissioning", events[-1]["detail"])

    def test_R_D1_removed_it_holds_no_more_and_the_phone_is_served_hardened(self):
        one = self.lift("--tenant", "acme")
        self.relax("tenant", "set", "acme")
        self.assertEqual(self.web_ui(), "1")
        self.server.cli("exception", "remove", one["id"], check=0)
        self.assertEqual(self.web_ui(), "0")
        explained = self.server.json("device", "explain", self.phone.mac)
        self.assertEqual([(row["setting"], row["layer"], row["layer_name"], row["rule"]) for row in explained["overruled"]],
                         [("security.web_ui", "tenant", "acme", "web-ui-off")])
        self.assertIn("Overruled by the hardening profile", self.server.cli("device", "explain", self.phone.mac, check=0).stdout)
        self.assertTrue(self.server.lines("event", "list", "--kind", "exception.removed"))

    def test_R_D1_it_ends_by_itself_and_that_is_an_event(self):
        self.lift("--device", self.phone.mac, until="10s")
        self.relax("device", "set", self.phone.mac)
        wait_until(lambda: self.server.lines("event", "list", "--kind", "exception.ended"), "the end as an event")
        self.assertEqual(self.web_ui(), "0")
        self.assertFalse(self.server.json("exception", "list")[0]["holds"])
        self.relax("device", "set", self.phone.mac, check=1)

    def test_R_D6_no_exception_lifts_a_password(self):
        done = self.server.cli("exception", "add", "admin-password", "--tenant", "acme", "--owner", "x", "--reason", "y", check=1)
        self.assertIn("P-2040", done.stderr)
        self.assertIn("passwords are not optional", done.stderr)

    def test_wrong_use(self):
        whose = ["--owner", "x", "--reason", "y"]
        for words, code in ((["web-ui-of", "--tenant", "acme", *whose], "P-2040"),
                            (["web-ui-off", "--tenant", "nobody", *whose], "P-2010"),
                            (["web-ui-off", "--tenant", "acme", "--owner", "", "--reason", "y"], "P-2041"),
                            (["web-ui-off", "--tenant", "acme", "--owner", "x", "--reason", "a\nb"], "P-2041"),
                            (["web-ui-off", "--tenant", "acme", *whose, "--until", "2020-01-01T00:00:00Z"], "P-2042"),
                            (["web-ui-off", "--tenant", "acme", *whose, "--until", "soon"], "P-2042"),
                            (["web-ui-off", "--tenant", "acme", "--vendor", "nobody", *whose], "P-2021"),
                            (["web-ui-off", "--tenant", "acme", "--vendor", "yealink", "--model", "T1", *whose], "P-2024"),
                            (["web-ui-off", "--device", "00156500fffe", *whose], "P-2027"),
                            (["web-ui-off", "--device", "zz", *whose], "P-2020")):
            with self.subTest(words):
                self.assertIn(code, self.server.cli("exception", "add", *words, check=1).stderr)
        for words in (["web-ui-off", "--tenant", "acme"], ["web-ui-off", "--site", "Leeds", *whose],
                      ["web-ui-off", "--tenant", "acme", "--model", "T54W", *whose],
                      ["web-ui-off", "--tenant", "acme", "--device", self.phone.mac, *whose]):
            with self.subTest(words):
                self.server.cli("exception", "add", *words, check=2)
        status, problem = self.server.rest("POST", "/v1/exceptions", {"rule": "web-ui-off", "tenant": "acme", "device": self.phone.mac,
                                                                      "owner": "x", "reason": "y"})
        self.assertEqual((status, problem["code"]), (422, "P-2044"))
        self.assertIn("P-6005", self.server.cli("exception", "remove", "999", check=1).stderr)
        self.assertEqual(self.server.json("exception", "list"), [])


class Files(Story):
    policy = ("grace=1h",)

    def test_R_D7_lint_tells_rule_by_rule(self):
        for vendor in ("yealink", "snom", "cisco-mpp", "poly"):
            with self.subTest(vendor):
                mac = self.pki.of(vendor)[0].mac
                rules = {row["rule"]: row for row in self.server.json("device", "lint", mac)}
                self.assertEqual(len(rules), len(self.server.json("exception", "rules")))
                self.assertLessEqual({row["state"] for row in rules.values()}, {"kept", "cannot", "not here"})
                self.assertEqual(rules["admin-password"]["state"], "kept")
                self.assertEqual(rules["sip-over-tls"]["state"], "kept")
                self.assertTrue(all(row["detail"] for row in rules.values()))
                self.assertEqual(self.server.json("device", "preview", mac)["findings"], [])

    def test_R_D1_R_D7_every_vendor_says_what_it_does_of_each_rule(self):
        rules = [row["rule"] for row in self.server.json("exception", "rules")]
        for row in self.server.json("vendor", "list"):
            with self.subTest(row["id"]):
                shown = self.server.json("vendor", "show", row["id"])["hardening"]
                self.assertEqual({one["rule"] for one in shown["list"] + shown["passwords"]}, set(rules))
                self.assertFalse([one for one in shown["list"] if one["coverage"] == "open"])
                kept = sum(one["coverage"] == "enforced" for one in shown["list"])
                self.assertEqual(row["hardened"], f"{kept}/{len(shown['list'])}")

    def test_R_D7_what_fails_is_not_served_and_says_why(self):
        """A vendor file whose later words undo the profile's."""
        phone = self.pki.of("snom")[0]
        share = self.server.folder / "share"
        (share / "vendors").mkdir(parents=True)
        for file in (SOURCE / "vendors").glob("*.yaml"):
            text = file.read_text()
            if file.stem == "snom":
                text = text.replace("\n\n# What operators", f"\n{UNDOING}\n\n# What operators")
            (share / "vendors" / file.name).write_text(text)
        config = self.server.config.read_text()
        self.server.stop()
        self.server.config.write_text(config.replace(str(SOURCE / "vendors"), str(share / "vendors")))
        self.server.start()
        self.server.arm(phone)
        answer = self.fetch(phone)
        self.assertEqual(answer.status, 403)
        self.assertEqual(self.event["rule"], "configuration-invalid")
        self.assertIn("P-2210", self.event["detail"])
        self.assertIn("web-ui-off (R-D2", self.event["detail"])
        self.assertEqual(self.server.state(phone), "armed", "nothing is spent")
        done = self.server.cli("device", "lint", phone.mac, check=1)
        self.assertRegex(done.stdout, r"broken +web-ui-off")
        preview = self.server.cli("device", "preview", phone.mac, check=0)
        self.assertIn("would not be served: web-ui-off", preview.stderr)
        self.server.stop()
        self.server.config.write_text(config)
        self.server.start()
        self.assertEqual(self.fetch(phone).status, 200)


if __name__ == "__main__":
    unittest.main()
