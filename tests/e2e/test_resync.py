"""`provost device resync` and `tenant resync`: SIPp, as phones of every vendor, understands what it is told (R-F3)."""

import json
import re
import time
import unittest

from ports import free_port
from provost_fixture import SOURCE, Pki, Server, wait_until
from sip_programs import KAMAILIO, SIPP, Kamailio, SippPhones, phone_scenario

# What the dossiers say, written down once more: Event without and with a restart.
EVENTS = {"ale": ("check-sync", None), "algo": ("check-sync", None), "avaya-j100": ("check-sync", None),
          "cisco-mpp": ("resync", "reboot_now"), "cisco-spa": ("resync", "reboot_now"), "fanvil": ("check-sync", None),
          "gigaset": ("check-sync;reboot=false", "check-sync;reboot=true"), "grandstream": ("check-sync", None),
          "htek": ("check-sync", None), "mitel": ("check-sync", None), "obihai": ("resync", None),
          "panasonic": ("check-sync", None), "poly": ("check-sync", None), "sangoma": ("check-sync", None),
          "snom": ("check-sync;reboot=false", "check-sync;reboot=true"), "vtech": ("check-sync", None),
          "yealink": ("check-sync", "check-sync;reboot=true")}
BYSCHEDULE = {"2n", "acrobits", "asterisk", "audiocodes", "baresip", "freeswitch", "grandstream-wave", "linphone", "microsip",
              "zoiper"}

PROXY = """#!KAMAILIO
debug=1
log_stderror=yes
children=2
tcp_children=2
auto_aliases=no
server_signature=no
enable_tls=yes
listen=tls:127.0.0.1:{port}
listen=udp:127.0.0.1:{other}
loadmodule "tls.so"
loadmodule "tm.so"
loadmodule "sl.so"
loadmodule "pv.so"
modparam("tls", "tls_method", "TLSv1.2+")
modparam("tls", "certificate", "{folder}/server-ecdsa.pem")
modparam("tls", "private_key", "{folder}/server-ecdsa.key")
request_route {{
    if ($proto != "tls") {{ sl_send_reply("403", "TLS only"); exit; }}
    $du = "sip:127.0.0.1:{phone}";
    $fs = "udp:127.0.0.1:{other}";
    t_relay();
}}
"""


class ResyncStory(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.pki = Pki.shared()
        cls.phone_port = free_port()
        cls.server = Server(cls.pki)
        cls.addClassCleanup(cls.server.stop)
        cls.plain = cls.server.config.read_text()
        cls.route(f"sip:127.0.0.1:{cls.phone_port}")
        cls.server.fill(arm=False)
        cls.macs = {}
        for vendor in sorted(EVENTS.keys() | BYSCHEDULE):
            known = cls.server.json("vendor", "show", vendor)["mac_prefixes"]
            prefix = known["list"][0].replace(":", "") if known["list"] else "020000"
            cls.macs[vendor] = f"{prefix}fe{len(cls.macs):04x}"
            cls.server.cli("device", "add", cls.macs[vendor], "--tenant", "acme", "--vendor", vendor, "--set",
                           "line.1.user=u" + cls.macs[vendor], check=0)

    @classmethod
    def route(cls, uri, more=""):
        """A server that tells phones by this way."""
        if cls.server.process is not None:
            cls.server.stop()
        cls.server.config.write_text(f'resync: {{route: "{uri}", answer_within: 10s{more}}}\n' + cls.plain)
        cls.server.start()

    def phones(self, scenario, transport="udp", calls=1):
        phones = SippPhones(scenario, self.phone_port, transport, calls)
        self.addCleanup(phones.stop)
        return phones

    def tell(self, mac, *options):
        done = self.server.cli("-o", "json", "device", "resync", mac, "--wait", *options)
        return done.returncode, json.loads(done.stdout)

    def timeline(self, mac):
        return [one for one in self.server.rest("GET", f"/v1/events?device={mac}&kind=device.resync&limit=1000")[1]["items"]]

    def each_vendor(self, transport):
        for vendor, (event, restart) in EVENTS.items():
            for wanted, options in ((event, ()), (restart, ("--reboot",))):
                with self.subTest(vendor=vendor, event=wanted):
                    if wanted is None:
                        code, report = self.tell(self.macs[vendor], *options)
                        self.assertEqual((code, report["outcome"]), (3, "cannot"))
                        continue
                    phones = self.phones(phone_scenario(wanted), transport)
                    code, report = self.tell(self.macs[vendor], *options)
                    self.assertEqual((code, report["outcome"], report["status"], report["event"]), (0, "told", 200, wanted),
                                     (report, phones.trace()))
                    self.assertEqual(phones.wait(), 0, phones.trace())


@unittest.skipUnless(SIPP, "SIPp is not installed")
class OnePhone(ResyncStory):
    def test_R_F3_every_vendor_s_event_is_understood_over_UDP(self):
        self.route(f"sip:127.0.0.1:{self.phone_port}")
        self.each_vendor("udp")

    def test_R_F3_every_vendor_s_event_is_understood_over_TCP(self):
        self.route(f"sip:127.0.0.1:{self.phone_port};transport=tcp")
        self.each_vendor("tcp")

    @unittest.skipUnless(KAMAILIO, "Kamailio is not installed")
    def test_R_F3_over_TLS_through_a_proxy_that_is_verified(self):
        port = free_port()
        proxy = Kamailio(PROXY.format(port=port, other=free_port(), phone=self.phone_port, folder=self.pki.folder), port)
        self.addCleanup(proxy.stop)
        proxy.start()
        self.route(f"sip:localhost:{port};transport=tls", f', tls: {{ca: "{self.pki.folder}/server-ca.pem"}}')
        phones = self.phones(phone_scenario("check-sync;reboot=false"))
        code, report = self.tell(self.macs["snom"])
        self.assertEqual((code, report["outcome"]), (0, "told"), (report, proxy.log.read_text()[-2000:]))
        self.assertEqual(phones.wait(), 0, phones.trace())
        self.assertIn("SIP/2.0/TLS", phones.messages())

        self.route(f"sip:localhost:{port};transport=tls")  # which the system's CAs don't vouch for
        code, report = self.tell(self.macs["snom"])
        self.assertEqual((code, report["outcome"]), (3, "unreachable"))
        self.assertIn("certificate", report["words"])

    def test_R_F3_the_answer_is_in_the_timeline_in_plain_words(self):
        self.route(f"sip:127.0.0.1:{self.phone_port}")
        mac = self.macs["yealink"]
        for status, outcome, words in (("200 OK", "told", "calls home now"),
                                       ("489 Bad Event", "unsupported", "does not know this event"),
                                       ("480 Gone", "not registered", "not registered"),
                                       ("401 Unauthorized", "challenged", "asks for a digest"),
                                       ("603 Decline", "refused", "refused the message")):
            with self.subTest(status=status):
                before = len(self.timeline(mac))
                phones = self.phones(phone_scenario("check-sync", status))
                code, report = self.tell(mac)
                phones.wait()
                self.assertEqual((code, report["outcome"]), (0 if outcome == "told" else 3, outcome))
                seen = wait_until(lambda: (found := self.timeline(mac))[before:] and found, "its event")
                self.assertEqual(len(seen), before + 1)
                self.assertEqual(seen[-1]["status"], int(status[:3]))
                self.assertIn(words, seen[-1]["detail"])
        code, report = self.tell(mac)  # nobody listens there
        self.assertEqual((code, report["outcome"] in ("no answer", "unreachable")), (3, True))

    def test_R_F3_phones_that_can_t_be_told_call_home_by_schedule(self):
        for vendor in sorted(BYSCHEDULE):
            with self.subTest(vendor=vendor):
                code, report = self.tell(self.macs[vendor])
                self.assertEqual((code, report["outcome"]), (3, "cannot"))
                self.assertIn("calls home by schedule", report["words"])
        self.assertEqual({file.stem for file in (SOURCE / "vendors").glob("*.yaml")}, EVENTS.keys() | BYSCHEDULE)


@unittest.skipUnless(SIPP, "SIPp is not installed")
class Fleet(ResyncStory):
    def stage(self, *options):
        return self.server.json("tenant", "resync", "acme", *options)

    def await_end(self, job):
        return wait_until(lambda: (lambda one: one if one["state"] != "running" else None)(
            self.server.json("resync", "show", job)), "the end of the resync")

    def test_R_F3_a_vendor_s_phones_in_stages_at_a_rate(self):
        count = 1 + len(self.pki.of("poly"))
        phones = self.phones(phone_scenario("check-sync"), calls=count)
        begun = time.monotonic()
        job = self.stage("--vendor", "poly", "--rate", "4/s", "--jitter", "0s")
        self.assertEqual((job["phones"], job["state"]), (count, "running"))
        ended = self.await_end(job["id"])
        self.assertGreaterEqual(time.monotonic() - begun, (count - 1) / 4)
        self.assertEqual((ended["state"], ended["told"], ended["took_it"]), ("done", count, count))
        self.assertEqual(phones.wait(), 0, phones.trace())
        targets = re.findall(r"^NOTIFY (\S+) SIP/2.0", phones.messages(), re.M)
        self.assertEqual(len(set(targets)), count)
        def all_ended():
            kinds = [one["kind"] for one in self.server.rest("GET", "/v1/events?limit=1000")[1]["items"]]
            return kinds.count("resync.started") == kinds.count("resync.ended") + kinds.count("resync.cancelled")
        wait_until(all_ended, "an end of each in the list of events")

    def test_R_F3_a_server_that_is_killed_goes_on_where_it_was(self):
        count = 1 + len(self.pki.of("yealink"))
        phones = self.phones(phone_scenario("check-sync"), calls=count + 2)
        job = self.stage("--vendor", "yealink", "--rate", "1/s", "--jitter", "0s")
        wait_until(lambda: 1 <= self.server.json("resync", "show", job["id"])["told"] < count, "the first phones")
        self.server.kill()
        self.server.start()
        ended = self.await_end(job["id"])
        self.assertEqual((ended["state"], ended["told"]), ("done", count))
        phones.stop()
        targets = re.findall(r"^NOTIFY (\S+) SIP/2.0", phones.messages(), re.M)
        self.assertEqual(len(set(targets)), count, "each phone was told")
        self.assertLessEqual(len(targets), count + 1, "none but the one that was being told is told twice")

    def test_R_F3_outside_the_window_of_the_site_nobody_is_told_and_it_can_be_cancelled(self):
        soon = time.gmtime(time.time() + 6 * 3600)
        window = f"{soon.tm_hour:02}:00-{(soon.tm_hour + 1) % 24:02}:30"
        job = self.stage("--vendor", "snom", "--window", window)
        time.sleep(1.5)
        self.assertEqual(self.server.json("resync", "show", job["id"])["told"], 0)
        self.server.stop()
        self.server.start()
        self.assertEqual(self.server.json("resync", "list")[0]["state"], "running")
        self.assertEqual(self.server.json("resync", "cancel", job["id"])["state"], "cancelled")
        self.assertEqual(self.server.cli("resync", "cancel", job["id"]).returncode, 1)

    def test_R_F3_mistakes_are_told_at_once(self):
        for options, code in ((("--rate", "fast"), "P-8307"), (("--window", "1-5"), "P-8307"), (("--vendor", "2n"), "P-8309"),
                              (("--rate", "1/h", "--window", "01:00-02:00", "--vendor", "snom"), None)):
            with self.subTest(options=options):
                done = self.server.cli("tenant", "resync", "acme", *options)
                if code is None:
                    self.assertEqual(done.returncode, 0, done.stderr)
                    self.server.json("resync", "cancel", self.server.json("resync", "list")[0]["id"])
                else:
                    self.assertIn(code, done.stderr)

    def test_R_F3_without_wait_the_answer_comes_into_the_timeline(self):
        mac = self.macs["mitel"]
        phones = self.phones(phone_scenario("check-sync"))
        self.server.cli("device", "resync", mac, check=0)
        wait_until(lambda: self.timeline(mac), "the answer")
        self.assertEqual(phones.wait(), 0, phones.trace())


class NoWay(unittest.TestCase):
    def test_R_F3_a_server_that_can_t_reach_phones_says_so(self):
        server = Server(Pki.shared())
        self.addCleanup(server.stop)
        server.start().fill(arm=False)
        done = server.cli("device", "resync", server.pki.of("snom")[0].mac, "--wait")
        self.assertEqual(done.returncode, 1)
        self.assertIn("P-8311", done.stderr)


if __name__ == "__main__":
    unittest.main()
