// SPDX-License-Identifier: GPL-2.0-only
/* "include PATTERN" in a configuration file. */

#include <errno.h>
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

static int read_matches(struct config *config, const glob_t *found, const struct where *at)
{
	int err = EXIT_DONE;
	size_t i;

	for (i = 0; i < found->gl_pathc && !err; i++)
		err = config_read(config, found->gl_pathv[i], at);
	return err;
}

/* The first wildcard, as glob() sees it, or NULL. A bracket needs its other half. */
static const char *find_wild(const char *word)
{
	const char *bracket = NULL;

	for (; *word; word++) {
		if (*word == '*' || *word == '?')
			return bracket ? bracket : word;
		if (*word == ']' && bracket)
			return bracket;
		if (*word == '[' && !bracket)
			bracket = word;
		if (*word == '\\' && word[1])
			word++;
	}
	return NULL;
}

/* Is what stands in front of the wildcard a directory? glob() does not tell. */
static bool has_directory(const char *pattern, const char *wild)
{
	char *path = xstrdup(pattern);
	glob_t found;
	char *slash;
	bool is;

	path[wild - pattern] = '\0';
	slash = strrchr(path, '/');
	if (!slash) {
		free(path);
		return true;
	}
	strcpy(slash + 1, "."); /* in place of the wildcard at least */
	is = !glob(path, 0, NULL, &found);
	if (is)
		globfree(&found);
	free(path);
	return is;
}

/* For glob(), which hands on nothing: the directory that could not be read, and why. */
static char *unreadable;
static int unreadable_errno;

static int note_unreadable(const char *path, int err)
{
	if (!unreadable)
		unreadable = xstrdup(path);
	unreadable_errno = err;
	return 1;
}

static int report_unreadable(const struct where *at, const char *word)
{
	int err;

	err = report_at(at, "include %s: cannot read %s: %s", quoted(word),
			unreadable ? unreadable : "it",
			unreadable ? strerror(unreadable_errno) : "no memory");
	free(unreadable);
	unreadable = NULL;
	return err;
}

static int read_pattern(struct config *config, const struct where *at, const char *word,
			const char *pattern)
{
	const char *wild = find_wild(pattern);
	glob_t found;
	int err;

	switch (glob(pattern, 0, note_unreadable, &found)) {
	case 0:
		err = read_matches(config, &found, at);
		globfree(&found);
		return err;
	case GLOB_NOMATCH:
		/* An empty directory is as good as one with files. */
		if (!wild)
			return report_at(at, "include %s: there is no such file", quoted(word));
		return has_directory(pattern, wild) ? EXIT_DONE :
		       report_at(at, "include %s: there is no such directory", quoted(word));
	default:
		return report_unreadable(at, word);
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
