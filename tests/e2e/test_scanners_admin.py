"""The admin listener under scanners and slow attackers, its pages too: under a name that browsers are to ask by HTTPS
alone, which localhost is not."""

import unittest

from admin_fixture import with_admin
from provost_fixture import Pki, Story
from scanners import Scanned


class AdminListener(Scanned, Story):
    policy = ("grace=1h",)
    port = property(lambda self: self.server.doors["admin"])
    name = "admin.example"

    @classmethod
    def setUpClass(cls):
        cls.pki = Pki.shared()
        cls.server = with_admin(cls.pki)
        cls.addClassCleanup(cls.server.stop)
        cls.server.config.write_text(cls.server.config.read_text().replace(
            "names: localhost", f"names: [localhost, {cls.name}]"))
        cls.server.start().fill(*cls.policy)


if __name__ == "__main__":
    unittest.main()
