#include "sip/trunk_findings.h"

#include "domain/text.h"
#include "domain/token_scanner.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <set>

namespace provost {

namespace {

using Weight = TrunkFinding::Weight;

constexpr const char* requirement = "R-F5";

bool is_challenge(const TrunkAnswer& answer) {
    return answer.last.status == 401 || answer.last.status == 407;
}

std::string status_text(const TrunkAnswer& answer) {
    std::string text;
    for (const int one : answer.provisional) text += std::to_string(one) + ", ";
    return text + std::to_string(answer.last.status) + " " + printable(answer.last.reason, 48);
}

// Digits as '#', and the user's name as "USER".
std::string without_numbers(std::string text, const std::string& user) {
    for (auto at = text.find(user); !user.empty() && at != std::string::npos; at = text.find(user, at + 4))
        text.replace(at, user.size(), "USER");
    std::string out;
    for (const char c : text) {
        const bool digit = c >= '0' && c <= '9';
        if (digit && out.ends_with('#')) continue;
        out += digit ? '#' : c;
    }
    return out;
}

bool is_own_of_request(std::string_view name) {
    static constexpr std::array<std::string_view, 5> names{"Via", "From", "Call-ID", "CSeq", "Date"};
    return std::any_of(names.begin(), names.end(), [&](auto one) { return same_word(one, name); });
}

std::string header_print(const SipHeader& header, const TrunkAnswer& answer) {
    if (is_own_of_request(header.name)) return header.name + "\n";
    if (same_word(header.name, "To"))
        return header.name + (sip_parameter(header.value, "tag").empty() ? "\n" : " tagged\n");
    SipResponse alone;
    alone.headers = {header};
    const auto challenges = challenges_of(alone);
    if (challenges.empty()) return header.name + ": " + without_numbers(header.value, answer.user) + "\n";
    const auto& one = challenges.front();
    return header.name + ": " + one.realm + " " + one.algorithm_name + (one.has_qop ? " qop" : "") +
           (one.stale ? " stale" : "") + (one.opaque.empty() ? "" : " opaque") + "\n";
}

class Judge {
 public:
    explicit Judge(const TrunkAnswers& answers) : answers_(answers) {}

    std::vector<TrunkFinding> run() {
        challenged("REGISTER", "register-unchallenged", answers_.register_bare);
        challenged("INVITE", "invite-unchallenged", answers_.invite_bare);
        wrong_password();
        told_apart();
        algorithms();
        nonces();
        transport();
        banner();
        timing();
        std::stable_sort(found_.begin(), found_.end(),
                         [](const auto& a, const auto& b) { return a.weight < b.weight; });
        return std::move(found_);
    }

 private:
    void add(Weight weight, std::string id, std::string says, std::string evidence, std::string fix) {
        found_.push_back(
            {weight, std::move(id), requirement, std::move(says), std::move(evidence), std::move(fix)});
    }

    // A plain 403 turns it down as well; anything else went on without asking who calls.
    void challenged(const std::string& method, const std::string& id, const TrunkAnswers::Pair& pair) {
        for (const auto* const one : {&pair.known, &pair.unknown}) {
            if (!*one) {
                if (one == &pair.unknown || answers_.knows_user)
                    add(Weight::note, method == "INVITE" ? "invite-unanswered" : "register-unanswered",
                        method + " without credentials got no answer", "nothing came in time",
                        "See whether the registrar drops it on purpose.");
                continue;
            }
            if (is_challenge(**one) && !challenges_of((*one)->last).empty()) continue;
            if ((*one)->last.status == 403) {
                add(Weight::note, method == "INVITE" ? "invite-forbidden" : "register-forbidden",
                    method + " without credentials is turned down without a challenge", status_text(**one),
                    "Nothing, if accounts that exist are challenged.");
                continue;
            }
            add(Weight::broken, id, method + " without credentials is not challenged",
                "user " + printable((*one)->user, 64) + ": " + status_text(**one),
                "Ask for a digest (401 or 407) before anything else is looked at, for users that don't exist "
                "too.");
            return;
        }
    }

    void wrong_password() {
        for (const auto* const one : {&answers_.wrong_password.known, &answers_.wrong_password.unknown})
            if (*one && (*one)->last.status >= 200 && (*one)->last.status < 300)
                return add(Weight::broken, "wrong-password-taken", "a wrong password is taken",
                           "user " + printable((*one)->user, 64) + ": " + status_text(**one),
                           "Check the digest against the stored one, and refuse users that have none.");
    }

    void told_apart() {
        if (!answers_.knows_user) {
            add(Weight::note, "users-not-compared", "whether users can be told apart was not checked",
                "no account that exists was named", "Give one: --user USER.");
            return;
        }
        compare("REGISTER without credentials", answers_.register_bare);
        compare("INVITE without credentials", answers_.invite_bare);
        compare("REGISTER with a wrong password", answers_.wrong_password);
    }

    void compare(const std::string& what, const TrunkAnswers::Pair& pair) {
        if (!pair.known || !pair.unknown) {
            if (pair.known.has_value() != pair.unknown.has_value())
                add(Weight::broken, "users-told-apart", what + " tells users apart",
                    "only one of the two is answered", "Answer both alike.");
            return;
        }
        const auto known = fingerprint_of_answer(*pair.known), unknown = fingerprint_of_answer(*pair.unknown);
        if (known == unknown) return;
        auto evidence = status_text(*pair.known) + " for one that exists, " + status_text(*pair.unknown) +
                        " for one that does not";
        if (status_text(*pair.known) == status_text(*pair.unknown)) evidence += "; their headers differ";
        add(Weight::broken, "users-told-apart", what + " tells users apart", evidence,
            "Answer a user that does not exist as one that does: the same challenge, and the same refusal.");
    }

    [[nodiscard]] std::vector<const SipResponse*> asking() const {
        std::vector<const SipResponse*> all;
        for (const auto* const pair : {&answers_.register_bare, &answers_.invite_bare, &answers_.challenge})
            for (const auto* const one : {&pair->known, &pair->unknown})
                if (*one && is_challenge(**one)) all.push_back(&(*one)->last);
        return all;
    }

    void algorithms() {
        bool weak_only = false, no_qop = false;
        std::set<std::string> names;
        for (const auto* const response : asking()) {
            const auto challenges = challenges_of(*response);
            if (challenges.empty()) continue;
            for (const auto& one : challenges) {
                names.insert(one.algorithm_name.empty() ? "none, which is MD5"
                                                        : printable(one.algorithm_name, 32));
                if (!one.has_qop && !one.only_other_qop) no_qop = true;
            }
            weak_only =
                weak_only || std::all_of(challenges.begin(), challenges.end(), [](const auto& one) {
                    return one.algorithm == DigestAlgorithm::md5 ||
                           ascii_lower(one.algorithm_name.empty() ? 'm' : one.algorithm_name.front()) == 'm';
                });
        }
        std::string listed;
        for (const auto& name : names) listed += (listed.empty() ? "" : ", ") + name;
        if (weak_only)
            add(Weight::weak, "only-md5", "the only algorithm that is offered is MD5", "algorithm: " + listed,
                "Offer SHA-256 (RFC 8760), beside MD5 while there are phones that know nothing else.");
        if (no_qop)
            add(Weight::weak, "no-qop", "a challenge has no qop",
                "without it the client adds nothing of its own to the hash", "Offer qop=\"auth\".");
    }

    void nonces() {
        std::set<std::string> seen;
        for (const auto* const response : asking())
            for (const auto& one : challenges_of(*response))
                if (!seen.insert(one.algorithm_name + " " + one.nonce).second) {
                    add(Weight::weak, "nonce-reused", "the same nonce is given more than once",
                        "challenges a second apart have the same nonce",
                        "Draw each nonce anew, or count its uses (nc) and refuse repetitions.");
                    return;
                }
    }

    void transport() {
        if (answers_.transport == SipTransport::tls) return;
        const bool udp = answers_.transport == SipTransport::udp;
        add(Weight::weak, udp ? "udp-in-clear" : "tcp-in-clear",
            "it takes accounts over " + std::string(to_text(answers_.transport)) + " without TLS",
            "digests and calls can be read and changed under way, and passwords guessed from them offline",
            "Offer TLS, and refuse the rest from other networks than your own.");
    }

    void banner() {
        std::set<std::string> banners;
        for (const auto* const one :
             {&answers_.options, &answers_.register_bare.unknown, &answers_.invite_bare.unknown})
            if (*one)
                for (const auto* const name : {"Server", "User-Agent"})
                    if (const auto value = (*one)->last.header(name); !value.empty())
                        banners.insert(printable(value, 96));
        if (banners.empty()) return;
        add(Weight::note, "banner", "it says which program it is", *banners.begin(),
            "Leave the version out (Kamailio: server_signature=no, PJSIP: user_agent).");
    }

    void timing() {
        if (!answers_.knows_user || !answers_.wrong_password.known || !answers_.wrong_password.unknown)
            return;
        const auto known = answers_.wrong_password.known->took.count(),
                   unknown = answers_.wrong_password.unknown->took.count();
        add(Weight::note, "timing", "how long a wrong password took, for information",
            std::to_string(known) + " ms for a user that exists, " + std::to_string(unknown) +
                " ms for one that does not; one try of each",
            "Nothing: two tries prove nothing.");
    }

    const TrunkAnswers& answers_;
    std::vector<TrunkFinding> found_;
};

}  // namespace

std::string_view to_text(Weight weight) {
    static constexpr std::string_view names[] = {"broken", "weak", "note"};
    return names[static_cast<std::size_t>(weight)];
}

std::string fingerprint_of_answer(const TrunkAnswer& answer) {
    std::string text;
    for (const int one : answer.provisional) text += std::to_string(one) + "\n";
    text +=
        std::to_string(answer.last.status) + " " + without_numbers(answer.last.reason, answer.user) + "\n";
    for (const auto& header : answer.last.headers) text += header_print(header, answer);
    return text + std::to_string(answer.last.body.size());
}

std::vector<TrunkFinding> judge_trunk(const TrunkAnswers& answers) {
    return Judge(answers).run();
}

}  // namespace provost
