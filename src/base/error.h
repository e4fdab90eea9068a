// What went wrong, in the words an operator can act on.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace provost {

// Every error that reaches a person says what, where, why and how to mend it. `code` ("P-1234") is stable,
// documented in docs/reference/error-codes.md, and never reused. Texts never hold secrets.
struct Error {
    std::string code;
    std::string what;        // one sentence, no full stop needed: "unknown key 'regsitrar'"
    std::string where = {};  // file:line:column, "row 12, column 'mac'", or a field's name; may be empty
    std::string why = {};    // may be empty
    std::string fix = {};    // what to do now; may be empty
    // What would be taken in the place of what was refused; `fix` says the same to people.
    std::vector<std::string> offers = {};

    // "Did you mean 'acme'?"
    void offer(std::string_view instead);

    // "where: what: why. Fix." on one line, for logs and terminals.
    [[nodiscard]] std::string text() const;

    bool operator==(const Error&) const = default;
};

}  // namespace provost
