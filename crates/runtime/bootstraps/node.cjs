// Runs a Node function: asks the Lambda Runtime API for invocations and calls the handler with each.
// Started with the Node that the function declared (12 and newer), so nothing beyond its own modules.
// Results, errors and log lines have the shapes of the service's own runtime.
"use strict";

const fs = require("fs");
const net = require("net");
const path = require("path");
const util = require("util");

const API = "/2018-06-01/runtime/";
const env = process.env;
const token = env.STEPWELL_RUNTIME_TOKEN;
delete env.STEPWELL_RUNTIME_TOKEN;

// The invocation that runs now; what it prints carries its id.
let requestId;
// Called when nothing is left to do in the event loop.
let whenIdle = null;
// Told of errors that nobody caught: (error, exit code).
let whenLost = null;

// -- The Runtime API ---------------------------------------------------------------------------------------------

// One kept connection. When it breaks, Stepwell is gone, and this process and its children end.
class RuntimeApi {
  constructor(address) {
    const [host, port] = address.split(":");
    this.head = `Host: ${address}\r\n` + (token ? `Authorization: Bearer ${token}\r\n` : "");
    this.chunks = [];
    this.have = 0;
    this.answer = null;
    this.socket = net.connect(Number(port), host);
    this.socket.setNoDelay(true);
    this.socket.on("data", (chunk) => this.receive(chunk));
    this.socket.on("error", endAll);
    this.socket.on("close", endAll);
  }

  get(name, then) {
    this.exchange(`GET ${API}${name} HTTP/1.1\r\n${this.head}\r\n`, "", then);
  }

  post(name, body, errorType, then) {
    let head = `POST ${API}${name} HTTP/1.1\r\n${this.head}Content-Type: application/json\r\n`;
    head += `Content-Length: ${Buffer.byteLength(body)}\r\n`;
    if (errorType) head += `Lambda-Runtime-Function-Error-Type: ${errorType.replace(/[^\x20-\x7e]/g, "?")}\r\n`;
    this.exchange(`${head}\r\n`, body, then);
  }

  exchange(head, body, then) {
    // The function's own work keeps the process alive, and this connection only while we wait on it.
    this.socket.ref();
    this.answer = (headers, text) => {
      this.answer = null;
      this.socket.unref();
      then(headers, text);
    };
    this.socket.write(head + body);
  }

  receive(chunk) {
    this.chunks.push(chunk);
    this.have += chunk.length;
    if (this.wanted && this.have < this.wanted) return;
    const data = this.chunks.length === 1 ? chunk : Buffer.concat(this.chunks);
    this.chunks = [data];
    const end = data.indexOf("\r\n\r\n");
    if (end < 0) return;
    const headers = {};
    for (const line of data.toString("utf8", 0, end).split("\r\n").slice(1)) {
      const colon = line.indexOf(":");
      headers[line.slice(0, colon).toLowerCase()] = line.slice(colon + 1).trim();
    }
    this.wanted = end + 4 + Number(headers["content-length"] || 0);
    if (data.length < this.wanted) return;
    const text = data.toString("utf8", end + 4, this.wanted);
    this.chunks = [];
    this.have = 0;
    this.wanted = 0;
    this.answer(headers, text);
  }
}

function endAll() {
  try {
    process.kill(-process.pid, "SIGKILL");
  } finally {
    process.reallyExit(1);
  }
}

// -- Logs and errors ---------------------------------------------------------------------------------------------

function print(level, message) {
  // Carriage returns keep the lines of one log event together.
  const line = `${new Date().toISOString()}\t${requestId}\t${level}\t${message}`;
  process.stdout.write(`${line.replace(/\n/g, "\r")}\n`);
}

function patchConsole() {
  const levels = { log: "INFO", info: "INFO", debug: "DEBUG", warn: "WARN", error: "ERROR", fatal: "FATAL" };
  for (const [method, level] of Object.entries(levels)) {
    console[method] = (...parts) => print(level, util.format(...parts));
  }
  console.trace = (...parts) => {
    const trace = { name: "Trace", message: util.format(...parts) };
    Error.captureStackTrace(trace, console.trace);
    print("TRACE", trace.stack);
  };
}

function isError(value) {
  return value instanceof Error || util.types.isNativeError(value);
}

// The payload of a failed invocation.
function describe(error) {
  if (!isError(error)) {
    const text = error === undefined || error === null ? String(error) : error.toString();
    return { errorType: error === null ? "null" : typeof error, errorMessage: text, trace: [] };
  }
  const type = String(error.name).replace(/\x7f/g, "%7F");
  const lines = String(error.stack).split("\n");
  // The frames of this file, and what is behind them, say nothing about the function.
  const ours = lines.findIndex((line) => /^\s+at /.test(line) && line.includes(__filename));
  return { errorType: type, errorMessage: String(error.message), trace: ours > 0 ? lines.slice(0, ours) : lines };
}

function logError(title, error) {
  const described = describe(error);
  const shown = { errorType: described.errorType, errorMessage: described.errorMessage };
  if (isError(error)) Object.assign(shown, error);
  shown.stack = described.trace;
  let text;
  try {
    text = JSON.stringify(shown);
  } catch (_) {
    text = util.inspect(error);
  }
  print("ERROR", `${title} \t${text}`);
  return described;
}

function fault(type, message, cause) {
  const error = new Error(message);
  const frames = String((cause || error).stack).split("\n").filter((line) => /^\s+at /.test(line));
  error.stack = [`${type}: ${message}`, ...frames].join("\n");
  // Not listed among the error's own members in the log.
  Object.defineProperty(error, "name", { value: type });
  return error;
}

// -- The handler -------------------------------------------------------------------------------------------------

async function load(file) {
  const url = require("url").pathToFileURL(file).href;
  if (file.endsWith(".mjs")) return import(url);
  try {
    return require(file);
  } catch (error) {
    // A `.js` file of a package with `"type": "module"`, or one that waits at its top level.
    if (["ERR_REQUIRE_ESM", "ERR_REQUIRE_ASYNC_MODULE"].includes(error && error.code)) return import(url);
    throw error;
  }
}

async function findHandler(name) {
  const folder = path.dirname(name);
  const parts = path.basename(name).match(/^([^.]*)\.(.*)$/);
  if (!parts || name.includes("..")) throw fault("Runtime.MalformedHandlerName", "Bad handler");
  const [, moduleName, exported] = parts;
  const base = path.resolve(env.LAMBDA_TASK_ROOT, folder, moduleName);
  const isFile = (file) => fs.existsSync(file) && fs.statSync(file).isFile();
  const file = ["", ".js", ".mjs", ".cjs"].map((extension) => base + extension).find(isFile);
  let found;
  try {
    found = await load(file || require.resolve(`./${path.join(folder, moduleName)}`, { paths: [env.LAMBDA_TASK_ROOT] }));
  } catch (error) {
    if (error instanceof SyntaxError) throw fault("Runtime.UserCodeSyntaxError", String(error), error);
    const missing = error && ["MODULE_NOT_FOUND", "ERR_MODULE_NOT_FOUND"].includes(error.code);
    if (missing && !file) {
      throw fault("Runtime.ImportModuleError", `Error: Cannot find module '${moduleName}'\nRequire stack:\n- ${__filename}`);
    }
    if (missing) throw fault("Runtime.ImportModuleError", String(error), error);
    throw error;
  }
  const pick = (value) => exported.split(".").reduce((inner, key) => (inner == null ? undefined : inner[key]), value);
  // What a CommonJS module exports reaches an import as its default.
  const handler = pick(found) === undefined && found && found.default ? pick(found.default) : pick(found);
  if (handler === undefined) {
    throw fault("Runtime.HandlerNotFound", `${name} is undefined or not exported`);
  }
  if (typeof handler !== "function") throw fault("Runtime.HandlerNotFound", `${name} is not a function`);
  const declared = /nodejs(\d+)/.exec(env.AWS_EXECUTION_ENV || "");
  if (handler.length >= 3 && declared && Number(declared[1]) >= 24) {
    const message = "Node.js 24 and later have no callbacks: make the handler async and return the result.";
    throw fault("Runtime.CallbackHandlerDeprecated", message);
  }
  return handler;
}

// What the handler sees; `finish(error, result)` may come once, `waits` says whether for an empty event loop.
function makeContext(headers, finish) {
  const state = { waits: true };
  const deadline = Number(headers["lambda-runtime-deadline-ms"]);
  const done = (error, result) => {
    state.waits = false;
    finish(error, result);
  };
  const context = {
    get callbackWaitsForEmptyEventLoop() {
      return state.waits;
    },
    set callbackWaitsForEmptyEventLoop(waits) {
      state.waits = waits;
    },
    succeed: (result) => done(null, result),
    fail: (error) => done(error === undefined || error === null ? "handled" : error),
    done: (error, result) => done(error === undefined ? null : error, result),
    functionVersion: env.AWS_LAMBDA_FUNCTION_VERSION,
    functionName: env.AWS_LAMBDA_FUNCTION_NAME,
    memoryLimitInMB: env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: env.AWS_LAMBDA_LOG_STREAM_NAME,
    clientContext: parse(headers["lambda-runtime-client-context"]),
    identity: undefined,
    invokedFunctionArn: headers["lambda-runtime-invoked-function-arn"],
    awsRequestId: requestId,
    getRemainingTimeInMillis: () => deadline - Date.now(),
  };
  return context;
}

function parse(text) {
  return text ? JSON.parse(text) : undefined;
}

function stringify(result) {
  try {
    return JSON.stringify(result === undefined ? null : result) || "null";
  } catch (_) {
    throw new Error("Unable to stringify response body");
  }
}

function next(api, handler) {
  api.get("invocation/next", (headers, text) => {
    requestId = headers["lambda-runtime-aws-request-id"];
    env._X_AMZN_TRACE_ID = headers["lambda-runtime-trace-id"] || "";
    invoke(api, handler, headers, text);
  });
}

function invoke(api, handler, headers, text) {
  const url = `invocation/${requestId}`;
  const again = () => next(api, handler);
  let finished = false;

  const fail = (title, error, then) => {
    whenIdle = null;
    const described = logError(title, error);
    api.post(`${url}/error`, JSON.stringify(described), described.errorType, then);
  };
  const succeed = (result) => {
    whenIdle = null;
    let body;
    try {
      body = stringify(result);
    } catch (error) {
      return fail("Invoke Error", error, again);
    }
    api.post(`${url}/response`, body, null, again);
  };
  const finish = (error, result, waits) => {
    if (finished) return;
    finished = true;
    if (error !== null && error !== undefined) return fail("Invoke Error", error, again);
    if (waits) whenIdle = () => succeed(result);
    else succeed(result);
  };
  whenLost = (title, error, code) => {
    if (finished && api.answer) return process.exit(code);
    finished = true;
    fail(title, error, () => process.exit(code));
  };
  // The event loop ran dry before the handler was done.
  whenIdle = () => {
    finished = true;
    if (util.types.isAsyncFunction(handler)) fail("Node.js Exit", neverSettled(), again);
    else succeed(null);
  };

  try {
    const context = makeContext(headers, (error, result) => finish(error, result, false));
    const callback = (error, result) => finish(error, result, context.callbackWaitsForEmptyEventLoop);
    const result = handler(JSON.parse(text), context, callback);
    if (result && typeof result.then === "function") result.then(context.succeed, context.fail);
  } catch (error) {
    finish(isNothing(error) ? String(error) : error, undefined, false);
  }
}

function isNothing(error) {
  return error === undefined || error === null;
}

function neverSettled() {
  const message =
    "The event loop ended while the handler still waited: a Promise of it was never settled. " +
    "See https://nodejs.org/docs/latest/api/process.html#exit-codes";
  return fault("Runtime.NodeJsExit", message);
}

function watchForLostErrors() {
  process.on("uncaughtException", (error) => whenLost("Uncaught Exception", error, 129));
  process.on("unhandledRejection", (reason) => {
    const error = fault("Runtime.UnhandledPromiseRejection", isError(reason) ? String(reason) : util.format(reason), reason);
    whenLost("Unhandled Promise Rejection", error, 128);
  });
  process.on("beforeExit", () => whenIdle && whenIdle());
}

async function main() {
  const api = new RuntimeApi(env.AWS_LAMBDA_RUNTIME_API);
  patchConsole();
  watchForLostErrors();
  whenLost = (title, error, code) => {
    const described = logError(title, error);
    api.post("init/error", JSON.stringify(described), described.errorType, () => process.exit(code));
  };
  try {
    const handler = await findHandler(env._HANDLER);
    next(api, handler);
  } catch (error) {
    whenLost("Uncaught Exception", error, 1);
  }
}

main();
