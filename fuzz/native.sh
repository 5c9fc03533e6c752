#!/usr/bin/env bash
# Fuzzes the compiled extension: fuzz/native.sh [seconds [merge|changeset]]. Needs clang with its runtime
# (apt-get install clang libclang-rt-14-dev) and the C code of a build (mvn package -DskipTests -pl host-native -am).
set -euo pipefail
fuzz=$(cd "$(dirname "$0")" && pwd)
sources=$fuzz/../host-native/src/main/c
generated=$fuzz/../host-native/target/native/library/c
work=$fuzz/target/native
target=${2:-merge}
[ -e "$generated/generated.c" ] || { echo "build it first: mvn package -DskipTests -pl host-native -am" >&2; exit 1; }

mkdir -p "$work/corpus/$target" "$work/findings"
flags=(-std=gnu11 -O2 -g -fwrapv -fno-strict-aliasing -fno-delete-null-pointer-checks -w
  -fsanitize=address,undefined -fno-sanitize-recover=undefined)
if [ ! -e "$work/library.o" ] || [ "$generated/generated.c" -nt "$work/library.o" ]; then
  clang "${flags[@]}" -fsanitize=fuzzer-no-link "-DHOST_MAX_HEAP=INT64_C(1073741824)" \
    -iquote "$sources" -iquote "$generated" -c -o "$work/library.o" "$sources/library.c"
fi
clang "${flags[@]}" -Wall -Wextra -fsanitize=fuzzer -o "$work/$target" "$fuzz/native/$target.c" "$work/library.o" \
  -lsqlite3 -lm -lpthread

export CRSQL_FUZZ=$fuzz ASAN_OPTIONS=${ASAN_OPTIONS:-malloc_context_size=2:quarantine_size_mb=16}
exec nice -n 19 "$work/$target" -max_total_time="${1:-60}" -dict="$fuzz/$target.dict" -max_len=2000 -timeout=20 \
  -artifact_prefix="$work/findings/" -print_final_stats=1 "$work/corpus/$target" "$fuzz/corpus/$target"
