// What a vendor file without mistakes becomes, and the limits of the reader.
#include "vendor/vendor_file.h"

#include "acme_file.h"
#include "vendor/catalogue.h"

#include <filesystem>
#include <fstream>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

namespace provost {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

VendorSpec read_acme() {
    auto outcome = read_vendor_file(acme_file, "vendors/acme.yaml");
    for (const auto& error : outcome.errors) ADD_FAILURE() << error.text();
    return std::move(outcome.spec).value_or(VendorSpec{});
}

std::vector<std::string> codes(std::string_view text) {
    std::vector<std::string> out;
    for (const auto& error : read_vendor_file(text, "acme.yaml").errors) out.push_back(error.code);
    return out;
}

const ParameterRule& rule(const VendorSpec& spec, std::string_view name) {
    for (const auto& candidate : spec.parameters) {
        if (candidate.name.source() == name) return candidate;
    }
    ADD_FAILURE() << "no rule for " << name;
    return spec.parameters.front();
}

TEST(VendorFile, ReadsTheHead) {
    const auto spec = read_acme();
    EXPECT_EQ(spec.id, "acme");
    EXPECT_EQ(spec.name, "Acme Phones");
    EXPECT_EQ(spec.status, "draft");
    EXPECT_EQ(spec.sources.at("forum"), "https://example.net/note");
    EXPECT_THAT(spec.mac_prefixes, ElementsAre(0x001565U, 0x805ec0U));
    EXPECT_FALSE(spec.any_mac_prefix);
    EXPECT_EQ(spec.models.at(1).id, "X20");
    EXPECT_EQ(spec.models.at(1).lines, 6);
    EXPECT_EQ(spec.models.at(1).keys, 10);
    EXPECT_THAT(spec.model_provenance.sources, ElementsAre("guide"));
    EXPECT_EQ(spec.tls.minimum, "1.2");
    EXPECT_EQ(spec.tls.sni, "sent");
    EXPECT_EQ(spec.resync.event, "check-sync");
    EXPECT_EQ(spec.resync.reboot_event, "check-sync;reboot=true");
    EXPECT_EQ(spec.resync.challenges, Known::yes);
    EXPECT_EQ(spec.resync.content_type + " " + spec.resync.body, "text/plain again");
    ASSERT_EQ(spec.unsupported.size(), 1U);
    EXPECT_EQ(setting(spec.unsupported[0].setting).name, "security.usb");
    EXPECT_EQ(spec.unsupported[0].why, "no parameter found");
    EXPECT_EQ(spec.quirks.size(), 1U);
}

TEST(VendorFile, ReadsCertificates) {
    const auto spec = read_acme();
    const auto& profile = spec.profiles.at(0);
    EXPECT_EQ(profile.identity.at(0).attribute, "serialNumber");
    EXPECT_EQ(profile.identity.at(1).attribute, "CN");
    EXPECT_EQ(profile.require.at(0).pattern.text, "Acme.*");
    EXPECT_EQ(profile.generic.at(1).without, "serialNumber");
    EXPECT_TRUE(profile.tolerate_expired_leaf);
    EXPECT_TRUE(profile.tolerate_missing_client_auth);
    EXPECT_EQ(profile.minimum_rsa_bits, 1024);
    EXPECT_EQ(profile.provenance.confidence, Confidence::medium);
    EXPECT_EQ(profile.provenance.note, "seen on three phones");
    ASSERT_TRUE(spec.anchors.at(0).sha256.has_value());
    EXPECT_EQ((*spec.anchors.at(0).sha256)[1], 0x11);
    EXPECT_EQ(spec.anchors.at(0).profile, "device");
}

TEST(VendorFile, ReadsRequestsAndOutput) {
    const auto spec = read_acme();
    EXPECT_EQ(spec.files.at(0).kind, FileKind::device);
    EXPECT_TRUE(spec.files.at(0).carries_secrets);
    EXPECT_EQ(spec.files.at(0).secret_stage, "Application");
    EXPECT_EQ(spec.files.at(0).answer_type, "text/plain");
    EXPECT_EQ(spec.files.at(2).kind, FileKind::absent);
    EXPECT_FALSE(spec.files.at(2).carries_secrets);
    EXPECT_EQ(spec.files.at(3).upload_status, 204);
    EXPECT_EQ(spec.output.syntax, "key-value");
    EXPECT_EQ(spec.output.options.at("header"), "#!version:1");
    EXPECT_EQ(spec.output.absent, AbsentMeans::kept);
    EXPECT_EQ(spec.output.empty, EmptyMeans::cleared);
    EXPECT_THAT(spec.secrets.possible,
                ElementsAre(SecretMode::purge, SecretMode::rotate, SecretMode::retain));
    EXPECT_EQ(spec.secrets.sip_password_length, 32);
    EXPECT_EQ(spec.secrets.password_alphabet.find_first_of("0O1l"), std::string::npos);
    EXPECT_EQ(spec.defaults.size(), 2U);
    EXPECT_EQ(to_text(spec.defaults.at(0).key), "line.transport");
}

TEST(VendorFile, R_A7_R_A9_ReadsHowPhonesProveThemselvesAndAreSetUp) {
    const auto spec = read_acme();
    EXPECT_EQ(spec.access.certificate, AccessSpec::Certificate::some);
    EXPECT_EQ(spec.access.basic, Known::yes);
    EXPECT_EQ(spec.access.digest, Known::unknown);
    EXPECT_EQ(spec.access.url_credentials, Known::no);
    EXPECT_EQ(spec.access.token_header, "X-Acme");
    ASSERT_EQ(spec.scorecard.size(), 6U);
    EXPECT_EQ(spec.scorecard.at(3).name, "verifies_server");
    EXPECT_EQ(spec.scorecard.at(3).answer, Answer::partly);
    EXPECT_EQ(spec.scorecard.at(3).provenance.note, "from firmware 5 on");
    EXPECT_THAT(spec.setup.dhcp_options, ElementsAre(66, 160));
    EXPECT_EQ(spec.setup.factory_reset, "Forgets everything.");
}

TEST(VendorFile, AVariantIsForTheModelsItNames) {
    const auto spec = read_acme();
    EXPECT_EQ(output_format(spec, "X20").syntax, "flat-profile");
    EXPECT_EQ(output_format(spec, "X20W").syntax, "flat-profile") << "as the User-Agent spells it";
    EXPECT_EQ(output_format(spec, "X10").syntax, "key-value");
    EXPECT_EQ(output_format(spec, "").syntax, "key-value");
}

TEST(VendorFile, ReadsRules) {
    const auto spec = read_acme();
    EXPECT_EQ(spec.fixed.at(1).firmware_below, "5.1");
    EXPECT_EQ(spec.fixed.at(1).models->text, "X10");
    EXPECT_EQ(rule(spec, "account.{line}.transport").values.at("tls"), "2");
    EXPECT_EQ(rule(spec, "account.{line}.srtp").fallback, "0");
    EXPECT_EQ(rule(spec, "account.{line}.codec.{item}").list, ListMode::each);
    EXPECT_EQ(rule(spec, "voicemail").first_index, 1);
    EXPECT_EQ(rule(spec, "voicemail").last_index, 1);
    const auto& key = rule(spec, "key.{key0}");
    EXPECT_EQ(key.when.size(), 2U);
    EXPECT_THAT(key.when.at(0).any_of, ElementsAre("blf"));
    EXPECT_TRUE(key.when.at(1).present);
    EXPECT_EQ(key.forbid, ";=");
    EXPECT_EQ(key.max_index, 8);
    EXPECT_EQ(rule(spec, "web").firmware_from, "5.0");
}

TEST(VendorFile, ScalarsAreTextsWhateverYamlWouldMakeOfThem) {
    const auto spec =
        read_vendor_file(edited(acme_file, "{udp: 0, tcp: 1,", "{udp: 0123, tcp: no,"), "acme.yaml").spec;
    ASSERT_TRUE(spec.has_value());
    EXPECT_EQ(rule(*spec, "account.{line}.transport").values.at("udp"), "0123");
    EXPECT_EQ(rule(*spec, "account.{line}.transport").values.at("tcp"), "no");
}

TEST(VendorFile, AnyPrefixMustBeSaidOutLoud) {
    const auto text = edited(acme_file, "prefixes: [\"00:15:65\", \"80:5e:c0\"]", "any: true");
    const auto spec = read_vendor_file(text, "acme.yaml").spec;
    ASSERT_TRUE(spec.has_value());
    EXPECT_TRUE(spec->any_mac_prefix);
    EXPECT_THAT(spec->mac_prefixes, IsEmpty());
}

TEST(VendorFile, EqualPatternsShareOneExpression) {
    const auto spec =
        read_vendor_file(edited(acme_file, "models: \"X2.*\"", "models: \"X10\""), "acme.yaml").spec;
    ASSERT_TRUE(spec.has_value());
    EXPECT_EQ(spec->fixed.at(1).models->compiled, rule(*spec, "web_tls").models->compiled);
}

TEST(VendorFile, TellsAllMistakesAtOnce) {
    auto text = edited(acme_file, "status: draft", "status: drafty");
    text = edited(text, "sni: sent", "snii: sent");
    text = edited(text, "profile: device", "profile: phone");
    EXPECT_THAT(codes(text), ElementsAre("P-2107", "P-2108", "P-2104", "P-2103"));
}

TEST(VendorFile, ListsAHundredMistakesAtMost) {
    std::string text(acme_file);
    for (int i = 0; i < 200; ++i) text += "unknown" + std::to_string(i) + ": 1\n";
    EXPECT_EQ(codes(text).size(), 100U);
}

TEST(VendorFile, RefusesWhatIsNoYaml) {
    EXPECT_THAT(codes("format: [1"), ElementsAre("P-2102"));
    EXPECT_THAT(codes("a: b: c"), ElementsAre("P-2102"));
    EXPECT_THAT(codes(std::string_view("a\0b: 1", 6)), ElementsAre("P-2102"));
    EXPECT_THAT(codes("a: \xff\xfe"), ElementsAre("P-2102"));
    EXPECT_FALSE(codes("").empty());
    EXPECT_FALSE(codes("just words").empty());
    EXPECT_FALSE(codes("- a\n- b\n").empty());
}

TEST(VendorFile, PlacesWhatIsNoYaml) {
    const auto outcome = read_vendor_file("format: 1\nid: acme\nname: [a\n", "v/acme.yaml");
    ASSERT_EQ(outcome.errors.size(), 1U);
    EXPECT_TRUE(outcome.errors[0].where.starts_with("v/acme.yaml:")) << outcome.errors[0].text();
    EXPECT_FALSE(outcome.errors[0].why.empty());
}

TEST(VendorFile, RefusesASecondDocument) {
    EXPECT_THAT(codes(std::string(acme_file) + "---\nformat: 1\n"), ElementsAre("P-2102"));
}

TEST(VendorFile, IsBounded) {
    EXPECT_THAT(codes(std::string(acme_file) + "#" + std::string(1 << 20, 'x')), ElementsAre("P-2102"));
    std::string deep = "quirk: ";
    for (int i = 0; i < 20; ++i) deep += "[";
    for (int i = 0; i < 20; ++i) deep += "]";
    EXPECT_THAT(codes(std::string(acme_file) + deep + "\n"), ElementsAre("P-2102", "P-2103"));
    EXPECT_FALSE(codes(std::string(100000, '[')).empty());
    EXPECT_FALSE(codes("a: " + std::string(100000, '{')).empty());
}

TEST(VendorFile, RefusesGreedyPatterns) {
    const auto text = edited(acme_file, "\"X10[A-Z]?\"", "\"((?:X{1,100}){1,100}){1,100}\"");
    EXPECT_THAT(codes(text), ElementsAre("P-2109"));
    EXPECT_THAT(codes(edited(acme_file, "\"X10[A-Z]?\"", "\"" + std::string(600, 'X') + "\"")),
                ElementsAre("P-2109"));
}

RC_GTEST_PROP(VendorFile, NoDamagedFileIsReadByHalf, ()) {
    std::string text(acme_file);
    const auto damages = *rc::gen::inRange(1, 6);
    for (int i = 0; i < damages; ++i) {
        const auto at = *rc::gen::inRange<std::size_t>(0, text.size());
        const auto length = *rc::gen::inRange<std::size_t>(0, 4);
        text.replace(
            at, length,
            *rc::gen::container<std::string>(rc::gen::elementOf(std::string("{}[]:,-#&*!|>'\"%@ \n\ta1"))));
    }
    const auto outcome = read_vendor_file(text, "acme.yaml");
    RC_ASSERT(outcome.spec.has_value() == outcome.errors.empty());
    for (const auto& error : outcome.errors) RC_ASSERT(error.where.starts_with("acme.yaml:"));
}

// The language's reference shows a whole file: it is one.
TEST(VendorFile, TheReferencesExampleIsWithoutMistakes) {
    std::ifstream in(std::filesystem::path(PROVOST_SOURCE_DIR) / "docs/reference/vendor-file.md");
    std::stringstream all;
    all << in.rdbuf();
    const std::string text = all.str();
    const auto begin = text.find("```yaml\n");
    const auto end = text.find("```\n", begin + 8);
    ASSERT_NE(end, text.npos);
    const auto outcome = read_vendor_file(text.substr(begin + 8, end - begin - 8), "acme.yaml");
    for (const auto& error : outcome.errors) ADD_FAILURE() << error.text();
}

}  // namespace
}  // namespace provost
