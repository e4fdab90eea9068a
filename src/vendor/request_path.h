// A request's path, percent-decoded once and known to be harmless.
#pragma once

#include <array>
#include <optional>
#include <string_view>

namespace provost {

class RequestPath {
 public:
    static constexpr std::size_t longest = 512;  // as sent

    // Without query; one leading '/' is taken off. Decodes into itself, so it allocates nothing.
    explicit RequestPath(std::string_view path);
    RequestPath(const RequestPath&) = delete;
    RequestPath& operator=(const RequestPath&) = delete;

    // nullopt if refused: over-long, broken or double encoding, '..', backslash, not printable ASCII.
    [[nodiscard]] std::optional<std::string_view> text() const { return text_; }

 private:
    std::array<char, longest> bytes_;
    std::optional<std::string_view> text_;
};

}  // namespace provost
