/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BRGUARDCTL_QUESTION_H
#define BRGUARDCTL_QUESTION_H

#include <linux/brguard.h>

#include "ipc.h"

/**
 * struct question - frames on their way to the kernel, and to its verdicts
 * @ipc: the conversation
 * @port: name of the port as the user wrote it
 * @direction: enum brguard_direction
 * @buffer: room for a request
 * @request: the request that frames are put into, or NULL
 * @frames: how many are in it
 * @verdicts: how many of them have an answer
 * @number: of the last frame with an answer, from 1
 */
struct question {
	struct ipc ipc;
	char port[BRGUARD_PORT_NAME_MAX + 1];
	uint32_t direction;
	char *buffer;
	struct nlmsghdr *request;
	unsigned int frames;
	unsigned int verdicts;
	unsigned long long number;
};

int question_open(struct question *question);
int question_add(struct question *question, const uint8_t *data, size_t size);
int question_send(struct question *question);
void question_close(struct question *question);

#endif
