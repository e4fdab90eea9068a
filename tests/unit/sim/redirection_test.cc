// Redirections, by phones that follow them and phones that do not.
#include "sim/run.h"
#include "sim_testing.h"
#include "toy_listener.h"

#include <algorithm>
#include <mutex>

#include <gtest/gtest.h>

namespace provost::sim::testing {

namespace {

constexpr const char* password = "k7Wq9ZpXfR3tYv2mNb8sHd4gJc6eLa5u";

TEST(Redirection, R_G4_IsFollowedByThoseThatDo) {
    Folder folder;
    const PhoneMaker& follower = maker("htek");
    PkiOrder order;
    order.folder = folder.path();
    const std::vector<PhoneMaker> both = {follower, maker("ale")};
    order.makers = both;
    order.phones = 2;
    order.now = SystemClock().now();
    ASSERT_TRUE(make_pki(order, {}));
    std::mutex mutex;
    std::vector<std::string> log;
    const ToyListener server(folder.path(), [&](const ToyRequest& request) -> ToyReply {
        const std::lock_guard lock(mutex);
        log.push_back(request.path);
        if (request.path.starts_with("moved/"))
            return {.status = 200, .body = as_file(follower, account_values(follower, password))};
        if (request.path == "cfg001fc1000001.xml")
            return {.status = 302, .body = "", .headers = {"Location: /prov/moved/" + request.path}};
        return {.status = request.path.starts_with("config") ? 302 : 404,
                .body = "",
                .headers = {"Location: /prov/moved/x"}};
    });
    RunOrder run;
    run.url = server.url();
    run.pki = folder.path();
    run.makers = both;
    const RunReport report = must(run_boots(run, {}));
    EXPECT_EQ(report.phones[0].own.status, 200);
    EXPECT_EQ(report.phones[1].own.status, 302);
    EXPECT_EQ(std::count(log.begin(), log.end(), "moved/x"), 0);
}

}  // namespace

}  // namespace provost::sim::testing
