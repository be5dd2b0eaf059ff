/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BRGUARDCTL_CONFIG_H
#define BRGUARDCTL_CONFIG_H

#include <sys/stat.h>

#include "model.h"

/* Files in files, and files in all. */
#define CONFIG_DEPTH_MAX 16
#define CONFIG_FILES_MAX 65536

/**
 * struct config - a configuration that is read from files
 * @model: what they say so far
 * @names: list of char *, the names that the objects' struct where point to
 * @open: the files that are being read, the outermost first
 * @depth: how many
 */
struct config {
	struct model model;
	struct list names;
	struct {
		dev_t device;
		ino_t inode;
	} open[CONFIG_DEPTH_MAX];
	unsigned int depth;
};

void config_init(struct config *config);
void config_free(struct config *config);
int config_read(struct config *config, const char *path, const struct where *from);

#endif
