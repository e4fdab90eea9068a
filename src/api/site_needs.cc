#include "service/site_needs.h"

#include "api/json.h"
#include "domain/text.h"

namespace provost::api {

namespace {

// "10000-20000"
Result<MediaPorts> read_media(const std::string& text) {
    MediaPorts ports;
    if (text.empty()) return ports;
    const auto dash = text.find('-');
    const auto from = whole_number(std::string_view(text).substr(0, dash));
    const auto to = dash == text.npos ? from : whole_number(std::string_view(text).substr(dash + 1));
    constexpr std::int64_t most = UINT16_MAX;
    if (!from || !to || *from < 1 || *from > *to || *to > most)
        return fail({"P-8004", "'" + printable(text, 32) + "' is no range of ports", "media", "",
                     "Write such as 10000-20000."});
    ports.from = static_cast<std::uint16_t>(*from);
    ports.to = static_cast<std::uint16_t>(*to);
    return ports;
}

}  // namespace

Result<ApiReply> show_site_needs(ApiContext& context, const ApiCall& call) {
    PROVOST_TRY(const auto media, read_media(call.query("media")));
    PROVOST_TRY(const auto needs, site_needs(context.house, call.path[0], call.path[1], media));
    json::array items;
    for (const auto& [need, devices] : needs)
        items.push_back(json::object{{"purpose", need.purpose},
                                     {"protocol", need.protocol},
                                     {"host", need.host},
                                     {"port_from", need.from},
                                     {"port_to", need.to},
                                     {"devices", devices}});
    return page(std::move(items), "");
}

}  // namespace provost::api
