#include "sip/client.h"

#include "crypto/random.h"

namespace provost {

namespace {

constexpr int most_rounds = 5;  // two realms, each with a stale nonce, and the first

// What was answered so far: one header for each realm that asked.
class Answers {
 public:
    // False where it was answered already.
    bool may_answer(const SipChallenge& challenge) {
        auto& times = times_[{challenge.of_proxy, challenge.realm}];
        if (times > (challenge.stale ? 1 : 0)) return false;
        ++times;
        return true;
    }
    void put(const SipChallenge& challenge, SipHeader header) {
        headers_[{challenge.of_proxy, challenge.realm}] = std::move(header);
    }
    void add_to(SipRequest& request) const {
        for (const auto& [realm, header] : headers_) request.headers.push_back(header);
    }

 private:
    using Realm = std::pair<bool, std::string>;
    std::map<Realm, int> times_;
    std::map<Realm, SipHeader> headers_;
};

std::string transport_parameter(SipTransport transport) {
    switch (transport) {
        case SipTransport::tcp:
            return ";transport=tcp";
        case SipTransport::tls:
            return ";transport=tls";
        case SipTransport::udp:
            break;
    }
    return {};
}

}  // namespace

std::string random_token(std::size_t bytes) {
    Bytes drawn(bytes);
    random_bytes(drawn);
    return to_hex(drawn);
}

SipClient::SipClient(SipWire& wire, SipTimers timers) : wire_(wire), timers_(timers) {}

SipRequest SipClient::request_of(const SipQuestion& question, const std::string& call, const std::string& tag,
                                 int sequence) const {
    const auto local = wire_.local();
    SipRequest request{question.method, question.uri, {}, question.body};
    request.headers = {{"Via", "SIP/2.0/" + std::string(to_text(wire_.transport())) + " " + local +
                                   ";rport;branch=z9hG4bK" + random_token(12)},
                       {"Max-Forwards", "70"},
                       {"From", "<" + question.from + ">;tag=" + tag},
                       {"To", "<" + question.to + ">"},
                       {"Call-ID", call},
                       {"CSeq", std::to_string(sequence) + " " + question.method},
                       {"Contact", "<sip:provost@" + local + transport_parameter(wire_.transport()) + ">"},
                       {"User-Agent", "Provost"}};
    request.headers.insert(request.headers.end(), question.more.begin(), question.more.end());
    return request;
}

Result<SipAnswer> SipClient::ask(const SipQuestion& question, const FindLogin& find_login) {
    const auto call = random_token(16), tag = random_token(8), client_nonce = random_token(12);
    SipAnswer answer;
    Answers answers;
    std::optional<SipLogin> login;
    for (int round = 1;; ++round) {
        auto request = request_of(question, call, tag, round);
        answers.add_to(request);
        PROVOST_TRY(auto received, transact(wire_, request, timers_));
        ++answer.messages;
        answer.took = received.took;
        answer.last = std::move(received.last);
        if ((answer.last.status != 401 && answer.last.status != 407) || round == most_rounds) return answer;
        answer.challenges = challenges_of(answer.last);
        if (!login && find_login) {
            PROVOST_TRY(login, find_login(answer.challenges));
        }
        const auto* const chosen = login ? strongest(answer.challenges, *login) : nullptr;
        if (chosen == nullptr || !answers.may_answer(*chosen)) return answer;
        answers.put(*chosen, answer_to(*chosen, *login, question.method, question.uri, 1, client_nonce));
        answer.answered = true;
    }
}

}  // namespace provost
