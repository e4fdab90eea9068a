// The route table: the whole of the REST interface on one screen. openapi.cc makes the OpenAPI file from it.
#include "api/route.h"

#include <array>

namespace provost {

namespace {

constexpr std::array route_table = {
    Route{"GET", "/v1/tenants", "support", "List tenants", api::list_tenants},
    Route{"POST", "/v1/tenants", "platform", "Add a tenant", api::create_tenant},
    Route{"GET", "/v1/tenants/{tenant}", "support", "Show a tenant", api::show_tenant},
    Route{"PATCH", "/v1/tenants/{tenant}", "tenant-admin", "Change a tenant's name, policy or settings",
          api::change_tenant},
    Route{"DELETE", "/v1/tenants/{tenant}", "platform", "Remove an empty tenant", api::remove_tenant},
    Route{"PUT", "/v1/tenants/{tenant}/sites/{site}", "tenant-admin", "Set a site's settings", api::put_site},
    Route{"PUT", "/v1/tenants/{tenant}/models/{vendor}/{model}", "tenant-admin", "Set a model's settings",
          api::put_model},

    Route{"POST", "/v1/tenants/{tenant}/rotate", "tenant-admin",
          "Ask all its provisioned devices to change their credentials", api::rotate_tenant},

    Route{"GET", "/v1/devices", "support", "List devices by MAC", api::list_devices},
    Route{"POST", "/v1/devices", "tenant-admin", "Add a device", api::create_device},
    Route{"GET", "/v1/devices/{mac}", "support", "Show a device", api::show_device},
    Route{"PATCH", "/v1/devices/{mac}", "tenant-admin", "Change a device", api::change_device},
    Route{"DELETE", "/v1/devices/{mac}", "tenant-admin", "Remove a device and its secrets",
          api::remove_device},
    Route{"POST", "/v1/devices/{mac}/arm", "tenant-admin", "Make fresh secrets and open the window",
          api::arm_device},
    Route{"POST", "/v1/devices/{mac}/rotate", "tenant-admin",
          "Change its credentials; the old ones hold until it has the new, or are void with 'at_once'",
          api::rotate_device},
    Route{"POST", "/v1/devices/{mac}/token", "tenant-admin",
          "Make an address that is good for one delivery; it is told once", api::create_token},
    Route{"DELETE", "/v1/devices/{mac}/token", "tenant-admin", "Take the address back", api::remove_token},
    Route{"POST", "/v1/devices/{mac}/retire", "tenant-admin", "Retire a device and destroy its secrets",
          api::retire_device},
    Route{"POST", "/v1/devices/{mac}/key/approve", "tenant-admin", "Approve the held key", api::approve_key},
    Route{"POST", "/v1/devices/{mac}/key/reject", "tenant-admin", "Forget the held key", api::reject_key},
    Route{"GET", "/v1/devices/{mac}/preview", "support", "Rendered configuration, secrets masked",
          api::preview_device},
    Route{"GET", "/v1/devices/{mac}/lint", "support", "What the hardening profile makes of its file",
          api::lint_device},
    Route{"GET", "/v1/devices/{mac}/explain", "support", "Verdict, rating and the origin of each parameter",
          api::explain_device},
    Route{"GET", "/v1/devices/{mac}/diff", "support", "What would change against what the phone last fetched",
          api::diff_device},
    Route{"GET", "/v1/devices/{mac}/deliveries", "support", "Deliveries of secrets, newest first",
          api::device_deliveries},

    Route{"POST", "/v1/devices/{mac}/resync", "support",
          "Tell the phone to call home, by SIP NOTIFY; with 'wait' the answer is its own",
          api::resync_device},
    Route{"POST", "/v1/tenants/{tenant}/resync", "tenant-admin",
          "Tell a tenant's phones to call home, in stages", api::resync_tenant},
    Route{"GET", "/v1/resyncs", "support", "List staged resyncs, newest first", api::list_resyncs},
    Route{"GET", "/v1/resyncs/{id}", "support", "How far a staged resync is", api::show_resync},
    Route{"DELETE", "/v1/resyncs/{id}", "tenant-admin", "Cancel a staged resync", api::cancel_resync},

    Route{"POST", "/v1/profile/diff", "tenant-admin",
          "What a change would do to the fleet; nothing is applied", api::diff_profile},

    Route{"POST", "/v1/imports", "tenant-admin", "Check a device list (CSV)", api::create_import},
    Route{"GET", "/v1/imports/{import}", "tenant-admin", "State of an import", api::show_import},
    Route{"POST", "/v1/imports/{import}/apply", "tenant-admin", "Apply a checked import", api::apply_import},
    Route{"GET", "/v1/imports/{import}/rejects", "tenant-admin", "Refused rows as CSV with reasons",
          api::import_rejects},

    Route{"GET", "/v1/vendors", "support", "List vendors", api::list_vendors},
    Route{"GET", "/v1/vendors/{vendor}", "support", "Show what is known of a vendor", api::show_vendor},
    Route{"GET", "/v1/trust", "support", "List trusted CAs, revocation lists and refusals", api::list_trust},
    Route{"POST", "/v1/trust", "platform", "Import vendor CAs", api::import_trust},
    Route{"POST", "/v1/trust/crl", "platform", "Import a revocation list", api::import_crl},
    Route{"POST", "/v1/trust/refuse", "platform", "Refuse a certificate or key", api::refuse_trust},
    Route{"DELETE", "/v1/trust/{id}", "platform", "Remove a row of the trust list", api::remove_trust},

    Route{"GET", "/v1/hardening", "support", "The rules of the hardening profile", api::show_hardening},
    Route{"GET", "/v1/exceptions", "support", "List exceptions from the hardening profile",
          api::list_exceptions},
    Route{"POST", "/v1/exceptions", "tenant-admin", "Lift a hardening rule somewhere", api::create_exception},
    Route{"DELETE", "/v1/exceptions/{id}", "tenant-admin", "Remove an exception", api::remove_exception},

    Route{"GET", "/v1/ratings", "support",
          "How devices are rated, of all tenants, one with all below, or a site", api::show_ratings},

    Route{"GET", "/v1/bans", "support",
          "List banned networks; those that ended with 'all', for nftables with 'format=nft'",
          api::list_bans},
    Route{"POST", "/v1/bans", "platform", "Ban a network", api::create_ban},
    Route{"DELETE", "/v1/bans/{id}", "platform", "Lift a ban", api::remove_ban},

    Route{"GET", "/v1/review", "support",
          "What was suspicious since the last review; 'format' is json, text or html", api::show_review},
    Route{"POST", "/v1/review", "platform", "Mark as reviewed, up to an event", api::mark_review},

    Route{"GET", "/v1/alerts", "support", "Whom the server alerts, and whether it reaches them",
          api::list_alert_targets},
    Route{"POST", "/v1/alerts/test", "platform", "Send a test to every target for alerts", api::test_alerts},

    Route{"GET", "/v1/events", "support", "List events; waits for new ones with 'wait'", api::list_events},
    Route{"GET", "/v1/audit", "support", "List the audit trail, newest first", api::list_audit},
    Route{"GET", "/v1/audit/head", "support", "The trail's newest entry, signed", api::show_audit_head},
    Route{"GET", "/v1/outbox", "platform", "Digests waiting for the registrar", api::list_outbox},

    Route{"GET", "/v1/registrars", "support", "The configuration's registrars, and whether they answer",
          api::list_registrars},
    Route{"GET", "/v1/registrars/{registrar}", "support", "One of them, with what it refused",
          api::show_registrar},
    Route{"POST", "/v1/registrars/{registrar}/replay", "platform",
          "Tell it now what waits for it, also what it refused", api::replay_registrar},
    Route{"POST", "/v1/registrars/{registrar}/check", "platform",
          "Compare its accounts with what it was told; 'repair' withdraws again what should be gone",
          api::check_registrar},
    Route{"POST", "/v1/registrations", "platform", "Say that an account registered: its device's grace ends",
          api::note_registration},

    Route{"GET", "/v1/server", "support", "State of the server", api::show_server},
    Route{"POST", "/v1/server/reload", "platform", "Reload certificates and trust", api::reload_server},
    Route{"POST", "/v1/server/epoch", "platform", "Close the key epoch now", api::close_epoch},
    Route{"POST", "/v1/server/brake/release", "platform", "Let a braked expiry go on", api::release_brake},
    Route{"POST", "/v1/backups", "platform", "Write a backup", api::create_backup},
    Route{"GET", "/v1/openapi.json", "support", "This interface as OpenAPI 3.1", api::show_openapi},
};

}  // namespace

std::span<const Route> routes() {
    return route_table;
}

}  // namespace provost
