"""The REST interface is what its OpenAPI document says, and stays so whatever it is sent (R-G5).

`test_1` fills a server as operators do and calls every route with valid input; each answer is held against the document.
`test_2` asks for what is not declared. `test_3` sends what api_fuzz.py makes of the document."""

import base64
import collections
import json
import os
import pathlib
import random
import re
import time
import unittest

import api_fuzz
import json_schema
from api_contract import Interface
from admin_fixture import Admin, with_admin
from people_fixture import Desk
from ports import free_ports
from provost_fixture import SOURCE, Pki, Story, wait_until
from signer import Signer, subject_of
from sip_registrar import SCRIPTS, SqliteFile

SEED = int(os.environ.get("PROVOST_FUZZ_SEED", "20261126"))
SECONDS = float(os.environ.get("PROVOST_FUZZ_SECONDS", "20"))

CONFIGURATION = """doors:
  - name: trunks
    address: 127.0.0.1
    port: {door}
    url: https://localhost:{door}/
    access: [token]
    identities:
      - {{certificate: "{pki}/server-rsa.pem", key: "{pki}/server-rsa.key"}}
alerts: {{targets: [{{syslog: "udp://127.0.0.1:{log}"}}]}}
approvals: {{trust: yes}}
resync: {{route: "sip:127.0.0.1:{sip};transport=tcp", answer_within: 1s}}
webhooks: [{{name: crm, url: "http://127.0.0.1:{log}/", key: crm.key, events: ["ban.*"], tenant: acme}}]
"""
REGISTRAR = """registrars:
  - name: main
    kind: kamailio
    database: {url}
"""


class ApiContract(Story):
    policy = ("fallback=token", "fallback_networks=127.0.0.0/8", "minimum_rating=1")

    @classmethod
    def setUpClass(cls):
        cls.pki = Pki.shared()
        cls.server = with_admin(cls.pki)
        cls.addClassCleanup(cls.server.stop)
        door, log, sip = free_ports(3)
        more = CONFIGURATION.format(door=door, log=log, sip=sip, pki=cls.pki.folder)
        cls.has_registrar = (SCRIPTS / "db_sqlite").exists()
        if cls.has_registrar:
            more += REGISTRAR.format(url=SqliteFile().provost_url)
        cls.server.config.write_text(cls.server.config.read_text() + more)
        key = cls.server.home / "crm.key"
        key.write_text("whsec_" + base64.b64encode(b"k" * 32).decode())
        key.chmod(0o600)
        cls.server.start().fill(*cls.policy)
        cls.api = Interface(cls.server)
        cls.canaries = []
        cls.names = {"tenant": "acme", "site": "Hall", "vendor": "snom", "model": "D785", "mac": cls.pki.phones[3].mac, "registrar": "main",
                     "id": 1, "session": 1, "import": "i00000001", "job": "i00000001", "webhook": "crm"}
        cls.api.call("POST", "/v1/imports", b"mac\n")
        cls.api.call("POST", "/v1/devices/{mac}/resync", {}, **cls.names)
        cls.api.call("POST", "/v1/exceptions", {"rule": "web-ui-off", "tenant": "acme", "owner": "Jo", "reason": "tests"})

    def ok(self, method, shape, status=200, body=None, query=None, headers=(), **names):
        """A call that has to succeed, and to answer as documented; its parsed body."""
        answer, faults = self.api.call(method, shape, body, query, headers, **names)
        self.assertEqual((answer.status, faults), (status, []), f"{method} {shape} {names}: {answer.body[:300]}")
        return json.loads(answer.body) if "json" in answer.headers["content-type"] else answer.body

    def refused(self, code, method, target, body=b"", headers=()):
        """A call that has to be refused with this code; its problem."""
        answer = self.api.send(method, target, body, headers)
        self.assertEqual(self.api.problem_faults(answer), [], target)
        problem = json.loads(answer.body)
        self.assertEqual(problem["code"], code, f"{target[:100]}: {problem}")
        return problem

    def targets(self):
        """Each call with the address of something that there is."""
        for (method, shape), operation in self.api.operations.items():
            if (method, shape) not in self.api.of_sessions and "/approvals/{" not in shape:  # nothing waits
                yield method, re.sub(r"\{(\w+)\}", lambda found: str(self.names[found[1]]), shape), operation

    # What operators do, resource by resource.

    def tenants(self):
        self.ok("POST", "/v1/tenants", 201, {"slug": "branch", "name": "Branch", "parent": "acme", "settings": {"time.zone": "Europe/Paris"},
                                             "policy": {"window": "3d"}})
        self.ok("GET", "/v1/tenants")
        shown = self.ok("GET", "/v1/tenants/{tenant}", tenant="branch")
        self.ok("PATCH", "/v1/tenants/{tenant}", 200, {"name": "The branch"}, None, [f'If-Match: "{shown["version"]}"'], tenant="branch")
        self.ok("PUT", "/v1/tenants/{tenant}/sites/{site}", 200, {"settings": {"time.zone": "Europe/Rome"}}, tenant="branch", site="Rome 1")
        self.ok("PUT", "/v1/tenants/{tenant}/models/{vendor}/{model}", 200, {"settings": {"time.zone": "Europe/Rome"}}, tenant="acme",
                vendor="snom", model="D785")
        self.ok("POST", "/v1/tenants", 201, {"slug": "brief", "name": "For a moment"})
        self.ok("DELETE", "/v1/tenants/{tenant}", tenant="brief")

    def devices(self):
        """Phones in every state."""
        yealink, snom = self.pki.of("yealink"), self.pki.of("snom")
        for phone in (yealink[0], snom[0], snom[1]):  # delivered, and within the grace
            answer = self.fetch(phone)
            self.canaries += [phone.password(answer), phone.admin_password(answer)]
        for phone in snom[:2]:
            self.fetch(phone, pem=Signer.of_vendor(self.pki, "snom").issue(subject_of(phone)))
            wait_until(lambda one=phone: self.server.device(one).get("held_key"), "held key")
        self.ok("POST", "/v1/devices/{mac}/key/approve", mac=snom[0].mac)
        self.ok("POST", "/v1/devices/{mac}/key/reject", mac=snom[1].mac)
        new = {"mac": "00:15:65:00:0a:bc", "tenant": "acme", "model": "T54W", "site": "Hall", "secret_mode": "purge",
               "settings": {"line.1.user": "4711", "line.1.label": "Hall"}}
        made = self.ok("POST", "/v1/devices", 201, new)
        self.ok("PATCH", "/v1/devices/{mac}", 200, {"settings": {"line.1.label": "Great hall"}}, None,
                [f'If-Match: "{made["version"]}"'], mac=made["mac"])
        self.ok("GET", "/v1/tenants/{tenant}/sites/{site}/needs", 200, None, {"media": "10000-20000"}, tenant="acme", site="Hall")
        self.ok("PATCH", "/v1/devices/{mac}", 200, {"access": "token"}, mac=made["mac"])
        self.ok("POST", "/v1/devices/{mac}/arm", 200, {"forget_key": True}, mac=made["mac"])
        many = self.ok("POST", "/v1/arms", 202, {"devices": [made["mac"]], "reason": "tests"})
        # It makes an older one-time address void, so it has to be through before the next is made.
        wait_until(lambda: self.ok("GET", "/v1/arms/{job}", job=many["id"])["state"] == "done", "the arming")
        token = self.ok("POST", "/v1/devices/{mac}/token", 201, {"networks": "127.0.0.0/8", "window": "1h"}, mac=made["mac"])
        self.canaries.append(token["address"].rpartition("/")[2] or token["address"])
        self.ok("GET", "/v1/devices/{mac}", mac=made["mac"])
        self.ok("DELETE", "/v1/devices/{mac}/token", mac=made["mac"])
        self.ok("POST", "/v1/devices/{mac}/rotate", 200, {"at_once": False, "suspected": True}, mac=yealink[0].mac)
        self.ok("POST", "/v1/devices/{mac}/retire", mac=made["mac"])
        self.ok("DELETE", "/v1/devices/{mac}", mac=made["mac"])
        self.ok("POST", "/v1/tenants/{tenant}/rotate", 202, tenant="branch")

    def views_of_devices(self):
        for phone in self.pki.phones:
            for view in ("", "/lint", "/explain", "/diff", "/deliveries", "/preview"):
                self.ok("GET", "/v1/devices/{mac}" + view, mac=phone.mac)
        one, other = (phone.mac for phone in self.pki.of("yealink")[:2])
        self.ok("GET", "/v1/devices/{mac}/compare", 200, None, {"with": other}, mac=one)
        self.ok("GET", "/v1/devices/{mac}/care", mac=one)
        self.ok("PATCH", "/v1/devices/{mac}/care", 200, {"note": "second router", "mute": "3d", "reason": "ticket"}, mac=one)
        self.ok("GET", "/v1/devices", 200, None, {"muted": "true"})
        self.ok("PATCH", "/v1/devices/{mac}/care", 200, {"note": None, "mute": "off"}, mac=one)
        self.ok("GET", "/v1/devices/{mac}/preview", 200, None, {"without_secrets": "true"}, mac=self.pki.phones[0].mac)
        self.ok("GET", "/v1/devices", 200, None, {"tenant": "acme", "vendor": "snom", "state": "armed", "mac": "00", "not_rotated": "false",
                                                  "limit": 5})
        page = self.ok("GET", "/v1/devices", 200, None, {"limit": 3})
        self.ok("GET", "/v1/devices", 200, None, {"limit": 3, "after": page["next"]})

    def windows(self):
        mac = self.pki.of("yealink")[0].mac
        self.ok("GET", "/v1/devices/{mac}/diagnostics", mac=mac)
        told = self.ok("POST", "/v1/devices/{mac}/diagnostics", 201, {"reason": "one-way audio", "minutes": 5}, mac=mac)
        self.canaries.append(told["password"])
        self.ok("GET", "/v1/devices/{mac}/diagnostics", mac=mac)
        self.ok("GET", "/v1/devices/{mac}/explain", mac=mac)
        self.ok("DELETE", "/v1/devices/{mac}/diagnostics", 200, None, {"reboot": "false"}, mac=mac)

    def overview(self):
        self.ok("GET", "/v1/search", 200, None, {"q": self.pki.phones[0].mac[-4:]})
        self.ok("GET", "/v1/search", 200, None, {"q": "acm", "tenant": "acme"})
        for query in ({}, {"tenant": "acme"}):
            self.assertTrue(self.ok("GET", "/v1/fleet", 200, None, query)["by_vendor"])
            for step in ("hour", "day"):
                self.ok("GET", "/v1/fleet/history", 200, None, {"step": step, **query})
            for form in ("json", "csv", "html"):
                self.ok("GET", "/v1/fleet/report", 200, None, {"format": form, **query})
        self.ok("GET", "/v1/fleet/history", 200, None, {"from": "2026-11-20T00:00:00Z", "to": "2026-11-21T00:00:00Z"})
        self.fetch(self.pki.of("yealink")[3], path="/0015650ffff0.cfg")
        self.assertFalse(self.ok("GET", "/v1/devices/{mac}/explain", mac="0015650ffff0")["known"])

    def people(self):
        made = self.ok("POST", "/v1/people", 201, {"login": "anna", "name": "Anna K.", "role": "support", "tenant": "acme"})
        self.canaries.append(made["login_url_path"].partition("=")[2])
        self.ok("POST", "/v1/people", 201, {"login": "paul", "role": "platform", "tenant": None})
        shown = self.ok("GET", "/v1/people/{id}", id=made["id"])
        self.ok("PATCH", "/v1/people/{id}", 200, {"name": "Anna"}, None, [f'If-Match: "{shown["version"]}"'], id=made["id"])
        self.ok("POST", "/v1/people/{id}/reset", id=made["id"])
        link = self.ok("POST", "/v1/people/{id}/reset", id=made["id"])["login_url_path"]
        Desk(self.server).browser().ok("POST", "/v1/session/one-time", {"token": link.partition("=")[2]})
        (session,) = self.ok("GET", "/v1/people/{id}/sessions", id=made["id"])["items"]
        self.ok("DELETE", "/v1/people/{id}/sessions/{session}", id=made["id"], session=session["id"])
        self.ok("DELETE", "/v1/people/{id}/sessions", id=made["id"])
        self.ok("GET", "/v1/people")
        self.ok("DELETE", "/v1/people/{id}", id=made["id"])
        self.ok("POST", "/v1/admin-login", 200, {"login": "admin"})
        made = self.ok("POST", "/v1/tokens", 201, {"name": "billing", "role": "support", "tenant": "acme", "lasts": "1d", "write": False})
        self.canaries.append(made["token"])
        self.ok("GET", "/v1/tokens")
        self.ok("DELETE", "/v1/tokens/{id}", id=made["id"])

    def approvals(self):
        """A program asks for what two persons decide; whoever has the socket is the second."""
        made = self.ok("POST", "/v1/tokens", 201, {"name": "trust", "role": "platform", "tenant": None, "lasts": "1d", "write": True,
                                                   "sensitive": True})
        self.canaries.append(made["token"])
        for shape, method in (("/v1/approvals/{id}/approve", "POST"), ("/v1/approvals/{id}", "DELETE")):
            row = next(row for row in self.pki.trust() if row["vendor"] == "snom")
            answer = Admin(self.server).ask("POST", f"/v1/trust?vendor=snom&anchor={row['anchor']}&fingerprint={row['fingerprint']}",
                                            pathlib.Path(row["file"]).read_bytes(), [f"Authorization: Bearer {made['token']}"])
            self.assertEqual((answer.status, self.api.faults_of("POST", "/v1/trust", answer)), (202, []), answer.body)
            self.ok("GET", "/v1/approvals")
            self.ok("GET", "/v1/approvals/{id}", id=json.loads(answer.body)["approval"]["id"])
            self.ok(method, shape, id=json.loads(answer.body)["approval"]["id"])

    def trunks(self):
        made = self.ok("POST", "/v1/trunks", 201, {"tenant": "acme", "pbx": "freeswitch", "user": "t1",
                                                   "settings": {"line.1.registrar_host": "sip.acme.example"}})
        self.ok("GET", "/v1/trunks", 200, None, {"tenant": "acme", "limit": 5})
        self.ok("POST", "/v1/trunks/{mac}/file", mac=made["mac"])

    def resyncs(self):
        mac = self.pki.of("snom")[2].mac
        self.ok("POST", "/v1/devices/{mac}/resync", 200, {"wait": True, "reboot": False}, mac=mac)
        made = self.ok("POST", "/v1/devices/{mac}/resync", 202, {}, mac=mac)
        self.ok("GET", "/v1/resyncs/{id}", id=made["id"])
        later = time.strftime("%H:00-%H:30", time.gmtime(time.time() + 12 * 3600))  # nothing begins, so that there is what to cancel
        made = self.ok("POST", "/v1/tenants/{tenant}/resync", 202, {"vendor": "snom", "rate": "1/s", "jitter": "0s", "window": later},
                       tenant="acme")
        self.ok("GET", "/v1/resyncs")
        self.ok("GET", "/v1/jobs")
        self.ok("GET", "/v1/jobs/{job}", job=f"r{made['id']}")
        self.ok("DELETE", "/v1/jobs/{job}", 202, job=f"r{made['id']}")
        made = self.ok("POST", "/v1/tenants/{tenant}/resync", 202, {"vendor": "poly", "window": later}, tenant="acme")
        self.ok("DELETE", "/v1/resyncs/{id}", id=made["id"])

    def profile(self):
        found = self.ok("POST", "/v1/profile/diff", 200, {"tenant": "acme", "settings": {"time.zone": "Europe/Berlin"}}, {"limit": 1000})
        self.assertTrue(found["changes"])
        self.ok("POST", "/v1/profile/diff", 200, {"hardening": (SOURCE / "policy/hardening.yaml").read_text(),
                                                  "vendors": {"snom": (SOURCE / "vendors/snom.yaml").read_text()}})

    def imports(self):
        rows = b"mac,tenant,vendor,line.1.user\n001565000001,,yealink,u1\n001565000002,,yealink,u2\nnonsense,,yealink,u3\n" \
               b"02aabbcc0003,,microsip,u4\n"
        made = self.ok("POST", "/v1/imports", 202, rows, {"tenant": "branch", "arm": "true"})

        def rest(state):
            shown = self.ok("GET", "/v1/imports/{import}", **{"import": made["id"]})
            return shown if shown["state"] == state else None
        self.assertTrue(wait_until(lambda: rest("checked"), "the check")["report"]["problems"])
        self.ok("GET", "/v1/imports/{import}/rejects", **{"import": made["id"]})
        self.assertTrue(self.ok("GET", "/v1/imports/{import}/rows", query={"state": "ready"}, **{"import": made["id"]})["items"])
        self.ok("GET", "/v1/jobs/{job}", job=made["id"])
        self.ok("POST", "/v1/imports/{import}/apply", 202, {"reason": "tests"}, **{"import": made["id"]})
        wait_until(lambda: rest("done"), "the import")
        self.assertEqual(self.ok("GET", "/v1/imports/{import}/arrivals", **{"import": made["id"]})["came"], 0)
        made["id"] = self.ok("POST", "/v1/imports", 202, b"mac,vendor,line.1.user\n02aabbcc0009,microsip,u9\n", {"tenant": "branch"})["id"]
        wait_until(lambda: rest("checked"), "the check")
        self.ok("POST", "/v1/imports/{import}/apply", 202, **{"import": made["id"]})
        wait_until(lambda: rest("done"), "the import")
        self.ok("GET", "/v1/imports/{import}/undo", **{"import": made["id"]})
        self.ok("POST", "/v1/imports/{import}/undo", 202, {"reason": "tests"}, **{"import": made["id"]})
        wait_until(lambda: rest("done")["undo"]["state"] == "done", "the undo")
        self.ok("GET", "/v1/imports/{import}/undo/rows", **{"import": made["id"]})
        broken = self.ok("POST", "/v1/imports", 202, b"")
        made["id"] = broken["id"]
        wait_until(lambda: rest("failed"), "the refusal")

    def vendors(self):
        for vendor in self.ok("GET", "/v1/vendors")["items"]:
            self.ok("GET", "/v1/vendors/{vendor}", vendor=vendor["id"])
        row = next(row for row in self.pki.trust() if row["vendor"] == "snom")
        with open(row["file"], "rb") as file:
            self.ok("POST", "/v1/trust", 200, file.read(), {"vendor": "snom", "anchor": row["anchor"], "fingerprint": row["fingerprint"]})
        root = Signer(self.pki.folder / "snom/root.pem", self.pki.folder / "snom/root.key")
        self.ok("POST", "/v1/trust/crl", 200, root.revoke().read_bytes(), {"vendor": "snom"})
        self.ok("POST", "/v1/trust/refuse", 200, {"kind": "key", "fingerprint": "00" * 32, "reason": "stolen"})
        refused = next(row for row in self.ok("GET", "/v1/trust")["items"] if row["kind"] == "refuse-key")
        self.ok("DELETE", "/v1/trust/{id}", id=refused["id"])

    def hardening(self):
        rule = self.ok("GET", "/v1/hardening")["items"][0]["rule"]
        for until in ("30d", ""):
            made = self.ok("POST", "/v1/exceptions", 201, {"rule": rule, "tenant": "acme", "owner": "Jo", "reason": "tests", "until": until})
        self.ok("GET", "/v1/exceptions", 200, None, {"tenant": "acme"})
        self.ok("GET", "/v1/devices/{mac}/explain", mac=self.pki.phones[0].mac)
        self.ok("DELETE", "/v1/exceptions/{id}", id=made["id"])

    def guard(self):
        made = self.ok("POST", "/v1/bans", 201, {"network": "192.0.2.0/24", "for": "1h", "reason": "tests"})
        self.ok("POST", "/v1/bans", 201, {"network": "198.51.100.7", "reason": "for good"})
        self.ok("GET", "/v1/bans", 200, None, {"all": "true", "format": "json"})
        self.assertIn(b"192.0.2.0/24", self.ok("GET", "/v1/bans", 200, None, {"format": "nft"}))
        for form in ("json", "text", "html"):
            self.ok("GET", "/v1/review", 200, None, {"format": form, "after": 0})
        review = self.ok("GET", "/v1/review")
        self.assertTrue(review["findings"])
        self.ok("POST", "/v1/review", 200, {"up_to": review["up_to"], "note": "looked"})
        self.ok("GET", "/v1/review")
        self.ok("DELETE", "/v1/bans/{id}", id=made["id"])
        self.ok("POST", "/v1/alerts/test", 202)
        self.ok("GET", "/v1/alerts")
        self.ok("POST", "/v1/webhooks/{webhook}/test", 202, webhook="crm")
        wait_until(lambda: "waiting_since" in self.ok("GET", "/v1/webhooks")["items"][0], "a try that failed")

    def events(self):
        after, kinds = 0, collections.Counter()
        while page := self.ok("GET", "/v1/events", 200, None, {"limit": 1000, "after": after})["items"]:
            after = page[-1]["id"]
            kinds.update(event["kind"] for event in page)
        self.assertGreater(len(kinds), 12, kinds)
        self.ok("GET", "/v1/events", 200, None, {"kind": "visit", "device": self.pki.phones[0].mac, "refused": "true", "last": "true"})
        self.ok("GET", "/v1/events", 200, None, {"after": after, "wait": 1, "rule": "first-delivery"})
        before = ""
        while before is not None:
            page = self.ok("GET", "/v1/audit", 200, None, {"limit": 50, **({"before": before} if before else {})})
            before = page.get("next")
        self.ok("GET", "/v1/audit", 200, None, {"tenant": "acme", "device": self.pki.phones[0].mac, "kind": "device.armed",
                                                "since": "2026-01-01T00:00:00Z", "until": "2100-01-01T00:00:00Z"})
        self.ok("GET", "/v1/audit/head")
        self.assertIn(b"data: ", self.ok("GET", "/v1/events/stream", 200, None, {"after": 0}, ["Last-Event-ID: 1"]))
        self.ok("GET", "/v1/outbox", 200, None, {"all": "true", "limit": 1000})

    def registrars(self):
        self.ok("GET", "/v1/registrars")
        self.ok("POST", "/v1/registrations", 200, {"user": "nobody", "realm": "sip.acme.example"})
        if self.has_registrar:
            self.ok("GET", "/v1/registrars/{registrar}", registrar="main")
            self.ok("POST", "/v1/registrars/{registrar}/replay", 202, {"account": ""}, registrar="main")
            self.ok("POST", "/v1/registrars/{registrar}/check", 200, {"repair": False}, registrar="main")

    def of_the_server(self):
        self.ok("GET", "/v1/ratings", 200, None, {"tenant": "acme", "site": "Hall"})
        self.ok("GET", "/v1/ratings")
        self.ok("POST", "/v1/backups", 201, {"path": str(self.server.folder / "backup.db")})
        for path in ("/v1/server/reload", "/v1/server/epoch", "/v1/server/brake/release"):
            self.ok("POST", path)
        self.ok("GET", "/v1/server")
        self.ok("GET", "/v1/openapi.json")

    def test_1_R_G5_every_route_answers_as_documented(self):
        for part in (self.tenants, self.devices, self.views_of_devices, self.windows, self.trunks, self.resyncs, self.profile,
                     self.imports, self.vendors,
                     self.hardening, self.guard, self.events, self.registrars, self.overview, self.people, self.approvals, self.of_the_server):
            with self.subTest(part.__name__):
                part()
        never = self.api.operations.keys() - self.api.called - self.api.of_sessions
        if not self.has_registrar:
            never = {one for one in never if "{registrar}" not in one[1]}
        self.assertEqual(never, set(), "no call of this test succeeds there: add one")

    def test_2_R_G5_the_document_is_whole(self):
        document = self.api.document
        self.assertEqual(document["openapi"], "3.1.0")
        names = [operation["operationId"] for operation in self.api.operations.values()]
        self.assertEqual(len(names), len(set(names)))
        for (method, shape), operation in self.api.operations.items():
            places = {one["name"] for one in operation["parameters"] if one["in"] == "path"}
            self.assertEqual(places, set(re.findall(r"\{(\w+)\}", shape)), shape)
            self.assertTrue(operation["summary"] and operation["tags"], f"{method} {shape}")
            self.assertIn("default", operation["responses"])
        for name, schema in document["components"]["schemas"].items():
            self.assertEqual(json_schema.unknown_in(schema), set(), name)
        for reference in re.findall(r'"\$ref": "([^"]*)"', json.dumps(document)):
            self.assertIn(reference.removeprefix("#/components/schemas/"), document["components"]["schemas"])

    def test_2_R_G5_methods_that_are_not_declared_get_405_with_those_that_are(self):
        for shape in self.api.document["paths"]:
            target = shape.replace("{", "").replace("}", "")
            declared = {method for method, other in self.api.operations if re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", other), target)}
            if declared & {method for method, of in self.api.of_sessions if of == shape}:
                continue
            for method in {"GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "BREW"} - declared:
                answer = self.api.send(method, target)
                self.assertEqual(self.api.problem_faults(answer), [], target)
                self.assertEqual(answer.status, 405, f"{method} {target}")
                self.assertEqual(set(answer.headers["allow"].split(", ")), declared, target)

    def test_2_R_G5_what_is_not_declared_is_refused_by_name(self):
        for method, target, operation in self.targets():
            problem = self.refused("P-8009", method, f"{target}?nonsense=1")
            self.assertEqual(problem["where"], "nonsense")
            for one in operation["parameters"]:
                if one["in"] == "query":
                    problem = self.refused("P-8009", method, f"{target}?{one['name']}s=1")
                    self.assertIn(f"'{one['name']}'", problem["fix"])
            content = operation.get("requestBody", {}).get("content", {})
            if "application/json" in content:
                problem = self.refused("P-8002", method, target, b'{"nonsense": 1}')
                self.assertIn("nonsense", problem["why"])
            elif not content:
                self.refused("P-8002", method, target, b'{"nonsense": 1}')

    def test_2_R_G5_values_of_another_type_are_refused_by_name(self):
        wrong = {"integer": ("x", "1x", "-1", "1.0", "0x1", "99999999999999999999"), "boolean": ("yes", "1", "TRUE"),
                 "date-time": ("yesterday", "2026-13-01T00:00:00Z", "2026-11-23"), "enum": ("nonsense",)}
        for method, target, operation in self.targets():
            for one in operation["parameters"]:
                schema = self.api.schemas.resolve(one["schema"])
                kind = "enum" if "enum" in schema else schema.get("format") if "date-time" == schema.get("format") else schema["type"]
                for value in wrong.get(kind, ()) if one["in"] == "query" else ():
                    self.assertEqual(self.refused("P-8004", method, f"{target}?{one['name']}={value}")["where"], one["name"])
        mac = self.pki.phones[0].mac
        for body, where in ((b'{"settings": {"line.1.label": 1}}', "settings.line.1.label"), (b'{"site": 5}', "site"), (b'{"site": null}', "site"),
                            (b'{"site": "a", "site": "b"}', "site"), (b'{"sete": "a"}', "sete")):
            problem = self.refused("P-8002", "PATCH", f"/v1/devices/{mac}", body)
            self.assertEqual(problem["where"], where)
        self.assertEqual(self.refused("P-8002", "PATCH", f"/v1/devices/{mac}", b'{"sites": "a"}')["fix"], "Did you mean 'site'?")

    def test_2_R_G5_a_number_in_an_address_or_header_is_all_of_it(self):
        row = self.ok("GET", "/v1/trust")["items"][0]["id"]
        for target in (f"/v1/trust/{row}x", f"/v1/trust/%20{row}", f"/v1/trust/+{row}", "/v1/bans/1x", "/v1/exceptions/1x"):
            self.refused("P-6005", "DELETE", target)
        path = f"/v1/devices/{self.pki.phones[0].mac}"
        version = self.ok("GET", "/v1/devices/{mac}", mac=self.pki.phones[0].mac)["version"]
        for value in (f'"{version}x"', f'W/"{version}"', '""', f'"{version}', "x"):
            self.refused("P-2015", "PATCH", path, b"{}", [f"If-Match: {value}"])
        for value in (f'"{version}"', "*"):
            self.assertEqual(self.api.send("PATCH", path, b'{"site": "Hall"}', [f"If-Match: {value}"]).status, 200)
            version = self.ok("GET", "/v1/devices/{mac}", mac=self.pki.phones[0].mac)["version"]

    def test_2_R_G5_what_is_no_request_gets_a_problem_too(self):
        for request, code in ((b"nonsense\r\n\r\n", "P-8011"), (b"GET /v1/server HTTP/1.1\r\n\r\n", "P-8011"),
                              (b"GET /v1/server HTTP/1.1\r\nHost: a\r\nX: " + b"x" * 70000 + b"\r\n\r\n", "P-8011"),
                              (b"GET /" + b"a" * 9000 + b" HTTP/1.1\r\nHost: a\r\n\r\n", "P-8011"),
                              (b"GET /v1/\xff HTTP/1.1\r\nHost: a\r\n\r\n", "P-8011"),
                              (b"GET /v1/server HTTP/1.1\r\nHost: a\r\nX: \0\r\n\r\n", "P-8011"),
                              (b"POST /v1/devices HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999\r\n\r\n", "P-8011"),
                              (b"GET /v1/%zz HTTP/1.1\r\nHost: a\r\n\r\n", "P-8012"), (b"GET /v1/%00 HTTP/1.1\r\nHost: a\r\n\r\n", "P-8012"),
                              (b"GET /v1/devices?a=1&a=2 HTTP/1.1\r\nHost: a\r\n\r\n", "P-8012")):
            answer = self.api.send_raw(request)
            self.assertEqual(self.api.problem_faults(answer), [], request[:60])
            self.assertEqual((answer.status, json.loads(answer.body)["code"]), (400, code), request[:60])

    def test_2_R_G5_the_examples_of_the_documentation_hold(self):
        text = (SOURCE / "docs/reference/api.md").read_text()
        blocks = re.findall(r"(?ms)^```http\n(.*?)^```$", text)
        self.assertGreater(len(blocks), 8)
        for request, expected in zip(blocks[::2], blocks[1::2]):
            head, _, body = request.strip().partition("\n\n")
            line, *headers = head.splitlines()
            answer = self.api.send(*line.split(), body.encode(), headers)
            head, _, body = expected.strip().partition("\n\n")
            status, *headers = head.splitlines()
            self.assertEqual(answer.status, int(status), f"{request}{answer.body}")
            for name, _, value in (header.partition(": ") for header in headers):
                self.assertEqual(answer.headers[name.lower()], value, request)
            self.assert_holds(json.loads(body), json.loads(answer.body), request)

    def assert_holds(self, expected, found, what):
        """What is expected is there; there may be more members."""
        if isinstance(expected, dict):
            for name, value in expected.items():
                self.assertIn(name, found, what)
                self.assert_holds(value, found[name], what)
        elif isinstance(expected, list):
            self.assertEqual(len(expected), len(found), what)
            for one, other in zip(expected, found):
                self.assert_holds(one, other, what)
        else:
            self.assertEqual(expected, found, what)

    def test_3_R_G5_whatever_it_is_sent_it_answers_as_documented(self):
        """Each route in turn, round after round, until the time is over."""
        end, rounds, counts = time.monotonic() + SECONDS, 0, collections.Counter()
        fuzzer = api_fuzz.Fuzzer(self.api, self.server)
        while time.monotonic() < end or rounds == 0:
            for method, shape in sorted(self.api.operations.keys() - self.api.of_sessions):
                request = fuzzer.request(random.Random(f"{SEED} {rounds} {method} {shape}"), method, shape)
                answer = self.api.send(*request)
                where = f"PROVOST_FUZZ_SEED={SEED}, round {rounds}: {request!r:.600}\n{answer.raw[:600]}"
                self.assertEqual(self.api.faults_of(method, shape, answer), [], where)
                self.assertLess(answer.status, 500, where)
                for canary in self.canaries:
                    self.assertNotIn(canary.encode(), answer.raw, where)
                counts[answer.status] += 1
            rounds += 1
        print(f"{rounds} rounds, by status: {dict(sorted(counts.items()))}", end=" ")
        for good in (200, 201, 202):
            self.assertGreater(counts[good], 0, "it never gets past the checks")
        self.ok("POST", "/v1/tenants", 201, {"slug": "after", "name": "After the storm"})
        self.ok("POST", "/v1/devices", 201, {"mac": "001565000aff", "tenant": "after"})
        for (method, shape) in self.api.operations:  # and what it has kept, it shows
            if method == "GET" and "{" not in shape and (method, shape) not in self.api.of_sessions:
                self.assertEqual(self.api.call(method, shape)[1], [], shape)


if __name__ == "__main__":
    unittest.main()
