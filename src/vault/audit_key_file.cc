#include "vault/audit_key_file.h"

#include "vault/audit_key_state.h"
#include "vault/audit_start_file.h"
#include "vault/key_memory.h"
#include "vault/private_file.h"
#include "vault/root_key.h"
#include "vault/xchacha.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <mutex>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace provost {

namespace {

namespace fs = std::filesystem;

// The file: the state twice, a block each, sealed under a key drawn from the root key. A change writes one
// block and then the other, each synced: a write cut anywhere leaves one that opens, and after a change
// neither holds the old key.
constexpr std::size_t block_size = 4096;
constexpr std::size_t blocks = 2;
constexpr std::string_view audit_magic = "PROVOST-AUDIT-1";
constexpr const char* rekey =
    "Put the right file back, or stop the server and run 'provost audit rekey', which the trail will tell";

using Block = std::array<std::uint8_t, block_size>;

fs::path keys_file(const fs::path& folder) {
    return folder / "audit.keys";
}
fs::path sign_file(const fs::path& folder) {
    return folder / "audit.sign";
}
fs::path start_file(const fs::path& folder) {
    return folder / "audit.start";
}
fs::path public_file(const fs::path& folder) {
    return folder / "audit.pub";
}

class FileAuditKeys final : public AuditKeys {
 public:
    FileAuditKeys(int descriptor, fs::path file, const Key& root)
        : descriptor_(descriptor), file_(std::move(file)) {
        crypto_kdf_derive_from_key(sealing_.data(), key_size, 1, "PVSTaudt", root.data());
    }
    ~FileAuditKeys() override {
        if (descriptor_ >= 0) ::close(descriptor_);
    }
    FileAuditKeys(const FileAuditKeys&) = delete;
    FileAuditKeys& operator=(const FileAuditKeys&) = delete;

    [[nodiscard]] Sha256 id() const override { return state_.id; }
    [[nodiscard]] std::string reason() const override { return state_.reason; }
    [[nodiscard]] std::int64_t step() const override {
        const std::lock_guard lock(mutex_);
        return state_.step;
    }
    [[nodiscard]] AuditTail base() const override {
        const std::lock_guard lock(mutex_);
        return state_.base;
    }
    [[nodiscard]] bool bound() const override {
        const std::lock_guard lock(mutex_);
        return state_.bound;
    }
    Status bind(const AuditTail& tail) override {
        const std::lock_guard lock(mutex_);
        state_.bound = true;
        state_.base = tail;
        return save();
    }
    [[nodiscard]] Result<AuditMac> mac(std::int64_t step, const AuditLink& link) const override {
        const std::lock_guard lock(mutex_);
        if (step != state_.step)
            return fail({"P-5031", "the audit trail's keys are at another step", file_.string(), "",
                         "The next minute brings them together"});
        return audit_mac(view(state_.key), link);
    }
    Status ratchet(const AuditTail& tail) override {
        const std::lock_guard lock(mutex_);
        if (tail == state_.base) return saved_ ? Status() : save();
        provost::ratchet(view(state_.key), tail.link,
                         std::span<std::uint8_t, 32>(state_.key.data(), key_size));
        ++state_.step;
        state_.base = tail;
        return save();
    }
    [[nodiscard]] Result<Signature> sign(std::string_view text) const override {
        return provost::sign(view(seed_), text);
    }

    Status make(AuditKeyFileState state) {
        const std::lock_guard lock(mutex_);
        state_ = std::move(state);
        return save();
    }
    Status load();
    Status read_seed(const fs::path& file);

 private:
    Status save();
    [[nodiscard]] Block seal() const;
    [[nodiscard]] std::optional<AuditKeyFileState> open(const Block& block) const;

    int descriptor_;
    fs::path file_;
    Key sealing_, seed_;
    mutable std::mutex mutex_;  // guards what follows
    AuditKeyFileState state_;
    bool saved_ = true;
};

Block FileAuditKeys::seal() const {
    Block block{};
    AuditKeyPayload payload;
    pack(state_, payload);
    randombytes_buf(block.data(), nonce_size);
    const auto context = as_bytes(audit_magic);
    crypto_aead_xchacha20poly1305_ietf_encrypt(block.data() + nonce_size, nullptr, payload.data(),
                                               payload.size(), context.data(), context.size(), nullptr,
                                               block.data(), sealing_.data());
    return block;
}

std::optional<AuditKeyFileState> FileAuditKeys::open(const Block& block) const {
    AuditKeyPayload payload;
    const auto context = as_bytes(audit_magic);
    const int opened = crypto_aead_xchacha20poly1305_ietf_decrypt(
        payload.data(), nullptr, nullptr, block.data() + nonce_size, audit_payload_size + tag_size,
        context.data(), context.size(), block.data(), sealing_.data());
    if (opened != 0) return std::nullopt;
    return unpack(payload);
}

Status FileAuditKeys::save() {
    ++state_.counter;
    const Block block = seal();
    saved_ = true;
    for (std::size_t index = 0; index < blocks && saved_; ++index) {
        const auto offset = static_cast<off_t>(index * block_size);
        saved_ =
            ::pwrite(descriptor_, block.data(), block_size, offset) == static_cast<ssize_t>(block_size) &&
            ::fsync(descriptor_) == 0;
    }
    if (saved_) return {};
    return fail({"P-5021", "the audit trail's keys can't be written", file_.string(), std::strerror(errno),
                 "Check the disk: until it is written, its file holds an old key"});
}

Status FileAuditKeys::load() {
    PROVOST_TRY(const auto size, check_private(descriptor_, file_, "P-5006"));
    if (size != blocks * block_size)
        return fail({"P-5022", "the audit trail's keys have the wrong size", file_.string(),
                     "cut off, or another file", rekey});
    if (::flock(descriptor_, LOCK_EX | LOCK_NB) != 0)
        return fail({"P-5012", "another process has the audit trail's keys open", file_.string(), "",
                     "End the other server"});
    std::array<std::optional<AuditKeyFileState>, blocks> found;
    for (std::size_t index = 0; index < blocks; ++index) {
        Block block{};
        if (::pread(descriptor_, block.data(), block_size, static_cast<off_t>(index * block_size)) ==
            static_cast<ssize_t>(block_size))
            found[index] = open(block);
    }
    auto& [one, two] = found;
    if (!one && !two)
        return fail({"P-5023", "the audit trail's keys do not open", file_.string(),
                     "damaged, or sealed under another root key", rekey});
    const bool alike = one && two && one->counter == two->counter;
    const std::lock_guard lock(mutex_);
    state_ = !two || (one && one->counter >= two->counter) ? std::move(*one) : std::move(*two);
    return alike ? Status() : save();  // a change was cut: no block keeps the older key
}

Status FileAuditKeys::read_seed(const fs::path& file) {
    const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (descriptor < 0)
        return fail({"P-5022", "the key that signs the audit trail can't be read", file.string(),
                     std::strerror(errno), rekey});
    const auto size = check_private(descriptor, file, "P-5006");
    const bool whole = size && *size == key_size &&
                       ::read(descriptor, seed_.data(), key_size) == static_cast<ssize_t>(key_size);
    ::close(descriptor);
    PROVOST_CHECK(size);
    if (whole) return {};
    return fail(
        {"P-5022", "the key that signs the audit trail does not have 32 bytes", file.string(), "", rekey});
}

Error cannot_make(const fs::path& file, std::string why) {
    return {"P-5020", "the audit trail's keys can't be made", file.string(), std::move(why),
            "Move what is there away, and see that the disk has space"};
}

Status write_keys(const fs::path& folder, const Key& root, AuditKeyFileState state) {
    const int descriptor = ::open(keys_file(folder).c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (descriptor < 0) return fail(cannot_make(keys_file(folder), std::strerror(errno)));
    FileAuditKeys keys(descriptor, keys_file(folder), root);
    Status done = keys.make(std::move(state));
    if (done) done = sync_folder(folder);
    if (!done) ::unlink(keys_file(folder).c_str());
    return done;
}

// The old files keep their order: audit.keys.1 is older than audit.keys.2.
Status move_aside(const fs::path& folder) {
    std::error_code error;
    int number = 1;
    const auto aside = [&](const fs::path& file) {
        return fs::path(file.string() + "." + std::to_string(number));
    };
    while (fs::exists(aside(sign_file(folder)), error) || fs::exists(aside(start_file(folder)), error) ||
           fs::exists(aside(public_file(folder)), error))
        ++number;
    for (const auto& file : {sign_file(folder), start_file(folder), public_file(folder)}) {
        if (!fs::exists(file, error)) continue;
        fs::rename(file, aside(file), error);
        if (error) return fail(cannot_make(file, error.message()));
    }
    fs::remove(keys_file(folder), error);  // a key of MACs that are over
    return error ? fail(cannot_make(keys_file(folder), error.message())) : Status();
}

}  // namespace

bool has_audit_keys(const fs::path& folder) {
    std::error_code ignored;
    return fs::exists(fs::symlink_status(keys_file(folder), ignored)) ||
           fs::exists(fs::symlink_status(sign_file(folder), ignored));
}

bool has_audit_start(const fs::path& folder) {
    std::error_code ignored;
    return fs::exists(start_file(folder), ignored);
}

Status make_audit_keys(const fs::path& folder, const std::string& reason) {
    PROVOST_CHECK(check_private_folder(folder));
    PROVOST_TRY(const auto root, read_root_key(root_key_file(folder)));
    const auto seed = Key::random();
    AuditKeyFileState state;
    state.key = Key::random();
    state.reason = reason.substr(0, longest_rekey_reason);
    AuditStart start{{}, public_key_of(view(seed)), ChainKey(view(state.key))};
    start.id = state.id = audit_key_id(view(state.key), start.public_key);
    if (auto trouble = write_private_file(sign_file(folder), view(seed)))
        return fail(cannot_make(sign_file(folder), std::move(*trouble)));
    Status done = write_audit_start(start_file(folder), start);
    start.start.reset();
    const bool started = bool(done);
    if (done) done = write_audit_start(public_file(folder), start);
    const bool published = bool(done);
    if (done) done = write_keys(folder, root, std::move(state));
    if (done) return done;
    // Keys that were never in use must not be taken for some that were; what was there before stays.
    if (published) ::unlink(public_file(folder).c_str());
    if (started) ::unlink(start_file(folder).c_str());
    ::unlink(sign_file(folder).c_str());
    return done;
}

Status renew_audit_keys(const fs::path& folder, const std::string& reason) {
    PROVOST_CHECK(check_private_folder(folder));
    const int descriptor = ::open(keys_file(folder).c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW);
    const bool taken = descriptor >= 0 && ::flock(descriptor, LOCK_EX | LOCK_NB) != 0;
    Status done = taken ? fail({"P-5012", "another process has the audit trail's keys open",
                                keys_file(folder).string(), "", "Stop the server first"})
                        : move_aside(folder);
    if (descriptor >= 0) ::close(descriptor);
    PROVOST_CHECK(done);
    return make_audit_keys(folder, reason);
}

Result<std::shared_ptr<AuditKeys>> open_audit_keys(const fs::path& folder) {
    PROVOST_CHECK(check_private_folder(folder));
    PROVOST_TRY(const auto root, read_root_key(root_key_file(folder)));
    const auto file = keys_file(folder);
    const int descriptor = ::open(file.c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW);
    const std::string why = std::strerror(errno);
    auto keys = std::make_shared<FileAuditKeys>(descriptor, file, root);
    if (descriptor < 0)
        return fail({"P-5022", "the audit trail's keys can't be read", file.string(), why, rekey});
    PROVOST_CHECK(keys->load());
    PROVOST_CHECK(keys->read_seed(sign_file(folder)));
    return keys;
}

}  // namespace provost
