// SPDX-License-Identifier: GPL-2.0-only
/// Something that may sleep while a reader of RCU or the holder of a spinlock
/// must not.
virtual report

@sleeps exists@
expression lock, lock2;
identifier how = {GFP_KERNEL, GFP_KERNEL_ACCOUNT, BRG_GFP, BRG_ARENA_GFP};
identifier what = {mutex_lock, rtnl_lock, synchronize_rcu, synchronize_net, rcu_barrier, cancel_work_sync, flush_work, msleep};
position at;
@@
(
rcu_read_lock();
|
rcu_read_lock_bh();
|
spin_lock(lock);
|
spin_lock_bh(lock);
)
... when != rcu_read_unlock()
    when != rcu_read_unlock_bh()
    when != spin_unlock(lock2)
    when != spin_unlock_bh(lock2)
(
how@at
|
what@at(...)
)

@script:python depends on report@
at << sleeps.at;
@@
print("%s:%s: may sleep where nothing may" % (at[0].file, at[0].line))
