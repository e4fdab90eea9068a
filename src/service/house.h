// What every use case stands on. Made once by app/wiring; the parts outlive every use case.
#pragma once

#include "base/clock.h"
#include "service/fetched_picture.h"
#include "service/guard_post.h"
#include "service/handshake_log.h"
#include "service/hardening_gate.h"
#include "service/key_holder.h"
#include "service/policy_snapshot.h"
#include "service/registrar_directory.h"
#include "service/review_keeper.h"
#include "service/store.h"
#include "service/vendor_shelf.h"
#include "service/visit_metrics.h"

#include <memory>

namespace provost {

class AlertKeeper;
class EventHooks;
class ResyncKeeper;
class RegistrarHub;

struct House {
    Store& store;
    KeyHolder& keys;
    const Clock& clock;
    PolicyBoard& policies;
    std::shared_ptr<const VendorShelf> vendors;
    HardeningProfile hardening;
    std::shared_ptr<HardeningGate> gate = std::make_shared<HardeningGate>();
    std::shared_ptr<FetchedPictures> pictures = std::make_shared<FetchedPictures>(store);
    std::shared_ptr<GuardPost> guard = nullptr;  // null: nobody watches (tests)
    std::shared_ptr<ReviewKeeper> reviews = std::make_shared<ReviewKeeper>(store);
    std::shared_ptr<AlertKeeper> alerts = nullptr;   // null: nobody is alerted
    std::shared_ptr<EventHooks> hooks = nullptr;     // null: no program is told of events
    std::shared_ptr<ResyncKeeper> resync = nullptr;  // null: phones can't be told to call home
    std::shared_ptr<const RegistrarDirectory> registrars = std::make_shared<RegistrarDirectory>();
    std::shared_ptr<RegistrarHub> registrar_hub = nullptr;  // null: no registrar is told anything
    std::shared_ptr<VisitMetrics> visits = std::make_shared<VisitMetrics>();
    std::shared_ptr<HandshakeLog> handshakes = std::make_shared<HandshakeLog>();
};

}  // namespace provost
