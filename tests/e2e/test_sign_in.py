"""People and programs at the admin listener, over TLS: from the one-time login to the end of the session."""

import base64
import hmac
import json
import re
import struct
import time
import unittest

from admin_fixture import Admin, with_admin
from provost_fixture import Pki

PASSWORD = "seven horses drink tea"


def code_of(secret, step):
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    mac = hmac.digest(key, struct.pack(">Q", step), "sha1")
    at = mac[-1] & 15
    return f"{(struct.unpack('>I', mac[at:at + 4])[0] & 0x7fffffff) % 1000000:06d}"


class Browser:
    """Keeps cookies and the CSRF token, and speaks as the server's own page."""

    def __init__(self, admin, origin):
        self.admin, self.origin = admin, origin
        self.cookies, self.csrf = {}, ""

    def ask(self, method, path, body=None, **more):
        headers = {"Sec-Fetch-Site": "same-origin", "User-Agent": "a browser of the tests"}
        if method != "GET":
            headers |= {"Origin": self.origin, "X-Provost-CSRF": self.csrf}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if body is not None:
            headers["Content-Type"] = "application/json"
        headers |= {name.replace("_", "-"): value for name, value in more.items()}
        answer = self.admin.ask(method, path, b"" if body is None else json.dumps(body).encode(),
                                [f"{name}: {value}" for name, value in headers.items() if value])
        head = answer.raw.partition(b"\r\n\r\n")[0].decode("latin-1")
        for name, value in re.findall(r"(?im)^set-cookie: ([\w-]+)=([\w-]*);", head):
            self.cookies[name] = value
            if not value:
                del self.cookies[name]
        found = json.loads(answer.body) if answer.body else {}
        self.csrf = found.get("csrf", self.csrf)
        return answer.status, found


class SignIn(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = with_admin(Pki.shared())
        cls.addClassCleanup(cls.server.stop)
        cls.server.start()
        cls.server.fill()
        cls.admin = Admin(cls.server)
        cls.origin = cls.server.rest("GET", "/v1/server")[1]["admin"]["url"].rstrip("/")

    def browser(self):
        return Browser(self.admin, self.origin)

    def enrolled(self, path):
        """As a person does it that opens its one-time login."""
        one = self.browser()
        status, session = one.ask("POST", "/v1/session/one-time", {"token": path.partition("=")[2]})
        self.assertEqual((status, session["must_enrol"]), (200, True), session)
        self.assertEqual(one.ask("GET", "/v1/devices")[0], 403, "nothing but enrolling")
        self.assertEqual(one.ask("PUT", "/v1/me/password", {"password": PASSWORD})[0], 200)
        secret = one.ask("POST", "/v1/me/totp")[1]["secret"]
        step = int(time.time()) // 30
        status, session = one.ask("POST", "/v1/me/totp/confirm", {"code": code_of(secret, step)})
        self.assertEqual((status, session["must_enrol"]), (200, False), session)
        return one, secret, step

    def test_R_F2_from_the_first_login_to_the_last(self):
        link = self.server.json("admin", "reset-login")
        one, secret, step = self.enrolled(link["login_url_path"])
        self.assertEqual(self.browser().ask("POST", "/v1/session/one-time",
                                            {"token": link["login_url_path"].partition("=")[2]})[0], 401, "once")
        status, devices = one.ask("GET", "/v1/devices")
        self.assertEqual(status, 200)
        mac = devices["items"][0]["mac"]
        self.assertEqual(one.ask("POST", f"/v1/devices/{mac}/arm", {})[0], 200, "it has just proved itself")

        self.assertEqual(one.ask("POST", f"/v1/devices/{mac}/arm", {}, X_Provost_CSRF="")[1]["code"], "P-8604")
        self.assertEqual(one.ask("POST", f"/v1/devices/{mac}/arm", {}, Origin="https://evil.example",
                                 Sec_Fetch_Site="cross-site")[1]["code"], "P-8604")

        other = self.browser()
        status, half = other.ask("POST", "/v1/session/password", {"login": "admin", "password": PASSWORD})
        self.assertEqual((status, half), (200, {"next": "totp"}))
        self.assertEqual(other.ask("POST", "/v1/session/totp", {"code": code_of(secret, step)})[0], 401, "used")
        status, whole = other.ask("POST", "/v1/session/totp", {"code": code_of(secret, step + 1)})
        self.assertEqual((status, whole["next"]), (200, "done"))
        self.assertIn("__Host-provost-browser", other.cookies)

        cookie = dict(one.cookies)
        self.assertEqual(one.ask("DELETE", "/v1/session")[0], 200)
        one.cookies = cookie
        self.assertEqual(one.ask("GET", "/v1/session")[0], 401)
        files = [self.server.log, *self.server.folder.rglob("provost.db*")]
        self.assertGreater(len(files), 1)
        kept = b"".join(file.read_bytes() for file in files)
        for told in (PASSWORD, secret, *cookie.values(), *other.cookies.values(), other.csrf):
            self.assertNotIn(told.encode(), kept)

    def test_R_F2_roles_hold_at_the_listener(self):
        made = self.server.json("person", "add", "berta", "--role", "support", "--tenant", "acme")
        one, _, _ = self.enrolled(made["login_url_path"])
        mac = one.ask("GET", "/v1/devices")[1]["items"][0]["mac"]
        self.assertEqual(one.ask("POST", f"/v1/devices/{mac}/arm", {})[0], 403)
        self.assertEqual(one.ask("GET", "/v1/people")[0], 403)
        self.server.cli("person", "disable", "berta", check=0)
        self.assertEqual(one.ask("GET", "/v1/devices")[0], 401, "at once")

    def test_R_F2_a_program_comes_with_its_token(self):
        made = self.server.json("token", "create", "billing", "--role", "tenant-admin", "--tenant", "acme")
        bearer = [f"Authorization: Bearer {made['token']}"]
        listed = self.admin.ask("GET", "/v1/devices", headers=bearer)
        self.assertEqual(listed.status, 200)
        mac = json.loads(listed.body)["items"][0]["mac"]
        body = json.dumps({"model": "T54W"}).encode()
        asked = [*bearer, "Content-Type: application/json"]
        self.assertEqual(self.admin.ask("PATCH", f"/v1/devices/{mac}", body, asked).status, 403, "it reads alone")
        self.assertEqual(self.admin.ask("GET", "/v1/people", headers=bearer).status, 403)
        self.assertEqual(self.admin.ask("GET", "/v1/devices", headers=[bearer[0][:-1] + "!"]).status, 401)
        self.server.cli("token", "revoke", str(made["id"]), check=0)
        self.assertEqual(self.admin.ask("GET", "/v1/devices", headers=bearer).status, 401)


if __name__ == "__main__":
    unittest.main()
