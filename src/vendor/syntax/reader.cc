#include "vendor/syntax/reader.h"

#include "domain/text.h"

#include <algorithm>

namespace provost {

bool Reader::take(std::string_view literal) {
    if (!rest().starts_with(literal)) return false;
    at_ += literal.size();
    return true;
}

Status Reader::expect(std::string_view literal) {
    if (take(literal)) return {};
    return error("expected '" + printable(literal, shown_bytes) + "'");
}

Status Reader::expect_end() {
    if (at_end()) return {};
    return error("expected the end of the file");
}

tl::unexpected<Error> Reader::error_at(std::size_t position, std::string_view what) const {
    const std::string_view before = bytes_.substr(0, position);
    const auto line = 1 + std::count(before.begin(), before.end(), '\n');
    const std::size_t line_end = before.rfind('\n');
    const std::size_t column = line_end == before.npos ? position + 1 : position - line_end;
    return fail({.code = "P-2302",
                 .what = std::string(what),
                 .where = "line " + std::to_string(line) + ", column " + std::to_string(column),
                 .why = "only what this syntax writes itself is read back"});
}

Result<Reader> read_file_of(std::string_view bytes) {
    Reader reader(bytes);
    if (bytes.size() > max_file_size) return reader.error_at(max_file_size, "the file is larger than 1 MiB");
    return reader;
}

}  // namespace provost
