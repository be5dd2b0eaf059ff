// SPDX-License-Identifier: GPL-2.0-only
/* brguard: MAC, IP and VLAN bindings for the ports of a Linux bridge. */
#include <linux/module.h>
#include <linux/rcupdate.h>
#include "netdev.h"
#include "netlink.h"
#include "netns.h"

static int __init brg_init(void)
{
	int err;

	err = brg_netns_init();
	if (err)
		return err;
	err = brg_netdev_init();
	if (err)
		goto exit_netns;
	err = brg_netlink_init();
	if (err)
		goto exit_netdev;

	return 0;

exit_netdev:
	brg_netdev_exit();
exit_netns:
	brg_netns_exit();
	rcu_barrier();

	return err;
}

static void __exit brg_exit(void)
{
	brg_netlink_exit();
	/* While the notifier still tells of devices that go. */
	brg_netns_retire_all();
	brg_netdev_exit();
	brg_netns_exit();
	/* Tables, ports and slots are freed by callbacks in this text. */
	rcu_barrier();
}

module_init(brg_init);
module_exit(brg_exit);

MODULE_LICENSE("GPL");
MODULE_AUTHOR("The brguard maintainers");
MODULE_DESCRIPTION("MAC, IP and VLAN bindings for the ports of a Linux bridge");
MODULE_ALIAS_GENL_FAMILY(BRGUARD_FAMILY_NAME);
