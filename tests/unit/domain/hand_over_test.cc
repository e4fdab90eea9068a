#include "domain/hand_over.h"

#include <gtest/gtest.h>

namespace provost {
namespace {

using enum OutboxState;

TEST(HandOver, R_B2_OnlyWhatAPhoneCouldLoseIsHeld) {
    struct Row {
        NewEntry entry;
        OutboxState state;
    };
    for (const auto& [entry, state] :
         std::initializer_list<Row>{{{.withdraw = false, .account_lives = false, .at_once = false}, due},
                                    {{.withdraw = false, .account_lives = false, .at_once = true}, due},
                                    {{.withdraw = false, .account_lives = true, .at_once = false}, held},
                                    {{.withdraw = false, .account_lives = true, .at_once = true}, due},
                                    {{.withdraw = true, .account_lives = false, .at_once = false}, due},
                                    {{.withdraw = true, .account_lives = true, .at_once = false}, due},
                                    {{.withdraw = true, .account_lives = true, .at_once = true}, due}})
        EXPECT_EQ(state_of(entry), state) << entry.withdraw << entry.account_lives << entry.at_once;
}

TEST(HandOver, R_B2_WhatIsOvertakenIsNeverToldUnlessItIsAlreadyDue) {
    EXPECT_EQ(overtaken(held, false), voided);
    EXPECT_EQ(overtaken(held, true), voided);
    EXPECT_EQ(overtaken(due, false), due) << "it keeps its place in the order";
    EXPECT_EQ(overtaken(due, true), voided);
    EXPECT_EQ(overtaken(voided, false), voided);
    EXPECT_EQ(overtaken(voided, true), voided);
}

TEST(HandOver, R_B2_ACompleteDeliveryReleasesItsOwnGenerationAndEndsOlderOnes) {
    for (const auto state : {held, due, voided})
        for (std::int64_t generation = 1; generation <= 3; ++generation) {
            const auto after = after_delivery(state, generation, 2);
            const auto wanted = state != held || generation > 2 ? state : generation == 2 ? due : voided;
            EXPECT_EQ(after, wanted) << to_text(state) << " " << generation;
        }
}

TEST(HandOver, StatesHaveNames) {
    for (const auto state : {held, due, voided}) EXPECT_EQ(parse_outbox_state(to_text(state)), state);
    EXPECT_FALSE(parse_outbox_state("sent"));
}

}  // namespace
}  // namespace provost
