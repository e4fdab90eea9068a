// Lists, figures, search and history: what the index of the fleet says is what the devices are, whatever was
// done to them.
#pragma once

#include "service/search_terms.h"
#include "tests/contract/store_contract.h"

#include <algorithm>
#include <map>
#include <random>
#include <set>

namespace provost::contract {

class FleetContract : public StoreContract {
 protected:
    std::vector<MacAddress> page_macs(const FleetQuestion& question) {
        std::vector<MacAddress> macs;
        const auto page = store->fleet().page(question);
        EXPECT_TRUE(page) << page.error().text();
        for (const auto& row : page->rows) macs.push_back(row.device.mac);
        return macs;
    }
    // Page after page.
    std::vector<MacAddress> all_macs(FleetQuestion question) {
        std::vector<MacAddress> macs;
        for (int pages = 0; pages < 1000; ++pages) {
            const auto page = store->fleet().page(question);
            EXPECT_TRUE(page) << page.error().text();
            for (const auto& row : page->rows) macs.push_back(row.device.mac);
            if (page->next.empty()) break;
            question.after = page->next;
        }
        return macs;
    }
    std::vector<FoundBy> found_by(const std::string& text,
                                  std::optional<std::vector<TenantId>> tenants = {}) {
        std::vector<FoundBy> by;
        const auto found = store->fleet().search(parse_search(text), tenants, 20).value();
        for (const auto& one : found) by.push_back(one.by);
        return by;
    }
    std::vector<MacAddress> found(const std::string& text,
                                  std::optional<std::vector<TenantId>> tenants = {}) {
        std::vector<MacAddress> macs;
        const auto all = store->fleet().search(parse_search(text), tenants, 20).value();
        for (const auto& one : all) macs.push_back(one.mac);
        return macs;
    }
    void rename(Device& device, const std::string& label) {
        put(device.settings, parse_setting_key("line.1.label").value(), label);
    }
};

// What page() must answer, from all devices.
class FleetModel {
 public:
    FleetModel(Store& store, std::map<MacAddress, int> stars) : stars_(std::move(stars)) {
        const auto tenants = store.tenants().value();
        for (const auto& one : tenants) slugs_[one.id] = one.slug;
        devices_ = store.devices({}, {"", 100'000}).value();
    }
    [[nodiscard]] std::vector<MacAddress> answer(const FleetQuestion& question) const {
        std::vector<const Device*> fitting;
        for (const auto& device : devices_)
            if (takes(question.filter, device)) fitting.push_back(&device);
        std::sort(fitting.begin(), fitting.end(), [&](const Device* a, const Device* b) {
            if (question.sort == FleetSort::seen && a->last_seen.has_value() != b->last_seen.has_value())
                return a->last_seen.has_value();
            const auto left = std::pair(key(*a, question.sort), a->mac);
            const auto right = std::pair(key(*b, question.sort), b->mac);
            return question.down ? right < left : left < right;
        });
        std::vector<MacAddress> macs;
        for (const auto* const one : fitting) macs.push_back(one->mac);
        return macs;
    }

 private:
    [[nodiscard]] int stars(const Device& device) const {
        const auto one = stars_.find(device.mac);
        return one == stars_.end() ? 0 : one->second;
    }
    [[nodiscard]] bool takes(const FleetFilter& f, const Device& d) const {
        return (!f.tenants ||
                std::find(f.tenants->begin(), f.tenants->end(), d.tenant) != f.tenants->end()) &&
               (!f.site || d.site == *f.site) && (f.vendor.empty() || d.vendor == f.vendor) &&
               (!f.state || d.state == *f.state) &&
               (!f.never_seen || d.last_seen.has_value() != *f.never_seen) &&
               (!f.stars || stars(d) == *f.stars);
    }
    [[nodiscard]] std::string key(const Device& d, FleetSort sort) const {
        if (sort == FleetSort::tenant) return slugs_.at(d.tenant);
        if (sort == FleetSort::site) return d.site;
        if (sort == FleetSort::vendor) return d.vendor;
        if (sort == FleetSort::model) return d.model;
        if (sort == FleetSort::firmware) return d.firmware;
        if (sort == FleetSort::state) return std::to_string(static_cast<int>(d.state));
        if (sort == FleetSort::rating) return std::to_string(stars(d));
        if (sort == FleetSort::seen && d.last_seen) return std::to_string(to_millis(*d.last_seen) / 60'000);
        return "";
    }

    std::map<MacAddress, int> stars_;
    std::map<TenantId, std::string> slugs_;
    std::vector<Device> devices_;
};

// Devices come, change, call home and go at random; then every list and count is what a look at all of them
// gives.
TEST_P(FleetContract, R_F3_ListsAndCountsAreWhatTheDevicesAre) {
    const TenantId other = make_tenant("other");
    std::mt19937 draw(11);
    const auto one_of = [&](std::initializer_list<const char*> texts) {
        return std::string(*(texts.begin() + draw() % texts.size()));
    };
    std::map<MacAddress, int> stars;
    std::set<std::uint64_t> there;
    for (int step = 0; step < 60; ++step) {
        change([&](Transaction& t) -> Status {
            for (int i = 0; i < 12; ++i) {
                const auto number = draw() % 400;
                PROVOST_TRY(auto device, t.device(mac(number)));
                if (device && draw() % 8 == 0) {
                    PROVOST_CHECK(t.delete_device(mac(number)));
                    there.erase(number);
                    stars.erase(mac(number));
                    continue;
                }
                const bool known = device.has_value();
                if (!known) device = sample_device(number, draw() % 2 == 0 ? tenant : other);
                device->site = one_of({"", "berlin", "wien"});
                device->vendor = one_of({"yealink", "snom"});
                device->model = one_of({"", "T54W", "D785"});
                device->firmware = one_of({"", "96.86.0.70"});
                device->state = static_cast<DeviceState>(draw() % 7);
                PROVOST_CHECK(known ? t.update_device(*device) : t.insert_device(*device));
                there.insert(number);
            }
            return {};
        });
        if (there.empty()) continue;
        const auto number = *std::next(there.begin(), static_cast<int>(draw() % there.size()));
        Event event = visit(mac(number), static_cast<std::int64_t>(draw() % 6000));
        event.at = std::max(event.at, store->device(mac(number)).value()->last_seen.value_or(event.at));
        event.rating = {static_cast<int>(1 + draw() % 5), "why", "how"};
        stars[mac(number)] = event.rating.stars;
        store->record(event);
        const auto written = store->counts().value().events;
        for (int wait = 0; wait < 2000 && store->counts().value().events == written; ++wait)
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    for (const auto& [mac, value] : stars) ASSERT_EQ(store->rating(mac).value()->stars, value);
    const FleetModel model(*store, stars);
    for (int i = 0; i < 400; ++i) {
        FleetQuestion question;
        auto& filter = question.filter;
        if (draw() % 3 == 0) filter.tenants = std::vector<TenantId>{draw() % 2 == 0 ? tenant : other};
        if (draw() % 3 == 0) filter.site = one_of({"", "berlin", "wien"});
        if (draw() % 3 == 0) filter.vendor = one_of({"yealink", "snom"});
        if (draw() % 3 == 0) filter.state = static_cast<DeviceState>(draw() % 7);
        if (draw() % 3 == 0) filter.never_seen = draw() % 2 == 0;
        if (draw() % 3 == 0) filter.stars = static_cast<int>(draw() % 6);
        question.sort = static_cast<FleetSort>(draw() % 9);
        question.down = draw() % 2 == 0;
        question.limit = 1 + draw() % 9;
        const auto expected = model.answer(question);
        EXPECT_EQ(all_macs(question), expected)
            << to_text(question.sort) << (question.down ? " down" : " up") << " by " << question.limit;
        EXPECT_EQ(store->fleet().page(question)->total, static_cast<std::int64_t>(expected.size()));
        std::int64_t devices = 0;
        const auto groups = store->fleet().groups(filter).value();
        for (const auto& group : groups) devices += group.devices;
        EXPECT_EQ(devices, static_cast<std::int64_t>(expected.size()));
        question.among.emplace();
        for (std::uint64_t number = 0; number < 400; number += 3) question.among->push_back(mac(number));
        auto among = expected;
        std::erase_if(among, [&](MacAddress one) { return (one.value() - mac(0).value()) % 3 != 0; });
        EXPECT_EQ(all_macs(question), among) << "among what a search found";
    }
}

TEST_P(FleetContract, R_F3_ACursorOfAnotherSortIsRefused) {
    for (std::uint64_t i = 0; i < 5; ++i) insert(sample_device(i, tenant));
    FleetQuestion question;
    question.limit = 2;
    question.sort = FleetSort::model;
    const auto next = store->fleet().page(question)->next;
    ASSERT_FALSE(next.empty());
    question.sort = FleetSort::mac;
    question.after = next;
    EXPECT_EQ(store->fleet().page(question).error().code, "P-6016");
    question.after = "' OR 1=1";
    EXPECT_EQ(store->fleet().page(question).error().code, "P-6016");
    question.sort = FleetSort::seen;
    question.after = "6e6f.001565000001";
    EXPECT_EQ(store->fleet().page(question).error().code, "P-6016");
    question.after.clear();
    EXPECT_EQ(page_macs(question).size(), 2u) << "the connection is as it was";
}

TEST_P(FleetContract, R_F3_AMacIsFoundInAnySpelling) {
    insert(sample_device(0x1122aa, tenant));
    insert(sample_device(0x33221a, tenant));
    for (const auto* const text : {"0015651122aa", "00:15:65:11:22:AA", "00-15-65-11-22-aa", "0015.6511.22AA",
                                   "00 15 65 11 22 aa", "  0015651122AA  "})
        EXPECT_THAT(found(text), testing::ElementsAre(mac(0x1122aa))) << text;
    for (const auto* const text : {"22aa", "22:AA", "1122aa", "2aa"}) {
        EXPECT_THAT(found(text), testing::ElementsAre(mac(0x1122aa))) << text;
        EXPECT_THAT(found_by(text), testing::ElementsAre(FoundBy::mac_end)) << text;
    }
    EXPECT_THAT(found("001565"), testing::ElementsAre(mac(0x1122aa), mac(0x33221a)));
    EXPECT_THAT(found_by("00:15:65:11"), testing::ElementsAre(FoundBy::mac_begin));
    EXPECT_THAT(found("aa"), testing::IsEmpty()) << "two digits tell nothing";
    EXPECT_THAT(found("' OR 1=1 --"), testing::IsEmpty());
    EXPECT_THAT(found("%"), testing::IsEmpty());
    EXPECT_THAT(found(""), testing::IsEmpty());
    change([](Transaction& t) { return t.delete_device(mac(0x1122aa)); });
    EXPECT_THAT(found("22aa"), testing::IsEmpty());
}

TEST_P(FleetContract, R_F3_ADeviceIsFoundByNumberNameAndAddress) {
    Device device = sample_device(7, tenant);
    put(device.settings, parse_setting_key("line.2.user").value(), "4711");
    put(device.settings, parse_setting_key("line.1.user").value(), "anna.berg");
    put(device.settings, parse_setting_key("line.1.display_name").value(), "Änne Übelacker (Empfang)");
    insert(device);
    insert(sample_device(8, tenant));
    for (const auto* const text :
         {"4711", "471", "anna.berg", "ANNA", "änne", "ÜBEL", "empfang", "anna.b", "übelacker änne"})
        EXPECT_THAT(found(text), testing::ElementsAre(mac(7))) << text;
    EXPECT_THAT(found("änne meier"), testing::IsEmpty());
    EXPECT_THAT(found_by("4711"), testing::ElementsAre(FoundBy::word));
    EXPECT_THAT(found_by("471"), testing::ElementsAre(FoundBy::word_begin));
    store->record(visit(mac(8), 7));
    for (int wait = 0; wait < 2000 && !store->device(mac(8)).value()->last_seen; ++wait)
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    EXPECT_THAT(found("192.0.2.7"), testing::ElementsAre(mac(8)));
    EXPECT_THAT(found("192.0.2."), testing::ElementsAre(mac(8)));
    EXPECT_THAT(found("192.0.3"), testing::IsEmpty());
    change([&](Transaction& t) -> Status {
        PROVOST_TRY(auto now, t.device(mac(7)));
        now->settings.clear();
        rename(*now, "Lager");
        return t.update_device(*now);
    });
    EXPECT_THAT(found("4711"), testing::IsEmpty());
    EXPECT_THAT(found("lager"), testing::ElementsAre(mac(7)));
}

TEST_P(FleetContract, R_F2_ASearchStaysWithinItsTenants) {
    const TenantId other = make_tenant("other");
    for (std::uint64_t i = 0; i < 60; ++i) {
        Device device = sample_device(i, i == 55 ? other : tenant);
        rename(device, "Empfang");
        insert(device);
    }
    const std::vector<TenantId> own = {other};
    for (const auto* const text : {"001565", "empfang", "0037", "001565000037"}) {
        EXPECT_THAT(found(text, own), testing::ElementsAre(mac(55))) << text;
        EXPECT_THAT(found(text, std::vector<TenantId>{}), testing::IsEmpty()) << text;
    }
    EXPECT_EQ(found("empfang").size(), 20u) << "bounded";
    EXPECT_THAT(found("0001", own), testing::IsEmpty());
}

TEST_P(FleetContract, WhatFitsWholeComesBeforeManyThatBeginSo) {
    for (std::uint64_t i = 0; i < 25; ++i) {
        Device device = sample_device(i, tenant);
        rename(device, "Lagerhaus");
        insert(device);
    }
    Device whole = sample_device(30, make_tenant("other"));
    rename(whole, "Lager");
    insert(whole);
    const auto all = found("lager");
    ASSERT_EQ(all.size(), 20u);
    EXPECT_EQ(all.front(), mac(30));
}

// What is rare at one tenant is on every device of another.
TEST_P(FleetContract, R_F3_TwoWordsAreFoundWhicheverIsTheRarer) {
    const TenantId other = make_tenant("other");
    for (std::uint64_t i = 0; i < 500; ++i) {
        const bool first = i < 250;
        Device device = sample_device(i, first ? tenant : other);
        const bool both = i == 100 || i == 499;
        rename(device, both ? "Lobby Annex" : first ? "Lobby" : "Annex");
        insert(device);
    }
    EXPECT_THAT(found("lobby annex"), testing::UnorderedElementsAre(mac(100), mac(499)));
    EXPECT_THAT(found("annex lob"), testing::UnorderedElementsAre(mac(100), mac(499)));
    EXPECT_THAT(found("annex nowhere"), testing::IsEmpty());
}

TEST_P(FleetContract, HistoryCountsVisitsByHourTenantAndRule) {
    insert(sample_device(1, tenant));
    auto event = visit(mac(1), 0);
    event.tenant = tenant;
    store->record(event);
    event.rule = std::string(to_text(Rule::first_delivery));
    store->record(event);
    event.tenant = 0;
    event.rule = std::string(to_text(Rule::device_unknown));
    store->record(event);
    const auto counts = [&](TenantId of, TallySpan span) {
        std::map<std::string, std::int64_t> counted;
        const auto rows = store->fleet().tallies(of, span, at(-100'000), at(100'000)).value();
        for (const auto& row : rows) counted[row.name] += row.count;
        return counted;
    };
    for (int wait = 0; wait < 2000 && counts(0, TallySpan::hour)["visits"] < 3; ++wait) {
        change([](Transaction& t) { return t.put_note("a", "b"); });
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    change([](Transaction& t) { return t.note_fleet(at(0)); });
    for (const auto span : {TallySpan::hour, TallySpan::day}) {
        EXPECT_EQ(
            counts(0, span),
            (std::map<std::string, std::int64_t>{
                {"visits", 3}, {"delivered", 1}, {"refused.device-unknown", 1}, {"state.registered", 1}}));
        EXPECT_EQ(counts(tenant, span), (std::map<std::string, std::int64_t>{
                                            {"visits", 2}, {"delivered", 1}, {"state.registered", 1}}));
    }
    const auto rows = store->fleet().tallies(0, TallySpan::hour, at(-100'000), at(100'000)).value();
    EXPECT_EQ(to_millis(rows.at(0).at) % 3'600'000, 0);
    EXPECT_TRUE(store->fleet().tallies(0, TallySpan::hour, at(4000), at(100'000))->empty());
    change([](Transaction& t) -> Status {
        PROVOST_TRY(auto device, t.device(mac(1)));
        device->state = DeviceState::armed;
        PROVOST_CHECK(t.update_device(*device));
        return t.note_fleet(at(60));
    });
    EXPECT_EQ(counts(0, TallySpan::hour)["state.registered"], 0)
        << "the hour tells how it is, not how it was";
    EXPECT_EQ(counts(0, TallySpan::hour)["state.armed"], 1);
    change([](Transaction& t) { return t.note_fleet(at(100 * 86'400)); });
    EXPECT_EQ(counts(0, TallySpan::hour)["visits"], 0) << "hours are forgotten after 90 days";
    EXPECT_EQ(counts(0, TallySpan::day)["visits"], 3);
}

TEST_P(FleetContract, DevicesThatNeverCameAreCountedBySite) {
    for (std::uint64_t i = 0; i < 6; ++i) {
        Device device = sample_device(i, tenant);
        device.site = i < 4 ? "berlin" : "wien";
        device.state = DeviceState::armed;
        device.armed_until = at(static_cast<std::int64_t>(100 * i));
        if (i == 0) device.last_seen = at(0);
        insert(device);
    }
    const auto overdue = store->fleet().overdue(tenant, at(200), 100).value();
    ASSERT_EQ(overdue.size(), 1u);
    EXPECT_EQ(overdue[0], std::pair(std::string("berlin"), std::int64_t{2}));
    EXPECT_EQ(store->fleet().overdue(tenant, at(900), 100)->size(), 2u);
}

}  // namespace provost::contract
