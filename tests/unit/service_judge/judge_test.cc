#include "crypto/digest.h"
#include "service/certificate_judge.h"
#include "tests/unit/service_judge/judge_house.h"

#include <chrono>
#include <iostream>
#include <thread>

namespace provost {
namespace {

using namespace test;

class Judge : public ::testing::Test {
 protected:
    static std::string rule_of(const std::shared_ptr<const Evidence>& evidence) {
        return evidence->fault ? std::string(to_text(*evidence->fault)) : "none";
    }
    static Sha256 fingerprint_of(const IssuedCertificate& leaf) { return sha256(leaf.certificate_der()); }

    JudgeHouse house_;
    IssuedCertificate phone_ = must(house_.acme.issue(acme_phone()));
};

TEST_F(Judge, R_A1_NothingShownIsNoCertificate) {
    const auto evidence = house_.judge.judge(nullptr, nullptr);
    EXPECT_EQ(rule_of(evidence), "no-certificate");
    EXPECT_FALSE(evidence->key.has_value());
}

TEST_F(Judge, R_A4_EachCaVouchesForItsOwnPrefixes) {
    const auto theirs = must(house_.other.issue(acme_phone("000413AABBCC")));
    EXPECT_EQ(house_.weigh(theirs)->vendor, "other-vendor");
    EXPECT_EQ(rule_of(house_.weigh(theirs)), "none");
    EXPECT_EQ(rule_of(house_.weigh(must(house_.other.issue(acme_phone())))), "vendor-prefix-mismatch");
    EXPECT_EQ(rule_of(house_.weigh(must(house_.acme.issue(acme_phone("000413AABBCC"))))),
              "vendor-prefix-mismatch");
}

TEST_F(Judge, R_A1_AnExpiredLeafOnlyWhereTheProfileToleratesIt) {
    const auto lenient = must(house_.patient.issue(acme_phone()));
    EXPECT_FALSE(house_.weigh(lenient)->expired_leaf);
    house_.clock.advance(year + day);
    EXPECT_EQ(rule_of(house_.weigh(phone_)), "certificate-expired");
    const auto evidence = house_.weigh(lenient);
    EXPECT_EQ(rule_of(evidence), "none");
    EXPECT_TRUE(evidence->expired_leaf);
    EXPECT_EQ(evidence->mac, MacAddress(0x001565aabbcc));
}

TEST_F(Judge, R_A1_RememberedVerdictsEndWithTheCertificate) {
    EXPECT_EQ(rule_of(house_.weigh(phone_)), "none");
    EXPECT_EQ(rule_of(house_.weigh(phone_)), "none");
    EXPECT_EQ(house_.judge.counts().hits, 1U);
    house_.clock.advance(year + day);
    EXPECT_EQ(rule_of(house_.weigh(phone_)), "certificate-expired");
    house_.clock.set(today - 31 * day);  // a clock that was set back
    EXPECT_EQ(rule_of(house_.weigh(phone_)), "certificate-not-yet-valid");
    EXPECT_EQ(house_.judge.counts().hits, 1U);
}

TEST_F(Judge, R_A4_DistrustTakesEffectAtOnce) {
    EXPECT_EQ(rule_of(house_.weigh(phone_)), "none");
    auto view = house_.view();
    view.refused_certificates.insert(fingerprint_of(phone_));
    house_.judge.replace(view);
    EXPECT_EQ(rule_of(house_.weigh(phone_)), "certificate-distrusted");

    view = house_.view();
    view.refused_keys.insert(must(read_certificate(phone_.certificate.get())).key);
    house_.judge.replace(view);
    EXPECT_EQ(rule_of(house_.weigh(phone_)), "certificate-distrusted");
    auto with_same_key = acme_phone("001565AABBCD");
    EXPECT_EQ(rule_of(house_.weigh(must(house_.acme.issue(with_same_key)))), "certificate-distrusted");

    house_.judge.replace(house_.view());
    EXPECT_EQ(rule_of(house_.weigh(phone_)), "none");
    house_.anchors.erase(house_.anchors.begin());
    house_.judge.replace(house_.view());
    EXPECT_EQ(rule_of(house_.weigh(phone_)), "certificate-untrusted");
}

TEST_F(Judge, R_A10_ARevokedPhoneIsRefusedFromTheNextHandshake) {
    EXPECT_EQ(rule_of(house_.weigh(phone_)), "none");
    house_.lists = {
        {"acme", must(house_.acme.revocation_list({phone_.certificate}, today - day, today + day))}};
    house_.judge.replace(house_.view());
    EXPECT_EQ(rule_of(house_.weigh(phone_)), "certificate-revoked");
    const auto good = must(house_.acme.issue(acme_phone("001565AABBCD")));
    EXPECT_EQ(rule_of(house_.weigh(good)), "none");
    house_.clock.advance(2 * day);  // the list has run out, and with it what was remembered
    EXPECT_EQ(rule_of(house_.weigh(good)), "certificate-untrusted");
}

TEST_F(Judge, R_A4_ARefusedCaThatIsSentAlongRefuses) {
    const auto issuing = must(house_.acme.make_issuing({{"CN", "Acme Issuing"}}));
    const auto leaf = must(issuing.issue(acme_phone()));
    const std::vector<X509*> sent{issuing.own().certificate.get()};
    EXPECT_EQ(rule_of(house_.weigh(leaf, sent)), "none");
    auto view = house_.view();
    view.refused_certificates.insert(fingerprint_of(issuing.own()));
    house_.judge.replace(view);
    EXPECT_EQ(rule_of(house_.weigh(leaf, sent)), "certificate-distrusted");
}

// Anybody can copy a phone's certificate and show it with a broken chain; the phone itself must still get in.
TEST_F(Judge, ABrokenChainShownByAStrangerLocksNobodyOut) {
    const auto issuing = must(house_.acme.make_issuing({{"CN", "Acme Issuing"}}));
    const auto leaf = must(issuing.issue(acme_phone()));
    EXPECT_EQ(rule_of(house_.weigh(leaf)), "certificate-untrusted");
    EXPECT_EQ(rule_of(house_.weigh(leaf, {issuing.own().certificate.get()})), "none");
    EXPECT_EQ(rule_of(house_.weigh(leaf)), "none");  // remembered: its path was seen to hold
}

TEST_F(Judge, R_A11_AnAnchorWithoutProfileOrVendorTrustsNobody) {
    for (const char* const lacking : {"vendor", "profile"}) {
        house_.anchors = {anchor_of(house_.acme, "acme")};
        (lacking == std::string("vendor") ? house_.anchors[0].vendor : house_.anchors[0].profile) = "gone";
        house_.judge.replace(house_.view());
        EXPECT_EQ(rule_of(house_.weigh(phone_)), "certificate-untrusted") << lacking;
    }
}

TEST_F(Judge, TheMemoryIsBounded) {
    CertificateJudge small(house_.clock, house_.view(), 64);
    for (int i = 0; i < 400; ++i) {
        const auto leaf = must(house_.acme.issue(acme_phone(MacAddress(0x001565000001ULL + i).upper())));
        EXPECT_EQ(rule_of(small.judge(leaf.certificate.get(), nullptr)), "none");
        EXPECT_EQ(rule_of(small.judge(leaf.certificate.get(), nullptr)), "none");
    }
    EXPECT_EQ(small.counts().hits, 400U);
    EXPECT_LE(small.counts().kept, 80U);
    EXPECT_GT(small.counts().kept, 40U);
}

TEST_F(Judge, R_A4_ViewsChangeWhileManyJudge) {
    std::atomic<bool> stop{false};
    std::atomic<int> judged{0};
    const auto work = [&] {
        while (!stop) {
            const auto rule = rule_of(house_.judge.judge(phone_.certificate.get(), nullptr));
            EXPECT_TRUE(rule == "none" || rule == "certificate-distrusted") << rule;
            ++judged;
        }
    };
    std::thread one(work), two(work);
    auto refusing = house_.view();
    refusing.refused_certificates.insert(fingerprint_of(phone_));
    for (int i = 0; i < 200; ++i) {
        house_.judge.replace(i % 2 == 0 ? refusing : house_.view());
        if (i == 199) break;
        const auto rule = rule_of(house_.judge.judge(phone_.certificate.get(), nullptr));
        EXPECT_EQ(rule, i % 2 == 0 ? "certificate-distrusted" : "none");
    }
    stop = true;
    one.join();
    two.join();
    EXPECT_GT(judged.load(), 0);
}

// Figures count only in an optimised build; the bound is for a slow, instrumented one.
TEST_F(Judge, ARememberedVerdictCostsMicroseconds) {
    constexpr int rounds = 20000;
    house_.weigh(phone_);
    const auto start = std::chrono::steady_clock::now();
    for (int i = 0; i < rounds; ++i) house_.judge.judge(phone_.certificate.get(), nullptr);
    const std::chrono::duration<double, std::micro> spent = std::chrono::steady_clock::now() - start;
    std::cout << "remembered verdict: " << spent.count() / rounds << " us\n";
    EXPECT_LT(spent.count() / rounds, 500);
}

}  // namespace
}  // namespace provost
