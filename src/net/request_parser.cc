#include "net/request_parser.h"

#include "base/ascii.h"

#include <algorithm>
#include <charconv>

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/basic_parser.hpp>

namespace provost {

namespace {

namespace http = boost::beast::http;
using ErrorCode = boost::beast::error_code;
using View = boost::beast::string_view;

std::string_view plain(View text) {
    return {text.data(), text.size()};
}

// Is `word` one of the comma-separated tokens of `list`?
bool lists(std::string_view list, std::string_view word) {
    while (!list.empty()) {
        const auto comma = std::min(list.find(','), list.size());
        auto token = list.substr(0, comma);
        while (!token.empty() && (token.front() == ' ' || token.front() == '\t')) token.remove_prefix(1);
        while (!token.empty() && (token.back() == ' ' || token.back() == '\t')) token.remove_suffix(1);
        if (same_but_for_case(token, word)) return true;
        list.remove_prefix(std::min(comma + 1, list.size()));
    }
    return false;
}

bool is_number(std::string_view text) {
    return !text.empty() && text.size() <= 18 &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool is_origin_form(std::string_view target) {
    return !target.empty() && target.front() == '/' &&
           std::all_of(target.begin(), target.end(), [](char c) { return c > ' ' && c < '\x7f'; });
}

// Beast's parser of a head, with our own, stricter, view of the fields that frame a message. Bodies never
// reach it: its release 1.81 stops on an assertion when the last chunk comes in pieces.
class HeadParser : private http::basic_parser<true> {
 public:
    HeadParser(const RequestLimits& limits, RequestHead& head) : limits_(limits), head_(head) {
        header_limit(static_cast<std::uint32_t>(limits.line + limits.header_bytes));
        body_limit(boost::none);
    }

    // `whole` is a head up to and with its empty line.
    bool read(std::string_view whole) {
        ErrorCode error;
        const auto used = put(boost::asio::const_buffer(whole.data(), whole.size()), error);
        return !error && used == whole.size() && is_header_done();
    }
    [[nodiscard]] bool chunked() const { return encodings_ != 0; }
    [[nodiscard]] std::uint64_t length() const { return length_; }

 private:
    void on_request_impl(http::verb, View method, View target, int version, ErrorCode& error) override {
        head_.method = plain(method);
        head_.target = plain(target);
        head_.http_1_1 = version == 11;
        head_.fields.reserve(8);
        if (!is_origin_form(head_.target)) refuse(error);
    }

    void on_field_impl(http::field name, View name_text, View value, ErrorCode& error) override {
        const auto text = plain(value);
        bool allowed = head_.fields.size() < limits_.headers;
        if (name == http::field::host) allowed &= ++hosts_ == 1;
        if (name == http::field::content_length) allowed &= ++lengths_ == 1 && is_number(text);
        if (name == http::field::transfer_encoding)
            allowed &= ++encodings_ == 1 && same_but_for_case(text, "chunked");
        if (name == http::field::expect) allowed &= same_but_for_case(text, "100-continue");
        if (!allowed) {
            refuse(error);
            return;
        }
        if (name == http::field::content_length)
            std::from_chars(text.data(), text.data() + text.size(), length_);
        if (name == http::field::expect) head_.expects_continue = true;
        if (name == http::field::connection) {
            says_close_ |= lists(text, "close");
            says_keep_alive_ |= lists(text, "keep-alive");
        }
        head_.fields.emplace_back(lower_case(plain(name_text)), std::string(text));
    }

    void on_header_impl(ErrorCode& error) override {
        head_.keep_alive = !says_close_ && (head_.http_1_1 || says_keep_alive_);
        if (!head_.http_1_1) head_.expects_continue = false;
        const bool two_framings = lengths_ + encodings_ > 1;
        const bool old_chunks = encodings_ != 0 && !head_.http_1_1;
        if (two_framings || old_chunks || (head_.http_1_1 && hosts_ == 0)) refuse(error);
    }

    std::size_t on_body_impl(View, ErrorCode& error) override { return refuse(error); }
    std::size_t on_chunk_body_impl(std::uint64_t, View, ErrorCode& error) override { return refuse(error); }
    void on_response_impl(int, View, int, ErrorCode& error) override { refuse(error); }
    void on_body_init_impl(const boost::optional<std::uint64_t>&, ErrorCode&) override {}
    void on_chunk_header_impl(std::uint64_t, View, ErrorCode&) override {}
    void on_finish_impl(ErrorCode&) override {}

    static std::size_t refuse(ErrorCode& error) {
        error = http::make_error_code(http::error::bad_field);
        return 0;
    }

    const RequestLimits& limits_;
    RequestHead& head_;
    std::uint64_t length_ = 0;
    int hosts_ = 0, lengths_ = 0, encodings_ = 0;
    bool says_close_ = false, says_keep_alive_ = false;
};

}  // namespace

std::string_view RequestHead::field(std::string_view lower_case_name) const {
    for (const auto& [name, value] : fields)
        if (name == lower_case_name) return value;
    return {};
}

std::shared_ptr<const Secret> RequestHead::take_secret(std::string_view lower_case_name) {
    std::shared_ptr<const Secret> taken;
    int count = 0;
    for (auto& [name, value] : fields) {
        if (name != lower_case_name) continue;
        if (++count == 1) taken = std::make_shared<const Secret>(Secret::copy_of(value));
        wipe(value.data(), value.size());
        value.clear();
    }
    return count == 1 ? taken : nullptr;
}

void RequestParser::next() {
    head_ = {};
    scanned_ = line_start_ = 0;
    state_ = State::head;
}

std::size_t RequestParser::feed(std::string_view input) {
    if (state_ == State::head) return feed_head(input);
    if (state_ != State::body) return 0;
    const auto used = body_.feed(input, kept_body_);
    if (body_.complete()) state_ = State::complete;
    if (body_.refused()) state_ = State::refused;
    return used;
}

// Beast takes folded lines and some control characters as text; a proxy before us may see two requests there.
bool RequestParser::line_allowed(std::string_view line) {
    const bool request_line = line_start_ == 0;
    if (request_line && line.size() > limits_.line) return false;
    if (line.empty()) return !request_line;
    if (line.front() == ' ' || line.front() == '\t') return false;
    return std::all_of(line.begin(), line.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return (byte >= 0x20 && byte != 0x7f) || byte == '\t';
    });
}

// Sets `length` once the empty line that ends the head is there.
void RequestParser::scan_head(std::string_view input, std::size_t& length) {
    while (length == 0) {
        const auto newline = input.find('\n', scanned_);
        const auto end = std::min(newline, input.size());
        const auto limit = line_start_ == 0 ? limits_.line + 2 : limits_.line + limits_.header_bytes;
        const bool whole = newline != std::string_view::npos;
        if (end > limit || (whole && (end == line_start_ || input[end - 1] != '\r'))) {
            state_ = State::refused;
            return;
        }
        scanned_ = end;
        if (!whole) return;
        const auto line = input.substr(line_start_, end - 1 - line_start_);
        if (!line_allowed(line)) {
            state_ = State::refused;
            return;
        }
        scanned_ = line_start_ = end + 1;
        if (line.empty()) length = line_start_;
    }
}

std::size_t RequestParser::feed_head(std::string_view input) {
    std::size_t length = 0;
    scan_head(input, length);
    if (length == 0 || state_ == State::refused) return 0;
    HeadParser parser(limits_, head_);
    if (!parser.read(input.substr(0, length)) || parser.length() > limits_.body) {
        state_ = State::refused;
        return length;
    }
    if (parser.chunked())
        body_.begin_chunked(limits_.body);
    else
        body_.begin_counted(parser.length());
    state_ = body_.complete() ? State::complete : State::body;
    return length;
}

}  // namespace provost
