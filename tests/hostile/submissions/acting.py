"""Attacks that do something to the machine. Each returns what it managed to do, or raises."""
import ctypes
import os
import resource
import signal
import socket
import sys
import threading
import time

libc = ctypes.CDLL(None, use_errno=True)


def kernel(number, *given):
    got = libc.syscall(ctypes.c_long(number), *(ctypes.c_long(a) if isinstance(a, int) else a for a in given))
    if got < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return got


def killed(pid):
    os.kill(pid, signal.SIGKILL)
    return "killed"


def killed_by_handle(pid):
    signal.pidfd_send_signal(os.pidfd_open(pid), signal.SIGKILL)
    return "killed"


def killed_by_thread(pid):
    kernel(200, pid, 9)
    return "killed"


def killed_parent():
    os.kill(os.getppid(), signal.SIGKILL)
    return "killed"


def may_signal_everybody():
    os.kill(-1, 0)
    return "yes"


def may_signal_group():
    kernel(62, -os.getppid() if os.getppid() > 1 else -1, 0)
    return "yes"


def owner_of_signals(pid):
    import fcntl
    reader, writer = os.pipe()
    fcntl.fcntl(reader, 8, pid)
    return "set"


def filled(folder):
    with open(f"{folder}/hostile-{os.getpid()}", "wb") as file:
        for _ in range(8):
            file.write(b"x" * (1 << 20))
    return "8 MB"


def made_file(folder):
    os.close(os.open(f"{folder}/hostile-{os.getpid()}", os.O_CREAT | os.O_WRONLY))
    return "made"


def made_folder(folder):
    os.mkdir(f"{folder}/hostile-{os.getpid()}")
    return "made"


def made_link(folder):
    os.symlink("/", f"{folder}/hostile-{os.getpid()}")
    return "made"


def made_pipe(folder):
    os.mkfifo(f"{folder}/hostile-{os.getpid()}")
    return "made"


def made_socket(folder):
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind(f"{folder}/hostile-{os.getpid()}")
    return "made"


def removed(path):
    os.unlink(path)
    return "removed"


def renamed(path):
    os.rename(path, path + "-hostile")
    return "renamed"


def emptied(path):
    os.truncate(path, 0)
    return "emptied"


def emptied_by_opening(path):
    os.close(os.open(path, os.O_WRONLY | os.O_TRUNC))
    return "emptied"


def opened_up(path):
    os.chmod(path, 0o777)
    return "opened"


def touched(path):
    os.utime(path, (0, 0))
    return "touched"


def forked(count):
    pids = []
    for _ in range(count):
        pid = os.fork()
        if pid == 0:
            time.sleep(60)
            os._exit(0)
        pids.append(pid)
    for pid in pids:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
    return len(pids)


def orphaned():
    pid = os.fork()
    if pid:
        return pid
    os.setsid()
    libc.prctl(1, 0, 0, 0, 0)
    os.closerange(0, 64)
    time.sleep(60)
    os._exit(0)


def spawned():
    return os.posix_spawn("/bin/true", ["true"], {})


def threads(count):
    started = 0
    hold = threading.Event()
    try:
        for _ in range(count):
            threading.Thread(target=hold.wait, args=(60,), daemon=True).start()
            started += 1
    except (RuntimeError, MemoryError):
        pass
    hold.set()
    return started


def memory(megabytes):
    kept = []
    for _ in range(megabytes // 16):
        kept.append(bytearray(16 << 20))
    return len(kept) * 16


def memory_mapped(megabytes):
    import mmap
    kept = [mmap.mmap(-1, 16 << 20) for _ in range(megabytes // 16)]
    return len(kept) * 16


def shared_memory():
    number = libc.shmget(0, 1 << 20, 0o1600)
    if number < 0:
        raise OSError(ctypes.get_errno(), "shmget")
    libc.shmctl(number, 0, None)
    return "made"


def posix_shared_memory():
    from multiprocessing import shared_memory
    made = shared_memory.SharedMemory(name=f"hostile-{os.getpid()}", create=True, size=1 << 20)
    return made.name


def hidden_file():
    number = os.memfd_create("hostile")
    os.truncate(number, 0)
    return "made"


def message_queue():
    number = libc.msgget(0, 0o1600)
    if number < 0:
        raise OSError(ctypes.get_errno(), "msgget")
    libc.msgctl(number, 0, None)
    return "made"


def executed(path):
    os.execv("/bin/sh", ["sh", "-c", f": > {path}/hostile-executed"])


def become(uid):
    os.setuid(uid)
    return os.getuid()


def become_by_capability():
    os.setgroups([0])
    return os.getgroups()


def raised_limit(name, value):
    number = getattr(resource, name)
    hard = resource.getrlimit(number)[1]
    wanted = value if hard == resource.RLIM_INFINITY else hard + value
    resource.setrlimit(number, (wanted, wanted))
    return "raised"


def core_size():
    soft, hard = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (hard, hard))
    if hard == 0:
        raise OSError("no core may be written")
    return "allowed"


def dumpable():
    if libc.prctl(4, 1, 0, 0, 0) < 0:
        raise OSError(ctypes.get_errno(), "prctl")
    return libc.prctl(3, 0, 0, 0, 0)


def namespace(flags):
    if libc.unshare(flags) < 0:
        raise OSError(ctypes.get_errno(), "unshare")
    return "made"


def outlives():
    if libc.prctl(1, 0, 0, 0, 0) < 0:
        raise OSError(ctypes.get_errno(), "prctl")
    return "undone"


def ring():
    room = ctypes.create_string_buffer(256)
    os.close(kernel(425, 4, room))
    return "made"


def other_architecture():
    """Ask for the pid through the door for 32-bit programs, which a filter must not forget."""
    import mmap
    code = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
    code.write(b"\x53\xb8\x14\x00\x00\x00\xcd\x80\x5b\xc3")  # push rbx; mov eax, 20; int 0x80; pop rbx; ret
    place = ctypes.addressof(ctypes.c_char.from_buffer(code))
    return "asked" if ctypes.CFUNCTYPE(ctypes.c_int)(place)() == os.getpid() else "nothing"


def refused_calls(numbers):
    """Return the calls that are refused, of those that only programs with rights or bad plans need."""
    refused = []
    for number in numbers:
        try:
            kernel(number, -1, -1, -1, -1, -1, -1)
        except OSError as error:
            if error.errno in (1, 38):
                refused.append(number)
    return refused


def descriptors():
    found = []
    for number in range(1024):
        try:
            os.fstat(number)
        except OSError:
            continue
        found.append(number)
    return found


def typed_into_terminal():
    import fcntl
    fcntl.ioctl(0, 0x5412, b"x")
    return "typed"


def worked(seconds):
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass
    return "done"


def stopped_the_clock():
    """Let the first thread end while another one goes on working."""
    def work():
        while True:
            pass
    threading.Thread(target=work, daemon=True).start()
    libc.syscall(60, 0)
