#include "api/api.h"

#include "api/import_jobs.h"
#include "api/json.h"
#include "api/route.h"

#include <charconv>

namespace provost {

namespace {

// The {...} parts if `path` has the route's shape.
std::optional<std::vector<std::string>> match(std::string_view shape, std::string_view path) {
    std::vector<std::string> parts;
    while (!shape.empty() && !path.empty()) {
        const auto shape_end = shape.find('/', 1);
        const auto path_end = path.find('/', 1);
        const auto wanted = shape.substr(1, shape_end == shape.npos ? shape.npos : shape_end - 1);
        const auto given = path.substr(1, path_end == path.npos ? path.npos : path_end - 1);
        if (wanted.starts_with('{') && !given.empty())
            parts.emplace_back(given);
        else if (wanted != given)
            return std::nullopt;
        shape = shape_end == shape.npos ? std::string_view() : shape.substr(shape_end);
        path = path_end == path.npos ? std::string_view() : path.substr(path_end);
    }
    if (!shape.empty() || !path.empty()) return std::nullopt;
    return parts;
}

}  // namespace

std::string ApiCall::query(const std::string& name) const {
    const auto found = request.query.find(name);
    return found == request.query.end() ? std::string() : found->second;
}

Result<MacAddress> ApiCall::mac(std::size_t part) const {
    if (const auto mac = MacAddress::parse(path.at(part))) return *mac;
    return fail({"P-8003", "'" + path.at(part).substr(0, 32) + "' is not a MAC address", "mac", "",
                 "Write its twelve hexadecimal digits."});
}

Result<std::size_t> ApiCall::limit(std::size_t most) const {
    const auto text = query("limit");
    if (text.empty()) return std::min<std::size_t>(100, most);
    std::size_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error == std::errc() && end == text.data() + text.size() && number >= 1 && number <= most)
        return number;
    return fail(
        {"P-8004", "limit refused", "limit", "it is not a whole number from 1 to " + std::to_string(most)});
}

std::optional<std::int64_t> ApiCall::if_match() const {
    const auto found = request.headers.find("if-match");
    if (found == request.headers.end()) return std::nullopt;
    std::string_view text = found->second;
    if (text.size() > 1 && text.front() == '"' && text.back() == '"') text = text.substr(1, text.size() - 2);
    std::int64_t version = -1;  // an If-Match that names no version matches none
    std::from_chars(text.data(), text.data() + text.size(), version);
    return version;
}

Api::Api(House& house, Trust& trust, ServerControl& server)
    : house_(house), trust_(trust), server_(server), imports_(std::make_unique<ImportJobs>(house)) {}

Api::~Api() = default;

ApiReply Api::handle(const ApiRequest& request) {
    ApiContext context{house_, trust_, server_, *imports_};
    bool path_known = false;
    for (const auto& route : routes()) {
        auto parts = match(route.path, request.path);
        if (!parts) continue;
        path_known = true;
        if (route.method != request.method) continue;
        auto answer = route.handler(context, {request, std::move(*parts)});
        return answer ? std::move(*answer) : problem(answer.error());
    }
    if (path_known)
        return problem({"P-8006", "this resource has no " + request.method.substr(0, 16), "method"});
    return problem({"P-8005", "there is no such resource", "path"});
}

}  // namespace provost
