"""Device lists as people really send them (journey A)."""

import csv
import io
import unittest
from urllib.parse import quote

from provost_fixture import Story, wait_until

GOOD = "mac,tenant,vendor,model,line.1.user\n"


class Import(Story):
    armed = False

    def setUp(self):
        self.file = self.server.folder / "list.csv"
        self.rejects = self.server.folder / "rejects.csv"
        self.rejects.unlink(missing_ok=True)
        Import.counter = getattr(Import, "counter", 0x100000) + 0x1000

    def mac(self, number, prefix="001565"):
        return f"{prefix}{Import.counter + number:06x}"

    def rows(self, count, prefix="001565", tenant="acme", vendor="yealink", model="T54W"):
        return "".join(f"{self.mac(i, prefix)},{tenant},{vendor},{model},{5000 + i}\n" for i in range(count))

    def load(self, content, *options, exit_code=0):
        self.file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return self.server.cli("-o", "json", "import", "devices", self.file, *options, check=exit_code)

    def known(self, mac):
        return self.server.rest("GET", f"/v1/devices/{mac}")[0] == 200

    def test_good_rows_then_the_same_file_changes_nothing(self):
        text = GOOD + self.rows(5)
        self.assertIn("5 new", self.load(text).stderr)
        again = self.load(text).stderr
        self.assertIn("0 new, 0 changed, 5 unchanged, 0 refused", again)
        changed = self.load(text.replace(",5003\n", ",7003\n")).stderr
        self.assertIn("1 changed, 4 unchanged", changed)

    def test_dry_run_writes_nothing(self):
        self.assertIn("3 new", self.load(GOOD + self.rows(3), "--dry-run").stderr)
        self.assertFalse(self.known(self.mac(0)))

    def test_devices_not_in_the_file_stay(self):
        self.load(GOOD + self.rows(2))
        before = self.server.rest("GET", "/v1/server")[1]["devices"]
        self.load(GOOD + self.rows(1))
        self.assertEqual(self.server.rest("GET", "/v1/server")[1]["devices"], before)

    def test_encodings_separators_and_line_ends_are_told(self):
        text = GOOD + self.rows(2) + "\n\n"
        for encoding, head, shown in (("utf-8", b"\xef\xbb\xbf", "UTF-8"), ("utf-16-le", b"\xff\xfe", "UTF-16"),
                                      ("utf-16-be", b"\xfe\xff", "UTF-16")):
            for separator in (",", ";", "\t"):
                with self.subTest(encoding=encoding, separator=separator):
                    content = head + text.replace(",", separator).replace("\n", "\r\n").encode(encoding)
                    said = self.load(content, "--dry-run").stderr
                    self.assertIn(shown, said)
                    self.assertIn(f"separator '{'tab' if separator == chr(9) else separator}'", said)
                    self.assertIn("2 new", said)

    def test_quoted_cells_with_commas_quotes_and_line_breaks(self):
        text = 'mac,tenant,model,line.1.user,line.1.display_name\n' + f'{self.mac(0)},acme,T54W,5000,"Doe, ""J"""\n'
        self.load(text)
        self.assertEqual(self.server.rest("GET", f"/v1/devices/{self.mac(0)}")[1]["settings"]["line.1.display_name"], 'Doe, "J"')
        refused = self.load(text.replace('Doe, ""J""', "Doe\nJ").replace(self.mac(0), self.mac(1)), exit_code=1)
        self.assertIn("P-2002", refused.stdout)

    def test_headers_of_other_portals_are_read_and_told(self):
        text = "MAC Address,Customer,Device Model,Extension\n" + f"{self.mac(0)},acme,T54W,5000\n"
        said = self.load(text)
        self.assertTrue(self.known(self.mac(0)))
        shown = self.server.cli("import", "devices", self.file, "--dry-run", check=0)
        self.assertIn("'Extension' is read as line.1.user", shown.stderr, said)

    def check(self, content, **query):
        """Checked and not written: the server's answer."""
        text = "&".join(f"{name}={quote(value)}" for name, value in query.items())
        status, job = self.server.rest("POST", f"/v1/imports?{text}", content)
        self.assertEqual(status, 202, job)
        return wait_until(lambda: (shown := self.server.rest("GET", f"/v1/imports/{job['id']}")[1])["state"] == "checked" and shown,
                          "a checked import")

    def test_A4_the_options_of_the_check_are_told_as_long_as_the_list_is_kept(self):
        row = f"mac,line.1.user\n{self.mac(0)},5000\n"
        for options in ({"tenant": "acme"}, {"tenant": "acme", "arm": "true"}):
            with self.subTest(options):
                shown = self.check(row, **options)
                self.assertEqual(shown["options"], {"tenant": "acme", "arm": "arm" in options, "columns": {}})
        self.server.rest("POST", f"/v1/imports/{shown['id']}/apply")
        self.assertTrue(self.server.rest("GET", f"/v1/imports/{shown['id']}")[1]["options"]["arm"])

    def test_A1_a_column_that_nobody_knows_is_mapped_or_left_out(self):
        text = f"mac,tenant,Phone name,Asset no.\n{self.mac(0)},acme,Reception,4711\n"
        refused = self.load(text, exit_code=1)
        self.assertIn("P-2505", refused.stderr)
        self.assertIn("'Asset no.'", refused.stderr)
        self.assertIn("--ignore-column", refused.stderr)
        self.assertFalse(self.known(self.mac(0)))
        self.assertIn("P-2505", self.load(text, "--column", "Phone name=line.1.nonsense", exit_code=1).stderr)
        self.assertIn("P-2517", self.load(text, "--ignore-column", "Asset number", exit_code=1).stderr)
        self.load(text, "--column", "phone name=line.1.display_name", "--ignore-column", "Asset no.")
        self.assertEqual(self.server.rest("GET", f"/v1/devices/{self.mac(0)}")[1]["settings"], {"line.1.display_name": "Reception"})

    def test_A1_each_column_is_told_with_what_it_takes(self):
        report = self.check(f"MAC Address,line.1.transport,colour\n{self.mac(0)},tls,red\n", tenant="acme")["report"]
        mac, transport, colour = report["columns"]
        self.assertEqual((mac["meaning"], mac["origin"], mac["required"], mac["example"]), ("mac", "header", True, self.mac(0)))
        self.assertEqual((transport["origin"], transport["limits"], transport["required"]), ("name", "udp,tcp,tls,dns", False))
        self.assertEqual((colour["origin"], colour["meaning"], colour["error"]["code"]), ("open", "", "P-2505"))
        self.assertEqual([one["code"] for one in report["open"]], ["P-2505"])
        self.assertEqual((report["to_add"], report["rows"]), (1, 1), "the preview is there all the same")

    def test_A1_nothing_is_written_while_a_column_is_open(self):
        job = self.check(f"mac,colour\n{self.mac(0)},red\n", tenant="acme")
        status, answer = self.server.rest("POST", f"/v1/imports/{job['id']}/apply")
        self.assertEqual((status, answer["code"]), (422, "P-2505"))
        self.assertFalse(self.known(self.mac(0)))

    def test_A1_which_column_is_the_mac_can_be_said(self):
        text = f"Hardware,tenant\n{self.mac(0)},acme\n"
        report = self.check(text)["report"]
        self.assertEqual(({one["code"] for one in report["open"]}, report["to_add"]), ({"P-2505", "P-2506"}, 0))
        self.load(text, "--column", "Hardware=mac")
        self.assertTrue(self.known(self.mac(0)))

    def test_A1_the_export_of_a_known_pbx_comes_in_without_its_passwords(self):
        header = ("device_uuid,device_mac_address,device_label,device_vendor,device_template,device_enabled,line_number,"
                  "server_address,display_name,user_id,auth_id,password,sip_port,sip_transport,register_expires")
        rows = "".join(f"7c1e,{mac},Desk,{vendor},t/x,true,1,sip.example.net,Ann,5000,5000,hunter2,5061,tls,600\n"
                       for mac, vendor in ((self.mac(0), "yealink"), (self.mac(1)[:11] + "O", "yealink")))
        text = f"{header}\n{rows}"
        self.assertIn("P-2004", self.load(text, "--tenant", "acme", exit_code=1).stderr)
        shown = self.check(text, tenant="acme")
        self.assertNotIn("hunter2", str(shown))
        done = self.load(text, "--tenant", "acme", "--ignore-column", "password", "--rejects", str(self.rejects), exit_code=3)
        self.assertNotIn("hunter2", done.stdout + done.stderr + self.rejects.read_text())
        settings = self.server.rest("GET", f"/v1/devices/{self.mac(0)}")[1]["settings"]
        self.assertEqual((settings["line.1.user"], settings["line.1.registrar_host"], settings["line.1.transport"]),
                         ("5000", "sip.example.net", "tls"))

    def test_R_B4_a_column_of_passwords_is_nothing_else(self):
        text = f"mac,tenant,SIP Secret\n{self.mac(0)},acme,hunter2\n"
        for field in ("line.1.display_name", "line.1.password"):
            done = self.load(text, "--column", f"SIP Secret={field}", exit_code=1)
            self.assertIn("P-2004", done.stderr)
        self.load(text, "--ignore-column", "sip secret")
        self.assertTrue(self.known(self.mac(0)))

    def test_A6_who_wrote_it_and_why_is_in_the_audit_trail_and_with_the_import(self):
        self.load(GOOD + self.rows(3), "--reason", "the move to Wien")
        job = self.server.rest("GET", "/v1/jobs")[1]["items"][0]["id"]
        self.assertEqual(self.server.rest("GET", f"/v1/imports/{job}")[1]["reason"], "the move to Wien")
        trail = self.server.rest("GET", "/v1/audit?kind=import.&limit=10")[1]["items"]
        ended, started = trail[0], trail[1]
        self.assertEqual((started["kind"], ended["kind"]), ("import.started", "import.ended"))
        self.assertEqual(started["detail"], f"import {job}: 3 to add, 0 to change; the move to Wien")
        self.assertIn("done, 3 added, 0 changed of 3", ended["detail"])
        self.assertTrue(started["actor"])
        self.server.stop()
        self.server.start()
        self.assertEqual(self.server.rest("GET", f"/v1/imports/{job}")[1]["reason"], "the move to Wien")

    def test_A3_rows_are_told_by_whether_they_are_ready_or_warned_of(self):
        text = GOOD + self.rows(3) + f"{self.mac(9)},acme,yealink,T54W,5001\n"
        job = self.check(text)
        self.assertEqual((job["report"]["warned"], job["report"]["to_add"]), (1, 4))
        rows = lambda query: self.server.rest("GET", f"/v1/imports/{job['id']}/rows?{query}")[1]
        ready = rows("state=ready&limit=2")
        self.assertEqual(([one["row"] for one in ready["items"]], ready["next"]), ([2, 3], 3))
        self.assertEqual([one["row"] for one in rows("state=ready&after=3")["items"]], [4])
        warned = rows("state=warning")
        self.assertEqual([(one["row"], one["column"]) for one in warned["items"]], [(5, "line.1.user")])
        self.assertEqual((ready["items"][0]["mac"], ready["items"][0]["fate"], ready["items"][0]["tenant"]), (self.mac(0), "new", "acme"))

    def test_A3_a_mac_of_another_vendor_is_refused_with_the_vendor_that_it_has(self):
        job = self.check(GOOD + f"{self.mac(0)},acme,snom,D785,1\n")
        problem = job["report"]["problems"][0]
        self.assertEqual((problem["code"], problem["column"], problem["value"], problem["suggestions"]),
                         ("P-2023", "vendor", "snom", ["yealink"]))
        self.assertIn("Yealink", problem["what"])

    def test_each_mac_spelling(self):
        mac = self.mac(0)
        pairs = [mac[i:i + 2] for i in range(0, 12, 2)]
        for spelled in (mac.upper(), ":".join(pairs), "-".join(pairs), ".".join(mac[i:i + 4] for i in range(0, 12, 4)), f" {mac} "):
            with self.subTest(spelled):
                self.assertIn("0 refused", self.load(GOOD + f"{spelled},acme,yealink,T54W,5000\n").stderr)

    def problem_of(self, row, code, *words, options=()):
        done = self.load(GOOD + row, *options, exit_code=1)
        self.assertIn("0 written" if "written" in done.stderr else "1 refused", done.stderr)
        self.assertIn(code, done.stdout)
        for word in words:
            self.assertIn(word, done.stdout)

    def test_R_C3_each_mistake_has_its_code_and_says_how_to_mend(self):
        mac = self.mac(0)
        self.problem_of("8.05512E+11,acme,yealink,T54W,1\n", "P-2020", "8.05512E+11", "spreadsheet")
        self.problem_of(f"{mac[:11]},acme,yealink,T54W,1\n", "P-2020")
        self.problem_of(f"{mac[:11]}O,acme,yealink,T54W,1\n", "P-2020", "Did you mean 0?")
        self.problem_of("011565000001,acme,yealink,T54W,1\n", "P-2020")
        self.problem_of(f"{mac},acme,yealink,T54,1\n", "P-2024", "T54W")
        self.problem_of(f"{mac},acme,snom,D785,1\n", "P-2023")
        self.problem_of(f"{mac},acme,nobody,T54W,1\n", "P-2021")
        self.problem_of(f"{mac},acne,yealink,T54W,1\n", "P-2010", "acne")
        self.problem_of(f"{mac},acme ,yealink,T54W,1\n".replace("acme ", '"acme x"'), "P-2010")
        self.problem_of(f"{mac},acme,yealink,T54W,1,extra\n", "P-2509")
        self.problem_of(f"{mac},,yealink,T54W,1\n", "P-2010")

    def test_a_tenants_name_with_a_blank_imports_nothing_and_fails(self):
        rows = self.rows(20, tenant="ACME ")
        done = self.load(GOOD + rows, exit_code=1)
        self.assertIn("20 refused", done.stderr)

    def test_the_same_mac_twice_names_both_rows(self):
        done = self.load(GOOD + self.rows(2) + self.rows(1), exit_code=3)
        self.assertIn("rows 2 and 4 have the same MAC", done.stdout)

    def test_another_tenants_phone_leaks_no_name(self):
        self.server.rest("POST", "/v1/tenants", {"slug": "rival", "name": "Rival plc"})
        self.load(GOOD + self.rows(1, tenant="rival"))
        done = self.load(GOOD + self.rows(1), exit_code=1)
        self.assertIn("P-2510", done.stdout)
        self.assertIn("reference", done.stdout)
        self.assertNotIn("rival", (done.stdout + done.stderr).lower())

    def test_R_B4_a_list_brings_no_passwords(self):
        for column in ("password", "line.1.password", "SIP Secret"):
            done = self.load(f"mac,tenant,{column}\n{self.mac(0)},acme,hunter2\n", exit_code=1)
            self.assertIn("P-2004", done.stderr)
            self.assertNotIn("hunter2", done.stdout + done.stderr)

    def test_files_that_are_no_lists(self):
        for content, code in ((b"", "P-2504"), (b"\xff\xfe\x00", "P-2501"), (b"mac,x\xff\n", "P-2501"),
                              ("tenant,model\nacme,T54W\n", "P-2506"), ('mac,tenant\n"0015\n', "P-2502"),
                              ("mac,tenant,MAC\n1,2,3\n", "P-2507"), ("mac,tenant,colour\n1,2,3\n", "P-2505")):
            with self.subTest(code):
                self.assertIn(code, self.load(content, exit_code=1).stderr)
        self.assertEqual(self.server.cli("import", "devices", "/nonexistent.csv").returncode, 1)

    def test_rejects_are_mended_and_imported_alone(self):
        bad = f"{self.mac(90)},acme,yealink,T5W,5090\n" + f"{self.mac(91)[:11]}O,acme,yealink,T54W,5091\n"
        done = self.load(GOOD + self.rows(3) + bad, "--rejects", str(self.rejects), exit_code=3)
        self.assertIn("3 written", done.stderr)
        with open(self.rejects, newline="") as file:
            rows = list(csv.DictReader(file))
        self.assertEqual([row["mac"] for row in rows], [self.mac(90), self.mac(91)[:11] + "O"])
        self.assertTrue(all(row["reason"] for row in rows))
        rows[0]["model"] = "T54W"
        rows[1]["mac"] = self.mac(91)
        mended = io.StringIO()
        writer = csv.DictWriter(mended, rows[0].keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        self.assertIn("2 new", self.load(mended.getvalue()).stderr)
        self.assertTrue(self.known(self.mac(91)))

    def test_armed_at_once(self):
        self.load(GOOD + self.rows(2), "--arm")
        self.assertEqual(self.server.rest("GET", f"/v1/devices/{self.mac(1)}")[1]["state"], "armed")

    def test_two_thousand_rows_arrive_whole(self):
        text = GOOD + "".join(f"805ec0{i:06x},acme,yealink,T54W,{10000 + i}\n" for i in range(2000))
        done = self.load(text)
        self.assertIn("2000 new", done.stderr)
        self.assertIn("2000 written", done.stderr)
        listed = self.server.cli("-o", "csv", "device", "list", "--mac", "805ec000", check=0).stdout.splitlines()
        self.assertEqual(len(listed), 2001)

    def test_ctrl_c_leaves_the_work_to_the_server(self):
        text = GOOD + "".join(f"805ec0{i + 0x10000:06x},acme,yealink,T54W,{i}\n" for i in range(500))
        status, job = self.server.rest("POST", "/v1/imports", text)
        self.assertEqual(status, 202)
        import_id = job["id"]
        while job["state"] not in ("checked", "failed"):
            job = self.server.rest("GET", f"/v1/imports/{import_id}")[1]
        self.assertEqual(self.server.rest("POST", f"/v1/imports/{import_id}/apply")[0], 202)
        while job["state"] not in ("done", "failed"):  # nobody listens meanwhile
            job = self.server.rest("GET", f"/v1/imports/{import_id}")[1]
        self.assertEqual((job["state"], job["report"]["applied"]), ("done", 500))


if __name__ == "__main__":
    unittest.main()
