"""Two customers who must not learn of each other, with one above and one below the first, and people of every role: for the
matrix of who may do what. Everything of those that the first customer must not see has a word of theirs in it."""

import itertools
import json
import re
import socket
import time

from admin_fixture import Admin, with_admin
from people_fixture import Desk
from ports import free_ports
from provost_fixture import SOURCE, Pki, wait_until

# Upper stands above Alpha, Kid below, Omega beside them.
PLACES = (("upper", None, "Uppish", 1), ("alpha", "upper", "Alpha", 11), ("alpha-kid", "alpha", "Kid", 1), ("omega", None, "Omegan", 1))
PEOPLE = (("platform", None), ("support", None), ("auditor", None),
          ("reseller", "alpha"), ("tenant-admin", "alpha"), ("support", "alpha"), ("auditor", "alpha"))
CONFIGURATION = """doors:
  - name: one-time
    address: 127.0.0.1
    port: {door}
    url: https://localhost:{door}/
    access: [token]
    identities:
      - {{certificate: "{pki}/server-rsa.pem", key: "{pki}/server-rsa.key"}}
alerts: {{targets: [{{syslog: "udp://127.0.0.1:{log}"}}]}}
resync: {{route: "sip:127.0.0.1:{sip};transport=tcp", answer_within: 1s}}
"""


def grants():
    """Action -> role -> 'yes', 'below', 'all' or nothing, as the documentation has it; test_roles holds it to the program."""
    rows = re.findall(r"(?m)^\| `([a-z]+\.[a-z]+)` \| [^|]+ \|(.+)\|$", (SOURCE / "docs/reference/roles.md").read_text())
    roles = ("platform", "reseller", "tenant-admin", "support", "auditor")
    return {action: dict(zip(roles, (cell.strip() for cell in cells.split("|")))) for action, cells in rows if cells.count("|") > 5}


class Place:
    """A tenant and what lies in it."""

    def __init__(self, world, slug, parent, word, phones):
        self.slug, self.word, self.site = slug, word, f"{word} hall"
        self.rest = world.rest
        self.rest("POST", "/v1/tenants", {"slug": slug, "name": word, "parent": parent or "",
                                          "settings": {"line.registrar_host": "sip.acme.example", "time.zone": "Europe/London",
                                                       "provisioning.url": f"https://localhost:{world.server.port}/"},
                                          "policy": {"minimum_rating": "1", "grace": "0s", "fallback": "token",
                                                     "fallback_networks": "127.0.0.0/8"}})
        self.rest("PUT", f"/v1/tenants/{slug}/sites/{self.site.replace(' ', '%20')}", {"settings": {"time.zone": "Europe/Rome"}})
        for phone in phones:
            self.rest("POST", "/v1/devices", {"mac": phone.mac, "tenant": slug, "vendor": phone.vendor, "model": phone.model,
                                              "site": self.site, "settings": {"line.1.user": f"{word}{phone.mac[-4:]}"}})
            self.rest("POST", f"/v1/devices/{phone.mac}/arm")
            phone.fetch(world.server.port)
        for phone in phones:
            world.server.await_state(phone, "provisioned")
        self.mac, *self.spare = [phone.mac for phone in phones]
        self.import_token = self.token(role="tenant-admin", write=True)["token"]
        self.names = {"tenant": slug, "mac": self.mac, "site": self.site.replace(" ", "%20"), "vendor": "yealink", "model": "T54W",
                      "import": world.imported(self), "registrar": "none"}
        self.exception, self.person = self.lift()["id"], self.someone(f"{slug}-jo")["id"]
        self.resync = world.later(self)
        self.names["job"] = f"r{self.resync}"

    def named(self, shape):
        """What the address of a thing of this place is made of."""
        of = {"/v1/resyncs": self.resync, "/v1/exceptions": self.exception, "/v1/people": self.person}
        return self.names | {"id": next((one for root, one in of.items() if shape.startswith(root)), 1)}

    def token(self, **draft):
        return self.rest("POST", "/v1/tokens", {"name": f"{self.word} robot", "role": "support", "tenant": self.slug, **draft})

    def lift(self):
        return self.rest("POST", "/v1/exceptions", {"rule": "web-ui-off", "tenant": self.slug, "owner": self.word, "reason": "tests"})

    def someone(self, login):
        return self.rest("POST", "/v1/people", {"login": login, "name": f"{self.word} Jo", "role": "support", "tenant": self.slug})


class World:
    grants = grants()
    later_today = time.strftime("%H:00-%H:30", time.gmtime(time.time() + 12 * 3600))  # a window in which nothing begins now

    def __init__(self):
        self.pki = Pki.shared()
        self.server = with_admin(self.pki)
        door, sip = free_ports(2)
        # Somebody takes what is logged, so that a refusal is not told now and then.
        self.syslog = socket.socket(type=socket.SOCK_DGRAM)
        self.syslog.bind(("127.0.0.1", 0))
        log = self.syslog.getsockname()[1]
        self.server.config.write_text(self.server.config.read_text() +
                                      CONFIGURATION.format(door=door, log=log, sip=sip, pki=self.pki.folder))
        self.server.start().trust_all()
        self.desk, self.numbers = Desk(self.server), itertools.count(1)
        phones = iter(self.pki.phones)
        self.places = {slug: Place(self, slug, parent, word, list(itertools.islice(phones, count)))
                       for slug, parent, word, count in PLACES}
        self.people = {(role, tenant): self.desk.add(f"{role}-of-{tenant or 'all'}", role, tenant) for role, tenant in PEOPLE}

    def rest(self, method, path, body=None):
        """Whoever has the socket may do everything; what it does here has to succeed."""
        status, found = self.server.rest(method, path, body)
        if status >= 300:
            raise AssertionError(f"{method} {path}: {status} {found}")
        return found

    def new(self, word):
        return f"{word}{next(self.numbers)}"

    def new_mac(self):
        return f"001565{0xabc000 + next(self.numbers):06x}"

    def device(self, place, **more):
        return self.rest("POST", "/v1/devices", {"mac": self.new_mac(), "tenant": place.slug, "vendor": "yealink", "model": "T54W",
                                                 "settings": {"line.1.user": self.new("u")}, **more})["mac"]

    def child(self, place):
        return self.rest("POST", "/v1/tenants", {"slug": self.new("child"), "parent": place.slug})["slug"]

    def imported(self, place):
        """A list that was checked: a program of the place asked for it, whose it is then."""
        answer = Admin(self.server).ask("POST", f"/v1/imports?tenant={place.slug}", f"mac,line.1.user\n{self.new_mac()},x\n".encode(),
                                        [f"Authorization: Bearer {place.import_token}"])
        job = json.loads(answer.body)["id"]
        wait_until(lambda: self.rest("GET", f"/v1/imports/{job}")["state"] == "checked", "the check")
        return job

    def later(self, place):
        """A staged resync that waits for its window."""
        return self.rest("POST", f"/v1/tenants/{place.slug}/resync", {"window": self.later_today})["id"]

    def cancel_later(self):
        """All staged resyncs but those of the places: only so many may wait."""
        standing = {place.resync for place in self.places.values()}
        for job in self.rest("GET", "/v1/resyncs")["items"]:
            if job["state"] == "running" and job["id"] not in standing:
                self.server.rest("DELETE", f"/v1/resyncs/{job['id']}")  # it may have ended by itself

    def newest_of_the_trail(self):
        return self.rest("GET", "/v1/audit?limit=1")["items"][0]["seq"]

    def picture(self):
        """All that a refused call must leave as it is."""
        lists = ("tenants", "devices?limit=1000", "trunks", "exceptions", "people", "tokens", "trust", "bans?all=true", "approvals",
                 "outbox?all=true&limit=1000", "resyncs", "jobs", "alerts", "audit?limit=1")
        seen = {name: self.rest("GET", f"/v1/{name}") for name in lists}
        for slug in self.places:
            seen[slug] = self.rest("GET", f"/v1/tenants/{slug}")
        for place in self.places.values():
            for view in ("", "/explain", "/diagnostics"):
                seen[place.mac + view] = self.rest("GET", f"/v1/devices/{place.mac}{view}")
        text = json.dumps(seen, sort_keys=True)
        return re.sub(r'"(rate|left_seconds|last_used|used|sent)": ("[^"]*"|[\d.]+)', "", text)  # these go on by themselves

    def expected(self, action, who, place, below=False):
        """'done', 403 or 404, by the table. `place`: whose thing it is about; None where it is the server's or everybody's.
        `below`: it lies below the place."""
        role, tenant = who
        grant = self.grants[action].get(role, "")
        if not grant or (grant == "all" and tenant):
            return 403
        if tenant and place and place.slug not in (tenant, "alpha-kid"):
            return 404
        return 403 if grant == "below" and tenant and place.slug == tenant and not below else "done"
