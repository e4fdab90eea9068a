"""What the admin listener itself answers, about sessions and one's own account, is what the OpenAPI document says (R-G5)."""

import re
import time
import unittest

from admin_fixture import Admin, with_admin
from api_contract import Interface
from provost_fixture import Pki
from test_sign_in import PASSWORD, Browser, code_of


class Recorder(Admin):
    """Keeps the last answer as it came."""

    def ask(self, *request, **options):
        self.last = super().ask(*request, **options)
        return self.last


class Sessions(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = with_admin(Pki.shared())
        cls.addClassCleanup(cls.server.stop)
        cls.server.start()
        cls.api = Interface(cls.server)
        cls.admin = Recorder(cls.server)
        cls.origin = cls.server.rest("GET", "/v1/server")[1]["admin"]["url"].rstrip("/")

    def call(self, browser, method, shape, body=None, status=200, **names):
        path = re.sub(r"\{(\w+)\}", lambda found: str(names[found[1]]), shape)
        _, answer = browser.ask(method, path, body)
        faults = self.api.faults_of(method, shape, self.admin.last)
        self.assertEqual((self.admin.last.status, faults), (status, []), f"{method} {shape}: {answer}")
        if status < 400:
            self.api.called.add((method, shape))
        return answer

    def enrolled(self):
        """A person that has come with its one-time login, and its app's secret."""
        one = Browser(self.admin, self.origin)
        token = self.server.json("admin", "reset-login")["login_url_path"].partition("=")[2]
        self.call(one, "POST", "/v1/session/one-time", {"token": token})
        self.call(one, "PUT", "/v1/me/password", {"password": PASSWORD})
        secret = self.call(one, "POST", "/v1/me/totp")["secret"]
        step = int(time.time()) // 30
        self.call(one, "POST", "/v1/me/totp/confirm", {"code": code_of(secret, step)})
        return one, secret, step

    def test_1_R_G5_each_answer_is_as_documented(self):
        one, secret, step = self.enrolled()
        self.call(one, "GET", "/v1/session")
        codes = self.call(one, "POST", "/v1/me/recovery-codes")["codes"]
        self.call(one, "POST", "/v1/me/passkeys/begin")
        self.call(one, "GET", "/v1/me/passkeys")
        self.call(one, "GET", "/v1/me/sessions")
        other = Browser(self.admin, self.origin)
        self.call(other, "POST", "/v1/session/passkey/begin")
        self.call(other, "POST", "/v1/session/password", {"login": "admin", "password": PASSWORD})
        self.call(other, "POST", "/v1/session/recovery", {"code": codes[0]})
        listed = self.call(one, "GET", "/v1/me/sessions")["items"]
        self.call(one, "DELETE", "/v1/me/sessions/{id}", id=next(row["id"] for row in listed if not row["current"]))
        third = Browser(self.admin, self.origin)
        self.call(third, "POST", "/v1/session/password", {"login": "admin", "password": PASSWORD})
        self.call(third, "POST", "/v1/session/totp", {"code": code_of(secret, step + 1)})
        self.call(third, "DELETE", "/v1/session")
        # Of these the success takes an authenticator, a code of the next minute, or another factor.
        hard = {("POST", "/v1/session/passkey/finish"), ("POST", "/v1/me/passkeys/finish"), ("POST", "/v1/session/step-up"),
                ("DELETE", "/v1/me/totp"), ("DELETE", "/v1/me/passkeys/{id}")}
        for method, shape in hard:
            browser = Browser(self.admin, self.origin) if shape.startswith("/v1/session/passkey") else one
            browser.ask(method, shape.replace("{id}", "999"), None if method == "DELETE" else {})
            self.assertEqual(self.api.problem_faults(self.admin.last), [], shape)
        self.assertEqual(self.api.of_sessions - self.api.called - hard, set(), "add a call")

    def test_2_R_G5_what_is_not_declared_is_refused(self):
        one, _, _ = self.enrolled()
        self.assertEqual(self.call(one, "POST", "/v1/session/step-up", {"cod": "1"}, 422)["fix"], "Did you mean 'code'?")
        self.assertEqual(one.ask("GET", "/v1/session?all=true")[1]["code"], "P-8009")
        answer = one.ask("PATCH", "/v1/session", {})[1]
        self.assertEqual((answer["code"], self.admin.last.headers["allow"]), ("P-8006", "GET, DELETE"))

    def test_2_R_G5_R_F6_strangers_get_problems_and_nothing_else(self):
        for method, shape in sorted(self.api.operations):
            self.admin.ask(method, shape.replace("{", "").replace("}", ""), b"", ["Sec-Fetch-Site: same-origin"])
            self.assertEqual(self.api.problem_faults(self.admin.last) if self.admin.last.status >= 400 else [], [], f"{method} {shape}")
            if (method, shape) not in self.api.of_sessions:
                self.assertEqual(self.admin.last.status, 401, f"{method} {shape}")


if __name__ == "__main__":
    unittest.main()
