"""Who may do what, at the admin listener, by people that are signed in: every call with every role, at their own tenant, one
below, one above and a foreign one. Who may, does it; who may not, leaves everything as it was (R-F2)."""

import json
import time
import unittest

from api_contract import Interface
from provost_fixture import wait_until
from role_world import PEOPLE, World
from role_writes import BELOW, ELSEWHERE, WITH_A_PHONE, WRITES
from test_roles import PAGE

FOREIGN = ("omega", "Omegan", "upper", "Uppish")
SERVERS = ("/v1/trust", "/v1/bans", "/v1/review", "/v1/alerts", "/v1/regist", "/v1/server", "/v1/backups", "/v1/outbox", "/v1/audit/head",
           "/v1/vendors", "/v1/hardening", "/v1/openapi")
# Of these there is none here, or not yet; the matrix of the integration tests walks them too.
NOTHING_THERE = ("/v1/events/stream", "/v1/registrars/{registrar}", "/v1/arms/{job}", "/v1/approvals/{id}", "/v1/imports/{import}/arrivals")
# These change nothing that is kept, or are written down when they are through.
UNWRITTEN = {("POST", "/v1/profile/diff"), ("POST", "/v1/alerts/test"), ("POST", "/v1/registrations"), ("POST", "/v1/imports"),
             ("POST", "/v1/imports/{import}/apply"), ("POST", "/v1/server/reload"), ("POST", "/v1/server/brake/release"),
             ("POST", "/v1/tenants/{tenant}/rotate"), ("POST", "/v1/backups"), ("POST", "/v1/arms")}


AGED = 150  # seconds


class Matrix(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.world = World()
        cls.addClassCleanup(cls.world.syslog.close)
        cls.addClassCleanup(cls.world.server.stop)
        cls.api, cls.beside, cls.proofs = Interface(cls.world.server), {}, {}
        cls.routes = {one: operation["x-provost-action"] for one, operation in cls.api.operations.items() if "x-provost-action" in operation}

    def setUp(self):
        self.prove_again()

    def prove_again(self):
        """What asks for a fresh proof gets it; one is good for five minutes."""
        for who, person in self.world.people.items():
            if self.proofs.get(who, -AGED) < time.monotonic() - AGED:
                person.browser.ok("POST", "/v1/session/step-up", {"code": person.app.fresh()})
                self.proofs[who] = time.monotonic()

    def call(self, who, method, shape, place, target=({}, None, "")):
        names, body, query = target
        path = shape
        for name, value in ((place.named(shape) if place else {}) | names).items():
            path = path.replace("{%s}" % name, str(value))
        status, found = self.world.people[who].browser.ask(method, path + query, body)
        return status, found, f"{method} {path}{query} as {who}: {status} {str(found)[:400]}"

    def places_of(self, shape):
        if shape == "/v1/imports":  # a list is its caller's; its rows are looked at one by one
            return [self.world.places["alpha"]]
        return [None] if shape.startswith(SERVERS) else self.world.places.values()

    def query_of(self, shape, place):
        if shape.endswith("/compare"):  # with another phone of the place
            if place.slug not in self.beside:
                self.beside[place.slug] = self.world.device(place)
            return f"?with={self.beside[place.slug]}"
        return {"/v1/search": "?q=0015", "/v1/events": "?wait=0"}.get(shape, "")

    def test_1_R_F2_who_may_look_sees_what_is_there_and_nobody_else_does(self):
        seen = 0
        for (method, shape), action in sorted(self.routes.items()):
            if method != "GET" or shape in NOTHING_THERE or "/undo" in shape:
                continue
            self.prove_again()
            for place in self.places_of(shape) if "{" in shape else [None]:
                for who in PEOPLE:
                    wanted = self.world.expected(action, who, place)
                    about = place or self.world.places["alpha"]
                    status, found, what = self.call(who, method, shape, about, ({}, None, self.query_of(shape, about)))
                    self.assertEqual(status, 200 if wanted == "done" else wanted, what)
                    seen += status == 200
                    if who[1] and wanted == "done":
                        for word in (*FOREIGN, self.world.places["upper"].mac, self.world.places["omega"].mac):
                            self.assertNotIn(word, json.dumps(found), what)
        self.assertGreater(seen, 250)
        for path in ("/v1/devices", "/v1/people", "/v1/tokens", "/v1/exceptions", "/v1/tenants"):
            told = json.dumps(self.world.people["auditor", None].browser.ok("GET", path))
            self.assertIn("omega", told, f"the words are there to be found: {path}")

    def test_2_R_F2_who_may_not_changes_nothing(self):
        refused = 0
        for (method, shape), action in sorted(self.routes.items()):
            if method == "GET" or shape == "/v1/admin-login":
                continue
            self.prove_again()
            self.world.cancel_later()
            make = WRITES.get((method, shape), lambda world, place: ({}, None, ""))
            targets = [(place, make(self.world, place or self.world.places["alpha"])) for place in self.places_of(shape)]
            before = self.world.picture()
            for place, target in targets:
                for who in PEOPLE:
                    wanted = self.world.expected(action, who, place, (method, shape) in BELOW)
                    if wanted == "done":
                        continue
                    status, found, what = self.call(who, method, shape, place or self.world.places["alpha"], target)
                    self.assertEqual(status, wanted, what)
                    self.assertNotIn("step_up_required", found, what)
                    refused += 1
            self.assertEqual(self.world.picture(), before, f"{method} {shape}")
        self.assertGreater(refused, 500)
        for who in PEOPLE:
            status, _, what = self.call(who, "POST", "/v1/admin-login", None, ({}, {"login": "admin"}, ""))
            self.assertEqual(status, 403, f"for the host alone: {what}")
        alpha = self.world.places["alpha"]
        status, _, what = self.call(("reseller", "alpha"), "DELETE", "/v1/tenants/{tenant}", alpha)
        self.assertEqual(status, 403, f"not the branch that one sits on: {what}")

    def test_3_R_F2_who_may_does_it(self):
        every = {one for one in self.routes if one[0] != "GET"}
        self.assertEqual(every - WRITES.keys() - ELSEWHERE, set(), "give it input in role_writes.py")
        opened = {}
        for (method, shape), make in WRITES.items():
            self.prove_again()
            with_phone = (method, shape) in WITH_A_PHONE
            for place in [self.world.places["alpha"]] if with_phone else self.places_of(shape):
                for who in PEOPLE:
                    if self.world.expected(self.routes[method, shape], who, place, (method, shape) in BELOW) != "done":
                        continue
                    self.world.cancel_later()
                    names, body, query = make(self.world, place or self.world.places["alpha"])
                    if with_phone:
                        names["mac"] = opened.pop(who) if method == "DELETE" else place.spare.pop()
                    before = self.world.newest_of_the_trail()
                    status, found, what = self.call(who, method, shape, place, (names, body, query))
                    self.assertIn(status, (200, 201, 202), what)
                    if shape.endswith("/diagnostics") and method == "POST":
                        opened[who] = names["mac"]
                    if (method, shape) not in UNWRITTEN:
                        self.assertGreater(self.world.newest_of_the_trail(), before, f"nobody wrote it down: {what}")

    def test_3_R_F2_a_list_for_another_tenant_brings_nothing(self):
        browser = self.world.people["reseller", "alpha"].browser
        for slug in ("omega", "upper"):
            job = browser.ok("POST", f"/v1/imports?tenant={slug}", f"mac,line.1.user\n{self.world.new_mac()},x\n".encode())["id"]
            shown = wait_until(lambda path=f"/v1/imports/{job}": (found := browser.ok("GET", path))["state"] == "checked" and found, "the check")
            self.assertEqual((shown["report"]["to_add"], shown["report"]["refused"]), (0, 1), shown)
            self.assertNotIn(self.world.places[slug].word, json.dumps(shown))

    def test_4_R_F2_the_table_is_the_documentations(self):
        self.assertEqual({action for action in self.routes.values()} - self.world.grants.keys(), set(), PAGE)


if __name__ == "__main__":
    unittest.main()
