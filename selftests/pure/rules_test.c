// SPDX-License-Identifier: GPL-2.0-only
/*
 * The tables of rules.c against plain lists that are searched from end to end.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <linux/slab.h>
#include "rules.h"
#include "tap.h"

#define COUNT(array)	(sizeof(array) / sizeof((array)[0]))
#define KEY(n)		brg_key(0x000000000002ULL + ((u64)(n) << 8), 0)
#define SEED		0x0123456789abcdefULL
#define LIST_MAX	4096

/* A prefix in a list. */
struct entry {
	u64 key;
	u8 addr[16];
	u8 len;
};

static struct entry list[LIST_MAX];
static unsigned int n_list;
static u32 state = 1;

static u32 pick(u32 n)
{
	state = state * 1664525 + 1013904223;

	return (u32)((u64)state * n >> 32);
}

static void expect(bool right, const char *what, int n)
{
	if (!right)
		tap_fail("%s (%d)", what, n);
}

static struct in6_addr ip6(const u8 *byte)
{
	struct in6_addr addr;

	memcpy(&addr, byte, sizeof(addr));

	return addr;
}

static __be32 ip4(const u8 *byte)
{
	__be32 addr;

	memcpy(&addr, byte, sizeof(addr));

	return addr;
}

static void begin(struct brg_rules *r, u32 macs, u32 ip4s, u32 ip6s, u8 growth)
{
	const struct brg_rules_size size = { macs, ip4s, ip6s, growth };

	memset(r, 0, sizeof(*r));
	expect(!brg_rules_init(r, SEED, &size), "init", 0);
}

/* Few and plenty, bound and not, in a VLAN and in none. */
static void test_macs(void)
{
	struct brg_rules r;
	int n, many;

	for (many = 0; many <= 3000; many = many * 3 + 1) {
		begin(&r, many, 0, 0, 0);
		expect(r.empty, "no binding", many);
		for (n = 0; n < many; n++)
			expect(!brg_rules_add_mac(&r, KEY(n)), "add", n);
		expect(r.empty == !many, "a binding", many);
		for (n = 0; n < many; n++)
			expect(brg_rules_has_mac(&r, KEY(n)), "found", n);
		for (n = 0; n < 1000; n++) {
			expect(!brg_rules_has_mac(&r, KEY(many + n)), "not found", n);
			expect(!brg_rules_has_mac(&r, brg_key(KEY(n), 1)),
			       "not in the VLAN", n);
		}
		brg_rules_free(&r);
	}
	tap_result("MAC addresses");
}

/* The same twice takes one place: there is room for two. */
static void test_twice(void)
{
	const u8 addr[16] = { 192, 0, 2 };
	const struct in6_addr addr6 = ip6(addr);
	struct brg_rules r;
	int n;

	begin(&r, 1, BRG_FEW4 + 1, BRG_FEW6 + 1, 0);
	for (n = 0; n < 100; n++) {
		expect(!brg_rules_add_mac(&r, KEY(1)), "MAC", n);
		expect(!brg_rules_add_ip4(&r, KEY(1), ip4(addr), 24), "IPv4", n);
		expect(!brg_rules_add_ip6(&r, KEY(1), &addr6, 64), "IPv6", n);
	}
	expect(!brg_rules_add_mac(&r, KEY(2)), "another MAC", 0);
	expect(r.lengths4 == 1 && r.lengths6 == 1, "one length", 0);
	brg_rules_free(&r);
	tap_result("the same entry twice");
}

/* More than was announced: what is refused is not there, all else is. */
static void test_overfull(void)
{
	bool mac[200], v4[200], v6[200];
	const int many = COUNT(mac);
	struct brg_rules r;
	int n, refused = 0;

	begin(&r, 16, 16, 16, 0);
	for (n = 0; n < many; n++) {
		const u8 byte[16] = { 10, 0, 1, n };
		struct in6_addr addr = ip6(byte);

		mac[n] = !brg_rules_add_mac(&r, KEY(n));
		v4[n] = !brg_rules_add_ip4(&r, KEY(n), ip4(byte), 32);
		v6[n] = !brg_rules_add_ip6(&r, KEY(n), &addr, 128);
		refused += !mac[n] + !v4[n] + !v6[n];
	}
	/* 32 places in each table. */
	expect(refused == 3 * (many - 32), "refused", refused);
	for (n = 0; n < many; n++) {
		const u8 byte[16] = { 10, 0, 1, n };
		struct in6_addr addr = ip6(byte);

		expect(brg_rules_has_mac(&r, KEY(n)) == mac[n], "MAC", n);
		expect(brg_rules_has_ip4(&r, KEY(n), ip4(byte)) == v4[n], "IPv4", n);
		expect(brg_rules_has_ip6(&r, KEY(n), &addr) == v6[n], "IPv6", n);
	}
	expect(brg_rules_add_mac(&r, KEY(many)) == -EAGAIN, "error", 0);
	brg_rules_free(&r);
	tap_result("more entries than room");
}

/* The same of those that are compared in a row. */
static void test_few(void)
{
	const struct in6_addr any = {};
	struct brg_rules r;
	int n;

	begin(&r, 1, BRG_FEW4, BRG_FEW6, 0);
	expect(!brg_rules_has_ip4(&r, 0, 0), "no IPv4 yet", 0);
	expect(!brg_rules_has_ip4(&r, BRG_KEY_NONE, 0), "no key, IPv4", 0);
	expect(!brg_rules_has_ip6(&r, 0, &any), "no IPv6 yet", 0);
	expect(!brg_rules_has_ip6(&r, BRG_KEY_NONE, &any), "no key, IPv6", 0);
	for (n = 0; n < BRG_FEW4; n++)
		expect(!brg_rules_add_ip4(&r, KEY(n), 0, 0), "IPv4", n);
	for (n = 0; n < BRG_FEW6; n++)
		expect(!brg_rules_add_ip6(&r, KEY(n), &any, 0), "IPv6", n);
	expect(brg_rules_add_ip4(&r, KEY(9), 0, 0) == -EAGAIN, "IPv4", n);
	expect(brg_rules_add_ip6(&r, KEY(9), &any, 0) == -EAGAIN, "IPv6", n);
	expect(!brg_rules_has_ip4(&r, BRG_KEY_NONE, 0), "no key, IPv4", n);
	expect(!brg_rules_has_ip6(&r, BRG_KEY_NONE, &any), "no key, IPv6", n);
	brg_rules_free(&r);
	begin(&r, 1, BRG_FEW4 + 1, BRG_FEW6 + 1, 0);
	brg_rules_add_ip4(&r, KEY(1), 0, 0);
	brg_rules_add_ip6(&r, KEY(1), &any, 0);
	expect(!brg_rules_has_ip4(&r, 0, 0), "MAC 0, IPv4", 0);
	expect(!brg_rules_has_ip6(&r, 0, &any), "MAC 0, IPv6", 0);
	brg_rules_free(&r);
	tap_result("entries in a row");
}

/* Prefixes of one MAC that differ at their end. */
static void probe_prefixes(void)
{
	struct brg_rules r;
	int n, added4, added6;

	begin(&r, 1, 512, 512, 0);
	for (n = added4 = added6 = 0; n < 4096; n++) {
		const u8 byte[16] = { 10, 0, n >> 8, n, [14] = n >> 8, n };
		struct in6_addr addr = ip6(byte);

		/* The same first half for all. */
		memset(&addr, 0x20, 8);
		added4 += !brg_rules_add_ip4(&r, KEY(1), ip4(byte), 32);
		added6 += !brg_rules_add_ip6(&r, KEY(1), &addr, 128);
	}
	expect(added4 > 512 && added4 <= 1024, "IPv4 added", added4);
	expect(added6 > 512 && added6 <= 1024, "IPv6 added", added6);
	for (n = 0; n < 4096; n++) {
		const u8 byte[16] = { 10, 0, n >> 8, n, [14] = n >> 8, n };
		struct in6_addr addr = ip6(byte);

		memset(&addr, 0x20, 8);
		added4 -= brg_rules_has_ip4(&r, KEY(1), ip4(byte));
		added6 -= brg_rules_has_ip6(&r, KEY(1), &addr);
	}
	expect(!added4 && !added6, "all found that were added", added4 | added6);
	brg_rules_free(&r);
}

/* No entry stands further than 32 places from where its search begins. */
static void test_probes(void)
{
	struct brg_rules r;
	int n, added;

	begin(&r, 512, 0, 0, 0);
	for (n = added = 0; n < 4096; n++)
		added += !brg_rules_add_mac(&r, KEY(n));
	expect(added > 512 && added <= 1024, "added", added);
	for (n = 0; n < 4096; n++)
		added -= brg_rules_has_mac(&r, KEY(n));
	expect(!added, "all found that were added", added);
	brg_rules_free(&r);
	probe_prefixes();
	tap_result("the bound of a search");
}

static void test_growth(void)
{
	struct brg_rules r;
	int growth, n;

	for (growth = 0; growth <= BRG_GROWTH_MAX; growth++) {
		begin(&r, 4, 8, 8, growth);
		expect(r.shift_mac == 64 - 3 - growth, "MACs", growth);
		expect(r.shift4 == 64 - 4 - growth, "IPv4", growth);
		expect(r.shift6 == 64 - 4 - growth, "IPv6", growth);
		for (n = 0; n < 8 << growth; n++)
			if (brg_rules_add_mac(&r, KEY(n)))
				break;
		expect(n >= 4 << growth, "half full at least", n);
		brg_rules_free(&r);
	}
	tap_result("growth");
}

static void test_lengths(void)
{
	const struct in6_addr any = {};
	struct brg_rules r;
	int n;

	begin(&r, 1, 100, 100, 0);
	for (n = 0; n < BRGUARD_LENGTHS_MAX; n++) {
		expect(!brg_rules_add_ip4(&r, KEY(1), 0, 32 - n), "IPv4", n);
		expect(!brg_rules_add_ip6(&r, KEY(1), &any, 128 - n), "IPv6", n);
	}
	expect(brg_rules_add_ip4(&r, KEY(1), 0, 1) == -ENOSPC, "IPv4", n);
	expect(brg_rules_add_ip6(&r, KEY(1), &any, 1) == -ENOSPC, "IPv6", n);
	expect(!brg_rules_add_ip4(&r, KEY(2), 0, 32), "IPv4 again", n);
	expect(!brg_rules_add_ip6(&r, KEY(2), &any, 128), "IPv6 again", n);
	brg_rules_free(&r);
	tap_result("number of prefix lengths");
}

static bool becomes_wide(const char *family, const u8 *byte, u8 len)
{
	struct in6_addr addr = ip6(byte);
	struct brg_rules r;
	bool wide;

	begin(&r, 1, 1, 1, 0);
	if (!strcmp(family, "IPv4"))
		brg_rules_add_ip4(&r, KEY(1), ip4(byte), len);
	else
		brg_rules_add_ip6(&r, KEY(1), &addr, len);
	wide = r.wide;
	brg_rules_free(&r);

	return wide;
}

/* Prefixes with addresses in them that nobody may send from. */
static void test_wide(void)
{
	static const struct {
		const char *family;
		u8 byte[16];
		u8 len;
		bool wide;
	} rows[] = {
		{ "IPv4", {}, 0, true }, { "IPv4", { 224 }, 4, true },
		{ "IPv4", { 126 }, 7, true }, { "IPv4", { 10 }, 8, false },
		{ "IPv4", { 192, 0, 2, 1 }, 32, false },
		{ "IPv4", { 255, 255, 255, 255 }, 32, true },
		{ "IPv4", { 255, 255, 255 }, 24, true },
		{ "IPv4", { 255, 255, 254 }, 24, false },
		{ "IPv6", {}, 0, true }, { "IPv6", { 0x20 }, 3, true },
		{ "IPv6", { 0xfe, 0x80 }, 9, true },
		{ "IPv6", { 0xfe, 0x80 }, 10, false },
		{ "IPv6", { 0x20, 1 }, 32, false }, { "IPv6", {}, 64, true },
		{ "IPv6", { [10] = 255, 255 }, 96, true },
		{ "IPv6", { [7] = 1 }, 64, false },
	};
	unsigned int i;

	for (i = 0; i < COUNT(rows); i++)
		expect(becomes_wide(rows[i].family, rows[i].byte, rows[i].len) ==
		       rows[i].wide, rows[i].family, i);
	tap_result("prefixes that span impossible sources");
}

static bool covers(const struct entry *e, u64 key, const u8 *addr)
{
	int i;

	for (i = 0; i < e->len; i++)
		if ((e->addr[i / 8] ^ addr[i / 8]) & 0x80 >> i % 8)
			return false;

	return e->key == key;
}

static bool list_has(u64 key, const u8 *addr)
{
	unsigned int i;

	for (i = 0; i < n_list; i++)
		if (covers(&list[i], key, addr))
			return true;

	return false;
}

/* Addresses that have much in common, so that prefixes meet. */
static void pick_address(u8 *addr)
{
	int i;

	for (i = 0; i < 16; i++)
		addr[i] = pick(4) ? 0 : pick(8) ? 0x80 >> pick(8) : pick(256);
}

static void add_entry(const u8 *lens, int n_lens, u8 bits)
{
	struct entry *e = &list[n_list++];
	int i;

	e->key = KEY(pick(4)) | (pick(2) ? 10ULL << BRG_KEY_VLAN_SHIFT : 0);
	e->len = lens[pick(n_lens)] % (bits + 1);
	pick_address(e->addr);
	for (i = e->len; i < 128; i++)
		e->addr[i / 8] &= ~(0x80 >> i % 8);
}

/* As brg_table_build() does it: with more room if the first was not enough. */
static int fill(struct brg_rules *r, bool four, u8 growth)
{
	struct brg_rules_size size = {
		1, four ? n_list : 0, four ? 0 : n_list, growth,
	};
	struct in6_addr addr;
	unsigned int i;
	int err;

	memset(r, 0, sizeof(*r));
	err = brg_rules_init(r, SEED + pick(1000), &size);
	for (i = 0; i < n_list && !err; i++) {
		addr = ip6(list[i].addr);
		err = four ? brg_rules_add_ip4(r, list[i].key,
					       ip4(list[i].addr), list[i].len) :
		      brg_rules_add_ip6(r, list[i].key, &addr, list[i].len);
	}

	return err;
}

static void compare(const struct brg_rules *r, bool four)
{
	struct in6_addr addr;
	u8 byte[16];
	bool found;
	u64 key;
	int n;

	for (n = 0; n < 300; n++) {
		pick_address(byte);
		key = KEY(pick(5)) | (pick(2) ? 10ULL << BRG_KEY_VLAN_SHIFT : 0);
		if (n_list && pick(2)) {
			const struct entry *e = &list[pick(n_list)];

			memcpy(byte, e->addr, e->len / 8);
			key = e->key;
		}
		if (four)
			memset(byte + 4, 0, 12);
		addr = ip6(byte);
		found = four ? brg_rules_has_ip4(r, key, ip4(byte)) :
			brg_rules_has_ip6(r, key, &addr);
		expect(found == list_has(key, byte), "as in the list", n_list);
	}
}

static void test_random(bool four)
{
	static const int many[] = { 0, 1, 2, 4, 5, 9, 40, 300, 1000 };
	u8 bits = four ? 32 : 128, lens[BRGUARD_LENGTHS_MAX];
	struct brg_rules r;
	unsigned int i;
	int n, growth;

	for (n = 0; n < 400; n++) {
		for (i = 0; i < COUNT(lens); i++)
			lens[i] = pick(bits + 1);
		n_list = 0;
		for (i = many[n % COUNT(many)]; i; i--)
			add_entry(lens, 1 + pick(COUNT(lens)), bits);
		for (growth = 0; fill(&r, four, growth); growth++) {
			brg_rules_free(&r);
			expect(growth < BRG_GROWTH_MAX, "grows", growth);
		}
		compare(&r, four);
		brg_rules_free(&r);
	}
	tap_result("IPv%c: 400 tables against lists", four ? '4' : '6');
}

static void test_memory(void)
{
	const struct brg_rules_size size = { 10, 10, 10, 0 };
	struct brg_rules r;
	int n;

	for (n = 0; n < 3; n++) {
		memset(&r, 0, sizeof(r));
		pure_alloc_left = n;
		expect(brg_rules_init(&r, SEED, &size) == -ENOMEM, "error", n);
		pure_alloc_left = -1;
		brg_rules_free(&r);
	}
	tap_result("memory that is not there");
}

static void test_ethertypes(void)
{
	struct brg_rules r = {};
	int n;

	expect(!brg_rules_has_ethertype(&r, 0), "none", 0);
	for (n = 0; n < BRGUARD_ETHERTYPES_MAX; n++) {
		expect(!brg_rules_has_ethertype(&r, htons(0x8900 + n)), "before", n);
		r.ethertype[r.ethertypes++] = htons(0x8900 + n);
		expect(brg_rules_has_ethertype(&r, htons(0x8900 + n)), "after", n);
	}
	tap_result("EtherTypes");
}

int main(void)
{
	tap_plan(12);
	test_macs();
	test_twice();
	test_overfull();
	test_few();
	test_probes();
	test_growth();
	test_lengths();
	test_wide();
	test_random(true);
	test_random(false);
	test_memory();
	test_ethertypes();

	return tap_status();
}
