"""What others try with somebody's browser, session or code at the admin listener: refused, recorded, told (R-F6)."""

import unittest

from admin_fixture import with_admin
from alert_hooks import Hooks, identity, webhook, write_key
from people_fixture import PASSWORD, Desk
from provost_fixture import Pki, wait_until

SESSION = "__Host-provost"


class Forged(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        pki = Pki.shared()
        cls.server = with_admin(pki)
        cls.addClassCleanup(cls.server.stop)
        cls.hooks = Hooks(identity(pki))
        cls.addClassCleanup(cls.hooks.stop)
        write_key(cls.server)
        cls.server.config.write_text(cls.server.config.read_text() + webhook(pki, cls.hooks))
        cls.server.start().fill()
        cls.desk = Desk(cls.server)
        cls.owner = cls.desk.add("owner", "platform")
        cls.device = f"/v1/devices/{pki.phones[0].mac}"

    def setUp(self):
        self.before = self.desk.newest_event()

    def recorded(self, kind, **members):
        """The one event of its kind since `before`."""
        (event,) = wait_until(lambda: self.desk.events(kind, self.before, **members), f"{kind} {members}")
        return event

    def await_alert(self, kind, severity):
        told = wait_until(lambda: self.hooks.alerts(kind), f"the alert {kind}")[0]
        self.assertEqual(told["severity"], severity)
        self.assertTrue(told["next_step"])
        return told

    def test_R_F6_a_request_of_another_page_changes_nothing_and_is_told(self):
        owner, other = self.owner.browser, self.desk.add("neighbour", "support", "acme").browser
        picture = owner.ok("GET", self.device)
        for what, headers, why in (
                ("no token", {"X_Provost_CSRF": ""}, "X-Provost-CSRF"),
                ("a wrong token", {"X_Provost_CSRF": "A" * len(owner.csrf)}, "X-Provost-CSRF"),
                ("another session's token", {"X_Provost_CSRF": other.csrf}, "X-Provost-CSRF"),
                ("another origin", {"Origin": "https://evil.example"}, "another site's page"),
                ("an origin beside ours", {"Origin": owner.origin + ".evil.example"}, "another site's page"),
                ("our name without TLS", {"Origin": owner.origin.replace("https", "http")}, "another site's page"),
                ("an opaque origin", {"Origin": "null"}, "another site's page"),
                ("another site, by the browser's word", {"Sec_Fetch_Site": "cross-site"}, "another site's page"),
                ("a neighbour's page", {"Sec_Fetch_Site": "same-site"}, "another site's page"),
                ("no page at all", {"Origin": "", "Sec_Fetch_Site": ""}, "which page")):
            with self.subTest(what):
                self.before = self.desk.newest_event()
                self.assertEqual(owner.code("POST", self.device + "/retire", **headers), "P-8604")
                event = self.recorded("gate.forged")
                self.assertEqual((event["actor"], event["source"], event["method"], event["path"]),
                                 ("owner", "127.0.0.1", "POST", self.device + "/retire"))
                self.assertIn(why, event["detail"])
        self.assertEqual(owner.ok("GET", self.device), picture)
        self.assertEqual(self.await_alert("gate.forged", "warning")["server"], "test-host")

    def test_R_F6_another_page_reads_nothing_and_signs_nobody_in(self):
        owner = self.owner.browser
        self.assertEqual(owner.code("GET", self.device, Sec_Fetch_Site="cross-site"), "P-8604")
        self.recorded("gate.forged", method="GET")
        login = {"login": "owner", "password": PASSWORD}
        stranger = self.desk.browser()
        self.assertEqual(stranger.code("POST", "/v1/session/password", login, Origin="https://evil.example"), "P-8604")
        self.assertEqual(self.recorded("gate.forged", method="POST").get("actor", ""), "")
        self.assertEqual(stranger.cookies, {})
        form = b"login=owner&password=" + PASSWORD.encode()
        self.assertEqual(stranger.code("POST", "/v1/session/password", form, Content_Type="application/x-www-form-urlencoded"), "P-8001")
        self.assertEqual(stranger.cookies, {})

    def test_R_F2_a_session_that_somebody_planted_is_not_taken_over(self):
        attacker = self.desk.add("mallory", "support", "acme").browser
        half = self.desk.browser()
        half.ok("POST", "/v1/session/password", {"login": "mallory", "password": PASSWORD})
        victim = self.desk.add("victim", "support", "acme")
        for what, planted in (("the attacker's own", attacker.cookies[SESSION]), ("half of the attacker's own", half.cookies[SESSION])):
            with self.subTest(what):
                self.before = self.desk.newest_event()
                browser = self.desk.browser()
                browser.cookies[SESSION] = planted
                victim.sign_in(browser)
                self.assertNotEqual(browser.cookies[SESSION], planted)
                self.assertEqual(browser.ok("GET", "/v1/session")["person"]["login"], "victim")
                self.assertEqual(self.recorded("login.done")["actor"], "victim")
                holder = self.desk.browser()
                holder.cookies[SESSION] = planted
                status, session = holder.ask("GET", "/v1/session")
                self.assertIn((status, session.get("person", {}).get("login")), ((401, None), (200, "mallory")))
        self.before = self.desk.newest_event()
        invented = self.desk.browser()
        invented.cookies[SESSION] = "A" * 43
        self.assertEqual(invented.code("GET", "/v1/session"), "P-8601")
        one_time = self.server.json("person", "reset", "victim")["login_url_path"].partition("=")[2]
        invented.ok("POST", "/v1/session/one-time", {"token": one_time})
        self.assertNotEqual(invented.cookies[SESSION], "A" * 43)
        self.assertEqual(self.recorded("login.one-time-used")["actor"], "victim")

    def test_R_F2_each_step_has_an_id_of_its_own(self):
        person, one = self.desk.add("stepper", "support", "acme"), self.desk.browser()
        one.ok("POST", "/v1/session/password", {"login": "stepper", "password": PASSWORD})
        half = one.cookies[SESSION]
        one.ok("POST", "/v1/session/totp", {"code": person.app.fresh()})
        whole = one.cookies[SESSION]
        one.ok("POST", "/v1/session/step-up", {"code": person.app.fresh()})
        self.assertEqual(len({half, whole, one.cookies[SESSION]}), 3)
        for old in (half, whole):
            holder = self.desk.browser()
            holder.cookies[SESSION] = old
            self.assertEqual(holder.code("GET", "/v1/session"), "P-8601")

    def test_R_F2_R_F6_a_code_that_was_used_is_refused_and_five_are_told(self):
        person = self.desk.add("replayed", "support", "acme")
        attacker = self.desk.browser("127.0.7.1")
        login = {"login": "replayed", "password": PASSWORD}
        self.assertEqual(attacker.ok("POST", "/v1/session/password", login), {"next": "totp"})
        self.assertEqual(attacker.code("POST", "/v1/session/totp", {"code": person.app.used()}), "P-8602")
        event = self.recorded("login.code-replayed", actor="replayed")
        self.assertEqual((event["source"], event["detail"]), ("127.0.7.1", "a code that was used before"))
        for _ in range(4):
            self.assertEqual(attacker.code("POST", "/v1/session/totp", {"code": person.app.wrong()}), "P-8602")
        self.assertEqual(self.recorded("login.factor-exhausted", actor="replayed")["source"], "127.0.7.1")
        self.assertEqual(self.desk.events("login.done", self.before, actor="replayed"), [])
        self.assertEqual(attacker.code("POST", "/v1/session/totp", {"code": person.app.fresh()}), "P-8601", "not even a right one")
        self.await_alert("login.factor-exhausted", "warning")
        self.assertEqual(person.sign_in(person.browser).ok("GET", "/v1/session")["person"]["login"], "replayed", "its owner signs in")


if __name__ == "__main__":
    unittest.main()
