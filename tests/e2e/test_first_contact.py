"""Phones call home for the first time, and strangers try to."""

import hashlib
import math
import subprocess
import time
import unittest

from provost_fixture import Pki, Server, Story, ha1, wait_until
from signer import Signer, subject_of


class Boots(Story):
    """Whole boots of four vendors' phones by the simulator."""

    policy = ("grace=0s",)

    def setUp(self):
        for phone in self.pki.phones:
            self.server.rest("POST", f"/v1/devices/{phone.mac}/arm", {"forget_key": True})

    def test_R_G4_R_A1_every_vendors_phones_boot_and_would_register(self):
        code, report, said = self.server.simulate()
        self.assertEqual(code, 0, said)
        self.assertEqual(report["total"]["with_secret"], len(self.pki.phones), said)
        self.assertEqual(report["total"]["would_register"], len(self.pki.phones), said)

    def test_R_B1_R_B2_later_boots_purge_or_rotate_by_vendor(self):
        self.server.simulate()
        code, report, said = self.server.simulate()
        self.assertEqual(code, 0, said)
        by_vendor = report["vendors"]
        for vendor in ("snom", "yealink", "cisco-mpp"):
            self.assertEqual((by_vendor[vendor]["with_secret"], by_vendor[vendor]["without_secret"]), (0, 4), said)
        self.assertEqual(by_vendor["poly"]["with_secret"], 4, said)


class Faults(Story):
    policy = ("grace=1h", "minimum_rating=4")

    def test_R_G4_faults_are_answered_as_a_good_server_does(self):
        code, report, said = self.server.simulate("--fault", "all")
        held = [(f["fault"], f["vendor"], f["deviations"]) for f in report["faults"] if f["held"] != f["phones"]]
        self.assertEqual((code, held), (0, []), said)


class Grace(Story):
    policy = ("grace=15s",)

    def test_R_A1_R_B1_secret_once_then_without(self):
        phones, passwords = [self.pki.of(vendor)[0] for vendor in ("yealink", "snom", "cisco-mpp")], {}
        for phone in phones:
            with self.subTest(phone.vendor):
                answer, password = self.take_configuration(phone)
                passwords[phone.mac] = password
                self.assertEqual(answer.headers["cache-control"], "no-store")
                self.server.await_state(phone, "grace")
                again = self.fetch(phone)
                self.assertEqual(phone.password(again), password, "within the grace the same file comes again")
        for phone in phones:
            with self.subTest(phone.vendor, state="provisioned"):
                password = passwords[phone.mac]
                self.server.await_state(phone, "provisioned")
                later = self.fetch(phone)
                self.assertEqual(later.status, 200)
                self.assertNotIn(password, later.body.decode())
                self.assertIsNone(phone.password(later))
                self.assertEqual(self.event["rule"], "resync")


class LifeOfAPhone(Story):
    policy = ("grace=2s",)

    def test_R_B2_rotating_phone_gets_a_fresh_password_each_time(self):
        phone = self.pki.of("poly")[0]
        passwords = [self.take_configuration(phone)[1]]
        for _ in range(2):
            self.server.await_state(phone, "provisioned")
            passwords.append(phone.password(self.fetch(phone)))
        self.assertEqual(len(set(passwords)), 3, "each fetch has its own")
        digests = [entry["ha1_md5"] for entry in self.server.outbox() if entry["device"] == phone.mac]
        self.assertEqual(digests[-3:], [ha1("md5", phone.user, "sip.acme.example", p) for p in passwords])

    def test_R_B3_rearm_gives_a_fresh_password(self):
        phone = self.pki.of("yealink")[1]
        first = self.take_configuration(phone)[1]
        self.server.await_state(phone, "provisioned")
        second = self.take_configuration(phone)[1]
        self.assertNotEqual(first, second)

    def test_R_B4_passwords_are_generated_strong_and_unique(self):
        passwords = [self.take_configuration(phone)[1] for phone in self.pki.phones]
        self.assertEqual(len(set(passwords)), len(passwords))
        for password in passwords:
            self.assertGreaterEqual(len(password) * math.log2(50), 128)  # of an alphabet of 50 or more
            self.assertTrue(password.isalnum())

    def test_R_B4_nobody_chooses_a_password(self):
        phone = self.pki.phones[0]
        status, problem = self.server.rest("PATCH", f"/v1/devices/{phone.mac}",
                                           {"settings": {"line.1.password": "letmein1"}})
        self.assertEqual((status, problem["code"]), (422, "P-2004"))

    def test_R_D6_device_passwords_differ_and_factory_ones_are_gone(self):
        for vendor in ("yealink", "snom", "cisco-mpp", "poly"):
            with self.subTest(vendor):
                found = []
                for phone in self.pki.of(vendor):
                    answer, sip = self.take_configuration(phone)
                    admin = phone.admin_password(answer)
                    self.assertTrue(admin, "no administrator's password in the file")
                    self.assertGreaterEqual(len(admin), 20)
                    self.assertNotEqual(admin, sip)
                    found.append(admin)
                self.assertNotEqual(found[0], found[1])

    def test_R_A8_the_file_makes_the_phone_verify_the_server(self):
        wanted = {"yealink": ["security.trust_certificates = 1", "security.cn_validation = 1"],
                  "poly": ['device.sec.TLS.prov.strictCertCommonNameValidation="1"']}
        for vendor, lines in wanted.items():
            text = self.take_configuration(self.pki.of(vendor)[0])[0].body.decode()
            for line in lines:
                self.assertIn(line, text)

    def test_R_C2_R_C3_files_come_from_data_and_lie_nowhere(self):
        phone = self.pki.of("yealink")[0]
        before = self.take_configuration(phone)[0].body.decode()
        self.assertIn("ntp.acme.example", before)
        self.server.cli("device", "set", phone.mac, "--set", "time.ntp_server=other.acme.example", check=0)
        after = self.take_configuration(phone)[0].body.decode()
        self.assertIn("other.acme.example", after)
        self.assertNotIn("ntp.acme.example", after)
        names = [path.name for path in self.server.home.rglob("*")]
        self.assertFalse([name for name in names if phone.mac in name.lower() or name.endswith((".cfg", ".xml", ".htm"))])

    def test_R_C3_a_display_name_cannot_add_a_line(self):
        phone = self.pki.of("yealink")[0]
        done = self.server.cli("device", "set", phone.mac, "--set", "line.1.display_name=A\nsecurity.trust_certificates = 0")
        self.assertEqual(done.returncode, 1)
        self.assertIn("P-2002", done.stderr)

    def test_R_G3_each_parameter_names_its_layer_and_each_refusal_its_rule(self):
        phone = self.pki.of("yealink")[1]
        explained = self.server.json("device", "explain", phone.mac)
        by_name = {line["parameter"]: line for line in explained["parameters"]}
        self.assertEqual(by_name["account.1.display_name"]["layer"], "device")
        self.assertEqual((by_name["account.1.sip_server.1.address"]["layer"],
                          by_name["account.1.sip_server.1.address"]["layer_name"]), ("tenant", "acme"))
        self.assertEqual(by_name["wui.http_enable"]["layer"], "hardening")
        for name, line in by_name.items():
            self.assertTrue(line["layer"], name)
        self.assertTrue(by_name["account.1.password"]["secret"])
        self.fetch(phone, path="/nonsense")
        last = self.server.json("device", "explain", phone.mac)["contacts"][0]
        self.assertEqual((last["rule"], last["refused"]), ("path-unknown", True))
        self.assertTrue(last["verdict"] and last["next_step"])

    def test_R_A6_rating_is_shown_and_the_minimum_refuses(self):
        phone = self.pki.of("snom")[1]
        self.assertEqual(self.server.json("device", "explain", phone.mac)["rating"], 5)
        self.server.cli("device", "set", phone.mac, "--secrets", "retain", check=0)
        self.addCleanup(self.server.cli, "device", "set", phone.mac, "--secrets", "purge")
        self.server.arm(phone)
        self.assertEqual(self.server.json("device", "explain", phone.mac)["rating"], 4)
        self.assertEqual(self.fetch(phone).status, 403)
        self.assertEqual(self.event["rule"], "rating-too-low")
        self.server.cli("tenant", "set", "acme", "--policy", "minimum_rating=4", check=0)
        self.addCleanup(self.server.cli, "tenant", "set", "acme", "--policy", "minimum_rating=5")
        self.assertEqual(self.fetch(phone).status, 200)


class Strangers(Story):
    """Whoever is not entitled gets the same bytes, and the operator the reason (R-A1 to R-A5, R-C5)."""

    policy = ("grace=1h",)

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.signer = {vendor: Signer.of_vendor(cls.pki, vendor) for vendor in ("snom", "yealink", "poly")}
        probe = cls.pki.of("yealink")[0]
        cls.refusal = cls.server.visit(probe, pem=None)[0]

    def assert_refused(self, rule, answer):
        self.assertEqual(answer.raw, self.refusal.raw)
        self.assertEqual((self.event["rule"], self.event["status"]), (rule, 403), self.event)

    def test_R_A1_no_certificate(self):
        phone = self.pki.of("yealink")[0]
        self.assertEqual(self.refusal.status, 403)
        self.assert_refused("no-certificate", self.fetch(phone, pem=None))

    def test_R_A1_unknown_ca(self):
        phone = self.pki.of("snom")[0]
        forged = Signer.stranger().issue(subject_of(phone))
        self.assert_refused("certificate-untrusted", self.fetch(phone, pem=forged))

    def test_R_A4_other_vendors_ca(self):
        phone = self.pki.of("yealink")[0]
        forged = self.signer["snom"].issue(f"/CN={phone.mac.upper()}")
        self.assert_refused("vendor-prefix-mismatch", self.fetch(phone, pem=forged))

    def test_R_A1_expired_and_not_yet_valid(self):
        phone, day = self.pki.of("yealink")[0], 86400
        forged = self.signer["yealink"].issue(subject_of(phone), start=-3600, end=-1800)
        self.assert_refused("certificate-expired", self.fetch(phone, pem=forged))
        forged = self.signer["yealink"].issue(subject_of(phone), start=day, end=2 * day)
        self.assert_refused("certificate-not-yet-valid", self.fetch(phone, pem=forged))

    def test_R_A5_generic_certificate(self):
        phone = self.pki.of("yealink")[0]
        generic = subject_of(phone).rpartition("/serialNumber")[0]
        forged = self.signer["yealink"].issue(generic)
        self.assert_refused("certificate-generic", self.fetch(phone, pem=forged))

    def test_R_A3_malformed_names(self):
        phone, other = self.pki.of("snom")[:2]
        for subject in (f"/CN={phone.mac.upper()}/CN={other.mac.upper()}", "/CN=00041300000G", "/CN=000413000001.example",
                        f"/CN={phone.mac.upper()} ", "/O=snom technology AG"):
            with self.subTest(subject):
                self.assert_refused("certificate-malformed",
                                    self.fetch(phone, pem=self.signer["snom"].issue(subject)))

    def test_R_C5_unknown_device(self):
        phone = self.pki.of("yealink")[0]
        mac = "001565fffff0"
        forged = self.signer["yealink"].issue(subject_of(phone, mac))
        answer = self.fetch(phone, pem=forged, path=f"/{mac}.cfg", agent="Yealink SIP-T54W 96.86.0.100")
        self.assert_refused("device-unknown", answer)

    def test_R_B3_not_armed(self):
        mac = "001565eeeee0"
        self.server.cli("device", "add", mac, "--tenant", "acme", "--model", "T54W", "--set", "line.1.user=9001", check=0)
        phone = self.pki.of("yealink")[0]
        forged = self.signer["yealink"].issue(subject_of(phone, mac))
        answer = self.fetch(phone, pem=forged, path=f"/{mac}.cfg", agent="Yealink SIP-T54W 96.86.0.100")
        self.assert_refused("device-not-armed", answer)

    def test_R_B3_expired_window_destroys_and_one_action_rearms(self):
        phone = self.pki.of("poly")[1]
        self.server.cli("tenant", "add", "brief", "--parent", "acme", "--policy", "window=5s", check=0)
        mac = "64167f00f001"
        self.server.cli("device", "add", mac, "--tenant", "brief", "--model", "Edge_E450", "--set", "line.1.user=9002",
                        "--arm", check=0)
        before = self.server.rest("GET", "/v1/server")[1]["secrets"]
        wait_until(lambda: self.server.rest("GET", f"/v1/devices/{mac}")[1]["state"] == "expired", "expired")
        self.assertLess(self.server.rest("GET", "/v1/server")[1]["secrets"], before)
        forged = self.signer["poly"].issue(subject_of(phone, mac))
        request = {"pem": forged, "path": f"/{mac}.cfg", "agent": phone.agent.replace(phone.mac, mac)}
        self.assert_refused("window-passed", self.fetch(phone, **request))
        self.server.cli("tenant", "set", "brief", "--policy", "window=14d", check=0)
        self.server.cli("device", "arm", mac, check=0)
        self.assertEqual(self.fetch(phone, **request).status, 200)

    def test_R_A10_retired(self):
        phone = self.pki.of("snom")[2]
        self.server.cli("device", "retire", phone.mac, check=0)
        self.assert_refused("device-retired", self.fetch(phone))

    def test_R_A2_claims_never_decide(self):
        mine, other = self.pki.of("yealink")[0], self.pki.of("yealink")[1]
        self.server.arm(other)
        for claim in ({"path": other.path}, {"path": f"{mine.path}?mac={other.mac}"}, {"agent": other.agent}):
            with self.subTest(**claim):
                self.assert_refused("claim-mismatch", self.fetch(mine, **claim))
        self.assertEqual(self.server.state(other), "armed", "the named device is not touched")
        self.assertEqual(self.server.rest("GET", f"/v1/devices/{other.mac}/deliveries")[1]["items"], [])

    def test_R_C2_wrong_path(self):
        phone = self.pki.of("yealink")[0]
        for path in ("/", "/index.html", "/../../etc/passwd", "/data/provost.db", f"/{phone.mac}.cfg.bak"):
            with self.subTest(path):
                self.assert_refused("path-unknown", self.fetch(phone, path=path))

    def test_R_C5_other_methods_and_uploads_where_none_belong(self):
        phone = self.pki.of("yealink")[0]
        for method in ("DELETE", "OPTIONS", "PROPFIND"):
            with self.subTest(method):
                self.assert_refused("method-refused", self.fetch(phone, method=method))
        self.assert_refused("method-refused", self.fetch(phone, method="PUT", body=b"x" * 100))

    def test_R_C5_strangers_of_all_kinds_get_the_same_bytes_to_a_head(self):
        phone = self.pki.of("yealink")[0]
        no_certificate = self.fetch(phone, pem=None, method="HEAD")
        wrong_path = self.fetch(phone, path="/x", method="HEAD")
        self.assertEqual(no_certificate.raw, wrong_path.raw)
        self.assertEqual((no_certificate.status, no_certificate.body), (403, b""))

    def test_R_B1_head_spends_nothing_and_upload_is_thrown_away(self):
        phone = self.pki.of("poly")[0]
        self.server.arm(phone)
        head = self.fetch(phone, method="HEAD")
        self.assertEqual((head.status, head.body), (200, b""))
        self.assertEqual(self.server.state(phone), "armed")
        mark = b"log of the phone, canary 7f3a"
        put = self.fetch(phone, method="PUT", path=f"/{phone.mac}-app.log", body=mark)
        self.assertIn(put.status, (200, 201, 204))
        self.assertEqual(self.event["rule"], "upload-discarded")
        for path in self.server.home.rglob("*"):
            if path.is_file():
                self.assertNotIn(mark, path.read_bytes(), path)
        self.assertTrue(phone.password(self.fetch(phone)))


class KeysAndAlarms(Story):
    """One leaked or cloned key must not spread (R-A10, R-A4)."""

    policy = ("grace=1h",)

    def refused_as(self, rule, phone, **request):
        self.assertEqual(self.fetch(phone, **request).status, 403)
        self.assertEqual(self.event["rule"], rule)

    def key_of(self, phone):
        return self.server.device(phone)["pinned_key"]

    def test_R_A10_another_key_is_held_until_a_person_approves(self):
        phone = self.pki.of("snom")[0]
        self.take_configuration(phone)
        pinned = self.key_of(phone)
        other = Signer.of_vendor(self.pki, "snom").issue(subject_of(phone))
        self.server.arm(phone)
        self.refused_as("key-mismatch", phone, pem=other)
        held = wait_until(lambda: self.server.device(phone).get("held_key"), "held key")
        self.assertNotEqual(held, pinned)
        self.server.cli("device", "approve-key", phone.mac, check=0)
        self.assertEqual(self.key_of(phone), held)
        self.refused_as("key-mismatch", phone)
        self.server.arm(phone)
        self.assertTrue(phone.password(self.fetch(phone, pem=other)))

    def test_R_A10_a_held_key_can_be_rejected_and_a_pin_forgotten(self):
        phone = self.pki.of("snom")[1]
        self.take_configuration(phone)
        other = Signer.of_vendor(self.pki, "snom").issue(subject_of(phone))
        self.refused_as("key-mismatch", phone, pem=other)
        wait_until(lambda: self.server.device(phone).get("held_key"), "held key")
        self.server.cli("device", "reject-key", phone.mac, check=0)
        self.assertNotIn("held_key", self.server.device(phone))
        self.server.cli("device", "arm", phone.mac, "--forget-key", check=0)
        self.assertTrue(phone.password(self.fetch(phone, pem=other)))

    def test_R_A10_one_certificate_at_two_places_raises_the_alarm(self):
        phone = self.pki.of("yealink")[0]
        self.take_configuration(phone)
        self.refused_as("clone-suspected", phone, source="127.0.0.2")
        self.assertIn("seen elsewhere", self.event["detail"])

    def test_R_A10_R_A4_a_refused_key_or_certificate_ends_at_the_next_handshake(self):
        by_key, by_certificate = self.pki.of("yealink")[1:3]
        for phone in (by_key, by_certificate):
            self.take_configuration(phone)
        der = subprocess.run(["openssl", "x509", "-in", by_certificate.pem, "-outform", "DER"], capture_output=True, check=True)
        for kind, phone, fingerprint in (("key", by_key, self.key_of(by_key)),
                                         ("certificate", by_certificate, hashlib.sha256(der.stdout).hexdigest())):
            with self.subTest(kind):
                started = time.monotonic()
                self.server.cli("vendor", "trust", "refuse", kind, fingerprint, "--reason", "stolen", check=0)
                self.refused_as("certificate-distrusted", phone)
                self.assertLess(time.monotonic() - started, 10)
                row = next(r for r in self.server.json("vendor", "trust", "list") if r["fingerprint"] == fingerprint)
                self.assertEqual(row["reason"], "stolen")
                self.server.cli("vendor", "trust", "remove", row["id"], check=0)
                self.assertEqual(self.fetch(phone).status, 200)

    def test_R_A4_a_vendors_ca_can_be_distrusted_at_run_time(self):
        phone = self.pki.of("poly")[0]
        row = next(r for r in self.server.json("vendor", "trust", "list") if r["vendor"] == "poly")
        self.take_configuration(phone)
        self.server.cli("vendor", "trust", "remove", row["id"], check=0)
        self.addCleanup(self.server.trust_all)
        self.assertEqual(self.fetch(phone).status, 403)
        self.assertEqual(self.event["rule"], "certificate-untrusted")

    def test_R_A1_a_revoked_certificate_is_refused(self):
        signer = Signer.of_vendor(self.pki, "cisco-mpp")
        good, bad = self.pki.of("cisco-mpp")[:2]
        der = subprocess.run(["openssl", "x509", "-in", signer.certificate, "-outform", "DER"], capture_output=True, check=True)
        self.server.cli("vendor", "trust", "import", signer.certificate, "--vendor", "cisco-mpp", "--anchor", "root-m2",
                        "--fingerprint", hashlib.sha256(der.stdout).hexdigest(), check=0)
        self.server.cli("vendor", "trust", "import-crl", signer.revoke(bad.pem), "--vendor", "cisco-mpp", check=0)
        self.assertEqual(self.fetch(bad).status, 403)
        self.assertEqual(self.event["rule"], "certificate-revoked")
        self.assertEqual(self.fetch(good).status, 200, self.event)

    def test_R_A4_a_ca_that_no_file_pins_is_not_taken(self):
        stranger = Signer.stranger()
        done = self.server.cli("vendor", "trust", "import", stranger.certificate)
        self.assertEqual(done.returncode, 4)
        self.assertIn("not pinned", done.stdout)


class StrictTenants(unittest.TestCase):
    def test_R_A11_without_trust_nobody_is_served(self):
        pki = Pki.shared()
        server = Server(pki)
        self.addCleanup(server.stop)
        server.start().fill(trust=False)
        for phone in pki.phones[:4]:
            answer, event = server.visit(phone)
            self.assertEqual((answer.status, event["rule"]), (403, "certificate-untrusted"))


if __name__ == "__main__":
    unittest.main()
