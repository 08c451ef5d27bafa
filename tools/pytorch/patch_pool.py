"""Patches that `npm run patches` writes, kept in the memory of the device they are learnt on."""

import json
import os
import threading
import time

import numpy as np
import torch

INK_PLACES = 32
INKED = 127


def describe(folder, patience):
    """What patches.json says; waits for it."""
    path = os.path.join(folder, 'patches.json')
    until = time.monotonic() + patience
    while not os.path.exists(path):
        if time.monotonic() > until:
            raise SystemExit(f'{path} is not there.')
        time.sleep(0.2)
    with open(path, encoding='utf8') as file:
        facts = json.load(file)
    if facts['format'] != 'tracewright-patches-1':
        raise SystemExit(f'{path} is of the format {facts["format"]}, which this program does not know.')
    return facts


def held_out(folder, facts):
    """uint8 [pages, planes, side, side]."""
    names = sorted(os.listdir(os.path.join(folder, 'held-out')))
    side, planes = facts['heldOut']['sidePx'], len(facts['planes'])
    pages = [np.fromfile(os.path.join(folder, 'held-out', name), np.uint8) for name in names]
    return torch.from_numpy(np.stack(pages).reshape(-1, planes, side, side))


class PatchPool:
    """Reads files as they come, in a thread; the newest patches take the place of the oldest when the pool is full."""

    def __init__(self, folder, facts, capacity, device, seed, take):
        self.folder, self.take, self.device = os.path.join(folder, 'train'), take, device
        self.px, self.planes = facts['patchPx'], len(facts['planes'])
        focus = facts['settings']['data']['focus']
        self.focus = [(3 + k, focus[name]) for k, name in enumerate(facts['planes'][3:-1]) if focus.get(name)]
        self.pixels = torch.zeros((capacity, self.planes, self.px, self.px), dtype=torch.uint8, device=device)
        self.ink = torch.full((capacity, max(1, len(self.focus)), INK_PLACES), -1, device=device)
        self.capacity, self.filled, self.read = capacity, 0, 0
        self.random = np.random.default_rng(seed)
        self.stopped = False
        self.error = None
        self.thread = threading.Thread(target=self._run, daemon=True)
        self.thread.start()

    def _run(self):
        try:
            stream = torch.cuda.Stream() if self.device.type == 'cuda' else None
            with torch.cuda.stream(stream):
                self._read(stream)
        except Exception as error:  # told to the trainer, which ends
            self.error = error

    def _read(self, stream):
        seen = set()
        while not self.stopped:
            names = sorted(name for name in os.listdir(self.folder) if name.endswith('.bin') and name not in seen)
            if not names:
                time.sleep(0.05)
            for name in names:
                if self.stopped:
                    return
                seen.add(name)
                path = os.path.join(self.folder, name)
                patches = np.fromfile(path, np.uint8).reshape(-1, self.planes, self.px, self.px)
                if self.take:
                    os.remove(path)
                for patch in patches:
                    self._keep(patch)
                if stream:
                    stream.synchronize()
                self.filled = min(self.read, self.capacity)

    def _keep(self, patch):
        slot = self.read % self.capacity
        places = np.full((max(1, len(self.focus)), INK_PLACES), -1, np.int64)
        for row, (plane, _) in enumerate(self.focus):
            inked = np.flatnonzero(patch[plane] > INKED)
            if len(inked):
                places[row] = self.random.choice(inked, INK_PLACES)
        self.pixels[slot].copy_(torch.from_numpy(patch))
        self.ink[slot].copy_(torch.from_numpy(places))
        self.read += 1

    def draw(self, count, cut):
        """uint8 [count, planes, cut, cut]: random parts of random patches, mirrored at random, some laid over ink."""
        device = self.device

        def below(limit, *shape):
            return (torch.rand(shape, device=device) * limit).long().clamp_(max=max(0, limit - 1))

        chosen = below(self.filled, count)
        most = self.px - cut
        x, y = below(most + 1, count), below(most + 1, count)
        left = torch.rand(count, device=device)
        for row, (_, share) in enumerate(self.focus):
            ink = self.ink[chosen, row, below(INK_PLACES, count)]
            on_ink = (left >= 0) & (left < share) & (ink >= 0)
            x = torch.where(on_ink, (ink % self.px - below(cut, count)).clamp(0, most), x)
            y = torch.where(on_ink, (ink // self.px - below(cut, count)).clamp(0, most), y)
            left = left - share
        steps = torch.arange(cut, device=device)

        def positions(start):
            mirrored = torch.rand(count, 1, device=device) < 0.5
            return start[:, None] + torch.where(mirrored, cut - 1 - steps, steps)

        planes = torch.arange(self.planes, device=device)
        return self.pixels[
            chosen[:, None, None, None],
            planes[None, :, None, None],
            positions(y)[:, None, :, None],
            positions(x)[:, None, None, :],
        ]
