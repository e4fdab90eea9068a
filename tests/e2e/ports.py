"""Ports for programs that can't be told to take any and to say which."""

import atexit
import pathlib
import random
import socket


def first_of_connections():
    """The lowest of the ports that the system gives to connections by itself."""
    try:
        return int(pathlib.Path("/proc/sys/net/ipv4/ip_local_port_range").read_text().split()[0])
    except OSError:
        return 32768


def is_free(port):
    with socket.socket() as stream, socket.socket(type=socket.SOCK_DGRAM) as datagram:
        for one in (stream, datagram):
            try:
                one.bind(("127.0.0.1", port))
            except OSError:
                return False
    return True


def free_port():
    """One that neither a datagram nor a stream socket has, and that nobody gets before a program listens there: no connection
    does by itself, and no other test, as a name that the system forgets with its process says whose it is."""
    last = first_of_connections()
    while True:
        port = random.randrange(max(1024, last - 16384), last)
        claim = socket.socket(socket.AF_UNIX)
        try:
            claim.bind(f"\0provost-test-port-{port}")
        except OSError:
            claim.close()
            continue
        atexit.register(claim.close)  # for as long as the test runs
        if is_free(port):
            return port


def free_ports(count):
    return [free_port() for _ in range(count)]
