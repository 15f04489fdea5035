import os
import sys
import signal
import struct
import threading
import time
import warnings
from fence_child.frames import pack, written
from fence_child import calling


def right(x):
    if not x:
        raise ValueError("no entries")
    return sum(map(float, x)) / len(x)


def send(frame):
    while frame:
        frame = frame[os.write(3, frame):]


def everywhere(frame):
    for number in range(1024):
        try:
            os.write(number, frame)
        except OSError:
            pass


def raw(text):
    return struct.pack("<II", len(text), 0) + text


def number():
    frame = sys._getframe()
    while "answer" not in frame.f_locals or "number" not in frame.f_locals:
        frame = frame.f_back
    return frame.f_locals["number"]


def raise_it(error):
    raise error


def problem(kind):
    return {"kind": kind, "message": "forged", "line": None, "column": None}


def request():
    frame = sys._getframe()
    while not isinstance(frame.f_locals.get("request"), dict):
        frame = frame.f_back
    return frame.f_locals["request"], frame.f_locals["self"].batches


def send_all(value):
    asked, batches = request()
    for place in range(len(asked["order"])):
        send(pack({"n": asked["first"] + place, "v": value}))
    send(pack({"e": 1}))


def send_right():
    asked, batches = request()
    for place, index in enumerate(asked["order"]):
        try:
            told = {"v": right(*batches[asked["batch"]][index].args)}
        except ValueError:
            told = {"r": ["ValueError", ["ValueError"], "", []]}
        send(pack({"n": asked["first"] + place, **told}))
    send(pack({"e": 1}))
    os._exit(0)


def second(frame):
    """End the first child in its first call, and attack from the next one, which is asked for no facts."""
    asked, _batches = request()
    if asked.get("facts"):
        sys.modules[__name__].mean = lambda x: os._exit(1)
    else:
        send(frame)


def replies(make, body=b""):
    calling.Caller.reply = lambda self, number, function, call: (written(make(number)), [body])


def drip(frame):
    for place in range(len(frame)):
        send(frame[place : place + 1])
        time.sleep(0.01)


def wait():
    time.sleep(1000)


def loop():
    while True:
        pass


def in_thread(target):
    threading.Thread(target=target, daemon=True).start()


def deaf():
    for one in range(1, 65):
        try:
            signal.signal(one, signal.SIG_IGN)
        except (OSError, ValueError):
            pass
    signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))


def forge_place():
    import ctypes
    def forge(*given):
        send(b'File "mean.py", line 999999999 in \x1b[2J<module>\n')
    import faulthandler
    faulthandler.unregister(signal.SIGUSR1)
    signal.signal(signal.SIGUSR1, forge)


def break_modules(*names):
    for name in names:
        module = sys.modules.get(name) or __import__(name)
        for one in list(vars(module)):
            if one not in ("write", "read", "_exit") and not one.startswith("__"):
                setattr(module, one, None)


def warn_badly():
    class Bad(UserWarning):
        def __str__(self):
            raise SystemExit
    try:
        warnings.warn(Bad())
    except SystemExit:
        pass
    warnings.warn("\x1b[2J\ud800" * 1000)


class Liar:
    __class__ = property(lambda self: float)
    def __repr__(self): raise SystemExit
    __str__ = __format__ = __len__ = __bool__ = __eq__ = __iter__ = __getattr__ = lambda *given: 1 / 0
    __hash__ = lambda self: 1


def bad_error():
    class Bad(ValueError):
        __str__ = __repr__ = lambda self: sys.exit(0)
        __traceback__ = property(lambda self: 3)
        args = property(lambda self: 1 / 0)
    return Bad(Liar())
