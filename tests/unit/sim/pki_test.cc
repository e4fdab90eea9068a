// Look-alike certificates, good and bad, judged by the same rules as the server's.
#include "sim/pki.h"

#include "crypto/certificate_facts.h"
#include "sim/files.h"
#include "sim_testing.h"
#include "vendor/device_certificate.h"

#include <set>

#include <gtest/gtest.h>
#include <openssl/x509.h>
#include <sys/stat.h>

namespace provost::sim::testing {

namespace {

// Two phones of each of some vendors.
struct World {
    explicit World(const std::vector<std::string>& vendors) : all(makers(vendors)) {
        order.folder = folder.path();
        order.makers = all;
        order.phones = static_cast<int>(2 * all.size());
        order.registrar = "sip.example";
        order.now = SystemClock().now();
        if (const Status made = make_pki(order, {}); !made) throw std::runtime_error(made.error().text());
    }
    // With certificates and without.
    static World& get() {
        static World world({"linphone", "poly", "snom"});
        return world;
    }
    // The vendor, and another one for what the first may not vouch for. Keys take long to make.
    static World& of(const std::string& vendor) {
        static std::map<std::string, std::unique_ptr<World>> known;
        auto& world = known[vendor];
        if (!world) world = std::make_unique<World>(std::vector<std::string>{vendor, other_than(vendor)});
        return *world;
    }
    static std::string other_than(const std::string& vendor) { return vendor == "snom" ? "poly" : "snom"; }

    Folder folder;
    std::vector<PhoneMaker> all;
    PkiOrder order;
};

class LookAlike : public ::testing::TestWithParam<std::string> {
 protected:
    Identity identity(Credential credential) {
        PkiFolder pki(world_.folder.path());
        return must(pki.identity(maker_, mac_, credential, other_));
    }

    // What the device-certificate profile of the look-alike's anchor makes of the leaf.
    DeviceIdentity judged(Credential credential) {
        const CertificateFacts facts = must(read_certificate(identity(credential).leaf.get()));
        for (const CertificateProfile& profile : vendor_.profiles) {
            if (profile.id == vendor_.anchors.front().profile) return identify(facts, profile);
        }
        throw std::runtime_error("no profile");
    }

    [[nodiscard]] bool is_signed_by(const Identity& shown, const std::string& vendor) const {
        const auto path = world_.folder.path() / vendor / "issuing.pem";
        const std::string pem = must(read_file(path));
        const std::string key = must(read_file(world_.folder.path() / vendor / "issuing.key"));
        const auto authority = must(CertificateAuthority::load(pem, key));
        return X509_verify(shown.leaf.get(), authority.own().key.get()) == 1;
    }

    const World& world_ = World::of(GetParam());
    const PhoneMaker& maker_ = maker(GetParam());
    const VendorSpec vendor_ = vendor_spec(GetParam());
    const MacAddress mac_ = MacAddress(std::uint64_t{maker_.mac_prefix} << 24 | 1);
    const MacAddress other_ = MacAddress(std::uint64_t{maker_.mac_prefix} << 24 | 2);
};

TEST_P(LookAlike, R_A3_ItsOwnCertificateProvesItsMacByTheVendorsProfile) {
    const DeviceIdentity proved = judged(Credential::own);
    EXPECT_FALSE(proved.fault) << proved.detail;
    EXPECT_EQ(proved.mac, mac_);
    EXPECT_TRUE(is_signed_by(identity(Credential::own), GetParam()));
    EXPECT_EQ(identity(Credential::own).chain.size(), 1U);
}

TEST_P(LookAlike, R_A5_TheSharedCertificateIsGenericOrNamesNoPhone) {
    const DeviceIdentity proved = judged(Credential::generic);
    EXPECT_TRUE(proved.fault);
    EXPECT_FALSE(proved.mac);
}

TEST_P(LookAlike, R_A2_HostileNamesAreRefusedByTheProfile) {
    for (const Credential hostile :
         {Credential::two_names, Credential::nul_in_name, Credential::authority_leaf}) {
        const DeviceIdentity proved = judged(hostile);
        EXPECT_EQ(proved.fault, Rule::certificate_malformed) << static_cast<int>(hostile) << proved.detail;
        EXPECT_TRUE(is_signed_by(identity(hostile), GetParam())) << "one fault at a time";
    }
}

TEST_P(LookAlike, R_A4_WrongSigners) {
    const Identity foreign = identity(Credential::other_vendor_ca);
    EXPECT_FALSE(is_signed_by(foreign, GetParam()));
    EXPECT_TRUE(is_signed_by(foreign, World::other_than(GetParam())));

    const Identity unknown = identity(Credential::unknown_ca);
    EXPECT_FALSE(is_signed_by(unknown, GetParam()));
    EXPECT_EQ(X509_NAME_cmp(X509_get_issuer_name(unknown.leaf.get()),
                            X509_get_issuer_name(identity(Credential::own).leaf.get())),
              0);

    const Identity alone = identity(Credential::self_signed);
    EXPECT_TRUE(alone.chain.empty());
    EXPECT_EQ(X509_verify(alone.leaf.get(), alone.key.get()), 1);
}

TEST_P(LookAlike, R_A1_DatesOutsideNow) {
    const Timestamp now = SystemClock().now();
    EXPECT_LT(must(read_certificate(identity(Credential::expired).leaf.get())).not_after, now);
    EXPECT_GT(must(read_certificate(identity(Credential::not_yet_valid).leaf.get())).not_before, now);
}

TEST_P(LookAlike, R_A10_AnotherKeyForTheSameMac) {
    const CertificateFacts own = must(read_certificate(identity(Credential::own).leaf.get()));
    const CertificateFacts fresh = must(read_certificate(identity(Credential::other_key).leaf.get()));
    EXPECT_EQ(fresh.subject, own.subject);
    EXPECT_NE(fresh.key, own.key);
    EXPECT_EQ(judged(Credential::other_key).mac, mac_);
}

TEST_P(LookAlike, R_G4_NoCertificateIsNone) {
    EXPECT_EQ(identity(Credential::none).leaf, nullptr);
}

INSTANTIATE_TEST_SUITE_P(Pki, LookAlike, ::testing::ValuesIn(certified_vendors()),
                         [](const auto& given) { return test_name(given); });

TEST(Pki, R_A7_APhoneWithoutACertificateShowsNoneAndNeedsNoTrust) {
    PkiFolder pki(World::get().folder.path());
    const std::string trust = must(read_file(World::get().folder.path() / "trust.tsv"));
    for (const PhoneMaker& one : World::get().all) {
        const std::string& id = one.spec.vendor;
        EXPECT_EQ(trust.find(id + "\t") != trust.npos, one.spec.certificate.has_value()) << id;
        if (one.spec.certificate) continue;
        for (const Credential credential : {Credential::own, Credential::expired, Credential::other_key})
            EXPECT_EQ(must(pki.identity(one, MacAddress(1), credential, MacAddress(2))).leaf, nullptr) << id;
        EXPECT_FALSE(std::filesystem::exists(World::get().folder.path() / id)) << id;
    }
}

TEST(Pki, R_G4_TheDeviceListIsReadyForImport) {
    const std::string csv = must(read_file(World::get().folder.path() / "devices.csv"));
    EXPECT_TRUE(csv.starts_with(
        "mac,tenant,vendor,model,access,line.1.user,line.1.display_name,line.1.registrar_host\n"));
    const auto devices = must(parse_devices(csv));
    ASSERT_EQ(devices.size(), 2 * World::get().all.size());
    std::set<MacAddress> macs;
    for (const ListedDevice& device : devices) {
        macs.insert(device.mac);
        EXPECT_EQ(device.mac.oui(), maker(device.vendor).mac_prefix);
        EXPECT_EQ(device.settings.back().second, "sip.example");
    }
    EXPECT_EQ(macs.size(), devices.size());
    EXPECT_EQ(format_devices(devices), csv);
}

TEST(Pki, R_G4_MacsStayWithinTheVendorsPrefixes) {
    for (const std::string& vendor : all_vendors()) {
        const VendorSpec spec = vendor_spec(vendor);
        if (spec.local_macs) {
            EXPECT_TRUE(MacAddress(std::uint64_t{maker(vendor).mac_prefix} << 24).is_local()) << vendor;
            continue;
        }
        const bool own =
            std::binary_search(spec.mac_prefixes.begin(), spec.mac_prefixes.end(), maker(vendor).mac_prefix);
        EXPECT_TRUE(spec.any_mac_prefix || own) << vendor;
    }
}

TEST(Pki, R_G4_MakingItAgainKeepsWhatIsThere) {
    World& world = World::get();
    const auto path = world.folder.path() / "snom" / "root.pem";
    const std::string before = must(read_file(path));
    const std::string csv = must(read_file(world.folder.path() / "devices.csv"));
    std::size_t told = 0;
    ASSERT_TRUE(make_pki(world.order, [&](std::size_t done, std::size_t) { told = done; }));
    EXPECT_EQ(told, 2 * world.all.size());
    EXPECT_EQ(must(read_file(path)), before);
    EXPECT_EQ(must(read_file(world.folder.path() / "devices.csv")), csv);
}

TEST(Pki, R_B8_KeysAreTheOwnersOnly) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(World::get().folder.path())) {
        struct stat facts {};
        ASSERT_EQ(::stat(entry.path().c_str(), &facts), 0);
        EXPECT_EQ(facts.st_mode & 0777, entry.is_directory() ? 0700 : 0600) << entry.path();
    }
}

TEST(Pki, R_G4_AMissingPhoneIsAnError) {
    PkiFolder pki(World::get().folder.path());
    const auto nobody = pki.identity(maker("snom"), MacAddress(1), Credential::own, MacAddress(2));
    EXPECT_EQ(nobody.error().code, "P-9002");
}

TEST(DeviceList, R_G4_QuotedFieldsAndForeignLineEnds) {
    const auto devices =
        must(parse_devices("mac,vendor,line.1.display_name\r\n001565112233,acme,\"a, \"\"b\"\"\"\r\n\r\n"));
    ASSERT_EQ(devices.size(), 1U);
    EXPECT_EQ(devices[0].settings[0].second, "a, \"b\"");
}

TEST(DeviceList, R_A7_HowAPhoneProvesItselfIsListedWhereThatIsNotByItsCertificate) {
    const auto header = [](std::vector<ListedDevice> devices) {
        const std::string csv = format_devices(devices);
        return csv.substr(0, csv.find('\n'));
    };
    EXPECT_EQ(header({{.access = "certificate"}}), "mac,tenant,vendor,model");
    EXPECT_EQ(header({{.access = "certificate"}, {.access = "token"}}), "mac,tenant,vendor,model,access");
    const std::map<std::string, std::string> told = {{"snom", "certificate"}, {"ale", "digest"},
                                                     {"mitel", "basic"},      {"linphone", "token"},
                                                     {"microsip", "token"},   {"acrobits", "digest"}};
    for (const auto& [vendor, access] : told) EXPECT_EQ(maker(vendor).spec.access(), access) << vendor;
}

TEST(DeviceList, R_G4_ABadRowIsNamed) {
    for (const char* const bad : {"mac,vendor\nnothing,acme\n", "mac,vendor\n001565112233\n",
                                  "vendor\nacme\n", "mac\n001565112233\n"}) {
        const auto read = parse_devices(bad);
        ASSERT_FALSE(read) << bad;
        EXPECT_EQ(read.error().code, "P-9008");
        EXPECT_EQ(read.error().where, "row 2");
    }
}

}  // namespace

}  // namespace provost::sim::testing
