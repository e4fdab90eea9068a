// A SIP client that asks one question after another over one connection, and answers challenges.
#pragma once

#include "sip/challenge.h"
#include "sip/transaction.h"

#include <functional>
#include <map>
#include <optional>
#include <utility>

namespace provost {

struct SipQuestion {
    std::string method;
    std::string uri;                   // the Request-URI
    std::string from, to;              // URIs
    std::vector<SipHeader> more = {};  // further headers, such as Event
    std::string body = {};
};

struct SipAnswer {
    SipResponse last;
    std::vector<SipChallenge> challenges;  // of the last 401 or 407 that came, answered or not
    bool answered = false;                 // one of them was answered
    int messages = 0;                      // requests that were sent, repetitions left out
    Duration took{};                       // of the last one
};

// Asked only when the peer challenges; nullopt: there is nothing to answer with.
using FindLogin = std::function<Result<std::optional<SipLogin>>(const std::vector<SipChallenge>&)>;

class SipClient {
 public:
    SipClient(SipWire& wire, SipTimers timers);

    // A new call each time. Each realm's challenge is answered once, and once more where the nonce was stale.
    // P-8303, P-8305, and what `login` fails with.
    Result<SipAnswer> ask(const SipQuestion& question, const FindLogin& login);

 private:
    [[nodiscard]] SipRequest request_of(const SipQuestion& question, const std::string& call,
                                        const std::string& tag, int sequence) const;

    SipWire& wire_;
    const SipTimers timers_;
};

std::string random_token(std::size_t bytes);  // hexadecimal

}  // namespace provost
