// The route table's row, and what a handler is given.
#pragma once

#include "api/api.h"
#include "api/approval_keeper.h"
#include "api/refusal_notes.h"
#include "service/sight.h"

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json/fwd.hpp>

namespace provost {

struct DeviceChoice;

struct ApiContext {
    House& house;
    Trust& trust;
    ServerControl& server;
    ImportJobs& imports;
    ArmJobs& arms;
    RefusalNotes& refusals;
    ApprovalKeeper& approvals;
    EventTail& events;
    ApiHandler perform;     // a call that a second person has approved
    bool approved = false;  // this is one
    Sight sight;            // the caller's; lists show what is in it, and bodies may name only that
    std::shared_ptr<const DeviceChoice> chosen;  // of a call about many devices, once they are chosen
};

struct ApiCall {
    const ApiRequest& request;
    std::vector<std::string> path;  // the {...} parts, in order

    [[nodiscard]] std::string query(const std::string& name) const;                   // empty if not there
    [[nodiscard]] std::optional<std::int64_t> number(const std::string& name) const;  // of the query
    [[nodiscard]] Result<MacAddress> mac(std::size_t part = 0) const;                 // P-8003
    [[nodiscard]] Result<std::size_t> limit(std::size_t most) const;                  // query "limit"; P-8004
    [[nodiscard]] std::optional<std::int64_t> if_match() const;
};

using ApiHandlerFunction = Result<ApiReply> (*)(ApiContext&, const ApiCall&);

// How the tenant of what a request is about is found, before its handler runs.
enum class Scope : std::uint8_t {
    everybody,  // the same for all
    server,     // it belongs to no tenant
    listed,     // the handler shows only what is in sight
    named,      // the body or query names it; the handler looks it up in sight
    tenant,     // {tenant} in the path
    device,     // {mac}
    resync,     // {id} of a staged resync
    import,     // {import}
    job,        // {job}: an import, its undo or a staged resync
    exception,  // {id} of an exception
    approval,   // {id} of what waits for a second person
};

// Which devices a call gives fresh secrets: one person gives so many within an hour as the rules for two
// persons say (api/arm_allowance.h).
enum class FreshSecrets : std::uint8_t { none, of_device, of_chosen, of_tenant };

struct Route {
    std::string_view method;
    std::string_view path;  // "/v1/devices/{mac}"
    Action action;          // who may call it: domain/role_table.h
    Scope scope;
    std::string_view summary;
    ApiHandlerFunction handler;
    FreshSecrets fresh = FreshSecrets::none;
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
Result<ApiReply> search_devices(ApiContext&, const ApiCall&);
Result<ApiReply> create_device(ApiContext&, const ApiCall&);
Result<ApiReply> show_device(ApiContext&, const ApiCall&);
Result<ApiReply> change_device(ApiContext&, const ApiCall&);
Result<ApiReply> remove_device(ApiContext&, const ApiCall&);
Result<ApiReply> arm_device(ApiContext&, const ApiCall&);
Result<ApiReply> arm_many(ApiContext&, const ApiCall&);
Result<ApiReply> show_arm(ApiContext&, const ApiCall&);
Result<ApiReply> create_token(ApiContext&, const ApiCall&);
Result<ApiReply> remove_token(ApiContext&, const ApiCall&);
Result<ApiReply> retire_device(ApiContext&, const ApiCall&);
Result<ApiReply> approve_key(ApiContext&, const ApiCall&);
Result<ApiReply> reject_key(ApiContext&, const ApiCall&);
Result<ApiReply> preview_device(ApiContext&, const ApiCall&);
Result<ApiReply> lint_device(ApiContext&, const ApiCall&);
Result<ApiReply> explain_device(ApiContext&, const ApiCall&);
Result<ApiReply> diff_device(ApiContext&, const ApiCall&);
Result<ApiReply> compare_device(ApiContext&, const ApiCall&);
Result<ApiReply> show_device_care(ApiContext&, const ApiCall&);
Result<ApiReply> change_device_care(ApiContext&, const ApiCall&);
Result<ApiReply> resync_device(ApiContext&, const ApiCall&);
Result<ApiReply> resync_tenant(ApiContext&, const ApiCall&);
Result<ApiReply> list_resyncs(ApiContext&, const ApiCall&);
Result<ApiReply> show_resync(ApiContext&, const ApiCall&);
Result<ApiReply> cancel_resync(ApiContext&, const ApiCall&);
Result<ApiReply> diff_profile(ApiContext&, const ApiCall&);
Result<ApiReply> show_diagnostics(ApiContext&, const ApiCall&);
Result<ApiReply> open_diagnostics(ApiContext&, const ApiCall&);
Result<ApiReply> close_diagnostics(ApiContext&, const ApiCall&);
Result<ApiReply> device_deliveries(ApiContext&, const ApiCall&);

Result<ApiReply> show_fleet(ApiContext&, const ApiCall&);
Result<ApiReply> show_history(ApiContext&, const ApiCall&);
Result<ApiReply> show_fleet_report(ApiContext&, const ApiCall&);

Result<ApiReply> list_trunks(ApiContext&, const ApiCall&);
Result<ApiReply> create_trunk(ApiContext&, const ApiCall&);
Result<ApiReply> show_trunk_file(ApiContext&, const ApiCall&);

Result<ApiReply> show_site_needs(ApiContext&, const ApiCall&);

Result<ApiReply> create_import(ApiContext&, const ApiCall&);
Result<ApiReply> show_import(ApiContext&, const ApiCall&);
Result<ApiReply> apply_import(ApiContext&, const ApiCall&);
Result<ApiReply> import_rejects(ApiContext&, const ApiCall&);
Result<ApiReply> import_rows(ApiContext&, const ApiCall&);
Result<ApiReply> import_arrivals(ApiContext&, const ApiCall&);
Result<ApiReply> show_undo(ApiContext&, const ApiCall&);
Result<ApiReply> undo_import(ApiContext&, const ApiCall&);
Result<ApiReply> undo_rows(ApiContext&, const ApiCall&);
Result<ApiReply> list_jobs(ApiContext&, const ApiCall&);
Result<ApiReply> show_job(ApiContext&, const ApiCall&);
Result<ApiReply> cancel_job(ApiContext&, const ApiCall&);

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
Result<ApiReply> list_webhooks(ApiContext&, const ApiCall&);
Result<ApiReply> test_webhook(ApiContext&, const ApiCall&);

Result<ApiReply> list_events(ApiContext&, const ApiCall&);
Result<ApiReply> stream_events(ApiContext&, const ApiCall&);
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

Result<ApiReply> list_people(ApiContext&, const ApiCall&);
Result<ApiReply> create_person(ApiContext&, const ApiCall&);
Result<ApiReply> show_person(ApiContext&, const ApiCall&);
Result<ApiReply> change_person(ApiContext&, const ApiCall&);
Result<ApiReply> remove_person(ApiContext&, const ApiCall&);
Result<ApiReply> reset_person(ApiContext&, const ApiCall&);
Result<ApiReply> end_person_sessions(ApiContext&, const ApiCall&);
Result<ApiReply> list_person_sessions(ApiContext&, const ApiCall&);
Result<ApiReply> end_person_session(ApiContext&, const ApiCall&);
Result<ApiReply> reset_admin_login(ApiContext&, const ApiCall&);

Result<ApiReply> list_api_tokens(ApiContext&, const ApiCall&);
Result<ApiReply> create_api_token(ApiContext&, const ApiCall&);
Result<ApiReply> remove_api_token(ApiContext&, const ApiCall&);

Result<ApiReply> list_approvals(ApiContext&, const ApiCall&);
Result<ApiReply> show_approval(ApiContext&, const ApiCall&);
Result<ApiReply> approve(ApiContext&, const ApiCall&);
Result<ApiReply> drop_approval(ApiContext&, const ApiCall&);

Result<ApiReply> show_server(ApiContext&, const ApiCall&);
Result<ApiReply> reload_server(ApiContext&, const ApiCall&);
Result<ApiReply> close_epoch(ApiContext&, const ApiCall&);
Result<ApiReply> release_brake(ApiContext&, const ApiCall&);
Result<ApiReply> create_backup(ApiContext&, const ApiCall&);
Result<ApiReply> show_openapi(ApiContext&, const ApiCall&);
}  // namespace api

}  // namespace provost
