// SPDX-License-Identifier: GPL-2.0-only
/* Frames to be explained: many in a request, and never more than one request. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libmnl/libmnl.h>
#include <linux/genetlink.h>

#include "print.h"
#include "question.h"
#include "value.h"
#include "verdict.h"

/*
 * Room for 64 full frames of an Ethernet without jumbo frames, or one of any
 * size. Less than IPC_RECEIVE_MAX, since a refusal repeats the request.
 */
#define REQUEST_MAX (96 * 1024)

/**
 * question_open() - start to ask about frames
 * @question: port and direction are set already
 *
 * Return: EXIT_DONE, or what ipc_open() says; then there is nothing to close.
 */
int question_open(struct question *question)
{
	int err = ipc_open(&question->ipc);

	if (!err)
		question->buffer = xrealloc(NULL, REQUEST_MAX, 1);
	return err;
}

/**
 * question_close() - stop asking
 * @question: the question
 */
void question_close(struct question *question)
{
	free(question->buffer);
	ipc_close(&question->ipc);
}

static void start(struct question *question)
{
	struct nlmsghdr *nlh;

	nlh = ipc_message(&question->ipc, question->buffer, BRGUARD_CMD_EXPLAIN, NLM_F_ACK);
	mnl_attr_put_strz(nlh, BRGUARD_A_EXPLAIN_PORT, question->port);
	mnl_attr_put_u32(nlh, BRGUARD_A_EXPLAIN_DIRECTION, question->direction);
	question->request = nlh;
	question->frames = 0;
	question->verdicts = 0;
}

/* Would a frame with that many bytes of data still go into the request? */
static bool has_room(const struct question *question, size_t data)
{
	size_t nest = 2 * MNL_ATTR_HDRLEN + MNL_ALIGN(data) + MNL_ATTR_HDRLEN + sizeof(uint32_t);

	return question->frames < BRGUARD_FRAMES_MAX &&
	       question->request->nlmsg_len + nest <= REQUEST_MAX;
}

/**
 * question_add() - ask about one more frame
 * @question: the question
 * @data: the frame
 * @size: its bytes, 1 to BRGUARD_FRAME_MAX
 *
 * Of a frame that no attribute can hold, the end is not sent but counts as 0.
 *
 * Return: EXIT_DONE, or an exit code after a message.
 */
int question_add(struct question *question, const uint8_t *data, size_t size)
{
	bool cut = size > BRGUARD_FRAME_DATA_MAX;
	size_t sent = cut ? BRGUARD_FRAME_DATA_MAX : size;
	int err = EXIT_DONE;
	struct nlattr *nest;

	if (question->request && !has_room(question, sent))
		err = question_send(question);
	if (err)
		return err;
	if (!question->request)
		start(question);

	nest = mnl_attr_nest_start(question->request, BRGUARD_A_EXPLAIN_FRAME);
	mnl_attr_put(question->request, BRGUARD_A_FRAME_DATA, sent, data);
	if (cut)
		mnl_attr_put_u32(question->request, BRGUARD_A_FRAME_LENGTH, size);
	mnl_attr_nest_end(question->request, nest);
	question->frames++;
	return EXIT_DONE;
}

/* The port may have another name than the device that the user asked for. */
static void receive(const struct nlmsghdr *nlh, void *data)
{
	struct question *question = data;
	char port[BRGUARD_PORT_NAME_MAX + 1];
	const struct nlattr *attr;

	strcpy(port, question->port);
	mnl_attr_for_each(attr, nlh, sizeof(struct genlmsghdr)) {
		switch (mnl_attr_get_type(attr)) {
		case BRGUARD_A_EXPLAIN_PORT:
			name_get(attr, port, sizeof(port));
			break;
		case BRGUARD_A_EXPLAIN_VERDICT:
			if (++question->verdicts <= question->frames)
				verdict_print(attr, ++question->number, port);
			break;
		}
	}
}

/**
 * question_send() - ask, and print the answers
 * @question: the question
 *
 * Return: EXIT_DONE, or EXIT_REFUSED after a message.
 */
int question_send(struct question *question)
{
	int err;

	if (!question->request)
		return EXIT_DONE;
	err = ipc_talk(&question->ipc, question->request, NULL, receive, question);
	question->request = NULL;
	print_flush();
	if (err)
		return err;
	if (ferror(stdout))
		return print_finish();
	if (question->verdicts == question->frames)
		return EXIT_DONE;
	report("the kernel answered for %u frames out of %u", question->verdicts,
	       question->frames);
	return EXIT_REFUSED;
}
