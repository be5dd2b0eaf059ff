// SPDX-License-Identifier: GPL-2.0-only
/*
 * Usage: lines BINDINGS LOOKUPS
 *
 * Looks bound pairs of MAC and IPv4 address up in the rules of a port, as the
 * packet path does, for lines.py to see which memory that touches: each
 * look-up lies between two accesses to "marker".
 */
#include <stdio.h>
#include <stdlib.h>
#include "rules.h"

static volatile unsigned int marker;

static u64 mac_of(u32 i)
{
	return 0x000000001002ULL | (u64)i << 16;
}

static __be32 address_of(u32 i)
{
	return htonl(0x0a100000 + i);
}

static void fill(struct brg_rules *r, u32 n)
{
	struct brg_rules_size size = { .macs = n, .ip4s = n };
	int err;
	u32 i;

	err = brg_rules_init(r, 0x1234567890abcdefULL, &size);
	for (i = 0; i < n && !err; i++)
		err = brg_rules_add_mac(r, mac_of(i)) ?:
		      brg_rules_add_ip4(r, mac_of(i), address_of(i), 32);
	if (err) {
		fprintf(stderr, "rules of %u bindings: %d\n", n, err);
		exit(1);
	}
}

int main(int argc, char **argv)
{
	u32 n = argc == 3 ? atoi(argv[1]) : 1, i;
	u32 lookups = argc == 3 ? atoi(argv[2]) : 1;
	struct brg_rules *r;
	bool all = true;
	__be32 addr;
	u64 key;

	r = aligned_alloc(64, (sizeof(*r) + 63) & ~63UL);
	*r = (struct brg_rules){};
	fill(r, n);
	printf("%p\n", (void *)&marker);
	fflush(stdout);
	for (i = 0; i < lookups; i++) {
		key = mac_of(i * 7919 % n);
		addr = address_of(i * 7919 % n);
		marker++;
		all = !r->wide && brg_rules_has_ip4(r, key, addr) && all;
		marker++;
	}
	brg_rules_free(r);
	free(r);

	return !all;
}
