#include "app/outbound_targets.h"

#include "app/read_file.h"
#include "service/alert_wire.h"

#include <sys/stat.h>
#include <unistd.h>

namespace provost {

namespace {

constexpr std::size_t most_bytes = 1U << 20U;

struct Ready {  // what a target's sender holds
    TargetSettings settings;
    std::string host;
    OutboundTls tls;
    MailRoute route;
};

Result<OutboundTls> read_tls(const TargetSettings& settings) {
    OutboundTls tls;
    if (!settings.authorities.empty()) {
        PROVOST_TRY(tls.authorities, read_outbound_file(settings.authorities, false));
    }
    if (settings.certificate.empty()) return tls;
    PROVOST_TRY(tls.certificate, read_outbound_file(settings.certificate, false));
    PROVOST_TRY(auto key, read_outbound_file(settings.client_key, true));
    tls.key = Secret::copy_of(key);
    wipe(key.data(), key.size());
    return tls;
}

Status read_route(const TargetSettings& settings, MailRoute& route) {
    route.url = settings.url;
    route.must_encrypt = settings.encrypt;
    route.user = settings.user;
    route.from = settings.from;
    route.to = settings.to;
    if (settings.password.empty()) return {};
    PROVOST_TRY(auto password, read_outbound_file(settings.password, true));
    while (password.ends_with('\n') || password.ends_with('\r')) password.pop_back();
    route.password = Secret::copy_of(password);
    wipe(password.data(), password.size());
    return {};
}

Status send_syslog(const Ready& ready, const AlertMessage& message) {
    const auto process = std::to_string(::getpid());
    if (!ready.settings.socket.empty())
        return send_local(ready.settings.socket, local_syslog_line(message, process));
    const auto line = syslog_line(message, ready.host, process);
    if (ready.settings.place.scheme == "udp") return send_datagram(ready.settings.place, line);
    return send_stream(ready.settings.place, ready.settings.encrypt, ready.tls, counted(line));
}

Status send_mail(const Ready& ready, const AlertMessage& message) {
    return send_mail(
        ready.route, ready.tls,
        mail_of(message, ready.settings.from, ready.settings.to, ready.host, SystemClock().now()));
}

using Sender = std::function<Status(const AlertMessage&)>;

Result<Sender> sender_of(const TargetSettings& settings, const std::string& host) {
    if (settings.kind == TargetSettings::Kind::webhook) {
        PROVOST_TRY(auto post, make_webhook(settings));
        return
            [post = std::move(post)](const AlertMessage& message) { return post(message.id, message.json); };
    }
    auto ready = std::make_shared<Ready>();
    ready->settings = settings;
    ready->host = host;
    PROVOST_TRY(ready->tls, read_tls(settings));
    if (settings.kind == TargetSettings::Kind::syslog)
        return [ready](const AlertMessage& message) { return send_syslog(*ready, message); };
    PROVOST_CHECK(read_route(settings, ready->route));
    return [ready](const AlertMessage& message) { return send_mail(*ready, message); };
}

std::string name_of(const TargetSettings& settings) {
    if (!settings.socket.empty()) return "syslog " + settings.socket;
    static constexpr std::array<const char*, 3> kinds{"webhook ", "mail ", "syslog "};
    return kinds[static_cast<std::size_t>(settings.kind)] + settings.place.text();
}

}  // namespace

Result<std::string> read_outbound_file(const std::filesystem::path& file, bool secret) {
    struct stat facts {};
    if (secret && ::stat(file.c_str(), &facts) == 0 && (facts.st_mode & 077U) != 0)
        return fail({"P-1112", "a secret is open to others", file.string(), "", "chmod 600"});
    auto text = read_file(file, most_bytes);
    if (text) return text;
    return fail({"P-1112", "a file for a target can't be read", file.string(), text.error().why,
                 "Check the path, and that the server's user may read it"});
}

Result<Secret> read_webhook_key(const std::filesystem::path& file) {
    PROVOST_TRY(auto text, read_outbound_file(file, true));
    auto parsed = parse_webhook_key(text);
    wipe(text.data(), text.size());
    if (parsed) return std::move(*parsed);
    return fail({"P-1113", "this is no key of a webhook", file.string(),
                 "it is not 'whsec_' and 24 to 64 bytes as base64",
                 "Make one: (printf whsec_; openssl rand -base64 32) > FILE; chmod 600 FILE"});
}

Result<PostSigned> make_webhook(const TargetSettings& settings) {
    struct Held {
        std::string url;
        OutboundTls tls;
        Secret key;
    };
    auto held = std::make_shared<Held>();
    held->url = settings.url;
    PROVOST_TRY(held->tls, read_tls(settings));
    PROVOST_TRY(held->key, read_webhook_key(settings.key));
    return [held = std::move(held)](const std::string& id, const std::string& body) {
        return post_http(held->url, held->tls, webhook_headers(id, body, held->key, SystemClock().now()),
                         body);
    };
}

Result<std::vector<AlertTarget>> make_targets(const OutboundSettings& settings) {
    std::vector<AlertTarget> targets;
    for (const auto* const list : {&settings.alerts, &settings.heads})
        for (const auto& one : *list) {
            PROVOST_TRY(auto send, sender_of(one, settings.host));
            const bool alerts = list == &settings.alerts;
            targets.push_back({name_of(one), std::move(send), alerts, !alerts});
        }
    return targets;
}

}  // namespace provost
