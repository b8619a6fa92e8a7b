import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  createRandom
} from "./chunk-pure-rand.js";
import {
  packageRoot
} from "./chunk-lib-package-root.js";
import {
  normalization
} from "./chunk-lib-normalization.js";
import {
  UserError
} from "./chunk-lib-errors.js";
import {
  __commonJS,
  __require,
  __toESM
} from "./chunk-empty1.js";

// native:sharp
var require_sharp = __commonJS({
  "native:sharp"(exports, module) {
    var folder = process.env.PROXYLESS_CI_NATIVE, { createRequire: createRequire2 } = process.getBuiltinModule("node:module");
    module.exports = (folder ? createRequire2(folder + "/") : __require)("sharp");
  }
});

// src/data/batches.ts
import { MessageChannel, receiveMessageOnPort, Worker } from "node:worker_threads";

// src/data/pixels.ts
var unchanged = { contrast: 1, shift: 127.5, gains: [1, 1, 1] };
function normalizedColors({ contrast, shift, gains }) {
  let { mean, std } = normalization, offset = shift - 127.5 * contrast;
  return Float32Array.from(
    [0, 1, 2].flatMap((c) => [contrast * gains[c], offset * gains[c], 1 / (255 * std[c]), mean[c] / std[c]])
  );
}
var f = Math.fround, between = (a, b, share) => f(a + f(share * f(b - a)));
function amid(v00, v01, v10, v11, across, down) {
  let left = f(v00 + f(down * f(v10 - v00))), right = f(v01 + f(down * f(v11 - v01)));
  return f(left + f(across * f(right - left)));
}
var plainPixels = {
  resample(sample, window, colors, out) {
    let { width, height, image, target, weight } = out, { rgb, person, labeled } = sample, columns = taps(window.left, window.width, sample.width, width, window.flip), rows = taps(window.top, window.height, sample.height, height, !1), { first, second, fraction, from, to } = columns, plane = height * width, [gain0, offset0, scale0, mean0] = colors, [gain1, offset1, scale1, mean1] = colors.subarray(4), [gain2, offset2, scale2, mean2] = colors.subarray(8);
    (columns.from > 0 || columns.to < width || rows.from > 0 || rows.to < height) && (image.fill(0), target.fill(0), weight.fill(0));
    for (let y = rows.from; y < rows.to; y++) {
      let above = rows.first[y] * sample.width, below = rows.second[y] * sample.width, down = rows.fraction[y];
      for (let x = from; x < to; x++) {
        let across = fraction[x], p00 = above + first[x], p01 = above + second[x], p10 = below + first[x], p11 = below + second[x], pixel = y * width + x, [i00, i01, i10, i11] = [3 * p00, 3 * p01, 3 * p10, 3 * p11], r = amid(rgb[i00], rgb[i01], rgb[i10], rgb[i11], across, down), g = amid(rgb[i00 + 1], rgb[i01 + 1], rgb[i10 + 1], rgb[i11 + 1], across, down), b = amid(rgb[i00 + 2], rgb[i01 + 2], rgb[i10 + 2], rgb[i11 + 2], across, down);
        image[pixel] = f(Math.min(255, Math.max(0, f(f(r * gain0) + offset0))) * scale0) - mean0, image[pixel + plane] = f(Math.min(255, Math.max(0, f(f(g * gain1) + offset1))) * scale1) - mean1, image[pixel + 2 * plane] = f(Math.min(255, Math.max(0, f(f(b * gain2) + offset2))) * scale2) - mean2;
        let l00 = labeled[p00], l01 = labeled[p01], l10 = labeled[p10], l11 = labeled[p11], known = amid(l00, l01, l10, l11, across, down), shown = amid(
          person[p00] * l00,
          person[p01] * l01,
          person[p10] * l10,
          person[p11] * l11,
          across,
          down
        );
        weight[pixel] = known / 255, target[pixel] = known > 0 ? Math.min(1, f(shown / f(255 * known))) : 0;
      }
    }
  },
  replaceBackground({ image, target, weight }, backdrop) {
    let plane = target.length;
    for (let pixel = 0; pixel < plane; pixel++) {
      let shown = f(weight[pixel] * f(1 - target[pixel]));
      for (let i = pixel; i < 3 * plane; i += plane) image[i] = between(image[i], backdrop[i], shown);
    }
  },
  mixBlur({ width, height, image }, strength) {
    let share = f(strength), above = new Float32Array(width), current = new Float32Array(width), sums = new Float32Array(width);
    for (let channel = 0; channel < 3; channel++) {
      let base = channel * height * width;
      current.set(image.subarray(base, base + width));
      for (let y = 1; y < height - 1; y++) {
        let row = base + y * width;
        above.set(current), current.set(image.subarray(row, row + width));
        for (let x = 0; x < width; x++) sums[x] = f(above[x] + 2 * current[x]) + image[row + width + x];
        for (let x = 1; x < width - 1; x++) {
          let blurred = f(f(sums[x - 1] + 2 * sums[x]) + sums[x + 1]) / 16;
          image[row + x] = between(current[x], blurred, share);
        }
      }
    }
  }
};
function taps(start, length, size, outputs, flip) {
  let first = new Int32Array(outputs), second = new Int32Array(outputs), fraction = new Float32Array(outputs), from = outputs, to = 0;
  for (let i = 0; i < outputs; i++) {
    let position = start + ((flip ? outputs - 1 - i : i) + 0.5) * length / outputs;
    position >= 0 && position < size && (from = Math.min(from, i), to = i + 1);
    let center = Math.min(size - 1, Math.max(0, position - 0.5));
    first[i] = Math.floor(center), second[i] = Math.min(size - 1, first[i] + 1), fraction[i] = center - first[i];
  }
  return { first, second, fraction, from, to };
}

// src/data/augment.ts
var noAugmentation = {
  scale: [1, 1],
  aspect: 0,
  flip: 0,
  cutout: 0,
  brightness: 0,
  contrast: 0,
  color: 0,
  blur: 0,
  background: 0
};
function augment(sample, augmentation, random, out, { backdrop, pixels = plainPixels } = {}) {
  let between2 = (low, high) => low + (high - low) * random.uniform(), around = (strength2) => between2(-strength2, strength2), scale = between2(augmentation.scale[0], augmentation.scale[1]), aspect = (1 + augmentation.aspect) ** around(1), cropWidth = sample.width * Math.sqrt(scale * aspect), cropHeight = sample.height * Math.sqrt(scale / aspect), left = random.uniform() * (sample.width - cropWidth), top = random.uniform() * (sample.height - cropHeight), flip = random.uniform() < augmentation.flip, contrast = 1 + around(augmentation.contrast), shift = 127.5 + 255 * around(augmentation.brightness), gains = [0, 1, 2].map(() => 1 + around(augmentation.color)), colors = normalizedColors({ contrast, shift, gains });
  pixels.resample(sample, { left, top, width: cropWidth, height: cropHeight, flip }, colors, out), backdrop && (pixels.resample(backdrop.sample, backdrop.window, normalizedColors(unchanged), backdrop.scratch), pixels.replaceBackground(out, backdrop.scratch.image));
  let strength = around(augmentation.blur);
  random.uniform() < 0.5 && strength !== 0 && pixels.mixBlur(out, strength);
  let holeWidth = Math.round(out.width * augmentation.cutout * random.uniform()), holeHeight = Math.round(out.height * augmentation.cutout * random.uniform()), x0 = Math.round(random.uniform() * (out.width - holeWidth)), y0 = Math.round(random.uniform() * (out.height - holeHeight));
  erase(out, x0, y0, holeWidth, holeHeight);
}
function resizeWhole(sample, out) {
  let window = { left: 0, top: 0, width: sample.width, height: sample.height, flip: !1 };
  plainPixels.resample(sample, window, normalizedColors(unchanged), out);
}
function erase({ width, height, image }, x0, y0, w, h) {
  if (w !== 0)
    for (let channel = 0; channel < 3; channel++)
      for (let y = y0; y < y0 + h; y++) {
        let row = (channel * height + y) * width;
        image.fill(0, row + x0, row + x0 + w);
      }
}

// src/data/backdrops.ts
function findBackdrop(sample, random) {
  let sums = personSums(sample), { width, height } = sample, found;
  for (let i = 0; i < 200; i++) {
    let [across, down] = [0, 0].map(() => 0.15 + 0.85 * random.uniform() ** 2), [w, h] = [Math.ceil(across * width), Math.ceil(down * height)], [left, top] = [random.int(width - w + 1), random.int(height - h + 1)], flip = random.uniform() < 0.5;
    Math.max(across / down, down / across) > 2.5 || found && found.width * found.height >= w * h || sumOver(sums, width, left, top, w, h) > 5e-3 * 255 * w * h || (found = { left, top, width: w, height: h, flip });
  }
  return found;
}
function personSums({ width, height, person, labeled }) {
  let sums = new Float64Array((width + 1) * (height + 1));
  for (let y = 0; y < height; y++) {
    let row = 0;
    for (let x = 0; x < width; x++) {
      let pixel = y * width + x;
      row += labeled[pixel] === 255 ? person[pixel] : 255, sums[(y + 1) * (width + 1) + x + 1] = sums[y * (width + 1) + x + 1] + row;
    }
  }
  return sums;
}
function sumOver(sums, width, left, top, w, h) {
  let at = (x, y) => sums[y * (width + 1) + x];
  return at(left + w, top + h) - at(left, top + h) - at(left + w, top) + at(left, top);
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
function evenly(photos, most = photos.length) {
  let count = Math.min(most, photos.length);
  return Array.from({ length: count }, (_, i) => photos[Math.floor(i * photos.length / count)]);
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
function shareLabels(mask, width, height) {
  let columns = coverage(mask.width, width), rows = coverage(mask.height, height), person = new Uint8Array(width * height), labeled = new Uint8Array(width * height), { data } = mask;
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      let ofPerson = 0, ofLabels = 0, area = 0;
      for (let i = rows.begin[y]; i < rows.begin[y + 1]; i++) {
        let row = rows.index[i] * mask.width, tall = rows.length[i];
        for (let j = columns.begin[x]; j < columns.begin[x + 1]; j++) {
          let label = data[row + columns.index[j]], part = tall * columns.length[j];
          area += part, label !== MaskValue.ignore && (ofLabels += part), label === MaskValue.person && (ofPerson += part);
        }
      }
      let pixel = y * width + x;
      labeled[pixel] = Math.round(255 * ofLabels / area), person[pixel] = labeled[pixel] === 0 ? 0 : Math.round(255 * ofPerson / ofLabels);
    }
  return { person, labeled };
}
function coverage(from, to) {
  let begin = new Int32Array(to + 1), index = [], length = [];
  for (let i = 0; i < to; i++) {
    let [start, end] = [i * from / to, (i + 1) * from / to];
    for (let j = Math.floor(start); j < Math.min(from, end); j++) {
      let part = Math.min(end, j + 1) - Math.max(start, j);
      part <= 1e-9 || (index.push(j), length.push(part));
    }
    begin[i + 1] = index.length;
  }
  return { begin, index: Int32Array.from(index), length: Float64Array.from(length) };
}

// src/lib/addon.ts
import { createRequire } from "node:module";
import { join as join2 } from "node:path";
function loadAddon(functions) {
  let addon = createRequire(import.meta.url)(join2(packageRoot(), "dist", "kernels.node")), missing = functions.find((name) => typeof addon[name] != "function");
  if (missing) throw new Error(`dist/kernels.node has no ${missing}`);
  return addon;
}

// src/data/native-pixels.ts
function nativePixels() {
  let kernels = loadAddon(["resample", "replaceBackground", "mixBlur"]);
  return {
    resample(sample, window, colors, out) {
      let from = [sample.width, sample.height, sample.rgb, sample.person, sample.labeled], crop = [window.left, window.top, window.width, window.height, window.flip];
      kernels.resample(...from, ...crop, colors, out.width, out.height, out.image, out.target, out.weight);
    },
    replaceBackground: ({ image, target, weight }, backdrop) => kernels.replaceBackground(image, target, weight, backdrop),
    mixBlur: ({ width, height, image }, strength) => kernels.mixBlur(width, height, image, strength)
  };
}

// src/data/samples.ts
var import_sharp3 = __toESM(require_sharp(), 1);

// src/data/teaching.ts
var import_sharp2 = __toESM(require_sharp(), 1);
async function teach(labels, { width, height }, { maps, weight }) {
  if (weight === 0) return labels;
  let said = new Float32Array(width * height);
  for (let path of maps) {
    let map = await (0, import_sharp2.default)(path).resize(width, height, { fit: "fill", kernel: "linear" }).toColorspace("b-w").raw().toBuffer();
    for (let i = 0; i < said.length; i++) said[i] += map[i] / maps.length;
  }
  let person = said.map((teacher, i) => {
    let own = (1 - weight) * (labels.labeled[i] / 255);
    return (own * labels.person[i] + weight * teacher) / (own + weight);
  });
  return { person: Uint8Array.from(person, Math.round), labeled: new Uint8Array(said.length).fill(255) };
}

// src/data/samples.ts
async function loadSample(photo, width, height) {
  let [image, drawn] = await Promise.all([
    explain(photo.image, decodeRgb(photo.image, width, height)),
    photo.mask === void 0 ? void 0 : explain(photo.mask, readMask(photo.mask))
  ]), mask = drawn ?? { ...image, data: new Uint8Array(image.width * image.height).fill(MaskValue.ignore) }, own = shareLabels(mask, image.width, image.height), { teaching } = photo, labels = teaching ? await explain(teaching.maps.join(", "), teach(own, image, teaching)) : own;
  return { sample: { ...image, ...labels }, mask };
}
async function decodeRgb(path, width, height) {
  let { data, info } = await (0, import_sharp3.default)(path).resize(width, height, { fit: "fill", kernel: "linear", withoutEnlargement: !0, fastShrinkOnLoad: !1 }).toColorspace("srgb").removeAlpha().raw().toBuffer({ resolveWithObject: !0 });
  if (info.channels !== 3) throw new Error(`decoded to ${info.channels} channels instead of 3`);
  return { rgb: data, width: info.width, height: info.height };
}
async function explain(path, decoding) {
  try {
    return await decoding;
  } catch (error) {
    throw new UserError(`${path}: cannot be decoded (${error.message}); restore or replace it`);
  }
}

// src/data/batches.ts
var reserve = 1.3, cacheBytes = 15e8, concurrentDecodes = 6;
async function openBatches(spec, startStep, { workerUrl, ahead = 4, native = !1 } = {}) {
  if (workerUrl) return openWorker(spec, startStep, { workerUrl, ahead, native });
  let make = createBatchMaker(spec, native), arrays = batchArrays(spec), step = startStep, waited = 0;
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
function createBatchMaker(spec, native) {
  let { height, width, augmentation } = spec, load = cached(createLoader(Math.ceil(reserve * height), Math.ceil(reserve * width))), pixels = native ? nativePixels() : plainPixels, scratch = sampleOf(batchArrays({ batch: 1, height, width }), 0, height, width);
  return async (step, into) => {
    let photos = batchPhotos(spec, step), samples = await mapConcurrently(photos, concurrentDecodes, load), backdrops = await chooseBackdrops(spec, step, augmentation.background, load), random = createRandom(spec.seed, spec.stream, step);
    for (let [index, sample] of samples.entries()) {
      let backdrop = backdrops[index] && { ...backdrops[index], scratch };
      augment(sample, augmentation, random, sampleOf(into, index, height, width), { backdrop, pixels });
    }
    return photos.map(({ id }) => id);
  };
}
async function chooseBackdrops(spec, step, probability, load) {
  if (probability === 0) return [];
  let random = createRandom(spec.seed, spec.stream, "backdrops", step);
  return mapConcurrently(
    Array.from(
      { length: spec.batch },
      () => [random.uniform(), random.int(2 ** 31), random.int(spec.photos.length)]
    ),
    concurrentDecodes,
    async ([chance, seed, index]) => {
      if (chance >= probability) return;
      let sample = await load(spec.photos[index]), window = findBackdrop(sample, createRandom(seed, "backdrop"));
      return window && { sample, window };
    }
  );
}
var batchBytes = ({ batch, height, width }) => 20 * batch * height * width;
function batchArrays(size, memory = new ArrayBuffer(batchBytes(size))) {
  let pixels = size.batch * size.height * size.width;
  return {
    images: new Float32Array(memory, 0, 3 * pixels),
    targets: new Float32Array(memory, 12 * pixels, pixels),
    pixelWeights: new Float32Array(memory, 16 * pixels, pixels)
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
    weight: batch.pixelWeights.subarray(index * pixels, (index + 1) * pixels)
  };
}
var createLoader = (height, width) => (photo) => loadSample(photo, width, height);
function cached(load) {
  let samples = /* @__PURE__ */ new Map(), bytes = 0;
  return (photo) => {
    let { id } = photo, known = samples.get(id);
    if (known) return known;
    let loading = load(photo).then(({ sample }) => {
      let size = sample.rgb.byteLength + 2 * sample.person.byteLength;
      return bytes + size > cacheBytes ? samples.delete(id) : bytes += size, sample;
    });
    return samples.set(id, loading), loading;
  };
}
function openWorker(spec, startStep, { workerUrl, ahead, native }) {
  let { port1: port, port2 } = new MessageChannel(), slots = Array.from({ length: native ? ahead + 1 : ahead }, () => new SharedArrayBuffer(batchBytes(spec))), handedOver = native ? slots.map((memory) => batchArrays(spec, memory)) : [batchArrays(spec)], taken = 0, held = !1, start = { spec, native, startStep, slots, port: port2 }, worker = new Worker(workerUrl, { workerData: start, transferList: [port2] }), ready = [], waiting = [], failure, closed = !1, waited = 0, wake = () => {
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
      for (held && send("taken"), held = !1; ; ) {
        drain();
        let ids = ready.shift();
        if (ids) {
          let slot = taken++ % slots.length, arrays = handedOver[slot % handedOver.length];
          return native ? held = !0 : (new Float32Array(arrays.images.buffer).set(new Float32Array(slots[slot])), send("taken")), waited += performance.now() - since, { ...arrays, ids };
        }
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
  require_sharp,
  MaskValue,
  maskPath,
  locateImages,
  mapConcurrently,
  probeImage,
  readMask,
  stepsPerEpoch,
  evenly,
  setsOf,
  noAugmentation,
  loadAddon,
  openBatches,
  createBatchMaker,
  batchArrays,
  loadEvaluation
};
