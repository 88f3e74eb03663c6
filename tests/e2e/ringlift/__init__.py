"""Drives the real programs of Ringlift: phones, server, virtual phone network, PulseAudio. Standard library only.

Everything waits for what it needs, with a deadline, and never sleeps. All times are microseconds of CLOCK_MONOTONIC,
the clock of every `t_us` that the programs print.
"""
