#include "app/cli/simulate_report.h"

#include "sim/files.h"
#include "sim/tab_file.h"

#include <boost/json.hpp>
#include <fmt/core.h>

namespace provost::cli {

namespace {

namespace json = boost::json;

constexpr std::size_t most_shown = 10;  // phones whose oddities a person is shown; JSON has them all

std::string tally_row(const std::string& name, const sim::VendorTally& tally) {
    return fmt::format("{:<14} {:>7} {:>11} {:>14} {:>7} {:>10} {:>14} {:>11}\n", name, tally.phones,
                       tally.with_secret, tally.without_secret, tally.refused, tally.unanswered,
                       tally.would_register, tally.as_expected);
}

json::object tally_object(const sim::VendorTally& tally) {
    return {{"phones", tally.phones},
            {"with_secret", tally.with_secret},
            {"without_secret", tally.without_secret},
            {"refused", tally.refused},
            {"unanswered", tally.unanswered},
            {"would_register", tally.would_register},
            {"as_expected", tally.as_expected}};
}

json::object account_object(const sim::LineAccount& account) {
    return {{"user", account.user},           {"auth_user", account.auth_user},
            {"registrar", account.registrar}, {"password_sha256", account.password_sha256},
            {"ha1_md5", account.ha1_md5},     {"ha1_sha256", account.ha1_sha256}};
}

json::object phone_object(const sim::PhoneOutcome& phone) {
    json::array accounts, oddities;
    for (const auto& account : phone.accounts) accounts.push_back(account_object(account));
    for (const auto& oddity : phone.oddities) oddities.emplace_back(oddity);
    return {{"mac", phone.mac.lower()},        {"vendor", phone.vendor},
            {"status", phone.own.status},      {"with_secret", phone.with_secret},
            {"accounts", std::move(accounts)}, {"oddities", std::move(oddities)}};
}

}  // namespace

std::string table_of(const sim::RunReport& report) {
    std::string text = fmt::format("{:<14} {:>7} {:>11} {:>14} {:>7} {:>10} {:>14} {:>11}\n", "VENDOR",
                                   "PHONES", "WITH SECRET", "WITHOUT SECRET", "REFUSED", "UNANSWERED",
                                   "WOULD REGISTER", "AS EXPECTED");
    for (const auto& [vendor, tally] : report.vendors) text += tally_row(vendor, tally);
    if (report.vendors.size() > 1) text += tally_row("total", report.total());
    std::size_t shown = 0;
    for (const auto& phone : report.phones) {
        if (phone.oddities.empty() || shown == most_shown) continue;
        ++shown;
        text += phone.mac.lower() + ": " + phone.oddities.front() + "\n";
    }
    return text;
}

std::string table_of(const std::vector<sim::FaultTally>& tallies) {
    std::string text =
        fmt::format("{:<20} {:<14} {:<28} {:>7} {:>7}\n", "FAULT", "VENDOR", "EXPECTED", "PHONES", "HELD");
    for (const auto& tally : tallies) {
        text += fmt::format("{:<20} {:<14} {:<28} {:>7} {:>7}\n", tally.fault, tally.vendor,
                            sim::to_text(tally.expectation), tally.phones, tally.held);
        for (std::size_t i = 0; i < std::min(most_shown, tally.deviations.size()); ++i)
            text += "  " + tally.deviations[i] + "\n";
    }
    return text;
}

std::string table_of_faults() {
    std::string text = fmt::format("{:<20} {:<28} {}\n", "FAULT", "EXPECTED", "THE PHONE");
    for (const auto& fault : sim::all_faults())
        text += fmt::format("{:<20} {:<28} {}\n", fault.name, sim::to_text(fault.expectation), fault.meaning);
    return text;
}

std::string json_of(const sim::RunReport& report, double seconds) {
    json::object vendors;
    for (const auto& [vendor, tally] : report.vendors) vendors[vendor] = tally_object(tally);
    json::array phones;
    for (const auto& phone : report.phones) phones.push_back(phone_object(phone));
    return json::serialize(json::object{{"seconds", seconds},
                                        {"total", tally_object(report.total())},
                                        {"vendors", std::move(vendors)},
                                        {"phones", std::move(phones)}});
}

std::string json_of(const std::vector<sim::FaultTally>& tallies) {
    json::array faults;
    for (const auto& tally : tallies) {
        json::array deviations;
        for (const auto& deviation : tally.deviations) deviations.emplace_back(deviation);
        faults.push_back(json::object{{"fault", tally.fault},
                                      {"vendor", tally.vendor},
                                      {"expected", std::string(sim::to_text(tally.expectation))},
                                      {"phones", tally.phones},
                                      {"held", tally.held},
                                      {"deviations", std::move(deviations)}});
    }
    return json::serialize(json::object{{"faults", std::move(faults)}});
}

std::string trust_commands(const std::filesystem::path& pki) {
    std::string text;
    const auto content = sim::read_file(pki / "trust.tsv");
    const auto rows = content ? sim::read_rows(*content) : Result<std::vector<sim::Row>>();
    if (!rows) return text;
    for (const auto& row : *rows)
        if (row.size() == 4)
            text += fmt::format("  provost vendor trust import {} --vendor {} --anchor {} --fingerprint {}\n",
                                row.at(3), row.at(0), row.at(1), row.at(2));
    return text;
}

}  // namespace provost::cli
