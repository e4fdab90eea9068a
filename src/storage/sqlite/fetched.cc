#include "storage/sqlite/fetched.h"

#include "crypto/digest.h"

#include <zlib.h>

namespace provost::sqlite {

namespace {

constexpr int quick = 1;                               // zlib's level: the writer's time is dearer than bytes
constexpr std::size_t largest = std::size_t{4} << 20;  // of a picture

Error damaged() {
    return {"P-6014", "the database is damaged", "fetched", "a phone's picture can't be read",
            "The phone's next visit writes it anew."};
}

Result<Bytes> compressed(const std::string& text) {
    auto size = compressBound(text.size());
    Bytes out(size);
    const auto* const in = reinterpret_cast<const Bytef*>(text.data());
    if (compress2(reinterpret_cast<Bytef*>(out.data()), &size, in, text.size(), quick) != Z_OK)
        return fail({"P-6018", "a phone's picture can't be compressed", "fetched"});
    out.resize(size);
    return out;
}

Result<std::string> expanded(const Bytes& bytes, std::int64_t size) {
    if (size < 0 || static_cast<std::size_t>(size) > largest) return fail(damaged());
    std::string out(static_cast<std::size_t>(size), '\0');
    auto length = static_cast<uLongf>(size);
    const auto* const in = reinterpret_cast<const Bytef*>(bytes.data());
    if (uncompress(reinterpret_cast<Bytef*>(out.data()), &length, in, bytes.size()) != Z_OK ||
        length != out.size())
        return fail(damaged());
    return out;
}

Sha256 digest_of(const FetchedPicture& picture) {
    std::string all = picture.vendor + '\n' + picture.model + '\n' + picture.firmware + '\n';
    all += picture.with_secrets ? '1' : '0';
    return sha256(all + picture.parameters);
}

}  // namespace

Status write_fetched(Database& database, const FetchedPicture& picture) {
    if (picture.parameters.size() > largest) return {};
    const auto digest = digest_of(picture);
    {
        auto query =
            database.query("SELECT 1 FROM fetched WHERE mac = ?1 AND digest = ?2", picture.device, digest);
        PROVOST_TRY(const bool same, query.next());
        if (same) return {};
    }
    PROVOST_TRY(const auto bytes, compressed(picture.parameters));
    // A device that went meanwhile has nothing to keep.
    return database.run(
        "INSERT INTO fetched SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9 WHERE EXISTS (SELECT 1 FROM devices"
        " WHERE mac = ?1) ON CONFLICT (mac) DO UPDATE SET at = ?2, digest = ?3, vendor = ?4, model = ?5,"
        " firmware = ?6, with_secrets = ?7, size = ?8, parameters = ?9",
        picture.device, picture.at, digest, picture.vendor, picture.model, picture.firmware,
        picture.with_secrets, picture.parameters.size(), bytes);
}

Result<std::optional<FetchedPicture>> read_fetched(Database& database, MacAddress mac) {
    auto query = database.query(
        "SELECT at, vendor, model, firmware, with_secrets, size, parameters FROM fetched WHERE mac = ?1",
        mac);
    PROVOST_TRY(const bool there, query.next());
    if (!there) return std::nullopt;
    FetchedPicture picture;
    picture.device = mac;
    std::int64_t size = 0;
    Bytes bytes;
    PROVOST_CHECK(query.read(picture.at, picture.vendor, picture.model, picture.firmware,
                             picture.with_secrets, size, bytes));
    PROVOST_TRY(picture.parameters, expanded(bytes, size));
    return picture;
}

}  // namespace provost::sqlite
