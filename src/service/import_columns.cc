#include "service/import_columns.h"

#include "base/ascii.h"
#include "domain/text.h"

#include <algorithm>
#include <array>

namespace provost {

namespace {

constexpr std::string_view reject_column =
    "reason";  // our own note on a refused row; mended, the row comes back with it

constexpr std::array<std::string_view, 7> own_columns = {"mac",  "tenant",      "vendor", "model",
                                                         "site", "secret_mode", "access"};

// Headers of device lists that other portals export.
constexpr std::array<std::pair<std::string_view, std::string_view>, 18> known_headers = {{
    {"mac address", "mac"},
    {"mac_address", "mac"},
    {"macaddress", "mac"},
    {"device mac", "mac"},
    {"device_mac_address", "mac"},
    {"customer", "tenant"},
    {"company", "tenant"},
    {"brand", "vendor"},
    {"manufacturer", "vendor"},
    {"device_vendor", "vendor"},
    {"device model", "model"},
    {"device_model", "model"},
    {"location", "site"},
    {"extension", "line.1.user"},
    {"user", "line.1.user"},
    {"display name", "line.1.display_name"},
    {"display_name", "line.1.display_name"},
    {"label", "line.1.label"},
}};

Result<std::string> meaning_of(const std::string& header, ColumnPlan& plan) {
    const auto name = lower_case(trim(header));
    if (name.empty() || name == reject_column) return std::string();
    if (std::find(own_columns.begin(), own_columns.end(), name) != own_columns.end()) return name;
    const auto* const known = std::find_if(known_headers.begin(), known_headers.end(),
                                           [&](const auto& one) { return one.first == name; });
    if (known != known_headers.end()) {
        plan.notes.push_back("'" + printable(header, 64) + "' is read as " + std::string(known->second));
        return std::string(known->second);
    }
    if (name.find("password") != name.npos || name.find("secret") != name.npos)
        return fail({"P-2004", "a list may not bring passwords", "column '" + printable(header, 64) + "'",
                     "Provost generates every SIP credential", "Delete the column."});
    if (is_raw_name(name) && parse_raw_name(trim(header))) return std::string(trim(header));
    const auto key = parse_setting_key(name);
    if (key) return to_text(*key);
    Error error = key.error();
    error.code = "P-2505";
    error.what = "column '" + printable(header, 64) + "' means nothing";
    error.where = "header";
    if (error.fix.empty()) error.fix = "Rename or delete it.";
    return fail(std::move(error));
}

}  // namespace

Result<ColumnPlan> plan_columns(const std::vector<std::string>& header) {
    ColumnPlan plan;
    for (const auto& column : header) {
        PROVOST_TRY(auto name, meaning_of(column, plan));
        if (!name.empty() && std::find(plan.names.begin(), plan.names.end(), name) != plan.names.end())
            return fail({"P-2507", "two columns mean '" + name + "'", "header", "", "Delete one of them."});
        plan.names.push_back(std::move(name));
    }
    if (std::find(plan.names.begin(), plan.names.end(), "mac") == plan.names.end())
        return fail({"P-2506", "there is no column for the MAC address", "header", "", "Name it 'mac'."});
    return plan;
}

Devices::Draft draft_of_row(const ColumnPlan& plan, const std::vector<std::string>& cells) {
    Devices::Draft draft;
    for (std::size_t i = 0; i < plan.names.size() && i < cells.size(); ++i) {
        const auto& name = plan.names[i];
        if (name.empty() || cells[i].empty()) continue;
        if (name == "mac")
            draft.mac = cells[i];
        else if (name == "tenant")
            draft.tenant = cells[i];
        else if (name == "vendor")
            draft.vendor = lower_case(cells[i]);
        else if (name == "model")
            draft.model = cells[i];
        else if (name == "site")
            draft.site = cells[i];
        else if (name == "secret_mode")
            draft.secret_mode = cells[i];
        else if (name == "access")
            draft.access = lower_case(cells[i]);
        else
            draft.settings[name] = cells[i];
    }
    return draft;
}

}  // namespace provost
