// What a phone remembers of the files it took, by its vendor's rules for omitted and empty parameters.
#pragma once

#include "base/bytes.h"
#include "sim/phone_file.h"
#include "vendor/syntax/syntax.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace provost::sim {

// An account that can register, with what a registrar would compare. The password itself is not kept.
struct LineAccount {
    std::string user, auth_user, registrar;
    std::string password_sha256;      // hexadecimal, of the password's bytes
    std::string ha1_md5, ha1_sha256;  // for the realm the memory was given, as of when the password came
};

// One boot's settings files, in the order the phone asked for them.
struct BootFiles {
    std::vector<std::vector<ParsedParameter>> files;
    bool overwrite = false;  // a boot file asked to erase what the files omit
};

class PhoneMemory {
 public:
    // `maker` must outlive the memory. `realm` empty: the registrar's host.
    explicit PhoneMemory(const PhoneMaker& maker, std::string realm = {})
        : maker_(&maker), realm_(std::move(realm)) {}

    // Applies a boot's files and says whether one of them held a password. What the vendor file calls unknown
    // is taken as the worst case: an omitted or empty parameter is lost. Wipes the values in `boot`.
    bool apply(BootFiles& boot);

    // A secret's value reads "sha256:<hexadecimal>". nullptr if the phone has its factory value.
    [[nodiscard]] const std::string* find(const std::string& name) const;
    [[nodiscard]] std::size_t size() const { return entries_.size(); }

    // Does the phone hold user, registrar and password of this line, and is the line on?
    [[nodiscard]] bool would_register(int line) const { return account(line).has_value(); }
    [[nodiscard]] std::optional<LineAccount> account(int line) const;

    void factory_reset();

    // The stored form, one "name<TAB>value" a line with control characters and '%' escaped. Holds no secret.
    [[nodiscard]] std::string format() const;
    // P-9007
    static Result<PhoneMemory> parse(std::string_view text, const PhoneMaker& maker, std::string realm = {});

 private:
    void erase_omitted(const BootFiles& boot);
    void put(const ParsedParameter& parameter);
    bool learn_passwords(const BootFiles& boot);
    [[nodiscard]] std::string name_of(const ParsedParameter& parameter) const;
    [[nodiscard]] bool is_secret(const std::string& name) const;
    [[nodiscard]] const std::string* first_set(const std::vector<std::string>& names, int line) const;

    const PhoneMaker* maker_;
    std::string realm_;
    std::map<std::string, std::string> entries_;
    std::map<std::string, std::string> digests_;  // "ha1_md5.1" -> hexadecimal
};

}  // namespace provost::sim
