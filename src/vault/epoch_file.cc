#include "vault/epoch_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace provost {

namespace {

constexpr std::size_t sector = 512;
constexpr std::size_t file_size = sector * (1 + EpochFile::slots);
constexpr std::array<std::uint8_t, 16> magic = {'P', 'R', 'O', 'V', 'O', 'S', 'T', '-', 'E', 'P', 'O', 'C', 'H', 'S', '0', '1'};
constexpr std::size_t nonce_size = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t tag_size = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr std::size_t plain_size = 8 + 8 + key_size;  // number, started, key

using Sector = std::array<std::uint8_t, sector>;

Error file_error(const char* code, std::string what, const std::filesystem::path& file, std::string fix) {
    return {code, std::move(what), file.string(), "", std::move(fix)};
}

void put_number(std::uint8_t* out, std::int64_t number) {
    for (int i = 0; i < 8; ++i) out[i] = static_cast<std::uint8_t>(static_cast<std::uint64_t>(number) >> (8 * i));
}

std::int64_t get_number(const std::uint8_t* in) {
    std::uint64_t number = 0;
    for (int i = 7; i >= 0; --i) number = number << 8 | in[i];
    return static_cast<std::int64_t>(number);
}

Sector header_sector(const Key& root) {
    Sector out{};
    std::copy(magic.begin(), magic.end(), out.begin());
    crypto_generichash(out.data() + magic.size(), 32, magic.data(), magic.size(), root.data(), key_size);
    return out;
}

std::array<std::uint8_t, 17> slot_context(std::size_t slot) {
    std::array<std::uint8_t, 17> context{};
    std::copy(magic.begin(), magic.end(), context.begin());
    context[16] = static_cast<std::uint8_t>(slot);
    return context;
}

// An empty slot is epoch 0 with a random key: outside it looks like any other.
Sector seal_slot(const Key& root, std::size_t slot, const Epoch* epoch) {
    std::array<std::uint8_t, plain_size> plain{};
    put_number(plain.data(), epoch == nullptr ? 0 : epoch->number);
    put_number(plain.data() + 8, epoch == nullptr ? 0 : to_millis(epoch->started));
    if (epoch == nullptr) randombytes_buf(plain.data() + 16, key_size);
    else std::copy_n(epoch->key.data(), key_size, plain.data() + 16);
    Sector out;
    randombytes_buf(out.data(), out.size());
    const auto context = slot_context(slot);
    crypto_aead_xchacha20poly1305_ietf_encrypt(out.data() + nonce_size, nullptr, plain.data(), plain.size(),
                                               context.data(), context.size(), nullptr, out.data(), root.data());
    sodium_memzero(plain.data(), plain.size());
    return out;
}

std::optional<Epoch> open_slot(const Key& root, std::size_t slot, const Sector& in) {
    std::array<std::uint8_t, plain_size> plain{};
    const auto context = slot_context(slot);
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(plain.data(), nullptr, nullptr, in.data() + nonce_size,
                                                   plain_size + tag_size, context.data(), context.size(), in.data(),
                                                   root.data()) != 0)
        return std::nullopt;
    Epoch epoch{get_number(plain.data()), from_millis(get_number(plain.data() + 8)), {}};
    std::copy_n(plain.data() + 16, key_size, epoch.key.data());
    sodium_memzero(plain.data(), plain.size());
    return epoch;
}

bool write_sector(int descriptor, std::size_t index, const Sector& bytes) {
    const auto written = ::pwrite(descriptor, bytes.data(), bytes.size(), static_cast<off_t>(index * sector));
    return written == static_cast<ssize_t>(bytes.size()) && ::fsync(descriptor) == 0;
}

bool read_sector(int descriptor, std::size_t index, Sector& bytes) {
    return ::pread(descriptor, bytes.data(), bytes.size(), static_cast<off_t>(index * sector)) ==
           static_cast<ssize_t>(bytes.size());
}

}  // namespace

EpochFile::EpochFile(int descriptor, const Key& root, std::filesystem::path file)
    : descriptor_(descriptor), root_(root.copy()), file_(std::move(file)) {}

EpochFile::~EpochFile() { ::close(descriptor_); }

Status EpochFile::make(const std::filesystem::path& file, const Key& root, const Epoch& first) {
    const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (descriptor < 0)
        return fail({"P-5003", "the epoch keys can't be made", file.string(), std::strerror(errno),
                     "Keys are never made anew over others; move the old ones away if they are lost for good."});
    bool good = write_sector(descriptor, 0, header_sector(root));
    for (std::size_t slot = 0; slot < slots && good; ++slot)
        good = write_sector(descriptor, 1 + slot, seal_slot(root, slot, slot == 0 ? &first : nullptr));
    ::close(descriptor);
    if (good) return {};
    ::unlink(file.c_str());
    return fail({"P-5003", "the epoch keys can't be written", file.string(), std::strerror(errno)});
}

Result<std::unique_ptr<EpochFile>> EpochFile::open(const std::filesystem::path& file, const Key& root) {
    struct stat facts {};
    const int descriptor = ::open(file.c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW);
    if (descriptor < 0 || ::fstat(descriptor, &facts) != 0)
        return fail({"P-5005", "the epoch keys can't be read", file.string(), std::strerror(errno),
                     "Without them every stored secret is lost: restore the key folder, or begin anew with "
                     "'provost server init' and arm the devices again."});
    std::unique_ptr<EpochFile> opened(new EpochFile(descriptor, root, file));
    if ((facts.st_mode & 077) != 0)
        return fail(file_error("P-5006", "the epoch keys are open to others", file, "chmod 600 " + file.string()));
    if (facts.st_size != static_cast<off_t>(file_size))
        return fail(file_error("P-5005", "the epoch keys have the wrong size: cut off or not such a file", file,
                               "Restore the key folder."));
    Sector header;
    if (!read_sector(descriptor, 0, header) || sodium_memcmp(header.data(), magic.data(), magic.size()) != 0)
        return fail(file_error("P-5008", "the epoch keys are damaged", file, "Restore the key folder."));
    if (header != header_sector(root))
        return fail(file_error("P-5007", "the epoch keys were sealed under another root key, or are damaged", file,
                               "Put the root.key back that belongs to them."));
    PROVOST_CHECK(opened->read_slots());
    return opened;
}

Status EpochFile::read_slots() {
    for (std::size_t slot = 0; slot < slots; ++slot) {
        Sector bytes;
        auto epoch = read_sector(descriptor_, 1 + slot, bytes) ? open_slot(root_, slot, bytes) : std::nullopt;
        if (!epoch) return fail(file_error("P-5008", "slot " + std::to_string(slot) + " of the epoch keys is damaged", file_, "Restore the key folder."));
        if (epoch->number != 0) epochs_[slot] = std::move(*epoch);
    }
    return {};
}

Status EpochFile::put(Epoch epoch) {
    const auto free = std::find_if(epochs_.begin(), epochs_.end(), [](const auto& epoch) { return !epoch; });
    if (free == epochs_.end()) return fail(file_error("P-5002", "no slot is free", file_, ""));
    const auto slot = static_cast<std::size_t>(free - epochs_.begin());
    if (!write_sector(descriptor_, 1 + slot, seal_slot(root_, slot, &epoch)))
        return fail({"P-5009", "the epoch keys can't be written", file_.string(), std::strerror(errno), "Check the disk."});
    *free = std::move(epoch);
    return {};
}

Status EpochFile::erase(std::int64_t number) {
    for (std::size_t slot = 0; slot < slots; ++slot) {
        if (!epochs_[slot] || epochs_[slot]->number != number) continue;
        if (!write_sector(descriptor_, 1 + slot, seal_slot(root_, slot, nullptr)))
            return fail({"P-5009", "the epoch key can't be overwritten", file_.string(), std::strerror(errno), "Check the disk."});
        epochs_[slot].reset();
        return {};
    }
    return {};
}

}  // namespace provost
