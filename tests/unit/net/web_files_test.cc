#include "net/web_files.h"

#include "door_fixture.h"

#include <filesystem>

namespace provost::test {
namespace {

namespace fs = std::filesystem;

class WebFilesTest : public ::testing::Test {
 protected:
    WebFilesTest() {
        fs::create_directory(folder_ / "assets");
        put("index.html", "<style nonce=\"__NONCE__\"></style><p>__NONCE__</p>");
        put("assets/app-1a2b.js", "let a = 1;");
        put("assets/app-1a2b.js.gz", "gzipped");
        put("assets/app-1a2b.js.br", "brotli");
        put("favicon.svg", "<svg/>");
    }
    void put(const std::string& name, std::string_view text) { folder_.write(name, text); }
    [[nodiscard]] fs::path root() const { return folder_ / ""; }
    Folder folder_;
};

TEST_F(WebFilesTest, KnowsWhatWasThereAtTheStart) {
    const auto files = must(WebFiles::read(root()));
    const auto* const script = files.find("/assets/app-1a2b.js");
    ASSERT_NE(script, nullptr);
    EXPECT_EQ(script->content_type, "text/javascript; charset=utf-8");
    EXPECT_TRUE(script->lasting);
    EXPECT_EQ(script->plain, "let a = 1;");
    const auto* const icon = files.find("/favicon.svg");
    ASSERT_NE(icon, nullptr);
    EXPECT_EQ(icon->content_type, "image/svg+xml");
    EXPECT_FALSE(icon->lasting);
    put("late.js", "1");
    EXPECT_EQ(files.find("/late.js"), nullptr);
}

TEST_F(WebFilesTest, NoPathLeadsOutOfTheFolder) {
    const auto files = must(WebFiles::read(root() / "assets/.."));
    for (const auto* path : {"/../provost.yaml", "/assets/../index.html", "//assets/app-1a2b.js",
                             "/assets/app-1a2b.js/", "assets/app-1a2b.js", "/assets", "/assets/", "/", "",
                             "/assets/app-1a2b.js.gz", "/assets/app-1a2b.js.br", "/index.html"})
        EXPECT_EQ(files.find(path), nullptr) << path;
}

TEST_F(WebFilesTest, LinksHiddenFilesAndSourceMapsStayOut) {
    put(".env", "canary");
    put("assets/app-1a2b.js.map", "{}");
    fs::create_directory(folder_ / ".git");
    put(".git/config", "canary");
    fs::create_symlink("/etc/hostname", folder_ / "hostname.txt");
    fs::create_directory_symlink("/etc", folder_ / "etc");
    const auto files = must(WebFiles::read(root()));
    EXPECT_EQ(files.size(), 2U);
    EXPECT_EQ(files.find("/hostname.txt"), nullptr);
    EXPECT_EQ(files.find("/etc/hostname"), nullptr);
}

TEST_F(WebFilesTest, EachPageHasTheNonceItIsGiven) {
    const auto files = must(WebFiles::read(root()));
    EXPECT_EQ(files.page("abc"), "<style nonce=\"abc\"></style><p>abc</p>");
    EXPECT_EQ(files.page("def"), "<style nonce=\"def\"></style><p>def</p>");
}

TEST_F(WebFilesTest, RefusesWhatIsNoInterface) {
    const auto refusal = [&](const fs::path& folder, const WebFileLimits& limits) {
        const auto read = WebFiles::read(folder, limits);
        return read ? std::string() : read.error().code + " " + read.error().why;
    };
    EXPECT_NE(refusal(root() / "missing", {}).find("P-7041"), std::string::npos);
    EXPECT_NE(refusal(root() / "assets", {}).find("no index.html"), std::string::npos);
    EXPECT_NE(refusal(root(), {3, 1'000, 1'000}).find("more files"), std::string::npos);
    EXPECT_NE(refusal(root(), {100, 20, 1'000}).find("larger than 20"), std::string::npos);
    EXPECT_NE(refusal(root(), {100, 100, 60}).find("larger than an interface's"), std::string::npos);
}

TEST_F(WebFilesTest, GivesWhatTheBrowserCanRead) {
    const auto files = must(WebFiles::read(root()));
    const auto& script = *files.find("/assets/app-1a2b.js");
    const auto encoding = [&](std::string_view accepted) {
        return std::string(choose_body(script, accepted).encoding);
    };
    EXPECT_EQ(encoding("gzip, deflate, br, zstd"), "br");
    EXPECT_EQ(encoding("gzip"), "gzip");
    EXPECT_EQ(encoding("br;q=0, gzip;q=0.5"), "gzip");
    EXPECT_EQ(encoding("br;q=0.000,*"), "gzip");
    EXPECT_EQ(encoding("*"), "br");
    EXPECT_EQ(encoding("*;q=0"), "");
    EXPECT_EQ(encoding("identity"), "");
    EXPECT_EQ(encoding("gzip2, xbr"), "");
    EXPECT_EQ(encoding(",,;q=0,"), "");
    EXPECT_EQ(encoding(""), "");
    EXPECT_EQ(choose_body(script, "gzip").bytes, "gzipped");
    EXPECT_EQ(choose_body(script, "").bytes, "let a = 1;");
}

TEST(WebPages, APathThatNamesAFileIsNoPage) {
    for (const auto* page : {"/", "/devices", "/devices/00:15:65:ab:cd:ef", "/tenants/acme/sites/St. Mary",
                             "/index.html", "/a/b/"})
        EXPECT_TRUE(names_page(page)) << page;
    for (const auto* file : {"/.env", "/assets/gone.js", "/assets/x", "/wp-login.php", "/../etc/passwd",
                             "/a/../b", "/a\\b", "/.git/config.txt", "/backup.tar.gz"})
        EXPECT_FALSE(names_page(file)) << file;
}

}  // namespace
}  // namespace provost::test
