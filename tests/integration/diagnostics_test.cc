// A diagnostic window over the real store and key files: what the phone gets, what stays, what is written
// (R-B6, R-D2).
#include "service/diagnostics.h"

#include "house_fixture.h"
#include "service/rotation.h"

#include <future>
#include <regex>
#include <set>

namespace provost {
namespace {

using namespace std::chrono_literals;

class DiagnosticsTest : public testing_house::HouseTest {
 protected:
    static constexpr auto on = "static.wui.https_enable = 1", off = "static.wui.https_enable = 0";

    Result<OpenedWindow> open_window(std::optional<std::int64_t> minutes = std::nullopt,
                                     const std::string& person = "Jo") {
        return Diagnostics(*house).open(mac_of(1), {"one-way audio", minutes, false}, person);
    }
    // Its file, taken whole unless told otherwise; the refusal's status instead.
    std::string file(Transfer how = Transfer::complete) {
        PhoneService phones(*house, DoorTraits());
        const auto reply = visit(phones, proof(1), file_of(1));
        std::string text =
            reply.status == 200 ? std::string(reply.body.view()) : std::to_string(reply.status);
        if (reply.delivery != 0) phones.transferred(reply.delivery, how);
        EXPECT_TRUE(store->apply([](Transaction&) { return Status(); })) << "what was queued is written";
        return text;
    }
    // The administrator's password in a file; empty: none.
    static std::string admin_password(const std::string& file) {
        std::smatch found;
        const std::regex line("security\\.user_password = admin:(\\S+)");
        return std::regex_search(file, found, line) ? found[1].str() : std::string();
    }
    static bool holds(const std::string& file, std::string_view text) { return file.find(text) != file.npos; }
    static bool has_sip_password(const std::string& file) { return holds(file, "account.1.password = "); }

    void provision(SecretMode mode = SecretMode::purge) {
        add_armed(1);
        Tenants::Draft four;  // what a kept secret is rated
        four.policy = {{"minimum_rating", "4"}};
        ASSERT_TRUE(TenantService(*house).change("acme", four, std::nullopt, "test"));
        Devices::Draft draft;
        draft.secret_mode = to_text(mode);
        ASSERT_TRUE(DeviceService(*house).change(mac_of(1), draft, std::nullopt, "test"));
        first = file();
        ASSERT_TRUE(has_sip_password(first));
        pass(61min);
        ASSERT_EQ(device(1).state, DeviceState::provisioned);
    }
    void pass(Duration by) {
        clock.advance(by);
        monotonic += by;
        ASSERT_TRUE(keeper().tick(clock.now(), monotonic));
    }
    Housekeeper& keeper() {
        if (!keeper_) keeper_ = std::make_unique<Housekeeper>(*house);
        return *keeper_;
    }
    void restart() {
        keeper_.reset();
        house.reset();
        store.reset();
        open();
    }
    std::optional<DiagnosticWindow> window() { return store->diagnostic_windows().of(mac_of(1)).value(); }
    bool has_window_password() {
        return store->secret(mac_of(1), std::string(window_purpose)).value().has_value();
    }
    std::string last_rule() {
        return std::string(to_text(store->deliveries(mac_of(1), 1).value().at(0).rule));
    }
    std::size_t events(const std::string& kind) {
        EventFilter filter;
        filter.kind = kind;
        return store->events(filter, 0, 100).value().size();
    }
    std::string code_of(const Result<OpenedWindow>& opened) { return opened ? "" : opened.error().code; }

    std::string first;
    Housekeeper::Monotonic monotonic{};

 private:
    std::unique_ptr<Housekeeper> keeper_;
};

TEST_F(DiagnosticsTest, R_D2_OpensAtTheNextCallHomeAndClosesAtTheOneAfterIt) {
    provision();
    EXPECT_TRUE(holds(file(), off));
    const auto opened = open_window();
    ASSERT_TRUE(opened) << opened.error().text();
    EXPECT_EQ(opened->view.state, WindowState::waiting);
    EXPECT_EQ(opened->view.left, 30min);
    EXPECT_EQ(opened->user, "admin");

    const auto with = file();
    EXPECT_TRUE(holds(with, on));
    EXPECT_FALSE(has_sip_password(with)) << "no other secret";
    EXPECT_FALSE(holds(with, "user_password = user:")) << "nor the end user's";
    EXPECT_TRUE(opened->password.same_as(Secret::copy_of(admin_password(with))));
    EXPECT_EQ(last_rule(), "diagnostics-opened");
    EXPECT_EQ(device(1).state, DeviceState::provisioned) << "that is no delivery of its credentials";
    EXPECT_EQ(Diagnostics(*house).show(mac_of(1))->state, WindowState::open);

    const auto again = file();
    EXPECT_TRUE(holds(again, on)) << "it comes twice";
    EXPECT_EQ(admin_password(again), "") << "it keeps the one it has";

    pass(30min);
    EXPECT_FALSE(has_window_password()) << "destroyed when the window ends";
    EXPECT_EQ(Diagnostics(*house).show(mac_of(1))->state, WindowState::closing);
    const auto after = file();
    EXPECT_TRUE(holds(after, off));
    EXPECT_FALSE(has_sip_password(after));
    const auto fresh = admin_password(after);
    EXPECT_NE(fresh, "");
    EXPECT_NE(fresh, admin_password(with));
    EXPECT_NE(fresh, admin_password(first));
    EXPECT_FALSE(window());
    EXPECT_EQ(secrets(1), 0U) << "nobody keeps it";
    EXPECT_EQ(admin_password(file()), "") << "and from then on nothing is said of it";
    EXPECT_EQ(events("diagnostics.opened"), 1U);
    EXPECT_EQ(events("diagnostics.ended"), 1U);
    EXPECT_EQ(events("diagnostics.closed"), 1U);
}

TEST_F(DiagnosticsTest, R_B6_EndedBeforeThePhoneCameNothingIsLeftToClose) {
    provision();
    ASSERT_TRUE(open_window(5));
    pass(6min);
    EXPECT_FALSE(window());
    EXPECT_FALSE(has_window_password());
    const auto text = file();
    EXPECT_TRUE(holds(text, off));
    EXPECT_EQ(admin_password(text), "");
}

TEST_F(DiagnosticsTest, R_D2_ItsEndCountsBeforeTheHousekeeperSawIt) {
    provision();
    ASSERT_TRUE(open_window(5));
    const auto with = admin_password(file());
    clock.advance(5min);
    const auto after = file();
    EXPECT_TRUE(holds(after, off));
    EXPECT_NE(admin_password(after), "");
    EXPECT_NE(admin_password(after), with);
    EXPECT_FALSE(has_window_password());
    EXPECT_FALSE(window());
    EXPECT_EQ(events("diagnostics.ended"), 1U);
}

TEST_F(DiagnosticsTest, R_B6_ABrokenTransferIsSentAgainEachWay) {
    provision();
    const auto opened = open_window();
    ASSERT_TRUE(opened);
    const auto broken = file(Transfer::broken);
    EXPECT_EQ(Diagnostics(*house).show(mac_of(1))->state, WindowState::waiting);
    EXPECT_EQ(admin_password(file()), admin_password(broken)) << "the same: a person was told it";
    ASSERT_TRUE(Diagnostics(*house).close(mac_of(1), false, "Jo"));
    const auto cut = admin_password(file(Transfer::broken));
    ASSERT_TRUE(window()) << "not closed yet";
    const auto whole = admin_password(file());
    EXPECT_NE(whole, "");
    EXPECT_NE(whole, cut) << "kept nowhere, so made anew";
    EXPECT_FALSE(window());
}

TEST_F(DiagnosticsTest, R_B6_TheDeliveryAndThePersonAreInTheTrailWithoutThePassword) {
    provision();
    const auto opened = open_window(std::nullopt, "jo@acme");
    ASSERT_TRUE(opened);
    const auto password = admin_password(file());
    ASSERT_NE(password, "");
    bool told = false, delivered = false;
    const auto trail = store->audit({}, 0, 100).value();
    for (const auto& row : trail.rows) {
        EXPECT_FALSE(holds(row.entry.detail, password));
        told = told || (row.entry.kind == "diagnostics.opened" && row.entry.actor == "jo@acme" &&
                        holds(row.entry.detail, "one-way audio"));
        delivered =
            delivered || (row.entry.kind == "delivery.begun" && row.entry.outcome == "diagnostics-opened");
    }
    EXPECT_TRUE(told);
    EXPECT_TRUE(delivered);
    const auto events = store->events({}, 0, 100).value();
    for (const auto& event : events) EXPECT_FALSE(holds(event.detail, password));
}

TEST_F(DiagnosticsTest, R_B6_ARestartLosesNothing) {
    provision();
    const auto opened = open_window();
    ASSERT_TRUE(opened);
    restart();
    EXPECT_TRUE(opened->password.same_as(Secret::copy_of(admin_password(file()))));
    restart();
    pass(31min);
    restart();
    const auto after = file();
    EXPECT_TRUE(holds(after, off));
    EXPECT_NE(admin_password(after), "");
    EXPECT_FALSE(window());
}

TEST_F(DiagnosticsTest, R_B6_TwoEngineersTheSecondIsToldWhoseItIs) {
    provision();
    ASSERT_TRUE(open_window(std::nullopt, "Jo"));
    const auto second = open_window(std::nullopt, "Sam");
    ASSERT_EQ(code_of(second), "P-3011");
    EXPECT_TRUE(holds(second.error().why, "Jo"));
    const auto of_jo = admin_password(file());
    ASSERT_TRUE(Diagnostics(*house).close(mac_of(1), false, "Sam"));
    const auto reopened = open_window(std::nullopt, "Sam");
    ASSERT_TRUE(reopened) << "before the phone heard of the end";
    const auto of_sam = admin_password(file());
    EXPECT_TRUE(reopened->password.same_as(Secret::copy_of(of_sam)));
    EXPECT_NE(of_sam, of_jo);
    EXPECT_EQ(window()->person, "Sam");
}

TEST_F(DiagnosticsTest, R_B6_AnUnusedNewWindowStillClosesWhatTheOldOneLeftOpen) {
    provision();
    ASSERT_TRUE(open_window());
    const auto of_jo = admin_password(file());
    ASSERT_TRUE(Diagnostics(*house).close(mac_of(1), false, "Jo"));
    ASSERT_TRUE(open_window(1, "Sam"));
    pass(2min);
    const auto after = file();
    EXPECT_TRUE(holds(after, off));
    EXPECT_NE(admin_password(after), "");
    EXPECT_NE(admin_password(after), of_jo);
}

TEST_F(DiagnosticsTest, R_B6_ArmedAgainMeanwhileThePasswordStaysThePersons) {
    provision();
    const auto opened = open_window();
    ASSERT_TRUE(opened);
    (void)file();
    ASSERT_TRUE(DeviceService(*house).arm(mac_of(1), {}, "test"));
    const auto all = file();
    EXPECT_TRUE(has_sip_password(all));
    EXPECT_TRUE(holds(all, on));
    EXPECT_TRUE(opened->password.same_as(Secret::copy_of(admin_password(all))));
    EXPECT_EQ(device(1).state, DeviceState::grace);
    pass(31min);
    const auto after = file();
    EXPECT_TRUE(has_sip_password(after)) << "within its grace";
    EXPECT_TRUE(holds(after, off));
    EXPECT_NE(admin_password(after), admin_password(all));
    EXPECT_FALSE(window());
    EXPECT_EQ(admin_password(file()), admin_password(after)) << "within its grace the same once more";
}

TEST_F(DiagnosticsTest, R_B6_RotatedMeanwhileToo) {
    provision();
    const auto opened = open_window();
    ASSERT_TRUE(opened);
    ASSERT_TRUE(rotate_device(*house, mac_of(1), {}, "test"));
    const auto all = file();
    EXPECT_TRUE(has_sip_password(all));
    EXPECT_TRUE(opened->password.same_as(Secret::copy_of(admin_password(all))));
}

TEST_F(DiagnosticsTest, R_D2_AnArmedPhoneGetsItAtItsFirstContact) {
    add_armed(1);
    const auto opened = open_window();
    ASSERT_TRUE(opened);
    const auto all = file();
    EXPECT_TRUE(has_sip_password(all));
    EXPECT_TRUE(holds(all, on));
    EXPECT_TRUE(opened->password.same_as(Secret::copy_of(admin_password(all))));
    EXPECT_EQ(device(1).state, DeviceState::grace);
}

TEST_F(DiagnosticsTest, R_B6_RetiredMeanwhileNothingIsLeft) {
    provision();
    ASSERT_TRUE(open_window());
    (void)file();
    ASSERT_TRUE(DeviceService(*house).retire(mac_of(1), "test"));
    EXPECT_FALSE(window());
    EXPECT_FALSE(has_window_password());
    EXPECT_EQ(file(), "403");
    EXPECT_EQ(code_of(open_window()), "P-3010");
}

TEST_F(DiagnosticsTest, R_B6_RemovedMeanwhileNothingIsLeft) {
    provision();
    ASSERT_TRUE(open_window());
    ASSERT_TRUE(DeviceService(*house).remove(mac_of(1), "test"));
    EXPECT_FALSE(window());
    EXPECT_FALSE(has_window_password());
}

TEST_F(DiagnosticsTest, R_B6_RetainedSecretsGoAlongAndTheKeptPasswordChangesAfterwards) {
    provision(SecretMode::retain);
    const auto kept = admin_password(file());
    const auto opened = open_window();
    ASSERT_TRUE(opened);
    const auto with = file();
    EXPECT_TRUE(has_sip_password(with)) << "these phones get all of it each time";
    EXPECT_TRUE(holds(with, on));
    EXPECT_TRUE(opened->password.same_as(Secret::copy_of(admin_password(with))));
    EXPECT_EQ(admin_password(file()), admin_password(with)) << "coming twice";
    ASSERT_TRUE(Diagnostics(*house).close(mac_of(1), false, "Jo"));
    const auto after = admin_password(file());
    EXPECT_NE(after, kept);
    EXPECT_NE(after, admin_password(with));
    EXPECT_FALSE(window());
    EXPECT_EQ(admin_password(file()), after) << "that one is kept now";
}

TEST_F(DiagnosticsTest, R_B6_RotateModeTakesItsPlaceEachTime) {
    provision(SecretMode::rotate);
    const auto opened = open_window();
    ASSERT_TRUE(opened);
    for (int i = 0; i < 2; ++i) {
        const auto with = file();
        EXPECT_TRUE(has_sip_password(with));
        EXPECT_TRUE(opened->password.same_as(Secret::copy_of(admin_password(with))));
        pass(1min);
    }
    ASSERT_TRUE(Diagnostics(*house).close(mac_of(1), false, "Jo"));
    const auto after = file();
    EXPECT_TRUE(holds(after, off));
    EXPECT_FALSE(opened->password.same_as(Secret::copy_of(admin_password(after))));
    EXPECT_FALSE(window());
}

TEST_F(DiagnosticsTest, R_D2_ACloneOfThePhoneOpensNothing) {
    provision();
    ASSERT_TRUE(open_window());
    store->apply([&](Transaction& transaction) -> Status {
        PROVOST_TRY(auto device, transaction.device(mac_of(1)));
        device->last_seen = clock.now() - 1s;
        device->last_source = "203.0.113.9";
        return transaction.update_device(*device);
    });
    const auto text = file();
    EXPECT_TRUE(holds(text, off));
    EXPECT_EQ(admin_password(text), "");
}

TEST_F(DiagnosticsTest, R_D2_AVendorWithoutASwitchSaysSo) {
    struct Row {
        const char *vendor, *mac, *model, *about;
    };
    for (const auto& [vendor, mac, model, about] :
         std::initializer_list<Row>{{"fanvil", "0c383e000001", "", "security.web_ui"},
                                    {"2n", "7c1eb3000001", "", "security.admin_password"},
                                    {"avaya-j100", "c81fea000001", "", "security.web_ui"},
                                    {"gigaset", "7c2f80000001", "N510", "security.admin_password"}}) {
        Devices::Draft draft;
        draft.mac = mac;
        draft.tenant = "acme";
        draft.vendor = vendor;
        draft.model = model;
        draft.settings = {{"line.1.user", "u1"}};
        DeviceService devices(*house);
        const auto created = devices.create(draft, "test");
        ASSERT_TRUE(created) << vendor << created.error().text();
        ASSERT_TRUE(devices.arm(created->mac, {}, "test")) << vendor;
        const auto opened = Diagnostics(*house).open(created->mac, {"a reason", 5, false}, "Jo");
        ASSERT_FALSE(opened) << vendor;
        EXPECT_EQ(opened.error().code, "P-3012") << vendor << opened.error().text();
        EXPECT_TRUE(holds(opened.error().what, "unsupported"));
        EXPECT_EQ(opened.error().where, about) << vendor;
        EXPECT_NE(opened.error().why, "") << vendor;
    }
}

TEST_F(DiagnosticsTest, R_D2_EveryVendorsPhonesCanOrSayWhyNot) {
    std::set<std::string> able;
    const auto tenant = policies.current()->tenant("acme")->tenant.id;
    for (const auto& vendor : house->vendors->catalogue().vendors()) {
        std::vector<std::string> models{""};
        for (const auto& model : vendor.models) models.push_back(model.id);
        for (const auto& model : models) {
            Device phone;
            phone.mac = mac_of(1);
            phone.tenant = tenant;
            phone.vendor = vendor.id;
            phone.model = model;
            put(phone.settings, parse_setting_key("line.1.user").value(), "u1");
            const auto can = can_have_window(*house, phone, vendor);
            if (can) {
                able.insert(vendor.id);
                continue;
            }
            EXPECT_EQ(can.error().code, "P-3012") << vendor.id << " " << model << ": " << can.error().text();
            EXPECT_GT(can.error().why.size(), 5U) << vendor.id << " " << model;
        }
    }
    for (const auto* const known :
         {"yealink", "snom", "poly", "cisco-mpp", "grandstream", "mitel", "ale", "sangoma"})
        EXPECT_TRUE(able.contains(known)) << known;
    for (const auto* const none : {"fanvil", "2n", "avaya-j100", "algo", "linphone", "zoiper", "asterisk"})
        EXPECT_FALSE(able.contains(none)) << none;
}

TEST_F(DiagnosticsTest, R_B6_WhatIsRefused) {
    provision();
    Diagnostics diagnostics(*house);
    for (const auto& reason : {std::string(), std::string("  "), std::string("a\nb"), std::string(257, 'x')})
        EXPECT_EQ(code_of(diagnostics.open(mac_of(1), {reason, 5, false}, "Jo")), "P-2050") << reason;
    EXPECT_EQ(code_of(open_window(0)), "P-2051");
    EXPECT_EQ(code_of(open_window(1441)), "P-2051");
    EXPECT_EQ(code_of(diagnostics.open(mac_of(2), {"why", 5, false}, "Jo")), "P-2027");
    EXPECT_EQ(diagnostics.close(mac_of(1), false, "Jo").error().code, "P-3013");
    EXPECT_FALSE(window());
    ASSERT_TRUE(open_window());
    ASSERT_TRUE(diagnostics.close(mac_of(1), false, "Jo"));
    EXPECT_EQ(diagnostics.close(mac_of(1), false, "Jo").error().code, "P-3013");
}

TEST_F(DiagnosticsTest, R_D2_PreviewLintAndDiffShowTheOpenInterface) {
    provision();
    ASSERT_TRUE(open_window());
    DeviceService devices(*house);
    EXPECT_TRUE(holds(devices.preview(mac_of(1), false)->text, on));
    const auto rules = devices.lint(mac_of(1)).value();
    const auto rule =
        std::find_if(rules.begin(), rules.end(), [](const auto& one) { return one.rule == "web-ui-off"; });
    ASSERT_NE(rule, rules.end());
    EXPECT_EQ(rule->state, "lifted");
    ASSERT_TRUE(Diagnostics(*house).close(mac_of(1), false, "Jo"));
    EXPECT_TRUE(holds(devices.preview(mac_of(1), false)->text, off));
}

TEST_F(DiagnosticsTest, R_B6_APasswordThatIsLostEndsTheWindow) {
    provision();
    ASSERT_TRUE(open_window());
    ASSERT_TRUE(store->apply([&](Transaction& transaction) {
        return transaction.destroy_secret(mac_of(1), std::string(window_purpose));
    }));
    const auto text = file();
    EXPECT_TRUE(holds(text, off)) << "the phone is served all the same";
    EXPECT_FALSE(window());
}

}  // namespace
}  // namespace provost
