#include "registrar/digest_lookup.h"

#include <algorithm>

namespace provost::registrar {

namespace {

constexpr std::size_t at_once = 50;

}  // namespace

Result<std::vector<HeldDigest>> look_up_digests(Database& database, std::string_view select,
                                                std::span<const RegistrarAccount> accounts) {
    std::string sql = std::string(select) + "(?";
    for (std::size_t i = 1; i < at_once; ++i) sql += ", ?";
    sql += ")";
    std::vector<HeldDigest> found;
    for (std::size_t from = 0; from < accounts.size(); from += at_once) {
        const auto asked = accounts.subspan(from, std::min(at_once, accounts.size() - from));
        std::vector<Value> users;  // always as many, so that the statement is the same
        for (std::size_t i = 0; i < at_once; ++i)
            users.emplace_back(asked[std::min(i, asked.size() - 1)].user);
        PROVOST_TRY(auto rows, database.ask(sql, users));
        for (auto& row : rows) {
            RegistrarAccount account{std::move(row[0]), std::move(row[1])};
            if (std::ranges::find(asked, account) != asked.end())
                found.push_back({std::move(account), std::move(row[2])});
        }
    }
    return found;
}

}  // namespace provost::registrar
