# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# Builds the work tree for one kernel inside that kernel's tree. $OUT/src is a
# copy of the sources, so the work tree stays clean; $OUT/root is what
# "make install" put where.

# The files that make up the work tree: what git knows or would add.
list_sources()
{
	local git=(git -C "$WORK" -c safe.directory='*')

	if "${git[@]}" rev-parse --git-dir >/dev/null 2>&1; then
		"${git[@]}" ls-files -co --exclude-standard -z
	else
		(cd "$WORK" && find . -path ./build -prune -o -type f -print0)
	fi | while IFS= read -r -d '' file; do
		[ ! -f "$WORK/$file" ] || printf '%s\n' "$file"
	done | sort
}

# Bring $OUT/src up to date: only what changed is touched, for make's sake.
copy_sources()
{
	local new=$OUT/sources.new old=$OUT/sources

	list_sources >"$new"
	mkdir -p "$OUT/src"
	touch "$old"
	comm -13 "$new" "$old" | (cd "$OUT/src" && xargs -r -d '\n' rm -f --)
	tar -C "$WORK" -cf - --no-recursion --verbatim-files-from -T "$new" |
		tar -C "$OUT/src" -xf - --no-same-owner
	mv "$new" "$old"
}

# What the build depends on, in one word.
sum_sources()
{
	(echo "$TREE $BUILT ${VM_BUILD-1} ${VM_FAULTS-0} ${VM_PLANTED-0} ${VM_ASAN-0}" &&
		cd "$WORK" && list_sources | xargs -d '\n' stat -c '%n %Y %s %a') | sha256sum
}

# The build, then this run's own copy of it: another run may build meanwhile.
build_all()
{
	local sum

	sum=$(sum_sources)
	if [ "$sum" != "$(cat "$OUT/built" 2>/dev/null)" ]; then
		rm -f "$OUT/built"
		copy_sources || return
		run_step "$OUT/build.log" "building brguard for $KVER" \
			enter_tree "$OUT" bash /build/src/selftests/vm/build-inside \
			"$KVER" "${VM_BUILD-1}" "${VM_FAULTS-0}" "${VM_PLANTED-0}" \
			"${VM_ASAN-0}" ||
			return
		echo "$sum" >"$OUT/built"
	fi
	mkdir "$RUN/files" && cp -al "$OUT/src" "$OUT/root" "$RUN/files/"
}
