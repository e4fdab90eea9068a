"""How devices, sites and tenants are rated, and what would raise it (R-A6)."""

import unittest

from provost_fixture import Story


class Ratings(Story):
    policy = ("grace=0s", "minimum_rating=4")

    def rating(self, mac):
        return self.server.json("device", "show", mac)["rating"]

    def summary(self, *words):
        return self.server.json("rating", *words)

    def test_R_A6_each_device_and_tenant_shows_how_it_really_came_and_what_to_expect_before(self):
        never = {phone.vendor: self.rating(phone.mac) for phone in self.pki.phones}
        self.assertTrue(all(rated["expected"] for rated in never.values()))
        self.assertEqual((never["cisco-mpp"]["stars"], never["cisco-mpp"]["certain"]), (5, True), "all of its models have one")
        self.assertEqual((never["snom"]["stars"], never["snom"]["certain"]), (1, False), "some have, and unknown is never yes")
        before = self.summary("--tenant", "acme")
        self.assertEqual((before["devices"], before["lowest"]), (16, None))

        good, kept = self.pki.of("snom")[:2]
        self.server.cli("device", "set", kept.mac, "--secrets", "retain", "--site", "hq", check=0)
        self.server.arm(kept)
        for phone in (good, kept):
            self.assertEqual(self.fetch(phone).status, 200)
        self.server.settle()
        rated = self.rating(good.mac)
        self.assertEqual((rated["stars"], rated["expected"], rated["raise"]), (5, False, ""))
        self.assertTrue(rated["since"])
        rated = self.rating(kept.mac)
        self.assertEqual((rated["stars"], rated["expected"]), (4, False))
        self.assertIn("the password stays on the server", rated["reason"])
        self.assertTrue(rated["raise"])

        # A tenant above them counts them too, and another one does not.
        for words in (["--tenant", "acme"], []):
            after = self.summary(*words)
            self.assertEqual((after["devices"], after["lowest"]), (16, 4))
            self.assertEqual((after["proved"]["5"], after["proved"]["4"]), (1, 1))
            self.assertEqual(sum(after["proved"].values()) + sum(after["expected"].values()), 16)
            self.assertEqual(sum(line["devices"] for line in after["lines"]), 16)
            self.assertEqual([line["stars"] for line in after["lines"]], sorted(line["stars"] for line in after["lines"]))
            for line in after["lines"]:
                self.assertEqual(bool(line["raise"]), line["stars"] < 5, line)
        site = self.summary("--tenant", "acme", "--site", "hq")
        self.assertEqual((site["devices"], site["lowest"]), (1, 4))
        self.assertEqual(self.server.json("tenant", "show", "acme")["rating"]["lowest"], 4)
        self.server.cli("tenant", "add", "elsewhere", check=0)
        self.assertEqual(self.summary("--tenant", "elsewhere")["devices"], 0)
        self.server.cli("tenant", "add", "below", "--parent", "acme", check=0)
        self.server.cli("device", "add", "02aabbcc0001", "--tenant", "below", "--vendor", "zoiper", "--set", "line.1.user=u1", check=0)
        self.assertEqual(self.summary("--tenant", "acme")["devices"], 17)
        self.assertEqual(self.summary("--tenant", "below")["expected"]["1"], 1)

        said = self.server.cli("rating", "--tenant", "acme", check=0).stdout
        self.assertIn("17 devices; lowest rating: 4 of 5", said)
        self.assertIn("the password stays on the server", said)
        self.assertIn("rating", self.server.cli("device", "show", kept.mac, check=0).stdout)

    def test_R_A6_who_only_claims_to_be_a_device_does_not_change_its_rating(self):
        phone, other = self.pki.of("yealink")[:2]
        self.server.settle()
        before = self.rating(phone.mac)
        self.fetch(other, path=phone.path)
        self.assertEqual(self.event["rule"], "claim-mismatch")
        self.server.settle()
        self.assertEqual(self.rating(phone.mac), before)

    def test_wrong_questions_are_refused(self):
        self.assertEqual(self.server.rest("GET", "/v1/ratings?site=hq")[0], 422)
        self.assertEqual(self.server.rest("GET", "/v1/ratings?tenant=nobody")[0], 404)
        self.assertIn("P-2010", self.server.cli("rating", "--tenant", "nobody", check=1).stderr)


if __name__ == "__main__":
    unittest.main()
