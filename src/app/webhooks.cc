#include "app/webhooks.h"

#include "api/event_page.h"
#include "app/outbound_targets.h"

namespace provost {

Result<std::shared_ptr<EventHooks>> open_webhooks(const std::vector<WebhookBlock>& blocks, House& house) {
    std::vector<EventHookSettings> settings;
    for (const auto& block : blocks) {
        PROVOST_TRY(auto post, make_webhook(block.target));
        settings.push_back(
            {block.name, block.target.place.text(), block.choice, block.tenant, std::move(post)});
    }
    auto hooks = std::make_shared<EventHooks>(house, std::move(settings),
                                              [&policies = house.policies](const std::vector<Event>& events) {
                                                  return event_page(events, *policies.current());
                                              });
    PROVOST_CHECK(hooks->open());
    return hooks;
}

}  // namespace provost
