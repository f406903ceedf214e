#!/bin/sh
# Brings by apt what the tests need and npm cannot: real brokers, databases, a browser.
# Installs only what is missing, and says so first.
set -eu
missing=""
need() { command -v "$1" >/dev/null 2>&1 || missing="$missing $2"; }
need influxd influxdb
need mosquitto mosquitto
need mosquitto_pub mosquitto-clients
need promtool prometheus
need socat socat
need chromium chromium
need faketime faketime
need strace strace
need eatmydata eatmydata
need systemd-analyze systemd
# Without a Chinese font the browser draws boxes, and a screenshot proves nothing.
[ -n "$(fc-list :lang=zh 2>/dev/null | head -n 1)" ] || missing="$missing fonts-noto-cjk fontconfig"
if [ -z "$missing" ]; then
  echo "test:setup: everything is there"
  exit 0
fi
echo "test:setup: installing$missing"
sudo=""
[ "$(id -u)" = 0 ] || sudo="sudo"
export DEBIAN_FRONTEND=noninteractive
$sudo apt-get update -qq
# The packages would start their services; the tests start their own, on ports of their own.
policy=/usr/sbin/policy-rc.d
made=""
if [ ! -e "$policy" ]; then
  printf '#!/bin/sh\nexit 101\n' | $sudo tee "$policy" >/dev/null
  $sudo chmod +x "$policy"
  made=yes
fi
# shellcheck disable=SC2086
$sudo apt-get install -y -qq --no-install-recommends $missing >/dev/null
[ -z "$made" ] || $sudo rm -f "$policy"
