"""Killed at any moment, the server forgets nothing that it acknowledged and gives nothing away twice (R-G1, DESIGN 1.5).

PROVOST_KILLS says how often; PROVOST_SEED which choices are made.
"""

import collections
import http.client
import os
import random
import sqlite3
import ssl
import statistics
import sys
import threading
import time
import unittest

from provost_fixture import Pki, Server, fingerprint, fingerprints, ha1, run, sanitized, wait_until
from signer import Signer, subject_of

REALM = "sip.acme.example"
LEGAL = {"registered", "armed", "delivering", "grace", "provisioned", "expired", "retired"}
REPEATS = 3  # the policy's repeat_limit
OPERATIONS = ("bans", "epochs", "imports", "windows")
BROKEN = (OSError, ssl.SSLError, http.client.HTTPException)  # what a client meets when its server dies
KILLS = int(os.environ.get("PROVOST_KILLS", "40" if sanitized() else "300"))
SEED = int(os.environ.get("PROVOST_SEED", "4"))
LONGEST = max(780, 12 * KILLS)  # seconds for all rounds; fewer rounds are said, and fail


class Ledger:
    """What the server has acknowledged of one phone."""

    def __init__(self, phone):
        self.phone, self.lock = phone, threading.Lock()
        self.version = 0        # of the last change that was answered with 200
        self.passwords = []     # each one that the phone got whole
        self.owed = None        # the state it must be in, where nothing unanswered came after


class Operators:
    """What people and the clock do meanwhile, and what of it was acknowledged."""

    def __init__(self, windowed):
        self.lock = threading.Lock()
        self.number = 0
        self.done = collections.Counter()
        self.bans, self.imported, self.epoch = {}, set(), 0
        self.windowed = windowed  # a phone of which only diagnostic windows are opened and closed
        self.told, self.all_told = None, set()  # the open window's password; empty: it is closed; None: not known
        self.taken = set()  # passwords of windows that the phone has fetched

    def close_epoch(self, server):
        status, body = server.rest("POST", "/v1/server/epoch")
        if status == 200:
            self.epoch = max(self.epoch, body["epoch"])
            self.done["epochs"] += 1

    def ban(self, server):
        self.number += 1
        network = f"198.51.{self.number // 250 % 100}.{self.number % 250}/32"
        self.bans[network] = None  # it may be there, or not
        status, body = server.rest("POST", "/v1/bans", {"network": network, "reason": "a test"})
        if status < 300:
            self.bans[network] = True
            self.done["bans"] += 1
            if self.number % 2:
                self.bans[network] = None
                if server.rest("DELETE", f"/v1/bans/{body['id']}")[0] < 300:
                    self.bans[network] = False

    def diagnose(self, server):
        path, opens = f"/v1/devices/{self.windowed.mac}/diagnostics", not self.told
        self.told = None
        if opens:
            server.rest("DELETE", path)  # one that was opened unanswered
            status, body = server.rest("POST", path, {"reason": "a test"})
            if status == 201:
                self.told = body["password"]
                self.all_told.add(self.told)
                self.done["windows"] += 1
        elif server.rest("DELETE", path)[0] == 200:
            self.told = ""

    def import_devices(self, server):
        self.number += 1
        macs = [f"0004f2{self.number:04x}{part:02x}" for part in range(20)]
        rows = "".join(f"{mac},acme,poly,{mac}\n" for mac in macs)
        if server.import_rows("mac,tenant,vendor,line.1.user\n" + rows)["state"] == "done":
            self.imported.update(macs)
            self.done["imports"] += 1


class Load:
    """Arms and fetches, a phone at a time each, while operators work, until told to stop."""

    def __init__(self, server, ledgers, impostors, operators, seed):
        self.server, self.ledgers, self.impostors, self.operators = server, ledgers, impostors, operators
        self.seed = seed
        self.stopping = threading.Event()
        self.failures, self.arms, self.fetches = [], 0, 0
        self.threads = [threading.Thread(target=self.work, args=(n,)) for n in range(6)]

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.stopping.set()
        for thread in self.threads:
            thread.join()

    def work(self, number):
        chance = random.Random(f"{self.seed} {number}")
        while not self.stopping.is_set():
            if number == 0:
                self.operate(chance)
                continue
            ledger = chance.choice(self.ledgers)
            if not ledger.lock.acquire(blocking=False):
                continue
            try:
                chance.choice((self.arm, self.fetch, self.fetch, self.fetch, self.intrude))(ledger)
            except BROKEN:
                self.stopping.wait(0.01)
            except Exception as accident:  # a thread's own failure must fail the test
                self.failures.append(repr(accident))
            finally:
                ledger.lock.release()

    def operate(self, chance):
        todo = self.operators
        try:
            chance.choice((todo.close_epoch, todo.ban, todo.import_devices, todo.diagnose))(self.server)
        except (*BROKEN, KeyError, TypeError, ValueError):  # half an answer
            self.stopping.wait(0.01)
        except Exception as accident:
            self.failures.append(repr(accident))

    def arm(self, ledger):
        ledger.owed = None
        status, body = self.server.rest("POST", f"/v1/devices/{ledger.phone.mac}/arm", {})
        if status == 200:
            ledger.version, ledger.owed = body["version"], "armed"
            self.arms += 1

    def fetch(self, ledger):
        ledger.owed = None
        answer = ledger.phone.fetch(self.server.port)
        whole = answer.status == 200 and len(answer.body) == int(answer.headers["content-length"])
        password = whole and ledger.phone.password(answer)
        if password:
            ledger.passwords.append(password)
            self.fetches += 1

    def intrude(self, ledger):
        answer = ledger.phone.fetch(self.server.port, pem=self.impostors[ledger.phone.mac])
        if answer.raw and answer.status != 403:
            self.failures.append(f"another key of {ledger.phone.mac} was answered {answer.status}")


class Kills(unittest.TestCase):
    def setUp(self):
        self.pki = Pki.shared()
        self.server = Server(self.pki).start().fill("grace=0s", f"repeat_limit={REPEATS}")
        self.addCleanup(self.server.kill)
        self.windowed = self.pki.of("yealink")[-1]
        self.ledgers = [Ledger(phone) for phone in self.pki.phones if phone is not self.windowed]
        signers = {vendor: Signer.of_vendor(self.pki, vendor) for vendor in {p.vendor for p in self.pki.phones}}
        self.impostors = {p.mac: signers[p.vendor].issue(subject_of(p)) for p in self.pki.phones}
        self.keys = {}
        for phone in self.pki.phones:  # pins each phone's own key
            self.assertTrue(phone.password(phone.fetch(self.server.port)))
            self.keys[phone.mac] = self.server.device(phone)["pinned_key"]

    def audit(self):
        digests = fingerprints(self.server.outbox())
        for ledger in self.ledgers:
            phone = ledger.phone
            device = self.server.device(phone)
            self.assertIn(device["state"], LEGAL)
            self.assertGreaterEqual(device["version"], ledger.version, f"{phone.mac}: an acknowledged change is gone")
            if ledger.owed:
                self.assertEqual(device["state"], ledger.owed, phone.mac)
            self.assertEqual(device["pinned_key"], self.keys[phone.mac])
            for password in ledger.passwords:
                self.assertIn(fingerprint(ha1("md5", phone.user, REALM, password)), digests[phone.mac],
                              f"{phone.mac} got a password that the registrar never hears of")
            self.audit_deliveries(ledger)
            ledger.passwords.clear()

    def audit_operators(self):
        rest, known = self.server.rest, self.operators
        banned = {ban["network"] for ban in rest("GET", "/v1/bans")[1]["items"]}
        for network, there in known.bans.items():
            if there is not None:
                self.assertEqual(network in banned, there, network)
        self.assertGreaterEqual(rest("GET", "/v1/server")[1]["epoch"], known.epoch)
        for mac in sorted(known.imported):
            self.assertEqual(rest("GET", f"/v1/devices/{mac}")[0], 200, mac)
        known.imported.clear()
        self.audit_window()

    def audit_window(self):
        """Whom a password was told, that one the phone gets, and never one of a window that was closed."""
        known = self.operators
        if known.told is None:
            return
        state = self.server.rest("GET", f"/v1/devices/{known.windowed.mac}/diagnostics")[1]["state"]
        answer = known.windowed.fetch(self.server.port)
        self.assertEqual(answer.status, 200)
        got = known.windowed.admin_password(answer)
        if not known.told:
            self.assertIn(state, ("closing", "none"))
            self.assertNotIn(got, known.all_told)
            return
        self.assertIn(state, ("waiting", "open"), "an acknowledged window is gone")
        if known.told not in known.taken or got is not None:  # what it has fetched it need not get again
            self.assertEqual(got, known.told)
        known.taken.add(known.told)

    def audit_deliveries(self, ledger):
        items = self.server.rest("GET", f"/v1/devices/{ledger.phone.mac}/deliveries?limit=1000")[1]["items"]
        self.assertEqual({item["key"] for item in items}, {self.keys[ledger.phone.mac]}, "a delivery to a second key")
        per_generation = {}
        for item in items:
            per_generation[item["generation"]] = per_generation.get(item["generation"], 0) + 1
        self.assertLessEqual(max(per_generation.values()), 1 + REPEATS, f"{ledger.phone.mac}: {per_generation}")
        self.recorded[ledger.phone.mac] = len(items)
        trail = self.server.rest("GET", f"/v1/audit?device={ledger.phone.mac}&kind=delivery.begun&limit=1000")[1]["items"]
        self.assertEqual(len(trail), len(items), "each delivery is in the audit trail, and no other is")

    def audit_store(self):
        """What no answer shows: the file is whole, and a device at rest has no secrets."""
        connection = sqlite3.connect(f"file:{self.server.home}/data/provost.db?mode=ro", uri=True)
        try:
            self.assertEqual(connection.execute("PRAGMA quick_check").fetchall(), [("ok",)])
        finally:
            connection.close()
        done = run("audit", "verify", "--from", f"{self.server.home}/data/provost.db",
                   "--key", f"{self.server.home}/keys/audit.start")
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.server.rest("DELETE", f"/v1/devices/{self.windowed.mac}/diagnostics")
        self.operators.told = ""
        waiting = sum(self.server.state(ledger.phone) in ("armed", "delivering") for ledger in self.ledgers)
        secrets = self.server.rest("GET", "/v1/server")[1]["secrets"]
        if waiting == 0:
            self.assertEqual(secrets, 0)

    def test_R_B1_R_B2_R_C7_killed_under_load(self):
        kind = "sanitizer" if sanitized() else "release"
        chance, restarts, began = random.Random(SEED), [], time.monotonic()
        self.recorded, self.operators = {}, Operators(self.windowed)
        arms = fetches = rounds = 0

        def busy_enough(load):
            """As many acts so far as the rounds shall have in the end, however slow the machine is."""
            least = min(self.operators.done[what] for what in OPERATIONS)
            return min(arms + load.arms, fetches + load.fetches) > rounds and least > rounds / 12
        for rounds in range(1, KILLS + 1):
            with Load(self.server, self.ledgers, self.impostors, self.operators, f"{SEED} {rounds}") as load:
                time.sleep(chance.uniform(0.02, 0.6))
                wait_until(lambda: load.failures or busy_enough(load), "acts of those who are about")
                self.server.kill()
            started = time.monotonic()
            self.server.start()
            restarts.append(time.monotonic() - started)
            self.assertEqual(load.failures, [])
            arms, fetches = arms + load.arms, fetches + load.fetches
            self.audit()
            self.audit_operators()
            if rounds % 20 == 0:
                self.audit_store()
            if time.monotonic() - began > LONGEST:
                break
        others = ", ".join(f"{count} {what}" for what, count in sorted(self.operators.done.items()))
        print(f"\n{rounds} kills of a {kind} build (of {KILLS} wanted) in {time.monotonic() - began:.0f} s: {arms} arms, "
              f"{fetches} whole files, {others} acknowledged; restart median {statistics.median(restarts):.2f} s, "
              f"longest {max(restarts):.2f} s (goal: 2 s)", file=sys.stderr)
        self.assertGreater(min(arms, fetches), rounds)
        self.assertGreater(min(self.operators.done[what] for what in OPERATIONS), rounds / 12)
        self.assertEqual(rounds, KILLS)
        self.audit_store()
        self.server.stop()


class Stops(unittest.TestCase):
    def test_R_B1_stopped_right_after_a_delivery_it_ends_in_order_and_knows_of_it(self):
        server = Server(Pki.shared()).start().fill("grace=1h")
        self.addCleanup(server.kill)
        for phone in server.pki.phones[:8]:
            with self.subTest(phone.mac):
                self.assertTrue(phone.password(phone.fetch(server.port)))
                server.stop()
                server.start()
                self.assertEqual(server.state(phone), "grace", "the transfer was complete, and is recorded")


if __name__ == "__main__":
    unittest.main()
