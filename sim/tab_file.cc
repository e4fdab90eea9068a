#include "sim/tab_file.h"

#include "base/bytes.h"

namespace provost::sim {

namespace {

bool read_field(std::string_view escaped, std::string& field) {
    while (!escaped.empty()) {
        if (escaped.front() != '%') {
            field += escaped.front();
            escaped.remove_prefix(1);
            continue;
        }
        const auto byte = from_hex(escaped.substr(1, 2));
        if (!byte || byte->size() != 1) return false;
        field += static_cast<char>(byte->front());
        escaped.remove_prefix(3);
    }
    return true;
}

}  // namespace

void append_row(std::string& text, const Row& row) {
    for (const std::string& field : row) {
        if (&field != &row.front()) text += '\t';
        for (const char c : field) {
            const auto byte = static_cast<std::uint8_t>(c);
            if (byte >= 0x20 && byte != 0x7f && c != '%')
                text += c;
            else
                text += '%' + to_hex({&byte, 1});
        }
    }
    text += '\n';
}

Result<std::vector<Row>> read_rows(std::string_view text) {
    std::vector<Row> rows;
    while (!text.empty()) {
        std::string_view line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(line.size() + 1, text.size()));
        Row row;
        for (bool more = true; more;) {
            const auto tab = line.find('\t');
            more = tab != line.npos;
            if (!read_field(line.substr(0, tab), row.emplace_back())) {
                return fail(
                    {.code = "P-9007", .what = "a bad escape in line " + std::to_string(rows.size() + 1)});
            }
            if (more) line.remove_prefix(tab + 1);
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

}  // namespace provost::sim
