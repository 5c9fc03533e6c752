#!/bin/sh
# Installs what package-lock.json names into node_modules, unless that has been done already.
#   node-modules.sh installed   if npm is there; says so if not
#   node-modules.sh all         npm must be there
#   node-modules.sh none        does nothing
set -e
cd "$(dirname "$0")/.."

if [ "$1" = none ] || [ node_modules/.package-lock.json -nt package-lock.json ]; then
  exit 0
fi
if ! command -v npm >/dev/null 2>&1; then
  echo "npm is missing, so nothing is tested in Node and browsers; apt-get install -y npm chromium" >&2
  [ "$1" = installed ]
  exit
fi
npm ci --loglevel=error
# npm before 11 does not link it, and it is not the Node that npm itself may run on
for package in node_modules/node-linux-*; do
  ln -sf "../${package#node_modules/}/bin/node" node_modules/.bin/node
done
touch node_modules/.package-lock.json
