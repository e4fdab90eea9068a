// Runs every golden case under tests/golden (see the README there). Knows no vendor.
#include "crypto/md5_crypt.h"
#include "golden_files.h"
#include "vendor/catalogue.h"
#include "vendor/device_certificate.h"
#include "vendor/mapping.h"
#include "vendor/syntax/syntax.h"
#include "vendor/vendor_file.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>

#include <gtest/gtest.h>

namespace provost {
namespace {

using golden::Row;
namespace fs = std::filesystem;

const fs::path source_dir = PROVOST_SOURCE_DIR;

// Every secret is its own name, so that one in the wrong place is seen at once.
class Canaries : public SecretSource {
 public:
    explicit Canaries(const std::vector<SettingKey>& secrets) {
        for (const SettingKey key : secrets) {
            texts_[key] = "CANARY-" + to_text(key);
            hashes_[key] = md5_crypt(Secret::copy_of(texts_[key]), "CANARY");
        }
    }
    [[nodiscard]] std::string_view secret(SettingKey which) const override {
        const auto found = texts_.find(which);
        return found == texts_.end() ? std::string_view() : found->second;
    }
    [[nodiscard]] std::string_view hashed(SettingKey which, SecretForm) const override {
        const auto found = hashes_.find(which);
        return found == hashes_.end() ? std::string_view() : found->second;
    }

 private:
    std::map<SettingKey, std::string> texts_, hashes_;
};

const VendorSpec& vendor_of(const fs::path& folder) {
    static std::map<std::string, VendorSpec> known;
    const std::string id = folder.filename();
    if (const auto found = known.find(id); found != known.end()) return found->second;
    const fs::path file = source_dir / "vendors" / (id + ".yaml");
    VendorFileOutcome outcome = read_vendor_file(golden::read_file(file), file);
    for (const Error& error : outcome.errors) ADD_FAILURE() << error.text();
    return known.emplace(id, outcome.spec.value_or(VendorSpec{})).first->second;
}

Result<std::string> render(const VendorSpec& vendor, const golden::Case& given) {
    const Layer layer{LayerKind::device, "case", &given.settings};
    const EffectiveSettings effective = merge({&layer, 1});
    const MappingContext context{given.mac, given.model, given.firmware, &given.secrets};
    PROVOST_TRY(const Parameters parameters, map_settings(vendor, effective, context));
    const OutputFormat& format = output_format(vendor, given.model);
    PROVOST_TRY(const auto syntax, make_syntax(format.syntax, format.options));
    OutputBuffer bytes;
    PROVOST_CHECK(syntax->render(parameters, Canaries(given.secrets), bytes));
    PROVOST_TRY(const auto read_back, syntax->parse(bytes.view()));
    EXPECT_EQ(read_back.size(), parameters.size()) << "the rendered bytes read back as other parameters";
    return std::string(bytes.view());
}

class GoldenCase : public testing::TestWithParam<fs::path> {};

TEST_P(GoldenCase, RendersTheExpectedBytes) {
    const fs::path folder = GetParam();
    const VendorSpec& vendor = vendor_of(folder.parent_path());
    const golden::Case given = golden::read_case(folder / "case.txt");
    const fs::path expected = golden::expected_file(folder);
    const Result<std::string> made = render(vendor, given);
    if (expected.extension() == ".error") {
        ASSERT_FALSE(made.has_value()) << "it must be refused";
        EXPECT_EQ(made.error().code + "\n", golden::read_file(expected)) << made.error().text();
        return;
    }
    ASSERT_TRUE(made.has_value()) << made.error().text();
    if (*made == golden::expected_bytes(expected)) return;
    const fs::path place = fs::path(testing::TempDir()) /
                           (vendor.id + "." + folder.filename().string() + expected.extension().string());
    std::ofstream(place, std::ios::binary) << *made;
    ADD_FAILURE() << "see: diff " << expected << " " << place;
}

// A delivery without secrets must not even name the parameters that hold them.
TEST_P(GoldenCase, CarriesASecretOnlyWhereItIsDelivered) {
    const golden::Case given = golden::read_case(GetParam() / "case.txt");
    const std::string bytes = golden::read_file(golden::expected_file(GetParam()));
    std::size_t found = 0;
    for (std::size_t at = bytes.find("CANARY-"); at != std::string::npos;
         at = bytes.find("CANARY-", at + 1)) {
        const bool named = std::any_of(given.secrets.begin(), given.secrets.end(), [&](SettingKey key) {
            return bytes.compare(at + 7, to_text(key).size(), to_text(key)) == 0;
        });
        EXPECT_TRUE(named) << bytes.substr(at, 40);
        ++found;
    }
    if (given.secrets.empty()) {
        EXPECT_EQ(found, 0U);
        EXPECT_EQ(bytes.find("$CANARY$"), std::string::npos);
    }
}

class GoldenVendor : public testing::TestWithParam<fs::path> {};

TEST_P(GoldenVendor, KnowsWhatItsPhonesAskFor) {
    const VendorSpec& vendor = vendor_of(GetParam());
    const Catalogue catalogue({vendor});
    const VendorSpec* const known = catalogue.find(vendor.id);
    ASSERT_NE(known, nullptr);
    for (const Row& row : golden::read_rows(GetParam() / "requests.txt", 8)) {
        SCOPED_TRACE(row.where);
        const auto match = catalogue.match_path(row.cells[0], known);
        EXPECT_EQ(match ? match->file->id : "-", row.cells[2]);
        EXPECT_EQ(match && match->path_mac ? match->path_mac->lower() : "-", row.cells[3]);
        if (row.cells[1] == "-") continue;
        const AgentMatch none{known, "!", "", "", {}};
        const AgentMatch agent = catalogue.match_agent(row.cells[1], known).value_or(none);
        EXPECT_EQ(golden::or_dash(agent.model), row.cells[4]);
        EXPECT_EQ(golden::or_dash(agent.firmware), row.cells[5]);
        EXPECT_EQ(agent.mac ? agent.mac->lower() : "-", row.cells[6]);
        EXPECT_EQ(golden::or_dash(agent.stage), row.cells[7]);
    }
}

TEST_P(GoldenVendor, R_A3_ReadsTheDeviceFromItsCertificate) {
    const VendorSpec& vendor = vendor_of(GetParam());
    for (const Row& row : golden::read_rows(GetParam() / "certificates.txt", 4)) {
        SCOPED_TRACE(row.where);
        const auto profile = std::find_if(vendor.profiles.begin(), vendor.profiles.end(),
                                          [&](const CertificateProfile& p) { return p.id == row.cells[0]; });
        ASSERT_NE(profile, vendor.profiles.end()) << "no profile " << row.cells[0];
        const DeviceIdentity identity = identify(golden::certificate(row.cells[1], row.cells[2]), *profile);
        const std::string verdict = identity.fault ? std::string(to_text(*identity.fault))
                                    : identity.mac ? identity.mac->lower()
                                                   : "nothing";
        EXPECT_EQ(verdict, row.cells[3]) << identity.detail;
    }
}

bool mentions(const Template& text, SettingId id) {
    return std::any_of(text.parts().begin(), text.parts().end(), [&](const TemplatePart& part) {
        return part.kind == TemplatePart::Kind::setting && part.setting == id;
    });
}

bool uses(const ParameterRule& rule, SettingId id) {
    return rule.setting == id || mentions(rule.value, id) ||
           std::any_of(rule.attributes.begin(), rule.attributes.end(),
                       [&](const auto& attribute) { return mentions(attribute.second, id); });
}

// Every neutral setting is mapped, or said to be impossible; nothing is forgotten (R-D1).
TEST_P(GoldenVendor, R_D1_AnswersForEverySetting) {
    const VendorSpec& vendor = vendor_of(GetParam());
    for (const SettingSpec& spec : all_settings()) {
        if (spec.name == "line.realm") continue;  // for the registrar, never sent to a phone
        const SettingId id = *find_setting(spec.name);
        const bool mapped = std::any_of(vendor.parameters.begin(), vendor.parameters.end(),
                                        [&](const ParameterRule& rule) { return uses(rule, id); });
        const bool impossible =
            std::any_of(vendor.unsupported.begin(), vendor.unsupported.end(), [&](const Unsupported& part) {
                return part.setting == id && !part.models && part.values.empty();
            });
        EXPECT_NE(mapped, impossible)
            << spec.name << (mapped ? " is mapped and unsupported" : " is neither mapped nor unsupported");
    }
}

std::string test_name(const testing::TestParamInfo<fs::path>& info) {
    std::string name = fs::relative(info.param, source_dir / "tests" / "golden");
    std::replace_if(
        name.begin(), name.end(), [](unsigned char c) { return std::isalnum(c) == 0; }, '_');
    return name;
}

INSTANTIATE_TEST_SUITE_P(Files, GoldenCase, testing::ValuesIn(golden::cases(source_dir / "tests" / "golden")),
                         test_name);
INSTANTIATE_TEST_SUITE_P(Files, GoldenVendor,
                         testing::ValuesIn(golden::vendors(source_dir / "tests" / "golden")), test_name);

}  // namespace
}  // namespace provost
