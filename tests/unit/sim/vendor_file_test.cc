// The simulated phone and the vendor file speak of the same phone: what the server makes for it is what it
// takes.
#include "sim/files.h"
#include "sim/names.h"
#include "sim_testing.h"
#include "vendor/catalogue.h"
#include "vendor/hardening_file.h"
#include "vendor/mapping.h"

#include <algorithm>

#include <gtest/gtest.h>

namespace provost::sim::testing {

namespace {

constexpr const char* password = "k7Wq9ZpXfR3tYv2mNb8sHd4gJc6eLa5u";
constexpr const char* number = "273645182736451827364518";
constexpr const char* ha1 = "0123456789abcdef0123456789abcdef";

// Passwords of the alphabet that the vendor file asks for.
class Given final : public SecretSource {
 public:
    explicit Given(const VendorSpec& vendor) {
        const bool digits = vendor.secrets.admin_password_alphabet == "0123456789";
        for (const char* const key : {"security.admin_password", "security.user_password"})
            texts_[must(parse_setting_key(key))] = digits ? number : password;
        texts_[must(parse_setting_key("provisioning.password"))] = password;
        texts_[must(parse_setting_key("line.1.password"))] = password;
        texts_[must(parse_setting_key("line.1.ha1"))] = ha1;
    }
    [[nodiscard]] std::string_view secret(SettingKey which) const override {
        const auto found = texts_.find(which);
        return found == texts_.end() ? std::string_view() : found->second;
    }
    [[nodiscard]] std::string_view hashed(SettingKey, SecretForm) const override {
        return "$1$salt$54ZXSmjh7nod.kXFRyLx70";
    }
    [[nodiscard]] std::vector<SettingKey> keys() const {
        std::vector<SettingKey> all;
        for (const auto& [key, text] : texts_) all.push_back(key);
        return all;
    }

 private:
    std::map<SettingKey, std::string> texts_;
};

Settings hardening_layer() {
    const auto path = std::filesystem::path(PROVOST_SOURCE_DIR) / "policy" / "hardening.yaml";
    return read_hardening_file(must(read_file(path)), path.string()).profile.value().layer();
}

class Delivered : public ::testing::TestWithParam<std::string> {
 protected:
    // The vendor layer, the hardening layer, and a device as an operator enters it.
    std::string file(bool with_secrets, const char* url = "https://localhost:8443/") {
        const Settings hardening = hardening_layer();
        Settings own;
        for (const auto& [name, value] :
             {std::pair{"line.1.user", "2001"},
              // What the server adds to every line with a user.
              std::pair{"line.1.auth_user", "2001"}, std::pair{"line.1.label", "2001"},
              std::pair{"line.1.enabled", "on"}, std::pair{"line.1.registrar_host", "sip.example"},
              std::pair{"provisioning.url", url}, std::pair{"provisioning.user", "device-user"}}) {
            const SettingKey key = must(parse_setting_key(name));
            put(own, key, must(parse_setting_value(key, value)));
        }
        const std::vector<Layer> layers = {{LayerKind::vendor, "vendor", &vendor_.defaults},
                                           {LayerKind::hardening, "hardening", &hardening},
                                           {LayerKind::device, "device", &own}};
        const Given given(vendor_);
        const std::vector<SettingKey> secrets = with_secrets ? given.keys() : std::vector<SettingKey>();
        const MappingContext context{mac_, maker_.spec.model, maker_.spec.firmware, &secrets};
        const Parameters parameters = must(map_settings(vendor_, merge(layers), context));
        OutputBuffer out;
        if (const Status rendered = maker_.syntax->render(parameters, given, out); !rendered)
            throw std::runtime_error(rendered.error().text());
        return std::string(out.view());
    }

    bool boot(const std::string& bytes) {
        BootFiles files;
        if (const Status read = memory_.read("own", bytes, files); !read)
            throw std::runtime_error(read.error().text());
        return memory_.apply(files);
    }

    // Whether the vendor file has a rule for this setting and the phone's model.
    bool maps(const char* name) {
        const SettingId id = must(parse_setting_key(name)).id;
        return std::any_of(
            vendor_.parameters.begin(), vendor_.parameters.end(), [&](const ParameterRule& rule) {
                const bool model = !rule.models || RE2::FullMatch(maker_.spec.model, *rule.models->compiled);
                return rule.setting == id && model;
            });
    }

    const PhoneMaker& maker_ = maker(GetParam());
    const VendorSpec vendor_ = vendor_spec(GetParam());
    const MacAddress mac_{std::uint64_t{maker_.mac_prefix} << 24 | 1};
    PhoneMemory memory_ = [this] {
        PhoneMemory memory(maker_);
        memory.belong_to(mac_);
        return memory;
    }();
};

TEST_P(Delivered, R_G4_APhoneWouldRegisterWithWhatTheServerMakes) {
    EXPECT_EQ(boot(file(true)), !maker_.spec.accounts.empty());
    if (maker_.spec.accounts.empty()) return;
    const auto account = memory_.account(1);
    ASSERT_TRUE(account) << memory_.format();
    EXPECT_EQ(account->user, "2001");
    EXPECT_EQ(account->auth_user, "2001");
    EXPECT_NE(account->registrar.find("sip.example"), std::string::npos);
    EXPECT_FALSE(account->ha1_md5.empty());
    EXPECT_FALSE(memory_.account(2));
}

// The vendor file's modes are those that the phone survives.
TEST_P(Delivered, R_B1_ThePreferredModeLeavesThePhoneItsAccount) {
    if (maker_.spec.accounts.empty()) return;
    boot(file(true));
    boot(file(false));
    const bool needs_it_each_time = !memory_.would_register(1);
    const auto& possible = vendor_.secrets.possible;
    const bool purges = std::find(possible.begin(), possible.end(), SecretMode::purge) != possible.end();
    EXPECT_FALSE(needs_it_each_time && purges) << "purge would cost the account";
    boot(file(true));
    EXPECT_TRUE(memory_.would_register(1));
}

TEST_P(Delivered, R_B5_ThePhoneKeepsNoSecretOfTheFileInTheClearButItsLogin) {
    boot(file(true));
    std::string kept = memory_.format();
    EXPECT_EQ(kept.find(ha1) == std::string::npos || maker_.spec.account(1)->password_is_ha1, true);
    const auto login = memory_.login();
    std::size_t shown = 0;
    for (std::size_t at = kept.find(password); at != std::string::npos; at = kept.find(password, at + 1)) {
        const std::size_t start = kept.rfind('\n', at) + 1;
        const std::string name = kept.substr(start, kept.find('\t', start) - start);
        const auto& names = maker_.spec.login.password;
        const auto is_spelling_of_login = [&](const std::string& one) {
            return name == one || one.ends_with("." + name) || name.ends_with("." + one);
        };
        EXPECT_TRUE(std::any_of(names.begin(), names.end(), is_spelling_of_login)) << name;
        ++shown;
    }
    EXPECT_EQ(shown > 0, login.has_value());
    EXPECT_EQ(kept.find(number), std::string::npos);
}

// Where the vendor file can tell the phone a login, the phone has it afterwards.
TEST_P(Delivered, R_A7_ThePhoneHasTheLoginThatItWasTold) {
    boot(file(true));
    const bool told = maps("provisioning.password");
    if (maker_.spec.login.schemes.empty() && !told) return;
    ASSERT_EQ(memory_.login().has_value(), told) << memory_.format();
    if (!told) return;
    EXPECT_EQ(memory_.login()->user, "device-user");
    EXPECT_EQ(memory_.login()->password, password);
}

// ... and so with the address, in one piece or in parts. With a port of its own the vendor file may have to
// leave it as it is.
TEST_P(Delivered, R_A7_ThePhoneCallsTheAddressThatItWasTold) {
    for (const char* const url : {"https://localhost/", "https://localhost/p/q/", "https://localhost:8443/",
                                  "https://localhost:8443/p/q/"}) {
        memory_.factory_reset();
        const std::string bytes = file(true, url);
        boot(bytes);
        const bool told = bytes.find("localhost") != bytes.npos;
        if (!std::string_view(url).starts_with("https://localhost:")) {
            EXPECT_EQ(told, maps("provisioning.url")) << url;
        }
        ASSERT_EQ(memory_.address().has_value(), told) << url << memory_.format();
        EXPECT_EQ(memory_.address().value_or(url), url);
    }
}

INSTANTIATE_TEST_SUITE_P(VendorFile, Delivered, ::testing::ValuesIn(all_vendors()),
                         [](const auto& given) { return test_name(given); });

}  // namespace

}  // namespace provost::sim::testing
