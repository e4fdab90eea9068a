#include "storage/sqlite/fleet_page.h"

#include "base/bytes.h"
#include "domain/text.h"
#include "storage/sqlite/fleet_groups.h"
#include "storage/sqlite/fleet_order.h"
#include "storage/sqlite/reads.h"

#include <algorithm>
#include <array>
#include <unordered_map>
#include <unordered_set>

#include <fmt/format.h>

namespace provost::sqlite {

namespace {

constexpr std::string_view never = "never";  // its bucket, in the order of when devices were seen
constexpr std::string_view one_device = "SELECT grp, seen FROM fleet WHERE mac = ?1";
constexpr std::string_view armed_before =
    "SELECT count(*) FROM (SELECT 1 FROM fleet f JOIN devices d ON d.mac = f.mac"
    " WHERE f.grp = ?1 AND d.armed_until <= ?2 LIMIT ?3)";
constexpr std::string_view held =
    "SELECT mac, tenant FROM devices INDEXED BY devices_held WHERE held_key IS NOT NULL ORDER BY mac";
constexpr std::array page_texts = {one_device, armed_before};

struct Picked {
    std::string bucket;
    MacAddress mac;
};
using Cursor = std::optional<Picked>;

Error bad_fleet_cursor(const std::string& cursor) {
    return {"P-6016", "'" + printable(cursor, 64) + "' is not a page's cursor", "after", "",
            "Take the cursor that the page before gave"};
}

// "mac", or "hexadecimal bucket.mac".
Result<Cursor> read_cursor(const FleetQuestion& question) {
    const auto& text = question.after;
    if (text.empty()) return Cursor();
    const auto dot = text.find('.');
    if ((question.sort == FleetSort::mac) != (dot == text.npos)) return fail(bad_fleet_cursor(text));
    const auto mac = MacAddress::parse(dot == text.npos ? text : text.substr(dot + 1));
    const auto bucket = dot == text.npos ? std::optional(Bytes()) : from_hex(text.substr(0, dot));
    if (!mac || !bucket) return fail(bad_fleet_cursor(text));
    return Cursor(Picked{std::string(as_text(*bucket)), *mac});
}

std::string write_cursor(const FleetQuestion& question, const Picked& last) {
    if (question.sort == FleetSort::mac) return last.mac.lower();
    return to_hex(as_bytes(last.bucket)) + "." + last.mac.lower();
}

std::string minute_bucket(std::int64_t minute) {
    return fmt::format("{:012}", minute);
}

class Picker {
 public:
    Picker(Database& database, const FleetQuestion& question, const Cursor& cursor)
        : database_(database), question_(question), cursor_(cursor) {}

    Result<std::vector<Picked>> all() {
        PROVOST_TRY(const auto macs, walk_all(database_, after_mac(), rest()));
        add(macs, "");
        return std::move(picked_);
    }

    // Bucket after bucket, from the cursor's on.
    Result<std::vector<Picked>> by_buckets(const GroupBuckets& buckets) {
        if (question_.down) {
            for (auto one = buckets.rbegin(); one != buckets.rend(); ++one)
                PROVOST_CHECK(take(one->first, one->second));
        } else {
            for (const auto& [bucket, groups] : buckets) PROVOST_CHECK(take(bucket, groups));
        }
        return std::move(picked_);
    }

    // Those that were seen by when, then the others by MAC.
    Result<std::vector<Picked>> by_seen(const std::vector<NumberedGroup>& groups) {
        std::vector<std::int64_t> seen, unseen;
        std::int64_t devices = 0;
        for (const auto& one : groups) {
            (one.group.never_seen ? unseen : seen).push_back(one.id);
            if (!one.group.never_seen) devices += one.group.devices;
        }
        const bool among_unseen = cursor_ && cursor_->bucket == never;
        if (!among_unseen) {
            PROVOST_TRY(const auto after, after_seen());
            PROVOST_TRY(const auto found, order_by_seen(database_, seen, devices, after, rest()));
            for (const auto& one : found) picked_.push_back({minute_bucket(one.minute), one.mac});
        }
        PROVOST_TRY(const auto macs,
                    order_by_mac(database_, unseen, among_unseen ? after_mac() : std::nullopt, rest()));
        add(macs, std::string(never));
        return std::move(picked_);
    }

 private:
    [[nodiscard]] OrderPage rest() const { return {question_.down, question_.limit - picked_.size()}; }
    [[nodiscard]] std::optional<MacAddress> after_mac() const {
        return cursor_ ? std::optional(cursor_->mac) : std::nullopt;
    }
    [[nodiscard]] Result<std::optional<SeenDevice>> after_seen() const {
        if (!cursor_) return std::nullopt;
        const auto minute = whole_number(cursor_->bucket);
        if (!minute) return fail(bad_fleet_cursor(question_.after));
        return SeenDevice{*minute, cursor_->mac};
    }
    void add(const std::vector<MacAddress>& macs, const std::string& bucket) {
        for (const auto mac : macs) picked_.push_back({bucket, mac});
    }
    Status take(const std::string& bucket, const std::vector<std::int64_t>& groups) {
        if (picked_.size() >= question_.limit) return {};
        const bool here = cursor_ && cursor_->bucket == bucket;
        if (cursor_ && !here && (question_.down ? cursor_->bucket < bucket : bucket < cursor_->bucket))
            return {};
        PROVOST_TRY(const auto macs,
                    order_by_mac(database_, groups, here ? after_mac() : std::nullopt, rest()));
        add(macs, bucket);
        return {};
    }

    Database& database_;
    const FleetQuestion& question_;
    const Cursor& cursor_;
    std::vector<Picked> picked_;
};

// A device that a search found, as the index has it.
struct Hit {
    MacAddress mac;
    std::int64_t group = 0;
    std::optional<std::int64_t> minute;  // nullopt: never seen
};

// By MAC, as neighbours lie on one page of the file.
Result<std::vector<Hit>> look_up(Database& database, std::vector<MacAddress> macs) {
    std::sort(macs.begin(), macs.end());
    std::vector<Hit> hits;
    hits.reserve(macs.size());
    for (const auto mac : macs) {
        auto query = database.query(one_device, mac);
        PROVOST_TRY(const bool row, query.next());
        if (!row) continue;
        Hit hit{mac, 0, std::nullopt};
        PROVOST_CHECK(query.read(hit.group, hit.minute));
        hits.push_back(hit);
    }
    return hits;
}

// What a search found, put in order here: there are not many.
Result<std::vector<Picked>> pick_among(Database& database, const FleetQuestion& question) {
    PROVOST_TRY(const auto hits, look_up(database, *question.among));
    std::unordered_set<std::int64_t> ids;
    for (const auto& hit : hits) ids.insert(hit.group);
    PROVOST_TRY(const auto groups, list_groups_of(database, question.filter, ids));
    PROVOST_TRY(const auto buckets, bucket_groups(database, groups, question.sort));
    std::unordered_map<std::int64_t, std::string> bucket_of;
    for (const auto& [bucket, members] : buckets)
        for (const auto id : members) bucket_of[id] = bucket;
    std::vector<Picked> picked;
    for (const auto& hit : hits) {
        const auto found = bucket_of.find(hit.group);
        if (found == bucket_of.end()) continue;
        const auto seen = hit.minute ? minute_bucket(*hit.minute) : std::string(never);
        picked.push_back({question.sort == FleetSort::seen ? seen : found->second, hit.mac});
    }
    return picked;
}

void put_in_order(const FleetQuestion& question, std::vector<Picked>& picked) {
    std::sort(picked.begin(), picked.end(), [&](const Picked& a, const Picked& b) {
        if (question.sort == FleetSort::seen && (a.bucket == never) != (b.bucket == never))
            return b.bucket == never;
        const auto left = std::tie(a.bucket, a.mac), right = std::tie(b.bucket, b.mac);
        return question.down ? right < left : left < right;
    });
}

Result<FleetPage> fill_page(Database& database, const FleetQuestion& question,
                            const std::vector<Picked>& picked) {
    FleetPage page;
    for (const auto& one : picked) {
        PROVOST_TRY(auto device, find_device(database, one.mac));
        PROVOST_TRY(const auto stars,
                    database.number("SELECT stars FROM device_ratings WHERE mac = ?1", one.mac));
        if (device) page.rows.push_back({std::move(*device), static_cast<int>(stars)});
    }
    if (picked.size() == question.limit) page.next = write_cursor(question, picked.back());
    return page;
}

Result<FleetPage> page_among(Database& database, const FleetQuestion& question, const Cursor& cursor) {
    PROVOST_TRY(auto picked, pick_among(database, question));
    const auto total = static_cast<std::int64_t>(picked.size());
    if (cursor) picked.push_back(*cursor);
    put_in_order(question, picked);
    if (cursor) {
        const auto at = std::find_if(picked.rbegin(), picked.rend(), [&](const Picked& one) {
            return one.bucket == cursor->bucket && one.mac == cursor->mac;
        });
        picked.erase(picked.begin(), at.base());
    }
    if (picked.size() > question.limit) picked.resize(question.limit);
    PROVOST_TRY(auto page, fill_page(database, question, picked));
    page.total = total;
    return page;
}

Result<FleetPage> make_page(Database& database, const FleetQuestion& question) {
    PROVOST_TRY(const auto cursor, read_cursor(question));
    Picker picker(database, question, cursor);
    if (question.filter.takes_all() && question.sort == FleetSort::mac && !question.among) {
        PROVOST_TRY(const auto picked, picker.all());
        PROVOST_TRY(auto page, fill_page(database, question, picked));
        PROVOST_TRY(page.total, database.number("SELECT sum(devices) FROM fleet_groups"));
        return page;
    }
    if (question.among) return page_among(database, question, cursor);
    PROVOST_TRY(const auto groups, list_groups(database, question.filter));
    PROVOST_TRY(const auto buckets, bucket_groups(database, groups, question.sort));
    PROVOST_TRY(const auto picked,
                question.sort == FleetSort::seen ? picker.by_seen(groups) : picker.by_buckets(buckets));
    PROVOST_TRY(auto page, fill_page(database, question, picked));
    for (const auto& one : groups) page.total += one.group.devices;
    return page;
}

}  // namespace

Result<FleetPage> read_fleet_page(Database& database, const FleetQuestion& question) {
    FleetPage page;
    PROVOST_CHECK(database.transact([&]() -> Status {
        PROVOST_TRY(page, make_page(database, question));
        return {};
    }));
    return page;
}

Result<std::vector<FleetGroup>> read_fleet_groups(Database& database, const FleetFilter& filter) {
    PROVOST_TRY(auto numbered, list_groups(database, filter));
    std::vector<FleetGroup> groups;
    groups.reserve(numbered.size());
    for (auto& one : numbered) groups.push_back(std::move(one.group));
    return groups;
}

Result<std::vector<std::pair<std::string, std::int64_t>>> read_overdue(Database& database, TenantId tenant,
                                                                       Timestamp due, std::size_t limit) {
    FleetFilter filter;
    filter.tenants = {tenant};
    filter.never_seen = true;
    filter.state = DeviceState::armed;
    PROVOST_TRY(const auto groups, list_groups(database, filter));
    std::vector<std::pair<std::string, std::int64_t>> sites;
    for (const auto& one : groups) {
        PROVOST_TRY(const auto devices, database.number(armed_before, one.id, due, limit));
        if (devices != 0) sites.emplace_back(one.group.site, devices);
    }
    return sites;
}

Result<std::vector<MacAddress>> list_held(Database& database,
                                          const std::optional<std::vector<TenantId>>& tenants,
                                          std::size_t limit) {
    std::vector<MacAddress> macs;
    auto query = database.query(held);
    while (macs.size() < limit) {
        PROVOST_TRY(const bool row, query.next());
        if (!row) break;
        MacAddress mac;
        TenantId tenant = 0;
        PROVOST_CHECK(query.read(mac, tenant));
        if (!tenants || std::find(tenants->begin(), tenants->end(), tenant) != tenants->end())
            macs.push_back(mac);
    }
    return macs;
}

std::span<const std::string_view> fleet_page_questions() {
    return page_texts;
}

}  // namespace provost::sqlite
