#include "domain/stored_line.h"

#include "domain/text.h"

namespace provost {

Result<StoredLine> take_stored_line(std::string_view& text) {
    const auto end = text.find('\n');
    const auto line = text.substr(0, end);
    text = end == text.npos ? std::string_view() : text.substr(end + 1);
    const auto equals = line.find('=');
    if (equals == line.npos) return fail({"P-2005", "a stored setting has no '='", printable(line, 64)});
    return StoredLine{line.substr(0, equals), line.substr(equals + 1), line};
}

}  // namespace provost
