"""A window is by the clock of each phone's own site, and `--site` tells that site's phones alone (R-F3)."""

import datetime
import re
import unittest
import zoneinfo

from provost_fixture import wait_until
from sip_programs import SIPP, phone_scenario
from test_resync import ResyncStory

ZONES = {"Tokyo": "Asia/Tokyo", "Lima": "America/Lima"}  # fourteen hours apart, and no summer time
EVENT = "check-sync;reboot=false"


def window_around_now(zone):
    now, hour = datetime.datetime.now(zoneinfo.ZoneInfo(zone)), datetime.timedelta(hours=1)
    return f"{now - hour:%H:%M}-{now + hour:%H:%M}"


@unittest.skipUnless(SIPP, "SIPp is not installed")
class Sites(ResyncStory):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.of_site = {"Tokyo": cls.pki.of("snom")[:2], "Lima": cls.pki.of("snom")[2:4]}
        for site, zone in ZONES.items():
            for phone in cls.of_site[site]:
                cls.server.cli("device", "set", phone.mac, "--site", site, check=0)
            cls.server.cli("tenant", "set", "acme", "--site", site, "--set", f"time.zone={zone}", check=0)

    def stage(self, *options):
        return self.server.json("tenant", "resync", "acme", "--jitter", "0s", "--rate", "20/s", *options)

    def users(self, site):
        return {phone.user for phone in self.of_site[site]}

    def told(self, phones):
        return set(re.findall(r"^NOTIFY sip:([^@ ]+)@\S+ SIP/2.0", phones.messages(), re.M))

    def progress(self, job):
        shown = self.server.json("resync", "show", job["id"])
        return shown["told"], shown["state"]

    def test_R_F3_one_site_s_window_is_open_while_the_other_s_is_shut(self):
        for site in ZONES:
            with self.subTest(site):
                phones = self.phones(phone_scenario(EVENT), calls=4)
                job = self.stage("--vendor", "snom", "--model", self.of_site["Tokyo"][0].model, "--window",
                                 window_around_now(ZONES[site]))
                wait_until(lambda: self.progress(job)[0] == 2, lambda: f"the phones of {site}, it is {self.progress(job)}")
                wait_until(lambda: self.told(phones) == self.users(site), "their messages")
                self.assertEqual(self.progress(job), (2, "running"), "the others wait for their night")
                self.server.json("resync", "cancel", job["id"])
                phones.stop()
                self.assertEqual(self.told(phones), self.users(site))

    def test_R_F3_a_site_alone(self):
        phones = self.phones(phone_scenario(EVENT), calls=2)
        job = self.stage("--site", "Lima")
        self.assertEqual(job["phones"], 2)
        wait_until(lambda: self.progress(job) == (2, "done"), "the end")
        self.assertEqual(phones.wait(), 0, phones.trace())
        self.assertEqual(self.told(phones), self.users("Lima"))

    def test_R_F3_a_site_and_its_window(self):
        job = self.stage("--site", "Tokyo", "--window", window_around_now(ZONES["Lima"]))
        self.assertEqual((job["phones"], self.progress(job)), (2, (0, "running")))
        self.server.json("resync", "cancel", job["id"])


if __name__ == "__main__":
    unittest.main()
