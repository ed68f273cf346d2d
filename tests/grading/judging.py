"""Judge functions of our own in this process, as the worker would be asked."""

import importlib

from cv_quiz import drills
from cv_quiz.grading.calling.targets import find_targets
from cv_quiz.grading.fit import oracle_for
from cv_quiz.grading.opinion import judge_function
from cv_quiz.grading.session import Session
from cv_quiz.grading.trusted import TrustedSubmission


def judge(drill_name, function, *, name="", strict=False, counterexample=False, seed=0, make=None):
    """The judgement on one function or class, under a name that the drill knows."""
    drill = drills.load(drill_name)
    submission = TrustedSubmission({name or drill_name: function}, make)
    target = find_targets(drill, submission.inspect().functions, asked=True)[0]
    session = Session(submission, oracle_for(drill, seed), target, seed)
    return judge_function(session, strict=strict, counterexample=counterexample)


def fresh(module_name, function_name, name):
    """Makes the function anew from its module, with defaults and globals as they were at first."""

    def make():
        module = importlib.reload(importlib.import_module(module_name))
        return {
            name: next(item.function for item in module.STYLES.collected if item.function.__name__ == function_name)
        }

    return make
