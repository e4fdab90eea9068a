// What the operators' desk costs those who sit at it: the admin listener of a running server, asked by many
// users at once, each over a TLS connection of its own as a browser's tab has; then an import beside phones.
//
//   PROVOST_TOKEN=prv_... bench_desk_users SERVER PID PKI [USERS [ROWS [TENANTS]]]
//
// USERS 50, ROWS 100000, TENANTS 200 without them; the rest is as of DeskPlace. The client has its share of
// the same processors, so what a request costs the server alone is told too.
#include "tests/bench/desk_import.h"
#include "tests/bench/desk_questions.h"
#include "tests/bench/must.h"
#include "tests/bench/times.h"

#include <csignal>
#include <future>
#include <random>
#include <span>
#include <sstream>
#include <thread>

namespace {

using namespace provost;
using std::chrono::milliseconds;

std::string encoded(const std::string& text) {
    std::ostringstream out;
    for (const unsigned char c : text)
        if (std::isalnum(c) != 0)
            out << c;
        else
            out << '%' << std::hex << std::uppercase << int{c};
    return out.str();
}

std::string target_of(const Question& question) {
    auto target = question.path;
    for (const auto& [name, value] : question.query)
        target += (target == question.path ? "?" : "&") + name + "=" + encoded(value);
    return target;
}

using Found = std::map<std::string, std::vector<double>>;  // how long each question took

struct Pace {
    int requests = 0;      // of each user
    milliseconds every{};  // so often; 0: the next follows the answer at once
};

// Each of the questions may come at any time.
Found ask(DeskUser& user, const std::vector<Question>& questions, Pace pace, unsigned seed) {
    std::mt19937 draw(seed);
    Found found;
    std::uniform_int_distribution first(milliseconds::rep{0}, pace.every.count());
    auto due = Steady::now() + milliseconds(first(draw));
    for (int i = 0; i < pace.requests; ++i) {
        const auto& question = questions[draw() % questions.size()];
        std::this_thread::sleep_until(due);
        const auto begin = Steady::now();
        user.get(target_of(question));
        found[question.name].push_back(millis_since(begin));
        due = std::max(due + pace.every, Steady::now());
    }
    return found;
}

void ask(std::span<DeskUser> users, const std::vector<Question>& questions, Pace pace,
         const DeskPlace& place) {
    const ServerTime server(place.pid);
    const auto begin = Steady::now();
    std::vector<std::future<Found>> asking;
    for (unsigned i = 0; i < users.size(); ++i)
        asking.push_back(
            std::async(std::launch::async, [&, i] { return ask(users[i], questions, pace, i); }));
    Found found;
    std::vector<double> all;
    for (auto& one : asking)
        for (const auto& [name, millis] : one.get()) {
            found[name].insert(found[name].end(), millis.begin(), millis.end());
            all.insert(all.end(), millis.begin(), millis.end());
        }
    const auto seconds = millis_since(begin) / 1000, spent = server.millis();
    const auto count = static_cast<double>(all.size());
    for (const auto& [name, millis] : found) print_times(name, millis);
    if (found.size() > 1) print_times("all of these", all);
    std::printf("    %.0f a second; of the server's processor time %.2f ms each\n", count / seconds,
                spent / count);
}

void ask_alone(DeskUser user, const DeskPlace& place) {
    std::printf("-- one user, each question alone\n");
    for (const auto* const questions : {&pages, &searches, &overview})
        for (const auto& question : *questions) ask({&user, 1}, {question}, {50, {}}, place);
}

// A tab with the overview asks every 20 s by itself.
void ask_together(std::vector<DeskUser> users, const DeskPlace& place) {
    std::printf("-- %zu users, without a pause\n", users.size());
    ask(users, pages, {60, {}}, place);
    ask(users, searches, {60, {}}, place);
    ask(users, overview, {12, {}}, place);
    std::printf("-- %zu users, each every 250 ms; the overview every 5 s\n", users.size());
    ask(users, pages, {80, milliseconds(250)}, place);
    ask(users, searches, {80, milliseconds(250)}, place);
    ask(users, overview, {6, milliseconds(5000)}, place);
}

}  // namespace

int main(int argc, char** argv) {
    const char* const token = std::getenv("PROVOST_TOKEN");
    if (argc < 4 || token == nullptr)
        give_up("usage: PROVOST_TOKEN=TOKEN bench_desk_users SERVER PID PKI [USERS [ROWS [TENANTS]]]");
    std::signal(SIGPIPE, SIG_IGN);
    const auto number = [&](int at, std::uint64_t otherwise) {
        return argc > at ? std::strtoull(argv[at], nullptr, 10) : otherwise;
    };
    DeskPlace place{argv[1], argv[3], std::atoi(argv[2]), token};
    place.read_ports();
    const HttpsClient browser(place.authority());
    ask_alone(DeskUser(browser, place), place);
    std::vector<DeskUser> users;
    while (users.size() < number(4, 50)) users.emplace_back(browser, place);
    ask_together(std::move(users), place);
    std::printf("-- import\n");
    import_beside_phones(place, device_list(number(5, 100'000), number(6, 200)));
}
