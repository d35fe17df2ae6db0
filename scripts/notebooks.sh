#!/usr/bin/env bash
# notebooks.sh check|open|save BUILD-FLAGS…: sets up the notebooks' kernel, then tests it and runs
# every notebook, or opens JupyterLab, or writes what the notebooks give into them.
#
# The Python packages live in .build/notebook and nowhere else.
set -euo pipefail

task=$1
shift
cd "$(dirname "$0")/.."
scripts/setup.sh test
swift build "$@" --product AnsatzNotebook

environment=.build/notebook
python=$environment/bin/python
requirements=notebooks/kernel/requirements.txt
[ "$task" != open ] || requirements=notebooks/kernel/requirements-lab.txt
# One whose Python has gone is made anew.
if ! "$python" -c '' 2>/dev/null; then
  rm -rf "$environment"
  python3 -m venv "$environment"
fi
stamp=$environment/$(basename "$requirements")
if ! cat notebooks/kernel/requirements*.txt | cmp -s - "$stamp"; then
  echo 'ansatz: installing the Python packages of the notebooks'
  "$python" -m pip install -q --disable-pip-version-check -r "$requirements"
  cat notebooks/kernel/requirements*.txt >"$stamp"
fi
"$python" notebooks/kernel/install.py . "$environment"

# The tests use what the installation wrote down.
export ANSATZ_NOTEBOOK_TOOLCHAIN=$PWD/$environment/toolchain.json
export PYTHONDONTWRITEBYTECODE=1 PYDEVD_DISABLE_FILE_VALIDATION=1
case $task in
  check)
    "$python" -m unittest discover -s notebooks/kernel/tests
    "$python" notebooks/kernel/check.py notebooks/*.ipynb
    ;;
  save) "$python" notebooks/kernel/check.py --save notebooks/*.ipynb ;;
  # In a container one is root, and Jupyter wants to hear that this is meant.
  open)
    [ "$(id -u)" -ne 0 ] || set -- --allow-root
    [ "$(id -u)" -eq 0 ] || set --
    exec "$python" -m jupyterlab "$@" notebooks
    ;;
  *)
    echo "usage: notebooks.sh check|open|save BUILD-FLAGS" >&2
    exit 64
    ;;
esac
