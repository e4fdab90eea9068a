"""Faults of the disk below a server's folder, switched while it runs; see tests/faults/faults.cc."""

import errno
import mmap
import os
import pathlib
import struct
import subprocess

from provost_fixture import PROGRAM

SHIM = os.environ.get("PROVOST_SHIM", str(pathlib.Path(PROGRAM).parent / "tests/faults/faults.so"))
KINDS = ("open", "write", "sync", "rename", "resize", "unlink")
PLAIN, SHORT, TORN = range(3)  # what a write that fails does: nothing, half of it, half of it with an error
FOR_EVER = 2**64 - 1
CALLS, FIRST, MANY, ERROR, CHOSEN, MODE, FAILED, COUNTS = range(8)  # 64-bit fields
FOLDER = 8 * (COUNTS + len(KINDS))


def preloaded():
    """The shim lies behind the sanitizer's library, which must come first."""
    linked = subprocess.run(["ldd", PROGRAM], capture_output=True, text=True, check=True).stdout
    sanitizers = [line.split()[2] for line in linked.splitlines() if "libasan" in line or "libtsan" in line]
    return " ".join([*sanitizers, SHIM])


class Faults:
    """Those of one server; made before it starts."""

    def __init__(self, server):
        file = server.folder / "faults"
        file.write_bytes(bytes(4096))
        with open(file, "r+b") as control:
            self.control = mmap.mmap(control.fileno(), 4096)
        folder = str(server.home).encode()
        self.control[FOLDER:FOLDER + len(folder)] = folder
        self.choose(KINDS)
        server.environment.update(LD_PRELOAD=preloaded(), PROVOST_FAULTS=str(file))

    def get(self, field):
        return struct.unpack_from("=Q", self.control, 8 * field)[0]

    def set(self, field, value):
        struct.pack_into("=Q", self.control, 8 * field, value)

    def choose(self, kinds):
        self.set(CHOSEN, sum(1 << KINDS.index(kind) for kind in kinds))

    @property
    def calls(self):
        return self.get(CALLS)

    @property
    def failed(self):
        return self.get(FAILED)

    def by_kind(self):
        return {kind: self.get(COUNTS + index) for index, kind in enumerate(KINDS)}

    def fail(self, number, error=errno.EIO, mode=PLAIN, many=1):
        """The call of this number from now on fails, once or `many` times."""
        self.heal()
        self.set(CALLS, 0)
        self.set(FAILED, 0)
        self.set(ERROR, error)
        self.set(MODE, mode)
        self.set(MANY, many)
        self.set(FIRST, number)

    def fail_for_ever(self, error, kinds=KINDS, mode=PLAIN):
        self.choose(kinds)
        self.fail(1, error, mode, FOR_EVER)

    def heal(self):
        self.set(FIRST, 0)
