"""Phones of every vendor through the running server, over their whole life (R-A1, R-B1, R-B4, R-B5, R-G4).

A simulated phone does with a file what its vendor's file and its phone file (sim/phones) say the real one does. So each
step asks whether the phone would still register, and with what the registrar holds.
"""

import unittest

from provost_fixture import Pki, Server
from vendor_lives import Lives, phone_files


class WithCertificate(Lives):
    vendors = phone_files(certificate=True)

    @classmethod
    def setUpClass(cls):
        cls.open(Pki(2 * len(cls.vendors), cls.vendors), ["grace=0s"])

    def test_R_A1_R_B1_R_B4_R_G4_from_the_box_over_resync_and_reset_to_another_password(self):
        self.never_armed()
        first = self.first_contact()
        second = self.resync(first)
        self.factory_reset(second)
        self.armed_again(second)

    def never_armed(self):
        def check(phone, _):
            self.assertFalse(phone["with_secret"])
            self.assertEqual((phone["accounts"], phone["registrar"]), ([], None))

        self.each("not armed", self.boot(), check)

    def first_contact(self):
        def check(phone, _):
            self.assertEqual((phone["status"], phone["with_secret"]), (200, True))
            self.registers(phone)

        self.arm()
        digests = self.each("first contact", self.boot(), check)
        self.settled()
        return digests

    def resync(self, before):
        """The secret came once; where the phone needs one each time, it is a fresh one."""
        def check(phone, rotates):
            self.assertEqual((phone["status"], phone["with_secret"]), (200, rotates))
            self.registers(phone)
            self.assertEqual(phone["registrar"]["ha1_md5"] != before[phone["mac"]], rotates)

        digests = self.each("resync", self.boot(), check)
        self.settled()
        return digests

    def factory_reset(self, before):
        """What a reset phone lost it gets from a person only. A phone that gets a fresh password at each call can't be told
        from one that was reset."""
        def check(phone, rotates):
            if rotates:
                self.registers(phone)
                return
            self.assertFalse(phone["with_secret"])
            self.assertEqual((phone["accounts"], phone["registrar"]["ha1_md5"]), ([], before[phone["mac"]]))

        self.each("factory reset", self.boot("--factory-reset"), check)

    def armed_again(self, before):
        def check(phone, _):
            self.assertEqual((phone["status"], phone["with_secret"]), (200, True))
            self.registers(phone)
            self.assertNotEqual(phone["registrar"]["ha1_md5"], before[phone["mac"]])

        self.arm()
        self.each("armed again", self.boot("--factory-reset"), check)
        self.settled()
        self.each("and goes on", self.boot(), lambda phone, _: self.registers(phone))


class Faults(unittest.TestCase):
    """What a phone of any vendor can do wrong, against phones that are armed."""

    def test_R_A2_R_A10_R_C5_every_fault_of_every_vendor_ends_as_it_should(self):
        vendors = phone_files(certificate=True)
        pki = Pki(4 * len(vendors), vendors)
        server = Server(pki)
        self.addCleanup(server.stop)
        server.start().fill()
        code, report, said = server.simulate("--fault", "all")
        shown = {(fault["fault"], fault["vendor"]) for fault in report["faults"]}
        for vendor in vendors:
            self.assertLessEqual({(f, vendor) for f in ("no-certificate", "expired", "clone", "replay", "http10")}, shown)
        for fault in report["faults"]:
            with self.subTest(fault["fault"], vendor=fault["vendor"]):
                self.assertEqual((fault["held"], fault["deviations"]), (fault["phones"], []))
        self.assertEqual(code, 0, said)


if __name__ == "__main__":
    unittest.main()
