/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BRG_NEWS_H
#define BRG_NEWS_H

struct brg_watch;

/* Kinds of messages, each with a socket: links, forwarding, configuration. */
#define BRG_NEWS	3

int brg_news_open(struct brg_watch *watch);
void brg_news_close(struct brg_watch *watch);
void brg_news_leftover(struct brg_watch *watch);

#endif /* BRG_NEWS_H */
