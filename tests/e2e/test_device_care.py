"""What a support engineer leaves with one phone: a note, its warnings muted, why it was armed or rotated (R-F3)."""

import json
import unittest

from provost_fixture import Story, wait_until


class DeviceCare(Story):
    policy = ("grace=0s",)

    def care(self, phone, body=None, version=None):
        headers = {} if version is None else {"If-Match": f'"{version}"'}
        return self.server.rest("PATCH" if body else "GET", f"/v1/devices/{phone.mac}/care", body, headers)

    def last(self, kind, phone):
        return self.server.lines("event", "list", "--kind", kind, "--device", phone.mac)[-1]

    def test_R_F3_a_note_is_for_all_who_see_the_phone_and_its_history_is_in_the_trail(self):
        phone = self.pki.of("yealink")[0]
        self.assertEqual(self.care(phone)[1]["note"], "")
        self.assertIn("no note", self.server.cli("device", "note", phone.mac, check=0).stdout)
        self.server.cli("device", "note", phone.mac, "Behind a second router", check=0)
        status, care = self.care(phone)
        self.assertEqual((status, care["note"], care["version"]), (200, "Behind a second router", 1))
        self.assertTrue(care["note_by"] and care["note_at"])
        self.assertEqual(self.care(phone, {"note": "late"}, version=0)[1]["code"], "P-2015")
        self.assertEqual(self.care(phone, {"note": "Router replaced"}, version=1)[1]["version"], 2)
        self.assertEqual(self.care(phone, {"note": "two\nlines"})[1]["code"], "P-2002")
        self.assertEqual(self.care(phone, {"note": "x" * 257})[0], 422)
        self.server.cli("device", "note", phone.mac, "--remove", check=0)
        self.assertEqual(self.care(phone)[1]["note"], "")
        told = json.dumps(self.server.lines("audit", "list", "--device", phone.mac))
        for words in ("Behind a second router", "Router replaced", "taken away"):
            self.assertIn(words, told)

    def test_R_F3_a_mute_ends_with_the_next_change_of_state_or_in_its_time(self):
        phone = self.pki.of("yealink")[1]
        self.server.cli("device", "mute", phone.mac, "--reason", "ticket 4711", check=0)
        care = self.care(phone)[1]
        self.assertEqual((care["muted"], care["mute_until"], care["mute_reason"]), (True, None, "ticket 4711"))
        self.assertIn(phone.mac, self.server.cli("device", "list", "--muted", check=0).stdout)
        self.take_configuration(phone)
        self.server.await_state(phone, "provisioned")
        self.assertFalse(self.care(phone)[1]["muted"], "its state changed")
        self.assertNotIn(phone.mac, self.server.cli("device", "list", "--muted", check=0).stdout)
        self.assertEqual(self.care(phone, {"mute": "2s"})[1]["muted"], True)
        wait_until(lambda: not self.care(phone)[1]["muted"], "the end of its time")
        self.assertTrue(self.care(phone, {"mute": "3d"})[1]["mute_until"])
        self.server.cli("device", "unmute", phone.mac, check=0)
        self.assertFalse(self.care(phone)[1]["muted"])
        for end in ("soon", "0s", "10000d", "2020-01-01T00:00:00Z"):
            self.assertEqual(self.care(phone, {"mute": end})[1]["code"], "P-2057", end)
        self.assertEqual(self.care(phone, {"reason": "alone"})[1]["code"], "P-2058")
        told = self.server.lines("event", "list", "--kind", "device.muted", "--device", phone.mac)
        self.assertIn("ticket 4711", json.dumps(told))

    def test_R_F3_whoever_has_the_mac_later_finds_no_note_and_no_mute(self):
        mac = "0015650f00aa"
        adding = ("device", "add", mac, "--tenant", "acme", "--set", "line.1.user=x")
        self.server.cli(*adding, check=0)
        self.server.cli("device", "note", mac, "left by the first owner", check=0)
        self.server.cli("device", "mute", mac, "--for", "30d", check=0)
        self.server.cli("device", "remove", mac, check=0)
        self.server.cli(*adding, check=0)
        care = self.server.rest("GET", f"/v1/devices/{mac}/care")[1]
        self.assertEqual((care["version"], care["note"], care["muted"]), (0, "", False))

    def test_R_F3_a_muted_phone_is_left_out_of_what_needs_a_person(self):
        self.server.cli("tenant", "add", "brief", "--parent", "acme", "--policy", "window=1s", check=0)
        macs = [f"0015650f000{i}" for i in range(2)]
        for mac in macs:
            self.server.cli("device", "add", mac, "--tenant", "brief", "--arm", "--set", f"line.1.user={mac}", check=0)
        expired = lambda: [one["count"] for one in self.server.rest("GET", "/v1/fleet?tenant=brief")[1]["attention"] if one["kind"] == "expired"]
        wait_until(lambda: expired() == [2], "both windows as passed")
        self.server.cli("device", "mute", macs[0], "--for", "1d", check=0)
        self.assertEqual(expired(), [1])
        self.server.cli("device", "mute", macs[1], check=0)
        self.assertEqual(expired(), [])
        status, job = self.server.rest("POST", "/v1/arms?tenant=brief&muted=true", {"reason": "those that everybody knows of"})
        self.assertEqual((status, job["total"]), (202, 2), job)
        wait_until(lambda: self.server.rest("GET", f"/v1/arms/{job['id']}")[1]["state"] == "done", "the arming")
        wait_until(lambda: expired() == [2], "both windows as passed once more, which ends a mute")
        self.assertEqual(self.server.rest("GET", "/v1/fleet?tenant=brief")[1]["by_state"]["expired"], 2, "figures stay")

    def test_R_F3_the_reason_of_arming_and_rotating_is_in_the_trail(self):
        phone = self.pki.of("yealink")[2]
        self.server.cli("device", "arm", phone.mac, "--reason", "handset replaced", check=0)
        self.assertEqual(self.last("device.armed", phone)["detail"], "handset replaced")
        self.assertEqual(self.fetch(phone).status, 200)
        self.server.await_state(phone, "provisioned")
        self.server.cli("device", "rotate", phone.mac, "--reason", "ticket 4713", check=0)
        self.assertIn("ticket 4713", self.last("device.rotated", phone)["detail"])
        done = self.server.cli("device", "arm", phone.mac, "--reason", "x" * 300)
        self.assertNotEqual(done.returncode, 0)


if __name__ == "__main__":
    unittest.main()
