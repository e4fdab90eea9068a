"""A phone that is registered at a real Kamailio is told straight at its contact, and its challenge is answered with the
digest that the registrar holds (R-F3): SIPp is the phone, and verifies it."""

import json
import time
import unittest

from kamailio_fixture import REALM, AtKamailio
from ports import free_port
from provost_fixture import ha1
from sip_programs import SIPP, SippPhones, challenging_scenario, phone_scenario
from sip_registrar import SqliteFile


@unittest.skipUnless(SIPP, "SIPp is not installed")
class Registered(AtKamailio):
    extra = "resync: {answer_within: 10s}"

    @classmethod
    def database(cls):
        return SqliteFile()

    def register_and_listen(self, phone, scenario):
        """The phone registers with what its file gave it; SIPp takes its contact over."""
        account = self.take_account(phone)
        self.server.await_state(phone, "grace")
        time.sleep(1.1)
        self.assertEqual(self.register(account, own_port=free_port()), 200)  # one that nobody takes before SIPp does
        contact = self.kamailio.contacts()[account.user]
        phones = SippPhones(scenario(account), int(contact.rsplit(":", 1)[1]))
        self.addCleanup(phones.stop)
        return account, phones

    def tell(self, phone):
        done = self.server.cli("-o", "json", "device", "resync", phone.mac, "--wait")
        return done.returncode, json.loads(done.stdout)

    def test_R_F3_R_B5_a_phone_that_challenges_is_answered_with_the_registrar_s_digest(self):
        event = "check-sync;reboot=false"
        account, phones = self.register_and_listen(
            self.pki.of("snom")[0], lambda one: challenging_scenario(event, one.auth_user, one.password, REALM))
        code, report = self.tell(self.pki.of("snom")[0])
        self.assertEqual((code, report["outcome"], report["status"]), (0, "told", 200), (report, phones.trace()))
        self.assertIn("after a digest", report["words"])
        self.assertEqual(phones.wait(), 0, phones.trace())
        for secret in (account.password, ha1("md5", account.auth_user, REALM, account.password)):
            self.assertNotIn(secret, phones.messages())
            self.assertNotIn(secret, self.server.log.read_text())
            self.assertNotIn(secret, json.dumps(self.server.rest("GET", "/v1/events?limit=1000")[1]))

    def test_R_F3_one_with_another_password_refuses_and_that_is_said(self):
        phone = self.pki.of("snom")[1]
        _, phones = self.register_and_listen(
            phone, lambda one: challenging_scenario("check-sync;reboot=false", one.auth_user, "another", REALM))
        code, report = self.tell(phone)
        self.assertEqual((code, report["outcome"], report["status"]), (3, "refused", 403))
        phones.wait()

    def test_R_F3_one_that_does_not_challenge_is_told_at_its_contact(self):
        phone = self.pki.of("yealink")[0]
        account, phones = self.register_and_listen(phone, lambda _: phone_scenario("check-sync"))
        code, report = self.tell(phone)
        self.assertEqual((code, report["outcome"]), (0, "told"), (report, phones.trace()))
        self.assertTrue(report["target"].startswith(f"sip:{account.user}@127.0.0.1:"))
        self.assertEqual(phones.wait(), 0, phones.trace())

    def test_R_F3_one_that_is_not_registered_is_said_to_be_so(self):
        code, report = self.tell(self.pki.of("poly")[0])
        self.assertEqual((code, report["outcome"]), (3, "not registered"))


if __name__ == "__main__":
    unittest.main()
