# SPDX-License-Identifier: GPL-2.0
# gnuplot: DATA, OUT, XLABEL, YLABEL are given with -e.
set terminal svg size 800,500 font "sans,13" background "white"
set output OUT
set logscale xy
set grid
set format xy "%.0f"
set key outside right top
set xlabel XLABEL
set ylabel YLABEL
stats DATA using 1 nooutput
plot for [i = 0:STATS_blocks - 1] DATA index i using 1:2 skip 0 \
	with linespoints linewidth 2 pointtype i + 1 title columnheader(1)
