// decide() for devices without a certificate (R-A7): every rule that is theirs, and what no combination may
// give.
#include "domain/decide.h"
#include "domain/rating.h"

#include <functional>
#include <set>

#include <gtest/gtest.h>

namespace provost {
namespace {

using namespace std::chrono_literals;

constexpr MacAddress phone(0x001565000001);
constexpr MacAddress other(0x001565000002);
const Timestamp now = from_rfc3339("2026-11-23T12:00:00Z").value();

Sha256 digest_of(std::uint8_t seed) {
    Sha256 digest{};
    digest.fill(seed);
    return digest;
}

Networks networks(std::string_view text) {
    return parse_networks(text, "test").value();
}

// A softphone at its first contact with a token, everything allowed; each case bends it in one place.
struct Scene {
    Evidence evidence;
    Claim claim;
    std::optional<Device> device;
    Policy policy;

    Scene() {
        evidence.proof = Access::token;
        evidence.vendor = "acme";
        evidence.mac = phone;
        evidence.credential = digest_of(7);
        claim.method = Method::get;
        claim.kind = FileKind::device;
        claim.may_carry_secrets = true;
        claim.source = "192.0.2.1";
        device.emplace();
        device->mac = phone;
        device->tenant = 1;
        device->vendor = "acme";
        device->access = Access::token;
        device->state = DeviceState::armed;
        device->generation = 1;
        device->armed_until = now + 1h;
        device->token = {digest_of(7), now + 30min, {}, std::nullopt};
        policy.access = {true, true, true, true};
        policy.fallback_networks = networks("192.0.2.0/24");
        policy.minimum_rating = 3;
    }
    [[nodiscard]] Decision decide() const {
        return provost::decide(evidence, claim, device ? &*device : nullptr, policy, now);
    }
};

void put_state(Scene& scene, DeviceState state) {
    scene.device->state = state;
    scene.device->armed_until.reset();
    if (state == DeviceState::armed) scene.device->armed_until = now + 1h;
    if (state == DeviceState::delivering)
        scene.device->delivering_since = now - 1min, scene.device->delivery_attempts = 1;
    if (state == DeviceState::grace) scene.device->grace_until = now + 30min;
}

// A desk phone that calls home with its password.
void with_password(Scene& scene, Access access) {
    scene.evidence.proof = scene.device->access = access;
    put_state(scene, DeviceState::provisioned);
}

void with_certificate(Scene& scene) {
    scene.evidence.proof = Access::certificate;
    scene.evidence.key = digest_of(1);
    scene.evidence.prefix_allowed = true;
}

struct Case {
    const char* name;
    std::function<void(Scene&)> bend;
    Rule rule;
    bool with_secrets = false;
};

const Case cases[] = {
    {"R_A7_first_contact_by_token", [](Scene&) {}, Rule::first_delivery, true},
    {"R_A7_guessed", [](Scene& s) { s.evidence.fault = Rule::credential_refused; }, Rule::credential_refused},
    {"R_A7_proves_nobody", [](Scene& s) { s.evidence.mac.reset(); }, Rule::credential_refused},
    {"R_A7_token_replaced_meanwhile", [](Scene& s) { s.device->token->hash = digest_of(8); },
     Rule::credential_refused},
    {"R_A7_token_taken_back_meanwhile", [](Scene& s) { s.device->token.reset(); }, Rule::credential_refused},
    {"R_A7_token_spent", [](Scene& s) { s.device->token->spent = now - 1s; }, Rule::token_spent},
    {"R_A7_token_expired", [](Scene& s) { s.device->token->until = now; }, Rule::token_expired},
    {"R_A7_token_without_the_vendors_header", [](Scene& s) { s.claim.lacks_token_header = true; },
     Rule::token_header_missing},
    {"R_A7_the_header_is_for_tokens_only",
     [](Scene& s) {
         with_password(s, Access::digest);
         s.claim.lacks_token_header = true;
     },
     Rule::resync},
    {"R_A7_R_A2_path_names_another", [](Scene& s) { s.claim.path_mac = other; }, Rule::claim_mismatch},
    {"R_A7_R_A2_agent_of_another_vendor", [](Scene& s) { s.claim.agent_of_another_vendor = true; },
     Rule::claim_mismatch},
    {"R_A7_R_A2_a_certificate_outweighs_the_agent",
     [](Scene& s) {
         with_certificate(s);
         s.device->access = Access::certificate;
         s.claim.agent_of_another_vendor = true;
     },
     Rule::first_delivery, true},
    {"R_A7_another_vendors_device", [](Scene& s) { s.device->vendor = "other"; }, Rule::vendor_mismatch},
    {"R_A7_retired", [](Scene& s) { put_state(s, DeviceState::retired); }, Rule::device_retired},
    {"R_A7_device_gone", [](Scene& s) { s.device.reset(); }, Rule::device_unknown},
    {"R_A7_a_device_with_a_certificate_is_not_to_be_had_by_token",
     [](Scene& s) { s.device->access = Access::certificate; }, Rule::access_mismatch},
    {"R_A7_a_device_with_a_certificate_is_not_to_be_had_by_password",
     [](Scene& s) {
         with_password(s, Access::digest);
         s.device->access = Access::certificate;
     },
     Rule::access_mismatch},
    {"R_A7_a_device_with_a_password_is_not_to_be_had_by_certificate",
     [](Scene& s) {
         with_password(s, Access::digest);
         with_certificate(s);
     },
     Rule::access_mismatch},
    {"R_A7_digest_is_not_to_be_had_by_basic",
     [](Scene& s) {
         with_password(s, Access::digest);
         s.evidence.proof = Access::basic;
     },
     Rule::access_mismatch},
    {"R_A7_a_softphones_token_is_all_it_has",
     [](Scene& s) {
         with_password(s, Access::digest);
         s.device->access = Access::token;
     },
     Rule::access_mismatch},
    {"R_A7_a_token_brings_the_password", [](Scene& s) { s.device->access = Access::basic; },
     Rule::first_delivery, true},
    {"R_A7_a_token_is_for_the_first_contact_only",
     [](Scene& s) {
         s.device->access = Access::digest;
         put_state(s, DeviceState::grace);
     },
     Rule::access_mismatch},
    {"R_A7_tenant_allows_nothing_by_default", [](Scene& s) { s.policy.access = {}; },
     Rule::fallback_not_allowed},
    {"R_A7_tenant_allows_another_way", [](Scene& s) { s.policy.access.token = false; },
     Rule::fallback_not_allowed},
    {"R_A7_nowhere_by_default", [](Scene& s) { s.policy.fallback_networks.clear(); },
     Rule::source_not_allowed},
    {"R_A7_from_outside_the_tenants_networks", [](Scene& s) { s.claim.source = "198.51.100.1"; },
     Rule::source_not_allowed},
    {"R_A7_password_from_outside_the_tenants_networks",
     [](Scene& s) {
         with_password(s, Access::digest);
         s.claim.source = "198.51.100.1";
     },
     Rule::source_not_allowed},
    {"R_A7_from_outside_the_tokens_networks",
     [](Scene& s) { s.device->token->networks = networks("192.0.2.128/25"); }, Rule::source_not_allowed},
    {"R_A7_a_tokens_networks_never_widen_the_tenants",
     [](Scene& s) {
         s.device->token->networks = networks("any");
         s.claim.source = "198.51.100.1";
     },
     Rule::source_not_allowed},
    {"R_A7_from_no_address", [](Scene& s) { s.claim.source = "nowhere"; }, Rule::source_not_allowed},
    {"R_A7_R_A6_below_the_minimum", [](Scene& s) { s.policy.minimum_rating = 5; }, Rule::rating_too_low},
    {"R_A7_R_A6_basic_is_below_digest",
     [](Scene& s) {
         with_password(s, Access::basic);
         s.policy.minimum_rating = 4;
     },
     Rule::rating_too_low},
    {"R_A7_R_A6_digest_where_four_will_do",
     [](Scene& s) {
         with_password(s, Access::digest);
         s.policy.minimum_rating = 4;
     },
     Rule::resync},
    {"R_A7_window_passed", [](Scene& s) { s.device->armed_until = now; }, Rule::window_passed},
    {"R_A7_broken_transfer_repeats", [](Scene& s) { put_state(s, DeviceState::delivering); },
     Rule::repeat_delivery, true},
    {"R_A7_broken_too_often",
     [](Scene& s) {
         put_state(s, DeviceState::delivering);
         s.device->delivery_attempts = 4;
     },
     Rule::repeats_exhausted},
    {"R_A7_R_A10_from_two_places",
     [](Scene& s) {
         put_state(s, DeviceState::delivering);
         s.device->last_seen = now - 1min;
         s.device->last_source = "192.0.2.9";
     },
     Rule::clone_suspected},
    {"R_A7_R_A10_no_key_is_asked_for",
     [](Scene& s) {
         with_password(s, Access::digest);
         s.device->pinned_key = digest_of(1);
     },
     Rule::resync},
    {"R_A7_absent_file", [](Scene& s) { s.claim.kind = FileKind::absent; }, Rule::absent_by_design},
    {"R_A7_common_file", [](Scene& s) { s.claim.kind = FileKind::common; }, Rule::common_file},
    {"R_A7_early_stage", [](Scene& s) { s.claim.may_carry_secrets = false; }, Rule::stage_without_secrets},
    {"R_A7_head", [](Scene& s) { s.claim.method = Method::head; }, Rule::head_only},
    {"R_A7_digest_calls_home", [](Scene& s) { with_password(s, Access::digest); }, Rule::resync},
    {"R_A7_basic_calls_home", [](Scene& s) { with_password(s, Access::basic); }, Rule::resync},
    {"R_A7_basic_rotates",
     [](Scene& s) {
         with_password(s, Access::basic);
         s.device->secret_mode = SecretMode::rotate;
     },
     Rule::rotated_delivery, true},
};

class DecideAccess : public testing::TestWithParam<Case> {};

TEST_P(DecideAccess, Holds) {
    Scene scene;
    GetParam().bend(scene);
    const auto decision = scene.decide();
    EXPECT_EQ(to_text(decision.rule), to_text(GetParam().rule));
    EXPECT_EQ(decision.refused, is_refusal(GetParam().rule));
    EXPECT_EQ(decision.with_secrets, GetParam().with_secrets);
    if (scene.evidence.proof != Access::certificate) {
        EXPECT_FALSE(decision.pin_key);
        EXPECT_FALSE(decision.hold_key);
    }
}

INSTANTIATE_TEST_SUITE_P(Rules, DecideAccess, testing::ValuesIn(cases),
                         [](const auto& info) { return std::string(info.param.name); });

// Over all combinations: secrets without a certificate need the tenant's word, the network, the rating, and a
// device that a person has set to this way; and none of it changes what a certificate gets.
TEST(DecideAccess, R_A7_SecretsWithoutACertificateNeedEverythingAtOnce) {
    int delivered = 0;
    for (int proof = 0; proof <= 3; ++proof)
        for (int access = 0; access <= 3; ++access)
            for (int state = 0; state <= 6; ++state)
                for (int mode = 0; mode <= 2; ++mode)
                    for (int allowed = 0; allowed <= 7; ++allowed)
                        for (const bool inside : {false, true})
                            for (const int least : {2, 3, 4, 5})
                                for (const bool spent : {false, true}) {
                                    Scene scene;
                                    put_state(scene, static_cast<DeviceState>(state));
                                    scene.device->access = static_cast<Access>(access);
                                    scene.device->secret_mode = static_cast<SecretMode>(mode);
                                    if (spent) scene.device->token->spent = now - 1s;
                                    scene.evidence.proof = static_cast<Access>(proof);
                                    if (proof == 0) with_certificate(scene);
                                    scene.policy.access = {true, (allowed & 1) != 0, (allowed & 2) != 0,
                                                           (allowed & 4) != 0};
                                    scene.policy.minimum_rating = least;
                                    if (!inside) scene.claim.source = "2001:db8::1";
                                    const auto decision = scene.decide();
                                    if (!decision.with_secrets) continue;
                                    ++delivered;
                                    EXPECT_GE(rate(scene.evidence, scene.device->secret_mode).stars, least);
                                    if (proof == 0) {
                                        EXPECT_EQ(access, 0);
                                        continue;
                                    }
                                    EXPECT_NE(access, 0);
                                    EXPECT_TRUE(inside);
                                    EXPECT_TRUE(scene.policy.access.allows(scene.evidence.proof));
                                    EXPECT_LT(decision.rating, 5);
                                    if (scene.evidence.proof == Access::token) {
                                        EXPECT_FALSE(spent);
                                    } else {
                                        EXPECT_EQ(proof, access);
                                    }
                                }
    EXPECT_GT(delivered, 100);
}

TEST(Rating, R_A7_R_A6_StandsByWhatTheDeviceProvesAndWhatIsKept) {
    Evidence evidence;
    const auto stars = [&](Access proof, SecretMode mode) {
        evidence.proof = proof;
        const auto rating = rate(evidence, mode);
        EXPECT_FALSE(rating.reason.empty());
        EXPECT_EQ(rating.raise.empty(), rating.stars == 5);
        return rating.stars;
    };
    using enum Access;
    EXPECT_EQ(stars(certificate, SecretMode::purge), 5);
    EXPECT_EQ(stars(digest, SecretMode::rotate), 4);
    EXPECT_EQ(stars(token, SecretMode::purge), 4);
    EXPECT_EQ(stars(basic, SecretMode::purge), 3);
    EXPECT_EQ(stars(digest, SecretMode::retain), 3);
    EXPECT_EQ(stars(token, SecretMode::retain), 3);
    EXPECT_EQ(stars(basic, SecretMode::retain), 2);
}

}  // namespace
}  // namespace provost
