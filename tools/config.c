// SPDX-License-Identifier: GPL-2.0-only
/*
 * Configuration files: a list of commands without the program's name, or JSON.
 * A file is read whole into memory, and its lines are cut into words in place.
 */

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "binding.h"
#include "config.h"
#include "include.h"
#include "json.h"
#include "quick.h"
#include "quote.h"

#define STDIN_NAME "<stdin>"
#define BLANKS " \t\r\v\f\n"
#define BYTE_ORDER_MARK "\xef\xbb\xbf"
#define STRING_OF(x) #x
#define STRING(x) STRING_OF(x)

static void free_name(void *item)
{
	free(*(char **)item);
}

/**
 * config_init() - make an empty configuration
 * @config: the configuration
 */
void config_init(struct config *config)
{
	memset(config, 0, sizeof(*config));
	model_init(&config->model);
	list_init(&config->names, sizeof(char *), free_name);
}

/**
 * config_free() - free a configuration
 * @config: the configuration
 */
void config_free(struct config *config)
{
	list_free(&config->names);
	model_free(&config->model);
}

static const struct kind *find_command(const char *object, const char *command, unsigned int *i)
{
	for (*i = 0; *i < KINDS; (*i)++) {
		if (!strcmp(kinds[*i]->object, object) && !strcmp(kinds[*i]->command, command))
			return kinds[*i];
	}
	return NULL;
}

static int read_object(struct config *config, struct args *args)
{
	const char *object = args_next(args);
	const char *command = args_next(args);
	const struct kind *kind;
	unsigned int i;
	void *item;

	kind = find_command(object, command ? command : "", &i);
	if (!kind && kind_by_object(object))
		return report_at(&args->at, "%s %s: a configuration has only \"%s %s\"", object,
				 quoted(command ? command : ""), object,
				 kind_by_object(object)->command);
	if (!kind)
		return report_at(&args->at,
				 "%s: unknown word, expected bridge, port, binding or include",
				 quoted(object));

	item = list_add(&config->model.list[i]);
	*(struct where *)item = args->at;
	return grammar_read(kind->grammar, args, item);
}

static int read_line(struct config *config, char *line, const struct where *at,
		     struct list *words)
{
	struct args args = { .at = *at };
	struct binding binding = { 0 };
	int err;

	if (quick_read(line, &binding)) {
		binding.at = *at;
		*(struct binding *)list_add(&config->model.list[KIND_BINDING]) = binding;
		return EXIT_DONE;
	}
	err = args_split(&args, line, words);
	if (err || !args.n)
		return err;
	if (args_accept(&args, "include"))
		return include_read(config, &args);
	return read_object(config, &args);
}

static int read_text(struct config *config, char *text, size_t size, const char *name)
{
	struct where at = { .file = name };
	char *end, *stop = text + size;
	int err = EXIT_DONE;
	struct list words;

	list_init(&words, sizeof(char *), NULL);
	for (; text < stop && !err; text = end + 1) {
		at.line++;
		end = memchr(text, '\n', stop - text);
		if (!end)
			end = stop;
		*end = '\0';
		if (strlen(text) != (size_t)(end - text))
			err = report_at(&at, "a NUL byte");
		else
			err = read_line(config, text, &at, &words);
	}
	list_free(&words);
	return err;
}

/* All bytes of a file with a NUL behind them, or NULL with errno set. */
static char *slurp(int fd, size_t *size)
{
	size_t room = 1 << 16;
	char *text = xrealloc(NULL, room, 1);
	ssize_t n;

	*size = 0;
	while ((n = read(fd, text + *size, room - *size - 1))) {
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0) {
			free(text);
			return NULL;
		}
		*size += n;
		if (room - *size < room / 2) {
			room *= 2;
			text = xrealloc(text, room, 1);
		}
	}
	text[*size] = '\0';
	return text;
}

static int read_descriptor(struct config *config, int fd, const char *name)
{
	struct where at = { .file = name };
	size_t size;
	char *all, *text;
	int err;

	all = slurp(fd, &size);
	text = all;
	if (!text)
		return report_at(&at, "cannot read it: %s", strerror(errno));
	if (!strncmp(text, BYTE_ORDER_MARK, strlen(BYTE_ORDER_MARK))) {
		text += strlen(BYTE_ORDER_MARK);
		size -= strlen(BYTE_ORDER_MARK);
	}
	if (text[strspn(text, BLANKS)] == '{')
		err = json_read(&config->model, text, size, name);
	else
		err = read_text(config, text, size, name);
	free(all);
	return err;
}

/* Of a whole file: where it is included, if it is, and then its name. */
static int refuse(const struct where *from, const char *name, const char *why)
{
	const struct where at = { .file = name };

	return from ? report_at(from, "%s: %s", name, why) : report_at(&at, "%s", why);
}

/* The same, of what @doing has come to. */
static int refuse_errno(const struct where *from, const char *name, const char *doing)
{
	char why[256];

	snprintf(why, sizeof(why), "%s: %s", doing, strerror(errno));
	return refuse(from, name, why);
}

/* A file that is open already further out would include itself for ever. */
static int enter(struct config *config, int fd, const char *name, const struct where *from)
{
	struct stat stat;
	unsigned int i;

	if (fstat(fd, &stat))
		return refuse_errno(from, name, "cannot read it");
	if (config->depth && !S_ISREG(stat.st_mode))
		return refuse(from, name, "is not a regular file");
	for (i = 0; i < config->depth; i++) {
		if (config->open[i].device == stat.st_dev && config->open[i].inode == stat.st_ino)
			return refuse(from, name, "includes itself");
	}
	if (config->depth == CONFIG_DEPTH_MAX)
		return refuse(from, name, "more than " STRING(CONFIG_DEPTH_MAX)
			      " files included in each other");
	if (config->names.n > CONFIG_FILES_MAX)
		return refuse(from, name, "more than " STRING(CONFIG_FILES_MAX) " files");

	config->open[config->depth].device = stat.st_dev;
	config->open[config->depth].inode = stat.st_ino;
	config->depth++;
	return EXIT_DONE;
}

/**
 * config_read() - read a file, and what it includes
 * @config: gets the objects
 * @path: the file, "-" for standard input
 * @from: where it is included, or NULL
 *
 * Return: EXIT_DONE, or EXIT_REFUSED after a message.
 */
int config_read(struct config *config, const char *path, const struct where *from)
{
	bool stdin_wanted = !strcmp(path, "-") && !config->depth;
	/* A FIFO may be given as the file, but nothing may hang in an include. */
	int flags = O_RDONLY | O_CLOEXEC | (config->depth ? O_NONBLOCK : 0);
	char *name = xstrdup(stdin_wanted ? STDIN_NAME : path);
	int fd, err;

	*(char **)list_add(&config->names) = name;
	fd = stdin_wanted ? dup(STDIN_FILENO) : open(path, flags);
	if (fd < 0)
		return refuse_errno(from, name, "cannot open it");

	err = enter(config, fd, name, from);
	if (!err) {
		err = read_descriptor(config, fd, name);
		config->depth--;
	}
	close(fd);
	return err;
}
