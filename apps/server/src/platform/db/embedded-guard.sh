# Keeps PostgreSQL alive exactly as long as the program that started it.
#
# Its standard input is a pipe from the server. However the server ends (Ctrl-C, a crash, kill -9, the memory killer), the kernel closes that
# pipe, and this script stops PostgreSQL. A shell and not a Node program, so that "killall -9 node" leaves no orphan either.
#
# sh -c "$(cat embedded-guard.sh)" guard POSTGRES DATA_DIR PORT REMOVE_AFTERWARDS [more -c options…]
# REMOVE_AFTERWARDS: a directory that goes with PostgreSQL (a throw-away cluster), or nothing.
# The text is handed over by -c because the database account may not be able to read the source tree.

postgres=$1 data_dir=$2 port=$3 remove_afterwards=$4
shift 4
trap '' INT TERM HUP
exec 3<&0

"$postgres" -D "$data_dir" -p "$port" "$@" </dev/null 3<&- &
postgres_pid=$!

(
  while read -r _ <&3; do :; done
  # INT is PostgreSQL's "fast shutdown": running work is rolled back, the files are left clean.
  kill -INT "$postgres_pid" 2>/dev/null
  waited=0
  while kill -0 "$postgres_pid" 2>/dev/null && [ "$waited" -lt 100 ]; do
    sleep 0.1
    waited=$((waited + 1))
  done
  kill -QUIT "$postgres_pid" 2>/dev/null
) &
watcher_pid=$!

wait "$postgres_pid"
status=$?
kill -9 "$watcher_pid" 2>/dev/null
if [ -n "$remove_afterwards" ]; then rm -rf "$remove_afterwards"; fi
exit "$status"
