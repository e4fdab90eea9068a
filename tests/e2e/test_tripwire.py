"""The tripwire: plain HTTP is answered alike and recorded, within bounds."""

import json
import socket
import time
import unittest

from provost_fixture import PATIENCE, Pki, Server, wait_until


def say(port, data, source="127.0.0.1", end=True):
    """All that comes back."""
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE, source_address=(source, 0)) as plain:
        plain.sendall(data)
        if end:
            plain.shutdown(socket.SHUT_WR)
        got = b""
        while chunk := plain.recv(65536):
            got += chunk
    return got


class Tripwire(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server(Pki.shared())
        cls.server.config.write_text(cls.server.config.read_text() +
                                     'tripwire: {port: 0, address: "127.0.0.1"}\nmetrics: {port: 0}\n')
        cls.addClassCleanup(cls.server.stop)
        cls.server.start().fill()
        cls.port = cls.server.doors["tripwire"]

    def events(self):
        return self.server.lines("event", "list", "--kind", "tripwire", "--last", "1000")

    def of(self, source, count):
        return wait_until(lambda: len(found := [e for e in self.events() if e.get("source") == source]) >= count and found,
                          lambda: f"{count} events of {source}, there are {self.events()}")

    def test_R_C1_R_C2_all_are_answered_alike(self):
        phone = Pki.shared().phones[0]
        requests = [b"GET / HTTP/1.1\r\nHost: x\r\n\r\n", b"GET /%s.cfg HTTP/1.0\r\n\r\n" % phone.mac.encode(),
                    b"POST /cgi-bin/x HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello",
                    b"BREW / HTTP/1.1\r\nHost: x\r\n\r\n", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", b"\x00" * 9000,
                    b"GET / HTTP/1.1\r\n" + b"a: b\r\n" * 200 + b"\r\n", b"SSH-2.0-Go\r\n\r\n"]
        answers = {say(self.port, request, f"127.0.1.{i}") for i, request in enumerate(requests, 1)}
        self.assertEqual(len(answers), 1, answers)
        answer = answers.pop()
        self.assertTrue(answer.startswith(b"HTTP/1.1 403 Forbidden\r\n"), answer)
        self.assertTrue(answer.endswith(b"\r\n\r\nForbidden\n"), answer)

    def test_R_C1_who_asked_for_what_is_recorded(self):
        say(self.port, b"GET /provisioning/001565abcdef.cfg?a=b HTTP/1.1\r\nHost: prov.example\r\n"
            b"User-Agent: Probe/1.0 \xff\r\n\r\n", "127.0.2.1")
        event = self.of("127.0.2.1", 1)[0]
        self.assertEqual((event["kind"], event["method"], event["path"], event["detail"]),
                         ("tripwire", "GET", "/provisioning/001565abcdef.cfg?a=b", "host: prov.example"))
        self.assertTrue(event["user_agent"].startswith("Probe/1.0"), event)
        say(self.port, b"\x16\x03\x01\x02\x00\x01", "127.0.2.2")
        self.assertTrue(self.of("127.0.2.2", 1)[0]["detail"].startswith("no HTTP: \\x16\\x03\\x01"))
        say(self.port, b"", "127.0.2.3")
        self.assertEqual(self.of("127.0.2.3", 1)[0]["detail"], "asked for nothing")
        shown = self.server.cli("event", "list", "--kind", "tripwire", "--last", "1000", check=0).stdout
        self.assertIn("/provisioning/001565abcdef.cfg", shown)

    def test_R_C1_an_event_is_bounded_and_can_forge_no_line(self):
        say(self.port, b"GET /" + b"x" * 5000 + b" HTTP/1.1\r\nHost: h\r\nUser-Agent: " + b"y" * 1000 + b"\r\n\r\n",
            "127.0.3.1")
        event = self.of("127.0.3.1", 1)[0]
        self.assertLessEqual(len(event["path"]), 256)
        self.assertLessEqual(len(event["user_agent"]), 256)
        say(self.port, b"\n2026-01-01 forged\n\x1b[31m\n\n", "127.0.3.2")
        self.of("127.0.3.2", 1)
        shown = self.server.cli("event", "list", "--kind", "tripwire", "--last", "1000", check=0).stdout
        self.assertNotIn("\x1b", shown)
        self.assertFalse([line for line in shown.splitlines() if line.startswith("2026-01-01 forged")])

    def test_R_C1_R_C4_a_flood_costs_a_fixed_number_of_events(self):
        for _ in range(120):
            say(self.port, b"GET /flood HTTP/1.0\r\n\r\n", "127.0.4.1")
        self.assertEqual(len(self.of("127.0.4.1", 10)), 10)
        wait_until(lambda: any("more calls were counted" in e.get("detail", "") for e in self.events()),
                   "the sum of what was not written", seconds=75)
        self.assertEqual(len([e for e in self.events() if e.get("path") == "/flood"]), 10)

    def test_R_C4_one_address_holds_fifty_connections_and_the_others_are_served(self):
        held = [socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE, source_address=("127.0.5.1", 0))
                for _ in range(60)]
        self.addCleanup(lambda: [one.close() for one in held])
        begin = time.monotonic()
        self.assertTrue(say(self.port, b"GET / HTTP/1.0\r\n\r\n", "127.0.5.2").startswith(b"HTTP/1.1 403"))
        self.assertLess(time.monotonic() - begin, 5)
        for one in held:  # slow clients are cut off
            one.settimeout(PATIENCE)
        ends = [one.recv(1) == b"" for one in held[:50]]
        self.assertTrue(all(ends))
        self.assertLess(time.monotonic() - begin, 20)

    def test_R_C1_off_unless_asked_for(self):
        server = Server(Pki.shared())
        self.addCleanup(server.kill)
        server.start()
        self.assertNotIn("tripwire", server.doors)
        server.stop()


if __name__ == "__main__":
    unittest.main()
