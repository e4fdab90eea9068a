#include "app/nft_file.h"

#include "app/write_file.h"
#include "service/nft_set.h"

namespace provost {

namespace {

constexpr Duration period = std::chrono::seconds(2);

}  // namespace

Status NftFile::tick(Store& store, Timestamp now) {
    if (now - looked_ < period && now >= looked_) return {};
    looked_ = now;
    PROVOST_TRY(auto bans, store.bans());
    std::string which = "bans:";
    for (const auto& ban : bans)
        if (ban.holds(now)) which += std::to_string(ban.id) + ",";
    if (which == written_) return {};
    PROVOST_CHECK(replace_file(file_, nft_script(std::move(bans), now), Readers::as_umask_says));
    written_ = std::move(which);
    return {};
}

}  // namespace provost
