// For any list of parameters, however hostile: either render refuses and names a parameter, or the file reads
// back as exactly that list. Nothing is lost, changed or added.
#include "syntax_testing.h"

#include <rapidcheck/gtest.h>

namespace provost::testing {
namespace {

// What injections are made of and some syntax can carry ...
const std::vector<std::string> tricky_pieces = {"\"",
                                                "'",
                                                "]]>",
                                                "<![CDATA[",
                                                "#",
                                                ";",
                                                "|",
                                                "=",
                                                " = ",
                                                ":",
                                                "&",
                                                "&amp;",
                                                "&amp;quot;",
                                                "&#10;",
                                                "&#x0a;",
                                                "&quot;",
                                                "<",
                                                ">",
                                                "/>",
                                                "</settings>",
                                                "</flat-profile>",
                                                "\"/>",
                                                " x=\"y",
                                                "<!--",
                                                "-->",
                                                "<?xml?>",
                                                "%NULL%",
                                                "..",
                                                "/",
                                                "account.1.password = x",
                                                "\xe2\x82\xac",
                                                "\xf0\x9f\x93\x9e",
                                                "\xc3\xa4",
                                                " ",
                                                "  ",
                                                "a",
                                                "Z9_",
                                                "[",
                                                "]",
                                                "[1]",
                                                "@"};
// ... and what none can.
const std::vector<std::string> forbidden_pieces = {
    "\n",           "\r\n", "\na = b\n", "\n[x]\n",      std::string(1, '\0'), "\x01",
    "\x1b",         "\x7f", "\t",        "\v",           "\xc2\x85",           "\xe2\x80\xa8",
    "\xef\xbb\xbf", "\xff", "\xc0\xaf",  "\xed\xa0\x80", "\xf4\x90\x80\x80",   "\xe2\x82",
    "\xef\xbf\xbf"};

std::string joined(const std::vector<std::string>& pieces) {
    std::string text;
    for (const std::string& piece : pieces) text += piece;
    return text;
}

rc::Gen<std::string> hostile_text() {
    const auto piece = rc::gen::weightedOneOf<std::string>({
        {30, rc::gen::elementOf(tricky_pieces)},
        {2, rc::gen::elementOf(forbidden_pieces)},
        {1, rc::gen::scale(0.1, rc::gen::arbitrary<std::string>())},
    });
    return rc::gen::map(rc::gen::scale(0.2, rc::gen::container<std::vector<std::string>>(piece)), joined);
}

// What every syntax of the cases below can carry, escapes included.
rc::Gen<std::string> calm_text() {
    static const std::string characters = "abcXYZ019<>&\"';=:%/\\[]{}.,-_+*@";
    return rc::gen::scale(0.2, rc::gen::container<std::string>(rc::gen::elementOf(characters)));
}

enum class Order { as_given, sections, tree };

struct Case {
    const char* name;
    const char* syntax;
    SyntaxOptions options;
    bool attributes;
    std::vector<std::string> groups;  // what stands in front of some names
    Order order = Order::as_given;
};

Parameter calm_parameter(const Case& of, std::size_t place) {
    Parameter made = parameter("name_" + std::to_string(place), *calm_text());
    if (!of.groups.empty() && *rc::gen::arbitrary<bool>()) {
        made.name.insert(0, *rc::gen::elementOf(of.groups));
    }
    if (of.attributes && made.name.find('@') == std::string::npos)
        made.attributes = {{"idx", std::to_string(place)}, {"label", *calm_text()}};
    return made;
}

Parameters calm_list(const Case& of) {
    Parameters list;
    const auto size = *rc::gen::resize(100, rc::gen::inRange<std::size_t>(0, 12));
    while (list.size() < size) list.push_back(calm_parameter(of, list.size()));
    return list;
}

// One parameter of a calm list made hostile, in one of its texts.
Parameters any_list(const Case& of) {
    Parameters list = calm_list(of);
    if (list.empty()) return list;
    Parameter& victim = *(list.begin() + *rc::gen::inRange<int>(0, static_cast<int>(list.size())));
    switch (*rc::gen::resize(100, rc::gen::inRange(0, 12))) {
        case 0:
            victim.name = *hostile_text();
            break;
        case 1:
            victim.name = list.front().name;
            break;
        case 2:
            victim.attributes.emplace_back(*hostile_text(), "1");
            break;
        case 3:
            victim.attributes.emplace_back("hostile", *hostile_text());
            break;
        case 4:
            victim.name = "sec[" + *hostile_text() + "]/" + victim.name;
            break;
        default:
            victim.value = *hostile_text();
            break;
    }
    return list;
}

void names_one_of(const Error& error, const Parameters& parameters) {
    RC_ASSERT(error.code == "P-2301");
    const bool named = std::any_of(parameters.begin(), parameters.end(), [&](const Parameter& p) {
        const bool simple = std::all_of(p.name.begin(), p.name.end(),
                                        [](char c) { return c > ' ' && c <= '~' && c != '\\'; });
        return !simple || p.name.size() > 80 || error.where == "parameter '" + p.name + "'";
    });
    RC_ASSERT(named);
}

// Steps of a name: which one comes first, and the rest behind it.
std::string first_step(const std::string& name) {
    return name.substr(0, name.find('/'));
}

struct Rest {
    std::string name;  // what is left of the parameter's name
    ParsedParameter parameter;
};

// The steps to lay out where `step` appears first: of an element by place also those before it.
std::vector<std::string> with_places_before(const std::string& step) {
    if (!step.starts_with("nth[")) return {step};
    std::vector<std::string> steps;
    for (int place = 1; place <= std::stoi(step.substr(4)); ++place) {
        steps.push_back("nth[" + std::to_string(place) + "]");
    }
    return steps;
}

// Parameters that share their first step stand together, in order of first appearance; attributes come first.
void lay_out(const std::vector<Rest>& rests, std::vector<ParsedParameter>& in_order) {
    for (const Rest& rest : rests) {
        if (rest.name.starts_with('@')) in_order.push_back(rest.parameter);
    }
    std::vector<std::string> done;
    for (const Rest& rest : rests) {
        if (rest.name.starts_with('@')) continue;
        if (rest.name.find('/') == std::string::npos) {
            in_order.push_back(rest.parameter);
            continue;
        }
        for (const std::string& step : with_places_before(first_step(rest.name))) {
            if (std::find(done.begin(), done.end(), step) != done.end()) continue;
            done.push_back(step);
            std::vector<Rest> inside;
            for (const Rest& other : rests) {
                if (!other.name.starts_with(step + "/")) continue;
                inside.push_back({other.name.substr(step.size() + 1), other.parameter});
            }
            lay_out(inside, in_order);
        }
    }
}

// How a syntax lays a list out.
std::vector<ParsedParameter> in_file_order(std::vector<ParsedParameter> parameters, Order order) {
    if (order == Order::as_given) return parameters;
    if (order == Order::sections) {
        std::stable_partition(parameters.begin(), parameters.end(), [](const ParsedParameter& parameter) {
            return parameter.name.find('/') == std::string::npos;
        });
    }
    std::vector<Rest> rests;
    for (const ParsedParameter& parameter : parameters) rests.push_back({parameter.name, parameter});
    std::vector<ParsedParameter> in_order;
    lay_out(rests, in_order);
    return in_order;
}

void check_round_trip(const Syntax& syntax, const Parameters& parameters, Order order) {
    const Result<std::string> file = render(syntax, parameters);
    if (!file) return names_one_of(file.error(), parameters);
    const auto parsed = syntax.parse(*file);
    RC_ASSERT(parsed.has_value());
    RC_ASSERT(parsed->size() == parameters.size());
    RC_ASSERT(*parsed == in_file_order(as_parsed(parameters), order));
    RC_TAG(parameters.size() > 3 ? "written, long" : "written");
}

// Whatever a parser takes is what render would have written.
void check_strict(const Syntax& syntax, const std::string& bytes) {
    const auto parsed = syntax.parse(bytes);
    if (!parsed) {
        RC_ASSERT(parsed.error().code == "P-2302");
        RC_ASSERT(parsed.error().where.starts_with("line "));
        return;
    }
    Parameters parameters;
    for (const ParsedParameter& p : *parsed) parameters.push_back(parameter(p.name, p.value, p.attributes));
    const Result<std::string> again = render(syntax, parameters);
    RC_ASSERT(again.has_value());
    RC_ASSERT(*again == bytes);
}

// A good file with one stretch of it replaced.
std::string any_damaged(const Syntax& syntax, const Case& of) {
    const Result<std::string> file = render(syntax, calm_list(of));
    RC_PRE(file.has_value());
    std::string bytes = *file;
    const auto at = *rc::gen::inRange<std::size_t>(0, bytes.size() + 1);
    const auto count = *rc::gen::inRange<std::size_t>(0, 6);
    const auto piece =
        rc::gen::oneOf(rc::gen::elementOf(tricky_pieces), rc::gen::elementOf(forbidden_pieces));
    return bytes.replace(at, count, *piece);
}

class SyntaxProperties : public ::testing::TestWithParam<Case> {
 protected:
    std::unique_ptr<const Syntax> syntax_ = syntax_of(GetParam().syntax, GetParam().options);
};

TEST_P(SyntaxProperties, R_C3_WhatIsWrittenReadsBackAndNothingElse) {
    EXPECT_TRUE(rc::check([&] { check_round_trip(*syntax_, any_list(GetParam()), GetParam().order); }));
}

TEST_P(SyntaxProperties, R_C3_OneHostileValueNeverAddsAParameter) {
    EXPECT_TRUE(rc::check([&] {
        const std::string value = *hostile_text();
        check_round_trip(*syntax_,
                         {parameter("first", "1"), parameter("hostile", value), parameter("last", "2")},
                         GetParam().order);
    }));
}

TEST_P(SyntaxProperties, R_C3_OneHostileSecretNeverAddsAParameter) {
    const SettingKey password{3, 1};
    EXPECT_TRUE(rc::check([&] {
        const std::string value = *hostile_text();
        const Parameters parameters = {parameter("first", "1"), secret_parameter("hostile", password),
                                       parameter("last", "2")};
        const Result<std::string> file = render(*syntax_, parameters, FakeSecrets({{password, value}}));
        if (!file) {
            RC_ASSERT(file.error().where == "parameter 'hostile'");
            RC_ASSERT(value.size() < 6 || file.error().text().find(value) == std::string::npos);
            return;
        }
        const auto parsed = syntax_->parse(*file);
        RC_ASSERT(parsed.has_value());
        RC_ASSERT(parsed->size() == 3U);
        RC_ASSERT((*parsed)[1].value == value);
    }));
}

TEST_P(SyntaxProperties, ParserTakesNothingLooserThanWhatIsWritten) {
    EXPECT_TRUE(rc::check([&] { check_strict(*syntax_, any_damaged(*syntax_, GetParam())); }));
}

const std::vector<std::string> branches = {
    "branch/", "branch/deep/deeper/", "sec[one]/",     "sec[two]/",   "sec[one]/@",  "branch/@",
    "@",       "sec[one][x]/",        "Object[a.b.]/", "Object[c.]/", "Object[c.]/@"};
const SyntaxOptions tree = {{"identify", "sec@id@more, Object/Name, nth#"},
                            {"tags", "branch version=\"1\", name_1 class=\"c\""}};
const SyntaxOptions tree_of_values = {{"identify", "sec@id@value, Object/Name, nth#"},
                                      {"value_attribute", "value"},
                                      {"root_attributes", "version=\"1\""}};
const std::vector<std::string> places = {"nth[1]/", "nth[2]/", "a/nth[1]/", "nth[1]/nth[1]/@", "nth[1]/b/"};

INSTANTIATE_TEST_SUITE_P(
    All, SyntaxProperties,
    ::testing::Values(
        Case{"key_value", "key-value", {{"header", "#!version:1.0.0.1"}}, false, {}},
        Case{"key_value_colon", "key-value", {{"separator", ":"}, {"refuse", "|"}}, false, {}},
        Case{"key_value_statements",
             "key-value",
             {{"prefix", "SET "}, {"separator", " "}, {"quote", "double"}, {"footer", "END"}},
             false,
             {}},
        Case{"key_value_words",
             "key-value",
             {{"separator", " :"}, {"name_characters", " /[]!"}, {"line_end", "crlf"}, {"footer", ""}},
             false,
             {"two words ", "a/b/", "c[1]."}},
        Case{"key_value_utf16", "key-value", {{"header", "; all"}, {"encoding", "utf-16le"}}, false, {}},
        Case{"key_value_ini",
             "key-value",
             {{"separator", "="}, {"sections", "ini"}},
             false,
             {"one/", "two/", "three.3/"},
             Order::sections},
        Case{"key_value_angle",
             "key-value",
             {{"separator", " :"},
              {"sections", "angle"},
              {"name_characters", " "},
              {"quote", "double"},
              {"footer", "<<END>>"}},
             false,
             {"the one/", "two/"},
             Order::sections},
        Case{"xml_elements",
             "xml-elements",
             {{"section_attributes", "e=\"2\""}, {"groups", "keys"}},
             true,
             {"keys/"},
             Order::sections},
        Case{"xml_attributes", "xml-attributes", {}, false, {}},
        Case{"xml_attributes_lines", "xml-attributes", {{"line_breaks", "escape"}}, false, {}},
        Case{"flat_profile", "flat-profile", {}, true, {}},
        Case{"xml_tree", "xml-tree", tree, true, branches, Order::tree},
        Case{"xml_tree_values", "xml-tree", tree_of_values, true, branches, Order::tree},
        Case{"xml_tree_places", "xml-tree", tree, false, places, Order::tree}),
    [](const auto& tested) { return tested.param.name; });

}  // namespace
}  // namespace provost::testing
