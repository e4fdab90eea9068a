// The hardening profile on the phones' way: taken back where no exception holds, and never left out (R-D1,
// R-D7).
#include "house_fixture.h"
#include "service/exceptions.h"

#include <future>
#include <thread>

namespace provost {
namespace {

class HardeningTest : public testing_house::HouseTest {
 protected:
    static constexpr auto web_ui_off = "static.wui.https_enable = 0";
    static constexpr auto web_ui_on = "static.wui.https_enable = 1";

    // What phone 1 gets now; the refusal's status otherwise.
    std::string file() {
        auto evidence = std::make_shared<Evidence>();
        evidence->vendor = "yealink";
        evidence->mac = mac_of(1);
        evidence->prefix_allowed = true;
        evidence->key.emplace().fill(1);
        DeviceRequest request;
        request.method = Method::get;
        request.target = "/" + mac_of(1).lower() + ".cfg";
        request.source = "127.0.0.1";
        PhoneService phones(*house, DoorTraits());
        std::promise<DeviceReply> promise;
        phones.handle(evidence, std::move(request),
                      [&](DeviceReply reply) { promise.set_value(std::move(reply)); });
        const auto reply = promise.get_future().get();
        return reply.status == 200 ? std::string(reply.body.view()) : std::to_string(reply.status);
    }
    Status open_web_ui() {
        Devices::Draft draft;
        draft.settings = {{"security.web_ui", "on"}};
        const auto changed = DeviceService(*house).change(mac_of(1), draft, std::nullopt, "test");
        return changed ? Status() : fail(changed.error());
    }
    Result<HardeningException> lift(const std::string& until) {
        ExceptionService::Draft draft;
        draft.rule = "web-ui-off";
        draft.device = mac_of(1).lower();
        draft.owner = "Jo";
        draft.reason = "commissioning";
        draft.until = until;
        return ExceptionService(*house).add(draft, "test");
    }
    static bool holds(const std::string& file, std::string_view line) { return file.find(line) != file.npos; }
};

TEST_F(HardeningTest, R_D1_ARelaxationNeedsAnExceptionWithAnOwner) {
    add_armed(1);
    const auto refused = open_web_ui();
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "P-2043");
    EXPECT_NE(refused.error().fix.find("exception add web-ui-off --device " + mac_of(1).lower()),
              std::string::npos);
    EXPECT_TRUE(holds(file(), web_ui_off));

    ExceptionService::Draft nobody;
    nobody.rule = "web-ui-off";
    nobody.device = mac_of(1).lower();
    nobody.reason = "because";
    EXPECT_EQ(ExceptionService(*house).add(nobody, "test").error().code, "P-2041");

    ASSERT_TRUE(lift("1h"));
    ASSERT_TRUE(open_web_ui());
    EXPECT_TRUE(holds(file(), web_ui_on));
}

TEST_F(HardeningTest, R_D1_AnExceptionEndsByItselfAndThePhoneIsServedHardened) {
    add_armed(1);
    ASSERT_TRUE(lift("1h"));
    ASSERT_TRUE(open_web_ui());
    clock.advance(std::chrono::minutes(61));
    EXPECT_TRUE(holds(file(), web_ui_off));
    EXPECT_EQ(open_web_ui().error().code, "P-2043");
}

TEST_F(HardeningTest, R_D1_ItsEndIsAnEvent) {
    add_armed(1);
    ASSERT_TRUE(lift("1h"));
    Housekeeper keeper(*house);
    const auto ended = [&] {
        EventFilter filter;
        filter.kind = "exception.ended";
        return store->last_events(filter, 10).value();
    };
    auto monotonic = std::chrono::steady_clock::now();
    for (int minutes : {0, 59, 1, 1, 120}) {
        clock.advance(std::chrono::minutes(minutes));
        monotonic += std::chrono::minutes(minutes);
        ASSERT_TRUE(keeper.tick(clock.now(), monotonic));
    }
    for (int i = 0; i < 100 && ended().empty(); ++i)
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    ASSERT_EQ(ended().size(), 1U) << "once";
    EXPECT_EQ(ended()[0].device, mac_of(1));
    EXPECT_EQ(ended()[0].actor, "clock");
    EXPECT_NE(ended()[0].detail.find("web-ui-off"), std::string::npos);
}

TEST_F(HardeningTest, R_D1_WhoComesLaterUnderTheMacHasNoException) {
    add_armed(1);
    ASSERT_TRUE(lift(""));
    ASSERT_TRUE(DeviceService(*house).remove(mac_of(1), "test"));
    add_armed(1);
    EXPECT_EQ(open_web_ui().error().code, "P-2043");
}

TEST_F(HardeningTest, R_D7_LintTellsRuleByRule) {
    add_armed(1);
    ASSERT_TRUE(lift("1h"));
    const auto state = [&](const std::string& id) {
        const auto rules = DeviceService(*house).lint(mac_of(1)).value();
        for (const auto& rule : rules)
            if (rule.rule == id) return rule.state + ": " + rule.detail;
        return std::string();
    };
    EXPECT_EQ(state("web-ui-off").substr(0, 27), "lifted: exception 1, owner ");
    EXPECT_EQ(state("export-off").substr(0, 8), "cannot: ");
    EXPECT_EQ(state("sip-password"), "kept: 1 parameter");
    ASSERT_TRUE(open_web_ui());
    clock.advance(std::chrono::hours(2));
    EXPECT_EQ(state("web-ui-off"), "kept: 4 parameters; overrules security.web_ui=on");
    const auto explained = DeviceService(*house).explain(mac_of(1)).value();
    ASSERT_EQ(explained.overruled.size(), 1U);
    EXPECT_EQ(explained.overruled[0].setting, "security.web_ui");
    EXPECT_EQ(explained.overruled[0].layer, "device");
    EXPECT_EQ(explained.overruled[0].rule, "web-ui-off");
    EXPECT_TRUE(explained.exceptions.empty());
}

TEST_F(HardeningTest, R_D1_RemovedItHoldsNoMore) {
    add_armed(1);
    const auto exception = lift("");
    ASSERT_TRUE(exception);
    ASSERT_TRUE(open_web_ui());
    EXPECT_TRUE(holds(file(), web_ui_on));
    ASSERT_TRUE(ExceptionService(*house).remove(exception->id, "test"));
    EXPECT_TRUE(holds(file(), web_ui_off));
}

TEST_F(HardeningTest, R_D1_ATenantsRelaxationNeedsOneToo) {
    TenantService tenants(*house);
    Tenants::Draft draft;
    draft.settings = {{"line.transport", "udp"}};
    EXPECT_EQ(tenants.change("acme", draft, std::nullopt, "test").error().code, "P-2043");
    draft.settings = {{"line.srtp", "required"}};
    EXPECT_TRUE(tenants.change("acme", draft, std::nullopt, "test")) << "as good as the profile's own";
}

TEST_F(HardeningTest, R_D6_NoExceptionLiftsAPassword) {
    ExceptionService::Draft draft;
    draft.rule = "admin-password";
    draft.tenant = "acme";
    draft.owner = "Jo";
    draft.reason = "because";
    EXPECT_EQ(ExceptionService(*house).add(draft, "test").error().code, "P-2040");
}

// A vendor file whose later words undo the profile's: nobody may be served by it.
TEST_F(HardeningTest, R_D7_WhatIsNotHardenedIsNotServed) {
    add_armed(1);
    const auto path = testing_house::fs::path(PROVOST_SOURCE_DIR) / "vendors/yealink.yaml";
    std::ifstream in(path);
    std::string text{std::istreambuf_iterator<char>(in), {}};
    text.insert(text.find("\n\n# What operators"),
                "\n    - {parameter: static.wui.https_enable, value: 1, source: [guide], confidence: high}");
    auto outcome = read_vendor_file(text, "yealink.yaml");
    for (const auto& error : outcome.errors) std::puts(error.text().c_str());
    ASSERT_TRUE(outcome.spec);
    std::vector<VendorSpec> specs;
    specs.push_back(std::move(*outcome.spec));
    house->vendors = VendorShelf::make(std::move(specs)).value();
    EXPECT_EQ(file(), "403");
    for (int i = 0; i < 100 && store->last_events({}, 1).value().front().kind != "visit"; ++i)
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    const auto visit = store->last_events({}, 1).value().front();
    EXPECT_EQ(visit.rule, to_text(Rule::configuration_invalid));
    EXPECT_NE(visit.detail.find("web-ui-off (R-D2"), std::string::npos) << visit.detail;
    EXPECT_EQ(device(1).state, DeviceState::armed) << "nothing was delivered, nothing is spent";
}

}  // namespace
}  // namespace provost
