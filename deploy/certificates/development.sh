#!/bin/sh
# Certificates for development, with nothing but openssl: ca.crt for clients, node.crt and node.key for a node, as `accountant certificates`
# makes them. The authority's key is forgotten at once, so a new certificate means a new ca.crt. In production, certificates come from an
# authority that clients trust already.
#
#   development.sh [--output folder] [--name host]...
#
# Without --output they go into the folder certificates where you are; nothing is overwritten. The node is reached as localhost, 127.0.0.1
# and ::1, and under every name or address given.
set -eu
umask 077   # from their first moment on, nobody else reads these files

days=90     # long enough to forget, short enough not to be used in earnest

fail() {
  echo "$(basename "$0"): $1" >&2
  exit 2
}

# alternative HOST: how a name or an address stands in a certificate.
alternative() {
  case $1 in
    '' | -* | *[!A-Za-z0-9.:*_-]*) fail "'$1' is no name or address of a host." ;;
    *:*) echo "IP:$1" ;;
    *[!0-9.]*) echo "DNS:$1" ;;
    *) echo "IP:$1" ;;
  esac
}

output=certificates
hosts=DNS:localhost,IP:127.0.0.1,IP:::1
while [ $# -gt 0 ]; do
  [ $# -ge 2 ] || fail "usage: development.sh [--output folder] [--name host]..."
  case $1 in
    --output) output=$2 ;;
    --name)
      host=$(alternative "$2")
      hosts=$hosts,$host
      ;;
    *) fail "usage: development.sh [--output folder] [--name host]..." ;;
  esac
  shift 2
done
case $output in -*) output=./$output ;; esac
[ -n "$output" ] || fail "--output names no folder."
command -v openssl >/dev/null || fail "openssl is not installed."

for file in ca.crt node.crt node.key; do
  [ ! -e "$output/$file" ] || fail "$output/$file exists already; name another folder with --output."
done
mkdir -p "$output"
work=$(mktemp -d "$output/making.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

cat >"$work/openssl.cnf" <<END
[req]
distinguished_name = name
prompt = no
string_mask = utf8only
[name]
CN = \$ENV::COMMON_NAME
[authority]
basicConstraints = critical, CA:true, pathlen:0
keyUsage = critical, keyCertSign
subjectKeyIdentifier = hash
[node]
basicConstraints = critical, CA:false
keyUsage = critical, digitalSignature
extendedKeyUsage = serverAuth
subjectAltName = $hosts
END

# make ARGUMENTS: openssl with the settings above; it says something only when it fails.
make() {
  openssl "$@" >"$work/log" 2>&1 || {
    cat "$work/log" >&2
    fail "openssl $1 failed."
  }
}

for key in ca node; do make genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -pkeyopt ec_param_enc:named_curve -out "$work/$key.key"; done
export COMMON_NAME="AccountantCluster development authority"
make req -x509 -new -sha256 -days $days -config "$work/openssl.cnf" -extensions authority -key "$work/ca.key" -out "$work/ca.crt"
COMMON_NAME="AccountantCluster node"
make req -new -sha256 -config "$work/openssl.cnf" -key "$work/node.key" -out "$work/node.csr"
make x509 -req -sha256 -days $days -extfile "$work/openssl.cnf" -extensions node -set_serial "0x1$(openssl rand -hex 15)" \
  -in "$work/node.csr" -CA "$work/ca.crt" -CAkey "$work/ca.key" -out "$work/node.crt"
make verify -CAfile "$work/ca.crt" "$work/node.crt"

set -C      # never replaces a file that somebody has made meanwhile
for file in node.key node.crt ca.crt; do cat "$work/$file" >"$output/$file"; done
echo "authority, for --ca-file: $output/ca.crt"
echo "edge.certificateFile:     $output/node.crt"
echo "edge.keyFile:             $output/node.key"
