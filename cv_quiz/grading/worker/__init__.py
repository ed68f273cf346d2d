"""The process that runs learners' code.

It imports the standard library, NumPy and the two modules it shares with the judge (`exchange`, `wire`),
nothing else. It learns inputs and returns outputs; what is right it never knows.
"""
