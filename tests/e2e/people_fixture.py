"""People at a server's admin listener: their browsers, the app that shows their codes, their passkeys."""

import base64
import hashlib
import hmac
import json
import os
import re
import struct
import time

from admin_fixture import Line
from provost_fixture import openssl, temporary_folder

PASSWORD = "seven horses drink tea"
STEP = 30  # seconds


def code_of(secret, step):
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    mac = hmac.digest(key, struct.pack(">Q", step), "sha1")
    at = mac[-1] & 15
    return f"{(struct.unpack('>I', mac[at:at + 4])[0] & 0x7fffffff) % 1000000:06d}"


class App:
    """An authenticator app. A server takes the steps beside its own too, and none twice."""

    MARGIN = 10  # seconds that a code has to be good for at least

    def __init__(self, secret):
        self.secret, self.step = secret, 0

    def fresh(self):
        """A code of a step that was not used yet; waits for one where it has to."""
        now = time.time()
        oldest = int(now + self.MARGIN) // STEP - 1
        self.step = max(oldest, self.step + 1)
        time.sleep(max(0, (self.step - 1) * STEP + 0.1 - now))
        return code_of(self.secret, self.step)

    def used(self):
        return code_of(self.secret, self.step)

    def wrong(self):
        """A code of no step that a server would take now."""
        near = {code_of(self.secret, int(time.time()) // STEP + n) for n in range(-3, 4)}
        return next(code for code in (f"{n:06d}" for n in range(1000)) if code not in near)


class Browser:
    """Keeps cookies and the CSRF token, and speaks as the server's own page. `last` is the last answer as it came."""

    def __init__(self, admin, origin):
        self.admin, self.origin = admin, origin
        self.cookies, self.csrf, self.last = {}, "", None

    def headers(self, method, media=None):
        headers = {"Sec-Fetch-Site": "same-origin", "User-Agent": "a browser of the tests"}
        if method != "GET":
            headers |= {"Origin": self.origin, "X-Provost-CSRF": self.csrf}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if media:
            headers["Content-Type"] = media
        return headers

    def send(self, method, path, payload=b"", headers=None, more=()):
        """Bytes as they are; `more` are lines of further headers."""
        headers = self.headers(method) if headers is None else headers
        self.last = self.admin.ask(method, path, payload, [*(f"{name}: {value}" for name, value in headers.items() if value), *more])
        head = self.last.raw.partition(b"\r\n\r\n")[0].decode("latin-1")
        for name, value in re.findall(r"(?im)^set-cookie: ([\w-]+)=([\w-]*);", head):
            self.cookies[name] = value
            if not value:
                del self.cookies[name]
        return self.last

    def ask(self, method, path, body=None, **more):
        """Status and parsed body. `body` goes as JSON, or bytes as they are; `more` are headers, left out where empty."""
        raw = isinstance(body, bytes)
        media = None if body is None else "application/octet-stream" if raw else "application/json"
        headers = self.headers(method, media) | {name.replace("_", "-"): value for name, value in more.items()}
        payload = b"" if body is None else body if raw else json.dumps(body).encode()
        answer = self.send(method, path, payload, headers)
        found = json.loads(answer.body) if "json" in answer.headers.get("content-type", "") else answer.body.decode()
        if isinstance(found, dict):
            self.csrf = found.get("csrf", self.csrf)
        return answer.status, found

    def ok(self, method, path, body=None, **more):
        status, found = self.ask(method, path, body, **more)
        if status >= 300:
            raise AssertionError(f"{method} {path}: {status} {found}")
        return found

    def code(self, method, path, body=None, **more):
        """The code of a problem."""
        status, found = self.ask(method, path, body, **more)
        if status < 400:
            raise AssertionError(f"{method} {path} was not refused: {status} {found}")
        return found["code"]


class Desk:
    """A running server's admin listener, and who comes to it."""

    def __init__(self, server):
        self.server = server

    def browser(self, source="127.0.0.1"):
        origin = self.server.rest("GET", "/v1/server")[1]["admin"]["url"].rstrip("/")
        return Browser(Line(self.server, source), origin)

    def add(self, login, role, tenant=None):
        """A person of the list that has set up how it signs in."""
        return Person(self, self.server.rest("POST", "/v1/people", {"login": login, "role": role, "tenant": tenant})[1])

    def first(self):
        """The platform admin, as it comes in on the host."""
        return Person(self, self.server.json("admin", "reset-login"))

    def events(self, kind, after=0, **members):
        """Events of a kind that have these members, oldest first: what strangers cause is written a moment later."""
        items = self.server.rest("GET", f"/v1/events?kind={kind}&after={after}&limit=1000")[1]["items"]
        return [one for one in items if all(one.get(name) == value for name, value in members.items())]

    def newest_event(self):
        self.server.write_down()
        items = self.server.rest("GET", "/v1/events?last=true&limit=1")[1]["items"]
        return items[-1]["id"] if items else 0


class Person:
    """Somebody with a password and an app. `browser` is where it opened its one-time login."""

    def __init__(self, desk, made):
        self.desk, self.login, self.id = desk, made["login"], made.get("id")
        self.browser = desk.browser()
        self.browser.ok("POST", "/v1/session/one-time", {"token": made["login_url_path"].partition("=")[2]})
        self.browser.ok("PUT", "/v1/me/password", {"password": PASSWORD})
        self.app = App(self.browser.ok("POST", "/v1/me/totp")["secret"])
        self.browser.ok("POST", "/v1/me/totp/confirm", {"code": self.app.fresh()})

    def sign_in(self, browser=None):
        """With password and code, in a browser that it had before, or a new one."""
        browser = browser or self.desk.browser()
        browser.ok("POST", "/v1/session/password", {"login": self.login, "password": PASSWORD})
        browser.ok("POST", "/v1/session/totp", {"code": self.app.fresh()})
        return browser

    def add_passkey(self):
        return Passkey(self.browser)


def base64url(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def cbor(value):
    """Just enough of RFC 8949 for a passkey."""
    def head(major, number):
        if number < 24:
            return bytes([major << 5 | number])
        return bytes([major << 5 | 24, number]) if number < 256 else bytes([major << 5 | 25]) + struct.pack(">H", number)
    if isinstance(value, dict):
        return head(5, len(value)) + b"".join(cbor(name) + cbor(one) for name, one in value.items())
    if isinstance(value, int):
        return head(0, value) if value >= 0 else head(1, -1 - value)
    data = value.encode() if isinstance(value, str) else value
    return head(3 if isinstance(value, str) else 2, len(data)) + data


class Passkey:
    """A P-256 key that verifies its user, made by the openssl program and registered by whoever is signed in."""

    PRESENT_AND_VERIFIED, WITH_KEY = 0x05, 0x40

    def __init__(self, browser, name="a key"):
        self.folder, self.id = temporary_folder("passkey"), os.urandom(32)
        self.key = self.folder / "key.pem"
        openssl("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", self.key)
        openssl("pkey", "-in", self.key, "-pubout", "-outform", "DER", "-out", self.folder / "public")
        point = (self.folder / "public").read_bytes()[-64:]
        options = browser.ok("POST", "/v1/me/passkeys/begin")["publicKey"]
        self.rp = options["rp"]["id"]
        cose = cbor({1: 2, 3: -7, -1: 1, -2: point[:32], -3: point[32:]})
        data = self.data(self.PRESENT_AND_VERIFIED | self.WITH_KEY) + bytes(16) + struct.pack(">H", len(self.id)) + self.id + cose
        made = {"name": name, "id": base64url(self.id),
                "clientDataJSON": base64url(self.client("webauthn.create", options["challenge"], browser.origin)),
                "attestationObject": base64url(cbor({"fmt": "none", "attStmt": {}, "authData": data}))}
        browser.ok("POST", "/v1/me/passkeys/finish", made)

    def data(self, flags):
        return hashlib.sha256(self.rp.encode()).digest() + bytes([flags]) + bytes(4)

    @staticmethod
    def client(kind, challenge, origin):
        return json.dumps({"type": kind, "challenge": challenge, "origin": origin, "crossOrigin": False}).encode()

    def answer(self, browser):
        """To a challenge that this browser gets."""
        challenge = browser.ok("POST", "/v1/session/passkey/begin")["publicKey"]["challenge"]
        client, data = self.client("webauthn.get", challenge, browser.origin), self.data(self.PRESENT_AND_VERIFIED)
        (self.folder / "signed").write_bytes(data + hashlib.sha256(client).digest())
        openssl("dgst", "-sha256", "-sign", self.key, "-out", self.folder / "signature", self.folder / "signed")
        return {"id": base64url(self.id), "clientDataJSON": base64url(client), "authenticatorData": base64url(data),
                "signature": base64url((self.folder / "signature").read_bytes())}
