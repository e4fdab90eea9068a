#include "sim/address_list.h"

#include "domain/csv.h"

#include <algorithm>

namespace provost::sim {

namespace {

Error bad_list(std::size_t line, std::string why) {
    return {.code = "P-9011",
            .what = "not a list of phones' addresses",
            .where = "row " + std::to_string(line),
            .why = std::move(why),
            .fix = "Give it the columns mac and url, such as 0015651122aa,https://localhost:8443/t/TOKEN/"};
}

}  // namespace

Result<AddressList> parse_addresses(std::string_view csv) {
    PROVOST_TRY(const CsvFile file, parse_csv(csv));
    const auto column = [&](std::string_view name) {
        const auto found = std::find(file.header.begin(), file.header.end(), name);
        return static_cast<std::size_t>(found - file.header.begin());
    };
    const std::size_t mac = column("mac"), url = column("url");
    if (std::max(mac, url) >= file.header.size()) return fail(bad_list(1, "it lacks one of these columns"));
    AddressList addresses;
    for (const CsvRow& row : file.rows) {
        if (std::max(mac, url) >= row.cells.size()) return fail(bad_list(row.line, "it is too short"));
        const auto phone = MacAddress::parse(row.cells[mac]);
        if (!phone) return fail(bad_list(row.line, "its MAC is none"));
        addresses[*phone] = row.cells[url];
    }
    return addresses;
}

}  // namespace provost::sim
