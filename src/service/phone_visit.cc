#include "service/phone_visit.h"

#include "service/token_path.h"

namespace provost {

namespace {

constexpr std::size_t longest_recorded = 256;

std::string_view method_name(Method method) {
    switch (method) {
        case Method::get:
            return "GET";
        case Method::head:
            return "HEAD";
        case Method::put:
            return "PUT";
        case Method::post:
            return "POST";
        case Method::other:
            break;
    }
    return "other";
}

// Of what the request names, that which is not the device itself.
std::optional<MacAddress> tried_mac(const Claim& claim, const std::optional<MacAddress>& proved) {
    for (const auto& named : {claim.path_mac, claim.query_mac, claim.agent_mac})
        if (named && named != proved) return named;
    return std::nullopt;
}

std::string_view proof_name(const Evidence& evidence) {
    const bool nothing = evidence.proof == Access::certificate && !evidence.key;
    return nothing ? std::string_view() : to_text(evidence.proof);
}

AuditEntry delivery_entry(std::string_view kind, const DeliveryRecord& record, Timestamp at) {
    AuditEntry entry;
    entry.at = at;
    entry.kind = kind;
    entry.device = record.device;
    entry.generation = record.generation;
    entry.proof = to_text(record.proof);
    entry.fingerprint = record.key;
    entry.source = record.source;
    entry.actor = "server";
    entry.detail = "delivery " + std::to_string(record.id);
    return entry;
}

}  // namespace

DeviceReply plain_reply(int status, std::string_view body) {
    DeviceReply reply;
    reply.status = status;
    reply.content_type = "text/plain";
    reply.body.append(body);
    return reply;
}

const Policy& PhoneVisit::policy() const {
    static const Policy platform;
    const auto* const view = device ? policies->tenant(device->tenant) : nullptr;
    return view == nullptr ? platform : view->policy;
}

PhoneFacts PhoneVisit::facts() const {
    PhoneFacts facts;
    if (read.agent) facts = {read.agent->model, read.agent->firmware};
    if (device && !device->model.empty()) facts.model = device->model;
    if (device && facts.firmware.empty()) facts.firmware = device->firmware;
    return facts;
}

VisitFacts PhoneVisit::facts_for_guard(const DeviceReply& reply) const {
    VisitFacts facts;
    facts.at = now;
    facts.source = request.source;
    facts.rule = decision.rule;
    facts.registered = device.has_value();
    const bool by_certificate = evidence->proof == Access::certificate;
    facts.proved = proved_device(*evidence, decision.rule);
    facts.tried = tried_mac(read.claim, facts.proved);
    facts.tenant = tried_tenant;
    if (device && !decision.refused) facts.answered = device->tenant;
    facts.bytes = reply.body.size();
    if (by_certificate && evidence->key) facts.shown = *evidence->key;
    if (!by_certificate) facts.shown = evidence->credential;
    facts.path = target;
    facts.clone = decision.clone_alarm || decision.rule == Rule::clone_suspected;
    return facts;
}

Event PhoneVisit::event(const DeviceReply& reply) const {
    using namespace std::chrono;
    Event event;
    event.at = now;
    event.kind = "visit";
    event.proved = proved_device(*evidence, decision.rule).has_value();
    event.device = evidence->mac ? evidence->mac : tried_mac(read.claim, std::nullopt);
    if (device) event.tenant = device->tenant;
    event.vendor = evidence->vendor;
    event.source = request.source;
    event.rule = to_text(decision.rule);
    event.detail = detail;
    if (decision.clone_alarm)
        event.detail.append(event.detail.empty() ? "" : "; ").append(seen_elsewhere_mark);
    event.method = method_name(request.method);
    event.path = without_tokens(request.target).substr(0, longest_recorded);
    event.user_agent = request.user_agent.substr(0, longest_recorded);
    event.tls = request.tls;
    event.proof = proof_name(*evidence);
    event.status = reply.status;
    event.bytes = static_cast<std::int64_t>(reply.body.size());
    if (event.proved && read.agent) {
        event.model = read.agent->model;
        event.firmware = read.agent->firmware;
    }
    event.micros = duration_cast<microseconds>(steady_clock::now() - started).count();
    return event;
}

DeliveryRecord PhoneVisit::delivery() const {
    DeliveryRecord record;
    record.at = now;
    record.device = device->mac;
    record.generation = device->generation;
    record.rule = decision.rule;
    record.proof = evidence->proof;
    record.key =
        evidence->proof == Access::certificate ? evidence->key.value_or(Sha256{}) : evidence->credential;
    record.source = request.source;
    return record;
}

AuditEntry PhoneVisit::audit_entry(const DeliveryRecord& record) const {
    auto entry = begin_entry(record, *device);
    entry.detail += ", " + request.tls;
    return entry;
}

AuditEntry begin_entry(const DeliveryRecord& record, const Device& device) {
    auto entry = delivery_entry("delivery.begun", record, record.at);
    entry.tenant = device.tenant;
    entry.outcome = to_text(record.rule);
    entry.detail += ", " + device.vendor;
    return entry;
}

AuditEntry end_entry(const DeliveryRecord& record, const std::optional<Device>& device, Transfer how,
                     Timestamp now) {
    auto entry = delivery_entry("delivery.ended", record, now);
    if (device) entry.tenant = device->tenant;
    entry.outcome = how == Transfer::complete ? "complete" : "broken";
    return entry;
}

}  // namespace provost
