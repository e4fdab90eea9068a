"""The first person that signs in to a new server: by a one-time login that its start prints, once, for half an hour (R-F2)."""

import contextlib
import datetime
import re
import sqlite3
import unittest

from admin_fixture import with_admin
from people_fixture import PASSWORD, Desk, Person
from provost_fixture import Pki, wait_until

HALF_AN_HOUR = 30 * 60 * 1000  # milliseconds
PRINTED = re.compile(r"Sign in for the first time, within 30 minutes: (https://\S+/login#token=([\w-]{43}))\n")


class FirstSignIn(unittest.TestCase):
    def setUp(self):
        self.server = with_admin(Pki.shared())
        self.server.output = self.server.folder / "output"
        self.addCleanup(self.server.stop)
        self.desk = Desk(self.server)

    def printed(self):
        return PRINTED.findall(self.server.output.read_text())

    def open(self, token):
        browser = self.desk.browser()
        return browser, *browser.ask("POST", "/v1/session/one-time", {"token": token})

    def factors(self):
        return [one["factors"] for one in self.server.json("person", "list")]

    def test_R_F2_it_is_printed_at_the_start_and_works_once(self):
        self.server.start()
        ((address, token),) = wait_until(self.printed, "the first login")
        self.assertTrue(address.startswith(self.desk.browser().origin + "/"), address)
        for password in ("", "admin", "password", "provost", "changeme", PASSWORD):
            self.assertEqual(self.desk.browser().ask("POST", "/v1/session/password", {"login": "admin", "password": password})[0] // 100, 4)
        self.assertEqual(self.factors(), [{"password": False, "totp": False, "passkeys": 0, "recovery_left": 0}])
        browser, status, session = self.open(token)
        self.assertEqual((status, session["next"], session["must_enrol"], session["person"]["role"]), (200, "enrol", True, "platform"))
        self.assertEqual(browser.code("GET", "/v1/people"), "P-8606", "it sets up how it signs in, and does no more")
        self.assertEqual(browser.code("POST", "/v1/people", {"login": "x", "role": "platform"}), "P-8606")
        _, status, problem = self.open(token)
        self.assertEqual((status, problem["code"]), (401, "P-8602"), "once")
        self.assertEqual(len(self.desk.events("login.one-time-used")), 1)
        self.assertNotIn(token, self.server.log.read_text())

    def test_R_F2_a_start_prints_another_until_somebody_can_sign_in(self):
        self.server.start()
        ((_, first),) = wait_until(self.printed, "the first login")
        self.server.stop()
        self.server.start()
        ((_, second),) = wait_until(self.printed, "another")
        self.assertNotEqual(first, second)
        self.assertEqual(self.open(first)[2]["code"], "P-8602", "the newest alone")
        Person(self.desk, {"login": "admin", "login_url_path": "/login#token=" + second})
        self.server.stop()
        self.server.start()
        self.server.rest("GET", "/v1/server")
        self.assertEqual(self.printed(), [], "somebody can sign in")

    def test_R_F2_after_half_an_hour_it_is_nothing(self):
        """Its clock, moved in the database of a server that stands."""
        self.server.start()
        Person(self.desk, self.server.json("admin", "reset-login"))
        made = self.server.json("person", "add", "anna", "--role", "platform")
        lasts = datetime.datetime.fromisoformat(made["until"]) - datetime.datetime.now(datetime.timezone.utc)
        self.assertTrue(29 * 60 < lasts.total_seconds() <= 30 * 60, lasts)
        self.server.stop()
        with contextlib.closing(sqlite3.connect(self.server.home / "data/provost.db")) as database, database:
            self.assertEqual(database.execute("UPDATE one_time_logins SET until = until - ?", (HALF_AN_HOUR,)).rowcount, 1)
        self.server.start()
        _, status, problem = self.open(made["login_url_path"].partition("=")[2])
        self.assertEqual((status, problem["code"]), (401, "P-8602"))
        wait_until(lambda: self.desk.events("login.failed", detail="a one-time login that is none, or was used"), "the record of it")


if __name__ == "__main__":
    unittest.main()
