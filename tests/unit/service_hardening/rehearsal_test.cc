// For which files a rehearsal vouches: those that differ in the text of secrets alone.
#include "service/rehearsal.h"

#include "hardening_testing.h"

namespace provost::testing_hardening {
namespace {

const Timestamp rehearsed = from_rfc3339("2026-11-23T12:00:00Z").value();

// One text for all secrets.
class OneSecret final : public SecretSource {
 public:
    OneSecret(const VendorSpec& vendor, std::string text) : vendor_(vendor), text_(std::move(text)) {}
    [[nodiscard]] std::string_view secret(SettingKey which) const override {
        return setting(which.id).scope == SettingScope::line ? text_ : vendor_.secret(which);
    }
    [[nodiscard]] std::string_view hashed(SettingKey which, SecretForm form) const override {
        return vendor_.hashed(which, form);
    }

 private:
    Passwords vendor_;
    std::string text_;
};

// A phone of this vendor with two lines, its first delivery.
class Phone {
 public:
    explicit Phone(const VendorSpec& vendor, std::string user = "u1")
        : vendor_(vendor), device_(device_of(vendor, model(vendor).id, std::min(model(vendor).lines, 2))) {
        put(device_.settings, key("line.1.user"), std::move(user));
        made_ = make_configuration(device_, vendor_, policy(), facts(), true, rehearsed).value();
    }
    [[nodiscard]] FileMaker maker() const { return {shelf(), vendor_, device_, facts(), made_}; }
    [[nodiscard]] Rehearsal rehearsal() const { return Rehearsal::of(maker()).value(); }
    [[nodiscard]] std::string file(const SecretSource& secrets) const {
        OutputBuffer bytes;
        EXPECT_TRUE(shelf().syntax(vendor_, device_.model).render(made_.parameters, secrets, bytes));
        return std::string(bytes.view());
    }
    [[nodiscard]] bool vouched(const std::string& file) const {
        return rehearsal().vouches_for(file, maker());
    }

 private:
    static const ModelSpec& model(const VendorSpec& vendor) { return vendor.models.front(); }
    [[nodiscard]] PhoneFacts facts() const { return {device_.model, device_.firmware}; }

    const VendorSpec& vendor_;
    Device device_;
    Configuration made_;
};

class RehearsalOf : public testing::TestWithParam<std::string> {
 protected:
    const VendorSpec& vendor = *shelf().catalogue().find(GetParam());
    const Phone phone{vendor};
    const std::string file = phone.file(Passwords(vendor));
    const bool wide =
        file.find('\0') != std::string::npos;  // UTF-16: no stand-in is found in it, the linter is asked
};

TEST_P(RehearsalOf, R_D7_VouchesForGeneratedSecrets) {
    EXPECT_EQ(phone.vouched(file), !wide);
    EXPECT_TRUE(phone.vouched(phone.file(StandInSecrets(vendor.secrets))));
}

// '<' stands in no file unescaped where it means nothing, and '"' and line ends neither.
TEST_P(RehearsalOf, R_D7_VouchesForNoOtherLetterAnywhere) {
    const auto rehearsal = phone.rehearsal();
    for (const char other : {'<', '"', '\n', ' ', '\0'})
        for (std::size_t at = 0; at < file.size(); ++at) {
            auto changed = file;
            changed[at] = other;
            EXPECT_EQ(rehearsal.vouches_for(changed, phone.maker()), changed == file && !wide)
                << at << " " << file;
        }
}

TEST_P(RehearsalOf, R_D7_VouchesForNoFileOfAnotherLength) {
    EXPECT_FALSE(phone.vouched(file + "x"));
    EXPECT_FALSE(phone.vouched(file.substr(0, file.size() - 1)));
    EXPECT_FALSE(phone.vouched(""));
}

TEST_P(RehearsalOf, R_D7_VouchesForNoWeakSecret) {
    const auto length = static_cast<std::size_t>(vendor.secrets.sip_password_length);
    const std::string name(length, 'u');
    const Phone named(vendor, name);
    const auto weak = named.file(OneSecret(vendor, name));
    if (weak == named.file(Passwords(vendor))) GTEST_SKIP() << "no SIP password stands in its file in clear";
    EXPECT_FALSE(named.vouched(weak)) << "the user's own name";
    EXPECT_FALSE(named.vouched(named.file(OneSecret(vendor, "1234"))));
}

INSTANTIATE_TEST_SUITE_P(Vendors, RehearsalOf, testing::ValuesIn(vendor_ids()), test_name);

}  // namespace
}  // namespace provost::testing_hardening
