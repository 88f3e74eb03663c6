# shellcheck shell=bash
# Sourced by with-modemmanager, with-ofono and with-feedbackd.

# start_private_bus FOLDER: a bus on which everything is allowed; it becomes the system's and the session's. Its process is
# in $private_bus.
start_private_bus() {
    cat >"$1/bus.conf" <<END
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:dir=$1</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
END
    mkfifo "$1/address"
    dbus-daemon --config-file="$1/bus.conf" --nofork --print-address=3 3>"$1/address" 2>/dev/null &
    private_bus=$!
    read -r DBUS_SESSION_BUS_ADDRESS <"$1/address"
    # The settings of whoever runs this are not those of the dialer here.
    export GSETTINGS_BACKEND=memory
    export DBUS_SESSION_BUS_ADDRESS DBUS_SYSTEM_BUS_ADDRESS=$DBUS_SESSION_BUS_ADDRESS private_bus
}

# need TOOL…: ends with status 77 when one is not installed.
need() {
    local tool
    for tool in "$@"; do
        command -v "$tool" >/dev/null || { echo "$(basename "$0"): $tool is not installed" >&2; exit 77; }
    done
}

# stop_process PIDFILE: ends the process and waits until it is gone.
stop_process() {
    local pid
    pid=$(cat "$1")
    kill "$pid" 2>/dev/null || true
    while kill -0 "$pid" 2>/dev/null; do read -rt 0.02 <> <(:) || true; done
}
