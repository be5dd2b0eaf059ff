// SPDX-License-Identifier: GPL-2.0-only
/* The object "bridge". */

#include <stdio.h>
#include <string.h>

#include <libmnl/libmnl.h>
#include <linux/genetlink.h>

#include "bridge.h"
#include "object.h"
#include "print.h"
#include "value.h"

/* Seconds, as the kernel's policy has it. */
#define AGEING_FLOOR_MAX	1000000

static const char *parse_name(void *item, const char *value)
{
	struct bridge *bridge = item;

	/* "port set NAME bridge any" means no bridge in particular. */
	if (!strcmp(value, "any"))
		return "is a keyword and cannot be the name of a bridge";
	bridge->has |= HAS(BRGUARD_A_BRIDGE_NAME);
	return name_parse(value, bridge->name, sizeof(bridge->name));
}

static const char *parse_new_port(void *item, const char *value)
{
	struct bridge *bridge = item;

	bridge->has |= HAS(BRGUARD_A_BRIDGE_NEW_PORT);
	return words_parse(&role_words, value, &bridge->new_port);
}

static const char *parse_mode(void *item, const char *value)
{
	struct bridge *bridge = item;

	bridge->has |= HAS(BRGUARD_A_BRIDGE_MODE);
	return words_parse(&bridge_mode_words, value, &bridge->mode);
}

static const char *parse_arp_scope(void *item, const char *value)
{
	struct bridge *bridge = item;

	bridge->has |= HAS(BRGUARD_A_BRIDGE_ARP_SCOPE);
	return words_parse(&arp_scope_words, value, &bridge->arp_scope);
}

static const char *parse_hold(void *item, const char *value)
{
	bool again, none = !strcmp(value, "none");
	struct bridge *bridge = item;
	uint32_t what = 0;
	const char *why;

	why = none ? NULL : words_parse(&hold_words, value, &what);
	if (why)
		return why;

	again = bridge->has & HAS(BRGUARD_A_BRIDGE_HOLD);
	if (again && (none || !bridge->hold))
		return "none stands alone";
	if (bridge->hold & 1u << what)
		return "given twice";

	bridge->has |= HAS(BRGUARD_A_BRIDGE_HOLD);
	if (!none)
		bridge->hold |= 1u << what;
	return NULL;
}

static const char *parse_ageing_floor(void *item, const char *value)
{
	struct bridge *bridge = item;

	bridge->has |= HAS(BRGUARD_A_BRIDGE_AGEING_FLOOR);
	return number_parse(value, 0, AGEING_FLOOR_MAX, &bridge->ageing_floor);
}

static void text_hold(const struct nlattr *attr, char *buffer, size_t size)
{
	uint32_t what = number_get(attr);

	snprintf(buffer, size, "%s", what ? words_name(&watch_words, what) : "none");
}

static const char *parse_claims(void *item, const char *value)
{
	struct bridge *bridge = item;

	bridge->has |= HAS(BRGUARD_A_BRIDGE_CLAIMS);
	return words_parse(&claims_words, value, &bridge->claims);
}

static const char *parse_answers(void *item, const char *value)
{
	struct bridge *bridge = item;

	bridge->has |= HAS(BRGUARD_A_BRIDGE_ANSWERS);
	return words_parse(&answers_words, value, &bridge->answers);
}

static const char *parse_answers_max(void *item, const char *value)
{
	struct bridge *bridge = item;

	bridge->has |= HAS(BRGUARD_A_BRIDGE_ANSWERS_MAX);
	return number_parse(value, 0, BRGUARD_ANSWERS_MAX, &bridge->answers_max);
}

static const char *parse_answers_time(void *item, const char *value)
{
	struct bridge *bridge = item;

	bridge->has |= HAS(BRGUARD_A_BRIDGE_ANSWERS_TIME);
	return number_parse(value, 1, BRGUARD_ANSWERS_TIME_MAX, &bridge->answers_time);
}

static const char *parse_answers_own(void *item, const char *value)
{
	struct bridge *bridge = item;

	bridge->has |= HAS(BRGUARD_A_BRIDGE_ANSWERS_OWN);
	return words_parse(&claims_words, value, &bridge->answers_own);
}

static const char *parse_local_port(void *item, const char *value)
{
	struct bridge *bridge = item;

	bridge->has |= HAS(BRGUARD_A_BRIDGE_LOCAL_PORT);
	return words_parse(&local_port_words, value, &bridge->local_port);
}

static const char *parse_guest_flood(void *item, const char *value)
{
	struct bridge *bridge = item;

	bridge->has |= HAS(BRGUARD_A_BRIDGE_GUEST_FLOOD);
	return words_parse(&guest_flood_words, value, &bridge->guest_flood);
}

static const char *parse_guest_learning(void *item, const char *value)
{
	struct bridge *bridge = item;

	bridge->has |= HAS(BRGUARD_A_BRIDGE_GUEST_LEARNING);
	return words_parse(&guest_learning_words, value, &bridge->guest_learning);
}

static const struct keyword keywords[] = {
	{ "name", KEYWORD_WORD, BRGUARD_A_BRIDGE_NAME, NULL, parse_name, grammar_text_name },
	{ "new-port", KEYWORD_WORD, BRGUARD_A_BRIDGE_NEW_PORT, &role_words, parse_new_port, NULL },
	{ "mode", KEYWORD_WORD, BRGUARD_A_BRIDGE_MODE, &bridge_mode_words, parse_mode, NULL },
	{ "arp-scope", KEYWORD_WORD, BRGUARD_A_BRIDGE_ARP_SCOPE, &arp_scope_words,
	  parse_arp_scope, NULL },
	{ "ageing-floor", KEYWORD_NUMBER, BRGUARD_A_BRIDGE_AGEING_FLOOR, NULL,
	  parse_ageing_floor, NULL },
	{ "hold", KEYWORD_LIST, BRGUARD_A_BRIDGE_HOLD, NULL, parse_hold, text_hold },
	{ "claims", KEYWORD_WORD, BRGUARD_A_BRIDGE_CLAIMS, &claims_words, parse_claims, NULL },
	{ "answers", KEYWORD_WORD, BRGUARD_A_BRIDGE_ANSWERS, &answers_words, parse_answers, NULL },
	{ "answers-max", KEYWORD_NUMBER, BRGUARD_A_BRIDGE_ANSWERS_MAX, NULL, parse_answers_max,
	  NULL },
	{ "answers-time", KEYWORD_NUMBER, BRGUARD_A_BRIDGE_ANSWERS_TIME, NULL, parse_answers_time,
	  NULL },
	{ "answers-own", KEYWORD_WORD, BRGUARD_A_BRIDGE_ANSWERS_OWN, &claims_words,
	  parse_answers_own, NULL },
	{ "local-port", KEYWORD_WORD, BRGUARD_A_BRIDGE_LOCAL_PORT, &local_port_words,
	  parse_local_port, NULL },
	{ "guest-flood", KEYWORD_WORD, BRGUARD_A_BRIDGE_GUEST_FLOOD, &guest_flood_words,
	  parse_guest_flood, NULL },
	{ "guest-learning", KEYWORD_WORD, BRGUARD_A_BRIDGE_GUEST_LEARNING, &guest_learning_words,
	  parse_guest_learning, NULL },
};

static const struct grammar grammar = {
	.object = "bridge",
	.named = true,
	.required = 1,
	.n = ARRAY_SIZE(keywords),
	.keyword = keywords,
};

static const struct grammar key_grammar = {
	.object = "bridge",
	.named = true,
	.required = 1,
	.n = 1,
	.keyword = keywords,
};

static void put_number(struct nlmsghdr *nlh, const struct bridge *bridge, uint16_t type,
		       uint32_t number)
{
	if (bridge->has & HAS(type))
		mnl_attr_put_u32(nlh, type, number);
}

static void put_holds(struct nlmsghdr *nlh, const struct bridge *bridge)
{
	uint32_t what;

	if (bridge->has & HAS(BRGUARD_A_BRIDGE_HOLD) && !bridge->hold)
		mnl_attr_put_u32(nlh, BRGUARD_A_BRIDGE_HOLD, 0);
	for (what = 1; what < 32; what++) {
		if (bridge->hold & 1u << what)
			mnl_attr_put_u32(nlh, BRGUARD_A_BRIDGE_HOLD, what);
	}
}

static void put(struct nlmsghdr *nlh, const void *item)
{
	const struct bridge *bridge = item;

	if (bridge->has & HAS(BRGUARD_A_BRIDGE_NAME))
		mnl_attr_put_strz(nlh, BRGUARD_A_BRIDGE_NAME, bridge->name);
	put_number(nlh, bridge, BRGUARD_A_BRIDGE_NEW_PORT, bridge->new_port);
	put_number(nlh, bridge, BRGUARD_A_BRIDGE_MODE, bridge->mode);
	put_number(nlh, bridge, BRGUARD_A_BRIDGE_ARP_SCOPE, bridge->arp_scope);
	put_number(nlh, bridge, BRGUARD_A_BRIDGE_AGEING_FLOOR, bridge->ageing_floor);
	put_holds(nlh, bridge);
	put_number(nlh, bridge, BRGUARD_A_BRIDGE_CLAIMS, bridge->claims);
	put_number(nlh, bridge, BRGUARD_A_BRIDGE_ANSWERS, bridge->answers);
	put_number(nlh, bridge, BRGUARD_A_BRIDGE_ANSWERS_MAX, bridge->answers_max);
	put_number(nlh, bridge, BRGUARD_A_BRIDGE_ANSWERS_TIME, bridge->answers_time);
	put_number(nlh, bridge, BRGUARD_A_BRIDGE_ANSWERS_OWN, bridge->answers_own);
	put_number(nlh, bridge, BRGUARD_A_BRIDGE_LOCAL_PORT, bridge->local_port);
	put_number(nlh, bridge, BRGUARD_A_BRIDGE_GUEST_FLOOD, bridge->guest_flood);
	put_number(nlh, bridge, BRGUARD_A_BRIDGE_GUEST_LEARNING, bridge->guest_learning);
}

/**
 * bridge_watch_bit() - read one thing that is watched
 * @what: enum brguard_watch
 *
 * Return: its bit, or 0 if a newer kernel knows more of them than a set holds.
 */
uint32_t bridge_watch_bit(uint32_t what)
{
	return what < 32 ? 1u << what : 0;
}

static void get_attribute(struct bridge *bridge, uint16_t type, const struct nlattr *attr)
{
	switch (type) {
	case BRGUARD_A_BRIDGE_NAME:
		name_get(attr, bridge->name, sizeof(bridge->name));
		break;
	case BRGUARD_A_BRIDGE_NEW_PORT:
		bridge->new_port = number_get(attr);
		break;
	case BRGUARD_A_BRIDGE_MODE:
		bridge->mode = number_get(attr);
		break;
	case BRGUARD_A_BRIDGE_ARP_SCOPE:
		bridge->arp_scope = number_get(attr);
		break;
	case BRGUARD_A_BRIDGE_AGEING_FLOOR:
		bridge->ageing_floor = number_get(attr);
		break;
	case BRGUARD_A_BRIDGE_HOLD:
		bridge->hold |= bridge_watch_bit(number_get(attr)) & ~1u;
		break;
	case BRGUARD_A_BRIDGE_UNREPORTED:
		bridge->unreported |= bridge_watch_bit(number_get(attr));
		break;
	case BRGUARD_A_BRIDGE_CLAIMS:
		bridge->claims = number_get(attr);
		break;
	case BRGUARD_A_BRIDGE_ANSWERS:
		bridge->answers = number_get(attr);
		break;
	case BRGUARD_A_BRIDGE_ANSWERS_MAX:
		bridge->answers_max = number_get(attr);
		break;
	case BRGUARD_A_BRIDGE_ANSWERS_TIME:
		bridge->answers_time = number_get(attr);
		break;
	case BRGUARD_A_BRIDGE_ANSWERS_OWN:
		bridge->answers_own = number_get(attr);
		break;
	case BRGUARD_A_BRIDGE_LOCAL_PORT:
		bridge->local_port = number_get(attr);
		break;
	case BRGUARD_A_BRIDGE_GUEST_FLOOD:
		bridge->guest_flood = number_get(attr);
		break;
	case BRGUARD_A_BRIDGE_GUEST_LEARNING:
		bridge->guest_learning = number_get(attr);
		break;
	case BRGUARD_A_BRIDGE_IFINDEX:
		bridge->ifindex = number_get(attr);
		break;
	case BRGUARD_A_BRIDGE_PROMISCUITY:
		bridge->promiscuity = number_get(attr);
		break;
	}
}

static void get(const struct nlmsghdr *nlh, void *item)
{
	const struct nlattr *attr;
	uint16_t type;

	mnl_attr_for_each(attr, nlh, sizeof(struct genlmsghdr)) {
		type = mnl_attr_get_type(attr);
		if (type <= BRGUARD_A_BRIDGE_MAX)
			((struct bridge *)item)->has |= HAS(type);
		get_attribute(item, type, attr);
	}
}

static int compare(const void *a, const void *b)
{
	return strcmp(((const struct bridge *)a)->name, ((const struct bridge *)b)->name);
}

/**
 * bridge_print_watches() - print a list of things that are watched
 * @key: its name
 * @watches: a bit for each enum brguard_watch; nothing is printed without
 */
void bridge_print_watches(const char *key, uint32_t watches)
{
	uint32_t what;

	if (!watches)
		return;
	print_list_open(key);
	for (what = 0; what < 32; what++) {
		if (watches & 1u << what)
			print_word(key, words_name(&watch_words, what));
	}
	print_list_close();
}

/* Those that are not the default. */
static void print_answers(const struct bridge *bridge)
{
	if (bridge->answers)
		print_word("answers", words_name(&answers_words, bridge->answers));
	if (bridge->has & HAS(BRGUARD_A_BRIDGE_ANSWERS_MAX) && bridge->answers_max != 64)
		print_number("answers-max", bridge->answers_max);
	if (bridge->has & HAS(BRGUARD_A_BRIDGE_ANSWERS_TIME) && bridge->answers_time != 10)
		print_number("answers-time", bridge->answers_time);
	if (bridge->has & HAS(BRGUARD_A_BRIDGE_ANSWERS_OWN) &&
	    bridge->answers_own != BRGUARD_CLAIMS_ALARM)
		print_word("answers-own", words_name(&claims_words, bridge->answers_own));
}

static void print(const void *item)
{
	const struct bridge *bridge = item;

	print_name("name", bridge->name);
	if (bridge->has & HAS(BRGUARD_A_BRIDGE_NEW_PORT))
		print_word("new-port", words_name(&role_words, bridge->new_port));
	if (bridge->mode == BRGUARD_MODE_AUDIT)
		print_word("mode", words_name(&bridge_mode_words, bridge->mode));
	if (bridge->arp_scope)
		print_word("arp-scope", words_name(&arp_scope_words, bridge->arp_scope));
	if (bridge->ageing_floor)
		print_number("ageing-floor", bridge->ageing_floor);
	bridge_print_watches("hold", bridge->hold);
	if (bridge->claims)
		print_word("claims", words_name(&claims_words, bridge->claims));
	print_answers(bridge);
	if (bridge->local_port)
		print_word("local-port", words_name(&local_port_words, bridge->local_port));
	if (bridge->guest_flood)
		print_word("guest-flood", words_name(&guest_flood_words, bridge->guest_flood));
	if (bridge->guest_learning)
		print_word("guest-learning",
			   words_name(&guest_learning_words, bridge->guest_learning));
}

static void print_runtime(const void *item)
{
	const struct bridge *bridge = item;

	if (bridge->has & HAS(BRGUARD_A_BRIDGE_IFINDEX))
		print_number("ifindex", bridge->ifindex);
	if (bridge->has & HAS(BRGUARD_A_BRIDGE_PROMISCUITY))
		print_number("promiscuity", bridge->promiscuity);
	bridge_print_watches("unreported", bridge->unreported);
}

const struct kind bridge_kind = {
	.object = "bridge",
	.command = "set",
	.plural = "bridges",
	.grammar = &grammar,
	.key = &key_grammar,
	.size = sizeof(struct bridge),
	.cmd_get = BRGUARD_CMD_BRIDGE_GET,
	.cmd_set = BRGUARD_CMD_BRIDGE_SET,
	.cmd_del = BRGUARD_CMD_BRIDGE_DEL,
	.cmd_ntf = BRGUARD_CMD_BRIDGE_NTF,
	.cmd_del_ntf = BRGUARD_CMD_BRIDGE_DEL_NTF,
	.put = put,
	.get = get,
	.compare = compare,
	.print = print,
	.print_runtime = print_runtime,
};

static int set(const struct options *options, struct args *args)
{
	(void)options;
	return object_send(&bridge_kind, BRGUARD_CMD_BRIDGE_SET, &grammar, args);
}

static int del(const struct options *options, struct args *args)
{
	(void)options;
	return object_send(&bridge_kind, BRGUARD_CMD_BRIDGE_DEL, &key_grammar, args);
}

static int show(const struct options *options, struct args *args)
{
	return object_show(&bridge_kind, options, args);
}

static const struct command commands[] = {
	{ "set", set,
	  "brguardctl bridge set NAME [new-port guest|trusted] [mode enforce|audit]\n"
	  "                      [arp-scope all|owner] [ageing-floor SECONDS] [hold WHAT]...\n"
	  "                      [hold none] [claims drop|alarm|off] [answers alarm|drop]\n"
	  "                      [answers-max N] [answers-time SECONDS]\n"
	  "                      [answers-own drop|alarm|off] [local-port open|guarded]\n"
	  "                      [guest-flood keep|off] [guest-learning keep|off]\n",
	  "Guards the bridge NAME, whether the device exists yet or not, or changes what is\n"
	  "given.\n"
	  "  new-port  role of a port that nobody named: guest lets nothing pass until the\n"
	  "            port has bindings; trusted, the default, does not check it\n"
	  "  mode      enforce, the default, drops what breaks the policy; audit counts and\n"
	  "            reports it and lets it pass\n"
	  "  arp-scope owner keeps ARP requests and neighbour solicitations for an address\n"
	  "            that is bound on a port from the other guest ports; all, the default,\n"
	  "            does not\n"
	  "  ageing-floor  an ageing time below it is reported as low; 0 is always\n"
	  "  hold      parameter of the bridge and its ports that is put back when somebody\n"
	  "            changes it: ageing-time, vlan-filtering, stp, mcast-snooping,\n"
	  "            group-fwd-mask, learning, flood, mcast-flood, bcast-flood, isolated,\n"
	  "            locked, hairpin, guard, neigh-suppress; they replace those there are\n"
	  "  claims    of an address that is bound on a port, from another port that is no\n"
	  "            guest, or from the host: drop, the default; alarm reports them and lets\n"
	  "            them pass\n"
	  "  answers   of a MAC that answers for more than answers-max addresses (64 if not\n"
	  "            given, 0 for any number) in answers-time seconds (10): alarm, the\n"
	  "            default, reports it; drop also drops its further answers\n"
	  "  answers-own  of the host for an address that is neither its own nor bound on the\n"
	  "            bridge: alarm, the default, drop or off\n"
	  "  local-port  guarded: behind the bridge device there may be guests, which are held\n"
	  "            to the bindings of the port NAME; but for those, the device receives\n"
	  "            what is for the host; open, the default: it receives everything\n"
	  "  guest-flood  off lets the bridge keep frames for unknown addresses from guest\n"
	  "            ports: their flag flood is switched off; keep, the default, leaves the\n"
	  "            flag alone: such frames are dropped at each port, and counted\n"
	  "  guest-learning  off lets the bridge know guests by their bindings: the flag\n"
	  "            learning of their ports is switched off, which saves time with every\n"
	  "            frame; keep, the default, leaves the flag alone\n" },
	{ "del", del,
	  "brguardctl bridge del NAME\n",
	  "Forgets the bridge. Its ports stay guarded, those that nobody named do not.\n" },
	{ "show", show,
	  "brguardctl bridge show [NAME]\n",
	  "Prints all guarded bridges, or one. -d adds the device.\n" },
};

const struct object bridge_object = {
	.word = "bridge",
	.command = commands,
	.n = ARRAY_SIZE(commands),
	.fallback = "show",
};
