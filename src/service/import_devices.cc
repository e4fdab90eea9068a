#include "service/import_devices.h"

#include "domain/text.h"
#include "service/device_access.h"
#include "service/import_check.h"
#include "service/import_preview.h"
#include "service/sight.h"
#include "service/tenants.h"
#include "vendor/scorecard.h"

#include <map>

namespace provost {

namespace {

constexpr std::size_t check_step = 100;
constexpr std::size_t example_bytes = 64;

std::string csv_line(const std::vector<std::string>& cells, const std::string& last) {
    std::string line;
    for (const auto& cell : cells) line += quote_csv(cell) + ",";
    return line + quote_csv(last) + "\n";
}

bool same_device(const Device& a, const Device& b) {
    return a.vendor == b.vendor && a.model == b.model && a.site == b.site && a.secret_mode == b.secret_mode &&
           a.access == b.access && a.settings == b.settings && a.raw == b.raw;
}

// Checks one file's rows, one after the other.
class Checker {
 public:
    Checker(const House& house, const ImportOptions& options, CsvFile file, ColumnPlan columns)
        : house_(house),
          options_(options),
          sight_(options.who, house.policies.current()),
          file_(std::move(file)),
          columns_(std::move(columns)) {
        plan_.options = options;
        plan_.report.encoding = file_.encoding;
        plan_.report.separator = file_.separator == '\t' ? "tab" : std::string(1, file_.separator);
        plan_.report.empty_rows = file_.empty_rows;
        plan_.report.rows = file_.rows.size();
        plan_.report.facts = describe_file(file_);
        for (std::size_t i = 0; i < file_.header.size(); ++i) {
            plan_.report.columns.push_back({file_.header[i], columns_.columns[i].meaning});
            facts_.columns.push_back({columns_.columns[i], example_of(i)});
        }
        plan_.report.notes = columns_.notes;
        facts_.open = columns_.open();
        plan_.rows.reserve(file_.rows.size());
    }

    Result<CheckedList> check(const ImportDevices::Progress& progress) {
        if (!columns_.has("mac"))
            return CheckedList{std::move(plan_), std::move(facts_)};  // no row says anything
        for (std::size_t i = 0; i < file_.rows.size(); ++i) {
            if (i % check_step == 0 && !progress(i, file_.rows.size())) return fail(import_stopped(i));
            check_row(file_.rows[i]);
        }
        progress(file_.rows.size(), file_.rows.size());
        warn_of_vendors();
        PROVOST_CHECK(count_others());
        for (const auto& row : plan_.rows) {
            if (plan_.report.samples.size() == samples_shown) break;
            if (row.fate != RowFate::add && row.fate != RowFate::change) continue;
            if (auto sample = sample_of(house_, row)) plan_.report.samples.push_back(std::move(*sample));
        }
        return CheckedList{std::move(plan_), std::move(facts_)};
    }

 private:
    void check_row(const CsvRow& row) {
        auto device = device_of(row);
        if (!device) return refuse(row, device.error());
        auto& report = plan_.report;
        const auto fate = device->second;
        fates_[device->first.mac.value()] = row.line;
        if (fate == RowFate::add) ++report.to_add;
        if (fate == RowFate::change) ++report.to_change;
        if (fate == RowFate::unchanged) ++report.unchanged;
        warn_of_account(row.line, device->first);
        plan_.rows.push_back({row.line, fate, std::move(device->first)});
    }

    Result<std::pair<Device, RowFate>> device_of(const CsvRow& row) {
        if (row.cells.size() > columns_.columns.size())
            return fail({"P-2509", "the row has more cells than the header", "row"});
        auto draft = draft_of_row(columns_, row.cells);
        if (draft.tenant.empty()) draft.tenant = options_.tenant;
        if (draft.tenant.empty())
            return fail({"P-2010", "the row names no tenant", "tenant", "",
                         "Add a column 'tenant' or give --tenant."});
        const auto mac = MacAddress::parse(trim(draft.mac));
        if (!mac) return tl::make_unexpected(draft_device(draft, nullptr, house_).error());
        PROVOST_TRY(const auto* const tenant, sight_.tenant(draft.tenant));
        if (const auto first = fates_.find(mac->value()); first != fates_.end())
            return fail({"P-2508",
                         "rows " + std::to_string(first->second) + " and " + std::to_string(row.line) +
                             " have the same MAC",
                         "mac", "", "Delete one of them."});
        PROVOST_TRY(const auto known, house_.store.device(*mac));
        if (!known) {
            PROVOST_TRY(auto device, draft_device(draft, nullptr, house_));
            return std::pair(std::move(device), RowFate::add);
        }
        if (known->tenant != tenant->tenant.id) return fail(foreign_device(*mac));
        ++known_[known->tenant];
        PROVOST_TRY(auto device, draft_device(draft, &*known, house_));
        auto& changes = plan_.report.changes;
        if (changes.size() < changes_shown && !same_device(device, *known))
            changes.push_back(changes_of(row.line, *known, device));
        const auto fate = same_device(device, *known) ? RowFate::unchanged : RowFate::change;
        return std::pair(std::move(device), fate);
    }

    // The same account on two phones may be meant so.
    void warn_of_account(std::size_t line, const Device& device) {
        static const auto user = parse_setting_key("line.1.user").value();
        const auto found = std::find_if(device.settings.begin(), device.settings.end(),
                                        [](const Setting& one) { return one.key == user; });
        if (found == device.settings.end()) return;
        const auto [first, fresh] = accounts_.try_emplace({device.tenant, found->value}, line);
        if (fresh) return;
        ++facts_.warned;
        auto& warnings = plan_.report.row_warnings;
        if (warnings.size() < row_warnings_kept)
            warnings.push_back({line, "line.1.user",
                                "rows " + std::to_string(first->second) + " and " + std::to_string(line) +
                                    " have the same SIP account " + printable(found->value, 64)});
    }

    // Devices of the tenants that the file is about, and that it says nothing of.
    Status count_others() {
        for (const auto& row : plan_.rows) known_.try_emplace(row.device.tenant, 0);
        for (const auto& [tenant, in_file] : known_) {
            FleetFilter filter;
            filter.tenants = {tenant};
            PROVOST_TRY(const auto groups, house_.store.fleet().groups(filter));
            std::int64_t devices = 0;
            for (const auto& group : groups) devices += group.devices;
            plan_.report.not_in_file += devices - in_file;
        }
        return {};
    }

    void warn_of_vendors() {
        std::map<std::string_view, std::size_t> added;
        for (const auto& row : plan_.rows)
            if (row.fate == RowFate::add) ++added[row.device.vendor];
        for (const auto& [id, devices] : added) {
            const auto* const vendor = house_.vendors->find(id);
            auto text = vendor == nullptr ? std::string() : adoption_warning(*vendor);
            if (!text.empty()) plan_.report.warnings.push_back({std::string(id), devices, std::move(text)});
        }
    }

    void refuse(const CsvRow& row, Error error) {
        auto& report = plan_.report;
        if (report.rejects.empty()) report.rejects = csv_line(file_.header, "reason");
        auto cells = row.cells;
        cells.resize(file_.header.size());
        for (std::size_t i = 0; i < cells.size(); ++i)
            if (columns_.columns[i].brings_passwords) cells[i].clear();
        report.rejects += csv_line(cells, error.text());
        auto value = cell_of(row, error.where);
        auto suggestions = suggest(error, value);
        report.problems.push_back(
            {row.line, error.where, std::move(error), printable(value, 128), std::move(suggestions)});
        ++report.refused;
    }

    [[nodiscard]] std::string cell_of(const CsvRow& row, const std::string& column) const {
        const auto found = std::ranges::find_if(
            columns_.columns, [&](const PlannedColumn& one) { return one.meaning == column; });
        const auto at = static_cast<std::size_t>(found - columns_.columns.begin());
        return !column.empty() && at < row.cells.size() ? row.cells[at] : std::string();
    }

    [[nodiscard]] std::string example_of(std::size_t column) const {
        if (columns_.columns[column].brings_passwords) return {};
        for (const auto& row : file_.rows) {
            if (column >= row.cells.size() || row.cells[column].empty()) continue;
            const auto& cell = row.cells[column];
            return cell.size() <= example_bytes && is_clean_text(cell) ? cell
                                                                       : printable(cell, example_bytes);
        }
        return {};
    }

    const House& house_;
    const ImportOptions& options_;
    const Sight sight_;
    CsvFile file_;
    ColumnPlan columns_;
    ImportDevices::Plan plan_;
    ListFacts facts_;
    std::unordered_map<std::uint64_t, std::size_t> fates_;              // MAC -> line that has it
    std::map<std::pair<TenantId, std::string>, std::size_t> accounts_;  // ... that is the first to have it
    std::map<TenantId, std::int64_t> known_;                            // devices of it that are in the file
};

}  // namespace

Result<CheckedList> check_list(const House& house, std::string_view file, const ImportOptions& options,
                               const ColumnChoices& choices, const ImportDevices::Progress& progress) {
    PROVOST_TRY(auto csv, parse_csv(file));
    PROVOST_TRY(auto columns, plan_columns(csv.header, choices));
    return Checker(house, options, std::move(csv), std::move(columns)).check(progress);
}

// For who can say nothing of columns.
Result<ImportDevices::Plan> ImportDevices::check(std::string_view file, const ImportOptions& options,
                                                 const Progress& progress) {
    PROVOST_TRY(auto list, check_list(house_, file, options, {}, progress));
    if (!list.facts.open.empty()) return fail(list.facts.open.front());
    return std::move(list.plan);
}

Error import_stopped(std::size_t done) {
    return {"P-2511", "the import was cancelled after " + std::to_string(done) + " rows", "import",
            "somebody asked for it", "Load the file again: rows that were written are unchanged then."};
}

}  // namespace provost
