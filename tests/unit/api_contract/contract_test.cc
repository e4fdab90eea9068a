// The contract's notation, and that every route has its part in it (R-G5).
#include "api/contract.h"

#include "api/contract_reader.h"
#include "api/contract_types.h"
#include "api/gate_route.h"
#include "api/route.h"
#include "domain/role_table.h"

#include <algorithm>
#include <functional>
#include <set>

#include <gtest/gtest.h>

namespace provost::contract {
namespace {

using Kind = Type::Kind;

Contract read(std::string_view block) {
    return read_contract({&block, 1}, {{"Colour", {"red", "green"}}});
}

using Name = std::pair<std::string_view, std::string_view>;

std::set<Name> all_routes() {
    std::set<Name> names;
    for (const auto& route : routes()) names.emplace(route.method, route.path);
    for (const auto& route : gate_routes()) names.emplace(route.method, route.path);
    return names;
}

TEST(Contract, R_G5_EveryRouteIsInIt) {
    for (const auto& [method, path] : all_routes()) {
        const auto* const endpoint = contract().find(method, path);
        ASSERT_NE(endpoint, nullptr) << method << ' ' << path
                                     << ": write its part into the block of its resource";
        EXPECT_FALSE(endpoint->answers.empty()) << method << ' ' << path;
    }
}

TEST(Contract, R_G5_AndNothingElse) {
    const auto known = all_routes();
    for (const auto& one : contract().endpoints)
        EXPECT_TRUE(known.contains({one.method, one.path})) << one.method << ' ' << one.path;
}

// The role table takes fields out of answers: whoever reads them must know that they may be missing.
TEST(Contract, R_F2_WhatSomeRoleMayNotSeeMayBeAbsent) {
    int hidden = 0;
    for (const auto& traits : fields()) {
        if (std::find(traits.reads.begin(), traits.reads.end(), Grant::none) == traits.reads.end()) continue;
        ++hidden;
        const auto& type = contract().types.at(traits.entity == "tenant" ? "Tenant" : "Device");
        for (const auto& field : type.fields)
            if (field.name == traits.name) {
                EXPECT_FALSE(field.required) << traits.entity << ' ' << field.name;
            }
    }
    EXPECT_GT(hidden, 0);
}

TEST(Contract, EveryPartOfAnAddressHasAType) {
    for (const auto& one : contract().endpoints)
        for (auto open = one.path.find('{'); open != std::string::npos; open = one.path.find('{', open + 1))
            EXPECT_TRUE(
                contract().path.contains(one.path.substr(open + 1, one.path.find('}', open) - open - 1)))
                << one.path;
}

TEST(Contract, EveryTypeIsUsed) {
    std::set<std::string> used{"Problem", "Held"};
    const std::function<void(const Type&)> visit = [&](const Type& type) {
        if (type.kind == Kind::named && used.insert(type.name).second) visit(contract().resolve(type));
        for (const auto& one : type.of) visit(one);
        for (const auto& field : type.fields) visit(field.type);
    };
    for (const auto& [name, field] : contract().path) visit(field.type);
    for (const auto& one : contract().endpoints) {
        for (const auto& field : one.query) visit(field.type);
        for (const auto& field : one.headers) visit(field.type);
        if (one.body && one.body->type) visit(*one.body->type);
        for (const auto& answer : one.answers) {
            if (answer.etag) used.insert("ETag");
            for (const auto& payload : answer.payloads)
                if (payload.type) visit(*payload.type);
        }
    }
    for (const auto& [name, type] : contract().types) EXPECT_TRUE(used.contains(name)) << name;
}

TEST(ContractReader, ReadsARoute) {
    const auto made = read(R"(
# A remark.
type Thing              What there is
    name    text(1..8)
    colour? Colour      How it looks
type ThingShown : Thing
    name    hex(4)      In numbers
    parts   [Thing]?

path name   text        Of a thing

GET /v1/things/{name}
    ?big    flag        Only big ones
    @If-Match text
    body    Thing
    200+etag ThingShown All of it
    200     text/plain
    404
)");
    const auto& shown = made.types.at("ThingShown");
    ASSERT_EQ(shown.fields.size(), 3U);
    EXPECT_EQ(shown.fields[0].type.pattern, "^[0-9a-f]{4}$");
    EXPECT_EQ(shown.fields[0].says, "In numbers");
    EXPECT_FALSE(shown.fields[1].required);
    EXPECT_TRUE(shown.fields[2].type.nullable);
    EXPECT_EQ(made.resolve(shown.fields[1].type).choices, (std::vector<std::string>{"red", "green"}));
    EXPECT_EQ(made.types.at("Thing").says, "What there is");
    const auto* const route = made.find("GET", "/v1/things/{name}");
    ASSERT_NE(route, nullptr);
    EXPECT_EQ(route->query.at(0).type.kind, Kind::flag);
    EXPECT_EQ(route->headers.at(0).name, "If-Match");
    EXPECT_EQ(route->body->type->name, "Thing");
    ASSERT_EQ(route->answers.size(), 2U);
    EXPECT_TRUE(route->answers[0].etag);
    EXPECT_EQ(route->answers[0].payloads.at(1).media, "text/plain");
    EXPECT_TRUE(route->answers[1].payloads.empty());
}

TEST(ContractReader, ReadsTypes) {
    const auto number = parse_type("int(2..9)");
    EXPECT_EQ(number.kind, Kind::integer);
    EXPECT_EQ(number.least, 2);
    EXPECT_EQ(number.most, 9);
    EXPECT_EQ(parse_type("int").least, 0);
    EXPECT_FALSE(parse_type("int(1..)").most);
    EXPECT_EQ(parse_type("=a|b c").choices, (std::vector<std::string>{"a", "b c"}));
    EXPECT_EQ(parse_type("{[time]}").of.at(0).of.at(0).kind, Kind::time);
    EXPECT_EQ(parse_type("/^a?$/").pattern, "^a?$");
    const auto page = parse_type("Page<text>");
    EXPECT_EQ(page.fields.at(0).name, "items");
    EXPECT_EQ(page.fields.at(0).type.of.at(0).kind, Kind::text);
}

TEST(ContractReader, RefusesMistakes) {
    for (const auto* const block :
         {"    name text\n", "type A = nonsense\n", "type A = text(1)\n", "type A = Missing\n",
          "type A\ntype A\n", "type A : Missing\n", "GET /a\n    nothing text\n", "GET /a\nGET /a\n",
          "GET /a\n    200 [text\n", "GET /a\n    ?x int(a..)\n", "path a B\n", "type A = text(..\n",
          "type A = {}\n"})
        EXPECT_THROW(read(block), std::exception) << block;
}

}  // namespace
}  // namespace provost::contract
