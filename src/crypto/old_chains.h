// What a vendor's old certificate chains may have where a door for old phones takes them; no other door does.
#pragma once

namespace provost {

struct OldChains {
    bool sha1 = false;            // signatures by SHA-1, besides those of SHA-2
    int minimum_rsa_bits = 2048;  // of every key of the chain; never below 1024
};

}  // namespace provost
