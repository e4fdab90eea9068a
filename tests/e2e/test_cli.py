"""The command line and the REST interface keep what they promise."""

import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
import unittest

from provost_fixture import PROGRAM, SOURCE, Story, environment, run, temporary_folder, wait_until

OPENAPI = SOURCE / "docs/reference/openapi.json"


class WithoutServer(unittest.TestCase):
    def test_exit_2_for_wrong_use_with_the_nearest_command(self):
        for words, near in ((["devcie", "list"], "device"), (["device", "lst"], "list"), (["server", "closeepoch"], "close-epoch"),
                            (["vendor", "trust", "imprt"], "import")):
            with self.subTest(words):
                done = run(*words, check=2)
                self.assertIn(f"Did you mean '{near}'?", done.stderr)
                self.assertEqual(done.stdout, "")
        for words in ([], ["device"], ["device", "show"], ["-o", "yaml", "device", "list"], ["device", "list", "--nope"],
                      ["serve"], ["tenant", "set", "acme", "--set", "novalue"]):
            with self.subTest(words):
                run(*words, check=2)

    def test_exit_5_where_no_server_is(self):
        done = run("--socket", "/nonexistent/control.sock", "device", "list", check=5)
        self.assertIn("P-7011", done.stderr)
        self.assertRegex(done.stderr, r"fix: \S")

    def test_help_and_version(self):
        self.assertRegex(run("--version", check=0).stdout, r"provost \d+\.\d+\.\d+")
        for words in ([], ["device"], ["device", "arm"], ["simulate", "run"], ["vendor", "trust"]):
            self.assertIn("Usage", run(*words, "--help", check=0).stdout)

    def test_completion_is_a_script_that_the_shell_reads(self):
        script = run("completion", "bash", check=0).stdout
        subprocess.run(["bash", "-n"], input=script, text=True, check=True)
        completed = subprocess.run(
            ["bash", "-c", script + '\nCOMP_WORDS=(provost device ap); COMP_CWORD=2; _provost; echo "${COMPREPLY[@]}"'],
            capture_output=True, text=True, check=True)
        self.assertEqual(completed.stdout.split(), ["approve-key"])
        for shell in ("zsh", "fish"):
            script = run("completion", shell, check=0).stdout
            self.assertIn("provost", script)
            if shutil.which(shell):
                subprocess.run([shell, "-n"], input=script, text=True, check=True)
        run("completion", "tcsh", check=2)

    def test_vendor_check_needs_no_server(self):
        for file in (SOURCE / "vendors").glob("*.yaml"):
            self.assertIn("good", run("vendor", "check", file, check=0).stdout)
        run("vendor", "check", "/nonexistent.yaml", check=1)

    def test_init_never_writes_over(self):
        folder = temporary_folder("init")
        run("server", "init", folder / "srv", "--share", SOURCE, check=0)
        before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        self.assertIn("P-1106", run("server", "init", folder / "srv", "--share", SOURCE, check=1).stderr)
        (folder / "srv/provost.yaml").unlink()
        self.assertIn("P-5003", run("server", "init", folder / "srv", "--share", SOURCE, check=1).stderr)
        self.assertEqual({path: path.read_bytes() for path in before}, before)


class Commands(Story):
    def test_exit_1_says_what_where_why_and_how_to_mend(self):
        done = self.server.cli("device", "show", "00156500ffff")
        self.assertEqual((done.returncode, done.stdout), (1, ""))
        self.assertRegex(done.stderr, r"there is no device 00156500ffff \[P-2027\]")
        done = self.server.cli("device", "add", "001565000abc", "--tenant", "acme", "--model", "T54", "--set", "line.1.user=1")
        self.assertEqual(done.returncode, 1)
        self.assertIn("P-2024", done.stderr)
        self.assertRegex(done.stderr, r"fix: .*T54W")
        done = self.server.cli("device", "set", self.pki.phones[0].mac, "--set", "line.1.usr=1")
        self.assertIn("P-2001", done.stderr)
        self.assertIn("Did you mean 'line.user'?", done.stderr)

    def test_each_form_of_output_holds_the_same(self):
        macs = sorted(phone.mac for phone in self.pki.phones)
        listed = {form: self.server.cli("-o", form, "device", "list", "--tenant", "acme", check=0) for form in ("table", "json", "ndjson", "csv")}
        self.assertEqual(sorted(d["mac"] for d in json.loads(listed["json"].stdout)), macs)
        self.assertEqual(sorted(json.loads(line)["mac"] for line in listed["ndjson"].stdout.splitlines()), macs)
        self.assertEqual(sorted(row["mac"] for row in csv.DictReader(io.StringIO(listed["csv"].stdout))), macs)
        self.assertEqual(sorted(line.split()[0] for line in listed["table"].stdout.splitlines()[1:]), macs)
        self.assertNotIn("\x1b", listed["table"].stdout)
        self.assertEqual(listed["json"].stderr, "")

    def test_every_listing_speaks_json(self):
        mac = self.pki.phones[0].mac
        for words in (["tenant", "list"], ["tenant", "show", "acme"], ["device", "show", mac], ["device", "explain", mac],
                      ["device", "preview", mac], ["device", "deliveries", mac], ["vendor", "list"], ["vendor", "show", "snom"],
                      ["vendor", "trust", "list"], ["outbox", "list"], ["registrar", "list"], ["server", "status"]):
            with self.subTest(words):
                self.assertTrue(self.server.json(*words) is not None)
        for event in self.server.lines("event", "list"):
            self.assertIn("kind", event)

    def test_R_A9_every_vendor_answers_what_the_paper_asks_and_says_how_phones_prove_themselves(self):
        vendors = [row["id"] for row in self.server.json("vendor", "list")]
        self.assertGreaterEqual(len(vendors), 25)
        for vendor in vendors:
            with self.subTest(vendor):
                shown = self.server.json("vendor", "show", vendor)
                answers = {line["number"]: line["answer"] for line in shown["scorecard"]["requirements"]}
                self.assertEqual(sorted(answers), [1, 2, 3, 4, 5, 6, 7])
                self.assertEqual(answers[5], "yes", "that the MAC is checked is the server's own")
                self.assertLessEqual(set(answers.values()), {"yes", "partly", "no", "unknown"})
                counts = shown["hardening"]
                self.assertEqual(counts["enforced"] + counts["partly"] + counts["cannot"] + counts["open"],
                                 len(counts["list"]))
                self.assertIn(shown["access"]["certificate"], ("all", "some", "none", "unknown"))
                self.assertTrue(shown["setup"]["url"] and shown["setup"]["manual"] and shown["setup"]["factory_reset"])
        card = self.server.cli("vendor", "show", "snom", check=0).stdout
        self.assertRegex(card, r"(?m)^  2  unknown  the key can't be extracted from the phone$")
        self.assertRegex(card, r"(?m)^Hardening: \d+ of \d+ rules enforced")
        self.assertEqual(run("vendor", "show", "--file", SOURCE / "vendors/snom.yaml", check=0).stdout, card)
        rows = {row["id"]: row for row in self.server.json("vendor", "list")}
        self.assertEqual((rows["snom"]["grade"], rows["microsip"]["grade"]), ("unproven", "fails"))

    def test_R_A9_who_adds_a_phone_of_a_vendor_that_fails_the_paper_is_warned_and_not_refused(self):
        done = self.server.cli("-o", "json", "device", "add", "02aabbcc0001", "--tenant", "acme", "--vendor", "microsip",
                               "--set", "line.1.user=u1", check=0)
        self.assertIn("not met: 1 (", done.stderr)
        self.assertEqual(len(json.loads(done.stdout)["warnings"]), 1)
        self.assertNotIn("warnings", self.server.json("device", "show", "02aabbcc0001"))
        table = self.server.folder / "list.csv"
        table.write_text("mac,tenant,vendor,line.1.user\n" + "".join(
            f"02aabbcc01{n:02x},acme,{vendor},u{n}\n" for n, vendor in enumerate(["microsip"] * 3 + ["zoiper"])))
        done = self.server.cli("device", "import", table, check=0)
        self.assertEqual(done.stderr.count("warning: "), 2, "once for each vendor")
        self.assertIn("warning: 3 new devices of microsip: ", done.stderr)
        self.assertIn("warning: 1 new device of zoiper: ", done.stderr)
        for mac in ("02aabbcc0001", *(f"02aabbcc01{n:02x}" for n in range(4))):
            self.server.cli("device", "remove", mac, check=0)

    def test_a_device_by_any_spelling_and_by_part(self):
        mac = self.pki.of("yealink")[0].mac
        spelled = ":".join(mac[i:i + 2] for i in range(0, 12, 2)).upper()
        self.assertEqual(self.server.json("device", "show", spelled)["mac"], mac)
        self.assertEqual([d["mac"] for d in self.server.json("device", "list", "--mac", mac[6:], "--vendor", "yealink")], [mac])

    def test_events_are_followed_as_they_happen(self):
        phone = self.pki.of("yealink")[1]
        process = subprocess.Popen([PROGRAM, "--socket", str(self.server.socket), "-o", "ndjson", "event", "tail", "--device", phone.mac,
                                    "--kind", "visit", "--last", "1"], stdout=subprocess.PIPE, text=True, env=environment())
        try:
            self.fetch(phone, path="/followed")
            os.set_blocking(process.stdout.fileno(), False)
            line = wait_until(process.stdout.readline, "the event in the tail")
            self.assertEqual(json.loads(line)["path"], "/followed")
        finally:
            process.kill()
            process.wait()
            process.stdout.close()

    def test_tenants_inherit_and_leave_when_empty(self):
        self.server.cli("tenant", "add", "child", "--parent", "acme", "--policy", "window=3d", check=0)
        shown = self.server.json("tenant", "show", "child")
        self.assertEqual((shown["parent"], shown["policy"]["window"]), ("acme", "3d"))
        done = self.server.cli("tenant", "remove", "acme")
        self.assertEqual(done.returncode, 1)
        self.assertIn("P-6003", done.stderr)
        self.server.cli("tenant", "remove", "child", check=0)


class Rest(Story):
    def document(self):
        status, document = self.server.rest("GET", "/v1/openapi.json")
        self.assertEqual(status, 200)
        return document

    def test_openapi_served_is_the_one_in_the_documentation(self):
        self.assertEqual(self.document(), json.loads(OPENAPI.read_text()),
                         "regenerate docs/reference/openapi.json: python3 test_cli.py --write-openapi")

    def test_each_documented_route_answers(self):
        names = {"tenant": "acme", "site": "hq", "vendor": "snom", "model": "D785", "mac": self.pki.phones[0].mac,
                 "import": "none", "job": "none", "id": "999999", "session": "999999", "registrar": "none", "webhook": "none"}
        document = self.document()
        self.assertGreater(len(document["paths"]), 20)
        for path, methods in document["paths"].items():
            real = re.sub(r"\{(\w+)\}", lambda found: names[found.group(1)], path)
            for method in methods:
                if method == "parameters" or (method == "delete" and "{id}" not in path):
                    continue
                if "x-provost-session" in methods[method] or path.endswith("/stream"):
                    continue  # the admin listener answers those alone; a stream has no end: test_api_contract.py
                with self.subTest(path=path, method=method):
                    status, body = self.server.rest(method.upper(), real)
                    self.assertNotEqual(status, 405)
                    self.assertLess(status, 500)
                    self.assertFalse(isinstance(body, dict) and body.get("what") == "there is no such resource", body)

    def test_what_is_not_documented_is_not_there(self):
        for path in ("/", "/v1", "/v1/", "/v1/nothing", "/v1/devices/", "/v1/tenants/acme/nothing", "/../v1/tenants"):
            with self.subTest(path):
                status, body = self.server.rest("GET", path)
                self.assertEqual((status, body["code"]), (404, "P-8005"))
        status, body = self.server.rest("DELETE", "/v1/devices")
        self.assertEqual((status, body["code"]), (405, "P-8006"))

    def test_problems_are_rfc9457(self):
        status, body = self.server.rest("GET", "/v1/devices/zz")
        self.assertEqual(status, body["status"])
        for member in ("type", "title", "detail", "code", "what", "why", "fix"):
            self.assertIn(member, body)

    def test_malformed_bodies_are_refused(self):
        for body, code in (("{", "P-8001"), ("[]", "P-8001"), ('{"nonsense": 1}', "P-8002"), ('{"tenant": 5}', "P-8002"),
                           ("[" * 10000, "P-8001"), (b"\xff\xfe", "P-8001")):
            with self.subTest(body[:20]):
                status, problem = self.server.rest("POST", "/v1/devices", body)
                self.assertEqual((status, problem["code"]), (422, code))

    def test_a_change_on_an_old_reading_is_refused(self):
        path = f"/v1/devices/{self.pki.phones[0].mac}"
        version = self.server.rest("GET", path)[1]["version"]
        change = {"settings": {"line.1.label": "One"}}
        self.assertEqual(self.server.rest("PATCH", path, change, {"If-Match": f'"{version}"'})[0], 200)
        status, problem = self.server.rest("PATCH", path, change, {"If-Match": f'"{version}"'})
        self.assertEqual((status, problem["code"]), (412, "P-2015"))

    def test_the_socket_is_for_its_owner_only(self):
        self.assertEqual(self.server.socket.stat().st_mode & 0o777, 0o600)

    def test_pages_lead_through_all_devices(self):
        seen, after = [], ""
        while True:
            page = self.server.rest("GET", f"/v1/devices?limit=3&after={after}")[1]
            seen += [device["mac"] for device in page["items"]]
            after = page.get("next")
            if not after:
                break
        self.assertEqual(seen, sorted(phone.mac for phone in self.pki.phones))
        for query in ("limit=0", "limit=1001", "limit=x", "after=nonsense", "state=nonsense", "tenant=nobody"):
            self.assertIn(self.server.rest("GET", f"/v1/devices?{query}")[0], (404, 422), query)


def write_openapi():
    Rest.setUpClass()
    try:
        OPENAPI.write_text(json.dumps(Rest().document(), indent=1) + "\n")
    finally:
        Rest.doClassCleanups()


if __name__ == "__main__":
    if "--write-openapi" in sys.argv:
        write_openapi()
    else:
        unittest.main()
