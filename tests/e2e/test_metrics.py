"""Metrics and health on loopback: what Prometheus reads, what a load balancer asks."""

import base64
import datetime
import http.client
import json
import os
import re
import resource
import socket
import time
import unittest

import exposition
from provost_fixture import PATIENCE, SOURCE, Pki, Server, openssl, wait_until
from signer import Signer


def ask(port, path, method="GET"):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request(method, path)
        answer = connection.getresponse()
        return answer.status, answer.getheader("Content-Type"), answer.read().decode()
    finally:
        connection.close()


def with_block(server, text):
    server.config.write_text(server.config.read_text() + text)
    return server


class Format(unittest.TestCase):
    """The reader that the others trust refuses what the format does not allow."""

    GOOD = '# HELP a_total Text.\n# TYPE a_total counter\na_total{x="1\\n\\"\\\\"} 1\na_total{x="2"} 1e+06\n'

    def test_it_reads_what_is_right(self):
        family = exposition.parse(self.GOOD)["a_total"]
        self.assertEqual(family.value(x='1\n"\\'), 1)
        self.assertEqual(family.value(x="2"), 1e6)

    def test_it_refuses_what_is_wrong(self):
        for old, new in (("1e+06\n", "1e+06"), ("} 1\n", "} one\n"), ('x="2"', 'x="1\\n\\"\\\\"'), ("\\n", "\\t"),
                         ("counter", "count"), ("} 1\n", "}  1\n"), ("a_total{x", "b_total{x"), ("1e+06", "-1"),
                         ("# TYPE a_total counter\n", ""), ("# HELP", "# SAYS"), ('{x="2"}', '{x="2"'),
                         ("a_total", "a")):
            with self.subTest(new):
                self.assertRaises(exposition.Malformed, exposition.parse, self.GOOD.replace(old, new))
        histogram = ('# HELP h H.\n# TYPE h histogram\nh_bucket{le="1"} 1\nh_bucket{le="+Inf"} 2\nh_sum 3\n'
                     'h_count 2\n')
        exposition.parse(histogram)
        for old, new in (('le="1"} 1', 'le="1"} 3'), ("h_count 2", "h_count 1"), ('le="+Inf"', 'le="2"')):
            with self.subTest(new):
                self.assertRaises(exposition.Malformed, exposition.parse, histogram.replace(old, new))


class Metrics(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.pki = Pki.shared()
        cls.server = with_block(Server(cls.pki), "metrics: {port: 0}\n")
        cls.addClassCleanup(cls.server.stop)
        cls.server.start().fill()
        cls.port = cls.server.doors["metrics"]

    def page(self):
        status, kind, text = ask(self.port, "/metrics")
        self.assertEqual((status, kind), (200, "text/plain; version=0.0.4; charset=utf-8"))
        return exposition.parse(text)

    def visits(self, rule):
        family = self.page()["provost_visits_total"]
        return sum(value for (_, labels), value in family.samples.items() if dict(labels)["rule"] == rule)

    def test_R_C7_visits_are_counted_by_the_rule_that_decided(self):
        phone = self.pki.of("yealink")[0]
        before = {rule: self.visits(rule) for rule in ("first-delivery", "no-certificate")}
        duration = self.page()["provost_visit_duration_seconds"].value("provost_visit_duration_seconds_count")
        self.server.arm(phone)
        self.assertEqual(phone.fetch(self.server.port).status, 200)
        self.assertEqual(phone.fetch(self.server.port, pem=None).status, 403)
        self.assertEqual({rule: self.visits(rule) - count for rule, count in before.items()},
                         {"first-delivery": 1, "no-certificate": 1})
        after = self.page()["provost_visit_duration_seconds"].value("provost_visit_duration_seconds_count")
        self.assertEqual(after - duration, 2)

    def test_R_C7_nothing_that_strangers_choose_is_a_label(self):
        phone = self.pki.of("snom")[0]
        phone.fetch(self.server.port, pem=None, path="/canary-in-a-path", agent="canary-agent")
        phone.fetch(self.server.port)
        self.page()
        text = ask(self.port, "/metrics")[2].lower()
        for stranger in ("canary", phone.mac, "127.0.0.1", "snom"):
            self.assertNotIn(stranger, text)
        names = {name for family in self.page().values() for _, labels in family.samples for name, _ in labels}
        self.assertEqual(names, {"version", "rule", "outcome", "door", "reason", "result", "le", "state", "key", "dry"})

    def test_R_C7_failed_handshakes_have_a_reason(self):
        failures = lambda: {dict(labels)["reason"]: value for (_, labels), value in
                            self.page()["provost_tls_handshake_failures_total"].samples.items()}
        before = failures()
        with socket.create_connection(("127.0.0.1", self.server.port), timeout=PATIENCE) as plain:
            plain.sendall(b"GET / HTTP/1.1\r\n\r\n")
            while plain.recv(4096):
                pass
        openssl("s_client", "-connect", f"127.0.0.1:{self.server.port}", "-tls1_1", "-cipher", "ALL:@SECLEVEL=0",
                check=False)
        openssl("s_client", "-connect", f"127.0.0.1:{self.server.port}", "-tls1_2", "-cipher", "AES128-SHA",
                check=False)
        socket.create_connection(("127.0.0.1", self.server.port), timeout=PATIENCE).close()
        wanted = {"not-tls": 1, "version": 1, "cipher": 1, "left": 1}
        wait_until(lambda: {k: v - before[k] for k, v in failures().items() if v != before[k]} == wanted,
                   lambda: f"{wanted}, it is {failures()} after {before}")

    def test_R_B8_secrets_and_keys_are_counted(self):
        page = self.page()
        self.assertEqual(page["provost_secrets_alive"].value(), self.server.rest("GET", "/v1/server")[1]["secrets"])
        self.assertGreater(page["provost_secrets_alive"].value(), 0)
        self.assertLess(page["provost_epoch_age_seconds"].value(), 600)
        before = page["provost_secrets_purged_total"].value()
        phone = self.pki.of("cisco-mpp")[0]
        self.server.arm(phone)
        self.server.cli("device", "retire", phone.mac, check=0)
        page = self.page()
        self.assertGreater(page["provost_secrets_purged_total"].value(), before)
        self.assertEqual(page["provost_devices"].value(state="retired"), 1)
        self.assertGreater(page["provost_outbox_waiting"].value(), 0)
        self.assertGreaterEqual(page["provost_outbox_oldest_age_seconds"].value(), 0)

    def test_R_C8_certificates_and_lists_tell_their_end(self):
        samples = self.page()["provost_identity_expiry_timestamp_seconds"].samples
        self.assertEqual({dict(labels)["key"] for _, labels in samples}, {"EC", "RSA"})
        for (_, labels), value in samples.items():
            file = self.server.tls / f"server-{'ecdsa' if dict(labels)['key'] == 'EC' else 'rsa'}.pem"
            end = openssl("x509", "-in", file, "-noout", "-enddate", "-dateopt", "iso_8601").stdout
            self.assertEqual(end.strip(), "notAfter=" + self.iso(value))

    def test_R_C8_the_store_and_the_process_are_measured(self):
        page = self.page()
        disk = os.statvfs(self.server.home)
        self.assertEqual(page["provost_store_disk_size_bytes"].value(), disk.f_blocks * disk.f_frsize)
        self.assertEqual(page["provost_store_writable"].value(), 1)
        self.assertEqual(page["provost_store_commit_failures_total"].value(), 0)
        self.assertGreater(page["provost_store_commit_duration_seconds"].value(
            "provost_store_commit_duration_seconds_count"), 0)
        self.assertGreater(page["provost_store_events_written_total"].value(), 0)
        self.assertGreater(page["process_cpu_seconds_total"].value(), 0)
        self.assertGreater(page["process_open_fds"].value(), 5)
        self.assertGreater(page["process_resident_memory_bytes"].value(), 1 << 20)

    def test_R_C2_nothing_else_is_there(self):
        self.assertEqual(ask(self.port, "/healthz")[::2], (200, "ok\n"))
        self.assertEqual(ask(self.port, "/readyz")[::2], (200, "ready\n"))
        for path in ("/", "/metrics/", "/v1/devices", "/../etc/passwd", "/metrics?x=1"):
            self.assertEqual(ask(self.port, path)[0], 404, path)
        self.assertEqual(ask(self.port, "/metrics", "POST")[0], 403)
        self.assertEqual(ask(self.port, "/metrics", "HEAD")[2], "")

    @staticmethod
    def iso(seconds):
        return datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc).strftime("%Y-%m-%d %H:%M:%SZ")


class Files(unittest.TestCase):
    """The dashboard and the alert rules ask for nothing that the server does not serve."""

    NAME = re.compile(r"\b(?:provost|process)_[a-z_]+\b")
    SELECTOR = re.compile(r"\b((?:provost|process)_[a-z_]+)\{([^}]*)\}")
    BY = re.compile(r"\bby \(([a-z, ]*)\)")

    @classmethod
    def setUpClass(cls):
        cls.pki = Pki.shared()
        server = with_block(Server(cls.pki), 'metrics: {port: 0}\ntripwire: {port: 0, address: "127.0.0.1"}\n'
                            'alerts: {targets: [{syslog: local, socket: "/nowhere"}]}\n')
        (server.home / "crm.key").write_text("whsec_" + base64.b64encode(b"k" * 32).decode())
        (server.home / "crm.key").chmod(0o600)
        with_block(server, 'webhooks: [{name: crm, url: "http://127.0.0.1:9/", key: crm.key, events: [ban.added]}]\n')
        cls.addClassCleanup(server.stop)
        server.start().fill()
        root = Signer(cls.pki.folder / "snom/root.pem", cls.pki.folder / "snom/root.key")
        server.cli("vendor", "trust", "import-crl", root.revoke(), "--vendor", "snom",
                   check=0)
        cls.families = exposition.parse(ask(server.doors["metrics"], "/metrics")[2])

    def samples(self):
        return {sample: {name for _, labels in family.samples for name, _ in labels} | {"instance", "job"}
                for family in self.families.values() for sample in {name for name, _ in family.samples}}

    def check(self, expressions):
        served, asked = self.samples(), set()
        for text in expressions:
            for opening, closing in ("()", "[]", "{}"):
                self.assertEqual(text.count(opening), text.count(closing), text)
            names = set(self.NAME.findall(text))
            self.assertLessEqual(names, set(served) | {"provost"}, text)
            asked |= names
            for name, labels in self.SELECTOR.findall(text):
                for label in re.findall(r'([a-z]+)(?:=~|!=|=)"', labels):
                    self.assertIn(label, served[name], text)
            for labels in self.BY.findall(text):
                for label in labels.split(","):
                    self.assertTrue(any(label.strip() in served[name] for name in names), text)
        return asked

    def test_R_C7_every_alert_asks_for_what_is_served(self):
        text = (SOURCE / "packaging/prometheus/alerts.yml").read_text()
        rules = re.split(r"(?m)^      - alert: ", text)[1:]
        self.assertGreater(len(rules), 10)
        expressions = []
        for rule in rules:
            found = re.search(r"(?ms)^        expr: (?:>-\n)?(.*?)^        (?:for|labels):", rule)
            self.assertTrue(found, rule)
            expressions.append(found.group(1))
            self.assertRegex(rule, r"severity: (?:warning|critical)\}")
            self.assertRegex(rule, r"(?m)^          summary: .")
            self.assertRegex(rule, r"(?m)^          action: .")
        asked = self.check(expressions)
        self.assertIn("provost_epoch_age_seconds", asked)
        rules_known = {dict(labels)["rule"] for _, labels in self.families["provost_visits_total"].samples}
        for family in ("provost_guard_findings_total", "provost_guard_stopped_total"):
            rules_known |= {dict(labels)["rule"] for _, labels in self.families[family].samples}
        for names in re.findall(r'rule=~?"([^"]*)"', text):
            self.assertLessEqual(set(names.split("|")), rules_known)

    def test_R_C7_every_panel_asks_for_what_is_served_and_all_of_it_is_shown(self):
        board = json.loads((SOURCE / "packaging/grafana/provost.json").read_text())
        ids = [panel["id"] for panel in board["panels"]]
        self.assertEqual(len(ids), len(set(ids)))
        expressions = [target["expr"] for panel in board["panels"] for target in panel.get("targets", ())]
        names = self.check([text.replace("$instance", "") for text in expressions])
        shown = " ".join(names) + " provost_build_info provost_tenants provost_epoch process_virtual_memory_bytes " \
            "process_start_time_seconds provost_outbox_oldest_age_seconds"
        for family in self.families:
            self.assertIn(family, shown, "no panel shows it")

    def test_R_C8_a_revocation_list_tells_its_end(self):
        samples = self.families["provost_crl_expiry_timestamp_seconds"].samples
        self.assertEqual(len(samples), 1)
        self.assertAlmostEqual(next(iter(samples.values())), time.time() + 30 * 86400, delta=3600)


class Ready(unittest.TestCase):
    """/readyz says no, and why, when phones can't be served."""

    def start(self, prepare=lambda server: None):
        server = with_block(Server(Pki.shared()), "metrics: {port: 0}\n")
        prepare(server)
        self.addCleanup(server.kill)
        return server.start()

    def obstacle(self, server):
        status, _, text = ask(server.doors["metrics"], "/readyz")
        self.assertEqual(ask(server.doors["metrics"], "/healthz")[0], 200)
        return None if status == 200 else (status, text)

    def test_R_A11_not_without_keys(self):
        server = self.start()
        self.assertIsNone(self.obstacle(server))
        key = server.home / "keys" / "root.key"
        key.rename(key.with_suffix(".away"))
        self.assertEqual(self.obstacle(server), (503, "keys: root.key is missing from the key folder\n"))
        key.with_suffix(".away").rename(key)
        self.assertIsNone(self.obstacle(server))

    def test_R_A11_not_without_a_valid_identity(self):
        def expire(server):
            for kind in ("rsa", "ecdsa"):
                key, file = server.tls / f"server-{kind}.key", server.tls / f"server-{kind}.pem"
                signer = Signer.stranger()
                file.write_text(signer.issue("/CN=localhost", start=-7200, end=-3600, key=key).read_text())

        server = self.start(expire)
        self.assertEqual(self.obstacle(server),
                         (503, "identity: door 'main' has no certificate that is valid now\n"))

    def test_R_A11_not_while_the_store_cant_write(self):
        server = self.start()
        self.assertIsNone(self.obstacle(server))
        # No write of the process may go beyond what the files have: as on a full disk.
        resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, (1, resource.RLIM_INFINITY))
        status, text = wait_until(lambda: self.obstacle(server), "an obstacle")
        self.assertEqual(status, 503)
        self.assertRegex(text, r"^store: .*P-6010|^store: ")
        page = exposition.parse(ask(server.doors["metrics"], "/metrics")[2])
        self.assertEqual(page["provost_store_writable"].value(), 0)
        self.assertGreater(page["provost_store_commit_failures_total"].value(), 0)
        resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        wait_until(lambda: self.obstacle(server) is None, "ready again without a restart")
        server.stop()


class Configuration(unittest.TestCase):
    def test_R_C2_off_unless_asked_for(self):
        server = Server(Pki.shared())
        self.addCleanup(server.kill)
        server.start()
        self.assertEqual(server.doors, {})
        server.stop()

    def test_R_C2_only_this_machine_is_told(self):
        for address in ("0.0.0.0", "::", "192.0.2.1", "localhost", ""):
            with self.subTest(address):
                server = with_block(Server(Pki.shared()), f'metrics: {{port: 0, address: "{address}"}}\n')
                code, text = server.refuse_to_start()
                self.assertEqual(code, 1)
                self.assertIn("[P-1109]", text)
                self.assertIn("127.0.0.1", text)

    def test_R_C2_the_other_loopback_addresses_will_do(self):
        server = with_block(Server(Pki.shared()), 'metrics: {port: 0, address: "127.0.0.2"}\n')
        self.addCleanup(server.kill)
        server.start()
        with self.assertRaises(ConnectionRefusedError):
            ask(server.doors["metrics"], "/healthz")
        server.stop()


if __name__ == "__main__":
    unittest.main()
