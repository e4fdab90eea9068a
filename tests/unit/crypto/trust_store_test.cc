#include "crypto/trust_store.h"

#include "tests/unit/crypto/look_alike.h"

namespace provost {
namespace {

using namespace test;

std::shared_ptr<const TrustStore> store_of(const std::vector<ImportedAnchor>& anchors,
                                           const std::vector<RevocationList>& lists = {}) {
    return must(TrustStore::make(anchors, lists));
}

ChainVerdict check(const TrustStore& store, const IssuedCertificate& leaf,
                   const std::vector<X509*>& sent = {}, Timestamp now = today) {
    const X509Stack stack = stack_of(sent);
    ERR_clear_error();
    auto verdict = store.verify(leaf.certificate.get(), stack.get(), now);
    EXPECT_EQ(ERR_peek_error(), 0UL);
    return verdict;
}

class TrustStoreTest : public ::testing::Test {
 protected:
    CertificateAuthority root_ = make_root("Acme Root");
    CertificateAuthority issuing_ = must(root_.make_issuing({{"CN", "Acme Issuing"}}));
    IssuedCertificate leaf_ = must(issuing_.issue(phone_order({{"CN", "001565aabbcc"}})));
    X509* sent_ = issuing_.own().certificate.get();
};

TEST_F(TrustStoreTest, R_A1_NamesTheAnchorThatVouched) {
    const auto store = store_of({anchor_of(root_, "acme", "root-1", "device-1")});
    const auto verdict = check(*store, leaf_, {sent_});
    EXPECT_EQ(verdict.fault, ChainFault::none) << verdict.detail;
    EXPECT_EQ(verdict.vendor, "acme");
    EXPECT_EQ(verdict.anchor, "root-1");
    EXPECT_EQ(verdict.profile, "device-1");
    EXPECT_FALSE(verdict.expired_leaf);
    EXPECT_EQ(verdict.holds_until, today + year);
}

TEST_F(TrustStoreTest, R_A1_RefusesWhatNoAnchorVouchesFor) {
    const auto store = store_of({anchor_of(root_, "acme")});
    EXPECT_EQ(check(*store, leaf_).fault, ChainFault::untrusted);  // its issuer was not sent
    const auto stranger = make_root("Acme Root");                  // the same name, another key
    EXPECT_EQ(check(*store, must(stranger.issue(phone_order({{"CN", "a"}})))).fault, ChainFault::untrusted);
    const auto own = must(CertificateAuthority::self_signed(phone_order({{"CN", "001565aabbcc"}})));
    EXPECT_EQ(check(*store, own.own()).fault, ChainFault::untrusted);
    EXPECT_EQ(check(*store, root_.own()).fault, ChainFault::untrusted);  // an anchor is nobody's leaf
    EXPECT_EQ(store->verify(nullptr, nullptr, today).fault, ChainFault::untrusted);
    EXPECT_EQ(store->verify(leaf_.certificate.get(), nullptr, today).fault, ChainFault::untrusted);
}

TEST_F(TrustStoreTest, R_A11_AnEmptyStoreTrustsNobody) {
    const auto store = store_of({});
    EXPECT_EQ(check(*store, leaf_, {sent_}).fault, ChainFault::untrusted);
    EXPECT_TRUE(store->anchors().empty());
}

TEST_F(TrustStoreTest, R_A4_TheNearestAnchorVouches) {
    const auto store = store_of({anchor_of(root_, "other-vendor"), anchor_of(issuing_, "acme", "issuing")});
    const auto verdict = check(*store, leaf_, {sent_});
    EXPECT_EQ(verdict.vendor, "acme");
    EXPECT_EQ(verdict.anchor, "issuing");
    const auto direct = must(root_.issue(phone_order({{"CN", "b"}})));
    EXPECT_EQ(check(*store, direct).vendor, "other-vendor");
}

TEST_F(TrustStoreTest, AnIssuingCaMayBeTheAnchor) {
    const auto store = store_of({anchor_of(issuing_, "acme", "issuing")});
    EXPECT_EQ(check(*store, leaf_).fault, ChainFault::none);
    EXPECT_EQ(check(*store, leaf_, {sent_, root_.own().certificate.get()}).fault, ChainFault::none);
}

// A CA that changed its key and kept its name: both certificates are imported.
TEST_F(TrustStoreTest, TwoAnchorsOfOneNameAreToldApartBySignature) {
    const auto renewed = make_root("Acme Root");
    const auto by_new = must(renewed.issue(phone_order({{"CN", "b"}})));
    const auto by_old = must(root_.issue(phone_order({{"CN", "c"}})));
    const auto store = store_of({anchor_of(root_, "acme", "old"), anchor_of(renewed, "acme", "new")});
    EXPECT_EQ(check(*store, by_new).anchor, "new");
    EXPECT_EQ(check(*store, by_old).anchor, "old");
}

TEST_F(TrustStoreTest, R_A1_ChecksDates) {
    const auto store = store_of({anchor_of(root_, "acme")});
    const auto expired = check(*store, leaf_, {sent_}, today + year + day);
    EXPECT_EQ(expired.fault, ChainFault::none);
    EXPECT_TRUE(expired.expired_leaf);
    EXPECT_EQ(expired.vendor, "acme");
    EXPECT_EQ(check(*store, leaf_, {sent_}, today - 31 * day).fault, ChainFault::not_yet_valid);
    EXPECT_EQ(check(*store, leaf_, {sent_}, today + 11 * year).fault, ChainFault::expired);  // the CAs' too
}

TEST_F(TrustStoreTest, R_A1_AnExpiredLeafWithABrokenSignatureIsUntrusted) {
    const auto store = store_of({anchor_of(root_, "acme")});
    std::string der = leaf_.certificate_der();
    der.back() = static_cast<char>(der.back() ^ 1);
    const auto* bytes = as_bytes(der).data();
    const X509Handle forged(d2i_X509(nullptr, &bytes, static_cast<long>(der.size())));
    ASSERT_NE(forged, nullptr);
    const X509Stack stack = stack_of({sent_});
    EXPECT_EQ(store->verify(forged.get(), stack.get(), today + year + day).fault, ChainFault::untrusted);
}

TEST_F(TrustStoreTest, R_A1_RefusesWeakKeysAndDigestsBelowTheAnchor) {
    const auto store = store_of({anchor_of(root_, "acme")});
    auto sha1 = phone_order({{"CN", "a"}});
    sha1.sign_with_sha1 = true;
    EXPECT_EQ(check(*store, must(root_.issue(sha1))).fault, ChainFault::untrusted);
    EXPECT_EQ(check(*store, must(root_.issue(phone_order({{"CN", "a"}}, KeyType::rsa_1024)))).fault,
              ChainFault::untrusted);
    const auto weak_root = make_root("Old Root", KeyType::rsa_1024);
    const auto below = must(weak_root.issue(phone_order({{"CN", "a"}})));
    EXPECT_EQ(check(*store_of({anchor_of(weak_root, "acme")}), below).fault, ChainFault::untrusted);
}

// How a root signed its issuing CA long ago is no matter once the issuing CA is an anchor itself.
TEST_F(TrustStoreTest, AnAnchorsOwnSignatureIsNotWeighed) {
    auto order = phone_order({{"CN", "Sha1 Issuing"}});
    order.extensions = authority_extensions();
    order.sign_with_sha1 = true;
    const auto made = must(root_.issue(order));
    const auto key = made.key_pem();
    const auto issuing = must(CertificateAuthority::load(made.certificate_pem(), key.view()));
    const auto leaf = must(issuing.issue(phone_order({{"CN", "a"}})));
    EXPECT_EQ(check(*store_of({anchor_of(root_, "acme"), anchor_of(issuing, "acme", "issuing")}), leaf).fault,
              ChainFault::none);
    EXPECT_EQ(check(*store_of({anchor_of(root_, "acme")}), leaf, {made.certificate.get()}).fault,
              ChainFault::untrusted);
}

TEST_F(TrustStoreTest, R_A1_LimitsPathLength) {
    std::vector<CertificateAuthority> path{root_};
    std::vector<X509*> sent;
    const auto store = store_of({anchor_of(root_, "acme")});
    for (int intermediates = 1; intermediates <= 5; ++intermediates) {
        path.push_back(must(path.back().make_issuing({{"CN", "Level " + std::to_string(intermediates)}})));
        sent.insert(sent.begin(), path.back().own().certificate.get());
        const auto leaf = must(path.back().issue(phone_order({{"CN", "a"}})));
        EXPECT_EQ(check(*store, leaf, sent).fault == ChainFault::none, intermediates <= 3) << intermediates;
    }
    EXPECT_EQ(check(*store, leaf_, std::vector<X509*>(9, sent_)).fault, ChainFault::untrusted);
}

TEST_F(TrustStoreTest, R_A1_RefusesLeavesForOtherPurposes) {
    const auto store = store_of({anchor_of(root_, "acme")});
    auto order = phone_order({{"CN", "a"}});
    order.extensions = {{"extendedKeyUsage", "serverAuth"}};
    EXPECT_EQ(check(*store, must(root_.issue(order))).fault, ChainFault::untrusted);
    order.extensions = {{"keyUsage", "critical,keyCertSign"}};
    EXPECT_EQ(check(*store, must(root_.issue(order))).fault, ChainFault::untrusted);
    const auto issuer = must(CertificateAuthority::load(leaf_.certificate_pem(), leaf_.key_pem().view()));
    const auto below_a_phone = must(issuer.issue(phone_order({{"CN", "b"}})));
    EXPECT_EQ(check(*store, below_a_phone, {leaf_.certificate.get(), sent_}).fault, ChainFault::untrusted);
}

TEST_F(TrustStoreTest, GenerationsDiffer) {
    EXPECT_NE(store_of({})->generation(), store_of({})->generation());
}

TEST_F(TrustStoreTest, R_A11_MakesNothingOfABadAnchor) {
    const std::string good = root_.own().certificate_pem();
    const auto error_of = [&](const std::string& pem) {
        const auto made = TrustStore::make({anchor_of(issuing_, "acme"), {"acme", "bad", "device", pem}}, {});
        return made ? std::string("made") : made.error().code;
    };
    EXPECT_EQ(error_of(good), "made");
    EXPECT_EQ(error_of(""), "P-4201");
    EXPECT_EQ(error_of("no certificate"), "P-4201");
    EXPECT_EQ(error_of(good + issuing_.own().certificate_pem()), "P-4201");
    EXPECT_EQ(error_of(good.substr(0, good.size() / 2)), "P-4201");
    EXPECT_EQ(error_of(leaf_.certificate_pem()), "P-4201");  // no CA
    const auto shared = TrustStore::make({anchor_of(root_, "acme"), anchor_of(root_, "other-vendor")}, {});
    ASSERT_FALSE(shared.has_value());
    EXPECT_EQ(shared.error().code, "P-4201");
    EXPECT_TRUE(TrustStore::make({anchor_of(root_, "acme"), anchor_of(root_, "acme")}, {}).has_value());
}

TEST_F(TrustStoreTest, ReadsCertificateFiles) {
    const std::string root = root_.own().certificate_pem();
    EXPECT_EQ(must(read_certificates("words\n" + root + "more\n" + leaf_.certificate_pem())).size(), 2U);
    const auto der = must(read_certificates(root_.own().certificate_der() + leaf_.certificate_der()));
    ASSERT_EQ(der.size(), 2U);
    EXPECT_EQ(der[0].subject, "CN=Acme Root,O=Look-alike");
    EXPECT_EQ(der[0].pem, root);
    for (const std::string& bad :
         {std::string(), std::string("x"), root.substr(0, 300), root + root.substr(0, 300),
          root_.own().certificate_der() + "x", std::string(5 << 20, 'x')}) {
        const auto read = read_certificates(bad);
        ASSERT_FALSE(read.has_value());
        EXPECT_EQ(read.error().code, "P-4203");
    }
    const OutputBuffer key = root_.own().key_pem();
    EXPECT_FALSE(read_certificates(key.view()).has_value());
}

class Revocation : public TrustStoreTest {
 protected:
    RevocationList list(const CertificateAuthority& ca, const std::vector<Certificate>& revoked,
                        Timestamp issued = today - day, Timestamp next = today + 7 * day) const {
        return {"acme", must(ca.revocation_list(revoked, issued, next))};
    }
    std::vector<ImportedAnchor> anchors_{anchor_of(root_, "acme"), anchor_of(issuing_, "acme", "issuing")};
    IssuedCertificate other_ = must(issuing_.issue(phone_order({{"CN", "001565000001"}})));
};

TEST_F(Revocation, R_A1_RefusesWhatTheListNames) {
    const auto store = store_of(anchors_, {list(issuing_, {leaf_.certificate})});
    EXPECT_EQ(check(*store, leaf_).fault, ChainFault::revoked);
    const auto good = check(*store, other_);
    EXPECT_EQ(good.fault, ChainFault::none);
    EXPECT_EQ(good.holds_until, today + 7 * day);  // then the list is outdated
    const auto expired =
        check(*store_of(anchors_, {list(issuing_, {leaf_.certificate}, today, today + 3 * year)}), leaf_, {},
              today + 2 * year);
    EXPECT_EQ(expired.fault, ChainFault::revoked);
}

TEST_F(Revocation, R_A11_AnOutdatedListRefuses) {
    const auto store = store_of(anchors_, {list(issuing_, {})});
    EXPECT_EQ(check(*store, other_, {}, today + 8 * day).fault, ChainFault::untrusted);
    EXPECT_NE(check(*store, other_, {}, today + 8 * day).detail.find("outdated"), std::string::npos);
    EXPECT_EQ(check(*store, other_, {}, today - 2 * day).fault, ChainFault::untrusted);
    const auto direct = must(root_.issue(phone_order({{"CN", "b"}})));
    EXPECT_EQ(check(*store, direct, {}, today + 8 * day).fault, ChainFault::none);  // no list of the root
}

TEST_F(Revocation, TheNewestListOfACaCounts) {
    const auto older = list(issuing_, {leaf_.certificate}, today - 2 * day, today + 30 * day);
    const auto newer = list(issuing_, {other_.certificate}, today - day, today + 30 * day);
    for (const auto& lists : {std::vector{older, newer}, std::vector{newer, older}}) {
        const auto store = store_of(anchors_, lists);
        EXPECT_EQ(check(*store, leaf_).fault, ChainFault::none);
        EXPECT_EQ(check(*store, other_).fault, ChainFault::revoked);
    }
}

TEST_F(Revocation, R_A1_ARevokedIssuingCaVouchesForNobody) {
    const auto lists = {list(root_, {issuing_.own().certificate})};
    EXPECT_EQ(check(*store_of(anchors_, lists), leaf_).fault, ChainFault::revoked);  // though imported itself
    EXPECT_EQ(check(*store_of({anchors_[0]}, lists), leaf_, {sent_}).fault, ChainFault::revoked);
}

TEST_F(Revocation, R_A11_MakesNothingOfABadList) {
    const auto error_of = [&](const RevocationList& bad) {
        const auto made = TrustStore::make(anchors_, {list(root_, {}), bad});
        return made ? std::string("made") : made.error().code;
    };
    EXPECT_EQ(error_of(list(issuing_, {})), "made");
    EXPECT_EQ(error_of({"acme", "no list"}), "P-4202");
    EXPECT_EQ(error_of({"acme", root_.own().certificate_pem()}), "P-4202");
    EXPECT_EQ(error_of(list(make_root("Acme Root"), {})), "P-4202");  // the name alone does not do
    EXPECT_EQ(error_of(list(must(root_.make_issuing({{"CN", "Not imported"}})), {})), "P-4202");
    RevocationList elsewhere = list(issuing_, {});
    elsewhere.vendor = "other-vendor";
    EXPECT_EQ(error_of(elsewhere), "P-4202");
}

}  // namespace
}  // namespace provost
