#include "api/device_choice.h"

#include "api/fleet_scope.h"
#include "api/json.h"
#include "domain/text.h"
#include "service/device_care.h"
#include "service/search_terms.h"

#include <algorithm>
#include <map>
#include <unordered_set>

namespace provost {

namespace {

constexpr std::size_t most_searched = 1000;  // that a list is narrowed down to by a search
constexpr std::size_t page_size = 1000;

Result<std::optional<DeviceState>> read_state(const ApiCall& call) {
    const auto text = call.query("state");
    if (text.empty()) return std::optional<DeviceState>();
    if (const auto state = parse_device_state(text)) return state;
    return fail({"P-8004", "there is no state '" + printable(text, 32) + "'", "state", "",
                 "One of registered, armed, delivering, grace, provisioned, expired, retired."});
}

std::optional<std::string> given(const ApiCall& call, const std::string& name) {
    const auto found = call.request.query.find(name);
    return found == call.request.query.end() ? std::nullopt : std::optional(found->second);
}

Result<std::optional<int>> read_rating(const ApiCall& call) {
    const auto text = call.query("rating");
    if (text.empty()) return std::optional<int>();
    if (text == "none") return std::optional(0);
    const auto stars = whole_number(text);
    if (stars && *stars >= 1 && *stars <= 5) return std::optional(static_cast<int>(*stars));
    return fail({"P-8004", "'rating' is refused", "rating", "it is neither 1 to 5 nor none"});
}

Status read_sort(const ApiCall& call, FleetQuestion& question) {
    auto text = call.query("sort");
    if (text.empty()) return {};
    question.down = text.front() == '-';
    if (question.down) text.erase(0, 1);
    const auto sort = parse_fleet_sort(text);
    if (!sort)
        return fail({"P-8004", "devices can't be sorted by '" + printable(text, 32) + "'", "sort", "",
                     "One of mac, last_seen, tenant, site, vendor, model, firmware, state, rating; with '-' "
                     "before it the other way round."});
    question.sort = *sort;
    return {};
}

Error badly_chosen(std::string what, std::string fix) {
    return {"P-8415", std::move(what), "devices", "", std::move(fix)};
}

Error too_many() {
    return badly_chosen("too many devices at once: " + std::to_string(most_chosen) + " at most",
                        "Choose fewer, by tenant or site.");
}

// By the contract it is a list of texts.
std::vector<std::string> named_in(const ApiCall& call) {
    std::vector<std::string> named;
    boost::system::error_code bad;
    const auto body = json::parse(call.request.body, bad);
    const auto* const list = bad || !body.is_object() ? nullptr : body.get_object().if_contains("devices");
    if (list == nullptr) return named;
    for (const auto& one : list->as_array()) named.emplace_back(one.as_string());
    return named;
}

// What both lead through, from the root down.
void narrow(std::vector<TenantId>& path, const std::vector<TenantId>& other) {
    path.erase(std::ranges::mismatch(path, other).in1, path.end());
}

// The way to the tenant that all lie in, tenant by tenant.
class CommonPath {
 public:
    explicit CommonPath(const Sight& sight) : sight_(sight) {}
    void add(TenantId tenant) {
        if (!seen_.insert(tenant).second) return;
        const auto path = sight_.path_to(tenant);
        if (seen_.size() == 1)
            path_ = path;
        else
            narrow(path_, path);
    }
    [[nodiscard]] const std::vector<TenantId>& path() const { return path_; }

 private:
    const Sight& sight_;
    std::unordered_set<TenantId> seen_;
    std::vector<TenantId> path_;
};

Result<DeviceChoice> choose_named(const ApiContext& context, const std::vector<std::string>& named) {
    DeviceChoice choice;
    CommonPath common(context.sight);
    if (named.size() > most_chosen) return fail(too_many());
    for (const auto& text : named) {
        const auto mac = MacAddress::parse(text);
        if (!mac)
            return fail({"P-8003", "'" + printable(text, 32) + "' is not a MAC address", "devices", "",
                         "Write its twelve hexadecimal digits."});
        choice.macs.push_back(*mac);
    }
    std::ranges::sort(choice.macs, {}, &MacAddress::lower);
    const auto again = std::ranges::unique(choice.macs);
    choice.macs.erase(again.begin(), again.end());
    for (const auto mac : choice.macs)
        if (const auto device = context.sight.device(context.house.store, mac)) {
            choice.in_sight.push_back(mac);
            common.add(device->tenant);
        }
    choice.path = common.path();
    return choice;
}

// A filter that is empty chooses nothing.
bool narrows(const ApiCall& call, const FleetQuestion& question) {
    auto filter = question.filter;
    filter.tenants.reset();
    return question.among || !filter.takes_all() || !call.query("tenant").empty();
}

Result<DeviceChoice> choose_by_filter(const ApiContext& context, const ApiCall& call, bool all) {
    DeviceChoice choice;
    CommonPath common(context.sight);
    PROVOST_TRY(auto question, read_fleet_question(context, call));
    if (!all && !narrows(call, question))
        return fail(badly_chosen("no device is chosen",
                                 "Name some as 'devices', filter as GET /v1/devices does, or say 'all'."));
    if (question.among && question.among->size() >= most_searched)
        return fail(badly_chosen("the search finds a thousand devices or more, and goes no further",
                                 "Search for more words, or filter by tenant, site or model."));
    question.limit = page_size;
    do {
        PROVOST_TRY(const auto page, context.house.store.fleet().page(question));
        if (page.total > static_cast<std::int64_t>(most_chosen)) return fail(too_many());
        for (const auto& row : page.rows) {
            if (row.device.state == DeviceState::retired) continue;  // nothing arms those
            choice.macs.push_back(row.device.mac);
            common.add(row.device.tenant);
        }
        question.after = page.next;
    } while (!question.after.empty() && choice.macs.size() <= most_chosen);
    choice.in_sight = choice.macs;
    choice.path = common.path();
    return choice;
}

// Of those that the question is narrowed down to already, if it is.
void keep_only(const std::vector<MacAddress>& wanted, FleetQuestion& question) {
    std::vector<MacAddress> macs;
    for (const auto mac : wanted)
        if (!question.among || std::ranges::find(*question.among, mac) != question.among->end())
            macs.push_back(mac);
    question.among = std::move(macs);
}

Status keep_muted(const ApiContext& context, FleetQuestion& question) {
    PROVOST_TRY(const auto devices,
                muted_devices(context.house.store, question.filter.tenants, context.house.clock.now()));
    std::vector<MacAddress> macs;
    for (const auto& device : devices) macs.push_back(device.mac);
    keep_only(macs, question);
    return {};
}

}  // namespace

Result<FleetFilter> read_fleet_filter(const ApiContext& context, const ApiCall& call) {
    FleetFilter filter;
    PROVOST_TRY(const auto scope, scope_of(context, call));
    filter.tenants = scope.tenants;
    filter.vendor = call.query("vendor");
    filter.site = given(call, "site");
    filter.model = given(call, "model");
    filter.firmware = given(call, "firmware");
    PROVOST_TRY(filter.state, read_state(call));
    PROVOST_TRY(filter.never_seen, query_flag(call, "never_seen"));
    PROVOST_TRY(filter.stars, read_rating(call));
    return filter;
}

Result<FleetQuestion> read_fleet_question(const ApiContext& context, const ApiCall& call) {
    FleetQuestion question;
    PROVOST_TRY(question.filter, read_fleet_filter(context, call));
    PROVOST_CHECK(read_sort(call, question));
    PROVOST_TRY(question.limit, call.limit(1000));
    question.after = call.query("after");
    auto& fleet = context.house.store.fleet();
    PROVOST_TRY(const auto held, query_flag(call, "held_key"));
    if (held.value_or(false)) {
        PROVOST_TRY(question.among, fleet.held_keys(question.filter.tenants, most_searched));
    }
    PROVOST_TRY(const auto muted, query_flag(call, "muted"));
    if (muted.value_or(false)) PROVOST_CHECK(keep_muted(context, question));
    const auto text = call.query("q");
    if (trim(text).empty()) return question;
    PROVOST_TRY(const auto found, fleet.search(parse_search(text), question.filter.tenants, most_searched));
    std::vector<MacAddress> macs;
    for (const auto& one : found) macs.push_back(one.mac);
    keep_only(macs, question);
    return question;
}

Result<std::shared_ptr<const DeviceChoice>> choose_devices(ApiContext& context, const ApiCall& call) {
    if (context.chosen != nullptr) return context.chosen;
    PROVOST_TRY(const auto body, Body::read(call, {"devices", "all", "forget_key", "reason"}));
    const auto named = named_in(call);
    PROVOST_TRY(const bool all, body.flag("all"));
    if (!named.empty() && (all || !call.request.query.empty()))
        return fail(badly_chosen("devices are named, and chosen by a filter or 'all' too",
                                 "Choose them in one of these ways."));
    PROVOST_TRY(auto choice,
                named.empty() ? choose_by_filter(context, call, all) : choose_named(context, named));
    if (choice.in_sight.empty())
        return fail(badly_chosen("no device fits", "Look what GET /v1/devices lists."));
    context.chosen = std::make_shared<const DeviceChoice>(std::move(choice));
    return context.chosen;
}

}  // namespace provost
