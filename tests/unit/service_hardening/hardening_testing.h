// What the tests of the hardening profile share: the repository's vendors and profile, and files read back.
#pragma once

#include "crypto/md5_crypt.h"
#include "service/hardening_gate.h"
#include "vendor/hardening_file.h"
#include "vendor/hardening_fit.h"
#include "vendor/vendor_file.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace provost::testing_hardening {

namespace fs = std::filesystem;

inline std::string read(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

inline const VendorShelf& shelf() {
    static const auto made = [] {
        std::vector<VendorSpec> vendors;
        for (const auto& entry : fs::directory_iterator(fs::path(PROVOST_SOURCE_DIR) / "vendors"))
            if (auto outcome = read_vendor_file(read(entry.path()), entry.path().filename().string());
                outcome.spec)
                vendors.push_back(std::move(*outcome.spec));
        return VendorShelf::make(std::move(vendors)).value();
    }();
    return *made;
}

inline std::vector<std::string> vendor_ids() {
    std::vector<std::string> ids;
    for (const auto& vendor : shelf().catalogue().vendors()) ids.push_back(vendor.id);
    return ids;
}

inline std::string test_name(const testing::TestParamInfo<std::string>& info) {
    auto name = info.param;
    std::replace(name.begin(), name.end(), '-', '_');
    return name;
}

inline HardeningProfile profile() {
    auto outcome =
        read_hardening_file(read(fs::path(PROVOST_SOURCE_DIR) / "policy/hardening.yaml"), "hardening.yaml");
    for (const auto& error : outcome.errors) ADD_FAILURE() << error.text();
    return outcome.profile.value_or(HardeningProfile());
}

inline SettingKey key(const std::string& text) {
    return parse_setting_key(text).value();
}

// One tenant with a registrar, and the repository's profile.
inline std::shared_ptr<const PolicySnapshot> policy(const Settings& tenant_settings = {},
                                                    std::vector<HardeningException> exceptions = {}) {
    Tenant acme;
    acme.id = 1;
    acme.slug = "acme";
    acme.settings = tenant_settings;
    put(acme.settings, key("line.registrar_host"), "sip.acme.example");
    put(acme.settings, key("provisioning.url"), "https://p.acme.example/p/");
    put(acme.settings, key("provisioning.ca_url"), "https://p.acme.example/ca.pem");
    return PolicySnapshot::make({acme}, {}, {}, profile(), std::move(exceptions)).value();
}

inline Device device_of(const VendorSpec& vendor, const std::string& model, int lines) {
    Device device;
    const auto prefix = vendor.mac_prefixes.empty() ? 0x020000U : vendor.mac_prefixes.front();
    device.mac = MacAddress((static_cast<std::uint64_t>(prefix) << 24) + 0xab12f);
    device.tenant = 1;
    device.vendor = vendor.id;
    device.model = model;
    for (int line = 1; line <= lines; ++line)
        put(device.settings, key("line." + std::to_string(line) + ".user"), "u" + std::to_string(line));
    return device;
}

// A password a setting, as long as the vendor's and from its own alphabet.
class Passwords final : public SecretSource {
 public:
    explicit Passwords(const VendorSpec& vendor) : vendor_(vendor) {}
    [[nodiscard]] std::string_view secret(SettingKey which) const override {
        auto& text = made_[which];
        if (!text.empty()) return text;
        const bool sip = setting(which.id).scope == SettingScope::line;
        const auto& alphabet =
            sip ? vendor_.secrets.password_alphabet : vendor_.secrets.admin_password_alphabet;
        const int length = sip ? vendor_.secrets.sip_password_length : vendor_.secrets.admin_password_length;
        for (int i = 0; i < length; ++i)
            text += alphabet[(static_cast<std::size_t>(i) * 7 + which.index + which.id) % alphabet.size()];
        return text;
    }
    [[nodiscard]] std::string_view hashed(SettingKey which, SecretForm) const override {
        auto& text = hashes_[which];
        if (text.empty()) text = md5_crypt(Secret::copy_of(secret(which)), crypt_salt(to_text(which)));
        return text;
    }
    // What stands in the file.
    [[nodiscard]] std::string_view written(const Parameter& parameter) const {
        return parameter.form == SecretForm::clear ? secret(parameter.secret)
                                                   : hashed(parameter.secret, parameter.form);
    }

 private:
    const VendorSpec& vendor_;
    mutable std::map<SettingKey, std::string> made_, hashes_;
};

// The file of these parameters, read back; an error where the syntax can't write or read it.
inline Result<std::vector<ParsedParameter>> file_of(const VendorSpec& vendor, const std::string& model,
                                                    const Parameters& parameters) {
    const auto& syntax = shelf().syntax(vendor, model);
    OutputBuffer bytes;
    PROVOST_CHECK(syntax.render(parameters, Passwords(vendor), bytes));
    return syntax.parse(bytes.view());
}

inline std::vector<LintFinding> lint(const VendorSpec& vendor, const Device& device,
                                     const Configuration& made, const std::vector<ParsedParameter>& file) {
    const MappingContext context{device.mac, device.model, device.firmware, &made.secrets};
    return lint_file(subject_of({shelf(), vendor, device, {device.model, device.firmware}, made}, context),
                     file);
}

inline std::string listed(const std::vector<ParsedParameter>& file) {
    std::string text;
    for (const auto& one : file) {
        text += one.name;
        for (const auto& [name, value] : one.attributes)
            text.append(" ").append(name).append("=").append(value);
        text += ": " + one.value + "\n";
    }
    return text;
}

inline std::string in_words(const std::vector<LintFinding>& findings) {
    std::string text;
    for (const auto& finding : findings) text += finding.text() + "\n";
    return text;
}

}  // namespace provost::testing_hardening
