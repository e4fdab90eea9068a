// Memory for keys: guarded and locked for those that stay, wiped for those that pass through.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>

#include <sodium.h>

namespace provost {

constexpr std::size_t key_size = 32;

// A 256-bit key that stays: between guard pages, kept out of swap and core dumps, wiped when it goes.
class Key {
 public:
    Key() {
        if (sodium_init() < 0) throw std::bad_alloc();  // guarded memory needs it; cheap once done
        bytes_.reset(static_cast<std::uint8_t*>(sodium_malloc(key_size)));
        if (!bytes_) throw std::bad_alloc();
    }
    static Key random() {
        Key key;
        randombytes_buf(key.data(), key_size);
        return key;
    }

    [[nodiscard]] std::uint8_t* data() { return bytes_.get(); }
    [[nodiscard]] const std::uint8_t* data() const { return bytes_.get(); }

 private:
    struct Free {
        void operator()(std::uint8_t* memory) const { sodium_free(memory); }
    };
    std::unique_ptr<std::uint8_t[], Free> bytes_;
};

// Key bytes of one call, on its stack: guarded memory costs more than the cryptography.
template <std::size_t size>
struct Passing : std::array<std::uint8_t, size> {
    Passing() { this->fill(0); }
    ~Passing() { sodium_memzero(this->data(), size); }
    Passing(const Passing&) = delete;
    Passing& operator=(const Passing&) = delete;
};

}  // namespace provost
