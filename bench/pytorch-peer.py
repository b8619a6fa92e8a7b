"""PyTorch on the training bench's work, for a peer process that asks line by line (JSON in, JSON out).

{"module": program, "shapes": [...], "threads": T}              builds one module and its inputs, channels_last
{"network": [program...], "side": S, "batch": N, "threads": T,
 "features": [...]}                                             builds head, candidates and tail, with AdamW and the loss of the bench
{"time": n, "settle": ms}                                       milliseconds of n forward+backward passes of the module, after uncounted ones for so long
{"paths": [[program indices]...]}                               milliseconds of a whole training step of each path
{"memory": true}                                                peak resident bytes of this process

"precision": "bfloat16" beside a module or a network takes torch.autocast. A program is what bench/program.ts writes. Eager mode, as a training
script would have it.
"""
import json
import resource
import sys
import time

import torch
from torch import nn
from torch.nn import functional as F

activations = {"relu": F.relu, "hswish": F.hardswish, "hsigmoid": F.hardsigmoid, "sigmoid": torch.sigmoid, None: lambda x: x}


class SqueezeExcite(nn.Module):
    def __init__(self, channels, squeezed):
        super().__init__()
        self.reduce = nn.Conv2d(channels, squeezed, 1)
        self.expand = nn.Conv2d(squeezed, channels, 1)

    def forward(self, x):
        return x * F.hardsigmoid(self.expand(F.relu(self.reduce(F.adaptive_avg_pool2d(x, 1)))))


class Program(nn.Module):
    def __init__(self, program):
        super().__init__()
        self.steps, self.outputs = program["steps"], program["outputs"]
        self.parts = nn.ModuleDict()
        for i, s in enumerate(self.steps):
            if s["op"] in ("conv", "convBn"):
                padding = s["dilation"] * (s["kernel"] - 1) // 2
                conv = nn.Conv2d(s["in"], s["out"], s["kernel"], s["stride"], padding, s["dilation"], s["groups"],
                                 bias=s.get("bias", False))
                self.parts[str(i)] = nn.Sequential(conv, nn.BatchNorm2d(s["out"])) if s["op"] == "convBn" else conv
            elif s["op"] == "squeezeExcite":
                self.parts[str(i)] = SqueezeExcite(s["channels"], s["squeezed"])

    def forward(self, *inputs):
        values = list(inputs)
        for i, s in enumerate(self.steps):
            op = s["op"]
            x = values[s["x"]] if "x" in s else None
            if op == "convBn":
                y = self.parts[str(i)](x)
                if s.get("residual") is not None:
                    y = y + values[s["residual"]]
                y = activations[s.get("activation")](y)
            elif op in ("conv", "squeezeExcite"):
                y = self.parts[str(i)](x)
            elif op == "activation":
                y = activations[s["kind"]](x)
            elif op == "add":
                y = x + values[s["y"]]
            elif op == "scale":
                y = x * values[s["y"]]
            elif op == "maxPool":
                y = F.max_pool2d(x, 3, 2, 1)
            elif op == "globalPool":
                y = F.adaptive_avg_pool2d(x, 1)
            elif op == "resize":
                y = F.interpolate(x, (s["height"], s["width"]), mode="bilinear", align_corners=False)
            elif op == "concat":
                y = torch.cat([values[j] for j in s["xs"]], 1)
            elif op == "channels":
                y = x[:, s["from"]:s["to"]]
            elif op == "shuffle":
                n, c, h, w = x.shape
                y = x.view(n, s["groups"], c // s["groups"], h, w).transpose(1, 2).reshape(n, c, h, w)
            else:
                raise ValueError(op)
            values.append(y)
        return [values[j] for j in self.outputs]


def bench_loss(logits, target):
    z = F.interpolate(logits, target.shape[2:], mode="bilinear", align_corners=False)
    p = torch.sigmoid(z)
    overlap, size = (p * target).sum((1, 2, 3)), p.sum((1, 2, 3)) + target.sum((1, 2, 3))
    contrast = F.max_pool2d(target, 5, 1, 2) + F.max_pool2d(-target, 5, 1, 2)
    weights = 1 + 4 * contrast
    entropy = (weights * F.binary_cross_entropy_with_logits(z, target, reduction="none")).sum() / weights.sum()
    return entropy + (1 - (2 * overlap + 1) / (size + 1)).mean()


def last(x):
    return x.contiguous(memory_format=torch.channels_last)


def precision(ask):
    return torch.autocast("cpu", torch.bfloat16, ask["precision"] == "bfloat16")


def module_step(ask):
    module = Program(ask["module"]).train().to(memory_format=torch.channels_last)
    # Nobody asks for the gradient of an image.
    xs = [last(torch.randn(shape)).requires_grad_(shape[1] >= 8) for shape in ask["shapes"]]
    with precision(ask):
        upstream = [last(torch.randn(y.shape, dtype=y.dtype)) for y in module(*xs)]

    def step():
        module.zero_grad(set_to_none=True)
        for x in xs:
            x.grad = None
        with precision(ask):
            ys = module(*xs)
        torch.autograd.backward(ys, upstream)

    return step


def path_step(ask):
    modules = nn.ModuleList([Program(p) for p in ask["network"]]).train().to(memory_format=torch.channels_last)
    optimizer = torch.optim.AdamW(modules.parameters(), lr=1e-3, weight_decay=0.01)
    shape = (ask["batch"], 3, ask["side"], ask["side"])
    images = last(torch.randn(shape))
    target = (torch.randn(shape[0], 1, *shape[2:]) > 0).float()

    def step(path):
        optimizer.zero_grad(set_to_none=True)
        with precision(ask):
            x = modules[path[0]](images)[0]
            outputs = []
            for layer in path[1:-1]:
                x = modules[layer](x)[0]
                outputs.append(x)
            features = [images if i == "image" else outputs[i] for i in ask["features"]]
            logits = modules[path[-1]](*features)[0]
        bench_loss(logits.float(), target).backward()
        optimizer.step()

    return step


def timed(step, *args):
    start = time.perf_counter()
    step(*args)
    return 1000 * (time.perf_counter() - start)


def answer(value):
    sys.stdout.write(json.dumps(value) + "\n")
    sys.stdout.flush()


step = None
answer({"torch": torch.__version__})
for line in sys.stdin:
    ask = json.loads(line)
    if "module" in ask or "network" in ask:
        torch.set_num_threads(ask["threads"])
        step = module_step(ask) if "module" in ask else path_step(ask)
        if "module" in ask:
            for _ in range(3):
                step()
        answer({"ready": True})
    elif "time" in ask:
        settled = time.perf_counter() + ask["settle"] / 1000
        step()
        while time.perf_counter() < settled:
            step()
        answer({"times": [timed(step) for _ in range(ask["time"])]})
    elif "paths" in ask:
        answer({"times": [timed(step, path) for path in ask["paths"]]})
    else:
        answer({"bytes": 1024 * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss})
