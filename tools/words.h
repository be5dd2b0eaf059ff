/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BRGUARDCTL_WORDS_H
#define BRGUARDCTL_WORDS_H

#include <stdint.h>

/**
 * struct words - the words for the numbers of an enum of the wire format
 * @word: the words; the index is the number
 * @n: how many
 * @first: the first one that may be used, the ones before only get printed
 */
struct words {
	const char *const *word;
	unsigned int n;
	unsigned int first;
};

extern const struct words role_words;
extern const struct words bridge_mode_words;
extern const struct words mode_words;
extern const struct words link_local_words;
extern const struct words arp_scope_words;
extern const struct words claims_words;
extern const struct words answers_words;
extern const struct words local_port_words;
extern const struct words guest_flood_words;
extern const struct words guest_learning_words;
extern const struct words uplink_macs_words;
extern const struct words switch_words;
extern const struct words direction_words;
extern const struct words reason_words;
extern const struct words watch_words;
extern const struct words hold_words;

const char *words_name(const struct words *words, uint32_t number);
const char *words_parse(const struct words *words, const char *word, uint32_t *number);

#endif
