"""The cases as Gradescope runs them: unittest, weights, and ``results.json`` on standard output."""

# ruff: noqa: ANN001, ANN202 - plain test code, as the rivals' users write it

import sys
import unittest

from comparing import check, tests
from gradescope_utils.autograder_utils.decorators import visibility, weight
from gradescope_utils.autograder_utils.json_test_runner import JSONTestRunner
from softmax import softmax_temperature


class Cases(unittest.TestCase):
    """One method for each test."""


def _test(name, cases):
    @weight(1)
    @visibility("hidden")
    def run(_self):
        check(softmax_temperature, cases)

    run.__doc__ = name
    return run


for _at, (_name, _cases) in enumerate(tests()):
    setattr(Cases, f"test_{_at}", _test(_name, _cases))

JSONTestRunner(stream=sys.stdout, visibility="visible").run(unittest.TestLoader().loadTestsFromTestCase(Cases))
