// What a stranger may send once TLS stands: requests one after another. However the bytes are cut into reads,
// the same requests must come out; two readings of one stream are what request smuggling lives on.
#include "net/request_parser.h"

#include "fuzz.h"

#include <algorithm>
#include <string>
#include <vector>

using provost::RequestLimits;
using provost::RequestParser;
using provost::fuzz::require;

namespace {

constexpr RequestLimits limits{256, 1024, 8, 512};

struct Reading {
    std::vector<std::string> requests;
    bool refused = false;
    bool operator==(const Reading&) const = default;
};

Reading read_in_pieces(std::string_view input, std::size_t step) {
    Reading reading;
    RequestParser parser(limits);
    std::string body, waiting;
    parser.keep_body(&body);
    while (!input.empty() && !reading.refused) {
        waiting += input.substr(0, step);
        input.remove_prefix(std::min(step, input.size()));
        for (std::size_t used = 1; used != 0 && !reading.refused;) {
            used = parser.feed(waiting);
            require(used <= waiting.size(), "no more is taken than was given");
            waiting.erase(0, used);
            reading.refused = parser.state() == RequestParser::State::refused;
            if (parser.state() != RequestParser::State::complete) continue;
            const auto& head = parser.head();
            require(head.target.starts_with('/') && head.target.size() <= limits.line,
                    "the target is a path");
            require(head.fields.size() <= limits.headers && body.size() <= limits.body, "limits hold");
            reading.requests.push_back(head.method + ' ' + head.target + '\n' + body);
            body.clear();
            parser.next();
        }
    }
    return reading;
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto input = provost::fuzz::text_of(data, size);
    const auto whole = read_in_pieces(input, std::max<std::size_t>(size, 1));
    require(whole == read_in_pieces(input, 1), "bytes one by one make the same requests");
    require(whole == read_in_pieces(input, 7), "bytes by sevens make the same requests");
    return 0;
}
