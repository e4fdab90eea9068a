"""NOTIFY over TLS: every vendor's event through a proxy that is verified, and the phone's challenge answered on that way with
the digest that the registrar holds (R-F3). SIPp is the phone behind Kamailio, and verifies the digest."""

import json
import unittest

from kamailio_fixture import REALM, THREE_VENDORS, AtKamailio
from ports import free_port
from provost_fixture import ha1
from sip_programs import KAMAILIO, SIPP, Kamailio, SippPhones, challenging_scenario
from sip_registrar import SqliteFile
from test_resync import EVENTS, PROXY, ResyncStory


def proxy_before(phone_port, pki):
    """Kamailio that takes TLS alone, and the way to it as `resync` has it."""
    port = free_port()
    proxy = Kamailio(PROXY.format(port=port, other=free_port(), phone=phone_port, folder=pki.folder), port)
    return proxy, f"sip:localhost:{port};transport=tls", f'tls: {{ca: "{pki.folder}/server-ca.pem"}}'


@unittest.skipUnless(SIPP and KAMAILIO, "SIPp or Kamailio is not installed")
class EveryVendor(ResyncStory):
    def test_R_F3_every_vendor_s_event_is_understood_over_TLS(self):
        proxy, uri, tls = proxy_before(self.phone_port, self.pki)
        self.addCleanup(proxy.stop)
        proxy.start()
        self.route(uri, ", " + tls)
        self.each_vendor("udp")  # from the proxy to the phone


@unittest.skipUnless(SIPP and KAMAILIO, "SIPp or Kamailio is not installed")
class Challenged(AtKamailio):
    @classmethod
    def database(cls):
        return SqliteFile()

    @classmethod
    def registrars(cls):
        cls.phone_port = free_port()
        proxy, uri, tls = proxy_before(cls.phone_port, cls.pki)
        cls.addClassCleanup(proxy.stop)
        proxy.start()
        return super().registrars() + f'resync: {{route: "{uri}", answer_within: 10s, {tls}}}\n'

    def tell(self, phone, scenario):
        phones = SippPhones(scenario, self.phone_port)
        self.addCleanup(phones.stop)
        done = self.server.cli("-o", "json", "device", "resync", phone.mac, "--wait")
        return done.returncode, json.loads(done.stdout), phones

    def test_R_F3_R_B5_the_challenge_is_answered(self):
        for vendor in THREE_VENDORS:
            with self.subTest(vendor):
                phone, event = self.pki.of(vendor)[0], EVENTS[vendor][0]
                account = self.take_account(phone)
                code, report, phones = self.tell(
                    phone, challenging_scenario(event, account.auth_user, account.password, REALM))
                self.assertEqual((code, report["outcome"], report["status"]), (0, "told", 200), (report, phones.trace()))
                self.assertEqual(phones.wait(), 0, phones.trace())
                self.assertIn("SIP/2.0/TLS", phones.messages())
                for secret in (account.password, ha1("md5", account.auth_user, REALM, account.password)):
                    self.assertNotIn(secret, phones.messages())

    def test_R_F3_a_phone_with_another_password_refuses(self):
        phone = self.pki.of("snom")[1]
        account = self.take_account(phone)
        code, report, phones = self.tell(
            phone, challenging_scenario(EVENTS["snom"][0], account.auth_user, "another", REALM))
        self.assertEqual((code, report["outcome"], report["status"]), (3, "refused", 403))
        phones.wait()


if __name__ == "__main__":
    unittest.main()
