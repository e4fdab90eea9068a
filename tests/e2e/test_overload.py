"""Slow clients and too many of them: each is cut in its time, file handles, threads and memory stay bounded, and genuine
phones are served meanwhile (R-C4; SECURITY 6, parser limits; ASVS 13.1.2, 15.4.4)."""

import contextlib
import re
import resource
import socket
import ssl
import threading
import time
import unittest

from provost_fixture import PATIENCE, Pki, Server, wait_until

# Strangers come from other addresses of loopback, which count like any; phones from 127.0.0.1.
CONFIG = """guard:
  allow: ["127.0.0.1"]
  rules:
    all-handshakes: {per_minute: 600000, burst: 10000}
"""
LIMITS = "  limits: {handshake_seconds: 3, header_seconds: 3, body_seconds: 4, write_seconds: 4, idle_seconds: 5}\n"


def facts(server):
    status = open(f"/proc/{server.process.pid}/status").read()
    return {name: int(re.search(rf"(?m)^{name}:\s+(\d+)", status).group(1)) for name in ("VmRSS", "Threads")}


def handles(server):
    return re.search(r"(?m)^Max open files\s+(\d+)\s+(\d+)", open(f"/proc/{server.process.pid}/limits").read()).groups()


def open_connections(server):
    return int(server.rest("GET", "/v1/server")[1]["counters"]["open"])


class Overload(unittest.TestCase):
    def start(self, limits="", wrapper=()):
        self.server = server = Server(Pki.shared())
        self.addCleanup(server.kill)
        server.wrapper = list(wrapper)
        text = server.config.read_text()
        self.assertIn("door:\n", text)
        server.config.write_text(text.replace("door:\n", "door:\n" + limits) + CONFIG)
        server.start().fill("grace=0s")
        self.phone = server.pki.of("yealink")[0]
        self.assertTrue(self.phone.password(self.phone.fetch(server.port)))
        return server

    def plain(self, stack, number, data=b""):
        """A connection of a stranger, one of a few hundred addresses."""
        peer = socket.socket()
        stack.callback(peer.close)
        peer.settimeout(PATIENCE)
        peer.bind((f"127.0.{1 + number // 200}.{1 + number % 200}", 0))
        peer.connect(("127.0.0.1", self.server.port))
        if data:
            peer.sendall(data)
        return peer

    def over_tls(self, stack, number):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        peer = context.wrap_socket(self.plain(stack, number))
        stack.callback(peer.close)
        return peer

    def cut(self, peer):
        """Seconds until the server has ended the connection."""
        began = time.monotonic()
        with contextlib.suppress(ConnectionError, ssl.SSLError):
            while peer.recv(65536):
                pass
        return time.monotonic() - began

    def dribble(self, peer, data, stop):
        """Sends a byte at a time, as slow clients do, until it is cut."""
        with contextlib.suppress(OSError, ssl.SSLError):
            for i in range(len(data)):
                if stop.wait(0.2):
                    return
                peer.sendall(data[i:i + 1])


class Slow(Overload):
    def test_R_C4_each_kind_of_slow_client_is_cut_in_its_time_and_phones_are_served(self):
        server = self.start(LIMITS)
        before, stop = facts(server), threading.Event()
        with contextlib.ExitStack() as stack:
            stack.callback(stop.set)
            silent = [self.plain(stack, n) for n in range(60)]
            stalled = [self.plain(stack, 60 + n, b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03") for n in range(60)]
            headers = [self.over_tls(stack, 120 + n) for n in range(12)]
            idle = [self.over_tls(stack, 140 + n) for n in range(6)]
            began = time.monotonic()
            for peer in headers:
                data = b"GET /x HTTP/1.1\r\nHost: x\r\n" + b"X-A: b\r\n" * 40
                threading.Thread(target=self.dribble, args=(peer, data, stop), daemon=True).start()
            served = [self.phone.fetch(server.port).status for _ in range(10)]
            self.assertEqual(served, [200] * 10, "phones are served meanwhile")
            for peer in (*silent, *stalled, *headers, *idle):
                self.cut(peer)
            took = time.monotonic() - began
        self.assertLess(took, 15, "all are cut, also those that send a byte now and then")
        wait_until(lambda: open_connections(server) == 0, "no connection left")
        after = facts(server)
        self.assertEqual(after["Threads"], before["Threads"])
        self.assertLess(after["VmRSS"] - before["VmRSS"], 64 * 1024, "KiB")
        server.stop()

    def test_R_C4_slow_uploads_and_slow_readers_are_cut(self):
        server = self.start(LIMITS)
        stop = threading.Event()
        with contextlib.ExitStack() as stack, self.phone.connect(server.port) as upload, \
                self.phone.connect(server.port) as reader:
            stack.callback(stop.set)
            upload.sendall(self.phone.request("PUT", body=b"")[:-2] + b"Content-Length: 100000\r\n\r\n")
            threading.Thread(target=self.dribble, args=(upload, b"x" * 1000, stop), daemon=True).start()
            self.assertLess(self.cut(upload), 10)
            # Asks for ever and takes nothing, until the answers fill what the systems hold.
            reader.settimeout(8)
            began = time.monotonic()
            with contextlib.suppress(OSError, ssl.SSLError):
                while time.monotonic() - began < 20:
                    reader.sendall(self.phone.request().replace(b"Connection: close\r\n", b""))
            self.assertLess(time.monotonic() - began, 20)
        wait_until(lambda: open_connections(server) == 0, "no connection left")
        server.stop()


class Handles(Overload):
    def test_R_C4_the_soft_limit_is_raised_to_the_hard_one(self):
        hard = str(resource.getrlimit(resource.RLIMIT_NOFILE)[1])
        server = self.start(wrapper=("prlimit", "--nofile=300:"))
        self.assertEqual(handles(server), (hard, hard))
        server.stop()

    def test_R_C4_with_few_file_handles_doors_take_fewer_connections_and_phones_keep_their_reserve(self):
        server = self.start(wrapper=("prlimit", "--nofile=300:612"))
        self.assertEqual(handles(server), ("612", "612"))
        self.assertIn("the limit on file handles is below the doors' limits", server.log.read_text())
        with contextlib.ExitStack() as stack:
            peers = [self.plain(stack, n) for n in range(300)]  # 100 connections fit, 75 of them for strangers
            wait_until(lambda: open_connections(server) == 75, "as many strangers as may be")
            for _ in range(3):
                server.arm(self.phone)
                self.assertTrue(self.phone.password(self.phone.fetch(server.port)))
            self.assertEqual(server.rest("GET", "/v1/server")[0], 200)
            self.assertGreaterEqual(server.rest("GET", "/v1/server")[1]["counters"]["shed"], 225)
            del peers
        server.stop()


if __name__ == "__main__":
    unittest.main()
