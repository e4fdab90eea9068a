// A secret in memory, and the buffer a secret may be written into. Both wipe what they held.
#pragma once

#include "base/bytes.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace provost {

// Overwrites memory so that the compiler can't leave it out.
void wipe(void* memory, std::size_t size) noexcept;

// Bytes that grow and are wiped whenever they move or die. The process itself is kept out of swap and core
// dumps (app/process_hardening). The body of a response is rendered into one.
class OutputBuffer {
 public:
    OutputBuffer() = default;
    explicit OutputBuffer(std::size_t capacity) { reserve(capacity); }
    ~OutputBuffer() { release(); }
    OutputBuffer(const OutputBuffer&) = delete;
    OutputBuffer& operator=(const OutputBuffer&) = delete;
    OutputBuffer(OutputBuffer&& other) noexcept { swap(other); }
    OutputBuffer& operator=(OutputBuffer&& other) noexcept {
        OutputBuffer moved(std::move(other));
        swap(moved);
        return *this;
    }

    void append(std::string_view text);
    void append(char c) { append(std::string_view(&c, 1)); }
    void reserve(std::size_t capacity);
    void clear() noexcept;  // wipes, keeps the capacity

    [[nodiscard]] std::string_view view() const { return {data_, size_}; }
    [[nodiscard]] std::size_t size() const { return size_; }
    [[nodiscard]] bool empty() const { return size_ == 0; }

 private:
    void swap(OutputBuffer& other) noexcept;
    void release() noexcept;

    char* data_ = nullptr;
    std::size_t size_ = 0;
    std::size_t capacity_ = 0;
};

// A SIP password, a device's admin password, a key. It can't be copied, compared with ==, printed or logged:
// that does not compile. Its bytes leave through expose(), which a test counts (tests/checks/expose_count).
class Secret {
 public:
    Secret() = default;
    static Secret copy_of(std::string_view bytes);  // the caller wipes its own copy
    static Secret take(OutputBuffer&& buffer) { return Secret(std::move(buffer)); }

    Secret(const Secret&) = delete;
    Secret& operator=(const Secret&) = delete;
    Secret(Secret&&) noexcept = default;
    Secret& operator=(Secret&&) noexcept = default;
    bool operator==(const Secret&) const = delete;

    [[nodiscard]] std::string_view expose() const { return buffer_.view(); }
    [[nodiscard]] bool empty() const { return buffer_.empty(); }
    [[nodiscard]] bool same_as(const Secret& other) const;  // constant time

 private:
    explicit Secret(OutputBuffer&& buffer) : buffer_(std::move(buffer)) {}
    OutputBuffer buffer_;
};

}  // namespace provost
