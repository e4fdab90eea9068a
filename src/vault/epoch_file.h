// The file of epoch keys: three slots under two headers, each a block of its own, overwritten in place.
#pragma once

#include "base/bytes.h"
#include "base/clock.h"
#include "base/result.h"
#include "vault/key_memory.h"

#include <array>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>

namespace provost {

struct Epoch {
    std::int64_t number = 0;
    Timestamp started{};
    Key key;
};

// Block 0 and 1: the header, twice: a sequence number and the epoch of each slot, under a MAC. Blocks 2 to 4:
// the slots, each an epoch's key sealed under the root key, or zeros. A change writes the new slot, then one
// header, then the other, then blanks the old slot, each synced before the next. So at every moment at least
// one header is whole and every slot it names is: a write cut anywhere leaves a file that opens as before the
// change or as after it. What a cut left behind (an older header, a slot that no header names) is tidied when
// the file is opened.
class EpochFile {
 public:
    static constexpr std::size_t slots = 3;
    static constexpr std::size_t block_size = 4096;
    using Block = std::array<std::uint8_t, block_size>;
    // Writes a block in place, durable on return; false: it can't. Tests cut it short.
    using WriteBlock = std::function<bool(int descriptor, std::size_t index, const Block& block)>;
    static bool write_block(int descriptor, std::size_t index, const Block& block);

    // A new file with one epoch in it. P-5003 if one is there.
    static Status make(const std::filesystem::path& file, const Key& root, const Epoch& first);
    // P-5005 absent or of another size, P-5006 mode or owner, P-5007 sealed under another root key, P-5008
    // damaged, P-5012 another process has it.
    static Result<std::unique_ptr<EpochFile>> open(const std::filesystem::path& file, const Key& root,
                                                   WriteBlock write = write_block);
    ~EpochFile();
    EpochFile(const EpochFile&) = delete;
    EpochFile& operator=(const EpochFile&) = delete;

    // In no order; at least one.
    [[nodiscard]] const std::array<std::optional<Epoch>, slots>& epochs() const { return epochs_; }
    // Durable on return. After P-5009 the file may hold the change or not; the next one first makes it say
    // again what the memory says.
    Status put(Epoch epoch);
    // The key is gone from the file and from memory on return. After P-5009 the epoch lives, to be erased
    // again.
    Status erase(std::int64_t number);

 private:
    struct Keys {  // drawn from the root key
        explicit Keys(const Key& root);
        Key slots, header;
        std::array<std::uint8_t, 16> root_id;
    };
    struct Entry {
        std::int64_t number = 0;  // 0: the slot is free
        std::int64_t started = 0;
        bool operator==(const Entry&) const = default;
    };
    struct Header {
        std::uint64_t sequence = 0;
        std::array<Entry, slots> entries{};
        bool operator==(const Header&) const = default;
    };
    EpochFile(int descriptor, const Key& root, std::filesystem::path file, WriteBlock write);

    [[nodiscard]] Block seal_header(const Header& header) const;
    [[nodiscard]] std::optional<Header> open_header(const Block& block) const;
    [[nodiscard]] Block seal_slot(std::size_t slot, const Epoch& epoch) const;
    [[nodiscard]] std::optional<Epoch> open_slot(std::size_t slot, const Entry& entry,
                                                 const Block& block) const;
    Status check_file() const;
    Status load();
    Status read_headers(std::array<std::optional<Header>, 2>& headers) const;
    Status tidy(const std::array<std::optional<Header>, 2>& headers);
    Status write(std::size_t index, const Block& block);
    Status write_headers(const Header& header, std::size_t first = 0);
    Status clear_free_slots();
    Status mend();
    [[nodiscard]] Error refused(const char* code, std::string what, std::string fix) const;

    int descriptor_;
    Keys keys_;
    std::filesystem::path file_;
    WriteBlock write_;
    Header header_;
    std::array<std::optional<Epoch>, slots> epochs_;
    std::optional<std::size_t> failed_;  // the block whose write failed last: it may be torn
};

}  // namespace provost
