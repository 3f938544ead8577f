# Keeps a program alive exactly as long as the server that started it.
#
# Its standard input is a pipe from the server. However the server ends (Ctrl-C, a crash, kill -9, the memory killer),
# the kernel closes that pipe, and this script ends the program. A shell and not a Node program, so that
# "killall -9 node" leaves no orphan either.
#
# sh -c "$(cat guard.sh)" NAME ASK INSIST TENTHS REMOVE_AFTERWARDS PROGRAM [arguments…]
# ASK: the signal that asks the program to end; INSIST: the one it gets when it still runs after TENTHS of a second.
# REMOVE_AFTERWARDS: a directory that goes with the program (a throw-away cluster), or nothing.
# The text is handed over by -c because the account of the database may not be able to read the source tree.

ask=$1 insist=$2 tenths=$3 remove_afterwards=$4
shift 4
# caught and not ignored: what is ignored here would be ignored by the program too
trap : INT TERM HUP
exec 3<&0

"$@" </dev/null 3<&- &
program=$!

(
  trap '' INT TERM HUP
  while read -r _ <&3; do :; done
  kill "-$ask" "$program" 2>/dev/null
  waited=0
  while kill -0 "$program" 2>/dev/null && [ "$waited" -lt "$tenths" ]; do
    sleep 0.1
    waited=$((waited + 1))
  done
  kill "-$insist" "$program" 2>/dev/null
) &
watcher=$!

while :; do
  wait "$program"
  status=$?
  # a signal to this script interrupts the waiting, not the program
  kill -0 "$program" 2>/dev/null || break
done
kill -9 "$watcher" 2>/dev/null
if [ -n "$remove_afterwards" ]; then rm -rf "$remove_afterwards"; fi
exit "$status"
