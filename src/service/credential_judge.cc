#include "service/credential_judge.h"

#include "crypto/random.h"

#include <algorithm>

namespace provost {

namespace {

std::string_view method_word(Method method) {
    switch (method) {
        case Method::get:
            return "GET";
        case Method::head:
            return "HEAD";
        case Method::put:
            return "PUT";
        case Method::post:
            return "POST";
        case Method::other:
            break;
    }
    return "";
}

CredentialProof refused(Access how, std::string detail) {
    CredentialProof proof;
    proof.evidence.proof = how;
    proof.evidence.fault = Rule::credential_refused;
    proof.evidence.detail = std::move(detail);
    return proof;
}

// The answer is bound to what was asked for; some clients write the whole address.
bool is_about(std::string_view uri, std::string_view target) {
    if (!uri.starts_with('/')) {
        const auto host = uri.find("://");
        const auto path = host == uri.npos ? uri.npos : uri.find('/', host + 3);
        if (path == uri.npos) return false;
        uri.remove_prefix(path);
    }
    return uri == target;
}

const StoredSecret* digest_of(const std::optional<AccessCredential>& known, DigestAlgorithm algorithm) {
    if (!known) return nullptr;
    const auto purpose = digest_purpose(known->generation, algorithm);
    const auto found = std::find_if(known->digests.begin(), known->digests.end(),
                                    [&](const StoredSecret& one) { return one.binding.purpose == purpose; });
    return found == known->digests.end() ? nullptr : &*found;
}

Result<std::shared_ptr<const StoredSecret>> make_decoy(KeyHolder& keys) {
    const SecretBinding binding{0, MacAddress(), digest_purpose(0, DigestAlgorithm::sha256), 0};
    PROVOST_TRY(const auto password, generate_password(safe_alphabet, 64));
    PROVOST_TRY(auto sealed, keys.seal(binding, password));
    return std::make_shared<const StoredSecret>(StoredSecret{binding, std::move(sealed)});
}

}  // namespace

CredentialJudge::CredentialJudge(House& house, const DoorTraits& door) : house_(house), door_(door) {}

Result<CredentialProof> CredentialJudge::judge_token(const std::optional<Sha256>& hash) {
    PROVOST_TRY(auto device, house_.store.device_by_token(hash.value_or(Sha256{})));
    if (!device) return refused(Access::token, "no such token");
    CredentialProof proof;
    proof.evidence.proof = Access::token;
    proof.evidence.mac = device->mac;
    proof.evidence.vendor = device->vendor;
    proof.evidence.credential = device->token->hash;
    proof.device = std::move(device);
    return proof;
}

Result<CredentialProof> CredentialJudge::judge_login(const DeviceRequest& request, Timestamp now) {
    const auto login = parse_authorization(request.authorization->expose());
    if (!login) return refused(Access::digest, "an authorization that can't be read");
    if (const auto* const basic = std::get_if<BasicLogin>(&*login)) {
        if (!door_.access.basic) return refused(Access::basic, "Basic is not taken at this door");
        return judge_basic(*basic);
    }
    if (!door_.access.digest) return refused(Access::digest, "Digest is not taken at this door");
    return judge_digest(std::get<DigestLogin>(*login), request, now);
}

Result<CredentialProof> CredentialJudge::judge_basic(const BasicLogin& login) {
    PROVOST_TRY(const auto known, house_.store.credential(login.user));
    const auto wanted = known && known->basic ? *known->basic : Sha256{};
    const bool right = same_bytes(as_text(sha256(login.password)), as_text(wanted));
    return proof_of(Access::basic, login.user, known, right && known && known->basic);
}

Result<CredentialProof> CredentialJudge::judge_digest(const DigestLogin& login, const DeviceRequest& request,
                                                      Timestamp now) {
    // Asked of the nonce alone and before anybody is looked up: the answer tells nothing of users.
    const auto use = nonces_.use(login.nonce, login.count_number, now);
    if (use != NonceMint::Use::first) {
        const bool stale = use == NonceMint::Use::stale;
        auto proof =
            refused(Access::digest, stale ? "an old or used nonce; asked again" : "a nonce that is not ours");
        proof.stale = stale;
        return proof;
    }
    if (login.realm != access_realm || !is_about(login.uri, request.target))
        return refused(Access::digest, "an answer to another question");
    PROVOST_TRY(const auto known, house_.store.credential(login.user));
    PROVOST_TRY(const bool right, answers_right(login, request, known));
    return proof_of(Access::digest, login.user, known, right);
}

// A key holder that does not answer says nothing of who asks: that is an error, for strangers too.
Result<bool> CredentialJudge::answers_right(const DigestLogin& login, const DeviceRequest& request,
                                            const std::optional<AccessCredential>& known) {
    const auto* const sealed = digest_of(known, login.algorithm);
    auto opened = sealed == nullptr ? open_decoy() : house_.keys.open(*sealed);
    const bool whole = opened.has_value();
    if (!whole && opened.error().code != does_not_open) return fail(std::move(opened).error());
    const auto ha1 = whole ? std::move(*opened) : Secret();
    const DigestQuestion question{login.algorithm, method_word(request.method), login.uri, login.nonce,
                                  login.count,     login.client_nonce};
    const bool same = same_bytes(digest_response(question, ha1), login.response);
    return same && whole && sealed != nullptr;
}

// The device is looked up for a stranger too.
Result<CredentialProof> CredentialJudge::proof_of(Access how, const std::string& user,
                                                  const std::optional<AccessCredential>& known, bool right) {
    PROVOST_TRY(auto device, house_.store.device(known ? known->device : MacAddress()));
    if (!right || !known || !device) return refused(how, "no such user, or another password");
    CredentialProof proof;
    proof.evidence.proof = how;
    proof.evidence.mac = device->mac;
    proof.evidence.vendor = device->vendor;
    proof.evidence.credential = sha256(user);
    proof.device = std::move(device);
    proof.user = user;
    proof.generation = known->generation;
    proof.has_older = known->has_older;
    return proof;
}

// Sealed anew when the epoch that it was sealed in has ended.
Result<Secret> CredentialJudge::open_decoy() {
    if (const auto decoy = decoy_.load()) {
        auto opened = house_.keys.open(*decoy);
        if (opened || opened.error().code != does_not_open) return opened;
    }
    PROVOST_TRY(const auto decoy, make_decoy(house_.keys));
    decoy_.store(decoy);
    return house_.keys.open(*decoy);
}

std::vector<std::string> CredentialJudge::challenges(bool stale, Timestamp now) const {
    std::vector<std::string> lines;
    const std::string realm = "realm=\"" + std::string(access_realm) + "\"";
    if (door_.access.digest)
        for (const auto* const algorithm : {"SHA-256", "MD5"})
            lines.push_back("Digest " + realm + ", qop=\"auth\", algorithm=" + algorithm + ", nonce=\"" +
                            nonces_.make(now) + "\"" + (stale ? ", stale=true" : ""));
    if (door_.access.basic) lines.push_back("Basic " + realm + ", charset=\"UTF-8\"");
    return lines;
}

}  // namespace provost
