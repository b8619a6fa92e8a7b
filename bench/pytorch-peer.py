"""PyTorch on the training bench's work, for a peer process that asks line by line (JSON in, JSON out).

{"block": [channels, side, kernel], "batch": N, "threads": T}  builds the block, channels_last
{"time": n}                                                     milliseconds of n forward+backward passes, after one that is not counted
"""
import json
import sys
import time

import torch
from torch import nn


class Block(nn.Module):
    def __init__(self, channels, kernel):
        super().__init__()
        wide = 4 * channels
        self.layers = nn.Sequential(
            nn.Conv2d(channels, wide, 1, bias=False), nn.BatchNorm2d(wide), nn.Hardswish(),
            nn.Conv2d(wide, wide, kernel, 1, kernel // 2, groups=wide, bias=False), nn.BatchNorm2d(wide), nn.Hardswish(),
            nn.Conv2d(wide, channels, 1, bias=False), nn.BatchNorm2d(channels),
        )

    def forward(self, x):
        return x + self.layers(x)


def answer(value):
    sys.stdout.write(json.dumps(value) + "\n")
    sys.stdout.flush()


step = None
answer({"torch": torch.__version__})
for line in sys.stdin:
    ask = json.loads(line)
    if "block" in ask:
        torch.set_num_threads(ask["threads"])
        channels, side, kernel = ask["block"]
        model = Block(channels, kernel).train().to(memory_format=torch.channels_last)
        shape = (ask["batch"], channels, side, side)
        x = torch.randn(shape).contiguous(memory_format=torch.channels_last).requires_grad_()
        upstream = torch.randn(shape).contiguous(memory_format=torch.channels_last)

        def step(model=model, x=x, upstream=upstream):
            model.zero_grad(set_to_none=True)
            x.grad = None
            model(x).backward(upstream)

        for _ in range(3):
            step()
        answer({"ready": True})
    else:
        step()
        times = []
        for _ in range(ask["time"]):
            start = time.perf_counter()
            step()
            times.append(1000 * (time.perf_counter() - start))
        answer({"times": times})
