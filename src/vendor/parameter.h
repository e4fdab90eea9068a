// A vendor's parameter on its way to the phone. It never holds a secret, only the name of one.
#pragma once

#include "domain/settings.h"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace provost {

// What the phone wants of a secret: the text itself, or a hash of it.
enum class SecretForm : std::uint8_t { clear, md5_crypt };

struct Parameter {
    std::string name;
    std::string value;  // of a secret: what stands in front of it, such as a user's name; mostly empty
    std::vector<std::pair<std::string, std::string>> attributes;  // XML element attributes, in order
    bool is_secret = false;
    bool repeats = false;  // others of its name and attributes stand beside it
    SettingKey secret;     // which secret fills the value: line.1.password, security.admin_password
    SecretForm form = SecretForm::clear;

    // Provenance, for `device explain`:
    std::uint8_t layer = 0;  // index into the layers merged; vendor_layer for fixed parameters
    SettingKey setting;      // the setting that made it
    bool operator==(const Parameter&) const = default;
};
using Parameters = std::vector<Parameter>;

// Gives the bytes of a secret to a renderer at the moment it writes them. The one for previews gives dots.
class SecretSource {
 public:
    virtual ~SecretSource() = default;
    // Empty if there is none: then the mapping left the parameter out.
    [[nodiscard]] virtual std::string_view secret(SettingKey which) const = 0;
    // Its hash in this form, which is not SecretForm::clear. A source that has made none gives none: the
    // secret itself must never stand where its hash belongs.
    [[nodiscard]] virtual std::string_view hashed(SettingKey /*which*/, SecretForm /*form*/) const {
        return {};
    }
};

}  // namespace provost
