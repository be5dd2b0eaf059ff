// SPDX-License-Identifier: GPL-2.0-only
/*
 * Capture files, read by libpcap: pcap in both byte orders and resolutions, and
 * pcapng. A frame that is not there as a whole is not judged by what is left of
 * it, it ends the reading.
 */

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <linux/brguard.h>
#include <pcap/pcap.h>

#include "capture.h"

#define CUT \
	"frame %llu: only %u of its %u bytes were captured, use the full snap length (tcpdump -s 0)"

static void close_file(FILE *file)
{
	if (file != stdin)
		fclose(file);
}

/* libpcap's words for a file that cannot be read or is empty name neither. */
static int check_start(const struct capture *capture, FILE *file)
{
	int c = getc(file);

	if (c == EOF && ferror(file))
		return report_at(&capture->at, "cannot read it: %s", strerror(errno));
	if (c == EOF)
		return report_at(&capture->at,
				 "is empty, expected a capture in the format of pcap or pcapng");
	ungetc(c, file);
	return EXIT_DONE;
}

static int open_pcap(struct capture *capture, FILE *file)
{
	char why[PCAP_ERRBUF_SIZE] = "";
	int err;

	err = check_start(capture, file);
	if (err)
		return err;
	capture->pcap = pcap_fopen_offline(file, why);
	if (capture->pcap)
		return EXIT_DONE;
	return report_at(&capture->at, "is no capture in the format of pcap or pcapng: %s", why);
}

static int check_link_type(struct capture *capture)
{
	int type = pcap_datalink(capture->pcap);
	const char *name = pcap_datalink_val_to_name(type);

	if (type == DLT_EN10MB)
		return EXIT_DONE;
	if (!name)
		name = pcap_datalink_val_to_description_or_dlt(type);
	return report_at(&capture->at, "has the link type %s, expected EN10MB (Ethernet)", name);
}

/**
 * capture_open() - start to read a capture file
 * @capture: result
 * @path: the file, "-" for standard input
 *
 * Return: EXIT_DONE, or EXIT_REFUSED after a message; then there is nothing to
 * close.
 */
int capture_open(struct capture *capture, const char *path)
{
	bool standard = !strcmp(path, "-");
	FILE *file;
	int err;

	memset(capture, 0, sizeof(*capture));
	capture->at.file = standard ? "<stdin>" : path;
	file = standard ? stdin : fopen(path, "re");
	if (!file)
		return report_at(&capture->at, "cannot open it: %s", strerror(errno));

	err = open_pcap(capture, file);
	if (err) {
		close_file(file);
		return err;
	}
	err = check_link_type(capture);
	if (err)
		capture_close(capture);
	return err;
}

__printf(2, 3) static bool stop(struct capture *capture, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(capture->why, sizeof(capture->why), format, args);
	va_end(args);
	return false;
}

/* Is the frame behind those that were read all there? */
static bool check_frame(struct capture *capture, const struct pcap_pkthdr *header)
{
	unsigned long long n = capture->frames + 1;

	if (header->caplen < header->len)
		return stop(capture, CUT, n, header->caplen, header->len);
	if (header->caplen > header->len)
		return stop(capture, "frame %llu: %u bytes were captured of a frame of %u", n,
			    header->caplen, header->len);
	if (!header->len)
		return stop(capture, "frame %llu: is empty", n);
	if (header->len > BRGUARD_FRAME_MAX)
		return stop(capture,
			    "frame %llu: a frame cannot have more than %u bytes, it has %u", n,
			    BRGUARD_FRAME_MAX, header->len);
	return true;
}

/**
 * capture_next() - read the next frame
 * @capture: the capture
 *
 * Return: true if there is one; else capture_end() knows why not.
 */
bool capture_next(struct capture *capture)
{
	struct pcap_pkthdr *header;
	int n;

	n = pcap_next_ex(capture->pcap, &header, &capture->data);
	if (n == PCAP_ERROR_BREAK)
		return false;
	if (n != 1)
		return stop(capture, "cannot read on behind %llu whole frame%s: %s",
			    capture->frames, capture->frames == 1 ? "" : "s",
			    pcap_geterr(capture->pcap));
	if (!check_frame(capture, header))
		return false;
	capture->size = header->len;
	capture->frames++;
	return true;
}

/**
 * capture_end() - say what ended the reading, unless it was the end of the file
 * @capture: the capture
 *
 * Return: EXIT_DONE, or EXIT_REFUSED after a message.
 */
int capture_end(const struct capture *capture)
{
	if (!*capture->why)
		return EXIT_DONE;
	return report_at(&capture->at, "%s", capture->why);
}

/**
 * capture_close() - stop reading
 * @capture: the capture
 */
void capture_close(struct capture *capture)
{
	pcap_close(capture->pcap);
}
