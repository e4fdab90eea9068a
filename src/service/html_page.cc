#include "service/html_page.h"

#include "domain/text.h"

namespace provost {

namespace {

constexpr std::string_view style = R"css(
:root{color-scheme:light dark;--ink:#1c1e21;--dim:#5b6168;--line:#d9dde2;--page:#fff;--card:#f6f7f9;--act:#b3261e;--look:#8a5a00;--note:#2f5d8a}
@media (prefers-color-scheme:dark){:root{--ink:#e8eaed;--dim:#a3a9b1;--line:#3a3f46;--page:#16181b;--card:#1f2226;--act:#ff8a80;--look:#ffc46b;--note:#8ab8e6}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:64rem;padding:2rem 1.25rem 4rem;background:var(--page);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
h1{font-size:1.6rem;line-height:1.25;margin:0 0 .25rem}h2{font-size:1.15rem;margin:2.5rem 0 .5rem}h3{font-size:1.05rem;margin:0}
p{margin:.4rem 0}.dim{color:var(--dim)}
.due{border-left:.3rem solid var(--act);padding:.4rem .8rem;background:var(--card);font-weight:600}
section.finding{border:1px solid var(--line);border-left:.3rem solid var(--note);background:var(--card);border-radius:.35rem;padding:.8rem 1rem;margin:.8rem 0;break-inside:avoid}
section.act{border-left-color:var(--act)}section.look{border-left-color:var(--look)}
.weight{font-size:.75rem;font-weight:700;letter-spacing:.06em;text-transform:uppercase;color:var(--note)}
.act .weight{color:var(--act)}.look .weight{color:var(--look)}
dl{display:grid;grid-template-columns:6rem 1fr;gap:.1rem .8rem;margin:.5rem 0}dt{color:var(--dim)}dd{margin:0;overflow-wrap:anywhere}
ul{margin:.2rem 0;padding-left:1.1rem}li{overflow-wrap:anywhere;font-family:ui-monospace,monospace;font-size:.85rem}
table{border-collapse:collapse;width:100%;font-size:.92rem}th,td{text-align:left;padding:.3rem .6rem .3rem 0;border-bottom:1px solid var(--line);vertical-align:top;overflow-wrap:anywhere}
th{color:var(--dim);font-weight:600}td.number{text-align:right;padding-right:1.2rem;font-variant-numeric:tabular-nums;overflow-wrap:normal}
code{font-family:ui-monospace,monospace}
@media print{:root{--ink:#000;--dim:#444;--line:#bbb;--page:#fff;--card:#fff;--act:#b3261e;--look:#8a5a00;--note:#2f5d8a}body{padding:0;max-width:none;font-size:11pt}}
)css";

}  // namespace

std::string html(std::string_view text) {
    std::string out;
    for (const char c : is_valid_utf8(text) ? std::string(text) : printable(text, text.size())) {
        switch (c) {
            case '&':
                out += "&amp;";
                break;
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '"':
                out += "&quot;";
                break;
            case '\'':
                out += "&#39;";
                break;
            default:
                out += c;
        }
    }
    return out;
}

std::string_view page_style() {
    return style;
}

}  // namespace provost
