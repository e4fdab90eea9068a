#include "service/phone_service.h"

#include "domain/life_cycle.h"
#include "domain/rating.h"
#include "service/credentials.h"
#include "service/request_claim.h"

#include <chrono>

namespace provost {

namespace {

constexpr std::size_t longest_recorded = 256;

DeviceReply plain_reply(int status, std::string_view body) {
    DeviceReply reply;
    reply.status = status;
    reply.content_type = "text/plain";
    reply.body.append(body);
    return reply;
}

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

}  // namespace

// Everything about one request, from its arrival to its record.
struct PhoneService::Visit {
    std::shared_ptr<const Evidence> evidence;
    DeviceRequest request;
    std::function<void(DeviceReply)> done;
    std::chrono::steady_clock::time_point started = std::chrono::steady_clock::now();
    Timestamp now{};
    ReadClaim read;
    const VendorSpec* vendor = nullptr;  // whose anchor vouched; null: none
    std::shared_ptr<const PolicySnapshot> policies;
    std::optional<Device> device;
    Decision decision{Rule::overloaded, true};
    Configuration configuration;
    std::vector<StoredSecret> sealed;
    std::string detail;

    [[nodiscard]] const Policy& policy() const {
        static const Policy platform;
        const auto* const view = device ? policies->tenant(device->tenant) : nullptr;
        return view == nullptr ? platform : view->policy;
    }
    [[nodiscard]] PhoneFacts facts() const {
        PhoneFacts facts;
        if (read.agent) facts = {read.agent->model, read.agent->firmware};
        if (device && !device->model.empty()) facts.model = device->model;
        if (device && facts.firmware.empty()) facts.firmware = device->firmware;
        return facts;
    }
};

PhoneService::PhoneService(House& house, std::string path_prefix)
    : house_(house), path_prefix_(std::move(path_prefix)) {}

void PhoneService::handle(std::shared_ptr<const Evidence> evidence, DeviceRequest request,
                          std::function<void(DeviceReply)> done) {
    auto visit = std::make_shared<Visit>();
    visit->evidence = std::move(evidence);
    visit->request = std::move(request);
    visit->done = std::move(done);
    visit->now = house_.clock.now();
    visit->policies = house_.policies.current();
    read_claim(*visit);
    // A stranger costs the same look-up as a known phone, so that time tells nothing (R-C5).
    const auto looked_up = visit->evidence->mac ? visit->evidence->mac : visit->read.claim.path_mac;
    auto record = house_.store.device(looked_up.value_or(MacAddress()));
    if (!record) return refuse(*visit, Rule::overloaded, record.error().text());
    if (visit->evidence->mac) visit->device = std::move(*record);
    weigh(*visit);
    if (visit->decision.refused) return refuse(*visit, visit->decision.rule, visit->evidence->detail);
    if (visit->decision.with_secrets) return deliver(std::move(visit));
    answer_without_secrets(*visit);
}

void PhoneService::read_claim(Visit& visit) const {
    const auto& catalogue = house_.vendors->catalogue();
    visit.vendor = catalogue.find(visit.evidence->vendor);
    visit.read = provost::read_claim(catalogue, visit.vendor, visit.request.target, visit.request.user_agent,
                                     path_prefix_);
    visit.read.claim.method = visit.request.method;
    visit.read.claim.source = visit.request.source;
}

void PhoneService::weigh(Visit& visit) const {
    visit.decision = decide(*visit.evidence, visit.read.claim, visit.device ? &*visit.device : nullptr,
                            visit.policy(), visit.now);
}

void PhoneService::refuse(Visit& visit, Rule rule, std::string detail) {
    if (visit.decision.hold_key) hold_key(visit);
    visit.decision.rule = rule;
    visit.decision.refused = true;
    visit.detail = std::move(detail);
    finish(visit, plain_reply(403, refusal_body));
}

void PhoneService::answer_without_secrets(Visit& visit) {
    const auto& file = *visit.read.file->file;
    switch (visit.decision.rule) {
        case Rule::absent_by_design:
            return finish(visit, plain_reply(404, "Not Found\n"));
        case Rule::upload_discarded:
            return finish(visit, plain_reply(file.upload_status, ""));
        default:
            break;
    }
    DeviceReply reply;
    reply.status = 200;
    reply.content_type = file.answer_type;
    auto made = visit.decision.rule == Rule::common_file
                    ? Result<Configuration>(Configuration())
                    : make_configuration(*visit.device, *visit.vendor, visit.policies, visit.facts(), false,
                                         visit.now);
    if (!made) return refuse(visit, Rule::configuration_invalid, made.error().text());
    if (made->policy)
        if (const auto hard =
                house_.gate->check(*house_.vendors, *visit.vendor, *visit.device, visit.facts(), *made);
            !hard)
            return refuse(visit, Rule::configuration_invalid, hard.error().text());
    const auto rendered = house_.vendors->syntax(*visit.vendor, visit.facts().model)
                              .render(made->parameters, MaskedSecrets(), reply.body);
    if (!rendered) return refuse(visit, Rule::configuration_invalid, rendered.error().text());
    finish(visit, std::move(reply));
}

// The record is durable before the first byte leaves (DESIGN 1.5): the transaction decides again on the
// device as it is then, so that two requests at once can't both be the first.
void PhoneService::deliver(VisitPtr visit) {
    auto delivery = std::make_shared<std::int64_t>(0);
    house_.store.submit(
        [this, visit, delivery](Transaction& transaction) -> Status {
            PROVOST_CHECK(record_delivery(*visit, transaction));
            if (!visit->decision.with_secrets) return {};
            DeliveryRecord record;
            record.at = visit->now;
            record.device = visit->device->mac;
            record.generation = visit->device->generation;
            record.rule = visit->decision.rule;
            record.key = *visit->evidence->key;
            record.source = visit->request.source;
            PROVOST_TRY(*delivery, transaction.insert_delivery(record));
            return {};
        },
        [this, visit, delivery](Status written) {
            if (!written) {
                const bool ours =
                    written.error().code.starts_with("P-2");  // an operator's setting, not the store
                return refuse(*visit, ours ? Rule::configuration_invalid : Rule::overloaded,
                              written.error().text());
            }
            if (visit->decision.refused) return refuse(*visit, visit->decision.rule, "");
            if (!visit->decision.with_secrets) return answer_without_secrets(*visit);
            send_secrets(*visit, *delivery);
        });
}

Status PhoneService::record_delivery(Visit& visit, Transaction& transaction) const {
    PROVOST_TRY(visit.device, transaction.device(*visit.evidence->mac));
    weigh(visit);
    if (!visit.decision.with_secrets) return {};
    PROVOST_TRY(visit.configuration, make_configuration(*visit.device, *visit.vendor, visit.policies,
                                                        visit.facts(), true, visit.now));
    PROVOST_CHECK(house_.gate->check(*house_.vendors, *visit.vendor, *visit.device, visit.facts(),
                                     visit.configuration));
    const auto next = begin_delivery(*visit.device, *visit.evidence->key, visit.now);
    PROVOST_CHECK(apply_transition(transaction, house_.keys, next,
                                   {next.device, *visit.vendor, visit.configuration.settings, visit.now}));
    *visit.device = next.device;
    PROVOST_TRY(visit.sealed, transaction.secrets(visit.device->mac));
    return {};
}

void PhoneService::send_secrets(Visit& visit, std::int64_t delivery) {
    const auto opened = open_secrets(house_.keys, visit.sealed, visit.configuration);
    if (!opened) return refuse(visit, Rule::overloaded, opened.error().text());
    DeviceReply reply;
    reply.status = 200;
    reply.content_type = visit.read.file->file->answer_type;
    reply.delivery = delivery;
    const auto rendered = house_.vendors->syntax(*visit.vendor, visit.facts().model)
                              .render(visit.configuration.parameters, *opened, reply.body);
    if (!rendered) return refuse(visit, Rule::configuration_invalid, rendered.error().text());
    finish(visit, std::move(reply));
}

// The device itself was here: with another key, or at two places at once, it may be someone else.
bool PhoneService::tells_rating(const Visit& visit) {
    if (visit.evidence->fault || !visit.evidence->mac || !visit.device) return false;
    return !visit.decision.refused || visit.decision.rule == Rule::rating_too_low;
}

void PhoneService::finish(Visit& visit, DeviceReply reply) {
    using namespace std::chrono;
    Event event;
    event.at = visit.now;
    event.kind = "visit";
    event.proved = visit.evidence->mac.has_value();
    event.device = event.proved ? visit.evidence->mac : visit.read.claim.path_mac;
    if (visit.device) event.tenant = visit.device->tenant;
    event.vendor = visit.evidence->vendor;
    event.source = visit.request.source;
    event.rule = to_text(visit.decision.rule);
    event.detail = std::move(visit.detail);
    if (visit.decision.clone_alarm)
        event.detail +=
            event.detail.empty() ? "seen elsewhere a moment ago" : "; seen elsewhere a moment ago";
    event.method = method_name(visit.request.method);
    event.path = visit.request.target.substr(0, longest_recorded);
    event.user_agent = visit.request.user_agent.substr(0, longest_recorded);
    event.tls = visit.request.tls;
    event.status = reply.status;
    if (tells_rating(visit)) event.rating = rate(*visit.evidence, visit.device->secret_mode);
    event.bytes = static_cast<std::int64_t>(reply.body.size());
    if (event.proved && visit.read.agent) {
        event.model = visit.read.agent->model;
        event.firmware = visit.read.agent->firmware;
    }
    event.micros = duration_cast<microseconds>(steady_clock::now() - visit.started).count();
    house_.store.record(std::move(event));
    visit.done(std::move(reply));
}

// Not written now, it is held at the phone's next try.
void PhoneService::hold_key(const Visit& visit) {
    house_.store.submit_later(
        [mac = *visit.evidence->mac, key = *visit.evidence->key](Transaction& transaction) -> Status {
            PROVOST_TRY(auto device, transaction.device(mac));
            if (!device || device->held_key == key) return {};
            device->held_key = key;
            return transaction.update_device(*device);
        });
}

// Not written, the delivery stays open and its repeat window ends it.
void PhoneService::transferred(std::int64_t delivery, Transfer how) {
    house_.store.submit_later(
        [this, delivery, how, now = house_.clock.now()](Transaction& transaction) -> Status {
            PROVOST_TRY(const auto record, transaction.delivery(delivery));
            if (!record || record->transfer != Transfer::begun) return {};
            PROVOST_CHECK(transaction.end_delivery(delivery, how, now));
            return how == Transfer::complete ? complete(*record, transaction, now) : Status();
        });
}

Status PhoneService::complete(const DeliveryRecord& record, Transaction& transaction, Timestamp now) const {
    PROVOST_TRY(const auto device, transaction.device(record.device));
    if (!device || device->generation != record.generation) return {};
    const auto policies = house_.policies.current();
    const auto* const tenant = policies->tenant(device->tenant);
    const auto next = complete_delivery(*device, tenant == nullptr ? Policy() : tenant->policy, now);
    const auto* const vendor = house_.vendors->find(device->vendor);
    if (!next || vendor == nullptr) return {};
    const auto settings = merge(policies->layers(*device, vendor->defaults));
    return apply_transition(transaction, house_.keys, *next, {next->device, *vendor, settings, now});
}

}  // namespace provost
