"""Alerts by webhook, mail and syslog, and heads of the audit trail that leave the host the same ways; tested with a real
rsyslogd where it is installed (R-C7)."""

import base64
import contextlib
import pathlib
import re
import shutil
import socket
import sqlite3
import ssl
import subprocess
import threading
import unittest

from alert_hooks import KEY, Hooks, identity, webhook, write_key
from mail_sink import Sink
from ports import free_ports
from provost_fixture import PATIENCE, Pki, Server, temporary_folder, wait_until

RSYSLOGD = shutil.which("rsyslogd", path="/usr/sbin:/usr/bin:/sbin:/bin")


class Case(unittest.TestCase):
    def setUp(self):
        self.pki = Pki.shared()
        self.server = Server(self.pki)
        self.addCleanup(self.server.kill)
        self.key = write_key(self.server)
        self.ca = self.pki.folder / "server-ca.pem"

    def configure(self, text):
        self.server.config.write_text(self.server.config.read_text() + text)
        return self.server

    def hooks(self, *args):
        hooks = Hooks(*args)
        self.addCleanup(hooks.stop)
        return hooks

    def webhook(self, hooks, **more):
        return webhook(self.pki, hooks, **more)

    def ban(self, network, reason):
        self.assertEqual(self.server.rest("POST", "/v1/bans", {"network": network, "reason": reason})[0], 201)

    def waiting_alerts(self):
        """What the server has written down of the messages that wait."""
        with contextlib.closing(sqlite3.connect(f"file:{self.server.home}/data/provost.db?mode=ro", uri=True)) as database:
            row = database.execute("SELECT value FROM notes WHERE name = 'alerts.outbox'").fetchone()
        return row[0] if row else ""

    def targets(self):
        return self.server.json("alert", "targets")


class Alerts(Case):
    def test_R_C7_a_signed_webhook_over_verified_tls_and_a_storm_is_one_alert(self):
        hooks = self.hooks(identity(self.pki))
        server = self.configure(self.webhook(hooks, quiet="10s")).start()
        self.assertEqual(server.json("alert", "test"), {"targets": 1})
        wait_until(lambda: hooks.alerts("alert.test"), "the test")
        for i in range(40):
            self.ban(f"198.51.100.{i}", f"storm {i} \"</script>")
            if i == 20:  # the storm outlasts its first alert, however quick the machine is
                wait_until(lambda: hooks.alerts("ban.added"), "the storm's beginning")
        wait_until(lambda: [one for one in hooks.alerts("ban.added") if one["phase"] == "ended"], "the storm's end")
        told = hooks.alerts("ban.added")
        self.assertEqual([one["phase"] for one in told], ["begun", "ended"], "a storm is one alert, and its end")
        self.assertEqual(told[-1]["count"], 40)
        self.assertEqual((told[0]["severity"], told[0]["server"]), ("info", "test-host"))
        self.assertIn('storm 0 "</script>', told[0]["examples"][0])
        self.assertTrue(told[0]["next_step"])
        ids = [key for key, _ in hooks.messages]
        self.assertEqual(len(ids), len(set(ids)))
        self.assertEqual(self.targets()[0]["trouble"], "")
        server.stop()
        self.assertNotIn(base64.b64encode(KEY).decode(), server.log.read_text())

    def test_R_C7_what_is_refused_is_sent_again_with_its_id_also_after_a_restart(self):
        hooks = self.hooks(identity(self.pki))
        hooks.refusals = 1000  # the last try at the end fails too
        server = self.configure(self.webhook(hooks)).start()
        self.ban("198.51.100.1", "x")
        wait_until(lambda: self.targets()[0]["failed"] >= 1 and hooks.tries, "the first try")
        self.assertIn("500", self.targets()[0]["trouble"])
        wait_until(lambda: hooks.tries[0] in self.waiting_alerts(), "the outbox, which is written once a second")
        server.stop()
        self.assertEqual(hooks.messages, [])
        hooks.refusals = 0
        server.start()
        wait_until(lambda: hooks.alerts("ban.added"), "the alert after the restart")
        self.assertEqual(len(set(hooks.tries)), 1, "one id for all tries")
        self.assertIn("alert.failed", server.log.read_text())
        server.stop()
        self.assertNotIn("hook-canary", server.log.read_text(), "a webhook's path may be a secret")

    def test_R_C7_who_cant_be_verified_or_sends_elsewhere_gets_nothing(self):
        elsewhere = self.hooks()
        hooks = self.hooks(identity(self.pki))
        hooks.elsewhere = f"http://127.0.0.1:{elsewhere.server_port}/"
        stranger = temporary_folder("stranger")
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost", "-days", "2",
                        "-keyout", stranger / "key.pem", "-out", stranger / "cert.pem"], capture_output=True, check=True)
        impostor = self.hooks((stranger / "cert.pem", stranger / "key.pem"))
        server = self.configure(self.webhook(hooks).replace("targets: [", 'targets: [{webhook: '
                                f'"https://localhost:{impostor.server_port}/", key: keys/webhook.key, ca: "{self.ca}"}}, ')).start()
        server.cli("alert", "test", check=0)
        wait_until(lambda: all(one["failed"] >= 1 for one in self.targets()), "both failures")
        self.assertRegex(self.targets()[0]["trouble"], "(?i)certificate")
        self.assertIn("302", self.targets()[1]["trouble"])
        self.assertEqual((impostor.tries, elsewhere.tries), ([], []))
        server.stop()

    def test_R_C7_a_mail_by_starttls(self):
        sink = Sink(identity(self.pki))
        self.addCleanup(sink.stop)
        password = self.server.home / "keys/mail"
        password.write_text("relay-secret\n")
        password.chmod(0o600)
        server = self.configure(
            f'alerts: {{gather: 1s, targets: [{{mail: "smtp://localhost:{sink.port}", from: provost@example.com, to: '
            f'[a@example.com, b@example.com], user: provost, password: keys/mail, ca: "{self.ca}"}}]}}\n').start()
        server.cli("alert", "test", check=0)
        mail = wait_until(lambda: sink.mails, "the mail")[0]
        self.assertTrue(mail["encrypted"])
        self.assertEqual(base64.b64decode(mail["login"]), b"\0provost\0relay-secret")
        self.assertEqual((mail["from"], mail["to"]), ("<provost@example.com>", ["<a@example.com>", "<b@example.com>"]))
        self.assertIn("Subject: [Provost] INFO: This is a test of Provost's alerts. [test]\r\n", mail["text"])
        self.assertIn("To do: ", mail["text"])
        server.stop()
        self.assertNotIn("relay-secret", server.log.read_text())

    def test_R_C7_a_relay_without_tls_gets_no_mail(self):
        sink = Sink()
        self.addCleanup(sink.stop)
        server = self.configure(f'alerts: {{targets: [{{mail: "smtp://localhost:{sink.port}", from: p@example.com, '
                                'to: a@example.com}]}\n').start()
        server.cli("alert", "test", check=0)
        wait_until(lambda: self.targets()[0]["failed"] == 1, "the refusal")
        self.assertEqual(sink.mails, [])
        server.stop()

    def test_R_C7_what_would_go_out_in_clear_or_lies_open_refuses_the_start(self):
        for target, code in (('webhook: "http://192.0.2.1:80/", key: keys/webhook.key', "P-2107"),
                             ('webhook: "https://user:word@localhost/", key: keys/webhook.key', "P-7020"),
                             ('syslog: "udp://192.0.2.1:514"', "P-2107"), ('syslog: "ftp://192.0.2.1:514"', "P-7020"),
                             ('mail: "smtp://192.0.2.1:25", from: a@example.com, to: b@example.com, tls: no', "P-2107"),
                             ('mail: "smtp://localhost:25", from: "a@example.com>x", to: b@example.com', "P-2107"),
                             ('webhook: "https://localhost/", syslog: local', "P-2107"),
                             ('webhook: "https://localhost/", key: keys/nothing', "P-1112"),
                             ('webhook: "https://localhost/", key: provost.yaml', "P-111")):
            server = Server(self.pki)
            server.config.write_text(server.config.read_text() + f"alerts: {{targets: [{{{target}}}]}}\n")
            status, said = server.refuse_to_start()
            self.assertEqual(status, 1, target)
            self.assertIn(code, said, target)
        self.key.chmod(0o644)
        status, said = self.configure('alerts: {targets: [{webhook: "https://localhost/", key: keys/webhook.key}]}\n') \
            .refuse_to_start()
        self.assertEqual(status, 1)
        self.assertIn("open to others", said)

    def test_R_C7_heads_leave_by_webhook_and_verify_the_trail(self):
        hooks = self.hooks(identity(self.pki))
        server = self.configure(f'audit: {{ship: [{{webhook: "https://localhost:{hooks.server_port}/", key: keys/webhook.key, '
                                f'ca: "{self.ca}"}}]}}\n').start()
        server.cli("tenant", "add", "acme", "--name", "Acme", check=0)
        server.stop()
        self.assertEqual({one["type"] for _, one in hooks.messages}, {"audit.head"})
        heads = server.folder / "heads"
        heads.write_text("".join(one["line"] + "\n" for _, one in hooks.messages))
        verdict = server.json("audit", "verify", "--config", str(server.config), "--key", str(server.home / "keys/audit.start"),
                              "--head", str(heads))
        self.assertEqual((verdict["verdict"], verdict["heads_checked"]), ("whole", len(hooks.messages)))
        self.assertEqual(verdict["last"], int(re.search(r" seq=(\d+) ", hooks.messages[-1][1]["line"]).group(1)))

    def test_R_C7_a_syslog_receiver_that_asks_who_is_there_is_shown_the_certificate(self):
        folder = temporary_folder("client")
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=provost", "-days", "2",
                        "-keyout", folder / "key.pem", "-out", folder / "cert.pem"], capture_output=True, check=True)
        (folder / "key.pem").chmod(0o600)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*identity(self.pki))
        context.load_verify_locations(folder / "cert.pem")
        context.verify_mode = ssl.CERT_REQUIRED
        got = []
        with socket.create_server(("127.0.0.1", 0)) as listener:
            def take():
                with context.wrap_socket(listener.accept()[0], server_side=True) as connection:
                    while chunk := connection.recv(65536):
                        got.append(chunk)
            thread = threading.Thread(target=take, daemon=True)
            thread.start()
            server = self.configure(
                f'alerts: {{name: test-host, targets: [{{syslog: "tls://localhost:{listener.getsockname()[1]}", '
                f'ca: "{self.ca}", certificate: "{folder}/cert.pem", client_key: "{folder}/key.pem"}}]}}\n').start()
            server.cli("alert", "test", check=0)
            wait_until(lambda: b" - {" in b"".join(got) and got[-1].endswith(b"}"), "the line")
        length, line = b"".join(got).split(b" ", 1)
        self.assertEqual(int(length), len(line), "counted as RFC 5425 says")
        self.assertRegex(line.decode(), r"^<86>1 \S+Z test-host provost \d+ alert - \{")
        server.stop()

    def test_R_C7_without_targets_a_test_says_so(self):
        self.server.start()
        self.assertIn("P-2090", self.server.cli("alert", "test").stderr)
        self.server.stop()


@unittest.skipUnless(RSYSLOGD, "rsyslogd is not installed: apt install rsyslog rsyslog-openssl")
class Rsyslog(Case):
    """A real rsyslogd, with TLS that asks for nothing of the sender."""

    CONFIG = """global(workDirectory="{folder}" DefaultNetstreamDriver="ossl" DefaultNetstreamDriverCAFile="{ca}"
 DefaultNetstreamDriverCertFile="{certificate}" DefaultNetstreamDriverKeyFile="{key}")
module(load="imtcp" StreamDriver.Name="ossl" StreamDriver.Mode="1" StreamDriver.AuthMode="anon")
module(load="imudp")
module(load="imuxsock" SysSock.Use="off")
input(type="imtcp" port="{tls}" address="127.0.0.1")
input(type="imudp" port="{udp}" address="127.0.0.1")
input(type="imuxsock" Socket="{folder}/log.sock" CreatePath="on")
template(name="own" type="string" string="%inputname%|%pri%|%hostname%|%app-name%|%msgid%|%msg%\\n")
action(type="omfile" file="{folder}/messages" template="own")
"""

    def rsyslog(self):
        folder = temporary_folder("rsyslog")
        ports = free_ports(2)
        certificate, key = identity(self.pki)
        (folder / "rsyslog.conf").write_text(self.CONFIG.format(folder=folder, ca=self.ca, certificate=certificate, key=key,
                                                                tls=ports[0], udp=ports[1]))
        with open(folder / "said", "wb") as said:
            process = subprocess.Popen([RSYSLOGD, "-n", "-i", folder / "pid", "-f", folder / "rsyslog.conf"],
                                       stdout=subprocess.DEVNULL, stderr=said)
        self.addCleanup(lambda: (process.terminate(), process.wait(PATIENCE)))
        wait_until(lambda: (folder / "log.sock").exists(), "rsyslogd's socket")

        def listens():
            with socket.socket() as one:
                return one.connect_ex(("127.0.0.1", ports[0])) == 0
        wait_until(listens, lambda: f"rsyslogd's port: {(folder / 'said').read_text()}")
        return folder, *ports

    def lines(self, folder, pattern):
        file = folder / "messages"
        return [line for line in file.read_text().splitlines() if re.search(pattern, line)] if file.exists() else []

    def test_R_C7_alerts_and_heads_by_syslog_over_tls_udp_and_the_local_socket(self):
        folder, tls, udp = self.rsyslog()
        server = self.configure(
            f'alerts: {{name: test-host, targets: [{{syslog: "tls://localhost:{tls}", ca: "{self.ca}"}}, '
            f'{{syslog: "udp://127.0.0.1:{udp}"}}, {{syslog: local, socket: "{folder}/log.sock"}}]}}\n'
            f'audit: {{head_file: heads, ship: [{{syslog: "tls://localhost:{tls}", ca: "{self.ca}"}}]}}\n').start()
        server.cli("alert", "test", check=0)
        for name in ("imtcp", "imudp"):
            line = wait_until(lambda name=name: self.lines(folder, rf"^{name}\|.*\|alert\|"), f"the alert by {name}")[0]
            self.assertIn("|86|test-host|provost|alert|", line)
            self.assertIn('"says":"This is a test of Provost\'s alerts."', line)
        wait_until(lambda: self.lines(folder, r"^imuxsock\|86\|.*\|provost\|.*This is a test"), "the alert by the local socket")

        server.cli("tenant", "add", "acme", "--name", "Acme", check=0)
        server.stop()
        newest = (server.home / "heads").read_text().splitlines()[-1]
        wait_until(lambda: self.lines(folder, r"audit-head\| ?" + re.escape(newest)), "the head at the stop")
        self.verify(server, folder, newest)

    def verify(self, server, folder, newest):
        """What rsyslog wrote is what verifies an export, without the database."""
        export = server.folder / "trail.jsonl"
        server.cli("audit", "export", export, "--config", server.config, check=0)
        start = server.home / "keys/audit.start"
        whole = server.json("audit", "verify", export, "--key", str(start), "--head", str(folder / "messages"))
        self.assertEqual(whole["verdict"], "whole")
        self.assertGreaterEqual(whole["heads_checked"], 1)
        self.assertEqual(whole["last"], int(re.search(r"seq=(\d+)", newest).group(1)))
        self.assertIn("P-1115", server.cli("audit", "export", export, "--config", server.config, check=1).stderr)
        lines = export.read_text().splitlines()
        spoilt = pathlib.Path(server.folder / "spoilt.jsonl")
        for change, says in ((lambda all: [all[0], *all[2:]], "missing"), (lambda all: [*all[:-1]], "P-1114"),
                             (lambda all: [all[0], all[2], all[1], *all[3:]], "order"),
                             (lambda all: [all[0], all[1].replace('"actor":"', '"actor":"x'), *all[2:]], "changed"),
                             (lambda all: [*all[:-2], '{"entries":%d}' % (len(all) - 3)], "at the end"),
                             (lambda all: [all[0], "{}", *all[2:]], "P-1114")):
            spoilt.write_text("\n".join(change(lines)) + "\n")
            done = server.cli("audit", "verify", spoilt, "--key", start, "--head", folder / "messages", check=1)
            self.assertIn(says, done.stdout + done.stderr)


if __name__ == "__main__":
    unittest.main()
