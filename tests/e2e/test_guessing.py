"""Passwords that are guessed at the admin listener: slowed down, recorded, told, and no owner is kept out (R-F6, R-F2)."""

import itertools
import re
import threading
import time
import unittest

from admin_fixture import with_admin
from alert_hooks import Hooks, identity, webhook, write_key
from people_fixture import PASSWORD, Desk
from provost_fixture import PATIENCE, Pki, wait_until

GUESS = "Winter2026! is coming"


class Guessing(unittest.TestCase):
    """Each test's attackers come from networks of their own, and its owners are people of its own."""

    @classmethod
    def setUpClass(cls):
        pki = Pki.shared()
        cls.server = with_admin(pki)
        cls.addClassCleanup(cls.server.stop)
        cls.hooks = Hooks(identity(pki))
        cls.addClassCleanup(cls.hooks.stop)
        write_key(cls.server)
        cls.server.config.write_text(cls.server.config.read_text() + webhook(pki, cls.hooks))
        cls.server.start()
        cls.server.cli("tenant", "add", "acme", check=0)
        cls.desk = Desk(cls.server)

    def setUp(self):
        for _ in range(10):
            if self.failures_are_written():
                break
            time.sleep(8)
        self.before = self.desk.newest_event()

    def failures_are_written(self):
        """Failures of strangers are written within a budget, which a test may have spent; five a second come back."""
        before, sources = self.desk.newest_event(), {f"127.0.19.{n}" for n in range(1, 21)}
        for source in sources:
            self.desk.browser(source).ask("POST", "/v1/session/one-time", {"token": "A" * 43})
        self.server.write_down()
        return sources == {event["source"] for event in self.desk.events("login.failed", before)}

    def guess(self, source, login, password=GUESS):
        """The status that a try from there gets, and the problem."""
        return self.desk.browser(source).ask("POST", "/v1/session/password", {"login": login, "password": password})

    def guess_until_it_waits(self, source, seconds):
        """Until the next try has to wait that long, which doubles with each."""
        for n in itertools.count(4):
            status, problem = self.guess(source, f"user{n}")
            if status == 429:
                wait = int(re.fullmatch(r"the next is taken in (\d+) s", problem["why"])[1])
                if wait >= seconds:
                    return wait
                time.sleep(wait)

    def await_events(self, kind, **members):
        return wait_until(lambda: self.desk.events(kind, self.before, **members), f"{kind} {members}")

    def await_alert(self, kind, word):
        """The alert of this kind that has the word in an example."""
        def found():
            return next((one for one in self.hooks.alerts(kind) if word in " ".join(one["examples"])), None)
        return wait_until(found, f"the alert {kind} with {word}")

    def test_R_F6_spraying_is_slowed_recorded_and_told(self):
        owner = self.desk.add("sprayed", "support", "acme")
        source = "127.0.21.9"
        answers = [self.guess(source, login) for login in ("sprayed", "user0", "user1", "user2", "user3")]
        self.assertEqual([status for status, _ in answers], [401] * 5)
        self.assertEqual(answers[0], answers[1], "an account and none are answered alike")
        self.assertGreaterEqual(self.guess_until_it_waits(source, 8), 8)
        status, problem = self.guess(source, "sprayed", PASSWORD)
        self.assertEqual((status, problem["code"]), (429, "P-8603"), "not even the right one")
        (storm,) = self.await_events("login.spraying")
        self.assertEqual(storm["source"], source)
        failed = self.await_events("login.failed", source=source)
        self.assertIn("sprayed: wrong password", [event["detail"] for event in failed])
        self.assertNotIn("user1", str(failed), "what is no login may be a password in the wrong field")
        self.await_events("login.throttled", source=source)
        told = self.await_alert("login.spraying", source)
        self.assertEqual(told["severity"], "warning")
        self.assertIn("provost ban add", told["next_step"])
        self.assertEqual(owner.sign_in().ok("GET", "/v1/session")["person"]["login"], "sprayed", "from elsewhere, in a new browser")
        (done,) = self.await_events("login.done", actor="sprayed")
        self.assertEqual(done["source"], "127.0.0.1")

    def test_R_F6_R_F2_guessing_one_account_from_many_networks_keeps_its_owner_out_nowhere(self):
        owner = self.desk.add("guessed", "support", "acme")
        passkey = owner.add_passkey()
        owner.browser.ok("DELETE", "/v1/session")
        for n in range(30):
            status, problem = self.guess(f"127.0.{30 + n}.1", "guessed")
            if status == 429:
                break
        self.assertEqual(status, 429, "many networks together are one count")
        self.assertLessEqual(int(problem["why"].split()[-2]), 60, "a minute at most")
        self.await_events("login.throttled")
        self.await_alert("login.throttled", "guessed: too many failures")
        stop, answered = threading.Event(), []

        def go_on(n):
            while not stop.is_set():
                answered.append(self.guess(f"127.0.{80 + n}.1", "guessed")[0])
        attackers = [threading.Thread(target=go_on, args=(n,)) for n in range(6)]
        for one in attackers:
            one.start()
        try:
            began = time.monotonic()
            owner.sign_in(owner.browser)
            self.assertLess(time.monotonic() - began, PATIENCE)
            self.assertEqual(owner.browser.ok("GET", "/v1/session")["person"]["login"], "guessed", "in its own browser")
            fresh = self.desk.browser("127.0.80.1")
            self.assertEqual(fresh.ok("POST", "/v1/session/passkey/finish", passkey.answer(fresh))["next"], "done",
                             "with its passkey, even at an attacker's address")
        finally:
            stop.set()
            for one in attackers:
                one.join()
        self.assertGreater(answered.count(429), 0)
        self.assertNotIn(200, answered)

    def test_R_F6_R_F2_an_owner_in_a_new_browser_has_a_turn_while_others_ask_all_the_time(self):
        """Who failed nowhere waits a quarter of a minute; who guesses waits longer, and can't take every turn."""
        owner = self.desk.add("besieged", "support", "acme")
        stop, waits = threading.Event(), []

        def go_on(n):
            while not stop.is_set():
                status, problem = self.guess(f"127.0.{180 + n}.1", "besieged")
                if status == 429:
                    waits.append(int(problem["why"].split()[-2]))
                time.sleep(0.3)
        attackers = [threading.Thread(target=go_on, args=(n,)) for n in range(6)]
        for one in attackers:
            one.start()
        try:
            wait_until(lambda: max(waits, default=0) > 20, "guessers that wait long", PATIENCE + 60)
            fresh, login = self.desk.browser("127.0.190.1"), {"login": "besieged", "password": PASSWORD}
            status, answer = fresh.ask("POST", "/v1/session/password", login)
            if status == 429:
                seconds = int(answer["why"].split()[-2])
                self.assertLessEqual(seconds, 15)
                time.sleep(seconds)
                answer = fresh.ok("POST", "/v1/session/password", login)
            self.assertEqual(answer, {"next": "totp"})
            self.assertEqual(fresh.ok("POST", "/v1/session/totp", {"code": owner.app.fresh()})["next"], "done",
                             "who guesses passwords delays no code")
        finally:
            stop.set()
            for one in attackers:
                one.join()

    def test_R_F6_a_session_that_is_guessed_is_recorded_and_told(self):
        old = self.desk.browser("127.0.23.1")
        guesser = self.desk.browser("127.0.24.1")
        for n in range(12):
            old.cookies["__Host-provost"] = "A" * 43
            self.assertEqual(old.code("GET", "/v1/session"), "P-8601")
            guesser.cookies["__Host-provost"] = f"{n:043}"
            self.assertEqual(guesser.code("GET", "/v1/devices"), "P-8601")
        (event,) = self.await_events("session.unknown", source="127.0.23.1")
        (event,) = self.await_events("session.guessing")
        self.assertEqual(event["source"], "127.0.24.1", "one old cookie is no guess")
        self.assertEqual(self.await_alert("session.guessing", "127.0.24.1")["severity"], "warning")

    def test_R_F2_an_office_behind_one_address_signs_in(self):
        """Logins that succeed are no failures, however many come from one address in new browsers."""
        people = [self.desk.add(f"office{n}", "support", "acme") for n in range(4)]
        for _ in range(2):
            for person in people:
                person.sign_in(self.desk.browser("127.0.20.1"))

    def test_R_F6_one_time_logins_and_tokens_that_are_none_are_recorded(self):
        stranger = self.desk.browser("127.0.22.1")
        self.assertEqual(stranger.code("POST", "/v1/session/one-time", {"token": "A" * 43}), "P-8602")
        (event,) = self.await_events("login.failed", source="127.0.22.1")
        self.assertEqual(event["detail"], "a one-time login that is none, or was used")
        self.assertEqual(stranger.code("GET", "/v1/devices", Authorization="Bearer prv_" + "a" * 76), "P-8601")
        (event,) = self.await_events("token.refused", source="127.0.22.1")
        self.assertEqual(stranger.cookies, {})


if __name__ == "__main__":
    unittest.main()
