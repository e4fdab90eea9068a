// Takes off the front of a text what HTTP's and SIP's grammars allow there: tokens, quoted strings,
// parameters of a challenge or a login (RFC 9110 sections 5.6 and 11.2, RFC 3261 section 25.1).
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

namespace provost {

char ascii_lower(char c);
bool same_word(std::string_view a, std::string_view b);  // but for the case of ASCII letters
bool is_token_character(char c);
bool is_printable_ascii(std::string_view text);

class TokenScanner {
 public:
    explicit TokenScanner(std::string_view text) : rest_(text) {}

    [[nodiscard]] bool at_end() const { return rest_.empty(); }
    [[nodiscard]] std::string_view rest() const { return rest_; }
    void skip_blanks() { rest_.remove_prefix(std::min(rest_.find_first_not_of(" \t"), rest_.size())); }
    bool take(char c);
    std::string_view token();
    // From the opening quote on; nullopt where the closing one is missing.
    std::optional<std::string> quoted();
    // A token or a quoted string; nullopt for neither.
    std::optional<std::string> value();

 private:
    std::string_view rest_;
};

}  // namespace provost
