"""Every call that is more than a look, with input that succeeds where its caller may make it: for the matrix of who may do
what. Each gives names of its address, body and query, made anew for each call."""

import pathlib

from signer import Signer

# Their success needs what is not in this world: an import that was written, a webhook, a held key, a registrar, something that waits, the host's socket.
ELSEWHERE = {("POST", "/v1/devices/{mac}/key/approve"), ("POST", "/v1/devices/{mac}/key/reject"),
             ("POST", "/v1/registrars/{registrar}/replay"), ("POST", "/v1/registrars/{registrar}/check"),
             ("POST", "/v1/approvals/{id}/approve"), ("DELETE", "/v1/approvals/{id}"), ("POST", "/v1/admin-login"),
             ("POST", "/v1/imports/{import}/undo"), ("POST", "/v1/webhooks/{webhook}/test")}
# Done to a phone that was there, each to another, and in the people's own tenant alone.
WITH_A_PHONE = {("POST", "/v1/devices/{mac}/rotate"), ("POST", "/v1/devices/{mac}/diagnostics"),
                ("DELETE", "/v1/devices/{mac}/diagnostics")}
BELOW = {("DELETE", "/v1/tenants/{tenant}"), ("POST", "/v1/tenants/{tenant}/rotate")}  # done to a tenant below the place


def by_address(world, place):
    return {}, None, ""


def with_body(body):
    return lambda world, place: ({}, body, "")


def fresh_device(world, place, body=None):
    return {"mac": world.device(place)}, body, ""


def one_time_device(world, place, body=None):
    """One that waits for an address of its own."""
    mac = world.device(place, access="token")
    world.rest("POST", f"/v1/devices/{mac}/arm")
    return {"mac": mac}, body, ""


def with_address(world, place):
    names, _, _ = one_time_device(world, place)
    world.rest("POST", f"/v1/devices/{names['mac']}/token", {"window": "1h"})
    return names, None, ""


def fresh_trunk(world, place):
    trunk = {"tenant": place.slug, "pbx": "freeswitch", "user": world.new("t"), "settings": {"line.1.registrar_host": "sip.acme.example"}}
    return {"mac": world.rest("POST", "/v1/trunks", trunk)["mac"]}, None, ""


def of_a_person(body=None):
    return lambda world, place: ({"id": place.someone(world.new("jo"))["id"]}, body, "")


def signed_in(world, place):
    made = place.someone(world.new("jo"))
    world.desk.browser().ok("POST", "/v1/session/one-time", {"token": made["login_url_path"].partition("=")[2]})
    return {"id": made["id"], "session": world.rest("GET", f"/v1/people/{made['id']}/sessions")["items"][0]["id"]}, None, ""


def vendor_ca(world, place):
    """One that is not trusted, or not any more."""
    row = next(row for row in world.pki.trust() if row["vendor"] == "snom")
    for listed in world.rest("GET", "/v1/trust")["items"]:
        if listed["fingerprint"] == row["fingerprint"]:
            world.rest("DELETE", f"/v1/trust/{listed['id']}")
    return {}, pathlib.Path(row["file"]).read_bytes(), f"?vendor=snom&anchor={row['anchor']}&fingerprint={row['fingerprint']}"


def revocation_list(world, place):
    root = Signer(world.pki.folder / "snom/root.pem", world.pki.folder / "snom/root.key")
    return {}, root.revoke().read_bytes(), "?vendor=snom"


def trust_row(world, place):
    fingerprint = f"{int(world.new('')):064x}"
    world.rest("POST", "/v1/trust/refuse", {"kind": "key", "fingerprint": fingerprint, "reason": "tests"})
    return {"id": next(row["id"] for row in world.rest("GET", "/v1/trust")["items"] if row.get("fingerprint") == fingerprint)}, None, ""


def network(world):
    return {"network": f"198.51.{int(world.new('')) % 250}.0/24", "for": "1h", "reason": "tests"}


WRITES = {
    ("POST", "/v1/tenants"): lambda w, p: ({}, {"slug": w.new("t"), "parent": p.slug}, ""),
    ("PATCH", "/v1/tenants/{tenant}"): lambda w, p: ({}, {"name": w.new(p.word + " ")}, ""),
    ("DELETE", "/v1/tenants/{tenant}"): lambda w, p: ({"tenant": w.child(p)}, None, ""),
    ("PUT", "/v1/tenants/{tenant}/sites/{site}"): with_body({"settings": {"time.zone": "Europe/Paris"}}),
    ("PUT", "/v1/tenants/{tenant}/models/{vendor}/{model}"): with_body({"settings": {"time.zone": "Europe/Paris"}}),
    ("POST", "/v1/tenants/{tenant}/rotate"): lambda w, p: ({"tenant": w.child(p)}, None, ""),
    ("POST", "/v1/tenants/{tenant}/resync"): lambda w, p: ({}, {"window": w.later_today}, ""),
    ("DELETE", "/v1/resyncs/{id}"): lambda w, p: ({"id": w.later(p)}, None, ""),
    ("DELETE", "/v1/jobs/{job}"): lambda w, p: ({"job": f"r{w.later(p)}"}, None, ""),

    ("POST", "/v1/devices"): lambda w, p: ({}, {"mac": w.new_mac(), "tenant": p.slug, "model": "T54W",
                                               "settings": {"line.1.user": w.new("u")}}, ""),
    ("PATCH", "/v1/devices/{mac}"): lambda w, p: fresh_device(w, p, {"model": "T57W"}),
    ("DELETE", "/v1/devices/{mac}"): fresh_device,
    ("POST", "/v1/devices/{mac}/retire"): fresh_device,
    ("POST", "/v1/devices/{mac}/arm"): fresh_device,
    ("POST", "/v1/arms"): lambda w, p: ({}, {}, f"?tenant={p.slug}&q={w.device(p)}"),
    ("POST", "/v1/devices/{mac}/rotate"): by_address,
    ("POST", "/v1/devices/{mac}/token"): lambda w, p: one_time_device(w, p, {"window": "1h"}),
    ("DELETE", "/v1/devices/{mac}/token"): with_address,
    ("POST", "/v1/devices/{mac}/diagnostics"): with_body({"reason": "tests"}),
    ("DELETE", "/v1/devices/{mac}/diagnostics"): by_address,
    ("PATCH", "/v1/devices/{mac}/care"): with_body({"note": "tests", "mute": "1d"}),
    ("POST", "/v1/devices/{mac}/resync"): by_address,
    ("POST", "/v1/trunks"): lambda w, p: ({}, {"tenant": p.slug, "pbx": "freeswitch", "user": w.new("t"),
                                              "settings": {"line.1.registrar_host": "sip.acme.example"}}, ""),
    ("POST", "/v1/trunks/{mac}/file"): fresh_trunk,
    ("POST", "/v1/imports"): lambda w, p: ({}, f"mac,line.1.user\n{w.new_mac()},x\n".encode(), f"?tenant={p.slug}"),
    ("POST", "/v1/imports/{import}/apply"): lambda w, p: ({"import": w.imported(p)}, None, ""),
    ("POST", "/v1/profile/diff"): lambda w, p: ({}, {"tenant": p.slug, "settings": {"time.zone": "Europe/Berlin"}}, ""),
    ("POST", "/v1/exceptions"): lambda w, p: ({}, {"rule": "web-ui-off", "tenant": p.slug, "owner": "Jo", "reason": "tests"}, ""),
    ("DELETE", "/v1/exceptions/{id}"): lambda w, p: ({"id": p.lift()["id"]}, None, ""),

    ("POST", "/v1/people"): lambda w, p: ({}, {"login": w.new("jo"), "role": "support", "tenant": p.slug}, ""),
    ("PATCH", "/v1/people/{id}"): of_a_person({"name": "Another"}),
    ("DELETE", "/v1/people/{id}"): of_a_person(),
    ("POST", "/v1/people/{id}/reset"): of_a_person(),
    ("DELETE", "/v1/people/{id}/sessions/{session}"): signed_in,
    ("DELETE", "/v1/people/{id}/sessions"): of_a_person(),
    ("POST", "/v1/tokens"): lambda w, p: ({}, {"name": "robot", "role": "support", "tenant": p.slug}, ""),
    ("DELETE", "/v1/tokens/{id}"): lambda w, p: ({"id": p.token()["id"]}, None, ""),

    ("POST", "/v1/trust"): vendor_ca,
    ("POST", "/v1/trust/crl"): revocation_list,
    ("POST", "/v1/trust/refuse"): lambda w, p: ({}, {"kind": "key", "fingerprint": "ab" * 32, "reason": "tests"}, ""),
    ("DELETE", "/v1/trust/{id}"): trust_row,
    ("POST", "/v1/bans"): lambda w, p: ({}, network(w), ""),
    ("DELETE", "/v1/bans/{id}"): lambda w, p: ({"id": w.rest("POST", "/v1/bans", network(w))["id"]}, None, ""),
    ("POST", "/v1/review"): lambda w, p: ({}, {"up_to": w.rest("GET", "/v1/review")["up_to"], "note": "tests"}, ""),
    ("POST", "/v1/alerts/test"): by_address,
    ("POST", "/v1/registrations"): with_body({"user": "nobody", "realm": "sip.acme.example"}),
    ("POST", "/v1/server/reload"): by_address,
    ("POST", "/v1/server/epoch"): by_address,
    ("POST", "/v1/server/brake/release"): by_address,
    ("POST", "/v1/backups"): lambda w, p: ({}, {"path": str(w.server.folder / w.new("backup"))}, ""),
}
