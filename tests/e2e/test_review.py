"""What was suspicious is told in plain words, with evidence, as text, JSON and a page; marking it is in the audit trail, and
people are reminded (R-C7, R-C9)."""

import html.parser
import unittest
import urllib.request

import exposition
from provost_fixture import PATIENCE, Pki, Server, Story, wait_until
from signer import Signer
from test_guard import GUARD, tries

HOSTILE = "/<script>alert(1)</script>.cfg"


class Page(html.parser.HTMLParser):
    """What a browser makes of it: its tags and texts."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.attributes, self.texts = [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        self.attributes += [name for name, _ in attributes]

    def handle_data(self, data):
        self.texts.append(data)


class Review(Story):
    @classmethod
    def setUpClass(cls):
        cls.pki = Pki.shared()
        cls.server = Server(cls.pki)
        cls.addClassCleanup(cls.server.stop)
        cls.server.config.write_text(cls.server.config.read_text() + GUARD + "metrics: {port: 0}\nreview: {every: 365d}\n")
        cls.server.start().fill()

    def review(self, *words):
        return self.server.json("review", *words)

    def topic(self, name, review=None):
        return next((one for one in (review or self.review())["findings"] if one["topic"] == name), None)

    def test_R_C7_an_attack_is_told_by_source_vendor_and_tenant_and_marked_as_reviewed(self):
        server = self.server
        victim, thief = self.pki.of("snom")[:2]
        self.assertEqual(thief.fetch(server.port, source="127.0.50.1", path=victim.path).status, 403)
        scanner = self.pki.of("yealink")[0]
        for i in range(60):
            if not tries(scanner, server.port, "127.0.50.2", f"/001565{i:06x}.cfg"):
                break
        forged = Signer.stranger().issue("/CN=somebody")
        self.assertTrue(tries(scanner, server.port, "127.0.50.3", HOSTILE, pem=forged))
        wait_until(lambda: self.topic("sweep") and self.topic("bans"), "the sweep in the review")
        server.settle()

        review = self.review()
        theft = self.topic("other-phones-file", review)
        self.assertEqual(theft["weight"], "act")
        self.assertEqual(theft["sources"][0]["name"], "127.0.50.1")
        self.assertEqual(theft["devices"][0]["name"], thief.mac)
        self.assertEqual((theft["vendors"][0]["name"], theft["tenants"][0]["name"]), ("snom", "acme"))
        self.assertIn("claim-mismatch", theft["examples"][0]["text"])
        self.assertIn(victim.path, theft["examples"][0]["text"])
        sweep = self.topic("sweep", review)
        self.assertRegex(sweep["evidence"][0], r"mac-sequence, from 127.0.50.2/32, \d+ in sequence of \d+ MACs within")
        self.assertEqual(self.topic("unknown-issuers", review)["reasons"][0]["name"], "CN=Nobody's CA")
        networks = {one["name"]: one["topics"] for one in review["by_network"]}
        self.assertEqual(set(networks["127.0.50.0/24"]),
                         {"other-phones-file", "sweep", "unknown-issuers", "strangers", "bans"})
        self.assertIn("127.0.50.2/32", [one["network"] for one in review["bans"]])
        self.assertIn("yealink", [one["name"] for one in review["by_vendor"]])
        self.assertIn("acme", [one["name"] for one in review["by_tenant"]])
        weights = [one["weight"] for one in review["findings"]]
        self.assertEqual(weights, sorted(weights, key=["act", "look", "note"].index), "the gravest first")

        text = server.cli("review", check=0).stdout
        self.assertIn("ACT   A phone proved to be one device and asked for another's file.", text)
        self.assertIn("To do: ", text)
        self.look_at_page(review)

        marked = server.json("review", "--done", "--up-to", str(review["up_to"]), "--note", "spoke with the customer")
        self.assertEqual(marked["up_to"], review["up_to"])
        self.assertIsNone(self.topic("other-phones-file"), "what was reviewed is not told again")
        entry = server.json("audit", "list", "--kind", "review.done")[-1]
        self.assertEqual(entry["detail"], f"up to event {review['up_to']}: spoke with the customer")
        self.assertRegex(entry["actor"], r"^unix:")
        self.assertIsNotNone(self.topic("sweep", self.review("--after", "0")), "further back on demand")

    def look_at_page(self, review):
        file = self.server.folder / "review.html"
        self.server.cli("review", "--html", file, check=0)
        self.assertEqual(file.stat().st_mode & 0o777, 0o600)
        text = file.read_text()
        page = Page(text)
        for tag in ("script", "img", "link", "iframe", "object", "form"):
            self.assertNotIn(tag, page.tags)
        self.assertEqual([name for name in page.attributes if name.startswith("on") or name in ("src", "href")], [])
        self.assertNotRegex(text, r"https?://|url\(|@import")
        self.assertTrue(any(HOSTILE in part for part in page.texts), "what a stranger sent is text")
        self.assertIn("default-src 'none'", text)
        self.assertIn("prefers-color-scheme:dark", text)
        self.assertIn("@media print", text)
        for one in review["findings"]:
            self.assertIn(one["says"], " ".join(page.texts))

    def test_R_C7_marks_that_cant_be_are_refused(self):
        for words, code in ((["--up-to", "999999999"], "P-2080"), (["--up-to", "1", "--note", "x" * 300], "P-2082")):
            done = self.server.cli("review", "--done", *words)
            self.assertNotEqual(done.returncode, 0)
            self.assertIn(code, done.stderr)
        self.server.cli("review", "--done", check=0)
        self.assertIn("P-2081", self.server.cli("review", "--done", "--up-to", "1").stderr)
        self.assertEqual(self.server.rest("GET", "/v1/review?format=pdf")[0], 422)
        self.assertEqual(self.server.rest("POST", "/v1/review", {"note": "x"})[0], 422)

    def test_R_C7_guard_and_review_are_metrics(self):
        with urllib.request.urlopen(f"http://127.0.0.1:{self.server.doors['metrics']}/metrics", timeout=PATIENCE) as answer:
            families = exposition.parse(answer.read().decode())

        def labels(name, label):
            return {dict(pairs)[label] for _, pairs in families[name].samples}

        self.assertLessEqual({"banned", "address-handshakes", "device-requests"}, labels("provost_guard_stopped_total", "rule"))
        self.assertIn("no", labels("provost_guard_stopped_total", "dry"))
        self.assertLessEqual({"mac-sweep", "clone", "tenant-scan"}, labels("provost_guard_findings_total", "rule"))
        for name in ("provost_guard_bans", "provost_guard_bans_not_made_total", "provost_review_due"):
            self.assertEqual(len(families[name].samples), 1, name)
        self.assertEqual(families["provost_review_due"].value(), 0)


class Reminder(unittest.TestCase):
    def test_R_C9_a_review_that_is_due_is_said_in_every_place(self):
        server = Server(Pki.shared())
        self.addCleanup(server.kill)
        server.config.write_text(server.config.read_text() + "review: {every: 10s}\nmetrics: {port: 0}\n")
        server.start()
        events = wait_until(lambda: server.rest("GET", "/v1/events?kind=review.due")[1]["items"], "the reminder")
        self.assertEqual(len(events), 1)
        self.assertTrue(server.json("server", "status")["review_due"])
        self.assertIn("This review is due.", server.cli("review", check=0).stdout)
        server.cli("review", "--done", check=0)
        status = server.json("server", "status")
        self.assertFalse(status["review_due"])
        self.assertRegex(status["reviewed_by"], r"^unix:")
        server.stop()

    def test_R_C9_another_interval_refuses_the_start(self):
        server = Server(Pki.shared())
        server.config.write_text(server.config.read_text() + "review: {every: soon}\n")
        code, said = server.refuse_to_start()
        self.assertEqual(code, 1)
        self.assertIn("P-2107", said)


if __name__ == "__main__":
    unittest.main()
