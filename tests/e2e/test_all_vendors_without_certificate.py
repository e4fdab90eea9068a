"""Phones of every vendor that show no certificate, through the running server, over their whole life (R-A7).

Each comes in by an address that is good once. Where it can, it comes again by the password that its first file brought;
where it can't, it goes on with what it has. Each step asks whether the phone would still register, and with what the
registrar holds.
"""

import csv
import shutil
import socket
import unittest

from provost_fixture import Pki, run, temporary_folder
from vendor_lives import REALM, Lives, phone_files

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
# Vendors whose files bring no account, and why.
NO_ACCOUNT = {"baresip": "its accounts are in a second file, which is not written yet"}


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as one:
        return one.getsockname()[1]


class WithoutCertificate(Lives):
    vendors = phone_files(certificate=False)

    @classmethod
    def setUpClass(cls):
        pki = Pki(2 * len(cls.vendors), cls.vendors)
        cls.port = free_port()
        cls.open(pki, POLICY, DOOR.format(port=cls.port, pki=pki.folder))
        cls.access = {row["mac"]: row["access"] for row in pki.rows}

    def give_tokens(self):
        self.addresses = self.server.folder / "addresses.csv"
        with open(self.addresses, "w", newline="") as file:
            rows = csv.writer(file)
            rows.writerow(["mac", "url"])
            for phone in self.pki.phones:
                rows.writerow([phone.mac, self.server.cli("device", "token", phone.mac, check=0).stdout.strip()])

    def test_x(self):
        print(self.access, self.mode)
        def p(outcome):
            for v, ps in outcome.items():
                x=ps[0]
                print(v, x["status"], x["with_secret"], len(x["accounts"]), x["oddities"], (x["registrar"] or {}).get("ha1_md5") == (x["accounts"] or [{}])[0].get("ha1_md5"))
        self.arm(); self.give_tokens()
        for step in ([],[],[],["--factory-reset"]):
            print("------")
            p(self.boot("--addresses", self.addresses, *step, door=self.port))


if __name__ == "__main__":
    unittest.main()
