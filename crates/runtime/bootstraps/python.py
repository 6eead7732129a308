"""Runs a Python function: asks the Lambda Runtime API for invocations and calls the handler with each.

Imported by the interpreter that the function declared (3.6 and newer). Results, errors and log lines have the shapes
of the service's own runtime. A function's first invocation waits for this to load, so it uses nothing beyond the
standard library, and of that only what loads in a millisecond: `json` and `logging` take longer than all the rest
together, so the JSON scanner is used without `json`'s regular expressions, and the root logger is set up when the
function itself imports `logging`.
"""

import sys

sys.dont_write_bytecode = True  # The function's folder is the user's, and cannot be written to on the service.
sys.path.pop(0)  # The folder of this file: what is in it must not hide a module of the function.

import _socket
import importlib
import os
import time

API = "/2018-06-01/runtime/"
REQUEST_ID = ""


class Fault(Exception):
    """An error of the function's packaging or result, with a type of the service's."""

    def __init__(self, error_type, message, trace=()):
        Exception.__init__(self, message)
        self.error_type = error_type
        self.trace = list(trace)


# -- The Runtime API -----------------------------------------------------------------------------------------------


class RuntimeApi:
    """One kept connection. When it breaks, Stepwell is gone, and this process and its children end."""

    def __init__(self, address, token):
        host, port = address.rsplit(":", 1)
        self.head = "Host: " + address + "\r\n"
        if token:
            self.head += "Authorization: Bearer " + token + "\r\n"
        self.socket = _socket.socket(_socket.AF_INET, _socket.SOCK_STREAM)
        self.socket.connect((host, int(port)))
        self.socket.setsockopt(_socket.IPPROTO_TCP, _socket.TCP_NODELAY, 1)
        self.pending = b""

    def get(self, path):
        return self.exchange("GET " + API + path + " HTTP/1.1\r\n" + self.head, b"")

    def post(self, path, body, content_type="application/json", error_type=None):
        head = "POST " + API + path + " HTTP/1.1\r\n" + self.head
        head += "Content-Type: " + content_type + "\r\nContent-Length: " + str(len(body)) + "\r\n"
        if error_type:
            head += "Lambda-Runtime-Function-Error-Type: " + error_type + "\r\n"
        return self.exchange(head, body)

    def exchange(self, head, body):
        try:
            self.socket.sendall(head.encode("utf-8") + b"\r\n" + body)
            return self.receive()
        except OSError:
            end_all()

    def receive(self):
        data = self.pending
        while b"\r\n\r\n" not in data:
            data += self.more()
        head, data = data.split(b"\r\n\r\n", 1)
        headers = {}
        for line in head.decode("latin-1").split("\r\n")[1:]:
            name, _, value = line.partition(":")
            headers[name.lower()] = value.strip()
        length = int(headers.get("content-length", "0"))
        parts, have = [data], len(data)
        while have < length:
            parts.append(self.more())
            have += len(parts[-1])
        data = b"".join(parts)
        self.pending = data[length:]
        return headers, data[:length]

    def more(self):
        data = self.socket.recv(1 << 20)
        if not data:
            end_all()
        return data


def end_all():
    try:
        os.killpg(0, 9)
    finally:
        os._exit(1)


# -- JSON as the service's runtime reads and writes it -------------------------------------------------------------


class Scanner:
    """What `json.JSONDecoder` is to its own scanner."""

    strict = True
    object_hook = object_pairs_hook = array_hook = None
    parse_float = float
    parse_int = int
    parse_constant = float


def parser():
    """`json.loads`, for texts that are known to be JSON."""
    try:
        import _json

        scan = _json.make_scanner(Scanner())
        scan("null", 0)
        return lambda text: scan(text.strip(" \t\r\n"), 0)[0]
    except Exception:
        # Another Python than CPython, or a later one.
        import json

        return json.loads


def string_encoder(keeps_unicode):
    try:
        import _json

        return _json.encode_basestring if keeps_unicode else _json.encode_basestring_ascii
    except Exception:
        import json.encoder

        return json.encoder.encode_basestring if keeps_unicode else json.encoder.encode_basestring_ascii


parse = parser()


class Encoder:
    """JSON text of a result: named tuples are objects, `Decimal`s are numbers, bytes are text."""

    def __init__(self):
        version = os.environ.get("AWS_EXECUTION_ENV", "").rpartition("python3.")[2]
        keeps_unicode = version.isdigit() and int(version) >= 12
        self.string = string_encoder(keeps_unicode)

    def encode(self, value):
        parts = []
        self.write(value, parts.append, set())
        return "".join(parts)

    def write(self, value, out, open_ids):
        if value is None or value is True or value is False:
            out({None: "null", True: "true", False: "false"}[value])
        elif isinstance(value, str):
            out(self.string(value))
        elif isinstance(value, int):
            out(int.__repr__(value))
        elif isinstance(value, float):
            out(number(value))
        elif isinstance(value, bytes):
            out(self.string(value.decode("utf-8")))
        elif isinstance(value, (dict, list, tuple)):
            if id(value) in open_ids:
                raise ValueError("Circular reference detected")
            open_ids.add(id(value))
            if isinstance(value, dict):
                self.write_members(value, out, open_ids)
            elif isinstance(value, tuple) and callable(getattr(value, "_asdict", None)):
                self.write_members(value._asdict(), out, open_ids)
            else:
                self.write_items(value, out, open_ids)
            open_ids.discard(id(value))
        elif is_decimal(value):
            out("NaN" if value.is_nan() else str(value))
        else:
            raise TypeError("Object of type %s is not JSON serializable" % type(value).__name__)

    def write_items(self, items, out, open_ids):
        before = "["
        for item in items:
            out(before)
            self.write(item, out, open_ids)
            before = ", "
        out("[]" if before == "[" else "]")

    def write_members(self, members, out, open_ids):
        before = "{"
        for name, value in members.items():
            out(before + self.string(member_name(name)) + ": ")
            self.write(value, out, open_ids)
            before = ", "
        out("{}" if before == "{" else "}")


def member_name(name):
    if isinstance(name, str):
        return name
    if isinstance(name, bytes):
        return name.decode("utf-8")
    if name is None or name is True or name is False:
        return {None: "null", True: "true", False: "false"}[name]
    if isinstance(name, int):
        return int.__repr__(name)
    if isinstance(name, float):
        return number(name)
    if is_decimal(name):
        return str(name)
    raise TypeError("keys must be str, int, float, bool or None, not " + type(name).__name__)


def number(value):
    if value != value:
        return "NaN"
    if value in (float("inf"), float("-inf")):
        return "Infinity" if value > 0 else "-Infinity"
    return float.__repr__(value)


def is_decimal(value):
    # A Decimal exists only where its module was imported.
    decimal = sys.modules.get("decimal")
    return decimal is not None and isinstance(value, decimal.Decimal)


# -- What the handler sees -----------------------------------------------------------------------------------------


class Record:
    """An object with the given attributes; those that the JSON lacks are None."""

    fields = ()

    def __init__(self, values):
        for field in self.fields:
            setattr(self, field, values.get(field))


class CognitoIdentity(Record):
    fields = ("cognito_identity_id", "cognito_identity_pool_id")


class Client(Record):
    fields = ("installation_id", "app_title", "app_version_name", "app_version_code", "app_package_name")


class ClientContext(Record):
    fields = ("custom", "env", "client")

    def __init__(self, values):
        Record.__init__(self, values)
        if self.client is not None:
            self.client = Client(self.client)


class LambdaContext:
    def __init__(self, headers):
        self.aws_request_id = headers["lambda-runtime-aws-request-id"]
        self.invoked_function_arn = headers.get("lambda-runtime-invoked-function-arn")
        self.log_group_name = os.environ.get("AWS_LAMBDA_LOG_GROUP_NAME")
        self.log_stream_name = os.environ.get("AWS_LAMBDA_LOG_STREAM_NAME")
        self.function_name = os.environ.get("AWS_LAMBDA_FUNCTION_NAME")
        self.function_version = os.environ.get("AWS_LAMBDA_FUNCTION_VERSION")
        self.memory_limit_in_mb = os.environ.get("AWS_LAMBDA_FUNCTION_MEMORY_SIZE")
        self.tenant_id = None
        self.identity = CognitoIdentity({})
        self.client_context = client_context(headers.get("lambda-runtime-client-context"))
        self._deadline_ms = int(headers["lambda-runtime-deadline-ms"])

    def get_remaining_time_in_millis(self):
        return max(0, self._deadline_ms - int(time.time() * 1000))

    def log(self, message):
        sys.stdout.write(str(message))


def client_context(text):
    if not text:
        return None
    try:
        # A header's bytes are read as Latin-1, and are UTF-8.
        return ClientContext(parse(text.encode("latin-1").decode("utf-8")))
    except Exception as error:
        message = "Unable to parse Client Context JSON: %s" % error
        raise Fault("Runtime.LambdaContextUnmarshalError", message)


# -- Logs ----------------------------------------------------------------------------------------------------------


class LoggingFinder:
    """Waits, as the first finder of modules, for the function to import `logging`."""

    def find_spec(self, name, path=None, target=None):
        if name != "logging":
            return None
        sys.meta_path.remove(self)
        for finder in sys.meta_path:
            spec = finder.find_spec(name, path, target)
            if spec is not None:
                spec.loader = LoggingLoader(spec.loader)
                return spec
        return None


class LoggingLoader:
    def __init__(self, loader):
        self.loader = loader

    def create_module(self, spec):
        return self.loader.create_module(spec)

    def exec_module(self, module):
        module.__spec__.loader = module.__loader__ = self.loader
        self.loader.exec_module(module)
        set_up_logging(module)


def set_up_logging(logging):
    class RequestIdFilter(logging.Filter):
        def filter(self, record):
            record.aws_request_id = REQUEST_ID
            return True

    class StdoutHandler(logging.Handler):
        def emit(self, record):
            sys.stdout.write(self.format(record))

    form = "[%(levelname)s]\t%(asctime)s.%(msecs)03dZ\t%(aws_request_id)s\t%(message)s\n"
    logging.Formatter.converter = time.gmtime
    handler = StdoutHandler()
    handler.setFormatter(logging.Formatter(form, "%Y-%m-%dT%H:%M:%S"))
    handler.addFilter(RequestIdFilter())
    logging.getLogger().addHandler(handler)
    level = os.environ.get("AWS_LAMBDA_LOG_LEVEL", "").upper()
    level = "DEBUG" if level == "TRACE" else level
    if isinstance(logging.getLevelName(level), int):
        logging.getLogger().setLevel(level)


# -- Errors --------------------------------------------------------------------------------------------------------


def describe(error, request_id=""):
    """The payload of a failed invocation."""
    if isinstance(error, Fault):
        error_type, trace = error.error_type, error.trace
    else:
        import traceback

        error_type = type(error).__name__
        frames = list(traceback.extract_tb(error.__traceback__))
        # The frames of this file say nothing about the function, unless there are no others: a wrong signature.
        while len(frames) > 1 and frames[0].filename == __file__:
            del frames[0]
        plain = [(frame.filename, frame.lineno, frame.name, frame.line) for frame in frames]
        trace = traceback.format_list(plain)
    payload = {"errorMessage": str(error), "errorType": error_type, "requestId": request_id, "stackTrace": trace}
    log_error(payload)
    return payload


def log_error(payload):
    """One log event: carriage returns keep its lines together, no-break spaces keep them indented."""
    title = "[ERROR]"
    if payload["errorType"]:
        title += " " + payload["errorType"] + (":" if payload["errorMessage"] else "")
    if payload["errorMessage"]:
        title += " " + payload["errorMessage"]
    lines = [title, "Traceback (most recent call last):"]
    for entry in payload["stackTrace"]:
        for line in entry.splitlines() or [""]:
            text = line.lstrip(" ")
            lines.append("\u00a0" * (len(line) - len(text)) + text)
    sys.stdout.write("\r".join(lines) + "\n")


# -- The handler ---------------------------------------------------------------------------------------------------


def find_handler(handler):
    module_name, dot, name = handler.rpartition(".")
    if not dot:
        message = "Bad handler '%s': not enough values to unpack (expected 2, got 1)" % handler
        raise Fault("Runtime.MalformedHandlerName", message)
    if module_name.split(".")[0] in sys.builtin_module_names:
        message = "Cannot use built-in module %s as a handler module" % module_name
        raise Fault("Runtime.BuiltInModuleConflict", message)
    try:
        module = importlib.import_module(module_name.replace("/", "."))
    except ImportError as error:
        raise Fault("Runtime.ImportModuleError", "Unable to import module '%s': %s" % (module_name, error))
    except SyntaxError as error:
        trace = '  File "%s" Line %s\n    %s' % (error.filename, error.lineno, error.text)
        message = "Syntax error in module '%s': %s" % (module_name, error)
        raise Fault("Runtime.UserCodeSyntaxError", message, [trace])
    if not hasattr(module, name):
        raise Fault("Runtime.HandlerNotFound", "Handler '%s' missing on module '%s'" % (name, module_name))
    return getattr(module, name)


def answer(handler, encoder, headers, body):
    """The handler's result as bytes, and their content type."""
    context = LambdaContext(headers)
    try:
        event = parse(body.decode("utf-8"))
    except ValueError as error:
        raise Fault("Runtime.UnmarshalError", "Unable to unmarshal input: %s" % error)
    result = handler(event, context)
    if isinstance(result, bytes):
        return result, "application/unknown"
    try:
        return encoder.encode(result).encode("utf-8"), "application/json"
    except Exception as error:
        message = "Circular reference detected" if isinstance(error, RecursionError) else str(error)
        raise Fault("Runtime.MarshalError", "Unable to marshal response: " + message)


def encode_error(encoder, payload):
    # A lone surrogate cannot be written as UTF-8; an error must get through all the same.
    return encoder.encode(payload).encode("utf-8", "backslashreplace")


def serve(api, handler, encoder):
    global REQUEST_ID
    while True:
        headers, body = api.get("invocation/next")
        REQUEST_ID = headers["lambda-runtime-aws-request-id"]
        os.environ["_X_AMZN_TRACE_ID"] = headers.get("lambda-runtime-trace-id", "")
        path = "invocation/" + REQUEST_ID
        try:
            result, content_type = answer(handler, encoder, headers, body)
        except Exception as error:
            payload = describe(error, REQUEST_ID)
            api.post(path + "/error", encode_error(encoder, payload), error_type=payload["errorType"])
        else:
            api.post(path + "/response", result, content_type)
        # Not kept alive until the next invocation.
        headers = body = result = None


def main():
    sys.path.insert(0, os.environ["LAMBDA_TASK_ROOT"])
    api = RuntimeApi(os.environ["AWS_LAMBDA_RUNTIME_API"], os.environ.pop("STEPWELL_RUNTIME_TOKEN", ""))
    if "logging" in sys.modules:
        set_up_logging(sys.modules["logging"])
    else:
        sys.meta_path.insert(0, LoggingFinder())
    encoder = Encoder()
    try:
        handler = find_handler(os.environ["_HANDLER"])
    except Exception as error:
        payload = describe(error)
        api.post("init/error", encode_error(encoder, payload), error_type=payload["errorType"])
        sys.exit(1)
    serve(api, handler, encoder)


main()
