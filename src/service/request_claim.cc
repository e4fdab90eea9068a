#include "service/request_claim.h"

#include <algorithm>

namespace provost {

namespace {

// A MAC anywhere in the query's values ("?mac=0015651122aa&x=1"); the first one counts.
std::optional<MacAddress> mac_in_query(std::string_view query) {
    while (!query.empty()) {
        const auto end = query.find('&');
        const auto pair = query.substr(0, end);
        query = end == query.npos ? std::string_view() : query.substr(end + 1);
        const auto equals = pair.find('=');
        if (const auto mac = MacAddress::parse(equals == pair.npos ? pair : pair.substr(equals + 1)))
            return mac;
    }
    return std::nullopt;
}

bool stage_allows(const FileRule& file, const std::optional<AgentMatch>& agent) {
    return file.secret_stage.empty() || (agent && agent->stage == file.secret_stage);
}

bool lacks_header(const DeviceRequest& request, const VendorSpec& vendor) {
    std::string wanted(vendor.access.token_header);
    std::transform(wanted.begin(), wanted.end(), wanted.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    const auto& there = request.extra_fields;
    return !wanted.empty() && std::find(there.begin(), there.end(), wanted) == there.end();
}

// What the phone says of itself.
void read_agent(const Catalogue& catalogue, const VendorSpec* vendor, const DeviceRequest& request,
                ReadClaim& read) {
    read.agent = catalogue.match_agent(request.user_agent, vendor);
    if (read.agent) read.claim.agent_mac = read.agent->mac;
    if (vendor == nullptr) return;
    read.claim.lacks_token_header = lacks_header(request, *vendor);
    read.claim.agent_of_another_vendor =
        !read.agent && catalogue.match_agent(request.user_agent, nullptr).has_value();
}

}  // namespace

ReadClaim read_claim(const Catalogue& catalogue, const VendorSpec* vendor, std::string_view target,
                     const DeviceRequest& request, std::string_view prefix) {
    ReadClaim read;
    read.claim.method = request.method;
    read.claim.source = request.source;
    read_agent(catalogue, vendor, request, read);
    const auto question = target.find('?');
    auto path = target.substr(0, question);
    if (question != target.npos) read.claim.query_mac = mac_in_query(target.substr(question + 1));
    if (!path.starts_with(prefix)) return read;
    path.remove_prefix(prefix.size());
    read.file = catalogue.match_path(path, vendor);
    if (!read.file) return read;
    const auto& file = *read.file->file;
    read.claim.kind = file.kind;
    read.claim.path_mac = read.file->path_mac;
    read.claim.may_carry_secrets = file.carries_secrets && stage_allows(file, read.agent);
    return read;
}

}  // namespace provost
