"""Changes of a picture that leave what is drawn on it in place."""

import torch
import torch.nn.functional as F


def augment(image, jitter):
    """Other light, colours, sharpness and noise for each picture.

    image: float32 [N, 3, H, W], 0..1; jitter: largest change of brightness, contrast and colour.
    """
    n, _, height, width = image.shape
    device = image.device

    def uniform(low, high, channels=1):
        return low + (high - low) * torch.rand(n, channels, 1, 1, device=device)

    def some(share):
        return (torch.rand(n, 1, 1, 1, device=device) < share).float()

    gray = some(0.08)
    image = image + gray * (image.mean(1, keepdim=True) - image)
    # Blur where positive, sharpening where negative.
    kernel = torch.tensor([1.0, 4.0, 6.0, 4.0, 1.0], device=device) / 16
    kernel = (kernel[:, None] * kernel[None, :]).expand(3, 1, 5, 5).contiguous()
    soft = F.conv2d(F.pad(image, (2, 2, 2, 2), mode='replicate'), kernel, groups=3)
    image = image + some(0.3) * uniform(-0.5, 1) * (soft - image)
    # Light that differs from place to place.
    shade = F.interpolate(torch.rand(n, 1, 4, 4, device=device), (height, width), mode='bicubic', align_corners=True)
    image = image * (1 - some(0.3) * uniform(0.1, 0.6) * shade.clamp(0, 1))
    gamma = torch.exp(some(0.3) * uniform(-0.4, 0.4))
    image = image.clamp(1e-3, 1) ** gamma
    gain = uniform(1 - jitter, 1 + jitter) * (1 + uniform(-jitter / 2, jitter / 2, 3))
    image = (image - 0.5) * gain + 0.5 + uniform(-jitter, jitter)
    noise = torch.randn(image.shape, device=device)
    image = image + some(0.3) * uniform(0, 0.04) * noise
    return (image.clamp(0, 1) * 255).round() / 255
