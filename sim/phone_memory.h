// What a phone remembers of the files it took, by its vendor's rules for omitted and empty parameters.
#pragma once

#include "base/bytes.h"
#include "base/mac_address.h"
#include "sim/taken_file.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace provost::sim {

// An account that can register, with what a registrar would compare. The password itself is not kept.
struct LineAccount {
    std::string user, auth_user, registrar;
    std::string password_sha256;  // hexadecimal, of the password's bytes; empty where the phone got an HA1
    std::string ha1_md5, ha1_sha256;  // for the realm the memory was given, as of when the password came;
                                      // where the phone got an HA1, that one alone
};

// What the phone shows where a server asks it who it is.
struct Login {
    std::string user, password;
};

// An address as a person types it into a phone of this kind, or as a link holds it, as the phone reads it:
// with its MAC for its mark, and with https:// and a slash where such phones are told neither.
std::string given_address(const LoginNames& names, std::string given, MacAddress mac);

// One boot's settings files, in the order the phone asked for them.
struct BootFiles {
    std::vector<TakenFile> files;
    bool overwrite = false;  // a boot file asked to erase what the files omit
    bool answered = false;   // there was an answer with a settings file, readable or not
};

class PhoneMemory {
 public:
    // `maker` must outlive the memory. `realm` empty: the registrar's host.
    explicit PhoneMemory(const PhoneMaker& maker, std::string realm = {})
        : maker_(&maker), realm_(std::move(realm)) {}

    // Whose memory it is, where names of an account's parameters hold the MAC.
    void belong_to(MacAddress mac) { mac_ = mac; }

    // The settings file of one step, as it came: goes into `boot` unless the phone passes it over, as it does
    // without a word. P-23xx if the bytes are not what the vendor's syntax writes.
    Status read(const std::string& step, std::string_view bytes, BootFiles& boot);

    // Applies a boot's files and says whether one of them held a password. What the vendor file calls unknown
    // is taken as the worst case: an omitted or empty parameter is lost. Wipes the values in `boot`.
    bool apply(BootFiles& boot);

    // Someone sets a parameter at the phone itself.
    void set_by_hand(const std::string& name, std::string value);

    // What holds at the phone. A secret's value reads "sha256:<hexadecimal>". nullptr: the factory's value.
    [[nodiscard]] const std::string* find(const std::string& name) const;
    [[nodiscard]] std::size_t size() const { return entries_.size() + by_hand_.size(); }

    // Does the phone hold user, registrar and password of this line, and is the line on?
    [[nodiscard]] bool would_register(int line) const { return account(line).has_value(); }
    [[nodiscard]] std::optional<LineAccount> account(int line) const;
    [[nodiscard]] std::optional<Login> login() const;
    // Where the configuration told the phone to call: the folder of the address, without a file's name.
    [[nodiscard]] std::optional<std::string> address() const;

    void factory_reset();

    // The stored form, one "name<TAB>value" a line with control characters and '%' escaped. Of secrets it has
    // digests, but for the password of the login, which the phone must be able to show.
    [[nodiscard]] std::string format() const;
    // P-9007
    static Result<PhoneMemory> parse(std::string_view text, const PhoneMaker& maker, std::string realm = {});

 private:
    using Values = std::map<std::string, std::string>;

    [[nodiscard]] bool passes_over(const std::string& step, std::string_view bytes) const;
    [[nodiscard]] bool rises(const TakenFile& file) const;
    [[nodiscard]] bool goes_by_change() const;
    void erase_before(const BootFiles& boot);
    void put(const TakenParameter& parameter);
    bool learn_passwords(const Values& sent);
    [[nodiscard]] std::optional<std::string> joined_address() const;
    void learn_password(int line, const std::string& password);
    [[nodiscard]] bool is_secret(const std::string& name) const;
    [[nodiscard]] const std::string* first_set(const std::vector<std::string>& names, int line) const;
    Values* section(std::string& name);

    const PhoneMaker* maker_;
    std::string realm_;
    MacAddress mac_;
    Values entries_;
    Values by_hand_;
    Values digests_;     // "ha1_md5.1" -> hexadecimal
    Values last_bytes_;  // step -> SHA-256 of the file that was taken last
};

}  // namespace provost::sim
