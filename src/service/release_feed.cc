#include "service/release_feed.h"

#include "crypto/base_text.h"
#include "crypto/digest.h"
#include "domain/text.h"
#include "vendor/yaml_reader.h"

#include <algorithm>
#include <charconv>

namespace provost {

namespace {

constexpr std::string_view magic = "provost-release-feed 1";
constexpr std::string_view signature_mark = " signature=";
constexpr std::size_t most_advisories = 1000;
constexpr Duration clocks_differ = std::chrono::hours(24);

Error not_signed(std::string why) {
    return {"P-2095", "the release feed is not signed by the key that you trust", "feed", std::move(why),
            "Take it from where the makers publish it; check the key's file"};
}

// What is signed: the magic, a line feed and the object.
Result<std::string> signed_text(std::string_view file, const PublicKey& key) {
    const auto end = file.find('\n');
    const auto line = file.substr(0, end);
    if (end == file.npos || !line.starts_with(magic) ||
        !line.substr(magic.size()).starts_with(signature_mark))
        return fail(not_signed("it has no signature"));
    const auto bytes = from_hex(line.substr(magic.size() + signature_mark.size()));
    Signature signature{};
    if (!bytes || bytes->size() != signature.size()) return fail(not_signed("its signature is malformed"));
    std::copy(bytes->begin(), bytes->end(), signature.begin());
    auto text = std::string(magic) + "\n" + std::string(file.substr(end + 1));
    if (!is_signed_by(key, text, signature)) return fail(not_signed("its signature is another's"));
    return text.substr(magic.size() + 1);
}

Timestamp read_time(const Yaml& value) {
    const auto text = value.words();
    if (const auto time = from_rfc3339(text)) return *time;
    if (!text.empty()) value.mistake({"P-2107", "this is no time in UTC"});
    return {};
}

std::string read_text(const Yaml& value) {
    auto text = value.words();
    if (text.size() > 500 || !is_clean_text(text)) value.mistake({"P-2107", "this text is refused"});
    return text;
}

Advisory read_advisory(const Yaml& value) {
    YamlMap map(value);
    Advisory one;
    one.id = read_text(map.required("id"));
    one.package = read_text(map.required("package"));
    one.below = read_text(map.required("below"));
    one.severity =
        map.required("severity")
            .choice<std::string>(
                {{"critical", "critical"}, {"high", "high"}, {"medium", "medium"}, {"low", "low"}}, "high");
    one.says = read_text(map.required("says"));
    one.next = read_text(map.required("next_step"));
    return one;
}

// JSON is YAML, whose reader checks every key.
Result<ReleaseFeed> parse_feed(const std::string& text) {
    Mistakes mistakes("feed");
    const auto tree = parse_yaml(text, mistakes);
    ReleaseFeed feed;
    {
        YamlMap map(Yaml(&tree, mistakes));
        feed.serial = map.required("serial").number(1, 2'000'000'000, 0);
        feed.made = read_time(map.required("made"));
        feed.expires = read_time(map.required("expires"));
        feed.newest = read_text(map.required("newest"));
        for (const auto& item : map.required("advisories").items())
            if (feed.advisories.size() < most_advisories) feed.advisories.push_back(read_advisory(item));
    }
    const auto errors = mistakes.take();
    if (errors.empty()) return feed;
    return fail({"P-2098", "the release feed can't be read", "feed", errors.front().text(),
                 "A newer Provost may be needed to read it"});
}

Status check_age(const ReleaseFeed& feed, Timestamp now, const FeedMemory& memory) {
    if (feed.expires <= now)
        return fail({"P-2096", "the release feed is too old", "feed",
                     "it expired on " + to_rfc3339(feed.expires),
                     "Find out why no newer one comes; check the server's clock"});
    if (feed.made > now + clocks_differ)
        return fail({"P-2096", "the release feed is not valid yet", "feed",
                     "made on " + to_rfc3339(feed.made), "Check the server's clock"});
    const bool other = feed.serial == memory.serial && feed.digest != memory.digest;
    if (feed.serial < memory.serial || other)
        return fail({"P-2097", "the release feed is older than one that was taken before", "feed",
                     "serial " + std::to_string(feed.serial) + ", known is " + std::to_string(memory.serial),
                     "Somebody may be holding newer ones back"});
    return {};
}

struct Piece {
    bool number = false;
    std::string_view text;
};

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

Piece take_piece(std::string_view& rest) {
    while (!rest.empty() && (rest.front() == '.' || rest.front() == '-')) {
        if (rest.front() == '-') break;
        rest.remove_prefix(1);
    }
    if (rest.empty()) return {};
    const bool number = is_digit(rest.front());
    std::size_t size = 1;
    while (size < rest.size() && rest[size] != '.' && rest[size] != '-' && is_digit(rest[size]) == number)
        ++size;
    const Piece piece{number, rest.substr(0, size)};
    rest.remove_prefix(size);
    return piece;
}

// A pre-release ("-rc1") comes before nothing, which comes before a letter ("1.1.1w"), which is before a
// number.
int rank(const Piece& piece) {
    if (piece.text.empty()) return 1;
    if (piece.number) return 3;
    return piece.text.front() == '-' ? 0 : 2;
}

int compare_numbers(std::string_view one, std::string_view two) {
    const auto strip = [](std::string_view text) {
        while (text.size() > 1 && text.front() == '0') text.remove_prefix(1);
        return text;
    };
    one = strip(one);
    two = strip(two);
    if (one.size() != two.size()) return one.size() < two.size() ? -1 : 1;
    return one.compare(two);
}

}  // namespace

FeedMemory FeedMemory::parse(std::string_view text) {
    FeedMemory memory;
    const auto blank = text.find(' ');
    const auto read = std::from_chars(text.data(), text.data() + std::min(blank, text.size()), memory.serial);
    if (blank == text.npos || read.ec != std::errc()) return {};
    memory.digest = trim(text.substr(blank + 1, 64));
    return memory;
}

Result<PublicKey> parse_public_key(std::string_view pem) {
    constexpr std::string_view begin = "-----BEGIN PUBLIC KEY-----", end = "-----END PUBLIC KEY-----";
    constexpr std::string_view ed25519("\x30\x2a\x30\x05\x06\x03\x2b\x65\x70\x03\x21\x00", 12);  // RFC 8410
    const auto from = pem.find(begin), to = pem.find(end);
    const auto no_key = [] {
        return fail({"P-2095", "this is no public key of Ed25519", "key", "",
                     "Give what 'openssl pkey -pubout' wrote"});
    };
    if (from == pem.npos || to == pem.npos || to < from) return no_key();
    std::string text(pem.substr(from + begin.size(), to - from - begin.size()));
    std::erase_if(text, [](char c) { return c == '\n' || c == '\r'; });
    const auto der = from_base64(text);
    PublicKey key{};
    if (!der || der->size() != ed25519.size() + key.size() || !der->view().starts_with(ed25519))
        return no_key();
    const auto bytes = as_bytes(der->view().substr(ed25519.size()));
    std::copy(bytes.begin(), bytes.end(), key.begin());
    return key;
}

Result<ReleaseFeed> read_release_feed(std::string_view file, const PublicKey& key, Timestamp now,
                                      const FeedMemory& memory) {
    if (file.size() > feed_most_bytes) return fail(not_signed("it is longer than 256 KiB"));
    PROVOST_TRY(const auto text, signed_text(file, key));
    PROVOST_TRY(auto feed, parse_feed(text));
    feed.digest = to_hex(sha256(file));
    PROVOST_CHECK(check_age(feed, now, memory));
    return feed;
}

int compare_versions(std::string_view one, std::string_view two) {
    while (!one.empty() || !two.empty()) {
        const auto a = take_piece(one), b = take_piece(two);
        if (rank(a) != rank(b)) return rank(a) - rank(b);
        const int order = a.number ? compare_numbers(a.text, b.text) : a.text.compare(b.text);
        if (order != 0) return order;
    }
    return 0;
}

std::vector<Advisory> advisories_for(const ReleaseFeed& feed, const Installed& installed) {
    std::vector<Advisory> hits;
    for (const auto& advisory : feed.advisories)
        for (const auto& [name, version] : installed)
            if (name == advisory.package && compare_versions(version, advisory.below) < 0)
                hits.push_back(advisory);
    return hits;
}

}  // namespace provost
