// A 256-bit key in guarded, locked memory that is wiped when it goes.
#pragma once

#include <sodium.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

namespace provost {

constexpr std::size_t key_size = 32;

class Key {
 public:
    Key() : bytes_(static_cast<std::uint8_t*>(sodium_malloc(key_size))) {}
    static Key random() {
        Key key;
        randombytes_buf(key.bytes_.get(), key_size);
        return key;
    }
    [[nodiscard]] Key copy() const {
        Key key;
        for (std::size_t i = 0; i < key_size; ++i) key.bytes_[i] = bytes_[i];
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

}  // namespace provost
