"""Names of events: the program's, the page's and those that it really uses are the same; the log is one JSON a line."""

import json
import re
import unittest

from provost_fixture import SOURCE, Pki, Server, run

PAGE = SOURCE / "docs/reference/events.md"
# Where the source gives an event its name.
GIVEN = (r'kind = "([a-z.-]+)"', r'\b(?!log_)\w*_event\(\s*(?:[^,"]*\? )?"([a-z.-]+)"', r'announce\(\s*"([a-z.-]+)"',
         r'log_event\(\s*LogLevel::\w+,\s*"([a-z.-]+)"', r'\bwatch\(\s*"([a-z.-]+)"',
         r'"((?:factor|gate|login|passkey|person|session|token)\.[a-z-]{3,})"',
         r'"((?:approval|arming|device|trust|tenant|exception|tripwire|store)\.[a-z-]{3,})"')
# Made of two parts: states of devices that time brings about, rows of the trust list.
MADE = {"device.expired", "device.provisioned", "trust.anchor", "trust.crl", "trust.refuse-certificate",
        "trust.refuse-key"}
NO_EVENT = {"trust.tsv", "plain", "anchor", "crl", "exception.end", "alert.test"}


def catalogue():
    return json.loads(run("-o", "json", "event", "kinds", check=0).stdout)


def cells(line):
    return [cell.strip() for cell in line.strip().strip("|").split(" | ")]


class Catalogue(unittest.TestCase):
    def test_R_C7_the_page_has_every_name_and_no_other(self):
        rows = [cells(line) for line in PAGE.read_text().splitlines()]
        told = {row[0].strip("`"): row[1:] for row in rows
                if len(row) == 4 and re.fullmatch(r"`(tripwire|visit|[a-z]+\.[a-z-]+)`", row[0])}
        self.assertEqual(told, {one["name"]: [one["meaning"], one["from"], one["next_step"]] for one in catalogue()})

    def test_R_C7_the_page_says_which_of_them_alert(self):
        rows = [cells(line) for line in PAGE.read_text().partition("## Kinds that alert")[2].partition("\n## ")[0].splitlines()]
        told = {row[0].strip("`"): row[1] for row in rows if len(row) == 2 and row[0].startswith("`")}
        self.assertEqual(told, {one["name"]: one["alert"] for one in catalogue() if one["alert"]})

    def test_R_C7_each_says_what_it_means_and_what_to_do(self):
        names = [one["name"] for one in catalogue()]
        self.assertEqual(len(names), len(set(names)))
        for one in catalogue():
            self.assertRegex(one["meaning"], r"\.$", one["name"])
            self.assertRegex(one["next_step"], r"\.$", one["name"])

    def test_R_C7_the_source_uses_these_names(self):
        used = set(MADE)
        for file in sorted((SOURCE / "src").rglob("*.cc")):
            if file.name == "event_catalogue.cc" or "vendor" in file.parts or "domain" in file.parts:
                continue
            text = file.read_text()
            for pattern in GIVEN:
                used.update(name for name in re.findall(pattern, text) if name[-1] not in ".-")
        self.assertEqual(used - NO_EVENT, {one["name"] for one in catalogue()})


class Log(unittest.TestCase):
    def lines(self, form):
        server = Server(Pki.shared())
        self.addCleanup(server.kill)
        server.config.write_text(server.config.read_text() + f"log: {form}\nmetrics: {{port: 0}}\n")
        server.start()
        (server.tls / "server-rsa.pem").write_text("spoilt")
        server.cli("server", "reload", check=1)
        server.process.send_signal(1)
        server.stop()
        return server.log.read_text().splitlines()

    def test_R_C7_a_line_of_json_for_each_event(self):
        known = {one["name"]: one for one in catalogue() if one["where"] == "log"}
        seen = {}
        for line in self.lines("json"):
            one = json.loads(line)
            self.assertEqual(list(one)[:4], ["time", "level", "event", "message"], line)
            self.assertRegex(one["time"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$")
            self.assertTrue(all(isinstance(value, str) for value in one.values()))
            self.assertEqual(one["level"], known[one["event"]]["from"])
            for field in list(one)[4:]:
                self.assertIn(field, known[one["event"]]["meaning"], line)
            seen[one["event"]] = one
        self.assertEqual(seen["door.opened"]["door"], "main")
        self.assertEqual(seen["listener.opened"]["listener"], "metrics")
        self.assertEqual(seen["server.reload-refused"]["code"], "P-7001")
        self.assertIn("server.ending", seen)

    def test_R_C7_another_form_or_level_refuses_the_start(self):
        for text in ("log: xml", "log_level: loud"):
            server = Server(Pki.shared())
            server.config.write_text(server.config.read_text() + text + "\n")
            code, said = server.refuse_to_start()
            self.assertEqual(code, 1)
            self.assertIn("P-2107", said)

    def test_R_C7_nothing_is_told_below_the_level(self):
        server = Server(Pki.shared())
        self.addCleanup(server.kill)
        server.config.write_text(server.config.read_text() + "log_level: error\n")
        server.start()
        server.stop()
        self.assertEqual(server.log.read_text(), "")

    def test_R_C7_or_a_line_for_people(self):
        lines = self.lines("text")
        self.assertTrue(any(re.match(r"\S+Z info door.opened: phones' door 'main' on https://127", line) for line in lines),
                        lines)
        self.assertTrue(any("error server.reload-refused: " in line and "P-7001" in line for line in lines), lines)


if __name__ == "__main__":
    unittest.main()
