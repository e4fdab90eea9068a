// A request's body, framed by Content-Length or by chunks (RFC 9112 sections 6 and 7.1), read strictly: CRLF
// only, sizes without signs or blanks, no trailers, and a limit on everything.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace provost {

class BodyReader {
 public:
    void begin_counted(std::uint64_t length);
    void begin_chunked(std::uint64_t limit);

    // Takes bytes from the front of `input` until the body ends and returns how many. `into` may be null:
    // thrown away.
    std::size_t feed(std::string_view input, std::string* into);

    [[nodiscard]] bool complete() const { return step_ == Step::complete; }
    [[nodiscard]] bool refused() const { return step_ == Step::refused; }

 private:
    enum class Step : std::uint8_t {
        counted,
        size,       // of a chunk
        extension,  // of a chunk's size line; ignored
        size_lf,
        data,
        data_cr,
        data_lf,
        last_cr,  // of the empty line after the last chunk
        last_lf,
        complete,
        refused
    };
    std::size_t take_data(std::string_view input, std::string* into);
    Step after_framing(char c);
    Step after_size(char c);
    Step after_size_line() const;

    Step step_ = Step::complete;
    std::uint64_t left_ = 0;   // of the body or of the chunk
    std::uint64_t limit_ = 0;  // what all further chunks may hold
    int digits_ = 0;           // of the size that is being read
    int extension_bytes_ = 0;  // of all chunks
};

}  // namespace provost
