"""The segmentation network of src/main/training/net, parameter for parameter, and its loss."""

import math
from typing import NamedTuple

import torch
import torch.nn.functional as F

PAPER, CONTRAST = 0.7, 4.0
TIMID, HEAD_BIAS, EPSILON = 0.2, -2.0, 1e-8
LEAST_INK_ENTROPY, LEAST_INK_DICE = 0.01, 0.002


class Layer(NamedTuple):
    """A convolution and where its numbers lie in the flat vector; gain_at is -1 without standardisation."""

    name: str
    inputs: int
    outputs: int
    size: int
    gain: float
    bias: float
    kernel_at: int
    gain_at: int
    bias_at: int


def lay_out(widths, classes):
    """Layers in the order in which the network asks for them, and the length of the flat vector."""
    layers, at = [], 0

    def add(name, inputs, outputs, size, gain=1.0, bias=0.0, standardised=True):
        nonlocal at
        kernel_at = at
        gain_at = kernel_at + outputs * inputs * size * size if standardised else -1
        bias_at = kernel_at + outputs * inputs * size * size + (outputs if standardised else 0)
        at = bias_at + outputs
        layers.append(Layer(name, inputs, outputs, size, gain, bias, kernel_at, gain_at, bias_at))

    def block(name, width):
        add(f'{name}.a', width, width, 3)
        add(f'{name}.b', width, width, 3, gain=TIMID)

    add('stem', 12, widths[0], 3)
    for level, width in enumerate(widths):
        if level > 0:
            add(f'down{level}', 4 * widths[level - 1], width, 1)
        block(f'encode{level}', width)
    for level in range(len(widths) - 2, -1, -1):
        add(f'up{level}', widths[level + 1], 4 * widths[level], 1)
        block(f'decode{level}', widths[level])
    add('head', widths[0], 4 * classes, 1, gain=0.5, bias=HEAD_BIAS, standardised=False)
    return layers, at


def initial(widths, classes, seed):
    """Fresh parameters, float32 [P], on the processor."""
    layers, length = lay_out(widths, classes)
    random = torch.Generator().manual_seed(seed)
    flat = torch.zeros(length)
    for layer in layers:
        fan_in = layer.inputs * layer.size**2
        deviation = math.sqrt(2 / fan_in) * (layer.gain if layer.gain_at < 0 else 1)
        count = layer.outputs * fan_in
        flat[layer.kernel_at : layer.kernel_at + count] = torch.randn(count, generator=random) * deviation
        if layer.gain_at >= 0:
            flat[layer.gain_at : layer.gain_at + layer.outputs] = layer.gain
        flat[layer.bias_at : layer.bias_at + layer.outputs] = layer.bias
    return flat


def decay_mask(widths, classes):
    """1 on kernels; gains and biases do not decay."""
    layers, length = lay_out(widths, classes)
    mask = torch.zeros(length)
    for layer in layers:
        mask[layer.kernel_at : layer.kernel_at + layer.outputs * layer.inputs * layer.size**2] = 1
    return mask


def space_to_depth(x):
    """Channels of a pixel of the result: row, then column within the block of 2 x 2, then channel, as ONNX has it."""
    n, c, h, w = x.shape
    x = x.permute(0, 2, 3, 1).reshape(n, h // 2, 2, w // 2, 2, c)
    return x.permute(0, 1, 3, 2, 4, 5).reshape(n, h // 2, w // 2, 4 * c).permute(0, 3, 1, 2)


def depth_to_space(x):
    """The inverse (mode DCR)."""
    n, c, h, w = x.shape
    x = x.permute(0, 2, 3, 1).reshape(n, h, w, 2, 2, c // 4)
    return x.permute(0, 1, 3, 2, 4, 5).reshape(n, 2 * h, 2 * w, c // 4).permute(0, 3, 1, 2)


def folded_kernels(flat, layers):
    """Kernels, standardised in float32, and biases by the name of the layer."""
    found = {}
    for layer in layers:
        fan_in = layer.inputs * layer.size**2
        kernel = flat[layer.kernel_at : layer.kernel_at + layer.outputs * fan_in].view(layer.outputs, fan_in)
        if layer.gain_at >= 0:
            gain = flat[layer.gain_at : layer.gain_at + layer.outputs].view(-1, 1)
            centred = kernel - kernel.mean(1, keepdim=True)
            deviation = torch.sqrt((centred * centred).mean(1, keepdim=True) + EPSILON)
            kernel = centred * (gain * math.sqrt(2 / fan_in) / deviation)
        kernel = kernel.view(layer.outputs, layer.inputs, layer.size, layer.size)
        found[layer.name] = (kernel, flat[layer.bias_at : layer.bias_at + layer.outputs])
    return found


def logits_of(flat, image, widths, classes, dtype=torch.float32):
    """One logit per class and pixel.

    flat: float32 [P]; image: [N, 3, H, W], 0..1; computed in dtype, returned as float32 [N, classes, H, W].
    """
    layers, _ = lay_out(widths, classes)
    kernels = folded_kernels(flat, layers)

    def convolve(x, name):
        kernel, bias = kernels[name]
        kernel = kernel.to(dtype).contiguous(memory_format=torch.channels_last)
        return F.conv2d(x, kernel, bias.to(dtype), padding=kernel.shape[2] // 2)

    def block(x, name):
        return F.relu(x + convolve(F.relu(convolve(x, f'{name}.a')), f'{name}.b'))

    x = ((image - PAPER) * CONTRAST).to(dtype)
    x = F.relu(convolve(space_to_depth(x), 'stem'))
    skips = []
    for level in range(len(widths)):
        if level > 0:
            x = F.relu(convolve(space_to_depth(x), f'down{level}'))
        x = block(x, f'encode{level}')
        skips.append(x)
    for level in range(len(widths) - 2, -1, -1):
        x = block(skips[level] + depth_to_space(convolve(x, f'up{level}')), f'decode{level}')
    return depth_to_space(convolve(x, 'head')).float()


def segmentation_loss(logits, target, weight, class_weights, entropy_weight):
    """Cross-entropy plus soft Dice, both in proportion to the ink; see src/main/training/net/segmentation-loss.ts.

    logits, target: [N, C, H, W]; weight: [N, 1, H, W]; class_weights: [C].
    """
    over = (0, 2, 3)
    pixels = weight.sum() + 1
    inked = target * weight
    ink = inked.sum(over)
    entropy = ((F.softplus(logits) - target * logits) * weight).sum(over) / (ink + LEAST_INK_ENTROPY * pixels)
    share = torch.sigmoid(logits)
    overlap = (share * inked).sum(over)
    squares = (share * share * weight).sum(over) + (inked * target).sum(over)
    dice = (squares - 2 * overlap) / (squares + LEAST_INK_DICE * pixels)
    loss = ((entropy_weight * entropy + dice) * class_weights / class_weights.sum()).sum()
    return loss, overlap, squares
