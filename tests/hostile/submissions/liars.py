import sys
import weakref
import numpy as np

sys.set_int_max_str_digits(0)
yes = lambda *given, **named: True
no = lambda *given, **named: False
one = lambda *given, **named: 1
zero = lambda *given, **named: 0.0


def right(x):
    if not x:
        raise ValueError("no entries")
    return sum(map(float, x)) / len(x)


class Liar:
    __class__ = property(lambda self: float)
    __hash__ = one
    __eq__ = yes

    def __getattr__(self, name):
        raise SystemExit

    __repr__ = __str__ = __len__ = __iter__ = __float__ = __array__ = __bool__ = lambda *given: sys.exit(0)


class Numpy:
    def __array_function__(self, *given, **named):
        return True

    def __array_ufunc__(self, *given, **named):
        return np.array(True)

    def __array__(self, *given, **named):
        return np.array(9.5)


class Agrees(np.ndarray):
    __eq__ = __le__ = __lt__ = __ge__ = yes
    all = any = yes
    tobytes = lambda *given: b"\0" * 8
    shape = property(lambda self: ())
    nbytes = property(lambda self: -1)

    def __array_function__(self, *given, **named):
        return True

    def __array_ufunc__(self, *given, **named):
        return np.array(True)


class Thing:
    pass


def proxy():
    return weakref.proxy(right)


async def coroutine_function():
    return 9.5


def coroutine():
    made = coroutine_function()
    made.close()
    return made


def objects(*given):
    made = np.empty(len(given), dtype=object)
    made[:] = given
    return made


def deep(levels):
    made = 9.5
    for _ in range(levels):
        made = [made]
    return made


def itself():
    made = []
    made.append(made)
    return made


def itself_as_dict():
    made = {}
    made["a"] = made
    return made
