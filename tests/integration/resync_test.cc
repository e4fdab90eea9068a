// Telling phones to call home over the real store, with a sender and a registrar of our own (R-F3).
#include "tests/integration/resync_fixture.h"

namespace provost::testing_house {
namespace {

using Outcome = ResyncReport::Outcome;

TEST_F(ResyncTest, R_F3_through_the_proxy_to_the_first_line_s_account) {
    add_armed(1);
    const auto report = keeper()->tell(mac_of(1), false, "unix:op");
    ASSERT_TRUE(report) << report.error().text();
    EXPECT_EQ(report->outcome, Outcome::told);
    ASSERT_EQ(sender.orders.size(), 1U);
    const auto& order = sender.orders[0];
    EXPECT_EQ(order.target, "sip:u1@sip.acme.example");
    EXPECT_EQ(order.next_hop, "sip:proxy.example");
    EXPECT_EQ(order.event, "check-sync");
    EXPECT_EQ(order.account, (RegistrarAccount{"u1", "sip.acme.example"}));
    const auto seen = timeline(1);
    ASSERT_EQ(seen.size(), 1U);
    EXPECT_EQ(seen[0].actor, "unix:op");
    EXPECT_EQ(seen[0].status, 200);
    EXPECT_NE(seen[0].detail.find("calls home now"), std::string::npos);
}

TEST_F(ResyncTest, R_F3_without_a_route_straight_to_the_registered_contact) {
    add_armed(1);
    const auto told = keeper({}, {}, true);
    EXPECT_EQ(told->tell(mac_of(1), true, "op")->outcome, Outcome::not_registered);
    EXPECT_EQ(registrar.asked, (RegistrarAccount{"u1", "sip.acme.example"}));
    registrar.found = {
        {registrar.asked, "sip:u1@192.0.2.7:5060;line=x", "sip:198.51.100.1:40000", "", {}, {}}};
    sender.wants_digest = true;
    EXPECT_EQ(told->tell(mac_of(1), true, "op")->outcome, Outcome::told);
    EXPECT_EQ(sender.orders.back().target, "sip:u1@192.0.2.7:5060;line=x");
    EXPECT_EQ(sender.orders.back().next_hop, "sip:198.51.100.1:40000");
    EXPECT_EQ(sender.orders.back().event, "check-sync;reboot=true");
    EXPECT_TRUE(sender.got_digest);
    EXPECT_EQ(keeper({})->tell(mac_of(1), false, "op").error().code, "P-8311");
}

TEST_F(ResyncTest, R_F3_each_answer_is_told_in_plain_words) {
    struct Row {
        NotifyOutcome outcome;
        Outcome means;
        const char* words;
    };
    for (const auto& row :
         {Row{{200, "OK", true, true, "r", {}}, Outcome::told, "after a digest"},
          Row{{489, "Bad Event", false, false, "", {}}, Outcome::unsupported, "does not know this event"},
          Row{{404, "", false, false, "", {}}, Outcome::not_registered, "not registered"},
          Row{{401, "", true, false, "other", {}}, Outcome::challenged, "realm 'other'"},
          Row{{401, "", true, true, "r", {}}, Outcome::challenged, "another password"},
          Row{{603, "Decline", false, false, "", {}}, Outcome::refused, "Decline"},
          Row{{0, "", false, false, "", Error{"P-8305", "x"}}, Outcome::unanswered, "No answer"},
          Row{{0, "", false, false, "", Error{"P-8302", "x", "", "refused"}},
              Outcome::unreachable,
              "refused"}}) {
        const auto report = judge_outcome(row.outcome);
        EXPECT_EQ(report.outcome, row.means) << row.words;
        EXPECT_NE(report.words.find(row.words), std::string::npos) << report.words;
    }
}

TEST_F(ResyncTest, R_F3_a_job_tells_each_phone_once_and_goes_on_after_a_restart) {
    for (int i = 1; i <= 6; ++i) add_armed(i);
    ResyncKeeper::Draft draft;
    draft.tenant = "acme";
    draft.rate = "1/s";
    draft.jitter = "0s";
    auto first = keeper();
    const auto job = first->start(draft, "op");
    ASSERT_TRUE(job) << job.error().text();
    EXPECT_EQ(job->phones.size(), 6U);
    ASSERT_TRUE(soon([&] { return first->job(job->id)->count_told() == 1; }));
    clock.advance(std::chrono::seconds(1));
    ASSERT_TRUE(soon([&] { return first->job(job->id)->count_told() == 2; }));
    first.reset();

    auto second = keeper();
    EXPECT_GE(second->job(job->id)->count_told(), 2U);
    ASSERT_TRUE(soon([&] {
        clock.advance(std::chrono::seconds(1));
        return second->job(job->id)->state == ResyncJob::State::done;
    }));
    EXPECT_EQ(second->job(job->id)->done, 6U);
    for (int i = 1; i <= 6; ++i) ASSERT_TRUE(soon([&] { return !timeline(i).empty(); })) << i;
    EventFilter ended;
    ended.kind = "resync.ended";
    ASSERT_TRUE(soon([&] { return store->last_events(ended, 10)->size() == 1; }));
    for (int i = 1; i <= 6; ++i) EXPECT_EQ(timeline(i).size(), 1U) << i;
    second.reset();
    EXPECT_EQ(keeper()->job(job->id)->state, ResyncJob::State::done);
}

TEST_F(ResyncTest, R_F3_a_cancelled_job_tells_nobody_else) {
    for (int i = 1; i <= 3; ++i) add_armed(i);
    ResyncKeeper::Draft draft;
    draft.tenant = "acme";
    draft.rate = "1/h";
    draft.jitter = "0s";
    auto jobs = keeper();
    const auto job = jobs->start(draft, "op");
    ASSERT_TRUE(job);
    ASSERT_TRUE(soon([&] { return jobs->job(job->id)->count_told() == 1; }));
    EXPECT_EQ(jobs->cancel(job->id, "op")->state, ResyncJob::State::cancelled);
    EXPECT_EQ(jobs->cancel(job->id, "op").error().code, "P-8310");
    clock.advance(std::chrono::hours(5));
    std::this_thread::sleep_for(std::chrono::milliseconds(500));
    EXPECT_EQ(sender.count(), 1U);
}

TEST_F(ResyncTest, R_F3_a_window_waits_for_its_hours) {
    add_armed(1);
    ResyncKeeper::Draft draft;
    draft.tenant = "acme";
    draft.jitter = "0s";
    const auto in_two_hours = std::chrono::floor<std::chrono::minutes>(clock.now() + std::chrono::hours(2));
    const auto text = to_rfc3339(in_two_hours).substr(11, 5),
               later = to_rfc3339(in_two_hours + std::chrono::hours(1)).substr(11, 5);
    draft.window = text + "-" + later;
    auto jobs = keeper();
    ASSERT_TRUE(jobs->start(draft, "op"));
    std::this_thread::sleep_for(std::chrono::milliseconds(400));
    EXPECT_EQ(sender.count(), 0U);
    clock.set(in_two_hours + std::chrono::seconds(1));
    EXPECT_TRUE(soon([&] { return sender.count() == 1; }));
}

TEST(ResyncJobText, Is_read_back_and_what_is_none_is_refused) {
    ResyncJob job;
    job.id = 7;
    job.tenant = 3;
    job.actor = "unix:op";
    job.scope = "tenant acme";
    job.rules = {std::chrono::milliseconds(100), std::chrono::seconds(30), DayWindow{60, 300}, 42};
    for (std::uint64_t i = 0; i < 9; ++i) job.phones.emplace_back(0x001565000000ULL + i);
    job.told = {true, false, false, false, true, false, false, false, true};
    job.done = 2;
    const auto order = order_text(job), progress = progress_text(job);
    const auto again = parse_job(order, progress);
    ASSERT_TRUE(again);
    EXPECT_EQ(order_text(*again) + progress_text(*again), order + progress);
    EXPECT_EQ(again->told, job.told);
    for (std::size_t i = 0; i < order.size(); ++i) EXPECT_FALSE(parse_job(order.substr(0, i), progress)) << i;
    EXPECT_FALSE(parse_job(order, progress.substr(0, progress.size() - 2)));
}

}  // namespace
}  // namespace provost::testing_house
