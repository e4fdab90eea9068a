"""The REST interface as its OpenAPI document says it is: calls whose answers are held against it."""

import json
import re
import socket
import urllib.parse

import json_schema
from provost_fixture import PATIENCE, SOURCE, parse_answer

CODES = set(re.findall(r"P-\d{4}", (SOURCE / "docs/reference/error-codes.md").read_text()))


def media_of(answer):
    return answer.headers.get("content-type", "").partition(";")[0]


class Interface:
    """Of a running server, over its Unix socket."""

    def __init__(self, server):
        self.server = server
        self.document = server.rest("GET", "/v1/openapi.json")[1]
        self.schemas = json_schema.Schemas(self.document)
        self.operations = {(method.upper(), path): operation for path, methods in self.document["paths"].items()
                           for method, operation in methods.items()}
        # Those about a session, which the admin listener alone answers, are called there.
        self.of_sessions = {one for one, operation in self.operations.items() if "x-provost-session" in operation}
        self.called = set()  # those that answered as documented, and not with a problem

    def send_raw(self, request):
        """The answer to bytes; a server that closes earlier is no failure here, one that answers nothing is status 0."""
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(PATIENCE)
            connection.connect(str(self.server.socket))
            raw = b""
            try:
                connection.sendall(request)
                connection.shutdown(socket.SHUT_WR)  # a stream of events ends when its watcher does
            except OSError:
                pass
            try:
                while chunk := connection.recv(65536):
                    raw += chunk
            except ConnectionResetError:
                pass
        return parse_answer(raw)

    def send(self, method, target, body=b"", headers=()):
        lines = [f"{method} {target} HTTP/1.1", "Host: localhost", "Connection: close", *headers]
        if body:
            lines.append(f"Content-Length: {len(body)}")
        return self.send_raw("\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body)

    def call(self, method, shape, body=None, query=None, headers=(), **names):
        """One call; an answer and what it does against the document."""
        target = re.sub(r"\{(\w+)\}", lambda found: urllib.parse.quote(str(names[found[1]]), safe=""), shape)
        if query:
            target += "?" + urllib.parse.urlencode(query)
        payload = b"" if body is None else body if isinstance(body, bytes) else json.dumps(body).encode()
        answer = self.send(method, target, payload, headers)
        faults = self.faults_of(method, shape, answer)
        if not faults and answer.status < 400:
            self.called.add((method, shape))
        return answer, faults

    def faults_of(self, method, shape, answer):
        if answer.status == 0:
            return ["it closed without an answer"]
        if media_of(answer) == "text/event-stream":
            return self.stream_faults(answer)
        if int(answer.headers.get("content-length", -1)) != len(answer.body):
            return ["the body is not as long as its header says"]
        if answer.status >= 400:
            return self.problem_faults(answer)
        documented = self.operations[method, shape]["responses"].get(str(answer.status))
        if documented is None:
            return [f"status {answer.status} is not documented"]
        faults = [f"header {name} is missing" for name in documented.get("headers", {}) if name.lower() not in answer.headers]
        content = documented.get("content", {})
        media = media_of(answer)
        if media not in content and "*/*" not in content:
            return [*faults, f"{media} is not documented"]
        if media != "application/json":
            return faults
        return faults + self.json_faults(content[media]["schema"], answer)

    def stream_faults(self, answer):
        """Server-sent events, each an Event."""
        return [fault for line in answer.body.splitlines() if line.startswith(b"data: ")
                for fault in self.json_faults({"$ref": "#/components/schemas/Event"}, answer._replace(body=line[6:]))]

    def problem_faults(self, answer):
        """RFC 9457, with a code of the reference."""
        if media_of(answer) != "application/problem+json":
            return [f"a problem as {media_of(answer)}: {answer.body[:100]}"]
        faults = self.json_faults({"$ref": "#/components/schemas/Problem"}, answer)
        if faults:
            return faults
        problem = json.loads(answer.body)
        if problem["status"] != answer.status:
            faults.append(f"status {answer.status} says {problem['status']}")
        if problem["code"] not in CODES:
            faults.append(f"{problem['code']} is not in docs/reference/error-codes.md")
        return faults

    def json_faults(self, schema, answer):
        try:
            value = json_schema.parse(answer.body)
        except (ValueError, RecursionError) as mistake:
            return [f"no JSON: {mistake}: {answer.body[:100]}"]
        return self.schemas.faults(schema, value)
