"""A broker takes more connections than the open files that a process may have at first, and serves each of them."""
import resource
import socket
import struct
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from harness import Cluster

CONNECTIONS, AT_FIRST = 500, 256

ours, most = resource.getrlimit(resource.RLIMIT_NOFILE)
resource.setrlimit(resource.RLIMIT_NOFILE, (AT_FIRST, most))
cluster = Cluster(brokers=1)
resource.setrlimit(resource.RLIMIT_NOFILE, (max(ours, 2 * CONNECTIONS), most))

host, port = cluster.bootstrap.split(":")
request = struct.pack(">hhih", 18, 0, 7, -1)  # ApiVersions v0, correlation 7, no client id
clients = [socket.create_connection((host, int(port)), timeout=20) for _ in range(CONNECTIONS)]
for client in clients:
    client.sendall(struct.pack(">i", len(request)) + request)
for client in clients:
    head = client.recv(10, socket.MSG_WAITALL)
    size, correlation, error = struct.unpack(">iih", head)
    assert (correlation, error) == (7, 0) and size > 100, head
print(f"{CONNECTIONS} connections served by a process that was started with {AT_FIRST} files")
