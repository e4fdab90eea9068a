"""Phones fetch their configuration from Provost and register with exactly that at Kamailio.

PROVOST_DOWN_SECONDS says how long the registrar's database stays away in the middle; the usual run does not wait.
"""

import time
import unittest

from kamailio_fixture import DOWN_SECONDS, REALM, THREE_VENDORS, AtKamailio
from provost_fixture import ha1, wait_until
from sip_programs import SIPP
from sip_registrar import SqliteFile

# What an account is made of in the registrar's database.
TABLES = {"subscriber": "username, domain, password, ha1, ha1b", "provost_accounts": "username, realm, made"}


@unittest.skipUnless(SIPP, "SIPp is not installed")
class Postgres(AtKamailio):
    def agents(self, user):
        """The programs that registered as this user, in words of their own."""
        return {agent for agent, in self.registrar_database.rows(
            f"SELECT user_agent FROM location WHERE username = '{user}'")}

    def test_1_R_F4_R_B5_three_vendors_register_with_what_their_file_gave_them(self):
        for vendor in THREE_VENDORS:
            with self.subTest(vendor):
                account = self.take_account(self.pki.of(vendor)[0])
                self.assertEqual(self.register(account, "wrong"), 401)
                self.assertEqual(self.register(account), 200)
                self.assertEqual(self.register(account, tcp=True), 200)
                self.assertIn(account.user, self.kamailio.contacts())
                self.sipp_registers(account, "wrong", 401)
                self.assertNotIn("SIPp", self.agents(account.user))
                for transport in ("udp", "tcp"):
                    self.sipp_registers(account, transport=transport)
                self.assertIn("SIPp", self.agents(account.user))

    def test_2_R_B2_after_a_rotation_the_old_password_fails_and_the_new_one_works(self):
        phone = self.pki.of("yealink")[1]
        old = self.take_account(phone)
        self.come_registered(phone, old)
        self.server.cli("device", "rotate", phone.mac, check=0)
        self.assertEqual(self.register(old), 200, "the phone has not come yet: it must not be cut off")
        answer = self.fetch(phone)
        self.assertEqual(answer.status, 200)
        new = self.account_of(phone, answer)
        self.assertNotEqual(new.password, old.password)
        self.assertEqual((self.register(old), self.register(new)), (401, 200))
        self.sipp_registers(old, status=401)
        self.sipp_registers(new)

    def test_3_R_B1_a_registration_ends_the_grace(self):
        phone = self.pki.of("snom")[1]
        self.come_registered(phone, self.take_account(phone))

    def test_4_R_F4_a_retired_phone_can_not_register(self):
        phone = self.pki.of("cisco-mpp")[1]
        account = self.take_account(phone)
        self.assertEqual(self.register(account), 200)
        self.server.cli("device", "retire", phone.mac, check=0)
        wait_until(lambda: account.auth_user not in self.kamailio.subscribers(), "the withdrawal")
        self.assertEqual(self.register(account), 401)

    def test_5_R_F4_a_database_that_is_away_keeps_no_phone_waiting_and_loses_nothing(self):
        before = set(self.kamailio.subscribers())
        phones = [self.pki.of("yealink")[2], self.pki.of("snom")[3]]
        self.registrar_database.stop()
        try:
            answers = [self.take_configuration(phone)[0] for phone in phones]
            time.sleep(DOWN_SECONDS)
        finally:
            self.registrar_database.start()
        accounts = [self.account_of(phone, answer) for phone, answer in zip(phones, answers)]
        self.assertEqual(set(self.kamailio.subscribers()) - before, {account.auth_user for account in accounts})
        for account in accounts:
            wait_until(lambda: self.register(account) == 200, "Kamailio's own connection")

    def test_7_R_B5_no_clear_password_leaves_provost(self):
        self.server.settle()
        phone = self.pki.of("cisco-mpp")[2]
        account = self.take_account(phone)
        digest = ha1("md5", account.auth_user, REALM, account.password)
        seen = bytes(self.proxy.seen)
        self.assertIn(digest.encode(), seen, "the capture sees what is sent")
        places = {"the capture": seen, "the registrar's files": self.registrar_database.bytes_at_rest(),
                  "its log": (self.registrar_database.folder / "log").read_bytes(),
                  "Provost's log": self.server.log.read_bytes()}
        for place, text in places.items():
            for secret in {*self.passwords, self.registrar_database.password}:
                if place == "its log" and secret == self.registrar_database.password:
                    continue  # the test itself said it there
                self.assertNotIn(secret.encode(), text, place)
        self.assertEqual({row[1] for row in self.kamailio.subscribers().values()}, {""})

    def test_8_R_F4_drift_is_found(self):
        phone = self.pki.of("yealink")[3]
        account = self.take_account(phone)
        self.assertEqual(self.server.cli("registrar", "check", "main").returncode, 0)
        self.registrar_database.rows(f"UPDATE subscriber SET ha1 = 'changed' WHERE username = '{account.auth_user}'")
        found = self.server.cli("registrar", "check", "main")
        self.assertEqual(found.returncode, 3, found.stdout)
        self.assertIn("different", found.stdout)

    def test_9_R_F4_an_account_that_came_back_is_withdrawn_again(self):
        phone = self.pki.of("snom")[0]
        user = self.take_account(phone).auth_user
        old = {table: self.registrar_database.rows(f"SELECT {columns} FROM {table} WHERE username = '{user}'")[0]
               for table, columns in TABLES.items()}
        self.server.cli("device", "retire", phone.mac, check=0)
        wait_until(lambda: user not in self.kamailio.subscribers(), "the withdrawal")
        for table, columns in TABLES.items():  # as out of a backup
            values = ", ".join(f"'{value}'" for value in old[table])
            self.registrar_database.rows(f"INSERT INTO {table} ({columns}) VALUES ({values})")
        found = self.server.cli("registrar", "check", "main", check=3)
        self.assertIn("not-gone", found.stdout)
        self.assertIn(user, self.kamailio.subscribers(), "a check alone changes nothing")
        report = self.server.json("registrar", "check", "main", "--repair", check=None)  # test 8 left one that differs
        self.assertEqual(report["repaired"], 1, report)
        wait_until(lambda: user not in self.kamailio.subscribers(), "the second withdrawal")


class Sqlite(AtKamailio):
    """A file, and SHA-256 instead of MD5."""

    sha256, extra = True, "    algorithm: sha256"

    @classmethod
    def database(cls):
        return SqliteFile()

    def test_R_F4_R_B5_three_vendors_register_with_sha256(self):
        for vendor in THREE_VENDORS:
            with self.subTest(vendor):
                account = self.take_account(self.pki.of(vendor)[0])
                self.assertEqual((self.register(account, "wrong"), self.register(account)), (401, 200))
                self.assertNotIn(account.password.encode(), self.registrar_database.bytes_at_rest())

    def test_R_B1_a_registration_ends_the_grace(self):
        phone = self.pki.of("snom")[1]
        self.come_registered(phone, self.take_account(phone))


if __name__ == "__main__":
    unittest.main()
