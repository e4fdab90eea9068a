#include "service/search_terms.h"

#include "domain/text.h"

#include <algorithm>
#include <array>

namespace provost {

namespace {

constexpr std::size_t most_words = 200;
constexpr std::size_t longest_question = 128;
constexpr std::size_t mac_digits = 12;

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_word_letter(char c) {
    return is_digit(c) || (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80;
}

// ASCII, and the letters of Latin-1: they are two bytes in UTF-8 whose second tells the case.
std::string lower_latin(std::string_view text) {
    std::string out(text);
    for (std::size_t i = 0; i < out.size(); ++i) {
        if (out[i] >= 'A' && out[i] <= 'Z') out[i] = static_cast<char>(out[i] + 32);
        const bool latin = i > 0 && out[i - 1] == '\xc3';
        const auto byte = static_cast<unsigned char>(out[i]);
        if (latin && byte >= 0x80 && byte <= 0x9e && byte != 0x97) out[i] = static_cast<char>(byte + 0x20);
    }
    return out;
}

void cut(const std::string& text, std::vector<std::string>& words) {
    for (std::size_t at = 0; at < text.size();) {
        auto end = at;
        while (end < text.size() && is_word_letter(text[end])) ++end;
        if (end > at) words.push_back(text.substr(at, end - at));
        at = end + 1;
    }
}

enum class Kind : std::uint8_t { none, whole, cut };

Kind kind_of(const Setting& one) {
    static const std::array whole = {*find_setting("line.user"), *find_setting("line.auth_user")};
    static const std::array parts = {*find_setting("line.label"), *find_setting("line.display_name")};
    if (one.value.empty()) return Kind::none;
    if (std::find(whole.begin(), whole.end(), one.key.id) != whole.end()) return Kind::whole;
    return std::find(parts.begin(), parts.end(), one.key.id) != parts.end() ? Kind::cut : Kind::none;
}

// Hexadecimal digits with what people put between them; nothing where it can't be a part of a MAC.
std::string mac_digits_of(const std::string& text) {
    std::string digits;
    for (const char c : text) {
        if (is_digit(c) || (c >= 'a' && c <= 'f'))
            digits += c;
        else if (c != ':' && c != '-' && c != '.' && c != ' ')
            return {};
    }
    return digits.size() < 3 || digits.size() > mac_digits ? std::string() : digits;
}

std::string address_of(const std::string& text) {
    const bool fits = std::all_of(text.begin(), text.end(), [](char c) {
        return is_digit(c) || c == '.' || c == ':' || (c >= 'a' && c <= 'f');
    });
    const bool dotted = text.find('.') != text.npos || text.find(':') != text.npos;
    return fits && dotted && text.size() >= 3 ? text : std::string();
}

}  // namespace

std::vector<std::string> words_of(const Device& device) {
    std::vector<std::string> words;
    for (const auto& one : device.settings) {
        const auto kind = kind_of(one);
        if (kind == Kind::whole) words.push_back(lower_latin(one.value));
        if (kind == Kind::cut) cut(lower_latin(one.value), words);
    }
    std::sort(words.begin(), words.end());
    words.erase(std::unique(words.begin(), words.end()), words.end());
    if (words.size() > most_words) words.resize(most_words);
    return words;
}

SearchTerms parse_search(std::string_view text) {
    const auto asked = lower_latin(trim(text.substr(0, longest_question)));
    SearchTerms terms{mac_digits_of(asked), "", {}, address_of(asked)};
    if (is_user_part(asked)) terms.user = asked;
    cut(asked, terms.words);
    return terms;
}

std::string label_of(const Device& device) {
    static const std::array names = {*find_setting("line.label"), *find_setting("line.display_name"),
                                     *find_setting("line.user")};
    for (const auto name : names)
        for (const auto& one : device.settings)
            if (one.key.id == name && !one.value.empty()) return one.value;
    return {};
}

bool fits_tenant(std::string_view slug, std::string_view name, const SearchTerms& terms) {
    if (terms.words.empty()) return false;
    std::vector<std::string> own{std::string(slug)};
    cut(lower_latin(slug), own);
    cut(lower_latin(name), own);
    return std::all_of(terms.words.begin(), terms.words.end(), [&](const std::string& word) {
        return std::any_of(own.begin(), own.end(), [&](const auto& one) { return one.starts_with(word); });
    });
}

std::string found_text(const Device& device, FoundBy by, const SearchTerms& terms) {
    if (by == FoundBy::mac) return "MAC";
    if (by == FoundBy::mac_end) return "MAC ends in " + terms.mac_digits;
    if (by == FoundBy::mac_begin) return "MAC begins with " + terms.mac_digits;
    if (by == FoundBy::address) return "address " + device.last_source;
    for (const auto& one : device.settings) {
        const auto value = kind_of(one) == Kind::none ? std::string() : lower_latin(one.value);
        const bool by_user = !terms.user.empty() && value.starts_with(terms.user);
        const bool by_word = !terms.words.empty() && value.find(terms.words.front()) != value.npos;
        if (by_user || by_word) return to_text(one.key) + " " + one.value;
    }
    return "name";
}

}  // namespace provost
