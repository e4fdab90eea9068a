#include "sip/notify_sender.h"

#include "domain/text.h"
#include "sip/client.h"

namespace provost {

namespace {

// What a phone needs to take a NOTIFY that belongs to no subscription.
std::vector<SipHeader> notify_headers(const NotifyOrder& order) {
    std::vector<SipHeader> headers{{"Event", order.event},
                                   {"Subscription-State", "terminated;reason=noresource"}};
    if (!order.content_type.empty()) headers.push_back({"Content-Type", order.content_type});
    return headers;
}

// The registrar's digest is MD5 and good for its realm alone.
FindLogin login_by(const NotifyOrder& order, const FindDigest& find_digest, NotifyOutcome& outcome) {
    return [&](const std::vector<SipChallenge>& challenges) -> Result<std::optional<SipLogin>> {
        outcome.challenged = true;
        if (!challenges.empty()) outcome.asked_realm = challenges.front().realm;
        if (!find_digest) return std::nullopt;
        PROVOST_TRY(auto digest, find_digest(order.account));
        if (!digest) return std::nullopt;
        SipLogin login;
        login.user = order.account.user;
        login.realm = order.account.realm;
        login.ha1_md5 = std::move(*digest);
        return login;
    };
}

class OverSip final : public NotifySender {
 public:
    explicit OverSip(std::shared_ptr<const SipSettings> settings) : settings_(std::move(settings)) {}

    NotifyOutcome notify(const NotifyOrder& order, const FindDigest& find_digest) override {
        NotifyOutcome outcome;
        if (auto done = ask(order, find_digest, outcome); !done) outcome.trouble = std::move(done.error());
        return outcome;
    }

 private:
    Status ask(const NotifyOrder& order, const FindDigest& find_digest, NotifyOutcome& outcome) {
        PROVOST_TRY(const auto target, parse_sip_uri(order.target));
        PROVOST_TRY(const auto next_hop, parse_sip_uri(order.next_hop));
        PROVOST_TRY(const auto to, parse_sip_uri(order.to));
        PROVOST_TRY(const auto from, parse_sip_uri(order.from));
        const auto deadline = std::chrono::steady_clock::now() + settings_->timers.answer_within;
        PROVOST_TRY(const auto wire, connect_sip(SipTarget::of(next_hop), settings_->tls, deadline));
        const SipQuestion question{"NOTIFY",  target.text(),         from.text(),
                                   to.text(), notify_headers(order), order.body};
        PROVOST_TRY(const auto answer,
                    SipClient(*wire, settings_->timers).ask(question, login_by(order, find_digest, outcome)));
        outcome.status = answer.last.status;
        outcome.reason = answer.last.reason;
        outcome.answered = answer.answered;
        return {};
    }

    std::shared_ptr<const SipSettings> settings_;
};

}  // namespace

std::unique_ptr<NotifySender> make_notify_sender(std::shared_ptr<const SipSettings> settings) {
    return std::make_unique<OverSip>(std::move(settings));
}

}  // namespace provost
