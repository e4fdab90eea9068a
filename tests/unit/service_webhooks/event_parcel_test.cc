#include "service/event_parcel.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace provost {
namespace {

using namespace std::chrono_literals;

Event event(std::int64_t id, TenantId tenant = 0, Timestamp at = {}) {
    Event one;
    one.id = id;
    one.at = at;
    one.tenant = tenant;
    return one;
}

std::vector<Event> events(std::int64_t from, std::int64_t to) {
    std::vector<Event> list;
    for (auto id = from; id <= to; ++id) list.push_back(event(id));
    return list;
}

std::vector<std::int64_t> ids(const std::vector<Event>& list) {
    std::vector<std::int64_t> ids;
    for (const auto& one : list) ids.push_back(one.id);
    return ids;
}

bool is_even(const Event& one) {
    return one.id % 2 == 0;
}

// acme > west > shop, and another
std::shared_ptr<const PolicySnapshot> picture() {
    const auto tenant = [](TenantId id, std::optional<TenantId> parent, const char* slug) {
        Tenant one;
        one.id = id;
        one.parent = parent;
        one.slug = slug;
        return one;
    };
    return PolicySnapshot::make(
               {tenant(1, {}, "acme"), tenant(2, 1, "west"), tenant(3, 2, "shop"), tenant(4, {}, "other")},
               {}, {}, {})
        .value();
}

TEST(EventParcel, R_C7_HoldsWhatIsWantedAndSaysHowFarItLooked) {
    const auto some = pack(events(11, 20), 25, 100, is_even);
    EXPECT_EQ(ids(some.events), (std::vector<std::int64_t>{12, 14, 16, 18, 20}));
    EXPECT_EQ(some.up_to, 25) << "what was not on the page is nothing that is wanted";
    EXPECT_FALSE(some.more);
    const auto none = pack(events(11, 20), 20, 100, [](const Event&) { return false; });
    EXPECT_TRUE(none.events.empty());
    EXPECT_EQ(none.up_to, 20);
    EXPECT_EQ(pack({}, 7, 100, is_even).up_to, 7);
}

TEST(EventParcel, R_C7_AFullOneGoesOnBehindItsLast) {
    const auto full = pack(events(11, 20), 20, 3, is_even);
    EXPECT_EQ(ids(full.events), (std::vector<std::int64_t>{12, 14, 16}));
    EXPECT_EQ(full.up_to, 16);
    EXPECT_TRUE(full.more);
    const auto exact = pack(events(11, 16), 16, 3, is_even);
    EXPECT_EQ(exact.up_to, 16);
    EXPECT_FALSE(exact.more);
}

TEST(EventParcel, R_C7_AFailureHalvesItAndASuccessDoublesIt) {
    EXPECT_EQ(next_size(100, true), 100U);
    EXPECT_EQ(next_size(100, false), 50U);
    EXPECT_EQ(next_size(3, false), 1U);
    EXPECT_EQ(next_size(1, false), 1U);
    EXPECT_EQ(next_size(1, true), 2U);
    EXPECT_EQ(next_size(64, true), 100U);
}

TEST(EventParcel, R_C7_WhatIsMissedIsCounted) {
    EXPECT_EQ(missed_between(0, 1), 0);
    EXPECT_EQ(missed_between(10, 11), 0);
    EXPECT_EQ(missed_between(10, 12), 1);
    EXPECT_EQ(missed_between(10, 1011), 1000);
    EXPECT_EQ(missed_between(10, 5), 0);
}

TEST(EventParcel, R_C7_ATenantsWebhookSeesItsOwnBranchAlone) {
    const auto policies = picture();
    for (const TenantId own : {1, 2, 3}) EXPECT_TRUE(is_within(own, "acme", *policies)) << own;
    EXPECT_FALSE(is_within(1, "west", *policies));
    EXPECT_TRUE(is_within(3, "west", *policies));
    for (const TenantId foreign : {0, 4, 9}) EXPECT_FALSE(is_within(foreign, "acme", *policies)) << foreign;
    for (const TenantId any : {0, 1, 4, 9}) EXPECT_TRUE(is_within(any, "", *policies)) << any;
    EXPECT_FALSE(is_within(1, "nobody", *policies));
}

TEST(EventParcel, R_C7_AnEventOfATenantThatWasJustMadeWaitsForThePicture) {
    const auto policies = picture();
    const auto now = from_rfc3339("2026-11-26T12:00:00Z").value();
    const std::vector<Event> page{event(1, 4, now), event(2, 0, now), event(3, 9, now - 10s),
                                  event(4, 9, now - 1s), event(5, 1, now)};
    EXPECT_EQ(settled(page, *policies, now), 3U);
    EXPECT_EQ(settled(page, *policies, now + 2s), 5U) << "it is gone again";
    EXPECT_EQ(settled(page, *policies, now - 1min), 5U) << "a clock that was set back holds nothing up";
}

TEST(EventParcel, R_C7_ItsIdIsThatOfItsEvents) {
    const auto id = parcel_id(events(1, 3));
    EXPECT_EQ(id, parcel_id(events(1, 3)));
    EXPECT_NE(id, parcel_id(events(1, 2)));
    EXPECT_NE(id, parcel_id(events(2, 3)));
    auto after_a_restore = events(1, 3);
    after_a_restore[2].at += 1ms;
    EXPECT_NE(id, parcel_id(after_a_restore));
    EXPECT_EQ(id.size(), std::string("events_").size() + 32);
}

// Pages of any size, parcels of any size, failures anywhere: each event that is wanted, once, in order.
RC_GTEST_PROP(EventParcelProperty, R_C7_NothingIsLostDoubledOrOutOfOrder, ()) {
    const auto wanted =
        *rc::gen::container<std::vector<bool>>(*rc::gen::inRange(1, 100), rc::gen::arbitrary<bool>());
    const auto page_size = *rc::gen::inRange<std::int64_t>(1, 30);
    const auto newest = static_cast<std::int64_t>(wanted.size());
    const auto wants = [&](const Event& one) { return wanted[static_cast<std::size_t>(one.id - 1)]; };
    std::vector<std::int64_t> got, all;
    for (std::int64_t id = 1; id <= newest; ++id)
        if (wanted[static_cast<std::size_t>(id - 1)]) all.push_back(id);
    auto size = *rc::gen::inRange<std::size_t>(1, 40);
    for (std::int64_t position = 0; position < newest;) {
        const auto end = std::min(newest, position + page_size);
        const auto parcel = pack(events(position + 1, end), end, size, wants);
        RC_ASSERT(parcel.events.size() <= size);
        const bool taken = parcel.events.empty() || *rc::gen::weightedElement<bool>({{3, true}, {1, false}});
        if (!parcel.events.empty()) size = next_size(size, taken);
        if (!taken) continue;
        RC_ASSERT(parcel.up_to > position);
        position = parcel.up_to;
        for (const auto& one : parcel.events) got.push_back(one.id);
    }
    RC_ASSERT(got == all);
}

}  // namespace
}  // namespace provost
