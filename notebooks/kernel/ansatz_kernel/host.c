// The process in which the cells of a notebook live.
//
//   ansatz-host CONTROL-FD LIBRARY
//
// Commands come in lines on CONTROL-FD: `RUN path TAB symbol` and `STOP`. Whatever cells print goes to
// standard output. Events stand between 0x1E and 0x1F in the same stream, so that their order
// against printed text is kept: `E kind reached detail`, `D file` for a display.
//
// Each cell runs on a thread of its own. When it traps, the handler parks that thread for good: its
// stack stays, and with it every value of earlier cells. That is leaky, and the point of it.

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <time.h>
#include <ucontext.h>
#include <unistd.h>

enum { grace_ms = 1000, force_ms = 3000, retry_ms = 20, stack_bytes = 256 << 20 };

static int wake[2];
static pthread_t cell_thread;
static atomic_int is_running, stop_requested, is_forced;
static struct {
  uintptr_t from, to;
} code[4096];
static atomic_int code_count;

static void (*raise_stop)(void), (*clear)(void);
static int (*reached)(void);

static void event(const char *format, ...) {
  char text[4000];
  va_list arguments;
  va_start(arguments, format);
  int length = vsnprintf(text + 1, sizeof text - 2, format, arguments);
  va_end(arguments);
  if (length > (int)sizeof text - 3) length = sizeof text - 3;
  text[0] = 0x1E;
  text[length + 1] = 0x1F;
  for (char *next = text, *end = text + length + 2; next < end;) {
    ssize_t written = write(STDOUT_FILENO, next, end - next);
    if (written < 0 && errno != EINTR) _exit(0);
    if (written > 0) next += written;
  }
}

static void park(unsigned char why) {
  sigset_t all;
  sigfillset(&all);
  pthread_sigmask(SIG_BLOCK, &all, NULL);
  (void)!write(wake[1], &why, 1);
  for (;;) pause();
}

static void trapped(int number) { park((unsigned char)number); }

static uintptr_t program_counter(const ucontext_t *context) {
#if defined(__x86_64__)
  return context->uc_mcontext.gregs[REG_RIP];
#elif defined(__aarch64__)
  return context->uc_mcontext.pc;
#else
  return 0;
#endif
}

// Stops the cell's thread where no lock of the C library can be held: in a cell's own code or in
// Ansatz. Once forced, anywhere.
static void interrupted(int number, siginfo_t *info, void *context) {
  (void)number, (void)info;
  if (!pthread_equal(pthread_self(), cell_thread) || !atomic_load(&is_running)) return;
  uintptr_t at = program_counter(context);
  int count = atomic_load(&code_count), safe = atomic_load(&is_forced);
  for (int i = 0; i < count && !safe; i++) safe = code[i].from <= at && at < code[i].to;
  if (safe) park('I');
}

static int note_code(struct dl_phdr_info *info, size_t size, void *unused) {
  (void)size, (void)unused;
  if (!strstr(info->dlpi_name, "/Cell") && !strstr(info->dlpi_name, "libAnsatzNotebook"))
    return 0;
  for (int i = 0; i < info->dlpi_phnum; i++) {
    const ElfW(Phdr) *segment = &info->dlpi_phdr[i];
    int count = atomic_load(&code_count);
    if (segment->p_type != PT_LOAD || !(segment->p_flags & PF_X) || count == 4096) continue;
    code[count].from = info->dlpi_addr + segment->p_vaddr;
    code[count].to = code[count].from + segment->p_memsz;
    atomic_store(&code_count, count + 1);
  }
  return 0;
}

static void *run(void *entry) {
  stack_t alternate = {.ss_sp = malloc(1 << 16), .ss_size = 1 << 16};
  sigaltstack(&alternate, NULL);
  ((int (*)(int, char **))entry)(0, NULL);
  fflush(NULL);
  unsigned char done = 0;
  (void)!write(wake[1], &done, 1);
  alternate.ss_flags = SS_DISABLE;
  sigaltstack(&alternate, NULL);
  free(alternate.ss_sp);
  return NULL;
}

static void start(char *path, char *symbol) {
  void *library = dlopen(path, RTLD_NOW | RTLD_GLOBAL);
  void *entry = library ? dlsym(library, symbol) : NULL;
  if (!entry) {
    event("E load 0 %s", dlerror());
    return;
  }
  atomic_store(&code_count, 0);
  dl_iterate_phdr(note_code, NULL);
  atomic_store(&stop_requested, 0);
  atomic_store(&is_forced, 0);
  clear();
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstacksize(&attributes, stack_bytes);
  pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
  atomic_store(&is_running, 1);
  if (pthread_create(&cell_thread, &attributes, run, entry)) {
    atomic_store(&is_running, 0);
    event("E load 0 no thread for the cell: %s", strerror(errno));
  }
  pthread_attr_destroy(&attributes);
}

static void finish(unsigned char why) {
  if (!atomic_exchange(&is_running, 0)) return;
  int stopped = atomic_load(&stop_requested), at = reached();
  clear();
  if (why) {
    // A parked thread may hold the lock of standard output, and would hold it for ever.
    if (ftrylockfile(stdout)) {
#ifdef __GLIBC__
      memset(stdout->_lock, 0, 16);
#endif
    } else {
      funlockfile(stdout);
    }
    fflush(stdout);
  }
  const char *kind = why == 0 ? "done" : why == 'I' ? "interrupted" : "trap";
  event("E %s %d %d %d", kind, at, why, stopped);
}

static long milliseconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int main(int count, char **arguments) {
  if (count != 3) return 64;
  int control = atoi(arguments[1]);
  // Nobody is left to talk to when the kernel dies.
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() == 1) return 0;
  setvbuf(stdout, NULL, _IOLBF, 0);
  if (pipe2(wake, O_CLOEXEC)) return 71;
  void *library = dlopen(arguments[2], RTLD_NOW | RTLD_GLOBAL);
  if (library) {
    raise_stop = (void (*)(void))dlsym(library, "ansatz_notebook_raise_stop");
    clear = (void (*)(void))dlsym(library, "ansatz_notebook_clear");
    reached = (int (*)(void))dlsym(library, "ansatz_notebook_reached");
  }
  if (!raise_stop || !clear || !reached) {
    event("E load 0 %s", dlerror());
    return 70;
  }
  signal(SIGINT, SIG_IGN);
  signal(SIGPIPE, SIG_IGN);
  struct sigaction action = {.sa_handler = trapped, .sa_flags = SA_ONSTACK};
  int traps[] = {SIGILL, SIGTRAP, SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGSYS};
  for (size_t i = 0; i < sizeof traps / sizeof *traps; i++) sigaction(traps[i], &action, NULL);
  struct sigaction stop = {.sa_sigaction = interrupted, .sa_flags = SA_SIGINFO | SA_RESTART};
  sigaction(SIGUSR1, &stop, NULL);
  event("E ready 0");

  static char buffer[8192];
  size_t used = 0;
  long stopped_at = 0;
  for (;;) {
    int pending = atomic_load(&is_running) && atomic_load(&stop_requested);
    struct pollfd files[] = {{.fd = control, .events = POLLIN}, {.fd = wake[0], .events = POLLIN}};
    if (poll(files, 2, pending ? retry_ms : -1) < 0 && errno != EINTR) return 71;
    if (files[1].revents & POLLIN) {
      unsigned char why;
      if (read(wake[0], &why, 1) == 1) finish(why);
      continue;
    }
    if (pending && milliseconds() - stopped_at > grace_ms) {
      if (milliseconds() - stopped_at > force_ms) atomic_store(&is_forced, 1);
      pthread_kill(cell_thread, SIGUSR1);
    }
    if (!files[0].revents) continue;
    ssize_t got = read(control, buffer + used, sizeof buffer - 1 - used);
    if (got <= 0) _exit(0);
    used += got;
    buffer[used] = 0;
    for (char *end; (end = memchr(buffer, '\n', used));) {
      *end = 0;
      char path[4096], symbol[256];
      if (!strcmp(buffer, "STOP")) {
        if (atomic_load(&is_running) && !atomic_exchange(&stop_requested, 1)) {
          stopped_at = milliseconds();
          raise_stop();
        }
      } else if (sscanf(buffer, "RUN %4095[^\t]\t%255s", path, symbol) == 2) {
        start(path, symbol);
      }
      used -= end + 1 - buffer;
      memmove(buffer, end + 1, used);
    }
  }
}
