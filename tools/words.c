// SPDX-License-Identifier: GPL-2.0-only
/* One table of words for each enum of the wire format, read and printed by all. */

#include <stdio.h>
#include <string.h>

#include <linux/brguard.h>

#include "list.h"
#include "words.h"

static const char *const roles[] = {
	[BRGUARD_ROLE_GUEST] = "guest",
	[BRGUARD_ROLE_TRUSTED] = "trusted",
};

static const char *const modes[] = {
	[BRGUARD_MODE_INHERIT] = "inherit",
	[BRGUARD_MODE_ENFORCE] = "enforce",
	[BRGUARD_MODE_AUDIT] = "audit",
};

static const char *const link_locals[] = {
	[BRGUARD_LINK_LOCAL_EUI64] = "eui64",
	[BRGUARD_LINK_LOCAL_LISTED] = "listed",
	[BRGUARD_LINK_LOCAL_ANY] = "any",
};

static const char *const arp_scopes[] = {
	[BRGUARD_ARP_SCOPE_ALL] = "all",
	[BRGUARD_ARP_SCOPE_OWNER] = "owner",
};

static const char *const claims[] = {
	[BRGUARD_CLAIMS_DROP] = "drop",
	[BRGUARD_CLAIMS_ALARM] = "alarm",
	[BRGUARD_CLAIMS_OFF] = "off",
};

static const char *const answers[] = {
	[BRGUARD_ANSWERS_ALARM] = "alarm",
	[BRGUARD_ANSWERS_DROP] = "drop",
};

static const char *const local_ports[] = {
	[BRGUARD_LOCAL_PORT_OPEN] = "open",
	[BRGUARD_LOCAL_PORT_GUARDED] = "guarded",
};

static const char *const guest_floods[] = {
	[BRGUARD_GUEST_FLOOD_KEEP] = "keep",
	[BRGUARD_GUEST_FLOOD_OFF] = "off",
};

static const char *const guest_learnings[] = {
	[BRGUARD_GUEST_LEARNING_KEEP] = "keep",
	[BRGUARD_GUEST_LEARNING_OFF] = "off",
};

static const char *const uplink_macs[] = {
	[BRGUARD_UPLINK_MACS_ANY] = "any",
	[BRGUARD_UPLINK_MACS_BOUND] = "bound",
};

static const char *const switches[] = { "off", "on" };

static const char *const directions[] = {
	[BRGUARD_DIRECTION_IN] = "in",
	[BRGUARD_DIRECTION_OUT] = "out",
};

/* The enum comes from the same list, so that the index is the number. */
#define REASON_WORD(name, word) word,
static const char *const reasons[] = { __BRGUARD_REASON_MAPPER(REASON_WORD) };

#define WATCH_WORD(name, word) word,
static const char *const watches[] = { __BRGUARD_WATCH_MAPPER(WATCH_WORD) };

const struct words role_words = { roles, ARRAY_SIZE(roles), 0 };
const struct words bridge_mode_words = { modes, ARRAY_SIZE(modes), BRGUARD_MODE_ENFORCE };
const struct words mode_words = { modes, ARRAY_SIZE(modes), 0 };
const struct words link_local_words = { link_locals, ARRAY_SIZE(link_locals), 0 };
const struct words arp_scope_words = { arp_scopes, ARRAY_SIZE(arp_scopes), 0 };
const struct words claims_words = { claims, ARRAY_SIZE(claims), 0 };
const struct words answers_words = { answers, ARRAY_SIZE(answers), 0 };
const struct words local_port_words = { local_ports, ARRAY_SIZE(local_ports), 0 };
const struct words guest_flood_words = { guest_floods, ARRAY_SIZE(guest_floods), 0 };
const struct words guest_learning_words = { guest_learnings, ARRAY_SIZE(guest_learnings), 0 };
const struct words uplink_macs_words = { uplink_macs, ARRAY_SIZE(uplink_macs), 0 };
const struct words switch_words = { switches, ARRAY_SIZE(switches), 0 };
const struct words direction_words = { directions, ARRAY_SIZE(directions), 0 };
const struct words reason_words = { reasons, ARRAY_SIZE(reasons), 0 };
const struct words watch_words = { watches, ARRAY_SIZE(watches), 0 };
const struct words hold_words = {
	watches, BRGUARD_WATCH_NEIGH_SUPPRESS + 1, BRGUARD_WATCH_AGEING_TIME
};

/**
 * words_name() - the word for a number
 * @words: the table
 * @number: the number
 *
 * Return: the word, or the number in a static buffer if the kernel is newer
 * than the table.
 */
const char *words_name(const struct words *words, uint32_t number)
{
	static char unknown[16];

	if (number < words->n)
		return words->word[number];
	snprintf(unknown, sizeof(unknown), "%u", number);
	return unknown;
}

static const char *words_expected(const struct words *words)
{
	static char sentence[256];
	const char *separator;
	unsigned int i;
	size_t used;

	used = snprintf(sentence, sizeof(sentence), "expected");
	for (i = words->first; i < words->n && used < sizeof(sentence); i++) {
		separator = i == words->first ? "" : i + 1 == words->n ? " or" : ",";
		used += snprintf(sentence + used, sizeof(sentence) - used, "%s %s", separator,
				 words->word[i]);
	}
	return sentence;
}

/**
 * words_parse() - the number for a word
 * @words: the table
 * @word: what the user wrote
 * @number: result
 *
 * Return: NULL, or a sentence on what is wrong with @word.
 */
const char *words_parse(const struct words *words, const char *word, uint32_t *number)
{
	unsigned int i;

	for (i = words->first; i < words->n; i++) {
		if (!strcmp(words->word[i], word)) {
			*number = i;
			return NULL;
		}
	}
	return words_expected(words);
}
