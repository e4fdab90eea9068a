#include "vault/root_key.h"

#include "vault/private_file.h"

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <unistd.h>

namespace provost {

std::filesystem::path root_key_file(const std::filesystem::path& folder) {
    return folder / "root.key";
}

Status make_root_key(const std::filesystem::path& file, const Key& root) {
    const auto trouble = write_private_file(file, {root.data(), key_size});
    if (!trouble) return {};
    return fail({"P-5003", "the root key can't be made", file.string(), *trouble,
                 "Keys are never made over others: move the old ones away if they are lost for good"});
}

Result<Key> read_root_key(const std::filesystem::path& file) {
    const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (descriptor < 0)
        return fail({"P-5004", "the root key can't be read", file.string(), std::strerror(errno),
                     "Put it back from where you keep it. Without it no stored secret opens"});
    const auto size = check_private(descriptor, file, "P-5004");
    Key root;
    const bool whole = size && *size == key_size &&
                       ::read(descriptor, root.data(), key_size) == static_cast<ssize_t>(key_size);
    ::close(descriptor);
    PROVOST_CHECK(size);
    if (whole) return root;
    return fail({"P-5004", "the root key does not have 32 bytes", file.string(),
                 "half-written, or another file", "Put the right one back"});
}

}  // namespace provost
