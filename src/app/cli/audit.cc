#include "app/audit_export.h"
#include "app/cli/command.h"
#include "app/head_file.h"
#include "app/server_config.h"
#include "service/audit_verifier.h"
#include "storage/sqlite/sqlite_store.h"
#include "vault/audit_key_file.h"
#include "vault/audit_start_file.h"

#include <iostream>

#include <boost/json.hpp>

namespace provost::cli {

namespace {

struct ListOptions {
    std::string device, kind, tenant, since, until;
    int last = 20;
};

// Goes on from page to page, as each looks at a bounded part of the trail.
void list(Shell& shell, const ListOptions& options) {
    std::map<std::string, std::string> query;
    for (const auto& [name, value] : {std::pair("device", &options.device), std::pair("kind", &options.kind),
                                      std::pair("tenant", &options.tenant),
                                      std::pair("since", &options.since), std::pair("until", &options.until)})
        if (!value->empty()) query[name] = *value;
    json::array found;
    const auto wanted = static_cast<std::size_t>(options.last);
    while (found.size() < wanted) {
        query["limit"] = std::to_string(std::min<std::size_t>(wanted - found.size(), 1000));
        const auto answer = shell.call("GET", "/v1/audit", query);
        if (!answer) return;
        for (const auto& item : answer->at("items").as_array()) found.push_back(item);
        query["before"] = member_text(answer->as_object(), "next");
        if (query["before"].empty()) break;
    }
    print_items(shell, json::array(found.rbegin(), found.rend()),
                {{"SEQ", "seq"},
                 {"TIME", "at"},
                 {"KIND", "kind"},
                 {"DEVICE", "device"},
                 {"TENANT", "tenant"},
                 {"SOURCE", "source"},
                 {"OUTCOME", "outcome"},
                 {"ACTOR", "actor"},
                 {"DETAIL", "detail"}});
}

void add_list(Command noun, Shell& shell) {
    auto verb = noun.add("list", "the newest entries of the trail");
    const auto options = std::make_shared<ListOptions>();
    verb.option("--device", options->device, "of this MAC only");
    verb.option("--kind", options->kind,
                "of this kind only: delivery.begun; 'delivery.' is all that begin so");
    verb.option("--tenant", options->tenant, "of this tenant only");
    verb.option("--since", options->since, "not before this time, such as 2026-11-23T00:00:00Z");
    verb.option("--until", options->until, "before this time");
    verb.option("--last", options->last, "how many").range(1, 1'000'000);
    verb.action([&shell, options] { list(shell, *options); });
}

void add_head(Command noun, Shell& shell) {
    noun.add("head", "the newest entry, signed: one line to be kept off the host").action([&shell] {
        const auto answer = shell.call("GET", "/v1/audit/head");
        if (!answer) return;
        if (shell.output == "table")
            std::cout << member_text(answer->as_object(), "line") << "\n";
        else
            print_object(shell, answer->as_object());
    });
}

struct VerifyOptions {
    std::string file, database, config;
    std::vector<std::string> keys, heads;
};

Result<std::filesystem::path> database_of(const VerifyOptions& options) {
    if (!options.database.empty()) return std::filesystem::path(options.database);
    PROVOST_TRY(const auto config, read_server_config(options.config));
    return config.data_folder / "provost.db";
}

Result<AuditVerdict> verify(const VerifyOptions& options) {
    std::vector<AuditStart> starts;
    for (const auto& file : options.keys) {
        PROVOST_TRY(auto start, read_audit_start(file));
        starts.push_back(std::move(start));
    }
    std::vector<AuditHead> heads;
    for (const auto& file : options.heads) {
        PROVOST_TRY(const auto more, read_heads(file));
        heads.insert(heads.end(), more.begin(), more.end());
    }
    AuditVerifier verifier(std::move(starts), std::move(heads));
    const auto take = [&](const AuditRow& row) { verifier.take(row); };
    if (!options.file.empty()) {
        PROVOST_CHECK(read_export(options.file, take));
    } else {
        PROVOST_TRY(const auto database, database_of(options));
        PROVOST_CHECK(read_audit(database, take));
    }
    return verifier.finish();
}

json::object to_json(const AuditVerdict& verdict) {
    json::object object{{"verdict", verdict.faulty == 0 ? "whole" : "not whole"},
                        {"entries", verdict.entries},
                        {"last", verdict.last.seq}};
    if (verdict.entries != 0) {
        object["from"] = to_rfc3339(verdict.from);
        object["to"] = to_rfc3339(verdict.to);
    }
    object["macs_checked"] = verdict.macs_checked;
    object["heads_checked"] = verdict.heads_checked;
    object["faults"] = verdict.faulty;
    json::array found;
    for (const auto& fault : verdict.faults)
        found.push_back(json::object{{"seq", fault.seq}, {"what", fault.what}});
    object["found"] = std::move(found);
    object["notes"] = json::value_from(verdict.notes);
    return object;
}

void print_verdict(const Shell& shell, const AuditVerdict& verdict) {
    auto object = to_json(verdict);
    if (shell.output != "table") return print_object(shell, object);
    object.erase("found");
    object.erase("notes");
    print_object(shell, object);
    for (const auto& fault : verdict.faults) std::cout << "entry " << fault.seq << ": " << fault.what << "\n";
    if (verdict.faulty > static_cast<std::int64_t>(verdict.faults.size()))
        std::cout << "... and " << verdict.faulty - static_cast<std::int64_t>(verdict.faults.size())
                  << " more\n";
    for (const auto& note : verdict.notes) std::cout << "note: " << note << "\n";
}

void add_verify(Command noun, Shell& shell) {
    auto verb = noun.add("verify", "check every entry of a trail, without the server");
    const auto options = std::make_shared<VerifyOptions>();
    verb.option("file", options->file, "what 'audit export' wrote");
    auto from = verb.option("--from", options->database, "the database, or a backup of it");
    verb.option("--config", options->config, "the server's configuration, which names the database")
        .excludes(from);
    verb.option("--key", options->keys,
                "audit.start, or audit.pub for heads alone; once for each that was made");
    verb.option("--head", options->heads, "a file of signed heads, kept off the host");
    verb.action([&shell, options] {
        const int named = (options->file.empty() ? 0 : 1) + (options->database.empty() ? 0 : 1) +
                          (options->config.empty() ? 0 : 1);
        if (named != 1)
            refuse_option("--from", "name one: an export, the database, or the configuration with --config");
        const auto verdict = verify(*options);
        if (!verdict) {
            shell.fail(verdict.error());
            return;
        }
        print_verdict(shell, *verdict);
        if (verdict->faulty != 0) shell.exit = failed;
    });
}

void add_export(Command noun, Shell& shell) {
    auto verb = noun.add("export", "write the whole trail as JSON lines, also while the server runs");
    const auto options = std::make_shared<VerifyOptions>();
    verb.option("file", options->file, "the file to make").required();
    auto from = verb.option("--from", options->database, "the database, or a backup of it");
    verb.option("--config", options->config, "the server's configuration, which names the database")
        .excludes(from);
    verb.action([&shell, options] {
        if (options->database.empty() == options->config.empty())
            refuse_option("--from", "name the database, or the configuration with --config");
        auto entries = database_of(*options).and_then(
            [&](const std::filesystem::path& database) { return export_audit(database, options->file); });
        if (entries) return print_object(shell, {{"file", options->file}, {"entries", *entries}});
        shell.fail(entries.error());
    });
}

void add_rekey(Command noun, Shell& shell) {
    auto verb = noun.add("rekey", "go on under new keys, while the server is stopped; the trail tells it");
    const auto config = std::make_shared<std::string>(), reason = std::make_shared<std::string>();
    verb.option("--config", *config, "the server's configuration").required();
    verb.option("--reason", *reason, "why, for the trail").required();
    verb.action([&shell, config, reason] {
        Status done;
        if (const auto read = read_server_config(*config); !read)
            done = fail(read.error());
        else if (read->key_folder.empty())
            done = fail({"P-1121", "the keys are the key holder's", read->key_holder_socket.string(), "",
                         "Run 'provost keyholder rekey', as its user"});
        else
            done = renew_audit_keys(read->key_folder, *reason);
        if (done) {
            std::cout << "New keys are made. Take the new audit.start off this host, and start the server.\n";
            return;
        }
        shell.fail(done.error());
    });
}

}  // namespace

void add_audit(Command root, Shell& shell) {
    auto noun = root.add_group("audit", "the audit trail: deliveries of secrets, and who changed what");
    add_list(noun, shell);
    add_head(noun, shell);
    add_trunk_audit(noun, shell);
    add_export(noun, shell);
    add_verify(noun, shell);
    add_rekey(noun, shell);
}

}  // namespace provost::cli
