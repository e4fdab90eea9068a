#include "crypto/webauthn.h"

#include "crypto/cbor.h"
#include "crypto/cose_key.h"
#include "crypto/digest.h"

namespace provost {

namespace {

constexpr std::size_t largest_object = 16 * 1024, longest_credential = 1023;
constexpr std::uint8_t user_present = 0x01, user_verified = 0x04, has_credential = 0x40,
                       has_extensions = 0x80;

Error refused(std::string why) {
    return {"P-8609", "the passkey was refused", "passkey", std::move(why),
            "Try again, with the passkey that belongs to this server and its PIN, finger or face."};
}

struct AuthenticatorData {
    std::uint8_t flags = 0;
    std::uint32_t sign_count = 0;
    ByteView rest;
};

Status check_client(const PasskeyExpectation& expected, const ClientData& client, std::string_view type) {
    if (client.type != type) return fail(refused("it was made for another purpose"));
    if (!same_bytes(client.challenge, expected.challenge))
        return fail(refused("it answers another challenge"));
    if (client.origin != expected.origin) return fail(refused("it was made for another site"));
    if (client.cross_origin) return fail(refused("it was made within another site's page"));
    return {};
}

// Section 6.1: hash of the relying party's id, flags, counter.
Result<AuthenticatorData> read_data(const PasskeyExpectation& expected, ByteView bytes) {
    if (bytes.size() < 37 || bytes.size() > largest_object)
        return fail(refused("its data have another size"));
    if (!same_bytes(as_text(bytes.first(32)), as_text(sha256(expected.rp_id))))
        return fail(refused("it belongs to another server"));
    AuthenticatorData data;
    data.flags = bytes[32];
    for (const auto byte : bytes.subspan(33, 4)) data.sign_count = data.sign_count << 8 | byte;
    data.rest = bytes.subspan(37);
    if ((data.flags & user_present) == 0 || (data.flags & user_verified) == 0)
        return fail(refused("its user was not verified"));
    return data;
}

Status check_extensions(const AuthenticatorData& data, ByteView rest) {
    if ((data.flags & has_extensions) == 0)
        return rest.empty() ? Status() : fail(refused("something follows its data"));
    CborReader reader(rest);
    const auto count = reader.map();
    for (std::uint64_t i = 0; count && i < *count; ++i)
        if (!reader.text() || !reader.skip()) break;
    return reader.ended() ? Status() : fail(refused("its extensions are none"));
}

// The three members of an attestation object, in their order; the statement is not looked into.
Result<ByteView> attested_data(ByteView object) {
    if (object.size() > largest_object) return fail(refused("it is too long"));
    CborReader reader(object);
    std::optional<ByteView> data;
    const auto count = reader.map();
    for (std::uint64_t i = 0; count && *count == 3 && i < *count; ++i) {
        const auto name = reader.text();
        if (name == "authData" && !data)
            data = reader.bytes();
        else if ((name != "fmt" && name != "attStmt") || !reader.skip())
            break;
    }
    if (!data || !reader.ended()) return fail(refused("it is no attestation object"));
    return *data;
}

}  // namespace

Result<NewPasskey> verify_registration(const PasskeyExpectation& expected, const ClientData& client,
                                       ByteView attestation_object) {
    PROVOST_CHECK(check_client(expected, client, "webauthn.create"));
    PROVOST_TRY(const auto bytes, attested_data(attestation_object));
    PROVOST_TRY(const auto data, read_data(expected, bytes));
    // Model id of 16 bytes, length of the credential's id, id, key.
    if ((data.flags & has_credential) == 0 || data.rest.size() < 18)
        return fail(refused("there is no credential in it"));
    const std::size_t length = data.rest[16] << 8 | data.rest[17];
    const auto after = data.rest.subspan(18);
    if (length == 0 || length > longest_credential || length > after.size())
        return fail(refused("its id has no such size"));
    const auto id = after.first(length), rest = after.subspan(length);
    ByteView extensions;
    if (!CoseKey::read(rest, extensions)) return fail(refused("its key is of a kind that is not taken"));
    PROVOST_CHECK(check_extensions(data, extensions));
    const auto key = rest.first(rest.size() - extensions.size());
    return NewPasskey{{id.begin(), id.end()}, {key.begin(), key.end()}, data.sign_count};
}

Result<std::uint32_t> verify_assertion(const PasskeyExpectation& expected, const ClientData& client,
                                       const PasskeyProof& proof, const KnownPasskey& known) {
    PROVOST_CHECK(check_client(expected, client, "webauthn.get"));
    PROVOST_TRY(const auto data, read_data(expected, proof.authenticator_data));
    if ((data.flags & has_credential) != 0) return fail(refused("there is a credential in it"));
    PROVOST_CHECK(check_extensions(data, data.rest));
    ByteView rest;
    const auto key = CoseKey::read(known.key, rest);
    if (!key || !rest.empty()) return fail(refused("its stored key is damaged"));
    Bytes message(proof.authenticator_data.begin(), proof.authenticator_data.end());
    message.insert(message.end(), client.hash.begin(), client.hash.end());
    if (!key->signed_this(message, proof.signature)) return fail(refused("its signature is wrong"));
    if ((data.sign_count != 0 || known.sign_count != 0) && data.sign_count <= known.sign_count) {
        auto error = refused("its counter went back: there may be a copy of it");
        error.code = "P-8619";
        return fail(std::move(error));
    }
    return data.sign_count;
}

}  // namespace provost
