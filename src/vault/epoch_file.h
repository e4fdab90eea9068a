// The file of epoch keys: a header and three fixed slots of one disk sector each, overwritten in place.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>

#include "base/clock.h"
#include "base/result.h"
#include "vault/key_memory.h"

namespace provost {

struct Epoch {
    std::int64_t number = 0;
    Timestamp started{};
    Key key;
};

// Every slot is sealed under the root key at all times, also an empty one, so that a damaged, half-written or foreign
// file is recognised and never read as an empty one. A sector is written whole or not at all, by the kernel when the
// process dies and by the disk when the power goes.
class EpochFile {
 public:
    static constexpr std::size_t slots = 3;

    // A new file with one epoch in it. Fails if one is there.
    static Status make(const std::filesystem::path& file, const Key& root, const Epoch& first);
    // P-5005 absent or of another size, P-5006 mode, P-5007 sealed under another root key, P-5008 damaged.
    static Result<std::unique_ptr<EpochFile>> open(const std::filesystem::path& file, const Key& root);
    ~EpochFile();
    EpochFile(const EpochFile&) = delete;
    EpochFile& operator=(const EpochFile&) = delete;

    [[nodiscard]] const std::array<std::optional<Epoch>, slots>& epochs() const { return epochs_; }
    // Seals into a free slot, durable on return.
    Status put(Epoch epoch);
    // Overwrites the slot of an epoch, durable on return; the key in memory is wiped.
    Status erase(std::int64_t number);

 private:
    EpochFile(int descriptor, const Key& root, std::filesystem::path file);
    Status read_slots();

    int descriptor_;
    Key root_;
    std::filesystem::path file_;
    std::array<std::optional<Epoch>, slots> epochs_;
};

}  // namespace provost
