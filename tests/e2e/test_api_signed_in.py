"""The REST interface at the admin listener, as a signed-in person's browser reaches it, and the calls about that session and
person themselves: whatever they are sent, they answer as the OpenAPI document says (R-G5, R-F6). PROVOST_FUZZ_SEED repeats a
run; PROVOST_FUZZ_SECONDS is for both tests together."""

import collections
import os
import random
import time
import unittest

import api_fuzz
from admin_fixture import with_admin
from api_contract import Interface
from people_fixture import PASSWORD, App, Desk
from provost_fixture import Pki

SEED = int(os.environ.get("PROVOST_FUZZ_SEED", "20261126"))
SECONDS = float(os.environ.get("PROVOST_FUZZ_SECONDS", "14"))
ENDED = ("P-8601", "P-8606")  # the session's own; another begins


class SignedIn:
    """The platform admin in a browser, and back in it whenever something that was sent ended its session."""

    def __init__(self, desk):
        self.desk, self.returns = desk, -1
        self.come_back()

    def come_back(self):
        """As on the host: what was set up is taken away, and set up anew."""
        self.browser = self.desk.browser()
        made = self.desk.server.json("admin", "reset-login")
        self.browser.ok("POST", "/v1/session/one-time", {"token": made["login_url_path"].partition("=")[2]})
        self.browser.ok("PUT", "/v1/me/password", {"password": PASSWORD})
        self.secret = self.browser.ok("POST", "/v1/me/totp")["secret"]
        self.browser.ok("POST", "/v1/me/totp/confirm", {"code": App(self.secret).fresh()})
        self.returns += 1

    def send(self, method, target, body, more):
        headers = self.browser.headers(method, None if any(line.startswith("Content-Type") for line in more) or not body
                                       else "application/json")
        return self.browser.send(method, target, body, headers, more)

    def is_out(self):
        return self.browser.ask("GET", "/v1/session")[0] != 200 or self.browser.ask("GET", "/v1/tenants")[0] != 200


class Fuzz(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = with_admin(Pki.shared())
        cls.addClassCleanup(cls.server.stop)
        cls.server.start().fill()
        cls.api = Interface(cls.server)
        cls.person = SignedIn(Desk(cls.server))

    def storm(self, routes, request, seconds):
        """Three rounds over the routes, and more until the time is over; how often each status came."""
        end, rounds, counts = time.monotonic() + seconds, 0, collections.Counter()
        while time.monotonic() < end or rounds < 3:
            for method, shape in sorted(routes):
                if (method, shape) == ("DELETE", "/v1/session") and rounds % 4:
                    continue  # it takes a while to come back
                made = request(random.Random(f"{SEED} {rounds} {method} {shape}"), method, shape)
                answer = self.person.send(*made)
                where = f"PROVOST_FUZZ_SEED={SEED}, round {rounds}: {made!r:.600}\n{answer.raw[:600]}"
                self.assertEqual(self.api.faults_of(method, shape, answer), [], where)
                self.assertLess(answer.status, 500, where)
                counts[answer.status] += 1
                if (answer.status in (401, 403) or method == "DELETE" or shape.startswith(("/v1/me", "/v1/session"))) and self.person.is_out():
                    self.person.come_back()
            rounds += 1
        print(f"{rounds} rounds, {self.person.returns} returns, by status: {dict(sorted(counts.items()))}", end=" ")
        return counts

    def test_1_R_G5_R_F6_what_a_person_reaches(self):
        fuzzer = api_fuzz.Fuzzer(self.api, self.server)
        routes = {(method, shape) for method, shape in self.api.operations.keys() - self.api.of_sessions if "stream" not in shape}
        counts = self.storm(routes, fuzzer.request, SECONDS * 0.6)
        for good in (200, 202):
            self.assertGreater(counts[good], 0, "it never gets past the checks")

    def test_2_R_G5_R_F6_ones_own_session_and_factors(self):
        fuzzer = api_fuzz.Fuzzer(self.api, self.server)
        fuzzer.names |= {"login": ["admin", "nobody"], "password": [PASSWORD, "a much longer one of these"], "token": ["A" * 43],
                         "code": ["000000", "12345"], "name": ["a key"]}
        counts = self.storm(self.api.of_sessions, fuzzer.request, SECONDS * 0.4)
        for status in (200, 401, 422):
            self.assertGreater(counts[status], 0, status)
        self.person.come_back()
        self.assertEqual(self.person.browser.ok("GET", "/v1/session")["person"]["login"], "admin")


if __name__ == "__main__":
    unittest.main()
