#include "app/nft_file.h"

#include "service/nft_set.h"

#include <cerrno>
#include <cstring>
#include <fstream>

#include <sys/stat.h>

namespace provost {

namespace {

constexpr Duration period = std::chrono::seconds(2);

}  // namespace

Status replace_file(const std::filesystem::path& file, const std::string& text) {
    auto draft = file;
    draft += ".new";
    std::error_code error;
    {
        std::ofstream out(draft, std::ios::binary | std::ios::trunc);
        out << text;
        out.flush();
        if (!out) error = std::error_code(errno, std::generic_category());
    }
    if (!error) std::filesystem::rename(draft, file, error);
    if (!error) return {};
    return fail({"P-1116", "the file can't be written", file.string(), error.message(),
                 "Check its folder, its rights and the space"});
}

Status NftFile::tick(Store& store, Timestamp now) {
    if (now - looked_ < period && now >= looked_) return {};
    looked_ = now;
    PROVOST_TRY(auto bans, store.bans());
    std::string which = "bans:";
    for (const auto& ban : bans)
        if (ban.holds(now)) which += std::to_string(ban.id) + ",";
    if (which == written_) return {};
    PROVOST_CHECK(replace_file(file_, nft_script(std::move(bans), now)));
    written_ = std::move(which);
    return {};
}

}  // namespace provost
