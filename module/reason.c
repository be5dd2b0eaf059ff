// SPDX-License-Identifier: GPL-2.0-only
#include "reason.h"

#define BRG_REASON_WORD(name, word)			\
	[BRGUARD_REASON_##name] = (word),

static const char * const brg_reason_words[] = {
	__BRGUARD_REASON_MAPPER(BRG_REASON_WORD)
};

/**
 * brg_reason_name() - the word for a reason
 * @reason: reason
 *
 * Return: a constant string.
 */
const char *brg_reason_name(enum brguard_reason reason)
{
	return brg_reason_words[reason];
}
