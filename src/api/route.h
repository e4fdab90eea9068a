// The route table's row, and what a handler is given.
#pragma once

#include "api/api.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json/fwd.hpp>

namespace provost {

struct ApiContext {
    House& house;
    Trust& trust;
    ServerControl& server;
    ImportJobs& imports;
};

struct ApiCall {
    const ApiRequest& request;
    std::vector<std::string> path;  // the {...} parts, in order

    [[nodiscard]] std::string query(const std::string& name) const;    // empty if not there
    [[nodiscard]] Result<MacAddress> mac(std::size_t part = 0) const;  // P-8003
    [[nodiscard]] Result<std::size_t> limit(std::size_t most) const;   // query "limit"; P-8004
    [[nodiscard]] std::optional<std::int64_t> if_match() const;
};

using ApiHandlerFunction = Result<ApiReply> (*)(ApiContext&, const ApiCall&);

struct Route {
    std::string_view method;
    std::string_view path;  // "/v1/devices/{mac}"
    std::string_view role;  // least role that may call it; the Unix socket's peer is "platform"
    std::string_view summary;
    ApiHandlerFunction handler;
};

std::span<const Route> routes();

// Handlers, by resource (one file each).
namespace api {
Result<ApiReply> list_tenants(ApiContext&, const ApiCall&);
Result<ApiReply> create_tenant(ApiContext&, const ApiCall&);
Result<ApiReply> show_tenant(ApiContext&, const ApiCall&);
Result<ApiReply> change_tenant(ApiContext&, const ApiCall&);
Result<ApiReply> remove_tenant(ApiContext&, const ApiCall&);
Result<ApiReply> put_site(ApiContext&, const ApiCall&);
Result<ApiReply> put_model(ApiContext&, const ApiCall&);

Result<ApiReply> list_devices(ApiContext&, const ApiCall&);
Result<ApiReply> create_device(ApiContext&, const ApiCall&);
Result<ApiReply> show_device(ApiContext&, const ApiCall&);
Result<ApiReply> change_device(ApiContext&, const ApiCall&);
Result<ApiReply> remove_device(ApiContext&, const ApiCall&);
Result<ApiReply> arm_device(ApiContext&, const ApiCall&);
Result<ApiReply> create_token(ApiContext&, const ApiCall&);
Result<ApiReply> remove_token(ApiContext&, const ApiCall&);
Result<ApiReply> retire_device(ApiContext&, const ApiCall&);
Result<ApiReply> approve_key(ApiContext&, const ApiCall&);
Result<ApiReply> reject_key(ApiContext&, const ApiCall&);
Result<ApiReply> preview_device(ApiContext&, const ApiCall&);
Result<ApiReply> lint_device(ApiContext&, const ApiCall&);
Result<ApiReply> explain_device(ApiContext&, const ApiCall&);
Result<ApiReply> diff_device(ApiContext&, const ApiCall&);
Result<ApiReply> resync_device(ApiContext&, const ApiCall&);
Result<ApiReply> resync_tenant(ApiContext&, const ApiCall&);
Result<ApiReply> list_resyncs(ApiContext&, const ApiCall&);
Result<ApiReply> show_resync(ApiContext&, const ApiCall&);
Result<ApiReply> cancel_resync(ApiContext&, const ApiCall&);
Result<ApiReply> diff_profile(ApiContext&, const ApiCall&);
Result<ApiReply> device_deliveries(ApiContext&, const ApiCall&);

Result<ApiReply> create_import(ApiContext&, const ApiCall&);
Result<ApiReply> show_import(ApiContext&, const ApiCall&);
Result<ApiReply> apply_import(ApiContext&, const ApiCall&);
Result<ApiReply> import_rejects(ApiContext&, const ApiCall&);

Result<ApiReply> list_vendors(ApiContext&, const ApiCall&);
Result<ApiReply> show_vendor(ApiContext&, const ApiCall&);
Result<ApiReply> list_trust(ApiContext&, const ApiCall&);
Result<ApiReply> import_trust(ApiContext&, const ApiCall&);
Result<ApiReply> import_crl(ApiContext&, const ApiCall&);
Result<ApiReply> refuse_trust(ApiContext&, const ApiCall&);
Result<ApiReply> remove_trust(ApiContext&, const ApiCall&);

Result<ApiReply> show_hardening(ApiContext&, const ApiCall&);
Result<ApiReply> list_exceptions(ApiContext&, const ApiCall&);
Result<ApiReply> create_exception(ApiContext&, const ApiCall&);
Result<ApiReply> remove_exception(ApiContext&, const ApiCall&);

Result<ApiReply> list_bans(ApiContext&, const ApiCall&);
Result<ApiReply> create_ban(ApiContext&, const ApiCall&);
Result<ApiReply> remove_ban(ApiContext&, const ApiCall&);

Result<ApiReply> show_ratings(ApiContext&, const ApiCall&);

Result<ApiReply> show_review(ApiContext&, const ApiCall&);
Result<ApiReply> mark_review(ApiContext&, const ApiCall&);

Result<ApiReply> list_alert_targets(ApiContext&, const ApiCall&);
Result<ApiReply> test_alerts(ApiContext&, const ApiCall&);

Result<ApiReply> list_events(ApiContext&, const ApiCall&);
Result<ApiReply> list_audit(ApiContext&, const ApiCall&);
Result<ApiReply> show_audit_head(ApiContext&, const ApiCall&);
Result<ApiReply> list_outbox(ApiContext&, const ApiCall&);

Result<ApiReply> list_registrars(ApiContext&, const ApiCall&);
Result<ApiReply> show_registrar(ApiContext&, const ApiCall&);
Result<ApiReply> replay_registrar(ApiContext&, const ApiCall&);
Result<ApiReply> check_registrar(ApiContext&, const ApiCall&);
Result<ApiReply> note_registration(ApiContext&, const ApiCall&);
Result<ApiReply> rotate_device(ApiContext&, const ApiCall&);
Result<ApiReply> rotate_tenant(ApiContext&, const ApiCall&);

Result<ApiReply> show_server(ApiContext&, const ApiCall&);
Result<ApiReply> reload_server(ApiContext&, const ApiCall&);
Result<ApiReply> close_epoch(ApiContext&, const ApiCall&);
Result<ApiReply> release_brake(ApiContext&, const ApiCall&);
Result<ApiReply> create_backup(ApiContext&, const ApiCall&);
Result<ApiReply> show_openapi(ApiContext&, const ApiCall&);
}  // namespace api

}  // namespace provost
