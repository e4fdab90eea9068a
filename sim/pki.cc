#include "sim/pki.h"

#include "crypto/digest.h"
#include "crypto/openssl.h"
#include "sim/files.h"
#include "sim/names.h"
#include "sim/tab_file.h"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <optional>
#include <thread>

#include <openssl/pem.h>

namespace provost::sim {

namespace {

constexpr auto lifetime = std::chrono::days(365 * 10);
constexpr auto backdated = std::chrono::days(1);  // a phone whose clock is behind still takes the server's

Status save(const std::filesystem::path& stem, const IssuedCertificate& issued, std::string_view chain) {
    PROVOST_CHECK(write_file(stem.string() + ".pem", issued.certificate_pem() + std::string(chain)));
    return write_file(stem.string() + ".key", issued.key_pem().view());
}

Result<CertificateAuthority> load_authority(const std::filesystem::path& stem) {
    PROVOST_TRY(const std::string certificate, read_file(stem.string() + ".pem"));
    PROVOST_TRY(std::string key, read_file(stem.string() + ".key"));
    auto authority = CertificateAuthority::load(certificate, key);
    wipe(key.data(), key.size());
    return authority;
}

// The one on disk, else a new one.
template <class Make>
Result<CertificateAuthority> keep_authority(const std::filesystem::path& stem, Make make) {
    if (std::filesystem::exists(stem.string() + ".pem")) return load_authority(stem);
    PROVOST_TRY(CertificateAuthority made, make());
    PROVOST_CHECK(save(stem, made.own(), {}));
    return made;
}

Result<CertificateAuthority> keep_vendor(const PkiOrder& order, const PhoneMaker& maker) {
    const auto folder = order.folder / maker.spec.vendor;
    const CertificateLayout& layout = *maker.spec.certificate;
    PROVOST_CHECK(make_folder(folder));
    PROVOST_CHECK(make_folder(folder / "devices"));
    PROVOST_TRY(const CertificateAuthority root, keep_authority(folder / "root", [&] {
                    return CertificateAuthority::make_root(layout.root, order.now - backdated,
                                                           order.now + lifetime, KeyType::rsa_2048);
                }));
    return keep_authority(folder / "issuing",
                          [&] { return root.make_issuing(layout.issuing, KeyType::rsa_2048); });
}

Status keep_server(const PkiOrder& order) {
    PROVOST_TRY(const CertificateAuthority authority, keep_authority(order.folder / "server-ca", [&] {
                    return CertificateAuthority::make_root({{"CN", "Provost simulator server CA"}},
                                                           order.now - backdated, order.now + lifetime);
                }));
    for (const auto& [name, type] :
         {std::pair{"server-rsa", KeyType::rsa_2048}, std::pair{"server-ecdsa", KeyType::ec_p256}}) {
        const auto stem = order.folder / name;
        if (std::filesystem::exists(stem.string() + ".pem")) continue;
        CertificateOrder wanted{.subject = {{"CN", "localhost"}},
                                .not_before = order.now - backdated,
                                .not_after = order.now + lifetime,
                                .key_type = type,
                                .key = nullptr,
                                .extensions = server_extensions({"localhost", "127.0.0.1", "::1"}),
                                .serial = {}};
        PROVOST_TRY(const IssuedCertificate issued, authority.issue(wanted));
        PROVOST_CHECK(save(stem, issued, {}));
    }
    return {};
}

CertificateOrder device_order(const PhoneMaker& maker, MacAddress mac, Timestamp now) {
    return {.subject = subject_of(maker.spec.certificate->subject, names_of(maker, mac)),
            .not_before = now - backdated,
            .not_after = now + lifetime,
            .key = nullptr,
            .serial = {}};
}

Status keep_device(const PkiOrder& order, const PhoneMaker& maker, MacAddress mac,
                   const CertificateAuthority& issuing) {
    const auto path = order.folder / maker.spec.vendor / "devices" / (mac.lower() + ".pem");
    if (std::filesystem::exists(path)) return {};
    CertificateOrder wanted = device_order(maker, mac, order.now);
    wanted.key_type = order.key_type;
    PROVOST_TRY(const IssuedCertificate issued, issuing.issue(wanted));
    OutputBuffer content;
    content.append(issued.certificate_pem());
    content.append(issuing.own().certificate_pem());
    content.append(issued.key_pem().view());
    return write_file(path, content.view());
}

// Calls `work` for 0 to count - 1 on every core; the first error stops it.
Status on_every_core(std::size_t count, const std::function<Status(std::size_t)>& work,
                     const Progress& progress) {
    std::atomic<std::size_t> next = 0;
    std::size_t done = 0;
    Status outcome;
    std::mutex reporting;
    const auto worker = [&] {
        for (std::size_t i = next++; i < count; i = next++) {
            Status status = work(i);
            const std::lock_guard lock(reporting);
            if (status && progress) progress(++done, count);
            if (status) continue;
            outcome = std::move(status);
            next = count;
        }
    };
    std::vector<std::jthread> workers;
    const std::size_t cores = std::max(1U, std::thread::hardware_concurrency());
    for (std::size_t i = 0; i < std::min(cores, count); ++i) workers.emplace_back(worker);
    workers.clear();
    return outcome;
}

// What `vendor trust import` needs to know of each look-alike root.
Result<std::string> trust_row(const PkiOrder& order, const PhoneMaker& maker) {
    const auto path = order.folder / maker.spec.vendor / "root";
    PROVOST_TRY(const CertificateAuthority root, load_authority(path));
    const std::string fingerprint = to_hex(sha256(root.own().certificate_der()));
    std::string row;
    append_row(row, {maker.spec.vendor, maker.anchor, fingerprint, path.string() + ".pem"});
    return row;
}

std::string display_name(std::size_t number) {
    return "Phone " + std::to_string(number);
}

Result<std::vector<Certificate>> read_chain(std::string_view pem) {
    const BioHandle in = read_from(pem);
    std::vector<Certificate> chain;
    while (X509* const next = PEM_read_bio_X509(in.get(), nullptr, nullptr, nullptr)) {
        chain.emplace_back(next, X509_free);
    }
    openssl_reason();  // the end of the file counts as an error there
    return chain;
}

}  // namespace

Name subject_of(const Name& layout, const Names& names) {
    Name subject = layout;
    for (NamePart& part : subject) part.value = expand(part.value, names);
    return subject;
}

std::vector<ListedDevice> order_devices(const PkiOrder& order) {
    std::vector<ListedDevice> devices;
    for (std::size_t i = 0; i < static_cast<std::size_t>(order.phones); ++i) {
        const PhoneMaker& maker = order.makers[i % order.makers.size()];
        const std::uint64_t number = i / order.makers.size() + 1;
        ListedDevice& device = devices.emplace_back();
        device.mac = MacAddress(std::uint64_t{maker.mac_prefix} << 24 | number);
        device.vendor = maker.spec.vendor;
        device.model = maker.spec.model;
        device.tenant = order.tenant;
        device.access = maker.spec.access();
        device.settings = {{"line.1.user", std::to_string(2001 + i)},
                           {"line.1.display_name", display_name(i + 1)}};
        if (!order.registrar.empty()) device.settings.emplace_back("line.1.registrar_host", order.registrar);
    }
    return devices;
}

Status make_pki(const PkiOrder& order, const Progress& progress) {
    PROVOST_CHECK(make_folder(order.folder));
    PROVOST_CHECK(keep_server(order));
    std::vector<std::optional<CertificateAuthority>> issuing;
    for (const PhoneMaker& maker : order.makers) {
        issuing.emplace_back();
        if (!maker.spec.certificate) continue;
        PROVOST_TRY(issuing.back(), keep_vendor(order, maker));
    }
    const std::vector<ListedDevice> devices = order_devices(order);
    PROVOST_CHECK(on_every_core(
        devices.size(),
        [&](std::size_t i) {
            const std::size_t maker = i % order.makers.size();
            if (!issuing[maker]) return Status();
            return keep_device(order, order.makers[maker], devices[i].mac, *issuing[maker]);
        },
        progress));
    std::string trust;
    for (const PhoneMaker& maker : order.makers) {
        if (!maker.spec.certificate) continue;
        PROVOST_TRY(const std::string row, trust_row(order, maker));
        trust += row;
    }
    PROVOST_CHECK(write_file(order.folder / "trust.tsv", trust));
    return write_file(order.folder / "devices.csv", format_devices(devices));
}

Result<std::vector<ListedDevice>> PkiFolder::devices() const {
    PROVOST_TRY(const std::string csv, read_file(folder_ / "devices.csv"));
    return parse_devices(csv);
}

Result<Identity> PkiFolder::own(const PhoneMaker& maker, MacAddress mac) const {
    const auto path = folder_ / maker.spec.vendor / "devices" / (mac.lower() + ".pem");
    PROVOST_TRY(std::string pem, read_file(path));
    PROVOST_TRY(std::vector<Certificate> chain, read_chain(pem));
    const BioHandle in = read_from(pem);
    const PrivateKey key(PEM_read_bio_PrivateKey(in.get(), nullptr, nullptr, nullptr), EVP_PKEY_free);
    wipe(pem.data(), pem.size());
    if (chain.empty() || key == nullptr) {
        Error error = openssl_failure("P-9002", "no certificate with its key in the file");
        error.where = path.string();
        return fail(std::move(error));
    }
    Identity identity{.leaf = chain.front(), .chain = {}, .key = key};
    identity.chain.assign(chain.begin() + 1, chain.end());
    return identity;
}

Result<const CertificateAuthority*> PkiFolder::issuing(const std::string& vendor) {
    const auto known = authorities_.find(vendor);
    if (known != authorities_.end()) return &known->second;
    PROVOST_TRY(CertificateAuthority authority, load_authority(folder_ / vendor / "issuing"));
    return &authorities_.emplace(vendor, std::move(authority)).first->second;
}

Result<const CertificateAuthority*> PkiFolder::other_issuing(const std::string& vendor) {
    std::error_code none;
    for (const auto& entry : std::filesystem::directory_iterator(folder_, none)) {
        const std::string name = entry.path().filename().string();
        if (name != vendor && std::filesystem::exists(entry.path() / "issuing.pem")) return issuing(name);
    }
    return fail({.code = "P-9002",
                 .what = "no second vendor in the folder of certificates",
                 .where = folder_.string(),
                 .fix = "Make it with at least two: --vendors a,b"});
}

struct PkiFolder::Forgery {
    const PhoneMaker& maker;
    MacAddress mac, other;
    CertificateOrder order;

    // The part of the subject that names the phone.
    NamePart& naming() {
        const Name& layout = maker.spec.certificate->subject;
        const auto found = std::find_if(layout.begin(), layout.end(), [](const NamePart& part) {
            return part.value.find("{mac") != part.value.npos || part.value.find("{MAC") != part.value.npos;
        });
        const auto index = std::min<std::size_t>(found - layout.begin(), layout.size() - 1);
        return order.subject[index];
    }
    void disguise(Credential credential);
};

void PkiFolder::Forgery::disguise(Credential credential) {
    const auto year = std::chrono::days(365);
    switch (credential) {
        case Credential::expired:
            order.not_before -= 2 * year;
            order.not_after = order.not_before + year;
            return;
        case Credential::not_yet_valid:
            order.not_before += year;
            return;
        case Credential::generic:
            order.subject = subject_of(maker.spec.certificate->generic, names_of(maker, mac));
            return;
        case Credential::two_names: {
            const Name others = subject_of(maker.spec.certificate->subject, names_of(maker, other));
            order.subject.push_back(others[static_cast<std::size_t>(&naming() - order.subject.data())]);
            return;
        }
        case Credential::nul_in_name:
            naming().value += std::string(1, '\0') + ".example";
            return;
        case Credential::authority_leaf:
            order.extensions = authority_extensions();
            return;
        default:
            return;  // the fault is in who signs, or in the key
    }
}

Result<Identity> PkiFolder::forge(const Forgery& forgery, Credential credential) {
    const CertificateLayout& layout = *forgery.maker.spec.certificate;
    const CertificateOrder& order = forgery.order;
    if (credential == Credential::self_signed) {
        PROVOST_TRY(const CertificateAuthority alone, CertificateAuthority::self_signed(order));
        return Identity{.leaf = alone.own().certificate, .chain = {}, .key = alone.own().key};
    }
    std::optional<CertificateAuthority> impostor;
    const CertificateAuthority* signer = nullptr;
    if (credential == Credential::unknown_ca) {
        PROVOST_TRY(CertificateAuthority root,
                    CertificateAuthority::make_root(layout.root, order.not_before, order.not_after));
        PROVOST_TRY(CertificateAuthority made, root.make_issuing(layout.issuing));
        signer = &impostor.emplace(std::move(made));
    } else if (credential == Credential::other_vendor_ca) {
        PROVOST_TRY(signer, other_issuing(forgery.maker.spec.vendor));
    } else {
        PROVOST_TRY(signer, issuing(forgery.maker.spec.vendor));
    }
    PROVOST_TRY(const IssuedCertificate issued, signer->issue(order));
    return Identity{.leaf = issued.certificate, .chain = {signer->own().certificate}, .key = issued.key};
}

Result<Identity> PkiFolder::identity(const PhoneMaker& maker, MacAddress mac, Credential credential,
                                     MacAddress other) {
    if (credential == Credential::none || !maker.spec.certificate) return Identity{};
    if (credential == Credential::own) return own(maker, mac);
    Forgery forgery{maker, mac, other, device_order(maker, mac, SystemClock().now())};
    if (credential != Credential::other_key) {  // one fault at a time: the key is the phone's
        PROVOST_TRY(const Identity mine, own(maker, mac));
        forgery.order.key = mine.key;
    }
    forgery.disguise(credential);
    return forge(forgery, credential);
}

}  // namespace provost::sim
