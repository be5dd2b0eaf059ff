// SPDX-License-Identifier: GPL-2.0-only
/* Not built: what sleep.cocci has to find, and what it may not. */

static void *allocates_as_a_reader(void)
{
	void *p;

	rcu_read_lock();
	p = kzalloc(16, GFP_KERNEL_ACCOUNT); /* found */
	rcu_read_unlock();
	return p;
}

static void *allocates_on_one_path(spinlock_t *lock, bool more)
{
	void *p = NULL;

	spin_lock_bh(lock);
	if (more)
		p = kvmalloc(16, GFP_KERNEL | __GFP_NOWARN); /* found */
	spin_unlock_bh(lock);
	return p;
}

static void waits_as_a_reader(void)
{
	rcu_read_lock();
	synchronize_rcu(); /* found */
	rcu_read_unlock();
}

static void *allocates_without_sleep(void)
{
	void *p;

	rcu_read_lock();
	p = kzalloc(16, GFP_ATOMIC);
	rcu_read_unlock();
	return p;
}

static void *allocates_behind_it(struct mutex *mutex)
{
	void *p;

	rcu_read_lock();
	rcu_read_unlock();
	mutex_lock(mutex);
	p = kzalloc(16, GFP_KERNEL);
	mutex_unlock(mutex);
	return p;
}
