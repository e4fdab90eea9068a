"""Softphones from the system, which run on what Provost gave them and on nothing else: baresip, and Linphone's command line."""

import re
import shutil
import subprocess

from provost_fixture import PATIENCE, environment, temporary_folder, wait_until

BARESIP, LINPHONE, CURL = shutil.which("baresip"), shutil.which("linphonec"), shutil.which("curl")
SCRIPT = """#!/bin/sh
# The administrator's script, as the vendor file's notes have it: checks the server, writes where the answer was 200.
set -e
umask 077
curl --fail --silent --show-error --proto =https --cacert "$1" --output accounts.new "$2"
mv accounts.new accounts
"""


class Softphone:
    """A program in a folder of its own; `said` is what it printed."""

    name = command = None

    def __init__(self, authority):
        self.folder, self.authority, self.process = temporary_folder(self.name), authority, None
        self.log = self.folder / "log"

    def start(self):
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen([str(word) for word in self.command_line()], stdin=subprocess.PIPE, stdout=log,
                                            stderr=subprocess.STDOUT, cwd=self.folder, env=environment(HOME=str(self.folder)))
        return self

    def stop(self):
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.communicate(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.communicate()
        self.process = None

    def said(self):
        return self.log.read_text(errors="replace") if self.log.exists() else ""

    def await_word(self, word):
        wait_until(lambda: word in self.said(), lambda: f"{word!r} of {self.name}: {self.said()[-3000:]}")


class Baresip(Softphone):
    """The computer's own lines stand in config, as docs/vendors/baresip.md asks for; accounts come from Provost."""

    name = "baresip"

    def __init__(self, authority):
        super().__init__(authority)
        (self.folder / "config").write_text(
            f"sip_listen 127.0.0.1:0\nsip_cafile {authority}\nmodule_path /usr/lib/baresip/modules\n"
            "module_app account.so\nmodule_app menu.so\nmodule stdio.so\nmodule srtp.so\nmodule g711.so\n")
        (self.folder / "contacts").write_text("")
        (self.folder / "fetch").write_text(SCRIPT)

    def fetch(self, address):
        """Runs the script; gives its exit code: 22 where the server refused."""
        return subprocess.run(["sh", "fetch", self.authority, address], cwd=self.folder, capture_output=True, timeout=PATIENCE,
                              check=False).returncode

    def command_line(self):
        return [BARESIP, "-4", "-f", self.folder]


class Linphone(Softphone):
    """It fetches its configuration itself, from the address it was given."""

    name = "linphone"

    def __init__(self, authority, address):
        super().__init__(authority)
        (self.folder / ".local/share/linphone").mkdir(parents=True)  # it makes no folder for its database, and waits for ever
        self.config = self.folder / "linphonerc"
        self.config.write_text(f"[misc]\nconfig-uri={address}\n[sip]\nroot_ca={authority}\nsip_port=-1\nsip_tcp_port=-1\n"
                               "sip_tls_port=-1\n[net]\nmtu=1300\n")

    def command_line(self):
        return [LINPHONE, "-c", self.config, "-d", "6", "-l", self.folder / "linphone.log"]

    def ha1(self):
        """What it keeps of its first account's login."""
        return re.search(r"(?m)^ha1=([0-9a-f]{32})$", self.config.read_text()).group(1)

    def said(self):
        log = self.folder / "linphone.log"
        lines = log.read_text(errors="replace").splitlines() if log.exists() else []
        return super().said() + "\n".join(line for line in lines if "mediastreamer" not in line)
