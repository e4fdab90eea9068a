// Keeps what each phone last got, without secrets, for `device diff`. A phone that gets what it got before
// costs a look into a table in memory.
#pragma once

#include "crypto/digest.h"
#include "service/configuration.h"
#include "service/store.h"

#include <array>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace provost {

// What a picture says of one parameter.
enum class Pictured : char {
    plain = 'p',
    secret = 's',  // it was there; its bytes are not kept
    beside = 'b',  // goes along with a secret and is sent with it only
};
struct PicturedParameter {
    std::string name;  // with its attributes: "user idx=1"
    std::string value;
    Pictured kind = Pictured::plain;
};

// Several parameters may have one name; the second is told as "name #2".
class Numbered {
 public:
    std::string operator()(std::string name) {
        const int number = ++seen_[name];
        return number == 1 ? name : name + " #" + std::to_string(number);
    }

 private:
    std::unordered_map<std::string, int> seen_;
};

Pictured pictured_kind(const Parameter& parameter);
std::string pictured_name(const Parameter& parameter);  // "name attribute=value"
std::string draw(const Parameters& parameters);
Result<std::vector<PicturedParameter>> read_picture(std::string_view text);  // P-6014

class FetchedPictures {
 public:
    explicit FetchedPictures(Store& store) : store_(store), known_(slots) {}

    // Called with each configuration as it is sent; `evidence` is the hardening gate's hash of it,
    // where it keeps one: not of files with secrets. Never waits: what changed is queued for the writer. Lost
    // in a crash, the phone's next visit writes it.
    void note(const Device& device, PhoneFacts facts, const Configuration& sent, const ShortHash& evidence,
              Timestamp now);

 private:
    static constexpr std::size_t slots = std::size_t{1} << 17;
    static constexpr std::size_t locks = 64;

    [[nodiscard]] bool seen(MacAddress mac, const ShortHash& evidence);

    Store& store_;
    std::vector<ShortHash> known_;  // by MAC: the last one of the phone
    std::array<std::mutex, locks> locks_;
};

}  // namespace provost
