// A phone's file with stand-ins in the place of its secrets: what can be checked, shown and kept of a file
// that itself can't (R-D7, R-B5).
#pragma once

#include "service/configuration.h"

#include <string>
#include <string_view>
#include <utility>

namespace provost {

// Whose file it is, and what it was made of.
struct FileMaker {
    const VendorShelf& shelf;
    const VendorSpec& vendor;
    const Device& device;
    PhoneFacts facts;
    const Configuration& configuration;
};

// Texts as long as generated secrets and of the same letters.
class StandInSecrets final : public SecretSource {
 public:
    explicit StandInSecrets(const SecretSpec& spec);
    [[nodiscard]] std::string_view secret(SettingKey which) const override;
    [[nodiscard]] std::string_view hashed(SettingKey which, SecretForm form) const override;

    // Where the one lies in `text` that the letter at `at` is part of, not before `from`: begin and length. A
    // length of 0: it is part of none.
    [[nodiscard]] std::pair<std::size_t, std::size_t> around(std::string_view text, std::size_t from,
                                                             std::size_t at) const;

 private:
    [[nodiscard]] std::size_t length_at(std::string_view text) const;

    std::string sip_, other_, digest_;
};

class Rehearsal {
 public:
    Rehearsal() = default;
    // P-2301 if the syntax can't write it.
    static Result<Rehearsal> of(const FileMaker& maker);

    [[nodiscard]] std::string_view bytes() const { return bytes_.view(); }

    // Whether what was found of the rehearsal holds for `file` too, made by the same maker with its secrets:
    // they differ in the text of secrets alone, each as long as its stand-in, of letters and digits (or an
    // MD5-crypt hash), so that no syntax reads anything else into it, and none that a linter would call weak.
    // False: ask the linter.
    [[nodiscard]] bool vouches_for(std::string_view file, const FileMaker& maker) const;

 private:
    OutputBuffer bytes_;
};

}  // namespace provost
