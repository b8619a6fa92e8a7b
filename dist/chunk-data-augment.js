import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  UserError
} from "./chunk-lib-errors.js";
import {
  __commonJS,
  __require,
  __toESM
} from "./chunk-empty.js";

// native:sharp
var require_sharp = __commonJS({
  "native:sharp"(exports, module) {
    var folder = process.env.PROXYLESS_CI_NATIVE, { createRequire } = process.getBuiltinModule("node:module");
    module.exports = (folder ? createRequire(folder + "/") : __require)("sharp");
  }
});

// src/data/batches.ts
import { MessageChannel, receiveMessageOnPort, Worker } from "node:worker_threads";

// node_modules/pure-rand/lib/esm/generator/xoroshiro128plus.js
var jumps = [
  3639956645,
  3750757012,
  1261568508,
  386426335
], XoroShiro128Plus = class XoroShiro128Plus2 {
  constructor(s01, s00, s11, s10) {
    this.s01 = s01, this.s00 = s00, this.s11 = s11, this.s10 = s10;
  }
  clone() {
    return new XoroShiro128Plus2(this.s01, this.s00, this.s11, this.s10);
  }
  next() {
    let out = this.s00 + this.s10 | 0, a0 = this.s10 ^ this.s00, a1 = this.s11 ^ this.s01, s00 = this.s00, s01 = this.s01;
    return this.s00 = s00 << 24 ^ s01 >>> 8 ^ a0 ^ a0 << 16, this.s01 = s01 << 24 ^ s00 >>> 8 ^ a1 ^ (a1 << 16 | a0 >>> 16), this.s10 = a1 << 5 ^ a0 >>> 27, this.s11 = a0 << 5 ^ a1 >>> 27, out;
  }
  jump() {
    let ns01 = 0, ns00 = 0, ns11 = 0, ns10 = 0, s01 = this.s01, s00 = this.s00, s11 = this.s11, s10 = this.s10;
    for (let i = 0; i !== 4; ++i) {
      let ji = jumps[i];
      for (let mask = 1; mask; mask <<= 1) {
        ji & mask && (ns01 ^= s01, ns00 ^= s00, ns11 ^= s11, ns10 ^= s10);
        let a0 = s10 ^ s00, a1 = s11 ^ s01, s00_ = s00, s01_ = s01;
        s00 = s00_ << 24 ^ s01_ >>> 8 ^ a0 ^ a0 << 16, s01 = s01_ << 24 ^ s00_ >>> 8 ^ a1 ^ (a1 << 16 | a0 >>> 16), s10 = a1 << 5 ^ a0 >>> 27, s11 = a0 << 5 ^ a1 >>> 27;
      }
    }
    this.s01 = ns01, this.s00 = ns00, this.s11 = ns11, this.s10 = ns10;
  }
  getState() {
    return [
      this.s01,
      this.s00,
      this.s11,
      this.s10
    ];
  }
};
function xoroshiro128plusFromState(state) {
  if (state.length !== 4) throw new Error("The state must have been produced by a xoroshiro128plus RandomGenerator");
  return new XoroShiro128Plus(state[0], state[1], state[2], state[3]);
}
function xoroshiro128plus(seed) {
  return new XoroShiro128Plus(-1, ~seed, seed | 0, 0);
}

// src/lib/random.ts
function wrap(generator) {
  let uniform = () => (generator.next() >>> 0) / 4294967296, int = (n) => Math.floor(uniform() * n);
  return {
    uniform,
    int,
    normal: () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
    permutation: (n) => {
      let order = Array.from({ length: n }, (_, i) => i);
      for (let i = n - 1; i > 0; i--) {
        let j = int(i + 1);
        [order[i], order[j]] = [order[j], order[i]];
      }
      return order;
    },
    state: () => [...generator.getState()]
  };
}
function createRandom(seed, ...labels) {
  return wrap(xoroshiro128plus(hash([seed, ...labels].join("\0"))));
}
function restoreRandom(state) {
  return wrap(xoroshiro128plusFromState([...state]));
}
function hash(text) {
  let h = 2166136261;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 16777619);
  return h = Math.imul(h ^ h >>> 16, 2246822507), h = Math.imul(h ^ h >>> 13, 3266489909), h ^ h >>> 16;
}

// src/lib/normalization.ts
var normalization = {
  mean: [0.485, 0.456, 0.406],
  std: [0.229, 0.224, 0.225]
};

// src/data/images.ts
var import_sharp = __toESM(require_sharp(), 1);
import { readdir } from "node:fs/promises";
import { extname, join } from "node:path";
import_sharp.default.cache(!1);
import_sharp.default.concurrency(1);
var MaskValue = { background: 0, ignore: 128, person: 255 }, imageExtensions = [".jpg", ".jpeg", ".png"];
function maskPath(folder, id) {
  return join(folder, "masks", `${id}.png`);
}
async function locateImages(folder, onDuplicate) {
  let images = /* @__PURE__ */ new Map();
  for (let name of (await readdir(join(folder, "images"))).sort()) {
    let extension = extname(name);
    if (name.startsWith(".") || !imageExtensions.includes(extension.toLowerCase())) continue;
    let id = name.slice(0, -extension.length), path = join(folder, "images", name);
    images.has(id) ? onDuplicate?.(id, path) : images.set(id, path);
  }
  return images;
}
async function mapConcurrently(items, limit, work) {
  let results = new Array(items.length), next = 0, lane = async () => {
    for (; next < items.length; ) {
      let index = next++;
      results[index] = await work(items[index]);
    }
  };
  return await Promise.all(Array.from({ length: Math.min(limit, items.length) }, lane)), results;
}
async function probeImage(path) {
  let { info } = await (0, import_sharp.default)(path).raw().toBuffer({ resolveWithObject: !0 });
  return { width: info.width, height: info.height };
}
async function readMask(path) {
  let decoder = (0, import_sharp.default)(path), { format, channels, depth, isPalette } = await decoder.metadata();
  if (format !== "png" || channels !== 1 || depth !== "uchar" || isPalette) {
    let found = isPalette ? "a palette PNG" : `${format}, ${channels} channel(s), ${depth}`;
    throw new Error(`a mask must be an 8-bit greyscale PNG, this is ${found}`);
  }
  let { data, info } = await decoder.toColorspace("b-w").raw().toBuffer({ resolveWithObject: !0 });
  return { width: info.width, height: info.height, data };
}
async function loadSample(photo, minWidth, minHeight) {
  let [image, mask] = await Promise.all([
    explain(photo.image, decodeRgb(photo.image, minWidth, minHeight)),
    explain(photo.mask, readMask(photo.mask))
  ]), { width, height } = image;
  return { sample: { ...image, mask: resizeMask(mask, width, height) }, mask };
}
async function decodeRgb(path, minWidth, minHeight) {
  let { data, info } = await (0, import_sharp.default)(path).resize(minWidth, minHeight, { fit: "outside", withoutEnlargement: !0 }).toColorspace("srgb").removeAlpha().raw().toBuffer({ resolveWithObject: !0 });
  if (info.channels !== 3) throw new Error(`decoded to ${info.channels} channels instead of 3`);
  return { rgb: data, width: info.width, height: info.height };
}
function resizeMask(mask, width, height) {
  if (mask.width === width && mask.height === height) return mask.data;
  let columns = Int32Array.from({ length: width }, (_, x) => Math.floor((x + 0.5) * mask.width / width)), resized = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    let row = Math.floor((y + 0.5) * mask.height / height) * mask.width;
    for (let x = 0; x < width; x++) resized[y * width + x] = mask.data[row + columns[x]];
  }
  return resized;
}
async function explain(path, decoding) {
  try {
    return await decoding;
  } catch (error) {
    throw new UserError(`${path}: cannot be decoded (${error.message}); restore or replace it`);
  }
}

// src/data/augment.ts
function augment(sample, augmentation, random, out) {
  let between = (low, high) => low + (high - low) * random.uniform(), around = (strength2) => between(-strength2, strength2), scale = between(augmentation.scale[0], augmentation.scale[1]), aspect = (1 + augmentation.aspect) ** around(1), cropWidth = sample.width * Math.sqrt(scale * aspect), cropHeight = sample.height * Math.sqrt(scale / aspect), left = random.uniform() * (sample.width - cropWidth), top = random.uniform() * (sample.height - cropHeight), flip = random.uniform() < augmentation.flip, contrast = 1 + around(augmentation.contrast), shift = 127.5 + 255 * around(augmentation.brightness), gains = [0, 1, 2].map(() => 1 + around(augmentation.color));
  resample(sample, { left, top, width: cropWidth, height: cropHeight, flip }, { contrast, shift, gains }, out);
  let strength = around(augmentation.blur);
  random.uniform() < 0.5 && strength !== 0 && mixBlur(out, strength);
  let holeWidth = Math.round(out.width * augmentation.cutout * random.uniform()), holeHeight = Math.round(out.height * augmentation.cutout * random.uniform()), x0 = Math.round(random.uniform() * (out.width - holeWidth)), y0 = Math.round(random.uniform() * (out.height - holeHeight));
  erase(out, x0, y0, holeWidth, holeHeight);
}
function resizeWhole(sample, out) {
  let window = { left: 0, top: 0, width: sample.width, height: sample.height, flip: !1 };
  resample(sample, window, { contrast: 1, shift: 127.5, gains: [1, 1, 1] }, out);
}
function taps(start, length, size, outputs, flip) {
  let first = new Int32Array(outputs), second = new Int32Array(outputs), fraction = new Float32Array(outputs), nearest = new Int32Array(outputs), from = outputs, to = 0;
  for (let i = 0; i < outputs; i++) {
    let position = start + ((flip ? outputs - 1 - i : i) + 0.5) * length / outputs;
    position >= 0 && position < size && (from = Math.min(from, i), to = i + 1), nearest[i] = Math.min(size - 1, Math.max(0, Math.floor(position)));
    let center = Math.min(size - 1, Math.max(0, position - 0.5));
    first[i] = Math.floor(center), second[i] = Math.min(size - 1, first[i] + 1), fraction[i] = center - first[i];
  }
  return { first, second, fraction, nearest, from, to };
}
function resample(sample, window, color, out) {
  let { width, height, image, target, weight } = out, { rgb, mask } = sample, columns = taps(window.left, window.width, sample.width, width, window.flip), rows = taps(window.top, window.height, sample.height, height, !1), { first, second, fraction, nearest, from, to } = columns, plane = height * width, { mean, std } = normalization, a0 = color.contrast * color.gains[0], a1 = color.contrast * color.gains[1], a2 = color.contrast * color.gains[2], offset = color.shift - 127.5 * color.contrast, b0 = offset * color.gains[0], b1 = offset * color.gains[1], b2 = offset * color.gains[2], s0 = 1 / (255 * std[0]), s1 = 1 / (255 * std[1]), s2 = 1 / (255 * std[2]), m0 = mean[0] / std[0], m1 = mean[1] / std[1], m2 = mean[2] / std[2];
  (columns.from > 0 || columns.to < width || rows.from > 0 || rows.to < height) && (image.fill(0), target.fill(0), weight.fill(0));
  for (let y = rows.from; y < rows.to; y++) {
    let above = rows.first[y] * sample.width, below = rows.second[y] * sample.width, maskRow = rows.nearest[y] * sample.width, fy = rows.fraction[y];
    for (let x = from; x < to; x++) {
      let fx = fraction[x], w11 = fx * fy, w01 = fx - w11, w10 = fy - w11, w00 = 1 - fx - w10, i00 = (above + first[x]) * 3, i01 = (above + second[x]) * 3, i10 = (below + first[x]) * 3, i11 = (below + second[x]) * 3, r = rgb[i00] * w00 + rgb[i01] * w01 + rgb[i10] * w10 + rgb[i11] * w11, g = rgb[i00 + 1] * w00 + rgb[i01 + 1] * w01 + rgb[i10 + 1] * w10 + rgb[i11 + 1] * w11, b = rgb[i00 + 2] * w00 + rgb[i01 + 2] * w01 + rgb[i10 + 2] * w10 + rgb[i11 + 2] * w11;
      r = r * a0 + b0, g = g * a1 + b1, b = b * a2 + b2;
      let pixel = y * width + x;
      image[pixel] = Math.min(255, Math.max(0, r)) * s0 - m0, image[pixel + plane] = Math.min(255, Math.max(0, g)) * s1 - m1, image[pixel + 2 * plane] = Math.min(255, Math.max(0, b)) * s2 - m2;
      let label = mask[maskRow + nearest[x]];
      target[pixel] = label === MaskValue.person ? 1 : 0, weight[pixel] = label === MaskValue.ignore ? 0 : 1;
    }
  }
}
function mixBlur({ width, height, image }, strength) {
  let above = new Float32Array(width), current = new Float32Array(width);
  for (let channel = 0; channel < 3; channel++) {
    let base = channel * height * width;
    current.set(image.subarray(base, base + width));
    for (let y = 1; y < height - 1; y++) {
      let row = base + y * width;
      above.set(current), current.set(image.subarray(row, row + width));
      let left = above[0] + 2 * current[0] + image[row + width], middle = above[1] + 2 * current[1] + image[row + width + 1];
      for (let x = 1; x < width - 1; x++) {
        let right = above[x + 1] + 2 * current[x + 1] + image[row + width + x + 1], value = current[x];
        image[row + x] = value + strength * ((left + 2 * middle + right) / 16 - value), left = middle, middle = right;
      }
    }
  }
}
function erase({ width, height, image }, x0, y0, w, h) {
  if (w !== 0)
    for (let channel = 0; channel < 3; channel++)
      for (let y = y0; y < y0 + h; y++) {
        let row = (channel * height + y) * width;
        image.fill(0, row + x0, row + x0 + w);
      }
}

// src/data/epochs.ts
function stepsPerEpoch({ photos, batch }) {
  let visits = setsOf(photos).reduce((sum, set) => sum + visitsPerEpoch(set), 0);
  return Math.max(1, Math.floor(visits / batch));
}
function batchPhotos(spec, step) {
  let steps = stepsPerEpoch(spec), photos = epochPhotos(spec, Math.floor(step / steps)), start = step % steps * spec.batch;
  return Array.from({ length: spec.batch }, (_, index) => photos[(start + index) % photos.length]);
}
function epochPhotos({ photos, seed, stream }, epoch) {
  let sets = setsOf(photos), visited = sets.flatMap((set) => {
    let visits = visitsPerEpoch(set), pass = -1, order = [];
    return Array.from({ length: visits }, (_, i) => {
      let at = epoch * visits + i;
      return Math.floor(at / set.length) !== pass && (pass = Math.floor(at / set.length), order = createRandom(seed, stream, "epoch", pass).permutation(set.length)), set[order[at % set.length]];
    });
  });
  return sets.length === 1 ? visited : createRandom(seed, stream, "mix", epoch).permutation(visited.length).map((i) => visited[i]);
}
function setsOf(photos) {
  let sets = /* @__PURE__ */ new Map();
  for (let photo of photos) {
    let set = sets.get(photo.set);
    set ? set.push(photo) : sets.set(photo.set, [photo]);
  }
  return [...sets.values()];
}
var visitsPerEpoch = (set) => Math.max(1, Math.round(set.length * set[0].weight));

// src/data/batches.ts
var reserve = 1.3, cacheBytes = 15e8, concurrentDecodes = 6;
async function openBatches(spec, startStep, options = {}) {
  if (options.workerUrl) return openWorker(spec, startStep, options.workerUrl, options.ahead ?? 4);
  let make = createBatchMaker(spec), arrays = batchArrays(spec), step = startStep, waited = 0;
  return {
    next: async () => {
      let since = performance.now(), ids = await make(step++, arrays);
      return waited += performance.now() - since, { ...arrays, ids };
    },
    waitedMs: () => waited,
    close: async () => {
    }
  };
}
function createBatchMaker(spec) {
  let load = cached(createLoader(spec.height, spec.width));
  return async (step, into) => {
    let photos = batchPhotos(spec, step), samples = await mapConcurrently(photos, concurrentDecodes, load), random = createRandom(spec.seed, spec.stream, step);
    for (let [index, sample] of samples.entries())
      augment(sample, spec.augmentation, random, sampleOf(into, index, spec.height, spec.width));
    return photos.map(({ id }) => id);
  };
}
var batchBytes = ({ batch, height, width }) => 20 * batch * height * width;
function batchArrays(size, memory = new ArrayBuffer(batchBytes(size))) {
  let pixels = size.batch * size.height * size.width;
  return {
    images: new Float32Array(memory, 0, 3 * pixels),
    targets: new Float32Array(memory, 12 * pixels, pixels),
    weights: new Float32Array(memory, 16 * pixels, pixels)
  };
}
async function* loadEvaluation(photos, height, width, batchSize = 16) {
  let load = createLoader(height, width), make = async (start) => {
    let chunk = photos.slice(start, start + batchSize), loaded = await mapConcurrently(chunk, concurrentDecodes, load), batch = batchArrays({ batch: chunk.length, height, width });
    for (let [index, { sample }] of loaded.entries()) resizeWhole(sample, sampleOf(batch, index, height, width));
    return { ...batch, ids: chunk.map(({ id }) => id), masks: loaded.map(({ mask }) => mask) };
  }, coming = make(0);
  for (let start = 0; start < photos.length; start += batchSize) {
    let batch = await coming;
    start + batchSize < photos.length && (coming = make(start + batchSize), coming.catch(() => {
    })), yield batch;
  }
}
function sampleOf(batch, index, height, width) {
  let pixels = height * width;
  return {
    height,
    width,
    image: batch.images.subarray(index * 3 * pixels, (index + 1) * 3 * pixels),
    target: batch.targets.subarray(index * pixels, (index + 1) * pixels),
    weight: batch.weights.subarray(index * pixels, (index + 1) * pixels)
  };
}
var createLoader = (height, width) => (photo) => loadSample(photo, Math.ceil(reserve * width), Math.ceil(reserve * height));
function cached(load) {
  let samples = /* @__PURE__ */ new Map(), bytes = 0;
  return (photo) => {
    let { id } = photo, known = samples.get(id);
    if (known) return known;
    let loading = load(photo).then(({ sample }) => {
      let size = sample.rgb.byteLength + sample.mask.byteLength;
      return bytes + size > cacheBytes ? samples.delete(id) : bytes += size, sample;
    });
    return samples.set(id, loading), loading;
  };
}
function openWorker(spec, startStep, workerUrl, ahead) {
  let { port1: port, port2 } = new MessageChannel(), slots = Array.from({ length: ahead }, () => new SharedArrayBuffer(batchBytes(spec))), arrays = batchArrays(spec), all = new Float32Array(arrays.images.buffer), taken = 0, start = { spec, startStep, slots, port: port2 }, worker = new Worker(workerUrl, { workerData: start, transferList: [port2] }), ready = [], waiting = [], failure, closed = !1, waited = 0, wake = () => {
    for (let resume of waiting.splice(0)) resume();
  }, receive = (message) => {
    message.kind === "batch" ? ready.push(message.ids) : failure ??= new UserError(message.message);
  }, drain = () => {
    for (let got = receiveMessageOnPort(port); got; got = receiveMessageOnPort(port)) receive(got.message);
  };
  port.on("message", (message) => {
    receive(message), wake();
  }), worker.on("error", (error) => {
    failure ??= error, wake();
  });
  let ended = new Promise((resolve) => {
    worker.on("exit", (code) => {
      drain(), failure ??= new Error(closed ? "the batches are closed" : `the data worker ended by itself with code ${code}`), port.close(), wake(), resolve();
    });
  }), send = (message) => port.postMessage(message);
  return {
    next: async () => {
      let since = performance.now();
      for (; ; ) {
        drain();
        let ids = ready.shift();
        if (ids)
          return all.set(new Float32Array(slots[taken++ % ahead])), send("taken"), waited += performance.now() - since, { ...arrays, ids };
        if (failure) throw failure;
        await new Promise((resolve) => waiting.push(resolve));
      }
    },
    waitedMs: () => waited,
    close: async () => {
      closed = !0, send("close"), await ended;
    }
  };
}

export {
  createRandom,
  restoreRandom,
  stepsPerEpoch,
  setsOf,
  normalization,
  MaskValue,
  maskPath,
  locateImages,
  mapConcurrently,
  probeImage,
  readMask,
  openBatches,
  createBatchMaker,
  batchArrays,
  loadEvaluation
};
