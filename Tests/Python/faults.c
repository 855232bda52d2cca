/* Preloaded into the program: lets system calls fail, or ends the program at one of them.
 *
 *   FAULTS=rename=3-:5,rmdir@prod=1-1:16   from the third `rename` on EIO; the first `rmdir` of a path with "prod" EBUSY
 *   FAULT_KILL=7                           SIGKILL in place of the seventh call of those that change something
 *   FAULT_LOG=file                         a line for each call: name and path
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { RULES = 16 };
static struct rule {
    char name[16], path[64];
    int from, to, code, seen;
} rules[RULES];
static int rule_count, changes, kill_at, log_file = -1;

__attribute__((constructor)) static void prepare(void) {
    char *kill_text = getenv("FAULT_KILL"), *log_path = getenv("FAULT_LOG"), *faults = getenv("FAULTS");
    if (kill_text) kill_at = atoi(kill_text);
    if (log_path) log_file = open(log_path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
    if (!faults || !*faults) return;
    char *copy = strdup(faults), *rest = copy, *one;
    while ((one = strsep(&rest, ",")) && rule_count < RULES) {
        struct rule *rule = &rules[rule_count++];
        char *value = strchr(one, '=');
        *value++ = 0;
        char *path = strchr(one, '@');
        if (path) *path++ = 0;
        snprintf(rule->name, sizeof rule->name, "%s", one);
        snprintf(rule->path, sizeof rule->path, "%s", path ? path : "");
        rule->from = rule->to = (int)strtol(value, &value, 10);
        if (*value == '-') rule->to = (int)strtol(value + 1, &value, 10);
        if (!rule->to) rule->to = 1 << 30;
        rule->code = atoi(value + 1);
    }
    free(copy);
}

/* Whether the call is to fail, with errno set. */
static int fails(const char *name, const char *path, int is_change) {
    if (log_file >= 0) dprintf(log_file, "%s %s\n", name, path);
    if (is_change && ++changes == kill_at) raise(SIGKILL);
    for (int index = 0; index < rule_count; index++) {
        struct rule *rule = &rules[index];
        if (strcmp(rule->name, name) || !strstr(path, rule->path)) continue;
        rule->seen++;
        if (rule->seen < rule->from || rule->seen > rule->to) continue;
        errno = rule->code;
        return 1;
    }
    return 0;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

int rename(const char *from, const char *to) { return fails("rename", to, 1) ? -1 : REAL(rename)(from, to); }
int link(const char *from, const char *to) { return fails("link", from, 1) ? -1 : REAL(link)(from, to); }
int unlink(const char *path) { return fails("unlink", path, 1) ? -1 : REAL(unlink)(path); }
int rmdir(const char *path) { return fails("rmdir", path, 1) ? -1 : REAL(rmdir)(path); }
int mkdir(const char *path, mode_t mode) { return fails("mkdir", path, 1) ? -1 : REAL(mkdir)(path, mode); }
int lstat(const char *path, struct stat *status) { return fails("lstat", path, 0) ? -1 : REAL(lstat)(path, status); }
int flock(int file, int operation) { return fails("flock", "", 0) ? -1 : REAL(flock)(file, operation); }

/* Only what is closed twice is of interest. */
int close(int file) {
    int result = REAL(close)(file);
    if (result && errno == EBADF && log_file >= 0) dprintf(log_file, "closed-twice %d\n", file);
    return result;
}

int fsync(int file) {
    char link_path[64], path[4096];
    snprintf(link_path, sizeof link_path, "/proc/self/fd/%d", file);
    ssize_t size = readlink(link_path, path, sizeof path - 1);
    path[size > 0 ? size : 0] = 0;
    return fails("fsync", path, 1) ? -1 : REAL(fsync)(file);
}
