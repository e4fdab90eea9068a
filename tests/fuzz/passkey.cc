// What a stranger's browser sends as a passkey: an attestation object, authenticator data, a COSE key.
// Whatever it is, it is refused or read, and what was read can be used.
#include "crypto/cbor.h"
#include "crypto/cose_key.h"
#include "crypto/digest.h"
#include "crypto/webauthn.h"
#include "fuzz.h"

using namespace provost;
using provost::fuzz::require;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const ByteView bytes(data, size);
    CborReader reader(bytes);
    while (reader.skip() && !reader.ended()) {
    }
    const PasskeyExpectation expected{"rp", "https://rp", "AAAA"};
    ClientData client{"webauthn.create", "AAAA", "https://rp", false, {}};
    if (const auto made = verify_registration(expected, client, bytes)) {
        require(!made->credential.empty() && made->credential.size() < 1024, "an id has a size");
        ByteView rest;
        require(CoseKey::read(made->key, rest) && rest.empty(), "a key that was taken is read again");
    }
    ByteView rest;
    if (const auto key = CoseKey::read(bytes, rest)) {
        require(rest.size() < size, "a key has a length");
        client.type = "webauthn.get";
        (void)verify_assertion(expected, client, {bytes, bytes}, {bytes.first(size - rest.size()), 0});
        require(!key->signed_this(bytes, bytes), "nobody signed this");
    }
    return 0;
}
