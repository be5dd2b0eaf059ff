# SPDX-License-Identifier: GPL-2.0
# The developer's manual: "make help". The kernel's build reads Kbuild, not
# this file.

KVER ?= $(shell uname -r)
KDIR ?= /lib/modules/$(KVER)/build
DESTDIR ?=
KERNEL ?= 6.1
KERNELS ?= 6.1
INSTALL ?= install

# The user's command line goes to the runner as it stands: no $ expanded here.
unexport CMD
# bash counts in a variable of this name.
unexport SECONDS
export VM_CMD := $(value CMD)
export KERNEL KERNELS
export ENVIRONMENTS JOBS EXTRA TIMEOUT LOAD QUICK MITIGATIONS TESTS

RUN := selftests/vm/run

.PHONY: all help
all: module tools	## the module for the running kernel and the tool

help:			## this list
	@sed -n 's/^\([a-z-]*\):[^#]*## */  make \1\t/p' Makefile | expand -t 24

.PHONY: demo check debug-check coverage vm bench fuzz oracle soak lint
demo:			## attacks and legitimate traffic in a VM, without brguard and with it
	@VM_CMD=selftests/demo/demo.sh LOAD=0 $(RUN)

check:			## all tests in VMs [KERNELS="6.1 6.12:core"] [JOBS=2]
	@selftests/vm/check $(KERNELS)

# All tests are two VMs' work, as neither keeps two CPUs busy.
debug-check: DEBUG ?= debug
debug-check:		## the same on a kernel that finds bugs [DEBUG=kcsan] [TESTS="flood.sh ..."]
	@selftests/vm/planted $(DEBUG)
	@$(if $(TESTS),selftests/vm/check $(DEBUG),JOBS=$(or $(JOBS),2) \
		selftests/vm/check $(DEBUG):1/2 $(DEBUG):2/2)

coverage:		## what of the module the tests go through [TESTS="flood.sh ..."]
	@selftests/vm/coverage $(TESTS)

vm:			## a shell in a VM, or one command [CMD='...'] [EXTRA=DIR] [KERNEL=6.1]
	@$(RUN)

bench:			## instructions a frame, beside everybody else [QUICK=1]
	@selftests/bench/run

fuzz:			## parser and decision in user space, and the tool's parsers [SECONDS=60]
	@selftests/fuzz.sh $(or $(SECONDS),60)

oracle:			## the decision against a second one, in Python [FRAMES=1000000]
	@selftests/oracle/run

soak:			## one test after another, on all kernels [HOURS=1] [KERNELS="6.1 debug"]
	@KERNELS="$(if $(filter file,$(origin KERNELS)),,$(KERNELS))" \
		selftests/vm/soak $(or $(HOURS),1)

lint:			## all that can be said of the sources without running the module
	@selftests/lint.sh

.PHONY: deb deb-check
deb:			## brguard-dkms and brguardctl as packages for Debian 12, in build/deb/
	@selftests/deb.sh

deb-check:		## the same, installed in a new Debian 12
	@selftests/deb.sh check

.PHONY: module tools install
module:			## brguard.ko for the running kernel [KVER=] [KDIR=]
	$(MAKE) -C $(KDIR) M=$(CURDIR) modules

tools:			## brguardctl
	$(MAKE) -C tools

install: module tools	## module, tool, header, spec and man pages [DESTDIR=]
	$(MAKE) -C tools install DESTDIR=$(DESTDIR)
	$(INSTALL) -D -m 644 brguard.ko \
		$(DESTDIR)/lib/modules/$(KVER)/updates/brguard.ko
	$(INSTALL) -D -m 644 -t $(DESTDIR)/usr/include/linux uapi/linux/*.h
	$(INSTALL) -D -m 644 -t $(DESTDIR)/usr/share/brguard/specs \
		Documentation/netlink/specs/*.yaml
	$(if $(wildcard Documentation/man/*.8),$(INSTALL) -D -m 644 \
		-t $(DESTDIR)/usr/share/man/man8 Documentation/man/*.8)
	$(if $(DESTDIR),,depmod $(KVER))

.PHONY: clean distclean
clean:			## remove what was built in the work tree
	-$(MAKE) -C tools clean
	$(if $(wildcard $(KDIR)),$(MAKE) -C $(KDIR) M=$(CURDIR) clean)

distclean: clean	## and what the VM runner built
	rm -rf build
