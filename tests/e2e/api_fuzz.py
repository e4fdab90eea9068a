"""Requests that a document allows, that it almost allows, and that nobody would allow."""

import json
import urllib.parse

NAUGHTY = [
    "", " ", "\0", "\x01\x02\x1f\x7f", "a\r\nSet-Cookie: x=1", "\u202etxt.exe", "\ufeff", "\ud7ff\ue000",
    "\U0001f4de\U0001f3fd\u200d\U0001f9b0",
    "e\u0301" * 40, "İıſK", "\uffff", "a" * 129, "a" * 4097, "ü" * 33, "x" * 65536, "true", "null", "NaN", "-1", "0", "1e999", "0x10",
    "9223372036854775807", "9223372036854775808", "18446744073709551616", "99999999999999999999999999", "01", "1 ", "+1", "１",
    "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "{{7*7}}", "${jndi:ldap://127.0.0.1/a}", "%s%n%x", "$(id)", "`id`", "; id",
    "' OR '1'='1", "'; DROP TABLE devices; --", "a' UNION SELECT * FROM secrets --", "%", "_", "*", "../../../../etc/passwd", "..%2f..%2f",
    "/etc/passwd", "file:///etc/passwd", "C:\\Windows", "CON", "a/b", "a?b#c", "a=b&c=d", "\\", "\\u0000", "{mac}", "(a+)+$", "[", "]]>",
    "2026-02-30T00:00:00Z", "9999-12-31T23:59:59Z", "0000-00-00T00:00:00Z", "3650d", "9999999999999d", "-5m", "0s", "::/0", "0.0.0.0/0",
    "ffff:ffff::/128", "192.0.2.0/33", "65535-1", "0-0", "line.999.user=x", "raw.snom.x", "00:00:00:00:00:00", "ffffffffffff",
]
NUMBERS = [0, 1, -1, 2, 30, 31, 255, 256, 1000, 1001, 65535, 65536, 100000, 2**31 - 1, 2**31, 2**53, 2**63 - 1, 2**63, 2**64, -2**63, 10**30, 0.5, -0.0,
           1e300]
BYTES = [b"\xff\xfe", b"\xc0\x80", b"\xed\xa0\x80", b"\xf5\x80\x80\x80", b"\x80", b"\0"]
SETTINGS = ["line.1.user", "line.1.label", "line.1.registrar_host", "time.zone", "provisioning.url", "line.2.user", "line.65.user", "nonsense",
            "line.1.password", "raw.snom.setting", "minimum_rating", "window", "grace", "fallback", "fallback_networks", "repeat_limit"]


class Fuzzer:
    """What to send, for each route; `names` are of things that there are, so that some requests get past the first checks."""

    def __init__(self, api, server):
        self.api = api
        self.folder = server.folder
        phones = [phone.mac for phone in server.pki.phones]
        self.brief = [f"0015650fff{n:02x}" for n in range(12)] + ["00:15:65:0F:FF:00"]  # devices that may go
        self.names = {
            "tenant": ["acme", "branch", "fuzz"], "site": ["Hall", "Rome 1"],
            "vendor": ["snom", "yealink", "freeswitch"], "model": ["D785", "T54W"],
            "mac": [*phones, *self.brief * 2], "id": ["1", "2", "3", "7", "40"],
            "import": ["i00000001", "i00000002", "i00000003"], "registrar": ["main"], "job": ["i00000001", "r1", "r2"],
            "slug": ["fuzz", "acme", *(f"fuzz{n}" for n in range(30))], "parent": ["acme", ""],
            "name": ["Fuzz"], "pbx": ["freeswitch", "asterisk"], "state": ["armed"], "device": phones[:3], "rule": ["web-ui-off", "first-delivery"],
            "kind": ["visit", "certificate", "key"], "secret_mode": ["purge", "rotate"], "access": ["certificate", "token"],
            "for": ["1h"],
            "until": ["30d"], "window": ["1h", "01:00-05:00"], "networks": ["127.0.0.0/8"], "network": ["203.0.113.0/24", "203.0.113.9"],
            "rate": ["5/s"], "jitter": ["1s"], "after": ["", "1", *phones[:2]], "user": ["4711"], "realm": ["sip.acme.example"], "media": ["1000-2000"],
            "fingerprint": ["11" * 32], "anchor": ["root"], "owner": ["Jo"], "reason": ["tests"], "note": ["tests"], "account": [""],
            "role": ["support", "platform", "auditor"], "login": ["anna", "paul", "fuzz"], "lasts": ["1d"], "q": ["acm", "0015"], "up_to": ["1"],
            "before": ["5"]}

    def text(self, random, name, good=0.6):
        if name in self.names and random.random() < good:
            return random.choice(self.names[name])
        return random.choice(NAUGHTY)

    def value(self, random, schema, name="", depth=0):
        """A value of the schema, or of none."""
        schema = self.api.schemas.resolve(schema)
        if random.random() < 0.08:
            return random.choice([None, True, random.choice(NUMBERS), random.choice(NAUGHTY), [], {}, [{}], {"a": {}}])
        kind = schema.get("type", "string")
        if "enum" in schema and random.random() < 0.8:
            return random.choice(schema["enum"])
        if kind == "object" and "properties" in schema:
            names = [one for one in schema["properties"] if random.random() < 0.75]
            made = {one: self.value(random, schema["properties"][one], one, depth + 1) for one in names}
            if random.random() < 0.05:
                made[random.choice(NAUGHTY)[:100]] = 1
            return made
        if kind == "object":
            return {random.choice(SETTINGS if random.random() < 0.8 else NAUGHTY): self.value(random, schema["additionalProperties"], "", depth + 1)
                    for _ in range(random.randrange(4))}
        if kind == "array":
            return [self.value(random, schema["items"], "", depth + 1) for _ in range(random.randrange(3))]
        if kind == "integer":
            return random.choice(NUMBERS) if random.random() < 0.5 else random.randrange(100)
        if kind == "boolean":
            return random.random() < 0.5
        return self.text(random, name)

    def spoiled(self, random, text):
        """JSON's bytes with a fault that no value has."""
        how = random.randrange(7)
        place = random.randrange(len(text) + 1)
        if how == 0:
            return text[:place]
        if how == 1:
            return text[:place] + random.choice(BYTES) + text[place:]
        if how == 2:  # a name twice
            return text[:-1] + (b"," if len(text) > 2 else b"") + b'"a":1,"a":2}' if text.endswith(b"}") else text
        if how == 3:
            return b'{"settings":' * 5000 + b"1" + b"}" * 5000
        if how == 4:
            return b"[" * 100000
        if how == 5:
            return text + random.choice([b"\n", b" {}", b",", b"\0", b"//"])
        return b"\xef\xbb\xbf" + text

    def body(self, random, operation):
        content = operation.get("requestBody", {}).get("content", {})
        if not content:
            return b"" if random.random() < 0.9 else random.choice([b"{}", b"null", b"\xff", b'{"a":1}'])
        if "application/json" in content:
            made = self.value(random, content["application/json"]["schema"])
            if isinstance(made, dict) and "path" in made:  # of a backup: nowhere but in the test's own folder
                made["path"] = random.choice([f"{self.folder}/b{random.randrange(10**9)}", "relative", "",
                                              "/nonexistent/\U0001f4de", str(self.folder), "\n"])
            text = json.dumps(made, ensure_ascii=random.random() < 0.5).encode("utf-8", "surrogatepass")
            return self.spoiled(random, text) if random.random() < 0.15 else text
        rows = "mac,tenant,vendor,line.1.user\n" + "".join(
            ",".join(self.text(random, name)[:5000] for name in ("mac", "tenant", "vendor", "user")) + "\n" for _ in range(random.randrange(5)))
        return random.choice([rows.encode("utf-8", "replace"), rows.encode("utf-16", "replace"),
                              b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
                              b"\x30\x82\xff\xff" + b"\0" * 50, random.choice(BYTES), b"", rows.encode("utf-8", "replace") + b'"'])

    def query(self, random, operation):
        pairs = []
        for one in operation["parameters"]:
            if one["in"] == "query" and random.random() < 0.4:
                value = self.value(random, one["schema"], one["name"])
                text = json.dumps(value) if isinstance(value, (bool, dict, list, type(None))) else str(value)
                if one["name"] == "wait" and text.isdigit() and 0 < int(text) <= 30:
                    text = "0"  # or the test would wait too
                pairs.append((one["name"], text))
        if random.random() < 0.04:
            pairs.append((random.choice(NAUGHTY)[:200], random.choice(NAUGHTY)[:200]))
        text = "&".join(f"{self.quoted(random, name)}={self.quoted(random, value)}" for name, value in pairs)
        return "?" + text if text else ""

    @staticmethod
    def quoted(random, text):
        data = text.encode("utf-8", "surrogatepass")[:random.choice([300, 300, 7000])]
        if random.random() < 0.03:
            data += random.choice(BYTES)
        return urllib.parse.quote_from_bytes(data, safe="")

    def target(self, random, method, shape):
        ends = method == "DELETE" or shape.endswith("/retire")

        def part(name):
            if name == "mac" and ends and random.random() < 0.9:
                return random.choice(self.brief)
            return self.text(random, name, 0.85)
        return "/".join(self.quoted(random, part(one[1:-1])) if one.startswith("{") else one for one in shape.split("/"))

    def request(self, random, method, shape):
        """What Interface.send takes."""
        operation = self.api.operations[method, shape]
        target = self.target(random, method, shape) + self.query(random, operation)
        headers = []
        if random.random() < 0.15:
            headers.append("If-Match: " + random.choice(['"1"', "*", '"x"', "W/\"1\"", '"1", "2"', "1" * 4000, '"-1"', "\xff"]))
        if random.random() < 0.15:
            headers.append("Content-Type: " + random.choice(["application/json", "text/plain", "multipart/form-data; boundary=x", "\xfc"]))
        return method, target, self.body(random, operation), headers
