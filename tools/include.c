// SPDX-License-Identifier: GPL-2.0-only
/* "include PATTERN" in a configuration file. */

#include <glob.h>
#include <stdlib.h>
#include <string.h>

#include "include.h"
#include "quote.h"

/* Copies, with a backslash before what glob() would not take literally. */
static char *escape(char *to, const char *from, size_t n)
{
	for (; n; n--) {
		if (strchr("*?[]\\", *from))
			*to++ = '\\';
		*to++ = *from++;
	}
	return to;
}

/* The pattern, relative to the directory of the file that it stands in. */
static char *make_pattern(const char *file, const char *word)
{
	const char *slash = *word == '/' ? NULL : strrchr(file, '/');
	size_t n = slash ? (size_t)(slash - file) + 1 : 0;
	char *pattern = xrealloc(NULL, 2 * n + strlen(word) + 1, 1);

	strcpy(escape(pattern, file, n), word);
	return pattern;
}

static int read_matches(struct config *config, const glob_t *found)
{
	int err = EXIT_DONE;
	size_t i;

	for (i = 0; i < found->gl_pathc && !err; i++)
		err = config_read(config, found->gl_pathv[i]);
	return err;
}

static int read_pattern(struct config *config, const struct where *at, const char *word,
			const char *pattern)
{
	bool wild = strpbrk(word, "*?[");
	glob_t found;
	int err;

	switch (glob(pattern, 0, NULL, &found)) {
	case 0:
		err = read_matches(config, &found);
		globfree(&found);
		return err;
	case GLOB_NOMATCH:
		/* An empty directory is as good as one with files. */
		return wild ? EXIT_DONE : report_at(at, "include %s: there is no such file",
						    quoted(word));
	default:
		return report_at(at, "include %s: cannot be read", quoted(word));
	}
}

/**
 * include_read() - read the files that an include line names, sorted by name
 * @config: gets the objects
 * @args: the words behind "include"
 *
 * Return: EXIT_DONE, or EXIT_REFUSED after a message.
 */
int include_read(struct config *config, struct args *args)
{
	const char *word = args_next(args);
	char *pattern;
	int err;

	if (!word || !*word)
		return report_at(&args->at, "\"include\": the name of a file is missing behind it");
	err = args_end(args);
	if (err)
		return err;

	pattern = make_pattern(args->at.file, word);
	err = read_pattern(config, &args->at, word, pattern);
	free(pattern);
	return err;
}
