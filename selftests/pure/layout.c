// SPDX-License-Identifier: GPL-2.0-only
#include "layout.h"

#define COUNT(array)	(sizeof(array) / sizeof((array)[0]))

/* Where linear parts end if the rest is in many pieces: beside the headers. */
static const unsigned int linears[] = { 0, 1, 19, 20, 27, 28, 40, 41, 48, 63 };
static const unsigned int pieces[] = { 1, 2, 3, 7, 20 };
static const unsigned int lists[] = { 0, 1, 4 };

/**
 * layout_get() - the layouts in which every frame is tried
 * @l: layout
 * @n: its number, from 0 on; 0 is all linear
 * @len: length of the frame
 *
 * Return: whether there is one of this number.
 */
bool layout_get(struct layout *l, unsigned int n, unsigned int len)
{
	unsigned int splits = len < SPLITS_MAX ? len : SPLITS_MAX;

	*l = (struct layout){ .linear = len };
	if (!n--)
		return true;
	if (n < splits) {
		l->linear = n;
		return true;
	}
	n -= splits;
	l->list = lists[n % COUNT(lists)];
	n /= COUNT(lists);
	l->piece = pieces[n % COUNT(pieces)];
	n /= COUNT(pieces);
	if (n >= COUNT(linears))
		return false;
	l->linear = linears[n];

	return true;
}
