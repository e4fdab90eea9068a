// What the audit makes of answers, row by row.
#include "sip/trunk_findings.h"

#include <functional>

#include <gtest/gtest.h>

namespace provost {
namespace {

TrunkAnswer answer(const std::string& user, int status, std::vector<SipHeader> headers = {}) {
    TrunkAnswer made;
    made.user = user;
    made.last.status = status;
    made.last.reason = "Word";
    made.last.headers = {{"Via", "SIP/2.0/TLS 192.0.2.1:4" + user},
                         {"To", "<sip:" + user + "@h>;tag=1" + user}};
    made.last.headers.insert(made.last.headers.end(), headers.begin(), headers.end());
    return made;
}

TrunkAnswer challenge(const std::string& user, const std::string& nonce,
                      const std::string& more = ", algorithm=SHA-256, qop=\"auth\"", int status = 401) {
    return answer(user, status, {{"WWW-Authenticate", "Digest realm=\"r\", nonce=\"" + nonce + "\"" + more}});
}

// A registrar as it should be.
TrunkAnswers safe() {
    TrunkAnswers answers;
    answers.transport = SipTransport::tls;
    answers.knows_user = true;
    answers.options = answer("9999", 200);
    answers.register_bare = {challenge("4711", "n1"), challenge("9999", "n2")};
    answers.invite_bare = {challenge("4711", "n3"), challenge("9999", "n4")};
    answers.challenge = {challenge("4711", "n5"), challenge("9999", "n6")};
    answers.wrong_password = {challenge("4711", "n7"), challenge("9999", "n8")};
    return answers;
}

std::string faults(const TrunkAnswers& answers) {
    std::string ids;
    for (const auto& one : judge_trunk(answers))
        if (one.weight != TrunkFinding::Weight::note) ids += (ids.empty() ? "" : " ") + one.id;
    return ids;
}

TEST(TrunkFindings, R_F5_a_safe_registrar_has_no_fault) {
    EXPECT_EQ(faults(safe()), "");
}

TEST(TrunkFindings, R_F5_each_weakness_is_named) {
    struct Row {
        const char* ids;
        std::function<void(TrunkAnswers&)> spoil;
    };
    const std::vector<Row> rows{
        {"register-unchallenged",
         [](auto& a) {
             a.register_bare = {answer("4711", 200), answer("9999", 200)};
         }},
        {"invite-unchallenged",
         [](auto& a) {
             a.invite_bare = {answer("4711", 200), answer("9999", 200)};
         }},
        {"invite-unchallenged",
         [](auto& a) {
             a.invite_bare = {answer("4711", 484), answer("9999", 484)};
         }},
        {"invite-unchallenged users-told-apart",
         [](auto& a) { a.invite_bare.unknown = answer("9999", 404); }},
        {"users-told-apart", [](auto& a) { a.invite_bare.unknown = answer("9999", 403); }},
        {"users-told-apart", [](auto& a) { a.wrong_password.unknown = answer("9999", 403); }},
        {"users-told-apart", [](auto& a) { a.wrong_password.unknown->last.reason = "Other"; }},
        {"users-told-apart",
         [](auto& a) {
             a.wrong_password.unknown->last.headers.push_back({"X-Why", "no such user"});
         }},
        {"users-told-apart", [](auto& a) { a.wrong_password.unknown->last.body = "x"; }},
        {"users-told-apart", [](auto& a) { a.register_bare.unknown->provisional = {100}; }},
        {"users-told-apart", [](auto& a) { a.invite_bare.unknown.reset(); }},
        {"wrong-password-taken",
         [](auto& a) {
             a.wrong_password = {answer("4711", 200), answer("9999", 200)};
         }},
        {"only-md5",
         [](auto& a) {
             a.challenge = {challenge("4711", "n5", ", qop=\"auth\""),
                            challenge("9999", "n6", ", qop=\"auth\"")};
         }},
        {"only-md5 no-qop",
         [](auto& a) {
             a.challenge = {challenge("4711", "n5", ""), challenge("9999", "n6", "")};
         }},
        {"nonce-reused", [](auto& a) { a.challenge.known = challenge("4711", "n1"); }},
        {"udp-in-clear", [](auto& a) { a.transport = SipTransport::udp; }},
        {"tcp-in-clear", [](auto& a) { a.transport = SipTransport::tcp; }},
    };
    for (const auto& row : rows) {
        auto answers = safe();
        row.spoil(answers);
        EXPECT_EQ(faults(answers), row.ids) << &row - rows.data();
    }
}

TEST(TrunkFindings, R_F5_what_differs_from_request_to_request_tells_nothing) {
    auto answers = safe();
    for (auto* const one : {&answers.wrong_password.known, &answers.wrong_password.unknown}) {
        (*one)->last.headers.push_back(
            {"Warning", "392 192.0.2.1:5061 \"pid=" + (*one)->user + " from " + (*one)->user + "\""});
        (*one)->last.headers.push_back({"Date", (*one)->user});
    }
    EXPECT_EQ(faults(answers), "");
}

TEST(TrunkFindings, Every_finding_says_what_to_do) {
    auto answers = safe();
    answers.register_bare = {answer("4711", 200), answer("9999", 404, {{"Server", "Acme 1.2"}})};
    answers.transport = SipTransport::udp;
    const auto findings = judge_trunk(answers);
    EXPECT_GE(findings.size(), 4U);
    for (const auto& one : findings) {
        EXPECT_EQ(one.requirement, "R-F5");
        EXPECT_FALSE(one.says.empty() || one.evidence.empty() || one.fix.empty()) << one.id;
    }
    EXPECT_EQ(findings.front().weight, TrunkFinding::Weight::broken);
}

}  // namespace
}  // namespace provost
