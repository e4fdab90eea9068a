"""The admin listener as browsers, scripts and strangers find it."""

import http.client
import json
import re
import socket
import ssl
import threading
import time
import unittest

from admin_fixture import Admin, with_admin
from provost_fixture import PATIENCE, Pki, Server, openssl, wait_until

# At any other name also Strict-Transport-Security; it would tie every other server on localhost to HTTPS.
ALWAYS = {"strict-transport-security": None, "x-content-type-options": "nosniff",
          "referrer-policy": "no-referrer", "cross-origin-opener-policy": "same-origin",
          "cross-origin-resource-policy": "same-origin", "reporting-endpoints": 'csp="/csp-report"'}
CANARY = "canary-7f3a9c"


class Story(unittest.TestCase):
    more, web = "", True

    @classmethod
    def setUpClass(cls):
        cls.server = with_admin(Pki.shared(), cls.web, cls.more)
        cls.addClassCleanup(cls.server.stop)
        cls.server.start()
        cls.admin = Admin(cls.server)

    def origin(self):
        return f"https://localhost:{self.admin.port}"

    def counters(self):
        return self.server.rest("GET", "/v1/server")[1]["admin"]["counters"]


class Answers(Story):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.server.fill()

    def test_R_F6_every_kind_of_answer_tells_the_browser_its_rules(self):
        ask = self.admin.ask
        answers = {
            "page": (ask("GET", "/devices"), 200), "script": (ask("GET", "/assets/index-1a2b3c4d.js"), 200),
            "icon": (ask("GET", "/icon.svg"), 200), "nothing": (ask("GET", "/assets/x.js"), 404),
            "head": (ask("HEAD", "/"), 200), "posted page": (ask("POST", "/", b"a"), 405),
            "api": (ask("GET", "/v1/tenants"), 401), "no api": (ask("GET", "/v1/nothing"), 401),
            "trace": (ask("TRACE", "/v1/tenants"), 405), "options": (ask("OPTIONS", "/v1/tenants"), 405),
            "host": (ask("GET", "/", host="evil.example"), 421), "large": (ask("POST", "/v1/x", b"a" * 1048577), 413),
            "broken": (ask("GET", "/v1/%zz"), 400)}
        for name, (answer, status) in answers.items():
            with self.subTest(name):
                self.assertEqual(answer.status, status, answer.raw[:200])
                for header, value in ALWAYS.items() if name != "host" else ():  # that one is no name of ours
                    self.assertEqual(answer.headers.get(header), value, header)
                self.assertIn("camera=()", answer.headers["permissions-policy"])
                policy = answer.headers["content-security-policy"]
                for part in ("default-src 'none'", "script-src 'self';", "style-src-attr 'none'", "frame-ancestors 'none'",
                             "base-uri 'none'", "report-uri /csp-report", "report-to csp"):
                    self.assertIn(part, policy)
                self.assertNotIn("unsafe", policy)
                for header in answer.headers:
                    self.assertFalse(header in ("server", "x-powered-by") or header.startswith("access-control"), header)
                if name not in ("script", "icon"):
                    self.assertEqual(answer.headers["cache-control"], "no-store")
        self.assertEqual(answers["head"][0].body, b"")

    def test_R_F6_each_page_has_a_nonce_of_its_own(self):
        seen = set()
        for path in ("/", "/devices", "/devices/00:15:65:aa:bb:cc", "/index.html"):
            answer = self.admin.ask("GET", path)
            nonces = re.findall(r'(?:nonce|content)="([^"]+)"', answer.body.decode())
            self.assertEqual(len(set(nonces)), 1, answer.body)
            self.assertIn(f"style-src 'self' 'nonce-{nonces[0]}'", answer.headers["content-security-policy"])
            self.assertNotIn(b"__NONCE__", answer.body)
            self.assertGreaterEqual(len(nonces[0]), 22)
            seen.add(nonces[0])
        self.assertEqual(len(seen), 4)

    def test_R_F6_hashed_files_are_kept_and_come_compressed(self):
        path = "/assets/index-1a2b3c4d.js"
        for accepted, body, encoding in (("br, gzip", b"as brotli", "br"), ("gzip", b"as gzip", "gzip"),
                                         ("br;q=0, gzip", b"as gzip", "gzip"), ("identity", None, None)):
            with self.subTest(accepted):
                answer = self.admin.ask("GET", path, headers=[f"Accept-Encoding: {accepted}"])
                self.assertEqual(answer.headers.get("content-encoding"), encoding)
                self.assertEqual(answer.headers["vary"], "Accept-Encoding")
                self.assertEqual(answer.headers["cache-control"], "public, max-age=31536000, immutable")
                self.assertEqual(answer.headers["content-type"], "text/javascript; charset=utf-8")
                self.assertEqual(answer.body, body or b"export const a = 1;\n" * 100)

    def test_R_C2_no_path_reaches_a_file_that_is_not_the_interfaces(self):
        (self.server.folder / "canary.txt").write_text(CANARY)
        for path in ("/../canary.txt", "/assets/../../canary.txt", "/%2e%2e/canary.txt", "/..%2fcanary.txt",
                     "/assets/%2e%2e/%2e%2e/canary.txt", "//canary.txt", "/..\\canary.txt", "/%252e%252e/canary.txt",
                     "/assets/....//canary.txt", f"/{self.server.folder}/canary.txt", "/etc/passwd", "/.git/config",
                     "/srv/provost.yaml", "/../srv/keys/root.key", "/.env", "/assets/", "/assets", "/index.html.gz",
                     "/..;/canary.txt", "/%c0%ae%c0%ae/canary.txt"):
            with self.subTest(path):
                answer = self.admin.ask("GET", path)
                self.assertIn(answer.status, (200, 400, 404))
                if answer.status == 200:
                    self.assertTrue(answer.body.startswith(b"<!doctype html>"), answer.body[:100])
                self.assertNotIn(CANARY.encode(), answer.raw)
                self.assertNotIn(b"root:", answer.raw)

    def test_R_F6_only_configured_hosts_are_served(self):
        before = self.counters()["wrong_hosts"]
        hosts = ("127.0.0.1", "evil.example", "localhost.evil.example", "localhost@evil.example", "localhost.")
        for host in hosts:
            self.assertEqual(self.admin.ask("GET", "/v1/tenants", host=host).status, 421, host)
        self.assertEqual(self.counters()["wrong_hosts"] - before, len(hosts))
        for host in ("localhost", f"localhost:{self.admin.port}", "LOCALHOST"):
            self.assertEqual(self.admin.ask("GET", "/", host=host).status, 200, host)

    def test_R_F6_nobody_is_let_in_without_signing_in(self):
        for method, path in (("GET", "/v1/tenants"), ("POST", "/v1/devices"), ("GET", "/v1/events/stream"),
                             ("DELETE", "/v1/tenants/acme"), ("GET", "/v1/openapi.json"), ("POST", "/v1/imports"),
                             ("GET", "/%76%31/tenants"), ("HEAD", "/v1/tenants")):
            answer = self.admin.ask(method, path, b"{}" if method == "POST" else b"")
            # A change that does not even say which page it comes from is refused before it is asked who it is.
            self.assertEqual(answer.status, 401 if method in ("GET", "HEAD") else 403, path)
            self.assertNotIn(b"acme", answer.body)
            own = self.admin.ask(method, path, b"{}" if method == "POST" else b"", [f"Origin: {self.origin()}"])
            self.assertEqual(own.status, 401, path)

    def test_R_C2_smuggled_and_malformed_requests_are_answered_once_and_closed(self):
        begin = "POST /v1/x HTTP/1.1\r\nHost: localhost\r\n"
        for lines in (begin + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\nabcGET /x HTTP/1.1\r\n\r\n",
                      begin + "Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
                      begin + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n", begin + "Host: two\r\n\r\n",
                      begin + "Transfer-Encoding: chunked\r\n\r\n-1\r\n", begin + "Content-Length: 1 \n\r\na",
                      begin + "Transfer-Encoding: chunked\r\n\r\n5;x=\n\r\nhello\r\n0\r\n\r\n",
                      "GET  /  HTTP/1.1\r\n\r\n", "GET /\r\n\r\n", "\x00\x01\x02\r\n\r\n", "GET / HTTP/2.0\r\n\r\n",
                      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "GET http://localhost/ HTTP/1.1\r\nHost: localhost\r\n\r\n",
                      "CONNECT localhost:22 HTTP/1.1\r\nHost: localhost\r\n\r\n",
                      "GET /" + "a" * 9000 + " HTTP/1.1\r\n\r\n", "GET / HTTP/1.1\r\n" + "X: y\r\n" * 200 + "\r\n",
                      "GET / HTTP/1.1\r\nHost: localhost\r\nX: " + "y" * 70000 + "\r\n\r\n"):
            with self.subTest(lines[:70]):
                received = self.admin.raw(lines.encode("latin-1"))
                self.assertLessEqual(received.count(b"HTTP/1.1 "), 1)
                # Of a stranger's chunks none is read: the head alone is refused.
                self.assertTrue(received.startswith((b"HTTP/1.1 400 ", b"HTTP/1.1 401 ")) or not received, received[:100])
        self.assertEqual(self.admin.ask("GET", "/").status, 200)

    def test_R_F6_a_kept_connection_is_used_again(self):
        connection = http.client.HTTPSConnection("localhost", self.admin.port, timeout=PATIENCE, context=self.admin.context)
        before = self.counters()["handshakes"]
        for _ in range(30):
            connection.request("GET", "/v1/tenants")
            answer = connection.getresponse()
            self.assertEqual(answer.status, 401)
            answer.read()
        connection.close()
        self.assertEqual(self.counters()["handshakes"] - before, 1)

    def test_R_C1_tls_is_modern_and_no_certificate_is_asked_for(self):
        for version, good in (("-tls1_1", False), ("-tls1_2", True), ("-tls1_3", True)):
            said = openssl("s_client", "-connect", f"127.0.0.1:{self.admin.port}", version, "-cipher", "ALL:@SECLEVEL=0",
                           check=False)
            self.assertEqual("Cipher is (NONE)" in said.stdout, not good, version)
            self.assertNotIn("Acceptable client certificate", said.stdout)
            self.assertNotIn("Client Certificate Types", said.stdout)
            self.assertNotIn("Requested Signature Algorithms", said.stdout)

    def test_R_C1_plain_http_gets_neither_answer_nor_redirect(self):
        with socket.create_connection(("127.0.0.1", self.admin.port), timeout=PATIENCE) as plain:
            plain.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
            received = b""
            while chunk := plain.recv(4096):
                received += chunk
        self.assertNotIn(b"HTTP/", received)
        self.assertLess(len(received), 16)

    def test_R_F6_what_a_browser_reports_is_logged_in_bounds(self):
        report = {"csp-report": {"document-uri": f"https://localhost/login?{CANARY}#{CANARY}",
                                 "blocked-uri": f"https://evil.example/{CANARY}", "effective-directive": "script-src-elem"}}
        for _ in range(40):
            answer = self.admin.ask("POST", "/csp-report", json.dumps(report).encode(),
                                    ["Content-Type: application/csp-report"])
            self.assertEqual(answer.status, 204)
        wait_until(lambda: "web.csp-violation" in self.server.log.read_text(), "the report in the log")
        told = [line for line in self.server.log.read_text().splitlines() if "web.csp-violation" in line]
        self.assertLessEqual(len(told), 12)
        self.assertIn("https://evil.example", told[0])
        self.assertNotIn(CANARY, self.server.log.read_text())
        self.assertGreaterEqual(self.counters()["csp_reports"], 40)
        self.assertEqual(self.admin.ask("POST", "/csp-report", b"a" * 20000).status, 413)

    def test_R_B8_what_lets_in_is_written_nowhere(self):
        secrets = [f"Authorization: Bearer {CANARY}", f"Cookie: __Host-provost={CANARY}", f"X-Provost-CSRF: {CANARY}"]
        origin = self.server.rest("GET", "/v1/server")[1]["admin"]["url"].rstrip("/")
        browser = [f"Origin: {origin}", "Content-Type: application/json"]
        tried = self.admin.ask("POST", "/v1/session/password", json.dumps({"login": "x", "password": CANARY}).encode(), browser)
        self.assertEqual(tried.status, 401, tried.body)
        self.assertEqual(self.admin.ask("GET", "/v1/session", headers=secrets[1:2]).status, 401)
        self.admin.ask("GET", f"/v1/devices?q={CANARY}", headers=secrets)
        self.admin.raw(f"GET / HTTP/1.1\r\nHost: localhost\r\n{secrets[1]}\r\nBad line {CANARY}\r\n\r\n".encode())
        self.server.settle()
        for file in [self.server.log, *(f for f in self.server.home.rglob("*") if f.is_file())]:
            self.assertNotIn(CANARY.encode(), file.read_bytes(), file)


class Limits(Story):
    more = "  security_txt: security.txt\n  limits: {header_seconds: 100, idle_seconds: 100, connections_per_address: 210}\n"

    @classmethod
    def setUpClass(cls):
        cls.server = with_admin(Pki.shared(), True, cls.more)
        (cls.server.home / "security.txt").write_text("Contact: mailto:security@example.net\nExpires: 2030-01-01T00:00:00Z\n")
        cls.addClassCleanup(cls.server.stop)
        cls.server.start().fill()
        cls.admin = Admin(cls.server)

    def test_R_C4_two_hundred_idle_connections_do_not_touch_the_phones(self):
        held, shed = [], self.counters()["shed"]
        self.addCleanup(lambda: [one.close() for one in held])
        wait_until(lambda: self.counters()["open"] == 0, "those of the test before to have left")
        for _ in range(200):
            held.append(self.admin.connect())
        phone = self.server.pki.of("yealink")[0]
        for _ in range(3):
            self.server.arm(phone)
            self.assertTrue(phone.password(phone.fetch(self.server.port)))
        self.assertGreaterEqual(self.counters()["accepted"], 200)
        self.assertEqual(self.counters()["open"], 200)
        refused = 0
        for _ in range(20):
            try:
                held.append(self.admin.connect())
            except (OSError, ssl.SSLError):
                refused += 1
        self.assertEqual((refused, self.counters()["shed"] - shed), (10, 10))
        held[0].sendall(b"GET /icon.svg HTTP/1.1\r\nHost: localhost\r\n\r\n")
        self.assertIn(b"200 OK", held[0].recv(65536))
        for one in held:
            one.close()
        wait_until(lambda: self.counters()["open"] == 0, "no connection to be left")

    def test_R_F6_security_txt_is_served(self):
        answer = self.admin.ask("GET", "/.well-known/security.txt")
        self.assertEqual((answer.status, answer.headers["content-type"]), (200, "text/plain; charset=utf-8"))
        self.assertTrue(answer.body.startswith(b"Contact: mailto:security@example.net"))

    def test_R_C4_phones_are_served_while_requests_pour_in(self):
        stop = threading.Event()

        def pour():
            connection = http.client.HTTPSConnection("localhost", self.admin.port, timeout=PATIENCE,
                                                     context=self.admin.context)
            while not stop.is_set():
                connection.request("GET", "/v1/tenants")
                connection.getresponse().read()
            connection.close()

        threads = [threading.Thread(target=pour) for _ in range(8)]
        for thread in threads:
            thread.start()
        try:
            phone = self.server.pki.of("snom")[0]
            for _ in range(5):
                self.server.arm(phone)
                self.assertTrue(phone.password(phone.fetch(self.server.port)))
        finally:
            stop.set()
            for thread in threads:
                thread.join()


class Slow(Story):
    more = "  limits: {handshake_seconds: 5, header_seconds: 2, body_seconds: 2, idle_seconds: 2}\n"

    def test_R_C4_slow_clients_are_cut_off(self):
        begin = time.monotonic()
        silent = socket.create_connection(("127.0.0.1", self.admin.port), timeout=PATIENCE)
        head, body, idle = self.admin.connect(), self.admin.connect(), self.admin.connect()
        head.sendall(b"GET / HTTP/1.1\r\nHost: loc")
        body.sendall(b"POST /v1/x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\nabc")
        idle.sendall(b"GET /icon.svg HTTP/1.1\r\nHost: localhost\r\n\r\n")
        self.assertIn(b"200 OK", idle.recv(65536))
        for connection in (silent, head, body, idle):
            try:
                while connection.recv(65536):
                    pass
            except (ConnectionResetError, ssl.SSLError):
                pass
            connection.close()
        self.assertLess(time.monotonic() - begin, 30)


class Certificates(Story):
    def serial(self):
        with self.admin.connect() as connection:
            return connection.getpeercert()["serialNumber"]

    def test_R_A8_a_new_certificate_is_taken_without_restart_and_a_bad_one_is_not(self):
        tls = self.server.tls
        before = self.serial()
        csr = openssl("req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj",
                      "/CN=localhost", "-keyout", tls / "server-ecdsa.key").stdout
        extension = self.server.folder / "san"
        extension.write_text("subjectAltName=DNS:localhost\nextendedKeyUsage=serverAuth\n")
        new = openssl("x509", "-req", "-CA", tls / "server-ca.pem", "-CAkey", tls / "server-ca.key", "-days", "30",
                      "-extfile", extension, stdin=csr).stdout
        (tls / "server-ecdsa.pem").write_text(new)
        with self.admin.connect() as kept:
            self.server.cli("server", "reload", check=0)
            after = self.serial()
            self.assertNotEqual(after, before)
            kept.sendall(b"GET /icon.svg HTTP/1.1\r\nHost: localhost\r\n\r\n")
            self.assertIn(b"200 OK", kept.recv(4096), "an open connection goes on")
        (tls / "server-ecdsa.pem").write_text("spoilt")
        refused = self.server.cli("server", "reload", check=1)
        self.assertIn("P-7001", refused.stdout + refused.stderr)
        self.assertEqual(self.serial(), after)


class Configuration(unittest.TestCase):
    def refused(self, server, *words):
        code, said = server.refuse_to_start()
        self.assertEqual(code, 1, said)
        for word in words:
            self.assertIn(word, said)

    def test_R_F6_off_unless_asked_for(self):
        server = Server(Pki.shared())
        self.addCleanup(server.kill)
        server.start()
        self.assertNotIn("admin", server.doors)
        self.assertNotIn("admin", server.rest("GET", "/v1/server")[1])
        server.stop()

    def test_R_A11_mistakes_refuse_the_start(self):
        for change, words in ((lambda text: text.replace("  names: localhost\n", ""), ("P-2104", "names")),
                              (lambda text: text.replace("names: localhost", "names: 'a b'"), ("P-2107",)),
                              (lambda text: text.replace("names: localhost", "names: localhost\n  url: http://localhost"), ("P-2107", "begins with https://")),
                              (lambda text: text.replace("names: localhost", "names: localhost\n  url: https://other.example"), ("P-2107",)),
                              (lambda text: text.replace("names: localhost", "names: localhost\n  doors: 1"), ("P-2103",)),
                              (lambda text: text.replace('/web"', '/nowhere"'), ("P-7041", "admin")),
                              (lambda text: text.replace("names: localhost", "names: localhost\n  security_txt: none"), ("P-1102", "admin")),
                              (lambda text: text.replace("  port: 0\n  names", "  port: 1\n  address: 192.0.2.1\n  names"), ("P-7003", "admin"))):
            server = with_admin(Pki.shared())
            self.addCleanup(server.kill)
            server.config.write_text(change(server.config.read_text()))
            with self.subTest(words):
                self.refused(server, *words)

    def test_R_A11_a_key_that_others_may_read_refuses_the_start(self):
        server = with_admin(Pki.shared())
        own = server.folder / "own"
        own.mkdir()
        for name in ("server-ecdsa.pem", "server-ecdsa.key"):
            (own / name).write_text((server.tls / name).read_text())
        (own / "server-ecdsa.key").chmod(0o644)
        text = server.config.read_text()
        head, _, admin = text.partition("admin:\n")
        server.config.write_text(head + "admin:\n" + admin.replace(f"{server.tls}/server-ecdsa", f"{own}/server-ecdsa"))
        self.refused(server, "P-7002", "admin")

    def test_R_F6_without_an_interface_a_page_says_where_it_is(self):
        server = with_admin(Pki.shared(), web=False, more="  url: https://localhost\n  web: web\n")
        (server.home / "web").mkdir()
        server.config.write_text(server.config.read_text().replace("  web: web\n", ""))
        # No folder is found beside vendor files of its own.
        share = server.folder / "share"
        share.mkdir()
        vendors = re.search(r'vendor_folder: "([^"]+)"', server.config.read_text()).group(1)
        (share / "vendors").symlink_to(vendors)
        server.config.write_text(server.config.read_text().replace(vendors, str(share / "vendors")))
        self.addCleanup(server.kill)
        server.start()
        answer = Admin(server).ask("GET", "/devices")
        self.assertEqual((answer.status, answer.headers["content-type"]), (200, "text/plain; charset=utf-8"))
        self.assertIn(b"admin.web", answer.body)
        state = server.rest("GET", "/v1/server")[1]["admin"]
        self.assertEqual((state["url"], state["web_files"], state["names"]), ("https://localhost/", 0, ["localhost"]))
        server.stop()


if __name__ == "__main__":
    unittest.main()
