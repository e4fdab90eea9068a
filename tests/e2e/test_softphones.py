"""Softphones of the system take their configuration from Provost over HTTPS, by an address that is good once, and register at
Kamailio over TLS with exactly that (R-A7, R-F4): baresip, and Linphone's command line."""

import shutil
import unittest

from kamailio_fixture import REALM, AtKamailio
from ports import free_port
from provost_fixture import SOURCE, Pki, temporary_folder, wait_until
from signer import Signer
from sip_registrar import SqliteFile
from softphones import BARESIP, CURL, LINPHONE, Baresip, Linphone

DOOR = """doors:
  - name: fallback
    address: 127.0.0.1
    port: {port}
    url: https://localhost:{port}/
    access: [token]
    identities:
      - {{certificate: "{pki}/server-rsa.pem", key: "{pki}/server-rsa.key"}}
"""
TRIES = 4  # as many as the policy lets a delivery be repeated, and the first
HEADER = "  token_header: X-Linphone-Provisioning\n"


class Softphones(AtKamailio):
    """The registrar's name is not in any DNS: the proxy's address leads there."""

    policy, tls = ("grace=0s", "fallback=token", "fallback_networks=127.0.0.0/8", "minimum_rating=4"), True

    @classmethod
    def database(cls):
        return SqliteFile()

    @classmethod
    def phones(cls):
        return Pki(2, ("baresip", "linphone"))

    @classmethod
    def share(cls):
        """A copy, as its vendor files are the operator's own to change."""
        folder = temporary_folder("share")
        for part in ("vendors", "policy"):
            shutil.copytree(SOURCE / part, folder / part)
        cls.vendors = folder / "vendors"
        return folder

    @classmethod
    def registrars(cls):
        return super().registrars() + DOOR.format(port=free_port(), pki=cls.pki.folder)

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.authority = cls.pki.folder / "server-ca.pem"

    def address_for(self, phone):
        """What an administrator gives the phone's user."""
        return self.server.cli("device", "token", phone.mac, check=0).stdout.strip()

    def await_told(self):
        """The registrar has all accounts: a program that is refused tries again much later, and db_sqlite takes nothing while
        another writes."""
        wait_until(lambda: self.server.json("registrar", "list")[0]["waiting"] == 0, "the accounts at the registrar")

    def contacts(self, user):
        """Where this user is registered, by which program in its own words, and how it came."""
        return self.registrar_database.rows(f"SELECT contact, user_agent, socket FROM location WHERE username = '{user}'")

    def await_registered(self, program, user):
        """Anew: from another port than any before."""
        def fresh():
            return [row for row in self.contacts(user) if row[0] not in self.seen]

        for contact, agent, way in wait_until(fresh, lambda: f"{program.name} as {user}: {program.said()[-3000:]}"):
            self.seen.add(contact)
            self.assertIn(program.name, agent.lower())
            self.assertEqual(way, f"tls:127.0.0.1:{self.kamailio.tls_port}")

    def setUp(self):
        self.seen = set()

    def run_program(self, program):
        self.addCleanup(program.stop)
        return program.start()


@unittest.skipUnless(BARESIP and CURL, "baresip or curl is not installed: packaging/packages-test.txt")
class BaresipByScript(Softphones):
    """A script fetches the accounts; the program runs on the very bytes that came."""

    def fetched(self, phone):
        program = Baresip(self.authority)
        self.assertEqual(program.fetch(self.address_for(phone)), 0)
        self.server.await_deliveries(phone.mac)
        self.await_told()
        return program

    def test_R_A7_R_B2_R_F4_it_registers_with_the_file_and_a_rotation_cuts_off_the_old_one(self):
        phone = self.pki.of("baresip")[0]
        self.server.arm(phone)
        first = self.fetched(phone)
        self.run_program(first)
        self.await_registered(first, phone.user)
        self.server.await_state(phone, "provisioned")
        first.stop()

        self.server.cli("device", "rotate", phone.mac, check=0)
        self.run_program(first)
        self.await_registered(first, phone.user)  # the rotation waits for the phone
        first.stop()

        second = self.fetched(phone)
        self.server.await_state(phone, "provisioned")
        self.run_program(second)
        self.await_registered(second, phone.user)
        self.run_program(first)
        first.await_word("401 Unauthorized")
        self.assertLessEqual({contact for contact, *_ in self.contacts(phone.user)}, self.seen)

    def test_R_A7_a_spent_address_and_a_server_that_is_not_verified_leave_the_file_as_it_is(self):
        phone = self.pki.of("baresip")[0]
        self.server.arm(phone)
        address = self.address_for(phone)
        program = Baresip(Signer.stranger().certificate)
        self.assertNotEqual(program.fetch(address), 0, "another CA")
        program = Baresip(self.authority)
        self.assertEqual(program.fetch(address), 0)
        before = (program.folder / "accounts").read_bytes()
        self.assertEqual(program.fetch(address), 22, "curl's word for a refusal")
        self.assertEqual((program.folder / "accounts").read_bytes(), before)
        self.assertIn(f"@{REALM}".encode(), before)


@unittest.skipUnless(LINPHONE, "linphonec is not installed: Debian's package linphone-cli, which the tests can do without")
class LinphoneByItself(Softphones):
    """It fetches by itself, checks the server and applies the document. That of Debian 12 sends no header yet by which a
    preview is told from an app."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        (phone,) = cls.pki.of("linphone")
        # Its TLS compares names, not addresses.
        cls.server.cli("device", "set", phone.mac, "--set", "line.1.outbound_proxy_host=localhost", check=0)

    def fetch_and_run(self, phone, address=None):
        program = Linphone(self.authority, address or self.address_for(phone))
        self.await_told()
        return self.run_program(program)

    def newest_delivery(self, phone):
        return self.server.rest("GET", f"/v1/devices/{phone.mac}/deliveries?limit=1")[1]["items"][0]

    def take_whole(self, phone):
        """The program that has the document after a rotation. It registers before the registrar was told, as it keeps the
        connection; refused there, it asks for a password on its terminal, and now and then does nothing else from then on, nor
        closes the connection. Whoever sits there starts it again, with the address that is good until then."""
        address = self.address_for(phone)
        for _ in range(TRIES):
            before = self.newest_delivery(phone)["id"]
            program = self.fetch_and_run(phone, address)
            ended = wait_until(lambda: (one := self.newest_delivery(phone))["id"] > before and one["transfer"] != "begun" and one,
                               lambda: f"the end of a delivery: {program.said()[-6000:]}")
            if ended["transfer"] == "complete":
                self.server.await_state(phone, "provisioned")
                return program
            program.stop()
        raise AssertionError(f"no delivery was complete: {program.said()[-6000:]}")

    def without_the_header(self):
        """As the vendor's page tells who has such old programs."""
        self.server.stop()
        file = self.vendors / "linphone.yaml"
        self.assertIn(HEADER, file.read_text())
        file.write_text(file.read_text().replace(HEADER, ""))
        self.server.start()

    def rule(self, phone):
        visits = self.server.visits(device=phone.mac)
        return visits[-1]["rule"] if visits else None

    def test_R_A7_R_B2_R_B5_R_F4_it_registers_with_the_document_and_never_has_the_password(self):
        (phone,) = self.pki.of("linphone")
        self.server.arm(phone)
        refused = self.fetch_and_run(phone)
        wait_until(lambda: self.rule(phone) == "token-header-missing", "the refusal")
        refused.stop()

        self.without_the_header()
        first = self.fetch_and_run(phone)
        self.await_registered(first, phone.user)
        self.server.await_state(phone, "provisioned")
        old = first.ha1()
        self.assertEqual(self.digest_works(phone, old), 200)
        first.stop()

        self.server.cli("device", "rotate", phone.mac, check=0)
        self.assertEqual(self.digest_works(phone, old), 200, "the rotation waits for the phone")
        second = self.take_whole(phone)
        self.await_told()
        second.stop()
        self.seen |= {contact for contact, *_ in self.contacts(phone.user)}
        self.run_program(second)  # its next address is the phones' door, where it is refused: it goes on with what it has
        self.await_registered(second, phone.user)
        self.assertEqual((self.digest_works(phone, old), self.digest_works(phone, second.ha1())), (401, 200))
        self.assertNotRegex(second.config.read_text(), r"(?m)^passwd=.")

    def digest_works(self, phone, ha1):
        return self.kamailio.register(phone.user, "", ha1_text=ha1)


if __name__ == "__main__":
    unittest.main()
