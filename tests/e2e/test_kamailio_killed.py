"""PostgreSQL beneath Kamailio, or Provost, is killed in the middle of a batch of accounts: the queue's own tries bring all of
them, each once and the newest last (R-F4)."""

import contextlib
import os
import pathlib
import signal
import subprocess
import time
import unittest

from kamailio_fixture import REALM, AtKamailio
from provost_fixture import PATIENCE, ha1, wait_until

LONGEST = 120  # seconds until the queue has tried often enough


def work_in(folder):
    """The processes whose working folder it is."""
    found = []
    for process in pathlib.Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if os.readlink(process / "cwd") == str(folder):
                found.append(int(process.name))
    return found


class Killed(AtKamailio):
    policy = ("grace=0s",)

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.fleet = [cls.pki.of(vendor)[number] for number in range(2) for vendor in ("yealink", "snom", "cisco-mpp")]

    def digest(self, account):
        return ha1("md5", account.auth_user, REALM, account.password)

    @contextlib.contextmanager
    def locked(self, account):
        """Somebody else holds this account's row."""
        database = self.registrar_database
        with subprocess.Popen(["psql", "-X", "-q", "-At", "-h", database.folder, "-p", str(database.port), "-U", "root", "-d",
                               "kamailio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                              text=True) as holder:
            holder.stdin.write(f"BEGIN; SELECT username FROM subscriber WHERE username = '{account.auth_user}' FOR UPDATE;\n")
            holder.stdin.flush()
            self.assertEqual(holder.stdout.readline().strip(), account.auth_user)
            try:
                yield
            finally:
                holder.kill()

    def waits_for_the_lock(self):
        return self.registrar_database.rows(
            "SELECT pid FROM pg_stat_activity WHERE usename = 'provost' AND wait_event_type = 'Lock'")

    @contextlib.contextmanager
    def hung_in_mid_batch(self):
        """The whole fleet got new passwords while the database was away, the first phone twice; now one batch tells them, and
        stands still at the fourth. Gives what was overtaken, and what must come."""
        for phone in self.fleet:
            self.account_of(phone, self.take_configuration(phone)[0])
        self.registrar_database.stop()
        self.proxy.shut = True
        answers = [self.take_configuration(phone)[0] for phone in (self.fleet[0], *self.fleet)]
        overtaken, *wanted = (self.account(phone, answer) for phone, answer in
                              zip((self.fleet[0], *self.fleet), answers))
        self.registrar_database.start()
        with self.locked(wanted[3]):
            self.proxy.shut = False
            wait_until(self.waits_for_the_lock, "a batch that waits", LONGEST)
            held = self.kamailio.subscribers()
            for account in wanted:
                self.assertNotEqual(held[account.auth_user][2], self.digest(account), "nothing is half done")
            yield overtaken, wanted

    def all_came_once_and_in_order(self, overtaken, wanted):
        def done():
            (told,) = self.server.json("registrar", "list")
            return (told["waiting"], told["refused"]) == (0, 0)

        wait_until(done, "an empty queue", LONGEST)
        held = self.kamailio.subscribers()
        self.assertEqual({account.auth_user: held[account.auth_user][2] for account in wanted},
                         {account.auth_user: self.digest(account) for account in wanted})
        for table in ("subscriber", "provost_accounts"):
            rows = self.registrar_database.rows(f"SELECT username, count(*) FROM {table} GROUP BY username")
            self.assertEqual({count for _, count in rows}, {"1"}, table)
            self.assertEqual({user for user, _ in rows}, {account.auth_user for account in wanted}, table)
        self.assertLess(self.proxy.seen.rfind(self.digest(overtaken).encode()),
                        self.proxy.seen.rfind(self.digest(wanted[0]).encode()), "the newest comes last")
        self.assertEqual(self.server.cli("registrar", "check", "main").returncode, 0)
        wait_until(lambda: self.register(wanted[0]) == 200, "Kamailio's own connection")
        self.assertEqual(self.register(overtaken), 401)
        self.assertEqual({self.register(account) for account in wanted}, {200})

    def test_R_F4_postgresql_killed_in_the_middle_of_a_batch(self):
        with self.hung_in_mid_batch() as accounts:
            for pid in work_in(self.registrar_database.folder / "data"):  # the postmaster and its children
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            self.registrar_database.process.wait(PATIENCE)
            self.registrar_database.process = None
            wait_until(lambda: not work_in(self.registrar_database.folder / "data"), "the end of PostgreSQL")
        time.sleep(2)  # some tries in vain
        self.registrar_database.start()
        self.all_came_once_and_in_order(*accounts)

    def test_R_F4_provost_killed_in_the_middle_of_a_batch(self):
        with self.hung_in_mid_batch() as accounts:
            self.server.kill()
        self.server.start()
        self.all_came_once_and_in_order(*accounts)


if __name__ == "__main__":
    unittest.main()
