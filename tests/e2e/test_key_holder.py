"""The keys in a process of their own: what the server can't reach, and what phones see when it goes away."""

import os
import time
import unittest

from provost_fixture import KeyHolder, Pki, Server, Story, run, wait_until


class Apart(Story):
    with_key_holder = True

    def test_R_B8_a_phone_is_served_and_each_open_is_in_the_holders_log(self):
        phone = self.pki.of("snom")[0]
        answer, _ = self.take_configuration(phone)
        self.assertIn(phone.user.encode(), answer.body)
        line = wait_until(lambda: [text for text in self.holder.log.read_text().splitlines() if phone.mac in text], "its line")[-1]
        self.assertRegex(line, r"keyholder\.opened: .*secrets \d+, for delivery, outcome opened, peer uid \d+, pid "
                               rf"{self.server.process.pid}")
        self.assertNotIn(phone.password(answer), self.holder.log.read_text())
        self.server.cli("server", "close-epoch", check=0)
        self.assertEqual(self.server.rest("GET", "/v1/server")[1]["key_holder"], "process of its own")

    def test_R_B8_the_server_has_no_key_file(self):
        files = {path.name for path in self.server.home.rglob("*")}
        self.assertFalse(files & {"root.key", "epochs.keys", "audit.keys", "audit.sign"}, files)
        opened = [os.readlink(f"/proc/{self.server.process.pid}/fd/{number}")
                  for number in os.listdir(f"/proc/{self.server.process.pid}/fd")]
        self.assertFalse([path for path in opened if path.startswith(str(self.holder.keys))])
        self.assertIn("P-1121", self.server.cli("audit", "rekey", "--config", self.server.config, "--reason", "x").stderr)

    def test_R_A11_R_B8_while_it_is_away_nothing_secret_leaves_and_it_heals_without_a_restart(self):
        phone, other = self.pki.of("yealink")[:2]
        self.server.arm(phone)
        stranger = self.server.visit(phone, pem=None)[0]
        self.holder.kill()
        try:
            for _ in range(2):
                answer, event = self.server.visit(phone)
                self.assertEqual(answer.raw, stranger.raw)
                self.assertIn("P-5030", event["detail"])
            self.assertEqual(self.server.state(phone), "armed")
            self.assertEqual(self.server.rest("POST", f"/v1/devices/{other.mac}/arm", {})[0] // 100, 5)
            self.assertEqual(self.server.rest("GET", "/v1/server")[0], 200)
        finally:
            self.holder.start()
        self.assertEqual(self.take_configuration(phone)[0].status, 200)
        self.server.arm(other)

    def test_R_C7_its_trail_verifies_with_the_holders_start_key(self):
        self.take_configuration(self.pki.of("poly")[0])
        verdict = run("-o", "json", "audit", "verify", "--from", self.server.home / "data/provost.db",
                      "--key", self.holder.keys / "audit.start", check=0)
        self.assertIn('"whole"', verdict.stdout)


class Alone(unittest.TestCase):
    def test_R_A11_a_server_without_its_key_holder_does_not_start(self):
        holder = KeyHolder()
        server = Server(Pki.shared(), key_holder=holder)
        code, said = server.refuse_to_start()
        self.assertEqual(code, 1, said)
        self.assertIn("P-5030", said)

    def test_a_server_with_its_own_keys_says_so(self):
        server = Server(Pki.shared()).start()
        self.addCleanup(server.stop)
        self.assertIn("keyholder.in-process", server.log.read_text())
        self.assertEqual(server.rest("GET", "/v1/server")[1]["key_holder"], "in process")

    def test_both_a_folder_and_a_holder_are_a_mistake(self):
        holder = KeyHolder()
        server = Server(Pki.shared(), key_holder=holder)
        server.config.write_text("key_folder: keys\n" + server.config.read_text())
        self.assertIn("P-1120", server.refuse_to_start()[1])

    def test_R_B8_its_brake_holds_and_later_all_are_served(self):
        holder = KeyHolder("--opens-per-second", 1, "--burst", 1).start()
        self.addCleanup(holder.stop)
        pki = Pki.shared()
        server = Server(pki, key_holder=holder).start().fill()
        self.addCleanup(server.stop)
        waiting = list(pki.phones[:4])

        def try_all():
            refused = []
            for phone in waiting:
                if phone.fetch(server.port).status != 200:
                    refused.append(phone)
            waiting[:] = refused
            return not waiting

        first = try_all()
        wait_until(try_all, "all phones served")
        if not first:  # a slow machine may bring them one a second by itself
            self.assertIn("keyholder.braked", holder.log.read_text())
        for phone in pki.phones[:4]:
            self.assertIn(server.state(phone), ("grace", "delivering"))

    def test_R_A11_two_holders_of_one_folder_are_refused(self):
        holder = KeyHolder().start()
        self.addCleanup(holder.stop)
        done = run("keyholder", "run", "--keys", holder.keys, "--socket", holder.folder / "run/other", check=1)
        self.assertIn("P-5012", done.stderr)

    def test_a_killed_holder_starts_again_over_its_old_socket(self):
        holder = KeyHolder().start()
        self.addCleanup(holder.stop)
        holder.kill()
        self.assertTrue(holder.socket.exists())
        holder.start()
        time.sleep(0.2)
        self.assertIsNone(holder.process.poll())


if __name__ == "__main__":
    unittest.main()
