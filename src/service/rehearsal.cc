#include "service/rehearsal.h"

#include "base/ascii.h"
#include "crypto/md5_crypt.h"

#include <algorithm>

namespace provost {

namespace {

constexpr std::string_view hash = "$1$standin.$./0123456789ABCDEFGHIJ";

std::string cycled(std::string_view alphabet, int length) {
    std::string text;
    for (std::size_t i = 0; i < static_cast<std::size_t>(length); ++i) text += alphabet[i % alphabet.size()];
    return text;
}

bool is_plain(std::string_view secret) {
    return std::all_of(secret.begin(), secret.end(), is_letter_or_digit) || is_md5_crypt(secret);
}

// As the linter has it, and stricter: no setting of the phone at all may be its password.
bool is_weak(std::string_view secret, const Configuration& made) {
    const auto& known = made.policy->hardening().factory_passwords;
    return std::any_of(known.begin(), known.end(),
                       [&](const std::string& one) { return same_but_for_case(one, secret); }) ||
           std::any_of(made.settings.begin(), made.settings.end(),
                       [&](const auto& one) { return one.value == secret; });
}

}  // namespace

StandInSecrets::StandInSecrets(const SecretSpec& spec)
    : sip_(cycled(spec.password_alphabet, spec.sip_password_length)),
      other_(cycled(spec.admin_password_alphabet, spec.admin_password_length)),
      digest_(cycled("0123456789abcdef", 32)) {}

std::string_view StandInSecrets::secret(SettingKey which) const {
    static const SettingId password = find_setting("line.password").value();
    static const SettingId digest = find_setting("line.ha1").value();
    if (which.id == digest) return digest_;
    return which.id == password ? sip_ : other_;
}

std::string_view StandInSecrets::hashed(SettingKey, SecretForm) const {
    return hash;
}

// The longest that begins there: they may begin alike.
std::size_t StandInSecrets::length_at(std::string_view text) const {
    std::size_t longest = 0;
    for (const std::string_view one :
         {std::string_view(sip_), std::string_view(other_), std::string_view(digest_), hash})
        if (text.starts_with(one)) longest = std::max(longest, one.size());
    return longest;
}

std::pair<std::size_t, std::size_t> StandInSecrets::around(std::string_view text, std::size_t from,
                                                           std::size_t at) const {
    const auto longest = std::max({sip_.size(), other_.size(), digest_.size(), hash.size()});
    for (auto begin = at;; --begin) {
        const auto length = length_at(text.substr(begin));
        if (begin + length > at) return {begin, length};
        if (begin == from || at - begin == longest) return {at, 0};
    }
}

Result<Rehearsal> Rehearsal::of(const FileMaker& maker) {
    Rehearsal made;
    PROVOST_CHECK(
        maker.shelf.syntax(maker.vendor, maker.facts.model)
            .render(maker.configuration.parameters, StandInSecrets(maker.vendor.secrets), made.bytes_));
    return made;
}

bool Rehearsal::vouches_for(std::string_view file, const FileMaker& maker) const {
    const auto rehearsed = bytes();
    if (file.size() != rehearsed.size()) return false;
    const StandInSecrets stand_ins(maker.vendor.secrets);
    for (std::size_t at = 0; at < file.size();) {
        // Secret and stand-in may begin alike: the first letter that differs can lie within.
        const auto differs = static_cast<std::size_t>(
            std::mismatch(file.begin() + at, file.end(), rehearsed.begin() + at).first - file.begin());
        if (differs == file.size()) return true;
        const auto [begin, length] = stand_ins.around(rehearsed, at, differs);
        const auto secret = file.substr(begin, length);
        if (secret.empty() || !is_plain(secret) || is_weak(secret, maker.configuration)) return false;
        at = begin + length;
    }
    return true;
}

}  // namespace provost
