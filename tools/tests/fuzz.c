// SPDX-License-Identifier: GPL-2.0-only
/* What libFuzzer's targets share: a file in memory, and nothing to include. */

#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "fuzz.h"
#include "include.h"
#include "report.h"

/**
 * fuzz_file() - put bytes into a file
 * @data: bytes
 * @size: how many
 *
 * Return: the file's name, until the next call.
 */
const char *fuzz_file(const uint8_t *data, size_t size)
{
	static char name[32];
	static int fd = -1;

	if (fd < 0)
		fd = memfd_create("fuzz", MFD_CLOEXEC);
	if (fd < 0 || ftruncate(fd, 0) || pwrite(fd, data, size, 0) != (ssize_t)size)
		abort();
	snprintf(name, sizeof(name), "/proc/self/fd/%d", fd);
	return name;
}

/* In place of include.c: a fuzzer soon finds all files of the machine. */
int include_read(struct config *config, struct args *args)
{
	(void)config;
	return args_next(args) ? args_end(args) : EXIT_REFUSED;
}
