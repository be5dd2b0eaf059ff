// SPDX-License-Identifier: GPL-2.0-only
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/preempt.h>
#include <linux/sched.h>
#include <linux/string.h>

/* In place of BRGUARD_BINDINGS_MAX. */
unsigned int brg_bindings_max = 4194304;
/* How many allocations from now the one is that fails; 0: it has, or none. */
static int brg_fail_nth;
/* The same of what is put into a message: the one for which there is no room. */
static int brg_fail_room_nth;
static struct task_struct *brg_fail_task;
/* Those of other tasks and of interrupts count, too. */
static bool brg_fail_anywhere;
/* The function whose allocation has failed. */
static char *brg_fail_func = "";

static bool brg_fail_is_it(int *nth, const char *file, int line, const char *func)
{
	if (!brg_fail_anywhere && (!in_task() || current != brg_fail_task))
		return false;
	if (*nth <= 0 || --*nth)
		return false;
	brg_fail_func = (char *)func;
	pr_info("brguard fault: %s:%d\n", kbasename(file), line);

	return true;
}

/**
 * brg_fail() - is this the allocation that fails?
 * @file: where it is
 * @line: in the file
 * @func: in the function
 *
 * Those of other tasks and of interrupts do not count, unless they are to.
 *
 * Return: whether it is.
 */
bool brg_fail(const char *file, int line, const char *func)
{
	return brg_fail_is_it(&brg_fail_nth, file, line, func);
}

/**
 * brg_fail_room() - is the message full here?
 * @file: where it is
 * @line: in the file
 * @func: in the function
 *
 * Return: whether it is.
 */
bool brg_fail_room(const char *file, int line, const char *func)
{
	return brg_fail_is_it(&brg_fail_room_nth, file, line, func);
}

/* Who writes the number is the one whose allocation fails. */
static int brg_fail_set(const char *value, const struct kernel_param *param)
{
	brg_fail_task = current;

	return param_set_int(value, param);
}

static const struct kernel_param_ops brg_fail_ops = {
	.set = brg_fail_set,
	.get = param_get_int,
};

module_param_cb(fail_nth, &brg_fail_ops, &brg_fail_nth, 0600);
module_param_cb(fail_room, &brg_fail_ops, &brg_fail_room_nth, 0600);
module_param_named(fail_anywhere, brg_fail_anywhere, bool, 0600);
MODULE_PARM_DESC(fail_anywhere, "count allocations of other tasks and of interrupts");
module_param_named(fail_func, brg_fail_func, charp, 0400);
module_param_named(bindings_max, brg_bindings_max, uint, 0600);
MODULE_PARM_DESC(bindings_max, "as many bindings as there may be");
MODULE_PARM_DESC(fail_func, "function whose allocation has failed");
MODULE_PARM_DESC(fail_nth, "fail the Nth allocation of the task that sets it");
MODULE_PARM_DESC(fail_room, "have the Nth attribute of a message find no room");
