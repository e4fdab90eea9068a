#include "service/phone_service.h"

#include "domain/life_cycle.h"
#include "domain/rating.h"
#include "service/credentials.h"
#include "service/diagnostics_visit.h"
#include "service/door_mark.h"
#include "service/phone_visit.h"

namespace provost {

PhoneService::PhoneService(House& house, DoorTraits door)
    : house_(house), door_(std::move(door)), credentials_(house, door_) {}

void PhoneService::handle(std::shared_ptr<const Evidence> evidence, DeviceRequest request,
                          std::function<void(DeviceReply)> done) {
    auto visit = std::make_shared<Visit>();
    visit->evidence = std::move(evidence);
    visit->request = std::move(request);
    visit->done = std::move(done);
    visit->now = house_.clock.now();
    visit->policies = house_.policies.current();
    visit->target = visit->request.target;
    auto ready = judge_fallback(*visit);
    read_claim(*visit);
    if (ready && asks_for_a_password(*visit)) return challenge(*visit);
    if (ready) ready = look_up(*visit);
    if (!ready) return refuse(*visit, Rule::overloaded, ready.error().text());
    weigh(*visit);
    if (visit->decision.refused) return refuse(*visit, visit->decision.rule, visit->evidence->detail);
    if (const auto spent = over_budget(*visit))
        return refuse(*visit, Rule::overloaded, "the tenant's limit " + std::string(traits_of(*spent).name));
    drop_older_passwords(*visit);
    if (visit->decision.with_secrets) return deliver(std::move(visit));
    answer_without_secrets(*visit);
}

// A stranger costs the same look-up as a known phone, so that time tells nothing (R-C5). Who showed a
// credential was looked up by it.
Status PhoneService::look_up(Visit& visit) const {
    if (!visit.login) PROVOST_CHECK(look_up_device(visit));
    if (!visit.device) return {};
    PROVOST_TRY(visit.window, house_.store.diagnostic_windows().of(visit.device->mac));
    return {};
}

Status PhoneService::look_up_device(Visit& visit) const {
    const auto looked_up = visit.evidence->mac ? visit.evidence->mac : visit.read.claim.path_mac;
    PROVOST_TRY(auto record, house_.store.device(looked_up.value_or(MacAddress())));
    if (visit.evidence->mac)
        visit.device = std::move(record);
    else if (record)
        visit.tried_tenant = record->tenant;
    return {};
}

void PhoneService::read_claim(Visit& visit) const {
    const auto& catalogue = house_.vendors->catalogue();
    visit.vendor = catalogue.find(visit.evidence->vendor);
    visit.read = provost::read_claim(catalogue, visit.vendor, visit.target, visit.request, door_.path_prefix);
    visit.read.claim.door_serves_vendor = door_.serves(visit.evidence->vendor);
}

void PhoneService::weigh(Visit& visit) const {
    const auto* const window = visit.window ? &*visit.window : nullptr;
    const auto decision = decide(*visit.evidence, visit.read.claim, visit.device ? &*visit.device : nullptr,
                                 visit.policy(), visit.now);
    visit.decision = with_window(decision, window, visit.read.claim, visit.now);
    visit.share = share_of(window, visit.decision, visit.now);
}

// Of those that would be answered only: nobody can use up another's budget with refusals.
std::optional<Limit> PhoneService::over_budget(const Visit& visit) const {
    if (!visit.device || !house_.guard) return std::nullopt;
    return house_.guard->tenant_spent(visit.request.source, visit.device->tenant, visit.now);
}

void PhoneService::refuse(Visit& visit, Rule rule, std::string detail) {
    if (visit.decision.hold_key) hold_key(visit);
    visit.decision.rule = rule;
    visit.decision.refused = true;
    visit.detail = std::move(detail);
    finish(visit, refusal(visit));
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
    // A phone whose password is still on its way is told the user name that goes with the one it has.
    if (visit.login && !visit.login->user.empty()) visit.device->access_user = visit.login->user;
    DeviceReply reply;
    reply.status = 200;
    reply.content_type = file.answer_type;
    auto made = visit.decision.rule == Rule::common_file
                    ? Result<Configuration>(Configuration())
                    : make_configuration(*visit.device, *visit.vendor, visit.policies, visit.facts(), false,
                                         visit.now, visit.share);
    if (!made) return refuse(visit, Rule::configuration_invalid, made.error().text());
    const auto rendered = house_.vendors->syntax(*visit.vendor, visit.facts().model)
                              .render(made->parameters, MaskedSecrets(), reply.body);
    if (!rendered) return refuse(visit, Rule::configuration_invalid, rendered.error().text());
    if (const auto hard = made->policy ? check_hardened(visit, *made, reply.body.view()) : Status(); !hard)
        return refuse(visit, Rule::configuration_invalid, hard.error().text());
    finish(visit, std::move(reply));
}

// The record is durable before the first byte leaves (DESIGN 1.5): the transaction decides again on the
// device as it is then, so that two requests at once can't both be the first. Secrets are opened within it:
// what the key holder does not open is not recorded as delivered either.
void PhoneService::deliver(VisitPtr visit) {
    auto delivery = std::make_shared<std::int64_t>(0);
    house_.store.submit(
        [this, visit, delivery](Transaction& transaction) -> Status {
            PROVOST_CHECK(record_delivery(*visit, transaction));
            if (!visit->decision.with_secrets) return {};
            auto record = visit->delivery();
            PROVOST_TRY(record.id, transaction.insert_delivery(record));
            *delivery = record.id;
            if (visit->window)
                PROVOST_CHECK(begin_window_delivery(transaction, *visit->device, *visit->window,
                                                    visit->share.password, record));
            return transaction.audit(visit->audit_entry(record));
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
    PROVOST_CHECK(weigh_again(visit, transaction));
    if (!visit.decision.with_secrets) return {};
    PROVOST_TRY(const auto next, next_of(visit, transaction));
    *visit.device = next.device;
    PROVOST_TRY(visit.configuration, make_configuration(*visit.device, *visit.vendor, visit.policies,
                                                        visit.facts(), true, visit.now, visit.share));
    PROVOST_TRY(visit.rehearsal, house_.gate->rehearse(maker_of(visit, visit.configuration)));
    if (!visit.share.alone)
        PROVOST_CHECK(apply_transition(
            transaction, house_.keys, next,
            {next.device, *visit.vendor, visit.configuration.settings, *house_.registrars, visit.now}));
    return open_for(visit, transaction);
}

// A window's password alone is no delivery of its credentials: the device stays where it is.
Result<Transition> PhoneService::next_of(const Visit& visit, Transaction& transaction) const {
    if (visit.share.alone) return Transition{*visit.device};
    const bool by_certificate = visit.evidence->proof == Access::certificate;
    auto next = begin_delivery(*visit.device, by_certificate ? visit.evidence->key : std::nullopt, visit.now);
    if (!by_certificate) {  // who comes with the same from elsewhere finds it so in the next transaction
        next.device.last_seen = visit.now;
        next.device.last_source = visit.request.source;
    }
    renew_access_user(next);
    // Who shows this password did not take those that were made after it.
    if (next.secrets == SecretFate::make_fresh && visit.login)
        PROVOST_CHECK(transaction.drop_credentials(next.device.mac, visit.login->generation + 1, INT64_MAX));
    return next;
}

Status PhoneService::open_for(Visit& visit, Transaction& transaction) const {
    std::vector<StoredSecret> sealed;
    if (!visit.share.alone) {
        PROVOST_TRY(sealed, transaction.secrets(visit.device->mac));
    }
    PROVOST_CHECK(add_window_password(transaction, house_, *visit.device, visit.share.password, sealed));
    PROVOST_TRY(visit.secrets, open_secrets(house_.keys, sealed, visit.configuration));
    return {};
}

FileMaker PhoneService::maker_of(const Visit& visit, const Configuration& made) const {
    return {*house_.vendors, *visit.vendor, *visit.device, visit.facts(), made};
}

// R-D7: what fails is not served. What passes is what the phone has from now on.
Status PhoneService::check_hardened(const Visit& visit, const Configuration& made,
                                    std::string_view bytes) const {
    const auto maker = maker_of(visit, made);
    ShortHash evidence{};
    PROVOST_CHECK(made.secrets.empty() ? house_.gate->check(maker, bytes, &evidence)
                                       : house_.gate->check(maker, visit.rehearsal, bytes));
    if (visit.request.method == Method::get)
        house_.pictures->note(*visit.device, visit.facts(), made, evidence, visit.now);
    return {};
}

// A password may have been replaced since it was looked up.
Status PhoneService::weigh_again(Visit& visit, Transaction& transaction) const {
    PROVOST_TRY(visit.device, transaction.device(*visit.evidence->mac));
    visit.window.reset();
    if (visit.device) {
        PROVOST_TRY(visit.window, usable_window(transaction, *visit.device, visit.now));
    }
    weigh(visit);
    if (!visit.login || visit.login->user.empty()) return {};
    PROVOST_TRY(const auto known, transaction.credential(visit.login->user));
    if (known) return {};
    visit.decision = Decision{Rule::credential_refused, true};
    return {};
}

void PhoneService::send_secrets(Visit& visit, std::int64_t delivery) {
    DeviceReply reply;
    reply.status = 200;
    reply.content_type = visit.read.file->file->answer_type;
    reply.delivery = delivery;
    const auto rendered = house_.vendors->syntax(*visit.vendor, visit.facts().model)
                              .render(visit.configuration.parameters, visit.secrets, reply.body);
    visit.secrets = {};
    if (!rendered) return refuse(visit, Rule::configuration_invalid, rendered.error().text());
    if (const auto hard = check_hardened(visit, visit.configuration, reply.body.view()); !hard)
        return refuse(visit, Rule::configuration_invalid, hard.error().text());
    finish(visit, std::move(reply));
}

// The device itself was here: with another key, or at two places at once, it may be someone else.
bool PhoneService::tells_rating(const Visit& visit) {
    if (visit.evidence->fault || !visit.evidence->mac || !visit.device) return false;
    return !visit.decision.refused || visit.decision.rule == Rule::rating_too_low;
}

void PhoneService::finish(Visit& visit, DeviceReply reply) {
    auto event = visit.event(reply);
    event.tls = mark_door(std::move(event.tls), door_, *visit.evidence);
    if (tells_rating(visit)) event.rating = rate(*visit.evidence, visit.device->secret_mode);
    house_.visits->count(visit.decision.rule, static_cast<double>(event.micros) / 1e6);
    house_.store.record(std::move(event));
    if (house_.guard) house_.guard->saw(visit.facts_for_guard(reply));
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
    house_.store.submit_later([this, delivery, how,
                               now = house_.clock.now()](Transaction& transaction) -> Status {
        PROVOST_TRY(const auto record, transaction.delivery(delivery));
        if (!record || record->transfer != Transfer::begun) return {};
        PROVOST_CHECK(transaction.end_delivery(delivery, how, now));
        PROVOST_TRY(const auto device, transaction.device(record->device));
        PROVOST_CHECK(transaction.audit(end_entry(*record, device, how, now)));
        return how == Transfer::complete && device ? complete(*record, *device, transaction, now) : Status();
    });
}

Status PhoneService::complete(const DeliveryRecord& record, const Device& device, Transaction& transaction,
                              Timestamp now) const {
    PROVOST_CHECK(complete_window_delivery(transaction, device, record, now));
    if (is_window_delivery(record.rule) || device.generation != record.generation) return {};
    const auto policies = house_.policies.current();
    const auto* const tenant = policies->tenant(device.tenant);
    const auto next = complete_delivery(device, tenant == nullptr ? Policy() : tenant->policy, now);
    return next ? carry_out(transaction, house_, *next, now) : Status();
}

}  // namespace provost
