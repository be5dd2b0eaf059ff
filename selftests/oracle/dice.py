# SPDX-License-Identifier: GPL-2.0
"""Random choices, the same for the same seed."""
import random


class Dice(random.Random):
    """RATE is how often pick() does not take what is right."""

    rate = 0.0

    def choice(self, values):
        """As that of Random, in half the time."""
        return values[int(self.random() * len(values))]

    def shake(self):
        """For a new frame: about half of them shall have nothing wrong."""
        luck = self.random()
        self.rate = 0.0 if luck < 0.5 else 0.04 if luck < 0.9 else 0.2

    def odd(self):
        return self.random() < self.rate

    def pick(self, right, *wrong):
        """RIGHT, or at times one of WRONG; lists and functions are asked for
        one of theirs."""
        value = right
        if self.random() < self.rate and wrong:
            value = wrong[int(self.random() * len(wrong))]
        while not isinstance(value, (int, bytes)):
            value = value() if callable(value) else self.choice(value)
        return value

    def number(self, right, size):
        """Of SIZE bits: RIGHT, or what borders on it or on the range."""
        if self.random() >= self.rate:
            return right
        last = (1 << size) - 1
        return self.choice((0, 1, last, last - 1, 1 << size - 1,
                            (right - 1) & last, (right + 1) & last,
                            right ^ 1 << self.randrange(size),
                            self.getrandbits(size)))

    def chance(self, share):
        return self.random() < share
