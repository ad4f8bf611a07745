"""Makes an authority and a certificate of it for these names, as files in this folder."""
import datetime
import pathlib
import sys

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

folder, *names = sys.argv[1:]


def certificate(subject, issuer, key, issuer_key, extensions):
    now = datetime.datetime.now(datetime.timezone.utc)
    builder = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, subject)]))
        .issuer_name(x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, issuer)]))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
    )
    for extension in extensions:
        builder = builder.add_extension(extension, critical=False)
    return builder.sign(issuer_key, hashes.SHA256())


def write(name, *parts):
    pathlib.Path(folder, name).write_bytes(b"".join(parts))


def pem(item):
    return item.public_bytes(serialization.Encoding.PEM)


authority_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
authority_id = x509.SubjectKeyIdentifier.from_public_key(authority_key.public_key())
usage = x509.KeyUsage(False, False, False, False, False, True, True, False, False)
authority = certificate("Authority", "Authority", authority_key, authority_key, [x509.BasicConstraints(True, None), authority_id, usage])
host = certificate("Host", "Authority", key, authority_key, [
    x509.SubjectAlternativeName([x509.DNSName(name) for name in names]),
    x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(authority_id),
])
write("authority.pem", pem(authority))
write("host.pem", pem(host))
write("host.key", key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))
