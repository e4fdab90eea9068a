#include "vendor/syntax/address_row.h"

#include "vendor/syntax/options.h"
#include "vendor/syntax/text.h"

#include <algorithm>
#include <charconv>

namespace provost {
namespace {

using Piece = AddressPlace::Piece;

constexpr std::string_view word_characters =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-";
constexpr std::string_view not_in_quotes = "\"\\";  // a phone takes '\' for an escape, but leaves it there
constexpr ByteClasses quotable = classes_escaping(not_in_quotes);
constexpr std::string_view never_held = "it holds a character that these phones can't take";

bool is_word(std::string_view text) {
    return !text.empty() && word_length(text) == text.size();
}

bool is_nested(std::string_view word, const AddressFormat& format) {
    return std::any_of(format.nested.begin(), format.nested.end(),
                       [&](const std::string& one) { return same_word(one, word); });
}

// What these phones look for is "; name =", even inside quotes: behind a ';' only a word may stand that is no
// parameter of theirs.
bool hides_a_parameter(std::string_view value, const AddressFormat& format) {
    for (auto at = value.find(';'); at != value.npos; at = value.find(';', at + 1)) {
        const auto rest = value.substr(at + 1);
        const auto word = rest.substr(0, word_length(rest));
        if (rest.substr(word.size(), 1) != "=" || !is_nested(word, format)) return true;
    }
    return false;
}

std::string_view text_refusal(const WrittenValue& value) {
    for (const std::string_view piece : {value.prefix, value.text}) {
        const std::string_view rest = piece.substr(plain_run(piece, quotable));
        if (!rest.empty())
            return class_of(rest.front(), quotable) == ByteClass::escaped ? never_held : refusal(rest);
    }
    return {};
}

bool is_bare(std::string_view text, std::string_view without) {
    return std::all_of(text.begin(), text.end(),
                       [&](char c) { return c > ' ' && c <= '~' && without.find(c) == without.npos; });
}

// A piece of the address itself; `without` is what would end it.
std::string_view piece_refusal(const WrittenValue& value, std::string_view without) {
    constexpr std::string_view brackets = "<>\"\\@";
    if (!value.prefix.empty()) return "a secret can't be part of an address";
    if (value.text.empty()) return "an address needs it";
    const bool fits = is_bare(value.text, brackets) && is_bare(value.text, without);
    return fits ? std::string_view() : "it holds a character that an address can't hold";
}

std::string_view parameter_refusal(const AddressPlace& place, const WrittenValue& value,
                                   const AddressFormat& format) {
    if (is_nested(place.word, format)) return "its name is one that other parameters' values may hold";
    const bool secret_in_two = !value.prefix.empty() && value.text.find(';') != value.text.npos;
    if (secret_in_two || hides_a_parameter(value.prefix, format) || hides_a_parameter(value.text, format))
        return "it holds ';', behind which these phones look for a parameter";
    return text_refusal(value);
}

}  // namespace

Result<AddressFormat> read_address_format(const SyntaxOptions& options) {
    OptionReader reader("name-addr", options);
    AddressFormat format;
    format.header = reader.take("header", "");
    const std::string nested = reader.take("nested", "");
    const std::string row_bytes = reader.take("row_bytes", "0");
    PROVOST_CHECK(reader.finish());
    if (!is_plain(format.header)) return reader.unusable("header", "it is not one line of text");
    for (std::string_view rest = nested; !rest.empty();) {
        const auto word = rest.substr(0, rest.find(','));
        if (!is_word(word)) return reader.unusable("nested", "it is not a list of names with commas between");
        format.nested.emplace_back(word);
        rest.remove_prefix(std::min(rest.size(), word.size() + 1));
    }
    const auto* const end = row_bytes.data() + row_bytes.size();
    const auto number = std::from_chars(row_bytes.data(), end, format.row_bytes);
    if (number.ec != std::errc() || number.ptr != end)
        return reader.unusable("row_bytes", "it is not a number");
    return format;
}

AddressPlace find_address_place(std::string_view name) {
    AddressPlace place;
    const auto slash = name.find('/');
    if (slash == name.npos || slash == 0 || name.front() < '1' || name.front() > '9') return {};
    const auto* const end = name.data() + slash;
    const auto number = std::from_chars(name.data(), end, place.row);
    if (number.ec != std::errc() || number.ptr != end || place.row > max_address_rows) return {};
    place.word = name.substr(slash + 1);
    if (place.word == display_name_piece) place.piece = Piece::display_name;
    if (place.word == userinfo_piece) place.piece = Piece::userinfo;
    if (place.word == hostport_piece) place.piece = Piece::hostport;
    if (place.word.starts_with(uri_step)) {
        place.piece = Piece::uri_parameter;
        place.word.remove_prefix(uri_step.size());
    }
    if (!is_word(place.word)) return {};
    return place;
}

std::size_t word_length(std::string_view text) {
    return std::min(text.size(), text.find_first_not_of(word_characters));
}

bool is_taken(std::string_view word) {
    return word == display_name_piece || word == userinfo_piece || word == hostport_piece;
}

bool needs_quotes(const WrittenValue& value) {
    return !is_bare(value.prefix, ";=<>") || !is_bare(value.text, ";=<>");
}

std::string_view address_refusal(const AddressPlace& place, const WrittenValue& value,
                                 const AddressFormat& format) {
    switch (place.piece) {
        case Piece::display_name:
            return text_refusal(value);
        case Piece::userinfo:
            return piece_refusal(value, "");
        case Piece::hostport:
            return piece_refusal(value, "/;?");
        case Piece::uri_parameter:
            if (value.empty()) return {};
            return piece_refusal(value, ";?=");
        case Piece::parameter:
            return parameter_refusal(place, value, format);
    }
    return {};
}

}  // namespace provost
