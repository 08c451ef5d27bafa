/** A rate that was stored as a period, without the last digits that the division costs. */
export function rateOfPeriod(seconds: number): number {
  const fs = 1 / seconds;
  const round = Math.round(fs * 1e6) / 1e6;
  return Math.abs(fs - round) <= fs * 1e-9 ? round : fs;
}
