"""A door under the scanners and slow attackers that anybody can install: testssl.sh, sslscan, slowhttptest. Each story
in a file of its own, for testssl.sh takes minutes and they can run side by side."""

import json
import re
import shutil
import subprocess
import unittest

# What testssl.sh says of the certificate that this test brings along: a private CA has no such things.
OF_THE_CERTIFICATE = ("cert_chain_of_trust", "cert_revocation", "DNS_CAArecord", "cert_validityPeriod", "cert_ct",
                      "cert_extlifeSpan", "cert_trust")
# Of the machine that the scanner runs on.
OF_THE_SCANNER = ("engine_problem",)


def needs(*tools):
    missing = [tool for tool in tools if not shutil.which(tool)]
    return unittest.skipIf(missing, f"not installed: {', '.join(missing)}")


class Scanned:
    """Mixed into a Story; with the door's port, and the name to ask it by."""

    port = property(lambda self: self.server.port)
    name = "localhost"

    @needs("testssl")
    def test_R_C1_testssl_finds_nothing(self):
        out = self.server.folder / "testssl.json"
        done = subprocess.run(
            ["testssl", "--quiet", "--color", "0", "--warnings", "batch", "--nodns", "min", "--openssl-timeout", "20",
             "--jsonfile", str(out), "--ip", "127.0.0.1", "-p", "-s", "-f", "-S", "-h", "-U", f"{self.name}:{self.port}"],
            capture_output=True, text=True, timeout=800, check=False)
        self.assertTrue(out.exists(), done.stdout[-2000:])
        findings = json.loads(out.read_text())
        self.assertGreater(len([one for one in findings if one["severity"] == "OK"]), 25, done.stdout[-2000:])
        bad = [one for one in findings if one["severity"] not in ("OK", "INFO")
               and not one["id"].startswith(OF_THE_CERTIFICATE + OF_THE_SCANNER)]
        self.assertEqual(bad, [])

    @needs("sslscan")
    def test_R_C1_sslscan_is_clean(self):
        said = subprocess.run(["sslscan", "--no-colour", f"localhost:{self.port}"], capture_output=True,
                              text=True, timeout=300, check=True).stdout
        for version in ("SSLv2", "SSLv3", "TLSv1.0", "TLSv1.1"):
            self.assertRegex(said, rf"(?m)^{re.escape(version)}\s+disabled$")
        for version in ("TLSv1.2", "TLSv1.3"):
            self.assertRegex(said, rf"(?m)^{re.escape(version)}\s+enabled$")
        ciphers = re.findall(r"(?m)^(?:Preferred|Accepted)\s+\S+\s+\d+ bits\s+(\S+)", said)
        self.assertTrue(ciphers)
        for cipher in ciphers:
            self.assertRegex(cipher, r"^(TLS_|ECDHE-(RSA|ECDSA)-).*(GCM|POLY1305)")
        self.assertIn("Session renegotiation not supported", said)
        self.assertNotRegex(said, r"(?m)^TLSv1\.\d (?!not )vulnerable")

    def serve(self, phone):
        self.server.arm(phone)
        answer = phone.fetch(self.server.port)
        self.assertTrue(phone.password(answer))
        return answer.status

    @needs("slowhttptest")
    def test_R_C4_phones_are_served_under_slowhttptest(self):
        phone = self.pki.of("yealink")[0]
        for mode, name in (("-H", "slow headers"), ("-B", "slow bodies"), ("-R", "ranges"), ("-X", "slow reads")):
            with self.subTest(name):
                attack = subprocess.Popen(
                    ["slowhttptest", mode, "-c", "200", "-r", "100", "-i", "2", "-l", "8", "-p", "5", "-u",
                     f"https://localhost:{self.port}/"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
                try:
                    served = [self.serve(phone) for _ in range(5)]
                    said = attack.communicate(timeout=120)[0]
                finally:
                    attack.kill()
                    attack.wait()
                self.assertEqual(served, [200] * 5)
                self.assertRegex(re.sub(r"\x1b\[[0-9;]*m", "", said), r"service available:\s+YES")
        self.assertEqual(self.serve(phone), 200)
