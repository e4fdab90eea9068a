// What phones ask for: boot sequences, faults, and the files they are read from.
#include "sim/plan.h"

#include "sim/fault.h"
#include "sim/files.h"
#include "sim/phone_file.h"
#include "sim_testing.h"
#include "vendor/catalogue.h"
#include "vendor/vendor_file.h"

#include <algorithm>

#include <gtest/gtest.h>

namespace provost::sim::testing {

namespace {

constexpr MacAddress mac(0x001565112233), other(0x001565112232);

Names names(const PhoneMaker& maker, MacAddress address = mac) {
    return {.mac = address, .model = maker.spec.model, .firmware = maker.spec.firmware};
}

std::vector<std::string> paths_of(const Plan& plan) {
    std::vector<std::string> paths;
    for (const PlannedRequest& request : plan.requests)
        paths.push_back(request.step.method + " " + request.step.path);
    return paths;
}

Plan boots(const std::string& vendor, int count = 1) {
    return plan_boots(maker(vendor).spec, names(maker(vendor)), count);
}

const PlannedRequest& own_of(const Plan& plan) {
    return *std::find_if(plan.requests.begin(), plan.requests.end(),
                         [](const PlannedRequest& request) { return request.step.required; });
}

TEST(PhonePlan, R_G4_BootFilesThenTheCommonFileThenItsOwn) {
    EXPECT_EQ(paths_of(boots("yealink")),
              (std::vector<std::string>{"GET 001565112233.boot", "GET y000000000000.boot",
                                        "GET y000000000096.cfg", "GET 001565112233.cfg"}));
    EXPECT_EQ(boots("yealink").requests[1].step.after_missing, "own-boot");
}

TEST(PhonePlan, R_G4_TheModelsFileThenItsOwnWithTheMacInUpperCase) {
    EXPECT_EQ(paths_of(boots("snom")),
              (std::vector<std::string>{"GET snomD785.htm", "GET snomD785-001565112233.htm"}));
    const Plan upper = plan_boots(maker("snom").spec, names(maker("snom"), MacAddress(0x000413abcdef)), 1);
    EXPECT_EQ(upper.requests[1].step.path, "snomD785-000413ABCDEF.htm");
}

TEST(PhonePlan, R_G4_TheUpdaterAsksBeforeTheApplicationAndLogsAreSent) {
    const Plan plan = boots("poly");
    const auto asks = [&](std::string_view stage) {
        return std::count_if(plan.requests.begin(), plan.requests.end(), [&](const PlannedRequest& request) {
            return request.step.path == "001565112233.cfg" && request.step.agent.ends_with(stage);
        });
    };
    EXPECT_EQ(asks("Type/Updater"), 1);
    EXPECT_EQ(asks("Type/Application"), 1);
    EXPECT_TRUE(own_of(plan).step.agent.ends_with("Type/Application"));
    const auto uploads =
        std::count_if(plan.requests.begin(), plan.requests.end(), [](const PlannedRequest& request) {
            return request.step.method == "PUT" && !request.step.body.empty();
        });
    EXPECT_EQ(uploads, 2);
}

TEST(PhonePlan, R_G4_TheProfileRuleAlone) {
    EXPECT_EQ(paths_of(boots("cisco-mpp")), std::vector<std::string>{"GET 001565112233.xml"});
}

class PlanOf : public ::testing::TestWithParam<std::string> {
 protected:
    const PhoneMaker& maker_ = maker(GetParam());
    const Catalogue catalogue_{{vendor_spec(GetParam())}};
    const MacAddress own_{std::uint64_t{maker_.mac_prefix} << 24 | 0xabc};
    const Plan plan_ = plan_boots(maker_.spec, names(maker_, own_), 1);
};

TEST_P(PlanOf, R_G4_EveryPathIsOneTheVendorFileKnows) {
    for (const PlannedRequest& request : plan_.requests) {
        const auto path = catalogue_.match_path(request.step.path, nullptr);
        ASSERT_TRUE(path) << request.step.path;
        EXPECT_EQ(path->path_mac.value_or(own_), own_);
        // What phones may upload is never given back.
        const bool uploads = request.step.method == "PUT";
        const FileKind kind = path->file->kind;
        EXPECT_TRUE(!uploads || kind == FileKind::upload) << request.step.path;
        EXPECT_EQ(!uploads && (kind == FileKind::absent || kind == FileKind::upload), request.step.absent)
            << request.step.path;
        if (!request.step.required) continue;
        EXPECT_EQ(path->file->kind, FileKind::device) << request.step.path;
        EXPECT_EQ(path->file->carries_secrets, !maker_.spec.accounts.empty()) << request.step.path;
    }
}

// A phone that names itself does so as the vendor file expects; one of which no User-Agent is known sends
// none.
TEST_P(PlanOf, R_G4_EveryAgentIsOneTheVendorFileKnows) {
    const VendorSpec vendor = vendor_spec(GetParam());
    EXPECT_EQ(vendor.agents.empty(), maker_.spec.agents.empty());
    for (const PlannedRequest& request : plan_.requests) {
        if (maker_.spec.agents.empty()) {
            EXPECT_EQ(request.step.agent, "");
            continue;
        }
        const auto agent = catalogue_.match_agent(request.step.agent, nullptr);
        ASSERT_TRUE(agent) << request.step.agent;
        const bool names_mac = maker_.spec.agents.front().second.find("{mac") != std::string::npos ||
                               maker_.spec.agents.front().second.find("{MAC") != std::string::npos;
        EXPECT_EQ(agent->mac, names_mac ? std::optional(own_) : std::nullopt) << request.step.agent;
        EXPECT_FALSE(agent->model.empty() || agent->firmware.empty()) << request.step.agent;
        if (!request.step.required) continue;
        const auto path = catalogue_.match_path(request.step.path, nullptr);
        EXPECT_EQ(path->file->secret_stage, agent->stage);
    }
}

TEST_P(PlanOf, R_G4_ItsModelIsOneOfTheVendorFile) {
    const VendorSpec vendor = vendor_spec(GetParam());
    const ModelSpec* const model = find_model(vendor, maker_.spec.model);
    ASSERT_NE(model, nullptr) << maker_.spec.model;
    EXPECT_EQ(model->id, maker_.spec.model) << "the list of devices is imported with it";
}

// What the vendor file knows of the phones' ways in, and what the simulated one does.
TEST_P(PlanOf, R_A7_ItsWaysInAreThoseOfTheVendorFile) {
    const VendorSpec vendor = vendor_spec(GetParam());
    const auto header = std::find_if(maker_.spec.headers.begin(), maker_.spec.headers.end(),
                                     [&](const auto& h) { return h.name == vendor.access.token_header; });
    EXPECT_EQ(header == maker_.spec.headers.end(), vendor.access.token_header.empty());
    using enum AccessSpec::Certificate;
    if (maker_.spec.certificate) EXPECT_FALSE(vendor.anchors.empty());
    if (vendor.access.certificate == all) EXPECT_TRUE(maker_.spec.certificate);
    if (vendor.access.certificate == none) EXPECT_FALSE(maker_.spec.certificate);
    for (const LoginScheme scheme : maker_.spec.login.schemes) {
        const Known known = scheme == LoginScheme::basic ? vendor.access.basic : vendor.access.digest;
        EXPECT_NE(known, Known::no);
    }
}

INSTANTIATE_TEST_SUITE_P(PhonePlan, PlanOf, ::testing::ValuesIn(all_vendors()),
                         [](const auto& given) { return test_name(given); });

TEST(PhonePlan, R_G4_EveryVendorHasASimulatedPhone) {
    for (const auto& entry : std::filesystem::directory_iterator(makers_folders().vendors)) {
        const auto phone = makers_folders().phones / entry.path().filename();
        EXPECT_TRUE(std::filesystem::exists(phone)) << phone;
    }
}

// The order in which a phone asks, as the dossiers tell it.
TEST(PhonePlan, R_G4_FilesForAllComeBeforeThePhonesOwn) {
    const std::map<std::string, std::vector<std::string>> told = {
        {"grandstream", {"cfg001565112233", "cfg001565112233.xml", "cfggxp1780.xml", "cfg.xml"}},
        {"htek", {"cfg0012.xml", "cfg001565112233", "cfg001565112233.xml"}},
        {"mitel", {"startup.tuz", "startup.cfg", "6940.cfg", "001565112233.tuz", "001565112233.cfg"}},
        {"ale", {"config.xml", "config.M3.xml", "config.001565112233.xml"}},
        {"vtech", {"VSP726.cfg", "VSP726_001565112233.cfg"}},
        {"audiocodes", {"440HD.img", "001565112233.cfg"}},
        {"panasonic", {"KX-UT113.cfg", "Config001565112233.cfg"}},
        {"fanvil", {"F0V00X600000.cfg", "001565112233.cfg"}},
        {"avaya-j100", {"J100Supgrade.txt", "46xxsettings.txt"}},
        {"sangoma", {"001565112233.cfg", "000000000000.cfg"}},
        {"gigaset",
         {"provisioning.xml", "001565112233.xml", "firmware/update.xml", "nvm/update.xml",
          "custom/update.xml"}},
    };
    for (const auto& [vendor, paths] : told) {
        std::vector<std::string> with_method;
        for (const std::string& path : paths) with_method.push_back("GET " + path);
        EXPECT_EQ(paths_of(boots(vendor)), with_method) << vendor;
    }
}

TEST(PhonePlan, R_G4_WhatComesAfterAMissingFileAndWhatEndsTheBoot) {
    const auto step = [](const std::string& vendor, std::size_t index) {
        return boots(vendor).requests[index].step;
    };
    EXPECT_EQ(step("grandstream", 2).after_missing, "own");
    EXPECT_EQ(step("avaya-j100", 1).after_missing, "own");
    EXPECT_EQ(step("htek", 0).stops, Stops::served);
    EXPECT_EQ(step("mitel", 1).stops, Stops::without_content);
}

TEST(PhonePlan, R_G4_LaterBootsRepeatTheSequence) {
    const Plan plan = boots("snom", 3);
    ASSERT_EQ(plan.requests.size(), 6U);
    EXPECT_EQ(plan.requests[1].boot, 1);
    EXPECT_EQ(plan.requests[5].boot, 3);
}

Plan faulty(const std::string& vendor, std::string_view fault) {
    return plan_fault(maker(vendor).spec, names(maker(vendor)), *find_fault(fault), other);
}

TEST(FaultPlan, R_G4_EveryFaultOfEveryVendorHasAJudgedAnswer) {
    for (const std::string& vendor : list_makers(makers_folders())) {
        for (const Fault& fault : all_faults()) {
            if (!can_show(fault, maker(vendor))) continue;
            const Plan plan = faulty(vendor, fault.name);
            const auto judged = std::count_if(plan.requests.begin(), plan.requests.end(),
                                              [](const PlannedRequest& request) { return request.judged; });
            EXPECT_GE(judged, 1) << vendor << " " << fault.name;
            EXPECT_FALSE(fault.meaning.empty());
        }
    }
}

TEST(FaultPlan, R_A2_TheOtherPhoneIsNamedWhereTheFaultSays) {
    for (const std::string& vendor : list_makers(makers_folders())) {
        const auto names_other = [&](const std::string& text) {
            std::string lower = text;
            std::erase_if(lower, [](char c) { return c == ':' || c == '-'; });
            std::transform(lower.begin(), lower.end(), lower.begin(), ::tolower);
            return lower.find(other.lower()) != std::string::npos;
        };
        if (can_show(*find_fault("other-device-url"), maker(vendor))) {
            const PlannedRequest url = own_of(faulty(vendor, "other-device-url"));
            EXPECT_TRUE(names_other(url.step.path) && !names_other(url.step.agent)) << vendor;
        }
        if (can_show(*find_fault("other-device-agent"), maker(vendor))) {
            const PlannedRequest agent = own_of(faulty(vendor, "other-device-agent"));
            EXPECT_TRUE(!names_other(agent.step.path) && names_other(agent.step.agent)) << vendor;
        }
        const PlannedRequest query = own_of(faulty(vendor, "other-device-query"));
        EXPECT_TRUE(query.step.path.ends_with("?mac=" + other.lower())) << vendor;
    }
}

TEST(FaultPlan, R_A7_AFaultNeedsAPlaceForIt) {
    const auto shows = [](const char* fault, const char* vendor) {
        return can_show(*find_fault(fault), maker(vendor));
    };
    EXPECT_TRUE(shows("expired", "snom"));
    EXPECT_FALSE(shows("expired", "linphone")) << "it has no certificate";
    EXPECT_FALSE(shows("no-certificate", "linphone")) << "that is its ordinary way";
    EXPECT_FALSE(shows("other-device-agent", "linphone")) << "its User-Agent names no phone";
    EXPECT_TRUE(shows("other-device-agent", "mitel"));
    EXPECT_FALSE(shows("other-device-url", "avaya-j100")) << "its file's name has no MAC";
    EXPECT_TRUE(shows("other-device-query", "avaya-j100"));
}

TEST(FaultPlan, R_G4_CutHeadAndReplayAskAgain) {
    const Plan cut = faulty("snom", "cut-transfer");
    ASSERT_EQ(cut.requests.size(), 2U);
    EXPECT_TRUE(cut.requests[0].manner.cut && !cut.requests[0].judged);
    EXPECT_TRUE(cut.requests[1].judged && !cut.requests[1].manner.cut);
    const Plan head = faulty("snom", "head-first");
    EXPECT_EQ(head.requests.front().step.method, "HEAD");
    EXPECT_EQ(head.requests.back().step.method, "GET");
    EXPECT_EQ(faulty("snom", "replay").requests.size(), 5U);
}

TEST(FaultPlan, R_A10_AnotherKeyAndACloneComeAfterAnOrderlyBoot) {
    for (const char* const name : {"other-key", "clone"}) {
        const Plan plan = faulty("snom", name);
        EXPECT_EQ(plan.requests.front().boot, 1);
        EXPECT_FALSE(plan.requests.front().judged);
        EXPECT_EQ(plan.requests.back().boot, 2);
        EXPECT_TRUE(plan.requests.back().judged);
    }
}

TEST(FaultOrder, R_G4_NameAndCount) {
    EXPECT_EQ(must(parse_fault_order("expired")).count, 1);
    const FaultOrder many = must(parse_fault_order("expired:20"));
    EXPECT_EQ(many.fault->name, "expired");
    EXPECT_EQ(many.count, 20);
    for (const char* const bad : {"expired:", "expired:0", "expired:-1", "expired:3x", ":3", ""})
        EXPECT_EQ(parse_fault_order(bad).error().code, "P-9004") << bad;
    EXPECT_NE(parse_fault_order("expird").error().fix.find("'expired'"), std::string::npos);
}

// A whole phone file, for planting mistakes into.
constexpr const char* good_file = R"(vendor: acme
model: X10
firmware: 1.2
agents: {phone: "Acme {model} {firmware} {mac}"}
certificate:
  root: [{attribute: CN, value: Root}]
  issuing: [{attribute: CN, value: Issuing}]
  subject: [{attribute: CN, value: "{mac}"}]
  generic: [{attribute: CN, value: acme}]
boot:
  - {id: own, kind: settings, path: "{mac}.cfg", required: yes}
memory: {secrets: ["p"]}
account: {user: "u{line}", password: "p{line0}", registrar: r}
)";

TEST(PhoneFile, R_G4_AMistakeIsNamedWithItsPlace) {
    ASSERT_TRUE(read_phone_file(good_file, "acme.yaml"));
    const std::vector<std::pair<std::string, std::string>> mistakes = {
        {"{mac}.cfg", "{mack}.cfg"},
        {"required: yes", "required: no"},
        {"kind: settings", "kind: guess"},
        {"required: yes", "required: yes, after_missing: nothing"},
        {"[\"p\"]", "[\"(\"]"},
        {"model: X10", "modell: X10"},
        {"firmware: 1.2", ""},
        {"user: \"u{line}\"", "user: u"},
        {"registrar: r", "registrar: \"{lin}\""}};
    for (const auto& [good, bad] : mistakes) {
        std::string text = good_file;
        text.replace(text.find(good), good.size(), bad);
        const auto read = read_phone_file(text, "acme.yaml");
        ASSERT_FALSE(read) << bad;
        EXPECT_TRUE(read.error().where.starts_with("acme.yaml:")) << read.error().text();
    }
}

TEST(PhoneFile, R_G4_AVendorWithoutPrefixNeedsOneInThePhoneFile) {
    PhoneSpec spec = must(read_phone_file(good_file, "acme.yaml"));
    VendorSpec vendor;
    vendor.output.syntax = "key-value";
    vendor.anchors.emplace_back();
    EXPECT_EQ(make_maker(spec, vendor).error().code, "P-9001");
    spec.mac_prefix = "00:11:22";
    EXPECT_EQ(must(make_maker(spec, vendor)).mac_prefix, 0x001122U);
}

TEST(PhoneFile, R_A7_ACertificateNeedsAnAnchorInTheVendorFile) {
    PhoneSpec spec = must(read_phone_file(good_file, "acme.yaml"));
    VendorSpec vendor;
    vendor.output.syntax = "key-value";
    vendor.mac_prefixes = {0x001122};
    EXPECT_EQ(make_maker(spec, vendor).error().code, "P-9001");
    spec.certificate.reset();
    EXPECT_TRUE(make_maker(spec, vendor));
}

TEST(PhoneFile, R_G4_PlaceholdersOfMacAndLine) {
    const Names words{.mac = MacAddress(0x0015651122aa), .line = 3};
    EXPECT_EQ(expand("{mac} {MAC} {mac_colons} {mac_dashes} {MAC_dashes} {line} {line0}", words),
              "0015651122aa 0015651122AA 00:15:65:11:22:aa 00-15-65-11-22-aa 00-15-65-11-22-AA 3 2");
}

}  // namespace

}  // namespace provost::sim::testing
