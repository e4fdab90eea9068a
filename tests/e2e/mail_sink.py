"""A relay for tests: takes mail by SMTP (RFC 5321), with STARTTLS where it has a certificate, and keeps it."""

import socketserver
import ssl
import threading


class Session(socketserver.StreamRequestHandler):
    timeout = 30

    def say(self, line):
        self.wfile.write(line.encode() + b"\r\n")
        self.wfile.flush()

    def hear(self):
        return self.rfile.readline(1000).decode("latin-1").rstrip("\r\n")

    def start_tls(self):
        self.say("220 go ahead")
        self.connection = self.server.context.wrap_socket(self.connection, server_side=True)
        self.rfile, self.wfile = self.connection.makefile("rb"), self.connection.makefile("wb")
        self.encrypted = True

    def take_data(self):
        self.say("354 end with a dot")
        lines = []
        while (line := self.rfile.readline(2000)) not in (b".\r\n", b""):
            lines.append(line[1:] if line.startswith(b"..") else line)
        self.server.mails.append({"from": self.sender, "to": self.recipients, "login": self.login,
                                  "encrypted": self.encrypted, "text": b"".join(lines).decode()})
        self.say("250 taken")

    def handle(self):
        self.encrypted, self.login, self.sender, self.recipients = False, None, None, []
        self.say("220 sink ESMTP")
        while words := self.hear():
            verb = words.split(" ")[0].upper()
            if verb == "EHLO":
                more = ["STARTTLS"] if self.server.context and not self.encrypted else ["AUTH PLAIN"]
                for line in ["sink", *more[:-1]]:
                    self.say(f"250-{line}")
                self.say(f"250 {more[-1]}")
            elif verb == "STARTTLS" and self.server.context:
                self.start_tls()
            elif verb == "AUTH":
                self.login = words.split(" ")[2] if words.count(" ") == 2 else (self.say("334 "), self.hear())[1]
                self.say("235 welcome")
            elif verb == "MAIL":
                self.sender = words[10:].strip()
                self.say("250 ok")
            elif verb == "RCPT":
                self.recipients.append(words[8:].strip())
                self.say("250 ok")
            elif verb == "DATA":
                self.take_data()
            elif verb == "QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 ok")


class Sink(socketserver.ThreadingTCPServer):
    allow_reuse_address = daemon_threads = True

    def __init__(self, identity=None):
        """`identity`: certificate and key, for STARTTLS; without them mail comes in clear."""
        super().__init__(("127.0.0.1", 0), Session)
        self.mails = []
        self.context = None
        if identity:
            self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self.context.load_cert_chain(*identity)
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def port(self):
        return self.server_address[1]

    def stop(self):
        self.shutdown()
        self.server_close()

    def handle_error(self, request, client_address):
        pass  # who breaks off has his reasons
