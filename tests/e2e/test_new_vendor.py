"""A vendor is added by docs/how-to/add-a-vendor.md alone: its commands are run and its changes made, in order."""

import json
import os
import re
import shutil
import subprocess
import unittest

from provost_fixture import PROGRAM, SOURCE, environment, temporary_folder

PAGE = SOURCE / "docs/how-to/add-a-vendor.md"
PATIENCE = 300


def blocks_of(page):
    """Kind and text of each fenced block."""
    return re.findall(r"^```(\w+)\n(.*?)^```$", page.read_text(), re.M | re.S)


def sections(text):
    """Top-level blocks of a YAML file, by key; comments between them go with the one before."""
    found, name = {}, ""
    for line in text.splitlines():
        if begun := re.match(r"([a-z_]+):", line):
            name = begun.group(1)
        found.setdefault(name, []).append(line)
    return found


def entries(lines):
    """Entries of a block below its first line, by key."""
    found, name = {}, ""
    for line in lines[1:]:
        if begun := re.match(r"  ([a-z_.0-9]+):", line):
            name = begun.group(1)
        if name:
            found.setdefault(name, []).append(line)
    return found


def apply(block, root):
    """Changes a file as the page says that its blocks do."""
    head, _, text = block.partition("\n")
    file = root / head.removeprefix("# ")
    old, new = sections(file.read_text()), sections(text)
    settled = {}
    for name, lines in new.items():
        if name in ("settings", "unsupported"):
            settled[name] = entries(lines)
        elif name:
            if name not in old:
                raise AssertionError(f"{file.name} has no block '{name}'")
            old[name] = [line for line in lines if line] + [""]
    for name, given in settled.items():
        merged = {**entries(old[name]), **given}
        if name == "unsupported":
            merged = {key: value for key, value in merged.items() if key not in settled.get("settings", {})}
        old[name] = [f"{name}:"] + [line for lines in merged.values() for line in lines]
    file.write_text("\n".join(line for lines in old.values() for line in lines) + "\n")


class ANewVendor(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.root = temporary_folder("vendor") / "repository"
        for part in ("vendors", "policy", "sim/phones", "docs/reference", "tools"):
            shutil.copytree(SOURCE / part, cls.root / part, ignore=shutil.ignore_patterns("__pycache__"))
        cls.tools = temporary_folder("path")
        (cls.tools / "provost").symlink_to(PROGRAM)
        cls.said = []

    def run_script(self, script):
        # Variables and the server live on from one block to the next: the page is one terminal.
        env = environment()
        env["PATH"] = f"{self.tools}:{env['PATH']}"
        done = subprocess.run(["bash", "-euo", "pipefail", "-c", script], cwd=self.root, env=env, timeout=PATIENCE,
                              capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 0, done.stdout[-4000:] + done.stderr[-4000:])
        return done.stdout, done.stderr

    def test_R_A9_R_G4_the_page_alone_leads_to_first_delivery_and_resync(self):
        blocks = blocks_of(PAGE)
        self.assertGreaterEqual(len(blocks), 10)
        serving = next(n for n, (_, text) in enumerate(blocks) if "provost serve" in text)
        for kind, text in blocks[:serving]:
            with self.subTest(text.splitlines()[0]):
                if kind == "sh":
                    self.run_script(text)
                else:
                    apply(text, self.root)
        self.assertTrue(all(kind == "sh" for kind, _ in blocks[serving:]))
        # One shell for what the server lives through; it is ended even where a command fails.
        told, warned = self.run_script("trap 'kill ${server:-} 2>/dev/null || true' EXIT\n" +
                                       "".join(text for _, text in blocks[serving:]))
        self.assertIn("warning: 3 new devices of nimbus: ", warned)
        self.assertIn("not known: 2 (the key can't be extracted from the phone)", warned)
        first, second = (json.loads((self.root / f"try/{name}.json").read_text()) for name in ("first", "second"))
        for report, secret in ((first, True), (second, False)):
            self.assertEqual(len(report["phones"]), 3, told)
            for phone in report["phones"]:
                self.assertEqual((phone["status"], phone["with_secret"], phone["oddities"]), (200, secret, []))
        for before, after in zip(first["phones"], second["phones"]):
            self.assertEqual(before["accounts"], after["accounts"], "the phone keeps its account and its password")
            self.assertEqual(len(before["accounts"]), 1)
        preview = (self.root / "try/preview.cfg").read_text()
        for line in ("#nimbus 1", "line.1.server = sip.acme.example", "line.1.transport = 2", "line.1.srtp = 1", "web.enable = 0",
                     "provision.verify = 1"):
            self.assertIn(line + "\n", preview)

    def test_the_skeleton_is_good_as_it_is_and_writes_over_nothing(self):
        command = next(text for kind, text in blocks_of(PAGE) if "tools/new-vendor" in text)
        command = command.replace("nimbus", "stratus")
        for syntax in ("key-value", "xml-elements", "xml-attributes", "flat-profile", "xml-tree", "name-addr"):
            made = command.replace("stratus", f"stratus-{syntax}").replace("--syntax key-value", f"--syntax {syntax}")
            self.run_script(made + f"provost vendor check vendors/stratus-{syntax}.yaml\n")
            shown = json.loads(self.run_script(f"provost -o json vendor show --file vendors/stratus-{syntax}.yaml")[0])
            self.assertEqual(shown["grade"], "unproven")
            self.assertEqual({line["answer"] for line in shown["scorecard"]["requirements"] if line["number"] != 5}, {"unknown"})
            self.assertEqual(shown["hardening"]["enforced"], 0)
            again = subprocess.run(["bash", "-c", made], cwd=self.root, env=environment(), capture_output=True, text=True,
                                   check=False, timeout=PATIENCE)
            self.assertNotEqual(again.returncode, 0)
            self.assertIn("is there already", again.stderr)
            (self.root / f"vendors/stratus-{syntax}.yaml").unlink()
            (self.root / f"sim/phones/stratus-{syntax}.yaml").unlink()

    def test_wrong_facts_are_refused(self):
        for words, why in ((["--mac", "00:00"], "no MAC address"), (["--path", "/phone.cfg"], "does not hold the MAC")):
            given = {"--name": "Cirrus", "--mac": "00005e005301", "--model": "C1", "--firmware": "1", "--agent": "Cirrus C1",
                     "--path": "/00005e005301.cfg", words[0]: words[1]}
            done = subprocess.run([self.root / "tools/new-vendor", "cirrus", *(x for pair in given.items() for x in pair)],
                                  capture_output=True, text=True, check=False, timeout=60, env=dict(os.environ))
            self.assertNotEqual(done.returncode, 0)
            self.assertIn(why, done.stderr)
            self.assertFalse((self.root / "vendors/cirrus.yaml").exists())


if __name__ == "__main__":
    unittest.main()
