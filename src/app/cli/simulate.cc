#include "app/cli/simulate.h"

#include "app/cli/command.h"
#include "app/cli/progress.h"
#include "app/cli/simulate_report.h"
#include "sim/files.h"
#include "sim/run.h"

#include <filesystem>
#include <fstream>
#include <iostream>
#include <memory>

#include <fmt/core.h>

namespace provost::cli {

namespace {

namespace fs = std::filesystem;

struct SimulateOptions {
    std::string folder, addresses, vendor_folder, phone_folder, tenant = "acme", registrar, url, authority,
                                                                realm, json;
    std::vector<std::string> makers, faults;
    std::size_t phones = 50, concurrency = 200;
    int boots = 1;
    bool rsa = false, factory_reset = false;
};

constexpr const char* maker_note = "makers";  // in the folder of certificates: where vendors and phones lie

void complain(const Error& error, int& exit_code) {
    Shell().print_error(error);
    exit_code = failed;
}

// Phones lie beside the vendors: vendors/ and sim/phones/.
sim::MakerFolders folders_of(const SimulateOptions& options) {
    const fs::path vendors = fs::absolute(options.vendor_folder.empty() ? "vendors" : options.vendor_folder);
    if (!options.phone_folder.empty()) return {vendors, fs::absolute(options.phone_folder)};
    return {vendors, vendors.lexically_normal().parent_path() / "sim" / "phones"};
}

// As given, else as they were when the certificates were made.
sim::MakerFolders remembered_folders(const SimulateOptions& options) {
    std::ifstream note(fs::path(options.folder) / maker_note);
    std::string vendors, phones;
    const bool noted = std::getline(note, vendors) && std::getline(note, phones);
    if (!noted || !options.vendor_folder.empty()) return folders_of(options);
    return {vendors, options.phone_folder.empty() ? fs::path(phones) : fs::absolute(options.phone_folder)};
}

Result<std::vector<sim::PhoneMaker>> load_makers(const sim::MakerFolders& folders,
                                                 std::vector<std::string> ids) {
    if (ids.empty()) ids = sim::list_makers(folders);
    std::vector<sim::PhoneMaker> makers;
    for (const auto& id : ids) {
        PROVOST_TRY(auto maker, sim::load_maker(folders, id));
        makers.push_back(std::move(maker));
    }
    if (!makers.empty()) return makers;
    return fail({"P-9002", "no phone files", folders.phones.string(), "",
                 "Name the folders with --vendor-folder and --phone-folder"});
}

Status make_pki(const SimulateOptions& options) {
    const auto folders = folders_of(options);
    PROVOST_TRY(const auto makers, load_makers(folders, options.makers));
    sim::PkiOrder order;
    order.folder = fs::absolute(options.folder);
    order.makers = makers;
    order.phones = static_cast<int>(options.phones);
    order.key_type = options.rsa ? KeyType::rsa_2048 : KeyType::ec_p256;
    order.tenant = options.tenant;
    order.registrar = options.registrar;
    order.now = SystemClock().now();
    Progress progress("certificates");
    PROVOST_CHECK(
        sim::make_pki(order, [&](std::size_t done, std::size_t total) { progress.show(done, total); }));
    progress.finish();
    return sim::write_file(order.folder / maker_note,
                           folders.vendors.string() + "\n" + folders.phones.string() + "\n");
}

Result<sim::RunOrder> run_order(const SimulateOptions& options) {
    sim::RunOrder order;
    PROVOST_TRY(order.makers, load_makers(remembered_folders(options), options.makers));
    order.url = options.url;
    order.pki = options.folder;
    order.server_authority = options.authority;
    if (!options.addresses.empty()) {
        PROVOST_TRY(const std::string list, sim::read_file(options.addresses));
        PROVOST_TRY(order.addresses, sim::parse_addresses(list));
    }
    order.phones = options.phones;
    order.concurrency = options.concurrency;
    order.boots = options.boots;
    order.factory_reset = options.factory_reset;
    order.realm = options.realm;
    return order;
}

int exit_of(std::size_t good, std::size_t all) {
    if (good == all) return ok;
    return good == 0 ? failed : partly;
}

Status keep_json(const SimulateOptions& options, const std::string& text) {
    return options.json.empty() ? Status() : sim::write_file(options.json, text + "\n");
}

Result<int> boot(const SimulateOptions& options) {
    PROVOST_TRY(const auto order, run_order(options));
    Progress progress("phones");
    const auto started = std::chrono::steady_clock::now();
    PROVOST_TRY(const auto report, sim::run_boots(order, [&](std::size_t done, std::size_t total) {
                    progress.show(done, total);
                }));
    progress.finish();
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - started;
    std::cout << table_of(report);
    std::cerr << fmt::format("{} phones in {:.1f} s\n", report.phones.size(), took.count());
    PROVOST_CHECK(keep_json(options, json_of(report, took.count())));
    const auto total = report.total();
    return exit_of(total.as_expected, total.phones);
}

Result<int> misbehave(const SimulateOptions& options) {
    PROVOST_TRY(const auto order, run_order(options));
    std::vector<sim::FaultOrder> faults;
    for (const auto& text : options.faults) {
        if (text == "all") {
            for (const auto& fault : sim::all_faults()) faults.push_back({&fault, 1});
            continue;
        }
        PROVOST_TRY(faults.emplace_back(), sim::parse_fault_order(text));
    }
    Progress progress("faults");
    PROVOST_TRY(const auto tallies, sim::run_faults(order, faults, [&](std::size_t done, std::size_t total) {
                    progress.show(done, total);
                }));
    progress.finish();
    std::cout << table_of(tallies);
    PROVOST_CHECK(keep_json(options, json_of(tallies)));
    std::size_t held = 0, phones = 0;
    for (const auto& tally : tallies) {
        held += tally.held;
        phones += tally.phones;
    }
    return exit_of(held, phones);
}

void add_folders(Command command, const std::shared_ptr<SimulateOptions>& options) {
    command.option("--vendor-folder", options->vendor_folder, "vendor files");
    command.option("--phone-folder", options->phone_folder,
                   "phone files; without it, sim/phones beside the vendor files");
}

void add_pki(Command noun, const std::shared_ptr<SimulateOptions>& options, int& exit_code) {
    auto command = noun.add("pki", "make look-alike CAs, phones' certificates and a device list");
    command.option("--out", options->folder, "folder to fill; what it has already stays").required();
    command.option("--phones", options->phones, "how many, dealt to the vendors in turn").range(1, 1'000'000);
    command.option("--vendors", options->makers, "vendor ids, apart by commas; without it all")
        .apart_by_commas();
    command.option("--tenant", options->tenant, "tenant in the device list");
    command.option("--registrar", options->registrar,
                   "registrar in the device list; without it the tenant's");
    command.flag("--rsa", options->rsa, "RSA-2048 keys as in most real phones; slower to make than P-256");
    add_folders(command, options);
    command.action([options, &exit_code] {
        if (const auto made = make_pki(*options); !made) return complain(made.error(), exit_code);
        std::cout << "Trust the look-alike CAs (" << options->folder
                  << "/trust.tsv), on a test server only:\n"
                  << trust_commands(options->folder) << "Then: provost device import " << options->folder
                  << "/devices.csv --arm\n";
    });
}

void add_run(Command noun, const std::shared_ptr<SimulateOptions>& options, int& exit_code) {
    auto command = noun.add("run", "boot the phones against a server on this machine");
    command.option("--url", options->url, "what phones are given: https://localhost:8443/").required();
    command.option("--pki", options->folder, "folder made by 'simulate pki'").required();
    command.option("--addresses", options->addresses,
                   "list (mac,url) of phones that begin elsewhere and then go where they are told");
    auto phones = command.option("--phones", options->phones, "at most so many; without it all");
    command.option("--makers", options->makers, "vendor ids, apart by commas; without it all")
        .apart_by_commas();
    command.option("--concurrency", options->concurrency, "phones at work at a time").range(1, 30000);
    command.option("--boots", options->boots, "boots of each phone, one after the other").range(1, 1000);
    command.flag("--factory-reset", options->factory_reset, "the phones forget everything first");
    command.option("--fault", options->faults,
                   "NAME or NAME:COUNT for so many of each vendor; 'all'; may be repeated");
    command.option("--json", options->json, "write the report here");
    command.option("--server-ca", options->authority,
                   "CA of the server's certificate; without it the folder's");
    command.option("--realm", options->realm, "realm of the digests in the report; without it the registrar");
    add_folders(command, options);
    command.action([options, phones, &exit_code] {
        if (!phones.given()) options->phones = 0;
        const auto code = options->faults.empty() ? boot(*options) : misbehave(*options);
        if (!code) return complain(code.error(), exit_code);
        exit_code = *code;
    });
}

}  // namespace

void add_simulate(Command root, int& exit_code) {
    auto noun = root.add_group("simulate", "phones with look-alike certificates, for tests and demos");
    add_pki(noun, std::make_shared<SimulateOptions>(), exit_code);
    add_run(noun, std::make_shared<SimulateOptions>(), exit_code);
    noun.add("faults", "list what phones can do wrong, and what a good server does about it").action([] {
        std::cout << table_of_faults();
    });
}

}  // namespace provost::cli
