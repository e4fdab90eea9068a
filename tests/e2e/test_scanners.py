"""The phones' door under scanners and slow attackers."""

import unittest

from provost_fixture import Story
from scanners import Scanned


class PhonesDoor(Scanned, Story):
    policy = ("grace=1h",)


if __name__ == "__main__":
    unittest.main()
