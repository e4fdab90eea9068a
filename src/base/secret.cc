#include "base/secret.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <new>

#include <sodium.h>

namespace provost {

void wipe(void* memory, std::size_t size) noexcept {
    if (size != 0) sodium_memzero(memory, size);
}

void OutputBuffer::append(std::string_view text) {
    if (size_ + text.size() > capacity_) reserve(std::max(size_ + text.size(), capacity_ * 2));
    if (!text.empty()) std::memcpy(data_ + size_, text.data(), text.size());
    size_ += text.size();
}

void OutputBuffer::reserve(std::size_t capacity) {
    if (capacity <= capacity_) return;
    static constexpr std::size_t granule = 64;
    const std::size_t rounded = (capacity + granule - 1) / granule * granule;
    auto* const grown = static_cast<char*>(std::malloc(rounded));
    if (grown == nullptr) throw std::bad_alloc();
    if (size_ != 0) std::memcpy(grown, data_, size_);
    const std::size_t size = size_;
    release();
    data_ = grown;
    size_ = size;
    capacity_ = rounded;
}

void OutputBuffer::clear() noexcept {
    wipe(data_, size_);
    size_ = 0;
}

void OutputBuffer::swap(OutputBuffer& other) noexcept {
    std::swap(data_, other.data_);
    std::swap(size_, other.size_);
    std::swap(capacity_, other.capacity_);
}

void OutputBuffer::release() noexcept {
    wipe(data_, size_);
    std::free(data_);
    data_ = nullptr;
    size_ = capacity_ = 0;
}

Secret Secret::copy_of(std::string_view bytes) {
    OutputBuffer buffer(bytes.size());
    buffer.append(bytes);
    return Secret(std::move(buffer));
}

bool Secret::same_as(const Secret& other) const {
    const auto a = buffer_.view();
    const auto b = other.buffer_.view();
    return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace provost
