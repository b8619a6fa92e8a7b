import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);

// src/lib/values.ts
function parseShare(text) {
  let [, number, percent] = /^\s*(\d+(?:\.\d+)?|\.\d+)\s*(%?)\s*$/.exec(text) ?? [], value = Number(number) / (percent ? 100 : 1);
  return number !== void 0 && value > 0 && value < 1 ? value : void 0;
}
var shareForm = "must be a share such as 5% or 0.05";
function parseWholeNumber(text, smallest) {
  let value = Number(text);
  return text.trim() !== "" && Number.isSafeInteger(value) && value >= smallest ? value : void 0;
}
function parsePart(text) {
  let [, index, count] = (/^(\d{1,4})\/(\d{1,4})$/.exec(text) ?? []).map(Number);
  return index !== void 0 && count !== void 0 && index >= 1 && index <= count ? { index, count } : void 0;
}
function parseWeighted(text) {
  let [, folder = text, weight = "1"] = /^(.+)=([0-9.]+)$/.exec(text) ?? [];
  return Number(weight) >= 0 ? { folder, weight: Number(weight) } : void 0;
}
var weightForm = "the weight must be a number, such as photos=2";

export {
  parseShare,
  shareForm,
  parseWholeNumber,
  parsePart,
  parseWeighted,
  weightForm
};
