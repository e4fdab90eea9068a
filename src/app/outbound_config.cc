#include "app/outbound_config.h"

#include "app/door_config.h"
#include "domain/text.h"

#include <algorithm>

#include <unistd.h>

namespace provost {

namespace {

constexpr std::size_t most_targets = 8, most_recipients = 20;

std::string own_name() {
    std::array<char, 256> name{};
    return ::gethostname(name.data(), name.size() - 1) == 0 ? std::string(name.data()) : "localhost";
}

bool is_mailbox(std::string_view text) {
    const auto at = text.find('@');
    if (at == text.npos || at == 0 || text.size() > 254 || !is_host(text.substr(at + 1))) return false;
    return text.find_first_not_of(
               "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.!#$%&'*+/=?^_`{|}~-") >= at;
}

std::string read_mailbox(const Yaml& value) {
    auto text = value.words();
    if (!text.empty() && !is_mailbox(text))
        value.mistake({"P-2107", "this is no mail address", "", "", "Write such as ops@example.com."});
    return text;
}

std::filesystem::path read_path(const std::filesystem::path& file, const Yaml& value) {
    return value ? beside(file, value) : std::filesystem::path();
}

OutboundUrl read_place(const Yaml& value, const std::string& text, const std::vector<std::string>& schemes) {
    auto url = parse_outbound_url(text, schemes);
    if (url) return *url;
    if (!text.empty()) value.mistake(url.error());
    return {};
}

void refuse_clear(const Yaml& value, const std::string& fix) {
    value.mistake({"P-2107", "this would leave the machine without TLS", "", "", fix});
}

void read_mail(const std::filesystem::path& file, const Yaml& value, YamlMap& map, TargetSettings& target) {
    target.url = value.words();
    target.place = read_place(value, target.url, {"smtp", "smtps"});
    target.from = read_mailbox(map.required("from"));
    for (const auto& one : map.required("to").one_or_more()) target.to.push_back(read_mailbox(one));
    if (target.to.size() > most_recipients)
        value.mistake({"P-2107", "too many recipients", "", "20 at most", "Use a mailing list."});
    if (const auto tls = map.optional("tls")) {
        target.encrypt = tls.toggle(true);
        if (!target.encrypt && !target.place.loopback)
            refuse_clear(tls, "Leave it out: STARTTLS, or smtps://. Without is for this machine's relay.");
    }
    target.user = map.optional("user").text();
    target.password = read_path(file, map.optional("password"));
}

void read_syslog(const std::filesystem::path& file, const Yaml& value, YamlMap& map, TargetSettings& target) {
    target.url = value.words();
    if (target.url == "local") {
        target.socket = map.optional("socket").text("/dev/log");
        return;
    }
    target.place = read_place(value, target.url, {"tls", "tcp", "udp"});
    target.encrypt = target.place.scheme == "tls";
    target.certificate = read_path(file, map.optional("certificate"));
    target.client_key = read_path(file, map.optional("client_key"));
    const bool clear = map.optional("clear").toggle(false);
    if (!target.encrypt && !target.place.loopback && !clear && !target.place.host.empty())
        refuse_clear(value, "Write tls://; or 'clear: yes', if the network between is yours alone.");
}

TargetSettings read_target(const std::filesystem::path& file, const Yaml& value) {
    TargetSettings target;
    YamlMap map(value);
    const auto webhook = map.optional("webhook"), mail = map.optional("mail"),
               syslog = map.optional("syslog");
    target.authorities = read_path(file, map.optional("ca"));
    const int ways = (webhook ? 1 : 0) + (mail ? 1 : 0) + (syslog ? 1 : 0);
    if (ways != 1) {
        value.mistake({"P-2107", "a target is one of webhook, mail, syslog", "", "",
                       "Write such as {syslog: \"tls://log.example:6514\"}."});
        return target;
    }
    if (webhook) read_webhook(file, webhook, map, target);
    if (mail) target.kind = TargetSettings::Kind::mail, read_mail(file, mail, map, target);
    if (syslog) target.kind = TargetSettings::Kind::syslog, read_syslog(file, syslog, map, target);
    return target;
}

}  // namespace

void read_webhook(const std::filesystem::path& file, const Yaml& url, YamlMap& map, TargetSettings& target) {
    target.url = url.words();
    target.place = read_place(url, target.url, {"https", "http"});
    target.key = beside(file, map.required("key"));
    if (target.place.scheme == "http" && !target.place.loopback)
        refuse_clear(url, "Write https; http is for this machine itself.");
}

std::vector<TargetSettings> read_targets(const std::filesystem::path& file, const Yaml& value) {
    std::vector<TargetSettings> targets;
    if (!value) return targets;
    for (const auto& item : value.items()) targets.push_back(read_target(file, item));
    if (targets.size() > most_targets)
        value.mistake({"P-2107", "too many targets", "", "8 at most", "Let one of them pass it on."});
    return targets;
}

void read_alerts(const std::filesystem::path& file, const Yaml& value, OutboundSettings& settings) {
    settings.host = own_name();
    if (!value) return;
    YamlMap map(value);
    settings.alerts = read_targets(file, map.required("targets"));
    settings.host = map.optional("name").text(settings.host);
    settings.pace.least = map.optional("least").choice<AlertWeight>(
        {{"info", AlertWeight::info}, {"warning", AlertWeight::warning}, {"critical", AlertWeight::critical}},
        settings.pace.least);
    settings.pace.gather = read_length(map.optional("gather"), settings.pace.gather);
    settings.pace.repeat = read_length(map.optional("repeat"), settings.pace.repeat);
    settings.pace.quiet = read_length(map.optional("quiet"), settings.pace.quiet);
}

}  // namespace provost
