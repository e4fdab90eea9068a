"""People and tokens on the server's host: the way in, and that nothing of it stays behind."""

import unittest

from provost_fixture import Story


class People(Story):
    def test_R_F2_there_is_no_default_account(self):
        people = self.server.json("person", "list")
        self.assertEqual([p for p in people if p["factors"]["password"] or p["factors"]["passkeys"]], [])

    def test_R_F2_a_person_gets_a_one_time_login_and_never_a_password(self):
        made = self.server.json("person", "add", "anna", "--role", "support", "--tenant", "acme", "--name", "Anna K.")
        self.assertRegex(made["login_url_path"], r"^/login#token=[\w-]{43}$")
        self.assertEqual((made["role"], made["tenant"], made["state"]), ("support", "acme", "active"))
        token = made["login_url_path"].partition("=")[2]
        again = self.server.json("person", "reset", "anna")
        self.assertNotEqual(again["login_url_path"], made["login_url_path"])
        for secret in (token, again["login_url_path"].partition("=")[2]):
            for file in self.server.folder.rglob("*"):
                if file.is_file() and not file.is_socket():
                    self.assertNotIn(secret.encode(), file.read_bytes(), file)
        self.assertEqual(self.server.json("person", "disable", "anna")["state"], "disabled")
        self.assertEqual(self.server.json("person", "enable", "anna")["state"], "active")
        self.server.cli("person", "remove", "anna", check=0)
        done = self.server.cli("person", "remove", "anna")
        self.assertEqual(done.returncode, 1)
        self.assertIn("P-8611", done.stderr)

    def test_R_F2_on_the_host_there_is_a_way_in(self):
        link = self.server.json("admin", "reset-login")
        self.assertEqual(link["login"], "admin")
        self.assertRegex(link["login_url_path"], r"^/login#token=")
        kinds = [event["kind"] for event in self.server.lines("event", "list", "--kind", "login.one-time-made")]
        self.assertTrue(kinds)

    def test_R_F2_a_token_is_told_once_and_ends(self):
        made = self.server.json("token", "create", "billing", "--role", "support", "--tenant", "acme", "--lasts", "1d")
        self.assertRegex(made["token"], r"^prv_[a-z2-7]{76}$")
        rows = {row["name"]: row for row in self.server.json("token", "list")}
        self.assertNotIn("token", rows["billing"])
        self.assertEqual(rows["billing"]["write"], False)
        self.server.cli("token", "revoke", str(rows["billing"]["id"]), check=0)
        self.assertEqual([row for row in self.server.json("token", "list") if row["name"] == "billing"], [])
        done = self.server.cli("token", "create", "x", "--role", "support", "--tenant", "acme", "--lasts", "91d")
        self.assertIn("P-8615", done.stderr)
        self.server.cli("token", "create", "x", "--role", "support", "--sensitive", check=2)


if __name__ == "__main__":
    unittest.main()
