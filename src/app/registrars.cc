#include "app/registrars.h"

#include "app/outbound_targets.h"
#include "registrar/asterisk/asterisk.h"
#include "registrar/freeswitch/freeswitch.h"
#include "registrar/kamailio/kamailio.h"
#include "registrar/opensips/opensips.h"
#include "registrar/webhook/webhook.h"

namespace provost {

namespace {

using Kind = RegistrarSettings::Kind;

constexpr std::size_t longest_answer = 1U << 20U;  // a hundred refusals, each with a page of reasons

Result<std::unique_ptr<Registrar>> make_webhook(const RegistrarSettings& settings, const std::string& server,
                                                const Clock& clock) {
    auto tls = std::make_shared<OutboundTls>();
    if (!settings.authorities.empty()) {
        PROVOST_TRY(tls->authorities, read_outbound_file(settings.authorities, false));
    }
    WebhookSettings webhook{settings.scope.name, server, {}};
    PROVOST_TRY(webhook.key, read_webhook_key(settings.key));
    return open_webhook(
        std::move(webhook),
        [tls, url = settings.url](const std::vector<std::string>& headers, const std::string& body) {
            return ask_http(url, *tls, headers, body, longest_answer);
        },
        clock);
}

Result<registrar::SqlSettings> sql_settings(const RegistrarSettings& settings) {
    registrar::SqlSettings sql;
    PROVOST_TRY(sql.database.url, registrar::parse_database_url(settings.database));
    sql.database.ca_file = settings.authorities;
    sql.adopt = settings.adopt;
    sql.time_zone = settings.time_zone;
    if (settings.password_file.empty()) return sql;
    PROVOST_TRY(auto password, read_outbound_file(settings.password_file, true));
    while (password.ends_with('\n') || password.ends_with('\r')) password.pop_back();
    sql.database.password = Secret::copy_of(password);
    wipe(password.data(), password.size());
    return sql;
}

Result<std::unique_ptr<Registrar>> make_kamailio(const RegistrarSettings& settings) {
    PROVOST_TRY(auto sql, sql_settings(settings));
    return registrar::open_kamailio({std::move(sql), settings.sha256});
}

Result<std::unique_ptr<Registrar>> make_opensips(const RegistrarSettings& settings) {
    PROVOST_TRY(auto sql, sql_settings(settings));
    return registrar::open_opensips(std::move(sql));
}

Result<std::unique_ptr<Registrar>> make_asterisk(const RegistrarSettings& settings) {
    const auto& pjsip = settings.pjsip;
    registrar::AsteriskSettings asterisk;
    PROVOST_TRY(asterisk.sql, sql_settings(settings));
    if (pjsip.md5_alone) asterisk.digests = registrar::AsteriskDigests::md5;
    asterisk.context = pjsip.context;
    asterisk.transport = pjsip.transport;
    asterisk.allow = pjsip.allow;
    asterisk.max_contacts = pjsip.max_contacts;
    asterisk.expiration = pjsip.expiration;
    return registrar::open_asterisk(std::move(asterisk));
}

Result<std::unique_ptr<Registrar>> make_registrar(const RegistrarSettings& settings,
                                                  const std::string& server, House& house) {
    switch (settings.kind) {
        case Kind::webhook:
            return make_webhook(settings, server, house.clock);
        case Kind::kamailio:
            return make_kamailio(settings);
        case Kind::opensips:
            return make_opensips(settings);
        case Kind::freeswitch:
            return registrar::open_freeswitch(house);
        case Kind::asterisk:
            break;
    }
    return make_asterisk(settings);
}

}  // namespace

Result<std::vector<OpenRegistrar>> open_registrars(const std::vector<RegistrarSettings>& settings,
                                                   const std::string& server, House& house) {
    std::vector<OpenRegistrar> open;
    for (const auto& one : settings) {
        PROVOST_TRY(auto registrar, make_registrar(one, server, house));
        open.push_back({one.scope.name, std::string(to_text(one.kind)), std::move(registrar)});
    }
    return open;
}

}  // namespace provost
