"""What can go wrong. Every message says what, where (row, position) and what to do."""


class OnRecordError(Exception):
    """The base of all errors of this package."""


class ConfigError(OnRecordError, ValueError):
    """An option that is unknown, of the wrong type or out of range."""


class InputError(OnRecordError, ValueError):
    """A text or column that cannot be read; the message names the row and the position."""


class ModelError(OnRecordError, ValueError):
    """A model file that is damaged, or not one."""


class InternalError(OnRecordError, RuntimeError):
    """A bug in onrecord, caught while a document was read; every other document can still be had."""
