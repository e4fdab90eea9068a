#include "net/body_reader.h"

#include <algorithm>

namespace provost {

namespace {

constexpr int max_size_digits = 8;
constexpr int max_extension_bytes = 4096;

int hex_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

}  // namespace

void BodyReader::begin_counted(std::uint64_t length) {
    left_ = length;
    step_ = length == 0 ? Step::complete : Step::counted;
}

void BodyReader::begin_chunked(std::uint64_t limit) {
    limit_ = limit;
    left_ = 0;
    digits_ = extension_bytes_ = 0;
    step_ = Step::size;
}

std::size_t BodyReader::feed(std::string_view input, std::string* into) {
    std::size_t used = 0;
    while (used < input.size() && !complete() && !refused()) {
        if (step_ == Step::counted || step_ == Step::data)
            used += take_data(input.substr(used), into);
        else
            step_ = after_framing(input[used++]);
    }
    return used;
}

std::size_t BodyReader::take_data(std::string_view input, std::string* into) {
    const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(left_, input.size()));
    if (into != nullptr) into->append(input.substr(0, count));
    left_ -= count;
    if (left_ == 0) step_ = step_ == Step::counted ? Step::complete : Step::data_cr;
    return count;
}

BodyReader::Step BodyReader::after_framing(char c) {
    const auto expect = [c](char wanted, Step next) { return c == wanted ? next : Step::refused; };
    switch (step_) {
        case Step::size:
            return after_size(c);
        case Step::extension:
            if (c == '\r') return Step::size_lf;
            return c < ' ' || ++extension_bytes_ > max_extension_bytes ? Step::refused : Step::extension;
        case Step::size_lf:
            return expect('\n', after_size_line());
        case Step::data_cr:
            return expect('\r', Step::data_lf);
        case Step::data_lf:
            return expect('\n', Step::size);
        case Step::last_cr:
            return expect('\r', Step::last_lf);
        case Step::last_lf:
            return expect('\n', Step::complete);
        default:
            return Step::refused;
    }
}

BodyReader::Step BodyReader::after_size(char c) {
    if (const int value = hex_value(c); value >= 0) {
        left_ = left_ * 16 + static_cast<std::uint64_t>(value);
        return ++digits_ > max_size_digits ? Step::refused : Step::size;
    }
    if (digits_ == 0 || left_ > limit_) return Step::refused;
    digits_ = 0;
    limit_ -= left_;
    if (c == '\r') return Step::size_lf;
    return c == ';' ? Step::extension : Step::refused;
}

BodyReader::Step BodyReader::after_size_line() const {
    return left_ == 0 ? Step::last_cr : Step::data;
}

}  // namespace provost
