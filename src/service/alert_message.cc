#include "domain/text.h"
#include "service/alert.h"

#include <algorithm>
#include <charconv>

namespace provost {

namespace {

constexpr char separator = '\x1f';  // between fields of a stored message

void add(std::string& object, std::string_view name, std::string_view text) {
    if (text.empty()) return;
    object.append(object.size() > 1 ? "," : "").append(json_text(name)).append(":").append(json_text(text));
}

std::string object_of(const Alert& alert, const std::string& id, std::string_view host) {
    std::string object = "{";
    add(object, "type", "alert");
    add(object, "id", id);
    add(object, "at", to_rfc3339(alert.at));
    add(object, "server", host);
    add(object, "phase", to_text(alert.phase));
    add(object, "severity", to_text(alert.weight));
    add(object, "kind", alert.kind);
    add(object, "rule", alert.rule);
    object += ",\"count\":" + std::to_string(alert.count);
    add(object, "first", to_rfc3339(alert.first));
    add(object, "last", to_rfc3339(alert.last));
    add(object, "says", alert.says);
    add(object, "next_step", alert.next);
    object += ",\"examples\":[";
    for (std::size_t i = 0; i < alert.examples.size(); ++i)
        object.append(i == 0 ? "" : ",").append(json_text(alert.examples[i]));
    return object + "]}";
}

std::string page_of(const Alert& alert, std::string_view host) {
    std::string page = alert.says + "\n\n";
    page += "Severity: " + std::string(to_text(alert.weight)) + "\nWhat: " + alert.kind +
            (alert.rule.empty() ? "" : ", " + alert.rule) + "\nCount: " + std::to_string(alert.count) +
            " from " + to_rfc3339(alert.first) + " to " + to_rfc3339(alert.last) + "\n";
    if (alert.phase == Alert::Phase::goes_on) page += "It goes on.\n";
    if (alert.phase == Alert::Phase::ended) page += "It has ended: nothing more of it for a while.\n";
    for (const auto& example : alert.examples) page += "- " + example + "\n";
    page += "\nTo do: " + alert.next + "\n";
    return page.append("\nServer: ").append(printable(host, 255)).append("\n");
}

// Fields lie behind each other; a backslash keeps what would end one.
std::string kept(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '\\')
            out += "\\\\";
        else if (c == '\n')
            out += "\\n";
        else if (c != separator)
            out += c;
    }
    return out;
}

std::string unkept(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\\' && i + 1 < text.size())
            out += text[++i] == 'n' ? '\n' : text[i];
        else
            out += text[i];
    }
    return out;
}

}  // namespace

AlertMessage message_of(const Alert& alert, std::string id, std::string_view host) {
    AlertMessage message;
    message.weight = alert.weight;
    message.at = alert.at;
    message.name = "alert";
    message.subject = alert.says;
    if (alert.count > 1) message.subject += " (" + std::to_string(alert.count) + " times)";
    if (alert.phase != Alert::Phase::begun) message.subject += " [" + std::string(to_text(alert.phase)) + "]";
    message.text = page_of(alert, host);
    message.json = object_of(alert, id, host);
    message.id = std::move(id);
    return message;
}

std::string to_stored(const std::vector<AlertMessage>& messages) {
    std::string out;
    for (const auto& one : messages) {
        out += kept(one.id) + separator + std::string(to_text(one.weight)) + separator + to_rfc3339(one.at);
        for (const auto* const text : {&one.name, &one.subject, &one.text, &one.json})
            out += separator + kept(*text);
        out += '\n';
    }
    return out;
}

std::vector<AlertMessage> from_stored(std::string_view text) {
    std::vector<AlertMessage> messages;
    while (!text.empty()) {
        auto line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(text.size(), line.size() + 1));
        std::vector<std::string> fields;
        for (auto end = line.find(separator);; end = line.find(separator)) {
            fields.push_back(unkept(line.substr(0, end)));
            if (end == line.npos) break;
            line.remove_prefix(end + 1);
        }
        if (fields.size() != 7) continue;
        const auto weight = parse_alert_weight(fields[1]);
        const auto at = from_rfc3339(fields[2]);
        if (!weight || !at) continue;
        messages.push_back({fields[0], *weight, *at, fields[3], fields[4], fields[5], fields[6]});
    }
    return messages;
}

}  // namespace provost
