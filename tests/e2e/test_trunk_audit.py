"""`provost audit trunk` against a real Kamailio: one that is as it should be, and some that are not (R-F5)."""

import json
import unittest

from ports import free_port
from provost_fixture import Pki, run
from sip_programs import KAMAILIO, Kamailio

HEAD = """#!KAMAILIO
debug=1
log_stderror=yes
children=2
tcp_children=2
auto_aliases=no
server_signature={signature}
{listen}
loadmodule "sl.so"
loadmodule "pv.so"
loadmodule "tm.so"
loadmodule "textops.so"
loadmodule "auth.so"
modparam("auth", "nonce_expire", 60)
{params}
request_route {{
    if (is_method("ACK|CANCEL|BYE")) {{ exit; }}
    if (is_method("OPTIONS")) {{ sl_send_reply("200", "OK"); exit; }}
    $var(password) = "nobody has this: $RANDOM";
    if ($fU == "4711") {{ $var(password) = "the right one"; }}
{route}
}}
"""

SAFE = """
    if (is_method("REGISTER")) {
        if (!pv_www_authenticate("$fd", "$var(password)", "0")) { www_challenge("$fd", "1"); exit; }
        sl_send_reply("200", "OK"); exit;
    }
    if (!pv_proxy_authenticate("$fd", "$var(password)", "0")) { proxy_challenge("$fd", "1"); exit; }
    sl_send_reply("404", "Not Found"); exit;
"""

TELLS = """
    if ($fU != "4711") { sl_send_reply("404", "User unknown"); exit; }
""" + SAFE

OPEN = SAFE.replace('if (!pv_proxy_authenticate("$fd", "$var(password)", "0")) { proxy_challenge("$fd", "1"); exit; }', "")

SHA = 'modparam("auth", "algorithm", "SHA-256")'


@unittest.skipUnless(KAMAILIO, "Kamailio is not installed")
class Trunks(unittest.TestCase):
    def registrar(self, route, params="", transport="udp", signature="no"):
        port = free_port()
        listen = f"listen={transport}:127.0.0.1:{port}"
        if transport == "tls":
            folder = Pki.shared().folder
            listen = (f'enable_tls=yes\nloadmodule "tls.so"\nmodparam("tls", "tls_method", "TLSv1.2+")\n'
                      f'modparam("tls", "certificate", "{folder}/server-ecdsa.pem")\n'
                      f'modparam("tls", "private_key", "{folder}/server-ecdsa.key")\n' + listen)
        config = HEAD.format(listen=listen, params=params, route=route, signature=signature)
        kamailio = Kamailio(config, port)
        self.addCleanup(kamailio.stop)
        return kamailio.start()

    def audit(self, registrar, *options):
        done = run("-o", "json", "audit", "trunk", f"localhost:{registrar.port}" if "tls" in options else
                   f"127.0.0.1:{registrar.port}", "--user", "4711", "--realm", "sip.acme.example", *options)
        self.assertIn(done.returncode, (0, 1), done.stderr + registrar.log.read_text()[-2000:])
        report = json.loads(done.stdout)
        faults = [one["id"] for one in report["findings"] if one["weight"] != "note"]
        self.assertEqual(report["faults"], len(faults))
        self.assertEqual(done.returncode, 1 if faults else 0)
        return faults, report

    def test_R_F5_a_safe_registrar_over_TLS_with_SHA_256_has_no_fault(self):
        registrar = self.registrar(SAFE, SHA, "tls")
        faults, report = self.audit(registrar, "--transport", "tls", "--ca", str(Pki.shared().folder / "server-ca.pem"))
        self.assertEqual(faults, [], report)

    def test_R_F5_over_UDP_with_MD5_alone_both_are_named(self):
        faults, report = self.audit(self.registrar(SAFE))
        self.assertEqual(faults, ["only-md5", "udp-in-clear"], report)
        for one in report["findings"]:
            self.assertEqual(one["requirement"], "R-F5")
            self.assertTrue(one["fix"], one)

    def test_R_F5_one_that_answers_unknown_users_otherwise_is_found_out(self):
        faults, report = self.audit(self.registrar(TELLS, SHA, "tcp"), "--transport", "tcp")
        self.assertIn("users-told-apart", faults)
        self.assertIn("register-unchallenged", faults)
        self.assertIn("404", json.dumps(report))

    def test_R_F5_one_that_lets_calls_in_is_found_out(self):
        faults, _ = self.audit(self.registrar(OPEN, SHA))
        self.assertIn("invite-unchallenged", faults)
        self.assertNotIn("register-unchallenged", faults)

    def test_R_F5_the_report_for_people_says_what_to_mend_and_the_banner(self):
        registrar = self.registrar(SAFE, signature="yes")
        done = run("audit", "trunk", f"127.0.0.1:{registrar.port}")
        self.assertEqual(done.returncode, 1)
        for text in ("weak (R-F5, only-md5)", "mend: Offer SHA-256", "note (R-F5, users-not-compared)", "kamailio"):
            self.assertIn(text, done.stdout)

    def test_R_F5_others_registrars_are_left_alone(self):
        done = run("audit", "trunk", "192.0.2.1")
        self.assertEqual(done.returncode, 1)
        self.assertIn("P-8314", done.stderr)
        done = run("audit", "trunk", "127.0.0.1:9", "--networks", "192.0.2.0/24")
        self.assertIn("P-8314", done.stderr)

    def test_R_F5_one_that_is_not_there_is_no_verdict(self):
        done = run("audit", "trunk", f"127.0.0.1:{free_port()}", "--transport", "tcp")
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("P-8302", done.stderr)

    def test_R_F5_a_certificate_that_nobody_trusts_is_no_verdict(self):
        registrar = self.registrar(SAFE, SHA, "tls")
        done = run("audit", "trunk", f"localhost:{registrar.port}", "--transport", "tls")
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("P-8302", done.stderr)


if __name__ == "__main__":
    unittest.main()
