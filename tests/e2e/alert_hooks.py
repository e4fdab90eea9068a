"""Receivers of alerts by webhook, which verify what they are sent."""

import base64
import hashlib
import hmac
import http.server
import json
import ssl
import threading
import time

KEY = b"k" * 32


class Receiver(http.server.BaseHTTPRequestHandler):
    """A webhook's receiver: verifies the signature as standardwebhooks.com says."""

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        signed = f"{self.headers['webhook-id']}.{self.headers['webhook-timestamp']}.".encode() + body
        right = base64.b64encode(hmac.digest(KEY, signed, hashlib.sha256)).decode()
        fresh = abs(time.time() - int(self.headers["webhook-timestamp"])) < 300
        genuine = fresh and hmac.compare_digest(self.headers["webhook-signature"], f"v1,{right}")
        self.server.tries.append(self.headers["webhook-id"])
        refuse = self.server.refusals > 0
        self.server.refusals -= refuse
        if genuine and not refuse and not self.server.elsewhere:  # kept before the sender knows
            self.server.messages.append((self.headers["webhook-id"], json.loads(body)))
        self.send_response(500 if refuse else 302 if self.server.elsewhere else 204 if genuine else 401)
        if self.server.elsewhere:
            self.send_header("Location", self.server.elsewhere)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


class Hooks(http.server.ThreadingHTTPServer):
    def __init__(self, identity=None):
        super().__init__(("127.0.0.1", 0), Receiver)
        self.messages, self.tries, self.refusals, self.elsewhere = [], [], 0, None
        if identity:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(*identity)
            self.socket = context.wrap_socket(self.socket, server_side=True)
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def alerts(self, kind):
        return [one for _, one in self.messages if one.get("kind") == kind]

    def stop(self):
        self.shutdown()
        self.server_close()

    def handle_error(self, *_):
        pass


def identity(pki):
    return pki.folder / "server-ecdsa.pem", pki.folder / "server-ecdsa.key"


def write_key(server):
    """The file that a configuration names as `keys/webhook.key`."""
    file = server.home / "keys/webhook.key"
    file.write_text("whsec_" + base64.b64encode(KEY).decode() + "\n")
    file.chmod(0o600)
    return file


def webhook(pki, hooks, quiet="3s"):
    """The block of a configuration that sends alerts there."""
    ca = pki.folder / "server-ca.pem"
    return (f'alerts: {{gather: 1s, quiet: {quiet}, least: info, name: test-host, targets: [{{webhook: '
            f'"https://localhost:{hooks.server_port}/hook-canary", key: keys/webhook.key, ca: "{ca}"}}]}}\n')
