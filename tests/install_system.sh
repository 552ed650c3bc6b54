#!/usr/bin/env bash
# What the tests need beside Python packages: Debian's Chromium, its fonts, and PostgreSQL.
# Installs what is missing where it may; where it may not, the tests that need it say so.
set -euo pipefail
missing=()
command -v chromium >/dev/null || missing+=(chromium fonts-liberation)
compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || missing+=(postgresql)
[ ${#missing[@]} -eq 0 ] && exit 0
if ! command -v apt-get >/dev/null; then
  echo "Not installed: ${missing[*]} (no apt-get here); tests that need them will be skipped." >&2
  exit 0
fi
as_root=()
if [ "$(id -u)" -ne 0 ]; then
  command -v sudo >/dev/null || { echo "Not installed: ${missing[*]} (needs root)." >&2; exit 0; }
  as_root=(sudo)
fi
export DEBIAN_FRONTEND=noninteractive
"${as_root[@]}" apt-get update -qq
"${as_root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
