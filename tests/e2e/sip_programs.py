"""SIP programs from the system, on loopback: SIPp as a phone, Kamailio as a registrar and proxy."""

import pathlib
import re
import shutil
import signal
import subprocess
import time

from ports import free_port
from provost_fixture import PATIENCE, temporary_folder, wait_until

SIPP, KAMAILIO = shutil.which("sipp"), shutil.which("kamailio")


def is_taken(port):
    """Whether a program has it now: the system remembers connections of an earlier one."""
    states = {"udp": "07", "tcp": "0A"}  # no peer; listens
    return any(f"0100007F:{port:04X} 00000000:0000 {state}" in pathlib.Path(f"/proc/net/{table}").read_text()
               for table, state in states.items())


ANSWER = """<send{attributes}><![CDATA[
SIP/2.0 {status}
[last_Via:]
[last_From:]
[last_To:];tag=[pid]phone[call_number]
[last_Call-ID:]
[last_CSeq:]
{more}Content-Length: 0

]]></send>"""

CHECK = r"""<recv request="NOTIFY">
<action>
<ereg regexp="^ *{event} *$" search_in="hdr" header="Event:" check_it="true" assign_to="1"/>
<ereg regexp="terminated" search_in="hdr" header="Subscription-State:" check_it="true" assign_to="1"/>
<ereg regexp="provost@" search_in="hdr" header="Contact:" check_it="true" assign_to="1"/>
<log message="took [$1]"/>
</action>
</recv>"""


def answer(status, more="", attributes=""):
    return ANSWER.format(status=status, more=more, attributes=attributes)


def phone_scenario(event, status="200 OK"):
    """A phone that takes one NOTIFY with this Event and no other."""
    return ('<?xml version="1.0"?><scenario name="phone">' + CHECK.format(event=re.escape(event)) +
            answer(status) + "</scenario>")


def challenging_scenario(event, user, password, realm):
    """One that asks for the account's digest first, and verifies what comes: 200 for the right one, else 403."""
    ask = f'WWW-Authenticate: Digest realm="{realm}", nonce="0a4f113b", qop="auth", algorithm=MD5\n'
    verify = f'<verifyauth assign_to="valid" username="{user}" password="{password}"/>'
    check = CHECK.format(event=re.escape(event))
    return ('<?xml version="1.0"?><scenario name="phone">' + check + answer("401 Unauthorized", ask) +
            check.replace("</action>", verify + "</action>") + '<nop hide="true" test="valid" next="1"/>' +
            answer("403 Forbidden", attributes=' next="2"') + '<label id="1"/>' + answer("200 OK") +
            '<label id="2"/></scenario>')


REGISTER = """<send retrans="500"><![CDATA[
REGISTER sip:{realm} SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
Max-Forwards: 70
From: <sip:{user}@{realm}>;tag=[call_number]
To: <sip:{user}@{realm}>
Call-ID: [call_id]
CSeq: {number} REGISTER
Contact: <sip:{user}@[local_ip]:[local_port]>
Expires: 600
User-Agent: SIPp
{more}Content-Length: 0

]]></send>"""


def sipp_registers(port, realm, user, auth_user, password, status=200, transport="udp"):
    """Whether SIPp, asked for a digest of MD5 (it knows no other), gets this status for it. Its messages if not."""
    folder = temporary_folder("sipp")
    login = f"[authentication username={auth_user} password={password}]\n"
    (folder / "register.xml").write_text(
        '<?xml version="1.0"?><scenario name="register">' + REGISTER.format(realm=realm, user=user, number=1, more="") +
        '<recv response="401" auth="true"/>' + REGISTER.format(realm=realm, user=user, number=2, more=login) +
        f'<recv response="{status}"/></scenario>')
    done = subprocess.run(
        [SIPP, f"127.0.0.1:{port}", "-sf", "register.xml", "-i", "127.0.0.1", "-t", {"udp": "u1", "tcp": "t1"}[transport],
         "-m", "1", "-auth_uri", realm, "-nostdin", "-timeout", str(PATIENCE), "-trace_msg", "-message_file", "messages"],
        cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, timeout=2 * PATIENCE, check=False)
    messages = folder / "messages"
    return done.returncode == 0 or (messages.read_text() if messages.exists() else done.stderr.decode(errors="replace"))


class SippPhones:
    """SIPp as phones behind one port; each NOTIFY is a call, `calls` of them end it."""

    def __init__(self, scenario, port=None, transport="udp", calls=1):
        self.folder = temporary_folder("sipp")
        self.port = port or free_port()
        file = self.folder / "phone.xml"
        file.write_text(scenario)
        self.output = open(self.folder / "output", "wb")
        self.process = subprocess.Popen(
            [SIPP, "-sf", str(file), "-i", "127.0.0.1", "-p", str(self.port), "-t", {"udp": "u1", "tcp": "t1"}[transport],
             "-m", str(calls), "-nostdin", "-timeout", str(PATIENCE), "-trace_err", "-trace_msg", "-message_file",
             str(self.folder / "messages"), "-error_file", str(self.folder / "errors")],
            cwd=self.folder, stdin=subprocess.DEVNULL, stdout=self.output, stderr=subprocess.STDOUT)
        wait_until(self.listens, "SIPp's port")

    def listens(self):
        if self.process.poll() is not None:
            raise AssertionError(f"SIPp ended with {self.process.returncode}: {self.trace()}")
        return is_taken(self.port)

    def messages(self):
        file = self.folder / "messages"
        return file.read_text() if file.exists() else ""

    def trace(self):
        return "".join(file.read_text(errors="replace")[-4000:] for file in self.folder.iterdir() if file.name in ("errors", "output"))

    def wait(self):
        """SIPp's verdict: 0 where every call went as the scenario says."""
        try:
            return self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.stop()
            raise AssertionError("SIPp did not end: " + self.trace()) from None

    def stop(self):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self.output.close()


class Kamailio:
    """Kamailio with this configuration, in the foreground, without a database."""

    def __init__(self, config, port):
        self.folder = temporary_folder("kamailio")
        (self.folder / "run").mkdir()
        self.config, self.log = self.folder / "kamailio.cfg", self.folder / "log"
        self.config.write_text(config)
        self.port = port
        self.process = None

    def start(self):
        with open(self.log, "wb") as log:
            self.process = subprocess.Popen(
                [KAMAILIO, "-f", str(self.config), "-DD", "-E", "-m", "32", "-M", "4", "-Y", str(self.folder / "run")],
                stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT, cwd=self.folder)

        def ready():
            if self.process.poll() is not None:
                raise AssertionError(f"Kamailio ended: {self.log.read_text()[-4000:]}")
            return is_taken(self.port)

        wait_until(ready, "Kamailio's port")
        time.sleep(0.3)  # its workers
        return self

    def stop(self):
        if self.process is None:
            return
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process = None
