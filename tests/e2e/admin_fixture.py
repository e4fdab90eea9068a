"""A server with its admin listener on, and clients of that: over TLS, as raw as a test needs them."""

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
    """Who asks at a server's admin listener."""

    def __init__(self, server):
        self.server = server
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        self.context.load_verify_locations(server.pki.folder / "server-ca.pem")

    @property
    def port(self):
        return self.server.doors["admin"]

    def connect(self, source="127.0.0.1"):
        plain = socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE, source_address=(source, 0))
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
