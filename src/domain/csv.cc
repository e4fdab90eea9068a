#include "domain/csv.h"

#include "domain/text.h"

#include <algorithm>
#include <cstdint>

namespace provost {

namespace {

void append_utf8(std::string& out, std::uint32_t point) {
    if (point < 0x80) {
        out += static_cast<char>(point);
    } else if (point < 0x800) {
        out += static_cast<char>(0xc0 | point >> 6);
        out += static_cast<char>(0x80 | (point & 0x3f));
    } else if (point < 0x10000) {
        out += static_cast<char>(0xe0 | point >> 12);
        out += static_cast<char>(0x80 | (point >> 6 & 0x3f));
        out += static_cast<char>(0x80 | (point & 0x3f));
    } else {
        out += static_cast<char>(0xf0 | point >> 18);
        out += static_cast<char>(0x80 | (point >> 12 & 0x3f));
        out += static_cast<char>(0x80 | (point >> 6 & 0x3f));
        out += static_cast<char>(0x80 | (point & 0x3f));
    }
}

Error bad_encoding(std::string why) {
    return {"P-2501", "the file's encoding can't be read", "file", std::move(why),
            "Save it as UTF-8 and import again."};
}

Result<std::string> from_utf16(std::string_view bytes, bool big_endian) {
    if (bytes.size() % 2 != 0) return fail(bad_encoding("UTF-16 with an odd number of bytes"));
    const auto unit = [&](std::size_t at) -> std::uint32_t {
        const auto first = static_cast<std::uint8_t>(bytes[at]);
        const auto second = static_cast<std::uint8_t>(bytes[at + 1]);
        return big_endian ? static_cast<std::uint32_t>(first << 8 | second)
                          : static_cast<std::uint32_t>(second << 8 | first);
    };
    std::string out;
    out.reserve(bytes.size());
    for (std::size_t at = 0; at < bytes.size(); at += 2) {
        std::uint32_t point = unit(at);
        if (point >= 0xd800 && point < 0xdc00 && at + 2 < bytes.size() && unit(at + 2) >= 0xdc00 &&
            unit(at + 2) < 0xe000) {
            at += 2;
            point = 0x10000 + ((point - 0xd800) << 10) + (unit(at) - 0xdc00);
        }
        append_utf8(out, point);
    }
    return out;
}

Result<std::string> decode(std::string_view bytes, std::string& encoding) {
    encoding = "UTF-8";
    std::string text;
    if (bytes.starts_with("\xef\xbb\xbf")) {
        text = bytes.substr(3);
    } else if (bytes.starts_with("\xff\xfe") || bytes.starts_with("\xfe\xff")) {
        const bool big_endian = bytes.front() == '\xfe';
        encoding = big_endian ? "UTF-16BE" : "UTF-16LE";
        PROVOST_TRY(text, from_utf16(bytes.substr(2), big_endian));
    } else {
        text = bytes;
    }
    if (!is_valid_utf8(text))
        return fail(bad_encoding("it is neither UTF-8 nor UTF-16 with a byte order mark"));
    return text;
}

char find_separator(std::string_view text) {
    const auto line = text.substr(0, text.find('\n'));
    char best = ',';
    for (const char candidate : {';', '\t'})
        if (std::count(line.begin(), line.end(), candidate) > std::count(line.begin(), line.end(), best))
            best = candidate;
    return best;
}

// Reads row after row; a quoted cell may hold separators, doubled quotes and line ends.
class Reader {
 public:
    Reader(std::string_view text, char separator) : text_(text), separator_(separator) {}

    [[nodiscard]] bool at_end() const { return at_ >= text_.size(); }

    Result<CsvRow> row() {
        CsvRow row{line_, {}};
        do {
            PROVOST_TRY(auto cell, take_cell());
            row.cells.push_back(std::move(cell));
            if (row.cells.size() > csv_most_columns) return fail(too_large("more than 512 columns"));
        } while (take(separator_));
        take('\r');
        if (take('\n'))
            ++line_;
        else if (!at_end())
            return fail({"P-2502", "something follows a closing quote", "line " + std::to_string(line_)});
        return row;
    }

 private:
    bool take(char c) {
        if (at_end() || text_[at_] != c) return false;
        ++at_;
        return true;
    }

    Result<std::string> take_cell() {
        std::string cell;
        if (take('"')) return take_quoted();
        while (!at_end() && text_[at_] != separator_ && !at_line_end()) cell += text_[at_++];
        if (cell.size() > csv_longest_cell) return fail(too_large("a cell longer than 4096 bytes"));
        return std::string(trim(cell));
    }

    [[nodiscard]] bool at_line_end() const {
        return text_[at_] == '\n' ||
               (text_[at_] == '\r' && (at_ + 1 == text_.size() || text_[at_ + 1] == '\n'));
    }

    Result<std::string> take_quoted() {
        std::string cell;
        while (!at_end()) {
            const char c = text_[at_++];
            if (c == '"' && !take('"')) return cell;
            if (c == '\n') ++line_;
            cell += c;
            if (cell.size() > csv_longest_cell) return fail(too_large("a cell longer than 4096 bytes"));
        }
        return fail({"P-2502", "a quote is never closed", "line " + std::to_string(line_)});
    }

    [[nodiscard]] Error too_large(std::string why) const {
        return {"P-2503", "the file is too large", "line " + std::to_string(line_), std::move(why)};
    }

    std::string_view text_;
    char separator_;
    std::size_t at_ = 0;
    std::size_t line_ = 1;
};

bool is_empty(const CsvRow& row) {
    return std::all_of(row.cells.begin(), row.cells.end(),
                       [](const std::string& cell) { return cell.empty(); });
}

}  // namespace

Result<CsvFile> parse_csv(std::string_view bytes) {
    CsvFile file;
    PROVOST_TRY(const auto text, decode(bytes, file.encoding));
    file.separator = find_separator(text);
    Reader reader(text, file.separator);
    if (reader.at_end())
        return fail({"P-2504", "the file is empty", "file", "", "The first row must name the columns."});
    PROVOST_TRY(auto header, reader.row());
    file.header = std::move(header.cells);
    while (!reader.at_end()) {
        PROVOST_TRY(auto row, reader.row());
        if (is_empty(row)) {
            ++file.empty_rows;
            continue;
        }
        file.rows.push_back(std::move(row));
        if (file.rows.size() > csv_most_rows)
            return fail({"P-2503", "the file is too large", "line " + std::to_string(file.rows.back().line),
                         "more than 250,000 rows", "Split it."});
    }
    return file;
}

std::string quote_csv(std::string_view cell) {
    if (cell.find_first_of(",\"\n\r") == cell.npos) return std::string(cell);
    std::string out = "\"";
    for (const char c : cell) out += c == '"' ? std::string("\"\"") : std::string(1, c);
    return out + "\"";
}

}  // namespace provost
