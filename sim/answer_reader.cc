#include "sim/answer_reader.h"

#include "base/ascii.h"

#include <algorithm>
#include <charconv>

namespace provost::sim {

namespace {

constexpr std::size_t head_limit = 32 * 1024;
constexpr std::size_t body_limit = 16 * 1024 * 1024;

std::string_view trim(std::string_view text) {
    while (text.starts_with(' ') || text.starts_with('\t')) text.remove_prefix(1);
    while (text.ends_with(' ') || text.ends_with('\t')) text.remove_suffix(1);
    return text;
}

template <class Number>
bool read_number(std::string_view text, Number& number) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc{} && end == text.data() + text.size();
}

}  // namespace

void AnswerReader::take(std::string_view bytes) {
    if (!fault_.empty() || whole_) return;
    if (in_body_) return take_body(bytes);
    head_.append(bytes);
    const auto end = head_.view().find("\r\n\r\n");
    if (end == std::string_view::npos) {
        if (head_.size() > head_limit) fault_ = "the answer's head is longer than 32 KB";
        return;
    }
    in_body_ = true;
    read_head(head_.view().substr(0, end));
    if (!fault_.empty()) return;
    if (head_only_ || status_ == 204 || status_ == 304) length_ = 0;
    take_body(head_.view().substr(end + 4));
    head_.clear();
}

void AnswerReader::end() {
    if (!fault_.empty() || whole_) return;
    if (in_body_ && !length_)
        whole_ = true;
    else
        fault_ = in_body_ ? "closed in the middle of the body" : "closed without an answer";
}

void AnswerReader::read_head(std::string_view head) {
    const std::string_view first = head.substr(0, head.find("\r\n"));
    if (!read_status(first)) {
        fault_ = "the answer is not HTTP/1";
        return;
    }
    for (head.remove_prefix(first.size()); head.starts_with("\r\n");) {
        head.remove_prefix(2);
        const std::string_view line = head.substr(0, head.find("\r\n"));
        read_header(line);
        head.remove_prefix(line.size());
    }
}

bool AnswerReader::read_status(std::string_view line) {
    server_closes_ = line.starts_with("HTTP/1.0 ");
    return line.size() >= 12 && (server_closes_ || line.starts_with("HTTP/1.1 ")) &&
           read_number(line.substr(9, 3), status_) && status_ >= 100;
}

void AnswerReader::read_header(std::string_view line) {
    const auto colon = line.find(':');
    const std::string name = lower_case(line.substr(0, colon));
    const std::string_view value = colon == line.npos ? "" : trim(line.substr(colon + 1));
    if (name != "date") headers_.append(name).append(": ").append(value).append("\n");
    if (name == "connection" && lower_case(value) == "close") server_closes_ = true;
    if (name == "transfer-encoding") fault_ = "the body is encoded for transfer, which no phone here takes";
    if (name != "content-length") return;
    std::size_t length = 0;
    if (!read_number(value, length) || length > body_limit) fault_ = "a bad or too large Content-Length";
    length_ = length;
}

void AnswerReader::take_body(std::string_view bytes) {
    if (length_) bytes = bytes.substr(0, *length_ - body_.size());
    if (body_.size() + bytes.size() > body_limit)
        fault_ = "the body is longer than 16 MB";
    else
        body_.append(bytes);
    whole_ = fault_.empty() && length_ && body_.size() == *length_;
}

}  // namespace provost::sim
