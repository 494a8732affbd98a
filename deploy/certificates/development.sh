#!/bin/sh
# Certificates for development: ca.crt for clients, node.crt and node.key for a node. The authority's key is forgotten at once, so a new
# certificate means a new ca.crt. In production, certificates come from an authority that clients trust already.
#
#   development.sh [--output folder] [--name host]...
set -eu
cd "$(dirname "$0")/../.."
exec dotnet run --project src/AccountantCluster.Cli -- certificates "$@"
