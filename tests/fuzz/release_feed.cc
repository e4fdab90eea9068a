// A feed that is signed and yet anything: it is read or refused, and what is read has its bounds.
#include "service/release_feed.h"

#include "fuzz.h"

#include <array>
#include <string>

using namespace provost;
using provost::fuzz::require;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static constexpr std::array<std::uint8_t, 32> seed{1, 2, 3};
    static const auto key = public_key_of(seed);
    const auto now = from_millis(1'764'158'400'000);
    const auto text = fuzz::text_of(data, size);
    const auto raw = read_release_feed(text, key, now, {});
    require(!raw, "nobody signs by chance");
    const auto signature = sign(seed, "provost-release-feed 1\n" + std::string(text));
    const auto feed = read_release_feed(
        "provost-release-feed 1 signature=" + to_hex(signature) + "\n" + std::string(text), key, now, {});
    if (!feed) return 0;
    require(feed->serial >= 1 && feed->expires > now, "it is in force");
    require(feed->advisories.size() <= 1000, "advisories are bounded");
    for (const auto& one : feed->advisories) {
        require(compare_versions(one.below, one.below) == 0, "a version equals itself");
        require(compare_versions(one.below, feed->newest) == -compare_versions(feed->newest, one.below) ||
                    compare_versions(one.below, feed->newest) * compare_versions(feed->newest, one.below) < 0,
                "order is one");
    }
    return 0;
}
