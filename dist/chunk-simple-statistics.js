import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);

// node_modules/simple-statistics/dist/simple-statistics.mjs
function sum(x) {
  if (x.length === 0)
    return 0;
  var sum2 = x[0], correction = 0, transition;
  if (typeof sum2 != "number")
    return Number.NaN;
  for (var i = 1; i < x.length; i++) {
    if (typeof x[i] != "number")
      return Number.NaN;
    transition = sum2 + x[i], Math.abs(sum2) >= Math.abs(x[i]) ? correction += sum2 - transition + x[i] : correction += x[i] - transition + sum2, sum2 = transition;
  }
  return sum2 + correction;
}
function mean(x) {
  if (x.length === 0)
    throw new Error("mean requires at least one data point");
  return sum(x) / x.length;
}
function sumNthPowerDeviations(x, n) {
  var meanValue = mean(x), sum2 = 0, tempValue, i;
  if (n === 2)
    for (i = 0; i < x.length; i++)
      tempValue = x[i] - meanValue, sum2 += tempValue * tempValue;
  else
    for (i = 0; i < x.length; i++)
      sum2 += Math.pow(x[i] - meanValue, n);
  return sum2;
}
function sampleVariance(x) {
  if (x.length < 2)
    throw new Error("sampleVariance requires at least two data points");
  var sumSquaredDeviationsValue = sumNthPowerDeviations(x, 2), besselsCorrection = x.length - 1;
  return sumSquaredDeviationsValue / besselsCorrection;
}
function sampleStandardDeviation(x) {
  var sampleVarianceX = sampleVariance(x);
  return Math.sqrt(sampleVarianceX);
}
function quantileSorted(x, p) {
  var idx = (x.length - 1) * p;
  if (x.length === 0)
    throw new Error("quantile requires at least one data point.");
  if (p < 0 || p > 1)
    throw new Error("quantiles must be between 0 and 1");
  if (p === 1)
    return x[x.length - 1];
  if (p === 0)
    return x[0];
  if (idx % 1 !== 0) {
    var lower = Math.floor(idx), upper = Math.ceil(idx), fraction = idx - lower;
    return x[lower] + fraction * (x[upper] - x[lower]);
  } else
    return x[idx];
}
function quickselect(arr, k, left, right) {
  for (left = left || 0, right = right || arr.length - 1; right > left; ) {
    if (right - left > 600) {
      var n = right - left + 1, m = k - left + 1, z2 = Math.log(n), s = 0.5 * Math.exp(2 * z2 / 3), sd = 0.5 * Math.sqrt(z2 * s * (n - s) / n);
      m - n / 2 < 0 && (sd *= -1);
      var newLeft = Math.max(left, Math.floor(k - m * s / n + sd)), newRight = Math.min(
        right,
        Math.floor(k + (n - m) * s / n + sd)
      );
      quickselect(arr, k, newLeft, newRight);
    }
    var t = arr[k], i = left, j = right;
    for (swap(arr, left, k), arr[right] > t && swap(arr, left, right); i < j; ) {
      for (swap(arr, i, j), i++, j--; arr[i] < t; )
        i++;
      for (; arr[j] > t; )
        j--;
    }
    arr[left] === t ? swap(arr, left, j) : (j++, swap(arr, j, right)), j <= k && (left = j + 1), k <= j && (right = j - 1);
  }
}
function swap(arr, i, j) {
  var tmp = arr[i];
  arr[i] = arr[j], arr[j] = tmp;
}
function quantile(x, p) {
  var copy = x.slice();
  if (Array.isArray(p)) {
    multiQuantileSelect(copy, p);
    for (var results = [], i = 0; i < p.length; i++)
      results[i] = quantileSorted(copy, p[i]);
    return results;
  } else {
    var idx = quantileIndex(copy.length, p);
    return quantileSelect(copy, idx, 0, copy.length - 1), quantileSorted(copy, p);
  }
}
function quantileSelect(arr, k, left, right) {
  k % 1 === 0 ? quickselect(arr, k, left, right) : (k = Math.floor(k), quickselect(arr, k, left, right), quickselect(arr, k + 1, k + 1, right));
}
function multiQuantileSelect(arr, p) {
  for (var positions = /* @__PURE__ */ new Set(), i = 0; i < p.length; i++) {
    var idx = quantileIndex(arr.length, p[i]);
    positions.add(Math.floor(idx)), positions.add(Math.ceil(idx));
  }
  var indices = Array.from(positions).sort(compare);
  multiselect(arr, indices, 0, indices.length - 1, 0, arr.length - 1);
}
function multiselect(arr, indices, lo, hi, left, right) {
  if (!(lo > hi)) {
    var mid = lo + hi >> 1;
    quickselect(arr, indices[mid], left, right), multiselect(arr, indices, lo, mid - 1, left, indices[mid] - 1), multiselect(arr, indices, mid + 1, hi, indices[mid] + 1, right);
  }
}
function compare(a, b) {
  return a - b;
}
function quantileIndex(len, p) {
  var idx = (len - 1) * p;
  return p === 1 ? len - 1 : p === 0 ? 0 : (idx % 1 !== 0, idx);
}
function median(x) {
  return +quantile(x, 0.5);
}
function medianAbsoluteDeviation(x) {
  for (var medianValue = median(x), medianAbsoluteDeviations = [], i = 0; i < x.length; i++)
    medianAbsoluteDeviations.push(Math.abs(x[i] - medianValue));
  return median(medianAbsoluteDeviations);
}
function sampleCovariance(x, y) {
  if (x.length !== y.length)
    throw new Error("sampleCovariance requires samples with equal lengths");
  if (x.length < 2)
    throw new Error(
      "sampleCovariance requires at least two data points in each sample"
    );
  for (var xmean = mean(x), ymean = mean(y), sum2 = 0, i = 0; i < x.length; i++)
    sum2 += (x[i] - xmean) * (y[i] - ymean);
  var besselsCorrection = x.length - 1;
  return sum2 / besselsCorrection;
}
function sampleCorrelation(x, y) {
  var cov = sampleCovariance(x, y), xstd = sampleStandardDeviation(x), ystd = sampleStandardDeviation(y);
  return cov / xstd / ystd;
}
function midranks(values) {
  for (var order = values.map(function(value, index) {
    return [value, index];
  }).sort(function(a, b) {
    return a[0] - b[0];
  }), ranks = Array(values.length), i = 0; i < order.length; ) {
    for (var j = i; j + 1 < order.length && order[j + 1][0] === order[i][0]; )
      j++;
    for (var rank = (i + j) / 2, k = i; k <= j; k++)
      ranks[order[k][1]] = rank;
    i = j + 1;
  }
  return ranks;
}
function sampleRankCorrelation(x, y) {
  return sampleCorrelation(midranks(x), midranks(y));
}
var epsilon = 1e-4;
var BayesianClassifier = function() {
  this.totalCount = 0, this.data = {};
};
BayesianClassifier.prototype.train = function(item, category) {
  this.data[category] || (this.data[category] = {});
  for (var k in item) {
    var v = item[k];
    this.data[category][k] === void 0 && (this.data[category][k] = {}), this.data[category][k][v] === void 0 && (this.data[category][k][v] = 0), this.data[category][k][v]++;
  }
  this.totalCount++;
};
BayesianClassifier.prototype.score = function(item) {
  var odds = {}, category;
  for (var k in item) {
    var v = item[k];
    for (category in this.data)
      odds[category] === void 0 && (odds[category] = {}), this.data[category][k] ? odds[category][k + "_" + v] = (this.data[category][k][v] || 0) / this.totalCount : odds[category][k + "_" + v] = 0;
  }
  var oddsSums = {};
  for (category in odds) {
    oddsSums[category] = 0;
    for (var combination in odds[category])
      oddsSums[category] += odds[category][combination];
  }
  return oddsSums;
};
var g = 607 / 128, LOGSQRT2PI = Math.log(Math.sqrt(2 * Math.PI));
var SQRT_2PI$1 = Math.sqrt(2 * Math.PI);
function cumulativeDistribution(z2) {
  for (var sum2 = z2, tmp = z2, i = 1; i < 30; i++)
    tmp *= z2 * z2 / (2 * i + 1), sum2 += tmp;
  return Math.round((0.5 + sum2 / SQRT_2PI$1 * Math.exp(-z2 * z2 / 2)) * 1e4) / 1e4;
}
var standardNormalTable = [];
for (z = 0; z <= 3.09; z += 0.01)
  standardNormalTable.push(cumulativeDistribution(z));
var z;
function errorFunction(x) {
  var t = 1 / (1 + 0.5 * Math.abs(x)), tau = t * Math.exp(
    -x * x + ((((((((0.17087277 * t - 0.82215223) * t + 1.48851587) * t - 1.13520398) * t + 0.27886807) * t - 0.18628806) * t + 0.09678418) * t + 0.37409196) * t + 1.00002368) * t - 1.26551223
  );
  return x >= 0 ? 1 - tau : tau - 1;
}
function inverseErrorFunction(x) {
  var a = 8 * (Math.PI - 3) / (3 * Math.PI * (4 - Math.PI)), inv = Math.sqrt(
    Math.sqrt(
      Math.pow(2 / (Math.PI * a) + Math.log(1 - x * x) / 2, 2) - Math.log(1 - x * x) / a
    ) - (2 / (Math.PI * a) + Math.log(1 - x * x) / 2)
  );
  return x >= 0 ? inv : -inv;
}
var SQRT_2PI = Math.sqrt(2 * Math.PI);
var PerceptronModel = function() {
  this.weights = [], this.bias = 0;
};
PerceptronModel.prototype.predict = function(features) {
  if (features.length !== this.weights.length)
    return null;
  for (var score2 = 0, i = 0; i < this.weights.length; i++)
    score2 += this.weights[i] * features[i];
  return score2 += this.bias, score2 > 0 ? 1 : 0;
};
PerceptronModel.prototype.train = function(features, label) {
  if (label !== 0 && label !== 1)
    return null;
  features.length !== this.weights.length && (this.weights = features.slice(), this.bias = 1);
  var prediction = this.predict(features);
  if (typeof prediction == "number" && prediction !== label) {
    for (var gradient = label - prediction, i = 0; i < this.weights.length; i++)
      this.weights[i] += gradient * features[i];
    this.bias += gradient;
  }
  return this;
};
function probit(p) {
  return p === 0 ? p = epsilon : p >= 1 && (p = 1 - epsilon), Math.sqrt(2) * inverseErrorFunction(2 * p - 1);
}

export {
  sampleStandardDeviation,
  quantileSorted,
  median,
  medianAbsoluteDeviation,
  sampleRankCorrelation,
  errorFunction,
  probit
};
