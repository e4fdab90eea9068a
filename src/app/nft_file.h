// Keeps a file for nftables up to date with the bans in the store.
#pragma once

#include "service/store.h"

#include <filesystem>
#include <string>

namespace provost {

class NftFile {
 public:
    explicit NftFile(std::filesystem::path file) : file_(std::move(file)) {}
    // Once a second or so; writes where bans came or went. Whoever reads the file gets a whole one. P-1116.
    Status tick(Store& store, Timestamp now);

 private:
    std::filesystem::path file_;
    Timestamp looked_{};
    std::string written_;  // which bans the file has
};

}  // namespace provost
