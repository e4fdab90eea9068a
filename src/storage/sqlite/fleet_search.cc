#include "storage/sqlite/fleet_search.h"

#include "storage/sqlite/fleet_schema.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <unordered_set>

namespace provost::sqlite {

namespace {

constexpr unsigned mac_digits = 12;
constexpr std::int64_t looked_at = 20'000;  // rows of one range, where most are no hits
constexpr std::int64_t looked_at_for_tenant = 1000;
constexpr std::int64_t looked_at_uncounted = 200;  // ... before its words are counted
constexpr std::int64_t few = 40, many = 500;       // devices with a word: none is counted further
constexpr const char* first_letter = "\x01";
constexpr const char* last_letter = "\xf4\x8f\xbf\xbf";

constexpr std::string_view by_mac =
    "SELECT f.mac, g.tenant FROM fleet f CROSS JOIN fleet_groups g ON g.id = f.grp"
    " WHERE f.mac >= ?1 AND f.mac <= ?2 ORDER BY f.mac LIMIT ?3";
constexpr std::string_view by_end =
    "SELECT f.mac, g.tenant FROM fleet f CROSS JOIN fleet_groups g ON g.id = f.grp"
    " WHERE f.backwards >= ?1 AND f.backwards <= ?2 LIMIT ?3";
constexpr std::string_view by_source =
    "SELECT f.mac, g.tenant FROM fleet f CROSS JOIN fleet_groups g ON g.id = f.grp"
    " WHERE f.source <> '' AND f.source >= ?1 AND f.source < ?2 ORDER BY f.source LIMIT ?3";
constexpr std::string_view by_word =
    "SELECT mac, word = ?2 FROM fleet_words WHERE tenant = ?1 AND word >= ?2 AND word < ?3 LIMIT ?4";
constexpr std::string_view by_two_words =
    "SELECT mac, word = ?2, EXISTS (SELECT 1 FROM fleet_words o WHERE o.mac = w.mac AND o.word >= ?5 AND"
    " o.word < ?6) FROM fleet_words w WHERE tenant = ?1 AND word >= ?2 AND word < ?3 LIMIT ?4";
constexpr std::string_view has_word =
    "SELECT count(*) FROM (SELECT 1 FROM fleet_words WHERE mac = ?1 AND word >= ?2 AND word < ?3 LIMIT 1)";
constexpr std::string_view how_many =
    "SELECT count(*) FROM (SELECT 1 FROM fleet_words WHERE tenant = ?1 AND word >= ?2 AND word < ?3 LIMIT "
    "?4)";
constexpr std::string_view word_tenants = "SELECT id FROM tenants";
constexpr std::array search_texts = {by_mac, by_end, by_source, by_word, by_two_words, has_word, how_many};

class Search {
 public:
    Search(Database& database, const SearchTerms& terms, const std::optional<std::vector<TenantId>>& tenants,
           std::size_t limit)
        : database_(database), terms_(terms), limit_(limit) {
        if (tenants) scope_.emplace(tenants->begin(), tenants->end());
    }

    Result<std::vector<FoundDevice>> run() {
        const auto typed = terms_.mac_digits.size();
        if (typed == mac_digits) PROVOST_CHECK(find_mac(FoundBy::mac));
        PROVOST_CHECK(find_words());
        add_words(exact_, FoundBy::word);
        if (typed != 0 && typed < mac_digits) {
            PROVOST_CHECK(find_end());
            PROVOST_CHECK(find_mac(FoundBy::mac_begin));
        }
        add_words(begun_, FoundBy::word_begin);
        if (!terms_.address.empty()) PROVOST_CHECK(find_address());
        return std::move(found_);
    }

 private:
    [[nodiscard]] bool full() const { return found_.size() >= limit_; }

    void add(MacAddress mac, FoundBy by) {
        if (!full() && known_.insert(mac).second) found_.push_back({mac, by});
    }
    void add_words(const std::vector<MacAddress>& macs, FoundBy by) {
        for (const auto mac : macs) add(mac, by);
    }

    // Rows of a range: mac, tenant.
    Status take(Query query, FoundBy by) {
        while (!full()) {
            PROVOST_TRY(const bool row, query.next());
            if (!row) return {};
            MacAddress mac;
            TenantId tenant = 0;
            PROVOST_CHECK(query.read(mac, tenant));
            if (!scope_ || scope_->contains(tenant)) add(mac, by);
        }
        return {};
    }

    // "0015" is from 001500000000 to 0015ffffffff.
    [[nodiscard]] std::pair<std::int64_t, std::int64_t> range_of(const std::string& begin_of_mac) const {
        std::int64_t begin = 0;
        std::from_chars(begin_of_mac.data(), begin_of_mac.data() + begin_of_mac.size(), begin, 16);
        const auto open = 4 * (mac_digits - static_cast<unsigned>(begin_of_mac.size()));
        return {begin << open, ((begin + 1) << open) - 1};
    }

    Status find_mac(FoundBy by) {
        const auto [from, to] = range_of(terms_.mac_digits);
        return take(database_.query(by_mac, from, to, looked_at), by);
    }
    Status find_end() {
        const std::string turned(terms_.mac_digits.rbegin(), terms_.mac_digits.rend());
        const auto [from, to] = range_of(turned);
        return take(database_.query(by_end, from, to, looked_at), FoundBy::mac_end);
    }
    Status find_address() {
        return take(database_.query(by_source, terms_.address, terms_.address + last_letter, looked_at),
                    FoundBy::address);
    }

    Status find_words() {
        if (terms_.user.empty() && terms_.words.empty()) return {};
        std::vector<TenantId> tenants;
        if (scope_) {
            tenants.assign(scope_->begin(), scope_->end());
        } else {
            auto query = database_.query(word_tenants);
            while (true) {
                PROVOST_TRY(const bool row, query.next());
                if (!row) break;
                PROVOST_CHECK(query.read(tenants.emplace_back()));
            }
        }
        std::sort(tenants.begin(), tenants.end());
        for (const auto tenant : tenants) {
            if (exact_.size() >= limit_ || left_ <= 0) break;
            PROVOST_CHECK(find_in(tenant));
        }
        return {};
    }
    Status find_in(TenantId tenant) {
        if (!terms_.user.empty()) PROVOST_CHECK(find_word(tenant, terms_.user));
        const auto& words = terms_.words;
        if (words.empty()) return {};
        if (words.size() == 1)
            return words.front() == terms_.user ? Status() : find_word(tenant, words.front());
        return find_words(tenant);
    }

    // By the word that was the rarest at the tenant before, as it is here too, mostly. Where it turns out to
    // be on many devices, they are counted.
    Status find_words(TenantId tenant) {
        if (!order_.empty()) {
            const auto exact = exact_.size(), begun = begun_.size();
            const auto left = left_;
            PROVOST_TRY(const bool all, try_words(tenant, order_, looked_at_uncounted));
            if (all) return {};
            exact_.resize(exact);
            begun_.resize(begun);
            left_ = left;
        }
        PROVOST_TRY(auto ordered, rarest_first(tenant));
        if (ordered.empty()) return {};
        order_ = std::move(ordered);
        return try_words(tenant, order_, looked_at_for_tenant).map([](bool) {});
    }

    // The words as this tenant's devices have them; none if one of them is on no device.
    Result<std::vector<std::string>> rarest_first(TenantId tenant) {
        PROVOST_TRY(auto counted, count_words(tenant, few));
        const auto is_full = [](const auto& one) { return one.first == few; };
        if (!counted.empty() && std::ranges::all_of(counted, is_full)) {
            PROVOST_TRY(counted, count_words(tenant, many));
        }
        std::stable_sort(counted.begin(), counted.end(),
                         [](const auto& a, const auto& b) { return a.first < b.first; });
        std::vector<std::string> words;
        for (auto& one : counted) words.push_back(std::move(one.second));
        return words;
    }
    using Counted = std::vector<std::pair<std::int64_t, std::string>>;
    Result<Counted> count_words(TenantId tenant, std::int64_t most) {
        Counted counted;
        for (const auto& word : terms_.words) {
            PROVOST_TRY(const auto count, database_.number(how_many, tenant, word, word + last_letter, most));
            if (count == 0) return Counted();
            counted.emplace_back(count, word);
        }
        return counted;
    }

    // Once there are enough that begin so, only those that are so can still come before them.
    [[nodiscard]] std::string end_of(const std::string& word) const {
        return word + (begun_.size() >= limit_ ? first_letter : last_letter);
    }
    void add_hit(MacAddress mac, bool exact) { (exact ? exact_ : begun_).push_back(mac); }

    Status find_word(TenantId tenant, const std::string& word) {
        auto query = database_.query(by_word, tenant, word, end_of(word), limit_);
        while (true) {
            PROVOST_TRY(const bool row, query.next());
            if (!row) return {};
            MacAddress mac;
            bool exact = false;
            PROVOST_CHECK(query.read(mac, exact));
            add_hit(mac, exact);
        }
    }
    // The first two in one question: most rows have no second one. False if it has not seen all rows.
    Result<bool> try_words(TenantId tenant, std::span<const std::string> words, std::int64_t most) {
        const auto &word = words[0], &other = words[1];
        auto query =
            database_.query(by_two_words, tenant, word, end_of(word), most, other, other + last_letter);
        for (std::int64_t looked = 0;; ++looked) {
            PROVOST_TRY(const bool row, query.next());
            if (!row) return looked < most;
            if (--left_ < 0) return true;  // enough for the whole search
            MacAddress mac;
            bool exact = false, both = false;
            PROVOST_CHECK(query.read(mac, exact, both));
            if (!both) continue;
            PROVOST_TRY(const bool all, has_all(mac, words.subspan(2)));
            if (all) add_hit(mac, exact);
        }
    }
    Result<bool> has_all(MacAddress mac, std::span<const std::string> words) {
        for (const auto& word : words) {
            PROVOST_TRY(const auto there, database_.number(has_word, mac, word, word + last_letter));
            if (there == 0) return false;
        }
        return true;
    }

    Database& database_;
    const SearchTerms& terms_;
    const std::size_t limit_;
    std::int64_t left_ = looked_at;  // rows to be looked at for one word of several
    std::optional<std::unordered_set<TenantId>> scope_;
    std::vector<std::string> order_;         // the words, the rarest of the tenant before first
    std::vector<MacAddress> exact_, begun_;  // by words
    std::vector<FoundDevice> found_;
    std::unordered_set<MacAddress> known_;
};

}  // namespace

Result<std::vector<FoundDevice>> search_fleet(Database& database, const SearchTerms& terms,
                                              const std::optional<std::vector<TenantId>>& tenants,
                                              std::size_t limit) {
    return Search(database, terms, tenants, limit).run();
}

std::span<const std::string_view> search_questions() {
    return search_texts;
}

}  // namespace provost::sqlite
