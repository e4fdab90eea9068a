// A folder of look-alike CAs and the certificates of simulated phones and of a server.
//   <vendor>/root.pem .key, issuing.pem .key, devices/<mac>.pem (leaf, issuing CA, key)
//   server-ca.pem .key, server-rsa.pem .key, server-ecdsa.pem .key, devices.csv
//   trust.tsv: vendor, anchor id, SHA-256 and file of each look-alike root
#pragma once

#include "base/clock.h"
#include "crypto/certificate_authority.h"
#include "sim/device_list.h"
#include "sim/exchange.h"
#include "sim/phone_maker.h"

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace provost::sim {

using Progress = std::function<void(std::size_t done, std::size_t total)>;

struct PkiOrder {
    std::filesystem::path folder;
    std::span<const PhoneMaker> makers;  // phones are dealt to them in turn
    int phones = 50;
    KeyType key_type = KeyType::ec_p256;
    std::string tenant = "demo";
    std::string registrar = {};  // empty: no column, the tenant's setting holds
    Timestamp now{};
};

// Keeps what the folder has already: CAs, phones' certificates and the server's. P-43xx, P-9006.
Status make_pki(const PkiOrder& order, const Progress& progress);

// The phones such an order has: MACs count up from the vendor's prefix, line 1 gets user 2001, 2002 ...
std::vector<ListedDevice> order_devices(const PkiOrder& order);

// A vendor's subject with the phone's words in it.
Name subject_of(const Name& layout, const Names& names);

class PkiFolder {
 public:
    explicit PkiFolder(std::filesystem::path folder) : folder_(std::move(folder)) {}

    [[nodiscard]] Result<std::vector<ListedDevice>> devices() const;
    [[nodiscard]] std::filesystem::path server_authority() const { return folder_ / "server-ca.pem"; }
    // What a phone shows: its own certificate, or one made for a fault; nothing where its kind has none.
    // `other` is the phone it pretends to be where the fault has two names. P-9002, P-43xx.
    Result<Identity> identity(const PhoneMaker& maker, MacAddress mac, Credential credential,
                              MacAddress other);

 private:
    struct Forgery;
    Result<Identity> own(const PhoneMaker& maker, MacAddress mac) const;
    Result<Identity> forge(const Forgery& forgery, Credential credential);
    Result<const CertificateAuthority*> issuing(const std::string& vendor);
    Result<const CertificateAuthority*> other_issuing(const std::string& vendor);

    std::filesystem::path folder_;
    std::map<std::string, CertificateAuthority> authorities_;
};

}  // namespace provost::sim
