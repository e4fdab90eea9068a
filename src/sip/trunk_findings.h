// What a registrar's answers say about how it guards accounts and calls (R-F5). Pure: answers in, findings
// out.
#pragma once

#include "base/clock.h"
#include "sip/challenge.h"
#include "sip/uri.h"

#include <optional>
#include <string>
#include <vector>

namespace provost {

// One probe's answer.
struct TrunkAnswer {
    std::string user;              // that was tried
    std::vector<int> provisional;  // 1xx that came before
    SipResponse last;
    Duration took{};
};

// All answers of an audit; nullopt: it was not asked, or no answer came.
struct TrunkAnswers {
    SipTransport transport = SipTransport::udp;
    bool knows_user = false;  // `known` below is an account that exists
    std::optional<TrunkAnswer> options;
    struct Pair {
        std::optional<TrunkAnswer> known, unknown;
    };
    Pair register_bare, invite_bare;  // without credentials
    Pair challenge, wrong_password;   // the challenge, and what a wrong password then gets
};

struct TrunkFinding {
    enum class Weight : std::uint8_t { broken, weak, note };
    Weight weight = Weight::note;
    std::string id;           // "invite-unchallenged"
    std::string requirement;  // "R-F5"
    std::string says, evidence, fix;
};
std::string_view to_text(TrunkFinding::Weight weight);

// The gravest first.
std::vector<TrunkFinding> judge_trunk(const TrunkAnswers& answers);

// An answer without what differs from one request to the next: transaction, nonces, numbers, the user's name.
std::string fingerprint_of_answer(const TrunkAnswer& answer);

}  // namespace provost
