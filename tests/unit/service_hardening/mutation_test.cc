// The linter's own test: whatever a rule governs is changed, emptied, removed or given twice in the file of
// each vendor and model, and the linter must object (R-D7).
#include "hardening_testing.h"

namespace provost::testing_hardening {
namespace {

struct Mutation {
    const char* name;
    void (*apply)(Parameters&, std::size_t at);
};

// A secret's own text is the renderer's; what stands for it here is a parameter without one.
void make_plain(Parameter& parameter, const std::string& value) {
    parameter.is_secret = false;
    parameter.value = value;
}

const Mutation mutations[] = {
    {"changed",
     [](Parameters& file, std::size_t at) {
         make_plain(file[at], file[at].is_secret ? file[at].value : file[at].value + "9");
     }},
    {"emptied", [](Parameters& file, std::size_t at) { make_plain(file[at], ""); }},
    {"removed",
     [](Parameters& file, std::size_t at) { file.erase(file.begin() + static_cast<std::ptrdiff_t>(at)); }},
    {"given twice",
     [](Parameters& file, std::size_t at) {
         auto twice = file[at];
         make_plain(twice, file[at].value + "9");
         file.insert(file.begin() + static_cast<std::ptrdiff_t>(at), std::move(twice));
     }},
};

class EveryVendor : public testing::TestWithParam<std::string> {
 protected:
    const VendorSpec& vendor = *shelf().find(GetParam());
    const HardeningProfile rules = profile();

    // The rule that governs a parameter; empty: none that this phone can follow.
    [[nodiscard]] std::string rule_of(const Parameter& parameter, const LiftedRules& lifted) const {
        if (const auto* const rule = rules.of(parameter.setting.id))
            return lifted.has(static_cast<std::size_t>(rule - rules.rules.data())) ? "" : rule->id;
        for (const auto& rule : rules.passwords)
            if (rule.secret == parameter.setting.id) return rule.id;
        return {};
    }
};

TEST_P(EveryVendor, R_D7_TheLinterObjectsToEveryMutation) {
    std::map<std::string, int> objections;
    for (const auto& model : vendor.models) {
        const auto device = device_of(vendor, model.id, std::min(model.lines, 2));
        const auto made = make_configuration(device, vendor, policy(), {device.model, ""}, true, {});
        ASSERT_TRUE(made) << model.id << ": " << made.error().text();
        const auto clean = file_of(vendor, device.model, made->parameters);
        ASSERT_TRUE(clean) << model.id << ": " << clean.error().text();
        EXPECT_EQ(in_words(lint(vendor, device, *made, *clean)), "") << model.id;
        for (std::size_t at = 0; at < made->parameters.size(); ++at) {
            const auto rule = rule_of(made->parameters[at], made->lifted);
            if (rule.empty()) continue;
            for (const auto& mutation : mutations) {
                auto mutant = made->parameters;
                mutation.apply(mutant, at);
                if (mutant == made->parameters) continue;  // it was empty already
                const auto file = file_of(vendor, device.model, mutant);
                if (!file) continue;  // no such file can be written
                const auto findings = lint(vendor, device, *made, *file);
                bool objected = false;
                for (const auto& finding : findings) {
                    if (finding.parameter != made->parameters[at].name) continue;
                    objected = true;
                    ++objections[finding.rule];  // two rules may share a parameter
                }
                EXPECT_TRUE(objected)
                    << model.id << ": " << rule << ": " << made->parameters[at].name << ' ' << mutation.name;
            }
        }
    }
    // Every rule that the vendor's file maps has been through it.
    for (const auto& covered : cover_hardening(rules, vendor))
        if (covered.coverage == Coverage::enforced)
            EXPECT_GT(objections[covered.rule->id], 0) << covered.rule->id;
}

INSTANTIATE_TEST_SUITE_P(Vendors, EveryVendor, testing::ValuesIn(vendor_ids()), test_name);

}  // namespace
}  // namespace provost::testing_hardening
