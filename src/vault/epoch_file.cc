#include "vault/epoch_file.h"

#include "vault/private_file.h"
#include "vault/xchacha.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <string_view>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace provost {

namespace {

constexpr std::size_t header_blocks = 2;
constexpr std::size_t file_size = (header_blocks + EpochFile::slots) * EpochFile::block_size;
constexpr std::string_view epoch_magic = "PROVOST-EPOCHS-2";
constexpr std::size_t mac_size = 32;
constexpr const char* restore =
    "Put the key folder's newest copy back, or begin anew and arm the devices again";

// Numbers in the file are little-endian.
std::uint8_t* put_number(std::uint8_t* out, std::uint64_t number) {
    for (int shift = 0; shift < 64; shift += 8) *out++ = static_cast<std::uint8_t>(number >> shift);
    return out;
}

std::uint64_t take_number(const std::uint8_t*& in) {
    std::uint64_t number = 0;
    for (int shift = 0; shift < 64; shift += 8) number |= static_cast<std::uint64_t>(*in++) << shift;
    return number;
}

void draw(const Key& root, std::uint64_t purpose, std::uint8_t* out, std::size_t size) {
    crypto_kdf_derive_from_key(out, size, purpose, "PVSTepch", root.data());
}

void authenticate(const EpochFile::Block& block, std::size_t size, const Key& key, std::uint8_t* mac) {
    crypto_generichash(mac, mac_size, block.data(), size, key.data(), key_size);
}

// A slot's key opens in its own slot, for its own epoch only.
std::array<std::uint8_t, 24> slot_context(std::size_t slot, std::int64_t number, std::int64_t started) {
    std::array<std::uint8_t, 24> context{};
    auto* const next = put_number(context.data(), slot);
    put_number(put_number(next, static_cast<std::uint64_t>(number)), static_cast<std::uint64_t>(started));
    return context;
}

bool read_block(int descriptor, std::size_t index, EpochFile::Block& block) {
    const auto offset = static_cast<off_t>(index * block.size());
    return ::pread(descriptor, block.data(), block.size(), offset) == static_cast<ssize_t>(block.size());
}

}  // namespace

bool EpochFile::write_block(int descriptor, std::size_t index, const Block& block) {
    const auto offset = static_cast<off_t>(index * block.size());
    return ::pwrite(descriptor, block.data(), block.size(), offset) == static_cast<ssize_t>(block.size()) &&
           ::fsync(descriptor) == 0;
}

EpochFile::Keys::Keys(const Key& root) {
    draw(root, 1, slots.data(), key_size);
    draw(root, 2, header.data(), key_size);
    draw(root, 3, root_id.data(), root_id.size());
}

EpochFile::EpochFile(int descriptor, const Key& root, std::filesystem::path file, WriteBlock write)
    : descriptor_(descriptor), keys_(root), file_(std::move(file)), write_(std::move(write)) {}

EpochFile::~EpochFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

Error EpochFile::refused(const char* code, std::string what, std::string fix) const {
    return {code, std::move(what), file_.string(), "", std::move(fix)};
}

EpochFile::Block EpochFile::seal_header(const Header& header) const {
    Block block{};
    auto* out = std::copy(epoch_magic.begin(), epoch_magic.end(), block.data());
    out = std::copy(keys_.root_id.begin(), keys_.root_id.end(), out);
    out = put_number(out, header.sequence);
    for (const auto& entry : header.entries) {
        out = put_number(out, static_cast<std::uint64_t>(entry.number));
        out = put_number(out, static_cast<std::uint64_t>(entry.started));
    }
    authenticate(block, static_cast<std::size_t>(out - block.data()), keys_.header, out);
    return block;
}

std::optional<EpochFile::Header> EpochFile::open_header(const Block& block) const {
    Header header;
    const auto* in = block.data() + epoch_magic.size() + keys_.root_id.size();
    header.sequence = take_number(in);
    for (auto& entry : header.entries) {
        entry.number = static_cast<std::int64_t>(take_number(in));
        entry.started = static_cast<std::int64_t>(take_number(in));
    }
    const Block expected = seal_header(header);
    if (sodium_memcmp(expected.data(), block.data(), block.size()) != 0) return std::nullopt;
    return header;
}

EpochFile::Block EpochFile::seal_slot(std::size_t slot, const Epoch& epoch) const {
    Block block{};
    randombytes_buf(block.data(), nonce_size);
    const auto context = slot_context(slot, epoch.number, to_millis(epoch.started));
    crypto_aead_xchacha20poly1305_ietf_encrypt(block.data() + nonce_size, nullptr, epoch.key.data(), key_size,
                                               context.data(), context.size(), nullptr, block.data(),
                                               keys_.slots.data());
    return block;
}

std::optional<Epoch> EpochFile::open_slot(std::size_t slot, const Entry& entry, const Block& block) const {
    Epoch epoch{entry.number, from_millis(entry.started), {}};
    const auto context = slot_context(slot, entry.number, entry.started);
    const int opened = crypto_aead_xchacha20poly1305_ietf_decrypt(
        epoch.key.data(), nullptr, nullptr, block.data() + nonce_size, key_size + tag_size, context.data(),
        context.size(), block.data(), keys_.slots.data());
    if (opened != 0) return std::nullopt;
    return epoch;
}

Status EpochFile::make(const std::filesystem::path& file, const Key& root, const Epoch& first) {
    const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    EpochFile made(descriptor, root, file, write_block);
    if (descriptor < 0)
        return fail({"P-5003", "the epoch keys can't be made", file.string(), std::strerror(errno),
                     "Keys are never made over others: move the old ones away if they are lost for good"});
    const Header header{1, {Entry{first.number, to_millis(first.started)}}};
    Status done = made.write(header_blocks, made.seal_slot(0, first));
    for (std::size_t slot = 1; slot < slots && done; ++slot) done = made.write(header_blocks + slot, Block{});
    if (done) done = made.write_headers(header);
    if (!done) ::unlink(file.c_str());
    return done;
}

Result<std::unique_ptr<EpochFile>> EpochFile::open(const std::filesystem::path& file, const Key& root,
                                                   WriteBlock write) {
    const int descriptor = ::open(file.c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW);
    const std::string why = std::strerror(errno);
    std::unique_ptr<EpochFile> opened(new EpochFile(descriptor, root, file, std::move(write)));
    if (descriptor < 0) return fail({"P-5005", "the epoch keys can't be read", file.string(), why, restore});
    PROVOST_CHECK(opened->check_file());
    PROVOST_CHECK(opened->load());
    return opened;
}

Status EpochFile::check_file() const {
    PROVOST_TRY(const auto size, check_private(descriptor_, file_, "P-5006"));
    if (size != file_size)
        return fail(
            refused("P-5005", "the epoch keys have the wrong size: cut off, or another file", restore));
    if (::flock(descriptor_, LOCK_EX | LOCK_NB) == 0) return {};
    return fail(refused("P-5012", "another process has the epoch keys open", "End the other server"));
}

Status EpochFile::load() {
    std::array<std::optional<Header>, header_blocks> headers;
    PROVOST_CHECK(read_headers(headers));
    const auto& [one, two] = headers;
    header_ = !two || (one && one->sequence >= two->sequence) ? *one : *two;
    bool any = false;
    for (std::size_t slot = 0; slot < slots; ++slot) {
        const auto& entry = header_.entries[slot];
        if (entry.number == 0) continue;
        Block block;
        if (read_block(descriptor_, header_blocks + slot, block))
            epochs_[slot] = open_slot(slot, entry, block);
        if (!epochs_[slot])
            return fail(
                refused("P-5008", "slot " + std::to_string(slot) + " of the epoch keys is damaged", restore));
        any = true;
    }
    if (!any) return fail(refused("P-5008", "the epoch keys hold no epoch", restore));
    return tidy(headers);
}

// One whole header is enough: both say the same, except within a change, and then either is right.
Status EpochFile::read_headers(std::array<std::optional<Header>, header_blocks>& headers) const {
    bool foreign = false;
    for (std::size_t index = 0; index < header_blocks; ++index) {
        Block block{};
        if (read_block(descriptor_, index, block)) headers[index] = open_header(block);
        const auto* const id = block.data() + epoch_magic.size();
        foreign |= std::equal(epoch_magic.begin(), epoch_magic.end(), block.begin()) &&
                   !std::equal(keys_.root_id.begin(), keys_.root_id.end(), id);
    }
    if (headers[0] || headers[1]) return {};
    if (foreign)
        return fail(refused("P-5007", "the epoch keys were sealed under another root key",
                            "Put the root.key back that belongs to them"));
    return fail(refused("P-5008", "the epoch keys are damaged", restore));
}

Status EpochFile::tidy(const std::array<std::optional<Header>, header_blocks>& headers) {
    if (headers[0] != headers[1]) {
        const std::size_t stale = headers[0] == header_ ? 1 : 0;
        PROVOST_CHECK(write(stale, seal_header(header_)));
    }
    return clear_free_slots();
}

Status EpochFile::clear_free_slots() {
    for (std::size_t slot = 0; slot < slots; ++slot) {
        Block block{};
        if (header_.entries[slot].number != 0) continue;
        if (!read_block(descriptor_, header_blocks + slot, block) || block != Block{})
            PROVOST_CHECK(write(header_blocks + slot, Block{}));
    }
    return {};
}

// The block that may be torn comes first: until it is whole, the other header is the one that counts. Slots
// in use were not being written, so they are as they were.
Status EpochFile::mend() {
    if (!failed_) return {};
    const auto first = *failed_ < header_blocks ? *failed_ : 0;
    Header next = header_;
    next.sequence += 2;  // above that of the change that failed
    header_.sequence = next.sequence;
    PROVOST_CHECK(write_headers(next, first));
    for (std::size_t slot = 0; slot < slots; ++slot)
        if (header_.entries[slot].number == 0) PROVOST_CHECK(write(header_blocks + slot, Block{}));
    failed_.reset();
    return {};
}

Status EpochFile::write(std::size_t index, const Block& block) {
    if (write_(descriptor_, index, block)) return {};
    const std::string why = std::strerror(errno);
    failed_ = index;
    return fail({"P-5009", "the epoch keys can't be written", file_.string(), why,
                 "Check the disk; it is tried again by itself"});
}

Status EpochFile::write_headers(const Header& header, std::size_t first) {
    const Block block = seal_header(header);
    for (std::size_t count = 0; count < header_blocks; ++count)
        PROVOST_CHECK(write((first + count) % header_blocks, block));
    header_ = header;
    return {};
}

Status EpochFile::put(Epoch epoch) {
    PROVOST_CHECK(mend());
    std::size_t slot = 0;
    while (slot < slots && epochs_[slot]) ++slot;
    if (slot == slots)
        return fail(refused("P-5002", "every slot holds an epoch", "Close the oldest one first"));
    PROVOST_CHECK(write(header_blocks + slot, seal_slot(slot, epoch)));
    Header next = header_;
    ++next.sequence;
    next.entries[slot] = {epoch.number, to_millis(epoch.started)};
    PROVOST_CHECK(write_headers(next));
    epochs_[slot] = std::move(epoch);
    return {};
}

Status EpochFile::erase(std::int64_t number) {
    PROVOST_CHECK(mend());
    for (std::size_t slot = 0; slot < slots; ++slot) {
        if (!epochs_[slot] || epochs_[slot]->number != number) continue;
        Header next = header_;
        ++next.sequence;
        next.entries[slot] = {};
        PROVOST_CHECK(write_headers(next));
        PROVOST_CHECK(write(header_blocks + slot, Block{}));
        epochs_[slot].reset();
    }
    return {};
}

}  // namespace provost
