// HTTP/1.x requests, read strictly: what RFC 9112 lets a server repair is refused (SECURITY section 6).
#pragma once

#include "base/secret.h"
#include "net/body_reader.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace provost {

struct RequestLimits {
    std::size_t line = 8'192;           // request line, bytes
    std::size_t header_bytes = 32'768;  // all lines after it
    std::size_t headers = 100;
    std::uint64_t body = 1'048'576;
};

struct RequestHead {
    std::string method;  // as sent
    std::string target;  // origin form: begins with '/', visible ASCII only
    std::vector<std::pair<std::string, std::string>> fields;  // names in lower case, values trimmed
    bool http_1_1 = false;
    bool keep_alive = false;
    bool expects_continue = false;

    [[nodiscard]] std::string_view field(std::string_view lower_case_name) const;  // empty if absent
    // Takes the value out and wipes what it lay in; null where the field is absent or there more than once.
    std::shared_ptr<const Secret> take_secret(std::string_view lower_case_name);
};

// One parser reads the requests of one connection, one after another, from bytes as they come.
class RequestParser {
 public:
    enum class State : std::uint8_t { head, body, complete, refused };

    explicit RequestParser(const RequestLimits& limits) : limits_(limits) {}

    // Reads from the front of `input` and returns how many bytes it is done with; the rest must be given
    // again with more behind it. Stops when the head is complete, so that the caller may decide before the
    // body.
    std::size_t feed(std::string_view input);
    // Ready for the connection's next request.
    void next();
    // Where the bodies of this connection go; thrown away without it.
    void keep_body(std::string* into) { kept_body_ = into; }

    [[nodiscard]] State state() const { return state_; }
    [[nodiscard]] const RequestHead& head() const { return head_; }
    [[nodiscard]] RequestHead& head() { return head_; }

 private:
    RequestLimits limits_;
    RequestHead head_;
    BodyReader body_;
    std::string* kept_body_ = nullptr;
    std::size_t scanned_ = 0;     // bytes of the head already searched for its end
    std::size_t line_start_ = 0;  // of the head's line that is being searched
    State state_ = State::head;

    void scan_head(std::string_view input, std::size_t& length);
    bool line_allowed(std::string_view line);
    std::size_t feed_head(std::string_view input);
};

}  // namespace provost
