# shellcheck shell=bash
# Shared by the scripts of this folder; sourced, never run.

RINGLIFT_ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
export CCACHE_BASEDIR=$RINGLIFT_ROOT CCACHE_NOHASHDIR=1

say() { printf '%s\n' "$*" >&2; }

# Package names of the given groups of scripts/packages.
packages_of() {
    local group
    for group in "$@"; do
        awk -v group="$group" '$1 == group { for (i = 2; i <= NF; ++i) print $i }' "$RINGLIFT_ROOT/scripts/packages"
    done | sort -u
}

# Installs what is missing of the given groups; on systems without apt-get says which packages are needed.
need_packages() {
    local wanted missing
    mapfile -t wanted < <(packages_of "$@")
    if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
        say "This is not a Debian system. Ringlift needs what these Debian packages hold:"
        say "  ${wanted[*]}"
        return 0
    fi
    mapfile -t missing < <(comm -23 <(printf '%s\n' "${wanted[@]}") \
        <(dpkg-query -W -f='${db:Status-Abbrev}${Package}\n' 2>/dev/null | sed -n 's/^ii *//p' | sort -u))
    [ "${#missing[@]}" -eq 0 ] && return 0
    say "Installing ${#missing[@]} packages: ${missing[*]}"
    local sudo=()
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || { say "Run this as root, or install sudo."; return 1; }
        sudo=(sudo)
    fi
    "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get update -q >&2
    "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${missing[@]}" >&2
}

# Configures and builds a preset; its output goes to a log that is shown when the build fails.
build_preset() {
    local preset=$1 log
    shift
    mkdir -p "$RINGLIFT_ROOT/build"
    log=$RINGLIFT_ROOT/build/$preset.log
    say "Building ($preset) …"
    if ! (cd "$RINGLIFT_ROOT" && cmake --preset "$preset" && cmake --build --preset "$preset" "$@") >"$log" 2>&1; then
        grep -E -A8 'error|FAILED|CMake Error' "$log" | head -n 80 >&2
        say "The build failed; the whole log: build/$preset.log"
        return 1
    fi
}
