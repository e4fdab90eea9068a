// What an import of CAs does with each certificate of its file, before anything is done: for those that do
// it, and for whoever has to agree to it.
#pragma once

#include "service/trust.h"

#include <string>
#include <string_view>
#include <vector>

namespace provost {

struct AnchorPlace {
    const VendorSpec* vendor = nullptr;  // null: no vendor's file pins it, and nobody confirmed it
    const TrustAnchor* anchor = nullptr;
};

struct JudgedAnchor {
    LoadedCertificate certificate;
    AnchorPlace place;
    bool is_there = false;

    // "imported", "already there", "not pinned"
    [[nodiscard]] std::string outcome() const;
};
// P-4203, P-2021, P-4204.
Result<std::vector<JudgedAnchor>> judge_anchors(const House& house, std::string_view file,
                                                const Trust::Confirmation& confirmed);

}  // namespace provost
