// A strict cursor over rendered bytes. It knows what must come next and says where it did not.
#pragma once

#include "base/result.h"
#include "vendor/syntax/text.h"

#include <string>
#include <string_view>

namespace provost {

class Reader {
 public:
    explicit Reader(std::string_view bytes) : bytes_(bytes) {}

    [[nodiscard]] bool at_end() const { return at_ == bytes_.size(); }
    [[nodiscard]] std::size_t position() const { return at_; }
    [[nodiscard]] std::string_view rest() const { return bytes_.substr(at_); }
    void skip(std::size_t count) { at_ += count; }

    bool take(std::string_view literal);      // true, and behind it, if it is next
    Status expect(std::string_view literal);  // P-2302 if it isn't
    Status expect_end();

    // P-2302 with line and column, both from 1, of the cursor or of an earlier position.
    [[nodiscard]] tl::unexpected<Error> error(std::string_view what) const { return error_at(at_, what); }
    [[nodiscard]] tl::unexpected<Error> error_at(std::size_t position, std::string_view what) const;

 private:
    std::string_view bytes_;
    std::size_t at_ = 0;
};

// A reader, unless there are more bytes than a file may have (P-2302).
Result<Reader> read_file_of(std::string_view bytes);

}  // namespace provost
