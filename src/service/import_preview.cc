#include "service/import_preview.h"

#include "domain/text.h"
#include "service/configuration.h"

#include <map>

namespace provost {

namespace {

std::string counted(std::size_t count, const std::string& what) {
    return std::to_string(count) + " " + what + (count == 1 ? "" : "s");
}

std::map<std::string, std::string> fields_of(const Device& device) {
    std::map<std::string, std::string> fields{{"vendor", device.vendor},
                                              {"model", device.model},
                                              {"site", device.site},
                                              {"secret_mode", std::string(to_text(device.secret_mode))},
                                              {"access", std::string(to_text(device.access))}};
    for (const auto& one : device.settings) fields[to_text(one.key)] = one.value;
    for (const auto& one : device.raw) fields[to_text(one)] = one.value;
    return fields;
}

// What looks like a digit and is none.
std::string with_digits(const std::string& value) {
    std::string out = value;
    for (auto& c : out) {
        if (c == 'O' || c == 'o') c = '0';
        if (c == 'I' || c == 'l' || c == 'L' || c == 'i') c = '1';
        if (c == 'S' || c == 's') c = '5';
    }
    return out;
}

}  // namespace

std::string describe_file(const CsvFile& file) {
    const auto separator =
        file.separator == '\t' ? std::string("tab") : std::string("'") + file.separator + "'";
    auto text = file.encoding + ", separator " + separator + ", " + counted(file.rows.size(), "row");
    if (file.empty_rows != 0) text += ", " + counted(file.empty_rows, "empty row") + " ignored";
    return text;
}

RowChange changes_of(std::size_t line, const Device& before, const Device& after) {
    RowChange change{line, after.mac, {}};
    const auto old = fields_of(before);
    auto fresh = fields_of(after);
    for (const auto& [name, value] : old) {
        const auto now = fresh.find(name);
        const auto after_value = now == fresh.end() ? std::string() : now->second;
        if (after_value != value) change.fields.push_back({name, value, after_value});
        if (now != fresh.end()) fresh.erase(now);
    }
    for (const auto& [name, value] : fresh) change.fields.push_back({name, "", value});
    return change;
}

std::vector<std::string> suggest(const Error& error, const std::string& value) {
    if (error.code == "P-2020") {
        const auto digits = with_digits(value);
        const auto mac = MacAddress::parse(trim(digits));
        if (digits == value || !mac || mac->is_group()) return {};
        return {digits};
    }
    if (const auto plain = std::string(trim(value)); error.code == "P-2010" && plain != value) return {plain};
    return error.offers;
}

std::optional<RowSample> sample_of(const House& house, const ImportRow& row) {
    const auto* const vendor = house.vendors->find(row.device.vendor);
    if (vendor == nullptr) return std::nullopt;
    const auto made = make_configuration(row.device, *vendor, house.policies.current(),
                                         {row.device.model, row.device.firmware}, true, house.clock.now());
    if (!made) return std::nullopt;
    OutputBuffer bytes;
    const auto& syntax = house.vendors->syntax(*vendor, row.device.model);
    if (!syntax.render(made->parameters, MaskedSecrets(), bytes)) return std::nullopt;
    return RowSample{row.line, row.device.mac, row.device.model,
                     output_format(*vendor, row.device.model).syntax, syntax.shown(bytes.view())};
}

}  // namespace provost
