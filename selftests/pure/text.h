/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Frames as text: words of lower-case hex digits are bytes, words that begin
 * with a capital are names (see text.c), N*WORD is N times WORD. Lengths and
 * checksums are named by what they cover and filled in:
 *
 *  LEN4  total length of an IPv4 packet	SUM4  its header checksum
 *  LEN6  payload length of an IPv6 packet	SUM6  checksum of ICMPv6
 *  LENU  length of UDP
 *  END   the packet ends here, padding follows
 */
#ifndef PURE_TEXT_H
#define PURE_TEXT_H

#include <linux/types.h>

int text_read(const char *text, u8 *buf, unsigned int size);
const char *text_name(unsigned int n);

#endif /* PURE_TEXT_H */
