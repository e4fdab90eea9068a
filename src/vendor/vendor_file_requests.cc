// The blocks on what phones send: User-Agents and the files they ask for.
#include "vendor/vendor_file_reader.h"

namespace provost {

namespace {

void check_secrets(const Yaml& secrets, const FileRule& rule, const Yaml& stage) {
    if (rule.carries_secrets && rule.kind != FileKind::device)
        secrets.mistake({"P-2111", "only a file of kind 'device' may carry secrets", "",
                         "every phone of the vendor can ask for the others", "Write 'secrets: no'."});
    if (stage && !rule.carries_secrets)
        stage.mistake(
            {"P-2111", "'secret_stage' needs 'secrets: yes'", "", "", "Remove it, or allow secrets."});
}

FileRule read_file(VendorFileReader& reader, const Yaml& block, std::vector<std::string>& taken) {
    YamlMap map(block);
    FileRule rule;
    const auto id = map.required("id");
    rule.id = VendorFileReader::id(id);
    VendorFileReader::unique(id, rule.id, taken);
    rule.kind = map.required("kind").choice<FileKind>({{"device", FileKind::device},
                                                       {"common", FileKind::common},
                                                       {"absent", FileKind::absent},
                                                       {"upload", FileKind::upload}},
                                                      FileKind::unknown);
    rule.path = reader.pattern(map.required("path"), {"mac", "model"});
    const bool answered = rule.kind == FileKind::device || rule.kind == FileKind::common;
    rule.answer_type = (answered ? map.required("content_type") : map.optional("content_type")).text();
    const auto secrets = map.optional("secrets");
    rule.carries_secrets = secrets.toggle(false);
    const auto stage = map.optional("secret_stage");
    rule.secret_stage = stage.text();
    check_secrets(secrets, rule, stage);
    const auto status = map.optional("upload_status");
    rule.upload_status = status.choice<int>({{"200", 200}, {"201", 201}, {"204", 204}}, 200);
    if (status && rule.kind != FileKind::upload)
        status.mistake({"P-2111", "'upload_status' is for files of kind 'upload'", "", "", "Remove it."});
    rule.provenance = reader.provenance(map);
    return rule;
}

}  // namespace

void read_agents(VendorFileReader& reader, const Yaml& list) {
    if (!list) return;
    for (const auto& item : list.items()) {
        YamlMap map(item);
        AgentRule& rule = reader.spec.agents.emplace_back();
        rule.provenance = reader.provenance(map);
        rule.pattern = reader.pattern(map.required("pattern"), {"model", "firmware", "mac", "stage"});
    }
}

void read_requests(VendorFileReader& reader, const Yaml& block) {
    if (!block) return;
    YamlMap map(block);
    reader.spec.mac_upper_case =
        map.required("mac_case").choice<bool>({{"lower", false}, {"upper", true}}, false);
    std::vector<std::string> taken;
    for (const auto& item : map.required("files").one_or_more())
        reader.spec.files.push_back(read_file(reader, item, taken));
}

}  // namespace provost
