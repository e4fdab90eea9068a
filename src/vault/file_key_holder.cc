#include "vault/file_key_holder.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <mutex>
#include <shared_mutex>

#include "vault/epoch_file.h"
#include "vault/sealed_box.h"

namespace provost {

namespace {

namespace fs = std::filesystem;

constexpr const char* root_name = "root.key";
constexpr const char* epochs_name = "epochs.keys";

Status make_root(const fs::path& file, const Key& root) {
    const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0400);
    const bool made = descriptor >= 0 && ::write(descriptor, root.data(), key_size) == static_cast<ssize_t>(key_size) && ::fsync(descriptor) == 0;
    const std::string why = std::strerror(errno);
    if (descriptor >= 0) ::close(descriptor);
    if (made) return {};
    return fail({"P-5003", "the root key can't be made", file.string(), why,
                 "Keys are never made anew over others; move the old ones away if they are lost for good."});
}

Result<Key> read_root(const fs::path& file) {
    struct stat facts {};
    const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (descriptor < 0 || ::fstat(descriptor, &facts) != 0)
        return fail({"P-5004", "the root key can't be read", file.string(), std::strerror(errno),
                     "Put it back from where you keep it. Without it no stored secret opens; a new one is never made by itself."});
    Key root;
    const bool lax = (facts.st_mode & 0377) != 0;  // anything but reading by its owner
    const bool whole = facts.st_size == static_cast<off_t>(key_size) && ::read(descriptor, root.data(), key_size) == static_cast<ssize_t>(key_size);
    ::close(descriptor);
    if (lax) return fail({"P-5004", "the root key is open to more than reading by its owner", file.string(), "", "chmod 400 " + file.string()});
    if (!whole) return fail({"P-5004", "the root key does not have 32 bytes", file.string(), "it is half-written or another file", "Put the right one back."});
    return root;
}

Status check_folder(const fs::path& folder) {
    struct stat facts {};
    if (::stat(folder.c_str(), &facts) != 0)
        return fail({"P-5004", "the key folder can't be read", folder.string(), std::strerror(errno), "'provost server init' makes one."});
    if ((facts.st_mode & 077) == 0) return {};
    return fail({"P-5006", "the key folder is open to others", folder.string(), "", "chmod 700 " + folder.string()});
}

class FileKeyHolder final : public KeyHolder {
 public:
    explicit FileKeyHolder(std::unique_ptr<EpochFile> file) : file_(std::move(file)) {}

    Result<SealedSecret> seal(const SecretBinding& binding, const Secret& secret) override {
        const std::shared_lock lock(mutex_);
        const auto& epoch = newest();
        return seal_box(epoch.key, epoch.number, binding, secret);
    }

    Result<Secret> open(const SecretBinding& binding, const SealedSecret& sealed) override {
        const std::shared_lock lock(mutex_);
        const auto* const epoch = find(sealed.epoch);
        if (epoch == nullptr) return fail({"P-5001", "a sealed secret does not open", "vault", "", "Arm the device again: it gets fresh secrets."});
        return open_box(epoch->key, binding, sealed);
    }

    [[nodiscard]] std::int64_t current_epoch() const override {
        const std::shared_lock lock(mutex_);
        return newest().number;
    }

    [[nodiscard]] std::vector<std::int64_t> live_epochs() const override {
        const std::shared_lock lock(mutex_);
        std::vector<std::int64_t> live;
        for (const auto& epoch : file_->epochs())
            if (epoch) live.push_back(epoch->number);
        std::sort(live.begin(), live.end());
        return live;
    }

    [[nodiscard]] Timestamp epoch_started() const override {
        const std::shared_lock lock(mutex_);
        return newest().started;
    }

    Result<std::int64_t> begin_epoch(Timestamp now) override {
        const std::unique_lock lock(mutex_);
        const auto alive = std::count_if(file_->epochs().begin(), file_->epochs().end(), [](const auto& epoch) { return epoch.has_value(); });
        if (alive >= 2) return fail({"P-5002", "two epochs are alive already", "vault", "", "Close the older one first."});
        const auto number = newest().number + 1;
        PROVOST_CHECK(file_->put({number, now, Key::random()}));
        return number;
    }

    Result<SealedSecret> rewrap(const SecretBinding& binding, const SealedSecret& sealed) override {
        const std::shared_lock lock(mutex_);
        const auto* const from = find(sealed.epoch);
        if (from == nullptr) return fail({"P-5001", "a sealed secret does not open", "vault"});
        const auto& to = newest();
        return rewrap_box(from->key, to.key, to.number, binding, sealed);
    }

    Status destroy_epoch(std::int64_t epoch) override {
        const std::unique_lock lock(mutex_);
        if (epoch == newest().number) return fail({"P-5011", "the current epoch can't be destroyed", "vault", "", "Begin a new one first."});
        return file_->erase(epoch);
    }

 private:
    [[nodiscard]] const Epoch* find(std::int64_t number) const {
        for (const auto& epoch : file_->epochs())
            if (epoch && epoch->number == number) return &*epoch;
        return nullptr;
    }

    // There is always one: open_key_files() refuses a file without.
    [[nodiscard]] const Epoch& newest() const {
        const Epoch* found = nullptr;
        for (const auto& epoch : file_->epochs())
            if (epoch && (found == nullptr || epoch->number > found->number)) found = &*epoch;
        return *found;
    }

    mutable std::shared_mutex mutex_;
    std::unique_ptr<EpochFile> file_;
};

}  // namespace

Status make_key_files(const fs::path& folder, Timestamp now) {
    if (sodium_init() < 0) return fail({"P-1104", "the system gives no random numbers", "random"});
    PROVOST_CHECK(check_folder(folder));
    const auto root = Key::random();
    PROVOST_CHECK(make_root(folder / root_name, root));
    return EpochFile::make(folder / epochs_name, root, {1, now, Key::random()});
}

Result<std::unique_ptr<KeyHolder>> open_key_files(const fs::path& folder) {
    if (sodium_init() < 0) return fail({"P-1104", "the system gives no random numbers", "random"});
    PROVOST_CHECK(check_folder(folder));
    PROVOST_TRY(const auto root, read_root(folder / root_name));
    PROVOST_TRY(auto file, EpochFile::open(folder / epochs_name, root));
    const bool any = std::any_of(file->epochs().begin(), file->epochs().end(), [](const auto& epoch) { return epoch.has_value(); });
    if (!any) return fail({"P-5008", "the epoch keys hold no epoch", (folder / epochs_name).string(), "", "Restore the key folder."});
    return std::make_unique<FileKeyHolder>(std::move(file));
}

}  // namespace provost
