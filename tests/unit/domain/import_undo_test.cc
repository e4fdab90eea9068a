#include "domain/import_undo.h"

#include <functional>
#include <vector>

#include <gtest/gtest.h>

namespace provost {
namespace {

constexpr TenantId acme = 7;

ImportTrace untouched(bool added) {
    ImportTrace trace;
    auto& image = trace.image;
    image.mac = MacAddress(0x001565000001);
    image.row = 2;
    image.tenant = acme;
    image.version = added ? 1 : 5;
    image.generation = 1;
    image.state = DeviceState::armed;
    if (!added) {
        image.before.emplace();
        image.before->state = DeviceState::armed;
        image.before->version = 4;
    }
    trace.now = {acme, image.version, image.generation, image.state};
    return trace;
}

struct Case {
    const char* name;
    bool added;
    std::function<void(ImportTrace&)> since;
    UndoStep step;
    UndoReason why;
    bool in_sight = true;
};

const std::vector<Case> cases = {
    {"an added one that nobody touched goes", true, [](ImportTrace&) {}, UndoStep::remove, UndoReason::none},
    {"a changed one that nobody touched goes back", false, [](ImportTrace&) {}, UndoStep::restore,
     UndoReason::none},
    {"one of another customer is left", true, [](ImportTrace&) {}, UndoStep::leave, UndoReason::out_of_sight,
     false},
    {"one that is not there is left", true, [](ImportTrace& t) { t.now.reset(); }, UndoStep::leave,
     UndoReason::removed},
    {"one that was removed and added again is another", true, [](ImportTrace& t) { t.image.gone = true; },
     UndoStep::leave, UndoReason::removed},
    {"a person's change to an added one", true, [](ImportTrace& t) { ++t.now->version; }, UndoStep::leave,
     UndoReason::changed},
    {"a person's change to a changed one", false, [](ImportTrace& t) { ++t.now->version; }, UndoStep::leave,
     UndoReason::changed},
    {"fresh secrets since", false, [](ImportTrace& t) { ++t.now->generation; }, UndoStep::leave,
     UndoReason::changed},
    {"an added one whose phone came", true, [](ImportTrace& t) { t.delivered = true; }, UndoStep::leave,
     UndoReason::delivered},
    {"a changed one whose phone took its secrets", false, [](ImportTrace& t) { t.delivered = true; },
     UndoStep::leave, UndoReason::delivered},
    {"a delivery with fresh secrets is told as one", false,
     [](ImportTrace& t) {
         t.delivered = true;
         ++t.now->generation;
     },
     UndoStep::leave, UndoReason::delivered},
    {"an added one that is being looked at", true, [](ImportTrace& t) { t.attached = true; }, UndoStep::leave,
     UndoReason::attached},
    {"a changed one that is being looked at goes back all the same", false,
     [](ImportTrace& t) { t.attached = true; }, UndoStep::restore, UndoReason::none},
    {"an added one whose window passed", true, [](ImportTrace& t) { t.now->state = DeviceState::expired; },
     UndoStep::leave, UndoReason::state},
    {"a changed one whose window passed: its settings go back, its state is its own", false,
     [](ImportTrace& t) { t.now->state = DeviceState::expired; }, UndoStep::restore, UndoReason::none},
    {"one whose secrets the import destroyed goes back without them", false,
     [](ImportTrace& t) {
         t.image.state = t.now->state = DeviceState::registered;
         t.image.before->secrets_gone = true;
     },
     UndoStep::restore, UndoReason::secrets_gone},
    {"one whose state was to go back, and went elsewhere", false,
     [](ImportTrace& t) {
         t.image.before->state = DeviceState::provisioned;
         t.image.state = DeviceState::registered;
         t.now->state = DeviceState::retired;
     },
     UndoStep::leave, UndoReason::state},
};

TEST(ImportUndo, A6_EachRowGoesBackOrIsLeftWithAReason) {
    for (const auto& one : cases) {
        auto trace = untouched(one.added);
        one.since(trace);
        EXPECT_EQ(rule_on_undo(trace, one.in_sight), (UndoRuling{one.step, one.why})) << one.name;
    }
}

TEST(ImportUndo, A6_PuttingBackTouchesWhatAnImportChangesAndNothingElse) {
    Device now;
    now.mac = MacAddress(0x001565000001);
    now.tenant = acme;
    now.version = 5;
    now.state = DeviceState::grace;
    now.generation = 3;
    now.pinned_key = Sha256{1};
    now.firmware = "96.86.0.75";
    DeviceBefore before{"berlin", "yealink", "T54W", SecretMode::rotate, Access::certificate, {}, {}};
    put(before.settings, parse_setting_key("line.1.user").value(), "u1");
    const auto device = put_back(now, before);
    EXPECT_EQ(device.site, "berlin");
    EXPECT_EQ(device.vendor, "yealink");
    EXPECT_EQ(device.model, "T54W");
    EXPECT_EQ(device.secret_mode, SecretMode::rotate);
    EXPECT_EQ(device.settings, before.settings);
    EXPECT_EQ(device.version, 6) << "a change like any other: whoever read version 5 is told so";
    EXPECT_EQ(device.state, DeviceState::grace);
    EXPECT_EQ(device.generation, 3);
    EXPECT_EQ(device.pinned_key, now.pinned_key);
    EXPECT_EQ(device.firmware, now.firmware);
}

TEST(ImportUndo, A6_AStateGoesBackOnlyWhereNoSecretWasLost) {
    ImportImage image = untouched(false).image;
    EXPECT_EQ(settle_state(DeviceState::grace, image), DeviceState::grace) << "the import did not move it";
    image.before->state = DeviceState::provisioned;
    image.state = DeviceState::registered;
    EXPECT_EQ(settle_state(DeviceState::registered, image), DeviceState::provisioned);
    image.before->secrets_gone = true;
    EXPECT_EQ(settle_state(DeviceState::registered, image), DeviceState::registered);
}

TEST(ImportUndo, NamesAreReadAsTheyAreWritten) {
    for (const auto step : {UndoStep::remove, UndoStep::restore, UndoStep::leave})
        EXPECT_EQ(parse_undo_step(to_text(step)), step);
    for (int i = 0; i <= static_cast<int>(UndoReason::failed); ++i) {
        const auto reason = static_cast<UndoReason>(i);
        EXPECT_EQ(parse_undo_reason(to_text(reason)), reason);
        EXPECT_EQ(in_words(reason).empty(), reason == UndoReason::none);
    }
    EXPECT_FALSE(parse_undo_step("gone"));
    EXPECT_FALSE(parse_undo_reason("gone"));
}

}  // namespace
}  // namespace provost
