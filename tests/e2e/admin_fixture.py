"""A server with its admin listener on, and clients of that: over TLS, as raw as a test needs them."""

import contextlib
import re
import socket
import ssl

from provost_fixture import PATIENCE, Server, parse_answer

PAGE = ('<!doctype html><meta name="style-nonce" content="__NONCE__"><style nonce="__NONCE__"></style>'
        '<script type="module" src="/assets/index-1a2b3c4d.js"></script>')


def with_admin(pki, web=True, more=""):
    """A server that is not started yet; with a small interface of its own, or none."""
    server = Server(pki)
    folder = server.folder / "web"
    if web:
        (folder / "assets").mkdir(parents=True)
        (folder / "index.html").write_text(PAGE)
        (folder / "assets/index-1a2b3c4d.js").write_text("export const a = 1;\n" * 100)
        (folder / "assets/index-1a2b3c4d.js.gz").write_bytes(b"as gzip")
        (folder / "assets/index-1a2b3c4d.js.br").write_bytes(b"as brotli")
        (folder / "icon.svg").write_text("<svg/>")
    identities = "".join(f'    - {{certificate: "{server.tls}/server-{kind}.pem", key: "{server.tls}/server-{kind}.key"}}\n'
                         for kind in ("ecdsa", "rsa"))
    place = f'  web: "{folder}"\n' if web else ""
    server.config.write_text(server.config.read_text() +
                             f"admin:\n  port: 0\n  names: localhost\n{place}{more}  identities:\n{identities}")
    return server


class Admin:
    """Who asks at a server's admin listener, from an address of this machine."""

    def __init__(self, server, source="127.0.0.1"):
        self.server, self.source = server, source
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        self.context.load_verify_locations(server.pki.folder / "server-ca.pem")

    @property
    def port(self):
        return self.server.doors["admin"]

    def connect(self):
        plain = socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE, source_address=(self.source, 0))
        try:
            return self.context.wrap_socket(plain, server_hostname="localhost")
        except BaseException:
            plain.close()
            raise

    def raw(self, request):
        """Sends bytes, gives all that comes back until the server closes."""
        received = b""
        with self.connect() as connection:
            try:
                connection.sendall(request)
                while chunk := connection.recv(65536):
                    received += chunk
            except (ConnectionResetError, BrokenPipeError, ssl.SSLError):
                pass
        return received

    def ask(self, method, path, body=b"", headers=(), host="localhost"):
        """One request on a connection of its own."""
        lines = [f"{method} {path} HTTP/1.1", f"Host: {host}", "Connection: close", *headers]
        if body:
            lines.append(f"Content-Length: {len(body)}")
        return parse_answer(self.raw("\r\n".join(lines).encode() + b"\r\n\r\n" + body))


class Line(Admin):
    """Asks over one connection for as long as that holds: the listener takes ten handshakes a second of an address."""

    connection = None

    def ask(self, method, path, body=b"", headers=(), host="localhost"):
        lines = [f"{method} {path} HTTP/1.1", f"Host: {host}", *headers]
        if body:
            lines.append(f"Content-Length: {len(body)}")
        request = "\r\n".join(lines).encode() + b"\r\n\r\n" + body
        kept = self.connection is not None
        raw = self.exchange(request)
        if not raw and kept:  # it was closed meanwhile
            raw = self.exchange(request)
        return parse_answer(raw)

    def exchange(self, request):
        """The bytes of one answer; none where the connection was closed instead."""
        self.connection = self.connection or self.connect()
        raw = b""
        with contextlib.suppress(ConnectionError, ssl.SSLError):
            self.connection.sendall(request)
        with contextlib.suppress(ConnectionError, ssl.SSLError):  # what it said before it closed is there still
            while not is_whole(raw) and (chunk := self.connection.recv(65536)):
                raw += chunk
        if not is_whole(raw) or re.search(rb"(?im)^connection: close\r$", raw.partition(b"\r\n\r\n")[0] + b"\r"):
            self.hang_up()
        return raw

    def hang_up(self):
        if self.connection is not None:
            self.connection.close()
            self.connection = None

    def __del__(self):
        self.hang_up()


def is_whole(raw):
    """Whether an answer's body is as long as its head says."""
    head, end, body = raw.partition(b"\r\n\r\n")
    length = re.search(rb"(?im)^content-length: (\d+)", head)
    return bool(end) and len(body) >= int(length[1] if length else 0)
