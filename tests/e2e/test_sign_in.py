"""People and programs at the admin listener, over TLS: from the one-time login to the end of the session."""

import json
import unittest

from admin_fixture import Admin, with_admin
from people_fixture import PASSWORD, Desk, Passkey
from provost_fixture import Pki


class SignIn(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = with_admin(Pki.shared())
        cls.addClassCleanup(cls.server.stop)
        cls.server.start()
        cls.server.fill()
        cls.desk = Desk(cls.server)

    def test_R_F2_from_the_first_login_to_the_last(self):
        link = self.server.json("admin", "reset-login")
        token = {"token": link["login_url_path"].partition("=")[2]}
        one = self.desk.browser()
        status, session = one.ask("POST", "/v1/session/one-time", token)
        self.assertEqual((status, session["must_enrol"]), (200, True), session)
        self.assertEqual(one.code("GET", "/v1/devices"), "P-8606", "nothing but enrolling")
        self.assertEqual(self.desk.browser().ask("POST", "/v1/session/one-time", token)[0], 401, "once")

        admin = self.desk.first()
        one = admin.browser
        mac = one.ok("GET", "/v1/devices")["items"][0]["mac"]
        self.assertEqual(one.ask("POST", f"/v1/devices/{mac}/arm", {})[0], 200, "it has just proved itself")
        other = self.desk.browser()
        self.assertEqual(other.ok("POST", "/v1/session/password", {"login": "admin", "password": PASSWORD}), {"next": "totp"})
        self.assertEqual(other.code("GET", "/v1/devices"), "P-8601", "half a session is none")
        self.assertEqual(other.ok("POST", "/v1/session/totp", {"code": admin.app.fresh()})["next"], "done")
        self.assertIn("__Host-provost-browser", other.cookies)

        cookie = dict(one.cookies)
        self.assertEqual(one.ask("DELETE", "/v1/session")[0], 200)
        one.cookies = cookie
        self.assertEqual(one.ask("GET", "/v1/session")[0], 401)
        files = [self.server.log, *self.server.folder.rglob("provost.db*")]
        self.assertGreater(len(files), 1)
        kept = b"".join(file.read_bytes() for file in files)
        for told in (PASSWORD, admin.app.secret, *cookie.values(), *other.cookies.values(), other.csrf):
            self.assertNotIn(told.encode(), kept)

    def test_R_F2_roles_hold_at_the_listener(self):
        one = self.desk.add("berta", "support", "acme").browser
        mac = one.ok("GET", "/v1/devices")["items"][0]["mac"]
        self.assertEqual(one.code("POST", f"/v1/devices/{mac}/arm", {}), "P-8401")
        self.assertEqual(one.code("GET", "/v1/people"), "P-8401")
        self.server.cli("person", "disable", "berta", check=0)
        self.assertEqual(one.ask("GET", "/v1/devices")[0], 401, "at once")

    def test_R_F2_sessions_of_others_are_listed_and_ended_on_the_host(self):
        person = self.desk.add("carla", "support", "acme")
        other = person.sign_in()
        listed = self.server.json("person", "sessions", "carla")
        self.assertEqual([(row["source"], row["agent"]) for row in listed], [("127.0.0.1", "a browser of the tests")] * 2)
        self.server.cli("person", "end-session", "carla", str(listed[0]["id"]), check=0)
        self.assertEqual(other.ask("GET", "/v1/session")[0], 401, "the newest is the first")
        self.assertEqual(person.browser.ask("GET", "/v1/session")[0], 200)
        self.server.cli("person", "end-session", "carla", check=0)
        self.assertEqual(person.browser.ask("GET", "/v1/session")[0], 401)

    def test_R_F2_who_lost_its_passkey_comes_in_by_a_code_and_makes_a_new_one(self):
        made = self.server.json("person", "add", "dora", "--role", "support", "--tenant", "acme")
        one = self.desk.browser()
        one.ok("POST", "/v1/session/one-time", {"token": made["login_url_path"].partition("=")[2]})
        Passkey(one, "lost")
        code = one.ok("POST", "/v1/me/recovery-codes")["codes"][0]
        typed, other = {"login": "dora", "code": code}, self.desk.browser()
        self.assertEqual(other.ok("POST", "/v1/session/recover", typed)["next"], "enrol")
        self.assertEqual(other.code("GET", "/v1/devices"), "P-8606")
        found = Passkey(other, "found")
        self.assertEqual(other.ask("GET", "/v1/devices")[0], 200)
        self.assertEqual(self.desk.browser().code("POST", "/v1/session/recover", typed), "P-8602", "once")
        third = self.desk.browser()
        self.assertEqual(third.ok("POST", "/v1/session/passkey/finish", found.answer(third))["next"], "done")
        (event,) = self.desk.events("login.recovery", actor="dora")
        self.assertIn("by a code alone", event["detail"])

    def test_R_F2_a_program_comes_with_its_token(self):
        made = self.server.json("token", "create", "billing", "--role", "tenant-admin", "--tenant", "acme")
        admin, bearer = Admin(self.server), [f"Authorization: Bearer {made['token']}"]
        listed = admin.ask("GET", "/v1/devices", headers=bearer)
        self.assertEqual(listed.status, 200)
        mac = json.loads(listed.body)["items"][0]["mac"]
        body = json.dumps({"model": "T54W"}).encode()
        asked = [*bearer, "Content-Type: application/json"]
        self.assertEqual(admin.ask("PATCH", f"/v1/devices/{mac}", body, asked).status, 403, "it reads alone")
        self.assertEqual(admin.ask("GET", "/v1/people", headers=bearer).status, 403)
        self.assertEqual(admin.ask("GET", "/v1/devices", headers=[bearer[0][:-1] + "!"]).status, 401)
        self.server.cli("token", "revoke", str(made["id"]), check=0)
        self.assertEqual(admin.ask("GET", "/v1/devices", headers=bearer).status, 401)


if __name__ == "__main__":
    unittest.main()
