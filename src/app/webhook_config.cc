#include "app/webhook_config.h"

#include "app/door_config.h"
#include "domain/text.h"

#include <algorithm>

namespace provost {

namespace {

constexpr std::size_t most_webhooks = 8;

std::string read_slug(const Yaml& value, const std::string& whose) {
    auto text = value.words();
    if (!text.empty() && !is_slug(text))
        value.mistake({"P-2107", whose + " name is refused", "", "",
                       "Write 1 to 32 of a-z, 0-9 and -, without - at an end."});
    return text;
}

EventChoice read_choice(const Yaml& value) {
    std::vector<std::string> patterns;
    for (const auto& one : value.one_or_more()) {
        auto pattern = one.words();
        if (pattern.empty()) continue;
        if (const auto known = EventChoice::check(pattern); !known) one.mistake(known.error());
        patterns.push_back(std::move(pattern));
    }
    return EventChoice(std::move(patterns));
}

WebhookBlock read_block(const std::filesystem::path& file, const Yaml& value) {
    WebhookBlock block;
    YamlMap map(value);
    block.name = read_slug(map.required("name"), "a webhook's");
    read_webhook(file, map.required("url"), map, block.target);
    if (const auto ca = map.optional("ca")) block.target.authorities = beside(file, ca);
    block.choice = read_choice(map.required("events"));
    if (const auto tenant = map.optional("tenant")) block.tenant = read_slug(tenant, "a tenant's short");
    return block;
}

}  // namespace

std::vector<WebhookBlock> read_webhooks(const std::filesystem::path& file, const Yaml& value) {
    std::vector<WebhookBlock> blocks;
    if (!value) return blocks;
    for (const auto& item : value.items()) {
        auto one = read_block(file, item);
        const bool twice = std::any_of(blocks.begin(), blocks.end(),
                                       [&](const WebhookBlock& other) { return other.name == one.name; });
        if (twice && !one.name.empty())
            item.mistake({"P-2110", "there are two webhooks '" + one.name + "'", "", "",
                          "Give each a name of its own."});
        blocks.push_back(std::move(one));
    }
    if (blocks.size() > most_webhooks)
        value.mistake({"P-2107", "too many webhooks", "", "8 at most", "Let one of them pass it on."});
    return blocks;
}

}  // namespace provost
