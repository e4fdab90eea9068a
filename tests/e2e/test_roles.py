"""Who may do what: the page that the program prints is the documentation's."""

import json
import unittest

from provost_fixture import SOURCE, run

PAGE = SOURCE / "docs/reference/roles.md"


class Page(unittest.TestCase):
    def test_R_F2_the_page_is_what_the_table_says(self):
        self.assertEqual(run("role", "table", check=0).stdout, PAGE.read_text(),
                         "regenerate: provost role table > docs/reference/roles.md")

    def test_R_F2_scripts_read_it_too(self):
        rows = json.loads(run("-o", "json", "role", "table", check=0).stdout)
        arms = {row["role"] for row in rows if row["action"] == "device.arm"}
        self.assertEqual(arms, {"platform", "reseller", "tenant-admin"})


if __name__ == "__main__":
    unittest.main()
