// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>
#include <linux/unaligned.h>
#include "recheck.h"
#include "trial.h"

static bool trial_fail(struct trial *t, enum port_name port,
		       enum brguard_direction dir, const char *wrong)
{
	if (wrong) {
		t->port = port;
		t->dir = dir;
		t->wrong = wrong;
	}

	return !wrong;
}

static bool trial_judge(struct trial *t, const struct packet *p,
			enum port_name name, enum brguard_direction dir,
			struct verdict *v)
{
	const struct port *port = &ports[name];

	*v = decide(port, &p->skb, dir);
	if (!decision_is_consistent(port, &p->skb, dir, *v))
		return trial_fail(t, name, dir, "the quick way lets it pass");
	if (!decision_hears(&p->skb))
		return trial_fail(t, name, dir, "it is not heard");

	return true;
}

static bool trial_end(struct trial *t, struct packet *p)
{
	bool fine = packet_is_whole(p);

	packet_free(p);

	return fine || trial_fail(t, 0, 0, "the frame was written to");
}

static bool trial_recheck(struct trial *t, const struct frame *frame,
			  enum port_name port, enum brguard_direction dir)
{
	if (t->verdict[port][dir].reason)
		return true;

	return trial_fail(t, port, dir, dir == BRGUARD_DIRECTION_IN ?
			  recheck_in(&ports[port], frame) :
			  recheck_out(&ports[port], frame));
}

/*
 * A checksum that is still to be written may become anything. Whoever passed
 * before must pass then, but for the checksum of ND, which is verified.
 */
static bool trial_complete_with(struct trial *t, const struct frame *frame)
{
	const struct layout linear = { .linear = frame->len };
	static struct packet p;
	struct verdict v;
	bool fine = true;
	int i, dir;

	packet_make(&p, frame, &linear);
	for (i = 0; i < PORTS && fine; i++)
		for (dir = 0; dir < DIRECTIONS && fine; dir++) {
			if (t->verdict[i][dir].reason)
				continue;
			v = decide(&ports[i], &p.skb, dir);
			if (v.reason)
				fine = trial_fail(t, i, dir,
						  "its checksum changes that");
		}
	packet_free(&p);

	return fine;
}

static bool trial_complete(struct trial *t, const struct frame *frame)
{
	static const u16 sums[] = { 0x0000, 0xffff, 0x0043, 0x8800, 0x1100 };
	unsigned int at = frame->csum_start + frame->csum_offset;
	static u8 buf[FRAME_MAX];
	struct frame filled = *frame;
	bool fine = true;
	unsigned int i;

	if (at + 2 > frame->len || at == recheck_sum6(frame))
		return true;
	memcpy(buf, frame->byte, frame->len);
	filled.byte = buf;
	filled.partial = false;
	for (i = 0; i < sizeof(sums) / sizeof(sums[0]) && fine; i++) {
		put_unaligned_be16(sums[i], buf + at);
		fine = trial_complete_with(t, &filled);
	}

	return fine;
}

/**
 * trial_begin() - have a frame judged, all of it linear
 * @t: trial
 * @frame: frame
 *
 * Return: whether nothing is wrong with what was decided.
 */
bool trial_begin(struct trial *t, const struct frame *frame)
{
	const struct layout linear = { .linear = frame->len };
	static struct packet p;
	bool fine = true;
	int i, dir;

	*t = (struct trial){};
	packet_make(&p, frame, &linear);
	for (i = 0; i < PORTS && fine; i++)
		for (dir = 0; dir < DIRECTIONS && fine; dir++)
			fine = trial_judge(t, &p, i, dir,
					   &t->verdict[i][dir]) &&
			       trial_recheck(t, frame, i, dir);
	fine = trial_end(t, &p) && fine;

	return fine && frame->partial ? trial_complete(t, frame) : fine;
}

static bool verdict_is_same(struct verdict a, struct verdict b)
{
	return a.reason == b.reason && a.question == b.question;
}

/**
 * trial_repeat() - have the same frame judged in another form
 * @t: trial that has begun
 * @frame: frame
 * @layout: layout
 *
 * Return: whether nothing is wrong and the same was decided.
 */
bool trial_repeat(struct trial *t, const struct frame *frame,
		  const struct layout *layout)
{
	static struct packet p;
	struct verdict v;
	bool fine = true;
	int i, dir;

	packet_make(&p, frame, layout);
	for (i = 0; i < PORTS && fine; i++)
		for (dir = 0; dir < DIRECTIONS && fine; dir++) {
			fine = trial_judge(t, &p, i, dir, &v);
			if (fine && !verdict_is_same(v, t->verdict[i][dir]))
				fine = trial_fail(t, i, dir,
						  "another verdict in pieces");
		}

	return trial_end(t, &p) && fine;
}
