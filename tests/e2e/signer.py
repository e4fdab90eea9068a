"""A certificate authority of a test's own."""

import pathlib
import tempfile
import time

from provost_fixture import openssl, temporary_folder


class Signer:
    """One CA of a folder, put to work by the openssl program: forged phones and revocation lists."""

    CONFIG = """[ca]
default_ca = own
[own]
database = {folder}/index.txt
serial = {folder}/serial
crlnumber = {folder}/crlnumber
new_certs_dir = {folder}
default_md = sha256
policy = any
unique_subject = no
[any]
countryName = optional
stateOrProvinceName = optional
localityName = optional
organizationName = optional
organizationalUnitName = optional
commonName = optional
serialNumber = optional
[leaf]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = clientAuth
"""

    def __init__(self, certificate, key):
        self.folder = temporary_folder("ca")
        self.certificate, self.key = pathlib.Path(certificate), key
        (self.folder / "index.txt").write_text("")
        (self.folder / "serial").write_text("1000\n")
        (self.folder / "crlnumber").write_text("01\n")
        self.config = self.folder / "ca.cnf"
        self.config.write_text(self.CONFIG.format(folder=self.folder))

    @classmethod
    def of_vendor(cls, pki, vendor):
        return cls(pki.folder / vendor / "issuing.pem", pki.folder / vendor / "issuing.key")

    @classmethod
    def stranger(cls):
        folder = temporary_folder("stranger")
        openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=Nobody's CA", "-days", "30",
                "-keyout", folder / "ca.key", "-out", folder / "ca.pem")
        return cls(folder / "ca.pem", folder / "ca.key")

    def issue(self, subject, start=None, end=None, key=None):
        """A file with certificate, chain and key. Times are seconds from now; `key` is a file to take it from."""
        stem = pathlib.Path(tempfile.mkdtemp(dir=self.folder)) / "leaf"
        if key is None:
            key = stem.with_suffix(".key")
            openssl("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", key)
        openssl("req", "-new", "-key", key, "-subj", subject, "-out", stem.with_suffix(".csr"), "-utf8")
        day = 86400
        moments = [time.strftime("%Y%m%d%H%M%SZ", time.gmtime(time.time() + offset))
                   for offset in (-day if start is None else start, 365 * day if end is None else end)]
        openssl("ca", "-batch", "-notext", "-config", self.config, "-preserveDN", "-in", stem.with_suffix(".csr"),
                "-cert", self.certificate, "-keyfile", self.key, "-startdate", moments[0], "-enddate", moments[1],
                "-extensions", "leaf", "-out", stem.with_suffix(".crt"))
        whole = stem.with_suffix(".pem")
        whole.write_text(stem.with_suffix(".crt").read_text() + self.certificate.read_text() +
                         openssl("pkey", "-in", key).stdout)
        return whole

    def revoke(self, certificate=None, days=30):
        """Revokes a certificate and gives the new list's file."""
        common = ["-config", self.config, "-cert", self.certificate, "-keyfile", self.key]
        if certificate:
            openssl("ca", *common, "-revoke", certificate)
        out = self.folder / "list.pem"
        openssl("ca", *common, "-gencrl", "-crldays", days, "-out", out)
        return out


def subject_of(phone, mac=None):
    """The subject of a vendor's device certificate, for a forger."""
    mac = mac or phone.mac
    return {"snom": f"/CN={mac.upper()}",
            "yealink": "/C=CN/ST=FuJian/L=Xiamen/O=Yealink Network Technology Co., Ltd./OU=Yealink Equipment"
                       f"/CN=yealink.com/serialNumber=ffffffff-ffff-ffff-fff0-{mac}",
            "poly": f"/O=Polycom Inc./CN={mac.upper()}",
            "cisco-mpp": f"/ST={mac}/L=FCH00000001/OU={phone.model}"}[phone.vendor]
