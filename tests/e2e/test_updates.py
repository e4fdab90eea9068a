"""The release feed: signed by the tool, verified by the program and by the server (R-C8)."""

import datetime
import http.server
import json
import subprocess
import sys
import threading
import unittest

from provost_fixture import SOURCE, Pki, Server, run, temporary_folder, wait_until

TOOL = SOURCE / "tools/release-feed"


def moment(days):
    return (datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=days)).strftime("%Y-%m-%dT%H:%M:%SZ")


def advisory(name="PROVOST-2026-1", package="provost", below="99.0"):
    return {"id": name, "package": package, "below": below, "severity": "critical", "says": "It told too much.",
            "next_step": "Upgrade."}


class Feed(unittest.TestCase):
    def setUp(self):
        self.folder = temporary_folder("feed")
        self.key, self.public, self.file, self.memory = (self.folder / name for name in ("key", "pub", "feed", "seen"))
        self.tool("keygen", self.key, self.public)

    def tool(self, *arguments):
        return subprocess.run([sys.executable, "-B", TOOL, *map(str, arguments)], capture_output=True, check=True, timeout=60).stdout

    def write(self, serial=1, advisories=(), newest="0.1.0", expires=30, key=None):
        plain = self.folder / "feed.json"
        plain.write_text(json.dumps({"serial": serial, "made": moment(-1), "expires": moment(expires), "newest": newest,
                                     "advisories": list(advisories)}))
        self.file.write_bytes(self.tool("sign", plain, "--key", key or self.key))
        return self.file

    def check(self, status, *more, feed=None):
        return run("-o", "json", "version", "--check", feed or self.file, "--key", self.public, "--memory", self.memory, *more,
                   check=status)

    def test_R_C8_a_feed_says_what_is_affected_and_only_if_it_is_signed_new_and_whole(self):
        self.write()
        self.assertEqual(json.loads(self.check(0).stdout), [])
        self.write(2, [advisory(), advisory("B", "openssl", "0.9"), advisory("C", "provost", "0.0.1"),
                       advisory("D", "sqlite3", "99")])
        self.assertEqual([one["id"] for one in json.loads(self.check(3).stdout)], ["PROVOST-2026-1", "D"])
        newer = self.file.read_bytes()
        self.write(1)
        self.assertIn("P-2097", self.check(1).stderr, "an older one is a replay")
        self.write(2)
        self.assertIn("P-2097", self.check(1).stderr, "another with the same number")
        self.file.write_bytes(newer)
        self.check(3)
        self.file.write_bytes(newer.replace(b"99.0", b"00.0"))
        self.assertIn("P-2095", self.check(1).stderr)
        self.file.write_bytes(newer.split(b"\n", 1)[1])
        self.assertIn("P-2095", self.check(1).stderr)
        self.write(3, expires=-1)
        self.assertIn("P-2096", self.check(1).stderr)
        other = self.folder / "other"
        self.tool("keygen", other, self.folder / "other.pub")
        self.write(4, key=other)
        self.assertIn("P-2095", self.check(1).stderr)

    def test_R_C8_the_server_looks_by_itself_and_tells_once(self):
        file = self.write(5, [advisory()], newest="0.2.0")

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                body = file.read_bytes()
                self.send_response(200)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        web = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=web.serve_forever, daemon=True).start()
        self.addCleanup(web.server_close)
        self.addCleanup(web.shutdown)
        server = Server(Pki.shared())
        self.addCleanup(server.kill)
        server.config.write_text(server.config.read_text() + f'updates: {{feed: "http://127.0.0.1:{web.server_port}/feed", '
                                 f'key: "{self.public}", every: 1s}}\nmetrics: {{port: 0}}\n')
        server.start()

        def events():
            return server.rest("GET", "/v1/events?kind=update.advisory")[1]["items"]

        wait_until(events, "the advisory")
        self.write(6, [advisory(), advisory("PROVOST-2026-2")], newest="0.2.0")
        wait_until(lambda: len(events()) == 2, "the second advisory")
        self.write(4)
        wait_until(lambda: "P-2097" in server.log.read_text(), "the refusal of an older feed")
        self.assertEqual(len(events()), 2, "each is told once")
        self.assertIn("PROVOST-2026-1, critical, provost before 99.0: It told too much. Upgrade.", events()[0]["detail"])
        server.stop()

    def test_R_C8_nothing_is_fetched_unless_it_is_asked_for(self):
        self.assertNotIn("updates", Server(Pki.shared()).config.read_text())
        for text, code in (('feed: "http://192.0.2.1/feed"', "P-7020"), ("feed: feed.txt", "P-1112")):
            server = Server(Pki.shared())
            server.config.write_text(server.config.read_text() + f"updates: {{{text}, key: nothing.pub}}\n")
            status, said = server.refuse_to_start()
            self.assertEqual(status, 1)
            self.assertIn(code, said)


if __name__ == "__main__":
    unittest.main()
