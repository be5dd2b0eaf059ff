/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BRGUARDCTL_VERSION_H
#define BRGUARDCTL_VERSION_H

#define BRGUARDCTL_VERSION "0.1.0"

#endif
