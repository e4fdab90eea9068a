#include "api/import_rows.h"

#include <algorithm>
#include <map>

namespace provost {

namespace {

constexpr std::size_t sites_shown = 200;

std::string_view to_text(RowFate fate) {
    switch (fate) {
        case RowFate::add:
            return "new";
        case RowFate::change:
            return "change";
        case RowFate::unchanged:
            return "unchanged";
        case RowFate::refused:
            break;
    }
    return "refused";
}

std::string user_of(const Device& device) {
    static const auto user = parse_setting_key("line.1.user").value();
    const auto found = std::ranges::find(device.settings, user, &Setting::key);
    return found == device.settings.end() ? std::string() : found->value;
}

json::object row_json(const PolicySnapshot& policies, const ImportRow& row, const RowWarning* warning) {
    const auto& device = row.device;
    const auto* const tenant = policies.tenant(device.tenant);
    json::object item{{"row", row.line},         {"fate", to_text(row.fate)}, {"mac", device.mac.lower()},
                      {"vendor", device.vendor}, {"model", device.model},     {"site", device.site}};
    item["tenant"] = tenant == nullptr ? std::string() : tenant->tenant.slug;
    item["user"] = user_of(device);
    item["column"] = warning == nullptr ? std::string() : warning->column;
    item["warning"] = warning == nullptr ? std::string() : warning->text;
    return item;
}

}  // namespace

json::object rows_json(const PolicySnapshot& policies, const ImportDevices::Plan& plan,
                       const RowsWanted& wanted) {
    std::map<std::size_t, const RowWarning*> warnings;
    for (const auto& one : plan.report.row_warnings) warnings.emplace(one.row, &one);
    json::array items;
    json::value next;
    for (const auto& row : plan.rows) {
        if (row.line <= wanted.after || row.fate == RowFate::refused) continue;
        const auto found = warnings.find(row.line);
        const auto* const warning = found == warnings.end() ? nullptr : found->second;
        if ((warning != nullptr) != wanted.warned) continue;
        if (items.size() == wanted.most) {
            next = items.back().at("row");
            break;
        }
        items.push_back(row_json(policies, row, warning));
    }
    json::object body;
    body["items"] = std::move(items);
    body["next"] = std::move(next);
    return body;
}

json::object to_json(const Arrivals& arrivals, const PolicySnapshot& policies) {
    json::array sites;
    for (const auto& one : arrivals.silent) {
        if (sites.size() == sites_shown) break;
        const auto* const tenant = policies.tenant(one.tenant);
        sites.push_back(json::object{{"tenant", tenant == nullptr ? std::string() : tenant->tenant.slug},
                                     {"site", one.site},
                                     {"overdue", one.overdue},
                                     {"waiting", one.waiting},
                                     {"seen", one.seen},
                                     {"guess", one.guess()}});
    }
    json::object body{{"total", arrivals.total}, {"came", arrivals.came}};
    body["silent_sites"] = std::move(sites);
    return body;
}

}  // namespace provost
