// The registrars of the configuration, each with a thread that tells it what is queued for it, so that
// nothing else waits for one that does not answer.
#pragma once

#include "service/registrar_drain.h"

#include <condition_variable>
#include <memory>
#include <mutex>
#include <string_view>
#include <thread>
#include <vector>

namespace provost {

struct OpenRegistrar {
    std::string name, kind;
    std::unique_ptr<Registrar> registrar;
};

class RegistrarHub {
 public:
    // The house outlives it, and its directory names the same registrars.
    RegistrarHub(House& house, std::vector<OpenRegistrar> registrars);
    ~RegistrarHub();

    // Queues what was released before its registrars were configured, and begins. Once.
    Status open();
    [[nodiscard]] std::vector<RegistrarState> states() const;
    // Any thread may ask it. P-8101: there is none of that name.
    Result<Registrar*> registrar(std::string_view name);
    // What waits for it is told now, that which it refused too: all, or an account user's. P-8101.
    Result<std::int64_t> replay(std::string_view name, const std::string& user);

 private:
    struct Keeper {
        Keeper(House& house, OpenRegistrar one)
            : drain(house, std::move(one.name), std::move(one.kind), std::move(one.registrar)) {}
        RegistrarDrain drain;
        std::mutex mutex;
        std::condition_variable_any wake;
        bool rung = false;
        std::jthread thread;  // goes first
    };
    [[nodiscard]] Result<Keeper*> find(std::string_view name) const;
    Status queue_what_waits();
    void work(Keeper& keeper, const std::stop_token& stop);
    static void ring(Keeper& keeper);

    House& house_;
    std::vector<std::unique_ptr<Keeper>> keepers_;
};

}  // namespace provost
