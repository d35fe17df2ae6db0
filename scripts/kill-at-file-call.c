// A library to preload: kills the process at its N-th file call under a folder, so that a test sees
// what every moment of writing leaves on the disk.
//
//   KILL_FOLDER  calls count whose path holds this text, or whose descriptor was opened by such a path
//   KILL_AT      the call, from 1, before which the process ends; 0 to count alone
//   KILL_HALF    if set and that call is a write, half of the bytes are written first
//   KILL_LOG     a file that gets a line for each call: its number and name
//
// Built by scripts/kill-at-every-file-call.py: cc -shared -fPIC -O1 -o kill.so kill-at-file-call.c -ldl
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

enum { descriptors = 4096 };
static atomic_int calls;
static char inside[descriptors];  // whether a descriptor leads into the folder

static int counts_path(const char *path) {
  const char *folder = getenv("KILL_FOLDER");
  return folder != NULL && path != NULL && strstr(path, folder) != NULL;
}

static int counts_descriptor(int descriptor) {
  return descriptor >= 0 && descriptor < descriptors && inside[descriptor];
}

static void die(void) {
  kill(getpid(), SIGKILL);
  for (;;) pause();
}

// Whether this call is the one to end at; a write may do half of its work before.
static int arrive(const char *name) {
  int number = atomic_fetch_add(&calls, 1) + 1;
  const char *log = getenv("KILL_LOG");
  if (log != NULL) {
    static FILE *(*real_fopen)(const char *, const char *);
    if (real_fopen == NULL) real_fopen = dlsym(RTLD_NEXT, "fopen");
    FILE *file = real_fopen(log, "a");
    if (file != NULL) {
      fprintf(file, "%d %s\n", number, name);
      fclose(file);
    }
  }
  const char *at = getenv("KILL_AT");
  return at != NULL && atoi(at) == number;
}

#define REAL(result, name, parameters) \
  static result(*real) parameters;     \
  if (real == NULL) real = (result(*) parameters)dlsym(RTLD_NEXT, name)

static int opened(int descriptor, int counted) {
  if (descriptor >= 0 && descriptor < descriptors) inside[descriptor] = (char)counted;
  return descriptor;
}

#define MODE_OF(flags, mode)                  \
  mode_t mode = 0;                            \
  if ((flags) & (O_CREAT | O_TMPFILE)) {      \
    va_list rest;                             \
    va_start(rest, flags);                    \
    mode = va_arg(rest, mode_t);              \
    va_end(rest);                             \
  }

#define OPEN(function)                                              \
  int function(const char *path, int flags, ...) {                  \
    REAL(int, #function, (const char *, int, ...));                 \
    MODE_OF(flags, mode)                                            \
    int counted = counts_path(path);                                \
    if (counted && arrive(#function)) die();                        \
    return opened(real(path, flags, mode), counted);                \
  }
OPEN(open)
OPEN(open64)

#define OPENAT(function)                                                  \
  int function(int folder, const char *path, int flags, ...) {            \
    REAL(int, #function, (int, const char *, int, ...));                  \
    MODE_OF(flags, mode)                                                  \
    int counted = counts_path(path) || counts_descriptor(folder);         \
    if (counted && arrive(#function)) die();                              \
    return opened(real(folder, path, flags, mode), counted);              \
  }
OPENAT(openat)
OPENAT(openat64)

ssize_t write(int descriptor, const void *bytes, size_t count) {
  REAL(ssize_t, "write", (int, const void *, size_t));
  if (counts_descriptor(descriptor) && arrive("write")) {
    if (getenv("KILL_HALF") != NULL) real(descriptor, bytes, count / 2);
    die();
  }
  return real(descriptor, bytes, count);
}

int close(int descriptor) {
  REAL(int, "close", (int));
  if (counts_descriptor(descriptor)) {
    if (arrive("close")) die();
    inside[descriptor] = 0;
  }
  return real(descriptor);
}

#define DESCRIPTOR_CALL(function)                                        \
  int function(int descriptor) {                                         \
    REAL(int, #function, (int));                                         \
    if (counts_descriptor(descriptor) && arrive(#function)) die();       \
    return real(descriptor);                                             \
  }
DESCRIPTOR_CALL(fsync)
DESCRIPTOR_CALL(fdatasync)

int ftruncate(int descriptor, off_t length) {
  REAL(int, "ftruncate", (int, off_t));
  if (counts_descriptor(descriptor) && arrive("ftruncate")) die();
  return real(descriptor, length);
}

#define PATH_CALL(function)                                              \
  int function(const char *path) {                                       \
    REAL(int, #function, (const char *));                                \
    if (counts_path(path) && arrive(#function)) die();                   \
    return real(path);                                                   \
  }
PATH_CALL(unlink)
PATH_CALL(rmdir)
PATH_CALL(remove)

int unlinkat(int folder, const char *path, int flags) {
  REAL(int, "unlinkat", (int, const char *, int));
  if ((counts_path(path) || counts_descriptor(folder)) && arrive("unlinkat")) die();
  return real(folder, path, flags);
}

int mkdir(const char *path, mode_t mode) {
  REAL(int, "mkdir", (const char *, mode_t));
  if (counts_path(path) && arrive("mkdir")) die();
  return real(path, mode);
}

int mkdirat(int folder, const char *path, mode_t mode) {
  REAL(int, "mkdirat", (int, const char *, mode_t));
  if ((counts_path(path) || counts_descriptor(folder)) && arrive("mkdirat")) die();
  return real(folder, path, mode);
}

#define TWO_PATHS(function)                                                              \
  int function(const char *path, const char *other) {                                    \
    REAL(int, #function, (const char *, const char *));                                  \
    if ((counts_path(path) || counts_path(other)) && arrive(#function)) die();           \
    return real(path, other);                                                            \
  }
TWO_PATHS(rename)
TWO_PATHS(link)

int renameat(int folder, const char *path, int other_folder, const char *other) {
  REAL(int, "renameat", (int, const char *, int, const char *));
  if ((counts_path(path) || counts_path(other)) && arrive("renameat")) die();
  return real(folder, path, other_folder, other);
}

int renameat2(int folder, const char *path, int other_folder, const char *other, unsigned flags) {
  REAL(int, "renameat2", (int, const char *, int, const char *, unsigned));
  if ((counts_path(path) || counts_path(other)) && arrive("renameat2")) die();
  return real(folder, path, other_folder, other, flags);
}

int linkat(int folder, const char *path, int other_folder, const char *other, int flags) {
  REAL(int, "linkat", (int, const char *, int, const char *, int));
  if ((counts_path(path) || counts_path(other)) && arrive("linkat")) die();
  return real(folder, path, other_folder, other, flags);
}
