#!/bin/sh
# Installs Node 24 and npm into /usr/local, from the files of the npm registry, each held against its published sum. Debian 12 has Node 18 only.
set -eu
node_version=24.21.0 npm_version=11.21.2
npm_sum='7HPApk+AflMUavSseL1Pm6CnYqMIHk53x+KmuhqmTDqPkjPMgxIpTPcTqsE91EKNw4gFBJV9fnXiSdGm1DXq9A=='
case "$(uname -m)" in
  x86_64) machine=x64 node_sum='3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==' ;;
  aarch64) machine=arm64 node_sum='FpJRPEz2OvvTLfjIOlNGFY9JLPMKgl5m+d4oGYBLg24kJ1mmvN1Zl/HPJgF4HDaJ51ISev1l1cRZ/DM+keXW5g==' ;;
  *) echo "Máy $(uname -m) chưa được hỗ trợ · no Node for $(uname -m)" >&2; exit 78 ;;
esac

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# fetch ADDRESS SUM FILE
fetch() {
  curl -fsSL --retry 3 -o "$3" "https://registry.npmjs.org/$1" ||
    { echo "Không tải được $1 · cannot be downloaded: $1" >&2; exit 75; }
  [ "$(openssl dgst -sha512 -binary "$3" | base64 -w0)" = "$2" ] ||
    { echo "Tệp tải về không đúng, không cài · not the file that was published, nothing installed: $1" >&2; exit 78; }
}

fetch "node-linux-$machine/-/node-linux-$machine-$node_version.tgz" "$node_sum" "$scratch/node.tgz"
fetch "npm/-/npm-$npm_version.tgz" "$npm_sum" "$scratch/npm.tgz"
tar -xzf "$scratch/node.tgz" -C "$scratch" package/bin/node
install -m 0755 "$scratch/package/bin/node" /usr/local/bin/node
rm -rf /usr/local/lib/node_modules/npm
mkdir -p /usr/local/lib/node_modules/npm
tar -xzf "$scratch/npm.tgz" -C /usr/local/lib/node_modules/npm --strip-components=1 --no-same-owner
ln -sf ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm
ln -sf ../lib/node_modules/npm/bin/npx-cli.js /usr/local/bin/npx
chmod 0755 /usr/local/lib/node_modules/npm/bin/npm-cli.js /usr/local/lib/node_modules/npm/bin/npx-cli.js
echo "node $(node --version), npm $(npm --version)"
