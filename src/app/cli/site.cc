#include "app/cli/command.h"
#include "app/resolve_host.h"
#include "service/site_needs.h"

#include <iostream>

#include <boost/json.hpp>

namespace provost::cli {

namespace {

struct SiteOptions {
    std::string tenant, site, format = "table", phones, media;
};

SiteNeed read_need(const json::object& item) {
    return {member_text(item, "purpose"), member_text(item, "protocol"), member_text(item, "host"),
            item.at("port_from").to_number<std::uint16_t>(), item.at("port_to").to_number<std::uint16_t>()};
}

// Names are looked up here and now: nftables keeps addresses.
Result<std::vector<ResolvedNeed>> resolve(const json::array& items) {
    std::map<std::string, std::vector<IpAddress>> known;
    std::vector<ResolvedNeed> resolved;
    for (const auto& item : items) {
        ResolvedNeed one{read_need(item.as_object()), {}};
        auto found = known.find(one.need.host);
        if (found == known.end()) {
            PROVOST_TRY(auto addresses, resolve_host(one.need.host));
            found = known.emplace(one.need.host, std::move(addresses)).first;
        }
        one.addresses = found->second;
        resolved.push_back(std::move(one));
    }
    return resolved;
}

Result<std::string> script(const SiteOptions& options, const json::array& items) {
    if (options.phones.empty())
        return fail({"P-2012", "nftables needs to know who the phones are", "--phones", "",
                     "Write their networks, such as --phones 192.0.2.0/24."});
    PROVOST_TRY(const auto phones, parse_networks(options.phones, "--phones"));
    PROVOST_TRY(const auto needs, resolve(items));
    return site_firewall(options.site, needs, phones);
}

json::array for_table(const json::array& items) {
    json::array rows;
    for (const auto& item : items) {
        auto row = item.as_object();
        const auto from = member_text(row, "port_from"), to = member_text(row, "port_to");
        row["ports"] = from == to ? from : from + "-" + to;
        rows.push_back(std::move(row));
    }
    return rows;
}

void firewall(Shell& shell, const SiteOptions& options) {
    std::map<std::string, std::string> query;
    if (!options.media.empty()) query["media"] = options.media;
    const auto answer =
        shell.call("GET", "/v1/tenants/" + options.tenant + "/sites/" + options.site + "/needs", query);
    if (!answer) return;
    const auto& items = answer->at("items").as_array();
    if (options.format == "table")
        return print_items(shell, for_table(items),
                           {{"PURPOSE", "purpose"},
                            {"PROTOCOL", "protocol"},
                            {"HOST", "host"},
                            {"PORTS", "ports"},
                            {"DEVICES", "devices"}});
    const auto made = script(options, items);
    if (made) {
        std::cout << *made << std::flush;
        return;
    }
    shell.fail(made.error());
}

}  // namespace

void add_site(Command root, Shell& shell) {
    auto noun = root.add_group("site", "places where phones stand");
    const auto options = std::make_shared<SiteOptions>();
    auto making = noun.add("firewall", "where a site's phones must be let through to, and nowhere else");
    making.option("tenant", options->tenant, "the tenant").required();
    making.option("site", options->site, "its site").required();
    making.option("--format", options->format, "table or nft").one_of({"table", "nft"});
    making.option("--phones", options->phones, "networks of the phones, such as 192.0.2.0/24; for nft");
    making.option("--media", options->media, "ports of media at the other side, such as 10000-20000");
    making.action([&shell, options] { firewall(shell, *options); });
}

}  // namespace provost::cli
