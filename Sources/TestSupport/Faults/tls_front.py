"""Speaks TLS before a server on loopback, well or badly.

    tls_front.py UPSTREAM_PORT FAULT COUNT FOLDER

The first COUNT connections suffer FAULT, the others none. Writes FOLDER/ca.pem, prints the address, and serves until its
standard input ends. What the server behind does to a connection, a reset or an early end, is done to the client's too.
"""

import datetime
import ipaddress
import os
import select
import socket
import ssl
import struct
import sys
import threading

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

upstream_port, fault, count, folder = int(sys.argv[1]), sys.argv[2], int(sys.argv[3]), sys.argv[4]
now = datetime.datetime.now(datetime.timezone.utc)
day = datetime.timedelta(days=1)


def certificate(name, issuer, signer, key, extension, first=now - 2 * day, last=now + day):
    """A certificate over `key`, signed by `signer`, with one extension that says what it is for."""
    return (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]))
        .issuer_name(issuer or x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(first)
        .not_valid_after(last)
        .add_extension(extension, critical=isinstance(extension, x509.BasicConstraints))
        .sign(signer, hashes.SHA256())
    )


def new_authority(name):
    key = ec.generate_private_key(ec.SECP256R1())
    return key, certificate(name, None, key, key, x509.BasicConstraints(ca=True, path_length=None))


def context(kind):
    """A server's setup with a certificate that is sound but for `kind`."""
    signer, issuer = new_authority("Nobody's Authority") if kind == "unknown-authority" else authority
    here = x509.IPAddress(ipaddress.ip_address("127.0.0.1"))
    names = [x509.DNSName("other.example") if kind == "wrong-host" else here]
    key = ec.generate_private_key(ec.SECP256R1())
    leaf = certificate(
        "server", issuer.subject, signer, key, x509.SubjectAlternativeName(names),
        last=now - day if kind == "expired" else now + day)
    path = os.path.join(folder, f"{kind}.pem")
    with open(path, "wb") as file:
        file.write(key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))
        file.write(leaf.public_bytes(serialization.Encoding.PEM))
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.load_cert_chain(path)
    if kind == "no-shared-cipher":
        # Nobody has agreed on a secret with this server, so every client is refused with an alert.
        made.maximum_version = ssl.TLSVersion.TLSv1_2
        made.set_ciphers("PSK")
    return made


def reset(client):
    client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    client.close()


def relay(client, server, says_farewell):
    while True:
        ready = [client] if client.pending() else select.select([client, server], [], [])[0]
        if client in ready:
            data = client.recv(65536)
            if not data:
                return client.close()
            server.sendall(data)
        if server in ready:
            try:
                data = server.recv(65536)
            except ConnectionResetError:
                return reset(client)
            if not data:
                # Without a close_notify nobody can tell the end of the answer from a line that was cut.
                if says_farewell:
                    client.settimeout(5)
                    client.unwrap()
                return client.close()
            client.sendall(data)


def serve(client, kind):
    if kind in ("handshake-reset", "not-tls"):
        client.recv(65536)
        if kind == "not-tls":
            client.sendall(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
            return client.close()
        return reset(client)
    try:
        client = contexts[kind if kind in contexts else "none"].wrap_socket(client, server_side=True)
        with socket.create_connection(("127.0.0.1", upstream_port)) as server:
            relay(client, server, says_farewell=kind != "no-close-notify")
    except OSError:
        client.close()


authority = new_authority("Test Authority")
with open(os.path.join(folder, "ca.pem"), "wb") as bundle:
    bundle.write(authority[1].public_bytes(serialization.Encoding.PEM))
contexts = {kind: context(kind) for kind in {"none", fault} - {"handshake-reset", "not-tls", "no-close-notify"}}
listener = socket.create_server(("127.0.0.1", 0), backlog=256)
print(f"https://127.0.0.1:{listener.getsockname()[1]}", flush=True)


def accept():
    left = count
    while True:
        client, _ = listener.accept()
        kind, left = (fault, left - 1) if left > 0 else ("none", 0)
        threading.Thread(target=serve, args=(client, kind), daemon=True).start()


threading.Thread(target=accept, daemon=True).start()
sys.stdin.read()
