#include "api/api.h"

#include "api/arm_jobs.h"
#include "api/contract.h"
#include "api/event_tail.h"
#include "api/idempotency.h"
#include "api/import_jobs.h"
#include "api/json.h"
#include "api/loosening.h"
#include "api/path_shape.h"
#include "api/permission.h"
#include "api/request_check.h"
#include "api/route.h"
#include "api/second_person.h"
#include "domain/text.h"

namespace provost {

namespace {

Result<std::optional<std::int64_t>> version_of(const ApiContext& context, const Route& route,
                                               const ApiCall& call) {
    if (route.scope == Scope::device) {
        PROVOST_TRY(const auto mac, call.mac());
        PROVOST_TRY(const auto device, context.house.store.device(mac));
        return device ? std::optional(device->version) : std::nullopt;
    }
    const auto* const tenant = context.house.policies.current()->tenant(std::string_view(call.path.at(0)));
    return tenant != nullptr ? std::optional(tenant->tenant.version) : std::nullopt;
}

// Before every change, also where the handler itself doesn't look: who names a version wants no other
// touched.
Status check_if_match(const ApiContext& context, const Route& route, const ApiCall& call) {
    const auto wanted = call.if_match();
    if (!wanted || call.request.method == "GET") return {};
    // Their handlers look at it.
    if (route.path == "/v1/people/{id}" || route.path == "/v1/devices/{mac}/care") return {};
    const bool has_version = route.scope == Scope::device || route.path == "/v1/tenants/{tenant}";
    if (!has_version)
        return fail({"P-8408", "this resource has no version", "If-Match", "", "Leave the header out."});
    PROVOST_TRY(const auto version, version_of(context, route, call));
    if (!version || *version == *wanted) return {};
    return fail({"P-2015", "it was changed by someone else meanwhile", "If-Match", "",
                 "Read it again and repeat the change."});
}

}  // namespace

std::string ApiCall::query(const std::string& name) const {
    const auto found = request.query.find(name);
    return found == request.query.end() ? std::string() : found->second;
}

std::optional<std::int64_t> ApiCall::number(const std::string& name) const {
    return whole_number(query(name));  // what is none did not pass the contract
}

Result<MacAddress> ApiCall::mac(std::size_t part) const {
    if (const auto mac = MacAddress::parse(path.at(part))) return *mac;
    return fail({"P-8003", "'" + path.at(part).substr(0, 32) + "' is not a MAC address", "mac", "",
                 "Write its twelve hexadecimal digits."});
}

Result<std::size_t> ApiCall::limit(std::size_t most) const {
    const auto text = query("limit");
    if (text.empty()) return std::min<std::size_t>(100, most);
    if (const auto number = whole_number(text); number && *number >= 1 && std::cmp_less_equal(*number, most))
        return static_cast<std::size_t>(*number);
    return fail(
        {"P-8004", "limit refused", "limit", "it is not a whole number from 1 to " + std::to_string(most)});
}

std::optional<std::int64_t> ApiCall::if_match() const {
    const auto found = request.headers.find("if-match");
    if (found == request.headers.end()) return std::nullopt;
    std::string_view text = found->second;
    if (text == "*") return std::nullopt;  // whichever version is there
    if (text.size() > 1 && text.front() == '"' && text.back() == '"') text = text.substr(1, text.size() - 2);
    return whole_number(text).value_or(-1);  // one that names no version matches none
}

Api::Api(House& house, Trust& trust, ServerControl& server)
    : house_(house),
      trust_(trust),
      server_(server),
      keys_(std::make_unique<IdempotencyKeys>()),
      refusals_(std::make_unique<RefusalNotes>()),
      approvals_(std::make_unique<ApprovalKeeper>(house)),
      imports_(std::make_unique<ImportJobs>(house)),
      arms_(std::make_unique<ArmJobs>(house)),
      events_(std::make_unique<EventTail>(house.store)) {
    (void)contract::contract();  // a mistake in it shows at the start
}

Api::~Api() = default;

void Api::ask_second_persons(const ApprovalRules& rules) {
    approvals_->set_rules(rules);
    arms_->allowance().set_rules(rules);
}

// Permission first: a call that was allowed once is asked again before its answer is given again.
Result<ApiReply> Api::carry_out(ApiContext& context, const Route& route, const ApiCall& call) {
    PROVOST_TRY(const auto permission, Permission::ask(context, route, call));
    PROVOST_CHECK(check_request(route.method, route.path, call.request));
    PROVOST_CHECK(permission.check_fields(context.sight, call));
    PROVOST_CHECK(check_loosening(context, route, call));
    PROVOST_CHECK(check_if_match(context, route, call));
    const bool keeps_answer = !traits_of(route.action).tells_secret;
    return keys_->once(call.request, keeps_answer, house_.clock.now(), [&]() -> Result<ApiReply> {
        PROVOST_TRY(const auto reached, ask_second_person(context, route, call, permission));
        if (reached) return hold(context, route, call, permission, *reached);
        PROVOST_TRY(auto answer, route.handler(context, call));
        permission.conceal(context.sight, answer);
        return answer;
    });
}

ApiReply Api::handle(const ApiRequest& request) {
    return dispatch(request, false);
}

ApiReply Api::dispatch(const ApiRequest& request, bool approved) {
    ApiContext context{house_,
                       trust_,
                       server_,
                       *imports_,
                       *arms_,
                       *refusals_,
                       *approvals_,
                       *events_,
                       [this](const ApiRequest& asked) { return dispatch(asked, true); },
                       approved,
                       {request.who, house_.policies.current()}};
    std::string allowed;  // methods of the resource
    // No name is of such bytes, and none of them may come back.
    if (!is_valid_utf8(request.path)) return problem({"P-8005", "there is no such resource", "path"});
    for (const auto& route : routes()) {
        auto parts = match_path(route.path, request.path);
        if (!parts) continue;
        allowed += (allowed.empty() ? "" : ", ") + std::string(route.method);
        if (route.method != request.method) continue;
        auto answer = carry_out(context, route, {request, std::move(*parts)});
        return answer ? std::move(*answer) : problem(answer.error());
    }
    if (!allowed.empty()) return method_refused(request.method, allowed);
    return problem({"P-8005", "there is no such resource", "path"});
}

}  // namespace provost
