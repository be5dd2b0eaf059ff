# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# Where packages come from: the machine's own apt configuration, for its own
# release and for others.

# LABEL REPO-URI SOURCE-FILE of every Debian index that apt knows.
list_debian_sources()
{
	# shellcheck disable=SC2016	# apt expands these
	apt-get indextargets --format '$(ORIGIN)|$(LABEL)|$(REPO_URI)|$(SOURCESENTRY)' \
		'Created-By: Packages' 2>/dev/null |
		awk -F'|' '$1 == "Debian" { sub(/:[0-9]+$/, "", $4); print $2, $3, $4 }' |
		sort -u
}

# The options of one-line or deb822 source FILE that matter elsewhere too.
print_source_options()
{
	local key

	key=$(sed -n 's/.*[Ss]igned-[Bb]y[:=] *\(\/[^] ]*\).*/\1/p' "$1" | head -n 1)
	if grep -qiE '^[^#]*trusted[:=] *yes' "$1"; then
		echo '[trusted=yes]'
	elif [ -n "$key" ]; then
		echo "[signed-by=$key]"
	fi
}

# print_sources SUITE...: sources.list lines. A suite that ends in -security
# comes from the security mirror, if the machine has one.
print_sources()
{
	local suite label uri file list

	list=$(list_debian_sources)
	for suite; do
		case $suite in
		*-security) label=Debian-Security ;;
		*) label=Debian ;;
		esac
		read -r uri file < <(awk -v l="$label" '$1 == l { print $2, $3; exit }' \
			<<<"$list") || continue
		echo "deb $(print_source_options "$file") $uri $suite main"
	done
}

# Proxies, retries and the like, as apt configuration.
print_apt_options()
{
	apt-config dump | grep -E '^Acquire::(http|https|ftp|Retries|Check)' || true
}

# apt_elsewhere DIR SUITE... -- APT-GET-ARGUMENTS: apt-get over other suites,
# with its state in DIR.
apt_elsewhere()
{
	local dir=$1 suites=()
	shift
	while [ "$1" != -- ]; do suites+=("$1"); shift; done
	shift
	mkdir -p "$dir"/{lists,archives}/partial
	touch "$dir/status"
	print_sources "${suites[@]}" >"$dir/sources.list"
	(cd "$dir" && apt-get -o Dir::State="$dir" -o Dir::State::lists="$dir/lists" \
		-o Dir::State::status="$dir/status" -o Dir::Cache="$dir" \
		-o Dir::Etc::sourcelist="$dir/sources.list" \
		-o Dir::Etc::sourceparts=/dev/null \
		-o Dir::Etc::preferencesparts=/dev/null \
		-o APT::Sandbox::User=root "$@")
}
