"""What the program is made of: its own word, and the bill of materials made at the build."""

import json
import pathlib
import re
import shutil
import subprocess
import sys
import unittest

from provost_fixture import PROGRAM, SOURCE, run, temporary_folder


class Version(unittest.TestCase):
    def test_R_C8_all_names_the_libraries_as_they_run(self):
        rows = {row["name"]: row["version"] for row in json.loads(run("-o", "json", "version", "--all", check=0).stdout)}
        self.assertEqual(rows["provost"], run("--version", check=0).stdout.split()[-1])
        self.assertEqual(run("version", check=0).stdout, f"provost {rows['provost']}\n")
        for name, version in rows.items():
            self.assertRegex(version, r"^\d+\.\d+(\.\d+)?", name)
        self.assertLessEqual({"openssl", "libsodium", "sqlite3", "boost1.81", "curl", "libfyaml", "pugixml", "zlib"},
                             set(rows))


@unittest.skipUnless(shutil.which("dpkg-query"), "no Debian records here")
class BillOfMaterials(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.files = [temporary_folder("sbom") / "a.json" for _ in range(2)]
        for file in cls.files:
            subprocess.run([sys.executable, "-B", SOURCE / "tools/sbom", "--program", PROGRAM, "--version", "0.1.0",
                            "--build-packages", SOURCE / "packaging/packages-build.txt", "--out", file], check=True,
                           timeout=300)
        cls.bom = json.loads(cls.files[0].read_text())
        cls.parts = {one["name"]: one for one in cls.bom["components"]}

    def test_R_C8_the_same_inputs_give_the_same_file(self):
        self.assertEqual(self.files[0].read_bytes(), self.files[1].read_bytes())

    def test_R_C8_it_is_cyclonedx(self):
        self.assertEqual((self.bom["bomFormat"], self.bom["specVersion"], self.bom["version"]), ("CycloneDX", "1.5", 1))
        self.assertRegex(self.bom["serialNumber"], r"^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$")
        refs = [one["bom-ref"] for one in self.bom["components"]]
        self.assertEqual(len(refs), len(set(refs)))
        self.assertLessEqual(set(self.bom["dependencies"][0]["dependsOn"]), set(refs))
        for one in self.bom["components"]:
            self.assertIn(one["type"], ("library", "file"))
            self.assertIn(one["scope"], ("required", "excluded"))
            if one["type"] == "library":
                self.assertRegex(one["purl"], r"^pkg:deb/debian/[a-z0-9.+-]+@\S+\?arch=(amd64|arm64|all)$")

    def test_R_C8_every_library_that_the_program_loads_is_in_it(self):
        text = self.files[0].read_text()
        loaded = subprocess.run(["ldd", PROGRAM], capture_output=True, text=True, check=True).stdout
        for file in re.findall(r"=> (/\S+)", loaded):
            self.assertIn(pathlib.Path(file).resolve().name, text)

    def test_R_C8_it_agrees_with_what_the_program_says(self):
        rows = {row["name"]: row["version"] for row in json.loads(run("-o", "json", "version", "--all", check=0).stdout)}
        for package, library in (("libssl3", "openssl"), ("libsqlite3-0", "sqlite3"), ("libsodium23", "libsodium"),
                                 ("libpq5", "postgresql-15"), ("libmariadb3", "mariadb")):
            self.assertIn(rows[library], self.parts[package]["version"])
            self.assertEqual(self.parts[package]["scope"], "required")


if __name__ == "__main__":
    unittest.main()
