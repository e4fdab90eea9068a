"""A fleet of three vendors' phones changes its passwords while some of them register all the while (R-B2)."""

import concurrent.futures
import threading
import unittest

from kamailio_fixture import REALM, THREE_VENDORS, Account, AtKamailio
from provost_fixture import Pki, ha1, wait_until


class Registering(threading.Thread):
    """Phones that register again and again with what they have; `seen` is (MAC, password, status) in order."""

    def __init__(self, story, phones):
        super().__init__(daemon=True)
        self.story, self.phones, self.seen, self.over = story, phones, [], threading.Event()

    def run(self):
        """The last round begins after the end was asked for: each phone registers with its last password."""
        last = False
        while not last:
            last = self.over.is_set()
            for phone in self.phones:
                account = self.story.held[phone.mac]
                status = self.story.register(account)
                # What it is told while it fetches may be of either password.
                if phone.mac not in self.story.coming and self.story.held[phone.mac] is account:
                    self.seen.append((phone.mac, account.password, status))

    def end(self):
        self.over.set()
        self.join()

    def statuses(self, phone, account):
        return [status for mac, password, status in self.seen if (mac, password) == (phone.mac, account.password)]


class Hundred(AtKamailio):
    """Half of it comes late."""

    policy = ("grace=0s",)

    @classmethod
    def phones(cls):
        return Pki(100, THREE_VENDORS)

    def setUp(self):
        self.held, self.coming = {}, set()

    def come(self, phones):
        """They fetch their files; gives their accounts once the registrar knows them all."""
        def fetch(phone):  # from an address of its own: a hundred behind one would be slowed down
            source = f"127.0.1.{self.pki.phones.index(phone) + 1}"
            self.coming.add(phone.mac)
            self.held[phone.mac] = Account(phone, phone.fetch(self.server.port, source))
            self.coming.discard(phone.mac)
            return self.held[phone.mac]

        with concurrent.futures.ThreadPoolExecutor(20) as pool:
            accounts = list(pool.map(fetch, phones))

        def known():
            held = self.kamailio.subscribers()
            return all(held.get(one.auth_user, ("",) * 4)[2] == ha1("md5", one.auth_user, REALM, one.password)
                       for one in accounts)

        wait_until(known, "all at the registrar")
        return accounts

    def statuses(self, accounts):
        return {self.register(account) for account in accounts}

    def refused_only_at_the_change(self, registering, old, new):
        """With the old password never before the phone came; with the new one only until the registrar was told of it."""
        accounts = dict(zip((phone.mac for phone in self.pki.phones), zip(old, new)))
        for phone in registering.phones:
            before, after = accounts[phone.mac]
            with self.subTest(phone.vendor, mac=phone.mac):
                self.assertEqual(set(registering.statuses(phone, before)), {200})
                statuses = registering.statuses(phone, after)
                self.assertIn(200, statuses)
                self.assertEqual(set(statuses[statuses.index(200):]), {200})
                self.assertLessEqual(set(statuses), {200, 401})

    def test_R_B2_a_hundred_phones_rotate_and_none_is_cut_off(self):
        phones = self.pki.phones
        self.assertEqual(len(phones), 100)
        for phone in phones:
            self.server.arm(phone)
        old = self.come(phones)
        self.assertEqual(self.statuses(old), {200})
        for phone in phones:
            self.server.await_state(phone, "provisioned")
        registering = Registering(self, [phone for vendor in THREE_VENDORS for phone in self.pki.of(vendor)[::8]])
        registering.start()
        try:
            self.server.cli("tenant", "rotate", "acme", check=0)
            self.assertEqual(self.statuses(old), {200}, "nobody has come yet")
            new = self.come(phones[:50])
            self.assertEqual((self.statuses(old[:50]), self.statuses(new)), ({401}, {200}))
            self.assertEqual(self.statuses(old[50:]), {200}, "those that are late keep what they have")
            new += self.come(phones[50:])
            self.assertEqual((self.statuses(old), self.statuses(new)), ({401}, {200}))
        finally:
            registering.end()
        self.refused_only_at_the_change(registering, old, new)
        self.assertEqual(len(self.kamailio.subscribers()), 100)


if __name__ == "__main__":
    unittest.main()
