#include "sim/device_list.h"

#include <algorithm>

namespace provost::sim {

namespace {

constexpr std::string_view certificate = "certificate";

std::string csv_field(std::string_view field) {
    if (field.find_first_of(",\"\r\n") == field.npos) return std::string(field);
    std::string out = "\"";
    for (const char c : field) out.append(c == '"' ? 2 : 1, c);
    return out + '"';
}

// One row; a quoted field may hold commas and doubled quotes, not line ends.
std::vector<std::string> split_row(std::string_view row) {
    std::vector<std::string> fields(1);
    bool inside = false;
    for (std::size_t i = 0; i < row.size(); ++i) {
        const char c = row[i];
        const bool doubled = inside && c == '"' && i + 1 < row.size() && row[i + 1] == '"';
        if (doubled)
            fields.back() += row[++i];
        else if (c == '"')
            inside = !inside;
        else if (c == ',' && !inside)
            fields.emplace_back();
        else
            fields.back() += c;
    }
    return fields;
}

std::string_view take_line(std::string_view& text) {
    std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    return line;
}

Error bad_row(std::size_t number, std::string why) {
    return {.code = "P-9008",
            .what = "not a list of simulated phones",
            .where = "row " + std::to_string(number),
            .why = std::move(why),
            .fix = "Make it anew with 'provost simulate pki'"};
}

Result<ListedDevice> read_device(const std::vector<std::string>& header, const std::vector<std::string>& row,
                                 std::size_t number) {
    if (row.size() != header.size()) return fail(bad_row(number, "it has not as many columns as the header"));
    ListedDevice device;
    bool has_mac = false;
    for (std::size_t i = 0; i < header.size(); ++i) {
        if (header[i] == "mac") {
            const auto mac = MacAddress::parse(row[i]);
            if (!mac) return fail(bad_row(number, "'" + row[i] + "' is not a MAC address"));
            device.mac = *mac;
            has_mac = true;
        } else if (header[i] == "vendor")
            device.vendor = row[i];
        else if (header[i] == "model")
            device.model = row[i];
        else if (header[i] == "tenant")
            device.tenant = row[i];
        else if (header[i] == "access")
            device.access = row[i];
        else
            device.settings.emplace_back(header[i], row[i]);
    }
    if (!has_mac || device.vendor.empty()) return fail(bad_row(number, "mac and vendor are needed"));
    return device;
}

}  // namespace

std::string format_devices(std::span<const ListedDevice> devices) {
    const bool with_access = std::any_of(devices.begin(), devices.end(), [](const ListedDevice& device) {
        return !device.access.empty() && device.access != certificate;
    });
    std::string csv = with_access ? "mac,tenant,vendor,model,access" : "mac,tenant,vendor,model";
    if (!devices.empty()) {
        for (const auto& [name, value] : devices.front().settings) csv += ',' + csv_field(name);
    }
    csv += '\n';
    for (const ListedDevice& device : devices) {
        csv += device.mac.lower() + ',' + csv_field(device.tenant) + ',' + csv_field(device.vendor) + ',' +
               csv_field(device.model);
        if (with_access) csv += ',' + csv_field(device.access);
        for (const auto& [name, value] : device.settings) csv += ',' + csv_field(value);
        csv += '\n';
    }
    return csv;
}

Result<std::vector<ListedDevice>> parse_devices(std::string_view csv) {
    const std::vector<std::string> header = split_row(take_line(csv));
    std::vector<ListedDevice> devices;
    for (std::size_t number = 2; !csv.empty(); ++number) {
        const std::string_view line = take_line(csv);
        if (line.empty()) continue;
        PROVOST_TRY(ListedDevice device, read_device(header, split_row(line), number));
        devices.push_back(std::move(device));
    }
    return devices;
}

}  // namespace provost::sim
