import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  Context,
  GitHub,
  defaults,
  getOctokitOptions,
  retry
} from "./chunk-octokit-plugin-rest-endpoint-methods.js";
import {
  BearerCredentialHandler,
  BlobClient,
  HttpClient,
  HttpCodes,
  debug,
  error,
  info,
  require_commonjs,
  require_commonjs2,
  setSecret,
  warning
} from "./chunk-azure-storage-blob.js";
import {
  __commonJS,
  __toESM
} from "./chunk-empty1.js";

// node_modules/@actions/artifact/package.json
var require_package = __commonJS({
  "node_modules/@actions/artifact/package.json"(exports, module) {
    module.exports = {
      name: "@actions/artifact",
      version: "6.2.1",
      preview: !0,
      description: "Actions artifact lib",
      keywords: [
        "github",
        "actions",
        "artifact"
      ],
      homepage: "https://github.com/actions/toolkit/tree/main/packages/artifact",
      license: "MIT",
      type: "module",
      main: "lib/artifact.js",
      types: "lib/artifact.d.ts",
      exports: {
        ".": {
          types: "./lib/artifact.d.ts",
          import: "./lib/artifact.js"
        }
      },
      directories: {
        lib: "lib",
        test: "__tests__"
      },
      files: [
        "lib",
        "!.DS_Store"
      ],
      publishConfig: {
        access: "public"
      },
      repository: {
        type: "git",
        url: "git+https://github.com/actions/toolkit.git",
        directory: "packages/artifact"
      },
      scripts: {
        "audit-moderate": "npm install && npm audit --json --audit-level=moderate > audit.json",
        test: "cd ../../ && npm run test ./packages/artifact",
        bootstrap: "cd ../../ && npm run bootstrap",
        "tsc-run": "tsc && cp src/internal/shared/package-version.cjs lib/internal/shared/",
        tsc: "npm run bootstrap && npm run tsc-run",
        "gen:docs": "typedoc --plugin typedoc-plugin-markdown --out docs/generated src/artifact.ts --githubPages false --readme none"
      },
      bugs: {
        url: "https://github.com/actions/toolkit/issues"
      },
      dependencies: {
        "@actions/core": "^3.0.0",
        "@actions/github": "^9.0.0",
        "@actions/http-client": "^4.0.0",
        "@azure/storage-blob": "^12.30.0",
        "@octokit/core": "^7.0.6",
        "@octokit/plugin-request-log": "^6.0.0",
        "@octokit/plugin-retry": "^8.0.0",
        "@octokit/request": "^10.0.7",
        "@octokit/request-error": "^7.1.0",
        "@protobuf-ts/plugin": "^2.2.3-alpha.1",
        "@protobuf-ts/runtime": "^2.9.4",
        archiver: "^7.0.1",
        "jwt-decode": "^4.0.0",
        "unzip-stream": "^0.3.1"
      },
      devDependencies: {
        "@types/archiver": "^7.0.0",
        "@types/unzip-stream": "^0.3.4",
        typedoc: "^0.28.16",
        "typedoc-plugin-markdown": "^4.9.0",
        typescript: "^5.9.3"
      },
      overrides: {
        "uri-js": "npm:uri-js-replace@^1.0.1",
        "node-fetch": "^3.3.2"
      }
    };
  }
});

// node_modules/@actions/artifact/lib/internal/shared/package-version.cjs
var require_package_version = __commonJS({
  "node_modules/@actions/artifact/lib/internal/shared/package-version.cjs"(exports, module) {
    var packageJson = require_package();
    module.exports = { version: packageJson.version };
  }
});

// node_modules/@actions/artifact/lib/internal/shared/config.js
import os from "os";
function getUploadChunkSize() {
  return 8 * 1024 * 1024;
}
function getRuntimeToken() {
  let token = process.env.ACTIONS_RUNTIME_TOKEN;
  if (!token)
    throw new Error("Unable to get the ACTIONS_RUNTIME_TOKEN env variable");
  return token;
}
function getResultsServiceUrl() {
  let resultsUrl = process.env.ACTIONS_RESULTS_URL;
  if (!resultsUrl)
    throw new Error("Unable to get the ACTIONS_RESULTS_URL env variable");
  return new URL(resultsUrl).origin;
}
function isGhes() {
  let hostname = new URL(process.env.GITHUB_SERVER_URL || "https://github.com").hostname.trimEnd().toUpperCase(), isGitHubHost = hostname === "GITHUB.COM", isGheHost = hostname.endsWith(".GHE.COM"), isLocalHost = hostname.endsWith(".LOCALHOST");
  return !isGitHubHost && !isGheHost && !isLocalHost;
}
function getGitHubWorkspaceDir() {
  let ghWorkspaceDir = process.env.GITHUB_WORKSPACE;
  if (!ghWorkspaceDir)
    throw new Error("Unable to get the GITHUB_WORKSPACE env variable");
  return ghWorkspaceDir;
}
function getConcurrency() {
  let numCPUs = os.cpus().length, concurrencyCap = 32;
  if (numCPUs > 4) {
    let concurrency = 16 * numCPUs;
    concurrencyCap = concurrency > 300 ? 300 : concurrency;
  }
  let concurrencyOverride = process.env.ACTIONS_ARTIFACT_UPLOAD_CONCURRENCY;
  if (concurrencyOverride) {
    let concurrency = parseInt(concurrencyOverride);
    if (isNaN(concurrency) || concurrency < 1)
      throw new Error("Invalid value set for ACTIONS_ARTIFACT_UPLOAD_CONCURRENCY env variable");
    return concurrency < concurrencyCap ? (info("Set concurrency based on the value set in ACTIONS_ARTIFACT_UPLOAD_CONCURRENCY."), concurrency) : (info(`ACTIONS_ARTIFACT_UPLOAD_CONCURRENCY is higher than the cap of ${concurrencyCap} based on the number of cpus. Set it to the maximum value allowed.`), concurrencyCap);
  }
  return 5;
}
function getUploadChunkTimeout() {
  let timeoutVar = process.env.ACTIONS_ARTIFACT_UPLOAD_TIMEOUT_MS;
  if (!timeoutVar)
    return 3e5;
  let timeout = parseInt(timeoutVar);
  if (isNaN(timeout))
    throw new Error("Invalid value set for ACTIONS_ARTIFACT_UPLOAD_TIMEOUT_MS env variable");
  return timeout;
}
function getMaxArtifactListCount() {
  let maxCountVar = process.env.ACTIONS_ARTIFACT_MAX_ARTIFACT_COUNT || "1000", maxCount = parseInt(maxCountVar);
  if (isNaN(maxCount) || maxCount < 1)
    throw new Error("Invalid value set for ACTIONS_ARTIFACT_MAX_ARTIFACT_COUNT env variable");
  return maxCount;
}

// node_modules/@actions/artifact/lib/internal/upload/upload-artifact.js
import * as fs3 from "fs";
import * as path2 from "path";

// node_modules/@actions/artifact/lib/generated/google/protobuf/timestamp.js
var import_runtime = __toESM(require_commonjs(), 1), import_runtime2 = __toESM(require_commonjs(), 1), import_runtime3 = __toESM(require_commonjs(), 1), import_runtime4 = __toESM(require_commonjs(), 1), import_runtime5 = __toESM(require_commonjs(), 1), import_runtime6 = __toESM(require_commonjs(), 1), import_runtime7 = __toESM(require_commonjs(), 1), Timestamp$Type = class extends import_runtime7.MessageType {
  constructor() {
    super("google.protobuf.Timestamp", [
      {
        no: 1,
        name: "seconds",
        kind: "scalar",
        T: 3
        /*ScalarType.INT64*/
      },
      {
        no: 2,
        name: "nanos",
        kind: "scalar",
        T: 5
        /*ScalarType.INT32*/
      }
    ]);
  }
  /**
   * Creates a new `Timestamp` for the current time.
   */
  now() {
    let msg = this.create(), ms = Date.now();
    return msg.seconds = import_runtime6.PbLong.from(Math.floor(ms / 1e3)).toString(), msg.nanos = ms % 1e3 * 1e6, msg;
  }
  /**
   * Converts a `Timestamp` to a JavaScript Date.
   */
  toDate(message) {
    return new Date(import_runtime6.PbLong.from(message.seconds).toNumber() * 1e3 + Math.ceil(message.nanos / 1e6));
  }
  /**
   * Converts a JavaScript Date to a `Timestamp`.
   */
  fromDate(date) {
    let msg = this.create(), ms = date.getTime();
    return msg.seconds = import_runtime6.PbLong.from(Math.floor(ms / 1e3)).toString(), msg.nanos = ms % 1e3 * 1e6, msg;
  }
  /**
   * In JSON format, the `Timestamp` type is encoded as a string
   * in the RFC 3339 format.
   */
  internalJsonWrite(message, options) {
    let ms = import_runtime6.PbLong.from(message.seconds).toNumber() * 1e3;
    if (ms < Date.parse("0001-01-01T00:00:00Z") || ms > Date.parse("9999-12-31T23:59:59Z"))
      throw new Error("Unable to encode Timestamp to JSON. Must be from 0001-01-01T00:00:00Z to 9999-12-31T23:59:59Z inclusive.");
    if (message.nanos < 0)
      throw new Error("Unable to encode invalid Timestamp to JSON. Nanos must not be negative.");
    let z = "Z";
    if (message.nanos > 0) {
      let nanosStr = (message.nanos + 1e9).toString().substring(1);
      nanosStr.substring(3) === "000000" ? z = "." + nanosStr.substring(0, 3) + "Z" : nanosStr.substring(6) === "000" ? z = "." + nanosStr.substring(0, 6) + "Z" : z = "." + nanosStr + "Z";
    }
    return new Date(ms).toISOString().replace(".000Z", z);
  }
  /**
   * In JSON format, the `Timestamp` type is encoded as a string
   * in the RFC 3339 format.
   */
  internalJsonRead(json, options, target) {
    if (typeof json != "string")
      throw new Error("Unable to parse Timestamp from JSON " + (0, import_runtime5.typeofJsonValue)(json) + ".");
    let matches = json.match(/^([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{2}):([0-9]{2}):([0-9]{2})(?:Z|\.([0-9]{3,9})Z|([+-][0-9][0-9]:[0-9][0-9]))$/);
    if (!matches)
      throw new Error("Unable to parse Timestamp from JSON. Invalid format.");
    let ms = Date.parse(matches[1] + "-" + matches[2] + "-" + matches[3] + "T" + matches[4] + ":" + matches[5] + ":" + matches[6] + (matches[8] ? matches[8] : "Z"));
    if (Number.isNaN(ms))
      throw new Error("Unable to parse Timestamp from JSON. Invalid value.");
    if (ms < Date.parse("0001-01-01T00:00:00Z") || ms > Date.parse("9999-12-31T23:59:59Z"))
      throw new globalThis.Error("Unable to parse Timestamp from JSON. Must be from 0001-01-01T00:00:00Z to 9999-12-31T23:59:59Z inclusive.");
    return target || (target = this.create()), target.seconds = import_runtime6.PbLong.from(ms / 1e3).toString(), target.nanos = 0, matches[7] && (target.nanos = parseInt("1" + matches[7] + "0".repeat(9 - matches[7].length)) - 1e9), target;
  }
  create(value) {
    let message = { seconds: "0", nanos: 0 };
    return globalThis.Object.defineProperty(message, import_runtime4.MESSAGE_TYPE, { enumerable: !1, value: this }), value !== void 0 && (0, import_runtime3.reflectionMergePartial)(this, message, value), message;
  }
  internalBinaryRead(reader, length, options, target) {
    let message = target ?? this.create(), end = reader.pos + length;
    for (; reader.pos < end; ) {
      let [fieldNo, wireType] = reader.tag();
      switch (fieldNo) {
        case /* int64 seconds */
        1:
          message.seconds = reader.int64().toString();
          break;
        case /* int32 nanos */
        2:
          message.nanos = reader.int32();
          break;
        default:
          let u = options.readUnknownField;
          if (u === "throw")
            throw new globalThis.Error(`Unknown field ${fieldNo} (wire type ${wireType}) for ${this.typeName}`);
          let d = reader.skip(wireType);
          u !== !1 && (u === !0 ? import_runtime2.UnknownFieldHandler.onRead : u)(this.typeName, message, fieldNo, wireType, d);
      }
    }
    return message;
  }
  internalBinaryWrite(message, writer, options) {
    message.seconds !== "0" && writer.tag(1, import_runtime.WireType.Varint).int64(message.seconds), message.nanos !== 0 && writer.tag(2, import_runtime.WireType.Varint).int32(message.nanos);
    let u = options.writeUnknownFields;
    return u !== !1 && (u == !0 ? import_runtime2.UnknownFieldHandler.onWrite : u)(this.typeName, message, writer), writer;
  }
}, Timestamp = new Timestamp$Type();

// node_modules/@actions/artifact/lib/generated/google/protobuf/wrappers.js
var import_runtime8 = __toESM(require_commonjs(), 1), import_runtime9 = __toESM(require_commonjs(), 1), import_runtime10 = __toESM(require_commonjs(), 1), import_runtime11 = __toESM(require_commonjs(), 1), import_runtime12 = __toESM(require_commonjs(), 1), import_runtime13 = __toESM(require_commonjs(), 1), import_runtime14 = __toESM(require_commonjs(), 1), DoubleValue$Type = class extends import_runtime14.MessageType {
  constructor() {
    super("google.protobuf.DoubleValue", [
      {
        no: 1,
        name: "value",
        kind: "scalar",
        T: 1
        /*ScalarType.DOUBLE*/
      }
    ]);
  }
  /**
   * Encode `DoubleValue` to JSON number.
   */
  internalJsonWrite(message, options) {
    return this.refJsonWriter.scalar(2, message.value, "value", !1, !0);
  }
  /**
   * Decode `DoubleValue` from JSON number.
   */
  internalJsonRead(json, options, target) {
    return target || (target = this.create()), target.value = this.refJsonReader.scalar(json, 1, void 0, "value"), target;
  }
  create(value) {
    let message = { value: 0 };
    return globalThis.Object.defineProperty(message, import_runtime13.MESSAGE_TYPE, { enumerable: !1, value: this }), value !== void 0 && (0, import_runtime12.reflectionMergePartial)(this, message, value), message;
  }
  internalBinaryRead(reader, length, options, target) {
    let message = target ?? this.create(), end = reader.pos + length;
    for (; reader.pos < end; ) {
      let [fieldNo, wireType] = reader.tag();
      switch (fieldNo) {
        case /* double value */
        1:
          message.value = reader.double();
          break;
        default:
          let u = options.readUnknownField;
          if (u === "throw")
            throw new globalThis.Error(`Unknown field ${fieldNo} (wire type ${wireType}) for ${this.typeName}`);
          let d = reader.skip(wireType);
          u !== !1 && (u === !0 ? import_runtime11.UnknownFieldHandler.onRead : u)(this.typeName, message, fieldNo, wireType, d);
      }
    }
    return message;
  }
  internalBinaryWrite(message, writer, options) {
    message.value !== 0 && writer.tag(1, import_runtime10.WireType.Bit64).double(message.value);
    let u = options.writeUnknownFields;
    return u !== !1 && (u == !0 ? import_runtime11.UnknownFieldHandler.onWrite : u)(this.typeName, message, writer), writer;
  }
}, DoubleValue = new DoubleValue$Type(), FloatValue$Type = class extends import_runtime14.MessageType {
  constructor() {
    super("google.protobuf.FloatValue", [
      {
        no: 1,
        name: "value",
        kind: "scalar",
        T: 2
        /*ScalarType.FLOAT*/
      }
    ]);
  }
  /**
   * Encode `FloatValue` to JSON number.
   */
  internalJsonWrite(message, options) {
    return this.refJsonWriter.scalar(1, message.value, "value", !1, !0);
  }
  /**
   * Decode `FloatValue` from JSON number.
   */
  internalJsonRead(json, options, target) {
    return target || (target = this.create()), target.value = this.refJsonReader.scalar(json, 1, void 0, "value"), target;
  }
  create(value) {
    let message = { value: 0 };
    return globalThis.Object.defineProperty(message, import_runtime13.MESSAGE_TYPE, { enumerable: !1, value: this }), value !== void 0 && (0, import_runtime12.reflectionMergePartial)(this, message, value), message;
  }
  internalBinaryRead(reader, length, options, target) {
    let message = target ?? this.create(), end = reader.pos + length;
    for (; reader.pos < end; ) {
      let [fieldNo, wireType] = reader.tag();
      switch (fieldNo) {
        case /* float value */
        1:
          message.value = reader.float();
          break;
        default:
          let u = options.readUnknownField;
          if (u === "throw")
            throw new globalThis.Error(`Unknown field ${fieldNo} (wire type ${wireType}) for ${this.typeName}`);
          let d = reader.skip(wireType);
          u !== !1 && (u === !0 ? import_runtime11.UnknownFieldHandler.onRead : u)(this.typeName, message, fieldNo, wireType, d);
      }
    }
    return message;
  }
  internalBinaryWrite(message, writer, options) {
    message.value !== 0 && writer.tag(1, import_runtime10.WireType.Bit32).float(message.value);
    let u = options.writeUnknownFields;
    return u !== !1 && (u == !0 ? import_runtime11.UnknownFieldHandler.onWrite : u)(this.typeName, message, writer), writer;
  }
}, FloatValue = new FloatValue$Type(), Int64Value$Type = class extends import_runtime14.MessageType {
  constructor() {
    super("google.protobuf.Int64Value", [
      {
        no: 1,
        name: "value",
        kind: "scalar",
        T: 3
        /*ScalarType.INT64*/
      }
    ]);
  }
  /**
   * Encode `Int64Value` to JSON string.
   */
  internalJsonWrite(message, options) {
    return this.refJsonWriter.scalar(import_runtime8.ScalarType.INT64, message.value, "value", !1, !0);
  }
  /**
   * Decode `Int64Value` from JSON string.
   */
  internalJsonRead(json, options, target) {
    return target || (target = this.create()), target.value = this.refJsonReader.scalar(json, import_runtime8.ScalarType.INT64, import_runtime9.LongType.STRING, "value"), target;
  }
  create(value) {
    let message = { value: "0" };
    return globalThis.Object.defineProperty(message, import_runtime13.MESSAGE_TYPE, { enumerable: !1, value: this }), value !== void 0 && (0, import_runtime12.reflectionMergePartial)(this, message, value), message;
  }
  internalBinaryRead(reader, length, options, target) {
    let message = target ?? this.create(), end = reader.pos + length;
    for (; reader.pos < end; ) {
      let [fieldNo, wireType] = reader.tag();
      switch (fieldNo) {
        case /* int64 value */
        1:
          message.value = reader.int64().toString();
          break;
        default:
          let u = options.readUnknownField;
          if (u === "throw")
            throw new globalThis.Error(`Unknown field ${fieldNo} (wire type ${wireType}) for ${this.typeName}`);
          let d = reader.skip(wireType);
          u !== !1 && (u === !0 ? import_runtime11.UnknownFieldHandler.onRead : u)(this.typeName, message, fieldNo, wireType, d);
      }
    }
    return message;
  }
  internalBinaryWrite(message, writer, options) {
    message.value !== "0" && writer.tag(1, import_runtime10.WireType.Varint).int64(message.value);
    let u = options.writeUnknownFields;
    return u !== !1 && (u == !0 ? import_runtime11.UnknownFieldHandler.onWrite : u)(this.typeName, message, writer), writer;
  }
}, Int64Value = new Int64Value$Type(), UInt64Value$Type = class extends import_runtime14.MessageType {
  constructor() {
    super("google.protobuf.UInt64Value", [
      {
        no: 1,
        name: "value",
        kind: "scalar",
        T: 4
        /*ScalarType.UINT64*/
      }
    ]);
  }
  /**
   * Encode `UInt64Value` to JSON string.
   */
  internalJsonWrite(message, options) {
    return this.refJsonWriter.scalar(import_runtime8.ScalarType.UINT64, message.value, "value", !1, !0);
  }
  /**
   * Decode `UInt64Value` from JSON string.
   */
  internalJsonRead(json, options, target) {
    return target || (target = this.create()), target.value = this.refJsonReader.scalar(json, import_runtime8.ScalarType.UINT64, import_runtime9.LongType.STRING, "value"), target;
  }
  create(value) {
    let message = { value: "0" };
    return globalThis.Object.defineProperty(message, import_runtime13.MESSAGE_TYPE, { enumerable: !1, value: this }), value !== void 0 && (0, import_runtime12.reflectionMergePartial)(this, message, value), message;
  }
  internalBinaryRead(reader, length, options, target) {
    let message = target ?? this.create(), end = reader.pos + length;
    for (; reader.pos < end; ) {
      let [fieldNo, wireType] = reader.tag();
      switch (fieldNo) {
        case /* uint64 value */
        1:
          message.value = reader.uint64().toString();
          break;
        default:
          let u = options.readUnknownField;
          if (u === "throw")
            throw new globalThis.Error(`Unknown field ${fieldNo} (wire type ${wireType}) for ${this.typeName}`);
          let d = reader.skip(wireType);
          u !== !1 && (u === !0 ? import_runtime11.UnknownFieldHandler.onRead : u)(this.typeName, message, fieldNo, wireType, d);
      }
    }
    return message;
  }
  internalBinaryWrite(message, writer, options) {
    message.value !== "0" && writer.tag(1, import_runtime10.WireType.Varint).uint64(message.value);
    let u = options.writeUnknownFields;
    return u !== !1 && (u == !0 ? import_runtime11.UnknownFieldHandler.onWrite : u)(this.typeName, message, writer), writer;
  }
}, UInt64Value = new UInt64Value$Type(), Int32Value$Type = class extends import_runtime14.MessageType {
  constructor() {
    super("google.protobuf.Int32Value", [
      {
        no: 1,
        name: "value",
        kind: "scalar",
        T: 5
        /*ScalarType.INT32*/
      }
    ]);
  }
  /**
   * Encode `Int32Value` to JSON string.
   */
  internalJsonWrite(message, options) {
    return this.refJsonWriter.scalar(5, message.value, "value", !1, !0);
  }
  /**
   * Decode `Int32Value` from JSON string.
   */
  internalJsonRead(json, options, target) {
    return target || (target = this.create()), target.value = this.refJsonReader.scalar(json, 5, void 0, "value"), target;
  }
  create(value) {
    let message = { value: 0 };
    return globalThis.Object.defineProperty(message, import_runtime13.MESSAGE_TYPE, { enumerable: !1, value: this }), value !== void 0 && (0, import_runtime12.reflectionMergePartial)(this, message, value), message;
  }
  internalBinaryRead(reader, length, options, target) {
    let message = target ?? this.create(), end = reader.pos + length;
    for (; reader.pos < end; ) {
      let [fieldNo, wireType] = reader.tag();
      switch (fieldNo) {
        case /* int32 value */
        1:
          message.value = reader.int32();
          break;
        default:
          let u = options.readUnknownField;
          if (u === "throw")
            throw new globalThis.Error(`Unknown field ${fieldNo} (wire type ${wireType}) for ${this.typeName}`);
          let d = reader.skip(wireType);
          u !== !1 && (u === !0 ? import_runtime11.UnknownFieldHandler.onRead : u)(this.typeName, message, fieldNo, wireType, d);
      }
    }
    return message;
  }
  internalBinaryWrite(message, writer, options) {
    message.value !== 0 && writer.tag(1, import_runtime10.WireType.Varint).int32(message.value);
    let u = options.writeUnknownFields;
    return u !== !1 && (u == !0 ? import_runtime11.UnknownFieldHandler.onWrite : u)(this.typeName, message, writer), writer;
  }
}, Int32Value = new Int32Value$Type(), UInt32Value$Type = class extends import_runtime14.MessageType {
  constructor() {
    super("google.protobuf.UInt32Value", [
      {
        no: 1,
        name: "value",
        kind: "scalar",
        T: 13
        /*ScalarType.UINT32*/
      }
    ]);
  }
  /**
   * Encode `UInt32Value` to JSON string.
   */
  internalJsonWrite(message, options) {
    return this.refJsonWriter.scalar(13, message.value, "value", !1, !0);
  }
  /**
   * Decode `UInt32Value` from JSON string.
   */
  internalJsonRead(json, options, target) {
    return target || (target = this.create()), target.value = this.refJsonReader.scalar(json, 13, void 0, "value"), target;
  }
  create(value) {
    let message = { value: 0 };
    return globalThis.Object.defineProperty(message, import_runtime13.MESSAGE_TYPE, { enumerable: !1, value: this }), value !== void 0 && (0, import_runtime12.reflectionMergePartial)(this, message, value), message;
  }
  internalBinaryRead(reader, length, options, target) {
    let message = target ?? this.create(), end = reader.pos + length;
    for (; reader.pos < end; ) {
      let [fieldNo, wireType] = reader.tag();
      switch (fieldNo) {
        case /* uint32 value */
        1:
          message.value = reader.uint32();
          break;
        default:
          let u = options.readUnknownField;
          if (u === "throw")
            throw new globalThis.Error(`Unknown field ${fieldNo} (wire type ${wireType}) for ${this.typeName}`);
          let d = reader.skip(wireType);
          u !== !1 && (u === !0 ? import_runtime11.UnknownFieldHandler.onRead : u)(this.typeName, message, fieldNo, wireType, d);
      }
    }
    return message;
  }
  internalBinaryWrite(message, writer, options) {
    message.value !== 0 && writer.tag(1, import_runtime10.WireType.Varint).uint32(message.value);
    let u = options.writeUnknownFields;
    return u !== !1 && (u == !0 ? import_runtime11.UnknownFieldHandler.onWrite : u)(this.typeName, message, writer), writer;
  }
}, UInt32Value = new UInt32Value$Type(), BoolValue$Type = class extends import_runtime14.MessageType {
  constructor() {
    super("google.protobuf.BoolValue", [
      {
        no: 1,
        name: "value",
        kind: "scalar",
        T: 8
        /*ScalarType.BOOL*/
      }
    ]);
  }
  /**
   * Encode `BoolValue` to JSON bool.
   */
  internalJsonWrite(message, options) {
    return message.value;
  }
  /**
   * Decode `BoolValue` from JSON bool.
   */
  internalJsonRead(json, options, target) {
    return target || (target = this.create()), target.value = this.refJsonReader.scalar(json, 8, void 0, "value"), target;
  }
  create(value) {
    let message = { value: !1 };
    return globalThis.Object.defineProperty(message, import_runtime13.MESSAGE_TYPE, { enumerable: !1, value: this }), value !== void 0 && (0, import_runtime12.reflectionMergePartial)(this, message, value), message;
  }
  internalBinaryRead(reader, length, options, target) {
    let message = target ?? this.create(), end = reader.pos + length;
    for (; reader.pos < end; ) {
      let [fieldNo, wireType] = reader.tag();
      switch (fieldNo) {
        case /* bool value */
        1:
          message.value = reader.bool();
          break;
        default:
          let u = options.readUnknownField;
          if (u === "throw")
            throw new globalThis.Error(`Unknown field ${fieldNo} (wire type ${wireType}) for ${this.typeName}`);
          let d = reader.skip(wireType);
          u !== !1 && (u === !0 ? import_runtime11.UnknownFieldHandler.onRead : u)(this.typeName, message, fieldNo, wireType, d);
      }
    }
    return message;
  }
  internalBinaryWrite(message, writer, options) {
    message.value !== !1 && writer.tag(1, import_runtime10.WireType.Varint).bool(message.value);
    let u = options.writeUnknownFields;
    return u !== !1 && (u == !0 ? import_runtime11.UnknownFieldHandler.onWrite : u)(this.typeName, message, writer), writer;
  }
}, BoolValue = new BoolValue$Type(), StringValue$Type = class extends import_runtime14.MessageType {
  constructor() {
    super("google.protobuf.StringValue", [
      {
        no: 1,
        name: "value",
        kind: "scalar",
        T: 9
        /*ScalarType.STRING*/
      }
    ]);
  }
  /**
   * Encode `StringValue` to JSON string.
   */
  internalJsonWrite(message, options) {
    return message.value;
  }
  /**
   * Decode `StringValue` from JSON string.
   */
  internalJsonRead(json, options, target) {
    return target || (target = this.create()), target.value = this.refJsonReader.scalar(json, 9, void 0, "value"), target;
  }
  create(value) {
    let message = { value: "" };
    return globalThis.Object.defineProperty(message, import_runtime13.MESSAGE_TYPE, { enumerable: !1, value: this }), value !== void 0 && (0, import_runtime12.reflectionMergePartial)(this, message, value), message;
  }
  internalBinaryRead(reader, length, options, target) {
    let message = target ?? this.create(), end = reader.pos + length;
    for (; reader.pos < end; ) {
      let [fieldNo, wireType] = reader.tag();
      switch (fieldNo) {
        case /* string value */
        1:
          message.value = reader.string();
          break;
        default:
          let u = options.readUnknownField;
          if (u === "throw")
            throw new globalThis.Error(`Unknown field ${fieldNo} (wire type ${wireType}) for ${this.typeName}`);
          let d = reader.skip(wireType);
          u !== !1 && (u === !0 ? import_runtime11.UnknownFieldHandler.onRead : u)(this.typeName, message, fieldNo, wireType, d);
      }
    }
    return message;
  }
  internalBinaryWrite(message, writer, options) {
    message.value !== "" && writer.tag(1, import_runtime10.WireType.LengthDelimited).string(message.value);
    let u = options.writeUnknownFields;
    return u !== !1 && (u == !0 ? import_runtime11.UnknownFieldHandler.onWrite : u)(this.typeName, message, writer), writer;
  }
}, StringValue = new StringValue$Type(), BytesValue$Type = class extends import_runtime14.MessageType {
  constructor() {
    super("google.protobuf.BytesValue", [
      {
        no: 1,
        name: "value",
        kind: "scalar",
        T: 12
        /*ScalarType.BYTES*/
      }
    ]);
  }
  /**
   * Encode `BytesValue` to JSON string.
   */
  internalJsonWrite(message, options) {
    return this.refJsonWriter.scalar(12, message.value, "value", !1, !0);
  }
  /**
   * Decode `BytesValue` from JSON string.
   */
  internalJsonRead(json, options, target) {
    return target || (target = this.create()), target.value = this.refJsonReader.scalar(json, 12, void 0, "value"), target;
  }
  create(value) {
    let message = { value: new Uint8Array(0) };
    return globalThis.Object.defineProperty(message, import_runtime13.MESSAGE_TYPE, { enumerable: !1, value: this }), value !== void 0 && (0, import_runtime12.reflectionMergePartial)(this, message, value), message;
  }
  internalBinaryRead(reader, length, options, target) {
    let message = target ?? this.create(), end = reader.pos + length;
    for (; reader.pos < end; ) {
      let [fieldNo, wireType] = reader.tag();
      switch (fieldNo) {
        case /* bytes value */
        1:
          message.value = reader.bytes();
          break;
        default:
          let u = options.readUnknownField;
          if (u === "throw")
            throw new globalThis.Error(`Unknown field ${fieldNo} (wire type ${wireType}) for ${this.typeName}`);
          let d = reader.skip(wireType);
          u !== !1 && (u === !0 ? import_runtime11.UnknownFieldHandler.onRead : u)(this.typeName, message, fieldNo, wireType, d);
      }
    }
    return message;
  }
  internalBinaryWrite(message, writer, options) {
    message.value.length && writer.tag(1, import_runtime10.WireType.LengthDelimited).bytes(message.value);
    let u = options.writeUnknownFields;
    return u !== !1 && (u == !0 ? import_runtime11.UnknownFieldHandler.onWrite : u)(this.typeName, message, writer), writer;
  }
}, BytesValue = new BytesValue$Type();

// node_modules/@actions/artifact/lib/generated/results/api/v1/artifact.js
var import_runtime_rpc = __toESM(require_commonjs2(), 1), import_runtime15 = __toESM(require_commonjs(), 1), import_runtime16 = __toESM(require_commonjs(), 1), import_runtime17 = __toESM(require_commonjs(), 1), import_runtime18 = __toESM(require_commonjs(), 1), import_runtime19 = __toESM(require_commonjs(), 1);
var CreateArtifactRequest$Type = class extends import_runtime19.MessageType {
  constructor() {
    super("github.actions.results.api.v1.CreateArtifactRequest", [
      {
        no: 1,
        name: "workflow_run_backend_id",
        kind: "scalar",
        T: 9
        /*ScalarType.STRING*/
      },
      {
        no: 2,
        name: "workflow_job_run_backend_id",
        kind: "scalar",
        T: 9
        /*ScalarType.STRING*/
      },
      {
        no: 3,
        name: "name",
        kind: "scalar",
        T: 9
        /*ScalarType.STRING*/
      },
      { no: 4, name: "expires_at", kind: "message", T: () => Timestamp },
      {
        no: 5,
        name: "version",
        kind: "scalar",
        T: 5
        /*ScalarType.INT32*/
      },
      { no: 6, name: "mime_type", kind: "message", T: () => StringValue }
    ]);
  }
  create(value) {
    let message = { workflowRunBackendId: "", workflowJobRunBackendId: "", name: "", version: 0 };
    return globalThis.Object.defineProperty(message, import_runtime18.MESSAGE_TYPE, { enumerable: !1, value: this }), value !== void 0 && (0, import_runtime17.reflectionMergePartial)(this, message, value), message;
  }
  internalBinaryRead(reader, length, options, target) {
    let message = target ?? this.create(), end = reader.pos + length;
    for (; reader.pos < end; ) {
      let [fieldNo, wireType] = reader.tag();
      switch (fieldNo) {
        case /* string workflow_run_backend_id */
        1:
          message.workflowRunBackendId = reader.string();
          break;
        case /* string workflow_job_run_backend_id */
        2:
          message.workflowJobRunBackendId = reader.string();
          break;
        case /* string name */
        3:
          message.name = reader.string();
          break;
        case /* google.protobuf.Timestamp expires_at */
        4:
          message.expiresAt = Timestamp.internalBinaryRead(reader, reader.uint32(), options, message.expiresAt);
          break;
        case /* int32 version */
        5:
          message.version = reader.int32();
          break;
        case /* google.protobuf.StringValue mime_type */
        6:
          message.mimeType = StringValue.internalBinaryRead(reader, reader.uint32(), options, message.mimeType);
          break;
        default:
          let u = options.readUnknownField;
          if (u === "throw")
            throw new globalThis.Error(`Unknown field ${fieldNo} (wire type ${wireType}) for ${this.typeName}`);
          let d = reader.skip(wireType);
          u !== !1 && (u === !0 ? import_runtime16.UnknownFieldHandler.onRead : u)(this.typeName, message, fieldNo, wireType, d);
      }
    }
    return message;
  }
  internalBinaryWrite(message, writer, options) {
    message.workflowRunBackendId !== "" && writer.tag(1, import_runtime15.WireType.LengthDelimited).string(message.workflowRunBackendId), message.workflowJobRunBackendId !== "" && writer.tag(2, import_runtime15.WireType.LengthDelimited).string(message.workflowJobRunBackendId), message.name !== "" && writer.tag(3, import_runtime15.WireType.LengthDelimited).string(message.name), message.expiresAt && Timestamp.internalBinaryWrite(message.expiresAt, writer.tag(4, import_runtime15.WireType.LengthDelimited).fork(), options).join(), message.version !== 0 && writer.tag(5, import_runtime15.WireType.Varint).int32(message.version), message.mimeType && StringValue.internalBinaryWrite(message.mimeType, writer.tag(6, import_runtime15.WireType.LengthDelimited).fork(), options).join();
    let u = options.writeUnknownFields;
    return u !== !1 && (u == !0 ? import_runtime16.UnknownFieldHandler.onWrite : u)(this.typeName, message, writer), writer;
  }
}, CreateArtifactRequest = new CreateArtifactRequest$Type(), CreateArtifactResponse$Type = class extends import_runtime19.MessageType {
  constructor() {
    super("github.actions.results.api.v1.CreateArtifactResponse", [
      {
        no: 1,
        name: "ok",
        kind: "scalar",
        T: 8
        /*ScalarType.BOOL*/
      },
      {
        no: 2,
        name: "signed_upload_url",
        kind: "scalar",
        T: 9
        /*ScalarType.STRING*/
      }
    ]);
  }
  create(value) {
    let message = { ok: !1, signedUploadUrl: "" };
    return globalThis.Object.defineProperty(message, import_runtime18.MESSAGE_TYPE, { enumerable: !1, value: this }), value !== void 0 && (0, import_runtime17.reflectionMergePartial)(this, message, value), message;
  }
  internalBinaryRead(reader, length, options, target) {
    let message = target ?? this.create(), end = reader.pos + length;
    for (; reader.pos < end; ) {
      let [fieldNo, wireType] = reader.tag();
      switch (fieldNo) {
        case /* bool ok */
        1:
          message.ok = reader.bool();
          break;
        case /* string signed_upload_url */
        2:
          message.signedUploadUrl = reader.string();
          break;
        default:
          let u = options.readUnknownField;
          if (u === "throw")
            throw new globalThis.Error(`Unknown field ${fieldNo} (wire type ${wireType}) for ${this.typeName}`);
          let d = reader.skip(wireType);
          u !== !1 && (u === !0 ? import_runtime16.UnknownFieldHandler.onRead : u)(this.typeName, message, fieldNo, wireType, d);
      }
    }
    return message;
  }
  internalBinaryWrite(message, writer, options) {
    message.ok !== !1 && writer.tag(1, import_runtime15.WireType.Varint).bool(message.ok), message.signedUploadUrl !== "" && writer.tag(2, import_runtime15.WireType.LengthDelimited).string(message.signedUploadUrl);
    let u = options.writeUnknownFields;
    return u !== !1 && (u == !0 ? import_runtime16.UnknownFieldHandler.onWrite : u)(this.typeName, message, writer), writer;
  }
}, CreateArtifactResponse = new CreateArtifactResponse$Type(), FinalizeArtifactRequest$Type = class extends import_runtime19.MessageType {
  constructor() {
    super("github.actions.results.api.v1.FinalizeArtifactRequest", [
      {
        no: 1,
        name: "workflow_run_backend_id",
        kind: "scalar",
        T: 9
        /*ScalarType.STRING*/
      },
      {
        no: 2,
        name: "workflow_job_run_backend_id",
        kind: "scalar",
        T: 9
        /*ScalarType.STRING*/
      },
      {
        no: 3,
        name: "name",
        kind: "scalar",
        T: 9
        /*ScalarType.STRING*/
      },
      {
        no: 4,
        name: "size",
        kind: "scalar",
        T: 3
        /*ScalarType.INT64*/
      },
      { no: 5, name: "hash", kind: "message", T: () => StringValue }
    ]);
  }
  create(value) {
    let message = { workflowRunBackendId: "", workflowJobRunBackendId: "", name: "", size: "0" };
    return globalThis.Object.defineProperty(message, import_runtime18.MESSAGE_TYPE, { enumerable: !1, value: this }), value !== void 0 && (0, import_runtime17.reflectionMergePartial)(this, message, value), message;
  }
  internalBinaryRead(reader, length, options, target) {
    let message = target ?? this.create(), end = reader.pos + length;
    for (; reader.pos < end; ) {
      let [fieldNo, wireType] = reader.tag();
      switch (fieldNo) {
        case /* string workflow_run_backend_id */
        1:
          message.workflowRunBackendId = reader.string();
          break;
        case /* string workflow_job_run_backend_id */
        2:
          message.workflowJobRunBackendId = reader.string();
          break;
        case /* string name */
        3:
          message.name = reader.string();
          break;
        case /* int64 size */
        4:
          message.size = reader.int64().toString();
          break;
        case /* google.protobuf.StringValue hash */
        5:
          message.hash = StringValue.internalBinaryRead(reader, reader.uint32(), options, message.hash);
          break;
        default:
          let u = options.readUnknownField;
          if (u === "throw")
            throw new globalThis.Error(`Unknown field ${fieldNo} (wire type ${wireType}) for ${this.typeName}`);
          let d = reader.skip(wireType);
          u !== !1 && (u === !0 ? import_runtime16.UnknownFieldHandler.onRead : u)(this.typeName, message, fieldNo, wireType, d);
      }
    }
    return message;
  }
  internalBinaryWrite(message, writer, options) {
    message.workflowRunBackendId !== "" && writer.tag(1, import_runtime15.WireType.LengthDelimited).string(message.workflowRunBackendId), message.workflowJobRunBackendId !== "" && writer.tag(2, import_runtime15.WireType.LengthDelimited).string(message.workflowJobRunBackendId), message.name !== "" && writer.tag(3, import_runtime15.WireType.LengthDelimited).string(message.name), message.size !== "0" && writer.tag(4, import_runtime15.WireType.Varint).int64(message.size), message.hash && StringValue.internalBinaryWrite(message.hash, writer.tag(5, import_runtime15.WireType.LengthDelimited).fork(), options).join();
    let u = options.writeUnknownFields;
    return u !== !1 && (u == !0 ? import_runtime16.UnknownFieldHandler.onWrite : u)(this.typeName, message, writer), writer;
  }
}, FinalizeArtifactRequest = new FinalizeArtifactRequest$Type(), FinalizeArtifactResponse$Type = class extends import_runtime19.MessageType {
  constructor() {
    super("github.actions.results.api.v1.FinalizeArtifactResponse", [
      {
        no: 1,
        name: "ok",
        kind: "scalar",
        T: 8
        /*ScalarType.BOOL*/
      },
      {
        no: 2,
        name: "artifact_id",
        kind: "scalar",
        T: 3
        /*ScalarType.INT64*/
      }
    ]);
  }
  create(value) {
    let message = { ok: !1, artifactId: "0" };
    return globalThis.Object.defineProperty(message, import_runtime18.MESSAGE_TYPE, { enumerable: !1, value: this }), value !== void 0 && (0, import_runtime17.reflectionMergePartial)(this, message, value), message;
  }
  internalBinaryRead(reader, length, options, target) {
    let message = target ?? this.create(), end = reader.pos + length;
    for (; reader.pos < end; ) {
      let [fieldNo, wireType] = reader.tag();
      switch (fieldNo) {
        case /* bool ok */
        1:
          message.ok = reader.bool();
          break;
        case /* int64 artifact_id */
        2:
          message.artifactId = reader.int64().toString();
          break;
        default:
          let u = options.readUnknownField;
          if (u === "throw")
            throw new globalThis.Error(`Unknown field ${fieldNo} (wire type ${wireType}) for ${this.typeName}`);
          let d = reader.skip(wireType);
          u !== !1 && (u === !0 ? import_runtime16.UnknownFieldHandler.onRead : u)(this.typeName, message, fieldNo, wireType, d);
      }
    }
    return message;
  }
  internalBinaryWrite(message, writer, options) {
    message.ok !== !1 && writer.tag(1, import_runtime15.WireType.Varint).bool(message.ok), message.artifactId !== "0" && writer.tag(2, import_runtime15.WireType.Varint).int64(message.artifactId);
    let u = options.writeUnknownFields;
    return u !== !1 && (u == !0 ? import_runtime16.UnknownFieldHandler.onWrite : u)(this.typeName, message, writer), writer;
  }
}, FinalizeArtifactResponse = new FinalizeArtifactResponse$Type(), ListArtifactsRequest$Type = class extends import_runtime19.MessageType {
  constructor() {
    super("github.actions.results.api.v1.ListArtifactsRequest", [
      {
        no: 1,
        name: "workflow_run_backend_id",
        kind: "scalar",
        T: 9
        /*ScalarType.STRING*/
      },
      {
        no: 2,
        name: "workflow_job_run_backend_id",
        kind: "scalar",
        T: 9
        /*ScalarType.STRING*/
      },
      { no: 3, name: "name_filter", kind: "message", T: () => StringValue },
      { no: 4, name: "id_filter", kind: "message", T: () => Int64Value }
    ]);
  }
  create(value) {
    let message = { workflowRunBackendId: "", workflowJobRunBackendId: "" };
    return globalThis.Object.defineProperty(message, import_runtime18.MESSAGE_TYPE, { enumerable: !1, value: this }), value !== void 0 && (0, import_runtime17.reflectionMergePartial)(this, message, value), message;
  }
  internalBinaryRead(reader, length, options, target) {
    let message = target ?? this.create(), end = reader.pos + length;
    for (; reader.pos < end; ) {
      let [fieldNo, wireType] = reader.tag();
      switch (fieldNo) {
        case /* string workflow_run_backend_id */
        1:
          message.workflowRunBackendId = reader.string();
          break;
        case /* string workflow_job_run_backend_id */
        2:
          message.workflowJobRunBackendId = reader.string();
          break;
        case /* google.protobuf.StringValue name_filter */
        3:
          message.nameFilter = StringValue.internalBinaryRead(reader, reader.uint32(), options, message.nameFilter);
          break;
        case /* google.protobuf.Int64Value id_filter */
        4:
          message.idFilter = Int64Value.internalBinaryRead(reader, reader.uint32(), options, message.idFilter);
          break;
        default:
          let u = options.readUnknownField;
          if (u === "throw")
            throw new globalThis.Error(`Unknown field ${fieldNo} (wire type ${wireType}) for ${this.typeName}`);
          let d = reader.skip(wireType);
          u !== !1 && (u === !0 ? import_runtime16.UnknownFieldHandler.onRead : u)(this.typeName, message, fieldNo, wireType, d);
      }
    }
    return message;
  }
  internalBinaryWrite(message, writer, options) {
    message.workflowRunBackendId !== "" && writer.tag(1, import_runtime15.WireType.LengthDelimited).string(message.workflowRunBackendId), message.workflowJobRunBackendId !== "" && writer.tag(2, import_runtime15.WireType.LengthDelimited).string(message.workflowJobRunBackendId), message.nameFilter && StringValue.internalBinaryWrite(message.nameFilter, writer.tag(3, import_runtime15.WireType.LengthDelimited).fork(), options).join(), message.idFilter && Int64Value.internalBinaryWrite(message.idFilter, writer.tag(4, import_runtime15.WireType.LengthDelimited).fork(), options).join();
    let u = options.writeUnknownFields;
    return u !== !1 && (u == !0 ? import_runtime16.UnknownFieldHandler.onWrite : u)(this.typeName, message, writer), writer;
  }
}, ListArtifactsRequest = new ListArtifactsRequest$Type(), ListArtifactsResponse$Type = class extends import_runtime19.MessageType {
  constructor() {
    super("github.actions.results.api.v1.ListArtifactsResponse", [
      { no: 1, name: "artifacts", kind: "message", repeat: 2, T: () => ListArtifactsResponse_MonolithArtifact }
    ]);
  }
  create(value) {
    let message = { artifacts: [] };
    return globalThis.Object.defineProperty(message, import_runtime18.MESSAGE_TYPE, { enumerable: !1, value: this }), value !== void 0 && (0, import_runtime17.reflectionMergePartial)(this, message, value), message;
  }
  internalBinaryRead(reader, length, options, target) {
    let message = target ?? this.create(), end = reader.pos + length;
    for (; reader.pos < end; ) {
      let [fieldNo, wireType] = reader.tag();
      switch (fieldNo) {
        case /* repeated github.actions.results.api.v1.ListArtifactsResponse.MonolithArtifact artifacts */
        1:
          message.artifacts.push(ListArtifactsResponse_MonolithArtifact.internalBinaryRead(reader, reader.uint32(), options));
          break;
        default:
          let u = options.readUnknownField;
          if (u === "throw")
            throw new globalThis.Error(`Unknown field ${fieldNo} (wire type ${wireType}) for ${this.typeName}`);
          let d = reader.skip(wireType);
          u !== !1 && (u === !0 ? import_runtime16.UnknownFieldHandler.onRead : u)(this.typeName, message, fieldNo, wireType, d);
      }
    }
    return message;
  }
  internalBinaryWrite(message, writer, options) {
    for (let i = 0; i < message.artifacts.length; i++)
      ListArtifactsResponse_MonolithArtifact.internalBinaryWrite(message.artifacts[i], writer.tag(1, import_runtime15.WireType.LengthDelimited).fork(), options).join();
    let u = options.writeUnknownFields;
    return u !== !1 && (u == !0 ? import_runtime16.UnknownFieldHandler.onWrite : u)(this.typeName, message, writer), writer;
  }
}, ListArtifactsResponse = new ListArtifactsResponse$Type(), ListArtifactsResponse_MonolithArtifact$Type = class extends import_runtime19.MessageType {
  constructor() {
    super("github.actions.results.api.v1.ListArtifactsResponse.MonolithArtifact", [
      {
        no: 1,
        name: "workflow_run_backend_id",
        kind: "scalar",
        T: 9
        /*ScalarType.STRING*/
      },
      {
        no: 2,
        name: "workflow_job_run_backend_id",
        kind: "scalar",
        T: 9
        /*ScalarType.STRING*/
      },
      {
        no: 3,
        name: "database_id",
        kind: "scalar",
        T: 3
        /*ScalarType.INT64*/
      },
      {
        no: 4,
        name: "name",
        kind: "scalar",
        T: 9
        /*ScalarType.STRING*/
      },
      {
        no: 5,
        name: "size",
        kind: "scalar",
        T: 3
        /*ScalarType.INT64*/
      },
      { no: 6, name: "created_at", kind: "message", T: () => Timestamp },
      { no: 7, name: "digest", kind: "message", T: () => StringValue }
    ]);
  }
  create(value) {
    let message = { workflowRunBackendId: "", workflowJobRunBackendId: "", databaseId: "0", name: "", size: "0" };
    return globalThis.Object.defineProperty(message, import_runtime18.MESSAGE_TYPE, { enumerable: !1, value: this }), value !== void 0 && (0, import_runtime17.reflectionMergePartial)(this, message, value), message;
  }
  internalBinaryRead(reader, length, options, target) {
    let message = target ?? this.create(), end = reader.pos + length;
    for (; reader.pos < end; ) {
      let [fieldNo, wireType] = reader.tag();
      switch (fieldNo) {
        case /* string workflow_run_backend_id */
        1:
          message.workflowRunBackendId = reader.string();
          break;
        case /* string workflow_job_run_backend_id */
        2:
          message.workflowJobRunBackendId = reader.string();
          break;
        case /* int64 database_id */
        3:
          message.databaseId = reader.int64().toString();
          break;
        case /* string name */
        4:
          message.name = reader.string();
          break;
        case /* int64 size */
        5:
          message.size = reader.int64().toString();
          break;
        case /* google.protobuf.Timestamp created_at */
        6:
          message.createdAt = Timestamp.internalBinaryRead(reader, reader.uint32(), options, message.createdAt);
          break;
        case /* google.protobuf.StringValue digest */
        7:
          message.digest = StringValue.internalBinaryRead(reader, reader.uint32(), options, message.digest);
          break;
        default:
          let u = options.readUnknownField;
          if (u === "throw")
            throw new globalThis.Error(`Unknown field ${fieldNo} (wire type ${wireType}) for ${this.typeName}`);
          let d = reader.skip(wireType);
          u !== !1 && (u === !0 ? import_runtime16.UnknownFieldHandler.onRead : u)(this.typeName, message, fieldNo, wireType, d);
      }
    }
    return message;
  }
  internalBinaryWrite(message, writer, options) {
    message.workflowRunBackendId !== "" && writer.tag(1, import_runtime15.WireType.LengthDelimited).string(message.workflowRunBackendId), message.workflowJobRunBackendId !== "" && writer.tag(2, import_runtime15.WireType.LengthDelimited).string(message.workflowJobRunBackendId), message.databaseId !== "0" && writer.tag(3, import_runtime15.WireType.Varint).int64(message.databaseId), message.name !== "" && writer.tag(4, import_runtime15.WireType.LengthDelimited).string(message.name), message.size !== "0" && writer.tag(5, import_runtime15.WireType.Varint).int64(message.size), message.createdAt && Timestamp.internalBinaryWrite(message.createdAt, writer.tag(6, import_runtime15.WireType.LengthDelimited).fork(), options).join(), message.digest && StringValue.internalBinaryWrite(message.digest, writer.tag(7, import_runtime15.WireType.LengthDelimited).fork(), options).join();
    let u = options.writeUnknownFields;
    return u !== !1 && (u == !0 ? import_runtime16.UnknownFieldHandler.onWrite : u)(this.typeName, message, writer), writer;
  }
}, ListArtifactsResponse_MonolithArtifact = new ListArtifactsResponse_MonolithArtifact$Type(), GetSignedArtifactURLRequest$Type = class extends import_runtime19.MessageType {
  constructor() {
    super("github.actions.results.api.v1.GetSignedArtifactURLRequest", [
      {
        no: 1,
        name: "workflow_run_backend_id",
        kind: "scalar",
        T: 9
        /*ScalarType.STRING*/
      },
      {
        no: 2,
        name: "workflow_job_run_backend_id",
        kind: "scalar",
        T: 9
        /*ScalarType.STRING*/
      },
      {
        no: 3,
        name: "name",
        kind: "scalar",
        T: 9
        /*ScalarType.STRING*/
      }
    ]);
  }
  create(value) {
    let message = { workflowRunBackendId: "", workflowJobRunBackendId: "", name: "" };
    return globalThis.Object.defineProperty(message, import_runtime18.MESSAGE_TYPE, { enumerable: !1, value: this }), value !== void 0 && (0, import_runtime17.reflectionMergePartial)(this, message, value), message;
  }
  internalBinaryRead(reader, length, options, target) {
    let message = target ?? this.create(), end = reader.pos + length;
    for (; reader.pos < end; ) {
      let [fieldNo, wireType] = reader.tag();
      switch (fieldNo) {
        case /* string workflow_run_backend_id */
        1:
          message.workflowRunBackendId = reader.string();
          break;
        case /* string workflow_job_run_backend_id */
        2:
          message.workflowJobRunBackendId = reader.string();
          break;
        case /* string name */
        3:
          message.name = reader.string();
          break;
        default:
          let u = options.readUnknownField;
          if (u === "throw")
            throw new globalThis.Error(`Unknown field ${fieldNo} (wire type ${wireType}) for ${this.typeName}`);
          let d = reader.skip(wireType);
          u !== !1 && (u === !0 ? import_runtime16.UnknownFieldHandler.onRead : u)(this.typeName, message, fieldNo, wireType, d);
      }
    }
    return message;
  }
  internalBinaryWrite(message, writer, options) {
    message.workflowRunBackendId !== "" && writer.tag(1, import_runtime15.WireType.LengthDelimited).string(message.workflowRunBackendId), message.workflowJobRunBackendId !== "" && writer.tag(2, import_runtime15.WireType.LengthDelimited).string(message.workflowJobRunBackendId), message.name !== "" && writer.tag(3, import_runtime15.WireType.LengthDelimited).string(message.name);
    let u = options.writeUnknownFields;
    return u !== !1 && (u == !0 ? import_runtime16.UnknownFieldHandler.onWrite : u)(this.typeName, message, writer), writer;
  }
}, GetSignedArtifactURLRequest = new GetSignedArtifactURLRequest$Type(), GetSignedArtifactURLResponse$Type = class extends import_runtime19.MessageType {
  constructor() {
    super("github.actions.results.api.v1.GetSignedArtifactURLResponse", [
      {
        no: 1,
        name: "signed_url",
        kind: "scalar",
        T: 9
        /*ScalarType.STRING*/
      }
    ]);
  }
  create(value) {
    let message = { signedUrl: "" };
    return globalThis.Object.defineProperty(message, import_runtime18.MESSAGE_TYPE, { enumerable: !1, value: this }), value !== void 0 && (0, import_runtime17.reflectionMergePartial)(this, message, value), message;
  }
  internalBinaryRead(reader, length, options, target) {
    let message = target ?? this.create(), end = reader.pos + length;
    for (; reader.pos < end; ) {
      let [fieldNo, wireType] = reader.tag();
      switch (fieldNo) {
        case /* string signed_url */
        1:
          message.signedUrl = reader.string();
          break;
        default:
          let u = options.readUnknownField;
          if (u === "throw")
            throw new globalThis.Error(`Unknown field ${fieldNo} (wire type ${wireType}) for ${this.typeName}`);
          let d = reader.skip(wireType);
          u !== !1 && (u === !0 ? import_runtime16.UnknownFieldHandler.onRead : u)(this.typeName, message, fieldNo, wireType, d);
      }
    }
    return message;
  }
  internalBinaryWrite(message, writer, options) {
    message.signedUrl !== "" && writer.tag(1, import_runtime15.WireType.LengthDelimited).string(message.signedUrl);
    let u = options.writeUnknownFields;
    return u !== !1 && (u == !0 ? import_runtime16.UnknownFieldHandler.onWrite : u)(this.typeName, message, writer), writer;
  }
}, GetSignedArtifactURLResponse = new GetSignedArtifactURLResponse$Type(), DeleteArtifactRequest$Type = class extends import_runtime19.MessageType {
  constructor() {
    super("github.actions.results.api.v1.DeleteArtifactRequest", [
      {
        no: 1,
        name: "workflow_run_backend_id",
        kind: "scalar",
        T: 9
        /*ScalarType.STRING*/
      },
      {
        no: 2,
        name: "workflow_job_run_backend_id",
        kind: "scalar",
        T: 9
        /*ScalarType.STRING*/
      },
      {
        no: 3,
        name: "name",
        kind: "scalar",
        T: 9
        /*ScalarType.STRING*/
      }
    ]);
  }
  create(value) {
    let message = { workflowRunBackendId: "", workflowJobRunBackendId: "", name: "" };
    return globalThis.Object.defineProperty(message, import_runtime18.MESSAGE_TYPE, { enumerable: !1, value: this }), value !== void 0 && (0, import_runtime17.reflectionMergePartial)(this, message, value), message;
  }
  internalBinaryRead(reader, length, options, target) {
    let message = target ?? this.create(), end = reader.pos + length;
    for (; reader.pos < end; ) {
      let [fieldNo, wireType] = reader.tag();
      switch (fieldNo) {
        case /* string workflow_run_backend_id */
        1:
          message.workflowRunBackendId = reader.string();
          break;
        case /* string workflow_job_run_backend_id */
        2:
          message.workflowJobRunBackendId = reader.string();
          break;
        case /* string name */
        3:
          message.name = reader.string();
          break;
        default:
          let u = options.readUnknownField;
          if (u === "throw")
            throw new globalThis.Error(`Unknown field ${fieldNo} (wire type ${wireType}) for ${this.typeName}`);
          let d = reader.skip(wireType);
          u !== !1 && (u === !0 ? import_runtime16.UnknownFieldHandler.onRead : u)(this.typeName, message, fieldNo, wireType, d);
      }
    }
    return message;
  }
  internalBinaryWrite(message, writer, options) {
    message.workflowRunBackendId !== "" && writer.tag(1, import_runtime15.WireType.LengthDelimited).string(message.workflowRunBackendId), message.workflowJobRunBackendId !== "" && writer.tag(2, import_runtime15.WireType.LengthDelimited).string(message.workflowJobRunBackendId), message.name !== "" && writer.tag(3, import_runtime15.WireType.LengthDelimited).string(message.name);
    let u = options.writeUnknownFields;
    return u !== !1 && (u == !0 ? import_runtime16.UnknownFieldHandler.onWrite : u)(this.typeName, message, writer), writer;
  }
}, DeleteArtifactRequest = new DeleteArtifactRequest$Type(), DeleteArtifactResponse$Type = class extends import_runtime19.MessageType {
  constructor() {
    super("github.actions.results.api.v1.DeleteArtifactResponse", [
      {
        no: 1,
        name: "ok",
        kind: "scalar",
        T: 8
        /*ScalarType.BOOL*/
      },
      {
        no: 2,
        name: "artifact_id",
        kind: "scalar",
        T: 3
        /*ScalarType.INT64*/
      }
    ]);
  }
  create(value) {
    let message = { ok: !1, artifactId: "0" };
    return globalThis.Object.defineProperty(message, import_runtime18.MESSAGE_TYPE, { enumerable: !1, value: this }), value !== void 0 && (0, import_runtime17.reflectionMergePartial)(this, message, value), message;
  }
  internalBinaryRead(reader, length, options, target) {
    let message = target ?? this.create(), end = reader.pos + length;
    for (; reader.pos < end; ) {
      let [fieldNo, wireType] = reader.tag();
      switch (fieldNo) {
        case /* bool ok */
        1:
          message.ok = reader.bool();
          break;
        case /* int64 artifact_id */
        2:
          message.artifactId = reader.int64().toString();
          break;
        default:
          let u = options.readUnknownField;
          if (u === "throw")
            throw new globalThis.Error(`Unknown field ${fieldNo} (wire type ${wireType}) for ${this.typeName}`);
          let d = reader.skip(wireType);
          u !== !1 && (u === !0 ? import_runtime16.UnknownFieldHandler.onRead : u)(this.typeName, message, fieldNo, wireType, d);
      }
    }
    return message;
  }
  internalBinaryWrite(message, writer, options) {
    message.ok !== !1 && writer.tag(1, import_runtime15.WireType.Varint).bool(message.ok), message.artifactId !== "0" && writer.tag(2, import_runtime15.WireType.Varint).int64(message.artifactId);
    let u = options.writeUnknownFields;
    return u !== !1 && (u == !0 ? import_runtime16.UnknownFieldHandler.onWrite : u)(this.typeName, message, writer), writer;
  }
}, DeleteArtifactResponse = new DeleteArtifactResponse$Type(), ArtifactService = new import_runtime_rpc.ServiceType("github.actions.results.api.v1.ArtifactService", [
  { name: "CreateArtifact", options: {}, I: CreateArtifactRequest, O: CreateArtifactResponse },
  { name: "FinalizeArtifact", options: {}, I: FinalizeArtifactRequest, O: FinalizeArtifactResponse },
  { name: "ListArtifacts", options: {}, I: ListArtifactsRequest, O: ListArtifactsResponse },
  { name: "GetSignedArtifactURL", options: {}, I: GetSignedArtifactURLRequest, O: GetSignedArtifactURLResponse },
  { name: "DeleteArtifact", options: {}, I: DeleteArtifactRequest, O: DeleteArtifactResponse }
]);

// node_modules/@actions/artifact/lib/generated/results/api/v1/artifact.twirp-client.js
var ArtifactServiceClientJSON = class {
  constructor(rpc) {
    this.rpc = rpc, this.CreateArtifact.bind(this), this.FinalizeArtifact.bind(this), this.ListArtifacts.bind(this), this.GetSignedArtifactURL.bind(this), this.DeleteArtifact.bind(this);
  }
  CreateArtifact(request) {
    let data = CreateArtifactRequest.toJson(request, {
      useProtoFieldName: !0,
      emitDefaultValues: !1
    });
    return this.rpc.request("github.actions.results.api.v1.ArtifactService", "CreateArtifact", "application/json", data).then((data2) => CreateArtifactResponse.fromJson(data2, {
      ignoreUnknownFields: !0
    }));
  }
  FinalizeArtifact(request) {
    let data = FinalizeArtifactRequest.toJson(request, {
      useProtoFieldName: !0,
      emitDefaultValues: !1
    });
    return this.rpc.request("github.actions.results.api.v1.ArtifactService", "FinalizeArtifact", "application/json", data).then((data2) => FinalizeArtifactResponse.fromJson(data2, {
      ignoreUnknownFields: !0
    }));
  }
  ListArtifacts(request) {
    let data = ListArtifactsRequest.toJson(request, {
      useProtoFieldName: !0,
      emitDefaultValues: !1
    });
    return this.rpc.request("github.actions.results.api.v1.ArtifactService", "ListArtifacts", "application/json", data).then((data2) => ListArtifactsResponse.fromJson(data2, { ignoreUnknownFields: !0 }));
  }
  GetSignedArtifactURL(request) {
    let data = GetSignedArtifactURLRequest.toJson(request, {
      useProtoFieldName: !0,
      emitDefaultValues: !1
    });
    return this.rpc.request("github.actions.results.api.v1.ArtifactService", "GetSignedArtifactURL", "application/json", data).then((data2) => GetSignedArtifactURLResponse.fromJson(data2, {
      ignoreUnknownFields: !0
    }));
  }
  DeleteArtifact(request) {
    let data = DeleteArtifactRequest.toJson(request, {
      useProtoFieldName: !0,
      emitDefaultValues: !1
    });
    return this.rpc.request("github.actions.results.api.v1.ArtifactService", "DeleteArtifact", "application/json", data).then((data2) => DeleteArtifactResponse.fromJson(data2, {
      ignoreUnknownFields: !0
    }));
  }
};

// node_modules/@actions/artifact/lib/internal/upload/retention.js
function getExpiration(retentionDays) {
  if (!retentionDays)
    return;
  let maxRetentionDays = getRetentionDays();
  maxRetentionDays && maxRetentionDays < retentionDays && (warning(`Retention days cannot be greater than the maximum allowed retention set within the repository. Using ${maxRetentionDays} instead.`), retentionDays = maxRetentionDays);
  let expirationDate = /* @__PURE__ */ new Date();
  return expirationDate.setDate(expirationDate.getDate() + retentionDays), Timestamp.fromDate(expirationDate);
}
function getRetentionDays() {
  let retentionDays = process.env.GITHUB_RETENTION_DAYS;
  if (!retentionDays)
    return;
  let days = parseInt(retentionDays);
  if (!isNaN(days))
    return days;
}

// node_modules/@actions/artifact/lib/internal/upload/path-and-artifact-name-validation.js
var invalidArtifactFilePathCharacters = /* @__PURE__ */ new Map([
  ['"', ' Double quote "'],
  [":", " Colon :"],
  ["<", " Less than <"],
  [">", " Greater than >"],
  ["|", " Vertical bar |"],
  ["*", " Asterisk *"],
  ["?", " Question mark ?"],
  ["\r", " Carriage return \\r"],
  [`
`, " Line feed \\n"]
]), invalidArtifactNameCharacters = new Map([
  ...invalidArtifactFilePathCharacters,
  ["\\", " Backslash \\"],
  ["/", " Forward slash /"]
]);
function validateArtifactName(name) {
  if (!name)
    throw new Error("Provided artifact name input during validation is empty");
  for (let [invalidCharacterKey, errorMessageForCharacter] of invalidArtifactNameCharacters)
    if (name.includes(invalidCharacterKey))
      throw new Error(`The artifact name is not valid: ${name}. Contains the following character: ${errorMessageForCharacter}
          
Invalid characters include: ${Array.from(invalidArtifactNameCharacters.values()).toString()}
          
These characters are not allowed in the artifact name due to limitations with certain file systems such as NTFS. To maintain file system agnostic behavior, these characters are intentionally not allowed to prevent potential problems with downloads on different file systems.`);
  info("Artifact name is valid!");
}
function validateFilePath(path4) {
  if (!path4)
    throw new Error("Provided file path input during validation is empty");
  for (let [invalidCharacterKey, errorMessageForCharacter] of invalidArtifactFilePathCharacters)
    if (path4.includes(invalidCharacterKey))
      throw new Error(`The path for one of the files in artifact is not valid: ${path4}. Contains the following character: ${errorMessageForCharacter}
          
Invalid characters include: ${Array.from(invalidArtifactFilePathCharacters.values()).toString()}
          
The following characters are not allowed in files that are uploaded due to limitations with certain file systems such as NTFS. To maintain file system agnostic behavior, these characters are intentionally not allowed to prevent potential problems with downloads on different file systems.
          `);
}

// node_modules/@actions/artifact/lib/internal/shared/user-agent.js
var import_package_version = __toESM(require_package_version(), 1);
function getUserAgentString() {
  return `@actions/artifact-${import_package_version.version}`;
}

// node_modules/@actions/artifact/lib/internal/shared/errors.js
var FilesNotFoundError = class extends Error {
  constructor(files = []) {
    let message = "No files were found to upload";
    files.length > 0 && (message += `: ${files.join(", ")}`), super(message), this.files = files, this.name = "FilesNotFoundError";
  }
}, InvalidResponseError = class extends Error {
  constructor(message) {
    super(message), this.name = "InvalidResponseError";
  }
}, ArtifactNotFoundError = class extends Error {
  constructor(message = "Artifact not found") {
    super(message), this.name = "ArtifactNotFoundError";
  }
}, GHESNotSupportedError = class extends Error {
  constructor(message = "@actions/artifact v2.0.0+, upload-artifact@v4+ and download-artifact@v4+ are not currently supported on GHES.") {
    super(message), this.name = "GHESNotSupportedError";
  }
}, NetworkError = class extends Error {
  constructor(code) {
    let message = `Unable to make request: ${code}
If you are using self-hosted runners, please make sure your runner has access to all GitHub endpoints: https://docs.github.com/en/actions/hosting-your-own-runners/managing-self-hosted-runners/about-self-hosted-runners#communication-between-self-hosted-runners-and-github`;
    super(message), this.code = code, this.name = "NetworkError";
  }
};
NetworkError.isNetworkErrorCode = (code) => code ? [
  "ECONNRESET",
  "ENOTFOUND",
  "ETIMEDOUT",
  "ECONNREFUSED",
  "EHOSTUNREACH"
].includes(code) : !1;
var UsageError = class extends Error {
  constructor() {
    super(`Artifact storage quota has been hit. Unable to upload any new artifacts.
More info on storage limits: https://docs.github.com/en/billing/managing-billing-for-github-actions/about-billing-for-github-actions#calculating-minute-and-storage-spending`), this.name = "UsageError";
  }
};
UsageError.isUsageErrorMessage = (msg) => msg ? msg.includes("insufficient usage") : !1;

// node_modules/jwt-decode/build/esm/index.js
var InvalidTokenError = class extends Error {
};
InvalidTokenError.prototype.name = "InvalidTokenError";
function b64DecodeUnicode(str) {
  return decodeURIComponent(atob(str).replace(/(.)/g, (m, p) => {
    let code = p.charCodeAt(0).toString(16).toUpperCase();
    return code.length < 2 && (code = "0" + code), "%" + code;
  }));
}
function base64UrlDecode(str) {
  let output = str.replace(/-/g, "+").replace(/_/g, "/");
  switch (output.length % 4) {
    case 0:
      break;
    case 2:
      output += "==";
      break;
    case 3:
      output += "=";
      break;
    default:
      throw new Error("base64 string is not of the correct length");
  }
  try {
    return b64DecodeUnicode(output);
  } catch {
    return atob(output);
  }
}
function jwtDecode(token, options) {
  if (typeof token != "string")
    throw new InvalidTokenError("Invalid token specified: must be a string");
  options || (options = {});
  let pos = options.header === !0 ? 0 : 1, part = token.split(".")[pos];
  if (typeof part != "string")
    throw new InvalidTokenError(`Invalid token specified: missing part #${pos + 1}`);
  let decoded;
  try {
    decoded = base64UrlDecode(part);
  } catch (e) {
    throw new InvalidTokenError(`Invalid token specified: invalid base64 for part #${pos + 1} (${e.message})`);
  }
  try {
    return JSON.parse(decoded);
  } catch (e) {
    throw new InvalidTokenError(`Invalid token specified: invalid json for part #${pos + 1} (${e.message})`);
  }
}

// node_modules/@actions/artifact/lib/internal/shared/util.js
var InvalidJwtError = new Error("Failed to get backend IDs: The provided JWT token is invalid and/or missing claims");
function getBackendIdsFromToken() {
  let token = getRuntimeToken(), decoded = jwtDecode(token);
  if (!decoded.scp)
    throw InvalidJwtError;
  let scpParts = decoded.scp.split(" ");
  if (scpParts.length === 0)
    throw InvalidJwtError;
  for (let scopes of scpParts) {
    let scopeParts = scopes.split(":");
    if (scopeParts?.[0] !== "Actions.Results")
      continue;
    if (scopeParts.length !== 3)
      throw InvalidJwtError;
    let ids = {
      workflowRunBackendId: scopeParts[1],
      workflowJobRunBackendId: scopeParts[2]
    };
    return debug(`Workflow Run Backend ID: ${ids.workflowRunBackendId}`), debug(`Workflow Job Run Backend ID: ${ids.workflowJobRunBackendId}`), ids;
  }
  throw InvalidJwtError;
}
function maskSigUrl(url) {
  if (url)
    try {
      let signature = new URL(url).searchParams.get("sig");
      signature && (setSecret(signature), setSecret(encodeURIComponent(signature)));
    } catch (error2) {
      debug(`Failed to parse URL: ${url} ${error2 instanceof Error ? error2.message : String(error2)}`);
    }
}
function maskSecretUrls(body) {
  if (typeof body != "object" || body === null) {
    debug("body is not an object or is null");
    return;
  }
  "signed_upload_url" in body && typeof body.signed_upload_url == "string" && maskSigUrl(body.signed_upload_url), "signed_url" in body && typeof body.signed_url == "string" && maskSigUrl(body.signed_url);
}

// node_modules/@actions/artifact/lib/internal/shared/artifact-twirp-client.js
var __awaiter = function(thisArg, _arguments, P, generator) {
  function adopt(value) {
    return value instanceof P ? value : new P(function(resolve2) {
      resolve2(value);
    });
  }
  return new (P || (P = Promise))(function(resolve2, reject) {
    function fulfilled(value) {
      try {
        step(generator.next(value));
      } catch (e) {
        reject(e);
      }
    }
    function rejected(value) {
      try {
        step(generator.throw(value));
      } catch (e) {
        reject(e);
      }
    }
    function step(result) {
      result.done ? resolve2(result.value) : adopt(result.value).then(fulfilled, rejected);
    }
    step((generator = generator.apply(thisArg, _arguments || [])).next());
  });
}, ArtifactHttpClient = class {
  constructor(userAgent, maxAttempts, baseRetryIntervalMilliseconds, retryMultiplier) {
    this.maxAttempts = 5, this.baseRetryIntervalMilliseconds = 3e3, this.retryMultiplier = 1.5;
    let token = getRuntimeToken();
    this.baseUrl = getResultsServiceUrl(), maxAttempts && (this.maxAttempts = maxAttempts), baseRetryIntervalMilliseconds && (this.baseRetryIntervalMilliseconds = baseRetryIntervalMilliseconds), retryMultiplier && (this.retryMultiplier = retryMultiplier), this.httpClient = new HttpClient(userAgent, [
      new BearerCredentialHandler(token)
    ]);
  }
  // This function satisfies the Rpc interface. It is compatible with the JSON
  // JSON generated client.
  request(service, method, contentType, data) {
    return __awaiter(this, void 0, void 0, function* () {
      let url = new URL(`/twirp/${service}/${method}`, this.baseUrl).href;
      debug(`[Request] ${method} ${url}`);
      let headers = {
        "Content-Type": contentType
      };
      try {
        let { body } = yield this.retryableRequest(() => __awaiter(this, void 0, void 0, function* () {
          return this.httpClient.post(url, JSON.stringify(data), headers);
        }));
        return body;
      } catch (error2) {
        throw new Error(`Failed to ${method}: ${error2.message}`);
      }
    });
  }
  retryableRequest(operation) {
    return __awaiter(this, void 0, void 0, function* () {
      let attempt = 0, errorMessage = "", rawBody = "";
      for (; attempt < this.maxAttempts; ) {
        let isRetryable = !1;
        try {
          let response = yield operation(), statusCode = response.message.statusCode;
          rawBody = yield response.readBody(), debug(`[Response] - ${response.message.statusCode}`), debug(`Headers: ${JSON.stringify(response.message.headers, null, 2)}`);
          let body = JSON.parse(rawBody);
          if (maskSecretUrls(body), debug(`Body: ${JSON.stringify(body, null, 2)}`), this.isSuccessStatusCode(statusCode))
            return { response, body };
          if (isRetryable = this.isRetryableHttpStatusCode(statusCode), errorMessage = `Failed request: (${statusCode}) ${response.message.statusMessage}`, body.msg) {
            if (UsageError.isUsageErrorMessage(body.msg))
              throw new UsageError();
            errorMessage = `${errorMessage}: ${body.msg}`;
          }
        } catch (error2) {
          if (error2 instanceof SyntaxError && debug(`Raw Body: ${rawBody}`), error2 instanceof UsageError)
            throw error2;
          if (NetworkError.isNetworkErrorCode(error2?.code))
            throw new NetworkError(error2?.code);
          isRetryable = !0, errorMessage = error2.message;
        }
        if (!isRetryable)
          throw new Error(`Received non-retryable error: ${errorMessage}`);
        if (attempt + 1 === this.maxAttempts)
          throw new Error(`Failed to make request after ${this.maxAttempts} attempts: ${errorMessage}`);
        let retryTimeMilliseconds = this.getExponentialRetryTimeMilliseconds(attempt);
        info(`Attempt ${attempt + 1} of ${this.maxAttempts} failed with error: ${errorMessage}. Retrying request in ${retryTimeMilliseconds} ms...`), yield this.sleep(retryTimeMilliseconds), attempt++;
      }
      throw new Error("Request failed");
    });
  }
  isSuccessStatusCode(statusCode) {
    return statusCode ? statusCode >= 200 && statusCode < 300 : !1;
  }
  isRetryableHttpStatusCode(statusCode) {
    return statusCode ? [
      HttpCodes.BadGateway,
      HttpCodes.GatewayTimeout,
      HttpCodes.InternalServerError,
      HttpCodes.ServiceUnavailable,
      HttpCodes.TooManyRequests
    ].includes(statusCode) : !1;
  }
  sleep(milliseconds) {
    return __awaiter(this, void 0, void 0, function* () {
      return new Promise((resolve2) => setTimeout(resolve2, milliseconds));
    });
  }
  getExponentialRetryTimeMilliseconds(attempt) {
    if (attempt < 0)
      throw new Error("attempt should be a positive integer");
    if (attempt === 0)
      return this.baseRetryIntervalMilliseconds;
    let minTime = this.baseRetryIntervalMilliseconds * Math.pow(this.retryMultiplier, attempt), maxTime = minTime * this.retryMultiplier;
    return Math.trunc(Math.random() * (maxTime - minTime) + minTime);
  }
};
function internalArtifactTwirpClient(options) {
  let client2 = new ArtifactHttpClient(getUserAgentString(), options?.maxAttempts, options?.retryIntervalMs, options?.retryMultiplier);
  return new ArtifactServiceClientJSON(client2);
}

// node_modules/@actions/artifact/lib/internal/upload/upload-zip-specification.js
import * as fs from "fs";
import { normalize, resolve } from "path";
function validateRootDirectory(rootDirectory) {
  if (!fs.existsSync(rootDirectory))
    throw new Error(`The provided rootDirectory ${rootDirectory} does not exist`);
  if (!fs.statSync(rootDirectory).isDirectory())
    throw new Error(`The provided rootDirectory ${rootDirectory} is not a valid directory`);
  info("Root directory input is valid!");
}
function getUploadZipSpecification(filesToZip, rootDirectory) {
  let specification = [];
  rootDirectory = normalize(rootDirectory), rootDirectory = resolve(rootDirectory);
  for (let file of filesToZip) {
    let stats = fs.lstatSync(file, { throwIfNoEntry: !1 });
    if (!stats)
      throw new Error(`File ${file} does not exist`);
    if (stats.isDirectory()) {
      let directoryPath = file.replace(rootDirectory, "");
      validateFilePath(directoryPath), specification.push({
        sourcePath: null,
        destinationPath: directoryPath,
        stats
      });
    } else {
      if (file = normalize(file), file = resolve(file), !file.startsWith(rootDirectory))
        throw new Error(`The rootDirectory: ${rootDirectory} is not a parent directory of the file: ${file}`);
      let uploadPath = file.replace(rootDirectory, "");
      validateFilePath(uploadPath), specification.push({
        sourcePath: file,
        destinationPath: uploadPath,
        stats
      });
    }
  }
  return specification;
}

// node_modules/@actions/artifact/lib/internal/upload/blob-upload.js
import * as crypto from "crypto";
import * as stream from "stream";
var __awaiter2 = function(thisArg, _arguments, P, generator) {
  function adopt(value) {
    return value instanceof P ? value : new P(function(resolve2) {
      resolve2(value);
    });
  }
  return new (P || (P = Promise))(function(resolve2, reject) {
    function fulfilled(value) {
      try {
        step(generator.next(value));
      } catch (e) {
        reject(e);
      }
    }
    function rejected(value) {
      try {
        step(generator.throw(value));
      } catch (e) {
        reject(e);
      }
    }
    function step(result) {
      result.done ? resolve2(result.value) : adopt(result.value).then(fulfilled, rejected);
    }
    step((generator = generator.apply(thisArg, _arguments || [])).next());
  });
};
function uploadToBlobStorage(authenticatedUploadURL, uploadStream, contentType) {
  return __awaiter2(this, void 0, void 0, function* () {
    let uploadByteCount = 0, lastProgressTime = Date.now(), abortController = new AbortController(), chunkTimer = (interval) => __awaiter2(this, void 0, void 0, function* () {
      return new Promise((resolve2, reject) => {
        let timer = setInterval(() => {
          Date.now() - lastProgressTime > interval && reject(new Error("Upload progress stalled."));
        }, interval);
        abortController.signal.addEventListener("abort", () => {
          clearInterval(timer), resolve2();
        });
      });
    }), maxConcurrency = getConcurrency(), bufferSize = getUploadChunkSize(), blockBlobClient = new BlobClient(authenticatedUploadURL).getBlockBlobClient();
    debug(`Uploading artifact to blob storage with maxConcurrency: ${maxConcurrency}, bufferSize: ${bufferSize}, contentType: ${contentType}`);
    let options = {
      blobHTTPHeaders: { blobContentType: contentType },
      onProgress: (progress) => {
        info(`Uploaded bytes ${progress.loadedBytes}`), uploadByteCount = progress.loadedBytes, lastProgressTime = Date.now();
      },
      abortSignal: abortController.signal
    }, sha256Hash, blobUploadStream = new stream.PassThrough(), hashStream = crypto.createHash("sha256");
    uploadStream.pipe(blobUploadStream), uploadStream.pipe(hashStream).setEncoding("hex"), info("Beginning upload of artifact content to blob storage");
    try {
      yield Promise.race([
        blockBlobClient.uploadStream(blobUploadStream, bufferSize, maxConcurrency, options),
        chunkTimer(getUploadChunkTimeout())
      ]);
    } catch (error2) {
      throw NetworkError.isNetworkErrorCode(error2?.code) ? new NetworkError(error2?.code) : error2;
    } finally {
      abortController.abort();
    }
    return info("Finished uploading artifact content to blob storage!"), hashStream.end(), sha256Hash = hashStream.read(), info(`SHA256 digest of uploaded artifact is ${sha256Hash}`), uploadByteCount === 0 && warning("No data was uploaded to blob storage. Reported upload byte count is 0."), {
      uploadSize: uploadByteCount,
      sha256Hash
    };
  });
}

// node_modules/@actions/artifact/lib/internal/upload/zip.js
import { realpath as realpath2 } from "fs/promises";

// unused:archiver
var archiver_default = void 0;

// node_modules/@actions/artifact/lib/internal/upload/stream.js
import * as stream2 from "stream";
import * as fs2 from "fs";
import { realpath } from "fs/promises";
var __awaiter3 = function(thisArg, _arguments, P, generator) {
  function adopt(value) {
    return value instanceof P ? value : new P(function(resolve2) {
      resolve2(value);
    });
  }
  return new (P || (P = Promise))(function(resolve2, reject) {
    function fulfilled(value) {
      try {
        step(generator.next(value));
      } catch (e) {
        reject(e);
      }
    }
    function rejected(value) {
      try {
        step(generator.throw(value));
      } catch (e) {
        reject(e);
      }
    }
    function step(result) {
      result.done ? resolve2(result.value) : adopt(result.value).then(fulfilled, rejected);
    }
    step((generator = generator.apply(thisArg, _arguments || [])).next());
  });
}, WaterMarkedUploadStream = class extends stream2.Transform {
  constructor(bufferSize) {
    super({
      highWaterMark: bufferSize
    });
  }
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  _transform(chunk, enc, cb) {
    cb(null, chunk);
  }
};
function createRawFileUploadStream(filePath) {
  return __awaiter3(this, void 0, void 0, function* () {
    debug(`Creating raw file upload stream for: ${filePath}`);
    let bufferSize = getUploadChunkSize(), uploadStream = new WaterMarkedUploadStream(bufferSize), sourcePath = filePath;
    (yield fs2.promises.lstat(filePath)).isSymbolicLink() && (sourcePath = yield realpath(filePath));
    let fileStream = fs2.createReadStream(sourcePath, {
      highWaterMark: bufferSize
    });
    return fileStream.on("error", (error2) => {
      error("An error has occurred while reading the file for upload"), error(String(error2)), uploadStream.destroy(new Error("An error has occurred during file read for the artifact"));
    }), fileStream.pipe(uploadStream), uploadStream;
  });
}

// node_modules/@actions/artifact/lib/internal/upload/zip.js
var __awaiter4 = function(thisArg, _arguments, P, generator) {
  function adopt(value) {
    return value instanceof P ? value : new P(function(resolve2) {
      resolve2(value);
    });
  }
  return new (P || (P = Promise))(function(resolve2, reject) {
    function fulfilled(value) {
      try {
        step(generator.next(value));
      } catch (e) {
        reject(e);
      }
    }
    function rejected(value) {
      try {
        step(generator.throw(value));
      } catch (e) {
        reject(e);
      }
    }
    function step(result) {
      result.done ? resolve2(result.value) : adopt(result.value).then(fulfilled, rejected);
    }
    step((generator = generator.apply(thisArg, _arguments || [])).next());
  });
}, DEFAULT_COMPRESSION_LEVEL = 6;
function createZipUploadStream(uploadSpecification_1) {
  return __awaiter4(this, arguments, void 0, function* (uploadSpecification, compressionLevel = DEFAULT_COMPRESSION_LEVEL) {
    debug(`Creating Artifact archive with compressionLevel: ${compressionLevel}`);
    let zip = archiver_default.create("zip", {
      highWaterMark: getUploadChunkSize(),
      zlib: { level: compressionLevel }
    });
    zip.on("error", zipErrorCallback), zip.on("warning", zipWarningCallback), zip.on("finish", zipFinishCallback), zip.on("end", zipEndCallback);
    for (let file of uploadSpecification)
      if (file.sourcePath !== null) {
        let sourcePath = file.sourcePath;
        file.stats.isSymbolicLink() && (sourcePath = yield realpath2(file.sourcePath)), zip.file(sourcePath, {
          name: file.destinationPath
        });
      } else
        zip.append("", { name: file.destinationPath });
    let bufferSize = getUploadChunkSize(), zipUploadStream = new WaterMarkedUploadStream(bufferSize);
    return debug(`Zip write high watermark value ${zipUploadStream.writableHighWaterMark}`), debug(`Zip read high watermark value ${zipUploadStream.readableHighWaterMark}`), zip.pipe(zipUploadStream), zip.finalize(), zipUploadStream;
  });
}
var zipErrorCallback = (error2) => {
  throw error("An error has occurred while creating the zip file for upload"), info(error2), new Error("An error has occurred during zip creation for the artifact");
}, zipWarningCallback = (error2) => {
  error2.code === "ENOENT" ? (warning("ENOENT warning during artifact zip creation. No such file or directory"), info(error2)) : (warning(`A non-blocking warning has occurred during artifact zip creation: ${error2.code}`), info(error2));
}, zipFinishCallback = () => {
  debug("Zip stream for upload has finished.");
}, zipEndCallback = () => {
  debug("Zip stream for upload has ended.");
};

// node_modules/@actions/artifact/lib/internal/upload/types.js
import * as path from "path";
var mimeTypes = {
  // Text
  ".txt": "text/plain",
  ".html": "text/html",
  ".htm": "text/html",
  ".css": "text/css",
  ".csv": "text/csv",
  ".xml": "text/xml",
  ".md": "text/markdown",
  // JavaScript/JSON
  ".js": "application/javascript",
  ".mjs": "application/javascript",
  ".json": "application/json",
  // Images
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".jpeg": "image/jpeg",
  ".gif": "image/gif",
  ".svg": "image/svg+xml",
  ".webp": "image/webp",
  ".ico": "image/x-icon",
  ".bmp": "image/bmp",
  ".tiff": "image/tiff",
  ".tif": "image/tiff",
  // Audio
  ".mp3": "audio/mpeg",
  ".wav": "audio/wav",
  ".ogg": "audio/ogg",
  ".flac": "audio/flac",
  // Video
  ".mp4": "video/mp4",
  ".webm": "video/webm",
  ".avi": "video/x-msvideo",
  ".mov": "video/quicktime",
  // Documents
  ".pdf": "application/pdf",
  ".doc": "application/msword",
  ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  ".xls": "application/vnd.ms-excel",
  ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  ".ppt": "application/vnd.ms-powerpoint",
  ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
  // Archives
  ".zip": "application/zip",
  ".tar": "application/x-tar",
  ".gz": "application/gzip",
  ".rar": "application/vnd.rar",
  ".7z": "application/x-7z-compressed",
  // Code/Data
  ".wasm": "application/wasm",
  ".yaml": "application/x-yaml",
  ".yml": "application/x-yaml",
  // Fonts
  ".woff": "font/woff",
  ".woff2": "font/woff2",
  ".ttf": "font/ttf",
  ".otf": "font/otf",
  ".eot": "application/vnd.ms-fontobject"
};
function getMimeType(filePath) {
  let ext = path.extname(filePath).toLowerCase();
  return mimeTypes[ext] || "application/octet-stream";
}

// node_modules/@actions/artifact/lib/internal/upload/upload-artifact.js
var __awaiter5 = function(thisArg, _arguments, P, generator) {
  function adopt(value) {
    return value instanceof P ? value : new P(function(resolve2) {
      resolve2(value);
    });
  }
  return new (P || (P = Promise))(function(resolve2, reject) {
    function fulfilled(value) {
      try {
        step(generator.next(value));
      } catch (e) {
        reject(e);
      }
    }
    function rejected(value) {
      try {
        step(generator.throw(value));
      } catch (e) {
        reject(e);
      }
    }
    function step(result) {
      result.done ? resolve2(result.value) : adopt(result.value).then(fulfilled, rejected);
    }
    step((generator = generator.apply(thisArg, _arguments || [])).next());
  });
};
function uploadArtifact(name, files, rootDirectory, options) {
  return __awaiter5(this, void 0, void 0, function* () {
    let artifactFileName = `${name}.zip`;
    if (options?.skipArchive) {
      if (files.length === 0)
        throw new FilesNotFoundError([]);
      if (files.length > 1)
        throw new Error("skipArchive option is only supported when uploading a single file");
      if (!fs3.existsSync(files[0]))
        throw new FilesNotFoundError(files);
      artifactFileName = path2.basename(files[0]), name = artifactFileName;
    }
    validateArtifactName(name), validateRootDirectory(rootDirectory);
    let zipSpecification = [];
    if (!options?.skipArchive && (zipSpecification = getUploadZipSpecification(files, rootDirectory), zipSpecification.length === 0))
      throw new FilesNotFoundError(zipSpecification.flatMap((s) => s.sourcePath ? [s.sourcePath] : []));
    let contentType = getMimeType(artifactFileName), backendIds = getBackendIdsFromToken(), artifactClient = internalArtifactTwirpClient(), createArtifactReq = {
      workflowRunBackendId: backendIds.workflowRunBackendId,
      workflowJobRunBackendId: backendIds.workflowJobRunBackendId,
      name,
      mimeType: StringValue.create({ value: contentType }),
      version: 7
    }, expiresAt = getExpiration(options?.retentionDays);
    expiresAt && (createArtifactReq.expiresAt = expiresAt);
    let createArtifactResp = yield artifactClient.CreateArtifact(createArtifactReq);
    if (!createArtifactResp.ok)
      throw new InvalidResponseError("CreateArtifact: response from backend was not ok");
    let stream4;
    options?.skipArchive ? stream4 = yield createRawFileUploadStream(files[0]) : stream4 = yield createZipUploadStream(zipSpecification, options?.compressionLevel), info(`Uploading artifact: ${artifactFileName}`);
    let uploadResult = yield uploadToBlobStorage(createArtifactResp.signedUploadUrl, stream4, contentType), finalizeArtifactReq = {
      workflowRunBackendId: backendIds.workflowRunBackendId,
      workflowJobRunBackendId: backendIds.workflowJobRunBackendId,
      name,
      size: uploadResult.uploadSize ? uploadResult.uploadSize.toString() : "0"
    };
    uploadResult.sha256Hash && (finalizeArtifactReq.hash = StringValue.create({
      value: `sha256:${uploadResult.sha256Hash}`
    })), info("Finalizing artifact upload");
    let finalizeArtifactResp = yield artifactClient.FinalizeArtifact(finalizeArtifactReq);
    if (!finalizeArtifactResp.ok)
      throw new InvalidResponseError("FinalizeArtifact: response from backend was not ok");
    let artifactId = BigInt(finalizeArtifactResp.artifactId);
    return info(`Artifact ${name} successfully finalized. Artifact ID ${artifactId}`), {
      size: uploadResult.uploadSize,
      digest: uploadResult.sha256Hash,
      id: Number(artifactId)
    };
  });
}

// node_modules/@actions/artifact/lib/internal/download/download-artifact.js
import fs4 from "fs/promises";
import * as fsSync from "fs";
import * as crypto2 from "crypto";
import * as stream3 from "stream";
import * as path3 from "path";

// node_modules/@actions/github/lib/github.js
var context = new Context();
function getOctokit(token, options, ...additionalPlugins) {
  let GitHubWithPlugins = GitHub.plugin(...additionalPlugins);
  return new GitHubWithPlugins(getOctokitOptions(token, options));
}

// unused:unzip-stream
var unzip_stream_default = void 0;

// node_modules/@actions/artifact/lib/internal/download/download-artifact.js
var __awaiter6 = function(thisArg, _arguments, P, generator) {
  function adopt(value) {
    return value instanceof P ? value : new P(function(resolve2) {
      resolve2(value);
    });
  }
  return new (P || (P = Promise))(function(resolve2, reject) {
    function fulfilled(value) {
      try {
        step(generator.next(value));
      } catch (e) {
        reject(e);
      }
    }
    function rejected(value) {
      try {
        step(generator.throw(value));
      } catch (e) {
        reject(e);
      }
    }
    function step(result) {
      result.done ? resolve2(result.value) : adopt(result.value).then(fulfilled, rejected);
    }
    step((generator = generator.apply(thisArg, _arguments || [])).next());
  });
}, scrubQueryParameters = (url) => {
  let parsed = new URL(url);
  return parsed.search = "", parsed.toString();
};
function exists(path4) {
  return __awaiter6(this, void 0, void 0, function* () {
    try {
      return yield fs4.access(path4), !0;
    } catch (error2) {
      if (error2.code === "ENOENT")
        return !1;
      throw error2;
    }
  });
}
function streamExtract(url, directory, skipDecompress) {
  return __awaiter6(this, void 0, void 0, function* () {
    let retryCount = 0;
    for (; retryCount < 5; )
      try {
        return yield streamExtractExternal(url, directory, { skipDecompress });
      } catch (error2) {
        retryCount++, debug(`Failed to download artifact after ${retryCount} retries due to ${error2.message}. Retrying in 5 seconds...`), yield new Promise((resolve2) => setTimeout(resolve2, 5e3));
      }
    throw new Error(`Artifact download failed after ${retryCount} retries.`);
  });
}
function streamExtractExternal(url_1, directory_1) {
  return __awaiter6(this, arguments, void 0, function* (url, directory, opts = {}) {
    let { timeout = 30 * 1e3, skipDecompress = !1 } = opts, response = yield new HttpClient(getUserAgentString()).get(url);
    if (response.message.statusCode !== 200)
      throw new Error(`Unexpected HTTP response from blob storage: ${response.message.statusCode} ${response.message.statusMessage}`);
    let contentType = response.message.headers["content-type"] || "", mimeType = contentType.split(";", 1)[0].trim().toLowerCase(), urlEndsWithZip = new URL(url).pathname.toLowerCase().endsWith(".zip"), isZip = mimeType === "application/zip" || mimeType === "application/x-zip-compressed" || mimeType === "application/zip-compressed" || urlEndsWithZip, contentDisposition = response.message.headers["content-disposition"] || "", fileName = "artifact", filenameStar = contentDisposition.match(/filename\*\s*=\s*UTF-8''([^;\r\n]*)/i), filenamePlain = contentDisposition.match(/(?<!\*)filename\s*=\s*['"]?([^;\r\n"']*)['"]?/i), rawName = filenameStar?.[1] || filenamePlain?.[1];
    rawName && (fileName = path3.basename(decodeURIComponent(rawName.trim()))), debug(`Content-Type: ${contentType}, mimeType: ${mimeType}, urlEndsWithZip: ${urlEndsWithZip}, isZip: ${isZip}, skipDecompress: ${skipDecompress}`), debug(`Content-Disposition: ${contentDisposition}, fileName: ${fileName}`);
    let sha256Digest;
    return new Promise((resolve2, reject) => {
      let timer = setTimeout(() => {
        let timeoutError = new Error(`Blob storage chunk did not respond in ${timeout}ms`);
        response.message.destroy(timeoutError), reject(timeoutError);
      }, timeout), onError = (error2) => {
        debug(`response.message: Artifact download failed: ${error2.message}`), clearTimeout(timer), reject(error2);
      }, hashStream = crypto2.createHash("sha256").setEncoding("hex"), passThrough = new stream3.PassThrough().on("data", () => {
        timer.refresh();
      }).on("error", onError);
      response.message.pipe(passThrough), passThrough.pipe(hashStream);
      let onClose = () => {
        clearTimeout(timer), hashStream && (hashStream.end(), sha256Digest = hashStream.read(), info(`SHA256 digest of downloaded artifact is ${sha256Digest}`)), resolve2({ sha256Digest: `sha256:${sha256Digest}` });
      };
      if (isZip && !skipDecompress)
        passThrough.pipe(unzip_stream_default.Extract({ path: directory })).on("close", onClose).on("error", onError);
      else {
        let filePath = path3.join(directory, fileName), writeStream = fsSync.createWriteStream(filePath);
        info(`Downloading raw file (non-zip) to: ${filePath}`), passThrough.pipe(writeStream).on("close", onClose).on("error", onError);
      }
    });
  });
}
function downloadArtifactPublic(artifactId, repositoryOwner, repositoryName, token, options) {
  return __awaiter6(this, void 0, void 0, function* () {
    let downloadPath = yield resolveOrCreateDirectory(options?.path), api = getOctokit(token), digestMismatch = !1;
    info(`Downloading artifact '${artifactId}' from '${repositoryOwner}/${repositoryName}'`);
    let { headers, status } = yield api.rest.actions.downloadArtifact({
      owner: repositoryOwner,
      repo: repositoryName,
      artifact_id: artifactId,
      archive_format: "zip",
      request: {
        redirect: "manual"
      }
    });
    if (status !== 302)
      throw new Error(`Unable to download artifact. Unexpected status: ${status}`);
    let { location } = headers;
    if (!location)
      throw new Error("Unable to redirect to artifact download url");
    info(`Redirecting to blob download url: ${scrubQueryParameters(location)}`);
    try {
      info(`Starting download of artifact to: ${downloadPath}`);
      let extractResponse = yield streamExtract(location, downloadPath, options?.skipDecompress);
      info("Artifact download completed successfully."), options?.expectedHash && options?.expectedHash !== extractResponse.sha256Digest && (digestMismatch = !0, debug(`Computed digest: ${extractResponse.sha256Digest}`), debug(`Expected digest: ${options.expectedHash}`));
    } catch (error2) {
      throw new Error(`Unable to download and extract artifact: ${error2.message}`);
    }
    return { downloadPath, digestMismatch };
  });
}
function downloadArtifactInternal(artifactId, options) {
  return __awaiter6(this, void 0, void 0, function* () {
    let downloadPath = yield resolveOrCreateDirectory(options?.path), artifactClient = internalArtifactTwirpClient(), digestMismatch = !1, { workflowRunBackendId, workflowJobRunBackendId } = getBackendIdsFromToken(), listReq = {
      workflowRunBackendId,
      workflowJobRunBackendId,
      idFilter: Int64Value.create({ value: artifactId.toString() })
    }, { artifacts } = yield artifactClient.ListArtifacts(listReq);
    if (artifacts.length === 0)
      throw new ArtifactNotFoundError(`No artifacts found for ID: ${artifactId}
Are you trying to download from a different run? Try specifying a github-token with \`actions:read\` scope.`);
    artifacts.length > 1 && warning("Multiple artifacts found, defaulting to first.");
    let signedReq = {
      workflowRunBackendId: artifacts[0].workflowRunBackendId,
      workflowJobRunBackendId: artifacts[0].workflowJobRunBackendId,
      name: artifacts[0].name
    }, { signedUrl } = yield artifactClient.GetSignedArtifactURL(signedReq);
    info(`Redirecting to blob download url: ${scrubQueryParameters(signedUrl)}`);
    try {
      info(`Starting download of artifact to: ${downloadPath}`);
      let extractResponse = yield streamExtract(signedUrl, downloadPath, options?.skipDecompress);
      info("Artifact download completed successfully."), options?.expectedHash && options?.expectedHash !== extractResponse.sha256Digest && (digestMismatch = !0, debug(`Computed digest: ${extractResponse.sha256Digest}`), debug(`Expected digest: ${options.expectedHash}`));
    } catch (error2) {
      throw new Error(`Unable to download and extract artifact: ${error2.message}`);
    }
    return { downloadPath, digestMismatch };
  });
}
function resolveOrCreateDirectory() {
  return __awaiter6(this, arguments, void 0, function* (downloadPath = getGitHubWorkspaceDir()) {
    return (yield exists(downloadPath)) ? debug(`Artifact destination folder already exists: ${downloadPath}`) : (debug(`Artifact destination folder does not exist, creating: ${downloadPath}`), yield fs4.mkdir(downloadPath, { recursive: !0 })), downloadPath;
  });
}

// node_modules/@actions/artifact/lib/internal/find/retry-options.js
var defaultMaxRetryNumber = 5, defaultExemptStatusCodes = [400, 401, 403, 404, 422];
function getRetryOptions(defaultOptions, retries = defaultMaxRetryNumber, exemptStatusCodes = defaultExemptStatusCodes) {
  var _a;
  if (retries <= 0)
    return [{ enabled: !1 }, defaultOptions.request];
  let retryOptions = {
    enabled: !0
  };
  exemptStatusCodes.length > 0 && (retryOptions.doNotRetry = exemptStatusCodes);
  let requestOptions = Object.assign(Object.assign({}, defaultOptions.request), { retries });
  return debug(`GitHub client configured with: (retries: ${requestOptions.retries}, retry-exempt-status-code: ${(_a = retryOptions.doNotRetry) !== null && _a !== void 0 ? _a : "octokit default: [400, 401, 403, 404, 422]"})`), [retryOptions, requestOptions];
}

// node_modules/@octokit/plugin-request-log/dist-src/version.js
var VERSION = "6.0.0";

// node_modules/@octokit/plugin-request-log/dist-src/index.js
function requestLog(octokit) {
  octokit.hook.wrap("request", (request, options) => {
    octokit.log.debug("request", options);
    let start = Date.now(), requestOptions = octokit.request.endpoint.parse(options), path4 = requestOptions.url.replace(options.baseUrl, "");
    return request(options).then((response) => {
      let requestId = response.headers["x-github-request-id"];
      return octokit.log.info(
        `${requestOptions.method} ${path4} - ${response.status} with id ${requestId} in ${Date.now() - start}ms`
      ), response;
    }).catch((error2) => {
      let requestId = error2.response?.headers["x-github-request-id"] || "UNKNOWN";
      throw octokit.log.error(
        `${requestOptions.method} ${path4} - ${error2.status} with id ${requestId} in ${Date.now() - start}ms`
      ), error2;
    });
  });
}
requestLog.VERSION = VERSION;

// node_modules/@actions/artifact/lib/internal/find/get-artifact.js
var __awaiter7 = function(thisArg, _arguments, P, generator) {
  function adopt(value) {
    return value instanceof P ? value : new P(function(resolve2) {
      resolve2(value);
    });
  }
  return new (P || (P = Promise))(function(resolve2, reject) {
    function fulfilled(value) {
      try {
        step(generator.next(value));
      } catch (e) {
        reject(e);
      }
    }
    function rejected(value) {
      try {
        step(generator.throw(value));
      } catch (e) {
        reject(e);
      }
    }
    function step(result) {
      result.done ? resolve2(result.value) : adopt(result.value).then(fulfilled, rejected);
    }
    step((generator = generator.apply(thisArg, _arguments || [])).next());
  });
};
function getArtifactPublic(artifactName, workflowRunId, repositoryOwner, repositoryName, token) {
  return __awaiter7(this, void 0, void 0, function* () {
    var _a;
    let [retryOpts, requestOpts] = getRetryOptions(defaults), opts = {
      log: void 0,
      userAgent: getUserAgentString(),
      previews: void 0,
      retry: retryOpts,
      request: requestOpts
    }, getArtifactResp = yield getOctokit(token, opts, retry, requestLog).request("GET /repos/{owner}/{repo}/actions/runs/{run_id}/artifacts{?name}", {
      owner: repositoryOwner,
      repo: repositoryName,
      run_id: workflowRunId,
      name: artifactName
    });
    if (getArtifactResp.status !== 200)
      throw new InvalidResponseError(`Invalid response from GitHub API: ${getArtifactResp.status} (${(_a = getArtifactResp?.headers) === null || _a === void 0 ? void 0 : _a["x-github-request-id"]})`);
    if (getArtifactResp.data.artifacts.length === 0)
      throw new ArtifactNotFoundError(`Artifact not found for name: ${artifactName}
        Please ensure that your artifact is not expired and the artifact was uploaded using a compatible version of toolkit/upload-artifact.
        For more information, visit the GitHub Artifacts FAQ: https://github.com/actions/toolkit/blob/main/packages/artifact/docs/faq.md`);
    let artifact = getArtifactResp.data.artifacts[0];
    return getArtifactResp.data.artifacts.length > 1 && (artifact = getArtifactResp.data.artifacts.sort((a, b) => b.id - a.id)[0], debug(`More than one artifact found for a single name, returning newest (id: ${artifact.id})`)), {
      artifact: {
        name: artifact.name,
        id: artifact.id,
        size: artifact.size_in_bytes,
        createdAt: artifact.created_at ? new Date(artifact.created_at) : void 0,
        digest: artifact.digest
      }
    };
  });
}
function getArtifactInternal(artifactName) {
  return __awaiter7(this, void 0, void 0, function* () {
    var _a;
    let artifactClient = internalArtifactTwirpClient(), { workflowRunBackendId, workflowJobRunBackendId } = getBackendIdsFromToken(), req = {
      workflowRunBackendId,
      workflowJobRunBackendId,
      nameFilter: StringValue.create({ value: artifactName })
    }, res = yield artifactClient.ListArtifacts(req);
    if (res.artifacts.length === 0)
      throw new ArtifactNotFoundError(`Artifact not found for name: ${artifactName}
        Please ensure that your artifact is not expired and the artifact was uploaded using a compatible version of toolkit/upload-artifact.
        For more information, visit the GitHub Artifacts FAQ: https://github.com/actions/toolkit/blob/main/packages/artifact/docs/faq.md`);
    let artifact = res.artifacts[0];
    return res.artifacts.length > 1 && (artifact = res.artifacts.sort((a, b) => Number(b.databaseId) - Number(a.databaseId))[0], debug(`More than one artifact found for a single name, returning newest (id: ${artifact.databaseId})`)), {
      artifact: {
        name: artifact.name,
        id: Number(artifact.databaseId),
        size: Number(artifact.size),
        createdAt: artifact.createdAt ? Timestamp.toDate(artifact.createdAt) : void 0,
        digest: (_a = artifact.digest) === null || _a === void 0 ? void 0 : _a.value
      }
    };
  });
}

// node_modules/@actions/artifact/lib/internal/delete/delete-artifact.js
var __awaiter8 = function(thisArg, _arguments, P, generator) {
  function adopt(value) {
    return value instanceof P ? value : new P(function(resolve2) {
      resolve2(value);
    });
  }
  return new (P || (P = Promise))(function(resolve2, reject) {
    function fulfilled(value) {
      try {
        step(generator.next(value));
      } catch (e) {
        reject(e);
      }
    }
    function rejected(value) {
      try {
        step(generator.throw(value));
      } catch (e) {
        reject(e);
      }
    }
    function step(result) {
      result.done ? resolve2(result.value) : adopt(result.value).then(fulfilled, rejected);
    }
    step((generator = generator.apply(thisArg, _arguments || [])).next());
  });
};
function deleteArtifactPublic(artifactName, workflowRunId, repositoryOwner, repositoryName, token) {
  return __awaiter8(this, void 0, void 0, function* () {
    var _a;
    let [retryOpts, requestOpts] = getRetryOptions(defaults), opts = {
      log: void 0,
      userAgent: getUserAgentString(),
      previews: void 0,
      retry: retryOpts,
      request: requestOpts
    }, github = getOctokit(token, opts, retry, requestLog), getArtifactResp = yield getArtifactPublic(artifactName, workflowRunId, repositoryOwner, repositoryName, token), deleteArtifactResp = yield github.rest.actions.deleteArtifact({
      owner: repositoryOwner,
      repo: repositoryName,
      artifact_id: getArtifactResp.artifact.id
    });
    if (deleteArtifactResp.status !== 204)
      throw new InvalidResponseError(`Invalid response from GitHub API: ${deleteArtifactResp.status} (${(_a = deleteArtifactResp?.headers) === null || _a === void 0 ? void 0 : _a["x-github-request-id"]})`);
    return {
      id: getArtifactResp.artifact.id
    };
  });
}
function deleteArtifactInternal(artifactName) {
  return __awaiter8(this, void 0, void 0, function* () {
    let artifactClient = internalArtifactTwirpClient(), { workflowRunBackendId, workflowJobRunBackendId } = getBackendIdsFromToken(), listReq = {
      workflowRunBackendId,
      workflowJobRunBackendId,
      nameFilter: StringValue.create({ value: artifactName })
    }, listRes = yield artifactClient.ListArtifacts(listReq);
    if (listRes.artifacts.length === 0)
      throw new ArtifactNotFoundError(`Artifact not found for name: ${artifactName}`);
    let artifact = listRes.artifacts[0];
    listRes.artifacts.length > 1 && (artifact = listRes.artifacts.sort((a, b) => Number(b.databaseId) - Number(a.databaseId))[0], debug(`More than one artifact found for a single name, returning newest (id: ${artifact.databaseId})`));
    let req = {
      workflowRunBackendId: artifact.workflowRunBackendId,
      workflowJobRunBackendId: artifact.workflowJobRunBackendId,
      name: artifact.name
    }, res = yield artifactClient.DeleteArtifact(req);
    return info(`Artifact '${artifactName}' (ID: ${res.artifactId}) deleted`), {
      id: Number(res.artifactId)
    };
  });
}

// node_modules/@actions/artifact/lib/internal/find/list-artifacts.js
var __awaiter9 = function(thisArg, _arguments, P, generator) {
  function adopt(value) {
    return value instanceof P ? value : new P(function(resolve2) {
      resolve2(value);
    });
  }
  return new (P || (P = Promise))(function(resolve2, reject) {
    function fulfilled(value) {
      try {
        step(generator.next(value));
      } catch (e) {
        reject(e);
      }
    }
    function rejected(value) {
      try {
        step(generator.throw(value));
      } catch (e) {
        reject(e);
      }
    }
    function step(result) {
      result.done ? resolve2(result.value) : adopt(result.value).then(fulfilled, rejected);
    }
    step((generator = generator.apply(thisArg, _arguments || [])).next());
  });
}, maximumArtifactCount = getMaxArtifactListCount(), paginationCount = 100, maxNumberOfPages = Math.ceil(maximumArtifactCount / paginationCount);
function listArtifactsPublic(workflowRunId_1, repositoryOwner_1, repositoryName_1, token_1) {
  return __awaiter9(this, arguments, void 0, function* (workflowRunId, repositoryOwner, repositoryName, token, latest = !1) {
    info(`Fetching artifact list for workflow run ${workflowRunId} in repository ${repositoryOwner}/${repositoryName}`);
    let artifacts = [], [retryOpts, requestOpts] = getRetryOptions(defaults), opts = {
      log: void 0,
      userAgent: getUserAgentString(),
      previews: void 0,
      retry: retryOpts,
      request: requestOpts
    }, github = getOctokit(token, opts, retry, requestLog), currentPageNumber = 1, { data: listArtifactResponse } = yield github.request("GET /repos/{owner}/{repo}/actions/runs/{run_id}/artifacts", {
      owner: repositoryOwner,
      repo: repositoryName,
      run_id: workflowRunId,
      per_page: paginationCount,
      page: currentPageNumber
    }), numberOfPages = Math.ceil(listArtifactResponse.total_count / paginationCount), totalArtifactCount = listArtifactResponse.total_count;
    totalArtifactCount > maximumArtifactCount && (warning(`Workflow run ${workflowRunId} has ${totalArtifactCount} artifacts, exceeding the limit of ${maximumArtifactCount}. Results will be incomplete as only the first ${maximumArtifactCount} artifacts will be returned`), numberOfPages = maxNumberOfPages);
    for (let artifact of listArtifactResponse.artifacts)
      artifacts.push({
        name: artifact.name,
        id: artifact.id,
        size: artifact.size_in_bytes,
        createdAt: artifact.created_at ? new Date(artifact.created_at) : void 0,
        digest: artifact.digest
      });
    for (currentPageNumber++, currentPageNumber; currentPageNumber <= numberOfPages; currentPageNumber++) {
      debug(`Fetching page ${currentPageNumber} of artifact list`);
      let { data: listArtifactResponse2 } = yield github.request("GET /repos/{owner}/{repo}/actions/runs/{run_id}/artifacts", {
        owner: repositoryOwner,
        repo: repositoryName,
        run_id: workflowRunId,
        per_page: paginationCount,
        page: currentPageNumber
      });
      for (let artifact of listArtifactResponse2.artifacts)
        artifacts.push({
          name: artifact.name,
          id: artifact.id,
          size: artifact.size_in_bytes,
          createdAt: artifact.created_at ? new Date(artifact.created_at) : void 0,
          digest: artifact.digest
        });
    }
    return latest && (artifacts = filterLatest(artifacts)), info(`Found ${artifacts.length} artifact(s)`), {
      artifacts
    };
  });
}
function listArtifactsInternal() {
  return __awaiter9(this, arguments, void 0, function* (latest = !1) {
    let artifactClient = internalArtifactTwirpClient(), { workflowRunBackendId, workflowJobRunBackendId } = getBackendIdsFromToken(), req = {
      workflowRunBackendId,
      workflowJobRunBackendId
    }, artifacts = (yield artifactClient.ListArtifacts(req)).artifacts.map((artifact) => {
      var _a;
      return {
        name: artifact.name,
        id: Number(artifact.databaseId),
        size: Number(artifact.size),
        createdAt: artifact.createdAt ? Timestamp.toDate(artifact.createdAt) : void 0,
        digest: (_a = artifact.digest) === null || _a === void 0 ? void 0 : _a.value
      };
    });
    return latest && (artifacts = filterLatest(artifacts)), info(`Found ${artifacts.length} artifact(s)`), {
      artifacts
    };
  });
}
function filterLatest(artifacts) {
  artifacts.sort((a, b) => b.id - a.id);
  let latestArtifacts = [], seenArtifactNames = /* @__PURE__ */ new Set();
  for (let artifact of artifacts)
    seenArtifactNames.has(artifact.name) || (latestArtifacts.push(artifact), seenArtifactNames.add(artifact.name));
  return latestArtifacts;
}

// node_modules/@actions/artifact/lib/internal/client.js
var __awaiter10 = function(thisArg, _arguments, P, generator) {
  function adopt(value) {
    return value instanceof P ? value : new P(function(resolve2) {
      resolve2(value);
    });
  }
  return new (P || (P = Promise))(function(resolve2, reject) {
    function fulfilled(value) {
      try {
        step(generator.next(value));
      } catch (e) {
        reject(e);
      }
    }
    function rejected(value) {
      try {
        step(generator.throw(value));
      } catch (e) {
        reject(e);
      }
    }
    function step(result) {
      result.done ? resolve2(result.value) : adopt(result.value).then(fulfilled, rejected);
    }
    step((generator = generator.apply(thisArg, _arguments || [])).next());
  });
}, __rest = function(s, e) {
  var t = {};
  for (var p in s) Object.prototype.hasOwnProperty.call(s, p) && e.indexOf(p) < 0 && (t[p] = s[p]);
  if (s != null && typeof Object.getOwnPropertySymbols == "function")
    for (var i = 0, p = Object.getOwnPropertySymbols(s); i < p.length; i++)
      e.indexOf(p[i]) < 0 && Object.prototype.propertyIsEnumerable.call(s, p[i]) && (t[p[i]] = s[p[i]]);
  return t;
}, DefaultArtifactClient = class {
  uploadArtifact(name, files, rootDirectory, options) {
    return __awaiter10(this, void 0, void 0, function* () {
      try {
        if (isGhes())
          throw new GHESNotSupportedError();
        return uploadArtifact(name, files, rootDirectory, options);
      } catch (error2) {
        throw warning(`Artifact upload failed with error: ${error2}.

Errors can be temporary, so please try again and optionally run the action with debug mode enabled for more information.

If the error persists, please check whether Actions is operating normally at [https://githubstatus.com](https://www.githubstatus.com).`), error2;
      }
    });
  }
  downloadArtifact(artifactId, options) {
    return __awaiter10(this, void 0, void 0, function* () {
      try {
        if (isGhes())
          throw new GHESNotSupportedError();
        if (options?.findBy) {
          let { findBy: { repositoryOwner, repositoryName, token } } = options, downloadOptions = __rest(options, ["findBy"]);
          return downloadArtifactPublic(artifactId, repositoryOwner, repositoryName, token, downloadOptions);
        }
        return downloadArtifactInternal(artifactId, options);
      } catch (error2) {
        throw warning(`Download Artifact failed with error: ${error2}.

Errors can be temporary, so please try again and optionally run the action with debug mode enabled for more information.

If the error persists, please check whether Actions and API requests are operating normally at [https://githubstatus.com](https://www.githubstatus.com).`), error2;
      }
    });
  }
  listArtifacts(options) {
    return __awaiter10(this, void 0, void 0, function* () {
      try {
        if (isGhes())
          throw new GHESNotSupportedError();
        if (options?.findBy) {
          let { findBy: { workflowRunId, repositoryOwner, repositoryName, token } } = options;
          return listArtifactsPublic(workflowRunId, repositoryOwner, repositoryName, token, options?.latest);
        }
        return listArtifactsInternal(options?.latest);
      } catch (error2) {
        throw warning(`Listing Artifacts failed with error: ${error2}.

Errors can be temporary, so please try again and optionally run the action with debug mode enabled for more information.

If the error persists, please check whether Actions and API requests are operating normally at [https://githubstatus.com](https://www.githubstatus.com).`), error2;
      }
    });
  }
  getArtifact(artifactName, options) {
    return __awaiter10(this, void 0, void 0, function* () {
      try {
        if (isGhes())
          throw new GHESNotSupportedError();
        if (options?.findBy) {
          let { findBy: { workflowRunId, repositoryOwner, repositoryName, token } } = options;
          return getArtifactPublic(artifactName, workflowRunId, repositoryOwner, repositoryName, token);
        }
        return getArtifactInternal(artifactName);
      } catch (error2) {
        throw warning(`Get Artifact failed with error: ${error2}.

Errors can be temporary, so please try again and optionally run the action with debug mode enabled for more information.

If the error persists, please check whether Actions and API requests are operating normally at [https://githubstatus.com](https://www.githubstatus.com).`), error2;
      }
    });
  }
  deleteArtifact(artifactName, options) {
    return __awaiter10(this, void 0, void 0, function* () {
      try {
        if (isGhes())
          throw new GHESNotSupportedError();
        if (options?.findBy) {
          let { findBy: { repositoryOwner, repositoryName, workflowRunId, token } } = options;
          return deleteArtifactPublic(artifactName, workflowRunId, repositoryOwner, repositoryName, token);
        }
        return deleteArtifactInternal(artifactName);
      } catch (error2) {
        throw warning(`Delete Artifact failed with error: ${error2}.

Errors can be temporary, so please try again and optionally run the action with debug mode enabled for more information.

If the error persists, please check whether Actions and API requests are operating normally at [https://githubstatus.com](https://www.githubstatus.com).`), error2;
      }
    });
  }
};

// node_modules/@actions/artifact/lib/artifact.js
var client = new DefaultArtifactClient(), artifact_default = client;
export {
  ArtifactNotFoundError,
  DefaultArtifactClient,
  FilesNotFoundError,
  GHESNotSupportedError,
  InvalidResponseError,
  NetworkError,
  UsageError,
  artifact_default as default
};
