// SPDX-License-Identifier: GPL-2.0-only
/*
 * Bugs that were put here on purpose, a kind each: does the kernel find them, and
 * does the runner hear of it? See vm/planted. Not for a kernel that is needed.
 */
#include <linux/delay.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <linux/timer.h>

#define SIZE 40

static char *bug = "";
module_param(bug, charp, 0400);
MODULE_PARM_DESC(bug, "the name of a bug, see planted.c");

/* To be read with READ_ONCE(): what the compiler may not know. */
static int size = SIZE, bits = 32;

static void read_freed(void)
{
	char *p = kzalloc(READ_ONCE(size), GFP_KERNEL);

	kfree(p);
	pr_info("freed: %d\n", READ_ONCE(*p));
}

static void read_beyond(void)
{
	char *p = kzalloc(READ_ONCE(size), GFP_KERNEL);

	pr_info("beyond: %d\n", READ_ONCE(p[size]));
	kfree(p);
}

static void read_unwritten(void)
{
	char *p = kmalloc(READ_ONCE(size), GFP_KERNEL);

	if (READ_ONCE(*p))
		pr_info("unwritten\n");
	kfree(p);
}

static void lose(void)
{
	int i;

	for (i = 0; i < 10; i++)
		kzalloc(READ_ONCE(size), GFP_KERNEL);
}

static void shift(void)
{
	pr_info("shifted: %d\n", 1 << READ_ONCE(bits));
}

static int __rcu *nothing;

static void look_unlocked(void)
{
	pr_info("unlocked: %p\n", rcu_dereference(nothing));
}

static void sleep_locked(void)
{
	static DEFINE_SPINLOCK(lock);

	spin_lock(&lock);
	might_sleep();
	spin_unlock(&lock);
}

static void on_time(struct timer_list *timer)
{
}

static void free_armed(void)
{
	struct timer_list *timer = kzalloc(sizeof(*timer), GFP_KERNEL);

	timer_setup(timer, on_time, 0);
	mod_timer(timer, jiffies + 3600 * HZ);
	/* debugobjects stops it after its report. */
	kfree(timer);
}

static DEFINE_MUTEX(first);
static DEFINE_MUTEX(second);

static void lock_crosswise(void)
{
	mutex_lock(&first);
	mutex_lock(&second);
	mutex_unlock(&second);
	mutex_unlock(&first);
	mutex_lock(&second);
	mutex_lock(&first);
	mutex_unlock(&first);
	mutex_unlock(&second);
}

static int shared;

static int race_one(void *unused)
{
	while (!kthread_should_stop()) {
		shared++;
		cond_resched();
	}
	return 0;
}

static void race(void)
{
	struct task_struct *one = kthread_run(race_one, NULL, "planted/1");
	struct task_struct *two = kthread_run(race_one, NULL, "planted/2");

	msleep(3000);
	kthread_stop(one);
	kthread_stop(two);
}

static const struct {
	const char *name;
	void (*make)(void);
} bugs[] = {
	{ "read_freed", read_freed },
	{ "read_beyond", read_beyond },
	{ "read_unwritten", read_unwritten },
	{ "lose", lose },
	{ "shift", shift },
	{ "look_unlocked", look_unlocked },
	{ "sleep_locked", sleep_locked },
	{ "free_armed", free_armed },
	{ "lock_crosswise", lock_crosswise },
	{ "race", race },
};

static int __init planted_init(void)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(bugs); i++) {
		if (!strcmp(bug, bugs[i].name)) {
			bugs[i].make();
			return 0;
		}
	}
	return -EINVAL;
}

static void __exit planted_exit(void)
{
}

module_init(planted_init);
module_exit(planted_exit);
MODULE_DESCRIPTION("Bugs for the debug kernels to find");
MODULE_LICENSE("GPL");
