/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BRGUARDCTL_INTERN_H
#define BRGUARDCTL_INTERN_H

const char *intern(const char *string);

#endif
