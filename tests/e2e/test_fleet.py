"""What lists and pages ask the server: search, filtered and sorted pages, figures, what needs a person, history."""

import csv
import io
import json
import socket
import ssl
import time
import unittest
import warnings

from provost_fixture import PATIENCE, Pki, Server, Story, wait_until


class Fleet(Story):
    policy = ("grace=0s", "minimum_rating=4")

    def get(self, path, **query):
        status, body = self.server.rest("GET", path + ("?" + "&".join(f"{k}={v}" for k, v in query.items()) if query else ""))[:2]
        return status, body

    def ok(self, path, **query):
        status, body = self.get(path, **query)
        self.assertEqual(status, 200, body)
        return body

    def found(self, text, *words):
        return [one["mac"] for one in self.server.json("search", text, *words)["items"]]

    def test_R_F3_a_device_is_found_by_mac_number_name_and_address(self):
        phone = self.pki.of("snom")[0]
        self.server.cli("device", "set", phone.mac, "--set", "line.1.user=u4711", "--set", "line.1.label=Empfang Süd", check=0)
        mac = phone.mac
        for text in (mac, mac.upper(), ":".join(mac[i : i + 2] for i in range(0, 12, 2)), ".".join(mac[i : i + 4] for i in range(0, 12, 4)), mac[-4:], "u4711", "U47", "empfang", "süd emp"):
            self.assertIn(mac, self.found(text), text)
        self.assertEqual(self.found("u4711", "--tenant", "acme"), [mac])
        self.server.cli("tenant", "add", "elsewhere", check=0)
        self.assertEqual(self.found("u4711", "--tenant", "elsewhere"), [])
        self.assertEqual(self.fetch(phone).status, 200)
        self.server.settle()
        wait_until(lambda: mac in self.found("127.0.0.1"), "the address is in the index")
        body = self.server.json("search", "acm")
        self.assertIn("acme", [one["slug"] for one in body["tenants"]])
        said = self.server.cli("search", "nobody-there", check=0)
        self.assertIn("nothing found", said.stderr)

    def test_R_F3_lists_are_filtered_sorted_and_counted(self):
        phones = sorted(phone.mac for phone in self.pki.phones)
        all_of = self.ok("/v1/devices", limit=5)
        self.assertEqual((all_of["total"], [one["mac"] for one in all_of["items"]]), (len(phones), phones[:5]))
        got, after = [], ""
        while True:
            page = self.ok("/v1/devices", limit=3, sort="-vendor", tenant="acme", after=after)
            got += [(one["vendor"], one["mac"]) for one in page["items"]]
            after = page.get("next", "")
            if not after:
                break
        self.assertEqual(got, sorted(got, reverse=True))
        self.assertEqual(len(got), len(phones))
        snoms = self.ok("/v1/devices", vendor="snom")
        self.assertEqual(snoms["total"], len(self.pki.of("snom")))
        unseen = self.ok("/v1/devices", vendor="snom", never_seen="true")
        self.assertEqual(unseen["total"], len([one for one in snoms["items"] if "last_seen" not in one]))
        self.assertEqual(unseen["total"] + self.ok("/v1/devices", vendor="snom", never_seen="false")["total"], snoms["total"])
        self.assertEqual(self.ok("/v1/devices", q=phones[0][-4:])["items"][0]["mac"], phones[0])
        self.assertEqual(self.ok("/v1/devices", state="retired")["total"], 0)
        for query in ({"sort": "settings"}, {"state": "x"}, {"rating": "9"}, {"never_seen": "1"}, {"after": "zz"}):
            status, body = self.get("/v1/devices", **query)
            self.assertEqual((status, body["code"][:2]), (422, "P-"), query)

    def test_the_fleet_in_figures_and_what_needs_a_person(self):
        before = self.ok("/v1/fleet")
        self.assertEqual(before["devices"], len(self.pki.phones))
        self.assertEqual(sum(before["by_state"].values()), before["devices"])
        self.assertEqual(sum(one["count"] for one in before["by_vendor"]), before["devices"])
        self.assertEqual(sum(before["by_rating"].values()), before["devices"])
        phone = self.pki.of("yealink")[0]
        self.server.cli("ban", "add", "192.0.2.9", "--for", "1h", "--reason", "test", check=0)
        self.assertEqual(self.fetch(phone).status, 200)
        self.server.settle()
        after = self.ok("/v1/fleet", tenant="acme")
        self.assertEqual(after["never_seen"], before["never_seen"] - 1)
        self.assertEqual(after["by_rating"]["5"], before["by_rating"]["5"] + 1)
        self.assertTrue(after["by_firmware"])
        whole = self.ok("/v1/fleet")
        self.assertIn("bans", [one["kind"] for one in whole["attention"]])
        for one in whole["attention"]:
            self.assertTrue(one["title"] and one["next_step"] and one["link"].startswith("/"), one)
        self.assertEqual([one["kind"] for one in after["attention"] if one["kind"] == "bans"], [], "a tenant's picture has nothing of the server")

    def test_history_tells_visits_by_the_hour(self):
        phone = self.pki.of("snom")[1]
        self.assertEqual(self.fetch(phone).status, 200)
        self.server.settle()

        def sums():
            series = self.ok("/v1/fleet/history")["series"]
            return sum(series["visits"]), sum(series["delivered"]), [one for one in series["states"].get("provisioned", []) if one]

        wait_until(lambda: sums()[0] >= 1 and sums()[1] >= 1, "the minute's visits are written", seconds=90)
        body = self.ok("/v1/fleet/history", step="day")
        self.assertEqual(len(body["times"]), len(body["series"]["visits"]))
        self.assertEqual(self.get("/v1/fleet/history", **{"from": "2020-01-01T00:00:00Z"})[1]["code"], "P-8004")
        self.assertEqual(self.get("/v1/fleet/history", step="week")[0], 422)


    def test_the_report_is_one_source_in_three_forms(self):
        folder = self.server.folder
        html = self.server.cli("report", "fleet", "--to", str(folder / "fleet.html"), check=0)
        self.assertIn("fleet.html", html.stderr)
        page = (folder / "fleet.html").read_text()
        self.assertEqual((folder / "fleet.html").stat().st_mode & 0o777, 0o600)
        self.assertNotIn("<script", page)
        self.assertIn("default-src 'none'", page)
        self.assertIn("@media print", page)
        rows = list(csv.DictReader(io.StringIO(self.server.cli("report", "fleet", "--format", "csv", check=0).stdout)))
        body = json.loads(self.server.cli("report", "fleet", "--format", "json", "--tenant", "acme", check=0).stdout)
        vendors = {row["name"]: int(row["count"]) for row in rows if row["section"] == "vendor"}
        self.assertEqual(vendors, {one["name"]: one["count"] for one in body["by_vendor"]})
        for name, count in vendors.items():
            self.assertIn(f"<td>{name}</td><td class=\"number\">{count}</td>", page)
        self.assertNotIn("certificates", body, "a tenant's report has nothing of the server")
        self.assertTrue(self.ok("/v1/fleet/report")["certificates"])
        self.assertEqual(self.get("/v1/fleet/report", format="pdf")[0], 422)


class Verdicts(Story):
    """Rows of journey B that need a real handshake, or a phone that nobody added."""

    policy = ("grace=0s", "minimum_rating=4")

    def explain(self, mac):
        return self.server.json("device", "explain", mac)

    def handshake(self, context):
        with socket.create_connection(("127.0.0.1", self.server.port), timeout=PATIENCE) as plain:
            with self.assertRaises((ssl.SSLError, ConnectionError)):
                with context.wrap_socket(plain, server_hostname="localhost") as secured:
                    secured.recv(1)

    def test_B_a_phone_that_does_not_know_our_authority_and_one_with_old_tls(self):
        phone = self.pki.of("snom")[2]
        self.assertEqual(self.fetch(phone).status, 200)
        self.server.settle()
        self.assertEqual(self.explain(phone.mac)["kind"], "served")
        self.handshake(ssl.create_default_context())
        wait_until(lambda: self.explain(phone.mac)["kind"] == "phone-refused-us", "the alert in the verdict")
        said = self.explain(phone.mac)
        self.assertIn("closed with 'unknown CA'", said["verdict"])
        self.assertIn("127.0.0.1", said["verdict"])
        self.assertIn("Update its firmware", said["next_step"])
        old = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        old.check_hostname, old.verify_mode = False, ssl.CERT_NONE
        old.set_ciphers("ALL:@SECLEVEL=0")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            old.minimum_version, old.maximum_version = ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1
        self.handshake(old)
        wait_until(lambda: self.explain(phone.mac)["kind"] == "tls-too-old", "the version in the verdict")
        self.assertIn("offered only TLS 1.0", self.explain(phone.mac)["verdict"])
        self.assertEqual(self.fetch(phone).status, 200)
        self.server.settle()
        self.assertEqual(self.explain(phone.mac)["kind"], "served", "a visit that worked is newer")

    def test_B_a_phone_in_no_tenant_is_told_once_it_knocks(self):
        phone = self.pki.of("yealink")[1]
        self.server.cli("device", "remove", phone.mac, check=0)
        done = self.server.cli("device", "explain", "0015650a0b0c", check=None)
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("P-2027", done.stderr)
        for _ in range(3):
            self.assertEqual(self.fetch(phone).status, 403)
        self.server.settle()
        said = self.explain(phone.mac)
        self.assertEqual((said["known"], said["kind"]), (False, "unknown-knocking"))
        self.assertIn("asked 3 times since", said["verdict"])
        self.assertIn(f"provost device add {phone.mac} --tenant", said["next_step"])
        text = self.server.cli("device", "explain", phone.mac, check=0).stdout
        self.assertIn(said["verdict"], text)
        self.assertIn("Last contacts", text)

    def test_B_never_seen_says_what_others_at_its_site_do(self):
        quiet, other = self.pki.of("poly")[:2]
        for one in (quiet, other):
            self.server.cli("device", "set", one.mac, "--site", "berlin", check=0)
        self.assertIn("No other phone at this site", self.explain(quiet.mac)["verdict"])
        self.assertEqual(self.fetch(other, source="127.0.0.2").status, 200)  # where nobody failed to begin TLS
        self.server.settle()
        said = self.explain(quiet.mac)
        self.assertEqual(said["kind"], "never-seen")
        self.assertIn("1 other phone at this site was seen today, so the network is open.", said["verdict"])
        self.assertIn("MAC address on its label", said["customer"])


class Scheduled(unittest.TestCase):
    def test_the_report_is_written_by_itself_and_old_ones_go(self):
        server = Server(Pki.shared())
        self.addCleanup(server.stop)
        folder = server.home / "reports"
        folder.mkdir()
        for day in ("2020-01-06", "2020-01-13"):
            (folder / f"fleet-{day}.html").write_text("old")
        (folder / "notes.txt").write_text("mine")
        server.config.write_text("reports: {folder: reports, every: day, keep: 2}\n" + server.config.read_text())
        server.start()
        today = f"fleet-{time.strftime('%Y-%m-%d', time.gmtime())}.html"
        wait_until(lambda: (folder / today).exists() and not (folder / "fleet-2020-01-06.html").exists(), "today's report")
        self.assertIn("Fleet of all tenants", (folder / today).read_text())
        self.assertEqual((folder / today).stat().st_mode & 0o777, 0o600)
        self.assertEqual(sorted(file.name for file in folder.iterdir()), ["fleet-2020-01-13.html", today, "notes.txt"])


class Jobs(unittest.TestCase):
    """Imports as jobs: preview, progress, cancel, and what is said after the server died in the middle."""

    def setUp(self):
        self.server = Server(Pki.shared())
        self.addCleanup(self.server.stop)
        self.server.start()
        self.server.cli("tenant", "add", "acme", "--set", "line.registrar_host=sip.acme.example", check=0)

    def rest(self, *words):
        status, body = self.server.rest(*words)
        self.assertLess(status, 300, body)
        return body

    def check(self, rows, first=0):
        text = "MAC Address;Extension\n" + "".join(f"001565{i:06x};{1000 + i}\n" for i in range(first, first + rows))
        job = self.rest("POST", "/v1/imports?tenant=acme", text.encode("utf-16"))
        return wait_until(lambda: self.state(job["id"], "checked"), "a checked list")

    def devices(self):
        return self.rest("GET", "/v1/devices?limit=1")["total"]

    def progress(self, job):
        """The job in its middle; once it is done, that."""
        seen = self.rest("GET", f"/v1/jobs/{job}")
        return seen if seen["state"] == "done" or (seen["state"] == "applying" and seen["done"] > 0) else None

    def ended(self, job):
        state = self.rest("GET", f"/v1/jobs/{job}")["state"]
        return state if state in ("done", "cancelled", "interrupted") else None

    def met_in_its_middle(self, meet):
        """Imports of new devices, longer and longer, until `meet` comes to one that is under way, however quick the machine is: the
        job as it was seen, its rows, and the devices there were before."""
        for rows in (3000, 12000, 48000):
            before = self.devices()
            job = self.check(rows, before)["id"]
            self.rest("POST", f"/v1/imports/{job}/apply")
            seen = wait_until(lambda: self.progress(job), "progress")
            meet(job)
            if wait_until(lambda: self.ended(job), "the end") != "done":
                return seen, rows, before
        raise AssertionError("every import was done before")

    def state(self, job, *states):
        body = self.rest("GET", f"/v1/imports/{job}")
        return body if body["state"] in states else None

    def test_A_the_preview_says_what_was_found(self):
        report = self.check(20)["report"]
        self.assertEqual(report["facts"], "UTF-16LE, separator ';', 20 rows")
        self.assertEqual([(one["header"], one["meaning"]) for one in report["columns"]],
                         [("MAC Address", "mac"), ("Extension", "line.1.user")])
        self.assertIn("'Extension' is read as line.1.user", report["notes"])
        self.assertEqual((report["to_add"], report["not_in_file"], len(report["samples"])), (20, 0, 3))
        self.assertIn("1000", report["samples"][0]["text"])

    def test_a_running_import_is_a_job_and_can_be_cancelled(self):
        seen, rows, before = self.met_in_its_middle(lambda job: self.server.rest("DELETE", f"/v1/jobs/{job}"))
        job = seen["id"]
        self.assertEqual((seen["kind"], seen["state"], seen["total"], seen["can_cancel"]), ("import", "applying", rows, True))
        self.assertGreater(seen["rate"], 0)
        self.assertGreaterEqual(seen["left_seconds"], 0)
        self.assertIn(job, [one["id"] for one in self.rest("GET", "/v1/jobs")["items"]])
        ended = self.rest("GET", f"/v1/imports/{job}")
        self.assertEqual((ended["state"], ended["error"]["code"]), ("cancelled", "P-2511"))
        applied = ended["report"]["applied"]
        self.assertTrue(0 < applied < rows, applied)
        self.assertEqual(self.devices(), before + applied)
        status, problem = self.server.rest("DELETE", f"/v1/jobs/{job}")
        self.assertEqual((status, problem["code"]), (409, "P-8007"))
        self.assertEqual(self.server.rest("GET", "/v1/jobs/i99999999")[1]["code"], "P-8005")
        again = self.check(rows, before)["report"]
        self.assertEqual((again["unchanged"], again["to_add"]), (applied, rows - applied))

    def test_after_the_server_died_the_job_says_where_it_stopped(self):
        def die(_):
            self.server.kill()
            self.server.start()
        seen, rows, before = self.met_in_its_middle(die)
        told = self.rest("GET", f"/v1/jobs/{seen['id']}")
        self.assertEqual((told["state"], told["can_cancel"]), ("interrupted", False))
        there = self.devices() - before
        self.assertIn(f"stopped at row {there} of {rows}", told["message"])
        self.assertIn("Load the file again", told["message"])
        report = self.check(rows, before)["report"]
        self.assertEqual((report["unchanged"], report["to_add"]), (there, rows - there))
        self.assertNotEqual(self.rest("GET", "/v1/jobs")["items"][0]["id"], seen["id"], "numbers are not given twice")


if __name__ == "__main__":
    unittest.main()
