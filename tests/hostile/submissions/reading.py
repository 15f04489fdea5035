"""Attacks on what may only be read by others. Each returns what it got hold of."""
import ctypes
import os
import socket
import sys


def read(path):
    with open(path) as file:
        return file.readline().strip()


def read_by_descriptor(path):
    return os.read(os.open(path, os.O_RDONLY), 100).decode().strip()


def read_by_path(path):
    return sorted(os.listdir(path))


def read_mapped(path):
    import mmap
    with open(path, "rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)[:100].decode().strip()


def read_by_numpy(path):
    import numpy as np
    return np.fromfile(path, dtype="S1").tobytes().decode().strip()


def read_by_c(path):
    libc = ctypes.CDLL(None)
    libc.fopen.restype = ctypes.c_void_p
    file = libc.fopen(path.encode(), b"r")
    if not file:
        raise OSError("closed")
    room = ctypes.create_string_buffer(200)
    libc.fread(room, 1, 199, ctypes.c_void_p(file))
    return room.value.decode().strip()


def read_by_import_machinery(path):
    from importlib.machinery import SourceFileLoader
    return SourceFileLoader("x", path).get_data(path).decode().strip()


def read_by_lines(path):
    import linecache
    lines = linecache.getlines(path)
    if not lines:
        raise OSError("closed")
    return lines[0].strip()


def import_from(folder, name):
    sys.path.insert(0, folder)
    sys.path_importer_cache.clear()
    return __import__(name).__name__


def import_by_finder(folder, name):
    from importlib.machinery import PathFinder
    class Finder:
        @staticmethod
        def find_spec(fullname, path, target=None):
            return PathFinder.find_spec(fullname, [folder], target) if fullname == name else None
    sys.meta_path.insert(0, Finder)
    return __import__(name).__name__


def memory_file(pid, address, size):
    with open(f"/proc/{pid}/mem", "rb", buffering=0) as file:
        file.seek(address)
        return file.read(size).decode()


def memory_written(pid, address, size):
    with open(f"/proc/{pid}/mem", "r+b", buffering=0) as file:
        file.seek(address)
        file.write(b"H")
        file.seek(address)
        return file.read(1).decode()


def memory_call(pid, address, size):
    here = ctypes.create_string_buffer(size)
    local = (ctypes.c_size_t * 2)(ctypes.addressof(here), size)
    remote = (ctypes.c_size_t * 2)(address, size)
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.process_vm_readv(pid, local, ctypes.c_ulong(1), remote, ctypes.c_ulong(1), ctypes.c_ulong(0)) < 0:
        raise OSError(ctypes.get_errno(), "process_vm_readv")
    return here.raw.decode()


def traced(pid):
    if ctypes.CDLL(None, use_errno=True).ptrace(0x4206, pid, None, None) < 0:
        raise OSError(ctypes.get_errno(), "ptrace")
    return "seized"


def parents_memory():
    known = sys.version.encode()  # it was there before this process was forked, so its address is the same
    with open(f"/proc/{os.getppid()}/mem", "rb", buffering=0) as file:
        file.seek(id(sys.version))
        return "read" if known in file.read(sys.getsizeof(sys.version)) else "not found"


def traced_parent():
    return traced(os.getppid())


def stolen_descriptor(pid, number):
    libc = ctypes.CDLL(None, use_errno=True)
    got = libc.syscall(438, libc.syscall(434, pid, 0), number, 0)
    if got < 0:
        raise OSError(ctypes.get_errno(), "pidfd_getfd")
    return os.pread(got, 100, 0).decode()


def command_line(pid):
    with open(f"/proc/{pid}/cmdline", "rb") as file:
        return file.read().decode().split("\0")[-2]


def listed(path):
    return bool(os.listdir(path))


def over_tcp(port, token):
    with socket.create_connection(("127.0.0.1", port), 2) as caller:
        caller.sendall(token.encode())
    return "sent"


def over_udp(port, token):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as caller:
        caller.sendto(token.encode(), ("127.0.0.1", port))
    return "sent"


def over_unix(address, token):
    with socket.socket(socket.AF_UNIX) as caller:
        caller.settimeout(2)
        caller.connect(address)
        caller.sendall(token.encode())
    return "sent"


def found_in_objects(backwards):
    """Look into all that Python knows of: objects, frames, modules, the environment."""
    import gc
    seen, todo = set(), [gc.get_objects(), dict(os.environ), sys.argv, sys.path, sys.modules]
    frame = sys._getframe()
    while frame is not None:
        todo += [dict(frame.f_globals), dict(frame.f_locals)]
        frame = frame.f_back
    texts = []
    while todo:
        one = todo.pop()
        if id(one) in seen or one is todo or one is texts or one is backwards:
            continue
        seen.add(id(one))
        if isinstance(one, str):
            texts.append(one)
        elif isinstance(one, bytes):
            texts.append(one.decode("latin-1"))
        elif isinstance(one, dict):
            todo += [*one, *one.values()]
        elif isinstance(one, (list, tuple, set, frozenset)):
            todo += one
        elif isinstance(getattr(one, "__dict__", None), dict):
            todo.append(one.__dict__)
    whole = "\n".join(texts)[::-1]
    return [whole.count(word) for word in backwards]


def found_by_inspect(backwards):
    import inspect
    texts = []
    for module in list(sys.modules.values()):
        try:
            texts.append(inspect.getsource(module))
        except Exception:
            pass
    whole = "\n".join(texts)[::-1]
    return [whole.count(word) for word in backwards]


def known_modules():
    return sorted(name for name in sys.modules if name.partition(".")[0] in ("grader", "pytest", "solutions", "hidden"))
