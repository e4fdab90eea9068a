#include "net/refusal_hold.h"

#include "net/phone_session.h"

#include <algorithm>

namespace provost {

void RefusalHold::add(std::shared_ptr<PhoneSession> session, SteadyTime due) {
    // All wait about equally long from when they came, so that the place is near the end.
    const auto place =
        std::find_if(held_.rbegin(), held_.rend(), [due](const Held& one) { return one.due <= due; }).base();
    const bool first = place == held_.begin();
    held_.insert(place, {due, std::move(session)});
    if (first) await_first();
}

void RefusalHold::clear() {
    held_.clear();
    timer_.cancel();
}

void RefusalHold::await_first() {
    timer_.expires_at(held_.front().due);  // ends the wait for one that was first before
    timer_.async_wait([this](const boost::system::error_code& error) {
        if (!error) release_due();
    });
}

void RefusalHold::release_due() {
    const auto now = std::chrono::steady_clock::now();
    while (!held_.empty() && held_.front().due <= now) {
        const auto session = std::move(held_.front().session);
        held_.pop_front();
        session->release_refusal();
    }
    if (!held_.empty()) await_first();
}

}  // namespace provost
