#!/bin/sh
# Does the server do what docs/openapi.json says? Usage: schemathesis.sh BASE_URL TOKEN
# Runs schemathesis, pinned in schemathesis.lock, in a virtual environment of its own; says so and succeeds when that cannot be installed. The seed is fixed, so that the
# same program passes or fails the same way every time; BATON_SCHEMATHESIS_SEED sets another.
set -eu
base=${1:?base address, such as http://127.0.0.1:8080}
token=${2:?bearer token of an administrator}
lock=$(cd "$(dirname "$0")" && pwd)/schemathesis.lock
venv=${BATON_SCHEMATHESIS_VENV:-${XDG_CACHE_HOME:-$HOME/.cache}/baton/schemathesis}
if ! cmp -s "$lock" "$venv/installed.lock"; then
    rm -rf "$venv"
    if ! { python3 -m venv "$venv" && "$venv/bin/pip" --disable-pip-version-check install --quiet --require-hashes --only-binary :all: -r "$lock"; }; then
        rm -rf "$venv"
        echo "SKIPPED: schemathesis cannot be installed here"
        exit 0
    fi
    cp "$lock" "$venv/installed.lock"
fi
# The stream never ends, and signing out or revoking tokens would end the run's own rights.
exec "$venv/bin/schemathesis" run "$base/api/openapi.json" --header "Authorization: Bearer $token" \
    --exclude-path /api/v1/events --exclude-path /api/v1/logout --exclude-path '/api/v1/tokens/{id}' \
    --checks not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance \
    --seed "${BATON_SCHEMATHESIS_SEED:-1}" --max-examples "${BATON_SCHEMATHESIS_EXAMPLES:-30}"
