"""Idempotency-Key at the admin listener: a call that is repeated is done once (R-G5)."""

import threading
import unittest

from admin_fixture import with_admin
from people_fixture import Desk
from provost_fixture import Pki


class RepeatedCalls(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = with_admin(Pki.shared())
        cls.addClassCleanup(cls.server.stop)
        cls.server.start().fill()
        cls.desk = Desk(cls.server)
        cls.anna = cls.desk.add("anna", "platform").browser
        cls.bob = cls.desk.add("bob", "platform").browser

    def made(self, mac):
        return len([one for one in self.desk.events("device.created") if one["device"] == mac])

    def test_R_G5_the_same_call_is_done_once_and_answered_alike(self):
        body = {"mac": "00156500ab01", "tenant": "acme", "settings": {"line.1.user": "1"}}
        first = self.anna.ask("POST", "/v1/devices", body, Idempotency_Key="k-1")
        self.assertEqual(first[0], 201)
        self.assertNotIn("idempotency-replayed", self.anna.last.headers)
        self.assertEqual(self.anna.ask("POST", "/v1/devices", body, Idempotency_Key="k-1"), first)
        self.assertEqual(self.anna.last.headers["idempotency-replayed"], "true")
        self.assertEqual(self.made("00156500ab01"), 1)
        for other in ({**body, "mac": "00156500ab02"}, {**body, "site": "Hall"}):
            self.assertEqual(self.anna.code("POST", "/v1/devices", other, Idempotency_Key="k-1"), "P-8405")
        self.assertEqual(self.server.rest("GET", "/v1/devices/00156500ab02")[0], 404, "a key is for one call")
        self.assertEqual(self.bob.ask("POST", "/v1/devices", {**body, "mac": "00156500ab03"}, Idempotency_Key="k-1")[0], 201,
                         "another person's key is another key")
        self.assertEqual(self.anna.code("POST", "/v1/devices", body, Idempotency_Key="k 2"), "P-8404")
        self.assertEqual(self.anna.code("POST", "/v1/devices", body, Idempotency_Key="k" * 129), "P-8404")

    def test_R_G5_of_many_at_once_one_is_done(self):
        body, answers = {"mac": "00156500ab10", "tenant": "acme", "settings": {"line.1.user": "1"}}, []

        def ask():
            browser = self.desk.browser()
            browser.cookies, browser.csrf = dict(self.anna.cookies), self.anna.csrf
            answers.append(browser.ask("POST", "/v1/devices", body, Idempotency_Key="k-at-once"))
        threads = [threading.Thread(target=ask) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertLessEqual({status for status, _ in answers}, {201, 409}, answers)
        self.assertEqual({found["code"] for status, found in answers if status == 409} - {"P-8406"}, set())
        self.assertEqual(self.made("00156500ab10"), 1)

    def test_R_G5_a_refused_call_may_be_repeated_and_a_secret_is_told_once(self):
        trunk = {"tenant": "acme", "pbx": "freeswitch", "user": "t1", "settings": {"line.1.registrar_host": "sip.acme.example"}}
        self.assertEqual(self.anna.code("POST", "/v1/trunks", {**trunk, "pbx": "none"}, Idempotency_Key="k-3")[:2], "P-")
        mac = self.anna.ok("POST", "/v1/trunks", trunk, Idempotency_Key="k-3")["mac"]
        told = self.anna.ask("POST", f"/v1/trunks/{mac}/file", Idempotency_Key="k-4")
        self.assertEqual(told[0], 200)
        self.assertEqual(self.anna.code("POST", f"/v1/trunks/{mac}/file", Idempotency_Key="k-4"), "P-8407")
        phone = self.server.pki.phones[0]
        self.anna.ok("POST", f"/v1/devices/{phone.mac}/arm", Idempotency_Key="k-5")
        version = self.server.device(phone)["version"]
        self.assertEqual(self.anna.code("POST", f"/v1/devices/{phone.mac}/arm", Idempotency_Key="k-5"), "P-8407")
        self.assertEqual(self.server.device(phone)["version"], version, "its secrets are those of the first call")


if __name__ == "__main__":
    unittest.main()
