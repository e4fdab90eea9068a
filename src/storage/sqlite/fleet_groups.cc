#include "storage/sqlite/fleet_groups.h"

#include "storage/sqlite/rows.h"

#include <algorithm>

namespace provost::sqlite {

namespace {

const std::string group_columns =
    "SELECT id, tenant, site, vendor, model, firmware, state, stars, never, devices FROM fleet_groups";

Result<NumberedGroup> read_group(Query& row) {
    NumberedGroup one;
    auto& [id, group] = one;
    std::string state;
    PROVOST_CHECK(row.read(id, group.tenant, group.site, group.vendor, group.model, group.firmware, state,
                           group.stars, group.never_seen, group.devices));
    const auto parsed = parse_device_state(state);
    if (!parsed)
        return fail(
            {"P-6014", "the database is damaged", "a device's state", "", "Restore the newest backup"});
    group.state = *parsed;
    return one;
}

Status take_fitting(Query query, const FleetFilter& filter, std::vector<NumberedGroup>& found) {
    while (true) {
        PROVOST_TRY(const bool row, query.next());
        if (!row) return {};
        PROVOST_TRY(auto one, read_group(query));
        if (takes(filter, one.group)) found.push_back(std::move(one));
    }
}

using Slugs = std::unordered_map<TenantId, std::string>;

Result<Slugs> read_slugs(Database& database) {
    Slugs slugs;
    auto query = database.query("SELECT id, slug FROM tenants");
    while (true) {
        PROVOST_TRY(const bool row, query.next());
        if (!row) return slugs;
        TenantId id = 0;
        std::string slug;
        PROVOST_CHECK(query.read(id, slug));
        slugs.emplace(id, std::move(slug));
    }
}

std::string bucket_of(const FleetGroup& group, FleetSort sort, const Slugs& slugs) {
    switch (sort) {
        case FleetSort::tenant: {
            const auto found = slugs.find(group.tenant);
            return found == slugs.end() ? std::string() : found->second;
        }
        case FleetSort::site:
            return group.site;
        case FleetSort::vendor:
            return group.vendor;
        case FleetSort::model:
            return group.model;
        case FleetSort::firmware:
            return group.firmware;
        case FleetSort::state:  // as a life goes
            return std::string(1, static_cast<char>('0' + static_cast<int>(group.state)));
        case FleetSort::rating:
            return std::string(1, static_cast<char>('0' + group.stars));
        case FleetSort::mac:
        case FleetSort::seen:
            break;
    }
    return {};
}

}  // namespace

bool takes(const FleetFilter& filter, const FleetGroup& group) {
    return (!filter.site || *filter.site == group.site) && (!filter.model || *filter.model == group.model) &&
           (!filter.firmware || *filter.firmware == group.firmware) &&
           (filter.vendor.empty() || filter.vendor == group.vendor) &&
           (!filter.state || *filter.state == group.state) &&
           (!filter.never_seen || *filter.never_seen == group.never_seen) &&
           (!filter.stars || *filter.stars == group.stars);
}

Result<std::vector<NumberedGroup>> list_groups(Database& database, const FleetFilter& filter) {
    static const std::string of_tenant = group_columns + " WHERE tenant = ?1";
    std::vector<NumberedGroup> found;
    if (!filter.tenants) {
        PROVOST_CHECK(take_fitting(database.query(group_columns), filter, found));
        return found;
    }
    for (const auto tenant : *filter.tenants)
        PROVOST_CHECK(take_fitting(database.query(of_tenant, tenant), filter, found));
    return found;
}

Result<std::vector<NumberedGroup>> list_groups_of(Database& database, const FleetFilter& filter,
                                                  const std::unordered_set<std::int64_t>& ids) {
    static const std::string by_id = group_columns + " WHERE id = ?1";
    std::vector<NumberedGroup> found;
    for (const auto id : ids) PROVOST_CHECK(take_fitting(database.query(by_id, id), filter, found));
    const auto out_of_scope = [&](const NumberedGroup& one) {
        return filter.tenants &&
               std::ranges::find(*filter.tenants, one.group.tenant) == filter.tenants->end();
    };
    std::erase_if(found, out_of_scope);
    return found;
}

Result<GroupBuckets> bucket_groups(Database& database, const std::vector<NumberedGroup>& groups,
                                   FleetSort sort) {
    Slugs slugs;
    if (sort == FleetSort::tenant) {
        PROVOST_TRY(slugs, read_slugs(database));
    }
    GroupBuckets buckets;
    for (const auto& one : groups) buckets[bucket_of(one.group, sort, slugs)].push_back(one.id);
    return buckets;
}

}  // namespace provost::sqlite
