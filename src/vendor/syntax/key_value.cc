// name = value, one a line, in sections if the options say so.
#include "vendor/syntax/line_format.h"
#include "vendor/syntax/make.h"
#include "vendor/syntax/name_table.h"
#include "vendor/syntax/reader.h"

#include <set>
#include <vector>

namespace provost {
namespace {

constexpr std::uint32_t none = NameTable::none;

struct Section {
    std::string_view name;  // empty: what stands before the first section
    std::uint32_t first = none;
    std::uint32_t last = none;
};

struct Sections {
    std::vector<Section> list;        // in order of first appearance, the one without name first
    std::vector<std::uint32_t> next;  // for each parameter the next one of its section
};

struct KeyValueRendering {
    const Parameters& parameters;
    const SecretSource& secrets;
    OutputBuffer& out;
    std::size_t start;
};

// "section/name".
std::string_view section_of(std::string_view name) {
    const std::size_t slash = name.find('/');
    return slash == name.npos ? std::string_view() : name.substr(0, slash);
}

Sections sections_of(const Parameters& parameters) {
    Sections sections{{Section{}}, std::vector<std::uint32_t>(parameters.size(), none)};
    NameTable known(parameters.size() + 1);
    known(0, {}) = 0;
    std::uint32_t current = 0;
    for (std::uint32_t i = 0; i < parameters.size(); ++i) {
        const std::string_view name = section_of(parameters[i].name);
        if (name != sections.list[current].name) {
            std::uint32_t& place = known(0, name);
            if (place == none) {
                place = static_cast<std::uint32_t>(sections.list.size());
                sections.list.push_back({name});
            }
            current = place;
        }
        Section& section = sections.list[current];
        (section.first == none ? section.first : sections.next[section.last]) = i;
        section.last = i;
    }
    return sections;
}

class KeyValue final : public Syntax {
 public:
    explicit KeyValue(LineFormat format) : format_(std::move(format)) {}

    Status render(const Parameters& parameters, const SecretSource& secrets,
                  OutputBuffer& out) const override {
        const KeyValueRendering to{parameters, secrets, out, out.size()};
        if (!format_.header.empty()) write_line(out, format_.header);
        if (has_sections()) {
            PROVOST_CHECK(write_sections(to));
        } else {
            for (const Parameter& parameter : parameters) PROVOST_CHECK(write(to, parameter, parameter.name));
        }
        if (format_.footer) write_line(out, *format_.footer);
        return {};
    }

    Status read(std::string_view bytes, ParameterSink& sink) const override {
        PROVOST_TRY(Reader reader, read_file_of(bytes));
        if (!format_.header.empty()) PROVOST_CHECK(reader.expect(format_.header + format_.end));
        std::set<std::string> sections;
        std::string section;
        while (!is_last_line(reader)) {
            if (has_sections() && reader.take(format_.section_open)) {
                PROVOST_TRY(section, read_section(reader));
                if (!sections.insert(section).second) return reader.error("the section occurs twice");
            }
            PROVOST_TRY(ReadParameter parameter, read_line(reader));
            if (section.empty()) {
                sink.take(parameter);
                continue;
            }
            const std::string name = section + "/" + std::string(parameter.name);
            parameter.name = name;
            sink.take(parameter);
        }
        return {};
    }

 private:
    [[nodiscard]] bool has_sections() const { return !format_.section_open.empty(); }

    void write_line(OutputBuffer& out, std::string_view line) const {
        out.append(line);
        out.append(format_.end);
    }

    [[nodiscard]] Status write_sections(const KeyValueRendering& to) const {
        const Sections sections = sections_of(to.parameters);
        for (const Section& section : sections.list) {
            if (!section.name.empty()) {
                to.out.append(format_.section_open);
                to.out.append(section.name);
                write_line(to.out, format_.section_close);
            }
            const std::size_t inside = section.name.empty() ? 0 : section.name.size() + 1;
            for (std::uint32_t i = section.first; i != none; i = sections.next[i]) {
                const Parameter& parameter = to.parameters[i];
                PROVOST_CHECK(write(to, parameter, std::string_view(parameter.name).substr(inside)));
            }
        }
        return {};
    }

    [[nodiscard]] Status write(const KeyValueRendering& to, const Parameter& parameter,
                               std::string_view name) const {
        PROVOST_TRY(const WrittenValue value, value_of(parameter, to.secrets));
        std::string_view why = line_name_refusal(parameter.name, format_);
        if (why.empty() && !parameter.attributes.empty()) why = "this syntax has no attributes";
        if (why.empty()) why = line_value_refusal(value, format_);
        if (!why.empty()) return refuse_parameter(parameter.name, why);
        to.out.append(format_.prefix);
        to.out.append(name);
        to.out.append(format_.separator);
        to.out.append(format_.quote);
        to.out.append(value.prefix);
        to.out.append(value.text);
        to.out.append(format_.quote);
        to.out.append(format_.end);
        return check_size(to.out, to.start, parameter);
    }

    // Every other line has more behind it, so a parameter that looks like the footer is none.
    bool is_last_line(Reader& reader) const {
        if (!format_.footer) return reader.at_end();
        return reader.rest() == *format_.footer + format_.end;
    }

    Result<std::string> read_section(Reader& reader) const {
        PROVOST_TRY(const std::string_view name, read_name(reader));
        PROVOST_CHECK(reader.expect(format_.section_close + format_.end));
        return std::string(name);
    }

    Result<std::string_view> read_name(Reader& reader) const {
        const std::string_view name = reader.rest().substr(0, line_name_length(reader.rest(), format_));
        if (name.empty()) return reader.error("expected a name");
        reader.skip(name.size());
        return name;
    }

    Result<ReadParameter> read_line(Reader& reader) const {
        PROVOST_CHECK(reader.expect(format_.prefix));
        PROVOST_TRY(const std::string_view name, read_name(reader));
        PROVOST_CHECK(reader.expect(format_.separator + format_.quote));
        const std::string& stop = format_.quote.empty() ? format_.end : format_.quote;
        const std::string_view value = reader.rest().substr(0, reader.rest().find(stop));
        const std::string_view why = line_value_refusal(WrittenValue{{}, value}, format_);
        if (!why.empty()) return reader.error("the value can't have been written: " + std::string(why));
        reader.skip(value.size());
        PROVOST_CHECK(reader.expect(format_.quote + format_.end));
        return ReadParameter{name, value, {}};
    }

    LineFormat format_;
};

}  // namespace

SyntaxResult make_key_value(const SyntaxOptions& options) {
    PROVOST_TRY(LineFormat format, read_line_format(options));
    return std::make_unique<const KeyValue>(std::move(format));
}

}  // namespace provost
