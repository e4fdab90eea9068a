// What a door gives and takes where a phone has no certificate (R-A7).
#include "service/phone_service.h"
#include "service/phone_visit.h"
#include "service/token_path.h"

namespace provost {

namespace {

// Only where the certificate says nothing, for or against, may something else speak: one that was revoked,
// refused or forged is never outweighed by a password.
bool proves_nothing(const Evidence& evidence) {
    if (!evidence.fault) return false;
    switch (*evidence.fault) {
        case Rule::no_certificate:
        case Rule::certificate_untrusted:
        case Rule::certificate_expired:
        case Rule::certificate_not_yet_valid:
        case Rule::certificate_generic:
            return true;
        default:
            return false;
    }
}

std::shared_ptr<const Evidence> no_certificates_here(const Evidence& shown) {
    Evidence evidence;
    evidence.fault = Rule::no_certificate;
    evidence.detail = "certificates are not taken at this door";
    evidence.key = shown.key;
    return std::make_shared<const Evidence>(std::move(evidence));
}

}  // namespace

// Nothing that could be wrong was shown yet, or an answer to a question of long ago.
bool PhoneService::asks_for_a_password(const Visit& visit) const {
    if (!door_.takes_passwords() || visit.one_time) return false;
    return visit.login ? visit.login->stale : proves_nothing(*visit.evidence);
}

void PhoneService::challenge(Visit& visit) {
    visit.decision = Decision{Rule::challenged, false};
    visit.detail = visit.evidence->detail;
    finish(visit, refusal(visit));
}

// What the request shows instead of a certificate, where this door takes it (R-A7).
Status PhoneService::judge_fallback(Visit& visit) {
    if (!door_.access.certificate && !visit.evidence->fault)
        visit.evidence = no_certificates_here(*visit.evidence);
    auto path = door_.access.token ? read_token_path(visit.target, door_.path_prefix) : std::nullopt;
    if (path) {
        visit.one_time = true;
        visit.target = std::move(path->target);
    }
    if (!proves_nothing(*visit.evidence)) return {};
    if (path) {
        PROVOST_TRY(visit.login, credentials_.judge_token(path->hash));
    } else if (door_.takes_passwords() && visit.request.authorization != nullptr) {
        PROVOST_TRY(visit.login, credentials_.judge_login(visit.request, visit.now));
    } else {
        return {};
    }
    auto evidence = visit.login->evidence;
    evidence.prefix_allowed = true;
    evidence.old_door = door_.old_tls;
    visit.evidence = std::make_shared<const Evidence>(std::move(evidence));
    visit.device = std::move(visit.login->device);
    return {};
}

// Each door has one refusal, and one more for its one-time addresses: which of them depends on what was asked
// for, and on nothing that we know. 404 is what a phone needs that opens such an address twice.
DeviceReply PhoneService::refusal(const Visit& visit) const {
    auto reply = plain_reply(403, refusal_body);
    if (visit.one_time) {
        reply = plain_reply(404, "Not Found\n");
    } else if (door_.takes_passwords()) {
        reply = plain_reply(401, "Unauthorized\n");
        reply.authenticate = credentials_.challenges(visit.login && visit.login->stale, visit.now);
    }
    reply.refusal = true;
    return reply;
}

// The phone has shown that it took the newer one. Not written now, it is at its next call.
void PhoneService::drop_older_passwords(const Visit& visit) {
    if (!visit.login || !visit.login->has_older) return;
    house_.store.submit_later(
        [mac = *visit.evidence->mac, below = visit.login->generation](Transaction& transaction) {
            return transaction.drop_credentials(mac, 0, below);
        });
}

}  // namespace provost
