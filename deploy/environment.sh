# shellcheck shell=sh
# environment.sh: make or reuse the project's environment. Sourced by deploy/wencang and deploy/test.
#
# Sets   root (project folder), venv (environment folder), python (its interpreter)
# Offers make_environment LOCKFILE
# Env    WENCANG_VENV    where the environment lives (default: .venv in the project)
#        WENCANG_PYTHON  the Python to make it with (default: the newest supported one found)
#
# An environment is up to date when its stamp names the lock file's checksum and this folder;
# then nothing is run but cksum.

venv=${WENCANG_VENV:-$root/.venv}
python=$venv/bin/python

fail() {
    printf 'wencang: %s\n' "$1" >&2
    shift
    for line in "$@"; do printf '         %s\n' "$line" >&2; done
    exit 1
}

supported() {
    "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' >/dev/null 2>&1
}

find_python() {
    if [ -n "${WENCANG_PYTHON:-}" ]; then
        supported "$WENCANG_PYTHON" || fail "WENCANG_PYTHON=$WENCANG_PYTHON is not a Python 3.11, 3.12 or 3.13." \
            "Nothing was installed. Name another interpreter, or unset it."
        printf '%s\n' "$WENCANG_PYTHON"
        return
    fi
    for candidate in python3.13 python3.12 python3.11 python3 python; do
        if command -v "$candidate" >/dev/null 2>&1 && supported "$candidate"; then
            command -v "$candidate"
            return
        fi
    done
    found=$(command -v python3 >/dev/null 2>&1 && python3 --version 2>&1 || echo 'no python3')
    fail "Python 3.11, 3.12 or 3.13 is needed; found: $found." \
        "Nothing was installed. Install one (Debian 12+, Ubuntu 24.04+: apt install python3 python3-venv)," \
        "or name one: WENCANG_PYTHON=/path/to/python3.12"
}

make_environment() {
    lock=$1
    stamp=$venv/.made-from-$(basename "$lock")
    wanted="$(cksum <"$lock") $root"
    if [ -x "$python" ] && [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ]; then
        return
    fi
    # one maker at a time: a second launcher waits, then finds the work done
    mkdir -p "$(dirname "$venv")" 2>/dev/null || fail "cannot create $(dirname "$venv")." \
        "Nothing was installed. Name a writable place: WENCANG_VENV=/path/to/folder"
    if command -v flock >/dev/null 2>&1; then
        exec 9>"$venv.lock" || fail "cannot write $venv.lock." \
            "Nothing was installed. Name a writable place: WENCANG_VENV=/path/to/folder"
        flock 9
        if [ -x "$python" ] && [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ]; then
            exec 9>&-
            return
        fi
    fi
    base=$(find_python) || exit 1
    printf 'wencang: making the environment in %s (once; about a minute)\n' "$venv" >&2
    rm -f "$venv"/.made-from-* "$venv"/share/wencang/prefect*.db
    if command -v uv >/dev/null 2>&1; then
        [ -x "$python" ] && supported "$python" || uv venv --quiet --clear --python "$base" "$venv" ||
            fail "uv could not make an environment with $base (its message is above)."
        # bytecode now, as pip does it: a third of the start of each command, where Python may not write it later
        set -- uv pip install --quiet --compile-bytecode --python "$python" --require-hashes -r "$lock"
        # uv trusts its own list of certificates; a network with its own is known to the system only (pip asks it)
        "$@" || {
            printf 'wencang: once more, with the certificates of this system\n' >&2
            UV_SYSTEM_CERTS=1 UV_NATIVE_TLS=1 "$@"
        } || fail "the packages could not be installed (the message is above)." \
            "Run the same command again; what is already there is kept."
    else
        "$base" -c 'import venv, ensurepip' >/dev/null 2>&1 ||
            fail "$base has no venv module." \
                "Nothing was installed. Debian and Ubuntu: apt install python3-venv. Or install uv."
        [ -x "$python" ] && supported "$python" || "$base" -m venv --clear "$venv" ||
            fail "$base -m venv failed (its message is above)."
        # --no-deps: the lock names everything, and pip would look for hashes of extras it does not list
        "$python" -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r "$lock" >&2 ||
            fail "the packages could not be installed (the message is above)." \
                "Run the same command again; what is already there is kept."
    fi
    site=$("$python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
    printf '%s\n' "$root" >"$site/wencang.pth"
    "$python" -m compileall -q "$root/flows" "$root/tasks" "$root/warehouse" >/dev/null 2>&1 || true
    # Prefect's database with its migrations done; every new warehouse starts from a copy
    template=$("$python" -c 'from flows.local_server import template; print(template())') || template=""
    if [ -n "$template" ] && ! [ -f "$template" ]; then
        mkdir -p "$(dirname "$template")"
        scratch=$(mktemp -d)
        if PREFECT_HOME=$scratch PREFECT_SERVER_ANALYTICS_ENABLED=false DO_NOT_TRACK=1 \
            "$python" -m prefect server database upgrade -y >/dev/null 2>&1; then
            mv "$scratch/prefect.db" "$template"
        fi
        rm -rf "${scratch:?}"
    fi
    printf '%s' "$wanted" >"$stamp"
    exec 9>&- 2>/dev/null || true
}
