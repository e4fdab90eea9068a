"""A diagnostic window: one phone's web interface, open to one person for a while, closed by the phone's next visit (R-B6,
R-D2)."""

import json
import re
import sqlite3
import threading
import unittest

from ports import free_port
from provost_fixture import Story, wait_until
from sip_programs import SIPP, SippPhones, phone_scenario

# What the interface is in each vendor's file, on and off; where it can, over HTTPS alone.
INTERFACE = {
    "yealink": (r"(?m)^static\.wui\.https_enable = (\S+)$", "1", "0"),
    "snom": (r"<webserver_type [^>]*>([^<]+)<", "https", "off"),
    "cisco-mpp": (r"<Enable_Web_Server[^>]*>([^<]+)<", "Yes", "No"),
    "poly": (r'httpd\.enabled="([^"]+)"', "1", "0"),
}
SECURE = {"yealink": "static.wui.http_enable = 0", "snom": ">https<", "cisco-mpp": ">Https<",
          "poly": 'httpd.cfg.secureTunnelRequired="1"'}
USER_PASSWORD = {"yealink": "user_password = user:", "snom": "webserver_user_password", "cisco-mpp": "<User_Password ",
                 "poly": "localUserPassword="}


class Windows(Story):
    """Each test takes phones of its own."""

    policy = ("grace=0s",)

    def diagnose(self, phone, *options, check=0):
        return self.server.json("device", "diagnose", phone.mac, *options, check=check)

    def open(self, phone, minutes=30, reason="one-way audio"):
        self.close_in_the_end(phone)
        return self.diagnose(phone, "--reason", reason, "--minutes", minutes)

    def close_in_the_end(self, phone):
        """A test that fails leaves no open window to the others."""
        self.addCleanup(self.server.rest, "DELETE", f"/v1/devices/{phone.mac}/diagnostics")

    def read(self, phone):
        """What the phone gets when it calls home: its interface, its administrator's and its SIP password. The server knows
        then that it has them."""
        answer = self.fetch(phone)
        self.assertEqual(answer.status, 200, self.event)
        text = answer.body.decode()
        pattern, on, off = INTERFACE[phone.vendor]
        value = re.search(pattern, text).group(1)
        self.assertIn(value, (on, off))
        return value == on, phone.admin_password(answer), phone.password(answer), text

    def provisioned(self, phone):
        self.server.arm(phone)
        _, first, password, _ = self.read(phone)
        self.assertTrue(password)
        self.server.await_state(phone, "provisioned")
        return first

    def state(self, phone):
        return self.diagnose(phone)["state"]

    def await_window(self, phone, state):
        wait_until(lambda: self.state(phone) == state, f"the window of {phone.mac} as {state}")

    def back_up(self, name):
        self.assertEqual(self.server.rest("POST", "/v1/backups", {"path": str(self.server.folder / name)})[0], 201)

    def test_R_D2_phones_of_four_vendors_open_and_close(self):
        for vendor in INTERFACE:
            phone = self.pki.of(vendor)[0]
            with self.subTest(vendor):
                first = self.provisioned(phone)
                always = self.server.device(phone)["secret_mode"] != "purge"
                self.assertFalse(self.read(phone)[0])
                told = self.open(phone)
                self.assertEqual(told["state"], "waiting")
                on, admin, password, text = self.read(phone)
                self.assertTrue(on)
                self.assertEqual(admin, told["password"])
                self.assertIn(SECURE[vendor], text, "over HTTPS where the vendor's phones can")
                self.assertEqual(bool(password), always, "no other secret goes along")
                self.assertEqual(USER_PASSWORD[vendor] in text, always, "the end user's stays apart")
                self.await_window(phone, "open")
                on, again, _, _ = self.read(phone)
                self.assertTrue(on)
                self.assertEqual(again, told["password"] if always else None)
                self.assertEqual(self.diagnose(phone, "--close")["state"], "closing")
                on, fresh, _, _ = self.read(phone)
                self.assertFalse(on)
                self.assertTrue(fresh)
                self.assertNotIn(fresh, (first, told["password"]))
                self.await_window(phone, "none")
                self.assertFalse(self.read(phone)[0])
                self.server.await_state(phone, "provisioned")

    def test_R_B6_told_once_to_a_named_person_with_a_reason(self):
        phone = self.pki.of("yealink")[1]
        self.provisioned(phone)
        told = self.open(phone, reason="ticket 4711")
        self.assertEqual(told["user"], "admin")
        self.assertEqual(told["url"], "https://127.0.0.1/")
        self.back_up("waiting.db")
        self.read(phone)
        self.await_window(phone, "open")
        status, shown = self.server.rest("GET", f"/v1/devices/{phone.mac}/diagnostics")
        self.assertEqual(status, 200)
        self.assertNotIn("password", shown)
        self.assertEqual(shown["reason"], "ticket 4711")
        self.assertTrue(shown["person"])
        (event,) = [one for one in self.server.lines("event", "list", "--kind", "diagnostics.opened")
                    if one["device"] == phone.mac]
        self.assertEqual(event["actor"], shown["person"])
        self.assertIn("ticket 4711", event["detail"])
        rows = self.server.lines("audit", "list", "--device", phone.mac)
        kinds = [(row["kind"], row["outcome"]) for row in rows]
        self.assertIn(("delivery.begun", "diagnostics-opened"), kinds)
        self.assertIn("diagnostics.opened", [kind for kind, _ in kinds])
        everywhere = json.dumps(rows) + self.server.log.read_text() + json.dumps(self.server.lines("event", "list"))
        everywhere += self.server.cli("device", "explain", phone.mac, check=0).stdout
        everywhere += self.server.cli("device", "preview", phone.mac, check=0).stdout
        self.assertNotIn(told["password"], everywhere)
        self.back_up("open.db")
        self.diagnose(phone, "--close")
        self.read(phone)
        self.await_window(phone, "none")
        self.back_up("closed.db")
        files = [file for file in self.server.folder.rglob("*") if file.is_file() and not file.is_socket()]
        self.assertLessEqual({"waiting.db", "open.db", "closed.db", "provost.db", "log"}, {file.name for file in files})
        for file in files:
            self.assertNotIn(told["password"].encode(), file.read_bytes(), file)

    def test_R_D2_it_counts_down_and_explain_shows_it(self):
        phone = self.pki.of("yealink")[2]
        self.provisioned(phone)
        self.close_in_the_end(phone)
        said = self.server.cli("device", "diagnose", phone.mac, "--reason", "no sound", "--minutes", 5, check=0)
        self.assertRegex(said.stdout, r"(?m)^user: +admin$")
        self.assertRegex(said.stdout, r"(?m)^password: +\S{24}$")
        self.assertRegex(said.stdout, r"until: .*\(([45]) min \d+ s left\)")
        self.assertIn("told this once", said.stderr)
        explained = self.server.cli("device", "explain", phone.mac, check=0).stdout
        self.assertRegex(explained, r"window: +waiting, [345] min \d+ s left, opened by .*: no sound")
        self.read(phone)
        self.await_window(phone, "open")
        shown = self.server.cli("device", "diagnose", phone.mac, check=0).stdout
        self.assertRegex(shown, r"window: +\d+, open, [34] min \d+ s left")
        lint = {row["rule"]: row for row in self.server.json("device", "lint", phone.mac)}
        self.assertEqual(lint["web-ui-off"]["state"], "lifted")
        self.diagnose(phone, "--close")
        self.assertIn("over since", self.server.cli("device", "diagnose", phone.mac, check=0).stdout)
        self.read(phone)
        self.await_window(phone, "none")
        self.assertIn("There is no diagnostic window", self.server.cli("device", "diagnose", phone.mac, check=0).stdout)

    def test_R_B6_killed_and_started_again_it_goes_on_as_it_was(self):
        phone = self.pki.of("snom")[1]
        self.provisioned(phone)
        told = self.open(phone)
        self.server.kill()
        self.server.start()
        on, admin, _, _ = self.read(phone)
        self.assertEqual((on, admin), (True, told["password"]))
        self.await_window(phone, "open")
        self.diagnose(phone, "--close")
        self.server.kill()
        self.server.start()
        self.assertEqual(self.state(phone), "closing")
        on, admin, _, _ = self.read(phone)
        self.assertFalse(on)
        self.assertNotIn(admin, (None, told["password"]))
        self.await_window(phone, "none")

    def test_R_B6_its_time_ends_it(self):
        """The clock of the window, moved in the database of a server that stands."""
        phone = self.pki.of("poly")[1]
        self.provisioned(phone)
        told = self.open(phone, minutes=30)
        self.assertTrue(self.read(phone)[0])
        self.await_window(phone, "open")
        self.server.stop()
        with sqlite3.connect(self.server.home / "data/provost.db") as database:
            database.execute("UPDATE diagnostic_windows SET until = until - 1800000")
        self.server.start()
        wait_until(lambda: self.diagnose(phone).get("ended"), "the end by the clock")
        with sqlite3.connect(f"file:{self.server.home}/data/provost.db?mode=ro", uri=True) as database:
            purposes = [row[0] for row in database.execute("SELECT purpose FROM secrets")]
        self.assertNotIn("diagnostics.security.admin_password", purposes)
        on, fresh, _, _ = self.read(phone)
        self.assertFalse(on)
        self.assertNotIn(fresh, (None, told["password"]))
        ended = [one for one in self.server.lines("event", "list", "--kind", "diagnostics.ended") if one["device"] == phone.mac]
        self.assertEqual([one["actor"] for one in ended], ["clock"])

    def test_R_B6_of_two_engineers_at_once_one_is_told(self):
        phone = self.pki.of("cisco-mpp")[1]
        self.provisioned(phone)
        self.close_in_the_end(phone)
        answers = []
        path = f"/v1/devices/{phone.mac}/diagnostics"
        threads = [threading.Thread(target=lambda: answers.append(self.server.rest("POST", path, {"reason": "both"})))
                   for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(sorted(status for status, _ in answers), [201, 409, 409, 409])
        self.assertEqual({body["code"] for status, body in answers if status == 409}, {"P-3011"})
        (told,) = [body["password"] for status, body in answers if status == 201]
        self.assertEqual(self.read(phone)[1], told)
        self.await_window(phone, "open")
        self.diagnose(phone, "--close")
        self.read(phone)
        self.await_window(phone, "none")

    def test_R_D2_simulated_phones_keep_their_accounts_through_a_window(self):
        """What the phones remember afterwards is what the registrar has."""
        for phone in self.pki.phones:
            self.server.arm(phone)
        self.server.simulate("--realm", "sip.acme.example", "--factory-reset")
        for phone in self.pki.phones:
            self.server.await_state(phone, "provisioned")
            self.close_in_the_end(phone)
            path = f"/v1/devices/{phone.mac}/diagnostics"
            self.assertEqual(self.server.rest("POST", path, {"reason": "all of them"})[0], 201)
        for _ in range(2):
            code, report, said = self.server.simulate("--realm", "sip.acme.example")
            self.assertEqual(code, 0, said)
            for one in report["phones"]:
                with self.subTest(one["mac"], vendor=one["vendor"]):
                    self.assertEqual(one["oddities"], [])
                    self.assertTrue(one["accounts"][0]["ha1_md5"])
            for phone in self.pki.phones:
                self.server.rest("DELETE", f"/v1/devices/{phone.mac}/diagnostics")
        for phone in self.pki.phones:
            self.await_window(phone, "none")

    def test_R_B6_a_kept_password_is_replaced_afterwards(self):
        phone = self.pki.of("yealink")[0]
        self.server.cli("tenant", "set", "acme", "--policy", "minimum_rating=4", check=0)
        self.server.cli("device", "set", phone.mac, "--secrets", "retain", check=0)
        self.provisioned(phone)
        kept = self.read(phone)[1]
        told = self.open(phone)
        for _ in range(2):
            on, admin, password, _ = self.read(phone)
            self.assertEqual((on, admin), (True, told["password"]))
            self.assertTrue(password)
        self.await_window(phone, "open")
        self.diagnose(phone, "--close")
        on, fresh, _, _ = self.read(phone)
        self.assertFalse(on)
        self.assertNotIn(fresh, (None, kept, told["password"]))
        self.await_window(phone, "none")
        self.assertEqual(self.read(phone)[1], fresh, "that one is kept now")
        self.server.cli("device", "set", phone.mac, "--secrets", "purge", check=0)

    def test_wrong_use(self):
        phone = self.pki.of("yealink")[3]
        self.server.arm(phone)
        path = f"/v1/devices/{phone.mac}/diagnostics"
        for body, status, code in (({}, 422, "P-2050"), ({"reason": " "}, 422, "P-2050"), ({"reason": "x" * 257}, 422, "P-2050"),
                                   ({"reason": "x", "minutes": 0}, 422, "P-2051"), ({"reason": "x", "minutes": 1441}, 422, "P-2051"),
                                   ({"reason": "x", "minutes": "5"}, 422, "P-8002"), ({"reason": "x", "password": "p"}, 422, "P-8002")):
            with self.subTest(body):
                answered, problem = self.server.rest("POST", path, body)
                self.assertEqual((answered, problem["code"]), (status, code))
        self.assertEqual(self.server.rest("DELETE", path)[1]["code"], "P-3013")
        self.assertEqual(self.server.rest("GET", "/v1/devices/001565ffffff/diagnostics")[0], 404)
        self.server.cli("device", "diagnose", phone.mac, "--minutes", 5, check=2)
        self.server.cli("device", "diagnose", phone.mac, "--minutes", 0, "--reason", "x", check=2)
        self.server.cli("device", "diagnose", phone.mac, "--close", "--reason", "x", check=2)
        self.server.cli("device", "add", "0c383e00aa01", "--tenant", "acme", "--vendor", "fanvil", "--set", "line.1.user=f1",
                        "--arm", check=0)
        said = self.server.cli("device", "diagnose", "0c383e00aa01", "--reason", "x", check=1).stderr
        self.assertIn("unsupported", said)
        self.assertIn("P-3012", said)
        self.server.cli("device", "add", "00156500aa02", "--tenant", "acme", "--vendor", "yealink", "--set", "line.1.user=f2", check=0)
        self.assertIn("P-3010", self.server.cli("device", "diagnose", "00156500aa02", "--reason", "x", check=1).stderr)


@unittest.skipUnless(SIPP, "SIPp is not installed")
class Told(Story):
    policy = ("grace=0s",)

    def test_R_D2_the_phone_is_told_to_come_at_both_ends(self):
        phone, port = self.pki.of("yealink")[0], free_port()
        self.server.stop()
        self.server.config.write_text(f'resync: {{route: "sip:127.0.0.1:{port}", answer_within: 10s}}\n' +
                                      self.server.config.read_text())
        self.server.start()
        self.take_configuration(phone)
        self.server.await_state(phone, "provisioned")
        for options in (["--reason", "no sound"], ["--close"]):
            with self.subTest(options):
                told = SippPhones(phone_scenario("check-sync"), port, "udp", 1)
                self.addCleanup(told.stop)
                answer = self.server.json("device", "diagnose", phone.mac, *options)
                self.assertTrue(answer["call_home"]["told"], answer)
                self.assertEqual(told.wait(), 0, told.trace())
                self.fetch(phone)
        wait_until(lambda: self.server.json("device", "diagnose", phone.mac)["state"] == "none", "the window as closed")


if __name__ == "__main__":
    unittest.main()
