#include "api/contract_reader.h"

#include "api/contract_types.h"
#include "domain/text.h"

#include <algorithm>
#include <stdexcept>

namespace provost::contract {

namespace {

// The next column off the front.
std::string_view take(std::string_view& line) {
    line = trim(line);
    const auto word = line.substr(0, std::min(line.find(' '), line.size()));
    line.remove_prefix(word.size());
    line = trim(line);
    return word;
}

bool take_mark(std::string_view& word, std::string_view mark) {
    if (!word.ends_with(mark)) return false;
    word.remove_suffix(mark.size());
    return true;
}

void put_field(std::vector<Field>& fields, Field field) {
    const auto same =
        std::find_if(fields.begin(), fields.end(), [&](const Field& one) { return one.name == field.name; });
    if (same != fields.end())
        *same = std::move(field);
    else
        fields.push_back(std::move(field));
}

class Reader {
 public:
    void read(std::string_view block);
    void add_choices(const std::string& name, const std::vector<std::string>& words);
    Contract take_contract();

 private:
    void read_line(std::string_view line);
    void begin_item(std::string_view line);
    void begin_type(std::string_view line);
    void read_field(std::string_view line);
    void read_part(std::string_view line);
    void read_answer(std::string_view status, std::string_view line);
    void check_names(const Type& type) const;
    static Payload payload(std::string_view line);

    Contract contract_;
    Type* type_ = nullptr;          // the object that indented lines add to ...
    Endpoint* endpoint_ = nullptr;  // ... or the route
};

void Reader::read(std::string_view block) {
    while (!block.empty()) {
        const auto line = block.substr(0, std::min(block.find('\n'), block.size()));
        block.remove_prefix(std::min(line.size() + 1, block.size()));
        try {
            read_line(line);
        } catch (const std::exception& mistake) {
            throw std::invalid_argument("contract: " + std::string(line) + ": " + mistake.what());
        }
    }
}

void Reader::add_choices(const std::string& name, const std::vector<std::string>& words) {
    auto& type = contract_.types[name];
    type.kind = Type::Kind::choice;
    type.choices = words;
}

void Reader::read_line(std::string_view line) {
    if (trim(line).empty() || trim(line).front() == '#') return;
    if (line.front() != ' ')
        begin_item(line);
    else if (type_ != nullptr)
        read_field(line);
    else if (endpoint_ != nullptr)
        read_part(line);
    else
        throw std::invalid_argument("it belongs to nothing");
}

void Reader::begin_item(std::string_view line) {
    type_ = nullptr;
    endpoint_ = nullptr;
    const auto word = take(line);
    if (word == "type") return begin_type(line);
    const std::string name(take(line));
    if (word == "path") {
        auto type = parse_type(take(line));
        contract_.path[name] = {name, std::move(type), true, std::string(line)};
        return;
    }
    if (contract_.find(word, name) != nullptr) throw std::invalid_argument("it is there twice");
    endpoint_ = &contract_.endpoints.emplace_back();
    endpoint_->method = word;
    endpoint_->path = name;
}

void Reader::begin_type(std::string_view line) {
    const std::string name(take(line));
    if (contract_.types.contains(name)) throw std::invalid_argument("it is there twice");
    Type type;
    type.kind = Type::Kind::object;
    if (line.starts_with("= ")) {
        take(line);
        type = parse_type(take(line));
    } else if (line.starts_with(": ")) {
        take(line);
        type = contract_.types.at(std::string(take(line)));
    }
    type.says = line;
    auto& kept = contract_.types[name] = std::move(type);
    if (kept.kind == Type::Kind::object) type_ = &kept;
}

void Reader::read_field(std::string_view line) {
    auto name = take(line);
    const bool optional = take_mark(name, "?");
    auto type = parse_type(take(line));
    put_field(type_->fields, {std::string(name), std::move(type), !optional, std::string(line)});
}

void Reader::read_part(std::string_view line) {
    auto word = take(line);
    if (word == "body") {
        endpoint_->body = payload(line);
        return;
    }
    if (word.front() != '?' && word.front() != '@') return read_answer(word, line);
    auto& fields = word.front() == '?' ? endpoint_->query : endpoint_->headers;
    auto type = parse_type(take(line));
    put_field(fields, {std::string(word.substr(1)), std::move(type), false, std::string(line)});
}

Payload Reader::payload(std::string_view line) {
    Payload payload;
    const auto what = take(line);
    if (what.find('/') != what.npos && what.front() != '/')
        payload.media = what;
    else
        payload.type = parse_type(what);
    payload.says = line;
    return payload;
}

void Reader::read_answer(std::string_view word, std::string_view line) {
    const bool etag = take_mark(word, "+etag");
    const auto status = whole_number(word);
    if (!status) throw std::invalid_argument("neither parameter, body nor status");
    auto& answers = endpoint_->answers;
    if (answers.empty() || answers.back().status != *status)
        answers.push_back({static_cast<int>(*status), etag, {}});
    if (!line.empty()) answers.back().payloads.push_back(payload(line));
}

void Reader::check_names(const Type& type) const {
    if (type.kind == Type::Kind::named && !contract_.types.contains(type.name))
        throw std::invalid_argument("contract: there is no type " + type.name);
    for (const auto& one : type.of) check_names(one);
    for (const auto& field : type.fields) check_names(field.type);
}

Contract Reader::take_contract() {
    for (const auto& [name, type] : contract_.types) check_names(type);
    for (const auto& [name, field] : contract_.path) check_names(field.type);
    for (const auto& endpoint : contract_.endpoints) {
        for (const auto& field : endpoint.query) check_names(field.type);
        for (const auto& field : endpoint.headers) check_names(field.type);
        if (endpoint.body && endpoint.body->type) check_names(*endpoint.body->type);
        for (const auto& answer : endpoint.answers)
            for (const auto& one : answer.payloads)
                if (one.type) check_names(*one.type);
    }
    return std::move(contract_);
}

}  // namespace

Contract read_contract(std::span<const std::string_view> blocks,
                       const std::map<std::string, std::vector<std::string>>& choices) {
    Reader reader;
    for (const auto& [name, words] : choices) reader.add_choices(name, words);
    for (const auto block : blocks) reader.read(block);
    return reader.take_contract();
}

}  // namespace provost::contract
