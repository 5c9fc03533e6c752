#!/bin/sh
# Runs test scripts in Node:
#   node-test.sh installed|all|none FILE...
# "installed" skips them without node_modules, and what needs Chromium without it; "all" fails then.
root=$(cd "$(dirname "$0")/.." && pwd)
node=$root/node_modules/.bin/node
need=$1
shift

case $need in
  none) exit 0 ;;
  installed) [ -x "$node" ] || exit 0 ;;
esac
if [ ! -x "$node" ]; then
  echo "node_modules is missing; install npm and build again" >&2
  exit 1
fi
chromium=/usr/bin/chromium
if [ "$need" = all ] && [ ! -x "$chromium" ]; then
  echo "$chromium is missing; apt-get install -y chromium" >&2
  exit 1
fi
exec "$node" --test --test-concurrency=1 --test-reporter=dot "$@"
