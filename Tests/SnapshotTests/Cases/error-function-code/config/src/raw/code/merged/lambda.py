"""Cleans."""


def handler(event, context):
<<<<<<< HEAD
    return 1
=======
    return 2
>>>>>>> clean
