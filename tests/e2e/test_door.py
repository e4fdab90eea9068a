"""The phones' door as a stranger with tools of his own finds it."""

import os
import pathlib
import re
import socket
import ssl
import subprocess
import unittest

from provost_fixture import PATIENCE, Story, openssl, parse_answer, wait_until


def s_client(port, *arguments, stdin=""):
    """openssl s_client, at the lowest security level so that it offers what it is told to."""
    done = subprocess.run(["openssl", "s_client", "-connect", f"127.0.0.1:{port}", "-servername", "localhost",
                           *map(str, arguments)], input=stdin, capture_output=True, text=True, timeout=PATIENCE, check=False)
    return done.stdout + done.stderr


def context_of(phone, **settings):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations(phone.authority)
    for name, value in settings.items():
        setattr(context, name, value)
    return context


class Door(Story):
    policy = ("grace=1h",)

    def setUp(self):
        self.phone = self.pki.of("yealink")[0]
        self.port = self.server.port

    def raw(self, request, tls=True):
        """Sends bytes, gives all that comes back."""
        if tls:
            connection = self.phone.connect(self.port)
        else:
            connection = socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE)
        with connection:
            connection.sendall(request)
            received = b""
            try:
                while chunk := connection.recv(65536):
                    received += chunk
            except (ConnectionResetError, ssl.SSLError):
                pass
        return received

    def test_R_C1_old_tls_is_refused(self):
        for version in ("-tls1", "-tls1_1"):
            with self.subTest(version):
                said = s_client(self.port, version, "-cipher", "ALL:@SECLEVEL=0")
                self.assertIn("Cipher is (NONE)", said)
        for version in ("-tls1_2", "-tls1_3"):
            with self.subTest(version):
                self.assertNotIn("Cipher is (NONE)", s_client(self.port, version))

    def test_R_A1_every_connection_is_asked_for_a_certificate(self):
        for version in ("-tls1_2", "-tls1_3"):
            said = s_client(self.port, version, "-ign_eof", stdin="GET / HTTP/1.0\r\n\r\n")
            self.assertTrue("Client Certificate Types" in said or "Requested Signature Algorithms" in said, said)

    def test_R_A1_no_session_outlives_its_handshake(self):
        tls12 = s_client(self.port, "-tls1_2", "-reconnect")
        self.assertEqual(tls12.count("New, TLSv1.2"), 6, "each connection is a full handshake")
        self.assertNotIn("Reused", tls12)
        self.assertNotIn("TLS session ticket:", tls12)
        self.assertRegex(tls12, r"Session-ID: *\n")
        tls13 = s_client(self.port, "-tls1_3", "-ign_eof", stdin="GET / HTTP/1.0\r\n\r\n")
        self.assertNotIn("Post-Handshake New Session Ticket", tls13)

    def test_R_A1_renegotiation_is_refused(self):
        output = self.server.folder / "renegotiation"
        with open(output, "wb") as out:
            process = subprocess.Popen(["openssl", "s_client", "-connect", f"127.0.0.1:{self.port}", "-tls1_2",
                                        "-legacy_renegotiation"], stdin=subprocess.PIPE, stdout=out, stderr=subprocess.STDOUT, text=True)
        try:
            # What comes at once with the R would be lost.
            process.stdin.write("R\n")
            process.stdin.flush()
            wait_until(lambda: re.search("RENEGOTIATING\n(.|\n)*(renegotiation|failure|error)", output.read_text()) or
                       process.poll() is not None, "what became of it")
            process.communicate("GET / HTTP/1.0\r\n\r\n", timeout=PATIENCE)
        finally:
            process.kill()
            process.wait()
        said = output.read_text()
        self.assertRegex(said, r"RENEGOTIATING\n(.*\n)*.*(no renegotiation|handshake failure|error)")
        self.assertNotIn("HTTP/1.", said.split("RENEGOTIATING")[1])

    def test_R_A8_rsa_and_ecdsa_by_what_the_phone_offers(self):
        for algorithm, key in (("ECDHE-RSA-AES128-GCM-SHA256", "rsaEncryption"),
                               ("ECDHE-ECDSA-AES128-GCM-SHA256", "id-ecPublicKey")):
            with self.subTest(algorithm):
                said = s_client(self.port, "-tls1_2", "-cipher", algorithm)
                shown = re.search(r"-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----", said, re.S)
                self.assertTrue(shown, said)
                self.assertIn(key, openssl("x509", "-noout", "-text", stdin=shown.group(0)).stdout)

    def test_R_A1_tls12_and_tls13_phones_are_served(self):
        for version in (ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3):
            with self.subTest(version):
                self.server.arm(self.phone)
                context = context_of(self.phone, minimum_version=version, maximum_version=version)
                self.assertTrue(self.phone.password(self.fetch(self.phone, context=context)))

    def test_http10_without_keepalive_is_served(self):
        self.server.arm(self.phone)
        request = f"GET {self.phone.path} HTTP/1.0\r\nUser-Agent: {self.phone.agent}\r\n\r\n".encode()
        answer = parse_answer(self.raw(request))
        self.assertEqual(answer.status, 200)
        self.assertEqual(len(answer.body), int(answer.headers["content-length"]))
        self.assertTrue(self.phone.password(answer))

    def test_a_kept_connection_serves_the_next_request(self):
        self.server.arm(self.phone)
        request = f"GET {{}} HTTP/1.1\r\nHost: x\r\nUser-Agent: {self.phone.agent}\r\n{{}}\r\n"
        first = request.format(self.phone.path, "")
        last = request.format("/nothing", "Connection: close\r\n")
        received = self.raw((first + last).encode())
        self.assertEqual(re.findall(rb"HTTP/1\.1 (\d+)", received), [b"200", b"403"])

    def test_R_C1_plain_http_on_the_door_gives_nothing(self):
        received = self.raw(f"GET {self.phone.path} HTTP/1.1\r\nHost: x\r\n\r\n".encode(), tls=False)
        self.assertNotIn(b"HTTP/", received)
        self.assertLess(len(received), 16)  # a TLS alert at most

    def test_R_C2_no_directory_listing(self):
        texts = set()
        for path in ("/", "//", "/.", "/./", "/vendors/", "/data/", "/%2e%2e/"):
            with self.subTest(path):
                answer = self.fetch(self.phone, path=path)
                self.assertEqual((answer.status, answer.body), (403, b"Forbidden\n"))
                texts.add(answer.raw)
        self.assertEqual(len(texts), 1)

    def test_R_C1_the_process_listens_on_one_tcp_port_and_no_other(self):
        inodes = set()
        descriptors = pathlib.Path(f"/proc/{self.server.process.pid}/fd")
        if not os.access(descriptors, os.R_OK):
            self.skipTest("the server is not dumpable, so only root sees what it has open")
        for link in descriptors.iterdir():
            try:
                found = re.fullmatch(r"socket:\[(\d+)\]", os.readlink(link))
            except FileNotFoundError:
                continue
            if found:
                inodes.add(found.group(1))
        mine = []
        for table in ("tcp", "tcp6", "udp", "udp6"):
            for line in pathlib.Path(f"/proc/net/{table}").read_text().splitlines()[1:]:
                fields = line.split()
                if fields[9] in inodes and (table.startswith("udp") or fields[3] == "0A"):
                    mine.append((table, int(fields[1].rpartition(":")[2], 16)))
        self.assertEqual(set(mine), {("tcp", self.port)}, "no TFTP, FTP or plain HTTP")

    def test_smuggled_and_malformed_requests_are_answered_once_and_closed(self):
        for lines in ("GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\nabcGET /x HTTP/1.1\r\n\r\n",
                      "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
                      "GET  /  HTTP/1.1\r\n\r\n", "GET /\r\n\r\n", "\x00\x01\x02\r\n\r\n", "GET / HTTP/9.9\r\n\r\n",
                      "GET /" + "a" * 9000 + " HTTP/1.1\r\n\r\n", "GET / HTTP/1.1\r\n" + "X: y\r\n" * 200 + "\r\n"):
            with self.subTest(lines[:40]):
                received = self.raw(lines.encode())
                self.assertLessEqual(received.count(b"HTTP/1."), 1)
                self.assertNotIn(b"HTTP/1.1 200", received)
        self.assertEqual(self.server.rest("GET", "/v1/server")[0], 200)

    def test_R_A8_a_new_server_certificate_is_taken_without_restart(self):
        def serial():
            with self.phone.connect(self.port) as connection:
                return connection.getpeercert()["serialNumber"]

        tls = self.server.tls
        before = serial()
        csr = openssl("req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj",
                      "/CN=localhost", "-keyout", tls / "server-ecdsa.key").stdout
        extension = self.server.folder / "san"
        extension.write_text("subjectAltName=DNS:localhost\nextendedKeyUsage=serverAuth\n")
        new = openssl("x509", "-req", "-CA", tls / "server-ca.pem", "-CAkey", tls / "server-ca.key",
                      "-days", "30", "-extfile", extension, stdin=csr).stdout
        (tls / "server-ecdsa.pem").write_text(new)
        with self.phone.connect(self.port) as open_connection:
            self.assertEqual(serial(), before, "nothing changes before the reload")
            self.server.cli("server", "reload", check=0)
            self.assertNotEqual(serial(), before)
            open_connection.sendall(self.phone.request(path="/x"))
            self.assertIn(b"403", open_connection.recv(4096), "an open connection goes on")


if __name__ == "__main__":
    unittest.main()
