#include "app/registrars.h"

#include "app/outbound_targets.h"
#include "registrar/webhook/webhook.h"

namespace provost {

namespace {

using Kind = RegistrarSettings::Kind;

constexpr std::size_t longest_answer = 64U << 10U;

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

// A kind whose connector this program was built without.
Result<std::unique_ptr<Registrar>> not_built(const RegistrarSettings& settings) {
    return fail({"P-8104", "this program has no connector for " + std::string(to_text(settings.kind)),
                 "registrars", settings.scope.name, "Use the kind webhook"});
}

Result<std::unique_ptr<Registrar>> make_registrar(const RegistrarSettings& settings,
                                                  const std::string& server, const Clock& clock) {
    switch (settings.kind) {
        case Kind::webhook:
            return make_webhook(settings, server, clock);
        case Kind::kamailio:  // settings.database, password_file, authorities
        case Kind::opensips:
        case Kind::asterisk:
            break;
    }
    return not_built(settings);
}

}  // namespace

Result<std::vector<OpenRegistrar>> open_registrars(const std::vector<RegistrarSettings>& settings,
                                                   const std::string& server, const Clock& clock) {
    std::vector<OpenRegistrar> open;
    for (const auto& one : settings) {
        PROVOST_TRY(auto registrar, make_registrar(one, server, clock));
        open.push_back({one.scope.name, std::string(to_text(one.kind)), std::move(registrar)});
    }
    return open;
}

}  // namespace provost
