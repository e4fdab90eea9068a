// Verdicts on certificates by fingerprint: bounded, in shards, first in first out.
#pragma once

#include "base/bytes.h"
#include "base/clock.h"
#include "domain/decide.h"

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <unordered_map>
#include <vector>

namespace provost {

struct CachedVerdict {
    std::shared_ptr<const Evidence> evidence;
    std::uint64_t generation = 0;  // of the TrustView it rests on
    Timestamp from{}, until{};     // half open: when it holds
};

class VerdictCache {
 public:
    explicit VerdictCache(std::size_t limit) : shard_limit_(limit / shard_count + 1) {}

    // Null if there is none that holds for this generation at this time.
    std::shared_ptr<const Evidence> find(const Sha256& leaf, std::uint64_t generation, Timestamp now) {
        Shard& shard = shard_of(leaf);
        const std::lock_guard lock(shard.mutex);
        const auto found = shard.verdicts.find(leaf);
        if (found == shard.verdicts.end() || found->second.generation != generation ||
            now < found->second.from || now >= found->second.until) {
            ++shard.misses;
            return nullptr;
        }
        ++shard.hits;
        return found->second.evidence;
    }

    void keep(const Sha256& leaf, CachedVerdict verdict) {
        Shard& shard = shard_of(leaf);
        const std::lock_guard lock(shard.mutex);
        const auto [place, is_new] = shard.verdicts.insert_or_assign(leaf, std::move(verdict));
        if (!is_new) return;
        if (shard.order.size() < shard_limit_) {
            shard.order.push_back(leaf);
            return;
        }
        shard.verdicts.erase(shard.order[shard.oldest]);
        shard.order[shard.oldest] = leaf;
        shard.oldest = (shard.oldest + 1) % shard.order.size();
    }

    struct Counts {
        std::uint64_t hits = 0, misses = 0, kept = 0;
    };
    Counts counts() {
        Counts all;
        for (Shard& shard : shards_) {
            const std::lock_guard lock(shard.mutex);
            all.hits += shard.hits;
            all.misses += shard.misses;
            all.kept += shard.verdicts.size();
        }
        return all;
    }

 private:
    static constexpr std::size_t shard_count = 16;
    struct alignas(64) Shard {
        std::mutex mutex;
        std::unordered_map<Sha256, CachedVerdict, Sha256Hash> verdicts;
        std::vector<Sha256> order;  // a ring, once full
        std::size_t oldest = 0;
        std::uint64_t hits = 0, misses = 0;
    };
    // The map's hash reads the first bytes; the shard, the last.
    Shard& shard_of(const Sha256& leaf) { return shards_[leaf.back() % shard_count]; }

    std::size_t shard_limit_;
    std::array<Shard, shard_count> shards_;
};

}  // namespace provost
