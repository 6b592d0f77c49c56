"""Verdicts of Python's readers: `peers.py <format>`, texts and answers as lines of hexadecimal digits."""

import configparser
import io
import logging
import sys


class Complaints(logging.Handler):
    """What python-dotenv says of lines that it skips."""

    def __init__(self):
        super().__init__()
        self.count = 0

    def emit(self, record):
        self.count += 1


def dotenv(text):
    from dotenv import dotenv_values

    complaints = Complaints()
    logger = logging.getLogger("dotenv.main")
    logger.handlers = [complaints]
    logger.propagate = False
    values = dotenv_values(stream=io.StringIO(text, newline=""), interpolate=False)
    # A line that is skipped is refused, and so is a name without a value.
    if complaints.count or None in values.values():
        raise ValueError
    return values


def ini(text):
    # With the case of names kept and without its own kind of interpolation, which it can be told.
    reader = configparser.ConfigParser(interpolation=None)
    reader.optionxform = str
    reader.read_string(text)
    values = {f"DEFAULT.{name}": value for name, value in reader.defaults().items()}
    for section in reader.sections():
        values.update({f"{section}.{name}": value for name, value in reader.items(section)})
    return values


def properties(text):
    import javaproperties

    return javaproperties.loads(text)


def digits(text):
    return text.encode("utf-8").hex()


def main():
    read = {"dotenv": dotenv, "ini": ini, "properties": properties}[sys.argv[1]]
    for line in sys.stdin:
        try:
            values = read(bytes.fromhex(line.strip()).decode("utf-8"))
            print("read", *(f"{digits(name)}={digits(value)}" for name, value in values.items()), flush=True)
        except Exception:
            print("refused", flush=True)


main()
