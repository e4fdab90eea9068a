// One phone beside another that works.
#include "service/device_compare.h"

#include "api/json.h"
#include "api/route.h"
#include "domain/text.h"

namespace provost::api {

namespace {

json::object to_json(const VisitsSeen& visits) {
    return {{"looked_at", visits.looked_at},
            {"refused", visits.refused},
            {"served", time_or_null(visits.served)},
            {"last_rule", visits.last_rule},
            {"tls", visits.tls}};
}

json::object to_json(const ComparedDevice& compared, const PolicySnapshot& policies) {
    const auto& explained = compared.explained;
    return {{"device", provost::to_json(explained.device, policies)},
            {"kind", explained.kind},
            {"verdict", explained.verdict},
            {"rating", explained.rating},
            {"rating_reason", explained.rating_reason},
            {"visits", to_json(compared.visits)}};
}

json::object to_json(const ComparedValue::Side& side) {
    return {{"value", side.value}, {"layer", side.layer}, {"layer_name", side.layer_name}};
}

json::object to_json(const ComparedValue& value) {
    return {{"parameter", value.parameter},
            {"setting", value.setting},
            {"own", value.own},
            {"one", to_json(value.one)},
            {"other", to_json(value.other)}};
}

}  // namespace

Result<ApiReply> compare_device(ApiContext& context, const ApiCall& call) {
    PROVOST_TRY(const auto mac, call.mac());
    std::optional<MacAddress> other;
    if (const auto named = call.query("with"); !named.empty()) {
        other = MacAddress::parse(named);
        if (!other)
            return fail({"P-8003", "'" + printable(named, 32) + "' is not a MAC address", "with", "",
                         "Write 12 hexadecimal digits, such as 00:15:65:12:34:56."});
    }
    PROVOST_TRY(const auto comparison, compare_devices(context.house, context.sight, mac, other));
    const auto policies = context.house.policies.current();
    json::array differences;
    for (const auto& value : comparison.differences) differences.push_back(to_json(value));
    json::object body{{"one", to_json(comparison.one, *policies)},
                      {"other", to_json(comparison.other, *policies)},
                      {"chosen", comparison.chosen},
                      {"same", comparison.same}};
    body["differences"] = std::move(differences);
    return reply(200, body);
}

}  // namespace provost::api
