// decide() as a table: every rule, the order in which rules are asked, and properties over all combinations.
#include "domain/decide.h"

#include <functional>
#include <set>

#include <gtest/gtest.h>

namespace provost {
namespace {

using namespace std::chrono_literals;

constexpr MacAddress phone(0x001565000001);
constexpr MacAddress other(0x001565000002);
const Timestamp now = from_rfc3339("2026-11-23T12:00:00Z").value();

Sha256 key_of(std::uint8_t seed) {
    Sha256 key{};
    key.fill(seed);
    return key;
}

// A phone that gets its secrets; each case bends it in one place.
struct Scene {
    Evidence evidence;
    Claim claim;
    std::optional<Device> device;
    Policy policy;

    Scene() {
        evidence.vendor = "acme";
        evidence.mac = phone;
        evidence.prefix_allowed = true;
        evidence.key = key_of(1);
        claim.method = Method::get;
        claim.kind = FileKind::device;
        claim.path_mac = phone;
        claim.may_carry_secrets = true;
        claim.source = "192.0.2.1";
        device.emplace();
        device->mac = phone;
        device->tenant = 1;
        device->vendor = "acme";
        device->state = DeviceState::armed;
        device->generation = 1;
        device->armed_until = now + 1h;
    }
    [[nodiscard]] Decision decide() const {
        return provost::decide(evidence, claim, device ? &*device : nullptr, policy, now);
    }
};

struct Case {
    const char* name;
    std::function<void(Scene&)> bend;
    Rule rule;
    bool with_secrets = false;
};

void put_state(Scene& scene, DeviceState state) {
    scene.device->state = state;
    scene.device->pinned_key = key_of(1);
    scene.device->armed_until.reset();
    if (state == DeviceState::delivering)
        scene.device->delivering_since = now - 1min, scene.device->delivery_attempts = 1;
    if (state == DeviceState::grace) scene.device->grace_until = now + 30min;
}

const Case cases[] = {
    // R-A1 to R-A5: what TLS proved
    {"R_A1_no_certificate",
     [](Scene& s) {
         s.evidence = {};
         s.evidence.fault = Rule::no_certificate;
     },
     Rule::no_certificate},
    {"R_A1_untrusted", [](Scene& s) { s.evidence.fault = Rule::certificate_untrusted; },
     Rule::certificate_untrusted},
    {"R_A1_expired", [](Scene& s) { s.evidence.fault = Rule::certificate_expired; },
     Rule::certificate_expired},
    {"R_A1_not_yet_valid", [](Scene& s) { s.evidence.fault = Rule::certificate_not_yet_valid; },
     Rule::certificate_not_yet_valid},
    {"R_A1_revoked", [](Scene& s) { s.evidence.fault = Rule::certificate_revoked; },
     Rule::certificate_revoked},
    {"R_A4_distrusted", [](Scene& s) { s.evidence.fault = Rule::certificate_distrusted; },
     Rule::certificate_distrusted},
    {"R_A3_malformed", [](Scene& s) { s.evidence.fault = Rule::certificate_malformed; },
     Rule::certificate_malformed},
    {"R_A5_generic", [](Scene& s) { s.evidence.fault = Rule::certificate_generic; },
     Rule::certificate_generic},
    {"R_A3_no_identity", [](Scene& s) { s.evidence.mac.reset(); }, Rule::certificate_malformed},
    {"R_A3_no_key", [](Scene& s) { s.evidence.key.reset(); }, Rule::certificate_malformed},
    {"R_A4_foreign_prefix", [](Scene& s) { s.evidence.prefix_allowed = false; },
     Rule::vendor_prefix_mismatch},
    // R-A2: what the request claims
    {"R_A2_path_names_another", [](Scene& s) { s.claim.path_mac = other; }, Rule::claim_mismatch},
    {"R_A2_agent_names_another", [](Scene& s) { s.claim.agent_mac = other; }, Rule::claim_mismatch},
    {"R_A2_query_names_another", [](Scene& s) { s.claim.query_mac = other; }, Rule::claim_mismatch},
    {"other_method", [](Scene& s) { s.claim.method = Method::other; }, Rule::method_refused},
    {"put_to_the_device_file", [](Scene& s) { s.claim.method = Method::put; }, Rule::method_refused},
    {"unknown_path", [](Scene& s) { s.claim.kind = FileKind::unknown; }, Rule::path_unknown},
    // what we know of the device
    {"unknown_device", [](Scene& s) { s.device.reset(); }, Rule::device_unknown},
    {"R_A4_a_door_for_other_vendors", [](Scene& s) { s.claim.door_serves_vendor = false; },
     Rule::vendor_not_served},
    {"R_A6_old_door_below_the_minimum", [](Scene& s) { s.evidence.old_door = true; }, Rule::rating_too_low},
    {"R_A6_weak_chain_below_a_minimum_of_4",
     [](Scene& s) {
         s.evidence.old_door = s.evidence.weak_chain = true;
         s.policy.minimum_rating = 4;
     },
     Rule::rating_too_low},
    {"R_A6_weak_chain_where_policy_says_so",
     [](Scene& s) {
         s.evidence.old_door = s.evidence.weak_chain = true;
         s.policy.minimum_rating = 3;
     },
     Rule::first_delivery, true},
    {"another_vendors_device", [](Scene& s) { s.device->vendor = "other"; }, Rule::vendor_mismatch},
    {"retired", [](Scene& s) { put_state(s, DeviceState::retired); }, Rule::device_retired},
    {"registered", [](Scene& s) { put_state(s, DeviceState::registered); }, Rule::device_not_armed},
    {"R_B3_expired", [](Scene& s) { put_state(s, DeviceState::expired); }, Rule::window_passed},
    {"R_B3_window_passes_before_the_clockwork_notices", [](Scene& s) { s.device->armed_until = now; },
     Rule::window_passed},
    {"R_A10_another_key", [](Scene& s) { s.device->pinned_key = key_of(2); }, Rule::key_mismatch},
    {"R_A10_clone_in_delivery",
     [](Scene& s) {
         put_state(s, DeviceState::delivering);
         s.device->last_seen = now - 1min;
         s.device->last_source = "198.51.100.9";
     },
     Rule::clone_suspected},
    {"R_A10_clone_in_grace",
     [](Scene& s) {
         put_state(s, DeviceState::grace);
         s.device->last_seen = now - 1min;
         s.device->last_source = "198.51.100.9";
     },
     Rule::clone_suspected},
    {"R_A6_expired_leaf_below_the_minimum", [](Scene& s) { s.evidence.expired_leaf = true; },
     Rule::rating_too_low},
    {"R_A6_retain_below_the_minimum", [](Scene& s) { s.device->secret_mode = SecretMode::retain; },
     Rule::rating_too_low},
    {"repeats_too_late",
     [](Scene& s) {
         put_state(s, DeviceState::delivering);
         s.device->delivering_since = now - 10min;
     },
     Rule::repeats_exhausted},
    {"repeats_too_often",
     [](Scene& s) {
         put_state(s, DeviceState::delivering);
         s.device->delivery_attempts = 4;
     },
     Rule::repeats_exhausted},
    // answers
    {"R_B1_first", [](Scene&) {}, Rule::first_delivery, true},
    {"first_with_the_pinned_key", [](Scene& s) { s.device->pinned_key = key_of(1); }, Rule::first_delivery,
     true},
    {"R_A6_expired_leaf_where_allowed",
     [](Scene& s) {
         s.evidence.expired_leaf = true;
         s.policy.minimum_rating = 4;
     },
     Rule::first_delivery, true},
    {"repeat_in_time", [](Scene& s) { put_state(s, DeviceState::delivering); }, Rule::repeat_delivery, true},
    {"repeat_in_grace", [](Scene& s) { put_state(s, DeviceState::grace); }, Rule::repeat_delivery, true},
    {"grace_over",
     [](Scene& s) {
         put_state(s, DeviceState::grace);
         s.device->grace_until = now;
     },
     Rule::resync},
    {"R_B1_resync", [](Scene& s) { put_state(s, DeviceState::provisioned); }, Rule::resync},
    {"R_B2_rotate",
     [](Scene& s) {
         put_state(s, DeviceState::provisioned);
         s.device->secret_mode = SecretMode::rotate;
     },
     Rule::rotated_delivery, true},
    {"R_B2_retain_where_allowed",
     [](Scene& s) {
         put_state(s, DeviceState::provisioned);
         s.device->secret_mode = SecretMode::retain;
         s.policy.minimum_rating = 4;
     },
     Rule::retained_delivery, true},
    {"rotate_but_early_stage",
     [](Scene& s) {
         put_state(s, DeviceState::provisioned);
         s.device->secret_mode = SecretMode::rotate;
         s.claim.may_carry_secrets = false;
     },
     Rule::resync},
    {"early_stage_of_the_boot", [](Scene& s) { s.claim.may_carry_secrets = false; },
     Rule::stage_without_secrets},
    {"head", [](Scene& s) { s.claim.method = Method::head; }, Rule::head_only},
    {"absent_file", [](Scene& s) { s.claim.kind = FileKind::absent; }, Rule::absent_by_design},
    {"upload",
     [](Scene& s) {
         s.claim.kind = FileKind::upload;
         s.claim.method = Method::put;
     },
     Rule::upload_discarded},
    {"reading_an_upload", [](Scene& s) { s.claim.kind = FileKind::upload; }, Rule::absent_by_design},
    {"common_file", [](Scene& s) { s.claim.kind = FileKind::common; }, Rule::common_file},
    {"path_without_a_mac", [](Scene& s) { s.claim.path_mac.reset(); }, Rule::first_delivery, true},
    {"seen_elsewhere_long_ago",
     [](Scene& s) {
         put_state(s, DeviceState::grace);
         s.device->last_seen = now - 2h;
         s.device->last_source = "198.51.100.9";
     },
     Rule::repeat_delivery, true},
    {"R_A10_clone_of_a_rotating_phone",
     [](Scene& s) {
         put_state(s, DeviceState::provisioned);
         s.device->secret_mode = SecretMode::rotate;
         s.device->last_seen = now - 1min;
         s.device->last_source = "198.51.100.9";
     },
     Rule::clone_suspected},
    {"clone_without_secrets_at_stake",
     [](Scene& s) {
         put_state(s, DeviceState::provisioned);
         s.device->last_seen = now - 1min;
         s.device->last_source = "198.51.100.9";
     },
     Rule::resync},
};

class DecideTable : public testing::TestWithParam<Case> {};

TEST_P(DecideTable, Holds) {
    Scene scene;
    GetParam().bend(scene);
    const auto decision = scene.decide();
    EXPECT_EQ(to_text(decision.rule), to_text(GetParam().rule));
    EXPECT_EQ(decision.refused, is_refusal(GetParam().rule));
    EXPECT_EQ(decision.with_secrets, GetParam().with_secrets);
}

INSTANTIATE_TEST_SUITE_P(Rules, DecideTable, testing::ValuesIn(cases),
                         [](const auto& info) { return std::string(info.param.name); });

TEST(Decide, EveryRuleOfTheDomainIsInTheTable) {
    std::set<Rule> shown;
    for (const auto& one : cases) shown.insert(one.rule);
    // What devices without a certificate meet: decide_access_test.cc shows each of these.
    shown.insert({Rule::credential_refused, Rule::token_header_missing, Rule::token_spent,
                  Rule::token_expired, Rule::access_mismatch, Rule::fallback_not_allowed,
                  Rule::source_not_allowed});
    // What a diagnostic window makes of an answer: diagnostic_window_test.cc.
    shown.insert({Rule::diagnostics_opened, Rule::diagnostics_closed});
    for (int i = 0; i <= static_cast<int>(Rule::stage_without_secrets); ++i) {
        const auto rule = static_cast<Rule>(i);
        if (rule == Rule::configuration_invalid || rule == Rule::overloaded || rule == Rule::challenged)
            continue;  // the service's own
        EXPECT_TRUE(shown.contains(rule)) << to_text(rule);
    }
}

TEST(Decide, R_A10_PinsTheFirstKeyAndHoldsAnother) {
    Scene scene;
    EXPECT_TRUE(scene.decide().pin_key);
    scene.device->pinned_key = key_of(1);
    EXPECT_FALSE(scene.decide().pin_key);
    scene.device->pinned_key = key_of(2);
    EXPECT_TRUE(scene.decide().hold_key);
    scene.device->held_key = key_of(1);
    EXPECT_FALSE(scene.decide().hold_key) << "held already";
}

TEST(Decide, R_A10_CloneAlarmAlsoWhereNothingIsAtStake) {
    Scene scene;
    put_state(scene, DeviceState::provisioned);
    scene.device->last_seen = now - 1min;
    scene.device->last_source = "198.51.100.9";
    EXPECT_TRUE(scene.decide().clone_alarm);
    scene.device->last_source = std::string(scene.claim.source);
    EXPECT_FALSE(scene.decide().clone_alarm);
}

// Over all combinations of evidence, claim, state and mode: secrets go only to a proved, agreeing, armed or
// provisioned device, on GET of its own file, with the pinned key.
TEST(Decide, SecretsNeedEverythingAtOnce) {
    int delivered = 0, seen = 0;
    for (const bool fault : {false, true})
        for (const bool prefix : {false, true})
            for (const auto& path : {std::optional(phone), std::optional(other), std::optional<MacAddress>()})
                for (int method = 0; method <= 4; ++method)
                    for (int kind = 0; kind <= 4; ++kind)
                        for (int state = 0; state <= 6; ++state)
                            for (int mode = 0; mode <= 2; ++mode)
                                for (const std::uint8_t pinned : {0, 1, 2})
                                    for (const bool stage : {false, true}) {
                                        Scene scene;
                                        if (fault) scene.evidence.fault = Rule::certificate_untrusted;
                                        scene.evidence.prefix_allowed = prefix;
                                        scene.claim.path_mac = path;
                                        scene.claim.method = static_cast<Method>(method);
                                        scene.claim.kind = static_cast<FileKind>(kind);
                                        scene.claim.may_carry_secrets = stage;
                                        put_state(scene, static_cast<DeviceState>(state));
                                        if (scene.device->state == DeviceState::armed)
                                            scene.device->armed_until = now + 1h;
                                        scene.device->secret_mode = static_cast<SecretMode>(mode);
                                        scene.policy.minimum_rating = 4;
                                        scene.device->pinned_key =
                                            pinned == 0 ? std::nullopt : std::optional(key_of(pinned));
                                        const auto decision = scene.decide();
                                        ++seen;
                                        EXPECT_EQ(decision.refused, is_refusal(decision.rule));
                                        if (!decision.with_secrets) continue;
                                        ++delivered;
                                        EXPECT_FALSE(decision.refused);
                                        EXPECT_TRUE(!fault && prefix && path != other && pinned != 2 &&
                                                    stage);
                                        EXPECT_EQ(scene.claim.method, Method::get);
                                        EXPECT_EQ(scene.claim.kind, FileKind::device);
                                        EXPECT_NE(scene.device->state, DeviceState::registered);
                                        EXPECT_NE(scene.device->state, DeviceState::expired);
                                        EXPECT_NE(scene.device->state, DeviceState::retired);
                                        EXPECT_TRUE(scene.device->state != DeviceState::provisioned ||
                                                    mode != 0);
                                    }
    EXPECT_GT(delivered, 0);
    EXPECT_GT(seen, 10'000);
}

// Who proved to be a device makes its address a known one and counts as seen: nobody else may (R-A4, R-A7).
TEST(Decide, R_A4_ProvedIsWhoseEvidenceHasNoFault) {
    struct Bent {
        const char* name;
        std::function<void(Evidence&)> bend;
        std::optional<MacAddress> proved;
    };
    const Bent table[] = {
        {"factory certificate", [](Evidence&) {}, phone},
        {"expired", [](Evidence& e) { e.fault = Rule::certificate_expired; }, std::nullopt},
        {"another vendor's CA", [](Evidence& e) { e.prefix_allowed = false; }, std::nullopt},
        {"no key", [](Evidence& e) { e.key.reset(); }, std::nullopt},
        {"no MAC", [](Evidence& e) { e.mac.reset(); }, std::nullopt},
        {"password", [](Evidence& e) { e.proof = Access::digest, e.key.reset(); }, phone},
        {"unknown token", [](Evidence& e) { e.proof = Access::token, e.mac.reset(); }, std::nullopt},
    };
    for (const auto& row : table) {
        Scene scene;
        row.bend(scene.evidence);
        EXPECT_EQ(proved_device(scene.evidence), row.proved) << row.name;
        for (const auto rule : {Rule::first_delivery, Rule::claim_mismatch, Rule::window_passed})
            EXPECT_EQ(proved_device(scene.evidence, rule), row.proved) << row.name;
        for (const auto rule : {Rule::credential_refused, Rule::token_spent, Rule::token_expired})
            EXPECT_EQ(proved_device(scene.evidence, rule), std::nullopt) << row.name;
    }
}

// Over every rule: an address becomes known only by who is served there, and nobody pays for what is not his
// doing.
TEST(Decide, R_C5_WhoIsRefusedMakesNoAddressKnown) {
    for (int i = 0; i <= static_cast<int>(Rule::stage_without_secrets); ++i) {
        const auto rule = static_cast<Rule>(i);
        for (const bool proved : {false, true}) {
            for (const bool registered : {false, true})
                EXPECT_EQ(makes_source_known(proved, registered, rule),
                          proved && registered && !is_refusal(rule))
                    << to_text(rule);
            const bool costs = costs_patience(proved, rule);
            if (!is_refusal(rule)) EXPECT_FALSE(costs) << to_text(rule);
            if (costs && proved) EXPECT_EQ(rule, Rule::claim_mismatch);
        }
    }
    EXPECT_FALSE(costs_patience(false, Rule::overloaded));
    EXPECT_TRUE(costs_patience(false, Rule::no_certificate));
    EXPECT_TRUE(costs_patience(true, Rule::claim_mismatch));
    EXPECT_FALSE(costs_patience(true, Rule::window_passed));
}

TEST(Rules, EachHasItsOwnNameAndWords) {
    std::set<std::string_view> names;
    for (int i = 0; i <= static_cast<int>(Rule::stage_without_secrets); ++i) {
        const auto rule = static_cast<Rule>(i);
        EXPECT_TRUE(names.insert(to_text(rule)).second) << to_text(rule);
        EXPECT_EQ(parse_rule(to_text(rule)), rule);
        EXPECT_FALSE(explain(rule).empty());
        EXPECT_FALSE(next_step(rule).empty());
    }
}

}  // namespace
}  // namespace provost
