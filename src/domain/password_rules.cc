#include "domain/password_rules.h"

#include "base/ascii.h"
#include "domain/text.h"

#include <algorithm>
#include <iterator>

namespace provost {

namespace {

Status refuse(std::string why) {
    return fail({"P-8607", "this password can't be taken", "password", std::move(why),
                 "Take four or five words that have nothing to do with each other, or let a password manager "
                 "make one."});
}

std::size_t characters(std::string_view text) {
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xc0) != 0x80; }));
}

char letter_of(char c) {
    switch (c) {
        case '0':
            return 'o';
        case '1':
        case '!':
        case '|':
            return 'i';
        case '3':
            return 'e';
        case '4':
        case '@':
            return 'a';
        case '5':
        case '$':
            return 's';
        case '7':
        case '+':
            return 't';
        default:
            return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
}

bool is_letter(char c) {
    return c >= 'a' && c <= 'z';
}

// One short text over and over: "abcabcabc", "aaaaaaaa".
bool repeats(std::string_view text) {
    for (std::size_t period = 1; period <= 4 && period * 3 <= text.size(); ++period)
        if (std::equal(text.begin() + static_cast<std::ptrdiff_t>(period), text.end(), text.begin()))
            return true;
    return false;
}

// Steps of one along the alphabet, the digits or a row of the keyboard, nearly all of it.
bool is_sequence(std::string_view text) {
    static constexpr std::string_view rows[] = {"01234567890",
                                                "abcdefghijklmnopqrstuvwxyz",
                                                "qwertyuiop",
                                                "asdfghjkl",
                                                "zxcvbnm",
                                                "qwertzuiop",
                                                "yxcvbnm",
                                                "azertyuiop",
                                                "1qaz2wsx3edc4rfv5tgb6yhn7ujm"};
    std::size_t steps = 0;
    for (std::size_t i = 1; i < text.size(); ++i) {
        const char pair[] = {text[i - 1], text[i]}, back[] = {text[i], text[i - 1]};
        const auto in_row = [&](std::string_view row) {
            return row.find({pair, 2}) != row.npos || row.find({back, 2}) != row.npos;
        };
        steps += static_cast<std::size_t>(std::any_of(std::begin(rows), std::end(rows), in_row));
    }
    return steps * 10 >= (text.size() - 1) * 8;
}

// Most of the password is that word: what is left of it is shorter than what a password needs.
bool made_of(std::string_view text, std::string_view word) {
    if (word.size() < 4) return false;
    std::size_t covered = 0;
    for (auto at = text.find(word); at != text.npos; at = text.find(word, at + word.size()))
        covered += word.size();
    return covered > 0 && text.size() - covered < least_password_beside_factor;
}

}  // namespace

std::string bare_password(std::string_view password) {
    auto bare = lower_case(password);
    while (!bare.empty() && !is_letter(bare.back())) bare.pop_back();
    bare.erase(bare.begin(), std::find_if(bare.begin(), bare.end(), is_letter));
    for (auto& c : bare) c = letter_of(c);
    return bare;
}

Status check_password(std::string_view password, std::span<const std::string> about, bool second_factor) {
    const auto least = second_factor ? least_password_beside_factor : least_password;
    if (!is_valid_utf8(password)) return refuse("it is no text");
    if (characters(password) < least)
        return refuse("it has fewer than " + std::to_string(least) + " characters");
    if (password.size() > longest_password)
        return refuse("it has more than " + std::to_string(longest_password) + " bytes");
    const auto plain = lower_case(password);
    const auto bare = bare_password(password);
    std::string letters;  // "Sommer 2024 Sommer"
    std::copy_if(plain.begin(), plain.end(), std::back_inserter(letters), is_letter);
    if (is_common_password(letters) || is_common_password(bare))
        return refuse("it is among those that are guessed first");
    if (repeats(plain) || is_sequence(plain))
        return refuse("it is a sequence or says one thing over and over");
    for (const auto& word : about)
        if (made_of(plain, lower_case(word)) || made_of(bare, lower_case(word)))
            return refuse("it is made of a name that others know here");
    return {};
}

}  // namespace provost
