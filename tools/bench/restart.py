#!/usr/bin/env python3
"""How long a server with many armed devices takes to serve again after kill -9 under load (goal: 2 s with 100,000).

    PROVOST=build/bench/provost tools/bench/restart.py [DEVICES [KILLS]]
"""

import contextlib
import pathlib
import random
import statistics
import sys
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "tests/e2e"))
from provost_fixture import Pki, Server  # noqa: E402


def mac_of(number):
    return f"001565{0x100000 + number:06x}"


def arm_for_ever(server, devices, seed, stop):
    chance = random.Random(seed)
    while not stop.is_set():
        with contextlib.suppress(Exception):
            server.rest("POST", f"/v1/devices/{mac_of(chance.randrange(devices))}/arm", {})


def kill_under_load(server, devices, seed):
    stop = threading.Event()
    threads = [threading.Thread(target=arm_for_ever, args=(server, devices, f"{seed} {n}", stop)) for n in range(4)]
    for thread in threads:
        thread.start()
    time.sleep(0.7)
    server.kill()
    stop.set()
    for thread in threads:
        thread.join()


def main(devices=100_000, kills=12):
    server = Server(Pki.shared())
    server.start().fill("grace=1h")
    rows = server.folder / "many.csv"
    with open(rows, "w") as file:
        file.write("mac,tenant,vendor,model,line.1.user\n")
        file.writelines(f"{mac_of(n)},acme,yealink,T54W,u{n}\n" for n in range(devices))
    server.cli("device", "import", rows, "--arm", check=0)
    phone, times = server.pki.phones[0], []
    for seed in range(kills):
        kill_under_load(server, devices, seed)
        began = time.monotonic()
        server.start()
        times.append(time.monotonic() - began)
        server.arm(phone)
        if not phone.password(phone.fetch(server.port)):
            sys.exit("a phone was not served")
    size = sum(file.stat().st_size for file in (server.home / "data").iterdir()) / 1e6
    server.stop()
    print(f"{devices} devices, {size:.0f} MB: {kills} kills, ready again after {statistics.median(times):.2f} s in the "
          f"median, {max(times):.2f} s at most")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
