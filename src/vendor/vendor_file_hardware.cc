// The blocks on the phones themselves: MAC prefixes, models, TLS.
#include "domain/text.h"
#include "vendor/vendor_file_reader.h"

#include <algorithm>

namespace provost {

namespace {

std::optional<std::uint32_t> parse_oui(std::string_view text) {
    if (text.size() != 8 || text[2] != ':' || text[5] != ':') return std::nullopt;
    const auto bytes = from_hex(text);
    if (!bytes || bytes->size() != 3) return std::nullopt;
    return static_cast<std::uint32_t>((*bytes)[0] << 16 | (*bytes)[1] << 8 | (*bytes)[2]);
}

void read_prefix(VendorSpec& spec, const Yaml& item) {
    const std::string text = item.text();
    if (!item.is_text()) return;
    const auto oui = parse_oui(text);
    if (!oui || (*oui >> 16 & 1) != 0) {
        item.mistake({"P-2107", "'" + printable(text, 32) + "' is not a MAC prefix of a maker", "",
                      oui ? "it is a group address" : "", "Write three bytes, such as \"00:15:65\"."});
        return;
    }
    auto& all = spec.mac_prefixes;
    const auto place = std::lower_bound(all.begin(), all.end(), *oui);
    if (place != all.end() && *place == *oui) {
        item.mistake({"P-2110", "prefix '" + text + "' is given twice", "", "", "Remove one of them."});
    } else {
        all.insert(place, *oui);
    }
}

}  // namespace

void read_mac_prefixes(VendorFileReader& reader, const Yaml& block) {
    if (!block) return;
    YamlMap map(block);
    auto& spec = reader.spec;
    spec.mac_prefix_provenance = reader.provenance(map);
    spec.any_mac_prefix = map.optional("any").choice<bool>({{"true", true}}, false);
    spec.local_macs = map.optional("local").choice<bool>({{"true", true}}, false);
    const auto prefixes = map.optional("prefixes");
    for (const auto& item : prefixes.one_or_more()) read_prefix(spec, item);
    if (prefixes || spec.any_mac_prefix || spec.local_macs) return;
    block.mistake({"P-2104", "neither 'prefixes' nor 'any: true' nor 'local: true' is given", "",
                   "a vendor's CA may vouch for the vendor's own phones only", "List the prefixes."});
}

void read_models(VendorFileReader& reader, const Yaml& block) {
    if (!block) return;
    YamlMap map(block);
    reader.spec.model_provenance = reader.provenance(map);
    std::vector<std::string> taken;
    for (const auto& item : map.required("list").items()) {
        YamlMap model(item);
        ModelSpec& spec = reader.spec.models.emplace_back();
        const auto id = model.required("id");
        spec.id = VendorFileReader::id(id);
        VendorFileReader::unique(id, spec.id, taken);
        spec.matches = reader.pattern(model.required("matches"), {});
        spec.lines = model.required("lines").number(1, max_lines, 1);
        spec.keys = model.optional("keys").number(0, max_keys, 0);
    }
}

void read_tls(VendorFileReader& reader, const Yaml& block) {
    if (!block) return;
    YamlMap map(block);
    auto& tls = reader.spec.tls;
    tls.provenance = reader.provenance(map);
    tls.note = tls.provenance.note;
    tls.minimum = map.required("minimum").choice<std::string>(
        {{"1.0", "1.0"}, {"1.1", "1.1"}, {"1.2", "1.2"}, {"1.3", "1.3"}, {"unknown", "unknown"}}, "unknown");
    tls.sni = map.required("sni").choice<std::string>(
        {{"sent", "sent"}, {"not sent", "not sent"}, {"unknown", "unknown"}}, "unknown");
}

}  // namespace provost
