// Imports as jobs over the real store: their numbers, and whose list goes where there is no place for
// another.
#include "api/import_jobs.h"

#include "house_fixture.h"

namespace provost::testing_house {
namespace {

class ImportJobsTest : public HouseTest {
 protected:
    static std::shared_ptr<ImportJob> checked(ImportJobs& jobs, std::optional<TenantId> owner) {
        ImportOptions options;
        options.tenant = "acme";
        options.actor = "anna";
        options.who.tenant = owner;
        auto job = jobs.begin("mac,line.1.user\n" + mac_of(1).lower() + ",u1\n", options).value();
        for (int wait = 0; is_running(job->state.load()) && wait < 3000; ++wait)
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        EXPECT_EQ(to_text(job->state.load()), "checked");
        return job;
    }
};

TEST_F(ImportJobsTest, A5_NoNumberIsGivenTwiceOverARestartToo) {
    std::string first;
    {
        ImportJobs jobs(*house);
        first = checked(jobs, std::nullopt)->id;
    }
    ImportJobs jobs(*house);
    EXPECT_NE(checked(jobs, std::nullopt)->id, first)
        << "a page that is open still would write another's list";
    EXPECT_EQ(jobs.find(first).error().code, "P-8005");
}

TEST_F(ImportJobsTest, R_F2_NobodyPushesOutAnothersListsBeforeTheirOwn) {
    const auto acme = policies.current()->tenant(std::string_view("acme"))->tenant.id;
    ImportJobs jobs(*house);
    std::vector<std::string> others;
    for (int i = 0; i < 7; ++i) others.push_back(checked(jobs, std::nullopt)->id);
    for (int i = 0; i < 5; ++i) checked(jobs, acme);
    for (const auto& id : others) EXPECT_TRUE(jobs.find(id)) << id;
    EXPECT_EQ(jobs.all().size(), 8u);
}

}  // namespace
}  // namespace provost::testing_house
