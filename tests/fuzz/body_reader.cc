// The body of an upload by a phone, chunked and counted, cut into reads in several ways: the same bytes must
// come out, and the same byte must follow it.
#include "net/body_reader.h"

#include "fuzz.h"

#include <algorithm>
#include <string>

using provost::BodyReader;
using provost::fuzz::require;

namespace {

constexpr std::uint64_t limit = 300;

struct Reading {
    std::string body;
    std::size_t used = 0;
    bool complete = false, refused = false;
    bool operator==(const Reading&) const = default;
};

Reading read_in_pieces(std::string_view input, std::size_t step, bool chunked) {
    Reading reading;
    BodyReader reader;
    if (chunked)
        reader.begin_chunked(limit);
    else
        reader.begin_counted(limit);
    while (reading.used < input.size() && !reader.complete() && !reader.refused()) {
        const auto used = reader.feed(input.substr(reading.used, step), &reading.body);
        require(used <= step, "no more is taken than was given");
        if (used == 0) break;
        reading.used += used;
    }
    reading.complete = reader.complete();
    reading.refused = reader.refused();
    require(reading.body.size() <= limit, "the limit holds");
    // How far a refused one was read is nobody's business: the connection ends.
    if (reading.refused) reading.body.clear(), reading.used = 0;
    return reading;
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto input = provost::fuzz::text_of(data, size);
    for (const bool chunked : {false, true}) {
        const auto whole = read_in_pieces(input, std::max<std::size_t>(size, 1), chunked);
        require(whole == read_in_pieces(input, 1, chunked), "bytes one by one make the same body");
        require(whole == read_in_pieces(input, 7, chunked), "bytes by sevens make the same body");
    }
    return 0;
}
