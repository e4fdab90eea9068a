"""Provost, Kamailio and the database between them: what the tests of phones that register have in common.

PROVOST_DOWN_SECONDS says how long the registrar's database stays away in the middle; the usual run does not wait.
"""

import os
import re
import time

from provost_fixture import PATIENCE, Pki, SIP_PASSWORD, SOURCE, Server, Story, ha1, wait_until
from sip_programs import sipp_registers
from sip_registrar import Kamailio, Postgresql, RecordingProxy

REALM = "sip.acme.example"  # the registrar's host, as Server.fill() sets it
DOWN_SECONDS = float(os.environ.get("PROVOST_DOWN_SECONDS", "0"))
LONGEST_PAUSE = 300  # between two tries of a registrar that is away
THREE_VENDORS = ("yealink", "snom", "cisco-mpp")

# User, user of the digest, host and outbound proxy of the first line, as the phones read them.
ACCOUNT = {
    "yealink": (r"(?m)^account\.1\.user_name = (\S+)$", r"(?m)^account\.1\.auth_name = (\S+)$",
                r"(?m)^account\.1\.sip_server\.1\.address = (\S+)$",
                r"(?m)^account\.1\.outbound_proxy\.1\.address = (\S+)\naccount\.1\.outbound_proxy\.1\.port = (\d+)$"),
    "snom": (r'<user_name idx="1"[^>]*>([^<]+)<', r'<user_pname idx="1"[^>]*>([^<]+)<',
             r'<user_host idx="1"[^>]*>([^<]+)<', r'<user_outbound idx="1"[^>]*>([^<:]+):(\d+)'),
    "cisco-mpp": (r"<User_ID_1_[^>]*>([^<]+)<", r"<Auth_ID_1_[^>]*>([^<]+)<", r"<Proxy_1_[^>]*>([^<]+)<",
                  r"<Outbound_Proxy_1_[^>]*>([^<:]+):(\d+)<"),
}


class Account:
    """What a phone's file says of its first line."""

    def __init__(self, phone, answer):
        text = answer.body.decode()
        user, auth_user, host, proxy = (re.search(pattern, text) for pattern in ACCOUNT[phone.vendor])
        self.user, self.host = user.group(1), host.group(1)
        self.auth_user = auth_user.group(1) if auth_user else self.user
        self.proxy = (proxy.group(1), int(proxy.group(2))) if proxy else None
        self.password = re.search(SIP_PASSWORD[phone.vendor], text).group(1)


class AtKamailio(Story):
    """Provost, Kamailio and the database between them, which Provost reaches through a proxy that records."""

    policy, sha256, extra, tls = ("grace=1h",), False, "", False

    @classmethod
    def database(cls):
        return Postgresql()

    @classmethod
    def phones(cls):
        return Pki.shared()

    @classmethod
    def share(cls):
        """Where the server finds its vendor files and the like."""
        return SOURCE

    @classmethod
    def setUpClass(cls):
        cls.pki = cls.phones()
        cls.registrar_database = cls.database()
        cls.addClassCleanup(cls.registrar_database.stop)
        cls.kamailio = Kamailio(cls.registrar_database, REALM, cls.sha256, tls=cls.pki.folder if cls.tls else None)
        cls.addClassCleanup(cls.kamailio.stop)
        cls.kamailio.start()
        cls.proxy = None
        cls.server = Server(cls.pki, cls.share())
        cls.addClassCleanup(cls.server.stop)
        cls.server.config.write_text(cls.server.config.read_text() + cls.registrars())
        cls.server.start().fill(*cls.policy, arm=False)
        cls.server.cli("tenant", "set", "acme", "--set", "line.outbound_proxy_host=127.0.0.1", "--set",
                       f"line.outbound_proxy_port={cls.kamailio.tls_port or cls.kamailio.port}", check=0)
        cls.passwords = []

    @classmethod
    def registrars(cls):
        url, lines = cls.registrar_database.provost_url, []
        if isinstance(cls.registrar_database, Postgresql):
            cls.proxy = RecordingProxy(cls.registrar_database.port)
            cls.addClassCleanup(cls.proxy.stop)
            url = url.replace(str(cls.registrar_database.port), str(cls.proxy.port))
            secret = cls.server.home / "registrar.password"
            secret.write_text(cls.registrar_database.password + "\n")
            secret.chmod(0o600)
            lines = [f"    password_file: {secret}"]
        return "\n".join(["registrars:", "  - name: main", "    kind: kamailio", f"    database: {url}", *lines,
                          cls.extra]) + "\n"

    def take_account(self, phone):
        """The phone fetches its file; gives its account once the registrar knows it."""
        answer, _ = self.take_configuration(phone)
        return self.account_of(phone, answer)

    def account(self, phone, answer):
        account = Account(phone, answer)
        self.passwords.append(account.password)
        self.assertEqual(account.host.split(":")[0], REALM)
        return account

    def account_of(self, phone, answer):
        account = self.account(phone, answer)
        digest = ha1("sha256" if self.sha256 else "md5", account.auth_user, REALM, account.password)

        def known():
            return self.kamailio.subscribers().get(account.auth_user, ("",) * 4)[2] == digest

        wait_until(known, lambda: f"{account.auth_user} at the registrar, {self.server.cli('registrar', 'list').stdout}",
                   PATIENCE + min(DOWN_SECONDS, LONGEST_PAUSE))
        return account

    def come_registered(self, phone, account):
        """The phone registers and is believed to have its password: in another second than the registrar was told, as
        the registrar's clock has whole seconds."""
        self.server.await_state(phone, "grace")
        time.sleep(1.1)
        self.assertEqual(self.register(account), 200)
        self.server.await_state(phone, "provisioned")

    def sipp_registers(self, account, password=None, status=200, transport="udp"):
        """SIPp, which knows no TLS, with exactly what else the file says, at the proxy that it names."""
        address, port = account.proxy
        self.assertEqual(address, "127.0.0.1")
        self.assertIs(sipp_registers(port, account.host.split(":")[0], account.user, account.auth_user,
                                     password or account.password, status, transport), True)

    def register(self, account, password=None, **options):
        return self.kamailio.register(account.user, password or account.password, digest_user=account.auth_user,
                                      **options)
