# A plugin that writes down how it was started, and behaves as the files beside it say: NAME.out is what it prints,
# NAME.discover its catalog, NAME.exit its exit code, NAME.sh anything else. ROOT, NAME and ROLE are set above.
n=0
while ! /bin/mkdir "$ROOT/dumps/$n" 2>/dev/null; do n=$((n + 1)); done
d=$ROOT/dumps/$n
/bin/cat /proc/$$/environ >"$d/env"
printf '%s\0' "$0" "$@" >"$d/argv"
pwd -P >"$d/cwd"
printf '%s' "$NAME" >"$d/name"
mode=run
before=
for argument; do
  case $before in
    --config | --catalog | --properties | --state) /bin/cat "$argument" >"$d/${before#--}" ;;
  esac
  [ "$argument" = --discover ] && mode=discover
  before=$argument
done
code=0
if [ $mode = discover ]; then
  [ -f "$ROOT/bin/$NAME.discover" ] && /bin/cat "$ROOT/bin/$NAME.discover"
  [ -f "$ROOT/bin/$NAME.discover.exit" ] && code=$(/bin/cat "$ROOT/bin/$NAME.discover.exit")
  exit "$code"
fi
[ -f "$ROOT/bin/$NAME.exit" ] && code=$(/bin/cat "$ROOT/bin/$NAME.exit")
if [ -f "$ROOT/bin/$NAME.sh" ]; then
  . "$ROOT/bin/$NAME.sh"
else
  case $ROLE in
    extractors) /bin/cat "$ROOT/bin/$NAME.out" ;;
    loaders) /usr/bin/tee "$d/stdin" | /bin/sed -un 's/^{"type": *"STATE", *"value": *\(.*\)}$/\1/p' ;;
    mappers) /usr/bin/tee "$d/stdin" ;;
    *) [ -f "$ROOT/bin/$NAME.out" ] && /bin/cat "$ROOT/bin/$NAME.out" ;;
  esac
fi
exit "$code"
