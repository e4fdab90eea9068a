"""One phone beside another of its model that works (R-F3)."""

import json
import unittest

from provost_fixture import Story


class Comparison(Story):
    policy = ("grace=0s",)

    def compare(self, phone, other=None):
        return self.server.rest("GET", f"/v1/devices/{phone.mac}/compare" + (f"?with={other}" if other else ""))

    def test_R_F3_a_phone_is_compared_with_the_one_of_its_model_that_was_served_last(self):
        one, other = self.pki.of("snom")[:2]
        status, problem = self.compare(one)
        self.assertEqual((status, problem["code"]), (404, "P-2055"))
        _, password = self.take_configuration(other)
        self.server.await_state(other, "provisioned")
        self.server.settle()
        self.server.cli("device", "set", one.mac, "--set", "line.1.label=Hall", "--set", "time.zone=Europe/Rome", check=0)
        status, found = self.compare(one)
        self.assertEqual(status, 200, found)
        self.assertEqual((found["one"]["device"]["mac"], found["other"]["device"]["mac"], found["chosen"]), (one.mac, other.mac, True))
        self.assertEqual((found["one"]["kind"], found["other"]["kind"]), ("never-seen", "served"))
        self.assertIsNone(found["one"]["visits"]["served"])
        self.assertTrue(found["other"]["visits"]["served"])
        differ = {value["parameter"]: value for value in found["differences"]}
        zone = next(value for value in differ.values() if value["setting"] == "time.zone")
        self.assertEqual((zone["one"]["layer"], zone["other"]["layer"], zone["own"]), ("device", "tenant", False))
        own = [value["own"] for value in found["differences"]]
        self.assertIn(True, own, "each has its own user")
        self.assertEqual(own, sorted(own), "what is each phone's own comes last")
        self.assertGreater(found["same"], 20)
        self.assertNotIn(password, json.dumps(found))
        said = self.server.cli("device", "compare", one.mac, check=0).stdout
        self.assertIn(f"Against {other.mac}, served last of its model", said)
        self.assertRegex(said, r"verdict +never-seen +served +differs")
        self.assertRegex(said, r"\(device .*\).*\(tenant acme\)")
        self.assertEqual(self.compare(one, other.mac)[1]["chosen"], False)
        self.assertEqual(self.compare(one, one.mac)[1]["code"], "P-2056")
        self.assertEqual(self.compare(one, "00:15:65:ff:ff:ff")[0], 404)


if __name__ == "__main__":
    unittest.main()
