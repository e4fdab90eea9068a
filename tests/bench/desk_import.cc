#include "tests/bench/desk_import.h"

#include "tests/bench/must.h"
#include "tests/bench/times.h"

#include <atomic>
#include <filesystem>
#include <future>
#include <set>
#include <thread>

#include <boost/json.hpp>

namespace provost {

namespace {

using std::chrono::milliseconds;
namespace fs = std::filesystem;
namespace json = boost::json;

// They come one after the other, each over a connection of its own.
class Phones {
 public:
    explicit Phones(const DeskPlace& place) : port_(place.phone_port) {
        for (const auto& file : fs::directory_iterator(place.pki / "cisco-mpp/devices")) {
            const auto mac = file.path().stem().string();
            phones_.push_back({HttpsClient(place.authority(), file.path().string()),
                               "GET /" + mac +
                                   ".xml HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                                   "User-Agent: Cisco-CP-8841-3PCC/11.3.7 (" +
                                   mac + ")\r\n\r\n"});
        }
    }

    // Fifty a second, where they are served as fast.
    [[nodiscard]] std::vector<double> call_home(const std::atomic<bool>& stop) const {
        std::vector<double> millis;
        while (!stop) {
            const auto& phone = phones_[millis.size() % phones_.size()];
            const auto begin = Steady::now();
            const auto reply = HttpsLine(phone.client, port_).ask(phone.request);
            if (reply.status != 200) give_up("a phone got " + std::to_string(reply.status));
            millis.push_back(millis_since(begin));
            std::this_thread::sleep_until(begin + milliseconds(20));
        }
        return millis;
    }

 private:
    struct Phone {
        HttpsClient client;
        std::string request;
    };
    int port_;
    std::vector<Phone> phones_;
};

// One who brings a list and looks what becomes of it.
class Importer {
 public:
    explicit Importer(const DeskPlace& place) : client_(place.authority()), user_(client_, place) {}

    void check(const std::string& csv) {
        id_ = json::value_to<std::string>(json::parse(user_.post("/v1/imports", csv)).at("id"));
        await("checked");
    }
    void write() {
        user_.post("/v1/imports/" + id_ + "/apply", "{}");
        await("done");
    }
    void print(const std::string& times) const {
        print_times("look at the import", looks_);
        std::printf("import of %lld rows: %s; its progress told in %zu steps\n",
                    job_.at("report").at("applied").to_number<long long>(), times.c_str(), steps_.size());
    }

 private:
    void await(std::string_view state) {
        for (;; std::this_thread::sleep_for(milliseconds(500))) {
            const auto begin = Steady::now();
            job_ = json::parse(user_.get("/v1/imports/" + id_));
            looks_.push_back(millis_since(begin));
            const auto now = json::value_to<std::string>(job_.at("state"));
            steps_.emplace(now, job_.at("rows_done").to_number<long long>());
            if (now == state) return;
            if (now != "checking" && now != "applying") give_up("the import is " + now);
        }
    }

    HttpsClient client_;
    DeskUser user_;
    std::string id_;
    json::value job_;
    std::vector<double> looks_;
    std::set<std::pair<std::string, long long>> steps_;
};

}  // namespace

void import_beside_phones(const DeskPlace& place, const std::string& csv) {
    const Phones phones(place);
    const auto seconds_beside = [&](const std::string& what, const auto& work) {
        const ServerTime server(place.pid);
        std::atomic<bool> stop = false;
        auto calling = std::async(std::launch::async, [&] { return phones.call_home(stop); });
        const auto begin = Steady::now();
        work();
        const auto seconds = millis_since(begin) / 1000;
        stop = true;
        print_times("call home, " + what, calling.get());
        std::printf("    %.1f s; of the server's processor time %.1f s\n", seconds, server.millis() / 1000);
        return seconds;
    };
    seconds_beside("nothing beside it", [] { std::this_thread::sleep_for(std::chrono::seconds(10)); });
    Importer importer(place);
    const auto checked = seconds_beside("list being checked", [&] { importer.check(csv); });
    const auto written = seconds_beside("list being written", [&] { importer.write(); });
    char times[64];
    std::snprintf(times, sizeof times, "sent and checked in %.1f s, written in %.1f s", checked, written);
    importer.print(times);
}

}  // namespace provost
