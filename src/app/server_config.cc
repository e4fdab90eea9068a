#include "app/server_config.h"

#include "app/door_config.h"
#include "app/guard_config.h"
#include "app/read_file.h"
#include "vendor/yaml_reader.h"

namespace provost {

namespace {

namespace fs = std::filesystem;

std::string read_log_level(const Yaml& value, const std::string& fallback) {
    return value.choice<std::string>({{"trace", "trace"},
                                      {"debug", "debug"},
                                      {"info", "info"},
                                      {"warning", "warning"},
                                      {"error", "error"},
                                      {"critical", "critical"},
                                      {"off", "off"}},
                                     fallback);
}

Duration read_review(const Yaml& value, Duration fallback) {
    if (!value) return fallback;
    YamlMap map(value);
    const auto every = map.required("every");
    return every.text() == "never" ? Duration(0) : read_length(every, fallback);
}

// A file is taken from the configuration's folder; an address is as it is.
void read_updates(const fs::path& file, const Yaml& value, UpdateSettings& updates) {
    if (!value) return;
    YamlMap map(value);
    const auto feed = map.required("feed");
    updates.feed = feed.words();
    if (!updates.is_remote()) updates.feed = beside(file, feed).string();
    updates.key = beside(file, map.required("key"));
    if (const auto ca = map.optional("ca")) updates.authorities = beside(file, ca);
    updates.every = read_length(map.optional("every"), updates.every);
}

void read_reports(const fs::path& file, const Yaml& value, ReportSettings& reports) {
    if (!value) return;
    YamlMap map(value);
    reports.folder = beside(file, map.required("folder"));
    reports.every = map.optional("every").choice<ReportEvery>(
        {{"day", ReportEvery::day}, {"week", ReportEvery::week}}, reports.every);
    if (const auto keep = map.optional("keep"))
        reports.keep = static_cast<std::size_t>(keep.number(1, 1000, static_cast<int>(reports.keep)));
}

SandboxMode read_sandbox_mode(const Yaml& value) {
    return value.choice<SandboxMode>(
        {{"auto", SandboxMode::automatic}, {"on", SandboxMode::on}, {"off", SandboxMode::off}},
        SandboxMode::automatic);
}

// One word, or a map with more to say.
SandboxSettings read_sandbox(const fs::path& file, const Yaml& value) {
    SandboxSettings settings;
    if (!value.is_map()) {
        if (value) settings.mode = read_sandbox_mode(value);
        return settings;
    }
    YamlMap map(value);
    settings.mode = read_sandbox_mode(map.optional("mode"));
    if (const auto folders = map.optional("write"))
        for (const auto& folder : folders.one_or_more()) settings.write.push_back(beside(file, folder));
    return settings;
}

// The keys lie in a folder of the server's, or a process of its own holds them.
void read_keys(const fs::path& file, YamlMap& map, ServerConfig& config) {
    const auto holder = map.optional("key_holder");
    if (!holder) {
        config.key_folder = beside(file, map.required("key_folder"));
        return;
    }
    if (map.optional("key_folder"))
        holder.mistake({"P-1120", "there are both a key folder and a key holder", "", "",
                        "Leave key_folder out: its files are the key holder's alone."});
    YamlMap of_holder(holder);
    config.key_holder_socket = beside(file, of_holder.required("socket"));
}

}  // namespace

Result<ServerConfig> read_server_config(const fs::path& file) {
    auto text = read_file(file, yaml_max_bytes);
    if (!text)
        return fail({"P-1101", "the configuration can't be read", file.string(), text.error().why,
                     "Name it with --config; 'provost server init' makes one."});
    Mistakes mistakes(file.string());
    const auto tree = parse_yaml(*text, mistakes);
    ServerConfig config;
    {
        YamlMap map(Yaml(&tree, mistakes));
        config.data_folder = beside(file, map.required("data_folder"));
        read_keys(file, map, config);
        config.vendor_folder = beside(file, map.required("vendor_folder"));
        config.hardening_file = beside(file, map.required("hardening_file"));
        config.control_socket = beside(file, map.required("control_socket"));
        config.log_level = read_log_level(map.optional("log_level"), config.log_level);
        if (const auto audit = map.optional("audit")) {
            YamlMap of_audit(audit);
            if (const auto head_file = of_audit.optional("head_file"))
                config.audit_head_file = beside(file, head_file);
            config.outbound.heads = read_targets(file, of_audit.optional("ship"));
        }
        config.log = map.optional("log").choice<LogForm>({{"text", LogForm::text}, {"json", LogForm::json}},
                                                         LogForm::text);
        config.metrics = read_metrics_door(map.optional("metrics"));
        config.tripwire = read_tripwire(map.optional("tripwire"));
        config.admin = read_admin(file, map.optional("admin"), config.vendor_folder.parent_path());
        read_main_door(file, map.required("door"), config.door);
        config.doors = read_further_doors(file, map.optional("doors"));
        config.guard = read_guard(map.optional("guard"));
        if (const auto firewall = map.optional("firewall")) {
            YamlMap of_firewall(firewall);
            config.nft_file = beside(file, of_firewall.required("nft_file"));
        }
        read_updates(file, map.optional("updates"), config.updates);
        read_approvals(map.optional("approvals"), config.approvals);
        read_reports(file, map.optional("reports"), config.reports);
        read_resync_block(file, map.optional("resync"), config.resync);
        config.registrars = read_registrars(file, map.optional("registrars"));
        config.webhooks = read_webhooks(file, map.optional("webhooks"));
        read_alerts(file, map.optional("alerts"), config.outbound);
        config.review_every = read_review(map.optional("review"), config.review_every);
        config.sandbox = read_sandbox(file, map.optional("sandbox"));
    }
    const auto errors = mistakes.take();
    if (errors.empty()) return config;
    auto error = errors.front();
    for (std::size_t i = 1; i < errors.size(); ++i) error.fix += "\n" + errors[i].text();
    return fail(std::move(error));
}

}  // namespace provost
