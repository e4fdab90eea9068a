"""Events as they come: over the Unix socket, and at the admin listener to whoever may see them."""

import contextlib
import http.client
import json
import socket
import threading
import time
import unittest

from admin_fixture import Admin, with_admin
from provost_fixture import PATIENCE, Pki, wait_until


class Watcher:
    """Reads server-sent events; `token` lets it in at the admin listener, without one it is on the Unix socket."""

    def __init__(self, server, path, last=None, token=None):
        headers = {"Last-Event-ID": last} if last else {}
        if token:
            self.connection = http.client.HTTPSConnection("localhost", server.doors["admin"], timeout=PATIENCE,
                                                          context=Admin(server).context)
            headers["Authorization"] = f"Bearer {token}"
        else:
            self.connection = http.client.HTTPConnection("localhost", timeout=PATIENCE)
            self.connection.sock = socket.socket(socket.AF_UNIX)
            self.connection.sock.settimeout(PATIENCE)
            self.connection.sock.connect(str(server.socket))
        self.connection.request("GET", path, headers=headers)
        self.answer = self.connection.getresponse()
        self.status, self.last = self.answer.status, last
        if self.status == 200:
            assert self.answer.getheader("Content-Type") == "text/event-stream"
            assert self.answer.readline().startswith(b"retry: ")
            assert self.answer.readline() == b"\n"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.connection.close()

    def next(self):
        """The next event; None at the end of the stream."""
        data = None
        while line := self.answer.readline().decode():
            if line.startswith("id: "):
                self.last = line[4:].strip()
            elif line.startswith("data: "):
                data = json.loads(line[6:])
            elif line == "\n" and data is not None:
                return data
        return None


@contextlib.contextmanager
def running(work, stop):
    """Work of another thread meanwhile."""
    thread = threading.Thread(target=work)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


class LiveEvents(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = with_admin(Pki.shared(), more="  streams: 3\n")
        cls.addClassCleanup(cls.server.stop)
        cls.server.start().fill()
        cls.phones = cls.server.pki.of("yealink")

    def setUp(self):
        wait_until(lambda: self.watching() == 0, "those of the test before to have left")

    def token(self, **draft):
        status, made = self.server.rest("POST", "/v1/tokens", {"name": "watcher", "role": "platform", "tenant": None, **draft})
        self.assertEqual(status, 201, made)
        return made

    def watching(self):
        return self.server.rest("GET", "/v1/server")[1]["admin"]["counters"]["streams"]

    def test_R_F3_events_are_told_as_they_come_and_resume(self):
        token = self.token()["token"]
        path = f"/v1/events/stream?device={self.phones[0].mac}"
        for ways in ({}, {"token": token}):
            with self.subTest(ways.keys()):
                with Watcher(self.server, path, **ways) as watcher:
                    self.server.arm(self.phones[1])
                    self.server.arm(self.phones[0])
                    first = watcher.next()
                    self.assertEqual((first["kind"], first["device"]), ("device.armed", self.phones[0].mac))
                    self.assertEqual(watcher.last, str(first["id"]))
                self.server.arm(self.phones[0])
                with Watcher(self.server, path, watcher.last, **ways) as again:
                    self.server.arm(self.phones[0])
                    got = [again.next() for _ in range(2)]
                    self.assertEqual([one["kind"] for one in got], ["device.armed"] * 2)
                    self.assertTrue(first["id"] < got[0]["id"] < got[1]["id"])
        with Watcher(self.server, "/v1/events/stream?kind=device.retired") as retired:
            self.server.arm(self.phones[2])
            self.server.cli("device", "retire", self.phones[3].mac, check=0)
            self.assertEqual(retired.next()["device"], self.phones[3].mac)
        status, problem = self.server.rest("GET", "/v1/events/stream?after=x")
        self.assertEqual((status, problem["code"]), (422, "P-8004"))

    def test_R_F3_a_visit_is_told_within_moments(self):
        with Watcher(self.server, "/v1/events/stream?kind=visit&refused=true", token=self.token()["token"]) as watcher:
            self.phones[0].fetch(self.server.port, pem=None)
            told = watcher.next()
            self.assertEqual((told["rule"], told["source"]), ("no-certificate", "127.0.0.1"))

    def test_R_F2_a_tenant_is_told_of_its_own_alone(self):
        self.server.rest("POST", "/v1/tenants", {"slug": "other", "name": "Other"})
        self.server.rest("POST", "/v1/tenants", {"slug": "below", "name": "Below", "parent": "acme"})
        token = self.token(role="tenant-admin", tenant="acme")["token"]
        with Watcher(self.server, "/v1/events/stream", token=token) as watcher:
            self.server.rest("PATCH", "/v1/tenants/other", {"name": "Other one"})
            self.phones[0].fetch(self.server.port, pem=None, path="/001565fffff0.cfg")  # nobody's phone
            self.server.settle()
            self.server.rest("PATCH", "/v1/tenants/below", {"name": "Below one"})
            told = watcher.next()
            self.assertEqual((told["kind"], told["tenant"]), ("tenant.changed", "below"))

    def test_R_F6_who_is_no_longer_let_in_is_told_nothing_more(self):
        made, stop = self.token(), threading.Event()

        def news():
            while not stop.wait(0.2):
                self.server.arm(self.phones[0])
        with Watcher(self.server, "/v1/events/stream", token=made["token"]) as watcher, running(news, stop):
            self.assertIsNotNone(watcher.next())
            self.assertEqual(self.server.rest("DELETE", f"/v1/tokens/{made['id']}")[0], 200)
            removed = time.monotonic()
            while (told := watcher.next()) is not None:
                self.assertLess(time.monotonic() - removed, 10, f"still told: {told}")
        with Watcher(self.server, "/v1/events/stream", token=made["token"]) as refused:
            self.assertEqual(refused.status, 401)

    def test_R_C4_so_many_may_watch_and_no_more(self):
        token = self.token()["token"]
        watchers = [Watcher(self.server, "/v1/events/stream", token=token) for _ in range(3)]
        self.addCleanup(lambda: [one.connection.close() for one in watchers])
        wait_until(lambda: self.watching() == 3, "three who watch")
        with Watcher(self.server, "/v1/events/stream", token=token) as fourth:
            self.assertEqual(fourth.status, 503)
            self.assertEqual(fourth.answer.getheader("Retry-After"), "1")
        self.assertEqual(Admin(self.server).ask("GET", "/v1/tenants", headers=[f"Authorization: Bearer {token}"]).status, 200)
        watchers.pop().connection.close()
        wait_until(lambda: self.watching() == 2, "one to have left")
        with Watcher(self.server, "/v1/events/stream", token=token) as again:
            self.assertEqual(again.status, 200)


if __name__ == "__main__":
    unittest.main()
