// Overrides by name, explanations and differences, over the real store and the repository's vendor files.
#include "house_fixture.h"
#include "service/device_diff.h"
#include "service/layer_change.h"
#include "service/profile_diff.h"

#include <future>

namespace provost {
namespace {

using testing_house::HouseTest;

class ChangePreview : public HouseTest {
 protected:
    // A phone's visit; gives the status.
    int visit(PhoneService& phones, int number) {
        const auto reply = HouseTest::visit(phones, proof(number), file_of(number));
        if (reply.delivery != 0) phones.transferred(reply.delivery, Transfer::complete);
        flush();
        return reply.status;
    }
    // The grace ends.
    void keep_house() {
        Housekeeper keeper(*house);
        ASSERT_TRUE(keeper.tick(clock.now(), {}));
    }
    // What was to be written later is written.
    void flush() {
        ASSERT_TRUE(store->apply([](Transaction&) -> Status { return {}; }));
    }
    Status set_tenant(const RawSettings& settings) {
        Tenants::Draft draft;
        draft.settings = settings;
        return TenantService(*house).change("acme", draft, std::nullopt, "test").map([](const Tenant&) {});
    }
    Status set_device(int number, const RawSettings& settings) {
        Devices::Draft draft;
        draft.settings = settings;
        return DeviceService(*house)
            .change(mac_of(number), draft, std::nullopt, "test")
            .map([](const Device&) {});
    }
    Devices::Explanation explain(int number) { return DeviceService(*house).explain(mac_of(number)).value(); }
    static const Devices::ExplainedParameter* find(const Devices::Explanation& explained,
                                                   std::string_view name) {
        for (const auto& one : explained.parameters)
            if (one.parameter == name) return &one;
        return nullptr;
    }
};

constexpr const char* srtp = "account.1.srtp_encryption";
constexpr const char* transport = "account.1.sip_server.1.transport_type";

TEST_F(ChangePreview, R_G3_AnOverrideByNameReplacesWhatTheSettingsMake) {
    add_armed(1);
    const auto before = find(explain(1), "account.1.label")->value;
    ASSERT_TRUE(set_tenant({{"raw.yealink.account.1.label", "Front desk"}}));
    auto explained = explain(1);
    const auto* line = find(explained, "account.1.label");
    ASSERT_NE(line, nullptr);
    EXPECT_EQ(line->value, "Front desk");
    EXPECT_EQ(line->layer, "tenant");
    EXPECT_EQ(line->layer_name, "acme");
    EXPECT_EQ(line->setting, "raw.yealink.account.1.label");
    ASSERT_EQ(line->otherwise.size(), 1U);
    EXPECT_EQ(line->otherwise[0].value, before);
    ASSERT_TRUE(set_device(1, {{"raw.yealink.account.1.label", "Back desk"}}));
    explained = explain(1);
    line = find(explained, "account.1.label");
    EXPECT_EQ(line->value, "Back desk");
    EXPECT_EQ(line->layer, "device");
    ASSERT_EQ(line->otherwise.size(), 2U);
    EXPECT_EQ(line->otherwise[0].value, "Front desk");
    ASSERT_TRUE(set_device(1, {{"raw.yealink.account.1.label", ""}}));
    EXPECT_EQ(find(explain(1), "account.1.label")->value, "Front desk") << "an empty text removes it";
    EXPECT_NE(DeviceService(*house).preview(mac_of(1), true)->text.find("account.1.label = Front desk"),
              std::string::npos);
}

TEST_F(ChangePreview, R_G3_OverridesOutliveARestart) {
    add_armed(1);
    ASSERT_TRUE(set_device(1, {{"raw.yealink.account.1.label", "Desk"}, {"line.1.label", "x"}}));
    ASSERT_TRUE(set_tenant({{"raw.snom.timezone", "GER+1"}}));
    house.reset();
    store.reset();
    keys.reset();
    open();
    ASSERT_EQ(device(1).raw.size(), 1U);
    EXPECT_EQ(device(1).raw[0].value, "Desk");
    EXPECT_EQ(policies.current()->tenant("acme")->tenant.raw.size(), 1U);
    EXPECT_EQ(find(explain(1), "account.1.label")->value, "Desk") << "another vendor's override is not ours";
}

TEST_F(ChangePreview, R_G3_WhatCantBeOverriddenIsRefusedWithItsReason) {
    add_armed(1);
    const std::pair<RawSettings, const char*> cases[] = {
        {{{"raw.yealink.account.1.labl", "x"}}, "P-2061"},
        {{{"raw.yealnk.account.1.label", "x"}}, "P-2021"},
        {{{"raw.yealink", "x"}}, "P-2060"},
        {{{"raw.yealink.account.1.password", "hunter2"}}, "P-2062"},
        {{{"raw.yealink.Account.1.Password", "hunter2"}}, "P-2062"},
        {{{"raw.yealink.account.1.label", "a\nb = c"}}, "P-2063"},
    };
    for (const auto& [settings, code] : cases) {
        for (const auto& refused : {set_tenant(settings), set_device(1, settings)}) {
            ASSERT_FALSE(refused) << code;
            EXPECT_EQ(refused.error().code, code);
            EXPECT_EQ(refused.error().text().find("hunter2"), std::string::npos);
        }
    }
    EXPECT_NE(set_tenant(cases[0].first).error().fix.find("account.1.label"), std::string::npos);
}

TEST_F(ChangePreview, R_D1_AnOverrideCantBreakTheHardeningProfile) {
    add_armed(1);
    const RawSettings weak = {{std::string("raw.yealink.") + transport, "0"}};
    for (const auto& refused : {set_tenant(weak), set_device(1, weak)}) {
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().code, "P-2064");
        EXPECT_NE(refused.error().why.find("sip-over-tls"), std::string::npos);
        EXPECT_NE(refused.error().fix.find("exception add sip-over-tls"), std::string::npos);
    }
    const RawSettings web = {{"raw.yealink.static.wui.http_enable", "1"}};
    EXPECT_EQ(set_tenant(web).error().code, "P-2064");
    EXPECT_TRUE(set_tenant({{std::string("raw.yealink.") + transport, "2"}})) << "what the profile wants";
}

TEST_F(ChangePreview, R_G3_ExplainNamesRuleSourceAndWhatOtherLayersSay) {
    add_armed(1);
    ASSERT_TRUE(set_tenant({{"line.srtp", "preferred"}}));
    ASSERT_TRUE(set_device(1, {{"line.1.srtp", "required"}}));
    const auto explained = explain(1);
    const auto* const line = find(explained, srtp);
    ASSERT_NE(line, nullptr);
    EXPECT_EQ(line->layer, "device");
    EXPECT_EQ(line->setting, "line.1.srtp");
    EXPECT_EQ(line->rule, "account.{line}.srtp_encryption");
    EXPECT_FALSE(line->sources.empty());
    EXPECT_FALSE(line->confidence.empty());
    ASSERT_GE(line->otherwise.size(), 2U);
    EXPECT_EQ(line->otherwise[0].layer, "tenant");
    EXPECT_EQ(line->otherwise[0].value, "preferred");
    for (const auto& one : explained.parameters)
        if (one.secret) EXPECT_EQ(one.value, "********") << one.parameter;
    const auto unsent =
        std::ranges::find(explained.unsent, "security.remote_shell", &Devices::Unsent::setting);
    if (unsent != explained.unsent.end()) EXPECT_NE(unsent->why.find("not supported"), std::string::npos);
    EXPECT_FALSE(explained.unsent.empty());
    for (const auto& one : explained.unsent) EXPECT_FALSE(one.why.empty()) << one.setting;
}

TEST_F(ChangePreview, R_F3_DiffAgainstWhatThePhoneLastFetched) {
    add_armed(1);
    auto diff = diff_device(*house, mac_of(1)).value();
    EXPECT_FALSE(diff.since) << "never fetched";
    EXPECT_FALSE(diff.secrets.empty());
    PhoneService phones(*house, DoorTraits());
    ASSERT_EQ(visit(phones, 1), 200);
    diff = diff_device(*house, mac_of(1)).value();
    ASSERT_TRUE(diff.since);
    EXPECT_TRUE(diff.had_secrets);
    EXPECT_TRUE(diff.changed.empty() && diff.added.empty() && diff.removed.empty());
    EXPECT_GT(diff.same, 50U);
    ASSERT_TRUE(set_tenant({{"line.1.label", "Hall"}, {"raw.yealink.account.1.display_name", "Guest"}}));
    diff = diff_device(*house, mac_of(1)).value();
    const auto label = std::ranges::find(diff.changed, "account.1.label", &DiffLine::parameter);
    ASSERT_NE(label, diff.changed.end());
    EXPECT_EQ(label->before, "u1");
    EXPECT_EQ(label->after, "Hall");
    EXPECT_EQ(label->layer, "tenant");
    EXPECT_EQ(label->layer_name, "acme");
    EXPECT_EQ(label->setting, "line.1.label");
}

TEST_F(ChangePreview, R_F3_SecretsAreNeverKeptNorCompared) {
    add_armed(1);
    PhoneService phones(*house, DoorTraits());
    ASSERT_EQ(visit(phones, 1), 200);
    const auto picture = store->fetched(mac_of(1)).value();
    ASSERT_TRUE(picture);
    EXPECT_TRUE(picture->with_secrets);
    const auto outbox = store->outbox(false, {}).value();
    const auto parameters = read_picture(picture->parameters).value();
    int secret = 0;
    for (const auto& one : parameters) {
        if (one.kind != Pictured::secret) continue;
        ++secret;
        EXPECT_TRUE(one.value.empty()) << one.name;
    }
    EXPECT_GE(secret, 2);
    clock.advance(std::chrono::hours(3));
    keep_house();
    ASSERT_EQ(device(1).state, DeviceState::provisioned);
    auto diff = diff_device(*house, mac_of(1)).value();
    EXPECT_TRUE(diff.secrets.empty()) << "purge: it keeps what it has";
    EXPECT_TRUE(diff.removed.empty()) << "and that is no removal";
    ASSERT_TRUE(DeviceService(*house).arm(mac_of(1), {}, "test"));
    diff = diff_device(*house, mac_of(1)).value();
    EXPECT_NE(std::ranges::find(diff.secrets, "line.1.password"), diff.secrets.end());
}

TEST_F(ChangePreview, R_F3_AnUnchangedResyncWritesNoPicture) {
    add_armed(1);
    PhoneService phones(*house, DoorTraits());
    ASSERT_EQ(visit(phones, 1), 200);
    clock.advance(std::chrono::hours(3));
    keep_house();
    ASSERT_EQ(visit(phones, 1), 200);
    const auto first = store->fetched(mac_of(1)).value().value();
    EXPECT_FALSE(first.with_secrets);
    clock.advance(std::chrono::hours(1));
    ASSERT_EQ(visit(phones, 1), 200);
    EXPECT_EQ(store->fetched(mac_of(1)).value()->at, first.at);
    house.reset();  // what memory knew is gone
    store.reset();
    keys.reset();
    open();
    PhoneService again(*house, DoorTraits());
    ASSERT_EQ(visit(again, 1), 200);
    EXPECT_EQ(store->fetched(mac_of(1)).value()->at, first.at) << "the row's digest tells";
    ASSERT_TRUE(set_tenant({{"line.1.label", "Hall"}}));
    ASSERT_EQ(visit(again, 1), 200);
    EXPECT_GT(store->fetched(mac_of(1)).value()->at, first.at);
    ASSERT_TRUE(DeviceService(*house).remove(mac_of(1), "test"));
    EXPECT_FALSE(store->fetched(mac_of(1)).value());
}

TEST_F(ChangePreview, R_G3_ProfileDiffCountsAndAppliesNothing) {
    for (int i = 1; i <= 12; ++i) add_armed(i);
    ProposedChange change;
    change.tenant = "acme";
    change.settings = {{"line.srtp", "required"}, {"line.1.label", "Hall"}};
    const auto diff = diff_profile(*house, change, {"", 1000}).value();
    EXPECT_EQ(diff.looked_at, 12U);
    EXPECT_EQ(diff.changed, 12U);
    EXPECT_TRUE(diff.next.empty());
    const auto encrypted = std::ranges::find(diff.changes, srtp, &FleetChange::parameter);
    ASSERT_NE(encrypted, diff.changes.end());
    EXPECT_EQ(encrypted->devices, 12U);
    EXPECT_EQ(encrypted->kind, "changed");
    EXPECT_EQ(encrypted->examples.size(), 3U);
    std::size_t ways = 0, devices = 0;
    for (const auto& one : diff.changes) {
        if (one.parameter != "account.1.label") continue;
        ++ways;
        devices += one.devices;
    }
    EXPECT_EQ(devices, 12U);
    EXPECT_LE(ways, 9U) << "many ways become one line";
    EXPECT_TRUE(policies.current()->tenant("acme")->tenant.settings.size() == 1) << "nothing is applied";
}

TEST_F(ChangePreview, R_G3_ProfileDiffGoesPageByPage) {
    for (int i = 1; i <= 7; ++i) add_armed(i);
    ProposedChange change;
    change.tenant = "acme";
    change.settings = {{"line.srtp", "required"}};
    std::size_t changed = 0, pages = 0;
    Page page{"", 3};
    do {
        const auto diff = diff_profile(*house, change, page).value();
        changed += diff.changed;
        page.after = diff.next;
        ++pages;
    } while (!page.after.empty() && pages < 10);
    EXPECT_EQ(changed, 7U);
    EXPECT_EQ(pages, 3U);
}

TEST_F(ChangePreview, R_G3_ProfileDiffTellsWhoWouldBeRefused) {
    add_armed(1);
    ProposedChange bad;
    bad.tenant = "acme";
    bad.settings = {{"line.17.user", "x"}};
    Devices::Draft draft;
    draft.mac = mac_of(2).lower();
    draft.tenant = "acme";
    draft.model = "T31";
    draft.settings = {{"line.1.user", "u2"}};
    ASSERT_TRUE(DeviceService(*house).create(draft, "test"));
    const auto diff = diff_profile(*house, bad, {"", 100}).value();
    ASSERT_EQ(diff.refusals.size(), 1U);
    EXPECT_EQ(diff.refusals[0].code, "P-2202");
    EXPECT_EQ(diff.refusals[0].examples, std::vector<std::string>{mac_of(2).lower()});
    EXPECT_FALSE(diff.refusals[0].already);
    ProposedChange weak;
    weak.tenant = "acme";
    weak.settings = {{"security.web_ui", "on"}};
    EXPECT_EQ(diff_profile(*house, weak, {"", 100}).error().code, "P-2043") << "as applying it would say";
    ProposedChange nobody;
    nobody.settings = {{"line.srtp", "required"}};
    EXPECT_EQ(diff_profile(*house, nobody, {"", 100}).error().code, "P-2010");
}

TEST_F(ChangePreview, R_G3_ProfileDiffReachesTheTenantsTreeOnly) {
    add_armed(1);
    Tenants::Draft other;
    other.slug = "other";
    ASSERT_TRUE(TenantService(*house).create(other, "test"));
    ProposedChange change;
    change.tenant = "other";
    change.settings = {{"line.srtp", "required"}};
    EXPECT_EQ(diff_profile(*house, change, {"", 100})->looked_at, 0U);
}

TEST_F(ChangePreview, R_G3_ProfileDiffOfAnotherHardeningProfile) {
    add_armed(1);
    std::ifstream in(testing_house::fs::path(PROVOST_SOURCE_DIR) / "policy/hardening.yaml");
    std::string text{std::istreambuf_iterator<char>(in), {}};
    const std::string from = "setting: line.srtp, value: preferred, also: [required]";
    ASSERT_NE(text.find(from), std::string::npos);
    text.replace(text.find(from), from.size(), "setting: line.srtp, value: required");
    ProposedChange change;
    change.hardening = text;
    const auto diff = diff_profile(*house, change, {"", 100}).value();
    EXPECT_TRUE(diff.refusals.empty());
    const auto encrypted = std::ranges::find(diff.changes, srtp, &FleetChange::parameter);
    ASSERT_NE(encrypted, diff.changes.end());
    EXPECT_EQ(encrypted->devices, 1U);
    change.hardening = "format: 1\nrules: 7\n";
    EXPECT_FALSE(diff_profile(*house, change, {"", 100}));
}

}  // namespace
}  // namespace provost
