// One SIP address a row, with what belongs to it. A row's number is the first step of its parameters' names,
// and an unused row is empty, as the phone passes over it.
#include "vendor/syntax/address_row.h"
#include "vendor/syntax/make.h"
#include "vendor/syntax/reader.h"

#include <algorithm>
#include <vector>

namespace provost {
namespace {

using Piece = AddressPlace::Piece;

constexpr std::string_view opening = "<sip:";

struct Placed {
    const Parameter* parameter;
    AddressPlace place;
};
using Row = std::vector<Placed>;

struct NameAddrRendering {
    const SecretSource& secrets;
    OutputBuffer& out;
    std::size_t start;
};

bool same_place(const AddressPlace& a, const AddressPlace& b) {
    return a.piece == b.piece && same_word(a.word, b.word);
}

class NameAddr final : public Syntax {
 public:
    explicit NameAddr(AddressFormat format) : format_(std::move(format)) {}

    Status render(const Parameters& parameters, const SecretSource& secrets,
                  OutputBuffer& out) const override {
        const NameAddrRendering to{secrets, out, out.size()};
        PROVOST_TRY(const std::vector<Row> rows, rows_of(parameters));
        if (!format_.header.empty()) {
            out.append(format_.header);
            out.append("\n");
        }
        for (const Row& row : rows) {
            if (!row.empty()) PROVOST_CHECK(write_row(to, row));
            out.append("\n");
        }
        return {};
    }

    Status read(std::string_view bytes, ParameterSink& sink) const override {
        PROVOST_TRY(Reader reader, read_file_of(bytes));
        if (!format_.header.empty()) PROVOST_CHECK(reader.expect(format_.header + "\n"));
        for (int row = 1; !reader.at_end(); ++row) {
            if (row > max_address_rows) return reader.error("there are more rows than may be written");
            const std::size_t start = reader.position();
            if (reader.take("\n")) {
                if (reader.at_end()) return reader.error_at(start, "the last row is empty");
                continue;
            }
            PROVOST_CHECK(RowReader(format_, row, reader, sink).read());
            if (is_too_long(reader.position() - start)) return reader.error_at(start, "the row is too long");
            PROVOST_CHECK(reader.expect("\n"));
        }
        return {};
    }

 private:
    // Reads one row and shows what it holds.
    class RowReader {
     public:
        RowReader(const AddressFormat& format, int row, Reader& reader, ParameterSink& sink)
            : format_(format), row_(std::to_string(row) + "/"), reader_(reader), sink_(sink) {}

        Status read() {
            if (reader_.take("\"")) {
                PROVOST_CHECK(show({0, Piece::display_name, display_name_piece}, upto("\"\n")));
                PROVOST_CHECK(reader_.expect("\" "));
            }
            PROVOST_CHECK(reader_.expect(opening));
            if (const auto userinfo = upto("@>\n"); reader_.rest().substr(userinfo.size()).starts_with('@')) {
                PROVOST_CHECK(show({0, Piece::userinfo, userinfo_piece}, userinfo));
                PROVOST_CHECK(reader_.expect("@"));
            }
            PROVOST_CHECK(show({0, Piece::hostport, hostport_piece}, upto(";>\n")));
            PROVOST_CHECK(read_parameters(Piece::uri_parameter));
            PROVOST_CHECK(reader_.expect(">"));
            return read_parameters(Piece::parameter);
        }

     private:
        Status read_parameters(Piece piece) {
            while (reader_.take(";")) {
                const auto word = reader_.rest().substr(0, word_length(reader_.rest()));
                if (word.empty()) return reader_.error("expected a parameter's name");
                if (piece == Piece::parameter && is_taken(word))
                    return reader_.error("no parameter has this name");
                reader_.skip(word.size());
                PROVOST_CHECK(reader_.expect("="));
                if (piece == Piece::uri_parameter) {
                    PROVOST_CHECK(show({0, piece, word}, upto(";>\n")));
                    continue;
                }
                const bool quoted = reader_.take("\"");
                const auto value = upto(quoted ? "\"\n" : ";\n");
                if (quoted != needs_quotes({{}, value})) return reader_.error("the quotes are wrong");
                PROVOST_CHECK(show({0, piece, word}, value));
                if (quoted) PROVOST_CHECK(reader_.expect("\""));
            }
            return {};
        }

        [[nodiscard]] std::string_view upto(std::string_view stops) const {
            return reader_.rest().substr(0, reader_.rest().find_first_of(stops));
        }

        Status show(const AddressPlace& place, std::string_view value) {
            const auto is_same = [&](const AddressPlace& other) { return same_place(place, other); };
            if (std::any_of(seen_.begin(), seen_.end(), is_same))
                return reader_.error("the parameter occurs twice");
            seen_.push_back(place);
            const std::string_view why = address_refusal(place, {{}, value}, format_);
            if (!why.empty()) return reader_.error("the value can't have been written: " + std::string(why));
            std::string name = row_;
            if (place.piece == Piece::uri_parameter) name.append(uri_step);
            name.append(place.word);
            sink_.take({name, value, {}});
            reader_.skip(value.size());
            return {};
        }

        const AddressFormat& format_;
        std::string row_;
        Reader& reader_;
        ParameterSink& sink_;
        std::vector<AddressPlace> seen_;
    };

    [[nodiscard]] bool is_too_long(std::size_t bytes) const {
        return format_.row_bytes != 0 && bytes > format_.row_bytes;
    }

    static Result<std::vector<Row>> rows_of(const Parameters& parameters) {
        std::vector<Row> rows;
        for (const Parameter& parameter : parameters) {
            const AddressPlace place = find_address_place(parameter.name);
            if (place.row == 0) return refuse_parameter(parameter.name, "its name is none of this syntax");
            if (!parameter.attributes.empty())
                return refuse_parameter(parameter.name, "this syntax has no attributes");
            const auto at = static_cast<std::size_t>(place.row) - 1;
            if (rows.size() <= at) rows.resize(at + 1);
            const auto is_same = [&](const Placed& other) { return same_place(place, other.place); };
            if (std::any_of(rows[at].begin(), rows[at].end(), is_same))
                return refuse_parameter(parameter.name, "it occurs twice");
            rows[at].push_back({&parameter, place});
        }
        return rows;
    }

    [[nodiscard]] Status write_row(const NameAddrRendering& to, const Row& row) const {
        const std::size_t start = to.out.size();
        const auto is_host = [](const Placed& one) { return one.place.piece == Piece::hostport; };
        if (std::none_of(row.begin(), row.end(), is_host))
            return refuse_parameter(row.front().parameter->name, "its row has no address");
        PROVOST_CHECK(write_pieces(to, row, Piece::display_name));
        to.out.append(opening);
        PROVOST_CHECK(write_pieces(to, row, Piece::userinfo));
        PROVOST_CHECK(write_pieces(to, row, Piece::hostport));
        PROVOST_CHECK(write_pieces(to, row, Piece::uri_parameter));
        to.out.append(">");
        PROVOST_CHECK(write_pieces(to, row, Piece::parameter));
        if (is_too_long(to.out.size() - start))
            return refuse_parameter(row.front().parameter->name, "its row is longer than these phones read");
        return check_size(to.out, to.start, *row.back().parameter);
    }

    [[nodiscard]] Status write_pieces(const NameAddrRendering& to, const Row& row, Piece piece) const {
        for (const Placed& one : row) {
            if (one.place.piece != piece) continue;
            PROVOST_TRY(const WrittenValue value, value_of(*one.parameter, to.secrets));
            std::string_view why = address_refusal(one.place, value, format_);
            if (piece != Piece::parameter && one.parameter->is_secret)
                why = "a secret can't be part of an address";
            if (!why.empty()) return refuse_parameter(one.parameter->name, why);
            write_piece(to.out, one.place, value);
        }
        return {};
    }

    static void write_piece(OutputBuffer& out, const AddressPlace& place, const WrittenValue& value) {
        const bool is_parameter = place.piece == Piece::uri_parameter || place.piece == Piece::parameter;
        const bool quoted =
            place.piece == Piece::display_name || (place.piece == Piece::parameter && needs_quotes(value));
        if (is_parameter) {
            out.append(";");
            out.append(place.word);
            out.append("=");
        }
        if (quoted) out.append("\"");
        out.append(value.prefix);
        out.append(value.text);
        if (quoted) out.append("\"");
        if (place.piece == Piece::display_name) out.append(" ");
        if (place.piece == Piece::userinfo) out.append("@");
    }

    AddressFormat format_;
};

}  // namespace

SyntaxResult make_name_addr(const SyntaxOptions& options) {
    PROVOST_TRY(AddressFormat format, read_address_format(options));
    return std::make_unique<const NameAddr>(std::move(format));
}

}  // namespace provost
