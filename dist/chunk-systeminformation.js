import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  HardwareSchema,
  addCounts,
  architectureFields,
  architectureTable,
  bilinear,
  budgetAmount,
  budgetState,
  budgetsTable,
  candidateSchema,
  candidatesTable,
  checkBudgets,
  clusteredQuantile,
  comparisonCells,
  comparisonColumns,
  comparisonsList,
  confidenceOfEach,
  countPixels,
  createLatencyJudge,
  defaultCriteria,
  deriveSchema,
  diagnosisSection,
  escapeName,
  escapeSentence,
  exitCodeOf,
  fewestSamples,
  iouOf,
  judgeAccuracy,
  judgeComparisons,
  judgeMeasurement,
  judgeNothingDerived,
  judgeRun,
  judgeWork,
  macroSchema,
  mapWidth,
  meanInterval,
  millions,
  milliseconds,
  networkCells,
  networkColumns,
  networksTable,
  operatorsTable,
  readResult,
  require_dist,
  resizeMaps,
  resolveMaxLatency,
  resultSchema,
  searchFacts,
  seedCells,
  seedColumns,
  seedsTable,
  sessionsPerModel,
  setRows,
  setsTable,
  settingsTable,
  silhouetteWarning,
  silhouetteWarnings,
  verdictWords,
  warningsText,
  writeResult
} from "./chunk-yaml.js";
import {
  announceKernels
} from "./chunk-lib-reexec.js";
import {
  MaskValue,
  loadEvaluation,
  locateImages,
  mapConcurrently,
  maskPath,
  noAugmentation,
  openBatches,
  probeImage,
  readMask,
  require_sharp,
  setsOf,
  stepsPerEpoch
} from "./chunk-data-batches.js";
import {
  ModelProtoSchema,
  architectureCost,
  candidateName,
  createGraph,
  createModelSubject,
  createSession,
  decodeModel,
  deployArchitecture,
  deployModules,
  driftOf,
  driftReference,
  hasSettled,
  initializeParameters,
  makeDivisible,
  measureInterleaved,
  measureModels,
  moduleCost,
  moduleMacs,
  moduleOutputs,
  moduleParameters,
  networkModules,
  operations,
  operatorsOf,
  optimizeModel,
  planCores,
  prepareBlocks,
  prepareToTime,
  randomWeights,
  readCoreFacts,
  readImageModel,
  referenceName,
  require_onnxruntime_node,
  runInPlace,
  sessionOptions,
  sizeOf,
  spaceModules,
  summarizeRounds,
  tensor,
  toBinary,
  traceShapes,
  unknownOperation,
  withPinnedThreads,
  withSubjects,
  zeros
} from "./chunk-bufbuild-protobuf.js";
import {
  mean,
  median,
  probit,
  sampleRankCorrelation,
  sampleStandardDeviation
} from "./chunk-simple-statistics.js";
import {
  createRandom,
  restoreRandom
} from "./chunk-pure-rand.js";
import {
  currentCommit,
  toolVersion
} from "./chunk-pipeline-commands-init.js";
import {
  describeFacts,
  meaningName,
  modelFields,
  normalizationName,
  normalizations,
  packageRoot
} from "./chunk-contracts-model.js";
import {
  checkSchema,
  errorCode,
  external_exports,
  parseJson,
  readJson,
  readOptional,
  readOptionalJson,
  writeFileAtomic,
  writeJson
} from "./chunk-zod.js";
import {
  normalization
} from "./chunk-lib-normalization.js";
import {
  ExitCode,
  UserError,
  nearestName
} from "./chunk-lib-errors.js";
import {
  __commonJS,
  __require,
  __toESM
} from "./chunk-empty1.js";

// node_modules/systeminformation/package.json
var require_package = __commonJS({
  "node_modules/systeminformation/package.json"(exports, module) {
    module.exports = {
      name: "systeminformation",
      version: "5.33.23",
      description: "Advanced, lightweight system and OS information library",
      license: "MIT",
      author: "Sebastian Hildebrandt <hildebrandt@plus-innovations.com> (https://plus-innovations.com)",
      homepage: "https://systeminformation.io",
      main: "./lib/index.js",
      type: "commonjs",
      bin: {
        systeminformation: "lib/cli.js"
      },
      types: "./lib/index.d.ts",
      scripts: {
        test: "node ./test/test.js",
        testDeno: "deno run -A ./test/test.js",
        testAll: "node ./test/testAll.js"
      },
      files: [
        "lib/"
      ],
      keywords: [
        "system information",
        "sysinfo",
        "monitor",
        "monitoring",
        "os",
        "linux",
        "osx",
        "windows",
        "freebsd",
        "openbsd",
        "netbsd",
        "cpu",
        "cpuload",
        "physical cores",
        "logical cores",
        "processor",
        "cores",
        "threads",
        "socket type",
        "memory",
        "file system",
        "fsstats",
        "diskio",
        "block devices",
        "netstats",
        "network",
        "network interfaces",
        "network connections",
        "network stats",
        "iface",
        "printer",
        "processes",
        "users",
        "internet",
        "battery",
        "docker",
        "docker stats",
        "docker processes",
        "graphics",
        "graphic card",
        "graphic controller",
        "gpu",
        "display",
        "smart",
        "disk layout",
        "usb",
        "audio",
        "bluetooth",
        "wifi",
        "wifinetworks",
        "virtual box",
        "virtualbox",
        "vm",
        "backend",
        "hardware",
        "BIOS",
        "chassis"
      ],
      repository: {
        type: "git",
        url: "git+https://github.com/sebhildebrandt/systeminformation.git"
      },
      funding: {
        type: "Buy me a coffee",
        url: "https://www.buymeacoffee.com/systeminfo"
      },
      os: [
        "darwin",
        "linux",
        "win32",
        "freebsd",
        "openbsd",
        "netbsd",
        "sunos",
        "android"
      ],
      engines: {
        node: ">=10.0.0"
      }
    };
  }
});

// node_modules/systeminformation/lib/util.js
var require_util = __commonJS({
  "node_modules/systeminformation/lib/util.js"(exports) {
    "use strict";
    var os = __require("os"), fs = __require("fs"), path = __require("path"), spawn2 = __require("child_process").spawn, exec = __require("child_process").exec, execSync = __require("child_process").execSync, util = __require("util"), _platform = process.platform, _linux = _platform === "linux" || _platform === "android", _darwin = _platform === "darwin", _windows = _platform === "win32", _freebsd = _platform === "freebsd", _openbsd = _platform === "openbsd", _netbsd = _platform === "netbsd", _cores = 0, codepage = "", _smartMonToolsInstalled = null, _rpi_cpuinfo = null, WINDIR = process.env.WINDIR || "C:\\Windows", _psChild, _psResult = "", _psCmds = [], _psPersistent = !1, _powerShell = "", _psToUTF8 = "$OutputEncoding = [System.Console]::OutputEncoding = [System.Console]::InputEncoding = [System.Text.Encoding]::UTF8 ; ", _psCmdStart = "--###START###--", _psError = "--ERROR--", _psCmdSeperator = "--###ENDCMD###--", _psIdSeperator = "--##ID##--", _winSysDir = WINDIR + "\\system32", execOptsWin = {
      windowsHide: !0,
      maxBuffer: 1024 * 102400,
      encoding: "UTF-8",
      env: Object.assign({}, process.env, { LANG: "en_US.UTF-8" }),
      cwd: _windows && fs.existsSync(_winSysDir) ? _winSysDir : void 0
    };
    function winCwd(options) {
      return !execOptsWin.cwd || options && options.cwd ? options : Object.assign({}, options, { cwd: execOptsWin.cwd });
    }
    function execCwd(cmd, opts, callback) {
      return typeof opts == "function" && (callback = opts, opts = void 0), exec(cmd, winCwd(opts), callback);
    }
    var execOptsLinux = {
      maxBuffer: 1024 * 102400,
      encoding: "UTF-8",
      stdio: ["pipe", "pipe", "ignore"]
    };
    function toInt(value) {
      let result = parseInt(value, 10);
      return isNaN(result) && (result = 0), result;
    }
    function splitByNumber(str) {
      let numberStarted = !1, num = "", cpart = "";
      for (let c of str)
        c >= "0" && c <= "9" || numberStarted ? (numberStarted = !0, num += c) : cpart += c;
      return [cpart, num];
    }
    var stringObj = new String(), stringReplace = new String().replace, stringToLower = new String().toLowerCase, stringToString = new String().toString, stringSubstr = new String().substr, stringSubstring = new String().substring, stringTrim = new String().trim, stringStartWith = new String().startsWith, stringSplit = new String().split, mathMin = Math.min;
    function isFunction(functionToCheck) {
      return typeof functionToCheck == "function";
    }
    function unique(obj) {
      let uniques = [], stringify = {};
      for (let i = 0; i < obj.length; i++) {
        let keys = Object.keys(obj[i]);
        keys.sort((a, b) => a - b);
        let str = "";
        for (let j = 0; j < keys.length; j++)
          str += JSON.stringify(keys[j]), str += JSON.stringify(obj[i][keys[j]]);
        ({}).hasOwnProperty.call(stringify, str) || (uniques.push(obj[i]), stringify[str] = !0);
      }
      return uniques;
    }
    function sortByKey(array, keys) {
      return array.sort((a, b) => {
        let x = "", y = "";
        return keys.forEach((key) => {
          x = x + a[key], y = y + b[key];
        }), x < y ? -1 : x > y ? 1 : 0;
      });
    }
    function cores() {
      return _cores === 0 && (_cores = os.cpus().length), _cores;
    }
    function getValue(lines, property, separator, trimmed, lineMatch) {
      separator = separator || ":", property = property.toLowerCase(), trimmed = trimmed || !1, lineMatch = lineMatch || !1;
      let result = "";
      return lines.some((line) => {
        let lineLower = line.toLowerCase().replace(/\t/g, "");
        if (trimmed && (lineLower = lineLower.trim()), lineLower.startsWith(property) && (!lineMatch || lineLower.match(property + separator) || lineLower.match(property + " " + separator))) {
          let parts = trimmed ? line.trim().split(separator) : line.split(separator);
          if (parts.length >= 2)
            return parts.shift(), result = parts.join(separator).trim(), !0;
        }
        return !1;
      }), result;
    }
    function decodeEscapeSequence(str, base) {
      return base = base || 16, str.replace(/\\x([0-9A-Fa-f]{2})/g, function() {
        return String.fromCharCode(parseInt(arguments[1], base));
      });
    }
    function detectSplit(str) {
      let seperator = "", part = 0;
      return str.split("").forEach((element) => {
        element >= "0" && element <= "9" ? part === 1 && part++ : (part === 0 && part++, part === 1 && (seperator += element));
      }), seperator;
    }
    function parseTime(t, pmDesignator) {
      pmDesignator = pmDesignator || "", t = t.toUpperCase();
      let hour = 0, min = 0, splitter = detectSplit(t), parts = t.split(splitter);
      if (parts.length >= 2) {
        parts[2] && (parts[1] += parts[2]);
        let p1 = (parts[1] || "").toLowerCase(), isPM = p1.indexOf("pm") > -1 || p1.indexOf("p.m.") > -1 || p1.indexOf("p. m.") > -1 || p1.indexOf("n") > -1 || p1.indexOf("ch") > -1 || p1.indexOf("\xF6s") > -1 || pmDesignator && p1.indexOf(pmDesignator) > -1;
        return hour = parseInt(parts[0], 10), min = parseInt(parts[1], 10), hour = isPM && hour < 12 ? hour + 12 : hour, ("0" + hour).substr(-2) + ":" + ("0" + min).substr(-2);
      }
    }
    function parseDateTime(dt, culture) {
      let result = {
        date: "",
        time: ""
      };
      culture = culture || {};
      let dateFormat = (culture.dateFormat || "").toLowerCase(), pmDesignator = culture.pmDesignator || "", parts = dt.split(" ");
      if (parts[0]) {
        if (parts[0].indexOf("/") >= 0) {
          let dtparts = parts[0].split("/");
          dtparts.length === 3 && (dtparts[0].length === 4 ? result.date = dtparts[0] + "-" + ("0" + dtparts[1]).substr(-2) + "-" + ("0" + dtparts[2]).substr(-2) : dtparts[2].length === 2 ? (dateFormat.indexOf("/d/") > -1 || dateFormat.indexOf("/dd/") > -1, result.date = "20" + dtparts[2] + "-" + ("0" + dtparts[1]).substr(-2) + "-" + ("0" + dtparts[0]).substr(-2)) : (dt.toLowerCase().indexOf("pm") > -1 || dt.toLowerCase().indexOf("p.m.") > -1 || dt.toLowerCase().indexOf("p. m.") > -1 || dt.toLowerCase().indexOf("am") > -1 || dt.toLowerCase().indexOf("a.m.") > -1 || dt.toLowerCase().indexOf("a. m.") > -1 || dateFormat.indexOf("/d/") > -1 || dateFormat.indexOf("/dd/") > -1) && dateFormat.indexOf("dd/") !== 0 ? result.date = dtparts[2] + "-" + ("0" + dtparts[0]).substr(-2) + "-" + ("0" + dtparts[1]).substr(-2) : result.date = dtparts[2] + "-" + ("0" + dtparts[1]).substr(-2) + "-" + ("0" + dtparts[0]).substr(-2));
        }
        if (parts[0].indexOf(".") >= 0) {
          let dtparts = parts[0].split(".");
          dtparts.length === 3 && (dateFormat.indexOf(".d.") > -1 || dateFormat.indexOf(".dd.") > -1 ? result.date = dtparts[2] + "-" + ("0" + dtparts[0]).substr(-2) + "-" + ("0" + dtparts[1]).substr(-2) : result.date = dtparts[2] + "-" + ("0" + dtparts[1]).substr(-2) + "-" + ("0" + dtparts[0]).substr(-2));
        }
        if (parts[0].indexOf("-") >= 0) {
          let dtparts = parts[0].split("-");
          dtparts.length === 3 && (result.date = dtparts[0] + "-" + ("0" + dtparts[1]).substr(-2) + "-" + ("0" + dtparts[2]).substr(-2));
        }
      }
      if (parts[1]) {
        parts.shift();
        let time = parts.join(" ");
        result.time = parseTime(time, pmDesignator);
      }
      return result;
    }
    function parseHead(head, rights) {
      let space = rights > 0, count2 = 1, from = 0, to = 0, result = [];
      for (let i = 0; i < head.length; i++)
        count2 <= rights ? (/\s/.test(head[i]) && !space && (to = i - 1, result.push({
          from,
          to: to + 1,
          cap: head.substring(from, to + 1)
        }), from = to + 2, count2++), space = head[i] === " ") : (!/\s/.test(head[i]) && space && (to = i - 1, from < to && result.push({
          from,
          to,
          cap: head.substring(from, to)
        }), from = to + 1, count2++), space = head[i] === " ");
      to = 5e3, result.push({
        from,
        to,
        cap: head.substring(from, to)
      });
      let len = result.length;
      for (let i = 0; i < len; i++)
        result[i].cap.replace(/\s/g, "").length === 0 && i + 1 < len && (result[i].to = result[i + 1].to, result[i].cap = result[i].cap + result[i + 1].cap, result.splice(i + 1, 1), len = len - 1);
      return result;
    }
    function findObjectByKey(array, key, value) {
      for (let i = 0; i < array.length; i++)
        if (array[i][key] === value)
          return i;
      return -1;
    }
    function getPowershell() {
      if (_powerShell = "powershell.exe", _windows) {
        let defaultPath = `${WINDIR}\\system32\\WindowsPowerShell\\v1.0\\powershell.exe`;
        fs.existsSync(defaultPath) && (_powerShell = defaultPath);
      }
    }
    function getVboxmanage() {
      let vboxPath = (process.env.VBOX_INSTALL_PATH || process.env.VBOX_MSI_INSTALL_PATH || "").replace(/["%!^&|<>`$;\r\n]/g, "");
      return _windows ? vboxPath ? `"${vboxPath}\\VBoxManage.exe"` : "VBoxManage.exe" : "vboxmanage";
    }
    function powerShellProceedResults(data) {
      let id = "", parts, res = "";
      if (data.indexOf(_psCmdStart) >= 0) {
        parts = data.split(_psCmdStart);
        let parts2 = parts[1].split(_psIdSeperator);
        id = parts2[0], parts2.length > 1 && (data = parts2.slice(1).join(_psIdSeperator));
      }
      data.indexOf(_psCmdSeperator) >= 0 && (parts = data.split(_psCmdSeperator), res = parts[0]);
      let remove = -1;
      for (let i = 0; i < _psCmds.length; i++)
        _psCmds[i].id === id && (remove = i, _psCmds[i].callback(res));
      remove >= 0 && _psCmds.splice(remove, 1);
    }
    function powerShellStart() {
      _psChild || (_psChild = spawn2(_powerShell, ["-NoProfile", "-NoLogo", "-InputFormat", "Text", "-NoExit", "-Command", "-"], {
        stdio: "pipe",
        windowsHide: !0,
        maxBuffer: 1024 * 102400,
        encoding: "UTF-8",
        env: Object.assign({}, process.env, { LANG: "en_US.UTF-8" }),
        cwd: execOptsWin.cwd
      }), _psChild && _psChild.pid && (_psPersistent = !0, _psChild.stdout.on("data", (data) => {
        _psResult = _psResult + data.toString("utf8");
        let sepIndex = _psResult.indexOf(_psCmdSeperator);
        for (; sepIndex >= 0; ) {
          let end = sepIndex + _psCmdSeperator.length;
          powerShellProceedResults(_psResult.slice(0, end)), _psResult = _psResult.slice(end), sepIndex = _psResult.indexOf(_psCmdSeperator);
        }
      }), _psChild.stderr.on("data", () => {
        powerShellProceedResults(_psResult + _psError);
      }), _psChild.on("error", () => {
        powerShellProceedResults(_psResult + _psError);
      }), _psChild.on("close", () => {
        _psChild && _psChild.kill();
      })));
    }
    function powerShellRelease() {
      try {
        _psChild && (_psChild.stdin.write("exit" + os.EOL), _psChild.stdin.end());
      } catch {
        _psChild && _psChild.kill();
      }
      _psPersistent = !1, _psChild = null;
    }
    function powerShell(cmd) {
      if (_psPersistent) {
        let id = Math.random().toString(36).substring(2, 12);
        return new Promise((resolve4) => {
          process.nextTick(() => {
            function callback(data) {
              resolve4(data);
            }
            _psCmds.push({
              id,
              cmd,
              callback,
              start: /* @__PURE__ */ new Date()
            });
            try {
              _psChild && _psChild.pid && _psChild.stdin.write(_psToUTF8 + "echo " + _psCmdStart + id + _psIdSeperator + "; " + os.EOL + cmd + os.EOL + "echo " + _psCmdSeperator + os.EOL);
            } catch {
              resolve4("");
            }
          });
        });
      } else {
        let result = "";
        return new Promise((resolve4) => {
          process.nextTick(() => {
            try {
              let osVersion = os.release().split(".").map(Number), spanOptions = osVersion[0] < 10 ? ["-NoProfile", "-NoLogo", "-InputFormat", "Text", "-NoExit", "-ExecutionPolicy", "Unrestricted", "-Command", "-"] : ["-NoProfile", "-NoLogo", "-InputFormat", "Text", "-ExecutionPolicy", "Unrestricted", "-Command", _psToUTF8 + cmd], child = spawn2(_powerShell, spanOptions, {
                stdio: "pipe",
                windowsHide: !0,
                maxBuffer: 1024 * 102400,
                encoding: "UTF-8",
                env: Object.assign({}, process.env, { LANG: "en_US.UTF-8" }),
                cwd: execOptsWin.cwd
              });
              if (child && !child.pid && child.on("error", () => {
                resolve4(result);
              }), child && child.pid) {
                if (child.stdout.on("data", (data) => {
                  result = result + data.toString("utf8");
                }), child.stderr.on("data", () => {
                  child.kill(), resolve4(result);
                }), child.on("close", () => {
                  child.kill(), resolve4(result);
                }), child.on("error", () => {
                  child.kill(), resolve4(result);
                }), osVersion[0] < 10)
                  try {
                    child.stdin.write(_psToUTF8 + cmd + os.EOL), child.stdin.write("exit" + os.EOL), child.stdin.end();
                  } catch {
                    child.kill(), resolve4(result);
                  }
              } else
                resolve4(result);
            } catch {
              resolve4(result);
            }
          });
        });
      }
    }
    function execSafe(cmd, args, options) {
      let result = "";
      return options = winCwd(options || {}), new Promise((resolve4) => {
        process.nextTick(() => {
          try {
            let child = spawn2(cmd, args, options);
            child && !child.pid && child.on("error", () => {
              resolve4(result);
            }), child && child.pid ? (child.stdout.on("data", (data) => {
              result += data.toString();
            }), child.on("close", () => {
              child.kill(), resolve4(result);
            }), child.on("error", () => {
              child.kill(), resolve4(result);
            })) : resolve4(result);
          } catch {
            resolve4(result);
          }
        });
      });
    }
    function getCodepage() {
      if (_windows) {
        if (!codepage)
          try {
            let parts = execSync("chcp", execOptsWin).toString().split(`\r
`)[0].split(":");
            codepage = parts.length > 1 ? parts[1].replace(".", "").trim() : "";
          } catch {
            codepage = "437";
          }
        return codepage;
      }
      if (_linux || _darwin || _freebsd || _openbsd || _netbsd) {
        if (!codepage)
          try {
            let parts = execSync("echo $LANG", execOptsLinux).toString().split(`\r
`)[0].split(".");
            codepage = parts.length > 1 ? parts[1].trim() : "", codepage || (codepage = "UTF-8");
          } catch {
            codepage = "UTF-8";
          }
        return codepage;
      }
    }
    function smartMonToolsInstalled() {
      if (_smartMonToolsInstalled !== null)
        return _smartMonToolsInstalled;
      if (_smartMonToolsInstalled = !1, _windows)
        try {
          let pathArray = execSync("WHERE smartctl 2>nul", execOptsWin).toString().split(`\r
`);
          pathArray && pathArray.length ? _smartMonToolsInstalled = pathArray[0].indexOf(":\\") >= 0 : _smartMonToolsInstalled = !1;
        } catch {
          _smartMonToolsInstalled = !1;
        }
      if (_linux || _darwin || _freebsd || _openbsd || _netbsd)
        try {
          _smartMonToolsInstalled = execSync("which smartctl 2>/dev/null", execOptsLinux).toString().split(`\r
`).length > 0;
        } catch {
        }
      return _smartMonToolsInstalled;
    }
    function isRaspberry(cpuinfo) {
      let PI_MODEL_NO = ["BCM2708", "BCM2709", "BCM2710", "BCM2711", "BCM2712", "BCM2835", "BCM2836", "BCM2837", "BCM2837B0"];
      if (_rpi_cpuinfo !== null)
        cpuinfo = _rpi_cpuinfo;
      else if (cpuinfo === void 0)
        try {
          cpuinfo = fs.readFileSync("/proc/cpuinfo", { encoding: "utf8" }).toString().split(`
`), _rpi_cpuinfo = cpuinfo;
        } catch {
          return !1;
        }
      let hardware = getValue(cpuinfo, "hardware"), model = getValue(cpuinfo, "model");
      return hardware && PI_MODEL_NO.indexOf(hardware) > -1 || model && model.indexOf("Raspberry Pi") > -1;
    }
    function isRaspbian() {
      let osrelease = [];
      try {
        osrelease = fs.readFileSync("/etc/os-release", { encoding: "utf8" }).toString().split(`
`);
      } catch {
        return !1;
      }
      let id = getValue(osrelease, "id", "=");
      return id && id.indexOf("raspbian") > -1;
    }
    function execWin(cmd, opts, callback) {
      callback || (callback = opts, opts = execOptsWin);
      let newCmd = "chcp 65001 > nul && cmd /C " + cmd + " && chcp " + codepage + " > nul";
      exec(newCmd, winCwd(opts), (error, stdout) => {
        callback(error, stdout);
      });
    }
    function darwinXcodeExists() {
      let cmdLineToolsExists = fs.existsSync("/Library/Developer/CommandLineTools/usr/bin/"), xcodeAppExists = fs.existsSync("/Applications/Xcode.app/Contents/Developer/Tools"), xcodeExists = fs.existsSync("/Library/Developer/Xcode/");
      return cmdLineToolsExists || xcodeExists || xcodeAppExists;
    }
    function nanoSeconds() {
      let time = process.hrtime();
      return !Array.isArray(time) || time.length !== 2 ? 0 : +time[0] * 1e9 + +time[1];
    }
    function countUniqueLines(lines, startingWith) {
      startingWith = startingWith || "";
      let uniqueLines = [];
      return lines.forEach((line) => {
        line.startsWith(startingWith) && uniqueLines.indexOf(line) === -1 && uniqueLines.push(line);
      }), uniqueLines.length;
    }
    function countLines(lines, startingWith) {
      startingWith = startingWith || "";
      let uniqueLines = [];
      return lines.forEach((line) => {
        line.startsWith(startingWith) && uniqueLines.push(line);
      }), uniqueLines.length;
    }
    function sanitizeShellString(str, strict) {
      typeof strict > "u" && (strict = !1);
      let s = str || "", result = "", l = mathMin(s.length, 2e3);
      for (let i = 0; i <= l; i++)
        s[i] === void 0 || s[i] === ">" || s[i] === "<" || s[i] === "*" || s[i] === "?" || s[i] === "[" || s[i] === "]" || s[i] === "|" || s[i] === "\u02DA" || s[i] === "$" || s[i] === ";" || s[i] === "&" || s[i] === "]" || s[i] === "#" || s[i] === "%" || s[i] === "!" || s[i] === "^" || s[i] === "\\" || s[i] === "	" || s[i] === `
` || s[i] === "\r" || s[i] === "'" || s[i] === "`" || s[i] === '"' || // unicode quotes (U+2018-U+201E) and dashes (U+2013-U+2015) are treated as ' " - by PowerShell
        s[i] >= "\u2018" && s[i] <= "\u201E" || s[i] >= "\u2013" && s[i] <= "\u2015" || s[i].length > 1 || strict && s[i] === "(" || strict && s[i] === ")" || strict && s[i] === "@" || strict && s[i] === " " || strict && s[i] === "{" || strict && s[i] === ";" || strict && s[i] === "}" || (result = result + s[i]);
      return result;
    }
    function sanitizeContainerID(str) {
      let s = String(str || "").substring(0, 2e3).replace(/[^a-zA-Z0-9_.,*-]/g, "");
      return s.indexOf("..") === -1 ? s : "";
    }
    function sanitizeDriveLetter(str) {
      let match = /^\s*([a-zA-Z]):?[\\/]?\s*$/.exec(String(str || ""));
      return match ? match[1] + ":" : "";
    }
    function sanitizeImageID(str) {
      let s = String(str || "").substring(0, 2e3).replace(/[^a-zA-Z0-9_.,:@/-]/g, "");
      return s.indexOf("..") === -1 ? s : "";
    }
    function isPrototypePolluted() {
      let s = "1234567890abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", notPolluted = !0, st = "";
      try {
        st.__proto__.replace = stringReplace, st.__proto__.toLowerCase = stringToLower, st.__proto__.toString = stringToString, st.__proto__.substr = stringSubstr, st.__proto__.substring = stringSubstring, st.__proto__.split = stringSplit, st.__proto__.trim = stringTrim, st.__proto__.startsWith = stringStartWith;
      } catch {
        Object.setPrototypeOf(st, stringObj);
      }
      notPolluted = notPolluted || s.length !== 62;
      let ms3 = Date.now();
      if (typeof ms3 == "number" && ms3 > 16e11) {
        let l = ms3 % 100 + 15;
        for (let i = 0; i < l; i++) {
          let r = Math.random() * 61.99999999 + 1, rs = parseInt(Math.floor(r).toString(), 10), rs2 = parseInt(r.toString().split(".")[0], 10), q = Math.random() * 61.99999999 + 1, qs = parseInt(Math.floor(q).toString(), 10), qs2 = parseInt(q.toString().split(".")[0], 10);
          notPolluted = notPolluted && r !== q, notPolluted = notPolluted && rs === rs2 && qs === qs2, st += s[rs - 1];
        }
        notPolluted = notPolluted && st.length === l;
        let p = Math.random() * l * 0.9999999999, stm = st.substr(0, p) + " " + st.substr(p, 2e3);
        try {
          stm.__proto__.replace = stringReplace;
        } catch {
          Object.setPrototypeOf(stm, stringObj);
        }
        let sto = stm.replace(/ /g, "");
        notPolluted = notPolluted && st === sto, p = Math.random() * l * 0.9999999999, stm = st.substr(0, p) + "{" + st.substr(p, 2e3), sto = stm.replace(/{/g, ""), notPolluted = notPolluted && st === sto, p = Math.random() * l * 0.9999999999, stm = st.substr(0, p) + "*" + st.substr(p, 2e3), sto = stm.replace(/\*/g, ""), notPolluted = notPolluted && st === sto, p = Math.random() * l * 0.9999999999, stm = st.substr(0, p) + "$" + st.substr(p, 2e3), sto = stm.replace(/\$/g, ""), notPolluted = notPolluted && st === sto;
        let stl = st.toLowerCase();
        notPolluted = notPolluted && stl.length === l && stl[l - 1] && !stl[l];
        for (let i = 0; i < l; i++) {
          let s1 = st[i];
          try {
            s1.__proto__.toLowerCase = stringToLower;
          } catch {
            Object.setPrototypeOf(st, stringObj);
          }
          let s2 = stl ? stl[i] : "", s1l = s1.toLowerCase();
          notPolluted = notPolluted && s1l[0] === s2 && s1l[0] && !s1l[1];
        }
      }
      return !notPolluted;
    }
    function sanitizeString(str, strict) {
      typeof strict > "u" && (strict = !1);
      let result = "", s = isPrototypePolluted() ? "---" : sanitizeShellString(str, strict), l = mathMin(s.length, 2e3);
      for (let i = 0; i <= l; i++)
        s[i] !== void 0 && (result = result + s[i]);
      return result;
    }
    function hex2bin(hex) {
      return ("00000000" + parseInt(hex, 16).toString(2)).substr(-8);
    }
    function getFilesInPath(source) {
      let lstatSync = fs.lstatSync, readdirSync = fs.readdirSync, join19 = path.join;
      function isDirectory(source2) {
        return lstatSync(source2).isDirectory();
      }
      function isFile(source2) {
        return lstatSync(source2).isFile();
      }
      function getDirectories(source2) {
        return readdirSync(source2).map((name) => join19(source2, name)).filter(isDirectory);
      }
      function getFiles(source2) {
        return readdirSync(source2).map((name) => join19(source2, name)).filter(isFile);
      }
      function getFilesRecursively(source2) {
        try {
          return getDirectories(source2).map((dir) => getFilesRecursively(dir)).reduce((a, b) => a.concat(b), []).concat(getFiles(source2));
        } catch {
          return [];
        }
      }
      return fs.existsSync(source) ? getFilesRecursively(source) : [];
    }
    function decodePiCpuinfo(lines) {
      _rpi_cpuinfo === null ? _rpi_cpuinfo = lines : lines === void 0 && (lines = _rpi_cpuinfo);
      let oldRevisionCodes = {
        "0002": {
          type: "B",
          revision: "1.0",
          memory: 256,
          manufacturer: "Egoman",
          processor: "BCM2835"
        },
        "0003": {
          type: "B",
          revision: "1.0",
          memory: 256,
          manufacturer: "Egoman",
          processor: "BCM2835"
        },
        "0004": {
          type: "B",
          revision: "2.0",
          memory: 256,
          manufacturer: "Sony UK",
          processor: "BCM2835"
        },
        "0005": {
          type: "B",
          revision: "2.0",
          memory: 256,
          manufacturer: "Qisda",
          processor: "BCM2835"
        },
        "0006": {
          type: "B",
          revision: "2.0",
          memory: 256,
          manufacturer: "Egoman",
          processor: "BCM2835"
        },
        "0007": {
          type: "A",
          revision: "2.0",
          memory: 256,
          manufacturer: "Egoman",
          processor: "BCM2835"
        },
        "0008": {
          type: "A",
          revision: "2.0",
          memory: 256,
          manufacturer: "Sony UK",
          processor: "BCM2835"
        },
        "0009": {
          type: "A",
          revision: "2.0",
          memory: 256,
          manufacturer: "Qisda",
          processor: "BCM2835"
        },
        "000d": {
          type: "B",
          revision: "2.0",
          memory: 512,
          manufacturer: "Egoman",
          processor: "BCM2835"
        },
        "000e": {
          type: "B",
          revision: "2.0",
          memory: 512,
          manufacturer: "Sony UK",
          processor: "BCM2835"
        },
        "000f": {
          type: "B",
          revision: "2.0",
          memory: 512,
          manufacturer: "Egoman",
          processor: "BCM2835"
        },
        "0010": {
          type: "B+",
          revision: "1.2",
          memory: 512,
          manufacturer: "Sony UK",
          processor: "BCM2835"
        },
        "0011": {
          type: "CM1",
          revision: "1.0",
          memory: 512,
          manufacturer: "Sony UK",
          processor: "BCM2835"
        },
        "0012": {
          type: "A+",
          revision: "1.1",
          memory: 256,
          manufacturer: "Sony UK",
          processor: "BCM2835"
        },
        "0013": {
          type: "B+",
          revision: "1.2",
          memory: 512,
          manufacturer: "Embest",
          processor: "BCM2835"
        },
        "0014": {
          type: "CM1",
          revision: "1.0",
          memory: 512,
          manufacturer: "Embest",
          processor: "BCM2835"
        },
        "0015": {
          type: "A+",
          revision: "1.1",
          memory: 256,
          manufacturer: "512MB	Embest",
          processor: "BCM2835"
        }
      }, processorList = ["BCM2835", "BCM2836", "BCM2837", "BCM2711", "BCM2712"], manufacturerList = ["Sony UK", "Egoman", "Embest", "Sony Japan", "Embest", "Stadium"], typeList = {
        "00": "A",
        "01": "B",
        "02": "A+",
        "03": "B+",
        "04": "2B",
        "05": "Alpha (early prototype)",
        "06": "CM1",
        "08": "3B",
        "09": "Zero",
        "0a": "CM3",
        "0c": "Zero W",
        "0d": "3B+",
        "0e": "3A+",
        "0f": "Internal use only",
        10: "CM3+",
        11: "4B",
        12: "Zero 2 W",
        13: "400",
        14: "CM4",
        15: "CM4S",
        16: "Internal use only",
        17: "5",
        18: "CM5",
        19: "500/500+",
        "1a": "CM5 Lite"
      }, revisionCode = getValue(lines, "revision", ":", !0), model = getValue(lines, "model:", ":", !0), serial = getValue(lines, "serial", ":", !0), result = {};
      if ({}.hasOwnProperty.call(oldRevisionCodes, revisionCode))
        result = {
          model,
          serial,
          revisionCode,
          memory: oldRevisionCodes[revisionCode].memory,
          manufacturer: oldRevisionCodes[revisionCode].manufacturer,
          processor: oldRevisionCodes[revisionCode].processor,
          type: oldRevisionCodes[revisionCode].type,
          revision: oldRevisionCodes[revisionCode].revision
        };
      else {
        let revision = ("00000000" + getValue(lines, "revision", ":", !0).toLowerCase()).substr(-8), memSizeCode = parseInt(hex2bin(revision.substr(2, 1)).substr(5, 3), 2) || 0, manufacturer = manufacturerList[parseInt(revision.substr(3, 1), 10)], processor = processorList[parseInt(revision.substr(4, 1), 10)], typeCode = revision.substr(5, 2);
        result = {
          model,
          serial,
          revisionCode,
          memory: 256 * 2 ** memSizeCode,
          manufacturer,
          processor,
          type: {}.hasOwnProperty.call(typeList, typeCode) ? typeList[typeCode] : "",
          revision: "1." + revision.substr(7, 1)
        };
      }
      return result;
    }
    function getRpiGpu(cpuinfo) {
      if (_rpi_cpuinfo === null && cpuinfo !== void 0)
        _rpi_cpuinfo = cpuinfo;
      else if (cpuinfo === void 0 && _rpi_cpuinfo !== null)
        cpuinfo = _rpi_cpuinfo;
      else
        try {
          cpuinfo = fs.readFileSync("/proc/cpuinfo", { encoding: "utf8" }).toString().split(`
`), _rpi_cpuinfo = cpuinfo;
        } catch {
          return !1;
        }
      let rpi = decodePiCpuinfo(cpuinfo);
      return rpi.type === "4B" || rpi.type === "CM4" || rpi.type === "CM4S" || rpi.type === "400" ? "VideoCore VI" : rpi.type === "5" || rpi.type === "500" ? "VideoCore VII" : "VideoCore IV";
    }
    function promiseAll(promises) {
      let resolvingPromises = promises.map(
        (promise) => new Promise((resolve4) => {
          let payload = new Array(2);
          promise.then((result) => {
            payload[0] = result;
          }).catch((error) => {
            payload[1] = error;
          }).then(() => {
            resolve4(payload);
          });
        })
      ), errors = [], results = [];
      return Promise.all(resolvingPromises).then((items) => (items.forEach((payload) => {
        payload[1] ? (errors.push(payload[1]), results.push(null)) : (errors.push(null), results.push(payload[0]));
      }), {
        errors,
        results
      }));
    }
    function promisify2(nodeStyleFunction) {
      return function() {
        let args = Array.prototype.slice.call(arguments);
        return new Promise((resolve4, reject) => {
          args.push((err, data) => {
            err ? reject(err) : resolve4(data);
          }), nodeStyleFunction.apply(null, args);
        });
      };
    }
    function promisifySave(nodeStyleFunction) {
      return function() {
        let args = Array.prototype.slice.call(arguments);
        return new Promise((resolve4) => {
          args.push((err, data) => {
            resolve4(data);
          }), nodeStyleFunction.apply(null, args);
        });
      };
    }
    function linuxVersion() {
      let result = "";
      if (_linux)
        try {
          result = execSync("uname -v", execOptsLinux).toString();
        } catch {
          result = "";
        }
      return result;
    }
    function plistParser(xmlStr) {
      let tags = ["array", "dict", "key", "string", "integer", "date", "real", "data", "boolean", "arrayEmpty"], pos = xmlStr.indexOf("<plist version"), len = xmlStr.length;
      for (; xmlStr[pos] !== ">" && pos < len; )
        pos++;
      let depth = 0, inTagStart = !1, inTagContent = !1, inTagEnd = !1, metaData = [{ tagStart: "", tagEnd: "", tagContent: "", key: "", data: null }], c = "", cn = xmlStr[pos];
      for (; pos < len; )
        c = cn, pos + 1 < len && (cn = xmlStr[pos + 1]), c === "<" ? (inTagContent = !1, cn === "/" ? inTagEnd = !0 : metaData[depth].tagStart ? (metaData[depth].tagContent = "", metaData[depth].data || (metaData[depth].data = metaData[depth].tagStart === "array" ? [] : {}), depth++, metaData.push({ tagStart: "", tagEnd: "", tagContent: "", key: null, data: null }), inTagStart = !0, inTagContent = !1) : inTagStart || (inTagStart = !0)) : c === ">" ? (metaData[depth].tagStart === "true/" && (inTagStart = !1, inTagEnd = !0, metaData[depth].tagStart = "", metaData[depth].tagEnd = "/boolean", metaData[depth].data = !0), metaData[depth].tagStart === "false/" && (inTagStart = !1, inTagEnd = !0, metaData[depth].tagStart = "", metaData[depth].tagEnd = "/boolean", metaData[depth].data = !1), metaData[depth].tagStart === "array/" && (inTagStart = !1, inTagEnd = !0, metaData[depth].tagStart = "", metaData[depth].tagEnd = "/arrayEmpty", metaData[depth].data = []), inTagContent && (inTagContent = !1), inTagStart && (inTagStart = !1, inTagContent = !0, metaData[depth].tagStart === "array" && (metaData[depth].data = []), metaData[depth].tagStart === "dict" && (metaData[depth].data = {})), inTagEnd && (inTagEnd = !1, metaData[depth].tagEnd && tags.indexOf(metaData[depth].tagEnd.substr(1)) >= 0 && (metaData[depth].tagEnd === "/dict" || metaData[depth].tagEnd === "/array" ? (depth > 1 && metaData[depth - 2].tagStart === "array" && metaData[depth - 2].data.push(metaData[depth - 1].data), depth > 1 && metaData[depth - 2].tagStart === "dict" && !isProtoKey(metaData[depth - 1].key) && (metaData[depth - 2].data[metaData[depth - 1].key] = metaData[depth - 1].data), depth--, metaData.pop(), metaData[depth].tagContent = "", metaData[depth].tagStart = "", metaData[depth].tagEnd = "") : (metaData[depth].tagEnd === "/key" && metaData[depth].tagContent ? metaData[depth].key = metaData[depth].tagContent : (metaData[depth].tagEnd === "/real" && metaData[depth].tagContent && (metaData[depth].data = parseFloat(metaData[depth].tagContent) || 0), metaData[depth].tagEnd === "/integer" && metaData[depth].tagContent && (metaData[depth].data = parseInt(metaData[depth].tagContent) || 0), metaData[depth].tagEnd === "/string" && metaData[depth].tagContent && (metaData[depth].data = metaData[depth].tagContent || ""), metaData[depth].tagEnd === "/boolean" && (metaData[depth].data = metaData[depth].tagContent || !1), metaData[depth].tagEnd === "/arrayEmpty" && (metaData[depth].data = metaData[depth].tagContent || []), depth > 0 && metaData[depth - 1].tagStart === "array" && metaData[depth - 1].data.push(metaData[depth].data), depth > 0 && metaData[depth - 1].tagStart === "dict" && !isProtoKey(metaData[depth].key) && (metaData[depth - 1].data[metaData[depth].key] = metaData[depth].data)), metaData[depth].tagContent = "", metaData[depth].tagStart = "", metaData[depth].tagEnd = "")), metaData[depth].tagEnd = "", inTagStart = !1, inTagContent = !1)) : (inTagStart && (metaData[depth].tagStart += c), inTagEnd && (metaData[depth].tagEnd += c), inTagContent && (metaData[depth].tagContent += c)), pos++;
      return metaData[0].data;
    }
    function strIsNumeric(str) {
      return typeof str == "string" && !isNaN(str) && !isNaN(parseFloat(str));
    }
    function plistReader(output2) {
      let lines = output2.split(`
`);
      for (let i = 0; i < lines.length; i++) {
        if (lines[i].indexOf(" = ") >= 0) {
          let lineParts = lines[i].split(" = ");
          if (lineParts[0] = lineParts[0].trim(), lineParts[0].startsWith('"') || (lineParts[0] = '"' + lineParts[0] + '"'), lineParts[1] = lineParts[1].trim(), lineParts[1].indexOf('"') === -1 && lineParts[1].endsWith(";")) {
            let valueString = lineParts[1].substring(0, lineParts[1].length - 1);
            strIsNumeric(valueString) || (lineParts[1] = `"${valueString}";`);
          }
          if (lineParts[1].indexOf('"') >= 0 && lineParts[1].endsWith(";")) {
            let valueString = lineParts[1].substring(0, lineParts[1].length - 1).replace(/"/g, "");
            strIsNumeric(valueString) && (lineParts[1] = `${valueString};`);
          }
          lines[i] = lineParts.join(" : ");
        }
        lines[i] = lines[i].replace(/\(/g, "[").replace(/\)/g, "]").replace(/;/g, ",").trim(), lines[i].startsWith("}") && lines[i - 1] && lines[i - 1].endsWith(",") && (lines[i - 1] = lines[i - 1].substring(0, lines[i - 1].length - 1));
      }
      output2 = lines.join("");
      let obj = {};
      try {
        obj = JSON.parse(output2);
      } catch {
      }
      return obj;
    }
    function semverCompare(v1, v2) {
      let res = 0, parts1 = v1.split(".").map((p) => parseInt(p, 10) || 0), parts2 = v2.split(".").map((p) => parseInt(p, 10) || 0);
      return parts1[0] < parts2[0] ? res = 1 : parts1[0] > parts2[0] ? res = -1 : parts1[0] === parts2[0] && parts1.length >= 2 && parts2.length >= 2 && (parts1[1] < parts2[1] ? res = 1 : parts1[1] > parts2[1] ? res = -1 : parts1[1] === parts2[1] && (parts1.length >= 3 && parts2.length >= 3 ? parts1[2] < parts2[2] ? res = 1 : parts1[2] > parts2[2] && (res = -1) : parts2.length >= 3 && (res = 1))), res;
    }
    function getAppleModel(key) {
      let list = [
        {
          key: "Mac18,5",
          name: "Mac mini",
          size: "",
          processor: "M6",
          year: "2026",
          additional: ""
        },
        {
          key: "Mac17,16",
          name: "Mac mini",
          size: "",
          processor: "M5 Pro",
          year: "2026",
          additional: ""
        },
        {
          key: "Mac17,15",
          name: "Mac Studio",
          size: "",
          processor: "M5 Ultra",
          year: "2026",
          additional: ""
        },
        {
          key: "Mac17,14",
          name: "Mac Studio",
          size: "",
          processor: "M5 Max",
          year: "2026",
          additional: ""
        },
        {
          key: "Mac17,9",
          name: "MacBook Pro",
          size: "14-inch",
          processor: "M5 Pro",
          year: "2026",
          additional: ""
        },
        {
          key: "Mac17,8",
          name: "MacBook Pro",
          size: "16-inch",
          processor: "M5 Pro",
          year: "2026",
          additional: ""
        },
        {
          key: "Mac17,7",
          name: "MacBook Pro",
          size: "14-inch",
          processor: "M5 Max",
          year: "2026",
          additional: ""
        },
        {
          key: "Mac17,6",
          name: "MacBook Pro",
          size: "16-inch",
          processor: "M5 Max",
          year: "2026",
          additional: ""
        },
        {
          key: "Mac17,5",
          name: "MacBook Pro",
          size: "16-inch",
          processor: "M5 Pro",
          year: "2026",
          additional: ""
        },
        {
          key: "Mac17,4",
          name: "MacBook Pro",
          size: "14-inch",
          processor: "M5 Pro",
          year: "2026",
          additional: ""
        },
        {
          key: "Mac17,1",
          name: "MacBook Neo",
          size: "14-inch",
          processor: "A18 Pro",
          year: "2026",
          additional: ""
        },
        {
          key: "Mac17,3",
          name: "MacBook Pro",
          size: "16-inch",
          processor: "M5",
          year: "2025",
          additional: ""
        },
        {
          key: "Mac17,2",
          name: "MacBook Pro",
          size: "14-inch",
          processor: "M5",
          year: "2025",
          additional: ""
        },
        {
          key: "Mac16,13",
          name: "MacBook Air",
          size: "15-inch",
          processor: "M4",
          year: "2025",
          additional: ""
        },
        {
          key: "Mac16,12",
          name: "MacBook Air",
          size: "13-inch",
          processor: "M4",
          year: "2025",
          additional: ""
        },
        {
          key: "Mac15,13",
          name: "MacBook Air",
          size: "15-inch",
          processor: "M3",
          year: "2024",
          additional: ""
        },
        {
          key: "Mac15,12",
          name: "MacBook Air",
          size: "13-inch",
          processor: "M3",
          year: "2024",
          additional: ""
        },
        {
          key: "Mac14,15",
          name: "MacBook Air",
          size: "15-inch",
          processor: "M2",
          year: "2024",
          additional: ""
        },
        {
          key: "Mac14,2",
          name: "MacBook Air",
          size: "13-inch",
          processor: "M2",
          year: "2022",
          additional: ""
        },
        {
          key: "MacBookAir10,1",
          name: "MacBook Air",
          size: "13-inch",
          processor: "M1",
          year: "2020",
          additional: ""
        },
        {
          key: "MacBookAir9,1",
          name: "MacBook Air",
          size: "13-inch",
          processor: "",
          year: "2020",
          additional: ""
        },
        {
          key: "MacBookAir8,2",
          name: "MacBook Air",
          size: "13-inch",
          processor: "",
          year: "2019",
          additional: ""
        },
        {
          key: "MacBookAir8,1",
          name: "MacBook Air",
          size: "13-inch",
          processor: "",
          year: "2018",
          additional: ""
        },
        {
          key: "MacBookAir7,2",
          name: "MacBook Air",
          size: "13-inch",
          processor: "",
          year: "2017",
          additional: ""
        },
        {
          key: "MacBookAir7,2",
          name: "MacBook Air",
          size: "13-inch",
          processor: "",
          year: "Early 2015",
          additional: ""
        },
        {
          key: "MacBookAir7,1",
          name: "MacBook Air",
          size: "11-inch",
          processor: "",
          year: "Early 2015",
          additional: ""
        },
        {
          key: "MacBookAir6,2",
          name: "MacBook Air",
          size: "13-inch",
          processor: "",
          year: "Early 2014",
          additional: ""
        },
        {
          key: "MacBookAir6,1",
          name: "MacBook Air",
          size: "11-inch",
          processor: "",
          year: "Early 2014",
          additional: ""
        },
        {
          key: "MacBookAir6,2",
          name: "MacBook Air",
          size: "13-inch",
          processor: "",
          year: "Mid 2013",
          additional: ""
        },
        {
          key: "MacBookAir6,1",
          name: "MacBook Air",
          size: "11-inch",
          processor: "",
          year: "Mid 2013",
          additional: ""
        },
        {
          key: "MacBookAir5,2",
          name: "MacBook Air",
          size: "13-inch",
          processor: "",
          year: "Mid 2012",
          additional: ""
        },
        {
          key: "MacBookAir5,1",
          name: "MacBook Air",
          size: "11-inch",
          processor: "",
          year: "Mid 2012",
          additional: ""
        },
        {
          key: "MacBookAir4,2",
          name: "MacBook Air",
          size: "13-inch",
          processor: "",
          year: "Mid 2011",
          additional: ""
        },
        {
          key: "MacBookAir4,1",
          name: "MacBook Air",
          size: "11-inch",
          processor: "",
          year: "Mid 2011",
          additional: ""
        },
        {
          key: "MacBookAir3,2",
          name: "MacBook Air",
          size: "13-inch",
          processor: "",
          year: "Late 2010",
          additional: ""
        },
        {
          key: "MacBookAir3,1",
          name: "MacBook Air",
          size: "11-inch",
          processor: "",
          year: "Late 2010",
          additional: ""
        },
        {
          key: "MacBookAir2,1",
          name: "MacBook Air",
          size: "13-inch",
          processor: "",
          year: "Mid 2009",
          additional: ""
        },
        {
          key: "Mac16,1",
          name: "MacBook Pro",
          size: "14-inch",
          processor: "M4",
          year: "2024",
          additional: ""
        },
        {
          key: "Mac16,6",
          name: "MacBook Pro",
          size: "14-inch",
          processor: "M4 Pro",
          year: "2024",
          additional: ""
        },
        {
          key: "Mac16,8",
          name: "MacBook Pro",
          size: "14-inch",
          processor: "M4 Max",
          year: "2024",
          additional: ""
        },
        {
          key: "Mac16,5",
          name: "MacBook Pro",
          size: "16-inch",
          processor: "M4 Pro",
          year: "2024",
          additional: ""
        },
        {
          key: "Mac16,6",
          name: "MacBook Pro",
          size: "16-inch",
          processor: "M4 Max",
          year: "2024",
          additional: ""
        },
        {
          key: "Mac15,3",
          name: "MacBook Pro",
          size: "14-inch",
          processor: "M3",
          year: "Nov 2023",
          additional: ""
        },
        {
          key: "Mac15,6",
          name: "MacBook Pro",
          size: "14-inch",
          processor: "M3 Pro",
          year: "Nov 2023",
          additional: ""
        },
        {
          key: "Mac15,8",
          name: "MacBook Pro",
          size: "14-inch",
          processor: "M3 Pro",
          year: "Nov 2023",
          additional: ""
        },
        {
          key: "Mac15,10",
          name: "MacBook Pro",
          size: "14-inch",
          processor: "M3 Max",
          year: "Nov 2023",
          additional: ""
        },
        {
          key: "Mac15,7",
          name: "MacBook Pro",
          size: "16-inch",
          processor: "M3 Pro",
          year: "Nov 2023",
          additional: ""
        },
        {
          key: "Mac15,9",
          name: "MacBook Pro",
          size: "16-inch",
          processor: "M3 Pro",
          year: "Nov 2023",
          additional: ""
        },
        {
          key: "Mac15,11",
          name: "MacBook Pro",
          size: "16-inch",
          processor: "M3 Max",
          year: "Nov 2023",
          additional: ""
        },
        {
          key: "Mac14,5",
          name: "MacBook Pro",
          size: "14-inch",
          processor: "M2 Max",
          year: "2023",
          additional: ""
        },
        {
          key: "Mac14,9",
          name: "MacBook Pro",
          size: "14-inch",
          processor: "M2 Max",
          year: "2023",
          additional: ""
        },
        {
          key: "Mac14,6",
          name: "MacBook Pro",
          size: "16-inch",
          processor: "M2 Max",
          year: "2023",
          additional: ""
        },
        {
          key: "Mac14,10",
          name: "MacBook Pro",
          size: "16-inch",
          processor: "M2 Max",
          year: "2023",
          additional: ""
        },
        {
          key: "Mac14,7",
          name: "MacBook Pro",
          size: "13-inch",
          processor: "M2",
          year: "2022",
          additional: ""
        },
        {
          key: "MacBookPro18,3",
          name: "MacBook Pro",
          size: "14-inch",
          processor: "M1 Pro",
          year: "2021",
          additional: ""
        },
        {
          key: "MacBookPro18,4",
          name: "MacBook Pro",
          size: "14-inch",
          processor: "M1 Max",
          year: "2021",
          additional: ""
        },
        {
          key: "MacBookPro18,1",
          name: "MacBook Pro",
          size: "16-inch",
          processor: "M1 Pro",
          year: "2021",
          additional: ""
        },
        {
          key: "MacBookPro18,2",
          name: "MacBook Pro",
          size: "16-inch",
          processor: "M1 Max",
          year: "2021",
          additional: ""
        },
        {
          key: "MacBookPro17,1",
          name: "MacBook Pro",
          size: "13-inch",
          processor: "M1",
          year: "2020",
          additional: ""
        },
        {
          key: "MacBookPro16,3",
          name: "MacBook Pro",
          size: "13-inch",
          processor: "",
          year: "2020",
          additional: "Two Thunderbolt 3 ports"
        },
        {
          key: "MacBookPro16,2",
          name: "MacBook Pro",
          size: "13-inch",
          processor: "",
          year: "2020",
          additional: "Four Thunderbolt 3 ports"
        },
        {
          key: "MacBookPro16,1",
          name: "MacBook Pro",
          size: "16-inch",
          processor: "",
          year: "2019",
          additional: ""
        },
        {
          key: "MacBookPro16,4",
          name: "MacBook Pro",
          size: "16-inch",
          processor: "",
          year: "2019",
          additional: ""
        },
        {
          key: "MacBookPro15,3",
          name: "MacBook Pro",
          size: "15-inch",
          processor: "",
          year: "2019",
          additional: ""
        },
        {
          key: "MacBookPro15,2",
          name: "MacBook Pro",
          size: "13-inch",
          processor: "",
          year: "2019",
          additional: ""
        },
        {
          key: "MacBookPro15,1",
          name: "MacBook Pro",
          size: "15-inch",
          processor: "",
          year: "2019",
          additional: ""
        },
        {
          key: "MacBookPro15,4",
          name: "MacBook Pro",
          size: "13-inch",
          processor: "",
          year: "2019",
          additional: "Two Thunderbolt 3 ports"
        },
        {
          key: "MacBookPro15,1",
          name: "MacBook Pro",
          size: "15-inch",
          processor: "",
          year: "2018",
          additional: ""
        },
        {
          key: "MacBookPro15,2",
          name: "MacBook Pro",
          size: "13-inch",
          processor: "",
          year: "2018",
          additional: "Four Thunderbolt 3 ports"
        },
        {
          key: "MacBookPro14,1",
          name: "MacBook Pro",
          size: "13-inch",
          processor: "",
          year: "2017",
          additional: "Two Thunderbolt 3 ports"
        },
        {
          key: "MacBookPro14,2",
          name: "MacBook Pro",
          size: "13-inch",
          processor: "",
          year: "2017",
          additional: "Four Thunderbolt 3 ports"
        },
        {
          key: "MacBookPro14,3",
          name: "MacBook Pro",
          size: "15-inch",
          processor: "",
          year: "2017",
          additional: ""
        },
        {
          key: "MacBookPro13,1",
          name: "MacBook Pro",
          size: "13-inch",
          processor: "",
          year: "2016",
          additional: "Two Thunderbolt 3 ports"
        },
        {
          key: "MacBookPro13,2",
          name: "MacBook Pro",
          size: "13-inch",
          processor: "",
          year: "2016",
          additional: "Four Thunderbolt 3 ports"
        },
        {
          key: "MacBookPro13,3",
          name: "MacBook Pro",
          size: "15-inch",
          processor: "",
          year: "2016",
          additional: ""
        },
        {
          key: "MacBookPro11,4",
          name: "MacBook Pro",
          size: "15-inch",
          processor: "",
          year: "Mid 2015",
          additional: ""
        },
        {
          key: "MacBookPro11,5",
          name: "MacBook Pro",
          size: "15-inch",
          processor: "",
          year: "Mid 2015",
          additional: ""
        },
        {
          key: "MacBookPro12,1",
          name: "MacBook Pro",
          size: "13-inch",
          processor: "",
          year: "Early 2015",
          additional: ""
        },
        {
          key: "MacBookPro11,2",
          name: "MacBook Pro",
          size: "15-inch",
          processor: "",
          year: "Late 2013",
          additional: ""
        },
        {
          key: "MacBookPro11,3",
          name: "MacBook Pro",
          size: "15-inch",
          processor: "",
          year: "Late 2013",
          additional: ""
        },
        {
          key: "MacBookPro11,1",
          name: "MacBook Pro",
          size: "13-inch",
          processor: "",
          year: "Late 2013",
          additional: ""
        },
        {
          key: "MacBookPro10,1",
          name: "MacBook Pro",
          size: "15-inch",
          processor: "",
          year: "Mid 2012",
          additional: ""
        },
        {
          key: "MacBookPro10,2",
          name: "MacBook Pro",
          size: "13-inch",
          processor: "",
          year: "Late 2012",
          additional: ""
        },
        {
          key: "MacBookPro9,1",
          name: "MacBook Pro",
          size: "15-inch",
          processor: "",
          year: "Mid 2012",
          additional: ""
        },
        {
          key: "MacBookPro9,2",
          name: "MacBook Pro",
          size: "13-inch",
          processor: "",
          year: "Mid 2012",
          additional: ""
        },
        {
          key: "MacBookPro8,3",
          name: "MacBook Pro",
          size: "17-inch",
          processor: "",
          year: "Early 2011",
          additional: ""
        },
        {
          key: "MacBookPro8,2",
          name: "MacBook Pro",
          size: "15-inch",
          processor: "",
          year: "Early 2011",
          additional: ""
        },
        {
          key: "MacBookPro8,1",
          name: "MacBook Pro",
          size: "13-inch",
          processor: "",
          year: "Early 2011",
          additional: ""
        },
        {
          key: "MacBookPro6,1",
          name: "MacBook Pro",
          size: "17-inch",
          processor: "",
          year: "Mid 2010",
          additional: ""
        },
        {
          key: "MacBookPro6,2",
          name: "MacBook Pro",
          size: "15-inch",
          processor: "",
          year: "Mid 2010",
          additional: ""
        },
        {
          key: "MacBookPro7,1",
          name: "MacBook Pro",
          size: "13-inch",
          processor: "",
          year: "Mid 2010",
          additional: ""
        },
        {
          key: "MacBookPro5,2",
          name: "MacBook Pro",
          size: "17-inch",
          processor: "",
          year: "Early 2009",
          additional: ""
        },
        {
          key: "MacBookPro5,3",
          name: "MacBook Pro",
          size: "15-inch",
          processor: "",
          year: "Mid 2009",
          additional: ""
        },
        {
          key: "MacBookPro5,5",
          name: "MacBook Pro",
          size: "13-inch",
          processor: "",
          year: "Mid 2009",
          additional: ""
        },
        {
          key: "MacBookPro5,1",
          name: "MacBook Pro",
          size: "15-inch",
          processor: "",
          year: "Late 2008",
          additional: ""
        },
        {
          key: "MacBookPro4,1",
          name: "MacBook Pro",
          size: "15-inch",
          processor: "",
          year: "Early 2008",
          additional: ""
        },
        {
          key: "MacBook10,1",
          name: "MacBook",
          size: "12-inch",
          processor: "",
          year: "2017",
          additional: ""
        },
        {
          key: "MacBook9,1",
          name: "MacBook",
          size: "12-inch",
          processor: "",
          year: "Early 2016",
          additional: ""
        },
        {
          key: "MacBook8,1",
          name: "MacBook",
          size: "12-inch",
          processor: "",
          year: "Early 2015",
          additional: ""
        },
        {
          key: "MacBook7,1",
          name: "MacBook",
          size: "13-inch",
          processor: "",
          year: "Mid 2010",
          additional: ""
        },
        {
          key: "MacBook6,1",
          name: "MacBook",
          size: "13-inch",
          processor: "",
          year: "Late 2009",
          additional: ""
        },
        {
          key: "MacBook5,2",
          name: "MacBook",
          size: "13-inch",
          processor: "",
          year: "Early 2009",
          additional: ""
        },
        {
          key: "Mac14,13",
          name: "Mac Studio",
          size: "",
          processor: "M2 Max",
          year: "2023",
          additional: ""
        },
        {
          key: "Mac14,14",
          name: "Mac Studio",
          size: "",
          processor: "M2 Ultra",
          year: "2023",
          additional: ""
        },
        {
          key: "Mac15,14",
          name: "Mac Studio",
          size: "",
          processor: "M3 Ultra",
          year: "2025",
          additional: ""
        },
        {
          key: "Mac16,9",
          name: "Mac Studio",
          size: "",
          processor: "M4 Max",
          year: "2025",
          additional: ""
        },
        {
          key: "Mac13,1",
          name: "Mac Studio",
          size: "",
          processor: "M1 Max",
          year: "2022",
          additional: ""
        },
        {
          key: "Mac13,2",
          name: "Mac Studio",
          size: "",
          processor: "M1 Ultra",
          year: "2022",
          additional: ""
        },
        {
          key: "Mac16,11",
          name: "Mac mini",
          size: "",
          processor: "M4 Pro",
          year: "2024",
          additional: ""
        },
        {
          key: "Mac16,10",
          name: "Mac mini",
          size: "",
          processor: "M4",
          year: "2024",
          additional: ""
        },
        {
          key: "Mac14,3",
          name: "Mac mini",
          size: "",
          processor: "M2",
          year: "2023",
          additional: ""
        },
        {
          key: "Mac14,12",
          name: "Mac mini",
          size: "",
          processor: "M2 Pro",
          year: "2023",
          additional: ""
        },
        {
          key: "Macmini9,1",
          name: "Mac mini",
          size: "",
          processor: "M1",
          year: "2020",
          additional: ""
        },
        {
          key: "Macmini8,1",
          name: "Mac mini",
          size: "",
          processor: "",
          year: "Late 2018",
          additional: ""
        },
        {
          key: "Macmini7,1",
          name: "Mac mini",
          size: "",
          processor: "",
          year: "Late 2014",
          additional: ""
        },
        {
          key: "Macmini6,1",
          name: "Mac mini",
          size: "",
          processor: "",
          year: "Late 2012",
          additional: ""
        },
        {
          key: "Macmini6,2",
          name: "Mac mini",
          size: "",
          processor: "",
          year: "Late 2012",
          additional: ""
        },
        {
          key: "Macmini5,1",
          name: "Mac mini",
          size: "",
          processor: "",
          year: "Mid 2011",
          additional: ""
        },
        {
          key: "Macmini5,2",
          name: "Mac mini",
          size: "",
          processor: "",
          year: "Mid 2011",
          additional: ""
        },
        {
          key: "Macmini4,1",
          name: "Mac mini",
          size: "",
          processor: "",
          year: "Mid 2010",
          additional: ""
        },
        {
          key: "Macmini3,1",
          name: "Mac mini",
          size: "",
          processor: "",
          year: "Early 2009",
          additional: ""
        },
        {
          key: "Mac16,3",
          name: "iMac",
          size: "24-inch",
          processor: "M4",
          year: "2024",
          additional: "Four ports"
        },
        {
          key: "Mac16,2",
          name: "iMac",
          size: "24-inch",
          processor: "M4",
          year: "2024",
          additional: "Two ports"
        },
        {
          key: "Mac15,5",
          name: "iMac",
          size: "24-inch",
          processor: "M3",
          year: "2023",
          additional: "Four ports"
        },
        {
          key: "Mac15,4",
          name: "iMac",
          size: "24-inch",
          processor: "M3",
          year: "2023",
          additional: "Two ports"
        },
        {
          key: "iMac21,1",
          name: "iMac",
          size: "24-inch",
          processor: "M1",
          year: "2021",
          additional: ""
        },
        {
          key: "iMac21,2",
          name: "iMac",
          size: "24-inch",
          processor: "M1",
          year: "2021",
          additional: ""
        },
        {
          key: "iMac20,1",
          name: "iMac",
          size: "27-inch",
          processor: "",
          year: "2020",
          additional: "Retina 5K"
        },
        {
          key: "iMac20,2",
          name: "iMac",
          size: "27-inch",
          processor: "",
          year: "2020",
          additional: "Retina 5K"
        },
        {
          key: "iMac19,1",
          name: "iMac",
          size: "27-inch",
          processor: "",
          year: "2019",
          additional: "Retina 5K"
        },
        {
          key: "iMac19,2",
          name: "iMac",
          size: "21.5-inch",
          processor: "",
          year: "2019",
          additional: "Retina 4K"
        },
        {
          key: "iMacPro1,1",
          name: "iMac Pro",
          size: "",
          processor: "",
          year: "2017",
          additional: ""
        },
        {
          key: "iMac18,3",
          name: "iMac",
          size: "27-inch",
          processor: "",
          year: "2017",
          additional: "Retina 5K"
        },
        {
          key: "iMac18,2",
          name: "iMac",
          size: "21.5-inch",
          processor: "",
          year: "2017",
          additional: "Retina 4K"
        },
        {
          key: "iMac18,1",
          name: "iMac",
          size: "21.5-inch",
          processor: "",
          year: "2017",
          additional: ""
        },
        {
          key: "iMac17,1",
          name: "iMac",
          size: "27-inch",
          processor: "",
          year: "Late 2015",
          additional: "Retina 5K"
        },
        {
          key: "iMac16,2",
          name: "iMac",
          size: "21.5-inch",
          processor: "",
          year: "Late 2015",
          additional: "Retina 4K"
        },
        {
          key: "iMac16,1",
          name: "iMac",
          size: "21.5-inch",
          processor: "",
          year: "Late 2015",
          additional: ""
        },
        {
          key: "iMac15,1",
          name: "iMac",
          size: "27-inch",
          processor: "",
          year: "Late 2014",
          additional: "Retina 5K"
        },
        {
          key: "iMac14,4",
          name: "iMac",
          size: "21.5-inch",
          processor: "",
          year: "Mid 2014",
          additional: ""
        },
        {
          key: "iMac14,2",
          name: "iMac",
          size: "27-inch",
          processor: "",
          year: "Late 2013",
          additional: ""
        },
        {
          key: "iMac14,1",
          name: "iMac",
          size: "21.5-inch",
          processor: "",
          year: "Late 2013",
          additional: ""
        },
        {
          key: "iMac13,2",
          name: "iMac",
          size: "27-inch",
          processor: "",
          year: "Late 2012",
          additional: ""
        },
        {
          key: "iMac13,1",
          name: "iMac",
          size: "21.5-inch",
          processor: "",
          year: "Late 2012",
          additional: ""
        },
        {
          key: "iMac12,2",
          name: "iMac",
          size: "27-inch",
          processor: "",
          year: "Mid 2011",
          additional: ""
        },
        {
          key: "iMac12,1",
          name: "iMac",
          size: "21.5-inch",
          processor: "",
          year: "Mid 2011",
          additional: ""
        },
        {
          key: "iMac11,3",
          name: "iMac",
          size: "27-inch",
          processor: "",
          year: "Mid 2010",
          additional: ""
        },
        {
          key: "iMac11,2",
          name: "iMac",
          size: "21.5-inch",
          processor: "",
          year: "Mid 2010",
          additional: ""
        },
        {
          key: "iMac10,1",
          name: "iMac",
          size: "21.5-inch",
          processor: "",
          year: "Late 2009",
          additional: ""
        },
        {
          key: "iMac9,1",
          name: "iMac",
          size: "20-inch",
          processor: "",
          year: "Early 2009",
          additional: ""
        },
        {
          key: "Mac14,8",
          name: "Mac Pro",
          size: "",
          processor: "",
          year: "2023",
          additional: ""
        },
        {
          key: "Mac14,8",
          name: "Mac Pro",
          size: "",
          processor: "",
          year: "2023",
          additional: "Rack"
        },
        {
          key: "MacPro7,1",
          name: "Mac Pro",
          size: "",
          processor: "",
          year: "2019",
          additional: ""
        },
        {
          key: "MacPro7,1",
          name: "Mac Pro",
          size: "",
          processor: "",
          year: "2019",
          additional: "Rack"
        },
        {
          key: "MacPro6,1",
          name: "Mac Pro",
          size: "",
          processor: "",
          year: "Late 2013",
          additional: ""
        },
        {
          key: "MacPro5,1",
          name: "Mac Pro",
          size: "",
          processor: "",
          year: "Mid 2012",
          additional: ""
        },
        {
          key: "MacPro5,1",
          name: "Mac Pro Server",
          size: "",
          processor: "",
          year: "Mid 2012",
          additional: "Server"
        },
        {
          key: "MacPro5,1",
          name: "Mac Pro",
          size: "",
          processor: "",
          year: "Mid 2010",
          additional: ""
        },
        {
          key: "MacPro5,1",
          name: "Mac Pro Server",
          size: "",
          processor: "",
          year: "Mid 2010",
          additional: "Server"
        },
        {
          key: "MacPro4,1",
          name: "Mac Pro",
          size: "",
          processor: "",
          year: "Early 2009",
          additional: ""
        }
      ].filter((model) => model.key === key);
      if (list.length === 0)
        return {
          key,
          model: "Apple",
          version: "Unknown"
        };
      let features = [];
      return list[0].size && features.push(list[0].size), list[0].processor && features.push(list[0].processor), list[0].year && features.push(list[0].year), list[0].additional && features.push(list[0].additional), {
        key,
        model: list[0].name,
        version: list[0].name + " (" + features.join(", ") + ")"
      };
    }
    function checkWebsite(url, timeout = 5e3) {
      let http = url.startsWith("https:") || url.indexOf(":443/") > 0 || url.indexOf(":8443/") > 0 ? __require("https") : __require("http"), t = Date.now();
      return new Promise((resolve4) => {
        try {
          let request = http.get(url, (res) => {
            res.on("data", () => {
            }), res.on("end", () => {
              resolve4({
                url,
                statusCode: res.statusCode,
                message: res.statusMessage,
                time: Date.now() - t
              });
            });
          }).on("error", (e) => {
            resolve4({
              url,
              statusCode: 404,
              message: e.message,
              time: Date.now() - t
            });
          }).setTimeout(timeout, () => {
            request.destroy(), resolve4({
              url,
              statusCode: 408,
              message: "Request Timeout",
              time: Date.now() - t
            });
          });
        } catch (e) {
          resolve4({
            url,
            statusCode: 404,
            message: e.message,
            time: Date.now() - t
          });
        }
      });
    }
    function cleanString(str) {
      return str.replace(/To Be Filled By O.E.M./g, "");
    }
    function grep(str, pattern) {
      return str.split(`
`).filter((line) => line.includes(pattern)).join(`
`);
    }
    function noop() {
    }
    function isProtoKey(key) {
      return key === "__proto__" || key === "constructor" || key === "prototype";
    }
    exports.toInt = toInt;
    exports.splitByNumber = splitByNumber;
    exports.execOptsWin = execOptsWin;
    exports.execCwd = execCwd;
    exports.execOptsLinux = execOptsLinux;
    exports.getCodepage = getCodepage;
    exports.execWin = execWin;
    exports.isFunction = isFunction;
    exports.unique = unique;
    exports.sortByKey = sortByKey;
    exports.cores = cores;
    exports.getValue = getValue;
    exports.decodeEscapeSequence = decodeEscapeSequence;
    exports.parseDateTime = parseDateTime;
    exports.parseHead = parseHead;
    exports.findObjectByKey = findObjectByKey;
    exports.darwinXcodeExists = darwinXcodeExists;
    exports.getVboxmanage = getVboxmanage;
    exports.powerShell = powerShell;
    exports.powerShellStart = powerShellStart;
    exports.powerShellRelease = powerShellRelease;
    exports.execSafe = execSafe;
    exports.nanoSeconds = nanoSeconds;
    exports.countUniqueLines = countUniqueLines;
    exports.countLines = countLines;
    exports.noop = noop;
    exports.isRaspberry = isRaspberry;
    exports.isRaspbian = isRaspbian;
    exports.sanitizeShellString = sanitizeShellString;
    exports.sanitizeContainerID = sanitizeContainerID;
    exports.sanitizeImageID = sanitizeImageID;
    exports.isPrototypePolluted = isPrototypePolluted;
    exports.sanitizeString = sanitizeString;
    exports.sanitizeDriveLetter = sanitizeDriveLetter;
    exports.decodePiCpuinfo = decodePiCpuinfo;
    exports.getRpiGpu = getRpiGpu;
    exports.promiseAll = promiseAll;
    exports.promisify = promisify2;
    exports.promisifySave = promisifySave;
    exports.smartMonToolsInstalled = smartMonToolsInstalled;
    exports.linuxVersion = linuxVersion;
    exports.plistParser = plistParser;
    exports.plistReader = plistReader;
    exports.stringObj = stringObj;
    exports.stringReplace = stringReplace;
    exports.stringToLower = stringToLower;
    exports.stringToString = stringToString;
    exports.stringSubstr = stringSubstr;
    exports.stringSubstring = stringSubstring;
    exports.stringTrim = stringTrim;
    exports.stringStartWith = stringStartWith;
    exports.stringSplit = stringSplit;
    exports.mathMin = mathMin;
    exports.WINDIR = WINDIR;
    exports.getFilesInPath = getFilesInPath;
    exports.semverCompare = semverCompare;
    exports.getAppleModel = getAppleModel;
    exports.checkWebsite = checkWebsite;
    exports.cleanString = cleanString;
    exports.grep = grep;
    exports.getPowershell = getPowershell;
  }
});

// node_modules/systeminformation/lib/system.js
var require_system = __commonJS({
  "node_modules/systeminformation/lib/system.js"(exports) {
    "use strict";
    var fs = __require("fs"), os = __require("os"), util = require_util(), exec = __require("child_process").exec, execSync = __require("child_process").execSync, execPromise = util.promisify(__require("child_process").exec), _platform = process.platform, _linux = _platform === "linux" || _platform === "android", _darwin = _platform === "darwin", _windows = _platform === "win32", _freebsd = _platform === "freebsd", _openbsd = _platform === "openbsd", _netbsd = _platform === "netbsd", _sunos = _platform === "sunos";
    function system(callback) {
      return callback = util.isFunction(callback) ? callback : null, new Promise((resolve4) => {
        process.nextTick(() => {
          let result = {
            manufacturer: "",
            model: "Computer",
            version: "",
            serial: "-",
            uuid: "-",
            sku: "-",
            virtual: !1
          };
          if ((_linux || _freebsd || _openbsd || _netbsd) && exec("export LC_ALL=C; dmidecode -t system 2>/dev/null; unset LC_ALL", (error, stdout) => {
            let lines = stdout.toString().split(`
`);
            result.manufacturer = cleanDefaults(util.getValue(lines, "manufacturer")), result.model = cleanDefaults(util.getValue(lines, "product name")), result.version = cleanDefaults(util.getValue(lines, "version")), result.serial = cleanDefaults(util.getValue(lines, "serial number")), result.uuid = cleanDefaults(util.getValue(lines, "uuid")).toLowerCase(), result.sku = cleanDefaults(util.getValue(lines, "sku number"));
            let cmd = `echo -n "product_name: "; cat /sys/devices/virtual/dmi/id/product_name 2>/dev/null; echo;
            echo -n "product_serial: "; cat /sys/devices/virtual/dmi/id/product_serial 2>/dev/null; echo;
            echo -n "product_uuid: "; cat /sys/devices/virtual/dmi/id/product_uuid 2>/dev/null; echo;
            echo -n "product_version: "; cat /sys/devices/virtual/dmi/id/product_version 2>/dev/null; echo;
            echo -n "sys_vendor: "; cat /sys/devices/virtual/dmi/id/sys_vendor 2>/dev/null; echo;`;
            try {
              lines = execSync(cmd, util.execOptsLinux).toString().split(`
`), result.manufacturer = cleanDefaults(result.manufacturer === "" ? util.getValue(lines, "sys_vendor") : result.manufacturer), result.model = cleanDefaults(result.model === "" ? util.getValue(lines, "product_name") : result.model), result.version = cleanDefaults(result.version === "" ? util.getValue(lines, "product_version") : result.version), result.serial = cleanDefaults(result.serial === "" ? util.getValue(lines, "product_serial") : result.serial), result.uuid = cleanDefaults(result.uuid === "" ? util.getValue(lines, "product_uuid").toLowerCase() : result.uuid);
            } catch {
              util.noop();
            }
            if (result.serial || (result.serial = "-"), result.manufacturer || (result.manufacturer = ""), result.model || (result.model = "Computer"), result.version || (result.version = ""), result.sku || (result.sku = "-"), result.model.toLowerCase() === "virtualbox" || result.model.toLowerCase() === "kvm" || result.model.toLowerCase() === "virtual machine" || result.model.toLowerCase() === "bochs" || result.model.toLowerCase().startsWith("vmware") || result.model.toLowerCase().startsWith("droplet"))
              switch (result.virtual = !0, result.model.toLowerCase()) {
                case "virtualbox":
                  result.virtualHost = "VirtualBox";
                  break;
                case "vmware":
                  result.virtualHost = "VMware";
                  break;
                case "kvm":
                  result.virtualHost = "KVM";
                  break;
                case "bochs":
                  result.virtualHost = "bochs";
                  break;
              }
            if (result.manufacturer.toLowerCase().startsWith("vmware") || result.manufacturer.toLowerCase() === "xen")
              switch (result.virtual = !0, result.manufacturer.toLowerCase()) {
                case "vmware":
                  result.virtualHost = "VMware";
                  break;
                case "xen":
                  result.virtualHost = "Xen";
                  break;
              }
            if (!result.virtual)
              try {
                let disksById = execSync("ls -1 /dev/disk/by-id/ 2>/dev/null; pciconf -lv 2>/dev/null || true", util.execOptsLinux).toString();
                (disksById.indexOf("_QEMU_") >= 0 || disksById.indexOf("QEMU ") >= 0) && (result.virtual = !0, result.virtualHost = "QEMU"), disksById.indexOf("_VBOX_") >= 0 && (result.virtual = !0, result.virtualHost = "VirtualBox");
              } catch {
                util.noop();
              }
            if (_freebsd || _openbsd || _netbsd)
              try {
                let lines2 = execSync("sysctl -i kern.hostuuid kern.hostid hw.model", util.execOptsLinux).toString().split(`
`);
                result.uuid || (result.uuid = util.getValue(lines2, "kern.hostuuid", ":").toLowerCase()), (!result.serial || result.serial === "-") && (result.serial = util.getValue(lines2, "kern.hostid", ":").toLowerCase()), (!result.model || result.model === "Computer") && (result.model = util.getValue(lines2, "hw.model", ":").trim());
              } catch {
                util.noop();
              }
            if (!result.virtual && (os.release().toLowerCase().indexOf("microsoft") >= 0 || os.release().toLowerCase().endsWith("wsl2"))) {
              let kernelVersion = parseFloat(os.release().toLowerCase());
              result.virtual = !0, result.manufacturer = "Microsoft", result.model = "WSL", result.version = kernelVersion < 4.19 ? "1" : "2";
            }
            if ((_freebsd || _openbsd || _netbsd) && !result.virtualHost)
              try {
                let procLines = execSync("dmidecode -t 4", util.execOptsLinux).toString().split(`
`);
                switch (util.getValue(procLines, "manufacturer", ":", !0).toLowerCase()) {
                  case "virtualbox":
                    result.virtualHost = "VirtualBox";
                    break;
                  case "vmware":
                    result.virtualHost = "VMware";
                    break;
                  case "kvm":
                    result.virtualHost = "KVM";
                    break;
                  case "bochs":
                    result.virtualHost = "bochs";
                    break;
                }
              } catch {
                util.noop();
              }
            (fs.existsSync("/.dockerenv") || fs.existsSync("/.dockerinit")) && (result.model = "Docker Container");
            try {
              let stdout2 = execSync('dmesg 2>/dev/null | grep -iE "virtual|hypervisor" | grep -iE "vmware|qemu|kvm|xen" | grep -viE "Nested Virtualization|/virtual/"');
              stdout2.toString().split(`
`).length > 0 && (result.model === "Computer" && (result.model = "Virtual machine"), result.virtual = !0, stdout2.toString().toLowerCase().indexOf("vmware") >= 0 && !result.virtualHost && (result.virtualHost = "VMware"), stdout2.toString().toLowerCase().indexOf("qemu") >= 0 && !result.virtualHost && (result.virtualHost = "QEMU"), stdout2.toString().toLowerCase().indexOf("xen") >= 0 && !result.virtualHost && (result.virtualHost = "Xen"), stdout2.toString().toLowerCase().indexOf("kvm") >= 0 && !result.virtualHost && (result.virtualHost = "KVM"));
            } catch {
              util.noop();
            }
            result.manufacturer === "" && result.model === "Computer" && result.version === "" ? fs.readFile("/proc/cpuinfo", (error2, stdout2) => {
              if (!error2) {
                let lines2 = stdout2.toString().split(`
`);
                result.model = util.getValue(lines2, "hardware", ":", !0).toUpperCase(), result.version = util.getValue(lines2, "revision", ":", !0).toLowerCase(), result.serial = util.getValue(lines2, "serial", ":", !0);
                let model = util.getValue(lines2, "model:", ":", !0);
                if (util.isRaspberry(lines2)) {
                  let rPIRevision = util.decodePiCpuinfo(lines2);
                  result.model = rPIRevision.model, result.version = rPIRevision.revisionCode, result.manufacturer = "Raspberry Pi Foundation", result.raspberry = {
                    manufacturer: rPIRevision.manufacturer,
                    processor: rPIRevision.processor,
                    type: rPIRevision.type,
                    revision: rPIRevision.revision
                  };
                }
              }
              callback && callback(result), resolve4(result);
            }) : (callback && callback(result), resolve4(result));
          }), _darwin && exec("ioreg -c IOPlatformExpertDevice -d 2", (error, stdout) => {
            if (!error) {
              let lines = stdout.toString().replace(/[<>"]/g, "").split(`
`), model = util.getAppleModel(util.getValue(lines, "model", "=", !0));
              result.manufacturer = util.getValue(lines, "manufacturer", "=", !0), result.model = model.key, result.type = macOsChassisType(model.version), result.version = model.version, result.serial = util.getValue(lines, "ioplatformserialnumber", "=", !0), result.uuid = util.getValue(lines, "ioplatformuuid", "=", !0).toLowerCase(), result.sku = util.getValue(lines, "board-id", "=", !0) || util.getValue(lines, "target-sub-type", "=", !0);
            }
            callback && callback(result), resolve4(result);
          }), _sunos && (callback && callback(result), resolve4(result)), _windows)
            try {
              util.powerShell("Get-CimInstance Win32_ComputerSystemProduct | select Name,Vendor,Version,IdentifyingNumber,UUID | fl").then((stdout, error) => {
                if (error)
                  callback && callback(result), resolve4(result);
                else {
                  let lines = stdout.split(`\r
`);
                  result.manufacturer = util.getValue(lines, "vendor", ":"), result.model = util.getValue(lines, "name", ":"), result.version = util.getValue(lines, "version", ":"), result.serial = util.getValue(lines, "identifyingnumber", ":"), result.uuid = util.getValue(lines, "uuid", ":").toLowerCase();
                  let model = result.model.toLowerCase();
                  (model === "virtualbox" || model === "kvm" || model === "virtual machine" || model === "bochs" || model.startsWith("vmware") || model.startsWith("qemu") || model.startsWith("parallels")) && (result.virtual = !0, model.startsWith("virtualbox") && (result.virtualHost = "VirtualBox"), model.startsWith("vmware") && (result.virtualHost = "VMware"), model.startsWith("kvm") && (result.virtualHost = "KVM"), model.startsWith("bochs") && (result.virtualHost = "bochs"), model.startsWith("qemu") && (result.virtualHost = "KVM"), model.startsWith("parallels") && (result.virtualHost = "Parallels"));
                  let manufacturer = result.manufacturer.toLowerCase();
                  (manufacturer.startsWith("vmware") || manufacturer.startsWith("qemu") || manufacturer === "xen" || manufacturer.startsWith("parallels")) && (result.virtual = !0, manufacturer.startsWith("vmware") && (result.virtualHost = "VMware"), manufacturer.startsWith("xen") && (result.virtualHost = "Xen"), manufacturer.startsWith("qemu") && (result.virtualHost = "KVM"), manufacturer.startsWith("parallels") && (result.virtualHost = "Parallels")), util.powerShell('Get-CimInstance MS_Systeminformation -Namespace "root/wmi" | select systemsku | fl ').then((stdout2, error2) => {
                    if (!error2) {
                      let lines2 = stdout2.split(`\r
`);
                      result.sku = util.getValue(lines2, "systemsku", ":");
                    }
                    result.virtual ? (callback && callback(result), resolve4(result)) : util.powerShell("Get-CimInstance Win32_bios | select Version, SerialNumber, SMBIOSBIOSVersion").then((stdout3, error3) => {
                      if (error3)
                        callback && callback(result), resolve4(result);
                      else {
                        let lines2 = stdout3.toString();
                        (lines2.indexOf("VRTUAL") >= 0 || lines2.indexOf("A M I ") >= 0 || lines2.indexOf("VirtualBox") >= 0 || lines2.indexOf("VMWare") >= 0 || lines2.indexOf("Xen") >= 0 || lines2.indexOf("Parallels") >= 0) && (result.virtual = !0, lines2.indexOf("VirtualBox") >= 0 && !result.virtualHost && (result.virtualHost = "VirtualBox"), lines2.indexOf("VMware") >= 0 && !result.virtualHost && (result.virtualHost = "VMware"), lines2.indexOf("Xen") >= 0 && !result.virtualHost && (result.virtualHost = "Xen"), lines2.indexOf("VRTUAL") >= 0 && !result.virtualHost && (result.virtualHost = "Hyper-V"), lines2.indexOf("A M I") >= 0 && !result.virtualHost && (result.virtualHost = "Virtual PC"), lines2.indexOf("Parallels") >= 0 && !result.virtualHost && (result.virtualHost = "Parallels")), callback && callback(result), resolve4(result);
                      }
                    });
                  });
                }
              });
            } catch {
              callback && callback(result), resolve4(result);
            }
        });
      });
    }
    exports.system = system;
    function cleanDefaults(s) {
      let cmpStr = s.toLowerCase();
      return cmpStr.indexOf("o.e.m.") === -1 && cmpStr.indexOf("default string") === -1 && cmpStr !== "default" && s || "";
    }
    function bios(callback) {
      return callback = util.isFunction(callback) ? callback : null, new Promise((resolve4) => {
        process.nextTick(() => {
          let result = {
            vendor: "",
            version: "",
            releaseDate: "",
            revision: ""
          }, cmd = "";
          if ((_linux || _freebsd || _openbsd || _netbsd) && (process.arch === "arm" ? cmd = "cat /proc/cpuinfo | grep Serial" : cmd = "export LC_ALL=C; dmidecode -t bios 2>/dev/null; unset LC_ALL", exec(cmd, (error, stdout) => {
            let lines = stdout.toString().split(`
`);
            result.vendor = util.getValue(lines, "Vendor"), result.version = util.getValue(lines, "Version");
            let datetime = util.getValue(lines, "Release Date");
            result.releaseDate = util.parseDateTime(datetime).date, result.revision = util.getValue(lines, "BIOS Revision"), result.serial = util.getValue(lines, "SerialNumber");
            let language = util.getValue(lines, "Currently Installed Language").split("|")[0];
            if (language && (result.language = language), lines.length && stdout.toString().indexOf("Characteristics:") >= 0) {
              let features = [];
              lines.forEach((line) => {
                if (line.indexOf(" is supported") >= 0) {
                  let feature = line.split(" is supported")[0].trim();
                  features.push(feature);
                }
              }), result.features = features;
            }
            let cmd2 = `echo -n "bios_date: "; cat /sys/devices/virtual/dmi/id/bios_date 2>/dev/null; echo;
            echo -n "bios_vendor: "; cat /sys/devices/virtual/dmi/id/bios_vendor 2>/dev/null; echo;
            echo -n "bios_version: "; cat /sys/devices/virtual/dmi/id/bios_version 2>/dev/null; echo;`;
            try {
              lines = execSync(cmd2, util.execOptsLinux).toString().split(`
`), result.vendor = result.vendor ? result.vendor : util.getValue(lines, "bios_vendor"), result.version = result.version ? result.version : util.getValue(lines, "bios_version"), datetime = util.getValue(lines, "bios_date"), result.releaseDate = result.releaseDate ? result.releaseDate : util.parseDateTime(datetime).date;
            } catch {
              util.noop();
            }
            callback && callback(result), resolve4(result);
          })), _darwin && (result.vendor = "Apple Inc.", exec("system_profiler SPHardwareDataType -json", (error, stdout) => {
            try {
              let hardwareData = JSON.parse(stdout.toString());
              if (hardwareData && hardwareData.SPHardwareDataType && hardwareData.SPHardwareDataType.length) {
                let bootRomVersion = hardwareData.SPHardwareDataType[0].boot_rom_version;
                bootRomVersion = bootRomVersion ? bootRomVersion.split("(")[0].trim() : null, result.version = bootRomVersion;
              }
            } catch {
              util.noop();
            }
            callback && callback(result), resolve4(result);
          })), _sunos && (result.vendor = "Sun Microsystems", callback && callback(result), resolve4(result)), _windows)
            try {
              util.powerShell(
                'Get-CimInstance Win32_bios | select Description,Version,Manufacturer,@{n="ReleaseDate";e={$_.ReleaseDate.ToString("yyyy-MM-dd")}},BuildNumber,SerialNumber,SMBIOSBIOSVersion | fl'
              ).then((stdout, error) => {
                if (!error) {
                  let lines = stdout.toString().split(`\r
`), description = util.getValue(lines, "description", ":"), version = util.getValue(lines, "SMBIOSBIOSVersion", ":");
                  description.indexOf(" Version ") !== -1 ? (result.vendor = description.split(" Version ")[0].trim(), result.version = description.split(" Version ")[1].trim()) : description.indexOf(" Ver: ") !== -1 ? (result.vendor = util.getValue(lines, "manufacturer", ":"), result.version = description.split(" Ver: ")[1].trim()) : (result.vendor = util.getValue(lines, "manufacturer", ":"), result.version = version || util.getValue(lines, "version", ":")), result.releaseDate = util.getValue(lines, "releasedate", ":"), result.revision = util.getValue(lines, "buildnumber", ":"), result.serial = cleanDefaults(util.getValue(lines, "serialnumber", ":"));
                }
                callback && callback(result), resolve4(result);
              });
            } catch {
              callback && callback(result), resolve4(result);
            }
        });
      });
    }
    exports.bios = bios;
    function baseboard(callback) {
      return callback = util.isFunction(callback) ? callback : null, new Promise((resolve4) => {
        process.nextTick(() => {
          let result = {
            manufacturer: "",
            model: "",
            version: "",
            serial: "-",
            assetTag: "-",
            memMax: null,
            memSlots: null
          }, cmd = "";
          if (_linux || _freebsd || _openbsd || _netbsd) {
            process.arch === "arm" ? cmd = "cat /proc/cpuinfo | grep Serial" : cmd = "export LC_ALL=C; dmidecode -t 2 2>/dev/null; unset LC_ALL";
            let workload = [];
            workload.push(execPromise(cmd)), workload.push(execPromise("export LC_ALL=C; dmidecode -t memory 2>/dev/null")), util.promiseAll(workload).then((data) => {
              let lines = data.results[0] ? data.results[0].toString().split(`
`) : [""];
              result.manufacturer = cleanDefaults(util.getValue(lines, "Manufacturer")), result.model = cleanDefaults(util.getValue(lines, "Product Name")), result.version = cleanDefaults(util.getValue(lines, "Version")), result.serial = cleanDefaults(util.getValue(lines, "Serial Number")), result.assetTag = cleanDefaults(util.getValue(lines, "Asset Tag"));
              let cmd2 = `echo -n "board_asset_tag: "; cat /sys/devices/virtual/dmi/id/board_asset_tag 2>/dev/null; echo;
            echo -n "board_name: "; cat /sys/devices/virtual/dmi/id/board_name 2>/dev/null; echo;
            echo -n "board_serial: "; cat /sys/devices/virtual/dmi/id/board_serial 2>/dev/null; echo;
            echo -n "board_vendor: "; cat /sys/devices/virtual/dmi/id/board_vendor 2>/dev/null; echo;
            echo -n "board_version: "; cat /sys/devices/virtual/dmi/id/board_version 2>/dev/null; echo;`;
              try {
                lines = execSync(cmd2, util.execOptsLinux).toString().split(`
`), result.manufacturer = cleanDefaults(result.manufacturer ? result.manufacturer : util.getValue(lines, "board_vendor")), result.model = cleanDefaults(result.model ? result.model : util.getValue(lines, "board_name")), result.version = cleanDefaults(result.version ? result.version : util.getValue(lines, "board_version")), result.serial = cleanDefaults(result.serial ? result.serial : util.getValue(lines, "board_serial")), result.assetTag = cleanDefaults(result.assetTag ? result.assetTag : util.getValue(lines, "board_asset_tag"));
              } catch {
                util.noop();
              }
              if (lines = data.results[1] ? data.results[1].toString().split(`
`) : [""], result.memMax = util.toInt(util.getValue(lines, "Maximum Capacity")) * 1024 * 1024 * 1024 || null, result.memSlots = util.toInt(util.getValue(lines, "Number Of Devices")) || null, util.isRaspberry()) {
                let rpi = util.decodePiCpuinfo();
                result.manufacturer = rpi.manufacturer, result.model = "Raspberry Pi", result.serial = rpi.serial, result.version = rpi.type + " - " + rpi.revision, result.memMax = os.totalmem(), result.memSlots = 0;
              }
              callback && callback(result), resolve4(result);
            });
          }
          if (_darwin) {
            let workload = [];
            workload.push(execPromise("ioreg -c IOPlatformExpertDevice -d 2")), workload.push(execPromise("system_profiler SPMemoryDataType")), util.promiseAll(workload).then((data) => {
              let lines = data.results[0] ? data.results[0].toString().replace(/[<>"]/g, "").split(`
`) : [""];
              result.manufacturer = util.getValue(lines, "manufacturer", "=", !0), result.model = util.getValue(lines, "model", "=", !0), result.version = util.getValue(lines, "version", "=", !0), result.serial = util.getValue(lines, "ioplatformserialnumber", "=", !0), result.assetTag = util.getValue(lines, "board-id", "=", !0);
              let devices = data.results[1] ? data.results[1].toString().split("        BANK ") : [""];
              devices.length === 1 && (devices = data.results[1] ? data.results[1].toString().split("        DIMM") : [""]), devices.shift(), result.memSlots = devices.length, os.arch() === "arm64" && (result.memSlots = 0, result.memMax = os.totalmem()), callback && callback(result), resolve4(result);
            });
          }
          if (_sunos && (callback && callback(result), resolve4(result)), _windows)
            try {
              let workload = [], win10plus = parseInt(os.release()) >= 10, maxCapacityAttribute = win10plus ? "MaxCapacityEx" : "MaxCapacity";
              workload.push(util.powerShell("Get-CimInstance Win32_baseboard | select Model,Manufacturer,Product,Version,SerialNumber,PartNumber,SKU | fl")), workload.push(util.powerShell(`Get-CimInstance Win32_physicalmemoryarray | select ${maxCapacityAttribute}, MemoryDevices | fl`)), util.promiseAll(workload).then((data) => {
                let lines = data.results[0] ? data.results[0].toString().split(`\r
`) : [""];
                result.manufacturer = cleanDefaults(util.getValue(lines, "manufacturer", ":")), result.model = cleanDefaults(util.getValue(lines, "model", ":")), result.model || (result.model = cleanDefaults(util.getValue(lines, "product", ":"))), result.version = cleanDefaults(util.getValue(lines, "version", ":")), result.serial = cleanDefaults(util.getValue(lines, "serialnumber", ":")), result.assetTag = cleanDefaults(util.getValue(lines, "partnumber", ":")), result.assetTag || (result.assetTag = cleanDefaults(util.getValue(lines, "sku", ":"))), lines = data.results[1] ? data.results[1].toString().split(`\r
`) : [""], result.memMax = util.toInt(util.getValue(lines, maxCapacityAttribute, ":")) * (win10plus ? 1024 : 1) || null, result.memSlots = util.toInt(util.getValue(lines, "MemoryDevices", ":")) || null, callback && callback(result), resolve4(result);
              });
            } catch {
              callback && callback(result), resolve4(result);
            }
        });
      });
    }
    exports.baseboard = baseboard;
    function macOsChassisType(model) {
      return model = model.toLowerCase(), model.indexOf("macbookair") >= 0 || model.indexOf("macbook air") >= 0 || model.indexOf("macbookpro") >= 0 || model.indexOf("macbook pro") >= 0 || model.indexOf("macbook") >= 0 ? "Notebook" : model.indexOf("macmini") >= 0 || model.indexOf("mac mini") >= 0 || model.indexOf("imac") >= 0 || model.indexOf("macstudio") >= 0 || model.indexOf("mac studio") >= 0 ? "Desktop" : model.indexOf("macpro") >= 0 || model.indexOf("mac pro") >= 0 ? "Tower" : "Other";
    }
    function chassis(callback) {
      callback = util.isFunction(callback) ? callback : null;
      let chassisTypes = [
        "Other",
        "Unknown",
        "Desktop",
        "Low Profile Desktop",
        "Pizza Box",
        "Mini Tower",
        "Tower",
        "Portable",
        "Laptop",
        "Notebook",
        "Hand Held",
        "Docking Station",
        "All in One",
        "Sub Notebook",
        "Space-Saving",
        "Lunch Box",
        "Main System Chassis",
        "Expansion Chassis",
        "SubChassis",
        "Bus Expansion Chassis",
        "Peripheral Chassis",
        "Storage Chassis",
        "Rack Mount Chassis",
        "Sealed-Case PC",
        "Multi-System Chassis",
        "Compact PCI",
        "Advanced TCA",
        "Blade",
        "Blade Enclosure",
        "Tablet",
        "Convertible",
        "Detachable",
        "IoT Gateway ",
        "Embedded PC",
        "Mini PC",
        "Stick PC"
      ];
      return new Promise((resolve4) => {
        process.nextTick(() => {
          let result = {
            manufacturer: "",
            model: "",
            type: "",
            version: "",
            serial: "-",
            assetTag: "-",
            sku: ""
          };
          if ((_linux || _freebsd || _openbsd || _netbsd) && exec(`echo -n "chassis_asset_tag: "; cat /sys/devices/virtual/dmi/id/chassis_asset_tag 2>/dev/null; echo;
            echo -n "chassis_serial: "; cat /sys/devices/virtual/dmi/id/chassis_serial 2>/dev/null; echo;
            echo -n "chassis_type: "; cat /sys/devices/virtual/dmi/id/chassis_type 2>/dev/null; echo;
            echo -n "chassis_vendor: "; cat /sys/devices/virtual/dmi/id/chassis_vendor 2>/dev/null; echo;
            echo -n "chassis_version: "; cat /sys/devices/virtual/dmi/id/chassis_version 2>/dev/null; echo;`, (error, stdout) => {
            let lines = stdout.toString().split(`
`);
            result.manufacturer = cleanDefaults(util.getValue(lines, "chassis_vendor"));
            let ctype = parseInt(util.getValue(lines, "chassis_type").replace(/\D/g, ""));
            result.type = cleanDefaults(ctype && !isNaN(ctype) && ctype <= chassisTypes.length ? chassisTypes[ctype - 1] : ""), result.version = cleanDefaults(util.getValue(lines, "chassis_version")), result.serial = cleanDefaults(util.getValue(lines, "chassis_serial")), result.assetTag = cleanDefaults(util.getValue(lines, "chassis_asset_tag")), callback && callback(result), resolve4(result);
          }), _darwin && exec("ioreg -c IOPlatformExpertDevice -d 2", (error, stdout) => {
            if (!error) {
              let lines = stdout.toString().replace(/[<>"]/g, "").split(`
`), model = util.getAppleModel(util.getValue(lines, "model", "=", !0));
              result.manufacturer = util.getValue(lines, "manufacturer", "=", !0), result.model = model.key, result.type = macOsChassisType(model.model), result.version = model.version, result.serial = util.getValue(lines, "ioplatformserialnumber", "=", !0), result.assetTag = util.getValue(lines, "board-id", "=", !0) || util.getValue(lines, "target-type", "=", !0), result.sku = util.getValue(lines, "target-sub-type", "=", !0);
            }
            callback && callback(result), resolve4(result);
          }), _sunos && (callback && callback(result), resolve4(result)), _windows)
            try {
              util.powerShell("Get-CimInstance Win32_SystemEnclosure | select Model,Manufacturer,ChassisTypes,Version,SerialNumber,PartNumber,SKU,SMBIOSAssetTag | fl").then((stdout, error) => {
                if (!error) {
                  let lines = stdout.toString().split(`\r
`);
                  result.manufacturer = cleanDefaults(util.getValue(lines, "manufacturer", ":")), result.model = cleanDefaults(util.getValue(lines, "model", ":"));
                  let ctype = parseInt(util.getValue(lines, "ChassisTypes", ":").replace(/\D/g, ""));
                  result.type = ctype && !isNaN(ctype) && ctype <= chassisTypes.length ? chassisTypes[ctype - 1] : "", result.version = cleanDefaults(util.getValue(lines, "version", ":")), result.serial = cleanDefaults(util.getValue(lines, "serialnumber", ":")), result.assetTag = cleanDefaults(util.getValue(lines, "partnumber", ":")), result.assetTag || (result.assetTag = cleanDefaults(util.getValue(lines, "SMBIOSAssetTag", ":"))), result.sku = cleanDefaults(util.getValue(lines, "sku", ":"));
                }
                callback && callback(result), resolve4(result);
              });
            } catch {
              callback && callback(result), resolve4(result);
            }
        });
      });
    }
    exports.chassis = chassis;
  }
});

// node_modules/systeminformation/lib/network.js
var require_network = __commonJS({
  "node_modules/systeminformation/lib/network.js"(exports) {
    "use strict";
    var os = __require("os"), exec = __require("child_process").exec, execSync = __require("child_process").execSync, execFileSync = __require("child_process").execFileSync, readFileSync2 = __require("fs").readFileSync, fs = __require("fs"), util = require_util(), _platform = process.platform, _linux = _platform === "linux" || _platform === "android", _darwin = _platform === "darwin", _windows = _platform === "win32", _freebsd = _platform === "freebsd", _openbsd = _platform === "openbsd", _netbsd = _platform === "netbsd", _sunos = _platform === "sunos", _network = /* @__PURE__ */ Object.create(null), _default_iface = "", _ifaces = {}, _dhcpNics = [], _networkInterfaces = [], _mac = {}, pathToIp;
    function getDefaultNetworkInterface() {
      let ifacename = "", ifacenameFirst = "";
      try {
        let ifaces = os.networkInterfaces(), scopeid = 9999;
        for (let dev in ifaces)
          ({}).hasOwnProperty.call(ifaces, dev) && ifaces[dev].forEach((details) => {
            details && details.internal === !1 && (ifacenameFirst = ifacenameFirst || dev, details.scopeid && details.scopeid < scopeid && (ifacename = dev, scopeid = details.scopeid));
          });
        if (ifacename = ifacename || ifacenameFirst || "", _windows) {
          let defaultIp = "";
          if (execSync("netstat -r", util.execOptsWin).toString().split(os.EOL).forEach((line) => {
            if (line = line.replace(/\s+/g, " ").trim(), line.indexOf("0.0.0.0 0.0.0.0") > -1 && !/[a-zA-Z]/.test(line)) {
              let parts = line.split(" ");
              parts.length >= 5 && (defaultIp = parts[parts.length - 2]);
            }
          }), defaultIp)
            for (let dev in ifaces)
              ({}).hasOwnProperty.call(ifaces, dev) && ifaces[dev].forEach((details) => {
                details && details.address && details.address === defaultIp && (ifacename = dev);
              });
        }
        if (_linux) {
          let parts = execSync("ip route 2> /dev/null | grep default", util.execOptsLinux).toString().split(`
`)[0].split(/\s+/);
          parts[0] === "none" && parts[5] ? ifacename = parts[5] : parts[4] && (ifacename = parts[4]), ifacename.indexOf(":") > -1 && (ifacename = ifacename.split(":")[1].trim());
        }
        if (_darwin || _freebsd || _openbsd || _netbsd || _sunos) {
          let cmd = "";
          _linux && (cmd = "ip route 2> /dev/null | grep default | awk '{print $5}'"), _darwin && (cmd = "route -n get default 2>/dev/null | grep interface: | awk '{print $2}'"), (_freebsd || _openbsd || _netbsd || _sunos) && (cmd = "route get 0.0.0.0 | grep interface:"), ifacename = execSync(cmd).toString().split(`
`)[0], ifacename.indexOf(":") > -1 && (ifacename = ifacename.split(":")[1].trim());
        }
      } catch {
        util.noop();
      }
      return ifacename && (_default_iface = ifacename), _default_iface;
    }
    exports.getDefaultNetworkInterface = getDefaultNetworkInterface;
    function getMacAddresses() {
      let iface = "", mac = "", result = {};
      if (_linux || _freebsd || _openbsd || _netbsd) {
        if (typeof pathToIp > "u")
          try {
            let ipPath = execSync("which ip", util.execOptsLinux).toString().split(`
`)[0].trim();
            /^\/[A-Za-z0-9/_.+-]+$/.test(ipPath) ? pathToIp = ipPath : pathToIp = "";
          } catch {
            pathToIp = "";
          }
        try {
          let cmd = "export LC_ALL=C; " + (pathToIp ? pathToIp + " link show up" : "/sbin/ifconfig") + "; unset LC_ALL", lines = execSync(cmd, util.execOptsLinux).toString().split(`
`);
          for (let i = 0; i < lines.length; i++)
            if (lines[i] && lines[i][0] !== " ") {
              if (pathToIp) {
                let nextline = (lines[i + 1] || "").trim().split(" ");
                nextline[0] === "link/ether" && (iface = lines[i].split(" ")[1], iface = iface.slice(0, iface.length - 1), mac = nextline[1]);
              } else
                iface = lines[i].split(" ")[0], mac = lines[i].split("HWaddr ")[1];
              iface && mac && (result[iface] = mac.trim(), iface = "", mac = "");
            }
        } catch {
          util.noop();
        }
      }
      if (_darwin)
        try {
          let lines = execSync("/sbin/ifconfig").toString().split(`
`);
          for (let i = 0; i < lines.length; i++)
            lines[i] && lines[i][0] !== "	" && lines[i].indexOf(":") > 0 ? iface = lines[i].split(":")[0] : lines[i].indexOf("	ether ") === 0 && (mac = lines[i].split("	ether ")[1], iface && mac && (result[iface] = mac.trim(), iface = "", mac = ""));
        } catch {
          util.noop();
        }
      return result;
    }
    exports.getMacAddresses = getMacAddresses;
    function networkInterfaceDefault(callback) {
      return callback = util.isFunction(callback) ? callback : null, new Promise((resolve4) => {
        process.nextTick(() => {
          let result = getDefaultNetworkInterface();
          callback && callback(result), resolve4(result);
        });
      });
    }
    exports.networkInterfaceDefault = networkInterfaceDefault;
    function parseLinesWindowsNics(sections, nconfigsections) {
      let nics = [];
      for (let i in sections)
        try {
          if ({}.hasOwnProperty.call(sections, i) && sections[i].trim() !== "") {
            let lines = sections[i].trim().split(`\r
`), linesNicConfig = null;
            try {
              linesNicConfig = nconfigsections && nconfigsections[i] ? nconfigsections[i].trim().split(`\r
`) : [];
            } catch {
              util.noop();
            }
            let netEnabled = util.getValue(lines, "NetEnabled", ":"), adapterType = util.getValue(lines, "AdapterTypeID", ":") === "9" ? "wireless" : "wired", ifacename = util.getValue(lines, "Name", ":").replace(/\]/g, ")").replace(/\[/g, "("), iface = util.getValue(lines, "NetConnectionID", ":").replace(/\]/g, ")").replace(/\[/g, "(");
            if ((ifacename.toLowerCase().indexOf("wi-fi") >= 0 || ifacename.toLowerCase().indexOf("wireless") >= 0) && (adapterType = "wireless"), netEnabled !== "") {
              let speed = parseInt(util.getValue(lines, "speed", ":").trim(), 10) / 1e6;
              nics.push({
                mac: util.getValue(lines, "MACAddress", ":").toLowerCase(),
                dhcp: util.getValue(linesNicConfig, "dhcpEnabled", ":").toLowerCase() === "true",
                name: ifacename,
                iface,
                netEnabled: netEnabled === "TRUE",
                speed: isNaN(speed) ? null : speed,
                operstate: util.getValue(lines, "NetConnectionStatus", ":") === "2" ? "up" : "down",
                type: adapterType
              });
            }
          }
        } catch {
          util.noop();
        }
      return nics;
    }
    function getWindowsNics() {
      return new Promise((resolve4) => {
        process.nextTick(() => {
          let cmd = "Get-CimInstance Win32_NetworkAdapter | fl *; echo '#-#-#-#';";
          cmd += "Get-CimInstance Win32_NetworkAdapterConfiguration | fl DHCPEnabled";
          try {
            util.powerShell(cmd).then((data) => {
              data = data.split("#-#-#-#");
              let nsections = (data[0] || "").split(/\n\s*\n/), nconfigsections = (data[1] || "").split(/\n\s*\n/);
              resolve4(parseLinesWindowsNics(nsections, nconfigsections));
            });
          } catch {
            resolve4([]);
          }
        });
      });
    }
    function getWindowsDNSsuffixes() {
      let iface = {}, dnsSuffixes = {
        primaryDNS: "",
        exitCode: 0,
        ifaces: []
      };
      try {
        return execSync("ipconfig /all", util.execOptsWin).split(`\r
\r
`).forEach((element, index2) => {
          if (index2 === 1) {
            let longPrimaryDNS = element.split(`\r
`).filter((element2) => element2.toUpperCase().includes("DNS")), primaryDNS = longPrimaryDNS[0].substring(longPrimaryDNS[0].lastIndexOf(":") + 1);
            dnsSuffixes.primaryDNS = primaryDNS.trim(), dnsSuffixes.primaryDNS || (dnsSuffixes.primaryDNS = "Not defined");
          }
          if (index2 > 1)
            if (index2 % 2 === 0) {
              let name = element.substring(element.lastIndexOf(" ") + 1).replace(":", "");
              iface.name = name;
            } else {
              let connectionSpecificDNS = element.split(`\r
`).filter((element2) => element2.toUpperCase().includes("DNS")), dnsSuffix = connectionSpecificDNS[0].substring(connectionSpecificDNS[0].lastIndexOf(":") + 1);
              iface.dnsSuffix = dnsSuffix.trim(), dnsSuffixes.ifaces.push(iface), iface = {};
            }
        }), dnsSuffixes;
      } catch {
        return {
          primaryDNS: "",
          exitCode: 0,
          ifaces: []
        };
      }
    }
    function getWindowsIfaceDNSsuffix(ifaces, ifacename) {
      let dnsSuffix = "", interfaceName = ifacename + ".";
      try {
        let connectionDnsSuffix = ifaces.filter((iface) => interfaceName.includes(iface.name + ".")).map((iface) => iface.dnsSuffix);
        return connectionDnsSuffix[0] && (dnsSuffix = connectionDnsSuffix[0]), dnsSuffix || (dnsSuffix = ""), dnsSuffix;
      } catch {
        return "Unknown";
      }
    }
    function getWindowsWiredProfilesInformation() {
      try {
        return execSync("netsh lan show profiles", util.execOptsWin).split(`\r
Profile on interface`);
      } catch (error) {
        return error.status === 1 && error.stdout.includes("AutoConfig") ? "Disabled" : [];
      }
    }
    function getWindowsWirelessIfaceSSID(interfaceName) {
      try {
        return (execFileSync("netsh", ["wlan", "show", "interface", `name=${util.sanitizeString(interfaceName)}`], util.execOptsWin).toString().split(`\r
`).find((l) => l.includes("SSID")) || "").split(":").pop().trim();
      } catch {
        return "Unknown";
      }
    }
    function getWindowsIEEE8021x(connectionType, iface, ifaces) {
      let i8021x = {
        state: "Unknown",
        protocol: "Unknown"
      };
      if (ifaces === "Disabled")
        return i8021x.state = "Disabled", i8021x.protocol = "Not defined", i8021x;
      if (connectionType === "wired" && ifaces.length > 0)
        try {
          let arrayIface8021xInfo = ifaces.find((element) => element.includes(iface + `\r
`)).split(`\r
`), state8021x = arrayIface8021xInfo.find((element) => element.includes("802.1x"));
          if (state8021x.includes("Disabled"))
            i8021x.state = "Disabled", i8021x.protocol = "Not defined";
          else if (state8021x.includes("Enabled")) {
            let protocol8021x = arrayIface8021xInfo.find((element) => element.includes("EAP"));
            i8021x.protocol = protocol8021x.split(":").pop(), i8021x.state = "Enabled";
          }
        } catch {
          return i8021x;
        }
      else if (connectionType === "wireless") {
        let i8021xState = "", i8021xProtocol = "";
        try {
          let SSID = getWindowsWirelessIfaceSSID(iface);
          if (SSID !== "Unknown") {
            let ifaceSanitized = util.sanitizeString(SSID), profiles = execFileSync("netsh", ["wlan", "show", "profiles", ifaceSanitized], util.execOptsWin).toString().split(`\r
`);
            i8021xState = (profiles.find((l) => l.indexOf("802.1X") >= 0) || "").trim(), i8021xProtocol = (profiles.find((l) => l.indexOf("EAP") >= 0) || "").trim();
          }
          i8021xState.includes(":") && i8021xProtocol.includes(":") && (i8021x.state = i8021xState.split(":").pop(), i8021x.protocol = i8021xProtocol.split(":").pop());
        } catch (error) {
          return error.status === 1 && error.stdout.includes("AutoConfig") && (i8021x.state = "Disabled", i8021x.protocol = "Not defined"), i8021x;
        }
      }
      return i8021x;
    }
    function splitSectionsNics(lines) {
      let result = [], section2 = [];
      return lines.forEach((line) => {
        !line.startsWith("	") && !line.startsWith(" ") && section2.length && (result.push(section2), section2 = []), section2.push(line);
      }), section2.length && result.push(section2), result;
    }
    function parseLinesDarwinNics(sections) {
      let nics = [];
      return sections.forEach((section2) => {
        let nic = {
          iface: "",
          mtu: null,
          mac: "",
          ip6: "",
          ip4: "",
          speed: null,
          type: "",
          operstate: "",
          duplex: "",
          internal: !1
        }, first = section2[0];
        nic.iface = first.split(":")[0].trim();
        let parts = first.split("> mtu");
        nic.mtu = parts.length > 1 ? parseInt(parts[1], 10) : null, isNaN(nic.mtu) && (nic.mtu = null), nic.internal = parts[0].toLowerCase().indexOf("loopback") > -1, section2.forEach((line) => {
          line.trim().startsWith("ether ") && (nic.mac = line.split("ether ")[1].toLowerCase().trim()), line.trim().startsWith("inet6 ") && !nic.ip6 && (nic.ip6 = line.split("inet6 ")[1].toLowerCase().split("%")[0].split(" ")[0]), line.trim().startsWith("inet ") && !nic.ip4 && (nic.ip4 = line.split("inet ")[1].toLowerCase().split(" ")[0]);
        });
        let speed = util.getValue(section2, "link rate");
        nic.speed = speed ? parseFloat(speed) : null, nic.speed === null ? (speed = util.getValue(section2, "uplink rate"), nic.speed = speed ? parseFloat(speed) : null, nic.speed !== null && speed.toLowerCase().indexOf("gbps") >= 0 && (nic.speed = nic.speed * 1e3)) : speed.toLowerCase().indexOf("gbps") >= 0 && (nic.speed = nic.speed * 1e3), nic.type = util.getValue(section2, "type").toLowerCase().indexOf("wi-fi") > -1 ? "wireless" : "wired";
        let operstate = util.getValue(section2, "status").toLowerCase();
        nic.operstate = operstate === "active" ? "up" : operstate === "inactive" ? "down" : "unknown", nic.duplex = util.getValue(section2, "media").toLowerCase().indexOf("half-duplex") > -1 ? "half" : "full", (nic.ip6 || nic.ip4 || nic.mac) && nics.push(nic);
      }), nics;
    }
    function getDarwinNics() {
      let cmd = "/sbin/ifconfig -v";
      try {
        let lines = execSync(cmd, { maxBuffer: 104857600 }).toString().split(`
`), nsections = splitSectionsNics(lines);
        return parseLinesDarwinNics(nsections);
      } catch {
        return [];
      }
    }
    function getLinuxIfaceConnectionName(interfaceName) {
      try {
        let output2 = execFileSync("nmcli", ["device", "status"], { ...util.execOptsLinux, stdio: ["ignore", "pipe", "ignore"] }).toString(), connectionName = util.grep(output2, interfaceName).replace(/\s+/g, " ").trim().split(" ").slice(3).join(" "), connectionNameSanitized = util.sanitizeString(connectionName, !1);
        return connectionNameSanitized !== "--" ? connectionNameSanitized : "";
      } catch {
        return "";
      }
    }
    function checkLinuxDCHPInterfaces(file, depth) {
      let result = [];
      if (depth = depth || 0, depth > 10)
        return result;
      try {
        readFileSync2(file, { encoding: "utf8" }).split(`
`).filter((l) => /iface|source/.test(l)).forEach((line) => {
          let parts = line.replace(/\s+/g, " ").trim().split(" ");
          if (parts.length >= 4 && line.toLowerCase().indexOf(" inet ") >= 0 && line.toLowerCase().indexOf("dhcp") >= 0 && result.push(parts[1]), line.toLowerCase().includes("source")) {
            let file2 = line.split(" ")[1];
            result = result.concat(checkLinuxDCHPInterfaces(file2, depth + 1));
          }
        });
      } catch {
        util.noop();
      }
      return result;
    }
    function getLinuxDHCPNics() {
      let cmd = "ip a 2> /dev/null", result = [];
      try {
        let lines = execSync(cmd, util.execOptsLinux).toString().split(`
`), nsections = splitSectionsNics(lines);
        result = parseLinuxDHCPNics(nsections);
      } catch {
        util.noop();
      }
      try {
        result = checkLinuxDCHPInterfaces("/etc/network/interfaces");
      } catch {
        util.noop();
      }
      return result;
    }
    function parseLinuxDHCPNics(sections) {
      let result = [];
      return sections && sections.length && sections.forEach((lines) => {
        if (lines && lines.length && lines[0].split(":").length > 2) {
          for (let line of lines)
            if (line.indexOf(" inet ") >= 0 && line.indexOf(" dynamic ") >= 0) {
              let parts2 = line.split(" "), nic = parts2[parts2.length - 1].trim();
              result.push(nic);
              break;
            }
        }
      }), result;
    }
    function getLinuxIfaceDHCPstatus(iface, connectionName, DHCPNics) {
      let result = !1;
      if (connectionName)
        try {
          let output2 = execFileSync("nmcli", ["connection", "show", connectionName], { ...util.execOptsLinux, stdio: ["ignore", "pipe", "ignore"] }).toString();
          return util.grep(output2, "ipv4.method").replace(/\s+/g, " ").trim().split(" ").slice(1).toString() === "auto" ? result = !0 : result = !1, result;
        } catch {
          return DHCPNics.indexOf(iface) >= 0;
        }
      else
        return DHCPNics.indexOf(iface) >= 0;
    }
    function getDarwinIfaceDHCPstatus(iface) {
      let result = !1;
      try {
        let output2 = execFileSync("ipconfig", ["getpacket", iface], { ...util.execOptsLinux, stdio: ["ignore", "pipe", "ignore"] }).toString(), lines = util.grep(output2, "lease_time");
        lines.length && lines[0].startsWith("lease_time") && (result = !0);
      } catch {
        util.noop();
      }
      return result;
    }
    function getLinuxIfaceDNSsuffix(connectionName) {
      if (connectionName)
        try {
          let output2 = execFileSync("nmcli", ["connection", "show", connectionName], { ...util.execOptsLinux, stdio: ["ignore", "pipe", "ignore"] }).toString(), dnsSuffix = util.grep(output2, "ipv4.dns-search").replace(/\s+/g, " ").trim().split(" ").slice(1).toString();
          return dnsSuffix === "--" ? "Not defined" : dnsSuffix;
        } catch {
          return "Unknown";
        }
      else
        return "Unknown";
    }
    function getLinuxIfaceIEEE8021xAuth(connectionName) {
      if (connectionName)
        try {
          let output2 = execFileSync("nmcli", ["connection", "show", connectionName], { ...util.execOptsLinux, stdio: ["ignore", "pipe", "ignore"] }).toString(), authenticationProtocol = util.grep(output2, "802-1x.eap").replace(/\s+/g, " ").trim().split(" ").slice(1).toString();
          return authenticationProtocol === "--" ? "" : authenticationProtocol;
        } catch {
          return "Not defined";
        }
      else
        return "Not defined";
    }
    function getLinuxIfaceIEEE8021xState(authenticationProtocol) {
      return authenticationProtocol ? authenticationProtocol === "Not defined" ? "Disabled" : "Enabled" : "Unknown";
    }
    function testVirtualNic(iface, ifaceName, mac) {
      let virtualMacs = [
        "00:00:00:00:00:00",
        "00:03:FF",
        "00:05:69",
        "00:0C:29",
        "00:0F:4B",
        "00:13:07",
        "00:13:BE",
        "00:15:5d",
        "00:16:3E",
        "00:1C:42",
        "00:21:F6",
        "00:24:0B",
        "00:50:56",
        "00:A0:B1",
        "00:E0:C8",
        "08:00:27",
        "0A:00:27",
        "18:92:2C",
        "16:DF:49",
        "3C:F3:92",
        "54:52:00",
        "FC:15:97"
      ];
      return mac ? virtualMacs.filter((item) => mac.toUpperCase().toUpperCase().startsWith(item.substring(0, mac.length))).length > 0 || iface.toLowerCase().indexOf(" virtual ") > -1 || ifaceName.toLowerCase().indexOf(" virtual ") > -1 || iface.toLowerCase().indexOf("vethernet ") > -1 || ifaceName.toLowerCase().indexOf("vethernet ") > -1 || iface.toLowerCase().startsWith("veth") || ifaceName.toLowerCase().startsWith("veth") || iface.toLowerCase().startsWith("vboxnet") || ifaceName.toLowerCase().startsWith("vboxnet") : !1;
    }
    function networkInterfaces(callback, rescan, defaultString) {
      return typeof callback == "string" && (defaultString = callback, rescan = !0, callback = null), typeof callback == "boolean" && (rescan = callback, callback = null, defaultString = ""), callback = util.isFunction(callback) ? callback : null, typeof rescan > "u" && (rescan = !0), defaultString = typeof defaultString == "string" ? defaultString : "", new Promise((resolve4) => {
        process.nextTick(() => {
          let ifaces = os.networkInterfaces(), result = [], nics = [], dnsSuffixes = [], nics8021xInfo = [];
          if (_darwin || _freebsd || _openbsd || _netbsd)
            if (JSON.stringify(ifaces) === JSON.stringify(_ifaces) && !rescan)
              result = _networkInterfaces, callback && callback(result), resolve4(result);
            else {
              let defaultInterface = getDefaultNetworkInterface();
              _ifaces = JSON.parse(JSON.stringify(ifaces)), nics = getDarwinNics(), nics.forEach((nic) => {
                let ip4link = "", ip4linksubnet = "", ip6link = "", ip6linksubnet = "";
                nic.ip4 = "", nic.ip6 = "", {}.hasOwnProperty.call(ifaces, nic.iface) && ifaces[nic.iface].forEach((details) => {
                  (details.family === "IPv4" || details.family === 4) && (!nic.ip4 && !nic.ip4.match(/^169.254/i) && (nic.ip4 = details.address, nic.ip4subnet = details.netmask), nic.ip4.match(/^169.254/i) && (ip4link = details.address, ip4linksubnet = details.netmask)), (details.family === "IPv6" || details.family === 6) && (!nic.ip6 && !nic.ip6.match(/^fe80::/i) && (nic.ip6 = details.address, nic.ip6subnet = details.netmask), nic.ip6.match(/^fe80::/i) && (ip6link = details.address, ip6linksubnet = details.netmask));
                }), !nic.ip4 && ip4link && (nic.ip4 = ip4link, nic.ip4subnet = ip4linksubnet), !nic.ip6 && ip6link && (nic.ip6 = ip6link, nic.ip6subnet = ip6linksubnet);
                let ifaceSanitized = util.sanitizeString(nic.iface);
                result.push({
                  iface: nic.iface,
                  ifaceName: nic.iface,
                  default: nic.iface === defaultInterface,
                  ip4: nic.ip4,
                  ip4subnet: nic.ip4subnet || "",
                  ip6: nic.ip6,
                  ip6subnet: nic.ip6subnet || "",
                  mac: nic.mac,
                  internal: nic.internal,
                  virtual: nic.internal ? !1 : testVirtualNic(nic.iface, nic.iface, nic.mac),
                  operstate: nic.operstate,
                  type: nic.type,
                  duplex: nic.duplex,
                  mtu: nic.mtu,
                  speed: nic.speed,
                  dhcp: getDarwinIfaceDHCPstatus(ifaceSanitized),
                  dnsSuffix: "",
                  ieee8021xAuth: "",
                  ieee8021xState: "",
                  carrierChanges: 0
                });
              }), _networkInterfaces = result, defaultString.toLowerCase().indexOf("default") >= 0 && (result = result.filter((item) => item.default), result.length > 0 ? result = result[0] : result = []), callback && callback(result), resolve4(result);
            }
          if (_linux)
            if (JSON.stringify(ifaces) === JSON.stringify(_ifaces) && !rescan)
              result = _networkInterfaces, callback && callback(result), resolve4(result);
            else {
              _ifaces = JSON.parse(JSON.stringify(ifaces)), _dhcpNics = getLinuxDHCPNics();
              let defaultInterface = getDefaultNetworkInterface();
              for (let dev in ifaces) {
                let ip4 = "", ip4subnet = "", ip6 = "", ip6subnet = "", mac = "", duplex = "", mtu = "", speed = null, carrierChanges = 0, dhcp = !1, dnsSuffix = "", ieee8021xAuth = "", ieee8021xState = "", type = "", ip4link = "", ip4linksubnet = "", ip6link = "", ip6linksubnet = "";
                if ({}.hasOwnProperty.call(ifaces, dev)) {
                  let ifaceName = dev;
                  ifaces[dev].forEach((details) => {
                    (details.family === "IPv4" || details.family === 4) && (!ip4 && !ip4.match(/^169.254/i) && (ip4 = details.address, ip4subnet = details.netmask), ip4.match(/^169.254/i) && (ip4link = details.address, ip4linksubnet = details.netmask)), (details.family === "IPv6" || details.family === 6) && (!ip6 && !ip6.match(/^fe80::/i) && (ip6 = details.address, ip6subnet = details.netmask), ip6.match(/^fe80::/i) && (ip6link = details.address, ip6linksubnet = details.netmask)), mac = details.mac;
                    let nodeMainVersion = parseInt(process.versions.node.split("."), 10);
                    mac.indexOf("00:00:0") > -1 && (_linux || _darwin) && !details.internal && nodeMainVersion >= 8 && nodeMainVersion <= 11 && (Object.keys(_mac).length === 0 && (_mac = getMacAddresses()), mac = _mac[dev] || "");
                  }), !ip4 && ip4link && (ip4 = ip4link, ip4subnet = ip4linksubnet), !ip6 && ip6link && (ip6 = ip6link, ip6subnet = ip6linksubnet);
                  let iface = dev.split(":")[0].trim(), ifaceSanitized = util.sanitizeString(iface, !0), cmd = `echo -n "addr_assign_type: "; cat /sys/class/net/${ifaceSanitized}/addr_assign_type 2>/dev/null; echo;
            echo -n "address: "; cat /sys/class/net/${ifaceSanitized}/address 2>/dev/null; echo;
            echo -n "addr_len: "; cat /sys/class/net/${ifaceSanitized}/addr_len 2>/dev/null; echo;
            echo -n "broadcast: "; cat /sys/class/net/${ifaceSanitized}/broadcast 2>/dev/null; echo;
            echo -n "carrier: "; cat /sys/class/net/${ifaceSanitized}/carrier 2>/dev/null; echo;
            echo -n "carrier_changes: "; cat /sys/class/net/${ifaceSanitized}/carrier_changes 2>/dev/null; echo;
            echo -n "dev_id: "; cat /sys/class/net/${ifaceSanitized}/dev_id 2>/dev/null; echo;
            echo -n "dev_port: "; cat /sys/class/net/${ifaceSanitized}/dev_port 2>/dev/null; echo;
            echo -n "dormant: "; cat /sys/class/net/${ifaceSanitized}/dormant 2>/dev/null; echo;
            echo -n "duplex: "; cat /sys/class/net/${ifaceSanitized}/duplex 2>/dev/null; echo;
            echo -n "flags: "; cat /sys/class/net/${ifaceSanitized}/flags 2>/dev/null; echo;
            echo -n "gro_flush_timeout: "; cat /sys/class/net/${ifaceSanitized}/gro_flush_timeout 2>/dev/null; echo;
            echo -n "ifalias: "; cat /sys/class/net/${ifaceSanitized}/ifalias 2>/dev/null; echo;
            echo -n "ifindex: "; cat /sys/class/net/${ifaceSanitized}/ifindex 2>/dev/null; echo;
            echo -n "iflink: "; cat /sys/class/net/${ifaceSanitized}/iflink 2>/dev/null; echo;
            echo -n "link_mode: "; cat /sys/class/net/${ifaceSanitized}/link_mode 2>/dev/null; echo;
            echo -n "mtu: "; cat /sys/class/net/${ifaceSanitized}/mtu 2>/dev/null; echo;
            echo -n "netdev_group: "; cat /sys/class/net/${ifaceSanitized}/netdev_group 2>/dev/null; echo;
            echo -n "operstate: "; cat /sys/class/net/${ifaceSanitized}/operstate 2>/dev/null; echo;
            echo -n "proto_down: "; cat /sys/class/net/${ifaceSanitized}/proto_down 2>/dev/null; echo;
            echo -n "speed: "; cat /sys/class/net/${ifaceSanitized}/speed 2>/dev/null; echo;
            echo -n "tx_queue_len: "; cat /sys/class/net/${ifaceSanitized}/tx_queue_len 2>/dev/null; echo;
            echo -n "type: "; cat /sys/class/net/${ifaceSanitized}/type 2>/dev/null; echo;
            echo -n "wireless: "; cat /proc/net/wireless 2>/dev/null | grep ${ifaceSanitized}; echo;
            echo -n "wirelessspeed: "; iw dev ${ifaceSanitized} link 2>&1 | grep bitrate; echo;`, lines = [];
                  try {
                    lines = execSync(cmd, util.execOptsLinux).toString().split(`
`);
                    let connectionName = getLinuxIfaceConnectionName(ifaceSanitized);
                    dhcp = getLinuxIfaceDHCPstatus(ifaceSanitized, connectionName, _dhcpNics), dnsSuffix = getLinuxIfaceDNSsuffix(connectionName), ieee8021xAuth = getLinuxIfaceIEEE8021xAuth(connectionName), ieee8021xState = getLinuxIfaceIEEE8021xState(ieee8021xAuth);
                  } catch {
                    util.noop();
                  }
                  duplex = util.getValue(lines, "duplex"), duplex = duplex.startsWith("cat") ? "" : duplex, mtu = parseInt(util.getValue(lines, "mtu"), 10);
                  let myspeed = parseInt(util.getValue(lines, "speed"), 10);
                  speed = isNaN(myspeed) ? null : myspeed;
                  let wirelessspeed = util.getValue(lines, "tx bitrate");
                  speed === null && wirelessspeed && (myspeed = parseFloat(wirelessspeed), speed = isNaN(myspeed) ? null : myspeed), carrierChanges = parseInt(util.getValue(lines, "carrier_changes"), 10);
                  let operstate = util.getValue(lines, "operstate");
                  type = operstate === "up" ? util.getValue(lines, "wireless").trim() ? "wireless" : "wired" : "unknown", (ifaceSanitized === "lo" || ifaceSanitized.startsWith("bond")) && (type = "virtual");
                  let internal = ifaces[dev] && ifaces[dev][0] ? ifaces[dev][0].internal : !1;
                  (dev.toLowerCase().indexOf("loopback") > -1 || ifaceName.toLowerCase().indexOf("loopback") > -1) && (internal = !0);
                  let virtual = internal ? !1 : testVirtualNic(dev, ifaceName, mac);
                  result.push({
                    iface: ifaceSanitized,
                    ifaceName,
                    default: iface === defaultInterface,
                    ip4,
                    ip4subnet,
                    ip6,
                    ip6subnet,
                    mac,
                    internal,
                    virtual,
                    operstate,
                    type,
                    duplex,
                    mtu,
                    speed,
                    dhcp,
                    dnsSuffix,
                    ieee8021xAuth,
                    ieee8021xState,
                    carrierChanges
                  });
                }
              }
              _networkInterfaces = result, defaultString.toLowerCase().indexOf("default") >= 0 && (result = result.filter((item) => item.default), result.length > 0 ? result = result[0] : result = []), callback && callback(result), resolve4(result);
            }
          if (_windows)
            if (JSON.stringify(ifaces) === JSON.stringify(_ifaces) && !rescan)
              result = _networkInterfaces, callback && callback(result), resolve4(result);
            else {
              _ifaces = JSON.parse(JSON.stringify(ifaces));
              let defaultInterface = getDefaultNetworkInterface();
              getWindowsNics().then((nics2) => {
                nics2.forEach((nic) => {
                  let found = !1;
                  Object.keys(ifaces).forEach((key) => {
                    found || ifaces[key].forEach((value) => {
                      Object.keys(value).indexOf("mac") >= 0 && (found = value.mac === nic.mac);
                    });
                  }), found || (ifaces[nic.name] = [{ mac: nic.mac }]);
                }), nics8021xInfo = getWindowsWiredProfilesInformation(), dnsSuffixes = getWindowsDNSsuffixes();
                for (let dev in ifaces) {
                  let ifaceSanitized = util.sanitizeString(dev), iface = dev, ip4 = "", ip4subnet = "", ip6 = "", ip6subnet = "", mac = "", duplex = "", mtu = "", speed = null, carrierChanges = 0, operstate = "down", dhcp = !1, dnsSuffix = "", ieee8021xAuth = "", ieee8021xState = "", type = "";
                  if ({}.hasOwnProperty.call(ifaces, dev)) {
                    let ifaceName = dev;
                    ifaces[dev].forEach((details) => {
                      (details.family === "IPv4" || details.family === 4) && (ip4 = details.address, ip4subnet = details.netmask), (details.family === "IPv6" || details.family === 6) && (!ip6 || ip6.match(/^fe80::/i)) && (ip6 = details.address, ip6subnet = details.netmask), mac = details.mac;
                      let nodeMainVersion = parseInt(process.versions.node.split("."), 10);
                      mac.indexOf("00:00:0") > -1 && (_linux || _darwin) && !details.internal && nodeMainVersion >= 8 && nodeMainVersion <= 11 && (Object.keys(_mac).length === 0 && (_mac = getMacAddresses()), mac = _mac[dev] || "");
                    }), dnsSuffix = getWindowsIfaceDNSsuffix(dnsSuffixes.ifaces, ifaceSanitized);
                    let foundFirst = !1;
                    nics2.forEach((detail) => {
                      detail.mac === mac && !foundFirst && (iface = detail.iface || iface, ifaceName = detail.name, dhcp = detail.dhcp, operstate = detail.operstate, speed = operstate === "up" ? detail.speed : 0, type = detail.type, foundFirst = !0);
                    }), (dev.toLowerCase().indexOf("wlan") >= 0 || ifaceName.toLowerCase().indexOf("wlan") >= 0 || ifaceName.toLowerCase().indexOf("802.11n") >= 0 || ifaceName.toLowerCase().indexOf("wireless") >= 0 || ifaceName.toLowerCase().indexOf("wi-fi") >= 0 || ifaceName.toLowerCase().indexOf("wifi") >= 0) && (type = "wireless");
                    let IEEE8021x = getWindowsIEEE8021x(type, ifaceSanitized, nics8021xInfo);
                    ieee8021xAuth = IEEE8021x.protocol, ieee8021xState = IEEE8021x.state;
                    let internal = ifaces[dev] && ifaces[dev][0] ? ifaces[dev][0].internal : !1;
                    (dev.toLowerCase().indexOf("loopback") > -1 || ifaceName.toLowerCase().indexOf("loopback") > -1) && (internal = !0);
                    let virtual = internal ? !1 : testVirtualNic(dev, ifaceName, mac);
                    result.push({
                      iface,
                      ifaceName,
                      default: iface === defaultInterface,
                      ip4,
                      ip4subnet,
                      ip6,
                      ip6subnet,
                      mac,
                      internal,
                      virtual,
                      operstate,
                      type,
                      duplex,
                      mtu,
                      speed,
                      dhcp,
                      dnsSuffix,
                      ieee8021xAuth,
                      ieee8021xState,
                      carrierChanges
                    });
                  }
                }
                _networkInterfaces = result, defaultString.toLowerCase().indexOf("default") >= 0 && (result = result.filter((item) => item.default), result.length > 0 ? result = result[0] : result = []), callback && callback(result), resolve4(result);
              });
            }
        });
      });
    }
    exports.networkInterfaces = networkInterfaces;
    function calcNetworkSpeed(iface, rx_bytes, tx_bytes, operstate, rx_dropped, rx_errors, tx_dropped, tx_errors) {
      let result = {
        iface,
        operstate,
        rx_bytes,
        rx_dropped,
        rx_errors,
        tx_bytes,
        tx_dropped,
        tx_errors,
        rx_sec: null,
        tx_sec: null,
        ms: 0
      };
      return _network[iface] && _network[iface].ms ? (result.ms = Date.now() - _network[iface].ms, result.rx_sec = rx_bytes - _network[iface].rx_bytes >= 0 ? (rx_bytes - _network[iface].rx_bytes) / (result.ms / 1e3) : 0, result.tx_sec = tx_bytes - _network[iface].tx_bytes >= 0 ? (tx_bytes - _network[iface].tx_bytes) / (result.ms / 1e3) : 0, _network[iface].rx_bytes = rx_bytes, _network[iface].tx_bytes = tx_bytes, _network[iface].rx_sec = result.rx_sec, _network[iface].tx_sec = result.tx_sec, _network[iface].ms = Date.now(), _network[iface].last_ms = result.ms, _network[iface].operstate = operstate) : (_network[iface] || (_network[iface] = {}), _network[iface].rx_bytes = rx_bytes, _network[iface].tx_bytes = tx_bytes, _network[iface].rx_sec = null, _network[iface].tx_sec = null, _network[iface].ms = Date.now(), _network[iface].last_ms = 0, _network[iface].operstate = operstate), result;
    }
    function networkStats(ifaces, callback) {
      callback = util.isFunction(callback) ? callback : null;
      let ifacesArray = [];
      return new Promise((resolve4) => {
        process.nextTick(() => {
          if (util.isFunction(ifaces) && !callback)
            callback = ifaces, ifacesArray = [getDefaultNetworkInterface()];
          else {
            if (typeof ifaces != "string" && ifaces !== void 0)
              return callback && callback([]), resolve4([]);
            ifaces = ifaces || getDefaultNetworkInterface();
            try {
              ifaces.__proto__.toLowerCase = util.stringToLower, ifaces.__proto__.replace = util.stringReplace, ifaces.__proto__.toString = util.stringToString, ifaces.__proto__.substr = util.stringSubstr, ifaces.__proto__.substring = util.stringSubstring, ifaces.__proto__.trim = util.stringTrim, ifaces.__proto__.startsWith = util.stringStartWith;
            } catch {
              Object.setPrototypeOf(ifaces, util.stringObj);
            }
            ifaces = ifaces.trim().replace(/,+/g, "|"), ifacesArray = ifaces.split("|");
          }
          let result = [], workload = [];
          if (ifacesArray.length && ifacesArray[0].trim() === "*")
            ifacesArray = [], networkInterfaces(!1).then((allIFaces) => {
              for (let iface of allIFaces)
                ifacesArray.push(iface.iface);
              networkStats(ifacesArray.join(",")).then((result2) => {
                callback && callback(result2), resolve4(result2);
              });
            });
          else {
            for (let iface of ifacesArray)
              workload.push(networkStatsSingle(iface.trim()));
            workload.length ? Promise.all(workload).then((data) => {
              callback && callback(data), resolve4(data);
            }) : (callback && callback(result), resolve4(result));
          }
        });
      });
    }
    function networkStatsSingle(iface) {
      function parseLinesWindowsPerfData(sections) {
        let perfData = [];
        for (let i in sections)
          if ({}.hasOwnProperty.call(sections, i) && sections[i].trim() !== "") {
            let lines = sections[i].trim().split(`\r
`);
            perfData.push({
              name: util.getValue(lines, "Name", ":").toLowerCase(),
              desc: util.getValue(lines, "InterfaceDescription", ":").replace(/[()[\] ]+/g, "").replace(/#|\//g, "_").toLowerCase(),
              rx_bytes: parseInt(util.getValue(lines, "ReceivedBytes", ":"), 10),
              rx_errors: parseInt(util.getValue(lines, "ReceivedPacketErrors", ":"), 10),
              rx_dropped: parseInt(util.getValue(lines, "ReceivedDiscardedPackets", ":"), 10),
              tx_bytes: parseInt(util.getValue(lines, "SentBytes", ":"), 10),
              tx_errors: parseInt(util.getValue(lines, "OutboundPacketErrors", ":"), 10),
              tx_dropped: parseInt(util.getValue(lines, "OutboundDiscardedPackets", ":"), 10)
            });
          }
        return perfData;
      }
      return new Promise((resolve4) => {
        process.nextTick(() => {
          let ifaceSanitized = util.sanitizeString(iface, !0), result = {
            iface: ifaceSanitized,
            operstate: "unknown",
            rx_bytes: 0,
            rx_dropped: 0,
            rx_errors: 0,
            tx_bytes: 0,
            tx_dropped: 0,
            tx_errors: 0,
            rx_sec: null,
            tx_sec: null,
            ms: 0
          };
          if (ifaceSanitized[0] === "-")
            return resolve4(result);
          let operstate = "unknown", rx_bytes = 0, tx_bytes = 0, rx_dropped = 0, rx_errors = 0, tx_dropped = 0, tx_errors = 0, cmd, lines, stats;
          if (!_network[ifaceSanitized] || _network[ifaceSanitized] && !_network[ifaceSanitized].ms || _network[ifaceSanitized] && _network[ifaceSanitized].ms && Date.now() - _network[ifaceSanitized].ms >= 500) {
            if (_linux && (ifaceSanitized !== "" && ifaceSanitized !== "." && ifaceSanitized !== ".." && ifaceSanitized.split("").every((c) => c !== "/") && fs.existsSync("/sys/class/net/" + ifaceSanitized) ? (cmd = "cat /sys/class/net/" + ifaceSanitized + "/operstate; cat /sys/class/net/" + ifaceSanitized + "/statistics/rx_bytes; cat /sys/class/net/" + ifaceSanitized + "/statistics/tx_bytes; cat /sys/class/net/" + ifaceSanitized + "/statistics/rx_dropped; cat /sys/class/net/" + ifaceSanitized + "/statistics/rx_errors; cat /sys/class/net/" + ifaceSanitized + "/statistics/tx_dropped; cat /sys/class/net/" + ifaceSanitized + "/statistics/tx_errors; ", exec(cmd, (error, stdout) => {
              error || (lines = stdout.toString().split(`
`), operstate = lines[0].trim(), rx_bytes = parseInt(lines[1], 10), tx_bytes = parseInt(lines[2], 10), rx_dropped = parseInt(lines[3], 10), rx_errors = parseInt(lines[4], 10), tx_dropped = parseInt(lines[5], 10), tx_errors = parseInt(lines[6], 10), result = calcNetworkSpeed(ifaceSanitized, rx_bytes, tx_bytes, operstate, rx_dropped, rx_errors, tx_dropped, tx_errors)), resolve4(result);
            })) : resolve4(result)), (_freebsd || _openbsd || _netbsd) && (cmd = "netstat -ibndI " + ifaceSanitized, exec(cmd, (error, stdout) => {
              if (!error) {
                lines = stdout.toString().split(`
`);
                for (let i = 1; i < lines.length; i++) {
                  let line = lines[i].replace(/ +/g, " ").split(" ");
                  line && line[0] && line[7] && line[10] && (rx_bytes = rx_bytes + parseInt(line[7]), line[6].trim() !== "-" && (rx_dropped = rx_dropped + parseInt(line[6])), line[5].trim() !== "-" && (rx_errors = rx_errors + parseInt(line[5])), tx_bytes = tx_bytes + parseInt(line[10]), line[12] && line[12].trim() !== "-" && (tx_dropped = tx_dropped + parseInt(line[12])), line[9].trim() !== "-" && (tx_errors = tx_errors + parseInt(line[9])), operstate = "up");
                }
                result = calcNetworkSpeed(ifaceSanitized, rx_bytes, tx_bytes, operstate, rx_dropped, rx_errors, tx_dropped, tx_errors);
              }
              resolve4(result);
            })), _darwin && (cmd = "ifconfig " + ifaceSanitized + ' | grep "status"', exec(cmd, (error, stdout) => {
              result.operstate = (stdout.toString().split(":")[1] || "").trim(), result.operstate = (result.operstate || "").toLowerCase(), result.operstate = result.operstate === "active" ? "up" : result.operstate === "inactive" ? "down" : "unknown", cmd = "netstat -bdnI " + ifaceSanitized, exec(cmd, (error2, stdout2) => {
                if (!error2 && (lines = stdout2.toString().split(`
`), lines.length > 1 && lines[1].trim() !== "")) {
                  stats = lines[1].replace(/ +/g, " ").split(" ");
                  let offset = stats.length > 11 ? 1 : 0;
                  rx_bytes = parseInt(stats[offset + 5]), rx_dropped = parseInt(stats[offset + 10]), rx_errors = parseInt(stats[offset + 4]), tx_bytes = parseInt(stats[offset + 8]), tx_dropped = parseInt(stats[offset + 10]), tx_errors = parseInt(stats[offset + 7]), result = calcNetworkSpeed(ifaceSanitized, rx_bytes, tx_bytes, result.operstate, rx_dropped, rx_errors, tx_dropped, tx_errors);
                }
                resolve4(result);
              });
            })), _windows) {
              let perfData = [], ifaceName = ifaceSanitized;
              util.powerShell(
                "Get-NetAdapterStatistics | select Name,InterfaceDescription,ReceivedBytes,ReceivedPacketErrors,ReceivedDiscardedPackets,SentBytes,OutboundPacketErrors,OutboundDiscardedPackets | fl"
              ).then((stdout, error) => {
                if (!error) {
                  let psections = stdout.toString().split(/\n\s*\n/);
                  perfData = parseLinesWindowsPerfData(psections);
                }
                networkInterfaces(!1).then((interfaces) => {
                  rx_bytes = 0, tx_bytes = 0, perfData.forEach((detail) => {
                    interfaces.forEach((det) => {
                      (det.iface.toLowerCase() === ifaceSanitized.toLowerCase() || det.mac.toLowerCase() === ifaceSanitized.toLowerCase() || det.ip4.toLowerCase() === ifaceSanitized.toLowerCase() || det.ip6.toLowerCase() === ifaceSanitized.toLowerCase() || det.ifaceName.replace(/[()[\] ]+/g, "").replace(/#|\//g, "_").toLowerCase() === ifaceSanitized.replace(/[()[\] ]+/g, "").replace("#", "_").toLowerCase()) && (det.iface.toLowerCase() === detail.name || det.ifaceName.replace(/[()[\] ]+/g, "").replace(/#|\//g, "_").toLowerCase() === detail.desc) && (ifaceName = det.iface, rx_bytes = detail.rx_bytes, rx_dropped = detail.rx_dropped, rx_errors = detail.rx_errors, tx_bytes = detail.tx_bytes, tx_dropped = detail.tx_dropped, tx_errors = detail.tx_errors, operstate = det.operstate);
                    });
                  }), rx_bytes && tx_bytes && (result = calcNetworkSpeed(ifaceSanitized, parseInt(rx_bytes), parseInt(tx_bytes), operstate, rx_dropped, rx_errors, tx_dropped, tx_errors), result.iface = ifaceName, _network[ifaceSanitized].ifaceName = ifaceName), resolve4(result);
                });
              });
            }
          } else
            result.rx_bytes = _network[ifaceSanitized].rx_bytes, result.tx_bytes = _network[ifaceSanitized].tx_bytes, result.rx_sec = _network[ifaceSanitized].rx_sec, result.tx_sec = _network[ifaceSanitized].tx_sec, result.ms = _network[ifaceSanitized].last_ms, result.operstate = _network[ifaceSanitized].operstate, result.iface = _network[ifaceSanitized].ifaceName || ifaceSanitized, resolve4(result);
        });
      });
    }
    exports.networkStats = networkStats;
    function getProcessName(processes, pid) {
      let cmd = "";
      return processes.forEach((line) => {
        let parts = line.split(" ");
        (parseInt(parts[0], 10) || -1) === pid && (parts.shift(), cmd = parts.join(" ").split(":")[0]);
      }), cmd = cmd.split(" -")[0], cmd = cmd.split(" /")[0], cmd;
    }
    function networkConnections(callback) {
      return callback = util.isFunction(callback) ? callback : null, new Promise((resolve4) => {
        process.nextTick(() => {
          let result = [];
          if (_linux || _freebsd || _openbsd || _netbsd) {
            let cmd = 'export LC_ALL=C; netstat -tunap | grep "ESTABLISHED\\|SYN_SENT\\|SYN_RECV\\|FIN_WAIT1\\|FIN_WAIT2\\|TIME_WAIT\\|CLOSE\\|CLOSE_WAIT\\|LAST_ACK\\|LISTEN\\|CLOSING\\|UNKNOWN"; unset LC_ALL';
            (_freebsd || _openbsd || _netbsd) && (cmd = 'export LC_ALL=C; netstat -na | grep "ESTABLISHED\\|SYN_SENT\\|SYN_RECV\\|FIN_WAIT1\\|FIN_WAIT2\\|TIME_WAIT\\|CLOSE\\|CLOSE_WAIT\\|LAST_ACK\\|LISTEN\\|CLOSING\\|UNKNOWN"; unset LC_ALL'), exec(cmd, { maxBuffer: 1024 * 102400 }, (error, stdout) => {
              let lines = stdout.toString().split(`
`);
              !error && (lines.length > 1 || lines[0] !== "") ? (lines.forEach((line) => {
                if (line = line.replace(/ +/g, " ").split(" "), line.length >= 7) {
                  let localip = line[3], localport = "", localaddress = line[3].split(":");
                  localaddress.length > 1 && (localport = localaddress[localaddress.length - 1], localaddress.pop(), localip = localaddress.join(":"));
                  let peerip = line[4], peerport = "", peeraddress = line[4].split(":");
                  peeraddress.length > 1 && (peerport = peeraddress[peeraddress.length - 1], peeraddress.pop(), peerip = peeraddress.join(":"));
                  let connstate = line[5], proc = line[6].split("/");
                  connstate && result.push({
                    protocol: line[0],
                    localAddress: localip,
                    localPort: localport,
                    peerAddress: peerip,
                    peerPort: peerport,
                    state: connstate,
                    pid: proc[0] && proc[0] !== "-" ? parseInt(proc[0], 10) : null,
                    process: proc[1] ? proc[1].split(" ")[0].split(":")[0] : ""
                  });
                }
              }), callback && callback(result), resolve4(result)) : (cmd = 'ss -tunap | grep "ESTAB\\|SYN-SENT\\|SYN-RECV\\|FIN-WAIT1\\|FIN-WAIT2\\|TIME-WAIT\\|CLOSE\\|CLOSE-WAIT\\|LAST-ACK\\|LISTEN\\|CLOSING"', exec(cmd, { maxBuffer: 1024 * 102400 }, (error2, stdout2) => {
                error2 || stdout2.toString().split(`
`).forEach((line) => {
                  if (line = line.replace(/ +/g, " ").split(" "), line.length >= 6) {
                    let localip = line[4], localport = "", localaddress = line[4].split(":");
                    localaddress.length > 1 && (localport = localaddress[localaddress.length - 1], localaddress.pop(), localip = localaddress.join(":"));
                    let peerip = line[5], peerport = "", peeraddress = line[5].split(":");
                    peeraddress.length > 1 && (peerport = peeraddress[peeraddress.length - 1], peeraddress.pop(), peerip = peeraddress.join(":"));
                    let connstate = line[1];
                    connstate === "ESTAB" && (connstate = "ESTABLISHED"), connstate === "TIME-WAIT" && (connstate = "TIME_WAIT");
                    let pid = null, process2 = "";
                    if (line.length >= 7 && line[6].indexOf("users:") > -1) {
                      let proc = line[6].replace('users:(("', "").replace(/"/g, "").replace("pid=", "").split(",");
                      if (proc.length > 2) {
                        process2 = proc[0];
                        let pidValue = parseInt(proc[1], 10);
                        pidValue > 0 && (pid = pidValue);
                      }
                    }
                    connstate && result.push({
                      protocol: line[0],
                      localAddress: localip,
                      localPort: localport,
                      peerAddress: peerip,
                      peerPort: peerport,
                      state: connstate,
                      pid,
                      process: process2
                    });
                  }
                }), callback && callback(result), resolve4(result);
              }));
            });
          }
          if (_darwin) {
            let cmd = 'netstat -natvln | head -n2; netstat -natvln | grep "tcp4\\|tcp6\\|udp4\\|udp6"', states = "ESTABLISHED|SYN_SENT|SYN_RECV|FIN_WAIT1|FIN_WAIT_1|FIN_WAIT2|FIN_WAIT_2|TIME_WAIT|CLOSE|CLOSE_WAIT|LAST_ACK|LISTEN|CLOSING|UNKNOWN".split("|");
            exec(cmd, { maxBuffer: 1024 * 102400 }, (error, stdout) => {
              error ? (callback && callback(result), resolve4(result)) : exec("ps -axo pid,command", { maxBuffer: 1024 * 102400 }, (err2, stdout2) => {
                let processes = stdout2.toString().split(`
`);
                processes = processes.map((line) => line.trim().replace(/ +/g, " "));
                let lines = stdout.toString().split(`
`);
                lines.shift();
                let pidPos = 8;
                lines.length > 1 && lines[0].indexOf("pid") > 0 && (pidPos = (lines.shift() || "").replace(/ Address/g, "_Address").replace(/process:/g, "").replace(/ +/g, " ").split(" ").indexOf("pid")), lines.forEach((line) => {
                  if (line = line.replace(/ +/g, " ").split(" "), line.length >= 8) {
                    let localip = line[3], localport = "", localaddress = line[3].split(".");
                    localaddress.length > 1 && (localport = localaddress[localaddress.length - 1], localaddress.pop(), localip = localaddress.join("."));
                    let peerip = line[4], peerport = "", peeraddress = line[4].split(".");
                    peeraddress.length > 1 && (peerport = peeraddress[peeraddress.length - 1], peeraddress.pop(), peerip = peeraddress.join("."));
                    let hasState = states.indexOf(line[5]) >= 0, connstate = hasState ? line[5] : "UNKNOWN", pidField = "";
                    line[line.length - 9] && line[line.length - 9].indexOf(":") >= 0 ? pidField = line[line.length - 9].split(":")[1] : (pidField = line[pidPos + (hasState ? 0 : -1)] || "", pidField.indexOf(":") >= 0 && (pidField = pidField.split(":")[1]));
                    let pid = parseInt(pidField, 10);
                    connstate && result.push({
                      protocol: line[0],
                      localAddress: localip,
                      localPort: localport,
                      peerAddress: peerip,
                      peerPort: peerport,
                      state: connstate,
                      pid,
                      process: getProcessName(processes, pid)
                    });
                  }
                }), callback && callback(result), resolve4(result);
              });
            });
          }
          if (_windows) {
            let cmd = "netstat -nao";
            try {
              exec(cmd, util.execOptsWin, (error, stdout) => {
                error ? (callback && callback(result), resolve4(result)) : (stdout.toString().split(`\r
`).forEach((line) => {
                  if (line = line.trim().replace(/ +/g, " ").split(" "), line.length >= 4) {
                    let localip = line[1], localport = "", localaddress = line[1].split(":");
                    localaddress.length > 1 && (localport = localaddress[localaddress.length - 1], localaddress.pop(), localip = localaddress.join(":")), localip = localip.replace(/\[/g, "").replace(/\]/g, "");
                    let peerip = line[2], peerport = "", peeraddress = line[2].split(":");
                    peeraddress.length > 1 && (peerport = peeraddress[peeraddress.length - 1], peeraddress.pop(), peerip = peeraddress.join(":")), peerip = peerip.replace(/\[/g, "").replace(/\]/g, "");
                    let pid = util.toInt(line[4]), connstate = line[3];
                    connstate === "HERGESTELLT" && (connstate = "ESTABLISHED"), connstate.startsWith("ABH") && (connstate = "LISTEN"), connstate === "SCHLIESSEN_WARTEN" && (connstate = "CLOSE_WAIT"), connstate === "WARTEND" && (connstate = "TIME_WAIT"), connstate === "SYN_GESENDET" && (connstate = "SYN_SENT"), connstate === "LISTENING" && (connstate = "LISTEN"), connstate === "SYN_RECEIVED" && (connstate = "SYN_RECV"), connstate === "FIN_WAIT_1" && (connstate = "FIN_WAIT1"), connstate === "FIN_WAIT_2" && (connstate = "FIN_WAIT2"), line[0].toLowerCase() !== "udp" && connstate ? result.push({
                      protocol: line[0].toLowerCase(),
                      localAddress: localip,
                      localPort: localport,
                      peerAddress: peerip,
                      peerPort: peerport,
                      state: connstate,
                      pid,
                      process: ""
                    }) : line[0].toLowerCase() === "udp" && result.push({
                      protocol: line[0].toLowerCase(),
                      localAddress: localip,
                      localPort: localport,
                      peerAddress: peerip,
                      peerPort: peerport,
                      state: "",
                      pid: parseInt(line[3], 10),
                      process: ""
                    });
                  }
                }), callback && callback(result), resolve4(result));
              });
            } catch {
              callback && callback(result), resolve4(result);
            }
          }
        });
      });
    }
    exports.networkConnections = networkConnections;
    function networkGatewayDefault(callback) {
      return callback = util.isFunction(callback) ? callback : null, new Promise((resolve4) => {
        process.nextTick(() => {
          let result = "";
          if (_linux || _freebsd || _openbsd || _netbsd) {
            let cmd = "ip route get 1";
            try {
              exec(cmd, { maxBuffer: 1024 * 102400 }, (error, stdout) => {
                if (error)
                  callback && callback(result), resolve4(result);
                else {
                  let lines = stdout.toString().split(`
`), parts = (lines && lines[0] ? lines[0] : "").split(" via ");
                  parts && parts[1] && (parts = parts[1].split(" "), result = parts[0]), callback && callback(result), resolve4(result);
                }
              });
            } catch {
              callback && callback(result), resolve4(result);
            }
          }
          if (_darwin) {
            let cmd = "route -n get default";
            try {
              exec(cmd, { maxBuffer: 1024 * 102400 }, (error, stdout) => {
                if (!error) {
                  let lines = stdout.toString().split(`
`).map((line) => line.trim());
                  result = util.getValue(lines, "gateway");
                }
                result ? (callback && callback(result), resolve4(result)) : (cmd = "netstat -rn | awk '/default/ {print $2}'", exec(cmd, { maxBuffer: 1024 * 102400 }, (error2, stdout2) => {
                  result = stdout2.toString().split(`
`).map((line) => line.trim()).find(
                    (line) => /^(25[0-5]|2[0-4][0-9]|[01]?[0-9][0-9]?)\.(25[0-5]|2[0-4][0-9]|[01]?[0-9][0-9]?)\.(25[0-5]|2[0-4][0-9]|[01]?[0-9][0-9]?)\.(25[0-5]|2[0-4][0-9]|[01]?[0-9][0-9]?)$/.test(line)
                  ), callback && callback(result), resolve4(result);
                }));
              });
            } catch {
              callback && callback(result), resolve4(result);
            }
          }
          if (_windows)
            try {
              exec("netstat -r", util.execOptsWin, (error, stdout) => {
                stdout.toString().split(os.EOL).forEach((line) => {
                  if (line = line.replace(/\s+/g, " ").trim(), line.indexOf("0.0.0.0 0.0.0.0") > -1 && !/[a-zA-Z]/.test(line)) {
                    let parts = line.split(" ");
                    parts.length >= 5 && parts[parts.length - 3].indexOf(".") > -1 && (result = parts[parts.length - 3]);
                  }
                }), result ? (callback && callback(result), resolve4(result)) : util.powerShell("Get-CimInstance -ClassName Win32_IP4RouteTable | Where-Object { $_.Destination -eq '0.0.0.0' -and $_.Mask -eq '0.0.0.0' }").then((data) => {
                  let lines2 = data.toString().split(`\r
`);
                  lines2.length > 1 && !result && (result = util.getValue(lines2, "NextHop"), callback && callback(result), resolve4(result));
                });
              });
            } catch {
              callback && callback(result), resolve4(result);
            }
        });
      });
    }
    exports.networkGatewayDefault = networkGatewayDefault;
  }
});

// node_modules/systeminformation/lib/osinfo.js
var require_osinfo = __commonJS({
  "node_modules/systeminformation/lib/osinfo.js"(exports) {
    "use strict";
    var os = __require("os"), fs = __require("fs"), util = require_util(), exec = util.execCwd, execSync = __require("child_process").execSync, execFile2 = __require("child_process").execFile, _platform = process.platform, _linux = _platform === "linux" || _platform === "android", _darwin = _platform === "darwin", _windows = _platform === "win32", _freebsd = _platform === "freebsd", _openbsd = _platform === "openbsd", _netbsd = _platform === "netbsd", _sunos = _platform === "sunos";
    function time() {
      let t = (/* @__PURE__ */ new Date()).toString().split(" "), timezoneName = "";
      try {
        timezoneName = Intl.DateTimeFormat().resolvedOptions().timeZone;
      } catch {
        timezoneName = t.length >= 7 ? t.slice(6).join(" ").replace(/\(/g, "").replace(/\)/g, "") : "";
      }
      let result = {
        current: Date.now(),
        uptime: os.uptime(),
        timezone: t.length >= 7 ? t[5] : "",
        timezoneName
      };
      if (_darwin || _linux)
        try {
          let lines = execSync("date +%Z && date +%z && ls -l /etc/localtime 2>/dev/null", util.execOptsLinux).toString().split(os.EOL);
          lines.length > 3 && !lines[0] && lines.shift();
          let timezone = lines[0] || "";
          return (timezone.startsWith("+") || timezone.startsWith("-")) && (timezone = "GMT"), {
            current: Date.now(),
            uptime: os.uptime(),
            timezone: lines[1] ? timezone + lines[1] : timezone,
            timezoneName: lines[2] && lines[2].indexOf("/zoneinfo/") > 0 && lines[2].split("/zoneinfo/")[1] || ""
          };
        } catch {
          util.noop();
        }
      return result;
    }
    exports.time = time;
    function getLogoFile(distro) {
      distro = distro || "", distro = distro.toLowerCase();
      let result = _platform;
      return _windows ? result = "windows" : distro.indexOf("mac os") !== -1 || distro.indexOf("macos") !== -1 ? result = "apple" : distro.indexOf("arch") !== -1 ? result = "arch" : distro.indexOf("cachy") !== -1 ? result = "cachy" : distro.indexOf("centos") !== -1 ? result = "centos" : distro.indexOf("coreos") !== -1 ? result = "coreos" : distro.indexOf("debian") !== -1 ? result = "debian" : distro.indexOf("deepin") !== -1 ? result = "deepin" : distro.indexOf("elementary") !== -1 ? result = "elementary" : distro.indexOf("endeavour") !== -1 ? result = "endeavour" : distro.indexOf("fedora") !== -1 ? result = "fedora" : distro.indexOf("gentoo") !== -1 ? result = "gentoo" : distro.indexOf("mageia") !== -1 ? result = "mageia" : distro.indexOf("mandriva") !== -1 ? result = "mandriva" : distro.indexOf("manjaro") !== -1 ? result = "manjaro" : distro.indexOf("mint") !== -1 ? result = "mint" : distro.indexOf("mx") !== -1 ? result = "mx" : distro.indexOf("openbsd") !== -1 ? result = "openbsd" : distro.indexOf("freebsd") !== -1 ? result = "freebsd" : distro.indexOf("opensuse") !== -1 ? result = "opensuse" : distro.indexOf("pclinuxos") !== -1 ? result = "pclinuxos" : distro.indexOf("puppy") !== -1 ? result = "puppy" : distro.indexOf("popos") !== -1 ? result = "popos" : distro.indexOf("raspbian") !== -1 ? result = "raspbian" : distro.indexOf("reactos") !== -1 ? result = "reactos" : distro.indexOf("redhat") !== -1 ? result = "redhat" : distro.indexOf("slackware") !== -1 ? result = "slackware" : distro.indexOf("sugar") !== -1 ? result = "sugar" : distro.indexOf("steam") !== -1 ? result = "steam" : distro.indexOf("suse") !== -1 ? result = "suse" : distro.indexOf("mate") !== -1 ? result = "ubuntu-mate" : distro.indexOf("lubuntu") !== -1 ? result = "lubuntu" : distro.indexOf("xubuntu") !== -1 ? result = "xubuntu" : distro.indexOf("ubuntu") !== -1 ? result = "ubuntu" : distro.indexOf("solaris") !== -1 ? result = "solaris" : distro.indexOf("tails") !== -1 ? result = "tails" : distro.indexOf("feren") !== -1 ? result = "ferenos" : distro.indexOf("robolinux") !== -1 ? result = "robolinux" : _linux && distro && (result = distro.toLowerCase().trim().replace(/\s+/g, "-")), result;
    }
    var WINDOWS_RELEASES = [
      [26200, "25H2"],
      [26100, "24H2"],
      [22631, "23H2"],
      [22621, "22H2"],
      [19045, "22H2"],
      [22e3, "21H2"],
      [19044, "21H2"],
      [19043, "21H1"],
      [19042, "20H2"],
      [19041, "2004"],
      [18363, "1909"],
      [18362, "1903"],
      [17763, "1809"],
      [17134, "1803"]
    ];
    function getWindowsRelease(build) {
      for (let [minBuild, label] of WINDOWS_RELEASES)
        if (build >= minBuild) return label;
      return "";
    }
    function getFQDN() {
      let fqdn = os.hostname();
      if (_linux || _darwin)
        try {
          fqdn = execSync("hostname -f 2>/dev/null", util.execOptsLinux).toString().split(os.EOL)[0];
        } catch {
          util.noop();
        }
      if (_freebsd || _openbsd || _netbsd)
        try {
          fqdn = execSync("hostname 2>/dev/null").toString().split(os.EOL)[0];
        } catch {
          util.noop();
        }
      if (_windows) {
        let name = process.env.COMPUTERNAME;
        name && (fqdn = process.env.USERDNSDOMAIN ? name + "." + process.env.USERDNSDOMAIN : name);
      }
      return fqdn;
    }
    function osInfo(callback) {
      return callback = util.isFunction(callback) ? callback : null, new Promise((resolve4) => {
        process.nextTick(() => {
          let result = {
            platform: _platform === "win32" ? "Windows" : _platform,
            distro: "unknown",
            release: "unknown",
            codename: "",
            kernel: os.release(),
            arch: os.arch(),
            hostname: os.hostname(),
            fqdn: getFQDN(),
            codepage: "",
            logofile: "",
            serial: "",
            build: "",
            servicepack: "",
            uefi: !1
          };
          if (_linux && exec("cat /etc/*-release; cat /usr/lib/os-release; cat /etc/openwrt_release", (error, stdout) => {
            let release2 = {};
            stdout.toString().split(`
`).forEach((line) => {
              line.indexOf("=") !== -1 && (release2[line.split("=")[0].trim().toUpperCase()] = line.split("=")[1].trim());
            }), result.distro = (release2.DISTRIB_ID || release2.NAME || "unknown").replace(/"/g, ""), result.logofile = getLogoFile(result.distro);
            let releaseVersion = (release2.VERSION || "").replace(/"/g, ""), codename = (release2.DISTRIB_CODENAME || release2.VERSION_CODENAME || "").replace(/"/g, ""), prettyName = (release2.PRETTY_NAME || "").replace(/"/g, "");
            prettyName.indexOf(result.distro + " ") === 0 && (releaseVersion = prettyName.replace(result.distro + " ", "").trim()), releaseVersion.indexOf("(") >= 0 && (codename = releaseVersion.split("(")[1].replace(/[()]/g, "").trim(), releaseVersion = releaseVersion.split("(")[0].trim()), result.release = (releaseVersion || release2.DISTRIB_RELEASE || release2.VERSION_ID || "unknown").replace(/"/g, ""), result.codename = codename, result.codepage = util.getCodepage(), result.build = (release2.BUILD_ID || "").replace(/"/g, "").trim(), isUefiLinux().then((uefi) => {
              result.uefi = uefi, uuid().then((data) => {
                result.serial = data.os, callback && callback(result), resolve4(result);
              });
            });
          }), (_freebsd || _openbsd || _netbsd) && exec("sysctl kern.ostype kern.osrelease kern.osrevision kern.hostuuid machdep.bootmethod kern.geom.confxml", (error, stdout) => {
            let lines = stdout.toString().split(`
`), distro = util.getValue(lines, "kern.ostype"), logofile = getLogoFile(distro), release2 = util.getValue(lines, "kern.osrelease").split("-")[0], serial = util.getValue(lines, "kern.hostuuid"), bootmethod = util.getValue(lines, "machdep.bootmethod"), uefiConf = stdout.toString().indexOf("<type>efi</type>") >= 0, uefi = bootmethod ? bootmethod.toLowerCase().indexOf("uefi") >= 0 : uefiConf || null;
            result.distro = distro || result.distro, result.logofile = logofile || result.logofile, result.release = release2 || result.release, result.serial = serial || result.serial, result.codename = "", result.codepage = util.getCodepage(), result.uefi = uefi || null, callback && callback(result), resolve4(result);
          }), _darwin && exec("sw_vers; sysctl kern.ostype kern.osrelease kern.osrevision kern.uuid", (error, stdout) => {
            let lines = stdout.toString().split(`
`);
            result.serial = util.getValue(lines, "kern.uuid"), result.distro = util.getValue(lines, "ProductName"), result.release = (util.getValue(lines, "ProductVersion", ":", !0, !0) + " " + util.getValue(lines, "ProductVersionExtra", ":", !0, !0)).trim(), result.build = util.getValue(lines, "BuildVersion"), result.logofile = getLogoFile(result.distro), result.codename = "macOS", result.codename = result.release.indexOf("10.4") > -1 ? "OS X Tiger" : result.codename, result.codename = result.release.indexOf("10.5") > -1 ? "OS X Leopard" : result.codename, result.codename = result.release.indexOf("10.6") > -1 ? "OS X Snow Leopard" : result.codename, result.codename = result.release.indexOf("10.7") > -1 ? "OS X Lion" : result.codename, result.codename = result.release.indexOf("10.8") > -1 ? "OS X Mountain Lion" : result.codename, result.codename = result.release.indexOf("10.9") > -1 ? "OS X Mavericks" : result.codename, result.codename = result.release.indexOf("10.10") > -1 ? "OS X Yosemite" : result.codename, result.codename = result.release.indexOf("10.11") > -1 ? "OS X El Capitan" : result.codename, result.codename = result.release.indexOf("10.12") > -1 ? "Sierra" : result.codename, result.codename = result.release.indexOf("10.13") > -1 ? "High Sierra" : result.codename, result.codename = result.release.indexOf("10.14") > -1 ? "Mojave" : result.codename, result.codename = result.release.indexOf("10.15") > -1 ? "Catalina" : result.codename, result.codename = result.release.startsWith("11.") ? "Big Sur" : result.codename, result.codename = result.release.startsWith("12.") ? "Monterey" : result.codename, result.codename = result.release.startsWith("13.") ? "Ventura" : result.codename, result.codename = result.release.startsWith("14.") ? "Sonoma" : result.codename, result.codename = result.release.startsWith("15.") ? "Sequoia" : result.codename, result.codename = result.release.startsWith("26.") ? "Tahoe" : result.codename, result.codename = result.release.startsWith("27.") ? "Golden Gate" : result.codename, result.uefi = !0, result.codepage = util.getCodepage(), callback && callback(result), resolve4(result);
          }), _sunos && (result.release = result.kernel, exec("uname -o", (error, stdout) => {
            let lines = stdout.toString().split(`
`);
            result.distro = lines[0], result.logofile = getLogoFile(result.distro), callback && callback(result), resolve4(result);
          })), _windows) {
            result.logofile = getLogoFile(), result.release = result.kernel;
            try {
              let workload = [];
              workload.push(util.powerShell("Get-CimInstance Win32_OperatingSystem | select Caption,SerialNumber,BuildNumber,ServicePackMajorVersion,ServicePackMinorVersion | fl")), workload.push(util.powerShell("(Get-CimInstance Win32_ComputerSystem).HypervisorPresent")), workload.push(util.powerShell("Add-Type -AssemblyName System.Windows.Forms; [System.Windows.Forms.SystemInformation]::TerminalServerSession")), workload.push(util.powerShell('reg query "HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion" /v DisplayVersion')), util.promiseAll(workload).then((data) => {
                let lines = data.results[0] ? data.results[0].toString().split(`\r
`) : [""];
                result.distro = util.getValue(lines, "Caption", ":").trim(), result.serial = util.getValue(lines, "SerialNumber", ":").trim(), result.build = util.getValue(lines, "BuildNumber", ":").trim(), result.servicepack = util.getValue(lines, "ServicePackMajorVersion", ":").trim() + "." + util.getValue(lines, "ServicePackMinorVersion", ":").trim(), result.codepage = util.getCodepage();
                let hyperv = data.results[1] ? data.results[1].toString().toLowerCase() : "";
                result.hypervisor = hyperv.indexOf("true") !== -1;
                let term = data.results[2] ? data.results[2].toString() : "";
                if (data.results[3]) {
                  let codenameParts = data.results[3].split("REG_SZ");
                  result.codename = codenameParts.length > 1 ? codenameParts[1].trim() : "";
                }
                if (!result.codename) {
                  let buildNum = parseInt(result.build, 10);
                  result.codename = getWindowsRelease(buildNum);
                }
                result.remoteSession = term.toString().toLowerCase().indexOf("true") >= 0, isUefiWindows().then((uefi) => {
                  result.uefi = uefi, callback && callback(result), resolve4(result);
                });
              });
            } catch {
              callback && callback(result), resolve4(result);
            }
          }
        });
      });
    }
    exports.osInfo = osInfo;
    function isUefiLinux() {
      return new Promise((resolve4) => {
        process.nextTick(() => {
          fs.stat("/sys/firmware/efi", (err) => {
            if (err)
              exec('dmesg | grep -E "EFI v"', (error, stdout) => {
                if (!error) {
                  let lines = stdout.toString().split(`
`);
                  return resolve4(lines.length > 0);
                }
                return resolve4(!1);
              });
            else
              return resolve4(!0);
          });
        });
      });
    }
    function isUefiWindows() {
      return new Promise((resolve4) => {
        process.nextTick(() => {
          try {
            let logFile = util.WINDIR + "\\Panther\\setupact.log", fwEfi = () => (process.env.firmware_type || "").toLowerCase().indexOf("efi") >= 0;
            fs.stat(logFile, (error, stats) => {
              if (error || stats.size > 50 * 1024 * 1024)
                return resolve4(fwEfi());
              fs.readFile(logFile, "latin1", (error2, content) => {
                let line = error2 ? "" : content.split(`
`).filter((l) => l.indexOf("Detected boot environment") >= 0).join(`
`);
                return resolve4(line ? line.toLowerCase().indexOf("efi") >= 0 : fwEfi());
              });
            });
          } catch {
            return resolve4(!1);
          }
        });
      });
    }
    function versions(apps, callback) {
      callback = util.isFunction(callback) ? callback : null;
      let versionObject = {
        kernel: os.release(),
        apache: "",
        bash: "",
        bun: "",
        deno: "",
        docker: "",
        dotnet: "",
        fish: "",
        gcc: "",
        git: "",
        grunt: "",
        gulp: "",
        homebrew: "",
        java: "",
        mongodb: "",
        mysql: "",
        nginx: "",
        node: "",
        //process.versions.node,
        npm: "",
        openssl: "",
        perl: "",
        php: "",
        pip3: "",
        pip: "",
        pm2: "",
        postfix: "",
        postgresql: "",
        powershell: "",
        python3: "",
        python: "",
        redis: "",
        systemOpenssl: "",
        systemOpensslLib: "",
        tsc: "",
        v8: process.versions.v8,
        virtualbox: "",
        yarn: "",
        zsh: ""
      };
      function checkVersionParam(apps2) {
        if (apps2 === "*")
          return {
            versions: versionObject,
            counter: 34
          };
        if (!Array.isArray(apps2)) {
          apps2 = apps2.trim().toLowerCase().replace(/,+/g, "|").replace(/ /g, "|"), apps2 = apps2.split("|");
          let result = {
            versions: {},
            counter: 0
          };
          return apps2.forEach((el) => {
            if (el)
              for (let key in versionObject)
                ({}).hasOwnProperty.call(versionObject, key) && key.toLowerCase() === el.toLowerCase() && !{}.hasOwnProperty.call(result.versions, key) && (result.versions[key] = versionObject[key], key === "openssl" && (result.versions.systemOpenssl = "", result.versions.systemOpensslLib = ""), result.versions[key] || result.counter++);
          }), result;
        }
      }
      return new Promise((resolve4) => {
        process.nextTick(() => {
          if (util.isFunction(apps) && !callback)
            callback = apps, apps = "*";
          else if (apps = apps || "*", typeof apps != "string")
            return callback && callback({}), resolve4({});
          let appsObj = checkVersionParam(apps), totalFunctions = appsObj.counter;
          if (totalFunctions <= 0)
            return callback && callback(appsObj.versions), resolve4(appsObj.versions);
          let functionProcessed = () => {
            --totalFunctions === 0 && (callback && callback(appsObj.versions), resolve4(appsObj.versions));
          }, cmd = "";
          try {
            if ({}.hasOwnProperty.call(appsObj.versions, "openssl") && (appsObj.versions.openssl = process.versions.openssl, exec("openssl version", (error, stdout) => {
              if (!error) {
                let openssl = stdout.toString().split(`
`)[0].trim().split(" ");
                appsObj.versions.systemOpenssl = openssl.length > 0 ? openssl[1] : openssl[0], appsObj.versions.systemOpensslLib = openssl.length > 0 ? openssl[0] : "openssl";
              }
              functionProcessed();
            })), {}.hasOwnProperty.call(appsObj.versions, "npm") && exec("npm -v", (error, stdout) => {
              error || (appsObj.versions.npm = stdout.toString().split(`
`)[0]), functionProcessed();
            }), {}.hasOwnProperty.call(appsObj.versions, "pm2") && (cmd = "pm2", _windows && (cmd += ".cmd"), exec(`${cmd} -v`, (error, stdout) => {
              if (!error) {
                let pm2 = stdout.toString().split(`
`)[0].trim();
                pm2.startsWith("[PM2]") || (appsObj.versions.pm2 = pm2);
              }
              functionProcessed();
            })), {}.hasOwnProperty.call(appsObj.versions, "yarn") && exec("yarn --version", (error, stdout) => {
              error || (appsObj.versions.yarn = stdout.toString().split(`
`)[0]), functionProcessed();
            }), {}.hasOwnProperty.call(appsObj.versions, "gulp") && (cmd = "gulp", _windows && (cmd += ".cmd"), exec(`${cmd} --version`, (error, stdout) => {
              if (!error) {
                let gulp = stdout.toString().split(`
`)[0] || "";
                appsObj.versions.gulp = (gulp.toLowerCase().split("version")[1] || "").trim();
              }
              functionProcessed();
            })), {}.hasOwnProperty.call(appsObj.versions, "homebrew") && (cmd = "brew", exec(`${cmd} --version`, (error, stdout) => {
              if (!error) {
                let brew = stdout.toString().split(`
`)[0] || "";
                appsObj.versions.homebrew = (brew.toLowerCase().split(" ")[1] || "").trim();
              }
              functionProcessed();
            })), {}.hasOwnProperty.call(appsObj.versions, "tsc") && (cmd = "tsc", _windows && (cmd += ".cmd"), exec(`${cmd} --version`, (error, stdout) => {
              if (!error) {
                let tsc = stdout.toString().split(`
`)[0] || "";
                appsObj.versions.tsc = (tsc.toLowerCase().split("version")[1] || "").trim();
              }
              functionProcessed();
            })), {}.hasOwnProperty.call(appsObj.versions, "grunt") && (cmd = "grunt", _windows && (cmd += ".cmd"), exec(`${cmd} --version`, (error, stdout) => {
              if (!error) {
                let grunt = stdout.toString().split(`
`)[0] || "";
                appsObj.versions.grunt = (grunt.toLowerCase().split("cli v")[1] || "").trim();
              }
              functionProcessed();
            })), {}.hasOwnProperty.call(appsObj.versions, "git"))
              if (_darwin) {
                let gitHomebrewExists = fs.existsSync("/usr/local/Cellar/git") || fs.existsSync("/opt/homebrew/bin/git");
                util.darwinXcodeExists() || gitHomebrewExists ? exec("git --version", (error, stdout) => {
                  if (!error) {
                    let git = stdout.toString().split(`
`)[0] || "";
                    git = (git.toLowerCase().split("version")[1] || "").trim(), appsObj.versions.git = (git.split(" ")[0] || "").trim();
                  }
                  functionProcessed();
                }) : functionProcessed();
              } else
                exec("git --version", (error, stdout) => {
                  if (!error) {
                    let git = stdout.toString().split(`
`)[0] || "";
                    git = (git.toLowerCase().split("version")[1] || "").trim(), appsObj.versions.git = (git.split(" ")[0] || "").trim();
                  }
                  functionProcessed();
                });
            if ({}.hasOwnProperty.call(appsObj.versions, "apache") && exec("apachectl -v 2>&1", (error, stdout) => {
              if (!error) {
                let apache = (stdout.toString().split(`
`)[0] || "").split(":");
                appsObj.versions.apache = apache.length > 1 ? apache[1].replace("Apache", "").replace("/", "").split("(")[0].trim() : "";
              }
              functionProcessed();
            }), {}.hasOwnProperty.call(appsObj.versions, "nginx") && exec("nginx -v 2>&1", (error, stdout) => {
              if (!error) {
                let nginx = stdout.toString().split(`
`)[0] || "";
                appsObj.versions.nginx = (nginx.toLowerCase().split("/")[1] || "").trim();
              }
              functionProcessed();
            }), {}.hasOwnProperty.call(appsObj.versions, "mysql") && exec("mysql -V", (error, stdout) => {
              if (!error) {
                let mysql = stdout.toString().split(`
`)[0] || "";
                if (mysql = mysql.toLowerCase(), mysql.indexOf(",") > -1) {
                  mysql = (mysql.split(",")[0] || "").trim();
                  let parts = mysql.split(" ");
                  appsObj.versions.mysql = (parts[parts.length - 1] || "").trim();
                } else
                  mysql.indexOf(" ver ") > -1 && (mysql = mysql.split(" ver ")[1], appsObj.versions.mysql = mysql.split(" ")[0]);
              }
              functionProcessed();
            }), {}.hasOwnProperty.call(appsObj.versions, "php") && exec("php -v", (error, stdout) => {
              if (!error) {
                let parts = (stdout.toString().split(`
`)[0] || "").split("(");
                parts[0].indexOf("-") && (parts = parts[0].split("-")), appsObj.versions.php = parts[0].replace(/[^0-9.]/g, "");
              }
              functionProcessed();
            }), {}.hasOwnProperty.call(appsObj.versions, "redis") && exec("redis-server --version", (error, stdout) => {
              if (!error) {
                let parts = (stdout.toString().split(`
`)[0] || "").split(" ");
                appsObj.versions.redis = util.getValue(parts, "v", "=", !0);
              }
              functionProcessed();
            }), {}.hasOwnProperty.call(appsObj.versions, "docker") && exec("docker --version", (error, stdout) => {
              if (!error) {
                let parts = (stdout.toString().split(`
`)[0] || "").split(" ");
                appsObj.versions.docker = parts.length > 2 && parts[2].endsWith(",") ? parts[2].slice(0, -1) : "";
              }
              functionProcessed();
            }), {}.hasOwnProperty.call(appsObj.versions, "postfix") && exec("postconf -d | grep mail_version", (error, stdout) => {
              if (!error) {
                let postfix = stdout.toString().split(`
`) || [];
                appsObj.versions.postfix = util.getValue(postfix, "mail_version", "=", !0);
              }
              functionProcessed();
            }), {}.hasOwnProperty.call(appsObj.versions, "mongodb") && exec("mongod --version", (error, stdout) => {
              if (!error) {
                let mongodb = stdout.toString().split(`
`)[0] || "";
                appsObj.versions.mongodb = (mongodb.toLowerCase().split(",")[0] || "").replace(/[^0-9.]/g, "");
              }
              functionProcessed();
            }), {}.hasOwnProperty.call(appsObj.versions, "postgresql"))
              if (_windows)
                util.powerShell("Get-CimInstance Win32_Service | select caption | fl").then((stdout) => {
                  stdout.split(/\n\s*\n/).forEach((item) => {
                    if (item.trim() !== "") {
                      let lines = item.trim().split(`\r
`), srvCaption = util.getValue(lines, "caption", ":", !0).toLowerCase();
                      if (srvCaption.indexOf("postgresql") > -1) {
                        let parts = srvCaption.split(" server ");
                        parts.length > 1 && (appsObj.versions.postgresql = parts[1]);
                      }
                    }
                  }), functionProcessed();
                });
              else {
                let parsePostgres = (stdout) => {
                  let postgresql = stdout.toString().split(`
`)[0].split(" ") || [], version = postgresql.length ? postgresql[postgresql.length - 1] : "";
                  return version.includes("(") && postgresql.length >= 2 && !postgresql[postgresql.length - 2].includes("(") && (version = postgresql[postgresql.length - 2]), version.split("-")[0];
                }, tryPostgres = (cmds) => {
                  if (!cmds.length)
                    return functionProcessed();
                  exec(cmds[0], (error, stdout) => {
                    !error && stdout.toString().trim() ? (appsObj.versions.postgresql = parsePostgres(stdout), functionProcessed()) : tryPostgres(cmds.slice(1));
                  });
                };
                tryPostgres(["postgres -V", "pg_config --version", "psql -V"]);
              }
            if ({}.hasOwnProperty.call(appsObj.versions, "perl") && exec("perl -v", (error, stdout) => {
              if (!error) {
                let perl = stdout.toString().split(`
`) || "";
                for (; perl.length > 0 && perl[0].trim() === ""; )
                  perl.shift();
                perl.length > 0 && (appsObj.versions.perl = perl[0].split("(").pop().split(")")[0].replace("v", ""));
              }
              functionProcessed();
            }), {}.hasOwnProperty.call(appsObj.versions, "python"))
              if (_darwin)
                try {
                  let lines = execSync("sw_vers").toString().split(`
`), osVersion = util.getValue(lines, "ProductVersion", ":"), gitHomebrewExists1 = fs.existsSync("/usr/local/Cellar/python"), gitHomebrewExists2 = fs.existsSync("/opt/homebrew/bin/python");
                  util.darwinXcodeExists() && util.semverCompare("12.0.1", osVersion) < 0 || gitHomebrewExists1 || gitHomebrewExists2 ? exec(gitHomebrewExists1 ? "/usr/local/Cellar/python -V 2>&1" : gitHomebrewExists2 ? "/opt/homebrew/bin/python -V 2>&1" : "python -V 2>&1", (error, stdout2) => {
                    if (!error) {
                      let python = stdout2.toString().split(`
`)[0] || "";
                      appsObj.versions.python = python.toLowerCase().replace("python", "").trim();
                    }
                    functionProcessed();
                  }) : functionProcessed();
                } catch {
                  functionProcessed();
                }
              else
                exec("python -V 2>&1", (error, stdout) => {
                  if (!error) {
                    let python = stdout.toString().split(`
`)[0] || "";
                    appsObj.versions.python = python.toLowerCase().replace("python", "").trim();
                  }
                  functionProcessed();
                });
            if ({}.hasOwnProperty.call(appsObj.versions, "python3"))
              if (_darwin) {
                let gitHomebrewExists = fs.existsSync("/usr/local/Cellar/python3") || fs.existsSync("/opt/homebrew/bin/python3");
                util.darwinXcodeExists() || gitHomebrewExists ? exec("python3 -V 2>&1", (error, stdout) => {
                  if (!error) {
                    let python = stdout.toString().split(`
`)[0] || "";
                    appsObj.versions.python3 = python.toLowerCase().replace("python", "").trim();
                  }
                  functionProcessed();
                }) : functionProcessed();
              } else
                exec("python3 -V 2>&1", (error, stdout) => {
                  if (!error) {
                    let python = stdout.toString().split(`
`)[0] || "";
                    appsObj.versions.python3 = python.toLowerCase().replace("python", "").trim();
                  }
                  functionProcessed();
                });
            if ({}.hasOwnProperty.call(appsObj.versions, "pip"))
              if (_darwin) {
                let gitHomebrewExists = fs.existsSync("/usr/local/Cellar/pip") || fs.existsSync("/opt/homebrew/bin/pip");
                util.darwinXcodeExists() || gitHomebrewExists ? exec("pip -V 2>&1", (error, stdout) => {
                  if (!error) {
                    let parts = (stdout.toString().split(`
`)[0] || "").split(" ");
                    appsObj.versions.pip = parts.length >= 2 ? parts[1] : "";
                  }
                  functionProcessed();
                }) : functionProcessed();
              } else
                exec("pip -V 2>&1", (error, stdout) => {
                  if (!error) {
                    let parts = (stdout.toString().split(`
`)[0] || "").split(" ");
                    appsObj.versions.pip = parts.length >= 2 ? parts[1] : "";
                  }
                  functionProcessed();
                });
            if ({}.hasOwnProperty.call(appsObj.versions, "pip3"))
              if (_darwin) {
                let gitHomebrewExists = fs.existsSync("/usr/local/Cellar/pip3") || fs.existsSync("/opt/homebrew/bin/pip3");
                util.darwinXcodeExists() || gitHomebrewExists ? exec("pip3 -V 2>&1", (error, stdout) => {
                  if (!error) {
                    let parts = (stdout.toString().split(`
`)[0] || "").split(" ");
                    appsObj.versions.pip3 = parts.length >= 2 ? parts[1] : "";
                  }
                  functionProcessed();
                }) : functionProcessed();
              } else
                exec("pip3 -V 2>&1", (error, stdout) => {
                  if (!error) {
                    let parts = (stdout.toString().split(`
`)[0] || "").split(" ");
                    appsObj.versions.pip3 = parts.length >= 2 ? parts[1] : "";
                  }
                  functionProcessed();
                });
            ({}).hasOwnProperty.call(appsObj.versions, "java") && (_darwin ? exec("/usr/libexec/java_home -V 2>&1", (error, stdout) => {
              !error && stdout.toString().toLowerCase().indexOf("no java runtime") === -1 ? exec("java -version 2>&1", (error2, stdout2) => {
                if (!error2) {
                  let parts = (stdout2.toString().split(`
`)[0] || "").split('"');
                  appsObj.versions.java = parts.length === 3 ? parts[1].trim() : "";
                }
                functionProcessed();
              }) : functionProcessed();
            }) : exec("java -version 2>&1", (error, stdout) => {
              if (!error) {
                let parts = (stdout.toString().split(`
`)[0] || "").split('"');
                appsObj.versions.java = parts.length === 3 ? parts[1].trim() : "";
              }
              functionProcessed();
            })), {}.hasOwnProperty.call(appsObj.versions, "gcc") && (_darwin && util.darwinXcodeExists() || !_darwin ? exec("gcc -dumpversion", (error, stdout) => {
              error || (appsObj.versions.gcc = stdout.toString().split(`
`)[0].trim() || ""), appsObj.versions.gcc.indexOf(".") > -1 ? functionProcessed() : exec("gcc --version", (error2, stdout2) => {
                if (!error2) {
                  let gcc = stdout2.toString().split(`
`)[0].trim();
                  if (gcc.indexOf("gcc") > -1 && gcc.indexOf(")") > -1) {
                    let parts = gcc.split(")");
                    appsObj.versions.gcc = parts[1].trim() || appsObj.versions.gcc;
                  }
                }
                functionProcessed();
              });
            }) : functionProcessed()), {}.hasOwnProperty.call(appsObj.versions, "virtualbox") && exec(util.getVboxmanage() + " -v 2>&1", (error, stdout) => {
              if (!error) {
                let parts = (stdout.toString().split(`
`)[0] || "").split("r");
                appsObj.versions.virtualbox = parts[0];
              }
              functionProcessed();
            }), {}.hasOwnProperty.call(appsObj.versions, "bash") && exec("bash --version", (error, stdout) => {
              if (!error) {
                let parts = stdout.toString().split(`
`)[0].split(" version ");
                parts.length > 1 && (appsObj.versions.bash = parts[1].split(" ")[0].split("(")[0]);
              }
              functionProcessed();
            }), {}.hasOwnProperty.call(appsObj.versions, "zsh") && exec("zsh --version", (error, stdout) => {
              if (!error) {
                let parts = stdout.toString().split(`
`)[0].split("zsh ");
                parts.length > 1 && (appsObj.versions.zsh = parts[1].split(" ")[0]);
              }
              functionProcessed();
            }), {}.hasOwnProperty.call(appsObj.versions, "fish") && exec("fish --version", (error, stdout) => {
              if (!error) {
                let parts = stdout.toString().split(`
`)[0].split(" version ");
                parts.length > 1 && (appsObj.versions.fish = parts[1].split(" ")[0]);
              }
              functionProcessed();
            }), {}.hasOwnProperty.call(appsObj.versions, "bun") && exec("bun -v", (error, stdout) => {
              if (!error) {
                let line = stdout.toString().split(`
`)[0].trim();
                appsObj.versions.bun = line;
              }
              functionProcessed();
            }), {}.hasOwnProperty.call(appsObj.versions, "deno") && exec("deno -v", (error, stdout) => {
              if (!error) {
                let parts = stdout.toString().split(`
`)[0].trim().split(" ");
                parts.length > 1 && (appsObj.versions.deno = parts[1]);
              }
              functionProcessed();
            }), {}.hasOwnProperty.call(appsObj.versions, "node") && exec("node -v", (error, stdout) => {
              if (!error) {
                let line = stdout.toString().split(`
`)[0].trim();
                line.startsWith("v") && (line = line.slice(1)), appsObj.versions.node = line;
              }
              functionProcessed();
            }), {}.hasOwnProperty.call(appsObj.versions, "powershell") && (_windows ? util.powerShell("$PSVersionTable").then((stdout) => {
              let lines = stdout.toString().toLowerCase().split(`
`).map((line) => line.replace(/ +/g, " ").replace(/ +/g, ":"));
              appsObj.versions.powershell = util.getValue(lines, "psversion"), functionProcessed();
            }) : functionProcessed()), {}.hasOwnProperty.call(appsObj.versions, "dotnet") && (_windows ? util.powerShell(
              'gci "HKLM:\\SOFTWARE\\Microsoft\\NET Framework Setup\\NDP" -recurse | gp -name Version,Release -EA 0 | where { $_.PSChildName -match "^(?!S)\\p{L}"} | select PSChildName, Version, Release'
            ).then((stdout) => {
              let lines = stdout.toString().split(`\r
`), dotnet = "";
              lines.forEach((line) => {
                line = line.replace(/ +/g, " ");
                let parts = line.split(" ");
                dotnet = dotnet || (parts[0].toLowerCase().startsWith("client") && parts.length > 2 || parts[0].toLowerCase().startsWith("full") && parts.length > 2 ? parts[1].trim() : "");
              }), appsObj.versions.dotnet = dotnet.trim(), functionProcessed();
            }) : functionProcessed());
          } catch {
            callback && callback(appsObj.versions), resolve4(appsObj.versions);
          }
        });
      });
    }
    exports.versions = versions;
    function shell(callback) {
      return callback = util.isFunction(callback) ? callback : null, new Promise((resolve4) => {
        process.nextTick(() => {
          if (_windows)
            try {
              util.powerShell(`Get-CimInstance -className win32_process | where-object {$_.ProcessId -eq ${process.ppid} } | select Name`).then((stdout) => {
                let result = "CMD";
                stdout && stdout.toString().toLowerCase().indexOf("powershell") >= 0 && (result = "PowerShell"), callback && callback(result), resolve4(result);
              });
            } catch {
              callback && callback("CMD"), resolve4("CMD");
            }
          else {
            let result = "";
            exec("echo $SHELL", (error, stdout) => {
              error || (result = stdout.toString().split(`
`)[0]), callback && callback(result), resolve4(result);
            });
          }
        });
      });
    }
    exports.shell = shell;
    var MASKED_MACS = ["00:00:00:00:00:00", "02:00:00:00:00:00"];
    function getUniqueMacAdresses() {
      let macs = [];
      try {
        let ifaces = os.networkInterfaces(), fallbackMacs = null;
        for (let dev in ifaces)
          ({}).hasOwnProperty.call(ifaces, dev) && ifaces[dev].forEach((details) => {
            if (details && details.mac) {
              let mac = details.mac.toLowerCase();
              if (MASKED_MACS.indexOf(mac) >= 0) {
                if (fallbackMacs === null)
                  try {
                    fallbackMacs = require_network().getMacAddresses();
                  } catch {
                    fallbackMacs = {};
                  }
                mac = (fallbackMacs[dev] || "").toLowerCase();
              }
              mac && MASKED_MACS.indexOf(mac) === -1 && macs.indexOf(mac) === -1 && macs.push(mac);
            }
          });
        macs = macs.sort((a, b) => a < b ? -1 : a > b ? 1 : 0);
      } catch {
        macs.push("00:00:00:00:00:00");
      }
      return macs;
    }
    function uuid(callback) {
      return callback = util.isFunction(callback) ? callback : null, new Promise((resolve4) => {
        process.nextTick(() => {
          let result = {
            os: "",
            hardware: "",
            macs: getUniqueMacAdresses()
          }, parts;
          if (_darwin && exec("system_profiler SPHardwareDataType -json", (error, stdout) => {
            if (!error)
              try {
                let jsonObj = JSON.parse(stdout.toString());
                if (jsonObj.SPHardwareDataType && jsonObj.SPHardwareDataType.length > 0) {
                  let spHardware = jsonObj.SPHardwareDataType[0];
                  result.os = spHardware.platform_UUID.toLowerCase(), result.hardware = spHardware.serial_number;
                }
              } catch {
                util.noop();
              }
            callback && callback(result), resolve4(result);
          }), _linux && exec(`echo -n "os: "; cat /var/lib/dbus/machine-id 2> /dev/null ||
cat /etc/machine-id 2> /dev/null; echo;
echo -n "hardware: "; cat /sys/class/dmi/id/product_uuid 2> /dev/null; echo;`, (error, stdout) => {
            let lines = stdout.toString().split(`
`);
            if (result.os = util.getValue(lines, "os").toLowerCase(), result.hardware = util.getValue(lines, "hardware").toLowerCase(), !result.hardware)
              try {
                let lines2 = fs.readFileSync("/proc/cpuinfo", { encoding: "utf8" }).toString().split(`
`), serial = util.getValue(lines2, "serial");
                result.hardware = serial || "";
              } catch {
                result.hardware = "";
              }
            callback && callback(result), resolve4(result);
          }), (_freebsd || _openbsd || _netbsd) && exec("sysctl -i kern.hostid kern.hostuuid", (error, stdout) => {
            let lines = stdout.toString().split(`
`);
            result.hardware = util.getValue(lines, "kern.hostid", ":").toLowerCase(), result.os = util.getValue(lines, "kern.hostuuid", ":").toLowerCase(), result.os.indexOf("unknown") >= 0 && (result.os = ""), result.hardware.indexOf("unknown") >= 0 && (result.hardware = ""), callback && callback(result), resolve4(result);
          }), _windows) {
            let sysdir = process.arch === "ia32" && Object.prototype.hasOwnProperty.call(process.env, "PROCESSOR_ARCHITEW6432") ? "Sysnative" : "System32";
            util.powerShell("Get-CimInstance Win32_ComputerSystemProduct | select UUID | fl").then((stdout) => {
              let lines = stdout.split(`\r
`);
              result.hardware = util.getValue(lines, "uuid", ":").toLowerCase(), execFile2(util.WINDIR + "\\" + sysdir + "\\reg.exe", ["query", "HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Cryptography", "/v", "MachineGuid"], util.execOptsWin, (error, stdout2) => {
                parts = stdout2.toString().split(`
\r`)[0].split("REG_SZ"), result.os = parts.length > 1 ? parts[1].replace(/\r+|\n+|\s+/gi, "").toLowerCase() : "", callback && callback(result), resolve4(result);
              });
            });
          }
        });
      });
    }
    exports.uuid = uuid;
  }
});

// node_modules/systeminformation/lib/cpu.js
var require_cpu = __commonJS({
  "node_modules/systeminformation/lib/cpu.js"(exports) {
    "use strict";
    var os = __require("os"), exec = __require("child_process").exec, execSync = __require("child_process").execSync, fs = __require("fs"), util = require_util(), _platform = process.platform, _linux = _platform === "linux" || _platform === "android", _darwin = _platform === "darwin", _windows = _platform === "win32", _freebsd = _platform === "freebsd", _openbsd = _platform === "openbsd", _netbsd = _platform === "netbsd", _sunos = _platform === "sunos", _cpu_speed = 0, _current_cpu = {
      user: 0,
      nice: 0,
      system: 0,
      idle: 0,
      irq: 0,
      steal: 0,
      guest: 0,
      load: 0,
      tick: 0,
      ms: 0,
      currentLoad: 0,
      currentLoadUser: 0,
      currentLoadSystem: 0,
      currentLoadNice: 0,
      currentLoadIdle: 0,
      currentLoadIrq: 0,
      currentLoadSteal: 0,
      currentLoadGuest: 0,
      rawCurrentLoad: 0,
      rawCurrentLoadUser: 0,
      rawCurrentLoadSystem: 0,
      rawCurrentLoadNice: 0,
      rawCurrentLoadIdle: 0,
      rawCurrentLoadIrq: 0,
      rawCurrentLoadSteal: 0,
      rawCurrentLoadGuest: 0
    }, _cpus = [], _corecount = 0, AMDBaseFrequencies = {
      8346: "1.8",
      8347: "1.9",
      8350: "2.0",
      8354: "2.2",
      "8356|SE": "2.4",
      8356: "2.3",
      8360: "2.5",
      2372: "2.1",
      2373: "2.1",
      2374: "2.2",
      2376: "2.3",
      2377: "2.3",
      2378: "2.4",
      2379: "2.4",
      2380: "2.5",
      2381: "2.5",
      2382: "2.6",
      2384: "2.7",
      2386: "2.8",
      2387: "2.8",
      2389: "2.9",
      2393: "3.1",
      8374: "2.2",
      8376: "2.3",
      8378: "2.4",
      8379: "2.4",
      8380: "2.5",
      8381: "2.5",
      8382: "2.6",
      8384: "2.7",
      8386: "2.8",
      8387: "2.8",
      8389: "2.9",
      8393: "3.1",
      "2419EE": "1.8",
      "2423HE": "2.0",
      "2425HE": "2.1",
      2427: "2.2",
      2431: "2.4",
      2435: "2.6",
      "2439SE": "2.8",
      "8425HE": "2.1",
      8431: "2.4",
      8435: "2.6",
      "8439SE": "2.8",
      4122: "2.2",
      4130: "2.6",
      "4162EE": "1.7",
      "4164EE": "1.8",
      "4170HE": "2.1",
      "4174HE": "2.3",
      "4176HE": "2.4",
      4180: "2.6",
      4184: "2.8",
      "6124HE": "1.8",
      "6128HE": "2.0",
      "6132HE": "2.2",
      6128: "2.0",
      6134: "2.3",
      6136: "2.4",
      6140: "2.6",
      "6164HE": "1.7",
      "6166HE": "1.8",
      6168: "1.9",
      6172: "2.1",
      6174: "2.2",
      6176: "2.3",
      "6176SE": "2.3",
      "6180SE": "2.5",
      3250: "2.5",
      3260: "2.7",
      3280: "2.4",
      4226: "2.7",
      4228: "2.8",
      4230: "2.9",
      4234: "3.1",
      4238: "3.3",
      4240: "3.4",
      4256: "1.6",
      4274: "2.5",
      4276: "2.6",
      4280: "2.8",
      4284: "3.0",
      6204: "3.3",
      6212: "2.6",
      6220: "3.0",
      6234: "2.4",
      6238: "2.6",
      "6262HE": "1.6",
      6272: "2.1",
      6274: "2.2",
      6276: "2.3",
      6278: "2.4",
      "6282SE": "2.6",
      "6284SE": "2.7",
      6308: "3.5",
      6320: "2.8",
      6328: "3.2",
      "6338P": "2.3",
      6344: "2.6",
      6348: "2.8",
      6366: "1.8",
      "6370P": "2.0",
      6376: "2.3",
      6378: "2.4",
      6380: "2.5",
      6386: "2.8",
      "FX|4100": "3.6",
      "FX|4120": "3.9",
      "FX|4130": "3.8",
      "FX|4150": "3.8",
      "FX|4170": "4.2",
      "FX|6100": "3.3",
      "FX|6120": "3.6",
      "FX|6130": "3.6",
      "FX|6200": "3.8",
      "FX|8100": "2.8",
      "FX|8120": "3.1",
      "FX|8140": "3.2",
      "FX|8150": "3.6",
      "FX|8170": "3.9",
      "FX|4300": "3.8",
      "FX|4320": "4.0",
      "FX|4350": "4.2",
      "FX|6300": "3.5",
      "FX|6350": "3.9",
      "FX|8300": "3.3",
      "FX|8310": "3.4",
      "FX|8320": "3.5",
      "FX|8350": "4.0",
      "FX|8370": "4.0",
      "FX|9370": "4.4",
      "FX|9590": "4.7",
      "FX|8320E": "3.2",
      "FX|8370E": "3.3",
      // ZEN Desktop CPUs
      1200: "3.1",
      "Pro 1200": "3.1",
      "1300X": "3.5",
      "Pro 1300": "3.5",
      1400: "3.2",
      "1500X": "3.5",
      "Pro 1500": "3.5",
      1600: "3.2",
      "1600X": "3.6",
      "Pro 1600": "3.2",
      1700: "3.0",
      "Pro 1700": "3.0",
      "1700X": "3.4",
      "Pro 1700X": "3.4",
      "1800X": "3.6",
      "1900X": "3.8",
      1920: "3.2",
      "1920X": "3.5",
      "1950X": "3.4",
      // ZEN Desktop APUs
      "200GE": "3.2",
      "Pro 200GE": "3.2",
      "220GE": "3.4",
      "240GE": "3.5",
      "3000G": "3.5",
      "300GE": "3.4",
      "3050GE": "3.4",
      "2200G": "3.5",
      "Pro 2200G": "3.5",
      "2200GE": "3.2",
      "Pro 2200GE": "3.2",
      "2400G": "3.6",
      "Pro 2400G": "3.6",
      "2400GE": "3.2",
      "Pro 2400GE": "3.2",
      // ZEN Mobile APUs
      "Pro 200U": "2.3",
      "300U": "2.4",
      "2200U": "2.5",
      "3200U": "2.6",
      "2300U": "2.0",
      "Pro 2300U": "2.0",
      "2500U": "2.0",
      "Pro 2500U": "2.2",
      "2600H": "3.2",
      "2700U": "2.0",
      "Pro 2700U": "2.2",
      "2800H": "3.3",
      // ZEN Server Processors
      7351: "2.4",
      "7351P": "2.4",
      7401: "2.0",
      "7401P": "2.0",
      "7551P": "2.0",
      7551: "2.0",
      7251: "2.1",
      7261: "2.5",
      7281: "2.1",
      7301: "2.2",
      7371: "3.1",
      7451: "2.3",
      7501: "2.0",
      7571: "2.2",
      7601: "2.2",
      // ZEN Embedded Processors
      V1500B: "2.2",
      V1780B: "3.35",
      V1202B: "2.3",
      V1404I: "2.0",
      V1605B: "2.0",
      V1756B: "3.25",
      V1807B: "3.35",
      3101: "2.1",
      3151: "2.7",
      3201: "1.5",
      3251: "2.5",
      3255: "2.5",
      3301: "2.0",
      3351: "1.9",
      3401: "1.85",
      3451: "2.15",
      // ZEN+ Desktop
      "1200|AF": "3.1",
      "2300X": "3.5",
      "2500X": "3.6",
      2600: "3.4",
      "2600E": "3.1",
      "1600|AF": "3.2",
      "2600X": "3.6",
      2700: "3.2",
      "2700E": "2.8",
      "Pro 2700": "3.2",
      "2700X": "3.7",
      "Pro 2700X": "3.6",
      "2920X": "3.5",
      "2950X": "3.5",
      "2970WX": "3.0",
      "2990WX": "3.0",
      // ZEN+ Desktop APU
      "Pro 300GE": "3.4",
      "Pro 3125GE": "3.4",
      "3150G": "3.5",
      "Pro 3150G": "3.5",
      "3150GE": "3.3",
      "Pro 3150GE": "3.3",
      "3200G": "3.6",
      "Pro 3200G": "3.6",
      "3200GE": "3.3",
      "Pro 3200GE": "3.3",
      "3350G": "3.6",
      "Pro 3350G": "3.6",
      "3350GE": "3.3",
      "Pro 3350GE": "3.3",
      "3400G": "3.7",
      "Pro 3400G": "3.7",
      "3400GE": "3.3",
      "Pro 3400GE": "3.3",
      // ZEN+ Mobile
      "3300U": "2.1",
      "PRO 3300U": "2.1",
      "3450U": "2.1",
      "3500U": "2.1",
      "PRO 3500U": "2.1",
      "3500C": "2.1",
      "3550H": "2.1",
      "3580U": "2.1",
      "3700U": "2.3",
      "PRO 3700U": "2.3",
      "3700C": "2.3",
      "3750H": "2.3",
      "3780U": "2.3",
      // ZEN2 Desktop CPUS
      3100: "3.6",
      "3300X": "3.8",
      3500: "3.6",
      "3500X": "3.6",
      3600: "3.6",
      "Pro 3600": "3.6",
      "3600X": "3.8",
      "3600XT": "3.8",
      "Pro 3700": "3.6",
      "3700X": "3.6",
      "3800X": "3.9",
      "3800XT": "3.9",
      3900: "3.1",
      "Pro 3900": "3.1",
      "3900X": "3.8",
      "3900XT": "3.8",
      "3950X": "3.5",
      "3960X": "3.8",
      "3970X": "3.7",
      "3990X": "2.9",
      "3945WX": "4.0",
      "3955WX": "3.9",
      "3975WX": "3.5",
      "3995WX": "2.7",
      // ZEN2 Desktop APUs
      "4300GE": "3.5",
      "Pro 4300GE": "3.5",
      "4300G": "3.8",
      "Pro 4300G": "3.8",
      "4600GE": "3.3",
      "Pro 4650GE": "3.3",
      "4600G": "3.7",
      "Pro 4650G": "3.7",
      "4700GE": "3.1",
      "Pro 4750GE": "3.1",
      "4700G": "3.6",
      "Pro 4750G": "3.6",
      "4300U": "2.7",
      "4450U": "2.5",
      "Pro 4450U": "2.5",
      "4500U": "2.3",
      "4600U": "2.1",
      "PRO 4650U": "2.1",
      "4680U": "2.1",
      "4600HS": "3.0",
      "4600H": "3.0",
      "4700U": "2.0",
      "PRO 4750U": "1.7",
      "4800U": "1.8",
      "4800HS": "2.9",
      "4800H": "2.9",
      "4900HS": "3.0",
      "4900H": "3.3",
      "5300U": "2.6",
      "5500U": "2.1",
      "5700U": "1.8",
      // ZEN2 - EPYC
      "7232P": "3.1",
      "7302P": "3.0",
      "7402P": "2.8",
      "7502P": "2.5",
      "7702P": "2.0",
      7252: "3.1",
      7262: "3.2",
      7272: "2.9",
      7282: "2.8",
      7302: "3.0",
      7352: "2.3",
      7402: "2.8",
      7452: "2.35",
      7502: "2.5",
      7532: "2.4",
      7542: "2.9",
      7552: "2.2",
      7642: "2.3",
      7662: "2.0",
      7702: "2.0",
      7742: "2.25",
      "7H12": "2.6",
      "7F32": "3.7",
      "7F52": "3.5",
      "7F72": "3.2",
      // Epyc (Milan)
      "7773X": "2.2",
      7763: "2.45",
      7713: "2.0",
      "7713P": "2.0",
      7663: "2.0",
      7643: "2.3",
      "7573X": "2.8",
      "75F3": "2.95",
      7543: "2.8",
      "7543P": "2.8",
      7513: "2.6",
      "7473X": "2.8",
      7453: "2.75",
      "74F3": "3.2",
      7443: "2.85",
      "7443P": "2.85",
      7413: "2.65",
      "7373X": "3.05",
      "73F3": "3.5",
      7343: "3.2",
      7313: "3.0",
      "7313P": "3.0",
      "72F3": "3.7",
      // ZEN3
      "5600X": "3.7",
      "5800X": "3.8",
      "5900X": "3.7",
      "5950X": "3.4",
      "5945WX": "4.1",
      "5955WX": "4.0",
      "5965WX": "3.8",
      "5975WX": "3.6",
      "5995WX": "2.7",
      "7960X": "4.2",
      "7970X": "4.0",
      "7980X": "3.2",
      "7965WX": "4.2",
      "7975WX": "4.0",
      "7985WX": "3.2",
      "7995WX": "2.5",
      // ZEN4
      9754: "2.25",
      "9754S": "2.25",
      9734: "2.2",
      "9684X": "2.55",
      "9384X": "3.1",
      "9184X": "3.55",
      "9654P": "2.4",
      9654: "2.4",
      9634: "2.25",
      "9554P": "3.1",
      9554: "3.1",
      9534: "2.45",
      "9474F": "3.6",
      "9454P": "2.75",
      9454: "2.75",
      "9374F": "3.85",
      "9354P": "3.25",
      9354: "3.25",
      9334: "2.7",
      "9274F": "4.05",
      9254: "2.9",
      9224: "2.5",
      "9174F": "4.1",
      9124: "3.0",
      // Epyc 4th gen
      "4124P": "3.8",
      "4244P": "3.8",
      "4344P": "3.8",
      "4364P": "4.5",
      "4464P": "3.7",
      "4484PX": "4.4",
      "4564P": "4.5",
      "4584PX": "4.2",
      "8024P": "2.4",
      "8024PN": "2.05",
      "8124P": "2.45",
      "8124PN": "2.0",
      "8224P": "2.55",
      "8224PN": "2.0",
      "8324P": "2.65",
      "8324PN": "2.05",
      "8434P": "2.5",
      "8434PN": "2.0",
      "8534P": "2.3",
      "8534PN": "2.0",
      // Epyc 5th gen
      9115: "2.6",
      9135: "3.65",
      "9175F": "4.2",
      9255: "3.25",
      "9275F": "4.1",
      9335: "3.0",
      "9355P": "3.55",
      9355: "3.55",
      "9375F": "3.8",
      9365: "3.4",
      "9455P": "3.15",
      9455: "3.15",
      "9475F": "3.65",
      9535: "2.4",
      "9555P": "3.2",
      9555: "3.2",
      "9575F": "3.3",
      9565: "3.15",
      "9655P": "2.5",
      9655: "2.5",
      9755: "2.7",
      "4245P": "3.9",
      "4345P": "3.8",
      "4465P": "3.4",
      "4545P": "3.0",
      "4565P": "4.3",
      "4585PX": "4.3",
      "5900XT": "3.3",
      5900: "3.0",
      5945: "3.0",
      "5800X3D": "3.4",
      "5800XT": "3.8",
      5800: "3.4",
      "5700X3D": "3.0",
      "5700X": "3.4",
      5845: "3.4",
      "5600X3D": "3.3",
      "5600XT": "3.7",
      "5600T": "3.5",
      5600: "3.5",
      "5600F": "3.0",
      5645: "3.7",
      "5500X3D": "3.0",
      "5980HX": "3.3",
      "5980HS": "3.0",
      "5900HX": "3.3",
      "5900HS": "3.0",
      "5800H": "3.2",
      "5800HS": "2.8",
      "5800U": "1.9",
      "5600H": "3.3",
      "5600HS": "3.0",
      "5600U": "2.3",
      "5560U": "2.3",
      "5400U": "2.7",
      "5825U": "2.0",
      "5625U": "2.3",
      "5425U": "2.7",
      "5125C": "3.0",
      "7730U": "2.0",
      "7530U": "2.0",
      "7430U": "2.3",
      "7330U": "2.3",
      7203: "2.8",
      7303: "2.4",
      "7663P": "2.0",
      "6980HX": "3.3",
      "6980HS": "3.3",
      "6900HX": "3.3",
      "6900HS": "3.3",
      "6800H": "3.2",
      "6800HS": "3.2",
      "6800U": "2.7",
      "6600H": "3.3",
      "6600HS": "3.3",
      "6600U": "2.9",
      "7735HS": "3.2",
      "7735H": "3.2",
      "7736U": "2.7",
      "7735U": "2.7",
      "7435HS": "3.1",
      "7435H": "3.1",
      "7535HS": "3.3",
      "7535H": "3.3",
      "7535U": "2.9",
      "7235HS": "3.2",
      "7235H": "3.2",
      "7335U": "3.0",
      270: "4.0",
      260: "3.8",
      250: "3.3",
      240: "4.3",
      230: "3.5",
      220: "3.0",
      210: "2.8",
      "8945HS": "4.0",
      "8845HS": "3.8",
      "8840HS": "3.3",
      "8840U": "3.3",
      "8645HS": "4.3",
      "8640HS": "3.5",
      "8640U": "3.5",
      "8540U": "3.0",
      "8440U": "2.8",
      "9950X3D": "4.3",
      "9950X": "4.3",
      "9900X3D": "4.4",
      "9900X": "4.4",
      "9800X3D": "4.7",
      "9700X": "3.8",
      "9700F": "3.8",
      "9600X": "3.9",
      9600: "3.8",
      "9500F": "3.8",
      "9995WX": "2.5",
      "9985WX": "3.2",
      "9975WX": "4.0",
      "9965WX": "4.2",
      "9955WX": "4.5",
      "9945WX": "4.7",
      "9980X": "3.2",
      "9970X": "4.0",
      "9960X": "4.2",
      "PRO HX375": "2.0",
      HX375: "2.0",
      "PRO HX370": "2.0",
      HX370: "2.0",
      365: "2.0",
      "PRO 360": "2.0",
      350: "2.0",
      "PRO 350": "2.0",
      340: "2.0",
      "PRO 340": "2.0",
      330: "2.0",
      395: "3.0",
      "PRO 395": "3.0",
      390: "3.2",
      "PRO 390": "3.2",
      385: "3.6",
      "PRO 385": "3.6",
      "PRO 380": "3.6",
      "9955HX3D": "2.3",
      "9955HX": "2.5",
      "9850HX": "3.0",
      9015: "3.6",
      9965: "2.25",
      9845: "2.1",
      9825: "2.2",
      9745: "2.4",
      9645: "2.3"
    }, socketTypes = {
      1: "Other",
      2: "Unknown",
      3: "Daughter Board",
      4: "ZIF Socket",
      5: "Replacement/Piggy Back",
      6: "None",
      7: "LIF Socket",
      8: "Slot 1",
      9: "Slot 2",
      10: "370 Pin Socket",
      11: "Slot A",
      12: "Slot M",
      13: "423",
      14: "A (Socket 462)",
      15: "478",
      16: "754",
      17: "940",
      18: "939",
      19: "mPGA604",
      20: "LGA771",
      21: "LGA775",
      22: "S1",
      23: "AM2",
      24: "F (1207)",
      25: "LGA1366",
      26: "G34",
      27: "AM3",
      28: "C32",
      29: "LGA1156",
      30: "LGA1567",
      31: "PGA988A",
      32: "BGA1288",
      33: "rPGA988B",
      34: "BGA1023",
      35: "BGA1224",
      36: "LGA1155",
      37: "LGA1356",
      38: "LGA2011",
      39: "FS1",
      40: "FS2",
      41: "FM1",
      42: "FM2",
      43: "LGA2011-3",
      44: "LGA1356-3",
      45: "LGA1150",
      46: "BGA1168",
      47: "BGA1234",
      48: "BGA1364",
      49: "AM4",
      50: "LGA1151",
      51: "BGA1356",
      52: "BGA1440",
      53: "BGA1515",
      54: "LGA3647-1",
      55: "SP3",
      56: "SP3r2",
      57: "LGA2066",
      58: "BGA1392",
      59: "BGA1510",
      60: "BGA1528",
      61: "LGA4189",
      62: "LGA1200",
      63: "LGA4677",
      64: "LGA1700",
      65: "BGA1744",
      66: "BGA1781",
      67: "BGA1211",
      68: "BGA2422",
      69: "LGA1211",
      70: "LGA2422",
      71: "LGA5773",
      72: "BGA5773",
      73: "AM5",
      74: "SP5",
      75: "SP6",
      76: "BGA883",
      77: "BGA1190",
      78: "BGA4129",
      79: "LGA4710",
      80: "LGA7529",
      81: "BGA1964",
      82: "BGA1792",
      83: "BGA2049",
      84: "BGA2551",
      85: "LGA1851",
      86: "BGA2114",
      87: "BGA2833"
    }, socketTypesByName = {
      LGA1150: "i7-5775C i3-4340 i3-4170 G3250 i3-4160T i3-4160 E3-1231 G3258 G3240 i7-4790S i7-4790K i7-4790 i5-4690K i5-4690 i5-4590T i5-4590S i5-4590 i5-4460 i3-4360 i3-4150 G1820 G3420 G3220 i7-4771 i5-4440 i3-4330 i3-4130T i3-4130 E3-1230 i7-4770S i7-4770K i7-4770 i5-4670K i5-4670 i5-4570T i5-4570S i5-4570 i5-4430",
      LGA1151: "i9-9900KS E-2288G E-2224 G5420 i9-9900T i9-9900 i7-9700T i7-9700F i7-9700E i7-9700 i5-9600 i5-9500T i5-9500F i5-9500 i5-9400T i3-9350K i3-9300 i3-9100T i3-9100F i3-9100 G4930 i9-9900KF i7-9700KF i5-9600KF i5-9400F i5-9400 i3-9350KF i9-9900K i7-9700K i5-9600K G5500 G5400 i7-8700T i7-8086K i5-8600 i5-8500T i5-8500 i5-8400T i3-8300 i3-8100T G4900 i7-8700K i7-8700 i5-8600K i5-8400 i3-8350K i3-8100 E3-1270 G4600 G4560 i7-7700T i7-7700K i7-7700 i5-7600K i5-7600 i5-7500T i5-7500 i5-7400 i3-7350K i3-7300 i3-7100T i3-7100 G3930 G3900 G4400 i7-6700T i7-6700K i7-6700 i5-6600K i5-6600 i5-6500T i5-6500 i5-6400T i5-6400 i3-6300 i3-6100T i3-6100 E3-1270 E3-1270 T4500 T4400",
      1155: "G440 G460 G465 G470 G530T G540T G550T G1610T G1620T G530 G540 G1610 G550 G1620 G555 G1630 i3-2100T i3-2120T i3-3220T i3-3240T i3-3250T i3-2100 i3-2105 i3-2102 i3-3210 i3-3220 i3-2125 i3-2120 i3-3225 i3-2130 i3-3245 i3-3240 i3-3250 i5-3570T i5-2500T i5-2400S i5-2405S i5-2390T i5-3330S i5-2500S i5-3335S i5-2300 i5-3450S i5-3340S i5-3470S i5-3475S i5-3470T i5-2310 i5-3550S i5-2320 i5-3330 i5-3350P i5-3450 i5-2400 i5-3340 i5-3570S i5-2380P i5-2450P i5-3470 i5-2500K i5-3550 i5-2500 i5-3570 i5-3570K i5-2550K i7-3770T i7-2600S i7-3770S i7-2600K i7-2600 i7-3770 i7-3770K i7-2700K G620T G630T G640T G2020T G645T G2100T G2030T G622 G860T G620 G632 G2120T G630 G640 G2010 G840 G2020 G850 G645 G2030 G860 G2120 G870 G2130 G2140 E3-1220L E3-1220L E3-1260L E3-1265L E3-1220 E3-1225 E3-1220 E3-1235 E3-1225 E3-1230 E3-1230 E3-1240 E3-1245 E3-1270 E3-1275 E3-1240 E3-1245 E3-1270 E3-1280 E3-1275 E3-1290 E3-1280 E3-1290"
    };
    function getSocketTypesByName(str) {
      let result = "";
      for (let key in socketTypesByName)
        socketTypesByName[key].split(" ").forEach((element) => {
          str.indexOf(element) >= 0 && (result = key);
        });
      return result;
    }
    function cpuManufacturer(str) {
      let result = str;
      return str = str.toLowerCase(), str.indexOf("intel") >= 0 && (result = "Intel"), str.indexOf("amd") >= 0 && (result = "AMD"), str.indexOf("qemu") >= 0 && (result = "QEMU"), str.indexOf("hygon") >= 0 && (result = "Hygon"), str.indexOf("centaur") >= 0 && (result = "WinChip/Via"), str.indexOf("vmware") >= 0 && (result = "VMware"), str.indexOf("Xen") >= 0 && (result = "Xen Hypervisor"), str.indexOf("tcg") >= 0 && (result = "QEMU"), str.indexOf("apple") >= 0 && (result = "Apple"), str.indexOf("sifive") >= 0 && (result = "SiFive"), str.indexOf("thead") >= 0 && (result = "T-Head"), str.indexOf("andestech") >= 0 && (result = "Andes Technology"), result;
    }
    function cpuBrandManufacturer(res) {
      res.brand = res.brand.replace(/\(R\)+/g, "\xAE").replace(/\s+/g, " ").trim(), res.brand = res.brand.replace(/\(TM\)+/g, "\u2122").replace(/\s+/g, " ").trim(), res.brand = res.brand.replace(/\(C\)+/g, "\xA9").replace(/\s+/g, " ").trim(), res.brand = res.brand.replace(/CPU+/g, "").replace(/\s+/g, " ").trim(), res.manufacturer = cpuManufacturer(res.brand);
      let parts = res.brand.split(" ");
      return parts.shift(), res.brand = parts.join(" "), res;
    }
    function getAMDSpeed(brand) {
      let result = "0";
      for (let key in AMDBaseFrequencies)
        if ({}.hasOwnProperty.call(AMDBaseFrequencies, key)) {
          let parts = key.split("|"), found = 0;
          parts.forEach((item) => {
            brand.indexOf(item) > -1 && found++;
          }), found === parts.length && (result = AMDBaseFrequencies[key]);
        }
      return parseFloat(result);
    }
    function getCpu() {
      return new Promise((resolve4) => {
        process.nextTick(() => {
          let UNKNOWN = "unknown", result = {
            manufacturer: UNKNOWN,
            brand: UNKNOWN,
            vendor: "",
            family: "",
            model: "",
            stepping: "",
            revision: "",
            voltage: "",
            speed: 0,
            speedMin: 0,
            speedMax: 0,
            governor: "",
            cores: util.cores(),
            physicalCores: util.cores(),
            performanceCores: util.cores(),
            efficiencyCores: 0,
            processors: 1,
            socket: "",
            flags: "",
            virtualization: !1,
            cache: {}
          };
          cpuFlags().then((flags) => {
            if (result.flags = flags, result.virtualization = flags.indexOf("vmx") > -1 || flags.indexOf("svm") > -1, _darwin && exec("sysctl machdep.cpu hw.cpufrequency_max hw.cpufrequency_min hw.packages hw.physicalcpu_max hw.ncpu hw.tbfrequency hw.cpufamily hw.cpusubfamily", (error, stdout) => {
              let lines = stdout.toString().split(`
`), modellineParts = util.getValue(lines, "machdep.cpu.brand_string").split("@");
              result.brand = modellineParts[0].trim();
              let speed = modellineParts[1] ? modellineParts[1].trim() : "0";
              result.speed = parseFloat(speed.replace(/GHz+/g, ""));
              let tbFrequency = util.getValue(lines, "hw.tbfrequency") / 1e9;
              tbFrequency = tbFrequency < 0.1 ? tbFrequency * 100 : tbFrequency, result.speed = result.speed === 0 ? tbFrequency : result.speed, _cpu_speed = result.speed, result = cpuBrandManufacturer(result), result.speedMin = util.getValue(lines, "hw.cpufrequency_min") ? util.getValue(lines, "hw.cpufrequency_min") / 1e9 : result.speed, result.speedMax = util.getValue(lines, "hw.cpufrequency_max") ? util.getValue(lines, "hw.cpufrequency_max") / 1e9 : result.speed, result.vendor = util.getValue(lines, "machdep.cpu.vendor") || "Apple", result.family = util.getValue(lines, "machdep.cpu.family") || util.getValue(lines, "hw.cpufamily"), result.model = util.getValue(lines, "machdep.cpu.model"), result.stepping = util.getValue(lines, "machdep.cpu.stepping") || util.getValue(lines, "hw.cpusubfamily"), result.virtualization = !0;
              let countProcessors = util.getValue(lines, "hw.packages"), countCores = util.getValue(lines, "hw.physicalcpu_max"), countThreads = util.getValue(lines, "hw.ncpu");
              if (os.arch() === "arm64") {
                result.socket = "SOC";
                try {
                  let clusters = execSync("ioreg -c IOPlatformDevice -d 3 -r | grep cluster-type").toString().split(`
`), efficiencyCores = clusters.filter((line) => line.indexOf('"E"') >= 0).length + clusters.filter((line) => line.indexOf('"M"') >= 0).length, performanceCores = clusters.filter((line) => line.indexOf('"P"') >= 0).length;
                  result.efficiencyCores = efficiencyCores, result.performanceCores = performanceCores;
                } catch {
                  util.noop();
                }
              }
              countProcessors && (result.processors = parseInt(countProcessors, 10) || 1), countCores && countThreads && (result.cores = parseInt(countThreads) || util.cores(), result.physicalCores = parseInt(countCores) || util.cores()), cpuCache().then((res) => {
                result.cache = res, resolve4(result);
              });
            }), _linux) {
              let modelline = "", lines = [];
              os.cpus()[0] && os.cpus()[0].model && (modelline = os.cpus()[0].model), exec('export LC_ALL=C; lscpu; echo -n "Governor: "; cat /sys/devices/system/cpu/cpu0/cpufreq/scaling_governor 2>/dev/null; echo; unset LC_ALL', (error, stdout) => {
                error || (lines = stdout.toString().split(`
`)), modelline = util.getValue(lines, "model name") || modelline, modelline = util.getValue(lines, "bios model name") || modelline, modelline = util.cleanString(modelline);
                let modellineParts = modelline.split("@");
                if (result.brand = modellineParts[0].trim(), result.brand.indexOf("Unknown") >= 0 && (result.brand = result.brand.split("Unknown")[0].trim()), result.speed = modellineParts[1] ? parseFloat(modellineParts[1].trim()) : 0, result.speed === 0 && (result.brand.indexOf("AMD") > -1 || result.brand.toLowerCase().indexOf("ryzen") > -1) && (result.speed = getAMDSpeed(result.brand)), result.speed === 0) {
                  let current = getCpuCurrentSpeedSync();
                  current.avg !== 0 && (result.speed = current.avg);
                }
                _cpu_speed = result.speed, result.speedMin = Math.round(parseFloat(util.getValue(lines, "cpu min mhz").replace(/,/g, ".")) / 10) / 100 || result.speedMin, result.speedMax = Math.round(parseFloat(util.getValue(lines, "cpu max mhz").replace(/,/g, ".")) / 10) / 100 || result.speedMax, result = cpuBrandManufacturer(result), result.vendor = cpuManufacturer(util.getValue(lines, "vendor id")), result.family = util.getValue(lines, "cpu family"), result.model = util.getValue(lines, "model:"), result.stepping = util.getValue(lines, "stepping"), result.revision = util.getValue(lines, "cpu revision"), result.cache.l1d = util.getValue(lines, "l1d cache"), result.cache.l1d && (result.cache.l1d = parseInt(result.cache.l1d) * (result.cache.l1d.indexOf("M") !== -1 ? 1024 * 1024 : result.cache.l1d.indexOf("K") !== -1 ? 1024 : 1)), result.cache.l1i = util.getValue(lines, "l1i cache"), result.cache.l1i && (result.cache.l1i = parseInt(result.cache.l1i) * (result.cache.l1i.indexOf("M") !== -1 ? 1024 * 1024 : result.cache.l1i.indexOf("K") !== -1 ? 1024 : 1)), result.cache.l2 = util.getValue(lines, "l2 cache"), result.cache.l2 && (result.cache.l2 = parseInt(result.cache.l2) * (result.cache.l2.indexOf("M") !== -1 ? 1024 * 1024 : result.cache.l2.indexOf("K") !== -1 ? 1024 : 1)), result.cache.l3 = util.getValue(lines, "l3 cache"), result.cache.l3 && (result.cache.l3 = parseInt(result.cache.l3) * (result.cache.l3.indexOf("M") !== -1 ? 1024 * 1024 : result.cache.l3.indexOf("K") !== -1 ? 1024 : 1));
                let threadsPerCore = util.getValue(lines, "thread(s) per core") || "1", processors = util.getValue(lines, "socket(s)") || "1", threadsPerCoreInt = parseInt(threadsPerCore, 10), processorsInt = parseInt(processors, 10) || 1, coresPerSocket = parseInt(util.getValue(lines, "core(s) per socket"), 10);
                if (result.physicalCores = coresPerSocket ? coresPerSocket * processorsInt : result.cores / threadsPerCoreInt, result.performanceCores = threadsPerCoreInt > 1 ? result.cores - result.physicalCores : result.cores, result.efficiencyCores = threadsPerCoreInt > 1 ? result.cores - threadsPerCoreInt * result.performanceCores : 0, result.processors = processorsInt, result.governor = util.getValue(lines, "governor") || "", result.vendor === "ARM" && util.isRaspberry()) {
                  let rPIRevision = util.decodePiCpuinfo();
                  result.family = result.manufacturer, result.manufacturer = rPIRevision.manufacturer, result.brand = rPIRevision.processor, result.revision = rPIRevision.revisionCode, result.socket = "SOC";
                }
                if (util.getValue(lines, "architecture") === "riscv64")
                  try {
                    let linesRiscV = fs.readFileSync("/proc/cpuinfo").toString().split(`
`), uarch = util.getValue(linesRiscV, "uarch") || "";
                    if (uarch.indexOf(",") > -1) {
                      let split = uarch.split(",");
                      result.manufacturer = cpuManufacturer(split[0]), result.brand = split[1];
                    }
                  } catch {
                    util.noop();
                  }
                let lines2 = [];
                exec('export LC_ALL=C; dmidecode -t 4 2>/dev/null | grep "Upgrade: Socket"; unset LC_ALL', (error2, stdout2) => {
                  lines2 = stdout2.toString().split(`
`), lines2 && lines2.length && (result.socket = util.getValue(lines2, "Upgrade").replace("Socket", "").trim() || result.socket), resolve4(result);
                });
              });
            }
            if (_freebsd || _openbsd || _netbsd) {
              let modelline = "", lines = [];
              os.cpus()[0] && os.cpus()[0].model && (modelline = os.cpus()[0].model), exec("export LC_ALL=C; dmidecode -t 4; dmidecode -t 7; unset LC_ALL", (error, stdout) => {
                let cache = [];
                if (!error) {
                  let data = stdout.toString().split("# dmidecode"), processor = data.length > 1 ? data[1] : "";
                  cache = data.length > 2 ? data[2].split("Cache Information") : [], lines = processor.split(`
`);
                }
                if (result.brand = modelline.split("@")[0].trim(), result.speed = modelline.split("@")[1] ? parseFloat(modelline.split("@")[1].trim()) : 0, result.speed === 0 && (result.brand.indexOf("AMD") > -1 || result.brand.toLowerCase().indexOf("ryzen") > -1) && (result.speed = getAMDSpeed(result.brand)), result.speed === 0) {
                  let current = getCpuCurrentSpeedSync();
                  current.avg !== 0 && (result.speed = current.avg);
                }
                _cpu_speed = result.speed, result.speedMin = result.speed, result.speedMax = Math.round(parseFloat(util.getValue(lines, "max speed").replace(/Mhz/g, "")) / 10) / 100 || result.speed, result = cpuBrandManufacturer(result), result.vendor = cpuManufacturer(util.getValue(lines, "manufacturer"));
                let sig = util.getValue(lines, "signature");
                sig = sig.split(",");
                for (let i = 0; i < sig.length; i++)
                  sig[i] = sig[i].trim();
                result.family = util.getValue(sig, "Family", " ", !0), result.model = util.getValue(sig, "Model", " ", !0), result.stepping = util.getValue(sig, "Stepping", " ", !0), result.revision = "";
                let voltage = parseFloat(util.getValue(lines, "voltage"));
                result.voltage = isNaN(voltage) ? "" : voltage.toFixed(2);
                for (let i = 0; i < cache.length; i++) {
                  lines = cache[i].split(`
`);
                  let cacheType = util.getValue(lines, "Socket Designation").toLowerCase().replace(" ", "-").split("-");
                  cacheType = cacheType.length ? cacheType[0] : "";
                  let sizeParts = util.getValue(lines, "Installed Size").split(" "), size2 = parseInt(sizeParts[0], 10), unit = sizeParts.length > 1 ? sizeParts[1] : "kb";
                  size2 = size2 * (unit === "kb" ? 1024 : unit === "mb" ? 1024 * 1024 : unit === "gb" ? 1024 * 1024 * 1024 : 1), cacheType && (cacheType === "l1" ? (result.cache[cacheType + "d"] = size2 / 2, result.cache[cacheType + "i"] = size2 / 2) : result.cache[cacheType] = size2);
                }
                result.socket = util.getValue(lines, "Upgrade").replace("Socket", "").trim();
                let threadCount = util.getValue(lines, "thread count").trim(), coreCount = util.getValue(lines, "core count").trim();
                coreCount && threadCount && (result.cores = parseInt(threadCount, 10), result.physicalCores = parseInt(coreCount, 10)), resolve4(result);
              });
            }
            if (_sunos && resolve4(result), _windows)
              try {
                let workload = [];
                workload.push(
                  util.powerShell(
                    "Get-CimInstance Win32_processor | select Name, Revision, L2CacheSize, L3CacheSize, Manufacturer, MaxClockSpeed, Description, UpgradeMethod, Caption, NumberOfLogicalProcessors, NumberOfCores | fl"
                  )
                ), workload.push(util.powerShell("Get-CimInstance Win32_CacheMemory | select CacheType,InstalledSize,Level | fl")), workload.push(util.powerShell("(Get-CimInstance Win32_ComputerSystem).HypervisorPresent")), Promise.all(workload).then((data) => {
                  let lines = data[0].split(`\r
`), name = util.getValue(lines, "name", ":") || "";
                  name.indexOf("@") >= 0 ? (result.brand = name.split("@")[0].trim(), result.speed = name.split("@")[1] ? parseFloat(name.split("@")[1].trim()) : 0, _cpu_speed = result.speed) : (result.brand = name.trim(), result.speed = 0), result = cpuBrandManufacturer(result), result.revision = util.getValue(lines, "revision", ":"), result.vendor = util.getValue(lines, "manufacturer", ":"), result.speedMax = Math.round(parseFloat(util.getValue(lines, "maxclockspeed", ":").replace(/,/g, ".")) / 10) / 100 || result.speedMax, result.speed === 0 && (result.brand.indexOf("AMD") > -1 || result.brand.toLowerCase().indexOf("ryzen") > -1) && (result.speed = getAMDSpeed(result.brand)), result.speed === 0 && (result.speed = result.speedMax), result.speedMin = result.speed;
                  let description = util.getValue(lines, "description", ":").split(" ");
                  for (let i = 0; i < description.length; i++)
                    description[i].toLowerCase().startsWith("family") && i + 1 < description.length && description[i + 1] && (result.family = description[i + 1]), description[i].toLowerCase().startsWith("model") && i + 1 < description.length && description[i + 1] && (result.model = description[i + 1]), description[i].toLowerCase().startsWith("stepping") && i + 1 < description.length && description[i + 1] && (result.stepping = description[i + 1]);
                  let socketId = util.getValue(lines, "UpgradeMethod", ":");
                  socketTypes[socketId] && (result.socket = socketTypes[socketId]);
                  let socketByName = getSocketTypesByName(name);
                  socketByName && (result.socket = socketByName);
                  let countProcessors = util.countLines(lines, "Caption"), countThreads = util.getValue(lines, "NumberOfLogicalProcessors", ":"), countCores = util.getValue(lines, "NumberOfCores", ":");
                  countProcessors && (result.processors = parseInt(countProcessors) || 1), countCores && countThreads && (result.cores = parseInt(countThreads) || util.cores(), result.physicalCores = parseInt(countCores) || util.cores()), countProcessors > 1 && (result.cores = result.cores * countProcessors, result.physicalCores = result.physicalCores * countProcessors), result.cache = parseWinCache(data[0], data[1]);
                  let hyperv = data[2] ? data[2].toString().toLowerCase() : "";
                  result.virtualization = hyperv.indexOf("true") !== -1, resolve4(result);
                });
              } catch {
                resolve4(result);
              }
          });
        });
      });
    }
    function cpu(callback) {
      return callback = util.isFunction(callback) ? callback : null, new Promise((resolve4) => {
        process.nextTick(() => {
          getCpu().then((result) => {
            callback && callback(result), resolve4(result);
          });
        });
      });
    }
    exports.cpu = cpu;
    function getCpuCurrentSpeedSync() {
      let cpus = os.cpus(), minFreq = 999999999, maxFreq = 0, avgFreq = 0, cores = [], speeds = [];
      if (cpus && cpus.length && {}.hasOwnProperty.call(cpus[0], "speed"))
        for (let i in cpus)
          speeds.push(cpus[i].speed > 100 ? (cpus[i].speed + 1) / 1e3 : cpus[i].speed / 10);
      else if (_linux)
        try {
          let speedStrings = execSync('cat /proc/cpuinfo | grep "cpu MHz" | cut -d " " -f 3', util.execOptsLinux).toString().split(`
`).filter((line) => line.length > 0);
          for (let i in speedStrings)
            speeds.push(Math.floor(parseInt(speedStrings[i], 10) / 10) / 100);
        } catch {
          util.noop();
        }
      if (speeds && speeds.length)
        try {
          for (let i in speeds)
            avgFreq = avgFreq + speeds[i], speeds[i] > maxFreq && (maxFreq = speeds[i]), speeds[i] < minFreq && (minFreq = speeds[i]), cores.push(parseFloat(speeds[i].toFixed(2)));
          return avgFreq = avgFreq / speeds.length, {
            min: parseFloat(minFreq.toFixed(2)),
            max: parseFloat(maxFreq.toFixed(2)),
            avg: parseFloat(avgFreq.toFixed(2)),
            cores
          };
        } catch {
          return {
            min: 0,
            max: 0,
            avg: 0,
            cores
          };
        }
      else
        return {
          min: 0,
          max: 0,
          avg: 0,
          cores
        };
    }
    function cpuCurrentSpeed(callback) {
      return callback = util.isFunction(callback) ? callback : null, new Promise((resolve4) => {
        process.nextTick(() => {
          let result = getCpuCurrentSpeedSync();
          if (result.avg === 0 && _cpu_speed !== 0) {
            let currCpuSpeed = parseFloat(_cpu_speed);
            result = {
              min: currCpuSpeed,
              max: currCpuSpeed,
              avg: currCpuSpeed,
              cores: []
            };
          }
          callback && callback(result), resolve4(result);
        });
      });
    }
    exports.cpuCurrentSpeed = cpuCurrentSpeed;
    function cpuTemperature(callback) {
      return callback = util.isFunction(callback) ? callback : null, new Promise((resolve4) => {
        process.nextTick(() => {
          let result = {
            main: null,
            cores: [],
            max: null,
            socket: [],
            chipset: null
          };
          if (_linux) {
            let cpuThermal = null;
            try {
              let parts = execSync('cat /sys/class/thermal/thermal_zone*/type  2>/dev/null; echo "-----"; cat /sys/class/thermal/thermal_zone*/temp 2>/dev/null;', util.execOptsLinux).toString().split(`-----
`);
              if (parts.length === 2) {
                let lines = parts[0].split(`
`), lines2 = parts[1].split(`
`);
                for (let i = 0; i < lines.length; i++) {
                  let line = lines[i].trim();
                  line.startsWith("acpi") && lines2[i] && result.socket.push(Math.round(parseInt(lines2[i], 10) / 100) / 10), line.startsWith("pch") && lines2[i] && (result.chipset = Math.round(parseInt(lines2[i], 10) / 100) / 10), cpuThermal === null && line.toLowerCase().indexOf("cpu") !== -1 && lines2[i] && (cpuThermal = Math.round(parseInt(lines2[i], 10) / 100) / 10);
                }
              }
            } catch {
              util.noop();
            }
            let cmd = 'for mon in /sys/class/hwmon/hwmon*; do for label in "$mon"/temp*_label; do if [ -f $label ]; then value=${label%_*}_input; echo $(cat "$label")___$(cat "$value"); fi; done; done;';
            try {
              exec(cmd, (error, stdout) => {
                stdout = stdout.toString();
                let tdiePos = stdout.toLowerCase().indexOf("tdie");
                tdiePos !== -1 && (stdout = stdout.substring(tdiePos));
                let lines = stdout.split(`
`), tctl = 0;
                if (lines.forEach((line) => {
                  let parts = line.split("___"), label = parts[0], value = parts.length > 1 && parts[1] ? parts[1] : "0";
                  value && label && label.toLowerCase() === "tctl" && (tctl = result.main = Math.round(parseInt(value, 10) / 100) / 10), value && (label === void 0 || label && label.toLowerCase().startsWith("core")) ? result.cores.push(Math.round(parseInt(value, 10) / 100) / 10) : value && label && result.main === null && (label.toLowerCase().indexOf("package") >= 0 || label.toLowerCase().indexOf("physical") >= 0 || label.toLowerCase() === "tccd1") && (result.main = Math.round(parseInt(value, 10) / 100) / 10);
                }), tctl && result.main === null && (result.main = tctl), result.cores.length > 0) {
                  result.main === null && (result.main = Math.round(result.cores.reduce((a, b) => a + b, 0) / result.cores.length));
                  let maxtmp = Math.max.apply(Math, result.cores);
                  result.max = maxtmp > result.main ? maxtmp : result.main;
                }
                if (result.main !== null) {
                  result.max === null && (result.max = result.main), callback && callback(result), resolve4(result);
                  return;
                }
                if (cpuThermal !== null) {
                  result.main = cpuThermal, result.max = cpuThermal, callback && callback(result), resolve4(result);
                  return;
                }
                exec("sensors", (error2, stdout2) => {
                  if (!error2) {
                    let lines2 = stdout2.toString().split(`
`), tdieTemp = null, cpuThermalTemp = null, newSectionStarts = !0, section2 = "";
                    if (lines2.forEach((line) => {
                      if (line.trim() === "")
                        newSectionStarts = !0;
                      else if (newSectionStarts) {
                        let s = line.trim().toLowerCase();
                        s.startsWith("acpi") ? section2 = "acpi" : s.startsWith("pch") ? section2 = "pch" : s.startsWith("coretemp") || s.startsWith("core") ? section2 = "core" : s.startsWith("k10temp") ? section2 = "coreAMD" : s.startsWith("cpu_thermal") || s.startsWith("cpu-thermal") || s.startsWith("soc_thermal") || s.startsWith("cpu") ? section2 = "cpuThermal" : section2 = "other", newSectionStarts = !1;
                      }
                      let regex = /[+-]([^°]*)/g, temps = line.match(regex), firstPart = line.split(":")[0].toUpperCase();
                      section2 === "acpi" ? firstPart.indexOf("TEMP") !== -1 && temps && result.socket.push(parseFloat(temps)) : section2 === "pch" && firstPart.indexOf("TEMP") !== -1 && !result.chipset && temps && (result.chipset = parseFloat(temps)), (firstPart.indexOf("PHYSICAL") !== -1 || firstPart.indexOf("PACKAGE") !== -1 || section2 === "coreAMD" && firstPart.indexOf("TDIE") !== -1) && temps && (result.main = parseFloat(temps)), firstPart.indexOf("CORE ") !== -1 && temps && result.cores.push(parseFloat(temps)), firstPart.indexOf("TDIE") !== -1 && tdieTemp === null && temps && (tdieTemp = parseFloat(temps)), section2 === "cpuThermal" && firstPart.indexOf("TEMP") !== -1 && cpuThermalTemp === null && temps && (cpuThermalTemp = parseFloat(temps));
                    }), result.cores.length > 0) {
                      result.main = Math.round(result.cores.reduce((a, b) => a + b, 0) / result.cores.length);
                      let maxtmp = Math.max.apply(Math, result.cores);
                      result.max = maxtmp > result.main ? maxtmp : result.main;
                    } else
                      result.main === null && cpuThermalTemp !== null ? (result.main = cpuThermalTemp, result.max = cpuThermalTemp) : result.main === null && tdieTemp !== null && (result.main = tdieTemp, result.max = tdieTemp);
                    if (result.main !== null && result.max === null && (result.max = result.main), result.main !== null || result.max !== null) {
                      callback && callback(result), resolve4(result);
                      return;
                    }
                  }
                  fs.stat("/sys/class/thermal/thermal_zone0/temp", (err) => {
                    err === null ? fs.readFile("/sys/class/thermal/thermal_zone0/temp", (error3, stdout3) => {
                      if (!error3) {
                        let lines2 = stdout3.toString().split(`
`);
                        lines2.length > 0 && (result.main = parseFloat(lines2[0]) / 1e3, result.max = result.main);
                      }
                      callback && callback(result), resolve4(result);
                    }) : exec("/opt/vc/bin/vcgencmd measure_temp", (error3, stdout3) => {
                      if (!error3) {
                        let lines2 = stdout3.toString().split(`
`);
                        lines2.length > 0 && lines2[0].indexOf("=") !== -1 && (result.main = parseFloat(lines2[0].split("=")[1]), result.max = result.main);
                      }
                      callback && callback(result), resolve4(result);
                    });
                  });
                });
              });
            } catch {
              callback && callback(result), resolve4(result);
            }
          }
          if ((_freebsd || _openbsd || _netbsd) && exec("sysctl dev.cpu | grep temp", (error, stdout) => {
            if (!error) {
              let lines = stdout.toString().split(`
`), sum2 = 0;
              lines.forEach((line) => {
                let parts = line.split(":");
                if (parts.length > 1) {
                  let temp = parseFloat(parts[1].replace(",", "."));
                  temp > result.max && (result.max = temp), sum2 = sum2 + temp, result.cores.push(temp);
                }
              }), result.cores.length && (result.main = Math.round(sum2 / result.cores.length * 100) / 100);
            }
            callback && callback(result), resolve4(result);
          }), _darwin) {
            try {
              if (result = __require("osx-temperature-sensor").cpuTemperature(), result.main && (result.main = Math.round(result.main * 100) / 100), result.max && (result.max = Math.round(result.max * 100) / 100), result && result.cores && result.cores.length)
                for (let i = 0; i < result.cores.length; i++)
                  result.cores[i] = Math.round(result.cores[i] * 100) / 100;
            } catch {
              util.noop();
            }
            try {
              let res = __require("macos-temperature-sensor").temperature();
              if (res.cpu && (result.main = Math.round(res.cpu * 100) / 100, result.max = result.main), res.soc && (result.chipset = Math.round(res.soc * 100) / 100), res && res.cpuDieTemps.length)
                for (let temp of res.cpuDieTemps)
                  result.cores.push(Math.round(temp * 100) / 100);
            } catch {
              util.noop();
            }
            callback && callback(result), resolve4(result);
          }
          if (_sunos && (callback && callback(result), resolve4(result)), _windows)
            try {
              util.powerShell('Get-CimInstance MSAcpi_ThermalZoneTemperature -Namespace "root/wmi" | Select CurrentTemperature').then((stdout, error) => {
                if (!error) {
                  let sum2 = 0;
                  stdout.split(`\r
`).filter((line) => line.trim() !== "").filter((line, idx) => idx > 0).forEach((line) => {
                    let value = (parseInt(line, 10) - 2732) / 10;
                    isNaN(value) || (sum2 = sum2 + value, value > result.max && (result.max = value), result.cores.push(value));
                  }), result.cores.length && (result.main = sum2 / result.cores.length);
                }
                callback && callback(result), resolve4(result);
              });
            } catch {
              callback && callback(result), resolve4(result);
            }
        });
      });
    }
    exports.cpuTemperature = cpuTemperature;
    function cpuFlags(callback) {
      return callback = util.isFunction(callback) ? callback : null, new Promise((resolve4) => {
        process.nextTick(() => {
          let result = "";
          if (_windows)
            try {
              exec('reg query "HKEY_LOCAL_MACHINE\\HARDWARE\\DESCRIPTION\\System\\CentralProcessor\\0" /v FeatureSet', util.execOptsWin, (error, stdout) => {
                if (!error) {
                  let flag_hex = stdout.split("0x").pop().trim(), flag_bin_unpadded = parseInt(flag_hex, 16).toString(2), flag_bin = "0".repeat(32 - flag_bin_unpadded.length) + flag_bin_unpadded, all_flags = [
                    "fpu",
                    "vme",
                    "de",
                    "pse",
                    "tsc",
                    "msr",
                    "pae",
                    "mce",
                    "cx8",
                    "apic",
                    "",
                    "sep",
                    "mtrr",
                    "pge",
                    "mca",
                    "cmov",
                    "pat",
                    "pse-36",
                    "psn",
                    "clfsh",
                    "",
                    "ds",
                    "acpi",
                    "mmx",
                    "fxsr",
                    "sse",
                    "sse2",
                    "ss",
                    "htt",
                    "tm",
                    "ia64",
                    "pbe"
                  ];
                  for (let f = 0; f < all_flags.length; f++)
                    flag_bin[f] === "1" && all_flags[f] !== "" && (result += " " + all_flags[f]);
                  result = result.trim().toLowerCase();
                }
                callback && callback(result), resolve4(result);
              });
            } catch {
              callback && callback(result), resolve4(result);
            }
          if (_linux)
            try {
              exec("export LC_ALL=C; lscpu; unset LC_ALL", (error, stdout) => {
                error || stdout.toString().split(`
`).forEach((line) => {
                  line.split(":")[0].toUpperCase().indexOf("FLAGS") !== -1 && (result = line.split(":")[1].trim().toLowerCase());
                }), result ? (callback && callback(result), resolve4(result)) : fs.readFile("/proc/cpuinfo", (error2, stdout2) => {
                  if (!error2) {
                    let lines = stdout2.toString().split(`
`);
                    result = util.getValue(lines, "features", ":", !0).toLowerCase();
                  }
                  callback && callback(result), resolve4(result);
                });
              });
            } catch {
              callback && callback(result), resolve4(result);
            }
          (_freebsd || _openbsd || _netbsd) && exec("export LC_ALL=C; dmidecode -t 4 2>/dev/null; unset LC_ALL", (error, stdout) => {
            let flags = [];
            if (!error) {
              let parts = stdout.toString().split("	Flags:");
              (parts.length > 1 ? parts[1].split("	Version:")[0].split(`
`) : []).forEach((line) => {
                let flag = (line.indexOf("(") ? line.split("(")[0].toLowerCase() : "").trim().replace(/\t/g, "");
                flag && flags.push(flag);
              });
            }
            result = flags.join(" ").trim().toLowerCase(), callback && callback(result), resolve4(result);
          }), _darwin && exec("sysctl machdep.cpu.features", (error, stdout) => {
            if (!error) {
              let lines = stdout.toString().split(`
`);
              lines.length > 0 && lines[0].indexOf("machdep.cpu.features:") !== -1 && (result = lines[0].split(":")[1].trim().toLowerCase());
            }
            callback && callback(result), resolve4(result);
          }), _sunos && (callback && callback(result), resolve4(result));
        });
      });
    }
    exports.cpuFlags = cpuFlags;
    function cpuCache(callback) {
      return callback = util.isFunction(callback) ? callback : null, new Promise((resolve4) => {
        process.nextTick(() => {
          let result = {
            l1d: null,
            l1i: null,
            l2: null,
            l3: null
          };
          if (_linux)
            try {
              exec("export LC_ALL=C; lscpu; unset LC_ALL", (error, stdout) => {
                error || stdout.toString().split(`
`).forEach((line) => {
                  let parts = line.split(":");
                  parts[0].toUpperCase().indexOf("L1D CACHE") !== -1 && (result.l1d = parseInt(parts[1].trim()) * (parts[1].indexOf("M") !== -1 ? 1024 * 1024 : parts[1].indexOf("K") !== -1 ? 1024 : 1)), parts[0].toUpperCase().indexOf("L1I CACHE") !== -1 && (result.l1i = parseInt(parts[1].trim()) * (parts[1].indexOf("M") !== -1 ? 1024 * 1024 : parts[1].indexOf("K") !== -1 ? 1024 : 1)), parts[0].toUpperCase().indexOf("L2 CACHE") !== -1 && (result.l2 = parseInt(parts[1].trim()) * (parts[1].indexOf("M") !== -1 ? 1024 * 1024 : parts[1].indexOf("K") !== -1 ? 1024 : 1)), parts[0].toUpperCase().indexOf("L3 CACHE") !== -1 && (result.l3 = parseInt(parts[1].trim()) * (parts[1].indexOf("M") !== -1 ? 1024 * 1024 : parts[1].indexOf("K") !== -1 ? 1024 : 1));
                }), callback && callback(result), resolve4(result);
              });
            } catch {
              callback && callback(result), resolve4(result);
            }
          if ((_freebsd || _openbsd || _netbsd) && exec("export LC_ALL=C; dmidecode -t 7 2>/dev/null; unset LC_ALL", (error, stdout) => {
            let cache = [];
            error || (cache = stdout.toString().split("Cache Information"), cache.shift());
            for (let i = 0; i < cache.length; i++) {
              let lines = cache[i].split(`
`), cacheType = util.getValue(lines, "Socket Designation").toLowerCase().replace(" ", "-").split("-");
              cacheType = cacheType.length ? cacheType[0] : "";
              let sizeParts = util.getValue(lines, "Installed Size").split(" "), size2 = parseInt(sizeParts[0], 10), unit = sizeParts.length > 1 ? sizeParts[1] : "kb";
              size2 = size2 * (unit === "kb" ? 1024 : unit === "mb" ? 1024 * 1024 : unit === "gb" ? 1024 * 1024 * 1024 : 1), cacheType && (cacheType === "l1" ? (result[cacheType + "d"] = size2 / 2, result[cacheType + "i"] = size2 / 2) : result[cacheType] = size2);
            }
            callback && callback(result), resolve4(result);
          }), _darwin && exec("sysctl hw.l1icachesize hw.l1dcachesize hw.l2cachesize hw.l3cachesize", (error, stdout) => {
            error || stdout.toString().split(`
`).forEach((line) => {
              let parts = line.split(":");
              parts[0].toLowerCase().indexOf("hw.l1icachesize") !== -1 && (result.l1i = parseInt(parts[1].trim()) * (parts[1].indexOf("K") !== -1 ? 1024 : 1)), parts[0].toLowerCase().indexOf("hw.l1dcachesize") !== -1 && (result.l1d = parseInt(parts[1].trim()) * (parts[1].indexOf("K") !== -1 ? 1024 : 1)), parts[0].toLowerCase().indexOf("hw.l2cachesize") !== -1 && (result.l2 = parseInt(parts[1].trim()) * (parts[1].indexOf("K") !== -1 ? 1024 : 1)), parts[0].toLowerCase().indexOf("hw.l3cachesize") !== -1 && (result.l3 = parseInt(parts[1].trim()) * (parts[1].indexOf("K") !== -1 ? 1024 : 1));
            }), callback && callback(result), resolve4(result);
          }), _sunos && (callback && callback(result), resolve4(result)), _windows)
            try {
              let workload = [];
              workload.push(util.powerShell("Get-CimInstance Win32_processor | select L2CacheSize, L3CacheSize | fl")), workload.push(util.powerShell("Get-CimInstance Win32_CacheMemory | select CacheType,InstalledSize,Level | fl")), Promise.all(workload).then((data) => {
                result = parseWinCache(data[0], data[1]), callback && callback(result), resolve4(result);
              });
            } catch {
              callback && callback(result), resolve4(result);
            }
        });
      });
    }
    function parseWinCache(linesProc, linesCache) {
      let result = {
        l1d: null,
        l1i: null,
        l2: null,
        l3: null
      }, lines = linesProc.split(`\r
`);
      result.l1d = 0, result.l1i = 0, result.l2 = util.getValue(lines, "l2cachesize", ":"), result.l3 = util.getValue(lines, "l3cachesize", ":"), result.l2 ? result.l2 = parseInt(result.l2, 10) * 1024 : result.l2 = 0, result.l3 ? result.l3 = parseInt(result.l3, 10) * 1024 : result.l3 = 0;
      let parts = linesCache.split(/\n\s*\n/), l1i = 0, l1d = 0, l2 = 0;
      return parts.forEach((part) => {
        let lines2 = part.split(`\r
`), cacheType = util.getValue(lines2, "CacheType"), level = util.getValue(lines2, "Level"), installedSize = util.getValue(lines2, "InstalledSize");
        level === "3" && cacheType === "3" && (result.l1i = result.l1i + parseInt(installedSize, 10) * 1024), level === "3" && cacheType === "4" && (result.l1d = result.l1d + parseInt(installedSize, 10) * 1024), level === "3" && cacheType === "5" && (l1i = parseInt(installedSize, 10) / 2, l1d = parseInt(installedSize, 10) / 2), level === "4" && cacheType === "5" && (l2 = l2 + parseInt(installedSize, 10) * 1024);
      }), !result.l1i && !result.l1d && (result.l1i = l1i, result.l1d = l1d), l2 && (result.l2 = l2), result;
    }
    exports.cpuCache = cpuCache;
    function getLoad() {
      return new Promise((resolve4) => {
        process.nextTick(() => {
          let loads = os.loadavg().map((x) => x / util.cores()), avgLoad = parseFloat(Math.max.apply(Math, loads).toFixed(2)), result = {};
          if (Date.now() - _current_cpu.ms >= 200) {
            _current_cpu.ms = Date.now();
            let cpus = os.cpus().map((cpu2) => (cpu2.times.steal = 0, cpu2.times.guest = 0, _windows && (cpu2.times.sys = Math.max(0, cpu2.times.sys - cpu2.times.irq)), cpu2)), totalUser = 0, totalSystem = 0, totalNice = 0, totalIrq = 0, totalIdle = 0, totalSteal = 0, totalGuest = 0, cores = [];
            if (_corecount = cpus && cpus.length ? cpus.length : 0, _linux)
              try {
                let lines = execSync("cat /proc/stat 2>/dev/null | grep cpu", util.execOptsLinux).toString().split(`
`);
                if (lines.length > 1 && (lines.shift(), lines.length === cpus.length))
                  for (let i = 0; i < lines.length; i++) {
                    let parts = lines[i].split(" ");
                    if (parts.length >= 10) {
                      let steal = parseFloat(parts[8]) || 0, guest = parseFloat(parts[9]) || 0;
                      cpus[i].times.steal = steal, cpus[i].times.guest = guest;
                    }
                  }
              } catch {
                util.noop();
              }
            for (let i = 0; i < _corecount; i++) {
              let cpu2 = cpus[i].times;
              totalUser += cpu2.user, totalSystem += cpu2.sys, totalNice += cpu2.nice, totalIdle += cpu2.idle, totalIrq += cpu2.irq, totalSteal += cpu2.steal || 0, totalGuest += cpu2.guest || 0;
              let tmpTick = _cpus && _cpus[i] && _cpus[i].totalTick ? _cpus[i].totalTick : 0, tmpLoad = _cpus && _cpus[i] && _cpus[i].totalLoad ? _cpus[i].totalLoad : 0, tmpUser = _cpus && _cpus[i] && _cpus[i].user ? _cpus[i].user : 0, tmpSystem = _cpus && _cpus[i] && _cpus[i].sys ? _cpus[i].sys : 0, tmpNice = _cpus && _cpus[i] && _cpus[i].nice ? _cpus[i].nice : 0, tmpIdle = _cpus && _cpus[i] && _cpus[i].idle ? _cpus[i].idle : 0, tmpIrq = _cpus && _cpus[i] && _cpus[i].irq ? _cpus[i].irq : 0, tmpSteal = _cpus && _cpus[i] && _cpus[i].steal ? _cpus[i].steal : 0, tmpGuest = _cpus && _cpus[i] && _cpus[i].guest ? _cpus[i].guest : 0;
              _cpus[i] = cpu2, _cpus[i].totalTick = _cpus[i].user + _cpus[i].sys + _cpus[i].nice + _cpus[i].irq + _cpus[i].steal + _cpus[i].guest + _cpus[i].idle, _cpus[i].totalLoad = _cpus[i].user + _cpus[i].sys + _cpus[i].nice + _cpus[i].irq + _cpus[i].steal + _cpus[i].guest, _cpus[i].currentTick = _cpus[i].totalTick - tmpTick, _cpus[i].load = _cpus[i].totalLoad - tmpLoad, _cpus[i].loadUser = _cpus[i].user - tmpUser, _cpus[i].loadSystem = _cpus[i].sys - tmpSystem, _cpus[i].loadNice = _cpus[i].nice - tmpNice, _cpus[i].loadIdle = _cpus[i].idle - tmpIdle, _cpus[i].loadIrq = _cpus[i].irq - tmpIrq, _cpus[i].loadSteal = _cpus[i].steal - tmpSteal, _cpus[i].loadGuest = _cpus[i].guest - tmpGuest, cores[i] = {};
              let coreTick = _cpus[i].currentTick || 1;
              cores[i].load = _cpus[i].load / coreTick * 100, cores[i].loadUser = _cpus[i].loadUser / coreTick * 100, cores[i].loadSystem = _cpus[i].loadSystem / coreTick * 100, cores[i].loadNice = _cpus[i].loadNice / coreTick * 100, cores[i].loadIdle = _cpus[i].loadIdle / coreTick * 100, cores[i].loadIrq = _cpus[i].loadIrq / coreTick * 100, cores[i].loadSteal = _cpus[i].loadSteal / coreTick * 100, cores[i].loadGuest = _cpus[i].loadGuest / coreTick * 100, cores[i].rawLoad = _cpus[i].load, cores[i].rawLoadUser = _cpus[i].loadUser, cores[i].rawLoadSystem = _cpus[i].loadSystem, cores[i].rawLoadNice = _cpus[i].loadNice, cores[i].rawLoadIdle = _cpus[i].loadIdle, cores[i].rawLoadIrq = _cpus[i].loadIrq, cores[i].rawLoadSteal = _cpus[i].loadSteal, cores[i].rawLoadGuest = _cpus[i].loadGuest;
            }
            let totalTick = totalUser + totalSystem + totalNice + totalIrq + totalSteal + totalGuest + totalIdle, totalLoad = totalUser + totalSystem + totalNice + totalIrq + totalSteal + totalGuest, currentTick = totalTick - _current_cpu.tick || 1;
            result = {
              avgLoad,
              currentLoad: (totalLoad - _current_cpu.load) / currentTick * 100,
              currentLoadUser: (totalUser - _current_cpu.user) / currentTick * 100,
              currentLoadSystem: (totalSystem - _current_cpu.system) / currentTick * 100,
              currentLoadNice: (totalNice - _current_cpu.nice) / currentTick * 100,
              currentLoadIdle: (totalIdle - _current_cpu.idle) / currentTick * 100,
              currentLoadIrq: (totalIrq - _current_cpu.irq) / currentTick * 100,
              currentLoadSteal: (totalSteal - _current_cpu.steal) / currentTick * 100,
              currentLoadGuest: (totalGuest - _current_cpu.guest) / currentTick * 100,
              rawCurrentLoad: totalLoad - _current_cpu.load,
              rawCurrentLoadUser: totalUser - _current_cpu.user,
              rawCurrentLoadSystem: totalSystem - _current_cpu.system,
              rawCurrentLoadNice: totalNice - _current_cpu.nice,
              rawCurrentLoadIdle: totalIdle - _current_cpu.idle,
              rawCurrentLoadIrq: totalIrq - _current_cpu.irq,
              rawCurrentLoadSteal: totalSteal - _current_cpu.steal,
              rawCurrentLoadGuest: totalGuest - _current_cpu.guest,
              cpus: cores
            }, _current_cpu = {
              user: totalUser,
              nice: totalNice,
              system: totalSystem,
              idle: totalIdle,
              irq: totalIrq,
              steal: totalSteal,
              guest: totalGuest,
              tick: totalTick,
              load: totalLoad,
              ms: _current_cpu.ms,
              currentLoad: result.currentLoad,
              currentLoadUser: result.currentLoadUser,
              currentLoadSystem: result.currentLoadSystem,
              currentLoadNice: result.currentLoadNice,
              currentLoadIdle: result.currentLoadIdle,
              currentLoadIrq: result.currentLoadIrq,
              currentLoadSteal: result.currentLoadSteal,
              currentLoadGuest: result.currentLoadGuest,
              rawCurrentLoad: result.rawCurrentLoad,
              rawCurrentLoadUser: result.rawCurrentLoadUser,
              rawCurrentLoadSystem: result.rawCurrentLoadSystem,
              rawCurrentLoadNice: result.rawCurrentLoadNice,
              rawCurrentLoadIdle: result.rawCurrentLoadIdle,
              rawCurrentLoadIrq: result.rawCurrentLoadIrq,
              rawCurrentLoadSteal: result.rawCurrentLoadSteal,
              rawCurrentLoadGuest: result.rawCurrentLoadGuest
            };
          } else {
            let cores = [];
            for (let i = 0; i < _corecount; i++) {
              cores[i] = {};
              let coreTick = _cpus[i].currentTick || 1;
              cores[i].load = _cpus[i].load / coreTick * 100, cores[i].loadUser = _cpus[i].loadUser / coreTick * 100, cores[i].loadSystem = _cpus[i].loadSystem / coreTick * 100, cores[i].loadNice = _cpus[i].loadNice / coreTick * 100, cores[i].loadIdle = _cpus[i].loadIdle / coreTick * 100, cores[i].loadIrq = _cpus[i].loadIrq / coreTick * 100, cores[i].loadSteal = _cpus[i].loadSteal / coreTick * 100, cores[i].loadGuest = _cpus[i].loadGuest / coreTick * 100, cores[i].rawLoad = _cpus[i].load, cores[i].rawLoadUser = _cpus[i].loadUser, cores[i].rawLoadSystem = _cpus[i].loadSystem, cores[i].rawLoadNice = _cpus[i].loadNice, cores[i].rawLoadIdle = _cpus[i].loadIdle, cores[i].rawLoadIrq = _cpus[i].loadIrq, cores[i].rawLoadSteal = _cpus[i].loadSteal, cores[i].rawLoadGuest = _cpus[i].loadGuest;
            }
            result = {
              avgLoad,
              currentLoad: _current_cpu.currentLoad,
              currentLoadUser: _current_cpu.currentLoadUser,
              currentLoadSystem: _current_cpu.currentLoadSystem,
              currentLoadNice: _current_cpu.currentLoadNice,
              currentLoadIdle: _current_cpu.currentLoadIdle,
              currentLoadIrq: _current_cpu.currentLoadIrq,
              currentLoadSteal: _current_cpu.currentLoadSteal,
              currentLoadGuest: _current_cpu.currentLoadGuest,
              rawCurrentLoad: _current_cpu.rawCurrentLoad,
              rawCurrentLoadUser: _current_cpu.rawCurrentLoadUser,
              rawCurrentLoadSystem: _current_cpu.rawCurrentLoadSystem,
              rawCurrentLoadNice: _current_cpu.rawCurrentLoadNice,
              rawCurrentLoadIdle: _current_cpu.rawCurrentLoadIdle,
              rawCurrentLoadIrq: _current_cpu.rawCurrentLoadIrq,
              rawCurrentLoadSteal: _current_cpu.rawCurrentLoadSteal,
              rawCurrentLoadGuest: _current_cpu.rawCurrentLoadGuest,
              cpus: cores
            };
          }
          resolve4(result);
        });
      });
    }
    function currentLoad(callback) {
      return callback = util.isFunction(callback) ? callback : null, new Promise((resolve4) => {
        process.nextTick(() => {
          _current_cpu.ms === 0 ? getLoad().then(() => {
            setTimeout(() => {
              getLoad().then((result) => {
                callback && callback(result), resolve4(result);
              });
            }, 500);
          }) : getLoad().then((result) => {
            callback && callback(result), resolve4(result);
          });
        });
      });
    }
    exports.currentLoad = currentLoad;
    function getFullLoad() {
      return new Promise((resolve4) => {
        process.nextTick(() => {
          let cpus = os.cpus(), totalUser = 0, totalSystem = 0, totalNice = 0, totalIrq = 0, totalIdle = 0, result = 0;
          if (cpus && cpus.length) {
            for (let i = 0, len = cpus.length; i < len; i++) {
              let cpu2 = cpus[i].times;
              totalUser += cpu2.user, totalSystem += _windows ? Math.max(0, cpu2.sys - cpu2.irq) : cpu2.sys, totalNice += cpu2.nice, totalIrq += cpu2.irq, totalIdle += cpu2.idle;
            }
            let totalTicks = totalIdle + totalIrq + totalNice + totalSystem + totalUser;
            result = (totalTicks - totalIdle) / totalTicks * 100;
          }
          resolve4(result);
        });
      });
    }
    function fullLoad(callback) {
      return callback = util.isFunction(callback) ? callback : null, new Promise((resolve4) => {
        process.nextTick(() => {
          getFullLoad().then((result) => {
            callback && callback(result), resolve4(result);
          });
        });
      });
    }
    exports.fullLoad = fullLoad;
  }
});

// node_modules/systeminformation/lib/memory.js
var require_memory = __commonJS({
  "node_modules/systeminformation/lib/memory.js"(exports) {
    "use strict";
    var os = __require("os"), exec = __require("child_process").exec, execSync = __require("child_process").execSync, util = require_util(), fs = __require("fs"), _platform = process.platform, _linux = _platform === "linux" || _platform === "android", _darwin = _platform === "darwin", _windows = _platform === "win32", _freebsd = _platform === "freebsd", _openbsd = _platform === "openbsd", _netbsd = _platform === "netbsd", _sunos = _platform === "sunos", RAM_manufacturers = {
      "00CE": "Samsung Electronics Inc",
      "014F": "Transcend Information Inc.",
      "017A": "Apacer Technology Inc.",
      "0198": "HyperX",
      "029E": "Corsair",
      "02FE": "Elpida",
      "04CB": "A-DATA",
      "04CD": "G.Skill International Enterprise",
      "059B": "Crucial",
      1315: "Crucial",
      "2C00": "Micron Technology Inc.",
      5105: "Qimonda AG i. In.",
      "802C": "Micron Technology Inc.",
      "80AD": "Hynix Semiconductor Inc.",
      "80CE": "Samsung Electronics Inc.",
      8551: "Qimonda AG i. In.",
      "859B": "Crucial",
      AD00: "Hynix Semiconductor Inc.",
      CE00: "Samsung Electronics Inc.",
      SAMSUNG: "Samsung Electronics Inc.",
      HYNIX: "Hynix Semiconductor Inc.",
      "G-SKILL": "G-Skill International Enterprise",
      "G.SKILL": "G-Skill International Enterprise",
      TRANSCEND: "Transcend Information",
      APACER: "Apacer Technology Inc",
      MICRON: "Micron Technology Inc.",
      QIMONDA: "Qimonda AG i. In."
    };
    function mem(callback) {
      return callback = util.isFunction(callback) ? callback : null, new Promise((resolve4) => {
        process.nextTick(() => {
          let result = {
            total: os.totalmem(),
            free: os.freemem(),
            used: os.totalmem() - os.freemem(),
            active: os.totalmem() - os.freemem(),
            // temporarily (fallback)
            available: os.freemem(),
            // temporarily (fallback)
            buffers: 0,
            cached: 0,
            slab: 0,
            buffcache: 0,
            reclaimable: 0,
            swaptotal: 0,
            swapused: 0,
            swapfree: 0,
            writeback: null,
            dirty: null
          };
          if (_linux)
            try {
              fs.readFile("/proc/meminfo", (error, stdout) => {
                if (!error) {
                  let lines = stdout.toString().split(`
`);
                  result.total = parseInt(util.getValue(lines, "memtotal"), 10), result.total = result.total ? result.total * 1024 : os.totalmem(), result.free = parseInt(util.getValue(lines, "memfree"), 10), result.free = result.free ? result.free * 1024 : os.freemem(), result.used = result.total - result.free, result.buffers = parseInt(util.getValue(lines, "buffers"), 10), result.buffers = result.buffers ? result.buffers * 1024 : 0, result.cached = parseInt(util.getValue(lines, "cached"), 10), result.cached = result.cached ? result.cached * 1024 : 0, result.slab = parseInt(util.getValue(lines, "slab"), 10), result.slab = result.slab ? result.slab * 1024 : 0, result.buffcache = result.buffers + result.cached + result.slab;
                  let available = parseInt(util.getValue(lines, "memavailable"), 10);
                  result.available = available ? available * 1024 : result.free + result.buffcache, result.active = result.total - result.available, result.swaptotal = parseInt(util.getValue(lines, "swaptotal"), 10), result.swaptotal = result.swaptotal ? result.swaptotal * 1024 : 0, result.swapfree = parseInt(util.getValue(lines, "swapfree"), 10), result.swapfree = result.swapfree ? result.swapfree * 1024 : 0, result.swapused = result.swaptotal - result.swapfree, result.writeback = parseInt(util.getValue(lines, "writeback"), 10), result.writeback = result.writeback ? result.writeback * 1024 : 0, result.dirty = parseInt(util.getValue(lines, "dirty"), 10), result.dirty = result.dirty ? result.dirty * 1024 : 0, result.reclaimable = parseInt(util.getValue(lines, "sreclaimable"), 10), result.reclaimable = result.reclaimable ? result.reclaimable * 1024 : 0;
                }
                callback && callback(result), resolve4(result);
              });
            } catch {
              callback && callback(result), resolve4(result);
            }
          if (_freebsd || _openbsd || _netbsd)
            try {
              exec(
                "/sbin/sysctl hw.realmem hw.physmem vm.stats.vm.v_page_count vm.stats.vm.v_wire_count vm.stats.vm.v_active_count vm.stats.vm.v_inactive_count vm.stats.vm.v_cache_count vm.stats.vm.v_free_count vm.stats.vm.v_page_size",
                (error, stdout) => {
                  if (!error) {
                    let lines = stdout.toString().split(`
`), pagesize = parseInt(util.getValue(lines, "vm.stats.vm.v_page_size"), 10), inactive = parseInt(util.getValue(lines, "vm.stats.vm.v_inactive_count"), 10) * pagesize, cache = parseInt(util.getValue(lines, "vm.stats.vm.v_cache_count"), 10) * pagesize;
                    result.total = parseInt(util.getValue(lines, "hw.realmem"), 10), isNaN(result.total) && (result.total = parseInt(util.getValue(lines, "hw.physmem"), 10)), result.free = parseInt(util.getValue(lines, "vm.stats.vm.v_free_count"), 10) * pagesize, result.buffcache = inactive + cache, result.available = result.buffcache + result.free, result.active = result.total - result.free - result.buffcache, result.swaptotal = 0, result.swapfree = 0, result.swapused = 0;
                  }
                  callback && callback(result), resolve4(result);
                }
              );
            } catch {
              callback && callback(result), resolve4(result);
            }
          if (_sunos && (callback && callback(result), resolve4(result)), _darwin) {
            let pageSize = 4096;
            try {
              pageSize = util.toInt(execSync("sysctl -n vm.pagesize").toString()) || pageSize;
            } catch {
              util.noop();
            }
            try {
              exec('vm_stat 2>/dev/null | egrep "Pages active|Pages inactive|Pages speculative|Pages wired down|Pages occupied by compressor|Pages purgeable|File-backed pages|Anonymous pages"', (error, stdout) => {
                if (!error) {
                  let lines = stdout.toString().split(`
`), wired = (parseInt(util.getValue(lines, "Pages wired down"), 10) || 0) * pageSize, compressed = (parseInt(util.getValue(lines, "Pages occupied by compressor"), 10) || 0) * pageSize, purgeable = (parseInt(util.getValue(lines, "Pages purgeable"), 10) || 0) * pageSize, anonymous = (parseInt(util.getValue(lines, "Anonymous pages"), 10) || 0) * pageSize;
                  result.active = anonymous - purgeable + wired + compressed, result.reclaimable = (parseInt(util.getValue(lines, "Pages inactive"), 10) || 0) * pageSize, result.buffcache = result.used - result.active, result.available = result.free + result.buffcache;
                }
                exec("sysctl -n vm.swapusage 2>/dev/null", (error2, stdout2) => {
                  if (!error2) {
                    let lines = stdout2.toString().split(`
`);
                    lines.length > 0 && lines[0].replace(/,/g, ".").replace(/M/g, "").trim().split("  ").forEach((line) => {
                      line.toLowerCase().indexOf("total") !== -1 && (result.swaptotal = parseFloat(line.split("=")[1].trim()) * 1024 * 1024), line.toLowerCase().indexOf("used") !== -1 && (result.swapused = parseFloat(line.split("=")[1].trim()) * 1024 * 1024), line.toLowerCase().indexOf("free") !== -1 && (result.swapfree = parseFloat(line.split("=")[1].trim()) * 1024 * 1024);
                    });
                  }
                  callback && callback(result), resolve4(result);
                });
              });
            } catch {
              callback && callback(result), resolve4(result);
            }
          }
          if (_windows) {
            let swaptotal = 0, swapused = 0;
            try {
              util.powerShell("Get-CimInstance Win32_PageFileUsage | Select AllocatedBaseSize, CurrentUsage").then((stdout, error) => {
                error || stdout.split(`\r
`).filter((line) => line.trim() !== "").filter((line, idx) => idx > 0).forEach((line) => {
                  line !== "" && (line = line.trim().split(/\s\s+/), swaptotal = swaptotal + (parseInt(line[0], 10) || 0), swapused = swapused + (parseInt(line[1], 10) || 0));
                }), result.swaptotal = swaptotal * 1024 * 1024, result.swapused = swapused * 1024 * 1024, result.swapfree = result.swaptotal - result.swapused, callback && callback(result), resolve4(result);
              });
            } catch {
              callback && callback(result), resolve4(result);
            }
          }
        });
      });
    }
    exports.mem = mem;
    function memLayout(callback) {
      callback = util.isFunction(callback) ? callback : null;
      function getManufacturer(manId) {
        let manIdSearch = manId.replace("0x", "").toUpperCase();
        return manIdSearch.length >= 4 && {}.hasOwnProperty.call(RAM_manufacturers, manIdSearch) ? RAM_manufacturers[manIdSearch] : manId;
      }
      return new Promise((resolve4) => {
        process.nextTick(() => {
          let result = [];
          if ((_linux || _freebsd || _openbsd || _netbsd) && exec(
            'export LC_ALL=C; dmidecode -t memory 2>/dev/null | grep -iE "Size:|Type|Speed|Manufacturer|Form Factor|Locator|Memory Device|Serial Number|Voltage|Part Number"; unset LC_ALL',
            (error, stdout) => {
              if (!error) {
                let devices = stdout.toString().split("Memory Device");
                devices.shift(), devices.forEach((device) => {
                  let lines = device.split(`
`), sizeString = util.getValue(lines, "Size"), size2 = sizeString.indexOf("GB") >= 0 ? parseInt(sizeString, 10) * 1024 * 1024 * 1024 : parseInt(sizeString, 10) * 1024 * 1024, bank = util.getValue(lines, "Bank Locator");
                  if (bank.toLowerCase().indexOf("bad") >= 0 && (bank = ""), parseInt(util.getValue(lines, "Size"), 10) > 0) {
                    let totalWidth = util.toInt(util.getValue(lines, "Total Width")), dataWidth = util.toInt(util.getValue(lines, "Data Width"));
                    result.push({
                      size: size2,
                      bank,
                      type: util.getValue(lines, "Type:"),
                      ecc: dataWidth && totalWidth ? totalWidth > dataWidth : !1,
                      // dmidecode >= 3.1 renamed "Configured Clock Speed" to "Configured Memory Speed" - without
                      // the new label this silently fell back to Speed, the rated instead of the running speed
                      clockSpeed: util.toInt(util.getValue(lines, "Configured Memory Speed:")) || util.toInt(util.getValue(lines, "Configured Clock Speed:")) || util.toInt(util.getValue(lines, "Speed:")) || null,
                      formFactor: util.getValue(lines, "Form Factor:"),
                      manufacturer: getManufacturer(util.getValue(lines, "Manufacturer:")),
                      partNum: util.getValue(lines, "Part Number:"),
                      serialNum: util.getValue(lines, "Serial Number:"),
                      voltageConfigured: parseFloat(util.getValue(lines, "Configured Voltage:")) || null,
                      voltageMin: parseFloat(util.getValue(lines, "Minimum Voltage:")) || null,
                      voltageMax: parseFloat(util.getValue(lines, "Maximum Voltage:")) || null
                    });
                  } else
                    result.push({
                      size: 0,
                      bank,
                      type: "Empty",
                      ecc: null,
                      clockSpeed: 0,
                      formFactor: util.getValue(lines, "Form Factor:"),
                      manufacturer: "",
                      partNum: "",
                      serialNum: "",
                      voltageConfigured: null,
                      voltageMin: null,
                      voltageMax: null
                    });
                });
              }
              if (!result.length) {
                result.push({
                  size: os.totalmem(),
                  bank: "",
                  type: "",
                  ecc: null,
                  clockSpeed: 0,
                  formFactor: "",
                  partNum: "",
                  serialNum: "",
                  voltageConfigured: null,
                  voltageMin: null,
                  voltageMax: null
                });
                try {
                  let stdout2 = execSync("cat /proc/cpuinfo 2>/dev/null", util.execOptsLinux), lines = stdout2.toString().split(`
`), version = util.getValue(lines, "revision", ":", !0).toLowerCase();
                  if (util.isRaspberry(lines)) {
                    let clockSpeed = {
                      0: 400,
                      1: 450,
                      2: 450,
                      3: 3200,
                      4: 4267
                    };
                    result[0].type = "LPDDR2", result[0].type = version && version[2] && version[2] === "3" ? "LPDDR4" : result[0].type, result[0].type = version && version[2] && version[2] === "4" ? "LPDDR4X" : result[0].type, result[0].ecc = !1, result[0].clockSpeed = version && version[2] && clockSpeed[version[2]] || 400, result[0].clockSpeed = version && version[4] && version[4] === "d" ? 500 : result[0].clockSpeed, result[0].formFactor = "SoC", stdout2 = execSync("vcgencmd get_config sdram_freq 2>/dev/null", util.execOptsLinux), lines = stdout2.toString().split(`
`);
                    let freq = parseInt(util.getValue(lines, "sdram_freq", "=", !0), 10) || 0;
                    freq && (result[0].clockSpeed = freq), stdout2 = execSync("vcgencmd measure_volts sdram_p 2>/dev/null", util.execOptsLinux), lines = stdout2.toString().split(`
`);
                    let voltage = parseFloat(util.getValue(lines, "volt", "=", !0)) || 0;
                    voltage && (result[0].voltageConfigured = voltage, result[0].voltageMin = voltage, result[0].voltageMax = voltage);
                  }
                } catch {
                  util.noop();
                }
              }
              callback && callback(result), resolve4(result);
            }
          ), _darwin && exec("system_profiler SPMemoryDataType", (error, stdout) => {
            if (!error) {
              let allLines = stdout.toString().split(`
`), eccStatus = util.getValue(allLines, "ecc", ":", !0).toLowerCase(), devices = stdout.toString().split("        BANK "), hasBank = !0;
              devices.length === 1 && (devices = stdout.toString().split("        DIMM"), hasBank = !1), devices.shift(), devices.forEach((device) => {
                let lines = device.split(`
`), bank = (hasBank ? "BANK " : "DIMM") + lines[0].trim().split("/")[0], sizeString = util.getValue(lines, "          Size"), size2 = parseInt(sizeString), sizeUnit = sizeString.toLowerCase().indexOf("mb") >= 0 ? 1024 * 1024 : sizeString.toLowerCase().indexOf("tb") >= 0 ? 1024 * 1024 * 1024 * 1024 : 1024 * 1024 * 1024;
                size2 ? result.push({
                  size: size2 * sizeUnit,
                  bank,
                  type: util.getValue(lines, "          Type:"),
                  ecc: eccStatus ? eccStatus === "enabled" : null,
                  clockSpeed: parseInt(util.getValue(lines, "          Speed:"), 10),
                  formFactor: "",
                  manufacturer: getManufacturer(util.getValue(lines, "          Manufacturer:")),
                  partNum: util.getValue(lines, "          Part Number:"),
                  serialNum: util.getValue(lines, "          Serial Number:"),
                  voltageConfigured: null,
                  voltageMin: null,
                  voltageMax: null
                }) : result.push({
                  size: 0,
                  bank,
                  type: "Empty",
                  ecc: null,
                  clockSpeed: 0,
                  formFactor: "",
                  manufacturer: "",
                  partNum: "",
                  serialNum: "",
                  voltageConfigured: null,
                  voltageMin: null,
                  voltageMax: null
                });
              });
            }
            if (!result.length) {
              let lines = stdout.toString().split(`
`), size2 = parseInt(util.getValue(lines, "      Memory:")), type = util.getValue(lines, "      Type:"), manufacturerId = util.getValue(lines, "      Manufacturer:");
              size2 && type && result.push({
                size: size2 * 1024 * 1024 * 1024,
                bank: "0",
                type,
                ecc: !1,
                clockSpeed: null,
                formFactor: "SOC",
                manufacturer: getManufacturer(manufacturerId),
                partNum: "",
                serialNum: "",
                voltageConfigured: null,
                voltageMin: null,
                voltageMax: null
              });
            }
            callback && callback(result), resolve4(result);
          }), _sunos && (callback && callback(result), resolve4(result)), _windows) {
            let memoryTypes = "Unknown|Other|DRAM|Synchronous DRAM|Cache DRAM|EDO|EDRAM|VRAM|SRAM|RAM|ROM|FLASH|EEPROM|FEPROM|EPROM|CDRAM|3DRAM|SDRAM|SGRAM|RDRAM|DDR|DDR2|DDR2 FB-DIMM|Reserved|DDR3|FBD2|DDR4|LPDDR|LPDDR2|LPDDR3|LPDDR4|Logical non-volatile device|HBM|HBM2|DDR5|LPDDR5".split(
              "|"
            ), FormFactors = "Unknown|Other|SIP|DIP|ZIP|SOJ|Proprietary|SIMM|DIMM|TSOP|PGA|RIMM|SODIMM|SRIMM|SMD|SSMP|QFP|TQFP|SOIC|LCC|PLCC|BGA|FPBGA|LGA".split("|");
            try {
              util.powerShell(
                "Get-CimInstance Win32_PhysicalMemory | select DataWidth,TotalWidth,Capacity,BankLabel,MemoryType,SMBIOSMemoryType,ConfiguredClockSpeed,Speed,FormFactor,Manufacturer,PartNumber,SerialNumber,ConfiguredVoltage,MinVoltage,MaxVoltage,Tag | fl"
              ).then((stdout, error) => {
                if (!error) {
                  let devices = stdout.toString().split(/\n\s*\n/);
                  devices.shift(), devices.forEach((device) => {
                    let lines = device.split(`\r
`), dataWidth = util.toInt(util.getValue(lines, "DataWidth", ":")), totalWidth = util.toInt(util.getValue(lines, "TotalWidth", ":")), size2 = parseInt(util.getValue(lines, "Capacity", ":"), 10) || 0, tag = util.getValue(lines, "Tag", ":"), tagInt = util.splitByNumber(tag);
                    size2 && result.push({
                      size: size2,
                      bank: util.getValue(lines, "BankLabel", ":") + (tagInt[1] ? "/" + tagInt[1] : ""),
                      // BankLabel
                      type: memoryTypes[parseInt(util.getValue(lines, "MemoryType", ":"), 10) || parseInt(util.getValue(lines, "SMBIOSMemoryType", ":"), 10) || 0],
                      ecc: dataWidth && totalWidth ? totalWidth > dataWidth : !1,
                      clockSpeed: parseInt(util.getValue(lines, "ConfiguredClockSpeed", ":"), 10) || parseInt(util.getValue(lines, "Speed", ":"), 10) || 0,
                      formFactor: FormFactors[parseInt(util.getValue(lines, "FormFactor", ":"), 10) || 0],
                      manufacturer: getManufacturer(util.getValue(lines, "Manufacturer", ":")),
                      partNum: util.getValue(lines, "PartNumber", ":"),
                      serialNum: util.getValue(lines, "SerialNumber", ":"),
                      voltageConfigured: (parseInt(util.getValue(lines, "ConfiguredVoltage", ":"), 10) || 0) / 1e3,
                      voltageMin: (parseInt(util.getValue(lines, "MinVoltage", ":"), 10) || 0) / 1e3,
                      voltageMax: (parseInt(util.getValue(lines, "MaxVoltage", ":"), 10) || 0) / 1e3
                    });
                  });
                }
                callback && callback(result), resolve4(result);
              });
            } catch {
              callback && callback(result), resolve4(result);
            }
          }
        });
      });
    }
    exports.memLayout = memLayout;
  }
});

// node_modules/systeminformation/lib/battery.js
var require_battery = __commonJS({
  "node_modules/systeminformation/lib/battery.js"(exports, module) {
    "use strict";
    var exec = __require("child_process").exec, fs = __require("fs"), util = require_util(), _platform = process.platform, _linux = _platform === "linux" || _platform === "android", _darwin = _platform === "darwin", _windows = _platform === "win32", _freebsd = _platform === "freebsd", _openbsd = _platform === "openbsd", _netbsd = _platform === "netbsd", _sunos = _platform === "sunos";
    function parseWinBatteryPart(lines, designedCapacity, fullChargeCapacity) {
      let result = {}, status = parseInt(util.getValue(lines, "BatteryStatus", ":").trim(), 10) || 0;
      if (status >= 0) {
        let statusValue = status;
        result.status = statusValue, result.hasBattery = !0, result.maxCapacity = fullChargeCapacity || parseInt(util.getValue(lines, "DesignCapacity", ":") || 0), result.designedCapacity = parseInt(util.getValue(lines, "DesignCapacity", ":") || designedCapacity), result.voltage = (parseInt(util.getValue(lines, "DesignVoltage", ":"), 10) || 0) / 1e3, result.capacityUnit = "mWh", result.percent = parseInt(util.getValue(lines, "EstimatedChargeRemaining", ":"), 10) || 0, result.currentCapacity = parseInt(result.maxCapacity * result.percent / 100), result.isCharging = statusValue >= 6 && statusValue <= 9 || statusValue === 11 || statusValue !== 3 && statusValue !== 1 && result.percent < 100, result.acConnected = result.isCharging || statusValue === 2, result.model = util.getValue(lines, "DeviceID", ":");
      } else
        result.status = -1;
      return result;
    }
    var battery = (callback) => new Promise((resolve4) => {
      process.nextTick(() => {
        let result = {
          hasBattery: !1,
          cycleCount: 0,
          isCharging: !1,
          designedCapacity: 0,
          maxCapacity: 0,
          currentCapacity: 0,
          voltage: 0,
          capacityUnit: "",
          percent: 0,
          timeRemaining: null,
          acConnected: !0,
          type: "",
          model: "",
          manufacturer: "",
          serial: ""
        };
        if (_linux) {
          let battery_path = "";
          fs.existsSync("/sys/class/power_supply/BAT1/uevent") ? battery_path = "/sys/class/power_supply/BAT1/" : fs.existsSync("/sys/class/power_supply/BAT0/uevent") && (battery_path = "/sys/class/power_supply/BAT0/");
          let acConnected = !1, acPath = "";
          if (fs.existsSync("/sys/class/power_supply/AC/online") ? acPath = "/sys/class/power_supply/AC/online" : fs.existsSync("/sys/class/power_supply/AC0/online") && (acPath = "/sys/class/power_supply/AC0/online"), acPath)
            try {
              acConnected = fs.readFileSync(acPath).toString().trim() === "1";
            } catch {
              util.noop();
            }
          battery_path ? fs.readFile(battery_path + "uevent", (error, stdout) => {
            if (error)
              callback && callback(result), resolve4(result);
            else {
              let lines = stdout.toString().split(`
`);
              result.isCharging = util.getValue(lines, "POWER_SUPPLY_STATUS", "=").toLowerCase() === "charging", result.acConnected = acConnected || result.isCharging, result.voltage = parseInt("0" + util.getValue(lines, "POWER_SUPPLY_VOLTAGE_NOW", "="), 10) / 1e6, result.capacityUnit = result.voltage ? "mWh" : "mAh", result.cycleCount = parseInt("0" + util.getValue(lines, "POWER_SUPPLY_CYCLE_COUNT", "="), 10), result.maxCapacity = Math.round(parseInt("0" + util.getValue(lines, "POWER_SUPPLY_CHARGE_FULL", "=", !0, !0), 10) / 1e3 * (result.voltage || 1));
              let desingedMinVoltage = parseInt("0" + util.getValue(lines, "POWER_SUPPLY_VOLTAGE_MIN_DESIGN", "="), 10) / 1e6;
              result.designedCapacity = Math.round(
                parseInt("0" + util.getValue(lines, "POWER_SUPPLY_CHARGE_FULL_DESIGN", "=", !0, !0), 10) / 1e3 * (desingedMinVoltage || result.voltage || 1)
              ), result.currentCapacity = Math.round(parseInt("0" + util.getValue(lines, "POWER_SUPPLY_CHARGE_NOW", "="), 10) / 1e3 * (result.voltage || 1)), result.maxCapacity || (result.maxCapacity = parseInt("0" + util.getValue(lines, "POWER_SUPPLY_ENERGY_FULL", "=", !0, !0), 10) / 1e3, result.designedCapacity = parseInt("0" + util.getValue(lines, "POWER_SUPPLY_ENERGY_FULL_DESIGN", "=", !0, !0), 10) / 1e3 | result.maxCapacity, result.currentCapacity = parseInt("0" + util.getValue(lines, "POWER_SUPPLY_ENERGY_NOW", "="), 10) / 1e3);
              let percent = util.getValue(lines, "POWER_SUPPLY_CAPACITY", "="), energy = parseInt("0" + util.getValue(lines, "POWER_SUPPLY_ENERGY_NOW", "="), 10), power = parseInt("0" + util.getValue(lines, "POWER_SUPPLY_POWER_NOW", "="), 10), current = parseInt("0" + util.getValue(lines, "POWER_SUPPLY_CURRENT_NOW", "="), 10), charge = parseInt("0" + util.getValue(lines, "POWER_SUPPLY_CHARGE_NOW", "="), 10);
              result.percent = parseInt("0" + percent, 10), result.maxCapacity && result.currentCapacity && (result.hasBattery = !0, percent || (result.percent = 100 * result.currentCapacity / result.maxCapacity)), result.isCharging && (result.hasBattery = !0), energy && power ? result.timeRemaining = Math.floor(energy / power * 60) : current && charge ? result.timeRemaining = Math.floor(charge / current * 60) : current && result.currentCapacity && (result.timeRemaining = Math.floor(result.currentCapacity / current * 60)), result.type = util.getValue(lines, "POWER_SUPPLY_TECHNOLOGY", "="), result.model = util.getValue(lines, "POWER_SUPPLY_MODEL_NAME", "="), result.manufacturer = util.getValue(lines, "POWER_SUPPLY_MANUFACTURER", "="), result.serial = util.getValue(lines, "POWER_SUPPLY_SERIAL_NUMBER", "="), callback && callback(result), resolve4(result);
            }
          }) : (callback && callback(result), resolve4(result));
        }
        if ((_freebsd || _openbsd || _netbsd) && exec("sysctl -i hw.acpi.battery hw.acpi.acline", (error, stdout) => {
          let lines = stdout.toString().split(`
`), batteries = parseInt("0" + util.getValue(lines, "hw.acpi.battery.units"), 10), percent = parseInt("0" + util.getValue(lines, "hw.acpi.battery.life"), 10);
          result.hasBattery = batteries > 0, result.cycleCount = null, result.isCharging = util.getValue(lines, "hw.acpi.acline") !== "1", result.acConnected = result.isCharging, result.maxCapacity = null, result.currentCapacity = null, result.capacityUnit = "unknown", result.percent = batteries ? percent : null, callback && callback(result), resolve4(result);
        }), _darwin && exec(
          'ioreg -n AppleSmartBattery -r | egrep "CycleCount|IsCharging|DesignCapacity|MaxCapacity|CurrentCapacity|DeviceName|BatterySerialNumber|Serial|TimeRemaining|Voltage|BatteryData|NominalChargeCapacity"; pmset -g batt | grep %',
          (error, stdout) => {
            if (stdout) {
              let lines = stdout.toString().replace(/^[ |]+/gm, "").replace(/ +/g, "").replace(/"+/g, "").replace(/-/g, "").split(`
`), voltage = parseInt("0" + util.getValue(lines, "voltage", "="), 10) / 1e3, batteryData = util.getValue(lines, "BatteryData", "=").replace(/^\{/, "").replace(/\}$/, "").split(","), maxCapacity = Math.round(
                parseInt(
                  "0" + (util.getValue(lines, "AppleRawMaxCapacity", "=") || util.getValue(lines, "NominalChargeCapacity", "=") || util.getValue(batteryData, "FullChargeCapacity", "=") || util.getValue(batteryData, "NominalChargeCapacity", "=")),
                  10
                ) * (voltage || 1)
              ), currentCapacity = Math.round(parseInt("0" + (util.getValue(lines, "AppleRawCurrentCapacity", "=") || util.getValue(batteryData, "RemainingCapacity", "=")), 10) * (voltage || 1)), designedCapacity = Math.round(parseInt("0" + (util.getValue(lines, "DesignCapacity", "=") || util.getValue(batteryData, "DesignCapacity", "=")), 10) * (voltage || 1));
              result.cycleCount = parseInt("0" + util.getValue(lines, "cyclecount", "="), 10), result.voltage = voltage, result.capacityUnit = result.voltage ? "mWh" : "mAh", result.maxCapacity = maxCapacity, result.currentCapacity = currentCapacity, result.designedCapacity = designedCapacity, result.manufacturer = "Apple", result.serial = util.getValue(lines, "BatterySerialNumber", "=") || util.getValue(lines, "Serial", "="), result.model = util.getValue(lines, "DeviceName", "=");
              let percent = null, parts = util.getValue(lines, "internal", "Battery").split(";");
              if (parts && parts[0]) {
                let parts2 = parts[0].split("	");
                parts2 && parts2[1] && (percent = parseFloat(parts2[1].trim().replace(/%/g, "")));
              }
              parts && parts[1] ? (result.isCharging = parts[1].trim() === "charging", result.acConnected = parts[1].trim() !== "discharging") : (result.isCharging = util.getValue(lines, "ischarging", "=").toLowerCase() === "yes", result.acConnected = result.isCharging), result.maxCapacity && result.currentCapacity && (result.hasBattery = !0, result.type = "Li-ion", result.percent = percent !== null ? percent : Math.round(100 * result.currentCapacity / result.maxCapacity), result.isCharging || (result.timeRemaining = parseInt("0" + util.getValue(lines, "TimeRemaining", "="), 10)));
            }
            callback && callback(result), resolve4(result);
          }
        ), _sunos && (callback && callback(result), resolve4(result)), _windows)
          try {
            let workload = [];
            workload.push(util.powerShell("Get-CimInstance Win32_Battery | select BatteryStatus, DesignCapacity, DesignVoltage, EstimatedChargeRemaining, DeviceID | fl")), workload.push(util.powerShell("(Get-WmiObject -Class BatteryStaticData -Namespace ROOT/WMI).DesignedCapacity")), workload.push(util.powerShell("(Get-CimInstance -Class BatteryFullChargedCapacity -Namespace ROOT/WMI).FullChargedCapacity")), util.promiseAll(workload).then((data) => {
              if (data) {
                let parts = data.results[0].split(/\n\s*\n/), batteries = [], hasValue = (value) => /\S/.test(value);
                for (let i = 0; i < parts.length; i++)
                  hasValue(parts[i]) && batteries.push(parts[i]);
                let designCapacities = data.results[1].split(`\r
`).filter((e) => e), fullChargeCapacities = data.results[2].split(`\r
`).filter((e) => e);
                if (batteries.length) {
                  let first = !1, additionalBatteries = [];
                  for (let i = 0; i < batteries.length; i++) {
                    let lines = batteries[i].split(`\r
`), designedCapacity = designCapacities && designCapacities.length >= i + 1 && designCapacities[i] ? util.toInt(designCapacities[i]) : 0, fullChargeCapacity = fullChargeCapacities && fullChargeCapacities.length >= i + 1 && fullChargeCapacities[i] ? util.toInt(fullChargeCapacities[i]) : 0, parsed = parseWinBatteryPart(lines, designedCapacity, fullChargeCapacity);
                    !first && parsed.status > 0 && parsed.status !== 10 ? (result.hasBattery = parsed.hasBattery, result.maxCapacity = parsed.maxCapacity, result.designedCapacity = parsed.designedCapacity, result.voltage = parsed.voltage, result.capacityUnit = parsed.capacityUnit, result.percent = parsed.percent, result.currentCapacity = parsed.currentCapacity, result.isCharging = parsed.isCharging, result.acConnected = parsed.acConnected, result.model = parsed.model, first = !0) : parsed.status !== -1 && additionalBatteries.push({
                      hasBattery: parsed.hasBattery,
                      maxCapacity: parsed.maxCapacity,
                      designedCapacity: parsed.designedCapacity,
                      voltage: parsed.voltage,
                      capacityUnit: parsed.capacityUnit,
                      percent: parsed.percent,
                      currentCapacity: parsed.currentCapacity,
                      isCharging: parsed.isCharging,
                      timeRemaining: null,
                      acConnected: parsed.acConnected,
                      model: parsed.model,
                      type: "",
                      manufacturer: "",
                      serial: ""
                    });
                  }
                  !first && additionalBatteries.length && (result = additionalBatteries[0], additionalBatteries.shift()), additionalBatteries.length && (result.additionalBatteries = additionalBatteries);
                }
              }
              callback && callback(result), resolve4(result);
            });
          } catch {
            callback && callback(result), resolve4(result);
          }
      });
    });
    module.exports = (callback) => battery(util.isFunction(callback) ? callback : null);
  }
});

// node_modules/systeminformation/lib/graphics.js
var require_graphics = __commonJS({
  "node_modules/systeminformation/lib/graphics.js"(exports) {
    "use strict";
    var fs = __require("fs"), path = __require("path"), exec = __require("child_process").exec, execSync = __require("child_process").execSync, execFileSync = __require("child_process").execFileSync, util = require_util(), _platform = process.platform, _nvidiaSmiPath = "", _linux = _platform === "linux" || _platform === "android", _darwin = _platform === "darwin", _windows = _platform === "win32", _freebsd = _platform === "freebsd", _openbsd = _platform === "openbsd", _netbsd = _platform === "netbsd", _sunos = _platform === "sunos", _resolutionX = 0, _resolutionY = 0, _pixelDepth = 0, _refreshRate = 0, psCurrentModes = `Add-Type -AssemblyName System.Windows.Forms; if (-not ('SiDevMode' -as [Type])) { Add-Type -TypeDefinition 'using System;using System.Runtime.InteropServices;[StructLayout(LayoutKind.Sequential,CharSet=CharSet.Ansi)]public struct SIDEVMODE{[MarshalAs(UnmanagedType.ByValTStr,SizeConst=32)]public string dmDeviceName;public short dmSpecVersion;public short dmDriverVersion;public short dmSize;public short dmDriverExtra;public int dmFields;public int dmPositionX;public int dmPositionY;public int dmDisplayOrientation;public int dmDisplayFixedOutput;public short dmColor;public short dmDuplex;public short dmYResolution;public short dmTTOption;public short dmCollate;[MarshalAs(UnmanagedType.ByValTStr,SizeConst=32)]public string dmFormName;public short dmLogPixels;public int dmBitsPerPel;public int dmPelsWidth;public int dmPelsHeight;public int dmDisplayFlags;public int dmDisplayFrequency;public int dmICMMethod;public int dmICMIntent;public int dmMediaType;public int dmDitherType;public int dmReserved1;public int dmReserved2;public int dmPanningWidth;public int dmPanningHeight;}public class SiDevMode{[DllImport("user32.dll",CharSet=CharSet.Ansi)]public static extern bool EnumDisplaySettings(string lpszDeviceName,int iModeNum,ref SIDEVMODE lpDevMode);}' }; [System.Windows.Forms.Screen]::AllScreens | ForEach-Object { $dm = New-Object SIDEVMODE; $dm.dmSize = [System.Runtime.InteropServices.Marshal]::SizeOf($dm); if ([SiDevMode]::EnumDisplaySettings($_.DeviceName, -1, [ref]$dm)) { $_.DeviceName + '|' + $dm.dmDisplayFrequency + '|' + $dm.dmBitsPerPel + '|' + $dm.dmPelsWidth + '|' + $dm.dmPelsHeight } }`, videoTypes = {
      "-2": "UNINITIALIZED",
      "-1": "OTHER",
      0: "HD15",
      1: "SVIDEO",
      2: "Composite video",
      3: "Component video",
      4: "DVI",
      5: "HDMI",
      6: "LVDS",
      8: "D_JPN",
      9: "SDI",
      10: "DP",
      11: "DP embedded",
      12: "UDI",
      13: "UDI embedded",
      14: "SDTVDONGLE",
      15: "MIRACAST",
      2147483648: "INTERNAL",
      4294967295: "RDP"
    };
    function getVendorFromModel(model) {
      let manufacturers = [
        { pattern: "^LG.+", manufacturer: "LG" },
        { pattern: "^BENQ.+", manufacturer: "BenQ" },
        { pattern: "^ASUS.+", manufacturer: "Asus" },
        { pattern: "^DELL.+", manufacturer: "Dell" },
        { pattern: "^SAMSUNG.+", manufacturer: "Samsung" },
        { pattern: "^VIEWSON.+", manufacturer: "ViewSonic" },
        { pattern: "^SONY.+", manufacturer: "Sony" },
        { pattern: "^ACER.+", manufacturer: "Acer" },
        { pattern: "^AOC.+", manufacturer: "AOC Monitors" },
        { pattern: "^HP.+", manufacturer: "HP" },
        { pattern: "^EIZO.?", manufacturer: "Eizo" },
        { pattern: "^PHILIPS.?", manufacturer: "Philips" },
        { pattern: "^IIYAMA.?", manufacturer: "Iiyama" },
        { pattern: "^SHARP.?", manufacturer: "Sharp" },
        { pattern: "^NEC.?", manufacturer: "NEC" },
        { pattern: "^LENOVO.?", manufacturer: "Lenovo" },
        { pattern: "COMPAQ.?", manufacturer: "Compaq" },
        { pattern: "APPLE.?", manufacturer: "Apple" },
        { pattern: "INTEL.?", manufacturer: "Intel" },
        { pattern: "AMD.?", manufacturer: "AMD" },
        { pattern: "NVIDIA.?", manufacturer: "NVIDIA" }
      ], result = "";
      return model && (model = model.toUpperCase(), manufacturers.forEach((manufacturer) => {
        RegExp(manufacturer.pattern).test(model) && (result = manufacturer.manufacturer);
      })), result;
    }
    function getVendorFromId(id) {
      return {
        610: "Apple",
        "1e6d": "LG",
        "10ac": "DELL",
        "4dd9": "Sony",
        "38a3": "NEC"
      }[id] || "";
    }
    function vendorToId(str) {
      let result = "";
      return str = (str || "").toLowerCase(), str.indexOf("apple") >= 0 ? result = "0x05ac" : str.indexOf("nvidia") >= 0 ? result = "0x10de" : str.indexOf("intel") >= 0 ? result = "0x8086" : (str.indexOf("ati") >= 0 || str.indexOf("amd") >= 0) && (result = "0x1002"), result;
    }
    function getMetalVersion(id) {
      return {
        spdisplays_mtlgpufamilymac1: "mac1",
        spdisplays_mtlgpufamilymac2: "mac2",
        spdisplays_mtlgpufamilyapple1: "apple1",
        spdisplays_mtlgpufamilyapple2: "apple2",
        spdisplays_mtlgpufamilyapple3: "apple3",
        spdisplays_mtlgpufamilyapple4: "apple4",
        spdisplays_mtlgpufamilyapple5: "apple5",
        spdisplays_mtlgpufamilyapple6: "apple6",
        spdisplays_mtlgpufamilyapple7: "apple7",
        spdisplays_metalfeaturesetfamily11: "family1_v1",
        spdisplays_metalfeaturesetfamily12: "family1_v2",
        spdisplays_metalfeaturesetfamily13: "family1_v3",
        spdisplays_metalfeaturesetfamily14: "family1_v4",
        spdisplays_metalfeaturesetfamily21: "family2_v1"
      }[id] || "";
    }
    function graphics(callback) {
      callback = util.isFunction(callback) ? callback : null;
      function parseLinesDarwin(graphicsArr) {
        let res = {
          controllers: [],
          displays: []
        };
        try {
          return graphicsArr.forEach((item) => {
            let bus = (item.sppci_bus || "").indexOf("builtin") > -1 ? "Built-In" : (item.sppci_bus || "").indexOf("pcie") > -1 ? "PCIe" : "", vram = (parseInt(item.spdisplays_vram || "", 10) || 0) * ((item.spdisplays_vram || "").indexOf("GB") > -1 ? 1024 : 1), vramDyn = (parseInt(item.spdisplays_vram_shared || "", 10) || 0) * ((item.spdisplays_vram_shared || "").indexOf("GB") > -1 ? 1024 : 1), metalVersion = getMetalVersion(item.spdisplays_metal || item.spdisplays_metalfamily || "");
            res.controllers.push({
              vendor: getVendorFromModel(item.spdisplays_vendor || "") || item.spdisplays_vendor || "",
              model: item.sppci_model || "",
              bus,
              vramDynamic: bus === "Built-In",
              vram: vram || vramDyn || null,
              deviceId: item["spdisplays_device-id"] || "",
              vendorId: item["spdisplays_vendor-id"] || vendorToId((item.spdisplays_vendor || "") + (item.sppci_model || "")),
              external: item.sppci_device_type === "spdisplays_egpu",
              cores: item.sppci_cores || null,
              metalVersion
            }), item.spdisplays_ndrvs && item.spdisplays_ndrvs.length && item.spdisplays_ndrvs.forEach((displayItem) => {
              let connectionType = displayItem.spdisplays_connection_type || "", currentResolutionParts = (displayItem._spdisplays_resolution || "").split("@"), currentResolution = currentResolutionParts[0].split("x"), pixelParts = (displayItem._spdisplays_pixels || "").split("x"), pixelDepthString = displayItem.spdisplays_depth || "", serial = displayItem["_spdisplays_display-serial-number"] || displayItem["_spdisplays_display-serial-number2"] || null;
              res.displays.push({
                vendor: getVendorFromId(displayItem["_spdisplays_display-vendor-id"] || "") || getVendorFromModel(displayItem._name || ""),
                vendorId: displayItem["_spdisplays_display-vendor-id"] || "",
                model: displayItem._name || "",
                productionYear: displayItem["_spdisplays_display-year"] || null,
                serial: serial !== "0" ? serial : null,
                displayId: displayItem._spdisplays_displayID || null,
                main: displayItem.spdisplays_main ? displayItem.spdisplays_main === "spdisplays_yes" : !1,
                builtin: (displayItem.spdisplays_display_type || "").indexOf("built-in") > -1,
                connection: connectionType.indexOf("_internal") > -1 ? "Internal" : connectionType.indexOf("_displayport") > -1 ? "Display Port" : connectionType.indexOf("_hdmi") > -1 ? "HDMI" : null,
                sizeX: null,
                sizeY: null,
                pixelDepth: pixelDepthString === "CGSThirtyBitColor" ? 30 : pixelDepthString === "CGSThirtytwoBitColor" ? 32 : pixelDepthString === "CGSTwentyfourBitColor" ? 24 : null,
                resolutionX: pixelParts.length > 1 ? parseInt(pixelParts[0], 10) : null,
                resolutionY: pixelParts.length > 1 ? parseInt(pixelParts[1], 10) : null,
                currentResX: currentResolution.length > 1 ? parseInt(currentResolution[0], 10) : null,
                currentResY: currentResolution.length > 1 ? parseInt(currentResolution[1], 10) : null,
                positionX: 0,
                positionY: 0,
                currentRefreshRate: currentResolutionParts.length > 1 ? parseInt(currentResolutionParts[1], 10) : null
              });
            });
          }), res;
        } catch {
          return res;
        }
      }
      function parseLinesLinuxControllers(lines) {
        let controllers = [], currentController = {
          vendor: "",
          subVendor: "",
          model: "",
          bus: "",
          busAddress: "",
          vram: null,
          vramDynamic: !1,
          pciID: ""
        }, isGraphicsController = !1, pciIDs = [];
        try {
          pciIDs = execSync('export LC_ALL=C; dmidecode -t 9 2>/dev/null | grep "Bus Address: "', util.execOptsLinux).toString().split(`
`);
          for (let i2 = 0; i2 < pciIDs.length; i2++)
            pciIDs[i2] = pciIDs[i2].replace("Bus Address:", "").replace("0000:", "").trim();
          pciIDs = pciIDs.filter((el) => el != null && el);
        } catch {
          util.noop();
        }
        let i = 1;
        return lines.forEach((line) => {
          let subsystem = "";
          if (i < lines.length && lines[i] && (subsystem = lines[i], subsystem.indexOf(":") > 0 && (subsystem = subsystem.split(":")[1])), line.trim() !== "") {
            if (line[0] !== " " && line[0] !== "	") {
              let isExternal = pciIDs.indexOf(line.split(" ")[0]) >= 0, vgapos = line.toLowerCase().indexOf(" vga "), _3dcontrollerpos = line.toLowerCase().indexOf("3d controller"), _displaycontrollerpos = line.toLowerCase().indexOf("display controller");
              if (vgapos !== -1 || _3dcontrollerpos !== -1 || _displaycontrollerpos !== -1) {
                _3dcontrollerpos !== -1 && vgapos === -1 && (vgapos = _3dcontrollerpos), _displaycontrollerpos !== -1 && vgapos === -1 && (vgapos = _displaycontrollerpos), (currentController.vendor || currentController.model || currentController.bus || currentController.vram !== null || currentController.vramDynamic) && (controllers.push(currentController), currentController = {
                  vendor: "",
                  model: "",
                  bus: "",
                  busAddress: "",
                  vram: null,
                  vramDynamic: !1
                });
                let pciIDCandidate = line.split(" ")[0];
                /[\da-fA-F]{2}:[\da-fA-F]{2}\.[\da-fA-F]/.test(pciIDCandidate) && (currentController.busAddress = pciIDCandidate), isGraphicsController = !0;
                let endpos = line.search(/\[[0-9a-f]{4}:[0-9a-f]{4}]|$/), parts = line.substr(vgapos, endpos - vgapos).split(":");
                if (currentController.busAddress = line.substr(0, vgapos).trim(), parts.length > 1 && (parts[1] = parts[1].trim(), parts[1].toLowerCase().indexOf("corporation") >= 0 ? (currentController.vendor = parts[1].substr(0, parts[1].toLowerCase().indexOf("corporation") + 11).trim(), currentController.model = parts[1].substr(parts[1].toLowerCase().indexOf("corporation") + 11, 200).split("(")[0].trim(), currentController.bus = pciIDs.length > 0 && isExternal ? "PCIe" : "Onboard", currentController.vram = null, currentController.vramDynamic = !1) : parts[1].toLowerCase().indexOf(" inc.") >= 0 ? ((parts[1].match(/]/g) || []).length > 1 ? (currentController.vendor = parts[1].substr(0, parts[1].toLowerCase().indexOf("]") + 1).trim(), currentController.model = parts[1].substr(parts[1].toLowerCase().indexOf("]") + 1, 200).trim().split("(")[0].trim()) : (currentController.vendor = parts[1].substr(0, parts[1].toLowerCase().indexOf(" inc.") + 5).trim(), currentController.model = parts[1].substr(parts[1].toLowerCase().indexOf(" inc.") + 5, 200).trim().split("(")[0].trim()), currentController.bus = pciIDs.length > 0 && isExternal ? "PCIe" : "Onboard", currentController.vram = null, currentController.vramDynamic = !1) : parts[1].toLowerCase().indexOf(" ltd.") >= 0 && ((parts[1].match(/]/g) || []).length > 1 ? (currentController.vendor = parts[1].substr(0, parts[1].toLowerCase().indexOf("]") + 1).trim(), currentController.model = parts[1].substr(parts[1].toLowerCase().indexOf("]") + 1, 200).trim().split("(")[0].trim()) : (currentController.vendor = parts[1].substr(0, parts[1].toLowerCase().indexOf(" ltd.") + 5).trim(), currentController.model = parts[1].substr(parts[1].toLowerCase().indexOf(" ltd.") + 5, 200).trim().split("(")[0].trim())), currentController.model && subsystem.indexOf(currentController.model) !== -1)) {
                  let subVendor = subsystem.split(currentController.model)[0].trim();
                  subVendor && (currentController.subVendor = subVendor);
                }
              } else
                isGraphicsController = !1;
            }
            if (isGraphicsController) {
              let parts = line.split(":");
              if (parts.length > 1 && parts[0].replace(/ +/g, "").toLowerCase().indexOf("devicename") !== -1 && parts[1].toLowerCase().indexOf("onboard") !== -1 && (currentController.bus = "Onboard"), parts.length > 1 && parts[0].replace(/ +/g, "").toLowerCase().indexOf("region") !== -1 && parts[1].toLowerCase().indexOf("memory") !== -1) {
                let sizeMatch = parts[1].match(/size=(\d+)([KMG])?/i);
                if (sizeMatch) {
                  let vram = parseInt(sizeMatch[1], 10), unit = (sizeMatch[2] || "").toUpperCase();
                  unit === "G" ? vram *= 1024 : unit === "K" ? vram = Math.round(vram / 1024) : unit === "" && (vram = Math.round(vram / 1024 / 1024)), (currentController.vram === null || vram > currentController.vram) && (currentController.vram = vram);
                }
              }
            }
          }
          i++;
        }), (currentController.vendor || currentController.model || currentController.bus || currentController.busAddress || currentController.vram !== null || currentController.vramDynamic) && controllers.push(currentController), controllers;
      }
      function parseLinesLinuxClinfo(controllers, lines) {
        let fieldPattern = /\[([^\]]+)\]\s+(\w+)\s+(.*)/, devices = lines.reduce((devices2, line) => {
          let field = fieldPattern.exec(line.trim());
          return field && (devices2[field[1]] || (devices2[field[1]] = {}), devices2[field[1]][field[2]] = field[3]), devices2;
        }, {});
        for (let deviceId in devices) {
          let device = devices[deviceId];
          if (device.CL_DEVICE_TYPE === "CL_DEVICE_TYPE_GPU") {
            let busAddress;
            if (device.CL_DEVICE_TOPOLOGY_AMD) {
              let bdf = device.CL_DEVICE_TOPOLOGY_AMD.match(/[a-zA-Z0-9]+:\d+\.\d+/);
              bdf && (busAddress = bdf[0]);
            } else if (device.CL_DEVICE_PCI_BUS_ID_NV && device.CL_DEVICE_PCI_SLOT_ID_NV) {
              let bus = parseInt(device.CL_DEVICE_PCI_BUS_ID_NV), slot = parseInt(device.CL_DEVICE_PCI_SLOT_ID_NV);
              if (!isNaN(bus) && !isNaN(slot)) {
                let b = bus & 255, d = slot >> 3 & 255, f = slot & 7;
                busAddress = `${b.toString().padStart(2, "0")}:${d.toString().padStart(2, "0")}.${f}`;
              }
            }
            if (busAddress) {
              let controller = controllers.find((controller2) => controller2.busAddress === busAddress);
              controller || (controller = {
                vendor: "",
                model: "",
                bus: "",
                busAddress,
                vram: null,
                vramDynamic: !1
              }, controllers.push(controller)), controller.vendor = device.CL_DEVICE_VENDOR, device.CL_DEVICE_BOARD_NAME_AMD ? controller.model = device.CL_DEVICE_BOARD_NAME_AMD : controller.model = device.CL_DEVICE_NAME;
              let memory = parseInt(device.CL_DEVICE_GLOBAL_MEM_SIZE);
              isNaN(memory) || (controller.vram = Math.round(memory / 1024 / 1024));
            }
          }
        }
        return controllers;
      }
      function getNvidiaSmi() {
        if (_nvidiaSmiPath)
          return _nvidiaSmiPath;
        if (_windows)
          try {
            let systemSmiPath = path.join(util.WINDIR, "System32", "nvidia-smi.exe");
            if (fs.existsSync(systemSmiPath))
              _nvidiaSmiPath = systemSmiPath;
            else {
              let basePath = path.join(util.WINDIR, "System32", "DriverStore", "FileRepository"), candidates = fs.readdirSync(basePath, { withFileTypes: !0 }).filter((dir) => dir.isDirectory()).map((dir) => {
                let nvidiaSmiPath = path.join(basePath, dir.name, "nvidia-smi.exe");
                try {
                  let stats = fs.statSync(nvidiaSmiPath);
                  return { path: nvidiaSmiPath, ctime: stats.ctimeMs };
                } catch {
                  return null;
                }
              }).filter(Boolean);
              candidates.length > 0 && (_nvidiaSmiPath = candidates.reduce((prev, curr) => curr.ctime > prev.ctime ? curr : prev).path);
            }
          } catch {
            util.noop();
          }
        else _linux && (_nvidiaSmiPath = "nvidia-smi");
        return _nvidiaSmiPath;
      }
      function nvidiaSmi(options) {
        let nvidiaSmiExe = getNvidiaSmi();
        if (options = Object.assign({}, options || util.execOptsWin), nvidiaSmiExe) {
          let nvidiaSmiOpts = "--query-gpu=driver_version,pci.sub_device_id,name,pci.bus_id,fan.speed,memory.total,memory.used,memory.free,utilization.gpu,utilization.memory,temperature.gpu,temperature.memory,power.draw,power.limit,clocks.gr,clocks.mem --format=csv,noheader,nounits";
          options.stdio = ["pipe", "pipe", "ignore"];
          try {
            return execFileSync(nvidiaSmiExe, nvidiaSmiOpts.split(" "), options).toString();
          } catch {
            util.noop();
          }
        }
        return "";
      }
      function nvidiaDevices() {
        function safeParseNumber(value) {
          return [null, void 0].includes(value) ? value : parseFloat(value);
        }
        let stdout = nvidiaSmi();
        if (!stdout)
          return [];
        let results = stdout.split(`
`).filter(Boolean).map((gpu) => {
          let splittedData = gpu.split(", ").map((value) => value.includes("N/A") ? void 0 : value);
          return splittedData.length === 16 ? {
            driverVersion: splittedData[0],
            subDeviceId: splittedData[1],
            name: splittedData[2],
            pciBus: splittedData[3],
            fanSpeed: safeParseNumber(splittedData[4]),
            memoryTotal: safeParseNumber(splittedData[5]),
            memoryUsed: safeParseNumber(splittedData[6]),
            memoryFree: safeParseNumber(splittedData[7]),
            utilizationGpu: safeParseNumber(splittedData[8]),
            utilizationMemory: safeParseNumber(splittedData[9]),
            temperatureGpu: safeParseNumber(splittedData[10]),
            temperatureMemory: safeParseNumber(splittedData[11]),
            powerDraw: safeParseNumber(splittedData[12]),
            powerLimit: safeParseNumber(splittedData[13]),
            clockCore: safeParseNumber(splittedData[14]),
            clockMemory: safeParseNumber(splittedData[15])
          } : {};
        });
        return results = results.filter((item) => "pciBus" in item), results;
      }
      function mergeControllerNvidia(controller, nvidia) {
        return nvidia.driverVersion && (controller.driverVersion = nvidia.driverVersion), nvidia.subDeviceId && (controller.subDeviceId = nvidia.subDeviceId), nvidia.name && (controller.name = nvidia.name), nvidia.pciBus && (controller.pciBus = nvidia.pciBus), nvidia.fanSpeed && (controller.fanSpeed = nvidia.fanSpeed), nvidia.memoryTotal && (controller.memoryTotal = nvidia.memoryTotal, controller.vram = nvidia.memoryTotal, controller.vramDynamic = !1), nvidia.memoryUsed && (controller.memoryUsed = nvidia.memoryUsed), nvidia.memoryFree && (controller.memoryFree = nvidia.memoryFree), nvidia.utilizationGpu && (controller.utilizationGpu = nvidia.utilizationGpu), nvidia.utilizationMemory && (controller.utilizationMemory = nvidia.utilizationMemory), nvidia.temperatureGpu && (controller.temperatureGpu = nvidia.temperatureGpu), nvidia.temperatureMemory && (controller.temperatureMemory = nvidia.temperatureMemory), nvidia.powerDraw && (controller.powerDraw = nvidia.powerDraw), nvidia.powerLimit && (controller.powerLimit = nvidia.powerLimit), nvidia.clockCore && (controller.clockCore = nvidia.clockCore), nvidia.clockMemory && (controller.clockMemory = nvidia.clockMemory), controller;
      }
      function parseLinesLinuxEdid(edid) {
        let result = {
          vendor: "",
          model: "",
          deviceName: "",
          main: !1,
          builtin: !1,
          connection: "",
          sizeX: null,
          sizeY: null,
          pixelDepth: null,
          resolutionX: null,
          resolutionY: null,
          currentResX: null,
          currentResY: null,
          positionX: 0,
          positionY: 0,
          currentRefreshRate: null
        }, start = 108;
        if (edid.substr(start, 6) === "000000" && (start += 36), edid.substr(start, 6) === "000000" && (start += 36), edid.substr(start, 6) === "000000" && (start += 36), edid.substr(start, 6) === "000000" && (start += 36), result.resolutionX = parseInt("0x0" + edid.substr(start + 8, 1) + edid.substr(start + 4, 2)), result.resolutionY = parseInt("0x0" + edid.substr(start + 14, 1) + edid.substr(start + 10, 2)), result.sizeX = parseInt("0x0" + edid.substr(start + 28, 1) + edid.substr(start + 24, 2)), result.sizeY = parseInt("0x0" + edid.substr(start + 29, 1) + edid.substr(start + 26, 2)), start = edid.indexOf("000000fc00"), start >= 0) {
          let model_raw = edid.substr(start + 10, 26);
          model_raw.indexOf("0a") !== -1 && (model_raw = model_raw.substr(0, model_raw.indexOf("0a")));
          try {
            model_raw.length > 2 && (result.model = model_raw.match(/.{1,2}/g).map((v) => String.fromCharCode(parseInt(v, 16))).join(""));
          } catch {
            util.noop();
          }
        } else
          result.model = "";
        return result;
      }
      function parseLinesLinuxDisplays(lines, depth) {
        let displays = [], currentDisplay = {
          vendor: "",
          model: "",
          deviceName: "",
          main: !1,
          builtin: !1,
          connection: "",
          sizeX: null,
          sizeY: null,
          pixelDepth: null,
          resolutionX: null,
          resolutionY: null,
          currentResX: null,
          currentResY: null,
          positionX: 0,
          positionY: 0,
          currentRefreshRate: null
        }, is_edid = !1, is_current = !1, edid_raw = "", start = 0, applyEdid = () => {
          let edid_decoded = parseLinesLinuxEdid(edid_raw);
          currentDisplay.vendor = edid_decoded.vendor, currentDisplay.model = edid_decoded.model, currentDisplay.resolutionX = edid_decoded.resolutionX, currentDisplay.resolutionY = edid_decoded.resolutionY, currentDisplay.sizeX = edid_decoded.sizeX, currentDisplay.sizeY = edid_decoded.sizeY, currentDisplay.pixelDepth = depth, is_edid = !1;
        };
        for (let i = 1; i < lines.length; i++)
          if (lines[i].trim() !== "") {
            if (lines[i][0] !== " " && lines[i][0] !== "	" && lines[i].toLowerCase().indexOf(" connected ") !== -1) {
              is_edid && edid_raw && applyEdid(), (currentDisplay.model || currentDisplay.main || currentDisplay.builtin || currentDisplay.connection || currentDisplay.sizeX !== null || currentDisplay.pixelDepth !== null || currentDisplay.resolutionX !== null) && (displays.push(currentDisplay), currentDisplay = {
                vendor: "",
                model: "",
                main: !1,
                builtin: !1,
                connection: "",
                sizeX: null,
                sizeY: null,
                pixelDepth: null,
                resolutionX: null,
                resolutionY: null,
                currentResX: null,
                currentResY: null,
                positionX: 0,
                positionY: 0,
                currentRefreshRate: null
              });
              let parts = lines[i].split(" ");
              currentDisplay.connection = parts[0], currentDisplay.main = lines[i].toLowerCase().indexOf(" primary ") >= 0, currentDisplay.builtin = parts[0].toLowerCase().indexOf("edp") >= 0;
              let geometry = lines[i].match(/\d+x\d+\+(-?\d+)\+(-?\d+)/);
              geometry && (currentDisplay.positionX = util.toInt(geometry[1]), currentDisplay.positionY = util.toInt(geometry[2]));
            }
            if (is_edid && (lines[i].search(/\S|$/) > start ? edid_raw += lines[i].toLowerCase().trim() : applyEdid()), lines[i].toLowerCase().indexOf("edid:") >= 0 && (is_edid = !0, edid_raw = "", start = lines[i].search(/\S|$/)), lines[i].toLowerCase().indexOf("*current") >= 0) {
              let parts1 = lines[i].split("(");
              if (parts1 && parts1.length > 1 && parts1[0].indexOf("x") >= 0) {
                let resParts = parts1[0].trim().split("x");
                currentDisplay.currentResX = util.toInt(resParts[0]), currentDisplay.currentResY = util.toInt(resParts[1]);
              }
              is_current = !0;
            }
            if (is_current && lines[i].toLowerCase().indexOf("clock") >= 0 && lines[i].toLowerCase().indexOf("hz") >= 0 && lines[i].toLowerCase().indexOf("v: height") >= 0) {
              let parts1 = lines[i].split("clock");
              parts1 && parts1.length > 1 && parts1[1].toLowerCase().indexOf("hz") >= 0 && (currentDisplay.currentRefreshRate = util.toInt(parts1[1])), is_current = !1;
            }
          }
        return is_edid && edid_raw && applyEdid(), (currentDisplay.model || currentDisplay.main || currentDisplay.builtin || currentDisplay.connection || currentDisplay.sizeX !== null || currentDisplay.pixelDepth !== null || currentDisplay.resolutionX !== null) && displays.push(currentDisplay), displays;
      }
      return new Promise((resolve4) => {
        process.nextTick(() => {
          let result = {
            controllers: [],
            displays: []
          };
          if (_darwin && exec("system_profiler -xml -detailLevel full SPDisplaysDataType", (error, stdout) => {
            if (!error) {
              try {
                let output2 = stdout.toString();
                result = parseLinesDarwin(util.plistParser(output2)[0]._items);
              } catch {
                util.noop();
              }
              try {
                let temps = __require("macos-temperature-sensor").temperature();
                temps && temps.gpu && result.controllers.forEach((controller) => {
                  controller.bus === "Built-In" && (controller.temperatureGpu = Math.round(temps.gpu * 100) / 100);
                });
              } catch {
                util.noop();
              }
              try {
                stdout = execSync(
                  'defaults read /Library/Preferences/com.apple.windowserver.plist 2>/dev/null;defaults read /Library/Preferences/com.apple.windowserver.displays.plist 2>/dev/null; echo ""',
                  { maxBuffer: 1024 * 102400 }
                );
                let output2 = (stdout || "").toString(), obj = util.plistReader(output2);
                if (obj.DisplayAnyUserSets && obj.DisplayAnyUserSets.Configs && obj.DisplayAnyUserSets.Configs[0] && obj.DisplayAnyUserSets.Configs[0].DisplayConfig) {
                  let current = obj.DisplayAnyUserSets.Configs[0].DisplayConfig, i = 0;
                  current.forEach((o) => {
                    o.CurrentInfo && o.CurrentInfo.OriginX !== void 0 && result.displays && result.displays[i] && (result.displays[i].positionX = o.CurrentInfo.OriginX), o.CurrentInfo && o.CurrentInfo.OriginY !== void 0 && result.displays && result.displays[i] && (result.displays[i].positionY = o.CurrentInfo.OriginY), i++;
                  });
                }
                if (obj.DisplayAnyUserSets && obj.DisplayAnyUserSets.length > 0 && obj.DisplayAnyUserSets[0].length > 0 && obj.DisplayAnyUserSets[0][0].DisplayID) {
                  let current = obj.DisplayAnyUserSets[0], i = 0;
                  current.forEach((o) => {
                    "OriginX" in o && result.displays && result.displays[i] && (result.displays[i].positionX = o.OriginX), "OriginY" in o && result.displays && result.displays[i] && (result.displays[i].positionY = o.OriginY), o.Mode && o.Mode.BitsPerPixel !== void 0 && result.displays && result.displays[i] && (result.displays[i].pixelDepth = o.Mode.BitsPerPixel), i++;
                  });
                }
              } catch {
                util.noop();
              }
            }
            callback && callback(result), resolve4(result);
          }), _linux && (util.isRaspberry() && exec(`fbset -s 2> /dev/null | grep 'mode "' ; vcgencmd get_mem gpu 2> /dev/null; tvservice -s 2> /dev/null; tvservice -n 2> /dev/null;`, (error, stdout) => {
            let lines = stdout.toString().split(`
`);
            if (lines.length > 3 && lines[0].indexOf('mode "') >= 0 && lines[2].indexOf("0x12000a") > -1) {
              let parts = lines[0].replace("mode", "").replace(/"/g, "").trim().split("x");
              parts.length === 2 && result.displays.push({
                vendor: "",
                model: util.getValue(lines, "device_name", "="),
                main: !0,
                builtin: !1,
                connection: "HDMI",
                sizeX: null,
                sizeY: null,
                pixelDepth: null,
                resolutionX: parseInt(parts[0], 10),
                resolutionY: parseInt(parts[1], 10),
                currentResX: null,
                currentResY: null,
                positionX: 0,
                positionY: 0,
                currentRefreshRate: null
              });
            }
            lines.length >= 1 && stdout.toString().indexOf("gpu=") >= 0 && result.controllers.push({
              vendor: "Broadcom",
              model: util.getRpiGpu(),
              bus: "",
              vram: parseInt(util.getValue(lines, "gpu", "=").replace("M", ""), 10) || null,
              vramDynamic: !0
            });
          }), exec("lspci -vvv  2>/dev/null", (error, stdout) => {
            if (!error) {
              let lines = stdout.toString().split(`
`);
              if (result.controllers.length === 0) {
                result.controllers = parseLinesLinuxControllers(lines);
                let nvidiaData = nvidiaDevices();
                result.controllers = result.controllers.map((controller) => mergeControllerNvidia(controller, nvidiaData.find((contr) => contr.pciBus && controller.busAddress && contr.pciBus.toLowerCase().endsWith(controller.busAddress.toLowerCase())) || {}));
              }
            }
            exec("clinfo --raw", (error2, stdout2) => {
              if (!error2) {
                let lines = stdout2.toString().split(`
`);
                result.controllers = parseLinesLinuxClinfo(result.controllers, lines);
              }
              exec("xdpyinfo 2>/dev/null | grep 'depth of root window' | awk '{ print $5 }'", (error3, stdout3) => {
                let depth = 0;
                if (!error3) {
                  let lines = stdout3.toString().split(`
`);
                  depth = parseInt(lines[0]) || 0;
                }
                exec("xrandr --verbose 2>/dev/null", (error4, stdout4) => {
                  if (!error4) {
                    let lines = stdout4.toString().split(`
`);
                    result.displays = parseLinesLinuxDisplays(lines, depth);
                  }
                  callback && callback(result), resolve4(result);
                });
              });
            });
          })), (_freebsd || _openbsd || _netbsd) && (callback && callback(null), resolve4(null)), _sunos && (callback && callback(null), resolve4(null)), _windows)
            try {
              let workload = [];
              workload.push(util.powerShell("Get-CimInstance win32_VideoController | fl *")), workload.push(
                util.powerShell(
                  'gp "HKLM:\\SYSTEM\\ControlSet001\\Control\\Class\\{4d36e968-e325-11ce-bfc1-08002be10318}\\*" -ErrorAction SilentlyContinue | where MatchingDeviceId $null -NE | select MatchingDeviceId,HardwareInformation.qwMemorySize | fl'
                )
              ), workload.push(util.powerShell("Get-CimInstance win32_desktopmonitor | fl *")), workload.push(util.powerShell("Get-CimInstance -Namespace root\\wmi -ClassName WmiMonitorBasicDisplayParams | fl")), workload.push(util.powerShell("Add-Type -AssemblyName System.Windows.Forms; [System.Windows.Forms.Screen]::AllScreens")), workload.push(util.powerShell("Get-CimInstance -Namespace root\\wmi -ClassName WmiMonitorConnectionParams | fl")), workload.push(
                util.powerShell(
                  'gwmi WmiMonitorID -Namespace root\\wmi | ForEach-Object {(($_.ManufacturerName -notmatch 0 | foreach {[char]$_}) -join "") + "|" + (($_.ProductCodeID -notmatch 0 | foreach {[char]$_}) -join "") + "|" + (($_.UserFriendlyName -notmatch 0 | foreach {[char]$_}) -join "") + "|" + (($_.SerialNumberID -notmatch 0 | foreach {[char]$_}) -join "") + "|" + $_.YearOfManufacture + "|" + $_.InstanceName}'
                )
              ), workload.push(util.powerShell(psCurrentModes));
              let nvidiaData = nvidiaDevices();
              Promise.all(workload).then((data) => {
                let csections = data[0].replace(/\r/g, "").split(/\n\s*\n/), vsections = data[1].replace(/\r/g, "").split(/\n\s*\n/);
                result.controllers = parseLinesWindowsControllers(csections, vsections), result.controllers = result.controllers.map((controller) => controller.vendor.toLowerCase() === "nvidia" ? mergeControllerNvidia(
                  controller,
                  nvidiaData.find((device) => {
                    let windowsSubDeviceId = (controller.subDeviceId || "").toLowerCase(), nvidiaSubDeviceIdParts = (device.subDeviceId || "").split("x"), nvidiaSubDeviceId = nvidiaSubDeviceIdParts.length > 1 ? nvidiaSubDeviceIdParts[1].toLowerCase() : nvidiaSubDeviceIdParts[0].toLowerCase(), lengthDifference = Math.abs(windowsSubDeviceId.length - nvidiaSubDeviceId.length);
                    if (windowsSubDeviceId.length > nvidiaSubDeviceId.length)
                      for (let i = 0; i < lengthDifference; i++)
                        nvidiaSubDeviceId = "0" + nvidiaSubDeviceId;
                    else if (windowsSubDeviceId.length < nvidiaSubDeviceId.length)
                      for (let i = 0; i < lengthDifference; i++)
                        windowsSubDeviceId = "0" + windowsSubDeviceId;
                    return windowsSubDeviceId === nvidiaSubDeviceId;
                  }) || {}
                ) : controller);
                let dsections = data[2].replace(/\r/g, "").split(/\n\s*\n/);
                dsections[0].trim() === "" && dsections.shift(), dsections.length && dsections[dsections.length - 1].trim() === "" && dsections.pop();
                let monitors = [];
                data[3].replace(/\r/g, "").split(/\n\s*\n/).forEach((section2) => {
                  let lines = section2.split(`
`), monitorInstanceName = util.getValue(lines, "InstanceName").toLowerCase(), monitorActive = util.getValue(lines, "Active").toLowerCase() !== "false";
                  monitorInstanceName && monitorActive && monitors.push({
                    instanceName: monitorInstanceName,
                    sizeX: util.getValue(lines, "MaxHorizontalImageSize"),
                    sizeY: util.getValue(lines, "MaxVerticalImageSize")
                  });
                });
                let ssections = data[4].replace(/\r/g, "").split("BitsPerPixel ");
                ssections.shift();
                let connections = /* @__PURE__ */ Object.create(null);
                data[5].replace(/\r/g, "").split(/\n\s*\n/).forEach((section2) => {
                  let lines = section2.split(`
`), connectionInstanceName = util.getValue(lines, "InstanceName").toLowerCase();
                  connectionInstanceName && (connections[connectionInstanceName] = util.getValue(lines, "VideoOutputTechnology"));
                });
                let res = data[6].replace(/\r/g, "").split(/\n/), isections = [];
                res.forEach((element) => {
                  let parts = element.split("|");
                  parts.length === 6 && isections.push({
                    vendor: parts[0],
                    code: parts[1],
                    model: parts[2],
                    serial: parts[3],
                    productionYear: util.toInt(parts[4]) || null,
                    instanceId: parts[5]
                  });
                });
                let currentModes = /* @__PURE__ */ Object.create(null);
                (data[7] || "").replace(/\r/g, "").split(/\n/).forEach((element) => {
                  let parts = element.split("|"), frequency = parts.length === 5 ? util.toInt(parts[1]) : 0;
                  frequency > 1 && parts[0] && (currentModes[parts[0].trim().toLowerCase()] = frequency);
                }), result.displays = parseLinesWindowsDisplaysPowershell(ssections, monitors, dsections, connections, isections, currentModes), result.displays.length === 1 && (_resolutionX && (result.displays[0].resolutionX = _resolutionX, result.displays[0].currentResX || (result.displays[0].currentResX = _resolutionX)), _resolutionY && (result.displays[0].resolutionY = _resolutionY, result.displays[0].currentResY === 0 && (result.displays[0].currentResY = _resolutionY)), _pixelDepth && (result.displays[0].pixelDepth = _pixelDepth)), result.displays = result.displays.map((element) => (_refreshRate && !element.currentRefreshRate && (element.currentRefreshRate = _refreshRate), element)), callback && callback(result), resolve4(result);
              }).catch(() => {
                callback && callback(result), resolve4(result);
              });
            } catch {
              callback && callback(result), resolve4(result);
            }
        });
      });
      function parseLinesWindowsControllers(sections, vections) {
        let memorySizes = {};
        for (let i in vections)
          if ({}.hasOwnProperty.call(vections, i) && vections[i].trim() !== "") {
            let lines = vections[i].trim().split(`
`), matchingDeviceId = util.getValue(lines, "MatchingDeviceId").match(/PCI\\(VEN_[0-9A-F]{4})&(DEV_[0-9A-F]{4})(?:&(SUBSYS_[0-9A-F]{8}))?(?:&(REV_[0-9A-F]{2}))?/i);
            if (matchingDeviceId) {
              let quadWordmemorySize = parseInt(util.getValue(lines, "HardwareInformation.qwMemorySize"));
              if (!isNaN(quadWordmemorySize)) {
                let deviceId = matchingDeviceId[1].toUpperCase() + "&" + matchingDeviceId[2].toUpperCase();
                matchingDeviceId[3] && (deviceId += "&" + matchingDeviceId[3].toUpperCase()), matchingDeviceId[4] && (deviceId += "&" + matchingDeviceId[4].toUpperCase()), memorySizes[deviceId] = quadWordmemorySize;
              }
            }
          }
        let controllers = [];
        for (let i in sections)
          if ({}.hasOwnProperty.call(sections, i) && sections[i].trim() !== "") {
            let lines = sections[i].trim().split(`
`), pnpDeviceId = util.getValue(lines, "PNPDeviceID", ":").match(/PCI\\(VEN_[0-9A-F]{4})&(DEV_[0-9A-F]{4})(?:&(SUBSYS_[0-9A-F]{8}))?(?:&(REV_[0-9A-F]{2}))?/i), subDeviceId = null, memorySize = null;
            if (pnpDeviceId) {
              if (subDeviceId = pnpDeviceId[3] || "", subDeviceId && (subDeviceId = subDeviceId.split("_")[1]), memorySize == null && pnpDeviceId[3] && pnpDeviceId[4]) {
                let deviceId = pnpDeviceId[1].toUpperCase() + "&" + pnpDeviceId[2].toUpperCase() + "&" + pnpDeviceId[3].toUpperCase() + "&" + pnpDeviceId[4].toUpperCase();
                ({}).hasOwnProperty.call(memorySizes, deviceId) && (memorySize = memorySizes[deviceId]);
              }
              if (memorySize == null && pnpDeviceId[3]) {
                let deviceId = pnpDeviceId[1].toUpperCase() + "&" + pnpDeviceId[2].toUpperCase() + "&" + pnpDeviceId[3].toUpperCase();
                ({}).hasOwnProperty.call(memorySizes, deviceId) && (memorySize = memorySizes[deviceId]);
              }
              if (memorySize == null && pnpDeviceId[4]) {
                let deviceId = pnpDeviceId[1].toUpperCase() + "&" + pnpDeviceId[2].toUpperCase() + "&" + pnpDeviceId[4].toUpperCase();
                ({}).hasOwnProperty.call(memorySizes, deviceId) && (memorySize = memorySizes[deviceId]);
              }
              if (memorySize == null) {
                let deviceId = pnpDeviceId[1].toUpperCase() + "&" + pnpDeviceId[2].toUpperCase();
                ({}).hasOwnProperty.call(memorySizes, deviceId) && (memorySize = memorySizes[deviceId]);
              }
            }
            controllers.push({
              vendor: util.getValue(lines, "AdapterCompatibility", ":"),
              model: util.getValue(lines, "name", ":"),
              bus: util.getValue(lines, "PNPDeviceID", ":").startsWith("PCI") ? "PCI" : "",
              vram: (memorySize ?? util.toInt(util.getValue(lines, "AdapterRAM", ":"))) / 1024 / 1024,
              vramDynamic: util.getValue(lines, "VideoMemoryType", ":") === "2",
              subDeviceId
            }), _resolutionX = util.toInt(util.getValue(lines, "CurrentHorizontalResolution", ":")) || _resolutionX, _resolutionY = util.toInt(util.getValue(lines, "CurrentVerticalResolution", ":")) || _resolutionY, _refreshRate = util.toInt(util.getValue(lines, "CurrentRefreshRate", ":")) || _refreshRate, _pixelDepth = util.toInt(util.getValue(lines, "CurrentBitsPerPixel", ":")) || _pixelDepth;
          }
        return controllers;
      }
      function parseLinesWindowsDisplaysPowershell(ssections, monitors, dsections, connections, isections, currentModes) {
        let displays = [], vendor = "", model = "", deviceID = "", resolutionX = 0, resolutionY = 0;
        if (dsections && dsections.length) {
          let linesDisplay = dsections[0].split(`
`);
          vendor = util.getValue(linesDisplay, "MonitorManufacturer", ":"), model = util.getValue(linesDisplay, "Name", ":"), deviceID = util.getValue(linesDisplay, "PNPDeviceID", ":").replace(/&amp;/g, "&").toLowerCase(), resolutionX = util.toInt(util.getValue(linesDisplay, "ScreenWidth", ":")), resolutionY = util.toInt(util.getValue(linesDisplay, "ScreenHeight", ":"));
        }
        let count2 = Math.max(ssections.length, monitors.length);
        for (let i = 0; i < count2; i++) {
          let hasOwnScreen = i < ssections.length, ssection = hasOwnScreen ? ssections[i] : ssections[0];
          if (ssection !== void 0 && ssection.trim() !== "") {
            let linesScreen = ("BitsPerPixel " + ssection).split(`
`), monitor = monitors[i], instanceName = monitor ? monitor.instanceName : "", bitsPerPixel = util.toInt(util.getValue(linesScreen, "BitsPerPixel")) || null, bounds = util.getValue(linesScreen, "Bounds").replace("{", "").replace("}", "").replace(/=/g, ":").split(","), primary = util.getValue(linesScreen, "Primary"), sizeX = monitor ? monitor.sizeX : "", sizeY = monitor ? monitor.sizeY : "", videoOutputTechnology = instanceName && connections[instanceName] !== void 0 ? connections[instanceName] : "", deviceName = util.getValue(linesScreen, "DeviceName"), isection = instanceName ? isections.find((element) => element.instanceId.toLowerCase().startsWith(instanceName)) : void 0;
            displays.push({
              vendor: isection && isection.vendor || (instanceName.startsWith(deviceID) ? vendor : ""),
              model: isection && isection.model || (instanceName.startsWith(deviceID) ? model : ""),
              serial: isection && isection.serial || null,
              productionYear: isection ? isection.productionYear : null,
              displayId: instanceName || null,
              deviceName,
              main: hasOwnScreen ? primary.toLowerCase() === "true" : !1,
              builtin: videoOutputTechnology === "2147483648",
              connection: videoOutputTechnology && videoTypes[videoOutputTechnology] ? videoTypes[videoOutputTechnology] : "",
              resolutionX: util.toInt(util.getValue(bounds, "Width", ":")),
              resolutionY: util.toInt(util.getValue(bounds, "Height", ":")),
              sizeX: sizeX ? parseInt(sizeX, 10) : null,
              sizeY: sizeY ? parseInt(sizeY, 10) : null,
              pixelDepth: bitsPerPixel,
              currentResX: util.toInt(util.getValue(bounds, "Width", ":")),
              currentResY: util.toInt(util.getValue(bounds, "Height", ":")),
              positionX: util.toInt(util.getValue(bounds, "X", ":")),
              positionY: util.toInt(util.getValue(bounds, "Y", ":")),
              currentRefreshRate: currentModes[deviceName.toLowerCase()] || null
            });
          }
        }
        return ssections.length === 0 && displays.push({
          vendor,
          model,
          serial: null,
          productionYear: null,
          displayId: null,
          main: !0,
          sizeX: null,
          sizeY: null,
          resolutionX,
          resolutionY,
          pixelDepth: null,
          currentResX: resolutionX,
          currentResY: resolutionY,
          positionX: 0,
          positionY: 0
        }), displays;
      }
    }
    exports.graphics = graphics;
  }
});

// node_modules/systeminformation/lib/filesystem.js
var require_filesystem = __commonJS({
  "node_modules/systeminformation/lib/filesystem.js"(exports) {
    "use strict";
    var util = require_util(), fs = __require("fs"), exec = __require("child_process").exec, execSync = __require("child_process").execSync, execPromiseSave = util.promisifySave(__require("child_process").exec), _platform = process.platform, _linux = _platform === "linux" || _platform === "android", _darwin = _platform === "darwin", _windows = _platform === "win32", _freebsd = _platform === "freebsd", _openbsd = _platform === "openbsd", _netbsd = _platform === "netbsd", _sunos = _platform === "sunos", _fs_speed = {}, _disk_io = {};
    function fsSize(drive, callback) {
      callback = util.isFunction(callback) ? callback : null, util.isFunction(drive) && (callback = drive, drive = "");
      let macOsDisks = [], macOsFsTypes = /* @__PURE__ */ new Map(), osMounts = [];
      function macOsFsType(fs2) {
        let type = macOsFsTypes.get(fs2);
        return type ? type === "apfs" ? "APFS" : type === "hfs" ? "HFS" : type === "nfs" ? "NFS" : type : getmacOsFsType(fs2);
      }
      function getmacOsFsType(fs2) {
        if (!fs2.startsWith("/"))
          return "NFS";
        let parts = fs2.split("/"), fsShort = parts[parts.length - 1], macOsDisksSingle = macOsDisks.filter((item) => item.indexOf(fsShort) >= 0);
        return macOsDisksSingle.length === 1 && macOsDisksSingle[0].indexOf("APFS") >= 0 ? "APFS" : "HFS";
      }
      function isLinuxTmpFs(fs2) {
        let linuxTmpFileSystems = ["rootfs", "unionfs", "squashfs", "cramfs", "initrd", "initramfs", "devtmpfs", "tmpfs", "udev", "devfs", "specfs", "type", "appimaged"], result = !1;
        return linuxTmpFileSystems.forEach((linuxFs) => {
          fs2.toLowerCase().indexOf(linuxFs) >= 0 && (result = !0);
        }), result;
      }
      function filterLines(stdout) {
        let lines = stdout.toString().split(`
`);
        if (lines.shift(), stdout.toString().toLowerCase().indexOf("filesystem") >= 0) {
          let removeLines = 0;
          for (let i = 0; i < lines.length; i++)
            lines[i] && lines[i].toLowerCase().startsWith("filesystem") && (removeLines = i);
          for (let i = 0; i < removeLines; i++)
            lines.shift();
        }
        return lines;
      }
      function applyZfsUsage(data, cb) {
        if (!data.some((item) => item.type === "zfs"))
          return cb(data);
        exec("zfs list -H -p -o name,used,avail,mountpoint", { ...util.execOptsLinux, timeout: 5e3 }, (error, stdout) => {
          if (error)
            return cb(data);
          let byMount = /* @__PURE__ */ Object.create(null), byName = /* @__PURE__ */ Object.create(null);
          (stdout || "").toString().split(`
`).forEach((line) => {
            let parts = line.split("	");
            if (parts.length < 4)
              return;
            let entry = { used: parseInt(parts[1], 10), available: parseInt(parts[2], 10) };
            if (isNaN(entry.used) || isNaN(entry.available))
              return;
            byName[parts[0]] = entry;
            let mount = parts[3].trim();
            mount.startsWith("/") && !byMount[mount] && (byMount[mount] = entry);
          }), data.forEach((item) => {
            if (item.type !== "zfs")
              return;
            let dataset = byName[item.fs] || byMount[item.mount];
            !dataset || !(dataset.used + dataset.available) || (item.used = dataset.used, item.available = dataset.available, item.size = dataset.used + dataset.available, item.use = parseFloat((100 * dataset.used / item.size).toFixed(2)));
          }), cb(data);
        });
      }
      function parseDf(lines) {
        let data = [], dfWithType = /^(.+?)\s+(\S+)\s+(\d+)\s+(\d+)\s+(\d+)\s+(?:\d+%|-)\s+(.+)$/, dfNoType = /^(.+?)\s+(\d+)\s+(\d+)\s+(\d+)\s+(?:\d+%|-)\s+(.+)$/, hasType = _linux || _freebsd || _openbsd || _netbsd;
        return lines.forEach((line) => {
          if (line !== "") {
            let parts = line.trim().match(hasType ? dfWithType : dfNoType);
            if (parts && (parts[1].startsWith("/") || parts[hasType ? 6 : 5] === "/" || parts[1].indexOf("/") > 0 || parts[1].indexOf(":") === 1 || !_darwin && !isLinuxTmpFs(parts[2]))) {
              let fs2 = parts[1], fsType = hasType ? parts[2] : macOsFsType(parts[1]), size2 = parseInt(parts[hasType ? 3 : 2], 10) * 1024, used = parseInt(parts[hasType ? 4 : 3], 10) * 1024, available = parseInt(parts[hasType ? 5 : 4], 10) * 1024, use = parseFloat((100 * (used / (used + available))).toFixed(2)), rw = osMounts && Object.keys(osMounts).length > 0 ? osMounts[fs2] || !1 : null, mount = parts[hasType ? 6 : 5];
              data.find((el) => el.fs === fs2 && el.type === fsType && el.mount === mount) || data.push({
                fs: fs2,
                type: fsType,
                size: size2,
                used,
                available,
                use,
                mount,
                rw
              });
            }
          }
        }), data;
      }
      return new Promise((resolve4) => {
        process.nextTick(() => {
          let data = [];
          if (_linux || _freebsd || _openbsd || _netbsd || _darwin) {
            let cmd = "";
            if (macOsDisks = [], osMounts = {}, _darwin) {
              cmd = "df -kP";
              try {
                macOsDisks = execSync("diskutil list").toString().split(`
`).filter((line) => !line.startsWith("/") && line.indexOf(":") > 0), execSync("mount").toString().split(`
`).forEach((line) => {
                  let fs2 = line.split(" ")[0], type = line.match(/\(([^),]+)[^)]*\)$/);
                  fs2 && type && macOsFsTypes.set(fs2, type[1].trim().toLowerCase()), line.startsWith("/") && (osMounts[fs2] = line.toLowerCase().indexOf("read-only") === -1);
                });
              } catch {
                util.noop();
              }
            }
            if (_linux)
              try {
                cmd = "export LC_ALL=C; df -kPTx squashfs; unset LC_ALL", execSync("cat /proc/mounts 2>/dev/null", util.execOptsLinux).toString().split(`
`).filter((line) => line.startsWith("/")).forEach((line) => {
                  let fs2 = line.split(" ")[0].replace(/\\040/g, " ");
                  osMounts[fs2] = osMounts[fs2] || !1, line.toLowerCase().indexOf("/snap/") === -1 && (osMounts[fs2] = line.toLowerCase().indexOf("rw,") >= 0 || line.toLowerCase().indexOf(" rw ") >= 0);
                });
              } catch {
                util.noop();
              }
            if (_freebsd || _openbsd || _netbsd)
              try {
                cmd = "df -kPT", execSync("mount").toString().split(`
`).forEach((line) => {
                  osMounts[line.split(" ")[0]] = line.toLowerCase().indexOf("read-only") === -1;
                });
              } catch {
                util.noop();
              }
            exec(cmd, { maxBuffer: 1024 * 1024 }, (error, stdout) => {
              let lines = filterLines(stdout);
              data = parseDf(lines), drive && (data = data.filter((item) => typeof drive == "string" && (item.fs.toLowerCase().indexOf(drive.toLowerCase()) >= 0 || item.mount.toLowerCase().indexOf(drive.toLowerCase()) >= 0))), (!error || data.length) && stdout.toString().trim() !== "" ? applyZfsUsage(data, (data2) => {
                callback && callback(data2), resolve4(data2);
              }) : exec("df -kPT 2>/dev/null", { maxBuffer: 1024 * 1024 }, (error2, stdout2) => {
                let lines2 = filterLines(stdout2);
                data = parseDf(lines2), applyZfsUsage(data, (data2) => {
                  callback && callback(data2), resolve4(data2);
                });
              });
            });
          }
          if (_sunos && (callback && callback(data), resolve4(data)), _windows)
            try {
              let driveSanitized = util.sanitizeDriveLetter(drive), cmd = `Get-WmiObject Win32_logicaldisk | select Access,Caption,FileSystem,FreeSpace,Size ${drive ? "| where -property Caption -eq '" + driveSanitized + "'" : ""} | fl`;
              util.powerShell(cmd).then((stdout, error) => {
                error || stdout.toString().split(/\n\s*\n/).forEach((device) => {
                  let lines = device.split(`\r
`), size2 = util.toInt(util.getValue(lines, "size", ":")), free = util.toInt(util.getValue(lines, "freespace", ":")), caption = util.getValue(lines, "caption", ":"), rwValue = util.getValue(lines, "access", ":"), rw = rwValue ? util.toInt(rwValue) !== 1 : null;
                  size2 && data.push({
                    fs: caption,
                    type: util.getValue(lines, "filesystem", ":"),
                    size: size2,
                    used: size2 - free,
                    available: free,
                    use: parseFloat((100 * (size2 - free) / size2).toFixed(2)),
                    mount: caption,
                    rw
                  });
                }), callback && callback(data), resolve4(data);
              });
            } catch {
              callback && callback(data), resolve4(data);
            }
        });
      });
    }
    exports.fsSize = fsSize;
    function fsOpenFiles(callback) {
      return callback = util.isFunction(callback) ? callback : null, new Promise((resolve4) => {
        process.nextTick(() => {
          let result = {
            max: null,
            allocated: null,
            available: null
          };
          (_freebsd || _openbsd || _netbsd || _darwin) && exec("sysctl -i kern.maxfiles kern.num_files kern.open_files", { maxBuffer: 1024 * 1024 }, (error, stdout) => {
            if (!error) {
              let lines = stdout.toString().split(`
`);
              result.max = parseInt(util.getValue(lines, "kern.maxfiles", ":"), 10), result.allocated = parseInt(util.getValue(lines, "kern.num_files", ":"), 10) || parseInt(util.getValue(lines, "kern.open_files", ":"), 10), result.available = result.max - result.allocated;
            }
            callback && callback(result), resolve4(result);
          }), _linux && fs.readFile("/proc/sys/fs/file-nr", (error, stdout) => {
            if (error)
              fs.readFile("/proc/sys/fs/file-max", (error2, stdout2) => {
                if (!error2) {
                  let lines = stdout2.toString().split(`
`);
                  lines[0] && (result.max = parseInt(lines[0], 10));
                }
                callback && callback(result), resolve4(result);
              });
            else {
              let lines = stdout.toString().split(`
`);
              if (lines[0]) {
                let parts = lines[0].replace(/\s+/g, " ").split(" ");
                parts.length === 3 && (result.allocated = parseInt(parts[0], 10), result.available = parseInt(parts[1], 10), result.max = parseInt(parts[2], 10), result.available || (result.available = result.max - result.allocated));
              }
              callback && callback(result), resolve4(result);
            }
          }), _sunos && (callback && callback(null), resolve4(null)), _windows && (callback && callback(null), resolve4(null));
        });
      });
    }
    exports.fsOpenFiles = fsOpenFiles;
    function parseBytes(s) {
      let start = s.indexOf(" (") + 2, end = s.indexOf(" Bytes)");
      return parseInt(s.substr(start, end - start), 10);
    }
    function parseDevices(lines) {
      let devices = [], i = 0;
      return lines.forEach((line) => {
        if (line.length > 0)
          if (line[0] === "*")
            i++;
          else {
            let parts = line.split(":");
            parts.length > 1 && (devices[i] || (devices[i] = {
              name: "",
              identifier: "",
              type: "disk",
              fsType: "",
              mount: "",
              size: 0,
              physical: "HDD",
              uuid: "",
              label: "",
              model: "",
              serial: "",
              removable: !1,
              protocol: "",
              group: "",
              device: ""
            }), parts[0] = parts[0].trim().toUpperCase().replace(/ +/g, ""), parts[1] = parts[1].trim(), parts[0] === "DEVICEIDENTIFIER" && (devices[i].identifier = parts[1]), parts[0] === "DEVICENODE" && (devices[i].name = parts[1]), parts[0] === "VOLUMENAME" && parts[1].indexOf("Not applicable") === -1 && (devices[i].label = parts[1]), parts[0] === "PROTOCOL" && (devices[i].protocol = parts[1]), parts[0] === "DISKSIZE" && (devices[i].size = parseBytes(parts[1])), parts[0] === "FILESYSTEMPERSONALITY" && (devices[i].fsType = parts[1]), parts[0] === "MOUNTPOINT" && (devices[i].mount = parts[1]), parts[0] === "VOLUMEUUID" && (devices[i].uuid = parts[1]), parts[0] === "READ-ONLYMEDIA" && parts[1] === "Yes" && (devices[i].physical = "CD/DVD"), parts[0] === "SOLIDSTATE" && parts[1] === "Yes" && (devices[i].physical = "SSD"), parts[0] === "VIRTUAL" && (devices[i].type = "virtual"), parts[0] === "REMOVABLEMEDIA" && (devices[i].removable = parts[1] === "Removable"), parts[0] === "PARTITIONTYPE" && (devices[i].type = "part"), parts[0] === "DEVICE/MEDIANAME" && (devices[i].model = parts[1]));
          }
      }), devices;
    }
    function parseBlk(lines) {
      let data = [];
      return lines.filter((line) => line !== "").forEach((line) => {
        try {
          line = decodeURIComponent(line.replace(/\\x/g, "%")), line = line.replace(/\\/g, "\\\\");
          let disk = JSON.parse(line);
          data.push({
            name: util.sanitizeShellString(disk.name),
            type: disk.type,
            fsType: disk.fsType,
            mount: disk.mountpoint,
            size: parseInt(disk.size, 10),
            physical: disk.type === "disk" ? disk.rota === "0" ? "SSD" : "HDD" : disk.type === "rom" ? "CD/DVD" : "",
            uuid: disk.uuid,
            label: disk.label,
            model: (disk.model || "").trim(),
            serial: disk.serial,
            removable: disk.rm === "1",
            protocol: disk.tran,
            group: disk.group || ""
          });
        } catch {
          util.noop();
        }
      }), data = util.unique(data), data = util.sortByKey(data, ["type", "name"]), data;
    }
    function decodeMdabmData(lines) {
      let raid = util.getValue(lines, "md_level", "="), label = util.getValue(lines, "md_name", "="), uuid = util.getValue(lines, "md_uuid", "="), members = [];
      return lines.forEach((line) => {
        line.toLowerCase().startsWith("md_device_dev") && line.toLowerCase().indexOf("/dev/") > 0 && members.push(line.split("/dev/")[1]);
      }), {
        raid,
        label,
        uuid,
        members
      };
    }
    function raidMatchLinux(data) {
      let result = data;
      try {
        data.forEach((element) => {
          if (element.type.startsWith("raid")) {
            let lines = execSync(`mdadm --export --detail /dev/${util.sanitizeString(element.name, !0)}`, util.execOptsLinux).toString().split(`
`), mdData = decodeMdabmData(lines);
            element.label = mdData.label, element.uuid = mdData.uuid, mdData && mdData.members && mdData.members.length && mdData.raid === element.type && (result = result.map((blockdevice) => (blockdevice.fsType === "linux_raid_member" && mdData.members.indexOf(blockdevice.name) >= 0 && (blockdevice.group = element.name), blockdevice)));
          }
        });
      } catch {
        util.noop();
      }
      return result;
    }
    function getDevicesLinux(data) {
      let result = [];
      return data.forEach((element) => {
        element.type.startsWith("disk") && result.push(element.name);
      }), result;
    }
    function matchDevicesLinux(data) {
      let result = data;
      try {
        let devices = getDevicesLinux(data);
        result = result.map((blockdevice) => ((blockdevice.type.startsWith("part") || blockdevice.type.startsWith("disk")) && devices.forEach((element) => {
          blockdevice.name.startsWith(element) && (blockdevice.device = "/dev/" + element);
        }), blockdevice));
      } catch {
        util.noop();
      }
      return result;
    }
    function getDevicesMac(data) {
      let result = [];
      return data.forEach((element) => {
        if (element.type.startsWith("disk") && result.push({ name: element.name, model: element.model, device: element.name }), element.type.startsWith("virtual")) {
          let device = "";
          result.forEach((e) => {
            e.model === element.model && (device = e.device);
          }), device && result.push({ name: element.name, model: element.model, device });
        }
      }), result;
    }
    function matchDevicesMac(data) {
      let result = data;
      try {
        let devices = getDevicesMac(data);
        result = result.map((blockdevice) => ((blockdevice.type.startsWith("part") || blockdevice.type.startsWith("disk") || blockdevice.type.startsWith("virtual")) && devices.forEach((element) => {
          blockdevice.name.startsWith(element.name) && (blockdevice.device = element.device);
        }), blockdevice));
      } catch {
        util.noop();
      }
      return result;
    }
    function getDevicesWin(diskDrives) {
      let result = [];
      return diskDrives.forEach((element) => {
        let lines = element.split(`\r
`), device = util.getValue(lines, "DeviceID", ":"), partitions = element.split("@{DeviceID=");
        partitions.length > 1 && (partitions = partitions.slice(1), partitions.forEach((partition) => {
          result.push({ name: partition.split(";")[0].toUpperCase(), device });
        }));
      }), result;
    }
    function matchDevicesWin(data, diskDrives) {
      let devices = getDevicesWin(diskDrives);
      return data.map((element) => {
        let filteresDevices = devices.filter((e) => e.name === element.name.toUpperCase());
        return filteresDevices.length > 0 && (element.device = filteresDevices[0].device), element;
      }), data;
    }
    function blkStdoutToObject(stdout) {
      return stdout.toString().replace(/NAME=/g, '{"name":').replace(/FSTYPE=/g, ',"fsType":').replace(/TYPE=/g, ',"type":').replace(/SIZE=/g, ',"size":').replace(/MOUNTPOINT=/g, ',"mountpoint":').replace(/UUID=/g, ',"uuid":').replace(/ROTA=/g, ',"rota":').replace(/RO=/g, ',"ro":').replace(/RM=/g, ',"rm":').replace(/TRAN=/g, ',"tran":').replace(/SERIAL=/g, ',"serial":').replace(/LABEL=/g, ',"label":').replace(/MODEL=/g, ',"model":').replace(/OWNER=/g, ',"owner":').replace(/GROUP=/g, ',"group":').replace(/\n/g, `}
`);
    }
    function blockDevices(callback) {
      return callback = util.isFunction(callback) ? callback : null, new Promise((resolve4) => {
        process.nextTick(() => {
          let data = [];
          if (_linux && exec("lsblk -bPo NAME,TYPE,SIZE,FSTYPE,MOUNTPOINT,UUID,ROTA,RO,RM,TRAN,SERIAL,LABEL,MODEL,OWNER 2>/dev/null", { maxBuffer: 1048576 }, (error, stdout) => {
            if (error)
              exec("lsblk -bPo NAME,TYPE,SIZE,FSTYPE,MOUNTPOINT,UUID,ROTA,RO,RM,LABEL,MODEL,OWNER 2>/dev/null", { maxBuffer: 1048576 }, (error2, stdout2) => {
                if (!error2) {
                  let lines = blkStdoutToObject(stdout2).split(`
`);
                  data = parseBlk(lines), data = raidMatchLinux(data);
                }
                callback && callback(data), resolve4(data);
              }).on("error", () => {
                callback && callback(data), resolve4(data);
              });
            else {
              let lines = blkStdoutToObject(stdout).split(`
`);
              data = parseBlk(lines), data = raidMatchLinux(data), data = matchDevicesLinux(data), callback && callback(data), resolve4(data);
            }
          }).on("error", () => {
            callback && callback(data), resolve4(data);
          }), _darwin && exec("diskutil info -all", { maxBuffer: 1048576 }, (error, stdout) => {
            if (!error) {
              let lines = stdout.toString().split(`
`);
              data = parseDevices(lines), data = matchDevicesMac(data);
            }
            callback && callback(data), resolve4(data);
          }).on("error", () => {
            callback && callback(data), resolve4(data);
          }), _sunos && (callback && callback(data), resolve4(data)), _windows) {
            let drivetypes = ["Unknown", "NoRoot", "Removable", "Local", "Network", "CD/DVD", "RAM"];
            try {
              let workload = [];
              workload.push(util.powerShell("Get-CimInstance -ClassName Win32_LogicalDisk | select Caption,DriveType,Name,FileSystem,Size,VolumeSerialNumber,VolumeName | fl")), workload.push(
                util.powerShell(
                  "Get-WmiObject -Class Win32_diskdrive | Select-Object -Property PNPDeviceId,DeviceID, Model, Size, @{L='Partitions'; E={$_.GetRelated('Win32_DiskPartition').GetRelated('Win32_LogicalDisk') | Select-Object -Property DeviceID, VolumeName, Size, FreeSpace}} | fl"
                )
              ), util.promiseAll(workload).then((res) => {
                let logicalDisks = res.results[0].toString().split(/\n\s*\n/), diskDrives = res.results[1].toString().split(/\n\s*\n/);
                logicalDisks.forEach((device) => {
                  let lines = device.split(`\r
`), drivetype = util.getValue(lines, "drivetype", ":");
                  drivetype && data.push({
                    name: util.getValue(lines, "name", ":"),
                    identifier: util.getValue(lines, "caption", ":"),
                    type: "disk",
                    fsType: util.getValue(lines, "filesystem", ":").toLowerCase(),
                    mount: util.getValue(lines, "caption", ":"),
                    size: util.getValue(lines, "size", ":"),
                    physical: drivetype >= 0 && drivetype <= 6 ? drivetypes[drivetype] : drivetypes[0],
                    uuid: util.getValue(lines, "volumeserialnumber", ":"),
                    label: util.getValue(lines, "volumename", ":"),
                    model: "",
                    serial: util.getValue(lines, "volumeserialnumber", ":"),
                    removable: drivetype === "2",
                    protocol: "",
                    group: "",
                    device: ""
                  });
                }), data = matchDevicesWin(data, diskDrives), callback && callback(data), resolve4(data);
              });
            } catch {
              callback && callback(data), resolve4(data);
            }
          }
          (_freebsd || _openbsd || _netbsd) && (callback && callback(null), resolve4(null));
        });
      });
    }
    exports.blockDevices = blockDevices;
    function calcFsSpeed(rx, wx) {
      let result = {
        rx: 0,
        wx: 0,
        tx: 0,
        rx_sec: null,
        wx_sec: null,
        tx_sec: null,
        ms: 0
      };
      return _fs_speed && _fs_speed.ms ? (result.rx = rx, result.wx = wx, result.tx = result.rx + result.wx, result.ms = Date.now() - _fs_speed.ms, result.rx_sec = (result.rx - _fs_speed.bytes_read) / (result.ms / 1e3), result.wx_sec = (result.wx - _fs_speed.bytes_write) / (result.ms / 1e3), result.tx_sec = result.rx_sec + result.wx_sec, _fs_speed.rx_sec = result.rx_sec, _fs_speed.wx_sec = result.wx_sec, _fs_speed.tx_sec = result.tx_sec, _fs_speed.bytes_read = result.rx, _fs_speed.bytes_write = result.wx, _fs_speed.bytes_overall = result.rx + result.wx, _fs_speed.ms = Date.now(), _fs_speed.last_ms = result.ms) : (result.rx = rx, result.wx = wx, result.tx = result.rx + result.wx, _fs_speed.rx_sec = null, _fs_speed.wx_sec = null, _fs_speed.tx_sec = null, _fs_speed.bytes_read = result.rx, _fs_speed.bytes_write = result.wx, _fs_speed.bytes_overall = result.rx + result.wx, _fs_speed.ms = Date.now(), _fs_speed.last_ms = 0), result;
    }
    function fsStats(callback) {
      return callback = util.isFunction(callback) ? callback : null, new Promise((resolve4) => {
        process.nextTick(() => {
          if (_windows || _freebsd || _openbsd || _netbsd || _sunos)
            return resolve4(null);
          let result = {
            rx: 0,
            wx: 0,
            tx: 0,
            rx_sec: null,
            wx_sec: null,
            tx_sec: null,
            ms: 0
          }, rx = 0, wx = 0;
          _fs_speed && !_fs_speed.ms || _fs_speed && _fs_speed.ms && Date.now() - _fs_speed.ms >= 500 ? (_linux && exec('lsblk -rno KNAME,FSTYPE,MOUNTPOINT 2>/dev/null | grep -E "/| zfs_member( |$)" | grep -vE "^zd[0-9]+"', { maxBuffer: 1048576 }, (error, stdout) => {
            if (error)
              callback && callback(result), resolve4(result);
            else {
              let lines = stdout.toString().split(`
`), fs_filter = [];
              lines.forEach((line) => {
                if (line !== "") {
                  line = line.trim().split(" ");
                  let dev = util.sanitizeShellString(line[0], !0);
                  dev && fs_filter.indexOf(dev) === -1 && fs_filter.push(dev);
                }
              }), exec("cat /proc/diskstats", { maxBuffer: 1024 * 1024 }, (error2, stdout2) => {
                error2 || (stdout2.toString().split(`
`).forEach((line) => {
                  if (line = line.trim(), line !== "") {
                    if (line = line.replace(/ +/g, " ").split(" "), fs_filter.indexOf(line[2]) === -1)
                      return;
                    rx += parseInt(line[5], 10) * 512, wx += parseInt(line[9], 10) * 512;
                  }
                }), result = calcFsSpeed(rx, wx)), callback && callback(result), resolve4(result);
              }).on("error", () => {
                callback && callback(result), resolve4(result);
              });
            }
          }).on("error", () => {
            callback && callback(result), resolve4(result);
          }), _darwin && exec(
            `ioreg -c IOBlockStorageDriver -k Statistics -r -w0 | sed -n "/IOBlockStorageDriver/,/Statistics/p" | grep "Statistics" | tr -cd "01234567890,
"`,
            { maxBuffer: 1048576 },
            (error, stdout) => {
              error || (stdout.toString().split(`
`).forEach((line) => {
                line = line.trim(), line !== "" && (line = line.split(","), rx += parseInt(line[2], 10), wx += parseInt(line[9], 10));
              }), result = calcFsSpeed(rx, wx)), callback && callback(result), resolve4(result);
            }
          ).on("error", () => {
            callback && callback(result), resolve4(result);
          })) : (result.ms = _fs_speed.last_ms, result.rx = _fs_speed.bytes_read, result.wx = _fs_speed.bytes_write, result.tx = _fs_speed.bytes_read + _fs_speed.bytes_write, result.rx_sec = _fs_speed.rx_sec, result.wx_sec = _fs_speed.wx_sec, result.tx_sec = _fs_speed.tx_sec, callback && callback(result), resolve4(result));
        });
      });
    }
    exports.fsStats = fsStats;
    function calcDiskIO(rIO, wIO, rWaitTime, wWaitTime, tWaitTime) {
      let result = {
        rIO: 0,
        wIO: 0,
        tIO: 0,
        rIO_sec: null,
        wIO_sec: null,
        tIO_sec: null,
        rWaitTime: 0,
        wWaitTime: 0,
        tWaitTime: 0,
        rWaitPercent: null,
        wWaitPercent: null,
        tWaitPercent: null,
        ms: 0
      };
      return _disk_io && _disk_io.ms ? (result.rIO = rIO, result.wIO = wIO, result.tIO = rIO + wIO, result.ms = Date.now() - _disk_io.ms, result.rIO_sec = (result.rIO - _disk_io.rIO) / (result.ms / 1e3), result.wIO_sec = (result.wIO - _disk_io.wIO) / (result.ms / 1e3), result.tIO_sec = result.rIO_sec + result.wIO_sec, result.rWaitTime = rWaitTime, result.wWaitTime = wWaitTime, result.tWaitTime = tWaitTime, result.rWaitPercent = (result.rWaitTime - _disk_io.rWaitTime) * 100 / result.ms, result.wWaitPercent = (result.wWaitTime - _disk_io.wWaitTime) * 100 / result.ms, result.tWaitPercent = (result.tWaitTime - _disk_io.tWaitTime) * 100 / result.ms, _disk_io.rIO = rIO, _disk_io.wIO = wIO, _disk_io.rIO_sec = result.rIO_sec, _disk_io.wIO_sec = result.wIO_sec, _disk_io.tIO_sec = result.tIO_sec, _disk_io.rWaitTime = rWaitTime, _disk_io.wWaitTime = wWaitTime, _disk_io.tWaitTime = tWaitTime, _disk_io.rWaitPercent = result.rWaitPercent, _disk_io.wWaitPercent = result.wWaitPercent, _disk_io.tWaitPercent = result.tWaitPercent, _disk_io.last_ms = result.ms, _disk_io.ms = Date.now()) : (result.rIO = rIO, result.wIO = wIO, result.tIO = rIO + wIO, result.rWaitTime = rWaitTime, result.wWaitTime = wWaitTime, result.tWaitTime = tWaitTime, _disk_io.rIO = rIO, _disk_io.wIO = wIO, _disk_io.rIO_sec = null, _disk_io.wIO_sec = null, _disk_io.tIO_sec = null, _disk_io.rWaitTime = rWaitTime, _disk_io.wWaitTime = wWaitTime, _disk_io.tWaitTime = tWaitTime, _disk_io.rWaitPercent = null, _disk_io.wWaitPercent = null, _disk_io.tWaitPercent = null, _disk_io.last_ms = 0, _disk_io.ms = Date.now()), result;
    }
    function disksIO(callback) {
      return callback = util.isFunction(callback) ? callback : null, new Promise((resolve4) => {
        process.nextTick(() => {
          if (_windows || _sunos)
            return resolve4(null);
          let result = {
            rIO: 0,
            wIO: 0,
            tIO: 0,
            rIO_sec: null,
            wIO_sec: null,
            tIO_sec: null,
            rWaitTime: 0,
            wWaitTime: 0,
            tWaitTime: 0,
            rWaitPercent: null,
            wWaitPercent: null,
            tWaitPercent: null,
            ms: 0
          }, rIO = 0, wIO = 0, rWaitTime = 0, wWaitTime = 0, tWaitTime = 0;
          _disk_io && !_disk_io.ms || _disk_io && _disk_io.ms && Date.now() - _disk_io.ms >= 500 ? ((_linux || _freebsd || _openbsd || _netbsd) && exec('for mount in `lsblk 2>/dev/null | grep " disk " | sed "s/[\u2502\u2514\u2500\u251C]//g" | awk \'{$1=$1};1\' | grep -vE "^(zd|nbd|fd|zram)[0-9]+ " | cut -d " " -f 1 | sort -u`; do cat /sys/block/$mount/stat | sed -r "s/ +/;/g" | sed -r "s/^;//"; done', { maxBuffer: 1024 * 1024 }, (error, stdout) => {
            error ? (callback && callback(result), resolve4(result)) : (stdout.split(`
`).forEach((line) => {
              if (!line)
                return;
              let stats = line.split(";");
              rIO += parseInt(stats[0], 10), wIO += parseInt(stats[4], 10), rWaitTime += parseInt(stats[3], 10), wWaitTime += parseInt(stats[7], 10), tWaitTime += parseInt(stats[10], 10);
            }), result = calcDiskIO(rIO, wIO, rWaitTime, wWaitTime, tWaitTime), callback && callback(result), resolve4(result));
          }), _darwin && exec(
            `ioreg -c IOBlockStorageDriver -k Statistics -r -w0 | sed -n "/IOBlockStorageDriver/,/Statistics/p" | grep "Statistics" | tr -cd "01234567890,
"`,
            { maxBuffer: 1024 * 1024 },
            (error, stdout) => {
              error || (stdout.toString().split(`
`).forEach((line) => {
                line = line.trim(), line !== "" && (line = line.split(","), rIO += parseInt(line[10], 10), wIO += parseInt(line[0], 10));
              }), result = calcDiskIO(rIO, wIO, rWaitTime, wWaitTime, tWaitTime)), callback && callback(result), resolve4(result);
            }
          )) : (result.rIO = _disk_io.rIO, result.wIO = _disk_io.wIO, result.tIO = _disk_io.rIO + _disk_io.wIO, result.ms = _disk_io.last_ms, result.rIO_sec = _disk_io.rIO_sec, result.wIO_sec = _disk_io.wIO_sec, result.tIO_sec = _disk_io.tIO_sec, result.rWaitTime = _disk_io.rWaitTime, result.wWaitTime = _disk_io.wWaitTime, result.tWaitTime = _disk_io.tWaitTime, result.rWaitPercent = _disk_io.rWaitPercent, result.wWaitPercent = _disk_io.wWaitPercent, result.tWaitPercent = _disk_io.tWaitPercent, callback && callback(result), resolve4(result));
        });
      });
    }
    exports.disksIO = disksIO;
    function diskLayout(callback) {
      callback = util.isFunction(callback) ? callback : null;
      function getVendorFromModel(model) {
        let diskManufacturers = [
          { pattern: "WESTERN.*", manufacturer: "Western Digital" },
          { pattern: "^WDC.*", manufacturer: "Western Digital" },
          { pattern: "WD.*", manufacturer: "Western Digital" },
          { pattern: "TOSHIBA.*", manufacturer: "Toshiba" },
          { pattern: "HITACHI.*", manufacturer: "Hitachi" },
          { pattern: "^IC.*", manufacturer: "Hitachi" },
          { pattern: "^HTS.*", manufacturer: "Hitachi" },
          { pattern: "SANDISK.*", manufacturer: "SanDisk" },
          { pattern: "KINGSTON.*", manufacturer: "Kingston Technology" },
          { pattern: "^SONY.*", manufacturer: "Sony" },
          { pattern: "TRANSCEND.*", manufacturer: "Transcend" },
          { pattern: "SAMSUNG.*", manufacturer: "Samsung" },
          { pattern: "^ST(?!I\\ ).*", manufacturer: "Seagate" },
          { pattern: "^STI\\ .*", manufacturer: "SimpleTech" },
          { pattern: "^D...-.*", manufacturer: "IBM" },
          { pattern: "^IBM.*", manufacturer: "IBM" },
          { pattern: "^FUJITSU.*", manufacturer: "Fujitsu" },
          { pattern: "^MP.*", manufacturer: "Fujitsu" },
          { pattern: "^MK.*", manufacturer: "Toshiba" },
          { pattern: "MAXTO.*", manufacturer: "Maxtor" },
          { pattern: "PIONEER.*", manufacturer: "Pioneer" },
          { pattern: "PHILIPS.*", manufacturer: "Philips" },
          { pattern: "QUANTUM.*", manufacturer: "Quantum Technology" },
          { pattern: "FIREBALL.*", manufacturer: "Quantum Technology" },
          { pattern: "^VBOX.*", manufacturer: "VirtualBox" },
          { pattern: "CORSAIR.*", manufacturer: "Corsair Components" },
          { pattern: "CRUCIAL.*", manufacturer: "Crucial" },
          { pattern: "ECM.*", manufacturer: "ECM" },
          { pattern: "INTEL.*", manufacturer: "INTEL" },
          { pattern: "EVO.*", manufacturer: "Samsung" },
          { pattern: "APPLE.*", manufacturer: "Apple" }
        ], result = "";
        return model && (model = model.toUpperCase(), diskManufacturers.forEach((manufacturer) => {
          RegExp(manufacturer.pattern).test(model) && (result = manufacturer.manufacturer);
        })), result;
      }
      return new Promise((resolve4) => {
        process.nextTick(() => {
          let commitResult = (res) => {
            for (let i = 0; i < res.length; i++)
              delete res[i].BSDName;
            callback && callback(res), resolve4(res);
          }, result = [], cmd = "";
          if (_linux) {
            let cmdFullSmart = "";
            exec("export LC_ALL=C; lsblk -ablJO 2>/dev/null; unset LC_ALL", { maxBuffer: 1024 * 1024 }, (error, stdout) => {
              if (!error)
                try {
                  let out = stdout.toString().trim(), devices = [];
                  try {
                    let outJSON = JSON.parse(out);
                    outJSON && {}.hasOwnProperty.call(outJSON, "blockdevices") && (devices = outJSON.blockdevices.filter((item) => item.type === "disk" && item.size > 0 && (item.model !== null || item.mountpoint === null && item.label === null && item.fstype === null && item.parttype === null && item.path && item.path.indexOf("/ram") !== 0 && item.path.indexOf("/loop") !== 0 && item["disc-max"] && item["disc-max"] !== 0)));
                  } catch {
                    try {
                      let out2 = execSync(
                        "export LC_ALL=C; lsblk -bPo NAME,TYPE,SIZE,FSTYPE,MOUNTPOINT,UUID,ROTA,RO,RM,LABEL,MODEL,OWNER,GROUP 2>/dev/null; unset LC_ALL",
                        util.execOptsLinux
                      ).toString(), lines = blkStdoutToObject(out2).split(`
`);
                      devices = parseBlk(lines).filter((item) => item.type === "disk" && item.size > 0 && (item.model !== null && item.model !== "" || item.mount === "" && item.label === "" && item.fsType === ""));
                    } catch {
                      util.noop();
                    }
                  }
                  devices.forEach((device) => {
                    let mediumType = "", logical = util.sanitizeShellString(device.name, !0), BSDName = "/dev/" + logical;
                    try {
                      mediumType = execSync("cat /sys/block/" + logical + "/queue/rotational 2>/dev/null", util.execOptsLinux).toString().split(`
`)[0];
                    } catch {
                      util.noop();
                    }
                    let interfaceType = device.tran ? device.tran.toUpperCase().trim() : "";
                    interfaceType === "NVME" && (mediumType = "2", interfaceType = "PCIe"), result.push({
                      device: BSDName,
                      type: mediumType === "0" ? "SSD" : mediumType === "1" ? "HD" : mediumType === "2" ? "NVMe" : device.model && device.model.indexOf("SSD") > -1 ? "SSD" : device.model && device.model.indexOf("NVM") > -1 ? "NVMe" : "HD",
                      name: device.model || "",
                      vendor: getVendorFromModel(device.model) || (device.vendor ? device.vendor.trim() : ""),
                      size: device.size || 0,
                      bytesPerSector: null,
                      totalCylinders: null,
                      totalHeads: null,
                      totalSectors: null,
                      totalTracks: null,
                      tracksPerCylinder: null,
                      sectorsPerTrack: null,
                      firmwareRevision: device.rev ? device.rev.trim() : "",
                      serialNum: device.serial ? device.serial.trim() : "",
                      interfaceType,
                      smartStatus: "unknown",
                      temperature: null,
                      BSDName
                    }), cmd += `printf "
${BSDName}|"; smartctl -H ${BSDName} | grep overall;`, cmdFullSmart += `${cmdFullSmart ? 'printf ",";' : ""}smartctl -a -j ${BSDName};`;
                  });
                } catch {
                  util.noop();
                }
              cmdFullSmart ? exec(cmdFullSmart, { maxBuffer: 1024 * 1024 }, (error2, stdout2) => {
                try {
                  JSON.parse(`[${stdout2}]`).forEach((disk) => {
                    let diskBSDName = disk.smartctl.argv[disk.smartctl.argv.length - 1];
                    for (let i = 0; i < result.length; i++)
                      result[i].BSDName === diskBSDName && (result[i].smartStatus = disk.smart_status.passed ? "Ok" : disk.smart_status.passed === !1 ? "Predicted Failure" : "unknown", disk.temperature && disk.temperature.current && (result[i].temperature = disk.temperature.current), result[i].smartData = disk);
                  }), commitResult(result);
                } catch {
                  cmd ? (cmd = cmd + `printf "
"`, exec(cmd, { maxBuffer: 1024 * 1024 }, (error3, stdout3) => {
                    stdout3.toString().split(`
`).forEach((line) => {
                      if (line) {
                        let parts = line.split("|");
                        if (parts.length === 2) {
                          let BSDName = parts[0];
                          parts[1] = parts[1].trim();
                          let parts2 = parts[1].split(":");
                          if (parts2.length === 2) {
                            parts2[1] = parts2[1].trim();
                            let status = parts2[1].toLowerCase();
                            for (let i = 0; i < result.length; i++)
                              result[i].BSDName === BSDName && (result[i].smartStatus = status === "passed" ? "Ok" : status === "failed!" ? "Predicted Failure" : "unknown");
                          }
                        }
                      }
                    }), commitResult(result);
                  })) : commitResult(result);
                }
              }) : commitResult(result);
            });
          }
          if ((_freebsd || _openbsd || _netbsd) && (callback && callback(result), resolve4(result)), _sunos && (callback && callback(result), resolve4(result)), _darwin) {
            let cmdFullSmart = "";
            exec("system_profiler SPSerialATADataType SPNVMeDataType SPUSBDataType SPUSBHostDataType SPStorageDataType", { maxBuffer: 1024 * 1024 }, (error, stdout) => {
              if (error)
                commitResult(result);
              else {
                let lines = stdout.toString().split(`
`), linesSATA = [], linesNVMe = [], linesStorage = [], linesUSB = [], dataType = "SATA";
                lines.forEach((line) => {
                  line === "NVMExpress:" ? dataType = "NVMe" : line === "Storage:" ? dataType = "Storage" : line === "USB:" ? dataType = "USB" : line === "SATA/SATA Express:" ? dataType = "SATA" : dataType === "SATA" ? linesSATA.push(line) : dataType === "NVMe" ? linesNVMe.push(line) : dataType === "Storage" ? linesStorage.push(line) : dataType === "USB" && linesUSB.push(line);
                });
                try {
                  let devices = linesSATA.join(`
`).split(" Physical Interconnect: ");
                  devices.shift(), devices.forEach((device) => {
                    device = "InterfaceType: " + device;
                    let lines2 = device.split(`
`), mediumType = util.getValue(lines2, "Medium Type", ":", !0).trim(), sizeStr = util.getValue(lines2, "capacity", ":", !0).trim(), BSDName = util.sanitizeShellString(util.getValue(lines2, "BSD Name", ":", !0).trim(), !0);
                    if (sizeStr) {
                      let sizeValue = 0;
                      if (sizeStr.indexOf("(") >= 0 && (sizeValue = parseInt(
                        sizeStr.match(/\(([^)]+)\)/)[1].replace(/\./g, "").replace(/,/g, "").replace(/\s/g, ""),
                        10
                      )), sizeValue || (sizeValue = parseInt(sizeStr, 10)), sizeValue) {
                        let smartStatusString = util.getValue(lines2, "S.M.A.R.T. status", ":", !0).trim().toLowerCase();
                        result.push({
                          device: BSDName,
                          type: mediumType.startsWith("Solid") ? "SSD" : "HD",
                          name: util.getValue(lines2, "Model", ":", !0).trim(),
                          vendor: getVendorFromModel(util.getValue(lines2, "Model", ":", !0).trim()) || util.getValue(lines2, "Manufacturer", ":", !0),
                          size: sizeValue,
                          bytesPerSector: null,
                          totalCylinders: null,
                          totalHeads: null,
                          totalSectors: null,
                          totalTracks: null,
                          tracksPerCylinder: null,
                          sectorsPerTrack: null,
                          firmwareRevision: util.getValue(lines2, "Revision", ":", !0).trim(),
                          serialNum: util.getValue(lines2, "Serial Number", ":", !0).trim(),
                          interfaceType: util.getValue(lines2, "InterfaceType", ":", !0).trim(),
                          smartStatus: smartStatusString === "verified" ? "OK" : smartStatusString || "unknown",
                          temperature: null,
                          BSDName
                        }), cmd = cmd + `printf "
` + BSDName + '|"; diskutil info /dev/' + BSDName + " | grep SMART;", cmdFullSmart += `${cmdFullSmart ? 'printf ",";' : ""}smartctl -a -j ${BSDName};`;
                      }
                    }
                  });
                } catch {
                  util.noop();
                }
                try {
                  let devices = linesNVMe.join(`
`).split(`

          Capacity:`);
                  devices.shift(), devices.forEach((device) => {
                    device = `!Capacity: ${device}`;
                    let lines2 = device.split(`
`), linkWidth = util.getValue(lines2, "link width", ":", !0).trim(), sizeStr = util.getValue(lines2, "!capacity", ":", !0).trim(), BSDName = util.sanitizeShellString(util.getValue(lines2, "BSD Name", ":", !0).trim(), !0);
                    if (sizeStr) {
                      let sizeValue = 0;
                      if (sizeStr.indexOf("(") >= 0 && (sizeValue = parseInt(
                        sizeStr.match(/\(([^)]+)\)/)[1].replace(/\./g, "").replace(/,/g, "").replace(/\s/g, ""),
                        10
                      )), sizeValue || (sizeValue = parseInt(sizeStr, 10)), sizeValue) {
                        let smartStatusString = util.getValue(lines2, "S.M.A.R.T. status", ":", !0).trim().toLowerCase();
                        result.push({
                          device: BSDName,
                          type: "NVMe",
                          name: util.getValue(lines2, "Model", ":", !0).trim(),
                          vendor: getVendorFromModel(util.getValue(lines2, "Model", ":", !0).trim()),
                          size: sizeValue,
                          bytesPerSector: null,
                          totalCylinders: null,
                          totalHeads: null,
                          totalSectors: null,
                          totalTracks: null,
                          tracksPerCylinder: null,
                          sectorsPerTrack: null,
                          firmwareRevision: util.getValue(lines2, "Revision", ":", !0).trim(),
                          serialNum: util.getValue(lines2, "Serial Number", ":", !0).trim(),
                          interfaceType: ("PCIe " + linkWidth).trim(),
                          smartStatus: smartStatusString === "verified" ? "OK" : smartStatusString || "unknown",
                          temperature: null,
                          BSDName
                        }), cmd = `${cmd}printf "
${BSDName}|"; diskutil info /dev/${BSDName} | grep SMART;`, cmdFullSmart += `${cmdFullSmart ? 'printf ",";' : ""}smartctl -a -j ${BSDName};`;
                      }
                    }
                  });
                } catch {
                  util.noop();
                }
                try {
                  let devices = linesUSB.join(`
`).replace(/Media:\n /g, "Model:").split(`

          Product ID:`);
                  devices.shift(), devices.forEach((device) => {
                    let lines2 = device.split(`
`), sizeStr = util.getValue(lines2, "Capacity", ":", !0).trim(), BSDName = util.sanitizeShellString(util.getValue(lines2, "BSD Name", ":", !0).trim(), !0);
                    if (sizeStr) {
                      let sizeValue = 0;
                      if (sizeStr.indexOf("(") >= 0 && (sizeValue = parseInt(
                        sizeStr.match(/\(([^)]+)\)/)[1].replace(/\./g, "").replace(/,/g, "").replace(/\s/g, ""),
                        10
                      )), sizeValue || (sizeValue = parseInt(sizeStr, 10)), sizeValue) {
                        let smartStatusString = util.getValue(lines2, "S.M.A.R.T. status", ":", !0).trim().toLowerCase();
                        result.push({
                          device: BSDName,
                          type: "USB",
                          name: util.getValue(lines2, "Model", ":", !0).trim().replace(/:/g, ""),
                          vendor: getVendorFromModel(util.getValue(lines2, "Model", ":", !0).trim()),
                          size: sizeValue,
                          bytesPerSector: null,
                          totalCylinders: null,
                          totalHeads: null,
                          totalSectors: null,
                          totalTracks: null,
                          tracksPerCylinder: null,
                          sectorsPerTrack: null,
                          firmwareRevision: util.getValue(lines2, "Revision", ":", !0).trim(),
                          serialNum: util.getValue(lines2, "Serial Number", ":", !0).trim(),
                          interfaceType: "USB",
                          smartStatus: smartStatusString === "verified" ? "OK" : smartStatusString || "unknown",
                          temperature: null,
                          BSDName
                        }), cmd = cmd + `printf "
` + BSDName + '|"; diskutil info /dev/' + BSDName + " | grep SMART;", cmdFullSmart += `${cmdFullSmart ? 'printf ",";' : ""}smartctl -a -j ${BSDName};`;
                      }
                    }
                  });
                } catch {
                  util.noop();
                }
                try {
                  let seen = {};
                  result.forEach((d) => {
                    let m = (d.BSDName || "").match(/disk\d+/);
                    m && (seen[m[0]] = !0);
                  });
                  let devices = linesStorage.join(`
`).split("      Free:");
                  devices.shift(), devices.forEach((device) => {
                    let lines2 = device.split(`
`);
                    if (util.getValue(lines2, "Internal", ":", !0).trim().toLowerCase() !== "no")
                      return;
                    let bsdMatch = util.getValue(lines2, "BSD Name", ":", !0).trim().match(/disk\d+/), BSDName = bsdMatch ? bsdMatch[0] : "";
                    if (!BSDName || seen[BSDName])
                      return;
                    let sizeStr = util.getValue(lines2, "Capacity", ":", !0).trim();
                    if (sizeStr) {
                      let sizeValue = 0;
                      if (sizeStr.indexOf("(") >= 0 && (sizeValue = parseInt(
                        sizeStr.match(/\(([^)]+)\)/)[1].replace(/\./g, "").replace(/,/g, "").replace(/\s/g, ""),
                        10
                      )), sizeValue || (sizeValue = parseInt(sizeStr, 10)), sizeValue) {
                        seen[BSDName] = !0;
                        let protocol = util.getValue(lines2, "Protocol", ":", !0).trim(), model = util.getValue(lines2, "Device Name", ":", !0).trim();
                        result.push({
                          device: BSDName,
                          type: protocol && protocol !== "USB" ? protocol : "USB",
                          name: model,
                          vendor: getVendorFromModel(model),
                          size: sizeValue,
                          bytesPerSector: null,
                          totalCylinders: null,
                          totalHeads: null,
                          totalSectors: null,
                          totalTracks: null,
                          tracksPerCylinder: null,
                          sectorsPerTrack: null,
                          firmwareRevision: "",
                          serialNum: "",
                          interfaceType: protocol || "USB",
                          smartStatus: "unknown",
                          temperature: null,
                          BSDName
                        }), cmd = cmd + `printf "
` + BSDName + '|"; diskutil info /dev/' + BSDName + " | grep SMART;", cmdFullSmart += `${cmdFullSmart ? 'printf ",";' : ""}smartctl -a -j ${BSDName};`;
                      }
                    }
                  });
                } catch {
                  util.noop();
                }
                cmdFullSmart ? exec(cmdFullSmart, { maxBuffer: 1024 * 1024 }, (error2, stdout2) => {
                  try {
                    JSON.parse(`[${stdout2}]`).forEach((disk) => {
                      let diskBSDName = disk.smartctl.argv[disk.smartctl.argv.length - 1];
                      for (let i = 0; i < result.length; i++)
                        result[i].BSDName === diskBSDName && (result[i].smartStatus = disk.smart_status.passed ? "Ok" : disk.smart_status.passed === !1 ? "Predicted Failure" : "unknown", disk.temperature && disk.temperature.current && (result[i].temperature = disk.temperature.current), result[i].smartData = disk);
                    }), commitResult(result);
                  } catch {
                    cmd ? (cmd = cmd + `printf "
"`, exec(cmd, { maxBuffer: 1024 * 1024 }, (error3, stdout3) => {
                      stdout3.toString().split(`
`).forEach((line) => {
                        if (line) {
                          let parts = line.split("|");
                          if (parts.length === 2) {
                            let BSDName = parts[0];
                            parts[1] = parts[1].trim();
                            let parts2 = parts[1].split(":");
                            if (parts2.length === 2) {
                              parts2[1] = parts2[1].trim();
                              let status = parts2[1].toLowerCase();
                              for (let i = 0; i < result.length; i++)
                                result[i].BSDName === BSDName && (result[i].smartStatus = status === "passed" ? "Ok" : status === "failed!" ? "Predicted Failure" : "unknown");
                            }
                          }
                        }
                      }), commitResult(result);
                    })) : commitResult(result);
                  }
                }) : cmd ? (cmd = cmd + `printf "
"`, exec(cmd, { maxBuffer: 1024 * 1024 }, (error2, stdout2) => {
                  stdout2.toString().split(`
`).forEach((line) => {
                    if (line) {
                      let parts = line.split("|");
                      if (parts.length === 2) {
                        let BSDName = parts[0];
                        parts[1] = parts[1].trim();
                        let parts2 = parts[1].split(":");
                        if (parts2.length === 2) {
                          parts2[1] = parts2[1].trim();
                          let status = parts2[1].toLowerCase();
                          for (let i = 0; i < result.length; i++)
                            result[i].BSDName === BSDName && (result[i].smartStatus = status === "not supported" ? "not supported" : status === "verified" ? "Ok" : status === "failing" ? "Predicted Failure" : "unknown");
                        }
                      }
                    }
                  }), commitResult(result);
                })) : commitResult(result);
              }
            });
          }
          if (_windows)
            try {
              let hasControlCharacters = function(str) {
                return new RegExp("\\p{Cc}", "u").test(str);
              }, workload = [];
              if (workload.push(
                util.powerShell(
                  "Get-CimInstance Win32_DiskDrive | select Caption,Size,Status,PNPDeviceId,DeviceId,BytesPerSector,TotalCylinders,TotalHeads,TotalSectors,TotalTracks,TracksPerCylinder,SectorsPerTrack,FirmwareRevision,SerialNumber,InterfaceType | fl"
                )
              ), workload.push(util.powerShell("Get-PhysicalDisk | select BusType,MediaType,FriendlyName,Model,SerialNumber,Size | fl")), util.smartMonToolsInstalled())
                try {
                  let smartDev = JSON.parse(execSync("smartctl --scan -j", util.execOptsWin).toString());
                  smartDev && smartDev.devices && smartDev.devices.length > 0 && smartDev.devices.forEach((dev) => {
                    /^[\w/.,:\\-]+$/.test(String(dev.name || "")) && workload.push(execPromiseSave(`smartctl -j -a ${dev.name}`, util.execOptsWin));
                  });
                } catch {
                  util.noop();
                }
              util.promiseAll(workload).then((data) => {
                let devices = data.results[0].toString().split(/\n\s*\n/);
                devices.forEach((device) => {
                  let lines = device.split(`\r
`), size2 = util.getValue(lines, "Size", ":").trim(), status = util.getValue(lines, "Status", ":").trim().toLowerCase(), serialNum = util.getValue(lines, "SerialNumber", ":").trim();
                  if (hasControlCharacters(serialNum)) {
                    let instanceId = util.getValue(lines, "PNPDeviceId", ":").trim().split("\\")[2];
                    if (instanceId) {
                      let parts = instanceId.split("&");
                      parts.length === 2 && parts[1] === "0" && (serialNum = parts[0]);
                    }
                  }
                  size2 && result.push({
                    device: util.getValue(lines, "DeviceId", ":"),
                    // changed from PNPDeviceId to DeviceID (be be able to match devices)
                    type: device.indexOf("SSD") > -1 ? "SSD" : "HD",
                    // just a starting point ... better: MSFT_PhysicalDisk - Media Type ... see below
                    name: util.getValue(lines, "Caption", ":"),
                    vendor: getVendorFromModel(util.getValue(lines, "Caption", ":", !0).trim()),
                    size: parseInt(size2, 10),
                    bytesPerSector: parseInt(util.getValue(lines, "BytesPerSector", ":"), 10),
                    totalCylinders: parseInt(util.getValue(lines, "TotalCylinders", ":"), 10),
                    totalHeads: parseInt(util.getValue(lines, "TotalHeads", ":"), 10),
                    totalSectors: parseInt(util.getValue(lines, "TotalSectors", ":"), 10),
                    totalTracks: parseInt(util.getValue(lines, "TotalTracks", ":"), 10),
                    tracksPerCylinder: parseInt(util.getValue(lines, "TracksPerCylinder", ":"), 10),
                    sectorsPerTrack: parseInt(util.getValue(lines, "SectorsPerTrack", ":"), 10),
                    firmwareRevision: util.getValue(lines, "FirmwareRevision", ":").trim(),
                    serialNum,
                    interfaceType: util.getValue(lines, "InterfaceType", ":").trim(),
                    smartStatus: status === "ok" ? "Ok" : status === "degraded" ? "Degraded" : status === "pred fail" ? "Predicted Failure" : "Unknown",
                    temperature: null
                  });
                }), devices = data.results[1].split(/\n\s*\n/), devices.forEach((device) => {
                  let lines = device.split(`\r
`), serialNum = util.getValue(lines, "SerialNumber", ":").trim(), name = util.getValue(lines, "FriendlyName", ":").trim().replace("Msft ", "Microsoft"), size2 = util.getValue(lines, "Size", ":").trim(), model = util.getValue(lines, "Model", ":").trim(), interfaceType = util.getValue(lines, "BusType", ":").trim(), mediaType = util.getValue(lines, "MediaType", ":").trim();
                  if ((mediaType === "3" || mediaType === "HDD") && (mediaType = "HD"), mediaType === "4" && (mediaType = "SSD"), mediaType === "5" && (mediaType = "SCM"), mediaType === "Unspecified" && (model.toLowerCase().indexOf("virtual") > -1 || model.toLowerCase().indexOf("vbox") > -1) && (mediaType = "Virtual"), size2) {
                    let i = util.findObjectByKey(result, "serialNum", serialNum);
                    (i === -1 || serialNum === "") && (i = util.findObjectByKey(result, "name", name)), i !== -1 && (result[i].type = mediaType, result[i].interfaceType = interfaceType);
                  }
                }), data.results.shift(), data.results.shift(), data.results.length && data.results.forEach((smartStr) => {
                  try {
                    let smartData = JSON.parse(smartStr);
                    if (smartData.serial_number) {
                      let serialNum = smartData.serial_number, i = util.findObjectByKey(result, "serialNum", serialNum);
                      i !== -1 && (result[i].smartStatus = smartData.smart_status && smartData.smart_status.passed ? "Ok" : smartData.smart_status && smartData.smart_status.passed === !1 ? "Predicted Failure" : "unknown", smartData.temperature && smartData.temperature.current && (result[i].temperature = smartData.temperature.current), result[i].smartData = smartData);
                    }
                  } catch {
                    util.noop();
                  }
                }), callback && callback(result), resolve4(result);
              });
            } catch {
              callback && callback(result), resolve4(result);
            }
        });
      });
    }
    exports.diskLayout = diskLayout;
  }
});

// node_modules/systeminformation/lib/wifi.js
var require_wifi = __commonJS({
  "node_modules/systeminformation/lib/wifi.js"(exports) {
    "use strict";
    var os = __require("os"), exec = __require("child_process").exec, execSync = __require("child_process").execSync, util = require_util(), _platform = process.platform, _linux = _platform === "linux" || _platform === "android", _darwin = _platform === "darwin", _windows = _platform === "win32";
    function wifiDBFromQuality(quality) {
      let qual = parseFloat(quality);
      return isNaN(qual) ? null : qual < 0 ? 0 : qual >= 100 ? -50 : qual / 2 - 100;
    }
    function wifiQualityFromDB(db) {
      let dbValue = parseFloat(db);
      if (isNaN(dbValue))
        return null;
      let result = 2 * (dbValue + 100);
      return result <= 100 ? result : 100;
    }
    var _wifi_frequencies = {
      1: 2412,
      2: 2417,
      3: 2422,
      4: 2427,
      5: 2432,
      6: 2437,
      7: 2442,
      8: 2447,
      9: 2452,
      10: 2457,
      11: 2462,
      12: 2467,
      13: 2472,
      14: 2484,
      32: 5160,
      34: 5170,
      36: 5180,
      38: 5190,
      40: 5200,
      42: 5210,
      44: 5220,
      46: 5230,
      48: 5240,
      50: 5250,
      52: 5260,
      54: 5270,
      56: 5280,
      58: 5290,
      60: 5300,
      62: 5310,
      64: 5320,
      68: 5340,
      96: 5480,
      100: 5500,
      102: 5510,
      104: 5520,
      106: 5530,
      108: 5540,
      110: 5550,
      112: 5560,
      114: 5570,
      116: 5580,
      118: 5590,
      120: 5600,
      122: 5610,
      124: 5620,
      126: 5630,
      128: 5640,
      132: 5660,
      134: 5670,
      136: 5680,
      138: 5690,
      140: 5700,
      142: 5710,
      144: 5720,
      149: 5745,
      151: 5755,
      153: 5765,
      155: 5775,
      157: 5785,
      159: 5795,
      161: 5805,
      165: 5825,
      169: 5845,
      173: 5865,
      183: 4915,
      184: 4920,
      185: 4925,
      187: 4935,
      188: 4940,
      189: 4945,
      192: 4960,
      196: 4980
    };
    function wifiFrequencyFromChannel(channel) {
      return {}.hasOwnProperty.call(_wifi_frequencies, channel) ? _wifi_frequencies[channel] : null;
    }
    function wifiChannelFromFrequencs(frequency) {
      let channel = 0;
      for (let key in _wifi_frequencies)
        ({}).hasOwnProperty.call(_wifi_frequencies, key) && _wifi_frequencies[key] === frequency && (channel = util.toInt(key));
      return channel;
    }
    function ifaceListLinux() {
      let result = [], cmd = "iw dev 2>/dev/null";
      try {
        let parts = execSync(cmd, util.execOptsLinux).toString().split(`
`).map((line) => line.trim()).join(`
`).split(`
Interface `);
        return parts.shift(), parts.forEach((ifaceDetails) => {
          let lines = ifaceDetails.split(`
`), iface = lines[0], id = util.toInt(util.getValue(lines, "ifindex", " ")), mac = util.getValue(lines, "addr", " "), channel = util.toInt(util.getValue(lines, "channel", " "));
          result.push({
            id,
            iface,
            mac,
            channel
          });
        }), result;
      } catch {
        try {
          let parts = execSync("nmcli -t -f general,wifi-properties,wired-properties,interface-flags,capabilities,nsp device show 2>/dev/null", util.execOptsLinux).toString().split(`

`), i = 1;
          return parts.forEach((ifaceDetails) => {
            let lines = ifaceDetails.split(`
`), iface = util.getValue(lines, "GENERAL.DEVICE"), type = util.getValue(lines, "GENERAL.TYPE"), id = i++, mac = util.getValue(lines, "GENERAL.HWADDR");
            type.toLowerCase() === "wifi" && result.push({
              id,
              iface,
              mac,
              channel: ""
            });
          }), result;
        } catch {
          return [];
        }
      }
    }
    function nmiDeviceLinux(iface) {
      let cmd = `nmcli -t -f general,wifi-properties,capabilities,ip4,ip6 device show ${util.sanitizeString(iface, !0)} 2> /dev/null`;
      try {
        let lines = execSync(cmd, util.execOptsLinux).toString().split(`
`), ssid = util.getValue(lines, "GENERAL.CONNECTION"), uuid = util.getValue(lines, "GENERAL.CON-UUID");
        return {
          iface,
          type: util.getValue(lines, "GENERAL.TYPE"),
          vendor: util.getValue(lines, "GENERAL.VENDOR"),
          product: util.getValue(lines, "GENERAL.PRODUCT"),
          mac: util.getValue(lines, "GENERAL.HWADDR").toLowerCase(),
          ssid: ssid !== "--" ? ssid : null,
          uuid: uuid !== "--" ? uuid : null
        };
      } catch {
        return {};
      }
    }
    function nmiConnectionLinux(uuid) {
      if (!uuid || !/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(uuid))
        return {};
      let cmd = `nmcli -t connection show ${uuid} 2>/dev/null`;
      try {
        let lines = execSync(cmd, util.execOptsLinux).toString().split(`
`), ssid = util.getValue(lines, "802-11-wireless.ssid"), bssid = util.getValue(lines, "802-11-wireless.seen-bssids").toLowerCase();
        return {
          ssid: ssid || null,
          uuid: util.getValue(lines, "connection.uuid"),
          type: util.getValue(lines, "connection.type"),
          autoconnect: util.getValue(lines, "connection.autoconnect") === "yes",
          security: util.getValue(lines, "802-11-wireless-security.key-mgmt"),
          bssid: bssid !== "--" ? bssid : null
        };
      } catch {
        return {};
      }
    }
    function wpaConnectionLinux(iface) {
      if (!iface)
        return {};
      let cmd = `wpa_cli -i ${util.sanitizeString(iface, !0)} status 2>&1`;
      try {
        let lines = execSync(cmd, util.execOptsLinux).toString().split(`
`), freq = util.toInt(util.getValue(lines, "freq", "="));
        return {
          ssid: util.getValue(lines, "ssid", "="),
          uuid: util.getValue(lines, "uuid", "="),
          security: util.getValue(lines, "key_mgmt", "="),
          freq,
          channel: wifiChannelFromFrequencs(freq),
          bssid: util.getValue(lines, "bssid", "=").toLowerCase()
        };
      } catch {
        return {};
      }
    }
    function getWifiNetworkListNmi() {
      let result = [], cmd = "nmcli -t -m multiline --fields active,ssid,bssid,mode,chan,freq,signal,security,wpa-flags,rsn-flags device wifi list 2>/dev/null";
      try {
        let parts = execSync(cmd, util.execOptsLinux).toString().split("ACTIVE:");
        return parts.shift(), parts.forEach((part) => {
          part = "ACTIVE:" + part;
          let lines = part.split(os.EOL), channel = util.getValue(lines, "CHAN"), frequency = util.getValue(lines, "FREQ").toLowerCase().replace("mhz", "").trim(), security = util.getValue(lines, "SECURITY").replace("(", "").replace(")", ""), wpaFlags = util.getValue(lines, "WPA-FLAGS").replace("(", "").replace(")", ""), rsnFlags = util.getValue(lines, "RSN-FLAGS").replace("(", "").replace(")", ""), quality = util.getValue(lines, "SIGNAL");
          result.push({
            ssid: util.getValue(lines, "SSID"),
            bssid: util.getValue(lines, "BSSID").toLowerCase(),
            mode: util.getValue(lines, "MODE"),
            channel: channel ? parseInt(channel, 10) : null,
            frequency: frequency ? parseInt(frequency, 10) : null,
            signalLevel: wifiDBFromQuality(quality),
            quality: quality ? parseInt(quality, 10) : null,
            security: security && security !== "none" ? security.split(" ") : [],
            wpaFlags: wpaFlags && wpaFlags !== "none" ? wpaFlags.split(" ") : [],
            rsnFlags: rsnFlags && rsnFlags !== "none" ? rsnFlags.split(" ") : []
          });
        }), result;
      } catch {
        return [];
      }
    }
    function getWifiNetworkListIw(iface) {
      let result = [];
      try {
        let iwlistParts = execSync(`export LC_ALL=C; iwlist ${util.sanitizeString(iface, !0)} scan 2>&1; unset LC_ALL`, util.execOptsLinux).toString().split("        Cell ");
        return iwlistParts[0].indexOf("resource busy") >= 0 ? -1 : (iwlistParts.length > 1 && (iwlistParts.shift(), iwlistParts.forEach((element) => {
          let lines = element.split(`
`), channel = util.getValue(lines, "channel", ":", !0), address = lines && lines.length && lines[0].indexOf("Address:") >= 0 ? lines[0].split("Address:")[1].trim().toLowerCase() : "", mode = util.getValue(lines, "mode", ":", !0), frequency = util.getValue(lines, "frequency", ":", !0), dbParts = util.getValue(lines, "Quality", "=", !0).toLowerCase().split("signal level="), db = dbParts.length > 1 ? util.toInt(dbParts[1]) : 0, quality = db ? wifiQualityFromDB(db) : 0, ssid = util.getValue(lines, "essid", ":", !0), isWpa = element.indexOf(" WPA ") >= 0, isWpa2 = element.indexOf("WPA2 ") >= 0, security = [];
          isWpa && security.push("WPA"), isWpa2 && security.push("WPA2");
          let wpaFlags = [], wpaFlag = "";
          lines.forEach((line) => {
            let l = line.trim().toLowerCase();
            if (l.indexOf("group cipher") >= 0) {
              wpaFlag && wpaFlags.push(wpaFlag);
              let parts = l.split(":");
              parts.length > 1 && (wpaFlag = parts[1].trim().toUpperCase());
            }
            if (l.indexOf("pairwise cipher") >= 0) {
              let parts = l.split(":");
              parts.length > 1 && (parts[1].indexOf("tkip") >= 0 ? wpaFlag = wpaFlag ? "TKIP/" + wpaFlag : "TKIP" : parts[1].indexOf("ccmp") >= 0 ? wpaFlag = wpaFlag ? "CCMP/" + wpaFlag : "CCMP" : parts[1].indexOf("proprietary") >= 0 && (wpaFlag = wpaFlag ? "PROP/" + wpaFlag : "PROP"));
            }
            if (l.indexOf("authentication suites") >= 0) {
              let parts = l.split(":");
              parts.length > 1 && (parts[1].indexOf("802.1x") >= 0 ? wpaFlag = wpaFlag ? "802.1x/" + wpaFlag : "802.1x" : parts[1].indexOf("psk") >= 0 && (wpaFlag = wpaFlag ? "PSK/" + wpaFlag : "PSK"));
            }
          }), wpaFlag && wpaFlags.push(wpaFlag), result.push({
            ssid,
            bssid: address,
            mode,
            channel: channel ? util.toInt(channel) : null,
            frequency: frequency ? util.toInt(frequency.replace(".", "")) : null,
            signalLevel: db,
            quality,
            security,
            wpaFlags,
            rsnFlags: []
          });
        })), result);
      } catch {
        return -1;
      }
    }
    function parseWifiDarwin(wifiStr) {
      let result = [];
      try {
        let wifiObj = JSON.parse(wifiStr);
        return wifiObj = wifiObj.SPAirPortDataType[0].spairport_airport_interfaces[0].spairport_airport_other_local_wireless_networks, wifiObj.forEach((wifiItem) => {
          let security = [], sm = wifiItem.spairport_security_mode || "";
          sm === "spairport_security_mode_wep" ? security.push("WEP") : sm === "spairport_security_mode_wpa2_personal" ? security.push("WPA2") : sm.startsWith("spairport_security_mode_wpa2_enterprise") ? security.push("WPA2 EAP") : sm.startsWith("pairport_security_mode_wpa3_transition") ? security.push("WPA2/WPA3") : sm.startsWith("pairport_security_mode_wpa3") && security.push("WPA3");
          let channel = parseInt(("" + wifiItem.spairport_network_channel).split(" ")[0]) || 0, signalLevel = wifiItem.spairport_signal_noise || null;
          result.push({
            ssid: wifiItem._name || "",
            bssid: wifiItem.spairport_network_bssid || null,
            mode: wifiItem.spairport_network_phymode,
            channel,
            frequency: wifiFrequencyFromChannel(channel),
            signalLevel: signalLevel ? parseInt(signalLevel, 10) : null,
            quality: wifiQualityFromDB(signalLevel),
            security,
            wpaFlags: [],
            rsnFlags: []
          });
        }), result;
      } catch {
        return result;
      }
    }
    function wifiNetworks(callback) {
      return callback = util.isFunction(callback) ? callback : null, new Promise((resolve4) => {
        process.nextTick(() => {
          let result = [];
          if (_linux)
            if (result = getWifiNetworkListNmi(), result.length === 0)
              try {
                let iwconfigParts = execSync("export LC_ALL=C; iwconfig 2>/dev/null; unset LC_ALL", util.execOptsLinux).toString().split(`

`), iface = "";
                if (iwconfigParts.forEach((element) => {
                  element.indexOf("no wireless") === -1 && element.trim() !== "" && (iface = element.split(" ")[0]);
                }), iface) {
                  let ifaceSanitized = util.sanitizeString(iface, !0), res = getWifiNetworkListIw(ifaceSanitized);
                  res === -1 ? setTimeout(() => {
                    let res2 = getWifiNetworkListIw(ifaceSanitized);
                    res2 !== -1 && (result = res2), callback && callback(result), resolve4(result);
                  }, 4e3) : (result = res, callback && callback(result), resolve4(result));
                } else
                  callback && callback(result), resolve4(result);
              } catch {
                callback && callback(result), resolve4(result);
              }
            else
              callback && callback(result), resolve4(result);
          else _darwin ? exec("system_profiler SPAirPortDataType -json 2>/dev/null", { maxBuffer: 1024 * 4e4 }, (error, stdout) => {
            result = parseWifiDarwin(stdout.toString()), callback && callback(result), resolve4(result);
          }) : _windows ? util.powerShell("netsh wlan show networks mode=Bssid").then((stdout) => {
            let ssidParts = stdout.toString("utf8").split(os.EOL + os.EOL + "SSID ");
            ssidParts.shift(), ssidParts.forEach((ssidPart) => {
              let ssidLines = ssidPart.split(os.EOL);
              if (ssidLines && ssidLines.length >= 8 && ssidLines[0].indexOf(":") >= 0) {
                let bssidsParts = ssidPart.split(" BSSID");
                bssidsParts.shift(), bssidsParts.forEach((bssidPart) => {
                  let bssidLines = bssidPart.split(os.EOL);
                  if (bssidLines.length < 4)
                    return;
                  let bssidLine = bssidLines[0].split(":");
                  bssidLine.shift();
                  let bssid = bssidLine.join(":").trim().toLowerCase(), channel = bssidLines[3].split(":").pop().trim(), quality = bssidLines[1].split(":").pop().trim();
                  result.push({
                    ssid: ssidLines[0].split(":").pop().trim(),
                    bssid,
                    mode: "",
                    channel: channel ? parseInt(channel, 10) : null,
                    frequency: wifiFrequencyFromChannel(channel),
                    signalLevel: wifiDBFromQuality(quality),
                    quality: quality ? parseInt(quality, 10) : null,
                    security: [ssidLines[2].split(":").pop().trim()],
                    wpaFlags: [ssidLines[3].split(":").pop().trim()],
                    rsnFlags: []
                  });
                });
              }
            }), callback && callback(result), resolve4(result);
          }) : (callback && callback(result), resolve4(result));
        });
      });
    }
    exports.wifiNetworks = wifiNetworks;
    function getVendor(model) {
      model = model.toLowerCase();
      let result = "";
      return model.indexOf("intel") >= 0 ? result = "Intel" : model.indexOf("realtek") >= 0 ? result = "Realtek" : model.indexOf("qualcom") >= 0 ? result = "Qualcom" : model.indexOf("broadcom") >= 0 ? result = "Broadcom" : model.indexOf("cavium") >= 0 ? result = "Cavium" : model.indexOf("cisco") >= 0 ? result = "Cisco" : model.indexOf("marvel") >= 0 ? result = "Marvel" : model.indexOf("zyxel") >= 0 ? result = "Zyxel" : model.indexOf("melanox") >= 0 ? result = "Melanox" : model.indexOf("d-link") >= 0 ? result = "D-Link" : model.indexOf("tp-link") >= 0 ? result = "TP-Link" : model.indexOf("asus") >= 0 ? result = "Asus" : model.indexOf("linksys") >= 0 && (result = "Linksys"), result;
    }
    function wifiConnections(callback) {
      return callback = util.isFunction(callback) ? callback : null, new Promise((resolve4) => {
        process.nextTick(() => {
          let result = [];
          if (_linux) {
            let ifaces = ifaceListLinux(), networkList = getWifiNetworkListNmi();
            ifaces.forEach((ifaceDetail) => {
              let ifaceSanitized = util.sanitizeString(ifaceDetail.iface, !0), nmiDetails = nmiDeviceLinux(ifaceSanitized), wpaDetails = wpaConnectionLinux(ifaceSanitized), nmiConnection = nmiConnectionLinux(nmiDetails.uuid), ssid = nmiConnection.ssid || nmiDetails.ssid || wpaDetails.ssid, network = networkList.filter((nw) => nw.ssid === ssid), channel = network && network.length && network[0].channel ? network[0].channel : wpaDetails.channel ? wpaDetails.channel : null, bssid = network && network.length && network[0].bssid ? network[0].bssid : wpaDetails.bssid ? wpaDetails.bssid : null, signalLevel = network && network.length && network[0].signalLevel ? network[0].signalLevel : null;
              ssid && bssid && result.push({
                id: ifaceDetail.id,
                iface: ifaceDetail.iface,
                model: nmiDetails.product,
                ssid,
                bssid: network && network.length && network[0].bssid ? network[0].bssid : wpaDetails.bssid ? wpaDetails.bssid : null,
                channel,
                frequency: channel ? wifiFrequencyFromChannel(channel) : null,
                type: nmiConnection.type ? nmiConnection.type : "802.11",
                security: nmiConnection.security ? nmiConnection.security : wpaDetails.security ? wpaDetails.security : null,
                signalLevel,
                quality: wifiQualityFromDB(signalLevel),
                txRate: null
              });
            }), callback && callback(result), resolve4(result);
          } else _darwin ? exec('system_profiler SPNetworkDataType SPAirPortDataType -xml 2>/dev/null; echo "######" ; ioreg -n AppleBCMWLANSkywalkInterface -r 2>/dev/null', (error, stdout) => {
            try {
              let parts = stdout.toString().split("######"), profilerObj = util.plistParser(parts[0]), networkObj = profilerObj[0]._SPCommandLineArguments.indexOf("SPNetworkDataType") >= 0 ? profilerObj[0]._items : profilerObj[1]._items, airportObj = profilerObj[0]._SPCommandLineArguments.indexOf("SPAirPortDataType") >= 0 ? profilerObj[0]._items[0].spairport_airport_interfaces : profilerObj[1]._items[0].spairport_airport_interfaces, lines3 = [];
              parts[1].indexOf("  | {") > 0 && parts[1].indexOf("  | }") > parts[1].indexOf("  | {") && (lines3 = parts[1].split("  | {")[1].split("  | }")[0].replace(/ \| /g, "").replace(/"/g, "").split(`
`));
              let networkWifiObj = networkObj.find((item) => item._name === "Wi-Fi"), airportWifiObj = airportObj[0].spairport_current_network_information, channel = parseInt(("" + airportWifiObj.spairport_network_channel).split(" ")[0], 10) || 0, signalLevel = airportWifiObj.spairport_signal_noise || null, security = [], sm = airportWifiObj.spairport_security_mode || "";
              sm === "spairport_security_mode_wep" ? security.push("WEP") : sm === "spairport_security_mode_wpa2_personal" ? security.push("WPA2") : sm.startsWith("spairport_security_mode_wpa2_enterprise") ? security.push("WPA2 EAP") : sm.startsWith("pairport_security_mode_wpa3_transition") ? security.push("WPA2/WPA3") : sm.startsWith("pairport_security_mode_wpa3") && security.push("WPA3"), result.push({
                id: networkWifiObj._name || "Wi-Fi",
                iface: networkWifiObj.interface || "",
                model: networkWifiObj.hardware || "",
                ssid: (airportWifiObj._name || "").replace("&lt;", "<").replace("&gt;", ">"),
                bssid: airportWifiObj.spairport_network_bssid || "",
                channel,
                frequency: channel ? wifiFrequencyFromChannel(channel) : null,
                type: airportWifiObj.spairport_network_phymode || "802.11",
                security,
                signalLevel: signalLevel ? parseInt(signalLevel, 10) : null,
                quality: wifiQualityFromDB(signalLevel),
                txRate: airportWifiObj.spairport_network_rate || null
              });
            } catch {
              util.noop();
            }
            callback && callback(result), resolve4(result);
          }) : _windows ? util.powerShell("netsh wlan show interfaces").then((stdout) => {
            let allLines = stdout.toString().split(`\r
`);
            for (let i = 0; i < allLines.length; i++)
              allLines[i] = allLines[i].trim();
            let parts = allLines.join(`\r
`).split(`:\r
\r
`);
            parts.shift(), parts.forEach((part) => {
              let lines = part.split(`\r
`);
              if (lines.length >= 5) {
                let iface = lines[0].indexOf(":") >= 0 ? lines[0].split(":")[1].trim() : "", model = lines[1].indexOf(":") >= 0 ? lines[1].split(":")[1].trim() : "", id = lines[2].indexOf(":") >= 0 ? lines[2].split(":")[1].trim() : "", ssid = util.getValue(lines, "SSID", ":", !0), bssid = util.getValue(lines, "BSSID", ":", !0) || util.getValue(lines, "AP BSSID", ":", !0), quality = util.getValue(lines, "Signal", ":", !0), signalLevel = wifiDBFromQuality(quality), type = util.getValue(lines, "Radio type", ":", !0) || util.getValue(lines, "Type de radio", ":", !0) || util.getValue(lines, "Funktyp", ":", !0) || null, security = util.getValue(lines, "authentication", ":", !0) || util.getValue(lines, "Authentification", ":", !0) || util.getValue(lines, "Authentifizierung", ":", !0) || null, channel = util.getValue(lines, "Channel", ":", !0) || util.getValue(lines, "Canal", ":", !0) || util.getValue(lines, "Kanal", ":", !0) || null, txRate = util.getValue(lines, "Transmit rate (mbps)", ":", !0) || util.getValue(lines, "Transmission (mbit/s)", ":", !0) || util.getValue(lines, "Empfangsrate (MBit/s)", ":", !0) || null;
                model && id && ssid && bssid && result.push({
                  id,
                  iface,
                  model,
                  ssid,
                  bssid,
                  channel: util.toInt(channel),
                  frequency: channel ? wifiFrequencyFromChannel(channel) : null,
                  type,
                  security,
                  signalLevel,
                  quality: quality ? parseInt(quality, 10) : null,
                  txRate: util.toInt(txRate) || null
                });
              }
            }), callback && callback(result), resolve4(result);
          }) : (callback && callback(result), resolve4(result));
        });
      });
    }
    exports.wifiConnections = wifiConnections;
    function wifiInterfaces(callback) {
      return callback = util.isFunction(callback) ? callback : null, new Promise((resolve4) => {
        process.nextTick(() => {
          let result = [];
          _linux ? (ifaceListLinux().forEach((ifaceDetail) => {
            let ifaceSanitized = util.sanitizeString(ifaceDetail.iface, !0), nmiDetails = nmiDeviceLinux(ifaceSanitized);
            result.push({
              id: ifaceDetail.id,
              iface: ifaceDetail.iface,
              model: nmiDetails.product ? nmiDetails.product : null,
              vendor: nmiDetails.vendor ? nmiDetails.vendor : null,
              mac: ifaceDetail.mac
            });
          }), callback && callback(result), resolve4(result)) : _darwin ? exec("system_profiler SPNetworkDataType", (error, stdout) => {
            let parts1 = stdout.toString().split(`

    Wi-Fi:

`);
            if (parts1.length > 1) {
              let lines = parts1[1].split(`

`)[0].split(`
`), iface = util.getValue(lines, "BSD Device Name", ":", !0), mac = util.getValue(lines, "MAC Address", ":", !0), model = util.getValue(lines, "hardware", ":", !0);
              result.push({
                id: "Wi-Fi",
                iface,
                model,
                vendor: "",
                mac
              });
            }
            callback && callback(result), resolve4(result);
          }) : _windows ? util.powerShell("netsh wlan show interfaces").then((stdout) => {
            let allLines = stdout.toString().split(`\r
`);
            for (let i = 0; i < allLines.length; i++)
              allLines[i] = allLines[i].trim();
            let parts = allLines.join(`\r
`).split(`:\r
\r
`);
            parts.shift(), parts.forEach((part) => {
              let lines = part.split(`\r
`);
              if (lines.length >= 5) {
                let iface = lines[0].indexOf(":") >= 0 ? lines[0].split(":")[1].trim() : "", model = lines[1].indexOf(":") >= 0 ? lines[1].split(":")[1].trim() : "", id = lines[2].indexOf(":") >= 0 ? lines[2].split(":")[1].trim() : "", macParts = lines[3].indexOf(":") >= 0 ? lines[3].split(":") : [];
                macParts.shift();
                let mac = macParts.join(":").trim(), vendor = getVendor(model);
                iface && model && id && mac && result.push({
                  id,
                  iface,
                  model,
                  vendor,
                  mac
                });
              }
            }), callback && callback(result), resolve4(result);
          }) : (callback && callback(result), resolve4(result));
        });
      });
    }
    exports.wifiInterfaces = wifiInterfaces;
  }
});

// node_modules/systeminformation/lib/processes.js
var require_processes = __commonJS({
  "node_modules/systeminformation/lib/processes.js"(exports) {
    "use strict";
    var os = __require("os"), fs = __require("fs"), path = __require("path"), exec = __require("child_process").exec, execSync = __require("child_process").execSync, util = require_util(), _platform = process.platform, _linux = _platform === "linux" || _platform === "android", _darwin = _platform === "darwin", _windows = _platform === "win32", _freebsd = _platform === "freebsd", _openbsd = _platform === "openbsd", _netbsd = _platform === "netbsd", _sunos = _platform === "sunos", _processes_cpu = {
      all: 0,
      all_utime: 0,
      all_stime: 0,
      list: {},
      ms: 0,
      result: {}
    }, _services_cpu = {
      all: 0,
      all_utime: 0,
      all_stime: 0,
      list: {},
      ms: 0,
      result: {}
    }, _process_cpu = {
      all: 0,
      all_utime: 0,
      all_stime: 0,
      list: {},
      ms: 0,
      result: {}
    }, _winStatusValues = {
      0: "unknown",
      1: "other",
      2: "ready",
      3: "running",
      4: "blocked",
      5: "suspended blocked",
      6: "suspended ready",
      7: "terminated",
      8: "stopped",
      9: "growing"
    };
    function parseTimeUnix(time) {
      let result = time, parts = time.replace(/ +/g, " ").split(" ");
      return parts.length === 5 && (result = parts[4] + "-" + ("0" + ("JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC".indexOf(parts[1].toUpperCase()) / 3 + 1)).slice(-2) + "-" + ("0" + parts[2]).slice(-2) + " " + parts[3]), result;
    }
    function parseElapsedTime(etime) {
      let current = /* @__PURE__ */ new Date();
      current = new Date(current.getTime() - current.getTimezoneOffset() * 6e4);
      let elapsed = etime.split("-"), timeIndex = elapsed.length - 1, days = timeIndex > 0 ? parseInt(elapsed[timeIndex - 1]) : 0, timeStr = elapsed[timeIndex].split(":"), hours = timeStr.length === 3 ? parseInt(timeStr[0] || 0) : 0, mins = parseInt(timeStr[timeStr.length === 3 ? 1 : 0] || 0), secs = parseInt(timeStr[timeStr.length === 3 ? 2 : 1] || 0), ms3 = (((days * 24 + hours) * 60 + mins) * 60 + secs) * 1e3, res = new Date(current.getTime()), result = res.toISOString().substring(0, 10) + " " + res.toISOString().substring(11, 19);
      try {
        res = new Date(current.getTime() - ms3), result = res.toISOString().substring(0, 10) + " " + res.toISOString().substring(11, 19);
      } catch {
        util.noop();
      }
      return result;
    }
    function psServiceName(srv) {
      let s = String(srv), name = "";
      for (let i = 0; i < s.length; i++) {
        let c = s[i];
        (c >= "a" && c <= "z" || c >= "A" && c <= "Z" || c >= "0" && c <= "9" || c === " " || c === "_" || c === "." || c === "-" || c === "@") && (name += c);
      }
      return name;
    }
    function services(srv, callback) {
      return callback = util.isFunction(callback) ? callback : null, util.isFunction(srv) && !callback && (callback = srv, srv = ""), new Promise((resolve4) => {
        process.nextTick(() => {
          if (typeof srv != "string")
            return callback && callback([]), resolve4([]);
          if (srv) {
            let srvString = "";
            try {
              srvString.__proto__.toLowerCase = util.stringToLower, srvString.__proto__.replace = util.stringReplace, srvString.__proto__.toString = util.stringToString, srvString.__proto__.substr = util.stringSubstr, srvString.__proto__.substring = util.stringSubstring, srvString.__proto__.trim = util.stringTrim, srvString.__proto__.startsWith = util.stringStartWith, srvString.__proto__.split = util.stringSplit;
            } catch {
              Object.setPrototypeOf(srvString, util.stringObj);
            }
            let s = util.sanitizeShellString(srv), l = util.mathMin(s.length, 2e3);
            for (let i = 0; i <= l; i++)
              s[i] !== void 0 && (srvString = srvString + s[i]);
            srvString = srvString.trim().toLowerCase().replace(/, /g, "|").replace(/,+/g, "|"), srvString === "" && (srvString = "*"), util.isPrototypePolluted() && srvString !== "*" && (srvString = "------");
            let srvs = util.stringSplit.call(srvString, "|"), result = [], dataSrv = [];
            if (_linux || _freebsd || _openbsd || _netbsd || _darwin) {
              if ((_linux || _freebsd || _openbsd || _netbsd) && srvString === "*")
                try {
                  let tmpsrv = execSync("systemctl --all --type=service --no-legend 2> /dev/null", util.execOptsLinux).toString().split(`
`);
                  srvs = [];
                  for (let s2 of tmpsrv) {
                    let name = s2.split(".service")[0];
                    name && s2.indexOf(" not-found ") === -1 && srvs.push(name.trim());
                  }
                  srvString = srvs.join("|");
                } catch {
                  try {
                    srvString = "";
                    let tmpsrv = execSync("service --status-all 2> /dev/null", util.execOptsLinux).toString().split(`
`);
                    for (let s2 of tmpsrv) {
                      let parts = s2.split("]");
                      parts.length === 2 && (srvString += (srvString !== "" ? "|" : "") + parts[1].trim());
                    }
                    srvs = srvString.split("|");
                  } catch {
                    try {
                      let srvStr = execSync("ls /etc/init.d/ -m 2> /dev/null", util.execOptsLinux).toString().split(`
`).join("");
                      if (srvString = "", srvStr) {
                        let tmpsrv = srvStr.split(",");
                        for (let s2 of tmpsrv) {
                          let name = s2.trim();
                          name && (srvString += (srvString !== "" ? "|" : "") + name);
                        }
                        srvs = srvString.split("|");
                      }
                    } catch {
                      srvString = "", srvs = [];
                    }
                  }
                }
              if (_darwin && srvString === "*")
                return callback && callback(result), resolve4(result);
              let args = _darwin ? ["-caxo", "pcpu,pmem,pid,command"] : ["-axo", "pcpu,pmem,pid,command"];
              srvString !== "" && srvs.length > 0 ? util.execSafe("ps", args).then((stdout) => {
                if (stdout) {
                  let lines = stdout.replace(/ +/g, " ").replace(/,+/g, ".").split(`
`);
                  if (srvs.forEach((srv2) => {
                    let ps;
                    _darwin ? ps = lines.filter((e) => e.toLowerCase().indexOf(srv2) !== -1) : ps = lines.filter(
                      (e) => e.toLowerCase().indexOf(" " + srv2.toLowerCase() + ":") !== -1 || e.toLowerCase().indexOf("(" + srv2.toLowerCase() + " ") !== -1 || e.toLowerCase().indexOf("(" + srv2.toLowerCase() + ")") !== -1 || e.toLowerCase().indexOf(" " + srv2.toLowerCase().replace(/[0-9.]/g, "") + ":") !== -1 || e.toLowerCase().indexOf("/" + srv2.toLowerCase()) !== -1
                    );
                    let pids = [];
                    for (let p of ps) {
                      let pid = p.trim().split(" ")[2];
                      pid && pids.push(parseInt(pid, 10));
                    }
                    result.push({
                      name: srv2,
                      running: ps.length > 0,
                      startmode: "",
                      pids,
                      cpu: parseFloat(ps.reduce((pv, cv) => pv + parseFloat(cv.trim().split(" ")[0]), 0).toFixed(2)),
                      mem: parseFloat(ps.reduce((pv, cv) => pv + parseFloat(cv.trim().split(" ")[1]), 0).toFixed(2))
                    });
                  }), _linux) {
                    result.forEach((item) => {
                      item.cpu = 0;
                    });
                    let cmd = 'cat /proc/stat | grep "cpu "';
                    for (let i in result)
                      for (let j in result[i].pids)
                        cmd += ";cat /proc/" + result[i].pids[j] + "/stat";
                    let cpuBaseline = Object.assign({}, _services_cpu);
                    exec(cmd, { maxBuffer: 1024 * 102400 }, (error, stdout2) => {
                      let curr_processes = stdout2.toString().split(`
`), all = parseProcStat(curr_processes.shift()), list_new = {}, resultProcess = {};
                      curr_processes.forEach((element) => {
                        if (resultProcess = calcProcStatLinux(element, all, cpuBaseline), resultProcess.pid) {
                          let listPos = -1;
                          for (let i in result)
                            for (let j in result[i].pids)
                              parseInt(result[i].pids[j]) === parseInt(resultProcess.pid) && (listPos = i);
                          listPos >= 0 && (result[listPos].cpu += resultProcess.cpuu + resultProcess.cpus), list_new[resultProcess.pid] = {
                            cpuu: resultProcess.cpuu,
                            cpus: resultProcess.cpus,
                            utime: resultProcess.utime,
                            stime: resultProcess.stime
                          };
                        }
                      }), _services_cpu.all = all, _services_cpu.list = Object.assign({}, list_new), _services_cpu.ms = Date.now(), _services_cpu.result = Object.assign({}, result), callback && callback(result), resolve4(result);
                    });
                  } else
                    callback && callback(result), resolve4(result);
                } else
                  args = ["-o", "comm"], util.execSafe("ps", args).then((stdout2) => {
                    if (stdout2) {
                      let lines = stdout2.replace(/ +/g, " ").replace(/,+/g, ".").split(`
`);
                      srvs.forEach((srv2) => {
                        let ps = lines.filter((e) => e.indexOf(srv2) !== -1);
                        result.push({
                          name: srv2,
                          running: ps.length > 0,
                          startmode: "",
                          cpu: 0,
                          mem: 0
                        });
                      }), callback && callback(result), resolve4(result);
                    } else
                      srvs.forEach((srv2) => {
                        result.push({
                          name: srv2,
                          running: !1,
                          startmode: "",
                          cpu: 0,
                          mem: 0
                        });
                      }), callback && callback(result), resolve4(result);
                  });
              }) : (callback && callback(result), resolve4(result));
            } else if (_windows)
              try {
                let wincommand = "Get-CimInstance Win32_Service";
                srvs[0] !== "*" && (wincommand += ' -Filter "', srvs.forEach((srv2) => {
                  wincommand += `Name='${psServiceName(srv2)}' or `;
                }), wincommand = `${wincommand.slice(0, -4)}"`), wincommand += " | select Name,Caption,Started,StartMode,ProcessId | fl", util.powerShell(wincommand).then((stdout, error) => {
                  error ? (srvs.forEach((srvName) => {
                    result.push({
                      name: srvName,
                      running: !1,
                      startmode: "",
                      cpu: 0,
                      mem: 0
                    });
                  }), callback && callback(result), resolve4(result)) : (stdout.split(/\n\s*\n/).forEach((element) => {
                    if (element.trim() !== "") {
                      let lines = element.trim().split(`\r
`), srvName = util.getValue(lines, "Name", ":", !0).toLowerCase(), srvCaption = util.getValue(lines, "Caption", ":", !0).toLowerCase(), started = util.getValue(lines, "Started", ":", !0), startMode = util.getValue(lines, "StartMode", ":", !0), pid = util.getValue(lines, "ProcessId", ":", !0);
                      (srvString === "*" || srvs.indexOf(srvName) >= 0 || srvs.indexOf(srvCaption) >= 0) && (result.push({
                        name: srvName,
                        running: started.toLowerCase() === "true",
                        startmode: startMode,
                        pids: [pid],
                        cpu: 0,
                        mem: 0
                      }), dataSrv.push(srvName), dataSrv.push(srvCaption));
                    }
                  }), srvString !== "*" && srvs.filter((e) => dataSrv.indexOf(e) === -1).forEach((srvName) => {
                    result.push({
                      name: srvName,
                      running: !1,
                      startmode: "",
                      pids: [],
                      cpu: 0,
                      mem: 0
                    });
                  }), callback && callback(result), resolve4(result));
                });
              } catch {
                callback && callback(result), resolve4(result);
              }
            else
              callback && callback(result), resolve4(result);
          } else
            callback && callback([]), resolve4([]);
        });
      });
    }
    exports.services = services;
    function parseProcStat(line) {
      let parts = line.replace(/ +/g, " ").split(" "), user = parts.length >= 2 ? parseInt(parts[1]) : 0, nice = parts.length >= 3 ? parseInt(parts[2]) : 0, system = parts.length >= 4 ? parseInt(parts[3]) : 0, idle = parts.length >= 5 ? parseInt(parts[4]) : 0, iowait = parts.length >= 6 ? parseInt(parts[5]) : 0, irq = parts.length >= 7 ? parseInt(parts[6]) : 0, softirq = parts.length >= 8 ? parseInt(parts[7]) : 0, steal = parts.length >= 9 ? parseInt(parts[8]) : 0, guest = parts.length >= 10 ? parseInt(parts[9]) : 0, guest_nice = parts.length >= 11 ? parseInt(parts[10]) : 0;
      return user + nice + system + idle + iowait + irq + softirq + steal + guest + guest_nice;
    }
    function clampCpuPair(cpuu, cpus) {
      (!isFinite(cpuu) || cpuu < 0) && (cpuu = 0), (!isFinite(cpus) || cpus < 0) && (cpus = 0);
      let total = cpuu + cpus;
      return total > 100 && (cpuu = cpuu / total * 100, cpus = cpus / total * 100), { cpuu, cpus };
    }
    function calcProcStatLinux(line, all, _cpu_old) {
      let statparts = line.replace(/ +/g, " ").split(")");
      if (statparts.length >= 2) {
        let parts = statparts[1].split(" ");
        if (parts.length >= 16) {
          let pid = parseInt(statparts[0].split(" ")[0]), utime = parseInt(parts[12]), stime = parseInt(parts[13]), cpuu = 0, cpus = 0;
          if (_cpu_old.all > 0 && _cpu_old.list[pid]) {
            let delta = all - _cpu_old.all;
            cpuu = delta > 0 ? (utime - _cpu_old.list[pid].utime) / delta * 100 : 0, cpus = delta > 0 ? (stime - _cpu_old.list[pid].stime) / delta * 100 : 0;
          } else
            cpuu = all > 0 ? utime / all * 100 : 0, cpus = all > 0 ? stime / all * 100 : 0;
          let clamped = clampCpuPair(cpuu, cpus);
          return {
            pid,
            utime,
            stime,
            cpuu: clamped.cpuu,
            cpus: clamped.cpus
          };
        } else
          return {
            pid: 0,
            utime: 0,
            stime: 0,
            cpuu: 0,
            cpus: 0
          };
      } else
        return {
          pid: 0,
          utime: 0,
          stime: 0,
          cpuu: 0,
          cpus: 0
        };
    }
    function calcProcStatWin(procStat, all, _cpu_old) {
      let cpuu = 0, cpus = 0;
      if (_cpu_old.all > 0 && _cpu_old.list[procStat.pid]) {
        let delta = all - _cpu_old.all;
        cpuu = delta > 0 ? (procStat.utime - _cpu_old.list[procStat.pid].utime) / delta * 100 : 0, cpus = delta > 0 ? (procStat.stime - _cpu_old.list[procStat.pid].stime) / delta * 100 : 0;
      } else
        cpuu = all > 0 ? procStat.utime / all * 100 : 0, cpus = all > 0 ? procStat.stime / all * 100 : 0;
      let clamped = clampCpuPair(cpuu, cpus);
      return {
        pid: procStat.pid,
        utime: procStat.utime,
        stime: procStat.stime,
        cpuu: clamped.cpuu,
        cpus: clamped.cpus
      };
    }
    function processes(callback) {
      callback = util.isFunction(callback) ? callback : null;
      let parsedhead = [];
      function getName(command) {
        command = command || "";
        let result = command.split(" ")[0];
        if (result.substr(-1) === ":" && (result = result.substr(0, result.length - 1)), result.substr(0, 1) !== "[") {
          let parts = result.split("/");
          isNaN(parseInt(parts[parts.length - 1])) ? result = parts[parts.length - 1] : result = parts[0];
        }
        return result;
      }
      function parseLine(line) {
        if (parsedhead.length < 13)
          return null;
        let offset = 0, offset2 = 0;
        function checkColumn(i) {
          offset = offset2, parsedhead[i] ? offset2 = line.substring(parsedhead[i].to + offset, 1e4).indexOf(" ") : offset2 = 1e4;
        }
        checkColumn(0);
        let pid = parseInt(line.substring(parsedhead[0].from + offset, parsedhead[0].to + offset2));
        checkColumn(1);
        let ppid = parseInt(line.substring(parsedhead[1].from + offset, parsedhead[1].to + offset2));
        checkColumn(2);
        let cpu = parseFloat(line.substring(parsedhead[2].from + offset, parsedhead[2].to + offset2).replace(/,/g, "."));
        checkColumn(3);
        let mem = parseFloat(line.substring(parsedhead[3].from + offset, parsedhead[3].to + offset2).replace(/,/g, "."));
        checkColumn(4);
        let priority = parseInt(line.substring(parsedhead[4].from + offset, parsedhead[4].to + offset2));
        checkColumn(5);
        let vsz = parseInt(line.substring(parsedhead[5].from + offset, parsedhead[5].to + offset2));
        checkColumn(6);
        let rss = parseInt(line.substring(parsedhead[6].from + offset, parsedhead[6].to + offset2));
        checkColumn(7);
        let nice = parseInt(line.substring(parsedhead[7].from + offset, parsedhead[7].to + offset2)) || 0;
        checkColumn(8);
        let started = _sunos ? parseTimeUnix(line.substring(parsedhead[8].from + offset, parsedhead[8].to + offset2).trim()) : parseElapsedTime(line.substring(parsedhead[8].from + offset, parsedhead[8].to + offset2).trim());
        checkColumn(9);
        let state = line.substring(parsedhead[9].from + offset, parsedhead[9].to + offset2).trim();
        state = state[0] === "R" ? "running" : state[0] === "S" ? "sleeping" : state[0] === "T" ? "stopped" : state[0] === "W" ? "paging" : state[0] === "X" ? "dead" : state[0] === "Z" ? "zombie" : state[0] === "D" || state[0] === "U" ? "blocked" : "unknown", checkColumn(10);
        let tty = line.substring(parsedhead[10].from + offset, parsedhead[10].to + offset2).trim();
        (tty === "?" || tty === "??") && (tty = ""), checkColumn(11);
        let user = line.substring(parsedhead[11].from + offset, parsedhead[11].to + offset2).trim();
        checkColumn(12);
        let cmdPath = "", command = "", params = "", fullcommand = line.substring(parsedhead[12].from + offset, parsedhead[12].to + offset2).trim();
        if (fullcommand.endsWith(" <defunct>") && (fullcommand = fullcommand.slice(0, -10).trim()), fullcommand.substr(fullcommand.length - 1) === "]" && (fullcommand = fullcommand.slice(0, -1)), fullcommand.substr(0, 1) === "[")
          command = fullcommand.substring(1);
        else {
          let p1 = fullcommand.indexOf("("), p2 = fullcommand.indexOf(")"), p3 = fullcommand.indexOf("/"), p4 = fullcommand.indexOf(":");
          if (p1 < p2 && p1 < p3 && p3 < p2)
            command = fullcommand.split(" ")[0], command = command.replace(/:/g, "");
          else if (p4 > 0 && (p3 === -1 || p3 > 3))
            command = fullcommand.split(" ")[0], command = command.replace(/:/g, "");
          else {
            let firstParamPos = fullcommand.indexOf(" -"), firstParamPathPos = fullcommand.indexOf(" /");
            firstParamPos = firstParamPos >= 0 ? firstParamPos : 1e4, firstParamPathPos = firstParamPathPos >= 0 ? firstParamPathPos : 1e4;
            let firstPos = Math.min(firstParamPos, firstParamPathPos), tmpCommand = fullcommand.substr(0, firstPos), tmpParams = fullcommand.substr(firstPos), lastSlashPos = tmpCommand.lastIndexOf("/");
            if (lastSlashPos >= 0 && (cmdPath = tmpCommand.substr(0, lastSlashPos), tmpCommand = tmpCommand.substr(lastSlashPos + 1)), firstPos === 1e4 && tmpCommand.indexOf(" ") > -1) {
              let parts = tmpCommand.split(" ");
              fs.existsSync(path.join(cmdPath, parts[0])) ? (command = parts.shift(), params = (parts.join(" ") + " " + tmpParams).trim()) : (command = tmpCommand.trim(), params = tmpParams.trim());
            } else
              command = tmpCommand.trim(), params = tmpParams.trim();
          }
        }
        return {
          pid,
          parentPid: ppid,
          name: _linux ? getName(command) : command,
          cpu,
          cpuu: 0,
          cpus: 0,
          mem,
          priority,
          memVsz: vsz,
          memRss: rss,
          nice,
          started,
          state,
          tty,
          user,
          command,
          params,
          path: cmdPath
        };
      }
      function parseProcesses(lines) {
        let result = [];
        if (lines.length > 1) {
          let head = lines[0];
          parsedhead = util.parseHead(head, 8), lines.shift(), lines.forEach((line) => {
            if (line.trim() !== "") {
              let parsed = parseLine(line);
              parsed && result.push(parsed);
            }
          });
        }
        return result;
      }
      function parseProcesses2(lines) {
        function formatDateTime(time) {
          let month = ("0" + (time.getMonth() + 1).toString()).slice(-2), year = time.getFullYear().toString(), day = ("0" + time.getDate().toString()).slice(-2), hours = ("0" + time.getHours().toString()).slice(-2), mins = ("0" + time.getMinutes().toString()).slice(-2), secs = ("0" + time.getSeconds().toString()).slice(-2);
          return year + "-" + month + "-" + day + " " + hours + ":" + mins + ":" + secs;
        }
        function parseElapsed(etime) {
          let started = "";
          if (etime.indexOf("d") >= 0) {
            let elapsed_parts = etime.split("d");
            started = formatDateTime(new Date(Date.now() - (elapsed_parts[0] * 24 + elapsed_parts[1] * 1) * 60 * 60 * 1e3));
          } else if (etime.indexOf("h") >= 0) {
            let elapsed_parts = etime.split("h");
            started = formatDateTime(new Date(Date.now() - (elapsed_parts[0] * 60 + elapsed_parts[1] * 1) * 60 * 1e3));
          } else if (etime.indexOf(":") >= 0) {
            let elapsed_parts = etime.split(":"), seconds = 0;
            elapsed_parts.length === 3 ? seconds = elapsed_parts[0] * 3600 + elapsed_parts[1] * 60 + elapsed_parts[2] * 1 : elapsed_parts.length === 2 ? seconds = elapsed_parts[0] * 60 + elapsed_parts[1] * 1 : seconds = elapsed_parts[0] * 1, started = formatDateTime(new Date(Date.now() - seconds * 1e3));
          }
          return started;
        }
        let result = [];
        return lines.forEach((line) => {
          if (line.trim() !== "") {
            line = line.trim().replace(/ +/g, " ").replace(/,+/g, ".");
            let parts = line.split(" "), command = parts.slice(9).join(" "), pmem = parseFloat((1 * parseInt(parts[3]) * 1024 / os.totalmem()).toFixed(1)), started = parseElapsed(parts[5]);
            result.push({
              pid: parseInt(parts[0]),
              parentPid: parseInt(parts[1]),
              name: getName(command),
              cpu: 0,
              cpuu: 0,
              cpus: 0,
              mem: pmem,
              priority: 0,
              memVsz: parseInt(parts[2]),
              memRss: parseInt(parts[3]),
              nice: parseInt(parts[4]),
              started,
              state: parts[6] === "R" ? "running" : parts[6] === "S" ? "sleeping" : parts[6] === "T" ? "stopped" : parts[6] === "W" ? "paging" : parts[6] === "X" ? "dead" : parts[6] === "Z" ? "zombie" : parts[6] === "D" || parts[6] === "U" ? "blocked" : "unknown",
              tty: parts[7],
              user: parts[8],
              command
            });
          }
        }), result;
      }
      return new Promise((resolve4) => {
        process.nextTick(() => {
          let result = {
            all: 0,
            running: 0,
            blocked: 0,
            sleeping: 0,
            unknown: 0,
            list: []
          }, cmd = "";
          if (_processes_cpu.ms && Date.now() - _processes_cpu.ms >= 500 || _processes_cpu.ms === 0)
            if (_linux || _freebsd || _openbsd || _netbsd || _darwin || _sunos) {
              _linux && (cmd = "export LC_ALL=C; ps -axo pid:11,ppid:11,pcpu:6,pmem:6,pri:5,vsz:11,rss:11,ni:5,etime:30,state:5,tty:15,user:20,command; unset LC_ALL"), (_freebsd || _openbsd || _netbsd) && (cmd = "export LC_ALL=C; ps -axo pid,ppid,pcpu,pmem,pri,vsz,rss,ni,etime,state,tty,user,command; unset LC_ALL"), _darwin && (cmd = "ps -axo pid,ppid,pcpu,pmem,pri,vsz=temp_title_1,rss=temp_title_2,nice,etime=temp_title_3,state,tty,user,command -r"), _sunos && (cmd = "ps -Ao pid,ppid,pcpu,pmem,pri,vsz,rss,nice,stime,s,tty,user,comm");
              try {
                exec(cmd, { maxBuffer: 1024 * 102400 }, (error, stdout) => {
                  if (!error && stdout.toString().trim())
                    if (result.list = parseProcesses(stdout.toString().split(`
`)).slice(), result.all = result.list.length, result.running = result.list.filter((e) => e.state === "running").length, result.blocked = result.list.filter((e) => e.state === "blocked").length, result.sleeping = result.list.filter((e) => e.state === "sleeping").length, _linux) {
                      cmd = 'cat /proc/stat | grep "cpu "', result.list.forEach((element) => {
                        cmd += ";cat /proc/" + element.pid + "/stat";
                      });
                      let cpuBaseline = Object.assign({}, _processes_cpu);
                      exec(cmd, { maxBuffer: 1024 * 102400 }, (error2, stdout2) => {
                        let curr_processes = stdout2.toString().split(`
`), all = parseProcStat(curr_processes.shift()), list_new = {}, resultProcess = {};
                        curr_processes.forEach((element) => {
                          if (resultProcess = calcProcStatLinux(element, all, cpuBaseline), resultProcess.pid) {
                            let listPos = result.list.map((e) => e.pid).indexOf(resultProcess.pid);
                            listPos >= 0 && (result.list[listPos].cpu = resultProcess.cpuu + resultProcess.cpus, result.list[listPos].cpuu = resultProcess.cpuu, result.list[listPos].cpus = resultProcess.cpus), list_new[resultProcess.pid] = {
                              cpuu: resultProcess.cpuu,
                              cpus: resultProcess.cpus,
                              utime: resultProcess.utime,
                              stime: resultProcess.stime
                            };
                          }
                        }), _processes_cpu.all = all, _processes_cpu.list = Object.assign({}, list_new), _processes_cpu.ms = Date.now(), _processes_cpu.result = Object.assign({}, result), callback && callback(result), resolve4(result);
                      });
                    } else
                      callback && callback(result), resolve4(result);
                  else
                    cmd = "ps -o pid,ppid,vsz,rss,nice,etime,stat,tty,user,comm", _sunos && (cmd = "ps -o pid,ppid,vsz,rss,nice,etime,s,tty,user,comm"), exec(cmd, { maxBuffer: 1024 * 102400 }, (error2, stdout2) => {
                      if (error2)
                        callback && callback(result), resolve4(result);
                      else {
                        let lines = stdout2.toString().split(`
`);
                        lines.shift(), result.list = parseProcesses2(lines).slice(), result.all = result.list.length, result.running = result.list.filter((e) => e.state === "running").length, result.blocked = result.list.filter((e) => e.state === "blocked").length, result.sleeping = result.list.filter((e) => e.state === "sleeping").length, callback && callback(result), resolve4(result);
                      }
                    });
                });
              } catch {
                callback && callback(result), resolve4(result);
              }
            } else if (_windows)
              try {
                let cpuBaseline = Object.assign({}, _processes_cpu);
                util.powerShell(
                  `Get-CimInstance Win32_Process | select-Object ProcessId,ParentProcessId,ExecutionState,Caption,CommandLine,ExecutablePath,UserModeTime,KernelModeTime,WorkingSetSize,Priority,PageFileUsage,
                @{n="CreationDate";e={$_.CreationDate.ToString("yyyy-MM-dd HH:mm:ss")}} | ConvertTo-Json -compress`
                ).then((stdout, error) => {
                  if (!error) {
                    let procs = [], procStats = [], list_new = {}, allcpuu = cpuBaseline.all_utime, allcpus = cpuBaseline.all_stime, processArray = [];
                    try {
                      stdout = stdout.trim().replace(/^\uFEFF/, ""), processArray = JSON.parse(stdout), Array.isArray(processArray) || (processArray = [processArray]);
                    } catch {
                    }
                    processArray.forEach((element) => {
                      let pid = element.ProcessId, parentPid = element.ParentProcessId, statusValue = element.ExecutionState || null, name = element.Caption, commandLine = element.CommandLine, commandPath = element.ExecutablePath, utime = element.UserModeTime, stime = element.KernelModeTime, memw = element.WorkingSetSize, cpuOld = cpuBaseline.list[pid];
                      allcpuu += utime - (cpuOld ? cpuOld.utime : 0), allcpus += stime - (cpuOld ? cpuOld.stime : 0), result.all++, statusValue || result.unknown++, statusValue === "3" && result.running++, (statusValue === "4" || statusValue === "5") && result.blocked++, procStats.push({
                        pid,
                        utime,
                        stime,
                        cpu: 0,
                        cpuu: 0,
                        cpus: 0
                      }), procs.push({
                        pid,
                        parentPid,
                        name,
                        cpu: 0,
                        cpuu: 0,
                        cpus: 0,
                        mem: memw / os.totalmem() * 100,
                        priority: element.Priority || null,
                        memVsz: element.PageFileUsage || null,
                        memRss: Math.floor((element.WorkingSetSize || 0) / 1024),
                        nice: 0,
                        started: element.CreationDate,
                        state: statusValue ? _winStatusValues[statusValue] : _winStatusValues[0],
                        tty: "",
                        user: "",
                        command: commandLine || name,
                        path: commandPath,
                        params: ""
                      });
                    }), result.sleeping = result.all - result.running - result.blocked - result.unknown, result.list = procs, procStats.forEach((element) => {
                      let resultProcess = calcProcStatWin(element, allcpuu + allcpus, cpuBaseline), listPos = result.list.map((e) => e.pid).indexOf(resultProcess.pid);
                      listPos >= 0 && (result.list[listPos].cpu = resultProcess.cpuu + resultProcess.cpus, result.list[listPos].cpuu = resultProcess.cpuu, result.list[listPos].cpus = resultProcess.cpus), list_new[resultProcess.pid] = {
                        cpuu: resultProcess.cpuu,
                        cpus: resultProcess.cpus,
                        utime: resultProcess.utime,
                        stime: resultProcess.stime
                      };
                    }), _processes_cpu.all = allcpuu + allcpus, _processes_cpu.all_utime = allcpuu, _processes_cpu.all_stime = allcpus, _processes_cpu.list = Object.assign({}, list_new), _processes_cpu.ms = Date.now(), _processes_cpu.result = Object.assign({}, result);
                  }
                  callback && callback(result), resolve4(result);
                });
              } catch {
                callback && callback(result), resolve4(result);
              }
            else
              callback && callback(result), resolve4(result);
          else
            callback && callback(_processes_cpu.result), resolve4(_processes_cpu.result);
        });
      });
    }
    exports.processes = processes;
    function processLoad(proc, callback) {
      return callback = util.isFunction(callback) ? callback : null, util.isFunction(proc) && !callback && (callback = proc, proc = ""), new Promise((resolve4) => {
        process.nextTick(() => {
          if (proc = proc || "", typeof proc != "string")
            return callback && callback([]), resolve4([]);
          let processesString = "";
          try {
            processesString.__proto__.toLowerCase = util.stringToLower, processesString.__proto__.replace = util.stringReplace, processesString.__proto__.toString = util.stringToString, processesString.__proto__.substr = util.stringSubstr, processesString.__proto__.substring = util.stringSubstring, processesString.__proto__.trim = util.stringTrim, processesString.__proto__.startsWith = util.stringStartWith, processesString.__proto__.split = util.stringSplit;
          } catch {
            Object.setPrototypeOf(processesString, util.stringObj);
          }
          let s = util.sanitizeShellString(proc), l = util.mathMin(s.length, 2e3);
          for (let i = 0; i <= l; i++)
            s[i] !== void 0 && (processesString = processesString + s[i]);
          processesString = processesString.trim().toLowerCase().replace(/, /g, "|").replace(/,+/g, "|"), processesString === "" && (processesString = "*"), util.isPrototypePolluted() && processesString !== "*" && (processesString = "------");
          let processes2 = util.stringSplit.call(processesString, "|"), result = [];
          if ((util.isPrototypePolluted() ? "" : util.sanitizeShellString(proc) || "*") && processes2.length && processes2[0] !== "------")
            if (_windows)
              try {
                let cpuBaseline = Object.assign({}, _process_cpu);
                util.powerShell("Get-CimInstance Win32_Process | select ProcessId,Caption,UserModeTime,KernelModeTime,WorkingSetSize | ConvertTo-Json -compress").then((stdout, error) => {
                  if (!error) {
                    let procStats = [], list_new = {}, allcpuu = cpuBaseline.all_utime, allcpus = cpuBaseline.all_stime, processArray = [];
                    try {
                      stdout = stdout.trim().replace(/^\uFEFF/, ""), processArray = JSON.parse(stdout), Array.isArray(processArray) || (processArray = [processArray]);
                    } catch {
                    }
                    processArray.forEach((element) => {
                      let pid = element.ProcessId, name = element.Caption, utime = element.UserModeTime, stime = element.KernelModeTime, mem = element.WorkingSetSize, cpuOld = cpuBaseline.list[pid];
                      allcpuu += utime - (cpuOld ? cpuOld.utime : 0), allcpus += stime - (cpuOld ? cpuOld.stime : 0), procStats.push({
                        pid,
                        name,
                        utime,
                        stime,
                        cpu: 0,
                        cpuu: 0,
                        cpus: 0,
                        mem
                      });
                      let pname = "", inList = !1;
                      if (processes2.forEach((proc2) => {
                        name.toLowerCase().indexOf(proc2.toLowerCase()) >= 0 && !inList && (inList = !0, pname = proc2);
                      }), processesString === "*" || inList) {
                        let processFound = !1;
                        result.forEach((item) => {
                          item.proc.toLowerCase() === pname.toLowerCase() && (item.pids.push(pid), item.mem += mem / os.totalmem() * 100, processFound = !0);
                        }), processFound || result.push({
                          proc: pname,
                          pid,
                          pids: [pid],
                          cpu: 0,
                          mem: mem / os.totalmem() * 100
                        });
                      }
                    }), processesString !== "*" && processes2.filter((name) => procStats.filter((item) => item.name.toLowerCase().indexOf(name) >= 0).length === 0).forEach((procName) => {
                      result.push({
                        proc: procName,
                        pid: null,
                        pids: [],
                        cpu: 0,
                        mem: 0
                      });
                    }), procStats.forEach((element) => {
                      let resultProcess = calcProcStatWin(element, allcpuu + allcpus, cpuBaseline), listPos = -1;
                      for (let j = 0; j < result.length; j++)
                        (result[j].pid === resultProcess.pid || result[j].pids.indexOf(resultProcess.pid) >= 0) && (listPos = j);
                      listPos >= 0 && (result[listPos].cpu += resultProcess.cpuu + resultProcess.cpus), list_new[resultProcess.pid] = {
                        cpuu: resultProcess.cpuu,
                        cpus: resultProcess.cpus,
                        utime: resultProcess.utime,
                        stime: resultProcess.stime
                      };
                    }), _process_cpu.all = allcpuu + allcpus, _process_cpu.all_utime = allcpuu, _process_cpu.all_stime = allcpus, _process_cpu.list = Object.assign({}, list_new), _process_cpu.ms = Date.now(), _process_cpu.result = JSON.parse(JSON.stringify(result)), callback && callback(result), resolve4(result);
                  }
                });
              } catch {
                callback && callback(result), resolve4(result);
              }
            else if (_darwin || _linux || _freebsd || _openbsd || _netbsd) {
              let params = ["-axo", "pid,ppid,pcpu,pmem,comm"];
              util.execSafe("ps", params).then((stdout) => {
                if (stdout) {
                  let procStats = [], lines = stdout.toString().split(`
`).filter((line) => {
                    if (processesString === "*")
                      return !0;
                    if (line.toLowerCase().indexOf("grep") !== -1)
                      return !1;
                    let found = !1;
                    return processes2.forEach((item) => {
                      found = found || line.toLowerCase().indexOf(item.toLowerCase()) >= 0;
                    }), found;
                  });
                  if (processesString === "*" && lines.shift(), lines.forEach((line) => {
                    let data = line.trim().replace(/ +/g, " ").split(" ");
                    if (data.length > 4) {
                      let linuxName = data[4].indexOf("/") >= 0 ? data[4].substring(0, data[4].indexOf("/")) : data[4], name = _linux ? linuxName : data[4].substring(data[4].lastIndexOf("/") + 1);
                      procStats.push({
                        name,
                        pid: parseInt(data[0]) || 0,
                        ppid: parseInt(data[1]) || 0,
                        cpu: parseFloat(data[2].replace(",", ".")),
                        mem: parseFloat(data[3].replace(",", "."))
                      });
                    }
                  }), procStats.forEach((item) => {
                    let listPos = -1, inList = !1, name = item.name;
                    for (let j = 0; j < result.length; j++)
                      item.name.toLowerCase().indexOf(result[j].proc.toLowerCase()) >= 0 && (listPos = j);
                    processes2.forEach((proc2) => {
                      item.name.toLowerCase().indexOf(proc2.toLowerCase()) >= 0 && !inList && (inList = !0, name = proc2);
                    }), (processesString === "*" || inList) && (listPos < 0 ? name && result.push({
                      proc: name,
                      pid: item.pid,
                      pids: [item.pid],
                      cpu: item.cpu,
                      mem: item.mem
                    }) : (item.ppid < 10 && (result[listPos].pid = item.pid), result[listPos].pids.push(item.pid), result[listPos].cpu += item.cpu, result[listPos].mem += item.mem));
                  }), processesString !== "*" && processes2.filter((name) => procStats.filter((item) => item.name.toLowerCase().indexOf(name) >= 0).length === 0).forEach((procName) => {
                    result.push({
                      proc: procName,
                      pid: null,
                      pids: [],
                      cpu: 0,
                      mem: 0
                    });
                  }), _linux) {
                    result.forEach((item) => {
                      item.cpu = 0;
                    });
                    let cmd = 'cat /proc/stat | grep "cpu "';
                    for (let i in result)
                      for (let j in result[i].pids)
                        cmd += ";cat /proc/" + result[i].pids[j] + "/stat";
                    let cpuBaseline = Object.assign({}, _process_cpu);
                    exec(cmd, { maxBuffer: 1024 * 102400 }, (error, stdout2) => {
                      let curr_processes = stdout2.toString().split(`
`), all = parseProcStat(curr_processes.shift()), list_new = {}, resultProcess = {};
                      curr_processes.forEach((element) => {
                        if (resultProcess = calcProcStatLinux(element, all, cpuBaseline), resultProcess.pid) {
                          let resultItemId = -1;
                          for (let i in result)
                            result[i].pids.indexOf(resultProcess.pid) >= 0 && (resultItemId = i);
                          resultItemId >= 0 && (result[resultItemId].cpu += resultProcess.cpuu + resultProcess.cpus), list_new[resultProcess.pid] = {
                            cpuu: resultProcess.cpuu,
                            cpus: resultProcess.cpus,
                            utime: resultProcess.utime,
                            stime: resultProcess.stime
                          };
                        }
                      }), result.forEach((item) => {
                        item.cpu = Math.round(item.cpu * 100) / 100;
                      }), _process_cpu.all = all, _process_cpu.list = Object.assign({}, list_new), _process_cpu.ms = Date.now(), _process_cpu.result = Object.assign({}, result), callback && callback(result), resolve4(result);
                    });
                  } else
                    callback && callback(result), resolve4(result);
                } else
                  callback && callback(result), resolve4(result);
              });
            } else
              callback && callback(result), resolve4(result);
          else
            callback && callback(result), resolve4(result);
        });
      });
    }
    exports.processLoad = processLoad;
  }
});

// node_modules/systeminformation/lib/users.js
var require_users = __commonJS({
  "node_modules/systeminformation/lib/users.js"(exports) {
    "use strict";
    var exec = __require("child_process").exec, util = require_util(), _platform = process.platform, _linux = _platform === "linux" || _platform === "android", _darwin = _platform === "darwin", _windows = _platform === "win32", _freebsd = _platform === "freebsd", _openbsd = _platform === "openbsd", _netbsd = _platform === "netbsd", _sunos = _platform === "sunos";
    function parseDate(dtMon, dtDay) {
      let dt = (/* @__PURE__ */ new Date()).toISOString().slice(0, 10);
      try {
        dt = "" + (/* @__PURE__ */ new Date()).getFullYear() + "-" + ("0" + ("JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC".indexOf(dtMon.toUpperCase()) / 3 + 1)).slice(-2) + "-" + ("0" + dtDay).slice(-2), new Date(dt) > /* @__PURE__ */ new Date() && (dt = "" + ((/* @__PURE__ */ new Date()).getFullYear() - 1) + "-" + ("0" + ("JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC".indexOf(dtMon.toUpperCase()) / 3 + 1)).slice(-2) + "-" + ("0" + dtDay).slice(-2));
      } catch {
        util.noop();
      }
      return dt;
    }
    function parseUsersLinux(lines, phase) {
      let result = [], result_who = [], result_w = {}, w_first = !0, w_header = [], w_pos = [], who_line = {}, is_whopart = !0, is_whoerror = !1;
      return lines.forEach((line) => {
        if (line === "---")
          is_whopart = !1;
        else {
          let l = line.replace(/ +/g, " ").split(" ");
          if (is_whopart) {
            if ((line.toLowerCase().indexOf("unexpected") >= 0 || line.toLowerCase().indexOf("unrecognized") >= 0) && (is_whoerror = !0, result_who = []), !is_whoerror) {
              let timePos = l && l.length > 4 && l[4].indexOf(":") > 0 ? 4 : 3;
              result_who.push({
                user: l[0],
                tty: l[1],
                date: timePos === 4 ? parseDate(l[2], l[3]) : l[2],
                time: l[timePos],
                ip: l && l.length > timePos + 1 ? l[timePos + 1].replace(/\(/g, "").replace(/\)/g, "") : "",
                command: ""
              });
            }
          } else
            w_first ? line[0] !== " " && (w_header = l, w_header.forEach((item) => {
              w_pos.push(line.indexOf(item));
            }), w_first = !1) : (result_w.user = line.substring(w_pos[0], w_pos[1] - 1).trim(), result_w.tty = line.substring(w_pos[1], w_pos[2] - 1).trim(), result_w.ip = line.substring(w_pos[2], w_pos[3] - 1).replace(/\(/g, "").replace(/\)/g, "").trim(), result_w.command = line.substring(w_pos[7], 1e3).trim(), result_who.length || phase === 1 ? who_line = result_who.filter((obj) => obj.user.substring(0, 8).trim() === result_w.user && obj.tty === result_w.tty) : who_line = [{ user: result_w.user, tty: result_w.tty, date: "", time: "", ip: "" }], who_line.length === 1 && who_line[0].user !== "" && result.push({
              user: who_line[0].user,
              tty: who_line[0].tty,
              date: who_line[0].date,
              time: who_line[0].time,
              ip: who_line[0].ip,
              command: result_w.command
            }));
        }
      }), result.length === 0 && phase === 2 ? result_who : result;
    }
    function parseUsersDarwin(lines) {
      let result = [], result_who = [], result_w = {}, who_line = {}, is_whopart = !0;
      return lines.forEach((line) => {
        if (line === "---")
          is_whopart = !1;
        else {
          let l = line.replace(/ +/g, " ").split(" ");
          is_whopart ? result_who.push({
            user: l[0],
            tty: l[1],
            date: parseDate(l[2], l[3]),
            time: l[4]
          }) : (result_w.user = l[0], result_w.tty = l[1], result_w.ip = l[2] !== "-" ? l[2] : "", result_w.command = l.slice(5, 1e3).join(" "), who_line = result_who.filter((obj) => obj.user.substring(0, 10) === result_w.user.substring(0, 10) && (obj.tty.substring(3, 1e3) === result_w.tty || obj.tty === result_w.tty)), who_line.length === 1 && result.push({
            user: who_line[0].user,
            tty: who_line[0].tty,
            date: who_line[0].date,
            time: who_line[0].time,
            ip: result_w.ip,
            command: result_w.command
          }));
        }
      }), result;
    }
    function users(callback) {
      return callback = util.isFunction(callback) ? callback : null, new Promise((resolve4) => {
        process.nextTick(() => {
          let result = [];
          if (_linux && exec('export LC_ALL=C; who --ips; echo "---"; w | tail -n +2', (error, stdout) => {
            if (error)
              callback && callback(result), resolve4(result);
            else {
              let lines = stdout.toString().split(`
`);
              result = parseUsersLinux(lines, 1), result.length === 0 ? exec('who; echo "---"; w | tail -n +2', (error2, stdout2) => {
                error2 || (lines = stdout2.toString().split(`
`), result = parseUsersLinux(lines, 2)), callback && callback(result), resolve4(result);
              }) : (callback && callback(result), resolve4(result));
            }
          }), (_freebsd || _openbsd || _netbsd) && exec('who; echo "---"; w -ih', (error, stdout) => {
            if (!error) {
              let lines = stdout.toString().split(`
`);
              result = parseUsersDarwin(lines);
            }
            callback && callback(result), resolve4(result);
          }), _sunos && exec('who; echo "---"; w -h', (error, stdout) => {
            if (!error) {
              let lines = stdout.toString().split(`
`);
              result = parseUsersDarwin(lines);
            }
            callback && callback(result), resolve4(result);
          }), _darwin && exec('export LC_ALL=C; who; echo "---"; w -ih; unset LC_ALL', (error, stdout) => {
            if (!error) {
              let lines = stdout.toString().split(`
`);
              result = parseUsersDarwin(lines);
            }
            callback && callback(result), resolve4(result);
          }), _windows)
            try {
              let cmd = `Get-CimInstance Win32_LogonSession | select LogonId,@{n="StartTime";e={$_.StartTime.ToString("yyyy-MM-dd HH:mm:ss")}} | fl; echo '#-#-#-#';`;
              cmd += "Get-CimInstance Win32_LoggedOnUser | select antecedent,dependent | fl ; echo '#-#-#-#';", cmd += `$process = (Get-CimInstance Win32_Process -Filter "name = 'explorer.exe'"); Invoke-CimMethod -InputObject $process[0] -MethodName GetOwner | select user, domain | fl; get-process -name explorer | select-object sessionid | fl; echo '#-#-#-#';`, cmd += "query user", util.powerShell(cmd).then((data) => {
                if (data) {
                  data = data.split("#-#-#-#");
                  let sessions2 = parseWinSessions((data[0] || "").split(/\n\s*\n/)), loggedons = parseWinLoggedOn((data[1] || "").split(/\n\s*\n/)), queryUser = parseWinUsersQuery((data[3] || "").split(`\r
`)), users2 = parseWinUsers((data[2] || "").split(/\n\s*\n/), queryUser);
                  for (let id in loggedons)
                    ({}).hasOwnProperty.call(loggedons, id) && (loggedons[id].dateTime = {}.hasOwnProperty.call(sessions2, id) ? sessions2[id] : "");
                  users2.forEach((user) => {
                    let dateTime = "";
                    for (let id in loggedons)
                      ({}).hasOwnProperty.call(loggedons, id) && loggedons[id].user === user.user && (!dateTime || dateTime < loggedons[id].dateTime) && (dateTime = loggedons[id].dateTime);
                    result.push({
                      user: user.user,
                      tty: user.tty,
                      date: `${dateTime.substring(0, 10)}`,
                      time: `${dateTime.substring(11, 19)}`,
                      ip: "",
                      command: ""
                    });
                  });
                }
                callback && callback(result), resolve4(result);
              });
            } catch {
              callback && callback(result), resolve4(result);
            }
        });
      });
    }
    function parseWinSessions(sessionParts) {
      let sessions2 = {};
      return sessionParts.forEach((session) => {
        let lines = session.split(`\r
`), id = util.getValue(lines, "LogonId"), starttime = util.getValue(lines, "starttime");
        id && (sessions2[id] = starttime);
      }), sessions2;
    }
    function fuzzyMatch(name1, name2) {
      name1 = name1.toLowerCase(), name2 = name2.toLowerCase();
      let eq = 0, len = name1.length;
      name2.length > len && (len = name2.length);
      for (let i = 0; i < len; i++) {
        let c1 = name1[i] || "", c2 = name2[i] || "";
        c1 === c2 && eq++;
      }
      return len > 10 ? eq / len > 0.9 : len > 0 ? eq / len > 0.8 : !1;
    }
    function parseWinUsers(userParts, userQuery) {
      let users2 = [];
      return userParts.forEach((user) => {
        let lines = user.split(`\r
`), domain = util.getValue(lines, "domain", ":", !0), username = util.getValue(lines, "user", ":", !0), sessionid = util.getValue(lines, "sessionid", ":", !0);
        if (username) {
          let quser = userQuery.filter((item) => fuzzyMatch(item.user, username));
          users2.push({
            domain,
            user: username,
            tty: quser && quser[0] && quser[0].tty ? quser[0].tty : sessionid
          });
        }
      }), users2;
    }
    function parseWinLoggedOn(loggedonParts) {
      let loggedons = {};
      return loggedonParts.forEach((loggedon) => {
        let lines = loggedon.split(`\r
`), parts = util.getValue(lines, "antecedent", ":", !0).split("="), name = parts.length > 2 ? parts[1].split(",")[0].replace(/"/g, "").trim() : "", domain = parts.length > 2 ? parts[2].replace(/"/g, "").replace(/\)/g, "").trim() : "";
        parts = util.getValue(lines, "dependent", ":", !0).split("=");
        let id = parts.length > 1 ? parts[1].replace(/"/g, "").replace(/\)/g, "").trim() : "";
        id && (loggedons[id] = {
          domain,
          user: name
        });
      }), loggedons;
    }
    function parseWinUsersQuery(lines) {
      lines = lines.filter((item) => item);
      let result = [], header = lines[0], headerDelimiter = [];
      if (header) {
        let start = header[0] === " " ? 1 : 0;
        headerDelimiter.push(start - 1);
        let nextSpace = 0;
        for (let i = start + 1; i < header.length; i++)
          header[i] === " " && (header[i - 1] === " " || header[i - 1] === ".") ? nextSpace = i : nextSpace && (headerDelimiter.push(nextSpace), nextSpace = 0);
        for (let i = 1; i < lines.length; i++)
          if (lines[i].trim()) {
            let user = lines[i].substring(headerDelimiter[0] + 1, headerDelimiter[1]).trim() || "", tty = lines[i].substring(headerDelimiter[1] + 1, headerDelimiter[2] - 2).trim() || "";
            result.push({
              user,
              tty
            });
          }
      }
      return result;
    }
    exports.users = users;
  }
});

// node_modules/systeminformation/lib/internet.js
var require_internet = __commonJS({
  "node_modules/systeminformation/lib/internet.js"(exports) {
    "use strict";
    var util = require_util(), _platform = process.platform, _linux = _platform === "linux" || _platform === "android", _darwin = _platform === "darwin", _windows = _platform === "win32", _freebsd = _platform === "freebsd", _openbsd = _platform === "openbsd", _netbsd = _platform === "netbsd", _sunos = _platform === "sunos";
    function inetChecksite(url, callback) {
      return callback = util.isFunction(callback) ? callback : null, new Promise((resolve4) => {
        process.nextTick(() => {
          let result = {
            url,
            ok: !1,
            status: 404,
            ms: null
          };
          if (typeof url != "string")
            return callback && callback(result), resolve4(result);
          let urlSanitized = "", s = util.sanitizeShellString(url, !0), l = util.mathMin(s.length, 2e3);
          for (let i = 0; i <= l; i++)
            if (s[i] !== void 0) {
              try {
                s[i].__proto__.toLowerCase = util.stringToLower;
              } catch {
                Object.setPrototypeOf(s[i], util.stringObj);
              }
              let sl = s[i].toLowerCase();
              sl && sl[0] && !sl[1] && sl[0].length === 1 && (urlSanitized = urlSanitized + sl[0]);
            }
          result.url = urlSanitized;
          try {
            if (urlSanitized && !util.isPrototypePolluted()) {
              try {
                urlSanitized.__proto__.startsWith = util.stringStartWith;
              } catch {
                Object.setPrototypeOf(urlSanitized, util.stringObj);
              }
              if (urlSanitized.startsWith("file:") || urlSanitized.startsWith("gopher:") || urlSanitized.startsWith("telnet:") || urlSanitized.startsWith("mailto:") || urlSanitized.startsWith("news:") || urlSanitized.startsWith("nntp:"))
                return callback && callback(result), resolve4(result);
              util.checkWebsite(urlSanitized).then((res) => {
                result.status = res.statusCode, result.ok = res.statusCode >= 200 && res.statusCode <= 399, result.ms = result.ok ? res.time : null, callback && callback(result), resolve4(result);
              });
            } else
              callback && callback(result), resolve4(result);
          } catch {
            callback && callback(result), resolve4(result);
          }
        });
      });
    }
    exports.inetChecksite = inetChecksite;
    function inetLatency(host, callback) {
      return callback = util.isFunction(callback) ? callback : null, util.isFunction(host) && !callback && (callback = host, host = ""), host = host || "8.8.8.8", new Promise((resolve4) => {
        process.nextTick(() => {
          if (typeof host != "string")
            return callback && callback(null), resolve4(null);
          let hostSanitized = "", s = (util.isPrototypePolluted() ? "8.8.8.8" : util.sanitizeShellString(host, !0)).trim(), l = util.mathMin(s.length, 2e3);
          for (let i = 0; i <= l; i++)
            if (s[i] !== void 0) {
              try {
                s[i].__proto__.toLowerCase = util.stringToLower;
              } catch {
                Object.setPrototypeOf(s[i], util.stringObj);
              }
              let sl = s[i].toLowerCase();
              sl && sl[0] && !sl[1] && (hostSanitized = hostSanitized + sl[0]);
            }
          try {
            hostSanitized.__proto__.startsWith = util.stringStartWith;
          } catch {
            Object.setPrototypeOf(hostSanitized, util.stringObj);
          }
          if (hostSanitized.startsWith("file:") || hostSanitized.startsWith("gopher:") || hostSanitized.startsWith("telnet:") || hostSanitized.startsWith("mailto:") || hostSanitized.startsWith("news:") || hostSanitized.startsWith("nntp:") || hostSanitized.startsWith("-"))
            return callback && callback(null), resolve4(null);
          let params;
          if ((_linux || _freebsd || _openbsd || _netbsd || _darwin) && (_linux && (params = ["-c", "2", "-w", "3", hostSanitized]), (_freebsd || _openbsd || _netbsd) && (params = ["-c", "2", "-t", "3", hostSanitized]), _darwin && (params = ["-c2", "-t3", hostSanitized]), util.execSafe("ping", params).then((stdout) => {
            let result = null;
            if (stdout) {
              let line = stdout.split(`
`).filter((line2) => line2.indexOf("rtt") >= 0 || line2.indexOf("round-trip") >= 0 || line2.indexOf("avg") >= 0).join(`
`).split("=");
              if (line.length > 1) {
                let parts = line[1].split("/");
                parts.length > 1 && (result = parseFloat(parts[1]));
              }
            }
            callback && callback(result), resolve4(result);
          })), _sunos) {
            let params2 = ["-s", "-a", hostSanitized, "56", "2"], filt = "avg";
            util.execSafe("ping", params2, { timeout: 3e3 }).then((stdout) => {
              let result = null;
              if (stdout) {
                let line = stdout.split(`
`).filter((line2) => line2.indexOf(filt) >= 0).join(`
`).split("=");
                if (line.length > 1) {
                  let parts = line[1].split("/");
                  parts.length > 1 && (result = parseFloat(parts[1].replace(",", ".")));
                }
              }
              callback && callback(result), resolve4(result);
            });
          }
          if (_windows) {
            let result = null;
            try {
              let params2 = [hostSanitized, "-n", "1"];
              util.execSafe("ping", params2, util.execOptsWin).then((stdout) => {
                if (stdout) {
                  let lines = stdout.split(`\r
`);
                  lines.shift(), lines.forEach((line) => {
                    if ((line.toLowerCase().match(/ms/g) || []).length === 3) {
                      let l2 = line.replace(/ +/g, " ").split(" ");
                      l2.length > 6 && (result = parseFloat(l2[l2.length - 1]));
                    }
                  });
                }
                callback && callback(result), resolve4(result);
              });
            } catch {
              callback && callback(result), resolve4(result);
            }
          }
        });
      });
    }
    exports.inetLatency = inetLatency;
  }
});

// node_modules/systeminformation/lib/dockerSocket.js
var require_dockerSocket = __commonJS({
  "node_modules/systeminformation/lib/dockerSocket.js"(exports, module) {
    "use strict";
    var net = __require("net"), isWin = __require("os").type() === "Windows_NT", socketPath = process.env.DOCKER_SOCKET || (isWin ? "//./pipe/docker_engine" : "/var/run/docker.sock"), socketTimeout = +process.env.DOCKER_SOCKET_TIMEOUT || 3e4;
    function fetchJson(path, callback) {
      let done = !1, finish3 = (result) => {
        done || (done = !0, callback(result));
      };
      try {
        let socket = net.createConnection({ path: socketPath }), alldata = "";
        socket.setTimeout(socketTimeout, () => {
          socket.destroy(), finish3({});
        }), socket.on("connect", () => {
          socket.write(`GET ${path} HTTP/1.0\r
\r
`);
        }), socket.on("data", (data) => {
          alldata = alldata + data.toString();
        }), socket.on("error", () => {
          finish3({});
        }), socket.on("end", () => {
          let startbody = alldata.indexOf(`\r
\r
`), status = parseInt(alldata.split(" ")[1], 10);
          if (startbody < 0 || isNaN(status) || status < 200 || status >= 300)
            return finish3({});
          try {
            finish3(JSON.parse(alldata.substring(startbody + 4)));
          } catch {
            finish3({});
          }
        });
      } catch {
        finish3({});
      }
    }
    var DockerSocket = class {
      getInfo(callback) {
        fetchJson("http:/info", callback);
      }
      listImages(all, callback) {
        fetchJson(`http:/images/json${all ? "?all=1" : ""}`, callback);
      }
      inspectImage(id, callback) {
        id ? fetchJson(`http:/images/${id}/json?stream=0`, callback) : callback({});
      }
      listContainers(all, callback) {
        fetchJson(`http:/containers/json${all ? "?all=1" : ""}`, callback);
      }
      getStats(id, callback) {
        id ? fetchJson(`http:/containers/${id}/stats?stream=0`, callback) : callback({});
      }
      getInspect(id, callback) {
        id ? fetchJson(`http:/containers/${id}/json?stream=0`, callback) : callback({});
      }
      getProcesses(id, callback) {
        id ? fetchJson(`http:/containers/${id}/top?ps_args=-opid,ppid,pgid,vsz,time,etime,nice,ruser,user,rgroup,group,stat,rss,args`, callback) : callback({});
      }
      listVolumes(callback) {
        fetchJson("http:/volumes", callback);
      }
    };
    module.exports = DockerSocket;
  }
});

// node_modules/systeminformation/lib/docker.js
var require_docker = __commonJS({
  "node_modules/systeminformation/lib/docker.js"(exports) {
    "use strict";
    var util = require_util(), DockerSocket = require_dockerSocket(), _platform = process.platform, _windows = _platform === "win32", _docker_cpu_last_read = {}, _docker_socket;
    function dockerInfo(callback) {
      return callback = util.isFunction(callback) ? callback : null, new Promise((resolve4) => {
        process.nextTick(() => {
          _docker_socket || (_docker_socket = new DockerSocket());
          let result = {};
          _docker_socket.getInfo((data) => {
            result.id = data.ID, result.containers = data.Containers, result.containersRunning = data.ContainersRunning, result.containersPaused = data.ContainersPaused, result.containersStopped = data.ContainersStopped, result.images = data.Images, result.driver = data.Driver, result.memoryLimit = data.MemoryLimit, result.swapLimit = data.SwapLimit, result.kernelMemory = data.KernelMemory, result.cpuCfsPeriod = data.CpuCfsPeriod, result.cpuCfsQuota = data.CpuCfsQuota, result.cpuShares = data.CPUShares, result.cpuSet = data.CPUSet, result.ipv4Forwarding = data.IPv4Forwarding, result.bridgeNfIptables = data.BridgeNfIptables, result.bridgeNfIp6tables = data.BridgeNfIp6tables, result.debug = data.Debug, result.nfd = data.NFd, result.oomKillDisable = data.OomKillDisable, result.ngoroutines = data.NGoroutines, result.systemTime = data.SystemTime, result.loggingDriver = data.LoggingDriver, result.cgroupDriver = data.CgroupDriver, result.nEventsListener = data.NEventsListener, result.kernelVersion = data.KernelVersion, result.operatingSystem = data.OperatingSystem, result.osType = data.OSType, result.architecture = data.Architecture, result.ncpu = data.NCPU, result.memTotal = data.MemTotal, result.dockerRootDir = data.DockerRootDir, result.httpProxy = data.HttpProxy, result.httpsProxy = data.HttpsProxy, result.noProxy = data.NoProxy, result.name = data.Name, result.labels = data.Labels, result.experimentalBuild = data.ExperimentalBuild, result.serverVersion = data.ServerVersion, result.clusterStore = data.ClusterStore, result.clusterAdvertise = data.ClusterAdvertise, result.defaultRuntime = data.DefaultRuntime, result.liveRestoreEnabled = data.LiveRestoreEnabled, result.isolation = data.Isolation, result.initBinary = data.InitBinary, result.productLicense = data.ProductLicense, callback && callback(result), resolve4(result);
          });
        });
      });
    }
    exports.dockerInfo = dockerInfo;
    function dockerImages(all, callback) {
      callback = util.isFunction(callback) ? callback : null, util.isFunction(all) && !callback && (callback = all, all = !1), typeof all == "string" && all === "true" && (all = !0), typeof all != "boolean" && all !== void 0 && (all = !1), all = all || !1;
      let result = [];
      return new Promise((resolve4) => {
        process.nextTick(() => {
          _docker_socket || (_docker_socket = new DockerSocket());
          let workload = [];
          _docker_socket.listImages(all, (data) => {
            let dockerImages2 = {};
            try {
              dockerImages2 = data, dockerImages2 && Object.prototype.toString.call(dockerImages2) === "[object Array]" && dockerImages2.length > 0 ? (dockerImages2.forEach((element) => {
                element.Names && Object.prototype.toString.call(element.Names) === "[object Array]" && element.Names.length > 0 && (element.Name = element.Names[0].replace(/^\/|\/$/g, "")), element.Id && typeof element.Id == "string" && workload.push(dockerImagesInspect(element.Id.trim(), element));
              }), workload.length ? Promise.all(workload).then((data2) => {
                callback && callback(data2), resolve4(data2);
              }) : (callback && callback(result), resolve4(result))) : (callback && callback(result), resolve4(result));
            } catch {
              callback && callback(result), resolve4(result);
            }
          });
        });
      });
    }
    function dockerImagesInspect(imageID, payload) {
      return new Promise((resolve4) => {
        process.nextTick(() => {
          if (imageID = imageID || "", typeof imageID != "string")
            return resolve4();
          let imageIDSanitized = util.isPrototypePolluted() ? "" : util.sanitizeImageID(imageID);
          imageIDSanitized ? (_docker_socket || (_docker_socket = new DockerSocket()), _docker_socket.inspectImage(imageIDSanitized, (data) => {
            try {
              resolve4({
                id: payload.Id,
                container: data.Container,
                comment: data.Comment,
                os: data.Os,
                architecture: data.Architecture,
                parent: data.Parent,
                dockerVersion: data.DockerVersion,
                size: data.Size,
                sharedSize: payload.SharedSize,
                virtualSize: data.VirtualSize,
                author: data.Author,
                created: data.Created ? Math.round(new Date(data.Created).getTime() / 1e3) : 0,
                containerConfig: data.ContainerConfig ? data.ContainerConfig : {},
                graphDriver: data.GraphDriver ? data.GraphDriver : {},
                repoDigests: data.RepoDigests ? data.RepoDigests : [],
                repoTags: data.RepoTags ? data.RepoTags : [],
                config: data.Config ? data.Config : {},
                rootFS: data.RootFS ? data.RootFS : {}
              });
            } catch {
              resolve4();
            }
          })) : resolve4();
        });
      });
    }
    exports.dockerImages = dockerImages;
    function dockerContainers(all, callback) {
      callback = util.isFunction(callback) ? callback : null;
      function inContainers(containers, id) {
        return containers.some((obj) => obj.Id && obj.Id.indexOf(id) === 0);
      }
      util.isFunction(all) && !callback && (callback = all, all = !1), typeof all == "string" && all === "true" && (all = !0), typeof all != "boolean" && all !== void 0 && (all = !1), all = all || !1;
      let result = [];
      return new Promise((resolve4) => {
        process.nextTick(() => {
          _docker_socket || (_docker_socket = new DockerSocket());
          let workload = [];
          _docker_socket.listContainers(all, (data) => {
            let docker_containers = {};
            try {
              if (docker_containers = data, docker_containers && Object.prototype.toString.call(docker_containers) === "[object Array]" && docker_containers.length > 0) {
                for (let key in _docker_cpu_last_read)
                  ({}).hasOwnProperty.call(_docker_cpu_last_read, key) && (inContainers(docker_containers, key) || delete _docker_cpu_last_read[key]);
                docker_containers.forEach((element) => {
                  element.Names && Object.prototype.toString.call(element.Names) === "[object Array]" && element.Names.length > 0 && (element.Name = element.Names[0].replace(/^\/|\/$/g, "")), element.Id && typeof element.Id == "string" && workload.push(dockerContainerInspect(element.Id.trim(), element));
                }), workload.length ? Promise.all(workload).then((data2) => {
                  callback && callback(data2), resolve4(data2);
                }) : (callback && callback(result), resolve4(result));
              } else
                callback && callback(result), resolve4(result);
            } catch {
              callback && callback(result), resolve4(result);
            }
          });
        });
      });
    }
    function dockerContainerInspect(containerID, payload) {
      return new Promise((resolve4) => {
        process.nextTick(() => {
          if (containerID = containerID || "", typeof containerID != "string")
            return resolve4();
          let containerIdSanitized = util.isPrototypePolluted() ? "" : util.sanitizeContainerID(containerID);
          containerIdSanitized ? (_docker_socket || (_docker_socket = new DockerSocket()), _docker_socket.getInspect(containerIdSanitized, (data) => {
            try {
              resolve4({
                id: payload.Id,
                name: payload.Name,
                image: payload.Image,
                imageID: payload.ImageID,
                command: payload.Command,
                created: payload.Created,
                started: data.State && data.State.StartedAt ? Math.round(new Date(data.State.StartedAt).getTime() / 1e3) : 0,
                finished: data.State && data.State.FinishedAt && !data.State.FinishedAt.startsWith("0001-01-01") ? Math.round(new Date(data.State.FinishedAt).getTime() / 1e3) : 0,
                createdAt: data.Created ? data.Created : "",
                startedAt: data.State && data.State.StartedAt ? data.State.StartedAt : "",
                finishedAt: data.State && data.State.FinishedAt && !data.State.FinishedAt.startsWith("0001-01-01") ? data.State.FinishedAt : "",
                status: data.State && data.State.Health && data.State.Health.Status ? data.State.Health.Status : "",
                state: payload.State,
                restartCount: data.RestartCount || 0,
                platform: data.Platform || "",
                driver: data.Driver || "",
                labels: data.Config && data.Config.Labels ? data.Config.Labels : {},
                ports: payload.Ports,
                mounts: payload.Mounts
                // hostconfig: payload.HostConfig,
                // network: payload.NetworkSettings
              });
            } catch {
              resolve4();
            }
          })) : resolve4();
        });
      });
    }
    exports.dockerContainers = dockerContainers;
    function docker_calcCPUPercent(cpu_stats, precpu_stats, id) {
      if (!cpu_stats || !cpu_stats.cpu_usage || !precpu_stats)
        return 0;
      let precpuTotal = precpu_stats.cpu_usage && precpu_stats.cpu_usage.total_usage ? precpu_stats.cpu_usage.total_usage : 0;
      if (_windows) {
        let nanoSecNow = util.nanoSeconds(), cpuPercent = 0, lastRead = _docker_cpu_last_read[id] || 0;
        if (lastRead > 0) {
          let possIntervals = nanoSecNow - lastRead, intervalsUsed = cpu_stats.cpu_usage.total_usage - precpuTotal;
          possIntervals > 0 && (cpuPercent = 100 * intervalsUsed / possIntervals);
        }
        return _docker_cpu_last_read[id] = nanoSecNow, cpuPercent;
      } else {
        let cpuPercent = 0, cpuDelta = cpu_stats.cpu_usage.total_usage - precpuTotal, systemDelta = cpu_stats.system_cpu_usage - (precpu_stats.system_cpu_usage || 0);
        return systemDelta > 0 && cpuDelta > 0 && (precpu_stats.online_cpus ? cpuPercent = cpuDelta / systemDelta * precpu_stats.online_cpus * 100 : cpu_stats.cpu_usage.percpu_usage && cpu_stats.cpu_usage.percpu_usage.length && (cpuPercent = cpuDelta / systemDelta * cpu_stats.cpu_usage.percpu_usage.length * 100)), cpuPercent;
      }
    }
    function docker_calcNetworkIO(networks) {
      let rx = 0, wx = 0;
      for (let key in networks) {
        if (!{}.hasOwnProperty.call(networks, key))
          continue;
        let obj = networks[key];
        rx = +obj.rx_bytes, wx = +obj.tx_bytes;
      }
      return {
        rx,
        wx
      };
    }
    function docker_calcBlockIO(blkio_stats) {
      let result = {
        r: 0,
        w: 0
      };
      return blkio_stats && blkio_stats.io_service_bytes_recursive && Object.prototype.toString.call(blkio_stats.io_service_bytes_recursive) === "[object Array]" && blkio_stats.io_service_bytes_recursive.length > 0 && blkio_stats.io_service_bytes_recursive.forEach((element) => {
        element.op && element.op.toLowerCase() === "read" && element.value && (result.r += element.value), element.op && element.op.toLowerCase() === "write" && element.value && (result.w += element.value);
      }), result;
    }
    function dockerContainerStats(containerIDs, callback) {
      callback = util.isFunction(callback) ? callback : null;
      let containerArray = [];
      return new Promise((resolve4) => {
        process.nextTick(() => {
          if (util.isFunction(containerIDs) && !callback)
            callback = containerIDs, containerArray = ["*"];
          else {
            if (containerIDs = containerIDs || "*", typeof containerIDs != "string")
              return callback && callback([]), resolve4([]);
            let containerIDsSanitized = "";
            try {
              containerIDsSanitized.__proto__.toLowerCase = util.stringToLower, containerIDsSanitized.__proto__.replace = util.stringReplace, containerIDsSanitized.__proto__.toString = util.stringToString, containerIDsSanitized.__proto__.substr = util.stringSubstr, containerIDsSanitized.__proto__.substring = util.stringSubstring, containerIDsSanitized.__proto__.trim = util.stringTrim, containerIDsSanitized.__proto__.startsWith = util.stringStartWith;
            } catch {
              Object.setPrototypeOf(containerIDsSanitized, util.stringObj);
            }
            containerIDsSanitized = containerIDs.trim(), containerIDsSanitized !== "*" && (containerIDsSanitized = util.isPrototypePolluted() ? "" : util.sanitizeContainerID(containerIDs)), containerArray = containerIDsSanitized.trim().toLowerCase().replace(/,+/g, "|").split("|").filter((item) => item.trim());
          }
          let result = [], workload = [];
          if (containerArray.length && containerArray[0].trim() === "*")
            containerArray = [], dockerContainers().then((allContainers) => {
              for (let container of (allContainers || []).filter(Boolean))
                container.id && containerArray.push(container.id.substring(0, 12));
              containerArray.length ? dockerContainerStats(containerArray.join(",")).then((result2) => {
                callback && callback(result2), resolve4(result2);
              }) : (callback && callback(result), resolve4(result));
            });
          else {
            for (let containerID of containerArray)
              workload.push(dockerContainerStatsSingle(containerID.trim()));
            workload.length ? Promise.all(workload).then((data) => {
              callback && callback(data), resolve4(data);
            }) : (callback && callback(result), resolve4(result));
          }
        });
      });
    }
    function dockerContainerStatsSingle(containerID) {
      containerID = containerID || "";
      let result = {
        id: containerID,
        memUsage: 0,
        memLimit: 0,
        memPercent: 0,
        cpuPercent: 0,
        pids: 0,
        netIO: {
          rx: 0,
          wx: 0
        },
        blockIO: {
          r: 0,
          w: 0
        },
        restartCount: 0,
        cpuStats: {},
        precpuStats: {},
        memoryStats: {},
        networks: {}
      };
      return new Promise((resolve4) => {
        process.nextTick(() => {
          containerID ? (_docker_socket || (_docker_socket = new DockerSocket()), _docker_socket.getInspect(containerID, (dataInspect) => {
            try {
              _docker_socket.getStats(containerID, (data) => {
                try {
                  let stats = data;
                  stats.message || (data.id && (result.id = data.id), result.memUsage = stats.memory_stats && stats.memory_stats.usage ? stats.memory_stats.usage : 0, result.memLimit = stats.memory_stats && stats.memory_stats.limit ? stats.memory_stats.limit : 0, result.memPercent = stats.memory_stats && stats.memory_stats.usage && stats.memory_stats.limit ? stats.memory_stats.usage / stats.memory_stats.limit * 100 : 0, result.cpuPercent = stats.cpu_stats && stats.precpu_stats ? docker_calcCPUPercent(stats.cpu_stats, stats.precpu_stats, containerID) : 0, result.pids = stats.pids_stats && stats.pids_stats.current ? stats.pids_stats.current : 0, result.restartCount = dataInspect.RestartCount ? dataInspect.RestartCount : 0, stats.networks && (result.netIO = docker_calcNetworkIO(stats.networks)), stats.blkio_stats && (result.blockIO = docker_calcBlockIO(stats.blkio_stats)), result.cpuStats = stats.cpu_stats ? stats.cpu_stats : {}, result.precpuStats = stats.precpu_stats ? stats.precpu_stats : {}, result.memoryStats = stats.memory_stats ? stats.memory_stats : {}, result.networks = stats.networks ? stats.networks : {});
                } catch {
                  util.noop();
                }
                resolve4(result);
              });
            } catch {
              util.noop();
            }
          })) : resolve4(result);
        });
      });
    }
    exports.dockerContainerStats = dockerContainerStats;
    function dockerContainerProcesses(containerID, callback) {
      callback = util.isFunction(callback) ? callback : null, util.isFunction(containerID) && !callback && (callback = containerID, containerID = "");
      let result = [];
      return new Promise((resolve4) => {
        process.nextTick(() => {
          if (containerID = containerID || "", typeof containerID != "string")
            return callback && callback(result), resolve4(result);
          let containerIdSanitized = util.isPrototypePolluted() ? "" : util.sanitizeContainerID(containerID);
          containerIdSanitized ? (_docker_socket || (_docker_socket = new DockerSocket()), _docker_socket.getProcesses(containerIdSanitized, (data) => {
            try {
              if (data && data.Titles && data.Processes) {
                let titles = data.Titles.map((value) => value.toUpperCase()), pos_pid = titles.indexOf("PID"), pos_ppid = titles.indexOf("PPID"), pos_pgid = titles.indexOf("PGID"), pos_vsz = titles.indexOf("VSZ"), pos_time = titles.indexOf("TIME"), pos_elapsed = titles.indexOf("ELAPSED"), pos_ni = titles.indexOf("NI"), pos_ruser = titles.indexOf("RUSER"), pos_user = titles.indexOf("USER"), pos_rgroup = titles.indexOf("RGROUP"), pos_group = titles.indexOf("GROUP"), pos_stat = titles.indexOf("STAT"), pos_rss = titles.indexOf("RSS"), pos_command = titles.indexOf("COMMAND");
                data.Processes.forEach((process2) => {
                  result.push({
                    pidHost: pos_pid >= 0 ? process2[pos_pid] : "",
                    ppid: pos_ppid >= 0 ? process2[pos_ppid] : "",
                    pgid: pos_pgid >= 0 ? process2[pos_pgid] : "",
                    user: pos_user >= 0 ? process2[pos_user] : "",
                    ruser: pos_ruser >= 0 ? process2[pos_ruser] : "",
                    group: pos_group >= 0 ? process2[pos_group] : "",
                    rgroup: pos_rgroup >= 0 ? process2[pos_rgroup] : "",
                    stat: pos_stat >= 0 ? process2[pos_stat] : "",
                    time: pos_time >= 0 ? process2[pos_time] : "",
                    elapsed: pos_elapsed >= 0 ? process2[pos_elapsed] : "",
                    nice: pos_ni >= 0 ? process2[pos_ni] : "",
                    rss: pos_rss >= 0 ? process2[pos_rss] : "",
                    vsz: pos_vsz >= 0 ? process2[pos_vsz] : "",
                    command: pos_command >= 0 ? process2[pos_command] : ""
                  });
                });
              }
            } catch {
              util.noop();
            }
            callback && callback(result), resolve4(result);
          })) : (callback && callback(result), resolve4(result));
        });
      });
    }
    exports.dockerContainerProcesses = dockerContainerProcesses;
    function dockerVolumes(callback) {
      callback = util.isFunction(callback) ? callback : null;
      let result = [];
      return new Promise((resolve4) => {
        process.nextTick(() => {
          _docker_socket || (_docker_socket = new DockerSocket()), _docker_socket.listVolumes((data) => {
            let dockerVolumes2 = {};
            try {
              dockerVolumes2 = data, dockerVolumes2 && dockerVolumes2.Volumes && Object.prototype.toString.call(dockerVolumes2.Volumes) === "[object Array]" && dockerVolumes2.Volumes.length > 0 ? (dockerVolumes2.Volumes.forEach((element) => {
                result.push({
                  name: element.Name,
                  driver: element.Driver,
                  labels: element.Labels,
                  mountpoint: element.Mountpoint,
                  options: element.Options,
                  scope: element.Scope,
                  created: element.CreatedAt ? Math.round(new Date(element.CreatedAt).getTime() / 1e3) : 0
                });
              }), callback && callback(result), resolve4(result)) : (callback && callback(result), resolve4(result));
            } catch {
              callback && callback(result), resolve4(result);
            }
          });
        });
      });
    }
    exports.dockerVolumes = dockerVolumes;
    function dockerAll(callback) {
      return callback = util.isFunction(callback) ? callback : null, new Promise((resolve4) => {
        process.nextTick(() => {
          dockerContainers(!0).then((result) => {
            if (result && Object.prototype.toString.call(result) === "[object Array]" && result.length > 0) {
              let l = result.length;
              result.forEach((element) => {
                dockerContainerStats(element.id).then((res) => {
                  res && res[0] && (element.memUsage = res[0].memUsage, element.memLimit = res[0].memLimit, element.memPercent = res[0].memPercent, element.cpuPercent = res[0].cpuPercent, element.pids = res[0].pids, element.netIO = res[0].netIO, element.blockIO = res[0].blockIO, element.cpuStats = res[0].cpuStats, element.precpuStats = res[0].precpuStats, element.memoryStats = res[0].memoryStats, element.networks = res[0].networks), dockerContainerProcesses(element.id).then((processes) => {
                    element.processes = processes, l -= 1, l === 0 && (callback && callback(result), resolve4(result));
                  });
                });
              });
            } else
              callback && callback(result), resolve4(result);
          });
        });
      });
    }
    exports.dockerAll = dockerAll;
  }
});

// node_modules/systeminformation/lib/virtualbox.js
var require_virtualbox = __commonJS({
  "node_modules/systeminformation/lib/virtualbox.js"(exports) {
    "use strict";
    var os = __require("os"), util = require_util(), exec = util.execCwd;
    function vboxInfo(callback) {
      callback = util.isFunction(callback) ? callback : null;
      let result = [];
      return new Promise((resolve4) => {
        process.nextTick(() => {
          try {
            exec(util.getVboxmanage() + " list vms --long", (error, stdout) => {
              let parts = (os.EOL + stdout.toString()).split(os.EOL + "Name:");
              parts.shift(), parts.forEach((part) => {
                let lines = ("Name:" + part).split(os.EOL), state = util.getValue(lines, "State"), running = state.startsWith("running"), runningSinceString = running ? state.replace("running (since ", "").replace(")", "").trim() : "", runningSince = 0;
                try {
                  if (running) {
                    let sinceDateObj = new Date(runningSinceString), parsed = Date.parse(sinceDateObj);
                    if (!isNaN(parsed)) {
                      let offset = sinceDateObj.getTimezoneOffset();
                      runningSince = Math.round((Date.now() - parsed) / 1e3) + offset * 60;
                    }
                  }
                } catch {
                  util.noop();
                }
                let stoppedSinceString = running ? "" : state.replace("powered off (since", "").replace(")", "").trim(), stoppedSince = 0;
                try {
                  if (!running) {
                    let sinceDateObj = new Date(stoppedSinceString), parsed = Date.parse(sinceDateObj);
                    if (!isNaN(parsed)) {
                      let offset = sinceDateObj.getTimezoneOffset();
                      stoppedSince = Math.round((Date.now() - parsed) / 1e3) + offset * 60;
                    }
                  }
                } catch {
                  util.noop();
                }
                result.push({
                  id: util.getValue(lines, "UUID"),
                  name: util.getValue(lines, "Name"),
                  running,
                  started: runningSinceString,
                  runningSince,
                  stopped: stoppedSinceString,
                  stoppedSince,
                  guestOS: util.getValue(lines, "Guest OS"),
                  hardwareUUID: util.getValue(lines, "Hardware UUID"),
                  memory: parseInt(util.getValue(lines, "Memory size", "     "), 10),
                  vram: parseInt(util.getValue(lines, "VRAM size"), 10),
                  cpus: parseInt(util.getValue(lines, "Number of CPUs"), 10),
                  cpuExepCap: util.getValue(lines, "CPU exec cap"),
                  cpuProfile: util.getValue(lines, "CPUProfile"),
                  chipset: util.getValue(lines, "Chipset"),
                  firmware: util.getValue(lines, "Firmware"),
                  pageFusion: util.getValue(lines, "Page Fusion") === "enabled",
                  configFile: util.getValue(lines, "Config file"),
                  snapshotFolder: util.getValue(lines, "Snapshot folder"),
                  logFolder: util.getValue(lines, "Log folder"),
                  hpet: util.getValue(lines, "HPET") === "enabled",
                  pae: util.getValue(lines, "PAE") === "enabled",
                  longMode: util.getValue(lines, "Long Mode") === "enabled",
                  tripleFaultReset: util.getValue(lines, "Triple Fault Reset") === "enabled",
                  apic: util.getValue(lines, "APIC") === "enabled",
                  x2Apic: util.getValue(lines, "X2APIC") === "enabled",
                  acpi: util.getValue(lines, "ACPI") === "enabled",
                  ioApic: util.getValue(lines, "IOAPIC") === "enabled",
                  biosApicMode: util.getValue(lines, "BIOS APIC mode"),
                  bootMenuMode: util.getValue(lines, "Boot menu mode"),
                  bootDevice1: util.getValue(lines, "Boot Device 1"),
                  bootDevice2: util.getValue(lines, "Boot Device 2"),
                  bootDevice3: util.getValue(lines, "Boot Device 3"),
                  bootDevice4: util.getValue(lines, "Boot Device 4"),
                  timeOffset: util.getValue(lines, "Time offset"),
                  rtc: util.getValue(lines, "RTC")
                });
              }), callback && callback(result), resolve4(result);
            });
          } catch {
            callback && callback(result), resolve4(result);
          }
        });
      });
    }
    exports.vboxInfo = vboxInfo;
  }
});

// node_modules/systeminformation/lib/printer.js
var require_printer = __commonJS({
  "node_modules/systeminformation/lib/printer.js"(exports) {
    "use strict";
    var exec = __require("child_process").exec, util = require_util(), _platform = process.platform, _linux = _platform === "linux" || _platform === "android", _darwin = _platform === "darwin", _windows = _platform === "win32", _freebsd = _platform === "freebsd", _openbsd = _platform === "openbsd", _netbsd = _platform === "netbsd", _sunos = _platform === "sunos", winPrinterStatus = {
      1: "Other",
      2: "Unknown",
      3: "Idle",
      4: "Printing",
      5: "Warmup",
      6: "Stopped Printing",
      7: "Offline"
    };
    function parseLinuxCupsHeader(lines) {
      let result = {};
      if (lines && lines.length && lines[0].indexOf(" CUPS v") > 0) {
        let parts = lines[0].split(" CUPS v");
        result.cupsVersion = parts[1];
      }
      return result;
    }
    function parseLinuxCupsPrinter(lines) {
      let result = {}, printerId = util.getValue(lines, "PrinterId", " ");
      return result.id = printerId ? parseInt(printerId, 10) : null, result.name = util.getValue(lines, "Info", " "), result.model = lines.length > 0 && lines[0] ? lines[0].split(" ")[0] : "", result.uri = util.getValue(lines, "DeviceURI", " "), result.uuid = util.getValue(lines, "UUID", " "), result.status = util.getValue(lines, "State", " "), result.local = util.getValue(lines, "Location", " ").toLowerCase().startsWith("local"), result.default = null, result.shared = util.getValue(lines, "Shared", " ").toLowerCase().startsWith("yes"), result;
    }
    function parseLinuxLpstatPrinter(lines, id) {
      let result = {};
      return result.id = id, result.name = util.getValue(lines, "Description", ":", !0), result.model = lines.length > 0 && lines[0] ? lines[0].split(" ")[0] : "", result.uri = null, result.uuid = null, result.status = lines.length > 0 && lines[0] ? lines[0].indexOf(" idle") > 0 ? "idle" : lines[0].indexOf(" printing") > 0 ? "printing" : "unknown" : null, result.local = util.getValue(lines, "Location", ":", !0).toLowerCase().startsWith("local"), result.default = null, result.shared = util.getValue(lines, "Shared", " ").toLowerCase().startsWith("yes"), result;
    }
    function parseDarwinPrinters(printerObject, id) {
      let result = {}, uriParts = printerObject.uri.split("/");
      return result.id = id, result.name = printerObject._name, result.model = uriParts.length ? uriParts[uriParts.length - 1] : "", result.uri = printerObject.uri, result.uuid = null, result.status = printerObject.status, result.local = printerObject.printserver === "local", result.default = printerObject.default === "yes", result.shared = printerObject.shared === "yes", result;
    }
    function parseWindowsPrinters(lines, id) {
      let result = {}, status = parseInt(util.getValue(lines, "PrinterStatus", ":"), 10);
      return result.id = id, result.name = util.getValue(lines, "name", ":"), result.model = util.getValue(lines, "DriverName", ":"), result.uri = null, result.uuid = null, result.status = winPrinterStatus[status] ? winPrinterStatus[status] : null, result.local = util.getValue(lines, "Local", ":").toUpperCase() === "TRUE", result.default = util.getValue(lines, "Default", ":").toUpperCase() === "TRUE", result.shared = util.getValue(lines, "Shared", ":").toUpperCase() === "TRUE", result;
    }
    function printer(callback) {
      return callback = util.isFunction(callback) ? callback : null, new Promise((resolve4) => {
        process.nextTick(() => {
          let result = [];
          if (_linux || _freebsd || _openbsd || _netbsd) {
            let cmd = "cat /etc/cups/printers.conf 2>/dev/null";
            exec(cmd, (error, stdout) => {
              if (!error) {
                let parts = stdout.toString().split("<Printer "), printerHeader = parseLinuxCupsHeader(parts[0].split(`
`));
                for (let i = 1; i < parts.length; i++) {
                  let printers = parseLinuxCupsPrinter(parts[i].split(`
`));
                  printers.name && (printers.engine = "CUPS", printers.engineVersion = printerHeader.cupsVersion, result.push(printers));
                }
              }
              result.length === 0 && _linux ? (cmd = "export LC_ALL=C; lpstat -lp 2>/dev/null; unset LC_ALL", exec(cmd, (error2, stdout2) => {
                let parts = (`
` + stdout2.toString()).split(`
printer `);
                for (let i = 1; i < parts.length; i++) {
                  let printers = parseLinuxLpstatPrinter(parts[i].split(`
`), i);
                  result.push(printers);
                }
                callback && callback(result), resolve4(result);
              })) : (callback && callback(result), resolve4(result));
            });
          }
          _darwin && exec("system_profiler SPPrintersDataType -json", (error, stdout) => {
            if (!error)
              try {
                let outObj = JSON.parse(stdout.toString());
                if (outObj.SPPrintersDataType && outObj.SPPrintersDataType.length)
                  for (let i = 0; i < outObj.SPPrintersDataType.length; i++) {
                    let printer2 = parseDarwinPrinters(outObj.SPPrintersDataType[i], i);
                    result.push(printer2);
                  }
              } catch {
                util.noop();
              }
            callback && callback(result), resolve4(result);
          }), _windows && util.powerShell("Get-CimInstance Win32_Printer | select PrinterStatus,Name,DriverName,Local,Default,Shared | fl").then((stdout, error) => {
            if (!error) {
              let parts = stdout.toString().split(/\n\s*\n/);
              for (let i = 0; i < parts.length; i++) {
                let printer2 = parseWindowsPrinters(parts[i].split(`
`), i);
                (printer2.name || printer2.model) && result.push(printer2);
              }
            }
            callback && callback(result), resolve4(result);
          }), _sunos && resolve4(null);
        });
      });
    }
    exports.printer = printer;
  }
});

// node_modules/systeminformation/lib/usb.js
var require_usb = __commonJS({
  "node_modules/systeminformation/lib/usb.js"(exports) {
    "use strict";
    var exec = __require("child_process").exec, util = require_util(), _platform = process.platform, _linux = _platform === "linux" || _platform === "android", _darwin = _platform === "darwin", _windows = _platform === "win32", _freebsd = _platform === "freebsd", _openbsd = _platform === "openbsd", _netbsd = _platform === "netbsd", _sunos = _platform === "sunos";
    function getLinuxUsbType(type, name) {
      let result = type, str = (name + " " + type).toLowerCase();
      return str.indexOf("camera") >= 0 ? result = "Camera" : str.indexOf("hub") >= 0 ? result = "Hub" : str.indexOf("keybrd") >= 0 || str.indexOf("keyboard") >= 0 ? result = "Keyboard" : str.indexOf("mouse") >= 0 ? result = "Mouse" : str.indexOf("stora") >= 0 ? result = "Storage" : str.indexOf("microp") >= 0 ? result = "Microphone" : (str.indexOf("headset") >= 0 || str.indexOf("audio") >= 0) && (result = "Audio"), result;
    }
    function parseLinuxUsb(usb2) {
      let result = {}, lines = usb2.split(`
`);
      if (lines && lines.length && lines[0].indexOf("Device") >= 0) {
        let parts = lines[0].split(" ");
        result.bus = parseInt(parts[0], 10), parts[2] ? result.deviceId = parseInt(parts[2], 10) : result.deviceId = null;
      } else
        result.bus = null, result.deviceId = null;
      let idVendor = util.getValue(lines, "idVendor", " ", !0).trim(), vendorParts = idVendor.split(" ");
      vendorParts.shift();
      let vendor = vendorParts.join(" "), idProduct = util.getValue(lines, "idProduct", " ", !0).trim(), productParts = idProduct.split(" ");
      productParts.shift();
      let product2 = productParts.join(" "), interfaceClassParts = util.getValue(lines, "bInterfaceClass", " ", !0).trim().split(" ");
      interfaceClassParts.shift();
      let usbType = interfaceClassParts.join(" "), iManufacturerParts = util.getValue(lines, "iManufacturer", " ", !0).trim().split(" ");
      iManufacturerParts.shift();
      let manufacturer = iManufacturerParts.join(" "), iSerialParts = util.getValue(lines, "iSerial", " ", !0).trim().split(" ");
      iSerialParts.shift();
      let serial = iSerialParts.join(" ");
      return result.id = (idVendor.startsWith("0x") ? idVendor.split(" ")[0].substr(2, 10) : "") + ":" + (idProduct.startsWith("0x") ? idProduct.split(" ")[0].substr(2, 10) : ""), result.name = product2, result.type = getLinuxUsbType(usbType, product2), result.removable = null, result.vendor = vendor, result.manufacturer = manufacturer, result.maxPower = util.getValue(lines, "MaxPower", " ", !0), result.serialNumber = serial, result;
    }
    function getDarwinUsbType(name) {
      let result = "";
      return name.indexOf("camera") >= 0 ? result = "Camera" : name.indexOf("touch bar") >= 0 ? result = "Touch Bar" : name.indexOf("controller") >= 0 ? result = "Controller" : name.indexOf("headset") >= 0 ? result = "Audio" : name.indexOf("keyboard") >= 0 ? result = "Keyboard" : name.indexOf("trackpad") >= 0 ? result = "Trackpad" : name.indexOf("sensor") >= 0 ? result = "Sensor" : name.indexOf("bthusb") >= 0 || name.indexOf("bth") >= 0 || name.indexOf("rfcomm") >= 0 ? result = "Bluetooth" : name.indexOf("usbhub") >= 0 || name.indexOf(" hub") >= 0 ? result = "Hub" : name.indexOf("mouse") >= 0 ? result = "Mouse" : name.indexOf("microp") >= 0 ? result = "Microphone" : name.indexOf("removable") >= 0 && (result = "Storage"), result;
    }
    function parseDarwinUsb(usb2, id) {
      let result = {};
      result.id = id, usb2 = usb2.replace(/ \|/g, ""), usb2 = usb2.trim();
      let lines = usb2.split(`
`);
      lines.shift();
      try {
        for (let i = 0; i < lines.length; i++) {
          lines[i] = lines[i].trim(), lines[i] = lines[i].replace(/=/g, ":"), lines[i] !== "{" && lines[i] !== "}" && lines[i + 1] && lines[i + 1].trim() !== "}" && (lines[i] = lines[i] + ","), lines[i] = lines[i].replace(":Yes,", ':"Yes",'), lines[i] = lines[i].replace(": Yes,", ': "Yes",'), lines[i] = lines[i].replace(": Yes", ': "Yes"'), lines[i] = lines[i].replace(":No,", ':"No",'), lines[i] = lines[i].replace(": No,", ': "No",'), lines[i] = lines[i].replace(": No", ': "No"'), lines[i] = lines[i].replace("((", "").replace("))", "");
          let match = /<(\w+)>/.exec(lines[i]);
          if (match) {
            let number = match[0];
            lines[i] = lines[i].replace(number, `"${number}"`);
          }
        }
        let usbObj = JSON.parse(lines.join(`
`)), removableDrive = (usbObj["Built-In"] ? usbObj["Built-In"].toLowerCase() !== "yes" : !0) && (usbObj["non-removable"] ? usbObj["non-removable"].toLowerCase() === "no" : !0);
        return result.bus = null, result.deviceId = null, result.id = usbObj["USB Address"] || null, result.name = usbObj.kUSBProductString || usbObj["USB Product Name"] || null, result.type = getDarwinUsbType((usbObj.kUSBProductString || usbObj["USB Product Name"] || "").toLowerCase() + (removableDrive ? " removable" : "")), result.removable = usbObj["non-removable"] ? usbObj["non-removable"].toLowerCase() || !1 : !0, result.vendor = usbObj.kUSBVendorString || usbObj["USB Vendor Name"] || null, result.manufacturer = usbObj.kUSBVendorString || usbObj["USB Vendor Name"] || null, result.maxPower = null, result.serialNumber = usbObj.kUSBSerialNumberString || null, result.name ? result : null;
      } catch {
        return null;
      }
    }
    function getWindowsUsbTypeCreation(creationclass, name) {
      let result = "";
      return name.indexOf("storage") >= 0 || name.indexOf("speicher") >= 0 ? result = "Storage" : creationclass.indexOf("usbhub") >= 0 ? result = "Hub" : creationclass.indexOf("storage") >= 0 ? result = "Storage" : creationclass.indexOf("usbcontroller") >= 0 ? result = "Controller" : creationclass.indexOf("keyboard") >= 0 ? result = "Keyboard" : creationclass.indexOf("pointing") >= 0 ? result = "Mouse" : creationclass.indexOf("microp") >= 0 ? result = "Microphone" : creationclass.indexOf("disk") >= 0 && (result = "Storage"), result;
    }
    function parseWindowsUsb(lines, id) {
      let usbType = getWindowsUsbTypeCreation(util.getValue(lines, "CreationClassName", ":").toLowerCase(), util.getValue(lines, "name", ":").toLowerCase());
      if (usbType) {
        let result = {};
        return result.bus = null, result.deviceId = util.getValue(lines, "deviceid", ":"), result.id = id, result.name = util.getValue(lines, "name", ":"), result.type = usbType, result.removable = null, result.vendor = null, result.manufacturer = util.getValue(lines, "Manufacturer", ":"), result.maxPower = null, result.serialNumber = null, result;
      } else
        return null;
    }
    function usb(callback) {
      return callback = util.isFunction(callback) ? callback : null, new Promise((resolve4) => {
        process.nextTick(() => {
          let result = [];
          _linux && exec("export LC_ALL=C; lsusb -v 2>/dev/null; unset LC_ALL", { maxBuffer: 1024 * 1024 * 128 }, function(error, stdout) {
            if (!error) {
              let parts = (`

` + stdout.toString()).split(`

Bus `);
              for (let i = 1; i < parts.length; i++) {
                let usb2 = parseLinuxUsb(parts[i]);
                result.push(usb2);
              }
            }
            callback && callback(result), resolve4(result);
          }), _darwin && exec("ioreg -p IOUSB -c AppleUSBRootHubDevice -w0 -l", { maxBuffer: 1024 * 1024 * 128 }, function(error, stdout) {
            if (!error) {
              let parts = stdout.toString().split(" +-o ");
              for (let i = 1; i < parts.length; i++) {
                let usb2 = parseDarwinUsb(parts[i]);
                usb2 && result.push(usb2);
              }
            }
            callback && callback(result), resolve4(result);
          }), _windows && util.powerShell('Get-CimInstance CIM_LogicalDevice | where { $_.Description -match "USB"} | select Name,CreationClassName,DeviceId,Manufacturer | fl').then((stdout, error) => {
            if (!error) {
              let parts = stdout.toString().split(/\n\s*\n/);
              for (let i = 0; i < parts.length; i++) {
                let usb2 = parseWindowsUsb(parts[i].split(`
`), i);
                usb2 && result.filter((x) => x.deviceId === usb2.deviceId).length === 0 && result.push(usb2);
              }
            }
            callback && callback(result), resolve4(result);
          }), (_sunos || _freebsd || _openbsd || _netbsd) && resolve4(null);
        });
      });
    }
    exports.usb = usb;
  }
});

// node_modules/systeminformation/lib/audio.js
var require_audio = __commonJS({
  "node_modules/systeminformation/lib/audio.js"(exports) {
    "use strict";
    var exec = __require("child_process").exec, execSync = __require("child_process").execSync, util = require_util(), _platform = process.platform, _linux = _platform === "linux" || _platform === "android", _darwin = _platform === "darwin", _windows = _platform === "win32", _freebsd = _platform === "freebsd", _openbsd = _platform === "openbsd", _netbsd = _platform === "netbsd", _sunos = _platform === "sunos";
    function parseAudioType(str, input, output2) {
      str = str.toLowerCase();
      let result = "";
      return str.indexOf("input") >= 0 && (result = "Microphone"), str.indexOf("display audio") >= 0 && (result = "Speaker"), str.indexOf("speak") >= 0 && (result = "Speaker"), str.indexOf("laut") >= 0 && (result = "Speaker"), str.indexOf("loud") >= 0 && (result = "Speaker"), str.indexOf("head") >= 0 && (result = "Headset"), str.indexOf("mic") >= 0 && (result = "Microphone"), str.indexOf("mikr") >= 0 && (result = "Microphone"), str.indexOf("phone") >= 0 && str.indexOf("headphone") < 0 && (result = "Phone"), str.indexOf("controll") >= 0 && (result = "Controller"), str.indexOf("line o") >= 0 && (result = "Line Out"), str.indexOf("digital o") >= 0 && (result = "Digital Out"), str.indexOf("smart sound technology") >= 0 && (result = "Digital Signal Processor"), str.indexOf("high definition audio") >= 0 && (result = "Sound Driver"), !result && output2 ? result = "Speaker" : !result && input && (result = "Microphone"), result;
    }
    function getLinuxAudioPci() {
      let cmd = "lspci -v 2>/dev/null", result = [];
      try {
        return execSync(cmd, util.execOptsLinux).toString().split(`

`).forEach((element) => {
          let lines = element.split(`
`);
          if (lines && lines.length && lines[0].toLowerCase().indexOf("audio") >= 0) {
            let audio2 = {};
            audio2.slotId = lines[0].split(" ")[0], audio2.driver = util.getValue(lines, "Kernel driver in use", ":", !0) || util.getValue(lines, "Kernel modules", ":", !0), result.push(audio2);
          }
        }), result;
      } catch {
        return result;
      }
    }
    function parseLinuxAudioAlsa(stdout) {
      let result = [], parts = stdout.split("--pcm--"), cards = parts[0] || "", pcms = parts[1] || "", lines = cards.split(`
`);
      return lines.forEach((line, i) => {
        let card = line.match(/^\s*(\d+)\s+\[(.+?)\s*\]:\s*(.*)$/);
        if (card && card[3].trim()) {
          let index2 = card[1], sep2 = card[3].lastIndexOf(" - "), name = (sep2 >= 0 ? card[3].substring(sep2 + 3) : card[3]).trim(), driver = (sep2 >= 0 ? card[3].substring(0, sep2) : "").trim();
          name && driver.endsWith(name) && (driver = driver.substring(0, driver.length - name.length).trim());
          let longName = (lines[i + 1] || "").trim(), manufacturer = longName.indexOf(name) > 0 ? longName.substring(0, longName.indexOf(name)).trim() : "", devices = pcms.split(`
`).filter((pcm) => pcm.indexOf("/card" + index2 + "/pcm") >= 0), out = devices.some((pcm) => pcm.trim().endsWith("p")), isIn = devices.some((pcm) => pcm.trim().endsWith("c")), usb = (driver + " " + longName).toLowerCase().indexOf("usb") >= 0, hdmi = (card[2] + " " + name).toLowerCase().indexOf("hdmi") >= 0;
          result.push({
            id: "hw:" + index2,
            name,
            manufacturer,
            revision: null,
            driver,
            default: null,
            channel: usb ? "USB" : hdmi ? "HDMI" : "Onboard",
            type: parseAudioType(name, isIn, out),
            in: devices.length ? isIn : null,
            out: devices.length ? out : null,
            status: "online"
          });
        }
      }), result;
    }
    function parseWinAudioStatus(n) {
      let num = parseInt(n, 10), status = n;
      return num === 1 ? status = "other" : num === 2 ? status = "unknown" : num === 3 ? status = "enabled" : num === 4 ? status = "disabled" : num === 5 && (status = "not applicable"), status;
    }
    function parseLinuxAudioPciMM(lines, audioPCI) {
      let result = {}, slotId = util.getValue(lines, "Slot"), pciMatch = audioPCI.filter((item) => item.slotId === slotId);
      return result.id = slotId, result.name = util.getValue(lines, "SDevice"), result.manufacturer = util.getValue(lines, "SVendor"), result.revision = util.getValue(lines, "Rev"), result.driver = pciMatch && pciMatch.length === 1 && pciMatch[0].driver ? pciMatch[0].driver : "", result.default = null, result.channel = "PCIe", result.type = parseAudioType(result.name, null, null), result.in = null, result.out = null, result.status = "online", result;
    }
    function parseDarwinChannel(str) {
      let result = "";
      return str.indexOf("builtin") >= 0 && (result = "Built-In"), str.indexOf("extern") >= 0 && (result = "Audio-Jack"), str.indexOf("hdmi") >= 0 && (result = "HDMI"), str.indexOf("displayport") >= 0 && (result = "Display-Port"), str.indexOf("usb") >= 0 && (result = "USB"), str.indexOf("pci") >= 0 && (result = "PCIe"), result;
    }
    function parseDarwinAudio(audioObject, id) {
      let result = {}, channelStr = ((audioObject.coreaudio_device_transport || "") + " " + (audioObject._name || "")).toLowerCase();
      return result.id = id, result.name = audioObject._name, result.manufacturer = audioObject.coreaudio_device_manufacturer, result.revision = null, result.driver = null, result.default = !!audioObject.coreaudio_default_audio_input_device || !!audioObject.coreaudio_default_audio_output_device, result.channel = parseDarwinChannel(channelStr), result.type = parseAudioType(result.name, !!audioObject.coreaudio_device_input, !!audioObject.coreaudio_device_output), result.in = !!audioObject.coreaudio_device_input, result.out = !!audioObject.coreaudio_device_output, result.status = "online", result;
    }
    function parseWindowsAudio(lines) {
      let result = {}, status = parseWinAudioStatus(util.getValue(lines, "StatusInfo", ":"));
      return result.id = util.getValue(lines, "DeviceID", ":"), result.name = util.getValue(lines, "name", ":"), result.manufacturer = util.getValue(lines, "manufacturer", ":"), result.revision = null, result.driver = null, result.default = null, result.channel = null, result.type = parseAudioType(result.name, null, null), result.in = null, result.out = null, result.status = status, result;
    }
    function audio(callback) {
      return callback = util.isFunction(callback) ? callback : null, new Promise((resolve4) => {
        process.nextTick(() => {
          let result = [];
          (_linux || _freebsd || _openbsd || _netbsd) && exec("lspci -vmm 2>/dev/null", (error, stdout) => {
            if (!error) {
              let audioPCI = getLinuxAudioPci();
              stdout.toString().split(`

`).forEach((element) => {
                let lines = element.split(`
`);
                if (util.getValue(lines, "class", ":", !0).toLowerCase().indexOf("audio") >= 0) {
                  let audio2 = parseLinuxAudioPciMM(lines, audioPCI);
                  result.push(audio2);
                }
              });
            }
            result.length ? (callback && callback(result), resolve4(result)) : exec('cat /proc/asound/cards 2>/dev/null; echo "--pcm--"; ls -d /proc/asound/card*/pcm* 2>/dev/null', util.execOptsLinux, (error2, stdout2) => {
              error2 || parseLinuxAudioAlsa(stdout2.toString()).forEach((item) => result.push(item)), callback && callback(result), resolve4(result);
            });
          }), _darwin && exec("system_profiler SPAudioDataType -json", (error, stdout) => {
            if (!error)
              try {
                let outObj = JSON.parse(stdout.toString());
                if (outObj.SPAudioDataType && outObj.SPAudioDataType.length && outObj.SPAudioDataType[0] && outObj.SPAudioDataType[0]._items && outObj.SPAudioDataType[0]._items.length)
                  for (let i = 0; i < outObj.SPAudioDataType[0]._items.length; i++) {
                    let audio2 = parseDarwinAudio(outObj.SPAudioDataType[0]._items[i], i);
                    result.push(audio2);
                  }
              } catch {
                util.noop();
              }
            callback && callback(result), resolve4(result);
          }), _windows && util.powerShell("Get-CimInstance Win32_SoundDevice | select DeviceID,StatusInfo,Name,Manufacturer | fl").then((stdout, error) => {
            error || stdout.toString().split(/\n\s*\n/).forEach((element) => {
              let lines = element.split(`
`);
              util.getValue(lines, "name", ":") && result.push(parseWindowsAudio(lines));
            }), callback && callback(result), resolve4(result);
          }), _sunos && resolve4(null);
        });
      });
    }
    exports.audio = audio;
  }
});

// node_modules/systeminformation/lib/bluetoothVendors.js
var require_bluetoothVendors = __commonJS({
  "node_modules/systeminformation/lib/bluetoothVendors.js"(exports, module) {
    "use strict";
    module.exports = {
      0: "Ericsson Technology Licensing",
      1: "Nokia Mobile Phones",
      2: "Intel Corp.",
      3: "IBM Corp.",
      4: "Toshiba Corp.",
      5: "3Com",
      6: "Microsoft",
      7: "Lucent",
      8: "Motorola",
      9: "Infineon Technologies AG",
      10: "Cambridge Silicon Radio",
      11: "Silicon Wave",
      12: "Digianswer A/S",
      13: "Texas Instruments Inc.",
      14: "Ceva, Inc. (formerly Parthus Technologies, Inc.)",
      15: "Broadcom Corporation",
      16: "Mitel Semiconductor",
      17: "Widcomm, Inc",
      18: "Zeevo, Inc.",
      19: "Atmel Corporation",
      20: "Mitsubishi Electric Corporation",
      21: "RTX Telecom A/S",
      22: "KC Technology Inc.",
      23: "NewLogic",
      24: "Transilica, Inc.",
      25: "Rohde & Schwarz GmbH & Co. KG",
      26: "TTPCom Limited",
      27: "Signia Technologies, Inc.",
      28: "Conexant Systems Inc.",
      29: "Qualcomm",
      30: "Inventel",
      31: "AVM Berlin",
      32: "BandSpeed, Inc.",
      33: "Mansella Ltd",
      34: "NEC Corporation",
      35: "WavePlus Technology Co., Ltd.",
      36: "Alcatel",
      37: "NXP Semiconductors (formerly Philips Semiconductors)",
      38: "C Technologies",
      39: "Open Interface",
      40: "R F Micro Devices",
      41: "Hitachi Ltd",
      42: "Symbol Technologies, Inc.",
      43: "Tenovis",
      44: "Macronix International Co. Ltd.",
      45: "GCT Semiconductor",
      46: "Norwood Systems",
      47: "MewTel Technology Inc.",
      48: "ST Microelectronics",
      49: "Synopsis",
      50: "Red-M (Communications) Ltd",
      51: "Commil Ltd",
      52: "Computer Access Technology Corporation (CATC)",
      53: "Eclipse (HQ Espana) S.L.",
      54: "Renesas Electronics Corporation",
      55: "Mobilian Corporation",
      56: "Terax",
      57: "Integrated System Solution Corp.",
      58: "Matsushita Electric Industrial Co., Ltd.",
      59: "Gennum Corporation",
      60: "BlackBerry Limited (formerly Research In Motion)",
      61: "IPextreme, Inc.",
      62: "Systems and Chips, Inc.",
      63: "Bluetooth SIG, Inc.",
      64: "Seiko Epson Corporation",
      65: "Integrated Silicon Solution Taiwan, Inc.",
      66: "CONWISE Technology Corporation Ltd",
      67: "PARROT SA",
      68: "Socket Mobile",
      69: "Atheros Communications, Inc.",
      70: "MediaTek, Inc.",
      71: "Bluegiga",
      72: "Marvell Technology Group Ltd.",
      73: "3DSP Corporation",
      74: "Accel Semiconductor Ltd.",
      75: "Continental Automotive Systems",
      76: "Apple, Inc.",
      77: "Staccato Communications, Inc.",
      78: "Avago Technologies",
      79: "APT Licensing Ltd.",
      80: "SiRF Technology",
      81: "Tzero Technologies, Inc.",
      82: "J&M Corporation",
      83: "Free2move AB",
      84: "3DiJoy Corporation",
      85: "Plantronics, Inc.",
      86: "Sony Ericsson Mobile Communications",
      87: "Harman International Industries, Inc.",
      88: "Vizio, Inc.",
      89: "Nordic Semiconductor ASA",
      90: "EM Microelectronic-Marin SA",
      91: "Ralink Technology Corporation",
      92: "Belkin International, Inc.",
      93: "Realtek Semiconductor Corporation",
      94: "Stonestreet One, LLC",
      95: "Wicentric, Inc.",
      96: "RivieraWaves S.A.S",
      97: "RDA Microelectronics",
      98: "Gibson Guitars",
      99: "MiCommand Inc.",
      100: "Band XI International, LLC",
      101: "Hewlett-Packard Company",
      102: "9Solutions Oy",
      103: "GN Netcom A/S",
      104: "General Motors",
      105: "A&D Engineering, Inc.",
      106: "MindTree Ltd.",
      107: "Polar Electro OY",
      108: "Beautiful Enterprise Co., Ltd.",
      109: "BriarTek, Inc.",
      110: "Summit Data Communications, Inc.",
      111: "Sound ID",
      112: "Monster, LLC",
      113: "connectBlue AB",
      114: "ShangHai Super Smart Electronics Co. Ltd.",
      115: "Group Sense Ltd.",
      116: "Zomm, LLC",
      117: "Samsung Electronics Co. Ltd.",
      118: "Creative Technology Ltd.",
      119: "Laird Technologies",
      120: "Nike, Inc.",
      121: "lesswire AG",
      122: "MStar Semiconductor, Inc.",
      123: "Hanlynn Technologies",
      124: "A & R Cambridge",
      125: "Seers Technology Co. Ltd",
      126: "Sports Tracking Technologies Ltd.",
      127: "Autonet Mobile",
      128: "DeLorme Publishing Company, Inc.",
      129: "WuXi Vimicro",
      130: "Sennheiser Communications A/S",
      131: "TimeKeeping Systems, Inc.",
      132: "Ludus Helsinki Ltd.",
      133: "BlueRadios, Inc.",
      134: "equinox AG",
      135: "Garmin International, Inc.",
      136: "Ecotest",
      137: "GN ReSound A/S",
      138: "Jawbone",
      139: "Topcorn Positioning Systems, LLC",
      140: "Gimbal Inc. (formerly Qualcomm Labs, Inc. and Qualcomm Retail Solutions, Inc.)",
      141: "Zscan Software",
      142: "Quintic Corp.",
      143: "Stollman E+V GmbH",
      144: "Funai Electric Co., Ltd.",
      145: "Advanced PANMOBIL Systems GmbH & Co. KG",
      146: "ThinkOptics, Inc.",
      147: "Universal Electronics, Inc.",
      148: "Airoha Technology Corp.",
      149: "NEC Lighting, Ltd.",
      150: "ODM Technology, Inc.",
      151: "ConnecteDevice Ltd.",
      152: "zer01.tv GmbH",
      153: "i.Tech Dynamic Global Distribution Ltd.",
      154: "Alpwise",
      155: "Jiangsu Toppower Automotive Electronics Co., Ltd.",
      156: "Colorfy, Inc.",
      157: "Geoforce Inc.",
      158: "Bose Corporation",
      159: "Suunto Oy",
      160: "Kensington Computer Products Group",
      161: "SR-Medizinelektronik",
      162: "Vertu Corporation Limited",
      163: "Meta Watch Ltd.",
      164: "LINAK A/S",
      165: "OTL Dynamics LLC",
      166: "Panda Ocean Inc.",
      167: "Visteon Corporation",
      168: "ARP Devices Limited",
      169: "Magneti Marelli S.p.A",
      170: "CAEN RFID srl",
      171: "Ingenieur-Systemgruppe Zahn GmbH",
      172: "Green Throttle Games",
      173: "Peter Systemtechnik GmbH",
      174: "Omegawave Oy",
      175: "Cinetix",
      176: "Passif Semiconductor Corp",
      177: "Saris Cycling Group, Inc",
      178: "Bekey A/S",
      179: "Clarinox Technologies Pty. Ltd.",
      180: "BDE Technology Co., Ltd.",
      181: "Swirl Networks",
      182: "Meso international",
      183: "TreLab Ltd",
      184: "Qualcomm Innovation Center, Inc. (QuIC)",
      185: "Johnson Controls, Inc.",
      186: "Starkey Laboratories Inc.",
      187: "S-Power Electronics Limited",
      188: "Ace Sensor Inc",
      189: "Aplix Corporation",
      190: "AAMP of America",
      191: "Stalmart Technology Limited",
      192: "AMICCOM Electronics Corporation",
      193: "Shenzhen Excelsecu Data Technology Co.,Ltd",
      194: "Geneq Inc.",
      195: "adidas AG",
      196: "LG Electronics",
      197: "Onset Computer Corporation",
      198: "Selfly BV",
      199: "Quuppa Oy.",
      200: "GeLo Inc",
      201: "Evluma",
      202: "MC10",
      203: "Binauric SE",
      204: "Beats Electronics",
      205: "Microchip Technology Inc.",
      206: "Elgato Systems GmbH",
      207: "ARCHOS SA",
      208: "Dexcom, Inc.",
      209: "Polar Electro Europe B.V.",
      210: "Dialog Semiconductor B.V.",
      211: "Taixingbang\xA0Technology (HK) Co,. LTD.",
      212: "Kawantech",
      213: "Austco Communication Systems",
      214: "Timex Group USA, Inc.",
      215: "Qualcomm Technologies, Inc.",
      216: "Qualcomm Connected Experiences, Inc.",
      217: "Voyetra Turtle Beach",
      218: "txtr GmbH",
      219: "Biosentronics",
      220: "Procter & Gamble",
      221: "Hosiden Corporation",
      222: "Muzik LLC",
      223: "Misfit Wearables Corp",
      224: "Google",
      225: "Danlers Ltd",
      226: "Semilink Inc",
      227: "inMusic Brands, Inc",
      228: "L.S. Research Inc.",
      229: "Eden Software Consultants Ltd.",
      230: "Freshtemp",
      231: "KS Technologies",
      232: "ACTS Technologies",
      233: "Vtrack Systems",
      234: "Nielsen-Kellerman Company",
      235: "Server Technology, Inc.",
      236: "BioResearch Associates",
      237: "Jolly Logic, LLC",
      238: "Above Average Outcomes, Inc.",
      239: "Bitsplitters GmbH",
      240: "PayPal, Inc.",
      241: "Witron Technology Limited",
      242: "Aether Things\xA0Inc. (formerly Morse Project Inc.)",
      243: "Kent Displays Inc.",
      244: "Nautilus Inc.",
      245: "Smartifier Oy",
      246: "Elcometer Limited",
      247: "VSN Technologies Inc.",
      248: "AceUni Corp., Ltd.",
      249: "StickNFind",
      250: "Crystal Code AB",
      251: "KOUKAAM a.s.",
      252: "Delphi Corporation",
      253: "ValenceTech Limited",
      254: "Reserved",
      255: "Typo Products, LLC",
      256: "TomTom International BV",
      257: "Fugoo, Inc",
      258: "Keiser Corporation",
      259: "Bang & Olufsen A/S",
      260: "PLUS Locations Systems Pty Ltd",
      261: "Ubiquitous Computing Technology Corporation",
      262: "Innovative Yachtter Solutions",
      263: "William Demant Holding A/S",
      264: "Chicony Electronics Co., Ltd.",
      265: "Atus BV",
      266: "Codegate Ltd.",
      267: "ERi, Inc.",
      268: "Transducers Direct, LLC",
      269: "Fujitsu Ten Limited",
      270: "Audi AG",
      271: "HiSilicon Technologies Co., Ltd.",
      272: "Nippon Seiki Co., Ltd.",
      273: "Steelseries ApS",
      274: "vyzybl Inc.",
      275: "Openbrain Technologies, Co., Ltd.",
      276: "Xensr",
      277: "e.solutions",
      278: "1OAK Technologies",
      279: "Wimoto Technologies Inc",
      280: "Radius Networks, Inc.",
      281: "Wize Technology Co., Ltd.",
      282: "Qualcomm Labs, Inc.",
      283: "Aruba Networks",
      284: "Baidu",
      285: "Arendi AG",
      286: "Skoda Auto a.s.",
      287: "Volkswagon AG",
      288: "Porsche AG",
      289: "Sino Wealth Electronic Ltd.",
      290: "AirTurn, Inc.",
      291: "Kinsa, Inc.",
      292: "HID Global",
      293: "SEAT es",
      294: "Promethean Ltd.",
      295: "Salutica Allied Solutions",
      296: "GPSI Group Pty Ltd",
      297: "Nimble Devices Oy",
      298: "Changzhou Yongse Infotech Co., Ltd",
      299: "SportIQ",
      300: "TEMEC Instruments B.V.",
      301: "Sony Corporation",
      302: "ASSA ABLOY",
      303: "Clarion Co., Ltd.",
      304: "Warehouse Innovations",
      305: "Cypress Semiconductor Corporation",
      306: "MADS Inc",
      307: "Blue Maestro Limited",
      308: "Resolution Products, Inc.",
      309: "Airewear LLC",
      310: "Seed Labs, Inc. (formerly ETC sp. z.o.o.)",
      311: "Prestigio Plaza Ltd.",
      312: "NTEO Inc.",
      313: "Focus Systems Corporation",
      314: "Tencent Holdings Limited",
      315: "Allegion",
      316: "Murata Manufacuring Co., Ltd.",
      318: "Nod, Inc.",
      319: "B&B Manufacturing Company",
      320: "Alpine\xA0Electronics\xA0(China)\xA0Co.,\xA0Ltd",
      321: "FedEx Services",
      322: "Grape Systems Inc.",
      323: "Bkon Connect",
      324: "Lintech GmbH",
      325: "Novatel Wireless",
      326: "Ciright",
      327: "Mighty Cast, Inc.",
      328: "Ambimat Electronics",
      329: "Perytons Ltd.",
      330: "Tivoli Audio, LLC",
      331: "Master Lock",
      332: "Mesh-Net Ltd",
      333: "Huizhou Desay SV Automotive CO., LTD.",
      334: "Tangerine, Inc.",
      335: "B&W Group Ltd.",
      336: "Pioneer Corporation",
      337: "OnBeep",
      338: "Vernier Software & Technology",
      339: "ROL Ergo",
      340: "Pebble Technology",
      341: "NETATMO",
      342: "Accumulate AB",
      343: "Anhui Huami Information Technology Co., Ltd.",
      344: "Inmite s.r.o.",
      345: "ChefSteps, Inc.",
      346: "micas AG",
      347: "Biomedical Research Ltd.",
      348: "Pitius Tec S.L.",
      349: "Estimote, Inc.",
      350: "Unikey Technologies, Inc.",
      351: "Timer Cap Co.",
      352: "AwoX",
      353: "yikes",
      354: "MADSGlobal NZ Ltd.",
      355: "PCH International",
      356: "Qingdao Yeelink Information Technology Co., Ltd.",
      357: "Milwaukee Tool (formerly Milwaukee Electric Tools)",
      358: "MISHIK Pte Ltd",
      359: "Bayer HealthCare",
      360: "Spicebox LLC",
      361: "emberlight",
      362: "Cooper-Atkins Corporation",
      363: "Qblinks",
      364: "MYSPHERA",
      365: "LifeScan Inc",
      366: "Volantic AB",
      367: "Podo Labs, Inc",
      368: "Roche Diabetes Care AG",
      369: "Amazon Fulfillment Service",
      370: "Connovate Technology Private Limited",
      371: "Kocomojo, LLC",
      372: "Everykey LLC",
      373: "Dynamic Controls",
      374: "SentriLock",
      375: "I-SYST inc.",
      376: "CASIO COMPUTER CO., LTD.",
      377: "LAPIS Semiconductor Co., Ltd.",
      378: "Telemonitor, Inc.",
      379: "taskit GmbH",
      380: "Daimler AG",
      381: "BatAndCat",
      382: "BluDotz Ltd",
      383: "XTel ApS",
      384: "Gigaset Communications GmbH",
      385: "Gecko Health Innovations, Inc.",
      386: "HOP Ubiquitous",
      387: "To Be Assigned",
      388: "Nectar",
      389: "bel\u2019apps LLC",
      390: "CORE Lighting Ltd",
      391: "Seraphim Sense Ltd",
      392: "Unico RBC",
      393: "Physical Enterprises Inc.",
      394: "Able Trend Technology Limited",
      395: "Konica Minolta, Inc.",
      396: "Wilo SE",
      397: "Extron Design Services",
      398: "Fitbit, Inc.",
      399: "Fireflies Systems",
      400: "Intelletto Technologies Inc.",
      401: "FDK CORPORATION",
      402: "Cloudleaf, Inc",
      403: "Maveric Automation LLC",
      404: "Acoustic Stream Corporation",
      405: "Zuli",
      406: "Paxton Access Ltd",
      407: "WiSilica Inc",
      408: "Vengit Limited",
      409: "SALTO SYSTEMS S.L.",
      410: "TRON Forum (formerly T-Engine Forum)",
      411: "CUBETECH s.r.o.",
      412: "Cokiya Incorporated",
      413: "CVS Health",
      414: "Ceruus",
      415: "Strainstall Ltd",
      416: "Channel Enterprises (HK) Ltd.",
      417: "FIAMM",
      418: "GIGALANE.CO.,LTD",
      419: "EROAD",
      420: "Mine Safety Appliances",
      421: "Icon Health and Fitness",
      422: "Asandoo GmbH",
      423: "ENERGOUS CORPORATION",
      424: "Taobao",
      425: "Canon Inc.",
      426: "Geophysical Technology Inc.",
      427: "Facebook, Inc.",
      428: "Nipro Diagnostics, Inc.",
      429: "FlightSafety International",
      430: "Earlens Corporation",
      431: "Sunrise Micro Devices, Inc.",
      432: "Star Micronics Co., Ltd.",
      433: "Netizens Sp. z o.o.",
      434: "Nymi Inc.",
      435: "Nytec, Inc.",
      436: "Trineo Sp. z o.o.",
      437: "Nest Labs Inc.",
      438: "LM Technologies Ltd",
      439: "General Electric Company",
      440: "i+D3 S.L.",
      441: "HANA Micron",
      442: "Stages Cycling LLC",
      443: "Cochlear Bone Anchored Solutions AB",
      444: "SenionLab AB",
      445: "Syszone Co., Ltd",
      446: "Pulsate Mobile Ltd.",
      447: "Hong Kong HunterSun Electronic Limited",
      448: "pironex GmbH",
      449: "BRADATECH Corp.",
      450: "Transenergooil AG",
      451: "Bunch",
      452: "DME Microelectronics",
      453: "Bitcraze AB",
      454: "HASWARE Inc.",
      455: "Abiogenix Inc.",
      456: "Poly-Control ApS",
      457: "Avi-on",
      458: "Laerdal Medical AS",
      459: "Fetch My Pet",
      460: "Sam Labs Ltd.",
      461: "Chengdu Synwing Technology Ltd",
      462: "HOUWA SYSTEM DESIGN, k.k.",
      463: "BSH",
      464: "Primus Inter Pares Ltd",
      465: "August",
      466: "Gill Electronics",
      467: "Sky Wave Design",
      468: "Newlab S.r.l.",
      469: "ELAD srl",
      470: "G-wearables inc.",
      471: "Squadrone Systems Inc.",
      472: "Code Corporation",
      473: "Savant Systems LLC",
      474: "Logitech International SA",
      475: "Innblue Consulting",
      476: "iParking Ltd.",
      477: "Koninklijke Philips Electronics N.V.",
      478: "Minelab Electronics Pty Limited",
      479: "Bison Group Ltd.",
      480: "Widex A/S",
      481: "Jolla Ltd",
      482: "Lectronix, Inc.",
      483: "Caterpillar Inc",
      484: "Freedom Innovations",
      485: "Dynamic Devices Ltd",
      486: "Technology Solutions (UK) Ltd",
      487: "IPS Group Inc.",
      488: "STIR",
      489: "Sano, Inc",
      490: "Advanced Application Design, Inc.",
      491: "AutoMap LLC",
      492: "Spreadtrum Communications Shanghai Ltd",
      493: "CuteCircuit LTD",
      494: "Valeo Service",
      495: "Fullpower Technologies, Inc.",
      496: "KloudNation",
      497: "Zebra Technologies Corporation",
      498: "Itron, Inc.",
      499: "The University of Tokyo",
      500: "UTC Fire and Security",
      501: "Cool Webthings Limited",
      502: "DJO Global",
      503: "Gelliner Limited",
      504: "Anyka (Guangzhou) Microelectronics Technology Co, LTD",
      505: "Medtronic, Inc.",
      506: "Gozio, Inc.",
      507: "Form Lifting, LLC",
      508: "Wahoo Fitness, LLC",
      509: "Kontakt Micro-Location Sp. z o.o.",
      510: "Radio System Corporation",
      511: "Freescale Semiconductor, Inc.",
      512: "Verifone Systems PTe Ltd. Taiwan Branch",
      513: "AR Timing",
      514: "Rigado LLC",
      515: "Kemppi Oy",
      516: "Tapcentive Inc.",
      517: "Smartbotics Inc.",
      518: "Otter Products, LLC",
      519: "STEMP Inc.",
      520: "LumiGeek LLC",
      521: "InvisionHeart Inc.",
      522: "Macnica Inc. ",
      523: "Jaguar Land Rover Limited",
      524: "CoroWare Technologies, Inc",
      525: "Simplo Technology Co., LTD",
      526: "Omron Healthcare Co., LTD",
      527: "Comodule GMBH",
      528: "ikeGPS",
      529: "Telink Semiconductor Co. Ltd",
      530: "Interplan Co., Ltd",
      531: "Wyler AG",
      532: "IK Multimedia Production srl",
      533: "Lukoton Experience Oy",
      534: "MTI Ltd",
      535: "Tech4home, Lda",
      536: "Hiotech AB",
      537: "DOTT Limited",
      538: "Blue Speck Labs, LLC",
      539: "Cisco Systems, Inc",
      540: "Mobicomm Inc",
      541: "Edamic",
      542: "Goodnet, Ltd",
      543: "Luster Leaf Products Inc",
      544: "Manus Machina BV",
      545: "Mobiquity Networks Inc",
      546: "Praxis Dynamics",
      547: "Philip Morris Products S.A.",
      548: "Comarch SA",
      549: "Nestl Nespresso S.A.",
      550: "Merlinia A/S",
      551: "LifeBEAM Technologies",
      552: "Twocanoes Labs, LLC",
      553: "Muoverti Limited",
      554: "Stamer Musikanlagen GMBH",
      555: "Tesla Motors",
      556: "Pharynks Corporation",
      557: "Lupine",
      558: "Siemens AG",
      559: "Huami (Shanghai) Culture Communication CO., LTD",
      560: "Foster Electric Company, Ltd",
      561: "ETA SA",
      562: "x-Senso Solutions Kft",
      563: "Shenzhen SuLong Communication Ltd",
      564: "FengFan (BeiJing) Technology Co, Ltd",
      565: "Qrio Inc",
      566: "Pitpatpet Ltd",
      567: "MSHeli s.r.l.",
      568: "Trakm8 Ltd",
      569: "JIN CO, Ltd",
      570: "Alatech Tehnology",
      571: "Beijing CarePulse Electronic Technology Co, Ltd",
      572: "Awarepoint",
      573: "ViCentra B.V.",
      574: "Raven Industries",
      575: "WaveWare Technologies Inc.",
      576: "Argenox Technologies",
      577: "Bragi GmbH",
      578: "16Lab Inc",
      579: "Masimo Corp",
      580: "Iotera Inc",
      581: "Endress+Hauser",
      582: "ACKme Networks, Inc.",
      583: "FiftyThree Inc.",
      584: "Parker Hannifin Corp",
      585: "Transcranial Ltd",
      586: "Uwatec AG",
      587: "Orlan LLC",
      588: "Blue Clover Devices",
      589: "M-Way Solutions GmbH",
      590: "Microtronics Engineering GmbH",
      591: "Schneider Schreibgerte GmbH",
      592: "Sapphire Circuits LLC",
      593: "Lumo Bodytech Inc.",
      594: "UKC Technosolution",
      595: "Xicato Inc.",
      596: "Playbrush",
      597: "Dai Nippon Printing Co., Ltd.",
      598: "G24 Power Limited",
      599: "AdBabble Local Commerce Inc.",
      600: "Devialet SA",
      601: "ALTYOR",
      602: "University of Applied Sciences Valais/Haute Ecole Valaisanne",
      603: "Five Interactive, LLC dba Zendo",
      604: "NetEaseHangzhouNetwork co.Ltd.",
      605: "Lexmark International Inc.",
      606: "Fluke Corporation",
      607: "Yardarm Technologies",
      608: "SensaRx",
      609: "SECVRE GmbH",
      610: "Glacial Ridge Technologies",
      611: "Identiv, Inc.",
      612: "DDS, Inc.",
      613: "SMK Corporation",
      614: "Schawbel Technologies LLC",
      615: "XMI Systems SA",
      616: "Cerevo",
      617: "Torrox GmbH & Co KG",
      618: "Gemalto",
      619: "DEKA Research & Development Corp.",
      620: "Domster Tadeusz Szydlowski",
      621: "Technogym SPA",
      622: "FLEURBAEY BVBA",
      623: "Aptcode Solutions",
      624: "LSI ADL Technology",
      625: "Animas Corp",
      626: "Alps Electric Co., Ltd.",
      627: "OCEASOFT",
      628: "Motsai Research",
      629: "Geotab",
      630: "E.G.O. Elektro-Gertebau GmbH",
      631: "bewhere inc",
      632: "Johnson Outdoors Inc",
      633: "steute Schaltgerate GmbH & Co. KG",
      634: "Ekomini inc.",
      635: "DEFA AS",
      636: "Aseptika Ltd",
      637: "HUAWEI Technologies Co., Ltd. ( )",
      638: "HabitAware, LLC",
      639: "ruwido austria gmbh",
      640: "ITEC corporation",
      641: "StoneL",
      642: "Sonova AG",
      643: "Maven Machines, Inc.",
      644: "Synapse Electronics",
      645: "Standard Innovation Inc.",
      646: "RF Code, Inc.",
      647: "Wally Ventures S.L.",
      648: "Willowbank Electronics Ltd",
      649: "SK Telecom",
      650: "Jetro AS",
      651: "Code Gears LTD",
      652: "NANOLINK APS",
      653: "IF, LLC",
      654: "RF Digital Corp",
      655: "Church & Dwight Co., Inc",
      656: "Multibit Oy",
      657: "CliniCloud Inc",
      658: "SwiftSensors",
      659: "Blue Bite",
      660: "ELIAS GmbH",
      661: "Sivantos GmbH",
      662: "Petzl",
      663: "storm power ltd",
      664: "EISST Ltd",
      665: "Inexess Technology Simma KG",
      666: "Currant, Inc.",
      667: "C2 Development, Inc.",
      668: "Blue Sky Scientific, LLC",
      669: "ALOTTAZS LABS, LLC",
      670: "Kupson spol. s r.o.",
      671: "Areus Engineering GmbH",
      672: "Impossible Camera GmbH",
      673: "InventureTrack Systems",
      674: "LockedUp",
      675: "Itude",
      676: "Pacific Lock Company",
      677: "Tendyron Corporation ( )",
      678: "Robert Bosch GmbH",
      679: "Illuxtron international B.V.",
      680: "miSport Ltd.",
      681: "Chargelib",
      682: "Doppler Lab",
      683: "BBPOS Limited",
      684: "RTB Elektronik GmbH & Co. KG",
      685: "Rx Networks, Inc.",
      686: "WeatherFlow, Inc.",
      687: "Technicolor USA Inc.",
      688: "Bestechnic(Shanghai),Ltd",
      689: "Raden Inc",
      690: "JouZen Oy",
      691: "CLABER S.P.A.",
      692: "Hyginex, Inc.",
      693: "HANSHIN ELECTRIC RAILWAY CO.,LTD.",
      694: "Schneider Electric",
      695: "Oort Technologies LLC",
      696: "Chrono Therapeutics",
      697: "Rinnai Corporation",
      698: "Swissprime Technologies AG",
      699: "Koha.,Co.Ltd",
      700: "Genevac Ltd",
      701: "Chemtronics",
      702: "Seguro Technology Sp. z o.o.",
      703: "Redbird Flight Simulations",
      704: "Dash Robotics",
      705: "LINE Corporation",
      706: "Guillemot Corporation",
      707: "Techtronic Power Tools Technology Limited",
      708: "Wilson Sporting Goods",
      709: "Lenovo (Singapore) Pte Ltd. ( )",
      710: "Ayatan Sensors",
      711: "Electronics Tomorrow Limited",
      712: "VASCO Data Security International, Inc.",
      713: "PayRange Inc.",
      714: "ABOV Semiconductor",
      715: "AINA-Wireless Inc.",
      716: "Eijkelkamp Soil & Water",
      717: "BMA ergonomics b.v.",
      718: "Teva Branded Pharmaceutical Products R&D, Inc.",
      719: "Anima",
      720: "3M",
      721: "Empatica Srl",
      722: "Afero, Inc.",
      723: "Powercast Corporation",
      724: "Secuyou ApS",
      725: "OMRON Corporation",
      726: "Send Solutions",
      727: "NIPPON SYSTEMWARE CO.,LTD.",
      728: "Neosfar",
      729: "Fliegl Agrartechnik GmbH",
      730: "Gilvader",
      731: "Digi International Inc (R)",
      732: "DeWalch Technologies, Inc.",
      733: "Flint Rehabilitation Devices, LLC",
      734: "Samsung SDS Co., Ltd.",
      735: "Blur Product Development",
      736: "University of Michigan",
      737: "Victron Energy BV",
      738: "NTT docomo",
      739: "Carmanah Technologies Corp.",
      740: "Bytestorm Ltd.",
      741: "Espressif Incorporated ( () )",
      742: "Unwire",
      743: "Connected Yard, Inc.",
      744: "American Music Environments",
      745: "Sensogram Technologies, Inc.",
      746: "Fujitsu Limited",
      747: "Ardic Technology",
      748: "Delta Systems, Inc",
      749: "HTC Corporation",
      750: "Citizen Holdings Co., Ltd.",
      751: "SMART-INNOVATION.inc",
      752: "Blackrat Software",
      753: "The Idea Cave, LLC",
      754: "GoPro, Inc.",
      755: "AuthAir, Inc",
      756: "Vensi, Inc.",
      757: "Indagem Tech LLC",
      758: "Intemo Technologies",
      759: "DreamVisions co., Ltd.",
      760: "Runteq Oy Ltd",
      761: "IMAGINATION TECHNOLOGIES LTD",
      762: "CoSTAR TEchnologies",
      763: "Clarius Mobile Health Corp.",
      764: "Shanghai Frequen Microelectronics Co., Ltd.",
      765: "Uwanna, Inc.",
      766: "Lierda Science & Technology Group Co., Ltd.",
      767: "Silicon Laboratories",
      768: "World Moto Inc.",
      769: "Giatec Scientific Inc.",
      770: "Loop Devices, Inc",
      771: "IACA electronique",
      772: "Martians Inc",
      773: "Swipp ApS",
      774: "Life Laboratory Inc.",
      775: "FUJI INDUSTRIAL CO.,LTD.",
      776: "Surefire, LLC",
      777: "Dolby Labs",
      778: "Ellisys",
      779: "Magnitude Lighting Converters",
      780: "Hilti AG",
      781: "Devdata S.r.l.",
      782: "Deviceworx",
      783: "Shortcut Labs",
      784: "SGL Italia S.r.l.",
      785: "PEEQ DATA",
      786: "Ducere Technologies Pvt Ltd",
      787: "DiveNav, Inc.",
      788: "RIIG AI Sp. z o.o.",
      789: "Thermo Fisher Scientific",
      790: "AG Measurematics Pvt. Ltd.",
      791: "CHUO Electronics CO., LTD.",
      792: "Aspenta International",
      793: "Eugster Frismag AG",
      794: "Amber wireless GmbH",
      795: "HQ Inc",
      796: "Lab Sensor Solutions",
      797: "Enterlab ApS",
      798: "Eyefi, Inc.",
      799: "MetaSystem S.p.A.",
      800: "SONO ELECTRONICS. CO., LTD",
      801: "Jewelbots",
      802: "Compumedics Limited",
      803: "Rotor Bike Components",
      804: "Astro, Inc.",
      805: "Amotus Solutions",
      806: "Healthwear Technologies (Changzhou)Ltd",
      807: "Essex Electronics",
      808: "Grundfos A/S",
      809: "Eargo, Inc.",
      810: "Electronic Design Lab",
      811: "ESYLUX",
      812: "NIPPON SMT.CO.,Ltd",
      813: "BM innovations GmbH",
      814: "indoormap",
      815: "OttoQ Inc",
      816: "North Pole Engineering",
      817: "3flares Technologies Inc.",
      818: "Electrocompaniet A.S.",
      819: "Mul-T-Lock",
      820: "Corentium AS",
      821: "Enlighted Inc",
      822: "GISTIC",
      823: "AJP2 Holdings, LLC",
      824: "COBI GmbH",
      825: "Blue Sky Scientific, LLC",
      826: "Appception, Inc.",
      827: "Courtney Thorne Limited",
      828: "Virtuosys",
      829: "TPV Technology Limited",
      830: "Monitra SA",
      831: "Automation Components, Inc.",
      832: "Letsense s.r.l.",
      833: "Etesian Technologies LLC",
      834: "GERTEC BRASIL LTDA.",
      835: "Drekker Development Pty. Ltd.",
      836: "Whirl Inc",
      837: "Locus Positioning",
      838: "Acuity Brands Lighting, Inc",
      839: "Prevent Biometrics",
      840: "Arioneo",
      841: "VersaMe",
      842: "Vaddio",
      843: "Libratone A/S",
      844: "HM Electronics, Inc.",
      845: "TASER International, Inc.",
      846: "SafeTrust Inc.",
      847: "Heartland Payment Systems",
      848: "Bitstrata Systems Inc.",
      849: "Pieps GmbH",
      850: "iRiding(Xiamen)Technology Co.,Ltd.",
      851: "Alpha Audiotronics, Inc.",
      852: "TOPPAN FORMS CO.,LTD.",
      853: "Sigma Designs, Inc.",
      854: "Spectrum Brands, Inc.",
      855: "Polymap Wireless",
      856: "MagniWare Ltd.",
      857: "Novotec Medical GmbH",
      858: "Medicom Innovation Partner a/s",
      859: "Matrix Inc.",
      860: "Eaton Corporation",
      861: "KYS",
      862: "Naya Health, Inc.",
      863: "Acromag",
      864: "Insulet Corporation",
      865: "Wellinks Inc.",
      866: "ON Semiconductor",
      867: "FREELAP SA",
      868: "Favero Electronics Srl",
      869: "BioMech Sensor LLC",
      870: "BOLTT Sports technologies Private limited",
      871: "Saphe International",
      872: "Metormote AB",
      873: "littleBits",
      874: "SetPoint Medical",
      875: "BRControls Products BV",
      876: "Zipcar",
      877: "AirBolt Pty Ltd",
      878: "KeepTruckin Inc",
      879: "Motiv, Inc.",
      880: "Wazombi Labs O",
      881: "ORBCOMM",
      882: "Nixie Labs, Inc.",
      883: "AppNearMe Ltd",
      884: "Holman Industries",
      885: "Expain AS",
      886: "Electronic Temperature Instruments Ltd",
      887: "Plejd AB",
      888: "Propeller Health",
      889: "Shenzhen iMCO Electronic Technology Co.,Ltd",
      890: "Algoria",
      891: "Apption Labs Inc.",
      892: "Cronologics Corporation",
      893: "MICRODIA Ltd.",
      894: "lulabytes S.L.",
      895: "Nestec S.A.",
      896: "LLC MEGA - F service",
      897: "Sharp Corporation",
      898: "Precision Outcomes Ltd",
      899: "Kronos Incorporated",
      900: "OCOSMOS Co., Ltd.",
      901: "Embedded Electronic Solutions Ltd. dba e2Solutions",
      902: "Aterica Inc.",
      903: "BluStor PMC, Inc.",
      904: "Kapsch TrafficCom AB",
      905: "ActiveBlu Corporation",
      906: "Kohler Mira Limited",
      907: "Noke",
      908: "Appion Inc.",
      909: "Resmed Ltd",
      910: "Crownstone B.V.",
      911: "Xiaomi Inc.",
      912: "INFOTECH s.r.o.",
      913: "Thingsquare AB",
      914: "T&D",
      915: "LAVAZZA S.p.A.",
      916: "Netclearance Systems, Inc.",
      917: "SDATAWAY",
      918: "BLOKS GmbH",
      919: "LEGO System A/S",
      920: "Thetatronics Ltd",
      921: "Nikon Corporation",
      922: "NeST",
      923: "South Silicon Valley Microelectronics",
      924: "ALE International",
      925: "CareView Communications, Inc.",
      926: "SchoolBoard Limited",
      927: "Molex Corporation",
      928: "IVT Wireless Limited",
      929: "Alpine Labs LLC",
      930: "Candura Instruments",
      931: "SmartMovt Technology Co., Ltd",
      932: "Token Zero Ltd",
      933: "ACE CAD Enterprise Co., Ltd. (ACECAD)",
      934: "Medela, Inc",
      935: "AeroScout",
      936: "Esrille Inc.",
      937: "THINKERLY SRL",
      938: "Exon Sp. z o.o.",
      939: "Meizu Technology Co., Ltd.",
      940: "Smablo LTD",
      941: "XiQ",
      942: "Allswell Inc.",
      943: "Comm-N-Sense Corp DBA Verigo",
      944: "VIBRADORM GmbH",
      945: "Otodata Wireless Network Inc.",
      946: "Propagation Systems Limited",
      947: "Midwest Instruments & Controls",
      948: "Alpha Nodus, inc.",
      949: "petPOMM, Inc",
      950: "Mattel",
      951: "Airbly Inc.",
      952: "A-Safe Limited",
      953: "FREDERIQUE CONSTANT SA",
      954: "Maxscend Microelectronics Company Limited",
      955: "Abbott Diabetes Care",
      956: "ASB Bank Ltd",
      957: "amadas",
      958: "Applied Science, Inc.",
      959: "iLumi Solutions Inc.",
      960: "Arch Systems Inc.",
      961: "Ember Technologies, Inc.",
      962: "Snapchat Inc",
      963: "Casambi Technologies Oy",
      964: "Pico Technology Inc.",
      965: "St. Jude Medical, Inc.",
      966: "Intricon",
      967: "Structural Health Systems, Inc.",
      968: "Avvel International",
      969: "Gallagher Group",
      970: "In2things Automation Pvt. Ltd.",
      971: "SYSDEV Srl",
      972: "Vonkil Technologies Ltd",
      973: "Wynd Technologies, Inc.",
      974: "CONTRINEX S.A.",
      975: "MIRA, Inc.",
      976: "Watteam Ltd",
      977: "Density Inc.",
      978: "IOT Pot India Private Limited",
      979: "Sigma Connectivity AB",
      980: "PEG PEREGO SPA",
      981: "Wyzelink Systems Inc.",
      982: "Yota Devices LTD",
      983: "FINSECUR",
      984: "Zen-Me Labs Ltd",
      985: "3IWare Co., Ltd.",
      986: "EnOcean GmbH",
      987: "Instabeat, Inc",
      988: "Nima Labs",
      989: "Andreas Stihl AG & Co. KG",
      990: "Nathan Rhoades LLC",
      991: "Grob Technologies, LLC",
      992: "Actions (Zhuhai) Technology Co., Limited",
      993: "SPD Development Company Ltd",
      994: "Sensoan Oy",
      995: "Qualcomm Life Inc",
      996: "Chip-ing AG",
      997: "ffly4u",
      998: "IoT Instruments Oy",
      999: "TRUE Fitness Technology",
      1e3: "Reiner Kartengeraete GmbH & Co. KG.",
      1001: "SHENZHEN LEMONJOY TECHNOLOGY CO., LTD.",
      1002: "Hello Inc.",
      1003: "Evollve Inc.",
      1004: "Jigowatts Inc.",
      1005: "BASIC MICRO.COM,INC.",
      1006: "CUBE TECHNOLOGIES",
      1007: "foolography GmbH",
      1008: "CLINK",
      1009: "Hestan Smart Cooking Inc.",
      1010: "WindowMaster A/S",
      1011: "Flowscape AB",
      1012: "PAL Technologies Ltd",
      1013: "WHERE, Inc.",
      1014: "Iton Technology Corp.",
      1015: "Owl Labs Inc.",
      1016: "Rockford Corp.",
      1017: "Becon Technologies Co.,Ltd.",
      1018: "Vyassoft Technologies Inc",
      1019: "Nox Medical",
      1020: "Kimberly-Clark",
      1021: "Trimble Navigation Ltd.",
      1022: "Littelfuse",
      1023: "Withings",
      1024: "i-developer IT Beratung UG",
      1026: "Sears Holdings Corporation",
      1027: "Gantner Electronic GmbH",
      1028: "Authomate Inc",
      1029: "Vertex International, Inc.",
      1030: "Airtago",
      1031: "Swiss Audio SA",
      1032: "ToGetHome Inc.",
      1033: "AXIS",
      1034: "Openmatics",
      1035: "Jana Care Inc.",
      1036: "Senix Corporation",
      1037: "NorthStar Battery Company, LLC",
      1038: "SKF (U.K.) Limited",
      1039: "CO-AX Technology, Inc.",
      1040: "Fender Musical Instruments",
      1041: "Luidia Inc",
      1042: "SEFAM",
      1043: "Wireless Cables Inc",
      1044: "Lightning Protection International Pty Ltd",
      1045: "Uber Technologies Inc",
      1046: "SODA GmbH",
      1047: "Fatigue Science",
      1048: "Alpine Electronics Inc.",
      1049: "Novalogy LTD",
      1050: "Friday Labs Limited",
      1051: "OrthoAccel Technologies",
      1052: "WaterGuru, Inc.",
      1053: "Benning Elektrotechnik und Elektronik GmbH & Co. KG",
      1054: "Dell Computer Corporation",
      1055: "Kopin Corporation",
      1056: "TecBakery GmbH",
      1057: "Backbone Labs, Inc.",
      1058: "DELSEY SA",
      1059: "Chargifi Limited",
      1060: "Trainesense Ltd.",
      1061: "Unify Software and Solutions GmbH & Co. KG",
      1062: "Husqvarna AB",
      1063: "Focus fleet and fuel management inc",
      1064: "SmallLoop, LLC",
      1065: "Prolon Inc.",
      1066: "BD Medical",
      1067: "iMicroMed Incorporated",
      1068: "Ticto N.V.",
      1069: "Meshtech AS",
      1070: "MemCachier Inc.",
      1071: "Danfoss A/S",
      1072: "SnapStyk Inc.",
      1073: "Amyway Corporation",
      1074: "Silk Labs, Inc.",
      1075: "Pillsy Inc.",
      1076: "Hatch Baby, Inc.",
      1077: "Blocks Wearables Ltd.",
      1078: "Drayson Technologies (Europe) Limited",
      1079: "eBest IOT Inc.",
      1080: "Helvar Ltd",
      1081: "Radiance Technologies",
      1082: "Nuheara Limited",
      1083: "Appside co., ltd.",
      1084: "DeLaval",
      1085: "Coiler Corporation",
      1086: "Thermomedics, Inc.",
      1087: "Tentacle Sync GmbH",
      1088: "Valencell, Inc.",
      1089: "iProtoXi Oy",
      1090: "SECOM CO., LTD.",
      1091: "Tucker International LLC",
      1092: "Metanate Limited",
      1093: "Kobian Canada Inc.",
      1094: "NETGEAR, Inc.",
      1095: "Fabtronics Australia Pty Ltd",
      1096: "Grand Centrix GmbH",
      1097: "1UP USA.com llc",
      1098: "SHIMANO INC.",
      1099: "Nain Inc.",
      1100: "LifeStyle Lock, LLC",
      1101: "VEGA Grieshaber KG",
      1102: "Xtrava Inc.",
      1103: "TTS Tooltechnic Systems AG & Co. KG",
      1104: "Teenage Engineering AB",
      1105: "Tunstall Nordic AB",
      1106: "Svep Design Center AB",
      1107: "GreenPeak Technologies BV",
      1108: "Sphinx Electronics GmbH & Co KG",
      1109: "Atomation",
      1110: "Nemik Consulting Inc",
      1111: "RF INNOVATION",
      1112: "Mini Solution Co., Ltd.",
      1113: "Lumenetix, Inc",
      1114: "2048450 Ontario Inc",
      1115: "SPACEEK LTD",
      1116: "Delta T Corporation",
      1117: "Boston Scientific Corporation",
      1118: "Nuviz, Inc.",
      1119: "Real Time Automation, Inc.",
      1120: "Kolibree",
      1121: "vhf elektronik GmbH",
      1122: "Bonsai Systems GmbH",
      1123: "Fathom Systems Inc.",
      1124: "Bellman & Symfon",
      1125: "International Forte Group LLC",
      1126: "CycleLabs Solutions inc.",
      1127: "Codenex Oy",
      1128: "Kynesim Ltd",
      1129: "Palago AB",
      1130: "INSIGMA INC.",
      1131: "PMD Solutions",
      1132: "Qingdao Realtime Technology Co., Ltd.",
      1133: "BEGA Gantenbrink-Leuchten KG",
      1134: "Pambor Ltd.",
      65535: "SPECIAL USE/DEFAULT"
    };
  }
});

// node_modules/systeminformation/lib/bluetooth.js
var require_bluetooth = __commonJS({
  "node_modules/systeminformation/lib/bluetooth.js"(exports) {
    "use strict";
    var exec = __require("child_process").exec, execSync = __require("child_process").execSync, path = __require("path"), util = require_util(), bluetoothVendors = require_bluetoothVendors(), fs = __require("fs"), _platform = process.platform, _linux = _platform === "linux" || _platform === "android", _darwin = _platform === "darwin", _windows = _platform === "win32", _freebsd = _platform === "freebsd", _openbsd = _platform === "openbsd", _netbsd = _platform === "netbsd", _sunos = _platform === "sunos";
    function parseBluetoothType(str) {
      let result = "";
      return str.indexOf("keyboard") >= 0 && (result = "Keyboard"), str.indexOf("mouse") >= 0 && (result = "Mouse"), str.indexOf("trackpad") >= 0 && (result = "Trackpad"), str.indexOf("audio") >= 0 && (result = "Audio"), str.indexOf("sound") >= 0 && (result = "Audio"), str.indexOf("microph") >= 0 && (result = "Microphone"), str.indexOf("speaker") >= 0 && (result = "Speaker"), str.indexOf("headset") >= 0 && (result = "Headset"), str.indexOf("phone") >= 0 && (result = "Phone"), str.indexOf("macbook") >= 0 && (result = "Computer"), str.indexOf("imac") >= 0 && (result = "Computer"), str.indexOf("ipad") >= 0 && (result = "Tablet"), str.indexOf("watch") >= 0 && (result = "Watch"), str.indexOf("headphone") >= 0 && (result = "Headset"), result;
    }
    function parseBluetoothManufacturer(str) {
      let result = str.split(" ")[0];
      return str = str.toLowerCase(), str.indexOf("apple") >= 0 && (result = "Apple"), str.indexOf("ipad") >= 0 && (result = "Apple"), str.indexOf("imac") >= 0 && (result = "Apple"), str.indexOf("iphone") >= 0 && (result = "Apple"), str.indexOf("magic mouse") >= 0 && (result = "Apple"), str.indexOf("magic track") >= 0 && (result = "Apple"), str.indexOf("macbook") >= 0 && (result = "Apple"), result;
    }
    function parseBluetoothVendor(str) {
      let id = parseInt(str);
      if (!isNaN(id)) return bluetoothVendors[id];
    }
    function parseLinuxBluetoothInfo(lines, macAddr1, macAddr2) {
      let result = {};
      return result.device = null, result.name = util.getValue(lines, "name", "="), result.manufacturer = null, result.macDevice = macAddr1, result.macHost = macAddr2, result.batteryPercent = null, result.type = parseBluetoothType(result.name.toLowerCase()), result.connected = !1, result;
    }
    function parseDarwinBluetoothDevices(bluetoothObject, macAddr2) {
      let result = {}, typeStr = ((bluetoothObject.device_minorClassOfDevice_string || bluetoothObject.device_majorClassOfDevice_string || bluetoothObject.device_minorType || "") + (bluetoothObject.device_name || "")).toLowerCase();
      return result.device = bluetoothObject.device_services || "", result.name = bluetoothObject.device_name || "", result.manufacturer = bluetoothObject.device_manufacturer || parseBluetoothVendor(bluetoothObject.device_vendorID) || parseBluetoothManufacturer(bluetoothObject.device_name || "") || "", result.macDevice = (bluetoothObject.device_addr || bluetoothObject.device_address || "").toLowerCase().replace(/-/g, ":"), result.macHost = macAddr2, result.batteryPercent = bluetoothObject.device_batteryPercent || null, result.type = parseBluetoothType(typeStr), result.connected = bluetoothObject.device_isconnected === "attrib_Yes" || !1, result;
    }
    function parseWindowsBluetooth(lines) {
      let result = {};
      return result.device = null, result.name = util.getValue(lines, "name", ":"), result.manufacturer = util.getValue(lines, "manufacturer", ":"), result.macDevice = null, result.macHost = null, result.batteryPercent = null, result.type = parseBluetoothType(result.name.toLowerCase()), result.connected = null, result;
    }
    function bluetoothDevices(callback) {
      return callback = util.isFunction(callback) ? callback : null, new Promise((resolve4) => {
        process.nextTick(() => {
          let result = [];
          if (_linux) {
            util.getFilesInPath("/var/lib/bluetooth/").forEach((element) => {
              let filename = path.basename(element), pathParts = element.split("/"), macAddr1 = pathParts.length >= 6 ? pathParts[pathParts.length - 2] : null, macAddr2 = pathParts.length >= 7 ? pathParts[pathParts.length - 3] : null;
              if (filename === "info")
                try {
                  let infoFile = fs.readFileSync(element, { encoding: "utf8" }).split(`
`);
                  result.push(parseLinuxBluetoothInfo(infoFile, macAddr1, macAddr2));
                } catch {
                  util.noop();
                }
            });
            try {
              let hdicon = execSync("hcitool con", util.execOptsLinux).toString().toLowerCase();
              for (let i = 0; i < result.length; i++)
                result[i].macDevice && result[i].macDevice.length > 10 && hdicon.indexOf(result[i].macDevice.toLowerCase()) >= 0 && (result[i].connected = !0);
            } catch {
              util.noop();
            }
            callback && callback(result), resolve4(result);
          }
          _darwin && exec("system_profiler SPBluetoothDataType -json", (error, stdout) => {
            if (!error)
              try {
                let outObj = JSON.parse(stdout.toString());
                if (outObj.SPBluetoothDataType && outObj.SPBluetoothDataType.length && outObj.SPBluetoothDataType[0] && outObj.SPBluetoothDataType[0].device_title && outObj.SPBluetoothDataType[0].device_title.length) {
                  let macAddr2 = null;
                  outObj.SPBluetoothDataType[0].local_device_title && outObj.SPBluetoothDataType[0].local_device_title.general_address && (macAddr2 = outObj.SPBluetoothDataType[0].local_device_title.general_address.toLowerCase().replace(/-/g, ":")), outObj.SPBluetoothDataType[0].device_title.forEach((element) => {
                    let obj = element, objKey = Object.keys(obj);
                    if (objKey && objKey.length === 1) {
                      let innerObject = obj[objKey[0]];
                      innerObject.device_name = objKey[0];
                      let bluetoothDevice = parseDarwinBluetoothDevices(innerObject, macAddr2);
                      result.push(bluetoothDevice);
                    }
                  });
                }
                if (outObj.SPBluetoothDataType && outObj.SPBluetoothDataType.length && outObj.SPBluetoothDataType[0] && outObj.SPBluetoothDataType[0].device_connected && outObj.SPBluetoothDataType[0].device_connected.length) {
                  let macAddr2 = outObj.SPBluetoothDataType[0].controller_properties && outObj.SPBluetoothDataType[0].controller_properties.controller_address ? outObj.SPBluetoothDataType[0].controller_properties.controller_address.toLowerCase().replace(/-/g, ":") : null;
                  outObj.SPBluetoothDataType[0].device_connected.forEach((element) => {
                    let obj = element, objKey = Object.keys(obj);
                    if (objKey && objKey.length === 1) {
                      let innerObject = obj[objKey[0]];
                      innerObject.device_name = objKey[0], innerObject.device_isconnected = "attrib_Yes";
                      let bluetoothDevice = parseDarwinBluetoothDevices(innerObject, macAddr2);
                      result.push(bluetoothDevice);
                    }
                  });
                }
                if (outObj.SPBluetoothDataType && outObj.SPBluetoothDataType.length && outObj.SPBluetoothDataType[0] && outObj.SPBluetoothDataType[0].device_not_connected && outObj.SPBluetoothDataType[0].device_not_connected.length) {
                  let macAddr2 = outObj.SPBluetoothDataType[0].controller_properties && outObj.SPBluetoothDataType[0].controller_properties.controller_address ? outObj.SPBluetoothDataType[0].controller_properties.controller_address.toLowerCase().replace(/-/g, ":") : null;
                  outObj.SPBluetoothDataType[0].device_not_connected.forEach((element) => {
                    let obj = element, objKey = Object.keys(obj);
                    if (objKey && objKey.length === 1) {
                      let innerObject = obj[objKey[0]];
                      innerObject.device_name = objKey[0], innerObject.device_isconnected = "attrib_No";
                      let bluetoothDevice = parseDarwinBluetoothDevices(innerObject, macAddr2);
                      result.push(bluetoothDevice);
                    }
                  });
                }
              } catch {
                util.noop();
              }
            callback && callback(result), resolve4(result);
          }), _windows && util.powerShell("Get-CimInstance Win32_PNPEntity | select PNPClass, Name, Manufacturer, Status, Service, ConfigManagerErrorCode, Present | fl").then((stdout, error) => {
            error || stdout.toString().split(/\n\s*\n/).forEach((part) => {
              let lines = part.split(`
`), service = util.getValue(lines, "Service", ":"), errorCode2 = util.getValue(lines, "ConfigManagerErrorCode", ":");
              util.getValue(lines, "PNPClass", ":").toLowerCase() === "bluetooth" && errorCode2 === "0" && service === "" && result.push(parseWindowsBluetooth(lines));
            }), callback && callback(result), resolve4(result);
          }), (_freebsd || _netbsd || _openbsd || _sunos) && resolve4(null);
        });
      });
    }
    exports.bluetoothDevices = bluetoothDevices;
  }
});

// node_modules/systeminformation/lib/index.js
var require_lib = __commonJS({
  "node_modules/systeminformation/lib/index.js"(exports) {
    "use strict";
    var lib_version = require_package().version, util = require_util(), system = require_system(), osInfo = require_osinfo(), cpu = require_cpu(), memory = require_memory(), battery = require_battery(), graphics = require_graphics(), filesystem = require_filesystem(), network = require_network(), wifi = require_wifi(), processes = require_processes(), users = require_users(), internet = require_internet(), docker = require_docker(), vbox = require_virtualbox(), printer = require_printer(), usb = require_usb(), audio = require_audio(), bluetooth = require_bluetooth(), _platform = process.platform, _windows = _platform === "win32", _freebsd = _platform === "freebsd", _openbsd = _platform === "openbsd", _netbsd = _platform === "netbsd", _sunos = _platform === "sunos";
    _windows && (util.getCodepage(), util.getPowershell());
    function version() {
      return lib_version;
    }
    function getStaticData(callback) {
      return callback = util.isFunction(callback) ? callback : null, new Promise((resolve4) => {
        process.nextTick(() => {
          let data = {};
          data.version = version(), Promise.all([
            system.system(),
            system.bios(),
            system.baseboard(),
            system.chassis(),
            osInfo.osInfo(),
            osInfo.uuid(),
            osInfo.versions(),
            cpu.cpu(),
            cpu.cpuFlags(),
            graphics.graphics(),
            network.networkInterfaces(),
            memory.memLayout(),
            filesystem.diskLayout(),
            audio.audio(),
            bluetooth.bluetoothDevices(),
            usb.usb(),
            printer.printer()
          ]).then((res) => {
            data.system = res[0], data.bios = res[1], data.baseboard = res[2], data.chassis = res[3], data.os = res[4], data.uuid = res[5], data.versions = res[6], data.cpu = res[7], data.cpu.flags = res[8], data.graphics = res[9], data.net = res[10], data.memLayout = res[11], data.diskLayout = res[12], data.audio = res[13], data.bluetooth = res[14], data.usb = res[15], data.printer = res[16], callback && callback(data), resolve4(data);
          });
        });
      });
    }
    function getDynamicData(srv, iface, callback) {
      return callback = util.isFunction(callback) ? callback : null, util.isFunction(iface) && (callback = iface, iface = ""), util.isFunction(srv) && (callback = srv, srv = ""), new Promise((resolve4) => {
        process.nextTick(() => {
          iface = iface || network.getDefaultNetworkInterface(), srv = srv || "";
          let functionProcessed = (() => {
            let totalFunctions = 15;
            return _windows && (totalFunctions = 13), (_freebsd || _openbsd || _netbsd) && (totalFunctions = 11), _sunos && (totalFunctions = 6), () => {
              --totalFunctions === 0 && (callback && callback(data), resolve4(data));
            };
          })(), data = {};
          data.time = osInfo.time(), data.node = process.versions.node, data.v8 = process.versions.v8, cpu.cpuCurrentSpeed().then((res) => {
            data.cpuCurrentSpeed = res, functionProcessed();
          }), users.users().then((res) => {
            data.users = res, functionProcessed();
          }), processes.processes().then((res) => {
            data.processes = res, functionProcessed();
          }), cpu.currentLoad().then((res) => {
            data.currentLoad = res, functionProcessed();
          }), _sunos || cpu.cpuTemperature().then((res) => {
            data.temp = res, functionProcessed();
          }), !_openbsd && !_freebsd && !_netbsd && !_sunos && network.networkStats(iface).then((res) => {
            data.networkStats = res, functionProcessed();
          }), _sunos || network.networkConnections().then((res) => {
            data.networkConnections = res, functionProcessed();
          }), memory.mem().then((res) => {
            data.mem = res, functionProcessed();
          }), _sunos || battery().then((res) => {
            data.battery = res, functionProcessed();
          }), _sunos || processes.services(srv).then((res) => {
            data.services = res, functionProcessed();
          }), _sunos || filesystem.fsSize().then((res) => {
            data.fsSize = res, functionProcessed();
          }), !_windows && !_openbsd && !_freebsd && !_netbsd && !_sunos && filesystem.fsStats().then((res) => {
            data.fsStats = res, functionProcessed();
          }), !_windows && !_openbsd && !_freebsd && !_netbsd && !_sunos && filesystem.disksIO().then((res) => {
            data.disksIO = res, functionProcessed();
          }), !_openbsd && !_freebsd && !_netbsd && !_sunos && wifi.wifiNetworks().then((res) => {
            data.wifiNetworks = res, functionProcessed();
          }), internet.inetLatency().then((res) => {
            data.inetLatency = res, functionProcessed();
          });
        });
      });
    }
    function getAllData(srv, iface, callback) {
      return callback = util.isFunction(callback) ? callback : null, new Promise((resolve4) => {
        process.nextTick(() => {
          let data = {};
          iface && util.isFunction(iface) && !callback && (callback = iface, iface = ""), srv && util.isFunction(srv) && !iface && !callback && (callback = srv, srv = "", iface = ""), getStaticData().then((res) => {
            data = res, getDynamicData(srv, iface).then((res2) => {
              for (let key in res2)
                ({}).hasOwnProperty.call(res2, key) && (data[key] = res2[key]);
              callback && callback(data), resolve4(data);
            });
          });
        });
      });
    }
    function get(valueObject, callback) {
      return callback = util.isFunction(callback) ? callback : null, new Promise((resolve4) => {
        process.nextTick(() => {
          valueObject = valueObject || {};
          let blocked = ["get", "getStaticData", "getDynamicData", "getAllData", "observe", "powerShellStart", "powerShellRelease"], isGettable = (key) => ({}).hasOwnProperty.call(exports, key) && typeof exports[key] == "function" && typeof valueObject[key] == "string" && blocked.indexOf(key) < 0, allPromises = Object.keys(valueObject).filter((func) => isGettable(func)).map((func) => {
            let params = valueObject[func].substring(valueObject[func].lastIndexOf("(") + 1, valueObject[func].lastIndexOf(")")), funcWithoutParams = func.indexOf(")") >= 0 ? func.split(")")[1].trim() : func;
            funcWithoutParams = func.indexOf("|") >= 0 ? func.split("|")[0].trim() : funcWithoutParams;
            try {
              return Promise.resolve(exports[funcWithoutParams](params || "")).catch(() => null);
            } catch {
              return Promise.resolve(null);
            }
          });
          Promise.all(allPromises).then((data) => {
            let result = {}, i = 0;
            for (let key in valueObject)
              if ({}.hasOwnProperty.call(valueObject, key) && isGettable(key) && data.length > i) {
                if (valueObject[key] === "*" || valueObject[key] === "all")
                  result[key] = data[i];
                else {
                  let keys = valueObject[key], filter2 = "", filterParts = [];
                  if (keys.indexOf(")") >= 0 && (keys = keys.split(")")[1].trim()), keys.indexOf("|") >= 0 && (filter2 = keys.split("|")[1].trim(), filterParts = filter2.split(":"), keys = keys.split("|")[0].trim()), keys = keys.replace(/,/g, " ").replace(/ +/g, " ").split(" "), data[i])
                    if (Array.isArray(data[i])) {
                      let partialArray = [];
                      data[i].forEach((element) => {
                        let partialRes = {};
                        if (keys.length === 1 && (keys[0] === "*" || keys[0] === "all") ? partialRes = element : keys.forEach((k) => {
                          ({}).hasOwnProperty.call(element, k) && (partialRes[k] = element[k]);
                        }), filter2 && filterParts.length === 2) {
                          if ({}.hasOwnProperty.call(partialRes, filterParts[0].trim())) {
                            let val = partialRes[filterParts[0].trim()];
                            typeof val == "number" ? val === parseFloat(filterParts[1].trim()) && partialArray.push(partialRes) : typeof val == "string" && val.toLowerCase() === filterParts[1].trim().toLowerCase() && partialArray.push(partialRes);
                          }
                        } else
                          partialArray.push(partialRes);
                      }), result[key] = partialArray;
                    } else {
                      let partialRes = {};
                      keys.forEach((k) => {
                        ({}).hasOwnProperty.call(data[i], k) && (partialRes[k] = data[i][k]);
                      }), result[key] = partialRes;
                    }
                  else
                    result[key] = {};
                }
                i++;
              }
            callback && callback(result), resolve4(result);
          });
        });
      });
    }
    function observe(valueObject, interval, callback) {
      if (callback = util.isFunction(callback) ? callback : null, !callback)
        return null;
      interval = Math.min(Math.max(Number(interval) || 0, 500), 2147483647);
      let _data = null;
      return setInterval(() => {
        get(valueObject).then((data) => {
          JSON.stringify(_data) !== JSON.stringify(data) && (_data = Object.assign({}, data), callback(data));
        });
      }, interval);
    }
    exports.version = version;
    exports.system = system.system;
    exports.bios = system.bios;
    exports.baseboard = system.baseboard;
    exports.chassis = system.chassis;
    exports.time = osInfo.time;
    exports.osInfo = osInfo.osInfo;
    exports.versions = osInfo.versions;
    exports.shell = osInfo.shell;
    exports.uuid = osInfo.uuid;
    exports.cpu = cpu.cpu;
    exports.cpuFlags = cpu.cpuFlags;
    exports.cpuCache = cpu.cpuCache;
    exports.cpuCurrentSpeed = cpu.cpuCurrentSpeed;
    exports.cpuTemperature = cpu.cpuTemperature;
    exports.currentLoad = cpu.currentLoad;
    exports.fullLoad = cpu.fullLoad;
    exports.mem = memory.mem;
    exports.memLayout = memory.memLayout;
    exports.battery = battery;
    exports.graphics = graphics.graphics;
    exports.fsSize = filesystem.fsSize;
    exports.fsOpenFiles = filesystem.fsOpenFiles;
    exports.blockDevices = filesystem.blockDevices;
    exports.fsStats = filesystem.fsStats;
    exports.disksIO = filesystem.disksIO;
    exports.diskLayout = filesystem.diskLayout;
    exports.networkInterfaceDefault = network.networkInterfaceDefault;
    exports.networkGatewayDefault = network.networkGatewayDefault;
    exports.networkInterfaces = network.networkInterfaces;
    exports.networkStats = network.networkStats;
    exports.networkConnections = network.networkConnections;
    exports.wifiNetworks = wifi.wifiNetworks;
    exports.wifiInterfaces = wifi.wifiInterfaces;
    exports.wifiConnections = wifi.wifiConnections;
    exports.services = processes.services;
    exports.processes = processes.processes;
    exports.processLoad = processes.processLoad;
    exports.users = users.users;
    exports.inetChecksite = internet.inetChecksite;
    exports.inetLatency = internet.inetLatency;
    exports.dockerInfo = docker.dockerInfo;
    exports.dockerImages = docker.dockerImages;
    exports.dockerContainers = docker.dockerContainers;
    exports.dockerContainerStats = docker.dockerContainerStats;
    exports.dockerContainerProcesses = docker.dockerContainerProcesses;
    exports.dockerVolumes = docker.dockerVolumes;
    exports.dockerAll = docker.dockerAll;
    exports.vboxInfo = vbox.vboxInfo;
    exports.printer = printer.printer;
    exports.usb = usb.usb;
    exports.audio = audio.audio;
    exports.bluetoothDevices = bluetooth.bluetoothDevices;
    exports.getStaticData = getStaticData;
    exports.getDynamicData = getDynamicData;
    exports.getAllData = getAllData;
    exports.get = get;
    exports.observe = observe;
    exports.powerShellStart = util.powerShellStart;
    exports.powerShellRelease = util.powerShellRelease;
  }
});

// src/pipeline/commands/data.ts
import { rm as rm2 } from "node:fs/promises";
import { join as join7 } from "node:path";

// src/data/check.ts
var import_sharp2 = __toESM(require_sharp(), 1);

// src/data/hash.ts
var import_sharp = __toESM(require_sharp(), 1), side = 16, likeness = 50;
async function photoHash(photo) {
  let pixels = await (0, import_sharp.default)(photo).removeAlpha().toColorspace("b-w").resize(side + 1, side, { fit: "fill" }).raw().toBuffer(), hash = new Uint32Array(side * side / 32);
  for (let i = 0; i < side * side; i++) {
    let at = Math.floor(i / side) * (side + 1) + i % side;
    pixels[at + 1] > pixels[at] && (hash[i >>> 5] |= 1 << (i & 31));
  }
  return hash;
}
function hashDistance(a, b) {
  let bits2 = 0;
  for (let i = 0; i < a.length; i++) {
    let x = a[i] ^ b[i];
    x -= x >>> 1 & 1431655765, x = (x & 858993459) + (x >>> 2 & 858993459), bits2 += (x + (x >>> 4) & 252645135) * 16843009 >>> 24;
  }
  return bits2;
}
var areAlike = (a, b) => hashDistance(a, b) <= likeness;
function groupsOfLike(hashes) {
  let group3 = hashes.map((_, i) => i), root = (i) => {
    let at = i;
    for (; group3[at] !== at; ) at = group3[at];
    return at;
  };
  for (let i = 0; i < hashes.length; i++)
    for (let j = 0; j < i; j++) areAlike(hashes[i], hashes[j]) && (group3[root(i)] = root(j));
  let groups = /* @__PURE__ */ new Map();
  for (let i of group3.keys()) groups.set(root(i), [...groups.get(root(i)) ?? [], i]);
  return [...groups.values()];
}

// src/data/check.ts
var concurrent = 4, grid = 16, nearlyAll = 0.98, noise = 0.5, inverted = -0.4;
async function examine({ train: train2, val }, onPhoto) {
  let done = 0, look = async (photo) => {
    let looked = await lookAt(photo);
    return onPhoto(++done), looked;
  }, [ofTrain, ofVal] = [
    await mapConcurrently(train2, concurrent, look),
    await mapConcurrently(val, concurrent, look)
  ], duplicates = ofVal.flatMap((one) => {
    let twin = ofTrain.find(({ hash }) => areAlike(hash, one.hash));
    return twin ? [{ train: twin.photo.id, val: one.photo.id }] : [];
  });
  return {
    train: factsOf(ofTrain),
    val: factsOf(ofVal),
    duplicates,
    doubts: doubtsOf([...ofTrain, ...ofVal])
  };
}
async function lookAt(photo) {
  let [{ width: width2, height }, hash, mask] = await Promise.all([
    (0, import_sharp2.default)(photo.image).metadata(),
    photoHash(photo.image),
    readMask(photo.mask)
  ]);
  return { photo, side: Math.min(width2, height), hash, ...measure(mask) };
}
function measure({ data, width: width2, height }) {
  let [labeled, person, edge] = [0, 0, 0], cells = new Float64Array(grid * grid), counts = new Float64Array(grid * grid);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width2; x++) {
      let at = y * width2 + x, label = data[at];
      if (label === MaskValue.ignore) continue;
      let cell2 = Math.floor(y * grid / height) * grid + Math.floor(x * grid / width2);
      if (labeled++, counts[cell2] += 1, label !== MaskValue.person) continue;
      person++, cells[cell2] += 1, (x > 0 && data[at - 1] === 0 || x + 1 < width2 && data[at + 1] === 0 || y > 0 && data[at - width2] === 0 || y + 1 < height && data[at + width2] === 0) && edge++;
    }
  return {
    coverage: labeled === 0 ? 0 : person / labeled,
    edge: person === 0 ? 0 : edge / person,
    cells: cells.map((sum2, i) => counts[i] === 0 ? 0 : sum2 / counts[i])
  };
}
function factsOf(looked) {
  let sides = looked.map(({ side: side6 }) => side6).sort((a, b) => a - b), coverages = looked.map(({ coverage }) => coverage);
  return {
    photos: looked.length,
    sides: { smallest: sides[0], median: sides[Math.floor(sides.length / 2)], largest: sides.at(-1) },
    coverage: {
      mean: coverages.reduce((sum2, share2) => sum2 + share2, 0) / looked.length,
      lowest: Math.min(...coverages),
      highest: Math.max(...coverages)
    }
  };
}
function doubtsOf(looked) {
  let mean3 = new Float64Array(grid * grid);
  for (let { cells } of looked) for (let i = 0; i < mean3.length; i++) mean3[i] += cells[i] / looked.length;
  return looked.flatMap(({ photo, coverage, edge, cells }) => {
    let doubt = (what) => [`${photo.mask}: ${what}`];
    return coverage === 0 ? doubt("marks nobody; right for a photo without people, else redraw it") : coverage > nearlyAll ? doubt("marks nearly every pixel as person; is it the wrong way round?") : edge > noise ? doubt("marks scattered pixels rather than a person; was it made from a compressed image?") : correlation(cells, mean3) < inverted ? doubt("marks what is background in most masks of the set; is it the wrong way round?") : [];
  });
}
function correlation(a, b) {
  let [meanA, meanB] = [a, b].map((x) => x.reduce((sum2, v) => sum2 + v, 0) / x.length), [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    let [x, y] = [a[i] - meanA, b[i] - meanB];
    ab += x * y, aa += x * x, bb += y * y;
  }
  return aa === 0 || bb === 0 ? 0 : ab / Math.sqrt(aa * bb);
}

// src/data/dataset.ts
import { createHash } from "node:crypto";
import { stat } from "node:fs/promises";
import { join, resolve, sep } from "node:path";
var splitsSchema = external_exports.strictObject({
  train: external_exports.array(external_exports.string()).min(1, "name at least one sample to train on"),
  val: external_exports.array(external_exports.string()).min(1, "name at least one sample to validate on"),
  unlabeled: external_exports.array(external_exports.string()).optional()
}), layout = 'expected images/ID.jpg (.jpeg, .png), masks/ID.png and splits.json with {"train": [IDs], "val": [IDs]}', listedProblems = 20, concurrentChecks = 6;
async function openDataset(folders2) {
  let names = setNames(folders2), opened = [];
  for (let { folder } of folders2) opened.push(await openFolder(folder));
  let photosOf = (split) => opened.flatMap(
    ({ images: images2, splits }, i) => (splits[split] ?? []).map((id) => ({
      id: folders2.length === 1 ? id : `${names[i]}/${id}`,
      image: images2.get(id),
      ...split === "unlabeled" ? {} : { mask: maskPath(folders2[i].folder, id) },
      set: names[i],
      weight: folders2[i].weight
    }))
  );
  return {
    sets: folders2.map((folder, i) => {
      let { train: train2, val } = opened[i].splits;
      return { ...folder, name: names[i], train: train2.length, val: val.length };
    }),
    train: photosOf("train"),
    val: photosOf("val"),
    unlabeled: photosOf("unlabeled"),
    fingerprint: await datasetFingerprint(folders2)
  };
}
function setNames(folders2) {
  let paths = folders2.map(({ folder }) => resolve(folder)), repeated = paths.find((path, i) => paths.indexOf(path) < i);
  if (repeated !== void 0)
    throw new UserError(`data: ${repeated} is given twice; give each folder once, with a weight`);
  for (let parts = 1; ; parts++) {
    let names = paths.map((path) => path.split(sep).slice(-parts).join("/"));
    if (new Set(names).size === names.length) return names;
  }
}
async function openFolder(folder) {
  let problems2 = [], images2 = await findImages(folder, problems2), splits = await readSplits(folder, problems2);
  if (!images2 || !splits) throw listing(folder, problems2);
  let used = /* @__PURE__ */ new Set();
  for (let [split, ids2 = []] of Object.entries(splits)) {
    let seen = /* @__PURE__ */ new Set();
    for (let id of ids2) {
      let field = `${join(folder, "splits.json")}: ${split}: "${id}"`;
      if (seen.has(id)) problems2.push(`${field} is listed twice; list it once`);
      else if (used.has(id)) problems2.push(`${field} is in another split too; a sample belongs to one`);
      else if (/[/\\]/.test(id)) problems2.push(`${field} has a path separator; an ID is a file name without extension`);
      else if (images2.has(id)) used.add(id);
      else {
        let near = nearestName(id, [...images2.keys()]);
        problems2.push(`${field} has no image in images/${near ? `; did you mean "${near}"?` : ""}`);
      }
      seen.add(id);
    }
  }
  let ids = [...images2.keys()], unlabeled = new Set(splits.unlabeled), found = await mapConcurrently(
    ids,
    concurrentChecks,
    (id) => checkSample(folder, id, images2, { used: used.has(id), unlabeled: unlabeled.has(id) })
  );
  if (problems2.push(...found.flat()), problems2.length > 0) throw listing(folder, problems2);
  return { images: images2, splits };
}
async function datasetFingerprint(folders2) {
  let each = [];
  for (let { folder, weight: weight2 } of folders2) each.push([await folderFingerprint(folder), weight2]);
  let [[only, weight] = []] = each;
  return each.length === 1 && weight === 1 ? only : createHash("sha256").update(JSON.stringify(each)).digest("hex");
}
async function folderFingerprint(folder) {
  let problems2 = [], images2 = await findImages(folder, problems2), splits = await readSplits(folder, problems2);
  if (!images2 || !splits) throw listing(folder, problems2);
  return fingerprint(folder, splits, images2);
}
function splitHoldout(photos, share2, seed) {
  let chosen = /* @__PURE__ */ new Set();
  for (let set of setsOf(photos)) {
    if (set.length < 2)
      throw new UserError(
        `data set ${set[0].set}: a training split of one sample cannot be shared by training and search; add more`
      );
    let held = Math.min(set.length - 1, Math.max(1, Math.round(set.length * share2)));
    for (let index2 of createRandom(seed, "holdout").permutation(set.length).slice(0, held)) chosen.add(set[index2]);
  }
  return {
    supernetPhotos: photos.filter((photo) => !chosen.has(photo)),
    searchPhotos: photos.filter((photo) => chosen.has(photo))
  };
}
function listing(folder, problems2) {
  let shown = problems2.slice(0, listedProblems);
  return problems2.length > shown.length && shown.push(`... and ${problems2.length - shown.length} more problems`), new UserError(`the data set ${folder} cannot be used:
${shown.map((line) => `  ${line}`).join(`
`)}`);
}
async function findImages(folder, problems2) {
  let kind = await stat(folder).catch((error) => errorCode(error));
  if (typeof kind != "object") {
    let reason = kind === "ENOENT" ? "no such folder" : `cannot be read (${kind})`;
    throw new UserError(`${folder}: ${reason}; ${layout}`);
  }
  if (!kind.isDirectory()) throw new UserError(`${folder}: not a folder; ${layout}`);
  try {
    let images2 = await locateImages(
      folder,
      (id, path) => problems2.push(`${path}: a second image for ID "${id}"; remove one`)
    );
    if (images2.size > 0) return images2;
    problems2.push(`${join(folder, "images")}: no images; ${layout}`);
  } catch (error) {
    problems2.push(`${join(folder, "images")}: cannot be listed (${errorCode(error)}); ${layout}`);
  }
}
async function readSplits(folder, problems2) {
  try {
    return await readJson(join(folder, "splits.json"), splitsSchema);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    problems2.push(...error.message.split(`
`));
    return;
  }
}
async function checkSample(folder, id, images2, { used, unlabeled }) {
  let imageFile = images2.get(id), undecodable = (error) => `${imageFile}: cannot be decoded (${oneLine(error)}); the file may be truncated, replace it`;
  if (unlabeled)
    return probeImage(imageFile).then(
      () => [],
      (error) => [undecodable(error)]
    );
  let maskFile = maskPath(folder, id);
  if (await stat(maskFile).then(
    () => !1,
    () => !0
  )) return [`${imageFile}: has no mask; expected ${maskFile}`];
  if (!used) return [];
  let problems2 = [], [image, mask] = await Promise.all([
    probeImage(imageFile).catch((error) => {
      problems2.push(undecodable(error));
    }),
    readMask(maskFile).catch((error) => {
      problems2.push(`${maskFile}: cannot be used (${oneLine(error)}); replace it`);
    })
  ]);
  if (mask) {
    let odd = firstOddValue(mask.data);
    if (odd !== void 0 && problems2.push(`${maskFile}: has the value ${odd}; valid are 0 (background), 255 (person) and 128 (ignore)`), image && (image.width !== mask.width || image.height !== mask.height)) {
      let sizes = `${mask.width} x ${mask.height}, its image ${image.width} x ${image.height}`;
      problems2.push(`${maskFile}: is ${sizes}; both must have one size, stored upright (EXIF orientation is ignored)`);
    }
  }
  return problems2;
}
function oneLine(error) {
  return error.message.trim().replace(/\s*\n\s*/g, "; ");
}
function firstOddValue(mask) {
  let { background, ignore, person } = MaskValue;
  return mask.find((value) => value !== background && value !== person && value !== ignore);
}
async function fingerprint(folder, splits, images2) {
  let { train: train2, val, unlabeled } = splits, hash = createHash("sha256").update(JSON.stringify(unlabeled ? [train2, val, unlabeled] : [train2, val])), ids = [...train2, ...val, ...unlabeled ?? []].sort(), contents = await mapConcurrently(ids, concurrentChecks, async (id) => [
    id,
    await contentHash(images2.get(id) ?? join(folder, "images", id)),
    await contentHash(maskPath(folder, id))
  ]);
  return hash.update(JSON.stringify(contents)).digest("hex");
}
async function contentHash(path) {
  let data = await readOptional(path);
  return data && createHash("sha256").update(data).digest("hex");
}

// src/data/import/coco.ts
import { join as join2 } from "node:path";
var side2 = external_exports.int().positive(), runLengths = external_exports.object({
  size: external_exports.tuple([side2, side2]),
  counts: external_exports.union([external_exports.array(external_exports.int().min(0)), external_exports.string()])
}), segmentation = external_exports.union([external_exports.array(external_exports.array(external_exports.number()).min(6)), runLengths]), annotationsSchema = external_exports.object({
  images: external_exports.array(external_exports.object({ id: external_exports.union([external_exports.int(), external_exports.string()]), file_name: external_exports.string(), height: side2, width: side2 })),
  categories: external_exports.array(external_exports.object({ id: external_exports.int(), name: external_exports.string() })),
  annotations: external_exports.array(
    external_exports.object({
      image_id: external_exports.union([external_exports.int(), external_exports.string()]),
      category_id: external_exports.int(),
      segmentation: external_exports.unknown().optional(),
      iscrowd: external_exports.union([external_exports.int(), external_exports.boolean()]).optional()
    })
  )
});
async function readCoco(file, images2, split) {
  let { images: photos, categories, annotations } = await readJson(file, annotationsSchema), person = categories.find(({ name }) => name.toLowerCase() === "person");
  if (!person) {
    let names = categories.map(({ name }) => name).join(", ") || "none";
    throw new UserError(`${file}: categories: has no "person" (it has ${names}); rename the one that means persons`);
  }
  let shapes2 = /* @__PURE__ */ new Map();
  for (let [i, annotation] of annotations.entries()) {
    if (annotation.category_id !== person.id) continue;
    let shape = segmentation.safeParse(annotation.segmentation);
    if (!shape.success)
      throw new UserError(
        `${file}: annotations: ${i}: segmentation: neither polygons of at least three points nor run lengths; boxes alone give no mask`
      );
    let list = shapes2.get(annotation.image_id) ?? [];
    list.push({ shape: shape.data, crowd: !!annotation.iscrowd }), shapes2.set(annotation.image_id, list);
  }
  return photos.filter(({ id }) => shapes2.has(id)).map(({ id, file_name, height, width: width2 }) => ({
    name: file_name,
    image: join2(images2, file_name),
    split,
    readMask: async () => {
      let mask = { width: width2, height, data: new Uint8Array(width2 * height) };
      for (let crowds of [!0, !1])
        for (let { shape, crowd } of shapes2.get(id))
          crowd === crowds && paint(mask, shape, crowd ? MaskValue.ignore : MaskValue.person, `${file}: ${file_name}`);
      return mask;
    }
  }));
}
function paint(mask, shape, value, where) {
  if (Array.isArray(shape)) {
    for (let polygon of shape) fillPolygon(mask, polygon, value);
    return;
  }
  let [height, width2] = shape.size;
  if (height !== mask.height || width2 !== mask.width)
    throw new Error(
      `${where}: run lengths of ${width2} x ${height} pixels for a photo of ${mask.width} x ${mask.height}`
    );
  let counts = typeof shape.counts == "string" ? decodeCounts(shape.counts) : shape.counts;
  if (counts.reduce((sum2, count2) => sum2 + count2, 0) !== height * width2)
    throw new Error(`${where}: run lengths do not add up to ${width2} x ${height} pixels`);
  fillRuns(mask, counts, value);
}
function decodeCounts(text) {
  let counts = [], at = 0;
  for (; at < text.length; ) {
    let value = 0, shift = 0, more = !0;
    for (; more; ) {
      let bits2 = text.charCodeAt(at++) - 48;
      if (!(bits2 >= 0 && bits2 < 64)) throw new Error("run lengths end within a number, or hold what is no number");
      value |= (bits2 & 31) << shift, shift += 5, more = (bits2 & 32) !== 0, !more && (bits2 & 16) !== 0 && shift < 32 && (value |= -1 << shift);
    }
    counts.push(counts.length > 2 ? value + counts.at(-2) : value);
  }
  return counts;
}
function fillRuns({ width: width2, height, data }, counts, value) {
  let at = 0;
  for (let [i, count2] of counts.entries()) {
    if (i % 2 === 1) for (let j = at; j < at + count2; j++) data[j % height * width2 + Math.floor(j / height)] = value;
    at += count2;
  }
}
function fillPolygon({ width: width2, height, data }, polygon, value) {
  let points = polygon.length / 2;
  for (let y = 0; y < height; y++) {
    let center = y + 0.5, crossings = [];
    for (let i = 0; i < points; i++) {
      let [x0, y0] = [polygon[2 * i], polygon[2 * i + 1]], next = (i + 1) % points, [x1, y1] = [polygon[2 * next], polygon[2 * next + 1]];
      y0 <= center != y1 <= center && crossings.push(x0 + (center - y0) / (y1 - y0) * (x1 - x0));
    }
    crossings.sort((a, b) => a - b);
    for (let i = 0; i + 1 < crossings.length; i += 2) {
      let from = Math.max(0, Math.ceil(crossings[i] - 0.5)), to = Math.min(width2, Math.ceil(crossings[i + 1] - 0.5));
      to > from && data.fill(value, y * width2 + from, y * width2 + to);
    }
  }
}

// src/data/import/pairs.ts
var import_sharp4 = __toESM(require_sharp(), 1);
import { join as join4 } from "node:path";

// src/data/import/voc.ts
var import_sharp3 = __toESM(require_sharp(), 1);
import { readdir, readFile, stat as stat2 } from "node:fs/promises";
import { join as join3 } from "node:path";
var pascal = { person: [192, 128, 128], personClass: 15, ignore: [224, 224, 192], ignoreClass: 255 }, folders = { images: "JPEGImages", masks: "SegmentationClass", sets: "ImageSets/Segmentation" }, layout2 = `expected ${folders.images}/, ${folders.masks}/ and ${folders.sets}/train.txt, val.txt or trainval.txt`;
async function readVoc(folder) {
  let person = await personColor(folder), lists = [];
  for (let split2 of ["train", "val"]) lists.push({ split: split2, ids: await readList(folder, split2) });
  let all = lists.some(({ ids }) => ids) ? lists : [{ split: void 0, ids: await readList(folder, "trainval") }];
  if (all.every(({ ids }) => !ids)) throw new UserError(`${join3(folder, folders.sets)}: no list of photos; ${layout2}`);
  let images2 = await namesIn(join3(folder, folders.images));
  return all.flatMap(
    ({ split: split2, ids = [] }) => ids.map((id) => ({
      name: id,
      image: join3(folder, folders.images, images2.get(id) ?? `${id}.jpg`),
      split: split2,
      readMask: () => readClasses(join3(folder, folders.masks, `${id}.png`), person)
    }))
  );
}
async function namesIn(folder) {
  if (!(await stat2(folder).catch(() => {
  }))?.isDirectory()) throw new UserError(`${folder}: no such folder; ${layout2}`);
  return new Map((await readdir(folder)).sort().map((name) => [name.replace(/\.[^.]+$/, ""), name]));
}
async function readList(folder, name) {
  return (await readOptional(join3(folder, folders.sets, `${name}.txt`)))?.toString().split(`
`).map((line) => line.trim().split(/\s+/)[0]).filter((id) => id !== "");
}
async function personColor(folder) {
  let file = join3(folder, "labelmap.txt"), text = await readFile(file, "utf8").catch(() => {
  });
  if (text === void 0) return pascal.person;
  let color = text.split(`
`).find((one) => /^person:/i.test(one.trim()))?.split(":")[1]?.split(",").map(Number);
  if (color?.length === 3 && color.every((c) => c >= 0 && c < 256)) return color;
  throw new UserError(`${file}: has no line "person:RED,GREEN,BLUE::"; name the label that means persons so`);
}
async function readClasses(path, person) {
  let decoder = (0, import_sharp3.default)(path), { channels, isPalette } = await decoder.metadata(), byNumber = channels === 1 && !isPalette, { data, info } = await (byNumber ? decoder.toColorspace("b-w") : decoder.toColorspace("srgb").removeAlpha()).raw().toBuffer({ resolveWithObject: !0 }), mask = new Uint8Array(info.width * info.height), is = (at, [r, g, b]) => data[at] === r && data[at + 1] === g && data[at + 2] === b;
  for (let i = 0; i < mask.length; i++) {
    let label = byNumber ? data[i] : void 0;
    (label === void 0 ? is(3 * i, person) : label === pascal.personClass) ? mask[i] = MaskValue.person : (label === void 0 ? is(3 * i, pascal.ignore) : label === pascal.ignoreClass) && (mask[i] = MaskValue.ignore);
  }
  return { width: info.width, height: info.height, data: mask };
}

// src/data/import/pairs.ts
var suffix = /[-_. ]?(?:mask|matte|seg|segmentation|label|alpha|gt)$/i;
async function readPairs(images2, masks, nameOf = (photo) => photo) {
  let byName = /* @__PURE__ */ new Map();
  for (let [stem, name] of await namesIn(masks)) {
    byName.set(stem, name);
    let plain = stem.replace(suffix, "");
    plain !== "" && !byName.has(plain) && byName.set(plain, name);
  }
  let photos = [...await namesIn(images2)].filter(([, name]) => /\.(?:jpe?g|png|webp|tiff?|avif)$/i.test(name));
  if (photos.length === 0) throw new UserError(`${images2}: no photos (.jpg, .png, .webp, .tif, .avif)`);
  let alone = photos.filter(([stem]) => !byName.has(nameOf(stem))).map(([, name]) => join4(images2, name));
  if (alone.length > 0) {
    let more = alone.length > 10 ? ` and ${alone.length - 10} more` : "";
    throw new UserError(`${masks}: no mask of the same name for ${alone.slice(0, 10).join(", ")}${more}`);
  }
  return photos.map(([stem, name]) => {
    let mask = join4(masks, byName.get(nameOf(stem)));
    return { name: stem, image: join4(images2, name), split: void 0, readMask: () => readAnyMask(mask) };
  });
}
async function readAnyMask(path) {
  let { data, info } = await (0, import_sharp4.default)(path).toColorspace("srgb").ensureAlpha().raw().toBuffer({ resolveWithObject: !0 }), pixels = info.width * info.height, gray = new Uint8Array(pixels), values = /* @__PURE__ */ new Set(), colored = 0, transparent = !1;
  for (let i = 0; i < pixels; i++) {
    let [r, g, b] = [data[4 * i], data[4 * i + 1], data[4 * i + 2]];
    Math.max(r, g, b) - Math.min(r, g, b) > 12 && colored++, data[4 * i + 3] < 255 && (transparent = !0);
  }
  for (let i = 0; i < pixels; i++)
    gray[i] = data[4 * i + (transparent ? 3 : 1)], values.add(gray[i]);
  if (colored > 0.01 * pixels && !transparent)
    throw new Error("is in color: a photo, or a map of classes; give masks of the person alone, black and white");
  let known = [MaskValue.background, MaskValue.ignore, MaskValue.person], exact = [...values].every((value) => known.includes(value)), bits2 = [...values].every((value) => value <= 1), mask = gray.map((value) => exact ? value : bits2 ? 255 * value : value >= 128 ? MaskValue.person : MaskValue.background);
  return { width: info.width, height: info.height, data: mask };
}

// src/data/import/video.ts
import { execFile } from "node:child_process";
import { mkdir, readdir as readdir2 } from "node:fs/promises";
import { basename, extname, join as join5 } from "node:path";
import { promisify } from "node:util";
async function extractFrames(video, { folder, every, signal }) {
  await mkdir(folder, { recursive: !0 });
  let stem = basename(video, extname(video)).replaceAll(/[^\w.+-]+/g, "_"), before2 = new Set(await readdir2(folder)), pattern = join5(folder, `${stem.replaceAll("%", "_")}-%05d.jpg`), input = ["-nostdin", "-loglevel", "error", "-n", "-i", video];
  try {
    await promisify(execFile)("ffmpeg", [...input, "-vf", `fps=1/${every}`, "-q:v", "2", pattern], { signal });
  } catch (error) {
    signal.throwIfAborted();
    let { code, stderr = "" } = error;
    throw code === "ENOENT" ? new UserError("ffmpeg: not installed, or not in PATH; it takes the frames from videos") : new UserError(`${video}: ffmpeg cannot read it: ${stderr.trim().split(`
`).at(-1)}`);
  }
  let frames = (await readdir2(folder)).filter((name) => !before2.has(name) && name.endsWith(".jpg")).sort();
  if (frames.length === 0) throw new UserError(`${video}: gave no frame; give a shorter --every`);
  return frames.map((name) => name.slice(0, -4));
}

// src/data/import/write.ts
var import_sharp5 = __toESM(require_sharp(), 1);
import { copyFile, mkdir as mkdir2, readdir as readdir3, rm } from "node:fs/promises";
import { join as join6 } from "node:path";
var listedProblems2 = 20, concurrent2 = 4;
async function writeDataFolder(photos, { out, valShare, seed, signal, onPhoto }) {
  if (photos.length < 2)
    throw new UserError(`${out}: ${photos.length} photos to import; a data folder needs two at least`);
  if ((await readdir3(out).catch(() => [])).length > 0)
    throw new UserError(`${out}: is not empty; name a folder that does not exist yet`);
  let ids = idsOf(photos);
  for (let folder of ["images", "masks"]) await mkdir2(join6(out, folder), { recursive: !0 });
  let problems2 = [], hashes = [], done = 0;
  if (await mapConcurrently([...photos.entries()], concurrent2, async ([i, photo]) => {
    signal.throwIfAborted();
    try {
      hashes[i] = await photoHash(await writeOne(photo, out, ids[i]));
    } catch (error) {
      problems2.push(`${photo.image}: ${error.message.trim().replace(/\s*\n\s*/g, "; ")}`);
    }
    onPhoto?.(++done);
  }), problems2.length > 0) {
    await rm(out, { recursive: !0 });
    let more = problems2.length > listedProblems2 ? [`... and ${problems2.length - listedProblems2} more`] : [];
    throw new UserError(
      `${problems2.length} of ${photos.length} photos cannot be imported:
${[...problems2.sort().slice(0, listedProblems2), ...more].map((line) => `  ${line}`).join(`
`)}`
    );
  }
  let splits = drawSplits(photos, ids, hashes, valShare, seed);
  return await writeJson(join6(out, "splits.json"), splits), { train: splits.train.length, val: splits.val.length };
}
function idsOf(photos) {
  let used = /* @__PURE__ */ new Set();
  return photos.map(({ name }) => {
    let plain = name.replace(/\.(?:jpe?g|png|webp|tiff?|avif)$/i, "").replaceAll(/[^\w.+-]+/g, "_"), id = plain;
    for (let n = 2; used.has(id); n++) id = `${plain}-${n}`;
    return used.add(id), id;
  });
}
async function writeOne({ image, readMask: readMask2 }, out, id) {
  let { width: width2, height, orientation = 1, format } = await (0, import_sharp5.default)(image).metadata(), mask = await readMask2(), turned = orientation > 4, fits = (w, h) => mask.width === w && mask.height === h, upright = fits(turned ? height : width2, turned ? width2 : height);
  if (!upright && !fits(width2, height))
    throw new Error(`is ${width2} x ${height}, its mask ${mask.width} x ${mask.height}; both must have one size`);
  let plain = orientation === 1 && (format === "jpeg" || format === "png"), path = join6(out, "images", `${id}${plain && format === "png" ? ".png" : ".jpg"}`), written = await (upright ? (0, import_sharp5.default)(image).autoOrient() : (0, import_sharp5.default)(image)).toColorspace("srgb").flatten({ background: "black" }).jpeg({ quality: 95 }).toBuffer();
  plain ? await copyFile(image, path) : await writeFileAtomic(path, written);
  let raw = { width: mask.width, height: mask.height, channels: 1 }, png = await (0, import_sharp5.default)(mask.data, { raw }).toColorspace("b-w").png().toBuffer();
  return await writeFileAtomic(join6(out, "masks", `${id}.png`), png), path;
}
function drawSplits(photos, ids, hashes, valShare, seed) {
  let given = photos.map(({ split }) => split), free = [...ids.keys()].filter((i) => given[i] === void 0), wanted = Math.max(1, Math.round(valShare * free.length)), val = new Set([...ids.keys()].filter((i) => given[i] === "val"));
  if (!given.some((split) => split === "val")) {
    let groups = groupsOfLike(free.map((i) => hashes[i])).map((group3) => group3.map((k) => free[k]));
    for (let at of createRandom(seed, "splits").permutation(groups.length)) {
      let group3 = groups[at];
      if (val.size >= wanted) break;
      if (val.size + group3.length < photos.length) for (let i of group3) val.add(i);
    }
    if (val.size === 0) for (let i of free.slice(-wanted)) val.add(i);
  }
  return { train: ids.filter((_, i) => !val.has(i)), val: ids.filter((_, i) => val.has(i)) };
}

// src/pipeline/commands/data.ts
var shownLines = 20;
async function runDataCheck({ folders: folders2, progress }) {
  let parts = [], json = [];
  for (let folder of folders2) {
    let dataset = await openDataset([{ folder, weight: 1 }]), count2 = dataset.train.length + dataset.val.length, stage = progress.stage(`looking at ${folder}`, count2, "photos"), facts = await examine(dataset, (done) => stage.update(done));
    stage.done(), json.push({ folder, ...facts }), parts.push(folderSummary(folder, facts));
  }
  return { exitCode: json.some(({ duplicates }) => duplicates.length > 0) ? ExitCode.budgetMissed : ExitCode.pass, summary: parts.join(`

`), json };
}
function folderSummary(folder, { train: train2, val, duplicates, doubts }) {
  let lines = (all) => [
    ...all.slice(0, shownLines).map((line) => `  ${line}`),
    ...all.length > shownLines ? [`  ... and ${all.length - shownLines} more`] : []
  ], twins = duplicates.map((pair) => `val "${pair.val}" looks like train "${pair.train}"`);
  return [
    `${folder}:`,
    splitLine("train", train2),
    splitLine("val", val),
    twins.length === 0 ? "  no photo of val looks like one of train" : `  ${twins.length} photos of val are in train as well; move each pair into one split, or scores are too good:`,
    ...lines(twins.map((line) => `  ${line}`)),
    doubts.length === 0 ? "  no mask looks wrong" : `  ${doubts.length} masks to look at:`,
    ...lines(doubts.map((line) => `  ${line}`))
  ].join(`
`);
}
function splitLine(name, { photos, sides, coverage }) {
  let percent = (share2) => `${(100 * share2).toFixed(1)} %`;
  return `  ${name}: ${photos} photos, shorter side ${sides.smallest} to ${sides.largest} pixels (median ${sides.median}); people cover ${percent(coverage.mean)} (${percent(coverage.lowest)} to ${percent(coverage.highest)})`;
}
async function runImport(options) {
  let photos = await readSource(options), { out, valShare, seed, signal, progress } = options, stage = progress.stage("importing", photos.length, "photos"), counts = await writeDataFolder(photos, { out, valShare, seed, signal, onPhoto: (done) => stage.update(done) });
  stage.done();
  let summary = `${out}: ${counts.train} photos to train on, ${counts.val} in val. Next: proxyless-ci data check ${out}`;
  return { exitCode: ExitCode.pass, summary, json: { out, ...counts } };
}
async function readSource({ source }) {
  if (source.kind === "voc") return readVoc(source.folder);
  if (source.kind === "pairs") return readPairs(source.images, source.masks);
  let { annotations, images: images2, valAnnotations, valImages = images2 } = source, train2 = await readCoco(annotations, images2, valAnnotations === void 0 ? void 0 : "train");
  return valAnnotations === void 0 ? train2 : [...train2, ...await readCoco(valAnnotations, valImages, "val")];
}
var anySplits = external_exports.looseObject({ unlabeled: external_exports.array(external_exports.string()).optional() });
async function runVideo(options) {
  let { video, masks, every, out, signal } = options;
  if (masks !== void 0) {
    let temporary = `${out}.frames.tmp`, folders2 = { images: join7(temporary, "images"), masks: join7(temporary, "masks") };
    try {
      let frames2 = await extractFrames(video, { folder: folders2.images, every, signal }), drawn = await extractFrames(masks, { folder: folders2.masks, every, signal });
      if (frames2.length !== drawn.length)
        throw new UserError(`${masks}: ${drawn.length} frames, ${video} has ${frames2.length}; both must be as long`);
      let photos = await readPairs(folders2.images, folders2.masks, (name) => drawn[frames2.indexOf(name)]), split = photos.length - Math.max(1, Math.round(options.valShare * photos.length)), given = photos.map((photo, i) => ({ ...photo, split: i < split ? "train" : "val" })), counts = await writeDataFolder(given, { ...options, out }), summary2 = `${out}: ${counts.train} frames to train on, the last ${counts.val} in val.`;
      return { exitCode: ExitCode.pass, summary: summary2, json: { out, ...counts } };
    } finally {
      await rm2(temporary, { recursive: !0, force: !0 });
    }
  }
  let file = join7(out, "splits.json"), splits = await readOptionalJson(file, anySplits);
  if (!splits)
    throw new UserError(
      `${file}: no such file; frames have no masks, so name a data folder to add them to, or give --masks`
    );
  let frames = await extractFrames(video, { folder: join7(out, "images"), every, signal }), unlabeled = [.../* @__PURE__ */ new Set([...splits.unlabeled ?? [], ...frames])];
  await writeJson(file, { ...splits, unlabeled });
  let summary = `${out}: ${frames.length} frames added as unlabeled; a recipe with a teacher learns from them.`;
  return { exitCode: ExitCode.pass, summary, json: { out, frames } };
}

// src/latency/layout.ts
function layoutEnds(module) {
  let startsPlain = !1, startsElementwise = !1, inputs = module.inputs.map((input) => ({ ...input, plain: !1, isInput: !0 })), [y] = traceShapes(module, inputs, (step, output2) => {
    let { op, given } = step, plain = step.inputs.some((x) => x.plain);
    return op === "convBn" && (startsElementwise ||= given[3]?.residual?.isInput ?? !1), (op === "activation" || op === "add" || op === "squeezeExcite") && (startsElementwise ||= step.inputs.some((x) => x.isInput)), (op === "convBn" || op === "conv") && (plain = !1), (op === "channels" || op === "shuffle") && (startsPlain ||= given[0].isInput, plain = !0), { ...output2, plain, isInput: !1 };
  });
  return { endsPlain: y.plain, startsPlain, startsElementwise };
}

// src/latency/ridge.ts
var noiseLevels = [2e-3, 5e-3, 0.01, 0.02, 0.05, 0.1], commonNoise = 0.01;
function fitRidge(rows, targets, errors, priors) {
  let x = rows.map((row, i) => row.map((value, j) => value / targets[i] * priors[j].deviation)), rest = rows.map((row, i) => 1 - row.reduce((sum2, value, j) => sum2 + value * priors[j].mean, 0) / targets[i]), trust = errors.map((error) => 1 / (commonNoise ** 2 + error ** 2)), best;
  for (let noise2 of noiseLevels) {
    let weights = errors.map((error) => 1 / (noise2 ** 2 + error ** 2)), system = priors.map(
      (_, j) => priors.map((__, k) => x.reduce((sum2, row, i) => sum2 + weights[i] * row[j] * row[k], j === k ? 1 : 0))
    ), moment = priors.map((_, j) => x.reduce((sum2, row, i) => sum2 + weights[i] * row[j] * rest[i], 0)), [solution, ...hats] = solve(system, [moment, ...x]), misses = x.map((row, i) => {
      let leverage = weights[i] * dot(row, hats[i]);
      return Math.abs(rest[i] - dot(row, solution)) / Math.max(1e-9, 1 - leverage);
    }), leaveOneOutError = dot(trust, misses) / trust.reduce((a, b) => a + b, 0);
    if (best && leaveOneOutError >= best.leaveOneOutError) continue;
    best = { coefficients: priors.map(({ name, mean: mean3, deviation }, j) => ({
      name,
      value: mean3 + deviation * solution[j]
    })), noise: noise2, leaveOneOutError };
  }
  return best;
}
var dot = (a, b) => a.reduce((sum2, value, i) => sum2 + value * b[i], 0);
function solve(matrix2, rightSides) {
  let n = matrix2.length, lower = matrix2.map((row) => [...row]);
  for (let j = 0; j < n; j++)
    for (let i = j; i < n; i++) {
      let sum2 = matrix2[i][j];
      for (let k = 0; k < j; k++) sum2 -= lower[i][k] * lower[j][k];
      lower[i][j] = i === j ? Math.sqrt(sum2) : sum2 / lower[j][j];
    }
  return rightSides.map((b) => {
    let x = [...b];
    for (let i = 0; i < n; i++) {
      for (let k = 0; k < i; k++) x[i] -= lower[i][k] * x[k];
      x[i] /= lower[i][i];
    }
    for (let i = n - 1; i >= 0; i--) {
      for (let k = i + 1; k < n; k++) x[i] -= lower[k][i] * x[k];
      x[i] /= lower[i][i];
    }
    return x;
  });
}

// src/latency/types.ts
function pathLatency(costs, path) {
  let sum2 = costs.constant;
  return path.forEach((operation2, layer) => {
    sum2 += costs.single[layer][operation2], costs.pair && layer + 1 < path.length && (sum2 += costs.pair[layer][operation2][path[layer + 1]]);
  }), sum2;
}

// src/latency/predictor.ts
function plainSumCosts(space, table) {
  let entries = new Map(table.entries.map((entry) => [entry.signature, entry.latencyMs])), single = spaceModules(space, table.input).layers.map(
    (candidates) => candidates.map(({ signature }) => {
      let ms3 = entries.get(signature);
      if (ms3 === void 0) throw new Error(`the latency table has no entry "${signature}"`);
      return ms3;
    })
  );
  return { constant: table.fixed.reduce((sum2, { latencyMs }) => sum2 + latencyMs, 0), single };
}
function calibrate(space, table, subnets) {
  let terms = termsOf(space, table), rows = subnets.map(({ path }) => terms.map((term) => termOf(term, path))), targets = subnets.map(({ latencyMs }) => latencyMs), fit = fitRidge(
    rows,
    targets,
    subnets.map(({ latencyMs, errorMs = 0 }) => errorMs / latencyMs),
    terms.map(({ prior }) => prior)
  ), weights = fit.coefficients.map(({ value }) => value), sum2 = (value) => terms.reduce((s, term, i) => s + weights[i] * value(term), 0), pairs = terms.find(({ pair }) => pair)?.pair, costs = {
    constant: sum2(({ constant = 0 }) => constant),
    single: space.layers.map((candidates, l) => candidates.map((_, c) => sum2(({ single }) => single?.[l]?.[c] ?? 0))),
    ...pairs ? {
      pair: pairs.map(
        (candidates, l) => candidates.map((nexts, c) => nexts.map((_, n) => sum2(({ pair }) => pair?.[l]?.[c]?.[n] ?? 0)))
      )
    } : {}
  };
  return {
    costs,
    coefficients: fit.coefficients,
    fit: {
      subnets: subnets.length,
      noise: fit.noise,
      meanAbsoluteErrorPercent: errorOf(costs, subnets).meanAbsoluteErrorPercent,
      leaveOneOutErrorPercent: 100 * fit.leaveOneOutError
    }
  };
}
function checkPredictor(costs, heldOut, plainSum) {
  let measured2 = heldOut.map(({ latencyMs }) => latencyMs), macs = heldOut.flatMap((subnet) => subnet.macs ?? []);
  return {
    ...errorOf(costs, heldOut),
    ...macs.length === heldOut.length ? { macsSpearman: rankCorrelation(macs, measured2) } : {},
    ...plainSum ? { plainSum: errorOf(plainSum, heldOut) } : {}
  };
}
function chooseCalibrationPaths(costs, count2, random) {
  let extreme = (sign) => costs.single.map(
    (layer) => layer.reduce((best, ms3, candidate) => sign * ms3 < sign * layer[best] ? candidate : best, 0)
  ), fastest = extreme(1), slowest = extreme(-1), low = pathLatency(costs, fastest), high = pathLatency(costs, slowest), chosen = [fastest, slowest].slice(0, count2);
  for (let i = 1; chosen.length < count2; i++) {
    let target = low + (high - low) * i / (count2 - 1), probabilities2 = tilt(costs, target), drawn = Array.from({ length: 100 }, () => probabilities2.map((layer) => draw(layer, random))), distance = (path) => Math.abs(pathLatency(costs, path) - target), near = drawn.sort((a, b) => distance(a) - distance(b)).slice(0, 10), novelty = (path) => Math.min(...chosen.map((other) => path.filter((candidate, layer) => candidate !== other[layer]).length));
    chosen.push(near.reduce((best, path) => novelty(path) > novelty(best) ? path : best));
  }
  return chosen;
}
function tilt(costs, target) {
  let probabilities2 = (beta) => costs.single.map((layer) => {
    let least = Math.min(...layer.map((ms3) => beta * ms3)), weights = layer.map((ms3) => Math.exp(least - beta * ms3)), sum2 = weights.reduce((a, b) => a + b);
    return weights.map((weight) => weight / sum2);
  }), mean3 = (beta) => probabilities2(beta).reduce(
    (sum2, layer, l) => sum2 + layer.reduce((s, p, candidate) => s + p * costs.single[l][candidate], 0),
    costs.constant
  ), range = Math.max(...costs.single.map((layer) => Math.max(...layer) - Math.min(...layer)), 1e-9), [from, to] = [-1e3 / range, 1e3 / range];
  for (let i = 0; i < 60; i++) {
    let middle = (from + to) / 2;
    mean3(middle) > target ? from = middle : to = middle;
  }
  return probabilities2(from);
}
function draw(probabilities2, random) {
  let left = random.uniform(), index2 = probabilities2.findIndex((p) => (left -= p, left < 0));
  return index2 < 0 ? probabilities2.length - 1 : index2;
}
function errorOf(costs, subnets) {
  let predicted = subnets.map(({ path }) => pathLatency(costs, path)), errors = subnets.map(({ latencyMs }, i) => (predicted[i] - latencyMs) / latencyMs), mean3 = (values) => values.reduce((a, b) => a + b, 0) / values.length, within = (share2) => errors.filter((error) => Math.abs(error) <= share2).length / subnets.length;
  return {
    count: subnets.length,
    meanAbsoluteErrorPercent: 100 * mean3(errors.map(Math.abs)),
    biasPercent: 100 * mean3(errors),
    within5Percent: within(0.05),
    within10Percent: within(0.1),
    spearman: rankCorrelation(
      predicted,
      subnets.map(({ latencyMs }) => latencyMs)
    )
  };
}
function rankCorrelation(a, b) {
  return a.length < 2 ? Number.NaN : sampleRankCorrelation(a, b);
}
var entryDeviation = 0.1;
function termsOf(space, table) {
  let { layers, features } = spaceModules(space, table.input), { constant, single } = plainSumCosts(space, table), pass = median(table.frames.map((f) => f.p10Ms / (f.channels * f.height * f.width) * 1024)), ends = layers.map((candidates) => candidates.map(layoutEnds)), inputSize = (layer) => {
    let { channels, height, width: width2 } = layers[layer][0].inputs[0];
    return channels * height * width2 / 1024;
  }, entriesWhere = (holds) => single.map((candidates, l) => candidates.map((ms3, c) => holds(l, c) ? ms3 : 0)), passesWhere = (holds) => ends.map((candidates, l) => candidates.map((end) => holds(end, l) ? inputSize(l) : 0)), pairsWhere = (holds) => ends.slice(0, -1).map(
    (candidates, l) => candidates.map((before2) => ends[l + 1].map((after) => holds(before2, after) ? inputSize(l + 1) : 0))
  ), operations3 = [...new Set(space.layers.flat().map(({ operation: operation2 }) => operation2))], signatures = [...new Set(layers.flat().map(({ signature }) => signature))];
  return [
    { prior: { name: "fixed", mean: 1, deviation: 0.5 }, constant },
    ...operations3.map((name) => ({
      prior: { name, mean: 1, deviation: 0.2 },
      single: entriesWhere((l, c) => space.layers[l][c].operation === name)
    })),
    ...signatures.map((name) => ({
      prior: { name, mean: 0, deviation: entryDeviation },
      single: entriesWhere((l, c) => layers[l][c].signature === name)
    })),
    {
      prior: { name: "weights", mean: 0, deviation: pass },
      single: layers.map((candidates) => candidates.map((module) => moduleCost(module).parameters / 1024))
    },
    {
      prior: { name: "input shared, not fused", mean: 0, deviation: pass },
      single: passesWhere(({ startsElementwise }, l) => startsElementwise && features.includes(l - 1))
    },
    {
      prior: { name: "plain layout kept", mean: 0, deviation: pass },
      pair: pairsWhere((before2, after) => before2.endsPlain && after.startsPlain)
    },
    {
      prior: { name: "plain layout, not fused", mean: 0, deviation: pass },
      pair: pairsWhere((before2, after) => before2.endsPlain && after.startsElementwise)
    }
  ].filter(
    ({ constant: c, single: s, pair }) => [c ?? 0, s ?? 0, pair ?? 0].flat(3).some((value) => value > 0)
  );
}
function termOf({ constant = 0, single, pair }, path) {
  return path.reduce(
    (sum2, candidate, layer) => sum2 + (single?.[layer]?.[candidate] ?? 0) + (pair?.[layer]?.[candidate]?.[path[layer + 1]] ?? 0),
    constant
  );
}

// src/latency/table-file.ts
import { createHash as createHash2 } from "node:crypto";

// src/contracts/latency-table.ts
var latencyTableFormat = { name: "proxyless-ci/latency-table", version: 2 }, side3 = external_exports.int().positive(), index = external_exports.int().nonnegative(), ms = external_exports.number().nonnegative(), measured = {
  count: external_exports.int().positive(),
  minMs: ms,
  medianMs: ms,
  p10Ms: ms,
  errorMs: ms,
  spread: ms,
  settled: external_exports.boolean(),
  roundsMs: external_exports.array(ms).min(1)
}, measuredSubnet = external_exports.object({
  path: external_exports.array(index).readonly(),
  latencyMs: external_exports.number().positive(),
  errorMs: ms,
  macs: external_exports.number().nonnegative()
}), latencyTableSchema = external_exports.object({
  schema: external_exports.literal(`${latencyTableFormat.name}@${latencyTableFormat.version}`),
  /** Checksum of everything else (`sealTable`). */
  checksum: external_exports.string(),
  hardware: HardwareSchema,
  threads: external_exports.int().positive(),
  input: external_exports.object({ height: side3, width: side3 }),
  space: external_exports.object({
    name: external_exports.string(),
    /** Hash of the graphs of everything measured, weights left out. */
    definitions: external_exports.string(),
    macro: macroSchema,
    /** layers[layer][candidate]: which of `entries`. */
    layers: external_exports.array(external_exports.array(index).min(1)).min(1)
  }),
  quality: external_exports.object({
    /** Standard errors of all entries over their latencies, in percent. */
    errorPercent: external_exports.number().nonnegative(),
    /** How many of entries, frames, head and tail have not settled. */
    unsettled: index
  }),
  /** The fixed reference network in the same rounds: see `Drift`. */
  drift: external_exports.object({ referenceMs: external_exports.number().positive(), spread: ms }),
  /** Two pointwise convolutions around each feature map: what is subtracted. */
  frames: external_exports.array(external_exports.object({ channels: side3, height: side3, width: side3, ...measured })),
  /** Head and tail, alone. */
  fixed: external_exports.array(
    external_exports.object({
      part: external_exports.enum(["head", "tail"]),
      signature: external_exports.string(),
      batch: external_exports.literal(1),
      latencyMs: ms,
      ...measured
    })
  ),
  /** Operations; the rounds are those of the operation in its frame. */
  entries: external_exports.array(
    external_exports.object({
      signature: external_exports.string(),
      operation: external_exports.string(),
      in: side3,
      out: side3,
      stride: external_exports.union([external_exports.literal(1), external_exports.literal(2)]),
      /** The largest kernel of its convolutions; 0 if it has none. */
      kernel: index,
      dilation: index,
      /** Of the input. */
      height: side3,
      width: side3,
      batch: external_exports.literal(1),
      expanded: side3,
      activation: external_exports.enum(["relu", "hswish"]),
      squeezeExcite: external_exports.boolean(),
      residual: external_exports.boolean().optional(),
      variant: external_exports.string().optional(),
      /** What the operation adds to its frame. */
      latencyMs: ms,
      ...measured
    })
  ),
  /** Whole networks measured with the table: what the predictor is fitted on and checked with, and baselines that budgets refer to. */
  calibration: external_exports.object({
    subnets: external_exports.array(measuredSubnet),
    heldOut: external_exports.array(measuredSubnet),
    baselines: external_exports.array(external_exports.object({ name: external_exports.string(), latencyMs: external_exports.number().positive() }))
  }).optional(),
  /** The tables that this one replaces, and the factor on their milliseconds; null if everything was measured again. */
  origins: external_exports.array(external_exports.object({ checksum: external_exports.string(), ratio: external_exports.number().positive().nullable() })).optional()
});

// src/lib/canonical.ts
function canonicalJson(value) {
  return JSON.stringify(sortKeys(value));
}
function sortKeys(value) {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value != "object" || value === null) return value;
  let entries = Object.entries(value).sort(([a], [b]) => a < b ? -1 : 1);
  return Object.fromEntries(entries.map(([key, v]) => [key, sortKeys(v)]));
}

// src/latency/table-file.ts
function sealTable(table) {
  return { ...table, checksum: checksumOf(table) };
}
function checksumOf(table) {
  let { schema, ...rest } = { ...table, checksum: void 0 };
  return createHash2("sha256").update(canonicalJson({ schema, ...rest })).digest("hex");
}
async function readTable(path) {
  let table = await readOptionalTable(path);
  if (!table) throw new UserError(`${path}: no such file`);
  return table;
}
async function readOptionalTable(path) {
  let data = await readOptional(path);
  if (!data) return;
  let value = parseJson(data.toString("utf8"), path, external_exports.looseObject({ schema: external_exports.string() })), other = value.schema.startsWith(`${latencyTableFormat.name}@`) ? value.schema.slice(latencyTableFormat.name.length + 1) : void 0;
  if (other !== void 0 && other !== String(latencyTableFormat.version))
    throw new UserError(
      `${path}: schema: a latency table of version ${other}; this release reads version ${latencyTableFormat.version}; measure it again with proxyless-ci table measure`
    );
  let table = checkSchema(value, path, latencyTableSchema);
  if (checksumOf(table) !== table.checksum)
    throw new UserError(
      `${path}: checksum: does not match the contents; the file was damaged or edited; use an intact copy, or measure it again with proxyless-ci table measure`
    );
  return table;
}
async function writeTable(path, table) {
  let text = JSON.stringify(table, null, 2).replace(/\[\s+[-\d.e+,\s]+\]/g, (array) => array.replace(/\s+/g, " "));
  await writeFileAtomic(path, `${text}
`);
}
function tableSpace({ space, entries }) {
  let { name: title, macro, layers } = space, layer = ({ operation: operation2, in: width2, out, stride, expanded, activation, squeezeExcite: squeezeExcite2, residual }) => ({
    operation: operation2,
    in: width2,
    out,
    stride,
    expanded,
    activation,
    squeezeExcite: squeezeExcite2,
    ...residual === void 0 ? {} : { residual }
  });
  return { name: title, macro, layers: layers.map((candidates) => candidates.map((i) => layer(entries[i]))) };
}
function scaleTable(table, ratio) {
  let scaled = (value2) => typeof value2 == "number" ? value2 * ratio : Array.isArray(value2) ? value2.map(scaled) : value2, value = JSON.parse(JSON.stringify(table), (key, field) => key.endsWith("Ms") ? scaled(field) : field);
  return sealTable({ ...latencyTableSchema.parse(value), origins: [{ checksum: table.checksum, ratio }] });
}

// src/report/markdown.ts
function markdownReport(result) {
  let sections = [
    ["By data set", setsTable(result)],
    ["Over several seeds", seedsTable(result)],
    ["Against base", comparisonsList(result)],
    ["Why slower", operatorsTable(result)],
    ["Budgets", budgetsTable(result)],
    [`Architecture ${escapeName(result.architecture?.name ?? "")}`, architectureTable(result)],
    ["Did the search work?", diagnosisSection(result)],
    ["Search", searchFacts(result)],
    ["Candidates", candidatesTable(result)],
    ["How it was measured", settingsTable(result)]
  ];
  return `${[
    `**${verdictWords[result.verdict]}.** ${escapeSentence(result.reason)}`,
    warningsText(result),
    networksTable(result),
    ...sections.map(([heading, content]) => content && `## ${heading}

${content}`)
  ].filter((part) => part !== void 0).join(`

`)}
`;
}

// src/nas/alphas.ts
function createAlphas(sizes, random, coupled = !1) {
  return sizes.map(
    (size2, layer) => Float64Array.from({ length: coupled && layer > 0 ? size2 * sizes[layer - 1] : size2 }, () => 1e-3 * random.normal())
  );
}
function probabilities(alphas, sizes) {
  return logProbabilities(alphas, sizes).map((layer) => layer.map(Math.exp));
}
function logProbabilities(alphas, sizes) {
  return alphas.map((layer, i) => {
    let result = Float64Array.from(layer);
    for (let row of rowsOf(result, sizes[i])) {
      let normalizer = logSumExp(row);
      row.forEach((alpha, operation2) => {
        row[operation2] = alpha - normalizer;
      });
    }
    return result;
  });
}
function rowsOf(layer, size2) {
  return Array.from({ length: layer.length / size2 }, (_, row) => layer.subarray(row * size2, (row + 1) * size2));
}
function rowAt(layer, size2, path, index2) {
  return layer.length === size2 ? layer : rowsOf(layer, size2)[path[index2 - 1]];
}
function entropy(p) {
  return p.reduce((sum2, value) => value > 0 ? sum2 - value * Math.log(value) : sum2, 0);
}
function gateGradient(p, gates) {
  let kept = p.map((value, i) => gates[i] === void 0 ? 0 : value), total = kept.reduce((sum2, value) => sum2 + value, 0);
  if (total === 0) return kept;
  let renormalized = kept.map((value) => value / total);
  return renormalized.map(
    (pi, i) => renormalized.reduce((sum2, pj, j) => pi > 0 && pj > 0 ? sum2 + pi * pj * (gates[i] - gates[j]) : sum2, 0)
  );
}
function feasibleAlternatives(costs, maxLatencyMs, path, layer) {
  return costs.single[layer].map((_, operation2) => operation2).filter(
    (operation2) => pathLatency(costs, path.with(layer, operation2)) <= maxLatencyMs
  );
}
function conditionalProbabilities(costs, maxLatencyMs, p, path, layer) {
  let [size2, sizeAfter] = [costs.single[layer].length, costs.single[layer + 1]?.length ?? 0], after = p[layer + 1], result = new Float64Array(size2);
  for (let operation2 of feasibleAlternatives(costs, maxLatencyMs, path, layer)) {
    let next = after && after.length !== sizeAfter ? after[operation2 * sizeAfter + path[layer + 1]] : 1;
    result[operation2] = rowAt(p[layer], size2, path, layer)[operation2] * next;
  }
  let total = result.reduce((sum2, value) => sum2 + value, 0);
  return result.map((value) => value / total);
}
function budgetCorrectionGradient(costs, maxLatencyMs, p, paths, lossDifference) {
  let result = p.map((row) => new Float64Array(row.length));
  for (let [path, sign] of [
    [paths[0], 1],
    [paths[1], -1]
  ])
    p.forEach((row, layer) => {
      let size2 = costs.single[layer].length, own = rowAt(row, size2, path, layer), target = rowAt(result[layer], size2, path, layer);
      conditionalProbabilities(costs, maxLatencyMs, p, path, layer).forEach((q, operation2) => {
        target[operation2] += sign * lossDifference * (q - own[operation2]) / 2;
      });
    });
  return result;
}
function createAdam(options) {
  let { epsilon } = options, [beta1, beta2] = options.betas, first = [], second = [], steps = [];
  return {
    step: (alphas, gradients, learningRate) => {
      steps.length === 0 && ([first, second, steps] = [zeros2(alphas), zeros2(alphas), zeros2(alphas)]), alphas.forEach((alpha, layer) => {
        let m = first[layer], v = second[layer];
        gradients[layer].forEach((gradient, i) => {
          if (gradient === 0) return;
          let t = ++steps[layer][i];
          m[i] = beta1 * m[i] + (1 - beta1) * gradient, v[i] = beta2 * v[i] + (1 - beta2) * gradient * gradient;
          let deviation = Math.sqrt(v[i] / (1 - beta2 ** t));
          alpha[i] -= learningRate * (m[i] / (1 - beta1 ** t)) / (deviation + epsilon);
        });
      });
    },
    state: () => ({ first: copy(first), second: copy(second), steps: copy(steps) }),
    restore: (state) => {
      [first, second, steps] = [copy(state.first), copy(state.second), copy(state.steps)];
    }
  };
}
function twoPathShift(alpha, pair, previous) {
  let shift = logSumExp([alpha[pair[0]], alpha[pair[1]]]) - logSumExp(previous);
  for (let operation2 of pair) alpha[operation2] -= shift;
}
function logSumExp(values) {
  let all = Array.from(values), largest = Math.max(...all);
  return largest + Math.log(all.reduce((sum2, value) => sum2 + Math.exp(value - largest), 0));
}
function zeros2(like) {
  return like.map((row) => new Array(row.length).fill(0));
}
function copy(rows) {
  return rows.map((row) => [...row]);
}

// src/nas/diagnosis.ts
function agreement(a, b, sizes) {
  let centered = (alphas) => logProbabilities(alphas, sizes).flatMap(
    (layer, i) => sizes[i] === 1 ? [] : rowsOf(layer, sizes[i]).flatMap((row) => {
      let mean3 = row.reduce((sum2, value) => sum2 + value, 0) / row.length;
      return [...row].map((value) => value - mean3);
    })
  ), [x, y] = [centered(a), centered(b)];
  return x.length < 2 ? 0 : sampleRankCorrelation(x, y);
}
var resamples = 2e3;
function kendallTau(x, y) {
  let [agreeing, tiedX, tiedY, pairs] = [0, 0, 0, 0];
  for (let i = 0; i < x.length; i++)
    for (let j = 0; j < i; j++) {
      let [dx, dy] = [Math.sign(x[i] - x[j]), Math.sign(y[i] - y[j])];
      pairs++, agreeing += dx * dy, dx === 0 && tiedX++, dy === 0 && tiedY++;
    }
  let scale = Math.sqrt((pairs - tiedX) * (pairs - tiedY));
  return scale === 0 ? 0 : agreeing / scale;
}
function tauWithInterval(x, y) {
  let random = createRandom(1, "tau"), taus = Array.from({ length: resamples }, () => {
    let drawn = x.map(() => random.int(x.length));
    return kendallTau(
      drawn.map((i) => x[i]),
      drawn.map((i) => y[i])
    );
  }).sort((a, b) => a - b);
  return {
    tau: kendallTau(x, y),
    interval: [taus[Math.floor(0.025 * resamples)], taus[Math.ceil(0.975 * resamples) - 1]]
  };
}

// src/nas/lattice.ts
var BUCKETS = 1e4;
function createLattice(costs, maxLatencyMs, coupled = !1) {
  let fastest = assertFeasible(costs, maxLatencyMs), sizes = costs.single.map((layer) => layer.length), layers = sizes.length, contexts = [1, ...sizes.map((size2, layer) => (costs.pair || coupled) && layer + 1 < layers ? size2 : 1)], regrets = new Array(layers), after = new Float64Array(contexts[layers]), largestRegret = 0, magnitude = Math.abs(costs.constant);
  for (let layer = layers - 1; layer >= 0; layer--) {
    let size2 = sizes[layer], single = costs.single[layer], regret = new Float64Array(contexts[layer] * size2), before2 = new Float64Array(contexts[layer]).fill(Number.POSITIVE_INFINITY), largest = 0, largestTerm = 0;
    for (let context = 0; context < before2.length; context++) {
      for (let operation2 = 0; operation2 < size2; operation2++) {
        let pair = costs.pair && layer > 0 ? costs.pair[layer - 1][context][operation2] : 0, cost = single[operation2] + pair + after[contexts[layer + 1] === 1 ? 0 : operation2];
        regret[context * size2 + operation2] = cost, cost < before2[context] && (before2[context] = cost), largestTerm = Math.max(largestTerm, Math.abs(single[operation2]) + Math.abs(pair));
      }
      for (let operation2 = 0; operation2 < size2; operation2++)
        regret[context * size2 + operation2] -= before2[context], largest = Math.max(largest, regret[context * size2 + operation2]);
    }
    regrets[layer] = regret, largestRegret += largest, magnitude += largestTerm, after = before2;
  }
  let left = Math.min(maxLatencyMs - fastest.latencyMs, largestRegret) + 1e-12 * magnitude, bucketsPerMs = left > 0 ? BUCKETS / left * (1 - 1e-12) : 0, spent = regrets.map(
    (regret) => Int32Array.from(regret, (ms3) => Math.min(BUCKETS + 1, Math.floor(ms3 * bucketsPerMs)))
  );
  return { costs, maxLatencyMs, buckets: BUCKETS, sizes, contexts, spent };
}
function nextContext(lattice, layer, operation2) {
  return lattice.contexts[layer + 1] === 1 ? 0 : operation2;
}
function entryOf(row, size2, context, operation2) {
  return row.length === size2 ? operation2 : context * size2 + operation2;
}
function pathTotal(values, sizes, path) {
  return path.reduce(
    (sum2, operation2, layer) => sum2 + values[layer][entryOf(values[layer], sizes[layer], path[layer - 1] ?? 0, operation2)],
    0
  );
}
function createTable(lattice) {
  return lattice.contexts.map((contexts) => new Float64Array(contexts * (lattice.buckets + 1)));
}
function fillMass(lattice, weights, table) {
  table[lattice.sizes.length].fill(1), eachTransition(lattice, table, (target, source, spent, layer, context, operation2) => {
    let row = weights[layer], weight = row[entryOf(row, lattice.sizes[layer], context, operation2)];
    operation2 === 0 && target.fill(0);
    for (let bucket = spent; bucket < target.length; bucket++) target[bucket] += weight * source[bucket - spent];
  });
}
function fillBest(lattice, scores, table) {
  table[lattice.sizes.length].fill(0), eachTransition(lattice, table, (target, source, spent, layer, context, operation2) => {
    let row = scores[layer], score = row[entryOf(row, lattice.sizes[layer], context, operation2)];
    operation2 === 0 && target.fill(Number.NEGATIVE_INFINITY);
    for (let bucket = spent; bucket < target.length; bucket++) {
      let value = score + source[bucket - spent];
      value > target[bucket] && (target[bucket] = value);
    }
  });
}
function eachTransition(lattice, table, visit) {
  let width2 = lattice.buckets + 1;
  for (let layer = lattice.sizes.length - 1; layer >= 0; layer--) {
    let size2 = lattice.sizes[layer];
    for (let context = 0; context < lattice.contexts[layer]; context++) {
      let target = table[layer].subarray(context * width2, (context + 1) * width2);
      for (let operation2 = 0; operation2 < size2; operation2++) {
        let next = nextContext(lattice, layer, operation2), source = table[layer + 1].subarray(next * width2, (next + 1) * width2);
        visit(target, source, lattice.spent[layer][context * size2 + operation2], layer, context, operation2);
      }
    }
  }
}
function fastestPath(costs) {
  let fronts = costs.single[0].map((cost, operation2) => ({ path: [operation2], sum: costs.constant + cost }));
  for (let layer = 1; layer < costs.single.length; layer++) {
    let pair = costs.pair?.[layer - 1];
    fronts = costs.single[layer].map((cost, operation2) => {
      let best = fronts[0], bestSum = Number.POSITIVE_INFINITY;
      return fronts.forEach((front, previous) => {
        let sum2 = pair ? front.sum + pair[previous][operation2] : front.sum;
        sum2 < bestSum && (best = front, bestSum = sum2);
      }), { path: [...best.path, operation2], sum: bestSum + cost };
    });
  }
  let { path } = fronts.reduce((best, front) => front.sum < best.sum ? front : best);
  return { path, latencyMs: pathLatency(costs, path) };
}
function assertFeasible(costs, maxLatencyMs) {
  let fastest = fastestPath(costs);
  if (fastest.latencyMs <= maxLatencyMs) return fastest;
  let ms3 = Math.ceil(fastest.latencyMs * 1e3) / 1e3;
  throw new UserError(
    `no network of the space can meet the latency budget of ${maxLatencyMs} ms; the fastest takes ${ms3} ms: raise the budget to ${ms3} ms or more, make the input smaller, or add faster operations to the space`
  );
}

// src/nas/sampling.ts
var MAX_REDRAWS = 1e5, MIN_MASS = 1e-290;
function createFeasibleSampler(costs, maxLatencyMs) {
  let lattice = createLattice(costs, maxLatencyMs), ones = lattice.sizes.map((size2) => new Float64Array(size2).fill(1)), table = createTable(lattice);
  fillMass(lattice, ones, table);
  let redraws = 0;
  return {
    sample: (random) => {
      let drawn = drawWithinBudget(lattice, table, ones, random);
      return redraws += drawn.redraws, drawn.path;
    },
    count: () => rootMass(lattice, table),
    redraws: () => redraws
  };
}
function createExactSampler(costs, maxLatencyMs, coupled = !1) {
  let lattice = createLattice(costs, maxLatencyMs, coupled), table = createTable(lattice), weights = lattice.sizes.map(
    (size2, layer) => new Float64Array(coupled && layer > 0 ? size2 * lattice.sizes[layer - 1] : size2).fill(Number.NaN)
  ), redraws = 0;
  return {
    sample: (probabilities2, random) => {
      if (equal(weights, probabilities2) || (weights.forEach((row, layer) => {
        row.set(probabilities2[layer]);
      }), fillMass(lattice, weights, table)), !(rootMass(lattice, table) > MIN_MASS))
        throw new UserError(
          `the architecture parameters give the networks within the latency budget of ${maxLatencyMs} ms practically no probability: lower the learning rate of the architecture parameters, or raise the budget`
        );
      let drawn = drawWithinBudget(lattice, table, weights, random);
      return redraws += drawn.redraws, drawn.path;
    },
    redraws: () => redraws
  };
}
function sampleRejection(costs, maxLatencyMs, probabilities2, random, cap) {
  let fastest = assertFeasible(costs, maxLatencyMs);
  for (let draws2 = 1; draws2 <= cap; draws2++) {
    let path = [];
    if (probabilities2.forEach((row, layer) => {
      let size2 = costs.single[layer].length, weights = row.length === size2 ? row : row.subarray(path[layer - 1] * size2, (path[layer - 1] + 1) * size2);
      path.push(drawIndex(weights, sum(weights), random));
    }), pathLatency(costs, path) <= maxLatencyMs) return { path, draws: draws2 };
  }
  throw new UserError(
    `rejection sampling: 0 of ${cap} draws met the latency budget of ${maxLatencyMs} ms (the fastest network takes ${fastest.latencyMs.toFixed(3)} ms): use the exact sampler, raise the cap, or raise the budget`
  );
}
function acceptanceRate(costs, maxLatencyMs) {
  if (!(fastestPath(costs).latencyMs <= maxLatencyMs)) return 0;
  let paths = costs.single.reduce((product2, layer) => product2 * layer.length, 1);
  return createFeasibleSampler(costs, maxLatencyMs).count() / paths;
}
function createStrictlyFairSampler(operationsPerLayer, random) {
  let generator = random, queues = operationsPerLayer.map(() => []);
  return {
    sample: () => queues.map((queue, layer) => (queue.length === 0 && queue.push(...generator.permutation(operationsPerLayer[layer])), queue.pop())),
    state: () => ({ queues: queues.map((queue) => [...queue]), random: generator.state() }),
    restore: (state) => {
      queues = state.queues.map((queue) => [...queue]), generator = restoreRandom(state.random);
    }
  };
}
function drawWithinBudget(lattice, table, weights, random) {
  let width2 = lattice.buckets + 1, masses = new Float64Array(Math.max(...lattice.sizes));
  for (let redraws = 0; redraws <= MAX_REDRAWS; redraws++) {
    let path = [], left = lattice.buckets, context = 0;
    for (let layer = 0; layer < lattice.sizes.length; layer++) {
      let size2 = lattice.sizes[layer], spent = lattice.spent[layer];
      masses.fill(0);
      let total = 0;
      for (let operation2 = 0; operation2 < size2; operation2++) {
        let rest = left - spent[context * size2 + operation2];
        if (rest < 0) continue;
        let row = nextContext(lattice, layer, operation2) * width2, weight = weights[layer][entryOf(weights[layer], size2, context, operation2)];
        masses[operation2] = weight * table[layer + 1][row + rest], total += masses[operation2];
      }
      let choice = drawIndex(masses, total, random);
      path.push(choice), left -= spent[context * size2 + choice], context = nextContext(lattice, layer, choice);
    }
    if (pathLatency(lattice.costs, path) <= lattice.maxLatencyMs) return { path, redraws };
  }
  throw new UserError(
    `${MAX_REDRAWS} paths in a row were just over the latency budget of ${lattice.maxLatencyMs} ms: nearly all probability lies just above it; raise the budget slightly`
  );
}
function drawIndex(weights, total, random) {
  let remaining = random.uniform() * total, last = 0;
  for (let i = 0; i < weights.length && !(weights[i] !== 0 && (last = i, remaining -= weights[i], remaining < 0)); i++)
    ;
  return last;
}
function rootMass(lattice, table) {
  return table[0][lattice.buckets];
}
function sum(values) {
  return values.reduce((total, value) => total + value, 0);
}
function equal(a, b) {
  return a.every((row, layer) => row.every((value, i) => value === b[layer][i]));
}

// src/network/space.ts
var import_yaml = __toESM(require_dist(), 1);

// src/contracts/space.ts
var expansion = external_exports.number().positive(), operationName = external_exports.string(), squeezeExcite = external_exports.boolean(), candidateSchema2 = external_exports.union([
  operationName,
  external_exports.strictObject({
    operation: operationName,
    expansion: expansion.optional(),
    "squeeze-excite": squeezeExcite.optional()
  }).describe(
    "An operation with block options of its own in place of the stage's; one operation may come in several forms"
  )
]), stageSchema = external_exports.strictObject({
  width: mapWidth,
  layers: external_exports.int().positive(),
  stride: external_exports.union([external_exports.literal(1), external_exports.literal(2)], "must be 1 or 2"),
  expansion,
  activation: external_exports.enum(["relu", "hswish"]),
  "squeeze-excite": squeezeExcite,
  residual: external_exports.boolean().default(!1).describe("Identity shortcuts around operations that keep their shape and have none of their own"),
  operations: external_exports.array(candidateSchema2).min(1, "needs at least one operation")
}), spaceFileSchema = external_exports.strictObject({
  name: external_exports.string().min(1),
  macro: macroSchema,
  stages: external_exports.array(stageSchema).refine((stages) => stages.filter((stage) => stage.stride === 2).length === 4, {
    message: "must have four stages with stride 2 (s4, s8, s16, s32)"
  })
});

// src/network/architecture.ts
import { readdir as readdir4 } from "node:fs/promises";
import { join as join8, resolve as resolve2 } from "node:path";
var architectureSchema = architectureFields.superRefine((architecture, context) => {
  for (let { path, message } of problems(architecture)) context.addIssue({ code: "custom", path, message });
});
function problems({ macro, layers }) {
  let found = [];
  layers.forEach((layer, i) => {
    let before2 = i === 0 ? macro.head.width : layers[i - 1].out;
    layer.in !== before2 && found.push({
      path: ["layers", i, "in"],
      message: `must be ${before2}, the width of ${i === 0 ? "macro.head" : `layers.${i - 1}.out`}, not ${layer.in}`
    });
    let operation2 = operations.get(layer.operation), problem = operation2 ? operation2.check(layer) : unknownOperation(layer.operation);
    problem && found.push({ path: ["layers", i, "operation"], message: operation2 ? `${layer.operation} ${problem}` : problem });
  });
  let strides = layers.filter((layer) => layer.stride === 2).length;
  return strides !== 4 && found.push({ path: ["layers"], message: `must have four layers with stride 2 (s4, s8, s16, s32), not ${strides}` }), found;
}
function parseArchitecture(text, source) {
  return parseJson(text, source, architectureSchema);
}
function formatArchitecture(architecture) {
  let { layers, macro, ...rest } = architecture, line = (value) => JSON.stringify(value, null, 1).replace(/\n\s*/g, " ").replace(/\[ /g, "[").replace(/ \]/g, "]"), parts = Object.entries(macro).map(([key, value]) => `    "${key}": ${line(value)}`);
  return [
    "{",
    ...Object.entries(rest).map(([key, value]) => `  "${key}": ${JSON.stringify(value)},`),
    `  "macro": {
${parts.join(`,
`)}
  },`,
    `  "layers": [
${layers.map((layer) => `    ${line(layer)}`).join(`,
`)}
  ]`,
    `}
`
  ].join(`
`);
}
async function loadArchitecture(nameOrPath) {
  let { text, path } = await readNamed(nameOrPath, "architectures", ".json");
  return parseArchitecture(text, path);
}
async function readNamed(nameOrPath, folder, extension) {
  let isPath = /[/\\]/.test(nameOrPath) || nameOrPath.endsWith(extension), home = join8(packageRoot(), "search", folder), path = isPath ? resolve2(nameOrPath) : join8(home, nameOrPath + extension), data = await readOptional(path);
  if (data) return { text: data.toString("utf8"), path: isPath ? nameOrPath : path };
  if (isPath) throw new UserError(`${nameOrPath}: no such file`);
  let names = (await readdir4(home)).filter((name) => name.endsWith(extension)).map((n) => n.slice(0, -extension.length)), nearest = nearestName(nameOrPath, names);
  throw new UserError(
    `no ${folder.replace(/s$/, "")} is called "${nameOrPath}"; ` + (nearest ? `did you mean "${nearest}"?` : `known: ${names.join(", ")}; or give the path of a ${extension} file`)
  );
}

// src/network/space.ts
function parseSpace(text, source) {
  let document = (0, import_yaml.parseDocument)(text), [broken] = document.errors;
  if (broken) throw new UserError(`${source}: not valid YAML: ${broken.message}`);
  let { name, macro, stages } = checkSchema(document.toJS(), source, spaceFileSchema), problems2 = /* @__PURE__ */ new Set(), layers = [], width2 = macro.head.width;
  for (let [index2, stage] of stages.entries())
    for (let layer = 0; layer < stage.layers; layer++) {
      let shape = { in: width2, out: stage.width, stride: layer === 0 ? stage.stride : 1 }, { candidates, wrong } = candidatesOf(stage, shape);
      for (let problem of wrong) problems2.add(`${source}: stages.${index2}.${problem}`);
      layers.push(candidates), width2 = stage.width;
    }
  if (problems2.size > 0) throw new UserError([...problems2].join(`
`));
  return { name, macro, layers };
}
function candidatesOf(stage, shape) {
  let candidates = [], wrong = [];
  return stage.operations.forEach((entry, i) => {
    let { operation: name, expansion: own, "squeeze-excite": excited } = inFull(entry), field = `operations.${i}`, operation2 = operations.get(name);
    if (!operation2) {
      wrong.push(`${field}: ${unknownOperation(name)}`);
      return;
    }
    let keeps = shape.stride === 1 && shape.in === shape.out;
    if (operation2.keepsShape && !keeps) return;
    let ratio = own ?? operation2.expansion ?? stage.expansion, layer = {
      operation: name,
      ...shape,
      expanded: operation2.expansion === void 0 ? makeDivisible(ratio * shape.in, 8) : ratio * shape.in,
      activation: stage.activation,
      squeezeExcite: excited ?? stage["squeeze-excite"],
      ...stage.residual && keeps && !operation2.ownShortcut ? { residual: !0 } : {},
      ...own === void 0 && excited === void 0 ? {} : { variant: formOf(own, excited) }
    }, problem = operation2.check(layer);
    problem ? wrong.push(`${field}: ${name} ${problem}`) : candidates.some((other) => candidateName(other) === candidateName(layer)) ? wrong.push(`${field}: ${name} is listed twice in one form`) : candidates.push(layer);
  }), candidates.length === 0 && wrong.length === 0 && wrong.push(`operations: the layer from ${shape.in} to ${shape.out} channels has no operation left`), { candidates, wrong };
}
var inFull = (entry) => typeof entry == "string" ? { operation: entry } : entry, formOf = (expansion2, squeezeExcite2) => [
  ...expansion2 === void 0 ? [] : [`e${String(expansion2).replace(".", "_")}`],
  ...squeezeExcite2 === void 0 ? [] : [squeezeExcite2 ? "se" : "plain"]
].join("_");
async function loadSpace(nameOrPath) {
  let { text, path } = await readNamed(nameOrPath, "spaces", ".yaml");
  return parseSpace(text, path);
}
function architectureOf(space, path, name) {
  let layers = space.layers.map((candidates, i) => {
    let layer = candidates[path[i]];
    if (!layer) throw new Error(`layer ${i} of space ${space.name} has no candidate ${path[i]}`);
    return layer;
  });
  return { schema: "proxyless-ci/architecture@1", name, macro: space.macro, layers };
}
function spaceOperators(space) {
  let input = { height: 64, width: 64 }, needed = /* @__PURE__ */ new Map(), note = (what, operators) => {
    let known = needed.get(what) ?? /* @__PURE__ */ new Set();
    for (let operator of operators) known.add(operator);
    needed.set(what, known);
  };
  note("macro", macroOperators(space.macro, input));
  let seen = /* @__PURE__ */ new Set();
  return spaceModules(space, input).layers.forEach((modules, layer) => {
    modules.forEach((module, candidate) => {
      seen.has(module.signature) || (seen.add(module.signature), note(space.layers[layer][candidate].operation, operatorsOf(deployModules([module], zeroWeights(module)))));
    });
  }), new Map([...needed].map(([what, operators]) => [what, [...operators].sort()]));
}
function macroOperators(macro, input) {
  let width2 = macro.head.width, layer = {
    in: width2,
    out: width2,
    stride: 2,
    expanded: width2,
    activation: "relu",
    squeezeExcite: !1
  }, layers = Array.from({ length: 4 }, () => ({ ...layer, operation: "dilconv_3x3" })), architecture = { schema: "proxyless-ci/architecture@1", name: "macro", macro, layers }, modules = networkModules(architecture, input), weights = randomWeights([modules.head, ...modules.layers, modules.tail], 0);
  return operatorsOf(deployArchitecture(architecture, weights, input));
}
function zeroWeights(module) {
  return new Map(
    moduleParameters(module).map((spec) => [`${module.prefix}/${spec.name}`, new Float32Array(sizeOf(spec))])
  );
}
function checkSpaceOperators(space, allowed) {
  let problems2 = [...spaceOperators(space)].flatMap(([what, operators]) => {
    let lacking = operators.filter((operator) => !allowed.includes(operator)), who = what === "macro" ? "the macro-architecture" : `operation ${what}`;
    return lacking.length > 0 ? [`space ${space.name}: ${who} needs ${lacking.join(", ")}`] : [];
  });
  if (problems2.length > 0) throw new UserError(`${problems2.join(`
`)}
which are not in export.operators`);
}

// src/metrics/silhouette.ts
var side4 = 64;
function createSilhouette() {
  let masks = [];
  return {
    add(mask, height, width2) {
      let small = new Uint8Array(side4 * side4), at = (i, length) => Math.floor((i + 0.5) * length / side4);
      for (let y = 0; y < side4; y++)
        for (let x = 0; x < side4; x++) small[y * side4 + x] = mask[at(y, height) * width2 + at(x, width2)];
      masks.push(small);
    },
    miou() {
      let mean3 = new Float32Array(side4 * side4);
      for (let mask of masks) for (let i = 0; i < mean3.length; i++) mean3[i] += mask[i] / 255 / masks.length;
      let counts = masks.map((mask) => countPixels(mean3, [side4, side4], mask, [side4, side4]));
      return iouOf(addCounts(counts)).miou;
    }
  };
}

// src/runtime/segmentation.ts
var import_onnxruntime_node = __toESM(require_onnxruntime_node(), 1);

// src/lib/half.ts
var float = new Float32Array(1), bits = new Uint32Array(float.buffer);
function toHalf(value) {
  float[0] = value;
  let sign = bits[0] >>> 16 & 32768, exponent = (bits[0] >>> 23 & 255) - 112, fraction = bits[0] & 8388607;
  return exponent >= 31 ? sign | 31744 | (exponent === 143 && fraction ? 512 : 0) : exponent > 0 ? sign | roundedShift(exponent << 23 | fraction, 13) : exponent < -10 ? sign : sign | roundedShift(8388608 | fraction, 14 - exponent);
}
function fromHalf(half) {
  let exponent = half >>> 10 & 31, fraction = half & 1023, sign = half & 32768 ? -1 : 1;
  return exponent === 31 ? fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY : exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1024 + fraction) * 2 ** (exponent - 25);
}
function roundedShift(value, shift) {
  let kept = value >>> shift, rest = value & 2 ** shift - 1, half = 2 ** (shift - 1);
  return kept + (rest > half || rest === half && (kept & 1) === 1 ? 1 : 0);
}

// src/graph/output-origin.ts
var passing = new Set(
  "Identity Transpose Reshape Squeeze Unsqueeze Flatten Resize Upsample Cast Slice Gather Crop Pad DequantizeLinear".split(
    " "
  )
);
function outputOrigin(graph, output2) {
  let makers = new Map(
    graph.node.flatMap((node) => node.output.map((name) => [name, node]))
  ), maker = makers.get(output2);
  for (; maker && passing.has(maker.opType); ) maker = makers.get(maker.input[0]);
  if (maker)
    return maker.opType === "Sigmoid" || maker.opType === "HardSigmoid" ? "sigmoid" : maker.opType === "Softmax" ? "softmax" : maker.opType === "ArgMax" ? "argmax" : "other";
}

// src/runtime/model-reading.ts
var personOf = /* @__PURE__ */ new Map([
  [2, { person: 1, labels: "background, person" }],
  [19, { person: 11, labels: "Cityscapes" }],
  [21, { person: 15, labels: "Pascal VOC" }],
  [150, { person: 12, labels: "ADE20K" }]
]);
function readInputs(name, { model, inputs }, settings) {
  let colored = inputs.filter((input) => channelsOf(input) === 3), image = settings.inputName === void 0 ? colored[0] : inputs.find((input) => input.name === settings.inputName);
  if (!image || channelsOf(image) !== 3) {
    let names = inputs.map((input) => `${input.name} [${input.dims.join(", ")}]`).join(", ");
    throw new UserError(
      `${name}: no input ${settings.inputName ? `named ${settings.inputName} ` : ""}takes images of three channels; its image inputs are ${names}`
    );
  }
  let metadata = new Map(model.metadataProps.map(({ key, value }) => [key, value])), facts = [
    {
      what: "input",
      value: `${image.name}, ${image.type} [${image.dims.join(", ")}]`,
      from: settings.inputName ? "given" : "graph"
    },
    { what: "layout", value: image.layout, from: "graph" }
  ], stated = statedNormalization(metadata), colors = metadata.get("Image.BitmapPixelFormat")?.startsWith("Bgr") ? "BGR" : settings.colors;
  if (facts.push({
    what: "colors",
    value: colors ?? "RGB",
    from: metadata.has("Image.BitmapPixelFormat") ? "metadata" : colors ? "given" : "assumed"
  }), image.type === "uint8") {
    if (settings.normalize)
      throw new UserError(`${name}: input ${image.name} takes bytes, which are not normalized; leave out normalize`);
    return facts.push({ what: "normalize", value: "none: bytes as they are", from: "graph" }), { image, colors: colors ?? "RGB", normalization: void 0, facts };
  }
  let normalization2 = stated ?? settings.normalize ?? normalizations.unit, from = stated ? "metadata" : settings.normalize ? "given" : "assumed";
  return facts.push({ what: "normalize", value: normalizationName(normalization2), from }), { image, colors: colors ?? "RGB", normalization: normalization2, facts };
}
var channelsOf = ({ dims, layout: layout3 }) => dims[layout3 === "NCHW" ? 1 : 3];
function statedNormalization(metadata) {
  let range = metadata.get("Image.NominalPixelRange");
  if (range === "Normalized_0_1") return normalizations.unit;
  if (range === "Normalized_1_1") return normalizations.symmetric;
  if (range === "NominalRange_0_255") return normalizations.bytes;
  let own = metadata.get("normalization");
  if (own !== void 0)
    try {
      let { mean: mean3, std } = JSON.parse(own), isTriple = (values) => Array.isArray(values) && values.length === 3 && values.every(Number.isFinite);
      return isTriple(mean3) && isTriple(std) ? { mean: mean3, std } : void 0;
    } catch {
      return;
    }
}
function readOutput(name, { model }, { image }, outputs, settings) {
  let chosen = settings.outputName === void 0 ? outputs[0] : outputs.find((output2) => output2.name === settings.outputName), listed = outputs.map((output2) => `${output2.name} [${output2.dims.join(", ")}]`).join(", ");
  if (!chosen) throw new UserError(`${name}: has no output ${settings.outputName}; its outputs are ${listed}`);
  let map = mapShape(chosen.dims, image);
  if (!map)
    throw new UserError(
      `${name}: output ${chosen.name} [${chosen.dims.join(", ")}] is not a mask; choose another with output-name: ${listed}`
    );
  let origin = outputOrigin(model.graph, chosen.name), own = model.metadataProps.some(({ key, value }) => key === "output" && value.includes('"channels":"person"')), meaning = own ? { kind: "probability", person: 0 } : settings.output ?? inferMeaning(name, chosen, map, origin);
  checkMeaning(name, chosen, map, meaning);
  let from = own ? "metadata" : settings.output ? "given" : "graph", facts = [
    {
      what: "output",
      value: `${chosen.name} [${chosen.dims.join(", ")}]: ${map.classes} x ${map.height} x ${map.width}`,
      from: settings.outputName ? "given" : outputs.length > 1 ? "assumed" : "graph"
    },
    { what: "meaning", value: meaningName(meaning), from }
  ], known = personOf.get(map.classes);
  return from === "graph" && meaning.kind !== "probability" && meaning.kind !== "logit" && facts.push({
    what: "person",
    value: `class ${meaning.person}${known ? `, as ${map.classes} classes are those of ${known.labels}` : ""}`,
    from: "assumed"
  }), { name: chosen.name, map, meaning, facts };
}
function inferMeaning(name, output2, map, origin) {
  if (output2.integers || origin === "argmax") return { kind: "argmax", person: 1 };
  if (map.classes > 1) {
    let person = personOf.get(map.classes)?.person;
    if (person !== void 0) return { kind: "softmax", person };
    throw new UserError(
      `${name}: output ${output2.name} has ${map.classes} classes, and the file does not say which is the person; set output to softmax:CLASS`
    );
  }
  return origin === "sigmoid" ? { kind: "probability", person: 0 } : { kind: Array.from(output2.values).every((value) => value >= 0 && value <= 1) ? "probability" : "logit", person: 0 };
}
function checkMeaning(name, output2, { classes }, { kind, person }) {
  let wrong = (why) => {
    throw new UserError(`${name}: output ${output2.name} ${why}`);
  };
  (kind === "probability" || kind === "logit") && classes !== 1 && wrong(`has ${classes} classes, so it is not a single ${kind}; set softmax:CLASS or argmax:CLASS`), kind === "softmax" && classes === 1 && wrong("has one channel, so a softmax over classes is not possible; set probability, logit or argmax:CLASS"), classes > 1 && person >= classes && wrong(`has the classes 0 to ${classes - 1}, not ${person}`);
}
function mapShape(dims, { height, width: width2, layout: layout3 }) {
  let [a, b, c] = dims.length === 4 && dims[0] === 1 ? dims.slice(1) : dims, rank = dims.length === 4 && dims[0] === 1 ? 3 : dims.length;
  if (rank === 2) return plane(1, a, b, "NCHW");
  if (rank !== 3) return;
  let readings = [plane(a, b, c, "NCHW"), plane(c, a, b, "NHWC")];
  layout3 === "NHWC" && readings.reverse();
  let mismatch = (map) => Math.abs(Math.log(map.height * width2 / (map.width * height)));
  return readings.filter((map) => Math.abs(map.height * width2 - map.width * height) <= Math.max(height, width2)).sort((x, y) => x.classes - y.classes || mismatch(x) - mismatch(y))[0];
}
var plane = (classes, height, width2, layout3) => ({
  classes,
  height,
  width: width2,
  classStride: layout3 === "NCHW" ? height * width2 : 1,
  pixelStride: layout3 === "NCHW" ? 1 : classes
});

// src/runtime/segmentation.ts
async function openSegmentation(source, settings, threads) {
  let { name, bytes } = source, model = readImageModel({ ...source, ...settings.size }), input = readInputs(name, model, settings), refuse = (error) => {
    throw new UserError(`${name}: ONNX Runtime cannot run it: ${error instanceof Error ? error.message : error}`);
  }, session = await createSession(bytes, { threads, takesTurns: !0, dimensions: model.dimensions }).catch(refuse);
  try {
    let { image } = input, others = [...model.inputs.filter((one) => one !== image), ...model.others], rest = Object.fromEntries(others.map((one) => [one.name, zeros(one.type, one.dims)])), run = (planes) => session.run({ ...rest, [image.name]: feed(planes, input) }), random = createRandom(0, "segmentation"), noise2 = Float32Array.from({ length: 3 * image.height * image.width }, () => random.normal()), probed = await run(noise2).catch(refuse), output2 = readOutput(name, model, input, probe(session, probed), settings), facts = [
      ...input.facts,
      ...output2.facts,
      ...others.map((one) => ({ what: one.name, value: `zeros [${one.dims.join(", ")}]`, from: "assumed" }))
    ], { height, width: width2 } = image;
    return {
      height,
      width: width2,
      facts,
      predict: async (photos) => {
        let planes = resizeMaps(photos.images, photos, image), size2 = 3 * height * width2, { map } = output2, probability = new Float32Array(planes.length / size2 * map.height * map.width);
        for (let n = 0; n * size2 < planes.length; n++) {
          let fetched = await run(planes.subarray(n * size2, (n + 1) * size2));
          probability.set(personMap(numbers(fetched[output2.name]), output2), n * map.height * map.width);
        }
        return { probability, height: map.height, width: map.width };
      },
      release: () => session.release()
    };
  } catch (error) {
    throw await session.release(), error;
  }
}
async function inspectModel(source, settings) {
  let model = await openSegmentation(source, settings, 1);
  return await model.release(), model.facts;
}
function probe(session, fetched) {
  return session.outputNames.map((name) => {
    let tensor2 = fetched[name];
    return { name, dims: tensor2.dims, integers: !tensor2.type.startsWith("float"), values: numbers(tensor2) };
  });
}
function numbers({ type, data }) {
  return data instanceof BigInt64Array || data instanceof BigUint64Array ? Float64Array.from(data, Number) : type === "float16" && data instanceof Uint16Array ? Float32Array.from(data, fromHalf) : data;
}
function feed(planes, { image, colors, normalization: normalization2 }) {
  let { type, dims, layout: layout3, height, width: width2 } = image, pixels = height * width2, values = type === "uint8" ? new Uint8ClampedArray(3 * pixels) : new Float32Array(3 * pixels), [channelStride, pixelStride] = layout3 === "NCHW" ? [pixels, 1] : [1, 3];
  for (let channel = 0; channel < 3; channel++) {
    let { mean: mean3, std } = normalization2 ?? { mean: [0, 0, 0], std: [0.00392156862745098, 0.00392156862745098, 0.00392156862745098] }, factor = normalization.std[channel] / std[channel], offset = (normalization.mean[channel] - mean3[channel]) / std[channel], place = (colors === "BGR" ? 2 - channel : channel) * channelStride;
    for (let i = 0; i < pixels; i++) values[place + i * pixelStride] = planes[channel * pixels + i] * factor + offset;
  }
  return type === "uint8" ? new import_onnxruntime_node.Tensor(type, new Uint8Array(values.buffer), dims) : type === "float16" ? new import_onnxruntime_node.Tensor(type, Uint16Array.from(values, toHalf), dims) : new import_onnxruntime_node.Tensor(type, values, dims);
}
var sigmoid = (x) => 1 / (1 + Math.exp(-x));
function personMap(values, { map, meaning }) {
  let { classes, height, width: width2, classStride, pixelStride } = map, { kind, person } = meaning, result = new Float32Array(height * width2), normalized2 = kind === "softmax" && isNormalized(values, map);
  for (let i = 0; i < result.length; i++) {
    let start = i * pixelStride, own = values[start + (classes === 1 ? 0 : person * classStride)];
    if (classes === 1) {
      result[i] = kind === "logit" ? sigmoid(own) : kind === "argmax" ? +(own === person) : own;
      continue;
    }
    let best = Number.NEGATIVE_INFINITY;
    for (let c = 0; c < classes; c++) c !== person && (best = Math.max(best, values[start + c * classStride]));
    kind === "argmax" ? result[i] = +(own > best) : result[i] = normalized2 ? own / Math.max(own + best, Number.MIN_VALUE) : sigmoid(own - best);
  }
  return result;
}
function isNormalized(values, { classes, height, width: width2, classStride, pixelStride }) {
  for (let i = 0; i < height * width2; i++) {
    let sum2 = 0;
    for (let c = 0; c < classes; c++) {
      let value = values[i * pixelStride + c * classStride];
      if (value < 0) return !1;
      sum2 += value;
    }
    if (Math.abs(sum2 - 1) > 0.01) return !1;
  }
  return !0;
}

// src/pipeline/score.ts
async function scoreModel(source, { photos, threads, signal, settings = {} }) {
  let model = await openSegmentation(source, settings, threads);
  try {
    let silhouette = createSilhouette(), images2 = [];
    for await (let batch of loadEvaluation(photos, model.height, model.width)) {
      signal.throwIfAborted();
      let { probability, height, width: width2 } = await model.predict({
        ...batch,
        height: model.height,
        width: model.width
      });
      batch.masks.forEach((mask, i) => {
        let one = probability.subarray(i * height * width2, (i + 1) * height * width2);
        images2.push(countPixels(one, [height, width2], mask.data, [mask.height, mask.width])), silhouette.add(mask.data, mask.height, mask.width);
      });
    }
    let reading = describeFacts(model.facts);
    return { ...iouOf(addCounts(images2)), images: images2, silhouetteMiou: silhouette.miou(), reading };
  } finally {
    await model.release();
  }
}

// src/nas/decoding.ts
var RESOLUTION = 2 ** -36;
function kBestPaths(costs, maxLatencyMs, logProbabilities2, k) {
  let sizes = costs.single.map((layer) => layer.length), coupled = logProbabilities2.some((row, layer) => row.length !== sizes[layer]), lattice = createLattice(costs, maxLatencyMs, coupled), width2 = lattice.buckets + 1, layers = lattice.sizes.length, scores = logProbabilities2.map((row) => row.map((value) => Math.round(value / RESOLUTION))), table = createTable(lattice);
  fillBest(lattice, scores, table);
  let found = [], frontier = [];
  for (push(frontier, { path: [], score: 0, bound: table[0][lattice.buckets], left: lattice.buckets, context: 0 }); found.length < k; ) {
    let best = pop(frontier);
    if (!best) break;
    let layer = best.path.length;
    if (layer === layers) {
      let latencyMs = pathLatency(costs, best.path);
      if (latencyMs > maxLatencyMs) continue;
      found.push({ path: best.path, logProbability: pathTotal(logProbabilities2, sizes, best.path), latencyMs });
      continue;
    }
    let size2 = lattice.sizes[layer];
    for (let operation2 = 0; operation2 < size2; operation2++) {
      let left = best.left - lattice.spent[layer][best.context * size2 + operation2];
      if (left < 0) continue;
      let context = nextContext(lattice, layer, operation2), score = best.score + scores[layer][entryOf(scores[layer], size2, best.context, operation2)], bound = score + table[layer + 1][context * width2 + left];
      push(frontier, { path: [...best.path, operation2], score, bound, left, context });
    }
  }
  return found;
}
function before(a, b) {
  if (a.bound !== b.bound) return a.bound > b.bound;
  let difference = a.path.findIndex((operation2, layer) => operation2 !== b.path[layer]);
  return difference >= 0 && a.path[difference] < b.path[difference];
}
function push(heap, item) {
  let i = heap.push(item) - 1;
  for (; i > 0; ) {
    let parent = i - 1 >> 1;
    if (!before(item, heap[parent])) break;
    heap[i] = heap[parent], i = parent;
  }
  heap[i] = item;
}
function pop(heap) {
  let first = heap[0], item = heap.pop();
  if (!first || !item || heap.length === 0) return first;
  let i = 0;
  for (; ; ) {
    let child = 2 * i + 1;
    if (child + 1 < heap.length && before(heap[child + 1], heap[child]) && child++, child >= heap.length || !before(heap[child], item)) break;
    heap[i] = heap[child], i = child;
  }
  return heap[i] = item, first;
}

// src/nas/trade-offs.ts
function tradeOffs(costs, maxLatenciesMs, logProbabilities2, sizes, k) {
  let probable = kBestPaths(costs, maxLatenciesMs[0], logProbabilities2, k);
  if (maxLatenciesMs.length === 1) return [probable];
  let largest = kBestPaths(costs, maxLatenciesMs.at(-1), sizes, k), ends = [probable[0].path, largest[0].path], layerSizes = costs.single.map((row) => row.length), total = (values, path) => pathTotal(values, layerSizes, path), unit = (values) => Math.abs(total(values, ends[0]) - total(values, ends[1])) || 1, [nats, size2] = [unit(logProbabilities2), unit(sizes)], named = /* @__PURE__ */ new Set();
  return maxLatenciesMs.map((maxLatencyMs, point) => {
    let weight = point / (maxLatenciesMs.length - 1), scores = logProbabilities2.map(
      (row, layer) => row.map((value, entry) => {
        let operation2 = entry % layerSizes[layer];
        return (1 - weight) * value / nats + weight * sizes[layer][operation2] / size2;
      })
    );
    return kBestPaths(costs, maxLatencyMs, scores, k).flatMap(({ path, latencyMs }) => named.has(path.join()) ? [] : (named.add(path.join()), [{ path, latencyMs, logProbability: total(logProbabilities2, path) }]));
  });
}
function largestOfTheBest(candidates, tolerance4) {
  let best = Math.max(...candidates.map(({ supernetMiou }) => supernetMiou));
  return candidates.filter(({ supernetMiou }) => supernetMiou >= best - tolerance4).sort((a, b) => b.macs - a.macs || b.supernetMiou - a.supernetMiou)[0];
}

// src/training/step.ts
import { setImmediate as nextTurn } from "node:timers/promises";
var modulesOf = (path) => [path.head, ...path.layers, path.tail];
async function forwardPath(executor, path, images2, updateStatistics) {
  await nextTurn();
  let forward2 = (module, inputs) => executor.forward(module, inputs, updateStatistics), head = await forward2(path.head, [images2]), layers = [];
  for (let module of path.layers) layers.push(await forward2(module, [(layers.at(-1) ?? head).outputs[0]]));
  let tail = await forward2(
    path.tail,
    path.features.map((i) => layers[i].outputs[0])
  );
  return { head, layers, tail };
}
async function pathLoss(executor, loss, path, batch) {
  let { head, layers, tail } = await forwardPath(executor, path, batch.images, !1), dLogits = executor.pool.acquire(loss.gradientDims), value = await loss.evaluate(tail.outputs[0], batch.targets, batch.pixelWeights, dLogits);
  executor.pool.release(dLogits);
  for (let pass of [head, ...layers, tail]) executor.release(pass);
  return value;
}
async function runPath(executor, loss, path, batch, options) {
  let { head, layers, tail } = await forwardPath(executor, path, batch.images, options.updateWeights), dLogits = executor.pool.acquire(loss.gradientDims), value = await loss.evaluate(tail.outputs[0], batch.targets, batch.pixelWeights, dLogits), fromTail = await executor.backward(tail, [dLogits], options.updateWeights);
  executor.pool.release(dLogits), executor.release(tail);
  let upstream;
  for (let i = layers.length - 1; i >= 0; i--) {
    let feature = path.features.indexOf(i), branch = feature < 0 ? void 0 : fromTail[feature];
    if (branch && upstream ? (executor.backend.addInto(upstream, branch), executor.pool.release(branch)) : upstream ??= branch, !upstream) throw new Error(`layer ${i} has no gradient`);
    let pass = layers[i];
    options.onLayer && await options.onLayer(i, pass, upstream);
    let [dx] = await executor.backward(pass, [upstream], options.updateWeights);
    executor.pool.release(upstream), executor.release(pass), upstream = dx;
  }
  return options.updateWeights && await executor.backward(head, [upstream], !0), executor.pool.release(upstream), executor.release(head), value;
}

// src/training/recalibrate.ts
async function recalibrate(executor, parameters, path, batches) {
  let sums = /* @__PURE__ */ new Map(), add = ({ module, statistics }) => {
    for (let s of statistics) {
      let name = `${module.prefix}/${s.name}`, running = parameters.get(`${name}.bn.mean`).data, sum2 = sums.get(name) ?? {
        mean: new Float64Array(running.length),
        square: new Float64Array(running.length)
      };
      sums.set(name, sum2);
      for (let c = 0; c < running.length; c++) {
        let mean3 = running[c] + s.mean[c];
        sum2.mean[c] += mean3, sum2.square[c] += s.variance[c] + mean3 * mean3;
      }
    }
  };
  for (let images2 of batches) {
    let { head, layers, tail } = await forwardPath(executor, path, images2, !1);
    for (let pass of [head, ...layers, tail])
      add(pass), executor.release(pass);
  }
  let weights = /* @__PURE__ */ new Map();
  for (let module of modulesOf(path))
    for (let name of parameters.namesOf(module)) weights.set(name, parameters.get(name).data);
  for (let [name, { mean: mean3, square }] of sums) {
    let n = batches.length;
    weights.set(
      `${name}.bn.mean`,
      Float32Array.from(mean3, (sum2) => sum2 / n)
    ), weights.set(
      `${name}.bn.var`,
      Float32Array.from(square, (sum2, c) => Math.max(0, sum2 / n - (mean3[c] / n) ** 2))
    );
  }
  return weights;
}

// src/pipeline/build-table.ts
import { rm as rm4 } from "node:fs/promises";

// src/latency/subnets.ts
async function measureSubnets(space, paths, settings) {
  let { height, width: width2, others = [], ...rest } = settings, architectures = paths.map((path, i) => architectureOf(space, path, `subnet ${i}`)), models = architectures.map((architecture) => {
    let { head, layers, tail } = networkModules(architecture, { height, width: width2 }), weights = randomWeights([head, ...layers, tail], 0);
    return {
      name: architecture.name,
      bytes: deployArchitecture(architecture, weights, { height, width: width2 }),
      height,
      width: width2
    };
  }), { latencies, drift } = await measureModels([...models, ...others], rest);
  return { subnets: paths.map((path, i) => ({
    path,
    latencyMs: latencies[i].p10Ms,
    errorMs: latencies[i].samples.errorMs,
    macs: architectureCost(architectures[i], { height, width: width2 }).macs
  })), others: latencies.slice(paths.length), drift };
}

// src/latency/recheck.ts
var [fewest, most] = [8, 12], rounds = 20, tolerance = 0.03, rescalable = 1.25;
async function measureAgain(table, seed) {
  let { threads, input, space } = table, stored = [...table.calibration.subnets, ...table.calibration.heldOut], paths = stored.map(({ path }) => path.map((candidate, layer) => space.layers[layer][candidate])), chosen = chooseSubnets(paths), random = createRandom(seed, "recheck"), settings = { ...input, threads, rounds, random }, again = chosen.map((i) => stored[i].path), { subnets } = await measureSubnets(tableSpace(table), again, settings), covered = new Set(chosen.flatMap((i) => paths[i]));
  return {
    ratios: chosen.map((i, place) => subnets[place].latencyMs / stored[i].latencyMs),
    coverage: covered.size / table.entries.length
  };
}
function chooseSubnets(subnets) {
  let chosen = [], covered = /* @__PURE__ */ new Set(), gain = (i) => new Set(subnets[i].filter((entry) => !covered.has(entry))).size, open = new Set(subnets.keys());
  for (; chosen.length < most && open.size > 0; ) {
    let [best] = [...open].sort((a, b) => gain(b) - gain(a));
    if (gain(best) === 0 && chosen.length >= fewest) break;
    chosen.push(best), open.delete(best);
    for (let entry of subnets[best]) covered.add(entry);
  }
  return chosen;
}
function judgeRecheck({ ratios, coverage }) {
  let logs = ratios.map(Math.log), ratio = Math.exp(median(logs)), percent = (value) => `${(100 * value).toFixed(1)} %`, found = `${ratios.length} subnets measured again, which contain ${percent(coverage)} of the entries, came out at ${ratio.toFixed(3)} of what the table says in the median`, judged = (verdict, reason) => ({
    verdict,
    ratio,
    reason: `${found}: ${reason}`
  });
  if (ratios.length < 3) return judged("remake", "too few to say whether the table holds");
  let [low, high] = meanInterval(logs, 0.9), [least, largest] = deviationInterval(logs, 0.9), apart = `single ones differ by ${percent(least)} to ${percent(largest)}`, limit = Math.log1p(tolerance);
  return least > limit ? judged("remake", `${apart}, so no common factor mends the table`) : ratio > rescalable || ratio < 1 / rescalable ? judged("remake", "too far off for a common factor") : low > -limit && high < limit && largest < limit ? judged("holds", `the table holds, as ${apart}`) : high - low > 2 * limit ? judged("remake", `too noisy to say what the factor is: ${apart}`) : judged(
    "rescale",
    `not shown to be within ${percent(tolerance)}, and off by a common factor at most (${apart})`
  );
}
function deviationInterval(values, confidence2) {
  let degrees = values.length - 1, mean3 = values.reduce((a, b) => a + b, 0) / values.length, squares = values.reduce((sum2, value) => sum2 + (value - mean3) ** 2, 0), chiSquared = (p) => {
    let part = 2 / (9 * degrees);
    return degrees * (1 - part + probit(p) * Math.sqrt(part)) ** 3;
  };
  return [Math.sqrt(squares / chiSquared((1 + confidence2) / 2)), Math.sqrt(squares / chiSquared((1 - confidence2) / 2))];
}

// src/runtime/hardware.ts
var import_onnxruntime_node2 = __toESM(require_onnxruntime_node(), 1), import_systeminformation = __toESM(require_lib(), 1);
import { createHash as createHash3 } from "node:crypto";
import { readFile as readFile2 } from "node:fs/promises";
import { availableParallelism, arch as osArch, release } from "node:os";
var relevantFlags = [
  "sse4_1",
  "sse4_2",
  "avx",
  "f16c",
  "fma",
  "avx2",
  "avx_vnni",
  "avx512f",
  "avx512bw",
  "avx512dq",
  "avx512vl",
  "avx512_vnni",
  "avx512_bf16",
  "avx512_fp16",
  "amx_tile",
  "amx_int8",
  "amx_bf16",
  "asimd",
  "asimddp",
  "asimdhp",
  "sve",
  "i8mm",
  "bf16"
];
async function describeHardware(threads) {
  let available = await coresAvailable();
  checkThreads(threads, available);
  let [cpu, cpuinfo, caches] = await Promise.all([import_systeminformation.default.cpu(), readText("/proc/cpuinfo"), cacheSizes()]), flags = cpu.flags.split(/\s+/), facts = {
    cpu: {
      vendor: cpu.vendor,
      // The library strips the vendor's name off the model's; the kernel's own line is what people look for.
      model: /^model name\s*:\s*(.*)$/m.exec(cpuinfo)?.[1] ?? `${cpu.manufacturer} ${cpu.brand}`.trim(),
      family: cpu.family,
      modelNumber: cpu.model,
      stepping: cpu.stepping
    },
    isa: relevantFlags.filter((flag) => flags.includes(flag)),
    cores: { physical: Math.max(1, cpu.physicalCores), logical: Math.max(1, cpu.cores), available },
    caches,
    os: process.platform,
    osRelease: release(),
    arch: osArch(),
    virtual: flags.includes("hypervisor"),
    nodeVersion: process.version,
    onnxRuntimeVersion: import_onnxruntime_node2.env.versions.node ?? import_onnxruntime_node2.env.versions.common,
    threads
  };
  return { key: hardwareKey(facts), ...facts };
}
function hardwareKey(facts) {
  let { cpu, isa, cores, caches, os, arch, virtual, onnxRuntimeVersion, threads } = facts, parts = [
    [cpu.vendor, cpu.model, cpu.family, cpu.modelNumber, cpu.stepping],
    [...isa].sort(),
    [cores.physical, cores.logical, cores.available],
    [caches, os, arch, virtual, onnxRuntimeVersion, threads]
  ];
  return createHash3("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 12);
}
function checkThreads(threads, available) {
  if (!Number.isInteger(threads) || threads < 1)
    throw new UserError(`threads: ${threads} is not a whole number of at least 1`);
  if (threads > available)
    throw new UserError(
      `threads: ${threads} were requested, but this process may use ${available} core${available === 1 ? "" : "s"}; use at most ${available} threads, or give the process more cores`
    );
}
async function coresAvailable() {
  return Math.max(1, Math.min(availableParallelism(), Math.floor(await groupQuota())));
}
async function groupQuota() {
  let folders2 = (/^0::(.*)$/m.exec(await readText("/proc/self/cgroup"))?.[1] ?? "/").split("/").filter(Boolean), files = folders2.map((_, i) => `/sys/fs/cgroup/${folders2.slice(0, i + 1).join("/")}/cpu.max`), texts = await Promise.all(["/sys/fs/cgroup/cpu.max", ...files].map(readText)), [quota1, period1] = await Promise.all(
    ["quota", "period"].map((name) => readText(`/sys/fs/cgroup/cpu/cpu.cfs_${name}_us`))
  );
  return Math.min(...texts.map(quotaOf), quotaOf(`${quota1} ${period1}`));
}
function quotaOf(text) {
  let [quota, period] = text.trim().split(/\s+/).map(Number);
  return quota !== void 0 && period !== void 0 && quota > 0 && period > 0 ? Math.max(1, quota / period) : Number.POSITIVE_INFINITY;
}
async function cacheSizes() {
  let folder = "/sys/devices/system/cpu/cpu0/cache";
  return (await Promise.all(
    [0, 1, 2, 3].map(async (index2) => {
      let read = async (name) => (await readText(`${folder}/index${index2}/${name}`)).trim(), [level, type, size2] = await Promise.all([read("level"), read("type"), read("size")]);
      return !level || type === "Instruction" ? "" : `L${level}${type === "Data" ? "d" : ""}: ${size2}`;
    })
  )).filter(Boolean).join(", ");
}
var readText = (path) => readFile2(path, "utf8").catch(() => "");

// src/latency/plan.ts
import { createHash as createHash4 } from "node:crypto";
var frameWidth = 16, frameName = ({ channels, height, width: width2 }) => `frame ${channels}x${height}x${width2}`;
function planTable(space, input) {
  let modules = spaceModules(space, input), entries = /* @__PURE__ */ new Map(), frames = /* @__PURE__ */ new Map();
  modules.layers.forEach((candidates, layer) => {
    candidates.forEach((module, candidate) => {
      if (entries.has(module.signature)) return;
      let output2 = moduleOutputs(module)[0];
      entries.set(module.signature, { layer: space.layers[layer][candidate], module, output: output2 });
      for (let feature of [module.inputs[0], output2]) frames.set(frameName(feature), feature);
    });
  });
  let { head, tail } = modules, order = [...entries.keys()], layers = modules.layers.map((candidates) => candidates.map(({ signature }) => order.indexOf(signature))), subjects = [
    { name: "head", module: head },
    { name: "tail", module: withResize(tail, input) },
    ...[...frames].map(([name, feature]) => ({ name, module: inFrame(feature) })),
    ...[...entries].map(([name, { module }]) => ({ name, module: inFrame(module.inputs[0], module) }))
  ];
  return { head, tail, entries, layers, frames, subjects };
}
function describeEntry({ layer, module }) {
  let convolutions = moduleMacs(module), { height, width: width2 } = module.inputs[0];
  return {
    ...layer,
    kernel: Math.max(0, ...convolutions.map(({ kernel }) => kernel)),
    dilation: Math.max(0, ...convolutions.map(({ dilation }) => dilation)),
    height,
    width: width2,
    batch: 1
  };
}
function inFrame(feature, module) {
  return {
    prefix: module?.prefix ?? "frame",
    signature: `framed ${module?.signature ?? frameName(feature)}`,
    inputs: [{ ...feature, channels: frameWidth }],
    build(b, [x]) {
      let before2 = b.conv(x, "frame.in", { out: feature.channels, kernel: 1 }), [after] = module ? module.build(b, [before2]) : [before2];
      return [b.conv(after, "frame.out", { out: frameWidth, kernel: 1 })];
    }
  };
}
function withResize(tail, { height, width: width2 }) {
  return { ...tail, build: (b, inputs) => tail.build(b, inputs).map((logits) => b.resize(logits, height, width2)) };
}
function timedSubject({ name, module }) {
  let { height, width: width2 } = module.inputs[0];
  return { name, bytes: deployModules([module], constantWeights(module)), height, width: width2 };
}
function constantWeights(module) {
  return new Map(
    moduleParameters(module).map((spec) => {
      let size2 = sizeOf(spec), fanIn = spec.shape.slice(1).reduce((a, b) => a * b, 1), data = new Float32Array(size2);
      for (let i = 0; i < size2; i++) data[i] = spec.init === "ones" ? 1 : (i % 7 - 3) / 2 / Math.sqrt(fanIn);
      return [`${module.prefix}/${spec.name}`, data];
    })
  );
}
function hashDefinitions(plan) {
  let hash = createHash4("sha256");
  for (let { name, module } of plan.subjects) {
    let model = decodeModel(deployModules([module], constantWeights(module)));
    for (let tensor2 of model.graph?.initializer ?? []) tensor2.dims.length > 1 && (tensor2.rawData = new Uint8Array());
    hash.update(name).update(toBinary(ModelProtoSchema, model));
  }
  return hash.digest("hex").slice(0, 16);
}

// src/latency/table.ts
var entryTiming = { runsPerRound: 5, minRunMs: 1 }, turn = 5, patience = 3;
async function buildTable(settings) {
  let { space, height, width: width2, threads } = settings, hardware = await describeHardware(threads), plan = planTable(space, { height, width: width2 }), rounds2 = await withSubjects(
    [...plan.subjects.map(timedSubject), driftReference()].map((model) => () => createModelSubject(model, { threads })),
    (subjects) => measureRounds(subjects, settings)
  ), figures = new Map([...rounds2].map(([name, samples]) => [name, summarizeRounds(samples)])), measured2 = (name) => ({
    ...figures.get(name),
    settled: hasSettled(figures.get(name)),
    roundsMs: [...rounds2.get(name)]
  });
  return finishTable({
    schema: "proxyless-ci/latency-table@2",
    hardware,
    threads,
    input: { height, width: width2 },
    space: {
      name: space.name,
      definitions: hashDefinitions(plan),
      macro: space.macro,
      layers: plan.layers.map((layer) => [...layer])
    },
    drift: driftOf(figures),
    frames: [...plan.frames].map(([name, feature]) => ({ ...feature, ...measured2(name) })),
    fixed: ["head", "tail"].map((part) => ({
      part,
      signature: plan[part].signature,
      batch: 1,
      ...measured2(part)
    })),
    entries: [...plan.entries].map(([signature, entry]) => ({
      signature,
      ...describeEntry(entry),
      ...measured2(signature)
    }))
  });
}
function finishTable(table) {
  let frames = new Map(table.frames.map((frame2) => [frameName(frame2), frame2.p10Ms])), entries = table.entries.map(({ roundsMs, ...entry }) => {
    let { height, width: width2, stride, in: channels, out } = entry, output2 = { channels: out, height: Math.ceil(height / stride), width: Math.ceil(width2 / stride) }, frame2 = (frames.get(frameName({ channels, height, width: width2 })) + frames.get(frameName(output2))) / 2;
    return { ...entry, latencyMs: Math.max(0, entry.p10Ms - frame2), roundsMs };
  }), sum2 = (values) => values.reduce((a, b) => a + b, 0), total = sum2(entries.map(({ latencyMs }) => latencyMs)), unsettled = [...table.frames, ...table.fixed, ...entries].filter(({ settled }) => !settled);
  return sealTable({
    ...table,
    fixed: table.fixed.map(({ roundsMs, ...fixed }) => ({ ...fixed, latencyMs: fixed.p10Ms, roundsMs })),
    entries,
    quality: {
      errorPercent: total > 0 ? 100 * sum2(entries.map(({ errorMs }) => errorMs)) / total : 0,
      unsettled: unsettled.length
    }
  });
}
async function measureRounds(subjects, settings) {
  let { seed, rounds: rounds2 = 40, finished, onFinished, onProgress } = settings, samples = new Map(subjects.map(({ name }) => [name, [...finished?.get(name) ?? []]])), count2 = (subject) => samples.get(subject.name).length, measure2 = async (some2, more, onRound) => {
    let random = createRandom(seed, "latency-table", ...some2.map(count2)), measured2 = await measureInterleaved(some2, { ...entryTiming, rounds: more, random, onProgress: onRound });
    for (let [name, one] of measured2) samples.get(name).push(...one.samples);
    await onFinished?.(samples);
  };
  for (let done = Math.min(...subjects.map(count2)); done < rounds2; done = Math.min(...subjects.map(count2))) {
    let behind = subjects.filter((subject) => count2(subject) < rounds2), before2 = done;
    await measure2(behind, Math.min(turn, rounds2 - done), (n) => onProgress?.("latency table", before2 + n, rounds2));
  }
  let limit = patience * rounds2, restless = () => subjects.filter((subject) => {
    let own = samples.get(subject.name);
    return subject.name !== referenceName && own.length < limit && !hasSettled(summarizeRounds(own));
  }), again = (done) => onProgress?.("latency table, what has not settled", done, limit - rounds2), some = restless();
  if (some.length === 0) return samples;
  for (let done = 0; some.length > 0; some = restless(), done += turn) {
    let before2 = done;
    await measure2(some, turn, (n) => again(Math.min(before2 + n, limit - rounds2 - 1)));
  }
  return again(limit - rounds2), samples;
}
function validateTable(table, expected) {
  let { hardware, space, height, width: width2, source } = expected, plan = () => planTable(space, { height, width: width2 }), sameShapes = table.space.name === space.name && table.input.height === height && table.input.width === width2, here = {
    hardware,
    threads: hardware.threads,
    input: { height, width: width2 },
    space: { name: space.name, definitions: sameShapes ? hashDefinitions(plan()) : "" }
  }, differences = tableDifferences(table, here);
  if (differences.length === 0) return;
  let list = differences.map(({ what, was, is }) => `  ${what}: the table's is ${was}, here it is ${is}`).join(`
`);
  throw new UserError(
    `${source}: this latency table does not hold on this machine
${list}
remove the file, and the same command measures a new table`
  );
}
function tableDifferences(a, b) {
  let differences = [], compare = (what, was, is) => {
    was !== is && differences.push({ what, was, is });
  }, side6 = ({ input: { height, width: width2 } }) => `${height}x${width2}`;
  return compare("processor", describeCpu(a.hardware), describeCpu(b.hardware)), compare("instruction sets", a.hardware.isa.join(" "), b.hardware.isa.join(" ")), compare("ONNX Runtime version", a.hardware.onnxRuntimeVersion, b.hardware.onnxRuntimeVersion), compare("threads", a.threads, b.threads), compare("cores available", a.hardware.cores.available, b.hardware.cores.available), differences.length === 0 && compare("hardware key", a.hardware.key, b.hardware.key), compare("input size", side6(a), side6(b)), compare("space", a.space.name, b.space.name), a.space.name === b.space.name && side6(a) === side6(b) && compare("operation definitions", a.space.definitions, b.space.definitions), differences;
}
var describeCpu = ({ cpu, caches, arch }) => [cpu.model, `family ${cpu.family} model ${cpu.modelNumber} stepping ${cpu.stepping}`, caches, arch].filter(Boolean).join(", ");

// src/lib/checked-json.ts
import { createHash as createHash5 } from "node:crypto";
var sealed = external_exports.looseObject({ sha256: external_exports.string() }), digest = (content) => createHash5("sha256").update(canonicalJson(content)).digest("hex");
function writeCheckedJson(path, content) {
  return writeJson(path, { ...content, sha256: digest(content) });
}
async function readCheckedJson(path, schema) {
  let found = await readOptionalJson(path, sealed);
  if (!found) return;
  let { sha256, ...content } = found;
  if (digest(content) !== sha256)
    throw new UserError(
      `${path}: damaged or edited (the checksum differs); delete it, and the run does that stage again from its start`
    );
  return checkSchema(content, path, schema);
}

// src/graph/values.ts
var domains = {
  standard: "",
  microsoft: "com.microsoft",
  blocked: "com.microsoft.nchwc",
  /** This project's own operators, in native/. */
  own: "proxyless"
};

// src/runtime/kernels-library.ts
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join as join9 } from "node:path";
var import_onnxruntime_node3 = __toESM(require_onnxruntime_node(), 1), kernelsVariable = "PROXYLESS_CI_KERNELS";
function askedKernels(environment) {
  let value = environment[kernelsVariable];
  if (!value) return "any";
  if (value === "off") return value;
  if (value === "8") return 8;
  if (value === "16") return 16;
  throw new UserError(`${kernelsVariable} is "${value}"; valid are off, 8 and 16`);
}
function chooseKernels(environment, source) {
  let asked = askedKernels(environment);
  if (asked === "off") return;
  let refuse = (why) => {
    if (asked !== "any") throw new UserError(`${kernelsVariable} is ${asked}, but ${why}`);
  };
  if (source.platform !== "linux" || source.arch !== "x64")
    return refuse(`there are no kernels for ${source.platform} on ${source.arch}`);
  let library;
  try {
    library = source.open();
  } catch (error) {
    let reason = error instanceof Error ? error.message : String(error);
    refuse(`they cannot be loaded: ${reason}`), source.warn(
      `the native kernels cannot be loaded, so training takes plain operators, several times slower: ${reason}`
    );
    return;
  }
  let largest = library.blocks();
  return largest === 1 || asked !== "any" && asked > largest ? refuse("this CPU has no kernels for such blocks") : library;
}
var functions = ["open", "blocks", "createSession", "run", "release", "adamW", "addInto", "moveToward"];
function openLibrary() {
  let root = packageRoot(), library = createRequire(import.meta.url)(join9(root, "dist", "kernels.node")), missing2 = functions.find((name) => typeof library[name] != "function");
  if (missing2) throw new Error(`dist/kernels.node has no ${missing2}`);
  let complete = library, manifest = JSON.parse(readFileSync(join9(root, "package.json"), "utf8"));
  return complete.blocks() > 1 && complete.open(manifest.dependencies["onnxruntime-node"]), complete;
}
var loadKernels = /* @__PURE__ */ (() => {
  let chosen;
  return () => {
    if (!chosen) {
      let { platform, arch } = process, warn = (message) => process.emitWarning(message, { code: kernelsVariable });
      chosen = { library: chooseKernels(process.env, { platform, arch, open: openLibrary, warn }) }, chosen.library && announceKernels();
    }
    return chosen.library;
  };
})();

// src/runtime/block.ts
async function detectBlock() {
  let asked = askedKernels(process.env), largest = loadKernels()?.blocks() ?? 1;
  if (largest === 1) return 1;
  let block2 = await detectRuntimeBlock();
  if (typeof asked == "number" && asked !== block2)
    throw new UserError(`${kernelsVariable} is ${asked}, but ONNX Runtime has blocks of ${block2} on this CPU`);
  return block2 <= largest ? block2 : 1;
}
async function detectRuntimeBlock() {
  let graph = createGraph("detect-block"), x = graph.input("x", [1, 16, 1, 2]);
  graph.output(graph.node("ReorderInput", [x], {}, domains.blocked));
  let values = Float32Array.from({ length: 32 }, (_, i) => i);
  try {
    let session = await createSession(graph.encode(), { threads: 1 }), result = await session.run({ x: tensor(values, [1, 16, 1, 2]) });
    await session.release();
    let block2 = Object.values(result)[0].data.indexOf(1);
    return block2 === 8 || block2 === 16 ? block2 : 1;
  } catch {
    return 1;
  }
}

// src/runtime/training-session.ts
function nativeSession(library, { model, ports }, { threads, profile }) {
  let session = library.createSession(model, threads, ports.inputs, ports.outputs, profile), ordered = (list, buffers) => list.map(({ name }) => buffers[name]);
  return {
    run: async (inputs, outputs) => library.run(session, ordered(ports.inputs, inputs), ordered(ports.outputs, outputs)),
    release: async () => library.release(session)
  };
}
async function plainSession({ model, ports }, { threads }) {
  let session = await createSession(model, { threads, takesTurns: !0, arena: !1, optimize: !1 }), tensors = (list, buffers) => Object.fromEntries(list.map(({ name, dims }) => [name, tensor(buffers[name], dims)]));
  return {
    run: (inputs, outputs) => runInPlace(session, tensors(ports.inputs, inputs), tensors(ports.outputs, outputs)),
    release: () => session.release()
  };
}

// src/autodiff/primitives.ts
function sameWindow(kernel, stride = 1, dilation = 1) {
  let pad = dilation * (kernel - 1) / 2;
  return { kernel, stride, dilation, pads: [pad, pad, pad, pad] };
}
function dimsOf(value) {
  return value.dims;
}

// src/autodiff/blocked-primitives.ts
function blockedPrimitives(g, block2) {
  let b = block2, padded = (channels) => Math.ceil(channels / b) * b, reshape2 = (x, dims) => g.node("Reshape", [x, g.ints(dims)]), transpose = (x, perm) => g.node("Transpose", [x], { perm }), padTo = (x, sizes) => {
    let dims = x.dims;
    return dims.every((d, i) => d === sizes[i]) ? x : g.node("Pad", [x, g.ints([...dims.map(() => 0), ...dims.map((d, i) => sizes[i] - d)])]);
  }, nchwcConv = (x, weight, end, attributes) => g.node("Conv", end.sum ? [x, weight, end.bias, end.sum] : [x, weight, end.bias], attributes, domains.blocked), windowAttributes = (w, group3) => ({
    kernel_shape: [w.kernel, w.kernel],
    strides: [w.stride, w.stride],
    dilations: [w.dilation, w.dilation],
    pads: w.pads,
    group: group3
  }), activationAttributes = (activation) => activation === void 0 ? {} : activation === "relu" ? { activation: "Relu" } : { activation: activation === "hswish" ? "HardSwish" : "HardSigmoid", activation_params: { floats: [1 / 6, 0.5] } }, padDense = (weight) => {
    let [outs, ins, kh, kw] = dimsOf(weight), [o, i] = [padded(outs), padded(ins)];
    return { weight: padTo(weight, [o, i, kh, kw]), o, i, taps: kh * kw };
  }, blockRows = (x, rows, columns) => g.node("ReorderInput", [reshape2(x, [1, rows, columns, 1])], {}, domains.blocked), reverseLast = (x, axis) => g.node("Slice", [x, g.ints([-1]), g.ints([-(2 ** 31)]), g.ints([axis]), g.ints([-1])]), unpadVector = (v, channels) => v.dims[0] === channels ? v : g.node("Slice", [v, g.ints([0]), g.ints([channels]), g.ints([0])]), toPlain2 = (x, channels) => g.node("ReorderOutput", [x], { channels }, domains.blocked), reduction = (x, kernel, geometry) => {
    let [n, c, h, w] = dimsOf(x), [, , kh, kw] = dimsOf(kernel);
    return nchwcConv(
      reshape2(x, [1, n * c, h, w]),
      reshape2(kernel, [n * c, 1, kh, kw]),
      {},
      { ...geometry, kernel_shape: [kh, kw], group: n * c }
    );
  };
  return {
    graph: g,
    block: block2,
    padded,
    toPlain: toPlain2,
    fromPlain: (x) => {
      let [n, c, h, w] = dimsOf(x);
      return g.node("ReorderInput", [padTo(x, [n, padded(c), h, w])], {}, domains.blocked);
    },
    vector: (v) => padTo(v, [padded(v.dims[0])]),
    unvector: unpadVector,
    conv: (x, weight, window, end = {}) => {
      let attributes = windowAttributes(window, 1);
      if (end.image) {
        let [outs, ins, kh, kw] = dimsOf(weight), o2 = padded(outs), rows2 = blockRows(padTo(weight, [o2, ins, kh, kw]), o2, ins * kh * kw);
        return nchwcConv(x, reshape2(rows2, [o2, ins, kh, kw]), end, attributes);
      }
      let { weight: w, o, i, taps } = padDense(weight), rows = blockRows(w, o, i * taps), filter2 = taps === 1 ? rows : transpose(reshape2(rows, [o / b, i / b, b, taps, b]), [0, 1, 3, 2, 4]);
      return nchwcConv(x, reshape2(filter2, [o, i, window.kernel, window.kernel]), end, attributes);
    },
    convTransposed: (dy, weight, window, sum2) => {
      let { weight: w, o, i, taps } = padDense(weight), filter2 = taps === 1 ? transpose(reshape2(w, [o, i / b, b]), [1, 0, 2]) : transpose(reverseLast(reshape2(w, [o / b, b, i / b, b, taps]), 4), [2, 0, 4, 1, 3]), kernel = reshape2(filter2, [i, o, window.kernel, window.kernel]);
      return nchwcConv(dy, kernel, { sum: sum2 }, windowAttributes(window, 1));
    },
    depthwise: (x, weight, window, bias) => {
      let [, c] = dimsOf(x), [channels, , kh, kw] = dimsOf(weight), flat = padTo(reshape2(weight, [channels, kh * kw]), [c, kh * kw]), filter2 = reshape2(blockRows(flat, c, kh * kw), [c, 1, kh, kw]);
      return nchwcConv(x, filter2, { bias }, windowAttributes(window, c));
    },
    affine: (x, scale, shift, end = {}) => {
      let [, c] = dimsOf(x);
      return nchwcConv(
        x,
        reshape2(scale, [c, 1, 1, 1]),
        { bias: shift, sum: end.sum },
        {
          kernel_shape: [1, 1],
          pads: [0, 0, 0, 0],
          group: c,
          ...activationAttributes(end.activation)
        }
      );
    },
    affinePerImage: (x, scale, shift) => {
      let [n, c, h, w] = dimsOf(x), bias = shift && reshape2(shift, [n * c]), y = nchwcConv(
        reshape2(x, [1, n * c, h, w]),
        reshape2(scale, [n * c, 1, 1, 1]),
        { bias },
        {
          kernel_shape: [1, 1],
          pads: [0, 0, 0, 0],
          group: n * c
        }
      );
      return reshape2(y, [n, c, h, w]);
    },
    meanPerImage: (x) => g.node("GlobalAveragePool", [x], {}, domains.blocked),
    dotPerImage: (a, c) => {
      let [n, channels] = dimsOf(a);
      return reshape2(reduction(a, c, { pads: [0, 0, 0, 0] }), [n, channels, 1, 1]);
    }
  };
}

// src/autodiff/fused-norms.ts
var elementwiseOperators = /* @__PURE__ */ new Set(["NormApply", "NormGradient", "ConvolvedGradient"]), activations = { relu: 1, hswish: 2 }, kindOf = ({ depthwise, image }) => image ? "Image" : depthwise ? "Depthwise" : "Pointwise", numberOf = (activation) => activation ? activations[activation] : 0;
function fusedNorms({ graph: g, block: block2, padded }) {
  let vectors = (channels) => [5, padded(channels)], add = (name, inputs, outputs, attributes) => g.nodes(
    name,
    inputs.slice(0, inputs.findLastIndex((v) => v !== void 0) + 1),
    outputs,
    { block: block2, ...attributes },
    domains.own
  ), shapeOf = (x, weight, { window, depthwise }) => {
    let [n, , height, width2] = dimsOf(x), [outputs, perGroup] = dimsOf(weight), { kernel, stride, dilation } = window, reach = dilation * (kernel - 1);
    if (window.pads.some((pad) => pad !== reach / 2)) throw new Error("the fused operators pad all sides alike");
    let out = (side6) => Math.floor((side6 - 1) / stride) + 1;
    return {
      n,
      inputs: depthwise ? outputs : perGroup,
      outputs,
      height,
      width: width2,
      out_height: out(height),
      out_width: out(width2),
      kernel,
      stride,
      dilation
    };
  }, convolve = (x, weight, conv, norm) => {
    let shape = shapeOf(x.map, weight, conv), y = [shape.n, padded(shape.outputs), shape.out_height, shape.out_width];
    return add(
      kindOf(conv),
      [x.map, weight, norm?.runningMean, norm?.gamma, norm?.beta, x.norm],
      norm?.gamma ? [y, vectors(shape.outputs)] : [y],
      { ...shape, activation: numberOf(x.activation), norm: norm?.gamma ? 1 : 0 }
    );
  }, passOf = (y, channels) => {
    let [n, , height, width2] = dimsOf(y);
    return { n, outputs: channels, out_height: height, out_width: width2 };
  };
  return {
    convNorm(x, weight, conv, parameters) {
      let [y, norm] = convolve(x, weight, conv, parameters);
      return { y, norm };
    },
    conv: (x, weight, conv, bias) => convolve(x, weight, conv, bias && { runningMean: g.node("Neg", [bias]) })[0],
    statistics(y, { gamma, beta }) {
      let channels = gamma.dims[0];
      return add("NormStatistics", [y, gamma, beta], [vectors(channels)], passOf(y, channels))[0];
    },
    apply(y, norm, activation, residual) {
      let dims = dimsOf(y), attributes = { ...passOf(y, dims[1]), activation: numberOf(activation) };
      return add("NormApply", [y, norm, residual], [dims], attributes)[0];
    },
    upstream(dOut, y, norm, activation, residual) {
      let dims = dimsOf(y), outputs = activation ? [vectors(dims[1]), dims] : [vectors(dims[1])], attributes = { ...passOf(y, dims[1]), activation: numberOf(activation) }, [gradient, dn] = add("NormGradient", [dOut, y, norm, residual], outputs, attributes);
      return { dn: dn ?? dOut, norm: { y, gradient } };
    },
    convolved({ dn, norm }) {
      if (!norm) return dn;
      let dims = dimsOf(norm.y);
      return add("ConvolvedGradient", [dn, norm.y, norm.gradient], [dims], passOf(norm.y, dims[1]))[0];
    },
    convGradient({ dn, norm }, weight, conv, x, { updateWeights, sum: sum2 }) {
      let shape = shapeOf(x.map, weight, conv);
      if ((x.norm || x.activation) && sum2) throw new Error("a gradient through an activation has no sum to join");
      let outputs = [
        dimsOf(x.map),
        ...x.norm ? [vectors(shape.inputs)] : [],
        ...updateWeights ? [dimsOf(weight)] : []
      ], made = add(
        `${kindOf(conv)}Gradient`,
        [dn, norm?.y, norm?.gradient, weight, x.map, x.norm ?? sum2],
        outputs,
        { ...shape, activation: numberOf(x.activation), normed: x.norm ? 1 : 0, weights: updateWeights ? 1 : 0 }
      );
      return { dx: made[0], gradient: x.norm && made[1], weight: updateWeights ? made.at(-1) : void 0 };
    },
    imageWeightGradient({ dn, norm }, weight, window, image) {
      let inputs = [dn, norm?.y, norm?.gradient, weight, image], shape = shapeOf(image, weight, { window, depthwise: !1, image: !0 });
      return add("ImageGradient", inputs, [dimsOf(weight)], shape)[0];
    }
  };
}

// src/autodiff/maps.ts
function matrix(rows, columns, at) {
  let data = new Float32Array(rows * columns);
  for (let r = 0; r < rows; r++) for (let c = 0; c < columns; c++) data[r * columns + c] = at(r, c);
  return { rows, columns, data };
}
function transposed(m) {
  return matrix(m.columns, m.rows, (r, c) => m.data[c * m.columns + r]);
}
function interpolation(from, to) {
  let result = matrix(to, from, () => 0);
  for (let r = 0; r < to; r++) {
    let position = Math.max(0, Math.min(from - 1, (r + 0.5) * from / to - 0.5)), low = Math.floor(position), high = Math.min(from - 1, low + 1);
    result.data[r * from + low] += 1 - (position - low), result.data[r * from + high] += position - low;
  }
  return result;
}
function averaging(from) {
  return matrix(1, from, () => 1 / from);
}
function spatialMap(k, x, rows, columns) {
  let g = k.graph, [n, c, h, w] = dimsOf(x), images2 = n * c / k.block, reshape2 = (v, dims) => g.node("Reshape", [v, g.ints(dims)]), constant = (m) => g.constant(m.data, [m.rows, m.columns]), alongRows = (v, width2) => g.node("MatMul", [constant(rows), reshape2(v, [images2, h, width2 * k.block])]), alongColumns = (v, height) => k.block === 1 ? g.node("MatMul", [reshape2(v, [images2 * height, w]), constant(transposed(columns))]) : g.node("MatMul", [constant(columns), reshape2(v, [images2 * height, w, k.block])]), y = rows.rows >= h ? alongRows(alongColumns(x, h), columns.rows) : alongColumns(alongRows(x, w), rows.rows);
  return reshape2(y, [n, c, rows.rows, columns.rows]);
}
function channelMap(k, x, m, sum2) {
  return k.conv(x, k.graph.constant(m.data, [m.rows, m.columns, 1, 1]), sameWindow(1), { sum: sum2 });
}
function interleave(k, parts) {
  let g = k.graph, [n, c, h, w] = dimsOf(parts[0]), images2 = n * c / k.block, join19 = (a, b, dims) => {
    let views = [a, b].map((v) => g.node("Reshape", [v, g.ints(dims)]));
    return g.node("Concat", views, { axis: 1 });
  }, rows = [0, 1].map((r) => join19(parts[2 * r], parts[2 * r + 1], [images2 * h * w, k.block]));
  return g.node("Reshape", [join19(rows[0], rows[1], [images2 * h, 2 * w * k.block]), g.ints([n, c, 2 * h, 2 * w])]);
}
function insertZeros(k, x, stride) {
  if (stride === 1) return x;
  if (stride !== 2) throw new Error(`no input gradient at stride ${stride}`);
  let channels = dimsOf(x)[1], zeros3 = k.affine(x, k.graph.constant(new Float32Array(channels), [channels]));
  return interleave(k, [x, zeros3, zeros3, zeros3]);
}

// src/autodiff/gradients.ts
var unary = (k, op, x) => k.graph.node(op, [x]), binary = (k, op, a, b) => k.graph.node(op, [a, b]), times = (k, x, factor) => factor === 1 ? x : binary(k, "Mul", x, k.graph.scalar(factor)), reshape = (k, x, dims) => k.graph.node("Reshape", [x, k.graph.ints(dims)]), clip = (k, x, low, high) => k.graph.node("Clip", [x, k.graph.scalar(low), k.graph.scalar(high)]);
function overImages(k, perImage) {
  return k.graph.node("ReduceSum", [perImage, k.graph.ints([0, 2, 3])], { keepdims: 0 });
}
function batchNorm(k, y, gamma, beta) {
  let [n, , h, w] = dimsOf(y), mean3 = times(k, overImages(k, k.meanPerImage(y)), 1 / n), meanSquare = times(k, overImages(k, k.dotPerImage(y, y)), 1 / (n * h * w)), variance = unary(k, "Relu", binary(k, "Sub", meanSquare, binary(k, "Mul", mean3, mean3))), deviation = unary(k, "Sqrt", binary(k, "Add", variance, k.graph.scalar(1e-5))), inverseDeviation = unary(k, "Reciprocal", deviation), scale = binary(k, "Mul", gamma, inverseDeviation), shift = binary(k, "Sub", beta, binary(k, "Mul", mean3, scale));
  return { mean: mean3, variance, inverseDeviation, scale, shift };
}
function batchNormGradient(k, dn, y, bn) {
  let [n, , h, w] = dimsOf(y), count2 = n * h * w, sum2 = times(k, overImages(k, k.meanPerImage(dn)), h * w), dot3 = overImages(k, k.dotPerImage(dn, y)), gamma = binary(k, "Mul", bn.inverseDeviation, binary(k, "Sub", dot3, binary(k, "Mul", bn.mean, sum2))), slope = times(k, binary(k, "Mul", binary(k, "Mul", bn.scale, bn.inverseDeviation), gamma), 1 / count2), constant = binary(
    k,
    "Sub",
    binary(k, "Mul", slope, bn.mean),
    times(k, binary(k, "Mul", bn.scale, sum2), 1 / count2)
  );
  return { a: bn.scale, b: unary(k, "Neg", slope), c: constant, gamma, beta: sum2 };
}
var huge = 2 ** 100;
function applyActivation(k, x, kind) {
  if (kind === "relu") return unary(k, "Relu", x);
  let gate = k.graph.node("HardSigmoid", [x], { alpha: { float: 1 / 6 }, beta: { float: 0.5 } });
  return kind === "hsigmoid" ? gate : binary(k, "Mul", gate, x);
}
function activationGradient(k, dh, z, kind) {
  let g = k.graph, positive2 = (x) => g.node("HardSigmoid", [x], { alpha: { float: huge }, beta: { float: 0 } }), mask = (...masks) => masks.reduce((a, b) => binary(k, "Mul", a, b));
  if (kind === "relu") return mask(positive2(z), dh);
  let above = positive2(binary(k, "Add", z, g.scalar(3))), below = positive2(binary(k, "Sub", g.scalar(3), z));
  if (kind === "hsigmoid") return times(k, mask(above, below, dh), 1 / 6);
  let between = mask(binary(k, "Add", times(k, z, 1 / 3), g.scalar(0.5)), above, below), beyond = positive2(binary(k, "Sub", z, g.scalar(3)));
  return mask(binary(k, "Add", between, beyond), dh);
}
function spreadGradient(k, dy, window, x) {
  let [, , h, w] = dimsOf(dy), rows = inputGradientWindow(window, x.height, h), columns = inputGradientWindow(window, x.width, w);
  return {
    spread: insertZeros(k, dy, window.stride),
    window: { ...rows, pads: [rows.pads[0], columns.pads[1], rows.pads[2], columns.pads[3]] }
  };
}
function inputGradientWindow(window, xSide, dySide) {
  let reach = window.dilation * (window.kernel - 1), begin = reach - window.pads[0], end = xSide - dySide * window.stride - begin + reach;
  if (end < 0) throw new Error(`no input gradient for side ${xSide}, kernel ${window.kernel}, stride ${window.stride}`);
  return { kernel: window.kernel, stride: 1, dilation: window.dilation, pads: [begin, begin, end, end] };
}
function convInputGradient(k, dy, weight, window, x, sum2) {
  let over = spreadGradient(k, dy, window, x);
  return k.convTransposed(over.spread, weight, over.window, sum2);
}
function convWeightGradient(k, x, dy, window, inputs, outputs) {
  let g = k.graph, { kernel, stride, dilation, pads } = window, plainX = k.toPlain(x, inputs), plainDy = k.toPlain(dy, outputs), [, , h, w] = dimsOf(plainX), [, , ho, wo] = dimsOf(plainDy), end = (side6, out) => Math.max(0, (kernel - 1) * dilation + (out - 1) * stride + 1 - side6 - pads[0]), exchanged = g.node(
    "Conv",
    [g.node("Transpose", [plainX], { perm: [1, 0, 2, 3] }), g.node("Transpose", [plainDy], { perm: [1, 0, 2, 3] })],
    {
      kernel_shape: [ho, wo],
      strides: [dilation, dilation],
      dilations: [stride, stride],
      pads: [pads[0], pads[1], end(h, ho), end(w, wo)],
      group: 1
    }
  ), [, , kh, kw] = dimsOf(exchanged), taps = kh > kernel || kw > kernel ? g.node("Slice", [exchanged, g.ints([0, 0]), g.ints([kernel, kernel]), g.ints([2, 3])]) : exchanged;
  return g.node("Transpose", [taps], { perm: [1, 0, 2, 3] });
}
function squeezeExciteGates(k, pooled, channels, w) {
  let g = k.graph, [n, padded] = dimsOf(pooled), squeezed = w.reduceBias.dims[0], flat = dropPadding(k, reshape(k, pooled, [n, padded]), channels), product2 = (a, b, out, inner) => g.node("FusedMatMul", [a, reshape(k, b, [out, inner])], { transA: 0, transB: 1 }, "com.microsoft"), hidden = unary(k, "Relu", binary(k, "Add", product2(flat, w.reduceWeight, squeezed, channels), w.reduceBias)), raw = binary(k, "Add", product2(hidden, w.expandWeight, channels, squeezed), w.expandBias), gates = g.node("HardSigmoid", [raw], { alpha: { float: 1 / 6 }, beta: { float: 0.5 } });
  return { flat, hidden, gates };
}
function padGates(k, gates) {
  let g = k.graph, [n, c] = gates.dims, extra = k.padded(c) - c;
  return reshape(k, extra ? g.node("Pad", [gates, g.ints([0, 0, 0, extra])]) : gates, [n, k.padded(c), 1, 1]);
}
function dropPadding(k, flat, channels) {
  return flat.dims[1] === channels ? flat : k.graph.node("Slice", [flat, k.graph.ints([0]), k.graph.ints([channels]), k.graph.ints([1])]);
}
function squeezeExciteGradient(k, dy, x, kept, w) {
  let g = k.graph, [n, padded, h, width2] = dimsOf(x), [, channels] = kept.flat.dims, squeezed = kept.hidden.dims[1], fused = (a, b, transA) => g.node("FusedMatMul", [a, b], { transA, transB: 0 }, "com.microsoft"), columnSums = (v) => g.node("ReduceSum", [v, g.ints([0])], { keepdims: 0 }), open = (v) => clip(k, times(k, v, huge), 0, 1), dGates = dropPadding(k, reshape(k, k.dotPerImage(dy, x), [n, padded]), channels), inside = binary(k, "Mul", open(kept.gates), open(binary(k, "Sub", g.scalar(1), kept.gates))), dRaw = times(k, binary(k, "Mul", dGates, inside), 1 / 6), dHidden = fused(dRaw, reshape(k, w.expandWeight, [channels, squeezed]), 0), dReduced = binary(k, "Mul", dHidden, open(kept.hidden)), dPooled = fused(dReduced, reshape(k, w.reduceWeight, [squeezed, channels]), 0);
  return {
    dx: k.affinePerImage(dy, padGates(k, kept.gates), padGates(k, times(k, dPooled, 1 / (h * width2)))),
    expandWeight: () => reshape(k, fused(dRaw, kept.hidden, 1), [channels, squeezed, 1, 1]),
    expandBias: () => columnSums(dRaw),
    reduceWeight: () => reshape(k, fused(dReduced, kept.flat, 1), [squeezed, channels, 1, 1]),
    reduceBias: () => columnSums(dReduced)
  };
}
function forwardConv(k, x, weight, o) {
  return o.depthwise ? k.depthwise(x, weight, o.window, o.bias) : k.conv(x, weight, o.window, { bias: o.bias, image: o.image });
}

// src/autodiff/norms.ts
var normRows = { mean: 0, variance: 1, inverseDeviation: 2, scale: 3, shift: 4 }, gradientRows = { a: 0, b: 1, c: 2, gamma: 3, beta: 4 };

// src/autodiff/plain-primitives.ts
function plainPrimitives(g) {
  let reshape2 = (x, dims) => g.node("Reshape", [x, g.ints(dims)]), perChannel = (v) => reshape2(v, [1, v.dims[0], 1, 1]), plus = (x, y) => y ? g.node("Add", [x, y]) : x, finish3 = (x, end = {}) => {
    let y = plus(x, end.sum);
    return end.activation === void 0 ? y : end.activation === "relu" ? g.node("Relu", [y]) : end.activation === "hswish" ? g.node("HardSwish", [y]) : g.node("HardSigmoid", [y], { alpha: { float: 0.16666666666666666 }, beta: { float: 0.5 } });
  }, turn2 = (w, axes) => g.node("Slice", [
    w,
    g.ints(axes.map(() => -1)),
    g.ints(axes.map(() => -2147483648)),
    g.ints(axes),
    g.ints(axes.map(() => -1))
  ]), attributes = (w, group3) => ({
    kernel_shape: [w.kernel, w.kernel],
    strides: [w.stride, w.stride],
    dilations: [w.dilation, w.dilation],
    pads: w.pads,
    group: group3
  }), channelProducts = (x, dy) => {
    let [[n, inputs, h, w], outputs] = [dimsOf(x), dimsOf(dy)[1]], product2 = g.node(
      "FusedMatMul",
      [reshape2(dy, [n, outputs, h * w]), reshape2(x, [n, inputs, h * w])],
      { transA: 0, transB: 1 },
      domains.microsoft
    );
    return g.node("ReduceSum", [product2, g.ints([0])], { keepdims: 0 });
  };
  return {
    graph: g,
    block: 1,
    padded: (channels) => channels,
    toPlain: (x) => x,
    fromPlain: (x) => x,
    vector: (v) => v,
    unvector: (v) => v,
    conv: (x, weight, window, end = {}) => plus(g.node("Conv", [x, weight, end.bias], attributes(window, 1)), end.sum),
    convTransposed: (dy, weight, window, sum2) => plus(
      g.node(
        "Conv",
        [dy, g.node("Transpose", [turn2(weight, [2, 3])], { perm: [1, 0, 2, 3] })],
        attributes(window, 1)
      ),
      sum2
    ),
    depthwise: (x, weight, window, bias) => g.node("Conv", [x, weight, bias], attributes(window, dimsOf(x)[1])),
    depthwiseTurned: (dy, weight, window) => g.node("Conv", [dy, turn2(weight, [2, 3])], attributes(window, dimsOf(dy)[1])),
    pointwiseWeightGradient: (x, dy) => reshape2(channelProducts(x, dy), [dimsOf(dy)[1], dimsOf(x)[1], 1, 1]),
    patchWeightGradient: (x, dy, window) => {
      let inputs = dimsOf(x)[1], { kernel } = window, taps = inputs * kernel * kernel, oneHot = matrix(taps, taps, (r, c) => r === c ? 1 : 0), filters = g.constant(oneHot.data, [taps, inputs, kernel, kernel]), patches = g.node("Conv", [x, filters], attributes(window, 1));
      return reshape2(channelProducts(patches, dy), [dimsOf(dy)[1], inputs, kernel, kernel]);
    },
    depthwiseWeightGradient: (x, dy, { kernel, stride, dilation, pads }) => {
      let [n, c, h, w] = dimsOf(x), [, , ho, wo] = dimsOf(dy), end = (out, side6, pad) => Math.max(0, (kernel - 1) * dilation + (out - 1) * stride + 1 - side6 - pad), y = g.node("Conv", [reshape2(x, [1, n * c, h, w]), reshape2(dy, [n * c, 1, ho, wo])], {
        kernel_shape: [ho, wo],
        strides: [dilation, dilation],
        dilations: [stride, stride],
        pads: [pads[0], pads[1], end(ho, h, pads[0]), end(wo, w, pads[1])],
        group: n * c
      }), summed = g.node("ReduceSum", [reshape2(y, [n, c, kernel, kernel]), g.ints([0])], { keepdims: 0 });
      return reshape2(summed, [c, 1, kernel, kernel]);
    },
    affine: (x, scale, shift, end) => {
      let scaled = g.node("Mul", [x, perChannel(scale)]);
      return finish3(shift ? g.node("Add", [scaled, perChannel(shift)]) : scaled, end);
    },
    affinePerImage: (x, scale, shift) => plus(g.node("Mul", [x, scale]), shift),
    meanPerImage: (x) => g.node("ReduceMean", [x], { axes: [2, 3], keepdims: 1 }),
    dotPerImage: (a, b) => g.node("ReduceSum", [g.node("Mul", [a, b]), g.ints([2, 3])], { keepdims: 1 })
  };
}

// src/autodiff/plain-norms.ts
function plainNorms(g) {
  let k = plainPrimitives(g), stack = (rows) => g.node(
    "Concat",
    rows.map((v) => g.node("Reshape", [v, g.ints([1, v.dims[0]])])),
    { axis: 0 }
  ), row = (vectors, index2) => g.node("Reshape", [
    g.node("Slice", [vectors, g.ints([index2]), g.ints([index2 + 1]), g.ints([0])]),
    g.ints([vectors.dims[1]])
  ]), read = (x) => x.norm ? operators.apply(x.map, x.norm, x.activation) : x.activation ? applyActivation(k, x.map, x.activation) : x.map, depthwiseInputGradient = (dy, weight, window, x, sum2) => {
    let over = spreadGradient(k, dy, window, x), dx = k.depthwiseTurned(over.spread, weight, over.window);
    return sum2 ? g.node("Add", [dx, sum2]) : dx;
  }, operators = {
    convNorm(x, weight, conv, { runningMean, gamma, beta }) {
      let bias = g.node("Neg", [runningMean]), y = forwardConv(k, read(x), weight, { ...conv, bias });
      return { y, norm: operators.statistics(y, { gamma, beta }) };
    },
    conv: (x, weight, conv, bias) => forwardConv(k, read(x), weight, { ...conv, bias }),
    statistics(y, { gamma, beta }) {
      let bn = batchNorm(k, y, gamma, beta);
      return stack([bn.mean, bn.variance, bn.inverseDeviation, bn.scale, bn.shift]);
    },
    apply: (y, norm, activation, residual) => k.affine(y, row(norm, normRows.scale), row(norm, normRows.shift), { sum: residual, activation }),
    upstream(dOut, y, norm, activation, residual) {
      let dn = activation ? activationGradient(k, dOut, operators.apply(y, norm, void 0, residual), activation) : dOut, [mean3, inverseDeviation, scale] = [normRows.mean, normRows.inverseDeviation, normRows.scale].map(
        (r) => row(norm, r)
      ), { a, b, c, gamma, beta } = batchNormGradient(k, dn, y, {
        mean: mean3,
        inverseDeviation,
        scale
      });
      return { dn, norm: { y, gradient: stack([a, b, c, gamma, beta]) } };
    },
    convolved({ dn, norm }) {
      if (!norm) return dn;
      let { y, gradient } = norm, ofY = k.affine(y, row(gradient, gradientRows.b), row(gradient, gradientRows.c));
      return k.affine(dn, row(gradient, gradientRows.a), void 0, { sum: ofY });
    },
    convGradient(upstream, weight, { window, depthwise }, x, { updateWeights, sum: sum2 }) {
      let dy = operators.convolved(upstream), input = read(x), [, , height, width2] = dimsOf(input), dOut = depthwise ? depthwiseInputGradient(dy, weight, window, { height, width: width2 }, sum2) : convInputGradient(k, dy, weight, window, { height, width: width2 }, sum2), through = () => {
        if (x.norm) {
          let { dn, norm } = operators.upstream(dOut, x.map, x.norm, x.activation);
          return { dx: dn, gradient: norm.gradient };
        }
        return { dx: x.activation ? activationGradient(k, dOut, x.map, x.activation) : dOut };
      }, ofWeight = () => depthwise ? k.depthwiseWeightGradient(input, dy, window) : k.pointwiseWeightGradient(input, dy);
      return { ...through(), weight: updateWeights ? ofWeight() : void 0 };
    },
    imageWeightGradient: (upstream, _, window, image) => k.patchWeightGradient(image, operators.convolved(upstream), window)
  };
  return operators;
}

// src/autodiff/backend.ts
var plainBackend = {
  block: 1,
  primitives: plainPrimitives,
  norms: ({ graph }) => plainNorms(graph),
  encode: (graph) => graph.encodeInPlace(),
  createSession: plainSession,
  addInto(to, from) {
    for (let i = 0; i < to.length; i++) to[i] += from[i];
  },
  moveToward(to, from, share2) {
    for (let i = 0; i < to.length; i++) to[i] += share2 * (from[i] - to[i]);
  },
  adamW(w, g, first, second, settings) {
    let [beta1, beta2, epsilon, keep, scale, secondScale] = settings;
    for (let i = 0; i < w.length; i++) {
      let gradient = g[i], m = beta1 * first[i] + (1 - beta1) * gradient, v = beta2 * second[i] + (1 - beta2) * gradient * gradient;
      first[i] = m, second[i] = v, w[i] = keep * w[i] - scale * m / (Math.sqrt(v) * secondScale + epsilon);
    }
  }
};
function nativeBackend(block2) {
  let library = loadKernels(), usable = library && library.blocks() >= block2 ? library : void 0, kernels = () => {
    if (usable) return usable;
    throw new Error(`no kernels for blocks of ${block2} on this machine`);
  };
  return {
    block: block2,
    primitives: (graph) => blockedPrimitives(graph, block2),
    norms: fusedNorms,
    encode: (graph) => graph.encode(),
    createSession: async (graph, options) => nativeSession(kernels(), graph, options),
    addInto: (to, from) => kernels().addInto(to, from),
    moveToward: (to, from, share2) => kernels().moveToward(to, from, share2),
    adamW: (w, g, first, second, settings) => kernels().adamW(w, g, first, second, settings)
  };
}
function createBackend(block2) {
  return block2 === 1 ? plainBackend : nativeBackend(block2);
}
async function detectBackend() {
  return createBackend(await detectBlock());
}

// src/pipeline/model-file.ts
import { basename as basename2 } from "node:path";
async function readModelBytes(path) {
  let model = await readOptional(path);
  if (!model) throw new UserError(`${path}: no such file`);
  return model;
}
async function readModelFile(path, settings = {}) {
  let model = await readModelBytes(path), { inputs } = readImageModel({ name: path, bytes: model, ...settings.size }), { height, width: width2 } = inputs[0], stated = new Map(decodeModel(model).metadataProps.map(({ key, value }) => [key, value])).get("architecture"), architecture = stated === void 0 ? void 0 : parseArchitecture(stated, `${path}: metadata: architecture`);
  return { name: basename2(path), model, input: { height, width: width2 }, architecture, settings };
}

// src/pipeline/recipe-file.ts
var import_yaml2 = __toESM(require_dist(), 1);
import { createHash as createHash6 } from "node:crypto";
import { basename as basename3, dirname, extname as extname2, isAbsolute, resolve as resolve3 } from "node:path";

// src/contracts/augmentation.ts
var defaultAugmentation = {
  scale: [0.35, 1.2],
  aspect: 0.15,
  flip: 0.5,
  cutout: 0.3,
  brightness: 0.2,
  contrast: 0.25,
  color: 0.08,
  blur: 0.7,
  background: 0
};

// src/contracts/recipe.ts
function camelKeys(value) {
  let entries = Object.entries(value).map(([key, v]) => [key.replace(/-(.)/g, (_, c) => c.toUpperCase()), v]);
  return Object.fromEntries(entries);
}
function section(shape) {
  let fields = Object.keys(shape), error = (issue) => {
    if (issue.code === "unrecognized_keys")
      return issue.keys.map((key) => unknownField(key, fields)).join("; ");
  };
  return external_exports.strictObject(shape, { error });
}
function unknownField(key, fields) {
  let nearest = nearestName(key, fields);
  return nearest ? `unknown field "${key}"; did you mean "${nearest}"?` : `unknown field "${key}"; the fields here are ${fields.join(", ")}`;
}
var count = external_exports.int().min(1), share = external_exports.number().min(0).max(1), positive = external_exports.number().positive(), side5 = count.min(32, "must be at least 32").multipleOf(4, "must be a multiple of 4 (there is one logit for each 4 x 4 patch)"), optimizerDefaults = {
  sgd: { "learning-rate": 0.05, "weight-decay": 4e-5 },
  adamw: { "learning-rate": 3e-3, "weight-decay": 0.01 }
}, optimizer = section({
  kind: external_exports.enum(["sgd", "adamw"]).default("adamw").describe("`adamw`, or `sgd` with Nesterov momentum"),
  "learning-rate": positive.optional().describe("Largest rate of the schedule. Default: 0.05 for `sgd`, 0.003 for `adamw`"),
  "weight-decay": external_exports.number().min(0).optional().describe("Default: 4e-5 for `sgd`, 0.01 for `adamw`"),
  momentum: external_exports.number().min(0).lt(1).default(0.9).describe("Nesterov momentum of `sgd`, the first beta of `adamw`")
}).transform(({ kind, momentum, ...given }) => ({
  kind,
  momentum,
  learningRate: given["learning-rate"] ?? optimizerDefaults[kind]["learning-rate"],
  weightDecay: given["weight-decay"] ?? optimizerDefaults[kind]["weight-decay"]
})).prefault({}), schedule = section({
  kind: external_exports.enum(["one-cycle", "cosine"]).default("one-cycle").describe("How the learning rate changes over the steps"),
  "warm-up": share.default(0.3).describe("Share of the steps during which the learning rate rises")
}).transform(camelKeys).prefault({}), dataSets = external_exports.array(
  section({
    folder: external_exports.string().min(1).describe("Folder with images/, masks/ and splits.json, relative to the recipe"),
    weight: positive.default(1).describe("How often an epoch visits each of its photos")
  })
).min(1), budgetsSchema = section({
  "max-latency-ms": positive.optional().describe("Largest median latency on this machine, in milliseconds"),
  "max-latency-vs": external_exports.record(external_exports.string(), positive).optional().describe(
    "Largest ratio of the median latency to that of a baseline measured in the same run, such as `{mobilenetv3-large: 1.0}`"
  ),
  "min-miou": share.optional().describe("Smallest mIoU on `val`, from 0 to 1"),
  "min-fps": positive.optional().describe("Fewest frames a second: 1000 over the median latency"),
  "max-params": positive.optional().describe("Most parameters"),
  "max-macs": positive.optional().describe("Most multiply-accumulates")
}).transform(camelKeys).prefault({}), recipeSchema = section({
  name: external_exports.string().min(1).describe("Name of the recipe in reports. Default: the name of the file"),
  space: external_exports.string().min(1).default("person").describe(
    "Search space: a file of search/spaces without its ending, or a path relative to the recipe (`./my-space.yaml`)"
  ),
  seed: external_exports.int().min(0).default(1).describe("Seed of everything random"),
  threads: count.describe("Threads for training and for every latency. Default: the cores that this process may use"),
  input: section({
    height: side5.describe("Height of the network's input in pixels, a multiple of 4"),
    width: side5.describe("Width of the network's input in pixels, a multiple of 4")
  }),
  data: dataSets.optional().describe("Data folders. `--data` takes their place"),
  augmentation: section({
    scale: external_exports.tuple([positive, positive]).refine(([low, high]) => low <= high, "must be [smallest, largest]").default([...defaultAugmentation.scale]).describe(
      "Range of the crop's area as a share of the photo's; above 1 the photo is shrunk and gets a margin without label"
    ),
    aspect: external_exports.number().min(0).default(defaultAugmentation.aspect).describe("Largest change of the crop's ratio of width to height: 0.1 is 1/1.1 to 1.1"),
    flip: share.default(defaultAugmentation.flip).describe("Probability of a left-right flip"),
    cutout: share.default(defaultAugmentation.cutout).describe("Largest side of the erased rectangle, as a share of the input's sides"),
    brightness: share.default(defaultAugmentation.brightness).describe("Largest shift of brightness, as a share of the full range"),
    contrast: share.default(defaultAugmentation.contrast).describe("Largest change of contrast: a factor of 1 - contrast to 1 + contrast"),
    color: share.default(defaultAugmentation.color).describe("Largest gain of each color channel: a factor of 1 - color to 1 + color"),
    blur: share.default(defaultAugmentation.blur).describe("Largest share of a 3 x 3 blur that is mixed in or taken out"),
    background: share.default(defaultAugmentation.background).describe("Probability that another photo without people is put behind the person")
  }).prefault({}),
  latency: section({
    rounds: count.default(20).describe("Rounds of measuring: every operation and every subnet is measured once in each, in random order"),
    "calibration-subnets": external_exports.int().min(2).default(20).describe("Subnets that are measured whole, to fit the predictor to"),
    "held-out-subnets": external_exports.int().min(2).default(10).describe("Subnets that are measured whole, to measure the predictor's error on")
  }).transform(camelKeys).prefault({}),
  supernet: section({
    steps: count.default(3e3).describe("Training steps; each trains the weights of one sampled path"),
    batch: count.default(16).describe("Photos in a step"),
    sampling: external_exports.enum(["feasible", "balanced", "strictly-fair"]).default("feasible").describe(
      "`feasible`: paths within the latency budget, uniformly. `balanced`: with shares of the operations that are as even as the budget allows. `strictly-fair` (FairNAS): every operation equally often; it cannot obey a budget"
    ),
    share: external_exports.enum(["none", "kernels"]).default("none").describe(
      "`kernels`: candidates of a layer that differ only in their kernel share all weights except depthwise filters and batch norms"
    ),
    optimizer,
    schedule
  }).prefault({}),
  search: section({
    steps: count.min(4).default(400).describe(
      "Steps that train the architecture parameters, in two halves from two seeds, whose agreement is reported"
    ),
    batch: count.default(16).describe("Photos in a step"),
    holdout: external_exports.number().gt(0).lt(1).default(0.2).describe("Share of `train` that the supernet does not see, and that the search learns from"),
    "learning-rate": positive.default(0.01).describe("Learning rate of the architecture parameters at the first step; it falls to 0 by a cosine"),
    strategy: external_exports.enum(["layer", "subpath"]).default("layer").describe(
      "`layer`: a probability for each operation of a layer. `subpath`: for each pair of adjacent operations"
    ),
    gates: external_exports.enum(["full", "two-path"]).default("full").describe("`full`: every operation of a layer gets a gradient. `two-path`: cheaper steps, noisier gradients"),
    constraint: external_exports.enum(["exact", "rejection", "add", "mul"]).default("exact").describe(
      "`exact`: draw only paths within the budget. `rejection`: draw until a path is within it. `add`, `mul`: draw any path and weigh latency into the loss"
    ),
    "latency-weight": external_exports.number().min(0).default(0.5).describe("Under `add`: loss + weight x (latency / limit - 1). Under `mul`: loss x (latency / limit) ^ weight")
  }).transform(camelKeys).prefault({}),
  derive: section({
    candidates: count.default(10).describe("Networks of each trade-off that are exported, measured and scored"),
    "trade-offs": count.default(1).describe(
      "1: the most probable networks within the budget. More: this number of steps from the most probable network to the largest one within the budget"
    ),
    "trial-epochs": external_exports.int().min(0).default(0).describe(
      "Epochs for which the best candidate of each trade-off is trained before one is taken. 0: the scores with inherited weights decide"
    ),
    evolution: external_exports.int().min(0).default(0).describe(
      "Networks that evolution scores with inherited weights; its best ones are candidates beside those of the architecture parameters. 0: no evolution"
    ),
    tolerance: share.default(0).describe(
      "Candidates whose score is at most this much below the best count as equal to it, and the largest of them is taken"
    ),
    "recalibration-batches": count.default(8).describe("Batches that batch norm's statistics are computed from before a candidate is scored"),
    images: count.optional().describe("Most held-out photos that a candidate is scored on; default: all")
  }).transform(camelKeys).prefault({}),
  train: section({
    epochs: count.default(45).describe("Epochs that each network is trained for"),
    seeds: count.default(1).describe(
      "Number of seeds that each network is trained from, for the mean and spread of mIoU. The exported model is that of the first seed"
    ),
    batch: count.default(16).describe("Photos in a step"),
    init: external_exports.enum(["scratch", "inherited"]).default("scratch").describe("`scratch`, or `inherited`: start from the supernet's weights"),
    optimizer,
    schedule,
    ema: external_exports.number().min(0).lt(1).default(0).describe("Decay of the moving average of the weights. 0: no average")
  }).prefault({}),
  baselines: external_exports.array(external_exports.string().min(1)).default(() => ["mobilenetv3-large", "mobilenetv3-small"]).describe(
    "Networks to compare with: files of search/architectures without their ending, or paths relative to the recipe"
  ),
  budgets: budgetsSchema,
  model: section(modelFields).transform(camelKeys).prefault({}).describe("What a model from elsewhere takes and gives, where its file does not say; see inspect"),
  teacher: section({
    models: external_exports.array(
      section({
        file: external_exports.string().min(1).describe("Any ONNX segmentation model; a path from the recipe"),
        ...modelFields
      }).transform(camelKeys)
    ).min(1).describe("What they say of a photo is averaged"),
    weight: share.default(0.5).describe("Share of the target that is the teachers'; the rest is the mask's")
  }).optional().describe("Models that the trained networks learn from beside the masks, and on photos without masks"),
  export: section({
    operators: external_exports.array(external_exports.string().min(1)).min(1).optional().describe("ONNX operators that the target runtime has. Default: all")
  }).prefault({})
}).superRefine((recipe, context) => {
  for (let name of Object.keys(recipe.budgets.maxLatencyVs ?? {})) {
    if (recipe.baselines.includes(name)) continue;
    let nearest = nearestName(name, recipe.baselines);
    context.addIssue({
      code: "custom",
      path: ["budgets", "max-latency-vs"],
      message: `"${name}" is not among the recipe's baselines (${recipe.baselines.join(", ") || "none"})${nearest ? `; did you mean "${nearest}"?` : ""}`
    });
  }
});

// src/pipeline/settings.ts
var seedWithoutRecipe = 1;
async function resolveThreads(given, ofRecipe) {
  return given ?? ofRecipe ?? await coresAvailable();
}
function resolveBudgets(given, ofRecipe = {}) {
  let own = ofRecipe ?? {};
  return typeof own == "object" ? { ...own, ...given } : own;
}
function checkBudgetFields(fields, source) {
  return checkSchema(fields, source, budgetsSchema);
}

// src/pipeline/recipe-file.ts
async function loadRecipe(nameOrPath, overrides = {}) {
  let { text, path } = await readNamed(nameOrPath, "recipes", ".yaml"), own = parseFields(text, path), fields = {
    name: basename3(path, extname2(path)),
    ...own,
    // Like every field of the file, the schema below checks it.
    threads: await resolveThreads(overrides.threads, own.threads),
    budgets: resolveBudgets(overrides.budgets, own.budgets),
    ...overrides.seed === void 0 ? {} : { seed: overrides.seed }
  }, recipe = checkSchema(fields, path, recipeSchema), located = (name, extension) => /[/\\]/.test(name) || name.endsWith(extension) ? resolve3(dirname(path), name) : name, { maxLatencyVs } = recipe.budgets, ratios = Object.entries(maxLatencyVs ?? {}).map(([name, ratio]) => [located(name, ".json"), ratio]);
  return {
    ...recipe,
    space: located(recipe.space, ".yaml"),
    data: recipe.data?.map(({ folder, weight }) => ({ folder: resolve3(dirname(path), folder), weight })),
    baselines: recipe.baselines.map((name) => located(name, ".json")),
    teacher: recipe.teacher && {
      ...recipe.teacher,
      models: recipe.teacher.models.map((model) => ({ ...model, file: resolve3(dirname(path), model.file) }))
    },
    budgets: maxLatencyVs ? { ...recipe.budgets, maxLatencyVs: Object.fromEntries(ratios) } : recipe.budgets
  };
}
function parseFields(text, path) {
  let value;
  try {
    value = (0, import_yaml2.parse)(text) ?? {};
  } catch (error) {
    throw new UserError(`${path}: not valid YAML: ${error.message}`);
  }
  if (typeof value == "object" && value !== null && !Array.isArray(value)) return value;
  throw new UserError(`${path}: must be a list of fields with values, such as "space: person"`);
}
function requireLatencyBudget(recipe) {
  let { maxLatencyMs, maxLatencyVs, minFps } = recipe.budgets;
  if (!(maxLatencyMs !== void 0 || minFps !== void 0 || Object.keys(maxLatencyVs ?? {}).length > 0))
    throw new UserError(
      `recipe ${recipe.name}: budgets: a search needs a limit on latency; give max-latency-ms: 20, or max-latency-vs: {mobilenetv3-large: 1.0}, or min-fps: 30`
    );
}
function recipeFingerprint({ data, ...recipe }) {
  return createHash6("sha256").update(canonicalJson(recipe)).digest("hex").slice(0, 16);
}
async function recipePaths(nameOrPath) {
  let { space, baselines } = await loadRecipe(nameOrPath);
  return [space, ...baselines].filter((file) => isAbsolute(file));
}

// src/pipeline/run-folder.ts
import { randomUUID } from "node:crypto";
import { appendFileSync } from "node:fs";
import { link, mkdir as mkdir3, readdir as readdir5, readFile as readFile3, rename, rm as rm3, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join as join10 } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
var runSchema = external_exports.object({
  schema: external_exports.literal("proxyless-ci/run@1"),
  identity: external_exports.record(external_exports.string(), external_exports.union([external_exports.string(), external_exports.number()]))
}), lockSchema = external_exports.object({ pid: external_exports.int(), host: external_exports.string(), started: external_exports.string() }), runFile = "run.json", lockFile = "run.lock", lockWaitMs = 3e3;
async function openRunFolder(path, identity) {
  let names = await prepare(path), known = names.includes(runFile), foreign = names.filter((name) => name !== lockFile && !name.endsWith(".tmp"));
  if (!known && foreign.length > 0)
    throw new UserError(
      `${path}: not empty and not the folder of a run (it holds ${foreign[0]}); choose another --out`
    );
  known && await checkIdentity(path, identity);
  let unlock = await acquireLock(path);
  try {
    await removeLeftovers(path), known ? await checkIdentity(path, identity) : await writeJson(join10(path, runFile), { schema: "proxyless-ci/run@1", identity });
  } catch (error) {
    throw await unlock(), error;
  }
  return {
    path,
    identity,
    resumed: known,
    latencyTable: join10(path, "latency-table.json"),
    architecture: join10(path, "architecture.json"),
    model: join10(path, "model.onnx"),
    result: join10(path, "result.json"),
    report: join10(path, "report.md"),
    page: join10(path, "report.html"),
    checkpoint: (name) => checkpointIn(path, name),
    teacher: (key) => join10(path, "teacher", key),
    log(line) {
      try {
        appendFileSync(join10(path, "log.txt"), `${(/* @__PURE__ */ new Date()).toISOString()} ${line}
`);
      } catch (error) {
        if (errorCode(error) !== "ENOSPC" && errorCode(error) !== "EDQUOT") throw error;
      }
    },
    async abandon() {
      let checkpoints = join10(path, "checkpoints");
      if (!(((await readdir5(path)).includes("checkpoints") ? await readdir5(checkpoints) : []).length > 0)) {
        await rm3(checkpoints, { recursive: !0, force: !0 });
        for (let name of ["latency-table.json", "log.txt", runFile]) await rm3(join10(path, name), { force: !0 });
      }
    },
    close: unlock
  };
}
async function prepare(path) {
  try {
    return await mkdir3(path, { recursive: !0 }), await readdir5(path);
  } catch (error) {
    let reason = {
      EEXIST: "it is a file",
      ENOTDIR: "a part of the path is a file",
      EACCES: "permission denied",
      EROFS: "the file system is read-only",
      ENOSPC: "no space left on the disk"
    }[errorCode(error) ?? ""];
    throw reason ? new UserError(`cannot use ${path} as the run folder: ${reason}; choose another --out`) : error;
  }
}
var checkpointIn = (path, name) => join10(path, "checkpoints", name);
async function checkIdentity(path, identity, advice = "choose another --out") {
  let { identity: found } = await readJson(join10(path, runFile), runSchema), differing = [.../* @__PURE__ */ new Set([...Object.keys(found), ...Object.keys(identity)])].filter((field) => found[field] !== identity[field]);
  if (differing.length === 0) return;
  let list = differing.map((f) => `${f} (there ${found[f] ?? "none"}, now ${identity[f] ?? "none"})`).join(", ");
  throw new UserError(`${path}: holds another run; what differs: ${list}; ${advice}`);
}
async function removeLeftovers(path) {
  for (let folder of [path, join10(path, "checkpoints")]) {
    let names = await readdir5(folder).catch(() => []);
    for (let name of names.filter((n) => n.endsWith(".tmp"))) await rm3(join10(folder, name), { force: !0 });
  }
}
async function acquireLock(path) {
  let file = join10(path, lockFile), mine = JSON.stringify({
    pid: process.pid,
    host: hostname(),
    started: await startTime(process.pid)
  }), deadline = performance.now() + lockWaitMs;
  for (; ; ) {
    if (await createExclusive(file, mine))
      return async () => {
        await readFile3(file, "utf8").catch(() => "") === mine && await rm3(file, { force: !0 });
      };
    let text = await readFile3(file, "utf8").catch(() => {
    });
    if (text === void 0) continue;
    let holder = parseLock(text);
    if (!holder || await isGone(holder)) await removeStale(file, text);
    else if (performance.now() > deadline) {
      let where = holder.host === hostname() ? "" : ` on ${holder.host}; if that one is gone, delete ${file}`;
      throw new UserError(`${path}: process ${holder.pid} is working in this run folder${where}`);
    } else await sleep(100);
  }
}
async function createExclusive(file, text) {
  let temporary = `${file}.${randomUUID()}.tmp`;
  try {
    return await writeFile(temporary, text), await link(temporary, file), !0;
  } catch (error) {
    if (errorCode(error) === "EEXIST") return !1;
    throw errorCode(error) === "ENOSPC" ? new UserError(`cannot write ${file}: no space left on the disk`) : error;
  } finally {
    await rm3(temporary, { force: !0 });
  }
}
async function removeStale(file, text) {
  let aside = `${file}.${randomUUID()}.tmp`;
  try {
    await rename(file, aside);
  } catch (error) {
    if (errorCode(error) === "ENOENT") return;
    throw error;
  }
  await readFile3(aside, "utf8") !== text && await link(aside, file).catch(() => {
  }), await rm3(aside, { force: !0 });
}
function parseLock(text) {
  try {
    return lockSchema.parse(JSON.parse(text));
  } catch {
    return;
  }
}
async function isGone(holder) {
  if (holder.host !== hostname()) return !1;
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    return errorCode(error) === "ESRCH";
  }
  return await startTime(holder.pid) !== holder.started;
}
async function startTime(pid) {
  let stat4 = await readFile3(`/proc/${pid}/stat`, "utf8").catch(() => "");
  return stat4.slice(stat4.lastIndexOf(")") + 2).split(" ")[19] ?? "";
}

// src/pipeline/context.ts
var checkpointEveryMs = 6e4;
function say({ progress, folder }, line) {
  progress.note(line), folder.log(line);
}
async function loadPlan(nameOrPath, overrides) {
  let { recipe, baselines } = await loadWithBaselines(nameOrPath, overrides), space = await loadSpace(recipe.space);
  recipe.export.operators && checkSpaceOperators(space, recipe.export.operators);
  for (let baseline of baselines) networkModules(baseline, recipe.input);
  return { recipe, space, baselines };
}
async function loadWithBaselines(nameOrPath, overrides) {
  let recipe = await loadRecipe(nameOrPath, overrides), baselines = await Promise.all(recipe.baselines.map((name) => loadArchitecture(name))), names = [searchedName(recipe), ...baselines.map(({ name }) => name)], repeated = names.find((name, i) => names.indexOf(name) < i);
  if (repeated !== void 0)
    throw new UserError(
      `recipe ${recipe.name}: baselines: two networks of the run would be called "${repeated}"; change the name in one of the files`
    );
  let { maxLatencyVs } = recipe.budgets;
  if (!maxLatencyVs) return { recipe, baselines };
  let ratios = Object.entries(maxLatencyVs).map(([entry, ratio]) => [
    baselines[recipe.baselines.indexOf(entry)].name,
    ratio
  ]);
  return {
    recipe: { ...recipe, budgets: { ...recipe.budgets, maxLatencyVs: Object.fromEntries(ratios) } },
    baselines
  };
}
var searchedName = ({ name }) => `${name}-searched`;
async function openData(folders2, recipe, options) {
  let given = folders2 ?? recipe.data;
  if (!given) throw new UserError(`recipe ${recipe.name}: no data to train on; give --data, or data: in the recipe`);
  let dataset = await openDataset(given);
  for (let { folder, weight, train: train2, val } of dataset.sets)
    options.progress.note(
      `data: ${folder}, ${train2} to train on${weight === 1 ? "" : ` (each ${weight} times an epoch)`}, ${val} to report on`
    );
  for (let { file } of recipe.teacher?.models ?? []) await readModelBytes(file);
  return dataset.unlabeled.length > 0 && options.progress.note(
    `data: ${dataset.unlabeled.length} photos without masks${recipe.teacher ? "" : " are left out: the recipe has no teacher"}`
  ), { dataset, ...splitHoldout(dataset.train, recipe.search.holdout, recipe.seed) };
}
async function openContext(options, recipe, identity) {
  let hardware = await describeHardware(recipe.threads), backend = await detectBackend(), folder = await openRunFolder(options.out, {
    tool: toolVersion(),
    recipe: recipeFingerprint(recipe),
    ...identity
  });
  folder.log(
    `${folder.resumed ? "resumed" : "started"}: recipe ${recipe.name}, seed ${recipe.seed}, ${recipe.threads} threads`
  ), folder.log(`hardware: ${hardware.cpu.model}, key ${hardware.key}, blocks of ${backend.block}`), folder.resumed && options.progress.note(`${options.out}: resuming the run in this folder`);
  let { progress, signal, commit } = options;
  return { progress, signal, commit, recipe, hardware, backend, folder };
}
function workerUrl() {
  return import.meta.url.endsWith(".ts") ? void 0 : new URL("./data-worker.js", import.meta.url);
}
function trainingBatches({ recipe, backend }, photos, batch, stream, augmentation = recipe.augmentation) {
  if (photos.length === 0)
    throw new UserError(`no images left for ${stream}; lower the recipe's search.holdout or add images`);
  let { seed, input } = recipe, spec = { photos, batch, ...input, seed, stream, augmentation }, url = workerUrl(), options = url ? { workerUrl: url, shared: backend.block > 1 } : {};
  return { spec, open: (startStep) => openBatches(spec, startStep, options) };
}

// src/pipeline/build-table.ts
var roundsFile = "latency-rounds.json", checkpointSchema = external_exports.object({
  schema: external_exports.literal("proxyless-ci/latency-rounds@1"),
  key: external_exports.string(),
  rounds: external_exports.record(external_exports.string(), external_exports.array(external_exports.number()))
});
async function tableOfRun(context, given) {
  let { folder } = context, own = await readOptionalTable(folder.latencyTable);
  if (own) {
    checkTable(context, own, folder.latencyTable), await rm4(folder.checkpoint(roundsFile), { force: !0 }), given && await checkOrigin(context, own, given);
    let { verdict } = await recheck(context, own, folder.latencyTable);
    return (verdict === "rescale" || verdict === "remake") && say(
      context,
      "the run goes on with it unchanged, so that its costs stay the same; latencies are off by that much"
    ), own;
  }
  let table = given ? await takeTable(context, given) : await measureTable(context);
  return await writeTable(folder.latencyTable, table), await rm4(folder.checkpoint(roundsFile), { force: !0 }), table;
}
async function takeTable(context, given) {
  let table = await readTable(given);
  checkTable(context, table, given);
  let { verdict, ratio } = await recheck(context, table, given);
  return verdict === "rescale" ? (say(context, `${given}: taken with every latency multiplied by ${ratio.toFixed(3)}`), scaleTable(table, ratio)) : verdict === "remake" ? (say(context, `${given}: measured again`), sealTable({ ...await measureTable(context), origins: [{ checksum: table.checksum, ratio: null }] })) : table;
}
async function recheck(context, table, source) {
  let judgement = judgeRecheck(await measureAgain(table, context.recipe.seed));
  return context.signal.throwIfAborted(), say(context, `${source}: ${judgement.reason}`), judgement;
}
async function checkOrigin({ folder }, own, given) {
  let { checksum } = await readTable(given), [origin, ...more] = own.origins ?? [];
  if (!(checksum === own.checksum || more.length === 0 && origin?.checksum === checksum))
    throw new UserError(`${folder.path}: its run uses another latency table than ${given}; choose another --out`);
}
function checkTable({ hardware, space, recipe, baselines }, table, source) {
  validateTable(table, { hardware, space, ...recipe.input, source });
  let lacking = baselines.find(({ name }) => !table.calibration?.baselines.some((known) => known.name === name)), what = table.calibration ? lacking && `the baseline ${lacking.name}` : "a calibration";
  if (what !== void 0)
    throw new UserError(
      `${source}: the latency table lacks ${what}, which this recipe needs; remove the file, and the same command measures a new table`
    );
}
async function measureTable(context) {
  let { recipe, space, baselines, folder, hardware, progress } = context, { threads, seed, input, latency } = recipe, stage, onProgress = (name, done, total) => {
    context.signal.throwIfAborted(), stage?.name !== name && (stage = { name, stage: progress.stage(name, total, "rounds", done - 1) }), stage.stage.update(done), done === total && stage.stage.done();
  }, checkpoint = folder.checkpoint(roundsFile), key = `${hardware.key} ${seed}`, found = await readCheckedJson(checkpoint, checkpointSchema), table = await buildTable({
    space,
    ...input,
    threads,
    seed,
    rounds: latency.rounds,
    ...found?.key === key ? { finished: new Map(Object.entries(found.rounds)) } : {},
    onFinished: async (rounds2) => {
      await writeCheckedJson(checkpoint, {
        schema: "proxyless-ci/latency-rounds@1",
        key,
        rounds: Object.fromEntries(rounds2)
      });
    },
    onProgress
  }), { errorPercent, unsettled } = table.quality;
  say(
    context,
    `latency table: ${table.entries.length} operations, standard error ${errorPercent.toFixed(1)} % of their latencies` + (unsettled > 0 ? `; ${unsettled} measurements did not settle: ${unsettledNames(table).join(", ")}` : "")
  );
  let plain = plainSumCosts(space, table), random = createRandom(seed, "calibration"), count2 = latency.calibrationSubnets + latency.heldOutSubnets, paths = chooseCalibrationPaths(plain, count2, random), order = random.permutation(count2), measured2 = await measureSubnets(space, paths, {
    ...input,
    threads,
    rounds: latency.rounds,
    random,
    others: baselines.map((baseline) => untrained(baseline, input)),
    onProgress: (done, total) => onProgress("whole subnets", done, total)
  }), pick = (from, to) => order.slice(from, to).map((i) => measured2.subnets[i]);
  return sealTable({
    ...table,
    calibration: {
      subnets: pick(0, latency.calibrationSubnets),
      heldOut: pick(latency.calibrationSubnets, count2),
      baselines: measured2.others.map(({ name, p10Ms }) => ({ name, latencyMs: p10Ms }))
    }
  });
}
var unsettledNames = ({ entries, frames, fixed }) => [
  ...fixed.filter(({ settled }) => !settled).map(({ part }) => part),
  ...frames.filter(({ settled }) => !settled).map(({ channels, height, width: width2 }) => `frame ${channels}x${height}x${width2}`),
  ...entries.filter(({ settled }) => !settled).map(({ signature }) => signature)
];
function untrained(architecture, input) {
  let { head, layers, tail } = networkModules(architecture, input), bytes = deployArchitecture(architecture, randomWeights([head, ...layers, tail], 0), input);
  return { name: architecture.name, bytes, ...input };
}

// src/autodiff/parameters.ts
function createParameters(seed, inherited2 = /* @__PURE__ */ new Map(), sharedName = (own) => own) {
  let parameters = /* @__PURE__ */ new Map(), gradients = /* @__PURE__ */ new Map(), names = /* @__PURE__ */ new Map(), get = (name) => {
    let parameter = parameters.get(name);
    if (!parameter) throw new Error(`no parameter ${name}`);
    return parameter;
  };
  return {
    ensure(module) {
      if (names.has(module.prefix)) return;
      let initial = initializeParameters(module, seed), specs = moduleParameters(module);
      for (let spec of specs) {
        let name = `${module.prefix}/${spec.name}`, shared = sharedName(name), known = parameters.get(shared);
        if (known && !sameShape(known.shape, spec.shape))
          throw new Error(`${name} and ${shared} share no shape: ${spec.shape} and ${known.shape}`);
        let data = known?.data ?? Float32Array.from(inherited2.get(name) ?? initial.get(name)), parameter = known ?? { name: shared, data, shape: spec.shape, trainable: spec.trainable };
        parameters.set(name, parameter).set(shared, parameter);
      }
      names.set(
        module.prefix,
        specs.map((spec) => `${module.prefix}/${spec.name}`)
      );
    },
    get,
    gradient(name) {
      let parameter = get(name), buffer = gradients.get(parameter.name) ?? new Float32Array(parameter.data.length);
      return gradients.set(parameter.name, buffer), buffer;
    },
    namesOf: (module) => names.get(module.prefix) ?? [],
    all: () => new Set(parameters.values()),
    restore(values) {
      for (let [name, data] of values) get(name).data.set(data);
    },
    weights: () => new Map([...names.values()].flat().map((name) => [name, get(name).data]))
  };
}
var sameShape = (a, b) => a.length === b.length && a.every((side6, i) => side6 === b[i]);

// src/runtime/pool.ts
function createBufferPool() {
  let chunks = [], used = /* @__PURE__ */ new Map(), take = (floats) => {
    for (let chunk2 of chunks) {
      let i = chunk2.free.findIndex(({ length: length2 }) => length2 >= floats);
      if (i < 0) continue;
      let { at, length } = chunk2.free[i];
      return chunk2.free.splice(i, 1, ...length > floats ? [{ at: at + floats, length: length - floats }] : []), { chunk: chunk2, range: { at, length: floats } };
    }
    let memory = new Float32Array(Math.max(floats, 8388608)), rest = { at: floats, length: memory.length - floats }, chunk = { memory, free: rest.length > 0 ? [rest] : [] };
    return chunks.push(chunk), { chunk, range: { at: 0, length: floats } };
  };
  return {
    acquire(dims) {
      let length = dims.reduce((a, b) => a * b, 1), place = take(Math.ceil(Math.max(1, length) / 16) * 16), buffer = place.chunk.memory.subarray(place.range.at, place.range.at + length);
      return used.set(buffer, place), buffer;
    },
    release(buffer) {
      let place = used.get(buffer);
      if (!place) throw new Error("the buffer is not one of the pool, or was released before");
      used.delete(buffer);
      let { free } = place.chunk, { at, length } = place.range, found = free.findIndex((range) => range.at > at), next = found < 0 ? free.length : found, before2 = free[next - 1], after = free[next], joinsBefore = before2 !== void 0 && before2.at + before2.length === at, joinsAfter = after !== void 0 && at + length === after.at, start = joinsBefore ? before2.at : at, end = joinsAfter ? after.at + after.length : at + length, first = joinsBefore ? next - 1 : next;
      free.splice(first, (joinsBefore ? 1 : 0) + (joinsAfter ? 1 : 0), { at: start, length: end - start });
    },
    inUse: () => used.size,
    bytes: () => chunks.reduce((sum2, { memory }) => sum2 + memory.byteLength, 0)
  };
}

// src/autodiff/memory.ts
function traceGraph(graph) {
  let traced = [], known = /* @__PURE__ */ new Map();
  return {
    ...graph,
    traced,
    nodes(opType, inputs, dims, attributes, domain) {
      let outputs = graph.nodes(opType, inputs, dims, attributes, domain);
      return traced.push({ opType, inputs, outputs, attributes }), outputs;
    },
    node(opType, inputs, attributes, domain) {
      let key = JSON.stringify([opType, domain, inputs.map((v) => v?.name), attributes]), value = (opType === "Identity" ? void 0 : known.get(key)) ?? graph.node(opType, inputs, attributes, domain);
      return known.get(key) !== value && traced.push({ opType, inputs, outputs: [value], attributes }), known.set(key, value), value;
    }
  };
}
var smallestPlanned = 16384, sizeOf2 = (value) => value.dims.reduce((a, b) => a * b, 1), elementwise = /* @__PURE__ */ new Set([
  "Add",
  "Sub",
  "Mul",
  "Div",
  "Relu",
  "Clip",
  "HardSigmoid",
  "Sigmoid",
  "Log",
  "Neg",
  "Abs"
]);
function inPlaceOperands({ opType, inputs, outputs, attributes }, y) {
  let fits = (v) => v !== void 0 && sizeOf2(v) === sizeOf2(y);
  if (elementwise.has(opType)) return inputs.filter(fits);
  if (elementwiseOperators.has(opType))
    return y === outputs.at(-1) ? inputs.filter((v) => fits(v) && v.dims.length === y.dims.length) : [];
  if (opType !== "Conv") return [];
  let [x, , , sum2] = inputs;
  return sum2 ? [sum2] : attributes?.kernel_shape?.every((k) => k === 1) && attributes?.group === x.dims[1] && fits(x) ? [x] : [];
}
function planMemory(graph, donated = /* @__PURE__ */ new Set()) {
  let nodes = graph.traced, root = /* @__PURE__ */ new Map(), rootOf = (value) => root.get(value.name) ?? value.name, producer = /* @__PURE__ */ new Map(), users = /* @__PURE__ */ new Map(), ancestors = [];
  for (let [i, node] of nodes.entries()) {
    let before2 = /* @__PURE__ */ new Set();
    for (let input of node.inputs) {
      if (!input) continue;
      let name = rootOf(input);
      users.set(name, [...users.get(name) ?? [], i]);
      let from = producer.get(input.name);
      if (from !== void 0) {
        before2.add(from);
        for (let a of ancestors[from]) before2.add(a);
      }
    }
    ancestors.push(before2);
    for (let y of node.outputs)
      producer.set(y.name, i), node.opType === "Reshape" && root.set(y.name, rootOf(node.inputs[0]));
  }
  let outputs = new Map(graph.outputs.map((y) => [y.name, y])), inputs = new Set(graph.inputs.map((x) => x.name)), large = /* @__PURE__ */ new Map();
  for (let node of nodes)
    if (node.opType !== "Reshape")
      for (let y of node.outputs) sizeOf2(y) >= smallestPlanned && !inputs.has(y.name) && large.set(y.name, y);
  let shared = /* @__PURE__ */ new Map();
  for (let y of graph.outputs) {
    let name = rootOf(y);
    name !== y.name && large.has(name) && !outputs.has(name) && !shared.has(name) && shared.set(name, y.name);
  }
  let group3 = /* @__PURE__ */ new Map();
  for (let name of donated) group3.set(name, { members: [name], at: name, donated: !0 });
  let made = nodes.flatMap((node, i) => node.outputs.map((y) => ({ i, node, y })));
  for (let { i, node, y } of made) {
    if (!large.has(y.name)) continue;
    let fixed = outputs.has(y.name) ? y.name : shared.get(y.name), operand = inPlaceOperands(node, y).map(rootOf).find((name) => {
      let known = group3.get(name);
      return !known || (known.donated ? fixed !== void 0 : known.at !== void 0) || node.opType === "Conv" && node.inputs.filter((v) => v && rootOf(v) === name).length > 1 ? !1 : users.get(name).every((u) => u === i || ancestors[i].has(u));
    }), joined = (operand === void 0 ? void 0 : group3.get(operand)) ?? { members: [] };
    joined.members.push(y.name), fixed !== void 0 && (joined.at = fixed), group3.set(y.name, joined);
  }
  let places = [], placed = /* @__PURE__ */ new Map();
  for (let { y } of made) {
    let own = group3.get(y.name);
    if (!own || own.at !== void 0 || placed.has(own)) continue;
    let head = ancestors[producer.get(own.members[0])], floats = sizeOf2(large.get(own.members[0])), uses = own.members.flatMap((name) => [producer.get(name), ...users.get(name) ?? []]), free = places.filter((place2) => place2.last.every((u) => head.has(u))), place = free.filter((place2) => place2.floats >= floats).sort((a, b) => a.floats - b.floats)[0] ?? free.sort((a, b) => b.floats - a.floats)[0] ?? { floats: 0, last: [] };
    places.includes(place) || places.push(place), place.floats = Math.max(place.floats, floats), place.last = uses, placed.set(own, places.indexOf(place));
  }
  let scratch = [];
  for (let [name, value] of large) {
    if (outputs.has(name)) continue;
    let own = group3.get(name);
    scratch.push({ name, dims: value.dims, at: own.at ?? placed.get(own) }), graph.output(value);
  }
  return { scratch, places: places.map(({ floats }) => floats) };
}
function withScratch({ scratch }, places, inputs, outputs) {
  let all = { ...outputs };
  for (let { name, dims, at } of scratch) {
    let size2 = dims.reduce((a, b) => a * b, 1);
    all[name] = typeof at == "string" ? outputs[at] ?? inputs[at] : places[at].subarray(0, size2);
  }
  return all;
}

// src/autodiff/operation.ts
function operation(o) {
  return (r, ...given) => {
    let { y, saved, reads = [] } = o.forward(r, ...given);
    return { y, reads, gradient: (c, dy, arrived) => saved !== void 0 && o.gradient(c, saved, dy, arrived) };
  };
}
function readOnce({ map }) {
  return map.value === void 0 && map.readers === 1 ? map.source : void 0;
}

// src/autodiff/operations.ts
var operations2 = {
  convBn: operation({
    forward(r, x, name, o, end = {}) {
      let { k, norms } = r, convolution2 = convolutionOf(r, x, name, o), weight = r.parameter(`${name}.weight`, convolution2.dims), [gamma, beta, runningMean] = ["gamma", "beta", "mean"].map(
        (part) => r.parameter(`${name}.bn.${part}`, [o.out])
      ), { activation, residual } = end;
      if (!r.training) {
        let y2 = forwardConv(k, r.valuesOf(x), weight, convolution2), variance = r.parameter(`${name}.bn.var`, [o.out]), { scale, shift } = evaluatedNorm(k, { gamma, beta, runningMean, variance }), sum2 = residual && r.valuesOf(residual);
        return { y: r.written(k.affine(y2, scale, shift, { sum: sum2, activation }), o.out), saved: void 0 };
      }
      let parameters = { gamma, beta, runningMean }, made;
      if (convolution2.fused) made = norms.convNorm(r.read(x), weight, convolution2, parameters);
      else {
        let bias = k.graph.node("Neg", [k.vector(runningMean)]), y2 = forwardConv(k, r.valuesOf(x), weight, { ...convolution2, bias });
        made = { y: y2, norm: norms.statistics(y2, parameters) };
      }
      let { y, norm } = made;
      return r.norm(name, norm, o.out), { y: residual ? r.written(norms.apply(y, norm, activation, r.valuesOf(residual)), o.out) : r.computed({ map: y, norm, activation }, o.out), saved: { convolution: convolution2, y, norm, activation, residual }, reads: convolution2.fused ? [x] : [] };
    },
    gradient(c, { convolution: convolution2, y, norm, activation, residual }, dy, arrived) {
      let upstream;
      if (arrived?.gradient) upstream = { dn: dy, norm: { y: c.kept(y), gradient: arrived.gradient } };
      else {
        let before2 = activation && residual ? c.keptMap(residual) : void 0;
        upstream = c.norms.upstream(dy, c.kept(y), c.kept(norm), activation, before2), residual && c.plus(residual, upstream.dn);
      }
      c.normGradient(convolution2.name, upstream.norm.gradient, convolution2.dims[0]), convolution2.fused ? fusedConvGradient(c, convolution2, upstream) : denseConvGradient(c, convolution2, c.norms.convolved(upstream));
    }
  }),
  conv: operation({
    forward(r, x, name, o) {
      let convolution2 = convolutionOf(r, x, name, o), weight = r.parameter(`${name}.weight`, convolution2.dims), bias = o.bias ? r.parameter(`${name}.bias`, [o.out]) : void 0, y = convolution2.fused ? r.norms.conv(r.read(x), weight, convolution2, bias) : forwardConv(r.k, r.valuesOf(x), weight, { ...convolution2, bias: bias && r.k.vector(bias) });
      return {
        y: r.written(y, o.out),
        saved: { convolution: convolution2, bias: o.bias },
        reads: convolution2.fused ? [x] : []
      };
    },
    gradient(c, { convolution: convolution2, bias }, dy) {
      convolution2.fused ? fusedConvGradient(c, convolution2, { dn: dy }) : denseConvGradient(c, convolution2, dy), bias && c.parameterGradient(`${convolution2.name}.bias`, () => {
        let [, , h, w] = dimsOf(dy), sum2 = c.k.graph.node("Mul", [overImages(c.k, c.k.meanPerImage(dy)), c.k.graph.scalar(h * w)]);
        return c.k.unvector(sum2, convolution2.dims[0]);
      });
    }
  }),
  activation: operation({
    forward(r, x, kind) {
      let map = r.valuesOf(x);
      return { y: r.training && kind !== "hsigmoid" ? r.computed({ map, activation: kind }, x.channels) : r.written(applyActivation(r.k, map, kind), x.channels), saved: { x, kind } };
    },
    gradient(c, { x, kind }, dy, arrived) {
      c.plus(x, arrived ? dy : activationGradient(c.k, dy, c.keptMap(x), kind));
    }
  }),
  add: operation({
    forward: (r, a, b) => ({
      y: r.written(r.k.graph.node("Add", [r.valuesOf(a), r.valuesOf(b)]), a.channels),
      saved: [a, b]
    }),
    gradient(c, terms, dy) {
      for (let term of terms) c.plus(term, dy);
    }
  }),
  squeezeExcite: operation({
    forward(r, x, name, squeezed) {
      let { k } = r, weights = {
        reduceWeight: r.parameter(`${name}.reduce.weight`, [squeezed, x.channels, 1, 1]),
        reduceBias: r.parameter(`${name}.reduce.bias`, [squeezed]),
        expandWeight: r.parameter(`${name}.expand.weight`, [x.channels, squeezed, 1, 1]),
        expandBias: r.parameter(`${name}.expand.bias`, [x.channels])
      }, made = squeezeExciteGates(k, k.meanPerImage(r.valuesOf(x)), x.channels, weights), y = k.affinePerImage(r.valuesOf(x), padGates(k, made.gates));
      return { y: r.written(y, x.channels), saved: { x, name, ...made } };
    },
    gradient(c, { x, name, flat, hidden, gates }, dy) {
      let kept = { flat: c.kept(flat), hidden: c.kept(hidden), gates: c.kept(gates) }, gradient = squeezeExciteGradient(c.k, dy, c.keptMap(x), kept, {
        reduceWeight: c.parameter(`${name}.reduce.weight`),
        expandWeight: c.parameter(`${name}.expand.weight`)
      });
      c.plus(x, gradient.dx), c.parameterGradient(`${name}.reduce.weight`, gradient.reduceWeight), c.parameterGradient(`${name}.reduce.bias`, gradient.reduceBias), c.parameterGradient(`${name}.expand.weight`, gradient.expandWeight), c.parameterGradient(`${name}.expand.bias`, gradient.expandBias);
    }
  }),
  globalPool: operation({
    forward: (r, x) => spatialForward(r, x, averaging(x.height), averaging(x.width)),
    gradient: spatialGradient
  }),
  resize: operation({
    forward: (r, x, height, width2) => spatialForward(r, x, interpolation(x.height, height), interpolation(x.width, width2)),
    gradient: spatialGradient
  }),
  concat: operation({
    forward(r, xs) {
      let { k } = r, total = xs.reduce((sum2, x) => sum2 + x.channels, 0), starts = xs.map((_, i) => xs.slice(0, i).reduce((sum2, x) => sum2 + x.channels, 0)), aligned = xs.every((x) => x.channels % k.block === 0), places = xs.map((x, i) => matrix(total, x.channels, (row, col) => row === starts[i] + col ? 1 : 0)), value = aligned ? k.graph.node("Concat", xs.map(r.valuesOf), { axis: 1 }) : xs.reduce((sum2, x, i) => channelMap(k, r.valuesOf(x), places[i], sum2), void 0);
      return { y: r.written(value, total), saved: { xs, starts, places, aligned } };
    },
    gradient(c, { xs, starts, places, aligned }, dy) {
      for (let [i, x] of xs.entries())
        aligned ? c.plus(x, sliceChannels(c.k, dy, starts[i], starts[i] + x.channels)) : c.contribute(x, (sum2) => channelMap(c.k, dy, transposed(places[i]), sum2));
    }
  }),
  channels: operation({
    forward: (r, x, from, to) => selectionForward(
      r,
      x,
      matrix(to - from, x.channels, (row, col) => col === from + row ? 1 : 0)
    ),
    gradient: selectionGradient
  }),
  shuffle: operation({
    forward(r, x, groups) {
      let size2 = x.channels / groups, moved = (row) => row % groups * size2 + Math.floor(row / groups);
      return selectionForward(
        r,
        x,
        matrix(x.channels, x.channels, (row, col) => col === moved(row) ? 1 : 0)
      );
    },
    gradient: selectionGradient
  })
}, output = operation({
  forward: (r, x, value) => ({ y: r.written(value, x.channels), saved: x }),
  gradient: (c, x, dy) => c.plus(x, dy)
});
function convolutionOf(r, x, name, o) {
  let { kernel, stride = 1, dilation = 1, depthwise = !1 } = o, image = x.image ?? !1, isFused = depthwise ? !image : dilation === 1 && (image || kernel === 1 && stride === 1);
  return {
    x,
    name,
    depthwise,
    image,
    window: sameWindow(kernel, stride, dilation),
    dims: [o.out, depthwise ? 1 : x.channels, kernel, kernel],
    fused: r.training && isFused
  };
}
function evaluatedNorm(k, p) {
  let { graph } = k, deviation = graph.node("Sqrt", [graph.node("Add", [k.vector(p.variance), graph.scalar(1e-5)])]), scale = graph.node("Div", [k.vector(p.gamma), deviation]), shift = graph.node("Sub", [k.vector(p.beta), graph.node("Mul", [k.vector(p.runningMean), scale])]);
  return { scale, shift };
}
function denseConvGradient(c, { x, name, window, dims }, dy) {
  let weight = `${name}.weight`;
  c.contribute(x, (sum2) => convInputGradient(c.k, dy, c.parameter(weight), window, x, sum2)), c.parameterGradient(weight, () => convWeightGradient(c.k, c.keptMap(x), dy, window, x.channels, dims[0]));
}
function fusedConvGradient(c, convolution2, upstream) {
  let { x, name, window, image } = convolution2, ofWeight = (make) => c.parameterGradient(`${name}.weight`, make), weight = c.parameter(`${name}.weight`);
  if (image) {
    ofWeight(() => c.norms.imageWeightGradient(upstream, weight, window, c.keptMap(x)));
    return;
  }
  let source = readOnce(x), input = source ? { ...source, map: c.kept(source.map), norm: source.norm && c.kept(source.norm) } : { map: c.keptMap(x) }, gradient = (sum2) => {
    let made = c.norms.convGradient(upstream, weight, convolution2, input, { updateWeights: c.updateWeights, sum: sum2 });
    return made.weight && ofWeight(() => made.weight), made;
  };
  source ? c.arrive(x, gradient()) : c.contribute(x, (sum2) => gradient(sum2).dx, !1);
}
function spatialForward(r, x, rows, columns) {
  return { y: r.written(spatialMap(r.k, r.valuesOf(x), rows, columns), x.channels), saved: { x, rows, columns } };
}
function spatialGradient(c, { x, rows, columns }, dy) {
  c.contribute(x, (sum2) => {
    let dx = spatialMap(c.k, dy, transposed(rows), transposed(columns));
    return sum2 ? c.k.graph.node("Add", [dx, sum2]) : dx;
  });
}
function selectionForward(r, x, m) {
  return { y: r.written(channelMap(r.k, r.valuesOf(x), m), m.rows), saved: { x, m } };
}
function selectionGradient(c, { x, m }, dy) {
  c.contribute(x, (sum2) => channelMap(c.k, dy, transposed(m), sum2));
}
function sliceChannels(k, x, from, to) {
  return k.graph.node("Slice", [x, k.graph.ints([from]), k.graph.ints([to]), k.graph.ints([1])]);
}

// src/autodiff/recording.ts
function record(module, { backend, batch, mode }) {
  let graph = traceGraph(createGraph(module.prefix)), k = backend.primitives(graph), parameters = /* @__PURE__ */ new Map(), norms = [], recorder = createRecorder(graph, k, backend.norms(k), mode === "train", parameters, norms), steps = [], inputs = module.inputs.map((f, i) => {
    let dims = [batch, f.image ? f.channels : k.padded(f.channels), f.height, f.width];
    return { ...f, map: { value: graph.input(`x${i}`, dims), source: void 0, readers: 0 } };
  }), run = (operation2, ...given) => {
    let step = operation2(recorder, ...given);
    return steps.push(step), step.y;
  }, builder = builderOf(operations2, run), outputs = module.build(builder, inputs).map((y) => {
    let value = recorder.valuesOf(y), own = inputs.some((x) => x.map.value === value) || graph.outputs.includes(value) ? graph.node("Identity", [value]) : value;
    return graph.output(own), run(output, y, own);
  });
  return { graph, recorder, inputs, outputs, parameters, norms, steps };
}
function builderOf(table, run) {
  let methods = Object.entries(table).map(([name, operation2]) => [
    name,
    (...given) => run(operation2, ...given)
  ]);
  return Object.fromEntries(methods);
}
function createRecorder(graph, k, operators, training, parameters, norms) {
  let feature = (shape, channels, map) => {
    let [, , height, width2] = dimsOf(shape);
    return { channels, height, width: width2, map: { ...map, readers: 0 } };
  }, write = ({ map, norm, activation }) => norm ? operators.apply(map, norm, activation) : applyActivation(k, map, activation);
  return {
    k,
    norms: operators,
    training,
    parameter(name, dims) {
      let value = parameters.get(name) ?? graph.input(name, dims);
      return parameters.set(name, value), value;
    },
    norm: (name, vectors, channels) => norms.push({ name, vectors, channels }),
    written: (value, channels) => feature(value, channels, { value, source: void 0 }),
    computed: (source, channels) => feature(source.map, channels, { value: void 0, source }),
    valuesOf({ map }) {
      return map.value ??= write(map.source), map.value;
    },
    read({ map }) {
      return map.value ? { map: map.value } : (map.readers++, map.source);
    }
  };
}
function writeReadMaps({ recorder, steps }) {
  for (let { reads } of [...steps].reverse()) for (let x of reads) readOnce(x) || recorder.valuesOf(x);
}

// src/autodiff/runnable.ts
var port = (value) => ({ name: value.name, dims: value.dims }), portsOf = (graph) => ({
  inputs: graph.inputs.map(port),
  outputs: graph.outputs.map(port)
});
function finishGraph(graph, backend, donated) {
  return { memory: planMemory(graph, donated), ports: portsOf(graph), model: backend.encode(graph) };
}
function unplanned(graph) {
  return { memory: { scratch: [], places: [] }, ports: portsOf(graph), model: graph.encodeInPlace() };
}

// src/autodiff/tape.ts
var mapOf = ({ map }) => map.value;
function replay(module, recording, { backend }, updateWeights) {
  let graph = traceGraph(createGraph(`${module.prefix}.backward`, "b.")), k = backend.primitives(graph), gradients = /* @__PURE__ */ new Map(), arrivals = /* @__PURE__ */ new Map(), kept = /* @__PURE__ */ new Map(), used = /* @__PURE__ */ new Map(), parameterGradients = [], normGradients = [], upstream = recording.outputs.map((y, i) => {
    let value = graph.input(`d${i}`, mapOf(y).dims);
    return gradients.set(y, value), port(value);
  }), context = {
    k,
    norms: backend.norms(k),
    updateWeights,
    arrive: (feature, arrived) => arrivals.set(feature, arrived),
    plus: (feature, value) => context.contribute(feature, (sum2) => sum2 ? graph.node("Add", [value, sum2]) : value),
    contribute: (feature, make, copies = !0) => {
      if (feature.image) return;
      let sum2 = gradients.get(feature), apart = copies && sum2 !== void 0 && graph.inputs.includes(sum2);
      gradients.set(feature, apart ? graph.node("Add", [make(void 0), sum2]) : make(sum2));
    },
    kept(value) {
      let known = kept.get(value.name) ?? graph.input(value.name, value.dims);
      return kept.set(value.name, known), known;
    },
    keptMap: ({ map }) => {
      if (!map.value) throw new Error(`${module.prefix}: a gradient rule reads a map that was not written`);
      return context.kept(map.value);
    },
    parameter(name) {
      let known = used.get(name) ?? graph.input(name, recording.parameters.get(name).dims);
      return used.set(name, known), known;
    },
    parameterGradient(name, make) {
      if (!updateWeights) return;
      let value = make();
      graph.output(value), parameterGradients.push({ parameter: name, ...port(value) });
    },
    normGradient(norm, vectors, channels) {
      updateWeights && (graph.output(vectors), normGradients.push({ norm, channels, ...port(vectors) }));
    }
  };
  for (let { y, gradient } of [...recording.steps].reverse()) {
    let arrived = arrivals.get(y), dy = arrived?.dx ?? gradients.get(y);
    dy && gradient(context, dy, arrived);
  }
  let inputs = recording.inputs.flatMap((x, i) => {
    let dx = gradients.get(x);
    if (x.image || !dx) return [];
    let value = graph.inputs.includes(dx) || graph.outputs.includes(dx) ? graph.node("Identity", [dx]) : dx;
    return graph.output(value), [{ input: i, ...port(value) }];
  }), own = [...kept.keys()].filter((name) => !recording.inputs.some((x) => mapOf(x).name === name));
  return {
    ...finishGraph(graph, backend, new Set(own)),
    gradients: upstream,
    inputs,
    parameters: [...used.keys()],
    kept: [...kept.values()].map(port),
    parameterGradients,
    normGradients
  };
}
function buildTrainingGraphs(module, options) {
  let recording = record(module, options);
  writeReadMaps(recording);
  let backward = replay(module, recording, options, !0), inputsOnly = replay(module, recording, options, !1);
  return { forward: finishForward(recording, options, backward.kept), backward, inputsOnly };
}
function buildForwardGraph(module, options) {
  return finishForward(record(module, options), options, []);
}
function buildGateGraph(module, options) {
  let { graph, recorder, inputs, outputs, parameters } = record(module, options), y = mapOf(outputs[0]), dy = graph.input("d0", y.dims), perImage = recorder.k.dotPerImage(y, dy), gate = graph.node("ReduceSum", [perImage, graph.ints([0, 1, 2, 3])], { keepdims: 0 });
  return graph.outputs.splice(0, graph.outputs.length, gate), {
    ...finishGraph(graph, options.backend),
    inputs: inputs.map((x) => port(mapOf(x))),
    upstream: port(dy),
    gate: gate.name,
    parameters: [...parameters.values()].map(port)
  };
}
function finishForward(recording, options, kept) {
  let { graph, inputs, outputs, parameters, norms } = recording;
  for (let { vectors } of norms) graph.output(vectors);
  let given = /* @__PURE__ */ new Set([...inputs.map((x) => mapOf(x).name), ...graph.outputs.map((y) => y.name)]), internal = kept.filter((p) => !given.has(p.name));
  for (let p of internal) graph.output(p);
  return {
    // In evaluation form a graph runs once or twice: the runtime may plan it, as it likes.
    ...options.mode === "train" ? finishGraph(graph, options.backend) : unplanned(graph),
    inputs: inputs.map((x) => port(mapOf(x))),
    outputs: outputs.map((y) => port(mapOf(y))),
    parameters: [...parameters.values()].map(port),
    norms: norms.map(({ name, vectors, channels }) => ({ norm: name, channels, ...port(vectors) })),
    kept: internal
  };
}

// src/autodiff/executor.ts
var statisticsMomentum = 0.1, maxMeanDeviations = 8;
function createExecutor({ backend, batch, threads, parameters, profile }) {
  let pool = createBufferPool(), compiled = /* @__PURE__ */ new Map(), gates = /* @__PURE__ */ new Map(), sessions2 = /* @__PURE__ */ new Map(), compile = (module) => {
    let known = compiled.get(module.signature) ?? buildTrainingGraphs(module, { backend, batch, mode: "train" });
    return compiled.set(module.signature, known), known;
  }, session = (key, graph) => {
    let known = sessions2.get(key) ?? backend.createSession(graph, { threads, profile: profile && `${profile}${sessions2.size}` });
    return sessions2.set(key, known), known;
  }, feedParameters = (feeds, module, names) => {
    for (let name of names) feeds[name] = parameters.get(`${module.prefix}/${name}`).data;
  }, acquire = (fetches, port2) => {
    let buffer = pool.acquire(port2.dims);
    return fetches[port2.name] = buffer, buffer;
  }, donated = /* @__PURE__ */ new WeakSet(), runPlanned = async (key, graph, feeds, fetches) => {
    let places = graph.memory.places.map((floats) => pool.acquire([floats]));
    try {
      await (await session(key, graph)).run(feeds, withScratch(graph.memory, places, feeds, fetches));
    } finally {
      for (let place of places) pool.release(place);
    }
  }, runForward = async (module, inputs) => {
    let { forward: forward2 } = compile(module), feeds = {}, fetches = {}, values = /* @__PURE__ */ new Map();
    forward2.inputs.forEach((p, i) => {
      feeds[p.name] = inputs[i], values.set(p.name, inputs[i]);
    }), feedParameters(
      feeds,
      module,
      forward2.parameters.map((p) => p.name)
    );
    let outputs = forward2.outputs.map((p) => acquire(fetches, p));
    for (let [i, p] of forward2.outputs.entries()) values.set(p.name, outputs[i]);
    let statistics = forward2.norms.map((p) => {
      let vectors = acquire(fetches, p);
      values.set(p.name, vectors);
      let row = (index2) => rowOf(vectors, p, index2);
      return { name: p.norm, mean: row(normRows.mean), variance: row(normRows.variance) };
    });
    for (let p of forward2.kept) fetches[p.name] || values.set(p.name, acquire(fetches, p));
    return await runPlanned(`forward ${module.signature}`, forward2, feeds, fetches), { module, inputs, outputs, values, statistics };
  }, release2 = (a) => {
    let own = new Set(a.values.values());
    for (let input of a.inputs) own.delete(input);
    for (let buffer of own) pool.release(buffer);
  };
  return {
    backend,
    batch,
    pool,
    release: release2,
    async forward(module, inputs, updateStatistics) {
      for (let attempt = 0; ; attempt++) {
        let activated = await runForward(module, inputs);
        if (!updateStatistics) return activated;
        let { statistics } = activated, offCenter = statistics.map(
          ({ mean: mean3, variance }) => mean3.some((m, c) => m * m > maxMeanDeviations ** 2 * (variance[c] + 1e-5))
        );
        if (attempt < 3 && offCenter.some(Boolean)) {
          for (let [i, { name, mean: mean3 }] of statistics.entries()) {
            let running = parameters.get(`${module.prefix}/${name}.bn.mean`).data;
            if (offCenter[i]) for (let c = 0; c < running.length; c++) running[c] += mean3[c];
          }
          release2(activated);
          continue;
        }
        for (let s of statistics) moveStatistics(module, s);
        return activated;
      }
    },
    async backward(a, upstream, updateWeights) {
      if (donated.has(a)) throw new Error(`${a.module.prefix}: this pass has run backward already`);
      donated.add(a);
      let { backward, inputsOnly } = compile(a.module), graph = updateWeights ? backward : inputsOnly;
      if (graph.inputs.length === 0 && graph.parameterGradients.length === 0) return a.inputs.map(() => {
      });
      let feeds = {}, fetches = {};
      for (let [i, p] of graph.gradients.entries()) feeds[p.name] = upstream[i];
      for (let p of graph.kept) feeds[p.name] = a.values.get(p.name);
      feedParameters(feeds, a.module, graph.parameters);
      for (let p of graph.parameterGradients)
        fetches[p.name] = parameters.gradient(`${a.module.prefix}/${p.parameter}`);
      let dx = a.inputs.map(() => {
      });
      for (let p of graph.inputs) dx[p.input] = acquire(fetches, p);
      let norms = graph.normGradients.map((p) => ({ p, vectors: acquire(fetches, p) }));
      await runPlanned(`${updateWeights ? "backward" : "inputs-only"} ${a.module.signature}`, graph, feeds, fetches);
      for (let { p, vectors } of norms) {
        for (let part of ["gamma", "beta"])
          parameters.gradient(`${a.module.prefix}/${p.norm}.bn.${part}`).set(rowOf(vectors, p, gradientRows[part]));
        pool.release(vectors);
      }
      return dx;
    },
    async gate(module, input, upstream) {
      let graph = gates.get(module.signature) ?? buildGateGraph(module, { backend, batch, mode: "train" });
      gates.set(module.signature, graph);
      let feeds = {};
      feeds[graph.inputs[0].name] = input, feeds[graph.upstream.name] = upstream, feedParameters(
        feeds,
        module,
        graph.parameters.map((p) => p.name)
      );
      let value = new Float32Array(1);
      return await runPlanned(`gate ${module.signature}`, graph, feeds, { [graph.gate]: value }), value[0];
    },
    sessions: () => sessions2.size,
    async close() {
      for (let s of sessions2.values()) await (await s).release();
      sessions2.clear();
    }
  };
  function moveStatistics(module, s) {
    let mean3 = parameters.get(`${module.prefix}/${s.name}.bn.mean`).data, variance = parameters.get(`${module.prefix}/${s.name}.bn.var`).data;
    for (let c = 0; c < mean3.length; c++)
      mean3[c] += statisticsMomentum * s.mean[c], variance[c] += statisticsMomentum * (s.variance[c] - variance[c]);
  }
}
function rowOf(vectors, { dims, channels }, row) {
  let padded = dims[1];
  return vectors.subarray(row * padded, row * padded + channels);
}

// src/training/checkpoint.ts
import { createHash as createHash7 } from "node:crypto";
var digest2 = (meta, entries, data) => createHash7("sha256").update(meta).update("\0").update(entries).update("\0").update(data).digest("hex");
async function writeCheckpoint(path, { tensors, meta }) {
  let entries = {}, offset = 0;
  for (let [name, data] of tensors)
    entries[name] = { dtype: "F32", shape: [data.length], data_offsets: [offset, offset + data.byteLength] }, offset += data.byteLength;
  let body = Buffer.alloc(offset);
  for (let [name, data] of tensors)
    body.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), entries[name].data_offsets[0]);
  let sha256 = digest2(meta, JSON.stringify(entries), body), header = Buffer.from(
    JSON.stringify({ __metadata__: { format: "proxyless-ci/checkpoint@1", meta, sha256 }, ...entries })
  ), length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length)), await writeFileAtomic(path, Buffer.concat([length, header, body]));
}
async function readCheckpoint(path) {
  let file = await readOptional(path);
  if (!file) return;
  let damaged = (why) => new UserError(
    `${path}: not a checkpoint, or a damaged one (${why}); delete it from the run folder, and the run trains that stage again from its start`
  );
  if (file.length < 8) throw damaged("too short");
  let headerLength = Number(file.readBigUInt64LE(0));
  if (headerLength > file.length - 8) throw damaged("truncated header");
  let header;
  try {
    header = JSON.parse(file.toString("utf8", 8, 8 + headerLength));
  } catch {
    throw damaged("unreadable header");
  }
  let { __metadata__: metadata, ...entries } = header;
  if (metadata?.format !== "proxyless-ci/checkpoint@1" || typeof metadata.meta != "string")
    throw damaged("unknown format");
  let body = file.subarray(8 + headerLength);
  if (digest2(metadata.meta, JSON.stringify(entries), body) !== metadata.sha256) throw damaged("checksum differs");
  let tensors = /* @__PURE__ */ new Map();
  for (let [name, entry] of Object.entries(entries)) {
    let [from, to] = entry.data_offsets;
    tensors.set(name, new Float32Array(Uint8Array.from(body.subarray(from, to)).buffer));
  }
  return { tensors, meta: metadata.meta };
}

// src/training/optimizer.ts
function createOptimizer(spec, parameters, { adamW }, restored = /* @__PURE__ */ new Map()) {
  let slots = /* @__PURE__ */ new Map(), slot = (name, length) => {
    let known = slots.get(name);
    if (known) return known;
    let take = (part, size2) => restored.get(`${name}:${part}`) ?? new Float32Array(size2), made = {
      first: take("first", length),
      second: take("second", spec.kind === "adamw" ? length : 0),
      count: take("count", 1)
    };
    return slots.set(name, made), made;
  };
  return {
    step(names, learningRate) {
      for (let name of names) {
        let { name: shared, data, shape, trainable } = parameters.get(name);
        if (!trainable) continue;
        let state = slot(shared, data.length);
        state.count[0]++;
        let decay = shape.length > 1 ? spec.weightDecay : 0, gradient = parameters.gradient(name);
        spec.kind === "sgd" ? nesterov(data, gradient, state.first, learningRate, decay, spec.momentum) : adamW(
          data,
          gradient,
          state.first,
          state.second,
          adamSettings(spec.momentum, state.count[0], learningRate, decay)
        );
      }
    },
    state() {
      let result = new Map(restored);
      for (let [name, s] of slots)
        result.set(`${name}:first`, s.first).set(`${name}:second`, s.second).set(`${name}:count`, s.count);
      return result;
    }
  };
}
function nesterov(w, g, v, rate, decay, momentum) {
  for (let i = 0; i < w.length; i++) {
    let gradient = g[i] + decay * w[i], velocity = momentum * v[i] + gradient;
    v[i] = velocity, w[i] -= rate * (gradient + momentum * velocity);
  }
}
function adamSettings(beta1, count2, rate, decay) {
  let scale = rate / (1 - beta1 ** count2), secondScale = 1 / Math.sqrt(1 - 0.999 ** count2);
  return Float32Array.of(beta1, 0.999, 1e-8, 1 - rate * decay, scale, secondScale);
}
function scheduleAt(spec, step, steps) {
  let warm = Math.round(spec.warmUp * steps), falling = (from, to, share2) => to + (from - to) * (1 + Math.cos(Math.PI * share2)) / 2, after = steps - warm > 1 ? (step - warm) / (steps - warm) : 1;
  return spec.kind === "one-cycle" ? step < warm ? falling(1 / 25, 1, step / warm) : falling(1, 1 / 25e4, after) : step < warm ? (step + 1) / (warm + 1) : falling(1, 0, after);
}
function createAverage(decay, parameters, { moveToward }, updatesSoFar = 0, restored = /* @__PURE__ */ new Map()) {
  let averages = new Map(restored), updates = updatesSoFar;
  return {
    update() {
      let kept = Math.min(decay, (1 + updates) / (10 + updates));
      updates++;
      for (let { name, data } of parameters.all()) {
        let average = averages.get(name);
        average ? moveToward(average, data, 1 - kept) : averages.set(name, Float32Array.from(data));
      }
    },
    values: () => averages
  };
}

// src/training/loop.ts
var metaSchema = external_exports.object({
  step: external_exports.int(),
  seconds: external_exports.number(),
  waitedSeconds: external_exports.number(),
  recentLosses: external_exports.array(external_exports.number()),
  paths: external_exports.string()
});
async function runLoop(options) {
  let { spec, parameters, executor, loss, paths, signal } = options, saved = await readCheckpoint(options.checkpoint), meta = saved ? parseJson(saved.meta, options.checkpoint, metaSchema) : { step: 0, seconds: 0, waitedSeconds: 0, recentLosses: [], paths: paths.state() }, restored = (prefix) => group(saved?.tensors ?? /* @__PURE__ */ new Map(), prefix);
  parameters.restore(restored("weight:"));
  let optimizer2 = createOptimizer(spec.optimizer, parameters, executor.backend, restored("optimizer:")), average = spec.ema > 0 ? createAverage(spec.ema, parameters, executor.backend, meta.step, restored("average:")) : void 0;
  if (saved && paths.restore(meta.paths), meta.step >= spec.steps) return finish(meta, parameters, average);
  let batches = await options.openBatches(meta.step), recentLosses = [...meta.recentLosses], started = performance.now(), { seconds, waitedSeconds } = meta, waitedBefore = batches.waitedMs(), lastCheckpoint = started, account = () => {
    let now = performance.now();
    seconds += (now - started) / 1e3, waitedSeconds += (batches.waitedMs() - waitedBefore) / 1e3, started = now, waitedBefore = batches.waitedMs();
  }, save = async (step) => {
    account();
    let now = { step, seconds, waitedSeconds, recentLosses, paths: paths.state() }, tensors = /* @__PURE__ */ new Map(), add = (prefix, values) => {
      for (let [name, data] of values) tensors.set(prefix + name, data);
    };
    return add("weight:", parameters.weights()), add("optimizer:", optimizer2.state()), average && add("average:", average.values()), await writeCheckpoint(options.checkpoint, { tensors, meta: JSON.stringify(now) }), lastCheckpoint = performance.now(), now;
  };
  try {
    let { step } = meta;
    for (; step < spec.steps; ) {
      signal.aborted && (await save(step), signal.throwIfAborted());
      let path = paths.at(step), value = await runPath(executor, loss, path, await batches.next(), { updateWeights: !0 });
      if (!Number.isFinite(value)) throw new Error(`the loss is ${value} at step ${step}: lower the learning rate`);
      let rate = spec.optimizer.learningRate * scheduleAt(spec.schedule, step, spec.steps);
      optimizer2.step(
        modulesOf(path).flatMap((module) => [...parameters.namesOf(module)]),
        rate
      ), average?.update(), recentLosses.push(value), recentLosses.length > 100 && recentLosses.shift(), step++, options.onStep({ step, loss: value }), step < spec.steps && performance.now() - lastCheckpoint > options.checkpointEveryMs && await save(step);
    }
    return finish(await save(step), parameters, average);
  } finally {
    await batches.close();
  }
}
async function trainedWeights(path) {
  let saved = await readCheckpoint(path);
  if (!saved) throw new UserError(`${path}: no such checkpoint`);
  let average = group(saved.tensors, "average:");
  return average.size > 0 ? average : group(saved.tensors, "weight:");
}
async function savedStep(path) {
  let saved = await readCheckpoint(path);
  return saved && parseJson(saved.meta, path, metaSchema).step;
}
function group(tensors, prefix) {
  let named = [...tensors].filter(([name]) => name.startsWith(prefix));
  return new Map(named.map(([name, data]) => [name.slice(prefix.length), data]));
}
function finish(meta, parameters, average) {
  let { seconds, waitedSeconds, recentLosses } = meta;
  return {
    seconds,
    dataWaitShare: seconds > 0 ? waitedSeconds / seconds : 0,
    loss: recentLosses.reduce((a, b) => a + b, 0) / Math.max(1, recentLosses.length),
    weights: average?.values() ?? parameters.weights()
  };
}

// src/training/loss.ts
function buildLossGraph({ backend, batch, logits, mask }) {
  let g = traceGraph(createGraph("loss")), stored = backend.primitives(g), plain = plainBackend.primitives(g), logitsDims = [batch, stored.padded(1), logits.height, logits.width], maskDims = [batch, 1, mask.height, mask.width], x = g.input("logits", logitsDims), t = g.input("targets", maskDims), w = g.input("weights", maskDims), op = (name, ...inputs) => g.node(name, inputs), perImage = (v) => g.node("ReduceSum", [v, g.ints([1, 2, 3])], { keepdims: 1 }), total = (v) => g.node("ReduceSum", [v, g.ints([0, 1, 2, 3])], { keepdims: 0 }), rows = interpolation(logits.height, mask.height), columns = interpolation(logits.width, mask.width), z = spatialMap(plain, stored.toPlain(x, 1), rows, columns), p = op("Sigmoid", z), wp = op("Mul", w, p), wt = op("Mul", w, t), weightSum = op("Max", total(w), g.scalar(1)), certainty = op("Add", op("Abs", op("Sub", p, g.scalar(0.5))), g.scalar(0.5)), softplus = op("Sub", op("Relu", z), op("Log", certainty)), crossEntropy = op("Div", total(op("Sub", op("Mul", w, softplus), op("Mul", wt, z))), weightSum), overlap = op("Add", op("Mul", perImage(op("Mul", wp, t)), g.scalar(2)), g.scalar(1)), size2 = op("Add", op("Add", perImage(wp), perImage(wt)), g.scalar(1)), ratio = op("Div", overlap, size2), dice = op("Sub", g.scalar(1), op("Mul", total(ratio), g.scalar(1 / batch))), loss = op("Add", crossEntropy, dice);
  g.output(loss);
  let fromDice = op(
    "Mul",
    op("Div", op("Sub", op("Mul", w, ratio), op("Mul", wt, g.scalar(2))), size2),
    g.scalar(1 / batch)
  ), slope = op("Mul", p, op("Sub", g.scalar(1), p)), fromEntropy = op("Div", op("Sub", wp, wt), weightSum), dz = op("Add", op("Mul", fromDice, slope), fromEntropy), gradient = stored.fromPlain(spatialMap(plain, dz, transposed(rows), transposed(columns)));
  if (dimsOf(gradient)[1] !== logitsDims[1]) throw new Error("the loss gradient lost its layout");
  return g.output(gradient), { ...finishGraph(g, backend), loss: loss.name, gradient: gradient.name, logitsDims, maskDims };
}
async function createLoss(shape, threads) {
  let graph = buildLossGraph(shape), session = await shape.backend.createSession(graph, { threads }), value = new Float32Array(1), places = graph.memory.places.map((floats) => new Float32Array(floats));
  return {
    gradientDims: graph.logitsDims,
    async evaluate(logits, targets, pixelWeights, gradient) {
      let feeds = { logits, targets, weights: pixelWeights }, fetches = { [graph.loss]: value, [graph.gradient]: gradient };
      return await session.run(feeds, withScratch(graph.memory, places, feeds, fetches)), value[0];
    },
    close: () => session.release()
  };
}

// src/pipeline/engine.ts
async function withEngine({ recipe, backend }, batch, parameters, use) {
  let { threads, input } = recipe, executor = createExecutor({ backend, batch, threads, parameters }), logits = { height: input.height / 4, width: input.width / 4 }, loss = await createLoss({ backend, batch, logits, mask: input }, threads);
  try {
    return await use(executor, loss);
  } finally {
    await executor.close(), await loss.close();
  }
}
async function train(context, { checkpoint, title, batch, ...loop }) {
  let { progress, folder, signal } = context, { steps } = loop.spec, stage, result = await withEngine(
    context,
    batch,
    loop.parameters,
    (executor, loss) => runLoop({
      ...loop,
      executor,
      loss,
      checkpoint: folder.checkpoint(checkpoint),
      checkpointEveryMs,
      signal,
      onStep: ({ step, loss: value }) => {
        stage ??= progress.stage(title, steps, "steps", step - 1), stage.update(step, `loss ${value.toFixed(3)}`);
      }
    })
  ), rate = steps * batch / result.seconds;
  return stage?.done(`loss ${result.loss.toFixed(3)}, ${rate.toFixed(0)} images/s`), folder.log(
    `${title}: ${steps} steps, ${rate.toFixed(1)} images/s, ${(100 * result.dataWaitShare).toFixed(1)} % waiting for data, loss ${result.loss.toFixed(4)}`
  ), result;
}

// src/pipeline/stages/teach.ts
var import_sharp6 = __toESM(require_sharp(), 1);
import { createHash as createHash8 } from "node:crypto";
import { existsSync } from "node:fs";
import { basename as basename4, join as join11 } from "node:path";
async function teachStage(context, photos) {
  let { teacher } = context.recipe;
  if (!teacher) return photos;
  let maps = photos.map(() => []);
  for (let model of teacher.models)
    (await mapsOf(context, model, photos)).forEach((path, i) => {
      maps[i].push(path);
    });
  return photos.map((photo, i) => ({ ...photo, teaching: { maps: maps[i], weight: teacher.weight } }));
}
async function mapsOf(context, { file, ...settings }, photos) {
  let { progress, folder, signal, recipe } = context, bytes = await readModelBytes(file), key = createHash8("sha256").update(bytes).update(canonicalJson(settings)).digest("hex").slice(0, 16), path = ({ id }) => join11(folder.teacher(key), `${id.replaceAll("/", "--")}.png`), missing2 = photos.filter((photo) => !existsSync(path(photo)));
  if (missing2.length > 0) {
    let model = await openSegmentation({ name: file, bytes }, settings, recipe.threads);
    try {
      say(context, `teacher ${basename4(file)}: ${describeFacts(model.facts)}`);
      let stage = progress.stage(`asking teacher ${basename4(file)}`, missing2.length, "photos"), done = 0;
      for await (let batch of loadEvaluation(missing2, model.height, model.width)) {
        signal.throwIfAborted();
        let { probability, height, width: width2 } = await predictBothWays(model, batch.images);
        for (let i = 0; i < batch.ids.length; i++) {
          let one = probability.subarray(i * height * width2, (i + 1) * height * width2), levels = Uint8Array.from(one, (p) => Math.round(255 * Math.min(1, Math.max(0, p)))), png = await (0, import_sharp6.default)(levels, { raw: { width: width2, height, channels: 1 } }).png({ compressionLevel: 4 }).toBuffer();
          await writeFileAtomic(path(missing2[done++]), png);
        }
        stage.update(done);
      }
      stage.done();
    } finally {
      await model.release();
    }
  }
  return photos.map(path);
}
async function predictBothWays(model, images2) {
  let { height, width: width2 } = model, maps = await model.predict({ images: images2, height, width: width2 }), mirrored = await model.predict({ images: mirror(images2, width2), height, width: width2 }), back = mirror(mirrored.probability, maps.width);
  return { ...maps, probability: maps.probability.map((p, i) => (p + back[i]) / 2) };
}
function mirror(values, width2) {
  let turned = new Float32Array(values.length);
  for (let row = 0; row < values.length; row += width2) turned.set(values.slice(row, row + width2).reverse(), row);
  return turned;
}

// src/pipeline/stages/train.ts
var trainingSeeds = ({ seed, train: { seeds } }) => Array.from({ length: seeds }, (_, i) => seed + i);
function trainingName({ seed: first }, { architecture, seed }) {
  return seed === first ? architecture.name : `${architecture.name}.seed-${seed}`;
}
var trainingCheckpoint = (training) => `train-${training}.safetensors`;
function trainingSteps(context, data) {
  let { batch, epochs } = context.recipe.train;
  return epochs * stepsPerEpoch({ photos: withUnlabeled(context, data, data.dataset.train), batch });
}
function withUnlabeled(context, { dataset }, photos) {
  return context.recipe.teacher ? [...photos, ...dataset.unlabeled] : photos;
}
function trainStage(context, data, network, inherited2) {
  let { recipe } = context, { epochs } = recipe.train, name = trainingName(recipe, network), photos = withUnlabeled(context, data, data.dataset.train), as = { checkpoint: trainingCheckpoint(name), title: `training ${name}` }, seeded = { ...context, recipe: { ...recipe, seed: network.seed } };
  return trainAlone(seeded, network.architecture, { ...as, photos, epochs, inherited: inherited2 });
}
async function trainAlone(context, architecture, { checkpoint, title, photos: given, epochs, inherited: inherited2 }) {
  let photos = await teachStage(context, given), { recipe } = context, { batch, optimizer: optimizer2, schedule: schedule2, ema } = recipe.train, path = networkModules(architecture, recipe.input), parameters = createParameters(recipe.seed, inherited2);
  for (let module of modulesOf(path)) parameters.ensure(module);
  let steps = epochs * stepsPerEpoch({ photos, batch }), batches = trainingBatches(context, photos, batch, "train"), { weights, seconds } = await train(context, {
    checkpoint,
    title,
    batch,
    spec: { steps, optimizer: optimizer2, schedule: schedule2, ema },
    parameters,
    paths: { at: () => path, state: () => "", restore: () => {
    } },
    openBatches: batches.open
  });
  return { architecture, weights, model: exportNetwork(recipe, architecture, weights), seconds, epochs };
}
function exportNetwork(recipe, architecture, weights) {
  let { operators } = recipe.export;
  return deployArchitecture(architecture, weights, {
    ...recipe.input,
    ...operators ? { operators } : {}
  });
}

// src/pipeline/stages/trials.ts
var margin = 0.99, rankingSchema = deriveSchema.required({ randomSubnets: !0 }).extend({
  candidates: external_exports.array(candidateSchema.required({ tradeOff: !0, macs: !0, limitShare: !0 })),
  schema: external_exports.literal("proxyless-ci/ranking@1"),
  /** The limit as measured together with the candidates. */
  maxLatencyMs: external_exports.number()
}), fileIn = (folder) => checkpointIn(folder, "ranking.json"), readRanking = (folder) => readCheckedJson(fileIn(folder), rankingSchema), writeRanking = (folder, ranking) => writeCheckedJson(fileIn(folder), ranking);
function withinLimit({ candidates }) {
  return candidates.filter((c) => c.limitShare <= margin).sort((a, b) => b.supernetMiou - a.supernetMiou);
}
var candidateGroups = ({ tradeOffs: tradeOffs2, evolution }) => tradeOffs2 + (evolution > 0 ? 1 : 0);
function untriedFinalists({ derive: derive2 }, ranking) {
  if (derive2.trialEpochs === 0) return [];
  let possible = withinLimit(ranking);
  return Array.from(
    { length: candidateGroups(derive2) },
    (_, point) => possible.find((c) => c.tradeOff === point)
  ).filter((c) => c !== void 0 && c.trialMiou === void 0);
}
var trialCheckpoint = ({ path }) => `trial-${path.join("-")}.safetensors`;
function trialSteps(context, data) {
  let { recipe } = context;
  return recipe.derive.trialEpochs * stepsPerEpoch({ photos: withUnlabeled(context, data, data.supernetPhotos), batch: recipe.train.batch });
}
function trainTrial(context, data, finalist) {
  let architecture = architectureOf(context.space, finalist.path, finalist.architecture);
  return trainAlone(context, architecture, {
    checkpoint: trialCheckpoint(finalist),
    title: `trial of ${architecture.name}`,
    photos: withUnlabeled(context, data, data.supernetPhotos),
    epochs: context.recipe.derive.trialEpochs
  });
}
async function tryFinalists(context, data, scored, save) {
  let { recipe, signal, folder } = context, { threads } = recipe, ranking = scored;
  for (let finalist of untriedFinalists(recipe, scored)) {
    let { model } = await trainTrial(context, data, finalist), settings = { photos: data.searchPhotos, threads, signal }, { miou } = await scoreModel({ name: finalist.architecture, bytes: model }, settings);
    folder.log(`trial of ${finalist.architecture}: ${(100 * miou).toFixed(2)} % on the held-out part of train`);
    let candidates = ranking.candidates.map((c) => c === finalist ? { ...c, trialMiou: miou } : c), best = candidates.filter((c) => c.trialMiou !== void 0).sort((a, b) => b.trialMiou - a.trialMiou)[0];
    ranking = { ...ranking, candidates, chosen: best.architecture }, await save(ranking);
  }
  return ranking;
}

// src/pipeline/candidates.ts
var measureRounds2 = 100, attempts = 4, slack = 0.995;
async function decodeWithinLimit({
  tradeOffs: tradeOffs2,
  maxLatencyMs,
  fastestMs,
  decode,
  measure: measure2,
  note
}) {
  let maxLatenciesMs = Array(tradeOffs2).fill(Math.max(fastestMs, margin * maxLatencyMs));
  for (let attempt = 1; ; attempt++) {
    let candidates = decode(maxLatenciesMs).flatMap(
      (paths, tradeOff) => paths.map((path) => ({ ...path, tradeOff }))
    ), measured2 = await measure2(candidates), tightened = maxLatenciesMs.map((ms3, tradeOff) => {
      let shares = measured2.filter((_, i) => candidates[i].tradeOff === tradeOff).map(({ share: share2 }) => share2), nearest = Math.min(...shares);
      return shares.length > 0 && nearest > margin ? Math.max(fastestMs, ms3 * (margin / nearest) * slack) : ms3;
    }), missed = tightened.flatMap(
      (ms3, i) => ms3 === maxLatenciesMs[i] ? [] : [`${i + 1} of ${tradeOffs2} under ${ms3.toFixed(3)} ms`]
    );
    if (attempt === attempts || missed.length === 0) return { candidates, measured: measured2 };
    note(`trade-offs without a candidate that meets the limit as measured, decoded again: ${missed.join(", ")}`), maxLatenciesMs = tightened;
  }
}
async function measurePaths(context, decoded) {
  let { recipe, space, baselines, progress, signal } = context, models = [...decoded.map(
    ({ path }, i) => untrained(architectureOf(space, path, `candidate-${i + 1}`), recipe.input)
  ), ...baselines.map((baseline) => untrained(baseline, recipe.input))], stage = progress.stage("measuring candidates", measureRounds2, "rounds"), { latencies } = await measureModels(models, {
    threads: recipe.threads,
    rounds: measureRounds2,
    random: createRandom(recipe.seed, "measure-candidates"),
    onProgress: (done) => {
      signal.throwIfAborted(), stage.update(done);
    }
  });
  stage.done();
  let ofBaselines = (figure) => Object.fromEntries(latencies.slice(decoded.length).map((latency) => [latency.name, latency[figure]])), { maxLatencyVs, ...absolute } = recipe.budgets, relativeMs = resolveMaxLatency({ maxLatencyVs }, ofBaselines("p10Ms"))?.maxLatencyMs ?? Number.POSITIVE_INFINITY, absoluteMs = resolveMaxLatency(absolute, {})?.maxLatencyMs ?? Number.POSITIVE_INFINITY, { maxLatencyMs } = resolveMaxLatency(recipe.budgets, ofBaselines("p50Ms"));
  return latencies.slice(0, decoded.length).map(({ p50Ms, p10Ms }) => ({
    ms: p50Ms,
    maxLatencyMs,
    share: Math.max(p10Ms / relativeMs, p50Ms / absoluteMs)
  }));
}

// src/nas/evolution.ts
var parents = 10, generation = 20, mutation = 0.15, tries = 50;
async function evolve({
  costs,
  maxLatencyMs,
  evaluations,
  seed,
  score
}) {
  let random = createRandom(seed, "evolution"), sampler = createFeasibleSampler(costs, maxLatencyMs), named = /* @__PURE__ */ new Set(), fresh = (make) => {
    for (let i = 0; i < tries; i++) {
      let path = make();
      if (!(named.has(path.join()) || pathLatency(costs, path) > maxLatencyMs))
        return named.add(path.join()), path;
    }
  }, scored = [];
  for (; scored.length < evaluations; ) {
    let best = scored.slice(0, parents).map(({ path }) => path), children = [];
    for (; children.length < Math.min(generation, evaluations - scored.length); ) {
      let path = (best.length === 0 ? void 0 : fresh(() => bear(best, children.length, costs, random))) ?? fresh(() => sampler.sample(random));
      if (!path) break;
      children.push(path);
    }
    if (children.length === 0) break;
    let scores = await score(children), added = children.map((path, i) => ({ path, score: scores[i] }));
    scored = [...scored, ...added].sort((a, b) => b.score - a.score);
  }
  return scored;
}
function bear(best, index2, { single }, random) {
  let one = best[random.int(best.length)];
  if (index2 % 2 === 0)
    return one.map((operation2, layer) => random.uniform() < mutation ? random.int(single[layer].length) : operation2);
  let other = best[random.int(best.length)];
  return one.map((operation2, layer) => random.uniform() < 0.5 ? operation2 : other[layer]);
}

// src/pipeline/stages/evolution.ts
var scoresSchema = external_exports.object({
  schema: external_exports.literal("proxyless-ci/evolution@1"),
  scores: external_exports.record(external_exports.string(), external_exports.number())
});
async function evolutionStage({ recipe, folder }, { costs }, maxLatencyMs, score, logProbabilities2) {
  let file = folder.checkpoint("evolution.json"), known = (await readCheckedJson(file, scoresSchema))?.scores ?? {}, found = await evolve({
    costs,
    maxLatencyMs,
    evaluations: recipe.derive.evolution,
    seed: recipe.seed,
    score: async (paths) => {
      let unknown = paths.filter((path) => known[path.join()] === void 0);
      if (unknown.length > 0) {
        let scores = await score(unknown);
        for (let [i, path] of unknown.entries()) known[path.join()] = scores[i];
        await writeCheckedJson(file, { schema: "proxyless-ci/evolution@1", scores: known });
      }
      return paths.map((path) => known[path.join()]);
    }
  });
  folder.log(`evolution: ${found.length} networks scored, best ${(100 * found[0].score).toFixed(2)} %`);
  let sizes = costs.single.map((row) => row.length);
  return found.map(({ path }) => ({
    path,
    latencyMs: pathLatency(costs, path),
    logProbability: pathTotal(logProbabilities2, sizes, path)
  }));
}

// src/pipeline/stages/derive.ts
var randomSubnets = 20;
async function deriveStage(context, inputs, deferTrials = !1) {
  let saved = await readRanking(context.folder.path), scored = saved ?? await derive(context, inputs);
  saved || await writeRanking(context.folder.path, scored);
  let awaited = deferTrials ? untriedFinalists(context.recipe, scored) : [];
  return awaited.length > 0 ? { ranking: { ...scored, chosen: null }, architecture: void 0, awaited } : { ...await takeOne(context, inputs.data, scored), awaited };
}
async function takeOne(context, data, scored) {
  let { folder, space, recipe } = context, ranking = await tryFinalists(context, data, scored, (after) => writeRanking(folder.path, after)), taken = ranking.candidates.find((candidate) => candidate.architecture === ranking.chosen), architecture = taken && architectureOf(space, taken.path, searchedName(recipe));
  if (architecture && await writeFileAtomic(folder.architecture, formatArchitecture(architecture)), taken) {
    let { trialMiou } = taken;
    say(
      context,
      `derived ${taken.architecture}: ${(100 * taken.limitShare).toFixed(1)} % of the latency limit as measured, supernet mIoU ${(100 * taken.supernetMiou).toFixed(2)} % (random subnets ${(100 * ranking.randomSubnets.mean).toFixed(2)} %)${trialMiou === void 0 ? "" : `, ${(100 * trialMiou).toFixed(2)} % after its trial training`}`
    );
  }
  return { ranking, architecture };
}
async function derive(context, { data, net, latency, budget, search }) {
  let { recipe } = context, logP = logProbabilities(search.alphas, net.supernet.sizes), macs = net.supernet.sizes.map(
    (size2, layer) => Float64Array.from({ length: size2 }, (_, operation2) => moduleCost(net.supernet.candidate(layer, operation2)).macs)
  ), score = async (paths) => (await scorePaths(context, data, net, paths)).scores, evolved = recipe.derive.evolution > 0 ? await evolutionStage(context, latency, budget.maxLatencyMs, score, logP) : [], { candidates, measured: measured2 } = await decodeWithinLimit({
    tradeOffs: candidateGroups(recipe.derive),
    maxLatencyMs: budget.maxLatencyMs,
    fastestMs: fastestPath(latency.costs).latencyMs,
    decode: (maxLatenciesMs) => {
      let points = maxLatenciesMs.slice(0, recipe.derive.tradeOffs), probable = tradeOffs(latency.costs, points, logP, macs, recipe.derive.candidates);
      if (evolved.length === 0) return probable;
      let named = new Set(probable.flat().map(({ path }) => path.join())), fit = evolved.filter((one) => one.latencyMs <= maxLatenciesMs.at(-1) && !named.has(one.path.join()));
      return [...probable, fit.slice(0, recipe.derive.candidates)];
    },
    measure: (decoded) => measurePaths(context, decoded),
    note: (line) => say(context, line)
  }), sampler = createFeasibleSampler(latency.costs, budget.maxLatencyMs), random = createRandom(recipe.seed, "random-subnets"), rivals = Array.from({ length: randomSubnets }, () => sampler.sample(random)), { scores, silhouetteMiou } = await scorePaths(context, data, net, [
    ...candidates.map((c) => c.path),
    ...rivals
  ]), rivalScores = scores.slice(candidates.length), described = candidates.map((candidate, i) => ({
    architecture: `candidate-${i + 1}`,
    path: [...candidate.path],
    tradeOff: candidate.tradeOff,
    logProbability: candidate.logProbability,
    macs: candidate.path.reduce((sum2, operation2, layer) => sum2 + macs[layer][operation2], 0),
    predictedMs: pathLatency(latency.costs, candidate.path),
    measuredMs: measured2[i].ms,
    limitShare: measured2[i].share,
    supernetMiou: scores[i]
  })), { maxLatencyMs } = measured2[0];
  return {
    schema: "proxyless-ci/ranking@1",
    candidates: described,
    randomSubnets: {
      count: rivalScores.length,
      mean: rivalScores.reduce((a, b) => a + b, 0) / rivalScores.length,
      max: Math.max(...rivalScores),
      scores: rivalScores
    },
    silhouetteMiou,
    chosen: largestOfTheBest(withinLimit({ candidates: described }), recipe.derive.tolerance)?.architecture ?? null,
    maxLatencyMs
  };
}
async function scorePaths(context, data, net, paths) {
  let batches = await recalibrationBatches(context, data), stage = context.progress.stage("scoring subnets", paths.length, "subnets"), accuracies = await withEngine(context, context.recipe.supernet.batch, net.parameters, async (executor) => {
    let result = [];
    for (let path of paths)
      context.signal.throwIfAborted(), result.push(await supernetScore(context, data, net, path, batches, executor)), stage.update(result.length);
    return result;
  });
  return stage.done(), { scores: accuracies.map(({ miou }) => miou), silhouetteMiou: accuracies[0].silhouetteMiou };
}
async function recalibrationBatches(context, data) {
  let { recipe } = context, { batch } = recipe.supernet, { open } = trainingBatches(context, data.supernetPhotos, batch, "recalibration", noAugmentation), stream = await open(0);
  try {
    let batches = [];
    for (; batches.length < recipe.derive.recalibrationBatches; ) batches.push((await stream.next()).images.slice());
    return batches;
  } finally {
    await stream.close();
  }
}
async function supernetScore(context, data, { supernet, parameters }, path, batches, executor) {
  let { recipe, space, signal } = context, weights = await recalibrate(executor, parameters, supernet.pathModules(path), batches), model = deployArchitecture(architectureOf(space, path, "subnet"), weights, recipe.input), photos = evenly(data.searchPhotos, recipe.derive.images);
  return scoreModel({ name: "subnet", bytes: model }, { photos, threads: recipe.threads, signal });
}
function evenly(photos, most3 = photos.length) {
  let count2 = Math.min(most3, photos.length);
  return Array.from({ length: count2 }, (_, i) => photos[Math.floor(i * photos.length / count2)]);
}

// src/pipeline/stages/diagnosis.ts
var closeShare = 0.95, draws = 2e3;
function diagnosisSubjects({ recipe }, costs, maxLatencyMs, derived, { subnets }) {
  let random = createRandom(recipe.seed, "diagnosis"), fastestMs = fastestPath(costs).latencyMs, named = /* @__PURE__ */ new Set(), drawn = (group3, lowMs, highMs) => {
    let path = drawBetween(costs, lowMs, highMs, random, named);
    return path ? [{ group: group3, path }] : [];
  }, topMs = Math.min(maxLatencyMs, slowestMs(costs)), step = (topMs - fastestMs) / subnets, range = Array.from(
    { length: subnets },
    (_, i) => drawn("range", fastestMs + i * step, i + 1 === subnets ? topMs : fastestMs + (i + 1) * step)
  ), close = Array.from({ length: subnets }, () => drawn("limit", closeShare * topMs, topMs));
  return [...range.flat(), ...close.flat(), ...derived ? [{ group: "derived", path: derived.path }] : []];
}
function slowestMs({ constant, single, pair }) {
  let negative = (row) => row.map((ms3) => -ms3), costs = { constant: -constant, single: single.map(negative) };
  return -fastestPath(pair ? { ...costs, pair: pair.map((rows) => rows.map(negative)) } : costs).latencyMs;
}
function drawBetween(costs, lowMs, highMs, random, named) {
  let sampler = createFeasibleSampler(costs, highMs);
  for (let i = 0; i < draws; i++) {
    let path = sampler.sample(random);
    if (!(pathLatency(costs, path) < lowMs || named.has(path.join())))
      return named.add(path.join()), path;
  }
}
var diagnosisEpochs = ({ recipe }) => recipe.derive.trialEpochs || recipe.train.epochs;
function diagnosisTrainings(context, { supernetPhotos: photos }, subjects, { seeds }) {
  let { recipe, space } = context, epochs = diagnosisEpochs(context);
  return Array.from({ length: seeds }, (_, i) => recipe.seed + i).flatMap(
    (seed) => subjects.map(({ path }, i) => {
      let name = `network ${i + 1} of ${subjects.length}, seed ${seed}`, checkpoint = `diagnosis-${path.join("-")}.seed-${seed}.safetensors`, seeded = { ...context, recipe: { ...recipe, seed } };
      return {
        name,
        checkpoint,
        steps: epochs * stepsPerEpoch({ photos, batch: recipe.train.batch }),
        train: () => trainAlone(seeded, architectureOf(space, path, `diagnosis-${i + 1}`), {
          checkpoint,
          title: `diagnosis: ${name}`,
          photos,
          epochs
        })
      };
    })
  );
}
async function diagnose(context, { data, net, costs }, subjects, size2) {
  let { recipe, space, signal } = context, trainings = diagnosisTrainings(context, data, subjects, size2), settings = { photos: data.searchPhotos, threads: recipe.threads, signal }, mious = subjects.map(() => []);
  for (let [i, { name, train: train2 }] of trainings.entries()) {
    let { model } = await train2(), { miou } = await scoreModel({ name, bytes: model }, settings);
    context.folder.log(`diagnosis: ${name}: ${(100 * miou).toFixed(2)} %`), mious[i % subjects.length].push(miou);
  }
  let { scores } = await scorePaths(
    context,
    data,
    net,
    subjects.map(({ path }) => path)
  ), networks = subjects.flatMap(({ group: group3, path }, i) => {
    if (group3 === "derived") return [];
    let cost = architectureCost(architectureOf(space, path, "subnet"), recipe.input), latencyMs = pathLatency(costs, path);
    return [{ group: group3, path: [...path], latencyMs, ...cost, supernetMiou: scores[i], mious: mious[i] }];
  }), taken = subjects.findIndex(({ group: group3 }) => group3 === "derived");
  return {
    epochs: diagnosisEpochs(context),
    seeds: size2.seeds,
    networks,
    taus: tausOf(networks),
    ...taken < 0 ? {} : { derived: { supernetMiou: scores[taken], mious: mious[taken] } }
  };
}
function tausOf(networks) {
  return ["range", "limit"].flatMap((group3) => {
    let members = networks.filter((network) => network.group === group3);
    if (members.length < 3) return [];
    let truth = members.map(({ mious }) => mious.reduce((a, b) => a + b, 0) / mious.length), against = (figure) => tauWithInterval(members.map(figure), truth);
    return [
      {
        group: group3,
        networks: members.length,
        supernet: against(({ supernetMiou }) => supernetMiou),
        macs: against(({ macs }) => macs),
        parameters: against(({ parameters }) => parameters),
        latency: against(({ latencyMs }) => latencyMs)
      }
    ];
  });
}

// src/nas/gates.ts
async function gateGradients({ spec, supernet, executor, loss, costs }, step, drawn, batch, random) {
  let { p, limitMs, latency } = step, conditional = (path2, layer) => conditionalProbabilities(costs, limitMs, p, path2, layer), { path, others } = spec.gates === "two-path" ? drawPairs(conditional, drawn, random) : { path: drawn, others: void 0 }, gates = path.map(
    (_, layer) => new Array(costs.single[layer].length).fill(void 0)
  ), onLayer = async (layer, { inputs, outputs }, upstream) => {
    let active = path[layer];
    for (let [operation2, q] of conditional(path, layer).entries())
      operation2 === active ? gates[layer][operation2] = dot2(outputs[0], upstream) : q > 0 && (!others || others[layer] === operation2) && (gates[layer][operation2] = await executor.gate(supernet.candidate(layer, operation2), inputs[0], upstream));
  }, value = await runPath(executor, loss, supernet.pathModules(path), batch, { updateWeights: !1, onLayer }), perMs = latency?.(value) ?? 0, byLayer = p.map((row) => new Float64Array(row.length)), pairs = [];
  return gates.forEach((row, layer) => {
    let compared = row.flatMap((gate, operation2) => gate === void 0 ? [] : [operation2]);
    if (compared.length < 2) return;
    let priced = row.map(
      (gate, operation2) => gate === void 0 ? void 0 : gate + perMs * pathLatency(costs, path.with(layer, operation2))
    ), gradient = gateGradient(conditional(path, layer), priced);
    rowAt(byLayer[layer], row.length, path, layer).set(gradient), others && pairs.push({ layer, path, pair: [compared[0], compared[1]] });
  }), { path, byLayer, pairs, loss: value };
}
function dot2(output2, upstream) {
  let sum2 = 0;
  for (let i = 0; i < output2.length; i++) sum2 += output2[i] * upstream[i];
  return sum2;
}
function drawPairs(conditional, drawn, random) {
  let path = drawn, others = drawn.map((own, layer) => {
    let q = conditional(path, layer), other = drawOther(q, own, random);
    if (other !== void 0)
      return random.uniform() * (q[own] + q[other]) < q[own] ? other : (path = path.with(layer, other), own);
  });
  return { path, others };
}
function drawOther(q, own, random) {
  let total = q.reduce((sum2, value, operation2) => operation2 === own ? sum2 : sum2 + value, 0), left = random.uniform() * total, last;
  for (let [operation2, value] of q.entries())
    if (!(operation2 === own || value === 0) && (last = operation2, left -= value, left < 0))
      break;
  return last;
}

// src/nas/alpha-search.ts
var numbers2 = external_exports.array(external_exports.number()), checkpointSchema2 = external_exports.object({
  schema: external_exports.literal("proxyless-ci/alphas@3"),
  step: external_exports.int(),
  seconds: external_exports.number(),
  alphas: external_exports.array(numbers2),
  /** Sum of the alphas of the steps that are averaged. */
  sums: external_exports.array(numbers2),
  adam: external_exports.unknown(),
  entropyBefore: external_exports.number(),
  violations: external_exports.int(),
  draws: external_exports.int(),
  accepted: external_exports.int()
}), rejectionCap = 1e4;
function meanEntropy(alphas, sizes) {
  let rows = probabilities(alphas, sizes).flatMap((p, layer) => sizes[layer] > 1 ? rowsOf(p, sizes[layer]) : []);
  return rows.reduce((sum2, p) => sum2 + entropy(p) / Math.log(p.length), 0) / Math.max(1, rows.length);
}
async function searchAlphas(options) {
  let { spec, supernet, signal } = options, sizes = [...supernet.sizes], saved = await readCheckedJson(options.checkpoint, checkpointSchema2), unpack = (rows) => rows.map((row) => Float64Array.from(row)), alphas = saved ? unpack(saved.alphas) : createAlphas(sizes, createRandom(spec.seed, "alphas"), spec.strategy === "subpath"), sums = saved ? unpack(saved.sums) : alphas.map((row) => new Float64Array(row.length)), adam = createAdam({ betas: [0, 0.999], epsilon: 1e-8 });
  saved && adam.restore(saved.adam);
  let state = saved ?? {
    step: 0,
    seconds: 0,
    violations: 0,
    draws: 0,
    accepted: 0,
    entropyBefore: meanEntropy(alphas, sizes)
  }, started = performance.now(), lastCheckpoint = started, save = () => (state.seconds += (performance.now() - started) / 1e3, started = performance.now(), lastCheckpoint = started, writeCheckedJson(options.checkpoint, {
    ...state,
    schema: "proxyless-ci/alphas@3",
    alphas: alphas.map((row) => [...row]),
    sums: sums.map((row) => [...row]),
    adam: adam.state()
  })), averagedFrom = Math.floor(spec.steps / 2);
  if (state.step < spec.steps) {
    let step = createStep(options, state), batches = await options.openBatches(state.step);
    try {
      for (; state.step < spec.steps; ) {
        signal.aborted && (await save(), signal.throwIfAborted());
        let random = createRandom(spec.seed, "alpha-step", state.step), { gradients, pairs, loss } = await step(alphas, await batches.next(), random), before2 = alphas.map((row) => Float64Array.from(row)), rate = spec.learningRate * (1 + Math.cos(Math.PI * state.step / spec.steps)) / 2;
        adam.step(alphas, gradients, rate);
        for (let { layer, path, pair } of pairs) {
          let previous = rowAt(before2[layer], sizes[layer], path, layer);
          twoPathShift(rowAt(alphas[layer], sizes[layer], path, layer), pair, [
            previous[pair[0]],
            previous[pair[1]]
          ]);
        }
        if (state.step >= averagedFrom) for (let [layer, row] of sums.entries()) addInto(row, alphas[layer]);
        state.step++, options.onStep({ step: state.step, loss, entropy: meanEntropy(alphas, sizes) }), performance.now() - lastCheckpoint > options.checkpointEveryMs && await save();
      }
      await save();
    } finally {
      await batches.close();
    }
  }
  let averaged = sums.map((row) => row.map((sum2) => sum2 / (spec.steps - averagedFrom)));
  return {
    alphas: averaged,
    entropyBefore: state.entropyBefore,
    entropyAfter: meanEntropy(averaged, sizes),
    violations: state.violations,
    acceptanceRate: spec.constraint === "rejection" ? state.accepted / state.draws : void 0,
    steps: state.step,
    seconds: state.seconds
  };
}
function meanAlphas(searches, sizes) {
  let logs = searches.map((alphas) => logProbabilities(alphas, sizes));
  return logs[0].map(
    (row, layer) => row.map((_, entry) => logs.reduce((sum2, log) => sum2 + log[layer][entry], 0) / logs.length)
  );
}
function createStep(options, state) {
  let { spec, supernet, executor, loss, costs, maxLatencyMs } = options, sizes = [...supernet.sizes], soft = spec.constraint === "add" || spec.constraint === "mul", limitMs = soft ? Number.MAX_VALUE : maxLatencyMs, coupled = spec.strategy === "subpath", exact = spec.constraint === "rejection" ? void 0 : createExactSampler(costs, limitMs, coupled), draw2 = (p, random) => {
    let drawn = exact ? { path: exact.sample(p, random), draws: 1 } : sampleRejection(costs, limitMs, p, random, rejectionCap);
    return state.draws += drawn.draws, state.accepted++, drawn.path;
  };
  return async (alphas, batch, random) => {
    let p = probabilities(alphas, sizes), first = draw2(p, random), second = draw2(p, random), latency = soft ? softLatency(spec, maxLatencyMs, () => meanLatency(costs, p, draw2, random)) : void 0, gates = await gateGradients(options, { p, limitMs, latency }, first, batch, random);
    pathLatency(costs, gates.path) > maxLatencyMs && state.violations++;
    let binding = budgetCorrectionGradient(costs, limitMs, p, [gates.path, second], 1).some(
      (row) => row.some((v) => v !== 0)
    ), gradients = gates.byLayer;
    if (binding) {
      let other = await pathLoss(executor, loss, supernet.pathModules(second), batch), total = (value, path) => value + (latency?.(value) ?? 0) * pathLatency(costs, path), difference = total(gates.loss, gates.path) - total(other, second);
      budgetCorrectionGradient(costs, limitMs, p, [gates.path, second], difference).forEach((row, layer) => {
        addInto(gradients[layer], row);
      });
    }
    return { gradients, pairs: gates.pairs, loss: gates.loss };
  };
}
var latencyDraws = 32;
function meanLatency(costs, p, draw2, random) {
  return Array.from({ length: latencyDraws }, () => pathLatency(costs, draw2(p, random))).reduce((a, b) => a + b) / latencyDraws;
}
function softLatency({ constraint, latencyWeight }, referenceMs, expectedMs) {
  if (constraint === "add") return () => latencyWeight / referenceMs;
  let mean3 = expectedMs();
  return (loss) => loss * latencyWeight / mean3;
}
function addInto(target, source) {
  for (let i = 0; i < target.length; i++) target[i] += source[i];
}

// src/nas/balance.ts
var largestWeight = 1e3, iterations = 100, tolerance2 = 1e-3;
function balancedProbabilities(costs, maxLatencyMs) {
  let lattice = createLattice(costs, maxLatencyMs), table = createTable(lattice), weights = lattice.sizes.map((size2) => new Float64Array(size2).fill(1 / size2));
  for (let iteration = 0; iteration < iterations; iteration++) {
    fillMass(lattice, weights, table);
    let shares = marginals(lattice, weights, table);
    if (Math.max(...shares.map((row) => Math.max(...row.map((share2) => Math.abs(share2 * row.length - 1))))) < tolerance2) break;
    weights = weights.map(
      (row, layer) => normalized(
        row.map((weight, operation2) => {
          let share2 = shares[layer][operation2];
          return share2 > 0 ? weight / Math.sqrt(share2 * row.length) : weight;
        })
      )
    );
  }
  return weights;
}
function marginals(lattice, weights, table) {
  let width2 = lattice.buckets + 1, result = lattice.sizes.map((size2) => new Float64Array(size2)), states = new Float64Array(width2);
  return states[lattice.buckets] = 1, lattice.sizes.forEach((size2, layer) => {
    let next = new Float64Array(lattice.contexts[layer + 1] * width2);
    for (let context = 0; context < lattice.contexts[layer]; context++)
      for (let left = 0; left < width2; left++) {
        let state = states[context * width2 + left];
        if (state === 0) continue;
        let perMass = state / table[layer][context * width2 + left];
        for (let operation2 = 0; operation2 < size2; operation2++) {
          let rest = left - lattice.spent[layer][context * size2 + operation2];
          if (rest < 0) continue;
          let target = nextContext(lattice, layer, operation2) * width2 + rest, share2 = perMass * weights[layer][entryOf(weights[layer], size2, context, operation2)] * table[layer + 1][target];
          result[layer][operation2] += share2, next[target] += share2;
        }
      }
    states = next;
  }), result;
}
function normalized(row) {
  let mean3 = Math.exp(row.reduce((sum2, weight) => sum2 + Math.log(weight), 0) / row.length), bounded = row.map((weight) => Math.min(largestWeight, Math.max(1 / largestWeight, weight / mean3))), total = bounded.reduce((sum2, weight) => sum2 + weight, 0);
  return bounded.map((weight) => weight / total);
}

// src/nas/supernet.ts
function createSupernet(space, input) {
  let { head, layers, tail, features } = spaceModules(space, input);
  return {
    sizes: layers.map((candidates) => candidates.length),
    pathModules: (path) => ({
      head,
      layers: path.map((operation2, layer) => layers[layer][operation2]),
      tail,
      features
    }),
    candidate: (layer, operation2) => layers[layer][operation2],
    ensure(parameters) {
      for (let module of [head, ...layers.flat(), tail]) parameters.ensure(module);
    }
  };
}
function kernelsShare(own) {
  let [, layer, family, variant, parameter] = /^(layers\.\d+\.)(\w+?)_(?:\dx\d)(\w*)\/(.+)$/.exec(own) ?? [];
  return parameter === void 0 || /depthwise|\.bn\./.test(parameter) ? own : `${layer}${family}${variant}/${parameter}`;
}
function createSupernetPaths(supernet, sampling, costs, maxLatencyMs, seed) {
  let violations = 0, count2 = (path) => (pathLatency(costs, path) > maxLatencyMs && violations++, path);
  if (sampling !== "strictly-fair") {
    let draw2 = drawing(sampling, costs, maxLatencyMs);
    return {
      at: (step) => supernet.pathModules(count2(draw2(createRandom(seed, "supernet-path", step)))),
      violations: () => violations,
      state: () => JSON.stringify({ violations }),
      restore: (state) => {
        violations = JSON.parse(state).violations;
      }
    };
  }
  let sampler = createStrictlyFairSampler([...supernet.sizes], createRandom(seed, "strictly-fair"));
  return {
    at: () => supernet.pathModules(count2(sampler.sample())),
    violations: () => violations,
    state: () => JSON.stringify({ violations, sampler: sampler.state() }),
    restore: (state) => {
      let saved = JSON.parse(state);
      violations = saved.violations, sampler.restore(saved.sampler);
    }
  };
}
function drawing(sampling, costs, maxLatencyMs) {
  if (sampling === "feasible") return createFeasibleSampler(costs, maxLatencyMs).sample;
  let sampler = createExactSampler(costs, maxLatencyMs), weights = balancedProbabilities(costs, maxLatencyMs);
  return (random) => sampler.sample(weights, random);
}

// src/pipeline/stages/supernet.ts
var supernetCheckpoint = "supernet.safetensors";
async function supernetStage(context, data, latency, budget) {
  let { recipe, space } = context, { steps, batch, sampling, share: share2, optimizer: optimizer2, schedule: schedule2 } = recipe.supernet, supernet = createSupernet(space, recipe.input), parameters = createParameters(recipe.seed, void 0, share2 === "kernels" ? kernelsShare : void 0);
  supernet.ensure(parameters);
  let paths = createSupernetPaths(supernet, sampling, latency.costs, budget.maxLatencyMs, recipe.seed), batches = trainingBatches(context, data.supernetPhotos, batch, "supernet"), result = await train(context, {
    checkpoint: supernetCheckpoint,
    title: "supernet",
    batch,
    spec: { steps, optimizer: optimizer2, schedule: schedule2, ema: 0 },
    parameters,
    paths,
    openBatches: batches.open
  });
  return {
    supernet,
    parameters,
    steps,
    images: steps * batch,
    seconds: result.seconds,
    dataWaitShare: result.dataWaitShare,
    violations: sampling === "strictly-fair" ? paths.violations() : void 0
  };
}
async function searchStage(context, data, net, latency, budget) {
  let { recipe, folder } = context, halves = [];
  for (let half of [1, 2]) halves.push(await searchHalf(context, data, net, latency, budget, half));
  let sizes = [...net.supernet.sizes], alphas = meanAlphas(
    halves.map((half) => half.alphas),
    sizes
  ), [first, second] = halves, rates = halves.flatMap(({ acceptanceRate: acceptanceRate2 }) => acceptanceRate2 ?? []), soft = recipe.search.constraint === "add" || recipe.search.constraint === "mul", result = {
    alphas,
    entropyBefore: first.entropyBefore,
    entropyAfter: meanEntropy(alphas, sizes),
    violations: soft ? first.violations + second.violations : void 0,
    acceptanceRate: rates.length > 0 ? rates.reduce((a, b) => a + b) / rates.length : void 0,
    repeatability: agreement(first.alphas, second.alphas, sizes),
    steps: first.steps + second.steps,
    seconds: first.seconds + second.seconds
  }, { entropyBefore, entropyAfter, repeatability } = result;
  return folder.log(
    `search: entropy ${entropyBefore.toFixed(4)} to ${entropyAfter.toFixed(4)}, repeatability ${repeatability.toFixed(3)}`
  ), result;
}
function searchHalf(context, data, { supernet, parameters }, latency, budget, half) {
  let { recipe, folder, progress } = context, { batch, steps, ...spec } = recipe.search, title = `search ${half} of 2`, batches = trainingBatches(context, data.searchPhotos, batch, title, noAugmentation);
  return withEngine(context, batch, parameters, async (executor, loss) => {
    let stage, seed = createRandom(recipe.seed, title).int(2147483648), found = await searchAlphas({
      spec: { ...spec, steps: Math.ceil(steps / 2), seed },
      supernet,
      executor,
      loss,
      costs: latency.costs,
      maxLatencyMs: budget.maxLatencyMs,
      openBatches: batches.open,
      checkpoint: folder.checkpoint(`alphas-${half}.json`),
      checkpointEveryMs,
      signal: context.signal,
      onStep: ({ step, loss: value, entropy: entropy2 }) => {
        stage ??= progress.stage(title, Math.ceil(steps / 2), "steps", step - 1), stage.update(step, `loss ${value.toFixed(3)}, entropy ${entropy2.toFixed(3)}`);
      }
    });
    return stage?.done(`entropy ${found.entropyBefore.toFixed(3)} to ${found.entropyAfter.toFixed(3)}`), found;
  });
}

// src/pipeline/commands/search.ts
import { basename as basename5 } from "node:path";

// src/report/console.ts
function consoleSummary(result) {
  let { height, width: width2 } = result.input, networks = [[...networkColumns], ...result.networks.map(networkCells)], budgets = result.budgets.map((budget) => [
    budget.name,
    `${budgetAmount(budget.name, budget.actual)} of ${budgetAmount(budget.name, budget.limit)}`,
    budgetState(budget)
  ]), machine = `${result.hardware.cpu.model}, ${result.threads} thread${result.threads === 1 ? "" : "s"}, input ${height} x ${width2}`, parts = result.networks.length > 0 ? [machine, "", ...alignRows(networks, !0)] : [machine], sets = setRows(result);
  sets.length > 0 && parts.push("", ...alignRows(sets, !0));
  let seeds = result.networks.flatMap(
    (network) => network.seeds ? [[network.name, ...seedCells(network.seeds)]] : []
  );
  seeds.length > 0 && parts.push("", ...alignRows([["network", ...seedColumns], ...seeds], !0)), result.comparisons && parts.push("", ...alignRows([[...comparisonColumns], ...result.comparisons.map(comparisonCells)], !1)), budgets.length > 0 && parts.push("", ...alignRows(budgets, !1));
  let warnings = silhouetteWarnings(result).map((warning) => `warning: ${warning}`);
  return warnings.length > 0 && parts.push("", ...warnings), [...parts, "", `${verdictWords[result.verdict]}: ${result.reason}`].join(`
`);
}
function measurementSummary(found) {
  let { hardware, threads, reference } = found, inputs = Object.entries(found.inputs).map(([name, dims]) => `${name} ${dims.join(" x ")}`), quantile = ({ value, interval: [low, high] }) => [
    milliseconds(value),
    `95 % interval ${milliseconds(low)} to ${milliseconds(high)}`
  ], rows = [
    ["p50", ...quantile(found.p50)],
    ["p95", ...quantile(found.p95)],
    ["p99", ...quantile(found.p99)],
    ["FPS", found.fps.toFixed(1), "at p50"],
    ["memory", `${(found.memoryBytes / 2 ** 20).toFixed(0)} MiB`, "above that before the first session"],
    [
      "reference",
      milliseconds(reference.p50Ms),
      `a fixed network in the same rounds; its blocks moved by up to ${(100 * reference.drift).toFixed(1)} %`
    ]
  ];
  return [
    `${found.model}: ${millions(found.parameters)} parameters, ${inputs.join(", ")}`,
    `${hardware.cpu.model}, ${threads} thread${threads === 1 ? "" : "s"}, ${found.runs} runs in ${found.blocks} sessions`,
    "",
    ...alignRows(rows, !1),
    found.pinning,
    "",
    `${found.verdict === "measured" ? "Measured" : "Inconclusive"}: ${found.reason}`
  ].join(`
`);
}
var sources = {
  given: "as stated",
  metadata: "from its metadata",
  graph: "from the graph, or from what it computes",
  assumed: "ASSUMED: the file does not say"
};
function inspectionSummary({ model, parameters, macs, bytes, facts }) {
  return [
    `${model}: ${millions(parameters)} parameters, ${millions(macs)} multiply-accumulates, ${bytes} bytes`,
    "",
    ...alignRows(
      facts.map(({ what, value, from }) => [what, value, sources[from]]),
      !1
    )
  ].join(`
`);
}
function alignRows(rows, numbers3) {
  let widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows.map(
    (row) => row.map((cell2, column) => numbers3 && column > 0 ? cell2.padStart(widths[column]) : cell2.padEnd(widths[column])).join("  ").trimEnd()
  );
}

// src/pipeline/outcome.ts
async function describeResult({ dataset, ...facts }, found) {
  let commit = facts.commit ?? await currentCommit(), { recipe, seed, threads, input, hardware } = facts;
  return {
    schema: "proxyless-ci/result@2",
    recipe,
    seed,
    createdAt: (/* @__PURE__ */ new Date()).toISOString(),
    ...commit ? { commit } : {},
    toolVersion: toolVersion(),
    hardware,
    threads,
    pinning: planCores(threads, await readCoreFacts()).statement,
    input: { height: input.height, width: input.width },
    ...dataset ? {
      data: {
        sets: dataset.sets.map(({ name, weight, train: train2, val }) => ({ name, weight, train: train2, val })),
        train: dataset.train.length,
        val: dataset.val.length,
        fingerprint: dataset.fingerprint
      }
    } : {},
    ...found
  };
}
function outcomeOf(result) {
  return { exitCode: exitCodeOf(result.verdict), summary: consoleSummary(result), json: result };
}

// src/pipeline/page.ts
import { readFile as readFile4 } from "node:fs/promises";
import { join as join12 } from "node:path";

// src/report/html.ts
import { createHash as createHash9 } from "node:crypto";
var hashOf = (text) => `'sha256-${createHash9("sha256").update(text).digest("base64")}'`;
function pagePolicy({ script, style }, served) {
  let own = served ? " 'self'" : "";
  return [
    "default-src 'none'",
    `script-src ${hashOf(script)} 'wasm-unsafe-eval'${served ? " 'self' blob:" : ""}`,
    // Scripts set single properties of elements; style sheets and attributes are none but the page's own.
    `style-src ${hashOf(style)}`,
    "img-src data: blob:",
    "media-src blob:",
    `connect-src${served ? own : " 'none'"}`,
    `worker-src${served ? " 'self' blob:" : " 'none'"}`,
    "base-uri 'none'",
    "form-action 'none'"
  ].join("; ");
}
var embedded = (data) => JSON.stringify(data).replaceAll("<", "\\u003c").replaceAll("\u2028", "\\u2028").replaceAll("\u2029", "\\u2029");
function htmlReport(data, assets) {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${pagePolicy(assets, data.tryIt !== void 0).replaceAll('"', "&quot;")}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>proxyless-ci report</title>
<style>${assets.style}</style>
</head>
<body>
<main><noscript>This report is drawn by its own script; report.md beside it has the same figures.</noscript></main>
<script type="application/json" id="data">${embedded(data)}</script>
<script type="module">${assets.script}</script>
</body>
</html>
`;
}

// src/pipeline/page.ts
async function pageAssets() {
  let read = (name) => readFile4(join12(packageRoot(), "dist", name), "utf8"), [script, style] = await Promise.all([read("report-page.js"), read("report-page.css")]);
  return { script: script.trimEnd(), style: style.trimEnd() };
}
async function writePage(path, result, table) {
  await writeFileAtomic(path, htmlReport(pageData(result, table), await pageAssets()));
}
function pageData(result, table) {
  return { result, layers: layersOf(result, table), ...table ? { table: tableOf(table) } : {} };
}
function layersOf({ architecture, input }, table) {
  if (!architecture) return [];
  let [height, width2] = [Math.ceil(input.height / 2), Math.ceil(input.width / 2)];
  return architecture.layers.map((layer, index2) => {
    let entry = (table?.space.layers[index2]?.map((entry2) => table.entries[entry2]) ?? []).find(
      (one) => one.operation === layer.operation && one.in === layer.in && one.out === layer.out && one.stride === layer.stride && one.expanded === layer.expanded
    ), { operation: operation2, in: from, out, stride } = layer, shown = { operation: operation2, in: from, out, stride, height, width: width2, latencyMs: entry?.latencyMs };
    return height = Math.ceil(height / stride), width2 = Math.ceil(width2 / stride), shown;
  });
}
function tableOf({ entries, space }) {
  let layers = space.layers.map((candidates) => candidates.map((i) => entries[i])), operations3 = [...new Set(entries.map(({ operation: operation2 }) => operation2))];
  return {
    layers: layers.map(([first]) => `${first.in}-${first.out}, ${first.height}x${first.width}`),
    rows: operations3.map((operation2) => ({
      operation: operation2,
      ms: layers.map((candidates) => candidates.find((entry) => entry.operation === operation2)?.latencyMs ?? null)
    }))
  };
}

// src/runtime/profile.ts
var import_onnxruntime_node4 = __toESM(require_onnxruntime_node(), 1);
import { mkdtemp, readdir as readdir6, readFile as readFile5, rm as rm5 } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join as join13 } from "node:path";
var shapes = external_exports.array(external_exports.record(external_exports.string(), external_exports.array(external_exports.number()))), event = external_exports.object({
  cat: external_exports.string(),
  name: external_exports.string(),
  dur: external_exports.number(),
  args: external_exports.object({ op_name: external_exports.string(), input_type_shape: shapes, output_type_shape: shapes }).partial()
});
async function profileRuns(model, settings, use) {
  let folder = await mkdtemp(join13(tmpdir(), "proxyless-ci-"));
  try {
    let session = await import_onnxruntime_node4.InferenceSession.create(model, {
      ...sessionOptions(settings),
      enableProfiling: !0,
      profileFilePrefix: join13(folder, "profile")
    });
    try {
      await use(session), session.endProfiling();
    } finally {
      await session.release();
    }
    let [file] = await readdir6(folder), events = external_exports.array(event).parse(JSON.parse(await readFile5(join13(folder, file), "utf8"))), suffix2 = "_kernel_time";
    return events.filter(({ cat, name, args }) => cat === "Node" && name.endsWith(suffix2) && args.op_name).map(({ name, dur, args }) => ({
      name: name.slice(0, -suffix2.length),
      operator: args.op_name,
      ms: dur / 1e3,
      inputs: dimsOf2(args.input_type_shape),
      outputs: dimsOf2(args.output_type_shape)
    }));
  } finally {
    await rm5(folder, { recursive: !0, force: !0 });
  }
}
var dimsOf2 = (list = []) => list.map((one) => Object.values(one)[0] ?? []);

// src/latency/operators.ts
var [sessions, runs, settling] = [8, 12, 8], most2 = 10, confidence = 0.99, leastShare = 0.01;
async function compareOperators(base, head, threads) {
  return withPinnedThreads(threads, async ({ cores }) => {
    let prepared = [];
    for (let model of [base, head]) {
      let { bytes, feeds, dimensions } = prepareToTime(model, createRandom(0, "profile")), settings = { threads, cores, takesTurns: !0, dimensions };
      prepared.push({ bytes: await optimizeModel(bytes, settings), feeds, settings: { ...settings, optimize: !1 } });
    }
    let found = [[], []], random = createRandom(0, "profile", "order");
    for (let session = 0; session < sessions; session++)
      for (let side6 of random.permutation(2)) {
        let { bytes, feeds, settings } = prepared[side6], nodes = await profileRuns(bytes, settings, async (opened) => {
          for (let run = 0; run < settling + runs; run++) await opened.run(feeds);
        });
        found[side6].push(sessionOf(nodes));
      }
    return operatorDifferences(...found);
  });
}
function sessionOf(nodes) {
  let perRun = nodes.length / (settling + runs), all = /* @__PURE__ */ new Map();
  for (let run = settling; run < settling + runs; run++)
    for (let [key, node] of keysOf(nodes.slice(run * perRun, (run + 1) * perRun))) {
      let known = all.get(key) ?? { operator: node.operator, times: [] };
      known.times.push(node.ms), all.set(key, known);
    }
  return new Map([...all].map(([key, { operator, times: times2 }]) => [key, { operator, ms: median(times2) }]));
}
function keysOf(nodes) {
  let keys = /* @__PURE__ */ new Map();
  for (let node of nodes) {
    let kind = !/^_(?:token_)?\d+$/.test(node.name.replace(node.operator, "")) && node.name || `${node.operator} to ${node.outputs.map((dims) => dims.join(" x ")).join(", ")}`, key = kind;
    for (let count2 = 2; keys.has(key); count2++) key = `${kind} (${count2})`;
    keys.set(key, node);
  }
  return keys;
}
function operatorDifferences(base, head) {
  let keys = new Set(
    [...base, ...head].flatMap((session) => [...session].map(([key, { operator }]) => `${operator}
${key}`))
  ), timesOf = (all, operator, name) => all.map((session) => {
    let node = session.get(name);
    return node?.operator === operator ? node.ms : 0;
  }), totals = base.map((session) => [...session.values()].reduce((sum2, { ms: ms3 }) => sum2 + ms3, 0)), least = leastShare * median(totals);
  return [...keys].map((key) => {
    let [operator, name] = key.split(`
`), [before2, after] = [timesOf(base, operator, name), timesOf(head, operator, name)], differences = after.map((ms3, session) => ms3 - before2[session]), interval = meanInterval(differences, confidence);
    return { operator, name, baseMs: median(before2), headMs: median(after), interval };
  }).filter(({ baseMs, headMs, interval: [low, high] }) => (low > 0 || high < 0) && Math.abs(headMs - baseMs) >= least).sort((a, b) => Math.abs(b.headMs - b.baseMs) - Math.abs(a.headMs - a.baseMs)).slice(0, most2);
}

// src/latency/blocks.ts
import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
var blocksPerProcess = 4;
async function* sampleBlocks(models, settings) {
  let { random, threads, rounds: rounds2, warm } = settings, worker = import.meta.url.endsWith(".ts") ? void 0 : new URL("./block-worker.js", import.meta.url);
  if (!worker) {
    let plan2 = {
      cores: void 0,
      statement: "Threads are not pinned to cores: the sources run as they are."
    }, measure2 = await prepareBlocks(models, settings, plan2, random);
    for (; ; ) yield { ...await measure2(), process: 0, plan: plan2 };
  }
  let plan = planCores(threads, await readCoreFacts()), distinct = [...new Set(models)], sessions2 = models.map((model) => distinct.indexOf(model));
  for (let process2 = 0; ; process2++) {
    let job = { models: distinct, sessions: sessions2, settings: { threads, rounds: rounds2, warm }, plan, seed: random.int(2147483648) };
    for await (let block2 of blocksOfProcess(worker, job)) yield { ...block2, process: process2 };
  }
}
async function* blocksOfProcess(worker, job) {
  let child = fork(fileURLToPath(worker), {
    serialization: "advanced",
    stdio: ["ignore", "ignore", "inherit", "ipc"]
  });
  try {
    for (let block2 = 0; block2 < blocksPerProcess; block2++) {
      let answer2 = new Promise((resolve4, reject) => {
        child.once("message", resolve4), child.once("error", reject), child.once(
          "exit",
          (code, signal) => reject(new Error(`the process that measures ended by itself (${signal ?? `code ${code}`})`))
        );
      });
      child.send(block2 === 0 ? job : "next");
      let message = await answer2;
      if (child.removeAllListeners(), message.kind !== "block")
        throw message.kind === "userError" ? new UserError(message.message) : new Error(message.message);
      yield { ...message.block, plan: message.plan };
    }
  } finally {
    child.removeAllListeners(), child.on("error", () => {
    }), child.kill("SIGKILL");
  }
}

// src/pipeline/latency-comparison.ts
var comparisonBlocks = {
  /** What this many blocks leave open is within about a percent of the threshold. */
  most: 200,
  /** No block is begun after this long, once there are enough to say anything. */
  mostMs: 9e4,
  /**
   * Rounds in a block. Sessions of one model differ by 1 %, however often they run, so more blocks tell more than longer ones.
   */
  rounds: 10
};
async function compareLatency(base, heads, settings) {
  let { threads, random, threshold, confidence: confidence2, onProgress } = settings, { most: most3, mostMs, rounds: rounds2 } = comparisonBlocks, fewest2 = fewestSamples(confidence2), endMs = performance.now() + (settings.timeLimitMs ?? mostMs), judge = createLatencyJudge(heads.length, { threshold, confidence: confidence2 }), blocks3 = [], sessions2 = [base, ...heads].flatMap((model) => Array(sessionsPerModel).fill(model));
  for await (let block2 of sampleBlocks(sessions2, { threads, rounds: rounds2, warm: !1, random })) {
    blocks3.push(block2), judge.add(block2), onProgress?.(blocks3.length, most3);
    let late = performance.now() > endMs && blocks3.length >= fewest2;
    if (judge.decided() || blocks3.length >= most3 || late) break;
  }
  let medianOf = (model) => {
    let from = sessionsPerModel * model, own = blocks3.map(({ timings }) => timings.slice(from, from + sessionsPerModel).flat());
    return clusteredQuantile(own, 0.5);
  };
  return { verdicts: judge.verdicts(), base: medianOf(0), heads: heads.map((_, i) => medianOf(1 + i)), blocks: blocks3 };
}

// src/pipeline/stages/compare.ts
var countComparisons = (base, heads) => heads.length + scoredLike(base, heads).length, scoredLike = (base, heads) => base.images ? heads.filter(({ images: images2 }) => images2) : [];
async function compareStage(base, heads, settings) {
  let { threads, seed, progress, signal, confidence: confidence2 } = settings, thresholds = {
    latency: settings.latencyThreshold ?? defaultCriteria.latencyThreshold,
    miou: settings.miouThreshold ?? defaultCriteria.miouThreshold
  }, scored = scoredLike(base, heads), stage, { verdicts, ...medians } = await compareLatency(
    base.model,
    heads.map(({ model }) => model),
    {
      threads,
      threshold: thresholds.latency,
      confidence: confidence2,
      random: createRandom(seed, "compare"),
      timeLimitMs: settings.timeLimitMs,
      onProgress: (done, most3) => {
        signal.throwIfAborted(), stage ??= progress.stage("head against base", most3, "blocks"), stage.update(done);
      }
    }
  );
  stage?.done();
  let slower = [];
  for (let [i, { outcome }] of verdicts.entries())
    outcome === "fail" && progress.note(`${heads[i].name} is slower: its operators are profiled beside those of ${base.name}`), slower.push(outcome === "fail" ? await compareOperators(base.model, heads[i].model, threads) : void 0), signal.throwIfAborted();
  let latency = verdicts.map((verdict, i) => {
    let { outcome, reason, change, interval, threshold, noiseFloor, blocks: blocks3, processes, othersShare } = verdict;
    return {
      metric: "latency",
      head: heads[i].name,
      base: base.name,
      outcome,
      reason,
      change,
      interval: [...interval],
      confidence: confidence2,
      threshold,
      noiseFloor,
      ...slower[i] ? { operators: slower[i] } : {},
      processes: processes.count,
      ...processes.deviation === void 0 ? {} : { processDeviation: processes.deviation },
      ...othersShare === void 0 ? {} : { othersShare },
      baseValue: medians.base.value,
      headValue: medians.heads[i].value,
      count: blocks3
    };
  }), accuracy = scored.map((head) => {
    let random = createRandom(seed, "bootstrap", head.name), limit = { threshold: thresholds.miou, confidence: confidence2, random }, { interval, ...verdict } = judgeAccuracy(base.images, head.images, limit);
    return {
      metric: "miou",
      head: head.name,
      base: base.name,
      ...verdict,
      interval: [...interval],
      confidence: confidence2,
      threshold: thresholds.miou,
      baseValue: base.miou,
      headValue: head.miou,
      count: base.images.length
    };
  }), distributions = verdicts.map((verdict, i) => ({ ...verdict, name: heads[i].name, base: base.name }));
  return { comparisons: [...latency, ...accuracy], distributions };
}

// src/runtime/macs.ts
async function countMacs(source) {
  let { inputs, others, dimensions } = readImageModel(source), feeds = Object.fromEntries([...inputs, ...others].map(({ name, type, dims }) => [name, zeros(type, dims)]));
  return (await profileRuns(source.bytes, { threads: 1, optimize: !1, dimensions }, async (session) => {
    await session.run(feeds);
  }).catch((error) => {
    throw new UserError(
      `${source.name}: ONNX Runtime cannot run it: ${error instanceof Error ? error.message : error}`
    );
  })).reduce((sum2, node) => sum2 + (rules[node.operator]?.(node) ?? 0), 0);
}
var size = (dims = []) => dims.reduce((a, b) => a * b, 1), convolution = (weight) => (node) => size(node.outputs[0]) * size(node.inputs[weight]?.slice(1)), product = (node) => size(node.outputs[0]) * (node.inputs[0]?.at(-1) ?? 0), rules = {
  Conv: convolution(1),
  FusedConv: convolution(1),
  ConvInteger: convolution(1),
  QLinearConv: convolution(3),
  // Every input value meets one filter: [I, O / groups, k...].
  ConvTranspose: (node) => size(node.inputs[0]) * size(node.inputs[1]?.slice(1)),
  MatMul: product,
  MatMulInteger: product,
  QLinearMatMul: product,
  // Whether the left operand is transposed, its sides and the output's tell: the output has all of its values but those summed over.
  Gemm: (node) => {
    let [rows = 0, columns = 0] = node.outputs[0] ?? [];
    return rows * columns * (size(node.inputs[0]) / Math.max(rows, 1));
  }
};

// src/pipeline/stages/evaluate.ts
var blocks = 10, roundsPerBlock = 12;
async function evaluateStage(networks, settings) {
  let { input, threads, photos, signal, progress } = settings, models = networks.map(({ name, model }, i) => ({ name: `${i + 1}: ${name}`, bytes: model, ...input }));
  for (let [i, { name, architecture, settings: stated = {}, untrained: untrained2 }] of networks.entries())
    photos && !architecture && !untrained2 && progress.note(`${name} is read as: ${describeFacts(await inspectModel(models[i], stated))}`);
  let timings = await measureNetworks(models, settings), evaluated = [];
  for (let [i, network] of networks.entries()) {
    let { role, name, architecture, model, untrained: untrained2, trainSeconds, epochs, otherModels = [] } = network, source = { name, bytes: model, ...input }, scores = [];
    if (photos && !untrained2)
      for (let bytes of [model, ...otherModels])
        scores.push(await scoreModel({ ...source, bytes }, { photos, threads, signal, settings: network.settings }));
    let { images: images2, reading, ...accuracy } = scores[0] ?? { images: void 0 }, warning = silhouetteWarning({ name, ...accuracy });
    warning && progress.note(`warning: ${warning}`);
    let p50 = clusteredQuantile(timings[i], 0.5);
    evaluated.push({
      role,
      name,
      ...accuracy,
      ...reading && !architecture ? { reading } : {},
      ...photos && images2 ? scoresBySet(photos, images2) : {},
      ...scores.length > 1 ? { seeds: spreadOf(scores.map(({ miou }) => miou)) } : {},
      ...architecture ? architectureCost(architecture, input) : await modelCost(source),
      bytes: model.length,
      latencyP50Ms: p50.value,
      latencyP50IntervalMs: [...p50.interval],
      latencyP95Ms: clusteredQuantile(timings[i], 0.95).value,
      fps: 1e3 / p50.value,
      ...trainSeconds === void 0 ? {} : { trainSeconds },
      ...epochs === void 0 ? {} : { epochs },
      model: models[i],
      images: images2,
      blocksMs: timings[i]
    });
  }
  return evaluated;
}
async function modelCost(source) {
  return { parameters: readImageModel(source).parameters, macs: await countMacs(source) };
}
function scoresBySet(photos, images2) {
  let names = [...new Set(photos.map(({ set }) => set))];
  return names.length === 1 ? {} : { sets: names.map((name) => {
    let counted = images2.filter((_, i) => photos[i].set === name);
    return { name, images: counted.length, ...iouOf(addCounts(counted)) };
  }) };
}
function spreadOf(mious) {
  return { mious, mean: mean(mious), deviation: sampleStandardDeviation(mious) };
}
async function measureNetworks(models, { threads, seed, progress, signal }) {
  let stage = progress.stage("measuring networks", blocks, "blocks"), random = createRandom(seed, "measure-networks"), measured2 = [];
  for await (let block2 of sampleBlocks(models, { threads, rounds: roundsPerBlock, warm: !0, random }))
    if (signal.throwIfAborted(), measured2.push(block2.timings), stage.update(measured2.length), measured2.length >= blocks) break;
  return stage.done(), models.map((_, i) => measured2.map((block2) => [...block2[i]]));
}
function describeNetworks(evaluated) {
  return evaluated.map(({ model, images: images2, blocksMs, ...network }) => network);
}

// src/pipeline/stages/latency.ts
async function latencyStage(context, given) {
  let { space } = context, table = await tableOfRun(context, given), { subnets, heldOut, baselines } = table.calibration, baselineMs = Object.fromEntries(
    baselines.map(({ name, latencyMs }) => [name, latencyMs])
  ), { costs } = calibrate(space, table, subnets), check = checkPredictor(costs, heldOut, plainSumCosts(space, table));
  return say(context, predictorLine(check)), { table, costs, calibrationSubnets: subnets.length, heldOut: check, baselineMs };
}
function predictorLine({
  count: count2,
  meanAbsoluteErrorPercent,
  biasPercent,
  spearman,
  macsSpearman,
  plainSum
}) {
  return `predictor: ${meanAbsoluteErrorPercent.toFixed(1)} % mean error on ${count2} held-out subnets (bias ${biasPercent.toFixed(1)} %, rank correlation ${spearman.toFixed(3)}; of MACs ${macsSpearman?.toFixed(3) ?? "-"}; plain sum ${plainSum?.meanAbsoluteErrorPercent.toFixed(1) ?? "-"} %)`;
}
function latencyBudget(context, { costs, baselineMs }) {
  let limit = resolveMaxLatency(context.recipe.budgets, baselineMs);
  if (!limit) throw new Error("a search without a latency limit was let in");
  assertFeasible(costs, limit.maxLatencyMs);
  let rate = acceptanceRate(costs, limit.maxLatencyMs);
  return say(
    context,
    `latency limit: ${limit.maxLatencyMs.toFixed(3)} ms (${limit.from}); ${(100 * rate).toPrecision(3)} % of all paths meet it`
  ), { ...limit, acceptanceRate: rate };
}

// src/autodiff/layout.ts
function toPlain(stored, block2, n, channels, size2) {
  let result = new Float32Array(n * channels * size2);
  return eachChannel(block2, n, channels, size2, (at, stride, from) => {
    for (let s = 0; s < size2; s++) result[from + s] = stored[at + s * stride];
  }), result;
}
function eachChannel(block2, n, channels, size2, visit) {
  let padded = Math.ceil(channels / block2) * block2;
  for (let image = 0; image < n; image++)
    for (let c = 0; c < channels; c++)
      visit(
        (image * padded + Math.floor(c / block2) * block2) * size2 + c % block2,
        block2,
        (image * channels + c) * size2
      );
}

// src/training/predict.ts
async function predict(settings, path, images2, input) {
  let x = await forward(settings, path.head, [images2]), outputs = [];
  for (let module of path.layers)
    x = await forward(settings, module, [x]), outputs.push(x);
  let stored = await forward(
    settings,
    path.tail,
    path.features.map((i) => outputs[i])
  ), { height, width: width2 } = path.tail.inputs[0], logits = toPlain(stored, settings.backend.block, settings.batch, 1, height * width2);
  return upsample(logits, settings.batch, { height, width: width2 }, input).map((z) => 1 / (1 + Math.exp(-z)));
}
async function forward({ backend, batch, threads, parameters }, module, inputs) {
  let graph = buildForwardGraph(module, { backend, batch, mode: "eval" }), session = await createSession(graph.model, { threads, takesTurns: !0 }), feeds = {};
  for (let [i, port2] of graph.inputs.entries()) feeds[port2.name] = tensor(inputs[i], port2.dims);
  for (let { name } of graph.parameters) {
    let parameter = parameters.get(`${module.prefix}/${name}`);
    feeds[name] = tensor(parameter.data, parameter.shape);
  }
  let [output2] = graph.outputs, result = new Float32Array(output2.dims.reduce((a, b) => a * b, 1));
  try {
    await runInPlace(session, feeds, { [output2.name]: tensor(result, output2.dims) });
  } finally {
    await session.release();
  }
  return result;
}
function upsample(x, images2, from, to) {
  let rows = interpolation(from.height, to.height), columns = interpolation(from.width, to.width), result = new Float32Array(images2 * to.height * to.width), wide = new Float32Array(from.height * to.width);
  for (let n = 0; n < images2; n++) {
    for (let r = 0; r < from.height; r++)
      for (let c = 0; c < to.width; c++) {
        let sum2 = 0;
        for (let k = 0; k < from.width; k++)
          sum2 += columns.data[c * from.width + k] * x[(n * from.height + r) * from.width + k];
        wide[r * to.width + c] = sum2;
      }
    for (let r = 0; r < to.height; r++)
      for (let c = 0; c < to.width; c++) {
        let sum2 = 0;
        for (let k = 0; k < from.height; k++) sum2 += rows.data[r * from.height + k] * wide[k * to.width + c];
        result[(n * to.height + r) * to.width + c] = sum2;
      }
  }
  return result;
}

// src/pipeline/verify.ts
var tolerance3 = 1e-4, images = 4;
async function verifyExport(context, data, { architecture, weights, model }) {
  let { recipe, backend, folder } = context, { height, width: width2 } = recipe.input, path = networkModules(architecture, recipe.input), parameters = createParameters(recipe.seed, weights);
  for (let module of modulesOf(path)) parameters.ensure(module);
  let photos = data.dataset.val.slice(0, images), session = await createSession(model, { threads: recipe.threads, takesTurns: !0 }), largest = 0;
  try {
    for await (let batch of loadEvaluation(photos, height, width2, photos.length)) {
      let exported = (await session.run({ image: tensor(batch.images, [photos.length, 3, height, width2]) })).probability.data;
      (await predict(
        { backend, batch: photos.length, threads: recipe.threads, parameters },
        path,
        batch.images,
        recipe.input
      )).forEach((p, i) => {
        largest = Math.max(largest, Math.abs(p - exported[i]));
      });
    }
  } finally {
    await session.release();
  }
  if (folder.log(
    `export of ${architecture.name}: probabilities within ${largest.toExponential(1)} of the training graph's`
  ), !(largest <= tolerance3))
    throw new Error(`the exported ${architecture.name} differs from the training graph by ${largest}`);
}

// src/pipeline/commands/gate.ts
import { join as join14 } from "node:path";

// src/report/svg.ts
var escapes = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;"
}, escaped = (text) => text.replace(/[&<>"']/g, (character) => escapes[character]);
function svgElement(name, attributes, ...children) {
  let list = Object.entries(attributes).flatMap(([key, value]) => value === void 0 ? [] : ` ${key}="${typeof value == "number" ? String(Math.round(value * 100) / 100) : escaped(value)}"`);
  return children.length > 0 ? `<${name}${list.join("")}>${children.join("")}</${name}>` : `<${name}${list.join("")}/>`;
}
function svgText(x, y, text, attributes = {}) {
  return svgElement("text", { x, y, ...attributes }, escaped(text));
}
var svgTitle = (text) => svgElement("title", {}, escaped(text));
function svgDocument(width2, height, title, ...children) {
  let attributes = {
    xmlns: "http://www.w3.org/2000/svg",
    width: width2,
    height,
    viewBox: `0 0 ${width2} ${height}`,
    role: "img",
    "font-family": "system-ui, sans-serif",
    "font-size": 12,
    fill: "#1f2328"
  }, background = svgElement("rect", { width: width2, height, fill: "#ffffff" });
  return `${svgElement("svg", attributes, `${svgTitle(title)}
`, `${background}
`, ...children.map((c) => `${c}
`))}
`;
}
function linearScale([low, high], [from, to], count2 = 6) {
  let raw = (high > low ? high - low : Math.abs(low) || 1) / count2, power = 10 ** Math.floor(Math.log10(raw)), step = [1, 2, 5, 10].map((factor) => factor * power).find((size2) => size2 >= raw * 0.999), first = Math.floor(low / step), last = Math.max(first + 1, Math.ceil(high / step)), decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  return {
    at: (value) => from + (value / step - first) / (last - first) * (to - from),
    ticks: Array.from({ length: last - first + 1 }, (_, i) => (first + i) * step),
    label: (value) => value.toFixed(decimals)
  };
}
function svgAxes({ left, top, right, bottom }, x, y) {
  let grid2 = { stroke: "#d8dee4", "stroke-width": 1 }, label = { "font-size": 11, fill: "#59636e" }, columns = x.scale.ticks.flatMap((tick) => {
    let at = x.scale.at(tick);
    return [
      svgElement("line", { x1: at, x2: at, y1: top, y2: bottom, ...grid2 }),
      svgText(at, bottom + 16, x.scale.label(tick), { "text-anchor": "middle", ...label })
    ];
  }), rows = y.scale.ticks.flatMap((tick) => {
    let at = y.scale.at(tick);
    return [
      svgElement("line", { x1: left, x2: right, y1: at, y2: at, ...grid2 }),
      svgText(left - 6, at + 4, y.scale.label(tick), { "text-anchor": "end", ...label })
    ];
  }), middle = (top + bottom) / 2, names = [
    svgText((left + right) / 2, bottom + 36, x.name, { "text-anchor": "middle" }),
    svgText(left - 42, middle, y.name, { "text-anchor": "middle", transform: `rotate(-90 ${left - 42} ${middle})` })
  ];
  return svgElement("g", {}, ...columns, ...rows, ...names);
}

// src/report/verdict-chart.ts
var width = 760, frame = { left: 150, right: width - 24 }, rowHeight = 74, outcomeColors = { pass: "#1a7f37", fail: "#cf222e", inconclusive: "#9a6700" };
function verdictSvg(distributions) {
  let shown = distributions.flatMap(({ samples, interval, threshold }) => [
    ...samples.head,
    ...samples.copy,
    ...interval.filter(Number.isFinite),
    threshold
  ]), scale = linearScale([100 * Math.min(...shown, 0), 100 * Math.max(...shown)], [frame.left, frame.right], 8), top = 56, groupHeight = 2 * rowHeight + 40, bottom = top + groupHeight * distributions.length, groups = distributions.map((distribution, i) => group2(distribution, top + i * groupHeight, scale)), grid2 = scale.ticks.flatMap((tick) => {
    let x = scale.at(tick);
    return [
      svgElement("line", { x1: x, x2: x, y1: top, y2: bottom, stroke: "#d8dee4" }),
      svgText(x, bottom + 16, scale.label(tick), { "text-anchor": "middle", "font-size": 11, fill: "#59636e" })
    ];
  });
  return svgDocument(
    width,
    bottom + 48,
    "Change of latency against base, block by block",
    svgText(16, 26, "Change of latency against base, block by block", { "font-size": 15, "font-weight": 600 }),
    ...grid2,
    ...groups,
    svgText((frame.left + frame.right) / 2, bottom + 38, "slower than base, percent", { "text-anchor": "middle" })
  );
}
function group2(distribution, top, scale) {
  let { name, base, outcome, change, interval, confidence: confidence2, threshold, samples } = distribution, color = outcomeColors[outcome], limit = scale.at(100 * threshold), [copyY, headY] = [top + 40 + rowHeight / 2 - 8, top + 40 + rowHeight * 1.5 - 8], left = { "text-anchor": "end", "font-size": 11 }, ends = interval.map((bound) => clamp(scale.at(100 * bound))), at = clamp(scale.at(100 * change));
  return svgElement(
    "g",
    {},
    svgText(16, top + 22, `${shorten(name)} against ${shorten(base)}: ${outcome}`, {
      "font-weight": 600,
      fill: color
    }),
    svgElement("line", {
      x1: limit,
      x2: limit,
      y1: top + 32,
      y2: headY + 30,
      stroke: "#cf222e",
      "stroke-dasharray": "5 3"
    }),
    svgText(limit + 4, top + 40, `threshold ${(100 * threshold).toFixed(1)} %`, { "font-size": 11, fill: "#cf222e" }),
    svgText(frame.left - 10, copyY + 4, "copy of base", { ...left, fill: "#59636e" }),
    dots(samples.copy, copyY, "#8c959f", scale),
    svgText(frame.left - 10, headY + 4, `${samples.head.length} blocks of head`, left),
    dots(samples.head, headY, color, scale),
    svgElement("line", { x1: ends[0], x2: ends[1], y1: headY + 22, y2: headY + 22, stroke: color, "stroke-width": 3 }),
    svgElement("line", { x1: at, x2: at, y1: headY + 15, y2: headY + 29, stroke: color, "stroke-width": 3 }),
    svgText(frame.left - 10, headY + 26, `median, ${(100 * confidence2).toFixed(1)} %`, { ...left, fill: "#59636e" })
  );
}
function dots(changes, y, fill, scale) {
  let circles = changes.map(
    (change, i) => svgElement(
      "circle",
      { cx: scale.at(100 * change), cy: y + 4 * (i % 5 - 2), r: 3.5, fill, "fill-opacity": 0.7 },
      svgTitle(`block ${i + 1}: ${(100 * change).toFixed(2)} %`)
    )
  );
  return svgElement("g", {}, ...circles);
}
var clamp = (x) => Math.min(frame.right, Math.max(frame.left, Number.isNaN(x) ? frame.left : x)), shorten = (name) => name.length > 44 ? `...${name.slice(-41)}` : name;

// src/pipeline/commands/gate.ts
async function runGate(options) {
  let { recipe, baselines = [] } = options.recipe ? await loadWithBaselines(options.recipe, options) : {}, threads = await resolveThreads(options.threads, recipe?.threads), budgets = recipe?.budgets ?? checkBudgetFields(resolveBudgets(options.budgets), "budgets"), seed = recipe?.seed ?? seedWithoutRecipe, settings = statedOf(recipe, options.modelSettings), head = await readModelFile(options.model, settings), base = options.base && await openBase(options.base, head.input, settings), hardware = await describeHardware(threads), folders2 = options.data ?? recipe?.data, dataset = folders2 && await openDataset(folders2), networks = [
    { role: "head", ...head },
    ...base ? [base] : [],
    ...baselines.map((baseline) => randomly("baseline", baseline, head.input))
  ], evaluated = await evaluateStage(networks, {
    ...options,
    input: head.input,
    threads,
    seed,
    photos: dataset?.val
  }), [first, second] = evaluated, count2 = base ? countComparisons(second, [first]) : 0, confidence2 = confidenceOfEach(count2, budgets, options.gates), { comparisons: comparisons2 } = base ? await compareStage(second, [first], { ...options, threads, seed, confidence: confidence2 }) : { comparisons: [] }, judged = checkBudgets(budgets, evaluated, confidence2), result = await describeResult(
    { recipe: recipe?.name ?? "none", seed, threads, input: head.input, hardware, dataset, commit: options.commit },
    {
      ...head.architecture ? { architecture: head.architecture } : {},
      networks: describeNetworks(evaluated),
      budgets: judged,
      ...base ? { comparisons: comparisons2 } : {},
      ...judgeRun(judged, comparisons2, options.noBase)
    }
  );
  return options.out !== void 0 && (await writeResult(join14(options.out, "result.json"), result), await writeFileAtomic(join14(options.out, "report.md"), markdownReport(result)), await writePage(join14(options.out, "report.html"), result)), outcomeOf(result);
}
async function runCompare(options) {
  let recipe = options.recipe === void 0 ? void 0 : await loadRecipe(options.recipe, options), threads = await resolveThreads(options.threads, recipe?.threads), seed = recipe?.seed ?? seedWithoutRecipe, judges = options.latencyThreshold !== void 0 || options.miouThreshold !== void 0;
  if (judges && options.models.length < 2)
    throw new UserError("compare: a threshold needs a base and at least one other model: compare base.onnx head.onnx");
  if (options.svg !== void 0 && !judges)
    throw new UserError("compare: --svg draws the measurements behind a verdict; give --threshold too");
  let hardware = await describeHardware(threads), settings = statedOf(recipe, options.modelSettings), input = recipe?.input, networks = [];
  for (let [i, name] of options.models.entries()) {
    let role = judges ? i === 0 ? "base" : "head" : "baseline";
    if (name.endsWith(".onnx")) {
      let file = await readModelFile(name, input ? { ...settings, size: settings.size ?? input } : settings);
      if (input ??= file.input, file.input.height !== input.height || file.input.width !== input.width) {
        let whose = recipe ? "the recipe's is" : `that of ${options.models[0]} is`;
        throw new UserError(
          `${name}: input ${file.input.height}x${file.input.width}, ${whose} ${input.height}x${input.width}; compare models of one input size`
        );
      }
      networks.push({ role, ...file, name });
    } else {
      if (!input)
        throw new UserError(`${name}: an architecture has no input size; give --recipe, or name an ONNX file first`);
      networks.push(randomly(role, await loadArchitecture(name), input));
    }
  }
  let folders2 = options.data ?? recipe?.data, dataset = folders2 && await openDataset(folders2), evaluated = await evaluateStage(networks, {
    ...options,
    input,
    threads,
    seed,
    photos: dataset?.val
  }), [base, ...heads] = evaluated, { comparisons: comparisons2, distributions } = judges ? await compareStage(base, heads, {
    ...options,
    threads,
    seed,
    confidence: confidenceOfEach(countComparisons(base, heads), {})
  }) : { comparisons: [], distributions: [] };
  options.svg !== void 0 && await writeFileAtomic(options.svg, verdictSvg(distributions));
  let judged = judgeComparisons(comparisons2) ?? judgeWork(`${evaluated.length} networks measured.`), result = await describeResult(
    { recipe: recipe?.name ?? "none", seed, threads, input, hardware, dataset },
    { networks: describeNetworks(evaluated), budgets: [], ...judges ? { comparisons: comparisons2 } : {}, ...judged }
  );
  return outcomeOf(result);
}
async function openBase({ file, name }, input, settings = {}) {
  if (file.endsWith(".json")) return { ...randomly("base", await loadArchitecture(file), input), name };
  let base = await readModelFile(file, { ...settings, size: input });
  if (base.input.height !== input.height || base.input.width !== input.width)
    throw new UserError(
      `${name}: the base's input is ${base.input.height}x${base.input.width}, head's ${input.height}x${input.width}; models of different input sizes cannot be compared`
    );
  return { role: "base", ...base, name };
}
function statedOf(recipe, given = {}) {
  let stated = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== void 0));
  return { size: recipe?.input, ...recipe?.model, ...stated };
}
function randomly(role, architecture, input) {
  let { name, bytes } = untrained(architecture, input);
  return { role, name, architecture, model: bytes, untrained: !0 };
}

// src/pipeline/commands/search.ts
function runSearch(options) {
  return deriving(options, async (context, data, derivation, architecture) => {
    let inherited2 = context.recipe.train.init === "inherited" ? derivation.net.parameters.weights() : void 0, trained = await trainAll(context, data, architecture, inherited2);
    return finish2(context, data, searchFacts2(derivation, architecture), trained, options);
  });
}
async function trainAll(context, data, architecture, inherited2) {
  let trained = [await trainAndVerify(context, data, architecture, inherited2)];
  for (let baseline of context.baselines) trained.push(await trainSeeds(context, data, "baseline", baseline));
  return trained;
}
function runDerive(options) {
  return deriving(options, (context, data, derivation, architecture) => finishDerived(context, data, searchFacts2(derivation), architecture));
}
function finishDerived(context, data, facts, architecture) {
  let judged = judgeWork(`Derived ${architecture.name}; not trained.`);
  return finish2(context, data, { ...facts, architecture, ...judged }, []);
}
async function runTable(options) {
  let { recipe, space, baselines } = await loadPlan(options.recipe, options), identity = { command: "table", recipe: recipeFingerprint({ ...recipe, space, baselines }) };
  return inFolder(options, recipe, identity, async (context) => {
    let latency = await latencyStage({ ...context, space, baselines }), judged = judgeWork(`${latency.table.entries.length} operations measured.`);
    return finish2(context, void 0, { ...predictorFacts(latency), ...judged }, []);
  });
}
async function runTrain(options) {
  let recipe = await loadRecipe(options.recipe, options), architecture = await loadArchitecture(options.architecture);
  networkModules(architecture, recipe.input);
  let data = await openData(options.data, recipe, options), identity = { command: "train", architecture: JSON.stringify(architecture), data: data.dataset.fingerprint };
  return inFolder(options, recipe, identity, async (context) => {
    let trained = await trainAndVerify(context, data, architecture), facts = { architecture, ...judgeWork(`Trained ${architecture.name}.`) };
    return finish2(context, data, facts, [trained]);
  });
}
function deriving(options, use) {
  return inSearchFolder(options, async (context, data) => {
    let latency = await latencyStage(context, options.table), budget = await budgetOrAbandon(context, latency), net = await supernetStage(context, data, latency, budget), search = await searchStage(context, data, net, latency, budget), derived = await deriveStage(context, { data, net, latency, budget, search }, options.deferTrials), derivation = { latency, budget, net, search, derived };
    return derived.awaited.length > 0 ? finish2(context, data, awaitingTrials(derivation), []) : derived.architecture ? use(context, data, derivation, derived.architecture) : finish2(context, data, nothingDerived(context.recipe, derivation), []);
  });
}
async function budgetOrAbandon(context, latency) {
  try {
    return latencyBudget(context, latency);
  } catch (error) {
    throw await context.folder.abandon(), error;
  }
}
async function inSearchFolder(options, use) {
  let { recipe, space, baselines } = await loadPlan(options.recipe, options);
  requireLatencyBudget(recipe), options.base && await openBase(options.base, recipe.input);
  let data = await openData(options.data, recipe, options), identity = {
    command: "search",
    recipe: recipeFingerprint({ ...recipe, space, baselines }),
    data: data.dataset.fingerprint
  };
  return inFolder(options, recipe, identity, (context) => use({ ...context, space, baselines }, data));
}
async function inFolder(options, recipe, identity, use) {
  let context = await openContext(options, recipe, identity);
  try {
    return await use(context);
  } finally {
    await context.folder.close();
  }
}
async function trainAndVerify(context, data, architecture, inherited2) {
  return trainSeeds(context, data, "head", architecture, inherited2, async (trained) => {
    await writeFileAtomic(context.folder.model, trained.model), await verifyExport(context, data, trained);
  });
}
async function trainSeeds(context, data, role, architecture, inherited2, onFirst) {
  let [seed, ...otherSeeds] = trainingSeeds(context.recipe), first = await trainStage(context, data, { architecture, seed }, inherited2);
  await onFirst?.(first);
  let otherModels = [];
  for (let other of otherSeeds)
    otherModels.push((await trainStage(context, data, { architecture, seed: other }, inherited2)).model);
  let { model, seconds, epochs } = first;
  return { role, name: architecture.name, architecture, model, trainSeconds: seconds, epochs, otherModels };
}
function predictorFacts({ calibrationSubnets, heldOut }) {
  let { meanAbsoluteErrorPercent, biasPercent, within5Percent, spearman, macsSpearman = 0 } = heldOut;
  return {
    predictor: {
      calibrationSubnets,
      heldOut: {
        subnets: heldOut.count,
        meanAbsoluteErrorPercent,
        biasPercent,
        within5Percent,
        spearman,
        macsSpearman
      }
    }
  };
}
function searchFacts2({ latency, budget, net, search, derived }, architecture) {
  let { candidates, randomSubnets: randomSubnets2, silhouetteMiou, chosen } = derived.ranking;
  return {
    ...predictorFacts(latency),
    space: latency.table.space.name,
    maxLatencyMs: budget.maxLatencyMs,
    supernet: {
      steps: net.steps,
      images: net.images,
      seconds: net.seconds,
      imagesPerSecond: net.images / net.seconds,
      acceptanceRate: budget.acceptanceRate,
      constraintViolations: net.violations,
      dataWaitShare: net.dataWaitShare
    },
    search: {
      steps: search.steps,
      seconds: search.seconds,
      entropyBefore: search.entropyBefore,
      entropyAfter: search.entropyAfter,
      acceptanceRate: search.acceptanceRate,
      constraintViolations: search.violations,
      repeatability: search.repeatability
    },
    derive: { candidates, randomSubnets: randomSubnets2, silhouetteMiou, chosen },
    ...architecture ? { architecture } : {}
  };
}
function awaitingTrials(derivation) {
  let { awaited } = derivation.derived, names = awaited.map(({ architecture }) => architecture).join(", ");
  return { ...searchFacts2(derivation), ...judgeWork(`Trial trainings are left to shards: ${names}.`) };
}
function nothingDerived(recipe, derivation) {
  let { candidates } = derivation.derived.ranking, nearest = [...candidates].sort((a, b) => a.limitShare - b.limitShare)[0];
  return {
    ...searchFacts2(derivation),
    ...judgeNothingDerived(
      `None of ${candidates.length} derived networks meets the latency limit as measured; the nearest, ${nearest.architecture}, takes ${(100 * nearest.limitShare).toFixed(1)} % of it (${(100 * margin).toFixed(0)} % would do). Raise the budget of recipe ${recipe.name}, or derive.candidates.`
    )
  };
}
async function finish2(context, data, facts, exported, { base, ...thresholds } = {}) {
  let { recipe, hardware, folder, commit } = context, { name, seed, threads, input } = recipe, networks = base ? [...exported, await openBase(base, input)] : exported, settings = { ...context, ...thresholds, input, threads, seed }, evaluated = networks.length === 0 ? [] : await evaluateStage(networks, { ...settings, photos: data?.dataset.val }), heads = evaluated.slice(0, 1), count2 = base ? countComparisons(evaluated.at(-1), heads) : 0, confidence2 = confidenceOfEach(count2, recipe.budgets, thresholds.gates), comparisons2 = base ? (await compareStage(evaluated.at(-1), heads, { ...settings, confidence: confidence2 })).comparisons : void 0, budgets = facts.verdict === void 0 ? checkBudgets(recipe.budgets, evaluated, confidence2) : [], { verdict, reason, ...rest } = { ...judgeRun(budgets, comparisons2 ?? [], thresholds.noBase), ...facts }, { teacher } = recipe, taught = teacher && data && {
    models: teacher.models.map(({ file }) => basename5(file)),
    weight: teacher.weight,
    unlabeled: data.dataset.unlabeled.length
  }, result = await describeResult(
    { recipe: name, seed, threads, input, hardware, dataset: data?.dataset, commit },
    {
      ...taught ? { teacher: taught } : {},
      ...rest,
      networks: describeNetworks(evaluated),
      budgets,
      ...comparisons2 ? { comparisons: comparisons2 } : {},
      verdict,
      reason
    }
  );
  return await writeResult(folder.result, result), await writeFileAtomic(folder.report, markdownReport(result)), await writePage(folder.page, result, await readOptionalTable(folder.latencyTable)), folder.log(`${verdict}: ${reason}`), outcomeOf(result);
}

// src/pipeline/commands/shards.ts
import { readFile as readFile6 } from "node:fs/promises";
import { join as join15 } from "node:path";
import { isDeepStrictEqual } from "node:util";
var shardFile = "shard.json", shardSchema = external_exports.object({
  schema: external_exports.literal("proxyless-ci/shard@1"),
  index: external_exports.int().positive(),
  count: external_exports.int().positive()
});
async function runShard({ shard, ...options }) {
  let derivation = await readDerivation(options.out);
  return inSearchFolder(options, async (context, data) => {
    let { folder } = context, trainings = await trainingsOf(context, data, derivation);
    return trainShare(folder, trainings, shard);
  });
}
async function trainShare(folder, trainings, shard) {
  let mine = trainings.filter((_, i) => shardOf(i, shard.count) === shard.index);
  await writeJson(join15(folder.path, shardFile), { schema: "proxyless-ci/shard@1", ...shard });
  for (let training of mine) await training.train();
  let trained = mine.map(({ name }) => name), what = trained.length > 0 ? `trained ${trained.join(", ")}` : `this shard has none of the ${trainings.length} trainings`, summary = `Shard ${shard.index}/${shard.count}: ${what}.`;
  return folder.log(summary), { exitCode: ExitCode.pass, summary, json: { shard, trained } };
}
async function runMerge({ shards, ...options }) {
  let derivation = await readDerivation(options.out);
  return inSearchFolder(options, async (context, data) => {
    await collect(context, await trainingsOf(context, data, derivation), derivation, shards);
    let { space, maxLatencyMs, predictor, supernet, search, derive: derive2, architecture } = derivation, searchHardware = derivation.searchHardware ?? derivation.hardware, elsewhere = searchHardware.key === context.hardware.key ? {} : { searchHardware }, facts = { space, maxLatencyMs, predictor, supernet, search, ...elsewhere };
    if (architecture) {
      let networks = await trainAll(context, data, architecture, await inherited(context));
      return finish2(context, data, { ...facts, derive: derive2, architecture }, networks, options);
    }
    let { ranking, architecture: taken } = await takeOne(context, data, await readRanking(context.folder.path)), { candidates, randomSubnets: randomSubnets2, silhouetteMiou, chosen } = ranking;
    return finishDerived(context, data, { ...facts, derive: { candidates, randomSubnets: randomSubnets2, silhouetteMiou, chosen } }, taken);
  });
}
async function readDerivation(folder) {
  let result = await readOptionalJson(join15(folder, "result.json"), resultSchema);
  if (result?.derive) return { ...result, derive: result.derive };
  throw new UserError(
    `${folder}: has no derived architecture; run proxyless-ci derive in it, then give each shard a copy of that folder`
  );
}
async function trainingsOf(context, data, { architecture: head, reason }) {
  let { recipe, baselines, folder } = context;
  if (!head) {
    let ranking = await readRanking(folder.path);
    if (!ranking || withinLimit(ranking).length === 0)
      throw new UserError(`${folder.path}: nothing is left to train: ${reason}`);
    return untriedFinalists(recipe, ranking).map((finalist) => ({
      name: `trial of ${finalist.architecture}`,
      checkpoint: trialCheckpoint(finalist),
      steps: trialSteps(context, data),
      train: () => trainTrial(context, data, finalist)
    }));
  }
  return trainingSeeds(recipe).flatMap(
    (seed) => [head, ...baselines].map((architecture) => ({ architecture, seed }))
  ).map((network) => {
    let name = trainingName(recipe, network);
    return {
      name,
      checkpoint: trainingCheckpoint(name),
      steps: trainingSteps(context, data),
      train: async () => {
        let start = network.architecture === head ? await inherited(context) : void 0;
        return trainStage(context, data, network, start);
      }
    };
  });
}
var shardOf = (training, count2) => training % count2 + 1;
async function inherited({ recipe, folder }) {
  return recipe.train.init === "inherited" ? trainedWeights(folder.checkpoint(supernetCheckpoint)) : void 0;
}
async function collect({ folder }, trainings, derivation, shards) {
  let counts = [];
  for (let shard of shards) counts.push(await checkShard(folder, derivation, shard));
  let count2 = counts.find((n) => n !== void 0) ?? trainings.length, problems2 = [];
  for (let [i, { name, checkpoint, steps }] of trainings.entries()) {
    let own = folder.checkpoint(checkpoint), found = await firstFinished([own, ...shards.map((shard) => checkpointIn(shard, checkpoint))], steps);
    if ("file" in found) {
      found.file !== own && await writeFileAtomic(own, await readFile6(found.file));
      continue;
    }
    problems2.push(`${found.why ?? `no shard has trained ${name}`}; run shard ${shardOf(i, count2)}/${count2} again`);
  }
  if (problems2.length > 0) throw new UserError(problems2.join(`
`));
}
async function checkShard(folder, derivation, shard) {
  let advice = `it is not a shard of ${folder.path}`;
  await checkIdentity(shard, folder.identity, advice);
  let theirs = await readDerivation(shard);
  if (!isDeepStrictEqual([theirs.derive, theirs.architecture], [derivation.derive, derivation.architecture]))
    throw new UserError(`${shard}: its architecture was derived in another run; ${advice}`);
  return (await readOptionalJson(join15(shard, shardFile), shardSchema))?.count;
}
async function firstFinished(files, steps) {
  let why;
  for (let file of files)
    try {
      let step = await savedStep(file);
      if (step === steps) return { file };
      step !== void 0 && (why ??= `${file}: ends at step ${step} of ${steps}`);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      why ??= `${file}: damaged`;
    }
  return { why };
}

// src/pipeline/commands/diagnose.ts
async function runDiagnose({
  shard,
  shards = [],
  subnets,
  seeds,
  ...options
}) {
  let derivation = await readDerivation(options.out);
  return inSearchFolder(options, async (context, data) => {
    let { space, folder } = context, size2 = { subnets, seeds }, table = await readTable(folder.latencyTable), { costs } = calibrate(space, table, table.calibration.subnets), maxLatencyMs = derivation.maxLatencyMs, ranking = await readRanking(folder.path), taken = ranking?.candidates.find(({ architecture }) => architecture === ranking.chosen), subjects = diagnosisSubjects(context, costs, maxLatencyMs, taken, size2), trainings = diagnosisTrainings(context, data, subjects, size2);
    if (shard) return trainShare(folder, trainings, shard);
    shards.length > 0 && await collect(context, trainings, derivation, shards);
    let net = await supernetStage(context, data, { costs }, { maxLatencyMs });
    return addDiagnosis(context, derivation, await diagnose(context, { data, net, costs }, subjects, size2));
  });
}
async function addDiagnosis({ folder }, derivation, diagnosis) {
  let result = { ...derivation, diagnosis };
  return await writeResult(folder.result, result), await writeFileAtomic(folder.report, markdownReport(result)), { exitCode: ExitCode.pass, summary: diagnosisSection(result), json: result };
}

// src/pipeline/commands/export.ts
async function runExport(options) {
  let recipe = await loadRecipe(options.recipe), architecture = await loadArchitecture(options.architecture), weights = await trainedWeights(options.weights), model = exportNetwork(recipe, architecture, weights);
  await writeFileAtomic(options.out, model);
  let json = { model: options.out, architecture: architecture.name, bytes: model.length, ...recipe.input };
  return { exitCode: ExitCode.pass, summary: `${options.out}: ${architecture.name}, ${model.length} bytes`, json };
}

// src/pipeline/commands/inspect.ts
import { basename as basename6 } from "node:path";
async function runInspect({ model, modelSettings }) {
  let bytes = await readModelBytes(model), source = { name: model, bytes, ...modelSettings.size }, { parameters } = readImageModel(source), inspection = {
    model: basename6(model),
    bytes: bytes.length,
    parameters,
    macs: await countMacs(source),
    facts: await inspectModel(source, modelSettings)
  };
  return { exitCode: ExitCode.pass, summary: inspectionSummary(inspection), json: inspection };
}

// src/pipeline/commands/measure.ts
var blocks2 = 15, roundsPerBlock2 = 20, timeLimitMs = 6e4, fewestBlocks = 5;
async function runMeasure(options) {
  let { progress, signal } = options, threads = await resolveThreads(options.threads), bytes = await readModelBytes(options.model), model = { name: options.model, bytes, ...options.size }, { inputs, parameters } = readImageModel(model), hardware = await describeHardware(threads), settings = { threads, rounds: roundsPerBlock2, warm: !0, random: createRandom(seedWithoutRecipe, "measure") }, timings = [], references = [], started = performance.now(), memoryBytes = 0, pinning = "", stage = progress.stage("measuring", blocks2, "blocks");
  for await (let block2 of sampleBlocks([model, driftReference()], settings)) {
    signal.throwIfAborted(), timings.push(block2.timings[0]), references.push(block2.timings[1]), memoryBytes = Math.max(memoryBytes, block2.memoryBytes), pinning = block2.plan.statement, stage.update(timings.length);
    let late = timings.length >= fewestBlocks && performance.now() - started > timeLimitMs;
    if (timings.length >= blocks2 || late) break;
  }
  stage.done();
  let [p50, p95, p99] = [0.5, 0.95, 0.99].map((p) => clusteredQuantile(timings, p)), reference = clusteredQuantile(references, 0.5).value, drifts = references.map((block2) => Math.abs(clusteredQuantile([block2], 0.5).value / reference - 1)), measurement = {
    model: options.model,
    bytes: bytes.length,
    parameters,
    inputs: Object.fromEntries(inputs.map(({ name, dims }) => [name, dims])),
    threads,
    p50,
    p95,
    p99,
    fps: 1e3 / p50.value,
    runs: timings.flat().length,
    blocks: timings.length,
    memoryBytes,
    pinning,
    reference: { p50Ms: reference, drift: Math.max(...drifts) },
    ...judgeMeasurement(p50),
    hardware
  };
  return {
    exitCode: exitCodeOf(measurement.verdict),
    summary: measurementSummary(measurement),
    json: measurement
  };
}

// src/pipeline/commands/segment.ts
import { readdir as readdir7, stat as stat3 } from "node:fs/promises";
import { basename as basename7, extname as extname4, join as join17 } from "node:path";

// src/data/pictures.ts
var import_sharp7 = __toESM(require_sharp(), 1);
async function decodePicture(path) {
  try {
    let decoder = (0, import_sharp7.default)(path).rotate().flatten().toColorspace("srgb"), { data, info } = await decoder.raw().toBuffer({ resolveWithObject: !0 });
    return { rgb: data, height: info.height, width: info.width };
  } catch (error) {
    throw new UserError(`${path}: cannot be decoded (${error.message})`);
  }
}
async function resizePicture({ rgb, height, width: width2 }, to) {
  return height === to.height && width2 === to.width ? { rgb, height, width: width2 } : { rgb: await (0, import_sharp7.default)(rgb, { raw: { height, width: width2, channels: 3 } }).resize(to.width, to.height, { fit: "fill", kernel: "linear" }).raw().toBuffer(), height: to.height, width: to.width };
}
async function coverPicture(path, { height, width: width2 }) {
  try {
    return await (0, import_sharp7.default)(path).rotate().resize(width2, height, { fit: "cover" }).flatten().toColorspace("srgb").raw().toBuffer();
  } catch (error) {
    throw new UserError(`${path}: cannot be decoded (${error.message})`);
  }
}
function toPlanes({ rgb, height, width: width2 }) {
  let pixels = height * width2, planes = new Float32Array(3 * pixels);
  for (let c = 0; c < 3; c++) {
    let [scale, shift] = [1 / (255 * normalization.std[c]), normalization.mean[c] / normalization.std[c]];
    for (let i = 0; i < pixels; i++) planes[c * pixels + i] = rgb[3 * i + c] * scale - shift;
  }
  return planes;
}
async function encodePicture(data, { height, width: width2 }, channels, format) {
  let image = (0, import_sharp7.default)(data, { raw: { height, width: width2, channels } }), typed = channels === 1 ? image.toColorspace("b-w") : image;
  return format === "jpeg" ? typed.jpeg({ quality: 92 }).toBuffer() : format === "png" ? typed.png().toBuffer() : typed.webp({ quality: 92, alphaQuality: 100 }).toBuffer();
}

// src/data/video.ts
import { spawn } from "node:child_process";
import { once } from "node:events";
import { rename as rename2, rm as rm6 } from "node:fs/promises";
import { extname as extname3 } from "node:path";
var videoExtensions = [".mp4", ".m4v", ".mov", ".mkv", ".webm", ".avi", ".mpg", ".mpeg"], isVideo = (path) => videoExtensions.includes(extname3(path).toLowerCase());
async function probeVideo(path) {
  let args = ["-v", "error", "-select_streams", "v:0", "-show_entries", "stream=width,height,r_frame_rate,nb_frames:stream_side_data=rotation", "-of", "json", "-i", `file:${path}`], text = await outputOf("ffprobe", args, path), [stream] = JSON.parse(text).streams ?? [], side6 = stream?.side_data_list, turned = Math.abs(side6?.find(({ rotation }) => rotation !== void 0)?.rotation ?? 0) % 180 === 90, [width2, height] = [Number(stream?.width), Number(stream?.height)];
  if (!(width2 > 0 && height > 0)) throw new UserError(`${path}: has no picture that ffmpeg can read`);
  let frames = Number(stream?.nb_frames);
  return {
    // ffmpeg turns frames upright by itself.
    width: turned ? height : width2,
    height: turned ? width2 : height,
    frameRate: String(stream?.r_frame_rate ?? "30"),
    frames: Number.isInteger(frames) && frames > 0 ? frames : void 0
  };
}
async function* readFrames(path, { width: width2, height }) {
  let args = [
    "-v",
    "error",
    "-nostdin",
    "-i",
    `file:${path}`,
    "-map",
    "0:v:0",
    "-f",
    "rawvideo",
    "-pix_fmt",
    "rgb24",
    "-"
  ], decoder = spawn("ffmpeg", args, { stdio: ["ignore", "pipe", "pipe"] }), ended = endOf(decoder, path);
  ended.catch(() => {
  });
  let size2 = width2 * height * 3, frame2 = new Uint8Array(size2), filled = 0;
  try {
    for await (let chunk of decoder.stdout)
      for (let at = 0; at < chunk.length; ) {
        let take = Math.min(chunk.length - at, size2 - filled);
        frame2.set(chunk.subarray(at, at + take), filled), filled += take, at += take, !(filled < size2) && (yield frame2, frame2 = new Uint8Array(size2), filled = 0);
      }
    await ended;
  } finally {
    decoder.kill();
  }
}
function writeVideo(path, { width: width2, height, frameRate }, soundOf) {
  let unfinished = `${path}.tmp.mp4`, args = [
    "-v",
    "error",
    "-nostdin",
    "-y",
    "-f",
    "rawvideo",
    "-pix_fmt",
    "rgb24",
    "-s",
    `${width2}x${height}`,
    "-r",
    frameRate,
    "-i",
    "-",
    "-i",
    `file:${soundOf}`,
    "-map",
    "0:v:0",
    "-map",
    "1:a?",
    "-vf",
    "pad=ceil(iw/2)*2:ceil(ih/2)*2",
    "-pix_fmt",
    "yuv420p",
    "-c:a",
    "copy",
    `file:${unfinished}`
  ], encoder = spawn("ffmpeg", args, { stdio: ["pipe", "ignore", "pipe"] }), ended = endOf(encoder, path);
  return ended.catch(() => {
  }), encoder.stdin.on("error", () => {
  }), {
    async write(frame2) {
      encoder.stdin.writable || await ended, encoder.stdin.write(frame2) || await Promise.race([once(encoder.stdin, "drain"), ended]);
    },
    async close() {
      encoder.stdin.end(), await ended, await rename2(unfinished, path);
    },
    async abandon() {
      encoder.kill(), await ended.catch(() => {
      }), await rm6(unfinished, { force: !0 });
    }
  };
}
async function outputOf(command, args, path) {
  let child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"] }), ended = endOf(child, path);
  ended.catch(() => {
  });
  let chunks = [];
  for await (let chunk of child.stdout) chunks.push(chunk);
  return await ended, Buffer.concat(chunks).toString();
}
function endOf(child, path) {
  let words = "";
  return child.stderr.on("data", (chunk) => {
    words = (words + chunk).slice(-1e3);
  }), new Promise((resolve4, reject) => {
    child.on(
      "error",
      (error) => reject(
        error.code === "ENOENT" ? new UserError(`${path}: needs ffmpeg, which is not installed; install it, or give a folder of frames`) : error
      )
    ), child.on(
      "close",
      (code) => code === 0 ? resolve4() : reject(new UserError(`${path}: ffmpeg stopped: ${words.trim().split(`
`).at(-1) || `exit code ${code}`}`))
    );
  });
}

// src/report/segmentation.ts
function segmentationSummary({ files, frames, ms: ms3, fps, reading, threads }, out) {
  let rows = Object.entries(ms3).filter(([, value]) => value > 0), outputs = files.flatMap(({ outputs: outputs2 }) => outputs2), shown = outputs.slice(0, 5).map((path) => `  ${path}`), more = outputs.length > shown.length ? [`  and ${outputs.length - shown.length} more`] : [];
  return [
    `model: ${reading}`,
    `${outputs.length} file${outputs.length === 1 ? "" : "s"} in ${out}:`,
    ...shown,
    ...more,
    "",
    ...alignRows([["stage", "ms"], ...rows.map(([stage, value]) => [stage, value.toFixed(1)])], !0),
    "",
    `${fps.toFixed(1)} a second over ${frames} photo${frames === 1 ? "" : "s or frames"}, ${threads} thread${threads === 1 ? "" : "s"}`
  ].join(`
`);
}

// src/pipeline/picture-writer.ts
import { mkdir as mkdir4 } from "node:fs/promises";
import { join as join16 } from "node:path";

// src/matting/box-filter.ts
function createBoxFilter(width2, height, radius) {
  let rows = new Float32Array(width2 * height), running = new Float64Array(width2), sum2 = (source, target) => {
    for (let y = 0; y < height; y++) {
      let at = y * width2, total = 0;
      for (let x = 0; x < Math.min(radius, width2); x++) total += source[at + x];
      for (let x = 0; x < width2; x++)
        x + radius < width2 && (total += source[at + x + radius]), x - radius - 1 >= 0 && (total -= source[at + x - radius - 1]), rows[at + x] = total;
    }
    running.fill(0);
    for (let y = 0; y < Math.min(radius, height); y++)
      for (let x = 0; x < width2; x++) running[x] += rows[y * width2 + x];
    for (let y = 0; y < height; y++) {
      let entering = (y + radius) * width2, leaving = (y - radius - 1) * width2;
      for (let x = 0; x < width2; x++)
        y + radius < height && (running[x] += rows[entering + x]), leaving >= 0 && (running[x] -= rows[leaving + x]), target[y * width2 + x] = running[x];
    }
  }, counts = new Float32Array(width2 * height).fill(1);
  return sum2(counts, counts), { counts, sum: sum2 };
}

// src/matting/composite.ts
function cutOut({ alpha, foreground }) {
  let result = new Uint8ClampedArray(4 * alpha.length);
  for (let i = 0; i < alpha.length; i++) {
    for (let c = 0; c < 3; c++) result[4 * i + c] = foreground[3 * i + c];
    result[4 * i + 3] = 255 * alpha[i];
  }
  return new Uint8Array(result.buffer);
}
function compose({ alpha, foreground }, background) {
  let result = new Uint8ClampedArray(3 * alpha.length);
  for (let i = 0; i < alpha.length; i++) {
    let a = alpha[i];
    for (let k = 3 * i; k < 3 * i + 3; k++) result[k] = a * foreground[k] + (1 - a) * background[k];
  }
  return new Uint8Array(result.buffer);
}
function plainBackground({ height, width: width2 }, color) {
  let result = new Uint8Array(3 * height * width2);
  for (let i = 0; i < result.length; i++) result[i] = color[i % 3];
  return result;
}
var blurRadius = 0.025;
function blurredBackground({ rgb, alpha, height, width: width2 }) {
  let box = createBoxFilter(width2, height, Math.max(1, Math.round(blurRadius * Math.max(width2, height)))), blur = (map) => (box.sum(map, map), box.sum(map, map), map), weight = alpha.map((a) => 1 - a + 1e-3), result = new Uint8ClampedArray(3 * alpha.length), planes = [0, 1, 2].map((c) => blur(weight.map((w, i) => w * rgb[3 * i + c]))), total = blur(weight);
  for (let i = 0; i < alpha.length; i++) for (let c = 0; c < 3; c++) result[3 * i + c] = planes[c][i] / total[i];
  return new Uint8Array(result.buffer);
}
var tint = [30, 110, 255];
function overlay({ rgb, alpha }) {
  return Uint8Array.from(rgb, (value, k) => {
    let strength = 0.5 * alpha[Math.floor(k / 3)];
    return Math.round((1 - strength) * value + strength * tint[k % 3]);
  });
}

// src/matting/foreground.ts
var radii = [0.09, 6e-3], tiny = 1e-5;
function estimateForeground(rgb, alpha, width2, height) {
  let size2 = width2 * height, result = new Uint8ClampedArray(3 * size2), boxes = radii.map(
    (share2) => createBoxFilter(width2, height, Math.max(1, Math.round(share2 * Math.max(width2, height))))
  ), map = () => new Float32Array(size2), weightF = boxes.map((box) => {
    let sums = map();
    return box.sum(alpha, sums), sums;
  }), opposite = alpha.map((a) => 1 - a), weightB = boxes.map((box) => {
    let sums = map();
    return box.sum(opposite, sums), sums;
  }), blurred = map();
  for (let c = 0; c < 3; c++) {
    let image = Float32Array.from({ length: size2 }, (_, i) => rgb[3 * i + c]), front = image, back = image;
    boxes.forEach((box, pass) => {
      let frontMean = map();
      for (let i = 0; i < size2; i++) blurred[i] = front[i] * alpha[i];
      box.sum(blurred, frontMean);
      for (let i = 0; i < size2; i++) frontMean[i] /= weightF[pass][i] + tiny;
      let backMean = map();
      for (let i = 0; i < size2; i++) blurred[i] = back[i] * opposite[i];
      box.sum(blurred, backMean);
      for (let i = 0; i < size2; i++) backMean[i] /= weightB[pass][i] + tiny;
      front = frontMean.map((f, i) => {
        let a = alpha[i];
        return Math.min(255, Math.max(0, f + a * (image[i] - a * f - (1 - a) * backMean[i])));
      }), back = backMean;
    });
    for (let i = 0; i < size2; i++) result[3 * i + c] = front[i];
  }
  return new Uint8Array(result.buffer);
}

// src/matting/guided-filter.ts
function fitGuidedFilter(rgb, p, [width2, height], radius, epsilon) {
  let size2 = width2 * height, box = createBoxFilter(width2, height, radius), { counts } = box, map = () => new Float32Array(size2), color = [0, 1, 2].map((c) => {
    let values = map();
    for (let i = 0; i < size2; i++) values[i] = rgb[3 * i + c] / 255;
    return values;
  }), mean3 = color.map((values) => {
    let sums = map();
    box.sum(values, sums);
    for (let i = 0; i < size2; i++) sums[i] /= counts[i];
    return sums;
  }), inverse = inverseCovariances(color, mean3, box, epsilon), pMean = map(), product2 = map(), slope = [map(), map(), map()], offset = map();
  box.sum(p, pMean);
  for (let i = 0; i < size2; i++) pMean[i] /= counts[i];
  for (let c = 0; c < 3; c++) {
    let values = color[c];
    for (let i = 0; i < size2; i++) product2[i] = values[i] * p[i];
    box.sum(product2, slope[c]);
  }
  let [r, g, b] = slope, [rMean, gMean, bMean] = mean3;
  for (let i = 0; i < size2; i++) {
    let q = pMean[i], n = counts[i], cr = r[i] / n - rMean[i] * q, cg = g[i] / n - gMean[i] * q, cb = b[i] / n - bMean[i] * q, k = 6 * i, ar = inverse[k] * cr + inverse[k + 1] * cg + inverse[k + 2] * cb, ag = inverse[k + 1] * cr + inverse[k + 3] * cg + inverse[k + 4] * cb, ab = inverse[k + 2] * cr + inverse[k + 4] * cg + inverse[k + 5] * cb;
    r[i] = ar, g[i] = ag, b[i] = ab, offset[i] = q - ar * rMean[i] - ag * gMean[i] - ab * bMean[i];
  }
  for (let sums of [...slope, offset]) {
    box.sum(sums, sums);
    for (let i = 0; i < size2; i++) sums[i] /= counts[i];
  }
  return { slope, offset };
}
function inverseCovariances(color, mean3, box, epsilon) {
  let size2 = box.counts.length, covariance = [
    [0, 0],
    [0, 1],
    [0, 2],
    [1, 1],
    [1, 2],
    [2, 2]
  ].map(([a, b]) => {
    let values = new Float32Array(size2), [first, second] = [color[a], color[b]];
    for (let i = 0; i < size2; i++) values[i] = first[i] * second[i];
    box.sum(values, values);
    for (let i = 0; i < size2; i++) values[i] = values[i] / box.counts[i] - mean3[a][i] * mean3[b][i];
    return values;
  }), inverse = new Float32Array(6 * size2), [vrr, vrg, vrb, vgg, vgb, vbb] = covariance;
  for (let i = 0; i < size2; i++) {
    let rr = vrr[i] + epsilon, rg = vrg[i], rb = vrb[i], gg = vgg[i] + epsilon, gb = vgb[i], bb = vbb[i] + epsilon, c0 = gg * bb - gb * gb, c1 = rb * gb - rg * bb, c2 = rg * gb - rb * gg, scale = 1 / (rr * c0 + rg * c1 + rb * c2), k = 6 * i;
    inverse[k] = c0 * scale, inverse[k + 1] = c1 * scale, inverse[k + 2] = c2 * scale, inverse[k + 3] = (rr * bb - rb * rb) * scale, inverse[k + 4] = (rg * rb - rr * gb) * scale, inverse[k + 5] = (rr * gg - rg * rg) * scale;
  }
  return inverse;
}

// src/matting/matte.ts
var band = { inside: 8e-3, outside: 0.017 }, filter = { radius: 83e-4, epsilon: 1e-4 }, sure = 0.2, BandValue = { background: 0, unknown: 1, person: 2 };
function bandOf({ small: { width: width2, height }, probability, networkPixel }) {
  let side6 = Math.max(width2, height), person = Float32Array.from(probability, (p) => p >= 0.5 ? 1 : 0), sums = new Float32Array(person.length), inner = createBoxFilter(width2, height, Math.ceil(networkPixel + band.inside * side6));
  inner.sum(person, sums);
  let inside = Uint8Array.from(sums, (sum2, i) => sum2 > inner.counts[i] - 0.5 ? 1 : 0);
  return createBoxFilter(width2, height, Math.ceil(networkPixel + band.outside * side6)).sum(person, sums), Uint8Array.from(sums, (sum2, i) => probability[i] > 0.1 && probability[i] < 0.9 ? BandValue.unknown : person[i] === 1 ? inside[i] ? BandValue.person : BandValue.unknown : sum2 < 0.5 ? BandValue.background : BandValue.unknown);
}
function alphaMatte(input) {
  let { photo, small, probability } = input, known = bandOf(input), radius = Math.max(2, Math.round(filter.radius * Math.max(small.width, small.height))), { slope, offset } = fitGuidedFilter(
    small.rgb,
    probability,
    [small.width, small.height],
    radius,
    filter.epsilon
  ), [red, green, blue2] = slope, rows = bilinear(photo.height, small.height), columns = bilinear(photo.width, small.width), alpha = new Float32Array(photo.height * photo.width);
  for (let y = 0, i = 0; y < photo.height; y++) {
    let above = rows.low[y] * small.width, below = rows.high[y] * small.width, down = rows.weight[y], nearest = down < 0.5 ? above : below;
    for (let x = 0; x < photo.width; x++, i++) {
      let left = columns.low[x], right = columns.high[x], across = columns.weight[x], state = known[nearest + (across < 0.5 ? left : right)];
      if (state !== BandValue.unknown) {
        alpha[i] = state === BandValue.person ? 1 : 0;
        continue;
      }
      let [a, b, c, d] = [above + left, above + right, below + left, below + right], at = (map) => {
        let top = map[a] * (1 - across) + map[b] * across, bottom = map[c] * (1 - across) + map[d] * across;
        return top * (1 - down) + bottom * down;
      }, value = (at(red) * photo.rgb[3 * i] + at(green) * photo.rgb[3 * i + 1] + at(blue2) * photo.rgb[3 * i + 2]) / 255 + at(offset);
      alpha[i] = Math.min(1, Math.max(0, (value - sure) / (1 - 2 * sure)));
    }
  }
  return alpha;
}

// src/matting/temporal.ts
var blend = { least: 0.3, full: 0.7 }, block = { side: 16, reach: 6, step: 2 }, stillness = 0.08, mostGuesses = 3;
function createTemporalFilter(width2, height) {
  if (width2 < block.side || height < block.side) throw new Error(`${width2} x ${height} is smaller than a block`);
  let previous = new Float32Array(width2 * height), next = new Float32Array(width2 * height), previousLuma = new Uint8Array(width2 * height), begun = !1;
  return {
    next(probability, luma) {
      if (!begun)
        begun = !0, next.set(probability);
      else {
        let guesses = /* @__PURE__ */ new Map();
        for (let top = 0; top < height; top += block.side)
          for (let left = 0; left < width2; left += block.side) {
            let bottom = Math.min(height, top + block.side), right = Math.min(width2, left + block.side), area = { left, top, right, bottom };
            if (!hasEdge(probability, previous, width2, area)) {
              for (let y = top; y < bottom; y++)
                next.set(probability.subarray(y * width2 + left, y * width2 + right), y * width2 + left);
              continue;
            }
            let motion = motionOf(luma, previousLuma, width2, height, area, [...guesses.values()]);
            remember(guesses, motion);
            let [dx, dy] = motion;
            for (let y = top; y < bottom; y++) {
              let row = Math.min(height - 1, Math.max(0, y + dy)) * width2;
              for (let x = left; x < right; x++) {
                let old = previous[row + Math.min(width2 - 1, Math.max(0, x + dx))], change = probability[y * width2 + x] - old, share2 = change / blend.full;
                next[y * width2 + x] = old + change * Math.min(1, blend.least + (1 - blend.least) * share2 * share2);
              }
            }
          }
      }
      return previous.set(next), previousLuma.set(luma), next;
    }
  };
}
function remember(guesses, motion) {
  let key = motion.join();
  guesses.delete(key), guesses.set(key, motion), guesses.size > mostGuesses && guesses.delete(guesses.keys().next().value);
}
function hasEdge(now, before2, width2, { left, top, right, bottom }) {
  let low = 1, high = 0;
  for (let y = top; y < bottom; y += block.step)
    for (let x = left; x < right; x += block.step) {
      let a = now[y * width2 + x], b = before2[y * width2 + x];
      a < low && (low = a), b < low && (low = b), a > high && (high = a), b > high && (high = b);
    }
  return low < 0.9 && high > 0.1;
}
var neighbors = [
  [1, 0],
  [-1, 0],
  [0, 1],
  [0, -1],
  [1, 1],
  [-1, 1],
  [1, -1],
  [-1, -1]
];
function motionOf(luma, before2, width2, height, area, guesses) {
  let { left, top, right, bottom } = area, points = Math.ceil((right - left) / block.step) * Math.ceil((bottom - top) / block.step), differenceAt = (dx, dy, least) => {
    if (left + dx < 0 || right + dx > width2 || top + dy < 0 || bottom + dy > height) return Number.POSITIVE_INFINITY;
    let sum2 = stillness * points * (Math.abs(dx) + Math.abs(dy));
    for (let y = top; y < bottom && sum2 < least; y += block.step) {
      let row = y * width2, old = (y + dy) * width2 + dx;
      for (let x = left; x < right; x += block.step) sum2 += Math.abs(luma[row + x] - before2[old + x]);
    }
    return sum2;
  }, [bestX, bestY] = [0, 0], best = differenceAt(0, 0, Number.POSITIVE_INFINITY);
  for (let [dx, dy] of guesses) {
    let difference = differenceAt(dx, dy, best);
    difference < best && ([best, bestX, bestY] = [difference, dx, dy]);
  }
  for (let step of [2, 1])
    for (let moved = !0; moved; ) {
      moved = !1;
      let [fromX, fromY] = [bestX, bestY];
      for (let [x, y] of neighbors) {
        let [dx, dy] = [fromX + step * x, fromY + step * y];
        if (Math.abs(dx) > block.reach || Math.abs(dy) > block.reach) continue;
        let difference = differenceAt(dx, dy, best);
        difference >= best || ([best, bestX, bestY, moved] = [difference, dx, dy, !0]);
      }
    }
  return [bestX, bestY];
}

// src/pipeline/segmenter.ts
var matteSides = { photo: 768, video: 384 };
async function openSegmenter(source, settings, { threads, edges }) {
  let model = await openSegmentation(source, settings, threads);
  return {
    facts: model.facts,
    release: model.release,
    async segment(picture, video) {
      let clock = stopwatch(), input = await resizePicture(picture, model), planes = toPlanes(input), resize = clock(), map = await model.predict({ images: planes, height: model.height, width: model.width }), network = clock(), { probability } = map;
      video && (video.filter ??= createTemporalFilter(map.width, map.height), probability = video.filter.next(probability, lumaOf(await resizePicture(input, map))));
      let steady = clock();
      return { alpha: await alphaOf(picture, { ...map, probability }, edges, video ? "video" : "photo"), ms: { resize, network, steady, matte: clock() } };
    }
  };
}
async function alphaOf(photo, map, edges, kind) {
  if (edges === "hard") return resizeMaps(map.probability, map, photo).map((p) => p >= 0.5 ? 1 : 0);
  let scale = Math.min(1, matteSides[kind] / Math.max(photo.height, photo.width)), sides = {
    height: Math.max(1, Math.round(photo.height * scale)),
    width: Math.max(1, Math.round(photo.width * scale))
  }, small = await resizePicture(photo, sides);
  return alphaMatte({
    photo,
    small,
    probability: resizeMaps(map.probability, map, sides),
    networkPixel: Math.max(sides.height / map.height, sides.width / map.width)
  });
}
function lumaOf({ rgb, height, width: width2 }) {
  let luma = new Uint8Array(height * width2);
  for (let i = 0; i < luma.length; i++)
    luma[i] = 0.299 * rgb[3 * i] + 0.587 * rgb[3 * i + 1] + 0.114 * rgb[3 * i + 2];
  return luma;
}
function stopwatch() {
  let last = performance.now();
  return () => {
    let now = performance.now(), elapsed = now - last;
    return last = now, elapsed;
  };
}

// src/pipeline/picture-writer.ts
async function createPictureWriter(settings) {
  let { out, kinds, format } = settings;
  await mkdir4(out, { recursive: !0 });
  let backgroundOf = createBackground(settings.background);
  return {
    async writePhoto(name, picture) {
      let paths = [], made = createMaker(picture, backgroundOf), [composeMs, encodeMs] = [0, 0];
      for (let kind of kinds) {
        let clock = stopwatch(), data = await made[kind]();
        composeMs += clock();
        let ending = { mask: "png", overlay: "jpg", cutout: format, composite: "jpg" }[kind], path = join16(out, `${name}.${kind}.${ending}`), type = ending === "jpg" ? "jpeg" : ending;
        await writeFileAtomic(path, await encodePicture(data, picture, channelsOf2[kind], type)), encodeMs += clock(), paths.push(path);
      }
      return { paths, composeMs, encodeMs };
    },
    async openVideo(name, facts, source) {
      let writers = kinds.map((kind) => {
        let path = join16(out, `${name}.${kind}.mp4`);
        return { kind, path, video: writeVideo(path, facts, source) };
      });
      return {
        paths: writers.map(({ path }) => path),
        async write(picture) {
          let made = createMaker(picture, backgroundOf), [composeMs, encodeMs] = [0, 0];
          for (let { kind, video } of writers) {
            let clock = stopwatch(), data = await made[kind](), rgb = kind === "mask" ? Uint8Array.from({ length: 3 * data.length }, (_, k) => data[Math.floor(k / 3)]) : data;
            composeMs += clock(), await video.write(rgb), encodeMs += clock();
          }
          return { composeMs, encodeMs };
        },
        async close() {
          for (let { video } of writers) await video.close();
        },
        async abandon() {
          for (let { video } of writers) await video.abandon();
        }
      };
    }
  };
}
var channelsOf2 = { mask: 1, overlay: 3, cutout: 4, composite: 3 };
function createMaker(picture, backgroundOf) {
  let { alpha } = picture, cut, cutOf = () => (cut ??= foregroundOf(picture).then((foreground) => ({ ...picture, foreground })), cut);
  return {
    mask: async () => Uint8Array.from(alpha, (a) => Math.round(255 * a)),
    overlay: async () => overlay(picture),
    cutout: async () => cutOut(await cutOf()),
    composite: async () => compose(await cutOf(), await backgroundOf(await cutOf()))
  };
}
var foregroundSide = 512;
async function foregroundOf(picture) {
  let { rgb, alpha, width: width2, height } = picture, scale = Math.min(1, foregroundSide / Math.max(width2, height)), sides = { width: Math.max(1, Math.round(width2 * scale)), height: Math.max(1, Math.round(height * scale)) }, small = await resizePicture(picture, sides), estimate = estimateForeground(small.rgb, resizeMaps(alpha, picture, sides), sides.width, sides.height), { rgb: colors } = await resizePicture({ ...sides, rgb: estimate }, picture);
  return Uint8Array.from(rgb, (value, k) => alpha[Math.floor(k / 3)] < 1 ? colors[k] : value);
}
function createBackground(background) {
  let last;
  return async (cut) => {
    if (background === void 0) throw new Error("composites need a background");
    if (background === "blur") return blurredBackground(cut);
    let size2 = `${cut.width}x${cut.height}`;
    if (last?.size !== size2) {
      let data = "color" in background ? plainBackground(cut, background.color) : await coverPicture(background.photo, cut);
      last = { size: size2, data };
    }
    return last.data;
  };
}

// src/pipeline/commands/segment.ts
var photoExtensions = [".jpg", ".jpeg", ".png", ".webp", ".avif", ".tif", ".tiff", ".gif"];
async function runSegment(options) {
  let { model, modelSettings, inputs, out, progress, signal } = options, jobs = await collectJobs(inputs, options.frames), kinds = kindsOf(options, jobs), bytes = await readModelBytes(model), threads = await resolveThreads(options.threads), segmenter = await openSegmenter({ name: model, bytes }, modelSettings, { threads, edges: options.edges });
  try {
    let writer = await createPictureWriter({ out, kinds, background: options.background, format: options.format }), times2 = createTimes(), files = [], stage = progress.stage(
      "segment",
      jobs.length,
      jobs.some(({ kind }) => kind === "video") ? "files" : "photos"
    ), frames = {};
    for (let [index2, job] of jobs.entries()) {
      signal.throwIfAborted();
      let work = { segmenter, writer, times: times2, signal };
      files.push(
        job.kind === "video" ? await segmentVideo(
          job,
          work,
          (frame2, of) => stage.update(index2, `${job.name}: frame ${frame2}${of ? ` of ${of}` : ""}`)
        ) : await segmentPhoto(job, work, job.kind === "frame" ? frames : void 0)
      ), stage.update(index2 + 1);
    }
    stage.done();
    let ms3 = times2.mean(), total = Object.values(ms3).reduce((sum2, value) => sum2 + value, 0), json = {
      model: basename7(model),
      threads,
      reading: describeFacts(segmenter.facts),
      files,
      frames: times2.count(),
      ms: ms3,
      fps: 1e3 / total
    };
    return { exitCode: ExitCode.pass, summary: segmentationSummary(json, out), json };
  } finally {
    await segmenter.release();
  }
}
async function segmentPhoto(job, { segmenter, writer, times: times2 }, video) {
  let clock = stopwatch(), picture = await decodePicture(job.path), decode = clock(), { alpha, ms: ms3 } = await segmenter.segment(picture, video), written = await writer.writePhoto(job.name, { ...picture, alpha });
  times2.add({ decode, ...ms3, compose: written.composeMs, encode: written.encodeMs });
  let { width: width2, height } = picture;
  return { input: job.path, outputs: written.paths, width: width2, height, frames: 1, personShare: mean2(alpha) };
}
async function segmentVideo(job, { segmenter, writer, times: times2, signal }, onFrame) {
  let facts = await probeVideo(job.path), { width: width2, height } = facts, video = {}, output2 = await writer.openVideo(job.name, facts, job.path), frames = 0, share2 = 0;
  try {
    let clock = stopwatch();
    for await (let rgb of readFrames(job.path, facts)) {
      signal.throwIfAborted();
      let decode = clock(), picture = { rgb, width: width2, height }, { alpha, ms: ms3 } = await segmenter.segment(picture, video), written = await output2.write({ ...picture, alpha });
      times2.add({ decode, ...ms3, compose: written.composeMs, encode: written.encodeMs }), share2 += mean2(alpha), onFrame(++frames, facts.frames), clock();
    }
    if (frames === 0) throw new UserError(`${job.path}: has no frame that ffmpeg can read`);
    await output2.close();
  } catch (error) {
    throw await output2.abandon(), error;
  }
  return { input: job.path, outputs: output2.paths, width: width2, height, frames, personShare: share2 / frames };
}
function kindsOf({ write, background }, jobs) {
  let videos = jobs.some(({ kind }) => kind === "video"), kinds = write ?? [background ? "composite" : videos ? "overlay" : "cutout"];
  if (kinds.includes("composite") && !background)
    throw new UserError(
      "--write composite: needs a background; give --background blur, a color such as #00b140, or a photo"
    );
  if (videos && kinds.includes("cutout"))
    throw new UserError("--write cutout: a video cannot be cut out; give --background, or --write mask");
  return kinds;
}
async function collectJobs(inputs, frames) {
  let jobs = [], add = (kind, path) => {
    jobs.push({ kind, path, name: basename7(path, extname4(path)) });
  };
  for (let input of inputs) {
    let found = await stat3(input).catch(() => {
    });
    if (!found) throw new UserError(`${input}: no such file or folder`);
    if (!found.isDirectory()) {
      add(isVideo(input) ? "video" : "photo", input);
      continue;
    }
    let names = (await readdir7(input)).filter((name) => isPhoto(name) || !frames && isVideo(name));
    if (names.length === 0) throw new UserError(`${input}: holds no photos (${photoExtensions.join(", ")})`);
    for (let name of names.sort((a, b) => a.localeCompare(b, "en", { numeric: !0 })))
      add(isVideo(name) ? "video" : frames ? "frame" : "photo", join17(input, name));
  }
  let seen = /* @__PURE__ */ new Map();
  for (let { name, path } of jobs) {
    let other = seen.get(name);
    if (other !== void 0)
      throw new UserError(
        `${path}: its outputs would have the names of those of ${other}; segment them into two folders`
      );
    seen.set(name, path);
  }
  return jobs;
}
var isPhoto = (name) => !name.startsWith(".") && photoExtensions.includes(extname4(name).toLowerCase());
function createTimes() {
  let sums = { decode: 0, resize: 0, network: 0, steady: 0, matte: 0, compose: 0, encode: 0 }, stages = Object.keys(sums), count2 = 0;
  return {
    add(times2) {
      count2++;
      for (let stage of stages) sums[stage] += times2[stage];
    },
    count: () => count2,
    mean: () => {
      let means = { ...sums };
      for (let stage of stages) means[stage] /= Math.max(1, count2);
      return means;
    }
  };
}
function mean2(alpha) {
  let sum2 = 0;
  for (let i = 0; i < alpha.length; i++) sum2 += alpha[i];
  return sum2 / alpha.length;
}

// src/pipeline/commands/serve.ts
import { once as once2 } from "node:events";
import { readFile as readFile7 } from "node:fs/promises";
import { createServer } from "node:http";
import { createRequire as createRequire2 } from "node:module";
import { dirname as dirname2, join as join18 } from "node:path";
var runtimeFiles = ["ort.wasm.min.mjs", "ort-wasm-simd-threaded.mjs", "ort-wasm-simd-threaded.wasm"], types = {
  html: "text/html; charset=utf-8",
  mjs: "text/javascript; charset=utf-8",
  wasm: "application/wasm",
  onnx: "application/octet-stream"
};
async function runServe({ run, models, port: port2, progress, signal }) {
  let { server, address } = await startServer({ run, models, port: port2 });
  return progress.note(`${address} shows ${run}; Ctrl-C ends it`), signal.aborted || await once2(signal, "abort"), server.closeAllConnections(), await new Promise((resolve4) => server.close(resolve4)), { exitCode: ExitCode.pass, summary: `${address} has ended`, json: { run, address } };
}
async function startServer({
  run,
  models,
  port: port2
}) {
  let resources = await resourcesOf(run, models), assets = await pageAssets(), policy = pagePolicy(assets, !0), server = createServer((request, response) => {
    answer(request, response, resources, policy).catch((error) => response.destroy(error));
  });
  return server.listen(port2, "127.0.0.1"), await Promise.race([
    once2(server, "listening"),
    once2(server, "error").then(([error]) => {
      throw new UserError(`port ${port2}: ${error.message}; give another --port`);
    })
  ]), { server, address: `http://127.0.0.1:${server.address().port}/` };
}
async function answer({ method, url = "/" }, response, resources, policy) {
  let resource = resources.get(url.split("?", 1)[0]), headers = {
    "content-security-policy": policy,
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    // Threads of WebAssembly need memory that is shared, and pages get it only when they are isolated.
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-embedder-policy": "require-corp",
    "cross-origin-resource-policy": "same-origin"
  };
  if (method !== "GET" || !resource) {
    response.writeHead(method === "GET" ? 404 : 405, headers).end();
    return;
  }
  let body = await resource.body();
  response.writeHead(200, { ...headers, "content-type": resource.type }).end(body);
}
async function resourcesOf(run, extra) {
  let result = await readResult(join18(run, "result.json")), table = await readOptionalTable(join18(run, "latency-table.json")), own = join18(run, "model.onnx"), files = [...await readOptional(own) ? [own] : [], ...extra], resources = /* @__PURE__ */ new Map(), models = [];
  for (let [index2, file] of files.entries()) {
    let url = `/models/${index2}.onnx`;
    models.push(await pageModel(file, url)), resources.set(url, { type: types.onnx, body: () => readFile7(file) });
  }
  let folder = models.length > 0 ? runtimeFolder() : void 0;
  if (folder)
    for (let name of runtimeFiles)
      resources.set(`/runtime/${name}`, {
        type: types[name.split(".").at(-1)],
        body: () => readFile7(join18(folder, name))
      });
  let tryIt = { models, runtimeUrl: `/runtime/${runtimeFiles[0]}`, wasmFolder: "/runtime/" }, page = htmlReport({ ...pageData(result, table), tryIt }, await pageAssets());
  return resources.set("/", { type: types.html, body: async () => page }), resources;
}
async function pageModel(file, url) {
  let { architecture, input } = await readModelFile(file);
  if (!architecture)
    throw new UserError(`${file}: was not exported by this tool, and the page runs no others; leave out --model`);
  let { mean: mean3, std } = normalization;
  return { name: architecture.name, url, ...input, inputName: "image", outputName: "probability", mean: mean3, std };
}
function runtimeFolder() {
  try {
    return dirname2(createRequire2(import.meta.url).resolve("onnxruntime-web"));
  } catch {
    throw new UserError(
      "serve: ONNX Runtime Web is not installed; npm install onnxruntime-web@1.30.0, then serve again"
    );
  }
}

// src/latency/merge.ts
function compareTables(a, b) {
  let ofB = new Map(b.entries.map((entry) => [entry.signature, entry])), common = a.entries.flatMap((entry) => {
    let other = ofB.get(entry.signature);
    return other ? [[entry, other]] : [];
  }), inA = new Set(a.entries.map(({ signature }) => signature)), entries = common.map(([one, other]) => ({
    signature: one.signature,
    aMs: one.latencyMs,
    bMs: other.latencyMs,
    ratio: one.latencyMs > 0 ? other.latencyMs / one.latencyMs : null
  })), ratios = entries.flatMap(({ ratio }) => ratio ?? []), columns = [entries.map(({ aMs }) => aMs), entries.map(({ bMs }) => bMs)];
  return {
    differences: tableDifferences(a, b),
    entries,
    onlyA: a.entries.filter(({ signature }) => !ofB.has(signature)).map(({ signature }) => signature),
    onlyB: b.entries.filter(({ signature }) => !inA.has(signature)).map(({ signature }) => signature),
    medianRatio: ratios.length > 0 ? median(ratios) : null,
    rankCorrelation: entries.length > 1 ? sampleRankCorrelation(...columns) : null,
    referenceRatio: b.drift.referenceMs / a.drift.referenceMs
  };
}
function mergeTables(tables) {
  let [first, ...others] = tables;
  if (!first || others.length === 0) throw new UserError("table merge: give at least two tables");
  let problems2 = others.flatMap(
    ({ source, table }) => tableDifferences(first.table, table).map(
      ({ what, was, is }) => `${source}: ${what}: is ${is}, that of ${first.source} ${was}; only tables with the same can be merged`
    )
  );
  if (problems2.length > 0) throw new UserError(problems2.join(`
`));
  let repeated = tables.find(({ table }, i) => tables.findIndex((t) => t.table.checksum === table.checksum) < i);
  if (repeated) throw new UserError(`${repeated.source}: given twice; its rounds would count twice`);
  let levels = tables.map(({ table }) => ({
    table,
    ratio: 1 / (compareTables(first.table, table).medianRatio ?? 1)
  })), pooled = (roundsOf) => {
    let roundsMs = levels.flatMap(({ table, ratio }) => roundsOf(table).map((ms3) => ms3 * ratio)), figures = summarizeRounds(roundsMs);
    return { ...figures, settled: hasSettled(figures), roundsMs };
  }, { checksum, quality, calibration, origins, ...rest } = first.table, merged = mergeCalibrations(levels);
  return finishTable({
    ...rest,
    frames: rest.frames.map((frame2) => ({
      ...frame2,
      ...pooled((table) => table.frames.find((other) => frameName(other) === frameName(frame2)).roundsMs)
    })),
    fixed: rest.fixed.map(({ latencyMs, ...fixed }) => ({
      ...fixed,
      ...pooled((table) => table.fixed.find(({ part }) => part === fixed.part).roundsMs)
    })),
    entries: rest.entries.map(({ latencyMs, ...entry }) => ({
      ...entry,
      ...pooled((table) => table.entries.find(({ signature }) => signature === entry.signature).roundsMs)
    })),
    ...merged ? { calibration: merged } : {},
    origins: levels.map(({ table, ratio }) => ({ checksum: table.checksum, ratio }))
  });
}
function mergeCalibrations(levels) {
  let parts = levels.flatMap(
    ({ table, ratio }) => table.calibration ? [{ calibration: table.calibration, ratio }] : []
  );
  if (parts.length < levels.length) return;
  let all = (of) => parts.flatMap(
    ({ calibration, ratio }) => of(calibration).map((one) => ({ ...one, latencyMs: one.latencyMs * ratio }))
  ), subnetKey = ({ path }) => path.join(), subnets = meanBy(
    all(({ subnets: subnets2 }) => subnets2),
    subnetKey
  ), known = new Set(subnets.map(subnetKey)), heldOut = meanBy(
    all(({ heldOut: heldOut2 }) => heldOut2),
    subnetKey
  ).filter((subnet) => !known.has(subnetKey(subnet))), inAll = parts.map(({ calibration }) => new Set(calibration.baselines.map(({ name }) => name))), baselines = meanBy(
    all(({ baselines: baselines2 }) => baselines2),
    ({ name }) => name
  ).filter(({ name }) => inAll.every((names) => names.has(name)));
  return { subnets, heldOut, baselines };
}
function meanBy(values, keyOf) {
  let groups = /* @__PURE__ */ new Map();
  for (let value of values) groups.set(keyOf(value), [...groups.get(keyOf(value)) ?? [], value]);
  return [...groups.values()].map((group3) => ({
    ...group3[0],
    latencyMs: group3.reduce((sum2, { latencyMs }) => sum2 + latencyMs, 0) / group3.length
  }));
}

// src/report/latency-charts.ts
var cell = { width: 58, height: 30 };
function blue(t) {
  let channel = (light, dark) => Math.round(light + (dark - light) * t);
  return `rgb(${channel(239, 8)},${channel(243, 48)},${channel(255, 107)})`;
}
function heatMapSvg({ title, subtitle, layers, rows }) {
  let left = 24 + 7 * Math.max(9, ...rows.map(({ operation: operation2 }) => operation2.length)), top = 104, width2 = left + cell.width * layers.length + 24, bottom = top + cell.height * rows.length, largest = Math.max(...rows.flatMap(({ cells }) => cells.map((c) => c?.latencyMs ?? 0)), 1e-9), small = { "text-anchor": "middle", "font-size": 11, fill: "#59636e" }, columns = layers.flatMap(({ channels, map }, i) => {
    let x = left + cell.width * (i + 0.5);
    return [
      svgText(x, top - 38, String(i), { "text-anchor": "middle", "font-weight": 600 }),
      svgText(x, top - 23, channels, small),
      svgText(x, top - 9, map, small)
    ];
  }), lines = rows.flatMap(({ operation: operation2, cells }, row) => {
    let y = top + cell.height * row, name = svgText(left - 8, y + cell.height / 2 + 4, operation2, { "text-anchor": "end" }), boxes = cells.flatMap((found, layer) => {
      if (!found) return [];
      let { latencyMs, errorMs, settled } = found, share2 = latencyMs / largest, x = left + cell.width * layer, box = { x: x + 1, y: y + 1, width: cell.width - 2, height: cell.height - 2, rx: 2, fill: blue(share2) }, dashes = settled ? {} : { stroke: "#bc4c00", "stroke-width": 2, "stroke-dasharray": "4 3" }, about = `${operation2}, layer ${layer}: ${latencyMs.toFixed(4)} ms, standard error ${errorMs.toFixed(4)} ms${settled ? "" : ", not settled"}`, value = { "text-anchor": "middle", "font-size": 11, fill: share2 > 0.45 ? "#ffffff" : "#1f2328" };
      return svgElement(
        "g",
        {},
        svgTitle(about),
        svgElement("rect", { ...box, ...dashes }),
        svgText(x + cell.width / 2, y + cell.height / 2 + 4, latencyMs.toFixed(latencyMs < 0.995 ? 3 : 2), value)
      );
    });
    return [name, ...boxes];
  }), note = `Milliseconds that an operation adds to its frame.${rows.some(({ cells }) => cells.some((found) => found?.settled === !1)) ? " Dashed: did not settle." : ""}`;
  return svgDocument(
    width2,
    bottom + 36,
    `${title}: latency of each operation in each layer`,
    svgText(16, 24, title, { "font-size": 15, "font-weight": 600 }),
    svgText(16, 43, subtitle, { fill: "#59636e" }),
    svgText(left - 8, top - 38, "layer", { "text-anchor": "end", fill: "#59636e" }),
    svgText(left - 8, top - 23, "channels", { "text-anchor": "end", fill: "#59636e" }),
    svgText(left - 8, top - 9, "input map", { "text-anchor": "end", fill: "#59636e" }),
    ...columns,
    ...lines,
    svgText(16, bottom + 24, note, { fill: "#59636e" })
  );
}
function predictedSvg(title, subtitle, subnets) {
  let frame2 = { left: 64, top: 92, right: 544, bottom: 532 }, values = subnets.flatMap(({ latencyMs, predictedMs }) => [latencyMs, predictedMs]), domain = [Math.min(...values), Math.max(...values)], x = linearScale(domain, [frame2.left, frame2.right]), y = linearScale(domain, [frame2.bottom, frame2.top]), [low, high] = [x.ticks[0], x.ticks.at(-1)], line = (slope, dashes) => {
    let [from, to] = [Math.max(low, low / slope), Math.min(high, high / slope)], ends = { x1: x.at(from), y1: y.at(from * slope), x2: x.at(to), y2: y.at(to * slope) };
    return svgElement("line", { ...ends, stroke: "#59636e", "stroke-dasharray": dashes });
  }, style = (heldOut) => heldOut ? { fill: "#0969da", "fill-opacity": 0.75 } : { fill: "#ffffff", "fill-opacity": 0.6, stroke: "#bc4c00", "stroke-width": 1.2 }, points = subnets.map(
    ({ latencyMs, predictedMs, heldOut }) => svgElement(
      "circle",
      { cx: x.at(latencyMs), cy: y.at(predictedMs), r: 3.5, ...style(heldOut) },
      svgTitle(`measured ${latencyMs.toFixed(3)} ms, predicted ${predictedMs.toFixed(3)} ms`)
    )
  ), count2 = (heldOut) => subnets.filter((subnet) => subnet.heldOut === heldOut).length, legend = [
    svgElement("circle", { cx: frame2.left + 6, cy: 71, r: 3.5, ...style(!0) }),
    svgText(frame2.left + 16, 75, `${count2(!0)} held out`),
    svgElement("circle", { cx: frame2.left + 126, cy: 71, r: 3.5, ...style(!1) }),
    svgText(frame2.left + 136, 75, `${count2(!1)} calibrated on`),
    svgElement("line", {
      x1: frame2.left + 262,
      x2: frame2.left + 290,
      y1: 71,
      y2: 71,
      stroke: "#59636e",
      "stroke-dasharray": "4 4"
    }),
    svgText(frame2.left + 296, 75, "5 % off")
  ];
  return svgDocument(
    568,
    584,
    `${title}: predicted against measured latency of whole subnets`,
    svgText(16, 24, title, { "font-size": 15, "font-weight": 600 }),
    svgText(16, 43, subtitle, { fill: "#59636e" }),
    ...legend,
    svgAxes(frame2, { scale: x, name: "measured, ms" }, { scale: y, name: "predicted, ms" }),
    line(1),
    line(1.05, "4 4"),
    line(1 / 1.05, "4 4"),
    ...points
  );
}

// src/report/latency-table.ts
var ms2 = (value) => value.toFixed(4);
function listingSummary({ facts, entries, quality, predictor }) {
  let head = [
    "operation",
    "layers",
    "channels",
    "stride",
    "kernel",
    "dilation",
    "batch",
    "map",
    "expanded",
    "ms",
    "error",
    "spread",
    "rounds",
    ""
  ], rows = entries.map((entry) => [
    `${entry.operation}${entry.squeezeExcite ? " se" : ""} ${entry.activation}`,
    entry.layers.join(" "),
    `${entry.in} -> ${entry.out}`,
    String(entry.stride),
    String(entry.kernel),
    String(entry.dilation),
    String(entry.batch),
    `${entry.height} x ${entry.width}`,
    String(entry.expanded),
    ms2(entry.latencyMs),
    ms2(entry.errorMs),
    `${(100 * entry.spread).toFixed(0)} %`,
    String(entry.count),
    entry.settled ? "" : "not settled"
  ]), unsettled = quality.unsettled > 0 ? `, ${quality.unsettled} measurements did not settle` : "";
  return [
    ...facts,
    "",
    ...alignRows([head, ...rows], !0),
    "",
    `quality: standard error ${quality.errorPercent.toFixed(2)} % of the entries' latencies${unsettled}`,
    ...predictor ? [predictor] : []
  ].join(`
`);
}
function diffSummary({ a, b, comparison }) {
  let { differences, entries, onlyA, onlyB, medianRatio, rankCorrelation: rankCorrelation2, referenceRatio } = comparison, rows = entries.map(({ signature, aMs, bMs, ratio }) => [
    signature,
    ms2(aMs),
    ms2(bMs),
    ratio === null ? "-" : ratio.toFixed(3)
  ]), differing = differences.map(({ what, was, is }) => [what, String(was), String(is)]);
  return [
    `A ${a}`,
    `B ${b}`,
    "",
    ...differing.length > 0 ? [...alignRows([["difference", "A", "B"], ...differing], !1), ""] : [],
    ...alignRows([["operation", "A ms", "B ms", "B / A"], ...rows], !0),
    "",
    ...onlyA.length > 0 ? [`only in A: ${onlyA.join("; ")}`] : [],
    ...onlyB.length > 0 ? [`only in B: ${onlyB.join("; ")}`] : [],
    `${entries.length} operations in both: median ratio ${medianRatio?.toFixed(3) ?? "-"}, rank correlation ${rankCorrelation2?.toFixed(3) ?? "-"}; drift reference ${referenceRatio.toFixed(3)}`
  ].join(`
`);
}

// src/pipeline/commands/table-files.ts
var comparisons = {
  latency: (a, b) => b.latencyMs - a.latencyMs,
  // As the space has them.
  layer: () => 0,
  operation: (a, b) => a.operation.localeCompare(b.operation),
  name: (a, b) => a.signature.localeCompare(b.signature)
};
async function runTableShow({ file, sort, svg, svgPredictor }) {
  let table = await readTable(file), { space, input, quality } = table, entries = table.entries.map(({ roundsMs, ...entry }, i) => ({
    ...entry,
    layers: space.layers.flatMap((candidates, layer) => candidates.includes(i) ? [layer] : [])
  })), check = predictorOf(table)?.check, title = `${space.name}, ${input.height} x ${input.width}`;
  svg && await writeFileAtomic(svg, heatMapSvg(heatMapOf(table, title))), svgPredictor && await writeFileAtomic(svgPredictor, predictorSvg(table, title, file));
  let listing2 = {
    facts: [
      machineOf(table),
      `space ${space.name}, input ${input.height} x ${input.width}: ${entries.length} operations`
    ],
    quality,
    entries: entries.sort(comparisons[sort]),
    ...check ? { predictor: predictorLine(check) } : {}
  }, json = { ...table, entries: listing2.entries, ...check ? { predictor: check } : {} };
  return { exitCode: ExitCode.pass, summary: listingSummary(listing2), json };
}
async function runTableDiff({ files: [a, b] }) {
  let [tableA, tableB] = [await readTable(a), await readTable(b)], comparison = compareTables(tableA, tableB), summary = diffSummary({ a: `${a}: ${machineOf(tableA)}`, b: `${b}: ${machineOf(tableB)}`, comparison });
  return { exitCode: ExitCode.pass, summary, json: { a, b, ...comparison } };
}
async function runTableMerge({ files, out }) {
  let tables = [];
  for (let source of files) tables.push({ source, table: await readTable(source) });
  let merged = mergeTables(tables);
  await writeTable(out, merged);
  let { entries, quality, origins } = merged, ratios = origins.map(({ ratio }) => ratio.toFixed(3)).join(", "), summary = `${out}: ${tables.length} tables of ${entries.length} operations as one, brought to the level of the first (by ${ratios}); standard error ${quality.errorPercent.toFixed(2)} %`;
  return { exitCode: ExitCode.pass, summary, json: { out, quality, origins } };
}
function machineOf({ hardware, threads }) {
  let { cpu, cores, onnxRuntimeVersion, key } = hardware, used = `${threads} of ${cores.available} core${cores.available === 1 ? "" : "s"}`;
  return `${cpu.model}, ${used}, ONNX Runtime ${onnxRuntimeVersion}, key ${key}`;
}
function predictorOf(table) {
  if (!table.calibration) return;
  let space = tableSpace(table), { costs } = calibrate(space, table, table.calibration.subnets);
  return { costs, check: checkPredictor(costs, table.calibration.heldOut, plainSumCosts(space, table)) };
}
function predictorSvg(table, title, file) {
  let predictor = predictorOf(table);
  if (!predictor || !table.calibration)
    throw new UserError(
      `${file}: calibration: missing, so there is nothing to predict with; leave out --svg-predictor`
    );
  let measured2 = (heldOut2, subnets2) => subnets2.map(({ path, latencyMs }) => ({ latencyMs, predictedMs: pathLatency(predictor.costs, path), heldOut: heldOut2 })), { subnets, heldOut } = table.calibration, { meanAbsoluteErrorPercent, biasPercent, spearman } = predictor.check, subtitle = `held out: ${meanAbsoluteErrorPercent.toFixed(1)} % mean error, bias ${biasPercent.toFixed(1)} %, rank correlation ${spearman.toFixed(3)}`;
  return predictedSvg(title, subtitle, [...measured2(!1, subnets), ...measured2(!0, heldOut)]);
}
function heatMapOf(table, title) {
  let { entries, space } = table, layers = space.layers.map((candidates) => candidates.map((i) => entries[i]));
  return {
    title,
    subtitle: machineOf(table),
    layers: layers.map(([first]) => ({
      channels: `${first.in}-${first.out}`,
      map: `${first.height}x${first.width}${first.stride === 2 ? " /2" : ""}`
    })),
    rows: [...new Set(entries.map(candidateName))].map((operation2) => ({
      operation: operation2,
      cells: layers.map((candidates) => candidates.find((entry) => candidateName(entry) === operation2))
    }))
  };
}

// src/pipeline/keys.ts
import { createHash as createHash10 } from "node:crypto";
async function cacheKeys({
  recipe: nameOrPath,
  data,
  ...overrides
}) {
  let { recipe, space, baselines } = await loadPlan(nameOrPath, overrides), { name, input, latency, threads } = recipe, hardware = await describeHardware(threads), table = shortHash([hashDefinitions(planTable(space, input)), space.name, input, latency, baselines]), whole = recipeFingerprint({ ...recipe, space, baselines });
  return {
    table: `${hardware.key}-${table}`,
    run: `${hardware.key}-${shortHash([toolVersion(), whole, data && await datasetFingerprint(data)])}`,
    network: `${name}-${input.height}x${input.width}`
  };
}
var shortHash = (value) => createHash10("sha256").update(JSON.stringify(value)).digest("hex").slice(0, 16);

export {
  runDataCheck,
  runImport,
  runVideo,
  checkBudgetFields,
  recipePaths,
  runGate,
  runCompare,
  runSearch,
  runDerive,
  runTable,
  runTrain,
  runShard,
  runMerge,
  runDiagnose,
  runExport,
  runInspect,
  runMeasure,
  runSegment,
  runServe,
  runTableShow,
  runTableDiff,
  runTableMerge,
  cacheKeys
};
