#include "sip/trunk_audit.h"

#include "sip/client.h"

#include <thread>

namespace provost {

namespace {

// A name that nobody has, of the same length as one that exists, and of digits alone where that is.
std::string unknown_user(const std::string& known) {
    const auto length = known.empty() ? 8 : known.size();
    auto name = random_token(length).substr(0, length);
    if (known.find_first_not_of("0123456789") == std::string::npos)
        for (auto& c : name) c = static_cast<char>('0' + c % 10);
    return name;
}

class Auditor {
 public:
    explicit Auditor(const TrunkAudit& audit)
        : audit_(audit), domain_(audit.realm.empty() ? sip_host_port(audit.target.host, 0) : audit.realm) {}

    Result<TrunkAnswers> run() {
        TrunkAnswers answers;
        answers.transport = audit_.target.transport;
        answers.knows_user = !audit_.user.empty();
        const auto nobody = unknown_user(audit_.user);
        auto options = ask("OPTIONS", nobody);
        if (options) answers.options = std::move(*options);
        auto first = ask("REGISTER", nobody);
        if (!options && !first) return fail(first.error());
        if (first) answers.register_bare.unknown = std::move(*first);
        answers.invite_bare.unknown = taken(ask("INVITE", nobody));
        if (answers.knows_user) {
            answers.register_bare.known = taken(ask("REGISTER", audit_.user));
            answers.invite_bare.known = taken(ask("INVITE", audit_.user));
            try_password(audit_.user, answers.challenge.known, answers.wrong_password.known);
        }
        try_password(nobody, answers.challenge.unknown, answers.wrong_password.unknown);
        return answers;
    }

 private:
    template <class Answer>
    static std::optional<TrunkAnswer> taken(Answer answer) {
        return answer ? std::optional(std::move(*answer)) : std::nullopt;
    }

    void wait() {
        if (begun_) std::this_thread::sleep_for(audit_.pause);
        begun_ = true;
    }

    SipRequest request(const SipWire& wire, const std::string& method, const std::string& user,
                       int sequence) {
        const auto own = "sip:" + user + "@" + domain_;
        const bool registers = method == "REGISTER";
        const auto callee = "sip:" + std::string(method == "INVITE" ? "provost-audit@" : "") + domain_;
        SipRequest made{method, registers ? "sip:" + domain_ : callee, {}, {}};
        made.headers = {{"Via", "SIP/2.0/" + std::string(to_text(wire.transport())) + " " + wire.local() +
                                    ";rport;branch=z9hG4bK" + random_token(12)},
                        {"Max-Forwards", "70"},
                        {"From", "<" + own + ">;tag=" + random_token(8)},
                        {"To", "<" + (registers ? own : callee) + ">"},
                        {"Call-ID", random_token(16)},
                        {"CSeq", std::to_string(sequence) + " " + method},
                        {"Contact", "<sip:" + user + "@" + wire.local() + ">"},
                        {"User-Agent", "Provost audit"}};
        if (registers)
            made.headers.push_back({"Expires", "0"});  // nothing is left behind, should it be taken
        return made;
    }

    Result<TrunkAnswer> send(SipWire& wire, const SipRequest& made, const std::string& user) {
        PROVOST_TRY(auto received, transact(wire, made, audit_.timers));
        return TrunkAnswer{user, std::move(received.provisional), std::move(received.last), received.took};
    }

    Result<std::unique_ptr<SipWire>> connect() {
        wait();
        return connect_sip(audit_.target, audit_.tls,
                           std::chrono::steady_clock::now() + audit_.timers.answer_within);
    }

    Result<TrunkAnswer> ask(const std::string& method, const std::string& user) {
        PROVOST_TRY(const auto wire, connect());
        return send(*wire, request(*wire, method, user, 1), user);
    }

    // Draws a challenge, and answers it with a password that nobody has.
    void try_password(const std::string& user, std::optional<TrunkAnswer>& challenge,
                      std::optional<TrunkAnswer>& refusal) {
        const auto wire = connect();
        if (!wire) return;
        challenge = taken(send(**wire, request(**wire, "REGISTER", user, 1), user));
        if (!challenge) return;
        SipLogin login;
        login.user = user;
        login.password = Secret::copy_of(random_token(16));
        const auto challenges = challenges_of(challenge->last);
        const auto* const chosen = strongest(challenges, login);
        if (chosen == nullptr) return;
        wait();
        auto answered = request(**wire, "REGISTER", user, 2);
        answered.headers.push_back(answer_to(*chosen, login, "REGISTER", answered.uri, 1, random_token(12)));
        refusal = taken(send(**wire, answered, user));
    }

    const TrunkAudit& audit_;
    const std::string domain_;
    bool begun_ = false;
};

}  // namespace

Networks own_networks() {
    return parse_networks("127.0.0.0/8,::1,10.0.0.0/8,172.16.0.0/12,192.168.0.0/16,fc00::/7", "").value();
}

Status may_audit(const SipTarget& target, const Networks& networks) {
    const auto addresses = addresses_of(target.host);
    if (addresses.empty())
        return fail({"P-8302", "the SIP peer was not reached", target.text(), "it has no address",
                     "Check its name."});
    for (const auto& address : addresses)
        if (!contains(networks, address))
            return fail({"P-8314", "this registrar is not known to be yours", target.text(),
                         address + " is outside the networks that may be audited",
                         "Audit your own registrars only; name their networks with --networks."});
    return {};
}

Result<TrunkAnswers> ask_trunk(const TrunkAudit& audit) {
    return Auditor(audit).run();
}

}  // namespace provost
