#include "registrar/webhook/webhook.h"

#include "domain/text.h"
#include "service/alert_wire.h"

#include <map>

#include <boost/json.hpp>

namespace provost {

namespace {

namespace json = boost::json;

constexpr std::size_t longest_reason = 200;

Error cannot(const std::string& name, std::string why) {
    return {"P-8102", "registrar '" + name + "' can't be asked", "registrar", std::move(why)};
}

json::object to_json(const OutboxEntry& entry) {
    json::object object{{"key", idempotency_key(entry)},
                        {"op", entry.withdraw ? "withdraw" : "set"},
                        {"user", entry.user},
                        {"realm", entry.realm},
                        {"device", entry.device.lower()},
                        {"generation", entry.generation}};
    if (!entry.withdraw) {
        object["ha1_md5"] = entry.ha1_md5;
        object["ha1_sha256"] = entry.ha1_sha256;
    }
    return object;
}

// What the program refuses, by key, with its reason: {"refused": [{"key": "...", "why": "..."}]}. Anything
// else that it answers means that it took all.
std::map<std::string, std::string> read_refusals(const std::string& answer) {
    std::map<std::string, std::string> refused;
    json::error_code error;
    const auto value = json::parse(answer, error);
    const auto* const object = error ? nullptr : value.if_object();
    const auto* const list = object ? object->if_contains("refused") : nullptr;
    if (list == nullptr || !list->is_array()) return refused;
    for (const auto& item : list->get_array()) {
        const auto* const one = item.if_object();
        const auto* const key = one ? one->if_contains("key") : nullptr;
        const auto* const why = one ? one->if_contains("why") : nullptr;
        if (key == nullptr || !key->is_string()) continue;
        refused[std::string(key->get_string())] =
            why && why->is_string() ? printable(std::string_view(why->get_string()), longest_reason)
                                    : "it gives no reason";
    }
    return refused;
}

// Another for any other batch, so that who passes over ids that it knows misses nothing.
std::string batch_id(std::span<const OutboxEntry> entries) {
    std::string keys;
    for (const auto& entry : entries) keys += idempotency_key(entry) + "\n";
    return "batch_" + to_hex(sha256(keys)).substr(0, 32);
}

class Webhook final : public Registrar {
 public:
    Webhook(WebhookSettings settings, PostJson post, const Clock& clock)
        : settings_(std::move(settings)), post_(std::move(post)), clock_(clock) {}

    [[nodiscard]] RegistrarAbilities abilities() const override {
        RegistrarAbilities abilities;
        abilities.sha256 = true;
        return abilities;
    }

    Result<std::vector<Status>> push(std::span<const OutboxEntry> entries) override {
        json::array list;
        for (const auto& entry : entries) list.push_back(to_json(entry));
        std::string body = json::serialize(json::object{{"type", "registrar.entries"},
                                                        {"server", settings_.server},
                                                        {"registrar", settings_.name},
                                                        {"entries", std::move(list)}});
        const auto id = batch_id(entries);
        const auto answer = post_(webhook_headers(id, body, settings_.key, clock_.now()), body);
        wipe(body.data(), body.size());
        if (!answer) return fail(answer.error());
        const auto refused = read_refusals(*answer);
        std::vector<Status> outcomes;
        for (const auto& entry : entries) {
            const auto found = refused.find(idempotency_key(entry));
            outcomes.push_back(found == refused.end()
                                   ? Status()
                                   : fail({"P-8111", "the registrar refused an entry", settings_.name,
                                           found->second, "Mend what it says; it is tried again"}));
        }
        return outcomes;
    }

    Result<std::vector<HeldAccount>> accounts(const RegistrarAccount&, std::size_t) override {
        return fail(cannot(settings_.name, "a webhook lists no accounts"));
    }
    Result<std::vector<Registration>> registrations(Timestamp, std::size_t) override {
        return fail(cannot(settings_.name, "a webhook lists no registrations"));
    }
    Result<std::vector<Registration>> registrations_of(const RegistrarAccount&) override {
        return fail(cannot(settings_.name, "a webhook lists no registrations"));
    }
    Result<std::optional<Secret>> digest(const RegistrarAccount&) override {
        return fail(cannot(settings_.name, "a webhook gives no digests"));
    }

 private:
    const WebhookSettings settings_;
    const PostJson post_;
    const Clock& clock_;
};

}  // namespace

std::string idempotency_key(const OutboxEntry& entry) {
    const auto text = entry.device.lower() + "\n" + std::to_string(entry.generation) + "\n" + entry.line +
                      "\n" + entry.user + "\n" + entry.realm + "\n" + (entry.withdraw ? "withdraw" : "set") +
                      "\n" + std::to_string(to_millis(entry.at)) + "\n" + std::to_string(entry.id);
    return "entry_" + to_hex(sha256(text)).substr(0, 32);
}

std::unique_ptr<Registrar> open_webhook(WebhookSettings settings, PostJson post, const Clock& clock) {
    return std::make_unique<Webhook>(std::move(settings), std::move(post), clock);
}

}  // namespace provost
