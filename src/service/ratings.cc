#include "service/ratings.h"

#include "vendor/expected_rating.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace provost {

namespace {

ExpectedRating expect(const VendorSpec* vendor, Access access, SecretMode mode) {
    if (vendor != nullptr) return expect_rating(*vendor, access, mode);
    return {{1, "its vendor file is no longer there", "Bring the vendor file back."}, false};
}

RatingLine line_of(const RatedGroup& group, const VendorShelf& vendors) {
    if (group.stars != 0)
        return {group.stars, false, true, group.vendor, group.reason, group.raise, group.devices};
    const auto expected = expect(vendors.find(group.vendor), group.access, group.secret_mode);
    return {expected.rating.stars,
            true,
            expected.certain,
            group.vendor,
            std::string(expected.rating.reason),
            std::string(expected.rating.raise),
            group.devices};
}

}  // namespace

int RatingSummary::lowest() const {
    for (std::size_t stars = 1; stars < proved.size(); ++stars)
        if (proved[stars] != 0) return static_cast<int>(stars);
    return 0;
}

RatingSummary summarise_ratings(const std::vector<RatedGroup>& groups, const VendorShelf& vendors) {
    RatingSummary summary;
    std::map<std::tuple<int, bool, std::string, std::string>, RatingLine> lines;
    for (const auto& group : groups) {
        auto line = line_of(group, vendors);
        const auto stars = static_cast<std::size_t>(std::clamp(line.stars, 1, 5));
        (line.expected ? summary.awaited : summary.proved)[stars] += line.devices;
        summary.devices += line.devices;
        auto& kept = lines[{line.stars, line.expected, line.vendor, line.reason}];
        line.devices += kept.devices;
        kept = std::move(line);
    }
    for (auto& [key, line] : lines) summary.lines.push_back(std::move(line));
    std::stable_sort(summary.lines.begin(), summary.lines.end(), [](const auto& a, const auto& b) {
        return std::tuple(a.stars, a.expected, -a.devices) < std::tuple(b.stars, b.expected, -b.devices);
    });
    return summary;
}

Result<RatingSummary> rate_place(const House& house, const TenantView* tenant,
                                 const std::optional<std::string>& site) {
    std::vector<RatedGroup> groups;
    if (tenant == nullptr) {
        PROVOST_TRY(groups, house.store.ratings(std::nullopt));
        return summarise_ratings(groups, *house.vendors);
    }
    const auto policies = house.policies.current();
    const auto top = tenant->tenant.id;
    for (const auto one : site ? std::vector{top} : policies->within(top)) {
        PROVOST_TRY(const auto own, house.store.ratings(one));
        for (const auto& group : own)
            if (!site || group.site == *site) groups.push_back(group);
    }
    return summarise_ratings(groups, *house.vendors);
}

Result<RatedDevice> rate_device(const House& house, const Device& device) {
    PROVOST_TRY(const auto last, house.store.rating(device.mac));
    if (last) return RatedDevice{last->stars, false, true, last->reason, last->raise, last->since};
    const auto expected = expect(house.vendors->find(device.vendor), device.access, device.secret_mode);
    return RatedDevice{expected.rating.stars,
                       true,
                       expected.certain,
                       std::string(expected.rating.reason),
                       std::string(expected.rating.raise),
                       std::nullopt};
}

}  // namespace provost
