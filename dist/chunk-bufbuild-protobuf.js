import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  median,
  quantileSorted
} from "./chunk-simple-statistics.js";
import {
  createRandom
} from "./chunk-pure-rand.js";
import {
  inTemporaryFolder
} from "./chunk-lib-files.js";
import {
  normalization
} from "./chunk-lib-normalization.js";
import {
  UserError,
  nearestName
} from "./chunk-lib-errors.js";
import {
  __commonJS,
  __require,
  __toESM
} from "./chunk-empty1.js";

// native:onnxruntime-node
var require_onnxruntime_node = __commonJS({
  "native:onnxruntime-node"(exports, module) {
    var folder = process.env.PROXYLESS_CI_NATIVE, { createRequire } = process.getBuiltinModule("node:module");
    module.exports = (folder ? createRequire(folder + "/") : __require)("onnxruntime-node");
  }
});

// src/runtime/pinning.ts
import { execFileSync } from "node:child_process";
import { readFile } from "node:fs/promises";
var free = (why) => ({ cores: void 0, statement: `Threads are not pinned to cores: ${why}.` });
function planCores(threads, { platform, allowed, coreOf, canPin }) {
  if (threads < 2) return free("a single thread is moved away from busy cores");
  if (platform !== "linux")
    return free(`${platform === "darwin" ? "macOS" : platform} does not let a process choose its cores`);
  let first = /* @__PURE__ */ new Map();
  for (let processor of allowed) first.has(coreOf(processor)) || first.set(coreOf(processor), processor);
  let cores = [...first.values()];
  if (cores.length < threads)
    return free(
      `this process may use ${cores.length} physical core${cores.length === 1 ? "" : "s"}, which is fewer than ${threads} threads`
    );
  if (!canPin) return free("the command taskset (util-linux) is missing or refused");
  let chosen = cores.slice(0, threads);
  return { cores: chosen, statement: `Threads are pinned to the cores ${chosen.join(", ")}, for all models alike.` };
}
async function readCoreFacts() {
  let allowed = await allowedProcessors("self"), names = await Promise.all(
    allowed.map(async (processor) => {
      let siblings = await readText(`/sys/devices/system/cpu/cpu${processor}/topology/thread_siblings_list`);
      return [processor, siblings || String(processor)];
    })
  ), cores = new Map(names);
  return { platform: process.platform, allowed, coreOf: (processor) => cores.get(processor), canPin: tasksetWorks() };
}
function tasksetWorks() {
  if (process.platform !== "linux") return !1;
  try {
    return execFileSync("taskset", ["-p", String(process.pid)], { stdio: "ignore" }), !0;
  } catch {
    return !1;
  }
}
async function allowedProcessors(thread) {
  let status = await readText(`/proc/${thread === "self" ? "self" : `self/task/${thread}`}/status`);
  return parseProcessorList(/^Cpus_allowed_list:\s*(.*)$/m.exec(status)?.[1] ?? "");
}
function parseProcessorList(text) {
  return text.split(",").filter(Boolean).flatMap((range) => {
    let [from = 0, to = from] = range.split("-").map(Number);
    return Array.from({ length: to - from + 1 }, (_, i) => from + i);
  });
}
async function pinMainThread(plan) {
  let none = { unpin: () => {
  } };
  if (!plan.cores) return { plan, ...none };
  let before = await allowedProcessors(process.pid), pin = (processors) => {
    execFileSync("taskset", ["-pc", processors.join(","), String(process.pid)], { stdio: "ignore" });
  };
  try {
    pin(plan.cores.slice(0, 1));
  } catch {
    return { plan: free("the system refused it"), ...none };
  }
  return { plan, unpin: () => pin(before) };
}
async function withPinnedThreads(threads, use) {
  let { plan, unpin } = await pinMainThread(planCores(threads, await readCoreFacts()));
  try {
    return await use(plan);
  } finally {
    unpin();
  }
}
var readText = (path) => readFile(path, "utf8").then(
  (text) => text.trim(),
  () => ""
);

// src/latency/block.ts
import { readFile as readFile3 } from "node:fs/promises";

// src/latency/models.ts
var import_onnxruntime_node4 = __toESM(require_onnxruntime_node(), 1);

// node_modules/@bufbuild/protobuf/dist/esm/is-message.js
function isMessage(arg, schema) {
  return arg !== null && typeof arg == "object" && "$typeName" in arg && typeof arg.$typeName == "string" ? schema === void 0 ? !0 : schema.typeName === arg.$typeName : !1;
}

// node_modules/@bufbuild/protobuf/dist/esm/descriptors.js
var ScalarType;
(function(ScalarType2) {
  ScalarType2[ScalarType2.DOUBLE = 1] = "DOUBLE", ScalarType2[ScalarType2.FLOAT = 2] = "FLOAT", ScalarType2[ScalarType2.INT64 = 3] = "INT64", ScalarType2[ScalarType2.UINT64 = 4] = "UINT64", ScalarType2[ScalarType2.INT32 = 5] = "INT32", ScalarType2[ScalarType2.FIXED64 = 6] = "FIXED64", ScalarType2[ScalarType2.FIXED32 = 7] = "FIXED32", ScalarType2[ScalarType2.BOOL = 8] = "BOOL", ScalarType2[ScalarType2.STRING = 9] = "STRING", ScalarType2[ScalarType2.BYTES = 12] = "BYTES", ScalarType2[ScalarType2.UINT32 = 13] = "UINT32", ScalarType2[ScalarType2.SFIXED32 = 15] = "SFIXED32", ScalarType2[ScalarType2.SFIXED64 = 16] = "SFIXED64", ScalarType2[ScalarType2.SINT32 = 17] = "SINT32", ScalarType2[ScalarType2.SINT64 = 18] = "SINT64";
})(ScalarType || (ScalarType = {}));

// node_modules/@bufbuild/protobuf/dist/esm/wire/varint.js
function varint64read() {
  let buf = this.buf, pos = this.pos, lo = 0, hi = 0;
  for (let shift = 0; shift < 28; shift += 7) {
    let b = buf[pos++];
    if (lo |= (b & 127) << shift, (b & 128) == 0) {
      this.pos = pos, this.assertBounds(), this.varint64Lo = lo, this.varint64Hi = hi;
      return;
    }
  }
  let middleByte = buf[pos++];
  if (lo |= (middleByte & 15) << 28, hi = (middleByte & 112) >> 4, (middleByte & 128) == 0) {
    this.pos = pos, this.assertBounds(), this.varint64Lo = lo, this.varint64Hi = hi;
    return;
  }
  for (let shift = 3; shift <= 31; shift += 7) {
    let b = buf[pos++];
    if (hi |= (b & 127) << shift, (b & 128) == 0) {
      this.pos = pos, this.assertBounds(), this.varint64Lo = lo, this.varint64Hi = hi;
      return;
    }
  }
  throw new Error("invalid varint");
}
var TWO_PWR_32_DBL = 4294967296;
function int64FromString(dec) {
  let minus = dec[0] === "-";
  minus && (dec = dec.slice(1));
  let base = 1e6, lowBits = 0, highBits = 0;
  function add1e6digit(begin, end) {
    let digit1e6 = Number(dec.slice(begin, end));
    highBits *= base, lowBits = lowBits * base + digit1e6, lowBits >= TWO_PWR_32_DBL && (highBits = highBits + (lowBits / TWO_PWR_32_DBL | 0), lowBits = lowBits % TWO_PWR_32_DBL);
  }
  return add1e6digit(-24, -18), add1e6digit(-18, -12), add1e6digit(-12, -6), add1e6digit(-6), minus ? negate(lowBits, highBits) : newBits(lowBits, highBits);
}
function int64ToString(lo, hi) {
  let bits = newBits(lo, hi), negative = bits.hi & 2147483648;
  negative && (bits = negate(bits.lo, bits.hi));
  let result = uInt64ToString(bits.lo, bits.hi);
  return negative ? "-" + result : result;
}
function uInt64ToString(lo, hi) {
  if ({ lo, hi } = toUnsigned(lo, hi), hi <= 2097151)
    return String(TWO_PWR_32_DBL * hi + lo);
  let low = lo & 16777215, mid = (lo >>> 24 | hi << 8) & 16777215, high = hi >> 16 & 65535, digitA = low + mid * 6777216 + high * 6710656, digitB = mid + high * 8147497, digitC = high * 2, base = 1e7;
  return digitA >= base && (digitB += Math.floor(digitA / base), digitA %= base), digitB >= base && (digitC += Math.floor(digitB / base), digitB %= base), digitC.toString() + decimalFrom1e7WithLeadingZeros(digitB) + decimalFrom1e7WithLeadingZeros(digitA);
}
function toUnsigned(lo, hi) {
  return { lo: lo >>> 0, hi: hi >>> 0 };
}
function newBits(lo, hi) {
  return { lo: lo | 0, hi: hi | 0 };
}
function negate(lowBits, highBits) {
  return highBits = ~highBits, lowBits ? lowBits = ~lowBits + 1 : highBits += 1, newBits(lowBits, highBits);
}
var decimalFrom1e7WithLeadingZeros = (digit1e7) => {
  let partial = String(digit1e7);
  return "0000000".slice(partial.length) + partial;
};
function varint32write(value, bytes) {
  if (value >>> 0 < 128) {
    bytes.push(value);
    return;
  }
  if (value >= 0) {
    for (; value > 127; )
      bytes.push(value & 127 | 128), value = value >>> 7;
    bytes.push(value);
  } else {
    for (let i = 0; i < 9; i++)
      bytes.push(value & 127 | 128), value = value >> 7;
    bytes.push(1);
  }
}
function varint32read() {
  let b = this.buf[this.pos++];
  if ((b & 128) === 0)
    return this.assertBounds(), b;
  let result = b & 127;
  if (b = this.buf[this.pos++], result |= (b & 127) << 7, (b & 128) === 0)
    return this.assertBounds(), result;
  if (b = this.buf[this.pos++], result |= (b & 127) << 14, (b & 128) === 0)
    return this.assertBounds(), result;
  if (b = this.buf[this.pos++], result |= (b & 127) << 21, (b & 128) === 0)
    return this.assertBounds(), result;
  b = this.buf[this.pos++], result |= (b & 15) << 28;
  for (let readBytes = 5; (b & 128) !== 0 && readBytes < 10; readBytes++)
    b = this.buf[this.pos++];
  if ((b & 128) !== 0)
    throw new Error("invalid varint");
  return this.assertBounds(), result >>> 0;
}

// node_modules/@bufbuild/protobuf/dist/esm/proto-int64.js
var protoInt64 = /* @__PURE__ */ makeInt64Support();
function makeInt64Support() {
  let dv = new DataView(new ArrayBuffer(8));
  if (typeof BigInt == "function" && typeof dv.getBigInt64 == "function" && typeof dv.getBigUint64 == "function" && typeof dv.setBigInt64 == "function" && typeof dv.setBigUint64 == "function" && (!!globalThis.Deno || !!globalThis.Bun || typeof process != "object" || typeof process.env != "object" || process.env.BUF_BIGINT_DISABLE !== "1")) {
    let MIN = BigInt("-9223372036854775808"), MAX = BigInt("9223372036854775807"), UMIN = BigInt("0"), UMAX = BigInt("18446744073709551615");
    return {
      zero: BigInt(0),
      supported: !0,
      parse(value) {
        let bi = typeof value == "bigint" ? value : BigInt(value);
        if (bi > MAX || bi < MIN)
          throw new Error(`invalid int64: ${value}`);
        return bi;
      },
      uParse(value) {
        let bi = typeof value == "bigint" ? value : BigInt(value);
        if (bi > UMAX || bi < UMIN)
          throw new Error(`invalid uint64: ${value}`);
        return bi;
      },
      enc(value) {
        return dv.setBigInt64(0, this.parse(value), !0), {
          lo: dv.getInt32(0, !0),
          hi: dv.getInt32(4, !0)
        };
      },
      uEnc(value) {
        return dv.setBigInt64(0, this.uParse(value), !0), {
          lo: dv.getInt32(0, !0),
          hi: dv.getInt32(4, !0)
        };
      },
      dec(lo, hi) {
        return dv.setInt32(0, lo, !0), dv.setInt32(4, hi, !0), dv.getBigInt64(0, !0);
      },
      uDec(lo, hi) {
        return dv.setInt32(0, lo, !0), dv.setInt32(4, hi, !0), dv.getBigUint64(0, !0);
      }
    };
  }
  return {
    zero: "0",
    supported: !1,
    parse(value) {
      return typeof value != "string" && (value = value.toString()), assertInt64String(value), value;
    },
    uParse(value) {
      return typeof value != "string" && (value = value.toString()), assertUInt64String(value), value;
    },
    enc(value) {
      return typeof value != "string" && (value = value.toString()), assertInt64String(value), int64FromString(value);
    },
    uEnc(value) {
      return typeof value != "string" && (value = value.toString()), assertUInt64String(value), int64FromString(value);
    },
    dec(lo, hi) {
      return int64ToString(lo, hi);
    },
    uDec(lo, hi) {
      return uInt64ToString(lo, hi);
    }
  };
}
function assertInt64String(value) {
  if (!/^-?[0-9]+$/.test(value))
    throw new Error("invalid int64: " + value);
}
function assertUInt64String(value) {
  if (!/^[0-9]+$/.test(value))
    throw new Error("invalid uint64: " + value);
}

// node_modules/@bufbuild/protobuf/dist/esm/reflect/scalar.js
function scalarZeroValue(type, longAsString) {
  switch (type) {
    case ScalarType.STRING:
      return "";
    case ScalarType.BOOL:
      return !1;
    case ScalarType.DOUBLE:
    case ScalarType.FLOAT:
      return 0;
    case ScalarType.INT64:
    case ScalarType.UINT64:
    case ScalarType.SFIXED64:
    case ScalarType.FIXED64:
    case ScalarType.SINT64:
      return longAsString ? "0" : protoInt64.zero;
    case ScalarType.BYTES:
      return new Uint8Array(0);
    default:
      return 0;
  }
}

// node_modules/@bufbuild/protobuf/dist/esm/reflect/unsafe.js
function unsafeIsSetExplicit(target, localName) {
  return Object.prototype.hasOwnProperty.call(target, localName) && target[localName] !== void 0;
}
function setOwn(obj, key, value) {
  key === "__proto__" ? Object.defineProperty(obj, "__proto__", {
    value,
    writable: !0,
    enumerable: !0,
    configurable: !0
  }) : obj[key] = value;
}

// node_modules/@bufbuild/protobuf/dist/esm/reflect/guard.js
function isObject(arg) {
  return arg !== null && typeof arg == "object" && !Array.isArray(arg);
}

// node_modules/@bufbuild/protobuf/dist/esm/wkt/wrappers.js
function isWrapperDesc(messageDesc2) {
  let f = messageDesc2.fields[0];
  return isWrapperTypeName(messageDesc2.typeName) && f !== void 0 && f.fieldKind == "scalar" && f.name == "value" && f.number == 1;
}
var wrapperTypeNames = /* @__PURE__ */ new Set([
  "google.protobuf.DoubleValue",
  "google.protobuf.FloatValue",
  "google.protobuf.Int64Value",
  "google.protobuf.UInt64Value",
  "google.protobuf.Int32Value",
  "google.protobuf.UInt32Value",
  "google.protobuf.BoolValue",
  "google.protobuf.StringValue",
  "google.protobuf.BytesValue"
]);
function isWrapperTypeName(name) {
  return wrapperTypeNames.has(name);
}

// node_modules/@bufbuild/protobuf/dist/esm/create.js
var EDITION_PROTO3 = 999, EDITION_PROTO2 = 998, IMPLICIT = 2;
function create(schema, init) {
  return isMessage(init, schema) ? init : compiledCreate(schema)(init);
}
var compiledCreates = /* @__PURE__ */ new WeakMap();
function compiledCreate(desc) {
  let compiled = compiledCreates.get(desc);
  return compiled === void 0 && (compiled = compileCreate(desc), compiledCreates.set(desc, compiled)), compiled;
}
var INIT_SINGULAR = 0, INIT_LIST = 1, INIT_MAP = 2, INIT_ONEOF = 3;
function compileCreate(desc) {
  let typeName = desc.typeName, { properties, prototype } = compileInitMessage(desc);
  return (init) => {
    let message;
    prototype !== void 0 ? (message = Object.create(prototype), message.$typeName = typeName) : message = { $typeName: typeName };
    for (let i = 0; i < properties.length; i++) {
      let property = properties[i], name = property.name, initValue = init?.[name];
      switch (property.kind) {
        case INIT_SINGULAR:
          initValue != null ? message[name] = property.convert !== void 0 ? property.convert(initValue) : initValue : property.constant !== void 0 && (message[name] = property.constant);
          break;
        case INIT_LIST:
          message[name] = property.convert !== void 0 && Array.isArray(initValue) ? initValue.map(property.convert) : initValue ?? [];
          break;
        case INIT_MAP:
          if (property.convert === void 0 || !isObject(initValue))
            message[name] = initValue ?? {};
          else {
            let converted = {}, keys = Object.keys(initValue);
            for (let k = 0; k < keys.length; k++)
              setOwn(converted, keys[k], property.convert(initValue[keys[k]]));
            message[name] = converted;
          }
          break;
        case INIT_ONEOF: {
          let oneofValue = initValue;
          if (oneofValue?.case != null) {
            let convert = property.convert.get(oneofValue.case);
            if (convert !== void 0) {
              message[name] = {
                case: oneofValue.case,
                value: convert(oneofValue.value)
              };
              break;
            }
          }
          message[name] = { case: void 0 };
          break;
        }
      }
    }
    return message;
  };
}
function compileInitMessage(desc) {
  var _a, _b;
  let properties = [], prototype = {}, usePrototype = needsPrototypeChain(desc);
  for (let member of desc.members) {
    let name = member.localName;
    if (member.kind == "oneof") {
      properties.push({
        name,
        kind: INIT_ONEOF,
        constant: void 0,
        convert: compileConvertOneof(member)
      });
      continue;
    }
    switch (member.fieldKind) {
      case "message": {
        properties.push({
          name,
          kind: INIT_SINGULAR,
          constant: void 0,
          convert: compileConvertMessage(member)
        });
        break;
      }
      case "list": {
        properties.push({
          name,
          kind: INIT_LIST,
          constant: void 0,
          convert: member.listKind == "message" ? (_a = compileConvertMessage(member)) !== null && _a !== void 0 ? _a : ((value) => value) : member.scalar == ScalarType.BYTES ? toU8Arr : void 0
        });
        break;
      }
      case "map": {
        properties.push({
          name,
          kind: INIT_MAP,
          constant: void 0,
          convert: member.mapKind == "message" ? (_b = compileConvertMessage(member)) !== null && _b !== void 0 ? _b : ((value) => value) : member.scalar == ScalarType.BYTES ? toU8Arr : void 0
        });
        break;
      }
      default: {
        let zeroValue = createZeroValue(member);
        properties.push({
          name,
          kind: INIT_SINGULAR,
          constant: member.presence == IMPLICIT ? zeroValue : void 0,
          convert: member.fieldKind == "scalar" && member.scalar == ScalarType.BYTES ? toU8Arr : void 0
        }), usePrototype && (prototype[name] = zeroValue);
        break;
      }
    }
  }
  return {
    properties,
    prototype: usePrototype ? prototype : void 0
  };
}
function compileConvertOneof(oneof) {
  let converters = /* @__PURE__ */ new Map();
  for (let field of oneof.fields) {
    let convert;
    field.fieldKind == "message" ? convert = compileConvertMessage(field) : field.fieldKind == "scalar" && field.scalar == ScalarType.BYTES && (convert = toU8Arr), converters.set(field.localName, convert ?? ((value) => value));
  }
  return converters;
}
function compileConvertMessage(field) {
  if (field.fieldKind == "message" && !field.oneof && isWrapperDesc(field.message))
    return field.message.fields[0].scalar == ScalarType.BYTES ? toU8Arr : void 0;
  if (field.message.typeName == "google.protobuf.Struct" && field.parent.typeName !== "google.protobuf.Value")
    return;
  let messageDesc2 = field.message, compiled;
  return (value) => !isObject(value) || isMessage(value, messageDesc2) ? value : (compiled ?? (compiled = compiledCreate(messageDesc2)), compiled(value));
}
function toU8Arr(value) {
  return Array.isArray(value) ? new Uint8Array(value) : value;
}
function needsPrototypeChain(desc) {
  switch (desc.file.edition) {
    case EDITION_PROTO3:
      return !1;
    case EDITION_PROTO2:
      return !0;
    default:
      return desc.fields.some((f) => f.presence != IMPLICIT && f.fieldKind != "message" && !f.oneof);
  }
}
function createZeroValue(field) {
  let defaultValue = field.getDefaultValue();
  return defaultValue !== void 0 ? field.fieldKind == "scalar" && field.longAsString ? defaultValue.toString() : defaultValue : field.fieldKind == "scalar" ? scalarZeroValue(field.scalar, field.longAsString) : field.enum.values[0].number;
}

// node_modules/@bufbuild/protobuf/dist/esm/reflect/error.js
var FieldError = class extends Error {
  constructor(fieldOrOneof, message, name = "FieldValueInvalidError") {
    super(message), this.name = name, this.field = () => fieldOrOneof;
  }
};

// node_modules/@bufbuild/protobuf/dist/esm/wire/text-encoding.js
var te;
function configureTextEncoding(textEncoding) {
  var _a;
  te = Object.assign(Object.assign({}, textEncoding), { encodeUtf8Into: (_a = textEncoding.encodeUtf8Into) !== null && _a !== void 0 ? _a : emulateEncodeInto(textEncoding.encodeUtf8.bind(textEncoding)) });
}
function getTextEncoding() {
  if (!te) {
    let globals = globalThis;
    if (!globals.TextEncoder || !globals.TextDecoder)
      throw new Error("encoding API missing: install TextEncoder and TextDecoder on globalThis");
    let textEncoder = new globals.TextEncoder(), textDecoder = new globals.TextDecoder("utf-8", {
      ignoreBOM: !0
    }), textDecoderStrict, config = {
      encodeUtf8(text) {
        return textEncoder.encode(text);
      },
      decodeUtf8(bytes, strict) {
        return strict ? (textDecoderStrict || (textDecoderStrict = new globals.TextDecoder("utf-8", {
          fatal: !0,
          ignoreBOM: !0
        })), textDecoderStrict.decode(bytes)) : textDecoder.decode(bytes);
      },
      checkUtf8(text) {
        try {
          return encodeURIComponent(text), !0;
        } catch {
          return !1;
        }
      }
    };
    textEncoder.encodeInto && (config.encodeUtf8Into = textEncoder.encodeInto.bind(textEncoder));
    let nativeStringIsWellFormed = String.prototype.isWellFormed;
    nativeStringIsWellFormed && (config.checkUtf8 = (text) => nativeStringIsWellFormed.call(text)), configureTextEncoding(config);
  }
  return te;
}
function emulateEncodeInto(encodeUtf8) {
  return (text, dest) => {
    let bytes = encodeUtf8(text);
    return dest.set(bytes), { written: bytes.byteLength };
  };
}

// node_modules/@bufbuild/protobuf/dist/esm/wire/binary-encoding.js
var WireType;
(function(WireType2) {
  WireType2[WireType2.Varint = 0] = "Varint", WireType2[WireType2.Bit64 = 1] = "Bit64", WireType2[WireType2.LengthDelimited = 2] = "LengthDelimited", WireType2[WireType2.StartGroup = 3] = "StartGroup", WireType2[WireType2.EndGroup = 4] = "EndGroup", WireType2[WireType2.Bit32 = 5] = "Bit32";
})(WireType || (WireType = {}));
var UINT32_MAX = 4294967295, INT32_MAX = 2147483647, INT32_MIN = -2147483648, BinaryWriter = class {
  constructor(encodeUtf8) {
    this.stackPos = [], this.encodeUtf8Into = encodeUtf8 ? emulateEncodeInto(encodeUtf8) : getTextEncoding().encodeUtf8Into, this.buffer = EMPTY_BUFFER, this.viewCache = EMPTY_VIEW, this.pos = 0;
  }
  ensureCapacity(size) {
    let required = this.pos + size;
    if (required > this.buffer.length) {
      let newLen = this.buffer.length || INITIAL_SIZE;
      for (; newLen < required; )
        newLen *= 2;
      let newBuf = new Uint8Array(newLen);
      this.pos > 0 && newBuf.set(this.buffer), this.buffer = newBuf;
    }
  }
  /**
   * The DataView over `buffer`, rebuilt only if the buffer has grown since it
   * was last used.
   */
  view() {
    let bytes = this.buffer, view = this.viewCache;
    if (view.byteLength === bytes.byteLength)
      return view;
    let newView = new DataView(bytes.buffer);
    return this.viewCache = newView, newView;
  }
  /**
   * Return all bytes written and reset this writer.
   */
  finish() {
    let result = this.buffer.slice(0, this.pos);
    return this.pos = 0, this.stackPos = [], result;
  }
  /**
   * Start a new fork for length-delimited data like a message
   * or a packed repeated field.
   *
   * Must be joined later with `join()`.
   */
  fork() {
    return this.stackPos.push(this.pos), this.ensureCapacity(DEFAULT_LEN_PREFIX_SIZE), this.buffer[this.pos++] = 0, this;
  }
  /**
   * Join the last fork. Write its length and bytes, then
   * return to the previous state.
   */
  join() {
    let forkPos = this.stackPos.pop();
    if (forkPos === void 0)
      throw new Error("invalid state, fork stack empty");
    let len = this.pos - forkPos - DEFAULT_LEN_PREFIX_SIZE, lenPrefixSize = varint32Size(len);
    return lenPrefixSize > DEFAULT_LEN_PREFIX_SIZE && (this.ensureCapacity(lenPrefixSize - DEFAULT_LEN_PREFIX_SIZE), this.buffer.copyWithin(forkPos + lenPrefixSize, forkPos + DEFAULT_LEN_PREFIX_SIZE, this.pos)), this.pos = forkPos, this.uint32(len), this.pos += len, this;
  }
  /**
   * Writes a tag (field number and wire type).
   *
   * Equivalent to `uint32( (fieldNo << 3 | type) >>> 0 )`.
   *
   * Generated code should compute the tag ahead of time and call `uint32()`.
   */
  tag(fieldNo, type) {
    return this.uint32((fieldNo << 3 | type) >>> 0);
  }
  /**
   * Write a chunk of raw bytes.
   */
  raw(chunk) {
    return this.ensureCapacity(chunk.length), this.buffer.set(chunk, this.pos), this.pos += chunk.length, this;
  }
  /**
   * Write a `uint32` value, an unsigned 32 bit varint.
   */
  uint32(value) {
    if (assertUInt32(value), this.ensureCapacity(5), value < 128)
      return this.buffer[this.pos++] = value, this;
    for (; value > 127; )
      this.buffer[this.pos++] = value & 127 | 128, value >>>= 7;
    return this.buffer[this.pos++] = value, this;
  }
  /**
   * Write a `int32` value, a signed 32 bit varint.
   */
  int32(value) {
    if (assertInt32(value), value >= 0)
      return this.uint32(value);
    this.ensureCapacity(10);
    for (let i = 0; i < 9; i++)
      this.buffer[this.pos++] = value & 127 | 128, value >>= 7;
    return this.buffer[this.pos++] = 1, this;
  }
  /**
   * Write a `bool` value, a varint.
   */
  bool(value) {
    return this.ensureCapacity(1), this.buffer[this.pos++] = value ? 1 : 0, this;
  }
  /**
   * Write a `bytes` value, length-delimited arbitrary data.
   */
  bytes(value) {
    return this.uint32(value.byteLength), this.raw(value);
  }
  /**
   * Write a `string` value, length-delimited data converted to UTF-8 text.
   */
  string(value) {
    typeof value != "string" && (value = String(value));
    let len = value.length;
    if (len <= ASCII_MAX_LENGTH) {
      this.ensureCapacity(len + 1);
      let ascii = this.buffer, pos = this.pos;
      ascii[pos++] = len;
      let i = 0;
      for (; i < len; i++) {
        let code = value.charCodeAt(i);
        if (code > 127)
          break;
        ascii[pos++] = code;
      }
      if (i == len)
        return this.pos = pos, this;
    }
    this.ensureCapacity(len * 3 + 5);
    let lenPrefixSizeGuess = varint32Size(len), buf = this.buffer, start = this.pos, { written } = this.encodeUtf8Into(value, buf.subarray(start + lenPrefixSizeGuess)), lenPrefixSize = varint32Size(written);
    return lenPrefixSize != lenPrefixSizeGuess && buf.copyWithin(start + lenPrefixSize, start + lenPrefixSizeGuess, start + lenPrefixSizeGuess + written), this.uint32(written), this.pos += written, this;
  }
  /**
   * Write a `float` value, 32-bit floating point number.
   */
  float(value) {
    return assertFloat32(value), this.ensureCapacity(4), this.view().setFloat32(this.pos, value, !0), this.pos += 4, this;
  }
  /**
   * Write a `double` value, a 64-bit floating point number.
   */
  double(value) {
    return this.ensureCapacity(8), this.view().setFloat64(this.pos, value, !0), this.pos += 8, this;
  }
  /**
   * Write a `fixed32` value, an unsigned, fixed-length 32-bit integer.
   */
  fixed32(value) {
    return assertUInt32(value), this.ensureCapacity(4), this.view().setUint32(this.pos, value, !0), this.pos += 4, this;
  }
  /**
   * Write a `sfixed32` value, a signed, fixed-length 32-bit integer.
   */
  sfixed32(value) {
    return assertInt32(value), this.ensureCapacity(4), this.view().setInt32(this.pos, value, !0), this.pos += 4, this;
  }
  /**
   * Write a `sint32` value, a signed, zigzag-encoded 32-bit varint.
   */
  sint32(value) {
    return assertInt32(value), this.uint32((value << 1 ^ value >> 31) >>> 0);
  }
  /**
   * Write a `sfixed64` value, a signed, fixed-length 64-bit integer.
   */
  sfixed64(value) {
    let tc = protoInt64.enc(value);
    this.ensureCapacity(8);
    let view = this.view();
    return view.setInt32(this.pos, tc.lo, !0), view.setInt32(this.pos + 4, tc.hi, !0), this.pos += 8, this;
  }
  /**
   * Write a `fixed64` value, an unsigned, fixed-length 64 bit integer.
   */
  fixed64(value) {
    let tc = protoInt64.uEnc(value);
    this.ensureCapacity(8);
    let view = this.view();
    return view.setInt32(this.pos, tc.lo, !0), view.setInt32(this.pos + 4, tc.hi, !0), this.pos += 8, this;
  }
  /**
   * Write a `int64` value, a signed 64-bit varint.
   */
  int64(value) {
    let tc = protoInt64.enc(value);
    return this.writeVarint64(tc.lo, tc.hi);
  }
  /**
   * Write a `sint64` value, a signed, zig-zag-encoded 64-bit varint.
   */
  sint64(value) {
    let tc = protoInt64.enc(value), sign = tc.hi >> 31, lo = tc.lo << 1 ^ sign, hi = (tc.hi << 1 | tc.lo >>> 31) ^ sign;
    return this.writeVarint64(lo, hi);
  }
  /**
   * Write a `uint64` value, an unsigned 64-bit varint.
   */
  uint64(value) {
    let tc = protoInt64.uEnc(value);
    return this.writeVarint64(tc.lo, tc.hi);
  }
  /**
   * Write a 64-bit varint directly into the buffer. Accepts the value as
   * split low/high 32-bit words.
   *
   * Ported from varint64write() to avoid the intermediate number[] buffer.
   * See https://github.com/protocolbuffers/protobuf/blob/8a71927d74a4ce34efe2d8769fda198f52d20d12/js/experimental/runtime/kernel/writer.js#L344
   */
  writeVarint64(lo, hi) {
    this.ensureCapacity(10);
    let buf = this.buffer, pos = this.pos;
    for (let i = 0; i < 28; i = i + 7) {
      let shift = lo >>> i, hasNext = !(!(shift >>> 7) && hi == 0);
      if (buf[pos++] = (hasNext ? shift | 128 : shift) & 255, !hasNext)
        return this.pos = pos, this;
    }
    let splitBits = lo >>> 28 & 15 | (hi & 7) << 4, hasMoreBits = hi >> 3 != 0;
    if (buf[pos++] = (hasMoreBits ? splitBits | 128 : splitBits) & 255, !hasMoreBits)
      return this.pos = pos, this;
    for (let i = 3; i < 31; i = i + 7) {
      let shift = hi >>> i, hasNext = !!(shift >>> 7);
      if (buf[pos++] = (hasNext ? shift | 128 : shift) & 255, !hasNext)
        return this.pos = pos, this;
    }
    return buf[pos++] = hi >>> 31 & 1, this.pos = pos, this;
  }
}, INITIAL_SIZE = 128, DEFAULT_LEN_PREFIX_SIZE = 1, EMPTY_BUFFER = new Uint8Array(0), EMPTY_VIEW = new DataView(EMPTY_BUFFER.buffer), ASCII_MAX_LENGTH = 32;
function varint32Size(value) {
  return value < 128 ? 1 : value < 16384 ? 2 : value < 2097152 ? 3 : value < 268435456 ? 4 : 5;
}
var BinaryReader = class {
  constructor(buf, decodeUtf8 = getTextEncoding().decodeUtf8) {
    this.decodeUtf8 = decodeUtf8, this.varint64Lo = 0, this.varint64Hi = 0, this.varint64 = varint64read, this.uint32 = varint32read, this.buf = buf, this.len = buf.length, this.pos = 0, this.view = new DataView(buf.buffer, buf.byteOffset, buf.byteLength);
  }
  /**
   * Reads a tag - field number and wire type. Tags are uint32 varints; values
   * that do not fit in uint32 are rejected.
   */
  tag() {
    let start = this.pos, tag = this.uint32(), bytesRead = this.pos - start;
    if (bytesRead > 5 || bytesRead == 5 && this.buf[this.pos - 1] > 15)
      throw new Error("illegal tag: varint overflows uint32");
    let fieldNo = tag >>> 3, wireType = tag & 7;
    if (fieldNo <= 0 || wireType > 5)
      throw new Error("illegal tag: field no " + fieldNo + " wire type " + wireType);
    return [fieldNo, wireType];
  }
  /**
   * Skip one element and return the skipped data.
   *
   * When skipping StartGroup, provide the tags field number to check for
   * matching field number in the EndGroup tag. Recursion into nested groups
   * is guarded by the `recursionLimit` argument: When the limit is reached,
   * this method throws.
   */
  skip(wireType, fieldNo, recursionLimit = 100) {
    let start = this.pos;
    switch (wireType) {
      case WireType.Varint:
        for (; this.buf[this.pos++] & 128; )
          ;
        break;
      // @ts-ignore TS7029: Fallthrough case in switch -- ignore instead of expect-error for compiler settings without noFallthroughCasesInSwitch: true
      case WireType.Bit64:
        this.pos += 4;
      case WireType.Bit32:
        this.pos += 4;
        break;
      case WireType.LengthDelimited:
        let len = this.uint32();
        this.pos += len;
        break;
      case WireType.StartGroup:
        if (recursionLimit <= 0)
          throw new Error("maximum recursion depth reached");
        for (; ; ) {
          let [fn, wt] = this.tag();
          if (wt === WireType.EndGroup) {
            if (fieldNo !== void 0 && fn !== fieldNo)
              throw new Error("invalid end group tag");
            break;
          }
          this.skip(wt, fn, recursionLimit - 1);
        }
        break;
      default:
        throw new Error("cant skip wire type " + wireType);
    }
    return this.assertBounds(), this.buf.subarray(start, this.pos);
  }
  /**
   * Throws error if position in byte array is out of range.
   */
  assertBounds() {
    if (this.pos > this.len)
      throw new RangeError("premature EOF");
  }
  /**
   * Read a `int32` field, a signed 32 bit varint.
   */
  int32() {
    return this.uint32() | 0;
  }
  /**
   * Read a `sint32` field, a signed, zigzag-encoded 32-bit varint.
   */
  sint32() {
    let zze = this.uint32();
    return zze >>> 1 ^ -(zze & 1);
  }
  /**
   * Read a `int64` field, a signed 64-bit varint.
   */
  int64() {
    return this.varint64(), protoInt64.dec(this.varint64Lo, this.varint64Hi);
  }
  /**
   * Read a `uint64` field, an unsigned 64-bit varint.
   */
  uint64() {
    return this.varint64(), protoInt64.uDec(this.varint64Lo, this.varint64Hi);
  }
  /**
   * Read a `sint64` field, a signed, zig-zag-encoded 64-bit varint.
   */
  sint64() {
    this.varint64();
    let lo = this.varint64Lo, hi = this.varint64Hi, s = -(lo & 1);
    return lo = (lo >>> 1 | (hi & 1) << 31) ^ s, hi = hi >>> 1 ^ s, protoInt64.dec(lo, hi);
  }
  /**
   * Read a `bool` field, a variant.
   */
  bool() {
    let b = this.buf[this.pos];
    return b < 128 ? (this.pos++, b !== 0) : (this.varint64(), this.varint64Lo !== 0 || this.varint64Hi !== 0);
  }
  /**
   * Read a `fixed32` field, an unsigned, fixed-length 32-bit integer.
   */
  fixed32() {
    return this.view.getUint32((this.pos += 4) - 4, !0);
  }
  /**
   * Read a `sfixed32` field, a signed, fixed-length 32-bit integer.
   */
  sfixed32() {
    return this.view.getInt32((this.pos += 4) - 4, !0);
  }
  /**
   * Read a `fixed64` field, an unsigned, fixed-length 64 bit integer.
   */
  fixed64() {
    return protoInt64.uDec(this.sfixed32(), this.sfixed32());
  }
  /**
   * Read a `fixed64` field, a signed, fixed-length 64-bit integer.
   */
  sfixed64() {
    return protoInt64.dec(this.sfixed32(), this.sfixed32());
  }
  /**
   * Read a `float` field, 32-bit floating point number.
   */
  float() {
    return this.view.getFloat32((this.pos += 4) - 4, !0);
  }
  /**
   * Read a `double` field, a 64-bit floating point number.
   */
  double() {
    return this.view.getFloat64((this.pos += 8) - 8, !0);
  }
  /**
   * Read a `bytes` field, length-delimited arbitrary data.
   */
  bytes() {
    let len = this.uint32(), start = this.pos;
    return this.pos += len, this.assertBounds(), this.buf.subarray(start, start + len);
  }
  /**
   * Read a `string` field, length-delimited data converted to UTF-8 text. If
   * `strict` is true, throw on invalid UTF-8 instead of substituting U+FFFD.
   */
  string(strict) {
    let len = this.uint32(), start = this.pos;
    this.pos += len, this.assertBounds();
    let buf = this.buf;
    if (len <= ASCII_MAX_LENGTH) {
      let codes = new Array(len);
      for (let i = 0; i < len; i++) {
        let byte = buf[start + i];
        if (byte > 127)
          return this.decodeUtf8(buf.subarray(start, this.pos), strict);
        codes[i] = byte;
      }
      return String.fromCharCode.apply(String, codes);
    }
    return this.decodeUtf8(buf.subarray(start, this.pos), strict);
  }
};
function assertInt32(arg) {
  if (typeof arg == "string")
    arg = Number(arg);
  else if (typeof arg != "number")
    throw new Error("invalid int32: " + typeof arg);
  if (!Number.isInteger(arg) || arg > INT32_MAX || arg < INT32_MIN)
    throw new Error("invalid int32: " + arg);
}
function assertUInt32(arg) {
  if (typeof arg == "string")
    arg = Number(arg);
  else if (typeof arg != "number")
    throw new Error("invalid uint32: " + typeof arg);
  if (!Number.isInteger(arg) || arg > UINT32_MAX || arg < 0)
    throw new Error("invalid uint32: " + arg);
}
function assertFloat32(arg) {
  if (typeof arg == "string") {
    let o = arg;
    if (arg = Number(arg), Number.isNaN(arg) && o !== "NaN")
      throw new Error("invalid float32: " + o);
  } else if (typeof arg != "number")
    throw new Error("invalid float32: " + typeof arg);
  if (!Number.isFinite(Math.fround(arg)) && Number.isFinite(arg))
    throw new Error("invalid float32: " + arg);
}

// node_modules/@bufbuild/protobuf/dist/esm/reflect/message.js
var NULL_VALUE = 0;
function localMessageMapper(field) {
  if (usesJsonRepresentation(field))
    return {
      toMessage: (local) => wktStructToReflect(local),
      toLocal: (message) => wktStructToLocal(message)
    };
  if (field.fieldKind == "message" && !field.oneof && isWrapperDesc(field.message)) {
    let wrapperDesc = field.message, valueLocalName = wrapperDesc.fields[0].localName;
    return {
      toMessage: (local) => {
        let message = create(wrapperDesc);
        return local !== void 0 && (message[valueLocalName] = local), message;
      },
      toLocal: (message) => message[valueLocalName]
    };
  }
  let childDesc = field.message;
  return {
    toMessage: (local) => local === void 0 ? create(childDesc) : local,
    toLocal: (message) => message
  };
}
function usesJsonRepresentation(field) {
  return field.message.typeName == "google.protobuf.Struct" && field.parent.typeName != "google.protobuf.Value";
}
function wktStructToReflect(json) {
  let struct = {
    $typeName: "google.protobuf.Struct",
    fields: {}
  };
  if (isObject(json))
    for (let k of Object.keys(json))
      setOwn(struct.fields, k, wktValueToReflect(json[k]));
  return struct;
}
function wktStructToLocal(val) {
  let json = {};
  for (let k of Object.keys(val.fields))
    setOwn(json, k, wktValueToLocal(val.fields[k]));
  return json;
}
function wktValueToLocal(val) {
  switch (val.kind.case) {
    case "structValue":
      return wktStructToLocal(val.kind.value);
    case "listValue":
      return val.kind.value.values.map(wktValueToLocal);
    case "nullValue":
    case void 0:
      return null;
    default:
      return val.kind.value;
  }
}
function wktValueToReflect(json) {
  let value = {
    $typeName: "google.protobuf.Value",
    kind: { case: void 0 }
  };
  switch (typeof json) {
    case "number":
      value.kind = { case: "numberValue", value: json };
      break;
    case "string":
      value.kind = { case: "stringValue", value: json };
      break;
    case "boolean":
      value.kind = { case: "boolValue", value: json };
      break;
    case "object":
      if (json === null)
        value.kind = { case: "nullValue", value: NULL_VALUE };
      else if (Array.isArray(json)) {
        let listValue = {
          $typeName: "google.protobuf.ListValue",
          values: []
        };
        if (Array.isArray(json))
          for (let e of json)
            listValue.values.push(wktValueToReflect(e));
        value.kind = {
          case: "listValue",
          value: listValue
        };
      } else
        value.kind = {
          case: "structValue",
          value: wktStructToReflect(json)
        };
      break;
  }
  return value;
}

// node_modules/@bufbuild/protobuf/dist/esm/wire/base64-encoding.js
var nativeSetFromBase64 = Uint8Array.prototype.setFromBase64;
function base64Decode(base64Str) {
  let len = base64Str.length, size = len - (len + 3 >> 2);
  (len & 3) == 0 && base64Str[len - 1] == "=" && (size -= base64Str[len - 2] == "=" ? 2 : 1);
  let bytes = new Uint8Array(size), written = -1;
  if (nativeSetFromBase64)
    try {
      let result = nativeSetFromBase64.call(bytes, base64Str);
      result.read == len && (written = result.written);
    } catch {
    }
  return written < 0 && (written = setFromBase64(bytes, base64Str)), written == size ? bytes : bytes.subarray(0, written);
}
function setFromBase64(bytes, base64Str) {
  let table = getDecodeTable(), bytePos = 0, groupPos = 0, b, p = 0;
  for (let i = 0; i < base64Str.length; i++) {
    if (b = table[base64Str.charCodeAt(i)], b === void 0)
      switch (base64Str[i]) {
        // @ts-ignore TS7029: Fallthrough case in switch -- ignore instead of expect-error for compiler settings without noFallthroughCasesInSwitch: true
        case "=":
          groupPos = 0;
        // reset state when padding found
        case `
`:
        case "\r":
        case "	":
        case " ":
          continue;
        // skip white-space, and padding
        default:
          throw Error("invalid base64 string");
      }
    switch (groupPos) {
      case 0:
        p = b, groupPos = 1;
        break;
      case 1:
        bytes[bytePos++] = p << 2 | (b & 48) >> 4, p = b, groupPos = 2;
        break;
      case 2:
        bytes[bytePos++] = (p & 15) << 4 | (b & 60) >> 2, p = b, groupPos = 3;
        break;
      case 3:
        bytes[bytePos++] = (p & 3) << 6 | b, groupPos = 0;
        break;
    }
  }
  if (groupPos == 1)
    throw Error("invalid base64 string");
  return bytePos;
}
var nativeToBase64 = Uint8Array.prototype.toBase64;
var encodeTableStd, encodeTableUrl, decodeTable;
function getEncodeTable(encoding) {
  return encodeTableStd || (encodeTableStd = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".split(""), encodeTableUrl = encodeTableStd.slice(0, -2).concat("-", "_")), encoding == "url" ? (
    // biome-ignore lint/style/noNonNullAssertion: TS fails to narrow down
    encodeTableUrl
  ) : encodeTableStd;
}
function getDecodeTable() {
  if (!decodeTable) {
    decodeTable = [];
    let encodeTable = getEncodeTable("std");
    for (let i = 0; i < encodeTable.length; i++)
      decodeTable[encodeTable[i].charCodeAt(0)] = i;
    decodeTable[45] = encodeTable.indexOf("+"), decodeTable[95] = encodeTable.indexOf("/");
  }
  return decodeTable;
}

// node_modules/@bufbuild/protobuf/dist/esm/reflect/names.js
function protoCamelCase(snakeCase) {
  let capNext = !1, b = [];
  for (let i = 0; i < snakeCase.length; i++) {
    let c = snakeCase.charAt(i);
    switch (c) {
      case "_":
        capNext = !0;
        break;
      case "0":
      case "1":
      case "2":
      case "3":
      case "4":
      case "5":
      case "6":
      case "7":
      case "8":
      case "9":
        b.push(c), capNext = !1;
        break;
      default:
        capNext && (capNext = !1, c = c.toUpperCase()), b.push(c);
        break;
    }
  }
  return b.join("");
}
var reservedObjectProperties = /* @__PURE__ */ new Set([
  // names reserved by JavaScript
  "constructor",
  "toString",
  "toJSON",
  "valueOf"
]);
function safeObjectProperty(name) {
  return reservedObjectProperties.has(name) ? name + "$" : name;
}

// node_modules/@bufbuild/protobuf/dist/esm/codegenv2/restore-json-names.js
function restoreJsonNames(message) {
  for (let f of message.field)
    unsafeIsSetExplicit(f, "jsonName") || (f.jsonName = protoCamelCase(f.name));
  message.nestedType.forEach(restoreJsonNames);
}

// node_modules/@bufbuild/protobuf/dist/esm/wire/text-format.js
function parseTextFormatEnumValue(descEnum, value) {
  let enumValue = descEnum.values.find((v) => v.name === value);
  if (!enumValue)
    throw new Error(`cannot parse ${descEnum} default value: ${value}`);
  return enumValue.number;
}
function parseTextFormatScalarValue(type, value) {
  switch (type) {
    case ScalarType.STRING:
      return value;
    case ScalarType.BYTES: {
      let u = unescapeBytesDefaultValue(value);
      if (u === !1)
        throw new Error(`cannot parse ${ScalarType[type]} default value: ${value}`);
      return u;
    }
    case ScalarType.INT64:
    case ScalarType.SFIXED64:
    case ScalarType.SINT64:
      return protoInt64.parse(value);
    case ScalarType.UINT64:
    case ScalarType.FIXED64:
      return protoInt64.uParse(value);
    case ScalarType.DOUBLE:
    case ScalarType.FLOAT:
      switch (value) {
        case "inf":
          return Number.POSITIVE_INFINITY;
        case "-inf":
          return Number.NEGATIVE_INFINITY;
        case "nan":
          return Number.NaN;
        default:
          return parseFloat(value);
      }
    case ScalarType.BOOL:
      return value === "true";
    case ScalarType.INT32:
    case ScalarType.UINT32:
    case ScalarType.SINT32:
    case ScalarType.FIXED32:
    case ScalarType.SFIXED32:
      return parseInt(value, 10);
  }
}
function unescapeBytesDefaultValue(str) {
  let b = [], input = {
    tail: str,
    c: "",
    next() {
      return this.tail.length == 0 ? !1 : (this.c = this.tail[0], this.tail = this.tail.substring(1), !0);
    },
    take(n) {
      if (this.tail.length >= n) {
        let r = this.tail.substring(0, n);
        return this.tail = this.tail.substring(n), r;
      }
      return !1;
    }
  };
  for (; input.next(); )
    switch (input.c) {
      case "\\":
        if (input.next())
          switch (input.c) {
            case "\\":
              b.push(input.c.charCodeAt(0));
              break;
            case "b":
              b.push(8);
              break;
            case "f":
              b.push(12);
              break;
            case "n":
              b.push(10);
              break;
            case "r":
              b.push(13);
              break;
            case "t":
              b.push(9);
              break;
            case "v":
              b.push(11);
              break;
            case "0":
            case "1":
            case "2":
            case "3":
            case "4":
            case "5":
            case "6":
            case "7": {
              let s = input.c, t = input.take(2);
              if (t === !1)
                return !1;
              let n = parseInt(s + t, 8);
              if (Number.isNaN(n))
                return !1;
              b.push(n);
              break;
            }
            case "x": {
              let s = input.c, t = input.take(2);
              if (t === !1)
                return !1;
              let n = parseInt(s + t, 16);
              if (Number.isNaN(n))
                return !1;
              b.push(n);
              break;
            }
            case "u": {
              let s = input.c, t = input.take(4);
              if (t === !1)
                return !1;
              let n = parseInt(s + t, 16);
              if (Number.isNaN(n))
                return !1;
              let chunk = new Uint8Array(4);
              new DataView(chunk.buffer).setInt32(0, n, !0), b.push(chunk[0], chunk[1], chunk[2], chunk[3]);
              break;
            }
            case "U": {
              let s = input.c, t = input.take(8);
              if (t === !1)
                return !1;
              let tc = protoInt64.uEnc(s + t), chunk = new Uint8Array(8), view = new DataView(chunk.buffer);
              view.setInt32(0, tc.lo, !0), view.setInt32(4, tc.hi, !0), b.push(chunk[0], chunk[1], chunk[2], chunk[3], chunk[4], chunk[5], chunk[6], chunk[7]);
              break;
            }
          }
        break;
      default:
        b.push(input.c.charCodeAt(0));
    }
  return new Uint8Array(b);
}

// node_modules/@bufbuild/protobuf/dist/esm/reflect/nested-types.js
function* nestedTypes(desc) {
  switch (desc.kind) {
    case "file":
      for (let message of desc.messages)
        yield message, yield* nestedTypes(message);
      yield* desc.enums, yield* desc.services, yield* desc.extensions;
      break;
    case "message":
      for (let message of desc.nestedMessages)
        yield message, yield* nestedTypes(message);
      yield* desc.nestedEnums, yield* desc.nestedExtensions;
      break;
  }
}

// node_modules/@bufbuild/protobuf/dist/esm/registry.js
function createEmbeddedFileRegistry(fileDescriptorProto, resolve) {
  return buildFileRegistry([fileDescriptorProto, resolve]);
}
function buildFileRegistry(args, check) {
  let registry = createBaseRegistry();
  if (!args.length)
    return registry;
  if ("$typeName" in args[0] && args[0].$typeName == "google.protobuf.FileDescriptorSet") {
    for (let file of args[0].file)
      check?.(file), addFile(file, registry);
    return registry;
  }
  if ("$typeName" in args[0]) {
    let recurseDeps = function(file) {
      let deps = [];
      for (let protoFileName of file.dependency) {
        if (registry.getFile(protoFileName) != null || seen.has(protoFileName))
          continue;
        let dep = resolve(protoFileName);
        if (!dep)
          throw new Error(`Unable to resolve ${protoFileName}, imported by ${file.name}`);
        "kind" in dep ? registry.addFile(dep, !1, !0) : (seen.add(dep.name), deps.push(dep));
      }
      return deps.concat(...deps.map(recurseDeps));
    }, input = args[0], resolve = args[1], seen = /* @__PURE__ */ new Set();
    for (let file of [input, ...recurseDeps(input)].reverse())
      check?.(file), addFile(file, registry);
  } else
    for (let fileReg of args)
      for (let file of fileReg.files)
        registry.addFile(file);
  return registry;
}
function createBaseRegistry() {
  let types = /* @__PURE__ */ new Map(), extendees = /* @__PURE__ */ new Map(), files = /* @__PURE__ */ new Map();
  return {
    kind: "registry",
    types,
    extendees,
    [Symbol.iterator]() {
      return types.values();
    },
    get files() {
      return files.values();
    },
    addFile(file, skipTypes, withDeps) {
      if (files.set(file.proto.name, file), !skipTypes)
        for (let type of nestedTypes(file))
          this.add(type);
      if (withDeps)
        for (let f of file.dependencies)
          this.addFile(f, skipTypes, withDeps);
    },
    add(desc) {
      if (desc.kind == "extension") {
        let numberToExt = extendees.get(desc.extendee.typeName);
        numberToExt || extendees.set(
          desc.extendee.typeName,
          // biome-ignore lint/suspicious/noAssignInExpressions: no
          numberToExt = /* @__PURE__ */ new Map()
        ), numberToExt.set(desc.number, desc);
      }
      types.set(desc.typeName, desc);
    },
    get(typeName) {
      return types.get(typeName);
    },
    getFile(fileName) {
      return files.get(fileName);
    },
    getMessage(typeName) {
      let t = types.get(typeName);
      return t?.kind == "message" ? t : void 0;
    },
    getEnum(typeName) {
      let t = types.get(typeName);
      return t?.kind == "enum" ? t : void 0;
    },
    getExtension(typeName) {
      let t = types.get(typeName);
      return t?.kind == "extension" ? t : void 0;
    },
    getExtensionFor(extendee, no) {
      var _a;
      return (_a = extendees.get(extendee.typeName)) === null || _a === void 0 ? void 0 : _a.get(no);
    },
    getService(typeName) {
      let t = types.get(typeName);
      return t?.kind == "service" ? t : void 0;
    }
  };
}
var EDITION_PROTO22 = 998, EDITION_PROTO32 = 999, EDITION_UNSTABLE = 9999, TYPE_STRING = 9, TYPE_GROUP = 10, TYPE_MESSAGE = 11, TYPE_BYTES = 12, TYPE_ENUM = 14, LABEL_REPEATED = 3, LABEL_REQUIRED = 2, JS_STRING = 1, IDEMPOTENCY_UNKNOWN = 0, EXPLICIT = 1, IMPLICIT2 = 2, LEGACY_REQUIRED = 3, PACKED = 1, DELIMITED = 2, OPEN = 1, VERIFY = 2;
var maximumEdition = 1002, featureDefaults = {
  // EDITION_PROTO2
  998: {
    fieldPresence: 1,
    // EXPLICIT,
    enumType: 2,
    // CLOSED,
    repeatedFieldEncoding: 2,
    // EXPANDED,
    utf8Validation: 3,
    // NONE,
    messageEncoding: 1,
    // LENGTH_PREFIXED,
    jsonFormat: 2,
    // LEGACY_BEST_EFFORT,
    enforceNamingStyle: 2,
    // STYLE_LEGACY,
    defaultSymbolVisibility: 1,
    // EXPORT_ALL,
    enforceProtoLimits: 1
    // LEGACY_NO_EXPLICIT_LIMITS,
  },
  // EDITION_PROTO3
  999: {
    fieldPresence: 2,
    // IMPLICIT,
    enumType: 1,
    // OPEN,
    repeatedFieldEncoding: 1,
    // PACKED,
    utf8Validation: 2,
    // VERIFY,
    messageEncoding: 1,
    // LENGTH_PREFIXED,
    jsonFormat: 1,
    // ALLOW,
    enforceNamingStyle: 2,
    // STYLE_LEGACY,
    defaultSymbolVisibility: 1,
    // EXPORT_ALL,
    enforceProtoLimits: 1
    // LEGACY_NO_EXPLICIT_LIMITS,
  },
  // EDITION_2023
  1e3: {
    fieldPresence: 1,
    // EXPLICIT,
    enumType: 1,
    // OPEN,
    repeatedFieldEncoding: 1,
    // PACKED,
    utf8Validation: 2,
    // VERIFY,
    messageEncoding: 1,
    // LENGTH_PREFIXED,
    jsonFormat: 1,
    // ALLOW,
    enforceNamingStyle: 2,
    // STYLE_LEGACY,
    defaultSymbolVisibility: 1,
    // EXPORT_ALL,
    enforceProtoLimits: 1
    // LEGACY_NO_EXPLICIT_LIMITS,
  },
  // EDITION_2024
  1001: {
    fieldPresence: 1,
    // EXPLICIT,
    enumType: 1,
    // OPEN,
    repeatedFieldEncoding: 1,
    // PACKED,
    utf8Validation: 2,
    // VERIFY,
    messageEncoding: 1,
    // LENGTH_PREFIXED,
    jsonFormat: 1,
    // ALLOW,
    enforceNamingStyle: 1,
    // STYLE2024,
    defaultSymbolVisibility: 2,
    // EXPORT_TOP_LEVEL,
    enforceProtoLimits: 1
    // LEGACY_NO_EXPLICIT_LIMITS,
  },
  // EDITION_2026
  1002: {
    fieldPresence: 1,
    // EXPLICIT,
    enumType: 1,
    // OPEN,
    repeatedFieldEncoding: 1,
    // PACKED,
    utf8Validation: 2,
    // VERIFY,
    messageEncoding: 1,
    // LENGTH_PREFIXED,
    jsonFormat: 1,
    // ALLOW,
    enforceNamingStyle: 3,
    // STYLE2026,
    defaultSymbolVisibility: 4,
    // STRICT,
    enforceProtoLimits: 2
    // PROTO_LIMITS2026,
  }
};
function addFile(proto, reg) {
  var _a, _b;
  let file = {
    kind: "file",
    proto,
    deprecated: (_b = (_a = proto.options) === null || _a === void 0 ? void 0 : _a.deprecated) !== null && _b !== void 0 ? _b : !1,
    edition: getFileEdition(proto),
    name: proto.name.replace(/\.proto$/, ""),
    dependencies: findFileDependencies(proto, reg),
    enums: [],
    messages: [],
    extensions: [],
    services: [],
    toString() {
      return `file ${proto.name}`;
    }
  }, mapEntriesStore = /* @__PURE__ */ new Map(), mapEntries = {
    get(typeName) {
      return mapEntriesStore.get(typeName);
    },
    add(desc) {
      var _a2;
      assert(((_a2 = desc.proto.options) === null || _a2 === void 0 ? void 0 : _a2.mapEntry) === !0), mapEntriesStore.set(desc.typeName, desc);
    }
  };
  for (let enumProto of proto.enumType)
    addEnum(enumProto, file, void 0, reg);
  for (let messageProto of proto.messageType)
    addMessage(messageProto, file, void 0, reg, mapEntries);
  for (let serviceProto of proto.service)
    addService(serviceProto, file, reg);
  addExtensions(file, reg);
  for (let mapEntry of mapEntriesStore.values())
    addFields(mapEntry, reg, mapEntries);
  for (let message of file.messages)
    addFields(message, reg, mapEntries), addExtensions(message, reg);
  reg.addFile(file, !0);
}
function addExtensions(desc, reg) {
  switch (desc.kind) {
    case "file":
      for (let proto of desc.proto.extension) {
        let ext = newField(proto, desc, reg);
        desc.extensions.push(ext), reg.add(ext);
      }
      break;
    case "message":
      for (let proto of desc.proto.extension) {
        let ext = newField(proto, desc, reg);
        desc.nestedExtensions.push(ext), reg.add(ext);
      }
      for (let message of desc.nestedMessages)
        addExtensions(message, reg);
      break;
  }
}
function addFields(message, reg, mapEntries) {
  let allOneofs = message.proto.oneofDecl.map((proto) => newOneof(proto, message)), oneofsSeen = /* @__PURE__ */ new Set();
  for (let proto of message.proto.field) {
    let oneof = findOneof(proto, allOneofs), field = newField(proto, message, reg, oneof, mapEntries);
    message.fields.push(field), message.field[field.localName] = field, oneof === void 0 ? message.members.push(field) : (oneof.fields.push(field), oneofsSeen.has(oneof) || (oneofsSeen.add(oneof), message.members.push(oneof)));
  }
  for (let oneof of allOneofs.filter((o) => oneofsSeen.has(o)))
    message.oneofs.push(oneof);
  for (let child of message.nestedMessages)
    addFields(child, reg, mapEntries);
}
function addEnum(proto, file, parent, reg) {
  var _a, _b, _c, _d, _e, _f, _g, _h, _j;
  let sharedPrefix = findEnumSharedPrefix(proto.name, proto.value), desc = {
    kind: "enum",
    proto,
    deprecated: (_b = (_a = proto.options) === null || _a === void 0 ? void 0 : _a.deprecated) !== null && _b !== void 0 ? _b : !1,
    file,
    parent,
    open: !0,
    name: proto.name,
    typeName: makeTypeName(proto, parent, file),
    value: {},
    values: [],
    sharedPrefix,
    toString() {
      return `enum ${this.typeName}`;
    }
  };
  desc.open = isEnumOpen(desc), reg.add(desc);
  for (let p of proto.value) {
    let name = p.name, value = {
      kind: "enum_value",
      proto: p,
      deprecated: (_d = (_c = p.options) === null || _c === void 0 ? void 0 : _c.deprecated) !== null && _d !== void 0 ? _d : !1,
      parent: desc,
      name,
      localName: safeObjectProperty(sharedPrefix == null ? name : name.substring(sharedPrefix.length)),
      number: p.number,
      jsonName: (_e = findEnumValueJsonName(p)) !== null && _e !== void 0 ? _e : name,
      toString() {
        return `enum value ${desc.typeName}.${name}`;
      }
    };
    desc.values.push(value), (_f = (_h = desc.value)[_j = p.number]) !== null && _f !== void 0 || (_h[_j] = value);
  }
  ((_g = parent?.nestedEnums) !== null && _g !== void 0 ? _g : file.enums).push(desc);
}
function addMessage(proto, file, parent, reg, mapEntries) {
  var _a, _b, _c, _d;
  let desc = {
    kind: "message",
    proto,
    deprecated: (_b = (_a = proto.options) === null || _a === void 0 ? void 0 : _a.deprecated) !== null && _b !== void 0 ? _b : !1,
    file,
    parent,
    name: proto.name,
    typeName: makeTypeName(proto, parent, file),
    fields: [],
    field: {},
    oneofs: [],
    members: [],
    nestedEnums: [],
    nestedMessages: [],
    nestedExtensions: [],
    toString() {
      return `message ${this.typeName}`;
    }
  };
  ((_c = proto.options) === null || _c === void 0 ? void 0 : _c.mapEntry) === !0 ? mapEntries.add(desc) : (((_d = parent?.nestedMessages) !== null && _d !== void 0 ? _d : file.messages).push(desc), reg.add(desc));
  for (let enumProto of proto.enumType)
    addEnum(enumProto, file, desc, reg);
  for (let messageProto of proto.nestedType)
    addMessage(messageProto, file, desc, reg, mapEntries);
}
function addService(proto, file, reg) {
  var _a, _b;
  let desc = {
    kind: "service",
    proto,
    deprecated: (_b = (_a = proto.options) === null || _a === void 0 ? void 0 : _a.deprecated) !== null && _b !== void 0 ? _b : !1,
    file,
    name: proto.name,
    typeName: makeTypeName(proto, void 0, file),
    methods: [],
    method: {},
    toString() {
      return `service ${this.typeName}`;
    }
  };
  file.services.push(desc), reg.add(desc);
  for (let methodProto of proto.method) {
    let method = newMethod(methodProto, desc, reg);
    desc.methods.push(method), desc.method[method.localName] = method;
  }
}
function newMethod(proto, parent, reg) {
  var _a, _b, _c, _d;
  let methodKind;
  proto.clientStreaming && proto.serverStreaming ? methodKind = "bidi_streaming" : proto.clientStreaming ? methodKind = "client_streaming" : proto.serverStreaming ? methodKind = "server_streaming" : methodKind = "unary";
  let input = reg.getMessage(trimLeadingDot(proto.inputType)), output = reg.getMessage(trimLeadingDot(proto.outputType));
  assert(input, `invalid MethodDescriptorProto: input_type ${proto.inputType} not found`), assert(output, `invalid MethodDescriptorProto: output_type ${proto.inputType} not found`);
  let name = proto.name;
  return {
    kind: "rpc",
    proto,
    deprecated: (_b = (_a = proto.options) === null || _a === void 0 ? void 0 : _a.deprecated) !== null && _b !== void 0 ? _b : !1,
    parent,
    name,
    localName: safeObjectProperty(name.length ? safeObjectProperty(name[0].toLowerCase() + name.substring(1)) : name),
    methodKind,
    input,
    output,
    idempotency: (_d = (_c = proto.options) === null || _c === void 0 ? void 0 : _c.idempotencyLevel) !== null && _d !== void 0 ? _d : IDEMPOTENCY_UNKNOWN,
    toString() {
      return `rpc ${parent.typeName}.${name}`;
    }
  };
}
function newOneof(proto, parent) {
  return {
    kind: "oneof",
    proto,
    deprecated: !1,
    parent,
    fields: [],
    name: proto.name,
    localName: safeObjectProperty(protoCamelCase(proto.name)),
    toString() {
      return `oneof ${parent.typeName}.${this.name}`;
    }
  };
}
function newField(proto, parentOrFile, reg, oneof, mapEntries) {
  var _a, _b, _c;
  let isExtension = mapEntries === void 0, field = {
    kind: "field",
    proto,
    deprecated: (_b = (_a = proto.options) === null || _a === void 0 ? void 0 : _a.deprecated) !== null && _b !== void 0 ? _b : !1,
    name: proto.name,
    number: proto.number,
    scalar: void 0,
    message: void 0,
    enum: void 0,
    presence: getFieldPresence(proto, oneof, isExtension, parentOrFile),
    utf8Validation: isUtf8Validated(proto, parentOrFile),
    listKind: void 0,
    mapKind: void 0,
    mapKey: void 0,
    delimitedEncoding: void 0,
    packed: void 0,
    longAsString: !1,
    getDefaultValue: void 0
  }, toStr;
  if (isExtension) {
    let file = parentOrFile.kind == "file" ? parentOrFile : parentOrFile.file, parent = parentOrFile.kind == "file" ? void 0 : parentOrFile, typeName = makeTypeName(proto, parent, file);
    field.kind = "extension", field.file = file, field.parent = parent, field.oneof = void 0, field.typeName = typeName, field.jsonName = `[${typeName}]`, toStr = () => `extension ${typeName}`;
    let extendee = reg.getMessage(trimLeadingDot(proto.extendee));
    assert(extendee, `invalid FieldDescriptorProto: extendee ${proto.extendee} not found`), field.extendee = extendee;
  } else {
    let parent = parentOrFile;
    assert(parent.kind == "message"), field.parent = parent, field.oneof = oneof, field.localName = oneof ? protoCamelCase(proto.name) : safeObjectProperty(protoCamelCase(proto.name)), field.jsonName = proto.jsonName, toStr = () => `field ${parent.typeName}.${proto.name}`;
  }
  Object.defineProperty(field, "toString", {
    value: toStr,
    writable: !0,
    enumerable: !0,
    configurable: !0
  });
  let label = proto.label, type = proto.type, jstype = (_c = proto.options) === null || _c === void 0 ? void 0 : _c.jstype;
  if (label === LABEL_REPEATED) {
    let mapEntry = type == TYPE_MESSAGE ? mapEntries?.get(trimLeadingDot(proto.typeName)) : void 0;
    if (mapEntry) {
      field.fieldKind = "map";
      let { key, value } = findMapEntryFields(mapEntry);
      return field.mapKey = key.scalar, field.mapKind = value.fieldKind, field.message = value.message, field.delimitedEncoding = !1, field.enum = value.enum, field.scalar = value.scalar, field;
    }
    switch (field.fieldKind = "list", type) {
      case TYPE_MESSAGE:
      case TYPE_GROUP:
        field.listKind = "message", field.message = reg.getMessage(trimLeadingDot(proto.typeName)), assert(field.message), field.delimitedEncoding = isDelimitedEncoding(proto, parentOrFile);
        break;
      case TYPE_ENUM:
        field.listKind = "enum", field.enum = reg.getEnum(trimLeadingDot(proto.typeName)), assert(field.enum);
        break;
      default:
        field.listKind = "scalar", field.scalar = type, field.longAsString = jstype == JS_STRING;
        break;
    }
    return field.packed = isPackedField(proto, parentOrFile), field;
  }
  switch (type) {
    case TYPE_MESSAGE:
    case TYPE_GROUP:
      field.fieldKind = "message", field.message = reg.getMessage(trimLeadingDot(proto.typeName)), assert(field.message, `invalid FieldDescriptorProto: type_name ${proto.typeName} not found`), field.delimitedEncoding = isDelimitedEncoding(proto, parentOrFile), field.getDefaultValue = () => {
      };
      break;
    case TYPE_ENUM: {
      let enumeration = reg.getEnum(trimLeadingDot(proto.typeName));
      assert(enumeration !== void 0, `invalid FieldDescriptorProto: type_name ${proto.typeName} not found`), field.fieldKind = "enum", field.enum = reg.getEnum(trimLeadingDot(proto.typeName)), field.getDefaultValue = () => unsafeIsSetExplicit(proto, "defaultValue") ? parseTextFormatEnumValue(enumeration, proto.defaultValue) : void 0;
      break;
    }
    default: {
      field.fieldKind = "scalar", field.scalar = type, field.longAsString = jstype == JS_STRING, field.getDefaultValue = () => unsafeIsSetExplicit(proto, "defaultValue") ? parseTextFormatScalarValue(type, proto.defaultValue) : void 0;
      break;
    }
  }
  return field;
}
function getFileEdition(proto) {
  switch (proto.syntax) {
    case "":
    case "proto2":
      return EDITION_PROTO22;
    case "proto3":
      return EDITION_PROTO32;
    case "editions":
      if (proto.edition === EDITION_UNSTABLE)
        return maximumEdition;
      if (proto.edition in featureDefaults)
        return proto.edition;
      throw new Error(`${proto.name}: unsupported edition`);
    default:
      throw new Error(`${proto.name}: unsupported syntax "${proto.syntax}"`);
  }
}
function findFileDependencies(proto, reg) {
  return proto.dependency.map((wantName) => {
    let dep = reg.getFile(wantName);
    if (!dep)
      throw new Error(`Cannot find ${wantName}, imported by ${proto.name}`);
    return dep;
  });
}
function findEnumSharedPrefix(enumName, values) {
  let prefix = camelToSnakeCase(enumName) + "_";
  for (let value of values) {
    if (!value.name.toLowerCase().startsWith(prefix))
      return;
    let shortName = value.name.substring(prefix.length);
    if (shortName.length == 0 || /^\d/.test(shortName))
      return;
  }
  return prefix;
}
function findEnumValueJsonName(proto) {
  var _a, _b;
  let jsonName;
  for (let uf of (_b = (_a = proto.options) === null || _a === void 0 ? void 0 : _a.$unknown) !== null && _b !== void 0 ? _b : []) {
    if (uf.no !== 998 || uf.wireType !== WireType.LengthDelimited)
      continue;
    let reader = new BinaryReader(new BinaryReader(uf.data).bytes());
    for (; reader.pos < reader.len; ) {
      let [no, wireType] = reader.tag();
      no === 1 && wireType === WireType.LengthDelimited ? jsonName = reader.string() : reader.skip(wireType, no);
    }
  }
  return jsonName;
}
function camelToSnakeCase(camel) {
  return (camel.substring(0, 1) + camel.substring(1).replace(/[A-Z]/g, (c) => "_" + c)).toLowerCase();
}
function makeTypeName(proto, parent, file) {
  let typeName;
  return parent ? typeName = `${parent.typeName}.${proto.name}` : file.proto.package.length > 0 ? typeName = `${file.proto.package}.${proto.name}` : typeName = `${proto.name}`, typeName;
}
function trimLeadingDot(typeName) {
  return typeName.startsWith(".") ? typeName.substring(1) : typeName;
}
function findOneof(proto, allOneofs) {
  if (!unsafeIsSetExplicit(proto, "oneofIndex") || proto.proto3Optional)
    return;
  let oneof = allOneofs[proto.oneofIndex];
  return assert(oneof, `invalid FieldDescriptorProto: oneof #${proto.oneofIndex} for field #${proto.number} not found`), oneof;
}
function getFieldPresence(proto, oneof, isExtension, parent) {
  if (proto.label == LABEL_REQUIRED)
    return LEGACY_REQUIRED;
  if (proto.label == LABEL_REPEATED)
    return IMPLICIT2;
  if (oneof || proto.proto3Optional || isExtension)
    return EXPLICIT;
  let resolved = resolveFeature("fieldPresence", { proto, parent });
  return resolved == IMPLICIT2 && (proto.type == TYPE_MESSAGE || proto.type == TYPE_GROUP) ? EXPLICIT : resolved;
}
function isPackedField(proto, parent) {
  if (proto.label != LABEL_REPEATED)
    return !1;
  switch (proto.type) {
    case TYPE_STRING:
    case TYPE_BYTES:
    case TYPE_GROUP:
    case TYPE_MESSAGE:
      return !1;
  }
  let o = proto.options;
  return o && unsafeIsSetExplicit(o, "packed") ? o.packed : PACKED == resolveFeature("repeatedFieldEncoding", {
    proto,
    parent
  });
}
function findMapEntryFields(mapEntry) {
  let key = mapEntry.fields.find((f) => f.number === 1), value = mapEntry.fields.find((f) => f.number === 2);
  return assert(key && key.fieldKind == "scalar" && key.scalar != ScalarType.BYTES && key.scalar != ScalarType.FLOAT && key.scalar != ScalarType.DOUBLE && value && value.fieldKind != "list" && value.fieldKind != "map"), { key, value };
}
function isEnumOpen(desc) {
  var _a;
  return OPEN == resolveFeature("enumType", {
    proto: desc.proto,
    parent: (_a = desc.parent) !== null && _a !== void 0 ? _a : desc.file
  });
}
function isDelimitedEncoding(proto, parent) {
  return proto.type == TYPE_GROUP ? !0 : DELIMITED == resolveFeature("messageEncoding", {
    proto,
    parent
  });
}
function isUtf8Validated(proto, parent) {
  return VERIFY == resolveFeature("utf8Validation", {
    proto,
    parent
  });
}
function resolveFeature(name, ref) {
  var _a, _b;
  let featureSet = (_a = ref.proto.options) === null || _a === void 0 ? void 0 : _a.features;
  if (featureSet) {
    let val = featureSet[name];
    if (val != 0)
      return val;
  }
  if ("kind" in ref) {
    if (ref.kind == "message")
      return resolveFeature(name, (_b = ref.parent) !== null && _b !== void 0 ? _b : ref.file);
    let editionDefaults = featureDefaults[ref.edition];
    if (!editionDefaults)
      throw new Error(`feature default for edition ${ref.edition} not found`);
    return editionDefaults[name];
  }
  return resolveFeature(name, ref.parent);
}
function assert(condition, msg) {
  if (!condition)
    throw new Error(msg);
}

// node_modules/@bufbuild/protobuf/dist/esm/codegenv2/boot.js
function boot(boot2) {
  let root = bootFileDescriptorProto(boot2);
  return root.messageType.forEach(restoreJsonNames), createEmbeddedFileRegistry(root, () => {
  }).getFile(root.name);
}
function bootFileDescriptorProto(init) {
  return Object.assign(/* @__PURE__ */ Object.create({
    syntax: "",
    edition: 0
  }), Object.assign(Object.assign({ $typeName: "google.protobuf.FileDescriptorProto", dependency: [], publicDependency: [], weakDependency: [], optionDependency: [], service: [], extension: [] }, init), { messageType: init.messageType.map(bootDescriptorProto), enumType: init.enumType.map(bootEnumDescriptorProto) }));
}
function bootDescriptorProto(init) {
  var _a, _b, _c, _d, _e, _f, _g, _h;
  return Object.assign(/* @__PURE__ */ Object.create({
    visibility: 0
  }), {
    $typeName: "google.protobuf.DescriptorProto",
    name: init.name,
    field: (_b = (_a = init.field) === null || _a === void 0 ? void 0 : _a.map(bootFieldDescriptorProto)) !== null && _b !== void 0 ? _b : [],
    extension: [],
    nestedType: (_d = (_c = init.nestedType) === null || _c === void 0 ? void 0 : _c.map(bootDescriptorProto)) !== null && _d !== void 0 ? _d : [],
    enumType: (_f = (_e = init.enumType) === null || _e === void 0 ? void 0 : _e.map(bootEnumDescriptorProto)) !== null && _f !== void 0 ? _f : [],
    extensionRange: (_h = (_g = init.extensionRange) === null || _g === void 0 ? void 0 : _g.map((e) => Object.assign({ $typeName: "google.protobuf.DescriptorProto.ExtensionRange" }, e))) !== null && _h !== void 0 ? _h : [],
    oneofDecl: [],
    reservedRange: [],
    reservedName: []
  });
}
function bootFieldDescriptorProto(init) {
  return Object.assign(/* @__PURE__ */ Object.create({
    label: 1,
    typeName: "",
    extendee: "",
    defaultValue: "",
    oneofIndex: 0,
    jsonName: "",
    proto3Optional: !1
  }), Object.assign(Object.assign({ $typeName: "google.protobuf.FieldDescriptorProto" }, init), { options: init.options ? bootFieldOptions(init.options) : void 0 }));
}
function bootFieldOptions(init) {
  var _a, _b, _c;
  return Object.assign(/* @__PURE__ */ Object.create({
    ctype: 0,
    packed: !1,
    jstype: 0,
    lazy: !1,
    unverifiedLazy: !1,
    deprecated: !1,
    weak: !1,
    debugRedact: !1,
    retention: 0
  }), Object.assign(Object.assign({ $typeName: "google.protobuf.FieldOptions" }, init), { targets: (_a = init.targets) !== null && _a !== void 0 ? _a : [], editionDefaults: (_c = (_b = init.editionDefaults) === null || _b === void 0 ? void 0 : _b.map((e) => Object.assign({ $typeName: "google.protobuf.FieldOptions.EditionDefault" }, e))) !== null && _c !== void 0 ? _c : [], uninterpretedOption: [] }));
}
function bootEnumDescriptorProto(init) {
  return Object.assign(/* @__PURE__ */ Object.create({
    visibility: 0
  }), {
    $typeName: "google.protobuf.EnumDescriptorProto",
    name: init.name,
    reservedName: [],
    reservedRange: [],
    value: init.value.map((e) => Object.assign({ $typeName: "google.protobuf.EnumValueDescriptorProto" }, e))
  });
}

// node_modules/@bufbuild/protobuf/dist/esm/codegenv2/message.js
function messageDesc(file, path, ...paths) {
  return paths.reduce((acc, cur) => acc.nestedMessages[cur], file.messages[path]);
}

// node_modules/@bufbuild/protobuf/dist/esm/codegenv2/enum.js
function enumDesc(file, path, ...paths) {
  if (paths.length == 0)
    return file.enums[path];
  let e = paths.pop();
  return paths.reduce((acc, cur) => acc.nestedMessages[cur], file.messages[path]).nestedEnums[e];
}
function tsEnum(desc) {
  let enumObject = {};
  for (let value of desc.values)
    enumObject[value.localName] = value.number, enumObject[value.number] = value.localName;
  return enumObject;
}

// node_modules/@bufbuild/protobuf/dist/esm/wkt/google/protobuf/descriptor_pb.js
var file_google_protobuf_descriptor = /* @__PURE__ */ boot({ name: "google/protobuf/descriptor.proto", package: "google.protobuf", messageType: [{ name: "FileDescriptorSet", field: [{ name: "file", number: 1, type: 11, label: 3, typeName: ".google.protobuf.FileDescriptorProto" }], extensionRange: [{ start: 536e6, end: 536000001 }] }, { name: "FileDescriptorProto", field: [{ name: "name", number: 1, type: 9, label: 1 }, { name: "package", number: 2, type: 9, label: 1 }, { name: "dependency", number: 3, type: 9, label: 3 }, { name: "public_dependency", number: 10, type: 5, label: 3 }, { name: "weak_dependency", number: 11, type: 5, label: 3 }, { name: "option_dependency", number: 15, type: 9, label: 3 }, { name: "message_type", number: 4, type: 11, label: 3, typeName: ".google.protobuf.DescriptorProto" }, { name: "enum_type", number: 5, type: 11, label: 3, typeName: ".google.protobuf.EnumDescriptorProto" }, { name: "service", number: 6, type: 11, label: 3, typeName: ".google.protobuf.ServiceDescriptorProto" }, { name: "extension", number: 7, type: 11, label: 3, typeName: ".google.protobuf.FieldDescriptorProto" }, { name: "options", number: 8, type: 11, label: 1, typeName: ".google.protobuf.FileOptions" }, { name: "source_code_info", number: 9, type: 11, label: 1, typeName: ".google.protobuf.SourceCodeInfo" }, { name: "syntax", number: 12, type: 9, label: 1 }, { name: "edition", number: 14, type: 14, label: 1, typeName: ".google.protobuf.Edition" }] }, { name: "DescriptorProto", field: [{ name: "name", number: 1, type: 9, label: 1 }, { name: "field", number: 2, type: 11, label: 3, typeName: ".google.protobuf.FieldDescriptorProto" }, { name: "extension", number: 6, type: 11, label: 3, typeName: ".google.protobuf.FieldDescriptorProto" }, { name: "nested_type", number: 3, type: 11, label: 3, typeName: ".google.protobuf.DescriptorProto" }, { name: "enum_type", number: 4, type: 11, label: 3, typeName: ".google.protobuf.EnumDescriptorProto" }, { name: "extension_range", number: 5, type: 11, label: 3, typeName: ".google.protobuf.DescriptorProto.ExtensionRange" }, { name: "oneof_decl", number: 8, type: 11, label: 3, typeName: ".google.protobuf.OneofDescriptorProto" }, { name: "options", number: 7, type: 11, label: 1, typeName: ".google.protobuf.MessageOptions" }, { name: "reserved_range", number: 9, type: 11, label: 3, typeName: ".google.protobuf.DescriptorProto.ReservedRange" }, { name: "reserved_name", number: 10, type: 9, label: 3 }, { name: "visibility", number: 11, type: 14, label: 1, typeName: ".google.protobuf.SymbolVisibility" }], nestedType: [{ name: "ExtensionRange", field: [{ name: "start", number: 1, type: 5, label: 1 }, { name: "end", number: 2, type: 5, label: 1 }, { name: "options", number: 3, type: 11, label: 1, typeName: ".google.protobuf.ExtensionRangeOptions" }] }, { name: "ReservedRange", field: [{ name: "start", number: 1, type: 5, label: 1 }, { name: "end", number: 2, type: 5, label: 1 }] }] }, { name: "ExtensionRangeOptions", field: [{ name: "uninterpreted_option", number: 999, type: 11, label: 3, typeName: ".google.protobuf.UninterpretedOption" }, { name: "declaration", number: 2, type: 11, label: 3, typeName: ".google.protobuf.ExtensionRangeOptions.Declaration", options: { retention: 2 } }, { name: "features", number: 50, type: 11, label: 1, typeName: ".google.protobuf.FeatureSet" }, { name: "verification", number: 3, type: 14, label: 1, typeName: ".google.protobuf.ExtensionRangeOptions.VerificationState", defaultValue: "UNVERIFIED", options: { retention: 2 } }], nestedType: [{ name: "Declaration", field: [{ name: "number", number: 1, type: 5, label: 1 }, { name: "full_name", number: 2, type: 9, label: 1 }, { name: "type", number: 3, type: 9, label: 1 }, { name: "reserved", number: 5, type: 8, label: 1 }, { name: "repeated", number: 6, type: 8, label: 1 }] }], enumType: [{ name: "VerificationState", value: [{ name: "DECLARATION", number: 0 }, { name: "UNVERIFIED", number: 1 }] }], extensionRange: [{ start: 990, end: 999 }, { start: 1e3, end: 536870912 }] }, { name: "FieldDescriptorProto", field: [{ name: "name", number: 1, type: 9, label: 1 }, { name: "number", number: 3, type: 5, label: 1 }, { name: "label", number: 4, type: 14, label: 1, typeName: ".google.protobuf.FieldDescriptorProto.Label" }, { name: "type", number: 5, type: 14, label: 1, typeName: ".google.protobuf.FieldDescriptorProto.Type" }, { name: "type_name", number: 6, type: 9, label: 1 }, { name: "extendee", number: 2, type: 9, label: 1 }, { name: "default_value", number: 7, type: 9, label: 1 }, { name: "oneof_index", number: 9, type: 5, label: 1 }, { name: "json_name", number: 10, type: 9, label: 1 }, { name: "options", number: 8, type: 11, label: 1, typeName: ".google.protobuf.FieldOptions" }, { name: "proto3_optional", number: 17, type: 8, label: 1 }], enumType: [{ name: "Type", value: [{ name: "TYPE_DOUBLE", number: 1 }, { name: "TYPE_FLOAT", number: 2 }, { name: "TYPE_INT64", number: 3 }, { name: "TYPE_UINT64", number: 4 }, { name: "TYPE_INT32", number: 5 }, { name: "TYPE_FIXED64", number: 6 }, { name: "TYPE_FIXED32", number: 7 }, { name: "TYPE_BOOL", number: 8 }, { name: "TYPE_STRING", number: 9 }, { name: "TYPE_GROUP", number: 10 }, { name: "TYPE_MESSAGE", number: 11 }, { name: "TYPE_BYTES", number: 12 }, { name: "TYPE_UINT32", number: 13 }, { name: "TYPE_ENUM", number: 14 }, { name: "TYPE_SFIXED32", number: 15 }, { name: "TYPE_SFIXED64", number: 16 }, { name: "TYPE_SINT32", number: 17 }, { name: "TYPE_SINT64", number: 18 }] }, { name: "Label", value: [{ name: "LABEL_OPTIONAL", number: 1 }, { name: "LABEL_REPEATED", number: 3 }, { name: "LABEL_REQUIRED", number: 2 }] }] }, { name: "OneofDescriptorProto", field: [{ name: "name", number: 1, type: 9, label: 1 }, { name: "options", number: 2, type: 11, label: 1, typeName: ".google.protobuf.OneofOptions" }] }, { name: "EnumDescriptorProto", field: [{ name: "name", number: 1, type: 9, label: 1 }, { name: "value", number: 2, type: 11, label: 3, typeName: ".google.protobuf.EnumValueDescriptorProto" }, { name: "options", number: 3, type: 11, label: 1, typeName: ".google.protobuf.EnumOptions" }, { name: "reserved_range", number: 4, type: 11, label: 3, typeName: ".google.protobuf.EnumDescriptorProto.EnumReservedRange" }, { name: "reserved_name", number: 5, type: 9, label: 3 }, { name: "visibility", number: 6, type: 14, label: 1, typeName: ".google.protobuf.SymbolVisibility" }], nestedType: [{ name: "EnumReservedRange", field: [{ name: "start", number: 1, type: 5, label: 1 }, { name: "end", number: 2, type: 5, label: 1 }] }] }, { name: "EnumValueDescriptorProto", field: [{ name: "name", number: 1, type: 9, label: 1 }, { name: "number", number: 2, type: 5, label: 1 }, { name: "options", number: 3, type: 11, label: 1, typeName: ".google.protobuf.EnumValueOptions" }] }, { name: "ServiceDescriptorProto", field: [{ name: "name", number: 1, type: 9, label: 1 }, { name: "method", number: 2, type: 11, label: 3, typeName: ".google.protobuf.MethodDescriptorProto" }, { name: "options", number: 3, type: 11, label: 1, typeName: ".google.protobuf.ServiceOptions" }] }, { name: "MethodDescriptorProto", field: [{ name: "name", number: 1, type: 9, label: 1 }, { name: "input_type", number: 2, type: 9, label: 1 }, { name: "output_type", number: 3, type: 9, label: 1 }, { name: "options", number: 4, type: 11, label: 1, typeName: ".google.protobuf.MethodOptions" }, { name: "client_streaming", number: 5, type: 8, label: 1, defaultValue: "false" }, { name: "server_streaming", number: 6, type: 8, label: 1, defaultValue: "false" }] }, { name: "FileOptions", field: [{ name: "java_package", number: 1, type: 9, label: 1 }, { name: "java_outer_classname", number: 8, type: 9, label: 1 }, { name: "java_multiple_files", number: 10, type: 8, label: 1, defaultValue: "false", options: {} }, { name: "java_generate_equals_and_hash", number: 20, type: 8, label: 1, options: { deprecated: !0 } }, { name: "java_string_check_utf8", number: 27, type: 8, label: 1, defaultValue: "false" }, { name: "optimize_for", number: 9, type: 14, label: 1, typeName: ".google.protobuf.FileOptions.OptimizeMode", defaultValue: "SPEED" }, { name: "go_package", number: 11, type: 9, label: 1 }, { name: "cc_generic_services", number: 16, type: 8, label: 1, defaultValue: "false" }, { name: "java_generic_services", number: 17, type: 8, label: 1, defaultValue: "false" }, { name: "py_generic_services", number: 18, type: 8, label: 1, defaultValue: "false" }, { name: "deprecated", number: 23, type: 8, label: 1, defaultValue: "false" }, { name: "cc_enable_arenas", number: 31, type: 8, label: 1, defaultValue: "true", options: {} }, { name: "objc_class_prefix", number: 36, type: 9, label: 1 }, { name: "csharp_namespace", number: 37, type: 9, label: 1 }, { name: "swift_prefix", number: 39, type: 9, label: 1 }, { name: "php_class_prefix", number: 40, type: 9, label: 1 }, { name: "php_namespace", number: 41, type: 9, label: 1 }, { name: "php_metadata_namespace", number: 44, type: 9, label: 1 }, { name: "ruby_package", number: 45, type: 9, label: 1 }, { name: "features", number: 50, type: 11, label: 1, typeName: ".google.protobuf.FeatureSet" }, { name: "uninterpreted_option", number: 999, type: 11, label: 3, typeName: ".google.protobuf.UninterpretedOption" }], enumType: [{ name: "OptimizeMode", value: [{ name: "SPEED", number: 1 }, { name: "CODE_SIZE", number: 2 }, { name: "LITE_RUNTIME", number: 3 }] }], extensionRange: [{ start: 990, end: 999 }, { start: 1e3, end: 536870912 }] }, { name: "MessageOptions", field: [{ name: "message_set_wire_format", number: 1, type: 8, label: 1, defaultValue: "false" }, { name: "no_standard_descriptor_accessor", number: 2, type: 8, label: 1, defaultValue: "false" }, { name: "deprecated", number: 3, type: 8, label: 1, defaultValue: "false" }, { name: "map_entry", number: 7, type: 8, label: 1 }, { name: "deprecated_legacy_json_field_conflicts", number: 11, type: 8, label: 1, options: { deprecated: !0 } }, { name: "features", number: 12, type: 11, label: 1, typeName: ".google.protobuf.FeatureSet" }, { name: "uninterpreted_option", number: 999, type: 11, label: 3, typeName: ".google.protobuf.UninterpretedOption" }], extensionRange: [{ start: 990, end: 999 }, { start: 1e3, end: 536870912 }] }, { name: "FieldOptions", field: [{ name: "ctype", number: 1, type: 14, label: 1, typeName: ".google.protobuf.FieldOptions.CType", defaultValue: "STRING" }, { name: "packed", number: 2, type: 8, label: 1 }, { name: "jstype", number: 6, type: 14, label: 1, typeName: ".google.protobuf.FieldOptions.JSType", defaultValue: "JS_NORMAL" }, { name: "lazy", number: 5, type: 8, label: 1, defaultValue: "false" }, { name: "unverified_lazy", number: 15, type: 8, label: 1, defaultValue: "false" }, { name: "deprecated", number: 3, type: 8, label: 1, defaultValue: "false" }, { name: "weak", number: 10, type: 8, label: 1, defaultValue: "false", options: { deprecated: !0 } }, { name: "debug_redact", number: 16, type: 8, label: 1, defaultValue: "false" }, { name: "retention", number: 17, type: 14, label: 1, typeName: ".google.protobuf.FieldOptions.OptionRetention" }, { name: "targets", number: 19, type: 14, label: 3, typeName: ".google.protobuf.FieldOptions.OptionTargetType" }, { name: "edition_defaults", number: 20, type: 11, label: 3, typeName: ".google.protobuf.FieldOptions.EditionDefault" }, { name: "features", number: 21, type: 11, label: 1, typeName: ".google.protobuf.FeatureSet" }, { name: "feature_support", number: 22, type: 11, label: 1, typeName: ".google.protobuf.FieldOptions.FeatureSupport" }, { name: "uninterpreted_option", number: 999, type: 11, label: 3, typeName: ".google.protobuf.UninterpretedOption" }], nestedType: [{ name: "EditionDefault", field: [{ name: "edition", number: 3, type: 14, label: 1, typeName: ".google.protobuf.Edition" }, { name: "value", number: 2, type: 9, label: 1 }] }, { name: "FeatureSupport", field: [{ name: "edition_introduced", number: 1, type: 14, label: 1, typeName: ".google.protobuf.Edition" }, { name: "edition_deprecated", number: 2, type: 14, label: 1, typeName: ".google.protobuf.Edition" }, { name: "deprecation_warning", number: 3, type: 9, label: 1 }, { name: "edition_removed", number: 4, type: 14, label: 1, typeName: ".google.protobuf.Edition" }, { name: "removal_error", number: 5, type: 9, label: 1 }] }], enumType: [{ name: "CType", value: [{ name: "STRING", number: 0 }, { name: "CORD", number: 1 }, { name: "STRING_PIECE", number: 2 }] }, { name: "JSType", value: [{ name: "JS_NORMAL", number: 0 }, { name: "JS_STRING", number: 1 }, { name: "JS_NUMBER", number: 2 }] }, { name: "OptionRetention", value: [{ name: "RETENTION_UNKNOWN", number: 0 }, { name: "RETENTION_RUNTIME", number: 1 }, { name: "RETENTION_SOURCE", number: 2 }] }, { name: "OptionTargetType", value: [{ name: "TARGET_TYPE_UNKNOWN", number: 0 }, { name: "TARGET_TYPE_FILE", number: 1 }, { name: "TARGET_TYPE_EXTENSION_RANGE", number: 2 }, { name: "TARGET_TYPE_MESSAGE", number: 3 }, { name: "TARGET_TYPE_FIELD", number: 4 }, { name: "TARGET_TYPE_ONEOF", number: 5 }, { name: "TARGET_TYPE_ENUM", number: 6 }, { name: "TARGET_TYPE_ENUM_ENTRY", number: 7 }, { name: "TARGET_TYPE_SERVICE", number: 8 }, { name: "TARGET_TYPE_METHOD", number: 9 }] }], extensionRange: [{ start: 990, end: 999 }, { start: 1e3, end: 536870912 }] }, { name: "OneofOptions", field: [{ name: "features", number: 1, type: 11, label: 1, typeName: ".google.protobuf.FeatureSet" }, { name: "uninterpreted_option", number: 999, type: 11, label: 3, typeName: ".google.protobuf.UninterpretedOption" }], extensionRange: [{ start: 990, end: 999 }, { start: 1e3, end: 536870912 }] }, { name: "EnumOptions", field: [{ name: "allow_alias", number: 2, type: 8, label: 1 }, { name: "deprecated", number: 3, type: 8, label: 1, defaultValue: "false" }, { name: "deprecated_legacy_json_field_conflicts", number: 6, type: 8, label: 1, options: { deprecated: !0 } }, { name: "features", number: 7, type: 11, label: 1, typeName: ".google.protobuf.FeatureSet" }, { name: "uninterpreted_option", number: 999, type: 11, label: 3, typeName: ".google.protobuf.UninterpretedOption" }], extensionRange: [{ start: 990, end: 999 }, { start: 1e3, end: 536870912 }] }, { name: "EnumValueOptions", field: [{ name: "deprecated", number: 1, type: 8, label: 1, defaultValue: "false" }, { name: "features", number: 2, type: 11, label: 1, typeName: ".google.protobuf.FeatureSet" }, { name: "debug_redact", number: 3, type: 8, label: 1, defaultValue: "false" }, { name: "feature_support", number: 4, type: 11, label: 1, typeName: ".google.protobuf.FieldOptions.FeatureSupport" }, { name: "uninterpreted_option", number: 999, type: 11, label: 3, typeName: ".google.protobuf.UninterpretedOption" }], extensionRange: [{ start: 990, end: 999 }, { start: 1e3, end: 536870912 }] }, { name: "ServiceOptions", field: [{ name: "features", number: 34, type: 11, label: 1, typeName: ".google.protobuf.FeatureSet" }, { name: "deprecated", number: 33, type: 8, label: 1, defaultValue: "false" }, { name: "uninterpreted_option", number: 999, type: 11, label: 3, typeName: ".google.protobuf.UninterpretedOption" }], extensionRange: [{ start: 990, end: 999 }, { start: 1e3, end: 536870912 }] }, { name: "MethodOptions", field: [{ name: "deprecated", number: 33, type: 8, label: 1, defaultValue: "false" }, { name: "idempotency_level", number: 34, type: 14, label: 1, typeName: ".google.protobuf.MethodOptions.IdempotencyLevel", defaultValue: "IDEMPOTENCY_UNKNOWN" }, { name: "features", number: 35, type: 11, label: 1, typeName: ".google.protobuf.FeatureSet" }, { name: "uninterpreted_option", number: 999, type: 11, label: 3, typeName: ".google.protobuf.UninterpretedOption" }], enumType: [{ name: "IdempotencyLevel", value: [{ name: "IDEMPOTENCY_UNKNOWN", number: 0 }, { name: "NO_SIDE_EFFECTS", number: 1 }, { name: "IDEMPOTENT", number: 2 }] }], extensionRange: [{ start: 990, end: 999 }, { start: 1e3, end: 536870912 }] }, { name: "UninterpretedOption", field: [{ name: "name", number: 2, type: 11, label: 3, typeName: ".google.protobuf.UninterpretedOption.NamePart" }, { name: "identifier_value", number: 3, type: 9, label: 1 }, { name: "positive_int_value", number: 4, type: 4, label: 1 }, { name: "negative_int_value", number: 5, type: 3, label: 1 }, { name: "double_value", number: 6, type: 1, label: 1 }, { name: "string_value", number: 7, type: 12, label: 1 }, { name: "aggregate_value", number: 8, type: 9, label: 1 }], nestedType: [{ name: "NamePart", field: [{ name: "name_part", number: 1, type: 9, label: 2 }, { name: "is_extension", number: 2, type: 8, label: 2 }] }] }, { name: "FeatureSet", field: [{ name: "field_presence", number: 1, type: 14, label: 1, typeName: ".google.protobuf.FeatureSet.FieldPresence", options: { retention: 1, targets: [4, 1], editionDefaults: [{ value: "EXPLICIT", edition: 900 }, { value: "IMPLICIT", edition: 999 }, { value: "EXPLICIT", edition: 1e3 }] } }, { name: "enum_type", number: 2, type: 14, label: 1, typeName: ".google.protobuf.FeatureSet.EnumType", options: { retention: 1, targets: [6, 1], editionDefaults: [{ value: "CLOSED", edition: 900 }, { value: "OPEN", edition: 999 }] } }, { name: "repeated_field_encoding", number: 3, type: 14, label: 1, typeName: ".google.protobuf.FeatureSet.RepeatedFieldEncoding", options: { retention: 1, targets: [4, 1], editionDefaults: [{ value: "EXPANDED", edition: 900 }, { value: "PACKED", edition: 999 }] } }, { name: "utf8_validation", number: 4, type: 14, label: 1, typeName: ".google.protobuf.FeatureSet.Utf8Validation", options: { retention: 1, targets: [4, 1], editionDefaults: [{ value: "NONE", edition: 900 }, { value: "VERIFY", edition: 999 }] } }, { name: "message_encoding", number: 5, type: 14, label: 1, typeName: ".google.protobuf.FeatureSet.MessageEncoding", options: { retention: 1, targets: [4, 1], editionDefaults: [{ value: "LENGTH_PREFIXED", edition: 900 }] } }, { name: "json_format", number: 6, type: 14, label: 1, typeName: ".google.protobuf.FeatureSet.JsonFormat", options: { retention: 1, targets: [3, 6, 1], editionDefaults: [{ value: "LEGACY_BEST_EFFORT", edition: 900 }, { value: "ALLOW", edition: 999 }] } }, { name: "enforce_naming_style", number: 7, type: 14, label: 1, typeName: ".google.protobuf.FeatureSet.EnforceNamingStyle", options: { retention: 2, targets: [1, 2, 3, 4, 5, 6, 7, 8, 9], editionDefaults: [{ value: "STYLE_LEGACY", edition: 900 }, { value: "STYLE2024", edition: 1001 }, { value: "STYLE2026", edition: 1002 }] } }, { name: "default_symbol_visibility", number: 8, type: 14, label: 1, typeName: ".google.protobuf.FeatureSet.VisibilityFeature.DefaultSymbolVisibility", options: { retention: 2, targets: [1], editionDefaults: [{ value: "EXPORT_ALL", edition: 900 }, { value: "EXPORT_TOP_LEVEL", edition: 1001 }, { value: "STRICT", edition: 1002 }] } }, { name: "enforce_proto_limits", number: 9, type: 14, label: 1, typeName: ".google.protobuf.FeatureSet.ProtoLimitsFeature.EnforceProtoLimits", options: { retention: 2, targets: [6, 3, 4, 5], editionDefaults: [{ value: "LEGACY_NO_EXPLICIT_LIMITS", edition: 900 }, { value: "PROTO_LIMITS2026", edition: 1002 }] } }], nestedType: [{ name: "VisibilityFeature", enumType: [{ name: "DefaultSymbolVisibility", value: [{ name: "DEFAULT_SYMBOL_VISIBILITY_UNKNOWN", number: 0 }, { name: "EXPORT_ALL", number: 1 }, { name: "EXPORT_TOP_LEVEL", number: 2 }, { name: "LOCAL_ALL", number: 3 }, { name: "STRICT", number: 4 }] }] }, { name: "ProtoLimitsFeature", enumType: [{ name: "EnforceProtoLimits", value: [{ name: "PROTO_LIMITS_UNKNOWN", number: 0 }, { name: "LEGACY_NO_EXPLICIT_LIMITS", number: 1 }, { name: "PROTO_LIMITS2026", number: 2 }] }] }], enumType: [{ name: "FieldPresence", value: [{ name: "FIELD_PRESENCE_UNKNOWN", number: 0 }, { name: "EXPLICIT", number: 1 }, { name: "IMPLICIT", number: 2 }, { name: "LEGACY_REQUIRED", number: 3 }] }, { name: "EnumType", value: [{ name: "ENUM_TYPE_UNKNOWN", number: 0 }, { name: "OPEN", number: 1 }, { name: "CLOSED", number: 2 }] }, { name: "RepeatedFieldEncoding", value: [{ name: "REPEATED_FIELD_ENCODING_UNKNOWN", number: 0 }, { name: "PACKED", number: 1 }, { name: "EXPANDED", number: 2 }] }, { name: "Utf8Validation", value: [{ name: "UTF8_VALIDATION_UNKNOWN", number: 0 }, { name: "VERIFY", number: 2 }, { name: "NONE", number: 3 }] }, { name: "MessageEncoding", value: [{ name: "MESSAGE_ENCODING_UNKNOWN", number: 0 }, { name: "LENGTH_PREFIXED", number: 1 }, { name: "DELIMITED", number: 2 }] }, { name: "JsonFormat", value: [{ name: "JSON_FORMAT_UNKNOWN", number: 0 }, { name: "ALLOW", number: 1 }, { name: "LEGACY_BEST_EFFORT", number: 2 }] }, { name: "EnforceNamingStyle", value: [{ name: "ENFORCE_NAMING_STYLE_UNKNOWN", number: 0 }, { name: "STYLE2024", number: 1 }, { name: "STYLE_LEGACY", number: 2 }, { name: "STYLE2026", number: 3 }] }], extensionRange: [{ start: 1e3, end: 9995 }, { start: 9995, end: 1e4 }, { start: 1e4, end: 10001 }] }, { name: "FeatureSetDefaults", field: [{ name: "defaults", number: 1, type: 11, label: 3, typeName: ".google.protobuf.FeatureSetDefaults.FeatureSetEditionDefault" }, { name: "minimum_edition", number: 4, type: 14, label: 1, typeName: ".google.protobuf.Edition" }, { name: "maximum_edition", number: 5, type: 14, label: 1, typeName: ".google.protobuf.Edition" }], nestedType: [{ name: "FeatureSetEditionDefault", field: [{ name: "edition", number: 3, type: 14, label: 1, typeName: ".google.protobuf.Edition" }, { name: "overridable_features", number: 4, type: 11, label: 1, typeName: ".google.protobuf.FeatureSet" }, { name: "fixed_features", number: 5, type: 11, label: 1, typeName: ".google.protobuf.FeatureSet" }] }] }, { name: "SourceCodeInfo", field: [{ name: "location", number: 1, type: 11, label: 3, typeName: ".google.protobuf.SourceCodeInfo.Location" }], nestedType: [{ name: "Location", field: [{ name: "path", number: 1, type: 5, label: 3, options: { packed: !0 } }, { name: "span", number: 2, type: 5, label: 3, options: { packed: !0 } }, { name: "leading_comments", number: 3, type: 9, label: 1 }, { name: "trailing_comments", number: 4, type: 9, label: 1 }, { name: "leading_detached_comments", number: 6, type: 9, label: 3 }] }], extensionRange: [{ start: 536e6, end: 536000001 }] }, { name: "GeneratedCodeInfo", field: [{ name: "annotation", number: 1, type: 11, label: 3, typeName: ".google.protobuf.GeneratedCodeInfo.Annotation" }], nestedType: [{ name: "Annotation", field: [{ name: "path", number: 1, type: 5, label: 3, options: { packed: !0 } }, { name: "source_file", number: 2, type: 9, label: 1 }, { name: "begin", number: 3, type: 5, label: 1 }, { name: "end", number: 4, type: 5, label: 1 }, { name: "semantic", number: 5, type: 14, label: 1, typeName: ".google.protobuf.GeneratedCodeInfo.Annotation.Semantic" }], enumType: [{ name: "Semantic", value: [{ name: "NONE", number: 0 }, { name: "SET", number: 1 }, { name: "ALIAS", number: 2 }] }] }] }], enumType: [{ name: "Edition", value: [{ name: "EDITION_UNKNOWN", number: 0 }, { name: "EDITION_LEGACY", number: 900 }, { name: "EDITION_PROTO2", number: 998 }, { name: "EDITION_PROTO3", number: 999 }, { name: "EDITION_2023", number: 1e3 }, { name: "EDITION_2024", number: 1001 }, { name: "EDITION_2026", number: 1002 }, { name: "EDITION_UNSTABLE", number: 9999 }, { name: "EDITION_1_TEST_ONLY", number: 1 }, { name: "EDITION_2_TEST_ONLY", number: 2 }, { name: "EDITION_99997_TEST_ONLY", number: 99997 }, { name: "EDITION_99998_TEST_ONLY", number: 99998 }, { name: "EDITION_99999_TEST_ONLY", number: 99999 }, { name: "EDITION_MAX", number: 2147483647 }] }, { name: "SymbolVisibility", value: [{ name: "VISIBILITY_UNSET", number: 0 }, { name: "VISIBILITY_LOCAL", number: 1 }, { name: "VISIBILITY_EXPORT", number: 2 }] }] });
var FileDescriptorProtoSchema = /* @__PURE__ */ messageDesc(file_google_protobuf_descriptor, 1);
var ExtensionRangeOptions_VerificationState;
(function(ExtensionRangeOptions_VerificationState2) {
  ExtensionRangeOptions_VerificationState2[ExtensionRangeOptions_VerificationState2.DECLARATION = 0] = "DECLARATION", ExtensionRangeOptions_VerificationState2[ExtensionRangeOptions_VerificationState2.UNVERIFIED = 1] = "UNVERIFIED";
})(ExtensionRangeOptions_VerificationState || (ExtensionRangeOptions_VerificationState = {}));
var FieldDescriptorProto_Type;
(function(FieldDescriptorProto_Type2) {
  FieldDescriptorProto_Type2[FieldDescriptorProto_Type2.DOUBLE = 1] = "DOUBLE", FieldDescriptorProto_Type2[FieldDescriptorProto_Type2.FLOAT = 2] = "FLOAT", FieldDescriptorProto_Type2[FieldDescriptorProto_Type2.INT64 = 3] = "INT64", FieldDescriptorProto_Type2[FieldDescriptorProto_Type2.UINT64 = 4] = "UINT64", FieldDescriptorProto_Type2[FieldDescriptorProto_Type2.INT32 = 5] = "INT32", FieldDescriptorProto_Type2[FieldDescriptorProto_Type2.FIXED64 = 6] = "FIXED64", FieldDescriptorProto_Type2[FieldDescriptorProto_Type2.FIXED32 = 7] = "FIXED32", FieldDescriptorProto_Type2[FieldDescriptorProto_Type2.BOOL = 8] = "BOOL", FieldDescriptorProto_Type2[FieldDescriptorProto_Type2.STRING = 9] = "STRING", FieldDescriptorProto_Type2[FieldDescriptorProto_Type2.GROUP = 10] = "GROUP", FieldDescriptorProto_Type2[FieldDescriptorProto_Type2.MESSAGE = 11] = "MESSAGE", FieldDescriptorProto_Type2[FieldDescriptorProto_Type2.BYTES = 12] = "BYTES", FieldDescriptorProto_Type2[FieldDescriptorProto_Type2.UINT32 = 13] = "UINT32", FieldDescriptorProto_Type2[FieldDescriptorProto_Type2.ENUM = 14] = "ENUM", FieldDescriptorProto_Type2[FieldDescriptorProto_Type2.SFIXED32 = 15] = "SFIXED32", FieldDescriptorProto_Type2[FieldDescriptorProto_Type2.SFIXED64 = 16] = "SFIXED64", FieldDescriptorProto_Type2[FieldDescriptorProto_Type2.SINT32 = 17] = "SINT32", FieldDescriptorProto_Type2[FieldDescriptorProto_Type2.SINT64 = 18] = "SINT64";
})(FieldDescriptorProto_Type || (FieldDescriptorProto_Type = {}));
var FieldDescriptorProto_Label;
(function(FieldDescriptorProto_Label2) {
  FieldDescriptorProto_Label2[FieldDescriptorProto_Label2.OPTIONAL = 1] = "OPTIONAL", FieldDescriptorProto_Label2[FieldDescriptorProto_Label2.REPEATED = 3] = "REPEATED", FieldDescriptorProto_Label2[FieldDescriptorProto_Label2.REQUIRED = 2] = "REQUIRED";
})(FieldDescriptorProto_Label || (FieldDescriptorProto_Label = {}));
var FileOptions_OptimizeMode;
(function(FileOptions_OptimizeMode2) {
  FileOptions_OptimizeMode2[FileOptions_OptimizeMode2.SPEED = 1] = "SPEED", FileOptions_OptimizeMode2[FileOptions_OptimizeMode2.CODE_SIZE = 2] = "CODE_SIZE", FileOptions_OptimizeMode2[FileOptions_OptimizeMode2.LITE_RUNTIME = 3] = "LITE_RUNTIME";
})(FileOptions_OptimizeMode || (FileOptions_OptimizeMode = {}));
var FieldOptions_CType;
(function(FieldOptions_CType2) {
  FieldOptions_CType2[FieldOptions_CType2.STRING = 0] = "STRING", FieldOptions_CType2[FieldOptions_CType2.CORD = 1] = "CORD", FieldOptions_CType2[FieldOptions_CType2.STRING_PIECE = 2] = "STRING_PIECE";
})(FieldOptions_CType || (FieldOptions_CType = {}));
var FieldOptions_JSType;
(function(FieldOptions_JSType2) {
  FieldOptions_JSType2[FieldOptions_JSType2.JS_NORMAL = 0] = "JS_NORMAL", FieldOptions_JSType2[FieldOptions_JSType2.JS_STRING = 1] = "JS_STRING", FieldOptions_JSType2[FieldOptions_JSType2.JS_NUMBER = 2] = "JS_NUMBER";
})(FieldOptions_JSType || (FieldOptions_JSType = {}));
var FieldOptions_OptionRetention;
(function(FieldOptions_OptionRetention2) {
  FieldOptions_OptionRetention2[FieldOptions_OptionRetention2.RETENTION_UNKNOWN = 0] = "RETENTION_UNKNOWN", FieldOptions_OptionRetention2[FieldOptions_OptionRetention2.RETENTION_RUNTIME = 1] = "RETENTION_RUNTIME", FieldOptions_OptionRetention2[FieldOptions_OptionRetention2.RETENTION_SOURCE = 2] = "RETENTION_SOURCE";
})(FieldOptions_OptionRetention || (FieldOptions_OptionRetention = {}));
var FieldOptions_OptionTargetType;
(function(FieldOptions_OptionTargetType2) {
  FieldOptions_OptionTargetType2[FieldOptions_OptionTargetType2.TARGET_TYPE_UNKNOWN = 0] = "TARGET_TYPE_UNKNOWN", FieldOptions_OptionTargetType2[FieldOptions_OptionTargetType2.TARGET_TYPE_FILE = 1] = "TARGET_TYPE_FILE", FieldOptions_OptionTargetType2[FieldOptions_OptionTargetType2.TARGET_TYPE_EXTENSION_RANGE = 2] = "TARGET_TYPE_EXTENSION_RANGE", FieldOptions_OptionTargetType2[FieldOptions_OptionTargetType2.TARGET_TYPE_MESSAGE = 3] = "TARGET_TYPE_MESSAGE", FieldOptions_OptionTargetType2[FieldOptions_OptionTargetType2.TARGET_TYPE_FIELD = 4] = "TARGET_TYPE_FIELD", FieldOptions_OptionTargetType2[FieldOptions_OptionTargetType2.TARGET_TYPE_ONEOF = 5] = "TARGET_TYPE_ONEOF", FieldOptions_OptionTargetType2[FieldOptions_OptionTargetType2.TARGET_TYPE_ENUM = 6] = "TARGET_TYPE_ENUM", FieldOptions_OptionTargetType2[FieldOptions_OptionTargetType2.TARGET_TYPE_ENUM_ENTRY = 7] = "TARGET_TYPE_ENUM_ENTRY", FieldOptions_OptionTargetType2[FieldOptions_OptionTargetType2.TARGET_TYPE_SERVICE = 8] = "TARGET_TYPE_SERVICE", FieldOptions_OptionTargetType2[FieldOptions_OptionTargetType2.TARGET_TYPE_METHOD = 9] = "TARGET_TYPE_METHOD";
})(FieldOptions_OptionTargetType || (FieldOptions_OptionTargetType = {}));
var MethodOptions_IdempotencyLevel;
(function(MethodOptions_IdempotencyLevel2) {
  MethodOptions_IdempotencyLevel2[MethodOptions_IdempotencyLevel2.IDEMPOTENCY_UNKNOWN = 0] = "IDEMPOTENCY_UNKNOWN", MethodOptions_IdempotencyLevel2[MethodOptions_IdempotencyLevel2.NO_SIDE_EFFECTS = 1] = "NO_SIDE_EFFECTS", MethodOptions_IdempotencyLevel2[MethodOptions_IdempotencyLevel2.IDEMPOTENT = 2] = "IDEMPOTENT";
})(MethodOptions_IdempotencyLevel || (MethodOptions_IdempotencyLevel = {}));
var FeatureSet_VisibilityFeature_DefaultSymbolVisibility;
(function(FeatureSet_VisibilityFeature_DefaultSymbolVisibility2) {
  FeatureSet_VisibilityFeature_DefaultSymbolVisibility2[FeatureSet_VisibilityFeature_DefaultSymbolVisibility2.DEFAULT_SYMBOL_VISIBILITY_UNKNOWN = 0] = "DEFAULT_SYMBOL_VISIBILITY_UNKNOWN", FeatureSet_VisibilityFeature_DefaultSymbolVisibility2[FeatureSet_VisibilityFeature_DefaultSymbolVisibility2.EXPORT_ALL = 1] = "EXPORT_ALL", FeatureSet_VisibilityFeature_DefaultSymbolVisibility2[FeatureSet_VisibilityFeature_DefaultSymbolVisibility2.EXPORT_TOP_LEVEL = 2] = "EXPORT_TOP_LEVEL", FeatureSet_VisibilityFeature_DefaultSymbolVisibility2[FeatureSet_VisibilityFeature_DefaultSymbolVisibility2.LOCAL_ALL = 3] = "LOCAL_ALL", FeatureSet_VisibilityFeature_DefaultSymbolVisibility2[FeatureSet_VisibilityFeature_DefaultSymbolVisibility2.STRICT = 4] = "STRICT";
})(FeatureSet_VisibilityFeature_DefaultSymbolVisibility || (FeatureSet_VisibilityFeature_DefaultSymbolVisibility = {}));
var FeatureSet_ProtoLimitsFeature_EnforceProtoLimits;
(function(FeatureSet_ProtoLimitsFeature_EnforceProtoLimits2) {
  FeatureSet_ProtoLimitsFeature_EnforceProtoLimits2[FeatureSet_ProtoLimitsFeature_EnforceProtoLimits2.PROTO_LIMITS_UNKNOWN = 0] = "PROTO_LIMITS_UNKNOWN", FeatureSet_ProtoLimitsFeature_EnforceProtoLimits2[FeatureSet_ProtoLimitsFeature_EnforceProtoLimits2.LEGACY_NO_EXPLICIT_LIMITS = 1] = "LEGACY_NO_EXPLICIT_LIMITS", FeatureSet_ProtoLimitsFeature_EnforceProtoLimits2[FeatureSet_ProtoLimitsFeature_EnforceProtoLimits2.PROTO_LIMITS2026 = 2] = "PROTO_LIMITS2026";
})(FeatureSet_ProtoLimitsFeature_EnforceProtoLimits || (FeatureSet_ProtoLimitsFeature_EnforceProtoLimits = {}));
var FeatureSet_FieldPresence;
(function(FeatureSet_FieldPresence2) {
  FeatureSet_FieldPresence2[FeatureSet_FieldPresence2.FIELD_PRESENCE_UNKNOWN = 0] = "FIELD_PRESENCE_UNKNOWN", FeatureSet_FieldPresence2[FeatureSet_FieldPresence2.EXPLICIT = 1] = "EXPLICIT", FeatureSet_FieldPresence2[FeatureSet_FieldPresence2.IMPLICIT = 2] = "IMPLICIT", FeatureSet_FieldPresence2[FeatureSet_FieldPresence2.LEGACY_REQUIRED = 3] = "LEGACY_REQUIRED";
})(FeatureSet_FieldPresence || (FeatureSet_FieldPresence = {}));
var FeatureSet_EnumType;
(function(FeatureSet_EnumType2) {
  FeatureSet_EnumType2[FeatureSet_EnumType2.ENUM_TYPE_UNKNOWN = 0] = "ENUM_TYPE_UNKNOWN", FeatureSet_EnumType2[FeatureSet_EnumType2.OPEN = 1] = "OPEN", FeatureSet_EnumType2[FeatureSet_EnumType2.CLOSED = 2] = "CLOSED";
})(FeatureSet_EnumType || (FeatureSet_EnumType = {}));
var FeatureSet_RepeatedFieldEncoding;
(function(FeatureSet_RepeatedFieldEncoding2) {
  FeatureSet_RepeatedFieldEncoding2[FeatureSet_RepeatedFieldEncoding2.REPEATED_FIELD_ENCODING_UNKNOWN = 0] = "REPEATED_FIELD_ENCODING_UNKNOWN", FeatureSet_RepeatedFieldEncoding2[FeatureSet_RepeatedFieldEncoding2.PACKED = 1] = "PACKED", FeatureSet_RepeatedFieldEncoding2[FeatureSet_RepeatedFieldEncoding2.EXPANDED = 2] = "EXPANDED";
})(FeatureSet_RepeatedFieldEncoding || (FeatureSet_RepeatedFieldEncoding = {}));
var FeatureSet_Utf8Validation;
(function(FeatureSet_Utf8Validation2) {
  FeatureSet_Utf8Validation2[FeatureSet_Utf8Validation2.UTF8_VALIDATION_UNKNOWN = 0] = "UTF8_VALIDATION_UNKNOWN", FeatureSet_Utf8Validation2[FeatureSet_Utf8Validation2.VERIFY = 2] = "VERIFY", FeatureSet_Utf8Validation2[FeatureSet_Utf8Validation2.NONE = 3] = "NONE";
})(FeatureSet_Utf8Validation || (FeatureSet_Utf8Validation = {}));
var FeatureSet_MessageEncoding;
(function(FeatureSet_MessageEncoding2) {
  FeatureSet_MessageEncoding2[FeatureSet_MessageEncoding2.MESSAGE_ENCODING_UNKNOWN = 0] = "MESSAGE_ENCODING_UNKNOWN", FeatureSet_MessageEncoding2[FeatureSet_MessageEncoding2.LENGTH_PREFIXED = 1] = "LENGTH_PREFIXED", FeatureSet_MessageEncoding2[FeatureSet_MessageEncoding2.DELIMITED = 2] = "DELIMITED";
})(FeatureSet_MessageEncoding || (FeatureSet_MessageEncoding = {}));
var FeatureSet_JsonFormat;
(function(FeatureSet_JsonFormat2) {
  FeatureSet_JsonFormat2[FeatureSet_JsonFormat2.JSON_FORMAT_UNKNOWN = 0] = "JSON_FORMAT_UNKNOWN", FeatureSet_JsonFormat2[FeatureSet_JsonFormat2.ALLOW = 1] = "ALLOW", FeatureSet_JsonFormat2[FeatureSet_JsonFormat2.LEGACY_BEST_EFFORT = 2] = "LEGACY_BEST_EFFORT";
})(FeatureSet_JsonFormat || (FeatureSet_JsonFormat = {}));
var FeatureSet_EnforceNamingStyle;
(function(FeatureSet_EnforceNamingStyle2) {
  FeatureSet_EnforceNamingStyle2[FeatureSet_EnforceNamingStyle2.ENFORCE_NAMING_STYLE_UNKNOWN = 0] = "ENFORCE_NAMING_STYLE_UNKNOWN", FeatureSet_EnforceNamingStyle2[FeatureSet_EnforceNamingStyle2.STYLE2024 = 1] = "STYLE2024", FeatureSet_EnforceNamingStyle2[FeatureSet_EnforceNamingStyle2.STYLE_LEGACY = 2] = "STYLE_LEGACY", FeatureSet_EnforceNamingStyle2[FeatureSet_EnforceNamingStyle2.STYLE2026 = 3] = "STYLE2026";
})(FeatureSet_EnforceNamingStyle || (FeatureSet_EnforceNamingStyle = {}));
var GeneratedCodeInfo_Annotation_Semantic;
(function(GeneratedCodeInfo_Annotation_Semantic2) {
  GeneratedCodeInfo_Annotation_Semantic2[GeneratedCodeInfo_Annotation_Semantic2.NONE = 0] = "NONE", GeneratedCodeInfo_Annotation_Semantic2[GeneratedCodeInfo_Annotation_Semantic2.SET = 1] = "SET", GeneratedCodeInfo_Annotation_Semantic2[GeneratedCodeInfo_Annotation_Semantic2.ALIAS = 2] = "ALIAS";
})(GeneratedCodeInfo_Annotation_Semantic || (GeneratedCodeInfo_Annotation_Semantic = {}));
var Edition;
(function(Edition2) {
  Edition2[Edition2.EDITION_UNKNOWN = 0] = "EDITION_UNKNOWN", Edition2[Edition2.EDITION_LEGACY = 900] = "EDITION_LEGACY", Edition2[Edition2.EDITION_PROTO2 = 998] = "EDITION_PROTO2", Edition2[Edition2.EDITION_PROTO3 = 999] = "EDITION_PROTO3", Edition2[Edition2.EDITION_2023 = 1e3] = "EDITION_2023", Edition2[Edition2.EDITION_2024 = 1001] = "EDITION_2024", Edition2[Edition2.EDITION_2026 = 1002] = "EDITION_2026", Edition2[Edition2.EDITION_UNSTABLE = 9999] = "EDITION_UNSTABLE", Edition2[Edition2.EDITION_1_TEST_ONLY = 1] = "EDITION_1_TEST_ONLY", Edition2[Edition2.EDITION_2_TEST_ONLY = 2] = "EDITION_2_TEST_ONLY", Edition2[Edition2.EDITION_99997_TEST_ONLY = 99997] = "EDITION_99997_TEST_ONLY", Edition2[Edition2.EDITION_99998_TEST_ONLY = 99998] = "EDITION_99998_TEST_ONLY", Edition2[Edition2.EDITION_99999_TEST_ONLY = 99999] = "EDITION_99999_TEST_ONLY", Edition2[Edition2.EDITION_MAX = 2147483647] = "EDITION_MAX";
})(Edition || (Edition = {}));
var SymbolVisibility;
(function(SymbolVisibility2) {
  SymbolVisibility2[SymbolVisibility2.VISIBILITY_UNSET = 0] = "VISIBILITY_UNSET", SymbolVisibility2[SymbolVisibility2.VISIBILITY_LOCAL = 1] = "VISIBILITY_LOCAL", SymbolVisibility2[SymbolVisibility2.VISIBILITY_EXPORT = 2] = "VISIBILITY_EXPORT";
})(SymbolVisibility || (SymbolVisibility = {}));

// node_modules/@bufbuild/protobuf/dist/esm/from-binary.js
function makeReadContext(options) {
  return Object.assign(Object.assign({ readUnknownFields: !0, recursionLimit: 100 }, options), { depth: 0 });
}
function fromBinary(schema, bytes, options) {
  let message = create(schema);
  return compiledReader(schema).read(message, new BinaryReader(bytes), makeReadContext(options), bytes.byteLength), message;
}
var compiledReaders = /* @__PURE__ */ new WeakMap();
function compiledReader(desc) {
  let compiled = compiledReaders.get(desc);
  return compiled === void 0 && (compiled = compileMessage(desc)), compiled;
}
function compileMessage(desc) {
  let descString = String(desc), fieldReaders = /* @__PURE__ */ new Map(), compiled = {
    read: compileMessageReader(descString, fieldReaders),
    readGroup: compileGroupReader(descString, fieldReaders)
  };
  compiledReaders.set(desc, compiled);
  for (let field of desc.fields)
    fieldReaders.set(field.number, compileFieldReader(field));
  return compiled;
}
function compileMessageReader(descString, fieldReaders) {
  return (message, reader, ctx, length) => {
    var _a;
    if (++ctx.depth > ctx.recursionLimit)
      throw new Error(`cannot decode ${descString} from binary: maximum recursion depth of ${ctx.recursionLimit} reached`);
    let end = reader.pos + length, unknownFields = (_a = message.$unknown) !== null && _a !== void 0 ? _a : [];
    for (; reader.pos < end; ) {
      let [fieldNo, wireType] = reader.tag(), fieldReader = fieldReaders.get(fieldNo);
      if (fieldReader === void 0) {
        let data = reader.skip(wireType, fieldNo, ctx.recursionLimit - ctx.depth);
        ctx.readUnknownFields && unknownFields.push({ no: fieldNo, wireType, data });
        continue;
      }
      fieldReader(message, reader, ctx, wireType);
    }
    unknownFields.length > 0 && (message.$unknown = unknownFields), ctx.depth--;
  };
}
function compileGroupReader(descString, fieldReaders) {
  return (message, reader, ctx, fieldNo) => {
    var _a;
    if (++ctx.depth > ctx.recursionLimit)
      throw new Error(`cannot decode ${descString} from binary: maximum recursion depth of ${ctx.recursionLimit} reached`);
    let recordFieldNo, wireType, unknownFields = (_a = message.$unknown) !== null && _a !== void 0 ? _a : [];
    for (; reader.pos < reader.len && ([recordFieldNo, wireType] = reader.tag(), wireType != WireType.EndGroup); ) {
      let fieldReader = fieldReaders.get(recordFieldNo);
      if (fieldReader === void 0) {
        let data = reader.skip(wireType, recordFieldNo, ctx.recursionLimit - ctx.depth);
        ctx.readUnknownFields && unknownFields.push({ no: recordFieldNo, wireType, data });
        continue;
      }
      fieldReader(message, reader, ctx, wireType);
    }
    if (wireType != WireType.EndGroup || recordFieldNo !== fieldNo)
      throw new Error("invalid end group tag");
    unknownFields.length > 0 && (message.$unknown = unknownFields), ctx.depth--;
  };
}
function compileFieldReader(field) {
  switch (field.fieldKind) {
    case "scalar":
      return compileScalarFieldReader(field);
    case "enum":
      return compileEnumFieldReader(field);
    case "message":
      return compileMessageFieldReader(field);
    case "list":
      return compileListFieldReader(field);
    case "map":
      return compileMapFieldReader(field);
  }
}
function compileScalarFieldReader(field) {
  let readScalar = compileScalarReader(field.scalar, field.utf8Validation, field.longAsString), localName = field.localName;
  if (field.oneof) {
    let oneofLocalName = field.oneof.localName;
    return (message, reader) => {
      message[oneofLocalName] = {
        case: localName,
        value: readScalar(reader)
      };
    };
  }
  return (message, reader) => {
    message[localName] = readScalar(reader);
  };
}
function compileEnumFieldReader(field) {
  var _a;
  let localName = field.localName, oneofLocalName = (_a = field.oneof) === null || _a === void 0 ? void 0 : _a.localName;
  if (field.enum.open)
    return oneofLocalName !== void 0 ? (message, reader) => {
      message[oneofLocalName] = { case: localName, value: reader.int32() };
    } : (message, reader) => {
      message[localName] = reader.int32();
    };
  let values = field.enum.values, fieldNo = field.number;
  return (message, reader, ctx, wireType) => {
    var _a2;
    let val = reader.int32();
    if (values.some((v) => v.number === val))
      oneofLocalName !== void 0 ? message[oneofLocalName] = { case: localName, value: val } : message[localName] = val;
    else if (ctx.readUnknownFields) {
      let bytes = [];
      varint32write(val, bytes);
      let unknownFields = (_a2 = message.$unknown) !== null && _a2 !== void 0 ? _a2 : [];
      unknownFields.push({
        no: fieldNo,
        wireType,
        data: new Uint8Array(bytes)
      }), message.$unknown = unknownFields;
    }
  };
}
function compileMessageFieldReader(field) {
  let localName = field.localName, { toMessage, toLocal } = localMessageMapper(field), readChild = compileChildReader(field);
  if (field.oneof) {
    let oneofLocalName = field.oneof.localName;
    return (message, reader, ctx) => {
      let oneof = message[oneofLocalName], child = toMessage(oneof.case === localName ? oneof.value : void 0);
      readChild(child, reader, ctx), message[oneofLocalName] = { case: localName, value: toLocal(child) };
    };
  }
  return (message, reader, ctx) => {
    let child = toMessage(message[localName]);
    readChild(child, reader, ctx), message[localName] = toLocal(child);
  };
}
function compileChildReader(field) {
  let compiledChild = compiledReader(field.message);
  if (field.delimitedEncoding) {
    let fieldNo = field.number;
    return (child, reader, ctx) => compiledChild.readGroup(child, reader, ctx, fieldNo);
  }
  return (child, reader, ctx) => compiledChild.read(child, reader, ctx, reader.uint32());
}
function compileListFieldReader(field) {
  let localName = field.localName;
  if (field.listKind == "message") {
    let { toMessage, toLocal } = localMessageMapper(field), readChild = compileChildReader(field);
    return (message, reader, ctx) => {
      let child = toMessage(void 0);
      readChild(child, reader, ctx), message[localName].push(toLocal(child));
    };
  }
  let scalarType = field.listKind == "enum" ? ScalarType.INT32 : field.scalar, longAsString = field.listKind == "scalar" ? field.longAsString : !1, readScalar = compileScalarReader(scalarType, field.utf8Validation, longAsString), packedPossible = scalarType != ScalarType.STRING && scalarType != ScalarType.BYTES;
  return (message, reader, ctx, wireType) => {
    let items = message[localName];
    if (wireType == WireType.LengthDelimited && packedPossible) {
      let end = reader.uint32() + reader.pos;
      for (; reader.pos < end; )
        items.push(readScalar(reader));
    } else
      items.push(readScalar(reader));
  };
}
function compileMapFieldReader(field) {
  let localName = field.localName, readKey = compileScalarReader(field.mapKey, field.utf8Validation, !1), keyZero = scalarZeroValue(field.mapKey, !1), readValue, valueDefault;
  switch (field.mapKind) {
    case "scalar": {
      let scalar = field.scalar, readScalar = compileScalarReader(scalar, field.utf8Validation, !1);
      if (readValue = (reader) => readScalar(reader), scalar == ScalarType.BYTES)
        valueDefault = () => new Uint8Array(0);
      else {
        let zero = scalarZeroValue(scalar, !1);
        valueDefault = () => zero;
      }
      break;
    }
    case "enum": {
      let zero = field.enum.values[0].number;
      readValue = (reader) => reader.int32(), valueDefault = () => zero;
      break;
    }
    case "message": {
      let { toMessage, toLocal } = localMessageMapper(field), readChild = compiledReader(field.message).read;
      readValue = (reader, ctx, existing) => {
        let child = toMessage(existing);
        return readChild(child, reader, ctx, reader.uint32()), toLocal(child);
      }, valueDefault = () => toLocal(toMessage(void 0));
      break;
    }
  }
  return (message, reader, ctx) => {
    let record = message[localName], key, val, len = reader.uint32(), end = reader.pos + len;
    for (; reader.pos < end; ) {
      let [fieldNo, wireType] = reader.tag();
      switch (fieldNo) {
        case 1:
          key = readKey(reader);
          break;
        case 2:
          val = readValue(reader, ctx, val);
          break;
        default:
          reader.skip(wireType, fieldNo, ctx.recursionLimit - ctx.depth);
      }
    }
    key === void 0 && (key = keyZero), val === void 0 && (val = valueDefault()), setOwn(record, key, val);
  };
}
function compileScalarReader(type, utf8Validation, longAsString) {
  switch (type) {
    case ScalarType.STRING:
      return (reader) => reader.string(utf8Validation);
    case ScalarType.BOOL:
      return (reader) => reader.bool();
    case ScalarType.DOUBLE:
      return (reader) => reader.double();
    case ScalarType.FLOAT:
      return (reader) => reader.float();
    case ScalarType.INT32:
      return (reader) => reader.int32();
    case ScalarType.INT64:
      return longAsString ? (reader) => String(reader.int64()) : (reader) => reader.int64();
    case ScalarType.UINT64:
      return longAsString ? (reader) => String(reader.uint64()) : (reader) => reader.uint64();
    case ScalarType.FIXED64:
      return longAsString ? (reader) => String(reader.fixed64()) : (reader) => reader.fixed64();
    case ScalarType.BYTES:
      return (reader) => reader.bytes();
    case ScalarType.FIXED32:
      return (reader) => reader.fixed32();
    case ScalarType.SFIXED32:
      return (reader) => reader.sfixed32();
    case ScalarType.SFIXED64:
      return longAsString ? (reader) => String(reader.sfixed64()) : (reader) => reader.sfixed64();
    case ScalarType.SINT64:
      return longAsString ? (reader) => String(reader.sint64()) : (reader) => reader.sint64();
    case ScalarType.UINT32:
      return (reader) => reader.uint32();
    case ScalarType.SINT32:
      return (reader) => reader.sint32();
  }
}

// node_modules/@bufbuild/protobuf/dist/esm/codegenv2/file.js
function fileDesc(b64, imports) {
  var _a;
  let root = fromBinary(FileDescriptorProtoSchema, base64Decode(b64));
  return root.messageType.forEach(restoreJsonNames), root.dependency = (_a = imports?.map((f) => f.proto.name)) !== null && _a !== void 0 ? _a : [], createEmbeddedFileRegistry(root, (protoFileName) => imports?.find((f) => f.proto.name === protoFileName)).getFile(root.name);
}

// node_modules/@bufbuild/protobuf/dist/esm/to-binary.js
var IMPLICIT3 = 2, LEGACY_REQUIRED2 = 3, writeDefaults = {
  writeUnknownFields: !0
};
function makeWriteOptions(options) {
  return options ? Object.assign(Object.assign({}, writeDefaults), options) : writeDefaults;
}
function toBinary(schema, message, options) {
  let writer = new BinaryWriter();
  return compiledWriter(schema)(writer, makeWriteOptions(options), message), writer.finish();
}
var compiledWriters = /* @__PURE__ */ new WeakMap();
function compiledWriter(desc) {
  let compiled = compiledWriters.get(desc);
  return compiled === void 0 && (compiled = compileMessage2(desc)), compiled;
}
function compileMessage2(desc) {
  let typeName = desc.typeName, sortedFields = desc.fields.concat().sort((a, b) => a.number - b.number), foreignField = sortedFields[0], fieldWriters = [], compiled = (writer, opts, message) => {
    if (message.$typeName !== typeName && foreignField !== void 0)
      throw new FieldError(foreignField, `cannot use ${foreignField} with message ${message.$typeName}`, "ForeignFieldError");
    for (let i = 0; i < fieldWriters.length; i++)
      fieldWriters[i](writer, opts, message);
    let unknown = message.$unknown;
    if (unknown !== void 0 && opts.writeUnknownFields)
      for (let i = 0; i < unknown.length; i++) {
        let { no, wireType, data } = unknown[i];
        writer.tag(no, wireType).raw(data);
      }
  };
  compiledWriters.set(desc, compiled);
  for (let field of sortedFields)
    fieldWriters.push(compileField(field));
  return compiled;
}
function compileField(field) {
  switch (field.fieldKind) {
    case "message":
    case "scalar":
    case "enum":
      return compileSingularField(field);
    case "list":
      return compileListField(field);
    case "map":
      return compileMapField(field);
  }
}
function compileSingularField(field) {
  let writeValue = compileSingularValue(field), localName = field.localName;
  if (field.oneof) {
    let oneofLocalName = field.oneof.localName;
    return (writer, opts, message) => {
      let oneof = message[oneofLocalName];
      oneof.case === localName && writeValue(writer, opts, oneof.value);
    };
  }
  if (field.presence != IMPLICIT3) {
    let requiredError = field.presence == LEGACY_REQUIRED2 ? `cannot encode ${field} to binary: required field not set` : void 0;
    return (writer, opts, message) => {
      let value = message[localName];
      if (value !== void 0 && Object.prototype.hasOwnProperty.call(message, localName))
        writeValue(writer, opts, value);
      else if (requiredError !== void 0)
        throw new Error(requiredError);
    };
  }
  if (field.fieldKind == "enum") {
    let zero = field.enum.values[0].number;
    return (writer, opts, message) => {
      let value = message[localName];
      value !== zero && writeValue(writer, opts, value);
    };
  }
  switch (field.scalar) {
    case ScalarType.BOOL:
      return (writer, opts, message) => {
        let value = message[localName];
        value !== !1 && writeValue(writer, opts, value);
      };
    case ScalarType.STRING:
      return (writer, opts, message) => {
        let value = message[localName];
        value !== "" && writeValue(writer, opts, value);
      };
    case ScalarType.BYTES:
      return (writer, opts, message) => {
        let value = message[localName];
        (!(value instanceof Uint8Array) || value.byteLength > 0) && writeValue(writer, opts, value);
      };
    case ScalarType.DOUBLE:
    case ScalarType.FLOAT:
      return (writer, opts, message) => {
        let value = message[localName];
        Object.is(value, 0) || writeValue(writer, opts, value);
      };
    default:
      return (writer, opts, message) => {
        let value = message[localName];
        value != 0 && writeValue(writer, opts, value);
      };
  }
}
function compileSingularValue(field) {
  switch (field.fieldKind) {
    case "message": {
      let { toMessage } = localMessageMapper(field), writeChild = compileChildWriter(field);
      return (writer, opts, value) => {
        writeChild(writer, opts, toMessage(value));
      };
    }
    case "scalar":
    case "enum": {
      let scalarType = field.fieldKind == "enum" ? ScalarType.INT32 : field.scalar, fieldNo = field.number, wireType = writeTypeOfScalar(scalarType), writeScalar = compileScalarValue(scalarType, field.parent.typeName, field.name);
      return (writer, opts, value) => {
        writer.tag(fieldNo, wireType), writeScalar(writer, value);
      };
    }
  }
}
function compileListField(field) {
  let localName = field.localName, fieldNo = field.number;
  switch (field.listKind) {
    case "message": {
      let { toMessage } = localMessageMapper(field), writeChild = compileChildWriter(field);
      return (writer, opts, message) => {
        let items = message[localName];
        for (let i = 0; i < items.length; i++)
          writeChild(writer, opts, toMessage(items[i]));
      };
    }
    case "scalar":
    case "enum": {
      let scalarType = field.listKind == "enum" ? ScalarType.INT32 : field.scalar, writeScalar = compileScalarValue(scalarType, field.parent.typeName, field.name);
      if (field.packed)
        return (writer, opts, message) => {
          let items = message[localName];
          if (items.length != 0) {
            writer.tag(fieldNo, WireType.LengthDelimited).fork();
            for (let i = 0; i < items.length; i++)
              writeScalar(writer, items[i]);
            writer.join();
          }
        };
      let wireType = writeTypeOfScalar(scalarType);
      return (writer, opts, message) => {
        let items = message[localName];
        for (let i = 0; i < items.length; i++)
          writer.tag(fieldNo, wireType), writeScalar(writer, items[i]);
      };
    }
  }
}
function compileMapField(field) {
  let localName = field.localName, fieldNo = field.number, writeKey = compileMapKey(field);
  if (field.mapKind == "message") {
    let { toMessage } = localMessageMapper(field), writeMessage = compiledWriter(field.message);
    return (writer, opts, message) => {
      let record = message[localName], keys = Object.keys(record);
      for (let i = 0; i < keys.length; i++) {
        let key = keys[i];
        writer.tag(fieldNo, WireType.LengthDelimited).fork(), writeKey(writer, key), writer.tag(2, WireType.LengthDelimited).fork(), writeMessage(writer, opts, toMessage(record[key])), writer.join(), writer.join();
      }
    };
  }
  let scalarType = field.mapKind == "enum" ? ScalarType.INT32 : field.scalar, valueWireType = writeTypeOfScalar(scalarType), writeScalar = compileScalarValue(scalarType, field.parent.typeName, field.name);
  return (writer, opts, message) => {
    let record = message[localName], keys = Object.keys(record);
    for (let i = 0; i < keys.length; i++) {
      let key = keys[i];
      writer.tag(fieldNo, WireType.LengthDelimited).fork(), writeKey(writer, key), writer.tag(2, valueWireType), writeScalar(writer, record[key]), writer.join();
    }
  };
}
function compileMapKey(field) {
  let wireType = writeTypeOfScalar(field.mapKey), writeScalar = compileScalarValue(field.mapKey, field.parent.typeName, field.name), convertKey = compileMapKeyConverter(field.mapKey);
  return (writer, key) => {
    writer.tag(1, wireType), writeScalar(writer, convertKey(key));
  };
}
function compileMapKeyConverter(type) {
  switch (type) {
    case ScalarType.STRING:
      return (key) => key;
    case ScalarType.BOOL:
      return (key) => key === "true" ? !0 : key === "false" ? !1 : key;
    case ScalarType.UINT64:
    case ScalarType.FIXED64:
      return (key) => {
        try {
          return protoInt64.uParse(key);
        } catch {
          return key;
        }
      };
    case ScalarType.INT64:
    case ScalarType.SFIXED64:
    case ScalarType.SINT64:
      return (key) => {
        try {
          return protoInt64.parse(key);
        } catch {
          return key;
        }
      };
    default:
      return (key) => {
        let n = Number.parseInt(key);
        return Number.isFinite(n) ? n : key;
      };
  }
}
function compileScalarValue(type, messageName, fieldName) {
  let writeScalar = compileScalarWrite(type);
  return (writer, value) => {
    try {
      writeScalar(writer, value);
    } catch (e) {
      throw e instanceof Error ? new Error(`cannot encode field ${messageName}.${fieldName} to binary: ${e.message}`) : e;
    }
  };
}
function compileScalarWrite(type) {
  switch (type) {
    case ScalarType.STRING:
      return (writer, value) => writer.string(value);
    case ScalarType.BOOL:
      return (writer, value) => writer.bool(value);
    case ScalarType.DOUBLE:
      return (writer, value) => writer.double(value);
    case ScalarType.FLOAT:
      return (writer, value) => writer.float(value);
    case ScalarType.INT32:
      return (writer, value) => writer.int32(value);
    case ScalarType.INT64:
      return (writer, value) => writer.int64(value);
    case ScalarType.UINT64:
      return (writer, value) => writer.uint64(value);
    case ScalarType.FIXED64:
      return (writer, value) => writer.fixed64(value);
    case ScalarType.BYTES:
      return (writer, value) => writer.bytes(value);
    case ScalarType.FIXED32:
      return (writer, value) => writer.fixed32(value);
    case ScalarType.SFIXED32:
      return (writer, value) => writer.sfixed32(value);
    case ScalarType.SFIXED64:
      return (writer, value) => writer.sfixed64(value);
    case ScalarType.SINT64:
      return (writer, value) => writer.sint64(value);
    case ScalarType.UINT32:
      return (writer, value) => writer.uint32(value);
    case ScalarType.SINT32:
      return (writer, value) => writer.sint32(value);
  }
}
function compileChildWriter(field) {
  let fieldNo = field.number, writeMessage = compiledWriter(field.message);
  return field.delimitedEncoding ? (writer, opts, child) => {
    writer.tag(fieldNo, WireType.StartGroup), writeMessage(writer, opts, child), writer.tag(fieldNo, WireType.EndGroup);
  } : (writer, opts, child) => {
    writer.tag(fieldNo, WireType.LengthDelimited).fork(), writeMessage(writer, opts, child), writer.join();
  };
}
function writeTypeOfScalar(type) {
  switch (type) {
    case ScalarType.BYTES:
    case ScalarType.STRING:
      return WireType.LengthDelimited;
    case ScalarType.DOUBLE:
    case ScalarType.FIXED64:
    case ScalarType.SFIXED64:
      return WireType.Bit64;
    case ScalarType.FIXED32:
    case ScalarType.SFIXED32:
    case ScalarType.FLOAT:
      return WireType.Bit32;
    default:
      return WireType.Varint;
  }
}

// node_modules/onnx-buf/dist/onnx_pb.js
var file_onnx = /* @__PURE__ */ fileDesc("Cgpvbm54LnByb3RvEgRvbm54ItsFCg5BdHRyaWJ1dGVQcm90bxIMCgRuYW1lGAEgASgJEhUKDXJlZl9hdHRyX25hbWUYFSABKAkSEgoKZG9jX3N0cmluZxgNIAEoCRIwCgR0eXBlGBQgASgOMiIub25ueC5BdHRyaWJ1dGVQcm90by5BdHRyaWJ1dGVUeXBlEgkKAWYYAiABKAISCQoBaRgDIAEoAxIJCgFzGAQgASgMEhwKAXQYBSABKAsyES5vbm54LlRlbnNvclByb3RvEhsKAWcYBiABKAsyEC5vbm54LkdyYXBoUHJvdG8SLgoNc3BhcnNlX3RlbnNvchgWIAEoCzIXLm9ubnguU3BhcnNlVGVuc29yUHJvdG8SGwoCdHAYDiABKAsyDy5vbm54LlR5cGVQcm90bxIOCgZmbG9hdHMYByADKAISDAoEaW50cxgIIAMoAxIPCgdzdHJpbmdzGAkgAygMEiIKB3RlbnNvcnMYCiADKAsyES5vbm54LlRlbnNvclByb3RvEiAKBmdyYXBocxgLIAMoCzIQLm9ubnguR3JhcGhQcm90bxIvCg5zcGFyc2VfdGVuc29ycxgXIAMoCzIXLm9ubnguU3BhcnNlVGVuc29yUHJvdG8SJAoLdHlwZV9wcm90b3MYDyADKAsyDy5vbm54LlR5cGVQcm90byLZAQoNQXR0cmlidXRlVHlwZRINCglVTkRFRklORUQQABIJCgVGTE9BVBABEgcKA0lOVBACEgoKBlNUUklORxADEgoKBlRFTlNPUhAEEgkKBUdSQVBIEAUSEQoNU1BBUlNFX1RFTlNPUhALEg4KClRZUEVfUFJPVE8QDRIKCgZGTE9BVFMQBhIICgRJTlRTEAcSCwoHU1RSSU5HUxAIEgsKB1RFTlNPUlMQCRIKCgZHUkFQSFMQChISCg5TUEFSU0VfVEVOU09SUxAMEg8KC1RZUEVfUFJPVE9TEA5KBAgMEA1KBAgQEBRSAXYihwEKDlZhbHVlSW5mb1Byb3RvEgwKBG5hbWUYASABKAkSHQoEdHlwZRgCIAEoCzIPLm9ubnguVHlwZVByb3RvEhIKCmRvY19zdHJpbmcYAyABKAkSNAoObWV0YWRhdGFfcHJvcHMYBCADKAsyHC5vbm54LlN0cmluZ1N0cmluZ0VudHJ5UHJvdG8ioQIKCU5vZGVQcm90bxINCgVpbnB1dBgBIAMoCRIOCgZvdXRwdXQYAiADKAkSDAoEbmFtZRgDIAEoCRIPCgdvcF90eXBlGAQgASgJEg4KBmRvbWFpbhgHIAEoCRIQCghvdmVybG9hZBgIIAEoCRInCglhdHRyaWJ1dGUYBSADKAsyFC5vbm54LkF0dHJpYnV0ZVByb3RvEhIKCmRvY19zdHJpbmcYBiABKAkSNAoObWV0YWRhdGFfcHJvcHMYCSADKAsyHC5vbm54LlN0cmluZ1N0cmluZ0VudHJ5UHJvdG8SQQoVZGV2aWNlX2NvbmZpZ3VyYXRpb25zGAogAygLMiIub25ueC5Ob2RlRGV2aWNlQ29uZmlndXJhdGlvblByb3RvIjIKFEludEludExpc3RFbnRyeVByb3RvEgsKA2tleRgBIAEoAxINCgV2YWx1ZRgCIAMoAyKAAQocTm9kZURldmljZUNvbmZpZ3VyYXRpb25Qcm90bxIYChBjb25maWd1cmF0aW9uX2lkGAEgASgJEi4KDXNoYXJkaW5nX3NwZWMYAiADKAsyFy5vbm54LlNoYXJkaW5nU3BlY1Byb3RvEhYKDnBpcGVsaW5lX3N0YWdlGAMgASgFIqMBChFTaGFyZGluZ1NwZWNQcm90bxITCgt0ZW5zb3JfbmFtZRgBIAEoCRIOCgZkZXZpY2UYAiADKAMSPQoZaW5kZXhfdG9fZGV2aWNlX2dyb3VwX21hcBgDIAMoCzIaLm9ubnguSW50SW50TGlzdEVudHJ5UHJvdG8SKgoLc2hhcmRlZF9kaW0YBCADKAsyFS5vbm54LlNoYXJkZWREaW1Qcm90byJVCg9TaGFyZGVkRGltUHJvdG8SDAoEYXhpcxgBIAEoAxI0Cg9zaW1wbGVfc2hhcmRpbmcYAiADKAsyGy5vbm54LlNpbXBsZVNoYXJkZWREaW1Qcm90byJcChVTaW1wbGVTaGFyZGVkRGltUHJvdG8SEwoJZGltX3ZhbHVlGAEgASgDSAASEwoJZGltX3BhcmFtGAIgASgJSAASEgoKbnVtX3NoYXJkcxgDIAEoA0IFCgNkaW0i1gEKEVRyYWluaW5nSW5mb1Byb3RvEigKDmluaXRpYWxpemF0aW9uGAEgASgLMhAub25ueC5HcmFwaFByb3RvEiMKCWFsZ29yaXRobRgCIAEoCzIQLm9ubnguR3JhcGhQcm90bxI8ChZpbml0aWFsaXphdGlvbl9iaW5kaW5nGAMgAygLMhwub25ueC5TdHJpbmdTdHJpbmdFbnRyeVByb3RvEjQKDnVwZGF0ZV9iaW5kaW5nGAQgAygLMhwub25ueC5TdHJpbmdTdHJpbmdFbnRyeVByb3RvIqIDCgpNb2RlbFByb3RvEhIKCmlyX3ZlcnNpb24YASABKAMSLgoMb3BzZXRfaW1wb3J0GAggAygLMhgub25ueC5PcGVyYXRvclNldElkUHJvdG8SFQoNcHJvZHVjZXJfbmFtZRgCIAEoCRIYChBwcm9kdWNlcl92ZXJzaW9uGAMgASgJEg4KBmRvbWFpbhgEIAEoCRIVCg1tb2RlbF92ZXJzaW9uGAUgASgDEhIKCmRvY19zdHJpbmcYBiABKAkSHwoFZ3JhcGgYByABKAsyEC5vbm54LkdyYXBoUHJvdG8SNAoObWV0YWRhdGFfcHJvcHMYDiADKAsyHC5vbm54LlN0cmluZ1N0cmluZ0VudHJ5UHJvdG8SLgoNdHJhaW5pbmdfaW5mbxgUIAMoCzIXLm9ubnguVHJhaW5pbmdJbmZvUHJvdG8SJgoJZnVuY3Rpb25zGBkgAygLMhMub25ueC5GdW5jdGlvblByb3RvEjUKDWNvbmZpZ3VyYXRpb24YGiADKAsyHi5vbm54LkRldmljZUNvbmZpZ3VyYXRpb25Qcm90byJNChhEZXZpY2VDb25maWd1cmF0aW9uUHJvdG8SDAoEbmFtZRgBIAEoCRITCgtudW1fZGV2aWNlcxgCIAEoBRIOCgZkZXZpY2UYAyADKAkiNAoWU3RyaW5nU3RyaW5nRW50cnlQcm90bxILCgNrZXkYASABKAkSDQoFdmFsdWUYAiABKAkiawoQVGVuc29yQW5ub3RhdGlvbhITCgt0ZW5zb3JfbmFtZRgBIAEoCRJCChxxdWFudF9wYXJhbWV0ZXJfdGVuc29yX25hbWVzGAIgAygLMhwub25ueC5TdHJpbmdTdHJpbmdFbnRyeVByb3RvItQDCgpHcmFwaFByb3RvEh0KBG5vZGUYASADKAsyDy5vbm54Lk5vZGVQcm90bxIMCgRuYW1lGAIgASgJEiYKC2luaXRpYWxpemVyGAUgAygLMhEub25ueC5UZW5zb3JQcm90bxIzChJzcGFyc2VfaW5pdGlhbGl6ZXIYDyADKAsyFy5vbm54LlNwYXJzZVRlbnNvclByb3RvEhIKCmRvY19zdHJpbmcYCiABKAkSIwoFaW5wdXQYCyADKAsyFC5vbm54LlZhbHVlSW5mb1Byb3RvEiQKBm91dHB1dBgMIAMoCzIULm9ubnguVmFsdWVJbmZvUHJvdG8SKAoKdmFsdWVfaW5mbxgNIAMoCzIULm9ubnguVmFsdWVJbmZvUHJvdG8SNwoXcXVhbnRpemF0aW9uX2Fubm90YXRpb24YDiADKAsyFi5vbm54LlRlbnNvckFubm90YXRpb24SNAoObWV0YWRhdGFfcHJvcHMYECADKAsyHC5vbm54LlN0cmluZ1N0cmluZ0VudHJ5UHJvdG9KBAgDEARKBAgEEAVKBAgGEApSCmlyX3ZlcnNpb25SEHByb2R1Y2VyX3ZlcnNpb25SDHByb2R1Y2VyX3RhZ1IGZG9tYWluIoIHCgtUZW5zb3JQcm90bxIMCgRkaW1zGAEgAygDEhEKCWRhdGFfdHlwZRgCIAEoBRIqCgdzZWdtZW50GAMgASgLMhkub25ueC5UZW5zb3JQcm90by5TZWdtZW50EhYKCmZsb2F0X2RhdGEYBCADKAJCAhABEhYKCmludDMyX2RhdGEYBSADKAVCAhABEhMKC3N0cmluZ19kYXRhGAYgAygMEhYKCmludDY0X2RhdGEYByADKANCAhABEgwKBG5hbWUYCCABKAkSEgoKZG9jX3N0cmluZxgMIAEoCRIQCghyYXdfZGF0YRgJIAEoDBIzCg1leHRlcm5hbF9kYXRhGA0gAygLMhwub25ueC5TdHJpbmdTdHJpbmdFbnRyeVByb3RvEjUKDWRhdGFfbG9jYXRpb24YDiABKA4yHi5vbm54LlRlbnNvclByb3RvLkRhdGFMb2NhdGlvbhIXCgtkb3VibGVfZGF0YRgKIAMoAUICEAESFwoLdWludDY0X2RhdGEYCyADKARCAhABEjQKDm1ldGFkYXRhX3Byb3BzGBAgAygLMhwub25ueC5TdHJpbmdTdHJpbmdFbnRyeVByb3RvGiUKB1NlZ21lbnQSDQoFYmVnaW4YASABKAMSCwoDZW5kGAIgASgDIu4CCghEYXRhVHlwZRINCglVTkRFRklORUQQABIJCgVGTE9BVBABEgkKBVVJTlQ4EAISCAoESU5UOBADEgoKBlVJTlQxNhAEEgkKBUlOVDE2EAUSCQoFSU5UMzIQBhIJCgVJTlQ2NBAHEgoKBlNUUklORxAIEggKBEJPT0wQCRILCgdGTE9BVDE2EAoSCgoGRE9VQkxFEAsSCgoGVUlOVDMyEAwSCgoGVUlOVDY0EA0SDQoJQ09NUExFWDY0EA4SDgoKQ09NUExFWDEyOBAPEgwKCEJGTE9BVDE2EBASEAoMRkxPQVQ4RTRNM0ZOEBESEgoORkxPQVQ4RTRNM0ZOVVoQEhIOCgpGTE9BVDhFNU0yEBMSEgoORkxPQVQ4RTVNMkZOVVoQFBIJCgVVSU5UNBAVEggKBElOVDQQFhIOCgpGTE9BVDRFMk0xEBcSDgoKRkxPQVQ4RThNMBAYEgkKBVVJTlQyEBkSCAoESU5UMhAaIikKDERhdGFMb2NhdGlvbhILCgdERUZBVUxUEAASDAoIRVhURVJOQUwQASJoChFTcGFyc2VUZW5zb3JQcm90bxIhCgZ2YWx1ZXMYASABKAsyES5vbm54LlRlbnNvclByb3RvEiIKB2luZGljZXMYAiABKAsyES5vbm54LlRlbnNvclByb3RvEgwKBGRpbXMYAyADKAMilQEKEFRlbnNvclNoYXBlUHJvdG8SLQoDZGltGAEgAygLMiAub25ueC5UZW5zb3JTaGFwZVByb3RvLkRpbWVuc2lvbhpSCglEaW1lbnNpb24SEwoJZGltX3ZhbHVlGAEgASgDSAASEwoJZGltX3BhcmFtGAIgASgJSAASEgoKZGVub3RhdGlvbhgDIAEoCUIHCgV2YWx1ZSLOBAoJVHlwZVByb3RvEi0KC3RlbnNvcl90eXBlGAEgASgLMhYub25ueC5UeXBlUHJvdG8uVGVuc29ySAASMQoNc2VxdWVuY2VfdHlwZRgEIAEoCzIYLm9ubnguVHlwZVByb3RvLlNlcXVlbmNlSAASJwoIbWFwX3R5cGUYBSABKAsyEy5vbm54LlR5cGVQcm90by5NYXBIABIxCg1vcHRpb25hbF90eXBlGAkgASgLMhgub25ueC5UeXBlUHJvdG8uT3B0aW9uYWxIABI6ChJzcGFyc2VfdGVuc29yX3R5cGUYCCABKAsyHC5vbm54LlR5cGVQcm90by5TcGFyc2VUZW5zb3JIABISCgpkZW5vdGF0aW9uGAYgASgJGkIKBlRlbnNvchIRCgllbGVtX3R5cGUYASABKAUSJQoFc2hhcGUYAiABKAsyFi5vbm54LlRlbnNvclNoYXBlUHJvdG8aLgoIU2VxdWVuY2USIgoJZWxlbV90eXBlGAEgASgLMg8ub25ueC5UeXBlUHJvdG8aPAoDTWFwEhAKCGtleV90eXBlGAEgASgFEiMKCnZhbHVlX3R5cGUYAiABKAsyDy5vbm54LlR5cGVQcm90bxouCghPcHRpb25hbBIiCgllbGVtX3R5cGUYASABKAsyDy5vbm54LlR5cGVQcm90bxpICgxTcGFyc2VUZW5zb3ISEQoJZWxlbV90eXBlGAEgASgFEiUKBXNoYXBlGAIgASgLMhYub25ueC5UZW5zb3JTaGFwZVByb3RvQgcKBXZhbHVlIjUKEk9wZXJhdG9yU2V0SWRQcm90bxIOCgZkb21haW4YASABKAkSDwoHdmVyc2lvbhgCIAEoAyKGAwoNRnVuY3Rpb25Qcm90bxIMCgRuYW1lGAEgASgJEg0KBWlucHV0GAQgAygJEg4KBm91dHB1dBgFIAMoCRIRCglhdHRyaWJ1dGUYBiADKAkSLQoPYXR0cmlidXRlX3Byb3RvGAsgAygLMhQub25ueC5BdHRyaWJ1dGVQcm90bxIdCgRub2RlGAcgAygLMg8ub25ueC5Ob2RlUHJvdG8SEgoKZG9jX3N0cmluZxgIIAEoCRIuCgxvcHNldF9pbXBvcnQYCSADKAsyGC5vbm54Lk9wZXJhdG9yU2V0SWRQcm90bxIOCgZkb21haW4YCiABKAkSEAoIb3ZlcmxvYWQYDSABKAkSKAoKdmFsdWVfaW5mbxgMIAMoCzIULm9ubnguVmFsdWVJbmZvUHJvdG8SNAoObWV0YWRhdGFfcHJvcHMYDiADKAsyHC5vbm54LlN0cmluZ1N0cmluZ0VudHJ5UHJvdG9KBAgCEANKBAgDEARSDXNpbmNlX3ZlcnNpb25SBnN0YXR1cyrnAgoHVmVyc2lvbhISCg5fU1RBUlRfVkVSU0lPThAAEhkKFUlSX1ZFUlNJT05fMjAxN18xMF8xMBABEhkKFUlSX1ZFUlNJT05fMjAxN18xMF8zMBACEhgKFElSX1ZFUlNJT05fMjAxN18xMV8zEAMSGAoUSVJfVkVSU0lPTl8yMDE5XzFfMjIQBBIYChRJUl9WRVJTSU9OXzIwMTlfM18xOBAFEhgKFElSX1ZFUlNJT05fMjAxOV85XzE5EAYSFwoTSVJfVkVSU0lPTl8yMDIwXzVfOBAHEhgKFElSX1ZFUlNJT05fMjAyMV83XzMwEAgSFwoTSVJfVkVSU0lPTl8yMDIzXzVfNRAJEhgKFElSX1ZFUlNJT05fMjAyNF8zXzI1EAoSGQoVSVJfVkVSU0lPTl8yMDI1XzA1XzEyEAsSGQoVSVJfVkVSU0lPTl8yMDI1XzA4XzI2EAwSDgoKSVJfVkVSU0lPThANKi4KDk9wZXJhdG9yU3RhdHVzEhAKDEVYUEVSSU1FTlRBTBAAEgoKBlNUQUJMRRABQgJIAw"), AttributeProtoSchema = /* @__PURE__ */ messageDesc(file_onnx, 0), AttributeProto_AttributeTypeSchema = /* @__PURE__ */ enumDesc(file_onnx, 0, 0), AttributeProto_AttributeType = /* @__PURE__ */ tsEnum(AttributeProto_AttributeTypeSchema), ValueInfoProtoSchema = /* @__PURE__ */ messageDesc(file_onnx, 1), NodeProtoSchema = /* @__PURE__ */ messageDesc(file_onnx, 2);
var ModelProtoSchema = /* @__PURE__ */ messageDesc(file_onnx, 9);
var GraphProtoSchema = /* @__PURE__ */ messageDesc(file_onnx, 13), TensorProtoSchema = /* @__PURE__ */ messageDesc(file_onnx, 14);
var TensorProto_DataTypeSchema = /* @__PURE__ */ enumDesc(file_onnx, 14, 0), TensorProto_DataType = /* @__PURE__ */ tsEnum(TensorProto_DataTypeSchema), TensorProto_DataLocationSchema = /* @__PURE__ */ enumDesc(file_onnx, 14, 1), TensorProto_DataLocation = /* @__PURE__ */ tsEnum(TensorProto_DataLocationSchema);

// src/graph/shapes.ts
function inferDims(node) {
  let infer = rules[node.opType];
  if (!infer) throw new Error(`no shape rule for operator ${node.opType}`);
  return infer(node);
}
var fail = (node, why) => {
  throw new Error(`${node.opType}(${node.inputs.map((v) => v ? `[${v.dims}]` : "-").join(", ")}): ${why}`);
}, dims = (node, i) => node.inputs[i]?.dims ?? fail(node, `input ${i} is missing`), numeric = (node, d) => typeof d == "number" ? d : fail(node, `dimension ${d} must be known`), intAttribute = (attribute, fallback) => typeof attribute == "number" ? attribute : fallback, intsAttribute = (attribute) => Array.isArray(attribute) ? attribute : void 0, intsInput = (node, i) => {
  let value = node.inputs[i];
  return (value && node.intsOf(value)) ?? fail(node, `input ${i} must be a constant int64 vector`);
}, same = (node) => dims(node, 0);
function broadcastDims(node, a, b) {
  let rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, i) => {
    let x = a[i - (rank - a.length)] ?? 1, y = b[i - (rank - b.length)] ?? 1;
    return x === y || y === 1 ? x : x === 1 ? y : fail(node, "operands do not broadcast");
  });
}
var broadcast = (node) => node.inputs.map((_, i) => dims(node, i)).reduce((a, b) => broadcastDims(node, a, b));
function windowOutput(side2, kernel, stride, dilation, padBegin, padEnd) {
  return Math.floor((side2 + padBegin + padEnd - dilation * (kernel - 1) - 1) / stride) + 1;
}
function windowDims(node, channels, kernel) {
  let [n, , h, w] = dims(node, 0), stride = intsAttribute(node.attributes.strides) ?? [1, 1], dilation = intsAttribute(node.attributes.dilations) ?? [1, 1], pads = intsAttribute(node.attributes.pads) ?? [0, 0, 0, 0], out = [h, w].map(
    (side2, i) => windowOutput(numeric(node, side2), kernel[i], stride[i], dilation[i], pads[i], pads[i + 2])
  );
  return out.some((side2) => side2 < 1) && fail(node, `window does not fit (${out})`), [n, channels, ...out];
}
function conv(node) {
  let w = dims(node, 1), kernel = intsAttribute(node.attributes.kernel_shape) ?? w.slice(2).map((d) => numeric(node, d)), group = intAttribute(node.attributes.group, 1), channels = numeric(node, dims(node, 0)[1]);
  return node.domain === "" && channels !== numeric(node, w[1]) * group && fail(node, `channels do not match group ${group}`), windowDims(node, w[0], kernel);
}
function matmul(node) {
  let flip = (d, on) => on ? [...d.slice(0, -2), d.at(-1), d.at(-2)] : d, a = flip(dims(node, 0), intAttribute(node.attributes.transA, 0)), b = flip(dims(node, 1), intAttribute(node.attributes.transB, 0));
  return a.at(-1) !== b.at(-2) && fail(node, "inner dimensions differ"), [...broadcastDims(node, a.slice(0, -2), b.slice(0, -2)), a.at(-2), b.at(-1)];
}
function reshape(node) {
  let from = dims(node, 0), target = intsInput(node, 1).map((d, i) => d === 0 ? from[i] : d), size = (d) => d.reduce((a, b) => typeof b == "number" ? a * b : a, 1), dynamic = from.filter((d) => typeof d == "string");
  if (target.includes(-1)) {
    let rest = size(target.filter((d) => d !== -1)), keeps = target.some((d) => typeof d == "string"), known = size(from) / rest;
    return target.map((d) => d === -1 ? dynamic.length > 0 && !keeps ? dynamic[0] : known : d);
  }
  return size(target) !== size(from) && fail(node, `cannot become [${target}]`), target;
}
function reduce(node) {
  let from = dims(node, 0), axes = intsAttribute(node.attributes.axes) ?? (node.inputs[1] ? intsInput(node, 1) : from.map((_, i) => i)), set = new Set(axes.map((axis) => axis < 0 ? axis + from.length : axis));
  return intAttribute(node.attributes.keepdims, 1) === 1 ? from.map((d, i) => set.has(i) ? 1 : d) : from.filter((_, i) => !set.has(i));
}
function concat(node) {
  let first = dims(node, 0), axis = (intAttribute(node.attributes.axis, 0) + first.length) % first.length, total = node.inputs.reduce((sum, _, i) => sum + numeric(node, dims(node, i)[axis]), 0);
  return first.map((d, i) => i === axis ? total : d);
}
function slice(node) {
  let from = dims(node, 0), [starts, ends] = [intsInput(node, 1), intsInput(node, 2)], axes = node.inputs[3] ? intsInput(node, 3) : from.map((_, i) => i), steps = node.inputs[4] ? intsInput(node, 4) : axes.map(() => 1), result = [...from];
  return axes.forEach((axis, i) => {
    let side2 = numeric(node, from[axis]), step = steps[i], resolve = (x, low, high) => Math.max(low, Math.min(high, x < 0 ? x + side2 : x)), first = resolve(starts[i], 0, step > 0 ? side2 : side2 - 1), last = step > 0 ? resolve(ends[i], 0, side2) : resolve(ends[i], -1, side2 - 1);
    result[axis] = Math.max(0, Math.ceil((last - first) / step));
  }), result;
}
function pad(node) {
  let from = dims(node, 0), pads = intsInput(node, 1);
  return from.map((d, i) => {
    let extra = pads[i] + pads[i + from.length];
    return extra === 0 ? d : numeric(node, d) + extra;
  });
}
var rules = {
  ...Object.fromEntries(
    [
      "Relu",
      "Sigmoid",
      "HardSigmoid",
      "HardSwish",
      "Clip",
      "Sqrt",
      "Reciprocal",
      "Neg",
      "Abs",
      "Log",
      "Softplus",
      "Identity"
    ].map((op) => [op, same])
  ),
  ...Object.fromEntries(["Add", "Sub", "Mul", "Div", "Max"].map((op) => [op, broadcast])),
  Conv: conv,
  MaxPool: (node) => windowDims(node, dims(node, 0)[1], intsAttribute(node.attributes.kernel_shape)),
  MatMul: matmul,
  FusedMatMul: matmul,
  Reshape: reshape,
  ReduceSum: reduce,
  ReduceMean: reduce,
  Concat: concat,
  Slice: slice,
  Pad: pad,
  Transpose: (node) => (intsAttribute(node.attributes.perm) ?? []).map((axis) => dims(node, 0)[axis]),
  GlobalAveragePool: (node) => [dims(node, 0)[0], dims(node, 0)[1], 1, 1],
  ReorderInput: same,
  ReorderOutput: (node) => {
    let [n, , h, w] = dims(node, 0), channels = intAttribute(node.attributes.channels, 0);
    return intAttribute(node.attributes.channels_last, 0) === 1 ? [n, h, w, channels] : [n, channels, h, w];
  },
  // `sizes` (input 3) give all sides. `scales` are floats, whose values no rule can see: then the code that adds the node has to know the sides.
  Resize: (node) => {
    let [n, c] = dims(node, 0);
    return node.inputs[3] ? [n, c, ...intsInput(node, 3).slice(2)] : [n, c, "height", "width"];
  }
};

// src/graph/onnx.ts
var opset = 17, irVersion = 8n, inPlaceMarker = "in-place-marker";
function createGraph(graphName = "graph", prefix = "") {
  let nodes = [], inputs = [], outputs2 = [], initializers = [], shared = /* @__PURE__ */ new Map(), intVectors = /* @__PURE__ */ new Map(), counter = 0, fresh = (kind) => `${prefix}${kind}${counter++}`, initializer = (name, dataType, dims2, array) => (initializers.push({ name, dataType, dims: dims2, data: new Uint8Array(array.buffer, array.byteOffset, array.byteLength) }), { name, dims: dims2 }), share = (key, make) => {
    let known = shared.get(key);
    if (known) return known;
    let value = make();
    return shared.set(key, value), value;
  }, graph = {
    inputs,
    outputs: outputs2,
    input(name, dims2) {
      let value = { name, dims: dims2 };
      return inputs.push(value), value;
    },
    constant(data, dims2, name) {
      if (dims2.reduce((a, b) => a * b, 1) !== data.length) throw new Error(`constant of ${data.length} values does not fill [${dims2}]`);
      return name !== void 0 || data.length > 64 ? initializer(name ?? fresh("c"), TensorProto_DataType.FLOAT, dims2, data) : share(`f:${dims2}:${data}`, () => initializer(fresh("c"), TensorProto_DataType.FLOAT, dims2, data));
    },
    scalar: (value) => graph.constant(new Float32Array([value]), []),
    ints: (values) => share(`i:${values}`, () => {
      let value = initializer(fresh("i"), TensorProto_DataType.INT64, [values.length], new BigInt64Array(values.map(BigInt)));
      return intVectors.set(value.name, values), value;
    }),
    intsOf: (value) => intVectors.get(value.name),
    node(opType, ins, attributes = {}, domain = "") {
      let dims2 = inferDims({ opType, domain, attributes, inputs: ins, intsOf: graph.intsOf }), made = { name: fresh("t"), dims: dims2 };
      return nodes.push({ opType, domain, input: ins.map((v) => v?.name ?? ""), output: [made.name], attributes }), made;
    },
    nodes(opType, ins, outs, attributes, domain) {
      let made = outs.map((dims2) => ({ name: fresh("t"), dims: dims2 }));
      return nodes.push({
        opType,
        domain,
        input: ins.map((v) => v?.name ?? ""),
        output: made.map((v) => v.name),
        attributes
      }), made;
    },
    output(value, name) {
      if (name === void 0 || name === value.name) {
        outputs2.push(value);
        return;
      }
      if (inputs.includes(value)) {
        nodes.push({ opType: "Identity", domain: "", input: [value.name], output: [name], attributes: {} }), outputs2.push({ name, dims: value.dims });
        return;
      }
      nodes.forEach((node, i) => {
        let rename = (n) => n === value.name ? name : n;
        nodes[i] = { ...node, input: node.input.map(rename), output: node.output.map(rename) };
      }), outputs2.push({ name, dims: value.dims });
    },
    encode: (metadata = {}) => toBinary(ModelProtoSchema, toModel(metadata)),
    encodeInPlace() {
      let one = graph.scalar(1), model = toModel({}, [one.name]), graphProto = model.graph, marker = create(GraphProtoSchema, {
        node: [{ opType: "SequenceConstruct", input: [one.name], output: [inPlaceMarker] }],
        output: [
          {
            name: inPlaceMarker,
            type: {
              value: {
                case: "sequenceType",
                value: { elemType: { value: { case: "tensorType", value: { elemType: TensorProto_DataType.FLOAT } } } }
              }
            }
          }
        ]
      });
      return graphProto.node.push(...marker.node), graphProto.output.unshift(...marker.output), toBinary(ModelProtoSchema, model);
    }
  };
  function toModel(metadata, alsoUsed = []) {
    let used = /* @__PURE__ */ new Set([...nodes.flatMap((node) => node.input), ...alsoUsed]), usedDomains = /* @__PURE__ */ new Set(["", ...nodes.map((node) => node.domain)]);
    return create(ModelProtoSchema, {
      irVersion,
      producerName: "proxyless-ci",
      opsetImport: [...usedDomains].map((domain) => ({ domain, version: BigInt(domain === "" ? opset : 1) })),
      metadataProps: Object.entries(metadata).map(([key, value]) => ({ key, value })),
      graph: {
        name: graphName,
        node: nodes.map((node) => ({
          opType: node.opType,
          domain: node.domain,
          input: [...node.input],
          output: [...node.output],
          attribute: Object.entries(node.attributes).map(([name, value]) => encodeAttribute(name, value))
        })),
        initializer: initializers.filter((tensor2) => used.has(tensor2.name)).map(({ name, dataType, dims: dims2, data }) => ({
          name,
          dataType,
          dims: dims2.map(BigInt),
          rawData: data
        })),
        input: inputs.map(encodeValueInfo),
        output: outputs2.map(encodeValueInfo)
      }
    });
  }
  return graph;
}
function encodeAttribute(name, value) {
  return typeof value == "string" ? { name, type: AttributeProto_AttributeType.STRING, s: new TextEncoder().encode(value) } : typeof value == "number" ? { name, type: AttributeProto_AttributeType.INT, i: BigInt(value) } : "float" in value ? { name, type: AttributeProto_AttributeType.FLOAT, f: value.float } : "floats" in value ? { name, type: AttributeProto_AttributeType.FLOATS, floats: [...value.floats] } : { name, type: AttributeProto_AttributeType.INTS, ints: value.map(BigInt) };
}
function encodeValueInfo(value) {
  let dim = value.dims.map(
    (d) => typeof d == "number" ? { value: { case: "dimValue", value: BigInt(d) } } : { value: { case: "dimParam", value: d } }
  );
  return {
    name: value.name,
    type: { value: { case: "tensorType", value: { elemType: TensorProto_DataType.FLOAT, shape: { dim } } } }
  };
}
var standardOpset = ({ opsetImport }) => opsetImport.find(({ domain }) => domain === "" || domain === "ai.onnx");
function decodeModel(bytes) {
  let model = fromBinary(ModelProtoSchema, bytes);
  if (!model.graph || model.opsetImport.length === 0) throw new Error("not an ONNX model, or one that is cut short");
  return model;
}

// src/network/bisenet.ts
function biSeNetTail(b, { spatial, context, fusion, classifier }, { image, s16, s32 }) {
  let relu = { activation: "relu" }, first = b.convBn(image, "spatial.0", { out: spatial, kernel: 7, stride: 2 }, relu), second = b.convBn(first, "spatial.1", { out: spatial, kernel: 3, stride: 2 }, relu), third = b.convBn(second, "spatial.2", { out: spatial, kernel: 3, stride: 2 }, relu), detail = b.convBn(third, "spatial.project", { out: context, kernel: 1 }, relu), y = b.convBn(b.globalPool(s32), "context.pooled", { out: context, kernel: 1 }, relu);
  for (let [x, name, larger] of [
    [s32, "s32", s16],
    [s16, "s16", detail]
  ]) {
    let refined = attentionRefinement(b, x, `context.${name}`, context), sum = b.add(refined, b.resize(y, x.height, x.width)), up = b.resize(sum, larger.height, larger.width);
    y = b.convBn(up, `context.${name}.refine`, { out: context, kernel: 3 }, relu);
  }
  let joined = b.convBn(b.concat([detail, y]), "fusion.join", { out: fusion, kernel: 1 }, relu), squeezed = b.activation(b.conv(b.globalPool(joined), "fusion.reduce", { out: fusion, kernel: 1 }), "relu"), factors = b.activation(b.conv(squeezed, "fusion.expand", { out: fusion, kernel: 1 }), "sigmoid"), fused = b.add(joined, b.scale(joined, factors)), last = b.convBn(fused, "last", { out: classifier, kernel: 3 }, relu);
  return b.conv(last, "classifier", { out: 1, kernel: 1, bias: !0 });
}
function attentionRefinement(b, x, name, out) {
  let features = b.convBn(x, `${name}.conv`, { out, kernel: 3 }, { activation: "relu" }), means = b.convBn(b.globalPool(features), `${name}.attention`, { out, kernel: 1 });
  return b.scale(features, b.activation(means, "sigmoid"));
}

// src/network/operations/dilated.ts
function dilatedConvolution(kernel) {
  return {
    name: `dilconv_${kernel}x${kernel}`,
    check: () => {
    },
    build(b, x, layer) {
      let geometry = { out: layer.in, kernel, stride: layer.stride, dilation: 2, depthwise: !0 }, filtered = b.conv(b.activation(x, "relu"), "depthwise", geometry);
      return b.convBn(filtered, "pointwise", { out: layer.out, kernel: 1 });
    }
  };
}
var dilatedOperations = [dilatedConvolution(3), dilatedConvolution(5)];

// src/network/operations/mobilenetv2.ts
function mobileNetV2(kernel, expansion) {
  return {
    name: `mbv2_${kernel}x${kernel}_e${expansion}`,
    ownShortcut: !0,
    expansion,
    check: (layer) => layer.expanded === expansion * layer.in ? void 0 : `has an expanded width of ${expansion} x in = ${expansion * layer.in}, not ${layer.expanded}`,
    build(b, x, layer) {
      let { activation, expanded } = layer, wide = expansion === 1 ? x : b.convBn(x, "expand", { out: expanded, kernel: 1 }, { activation }), filtered = b.convBn(
        wide,
        "depthwise",
        { out: expanded, kernel, stride: layer.stride, depthwise: !0 },
        { activation }
      ), keeps = layer.stride === 1 && layer.in === layer.out;
      return b.convBn(filtered, "project", { out: layer.out, kernel: 1 }, keeps ? { residual: x } : {});
    }
  };
}
var mobileNetV2Operations = [
  mobileNetV2(3, 1),
  ...[3, 5, 7].flatMap((kernel) => [3, 6].map((expansion) => mobileNetV2(kernel, expansion)))
];

// src/network/operations/mobilenetv3.ts
function makeDivisible(width, divisor) {
  let rounded = Math.max(divisor, Math.floor((width + divisor / 2) / divisor) * divisor);
  return rounded < 0.9 * width ? rounded + divisor : rounded;
}
function mobileNetV3(kernel) {
  return {
    name: `mbv3_${kernel}x${kernel}`,
    ownShortcut: !0,
    check: (layer) => layer.expanded < 1 ? `needs an expanded width of at least 1, not ${layer.expanded}` : void 0,
    build(b, x, layer) {
      let { activation, expanded } = layer, wide = expanded === layer.in ? x : b.convBn(x, "expand", { out: expanded, kernel: 1 }, { activation }), filtered = b.convBn(
        wide,
        "depthwise",
        { out: expanded, kernel, stride: layer.stride, depthwise: !0 },
        { activation }
      ), excited = layer.squeezeExcite ? b.squeezeExcite(filtered, "se", makeDivisible(expanded / 4, 8)) : filtered, keeps = layer.stride === 1 && layer.in === layer.out;
      return b.convBn(excited, "project", { out: layer.out, kernel: 1 }, keeps ? { residual: x } : {});
    }
  };
}
var mobileNetV3Operations = [mobileNetV3(3), mobileNetV3(5), mobileNetV3(7)];

// src/network/operations/separable.ts
function separableConvolution(kernel) {
  return {
    name: `sepconv_${kernel}x${kernel}`,
    check: () => {
    },
    build(b, x, layer) {
      let depthwise = { out: layer.in, kernel, depthwise: !0 }, first = b.conv(b.activation(x, "relu"), "first.depthwise", { ...depthwise, stride: layer.stride }), middle = b.convBn(first, "first.pointwise", { out: layer.in, kernel: 1 }, { activation: "relu" }), second = b.conv(middle, "second.depthwise", depthwise);
      return b.convBn(second, "second.pointwise", { out: layer.out, kernel: 1 });
    }
  };
}
var separableOperations = [separableConvolution(3), separableConvolution(5)];

// src/network/operations/shuffle.ts
function mainBranch(b, x, width, stride) {
  let reduced = b.convBn(x, "main.reduce", { out: width, kernel: 1 }, { activation: "relu" }), filtered = b.convBn(reduced, "main.depthwise", { out: width, kernel: 3, stride, depthwise: !0 });
  return b.convBn(filtered, "main.project", { out: width, kernel: 1 }, { activation: "relu" });
}
var shuffleOperation = {
  name: "shuffle",
  ownShortcut: !0,
  check: (layer) => layer.out % 2 === 0 ? void 0 : `needs an even output width (each of its two branches makes half), not ${layer.out}`,
  build(b, x, layer) {
    let half = layer.out / 2;
    if (layer.stride === 1 && layer.in === layer.out) {
      let worked = mainBranch(b, b.channels(x, half, layer.in), half, 1);
      return b.shuffle(b.concat([b.channels(x, 0, half), worked]), 2);
    }
    let side2 = b.convBn(x, "side.depthwise", { out: layer.in, kernel: 3, stride: layer.stride, depthwise: !0 }), projected = b.convBn(side2, "side.project", { out: half, kernel: 1 }, { activation: "relu" });
    return b.shuffle(b.concat([projected, mainBranch(b, x, half, layer.stride)]), 2);
  }
};

// src/network/operations/skip.ts
var skipOperation = {
  name: "skip",
  ownShortcut: !0,
  keepsShape: !0,
  check: (layer) => layer.stride === 1 && layer.in === layer.out ? void 0 : `needs stride 1 and equal widths, not stride ${layer.stride} from ${layer.in} to ${layer.out}`,
  build: (_, x) => x
};

// src/network/operations/xception.ts
function separable(b, x, name, { out, stride = 1 }, end = {}) {
  let filtered = b.convBn(x, `${name}.depthwise`, { out: x.channels, kernel: 3, stride, depthwise: !0 });
  return b.convBn(filtered, `${name}.pointwise`, { out, kernel: 1 }, end);
}
var xceptionOperation = {
  name: "xception",
  ownShortcut: !0,
  check: (layer) => layer.expanded < 8 ? `needs an expanded width of at least 8 channels, not ${layer.expanded}` : void 0,
  build(b, x, { in: inputs, out, stride, expanded }) {
    let shortcut = stride === 1 && inputs === out ? x : separable(b, x, "shortcut", { out, stride }), first = separable(b, x, "first", { out: expanded, stride }, { activation: "relu" }), second = separable(b, first, "second", { out: expanded }, { activation: "relu" });
    return separable(b, second, "third", { out }, { activation: "relu", residual: shortcut });
  }
}, maxPoolOperation = {
  name: "maxpool_3x3",
  check: (layer) => layer.stride === 2 && layer.in === layer.out ? void 0 : `needs stride 2 and equal widths, not stride ${layer.stride} from ${layer.in} to ${layer.out}`,
  build: (b, x) => b.maxPool(x)
};

// src/network/operations/index.ts
var registered = [
  ...mobileNetV3Operations,
  ...mobileNetV2Operations,
  ...dilatedOperations,
  ...separableOperations,
  shuffleOperation,
  skipOperation,
  xceptionOperation,
  maxPoolOperation
], operations = new Map(registered.map((op) => [op.name, op]));
function unknownOperation(name) {
  let nearest = nearestName(name, [...operations.keys()]), hint = nearest ? `did you mean "${nearest}"?` : `known operations: ${[...operations.keys()].join(", ")}`;
  return `unknown operation "${name}"; ${hint}`;
}
function getOperation(name) {
  let operation = operations.get(name);
  if (!operation) throw new UserError(unknownOperation(name));
  return operation;
}

// src/network/modules.ts
var unlike = (ofRun, { height, width }) => height === ofRun.height && width === ofRun.width ? void 0 : { height, width };
function tailInputs(features, image, outputs2) {
  return features.map((i) => i === "image" ? image : outputs2[i]);
}
var side = (feature) => `${feature.channels}x${feature.height}x${feature.width}`, shape = ({ channels, height, width }) => ({ channels, height, width }), imageOf = ({ height, width }) => ({ channels: 3, height, width, image: !0 });
function headOutput(macro, input) {
  return { channels: macro.head.width, height: input.height / 2, width: input.width / 2 };
}
function layerOutput(layer, input) {
  return {
    channels: layer.out,
    height: Math.ceil(input.height / layer.stride),
    width: Math.ceil(input.width / layer.stride)
  };
}
function featureLayers(layers) {
  let starts = layers.flatMap((layer, i) => layer.stride === 2 ? [i] : []);
  return starts.map((_, stage) => (starts[stage + 1] ?? layers.length) - 1);
}
function headModule(macro, input) {
  for (let [name, pixels] of Object.entries({ height: input.height, width: input.width }))
    if (!Number.isInteger(pixels) || pixels < 32 || pixels % 4 !== 0)
      throw new UserError(`input ${name}: must be a multiple of 4, 32 or more, not ${pixels}`);
  let { width, activation } = macro.head, image = imageOf(input);
  return {
    prefix: "head",
    signature: `head ${side(image)} -> ${width} ${activation}`,
    inputs: [image],
    build: (b, [x]) => [b.convBn(x, "conv", { out: width, kernel: 3, stride: 2 }, { activation })]
  };
}
var candidateName = ({ operation, variant }) => variant === void 0 ? operation : `${operation}_${variant}`;
function layerModule(layer, index, input) {
  let operation = getOperation(layer.operation), problem = operation.check(layer);
  if (problem) throw new UserError(`layers.${index}: ${layer.operation} ${problem}`);
  if (layer.residual && (layer.stride !== 1 || layer.in !== layer.out))
    throw new UserError(`layers.${index}.residual: only a layer that keeps its shape can have a shortcut`);
  if (layer.in !== input.channels) throw new Error(`layer ${index} takes ${layer.in} channels, not ${input.channels}`);
  return {
    prefix: `layers.${index}.${candidateName(layer)}`,
    signature: `${layer.operation} ${side(input)} -> ${layer.out} s${layer.stride} e${layer.expanded} ${layer.activation}${layer.squeezeExcite ? " se" : ""}${layer.residual ? " res" : ""}`,
    inputs: [shape(input)],
    build: (b, [x]) => {
      let y = operation.build(b, x, layer);
      return [layer.residual ? b.add(y, x) : y];
    }
  };
}
function tailFeatures(macro, features) {
  return macro.bisenet ? ["image", ...features.slice(2)] : [...features];
}
function tailModule(macro, inputs) {
  return macro.bisenet ? biSeNetModule(macro, inputs) : deepLabModule(macro, inputs);
}
function biSeNetModule({ bisenet }, inputs) {
  let [{ height, width }] = inputs;
  return {
    prefix: "tail",
    signature: `tail ${inputs.map(side).join(" ")} bisenet ${Object.values(bisenet).join(" ")}`,
    inputs,
    build(b, [image, s16, s32]) {
      let logits = biSeNetTail(b, bisenet, { image, s16, s32 });
      return [b.resize(logits, height / 4, width / 4)];
    }
  };
}
function deepLabModule(macro, features) {
  let deepest = features.at(-1), largest = Math.max(1, Math.min(deepest.height, deepest.width) - 1), rates = macro.aspp.rates.map((rate) => Math.min(rate, largest));
  return {
    prefix: "tail",
    signature: `tail ${features.map(side).join(" ")} aspp${macro.aspp.width} rates ${rates} decoder${macro.decoder.width}`,
    inputs: features.map(shape),
    build(b, inputs) {
      let y = aspp(b, inputs.at(-1), macro.aspp.width, rates, macro.decoder.width);
      for (let [level, name] of [
        [2, "s16"],
        [1, "s8"],
        [0, "s4"]
      ]) {
        let encoder = inputs[level], up = b.resize(y, encoder.height, encoder.width), sum = b.convBn(encoder, `decoder.${name}.lateral`, { out: up.channels, kernel: 1 }, { residual: up });
        y = separable2(b, sum, `decoder.${name}`, macro.decoder.width, 1);
      }
      return [b.conv(y, "classifier", { out: 1, kernel: 1, bias: !0 })];
    }
  };
}
function aspp(b, x, width, rates, out) {
  let local = b.convBn(x, "aspp.local", { out: width, kernel: 1 }, { activation: "relu" }), atrous = rates.map((rate, i) => separable2(b, x, `aspp.atrous.${i}`, width, rate)), pooled = b.activation(b.conv(b.globalPool(x), "aspp.pooled", { out: width, kernel: 1, bias: !0 }), "relu"), branches = [local, ...atrous, b.resize(pooled, x.height, x.width)];
  return b.convBn(b.concat(branches), "aspp.join", { out, kernel: 1 }, { activation: "relu" });
}
function separable2(b, x, name, out, dilation) {
  let geometry = { out: x.channels, kernel: 3, dilation, depthwise: !0 }, filtered = b.convBn(x, `${name}.depthwise`, geometry, { activation: "relu" });
  return b.convBn(filtered, `${name}.pointwise`, { out, kernel: 1 }, { activation: "relu" });
}
function spaceModules(space, input) {
  let head = headModule(space.macro, input), feature = headOutput(space.macro, input), outputs2 = [], layers = space.layers.map((candidates, index) => {
    let from = feature;
    return feature = layerOutput(candidates[0], from), outputs2.push(feature), candidates.map((layer) => layerModule(layer, index, from));
  }), features = tailFeatures(space.macro, featureLayers(space.layers.map((candidates) => candidates[0])));
  return {
    head,
    layers,
    tail: tailModule(space.macro, tailInputs(features, imageOf(input), outputs2)),
    features
  };
}
function networkModules(architecture, input) {
  let { macro } = architecture, modules = spaceModules({ macro, layers: architecture.layers.map((layer) => [layer]) }, input);
  return { ...modules, layers: modules.layers.map(([layer]) => layer) };
}

// src/network/shapes.ts
var shape2 = (channels, height, width) => ({ channels, height, width }), convolved = (x, { out, stride = 1 }) => shape2(out, Math.ceil(x.height / stride), Math.ceil(x.width / stride)), outputs = {
  convBn: (x, _name, conv2) => convolved(x, conv2),
  conv: (x, _name, conv2) => convolved(x, conv2),
  activation: (x) => x,
  add: (a) => a,
  squeezeExcite: (x) => x,
  globalPool: (x) => shape2(x.channels, 1, 1),
  scale: (x) => x,
  maxPool: (x) => convolved(x, { out: x.channels, kernel: 3, stride: 2 }),
  concat: (xs) => shape2(
    xs.reduce((sum, x) => sum + x.channels, 0),
    xs[0].height,
    xs[0].width
  ),
  channels: (x, from, to) => shape2(to - from, x.height, x.width),
  shuffle: (x) => x,
  resize: (x, height, width) => shape2(x.channels, height, width)
};
function traceShapes(module, inputs, listen) {
  let methods = Object.entries(outputs).map(([op, outputOf]) => [
    op,
    (...given) => {
      let { channels, height, width } = outputOf(...given), step = { op, given, inputs: featuresIn(given) };
      return listen(step, shape2(channels, height, width));
    }
  ]);
  return module.build(Object.fromEntries(methods), inputs);
}
function featuresIn(given) {
  return given.flatMap((one) => typeof one != "object" || one === null ? [] : "channels" in one ? [one] : featuresIn(Object.values(one)));
}

// src/network/count.ts
function count(module) {
  let specs = [], terms = [], parameter = (name, dims2, init, trainable = !0) => {
    if (specs.some((spec) => spec.name === name)) throw new Error(`${module.prefix}: parameter ${name} is made twice`);
    specs.push({ name, shape: dims2, init, trainable });
  }, convolve = (x, name, conv2, y, init) => {
    let { out, kernel, dilation = 1, depthwise = !1 } = conv2;
    if (depthwise && out !== x.channels)
      throw new Error(`${module.prefix}/${name}: depthwise from ${x.channels} to ${out}`);
    let weight = [out, depthwise ? 1 : x.channels, kernel, kernel];
    parameter(`${name}.weight`, weight, init), terms.push({ name, macs: weight.reduce((a, b) => a * b, y.height * y.width), kernel, dilation });
  }, outputs2 = traceShapes(module, module.inputs, ({ op, given }, y) => {
    if (op === "convBn") {
      let [x, name, conv2] = given;
      convolve(x, name, conv2, y, "third-fan-in"), parameter(`${name}.bn.gamma`, [conv2.out], "ones"), parameter(`${name}.bn.beta`, [conv2.out], "zeros"), parameter(`${name}.bn.mean`, [conv2.out], "zeros", !1), parameter(`${name}.bn.var`, [conv2.out], "ones", !1);
    } else if (op === "conv") {
      let [x, name, conv2] = given;
      convolve(x, name, conv2, y, conv2.bias ? "lecun-fan-in" : "third-fan-in"), conv2.bias && parameter(`${name}.bias`, [conv2.out], "zeros");
    } else if (op === "squeezeExcite") {
      let [{ channels }, name, squeezed] = given;
      for (let [part, into, out] of [
        ["reduce", channels, squeezed],
        ["expand", squeezed, channels]
      ]) {
        let pooled = { channels: into, height: 1, width: 1 };
        convolve(pooled, `${name}.${part}`, { out, kernel: 1 }, { ...pooled, channels: out }, "third-fan-in"), parameter(`${name}.${part}.bias`, [out], "zeros");
      }
    }
    return y;
  });
  return { specs, terms, outputs: outputs2 };
}
function moduleParameters(module) {
  return count(module).specs;
}
function moduleOutputs(module) {
  return count(module).outputs;
}
function moduleMacs(module) {
  return count(module).terms;
}
function moduleCost(module) {
  let { specs, terms } = count(module);
  return {
    parameters: specs.reduce((sum, spec) => sum + (spec.trainable ? sizeOf(spec) : 0), 0),
    macs: terms.reduce((sum, term) => sum + term.macs, 0)
  };
}
function architectureCost(architecture, input) {
  let { head, layers, tail } = networkModules(architecture, input), costs = [head, ...layers, tail].map(moduleCost);
  return {
    parameters: costs.reduce((sum, cost) => sum + cost.parameters, 0),
    macs: costs.reduce((sum, cost) => sum + cost.macs, 0)
  };
}
function sizeOf(spec) {
  return spec.shape.reduce((a, b) => a * b, 1);
}
function initializeParameters(module, seed) {
  return new Map(
    moduleParameters(module).map((spec) => {
      let data = new Float32Array(sizeOf(spec));
      if (spec.init === "ones") data.fill(1);
      else if (spec.init !== "zeros") {
        let random = createRandom(seed, module.prefix, spec.name), std = Math.sqrt(initialVariance(spec));
        for (let i = 0; i < data.length; i++) data[i] = std * random.normal();
      }
      return [`${module.prefix}/${spec.name}`, data];
    })
  );
}
function initialVariance({ shape: dims2, init }) {
  let [, into, height, width] = dims2;
  return (init === "third-fan-in" ? 1 / 3 : 1) / (into * height * width);
}

// src/network/operators.ts
function operatorsOf(bytes) {
  let nodes = decodeModel(bytes).graph?.node ?? [];
  return [...new Set(nodes.map((node) => node.domain ? `${node.domain}::${node.opType}` : node.opType))].sort();
}
function checkOperators(bytes, allowed) {
  let lacking = operatorsOf(bytes).filter((operator) => !allowed.includes(operator));
  if (lacking.length > 0)
    throw new UserError(`the model needs operators that are not in export.operators: ${lacking.join(", ")}`);
}

// src/network/deploy.ts
var activations = {
  relu: (graph, x) => graph.node("Relu", [x]),
  relu6: (graph, x) => graph.node("Clip", [x, graph.scalar(0), graph.scalar(6)]),
  hswish: (graph, x) => graph.node("HardSwish", [x]),
  hsigmoid: (graph, x) => graph.node("HardSigmoid", [x], { alpha: { float: 1 / 6 }, beta: { float: 0.5 } }),
  sigmoid: (graph, x) => graph.node("Sigmoid", [x])
};
function takeWeight(weights, key, size) {
  let data = weights.get(key);
  if (data?.length === size) return data;
  let problem = data ? `has ${data.length} values where the architecture needs ${size}` : "is missing";
  throw new UserError(`weights: ${key} ${problem}; they belong to another architecture`);
}
function foldBatchNorm(weight, bn, channels) {
  let [gamma, beta, mean, variance] = ["gamma", "beta", "mean", "var"].map(bn), each = weight.length / channels, scale = Float64Array.from(gamma, (g, c) => g / Math.sqrt(variance[c] + 1e-5));
  return {
    weight: weight.map((w, i) => w * scale[Math.floor(i / each)]),
    bias: beta.map((shift, c) => shift - mean[c] * scale[c])
  };
}
function deployBuilder(graph, prefix, weights) {
  let feature = (value) => {
    let [, channels, height, width] = value.dims;
    return { value, channels, height, width };
  }, weightOf = (x, name, { out, kernel, depthwise }) => {
    let dims2 = [out, depthwise ? 1 : x.channels, kernel, kernel], key = `${prefix}/${name}.weight`;
    return {
      key,
      dims: dims2,
      data: takeWeight(
        weights,
        key,
        dims2.reduce((a, b) => a * b)
      )
    };
  }, convolve = (x, conv2, weight, bias) => {
    let { kernel, stride = 1, dilation = 1, depthwise } = conv2, pad2 = dilation * (kernel - 1) / 2;
    return graph.node("Conv", [x.value, weight, bias], {
      kernel_shape: [kernel, kernel],
      strides: [stride, stride],
      dilations: [dilation, dilation],
      pads: [pad2, pad2, pad2, pad2],
      group: depthwise ? x.channels : 1
    });
  }, biasOf = (name, out) => graph.constant(takeWeight(weights, `${prefix}/${name}.bias`, out), [out], `${prefix}/${name}.bias`), builder = {
    convBn(x, name, conv2, { activation, residual } = {}) {
      let { key, dims: dims2, data } = weightOf(x, name, conv2), folded = foldBatchNorm(data, (part) => takeWeight(weights, `${prefix}/${name}.bn.${part}`, conv2.out), conv2.out), bias = graph.constant(folded.bias, [conv2.out], `${prefix}/${name}.bias`), y = convolve(x, conv2, graph.constant(folded.weight, dims2, key), bias);
      return residual && (y = graph.node("Add", [y, residual.value])), feature(activation ? activations[activation](graph, y) : y);
    },
    conv(x, name, conv2) {
      let { key, dims: dims2, data } = weightOf(x, name, conv2), bias = conv2.bias ? biasOf(name, conv2.out) : void 0;
      return feature(convolve(x, conv2, graph.constant(data, dims2, key), bias));
    },
    activation: (x, kind) => feature(activations[kind](graph, x.value)),
    add: (a, b) => feature(graph.node("Add", [a.value, b.value])),
    squeezeExcite(x, name, squeezed) {
      let reduced = builder.conv(builder.globalPool(x), `${name}.reduce`, { out: squeezed, kernel: 1, bias: !0 }), excited = builder.conv(builder.activation(reduced, "relu"), `${name}.expand`, {
        out: x.channels,
        kernel: 1,
        bias: !0
      });
      return builder.scale(x, builder.activation(excited, "hsigmoid"));
    },
    globalPool: (x) => feature(graph.node("GlobalAveragePool", [x.value])),
    scale: (x, factors) => feature(graph.node("Mul", [x.value, factors.value])),
    maxPool: (x) => feature(graph.node("MaxPool", [x.value], { kernel_shape: [3, 3], strides: [2, 2], pads: [1, 1, 1, 1] })),
    concat: (xs) => feature(
      graph.node(
        "Concat",
        xs.map((x) => x.value),
        { axis: 1 }
      )
    ),
    channels: (x, from, to) => feature(graph.node("Slice", [x.value, graph.ints([from]), graph.ints([to]), graph.ints([1])])),
    shuffle(x, groups) {
      let { channels, height, width } = x, grouped = graph.ints([0, groups, channels / groups, height * width]), split = graph.node("Reshape", [x.value, grouped]), turned = graph.node("Transpose", [split], { perm: [0, 2, 1, 3] });
      return feature(graph.node("Reshape", [turned, graph.ints([0, channels, height, width])]));
    },
    resize: (x, height, width) => feature(resize(graph, x.value, height, width))
  };
  return builder;
}
function scaleTo(from, to) {
  return to % from === 0 ? to / from : to / from * (1 + 2 ** -22);
}
function resize(graph, x, height, width, mode = "half_pixel") {
  let [batch, channels, h, w] = x.dims;
  if (h === height && w === width) return x;
  let scales = graph.constant(new Float32Array([1, 1, scaleTo(h, height), scaleTo(w, width)]), [4]), attributes = { mode: "linear", coordinate_transformation_mode: mode }, { name } = graph.node("Resize", [x, void 0, scales], attributes);
  return { name, dims: [batch, channels, height, width] };
}
function buildModule(graph, module, inputs, weights) {
  return module.build(deployBuilder(graph, module.prefix, weights), inputs);
}
function declare(graph, name, feature) {
  let { channels, height, width } = feature;
  return { channels, height, width, value: graph.input(name, ["batch", channels, height, width]) };
}
function randomWeights(modules, seed) {
  return new Map(modules.flatMap((module) => [...initializeParameters(module, seed)]));
}
function deployModules(modules, weights = randomWeights(modules, 0)) {
  let graph = createGraph("modules"), features = modules[0].inputs.map((input, i) => declare(graph, `x${i}`, input));
  for (let module of modules) features = buildModule(graph, module, features, weights);
  for (let [i, { value }] of features.entries()) graph.output(value, `y${i}`);
  return graph.encode();
}
function deployArchitecture(architecture, weights, options) {
  let { height, width, operators } = options, { head, layers, tail, features } = networkModules(architecture, { height, width }), graph = createGraph(architecture.name), image = declare(graph, "image", head.inputs[0]), [x] = buildModule(graph, head, [image], weights), outputs2 = layers.map((layer) => ([x] = buildModule(graph, layer, [x], weights), x)), [logits] = buildModule(graph, tail, tailInputs(features, image, outputs2), weights), enlarged = resize(graph, logits.value, height, width, "pytorch_half_pixel");
  graph.output(graph.node("Sigmoid", [enlarged]), "probability");
  let bytes = graph.encode({
    name: architecture.name,
    input: JSON.stringify({ name: "image", layout: "NCHW", channels: "RGB", height, width }),
    output: JSON.stringify({ name: "probability", layout: "NCHW", channels: "person", height, width }),
    normalization: JSON.stringify({ range: [0, 1], ...normalization }),
    opset: String(opset),
    architecture: JSON.stringify(architecture)
  });
  return operators && checkOperators(bytes, operators), bytes;
}

// src/runtime/session.ts
var import_onnxruntime_node = __toESM(require_onnxruntime_node(), 1);
import { readFile as readFile2 } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
function createSession(model, settings) {
  return import_onnxruntime_node.InferenceSession.create(model, sessionOptions(settings));
}
function optimizeModel(model, settings) {
  return inTemporaryFolder(join(tmpdir(), "proxyless-ci-"), async (folder) => {
    let file = join(folder, "optimized.onnx"), options = { ...sessionOptions(settings), optimizedModelFilePath: file };
    return await (await import_onnxruntime_node.InferenceSession.create(model, options)).release(), readFile2(file);
  });
}
function sessionOptions(settings) {
  let affinities = settings.cores?.slice(1).map((core) => core + 1).join(";"), extra = {
    ...settings.takesTurns ? { force_spinning_stop: "1" } : {},
    ...affinities ? { intra_op_thread_affinities: affinities } : {}
  };
  return {
    executionProviders: ["cpu"],
    intraOpNumThreads: settings.threads,
    interOpNumThreads: 1,
    executionMode: "sequential",
    graphOptimizationLevel: settings.optimize === !1 ? "disabled" : "all",
    logSeverityLevel: 3,
    enableCpuMemArena: settings.arena ?? !0,
    enableMemPattern: settings.arena ?? !0,
    ...settings.dimensions ? { freeDimensionOverrides: settings.dimensions } : {},
    ...Object.keys(extra).length > 0 ? { extra: { session: extra } } : {}
  };
}

// src/latency/image-model.ts
var import_onnxruntime_node3 = __toESM(require_onnxruntime_node(), 1);

// src/graph/image-model.ts
var knownDomains = [
  "",
  "ai.onnx",
  "ai.onnx.ml",
  "com.microsoft",
  "com.microsoft.nchwc",
  "com.microsoft.experimental"
];
function readImageModel(source) {
  let { name } = source, decoded = decodeOrRefuse(source), graph = decoded.graph, local = new Set(decoded.functions.map(({ domain }) => domain)), foreign = graph.node.find(({ domain }) => !knownDomains.includes(domain) && !local.has(domain));
  if (foreign)
    throw new UserError(
      `${name}: uses the custom operator ${foreign.domain}.${foreign.opType}, which ONNX Runtime does not have; export the model with standard operators only`
    );
  if (keepsDataOutside(graph) || decoded.functions.some(({ node }) => node.some(nodeKeepsDataOutside)))
    throw new UserError(`${name}: keeps its weights in a separate file; save it as one file with its weights inside`);
  let constants = new Set(graph.initializer.map((initializer) => initializer.name)), stated = graph.input.filter((input) => !constants.has(input.name));
  if (stated.length === 0) throw new UserError(`${name}: has no input; only models with image inputs can be measured`);
  let read = stated.map((input) => readInput(input, source)), inputs = read.flatMap(({ image }) => image ?? []);
  if (inputs.length === 0) throw noImage(name, stated[0].name);
  let parameters = countWeights(graph), dimensions = Object.fromEntries(read.flatMap(({ symbolic }) => symbolic));
  return { model: decoded, inputs, others: read.flatMap(({ other }) => other ?? []), parameters, dimensions };
}
function decodeOrRefuse({ name, bytes }) {
  try {
    return decodeModel(bytes);
  } catch {
    throw new UserError(`${name}: not an ONNX model, or a damaged one`);
  }
}
var isOutside = ({ dataLocation }) => dataLocation === TensorProto_DataLocation.EXTERNAL;
function keepsDataOutside({ initializer, node }) {
  return initializer.some(isOutside) || node.some(nodeKeepsDataOutside);
}
function nodeKeepsDataOutside({ attribute }) {
  return attribute.some(({ t, tensors, g, graphs }) => {
    let [inner, own] = [g ? [g, ...graphs] : graphs, t ? [t, ...tensors] : tensors];
    return own.some(isOutside) || inner.some(keepsDataOutside);
  });
}
function countWeights({ initializer, node }) {
  let attributes = node.flatMap(({ attribute }) => attribute), constants = node.flatMap(
    ({ opType, attribute }) => opType === "Constant" ? attribute.flatMap(({ name, t }) => name === "value" && t ? [t] : []) : []
  ), own = [...initializer, ...constants].filter(({ dataType }) => weightTypes.includes(dataType)).reduce((sum, { dims: dims2 }) => sum + dims2.reduce((product, dim) => product * Number(dim), 1), 0);
  return attributes.flatMap(({ g, graphs }) => g ? [g, ...graphs] : graphs).reduce((sum, one) => sum + countWeights(one), own);
}
var noImage = (model, input) => new UserError(
  `${model}: input "${input}" is not an image: it must have four dimensions, [batch, channels, height, width] or [batch, height, width, channels], a stated number of channels, and float32, float16 or uint8 values`
);
function readInput({ name, type }, source) {
  let tensor2 = type?.value.case === "tensorType" ? type.value.value : void 0, element = imageTypes.get(tensor2?.elemType ?? -1), stated = tensor2?.shape?.dim.map(({ value }) => value) ?? [], fixed = stated.map((dim) => dim.case === "dimValue" && dim.value > 0n ? Number(dim.value) : void 0), symbols = (dims3) => stated.flatMap((dim, axis) => dim.case === "dimParam" ? [[dim.value, dims3[axis]]] : []), channelsLast = isColors(fixed[3]) && !isColors(fixed[1]), [channels, height, width] = channelsLast ? [3, 1, 2] : [1, 2, 3];
  if (!element || stated.length !== 4 || fixed[channels] === void 0) {
    let other = otherTypes.get(tensor2?.elemType ?? -1), dims3 = fixed.map((dim, axis) => dim ?? (axis === 0 ? 1 : void 0));
    if (!other || !tensor2?.shape || dims3.includes(void 0)) throw noImage(source.name, name);
    return { other: { name, type: other, dims: dims3 }, symbolic: symbols(dims3) };
  }
  let dims2 = fixed.map((dim, axis) => {
    let asked = axis === height ? source.height : axis === width ? source.width : axis === 0 ? 1 : void 0, size = dim ?? asked;
    if (size === void 0)
      throw new UserError(
        `${source.name}: input "${name}" has no fixed height and width; say at which size: --size HEIGHTxWIDTH`
      );
    return size;
  });
  if (dims2[0] !== 1)
    throw new UserError(
      `${source.name}: input "${name}" has a fixed batch of ${dims2[0]}; export it with a batch of 1, or an open one`
    );
  return { image: { name, type: element, dims: dims2, layout: channelsLast ? "NHWC" : "NCHW", height: dims2[height], width: dims2[width] }, symbolic: symbols(dims2) };
}
var imageTypes = /* @__PURE__ */ new Map([
  [TensorProto_DataType.FLOAT, "float32"],
  [TensorProto_DataType.FLOAT16, "float16"],
  [TensorProto_DataType.UINT8, "uint8"]
]), otherTypes = new Map([
  ...imageTypes,
  [TensorProto_DataType.INT8, "int8"],
  [TensorProto_DataType.INT32, "int32"],
  [TensorProto_DataType.INT64, "int64"],
  [TensorProto_DataType.BOOL, "bool"],
  [TensorProto_DataType.DOUBLE, "float64"]
]), weightTypes = [
  TensorProto_DataType.FLOAT,
  TensorProto_DataType.FLOAT16,
  TensorProto_DataType.BFLOAT16,
  TensorProto_DataType.DOUBLE,
  TensorProto_DataType.INT8,
  TensorProto_DataType.UINT8
], isColors = (channels) => channels === 1 || channels === 3 || channels === 4;

// src/runtime/tensors.ts
var import_onnxruntime_node2 = __toESM(require_onnxruntime_node(), 1);
function tensor(data, dims2) {
  return new import_onnxruntime_node2.Tensor("float32", data, dims2);
}
var arrays = {
  float32: Float32Array,
  float64: Float64Array,
  // Half floats by their bits.
  float16: Uint16Array,
  uint8: Uint8Array,
  int8: Int8Array,
  int32: Int32Array,
  int64: BigInt64Array,
  bool: Uint8Array
};
function zeros(type, dims2) {
  return new import_onnxruntime_node2.Tensor(type, new arrays[type](dims2.reduce((a, b) => a * b, 1)), dims2);
}
var sequenceRefused = "Non tensor type is temporarily not supported.";
async function runInPlace(session, feeds, fetches) {
  try {
    await session.run(feeds, { [inPlaceMarker]: null, ...fetches });
  } catch (error) {
    if (!(error instanceof Error && error.message.includes(sequenceRefused))) throw error;
  }
}

// src/latency/image-model.ts
function prepareToTime(sources, random) {
  let images = sources.map(readImageModel), cut = images.every(canCutOutputs);
  return images.map(({ model, inputs, others, dimensions }) => ({
    bytes: cut ? cutOutputs(model) : toBinary(ModelProtoSchema, model),
    feeds: Object.fromEntries([
      ...inputs.map((input) => [input.name, randomImage(input, random)]),
      ...others.map((input) => [input.name, zeros(input.type, input.dims)])
    ]),
    dimensions
  }));
}
var sliceWithInputs = 10;
function randomImage({ type, dims: dims2 }, random) {
  let length = dims2.reduce((a, b) => a * b, 1);
  return type === "float32" ? new import_onnxruntime_node3.Tensor(
    type,
    Float32Array.from({ length }, () => random.normal()),
    dims2
  ) : type === "uint8" ? new import_onnxruntime_node3.Tensor(
    type,
    Uint8Array.from({ length }, () => random.int(256)),
    dims2
  ) : new import_onnxruntime_node3.Tensor(
    type,
    Uint16Array.from({ length }, () => 15360 | random.int(1024)),
    dims2
  );
}
function canCutOutputs({ model }) {
  return Number(standardOpset(model)?.version ?? 0) >= sliceWithInputs && model.graph.output.every(({ type }) => type?.value.case === "tensorType" && type.value.value.shape?.dim.length);
}
function cutOutputs(model) {
  let graph = model.graph, cut = graph.output.map((output) => {
    let elemType = output.type?.value.case === "tensorType" ? output.type.value.value.elemType : 0;
    return { output, name: `${output.name}/first-column`, elemType };
  }), vector = (name, value) => ({
    name,
    dataType: TensorProto_DataType.INT64,
    dims: [1n],
    int64Data: [BigInt(value)]
  }), additions = create(GraphProtoSchema, {
    node: cut.map(({ name, output }) => ({
      opType: "Slice",
      input: [output.name, "cut/0", "cut/1", "cut/-1"],
      output: [name]
    })),
    initializer: [vector("cut/0", 0), vector("cut/1", 1), vector("cut/-1", -1)],
    output: cut.map(({ name, elemType }) => ({
      name,
      type: { value: { case: "tensorType", value: { elemType } } }
    }))
  });
  return graph.node.push(...additions.node), graph.initializer.push(...additions.initializer), graph.output = additions.output, toBinary(ModelProtoSchema, model);
}

// src/latency/rounds.ts
var steadyShare = 0.1, settledError = 0.02;
function summarizeRounds(samples) {
  let sorted = [...samples].sort((a, b) => a - b), quantile = (p) => quantileSorted(sorted, Math.min(1, Math.max(0, p))), deviation = Math.sqrt(steadyShare * (1 - steadyShare) / sorted.length);
  return {
    count: samples.length,
    minMs: sorted[0],
    medianMs: quantile(0.5),
    p10Ms: quantile(steadyShare),
    errorMs: (quantile(steadyShare + deviation) - quantile(steadyShare - deviation)) / 2,
    spread: (quantile(0.75) - quantile(0.25)) / quantile(0.5)
  };
}
var hasSettled = ({ p10Ms, errorMs }) => errorMs <= settledError * p10Ms;

// src/latency/measure.ts
var warmUp = { runs: 3, ms: 4 };
async function measureInterleaved(subjects, settings) {
  let { rounds, runsPerRound, random, minRunMs = 2, onProgress, clock = () => performance.now() } = settings, { visits = () => 1 } = settings;
  if (new Set(subjects.map(({ name }) => name)).size !== subjects.length) throw new Error("subjects share a name");
  let repeats = [];
  for (let { run } of subjects) repeats.push(Math.max(1, Math.ceil(minRunMs / await runTime(run, clock))));
  let timings = subjects.map(() => []), stops = subjects.flatMap((subject, index) => Array(visits(subject)).fill(index));
  for (let round = 0; round < rounds; round++) {
    for (let stop of random.permutation(stops.length)) {
      let index = stops[stop], { run } = subjects[index];
      await run();
      let visit = [];
      for (let k = 0; k < runsPerRound; k++) visit.push(await timeRuns(run, repeats[index], clock));
      timings[index].push(visit);
    }
    onProgress?.(round + 1, rounds);
  }
  return new Map(subjects.map(({ name }, i) => [name, summarize(timings[i])]));
}
async function runTime(run, clock) {
  let fastest = Number.POSITIVE_INFINITY, start = clock();
  for (let runs = 0; runs < warmUp.runs || clock() - start < warmUp.ms; runs++)
    fastest = Math.min(fastest, await timeRuns(run, 1, clock));
  return Math.max(fastest, 1e-3);
}
async function timeRuns(run, repeats, clock) {
  let start = clock();
  for (let i = 0; i < repeats; i++) await run();
  return (clock() - start) / repeats;
}
function summarize(timings) {
  let samples = timings.map((visit) => Math.round(Math.min(...visit) * 1e6) / 1e6);
  return { ...summarizeRounds(samples), p50Ms: median(timings.flat()), samples };
}

// src/latency/models.ts
async function createModelSubject(model, { threads, cores }, random = createRandom(0, model.name)) {
  let [prepared] = prepareToTime([model], random), { bytes, feeds, dimensions } = prepared, session = await createSession(bytes, timedSession({ threads, cores, dimensions })).catch(refuse(model.name));
  return { name: model.name, run: () => session.run(feeds), release: () => session.release() };
}
async function prepareModels(models, settings, random) {
  let images = prepareToTime(models, random), prepared = [];
  for (let [i, { name }] of models.entries()) prepared.push(await prepareModel(name, images[i], settings));
  return prepared;
}
async function prepareModel(name, { bytes, feeds: images, dimensions }, { threads, cores }) {
  let { optimized, settings } = await optimizeTimed(name, bytes, { threads, cores, dimensions });
  return async () => {
    let session = await createSession(optimized, settings), feeds = Object.fromEntries(Object.entries(images).map(([input, pixels]) => [input, copyOf(pixels)]));
    return { name, run: () => session.run(feeds), release: () => session.release() };
  };
}
async function optimizeTimed(name, bytes, of) {
  let settings = timedSession(of);
  return {
    optimized: await optimizeModel(bytes, settings).catch(refuse(name)),
    settings: { ...settings, optimize: !1 }
  };
}
var timedSession = (settings) => ({
  ...settings,
  takesTurns: !0
});
function copyOf({ type, data, dims: dims2 }) {
  return new import_onnxruntime_node4.Tensor(type, data.slice(), dims2);
}
var refuse = (name) => (error) => {
  throw new UserError(`${name}: ONNX Runtime cannot load it: ${error instanceof Error ? error.message : error}`);
};
function withTimedModels(models, threads, use) {
  return withPinnedThreads(
    threads,
    ({ cores }) => withSubjects(
      [...models, driftReference()].map((model) => () => createModelSubject(model, { threads, cores })),
      use
    )
  );
}
async function measureModels(models, settings) {
  let { threads, ...rest } = settings, samples = await withTimedModels(
    models,
    threads,
    (subjects) => measureInterleaved(subjects, { ...rest, runsPerRound: 3, minRunMs: 0 })
  );
  return { latencies: models.map(({ name }) => {
    let s = samples.get(name);
    return { name, p10Ms: s.p10Ms, p50Ms: s.p50Ms, samples: s };
  }), drift: driftOf(samples) };
}
var referenceName = "drift reference";
function driftReference() {
  let layers = [
    { operation: "mbv3_3x3", in: 32, out: 32, stride: 1, expanded: 128 },
    { operation: "sepconv_3x3", in: 32, out: 64, stride: 2, expanded: 64 },
    { operation: "mbv3_5x5", in: 64, out: 64, stride: 1, expanded: 256 },
    { operation: "mbv3_3x3", in: 64, out: 128, stride: 2, expanded: 256 }
  ], feature = { channels: 32, height: 40, width: 40 }, modules = layers.map((shape3, index) => {
    let layer = { ...shape3, activation: "hswish", squeezeExcite: !1 }, module = layerModule(layer, index, feature);
    return feature = layerOutput(layer, feature), module;
  });
  return { name: referenceName, bytes: deployModules(modules), height: 40, width: 40 };
}
function driftOf(samples) {
  let { p10Ms, spread } = samples.get(referenceName);
  return { referenceMs: p10Ms, spread };
}
async function withSubjects(open, use) {
  let subjects = [];
  try {
    for (let one of open) subjects.push(await one());
    return await use(subjects);
  } finally {
    for (let subject of subjects) await subject.release();
  }
}

// src/latency/block.ts
var settlingRounds = 8;
async function prepareBlocks(models, settings, { cores }, random) {
  let distinct = [...new Set(models)], prepared = await prepareModels(distinct, { threads: settings.threads, cores }, random), open = models.map((model) => prepared[distinct.indexOf(model)]), before = process.memoryUsage.rss();
  return async () => {
    let start = await readUse(), timings = await measureBlock(open, settings, random), memoryBytes = Math.max(0, process.memoryUsage.rss() - before);
    return { timings, othersShare: othersBetween(start, await readUse()), memoryBytes };
  };
}
async function measureBlock(models, { rounds, warm }, random) {
  let open = random.permutation(models.length).map((model) => ({ model, open: models[model] })), timings = models.map(() => []);
  return await withSubjects(
    open.map((one) => one.open),
    async (subjects) => {
      let order = random.permutation(models.length);
      for (let round = -settlingRounds; round < rounds; round++)
        for (let place of order) {
          let { run } = subjects[place];
          warm && round >= 0 && await run();
          let start = performance.now();
          await run(), round >= 0 && timings[open[place].model].push(performance.now() - start);
        }
    }
  ), timings;
}
async function readUse() {
  let [line = ""] = (await readFile3("/proc/stat", "utf8").catch(() => "")).split(`
`), ticks = line.split(/\s+/).slice(1, 9).map(Number);
  if (ticks.length < 8) return;
  let all = ticks.reduce((a, b) => a + b, 0), { user, system } = process.cpuUsage();
  return { busy: all - ticks[3] - ticks[4], all, own: (user + system) / 1e4 };
}
function othersBetween(from, to) {
  if (!from || !to || to.all === from.all) return;
  let share = (to.busy - from.busy - (to.own - from.own)) / (to.all - from.all);
  return Math.min(1, Math.max(0, share));
}

export {
  makeDivisible,
  operations,
  unknownOperation,
  unlike,
  tailInputs,
  layerOutput,
  candidateName,
  spaceModules,
  networkModules,
  traceShapes,
  moduleParameters,
  moduleOutputs,
  moduleMacs,
  moduleCost,
  architectureCost,
  sizeOf,
  initializeParameters,
  create,
  toBinary,
  AttributeProtoSchema,
  AttributeProto_AttributeType,
  ValueInfoProtoSchema,
  NodeProtoSchema,
  ModelProtoSchema,
  TensorProtoSchema,
  TensorProto_DataType,
  createGraph,
  standardOpset,
  decodeModel,
  operatorsOf,
  randomWeights,
  deployModules,
  deployArchitecture,
  require_onnxruntime_node,
  readImageModel,
  createSession,
  sessionOptions,
  tensor,
  zeros,
  runInPlace,
  planCores,
  readCoreFacts,
  pinMainThread,
  withPinnedThreads,
  prepareToTime,
  summarizeRounds,
  hasSettled,
  measureInterleaved,
  optimizeTimed,
  withTimedModels,
  measureModels,
  referenceName,
  driftReference,
  driftOf,
  prepareBlocks
};
