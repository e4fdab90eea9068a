#include "sim/fleet.h"

#include <array>
#include <cerrno>
#include <cstring>

#include <poll.h>
#include <sys/epoll.h>
#include <unistd.h>

namespace provost::sim {

namespace {

using namespace std::chrono_literals;
using Clock = Exchange::Clock;

constexpr auto sweep_pause = 50ms;  // between looks at the phones whose time may have come

static_assert(EPOLLIN == POLLIN && EPOLLOUT == POLLOUT);

class Watcher {
 public:
    Watcher() : descriptor_(epoll_create1(EPOLL_CLOEXEC)) {}
    ~Watcher() {
        if (descriptor_ >= 0) close(descriptor_);
    }
    Watcher(const Watcher&) = delete;
    Watcher& operator=(const Watcher&) = delete;

    // A phone's new connection may have the number of its last one, so the kernel is asked which it is.
    bool watch(const Phone& phone, std::size_t slot) const {
        if (phone.descriptor() < 0) return true;  // nothing to wait for but time
        epoll_event event{};
        event.events = static_cast<std::uint32_t>(phone.wanted());
        event.data.u64 = slot;
        if (epoll_ctl(descriptor_, EPOLL_CTL_MOD, phone.descriptor(), &event) == 0) return true;
        return errno == ENOENT && epoll_ctl(descriptor_, EPOLL_CTL_ADD, phone.descriptor(), &event) == 0;
    }

    // Appends the slots that are ready.
    bool wait(std::vector<std::size_t>& ready) const {
        std::array<epoll_event, 256> events;
        const int count =
            epoll_wait(descriptor_, events.data(), events.size(), static_cast<int>(sweep_pause / 1ms));
        for (int i = 0; i < count; ++i) ready.push_back(events[static_cast<std::size_t>(i)].data.u64);
        return count >= 0 || errno == EINTR;
    }

 private:
    int descriptor_;
};

Error no_more(int reason) {
    return {.code = "P-9009",
            .what = "the system gives no more connections",
            .why = std::strerror(reason),
            .fix = "Lower --concurrency"};
}

class Fleet {
 public:
    explicit Fleet(const FleetOrder& order) : order_(order), outcomes_(order.phones) {}

    Result<std::vector<PhoneOutcome>> run() {
        const std::size_t slots = std::min(std::max<std::size_t>(order_.concurrency, 1), order_.phones);
        slots_.resize(slots);
        for (std::size_t slot = 0; slot < slots; ++slot) PROVOST_CHECK(start(slot));
        std::vector<std::size_t> ready;
        while (done_ < order_.phones) {
            ready.clear();
            if (!watcher_.wait(ready)) return fail(no_more(errno));
            add_late(ready);
            for (const std::size_t slot : ready) PROVOST_CHECK(advance(slot));
        }
        return std::move(outcomes_);
    }

 private:
    struct Slot {
        std::unique_ptr<Phone> phone;
        std::size_t number = 0;
    };

    Status start(std::size_t slot) {
        slots_[slot].phone.reset();
        if (next_ == order_.phones) return {};
        slots_[slot].number = next_;
        PROVOST_TRY(slots_[slot].phone, order_.make(next_++));
        return advance(slot);
    }

    Status advance(std::size_t slot) {
        Slot& at = slots_[slot];
        if (at.phone == nullptr) return {};
        if (!at.phone->advance(Clock::now())) {
            if (!watcher_.watch(*at.phone, slot)) return fail(no_more(errno));
            return {};
        }
        outcomes_[at.number] = std::move(at.phone->outcome());
        at.phone.reset();
        ++done_;
        if (order_.progress) order_.progress(done_, order_.phones);
        vacant_.push_back(slot);
        return fill();
    }

    // Not by recursion: a server that is gone would make each phone end at once.
    Status fill() {
        if (filling_) return {};
        filling_ = true;
        while (!vacant_.empty()) {
            const std::size_t slot = vacant_.back();
            vacant_.pop_back();
            PROVOST_CHECK(start(slot));
        }
        filling_ = false;
        return {};
    }

    void add_late(std::vector<std::size_t>& ready) {
        const auto now = Clock::now();
        if (now < next_sweep_) return;
        next_sweep_ = now + sweep_pause;
        for (std::size_t slot = 0; slot < slots_.size(); ++slot) {
            if (slots_[slot].phone != nullptr && slots_[slot].phone->wake_at() <= now) ready.push_back(slot);
        }
    }

    const FleetOrder& order_;
    Watcher watcher_;
    std::vector<Slot> slots_;
    std::vector<std::size_t> vacant_;
    std::vector<PhoneOutcome> outcomes_;
    std::size_t next_ = 0, done_ = 0;
    bool filling_ = false;
    Clock::time_point next_sweep_{};
};

}  // namespace

Result<std::vector<PhoneOutcome>> run_fleet(const FleetOrder& order) {
    return Fleet(order).run();
}

}  // namespace provost::sim
