"""Trains Tracewright's segmentation network in PyTorch, on patches that `npm run patches` draws.

    python3 tools/pytorch/train.py --data <dir> --out <dir> --seconds 600

Needs numpy and torch (1.13 or later). docs/training.md, "Training elsewhere", says what goes in and what comes out.
"""

import argparse
import json
import math
import os
import time

import torch

from augment import augment
from patch_pool import PatchPool, describe, held_out
from segmentation_net import (
    LEAST_INK_DICE,
    LEAST_INK_ENTROPY,
    decay_mask,
    initial,
    lay_out,
    logits_of,
    segmentation_loss,
)

BETA1, BETA2, END_SHARE = 0.9, 0.999, 0.02


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--data', required=True, help='folder of npm run patches; may still be growing')
    parser.add_argument('--out', required=True, help='folder for a run per network')
    parser.add_argument('--widths', action='append', help='as 24,32,64,96; by default what the settings say; may be repeated')
    parser.add_argument('--seconds', type=float, help='length of the run; by default the steps of the settings')
    parser.add_argument('--batch', type=int, help='by default what the settings say')
    parser.add_argument('--cut', type=int, help='side of the parts of patches that are learnt from; by default all')
    parser.add_argument('--rate', type=float, help='highest rate; by default what the settings say')
    parser.add_argument('--average', type=float, default=0.999, help='share of the moving average that stays per step')
    parser.add_argument('--pool', type=int, default=2000, help='patches kept in memory')
    parser.add_argument('--start', type=int, default=100, help='patches to wait for')
    parser.add_argument('--patience', type=float, default=600, help='seconds to wait for them')
    parser.add_argument('--take', action='store_true', help='delete files once they are read')
    parser.add_argument('--check', type=float, default=60, help='seconds between looks at the held-out pages')
    parser.add_argument('--device', default='cuda' if torch.cuda.is_available() else 'cpu')
    parser.add_argument('--float32', action='store_true', help='no bfloat16')
    parser.add_argument('--compile', action='store_true', help='torch.compile')
    return parser.parse_args()


class Learner:
    """A network with its moments and its average, all in flat vectors."""

    def __init__(self, widths, classes, seed, device, step):
        self.widths, self.classes, self.step_of = widths, classes, step
        self.length = lay_out(widths, classes)[1]
        self.flat = initial(widths, classes, seed).to(device).requires_grad_()
        self.first, self.second = torch.zeros_like(self.flat), torch.zeros_like(self.flat)
        self.average = self.flat.detach().clone()
        self.decays = decay_mask(widths, classes).to(device)
        self.best = math.inf

    def learn(self, image, target, weight, step, rate, options):
        """One step of AdamW with clipping, as src/main/training/optimise; returns the loss and the sums of Dice."""
        loss, overlap, squares = self.step_of(self.flat, image, target, weight)
        (gradient,) = torch.autograd.grad(loss, self.flat)
        with torch.no_grad():
            norm = gradient.norm()
            sound = torch.isfinite(norm)
            gradient = torch.where(sound, gradient * (options['clip'] / norm.clamp(min=options['clip'])), 0.0)
            self.first.mul_(BETA1).add_(gradient, alpha=1 - BETA1)
            self.second.mul_(BETA2).addcmul_(gradient, gradient, value=1 - BETA2)
            correct1, correct2 = 1 - BETA1 ** (step + 1), 1 - BETA2 ** (step + 1)
            move = (self.first / correct1) / ((self.second / correct2).sqrt() + 1e-8)
            move += options['decay'] * self.decays * self.flat
            self.flat.sub_(torch.where(sound, rate * move, 0.0))
            keep = min(options['average'], (2 + step) / (11 + step))
            self.average.mul_(keep).add_(self.flat, alpha=1 - keep)
        return loss.detach(), overlap.detach(), squares.detach()


@torch.no_grad()
def measure(learner, pages, entropy_weight):
    """Loss of the averaged network over all held-out pages at once, every class counting alike, and Dice per class."""
    sums = {'pixels': 0, 'ink': 0, 'entropy': 0, 'overlap': 0, 'squares': 0}
    for part in pages.split(8):
        part = part.float() / 255
        image, target, weight = part[:, :3], part[:, 3:-1], part[:, -1:]
        logits = logits_of(learner.average, image, learner.widths, learner.classes)
        entropy = (torch.nn.functional.softplus(logits) - target * logits) * weight
        share = torch.sigmoid(logits)
        over = (0, 2, 3)
        sums['pixels'] = sums['pixels'] + weight.sum()
        sums['ink'] = sums['ink'] + (target * weight).sum(over)
        sums['entropy'] = sums['entropy'] + entropy.sum(over)
        sums['overlap'] = sums['overlap'] + (share * target * weight).sum(over)
        sums['squares'] = sums['squares'] + ((share * share + target * target) * weight).sum(over)
    pixels = sums['pixels'] + 1
    missed = sums['squares'] - 2 * sums['overlap']
    loss = entropy_weight * sums['entropy'] / (sums['ink'] + LEAST_INK_ENTROPY * pixels)
    loss = loss + missed / (sums['squares'] + LEAST_INK_DICE * pixels)
    return loss.mean().item(), (2 * sums['overlap'] / sums['squares'].clamp(min=1e-9)).tolist()


def save(folder, name, learner, facts):
    """The averaged parameters and what export-model has to know about them; each file whole or not at all."""
    os.makedirs(folder, exist_ok=True)
    content = {f'{name}.f32': learner.average.cpu().numpy().astype('<f4').tobytes()}
    content[f'{name}.run.json'] = json.dumps(facts, indent=2).encode()
    for file_name, data in content.items():
        path = os.path.join(folder, file_name)
        with open(path + '.part', 'wb') as file:
            file.write(data)
        os.replace(path + '.part', path)


def main():
    args = arguments()
    device = torch.device(args.device)
    facts = describe(args.data, args.patience)
    settings = facts['settings']
    classes = len(facts['planes']) - 4
    widths_of = [[int(w) for w in text.split(',')] for text in args.widths or []] or [settings['net']['widths']]
    batch, cut = args.batch or settings['batch'], args.cut or facts['patchPx']
    peak = args.rate or settings['rate']['peak']
    dtype = torch.float32 if args.float32 or device.type == 'cpu' else torch.bfloat16
    entropy_weight = settings['loss'].get('crossEntropyWeight', 1)
    class_weights = torch.tensor(settings['loss'].get('classWeights') or [1.0] * classes, device=device)
    optimiser = {'clip': settings['clip'], 'decay': settings['decay'], 'average': args.average}
    if device.type == 'cuda':
        torch.backends.cudnn.benchmark = True
        torch.set_float32_matmul_precision('high')
    torch.manual_seed(settings['seed'])

    def step_of(widths):
        def loss_of(flat, image, target, weight):
            logits = logits_of(flat, image, widths, classes, dtype)
            return segmentation_loss(logits, target, weight, class_weights, entropy_weight)

        return torch.compile(loss_of) if args.compile else loss_of

    learners = [Learner(widths, classes, settings['seed'], device, step_of(widths)) for widths in widths_of]
    if facts['network']['parameters'] != lay_out(facts['network']['widths'], classes)[1]:
        raise SystemExit('The network of patches.json has other parameters than the one built here.')
    pages = held_out(args.data, facts).to(device)
    pool = PatchPool(args.data, facts, args.pool, device, settings['seed'], args.take)
    until = time.monotonic() + args.patience
    while pool.filled < args.start:
        if pool.error or time.monotonic() > until:
            raise SystemExit(f'{pool.filled} patches came, {args.start} are needed. {pool.error or ""}')
        time.sleep(0.1)

    began = checked = logged = time.monotonic()
    step, last_step, progress = 0, 0, 0.0
    while progress < 1:
        now = time.monotonic()
        progress = (now - began) / args.seconds if args.seconds else (step + 1) / settings['steps']
        warm = min(1, (step + 1) / max(1, settings['rate']['warmupSteps']))
        rate = peak * warm * (END_SHARE + (1 - END_SHARE) * 0.5 * (1 + math.cos(math.pi * min(1, progress))))
        drawn = pool.draw(batch, cut).float() / 255
        image = augment(drawn[:, :3], settings['data']['colourJitter'])
        target, weight = drawn[:, 3:-1], drawn[:, -1:]
        results = [one.learn(image, target, weight, step, rate, optimiser) for one in learners]
        step += 1
        if step % 10 == 0:
            torch.cuda.synchronize() if device.type == 'cuda' else None
        due = now - checked >= args.check
        if due or progress >= 1 or now - logged >= 10:
            each = (time.monotonic() - logged) / max(1, step - last_step)
            for learner, (loss, overlap, squares) in zip(learners, results):
                dice = ' '.join(f'{v:.3f}' for v in (2 * overlap / squares.clamp(min=1e-9)).tolist())
                text = ','.join(map(str, learner.widths))
                print(f'{now - began:.0f} s step {step} {text}: loss {loss.item():.4f} dice {dice}; '
                      f'{1000 * each:.1f} ms, {pool.read} patches', flush=True)
            if pool.error:
                raise pool.error
            logged, last_step = time.monotonic(), step
        if due or progress >= 1:
            for learner in learners:
                loss, dice = measure(learner, pages, entropy_weight)
                text = ','.join(map(str, learner.widths))
                print(f'step {step} {text} held out: loss {loss:.4f} dice {" ".join(f"{v:.4f}" for v in dice)}', flush=True)
                run = {
                    'settings': {**settings, 'net': {'widths': learner.widths}},
                    'step': step,
                    'seconds': round(time.monotonic() - began),
                    'records': facts['records'],
                    'revision': facts['revision'],
                    'elsewhere': {
                        'trainer': f'tools/pytorch, torch {torch.__version__}',
                        'device': torch.cuda.get_device_name() if device.type == 'cuda' else 'cpu',
                        'precision': str(dtype).removeprefix('torch.'),
                        'batch': batch,
                        'cutPx': cut,
                        'ratePeak': peak,
                        'averageDecay': args.average,
                        'patchesRead': pool.read,
                    },
                    'heldOut': {'loss': loss, 'dice': dice},
                }
                folder = os.path.join(args.out, '-'.join(map(str, learner.widths)))
                save(folder, 'latest', learner, run)
                if loss < learner.best:
                    learner.best = loss
                    save(folder, 'best', learner, run)
            checked = logged = time.monotonic()
    pool.stopped = True


if __name__ == '__main__':
    main()
