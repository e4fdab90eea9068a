// Random phones over all vendors, with whatever an operator might type: either the configuration is refused
// with a reason, or its file reads back exactly and is hardened. PROVOST_RANDOM_PHONES says how many in all.
#include "hardening_testing.h"

#include <cstdlib>
#include <random>

namespace provost::testing_hardening {
namespace {

// Under the sanitizers 100,000 take ten minutes of a processor.
int all_phones() {
    const char* const given = std::getenv("PROVOST_RANDOM_PHONES");
    return given == nullptr ? 25'000 : std::atoi(given);
}

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
                                              "\xef\xbc\x9c",
                                              "\xe2\x80\x8b",
                                              "\xf4\x8f\xbf\xbd",
                                              "e\xcc\x81",
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
    if (below(random, 8) == 0) {  // as long as it may be
        const auto piece = pieces[below(random, std::size(pieces))];
        while (text.size() + piece.size() <= most) text += piece;
        return text;
    }
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

std::vector<ParsedParameter> expected_file(const VendorSpec& vendor, const std::string& model,
                                           const Parameters& parameters) {
    const Passwords passwords(vendor);
    const auto& options = output_format(vendor, model).options;
    const auto found = options.find("quote_secrets");  // they are part of what the phone reads
    const std::string quote = found != options.end() && found->second == "double" ? "\"" : "";
    std::vector<ParsedParameter> expected;
    for (const auto& one : parameters) {
        auto& made = expected.emplace_back(ParsedParameter{one.name, one.value, one.attributes});
        if (!one.is_secret) continue;
        made.value = quote;
        made.value.append(one.value).append(passwords.written(one)).append(quote);
    }
    return expected;
}

void sort_by_name(std::vector<ParsedParameter>& file) {
    std::sort(file.begin(), file.end(), [](const auto& a, const auto& b) {
        return std::tie(a.name, a.attributes, a.value) < std::tie(b.name, b.attributes, b.value);
    });
}

// Some tenants have exceptions.
std::vector<HardeningException> some_exceptions(Random& random, const HardeningProfile& rules) {
    std::vector<HardeningException> exceptions;
    if (below(random, 3) != 0) return exceptions;
    for (auto count = below(random, 6) + 1; count > 0; --count) {
        auto& one = exceptions.emplace_back();
        one.tenant = 1;
        one.rule = rules.rules[below(random, rules.rules.size())].id;
    }
    return exceptions;
}

// A firmware at, below or above the bounds that the vendor file knows; empty: unknown.
std::string any_firmware(Random& random, const VendorSpec& vendor) {
    std::vector<std::string> known{"", "1.0", "99.9.9"};
    for (const auto& rule : vendor.parameters)
        for (const auto& bound : {rule.firmware_from, rule.firmware_below})
            if (!bound.empty()) known.push_back(bound);
    return one_of(random, known);
}

// What an operator does who reads the error: takes a text that these phones have, or a plain one.
void mend(Settings& settings, SettingKey key, const std::string& fix) {
    constexpr std::string_view list = "They have: ";
    const auto at = fix.find(list);
    const auto begin = at == fix.npos ? fix.size() : at + list.size();
    const auto text = fix.substr(begin, fix.find_first_of(",.", begin) - begin);
    erase(settings, key);
    if (auto value = parse_setting_value(key, text.empty() ? "x" : text))
        put(settings, key, std::move(*value));
}

class RandomPhones : public testing::TestWithParam<std::string> {
 protected:
    const VendorSpec& vendor = *shelf().find(GetParam());
    const HardeningProfile rules = profile();
    std::shared_ptr<const PolicySnapshot> tenant;
    std::map<std::string, int> refusals;

    void new_tenant(Random& random) {
        Settings settings;
        put_some(random, settings, SettingScope::global, 0, 6);
        put_some(random, settings, SettingScope::line, 0, 6);
        tenant = policy(settings, some_exceptions(random, rules));
    }

    // Every refusal has a reason and a place, and after some of them the phone is served.
    bool serve(Device device, bool with_secrets) {
        for (int tries = 0; tries < 20; ++tries) {
            const auto made =
                make_configuration(device, vendor, tenant, {device.model, device.firmware}, with_secrets, {});
            if (!made) {
                EXPECT_TRUE(made.error().code.starts_with("P-22")) << made.error().text();
                ++refusals[made.error().code];
                const auto key = parse_setting_key(made.error().where);
                EXPECT_TRUE(key) << made.error().text();
                if (key) mend(device.settings, *key, made.error().fix);
                continue;
            }
            OutputBuffer bytes;
            const auto written =
                shelf().syntax(vendor, device.model).render(made->parameters, Passwords(vendor), bytes);
            if (written) {
                check(device, *made, bytes.view());
                return true;
            }
            EXPECT_EQ(written.error().code, "P-2301") << written.error().text();
            ++refusals[written.error().code];
            for (const auto& one : made->parameters)
                if (written.error().where == "parameter '" + one.name + "'")
                    mend(device.settings, one.setting, "");
        }
        return false;
    }

    void check(const Device& device, const Configuration& made, std::string_view bytes) const {
        auto file = shelf().syntax(vendor, device.model).parse(bytes);
        ASSERT_TRUE(file) << file.error().text() << "\n" << bytes;
        EXPECT_EQ(in_words(lint(vendor, device, made, *file)), "") << bytes;
        auto expected = expected_file(vendor, device.model, made.parameters);
        sort_by_name(expected);
        sort_by_name(*file);
        if (*file == expected) return;
        EXPECT_EQ(listed(*file), listed(expected)) << bytes;
    }
};

TEST_P(RandomPhones, R_D7_ReadBackExactlyAndAreHardened) {
    const auto ids = vendor_ids();
    Random random(std::find(ids.begin(), ids.end(), vendor.id) - ids.begin() + 1);
    const int phones = all_phones() / static_cast<int>(ids.size());
    int served = 0;
    for (int i = 0; i < phones && !HasFailure(); ++i) {
        if (i % 10 == 0) new_tenant(random);
        auto device = random_device(random, vendor);
        device.firmware = any_firmware(random, vendor);
        if (serve(std::move(device), below(random, 2) == 0)) ++served;
    }
    std::string counts = std::to_string(served) + " served";
    for (const auto& [code, count] : refusals) counts += ", " + std::to_string(count) + " " + code;
    RecordProperty("phones", counts);
    EXPECT_GT(served, phones * 9 / 10) << counts;
}

INSTANTIATE_TEST_SUITE_P(Vendors, RandomPhones, testing::ValuesIn(vendor_ids()), test_name);

}  // namespace
}  // namespace provost::testing_hardening
