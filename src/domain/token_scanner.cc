#include "domain/token_scanner.h"

namespace provost {

char ascii_lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool same_word(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](char x, char y) { return ascii_lower(x) == ascii_lower(y); });
}

bool is_token_character(char c) {
    const bool letter = ascii_lower(c) >= 'a' && ascii_lower(c) <= 'z';
    return letter || (c >= '0' && c <= '9') ||
           std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}

bool is_printable_ascii(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c < '\x7f'; });
}

bool TokenScanner::take(char c) {
    if (!rest_.starts_with(c)) return false;
    rest_.remove_prefix(1);
    return true;
}

std::string_view TokenScanner::token() {
    const auto* const end = std::find_if_not(rest_.begin(), rest_.end(), is_token_character);
    const auto taken = rest_.substr(0, static_cast<std::size_t>(end - rest_.begin()));
    rest_.remove_prefix(taken.size());
    return taken;
}

std::optional<std::string> TokenScanner::quoted() {
    std::string text;
    for (take('"'); !rest_.empty(); rest_.remove_prefix(1)) {
        if (take('"')) return text;
        if (take('\\') && rest_.empty()) break;
        text += rest_.front();
    }
    return std::nullopt;
}

std::optional<std::string> TokenScanner::value() {
    if (rest_.starts_with('"')) return quoted();
    const auto word = token();
    return word.empty() ? std::nullopt : std::optional(std::string(word));
}

}  // namespace provost
