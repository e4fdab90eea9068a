// The hardening profile's pure rules: what is taken back, and what counts as a relaxation.
#include "domain/hardening.h"

#include <ostream>

#include <gtest/gtest.h>

namespace provost {
namespace {

SettingKey key(std::string_view text) {
    return parse_setting_key(text).value();
}

// Two rules on the whole phone, one on lines that takes two texts.
HardeningProfile profile() {
    HardeningProfile made;
    const auto add = [&](const char* id, const char* setting, std::vector<std::string> values) {
        HardeningRule rule;
        rule.id = id;
        rule.requirement = "R-D1";
        rule.says = "in words";
        rule.setting = find_setting(setting).value();
        rule.values = std::move(values);
        made.rules.push_back(std::move(rule));
    };
    add("web-ui-off", "security.web_ui", {"off"});
    add("media-encrypted", "line.srtp", {"preferred", "required"});
    add("menu-locked", "security.menu_lock", {"on"});
    return made;
}

// Layers as they are merged: vendor, hardening, tenant, device.
struct Enforced {
    const char* name;
    const char* tenant;
    const char* device;
    std::vector<std::string> lifted;
    const char* effective;  // "name=value" by key
    const char* overruled;  // "name=value(layer)"
};
std::ostream& operator<<(std::ostream& out, const Enforced& one) {
    return out << one.name;
}

class Enforce : public testing::TestWithParam<Enforced> {};

TEST_P(Enforce, R_D1_TakesBackWhatNoExceptionLifts) {
    const auto& given = GetParam();
    const auto rules = profile();
    const Settings vendor = parse_settings("line.srtp=off\n").value();
    const Settings hardening = rules.layer();
    const Settings tenant = parse_settings(given.tenant).value();
    const Settings device = parse_settings(given.device).value();
    const Layer layers[] = {{LayerKind::vendor, "v", &vendor},
                            {LayerKind::hardening, "h", &hardening},
                            {LayerKind::tenant, "t", &tenant},
                            {LayerKind::device, "d", &device}};
    LiftedRules lifted;
    for (const auto& id : given.lifted) lifted.lift(rules.place(*rules.find(id)));
    auto settings = merge(layers);
    std::string overruled, effective;
    for (const auto& one : enforce(rules, lifted, 1, settings))
        overruled += to_text(one.key) + "=" + std::string(one.value) + "(" + std::to_string(one.layer) + ") ";
    for (const auto& one : settings) effective += to_text(one.key) + "=" + std::string(one.value) + " ";
    EXPECT_EQ(effective, given.effective);
    EXPECT_EQ(overruled, given.overruled);
    for (const auto& one : settings)
        EXPECT_TRUE(one.value != "preferred" || one.layer == 1 || !given.lifted.empty()) << "who set it";
}

const Enforced cases[] = {
    {"NothingRelaxed", "", "", {}, "line.srtp=preferred security.web_ui=off security.menu_lock=on ", ""},
    {"ATenantRelaxes",
     "security.web_ui=on\n",
     "",
     {},
     "line.srtp=preferred security.web_ui=off security.menu_lock=on ",
     "security.web_ui=on(2) "},
    {"ADeviceRelaxesAndIsLifted",
     "",
     "security.web_ui=on\n",
     {"web-ui-off"},
     "line.srtp=preferred security.web_ui=on security.menu_lock=on ",
     ""},
    {"AnotherRuleIsLifted",
     "",
     "security.web_ui=on\n",
     {"menu-locked"},
     "line.srtp=preferred security.web_ui=off security.menu_lock=on ",
     "security.web_ui=on(3) "},
    {"AsGoodPasses",
     "line.srtp=required\n",
     "",
     {},
     "line.srtp=required security.web_ui=off security.menu_lock=on ",
     ""},
    {"OneLineOfItsOwnMindFallsBack",
     "line.srtp=required\n",
     "line.2.srtp=off\n",
     {},
     "line.srtp=required security.web_ui=off security.menu_lock=on ",
     "line.2.srtp=off(3) "},
    {"OneLineMayBeStricter",
     "",
     "line.2.srtp=required\n",
     {},
     "line.srtp=preferred line.2.srtp=required security.web_ui=off security.menu_lock=on ",
     ""},
    {"ATenantAndItsDeviceRelax",
     "line.srtp=off\n",
     "line.1.srtp=off\n",
     {},
     "line.srtp=preferred security.web_ui=off security.menu_lock=on ",
     "line.srtp=off(2) line.1.srtp=off(3) "},
    {"OtherSettingsStay",
     "line.user=a\n",
     "line.1.user=b\n",
     {},
     "line.user=a line.1.user=b line.srtp=preferred security.web_ui=off security.menu_lock=on ",
     ""},
};
INSTANTIATE_TEST_SUITE_P(Cases, Enforce, testing::ValuesIn(cases),
                         [](const auto& one) { return std::string(one.param.name); });

TEST(Hardening, R_D1_FindsTheFirstRelaxation) {
    const auto rules = profile();
    const auto relaxed = [&](const char* text, const LiftedRules& lifted = {}) -> std::string {
        const auto settings = parse_settings(text).value();
        const auto found = find_relaxation(rules, lifted, settings);
        return found ? found->rule->id + " " + to_text(found->setting->key) : "";
    };
    EXPECT_EQ(relaxed(""), "");
    EXPECT_EQ(relaxed("security.web_ui=off\nline.1.user=a\n"), "");
    EXPECT_EQ(relaxed("security.web_ui=on\n"), "web-ui-off security.web_ui");
    EXPECT_EQ(relaxed("line.3.srtp=off\n"), "media-encrypted line.3.srtp");
    EXPECT_EQ(relaxed("line.3.srtp=required\n"), "");
    LiftedRules lifted;
    lifted.lift(rules.place(*rules.find("web-ui-off")));
    EXPECT_EQ(relaxed("security.web_ui=on\n", lifted), "");
    EXPECT_EQ(relaxed("security.web_ui=on\nsecurity.menu_lock=off\n", lifted),
              "menu-locked security.menu_lock");
}

TEST(Hardening, LiftedRulesAreCountedFromNone) {
    LiftedRules lifted;
    EXPECT_FALSE(lifted.has(0));
    EXPECT_FALSE(lifted.has(1000));
    lifted.lift(3);
    EXPECT_TRUE(lifted.has(3));
    EXPECT_FALSE(lifted.has(2));
    EXPECT_FALSE(lifted.has(4));
}

TEST(Hardening, TheLayerIsTheFirstTextOfEachRule) {
    const auto layer = profile().layer();
    ASSERT_EQ(layer.size(), 3U);
    EXPECT_EQ(layer[0].key, key("line.srtp"));
    EXPECT_EQ(layer[0].value, "preferred");
}

}  // namespace
}  // namespace provost
