#include "net/web_files.h"

#include "base/ascii.h"
#include "domain/text.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <sstream>
#include <utility>

namespace provost {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view nonce_mark = "__NONCE__";
constexpr std::string_view lasting_folder = "/assets/";
constexpr std::string_view page_file = "/index.html";
constexpr int deepest = 8;

constexpr std::array<std::pair<std::string_view, std::string_view>, 15> content_types{{
    {".css", "text/css; charset=utf-8"},
    {".gif", "image/gif"},
    {".html", "text/html; charset=utf-8"},
    {".ico", "image/x-icon"},
    {".jpg", "image/jpeg"},
    {".js", "text/javascript; charset=utf-8"},
    {".json", "application/json"},
    {".mjs", "text/javascript; charset=utf-8"},
    {".png", "image/png"},
    {".svg", "image/svg+xml"},
    {".txt", "text/plain; charset=utf-8"},
    {".wasm", "application/wasm"},
    {".webmanifest", "application/manifest+json"},
    {".webp", "image/webp"},
    {".woff2", "font/woff2"},
}};

std::string_view content_type_of(const std::string& extension) {
    for (const auto& [known, type] : content_types)
        if (known == extension) return type;
    return "application/octet-stream";
}

Error folder_error(const fs::path& where, std::string why) {
    return {"P-7041", "the web interface can't be read", where.string(), std::move(why),
            "Let admin.web name the folder that holds the interface's index.html, as it was built"};
}

Result<std::string> read_whole(const fs::path& path, std::size_t limit) {
    std::error_code error;
    const auto size = fs::file_size(path, error);
    if (error) return fail(folder_error(path, error.message()));
    if (size > limit) return fail(folder_error(path, "larger than " + std::to_string(limit) + " bytes"));
    std::ifstream in(path, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    if (!in) return fail(folder_error(path, "it can't be read"));
    return std::move(text).str();
}

std::vector<std::string> cut_at_mark(std::string_view text) {
    std::vector<std::string> parts;
    for (;;) {
        const auto mark = text.find(nonce_mark);
        parts.emplace_back(text.substr(0, mark));
        if (mark == text.npos) return parts;
        text.remove_prefix(mark + nonce_mark.size());
    }
}

// Whether `list` allows a content coding: named, or by "*", and not with a weight of none (RFC 9110 section
// 12.5.3).
bool accepts(std::string_view list, std::string_view coding) {
    bool any = false;
    while (!list.empty()) {
        const auto item = list.substr(0, list.find(','));
        list.remove_prefix(std::min(item.size() + 1, list.size()));
        const auto mark = std::min(item.find(';'), item.size());
        const auto name = trim(item.substr(0, mark));
        auto weight = trim(item.substr(std::min(mark + 1, item.size())));
        const bool none = weight.starts_with("q=0") && weight.find_first_not_of("0.", 2) == weight.npos;
        if (name == coding) return !none;
        if (name == "*") any = !none;
    }
    return any;
}

// Where a file of the folder goes in the table: its own path, and as which form of it.
struct Place {
    std::string path;
    std::string WebFile::*form = &WebFile::plain;
    std::string extension;
};

Place place_of(const fs::path& relative) {
    Place place{"/" + relative.generic_string(), &WebFile::plain, relative.extension().string()};
    if (place.extension != ".gz" && place.extension != ".br") return place;
    place.form = place.extension == ".gz" ? &WebFile::gzip : &WebFile::brotli;
    place.path.resize(place.path.size() - place.extension.size());
    place.extension = fs::path(place.path).extension().string();
    return place;
}

}  // namespace

WebBody choose_body(const WebFile& file, std::string_view accept_encoding) {
    if (!file.brotli.empty() && accepts(accept_encoding, "br")) return {file.brotli, "br"};
    if (!file.gzip.empty() && accepts(accept_encoding, "gzip")) return {file.gzip, "gzip"};
    return {file.plain, {}};
}

Result<WebFiles> WebFiles::read(const fs::path& folder, const WebFileLimits& limits) {
    WebFiles read;
    std::size_t count = 0, bytes = 0;
    std::error_code error;
    for (auto next = fs::recursive_directory_iterator(folder, error); !error && next != fs::end(next);
         next.increment(error)) {
        const auto& path = next->path();
        const bool hidden = path.filename().string().starts_with('.');
        if (next->is_symlink() || hidden || next.depth() >= deepest) {
            next.disable_recursion_pending();
            continue;
        }
        if (!next->is_regular_file() || path.extension() == ".map") continue;
        if (++count > limits.files) return fail(folder_error(folder, "more files than an interface has"));
        PROVOST_TRY(auto text, read_whole(path, limits.file_bytes));
        if ((bytes += text.size()) > limits.all_bytes)
            return fail(folder_error(folder, "its files are larger than an interface's"));
        const auto place = place_of(path.lexically_relative(folder));
        auto& file = read.files_[place.path];
        file.content_type = content_type_of(place.extension);
        file.lasting = place.path.starts_with(lasting_folder);
        file.*place.form = std::move(text);
    }
    if (error) return fail(folder_error(folder, error.message()));
    std::erase_if(read.files_, [](const auto& one) { return one.second.plain.empty(); });
    const auto page = read.files_.find(page_file);
    if (page == read.files_.end()) return fail(folder_error(folder, "there is no index.html"));
    read.page_ = cut_at_mark(page->second.plain);
    read.files_.erase(page);  // it goes out with a nonce, never as it lies there
    return read;
}

const WebFile* WebFiles::find(std::string_view path) const {
    const auto found = files_.find(path);
    return found == files_.end() ? nullptr : &found->second;
}

std::string WebFiles::page(std::string_view nonce) const {
    std::string text;
    for (std::size_t i = 0; i < page_.size(); ++i) {
        if (i > 0) text += nonce;
        text += page_[i];
    }
    return text;
}

bool names_page(std::string_view path) {
    if (path.starts_with(lasting_folder) || path.find("..") != path.npos || path.find('\\') != path.npos)
        return false;
    const auto last = path.substr(path.rfind('/') + 1);
    if (last.starts_with('.')) return false;
    const auto dot = last.rfind('.');
    if (dot == last.npos) return true;
    const auto extension = last.substr(dot + 1);
    return extension.empty() || !std::all_of(extension.begin(), extension.end(), is_letter_or_digit) ||
           last == page_file.substr(1);
}

}  // namespace provost
