/* Physical limit: read every input file, SHA-256 each lambda.py, write given sizes.
 *
 *   cc -O2 -static -Wno-deprecated-declarations -o limit limit.c -lcrypto
 *   ./limit REPO OUTDIR SIZES
 *
 * SIZES has one "name bytes" line for each file to write; run.py makes it.
 * Nothing is parsed and the bytes written are filler: any program that does
 * the same work through the same system calls has to take at least this long.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <fcntl.h>
#include <openssl/sha.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char buffer[1 << 19];    /* larger files are written in parts: a buffer of their size would cost page faults */
static unsigned long files, bytes, hashed;
static unsigned check;

static void die(const char *what) { perror(what); exit(1); }

static void walk(int parent, const char *name)
{
    int fd = openat(parent, name, O_RDONLY | O_DIRECTORY);
    if (fd < 0) die(name);
    DIR *dir = fdopendir(fd);
    struct dirent *entry;
    while ((entry = readdir(dir)) != NULL) {
        if (entry->d_name[0] == '.') continue;
        if (entry->d_type == DT_DIR) { walk(fd, entry->d_name); continue; }
        int in = openat(fd, entry->d_name, O_RDONLY);
        if (in < 0) die(entry->d_name);
        ssize_t got, have = 0;
        while ((got = read(in, buffer + have, sizeof buffer - have)) > 0) have += got;
        close(in);
        files++; bytes += have;
        if (strcmp(entry->d_name, "lambda.py") == 0) {
            unsigned char digest[SHA256_DIGEST_LENGTH];
            SHA256_CTX state;                /* the low-level calls: SHA256() looks its code up anew each time */
            SHA256_Init(&state); SHA256_Update(&state, buffer, have); SHA256_Final(digest, &state);
            check ^= digest[0]; hashed++;
        }
    }
    closedir(dir);
}

int main(int argc, char **argv)
{
    if (argc != 4) { fprintf(stderr, "usage: limit REPO OUTDIR SIZES\n"); return 2; }
    char path[4096], name[1024];
    unsigned long size, written = 0, out_files = 0;
    snprintf(path, sizeof path, "%s/src", argv[1]);
    walk(AT_FDCWD, path);
    memset(buffer, 'x', sizeof buffer);
    mkdir(argv[2], 0777);
    int out = open(argv[2], O_RDONLY | O_DIRECTORY);
    FILE *sizes = fopen(argv[3], "r");
    if (out < 0 || !sizes) die("open");
    while (fscanf(sizes, "%1023s %lu", name, &size) == 2) {
        int fd = openat(out, name, O_WRONLY | O_CREAT | O_TRUNC, 0666);
        if (fd < 0) die(name);
        for (unsigned long left = size; left > 0;) {
            size_t part = left < sizeof buffer ? left : sizeof buffer;
            if (write(fd, buffer, part) != (ssize_t)part) die(name);
            left -= part;
        }
        close(fd);
        out_files++; written += size;
    }
    printf("read %lu files %lu bytes, hashed %lu, wrote %lu files %lu bytes (%02x)\n",
           files, bytes, hashed, out_files, written, check);
    return 0;
}
