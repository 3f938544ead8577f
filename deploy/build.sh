#!/bin/sh
# build.sh [FOLDER]: installs the program's packages and builds its pages, as the server's own user.
set -eu
cd "${1:-/opt/moinha}"
# what npm keeps for later is none of the server's data, which goes into the backup
home=/var/cache/moinha-build
install -d -m 0700 -o moinha -g moinha "$home"
as_server() { runuser -u moinha -- env HOME="$home" PATH="$PATH" NODE_ENV= "$@"; }
# --include=dev: the pinned Node that runs the server is one of them
as_server npm ci --include=dev --no-audit --no-fund --loglevel=error ||
  { echo 'Không cài được các gói · the packages could not be installed: npm ci' >&2; exit 75; }
as_server npm rebuild node --ignore-scripts=false --foreground-scripts --loglevel=error
as_server node_modules/.bin/node -e "import('./tools/build-web.mjs').then(async ({ buildWebIfStale }) => process.exit((await buildWebIfStale()).code))" ||
  { echo 'Không dựng được trang web · the pages could not be built' >&2; exit 1; }
