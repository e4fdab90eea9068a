"""Events by signed webhook: each once and in order, as GET /v1/events gives them, whatever breaks in between (R-C7)."""

import base64
import hashlib
import hmac
import http.server
import json
import ssl
import threading
import time
import unittest

import exposition
from provost_fixture import Pki, Server, wait_until
from test_metrics import ask

KEY = b"e" * 32


class Receiver(http.server.BaseHTTPRequestHandler):
    """Verifies the signature as standardwebhooks.com says, and keeps what it got before it answers."""

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        signed = f"{self.headers['webhook-id']}.{self.headers['webhook-timestamp']}.".encode() + body
        right = "v1," + base64.b64encode(hmac.digest(KEY, signed, hashlib.sha256)).decode()
        fresh = abs(time.time() - int(self.headers["webhook-timestamp"])) < 300
        genuine = fresh and hmac.compare_digest(self.headers["webhook-signature"], right)
        status = self.server.take(self.headers["webhook-id"], body) if genuine else 401
        self.send_response(status)
        if status == 302:
            self.send_header("Location", self.server.elsewhere)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


class Crm(http.server.ThreadingHTTPServer):
    """A program that is told; what it has outlives a stop, and back() opens the same port again."""

    def __init__(self, identity, port=0, of=None):
        super().__init__(("127.0.0.1", port), Receiver)
        self.identity, self.lock = identity, threading.Lock()
        self.bodies = of.bodies if of else []
        self.events = of.events if of else []  # each time they came
        self.tries = of.tries if of else []    # webhook-id, every time
        self.answer, self.pause, self.elsewhere = 204, 0, None
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*identity)
        self.socket = context.wrap_socket(self.socket, server_side=True)
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def take(self, key, body):
        with self.lock:
            self.tries.append(key)
            if self.answer == 204:
                self.bodies.append(body)
                self.events += json.loads(body)["items"]
        time.sleep(self.pause)
        return self.answer

    def kinds(self):
        return [event["kind"] for event in self.events]

    def stop(self):
        self.shutdown()
        self.server_close()

    def back(self):
        return Crm(self.identity, self.server_port, self)

    def handle_error(self, *_):
        pass


class Case(unittest.TestCase):
    def setUp(self):
        self.pki = Pki.shared()
        self.server = Server(self.pki)
        self.addCleanup(self.server.kill)
        key = self.server.home / "keys/crm.key"
        key.write_text("whsec_" + base64.b64encode(KEY).decode() + "\n")
        key.chmod(0o600)
        self.blocks = []

    def crm(self):
        crm = Crm((self.pki.folder / "server-ecdsa.pem", self.pki.folder / "server-ecdsa.key"))
        self.addCleanup(lambda: crm.server_close())
        return crm

    def add(self, name, crm, events, more=""):
        self.blocks.append(f'  - {{name: {name}, url: "https://localhost:{crm.server_port}/path-canary", key: keys/crm.key, '
                           f'ca: "{self.pki.folder}/server-ca.pem", events: [{events}]{more}}}\n')

    def start(self):
        self.server.config.write_text(self.server.config.read_text() + "metrics: {port: 0}\nwebhooks:\n" + "".join(self.blocks))
        return self.server.start()

    def state(self, name="crm"):
        return {one["name"]: one for one in self.server.json("webhook", "list")}[name]

    def listed(self, *kinds):
        """The server's own list of events, of these kinds."""
        after, found = 0, []
        while page := self.server.rest("GET", f"/v1/events?limit=1000&after={after}")[1]["items"]:
            after = page[-1]["id"]
            found += [event for event in page if event["kind"].startswith(kinds)]
        return found


class Told(Case):
    def test_R_C7_each_event_once_in_order_as_the_api_gives_it(self):
        crm = self.crm()
        self.add("crm", crm, '"device.*", ban.added, "refused.*", answered.first-delivery')
        server = self.start().fill()
        phones = self.pki.phones
        secrets = []
        for phone in phones:
            answer = phone.fetch(server.port)
            secrets.append(phone.password(answer))
        phones[0].fetch(server.port, pem=None)
        server.cli("ban", "add", "198.51.100.7", "--reason", "a \"</script> reason", check=0)
        server.cli("device", "retire", phones[1].mac, check=0)
        wait_until(lambda: "device.retired" in crm.kinds(), "the last of them")
        wanted = [one for one in self.listed("device.", "ban.added", "visit")
                  if one["kind"] != "visit" or one["refused"] or one["rule"] == "first-delivery"]
        self.assertEqual(crm.events, wanted)
        self.assertEqual(len(crm.tries), len(set(crm.tries)))
        self.assertEqual(crm.kinds().count("device.created"), len(phones))
        for body in crm.bodies:
            page = json.loads(body)
            self.assertEqual(list(page), ["items", "next"])
            self.assertEqual(page["next"], str(page["items"][-1]["id"]))
            for secret in secrets:
                self.assertNotIn(secret.encode(), body)
        state = wait_until(lambda: (found := self.state())["sent"] >= len(wanted) and found, "what it knows of the last answer")
        self.assertEqual((state["trouble"], state["sent"], state["failed"], state["missed"]), ("", len(wanted), 0, 0))
        self.assertEqual(state["target"], f"https://localhost:{crm.server_port}")
        self.assertTrue(state["answered"])
        server.stop()
        said = server.log.read_text()
        self.assertNotIn("path-canary", said, "a webhook's path may be a secret")
        self.assertNotIn(base64.b64encode(KEY).decode(), said)

    def test_R_C7_a_new_one_begins_with_now_and_a_tenants_hears_of_no_other(self):
        crm, whole = self.crm(), self.crm()
        server = self.server.start().fill(arm=False)
        server.stop()
        self.add("crm", crm, '"*"', ", tenant: acme")
        self.add("whole", whole, '"tenant.*", "device.*", "webhook.*"')
        self.start()
        server.cli("tenant", "add", "other", "--name", "Other", check=0)
        server.cli("tenant", "add", "branch", "--name", "Branch", "--parent", "acme", check=0)
        server.arm(self.pki.phones[0])
        wait_until(lambda: "device.armed" in crm.kinds() and "device.armed" in whole.kinds(), "both")
        self.assertEqual([(one["kind"], one["tenant"]) for one in crm.events],
                         [("tenant.created", "branch"), ("device.armed", "acme")])
        self.assertEqual([(one["kind"], one["tenant"]) for one in whole.events],
                         [("tenant.created", "other"), ("tenant.created", "branch"), ("device.armed", "acme")])
        told = server.json("webhook", "test", "crm")
        wait_until(lambda: self.state()["position"] >= told["event"] and "webhook.test" in crm.kinds(), "the test")
        self.assertEqual([(one["kind"], one["detail"]) for one in crm.events[2:]], [("webhook.test", "crm")])
        self.assertTrue(crm.events[-1]["actor"].startswith("unix:"))
        self.assertIn("P-2091", server.cli("webhook", "test", "nobody", check=1).stderr)

    def test_R_C7_without_any_the_list_is_empty(self):
        self.server.start()
        self.assertEqual(self.server.json("webhook", "list"), [])
        self.assertIn("P-2091", self.server.cli("webhook", "test", "crm", check=1).stderr)


class Broken(Case):
    def test_R_C7_one_that_is_away_keeps_nobody_back_and_gets_all_of_it_later(self):
        crm, other = self.crm(), self.crm()
        self.add("crm", crm, '"device.*"')
        self.add("other", other, '"device.*"')
        server = self.start()
        crm.stop()
        server.fill()
        phone = self.pki.phones[0]
        wait_until(lambda: other.kinds().count("device.created") == len(self.pki.phones), "the other one's")
        self.assertEqual(phone.fetch(server.port).status, 200)
        wait_until(lambda: self.state()["failed"] >= 2, "two tries")
        state = self.state()
        self.assertIn("P-7021", state["trouble"])
        self.assertTrue(state["waiting_since"])
        self.assertEqual((state["sent"], self.state("other")["trouble"]), (0, ""))
        self.assertGreater(state["behind"], 0)
        (waits,) = [one for one in server.rest("GET", "/v1/fleet")[1]["attention"] if one["kind"] == "webhook-away"]
        self.assertIn("crm", waits["title"])
        families = exposition.parse(ask(server.doors["metrics"], "/metrics")[2])
        self.assertEqual([families["provost_webhook_up"].value(webhook=name) for name in ("crm", "other")], [0, 1])
        self.assertGreater(families["provost_webhook_events_behind"].value(webhook="crm"), 0)
        crm = crm.back()
        self.addCleanup(crm.stop)
        server.cli("webhook", "test", "crm", check=0)  # mended: it need not wait for its pause
        wait_until(lambda: "webhook.test" in crm.kinds(), "what waited")
        self.assertEqual([one for one in crm.events if one["kind"] != "webhook.test"], self.listed("device."))
        wait_until(lambda: self.state()["trouble"] == "", "the end of its trouble")
        self.assertIn("webhook.failed", server.log.read_text())

    def test_R_C7_killed_in_the_middle_nothing_is_lost_and_doubles_have_their_id(self):
        crm = self.crm()
        crm.pause = 0.3
        self.add("crm", crm, '"device.*", "ban.*"')
        server = self.start().fill(arm=False)
        for i, cut in enumerate((0.05, 0.2, 0.4)):
            for j in range(12):
                server.cli("ban", "add", f"198.51.{i}.{j}", "--reason", "x", check=0)
            busy = len(crm.tries)
            wait_until(lambda: len(crm.tries) > busy or crm.events and crm.events[-1]["id"] == self.listed("ban.")[-1]["id"],
                       "a try that is under way")
            time.sleep(cut)
            server.kill()
            server.start()
        server.cli("ban", "add", "203.0.113.1", "--reason", "last", check=0)
        crm.pause = 0
        wanted = self.listed("device.", "ban.")
        wait_until(lambda: crm.events and crm.events[-1]["id"] == wanted[-1]["id"], "the last")
        first = list({one["id"]: one for one in crm.events}.values())
        self.assertEqual(first, wanted)
        self.assertEqual([one["id"] for one in first], sorted(one["id"] for one in first))
        again = {}
        for one in crm.events:  # a double is the same event
            self.assertEqual(again.setdefault(one["id"], one), one)

    def test_R_C7_a_refusal_is_told_again_with_its_id_and_a_redirection_is_not_followed(self):
        crm, elsewhere = self.crm(), self.crm()
        crm.answer, crm.elsewhere = 302, f"https://localhost:{elsewhere.server_port}/"
        self.add("crm", crm, "ban.added")
        server = self.start()
        server.cli("ban", "add", "198.51.100.1", "--reason", "x", check=0)
        wait_until(lambda: self.state()["failed"] >= 1, "the redirection")
        self.assertIn("302", self.state()["trouble"])
        crm.answer = 500
        server.stop()
        server.start()
        wait_until(lambda: self.state()["failed"] >= 1, "the refusal")
        self.assertIn("500", self.state()["trouble"])
        crm.answer = 204
        wait_until(lambda: crm.kinds() == ["ban.added"], "the event")
        self.assertEqual(len(set(crm.tries)), 1, "one id for all tries")
        self.assertEqual(elsewhere.tries, [])


class Mistakes(Case):
    def test_R_C7_mistakes_are_told_with_their_place(self):
        good = {"name": "crm", "url": '"https://crm.example/"', "key": "keys/crm.key", "events": '["device.*"]'}
        for change, code, said in (({"events": "[device.provisoned]"}, "P-2107", "Did you mean 'device.provisioned'?"),
                                   ({"events": '["devices.*"]'}, "P-2107", "devices.*"),
                                   ({"events": "[]"}, "P-210", ""),
                                   ({"url": '"http://192.0.2.1/"'}, "P-2107", "without TLS"),
                                   ({"url": '"https://user:word@localhost/"'}, "P-7020", ""),
                                   ({"name": "CRM"}, "P-2107", "name is refused"),
                                   ({"tenant": "Acme Ltd"}, "P-2107", "name is refused"),
                                   ({"secret": "x"}, "P-2103", "secret"),
                                   ({"key": "keys/nothing"}, "P-1112", ""),
                                   ({"key": "provost.yaml"}, "P-111", "")):
            with self.subTest(change):
                server = Server(self.pki)
                (server.home / "keys/crm.key").write_text("whsec_" + base64.b64encode(KEY).decode())
                (server.home / "keys/crm.key").chmod(0o600)
                block = ", ".join(f"{key}: {value}" for key, value in (good | change).items())
                before = server.config.read_text()
                server.config.write_text(before + f"webhooks:\n  - {{{block}}}\n")
                status, told = server.refuse_to_start()
                self.assertEqual(status, 1)
                self.assertIn(code, told)
                self.assertIn(said, told)
                if code[:4] == "P-21":
                    self.assertIn(f"provost.yaml:{len(before.splitlines()) + 2}:", told)
        server = Server(self.pki)
        block = ", ".join(f"{key}: {value}" for key, value in good.items())
        server.config.write_text(server.config.read_text() + "webhooks:\n" + f"  - {{{block}}}\n" * 2)
        self.assertIn("P-2110", server.refuse_to_start()[1])


if __name__ == "__main__":
    unittest.main()
