// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <linux/kcov.h>
#include <stddef.h>
#include <sys/ioctl.h>
#include <sys/mman.h>

#include "cover.h"

/* Addresses of one system call; what is beyond them is not seen. */
#define PLACES	(1U << 18)
/* From one place to the next one, by hash. */
#define STEPS	(1U << 18)

static uint64_t *places;
static uint8_t seen[STEPS];
static uint32_t n_seen;

/**
 * cover_open() - begin to watch this task
 * @fd: /sys/kernel/debug/kcov, which is seen only outside of a namespace's own /sys
 *
 * Return: 0 or a negative error.
 */
int cover_open(int fd)
{
	void *area;

	if (ioctl(fd, KCOV_INIT_TRACE, PLACES))
		return -errno;
	area = mmap(NULL, PLACES * sizeof(*places), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (area == MAP_FAILED)
		return -errno;
	if (ioctl(fd, KCOV_ENABLE, KCOV_TRACE_PC))
		return -errno;
	places = area;
	return 0;
}

/**
 * cover_begin() - forget where the task has been
 */
void cover_begin(void)
{
	if (places)
		__atomic_store_n(&places[0], 0, __ATOMIC_RELAXED);
}

static uint32_t hash_step(uint64_t from, uint64_t to)
{
	return (from * 0x9e3779b97f4a7c15ULL ^ to * 0xc2b2ae3d27d4eb4fULL) >> 40 & (STEPS - 1);
}

/**
 * cover_end() - has it been somewhere new since?
 *
 * Return: whether there was a step from one place to another for the first time.
 */
bool cover_end(void)
{
	uint32_t before = n_seen, step;
	uint64_t i, n;

	if (!places)
		return false;
	n = __atomic_load_n(&places[0], __ATOMIC_RELAXED);
	for (i = 1; i < n; i++) {
		step = hash_step(places[i], places[i + 1]);
		n_seen += !seen[step];
		seen[step] = 1;
	}
	return n_seen > before;
}

/**
 * cover_steps() - how many different steps there were
 *
 * Return: the number, 0 without KCOV.
 */
uint32_t cover_steps(void)
{
	return n_seen;
}
