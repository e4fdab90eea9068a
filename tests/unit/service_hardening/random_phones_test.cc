// 100,000 random phones over all vendors, with whatever an operator might type: either the configuration is
// refused with a reason, or its file reads back exactly and is hardened.
#include "hardening_testing.h"

#include <random>

namespace provost::testing_hardening {
namespace {

constexpr int all_phones = 100'000;

using Random = std::mt19937_64;

std::size_t below(Random& random, std::size_t limit) {
    return random() % limit;
}

template <class Choices>
std::string one_of(Random& random, const Choices& choices) {
    return std::string(choices[below(random, std::size(choices))]);
}

// What injections into one syntax or another are made of.
std::string hostile_text(Random& random, std::size_t most) {
    static const std::string_view pieces[] = {"\"",
                                              "'",
                                              "]]>",
                                              "<![CDATA[",
                                              "#",
                                              ";",
                                              "|",
                                              "=",
                                              " = ",
                                              ":",
                                              "&",
                                              "&amp;",
                                              "&#10;",
                                              "<",
                                              ">",
                                              "/>",
                                              "</settings>",
                                              "</flat-profile>",
                                              "<!--",
                                              "-->",
                                              "<?xml?>",
                                              "%NULL%",
                                              "..",
                                              "/",
                                              "\\",
                                              "[x]",
                                              "{mac}",
                                              "$(x)",
                                              "account.1.password = x",
                                              "\xe2\x82\xac",
                                              "\xf0\x9f\x93\x9e",
                                              "\xc3\xa4",
                                              "\xd7\xa9\xd7\x9c",
                                              " ",
                                              "  ",
                                              "a",
                                              "Reception",
                                              "Z9_",
                                              "@",
                                              ",",
                                              "0",
                                              "-"};
    std::string text;
    for (auto count = below(random, 8) + 1; count > 0; --count) {
        const auto piece = pieces[below(random, std::size(pieces))];
        if (text.size() + piece.size() <= most) text += piece;
    }
    return text;
}

std::string number_text(Random& random, const SettingSpec& spec) {
    const auto span = static_cast<std::size_t>(spec.most - spec.least) + 1;
    return std::to_string(spec.least + static_cast<std::int64_t>(below(random, span)));
}

std::string list_text(Random& random, std::string_view choices) {
    std::vector<std::string> all;
    for (std::size_t begin = 0; begin <= choices.size();) {
        const auto end = std::min(choices.find(',', begin), choices.size());
        all.emplace_back(choices.substr(begin, end - begin));
        begin = end + 1;
    }
    std::shuffle(all.begin(), all.end(), random);
    all.resize(below(random, all.size()) + 1);
    std::string text;
    for (const auto& one : all) text += (text.empty() ? "" : ",") + one;
    return text;
}

std::string choice_text(Random& random, std::string_view choices) {
    const auto text = list_text(random, choices);
    return text.substr(0, text.find(','));
}

// A text that parse_setting_value may take; what it refuses is left out.
std::string any_text(Random& random, const SettingSpec& spec) {
    static const std::string_view toggles[] = {"on", "off"};
    static const std::string_view hosts[] = {"sip.example.net", "192.0.2.7", "[2001:db8::7]", "a-b.example"};
    static const std::string_view urls[] = {"https://p.example.net/x/",
                                            "https://p.example.net:8443/a%20b/?q=1&r=2"};
    static const std::string_view users[] = {"u1",  "49-30.1", "+4930123", "*97", "x_y",
                                             "a~b", "u&me",    "u=1;2",    "$9"};
    switch (spec.type) {
        case ValueType::toggle:
            return one_of(random, toggles);
        case ValueType::number:
            return number_text(random, spec);
        case ValueType::choice:
            return choice_text(random, spec.choices);
        case ValueType::choice_list:
            return list_text(random, spec.choices);
        case ValueType::host:
            return one_of(random, hosts);
        case ValueType::url:
            return one_of(random, urls);
        case ValueType::user_part:
            return one_of(random, users);
        case ValueType::text:
            return hostile_text(random, static_cast<std::size_t>(spec.most));
        case ValueType::secret:
            break;
    }
    return {};
}

void put_any(Random& random, Settings& settings, SettingKey key) {
    if (auto value = parse_setting_value(key, any_text(random, setting(key.id))))
        put(settings, key, std::move(*value));
}

// Some of the settings of one scope, at one index or for all of them.
void put_some(Random& random, Settings& settings, SettingScope scope, std::uint16_t index,
              std::size_t one_in) {
    for (const auto& spec : all_settings()) {
        if (spec.scope != scope || spec.type == ValueType::secret || below(random, one_in) != 0) continue;
        put_any(random, settings, {*find_setting(spec.name), index});
    }
}

Device random_device(Random& random, const VendorSpec& vendor) {
    const auto& model = vendor.models[below(random, vendor.models.size())];
    auto device = device_of(vendor, below(random, 8) == 0 ? "" : model.id, 0);
    device.mac = MacAddress((device.mac.value() & ~0xffffffULL) + below(random, 0x1000000));
    const int lines = static_cast<int>(below(random, static_cast<std::size_t>(std::min(model.lines, 4)))) + 1;
    for (int line = 1; line <= lines; ++line) {
        put(device.settings, key("line." + std::to_string(line) + ".user"), "u" + std::to_string(line));
        put_some(random, device.settings, SettingScope::line, static_cast<std::uint16_t>(line), 4);
    }
    for (int n = 1; n <= std::min(model.keys, 6); ++n)
        if (below(random, 2) == 0)
            put_some(random, device.settings, SettingScope::key, static_cast<std::uint16_t>(n), 1);
    put_some(random, device.settings, SettingScope::global, 0, 6);
    return device;
}

std::vector<ParsedParameter> expected_file(const VendorSpec& vendor, const Parameters& parameters) {
    const Passwords passwords(vendor);
    std::vector<ParsedParameter> expected;
    for (const auto& one : parameters)
        expected.push_back({one.name,
                            one.is_secret ? one.value + std::string(passwords.secret(one.secret)) : one.value,
                            one.attributes});
    return expected;
}

void sort_by_name(std::vector<ParsedParameter>& file) {
    std::sort(file.begin(), file.end(), [](const auto& a, const auto& b) {
        return std::tie(a.name, a.attributes, a.value) < std::tie(b.name, b.attributes, b.value);
    });
}

std::string listed(const std::vector<ParsedParameter>& file) {
    std::string text;
    for (const auto& one : file) {
        text += one.name;
        for (const auto& [name, value] : one.attributes)
            text.append(" ").append(name).append("=").append(value);
        text += ": " + one.value + "\n";
    }
    return text;
}

// Some formats put quotes around every secret; what is read back has them.
void take_quotes_off(std::vector<ParsedParameter>& file, const std::vector<ParsedParameter>& expected) {
    for (auto& one : file) {
        if (!one.value.starts_with('"')) continue;
        for (const auto& wanted : expected)
            if (one.value == '"' + wanted.value + '"' && one.name == wanted.name &&
                one.attributes == wanted.attributes)
                one.value = wanted.value;
    }
}

class RandomPhones : public testing::TestWithParam<std::string> {};

TEST_P(RandomPhones, R_D7_ReadBackExactlyAndAreHardened) {
    const auto& vendor = *shelf().find(GetParam());
    const auto ids = vendor_ids();
    Random random(std::find(ids.begin(), ids.end(), vendor.id) - ids.begin() + 1);
    const int phones = all_phones / static_cast<int>(ids.size());
    std::map<std::string, int> refusals;
    int served = 0;
    std::shared_ptr<const PolicySnapshot> tenant_policy;
    for (int i = 0; i < phones && !HasFailure(); ++i) {
        if (i % 50 == 0) {
            Settings tenant;
            put_some(random, tenant, SettingScope::global, 0, 6);
            put_some(random, tenant, SettingScope::line, 0, 6);
            tenant_policy = policy(tenant);
        }
        const auto device = random_device(random, vendor);
        const auto made =
            make_configuration(device, vendor, tenant_policy, {device.model, ""}, below(random, 2) == 0, {});
        if (!made) {
            EXPECT_TRUE(made.error().code.starts_with("P-22")) << made.error().text();
            ++refusals[made.error().code];
            continue;
        }
        const auto& syntax = shelf().syntax(vendor, device.model);
        OutputBuffer bytes;
        if (const auto written = syntax.render(made->parameters, Passwords(vendor), bytes); !written) {
            EXPECT_EQ(written.error().code, "P-2301") << written.error().text();
            ++refusals[written.error().code];
            continue;
        }
        auto file = syntax.parse(bytes.view());
        ASSERT_TRUE(file) << file.error().text() << "\n" << bytes.view();
        EXPECT_EQ(in_words(lint(vendor, device, *made, *file)), "") << bytes.view();
        auto expected = expected_file(vendor, made->parameters);
        sort_by_name(expected);
        take_quotes_off(*file, expected);
        sort_by_name(*file);
        EXPECT_EQ(listed(*file), listed(expected)) << bytes.view();
        ++served;
    }
    std::string counts = std::to_string(served) + " served";
    for (const auto& [code, count] : refusals) counts += ", " + std::to_string(count) + " " + code;
    RecordProperty("phones", counts);
    EXPECT_GT(served, phones / 20) << counts;
}

INSTANTIATE_TEST_SUITE_P(Vendors, RandomPhones, testing::ValuesIn(vendor_ids()), test_name);

}  // namespace
}  // namespace provost::testing_hardening
