# Keeps a program alive exactly as long as the server that started it.
#
# Its standard input is a pipe from the server. However the server ends (Ctrl-C, a crash, kill -9, the memory killer), the kernel
# closes that pipe, and this script ends the program.
#
# sh child-guard.sh PROGRAM [arguments…]

# caught and not ignored: what is ignored here would be ignored by the program too
trap : INT TERM HUP
exec 3<&0

"$@" </dev/null 3<&- &
program=$!

(
  while read -r _ <&3; do :; done
  kill -TERM "$program" 2>/dev/null
  waited=0
  while kill -0 "$program" 2>/dev/null && [ "$waited" -lt 30 ]; do
    sleep 0.1
    waited=$((waited + 1))
  done
  kill -KILL "$program" 2>/dev/null
) &
watcher=$!

while :; do
  wait "$program"
  status=$?
  # a signal to this script interrupts the waiting, not the program
  kill -0 "$program" 2>/dev/null || break
done
kill -9 "$watcher" 2>/dev/null
exit "$status"
