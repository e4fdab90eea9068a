// Can a stranger tell from the time of a refusal why he was refused? Asks a running server as several kinds
// of stranger in turn, over new connections, and prints how well the best threshold tells each two kinds
// apart: the area under the ROC curve, 0.5 for not at all. Answers must be the same bytes.
//
//   bench_sameness PORT ROOT_CA SAMPLES THREADS KIND...
//   KIND: NAME=PATH or NAME=PATH,PEM; PEM holds the client's key and certificate
#include "tests/bench/https_line.h"
#include "tests/bench/must.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <mutex>
#include <numeric>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include <unistd.h>

namespace {

using namespace provost;
using Clock = std::chrono::steady_clock;

struct Kind {
    std::string name, request;
    std::unique_ptr<HttpsClient> client;
};

// Microseconds: from the request to the whole answer, to the end of the connection, and from its beginning to
// the answer.
constexpr std::array features{"answer", "close", "whole"};
using Sample = std::array<double, features.size()>;
using Samples = std::vector<std::vector<Sample>>;  // by kind

Kind parse_kind(const std::string& text, const std::string& root_ca) {
    const auto equals = text.find('='), comma = text.find(',');
    if (equals == std::string::npos) give_up("not NAME=PATH[,PEM]: " + text);
    Kind kind;
    kind.name = text.substr(0, equals);
    kind.request =
        "GET " + text.substr(equals + 1, comma - equals - 1) + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
    const auto pem = comma == std::string::npos ? std::string() : text.substr(comma + 1);
    kind.client = std::make_unique<HttpsClient>(root_ca, pem);
    return kind;
}

Sample ask(const Kind& kind, int port, std::string& answer) {
    const auto micros = [](auto duration) {
        return std::chrono::duration<double, std::micro>(duration).count();
    };
    const std::unique_ptr<SSL, FreeTls> ssl(SSL_new(kind.client->context()));
    const auto begin = Clock::now();
    const int fd = dial(port);
    SSL_set_fd(ssl.get(), fd);
    if (SSL_connect(ssl.get()) != 1) give_up("no handshake as " + kind.name);
    const auto asked = Clock::now();
    auto answered = asked;
    SSL_write(ssl.get(), kind.request.data(), static_cast<int>(kind.request.size()));
    std::array<char, 4096> room{};
    answer.clear();
    for (int got = 0; (got = SSL_read(ssl.get(), room.data(), room.size())) > 0;) {
        answered = Clock::now();
        answer.append(room.data(), static_cast<std::size_t>(got));
    }
    const auto closed = Clock::now();
    ::close(fd);
    return {micros(answered - asked), micros(closed - asked), micros(answered - begin)};
}

class Run {
 public:
    Run(const std::vector<Kind>& kinds, int port, int samples)
        : kinds_(kinds), port_(port), left_(samples), samples_(kinds.size()) {}

    Samples gather(int threads) {
        std::vector<std::jthread> crew;
        for (int i = 0; i < threads; ++i) crew.emplace_back([this, i] { work(static_cast<unsigned>(i)); });
        crew.clear();
        return std::move(samples_);
    }

 private:
    bool take_round() {
        const std::lock_guard lock(mutex_);
        return left_-- > 0;
    }

    // Every kind once a round, in an order of its own, so that whatever else the machine does meets all
    // alike.
    void work(unsigned seed) {
        std::mt19937 random(seed);
        std::vector<std::size_t> order(kinds_.size());
        std::iota(order.begin(), order.end(), 0);
        std::string answer;
        while (take_round()) {
            std::shuffle(order.begin(), order.end(), random);
            for (const auto which : order) {
                const auto sample = ask(kinds_[which], port_, answer);
                const std::lock_guard lock(mutex_);
                if (answer_.empty()) answer_ = answer;
                if (answer != answer_) give_up("another answer as " + kinds_[which].name + ":\n" + answer);
                samples_[which].push_back(sample);
            }
        }
    }

    const std::vector<Kind>& kinds_;
    const int port_;
    std::mutex mutex_;
    int left_;
    Samples samples_;
    std::string answer_;
};

// Mann-Whitney: the chance that one of `a` is larger than one of `b`, or the other way round if that is more.
double area(const std::vector<double>& a, const std::vector<double>& b) {
    std::vector<std::pair<double, bool>> all;
    for (const auto value : a) all.emplace_back(value, true);
    for (const auto value : b) all.emplace_back(value, false);
    std::sort(all.begin(), all.end());
    double ranks = 0;
    for (std::size_t i = 0; i < all.size();) {
        auto end = i;
        while (end < all.size() && all[end].first == all[i].first) ++end;
        const auto rank = static_cast<double>(i + end + 1) / 2;
        for (; i < end; ++i)
            if (all[i].second) ranks += rank;
    }
    const auto n = static_cast<double>(a.size()), m = static_cast<double>(b.size());
    const auto auc = (ranks - n * (n + 1) / 2) / (n * m);
    return std::max(auc, 1 - auc);
}

std::vector<double> column(const std::vector<Sample>& samples, std::size_t feature) {
    std::vector<double> values;
    for (const auto& sample : samples) values.push_back(sample[feature]);
    return values;
}

double median(std::vector<double> values) {
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

// Also tells kinds apart that differ in spread only.
std::vector<double> distances(std::vector<double> values, double from) {
    for (auto& value : values) value = std::abs(value - from);
    return values;
}

void report(const std::vector<Kind>& kinds, const Samples& samples) {
    for (std::size_t f = 0; f < features.size(); ++f) {
        std::printf("== %s\n", features[f]);
        for (std::size_t k = 0; k < kinds.size(); ++k)
            std::printf("%-24s median %9.1f us\n", kinds[k].name.c_str(), median(column(samples[k], f)));
        double worst = 0;
        std::string pair;
        for (std::size_t a = 0; a < kinds.size(); ++a)
            for (std::size_t b = a + 1; b < kinds.size(); ++b) {
                const auto x = column(samples[a], f), y = column(samples[b], f);
                const auto from = median(x);
                const auto auc = std::max(area(x, y), area(distances(x, from), distances(y, from)));
                if (auc > worst) pair = kinds[a].name + " / " + kinds[b].name;
                worst = std::max(worst, auc);
            }
        std::printf("largest AUC %.4f (%s)\n", worst, pair.c_str());
    }
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 7) give_up("usage: bench_sameness PORT ROOT_CA SAMPLES THREADS KIND KIND...");
    std::vector<Kind> kinds;
    for (int i = 5; i < argc; ++i) kinds.push_back(parse_kind(argv[i], argv[2]));
    const int samples = std::atoi(argv[3]);
    report(kinds, Run(kinds, std::atoi(argv[1]), samples).gather(std::max(1, std::atoi(argv[4]))));
}
