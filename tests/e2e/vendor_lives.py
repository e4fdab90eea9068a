"""What the lives of simulated phones of every vendor have in common, with a factory certificate and without."""

import re
import unittest

from provost_fixture import SOURCE, Server

REALM = "sip.acme.example"


def phone_files(certificate):
    """Ids of the vendors whose simulated phones show a certificate, or show none."""
    ids = []
    for file in sorted((SOURCE / "sim/phones").glob("*.yaml")):
        if bool(re.search(r"(?m)^certificate: none\b", file.read_text())) != certificate:
            ids.append(file.stem)
    return ids


class Lives(unittest.TestCase):
    """Two phones of each vendor from the box to the grave, all vendors at once, step by step."""

    vendors = ()

    @classmethod
    def open(cls, pki, policy, doors=""):
        """A server with these phones, none of them armed; `doors` is added to its configuration."""
        cls.pki = pki
        cls.server = Server(pki)
        cls.server.config.write_text(cls.server.config.read_text() + doors)
        cls.addClassCleanup(cls.server.stop)
        cls.server.start().fill(*policy, arm=False)
        cls.mode = {vendor: cls.server.json("vendor", "show", vendor)["secret_mode"] for vendor in cls.vendors}

    def boot(self, *arguments, **more):
        """Every phone boots once: vendor -> what became of its phones, each with its digest at the registrar."""
        _, report, self.said = self.server.simulate("--realm", REALM, *arguments, **more)
        digests = {}
        for entry in self.server.outbox():
            if not entry["withdraw"] and entry["state"] != "void":
                digests[entry["device"]] = entry
        self.assertEqual(len(report["phones"]), len(self.pki.phones))
        outcome = {vendor: [] for vendor in self.vendors}
        for phone in report["phones"]:
            outcome[phone["vendor"]].append(dict(phone, registrar=digests.get(phone["mac"])))
        return outcome

    def each(self, step, outcome, check):
        """`check` is given a phone and whether it gets a fresh password at each call. Gives the digests."""
        for vendor, phones in outcome.items():
            for phone in phones:
                with self.subTest(step, vendor=vendor, mac=phone["mac"], mode=self.mode[vendor]):
                    check(phone, self.mode[vendor] == "rotate")
        return self.digests(outcome)

    def digests(self, outcome):
        """MAC -> the digest that the registrar holds, or None."""
        return {phone["mac"]: phone["registrar"] and phone["registrar"]["ha1_md5"]
                for phones in outcome.values() for phone in phones}

    def registers(self, phone):
        """One account, and the registrar holds its digest."""
        self.assertEqual(phone["oddities"], [])
        self.has_account(phone)

    def has_account(self, phone):
        (account,) = phone["accounts"]
        self.assertTrue(account["ha1_md5"])
        self.assertEqual(account["ha1_md5"], phone["registrar"]["ha1_md5"])
        if account["ha1_sha256"]:
            self.assertEqual(account["ha1_sha256"], phone["registrar"]["ha1_sha256"])

    def arm(self):
        for phone in self.pki.phones:
            self.server.arm(phone)

    def settled(self):
        for phone in self.pki.phones:
            self.server.await_state(phone, "provisioned")
