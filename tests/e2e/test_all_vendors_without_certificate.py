"""Phones of every vendor that show no certificate, through the running server, over their whole life (R-A7).

Each comes in by an address that is good once. Where it can, it comes again by the password that its first file brought;
where it can't, it goes on with what it has. Each step asks whether the phone would still register, and with what the
registrar holds.
"""

import csv
import shutil
import unittest

from ports import free_port
from provost_fixture import Pki, temporary_folder
from vendor_lives import Lives, phone_files

POLICY = ["fallback=digest,basic,token", "fallback_networks=127.0.0.0/24", "minimum_rating=2", "grace=0s"]
DOOR = """doors:
  - name: fallback
    address: 127.0.0.1
    port: {port}
    url: https://localhost:{port}/
    access: [digest, basic, token]
    identities:
      - {{certificate: "{pki}/server-rsa.pem", key: "{pki}/server-rsa.key"}}
"""


class WithoutCertificate(Lives):
    vendors = phone_files(certificate=False)

    @classmethod
    def setUpClass(cls):
        pki = Pki(2 * len(cls.vendors), cls.vendors)
        cls.port = free_port()
        cls.open(pki, POLICY, DOOR.format(port=cls.port, pki=pki.folder))
        cls.access = {row["mac"]: row["access"] for row in pki.rows}
        cls.addresses = cls.server.folder / "addresses.csv"
        cls.somebody = temporary_folder("somebody") / "pki"  # who has the same links, and no phone's memory
        shutil.copytree(pki.folder, cls.somebody)

    def boot(self, *arguments, given=True, **more):
        """Every phone boots once, from the address that it was given; or from the door's own."""
        own = ["--addresses", self.addresses] if given else []
        return super().boot(*own, *arguments, door=self.port, **more)

    def settled(self):
        for phone in self.pki.phones:
            self.server.await_state(phone, "provisioned")

    def comes_again(self, phone):
        """By a password of its own, which its first file brought."""
        return self.access[phone["mac"]] != "token"

    def give_addresses(self):
        with open(self.addresses, "w", newline="") as file:
            rows = csv.writer(file)
            rows.writerow(["mac", "url"])
            for phone in self.pki.phones:
                rows.writerow([phone.mac, self.server.cli("device", "token", phone.mac, check=0).stdout.strip()])

    def no_address_is_made(self):
        for phone in self.pki.phones:
            with self.subTest("no address is made", vendor=phone.vendor, mac=phone.mac):
                refused = self.server.cli("device", "token", phone.mac, check=1)
                self.assertEqual(refused.stdout, "")
                self.assertIn("P-3002", refused.stderr)

    def gets_nothing(self, phone, status):
        """A phone that waits for a file of all phones does not even ask for its own: its status is 0."""
        self.assertIn(phone["status"], (0, status))
        self.assertEqual((phone["with_secret"], phone["accounts"]), (False, []))

    def nobody_gets_anything(self, step, *arguments, status=404, **more):
        """Gives what the registrar holds."""
        def check(phone, _):
            self.gets_nothing(phone, status)

        return self.each(step, self.boot(*arguments, **more), check)

    def rules_of(self, phone):
        """The rules by which this phone's visits were decided, newest last."""
        return [event["rule"] for event in self.server.visits(device=phone.mac)]

    # --- the steps

    def test_R_A7_R_B1_R_B4_R_G4_from_an_address_that_is_good_once_over_resync_and_reset_to_another_password(self):
        self.never_armed()
        first = self.first_contact()
        self.address_is_dead(first)
        second = self.resync(first)
        self.factory_reset(second)
        self.armed_again(second)

    def test_every_way_in_takes_part(self):
        self.assertEqual(set(self.access.values()), {"digest", "basic", "token"})

    def never_armed(self):
        self.no_address_is_made()
        digests = self.nobody_gets_anything("not armed", given=False, status=401)
        self.assertEqual(set(digests.values()), {None})

    def first_contact(self):
        def check(phone, _):
            self.assertEqual((phone["status"], phone["with_secret"]), (200, True))
            self.registers(phone)

        self.arm()
        self.give_addresses()
        outcome = self.boot()
        digests = self.each("first contact", outcome, check)
        self.settled()
        return digests

    def address_is_dead(self, before):
        """For everybody, and for those who have the link and boot a phone of the very same kind."""
        self.assertEqual(self.nobody_gets_anything("somebody with the same link", pki=self.somebody), before)
        for phone in self.pki.phones:
            with self.subTest("the address is dead", vendor=phone.vendor, mac=phone.mac):
                self.assertEqual(self.rules_of(phone)[-1], "token-spent")
                self.assertIn("token_spent", self.server.device(phone))

    def resync(self, before):
        """By its password the phone gets no secret again; where it needs one each time, it is a fresh one. A phone that has
        no password of its own stays outside, and keeps what it has."""
        def check(phone, rotates):
            fresh = rotates and self.comes_again(phone)
            self.assertEqual(phone["with_secret"], fresh)
            self.assertEqual(phone["status"] == 200, self.comes_again(phone))
            self.registers(phone) if self.comes_again(phone) else self.has_account(phone)
            self.assertEqual(phone["registrar"]["ha1_md5"] != before[phone["mac"]], fresh)

        digests = self.each("resync", self.boot(), check)
        self.settled()
        return digests

    def factory_reset(self, before):
        """It lost its password, and its address is spent: only a person can help. Also with a vendor whose phones get a fresh
        secret each time, as there is no certificate that would speak for this one."""
        self.assertEqual(self.nobody_gets_anything("factory reset", "--factory-reset"), before)
        at_the_door = self.nobody_gets_anything("without an address", "--factory-reset", given=False, status=401)
        self.assertEqual(at_the_door, before)
        self.no_address_is_made()

    def armed_again(self, before):
        def check(phone, _):
            self.assertEqual((phone["status"], phone["with_secret"]), (200, True))
            self.registers(phone)
            self.assertNotEqual(phone["registrar"]["ha1_md5"], before[phone["mac"]])

        self.arm()
        self.nobody_gets_anything("the old address, armed again", "--factory-reset")
        self.give_addresses()
        third = self.each("armed again", self.boot("--factory-reset"), check)
        self.settled()
        self.resync(third)


if __name__ == "__main__":
    unittest.main()
