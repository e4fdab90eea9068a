#include "vault/file_key_holder.h"

#include "vault/epoch_file.h"
#include "vault/private_file.h"
#include "vault/root_key.h"
#include "vault/sealed_box.h"

#include <algorithm>
#include <mutex>
#include <shared_mutex>

#include <unistd.h>

namespace provost {

namespace {

namespace fs = std::filesystem;

fs::path epochs_file(const fs::path& folder) {
    return folder / "epochs.keys";
}

constexpr const char* never_over_others =
    "Keys are never made over others: move the old ones away if they are lost for good";

Status start() {
    if (sodium_init() >= 0) return {};
    return fail(
        {"P-1104", "the system gives no random numbers", "vault", "", "See that /dev/urandom is there"});
}

Status check_nothing_there(const fs::path& folder) {
    for (const auto& file : {root_key_file(folder), epochs_file(folder)})
        if (std::error_code ignored; fs::exists(fs::symlink_status(file, ignored)))
            return fail({"P-5003", "there are keys already", file.string(), "", never_over_others});
    return {};
}

class FileKeyHolder final : public KeyHolder {
 public:
    FileKeyHolder(std::unique_ptr<EpochFile> file, SealedBox box, const Key& root)
        : file_(std::move(file)), box_(std::move(box)) {
        crypto_kdf_derive_from_key(deriving_.data(), key_size, 1, "PVSTderv", root.data());
    }

    Result<SealedSecret> seal(const SecretBinding& binding, const Secret& secret) override {
        const std::shared_lock lock(mutex_);
        return box_.seal(newest(), binding, secret);
    }

    Result<std::vector<Secret>> open_all(std::span<const StoredSecret> stored) override {
        const std::shared_lock lock(mutex_);
        std::vector<Secret> opened;
        opened.reserve(stored.size());
        for (const auto& [binding, sealed] : stored) {
            const auto* const epoch = find(sealed.epoch);
            if (epoch == nullptr) return fail(SealedBox::cannot_open());
            PROVOST_TRY(auto secret, box_.open(*epoch, binding, sealed));
            opened.push_back(std::move(secret));
        }
        return opened;
    }

    Result<SealedSecret> rewrap(const SecretBinding& binding, const SealedSecret& sealed) override {
        const std::shared_lock lock(mutex_);
        const auto* const from = find(sealed.epoch);
        if (from == nullptr) return fail(SealedBox::cannot_open());
        return box_.rewrap({*from, newest()}, binding, sealed);
    }

    // The label's length goes before it, so that no label and salt spell another pair.
    Result<Secret> derive(std::string_view label, ByteView salt) override {
        if (label.empty() || label.size() > longest_derive_label || salt.size() > longest_derive_salt)
            return fail(
                {"P-5013", "a secret can't be derived", "vault", "its label or salt is of no such size"});
        const auto size = static_cast<std::uint8_t>(label.size());
        crypto_auth_hmacsha256_state state;
        crypto_auth_hmacsha256_init(&state, deriving_.data(), key_size);
        crypto_auth_hmacsha256_update(&state, &size, 1);
        crypto_auth_hmacsha256_update(&state, as_bytes(label).data(), label.size());
        crypto_auth_hmacsha256_update(&state, salt.data(), salt.size());
        Passing<crypto_auth_hmacsha256_BYTES> bytes;
        crypto_auth_hmacsha256_final(&state, bytes.data());
        sodium_memzero(&state, sizeof state);
        return Secret::copy_of(as_text(bytes));
    }

    [[nodiscard]] Result<KeyEpochs> epochs() const override {
        const std::shared_lock lock(mutex_);
        return KeyEpochs{newest().number, newest().started, live()};
    }

    Result<std::int64_t> begin_epoch(Timestamp now) override {
        const std::unique_lock lock(mutex_);
        if (live().size() >= 2)
            return fail({"P-5002", "two epochs are alive already", "vault", "", "Close the older one first"});
        const auto number = newest().number + 1;
        PROVOST_CHECK(file_->put({number, now, Key::random()}));
        return number;
    }

    Status destroy_epoch(std::int64_t epoch) override {
        const std::unique_lock lock(mutex_);
        if (epoch == newest().number)
            return fail(
                {"P-5011", "the current epoch can't be destroyed", "vault", "", "Begin a new one first"});
        return file_->erase(epoch);
    }

 private:
    [[nodiscard]] std::vector<std::int64_t> live() const {
        std::vector<std::int64_t> numbers;
        for (const auto& epoch : file_->epochs())
            if (epoch) numbers.push_back(epoch->number);
        std::sort(numbers.begin(), numbers.end());
        return numbers;
    }

    [[nodiscard]] const Epoch* find(std::int64_t number) const {
        for (const auto& epoch : file_->epochs())
            if (epoch && epoch->number == number) return &*epoch;
        return nullptr;
    }

    [[nodiscard]] const Epoch& newest() const {  // there is always one
        const Epoch* found = nullptr;
        for (const auto& epoch : file_->epochs())
            if (epoch && (found == nullptr || epoch->number > found->number)) found = &*epoch;
        return *found;
    }

    mutable std::shared_mutex mutex_;  // a change waits for the seals and opens under way
    std::unique_ptr<EpochFile> file_;
    SealedBox box_;
    Key deriving_;
};

}  // namespace

Status make_key_files(const fs::path& folder, Timestamp now) {
    PROVOST_CHECK(start());
    PROVOST_CHECK(check_private_folder(folder));
    PROVOST_CHECK(check_nothing_there(folder));
    const auto root = Key::random();
    PROVOST_CHECK(make_root_key(root_key_file(folder), root));
    Status done = EpochFile::make(epochs_file(folder), root, {1, now, Key::random()});
    if (done) done = sync_folder(folder);
    if (!done) ::unlink(root_key_file(folder).c_str());  // a root key that seals nothing
    return done;
}

Result<std::unique_ptr<KeyHolder>> open_key_files(const fs::path& folder) {
    PROVOST_CHECK(start());
    PROVOST_CHECK(check_private_folder(folder));
    PROVOST_TRY(const auto root, read_root_key(root_key_file(folder)));
    PROVOST_TRY(auto file, EpochFile::open(epochs_file(folder), root));
    PROVOST_TRY(auto box, SealedBox::make());
    return std::make_unique<FileKeyHolder>(std::move(file), std::move(box), root);
}

}  // namespace provost
