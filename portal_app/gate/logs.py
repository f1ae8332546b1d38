"""What the portal writes down about itself: places and kinds, never people or values.

A log is read by more people than a database. A record of ours says what happened, with
numbers and names of code; a record of a library, whose words may quote what a browser
sent, is reduced to the place that wrote it. A traceback keeps its frames and the class of
the error, not its message. What goes wrong gets a reference, which the user sees too.
"""

import logging
import re
import secrets
import sys
from traceback import extract_tb
from types import TracebackType

_OURS = "portal_app"
_ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_REFERENCE_LENGTH = 8
_LONGEST = 1000
_MOST_FRAMES = 12

# What a careless message of our own might still hold.
_SECRETS = re.compile(
    r"[vs][A-Za-z0-9_-]{43}[0-9a-f]{16}"  # the session cookie
    r"|[^\s@<>\"']+@[^\s@<>\"']+"  # an e-mail address
    r"|(?:E-)?[A-Z0-9]{4,6}(?:-[A-Z0-9]{4}){3,4}"  # an invitation or payment code
    r"|\b\d{6,}\b"  # a verification code, a number of a person or a company
)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")

_TALKATIVE = ("engineio.server", "socketio.server")  # a traceback for each broken frame

_log = logging.getLogger("portal_app.errors")


def set_up(level: int = logging.INFO) -> None:
    """Send every log of this process through one hygienic handler to standard error."""
    logging.raiseExceptions = False  # a record that cannot be formatted would be printed whole
    stream = logging.StreamHandler(sys.stderr)
    stream.setFormatter(Hygienic())
    root = logging.getLogger()
    root.handlers[:] = [stream]
    root.setLevel(level)
    for name in list(logging.root.manager.loggerDict):
        logger = logging.getLogger(name)
        logger.handlers.clear()
        logger.propagate = True
    for name in _TALKATIVE:
        # A level of their own also keeps them from adding a handler of their own.
        logging.getLogger(name).setLevel(logging.CRITICAL)
    logging.getLogger("granian.access").disabled = True  # addresses may hold what was typed
    logging.captureWarnings(capture=True)


def note_error(error: BaseException, place: str = "") -> str:
    """Write an unforeseen error in the log and return its reference, to tell the user."""
    reference = "".join(secrets.choice(_ALPHABET) for _ in range(_REFERENCE_LENGTH))
    where = re.sub(r"[^A-Za-z0-9_./-]", "", place)[:100]
    _log.error("reference %s %s", reference, where, exc_info=error)
    return reference


class Hygienic(logging.Formatter):
    """Formats a record on one line, without anything a browser or a person put in."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        """Write the record as one safe line, and the frames of its error."""
        line = f"{self.formatTime(record)} {record.levelname} {record.name} {_words(record)}"
        if record.exc_info and record.exc_info[1]:
            line += f" {_frames(record.exc_info[1], record.exc_info[2])}"
        return line


def _words(record: logging.LogRecord) -> str:
    if not record.name.startswith(_OURS) and not _is_of_the_server(record):
        return f"({record.filename}:{record.lineno} {record.funcName})"
    try:
        message = record.getMessage()
    except (TypeError, ValueError):
        message = str(record.msg)
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", _SECRETS.sub("[…]", message))[:_LONGEST]


def _is_of_the_server(record: logging.LogRecord) -> bool:
    """Tell whether the web server says how it fares: addresses to listen on, workers."""
    return record.name == "_granian" and record.levelno <= logging.WARNING


def _frames(error: BaseException, traceback: TracebackType | None) -> str:
    frames = extract_tb(traceback)[-_MOST_FRAMES:]
    road = " > ".join(f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames)
    cause = error.__cause__ or error.__context__
    because = f", because of {type(cause).__name__}" if cause else ""
    return f"[{type(error).__module__}.{type(error).__qualname__}{because} at {road}]"


def _short(filename: str) -> str:
    return "/".join(filename.rsplit("/", 2)[-2:])
