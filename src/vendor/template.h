// Small texts with placeholders, such as "account.{line}.sip_server.1.address". No logic, no loops.
#pragma once

#include "base/result.h"
#include "domain/settings.h"
#include "vendor/url_part.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace provost {

// {line} {key}      the index, from 1      {line0} {key0}   the index, from 0
//                   ({line} in a key's rule: the line that key.line names, line 1 by default)
// {key-16} {line+1} the index, counted from elsewhere
// {line:02} {key-16:03}  ... with zeros in front up to two or three digits; {position} can do both, too
// {by_index}        the rule's own text for its index
// {value}           the rule's own setting, after its value map
// {item} {position} an item of a list (after the value map), and its place from 1
// {mac} {MAC}       the device's MAC, lower or upper case
// {provisioning.url.address|host|port|path}
//                   a part of a setting that is an URL, see UrlPart
// {time.zone}       another setting's canonical text: global, or of the same index; of the key's own line for
//                   a key ({line.user} in a key rule reads the line that key.line names)
// {{ and }}         the characters themselves
struct TemplatePart {
    enum class Kind : std::uint8_t {
        text,
        index,
        by_index,
        value,
        item,
        position,
        mac_lower,
        mac_upper,
        setting
    };
    Kind kind = Kind::text;
    std::string text;                           // Kind::text
    SettingId setting = 0;                      // Kind::setting
    SettingScope scope = SettingScope::global;  // Kind::index: whose index, line's or key's
    UrlPart url_part = UrlPart::whole;          // Kind::setting
    int offset = 0;                             // Kind::index and position: added to it
    int width = 0;                              // ... and the least number of digits
};

// "provisioning.url.host": a setting that is an URL, and a part of it; nullopt for anything else.
struct UrlPartName {
    SettingId setting;
    UrlPart part;
};
std::optional<UrlPartName> find_part_of_setting(std::string_view name);

class Template {
 public:
    Template() = default;
    static Result<Template> parse(std::string_view text);  // P-2101 with the unknown placeholder
    [[nodiscard]] const std::vector<TemplatePart>& parts() const { return parts_; }
    [[nodiscard]] const std::string& source() const { return source_; }
    [[nodiscard]] bool mentions(TemplatePart::Kind kind) const;

 private:
    std::string source_;
    std::vector<TemplatePart> parts_;
};

}  // namespace provost
