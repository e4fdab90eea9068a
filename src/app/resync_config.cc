#include "app/resync_config.h"

#include "app/door_config.h"
#include "app/outbound_targets.h"
#include "app/read_file.h"
#include "domain/text.h"
#include "service/registrar_hub.h"
#include "sip/notify_sender.h"

namespace provost {

namespace {

constexpr const char* zone_folder = "/usr/share/zoneinfo/";
constexpr std::size_t longest_zone = 1U << 20U;

std::string read_uri(const Yaml& value) {
    auto text = value.text();
    if (text.empty()) return {};
    if (const auto uri = parse_sip_uri(text); !uri) value.mistake(uri.error());
    return text;
}

}  // namespace

void read_resync_block(const std::filesystem::path& file, const Yaml& value, ResyncSettings& settings) {
    if (!value) return;
    settings.given = true;
    YamlMap map(value);
    settings.route.route = read_uri(map.optional("route"));
    settings.route.from = read_uri(map.optional("from"));
    if (const auto rate = map.optional("rate")) {
        const auto spacing = parse_rate(rate.words());
        if (spacing)
            settings.pace.spacing = *spacing;
        else
            rate.mistake(spacing.error());
    }
    settings.pace.jitter = read_length(map.optional("jitter"), settings.pace.jitter);
    const auto within = map.optional("answer_within");
    settings.answer_within = read_length(within, settings.answer_within);
    if (settings.answer_within < std::chrono::seconds(1) || settings.answer_within > std::chrono::seconds(30))
        within.mistake({"P-2107", "this is no time to wait for a phone", "", "", "1s to 30s; default 8s."});
    if (const auto tls = map.optional("tls")) {
        YamlMap of_tls(tls);
        if (const auto ca = of_tls.optional("ca")) settings.authorities = beside(file, ca);
        if (const auto certificate = of_tls.optional("certificate")) {
            settings.certificate = beside(file, certificate);
            settings.key = beside(file, of_tls.required("key"));
        }
    }
}

Result<std::unique_ptr<NotifySender>> make_sender(const ResyncSettings& settings) {
    auto sip = std::make_shared<SipSettings>();
    sip->timers.answer_within = settings.answer_within;
    if (!settings.authorities.empty()) {
        PROVOST_TRY(sip->tls.authorities, read_outbound_file(settings.authorities, false));
    }
    if (!settings.certificate.empty()) {
        PROVOST_TRY(sip->tls.certificate, read_outbound_file(settings.certificate, false));
        PROVOST_TRY(auto key, read_outbound_file(settings.key, true));
        sip->tls.key = Secret::copy_of(key);
        wipe(key.data(), key.size());
    }
    return make_notify_sender(std::move(sip));
}

FindRegistrars registrars_of(const House& house) {
    return [&house](TenantId tenant, const std::string& realm) {
        std::vector<Registrar*> found;
        for (const auto& name : house.registrars->serving(tenant, realm))
            if (const auto one = house.registrar_hub->registrar(name)) found.push_back(*one);
        return found;
    };
}

Result<TimeZone> load_time_zone(const std::string& name) {
    const Error none{"P-8306", "there is no time zone '" + printable(name, 64) + "' here", "time.zone", "",
                     "Write such as Europe/London, or install the system's time zones (tzdata)."};
    if (!is_zone_name(name)) return fail(none);
    const auto text = read_file(zone_folder + name, longest_zone);
    if (!text) return fail(none);
    return TimeZone::parse(*text);
}

}  // namespace provost
