// Reads an HTTP/1.x response as its bytes come: status line, headers, and a body by Content-Length or up to
// the end of the connection. A chunked body is refused: no phone here is known to need one.
#pragma once

#include "base/secret.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace provost::sim {

class AnswerReader {
 public:
    explicit AnswerReader(bool head_only) : head_only_(head_only) {}

    void take(std::string_view bytes);
    void end();  // the server closed the connection

    [[nodiscard]] bool whole() const { return whole_; }
    [[nodiscard]] const std::string& fault() const { return fault_; }  // empty: none so far
    [[nodiscard]] int status() const { return status_; }
    [[nodiscard]] bool server_closes() const { return server_closes_; }
    [[nodiscard]] std::size_t body_size() const { return body_.size(); }
    std::string take_headers() { return std::move(headers_); }
    OutputBuffer take_body() { return std::move(body_); }

 private:
    void read_head(std::string_view head);
    bool read_status(std::string_view line);
    void read_header(std::string_view line);
    void take_body(std::string_view bytes);

    bool head_only_;
    bool in_body_ = false, whole_ = false, server_closes_ = false;
    int status_ = 0;
    std::optional<std::size_t> length_;
    OutputBuffer head_;  // may hold the first bytes of the body for a moment
    std::string headers_, fault_;
    OutputBuffer body_;
};

}  // namespace provost::sim
