// The linter's own test. What a rule governs in a vendor's file is found by leaving its setting out of the
// mapping, so the linter's idea of it is not asked. All of it is then changed, emptied, removed and given
// twice in the bytes, of each vendor and model, and the linter must object by that rule (R-D7).
#include "hardening_testing.h"

#include <set>

namespace provost::testing_hardening {
namespace {

// One phone and its clean file.
struct Sample {
    Device device;
    Configuration made;
};

struct Mutation {
    const char* name;
    void (*apply)(Parameters&, std::size_t at);
};

// A secret's own text is the renderer's; what stands for it here is a parameter without one.
void make_plain(Parameter& parameter, std::string value) {
    parameter.is_secret = false;
    parameter.value = std::move(value);
}

void give_twice(Parameters& file, std::size_t at, const std::string& other, bool first) {
    auto twice = file[at];
    if (!other.empty()) make_plain(twice, other);
    file.insert(file.begin() + static_cast<std::ptrdiff_t>(at + (first ? 0 : 1)), std::move(twice));
}

const Mutation of_texts[] = {
    {"changed", [](Parameters& file, std::size_t at) { file[at].value += "9"; }},
    {"emptied", [](Parameters& file, std::size_t at) { file[at].value.clear(); }},
    {"removed",
     [](Parameters& file, std::size_t at) { file.erase(file.begin() + static_cast<std::ptrdiff_t>(at)); }},
    {"given twice", [](Parameters& file, std::size_t at) { give_twice(file, at, "", false); }},
    {"given again", [](Parameters& file, std::size_t at) { give_twice(file, at, "9", false); }},
    {"given before", [](Parameters& file, std::size_t at) { give_twice(file, at, "9", true); }},
};

const Mutation of_passwords[] = {
    {"emptied", [](Parameters& file, std::size_t at) { make_plain(file[at], file[at].value); }},
    {"too short", [](Parameters& file, std::size_t at) { make_plain(file[at], file[at].value + "k7Qz2"); }},
    {"a factory's", [](Parameters& file, std::size_t at) { make_plain(file[at], file[at].value + "Admin"); }},
    {"in the clear",
     [](Parameters& file, std::size_t at) {
         if (file[at].form != SecretForm::clear) make_plain(file[at], "k7Qz2mN9pR4tV6wY8bC3dF5kM2nP");
     }},
    {"behind another text",
     [](Parameters& file, std::size_t at) {
         if (!file[at].value.empty()) make_plain(file[at], "xk7Qz2mN9pR4tV6wY8bC3dF5");
     }},
    {"removed",
     [](Parameters& file, std::size_t at) { file.erase(file.begin() + static_cast<std::ptrdiff_t>(at)); }},
    {"given twice", [](Parameters& file, std::size_t at) { give_twice(file, at, "", false); }},
};

class EveryVendor : public testing::TestWithParam<std::string> {
 protected:
    const VendorSpec& vendor = *shelf().find(GetParam());
    const HardeningProfile rules = profile();
    std::map<std::string, int> objections;  // by rule

    [[nodiscard]] Result<Sample> sample(const ModelSpec& model, bool with_proxy) const {
        Sample one{device_of(vendor, model.id, std::min(model.lines, 2)), {}};
        if (with_proxy) {
            put(one.device.settings, key("line.outbound_proxy_host"), "sbc.acme.example");
            put(one.device.settings, key("line.outbound_proxy_port"), "5061");
            put(one.device.settings, key("line.registrar_port"), "5061");
        }
        PROVOST_TRY(one.made, make_configuration(one.device, vendor, policy(), {model.id, ""}, true, {}));
        return one;
    }

    // What is mapped of the settings and secrets that `keeps` keeps.
    template <class Keeps>
    [[nodiscard]] Parameters mapped(const Sample& one, Keeps keeps) const {
        auto settings = one.made.settings;
        auto secrets = one.made.secrets;
        std::erase_if(settings, [&](const auto& entry) { return !keeps(entry.key.id); });
        std::erase_if(secrets, [&](SettingKey which) { return !keeps(which.id); });
        const MappingContext context{one.device.mac, one.device.model, one.device.firmware, &secrets};
        const auto made = map_settings(vendor, settings, context);
        EXPECT_TRUE(made) << made.error().text();
        return made.value_or(Parameters());
    }

    // Places in the clean file of all that is there because of this setting: it goes without the setting, or
    // it comes with the setting where no other global or governed one is.
    [[nodiscard]] std::vector<std::size_t> governed(const Sample& one, SettingId id) const {
        const auto is_bare = [&](SettingId other) {
            return setting(other).scope != SettingScope::global && rules.of(other) == nullptr;
        };
        const auto without = mapped(one, [&](SettingId other) { return other != id; });
        const auto bare = mapped(one, is_bare);
        const auto alone = mapped(one, [&](SettingId other) { return other == id || is_bare(other); });
        std::vector<std::size_t> places;
        for (std::size_t at = 0; at < one.made.parameters.size(); ++at) {
            const auto& own = one.made.parameters[at];
            const bool comes = holds(alone, own) && !holds(bare, own);
            if (comes || !holds(without, own)) places.push_back(at);
        }
        return places;
    }

    static bool holds(const Parameters& parameters, const Parameter& own) {
        return std::any_of(parameters.begin(), parameters.end(), [&](const Parameter& other) {
            return other.name == own.name && other.attributes == own.attributes && other.value == own.value &&
                   other.is_secret == own.is_secret && other.secret == own.secret;
        });
    }

    void expect_objection(const Sample& one, const RuleHead& rule, std::size_t at, const Mutation& mutation) {
        auto mutant = one.made.parameters;
        mutation.apply(mutant, at);
        if (mutant == one.made.parameters) return;  // it was so already
        const auto file = file_of(vendor, one.device.model, mutant);
        if (!file) return;  // the syntax knows better than to write or read it
        const auto name = one.made.parameters[at].name;
        ++objections[rule.id];
        const auto findings = lint(vendor, one.device, one.made, *file);
        EXPECT_TRUE(std::any_of(findings.begin(), findings.end(),
                                [&](const LintFinding& finding) {
                                    return finding.rule->id == rule.id && finding.parameter == name;
                                }))
            << one.device.model << ": " << rule.id << ": " << name << ' ' << mutation.name << "\n"
            << in_words(findings);
    }

    void mutate(const Sample& one) {
        for (const auto& rule : rules.rules) {
            if (one.made.lifted.has(rules.place(rule))) continue;
            for (const auto at : governed(one, rule.setting))
                for (const auto& mutation : of_texts) expect_objection(one, rule, at, mutation);
        }
        for (const auto& rule : rules.passwords)
            for (const auto at : governed(one, rule.secret)) {
                const bool secret = one.made.parameters[at].is_secret;
                if (secret)
                    for (const auto& mutation : of_passwords) expect_objection(one, rule, at, mutation);
                else
                    for (const auto& mutation : of_texts) expect_objection(one, rule, at, mutation);
            }
    }

    // A file that is to bring no secrets, and brings one.
    void mutate_without_secrets(const Sample& one) {
        auto later = one.made;
        later.secrets.clear();
        const MappingContext context{one.device.mac, one.device.model, "", &later.secrets};
        later.parameters = map_settings(vendor, later.settings, context).value();
        const auto clean = file_of(vendor, one.device.model, later.parameters);
        ASSERT_TRUE(clean) << clean.error().text();
        EXPECT_EQ(in_words(lint(vendor, one.device, later, *clean)), "") << one.device.model;
        for (const auto& parameter : one.made.parameters) {
            if (!parameter.is_secret) continue;
            auto mutant = later.parameters;
            mutant.push_back(parameter);
            const auto file = file_of(vendor, one.device.model, mutant);
            ASSERT_TRUE(file) << file.error().text();
            const auto findings = lint(vendor, one.device, later, *file);
            ASSERT_EQ(findings.size(), 1U) << parameter.name << "\n" << in_words(findings);
            EXPECT_EQ(findings[0].parameter, parameter.name);
            EXPECT_EQ(findings[0].text().find("CANARY"), std::string::npos);
        }
    }
};

TEST_P(EveryVendor, R_D7_TheLinterObjectsToEveryMutation) {
    std::set<std::string> seen;  // models whose files are alike are one
    for (const auto& model : vendor.models) {
        for (const bool with_proxy : {false, true}) {
            const auto one = sample(model, with_proxy);
            ASSERT_TRUE(one) << model.id << ": " << one.error().text();
            const auto clean = file_of(vendor, model.id, one->made.parameters);
            ASSERT_TRUE(clean) << model.id << ": " << clean.error().text();
            if (!seen.insert(listed(*clean)).second) continue;
            EXPECT_EQ(in_words(lint(vendor, one->device, one->made, *clean)), "") << model.id;
            mutate(*one);
            mutate_without_secrets(*one);
        }
    }
    // Every rule that the vendor's file maps has been through it.
    for (const auto& covered : cover_hardening(rules, vendor)) {
        const bool mapped = covered.coverage == Coverage::enforced || covered.coverage == Coverage::partly;
        const bool is_made = covered.rule->id != "provisioning-password";  // nothing makes this one yet
        EXPECT_EQ(objections[covered.rule->id] > 0, mapped && is_made) << covered.rule->id;
        EXPECT_NE(covered.coverage, Coverage::open) << covered.rule->id;
    }
}

INSTANTIATE_TEST_SUITE_P(Vendors, EveryVendor, testing::ValuesIn(vendor_ids()), test_name);

}  // namespace
}  // namespace provost::testing_hardening
