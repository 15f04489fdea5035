"""Right answers in other forms: this file is put below one, and wraps its functions with `varied`.

The same numbers come in another container, rows are taken one by one or inside a larger batch, and the result is
rounded otherwise, as sums and products in another order are.
"""

import functools
import inspect

import numpy as np

EPSILON = 2.0**-52


def varied(function, form, rows, steps):
    """Return a function that hands its arguments on in another form, and whose result is some roundings off."""
    parameters = inspect.signature(function)
    called = rows(function) if "axis" in parameters.parameters else function

    @functools.wraps(function)
    def variant(*args, **named):
        given = parameters.bind(*map(form, args), **{name: form(argument) for name, argument in named.items()})
        given.apply_defaults()
        return rounded(called(**given.arguments), steps)

    return variant


def as_it_is(argument):
    """Return an argument unchanged."""
    return argument


def as_lists(argument):
    """Return an array as nested lists, where they tell its shape."""
    listed = argument.tolist() if isinstance(argument, np.ndarray) else argument
    return listed if np.shape(listed) == np.shape(argument) else argument


def as_float32(argument):
    """Return an array as float32, where that holds its numbers to the last digit."""
    if not isinstance(argument, np.ndarray) or argument.dtype != np.float64:
        return argument
    with np.errstate(over="ignore", under="ignore"):
        short = argument.astype(np.float32)
    return short if np.array_equal(short.astype(np.float64), argument, equal_nan=True) else argument


def as_fortran(argument):
    """Return an array with another order of its numbers in memory."""
    return np.asfortranarray(argument) if isinstance(argument, np.ndarray) and argument.ndim > 1 else argument


def together(function):
    """Take all rows at once."""
    return function


def one_by_one(function):
    """Take a batch row by row, in a loop."""

    def rowwise(axis, **given):
        name, z = next(iter(given.items()))
        if not is_batch(given, axis):
            return function(**given, axis=axis)
        return np.apply_along_axis(lambda row: function(**{**given, name: row}), axis, np.asarray(z))

    return rowwise


def in_a_larger_batch(function):
    """Take all rows as one half of a batch twice as large."""

    def doubled(axis, **given):
        name, z = next(iter(given.items()))
        if not is_batch(given, axis):
            return function(**given, axis=axis)
        return function(**{**given, name: np.stack([z, z])}, axis=axis + 1 if axis >= 0 else axis)[1]

    return doubled


def is_batch(given, axis):
    """Return whether there are rows of numbers to take apart, and nothing else that goes by row."""
    z, *others = given.values()
    numbers = np.asarray(z) if isinstance(z, (list, np.ndarray)) else np.empty(0)
    plain = numbers.dtype.kind in "fiu" and numbers.size > 0 and not any(map(np.ndim, others)) and type(axis) is int
    return plain and numbers.ndim > 1 and -numbers.ndim <= axis < numbers.ndim


def rounded(result, steps):
    """Return a result with every number that has a fraction some roundings off."""
    if isinstance(result, dict):
        return {key: rounded(value, steps) for key, value in result.items()}
    if isinstance(result, tuple):
        return tuple(rounded(value, steps) for value in result)
    real = isinstance(result, (float, np.floating)) or (isinstance(result, np.ndarray) and result.dtype.kind == "f")
    return result * (1.0 + steps * EPSILON) if real else result
