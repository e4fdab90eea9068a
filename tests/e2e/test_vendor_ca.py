"""The vendors' real CAs are taken by their pins alone (R-A1, R-A4). They are not kept here: PROVOST_VENDOR_CA names
their folder, without it the tests are skipped."""

import os
import pathlib
import unittest

from provost_fixture import SOURCE, Pki, Server, openssl

FOLDER = pathlib.Path(os.environ.get("PROVOST_VENDOR_CA", SOURCE.parent / "shared/vendors/ca"))


@unittest.skipUnless(FOLDER.is_dir(), "no vendor CA certificates here; set PROVOST_VENDOR_CA to their folder")
class RealCas(unittest.TestCase):
    def setUp(self):
        self.server = Server(Pki.shared()).start()
        self.addCleanup(self.server.stop)

    def test_R_A1_R_A4_each_is_taken_for_its_vendor_by_its_pin(self):
        taken = {}
        for file in sorted(FOLDER.glob("*.pem")):
            done = self.server.cli("-o", "csv", "vendor", "trust", "import", file)
            outcome = dict(zip(*(line.split(",") for line in done.stdout.splitlines()[:2])), code=done.returncode)
            taken[file.name] = (outcome.get("outcome"), outcome.get("vendor"))
            if outcome.get("outcome") == "imported":
                self.assertTrue(file.name.startswith(outcome["vendor"].split("-")[0]), file.name)
                print_of = openssl("x509", "-in", file, "-noout", "-fingerprint", "-sha256").stdout
                self.assertEqual(outcome["fingerprint"].replace(":", "").lower(),
                                 print_of.split("=")[1].strip().replace(":", "").lower())
        imported = [name for name, (outcome, _) in taken.items() if outcome == "imported"]
        self.assertGreaterEqual(len(imported), 8, taken)
        listed = [row for row in self.server.lines("vendor", "trust", "list") if row["kind"] == "anchor"]
        self.assertEqual(len(listed), len(imported), "what was taken is in force")

    def test_R_A11_one_that_no_file_pins_is_refused_and_nothing_changes(self):
        done = self.server.cli("vendor", "trust", "import", self.server.pki.folder / "snom/root.pem")
        self.assertEqual(done.returncode, 4, done.stdout + done.stderr)
        self.assertEqual(self.server.lines("vendor", "trust", "list"), [])


if __name__ == "__main__":
    unittest.main()
