#include "vendor/request_path.h"

#include <charconv>

namespace provost {

namespace {

// The byte that "%2f" stands for; nullopt if it is not two hexadecimal digits.
std::optional<char> unescape(std::string_view escape) {
    unsigned value = 0;
    const auto [end, error] = std::from_chars(escape.data(), escape.data() + escape.size(), value, 16);
    if (escape.size() != 2 || error != std::errc() || end != escape.data() + 2) return std::nullopt;
    return static_cast<char>(value);
}

bool harmless(char c) {
    return c > ' ' && c < 0x7f && c != '\\' && c != '%';
}

}  // namespace

RequestPath::RequestPath(std::string_view path) {
    if (path.starts_with('/')) path.remove_prefix(1);
    if (path.size() > longest) return;
    std::size_t size = 0;
    while (!path.empty()) {
        const bool escaped = path.front() == '%';
        const auto c = escaped ? unescape(path.substr(1, 2)) : path.front();
        if (!c || !harmless(*c)) return;
        if (*c == '.' && size > 0 && bytes_[size - 1] == '.') return;
        bytes_[size++] = *c;
        path.remove_prefix(escaped ? 3 : 1);
    }
    text_ = std::string_view(bytes_.data(), size);
}

}  // namespace provost
