// SPDX-License-Identifier: GPL-2.0-only
#include <linux/err.h>
#include <linux/netdevice.h>
#include <linux/string.h>
#include "goal.h"
#include "port.h"
#include "state.h"
#include "stats.h"
#include "table.h"
#include "trust.h"

/* On a bridge that its port does not name it has the name of that port. */
static const char *brg_state_name(const struct brg_goal *goal,
				  const struct net_device *dev)
{
	return goal->named ? goal->named->name : dev->name;
}

/**
 * brg_state_is_goal() - is there nothing to do?
 * @state: what a device follows
 * @dev: the device
 * @goal: what the configuration wants of it
 *
 * Context: struct brg_net.lock.
 * Return: whether the one is the other.
 */
bool brg_state_is_goal(const struct brg_state *state,
		       const struct net_device *dev,
		       const struct brg_goal *goal)
{
	const struct brg_port *port = state->port;

	if (state->guest != goal->guest || state->audit != goal->audit ||
	    state->bridge != goal->bridge->ifindex ||
	    memcmp(&state->knobs, &goal->knobs, sizeof(goal->knobs)))
		return false;
	if (goal->port)
		return port == goal->port &&
		       state->generation == port->generation;

	return state->owned &&
	       !strcmp(port->name, brg_state_name(goal, dev)) &&
	       port->misplaced == !!goal->named &&
	       (!goal->named || port->stats == goal->named->stats) &&
	       !memcmp(&port->set, &goal->set, sizeof(goal->set));
}

static int brg_state_own_port(struct brg_state *state,
			      const struct brg_goal *goal,
			      const struct net_device *dev)
{
	state->port = brg_port_alloc(brg_state_name(goal, dev));
	if (!state->port)
		return -ENOMEM;
	state->owned = true;
	state->port->set = goal->set;
	state->port->misplaced = goal->named;
	state->port->stats = goal->named ? brg_stats_get(goal->named->stats) :
			     brg_stats_alloc();

	return state->port->stats ? 0 : -ENOMEM;
}

static int brg_state_build_trust(struct brg_state *state,
				 const struct brg_state *old,
				 const struct net_device *dev)
{
	state->trust = brg_trust_alloc(state->port, dev->ifindex, state->audit,
				       &state->knobs);
	if (!state->trust)
		return -ENOMEM;

	return state->local ? brg_trust_add_answers(state->trust, old->trust,
						    &state->knobs) : 0;
}

static int brg_state_build(struct brg_state *state, const struct brg_state *old,
			   const struct net_device *dev)
{
	struct brg_table *table;
	int err;

	err = state->local || !state->guest ?
	      brg_state_build_trust(state, old, dev) : 0;
	if (err || (!state->guest && !brg_state_wants_local_in(state)))
		return err;
	table = brg_table_build(state->port, state->audit, &state->knobs);
	if (IS_ERR(table))
		return PTR_ERR(table);
	state->table = table;

	return 0;
}

/**
 * brg_state_prepare() - build what a device is to follow
 * @state: where it goes; brg_state_release() is due whatever is returned
 * @old: what the device follows at present
 * @goal: what the configuration wants of it
 * @dev: the device
 *
 * Context: may sleep; RTNL and struct brg_net.lock.
 * Return: 0 or a negative error, see brg_table_build().
 */
int brg_state_prepare(struct brg_state *state, const struct brg_state *old,
		      const struct brg_goal *goal,
		      const struct net_device *dev)
{
	int err = 0;

	*state = (struct brg_state){
		.port = goal->port, .bridge = goal->bridge->ifindex,
		.local = goal->local, .guest = goal->guest,
		.audit = goal->audit, .knobs = goal->knobs,
	};
	if (!goal->port)
		err = brg_state_own_port(state, goal, dev);
	if (err)
		return err;
	state->generation = state->port->generation;

	return brg_state_build(state, old, dev);
}

/**
 * brg_state_release() - drop what brg_state_prepare() built
 * @state: what hooks can no longer find
 *
 * Context: struct brg_net.lock.
 */
void brg_state_release(struct brg_state *state)
{
	brg_table_free(state->table);
	brg_trust_free(state->trust);
	if (state->owned)
		brg_port_free(state->port);
	*state = (struct brg_state){};
}

/**
 * brg_state_wants_hooks() - is there anything that bridge hooks have to see?
 * @state: what a device follows
 *
 * Return: whether there is.
 */
bool brg_state_wants_hooks(const struct brg_state *state)
{
	const struct brg_trust *t = state->trust;

	if (state->table || (t && (t->bound_only || t->answers)))
		return true;

	return state->local && state->port &&
	       (!state->owned || t->answers_own != BRGUARD_CLAIMS_OFF);
}

/**
 * brg_state_wants_local_in() - is it a local port that is guarded?
 * @state: what a device follows
 *
 * Return: whether the hook has to see what the bridge device receives.
 */
bool brg_state_wants_local_in(const struct brg_state *state)
{
	return state->local && state->port &&
	       state->knobs.local_port == BRGUARD_LOCAL_PORT_GUARDED;
}

/**
 * brg_state_wants_host() - do hooks have to know the host's addresses?
 * @state: what a device follows
 *
 * Return: whether they have.
 */
bool brg_state_wants_host(const struct brg_state *state)
{
	return (state->trust && state->trust->bound_only) ||
	       brg_state_wants_local_in(state);
}
