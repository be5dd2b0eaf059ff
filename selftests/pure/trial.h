/* SPDX-License-Identifier: GPL-2.0-only */
/* One frame before every port, in both directions, in one layout after another. */
#ifndef PURE_TRIAL_H
#define PURE_TRIAL_H

#include "decide.h"

#define DIRECTIONS	2

/**
 * struct trial - what the first layout led to
 * @verdict: of each port and direction
 * @port: where something was wrong
 * @dir: in which direction
 * @wrong: what was wrong, NULL: nothing
 */
struct trial {
	struct verdict verdict[PORTS][DIRECTIONS];
	enum port_name port;
	enum brguard_direction dir;
	const char *wrong;
};

bool trial_begin(struct trial *t, const struct frame *frame);
bool trial_repeat(struct trial *t, const struct frame *frame,
		  const struct layout *layout);

#endif /* PURE_TRIAL_H */
