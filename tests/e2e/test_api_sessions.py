"""What the admin listener itself answers, about sessions and one's own account, is what the OpenAPI document says (R-G5)."""

import re
import unittest

from admin_fixture import with_admin
from api_contract import Interface
from people_fixture import PASSWORD, App, Desk, Passkey
from provost_fixture import Pki


class Sessions(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = with_admin(Pki.shared())
        cls.addClassCleanup(cls.server.stop)
        cls.server.start()
        cls.api = Interface(cls.server)
        cls.desk = Desk(cls.server)

    def call(self, browser, method, shape, body=None, status=200, **names):
        path = re.sub(r"\{(\w+)\}", lambda found: str(names[found[1]]), shape)
        _, answer = browser.ask(method, path, body)
        faults = self.api.faults_of(method, shape, browser.last)
        self.assertEqual((browser.last.status, faults), (status, []), f"{method} {shape}: {answer}")
        if status < 400:
            self.api.called.add((method, shape))
        return answer

    def enrolled(self):
        """A person that has come with its one-time login, and its app."""
        one = self.desk.browser()
        token = self.server.json("admin", "reset-login")["login_url_path"].partition("=")[2]
        self.call(one, "POST", "/v1/session/one-time", {"token": token})
        self.call(one, "PUT", "/v1/me/password", {"password": PASSWORD})
        app = App(self.call(one, "POST", "/v1/me/totp")["secret"])
        self.call(one, "POST", "/v1/me/totp/confirm", {"code": app.fresh()})
        return one, app

    def half(self):
        browser = self.desk.browser()
        self.call(browser, "POST", "/v1/session/password", {"login": "admin", "password": PASSWORD})
        return browser

    def passkeys(self, one):
        """One is registered, signs in, proves its person again, and goes."""
        key = Passkey(one)
        self.assertEqual(self.api.faults_of("POST", "/v1/me/passkeys/finish", one.last), [])
        self.api.called |= {("POST", "/v1/me/passkeys/begin"), ("POST", "/v1/me/passkeys/finish")}
        other = self.desk.browser()
        self.call(other, "POST", "/v1/session/passkey/begin")
        self.call(other, "POST", "/v1/session/passkey/finish", key.answer(other))
        self.call(other, "POST", "/v1/session/step-up", {"passkey": key.answer(other)})
        self.call(one, "DELETE", "/v1/me/totp")
        self.call(one, "POST", "/v1/me/totp/confirm", {"code": App(self.call(one, "POST", "/v1/me/totp")["secret"]).fresh()})
        listed = self.call(one, "GET", "/v1/me/passkeys")["items"]
        self.assertEqual([row["name"] for row in listed], ["a key"])
        self.call(one, "DELETE", "/v1/me/passkeys/{id}", id=listed[0]["id"])

    def test_1_R_G5_each_answer_is_as_documented(self):
        one, app = self.enrolled()
        self.call(one, "GET", "/v1/session")
        codes = self.call(one, "POST", "/v1/me/recovery-codes")["codes"]
        self.call(one, "GET", "/v1/me/sessions")
        self.call(self.half(), "POST", "/v1/session/recovery", {"code": codes[0]})
        lost = self.desk.browser()
        self.call(lost, "POST", "/v1/session/recover", {"login": "admin", "password": PASSWORD, "code": codes[1]})
        listed = self.call(one, "GET", "/v1/me/sessions")["items"]
        self.call(one, "DELETE", "/v1/me/sessions/{id}", id=next(row["id"] for row in listed if not row["current"]))
        third = self.half()
        self.call(third, "POST", "/v1/session/totp", {"code": app.fresh()})
        self.call(third, "DELETE", "/v1/session")
        self.passkeys(one)
        self.assertEqual(self.api.of_sessions - self.api.called, set(), "add a call")

    def test_2_R_G5_what_is_not_declared_is_refused(self):
        one, _ = self.enrolled()
        self.assertEqual(self.call(one, "POST", "/v1/session/step-up", {"cod": "1"}, 422)["fix"], "Did you mean 'code'?")
        self.assertEqual(one.ask("GET", "/v1/session?all=true")[1]["code"], "P-8009")
        answer = one.ask("PATCH", "/v1/session", {})[1]
        self.assertEqual((answer["code"], one.last.headers["allow"]), ("P-8006", "GET, DELETE"))

    def test_2_R_G5_R_F6_strangers_get_problems_and_nothing_else(self):
        stranger = self.desk.browser()
        for method, shape in sorted(self.api.operations):
            answer = stranger.send(method, shape.replace("{", "").replace("}", ""), headers={"Sec-Fetch-Site": "same-origin"})
            self.assertEqual(self.api.problem_faults(answer) if answer.status >= 400 else [], [], f"{method} {shape}")
            if (method, shape) not in self.api.of_sessions:
                self.assertEqual(answer.status, 401, f"{method} {shape}")


if __name__ == "__main__":
    unittest.main()
