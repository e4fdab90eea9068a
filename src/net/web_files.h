// The web interface's files, read into memory at the start. What is served is looked up in this table and
// nowhere else, so no path of a request ever reaches the file system.
#pragma once

#include "base/result.h"

#include <cstddef>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace provost {

struct WebFileLimits {
    std::size_t files = 2'000;
    std::size_t file_bytes = 16U << 20U, all_bytes = 64U << 20U;
};

struct WebFile {
    std::string_view content_type;    // by its extension
    bool lasting = false;             // its name holds a hash of what is in it, so it may be kept for ever
    std::string plain, gzip, brotli;  // compressed ones as found beside it; empty: none
};

// What goes out, and under which Content-Encoding; empty: as it is.
struct WebBody {
    std::string_view bytes, encoding;
};
WebBody choose_body(const WebFile& file, std::string_view accept_encoding);

class WebFiles {
 public:
    // All below `folder` but hidden files, links and source maps; index.html must be there. P-7041.
    static Result<WebFiles> read(const std::filesystem::path& folder, const WebFileLimits& limits = {});

    // By the decoded path of a request: "/assets/index-1a2b.js". Null: there is none.
    [[nodiscard]] const WebFile* find(std::string_view path) const;
    // The page of every address that is no file, with `nonce` in place of each __NONCE__.
    [[nodiscard]] std::string page(std::string_view nonce) const;
    [[nodiscard]] bool has_page() const { return !page_.empty(); }
    [[nodiscard]] std::size_t size() const { return files_.size(); }

 private:
    std::map<std::string, WebFile, std::less<>> files_;
    std::vector<std::string> page_;  // index.html, cut at each place for the nonce
};

// Whether a path names a page of the interface. What looks like a file does not: nothing is gained by
// answering a scanner's "/.env" or a script that is gone with a page.
bool names_page(std::string_view path);

}  // namespace provost
